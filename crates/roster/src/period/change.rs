//! Changing a roster by hand. What the law or a power forbids is refused, with the article; against a wish one can go,
//! with a reason. A published roster changes together with the shifts of patrol, and its officers are told.

use super::{Act, Period, State, Taken, get, places, shifts, store};
use crate::question::{self, Question, at_midnight};
use crate::{tell, words};
use deployment::roster::{Replacement, Verdict};
use kit::clock::id_at;
use kit::once::{self, Claim};
use kit::{Fault, FieldFaults, Tx, Uuid, audit};
use patrol::shift::planned::{self, Planned};
use policy::{Permit, Resource};
use site::Cx;

/// A change of one officer on one shift.
#[derive(Clone, Debug, Default)]
pub struct Change {
    /// Made with the form.
    pub request: Uuid,
    /// The roster.
    pub roster: Uuid,
    /// The shift.
    pub shift: Uuid,
    /// The officer's account.
    pub account: Uuid,
    /// Why; needed against a wish, and in a published roster.
    pub reason: String,
}

/// One officer in place of another.
#[derive(Clone, Debug)]
pub struct Replace {
    /// Who comes, and where.
    pub on: Change,
    /// Who goes.
    pub off: Uuid,
}

/// Longest reason, in characters.
const LINE: usize = 200;
/// Most officers on a shift.
const MOST_STAFF: i64 = 50;

/// One move, as [`apply`] writes it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Moved {
    pub(crate) shift: Uuid,
    pub(crate) account: Uuid,
    pub(crate) act: Act,
}

fn fault(field: &'static str, key: &'static str, values: Vec<(&'static str, String)>) -> Fault {
    let mut faults = FieldFaults::default();
    faults.add_with(field, key, values);
    Fault::Invalid(faults)
}

/// The permit, when the form is a new one.
async fn begin(cx: &Cx, tx: &mut Tx, change: &Change) -> Result<Option<Permit>, Fault> {
    let permit = cx.permit("roster:edit", &Resource::ordinary("roster", cx.code()))?;
    let answer = format!("/roster/{}/shifts/{}", change.roster, change.shift);
    let is_new = once::claim(tx, cx.code(), change.request, cx.now, &answer).await? == Claim::New;
    Ok(is_new.then_some(permit))
}

/// Refuses a reason that is too long, or missing where the roster is published.
fn reason<'c>(period: &Period, change: &'c Change) -> Result<&'c str, Fault> {
    let reason = change.reason.trim();
    if reason.chars().count() > LINE {
        return Err(fault("reason", "roster-reason-long", vec![("most", LINE.to_string())]));
    }
    if reason.is_empty() && period.state == State::Published {
        return Err(fault("reason", "roster-reason-missing", vec![]));
    }
    Ok(reason)
}

/// Refuses an officer who cannot work the shift, or who asked for a free day when there is no reason.
fn may_come(cx: &Cx, question: &Question, list: &[Replacement], officer: usize, reason: &str) -> Result<(), Fault> {
    let found = list.iter().find(|replacement| replacement.officer == officer).ok_or(Fault::NotFound)?;
    match &found.verdict {
        Verdict::Cannot { obstacles } => {
            let why = words::obstacles(cx, question, obstacles);
            let values = vec![("name", question.people[officer].name.clone()), ("why", why)];
            Err(fault("account", "roster-cannot", values))
        }
        Verdict::Can { wished_free: true, .. } if reason.is_empty() => {
            Err(fault("reason", "roster-wish-reason", vec![("name", question.people[officer].name.clone())]))
        }
        Verdict::Can { .. } => Ok(()),
    }
}

fn judged(question: &Question, shift: usize, without: Option<usize>) -> Result<Vec<Replacement>, Fault> {
    let planner = question.planner()?;
    planner.replacements(&question.plan, shift, without).map_err(|error| Fault::Internal(error.to_string()))
}

