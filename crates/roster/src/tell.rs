//! Mail to officers about their own shifts. Who has no address reads it on his page; what a mail says is there too.

mod store;

use crate::period::{Act, Moved, Period};
use crate::request::{Request, State};
use crate::swap::Swap;
use crate::words;
use kit::clock::{day_date, id_at};
use kit::{Fault, Tx, Uuid, outbox};
use patrol::shift::planned::Planned;
use policy::Permit;
use site::Cx;
use std::collections::BTreeMap;

/// Puts one mail in the outbox, unless the account has no address. Mails are in the municipality's own language.
async fn send(cx: &Cx, tx: &mut Tx, permit: &Permit, account: Uuid, subject: &str, text: &str) -> Result<(), Fault> {
    let Some((name, email)) = store::address(tx, permit, account).await? else { return Ok(()) };
    let link = format!("{}/roster/mine", cx.app.public_url);
    let greeting = own(cx).t1("roster-mail-hello", "name", &name);
    let mail = outbox::Message {
        id: id_at(cx.now),
        municipality: cx.code().to_owned(),
        recipient: email,
        subject: subject.to_owned(),
        body: format!("{greeting}\n\n{text}\n\n{link}\n"),
    };
    Ok(outbox::put(tx, &mail, cx.now).await?)
}

/// The words of the municipality's own language.
fn own(cx: &Cx) -> kit::Words {
    let language = cx.municipality.file.languages.first().map_or("nl", String::as_str);
    cx.app.library.words(language, cx.municipality.zone.clone())
}

/// Tells each officer which of his shifts changed.
pub(crate) async fn moves(
    cx: &Cx,
    tx: &mut Tx,
    permit: &Permit,
    shifts: &[Planned],
    moves: &[Moved],
) -> Result<(), Fault> {
    let words = own(cx);
    let mut lines: BTreeMap<Uuid, Vec<String>> = BTreeMap::new();
    for moved in moves {
        let Some(shift) = shifts.iter().find(|shift| shift.id == moved.shift) else { continue };
        let key = if moved.act == Act::On { "roster-mail-on" } else { "roster-mail-off" };
        let what = words::shift(cx, &words, &shift.kind, shift.starts_at, Some(shift.ends_at));
        lines.entry(moved.account).or_default().push(words.t1(key, "shift", &what));
    }
    for (account, lines) in lines {
        send(cx, tx, permit, account, &words.t("roster-mail-changed"), &lines.join("\n")).await?;
    }
    Ok(())
}

/// Tells everybody on a roster that it stands.
pub(crate) async fn published(
    cx: &Cx,
    tx: &mut Tx,
    permit: &Permit,
    period: &Period,
    shifts: &[Planned],
) -> Result<(), Fault> {
    let words = own(cx);
    let mut lines: BTreeMap<Uuid, Vec<String>> = BTreeMap::new();
    for shift in shifts {
        for officer in &shift.officers {
            let what = words::shift(cx, &words, &shift.kind, shift.starts_at, Some(shift.ends_at));
            lines.entry(*officer).or_default().push(what);
        }
    }
    let first = words.day(day_date(i32::try_from(period.first_day).unwrap_or(0)));
    let subject = words.t1("roster-mail-published", "day", &first);
    for (account, lines) in lines {
        send(cx, tx, permit, account, &subject, &lines.join("\n")).await?;
    }
    Ok(())
}

/// Tells an officer what was decided on his leave.
pub(crate) async fn decided(
    cx: &Cx,
    tx: &mut Tx,
    permit: &Permit,
    request: &Request,
    reason: &str,
) -> Result<(), Fault> {
    let words = own(cx);
    let key = if request.state == State::Granted { "roster-mail-granted" } else { "roster-mail-refused" };
    let day = |day: i64| words.day(day_date(i32::try_from(day).unwrap_or(0)));
    let days = [("first", day(request.first_day)), ("last", day(request.last_day)), ("why", reason.to_owned())];
    let values: Vec<_> = days.iter().map(|(name, value)| (*name, value.as_str().into())).collect();
    send(cx, tx, permit, request.account_id, &words.t("roster-mail-leave"), &words.ta(key, &values)).await
}

/// Tells officers how a swap stands: `offered`, `accepted`, `declined`, `refused` or `withdrawn`.
pub(crate) async fn swap(
    cx: &Cx,
    tx: &mut Tx,
    permit: &Permit,
    swap: &Swap,
    what: &str,
    to: &[Uuid],
) -> Result<(), Fault> {
    let words = own(cx);
    let values = [
        ("officer", swap.officer_name.clone()),
        ("other", swap.other_name.clone()),
        ("shift", words::shift(cx, &words, &swap.kind, swap.starts_at, None)),
    ];
    let values: Vec<_> = values.iter().map(|(name, value)| (*name, value.as_str().into())).collect();
    let text = words.ta(&format!("roster-mail-swap-{what}"), &values);
    for account in to {
        send(cx, tx, permit, *account, &words.t("roster-mail-swap"), &text).await?;
    }
    Ok(())
}
