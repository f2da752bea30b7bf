//! Takes one event in: claim → apply → keep the answer, in one transaction. What the rules refuse is undone and kept
//! as refused with its content in a transaction of its own.

use super::model::{Answer, AtStop, Event, Finished, Kind, Observed, Outcome};
use super::store::{self, Told};
use super::{answer, photo};
use crate::device::{self, Contact, Device};
use kit::{At, Fault, Tx, Uuid, audit};
use patrol::walk::late::{self, Heard};
use patrol::walk::ops::Leaving;
use policy::{Permit, Resource};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use signals::intake::{self, NewSignal};
use signals::presence::{self, Presence};
use signals::{Channel, Source, State};
use site::Cx;

/// Longest content that is kept of an event, in bytes.
const MOST_CONTENT: usize = 20_000;

/// What an event became.
struct Applied {
    heard: Heard,
    record: Option<Uuid>,
}

/// Takes one event of a phone in.
///
/// # Errors
/// Only what is no answer to this event: the phone belongs to somebody else, or the database refuses.
pub async fn take(cx: &Cx, permit: &Permit, contact: &Contact<'_>, event: &Event) -> Result<Answer, Fault> {
    let mut tx = cx.write().await?;
    let device = device::seen(cx, &mut tx, permit, contact).await?;
    if let Some(known) = store::get(&mut tx, permit, event.id).await? {
        return replayed(cx, permit, event, &known);
    }
    if event.seq > device.last_seq + 1 {
        // The phone is known from now on, whatever it sent.
        tx.commit().await?;
        return Ok(answer(event.id, event.seq, Outcome::Wait, String::new(), None));
    }
    let told = told(cx, permit, &device, event)?;
    match apply(cx, &mut tx, permit, event, told.at, &device).await {
        Ok(applied) => {
            let told = match applied.heard {
                Heard::Done => Told { record_id: applied.record, content: String::new(), ..told },
                Heard::Merged(key, values) => Told {
                    outcome: Outcome::Merged,
                    reason: key.to_owned(),
                    reason_values: values_json(&values),
                    record_id: applied.record,
                    ..told
                },
            };
            keep(cx, tx, permit, event, &told).await
        }
        Err(fault) => {
            drop(tx);
            let Some((reason, values)) = refusal(cx, &fault) else { return Err(fault) };
            let mut tx = cx.write().await?;
            device::seen(cx, &mut tx, permit, contact).await?;
            let told = Told { outcome: Outcome::Refused, reason, reason_values: values_json(&values), ..told };
            let detail = json!({ "becomes": Outcome::Refused, "kind": event.kind });
            let id = event.id.to_string();
            audit::record(&mut tx, &cx.deed(), permit.action(), "field_event", &id, &detail).await?;
            keep(cx, tx, permit, event, &told).await
        }
    }
}

/// The event as it will be kept when all goes well.
fn told(cx: &Cx, permit: &Permit, device: &Device, event: &Event) -> Result<Told, Fault> {
    let offset = event.offset.unwrap_or(device.offset_ms);
    let content = event.payload.to_string();
    Ok(Told {
        id: event.id,
        device_id: device.id,
        account_id: permit.actor().ok_or(Fault::SignIn)?,
        officer: cx.actor.name.clone(),
        seq: event.seq,
        kind: event.kind,
        told_at: At::from_micros(event.at.saturating_mul(1000)),
        at: At::from_micros(event.at.saturating_add(offset).saturating_mul(1000)).min(cx.now),
        received_at: cx.now,
        outcome: Outcome::Done,
        reason: String::new(),
        reason_values: "{}".to_owned(),
        record_id: None,
        content: if content.len() > MOST_CONTENT { content.chars().take(MOST_CONTENT / 4).collect() } else { content },
    })
}

async fn keep(cx: &Cx, mut tx: Tx, permit: &Permit, event: &Event, told: &Told) -> Result<Answer, Fault> {
    store::insert(&mut tx, permit, told).await?;
    device::took(&mut tx, permit, told.device_id, event.seq).await?;
    tx.commit().await?;
    let text = sentence(cx, &told.reason, &told.reason_values);
    Ok(answer(event.id, event.seq, told.outcome, text, told.record_id))
}

/// The answer that was given before. Somebody else's event is not told about.
fn replayed(cx: &Cx, permit: &Permit, event: &Event, known: &Told) -> Result<Answer, Fault> {
    if Some(known.account_id) != permit.actor() {
        return Err(Fault::Rule { key: "field-rule-other-account", values: vec![] });
    }
    let outcome = if known.outcome == Outcome::Done { Outcome::Replayed } else { known.outcome };
    let text = sentence(cx, &known.reason, &known.reason_values);
    Ok(answer(event.id, event.seq, outcome, text, known.record_id))
}

