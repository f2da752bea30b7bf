//! What can be done with requests.

use super::{Kind, Request, State, get, store};
use crate::period::{self, Act, Moved};
use crate::tell;
use jiff::civil::Date;
use kit::clock::day_number;
use kit::once::{self, Claim};
use kit::{Fault, FieldFaults, Tx, Uuid, audit};
use patrol::PatrolConfig;
use policy::{Permit, Resource};
use site::Cx;
use std::collections::BTreeMap;

/// A request as it was filled in; texts are checked here.
#[derive(Clone, Debug, Default)]
pub struct Ask {
    /// Made with the form; the id of the request.
    pub request: Uuid,
    /// The officer's account.
    pub account: Uuid,
    /// What is asked: `leave`, `free` or `shift`.
    pub kind: String,
    /// Kind of shift of a wish for one.
    pub shift_kind: String,
    /// First day, `2026-11-30`.
    pub first: String,
    /// Last day; empty: the same.
    pub last: String,
}

/// A decision on leave.
#[derive(Clone, Debug)]
pub struct Decision {
    /// Made with the form.
    pub request: Uuid,
    /// Version of the request on the form.
    pub version: i64,
    /// Granted, or refused.
    pub grant: bool,
    /// Why; a refusal must say it.
    pub reason: String,
}

/// Most days of one request.
const MOST_DAYS: i64 = 92;
/// Longest reason, in characters.
const LINE: usize = 200;

fn today(cx: &Cx) -> i64 {
    i64::from(cx.now.day_and_hour(&cx.municipality.zone).0)
}

/// For oneself: as the officer. For another: as the coordinator.
fn permit(cx: &Cx, account: Uuid) -> Result<Permit, Fault> {
    let resource = Resource::ordinary("roster-request", cx.code());
    if cx.actor.account == Some(account) {
        return cx.permit("roster:own", &resource.own(true));
    }
    cx.permit("roster:edit", &resource)
}

/// The days of a form; wrong ones are named.
fn days(cx: &Cx, ask: &Ask, faults: &mut FieldFaults) -> (i64, i64) {
    let day = |text: &str| text.trim().parse::<Date>().ok().map(|day| i64::from(day_number(day)));
    let first = day(&ask.first);
    let last = if ask.last.trim().is_empty() { first } else { day(&ask.last) };
    match (first, last) {
        (None, _) => faults.add("first", "roster-day-missing"),
        (Some(first), _) if first < today(cx) => faults.add("first", "roster-day-past"),
        (_, None) => faults.add("last", "roster-last-day-wrong"),
        (Some(first), Some(last)) if last < first => faults.add("last", "roster-last-day-wrong"),
        (Some(first), Some(last)) if last - first >= MOST_DAYS => {
            faults.add_with("last", "roster-days-many", vec![("most", MOST_DAYS.to_string())]);
        }
        _ => {}
    }
    (first.unwrap_or(0), last.unwrap_or(0))
}

async fn written(cx: &Cx, tx: &mut Tx, permit: &Permit, id: Uuid, request: &Request) -> Result<(), Fault> {
    let detail = serde_json::json!({
        "account": request.account_id, "kind": request.kind, "first_day": request.first_day,
        "last_day": request.last_day, "state": request.state,
    });
    audit::record(tx, &cx.deed(), permit.action(), "roster_request", &id.to_string(), &detail).await?;
    Ok(())
}

