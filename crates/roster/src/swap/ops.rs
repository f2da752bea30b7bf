//! What can be done with swaps.

use super::store::{self, New};
use super::{State, Swap, get};
use crate::period::{self, Act, Moved};
use crate::question::{self, Question};
use crate::{tell, words};
use deployment::roster::{Swap as Asked, SwapVerdict};
use kit::once::{self, Claim};
use kit::{Fault, FieldFaults, Tx, Uuid, audit};
use policy::{Permit, Resource};
use site::Cx;

/// An offer of the officer who acts.
#[derive(Clone, Debug, Default)]
pub struct Offer {
    /// Made with the form; the id of the swap.
    pub request: Uuid,
    /// The shift that the officer gives.
    pub shift: Uuid,
    /// Who is asked.
    pub other: Uuid,
    /// The shift that the other gives in return.
    pub other_shift: Option<Uuid>,
}

/// A yes or a no, by the colleague or by the coordinator.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    /// Made with the form.
    pub request: Uuid,
    /// The swap.
    pub swap: Uuid,
    /// Its version on the form.
    pub version: i64,
    /// Yes, or no.
    pub yes: bool,
    /// Why not; the coordinator must say it.
    pub reason: String,
}

/// Longest reason, in characters.
const LINE: usize = 200;

/// The permit and account of the officer who acts.
fn own(cx: &Cx) -> Result<(Permit, Uuid), Fault> {
    let permit = cx.permit("roster:own", &Resource::ordinary("roster-swap", cx.code()).own(true))?;
    let account = permit.actor().ok_or(Fault::SignIn)?;
    Ok((permit, account))
}

/// What the planner says of an exchange.
///
/// # Errors
/// [`Fault::NotFound`] when one of them has no part in the roster, [`Fault::Stale`] when somebody is not on the shift
/// that he would give.
pub fn judge(question: &Question, officer: Uuid, offer: &Offer) -> Result<SwapVerdict, Fault> {
    let other_shift = offer.other_shift.map(|shift| question.shift(shift)).transpose()?;
    let asked = Asked {
        officer: question.officer(officer)?,
        shift: question.shift(offer.shift)?,
        other: question.officer(offer.other)?,
        other_shift,
    };
    question.planner()?.swap(&question.plan, asked).map_err(|_| Fault::Stale)
}

fn may(cx: &Cx, question: &Question, officer: Uuid, offer: &Offer) -> Result<(), Fault> {
    let verdict = judge(question, officer, offer)?;
    if verdict.can() {
        return Ok(());
    }
    // What a colleague lacks is for the coordinator to read, not for another officer.
    let why = match cx.actor.account {
        _ if cx.may("roster:edit") => words::swap(cx, question, &verdict),
        Some(account) if account == officer && verdict.other.is_empty() => words::swap(cx, question, &verdict),
        Some(account) if account == offer.other && verdict.officer.is_empty() => words::swap(cx, question, &verdict),
        _ => cx.t("roster-swap-not"),
    };
    let mut faults = FieldFaults::default();
    faults.add_with("other", "roster-swap-cannot", vec![("why", why)]);
    Err(Fault::Invalid(faults))
}

async fn written(cx: &Cx, tx: &mut Tx, permit: &Permit, id: Uuid, state: State) -> Result<(), Fault> {
    let detail = serde_json::json!({ "state": state });
    audit::record(tx, &cx.deed(), permit.action(), "roster_swap", &id.to_string(), &detail).await?;
    Ok(())
}

/// Offers a shift of a published roster to a colleague, once per form.
///
/// # Errors
/// [`Fault::Invalid`] with what stands in the way, also when the shift has begun or is offered already;
/// [`Fault::NotFound`], or when the policy or the database refuses.
pub async fn offer(cx: &Cx, tx: &mut Tx, offer: &Offer) -> Result<(), Fault> {
    let (permit, officer) = own(cx)?;
    if once::claim(tx, cx.code(), offer.request, cx.now, "/roster/mine").await? != Claim::New {
        return Ok(());
    }
    let roster = period::of_shift(tx, &permit, offer.shift).await?;
    let question = question::read(cx, tx, &permit, roster).await?;
    let shift = &question.shifts[question.shift(offer.shift)?];
    let mut faults = FieldFaults::default();
    if question.period.state != period::State::Published || shift.starts_at <= cx.now {
        faults.add("other", "roster-swap-late");
    } else if store::waits(tx, &permit, officer, offer.shift).await? {
        faults.add("other", "roster-swap-waits");
    }
    faults.ok()?;
    may(cx, &question, officer, offer)?;
    let (id, other_shift) = (offer.request, offer.other_shift);
    let new = New { id, roster, officer, shift: offer.shift, other: offer.other, other_shift };
    store::insert(tx, &permit, &new, cx.now).await?;
    let swap = get(tx, &permit, id).await?;
    tell::swap(cx, tx, &permit, &swap, "offered", &[swap.other]).await?;
    written(cx, tx, &permit, id, State::Offered).await
}