/// Does what the event says.
async fn apply(
    cx: &Cx,
    tx: &mut Tx,
    permit: &Permit,
    event: &Event,
    at: At,
    device: &Device,
) -> Result<Applied, Fault> {
    if event.id.get_version_num() != 7 {
        return Err(Fault::Bad("field-refused-unreadable"));
    }
    let clock = |ms: i64| {
        let offset = event.offset.unwrap_or(device.offset_ms);
        At::from_micros(ms.saturating_add(offset).saturating_mul(1000)).min(cx.now)
    };
    let (heard, record) = match event.kind {
        Kind::Void => (Heard::Done, None),
        Kind::Observation => (Heard::Done, Some(observe(cx, tx, permit, event, at).await?)),
        Kind::Finish => {
            let finished: Finished = payload(event)?;
            (late::finish(cx, tx, finished.round, at, &finished.why).await?, Some(finished.round))
        }
        Kind::Arrive | Kind::Leave | Kind::Nothing | Kind::Skip => {
            let stop: AtStop = payload(event)?;
            let told = late::Told {
                round: stop.round,
                visit: stop.visit,
                at,
                kind: stop.visit_kind,
                target: stop.target,
                category: stop.category,
                title: intake::clean(&stop.title),
                place: (stop.lon, stop.lat),
            };
            let heard = match event.kind {
                Kind::Arrive => late::arrive(cx, tx, &told).await?,
                Kind::Skip => late::skip(cx, tx, &told, &intake::clean(&stop.why)).await?,
                kind => {
                    let nothing = patrol::round::Outcome::NothingFound.as_str().to_owned();
                    let leaving = Leaving {
                        outcome: if kind == Kind::Nothing { nothing } else { stop.outcome },
                        note: intake::clean(&stop.note),
                        becomes: stop.becomes,
                    };
                    late::leave(cx, tx, &told, stop.arrived.map(clock), &leaving).await?
                }
            };
            (heard, Some(stop.visit))
        }
    };
    Ok(Applied { heard, record })
}

fn payload<T: DeserializeOwned>(event: &Event) -> Result<T, Fault> {
    serde_json::from_value(event.payload.clone()).map_err(|_| Fault::Bad("field-refused-unreadable"))
}

/// An observation becomes a signal with the id of the event, and a presence of no length beside it: the minutes of a
/// visit are counted by the visit.
async fn observe(cx: &Cx, tx: &mut Tx, permit: &Permit, event: &Event, at: At) -> Result<Uuid, Fault> {
    let seen: Observed = payload(event)?;
    let create = cx.permit("signal:create", &Resource::ordinary("signal", cx.code()))?;
    let account = permit.actor().ok_or(Fault::SignIn)?;
    let place = seen.lon.zip(seen.lat);
    let presence = place.and_then(|place| Presence::at(&cx.municipality, event.id, account, (at, at), place));
    let new = NewSignal {
        id: event.id,
        kind: signals::Kind::Report,
        channel: Channel::Officer,
        source: Source::Officer,
        source_ref: None,
        category: seen.category,
        words: seen.words,
        address: seen.address,
        place,
        area: None,
        occurred_at: at,
        reported_at: cx.now,
        state: State::Reported,
        closed_at: None,
        reporter: None,
        presence_id: presence.as_ref().map(|p| p.id),
        issue_id: None,
        language: cx.words.language().to_owned(),
    };
    intake::Desk::of(&cx.municipality).check(&new, cx.now).ok()?;
    if let Some(presence) = &presence {
        presence::record(tx, &create, presence).await?;
    }
    intake::create(cx, tx, &create, new).await?;
    photo::expect(tx, permit, event.id, (&seen.photos, seen.voice), cx.now).await?;
    Ok(event.id)
}

/// Why the rules refuse an event, as a locale key with values; nothing when it is no matter of rules.
fn refusal(cx: &Cx, fault: &Fault) -> Option<(String, Vec<(&'static str, String)>)> {
    let (key, values) = match fault {
        Fault::Invalid(faults) => {
            let text = faults.sentences(&cx.words).into_iter().map(|(_, text)| text).collect::<Vec<_>>().join(" ");
            ("field-refused-fields", vec![("text", text)])
        }
        Fault::Rule { key: "field-rule-other-account", .. } => return None,
        Fault::Rule { key, values } => (*key, values.clone()),
        Fault::Bad(key) => (*key, vec![]),
        Fault::Refused { .. } => ("field-refused-not-yours", vec![]),
        Fault::NotFound => ("field-refused-gone", vec![]),
        Fault::Stale => ("field-refused-changed", vec![]),
        _ => return None,
    };
    Some((key.to_owned(), values))
}

fn values_json(values: &[(&'static str, String)]) -> String {
    Value::Object(values.iter().map(|(k, v)| ((*k).to_owned(), Value::String(v.clone()))).collect()).to_string()
}

/// The sentence of a stored key and its values; empty for none.
pub(super) fn sentence(cx: &Cx, key: &str, values: &str) -> String {
    if key.is_empty() {
        return String::new();
    }
    let values: Value = serde_json::from_str(values).unwrap_or_default();
    let pairs = values.as_object().into_iter().flatten().filter_map(|(k, v)| Some((k.as_str(), v.as_str()?.into())));
    cx.words.ta(key, &pairs.collect::<Vec<_>>())
}
