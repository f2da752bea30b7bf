//! The officer's phone: a draft that was written without reception comes in when there is some. It never travels with
//! the events of a round (`field`): it goes straight into the vault, through the same operations as the page.
//!
//! | answer (`state`) | means |
//! |---|---|
//! | `kept` | the draft is kept as it was sent; `version` is that of the draft now |
//! | `signed` | it was signed |
//! | `faults` | it is kept, but cannot be signed yet: `faults` by field |
//! | `conflict` | the draft was changed here meanwhile: `theirs` is what stands here, nothing was written |
//! | `closed` | it was signed, withdrawn or removed here meanwhile; nothing was written |
//! | `waits` | the vault is not open: `why` is `purpose` or a fence, `text` says what to do; nothing was written |
//!
//! The phone keeps its copy until the answer is `kept` or `signed`, or the officer chose.

mod offers;
mod photo;

pub use offers::offers;
pub use photo::piece;

use super::judge::is_open;
use super::{Draft, PROCESSING, State, ops, store, told, typed};
use axum::Json;
use axum::body::Bytes;
use kit::once::{self, Claim};
use kit::{AnyVault, Fault, Tx, Uuid};
use records::kin::{self, Act, Entry, Inside};
use serde::Deserialize;
use serde_json::{Value, json};
use site::Cx;

/// What the phone sends.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Sent {
    /// Client-made UUID (version 7) of the event.
    id: Uuid,
    /// Id of this message; the same again gives the same answer and one record.
    request: Uuid,
    /// The version that the phone's draft is based on; 0: the house never saw it.
    version: i64,
    /// Whether the officer signs.
    sign: bool,
    /// What was typed.
    draft: Draft,
}

/// `POST /api/field/sanction`: keeps the draft of a phone, and signs it when asked.
///
/// # Errors
/// [`Fault::Bad`] when the message cannot be read, [`Fault::Stale`] when somebody saves at the same moment, and when the
/// policy refuses the role or the database does.
pub async fn take(cx: Cx, body: Bytes) -> Result<Json<Value>, Fault> {
    let sent: Sent = serde_json::from_slice(&body).map_err(|_| Fault::Bad("fault-bad-json"))?;
    let answer = match inside(&cx).await? {
        Ok(inside) => taken(&cx, &inside, sent).await?,
        Err(waits) => waits,
    };
    Ok(Json(answer))
}

/// In, or what must happen first, for the phone.
async fn inside(cx: &Cx) -> Result<Result<Box<Inside>, Value>, Fault> {
    let waits = |why: &str, text: String| Ok(Err(json!({ "state": "waits", "why": why, "text": text })));
    match kin::entered(cx, PROCESSING, "sanction:write", None).await {
        Ok(Entry::In(inside)) => Ok(Ok(inside)),
        Ok(Entry::Ask(_)) => waits("purpose", cx.t("sanctions-phone-purpose")),
        Err(Fault::Refused { fences, .. }) if !fences.is_empty() => {
            let text: Vec<String> = fences.iter().map(|fence| cx.t(fence)).collect();
            let steps_up = fences.iter().any(|fence| fence == "fence-step-up");
            waits(if steps_up { "step-up" } else { "fence" }, text.join(" "))
        }
        Err(other) => Err(other),
    }
}

async fn taken(cx: &Cx, inside: &Inside, sent: Sent) -> Result<Value, Fault> {
    let (id, draft) = (sent.id, sent.draft.tidied());
    let mut tx = inside.db.write().await?;
    let municipality = inside.permit.municipality();
    let again = match once::claim(&mut tx, municipality, sent.request, cx.now, &id.to_string()).await? {
        Claim::New => false,
        Claim::Replay(of) if of == id.to_string() => true,
        Claim::Replay(_) => return Err(Fault::Bad("fault-bad-request")),
    };
    let version = if store::get(&mut tx, municipality, id).await?.is_some() {
        let (_, record, event) = match super::open(cx, inside, &mut tx, (id, "sanction:write")).await {
            Err(Fault::NotFound) => return Ok(closed(cx, "sanctions-phone-gone")),
            found => found?,
        };
        let theirs = typed(inside, &mut tx, id).await?;
        match event.state {
            State::Withdrawn => return Ok(closed(cx, "sanctions-phone-withdrawn")),
            state if !is_open(state) && (theirs == draft || again) => return Ok(json!({ "state": "signed" })),
            state if !is_open(state) => return Ok(closed(cx, "sanctions-phone-signed")),
            // It came before, and the answer was lost.
            _ if theirs == draft || (again && !sent.sign) => record.version,
            _ if again || sent.version != record.version => {
                drop(tx);
                return conflict(cx, inside, id).await;
            }
            _ => ops::save_draft(cx, inside, &mut tx, (id, Some(record.version)), &draft).await?,
        }
    } else if again || sent.version > 0 {
        return Ok(closed(cx, "sanctions-phone-gone"));
    } else {
        ops::save_draft(cx, inside, &mut tx, (id, None), &draft).await?
    };
    // What was typed is safe, whatever becomes of the signature.
    tx.commit().await?;
    if !sent.sign {
        return Ok(json!({ "state": "kept", "version": version }));
    }
    let mut tx = inside.db.write().await?;
    match ops::sign(cx, inside, &mut tx, (id, version)).await {
        Ok(()) => {
            photo::drop_parts(cx, &mut tx, id, "part-").await?;
            tx.commit().await?;
            Ok(json!({ "state": "signed" }))
        }
        Err(Fault::Invalid(faults)) => {
            let faults = faults.sentences(&cx.words);
            let fault = |(field, text): &(String, String)| json!({ "field": field, "text": text });
            let faults: Vec<Value> = faults.iter().map(fault).collect();
            Ok(json!({ "state": "faults", "version": version, "faults": faults }))
        }
        Err(other) => Err(other),
    }
}

fn closed(cx: &Cx, key: &str) -> Value {
    json!({ "state": "closed", "text": cx.t(key) })
}

/// What stands here, so that the officer can choose. That is a read, and logged as one.
async fn conflict(cx: &Cx, inside: &Inside, id: Uuid) -> Result<Value, Fault> {
    let mut tx: Tx<AnyVault> = inside.db.write().await?;
    let (permit, record, _) = super::open(cx, inside, &mut tx, (id, "sanction:write")).await?;
    let theirs = typed(inside, &mut tx, id).await?;
    let act = Act { action: permit.action(), processing: inside.id(), record: id, act: "read", detail: inside.why() };
    kin::seen(&mut tx, &inside.seal, &cx.deed_for(inside.id()), &act, &told::fields(cx, &theirs)).await?;
    tx.commit().await?;
    let text = cx.t("sanctions-phone-conflict");
    Ok(json!({ "state": "conflict", "version": record.version, "theirs": theirs, "text": text }))
}