/// The exchange that a swap asks for.
fn of(swap: &Swap) -> Offer {
    Offer { request: swap.id, shift: swap.shift_id, other: swap.other, other_shift: swap.other_shift_id }
}

/// The colleague's answer, once per form.
///
/// # Errors
/// [`Fault::Invalid`] when the law or a power now stands in the way, [`Fault::Stale`] when it was answered or taken back
/// since, [`Fault::NotFound`] for somebody else's, or when the policy or the database refuses.
pub async fn answer(cx: &Cx, tx: &mut Tx, answer: &Answer) -> Result<(), Fault> {
    let (permit, account) = own(cx)?;
    let swap = get(tx, &permit, answer.swap).await?;
    if swap.other != account {
        return Err(Fault::NotFound);
    }
    if once::claim(tx, cx.code(), answer.request, cx.now, "/roster/mine").await? != Claim::New {
        return Ok(());
    }
    if swap.state != State::Offered {
        return Err(Fault::Stale);
    }
    if answer.yes {
        let question = question::read(cx, tx, &permit, swap.roster_id).await?;
        may(cx, &question, swap.officer, &of(&swap))?;
    }
    let state = if answer.yes { State::Accepted } else { State::Declined };
    if store::set_state(tx, &permit, (swap.id, answer.version), state, "", cx.now).await? == 0 {
        return Err(Fault::Stale);
    }
    tell::swap(cx, tx, &permit, &swap, state.as_str(), &[swap.officer]).await?;
    written(cx, tx, &permit, swap.id, state).await
}

/// Takes an offer back, once per form.
///
/// # Errors
/// As [`answer`].
pub async fn withdraw(cx: &Cx, tx: &mut Tx, request: Uuid, id: Uuid, version: i64) -> Result<(), Fault> {
    let (permit, account) = own(cx)?;
    let swap = get(tx, &permit, id).await?;
    if swap.officer != account {
        return Err(Fault::NotFound);
    }
    if once::claim(tx, cx.code(), request, cx.now, "/roster/mine").await? != Claim::New {
        return Ok(());
    }
    let is_open = matches!(swap.state, State::Offered | State::Accepted);
    if !is_open || store::set_state(tx, &permit, (id, version), State::Withdrawn, "", cx.now).await? == 0 {
        return Err(Fault::Stale);
    }
    tell::swap(cx, tx, &permit, &swap, "withdrawn", &[swap.other]).await?;
    written(cx, tx, &permit, id, State::Withdrawn).await
}

/// The coordinator's decision, once per form; with a yes the shifts change hands at once.
///
/// # Errors
/// [`Fault::Invalid`] for a no without a reason and when the law or a power now stands in the way, [`Fault::Stale`] when
/// it was decided or taken back since, or when the policy or the database refuses.
pub async fn decide(cx: &Cx, tx: &mut Tx, answer: &Answer) -> Result<(), Fault> {
    let permit = cx.permit("roster:edit", &Resource::ordinary("roster-swap", cx.code()))?;
    let swap = get(tx, &permit, answer.swap).await?;
    if once::claim(tx, cx.code(), answer.request, cx.now, "/roster/requests").await? != Claim::New {
        return Ok(());
    }
    if swap.state != State::Accepted {
        return Err(Fault::Stale);
    }
    let reason = answer.reason.trim();
    let mut faults = FieldFaults::default();
    if !answer.yes && reason.is_empty() {
        faults.add("reason", "roster-refusal-missing");
    }
    if reason.chars().count() > LINE {
        faults.add_with("reason", "roster-reason-long", vec![("most", LINE.to_string())]);
    }
    faults.ok()?;
    if answer.yes {
        let question = question::read(cx, tx, &permit, swap.roster_id).await?;
        may(cx, &question, swap.officer, &of(&swap))?;
        let moved = |shift, account, act| Moved { shift, account, act };
        let mut moves = vec![moved(swap.shift_id, swap.officer, Act::Off), moved(swap.shift_id, swap.other, Act::On)];
        if let Some(back) = swap.other_shift_id {
            moves.push(moved(back, swap.other, Act::Off));
            moves.push(moved(back, swap.officer, Act::On));
        }
        let why = cx.t("roster-swap-reason");
        period::apply(cx, tx, &permit, &question.period, &moves, &why).await?;
    }
    let state = if answer.yes { State::Approved } else { State::Refused };
    if store::set_state(tx, &permit, (swap.id, answer.version), state, reason, cx.now).await? == 0 {
        return Err(Fault::Stale);
    }
    if !answer.yes {
        tell::swap(cx, tx, &permit, &swap, "refused", &[swap.officer, swap.other]).await?;
    }
    written(cx, tx, &permit, swap.id, state).await
}
