//! What a phone tells of a round, sometimes hours later: it had no reception, and meanwhile a colleague or the
//! coordinator went on. What happened on the street happened: each report finds its place in the round as it is now,
//! by the rules below, and the officer hears in words what became of it. Nothing is dropped.
//!
//! The rules: a visit that is no longer in the round is matched by what it was for, else it becomes an extra visit;
//! a visit that was crossed off is visited after all; one that a colleague did keeps their outcome, and the words are
//! added; in a round that was withdrawn or finished the visit counts and the round stays as it is. Each id is told
//! once: that is the caller's business (`field_event`).

use super::ops::{self, Leaving, NOTE, Walk};
use super::store;
use crate::round::{self, Outcome, Round, RoundState, Visit, VisitKind, VisitState};
use crate::shift;
use areas::Atlas;
use kit::{At, Fault, FieldFaults, Tx, Uuid};
use policy::{Permit, Resource};
use signals::presence::{self, Presence};
use site::Cx;

/// Longest name of a place, in characters.
const TITLE: usize = 200;

/// A stop as the phone has it.
#[derive(Clone, Debug)]
pub struct Told {
    /// The round.
    pub round: Uuid,
    /// The visit.
    pub visit: Uuid,
    /// When it was, corrected for the phone's clock.
    pub at: At,
    /// What the visit is for.
    pub kind: VisitKind,
    /// The issue or signal.
    pub target: Option<Uuid>,
    /// Category id.
    pub category: Option<String>,
    /// The place in words.
    pub title: String,
    /// Longitude and latitude (WGS84).
    pub place: (f64, f64),
}

/// What became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    /// As it was told.
    Done,
    /// Otherwise: locale key and values of the sentence for the officer.
    Merged(&'static str, Vec<(&'static str, String)>),
}

/// The visit that was meant, in its round.
struct Found {
    walk: Walk,
    visit: Visit,
    heard: Heard,
}

fn merged(key: &'static str, place: &str) -> Heard {
    Heard::Merged(key, vec![("place", place.to_owned())])
}

/// The round as its officers or a coordinator may change it, in whatever state; nothing when it is not there (any more).
async fn walk(cx: &Cx, tx: &mut Tx, id: Uuid) -> Result<Option<Walk>, Fault> {
    let read = cx.permit("round:read", &Resource::ordinary("round", cx.code()))?;
    let Some(round) = round::get(tx, &read, id).await? else { return Ok(None) };
    let (shift, officers) = shift::ops::with_officers(tx, &read, round.shift_id).await?;
    let own = officers.iter().any(|o| Some(o.account_id) == cx.actor.account);
    let permit = cx.permit("round:walk", &Resource::ordinary("round", cx.code()).own(own))?;
    let visits = round::visits(tx, &permit, id).await?;
    Ok(Some(Walk { permit, round, shift, officers, visits }))
}

/// Finds the visit, or makes an extra one; nothing when there is no round to put it in.
async fn find(cx: &Cx, tx: &mut Tx, told: &Told) -> Result<Option<Found>, Fault> {
    let Some(walk) = walk(cx, tx, told.round).await? else { return Ok(None) };
    let state = match walk.round.state {
        RoundState::Withdrawn | RoundState::Proposed => Some(merged("patrol-late-withdrawn", &told.title)),
        RoundState::Finished => Some(merged("patrol-late-finished", &told.title)),
        RoundState::Approved | RoundState::Running => None,
    };
    if let Some(visit) = walk.visits.iter().find(|v| v.id == told.visit).cloned() {
        return Ok(Some(Found { walk, visit, heard: state.unwrap_or(Heard::Done) }));
    }
    if let Some((round,)) = store::round_of_visit(tx, &walk.permit, told.visit).await? {
        // The coordinator moved it to another round.
        let visits = round::visits(tx, &walk.permit, round).await?;
        if let Some(visit) = visits.into_iter().find(|v| v.id == told.visit) {
            let heard = merged("patrol-late-moved", &told.title);
            return Ok(Some(Found { walk, visit, heard }));
        }
    }
    let same = |v: &&Visit| {
        told.target.is_some() && v.target == told.target && matches!(v.state, VisitState::Planned | VisitState::Arrived)
    };
    if let Some(visit) = walk.visits.iter().find(same).cloned() {
        return Ok(Some(Found { walk, visit, heard: merged("patrol-late-matched", &told.title) }));
    }
    let visit = extra(cx, tx, &walk, told).await?;
    Ok(Some(Found { walk, visit, heard: merged("patrol-late-extra", &told.title) }))
}

