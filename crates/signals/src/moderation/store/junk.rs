//! SQL of junk: marks, mail that waits, and rows that move to their twin tables and back.

use super::super::junk::{Batch, Sieve};
use crate::model::State;
use kit::outbox::Message;
use kit::{At, Result, Tx, Uuid, args};
use policy::Permit;

/// A shown report waits for a look.
pub(in crate::moderation) async fn let_wait(tx: &mut Tx, permit: &Permit, id: Uuid) -> Result<()> {
    tx.run(
        "update signal set publication = 'waiting' where municipality = $1 and id = $2 and publication = 'shown'",
        args![permit.municipality(), id],
    )
    .await?;
    Ok(())
}

/// The mails about a report that were not sent go later.
pub(in crate::moderation) async fn delay_mail(tx: &mut Tx, permit: &Permit, signal: Uuid, at: At) -> Result<()> {
    tx.run(
        "update outbox set next_at = $3 where municipality = $1 and state = 'waiting'
            and id in (select id from message where municipality = $1 and signal_id = $2)",
        args![permit.municipality(), signal, at],
    )
    .await?;
    Ok(())
}

/// The mails about a report that were not sent leave the outbox until a person has looked.
pub(in crate::moderation) async fn hold_mail(tx: &mut Tx, permit: &Permit, signal: Uuid) -> Result<()> {
    tx.run(
        "insert into held_mail (municipality, id, signal_id, recipient, subject, body)
         select o.municipality, o.id, m.signal_id, o.recipient, o.subject, o.body
         from message m join outbox o on o.municipality = m.municipality and o.id = m.id
         where m.municipality = $1 and m.signal_id = $2 and o.state = 'waiting'",
        args![permit.municipality(), signal],
    )
    .await?;
    tx.run(
        "delete from outbox where municipality = $1
            and id in (select id from held_mail where municipality = $1 and signal_id = $2)",
        args![permit.municipality(), signal],
    )
    .await?;
    Ok(())
}

/// The mails of a report that wait.
pub(in crate::moderation) async fn held(tx: &mut Tx, permit: &Permit, signal: Uuid) -> Result<Vec<Message>> {
    tx.all(
        "select id, municipality, recipient, subject, body from held_mail
         where municipality = $1 and signal_id = $2 order by id",
        args![permit.municipality(), signal],
    )
    .await
}

/// They wait no more.
pub(in crate::moderation) async fn drop_held(tx: &mut Tx, permit: &Permit, signal: Uuid) -> Result<()> {
    tx.run("delete from held_mail where municipality = $1 and signal_id = $2", args![permit.municipality(), signal])
        .await?;
    Ok(())
}

/// Opens a batch.
pub(in crate::moderation) async fn add_batch(
    tx: &mut Tx,
    permit: &Permit,
    id: Uuid,
    (actor, at): (Option<Uuid>, At),
    note: &str,
    filter: &str,
) -> Result<()> {
    tx.run(
        "insert into junk_batch (municipality, id, at, actor_id, note, filter, reports)
         values ($1, $2, $3, $4, $5, $6, 0)",
        args![permit.municipality(), id, at, actor, note, filter],
    )
    .await?;
    Ok(())
}

/// Writes how many reports a batch has.
pub(in crate::moderation) async fn count_batch(tx: &mut Tx, permit: &Permit, id: Uuid, reports: i64) -> Result<()> {
    tx.run(
        "update junk_batch set reports = $3 where municipality = $1 and id = $2",
        args![permit.municipality(), id, reports],
    )
    .await?;
    Ok(())
}

/// Writes that a batch was undone.
pub(in crate::moderation) async fn end_batch(
    tx: &mut Tx,
    permit: &Permit,
    id: Uuid,
    (actor, at): (Option<Uuid>, At),
) -> Result<()> {
    tx.run("delete from junk_of where municipality = $1 and batch_id = $2", args![permit.municipality(), id]).await?;
    tx.run(
        "update junk_batch set undone_at = $3, undone_by = $4 where municipality = $1 and id = $2",
        args![permit.municipality(), id, at, actor],
    )
    .await?;
    Ok(())
}

macro_rules! batches {
    ($rest:expr) => {
        concat!(
            "select b.id, b.at, a.name as actor, b.note, b.reports, b.undone_at from junk_batch b
             left join account a on a.municipality = b.municipality and a.id = b.actor_id where b.municipality = $1 ",
            $rest
        )
    };
}

/// One batch.
pub(in crate::moderation) async fn batch(tx: &mut Tx, permit: &Permit, id: Uuid) -> Result<Option<Batch>> {
    tx.opt(batches!("and b.id = $2"), args![permit.municipality(), id]).await
}

/// The last batches, newest first.
pub(in crate::moderation) async fn batches(tx: &mut Tx, permit: &Permit) -> Result<Vec<Batch>> {
    tx.all(batches!("order by b.at desc, b.id desc limit 20"), args![permit.municipality()]).await
}

