//! Photos with a signal: what a phone sends is decoded, turned upright, made smaller and encoded anew,
//! so that nothing of the original file (place, time, device, hidden data) is kept. Only staff see them.

mod decode;
mod store;

use axum::extract::{Path, Query};
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use kit::{At, Fault, Result, Tx, Uuid};
use policy::{Permit, Resource};
use serde::Deserialize;
use site::Cx;

pub use decode::{PhotoFault, Ready, prepare};

#[cfg(test)]
pub(crate) use decode::tests as testing;

/// Most photos with one signal.
pub const MOST_PHOTOS: usize = 3;
/// Largest photo that may be sent, in megabytes of 2^20 bytes.
pub const MOST_MEGABYTES: usize = 15;

/// A photo of a signal, without its bytes.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct PhotoRef {
    /// Id.
    pub id: Uuid,
    /// The signal that it belongs to.
    pub signal_id: Uuid,
    /// When it came in.
    pub at: At,
    /// Width of the stored picture in pixels.
    pub width: i64,
    /// Height of the stored picture in pixels.
    pub height: i64,
}

impl PhotoRef {
    /// Where staff see the whole picture.
    #[must_use]
    pub fn href(&self) -> String {
        format!("/signals/{}/photos/{}", self.signal_id, self.id)
    }

    /// Where staff see the small picture.
    #[must_use]
    pub fn thumb_href(&self) -> String {
        format!("{}?size=thumb", self.href())
    }
}

/// The photos of a signal, oldest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn photos_of(tx: &mut Tx, permit: &Permit, signal: Uuid) -> Result<Vec<PhotoRef>> {
    store::of(tx, permit, signal).await
}

/// Keeps a ready photo with a signal, once per id.
///
/// # Errors
/// When the database refuses.
pub async fn keep(tx: &mut Tx, permit: &Permit, signal: Uuid, id: Uuid, ready: &Ready, at: At) -> Result<()> {
    store::insert(tx, permit, signal, id, ready, at).await
}

/// Which picture is asked for.
#[derive(Debug, Deserialize)]
pub struct Size {
    /// `thumb`, or nothing for the whole picture.
    size: Option<String>,
}

/// `GET /signals/{id}/photos/{photo}`: the picture as JPEG, for staff.
///
/// # Errors
/// When the policy refuses or there is no such photo.
pub async fn show(
    cx: Cx,
    Path((signal, photo)): Path<(Uuid, Uuid)>,
    Query(size): Query<Size>,
) -> std::result::Result<Response, Fault> {
    let permit = cx.permit("signal:photo", &Resource::ordinary("signal", cx.code()))?;
    let mut tx = cx.read().await?;
    let thumb = size.size.as_deref() == Some("thumb");
    let bytes = store::bytes(&mut tx, &permit, signal, photo, thumb).await?.ok_or(Fault::NotFound)?;
    drop(tx);
    if !thumb {
        // The small ones are part of reading the report itself.
        crate::touched::read(&cx, &permit, signal).await?;
    }
    let headers = [(header::CONTENT_TYPE, "image/jpeg"), (header::CACHE_CONTROL, "private, no-store")];
    Ok((headers, bytes).into_response())
}
