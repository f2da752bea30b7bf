//! Mail that comes in, every minute: bounces go to their message, answers to their report, the rest to the desk.

use super::{ContactConfig, answer, store};
use crate::handle;
use crate::photo::{self, MOST_PHOTOS};
use crate::subject::folded;
use kit::clock::id_at;
use kit::inbox::{Found, Incoming, Maildir, own_words};
use kit::throttle::{self, Limit};
use kit::{At, Fault, Municipality, Tx, Uuid, audit, jobs, outbox};
use policy::{Permit, Resource};
use site::{Cx, Shared};
use store::{IncomingFile, IncomingMail};

/// The name of the job that reads the inbox; it asks for its own next run.
pub const READ_INBOX: &str = "inbox-read";
const MINUTE: i64 = 60_000_000;
/// Most mails in one run.
const BATCH: usize = 100;

/// Asks for the reading of the inbox, when there is one.
///
/// # Errors
/// When the database refuses.
pub async fn schedule(tx: &mut Tx, municipality: &Municipality, now: At) -> kit::Result<()> {
    if municipality.find::<Maildir>().is_none() {
        return Ok(());
    }
    jobs::enqueue(tx, municipality.code(), READ_INBOX, &serde_json::json!({}), Some("inbox"), now).await
}

/// Job [`READ_INBOX`]. A mail counts once by its Message-ID, and its file moves on only after that was committed.
///
/// # Errors
/// When the folder or the database refuses.
pub async fn read_inbox(app: Shared, job: jobs::Job) -> anyhow::Result<()> {
    let municipality = app.municipality(&job.municipality)?;
    let Some(dir) = municipality.find::<Maildir>() else { return Ok(()) };
    let mut failed = None;
    for path in dir.waiting(BATCH)? {
        let reader = dir.clone();
        let found = tokio::task::spawn_blocking(move || reader.read(path)).await?;
        let cx = Cx::system(&app, &municipality, "report:follow");
        let (path, outcome) = match found {
            Found::Mail(path, mail) => (path, take_in(&cx, *mail).await),
            Found::Refused(path, why, id) => {
                let mail = Incoming { message_id: id, ..Incoming::default() };
                (path, aside(&cx, &mail, why).await)
            }
        };
        match outcome {
            Ok(()) => dir.done(&path)?,
            // The mail stays and is tried again; the ones behind it go on.
            Err(error) => failed = Some(error),
        }
    }
    let mut tx = app.main.write().await?;
    let next = At::from_micros(app.clock.now().micros() + MINUTE);
    jobs::enqueue(&mut tx, municipality.code(), READ_INBOX, &serde_json::json!({}), Some("inbox"), next).await?;
    tx.commit().await?;
    // The next run is asked for already; the failure is for the log.
    failed.map_or(Ok(()), |error| Err(anyhow::anyhow!("a mail in the inbox: {error}")))
}

fn row(cx: &Cx, mail: &Incoming, body: &str) -> IncomingMail {
    IncomingMail {
        id: id_at(cx.now),
        received_at: cx.now,
        sender: mail.from.clone(),
        subject: mail.subject.clone(),
        body: body.to_owned(),
    }
}

/// Notes a mail that nobody needs to see: its id, and why.
async fn aside(cx: &Cx, mail: &Incoming, why: &str) -> Result<(), Fault> {
    let mut tx = cx.write().await?;
    let empty = Incoming { message_id: mail.message_id.clone(), ..Incoming::default() };
    store::add_incoming(&mut tx, cx.code(), &row(cx, &empty, ""), &mail.message_id, ("dropped", why, None)).await?;
    Ok(tx.commit().await?)
}

async fn take_in(cx: &Cx, mail: Incoming) -> Result<(), Fault> {
    if let Some(report) = mail.report.first() {
        return bounced(cx, &mail, report).await;
    }
    if mail.from == cx.app.post.address().to_lowercase() {
        return aside(cx, &mail, "loop").await;
    }
    if mail.is_automatic {
        return aside(cx, &mail, "automatic").await;
    }
    if mail.from.is_empty() {
        return aside(cx, &mail, "sender").await;
    }
    let permit = cx.permit("report:follow", &Resource::ordinary("signal", cx.code()))?;
    let ours: Vec<Uuid> = mail.answers.iter().filter_map(|id| cx.app.post.ours(id)).collect();
    let mut tx = cx.read().await?;
    let mut answered = None;
    for message in ours {
        if let Some(signal) = store::report_of(&mut tx, cx.code(), message).await? {
            // Who only saw the mail (or forged its id) does not answer for the reporter.
            let reporter = handle::reporter(&mut tx, &permit, signal).await?;
            answered = reporter.filter(|r| folded(&r.email) == mail.from).map(|_| signal);
            break;
        }
    }
    drop(tx);
    match answered {
        Some(signal) => reply(cx, &permit, &mail, signal).await,
        None => for_the_desk(cx, mail).await,
    }
}