/// Puts an officer on a shift, once per form.
///
/// # Errors
/// [`Fault::Invalid`] with what the law or a power forbids, when the shift is full, or without a reason where one is
/// needed; [`Fault::NotFound`], or when the policy or the database refuses.
pub async fn put(cx: &Cx, tx: &mut Tx, change: &Change) -> Result<(), Fault> {
    let Some(permit) = begin(cx, tx, change).await? else { return Ok(()) };
    let question = question::read(cx, tx, &permit, change.roster).await?;
    let reason = reason(&question.period, change)?;
    let (shift, officer) = (question.shift(change.shift)?, question.officer(change.account)?);
    if !question.plan.has(officer, shift) {
        let is_full = question.plan.0[shift].len() >= question.roster.shifts[shift].staff as usize;
        if is_full {
            return Err(fault("account", "roster-full", vec![]));
        }
        may_come(cx, &question, &judged(&question, shift, None)?, officer, reason)?;
    }
    let on = Moved { shift: change.shift, account: change.account, act: Act::On };
    apply(cx, tx, &permit, &question.period, &[on], reason).await
}

/// Takes an officer off a shift, once per form.
///
/// # Errors
/// As [`put`].
pub async fn take(cx: &Cx, tx: &mut Tx, change: &Change) -> Result<(), Fault> {
    let Some(permit) = begin(cx, tx, change).await? else { return Ok(()) };
    let period = get(tx, &permit, change.roster).await?;
    let reason = reason(&period, change)?;
    is_on(tx, &permit, change.roster, change.shift, change.account).await?;
    let off = Moved { shift: change.shift, account: change.account, act: Act::Off };
    apply(cx, tx, &permit, &period, &[off], reason).await
}

async fn is_on(tx: &mut Tx, permit: &Permit, roster: Uuid, shift: Uuid, account: Uuid) -> Result<(), Fault> {
    let places = places(tx, permit, roster).await?;
    places.iter().any(|p| p.shift_id == shift && p.account_id == account).then_some(()).ok_or(Fault::Stale)
}

/// Puts one officer in the place of another, once per form.
///
/// # Errors
/// As [`put`]; [`Fault::Stale`] when the other is not on the shift any more.
pub async fn replace(cx: &Cx, tx: &mut Tx, change: &Replace) -> Result<(), Fault> {
    let Some(permit) = begin(cx, tx, &change.on).await? else { return Ok(()) };
    let question = question::read(cx, tx, &permit, change.on.roster).await?;
    let reason = reason(&question.period, &change.on)?;
    let (shift, officer) = (question.shift(change.on.shift)?, question.officer(change.on.account)?);
    let off = question.officer(change.off)?;
    if !question.plan.has(off, shift) {
        return Err(Fault::Stale);
    }
    may_come(cx, &question, &judged(&question, shift, Some(off))?, officer, reason)?;
    let moves = [
        Moved { shift: change.on.shift, account: change.off, act: Act::Off },
        Moved { shift: change.on.shift, account: change.on.account, act: Act::On },
    ];
    apply(cx, tx, &permit, &question.period, &moves, reason).await
}

/// Lets the program decide again about an officer whom somebody put on a shift of a draft by hand.
///
/// # Errors
/// [`Fault::Rule`] in a published roster, or when the policy or the database refuses.
pub async fn free(cx: &Cx, tx: &mut Tx, change: &Change) -> Result<(), Fault> {
    let Some(permit) = begin(cx, tx, change).await? else { return Ok(()) };
    if get(tx, &permit, change.roster).await?.state != State::Draft {
        return Err(Fault::Rule { key: "roster-published-rule", values: vec![] });
    }
    is_on(tx, &permit, change.roster, change.shift, change.account).await?;
    store::free(tx, &permit, change.shift, change.account).await?;
    store::touch(tx, &permit, change.roster).await?;
    Ok(())
}

