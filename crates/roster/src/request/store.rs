//! SQL of requests.

use super::{Request, State};
use kit::{At, Result, Tx, Uuid, args};
use policy::Permit;

/// The requests of municipality `$1`, followed by `$rest`.
macro_rules! rows {
    ($rest:literal) => {
        concat!(
            "select q.id, q.account_id, a.name as person, q.kind, q.shift_kind, q.first_day, q.last_day, q.state,
                q.asked_at, q.reason, q.version
             from roster_request q join account a on a.municipality = q.municipality and a.id = q.account_id
             where q.municipality = $1 and ",
            $rest
        )
    };
}

/// One request.
pub(super) async fn get(tx: &mut Tx, permit: &Permit, id: Uuid) -> Result<Option<Request>> {
    tx.opt(rows!("q.id = $2"), args![permit.municipality(), id]).await
}

/// The requests that share a day with a stretch of days.
pub(super) async fn between(tx: &mut Tx, permit: &Permit, first: i64, end: i64) -> Result<Vec<Request>> {
    tx.all(
        rows!("q.last_day >= $2 and q.first_day < $3 order by q.first_day, a.name, q.id"),
        args![permit.municipality(), first, end],
    )
    .await
}

/// The requests of an officer.
pub(super) async fn of_officer(tx: &mut Tx, permit: &Permit, account: Uuid) -> Result<Vec<Request>> {
    tx.all(rows!("q.account_id = $2 order by q.first_day, q.id"), args![permit.municipality(), account]).await
}

/// Writes a request; `decided`: when it needs no decision.
pub(super) async fn insert(tx: &mut Tx, permit: &Permit, q: &Request, decided: Option<At>) -> Result<()> {
    tx.run(
        "insert into roster_request (municipality, id, account_id, kind, shift_kind, first_day, last_day, state,
            asked_at, asked_by, decided_at, reason, version)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, '', 1)",
        args![
            permit.municipality(),
            q.id,
            q.account_id,
            q.kind,
            &q.shift_kind,
            q.first_day,
            q.last_day,
            q.state,
            q.asked_at,
            permit.actor(),
            decided
        ],
    )
    .await?;
    Ok(())
}

/// Moves a request to a state while its version is still the present one.
pub(super) async fn set_state(
    tx: &mut Tx,
    permit: &Permit,
    (id, version): (Uuid, i64),
    state: State,
    reason: &str,
    at: At,
) -> Result<u64> {
    tx.run(
        "update roster_request set state = $4, reason = $5, decided_at = $6, decided_by = $7, version = version + 1
         where municipality = $1 and id = $2 and version = $3",
        args![permit.municipality(), id, version, state, reason, at, permit.actor()],
    )
    .await
}

/// Gives a request another last day while its version is still the present one.
pub(super) async fn set_last(tx: &mut Tx, permit: &Permit, (id, version): (Uuid, i64), last: i64) -> Result<u64> {
    tx.run(
        "update roster_request set last_day = $4, version = version + 1
         where municipality = $1 and id = $2 and version = $3",
        args![permit.municipality(), id, version, last],
    )
    .await
}
