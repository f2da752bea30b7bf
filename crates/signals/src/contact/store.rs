//! SQL of messages, templates, satisfaction, followers and mail that came in.

use super::letters::Letter;
use super::template::Event;
use crate::model::State;
use kit::{At, Result, Tx, Uuid, args};
use policy::Permit;

/// A message of a report.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct Message {
    pub id: Uuid,
    pub at: At,
    pub event: String,
    pub subject: String,
    pub body: String,
    pub state: String,
    pub answer: String,
    pub actor: Option<String>,
}

/// A version of a template.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct Version {
    pub event: String,
    pub category: String,
    pub language: String,
    pub version: i64,
    pub subject: String,
    pub body: String,
    pub at: At,
    pub actor: Option<String>,
}

/// A follower of a report.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct Follower {
    pub id: Uuid,
    pub signal_id: Uuid,
    pub email: String,
    pub language: String,
    pub created_at: At,
    pub confirmed_at: Option<At>,
    pub ended_at: Option<At>,
}

/// What a stranger may know of a shown report.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct Shown {
    pub id: Uuid,
    pub reference: String,
    pub category: String,
    pub state: State,
    pub reported_at: At,
    pub closed_at: Option<At>,
}

/// A mail that nobody has dealt with yet, for a draft of the desk.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct IncomingMail {
    /// Id.
    pub id: Uuid,
    /// When it came in.
    pub received_at: At,
    /// Address of the sender.
    pub sender: String,
    /// Subject.
    pub subject: String,
    /// Text.
    pub body: String,
}

/// A file that came with a mail: as it was sent, not safe to show.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct IncomingFile {
    /// Id.
    pub id: Uuid,
    /// Name.
    pub name: String,
    /// Content type as the sender says.
    pub kind: String,
    /// Content.
    pub content_bytes: Vec<u8>,
}

/// The municipality's own text: of the category when it has one, else for all.
pub(super) async fn template(
    tx: &mut Tx,
    municipality: &str,
    event: Event,
    category: &str,
    language: &str,
) -> Result<Option<Letter>> {
    let rows: Vec<(String, String, String)> = tx
        .all(
            "select t.category, t.subject, t.body from mail_template t
             where t.municipality = $1 and t.event = $2 and t.language = $3 and t.category in ('', $4)
                and t.version = (select max(o.version) from mail_template o where o.municipality = t.municipality
                    and o.event = t.event and o.language = t.language and o.category = t.category)
             order by t.category desc",
            args![municipality, event, language, category],
        )
        .await?;
    Ok(rows.into_iter().find(|(_, _, body)| !body.is_empty()).map(|(_, subject, body)| Letter { subject, body }))
}

/// Every newest version.
pub(super) async fn templates(tx: &mut Tx, permit: &Permit) -> Result<Vec<Version>> {
    tx.all(
        "select t.event, t.category, t.language, t.version, t.subject, t.body, t.at, a.name as actor
         from mail_template t left join account a on a.municipality = t.municipality and a.id = t.actor_id
         where t.municipality = $1
            and t.version = (select max(o.version) from mail_template o where o.municipality = t.municipality
                and o.event = t.event and o.language = t.language and o.category = t.category)",
        args![permit.municipality()],
    )
    .await
}

/// Every version of one text, newest first.
pub(super) async fn versions(
    tx: &mut Tx,
    permit: &Permit,
    event: Event,
    category: &str,
    language: &str,
) -> Result<Vec<Version>> {
    tx.all(
        "select t.event, t.category, t.language, t.version, t.subject, t.body, t.at, a.name as actor
         from mail_template t left join account a on a.municipality = t.municipality and a.id = t.actor_id
         where t.municipality = $1 and t.event = $2 and t.category = $3 and t.language = $4
         order by t.version desc limit 50",
        args![permit.municipality(), event, category, language],
    )
    .await
}

