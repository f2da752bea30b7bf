//! After signing: the coordinator's check, withdrawal, and corrections that keep what stood there before (Wpg art. 4).

use super::judge::{self, is_open};
use super::ops::{about, kept, one};
use super::{Draft, State, told, typed};
use kit::{AnyVault, Fault, FieldFaults, Tx, Uuid};
use policy::Permit;
use records::kin::{self, Act, Inside};
use records::{Envelope, RecordsConfig};
use site::Cx;

/// What the coordinator found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is good: it may be sent.
    Good,
    /// The officer must mend it.
    Back,
}

/// The check of quality by somebody else than the officer.
///
/// # Errors
/// [`Fault::Invalid`] for a note that is too short, [`Fault::Rule`] for one's own event and one that does not wait,
/// [`Fault::Stale`], and when the policy or the database refuses.
pub async fn check(
    cx: &Cx,
    inside: &Inside,
    tx: &mut Tx<AnyVault>,
    (id, version): (Uuid, i64),
    (verdict, note): (Verdict, &str),
) -> Result<(), Fault> {
    let (permit, record, mut event) = super::open(cx, inside, tx, (id, "sanction:check")).await?;
    if event.officer_id == inside.account {
        return Err(Fault::Rule { key: "sanctions-rule-own", values: vec![] });
    }
    if event.state != State::Signed || version != record.version {
        return Err(Fault::Stale);
    }
    if verdict == Verdict::Back {
        said(cx, note)?;
    }
    let act = match verdict {
        Verdict::Good => {
            event.state = State::Checked;
            (event.checked_at, event.checked_by) = (Some(cx.now), Some(inside.account));
            "checked"
        }
        Verdict::Back => {
            event.state = State::Returned;
            "returned"
        }
    };
    let draft = typed(inside, tx, id).await?;
    kept(cx, inside, tx, (&event, &draft)).await?;
    done(cx, inside, tx, (&permit, &record), (act, note, &draft)).await
}

/// Withdraws an event: the officer what is still a draft, the coordinator what was signed. What was sent already is
/// recalled in the next batch.
///
/// # Errors
/// [`Fault::Invalid`] without a reason, [`Fault::Stale`], and when the policy or the database refuses.
pub async fn withdraw(
    cx: &Cx,
    inside: &Inside,
    tx: &mut Tx<AnyVault>,
    (id, version): (Uuid, i64),
    reason: &str,
) -> Result<(), Fault> {
    let action = if cx.may("sanction:check") { "sanction:check" } else { "sanction:write" };
    let (permit, record, mut event) = super::open(cx, inside, tx, (id, action)).await?;
    if action == "sanction:write" && !is_open(event.state) {
        return Err(Fault::Rule { key: "sanctions-rule-withdraw", values: vec![] });
    }
    if event.state == State::Withdrawn || version != record.version {
        return Err(Fault::Stale);
    }
    said(cx, reason)?;
    event.state = State::Withdrawn;
    let draft = typed(inside, tx, id).await?;
    kept(cx, inside, tx, (&event, &draft)).await?;
    done(cx, inside, tx, (&permit, &record), ("withdrawn", reason, &draft)).await
}

/// Corrects a signed event: the law is asked again, what stood there stays sealed in the history, and the coordinator
/// checks it anew.
///
/// # Errors
/// [`Fault::Invalid`] with everything that is wrong, [`Fault::Rule`] for a draft or a withdrawn event, [`Fault::Stale`],
/// and when the policy or the database refuses.
pub async fn correct(
    cx: &Cx,
    inside: &Inside,
    tx: &mut Tx<AnyVault>,
    (id, version): (Uuid, i64),
    (draft, reason): (&Draft, &str),
) -> Result<(), Fault> {
    let (permit, record, mut event) = super::open(cx, inside, tx, (id, "sanction:write")).await?;
    if is_open(event.state) || event.state == State::Withdrawn {
        return Err(Fault::Rule { key: "sanctions-rule-correct", values: vec![] });
    }
    if version != record.version {
        return Err(Fault::Stale);
    }
    let before = typed(inside, tx, id).await?;
    let deed = judge::deed(cx, &permit, inside.account, judge::day_of(cx, draft)).await?;
    let mut faults = judge::faults(cx, inside.opening.hat, deed.as_ref(), draft);
    let config = cx.municipality.get::<RecordsConfig>();
    if reason.chars().count() < config.reason_min_chars {
        faults.add_with("reason", "records-reason-short", vec![("min", config.reason_min_chars.to_string())]);
    }
    if before == *draft {
        faults.add("reason", "sanctions-correct-nothing");
    }
    faults.ok()?;
    kin::corrected(cx, tx, inside, &permit, &record, (&told::fields(cx, draft), reason)).await?;
    event.deed = deed.map(|d| d.number).unwrap_or_default();
    (event.state, event.signed_at) = (State::Signed, Some(cx.now));
    (event.checked_at, event.checked_by) = (None, None);
    about(cx, &mut event, draft);
    kept(cx, inside, tx, (&event, draft)).await
}

/// A reason of the usual length.
fn said(cx: &Cx, reason: &str) -> Result<(), Fault> {
    let min = cx.municipality.get::<RecordsConfig>().reason_min_chars;
    let mut faults = FieldFaults::default();
    if reason.chars().count() < min {
        faults.add_with("note", "records-reason-short", vec![("min", min.to_string())]);
    }
    faults.ok()
}

async fn done(
    cx: &Cx,
    inside: &Inside,
    tx: &mut Tx<AnyVault>,
    (permit, record): (&Permit, &Envelope),
    (act, why, draft): (&'static str, &str, &Draft),
) -> Result<(), Fault> {
    one(kin::touch(tx, permit.municipality(), record).await?)?;
    let mut detail = inside.why();
    if !why.is_empty() {
        detail["why"] = why.into();
    }
    let act = Act { action: permit.action(), processing: inside.id(), record: record.id, act, detail };
    kin::changed(tx, &inside.seal, &cx.deed_for(inside.id()), &act, &told::fields(cx, draft)).await
}
