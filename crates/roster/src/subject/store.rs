//! SQL of what rosters know of an officer.

use crate::swap::State;
use kit::{At, Result, Tx, Uuid, args};
use policy::Permit;

/// A shift of an officer.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct Duty {
    pub(super) kind: String,
    pub(super) starts_at: At,
    pub(super) ends_at: At,
}

/// A swap in which an officer has a part, with the shift that it is about.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct Swapped {
    pub(super) state: State,
    pub(super) kind: String,
    pub(super) starts_at: At,
    pub(super) ends_at: At,
}

/// Since when there is a calendar address.
pub(super) async fn feed(tx: &mut Tx, permit: &Permit, account: Uuid) -> Result<Option<At>> {
    let found: Option<(At,)> = tx
        .opt(
            "select made_at from roster_feed where municipality = $1 and account_id = $2",
            args![permit.municipality(), account],
        )
        .await?;
    Ok(found.map(|row| row.0))
}

/// The shifts of an officer, in order.
pub(super) async fn duties(tx: &mut Tx, permit: &Permit, account: Uuid) -> Result<Vec<Duty>> {
    tx.all(
        "select s.kind, s.starts_at, s.ends_at from roster_place p
         join roster_shift s on s.municipality = p.municipality and s.id = p.shift_id
         where p.municipality = $1 and p.account_id = $2 order by s.starts_at, s.id",
        args![permit.municipality(), account],
    )
    .await
}

/// The swaps of an officer, in order.
pub(super) async fn swaps(tx: &mut Tx, permit: &Permit, account: Uuid) -> Result<Vec<Swapped>> {
    tx.all(
        "select w.state, s.kind, s.starts_at, s.ends_at from roster_swap w
         join roster_shift s on s.municipality = w.municipality and s.id = w.shift_id
         where w.municipality = $1 and (w.officer = $2 or w.other = $2) order by w.asked_at, w.id",
        args![permit.municipality(), account],
    )
    .await
}

/// Takes away what nothing needs; `today` in days since 1970-01-01.
pub(super) async fn erase(tx: &mut Tx, permit: &Permit, account: Uuid, today: i64) -> Result<()> {
    let values = || args![permit.municipality(), account];
    tx.run("delete from roster_feed where municipality = $1 and account_id = $2", values()).await?;
    tx.run(
        "delete from roster_request where municipality = $1 and account_id = $2 and first_day > $3",
        args![permit.municipality(), account, today],
    )
    .await?;
    tx.run(
        "delete from roster_swap where municipality = $1 and (officer = $2 or other = $2)
            and state in ('offered', 'accepted')",
        values(),
    )
    .await?;
    // What a shift that was worked must be checked against stays with it.
    for sql in [
        "delete from roster_skill where municipality = $1 and account_id = $2 and not exists
            (select 1 from roster_place p where p.municipality = $1 and p.account_id = $2)",
        "delete from roster_loan where municipality = $1 and account_id = $2 and not exists
            (select 1 from roster_place p where p.municipality = $1 and p.account_id = $2)",
        "delete from roster_officer where municipality = $1 and account_id = $2 and not exists
            (select 1 from roster_place p where p.municipality = $1 and p.account_id = $2)",
    ] {
        tx.run(sql, values()).await?;
    }
    Ok(())
}
