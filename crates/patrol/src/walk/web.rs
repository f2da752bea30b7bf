//! The officer's page and its buttons.

use super::ops::{self, Leaving, NEXT, Press, Walk};
use crate::PatrolConfig;
use crate::form::Fields;
use crate::round::candidates::Reason;
use crate::round::{self, changed, rest_before};
use crate::round::{Outcome, RoundState, VisitKind, VisitState, metres, outcome_tone, sentences, state_tone, subject};
use areas::Atlas;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use kit::{At, Fault, FieldFaults, Uuid, Words};
use signals::Catalogue;
use site::page::{Choice, FormError, Notice, Page, render_as};
use site::{Cx, see_other};

#[derive(askama::Template)]
#[template(path = "walk/pages/walk.html")]
struct WalkPage {
    page: Page,
    errors: Vec<FormError>,
    id: String,
    request: String,
    when: String,
    state: String,
    tone: &'static str,
    progress: String,
    open: bool,
    finished: bool,
    left: bool,
    busy: bool,
    rest_error: String,
    typed: String,
    outcomes: Vec<Choice>,
    states: Vec<Choice>,
    outcome_error: String,
    note_error: String,
    leaving: Leaving,
    changes: Vec<String>,
    rest: String,
    /// Before which of the cards the break comes, counted from 0.
    rest_before: usize,
    cards: Vec<Card>,
}

struct Card {
    id: String,
    request: String,
    skip_request: String,
    version: String,
    time: String,
    title: String,
    subject: String,
    why: String,
    way: String,
    geo: String,
    /// The way to the fenced form of a sanction, with the place of the visit.
    sanction: String,
    stay: String,
    planned: bool,
    arrived: String,
    here: bool,
    done: bool,
    skipped: bool,
    has_target: bool,
    outcome: String,
    tone: &'static str,
    note: String,
    why_error: String,
}

/// What went wrong, and what was typed.
#[derive(Default)]
struct Trouble {
    fault: Option<Fault>,
    visit: Option<Uuid>,
    leaving: Leaving,
    typed: String,
}

/// `GET /rounds/{id}/walk`.
pub async fn walk(cx: Cx, Path(id): Path<Uuid>) -> Result<Response, Fault> {
    page(&cx, id, Trouble::default()).await
}

async fn page(cx: &Cx, id: Uuid, trouble: Trouble) -> Result<Response, Fault> {
    let mut tx = cx.read().await?;
    let walk = ops::open(cx, &mut tx, id).await?;
    let changes = round::changes(&mut tx, &walk.permit, id).await?;
    drop(tx);
    let none = FieldFaults::default();
    let faults = if let Some(Fault::Invalid(faults)) = &trouble.fault { faults } else { &none };
    let words = &cx.words;
    let of = |field: &str| faults.of(field, words).unwrap_or_default();
    let mut frame = cx.page("patrol-walk");
    frame.notice = match &trouble.fault {
        Some(Fault::Stale) => Some(Notice { kind: "warning", text: cx.t("patrol-walk-stale") }),
        Some(Fault::Rule { key, values }) => {
            let values: Vec<_> = values.iter().map(|(k, v)| (*k, v.as_str().into())).collect();
            Some(Notice { kind: "warning", text: words.ta(key, &values) })
        }
        _ => None,
    };
    let errors = faults
        .sentences(words)
        .into_iter()
        .map(|(field, text)| FormError {
            field: match (field.as_str(), trouble.visit) {
                ("why", Some(visit)) => format!("why-{visit}"),
                _ => field.clone(),
            },
            text,
        })
        .collect();
    let here = walk.visits.iter().any(|v| v.state == VisitState::Arrived);
    let done = walk.visits.iter().filter(|v| v.state == VisitState::Left).count();
    let number = |n: usize| i64::try_from(n).unwrap_or(0);
    let stale = matches!(trouble.fault, Some(Fault::Stale | Fault::Rule { .. }));
    let body = WalkPage {
        errors,
        id: id.to_string(),
        request: cx.app.clock.id().to_string(),
        when: format!(
            "{}, {} - {}",
            words.weekday(walk.shift.starts_at.local(words.zone()).date()),
            words.time(walk.shift.starts_at),
            words.time(walk.shift.ends_at)
        ),
        state: cx.t(&format!("patrol-state-{}", walk.round.state)),
        tone: state_tone(walk.round.state),
        progress: words
            .ta("patrol-visits-done", &[("done", number(done).into()), ("of", number(walk.visits.len()).into())]),
        open: matches!(walk.round.state, RoundState::Approved | RoundState::Running),
        finished: walk.round.state == RoundState::Finished,
        left: walk.visits.iter().any(|v| v.state == VisitState::Planned),
        busy: here,
        rest_error: of("rest"),
        typed: if stale { trouble.typed.clone() } else { String::new() },
        outcomes: Outcome::ALL
            .iter()
            .map(|o| Choice::new(o.as_str(), words.t(&format!("patrol-outcome-{o}"))))
            .collect(),
        states: NEXT.iter().map(|s| Choice::new(s.as_str(), words.t(&format!("state-{s}")))).collect(),
        outcome_error: of("outcome"),
        note_error: of("note"),
        changes: changes.iter().map(|(at, change)| changed(words, *at, change)).collect(),
        rest: match walk.round.rest_at {
            Some(at) => {
                words.ta("patrol-rest-at", &[("time", words.time(at).into()), ("min", walk.round.rest_min.into())])
            }
            None => String::new(),
        },
        rest_before: rest_before(&walk.visits, walk.round.rest_at),
        cards: cards(cx, &walk, &trouble, &of("why")),
        leaving: trouble.leaving,
        page: frame,
    };
    render_as(trouble.fault.map_or(StatusCode::OK, |f| f.status()), &body)
}

