//! What can be done with a round until it is walked: propose, change, approve, withdraw.

use super::candidates::{self, Ground, Place};
use super::draft::{Decision, Draft, Edit};
use super::value::Draw;
use super::{Round, RoundState, Visit, VisitState, store};
use crate::config::PatrolConfig;
use crate::shift::{self, Shift};
use areas::Atlas;
use kit::clock::id_at;
use kit::once::{self, Claim};
use kit::{At, Fault, FieldFaults, Tx, Uuid, audit};
use policy::{Permit, Resource};
use signals::{Catalogue, issues};
use site::Cx;
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// Most open issues, and most open reports, that are weighed.
const MOST_OPEN: i64 = 1_000;
/// Shortest and longest reason, in characters.
const REASON: std::ops::RangeInclusive<usize> = 10..=1_000;
const MINUTE: i64 = 60_000_000;

/// What a coordinator asks for.
#[derive(Clone, Debug)]
pub struct Ask {
    /// The id of the form.
    pub request: Uuid,
    /// The shift.
    pub shift: Uuid,
    /// Most visits, as filled in.
    pub max_visits: String,
}

/// What there is to choose from.
#[derive(Debug)]
pub struct Choice {
    /// Places with open reports, and busy squares.
    pub places: Vec<Place>,
    /// All squares of the forecast.
    pub cells: Vec<Place>,
    /// When the forecast was made.
    pub forecast_at: Option<At>,
}

/// When a round in this shift leaves the base and must be back.
#[must_use]
pub fn times(shift: &Shift, config: &PatrolConfig) -> (At, At) {
    let from = At::from_micros(shift.starts_at.micros() + config.round.start_after_min * MINUTE);
    let to = At::from_micros(shift.ends_at.micros() - config.round.back_before_min * MINUTE);
    if from < to { (from, to) } else { (shift.starts_at, shift.ends_at) }
}

/// Everything that a round in `shift` could visit.
///
/// # Errors
/// When the database cannot be read or the shift's team is not configured any more.
pub async fn choice(cx: &Cx, tx: &mut Tx, permit: &Permit, shift: &Shift) -> Result<Choice, Fault> {
    let config = cx.municipality.get::<PatrolConfig>();
    let (catalogue, atlas) = (cx.municipality.get::<Catalogue>(), cx.municipality.get::<Atlas>());
    let zone = &cx.municipality.zone;
    let times = times(shift, &config);
    let team = config.team(&shift.team);
    let weights = config.weights(times.0.local(zone).date());
    let (Some(team), Some(weights)) = (team, weights) else {
        return Err(Fault::Rule { key: "patrol-rule-team", values: vec![("team", shift.team.clone())] });
    };
    let mut open = issues::open_for_patrol(tx, permit, &catalogue, &atlas, MOST_OPEN).await?;
    let taken: HashSet<Uuid> = store::taken(tx, permit).await?.into_iter().map(|t| t.0).collect();
    open.retain(|t| !taken.contains(&t.id));
    let days = (times.0.day_and_hour(zone).0, times.1.day_and_hour(zone).0);
    let rows = store::forecast(tx, permit, i64::from(days.0), i64::from(days.1)).await?;
    let sheet = atlas.sheet();
    let ground =
        Ground { config: &config, weights, team, catalogue: &catalogue, atlas: &atlas, sheet: &sheet, zone, times };
    let cells = ground.cells(&rows);
    Ok(Choice {
        places: candidates::merge(ground.open(&open), &cells, config.round.most_cells),
        forecast_at: rows.iter().map(|r| r.made_at).max(),
        cells,
    })
}

