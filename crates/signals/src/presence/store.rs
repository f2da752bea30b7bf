//! SQL of presence.

use super::{Minutes, Presence, Seen};
use kit::{Result, Tx, Uuid, args};
use policy::Permit;

/// Inserts a presence, once per id; gives whether it was new.
pub(super) async fn insert(tx: &mut Tx, permit: &Permit, presence: &Presence) -> Result<bool> {
    let new = tx
        .run(
            "insert into presence (municipality, id, account_id, started_at, ended_at, lon, lat, cell_x, cell_y, area, day)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict (municipality, id) do nothing",
            args![
                permit.municipality(),
                presence.id,
                presence.account_id,
                presence.started_at,
                presence.ended_at,
                presence.lon,
                presence.lat,
                presence.cell.0,
                presence.cell.1,
                presence.area.as_deref(),
                presence.day
            ],
        )
        .await?;
    Ok(new == 1)
}

/// Minutes per day and neighbourhood.
pub(super) async fn minutes(tx: &mut Tx, permit: &Permit, from_day: i32, to_day: i32) -> Result<Vec<Minutes>> {
    tx.all(
        "select day, area, cast(sum(ended_at - started_at) as bigint) / 60000000 as minutes
         from presence where municipality = $1 and day between $2 and $3 group by day, area order by day, area",
        args![permit.municipality(), from_day, to_day],
    )
    .await
}

/// Where an officer was, in order.
pub(super) async fn of_officer(tx: &mut Tx, permit: &Permit, account: Uuid) -> Result<Vec<Seen>> {
    tx.all(
        "select started_at, ended_at, lon, lat, area from presence where municipality = $1 and account_id = $2
         order by started_at, id",
        args![permit.municipality(), account],
    )
    .await
}
