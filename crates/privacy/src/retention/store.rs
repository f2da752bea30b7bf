//! SQL of retention on the record envelope. Domain tables of later slices that name a record add their own here.

pub mod proofs;
pub mod shelves;

use super::rules::Sort;
use kit::shelf::Due;
use kit::{AnyVault, At, Result, Tx, Uuid, Value, args};
use law::Trigger;

/// How many records one statement takes.
pub(super) const AT_ONCE: usize = 25;

/// A statement on [`AT_ONCE`] records by id; see [`on`].
macro_rules! these {
    ($head:expr) => {
        these!($head, "")
    };
    ($head:expr, $tail:expr) => {
        concat!(
            $head,
            " in ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23,
              $24, $25, $26)",
            $tail
        )
    };
}

/// The values of such a statement: the municipality and the ids, the last one again where there are fewer.
fn on(municipality: &str, ids: &[Uuid]) -> Vec<Value> {
    let mut values = args![municipality];
    let last = ids.last().copied().unwrap_or_default();
    values.extend(ids.iter().copied().chain(std::iter::repeat(last)).take(AT_ONCE).map(Value::from));
    values
}

/// The instant that starts a record's clock; `$4` says which.
macro_rules! clock {
    () => {
        "case cast($4 as text) when 'created' then r.created_at when 'closed' then r.closed_at else r.ended_at end"
    };
}

/// Open legal holds of `r`.
macro_rules! held {
    () => {
        "exists (select 1 from legal_hold h where h.municipality = r.municipality and h.record_id = r.id
            and h.lifted_at is null)"
    };
}

/// Records of one sort and step whose clock started before `$5`, without a hold.
macro_rules! waiting {
    ($head:expr, $step:expr, $tail:expr) => {
        concat!(
            $head,
            " from record r where r.municipality = $1 and r.processing = $2 and r.kind = $3 and ",
            clock!(),
            " < $5 and ",
            $step,
            " and not ",
            held!(),
            " ",
            $tail
        )
    };
}

macro_rules! candidates {
    ($step:expr, $lock:expr) => {
        waiting!(
            concat!("select r.id, ", clock!(), " as started_at"),
            $step,
            concat!("order by r.created_at, r.id limit $6 ", $lock)
        )
    };
}

macro_rules! preview {
    ($step:expr) => {
        waiting!(
            concat!("select ", clock!(), " / 900000000 as quarter, cast(count(*) as bigint) as rows"),
            $step,
            "group by 1 order by 1"
        )
    };
}

/// In daily work.
macro_rules! in_use {
    () => {
        "r.removed_at is null"
    };
}

/// Locked.
macro_rules! locked {
    () => {
        "r.removed_at is not null"
    };
}

/// Not yet anonymised.
macro_rules! named {
    () => {
        " and not exists (select 1 from record_history x where x.municipality = r.municipality
            and x.record_id = r.id and x.act = 'anonymised')"
    };
}

/// Locked before today (`$7`).
macro_rules! locked_before {
    () => {
        "r.removed_at < $7"
    };
}

/// PostgreSQL: nobody else moves these records, and nobody places a hold on them, until we are done.
macro_rules! lock {
    () => {
        "for update of r skip locked"
    };
}

/// What happens to a record next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// Out of daily work.
    Remove,
    /// Gone.
    Destroy,
    /// What points to a person is gone.
    Anonymise,
}

/// A record whose step is due.
#[derive(Clone, Copy, Debug, sqlx::FromRow)]
pub(super) struct Candidate {
    pub id: Uuid,
    /// When its clock started.
    pub started_at: At,
}

/// Every kind of record of every processing in this vault.
pub(super) async fn sorts(tx: &mut Tx<AnyVault>, municipality: &str) -> Result<Vec<Sort>> {
    tx.all(
        "select distinct processing, kind from record where municipality = $1 order by processing, kind",
        args![municipality],
    )
    .await
}

/// The first records of a sort that are due for a step, locked until the end of the transaction. What was removed
/// `today` is not destroyed today; a record that somebody is placing a hold on at this moment waits for the next night.
pub(super) async fn candidates(
    tx: &mut Tx<AnyVault>,
    municipality: &str,
    sort: &Sort,
    (step, trigger, before): (Step, Trigger, At),
    today: At,
    most: i64,
) -> Result<Vec<Candidate>> {
    let sql = match step {
        Step::Remove => tx.pick(candidates!(in_use!(), ""), candidates!(in_use!(), lock!())),
        Step::Destroy => tx.pick(candidates!(locked_before!(), ""), candidates!(locked_before!(), lock!())),
        Step::Anonymise => tx.pick(
            candidates!(concat!(locked_before!(), named!()), ""),
            candidates!(concat!(locked_before!(), named!()), lock!()),
        ),
    };
    let mut values = args![municipality, &sort.processing, &sort.kind, trigger.as_str(), before, most];
    if step != Step::Remove {
        values.push(today.into());
    }
    let mut found: Vec<Candidate> = tx.all(sql, values).await?;
    // On PostgreSQL a hold can have come between the look and the lock.
    let mut held: Vec<Uuid> = Vec::new();
    for chunk in found.chunks(AT_ONCE) {
        let ids: Vec<Uuid> = chunk.iter().map(|c| c.id).collect();
        let rows: Vec<(Uuid,)> = tx
            .all(
                these!("select record_id from legal_hold where municipality = $1 and lifted_at is null and record_id"),
                on(municipality, &ids),
            )
            .await?;
        held.extend(rows.into_iter().map(|r| r.0));
    }
    found.retain(|c| !held.contains(&c.id));
    Ok(found)
}

