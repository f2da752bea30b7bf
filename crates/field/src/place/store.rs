//! SQL of places.

use super::Place;
use kit::{At, Result, Tx, Uuid, args};
use policy::Permit;

/// The latest place of an officer.
pub(super) async fn keep(
    tx: &mut Tx,
    permit: &Permit,
    account: Uuid,
    (lon, lat): (f64, f64),
    at: At,
    until: At,
) -> Result<u64> {
    tx.run(
        "insert into field_position (municipality, account_id, lon, lat, at, until) values ($1, $2, $3, $4, $5, $6)
         on conflict (municipality, account_id) do update set lon = $3, lat = $4, at = $5, until = $6",
        args![permit.municipality(), account, lon, lat, at, until],
    )
    .await
}

/// An officer's place goes.
pub(super) async fn forget(tx: &mut Tx, permit: &Permit, account: Uuid) -> Result<u64> {
    tx.run(
        "delete from field_position where municipality = $1 and account_id = $2",
        args![permit.municipality(), account],
    )
    .await
}

/// The places that still count.
pub(super) async fn all(tx: &mut Tx, permit: &Permit, now: At) -> Result<Vec<Place>> {
    tx.all(
        "select account_id, lon, lat, at from field_position where municipality = $1 and until > $2 order by account_id",
        args![permit.municipality(), now],
    )
    .await
}

/// The places of shifts that are over go.
pub(super) async fn clear(tx: &mut Tx, permit: &Permit, now: At) -> Result<u64> {
    tx.run("delete from field_position where municipality = $1 and until <= $2", args![permit.municipality(), now])
        .await
}
