//! SQL of walking a round.

use crate::round::Outcome;
use kit::{At, Result, Tx, Uuid, args};
use policy::Permit;
use signals::State;

/// An officer arrived at a planned visit of this version.
pub(super) async fn arrived(tx: &mut Tx, permit: &Permit, id: Uuid, version: i64, at: At) -> Result<u64> {
    tx.run(
        "update visit set state = 'arrived', arrived_at = $4, version = version + 1
         where municipality = $1 and id = $2 and version = $3 and state = 'planned'",
        args![permit.municipality(), id, version, at],
    )
    .await
}

/// The officers left the place of this visit.
pub(super) async fn left(
    tx: &mut Tx,
    permit: &Permit,
    (id, version): (Uuid, i64),
    at: At,
    (outcome, note): (Outcome, &str),
    presence: Option<Uuid>,
) -> Result<u64> {
    tx.run(
        "update visit set state = 'left', left_at = $4, outcome = $5, note = $6, presence_id = $7, version = version + 1
         where municipality = $1 and id = $2 and version = $3 and state = 'arrived'",
        args![permit.municipality(), id, version, at, outcome, note, presence],
    )
    .await
}

/// A planned visit does not happen; the note says why.
pub(super) async fn skipped(tx: &mut Tx, permit: &Permit, id: Uuid, version: i64, note: &str) -> Result<u64> {
    tx.run(
        "update visit set state = 'skipped', note = $4, version = version + 1
         where municipality = $1 and id = $2 and version = $3 and state = 'planned'",
        args![permit.municipality(), id, version, note],
    )
    .await
}

/// All planned visits that are left do not happen.
pub(super) async fn skip_rest(tx: &mut Tx, permit: &Permit, round: Uuid, note: &str) -> Result<u64> {
    tx.run(
        "update visit set state = 'skipped', note = $3, version = version + 1
         where municipality = $1 and round_id = $2 and state = 'planned'",
        args![permit.municipality(), round, note],
    )
    .await
}

/// The open signals that a target stands for: the signal itself, or those of the issue.
pub(super) async fn open_signals(tx: &mut Tx, permit: &Permit, target: Uuid) -> Result<Vec<(Uuid, State)>> {
    tx.all(
        "select id, state from signal where municipality = $1 and (id = $2 or issue_id = $2) and closed_at is null
         order by reported_at, id limit 500",
        args![permit.municipality(), target],
    )
    .await
}