/// Proposes a round for a shift, once per form; gives its address.
///
/// # Errors
/// [`Fault::Rule`] when there is nothing to visit, [`Fault::Invalid`] for a wrong number of visits.
pub async fn propose(cx: &Cx, tx: &mut Tx, ask: &Ask) -> Result<String, Fault> {
    let permit = cx.permit("round:plan", &Resource::ordinary("round", cx.code()))?;
    let id = id_at(cx.now);
    let address = format!("/rounds/{id}");
    if let Claim::Replay(before) = once::claim(tx, cx.code(), ask.request, cx.now, &address).await? {
        return Ok(before);
    }
    let config = cx.municipality.get::<PatrolConfig>();
    let shift = shift::get(tx, &permit, ask.shift).await?.ok_or(Fault::NotFound)?;
    let most = config.round.most_visits;
    let Some(max_visits) = ask.max_visits.parse::<u32>().ok().filter(|n| (1..=most).contains(n)) else {
        let mut faults = FieldFaults::default();
        faults.add_with("max_visits", "patrol-visits-number", vec![("most", most.to_string())]);
        return Err(Fault::Invalid(faults));
    };
    let mut choice = choice(cx, tx, &permit, &shift).await?;
    // Chance must not be steerable from outside: the seed comes from here, not from the form.
    let seed = i64::try_from(id_at(cx.now).as_u128() & 0x7fff_ffff_ffff_ffff).unwrap_or(0);
    let mut draw = Draw::new(seed);
    let control = draw.control(config.control.share, max_visits);
    choice.places.extend(candidates::control(&choice.cells, &choice.places, control, &mut draw));
    if choice.places.is_empty() {
        return Err(Fault::Rule { key: "patrol-rule-empty", values: vec![] });
    }
    let (from, to) = times(&shift, &config);
    let base_xy = cx.municipality.get::<Atlas>().plane().to_xy(shift.lon, shift.lat);
    let mut draft = Draft {
        from,
        to,
        forecast_at: choice.forecast_at,
        base: (shift.lon, shift.lat),
        base_xy: base_xy.ok_or_else(|| Fault::Internal("the base lies outside the plane".into()))?,
        speed: config.speed(&shift.team),
        detour: config.travel.detour,
        max_visits: usize::try_from(max_visits).unwrap_or(1),
        weighed: choice.places.len(),
        places: choice.places,
        machine: vec![],
        order: vec![],
        locked: BTreeSet::new(),
        removed: BTreeSet::new(),
        left_out: BTreeMap::new(),
        decision: None,
    };
    draft.solve().map_err(|e| Fault::Internal(e.to_string()))?;
    draft.trim(config.round.keep);
    draft.machine.clone_from(&draft.order);
    let round = Round {
        id,
        shift_id: shift.id,
        state: RoundState::Proposed,
        proposed_at: cx.now,
        approved_at: None,
        approved_by: None,
        finished_at: None,
        reason: String::new(),
        seed,
        max_visits: i64::from(max_visits),
        proposal: json(&draft)?,
        version: 1,
    };
    store::insert_rounds(tx, store::round_values(permit.municipality(), &round, shift.day)).await?;
    let detail = serde_json::json!({ "stops": draft.order.len(), "weighed": draft.weighed, "seed": seed });
    audit::record(tx, &cx.deed(), permit.action(), "round", &id.to_string(), &detail).await?;
    Ok(address)
}

fn json(draft: &Draft) -> Result<String, Fault> {
    serde_json::to_string(draft).map_err(|e| Fault::Internal(e.to_string()))
}

/// The draft that a round was kept with; `None` for a round that was moved in from elsewhere.
///
/// # Errors
/// When the stored text cannot be read.
pub fn draft(round: &Round) -> Result<Option<Draft>, Fault> {
    if round.proposal.is_empty() {
        return Ok(None);
    }
    serde_json::from_str(&round.proposal).map(Some).map_err(|e| Fault::Internal(format!("draft: {e}")))
}

/// The proposed round of this version with its draft.
async fn proposed(tx: &mut Tx, permit: &Permit, id: Uuid, version: i64) -> Result<(Round, Draft), Fault> {
    let round = store::get(tx, permit, id).await?.ok_or(Fault::NotFound)?;
    if round.version != version {
        return Err(Fault::Stale);
    }
    match (round.state, draft(&round)?) {
        (RoundState::Proposed, Some(draft)) => Ok((round, draft)),
        _ => Err(Fault::Rule { key: "patrol-rule-decided", values: vec![] }),
    }
}

