//! SQL of alarms and of how they were weighed.

use super::{Alarm, Found, Kind, State, Verdict, Weighed, Weighing};
use kit::{At, Result, Tx, Uuid, args};
use policy::Permit;

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    kind: Kind,
    grp: String,
    areas: String,
    cells: String,
    since_on: i64,
    until_on: i64,
    observed: i64,
    expected: f64,
    ratio: f64,
    low: f64,
    high: f64,
    p: f64,
    q: f64,
    weeks: String,
    found_at: At,
    seen_on: i64,
    ended_on: Option<i64>,
    state: State,
    weighed_ratio: Option<f64>,
    weighed_on: Option<i64>,
    returned_on: Option<i64>,
    version: i64,
}

impl Row {
    /// `None` when the stored JSON cannot be read: somebody else wrote it.
    fn alarm(self) -> Option<Alarm> {
        let day = |d: i64| d as i32;
        Some(Alarm {
            id: self.id,
            found: Found {
                kind: self.kind,
                group: self.grp,
                areas: serde_json::from_str(&self.areas).ok()?,
                cells: serde_json::from_str(&self.cells).ok()?,
                since: day(self.since_on),
                until: day(self.until_on),
                observed: u64::try_from(self.observed).ok()?,
                expected: self.expected,
                ratio: self.ratio,
                low: self.low,
                high: self.high,
                p: self.p,
                q: self.q,
                weeks: serde_json::from_str(&self.weeks).ok()?,
            },
            found_at: self.found_at,
            seen_on: day(self.seen_on),
            ended_on: self.ended_on.map(day),
            state: self.state,
            weighed: self.weighed_ratio.zip(self.weighed_on).map(|(ratio, on)| Weighed { ratio, day: day(on) }),
            returned_on: self.returned_on.map(day),
            version: self.version,
        })
    }
}

/// The alarms that go on, weighed or not.
pub(crate) async fn current(tx: &mut Tx, municipality: &str) -> Result<Vec<Alarm>> {
    let rows: Vec<Row> = tx
        .all(
            "select id, kind, grp, areas, cells, since_on, until_on, observed, expected, ratio, low, high, p, q, weeks,
                found_at, seen_on, ended_on, state, weighed_ratio, weighed_on, returned_on, version
             from alarm where municipality = $1 and ended_on is null order by found_at, id",
            args![municipality],
        )
        .await?;
    Ok(rows.into_iter().filter_map(Row::alarm).collect())
}

/// All alarms, the newest first.
pub(crate) async fn all(tx: &mut Tx, permit: &Permit) -> Result<Vec<Alarm>> {
    let rows: Vec<Row> = tx
        .all(
            "select id, kind, grp, areas, cells, since_on, until_on, observed, expected, ratio, low, high, p, q, weeks,
                found_at, seen_on, ended_on, state, weighed_ratio, weighed_on, returned_on, version
             from alarm where municipality = $1 order by found_at desc, id desc limit 1000",
            args![permit.municipality()],
        )
        .await?;
    Ok(rows.into_iter().filter_map(Row::alarm).collect())
}

/// One alarm.
pub(crate) async fn get(tx: &mut Tx, permit: &Permit, id: Uuid) -> Result<Option<Alarm>> {
    let row: Option<Row> = tx
        .opt(
            "select id, kind, grp, areas, cells, since_on, until_on, observed, expected, ratio, low, high, p, q, weeks,
                found_at, seen_on, ended_on, state, weighed_ratio, weighed_on, returned_on, version
             from alarm where municipality = $1 and id = $2",
            args![permit.municipality(), id],
        )
        .await?;
    Ok(row.and_then(Row::alarm))
}

