//! SQL of a reporter's own data.

use super::Found;
use crate::intake::Reporter;
use kit::{Result, Tx, Uuid, args};
use policy::Permit;

/// Reports by e-mail address, telephone number (its last digits) or name; the caller looks at letters with accents.
pub(super) async fn reporters(tx: &mut Tx, permit: &Permit, [name, email, phone]: [&String; 3]) -> Result<Vec<Found>> {
    tx.all(
        "select s.id, s.reference, s.category, s.words, s.address, s.reported_at, s.closed_at, r.name, r.email, r.phone
         from reporter r join signal s on s.municipality = r.municipality and s.id = r.signal_id
         where r.municipality = $1
            and (($3 <> '' and lower(r.email) = lower($3))
                or ($4 <> '' and replace(replace(replace(replace(replace(r.phone, ' ', ''), '-', ''), '+', ''), '(', ''),
                    ')', '') like '%' || $4)
                or ($2 <> '' and length(r.name) = length($2)))
         order by s.reported_at desc, s.id desc",
        args![permit.municipality(), name, email, phone],
    )
    .await
}

/// Writes other contact details.
pub(super) async fn update(tx: &mut Tx, permit: &Permit, signal: Uuid, to: &Reporter) -> Result<u64> {
    tx.run(
        "update reporter set name = $3, email = $4, phone = $5 where municipality = $1 and signal_id = $2",
        args![permit.municipality(), signal, &to.name, &to.email, &to.phone],
    )
    .await
}

/// Takes the contact details away.
pub(super) async fn delete(tx: &mut Tx, permit: &Permit, signal: Uuid) -> Result<u64> {
    tx.run("delete from reporter where municipality = $1 and signal_id = $2", args![permit.municipality(), signal])
        .await
}
