//! SQL of issues.

use crate::handle::Signal;
use crate::model::State;
use kit::{At, Result, Tx, Uuid, args};
use policy::Permit;

/// An issue as it is kept.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct Issue {
    pub id: Uuid,
    pub reference: String,
    pub category: String,
    pub title: String,
    pub state: String,
    pub lon: Option<f64>,
    pub lat: Option<f64>,
    pub area: Option<String>,
    pub opened_at: At,
    pub closed_at: Option<At>,
    pub version: i64,
}

/// A rectangle in degrees that holds every point within some metres of its middle.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Frame {
    pub(crate) west: f64,
    pub(crate) south: f64,
    pub(crate) east: f64,
    pub(crate) north: f64,
}

/// Metres of one degree of latitude at its shortest (at the equator, WGS84); so a frame is never too small.
const METRES_PER_DEGREE: f64 = 110_574.0;

impl Frame {
    /// The frame around a point.
    pub(crate) fn around((lon, lat): (f64, f64), metres: f64) -> Self {
        let dy = metres / METRES_PER_DEGREE * 1.01;
        let dx = dy / lat.to_radians().cos().max(0.01);
        Self { west: lon - dx, south: lat - dy, east: lon + dx, north: lat + dy }
    }
}

/// Open work near a place.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct OpenIssue {
    pub id: Uuid,
    pub reference: String,
    pub title: String,
    pub lon: f64,
    pub lat: f64,
    pub reports: i64,
    pub first_at: At,
    pub last_at: At,
}

/// Open work for a round; `urgency` is 0 low, 1 normal, 2 high.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct PatrolRow {
    pub id: Uuid,
    pub reference: String,
    pub category: String,
    pub title: String,
    pub lon: f64,
    pub lat: f64,
    pub area: Option<String>,
    pub opened_at: At,
    pub reports: i64,
    pub urgency: i64,
    pub due_at: Option<At>,
}

/// One line of the list of issues.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct Line {
    pub id: Uuid,
    pub reference: String,
    pub category: String,
    pub title: String,
    pub area: Option<String>,
    pub opened_at: At,
    pub reports: i64,
    pub last_at: Option<At>,
    pub due_at: Option<At>,
}

/// One report of an issue.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct Report {
    pub id: Uuid,
    pub reference: String,
    pub state: State,
    pub address: String,
    pub area: Option<String>,
    pub lon: Option<f64>,
    pub lat: Option<f64>,
    pub reported_at: At,
    pub due_at: Option<At>,
    pub closed_at: Option<At>,
}

pub(crate) async fn insert(tx: &mut Tx, permit: &Permit, issue: &Issue) -> Result<()> {
    tx.run(
        "insert into issue (municipality, id, reference, category, title, state, lon, lat, area, opened_at, closed_at,
            version) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        args![
            permit.municipality(),
            issue.id,
            &issue.reference,
            &issue.category,
            &issue.title,
            &issue.state,
            issue.lon,
            issue.lat,
            issue.area.as_deref(),
            issue.opened_at,
            issue.closed_at,
            issue.version
        ],
    )
    .await?;
    Ok(())
}

pub(crate) async fn get(tx: &mut Tx, permit: &Permit, id: Uuid) -> Result<Option<Issue>> {
    tx.opt(
        "select id, reference, category, title, state, lon, lat, area, opened_at, closed_at, version
         from issue where municipality = $1 and id = $2",
        args![permit.municipality(), id],
    )
    .await
}

pub(crate) async fn close(tx: &mut Tx, permit: &Permit, id: Uuid, now: At) -> Result<u64> {
    tx.run(
        "update issue set state = 'solved', closed_at = $3, version = version + 1
         where municipality = $1 and id = $2 and closed_at is null",
        args![permit.municipality(), id, now],
    )
    .await
}

pub(crate) async fn set_issue(tx: &mut Tx, permit: &Permit, signal: &Signal, issue: Option<Uuid>) -> Result<u64> {
    tx.run(
        "update signal set issue_id = $4, version = version + 1
         where municipality = $1 and id = $2 and version = $3",
        args![permit.municipality(), signal.id, signal.version, issue],
    )
    .await
}

pub(crate) async fn count_of(tx: &mut Tx, permit: &Permit, issue: Uuid) -> Result<i64> {
    let (n,): (i64,) = tx
        .one(
            "select cast(count(*) as bigint) from signal where municipality = $1 and issue_id = $2",
            args![permit.municipality(), issue],
        )
        .await?;
    Ok(n)
}

/// Id and version of the issue's open signals.
pub(crate) async fn open_of(tx: &mut Tx, permit: &Permit, issue: Uuid) -> Result<Vec<(Uuid, i64)>> {
    tx.all(
        "select id, version from signal where municipality = $1 and issue_id = $2 and closed_at is null
         order by reported_at, id",
        args![permit.municipality(), issue],
    )
    .await
}

