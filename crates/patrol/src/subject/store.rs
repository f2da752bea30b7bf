//! SQL of where an officer worked.

use kit::{At, Result, Tx, Uuid, args};
use policy::Permit;

/// Begin and end of the shifts in which an officer had a round.
pub(super) async fn rounds(tx: &mut Tx, permit: &Permit, account: Uuid) -> Result<Vec<(At, At)>> {
    tx.all(
        "select s.starts_at, s.ends_at from round_officer o
         join round r on r.municipality = o.municipality and r.id = o.round_id
         join shift s on s.municipality = r.municipality and s.id = r.shift_id
         where o.municipality = $1 and o.account_id = $2 order by s.starts_at, r.id",
        args![permit.municipality(), account],
    )
    .await
}