/// The reports that a sieve lets through: $2 from, $3 before, $4 channel, $5 pattern, $6 words, $7 address, $8 suspect.
macro_rules! sieved {
    ($head:expr, $tail:expr) => {
        concat!(
            $head,
            " from signal s
             where s.municipality = $1 and s.closed_at is null and s.reported_at >= $2 and s.reported_at < $3
                and s.source = 'resident' and s.channel in ('web', 'api', 'open311', 'mail')
                and s.state = 'reported' and s.issue_id is null
                and ($4 = '' or s.channel = $4) and ($5 = '' or s.search like $5 escape '\\')
                and ($6 = '' or s.words = $6)
                and ($7 = '' or exists (select 1 from reporter r where r.municipality = s.municipality
                    and r.signal_id = s.id and lower(r.email) = $7))
                and ($8 = '' or s.suspect <> '')
                and not exists (select 1 from legal_hold h where h.municipality = s.municipality
                    and h.record_id = s.id and h.lifted_at is null)
                and not exists (select 1 from dispatch d where d.municipality = s.municipality and d.signal_id = s.id) ",
            $tail
        )
    };
}

fn values(permit: &Permit, sieve: &Sieve) -> Vec<kit::Value> {
    args![
        permit.municipality(),
        sieve.from.unwrap_or(At::from_micros(i64::MIN)),
        sieve.to.unwrap_or(At::from_micros(i64::MAX)),
        sieve.channel.map_or("", |c| c.as_str()),
        sieve.pattern(),
        &sieve.same,
        sieve.email.trim().to_lowercase(),
        if sieve.suspect { "yes" } else { "" }
    ]
}

/// How many reports a sieve lets through, counted up to `most`.
pub(in crate::moderation) async fn count(tx: &mut Tx, permit: &Permit, sieve: &Sieve, most: i64) -> Result<i64> {
    let mut values = values(permit, sieve);
    values.push(most.into());
    let sql = sieved!("select cast(count(*) as bigint) as n from (select 1 as n", "limit $9) found");
    let (n,): (i64,) = tx.one(sql, values).await?;
    Ok(n)
}

/// A line of the preview.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(in crate::moderation) struct Sample {
    pub(in crate::moderation) id: Uuid,
    pub(in crate::moderation) reference: String,
    pub(in crate::moderation) category: String,
    pub(in crate::moderation) state: State,
    pub(in crate::moderation) words: String,
    pub(in crate::moderation) suspect: String,
    pub(in crate::moderation) reported_at: At,
}

/// The newest reports that a sieve lets through.
pub(in crate::moderation) async fn samples(tx: &mut Tx, permit: &Permit, sieve: &Sieve) -> Result<Vec<Sample>> {
    let sql = sieved!(
        "select s.id, s.reference, s.category, s.state, substr(s.words, 1, 200) as words, s.suspect, s.reported_at",
        "order by s.reported_at desc, s.id desc limit 20"
    );
    tx.all(sql, values(permit, sieve)).await
}

/// Writes which reports go with a batch; gives how many.
pub(in crate::moderation) async fn choose(
    tx: &mut Tx,
    permit: &Permit,
    batch: Uuid,
    sieve: &Sieve,
    most: i64,
) -> Result<i64> {
    let mut values = values(permit, sieve);
    values.push(most.into());
    values.push(batch.into());
    let sql = sieved!(
        "insert into junk_of (municipality, signal_id, batch_id) select s.municipality, s.id, $10",
        "order by s.reported_at, s.id limit $9"
    );
    let chosen = tx.run(sql, values).await?;
    know(tx).await?;
    Ok(i64::try_from(chosen).unwrap_or(i64::MAX))
}

/// PostgreSQL plans what follows by how many rows there are now, not by how few there were; SQLite walks its indexes.
async fn know(tx: &mut Tx) -> Result<()> {
    if tx.pick(false, true) {
        tx.run("analyze junk_of", vec![]).await?;
    }
    Ok(())
}

/// Rows of `$table` that belong to the reports of batch `$2`, by `$key`.
macro_rules! of_batch {
    ($head:expr, $key:literal) => {
        concat!(
            $head,
            " where municipality = $1 and ",
            $key,
            " in (select signal_id from junk_of where municipality = $1 and batch_id = $2)"
        )
    };
}

/// The four statements that carry a table over: (aside, gone from here, back, gone from there).
macro_rules! twin {
    ($table:literal, $key:literal) => {
        [
            of_batch!(concat!("insert into junk_", $table, " select * from ", $table), $key),
            of_batch!(concat!("delete from ", $table), $key),
            of_batch!(concat!("insert into ", $table, " select * from junk_", $table), $key),
            of_batch!(concat!("delete from junk_", $table), $key),
        ]
    };
}

