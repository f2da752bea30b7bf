//! Photos and spoken notes on their way: they come in pieces, from where the phone was cut off, before or after their
//! observation. A whole photo is made clean and put with its signal, a whole note is looked at and put there; what is
//! neither is refused in words.

use super::model::{Event, Kind, Outcome};
use super::store::{self, Told};
use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, Query};
use kit::{At, Fault, Tx, Uuid, text_enum};
use policy::{Permit, Resource};
use serde::Deserialize;
use serde_json::{Value, json};
use signals::photo::{self, MOST_MEGABYTES, MOST_PHOTOS, PhotoFault};
use signals::voice::{self, VoiceFault};
use site::Cx;

/// Largest piece, in bytes.
const PIECE: usize = 1_048_576;

text_enum! {
    /// Where a photo or note stands.
    pub enum PhotoState {
        /// Not whole yet, or its observation is not here yet.
        Coming = "coming",
        /// With its signal.
        Kept = "kept",
        /// Not what it should be, or one too many.
        Refused = "refused",
    }
}

text_enum! {
    /// What is on its way.
    pub enum Media {
        /// A photo.
        Photo = "photo",
        /// A spoken note.
        Voice = "voice",
    }
}

/// A photo or note on its way.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Coming {
    /// Client-made UUID (version 7).
    pub id: Uuid,
    /// The observation that it belongs to.
    pub event_id: Uuid,
    /// Whose it is.
    pub account_id: Uuid,
    /// What it is.
    pub media: Media,
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
    /// What it is; a photo when nothing is said.
    media: Option<Media>,
    /// Size of the whole in bytes.
    size: i64,
    /// Where the piece begins.
    start: i64,
}

/// `POST /api/field/photo/{id}?event=…&media=…&size=…&start=…`: the next piece; an empty one asks how far it is. The
/// answer says how many bytes are here, and the phone goes on from there.
///
/// # Errors
/// [`Fault::TooLarge`], or [`Fault::NotFound`] for photos and notes of others.
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
    let media = piece.media.unwrap_or(Media::Photo);
    let mut tx = cx.write().await?;
    store::photo_expected(&mut tx, &permit, (id, piece.event, account), (media, piece.size), cx.now).await?;
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

/// The observation says which photos and which note follow.
pub(super) async fn expect(
    tx: &mut Tx,
    permit: &Permit,
    event: Uuid,
    (photos, voice): (&[Uuid], Option<Uuid>),
    at: At,
) -> Result<(), Fault> {
    let account = permit.actor().ok_or(Fault::SignIn)?;
    let photos = photos.iter().take(MOST_PHOTOS).map(|id| (*id, Media::Photo));
    for (id, media) in photos.chain(voice.map(|id| (id, Media::Voice))) {
        store::photo_expected(tx, permit, (id, event, account), (media, 0), at).await?;
    }
    Ok(())
}

/// After events were taken in: what was here before its observation is put with it.
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

/// What may be put with a signal.
enum Ready {
    Photo(Box<photo::Ready>),
    Voice(voice::Ready),
}

/// Why nothing is put with it.
enum Not {
    /// Not now: the phone tries again.
    Now,
    /// Never; the locale key says why.
    Ever(&'static str),
}

/// Puts a photo or note with its signal when both are here. It is looked at outside any transaction: that takes a while.
async fn attach(cx: &Cx, permit: &Permit, id: Uuid) -> Result<Json<Value>, Fault> {
    let mut tx = cx.read().await?;
    let coming = store::photo(&mut tx, permit, id).await?.ok_or(Fault::NotFound)?;
    let event = store::get(&mut tx, permit, coming.event_id).await?;
    let event = event.filter(|e| e.account_id == coming.account_id && e.kind == Kind::Observation);
    let whole = coming.state == PhotoState::Coming && coming.have == coming.size;
    let (Some(event), true) = (event, whole) else { return Ok(say(&coming, String::new())) };
    let (Some(signal), true) = (event.record_id, event.outcome != Outcome::Refused) else {
        // The pieces stay with the refused observation, and the phone need not keep them.
        let key = match coming.media {
            Media::Photo => "field-photo-of-refused",
            Media::Voice => "field-voice-of-refused",
        };
        return Ok(say(&Coming { state: PhotoState::Refused, ..coming }, cx.t(key)));
    };
    let parts = store::parts(&mut tx, permit, id).await?;
    drop(tx);
    let bytes = parts.into_iter().flat_map(|(part,)| part).collect();
    let create = cx.permit("signal:create", &Resource::ordinary("signal", cx.code()))?;
    let made = prepare(cx, coming.media, bytes).await;
    let mut tx = cx.write().await?;
    let (state, key) = match made {
        Err(Not::Now) => return Ok(say(&coming, String::new())),
        Err(Not::Ever(key)) => (PhotoState::Refused, Some(key)),
        Ok(ready) => match put(cx, &mut tx, &create, (signal, id), &event, &ready).await? {
            None => (PhotoState::Kept, None),
            Some(key) => (PhotoState::Refused, Some(key)),
        },
    };
    // Two calls about one photo: the second finds it settled, and undoes its own.
    if store::settle_photo(&mut tx, permit, id, state.as_str()).await? == 1 {
        tx.commit().await?;
    }
    let most = if coming.media == Media::Photo { MOST_PHOTOS } else { voice::MOST_MEGABYTES };
    let text = key.map(|key| cx.words.ta(key, &[("most", most.into()), ("file", cx.t("field-photo").into())]));
    Ok(say(&Coming { state, ..coming }, text.unwrap_or_default()))
}

async fn prepare(cx: &Cx, media: Media, bytes: Vec<u8>) -> Result<Ready, Not> {
    match media {
        Media::Photo => match photo::prepare(&cx.app, bytes).await {
            Ok(ready) => Ok(Ready::Photo(Box::new(ready))),
            Err(PhotoFault::Busy | PhotoFault::Scanner) => Err(Not::Now),
            Err(fault) => Err(Not::Ever(fault.key())),
        },
        Media::Voice => match voice::prepare(&cx.app, bytes).await {
            Ok(ready) => Ok(Ready::Voice(ready)),
            Err(VoiceFault::Scanner) => Err(Not::Now),
            Err(fault) => Err(Not::Ever(fault.key())),
        },
    }
}

/// Puts it with the signal; gives the locale key of why not, when there is no room for it.
async fn put(
    cx: &Cx,
    tx: &mut Tx,
    create: &Permit,
    (signal, id): (Uuid, Uuid),
    event: &Told,
    ready: &Ready,
) -> Result<Option<&'static str>, Fault> {
    let detail = match ready {
        Ready::Photo(ready) => {
            if photo::photos_of(tx, create, signal).await?.len() >= MOST_PHOTOS {
                return Ok(Some("photo-many"));
            }
            photo::keep(tx, create, signal, id, ready, cx.now).await?;
            json!({ "photos": 1 })
        }
        Ready::Voice(ready) => {
            if !voice::keep(tx, create, (signal, id), (event.account_id, event.at), ready).await? {
                return Ok(Some("voice-many"));
            }
            json!({ "voice": 1 })
        }
    };
    kit::audit::record(tx, &cx.deed(), create.action(), "signal", &signal.to_string(), &detail).await?;
    Ok(None)
}

fn say(coming: &Coming, text: String) -> Json<Value> {
    Json(json!({ "have": coming.have, "state": coming.state, "text": text }))
}
