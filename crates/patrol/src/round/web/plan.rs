//! The plan of a shift: what is proposed for each crew and why, what is left out and why, what every choice costs, and
//! the approval.

mod said;

pub(super) use said::points;
use said::{CrewRow, Sayer};

use super::when;
use crate::config::PatrolConfig;
use crate::form::Fields;
use crate::round::candidates::Place;
use crate::round::draft::{Decision, Draft, Edit};
use crate::round::ops::{self, Approval, Sent};
use crate::round::search::{self, Searches};
use crate::round::view::plan_map;
use crate::round::{Round, VisitKind, store};
use crate::shift::{self, OnShift, Shift};
use axum::Json;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use kit::{Fault, FieldFaults, Uuid, Words};
use policy::Resource;
use signals::Catalogue;
use site::page::{Choice, FormError, Link, Notice, Page, render_as};
use site::{Cx, see_other};

/// Left-out places shown; the rest is a number.
const MOST_LEFT_OUT: usize = 15;

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
    late: bool,
    plan: String,
    stamp: String,
    going: bool,
    progress: String,
    source: String,
    /// Which places lie too far from every street; empty: none.
    beside: String,
    points: String,
    weighed: String,
    forecast: String,
    seed: String,
    changed: bool,
    map: String,
    crews: Vec<CrewRow>,
    left_out: Vec<LeftRow>,
    more: String,
    decisions: Vec<Choice>,
    decision: String,
    decision_error: String,
    reason: String,
    reason_error: String,
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

/// How far the search is, in words, and whether it goes on.
#[allow(clippy::cast_precision_loss, reason = "points and seconds are few")]
fn progress(cx: &Cx, round: Uuid, draft: &Draft) -> (bool, String) {
    let words = &cx.words;
    let better = 100.0 * (draft.score as f64 / draft.searched.first.max(1) as f64 - 1.0);
    let number = |n: u64| words.whole(i64::try_from(n).unwrap_or(i64::MAX));
    let found = if better < 0.05 {
        words.t("patrol-search-same")
    } else {
        words.t1("patrol-search-better", "better", &words.number(better, 1))
    };
    let said = match cx.municipality.get::<Searches>().progress(round).filter(|p| p.until > cx.now) {
        Some(now) => {
            let left = (now.until.micros() - cx.now.micros() + 999_999) / 1_000_000;
            (true, words.ta("patrol-search-going", &[("sec", left.into()), ("n", number(now.tried).into())]))
        }
        None if draft.searched.tried == 0 => return (false, words.t("patrol-search-none")),
        None => {
            let seconds = words.number(draft.searched.ms as f64 / 1000.0, 1);
            let values = [("sec", seconds.into()), ("n", number(draft.searched.tried).into())];
            (false, words.ta("patrol-search-done", &values))
        }
    };
    (said.0, format!("{} {found}", said.1))
}

/// Changes when the plan on the page is not the newest.
fn stamp(round: &Round, draft: &Draft) -> String {
    format!("{}.{}.{}.{}", round.version, draft.score, draft.gains.len(), draft.costs.len())
}

/// `GET /rounds/{id}/progress`: how far the search is, for the page that looks on.
pub async fn watch(cx: Cx, Path(id): Path<Uuid>) -> Result<Response, Fault> {
    let permit = cx.permit("round:read", &Resource::ordinary("round", cx.code()))?;
    let mut tx = cx.read().await?;
    let round = store::get(&mut tx, &permit, id).await?.ok_or(Fault::NotFound)?;
    drop(tx);
    let answer = match ops::draft(&round)? {
        Some(draft) if round.state == crate::round::RoundState::Proposed => {
            let (going, text) = progress(&cx, id, &draft);
            let going = going || cx.municipality.get::<Searches>().progress(id).is_some();
            serde_json::json!({ "going": going, "text": text, "stamp": stamp(&round, &draft) })
        }
        _ => serde_json::json!({ "going": false, "text": "", "stamp": "over" }),
    };
    Ok(Json(answer).into_response())
}

/// `POST /rounds/{id}/search`: search on.
pub async fn search_on(cx: Cx, Path(id): Path<Uuid>, fields: Fields) -> Result<Response, Fault> {
    cx.permit("round:plan", &Resource::ordinary("round", cx.code()))?;
    search::start(&cx, id, fields.number("version")?, true);
    Ok(see_other(&format!("/rounds/{id}#search")))
}

