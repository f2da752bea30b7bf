//! SQL of shifts.

use super::planned::Work;
use super::{Officer, OnShift, Shift};
use kit::{At, Result, Tx, Uuid, Value, args};
use policy::Permit;

/// Columns of [`Shift`], as many values per row in [`insert_many`].
const COLUMNS: usize = 10;

/// The values of a row, for [`insert_many`].
pub(crate) fn values(municipality: &str, shift: &Shift) -> Vec<Value> {
    args![
        municipality,
        shift.id,
        &shift.team,
        &shift.kind,
        shift.starts_at,
        shift.ends_at,
        shift.day,
        shift.lon,
        shift.lat,
        shift.version
    ]
}

/// Writes shifts; those that are known stay as they are.
pub(crate) async fn insert_many(tx: &mut Tx, rows: Vec<Value>) -> Result<u64> {
    tx.insert_many(
        "insert into shift (municipality, id, team, kind, starts_at, ends_at, day, lon, lat, version)",
        "on conflict do nothing",
        COLUMNS,
        rows,
    )
    .await
}

/// Puts officers on shifts: municipality, shift, account per row.
pub(crate) async fn insert_officers(tx: &mut Tx, rows: Vec<Value>) -> Result<u64> {
    tx.insert_many("insert into shift_officer (municipality, shift_id, account_id)", "on conflict do nothing", 3, rows)
        .await
}

/// The shift with this id.
pub(crate) async fn get(tx: &mut Tx, permit: &Permit, id: Uuid) -> Result<Option<Shift>> {
    tx.opt(
        "select id, team, kind, starts_at, ends_at, day, lon, lat, version from shift where municipality = $1 and id = $2",
        args![permit.municipality(), id],
    )
    .await
}

/// The shifts that begin in a stretch of time, in order.
pub(crate) async fn between(tx: &mut Tx, permit: &Permit, from: At, to: At) -> Result<Vec<Shift>> {
    tx.all(
        "select id, team, kind, starts_at, ends_at, day, lon, lat, version from shift
         where municipality = $1 and starts_at >= $2 and starts_at < $3 order by starts_at, id limit 200",
        args![permit.municipality(), from, to],
    )
    .await
}

/// The shifts of one officer that end after `from`, in order.
pub(crate) async fn of_officer(tx: &mut Tx, permit: &Permit, account: Uuid, from: At, most: i64) -> Result<Vec<Shift>> {
    tx.all(
        "select s.id, s.team, s.kind, s.starts_at, s.ends_at, s.day, s.lon, s.lat, s.version
         from shift s join shift_officer o on o.municipality = s.municipality and o.shift_id = s.id
         where s.municipality = $1 and o.account_id = $2 and s.ends_at > $3 order by s.starts_at, s.id limit $4",
        args![permit.municipality(), account, from, most],
    )
    .await
}

/// Who is on the shifts that begin in a stretch of time, by name.
pub(crate) async fn officers_between(tx: &mut Tx, permit: &Permit, from: At, to: At) -> Result<Vec<OnShift>> {
    tx.all(
        "select o.shift_id, o.account_id, a.name from shift_officer o
         join shift s on s.municipality = o.municipality and s.id = o.shift_id
         join account a on a.municipality = o.municipality and a.id = o.account_id
         where o.municipality = $1 and s.starts_at >= $2 and s.starts_at < $3 order by a.name, o.account_id limit 1000",
        args![permit.municipality(), from, to],
    )
    .await
}

/// Who is on one shift, by name.
pub(crate) async fn officers(tx: &mut Tx, permit: &Permit, shift: Uuid) -> Result<Vec<OnShift>> {
    tx.all(
        "select o.shift_id, o.account_id, a.name from shift_officer o
         join account a on a.municipality = o.municipality and a.id = o.account_id
         where o.municipality = $1 and o.shift_id = $2 order by a.name, o.account_id",
        args![permit.municipality(), shift],
    )
    .await
}

/// Officers who already have a shift in a stretch of time.
pub(crate) async fn busy(tx: &mut Tx, permit: &Permit, from: At, to: At) -> Result<Vec<OnShift>> {
    tx.all(
        "select o.shift_id, o.account_id, a.name from shift_officer o
         join shift s on s.municipality = o.municipality and s.id = o.shift_id
         join account a on a.municipality = o.municipality and a.id = o.account_id
         where o.municipality = $1 and s.starts_at < $3 and s.ends_at > $2 order by a.name",
        args![permit.municipality(), from, to],
    )
    .await
}

/// Officers with an open account, by name.
pub(crate) async fn all_officers(tx: &mut Tx, permit: &Permit) -> Result<Vec<Officer>> {
    tx.all(
        "select id, name from account where municipality = $1 and role = 'officer' and active = $2 order by name, id limit 200",
        args![permit.municipality(), true],
    )
    .await
}

/// Takes everybody off a shift.
pub(super) async fn clear(tx: &mut Tx, permit: &Permit, shift: Uuid) -> Result<u64> {
    tx.run("delete from shift_officer where municipality = $1 and shift_id = $2", args![permit.municipality(), shift])
        .await
}

/// Who is on the shifts that begin in a stretch of time, in order of their begin.
pub(super) async fn work(tx: &mut Tx, permit: &Permit, from: At, to: At) -> Result<Vec<Work>> {
    tx.all(
        "select o.shift_id, o.account_id, s.kind, s.starts_at, s.ends_at from shift s
         join shift_officer o on o.municipality = s.municipality and o.shift_id = s.id
         where s.municipality = $1 and s.starts_at >= $2 and s.starts_at < $3 order by s.starts_at, s.id, o.account_id",
        args![permit.municipality(), from, to],
    )
    .await
}
