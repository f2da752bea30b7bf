//! SQL of deeds.

use super::{Deed, Row};
use jiff::civil::Date;
use kit::{At, Result, Tx, Uuid, args};
use policy::Permit;

/// The deeds of municipality `$1` with the officer's name, followed by `$rest`.
macro_rules! rows {
    ($rest:literal) => {
        concat!(
            "select d.id, d.account_id, a.name as person, d.number, d.domain, d.territory, d.offences, d.means,
                d.valid_from, d.valid_until, d.trained_until, d.version
             from deed d join account a on a.municipality = d.municipality and a.id = d.account_id
             where d.municipality = $1 and ",
            $rest
        )
    };
}

fn number(day: Date) -> i64 {
    i64::from(kit::clock::day_number(day))
}

/// The deed of an officer on a day that lasts longest.
pub(super) async fn valid(tx: &mut Tx, permit: &Permit, account: Uuid, day: i64) -> Result<Option<Row>> {
    tx.opt(
        rows!(
            "d.account_id = $2 and d.valid_from <= $3 and d.valid_until >= $3 order by d.valid_until desc, d.id limit 1"
        ),
        args![permit.municipality(), account, day],
    )
    .await
}

/// The deeds of an officer, the newest first.
pub(super) async fn of(tx: &mut Tx, permit: &Permit, account: Uuid) -> Result<Vec<Row>> {
    tx.all(
        rows!("d.account_id = $2 order by d.valid_until desc, d.id limit 100"),
        args![permit.municipality(), account],
    )
    .await
}

/// The deeds of open accounts that end on a day or later.
pub(super) async fn since(tx: &mut Tx, permit: &Permit, day: i64) -> Result<Vec<Row>> {
    tx.all(
        rows!("d.valid_until >= $2 and a.active order by a.name, d.account_id, d.valid_from limit 1000"),
        args![permit.municipality(), day],
    )
    .await
}

/// Whether the account is that of an officer.
pub(super) async fn is_officer(tx: &mut Tx, permit: &Permit, account: Uuid) -> Result<bool> {
    let found: Option<(Uuid,)> = tx
        .opt(
            "select id from account where municipality = $1 and id = $2 and role = 'officer'",
            args![permit.municipality(), account],
        )
        .await?;
    Ok(found.is_some())
}

/// How many other deeds of the officer for the domain share a day with this one.
pub(super) async fn overlapping(tx: &mut Tx, permit: &Permit, deed: &Deed) -> Result<i64> {
    let (count,): (i64,) = tx
        .one(
            "select count(*) from deed where municipality = $1 and account_id = $2 and id <> $3 and domain = $4
                and valid_from <= $6 and valid_until >= $5",
            args![permit.municipality(), deed.account_id, deed.id, &deed.domain, number(deed.from), number(deed.until)],
        )
        .await?;
    Ok(count)
}

/// Writes a new deed.
pub(super) async fn insert(tx: &mut Tx, permit: &Permit, deed: &Deed, (by, at): (Uuid, At)) -> Result<()> {
    tx.run(
        "insert into deed (municipality, id, account_id, number, domain, territory, offences, means, valid_from,
            valid_until, trained_until, made_at, made_by, version)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 1)",
        args![
            permit.municipality(),
            deed.id,
            deed.account_id,
            &deed.number,
            &deed.domain,
            deed.territory.join(" "),
            deed.offences.join(" "),
            deed.means.join(" "),
            number(deed.from),
            number(deed.until),
            deed.trained_until.map(number),
            at,
            by
        ],
    )
    .await?;
    Ok(())
}

/// Corrects a deed while the version is still the present one.
pub(super) async fn update(tx: &mut Tx, permit: &Permit, deed: &Deed) -> Result<u64> {
    tx.run(
        "update deed set number = $4, domain = $5, territory = $6, offences = $7, means = $8, valid_from = $9,
            valid_until = $10, trained_until = $11, version = version + 1
         where municipality = $1 and id = $2 and version = $3 and account_id = $12",
        args![
            permit.municipality(),
            deed.id,
            deed.version,
            &deed.number,
            &deed.domain,
            deed.territory.join(" "),
            deed.offences.join(" "),
            deed.means.join(" "),
            number(deed.from),
            number(deed.until),
            deed.trained_until.map(number),
            deed.account_id
        ],
    )
    .await
}