fn cards(cx: &Cx, walk: &Walk, trouble: &Trouble, why_error: &str) -> Vec<Card> {
    let words = &cx.words;
    let (catalogue, atlas) = (cx.municipality.get::<Catalogue>(), cx.municipality.get::<Atlas>());
    let detour = cx.municipality.get::<PatrolConfig>().travel.detour;
    let today = cx.now.day_and_hour(&cx.municipality.zone).0;
    let mut before = (walk.shift.lon, walk.shift.lat);
    walk.visits
        .iter()
        .map(|v| {
            // Nobody was at a place that was crossed off.
            let skipped = v.state == VisitState::Skipped;
            let from = if skipped { before } else { std::mem::replace(&mut before, (v.lon, v.lat)) };
            let reasons: Vec<Reason> = serde_json::from_str(&v.why).unwrap_or_default();
            Card {
                id: v.id.to_string(),
                request: cx.app.clock.id().to_string(),
                skip_request: cx.app.clock.id().to_string(),
                version: v.version.to_string(),
                time: words.time(v.planned_at),
                title: v.title.clone(),
                subject: subject(cx, v.kind, v.category.as_deref()),
                why: sentences(words, &catalogue, &reasons, today),
                way: way(words, &atlas, from, (v.lon, v.lat), detour),
                geo: format!("geo:{:.5},{:.5}", v.lat, v.lon),
                sanction: format!(
                    "/sanctions/new?visit={}&place={}&geo=geo:{:.5},{:.5}",
                    v.id,
                    site::layers::encode(&v.title),
                    v.lat,
                    v.lon
                ),
                stay: words.tn("patrol-stay", v.minutes),
                planned: v.state == VisitState::Planned,
                arrived: v.arrived_at.map(|at| words.time(at)).unwrap_or_default(),
                here: v.state == VisitState::Arrived,
                skipped,
                done: matches!(v.state, VisitState::Left | VisitState::Skipped),
                has_target: matches!(v.kind, VisitKind::Issue | VisitKind::Signal) && v.target.is_some(),
                outcome: match v.outcome {
                    Some(o) => words.t(&format!("patrol-outcome-{o}")),
                    None => words.t(&format!("patrol-visit-{}", v.state)),
                },
                tone: v.outcome.map_or("off", outcome_tone),
                note: v.note.clone(),
                why_error: if trouble.visit == Some(v.id) { why_error.to_owned() } else { String::new() },
            }
        })
        .collect()
}