/// What the travel times of a plan rest on: streets, or a straight line, because there are none or because this plan was
/// made without them.
pub(super) fn source_key(cx: &Cx, by_streets: bool) -> &'static str {
    let map = cx.municipality.find::<streets::StreetMap>();
    match map.filter(|map| map.streets().is_some()) {
        None => "streets-source-none",
        Some(map) if by_streets => map.source_key(),
        Some(_) => "patrol-straight",
    }
}

/// Which places lie too far from every street, in words; empty: none.
pub(super) fn beside_words(words: &Words, places: &[String]) -> String {
    match i64::try_from(places.len()).unwrap_or(i64::MAX) {
        0 => String::new(),
        n => words.ta("patrol-beside", &[("n", n.into()), ("places", places.join("; ").into())]),
    }
}

/// The plan of a proposed round; `fault` of an approval or change that was sent stands at its fields.
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
    let catalogue = cx.municipality.get::<Catalogue>();
    let config = cx.municipality.get::<PatrolConfig>();
    let today = cx.now.day_and_hour(&cx.municipality.zone).0;
    let says = Sayer { cx, draft, catalogue: &catalogue, today, officers };
    let crews: Vec<CrewRow> =
        draft.crews.iter().zip(&draft.tours).enumerate().map(|(n, (crew, tour))| says.crew(n, crew, tour)).collect();
    let left: Vec<&Place> = draft.places.iter().filter(|p| draft.crew_of(&p.key).is_none()).collect();
    let unseen = draft.weighed.saturating_sub(draft.visits()).saturating_sub(left.len().min(MOST_LEFT_OUT));
    let left_out = left
        .iter()
        .take(MOST_LEFT_OUT)
        .map(|p| {
            let reason = match draft.left_out.get(&p.key) {
                Some(left) => words.t(&format!("patrol-left-{left}")),
                None => words.t("patrol-left-out"),
            };
            LeftRow {
                key: p.key.clone(),
                title: p.title.clone(),
                subject: subject(cx, p.kind, p.category.as_deref()),
                why: says.why(p),
                reason: [reason, says.cost(&p.key)].join(" ").trim().to_owned(),
            }
        })
        .collect();
    let mut frame = cx.page("patrol-plan");
    frame.notice = match fault {
        Some(Fault::Stale) => Some(Notice { kind: "warning", text: cx.t("fault-stale-text") }),
        _ => None,
    };
    let (going, progress) = progress(cx, round.id, draft);
    let base = (draft.base.0, draft.base.1, cx.t("patrol-base"));
    let (map, beside) = plan_map(&cx.municipality, cx.t("patrol-maps"), base, draft, |at| words.time(at));
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
            late: draft.is_late(),
            plan: draft.text(),
            stamp: stamp(round, draft),
            going,
            progress,
            source: cx.t(source_key(cx, draft.by_streets)),
            beside: beside_words(words, &beside),
            points: points(words, i64::try_from(draft.score).unwrap_or(0)),
            weighed: words.whole(i64::try_from(draft.weighed).unwrap_or(0)),
            forecast: draft.forecast_at.map_or_else(|| cx.t("patrol-no-forecast"), |at| words.date_time(at)),
            seed: round.seed.to_string(),
            changed: draft.deviates(),
            map,
            crews,
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
    let sent = Sent { request: fields.id("request")?, version: fields.number("version")?, plan: fields.get("plan") };
    match ops::change(&cx, id, sent, &edit).await {
        Ok(version) => {
            search::start(&cx, id, version, edit == Edit::Solve);
            Ok(see_other(&format!("/rounds/{id}#stops")))
        }
        Err(Fault::Stale) => again(&cx, id, &Approval::default(), Fault::Stale).await,
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
        plan: fields.get("plan").to_owned(),
        decision: fields.get("decision").to_owned(),
        reason: fields.get("reason").to_owned(),
    })
}

/// `POST /rounds/{id}/approve`.
pub async fn approve(cx: Cx, Path(id): Path<Uuid>, fields: Fields) -> Result<Response, Fault> {
    let approval = approval(&fields)?;
    match ops::approve(&cx, id, &approval).await {
        Ok(()) => Ok(see_other(&format!("/rounds/{id}"))),
        Err(fault @ (Fault::Invalid(_) | Fault::Stale)) => again(&cx, id, &approval, fault).await,
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
