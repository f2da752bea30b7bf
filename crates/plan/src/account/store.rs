//! SQL of the account: grouped sums per year, notes, and values filled in by hand.

use super::follow::Report;
use super::indicators::{Again, Lasting, Manual, Status, Tally};
use kit::{At, Result, Tx, args};
use policy::Permit;

#[derive(sqlx::FromRow)]
struct First {
    first: Option<i64>,
}

/// The first signal that was ever reported.
pub(super) async fn first_signal(tx: &mut Tx, municipality: &str) -> Result<Option<At>> {
    let row: First =
        tx.one("select min(reported_at) as first from signal where municipality = $1", args![municipality]).await?;
    Ok(row.first.map(At::from_micros))
}

/// The first day on which an officer's presence was recorded.
pub(super) async fn first_presence(tx: &mut Tx, municipality: &str) -> Result<Option<i64>> {
    let row: First =
        tx.one("select min(day) as first from presence where municipality = $1", args![municipality]).await?;
    Ok(row.first)
}

/// Signals reported from `from` up to `until`, by category and source; in time as known at `now`.
pub(super) async fn tallies(tx: &mut Tx, municipality: &str, from: At, until: At, now: At) -> Result<Vec<Tally>> {
    tx.all(
        "select category, source, count(*) as n,
            cast(sum(case when state = 'done' then 1 else 0 end) as bigint) as done,
            cast(sum(case when state <> 'cancelled' and due_at is not null
                and (closed_at is not null or due_at <= $4) then 1 else 0 end) as bigint) as judged,
            cast(sum(case when state <> 'cancelled' and closed_at < due_at then 1 else 0 end) as bigint) as in_term
         from signal where municipality = $1 and reported_at >= $2 and reported_at < $3
         group by category, source order by category, source",
        args![municipality, from, until, now],
    )
    .await
}

/// Signals reported in the period that were taken up again after they had been handled.
pub(super) async fn again(tx: &mut Tx, municipality: &str, from: At, until: At) -> Result<Vec<Again>> {
    tx.all(
        "select s.category, s.source, count(distinct s.id) as n,
            count(distinct case when s.state <> 'done' then s.id end) as open
         from signal s join signal_event e on e.municipality = s.municipality and e.signal_id = s.id
         where s.municipality = $1 and s.reported_at >= $2 and s.reported_at < $3 and e.becomes = 'reopened'
         group by s.category, s.source",
        args![municipality, from, until],
    )
    .await
}

/// How long handling lasted of the signals reported in the period, in tenths of days.
pub(super) async fn lasting(tx: &mut Tx, municipality: &str, from: At, until: At) -> Result<Vec<Lasting>> {
    tx.all(
        "select category, source, (closed_at - reported_at) / 8640000000 as bin, count(*) as n from signal
         where municipality = $1 and reported_at >= $2 and reported_at < $3 and state = 'done' and closed_at is not null
         group by category, source, (closed_at - reported_at) / 8640000000",
        args![municipality, from, until],
    )
    .await
}

/// A count of a part of a year.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct InPart {
    /// Category id.
    pub category: String,
    /// Source.
    pub source: String,
    /// Number of the part, from 0.
    pub part: i64,
    /// How many.
    pub n: i64,
}

/// Signals reported from `from` up to `until` by category, source and part: `parts` parts of equal length.
pub(super) async fn in_parts(tx: &mut Tx, municipality: &str, from: At, until: At, parts: i64) -> Result<Vec<InPart>> {
    let length = (until.micros() - from.micros()) / parts + 1;
    tx.all(
        "select category, source, (reported_at - $2) / $4 as part, count(*) as n from signal
         where municipality = $1 and reported_at >= $2 and reported_at < $3
         group by category, source, (reported_at - $2) / $4",
        args![municipality, from, until, length],
    )
    .await
}

/// A count of an area.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct InArea {
    /// Category id.
    pub category: String,
    /// Source.
    pub source: String,
    /// Neighbourhood code; none when the place is not known.
    pub area: Option<String>,
    /// How many.
    pub n: i64,
}

/// Signals reported in the period by category, source and neighbourhood.
pub(super) async fn in_areas(tx: &mut Tx, municipality: &str, from: At, until: At) -> Result<Vec<InArea>> {
    tx.all(
        "select category, source, area, count(*) as n from signal
         where municipality = $1 and reported_at >= $2 and reported_at < $3 group by category, source, area",
        args![municipality, from, until],
    )
    .await
}

/// Reports of a category in a stretch of time, in order.
pub(super) async fn reports(
    tx: &mut Tx,
    municipality: &str,
    category: &str,
    (from, until): (At, At),
) -> Result<Vec<Report>> {
    tx.all(
        "select id, issue_id, category, source, cell_x, cell_y, area, reported_at, closed_at from signal
         where municipality = $1 and category = $2 and reported_at >= $3 and reported_at < $4 order by reported_at, id",
        args![municipality, category, from, until],
    )
    .await
}

