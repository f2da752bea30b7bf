//! SQL of receivers and of what is told to them.

use super::{Standing, Welcome};
use kit::{At, Result, Tx, Uuid, args};
use policy::Permit;

/// A receiver.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct Webhook {
    pub id: Uuid,
    pub name: String,
    pub url: String,
    /// The wanted types between spaces; empty for all.
    pub types: String,
    /// Sealed, as hexadecimal digits.
    pub secret: String,
    /// The one before, sealed; empty when there is none.
    pub previous_secret: String,
    /// Until when the one before signs along.
    pub previous_until: Option<At>,
    pub is_active: bool,
    pub failing_since: Option<At>,
    /// Failures in a row.
    pub failures: i64,
    pub last_status: String,
    pub welcome: Welcome,
    pub version: i64,
}

/// A notice to one receiver.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct Notice {
    pub id: Uuid,
    #[sqlx(rename = "type")]
    pub kind: String,
    pub subject: String,
    pub at: At,
    pub attempts: i64,
    pub next_at: At,
    pub state: Standing,
    pub answer: String,
    pub answered_at: Option<At>,
}

/// Every receiver, by name.
pub(super) async fn all(tx: &mut Tx, municipality: &str) -> Result<Vec<Webhook>> {
    tx.all(
        "select id, name, url, types, secret, previous_secret, previous_until, is_active, failing_since, failures,
                last_status, welcome, version
         from webhook where municipality = $1 order by name, id",
        args![municipality],
    )
    .await
}

/// One receiver.
pub(super) async fn one(tx: &mut Tx, municipality: &str, id: Uuid) -> Result<Option<Webhook>> {
    Ok(all(tx, municipality).await?.into_iter().find(|w| w.id == id))
}

/// A receiver as an administrator wrote it down.
pub(super) struct New<'a> {
    pub id: Uuid,
    pub name: &'a str,
    pub url: &'a str,
    pub types: &'a str,
    pub secret: &'a str,
    pub welcome: Welcome,
}

pub(super) async fn insert(tx: &mut Tx, permit: &Permit, new: &New<'_>, at: At) -> Result<()> {
    tx.run(
        "insert into webhook (municipality, id, name, url, types, secret, is_active, created_at, welcome, version)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1)",
        args![permit.municipality(), new.id, new.name, new.url, new.types, new.secret, true, at, new.welcome],
    )
    .await?;
    Ok(())
}

/// Pauses or resumes; what failed before is forgotten. False when the form was stale.
pub(super) async fn switch(tx: &mut Tx, permit: &Permit, id: Uuid, version: i64, active: bool) -> Result<bool> {
    Ok(tx
        .run(
            "update webhook set is_active = $4, failing_since = null, failures = 0, version = version + 1
             where municipality = $1 and id = $2 and version = $3",
            args![permit.municipality(), id, version, active],
        )
        .await?
        == 1)
}

/// What waits for a resumed receiver is due at once.
pub(super) async fn hurry(tx: &mut Tx, permit: &Permit, id: Uuid, at: At) -> Result<()> {
    tx.run(
        "update notice set next_at = $3 where municipality = $1 and webhook_id = $2 and state = 'waiting'",
        args![permit.municipality(), id, at],
    )
    .await?;
    Ok(())
}

/// A new secret; the old one signs along until `until`. False when the form was stale.
pub(super) async fn rotate(
    tx: &mut Tx,
    permit: &Permit,
    id: Uuid,
    version: i64,
    secret: &str,
    until: At,
) -> Result<bool> {
    Ok(tx
        .run(
            "update webhook set previous_secret = secret, previous_until = $5, secret = $4, version = version + 1
             where municipality = $1 and id = $2 and version = $3",
            args![permit.municipality(), id, version, secret, until],
        )
        .await?
        == 1)
}

/// Removes a receiver and what was told to it. False when the form was stale.
pub(super) async fn delete(tx: &mut Tx, permit: &Permit, id: Uuid, version: i64) -> Result<bool> {
    let municipality = permit.municipality();
    tx.run("delete from notice where municipality = $1 and webhook_id = $2", args![municipality, id]).await?;
    let gone = tx
        .run(
            "delete from webhook where municipality = $1 and id = $2 and version = $3",
            args![municipality, id, version],
        )
        .await?;
    Ok(gone == 1)
}

/// Writes down a notice for one receiver only.
pub(super) async fn tell(tx: &mut Tx, permit: &Permit, webhook: Uuid, id: Uuid, kind: &str, at: At) -> Result<()> {
    tx.run(
        "insert into notice (municipality, webhook_id, id, type, subject, at, next_at)
         values ($1, $2, $3, $4, $5, $6, $6) on conflict (municipality, webhook_id, id) do nothing",
        args![permit.municipality(), webhook, id, kind, webhook.to_string(), at],
    )
    .await?;
    Ok(())
}