/// A delivery status notification: the message that it is about is marked, and its follower not mailed again.
async fn bounced(cx: &Cx, mail: &Incoming, report: &kit::inbox::Report) -> Result<(), Fault> {
    let state = match report.action.as_str() {
        "failed" => "bounced",
        "delivered" | "relayed" | "expanded" => "sent",
        _ => return aside(cx, mail, "delayed").await,
    };
    let Some(id) = cx.app.post.ours(&report.about) else { return aside(cx, mail, "bounce").await };
    let mut tx = cx.write().await?;
    let signal = store::report_of(&mut tx, cx.code(), id).await?;
    let matched = ("matched", "bounce", signal);
    let row = row(cx, &Incoming::default(), "");
    if store::add_incoming(&mut tx, cx.code(), &row, &mail.message_id, matched).await? {
        outbox::learned(&mut tx, cx.code(), id, state, &report.detail, cx.now).await?;
        if signal.is_some() {
            store::mark(&mut tx, cx.code(), id, state, &report.detail).await?;
        } else if state == "bounced" {
            store::bounced_follower(&mut tx, cx.code(), id, cx.now).await?;
        }
    }
    Ok(tx.commit().await?)
}

/// An answer of the reporter to one of our mails.
async fn reply(cx: &Cx, permit: &Permit, mail: &Incoming, signal: Uuid) -> Result<(), Fault> {
    let mut photos = Vec::new();
    for file in mail.attachments.iter().filter(|f| f.kind.starts_with("image/")).take(MOST_PHOTOS) {
        if let Ok(ready) = photo::prepare(&cx.app, file.bytes.clone()).await {
            photos.push(ready);
        }
    }
    let own = own_words(&mail.text);
    let words: String = if own.is_empty() { mail.subject.clone() } else { own };
    let words: String = words.chars().take(answer::ANSWER).collect();
    let mut tx = cx.write().await?;
    let matched = ("matched", "reply", Some(signal));
    let noted = row(cx, &Incoming::default(), "");
    if store::add_incoming(&mut tx, cx.code(), &noted, &mail.message_id, matched).await? {
        let report = handle::get(&mut tx, permit, signal).await?.ok_or(Fault::NotFound)?;
        answer::reacted(cx, &mut tx, permit, &report, &words).await?;
        answer::keep(cx, &mut tx, permit, signal, &photos).await?;
        let detail = serde_json::json!({ "kind": "reply" });
        audit::record(&mut tx, &cx.deed(), permit.action(), "signal", &signal.to_string(), &detail).await?;
    }
    Ok(tx.commit().await?)
}

/// A mail for the desk: kept with its files until somebody makes a draft of it or drops it.
async fn for_the_desk(cx: &Cx, mail: Incoming) -> Result<(), Fault> {
    let most = cx.municipality.get::<ContactConfig>().inbox.sender_a_day;
    let mut tx = cx.write().await?;
    let key = format!("inbox:{}", cx.app.seals.of("main")?.fingerprint(&mail.from));
    let limit = Limit { failures: most.into(), window_s: 86_400 };
    match throttle::count(&mut tx, &key, limit, cx.now).await {
        Ok(()) => {}
        Err(Fault::Wait(_)) => {
            drop(tx);
            return aside(cx, &mail, "flood").await;
        }
        Err(fault) => return Err(fault),
    }
    let kept = row(cx, &mail, &mail.text);
    if store::add_incoming(&mut tx, cx.code(), &kept, &mail.message_id, ("new", "", None)).await? {
        for file in mail.attachments {
            let file = IncomingFile { id: id_at(cx.now), name: file.name, kind: file.kind, content_bytes: file.bytes };
            store::add_file(&mut tx, cx.code(), kept.id, &file).await?;
        }
    }
    Ok(tx.commit().await?)
}

/// Mails that nobody has dealt with yet, oldest first; the desk makes drafts of them.
///
/// # Errors
/// When the database cannot be read.
pub async fn incoming(tx: &mut Tx, permit: &Permit, most: i64) -> kit::Result<Vec<IncomingMail>> {
    store::incoming(tx, permit, most).await
}

/// One mail that nobody has dealt with yet.
///
/// # Errors
/// When the database cannot be read.
pub async fn incoming_one(tx: &mut Tx, permit: &Permit, id: Uuid) -> kit::Result<Option<IncomingMail>> {
    store::incoming_one(tx, permit, id).await
}

/// Takes a mail for the report `signal` that a draft became: gives the mail and its files, and wipes them here.
///
/// # Errors
/// [`Fault::NotFound`] when somebody else took or dropped it, or when the database refuses.
pub async fn take_incoming(
    tx: &mut Tx,
    permit: &Permit,
    id: Uuid,
    signal: Uuid,
) -> Result<(IncomingMail, Vec<IncomingFile>), Fault> {
    let mail = store::incoming_one(tx, permit, id).await?.ok_or(Fault::NotFound)?;
    let files = store::files(tx, permit, id).await?;
    store::end_incoming(tx, permit, id, ("taken", "", Some(signal))).await?;
    Ok((mail, files))
}

/// Drops a mail that is nothing for us; its text and files go.
///
/// # Errors
/// [`Fault::NotFound`] when somebody else took or dropped it, or when the database refuses.
pub async fn drop_incoming(tx: &mut Tx, permit: &Permit, id: Uuid) -> Result<(), Fault> {
    match store::end_incoming(tx, permit, id, ("dropped", "desk", None)).await? {
        1 => Ok(()),
        _ => Err(Fault::NotFound),
    }
}
