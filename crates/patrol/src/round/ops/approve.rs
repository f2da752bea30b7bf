//! The decision on a plan: approved, so that each crew gets a round with its visits, or withdrawn.

use super::{blocking, json, on_page, proposed};
use crate::round::candidates::Place;
use crate::round::draft::{Decision, Draft};
use crate::round::{Round, RoundState, Visit, VisitState, store};
use crate::shift;
use kit::clock::id_at;
use kit::once::{self, Claim};
use kit::{At, Fault, FieldFaults, Uuid, args, audit};
use policy::Resource;
use site::Cx;

/// Shortest and longest reason, in characters.
const REASON: std::ops::RangeInclusive<usize> = 10..=1_000;

/// What the coordinator fills in to approve a round.
#[derive(Clone, Debug, Default)]
pub struct Approval {
    /// The id of the form.
    pub request: Uuid,
    /// The version that was read.
    pub version: i64,
    /// The plan that was on the page ([`Draft::text`]).
    pub plan: String,
    /// `follow` or `deviate`.
    pub decision: String,
    /// Why.
    pub reason: String,
}

/// Approves the plan that the coordinator saw, with a reason, once per form: each crew gets a round with its visits. The
/// first of them is the round that carried the plan.
///
/// # Errors
/// [`Fault::Invalid`] without a decision and reason that fit what was done, [`Fault::Stale`], [`Fault::Rule`].
pub async fn approve(cx: &Cx, id: Uuid, approval: &Approval) -> Result<(), Fault> {
    let permit = cx.permit("round:approve", &Resource::ordinary("round", cx.code()))?;
    let mut tx = cx.read().await?;
    let (round, mut draft) = match proposed(&mut tx, &permit, id, approval.version).await {
        Err(Fault::Stale | Fault::Rule { .. }) if store::handled(&mut tx, &permit, approval.request).await? => {
            return Ok(());
        }
        other => other?,
    };
    let shift = shift::get(&mut tx, &permit, round.shift_id).await?.ok_or(Fault::NotFound)?;
    drop(tx);
    let tours = on_page(&draft, &approval.plan)?;
    if tours != draft.all_keys() {
        let work = cx.clone();
        draft = blocking(move || {
            let ways = draft.ways(&work.municipality);
            draft.lay(&ways, &tours)?;
            Ok(draft)
        })
        .await?;
    }
    let mut faults = FieldFaults::default();
    let decision = approval.decision.parse::<Decision>().ok();
    match decision {
        None => faults.add("decision", "patrol-decision-missing"),
        Some(Decision::Follow) if draft.deviates() => faults.add("decision", "patrol-decision-changed"),
        Some(_) => {}
    }
    check_reason(&approval.reason, &mut faults);
    faults.ok()?;
    if draft.visits() == 0 {
        return Err(Fault::Rule { key: "patrol-rule-no-stops", values: vec![] });
    }
    draft.decision = decision;
    let mut tx = cx.write().await?;
    if once::claim(&mut tx, cx.code(), approval.request, cx.now, &format!("/rounds/{id}")).await? != Claim::New {
        return Ok(());
    }
    let plan = Round {
        state: RoundState::Approved,
        approved_at: Some(cx.now),
        approved_by: permit.actor(),
        reason: approval.reason.trim().to_owned(),
        plan_id: Some(id),
        decision,
        ..round
    };
    // The first crew that visits anything has the round that carried the plan.
    let mut ids = std::iter::once(id).chain(std::iter::repeat_with(|| id_at(cx.now)));
    let keys = draft.keys();
    let going: Vec<(usize, Uuid)> =
        keys.iter().enumerate().filter(|(_, k)| !k.is_empty()).map(|(n, _)| n).zip(&mut ids).collect();
    for (tour, round) in &going {
        let stop = draft.tours.get(*tour).and_then(|t| t.stops.iter().find(|s| s.key == Draft::rest_key(*tour)));
        if let Some(point) = stop.and_then(|stop| draft.point(stop.place)) {
            draft.rests.insert(*round, point);
        }
    }
    for (tour, round) in going {
        let Some(crew) = draft.crews.get(tour) else { continue };
        let carries = round == id;
        let rest = draft.tours.get(tour).and_then(|t| t.stops.iter().find(|s| s.key == Draft::rest_key(tour)));
        let one = Round {
            id: round,
            proposal: if carries { json(&draft)? } else { String::new() },
            travel: crew.mode,
            rest_at: rest.map(|stop| draft.at(stop.begin)),
            rest_min: rest.map_or(0, |stop| i64::from((stop.leave - stop.begin) / 60)),
            version: if carries { plan.version } else { 1 },
            ..plan.clone()
        };
        if !carries {
            store::insert_rounds(&mut tx, store::round_values(permit.municipality(), &one, shift.day)).await?;
        } else if store::approve(&mut tx, &permit, &one, approval.version).await? != 1 {
            return Err(Fault::Stale);
        }
        let rows = crew.officers.iter().flat_map(|o| args![permit.municipality(), one.id, *o]).collect();
        store::insert_officers(&mut tx, rows).await?;
        let rows = visits(&draft, tour, one.id, cx.now)?;
        let rows = rows.iter().flat_map(|v| store::visit_values(permit.municipality(), v)).collect();
        store::insert_visits(&mut tx, rows).await?;
    }
    let detail = serde_json::json!({ "decision": decision, "changed": draft.deviates(), "stops": draft.visits() });
    audit::record(&mut tx, &cx.deed(), permit.action(), "round", &id.to_string(), &detail).await?;
    Ok(tx.commit().await?)
}

