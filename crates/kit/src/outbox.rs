//! The outbox: what leaves the house is written down in the transaction that causes it, and delivered by a job
//! afterwards, once.
//!
//! A message is `waiting`, then `claimed` by one worker (committed before the server hears of it), then `sent`; or
//! `failed` when the server refuses for good or the days of trying are over. Its address and text are wiped at the end.
//!
//! Never lost, never twice: a message whose worker died waits again when its content was not given, which the post
//! office's journal knows. When the content was given and nobody knows whether the server took it, the message is
//! `unsure`: it is not sent again by itself, and a person sees it ([`again`]). Into a folder nothing is ever unsure: the
//! file has the name of the message. `[mail] send_unsure_again` sends such a message again with the same Message-ID.

use crate::clock::{At, Clock, id_at};
use crate::db::{Db, Main, Tx};
use crate::mail::{Post, Refusal};
use crate::{Result, args, jobs};
use std::collections::HashMap;
use uuid::Uuid;

/// The name of the job that delivers what is due.
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

/// How a message stands.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Standing {
    /// Its id.
    pub id: Uuid,
    /// `waiting`, `claimed`, `sent`, `failed` or `unsure`.
    pub state: String,
    /// What the server said last.
    pub answer: String,
}

#[derive(sqlx::FromRow)]
struct Claimed {
    #[sqlx(flatten)]
    message: Message,
    unsubscribe: String,
    attempts: i64,
    created_at: At,
}

/// Minutes before the second try, the third and so on; the last one repeats.
const WAITS: [i64; 8] = [1, 2, 5, 15, 30, 60, 120, 240];
const MINUTE: i64 = 60_000_000;
/// A claimed message whose worker does not come back is looked at after this time; longer than any dialogue may take.
const LEASE: i64 = 5 * MINUTE;
/// Most messages in one run, so that other work gets its turn.
const BATCH: usize = 100;

/// Puts a message in the outbox and asks for its delivery, in the caller's transaction.
///
/// # Errors
/// When the database refuses.
pub async fn put(tx: &mut Tx<Main>, message: &Message, at: At) -> Result<()> {
    put_listed(tx, message, "", at).await
}

/// The same for a message of a list: `unsubscribe` is the address that ends it (RFC 2369 `List-Unsubscribe`).
///
/// # Errors
/// When the database refuses.
pub async fn put_listed(tx: &mut Tx<Main>, message: &Message, unsubscribe: &str, at: At) -> Result<()> {
    tx.run(
        "insert into outbox (municipality, id, recipient, subject, body, created_at, changed_at, next_at, unsubscribe)
         values ($1, $2, $3, $4, $5, $6, $6, $6, $7) on conflict (municipality, id) do nothing",
        args![&message.municipality, message.id, &message.recipient, &message.subject, &message.body, at, unsubscribe],
    )
    .await?;
    wake(tx, &message.municipality, "all", at).await
}

async fn wake(tx: &mut Tx<Main>, municipality: &str, key: &str, at: At) -> Result<()> {
    jobs::enqueue(tx, municipality, DELIVER, &serde_json::json!({}), Some(key), at).await
}

/// At the start of the program: looks at what an earlier run left behind, and asks for the delivery of what waits.
///
/// # Errors
/// When the database or the journal refuses.
pub async fn start(db: &Db<Main>, post: &Post, municipality: &str, now: At) -> anyhow::Result<()> {
    // One process serves a SQLite file: whatever is claimed there belongs to a process that is gone.
    settle(db, post, municipality, now, if db.is_sqlite() { 0 } else { LEASE }).await?;
    let mut tx = db.write().await?;
    wake(&mut tx, municipality, "start", now).await?;
    Ok(tx.commit().await?)
}

/// Sends an `unsure` message again, because somebody decided so; gives whether there was one.
///
/// # Errors
/// When the database refuses.
pub async fn again(tx: &mut Tx<Main>, municipality: &str, id: Uuid, at: At) -> Result<bool> {
    let touched = tx
        .run(
            "update outbox set state = 'waiting', next_at = $3, changed_at = $3
             where municipality = $1 and id = $2 and state = 'unsure'",
            args![municipality, id, at],
        )
        .await?;
    wake(tx, municipality, "all", at).await?;
    Ok(touched == 1)
}

