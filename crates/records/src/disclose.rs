//! Disclosure: the one way out of a record. Fields are picked, with receiver, basis, purpose and necessity; the rules of
//! law refuse what may not cross. In the giver's vault the disclosure, its sealed content for the receiver and the job
//! that delivers it are one transaction; the receiver's vault gets a new record that says where it came from. Recall
//! and correction go the same way.

mod delivery;
mod form;
mod given;
mod overview;
mod propose;
pub(crate) mod view;

pub use delivery::{JOB, deliver};
pub use form::{form, send};
pub use given::{change, content, correct, page};
pub use overview::{csv, overview};
pub use propose::Purpose;

pub use crate::store::crossing::Receipt;
pub use crate::store::disclosure::DisclosureRow;
use kit::{AnyVault, At, Fault, Tx};

#[cfg(test)]
pub(crate) use delivery::{receive, unpack};
pub(crate) use propose::{Wish, give};

kit::text_enum! {
    /// How far a disclosure is.
    pub enum State {
        /// On its way to another vault.
        Waiting = "waiting",
        /// In the receiver's vault.
        Delivered = "delivered",
        /// To be handed over outside Regie.
        Outside = "outside",
        /// Handed over outside Regie.
        HandedOver = "handed-over",
        /// Called back.
        Recalled = "recalled",
    }
}

kit::text_enum! {
    /// What crosses.
    pub enum Act {
        /// The disclosed fields.
        Give = "give",
        /// The same fields, corrected.
        Correct = "correct",
        /// The order to close what was given and take its content away.
        Recall = "recall",
    }
}

/// The disclosures of this vault from `from` to `to` (not included), newest first.
///
/// # Errors
/// When the database refuses.
pub async fn for_audit(
    tx: &mut Tx<AnyVault>,
    municipality: &str,
    from: At,
    to: At,
) -> Result<Vec<DisclosureRow>, Fault> {
    Ok(crate::store::disclosure::between(tx, municipality, (from, to), i64::MAX).await?)
}
