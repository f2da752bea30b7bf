//! Photos on their way: they come in pieces, from where the phone was cut off, before or after their observation.
//! A whole photo is made clean and put with its signal; what is no photo is refused in words.

use super::model::{Event, Kind, Outcome};
use super::store;
use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, Query};
use kit::{At, Fault, Tx, Uuid, text_enum};
use policy::{Permit, Resource};
use serde::Deserialize;
use serde_json::{Value, json};
use signals::photo::{self, MOST_MEGABYTES, MOST_PHOTOS, PhotoFault};
use site::Cx;

/// Largest piece, in bytes.
const PIECE: usize = 1_048_576;

text_enum! {
    /// Where a photo stands.
    pub enum PhotoState {
        /// Not whole yet, or its observation is not here yet.
        Coming = "coming",
        /// With its signal.
        Kept = "kept",
        /// No photo, or one too many.
        Refused = "refused",
    }
}

/// A photo on its way.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Coming {
    /// Client-made UUID (version 7).
    pub id: Uuid,
    /// The observation that it belongs to.
    pub event_id: Uuid,
    /// Whose it is.
    pub account_id: Uuid,
    /// Its size in bytes.
    pub size: i64,
    /// State.
    pub state: PhotoState,
    /// Bytes that are here.
    pub have: i64,
}

/// Which piece comes.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Piece {
    /// The observation.
    event: Uuid,
    /// Size of the whole photo in bytes.
    size: i64,
    /// Where the piece begins.
    start: i64,
}

/// `POST /api/field/photo/{id}?event=…&size=…&start=…`: the next piece; an empty one asks how far it is. The answer says
/// how many bytes are here, and the phone goes on from there.
///
/// # Errors
/// [`Fault::TooLarge`], or [`Fault::NotFound`] for photos of others.
pub async fn piece(
    cx: Cx,
    Path(id): Path<Uuid>,
    Query(piece): Query<Piece>,
    body: Bytes,
) -> Result<Json<Value>, Fault> {
    let permit = cx.permit("field:use", &Resource::ordinary("field", cx.code()))?;
    let account = permit.actor().ok_or(Fault::SignIn)?;
    let most = i64::try_from(MOST_MEGABYTES * 1_048_576).unwrap_or(i64::MAX);
    if !(1..=most).contains(&piece.size) || body.len() > PIECE {
        return Err(Fault::TooLarge(MOST_MEGABYTES as u64));
    }
    let mut tx = cx.write().await?;
    store::photo_expected(&mut tx, &permit, (id, piece.event, account), piece.size, cx.now).await?;
    let coming = store::photo(&mut tx, &permit, id).await?.ok_or(Fault::NotFound)?;
    if coming.account_id != account || coming.event_id != piece.event {
        return Err(Fault::NotFound);
    }
    let length = i64::try_from(body.len()).unwrap_or(0);
    let fits = piece.start == coming.have && coming.have + length <= coming.size;
    if coming.state == PhotoState::Coming && fits && length > 0 {
        store::add_part(&mut tx, &permit, id, piece.start, body.to_vec()).await?;
    }
    tx.commit().await?;
    attach(&cx, &permit, id).await
}

/// The observation says which photos follow.
pub(super) async fn expect(tx: &mut Tx, permit: &Permit, event: Uuid, photos: &[Uuid], at: At) -> Result<(), Fault> {
    let account = permit.actor().ok_or(Fault::SignIn)?;
    for id in photos.iter().take(MOST_PHOTOS) {
        store::photo_expected(tx, permit, (*id, event, account), 0, at).await?;
    }
    Ok(())
}

/// After events were taken in: photos that were here before their observation are put with it.
pub(super) async fn settle(cx: &Cx, permit: &Permit, events: &[Event]) -> Result<(), Fault> {
    for event in events.iter().filter(|e| e.kind == Kind::Observation) {
        let mut tx = cx.read().await?;
        let whole = store::photos_whole(&mut tx, permit, event.id).await?;
        drop(tx);
        for (id,) in whole {
            let Json(_) = attach(cx, permit, id).await?;
        }
    }
    Ok(())
}

/// Puts a photo with its signal when both are here. It is decoded outside any transaction: that takes a while.
async fn attach(cx: &Cx, permit: &Permit, id: Uuid) -> Result<Json<Value>, Fault> {
    let mut tx = cx.read().await?;
    let coming = store::photo(&mut tx, permit, id).await?.ok_or(Fault::NotFound)?;
    let event = store::get(&mut tx, permit, coming.event_id).await?;
    let signal = event.as_ref().filter(|e| e.outcome != Outcome::Refused).and_then(|e| e.record_id);
    let ready = coming.state == PhotoState::Coming && coming.have == coming.size;
    let (Some(signal), true) = (signal, ready) else {
        // The observation was refused: the pieces stay with it, and the phone need not keep them.
        let lost = ready && event.is_some_and(|e| e.outcome == Outcome::Refused);
        let state = if lost { PhotoState::Refused } else { coming.state };
        let text = if lost { cx.t("field-photo-of-refused") } else { String::new() };
        return Ok(say(&Coming { state, ..coming }, text));
    };
    let parts = store::parts(&mut tx, permit, id).await?;
    drop(tx);
    let bytes = parts.into_iter().flat_map(|(part,)| part).collect();
    let create = cx.permit("signal:create", &Resource::ordinary("signal", cx.code()))?;
    let made = match photo::prepare(&cx.app, bytes).await {
        Err(PhotoFault::Busy | PhotoFault::Scanner) => return Ok(say(&coming, String::new())),
        made => made,
    };
    let mut tx = cx.write().await?;
    let (state, key) = match made {
        Ok(ready) if photo::photos_of(&mut tx, &create, signal).await?.len() < MOST_PHOTOS => {
            photo::keep(&mut tx, &create, signal, id, &ready, cx.now).await?;
            let detail = json!({ "photos": 1 });
            kit::audit::record(&mut tx, &cx.deed(), create.action(), "signal", &signal.to_string(), &detail).await?;
            (PhotoState::Kept, None)
        }
        Ok(_) => (PhotoState::Refused, Some("photo-many")),
        Err(fault) => (PhotoState::Refused, Some(fault.key())),
    };
    // Two calls about one photo: the second finds it settled, and undoes its own.
    if store::settle_photo(&mut tx, permit, id, state.as_str()).await? == 1 {
        tx.commit().await?;
    }
    let text = key.map(|key| cx.words.ta(key, &[("most", MOST_PHOTOS.into()), ("file", cx.t("field-photo").into())]));
    Ok(say(&Coming { state, ..coming }, text.unwrap_or_default()))
}

fn say(coming: &Coming, text: String) -> Json<Value> {
    Json(json!({ "have": coming.have, "state": coming.state, "text": text }))
}