/// Microseconds of presence by neighbourhood, days from `from` up to and including `to`, as counts of no category.
pub(super) async fn presence_in_areas(tx: &mut Tx, municipality: &str, from: i32, to: i32) -> Result<Vec<InArea>> {
    tx.all(
        "select '' as category, 'officer' as source, area, cast(sum(ended_at - started_at) as bigint) as n
         from presence where municipality = $1 and day between $2 and $3 group by area",
        args![municipality, from, to],
    )
    .await
}

#[derive(sqlx::FromRow)]
struct Sum {
    sum: Option<i64>,
}

/// Microseconds of presence of the whole team, days from `from` up to and including `to`.
pub(super) async fn presence(tx: &mut Tx, municipality: &str, from: i32, to: i32) -> Result<Option<i64>> {
    let row: Sum = tx
        .one(
            "select cast(sum(ended_at - started_at) as bigint) as sum from presence
             where municipality = $1 and day between $2 and $3",
            args![municipality, from, to],
        )
        .await?;
    Ok(row.sum)
}

/// Issues that were closed in a period.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Closed {
    /// Category id.
    pub category: String,
    /// How many.
    pub n: i64,
}

/// Issues closed in the period, by category.
pub(super) async fn issues_closed(tx: &mut Tx, municipality: &str, from: At, until: At) -> Result<Vec<Closed>> {
    tx.all(
        "select category, count(*) as n from issue where municipality = $1 and closed_at >= $2 and closed_at < $3
         group by category",
        args![municipality, from, until],
    )
    .await
}

/// A value filled in by hand, as stored.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Stored {
    /// Indicator.
    pub indicator: String,
    /// Year.
    pub year: i64,
    /// Which of the three.
    pub status: Status,
    /// The value.
    pub value: Option<f64>,
    /// Lower end of its interval.
    pub low: Option<f64>,
    /// Upper end.
    pub high: Option<f64>,
    /// How many people answered the survey.
    pub respondents: Option<i64>,
    /// How much less sure than a simple random sample of as many people the survey is.
    pub design_effect: Option<f64>,
    /// Where it was taken from.
    pub origin: String,
    /// Counts the changes.
    pub version: i64,
}

impl Stored {
    /// As an indicator reads it.
    #[must_use]
    pub fn manual(&self) -> Manual {
        Manual {
            status: self.status,
            value: self.value,
            interval: self.low.zip(self.high),
            respondents: self.respondents.and_then(|n| u64::try_from(n).ok()),
            origin: self.origin.clone(),
        }
    }
}

/// Every value filled in by hand.
pub(super) async fn values(tx: &mut Tx, municipality: &str) -> Result<Vec<Stored>> {
    tx.all(
        "select indicator, year, status, value, low, high, respondents, design_effect, origin, version
         from measured_value where municipality = $1",
        args![municipality],
    )
    .await
}

/// Writes a value; false when somebody changed it since `version`.
pub(super) async fn set_value(tx: &mut Tx, permit: &Permit, new: &Stored, now: At) -> Result<bool> {
    let touched = tx
        .run(
            "insert into measured_value (municipality, indicator, year, status, value, low, high, origin, version,
                changed_at, account_id, respondents, design_effect)
             values ($1, $2, $3, $4, $5, $6, $7, $8, 1, $10, $11, $12, $13)
             on conflict (municipality, indicator, year) do update set status = $4, value = $5, low = $6, high = $7,
             origin = $8, version = measured_value.version + 1, changed_at = $10, account_id = $11, respondents = $12,
             design_effect = $13 where measured_value.version = $9",
            args![
                permit.municipality(),
                &new.indicator,
                new.year,
                new.status,
                new.value,
                new.low,
                new.high,
                &new.origin,
                new.version,
                now,
                permit.actor(),
                new.respondents,
                new.design_effect
            ],
        )
        .await?;
    Ok(touched == 1)
}

/// What the adviser wrote on a priority in a year.
#[derive(Clone, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct Note {
    /// Id of the priority.
    pub priority: String,
    /// The year in one sentence.
    pub headline: String,
    /// What was done, a point per line.
    pub done: String,
    /// What to adjust, a point per line.
    pub adjust: String,
    /// Counts the changes.
    pub version: i64,
}

/// The notes on a year.
pub(super) async fn notes(tx: &mut Tx, municipality: &str, year: i16) -> Result<Vec<Note>> {
    tx.all(
        "select priority, headline, done, adjust, version from priority_note where municipality = $1 and year = $2",
        args![municipality, year],
    )
    .await
}

/// Writes a note; false when somebody changed it since its version.
pub(super) async fn set_note(tx: &mut Tx, permit: &Permit, year: i16, note: &Note, now: At) -> Result<bool> {
    let touched = tx
        .run(
            "insert into priority_note (municipality, year, priority, headline, done, adjust, version, changed_at,
                account_id) values ($1, $2, $3, $4, $5, $6, 1, $8, $9)
             on conflict (municipality, year, priority) do update set headline = $4, done = $5, adjust = $6,
             version = priority_note.version + 1, changed_at = $8, account_id = $9 where priority_note.version = $7",
            args![
                permit.municipality(),
                year,
                &note.priority,
                &note.headline,
                &note.done,
                &note.adjust,
                note.version,
                now,
                permit.actor()
            ],
        )
        .await?;
    Ok(touched == 1)
}
