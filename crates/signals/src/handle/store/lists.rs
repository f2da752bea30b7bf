//! SQL of the list, its count and its map: one static statement per base index, so that each database
//! walks an index in the order of the page and never sorts.
//!
//! SQLite has no statistics and is told which index (`indexed by`); PostgreSQL has them and finds it.
//!
//! The base is the most selective of what was asked (open or not; area, category or neither). What else
//! was asked is tested row by row along that walk, at most [`WINDOW`] rows far.

use super::Row;
use crate::model::{Source, State};
use kit::{At, Result, Tx, Uuid, Value, args};
use policy::Permit;

/// How many rows of the base one page looks through at most; a technical bound on the cost of a page.
pub(crate) const WINDOW: i64 = 20_000;

/// Which index a statement walks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Base {
    Open,
    OpenCategory,
    OpenArea,
    All,
    Category,
    Area,
}

/// What is asked of the list, as the statements take it.
#[derive(Clone, Debug)]
pub(crate) struct Ask {
    pub base: Base,
    /// Rows before this instant and id.
    pub below: (i64, Uuid),
    /// Rows from this instant and id on.
    pub from: (i64, Uuid),
    pub state: Option<State>,
    pub source: Option<Source>,
    pub category: Option<String>,
    pub area: Option<String>,
    pub main: Option<String>,
    pub priority: Option<String>,
    /// Pattern for `like` over the folded text.
    pub text: Option<String>,
    pub late: Option<bool>,
    pub now: At,
}

impl Ask {
    fn values(&self, permit: &Permit, limit: i64) -> Vec<Value> {
        args![
            permit.municipality(),
            self.below.0,
            self.below.1,
            self.from.0,
            self.from.1,
            self.state.map(State::as_str),
            self.source.map(Source::as_str),
            self.category.as_deref(),
            self.area.as_deref(),
            self.main.as_deref(),
            self.priority.as_deref(),
            self.text.as_deref(),
            self.late,
            self.now,
            limit
        ]
    }

    /// Whether more is asked than the base answers.
    pub(crate) fn has_rest(&self) -> bool {
        let in_base = match self.base {
            Base::Open | Base::All => 0,
            Base::OpenCategory | Base::Category | Base::OpenArea | Base::Area => 1,
        };
        let asked = usize::from(self.category.is_some()) + usize::from(self.area.is_some());
        asked > in_base
            || self.state.is_some()
            || self.source.is_some()
            || self.main.is_some()
            || self.priority.is_some()
            || self.text.is_some()
            || self.late.is_some()
    }
}

/// A point of the map.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
pub(crate) struct Point {
    pub id: Uuid,
    pub category: String,
    pub lon: f64,
    pub lat: f64,
    pub due_at: Option<At>,
    pub closed_at: Option<At>,
}

/// The four statements of one base.
pub(crate) struct Texts {
    pub list: &'static str,
    pub count: &'static str,
    pub points: &'static str,
    pub window: &'static str,
}

