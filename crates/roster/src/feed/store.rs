//! SQL of calendar addresses.

use kit::{At, Result, Tx, Uuid, args};
use policy::Permit;

/// The address of an officer.
pub(super) async fn of(tx: &mut Tx, permit: &Permit, account: Uuid) -> Result<Option<Uuid>> {
    let found: Option<(Uuid,)> = tx
        .opt(
            "select id from roster_feed where municipality = $1 and account_id = $2",
            args![permit.municipality(), account],
        )
        .await?;
    Ok(found.map(|row| row.0))
}

/// The officer of an address while the account is open.
pub(super) async fn account(tx: &mut Tx, permit: &Permit, id: Uuid) -> Result<Option<Uuid>> {
    let found: Option<(Uuid,)> = tx
        .opt(
            "select f.account_id from roster_feed f
             join account a on a.municipality = f.municipality and a.id = f.account_id
             where f.municipality = $1 and f.id = $2 and a.active = $3",
            args![permit.municipality(), id, true],
        )
        .await?;
    Ok(found.map(|row| row.0))
}

/// Writes an address.
pub(super) async fn insert(tx: &mut Tx, permit: &Permit, id: Uuid, account: Uuid, at: At) -> Result<()> {
    tx.run(
        "insert into roster_feed (municipality, id, account_id, made_at) values ($1, $2, $3, $4)",
        args![permit.municipality(), id, account, at],
    )
    .await?;
    Ok(())
}

/// Takes the address of an officer away.
pub(super) async fn delete(tx: &mut Tx, permit: &Permit, account: Uuid) -> Result<u64> {
    tx.run("delete from roster_feed where municipality = $1 and account_id = $2", args![permit.municipality(), account])
        .await
}
