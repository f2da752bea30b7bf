//! A roster: the shifts of one team in some weeks, and who works them.
//!
//! A draft is filled by the planner and by hand; published, its shifts are those of patrol, and each change says why and
//! is kept. Law and powers cannot be overruled; a wish can, with a reason.

mod change;
mod fill;
mod make;
mod publish;
mod store;
pub mod view;
pub mod web;

pub use change::{Change, Replace, free, put, replace, staff, take};
pub(crate) use change::{Moved, apply, taken};
pub use fill::{IMPROVE, fill, improve, stop};
pub use make::{NewPeriod, make};
pub use publish::publish;
pub(crate) use store::Taken;

use kit::{At, Fault, Tx, Uuid, text_enum};
use policy::Permit;

text_enum! {
    /// Where a roster stands.
    pub enum State {
        /// Being made; only the coordinator works with it.
        Draft = "draft",
        /// Its shifts are those of patrol, and officers read them.
        Published = "published",
    }
}

/// A roster.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Period {
    /// Id.
    pub id: Uuid,
    /// Team id of `patrol.toml`.
    pub team: String,
    /// First local day, in days since 1970-01-01.
    pub first_day: i64,
    /// Number of days.
    pub days: i64,
    /// Where it stands.
    pub state: State,
    /// When it was published.
    pub published_at: Option<At>,
    /// What the plan costs that the program made last, in points.
    pub cost: Option<i64>,
    /// What no plan can be below.
    pub bound: Option<i64>,
    /// Changes that the search has tried.
    pub tries_done: i64,
    /// Changes that it is to try.
    pub tries_asked: i64,
    /// Counts changes.
    pub version: i64,
}

impl Period {
    /// The first day after it.
    #[must_use]
    pub fn end_day(&self) -> i32 {
        i32::try_from(self.first_day + self.days).unwrap_or(0)
    }

    /// Whether the search is still at work.
    #[must_use]
    pub fn is_searching(&self) -> bool {
        self.state == State::Draft && self.tries_done < self.tries_asked
    }

    /// By how much the plan can be better at most, in percent of itself; `None`: no plan was made, or it is the best.
    #[must_use]
    pub fn gap_percent(&self) -> Option<f64> {
        let (cost, bound) = (self.cost?, self.bound?);
        (cost > 0).then(|| 100.0 * (cost - bound.clamp(0, cost)) as f64 / cost as f64)
    }
}

/// A shift of a roster.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ShiftRow {
    /// Id; after publication also that of the shift in patrol.
    pub id: Uuid,
    /// Kind of shift of `patrol.toml`.
    pub kind: String,
    /// Local day of its begin, in days since 1970-01-01.
    pub day: i64,
    /// Begin.
    pub starts_at: At,
    /// End.
    pub ends_at: At,
    /// Minutes of break.
    pub break_min: i64,
    /// Officers that it needs.
    pub staff: i64,
    /// Code of the municipality in which it is.
    pub place: String,
}

/// An officer on a shift.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Place {
    /// The shift.
    pub shift_id: Uuid,
    /// The officer's account.
    pub account_id: Uuid,
    /// Put there by hand, so that the program leaves it.
    pub is_fixed: bool,
}

text_enum! {
    /// What was changed in a roster that is published.
    pub enum Act {
        /// The roster was published.
        Published = "published",
        /// Somebody was put on a shift.
        On = "on",
        /// Somebody was taken off a shift.
        Off = "off",
        /// Somebody is not available, and came off a shift.
        Away = "away",
        /// A shift got other numbers.
        Staff = "staff",
    }
}

/// A line of the history.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Changed {
    /// What was done.
    pub act: Act,
    /// Why, in words; may be empty.
    pub reason: String,
    /// When.
    pub at: At,
    /// The officer's name.
    pub person: Option<String>,
    /// Who did it.
    pub changer: Option<String>,
    /// Kind of the shift.
    pub kind: Option<String>,
    /// Begin of the shift.
    pub starts_at: Option<At>,
}

/// One roster.
///
/// # Errors
/// [`Fault::NotFound`], or when the database cannot be read.
pub async fn get(tx: &mut Tx, permit: &Permit, id: Uuid) -> Result<Period, Fault> {
    store::get(tx, permit, id).await?.ok_or(Fault::NotFound)
}

/// The rosters that end on `day` or later, by begin.
///
/// # Errors
/// When the database cannot be read.
pub async fn since(tx: &mut Tx, permit: &Permit, day: i64) -> Result<Vec<Period>, Fault> {
    Ok(store::since(tx, permit, day).await?)
}

/// The shifts of a roster, by begin.
///
/// # Errors
/// When the database cannot be read.
pub async fn shifts(tx: &mut Tx, permit: &Permit, id: Uuid) -> Result<Vec<ShiftRow>, Fault> {
    Ok(store::shifts(tx, permit, id).await?)
}

/// Who is on the shifts of a roster.
///
/// # Errors
/// When the database cannot be read.
pub async fn places(tx: &mut Tx, permit: &Permit, id: Uuid) -> Result<Vec<Place>, Fault> {
    Ok(store::places(tx, permit, id).await?)
}

/// The newest changes of one officer's shifts, at most `most`.
///
/// # Errors
/// When the database cannot be read.
pub async fn changes_of(
    tx: &mut Tx,
    permit: &Permit,
    account: Uuid,
    since: At,
    most: i64,
) -> Result<Vec<Changed>, Fault> {
    Ok(store::changes_of(tx, permit, account, since, most).await?)
}

/// The roster that a shift is of.
///
/// # Errors
/// [`Fault::NotFound`] for a shift that no roster made, or when the database cannot be read.
pub async fn of_shift(tx: &mut Tx, permit: &Permit, shift: Uuid) -> Result<Uuid, Fault> {
    store::of_shift(tx, permit, shift).await?.ok_or(Fault::NotFound)
}
