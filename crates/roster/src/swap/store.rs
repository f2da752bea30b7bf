//! SQL of swaps.

use super::{State, Swap};
use kit::{At, Result, Tx, Uuid, args};
use policy::Permit;

/// The swaps of municipality `$1` with names and shifts, followed by `$rest`.
macro_rules! rows {
    ($rest:literal) => {
        concat!(
            "select w.id, w.roster_id, w.officer, a.name as officer_name, w.shift_id, s.kind, s.starts_at, w.other,
                b.name as other_name, w.other_shift_id, t.kind as other_kind, t.starts_at as other_starts_at, w.state,
                w.version
             from roster_swap w
             join account a on a.municipality = w.municipality and a.id = w.officer
             join account b on b.municipality = w.municipality and b.id = w.other
             join roster_shift s on s.municipality = w.municipality and s.id = w.shift_id
             left join roster_shift t on t.municipality = w.municipality and t.id = w.other_shift_id
             where w.municipality = $1 and ",
            $rest
        )
    };
}

/// One swap.
pub(super) async fn get(tx: &mut Tx, permit: &Permit, id: Uuid) -> Result<Option<Swap>> {
    tx.opt(rows!("w.id = $2"), args![permit.municipality(), id]).await
}

/// The swaps that wait, of one officer or of all.
pub(super) async fn open(tx: &mut Tx, permit: &Permit, account: Option<Uuid>) -> Result<Vec<Swap>> {
    let all = account.is_none();
    tx.all(
        rows!(
            "w.state in ('offered', 'accepted') and ($3 or w.officer = $2 or w.other = $2)
             order by w.asked_at, w.id limit 200"
        ),
        args![permit.municipality(), account.unwrap_or_default(), all],
    )
    .await
}

/// Whether a shift of an officer is in a swap that waits.
pub(super) async fn waits(tx: &mut Tx, permit: &Permit, officer: Uuid, shift: Uuid) -> Result<bool> {
    let (count,): (i64,) = tx
        .one(
            "select count(*) from roster_swap where municipality = $1 and officer = $2 and shift_id = $3
                and state in ('offered', 'accepted')",
            args![permit.municipality(), officer, shift],
        )
        .await?;
    Ok(count > 0)
}

/// A swap to be.
pub(super) struct New {
    pub(super) id: Uuid,
    pub(super) roster: Uuid,
    pub(super) officer: Uuid,
    pub(super) shift: Uuid,
    pub(super) other: Uuid,
    pub(super) other_shift: Option<Uuid>,
}

/// Writes an offer.
pub(super) async fn insert(tx: &mut Tx, permit: &Permit, new: &New, at: At) -> Result<()> {
    tx.run(
        "insert into roster_swap (municipality, id, roster_id, officer, shift_id, other, other_shift_id, state, asked_at,
            reason, version) values ($1, $2, $3, $4, $5, $6, $7, 'offered', $8, '', 1)",
        args![
            permit.municipality(),
            new.id,
            new.roster,
            new.officer,
            new.shift,
            new.other,
            new.other_shift,
            at
        ],
    )
    .await?;
    Ok(())
}

/// The colleague's answer, or the end of an offer, while its version is still the present one.
pub(super) async fn set_state(
    tx: &mut Tx,
    permit: &Permit,
    (id, version): (Uuid, i64),
    state: State,
    reason: &str,
    at: At,
) -> Result<u64> {
    let decided = matches!(state, State::Approved | State::Refused);
    tx.run(
        "update roster_swap set state = $4, reason = $5, version = version + 1,
            answered_at = case when $7 then answered_at else $6 end,
            decided_at = case when $7 then $6 else decided_at end,
            decided_by = case when $7 then $8 else decided_by end
         where municipality = $1 and id = $2 and version = $3",
        args![permit.municipality(), id, version, state, reason, at, decided, permit.actor()],
    )
    .await
}
