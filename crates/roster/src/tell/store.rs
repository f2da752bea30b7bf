//! SQL of addresses.

use kit::{Result, Tx, Uuid, args};
use policy::Permit;

/// Name and e-mail address of an open account that has one.
pub(super) async fn address(tx: &mut Tx, permit: &Permit, account: Uuid) -> Result<Option<(String, String)>> {
    tx.opt(
        "select name, email from account where municipality = $1 and id = $2 and active = $3 and email <> ''",
        args![permit.municipality(), account, true],
    )
    .await
}
