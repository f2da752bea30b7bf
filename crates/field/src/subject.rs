//! What the app knows of an officer, for requests of data subjects (AVG art. 15-17): told in words, and erased as far as
//! it may go. The caller has the permit.

mod store;

use crate::sync::model::Outcome;
use kit::{Fault, Tx, Uuid, audit};
use policy::Permit;
use signals::voice;
use site::Cx;
use std::collections::BTreeMap;

/// What is kept of an officer: the name of each field and what stands in it, a line for each thing. Empty fields are left
/// out. Messages that were written as told are counted by day: what they said stands in the visit or the report.
///
/// # Errors
/// When the database cannot be read.
pub async fn find(cx: &Cx, tx: &mut Tx, permit: &Permit, account: Uuid) -> Result<Vec<(&'static str, String)>, Fault> {
    let words = &cx.words;
    let phones = store::phones(tx, permit, account).await?.into_iter().map(|p| {
        let values = [
            ("name", p.name.into()),
            ("made", words.date(p.made_at).into()),
            ("seen", words.date_time(p.seen_at).into()),
        ];
        words.ta("field-subject-phone", &values)
    });
    let phones = phones.collect();
    let mut days: BTreeMap<i32, (String, i64)> = BTreeMap::new();
    let mut lines: Vec<String> = Vec::new();
    for told in store::messages(tx, permit, account).await? {
        if matches!(told.outcome, Outcome::Done | Outcome::Replayed) {
            let day = days.entry(told.at.day_and_hour(words.zone()).0).or_insert((words.date(told.at), 0));
            day.1 += 1;
            continue;
        }
        let kind = words.t(&format!("field-kind-{}", told.kind.as_str().replace('.', "-")));
        let outcome = words.t(&format!("field-outcome-{}", told.outcome));
        lines.push(format!("{}: {kind}, {outcome}. {}", words.date_time(told.at), told.content).trim().to_owned());
    }
    let by_day = days.into_values().map(|(day, n)| format!("{day}: {}", words.tn("field-subject-messages", n)));
    let lines = by_day.chain(lines).collect();
    let calls = store::calls(tx, permit, account).await?.into_iter().map(|call| {
        let place = match (call.lon, call.lat) {
            (Some(lon), Some(lat)) => format!(" ({lat:.5}, {lon:.5})"),
            _ => String::new(),
        };
        format!("{}{place}. {}", words.date_time(call.at), call.note).trim().to_owned()
    });
    let calls = calls.collect();
    let place = store::place(tx, permit, account).await?;
    let place = place.map(|(lon, lat, at)| format!("{}: {lat:.3}, {lon:.3}", words.date_time(at)));
    let voices = voice::of_officer(tx, permit, account).await?;
    let voices = voices.into_iter().map(|(at, reference)| format!("{}: {reference}", words.date_time(at))).collect();
    let all: [(&str, Vec<String>); 5] = [
        ("field-phones", phones),
        ("field-messages", lines),
        ("field-voices", voices),
        ("field-calls", calls),
        ("field-place", place.into_iter().collect()),
    ];
    Ok(all.into_iter().filter(|(_, lines)| !lines.is_empty()).map(|(name, lines)| (name, lines.join("\n"))).collect())
}

/// Erases what nothing needs any more of an officer whose account is closed: the last place, phones of which no message is
/// left, and spoken notes: the words of those reports say the same. Messages and calls stay until their term is over; the
/// rule is `field-app`.
///
/// # Errors
/// When the database refuses.
pub async fn erase(cx: &Cx, tx: &mut Tx, permit: &Permit, account: Uuid) -> Result<(), Fault> {
    store::erase(tx, permit, account).await?;
    voice::erase_of_officer(tx, permit, account).await?;
    let detail = serde_json::json!({ "officer": "erased" });
    let deed = cx.deed_for("rights");
    Ok(audit::record(tx, &deed, permit.action(), "field_device", &account.to_string(), &detail).await?)
}
