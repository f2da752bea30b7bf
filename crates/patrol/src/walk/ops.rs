//! What an officer does on a round: arrive, leave, skip, finish.

use super::store;
use crate::round::{self, Outcome, Round, RoundState, Visit, VisitKind, VisitState};
use crate::shift::{self, OnShift, Shift};
use campaigns::obligation;
use kit::once::{self, Claim};
use kit::{At, Fault, FieldFaults, Tx, Uuid, audit};
use policy::{Permit, Resource};
use signals::handle::{self, Change};
use signals::presence::{self, Presence};
use signals::{State, issues};
use site::Cx;

/// Longest note, in characters.
pub const NOTE: usize = 1_000;
/// A time that the phone sends may be this much ahead (clocks differ) or behind (no connection).
const AHEAD: i64 = 5 * 60 * 1_000_000;
const BEHIND: i64 = 12 * 3_600 * 1_000_000;
/// States to which a report can move that is not solved.
pub const NEXT: [State; 3] = [State::InProgress, State::Planned, State::Waiting];

/// A round as the walking officer may see it.
#[derive(Clone, Debug)]
pub struct Walk {
    /// Proof of it.
    pub permit: Permit,
    /// The round.
    pub round: Round,
    /// Its shift.
    pub shift: Shift,
    /// Who is on the shift.
    pub officers: Vec<OnShift>,
    /// Its visits in order.
    pub visits: Vec<Visit>,
}

/// What every button sends along.
#[derive(Clone, Debug)]
pub struct Press {
    /// The id of the form.
    pub request: Uuid,
    /// The version of the visit that was read.
    pub version: i64,
    /// When it was pressed, as the phone says.
    pub at: Option<At>,
}

/// What is filled in on leaving.
#[derive(Clone, Debug, Default)]
pub struct Leaving {
    /// Outcome word.
    pub outcome: String,
    /// What was found and done; required when a report is solved.
    pub note: String,
    /// To which state a report moves that is not solved.
    pub becomes: String,
}

/// The round, if the actor walks it: an officer on its shift, or a coordinator.
///
/// # Errors
/// [`Fault::NotFound`] for a round that was not approved, [`Fault::Refused`] for others.
pub async fn open(cx: &Cx, tx: &mut Tx, id: Uuid) -> Result<Walk, Fault> {
    let read = cx.permit("round:read", &Resource::ordinary("round", cx.code()))?;
    let round = round::get(tx, &read, id).await?.ok_or(Fault::NotFound)?;
    let (shift, officers) = shift::ops::with_officers(tx, &read, round.shift_id).await?;
    let officers = round::crew(tx, &read, id, officers).await?;
    let own = officers.iter().any(|o| Some(o.account_id) == cx.actor.account);
    let permit = cx.permit("round:walk", &Resource::ordinary("round", cx.code()).own(own))?;
    if matches!(round.state, RoundState::Proposed | RoundState::Withdrawn) {
        return Err(Fault::Rule { key: "patrol-rule-not-approved", values: vec![] });
    }
    let visits = round::visits(tx, &permit, id).await?;
    Ok(Walk { permit, round, shift, officers, visits })
}

impl Walk {
    fn visit(&self, id: Uuid) -> Result<&Visit, Fault> {
        self.visits.iter().find(|v| v.id == id).ok_or(Fault::NotFound)
    }
}

/// The walk and whether this press is new; the round must still be going on.
async fn pressed(cx: &Cx, tx: &mut Tx, id: Uuid, request: Uuid) -> Result<Option<Walk>, Fault> {
    let walk = open(cx, tx, id).await?;
    if once::claim(tx, cx.code(), request, cx.now, &format!("/rounds/{id}/walk")).await? != Claim::New {
        return Ok(None);
    }
    if walk.round.state == RoundState::Finished {
        return Err(Fault::Rule { key: "patrol-rule-finished", values: vec![] });
    }
    Ok(Some(walk))
}

