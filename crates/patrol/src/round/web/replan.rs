//! Planning anew while rounds are walked: the rest of the shift as Regie offers it, and something urgent that comes: which
//! place, and how soon.

use super::plan::{points, subject};
use super::when;
use crate::form::Fields;
use crate::round::Visit;
use crate::round::candidates::{Place, Reason};
use crate::round::replan::rest::{self, Chosen, Manner, Offer as Rest, Offers, What};
use crate::round::replan::{self, Ground, Urgent, WITHIN};
use crate::round::words::sentences;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use kit::{At, Fault, FieldFaults, Uuid};
use policy::Resource;
use signals::Catalogue;
use site::page::{Choice, FormError, Link, Notice, Page, render_as};
use site::{Cx, see_other};

/// What is chosen at first: within half an hour.
const SOON: &str = "30";
/// Places that are offered.
const MOST_PLACES: usize = 25;

#[derive(askama::Template)]
#[template(path = "round/pages/replan.html")]
struct ReplanPage {
    page: Page,
    crumbs: Vec<Link>,
    errors: Vec<FormError>,
    id: String,
    request: String,
    when: String,
    going: String,
    stamp: String,
    from: String,
    /// What cannot be made in time any more; empty: nothing.
    late: String,
    rests: Vec<RestRow>,
    places: Vec<Offer>,
    place: String,
    place_error: String,
    withins: Vec<Choice>,
    within: String,
    within_error: String,
}

/// One way to plan the rest of the shift.
struct RestRow {
    manner: Manner,
    title: String,
    text: String,
    gain: String,
    parts: Vec<(String, Vec<Line>)>,
    reordered: bool,
    crews: Vec<CrewLines>,
    request: String,
    plan: String,
}

/// A place that comes in, goes out or changes hands.
struct Line {
    time: String,
    title: String,
    subject: String,
    why: String,
}

/// What a crew still does.
struct CrewLines {
    names: String,
    back: String,
    lines: Vec<Line>,
}

struct Offer {
    value: String,
    label: String,
    hint: String,
}

/// `GET /rounds/{id}/replan`.
pub async fn form(cx: Cx, Path(id): Path<Uuid>) -> Result<Response, Fault> {
    let asked = Urgent { request: cx.app.clock.id(), place: String::new(), within: SOON.to_owned() };
    page(&cx, id, &asked, None).await
}

async fn page(cx: &Cx, id: Uuid, asked: &Urgent, fault: Option<Fault>) -> Result<Response, Fault> {
    let permit = cx.permit("round:approve", &Resource::ordinary("round", cx.code()))?;
    let mut tx = cx.read().await?;
    let ground = replan::ground(cx, &mut tx, &permit, id).await?;
    drop(tx);
    let (ground, rests) = rest::offers(cx, ground).await?;
    let words = &cx.words;
    let catalogue = cx.municipality.get::<Catalogue>();
    let today = cx.now.day_and_hour(&cx.municipality.zone).0;
    let none = FieldFaults::default();
    let faults = if let Some(Fault::Invalid(faults)) = &fault { faults } else { &none };
    let offer = |place: &Place| Offer {
        value: place.key.clone(),
        label: format!("{} ({})", place.title, subject(cx, place.kind, place.category.as_deref())),
        hint: sentences(words, &catalogue, &place.why, today),
    };
    let mut frame = cx.page("patrol-replan");
    frame.notice = match &fault {
        Some(Fault::Stale) => Some(Notice { kind: "warning", text: cx.t("patrol-replan-stale") }),
        _ => None,
    };
    let within = |n: &i32| match n {
        0 => Choice::new("0", cx.t("patrol-replan-any")),
        n => Choice::new(n.to_string(), words.t1("patrol-replan-min", "min", &n.to_string())),
    };
    let body = ReplanPage {
        crumbs: vec![
            Link::new("/rounds", cx.t("patrol-title")),
            Link::new(format!("/rounds/{id}"), cx.t("patrol-round")),
        ],
        errors: cx.summary(faults),
        id: id.to_string(),
        request: asked.request.to_string(),
        when: when(words, &ground.shift),
        going: words.tn("patrol-replan-rounds", i64::try_from(ground.rounds.len()).unwrap_or(0)),
        stamp: ground.stamp().to_string(),
        from: rests.from.micros().to_string(),
        late: match rests.late.iter().map(|v| v.title.as_str()).collect::<Vec<_>>() {
            late if late.is_empty() => String::new(),
            late => words.t1("patrol-anew-late", "places", &late.join("; ")),
        },
        rests: rests.offers.iter().map(|offer| rest_row(cx, &ground, &rests, offer)).collect(),
        places: ground.places.iter().take(MOST_PLACES).map(offer).collect(),
        place: asked.place.clone(),
        place_error: faults.of("place", words).unwrap_or_default(),
        withins: WITHIN.iter().map(within).collect(),
        within: asked.within.clone(),
        within_error: faults.of("within", words).unwrap_or_default(),
        page: frame,
    };
    render_as(fault.map_or(StatusCode::OK, |f| f.status()), &body)
}

