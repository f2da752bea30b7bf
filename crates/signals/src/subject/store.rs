//! SQL of a reporter's own data.

use super::Found;
use crate::intake::Reporter;
use kit::{Result, Tx, Uuid, args};
use policy::Permit;

/// Reports by e-mail address, telephone number (its last digits) or name; the caller looks at letters with accents.
pub(super) async fn reporters(tx: &mut Tx, permit: &Permit, [name, email, phone]: [&String; 3]) -> Result<Vec<Found>> {
    tx.all(
        "select id, reference, category, words, address, reported_at, closed_at, name, email, phone, postal from (
            select s.id, s.reference, s.category, s.words, s.address, s.reported_at, s.closed_at, r.name, r.email, r.phone,
                r.postal
            from reporter r join signal s on s.municipality = r.municipality and s.id = r.signal_id
            where r.municipality = $1
            union all
            select s.id, s.reference, s.category, s.words, s.address, s.reported_at, s.closed_at, r.name, r.email, r.phone,
                r.postal
            from junk_reporter r join junk_signal s on s.municipality = r.municipality and s.id = r.signal_id
            where r.municipality = $1) r
         where (($3 <> '' and lower(r.email) = lower($3))
                or ($4 <> '' and replace(replace(replace(replace(replace(r.phone, ' ', ''), '-', ''), '+', ''), '(', ''),
                    ')', '') like '%' || $4)
                or ($2 <> '' and length(r.name) = length($2)))
         order by r.reported_at desc, r.id desc",
        args![permit.municipality(), name, email, phone],
    )
    .await
}

/// Writes other contact details.
pub(super) async fn update(tx: &mut Tx, permit: &Permit, signal: Uuid, to: &Reporter) -> Result<u64> {
    let values = || args![permit.municipality(), signal, &to.name, &to.email, &to.phone, &to.postal];
    let kept = "update reporter set name = $3, email = $4, phone = $5, postal = $6
        where municipality = $1 and signal_id = $2";
    let aside = "update junk_reporter set name = $3, email = $4, phone = $5, postal = $6
        where municipality = $1 and signal_id = $2";
    Ok(tx.run(kept, values()).await? + tx.run(aside, values()).await?)
}

/// Takes the contact details away, and what was said to and by their owner.
pub(super) async fn delete(tx: &mut Tx, permit: &Permit, signal: Uuid) -> Result<u64> {
    tx.run(
        "update message set subject = '', body = '', answer = '' where municipality = $1 and signal_id = $2",
        args![permit.municipality(), signal],
    )
    .await?;
    let values = || args![permit.municipality(), signal];
    tx.run("delete from held_mail where municipality = $1 and signal_id = $2", values()).await?;
    let aside = tx.run("delete from junk_reporter where municipality = $1 and signal_id = $2", values()).await?;
    let kept = tx.run("delete from reporter where municipality = $1 and signal_id = $2", values()).await?;
    Ok(aside + kept)
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

/// Erases one of them; gives how many there were.
pub(super) async fn erase_trace(tx: &mut Tx, permit: &Permit, id: Uuid) -> Result<u64> {
    let values = || args![permit.municipality(), id];
    let followers = tx.run("delete from signal_follower where municipality = $1 and id = $2", values()).await?;
    tx.run("delete from incoming_file where municipality = $1 and mail_id = $2", values()).await?;
    Ok(followers + tx.run("delete from incoming_mail where municipality = $1 and id = $2", values()).await?)
}