/// Asks for leave or writes a wish down, once per form.
///
/// # Errors
/// [`Fault::Invalid`] with a sentence per field, or when the policy or the database refuses.
pub async fn ask(cx: &Cx, tx: &mut Tx, ask: &Ask) -> Result<Uuid, Fault> {
    let permit = permit(cx, ask.account)?;
    if once::claim(tx, cx.code(), ask.request, cx.now, "/roster/mine").await? != Claim::New {
        return Ok(ask.request);
    }
    let mut faults = FieldFaults::default();
    let kind = ask.kind.parse().ok().filter(|kind| *kind != Kind::Away);
    if kind.is_none() {
        faults.add("kind", "roster-kind-missing");
    }
    let (first_day, last_day) = days(cx, ask, &mut faults);
    let wants_shift = kind == Some(Kind::Shift);
    if wants_shift && cx.municipality.get::<PatrolConfig>().shift(&ask.shift_kind).is_none() {
        faults.add("shift_kind", "roster-shift-kind-missing");
    }
    let (Some(kind), true) = (kind, faults.is_empty()) else { return Err(Fault::Invalid(faults)) };
    let request = Request {
        id: ask.request,
        account_id: ask.account,
        person: String::new(),
        kind,
        shift_kind: if wants_shift { ask.shift_kind.clone() } else { String::new() },
        first_day,
        last_day,
        state: State::Asked,
        asked_at: cx.now,
        reason: String::new(),
        version: 1,
    };
    store::insert(tx, &permit, &request, None).await?;
    written(cx, tx, &permit, request.id, &request).await?;
    Ok(request.id)
}

/// Says that an officer is not available, once per form; he comes off the shifts of those days that have not ended.
/// Nothing is asked or kept about why.
///
/// # Errors
/// As [`ask`].
pub async fn away(cx: &Cx, tx: &mut Tx, ask: &Ask) -> Result<Uuid, Fault> {
    let permit = permit(cx, ask.account)?;
    if once::claim(tx, cx.code(), ask.request, cx.now, "/roster/requests").await? != Claim::New {
        return Ok(ask.request);
    }
    let mut faults = FieldFaults::default();
    let (first_day, last_day) = days(cx, ask, &mut faults);
    faults.ok()?;
    let request = Request {
        id: ask.request,
        account_id: ask.account,
        person: String::new(),
        kind: Kind::Away,
        shift_kind: String::new(),
        first_day,
        last_day,
        state: State::Granted,
        asked_at: cx.now,
        reason: String::new(),
        version: 1,
    };
    store::insert(tx, &permit, &request, Some(cx.now)).await?;
    come_off(cx, tx, &permit, &request, false).await?;
    written(cx, tx, &permit, request.id, &request).await?;
    Ok(request.id)
}

/// Takes the officer of a request off the shifts of its days that begin later; with `drafts` only off those of drafts.
async fn come_off(cx: &Cx, tx: &mut Tx, permit: &Permit, request: &Request, drafts: bool) -> Result<(), Fault> {
    let days = (request.first_day, request.last_day);
    let mut moves: BTreeMap<Uuid, Vec<Moved>> = BTreeMap::new();
    for taken in period::taken(cx, tx, permit, request.account_id, days).await? {
        let is_wanted = if drafts { taken.state == period::State::Draft } else { taken.ends_at > cx.now };
        if is_wanted {
            let moved = Moved { shift: taken.shift_id, account: request.account_id, act: Act::Away };
            moves.entry(taken.roster_id).or_default().push(moved);
        }
    }
    for (roster, moves) in moves {
        let roster = period::get(tx, permit, roster).await?;
        period::apply(cx, tx, permit, &roster, &moves, "").await?;
    }
    Ok(())
}

/// Says that an officer is available again from today, once per form.
///
/// # Errors
/// [`Fault::Stale`], [`Fault::NotFound`] for anything else than "not available", or when the policy or the database
/// refuses.
pub async fn back(cx: &Cx, tx: &mut Tx, request: Uuid, id: Uuid, version: i64) -> Result<(), Fault> {
    let found = get_any(cx, tx, id).await?;
    let permit = permit(cx, found.account_id)?;
    if once::claim(tx, cx.code(), request, cx.now, "/roster/requests").await? != Claim::New {
        return Ok(());
    }
    if found.kind != Kind::Away || found.state != State::Granted {
        return Err(Fault::NotFound);
    }
    let changed = if found.first_day >= today(cx) {
        store::set_state(tx, &permit, (id, version), State::Withdrawn, "", cx.now).await?
    } else {
        store::set_last(tx, &permit, (id, version), found.last_day.min(today(cx) - 1)).await?
    };
    if changed == 0 {
        return Err(Fault::Stale);
    }
    written(cx, tx, &permit, id, &found).await
}

