//! SQL of wrecks.

use super::State;
use kit::{At, Result, Tx, Uuid, args};
use policy::Permit;

/// A wreck.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
pub struct Wreck {
    /// Id.
    pub id: Uuid,
    /// Its number, on the label.
    pub number: i64,
    /// Kind, an id of the configuration.
    pub kind: String,
    /// How far it is.
    pub state: State,
    /// What it looks like.
    pub description: String,
    /// Where, in words.
    pub place: String,
    /// Longitude.
    pub lon: Option<f64>,
    /// Latitude.
    pub lat: Option<f64>,
    /// Neighbourhood; empty: not known.
    pub area: String,
    /// The visit that it was found on.
    pub visit_id: Option<Uuid>,
    /// Whether it was removed without waiting (Awb art. 5:31).
    pub is_urgent: bool,
    /// When it was found.
    pub found_at: At,
    /// When the label was hung.
    pub labelled_at: Option<At>,
    /// Until when the label gives time.
    pub label_until: Option<At>,
    /// When it was removed.
    pub removed_at: Option<At>,
    /// The record of the removal (Awb art. 5:29(2)).
    pub record: String,
    /// What was done with its lock.
    pub lock: String,
    /// When a copy of the record was handed over.
    pub copied_at: Option<At>,
    /// When it came in storage.
    pub stored_at: Option<At>,
    /// Where it is stored.
    pub store_place: String,
    /// When it ended.
    pub ended_at: Option<At>,
    /// How it ended, in words.
    pub outcome: String,
    /// By which proof the owner collected it.
    pub proof: String,
    /// What the owner paid, in cents.
    pub costs_cents: i64,
    /// What the sale gave, in cents.
    pub proceeds_cents: i64,
    /// Number of changes.
    pub version: i64,
}

/// A line of its history.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct Line {
    pub at: At,
    pub actor_id: Option<Uuid>,
    pub act: String,
    pub note: String,
}

/// Wrecks of municipality `$1`, followed by `$rest`.
macro_rules! wrecks {
    ($rest:literal) => {
        concat!(
            "select id, number, kind, state, description, place, lon, lat, area, visit_id, is_urgent, found_at,
                labelled_at, label_until, removed_at, record, lock, copied_at, stored_at, store_place, ended_at, outcome,
                proof, costs_cents, proceeds_cents, version from wreck where municipality = $1 ",
            $rest
        )
    };
}

pub(super) async fn next_number(tx: &mut Tx, permit: &Permit) -> Result<i64> {
    let (number,): (i64,) = tx
        .one(
            "select cast(coalesce(max(number), 0) + 1 as bigint) from wreck where municipality = $1",
            args![permit.municipality()],
        )
        .await?;
    Ok(number)
}

pub(super) async fn insert(tx: &mut Tx, permit: &Permit, w: &Wreck) -> Result<()> {
    tx.run(
        "insert into wreck (municipality, id, number, kind, state, description, place, lon, lat, area, visit_id,
            is_urgent, found_at, labelled_at, label_until, removed_at, record, lock, copied_at, stored_at, store_place,
            ended_at, outcome, proof, costs_cents, proceeds_cents, version)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23,
            $24, $25, $26, $27)",
        args![
            permit.municipality(),
            w.id,
            w.number,
            &w.kind,
            w.state,
            &w.description,
            &w.place,
            w.lon,
            w.lat,
            &w.area,
            w.visit_id,
            w.is_urgent,
            w.found_at,
            w.labelled_at,
            w.label_until,
            w.removed_at,
            &w.record,
            &w.lock,
            w.copied_at,
            w.stored_at,
            &w.store_place,
            w.ended_at,
            &w.outcome,
            &w.proof,
            w.costs_cents,
            w.proceeds_cents,
            w.version
        ],
    )
    .await?;
    Ok(())
}