/// Writes what a night found of an alarm.
pub(crate) async fn put(tx: &mut Tx, municipality: &str, a: &Alarm) -> anyhow::Result<()> {
    let f = &a.found;
    tx.run(
        "insert into alarm (municipality, id, kind, grp, areas, cells, since_on, until_on, observed, expected, ratio, low,
            high, p, q, weeks, found_at, seen_on, ended_on, state, weighed_ratio, weighed_on, returned_on, version)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24)
         on conflict (municipality, id) do update set kind = excluded.kind, areas = excluded.areas,
            cells = excluded.cells, since_on = excluded.since_on, until_on = excluded.until_on,
            observed = excluded.observed, expected = excluded.expected, ratio = excluded.ratio, low = excluded.low,
            high = excluded.high, p = excluded.p, q = excluded.q, weeks = excluded.weeks, seen_on = excluded.seen_on,
            ended_on = excluded.ended_on, state = excluded.state, weighed_ratio = excluded.weighed_ratio,
            weighed_on = excluded.weighed_on, returned_on = excluded.returned_on, version = excluded.version",
        args![
            municipality,
            a.id,
            f.kind,
            &f.group,
            serde_json::to_string(&f.areas)?,
            serde_json::to_string(&f.cells)?,
            f.since,
            f.until,
            i64::try_from(f.observed)?,
            f.expected,
            f.ratio,
            f.low,
            f.high,
            f.p,
            f.q,
            serde_json::to_string(&f.weeks)?,
            a.found_at,
            a.seen_on,
            a.ended_on.map(i64::from),
            a.state,
            a.weighed.map(|w| w.ratio),
            a.weighed.map(|w| i64::from(w.day)),
            a.returned_on.map(i64::from),
            a.version
        ],
    )
    .await?;
    Ok(())
}

/// Where an alarm stands after it was weighed; `false` when it changed since `version`.
pub(crate) async fn set_state(
    tx: &mut Tx,
    permit: &Permit,
    id: Uuid,
    version: i64,
    state: State,
    weighed: Weighed,
) -> Result<bool> {
    let changed = tx
        .run(
            "update alarm set state = $4, weighed_ratio = $5, weighed_on = $6, version = version + 1
             where municipality = $1 and id = $2 and version = $3",
            args![permit.municipality(), id, version, state, weighed.ratio, weighed.day],
        )
        .await?;
    Ok(changed == 1)
}

/// Writes how somebody weighed an alarm.
pub(crate) async fn add_weighing(
    tx: &mut Tx,
    permit: &Permit,
    request: Uuid,
    alarm: Uuid,
    (verdict, reason): (Verdict, &str),
    account: Option<Uuid>,
    at: At,
) -> Result<u64> {
    tx.run(
        "insert into alarm_weighing (municipality, id, alarm_id, verdict, reason, account_id, at)
         values ($1, $2, $3, $4, $5, $6, $7)",
        args![permit.municipality(), request, alarm, verdict, reason, account, at],
    )
    .await
}

/// All weighings, or those of one alarm; the newest first.
pub(crate) async fn weighings(tx: &mut Tx, permit: &Permit, alarm: Option<Uuid>) -> Result<Vec<Weighing>> {
    tx.all(
        "select w.alarm_id, w.verdict, w.reason, a.name, w.at from alarm_weighing w
         left join account a on a.municipality = w.municipality and a.id = w.account_id
         where w.municipality = $1 and ($2 is null or w.alarm_id = $2) order by w.at desc, w.id desc limit 5000",
        args![permit.municipality(), alarm],
    )
    .await
}

/// Removes the weighings of alarms that were over before `day`.
pub(crate) async fn remove_weighings_before(tx: &mut Tx, municipality: &str, day: i32) -> Result<u64> {
    tx.run(
        "delete from alarm_weighing where municipality = $1 and alarm_id in
            (select id from alarm where municipality = $1 and ended_on < $2)",
        args![municipality, day],
    )
    .await
}

/// Removes alarms that were over before `day`.
pub(crate) async fn remove_before(tx: &mut Tx, municipality: &str, day: i32) -> Result<u64> {
    tx.run("delete from alarm where municipality = $1 and ended_on < $2", args![municipality, day]).await
}