/// Adds a visit that is not in the round.
async fn extra(cx: &Cx, tx: &mut Tx, walk: &Walk, told: &Told) -> Result<Visit, Fault> {
    let atlas = cx.municipality.get::<Atlas>();
    let (lon, lat) = told.place;
    let cell = atlas.cell(lon, lat).filter(|_| cx.municipality.contains(lon, lat));
    let Some((cell_x, cell_y)) = cell else {
        return Err(Fault::Rule { key: "patrol-late-outside", values: vec![] });
    };
    let visit = Visit {
        id: told.visit,
        round_id: walk.round.id,
        seq: walk.visits.iter().map(|v| v.seq).max().unwrap_or(0) + 1,
        kind: told.kind,
        target: told.target,
        category: told.category.clone(),
        title: told.title.chars().take(TITLE).collect(),
        lon,
        lat,
        cell_x,
        cell_y,
        area: atlas.sheet().neighbourhood(lon, lat).map(str::to_owned),
        planned_at: moment(cx, &walk.round, told.at),
        minutes: 0,
        why: "[]".to_owned(),
        state: VisitState::Planned,
        arrived_at: None,
        left_at: None,
        outcome: None,
        note: String::new(),
        presence_id: None,
        version: 1,
    };
    round::insert_visits(tx, round::visit_values(walk.permit.municipality(), &visit)).await?;
    ops::written(cx, tx, walk, visit.id, serde_json::json!({ "becomes": visit.state, "extra": true })).await?;
    Ok(visit)
}

/// The time that is kept: not before the round was approved, not after now.
fn moment(cx: &Cx, round: &Round, at: At) -> At {
    at.min(cx.now).max(round.approved_at.unwrap_or(round.proposed_at).min(cx.now))
}

/// A round that nobody withdrew runs from its first arrival.
async fn begun(tx: &mut Tx, permit: &Permit, visit: &Visit) -> Result<(), Fault> {
    round::run(tx, permit, visit.round_id).await?;
    Ok(())
}

/// The officers were at a place.
///
/// # Errors
/// [`Fault::Refused`] to who is not on the shift, [`Fault::Rule`] for an extra visit outside the municipality.
pub async fn arrive(cx: &Cx, tx: &mut Tx, told: &Told) -> Result<Heard, Fault> {
    let Some(Found { walk, visit, heard }) = find(cx, tx, told).await? else {
        return Ok(merged("patrol-late-no-round", &told.title));
    };
    let at = moment(cx, &walk.round, told.at);
    let now = match visit.state {
        VisitState::Planned => heard,
        VisitState::Skipped => merged("patrol-late-was-skipped", &visit.title),
        VisitState::Arrived => return Ok(merged("patrol-late-there", &visit.title)),
        VisitState::Left => return Ok(merged("patrol-late-visited", &visit.title)),
    };
    store::arrived_after_all(tx, &walk.permit, visit.id, at).await?;
    begun(tx, &walk.permit, &visit).await?;
    ops::written(cx, tx, &walk, visit.id, serde_json::json!({ "becomes": VisitState::Arrived })).await?;
    Ok(now)
}

/// The officers left a place. `arrived` is when they came, for a phone whose arrival did not come through.
///
/// # Errors
/// As [`arrive`], and [`Fault::Invalid`] with a sentence per field.
pub async fn leave(cx: &Cx, tx: &mut Tx, told: &Told, arrived: Option<At>, leaving: &Leaving) -> Result<Heard, Fault> {
    let outcome = leaving.outcome.parse::<Outcome>().ok();
    let note = leaving.note.trim();
    let mut faults = FieldFaults::default();
    if outcome.is_none() {
        faults.add("outcome", "patrol-outcome-missing");
    }
    if note.is_empty() && outcome == Some(Outcome::Solved) && told.target.is_some() {
        faults.add("note", "patrol-note-missing");
    }
    ops::check_length(note, "note", &mut faults);
    let (Some(outcome), true) = (outcome, faults.is_empty()) else { return Err(Fault::Invalid(faults)) };
    let Some(Found { walk, visit, heard }) = find(cx, tx, told).await? else {
        // Where somebody was counts without a round too.
        let permit = cx.permit("round:walk", &Resource::ordinary("round", cx.code()).own(true))?;
        let at = told.at.min(cx.now);
        present(cx, tx, &permit, told.visit, (arrived.unwrap_or(at).min(at), at), told.place).await?;
        return Ok(merged("patrol-late-no-round", &told.title));
    };
    let at = moment(cx, &walk.round, told.at);
    let came = visit.arrived_at.unwrap_or_else(|| moment(cx, &walk.round, arrived.unwrap_or(at))).min(at);
    let mut heard = heard;
    match visit.state {
        VisitState::Planned | VisitState::Arrived => {}
        VisitState::Skipped => heard = merged("patrol-late-was-skipped", &visit.title),
        VisitState::Left => {
            add_words(cx, tx, &walk, &visit, outcome, note).await?;
            return Ok(merged("patrol-late-visited", &visit.title));
        }
    }
    if visit.state != VisitState::Arrived {
        store::arrived_after_all(tx, &walk.permit, visit.id, came).await?;
        begun(tx, &walk.permit, &visit).await?;
    }
    let presence = present(cx, tx, &walk.permit, visit.id, (came, at), (visit.lon, visit.lat)).await?;
    let words = joined(&visit.note, note);
    store::left_after_all(tx, &walk.permit, visit.id, at, (outcome, &words), presence).await?;
    ops::written(cx, tx, &walk, visit.id, serde_json::json!({ "becomes": VisitState::Left, "outcome": outcome }))
        .await?;
    if let Some(target) = visit.target {
        if visit.kind == VisitKind::Campaign {
            campaigns::obligation::made(cx, tx, &walk.permit, target, visit.id, (came, at)).await?;
            return Ok(heard);
        }
        let open = !store::open_signals(tx, &walk.permit, target).await?.is_empty();
        if open {
            ops::move_on(cx, tx, visit.kind, target, outcome, note, leaving.becomes.parse().ok()).await?;
        } else if heard == Heard::Done {
            heard = merged("patrol-late-solved", &visit.title);
        }
    }
    Ok(heard)
}

