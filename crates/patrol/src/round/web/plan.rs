//! A new round and its plan: what is proposed and why, what is left out and why, and the approval.

use super::{names, when};
use crate::config::{PatrolConfig, Weights};
use crate::form::Fields;
use crate::round::candidates::Place;
use crate::round::draft::{Decision, Draft, Edit};
use crate::round::ops::{self, Approval, Ask};
use crate::round::view::{Pin, plan_map};
use crate::round::words::sentences;
use crate::round::{Round, VisitKind, store};
use crate::shift::{self, OnShift, Shift};
use areas::Atlas;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::Response;
use kit::{Fault, FieldFaults, Uuid, Words};
use policy::Resource;
use serde::Deserialize;
use signals::Catalogue;
use site::page::{Choice, FormError, Link, Notice, Page, render_as};
use site::{Cx, see_other};

/// Left-out places shown; the rest is a number.
const MOST_LEFT_OUT: usize = 15;

#[derive(askama::Template)]
#[template(path = "round/pages/new.html")]
struct NewPage {
    page: Page,
    crumbs: Vec<Link>,
    errors: Vec<FormError>,
    request: String,
    shift: String,
    when: String,
    team: String,
    officers: String,
    reports: String,
    squares: String,
    nothing: bool,
    max_visits: String,
    max_hint: String,
    max_error: String,
    weights: Vec<WeightRow>,
}

struct WeightRow {
    name: String,
    value: String,
    why: String,
}

/// The shift for which a round is asked.
#[derive(Debug, Deserialize)]
pub struct ForShift {
    shift: Uuid,
}

/// `GET /rounds/new?shift=`.
pub async fn new(cx: Cx, Query(of): Query<ForShift>) -> Result<Response, Fault> {
    let most = cx.municipality.get::<PatrolConfig>().round.max_visits.to_string();
    let ask = Ask { request: cx.app.clock.id(), shift: of.shift, max_visits: most };
    new_page(&cx, StatusCode::OK, &ask, &FieldFaults::default()).await
}

async fn new_page(cx: &Cx, status: StatusCode, ask: &Ask, faults: &FieldFaults) -> Result<Response, Fault> {
    let permit = cx.permit("round:plan", &Resource::ordinary("round", cx.code()))?;
    let mut tx = cx.read().await?;
    let (shift, officers) = shift::ops::with_officers(&mut tx, &permit, ask.shift).await?;
    let choice = ops::choice(cx, &mut tx, &permit, &shift).await?;
    let config = cx.municipality.get::<PatrolConfig>();
    let words = &cx.words;
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let reports = choice.places.iter().filter(|p| p.target.is_some()).count();
    let weights = config.weights(shift.starts_at.local(&cx.municipality.zone).date());
    render_as(
        status,
        &NewPage {
            crumbs: vec![Link::new("/rounds", cx.t("patrol-title"))],
            errors: cx.summary(faults),
            request: ask.request.to_string(),
            shift: shift.id.to_string(),
            when: when(words, &shift),
            team: config.team_name(&shift.team, words.language()).to_owned(),
            officers: names(&officers),
            reports: words.tn("patrol-new-reports", count(reports)),
            squares: match choice.forecast_at {
                Some(at) => words.ta(
                    "patrol-new-squares",
                    &[("n", count(choice.cells.len()).into()), ("at", words.date_time(at).into())],
                ),
                None => cx.t("patrol-new-no-forecast"),
            },
            nothing: choice.places.is_empty() && choice.cells.is_empty(),
            max_visits: ask.max_visits.clone(),
            max_hint: words.t1("patrol-max-hint", "most", &config.round.most_visits.to_string()),
            max_error: faults.of("max_visits", words).unwrap_or_default(),
            weights: weights.map(|w| weight_rows(cx, w)).unwrap_or_default(),
            page: cx.page("patrol-new"),
        },
    )
}

fn weight_rows(cx: &Cx, weights: &Weights) -> Vec<WeightRow> {
    let words = &cx.words;
    let mut rows: Vec<WeightRow> = weights
        .list()
        .into_iter()
        .map(|(key, weight)| WeightRow {
            name: words.t(&format!("patrol-weight-{key}")),
            value: words.number(weight.value, 1),
            why: weight.why.get(words.language()).to_owned(),
        })
        .collect();
    let catalogue = cx.municipality.get::<Catalogue>();
    rows.extend(weights.priority.value.iter().map(|(id, factor)| WeightRow {
        name: catalogue.priority_name(id, words.language()).to_owned(),
        value: format!("\u{d7}\u{a0}{}", words.number(*factor, 1)),
        why: weights.priority.why.get(words.language()).to_owned(),
    }));
    rows
}