/// Every table with rows of a report, the report itself last. A test compares it with the schema.
pub(in crate::moderation) const TWINS: [(&str, [&str; 4]); 11] = [
    ("signal_event", twin!("signal_event", "signal_id")),
    ("signal_answer", twin!("signal_answer", "signal_id")),
    ("reporter", twin!("reporter", "signal_id")),
    ("reporter_locked", twin!("reporter_locked", "signal_id")),
    ("photo", twin!("photo", "signal_id")),
    ("voice_note", twin!("voice_note", "signal_id")),
    ("message", twin!("message", "signal_id")),
    ("satisfaction", twin!("satisfaction", "signal_id")),
    ("muted_report", twin!("muted_report", "signal_id")),
    ("signal_follower", twin!("signal_follower", "signal_id")),
    ("signal", twin!("signal", "id")),
];

/// Moves the reports of a batch, with all that belongs to them, out of sight.
pub(in crate::moderation) async fn move_aside(tx: &mut Tx, permit: &Permit, batch: Uuid) -> Result<()> {
    for (_, [aside, gone, ..]) in TWINS {
        tx.run(aside, args![permit.municipality(), batch]).await?;
        tx.run(gone, args![permit.municipality(), batch]).await?;
    }
    Ok(())
}

/// Moves them back, the report before what points to it.
pub(in crate::moderation) async fn move_back(tx: &mut Tx, permit: &Permit, batch: Uuid) -> Result<()> {
    for (_, [.., back, gone]) in TWINS.iter().rev() {
        tx.run(back, args![permit.municipality(), batch]).await?;
        tx.run(gone, args![permit.municipality(), batch]).await?;
    }
    Ok(())
}

/// How many reports of a batch were sent again since, with the same id.
pub(in crate::moderation) async fn came_again(tx: &mut Tx, permit: &Permit, batch: Uuid) -> Result<i64> {
    let sql = of_batch!("select cast(count(*) as bigint) as n from signal", "id");
    let (n,): (i64,) = tx.one(sql, args![permit.municipality(), batch]).await?;
    Ok(n)
}

/// Writes down that the shown reports of a batch are not shown any more.
pub(in crate::moderation) async fn remember_gone(tx: &mut Tx, permit: &Permit, batch: Uuid, at: At) -> Result<()> {
    tx.run(
        "insert into public_gone (municipality, reference, at)
         select s.municipality, s.reference, $3 from signal s
         where s.municipality = $1 and s.publication = 'shown'
            and s.id in (select signal_id from junk_of where municipality = $1 and batch_id = $2)
         on conflict (municipality, reference) do update set at = excluded.at",
        args![permit.municipality(), batch, at],
    )
    .await?;
    Ok(())
}

/// The shown reports of a batch are shown again; that is a change of the public map.
pub(in crate::moderation) async fn forget_gone(tx: &mut Tx, permit: &Permit, batch: Uuid) -> Result<()> {
    tx.run(
        "delete from public_gone where municipality = $1 and reference in (select s.reference from signal s
            where s.municipality = $1 and s.publication = 'shown'
                and s.id in (select signal_id from junk_of where municipality = $1 and batch_id = $2))",
        args![permit.municipality(), batch],
    )
    .await?;
    Ok(())
}

/// Takes the mails about the reports of a batch that were not sent out of the outbox.
pub(in crate::moderation) async fn hold_mail_of(tx: &mut Tx, permit: &Permit, batch: Uuid) -> Result<()> {
    tx.run(
        "insert into held_mail (municipality, id, signal_id, recipient, subject, body)
         select o.municipality, o.id, m.signal_id, o.recipient, o.subject, o.body
         from message m join outbox o on o.municipality = m.municipality and o.id = m.id
         where m.municipality = $1 and o.state = 'waiting' and m.signal_id in
            (select signal_id from junk_of where municipality = $1 and batch_id = $2)
         on conflict (municipality, id) do nothing",
        args![permit.municipality(), batch],
    )
    .await?;
    tx.run(
        "delete from outbox where municipality = $1 and state = 'waiting' and id in (select h.id from held_mail h
            where h.municipality = $1 and h.signal_id in
                (select signal_id from junk_of where municipality = $1 and batch_id = $2))",
        args![permit.municipality(), batch],
    )
    .await?;
    Ok(())
}

/// The mails of a batch's reports that nobody needs to look at first.
pub(in crate::moderation) async fn mail_of(tx: &mut Tx, permit: &Permit, batch: Uuid) -> Result<Vec<Message>> {
    tx.all(
        "select h.id, h.municipality, h.recipient, h.subject, h.body from held_mail h
         join signal s on s.municipality = h.municipality and s.id = h.signal_id
         where h.municipality = $1 and s.suspect = ''
            and h.signal_id in (select signal_id from junk_of where municipality = $1 and batch_id = $2)
         order by h.id",
        args![permit.municipality(), batch],
    )
    .await
}

/// They wait no more.
pub(in crate::moderation) async fn drop_mail_of(tx: &mut Tx, permit: &Permit, batch: Uuid) -> Result<()> {
    tx.run(
        "delete from held_mail where municipality = $1
            and signal_id in (select s.id from signal s where s.municipality = $1 and s.suspect = ''
                and s.id in (select signal_id from junk_of where municipality = $1 and batch_id = $2))",
        args![permit.municipality(), batch],
    )
    .await?;
    Ok(())
}