/// A request that is looked up before the permit for it can be asked: what everybody may do opens the municipality.
async fn get_any(cx: &Cx, tx: &mut Tx, id: Uuid) -> Result<Request, Fault> {
    let permit = cx.permit("public:read", &Resource::ordinary("roster-request", cx.code()))?;
    get(tx, &permit, id).await
}

/// Takes a request back, once per form. Leave that was granted can be taken back until it begins.
///
/// # Errors
/// [`Fault::Stale`], [`Fault::NotFound`] for somebody else's, [`Fault::Rule`] when it is too late, or when the policy or
/// the database refuses.
pub async fn withdraw(cx: &Cx, tx: &mut Tx, request: Uuid, id: Uuid, version: i64) -> Result<(), Fault> {
    let found = get_any(cx, tx, id).await?;
    if cx.actor.account != Some(found.account_id) {
        return Err(Fault::NotFound);
    }
    let permit = permit(cx, found.account_id)?;
    if once::claim(tx, cx.code(), request, cx.now, "/roster/mine").await? != Claim::New {
        return Ok(());
    }
    let is_open = found.state == State::Asked || (found.state == State::Granted && found.first_day > today(cx));
    if !is_open || found.kind == Kind::Away {
        return Err(Fault::Rule { key: "roster-withdraw-late", values: vec![] });
    }
    if store::set_state(tx, &permit, (id, version), State::Withdrawn, "", cx.now).await? == 0 {
        return Err(Fault::Stale);
    }
    written(cx, tx, &permit, id, &found).await
}

/// Grants or refuses leave, once per form. Granted, the officer comes off the shifts of drafts; shifts that are
/// published must be given to somebody else first.
///
/// # Errors
/// [`Fault::Invalid`] for a refusal without a reason, [`Fault::Rule`] while the officer has published shifts on those
/// days, [`Fault::Stale`] when it was decided or taken back since, or when the policy or the database refuses.
pub async fn decide(cx: &Cx, tx: &mut Tx, id: Uuid, decision: &Decision) -> Result<(), Fault> {
    let permit = cx.permit("roster:edit", &Resource::ordinary("roster-request", cx.code()))?;
    if once::claim(tx, cx.code(), decision.request, cx.now, "/roster/requests").await? != Claim::New {
        return Ok(());
    }
    let mut found = get(tx, &permit, id).await?;
    if found.kind != Kind::Leave || found.state != State::Asked {
        return Err(Fault::Stale);
    }
    let reason = decision.reason.trim();
    let mut faults = FieldFaults::default();
    if !decision.grant && reason.is_empty() {
        faults.add("reason", "roster-refusal-missing");
    }
    if reason.chars().count() > LINE {
        faults.add_with("reason", "roster-reason-long", vec![("most", LINE.to_string())]);
    }
    faults.ok()?;
    if decision.grant {
        let taken = period::taken(cx, tx, &permit, found.account_id, (found.first_day, found.last_day)).await?;
        let published = taken.iter().filter(|taken| taken.state == period::State::Published).count();
        if published > 0 {
            let values = vec![("name", found.person.clone()), ("n", published.to_string())];
            return Err(Fault::Rule { key: "roster-leave-shifts", values });
        }
    }
    found.state = if decision.grant { State::Granted } else { State::Refused };
    if store::set_state(tx, &permit, (id, decision.version), found.state, reason, cx.now).await? == 0 {
        return Err(Fault::Stale);
    }
    if decision.grant {
        come_off(cx, tx, &permit, &found, true).await?;
    }
    tell::decided(cx, tx, &permit, &found, reason).await?;
    written(cx, tx, &permit, id, &found).await
}
