//! Presence: from when to when an officer was at a place. It is the denominator of what officers see:
//! an observation counts per hour of presence (domain chapter 3: officers find more where they are more).
//!
//! A presence says where the team was, by 200 m cell and neighbourhood; no page makes a figure per officer of it.

mod store;

use areas::{Atlas, Cell};
use kit::{At, Municipality, Result, Tx, Uuid};
use policy::Permit;

/// From when to when an officer was at a place.
#[derive(Clone, Debug, PartialEq)]
pub struct Presence {
    /// Client-made UUID (version 7): the same id is written once.
    pub id: Uuid,
    /// The officer.
    pub account_id: Uuid,
    /// Begin.
    pub started_at: At,
    /// End, not before the begin.
    pub ended_at: At,
    /// Longitude in degrees (WGS84).
    pub lon: f64,
    /// Latitude in degrees (WGS84).
    pub lat: f64,
    /// 200 m cell of the place.
    pub cell: Cell,
    /// Neighbourhood of the place.
    pub area: Option<String>,
    /// Local day of the begin, in days since 1970-01-01.
    pub day: i32,
}

impl Presence {
    /// A presence at a point of `municipality`, with its cell, neighbourhood and local day worked out;
    /// `None` when the point has no place on the municipality's plane.
    #[must_use]
    pub fn at(
        municipality: &Municipality,
        id: Uuid,
        account_id: Uuid,
        (started_at, ended_at): (At, At),
        (lon, lat): (f64, f64),
    ) -> Option<Self> {
        let atlas = municipality.get::<Atlas>();
        Some(Self {
            id,
            account_id,
            started_at,
            ended_at: ended_at.max(started_at),
            lon,
            lat,
            cell: atlas.cell(lon, lat)?,
            area: atlas.sheet().neighbourhood(lon, lat).map(str::to_owned),
            day: started_at.day_and_hour(&municipality.zone).0,
        })
    }
}

/// Writes a presence, once per id; gives whether it was new. A route with its own permit (a round's
/// visit) may call it as well as the observation.
///
/// # Errors
/// When the database refuses.
pub async fn record(tx: &mut Tx, permit: &Permit, presence: &Presence) -> Result<bool> {
    store::insert(tx, permit, presence).await
}

/// Where an officer was and when, for that officer's own request (AVG art. 15).
#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
pub struct Seen {
    /// Begin.
    pub started_at: At,
    /// End.
    pub ended_at: At,
    /// Longitude in degrees (WGS84).
    pub lon: f64,
    /// Latitude in degrees (WGS84).
    pub lat: f64,
    /// Neighbourhood of the place.
    pub area: Option<String>,
}

/// Where one officer was, in order: only for a request of that officer.
///
/// # Errors
/// When the database cannot be read.
pub async fn of_officer(tx: &mut Tx, permit: &Permit, account: Uuid) -> Result<Vec<Seen>> {
    store::of_officer(tx, permit, account).await
}

/// Minutes of presence of the whole team on one day in one neighbourhood.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Minutes {
    /// Local day, in days since 1970-01-01.
    pub day: i64,
    /// Neighbourhood; `None` for places outside every neighbourhood.
    pub area: Option<String>,
    /// Whole minutes of the sum.
    pub minutes: i64,
}

/// Minutes of presence per day and per neighbourhood, from `from_day` up to and including `to_day`
/// (days since 1970-01-01).
///
/// # Errors
/// When the database cannot be read.
pub async fn minutes_between(tx: &mut Tx, permit: &Permit, from_day: i32, to_day: i32) -> Result<Vec<Minutes>> {
    store::minutes(tx, permit, from_day, to_day).await
}