/// `POST /rounds/propose`.
pub async fn propose(cx: Cx, fields: Fields) -> Result<Response, Fault> {
    let ask = Ask {
        request: fields.id("request")?,
        shift: fields.id("shift")?,
        max_visits: fields.get("max_visits").to_owned(),
    };
    let mut tx = cx.write().await?;
    match ops::propose(&cx, &mut tx, &ask).await {
        Ok(address) => {
            tx.commit().await?;
            Ok(see_other(&address))
        }
        Err(Fault::Invalid(faults)) => {
            drop(tx);
            new_page(&cx, StatusCode::UNPROCESSABLE_ENTITY, &ask, &faults).await
        }
        Err(other) => Err(other),
    }
}

#[derive(askama::Template)]
#[template(path = "round/pages/plan.html")]
struct PlanPage {
    page: Page,
    crumbs: Vec<Link>,
    errors: Vec<FormError>,
    id: String,
    version: String,
    change_request: String,
    approve_request: String,
    may_plan: bool,
    when: String,
    team: String,
    officers: String,
    leave: String,
    back: String,
    late: bool,
    length: String,
    weighed: String,
    forecast: String,
    seed: String,
    changed: bool,
    map: String,
    stops: Vec<StopRow>,
    left_out: Vec<LeftRow>,
    more: String,
    decisions: Vec<Choice>,
    decision: String,
    decision_error: String,
    reason: String,
    reason_error: String,
}

struct StopRow {
    key: String,
    time: String,
    title: String,
    subject: String,
    why: String,
    way: String,
    locked: bool,
    first: bool,
    last: bool,
}

struct LeftRow {
    key: String,
    title: String,
    subject: String,
    why: String,
    reason: String,
}

/// What a visit is about: its category, or the kind of square.
pub(crate) fn subject(cx: &Cx, kind: VisitKind, category: Option<&str>) -> String {
    match category {
        Some(id) => cx.municipality.get::<Catalogue>().name(id, cx.words.language()).to_owned(),
        None => cx.t(&format!("patrol-kind-{kind}")),
    }
}

/// Metres in words: `350 m`, `1,2 km`.
pub(crate) fn metres(words: &Words, metres: f64) -> String {
    if metres < 995.0 {
        format!("{}\u{a0}m", words.number((metres / 10.0).round() * 10.0, 0))
    } else {
        format!("{}\u{a0}km", words.number(metres / 1000.0, 1))
    }
}

/// The plan of a proposed round; `faults` of an approval that was sent stand at its fields.
pub(super) fn page(
    cx: &Cx,
    status: StatusCode,
    round: &Round,
    draft: &Draft,
    (shift, officers): (&Shift, &[OnShift]),
    approval: &Approval,
    fault: Option<&Fault>,
) -> Result<Response, Fault> {
    let words = &cx.words;
    let none = FieldFaults::default();
    let faults = if let Some(Fault::Invalid(faults)) = fault { faults } else { &none };
    let (catalogue, atlas) = (cx.municipality.get::<Catalogue>(), cx.municipality.get::<Atlas>());
    let config = cx.municipality.get::<PatrolConfig>();
    let today = cx.now.day_and_hour(&cx.municipality.zone).0;
    let why = |place: &Place| sentences(words, &catalogue, &place.why, today);
    let table = draft.timetable();
    let pins = table
        .stops
        .iter()
        .map(|s| Pin {
            lon: s.place.lon,
            lat: s.place.lat,
            title: format!("{} {}", words.time(s.arrive), s.place.title),
        })
        .collect();
    let last = table.stops.len();
    let stops = (1..)
        .zip(&table.stops)
        .map(|(n, stop)| StopRow {
            key: stop.place.key.clone(),
            time: format!("{} - {}", words.time(stop.arrive), words.time(stop.leave)),
            title: stop.place.title.clone(),
            subject: subject(cx, stop.place.kind, stop.place.category.as_deref()),
            why: why(stop.place),
            way: if stop.wait_min >= 1.0 {
                words.ta(
                    "patrol-way-wait",
                    &[("way", metres(words, stop.metres).into()), ("min", words.number(stop.wait_min, 0).into())],
                )
            } else {
                words.t1("patrol-way", "way", &metres(words, stop.metres))
            },
            locked: draft.locked.contains(&stop.place.key),
            first: n == 1,
            last: n == last,
        })
        .collect();
    let left: Vec<&Place> = draft.places.iter().filter(|p| !draft.order.contains(&p.key)).collect();
    let unseen = draft.weighed.saturating_sub(last).saturating_sub(left.len().min(MOST_LEFT_OUT));
    let left_out = left
        .iter()
        .take(MOST_LEFT_OUT)
        .map(|p| LeftRow {
            key: p.key.clone(),
            title: p.title.clone(),
            subject: subject(cx, p.kind, p.category.as_deref()),
            why: why(p),
            reason: match draft.left_out.get(&p.key) {
                Some(left) => words.t(&format!("patrol-left-{left}")),
                None => words.t("patrol-left-out"),
            },
        })
        .collect();
    let mut frame = cx.page("patrol-plan");
    frame.notice = match fault {
        Some(Fault::Stale) => Some(Notice { kind: "warning", text: cx.t("fault-stale-text") }),
        _ => None,
    };
    let base = (draft.base.0, draft.base.1, cx.t("patrol-base"));
    render_as(
        status,
        &PlanPage {
            crumbs: vec![Link::new("/rounds", cx.t("patrol-title"))],
            errors: cx.summary(faults),
            id: round.id.to_string(),
            version: round.version.to_string(),
            change_request: cx.app.clock.id().to_string(),
            approve_request: cx.app.clock.id().to_string(),
            may_plan: cx.may("round:plan"),
            when: when(words, shift),
            team: config.team_name(&shift.team, words.language()).to_owned(),
            officers: names(officers),
            leave: words.time(draft.from),
            back: words.time(table.back),
            late: table.late,
            length: metres(words, table.metres),
            weighed: words.whole(i64::try_from(draft.weighed).unwrap_or(0)),
            forecast: draft.forecast_at.map_or_else(|| cx.t("patrol-no-forecast"), |at| words.date_time(at)),
            seed: round.seed.to_string(),
            changed: draft.deviates(),
            map: plan_map(&atlas, cx.t("patrol-map"), base, draft, pins),
            stops,
            left_out,
            more: if unseen > 0 {
                words.tn("patrol-left-more", i64::try_from(unseen).unwrap_or(0))
            } else {
                String::new()
            },
            decisions: Decision::ALL
                .iter()
                .map(|d| Choice::new(d.as_str(), words.t(&format!("patrol-decision-{d}"))))
                .collect(),
            decision: approval.decision.clone(),
            decision_error: faults.of("decision", words).unwrap_or_default(),
            reason: approval.reason.clone(),
            reason_error: faults.of("reason", words).unwrap_or_default(),
            page: frame,
        },
    )
}