/// Writes the next version; nothing when somebody else did.
pub(super) async fn add_version(
    tx: &mut Tx,
    permit: &Permit,
    (event, category, language): (Event, &str, &str),
    version: i64,
    letter: &Letter,
    (actor, at): (Option<Uuid>, At),
) -> Result<u64> {
    tx.run(
        "insert into mail_template (municipality, event, category, language, version, subject, body, at, actor_id)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing",
        args![permit.municipality(), event, category, language, version, &letter.subject, &letter.body, at, actor],
    )
    .await
}

/// Writes a message of a report; `state` is `waiting` for a mail, `noted` for what has none, `in` for what came in.
pub(super) async fn add_message(
    tx: &mut Tx,
    permit: &Permit,
    signal: Uuid,
    (id, event, state): (Uuid, &str, &str),
    letter: &Letter,
    (actor, at): (Option<Uuid>, At),
) -> Result<()> {
    tx.run(
        "insert into message (municipality, id, signal_id, at, event, subject, body, state, answer, actor_id)
         values ($1, $2, $3, $4, $5, $6, $7, $8, '', $9)",
        args![permit.municipality(), id, signal, at, event, &letter.subject, &letter.body, state, actor],
    )
    .await?;
    Ok(())
}

/// The messages of a report, newest first.
pub(crate) async fn messages(tx: &mut Tx, permit: &Permit, signal: Uuid) -> Result<Vec<Message>> {
    tx.all(
        "select m.id, m.at, m.event, m.subject, m.body, m.state, m.answer, a.name as actor
         from message m left join account a on a.municipality = m.municipality and a.id = m.actor_id
         where m.municipality = $1 and m.signal_id = $2 order by m.at desc, m.id desc limit 200",
        args![permit.municipality(), signal],
    )
    .await
}

/// What the outbox knows better about messages that were on their way.
pub(super) async fn settle(tx: &mut Tx, municipality: &str) -> Result<()> {
    tx.run(
        "update message set
            state = (select o.state from outbox o where o.municipality = message.municipality and o.id = message.id),
            answer = (select o.answer from outbox o where o.municipality = message.municipality and o.id = message.id)
         where municipality = $1 and state in ('waiting', 'unsure')
            and exists (select 1 from outbox o where o.municipality = message.municipality and o.id = message.id
                and o.state not in ('claimed', message.state))",
        args![municipality],
    )
    .await?;
    Ok(())
}

/// The report that a message of ours is about.
pub(super) async fn report_of(tx: &mut Tx, municipality: &str, message: Uuid) -> Result<Option<Uuid>> {
    let row: Option<(Uuid,)> = tx
        .opt("select signal_id from message where municipality = $1 and id = $2", args![municipality, message])
        .await?;
    Ok(row.map(|(id,)| id))
}

pub(super) async fn mark(tx: &mut Tx, municipality: &str, id: Uuid, state: &str, answer: &str) -> Result<()> {
    tx.run(
        "update message set state = $3, answer = $4 where municipality = $1 and id = $2",
        args![municipality, id, state, answer],
    )
    .await?;
    Ok(())
}

/// Whether the reporter wants no mails.
pub(crate) async fn is_muted(tx: &mut Tx, municipality: &str, signal: Uuid) -> Result<bool> {
    let row: Option<(i64,)> = tx
        .opt(
            "select cast(1 as bigint) from muted_report where municipality = $1 and signal_id = $2",
            args![municipality, signal],
        )
        .await?;
    Ok(row.is_some())
}

pub(super) async fn mute(tx: &mut Tx, permit: &Permit, signal: Uuid, at: At) -> Result<()> {
    tx.run(
        "insert into muted_report (municipality, signal_id, at) values ($1, $2, $3) on conflict do nothing",
        args![permit.municipality(), signal, at],
    )
    .await?;
    Ok(())
}