macro_rules! columns {
    () => {
        "select s.id, s.reference, s.source, s.category, s.state, s.urgency, s.address, s.area, s.lon, s.lat,
            s.reported_at, s.due_at, s.closed_at, s.issue_id, i.reference as issue_reference from "
    };
}
macro_rules! with_issue {
    () => {
        " left join issue i on i.municipality = s.municipality and i.id = s.issue_id where "
    };
}
// the first pair says nothing new: PostgreSQL estimates it well, and the row comparisons badly
macro_rules! range {
    () => {
        " and s.reported_at <= $2 and s.reported_at >= $4
          and (s.reported_at, s.id) < ($2, $3) and (s.reported_at, s.id) >= ($4, $5)"
    };
}
macro_rules! rest {
    () => {
        " and ($6 is null or s.state = $6) and ($7 is null or s.source = $7)
          and ($8 is null or s.category = $8) and ($9 is null or s.area = $9)
          and (($10 is null and $11 is null) or s.category in (select c.id from category c
                where c.municipality = $1 and ($10 is null or c.main = $10) and ($11 is null or c.priority = $11)))
          and ($12 is null or s.search like $12 escape '\\')
          and ($13 is null or $13 = (s.due_at is not null and coalesce(s.closed_at, $14) >= s.due_at))"
    };
}
macro_rules! order {
    () => {
        " order by s.reported_at desc, s.id desc"
    };
}
macro_rules! texts {
    ($signal:literal, $base:literal) => {
        Texts {
            list: concat!(columns!(), $signal, with_issue!(), $base, range!(), rest!(), order!(), " limit $15"),
            count: concat!(
                "select cast(count(*) as bigint) from (select 1 as one from ",
                $signal,
                " where ",
                $base,
                range!(),
                rest!(),
                " limit $15) seen"
            ),
            points: concat!(
                "select s.id, s.category, s.lon, s.lat, s.due_at, s.closed_at from ",
                $signal,
                " where ",
                $base,
                range!(),
                rest!(),
                " and s.lon is not null",
                order!(),
                " limit $15"
            ),
            window: concat!(
                "select s.reported_at, s.id from ",
                $signal,
                " where ",
                $base,
                range!(),
                order!(),
                " limit 1 offset $15"
            ),
        }
    };
}
macro_rules! bases {
    ($($base:ident $index:literal $where:literal;)+) => {
        /// The statements of `base` for SQLite, and for PostgreSQL.
        pub(crate) fn texts(base: Base) -> (Texts, Texts) {
            match base {
                $(Base::$base => (
                    texts!($index, $where),
                    texts!("signal s", $where),
                ),)+
            }
        }
    };
}
bases! {
    Open "signal s indexed by signal_open" "s.municipality = $1 and s.closed_at is null";
    OpenCategory "signal s indexed by signal_open_category" "s.municipality = $1 and s.closed_at is null and s.category = $8";
    OpenArea "signal s indexed by signal_open_area" "s.municipality = $1 and s.closed_at is null and s.area = $9";
    All "signal s indexed by signal_new" "s.municipality = $1";
    Category "signal s indexed by signal_category" "s.municipality = $1 and s.category = $8";
    Area "signal s indexed by signal_area" "s.municipality = $1 and s.area = $9";
}

fn texts_for(tx: &Tx, base: Base) -> Texts {
    let (sqlite, postgres) = texts(base);
    tx.pick(sqlite, postgres)
}

/// The oldest row that this page may look at, when more is asked than the base answers.
pub(crate) async fn window(tx: &mut Tx, permit: &Permit, ask: &Ask) -> Result<Option<(i64, Uuid)>> {
    if !ask.has_rest() {
        return Ok(None);
    }
    tx.opt(texts_for(tx, ask.base).window, ask.values(permit, WINDOW)).await
}

/// The newest rows, at most `limit`.
pub(crate) async fn rows(tx: &mut Tx, permit: &Permit, ask: &Ask, limit: i64) -> Result<Vec<Row>> {
    tx.all(texts_for(tx, ask.base).list, ask.values(permit, limit)).await
}

/// The number of rows, counted no further than `most`.
pub(crate) async fn count(tx: &mut Tx, permit: &Permit, ask: &Ask, most: i64) -> Result<i64> {
    let (n,): (i64,) = tx.one(texts_for(tx, ask.base).count, ask.values(permit, most)).await?;
    Ok(n)
}

/// The newest rows with a point, at most `limit`.
pub(crate) async fn points(tx: &mut Tx, permit: &Permit, ask: &Ask, limit: i64) -> Result<Vec<Point>> {
    tx.all(texts_for(tx, ask.base).points, ask.values(permit, limit)).await
}

/// The signals with exactly this reference: ours, or that of the system they were imported from.
pub(crate) async fn by_reference(tx: &mut Tx, permit: &Permit, ours: &str, theirs: &str) -> Result<Vec<Row>> {
    tx.all(
        concat!(
            columns!(),
            "(select o.id from signal o where o.municipality = $1 and o.reference = $2 and o.source_ref is null
              union all
              select t.id from signal t where t.municipality = $1 and t.source_ref is not null and t.source_ref = $3
                 and t.source in ('resident', 'officer', 'police', 'partner', 'import')) f
             join signal s on s.municipality = $1 and s.id = f.id",
            with_issue!(),
            "s.municipality = $1 limit 5"
        ),
        args![permit.municipality(), ours, theirs],
    )
    .await
}
