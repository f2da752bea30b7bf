//! The outbox: what leaves the house is written down in the transaction that causes it, and
//! delivered by a job afterwards, once.

use crate::clock::At;
use crate::db::{Db, Main, Tx};
use crate::mail::Post;
use crate::{Result, args, jobs};
use uuid::Uuid;

/// The name of the job that delivers one message.
pub const DELIVER: &str = "outbox-deliver";

/// A message to one receiver, ready to send.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Message {
    /// Client-made id; the mail's Message-ID derives from it, so that a receiver can drop a double.
    pub id: Uuid,
    /// Municipality code.
    pub municipality: String,
    /// E-mail address.
    pub recipient: String,
    /// Subject line.
    pub subject: String,
    /// Plain text.
    pub body: String,
}

/// Puts a message in the outbox and asks for its delivery, in the caller's transaction.
///
/// # Errors
/// When the database refuses.
pub async fn put(tx: &mut Tx<Main>, message: &Message, at: At) -> Result<()> {
    tx.run(
        "insert into outbox (municipality, id, recipient, subject, body, created_at) values ($1, $2, $3, $4, $5, $6)
         on conflict (municipality, id) do nothing",
        args![&message.municipality, message.id, &message.recipient, &message.subject, &message.body, at],
    )
    .await?;
    let payload = serde_json::json!({ "id": message.id });
    jobs::enqueue(tx, &message.municipality, DELIVER, &payload, Some(&message.id.to_string()), at).await
}

/// Delivers the message that `job` names, unless it went before; its address and text are wiped after.
///
/// # Errors
/// When the post office refuses; the job then tries again later.
pub async fn deliver(db: &Db<Main>, post: &Post, job: &jobs::Job, now: At) -> anyhow::Result<()> {
    let payload: serde_json::Value = serde_json::from_str(&job.payload)?;
    let id: Uuid = serde_json::from_value(payload["id"].clone())?;
    let mut tx = db.read().await?;
    let message: Option<Message> = tx
        .opt(
            "select id, municipality, recipient, subject, body from outbox
             where municipality = $1 and id = $2 and delivered_at is null",
            args![&job.municipality, id],
        )
        .await?;
    drop(tx);
    let Some(message) = message else { return Ok(()) };
    post.send(&message).await?;
    let mut tx = db.write().await?;
    tx.run(
        "update outbox set delivered_at = $3, recipient = '', body = '' where municipality = $1 and id = $2",
        args![&job.municipality, id, now],
    )
    .await?;
    tx.commit().await?;
    Ok(())
}
