//! SQL of rosters.

use super::{Act, Changed, Period, Place, ShiftRow, State};
use kit::{At, Result, Tx, Uuid, Value, args};
use policy::Permit;

/// The rosters of municipality `$1`, followed by `$rest`.
macro_rules! rosters {
    ($rest:literal) => {
        concat!(
            "select id, team, first_day, days, state, published_at, cost, bound, tries_done, tries_asked, version
             from roster where municipality = $1 and ",
            $rest
        )
    };
}

/// One roster.
pub(super) async fn get(tx: &mut Tx, permit: &Permit, id: Uuid) -> Result<Option<Period>> {
    tx.opt(rosters!("id = $2"), args![permit.municipality(), id]).await
}

/// The rosters that end on a day or later.
pub(super) async fn since(tx: &mut Tx, permit: &Permit, day: i64) -> Result<Vec<Period>> {
    tx.all(rosters!("first_day + days > $2 order by first_day, team, id limit 200"), args![permit.municipality(), day])
        .await
}

/// How many rosters of a team share a day with these days.
pub(super) async fn overlapping(tx: &mut Tx, permit: &Permit, team: &str, first: i64, end: i64) -> Result<i64> {
    let (count,): (i64,) = tx
        .one(
            "select count(*) from roster
             where municipality = $1 and team = $2 and first_day < $4 and first_day + days > $3",
            args![permit.municipality(), team, first, end],
        )
        .await?;
    Ok(count)
}

/// Writes a new roster.
pub(super) async fn insert(tx: &mut Tx, permit: &Permit, period: &Period, (by, at): (Uuid, At)) -> Result<()> {
    tx.run(
        "insert into roster (municipality, id, team, first_day, days, state, made_at, made_by, tries_done, tries_asked,
            version) values ($1, $2, $3, $4, $5, $6, $7, $8, 0, 0, 1)",
        args![permit.municipality(), period.id, &period.team, period.first_day, period.days, period.state, at, by],
    )
    .await?;
    Ok(())
}

/// Writes the shifts of a roster.
pub(super) async fn insert_shifts(tx: &mut Tx, permit: &Permit, roster: Uuid, rows: &[ShiftRow]) -> Result<u64> {
    let values = |s: &ShiftRow| {
        args![
            permit.municipality(),
            s.id,
            roster,
            &s.kind,
            s.day,
            s.starts_at,
            s.ends_at,
            s.break_min,
            s.staff,
            &s.place
        ]
    };
    tx.insert_many(
        "insert into roster_shift (municipality, id, roster_id, kind, day, starts_at, ends_at, break_min, staff, place)",
        "",
        10,
        rows.iter().flat_map(values).collect(),
    )
    .await
}

/// The shifts of a roster.
pub(super) async fn shifts(tx: &mut Tx, permit: &Permit, id: Uuid) -> Result<Vec<ShiftRow>> {
    tx.all(
        "select id, kind, day, starts_at, ends_at, break_min, staff, place from roster_shift
         where municipality = $1 and roster_id = $2 order by starts_at, ends_at, id",
        args![permit.municipality(), id],
    )
    .await
}

/// Who is on the shifts of a roster.
pub(super) async fn places(tx: &mut Tx, permit: &Permit, id: Uuid) -> Result<Vec<Place>> {
    tx.all(
        "select p.shift_id, p.account_id, p.is_fixed from roster_shift s
         join roster_place p on p.municipality = s.municipality and p.shift_id = s.id
         where s.municipality = $1 and s.roster_id = $2",
        args![permit.municipality(), id],
    )
    .await
}

/// Writes places: municipality, shift, account, fixed per row.
pub(super) async fn insert_places(tx: &mut Tx, rows: Vec<Value>) -> Result<u64> {
    tx.insert_many(
        "insert into roster_place (municipality, shift_id, account_id, is_fixed)",
        "on conflict do nothing",
        4,
        rows,
    )
    .await
}

/// Takes everybody off whom nobody put there by hand.
pub(super) async fn clear(tx: &mut Tx, permit: &Permit, id: Uuid) -> Result<u64> {
    tx.run(
        "delete from roster_place where municipality = $1 and is_fixed = $3 and shift_id in
            (select id from roster_shift where municipality = $1 and roster_id = $2)",
        args![permit.municipality(), id, false],
    )
    .await
}

/// Puts somebody on a shift by hand.
pub(super) async fn put(tx: &mut Tx, permit: &Permit, shift: Uuid, account: Uuid) -> Result<u64> {
    tx.run(
        "insert into roster_place (municipality, shift_id, account_id, is_fixed) values ($1, $2, $3, $4)
         on conflict (municipality, shift_id, account_id) do update set is_fixed = $4",
        args![permit.municipality(), shift, account, true],
    )
    .await
}

/// Takes somebody off a shift.
pub(super) async fn take(tx: &mut Tx, permit: &Permit, shift: Uuid, account: Uuid) -> Result<u64> {
    tx.run(
        "delete from roster_place where municipality = $1 and shift_id = $2 and account_id = $3",
        args![permit.municipality(), shift, account],
    )
    .await
}

/// Lets the program decide again about an officer on a shift.
pub(super) async fn free(tx: &mut Tx, permit: &Permit, shift: Uuid, account: Uuid) -> Result<u64> {
    tx.run(
        "update roster_place set is_fixed = $4 where municipality = $1 and shift_id = $2 and account_id = $3",
        args![permit.municipality(), shift, account, false],
    )
    .await
}

