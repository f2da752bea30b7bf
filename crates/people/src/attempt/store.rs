//! SQL of sign-ins that wait for their second half.

use super::Attempt;
use kit::{At, Result, Tx, args};

/// Keeps an attempt.
pub(super) async fn insert(tx: &mut Tx, state_hash: &str, a: &Attempt) -> Result<()> {
    tx.run(
        "insert into login_attempt (municipality, state_hash, kind, browser_hash, account_id, nonce, verifier, back,
            created_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        args![
            &a.municipality,
            state_hash,
            a.kind,
            &a.browser_hash,
            a.account_id,
            &a.nonce,
            &a.verifier,
            &a.back,
            a.created_at
        ],
    )
    .await?;
    Ok(())
}

/// Reads an attempt.
pub(super) async fn find(tx: &mut Tx, state_hash: &str) -> Result<Option<Attempt>> {
    tx.opt(
        "select municipality, kind, browser_hash, account_id, nonce, verifier, back, created_at from login_attempt
         where state_hash = $1",
        args![state_hash],
    )
    .await
}

/// Reads an attempt and removes it in one statement: of two that come at once, one gets it.
pub(super) async fn take(tx: &mut Tx, state_hash: &str) -> Result<Option<Attempt>> {
    tx.opt(
        "delete from login_attempt where state_hash = $1
         returning municipality, kind, browser_hash, account_id, nonce, verifier, back, created_at",
        args![state_hash],
    )
    .await
}

/// Removes attempts that began before `before`.
pub(super) async fn delete_before(tx: &mut Tx, before: At) -> Result<()> {
    tx.run("delete from login_attempt where created_at < $1", args![before]).await?;
    Ok(())
}
