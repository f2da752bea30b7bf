//! SQL of calls.

use crate::issues::Frame;
use kit::{At, Result, Tx, Uuid, args};
use policy::Permit;

/// An open report near a point.
#[derive(sqlx::FromRow)]
pub(super) struct Near {
    pub(super) id: Uuid,
    pub(super) reference: String,
    pub(super) reported_at: At,
    pub(super) lon: f64,
    pub(super) lat: f64,
}

/// Open reports of a category within a frame, newest first, at most five.
pub(super) async fn near(tx: &mut Tx, permit: &Permit, category: &str, frame: &Frame) -> Result<Vec<Near>> {
    tx.all(
        "select id, reference, reported_at, lon, lat from signal
         where municipality = $1 and category = $2 and closed_at is null
            and lon between $3 and $4 and lat between $5 and $6
         order by reported_at desc limit 5",
        args![permit.municipality(), category, frame.west, frame.east, frame.south, frame.north],
    )
    .await
}
