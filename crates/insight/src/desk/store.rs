//! SQL of the start pages: counts of what is open.

use kit::{At, Result, Tx, args};
use policy::Permit;

#[derive(sqlx::FromRow)]
pub(crate) struct Open {
    pub(crate) open: i64,
    pub(crate) late: i64,
    pub(crate) today: i64,
}

/// Open signals, those past their term, and those reported since `day`: each counted in an index alone.
pub(crate) async fn open(tx: &mut Tx, permit: &Permit, now: At, day: At) -> Result<Open> {
    tx.one(
        "select (select cast(count(*) as bigint) from signal where municipality = $1 and closed_at is null) as open,
            (select cast(count(*) as bigint) from signal
             where municipality = $1 and closed_at is null and due_at is not null and due_at < $2) as late,
            (select cast(count(*) as bigint) from signal
             where municipality = $1 and closed_at is null and reported_at >= $3) as today",
        args![permit.municipality(), now, day],
    )
    .await
}

/// Open issues: several reports of the same thing.
pub(crate) async fn issues(tx: &mut Tx, permit: &Permit) -> Result<i64> {
    let (n,): (i64,) = tx
        .one(
            "select cast(count(*) as bigint) from issue where municipality = $1 and closed_at is null",
            args![permit.municipality()],
        )
        .await?;
    Ok(n)
}

/// Accounts that can sign in.
pub(crate) async fn accounts(tx: &mut Tx, permit: &Permit) -> Result<i64> {
    let (n,): (i64,) = tx
        .one(
            "select cast(count(*) as bigint) from account where municipality = $1 and active = $2",
            args![permit.municipality(), true],
        )
        .await?;
    Ok(n)
}

/// Running campaigns whose review is due on `day` (days since 1970-01-01).
pub(crate) async fn reviews(tx: &mut Tx, permit: &Permit, day: i64) -> Result<i64> {
    let (n,): (i64,) = tx
        .one(
            "select cast(count(*) as bigint) from campaign
             where municipality = $1 and state = 'running' and review_on <= $2",
            args![permit.municipality(), day],
        )
        .await?;
    Ok(n)
}