/// One offer in words.
fn rest_row(cx: &Cx, ground: &Ground, now: &Offers, offer: &Rest) -> RestRow {
    let words = &cx.words;
    let catalogue = cx.municipality.get::<Catalogue>();
    let today = cx.now.day_and_hour(&cx.municipality.zone).0;
    let said = |why: &str| {
        let why: Vec<Reason> = serde_json::from_str(why).unwrap_or_default();
        sentences(words, &catalogue, &why, today)
    };
    let visit = |time: String, v: &Visit| Line {
        time,
        title: v.title.clone(),
        subject: subject(cx, v.kind, v.category.as_deref()),
        why: said(&v.why),
    };
    let name = |crew: usize| ground.names.get(crew).cloned().unwrap_or_default();
    let (mut added, mut taken) = (vec![], vec![]);
    for (crew, stops) in offer.crews.iter().enumerate() {
        for (at, what) in stops {
            let time = words.ta("patrol-anew-for", &[("time", words.time(*at).into()), ("names", name(crew).into())]);
            match what {
                What::New(place) => added.push(Line {
                    time,
                    title: place.title.clone(),
                    subject: subject(cx, place.kind, place.category.as_deref()),
                    why: sentences(words, &catalogue, &place.why, today),
                }),
                What::Taken(v) => taken.push(visit(time, v)),
                What::Kept(_) | What::Rest(_) => {}
            }
        }
    }
    let dropped =
        offer.dropped.iter().map(|v| visit(words.t1("patrol-anew-was", "time", &words.time(v.planned_at)), v));
    let parts = [("patrol-anew-in", added), ("patrol-anew-out", dropped.collect()), ("patrol-anew-moved", taken)];
    let order = |(at, what): &(At, What)| {
        let time = words.time(*at);
        match what {
            What::Rest(min) => Line {
                time,
                title: words.t("patrol-rest"),
                subject: String::new(),
                why: words.tn("patrol-minutes", *min),
            },
            What::New(place) => {
                Line { time, title: place.title.clone(), subject: words.t("patrol-anew-new"), why: String::new() }
            }
            What::Taken(v) | What::Kept(v) => {
                Line { time, title: v.title.clone(), subject: String::new(), why: String::new() }
            }
        }
    };
    let crews = offer.crews.iter().zip(&offer.back).enumerate().map(|(crew, (stops, back))| CrewLines {
        names: name(crew),
        back: words.t1("patrol-anew-back", "time", &words.time(*back)),
        lines: stops.iter().map(order).collect(),
    });
    RestRow {
        manner: offer.manner,
        title: words.t(&format!("patrol-anew-{}", offer.manner)),
        text: words.t(&format!("patrol-anew-{}-text", offer.manner)),
        gain: words.ta(
            if offer.score < now.score { "patrol-anew-cost" } else { "patrol-anew-gain" },
            &[
                ("gain", points(words, (offer.score - now.score).abs()).into()),
                ("from", points(words, now.score).into()),
                ("to", points(words, offer.score).into()),
            ],
        ),
        parts: parts.into_iter().filter(|(_, l)| !l.is_empty()).map(|(key, l)| (words.t(key), l)).collect(),
        reordered: offer.reordered,
        crews: crews.collect(),
        request: cx.app.clock.id().to_string(),
        plan: offer.text.clone(),
    }
}

/// `POST /rounds/{id}/replan`: an offer for the rest of the shift, or something urgent.
pub async fn send(cx: Cx, Path(id): Path<Uuid>, fields: Fields) -> Result<Response, Fault> {
    let request = fields.id("request")?;
    let asked = Urgent { request, place: fields.get("place").to_owned(), within: fields.get("within").to_owned() };
    let done = if fields.get("plan").is_empty() {
        replan::urgent(&cx, id, &asked).await
    } else {
        let (stamp, from) = (fields.number("stamp")?, fields.number("from")?);
        let chosen = Chosen { request, stamp, from, plan: fields.get("plan").to_owned() };
        rest::take(&cx, id, &chosen).await
    };
    match done {
        Ok(()) => Ok(see_other(&format!("/rounds/{id}"))),
        Err(fault @ Fault::Stale) => {
            let within = if asked.within.is_empty() { SOON.to_owned() } else { asked.within };
            let again = Urgent { request: cx.app.clock.id(), within, ..asked };
            page(&cx, id, &again, Some(fault)).await
        }
        Err(fault @ Fault::Invalid(_)) => page(&cx, id, &asked, Some(fault)).await,
        Err(other) => Err(other),
    }
}