/// Writes a changed wreck while the version is still the one that was read; 0 when somebody was first.
pub(super) async fn update(tx: &mut Tx, permit: &Permit, w: &Wreck) -> Result<u64> {
    tx.run(
        "update wreck set state = $4, is_urgent = $5, labelled_at = $6, label_until = $7, removed_at = $8, record = $9,
            lock = $10, copied_at = $11, stored_at = $12, store_place = $13, ended_at = $14, outcome = $15, proof = $16,
            costs_cents = $17, proceeds_cents = $18, version = version + 1
         where municipality = $1 and id = $2 and version = $3",
        args![
            permit.municipality(),
            w.id,
            w.version,
            w.state,
            w.is_urgent,
            w.labelled_at,
            w.label_until,
            w.removed_at,
            &w.record,
            &w.lock,
            w.copied_at,
            w.stored_at,
            &w.store_place,
            w.ended_at,
            &w.outcome,
            &w.proof,
            w.costs_cents,
            w.proceeds_cents
        ],
    )
    .await
}

pub(super) async fn get(tx: &mut Tx, permit: &Permit, id: Uuid) -> Result<Option<Wreck>> {
    tx.opt(wrecks!("and id = $2"), args![permit.municipality(), id]).await
}

/// What is not over, and what ended since `since`, oldest first.
pub(super) async fn list(tx: &mut Tx, permit: &Permit, since: At) -> Result<Vec<Wreck>> {
    tx.all(
        wrecks!("and (ended_at is null or ended_at >= $2) order by found_at, id limit 500"),
        args![permit.municipality(), since],
    )
    .await
}

pub(super) async fn add_line(tx: &mut Tx, permit: &Permit, wreck: Uuid, line: &Line) -> Result<()> {
    tx.run(
        "insert into wreck_history (municipality, id, wreck_id, at, actor_id, act, note)
         values ($1, $2, $3, $4, $5, $6, $7)",
        args![permit.municipality(), kit::clock::id_at(line.at), wreck, line.at, line.actor_id, &line.act, &line.note],
    )
    .await?;
    Ok(())
}

pub(super) async fn history(tx: &mut Tx, permit: &Permit, wreck: Uuid) -> Result<Vec<Line>> {
    tx.all(
        "select at, actor_id, act, note from wreck_history where municipality = $1 and wreck_id = $2
         order by at desc, id desc limit 200",
        args![permit.municipality(), wreck],
    )
    .await
}

pub(super) async fn add_photo(
    tx: &mut Tx,
    permit: &Permit,
    (wreck, id, at): (Uuid, Uuid, At),
    (step, picture, thumb): (&str, &[u8], &[u8]),
) -> Result<()> {
    tx.run(
        "insert into wreck_photo (municipality, id, wreck_id, at, step, picture_bytes, thumb_bytes)
         values ($1, $2, $3, $4, $5, $6, $7)",
        args![permit.municipality(), id, wreck, at, step, picture.to_vec(), thumb.to_vec()],
    )
    .await?;
    Ok(())
}

pub(super) async fn photos(tx: &mut Tx, permit: &Permit, wreck: Uuid) -> Result<Vec<Uuid>> {
    let rows: Vec<(Uuid,)> = tx
        .all(
            "select id from wreck_photo where municipality = $1 and wreck_id = $2 order by at, id limit 50",
            args![permit.municipality(), wreck],
        )
        .await?;
    Ok(rows.into_iter().map(|r| r.0).collect())
}

pub(super) async fn picture(
    tx: &mut Tx,
    permit: &Permit,
    (wreck, id): (Uuid, Uuid),
    small: bool,
) -> Result<Option<Vec<u8>>> {
    let sql = match small {
        true => "select thumb_bytes from wreck_photo where municipality = $1 and wreck_id = $2 and id = $3",
        false => "select picture_bytes from wreck_photo where municipality = $1 and wreck_id = $2 and id = $3",
    };
    let row: Option<(Vec<u8>,)> = tx.opt(sql, args![permit.municipality(), wreck, id]).await?;
    Ok(row.map(|r| r.0))
}

/// Names of the accounts in a history.
pub(super) async fn names(tx: &mut Tx, permit: &Permit) -> Result<Vec<(Uuid, String)>> {
    tx.all("select id, name from account where municipality = $1", args![permit.municipality()]).await
}
