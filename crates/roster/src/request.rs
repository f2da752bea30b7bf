//! What officers ask: leave, a free day, a kind of shift; and that somebody is not available.
//!
//! Leave waits for the coordinator. A wish stands until it is taken back: the planner weighs it. Who is not available
//! comes off his shifts at once; nothing says why.

mod ops;
mod store;
pub mod web;

pub use ops::{Ask, Decision, ask, away, back, decide, withdraw};

use kit::{At, Fault, Tx, Uuid, text_enum};
use policy::Permit;

text_enum! {
    /// What is asked.
    pub enum Kind {
        /// Leave on these days.
        Leave = "leave",
        /// A wish: no shift on these days.
        Free = "free",
        /// A wish: this kind of shift on these days.
        Shift = "shift",
        /// Not available on these days.
        Away = "away",
    }
}

text_enum! {
    /// Where a request stands.
    pub enum State {
        /// Asked; a wish stays so.
        Asked = "asked",
        /// Granted: the officer is away.
        Granted = "granted",
        /// Refused.
        Refused = "refused",
        /// Taken back.
        Withdrawn = "withdrawn",
    }
}

/// A request.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Request {
    /// Id.
    pub id: Uuid,
    /// The officer's account.
    pub account_id: Uuid,
    /// The officer's name.
    pub person: String,
    /// What is asked.
    pub kind: Kind,
    /// Kind of shift of a wish for one; else empty.
    pub shift_kind: String,
    /// First local day, in days since 1970-01-01.
    pub first_day: i64,
    /// Last day.
    pub last_day: i64,
    /// Where it stands.
    pub state: State,
    /// When it was asked.
    pub asked_at: At,
    /// Why it was refused; else empty.
    pub reason: String,
    /// Counts changes.
    pub version: i64,
}

impl Request {
    /// Whether the officer cannot work on its days.
    #[must_use]
    pub fn is_away(&self) -> bool {
        self.state == State::Granted && matches!(self.kind, Kind::Leave | Kind::Away)
    }
}

/// Every request of one officer, by day.
///
/// # Errors
/// When the database cannot be read.
pub async fn of_officer(tx: &mut Tx, permit: &Permit, account: Uuid) -> Result<Vec<Request>, Fault> {
    Ok(store::of_officer(tx, permit, account).await?)
}

/// The requests that share a day with those from `first` up to `end` (exclusive), by day.
///
/// # Errors
/// When the database cannot be read.
pub async fn between(tx: &mut Tx, permit: &Permit, first: i64, end: i64) -> Result<Vec<Request>, Fault> {
    Ok(store::between(tx, permit, first, end).await?)
}

/// One request.
///
/// # Errors
/// [`Fault::NotFound`], or when the database cannot be read.
pub async fn get(tx: &mut Tx, permit: &Permit, id: Uuid) -> Result<Request, Fault> {
    store::get(tx, permit, id).await?.ok_or(Fault::NotFound)
}