/// `POST /rounds/{id}/change`.
pub async fn change(cx: Cx, Path(id): Path<Uuid>, fields: Fields) -> Result<Response, Fault> {
    let edit = Edit::parse(fields.get("do")).ok_or(Fault::Bad("fault-bad-request"))?;
    let (request, version) = (fields.id("request")?, fields.number("version")?);
    let mut tx = cx.write().await?;
    match ops::change(&cx, &mut tx, id, request, version, &edit).await {
        Ok(()) => {
            tx.commit().await?;
            Ok(see_other(&format!("/rounds/{id}#stops")))
        }
        Err(Fault::Stale) => {
            drop(tx);
            again(&cx, id, &Approval::default(), Fault::Stale).await
        }
        Err(other) => Err(other),
    }
}

/// The plan once more, with what went wrong and the text that was typed.
async fn again(cx: &Cx, id: Uuid, approval: &Approval, fault: Fault) -> Result<Response, Fault> {
    let permit = cx.permit("round:read", &Resource::ordinary("round", cx.code()))?;
    let mut tx = cx.read().await?;
    let round = store::get(&mut tx, &permit, id).await?.ok_or(Fault::NotFound)?;
    let (Some(draft), crate::round::RoundState::Proposed) = (ops::draft(&round)?, round.state) else {
        return Err(fault);
    };
    let (shift, officers) = shift::ops::with_officers(&mut tx, &permit, round.shift_id).await?;
    page(cx, fault.status(), &round, &draft, (&shift, &officers), approval, Some(&fault))
}

fn approval(fields: &Fields) -> Result<Approval, Fault> {
    Ok(Approval {
        request: fields.id("request")?,
        version: fields.number("version")?,
        decision: fields.get("decision").to_owned(),
        reason: fields.get("reason").to_owned(),
    })
}

/// `POST /rounds/{id}/approve`.
pub async fn approve(cx: Cx, Path(id): Path<Uuid>, fields: Fields) -> Result<Response, Fault> {
    let approval = approval(&fields)?;
    let mut tx = cx.write().await?;
    match ops::approve(&cx, &mut tx, id, &approval).await {
        Ok(()) => {
            tx.commit().await?;
            Ok(see_other(&format!("/rounds/{id}")))
        }
        Err(fault @ (Fault::Invalid(_) | Fault::Stale)) => {
            drop(tx);
            again(&cx, id, &approval, fault).await
        }
        Err(other) => Err(other),
    }
}

/// `POST /rounds/{id}/withdraw`.
pub async fn withdraw(cx: Cx, Path(id): Path<Uuid>, fields: Fields) -> Result<Response, Fault> {
    let approval = approval(&fields)?;
    let mut tx = cx.write().await?;
    match ops::withdraw(&cx, &mut tx, id, &approval).await {
        Ok(()) => {
            tx.commit().await?;
            Ok(see_other("/rounds"))
        }
        Err(fault @ (Fault::Invalid(_) | Fault::Stale)) => {
            drop(tx);
            again(&cx, id, &approval, fault).await
        }
        Err(other) => Err(other),
    }
}