pub(super) async fn unmute(tx: &mut Tx, permit: &Permit, signal: Uuid) -> Result<()> {
    let values = args![permit.municipality(), signal];
    tx.run("delete from muted_report where municipality = $1 and signal_id = $2", values).await?;
    Ok(())
}

/// How often the reporter was asked for satisfaction already, and how often the report was taken up again.
pub(super) async fn rounds(tx: &mut Tx, permit: &Permit, signal: Uuid) -> Result<(i64, i64)> {
    tx.one(
        "select (select cast(count(*) as bigint) from satisfaction where municipality = $1 and signal_id = $2) as said,
            (select cast(count(*) as bigint) from signal_event where municipality = $1 and signal_id = $2
                and kind = 'state' and becomes = 'reopened') as again",
        args![permit.municipality(), signal],
    )
    .await
}

/// An answer about satisfaction.
#[derive(Clone, Debug)]
pub(super) struct Said<'a> {
    pub satisfied: bool,
    pub reachable: bool,
    pub reason: &'a str,
    pub words: &'a str,
}

pub(super) async fn add_satisfaction(
    tx: &mut Tx,
    permit: &Permit,
    (id, signal, at): (Uuid, Uuid, At),
    said: &Said<'_>,
) -> Result<()> {
    tx.run(
        "insert into satisfaction (municipality, id, signal_id, at, is_satisfied, is_reachable, reason, words)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        args![permit.municipality(), id, signal, at, said.satisfied, said.reachable, said.reason, said.words],
    )
    .await?;
    Ok(())
}

/// The newest answer about satisfaction: satisfied, reachable, reason, words.
pub(super) async fn said(
    tx: &mut Tx,
    permit: &Permit,
    signal: Uuid,
) -> Result<Option<(At, bool, bool, String, String)>> {
    tx.opt(
        "select at, is_satisfied, is_reachable, reason, words from satisfaction
         where municipality = $1 and signal_id = $2 order by at desc, id desc limit 1",
        args![permit.municipality(), signal],
    )
    .await
}

/// The last question, and the id of its line in the history.
pub(crate) async fn question(tx: &mut Tx, municipality: &str, signal: Uuid) -> Result<Option<(Uuid, String)>> {
    tx.opt(
        "select id, note from signal_event where municipality = $1 and signal_id = $2 and kind = 'state'
            and becomes = 'reaction-requested' order by at desc, id desc limit 1",
        args![municipality, signal],
    )
    .await
}

/// Counts of a period: answers, satisfied ones; closings; taken up again and asked for.
pub(super) async fn counts(tx: &mut Tx, municipality: &str, from: At, to: At) -> Result<(i64, i64, i64, i64, i64)> {
    tx.one(
        "select
            (select cast(count(*) as bigint) from satisfaction
                where municipality = $1 and at >= $2 and at < $3) as answered,
            (select cast(count(*) as bigint) from satisfaction
                where municipality = $1 and at >= $2 and at < $3 and is_satisfied = $4) as satisfied,
            (select cast(count(distinct signal_id) as bigint) from signal_event
                where municipality = $1 and at >= $2 and at < $3 and kind = 'state' and becomes = 'done') as closed,
            (select cast(count(distinct signal_id) as bigint) from signal_event
                where municipality = $1 and at >= $2 and at < $3 and kind = 'state'
                    and becomes in ('reopened', 'reopen-requested') and becomes = 'reopen-requested') as asked,
            (select cast(count(distinct d.signal_id) as bigint) from signal_event d
                join signal_event r on r.municipality = d.municipality and r.signal_id = d.signal_id and r.at >= d.at
                    and r.kind = 'state' and r.becomes = 'reopened'
                where d.municipality = $1 and d.at >= $2 and d.at < $3 and d.kind = 'state' and d.becomes = 'done')
                as reopened",
        args![municipality, from, to, true],
    )
    .await
}

