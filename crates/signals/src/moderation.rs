//! Moderation: what the public sees of reports, decided by people.
//!
//! A report of a public category is shown with its category, state, a rounded place, the words that a moderator
//! released and the photos that a moderator released; never with the reporter's own words. Nuisance by persons and
//! groups is never shown: its category is not public, and every act here asks the catalogue again. [`public`] is the
//! only way by which a public page, feed or system reads reports; [`junk`] is what floods and spam meet.

mod blank;
pub mod junk;
mod ops;
pub mod public;
mod store;
#[cfg(test)]
mod tests;
mod web;

use crate::handle::Signal;
use crate::intake::Desk;
use crate::kind;
use crate::model::{Kind, Publication, Source};
use kit::{At, Fault, Tx, Uuid};
use policy::Permit;
use site::Cx;

pub use blank::{Blank, personal};
pub use ops::{Act, act};
pub use web::{counts, list, submit};

/// Whether everybody may see a signal like this at all, after a look.
#[must_use]
pub fn may_be_shown(desk: &Desk, category: &str, kind: Kind, source: Source, has_point: bool) -> bool {
    desk.catalogue.get(category).is_some_and(|category| {
        kind::publication(Publication::Shown, kind, category, source, has_point) == Publication::Shown
    })
}

/// After a change of a signal's category, kind, place or source: it is taken off the public surfaces when it may not be
/// there any more. It never puts anything on them.
///
/// # Errors
/// When the database refuses.
pub async fn settle(cx: &Cx, tx: &mut Tx, permit: &Permit, signal: Uuid) -> Result<(), Fault> {
    let desk = Desk::of(&cx.municipality);
    let Some(now) = store::standing(tx, permit, signal).await? else { return Ok(()) };
    let may = may_be_shown(&desk, &now.category, now.kind, now.source, now.lon.is_some());
    if !may && now.publication != Publication::Private {
        store::make_private(tx, permit, signal).await?;
        if now.publication == Publication::Shown {
            store::gone(tx, permit, &now.reference, cx.now).await?;
        }
    }
    Ok(())
}

/// After a change of a signal that was shown when it was read as `before`: when it is not shown any more, whoever keeps
/// a copy of the public map will learn it.
pub(crate) async fn left(tx: &mut Tx, permit: &Permit, before: &Signal, at: At) -> kit::Result<()> {
    if before.publication == Publication::Shown
        && store::standing(tx, permit, before.id).await?.is_some_and(|now| now.publication != Publication::Shown)
    {
        store::gone(tx, permit, &before.reference, at).await?;
    }
    Ok(())
}
