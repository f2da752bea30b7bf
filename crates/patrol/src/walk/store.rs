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

/// The officers were at a place that was still to come or was crossed off.
pub(super) async fn arrived_after_all(tx: &mut Tx, permit: &Permit, id: Uuid, at: At) -> Result<u64> {
    tx.run(
        "update visit set state = 'arrived', arrived_at = $3, version = version + 1
         where municipality = $1 and id = $2 and state in ('planned', 'skipped')",
        args![permit.municipality(), id, at],
    )
    .await
}

/// The officers left the place of this visit, whatever its version.
pub(super) async fn left_after_all(
    tx: &mut Tx,
    permit: &Permit,
    id: Uuid,
    at: At,
    (outcome, note): (Outcome, &str),
    presence: Option<Uuid>,
) -> Result<u64> {
    tx.run(
        "update visit set state = 'left', left_at = $3, outcome = $4, note = $5, presence_id = $6, version = version + 1
         where municipality = $1 and id = $2 and state = 'arrived'",
        args![permit.municipality(), id, at, outcome, note, presence],
    )
    .await
}

/// What a colleague found and did at the same visit.
pub(super) async fn add_words(tx: &mut Tx, permit: &Permit, id: Uuid, outcome: Outcome, note: &str) -> Result<u64> {
    tx.run(
        "update visit set outcome = $3, note = $4, version = version + 1 where municipality = $1 and id = $2",
        args![permit.municipality(), id, outcome, note],
    )
    .await
}

/// The round that a visit is in.
pub(super) async fn round_of_visit(tx: &mut Tx, permit: &Permit, visit: Uuid) -> Result<Option<(Uuid,)>> {
    tx.opt("select round_id from visit where municipality = $1 and id = $2", args![permit.municipality(), visit]).await
}

/// The shifts that overlap a stretch of time, of one officer or of all.
pub(super) async fn shifts_during(
    tx: &mut Tx,
    permit: &Permit,
    officer: Option<Uuid>,
    from: At,
    to: At,
) -> Result<Vec<(Uuid,)>> {
    match officer {
        Some(officer) => {
            tx.all(
                "select s.id from shift s join shift_officer o on o.municipality = s.municipality and o.shift_id = s.id
                 where s.municipality = $1 and s.ends_at > $2 and s.starts_at < $3 and o.account_id = $4
                 order by s.starts_at, s.id limit 10",
                args![permit.municipality(), from, to, officer],
            )
            .await
        }
        None => {
            tx.all(
                "select id from shift where municipality = $1 and ends_at > $2 and starts_at < $3
                 order by starts_at, id limit 60",
                args![permit.municipality(), from, to],
            )
            .await
        }
    }
}

/// The rounds of a shift, the oldest first.
pub(super) async fn rounds_of(tx: &mut Tx, permit: &Permit, shift: Uuid) -> Result<Vec<(Uuid,)>> {
    tx.all(
        "select id from round where municipality = $1 and shift_id = $2 order by id limit 20",
        args![permit.municipality(), shift],
    )
    .await
}