pub(crate) async fn reports_of(tx: &mut Tx, permit: &Permit, issue: Uuid) -> Result<Vec<Report>> {
    tx.all(
        "select id, reference, state, address, area, lon, lat, reported_at, due_at, closed_at
         from signal where municipality = $1 and issue_id = $2 order by reported_at, id",
        args![permit.municipality(), issue],
    )
    .await
}

/// Open issues of a category within a frame.
pub(crate) async fn issues_near(tx: &mut Tx, permit: &Permit, category: &str, frame: &Frame) -> Result<Vec<OpenIssue>> {
    tx.all(
        "select i.id, i.reference, i.title, i.lon, i.lat, cast(count(s.id) as bigint) as reports,
            coalesce(min(s.reported_at), i.opened_at) as first_at, coalesce(max(s.reported_at), i.opened_at) as last_at
         from issue i left join signal s on s.municipality = i.municipality and s.issue_id = i.id
         where i.municipality = $1 and i.category = $2 and i.closed_at is null
            and i.lon between $3 and $4 and i.lat between $5 and $6
         group by i.id, i.reference, i.title, i.lon, i.lat, i.opened_at order by i.opened_at desc limit 50",
        args![permit.municipality(), category, frame.west, frame.east, frame.south, frame.north],
    )
    .await
}

/// Other open signals of the same category without an issue, within a frame and `span` microseconds.
pub(crate) async fn signals_near(
    tx: &mut Tx,
    permit: &Permit,
    signal: &Signal,
    frame: &Frame,
    span: i64,
) -> Result<Vec<OpenIssue>> {
    let at = signal.reported_at.micros();
    tx.all(
        "select id, reference, address as title, lon, lat, cast(1 as bigint) as reports, reported_at as first_at,
            reported_at as last_at
         from signal where municipality = $1 and closed_at is null and category = $2
            and reported_at between $3 and $4 and issue_id is null and id <> $5
            and lon between $6 and $7 and lat between $8 and $9
         order by reported_at desc, id desc limit 50",
        args![
            permit.municipality(),
            &signal.category,
            at - span,
            at + span,
            signal.id,
            frame.west,
            frame.east,
            frame.south,
            frame.north
        ],
    )
    .await
}

/// Open issues with a point in the categories of `list` (`,a,b,`), first due first.
pub(crate) async fn patrol_issues(tx: &mut Tx, permit: &Permit, list: &str, limit: i64) -> Result<Vec<PatrolRow>> {
    tx.all(
        "select i.id, i.reference, i.category, i.title, i.lon, i.lat, i.area, i.opened_at,
            cast(count(s.id) as bigint) as reports,
            cast(max(case s.urgency when 'high' then 2 when 'normal' then 1 else 0 end) as bigint) as urgency,
            min(s.due_at) as due_at
         from issue i join signal s on s.municipality = i.municipality and s.issue_id = i.id and s.closed_at is null
         where i.municipality = $1 and i.closed_at is null and i.lon is not null and i.lat is not null
            and $2 like '%,' || i.category || ',%'
         group by i.id, i.reference, i.category, i.title, i.lon, i.lat, i.area, i.opened_at
         order by min(s.due_at), i.id limit $3",
        args![permit.municipality(), list, limit],
    )
    .await
}

/// Open signals with a point and without an issue in the categories of `list`, first due first.
pub(crate) async fn patrol_signals(tx: &mut Tx, permit: &Permit, list: &str, limit: i64) -> Result<Vec<PatrolRow>> {
    tx.all(
        "select id, reference, category, address as title, lon, lat, area, reported_at as opened_at,
            cast(1 as bigint) as reports,
            cast(case urgency when 'high' then 2 when 'normal' then 1 else 0 end as bigint) as urgency, due_at
         from signal
         where municipality = $1 and closed_at is null and due_at is not null and issue_id is null
            and lon is not null and lat is not null and $2 like '%,' || category || ',%'
         order by due_at limit $3",
        args![permit.municipality(), list, limit],
    )
    .await
}

/// Open issues, newest first, before an instant and id.
pub(crate) async fn open(tx: &mut Tx, permit: &Permit, below: (i64, Uuid), limit: i64) -> Result<Vec<Line>> {
    tx.all(
        "select i.id, i.reference, i.category, i.title, i.area, i.opened_at,
            (select cast(count(*) as bigint) from signal s
                where s.municipality = i.municipality and s.issue_id = i.id) as reports,
            (select max(s.reported_at) from signal s
                where s.municipality = i.municipality and s.issue_id = i.id) as last_at,
            (select min(s.due_at) from signal s where s.municipality = i.municipality and s.issue_id = i.id
                and s.closed_at is null) as due_at
         from issue i where i.municipality = $1 and i.closed_at is null and (i.opened_at, i.id) < ($2, $3)
         order by i.opened_at desc, i.id desc limit $4",
        args![permit.municipality(), below.0, below.1, limit],
    )
    .await
}