/// What will be due for a step: when the clocks started, and of how many records.
pub(super) async fn due(
    tx: &mut Tx<AnyVault>,
    municipality: &str,
    sort: &Sort,
    (step, trigger, before): (Step, Trigger, At),
) -> Result<Vec<Due>> {
    let sql = match step {
        Step::Remove => preview!(in_use!()),
        Step::Destroy => preview!(locked!()),
        Step::Anonymise => preview!(concat!(locked!(), named!())),
    };
    tx.all(sql, args![municipality, &sort.processing, &sort.kind, trigger.as_str(), before]).await
}

/// How many records of a sort stand where.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub(super) struct Counts {
    pub free: i64,
    pub targeted: i64,
    pub removed: i64,
    /// On legal hold; they count in their stage too.
    pub held: i64,
}

/// Counts the records of a sort; what started before `targeted` is past free use.
pub(super) async fn counts(
    tx: &mut Tx<AnyVault>,
    municipality: &str,
    sort: &Sort,
    (trigger, targeted): (Trigger, At),
) -> Result<Counts> {
    tx.one(
        concat!(
            "select cast(coalesce(sum(case when x.is_removed = 0 and x.is_past = 0 then 1 else 0 end), 0) as bigint) as free,
                cast(coalesce(sum(case when x.is_removed = 0 and x.is_past = 1 then 1 else 0 end), 0) as bigint) as targeted,
                cast(coalesce(sum(x.is_removed), 0) as bigint) as removed,
                cast(coalesce(sum(x.is_held), 0) as bigint) as held
             from (select case when r.removed_at is null then 0 else 1 end as is_removed,
                    case when ",
            clock!(),
            " < $5 then 1 else 0 end as is_past, case when ",
            held!(),
            " then 1 else 0 end as is_held
                   from record r where r.municipality = $1 and r.processing = $2 and r.kind = $3) x"
        ),
        args![municipality, &sort.processing, &sort.kind, trigger.as_str(), targeted],
    )
    .await
}

/// Fingerprints of the persons in these records.
pub(super) async fn subjects(tx: &mut Tx<AnyVault>, municipality: &str, ids: &[Uuid]) -> Result<Vec<String>> {
    let rows: Vec<(String,)> = tx
        .all(
            these!("select distinct fingerprint from record_subject where municipality = $1 and record_id"),
            on(municipality, ids),
        )
        .await?;
    Ok(rows.into_iter().map(|r| r.0).collect())
}

/// Marks these records as removed.
pub(super) async fn remove(tx: &mut Tx<AnyVault>, municipality: &str, ids: &[Uuid], at: At) -> Result<()> {
    let mut values = on(municipality, ids);
    values.push(at.into());
    tx.run(these!("update record set removed_at = $27, version = version + 1 where municipality = $1 and id"), values)
        .await?;
    Ok(())
}

/// Adds a line to the history of each of these records.
pub(super) async fn history(
    tx: &mut Tx<AnyVault>,
    municipality: &str,
    ids: &[Uuid],
    (act, detail): (&str, &str),
    (at, actor): (At, Option<Uuid>),
) -> Result<()> {
    let mut values = Vec::with_capacity(ids.len() * 7);
    for id in ids {
        values.extend(args![municipality, kit::clock::id_at(at), *id, at, actor, act, detail]);
    }
    tx.insert_many(
        "insert into record_history (municipality, id, record_id, at, actor_id, act, detail)",
        "",
        7,
        values,
    )
    .await?;
    Ok(())
}

/// Deletes what these records say and whom they are about: fields, persons, participants, history, what waits to be
/// delivered of them. The envelope stays.
pub(super) async fn empty(tx: &mut Tx<AnyVault>, municipality: &str, ids: &[Uuid]) -> Result<()> {
    for sql in [
        these!("delete from record_field where municipality = $1 and record_id"),
        these!("delete from record_subject where municipality = $1 and record_id"),
        these!("delete from record_participant where municipality = $1 and record_id"),
        these!("delete from record_history where municipality = $1 and record_id"),
        these!(
            "delete from crossing where municipality = $1 and disclosure_id in
                (select id from disclosure where municipality = $1 and record_id",
            ")"
        ),
        these!("delete from legal_hold where municipality = $1 and record_id"),
        these!("delete from sanction_line where municipality = $1 and record_id"),
        these!("delete from sanction_sent where municipality = $1 and record_id"),
        these!("delete from sanction_event where municipality = $1 and record_id"),
    ] {
        tx.run(sql, on(municipality, ids)).await?;
    }
    Ok(())
}

/// Deletes the emptied envelopes, and where they came from.
pub(super) async fn destroy(tx: &mut Tx<AnyVault>, municipality: &str, ids: &[Uuid]) -> Result<()> {
    tx.run(these!("delete from receipt where municipality = $1 and record_id"), on(municipality, ids)).await?;
    tx.run(these!("delete from record where municipality = $1 and id"), on(municipality, ids)).await?;
    Ok(())
}

/// Takes from the emptied envelopes who made them.
pub(super) async fn anonymise(tx: &mut Tx<AnyVault>, municipality: &str, ids: &[Uuid]) -> Result<()> {
    tx.run(
        these!("update record set created_by = null, version = version + 1 where municipality = $1 and id"),
        on(municipality, ids),
    )
    .await?;
    Ok(())
}