/// The phone's time when it can be true, else the server's.
fn moment(cx: &Cx, press: &Press, not_before: At) -> At {
    let fits = |at: &At| {
        let apart = at.micros() - cx.now.micros();
        (-BEHIND..=AHEAD).contains(&apart) && *at >= not_before
    };
    press.at.filter(fits).unwrap_or(cx.now).max(not_before)
}

/// A change must have met the version that was read.
fn one(touched: u64) -> Result<(), Fault> {
    if touched == 1 { Ok(()) } else { Err(Fault::Stale) }
}

/// The audit entry of a change of a visit.
pub(super) async fn written(
    cx: &Cx,
    tx: &mut Tx,
    walk: &Walk,
    visit: Uuid,
    detail: serde_json::Value,
) -> Result<(), Fault> {
    Ok(audit::record(tx, &cx.deed(), walk.permit.action(), "visit", &visit.to_string(), &detail).await?)
}

/// The officers are at a place; the first arrival starts the round.
///
/// # Errors
/// [`Fault::Stale`], or [`Fault::Rule`] while they are still at another place.
pub async fn arrive(cx: &Cx, tx: &mut Tx, round: Uuid, visit: Uuid, press: &Press) -> Result<(), Fault> {
    let Some(walk) = pressed(cx, tx, round, press.request).await? else { return Ok(()) };
    let here = walk.visit(visit)?;
    if here.version != press.version {
        return Err(Fault::Stale);
    }
    if let Some(other) = walk.visits.iter().find(|v| v.state == VisitState::Arrived) {
        return Err(Fault::Rule { key: "patrol-rule-elsewhere", values: vec![("place", other.title.clone())] });
    }
    let at = moment(cx, press, walk.round.approved_at.unwrap_or(walk.round.proposed_at));
    one(store::arrived(tx, &walk.permit, visit, press.version, at).await?)?;
    round::run(tx, &walk.permit, round).await?;
    written(cx, tx, &walk, visit, serde_json::json!({ "becomes": VisitState::Arrived })).await
}

/// The officers leave a place: outcome, presence, and the report or issue that the visit was for.
///
/// # Errors
/// [`Fault::Invalid`] with a sentence per field, or [`Fault::Stale`].
pub async fn leave(
    cx: &Cx,
    tx: &mut Tx,
    round: Uuid,
    visit: Uuid,
    press: &Press,
    leaving: &Leaving,
) -> Result<(), Fault> {
    let Some(walk) = pressed(cx, tx, round, press.request).await? else { return Ok(()) };
    let here = walk.visit(visit)?;
    if here.version != press.version || here.state != VisitState::Arrived {
        return Err(Fault::Stale);
    }
    let mut faults = FieldFaults::default();
    let outcome = leaving.outcome.parse::<Outcome>().ok();
    let note = leaving.note.trim();
    if outcome.is_none() {
        faults.add("outcome", "patrol-outcome-missing");
    }
    if note.is_empty() && outcome == Some(Outcome::Solved) && here.target.is_some() && here.kind != VisitKind::Campaign
    {
        faults.add("note", "patrol-note-missing");
    }
    check_length(note, "note", &mut faults);
    let (Some(outcome), true) = (outcome, faults.is_empty()) else { return Err(Fault::Invalid(faults)) };
    let arrived = here.arrived_at.unwrap_or(cx.now);
    let at = moment(cx, press, arrived);
    let presence = match cx.actor.account {
        Some(account) => Presence::at(&cx.municipality, visit, account, (arrived, at), (here.lon, here.lat)),
        None => None,
    };
    if let Some(presence) = &presence {
        presence::record(tx, &walk.permit, presence).await?;
    }
    let presence = presence.map(|p| p.id);
    one(store::left(tx, &walk.permit, (visit, press.version), at, (outcome, note), presence).await?)?;
    written(cx, tx, &walk, visit, serde_json::json!({ "becomes": VisitState::Left, "outcome": outcome })).await?;
    if let Some(target) = here.target {
        if here.kind == VisitKind::Campaign {
            obligation::made(cx, tx, &walk.permit, target, visit, (arrived, at)).await?;
            return Ok(());
        }
        move_on(cx, tx, here.kind, target, outcome, note, leaving.becomes.parse().ok()).await?;
    }
    Ok(())
}