/// The shown report with this reference.
pub(super) async fn shown(tx: &mut Tx, permit: &Permit, reference: &str) -> Result<Option<Shown>> {
    tx.opt(
        "select id, reference, category, state, reported_at, closed_at from signal
         where municipality = $1 and publication = 'shown' and source_ref is null and reference = $2
         union all
         select id, reference, category, state, reported_at, closed_at from signal
         where municipality = $1 and publication = 'shown' and source = 'import' and source_ref = $2 limit 1",
        args![permit.municipality(), reference],
    )
    .await
}

/// The same by id.
pub(super) async fn shown_id(tx: &mut Tx, permit: &Permit, id: Uuid) -> Result<Option<Shown>> {
    tx.opt(
        "select id, reference, category, state, reported_at, closed_at from signal
         where municipality = $1 and id = $2 and publication = 'shown'",
        args![permit.municipality(), id],
    )
    .await
}

const FOLLOWER: &str = "select id, signal_id, email, language, created_at, confirmed_at, ended_at from signal_follower
    where municipality = $1 and id = $2";

pub(super) async fn follower(tx: &mut Tx, permit: &Permit, id: Uuid) -> Result<Option<Follower>> {
    tx.opt(FOLLOWER, args![permit.municipality(), id]).await
}

/// Writes a follower, or wakes the one with the same address; gives its id and whether it is confirmed.
pub(super) async fn add_follower(
    tx: &mut Tx,
    permit: &Permit,
    (id, signal): (Uuid, Uuid),
    (email, language): (&str, &str),
    at: At,
) -> Result<(Uuid, bool)> {
    let (id, confirmed): (Uuid, Option<At>) = tx
        .one(
            "insert into signal_follower (municipality, id, signal_id, email, language, created_at)
             values ($1, $2, $3, $4, $5, $6)
             on conflict (municipality, signal_id, email) do update set
                confirmed_at = case when signal_follower.ended_at is null then signal_follower.confirmed_at end,
                created_at = case when signal_follower.ended_at is null and signal_follower.confirmed_at is not null
                    then signal_follower.created_at else $6 end,
                ended_at = null
             returning id, confirmed_at",
            args![permit.municipality(), id, signal, email, language, at],
        )
        .await?;
    Ok((id, confirmed.is_some()))
}

pub(super) async fn confirm(tx: &mut Tx, permit: &Permit, id: Uuid, at: At) -> Result<u64> {
    tx.run(
        "update signal_follower set confirmed_at = $3
         where municipality = $1 and id = $2 and ended_at is null and confirmed_at is null",
        args![permit.municipality(), id, at],
    )
    .await
}

pub(super) async fn unfollow(tx: &mut Tx, permit: &Permit, id: Uuid, at: At) -> Result<u64> {
    tx.run(
        "update signal_follower set ended_at = $3 where municipality = $1 and id = $2 and ended_at is null",
        args![permit.municipality(), id, at],
    )
    .await
}

/// Whether anybody follows a report.
pub(super) async fn has_followers(tx: &mut Tx, municipality: &str, signal: Uuid) -> Result<bool> {
    let row: Option<(i64,)> = tx
        .opt(
            "select cast(1 as bigint) from signal_follower
             where municipality = $1 and signal_id = $2 and confirmed_at is not null and ended_at is null limit 1",
            args![municipality, signal],
        )
        .await?;
    Ok(row.is_some())
}

/// The confirmed followers of a report.
pub(super) async fn followers(tx: &mut Tx, permit: &Permit, signal: Uuid) -> Result<Vec<Follower>> {
    tx.all(
        "select id, signal_id, email, language, created_at, confirmed_at, ended_at from signal_follower
         where municipality = $1 and signal_id = $2 and confirmed_at is not null and ended_at is null order by id",
        args![permit.municipality(), signal],
    )
    .await
}

/// Which mail went to a follower last, so that its bounce can end the following.
pub(super) async fn mailed(tx: &mut Tx, permit: &Permit, follower: Uuid, mail: Uuid) -> Result<()> {
    tx.run(
        "update signal_follower set mail_id = $3 where municipality = $1 and id = $2",
        args![permit.municipality(), follower, mail],
    )
    .await?;
    Ok(())
}

