//! SQL of the second factor.

use kit::{At, Result, Tx, Uuid, args};

type Whose<'a> = (&'a str, Uuid);

/// Keeps a secret that waits for its confirmation; one that waits already stays, as does a confirmed one.
pub(super) async fn insert(tx: &mut Tx, whose: Whose<'_>, sealed: Vec<u8>, at: At) -> Result<u64> {
    tx.run(
        "insert into second_factor (municipality, account_id, secret_bytes, created_at, confirmed_at, last_step)
         values ($1, $2, $3, $4, null, 0) on conflict (municipality, account_id) do nothing",
        args![whose.0, whose.1, sealed, at],
    )
    .await
}

/// The sealed secret that waits for its confirmation.
pub(super) async fn waiting(tx: &mut Tx, whose: Whose<'_>) -> Result<Option<Vec<u8>>> {
    let row: Option<(Vec<u8>,)> = tx
        .opt(
            "select secret_bytes from second_factor
             where municipality = $1 and account_id = $2 and confirmed_at is null",
            args![whose.0, whose.1],
        )
        .await?;
    Ok(row.map(|r| r.0))
}

/// The sealed secret of a confirmed factor, and the newest step that was used.
pub(super) async fn confirmed(tx: &mut Tx, whose: Whose<'_>) -> Result<Option<(Vec<u8>, i64)>> {
    tx.opt(
        "select secret_bytes, last_step from second_factor
         where municipality = $1 and account_id = $2 and confirmed_at is not null",
        args![whose.0, whose.1],
    )
    .await
}

/// Confirms a factor that waits, with the step that showed it.
pub(super) async fn confirm(tx: &mut Tx, whose: Whose<'_>, step: i64, at: At) -> Result<u64> {
    tx.run(
        "update second_factor set confirmed_at = $3, last_step = $4
         where municipality = $1 and account_id = $2 and confirmed_at is null",
        args![whose.0, whose.1, at, step],
    )
    .await
}

/// Moves the newest used step on to `step`; touches nothing when it is there or past it already.
pub(super) async fn use_step(tx: &mut Tx, whose: Whose<'_>, step: i64) -> Result<u64> {
    tx.run(
        "update second_factor set last_step = $3 where municipality = $1 and account_id = $2 and last_step < $3",
        args![whose.0, whose.1, step],
    )
    .await
}

/// Takes a factor and its recovery codes away.
pub(super) async fn delete(tx: &mut Tx, whose: Whose<'_>) -> Result<u64> {
    delete_recovery(tx, whose).await?;
    tx.run("delete from second_factor where municipality = $1 and account_id = $2", args![whose.0, whose.1]).await
}

/// Keeps the fingerprint of a recovery code.
pub(super) async fn insert_recovery(tx: &mut Tx, whose: Whose<'_>, code_hash: &str) -> Result<()> {
    tx.run(
        "insert into recovery_code (municipality, account_id, code_hash, used_at) values ($1, $2, $3, null)",
        args![whose.0, whose.1, code_hash],
    )
    .await?;
    Ok(())
}

/// Uses up a recovery code; touches nothing when it was used or is none.
pub(super) async fn use_recovery(tx: &mut Tx, whose: Whose<'_>, code_hash: &str, at: At) -> Result<u64> {
    tx.run(
        "update recovery_code set used_at = $4
         where municipality = $1 and account_id = $2 and code_hash = $3 and used_at is null",
        args![whose.0, whose.1, code_hash, at],
    )
    .await
}

/// How many recovery codes are left.
pub(super) async fn recovery_left(tx: &mut Tx, whose: Whose<'_>) -> Result<i64> {
    let (left,): (i64,) = tx
        .one(
            "select count(*) from recovery_code where municipality = $1 and account_id = $2 and used_at is null",
            args![whose.0, whose.1],
        )
        .await?;
    Ok(left)
}

/// Forgets all recovery codes.
pub(super) async fn delete_recovery(tx: &mut Tx, whose: Whose<'_>) -> Result<()> {
    tx.run("delete from recovery_code where municipality = $1 and account_id = $2", args![whose.0, whose.1]).await?;
    Ok(())
}
