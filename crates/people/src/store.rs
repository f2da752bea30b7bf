//! SQL of accounts and sessions.

use crate::account::Account;
use kit::{At, Result, Tx, Uuid, args};

/// Inserts an account unless its id is there.
pub(crate) async fn insert_account(tx: &mut Tx, account: &Account, password_hash: &str, at: At) -> Result<()> {
    tx.run(
        "insert into account (municipality, id, username, name, role, password_hash, active, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (municipality, id) do nothing",
        args![
            &account.municipality,
            account.id,
            &account.username,
            &account.name,
            account.role,
            password_hash,
            account.active,
            at
        ],
    )
    .await?;
    Ok(())
}

/// The accounts of a municipality by name.
pub(crate) async fn accounts(tx: &mut Tx, municipality: &str) -> Result<Vec<Account>> {
    tx.all(
        "select municipality, id, username, name, role, active from account where municipality = $1
         order by name, id limit 500",
        args![municipality],
    )
    .await
}

/// The account of a sign-in name.
pub(crate) async fn by_username(tx: &mut Tx, username: &str) -> Result<Option<Account>> {
    tx.opt("select municipality, id, username, name, role, active from account where username = $1", args![username])
        .await
}

/// The password hash of a sign-in name.
pub(crate) async fn password_hash(tx: &mut Tx, username: &str) -> Result<Option<String>> {
    let row: Option<(String,)> =
        tx.opt("select password_hash from account where username = $1", args![username]).await?;
    Ok(row.map(|r| r.0))
}

/// A session with the account that it is of.
#[derive(sqlx::FromRow)]
pub(crate) struct Found {
    pub(crate) municipality: String,
    pub(crate) account_id: Uuid,
    pub(crate) name: String,
    pub(crate) role: policy::Role,
    pub(crate) seen_at: At,
}

/// The living session of a token's hash: used since `idle`, opened since `life`, account active.
pub(crate) async fn session(tx: &mut Tx, token_hash: &str, idle: i64, life: i64) -> Result<Option<Found>> {
    tx.opt(
        "select s.municipality, s.account_id, a.name, a.role, s.seen_at
         from session s join account a on a.municipality = s.municipality and a.id = s.account_id
         where s.token_hash = $1 and a.active and s.seen_at > $2 and s.created_at > $3",
        args![token_hash, idle, life],
    )
    .await
}

/// Writes down the last use of a session.
pub(crate) async fn touch(tx: &mut Tx, token_hash: &str, now: At) -> Result<()> {
    tx.run("update session set seen_at = $2 where token_hash = $1", args![token_hash, now]).await?;
    Ok(())
}

/// Opens a session.
pub(crate) async fn insert_session(tx: &mut Tx, account: &Account, token_hash: &str, now: At) -> Result<()> {
    tx.run(
        "insert into session (municipality, token_hash, account_id, created_at, seen_at) values ($1, $2, $3, $4, $4)",
        args![&account.municipality, token_hash, account.id, now],
    )
    .await?;
    Ok(())
}

/// Ends a session.
pub(crate) async fn delete_session(tx: &mut Tx, token_hash: &str) -> Result<()> {
    tx.run("delete from session where token_hash = $1", args![token_hash]).await?;
    Ok(())
}