/// Ends the following of an address whose mail came back.
pub(super) async fn bounced_follower(tx: &mut Tx, municipality: &str, mail: Uuid, at: At) -> Result<u64> {
    tx.run(
        "update signal_follower set ended_at = $3 where municipality = $1 and mail_id = $2 and ended_at is null",
        args![municipality, mail, at],
    )
    .await
}

/// Writes a mail that came in, once per Message-ID; gives whether it is new.
pub(super) async fn add_incoming(
    tx: &mut Tx,
    municipality: &str,
    mail: &IncomingMail,
    message_id: &str,
    (state, why, signal): (&str, &str, Option<Uuid>),
) -> Result<bool> {
    let new = tx
        .run(
            "insert into incoming_mail (municipality, id, message_id, received_at, sender, subject, body, state, why,
                signal_id)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict (municipality, message_id) do nothing",
            args![
                municipality,
                mail.id,
                message_id,
                mail.received_at,
                &mail.sender,
                &mail.subject,
                &mail.body,
                state,
                why,
                signal
            ],
        )
        .await?;
    Ok(new == 1)
}

pub(super) async fn add_file(tx: &mut Tx, municipality: &str, mail: Uuid, file: &IncomingFile) -> Result<()> {
    tx.run(
        "insert into incoming_file (municipality, id, mail_id, name, kind, content_bytes)
         values ($1, $2, $3, $4, $5, $6)",
        args![municipality, file.id, mail, &file.name, &file.kind, file.content_bytes.clone()],
    )
    .await?;
    Ok(())
}

/// Mails that nobody has dealt with, oldest first.
pub(super) async fn incoming(tx: &mut Tx, permit: &Permit, most: i64) -> Result<Vec<IncomingMail>> {
    tx.all(
        "select id, received_at, sender, subject, body from incoming_mail
         where municipality = $1 and state = 'new' order by received_at, id limit $2",
        args![permit.municipality(), most],
    )
    .await
}

pub(super) async fn incoming_one(tx: &mut Tx, permit: &Permit, id: Uuid) -> Result<Option<IncomingMail>> {
    tx.opt(
        "select id, received_at, sender, subject, body from incoming_mail
         where municipality = $1 and id = $2 and state = 'new'",
        args![permit.municipality(), id],
    )
    .await
}

pub(super) async fn files(tx: &mut Tx, permit: &Permit, mail: Uuid) -> Result<Vec<IncomingFile>> {
    tx.all(
        "select id, name, kind, content_bytes from incoming_file where municipality = $1 and mail_id = $2 order by id",
        args![permit.municipality(), mail],
    )
    .await
}

/// Ends a mail: its text and files go.
pub(super) async fn end_incoming(
    tx: &mut Tx,
    permit: &Permit,
    id: Uuid,
    (state, why, signal): (&str, &str, Option<Uuid>),
) -> Result<u64> {
    let values = args![permit.municipality(), id];
    tx.run("delete from incoming_file where municipality = $1 and mail_id = $2", values).await?;
    tx.run(
        "update incoming_mail set state = $3, why = $4, signal_id = $5, sender = '', subject = '', body = ''
         where municipality = $1 and id = $2 and state = 'new'",
        args![permit.municipality(), id, state, why, signal],
    )
    .await
}

/// Whether report `id` says this: who sends the same again is who sent it.
pub(crate) async fn says(tx: &mut Tx, permit: &Permit, id: Uuid, (category, words): (&str, &str)) -> Result<bool> {
    let row: Option<(i64,)> = tx
        .opt(
            "select cast(1 as bigint) from signal where municipality = $1 and id = $2 and category = $3 and words = $4",
            args![permit.municipality(), id, category, words],
        )
        .await?;
    Ok(row.is_some())
}