/// How messages stand that somebody asks about, by id.
///
/// # Errors
/// When the database cannot be read.
pub async fn standing(tx: &mut Tx<Main>, municipality: &str, id: Uuid) -> Result<Option<Standing>> {
    tx.opt("select id, state, answer from outbox where municipality = $1 and id = $2", args![municipality, id]).await
}

/// A message that came back or arrived, as the mail in the inbox says: `sent` or `bounced`.
///
/// # Errors
/// When the database refuses.
pub async fn learned(
    tx: &mut Tx<Main>,
    municipality: &str,
    id: Uuid,
    state: &str,
    answer: &str,
    at: At,
) -> Result<bool> {
    let touched = tx
        .run(
            "update outbox set state = $3, answer = $4, changed_at = $5, recipient = '', body = '',
                delivered_at = coalesce(delivered_at, $5)
             where municipality = $1 and id = $2 and state in ('sent', 'unsure')",
            args![municipality, id, state, answer, at],
        )
        .await?;
    Ok(touched == 1)
}

/// Delivers what is due for the municipality of `job`; a message that fails never keeps another waiting.
///
/// # Errors
/// When the database or the journal refuses; the job then tries again later.
pub async fn deliver(db: &Db<Main>, post: &Post, job: &jobs::Job, clock: &Clock) -> anyhow::Result<()> {
    let municipality = job.municipality.as_str();
    settle(db, post, municipality, clock.now(), LEASE).await?;
    let mut line = post.line();
    for _ in 0..BATCH {
        let claim = id_at(clock.now());
        if let Some(journal) = &post.journal {
            journal.claimed(claim)?;
        }
        let Some(claimed) = take(db, municipality, claim, clock.now()).await? else { break };
        let id = claimed.message.id;
        let outcome = match line.offer(&claimed.message, &claimed.unsubscribe).await {
            Ok(()) => {
                // From here to the answer nobody but the server knows; nothing may come between this line and the next.
                if let Some(journal) = &post.journal {
                    journal.handing(claim)?;
                }
                line.hand_over().await
            }
            Err(refusal) => Err(refusal),
        };
        let now = clock.now();
        let down = matches!(outcome, Err(Refusal::Down(_)));
        let mut tx = db.write().await?;
        match outcome {
            Ok(()) => end(&mut tx, municipality, (id, claim), "sent", "", now).await?,
            Err(Refusal::Never(why)) => end(&mut tx, municipality, (id, claim), "failed", &why, now).await?,
            Err(Refusal::Unsure(why)) => unsure(&mut tx, post, municipality, (id, claim), &why, now).await?,
            Err(Refusal::Later(why) | Refusal::Down(why)) => {
                let days = i64::from(post.retry_days);
                if now.micros() - claimed.created_at.micros() >= days * 24 * 60 * MINUTE {
                    let why = format!("tried for {days} days; last: {why}");
                    end(&mut tx, municipality, (id, claim), "failed", &why, now).await?;
                } else {
                    let n = usize::try_from(claimed.attempts - 1).unwrap_or(0);
                    let minutes = WAITS.get(n).or(WAITS.last()).copied().unwrap_or(1);
                    later(&mut tx, municipality, (id, claim), &why, later_by(now, minutes)).await?;
                }
            }
        }
        if down {
            pause(&mut tx, municipality, later_by(now, 1)).await?;
        }
        tx.commit().await?;
        if down {
            break;
        }
    }
    line.close().await;
    again_when_due(db, post, municipality, clock.now()).await
}

fn later_by(now: At, minutes: i64) -> At {
    At::from_micros(now.micros() + minutes * MINUTE)
}

/// Claims the message that waits longest.
async fn take(db: &Db<Main>, municipality: &str, claim: Uuid, now: At) -> Result<Option<Claimed>> {
    let mut tx = db.write().await?;
    let sql = tx.pick(
        "update outbox set state = 'claimed', claim = $3, changed_at = $2, attempts = attempts + 1
         where municipality = $1 and id = (select id from outbox where municipality = $1 and state = 'waiting'
            and next_at <= $2 order by next_at, id limit 1)
         returning id, municipality, recipient, subject, body, unsubscribe, attempts, created_at",
        "update outbox set state = 'claimed', claim = $3, changed_at = $2, attempts = attempts + 1
         where municipality = $1 and id = (select id from outbox where municipality = $1 and state = 'waiting'
            and next_at <= $2 order by next_at, id limit 1 for update skip locked)
         returning id, municipality, recipient, subject, body, unsubscribe, attempts, created_at",
    );
    let claimed = tx.opt(sql, args![municipality, now, claim]).await?;
    tx.commit().await?;
    Ok(claimed)
}

