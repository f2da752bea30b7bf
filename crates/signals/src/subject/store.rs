//! SQL of a reporter's own data.

use super::Found;
use crate::intake::Reporter;
use kit::{Result, Tx, Uuid, args};
use policy::Permit;

/// Reports by e-mail address, telephone number (its last digits) or name; the caller looks at letters with accents.
pub(super) async fn reporters(tx: &mut Tx, permit: &Permit, [name, email, phone]: [&String; 3]) -> Result<Vec<Found>> {
    tx.all(
        "select s.id, s.reference, s.category, s.words, s.address, s.reported_at, s.closed_at, r.name, r.email, r.phone, r.postal
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
        "update reporter set name = $3, email = $4, phone = $5, postal = $6 where municipality = $1 and signal_id = $2",
        args![permit.municipality(), signal, &to.name, &to.email, &to.phone, &to.postal],
    )
    .await
}

/// Takes the contact details away, and what was said to and by their owner.
pub(super) async fn delete(tx: &mut Tx, permit: &Permit, signal: Uuid) -> Result<u64> {
    tx.run(
        "update message set subject = '', body = '', answer = '' where municipality = $1 and signal_id = $2",
        args![permit.municipality(), signal],
    )
    .await?;
    tx.run("delete from reporter where municipality = $1 and signal_id = $2", args![permit.municipality(), signal])
        .await
}

/// What else is kept of an address: reports that it follows (reference), and mails of it (subject).
pub(super) async fn traces(tx: &mut Tx, permit: &Permit, email: &str) -> Result<Vec<super::Trace>> {
    tx.all(
        "select f.id, 'follower' as kind, s.reference as about, f.created_at as at from signal_follower f
            join signal s on s.municipality = f.municipality and s.id = f.signal_id
         where f.municipality = $1 and f.email = $2
         union all
         select id, 'mail' as kind, subject as about, received_at as at from incoming_mail
         where municipality = $1 and sender = $2
         order by 4, 1",
        args![permit.municipality(), email],
    )
    .await
}

/// Erases all of it.
pub(super) async fn erase_traces(tx: &mut Tx, permit: &Permit, email: &str) -> Result<u64> {
    let values = || args![permit.municipality(), email];
    let followers = tx.run("delete from signal_follower where municipality = $1 and email = $2", values()).await?;
    tx.run(
        "delete from incoming_file where municipality = $1 and mail_id in
            (select id from incoming_mail where municipality = $1 and sender = $2)",
        values(),
    )
    .await?;
    let mails = tx.run("delete from incoming_mail where municipality = $1 and sender = $2", values()).await?;
    Ok(followers + mails)
}