pub(super) fn check_length(note: &str, field: &'static str, faults: &mut FieldFaults) {
    if note.chars().count() > NOTE {
        faults.add_with(field, "patrol-note-long", vec![("most", NOTE.to_string())]);
    }
}

/// Closes what was solved and moves on what was not. A colleague who was earlier is no fault.
pub(super) async fn move_on(
    cx: &Cx,
    tx: &mut Tx,
    kind: VisitKind,
    target: Uuid,
    outcome: Outcome,
    note: &str,
    becomes: Option<State>,
) -> Result<(), Fault> {
    let solved = outcome == Outcome::Solved;
    if solved && kind == VisitKind::Issue {
        let permit = cx.permit("issue:handle", &Resource::ordinary("issue", cx.code()))?;
        return match issues::close(cx, tx, &permit, target, note).await {
            Err(Fault::Rule { .. } | Fault::NotFound) => Ok(()),
            other => other,
        };
    }
    let to = if solved { Some(State::Done) } else { becomes.filter(|s| NEXT.contains(s)) };
    let Some(to) = to else { return Ok(()) };
    let permit = cx.permit("signal:handle", &Resource::ordinary("signal", cx.code()))?;
    for (signal, state) in store::open_signals(tx, &permit, target).await? {
        if state.may_become(to) {
            let change = Change { version: None, to, note, tell: solved };
            handle::change_state(cx, tx, &permit, signal, &change).await?;
        }
    }
    Ok(())
}

/// The officers do not go to a place; the reason is required.
///
/// # Errors
/// [`Fault::Invalid`] without a reason, or [`Fault::Stale`].
pub async fn skip(cx: &Cx, tx: &mut Tx, round: Uuid, visit: Uuid, press: &Press, why: &str) -> Result<(), Fault> {
    let Some(walk) = pressed(cx, tx, round, press.request).await? else { return Ok(()) };
    if walk.visit(visit)?.version != press.version {
        return Err(Fault::Stale);
    }
    let why = reason(why, "why")?;
    one(store::skipped(tx, &walk.permit, visit, press.version, why).await?)?;
    written(cx, tx, &walk, visit, serde_json::json!({ "becomes": VisitState::Skipped })).await
}

pub(super) fn reason<'a>(why: &'a str, field: &'static str) -> Result<&'a str, Fault> {
    let why = why.trim();
    let mut faults = FieldFaults::default();
    if why.is_empty() {
        faults.add(field, "patrol-why-missing");
    }
    check_length(why, field, &mut faults);
    faults.ok().map(|()| why)
}

/// The officers are back. Places that were not visited need a reason.
///
/// # Errors
/// [`Fault::Rule`] while they are at a place, [`Fault::Invalid`] without a reason for places left over.
pub async fn finish(cx: &Cx, tx: &mut Tx, round: Uuid, request: Uuid, why: &str) -> Result<(), Fault> {
    let Some(walk) = pressed(cx, tx, round, request).await? else { return Ok(()) };
    if let Some(here) = walk.visits.iter().find(|v| v.state == VisitState::Arrived) {
        return Err(Fault::Rule { key: "patrol-rule-elsewhere", values: vec![("place", here.title.clone())] });
    }
    let rest = walk.visits.iter().filter(|v| v.state == VisitState::Planned).count();
    if rest > 0 {
        store::skip_rest(tx, &walk.permit, round, reason(why, "rest")?).await?;
    }
    one(round::finish(tx, &walk.permit, round, cx.now).await?)?;
    let done = walk.visits.iter().filter(|v| v.state == VisitState::Left).count();
    finished(cx, tx, &walk, done, rest).await
}

/// The audit entry of a round that is over.
pub(super) async fn finished(cx: &Cx, tx: &mut Tx, walk: &Walk, done: usize, skipped: usize) -> Result<(), Fault> {
    let detail = serde_json::json!({ "done": done, "skipped": skipped });
    let id = walk.round.id.to_string();
    Ok(audit::record(tx, &cx.deed(), walk.permit.action(), "round", &id, &detail).await?)
}