/// Changes the draft of a proposed round, once per form.
///
/// # Errors
/// [`Fault::Stale`] when it changed since the page was opened, [`Fault::Bad`] for a place that is not there.
pub async fn change(cx: &Cx, tx: &mut Tx, id: Uuid, request: Uuid, version: i64, edit: &Edit) -> Result<(), Fault> {
    let permit = cx.permit("round:plan", &Resource::ordinary("round", cx.code()))?;
    if once::claim(tx, cx.code(), request, cx.now, &format!("/rounds/{id}")).await? != Claim::New {
        return Ok(());
    }
    let (_, mut draft) = proposed(tx, &permit, id, version).await?;
    let done = draft.edit(edit).map_err(|e| Fault::Internal(e.to_string()))?;
    done.ok_or(Fault::Bad("fault-bad-request"))?;
    if store::set_proposal(tx, &permit, id, version, &json(&draft)?).await? != 1 {
        return Err(Fault::Stale);
    }
    let detail = serde_json::json!({ "edit": edit.to_string(), "stops": draft.order.len() });
    audit::record(tx, &cx.deed(), permit.action(), "round", &id.to_string(), &detail).await?;
    Ok(())
}

/// What the coordinator fills in to approve a round.
#[derive(Clone, Debug, Default)]
pub struct Approval {
    /// The id of the form.
    pub request: Uuid,
    /// The version that was read.
    pub version: i64,
    /// `follow` or `deviate`.
    pub decision: String,
    /// Why.
    pub reason: String,
}

/// Approves a round with a reason, once per form: its stops become visits.
///
/// # Errors
/// [`Fault::Invalid`] without a decision and reason that fit what was done, [`Fault::Stale`], [`Fault::Rule`].
pub async fn approve(cx: &Cx, tx: &mut Tx, id: Uuid, approval: &Approval) -> Result<(), Fault> {
    let permit = cx.permit("round:approve", &Resource::ordinary("round", cx.code()))?;
    if once::claim(tx, cx.code(), approval.request, cx.now, &format!("/rounds/{id}")).await? != Claim::New {
        return Ok(());
    }
    let (round, mut draft) = proposed(tx, &permit, id, approval.version).await?;
    let mut faults = FieldFaults::default();
    let decision = approval.decision.parse::<Decision>().ok();
    match decision {
        None => faults.add("decision", "patrol-decision-missing"),
        Some(Decision::Follow) if draft.deviates() => faults.add("decision", "patrol-decision-changed"),
        Some(_) => {}
    }
    check_reason(&approval.reason, &mut faults);
    faults.ok()?;
    if draft.order.is_empty() {
        return Err(Fault::Rule { key: "patrol-rule-no-stops", values: vec![] });
    }
    draft.decision = decision;
    let visits = visits(&draft, round.id, cx.now)?;
    let text = json(&draft)?;
    if store::approve(tx, &permit, (id, approval.version), cx.now, approval.reason.trim(), &text).await? != 1 {
        return Err(Fault::Stale);
    }
    let rows = visits.iter().flat_map(|v| store::visit_values(permit.municipality(), v)).collect();
    store::insert_visits(tx, rows).await?;
    let detail = serde_json::json!({ "decision": decision, "changed": draft.deviates(), "stops": visits.len() });
    audit::record(tx, &cx.deed(), permit.action(), "round", &id.to_string(), &detail).await?;
    Ok(())
}

fn check_reason(reason: &str, faults: &mut FieldFaults) {
    let length = reason.trim().chars().count();
    if length < *REASON.start() {
        faults.add_with("reason", "patrol-reason-short", vec![("least", REASON.start().to_string())]);
    } else if length > *REASON.end() {
        faults.add_with("reason", "patrol-reason-long", vec![("most", REASON.end().to_string())]);
    }
}

fn visits(draft: &Draft, round: Uuid, now: At) -> Result<Vec<Visit>, Fault> {
    let stops = draft.timetable().stops;
    (1_i64..)
        .zip(stops)
        .map(|(seq, stop)| {
            let place = stop.place;
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
                planned_at: stop.arrive,
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
        })
        .collect()
}

/// Withdraws a round that nobody began, with a reason, once per form.
///
/// # Errors
/// [`Fault::Invalid`] without a reason, [`Fault::Stale`], [`Fault::Rule`] when it was begun.
pub async fn withdraw(cx: &Cx, tx: &mut Tx, id: Uuid, approval: &Approval) -> Result<(), Fault> {
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