/// `350 m naar het noordoosten`: along the street, in a straight direction.
fn way(words: &Words, atlas: &Atlas, from: (f64, f64), to: (f64, f64), detour: f64) -> String {
    const NAMES: [&str; 8] = ["n", "ne", "e", "se", "s", "sw", "w", "nw"];
    let apart = atlas.metres(from, to).unwrap_or(0.0);
    let east = (to.0 - from.0) * from.1.to_radians().cos();
    let turn = (east.atan2(to.1 - from.1).to_degrees() + 360.0 + 22.5) % 360.0;
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 7")]
    let name = NAMES.get((turn / 45.0) as usize).copied().unwrap_or("n");
    words.ta(
        "patrol-to",
        &[("way", metres(words, apart * detour).into()), ("direction", words.t(&format!("patrol-dir-{name}")).into())],
    )
}

fn press(fields: &Fields) -> Result<Press, Fault> {
    Ok(Press {
        request: fields.id("request")?,
        version: fields.number("version")?,
        at: fields.get("at").parse().ok().map(At),
    })
}

/// Keeps what was done, or shows the page with what was typed and why it was not done.
async fn settle(cx: &Cx, id: Uuid, tx: kit::Tx, done: Result<(), Fault>, trouble: Trouble) -> Result<Response, Fault> {
    match done {
        Ok(()) => {
            tx.commit().await?;
            Ok(see_other(&format!("/rounds/{id}/walk#now")))
        }
        Err(Fault::Rule { key: "patrol-rule-not-approved", values }) => {
            Err(Fault::Rule { key: "patrol-rule-not-approved", values })
        }
        Err(fault @ (Fault::Invalid(_) | Fault::Stale | Fault::Rule { .. })) => {
            drop(tx);
            page(cx, id, Trouble { fault: Some(fault), ..trouble }).await
        }
        Err(other) => Err(other),
    }
}

/// `POST /rounds/{id}/visits/{visit}/arrive`.
pub async fn arrive(cx: Cx, Path((id, visit)): Path<(Uuid, Uuid)>, fields: Fields) -> Result<Response, Fault> {
    let press = press(&fields)?;
    let mut tx = cx.write().await?;
    let done = ops::arrive(&cx, &mut tx, id, visit, &press).await;
    settle(&cx, id, tx, done, Trouble { visit: Some(visit), ..Trouble::default() }).await
}

/// `POST /rounds/{id}/visits/{visit}/leave`.
pub async fn leave(cx: Cx, Path((id, visit)): Path<(Uuid, Uuid)>, fields: Fields) -> Result<Response, Fault> {
    let press = press(&fields)?;
    let leaving = Leaving {
        outcome: fields.get("outcome").to_owned(),
        note: fields.get("note").to_owned(),
        becomes: fields.get("becomes").to_owned(),
    };
    let mut tx = cx.write().await?;
    let done = ops::leave(&cx, &mut tx, id, visit, &press, &leaving).await;
    let typed = leaving.note.clone();
    settle(&cx, id, tx, done, Trouble { visit: Some(visit), leaving, typed, fault: None }).await
}

/// `POST /rounds/{id}/visits/{visit}/skip`.
pub async fn skip(cx: Cx, Path((id, visit)): Path<(Uuid, Uuid)>, fields: Fields) -> Result<Response, Fault> {
    let press = press(&fields)?;
    let mut tx = cx.write().await?;
    let done = ops::skip(&cx, &mut tx, id, visit, &press, fields.get("why")).await;
    let typed = fields.get("why").to_owned();
    settle(&cx, id, tx, done, Trouble { visit: Some(visit), typed, ..Trouble::default() }).await
}

/// `POST /rounds/{id}/finish`.
pub async fn finish(cx: Cx, Path(id): Path<Uuid>, fields: Fields) -> Result<Response, Fault> {
    let request = fields.id("request")?;
    let mut tx = cx.write().await?;
    let done = ops::finish(&cx, &mut tx, id, request, fields.get("rest")).await;
    let typed = fields.get("rest").to_owned();
    settle(&cx, id, tx, done, Trouble { typed, ..Trouble::default() }).await
}
