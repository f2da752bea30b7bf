//! What the phone tells when there is reception: events in the order in which they happened on it, each with an id of
//! its own, each taken in a transaction of its own through the operations that the pages use too.
//!
//! | answer | means |
//! |---|---|
//! | `done` | it is written as it was told |
//! | `replayed` | it was told before; the same answer as then |
//! | `merged` | it is written, but otherwise than the phone thought; in words |
//! | `refused` | it cannot be written; in words, and its content stays for officer and coordinator |
//! | `wait` | an earlier one of this phone is missing; send that first |
//!
//! Architecture invariant: nothing that belongs behind a fence travels here. A sanction is only a word on a visit; its
//! draft goes straight into the vault (`sanctions::event::phone`).

pub mod model;
mod ops;
pub mod photo;
mod store;

use crate::{device, place};
use axum::Json;
use axum::body::Bytes;
use kit::{At, Fault, Tx, Uuid};
use model::{Answer, Outcome, Sent};
use policy::{Permit, Resource};
use serde_json::{Value, json};
use site::Cx;

pub use model::Event;
pub use ops::take;
pub use store::Told;

/// Most events in one message.
pub const MOST: usize = 50;

/// `POST /api/field/sync`: takes what the phone tells, in order; stops at the first that must wait.
///
/// # Errors
/// [`Fault::Bad`] when the message cannot be read, [`Fault::Rule`] when the phone belongs to somebody else.
pub async fn sync(cx: Cx, body: Bytes) -> Result<Json<Value>, Fault> {
    let sent: Sent = serde_json::from_slice(&body).map_err(|_| Fault::Bad("fault-bad-json"))?;
    if sent.events.len() > MOST {
        return Err(Fault::Bad("fault-bad-request"));
    }
    let permit = cx.permit("field:use", &Resource::ordinary("field", cx.code()))?;
    let contact = device::Contact { id: sent.device, now_ms: sent.now, name: &sent.name, waiting: sent.waiting };
    let mut answers = Vec::with_capacity(sent.events.len());
    for event in &sent.events {
        let answer = take(&cx, &permit, &contact, event).await?;
        let wait = answer.outcome == Outcome::Wait;
        answers.push(answer);
        if wait {
            break;
        }
    }
    let mut tx = cx.write().await?;
    let device = device::seen(&cx, &mut tx, &permit, &contact).await?;
    let shares = match sent.position {
        Some(said) => Some(place::say(&cx, &mut tx, &permit, said).await?),
        None => None,
    };
    tx.commit().await?;
    photo::settle(&cx, &permit, &sent.events).await?;
    Ok(Json(json!({
        "now": cx.now.micros() / 1000,
        "wipe": device.must_wipe(),
        "expected": device.last_seq + 1,
        "shares": shares,
        "assets": cx.app.assets,
        "answers": answers,
    })))
}

/// What was told and needs a look of the coordinator: refused or merged, and nobody looked yet.
///
/// # Errors
/// When the database cannot be read.
pub async fn to_look_at(tx: &mut Tx, permit: &Permit) -> Result<Vec<Told>, Fault> {
    Ok(store::to_look_at(tx, permit).await?)
}

/// A coordinator looked at what was told.
///
/// # Errors
/// When the policy or the database refuses.
pub async fn looked(cx: &Cx, tx: &mut Tx, id: Uuid) -> Result<(), Fault> {
    let permit = cx.permit("board:handle", &Resource::ordinary("field", cx.code()))?;
    store::looked(tx, &permit, id, cx.now).await?;
    let detail = json!({ "becomes": "seen" });
    Ok(kit::audit::record(tx, &cx.deed(), permit.action(), "field_event", &id.to_string(), &detail).await?)
}

/// What the officer told since a moment and became otherwise or was refused, the newest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn of_officer(tx: &mut Tx, permit: &Permit, account: Uuid, since: At) -> Result<Vec<Told>, Fault> {
    Ok(store::of_officer(tx, permit, account, since).await?)
}

/// The answer to a stored event in the reader's language.
#[must_use]
pub fn sentence(cx: &Cx, told: &Told) -> String {
    ops::sentence(cx, &told.reason, &told.reason_values)
}

/// What an event was about, for people: the words that the officer wrote.
#[must_use]
pub fn words(told: &Told) -> String {
    let content: Value = serde_json::from_str(&told.content).unwrap_or_default();
    ["title", "category", "outcome", "words", "note", "why"]
        .iter()
        .filter_map(|key| content.get(key).and_then(Value::as_str).filter(|text| !text.is_empty()))
        .collect::<Vec<_>>()
        .join(" · ")
}

/// An answer for the phone.
pub(crate) fn answer(id: Uuid, seq: i64, outcome: Outcome, text: String, record: Option<Uuid>) -> Answer {
    Answer { id, seq, outcome, text, record }
}
