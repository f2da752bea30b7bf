//! SQL of hang-outs and contacts.

use crate::contact::Contact;
use crate::place::Place;
use kit::shelf::Shelf;
use kit::{Result, Tx, Uuid, args};
use policy::Permit;

/// All hang-outs, those that ended last.
pub(crate) async fn places(tx: &mut Tx, permit: &Permit) -> Result<Vec<Place>> {
    tx.all(
        "select id, name, lon, lat, area, is_ended, version from youth_place
         where municipality = $1 order by is_ended, name, id limit 500",
        args![permit.municipality()],
    )
    .await
}

/// Writes a new hang-out.
pub(crate) async fn insert_place(tx: &mut Tx, permit: &Permit, p: &Place, at: kit::At) -> Result<u64> {
    tx.run(
        "insert into youth_place (municipality, id, name, lon, lat, area, is_ended, made_at, version)
         values ($1, $2, $3, $4, $5, $6, $7, $8, 1)",
        args![permit.municipality(), p.id, &p.name, p.lon, p.lat, p.area.as_deref(), p.is_ended, at],
    )
    .await
}

/// Changes a hang-out of this version; 0 when it changed since.
pub(crate) async fn change_place(tx: &mut Tx, permit: &Permit, p: &Place) -> Result<u64> {
    tx.run(
        "update youth_place set name = $4, lon = $5, lat = $6, area = $7, is_ended = $8, version = version + 1
         where municipality = $1 and id = $2 and version = $3",
        args![permit.municipality(), p.id, p.version, &p.name, p.lon, p.lat, p.area.as_deref(), p.is_ended],
    )
    .await
}

/// Contacts since a day, the newest first.
pub(crate) async fn since(tx: &mut Tx, permit: &Permit, day: i64) -> Result<Vec<Contact>> {
    tx.all(
        "select id, place_id, place, lon, lat, area, at, day, size, mood, age, seen, agreement, check_on, kept, kept_note,
            follow_up, version
         from youth_contact where municipality = $1 and day >= $2 order by at desc, id desc limit 5000",
        args![permit.municipality(), day],
    )
    .await
}

/// One contact.
pub(crate) async fn get(tx: &mut Tx, permit: &Permit, id: Uuid) -> Result<Option<Contact>> {
    tx.opt(
        "select id, place_id, place, lon, lat, area, at, day, size, mood, age, seen, agreement, check_on, kept, kept_note,
            follow_up, version
         from youth_contact where municipality = $1 and id = $2",
        args![permit.municipality(), id],
    )
    .await
}

/// Writes a new contact.
pub(crate) async fn insert(tx: &mut Tx, permit: &Permit, c: &Contact, made_at: kit::At) -> Result<u64> {
    tx.run(
        "insert into youth_contact (municipality, id, place_id, place, lon, lat, area, at, day, size, mood, age, seen,
            agreement, check_on, kept, kept_note, follow_up, made_at, version)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, 1)",
        args![
            permit.municipality(),
            c.id,
            c.place_id,
            &c.place,
            c.lon,
            c.lat,
            c.area.as_deref(),
            c.at,
            c.day,
            &c.size,
            &c.mood,
            c.age.as_deref(),
            &c.seen,
            &c.agreement,
            c.check_on,
            c.kept.map(|k| k.as_str()),
            &c.kept_note,
            &c.follow_up,
            made_at
        ],
    )
    .await
}

/// Changes the words and the agreement of a contact of this version; 0 when it changed since.
pub(crate) async fn change(tx: &mut Tx, permit: &Permit, c: &Contact) -> Result<u64> {
    tx.run(
        "update youth_contact set place = $4, seen = $5, agreement = $6, check_on = $7, kept = $8, kept_note = $9,
            version = version + 1
         where municipality = $1 and id = $2 and version = $3",
        args![
            permit.municipality(),
            c.id,
            c.version,
            &c.place,
            &c.seen,
            &c.agreement,
            c.check_on,
            c.kept.map(|k| k.as_str()),
            &c.kept_note
        ],
    )
    .await
}

/// Notes by the moment of the contact.
pub(crate) const CONTACT: Shelf = Shelf {
    kind: "youth-contact",
    total: "select cast(count(*) as bigint) from youth_contact where municipality = $1",
    due: "select at / 900000000 as quarter, cast(count(*) as bigint) as rows from youth_contact
          where municipality = $1 and at < $2 group by 1 order by 1",
    go: &["delete from youth_contact where municipality = $1 and id in (select id from youth_contact
            where municipality = $1 and at < $2 order by at, id limit $3)"],
};