fn check_reason(reason: &str, faults: &mut FieldFaults) {
    let length = reason.trim().chars().count();
    if length < *REASON.start() {
        faults.add_with("reason", "patrol-reason-short", vec![("least", REASON.start().to_string())]);
    } else if length > *REASON.end() {
        faults.add_with("reason", "patrol-reason-long", vec![("most", REASON.end().to_string())]);
    }
}

/// The visits of one tour.
fn visits(draft: &Draft, tour: usize, round: Uuid, now: At) -> Result<Vec<Visit>, Fault> {
    let stops = draft.tours.get(tour).into_iter().flat_map(|tour| &tour.stops);
    let places = stops.filter_map(|stop| Some((draft.place(&stop.key)?, draft.at(stop.begin))));
    (1_i64..).zip(places).map(|(seq, (place, at))| visit(place, round, seq, at, now)).collect()
}

/// A visit to a place that is still to come.
pub(in crate::round) fn visit(place: &Place, round: Uuid, seq: i64, at: At, now: At) -> Result<Visit, Fault> {
    Ok(Visit {
        id: id_at(now),
        round_id: round,
        seq,
        kind: place.kind,
        target: place.target,
        category: place.category.clone(),
        title: place.title.clone(),
        lon: place.lon,
        lat: place.lat,
        cell_x: place.cell.0,
        cell_y: place.cell.1,
        area: place.area.clone(),
        planned_at: at,
        minutes: i64::from(place.minutes),
        why: serde_json::to_string(&place.why).map_err(|e| Fault::Internal(e.to_string()))?,
        state: VisitState::Planned,
        arrived_at: None,
        left_at: None,
        outcome: None,
        note: String::new(),
        presence_id: None,
        version: 1,
    })
}

/// Withdraws a round that nobody began, with a reason, once per form.
///
/// # Errors
/// [`Fault::Invalid`] without a reason, [`Fault::Stale`], [`Fault::Rule`] when it was begun.
pub async fn withdraw(cx: &Cx, tx: &mut kit::Tx, id: Uuid, approval: &Approval) -> Result<(), Fault> {
    let permit = cx.permit("round:approve", &Resource::ordinary("round", cx.code()))?;
    if once::claim(tx, cx.code(), approval.request, cx.now, &format!("/rounds/{id}")).await? != Claim::New {
        return Ok(());
    }
    let round = store::get(tx, &permit, id).await?.ok_or(Fault::NotFound)?;
    if round.version != approval.version {
        return Err(Fault::Stale);
    }
    let mut faults = FieldFaults::default();
    check_reason(&approval.reason, &mut faults);
    faults.ok()?;
    if store::withdraw(tx, &permit, id, approval.version, approval.reason.trim()).await? != 1 {
        return Err(Fault::Rule { key: "patrol-rule-begun", values: vec![] });
    }
    audit::record(tx, &cx.deed(), permit.action(), "round", &id.to_string(), &serde_json::json!({})).await?;
    Ok(())
}