/// Changes how many officers a shift needs, once per form. The account of the change does not count.
///
/// # Errors
/// [`Fault::Invalid`] with a number that is no number or below the officers who are on it; else as [`put`].
pub async fn staff(cx: &Cx, tx: &mut Tx, change: &Change, staff: &str) -> Result<(), Fault> {
    let Some(permit) = begin(cx, tx, change).await? else { return Ok(()) };
    let period = get(tx, &permit, change.roster).await?;
    let reason = reason(&period, change)?;
    if !shifts(tx, &permit, change.roster).await?.iter().any(|shift| shift.id == change.shift) {
        return Err(Fault::NotFound);
    }
    let places = places(tx, &permit, change.roster).await?;
    let least = places.iter().filter(|place| place.shift_id == change.shift).count() as i64;
    let many = staff.trim().parse::<i64>().ok().filter(|n| (least..=MOST_STAFF).contains(n));
    let Some(many) = many else {
        let values = vec![("least", least.to_string()), ("most", MOST_STAFF.to_string())];
        return Err(fault("staff", "roster-staff-wrong", values));
    };
    store::set_staff(tx, &permit, change.shift, many).await?;
    store::touch(tx, &permit, period.id).await?;
    if period.state == State::Published {
        let reason = format!("{many}: {reason}");
        let (shift, act) = (Some(change.shift), Act::Staff);
        let line =
            store::NewChange { id: id_at(cx.now), roster: period.id, shift, account: None, act, reason: &reason };
        store::changed(tx, &permit, line, cx.now).await?;
    }
    let detail = serde_json::json!({ "shift": change.shift, "staff": many });
    audit::record(tx, &cx.deed(), permit.action(), "roster", &period.id.to_string(), &detail).await?;
    Ok(())
}

/// Writes moves down. In a published roster also in patrol and in the history, and those whom it is about are told.
pub(crate) async fn apply(
    cx: &Cx,
    tx: &mut Tx,
    permit: &Permit,
    period: &Period,
    moves: &[Moved],
    reason: &str,
) -> Result<(), Fault> {
    for moved in moves {
        match moved.act {
            Act::On => store::put(tx, permit, moved.shift, moved.account).await?,
            _ => store::take(tx, permit, moved.shift, moved.account).await?,
        };
    }
    store::touch(tx, permit, period.id).await?;
    if period.state == State::Published {
        let touched = |shift: Uuid| moves.iter().any(|moved| moved.shift == shift);
        let planned = in_patrol(tx, permit, period, touched).await?;
        planned::write(tx, permit, &cx.municipality, &planned).await?;
        for moved in moves {
            let line = store::NewChange {
                id: id_at(cx.now),
                roster: period.id,
                shift: Some(moved.shift),
                account: Some(moved.account),
                act: moved.act,
                reason,
            };
            store::changed(tx, permit, line, cx.now).await?;
        }
        tell::moves(cx, tx, permit, &planned, moves).await?;
    }
    let moved: Vec<serde_json::Value> = moves
        .iter()
        .map(|m| serde_json::json!({ "shift": m.shift, "account": m.account, "act": m.act.as_str() }))
        .collect();
    let detail = serde_json::json!({ "moves": moved });
    audit::record(tx, &cx.deed(), permit.action(), "roster", &period.id.to_string(), &detail).await?;
    Ok(())
}

/// The shifts of a roster as patrol wants them, those that `wanted` names.
pub(super) async fn in_patrol(
    tx: &mut Tx,
    permit: &Permit,
    period: &Period,
    wanted: impl Fn(Uuid) -> bool,
) -> Result<Vec<Planned>, Fault> {
    let places = places(tx, permit, period.id).await?;
    let rows = shifts(tx, permit, period.id).await?;
    let of = |shift: Uuid| places.iter().filter(|p| p.shift_id == shift).map(|p| p.account_id).collect();
    let planned = rows.into_iter().filter(|row| wanted(row.id)).map(|row| Planned {
        id: row.id,
        team: period.team.clone(),
        officers: of(row.id),
        kind: row.kind,
        starts_at: row.starts_at,
        ends_at: row.ends_at,
    });
    Ok(planned.collect())
}

/// The places of an officer from the first to the last of these days.
pub(crate) async fn taken(
    cx: &Cx,
    tx: &mut Tx,
    permit: &Permit,
    account: Uuid,
    (first, last): (i64, i64),
) -> Result<Vec<Taken>, Fault> {
    let midnight = |day: i64| at_midnight(cx, i32::try_from(day).unwrap_or(0));
    Ok(store::taken(tx, permit, account, midnight(first), midnight(last + 1)).await?)
}
