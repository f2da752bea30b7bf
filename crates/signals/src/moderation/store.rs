//! SQL of moderation.

mod junk;
mod public;

pub(super) use junk::*;
pub(super) use public::*;

use crate::model::{Kind, Publication, Source, State};
use kit::{At, Result, Tx, Uuid, args};
use policy::Permit;

/// What decides whether a signal may be shown.
#[derive(Debug, sqlx::FromRow)]
pub(super) struct Standing {
    pub(super) reference: String,
    pub(super) publication: Publication,
    pub(super) category: String,
    pub(super) kind: Kind,
    pub(super) source: Source,
    pub(super) lon: Option<f64>,
}

pub(super) async fn standing(tx: &mut Tx, permit: &Permit, id: Uuid) -> Result<Option<Standing>> {
    tx.opt(
        "select reference, publication, category, kind, source, lon from signal where municipality = $1 and id = $2",
        args![permit.municipality(), id],
    )
    .await
}

/// Nobody but staff sees the signal, nor the words that were released.
pub(super) async fn make_private(tx: &mut Tx, permit: &Permit, id: Uuid) -> Result<()> {
    tx.run(
        "update signal set publication = 'none', public_words = null where municipality = $1 and id = $2",
        args![permit.municipality(), id],
    )
    .await?;
    Ok(())
}

/// Writes down that a reference is not shown any more.
pub(super) async fn gone(tx: &mut Tx, permit: &Permit, reference: &str, at: At) -> Result<()> {
    tx.run(
        "insert into public_gone (municipality, reference, at) values ($1, $2, $3)
         on conflict (municipality, reference) do update set at = excluded.at",
        args![permit.municipality(), reference, at],
    )
    .await?;
    Ok(())
}

/// A reference is shown again.
pub(super) async fn back(tx: &mut Tx, permit: &Permit, reference: &str) -> Result<()> {
    tx.run(
        "delete from public_gone where municipality = $1 and reference = $2",
        args![permit.municipality(), reference],
    )
    .await?;
    Ok(())
}

/// Sets what the public sees, when the signal is still at `version`.
pub(super) async fn set_publication(
    tx: &mut Tx,
    permit: &Permit,
    (id, version): (Uuid, i64),
    publication: Publication,
    public_words: Option<&str>,
) -> Result<u64> {
    tx.run(
        "update signal set publication = $4, public_words = $5, version = version + 1
         where municipality = $1 and id = $2 and version = $3",
        args![permit.municipality(), id, version, publication, public_words],
    )
    .await
}

/// One line of the queue.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct Item {
    pub(super) id: Uuid,
    pub(super) reference: String,
    pub(super) category: String,
    pub(super) state: State,
    pub(super) kind: Kind,
    pub(super) source: Source,
    pub(super) words: String,
    pub(super) address: String,
    pub(super) area: Option<String>,
    pub(super) lon: Option<f64>,
    pub(super) lat: Option<f64>,
    pub(super) reported_at: At,
    pub(super) updated_at: At,
    pub(super) publication: Publication,
    pub(super) public_words: Option<String>,
    pub(super) suspect: String,
    pub(super) version: i64,
}

macro_rules! items {
    ($where:expr) => {
        concat!(
            "select id, reference, category, state, kind, source, words, address, area, lon, lat, reported_at,
                updated_at, publication, public_words, suspect, version
             from signal where municipality = $1 and ",
            $where
        )
    };
}

/// The reports that wait for a look and do not look like junk, oldest first, after `after`.
pub(super) async fn waiting(tx: &mut Tx, permit: &Permit, (at, id): (At, Uuid), most: i64) -> Result<Vec<Item>> {
    let sql = items!(
        "publication = 'waiting' and suspect = '' and (reported_at, id) > ($2, $3)
         order by reported_at, id limit $4"
    );
    tx.all(sql, args![permit.municipality(), at, id, most]).await
}

/// The reports that look like junk, oldest first, after `after`.
pub(super) async fn suspects(tx: &mut Tx, permit: &Permit, (at, id): (At, Uuid), most: i64) -> Result<Vec<Item>> {
    let sql = items!("suspect <> '' and (reported_at, id) > ($2, $3) order by reported_at, id limit $4");
    tx.all(sql, args![permit.municipality(), at, id, most]).await
}

/// The reports that are shown or hidden, last changed first, before `before`.
pub(super) async fn decided(
    tx: &mut Tx,
    permit: &Permit,
    publication: Publication,
    (at, id): (At, Uuid),
    most: i64,
) -> Result<Vec<Item>> {
    let sql = items!(
        "publication in ('shown', 'hidden') and publication = $5 and (updated_at, id) < ($2, $3)
         order by updated_at desc, id desc limit $4"
    );
    tx.all(sql, args![permit.municipality(), at, id, most, publication]).await
}

/// How many reports wait and how many look like junk, counted up to `most`.
pub(super) async fn counts(tx: &mut Tx, permit: &Permit, most: i64) -> Result<(i64, i64)> {
    tx.one(
        "select (select cast(count(*) as bigint) from (select 1 as n from signal
                 where municipality = $1 and publication = 'waiting' and suspect = '' limit $2) w) as waiting,
            (select cast(count(*) as bigint) from (select 1 as n from signal
                 where municipality = $1 and suspect <> '' limit $2) s) as suspects",
        args![permit.municipality(), most],
    )
    .await
}

/// Which signs of junk a report has, and that somebody must look before it is shown.
pub(super) async fn set_suspect(tx: &mut Tx, permit: &Permit, id: Uuid, signs: &str) -> Result<()> {
    tx.run(
        "update signal set suspect = $3, publication = case publication when 'shown' then 'waiting' else publication end
         where municipality = $1 and id = $2",
        args![permit.municipality(), id, signs],
    )
    .await?;
    Ok(())
}

/// The signs of junk of a report.
pub(super) async fn suspect(tx: &mut Tx, permit: &Permit, id: Uuid) -> Result<String> {
    let row: Option<(String,)> = tx
        .opt("select suspect from signal where municipality = $1 and id = $2", args![permit.municipality(), id])
        .await?;
    Ok(row.map(|r| r.0).unwrap_or_default())
}
