//! Shifts: which team works from when to when, with which officers, and from where it starts.

pub mod ops;
pub mod planned;
mod store;
pub mod web;

pub(crate) use store::{between, get, insert_many, insert_officers, of_officer, officers_between, values};

use kit::{At, Uuid};

/// A shift of a team.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
pub struct Shift {
    /// Id.
    pub id: Uuid,
    /// Team id of `patrol.toml`.
    pub team: String,
    /// Kind of shift of `patrol.toml`, or `own` for hours of its own.
    pub kind: String,
    /// Begin.
    pub starts_at: At,
    /// End.
    pub ends_at: At,
    /// Local day of its begin, in days since 1970-01-01.
    pub day: i64,
    /// Longitude of the place where it starts (WGS84).
    pub lon: f64,
    /// Latitude of that place.
    pub lat: f64,
    /// Counts changes.
    pub version: i64,
}

/// An officer on a shift.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct OnShift {
    /// The shift.
    pub shift_id: Uuid,
    /// The officer's account.
    pub account_id: Uuid,
    /// The officer's name.
    pub name: String,
}

/// An officer who can be put on a shift.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Officer {
    /// Account.
    pub id: Uuid,
    /// Name.
    pub name: String,
}

/// The word for a shift with hours of its own.
pub const OWN: &str = "own";
