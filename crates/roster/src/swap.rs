//! Swaps: an officer offers a shift to a colleague, for another shift or for nothing. Powers, training, absence and the
//! law are checked for both before the colleague is asked, before he says yes, and before the coordinator does.

mod ops;
mod store;
pub mod web;

pub use ops::{Answer, Offer, answer, decide, judge, offer, withdraw};

use kit::{At, Fault, Tx, Uuid, text_enum};
use policy::Permit;

text_enum! {
    /// Where a swap stands.
    pub enum State {
        /// The colleague has not answered.
        Offered = "offered",
        /// The colleague said yes; the coordinator has not decided.
        Accepted = "accepted",
        /// Done.
        Approved = "approved",
        /// The colleague said no.
        Declined = "declined",
        /// The coordinator said no.
        Refused = "refused",
        /// Taken back.
        Withdrawn = "withdrawn",
    }
}

/// A swap.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Swap {
    /// Id.
    pub id: Uuid,
    /// The roster.
    pub roster_id: Uuid,
    /// Who offers.
    pub officer: Uuid,
    /// His name.
    pub officer_name: String,
    /// The shift that he gives.
    pub shift_id: Uuid,
    /// Its kind.
    pub kind: String,
    /// Its begin.
    pub starts_at: At,
    /// Who is asked.
    pub other: Uuid,
    /// His name.
    pub other_name: String,
    /// The shift that the other gives in return.
    pub other_shift_id: Option<Uuid>,
    /// Its kind.
    pub other_kind: Option<String>,
    /// Its begin.
    pub other_starts_at: Option<At>,
    /// Where it stands.
    pub state: State,
    /// Counts changes.
    pub version: i64,
}

/// The swaps that wait for an answer or a decision, the oldest first; of one officer or of all.
///
/// # Errors
/// When the database cannot be read.
pub async fn open(tx: &mut Tx, permit: &Permit, account: Option<Uuid>) -> Result<Vec<Swap>, Fault> {
    Ok(store::open(tx, permit, account).await?)
}

/// One swap.
///
/// # Errors
/// [`Fault::NotFound`], or when the database cannot be read.
pub async fn get(tx: &mut Tx, permit: &Permit, id: Uuid) -> Result<Swap, Fault> {
    store::get(tx, permit, id).await?.ok_or(Fault::NotFound)
}
