//! SQL of calls for assistance.

use super::{Call, CallState};
use kit::{At, Result, Tx, Uuid, args};
use policy::Permit;

/// A new call, once per id.
pub(super) async fn insert(
    tx: &mut Tx,
    permit: &Permit,
    (id, account): (Uuid, Uuid),
    (at, received_at): (At, At),
    place: Option<((f64, f64), At)>,
) -> Result<u64> {
    tx.run(
        "insert into field_call (municipality, id, account_id, at, received_at, lon, lat, place_at, state, note, version)
         values ($1, $2, $3, $4, $5, $6, $7, $8, 'open', '', 1) on conflict (municipality, id) do nothing",
        args![
            permit.municipality(),
            id,
            account,
            at,
            received_at,
            place.map(|p| p.0.0),
            place.map(|p| p.0.1),
            place.map(|p| p.1)
        ],
    )
    .await
}

/// One call.
pub(super) async fn get(tx: &mut Tx, permit: &Permit, id: Uuid) -> Result<Option<Call>> {
    tx.opt(
        "select c.id, c.account_id, coalesce(a.name, '') as officer, c.at, c.received_at, c.lon, c.lat, c.place_at,
            c.state, c.answered_at, c.note, c.version
         from field_call c left join account a on a.municipality = c.municipality and a.id = c.account_id
         where c.municipality = $1 and c.id = $2",
        args![permit.municipality(), id],
    )
    .await
}

/// The calls that need somebody, and those that came in since a moment.
pub(super) async fn recent(tx: &mut Tx, permit: &Permit, since: At) -> Result<Vec<Call>> {
    tx.all(
        "select c.id, c.account_id, coalesce(a.name, '') as officer, c.at, c.received_at, c.lon, c.lat, c.place_at,
            c.state, c.answered_at, c.note, c.version
         from field_call c left join account a on a.municipality = c.municipality and a.id = c.account_id
         where c.municipality = $1 and (c.state <> 'closed' or c.received_at >= $2)
         order by c.received_at, c.id limit 50",
        args![permit.municipality(), since],
    )
    .await
}

/// It becomes `state`; who and when is kept.
pub(super) async fn set(tx: &mut Tx, permit: &Permit, id: Uuid, state: CallState, at: At, note: &str) -> Result<u64> {
    let answered = state == CallState::Answered;
    let sql = if answered {
        "update field_call set state = $3, answered_at = $4, answered_by = $5, note = $6, version = version + 1
         where municipality = $1 and id = $2"
    } else {
        "update field_call set state = $3, closed_at = $4, closed_by = $5, note = $6, version = version + 1
         where municipality = $1 and id = $2"
    };
    tx.run(sql, args![permit.municipality(), id, state, at, permit.actor(), note]).await
}
