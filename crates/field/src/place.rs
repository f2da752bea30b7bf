//! Where an officer is, in broad lines: the middle of a square of 200 m, the latest only, only during the own shift,
//! only for coordinators. It goes when the officer says so and when the shift ends; only a call for assistance keeps
//! its own place.

mod store;

use crate::FieldConfig;
use areas::Atlas;
use kit::{At, Fault, Tx, Uuid, jobs};
use patrol::walk::today;
use policy::{Permit, Resource};
use serde::Deserialize;
use site::{Cx, Shared};

/// The name of the job that takes places away at the end of a shift.
pub const CLEAR: &str = "field-place-clear";

/// What a phone says of its place.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(untagged, deny_unknown_fields)]
pub enum Said {
    /// Here.
    Here {
        /// Longitude in degrees (WGS84).
        lon: f64,
        /// Latitude in degrees (WGS84).
        lat: f64,
    },
    /// The officer does not share the place (any more).
    Off {
        /// Always true.
        off: bool,
    },
}

/// Where an officer is, about.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
pub struct Place {
    /// The officer.
    pub account_id: Uuid,
    /// Longitude of the middle of the square (WGS84).
    pub lon: f64,
    /// Latitude of it.
    pub lat: f64,
    /// When.
    pub at: At,
}

/// Keeps what the phone says, when the officer has a shift now; gives whether a place is kept.
///
/// # Errors
/// When the database refuses.
pub async fn say(cx: &Cx, tx: &mut Tx, permit: &Permit, said: Said) -> Result<bool, Fault> {
    let account = permit.actor().ok_or(Fault::SignIn)?;
    let Said::Here { lon, lat } = said else {
        store::forget(tx, permit, account).await?;
        return Ok(false);
    };
    let atlas = cx.municipality.get::<Atlas>();
    let square = atlas.cell(lon, lat).and_then(|cell| atlas.plane().cell_centre(cell));
    let margin = cx.municipality.get::<FieldConfig>().position.margin_min * 60_000_000;
    let (from, to) = (At::from_micros(cx.now.micros() - margin), At::from_micros(cx.now.micros() + margin));
    let shifts = today::days(tx, permit, Some(account), (from, to)).await?;
    let until = shifts.iter().map(|d| At::from_micros(d.shift.ends_at.micros() + margin)).max();
    let (Some(square), Some(until), true) = (square, until, cx.municipality.contains(lon, lat)) else {
        store::forget(tx, permit, account).await?;
        return Ok(false);
    };
    store::keep(tx, permit, account, square, cx.now, until).await?;
    let key = until.micros().to_string();
    jobs::enqueue(tx, cx.code(), CLEAR, &serde_json::json!({}), Some(&key), until).await?;
    Ok(true)
}

/// Where officers are now.
///
/// # Errors
/// When the database cannot be read.
pub async fn all(tx: &mut Tx, permit: &Permit, now: At) -> Result<Vec<Place>, Fault> {
    Ok(store::all(tx, permit, now).await?)
}

/// Where one officer is, when that is known.
///
/// # Errors
/// When the database cannot be read.
pub(crate) async fn of(tx: &mut Tx, permit: &Permit, account: Uuid, now: At) -> Result<Option<Place>, Fault> {
    Ok(store::all(tx, permit, now).await?.into_iter().find(|p| p.account_id == account))
}

/// Job [`CLEAR`]: places of shifts that ended are destroyed.
///
/// # Errors
/// When the database refuses.
pub async fn clear(app: Shared, job: jobs::Job) -> anyhow::Result<()> {
    let municipality = app.municipality(&job.municipality)?;
    let cx = Cx::system(&app, &municipality, "public:read");
    let permit = cx.permit("public:read", &Resource::open("field", cx.code()))?;
    let mut tx = cx.write().await?;
    store::clear(&mut tx, &permit, cx.now).await?;
    tx.commit().await?;
    app.main.empty_journal().await?;
    Ok(())
}