/// Writes the presence of a visit, once; gives its id.
async fn present(
    cx: &Cx,
    tx: &mut Tx,
    permit: &Permit,
    id: Uuid,
    times: (At, At),
    place: (f64, f64),
) -> Result<Option<Uuid>, Fault> {
    let Some(account) = cx.actor.account else { return Ok(None) };
    let Some(presence) = Presence::at(&cx.municipality, id, account, times, place) else { return Ok(None) };
    presence::record(tx, permit, &presence).await?;
    Ok(Some(id))
}

/// What stood there, and what comes with it.
fn joined(before: &str, note: &str) -> String {
    match (before.is_empty(), note.is_empty() || before.contains(note)) {
        (_, true) => before.to_owned(),
        (true, false) => note.to_owned(),
        (false, false) => format!("{before}\n{note}"),
    }
}

/// A second outcome of one visit: the first stays, unless it was "nothing found" and something was done; words are added.
async fn add_words(
    cx: &Cx,
    tx: &mut Tx,
    walk: &Walk,
    visit: &Visit,
    outcome: Outcome,
    note: &str,
) -> Result<(), Fault> {
    let stays = visit.outcome.filter(|o| o.is_action() || !outcome.is_action()).unwrap_or(outcome);
    let words = joined(&visit.note, note);
    if Some(stays) != visit.outcome || words != visit.note {
        store::add_words(tx, &walk.permit, visit.id, stays, &words).await?;
        ops::written(cx, tx, walk, visit.id, serde_json::json!({ "outcome": stays, "again": true })).await?;
    }
    Ok(())
}

/// The officers did not go to a place.
///
/// # Errors
/// As [`arrive`], and [`Fault::Invalid`] without a reason.
pub async fn skip(cx: &Cx, tx: &mut Tx, told: &Told, why: &str) -> Result<Heard, Fault> {
    let why = ops::reason(why, "why")?;
    let Some(Found { walk, visit, heard }) = find(cx, tx, told).await? else {
        return Ok(merged("patrol-late-no-round", &told.title));
    };
    match visit.state {
        VisitState::Planned => {
            store::skipped(tx, &walk.permit, visit.id, visit.version, why).await?;
            ops::written(cx, tx, &walk, visit.id, serde_json::json!({ "becomes": VisitState::Skipped })).await?;
            Ok(heard)
        }
        VisitState::Skipped => Ok(merged("patrol-late-skipped", &visit.title)),
        VisitState::Arrived | VisitState::Left => Ok(merged("patrol-late-visited", &visit.title)),
    }
}

/// The officers are back. Places left over are crossed off with their reason; a colleague who is still somewhere
/// finishes that visit later.
///
/// # Errors
/// [`Fault::Refused`] to who is not on the shift, [`Fault::Invalid`] for a reason that is too long.
pub async fn finish(cx: &Cx, tx: &mut Tx, id: Uuid, at: At, why: &str) -> Result<Heard, Fault> {
    let Some(walk) = walk(cx, tx, id).await? else { return Ok(merged("patrol-late-no-round", "")) };
    match walk.round.state {
        RoundState::Finished => return Ok(merged("patrol-late-finished-before", "")),
        RoundState::Withdrawn | RoundState::Proposed => return Ok(merged("patrol-late-withdrawn-round", "")),
        RoundState::Approved | RoundState::Running => {}
    }
    let mut faults = FieldFaults::default();
    ops::check_length(why, "rest", &mut faults);
    faults.ok()?;
    let rest: Vec<&str> =
        walk.visits.iter().filter(|v| v.state == VisitState::Planned).map(|v| v.title.as_str()).collect();
    let mut heard = Heard::Done;
    if !rest.is_empty() {
        let typed = why.trim();
        // Somebody put a place in while the phone had no reception: nobody could give a reason for it.
        let unknown = cx.t("patrol-late-not-on-phone");
        store::skip_rest(tx, &walk.permit, id, if typed.is_empty() { &unknown } else { typed }).await?;
        if typed.is_empty() {
            heard = merged("patrol-late-rest", &rest.join(", "));
        }
    }
    round::finish(tx, &walk.permit, id, moment(cx, &walk.round, at)).await?;
    let done = walk.visits.iter().filter(|v| v.state == VisitState::Left).count();
    ops::finished(cx, tx, &walk, done, rest.len()).await?;
    Ok(heard)
}

/// The longest note that [`leave`] takes, in characters.
pub const LONGEST: usize = NOTE;
