//! What a moderator may do with a photo: permit → rule → store → history → audit.

use super::cover::{Areas, MOST_AREAS};
use super::decode;
use super::{PhotoFault, PhotoRef, Ready, Released, store};
use crate::handle;
use kit::{Fault, FieldFaults, Tx, Uuid};
use policy::Permit;
use site::Cx;

/// One act.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    /// Solid rectangles in place of what must not be seen; then, when asked, that picture may go out.
    Cover {
        /// Where.
        areas: Areas,
        /// Whether the covered picture may go out at once.
        release: bool,
    },
    /// The covered picture goes; none may go out.
    Uncover,
    /// The covered picture, or the clean one, may go out; or none any more.
    Release(Released),
}

impl Act {
    /// The word in the history of the signal (`photo-event-*`).
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Cover { release: false, .. } => "covered",
            Self::Cover { release: true, .. } => "covered-released",
            Self::Uncover => "uncovered",
            Self::Release(Released::Nothing) => "withheld",
            Self::Release(Released::Covered) => "released-covered",
            Self::Release(Released::Plain) => "released-plain",
        }
    }
}

/// The photo of a signal.
pub(super) async fn one(tx: &mut Tx, permit: &Permit, signal: Uuid, photo: Uuid) -> Result<PhotoRef, Fault> {
    let photos = store::of(tx, permit, signal).await?;
    photos.into_iter().find(|p| p.id == photo).ok_or(Fault::NotFound)
}

/// Makes the covered picture that `act` asks for, before any transaction is open: it takes a while.
pub(super) async fn painted(
    cx: &Cx,
    permit: &Permit,
    (signal, photo): (Uuid, Uuid),
    act: &Act,
) -> Result<Option<Ready>, Fault> {
    let Act::Cover { areas, .. } = act else { return Ok(None) };
    let mut faults = FieldFaults::default();
    if areas.0.is_empty() {
        faults.add("cell", "photo-cover-nothing");
    } else if areas.0.len() > MOST_AREAS {
        faults.add_with("cell", "photo-cover-many", vec![("most", MOST_AREAS.to_string())]);
    }
    faults.ok()?;
    let mut tx = cx.read().await?;
    let clean = store::bytes(&mut tx, permit, signal, photo, false).await?.ok_or(Fault::NotFound)?;
    drop(tx);
    let parts = areas.parts();
    let ready = decode::in_turn(move || decode::covered(&clean, &parts)).await;
    ready.map(Some).map_err(|fault| match fault {
        PhotoFault::Busy => Fault::Rule { key: "photo-cover-busy", values: vec![] },
        _ => Fault::Internal(format!("photo {photo} cannot be read")),
    })
}

/// Does `act` with a photo of a signal that is still at `version`; `ready` is the covered picture of a [`Act::Cover`].
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Stale`], [`Fault::Rule`] when there is no covered picture to release, or when the
/// database refuses.
pub async fn act(
    cx: &Cx,
    tx: &mut Tx,
    permit: &Permit,
    (signal, photo): (Uuid, Uuid),
    version: Option<i64>,
    act: &Act,
    ready: Option<Ready>,
) -> Result<(), Fault> {
    let signal = handle::current(tx, permit, signal, version).await?;
    let photo = one(tx, permit, signal.id, photo).await?;
    match act {
        Act::Cover { areas, release } => {
            let ready = ready.ok_or_else(|| Fault::Internal("no covered picture".to_owned()))?;
            store::set_cover(tx, permit, photo.id, &areas.to_string(), Some(ready)).await?;
            if *release {
                store::set_released(tx, permit, photo.id, Released::Covered).await?;
            }
        }
        Act::Uncover => {
            store::set_cover(tx, permit, photo.id, "", None).await?;
        }
        Act::Release(Released::Covered) if photo.cover.is_empty() => {
            return Err(Fault::Rule { key: "photo-cover-none", values: vec![] });
        }
        Act::Release(released) if *released == photo.released => return Ok(()),
        Act::Release(released) => {
            store::set_released(tx, permit, photo.id, *released).await?;
        }
    }
    handle::one(handle::touch(tx, permit, &signal).await?)?;
    let event = handle::Event::quiet("photo", photo.released.as_str(), act.word());
    handle::written(cx, tx, permit, &signal, &event).await.map(|_| ())
}
