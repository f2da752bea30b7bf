//! SQL of the data on a person with an account.

use super::Found;
use kit::{Result, Tx, Uuid, args};
use policy::Permit;

/// Every account of the municipality.
pub(super) async fn accounts(tx: &mut Tx, permit: &Permit) -> Result<Vec<Found>> {
    tx.all(
        "select a.id, a.username, a.name, a.email, a.role, a.active, a.created_at, a.ended_at,
            (select max(s.seen_at) from session s where s.municipality = a.municipality and s.account_id = a.id)
                as seen_at,
            (select count(*) from authorisation z where z.municipality = a.municipality and z.account_id = a.id)
                as authorisations
         from account a where a.municipality = $1 order by a.name, a.id",
        args![permit.municipality()],
    )
    .await
}

/// Writes name and e-mail address.
pub(super) async fn update(tx: &mut Tx, permit: &Permit, account: Uuid, (name, email): (&str, &str)) -> Result<u64> {
    tx.run(
        "update account set name = $3, email = $4, version = version + 1 where municipality = $1 and id = $2",
        args![permit.municipality(), account, name, email],
    )
    .await
}

/// Takes away who it is.
pub(super) async fn wipe(tx: &mut Tx, permit: &Permit, account: Uuid) -> Result<()> {
    let values = || args![permit.municipality(), account];
    tx.run("delete from session where municipality = $1 and account_id = $2", values()).await?;
    tx.run("delete from recovery_code where municipality = $1 and account_id = $2", values()).await?;
    tx.run("delete from second_factor where municipality = $1 and account_id = $2", values()).await?;
    tx.run("delete from welcome_link where municipality = $1 and account_id = $2", values()).await?;
    tx.run(
        "update account set name = '-', email = '', username = $3, password_hash = '', issuer = '', subject = '',
            version = version + 1 where municipality = $1 and id = $2",
        args![permit.municipality(), account, format!("erased-{account}")],
    )
    .await?;
    Ok(())
}
