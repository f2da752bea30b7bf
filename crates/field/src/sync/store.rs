//! SQL of what phones told, and of photos and spoken notes on their way.

use super::model::{Kind, Outcome};
use super::photo::{Coming, Media};
use kit::{At, Result, Tx, Uuid, args};
use policy::Permit;

/// An event as it is kept.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Told {
    /// Its id.
    pub id: Uuid,
    /// The phone.
    pub device_id: Uuid,
    /// The officer.
    pub account_id: Uuid,
    /// Name of the officer.
    pub officer: String,
    /// Its number on the phone.
    pub seq: i64,
    /// What happened.
    pub kind: Kind,
    /// When, by the phone's clock.
    pub told_at: At,
    /// When, corrected for the phone's clock.
    pub at: At,
    /// When it came in.
    pub received_at: At,
    /// What became of it.
    pub outcome: Outcome,
    /// Locale key of the sentence about it; empty when it is written as told.
    pub reason: String,
    /// Values of that sentence as JSON.
    pub reason_values: String,
    /// The record that it became.
    pub record_id: Option<Uuid>,
    /// What was told as JSON; empty when all of it stands in the record.
    pub content: String,
}

/// An event that was told before.
pub(super) async fn get(tx: &mut Tx, permit: &Permit, id: Uuid) -> Result<Option<Told>> {
    tx.opt(
        "select e.id, e.device_id, e.account_id, '' as officer, e.seq, e.kind, e.told_at, e.at, e.received_at, e.outcome,
            e.reason, e.reason_values, e.record_id, e.content
         from field_event e where e.municipality = $1 and e.id = $2",
        args![permit.municipality(), id],
    )
    .await
}

/// Keeps an event with its answer.
pub(super) async fn insert(tx: &mut Tx, permit: &Permit, told: &Told) -> Result<u64> {
    tx.run(
        "insert into field_event (municipality, id, device_id, account_id, seq, kind, told_at, at, received_at, outcome,
            reason, reason_values, record_id, content) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
        args![
            permit.municipality(),
            told.id,
            told.device_id,
            told.account_id,
            told.seq,
            told.kind,
            told.told_at,
            told.at,
            told.received_at,
            told.outcome,
            &told.reason,
            &told.reason_values,
            told.record_id,
            &told.content
        ],
    )
    .await
}

/// What became otherwise or was refused, and nobody looked at yet; the oldest first.
pub(super) async fn to_look_at(tx: &mut Tx, permit: &Permit) -> Result<Vec<Told>> {
    tx.all(
        "select e.id, e.device_id, e.account_id, coalesce(a.name, '') as officer, e.seq, e.kind, e.told_at, e.at,
            e.received_at, e.outcome, e.reason, e.reason_values, e.record_id, e.content
         from field_event e left join account a on a.municipality = e.municipality and a.id = e.account_id
         where e.municipality = $1 and e.outcome <> 'done' and e.seen_at is null order by e.received_at, e.id limit 50",
        args![permit.municipality()],
    )
    .await
}

/// What one officer told since a moment and became otherwise or was refused; the newest first.
pub(super) async fn of_officer(tx: &mut Tx, permit: &Permit, account: Uuid, since: At) -> Result<Vec<Told>> {
    tx.all(
        "select e.id, e.device_id, e.account_id, '' as officer, e.seq, e.kind, e.told_at, e.at, e.received_at, e.outcome,
            e.reason, e.reason_values, e.record_id, e.content
         from field_event e where e.municipality = $1 and e.account_id = $2 and e.received_at >= $3
            and e.outcome <> 'done' order by e.received_at desc, e.id limit 30",
        args![permit.municipality(), account, since],
    )
    .await
}

/// A coordinator looked at it.
pub(super) async fn looked(tx: &mut Tx, permit: &Permit, id: Uuid, at: At) -> Result<u64> {
    tx.run(
        "update field_event set seen_at = $3, seen_by = $4 where municipality = $1 and id = $2 and seen_at is null",
        args![permit.municipality(), id, at, permit.actor()],
    )
    .await
}

/// A photo or note that is to come, once per id.
pub(super) async fn photo_expected(
    tx: &mut Tx,
    permit: &Permit,
    (id, event, account): (Uuid, Uuid, Uuid),
    (media, size): (Media, i64),
    at: At,
) -> Result<u64> {
    tx.run(
        "insert into field_photo (municipality, id, event_id, account_id, size, state, at, media)
         values ($1, $2, $3, $4, $5, 'coming', $6, $7) on conflict (municipality, id) do update
         set size = case when field_photo.size = 0 then $5 else field_photo.size end",
        args![permit.municipality(), id, event, account, size, at, media],
    )
    .await
}

/// A photo and how much of it is here.
pub(super) async fn photo(tx: &mut Tx, permit: &Permit, id: Uuid) -> Result<Option<Coming>> {
    tx.opt(
        "select p.id, p.event_id, p.account_id, p.media, p.size, p.state,
            (select cast(coalesce(sum(q.size), 0) as bigint) from field_photo_part q
                where q.municipality = p.municipality and q.photo_id = p.id) as have
         from field_photo p where p.municipality = $1 and p.id = $2",
        args![permit.municipality(), id],
    )
    .await
}

/// The photos of an event that are here whole and not with its signal yet.
pub(super) async fn photos_whole(tx: &mut Tx, permit: &Permit, event: Uuid) -> Result<Vec<(Uuid,)>> {
    tx.all(
        "select p.id from field_photo p where p.municipality = $1 and p.event_id = $2 and p.state = 'coming' and p.size > 0
            and p.size = (select coalesce(sum(q.size), 0) from field_photo_part q
                where q.municipality = p.municipality and q.photo_id = p.id) order by p.id",
        args![permit.municipality(), event],
    )
    .await
}

/// The next piece of a photo.
pub(super) async fn add_part(tx: &mut Tx, permit: &Permit, id: Uuid, start: i64, bytes: Vec<u8>) -> Result<u64> {
    let size = i64::try_from(bytes.len()).unwrap_or(0);
    tx.run(
        "insert into field_photo_part (municipality, photo_id, start, size, part_bytes) values ($1, $2, $3, $4, $5)
         on conflict (municipality, photo_id, start) do nothing",
        args![permit.municipality(), id, start, size, bytes],
    )
    .await
}

/// The pieces of a photo in order.
pub(super) async fn parts(tx: &mut Tx, permit: &Permit, id: Uuid) -> Result<Vec<(Vec<u8>,)>> {
    tx.all(
        "select part_bytes from field_photo_part where municipality = $1 and photo_id = $2 order by start",
        args![permit.municipality(), id],
    )
    .await
}

/// What became of a photo; its pieces go.
pub(super) async fn settle_photo(tx: &mut Tx, permit: &Permit, id: Uuid, state: &str) -> Result<u64> {
    tx.run("delete from field_photo_part where municipality = $1 and photo_id = $2", args![permit.municipality(), id])
        .await?;
    tx.run(
        "update field_photo set state = $3 where municipality = $1 and id = $2 and state = 'coming'",
        args![permit.municipality(), id, state],
    )
    .await
}