async fn end(
    tx: &mut Tx<Main>,
    municipality: &str,
    (id, claim): (Uuid, Uuid),
    state: &str,
    answer: &str,
    now: At,
) -> Result<()> {
    metrics::counter!("regie_mail_total", "state" => state.to_owned()).increment(1);
    tx.run(
        "update outbox set state = $4, answer = $5, changed_at = $6, delivered_at = $6, recipient = '', body = ''
         where municipality = $1 and id = $2 and claim = $3",
        args![municipality, id, claim, state, answer, now],
    )
    .await?;
    Ok(())
}

async fn later(tx: &mut Tx<Main>, municipality: &str, (id, claim): (Uuid, Uuid), answer: &str, next: At) -> Result<()> {
    tx.run(
        "update outbox set state = 'waiting', answer = $4, next_at = $5
         where municipality = $1 and id = $2 and claim = $3 and state = 'claimed'",
        args![municipality, id, claim, answer, next],
    )
    .await?;
    Ok(())
}

/// The server is down: what waits need not find that out one by one.
async fn pause(tx: &mut Tx<Main>, municipality: &str, next: At) -> Result<()> {
    tx.run(
        "update outbox set next_at = $2 where municipality = $1 and state = 'waiting' and next_at < $2",
        args![municipality, next],
    )
    .await?;
    Ok(())
}

async fn unsure(
    tx: &mut Tx<Main>,
    post: &Post,
    municipality: &str,
    (id, claim): (Uuid, Uuid),
    answer: &str,
    now: At,
) -> Result<()> {
    if post.send_unsure_again || post.is_idempotent() {
        return later(tx, municipality, (id, claim), answer, now).await;
    }
    metrics::counter!("regie_mail_total", "state" => "unsure").increment(1);
    tx.run(
        "update outbox set state = 'unsure', answer = $4, changed_at = $5
         where municipality = $1 and id = $2 and claim = $3 and state = 'claimed'",
        args![municipality, id, claim, answer, now],
    )
    .await?;
    Ok(())
}

/// Decides about messages whose worker did not come back within `lease`: waiting when the content was not given.
async fn settle(db: &Db<Main>, post: &Post, municipality: &str, now: At, lease: i64) -> anyhow::Result<()> {
    let mut look = db.read().await?;
    let left: Vec<(Uuid, Uuid)> = look
        .all(
            "select id, claim from outbox where municipality = $1 and state = 'claimed' and changed_at <= $2",
            args![municipality, At::from_micros(now.micros() - lease)],
        )
        .await?;
    drop(look);
    if left.is_empty() {
        return Ok(());
    }
    let known: HashMap<Uuid, bool> = post.journal.as_ref().map_or_else(|| Ok(HashMap::new()), |j| j.read())?;
    let mut tx = db.write().await?;
    for (id, claim) in left {
        match known.get(&claim) {
            Some(false) => later(&mut tx, municipality, (id, claim), "", now).await?,
            _ => unsure(&mut tx, post, municipality, (id, claim), "the program stopped on the way", now).await?,
        }
    }
    Ok(tx.commit().await?)
}

/// Asks for the next run, when something waits; a journal that nothing depends on any more is emptied.
async fn again_when_due(db: &Db<Main>, post: &Post, municipality: &str, now: At) -> anyhow::Result<()> {
    let mut tx = db.write().await?;
    let (waiting, claimed): (Option<At>, Option<At>) = tx
        .one(
            "select (select min(next_at) from outbox where municipality = $1 and state = 'waiting') as waiting,
                (select min(changed_at) from outbox where municipality = $1 and state = 'claimed') as claimed",
            args![municipality],
        )
        .await?;
    let lapse = claimed.map(|at| At::from_micros(at.micros() + LEASE));
    if let Some(next) = [waiting, lapse].into_iter().flatten().min() {
        let next = next.max(now);
        wake(&mut tx, municipality, &format!("at-{}", next.micros() / MINUTE), next).await?;
    }
    let open: Option<(i64,)> =
        tx.opt("select cast(1 as bigint) from outbox where state = 'claimed' limit 1", vec![]).await?;
    tx.commit().await?;
    if let (None, Some(journal)) = (open, &post.journal) {
        journal.empty()?;
    }
    Ok(())
}