/// The newest notices of a receiver.
pub(super) async fn latest(tx: &mut Tx, permit: &Permit, webhook: Uuid, most: i64) -> Result<Vec<Notice>> {
    tx.all(
        "select id, type, subject, at, attempts, next_at, state, answer, answered_at from notice
         where municipality = $1 and webhook_id = $2 order by at desc, id desc limit $3",
        args![permit.municipality(), webhook, most],
    )
    .await
}

/// Receiver → how many notices wait for it.
pub(super) async fn waiting(tx: &mut Tx, permit: &Permit) -> Result<Vec<(Uuid, i64)>> {
    tx.all(
        "select webhook_id, count(*) from notice where municipality = $1 and state = 'waiting' group by webhook_id",
        args![permit.municipality()],
    )
    .await
}

/// Takes the notice that is due the longest, the least tried first, and keeps others off it until `lease`.
pub(super) async fn claim(
    tx: &mut Tx,
    municipality: &str,
    webhook: Uuid,
    now: At,
    lease: At,
) -> Result<Option<Notice>> {
    tx.opt(
        "update notice set attempts = attempts + 1, next_at = $4
         where municipality = $1 and webhook_id = $2 and state = 'waiting' and next_at <= $3 and id =
            (select id from notice where municipality = $1 and webhook_id = $2 and state = 'waiting' and next_at <= $3
             order by attempts, at, id limit 1)
         returning id, type, subject, at, attempts, next_at, state, answer, answered_at",
        args![municipality, webhook, now, lease],
    )
    .await
}

/// How a try of a notice ended.
pub(super) struct Tried<'a> {
    pub notice: Uuid,
    pub state: Standing,
    pub answer: &'a str,
    pub at: At,
    pub next: At,
}

/// Writes down how a try ended.
pub(super) async fn settle(tx: &mut Tx, municipality: &str, webhook: Uuid, tried: &Tried<'_>) -> Result<()> {
    tx.run(
        "update notice set state = $4, answer = $5, answered_at = $6, next_at = $7
         where municipality = $1 and webhook_id = $2 and id = $3",
        args![municipality, webhook, tried.notice, tried.state, tried.answer, tried.at, tried.next],
    )
    .await?;
    Ok(())
}

/// After a failure, everything for this receiver waits until `next`.
pub(super) async fn postpone(tx: &mut Tx, municipality: &str, webhook: Uuid, next: At) -> Result<()> {
    tx.run(
        "update notice set next_at = $3
         where municipality = $1 and webhook_id = $2 and state = 'waiting' and next_at < $3",
        args![municipality, webhook, next],
    )
    .await?;
    Ok(())
}

/// How the receiver stands after an answer.
pub(super) async fn mark(
    tx: &mut Tx,
    municipality: &str,
    webhook: Uuid,
    status: &str,
    failing_since: Option<At>,
    failures: i64,
) -> Result<()> {
    tx.run(
        "update webhook set last_status = $3, failing_since = $4, failures = $5 where municipality = $1 and id = $2",
        args![municipality, webhook, status, failing_since, failures],
    )
    .await?;
    Ok(())
}

/// Pauses a receiver that does not answer or is gone.
pub(super) async fn pause(tx: &mut Tx, municipality: &str, webhook: Uuid) -> Result<()> {
    tx.run(
        "update webhook set is_active = $3, version = version + 1 where municipality = $1 and id = $2",
        args![municipality, webhook, false],
    )
    .await?;
    Ok(())
}

/// Removes what was told before `kept`, and gives up what waits since before `tried`.
pub(super) async fn tidy(tx: &mut Tx, municipality: &str, kept: At, tried: At) -> Result<()> {
    tx.run("delete from notice where municipality = $1 and at < $2 and state <> 'waiting'", args![municipality, kept])
        .await?;
    tx.run(
        "update notice set state = 'given-up' where municipality = $1 and state = 'waiting' and at < $2",
        args![municipality, tried],
    )
    .await?;
    Ok(())
}

/// When the next notice of an active receiver is due.
pub(super) async fn next_due(tx: &mut Tx, municipality: &str) -> Result<Option<At>> {
    let (next,): (Option<At>,) = tx
        .one(
            "select min(n.next_at) from notice n
             join webhook w on w.municipality = n.municipality and w.id = n.webhook_id
             where n.municipality = $1 and n.state = 'waiting' and w.is_active",
            args![municipality],
        )
        .await?;
    Ok(next)
}
