//! Photos with a signal: what a phone sends is decoded, turned upright, made smaller and encoded anew,
//! so that nothing of the original file (place, time, device, hidden data) is kept. Staff see that picture. Nobody
//! else sees any, until a moderator covered what must not be seen, or said that there is nothing to cover.

mod cover;
mod decode;
mod kinds;
mod ops;
mod store;
#[cfg(test)]
mod tests;

use crate::category::Catalogue;
use axum::extract::{Path, Query};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse as _, Response};
use kit::{At, Fault, Result, Tx, Uuid, text_enum};
use policy::{Permit, Resource};
use serde::Deserialize;
use site::Cx;

pub use cover::{page as cover_page, submit as cover};
pub use decode::{PhotoFault, Ready, prepare};
pub use ops::{Act, act};

#[cfg(test)]
pub(crate) use decode::tests as testing;

/// Most photos with one signal.
pub const MOST_PHOTOS: usize = 3;
/// Largest photo that may be sent, in megabytes of 2^20 bytes.
pub const MOST_MEGABYTES: usize = 15;

text_enum! {
    /// Which picture of a photo may go out of the house.
    pub enum Released {
        /// None.
        Nothing = "none",
        /// The one with covered faces and number plates.
        Covered = "covered",
        /// The clean one: a moderator said that there is nothing to cover.
        Plain = "plain",
    }
}

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
    /// What the virus scanner said of the file: `clean`, `unscanned`, or nothing where there was none.
    pub scan: String,
    /// Number of changes: each has an address of its own, so that a picture may be kept by a cache.
    pub version: i64,
    /// Which picture may go out.
    pub released: Released,
    /// The rectangles that are covered, as [`cover`] writes them; empty when nothing was.
    pub cover: String,
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

    /// Where a moderator covers and releases it.
    #[must_use]
    pub fn cover_href(&self) -> String {
        format!("{}/cover", self.href())
    }

    /// Where everybody sees the picture that was released, while its signal is shown.
    #[must_use]
    pub fn public_href(&self) -> String {
        format!("/public/photos/{}?v={}", self.id, self.version)
    }
}

/// The photos of a signal, oldest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn photos_of(tx: &mut Tx, permit: &Permit, signal: Uuid) -> Result<Vec<PhotoRef>> {
    store::of(tx, permit, signal).await
}

/// The photos of a signal of which a picture may go out: to everybody when the signal is shown, and to partners.
///
/// # Errors
/// When the database cannot be read.
pub async fn released(tx: &mut Tx, permit: &Permit, signal: Uuid) -> Result<Vec<PhotoRef>> {
    let mut photos = store::of(tx, permit, signal).await?;
    photos.retain(|p| p.released != Released::Nothing);
    Ok(photos)
}

/// The bytes of the picture that may go out, as JPEG; nothing when none may.
///
/// # Errors
/// When the database cannot be read.
pub async fn released_bytes(tx: &mut Tx, permit: &Permit, photo: Uuid) -> Result<Option<Vec<u8>>> {
    Ok(store::released_bytes(tx, permit, photo, false).await?.map(|p| p.picture_bytes))
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
    /// `thumb`, `cover` (the covered one), or nothing for the whole clean picture.
    size: Option<String>,
    /// The version that the address is about.
    v: Option<i64>,
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
    let bytes = match size.size.as_deref() {
        Some("cover") => store::cover_bytes(&mut tx, &permit, signal, photo).await?,
        _ => store::bytes(&mut tx, &permit, signal, photo, thumb).await?,
    };
    let bytes = bytes.ok_or(Fault::NotFound)?;
    drop(tx);
    if !thumb {
        // The small ones are part of reading the report itself.
        crate::touched::read(&cx, &permit, signal).await?;
    }
    let headers = [(header::CONTENT_TYPE, "image/jpeg"), (header::CACHE_CONTROL, "private, no-store")];
    Ok((headers, bytes).into_response())
}

/// `GET /public/photos/{photo}`: the released picture of a signal that everybody may see. An address with the current
/// version may be kept for an hour; a picture that is taken back is gone everywhere after that.
///
/// # Errors
/// [`Fault::NotFound`] for everything that may not be seen: nobody learns whether it exists.
pub async fn public_picture(
    cx: Cx,
    Path(photo): Path<Uuid>,
    Query(size): Query<Size>,
) -> std::result::Result<Response, Fault> {
    let permit = cx.permit("public:read", &Resource::ordinary("signal", cx.code()))?;
    let mut tx = cx.read().await?;
    let thumb = size.size.as_deref() == Some("thumb");
    let picture = store::released_bytes(&mut tx, &permit, photo, thumb).await?.ok_or(Fault::NotFound)?;
    drop(tx);
    let catalogue = cx.municipality.get::<Catalogue>();
    if picture.publication != "shown" || !catalogue.get(&picture.category).is_some_and(|c| c.public) {
        return Err(Fault::NotFound);
    }
    let keep = if size.v == Some(picture.version) { "public, max-age=3600, immutable" } else { "no-cache" };
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("image/jpeg")),
        (header::CACHE_CONTROL, HeaderValue::from_static(keep)),
    ];
    Ok((headers, picture.picture_bytes).into_response())
}
