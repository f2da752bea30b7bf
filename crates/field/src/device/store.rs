//! SQL of phones.

use super::{Device, Listed};
use kit::{At, Result, Tx, Uuid, args};
use policy::Permit;

/// A phone that is not known yet.
pub(super) async fn insert(
    tx: &mut Tx,
    permit: &Permit,
    (id, account): (Uuid, Uuid),
    name: &str,
    at: At,
) -> Result<u64> {
    tx.run(
        "insert into field_device (municipality, id, account_id, name, made_at, seen_at, offset_ms, last_seq, waiting)
         values ($1, $2, $3, $4, $5, $5, 0, 0, 0) on conflict (municipality, id) do nothing",
        args![permit.municipality(), id, account, name, at],
    )
    .await
}

/// It was in touch.
pub(super) async fn touch(tx: &mut Tx, permit: &Permit, id: Uuid, at: At, offset_ms: i64, waiting: i64) -> Result<u64> {
    tx.run(
        "update field_device set seen_at = $3, offset_ms = $4, waiting = $5 where municipality = $1 and id = $2",
        args![permit.municipality(), id, at, offset_ms, waiting],
    )
    .await
}

/// The event with this number was taken in.
pub(super) async fn took(tx: &mut Tx, permit: &Permit, id: Uuid, seq: i64) -> Result<u64> {
    tx.run(
        "update field_device set last_seq = $3 where municipality = $1 and id = $2 and last_seq < $3",
        args![permit.municipality(), id, seq],
    )
    .await
}

/// One phone.
pub(super) async fn get(tx: &mut Tx, permit: &Permit, id: Uuid) -> Result<Option<Device>> {
    tx.opt(
        "select id, account_id, name, seen_at, offset_ms, last_seq, waiting, wipe_asked_at, wiped_at from field_device
         where municipality = $1 and id = $2",
        args![permit.municipality(), id],
    )
    .await
}

/// The phones that were in touch since a moment, or that must wipe themselves; the latest first.
pub(super) async fn list(tx: &mut Tx, permit: &Permit, since: At) -> Result<Vec<Listed>> {
    tx.all(
        "select d.id, a.name as officer, d.name, d.seen_at, d.waiting, d.wipe_asked_at, d.wiped_at from field_device d
         join account a on a.municipality = d.municipality and a.id = d.account_id
         where d.municipality = $1 and (d.seen_at >= $2 or (d.wipe_asked_at is not null and d.wiped_at is null))
         order by d.seen_at desc, d.id limit 200",
        args![permit.municipality(), since],
    )
    .await
}

/// It must wipe itself.
pub(super) async fn ask_wipe(tx: &mut Tx, permit: &Permit, id: Uuid, at: At) -> Result<u64> {
    tx.run(
        "update field_device set wipe_asked_at = $3, wipe_asked_by = $4, wiped_at = null
         where municipality = $1 and id = $2",
        args![permit.municipality(), id, at, permit.actor()],
    )
    .await
}

/// It says that it is empty.
pub(super) async fn set_wiped(tx: &mut Tx, permit: &Permit, id: Uuid, at: At) -> Result<u64> {
    tx.run(
        "update field_device set wiped_at = $3
         where municipality = $1 and id = $2 and wipe_asked_at is not null and wiped_at is null",
        args![permit.municipality(), id, at],
    )
    .await
}