/// Writes how many officers a shift needs.
pub(super) async fn set_staff(tx: &mut Tx, permit: &Permit, shift: Uuid, staff: i64) -> Result<u64> {
    tx.run(
        "update roster_shift set staff = $3 where municipality = $1 and id = $2",
        args![permit.municipality(), shift, staff],
    )
    .await
}

/// Counts a change.
pub(super) async fn touch(tx: &mut Tx, permit: &Permit, id: Uuid) -> Result<u64> {
    tx.run(
        "update roster set version = version + 1 where municipality = $1 and id = $2",
        args![permit.municipality(), id],
    )
    .await
}

/// Writes how far the search is and what the plan costs, while the version is still the one that it read.
pub(super) async fn progress(tx: &mut Tx, permit: &Permit, period: &Period) -> Result<u64> {
    tx.run(
        "update roster set cost = $4, bound = $5, tries_done = $6, tries_asked = $7, version = version + 1
         where municipality = $1 and id = $2 and version = $3 and state = 'draft'",
        args![
            permit.municipality(),
            period.id,
            period.version,
            period.cost,
            period.bound,
            period.tries_done,
            period.tries_asked
        ],
    )
    .await
}

/// Publishes a roster while the version is still the one on the form.
pub(super) async fn publish(tx: &mut Tx, permit: &Permit, id: Uuid, version: i64, by: Uuid, at: At) -> Result<u64> {
    tx.run(
        "update roster set state = 'published', published_at = $4, published_by = $5, tries_asked = tries_done,
            version = version + 1
         where municipality = $1 and id = $2 and version = $3 and state = 'draft'",
        args![permit.municipality(), id, version, at, by],
    )
    .await
}

/// A line of the history to be.
pub(super) struct NewChange<'a> {
    pub(super) id: Uuid,
    pub(super) roster: Uuid,
    pub(super) shift: Option<Uuid>,
    pub(super) account: Option<Uuid>,
    pub(super) act: Act,
    pub(super) reason: &'a str,
}

/// Writes a line of the history.
pub(super) async fn changed(tx: &mut Tx, permit: &Permit, new: NewChange<'_>, at: At) -> Result<()> {
    tx.run(
        "insert into roster_change (municipality, id, roster_id, shift_id, account_id, act, reason, at, changed_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        args![
            permit.municipality(),
            new.id,
            new.roster,
            new.shift,
            new.account,
            new.act,
            new.reason,
            at,
            permit.actor()
        ],
    )
    .await?;
    Ok(())
}

/// The history of municipality `$1`, followed by `$rest`.
macro_rules! history {
    ($rest:literal) => {
        concat!(
            "select c.act, c.reason, c.at, a.name as person, b.name as changer, s.kind, s.starts_at from roster_change c
             left join account a on a.municipality = c.municipality and a.id = c.account_id
             left join account b on b.municipality = c.municipality and b.id = c.changed_by
             left join roster_shift s on s.municipality = c.municipality and s.id = c.shift_id
             where c.municipality = $1 and ",
            $rest
        )
    };
}

/// The newest changes of a roster.
pub(super) async fn changes(tx: &mut Tx, permit: &Permit, roster: Uuid, most: i64) -> Result<Vec<Changed>> {
    tx.all(
        history!("c.roster_id = $2 order by c.at desc, c.id desc limit $3"),
        args![permit.municipality(), roster, most],
    )
    .await
}

/// The newest changes of one shift.
pub(super) async fn changes_of_shift(
    tx: &mut Tx,
    permit: &Permit,
    (roster, shift): (Uuid, Uuid),
) -> Result<Vec<Changed>> {
    tx.all(
        history!("c.roster_id = $2 and c.shift_id = $3 order by c.at desc, c.id desc limit 50"),
        args![permit.municipality(), roster, shift],
    )
    .await
}

/// The newest changes of an officer's shifts.
pub(super) async fn changes_of(
    tx: &mut Tx,
    permit: &Permit,
    account: Uuid,
    since: At,
    most: i64,
) -> Result<Vec<Changed>> {
    tx.all(
        history!("c.account_id = $2 and c.at >= $3 order by c.at desc, c.id desc limit $4"),
        args![permit.municipality(), account, since, most],
    )
    .await
}

/// A place of an officer on days of rosters.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub(crate) struct Taken {
    pub(crate) roster_id: Uuid,
    pub(crate) shift_id: Uuid,
    pub(crate) state: State,
    pub(crate) ends_at: At,
}

/// The places of an officer on shifts that lie between two days, the last included.
pub(super) async fn taken(tx: &mut Tx, permit: &Permit, account: Uuid, first: At, end: At) -> Result<Vec<Taken>> {
    tx.all(
        "select s.roster_id, s.id as shift_id, r.state, s.ends_at from roster_place p
         join roster_shift s on s.municipality = p.municipality and s.id = p.shift_id
         join roster r on r.municipality = s.municipality and r.id = s.roster_id
         where p.municipality = $1 and p.account_id = $2 and s.starts_at < $4 and s.ends_at > $3
         order by s.starts_at, s.id",
        args![permit.municipality(), account, first, end],
    )
    .await
}

/// The roster of a shift.
pub(super) async fn of_shift(tx: &mut Tx, permit: &Permit, shift: Uuid) -> Result<Option<Uuid>> {
    let found: Option<(Uuid,)> = tx
        .opt(
            "select roster_id from roster_shift where municipality = $1 and id = $2",
            args![permit.municipality(), shift],
        )
        .await?;
    Ok(found.map(|row| row.0))
}
