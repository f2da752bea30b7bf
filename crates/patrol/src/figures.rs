//! What was walked, as figures for the annual account: counts and minutes, no officer and no person.

mod store;

pub use store::{Done, Seen, done};

use kit::{At, Tx};
use policy::Permit;
use std::collections::BTreeMap;

/// Rounds and visits of a stretch of days.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Rounds that were walked (running or finished).
    pub rounds: i64,
    /// Visits from arrival to departure.
    pub visits: i64,
    /// Visits in which something was done: anything but nothing found.
    pub visits_with_action: i64,
    /// Minutes between arrival and departure.
    pub presence_minutes: i64,
    /// Visits and minutes per neighbourhood code; the empty code is outside every neighbourhood.
    pub by_area: BTreeMap<String, Part>,
    /// Visits and minutes per category id; the empty id is squares and random control.
    pub by_category: BTreeMap<String, Part>,
    /// Visits and minutes per priority of the plan; the empty id is squares and random control.
    pub by_priority: BTreeMap<String, Part>,
}

/// A part of the figures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Part {
    /// Visits.
    pub visits: i64,
    /// Those in which something was done.
    pub with_action: i64,
    /// Those that ended with a warning.
    pub warnings: i64,
    /// Minutes of presence.
    pub minutes: i64,
}

impl Part {
    fn add(&mut self, row: &Done) {
        self.visits += row.visits;
        self.with_action += row.with_action;
        self.warnings += row.warnings;
        self.minutes += row.minutes;
    }
}

/// The figures of the shifts that began from `from_day` up to and including `to_day` (local days since 1970-01-01).
///
/// # Errors
/// When the database cannot be read.
pub async fn figures(tx: &mut Tx, permit: &Permit, from_day: i32, to_day: i32) -> kit::Result<Figures> {
    let mut figures = Figures { rounds: store::rounds(tx, permit, from_day, to_day).await?, ..Figures::default() };
    for row in done(tx, permit, from_day, to_day).await? {
        figures.visits += row.visits;
        figures.visits_with_action += row.with_action;
        figures.presence_minutes += row.minutes;
        figures.by_area.entry(row.area.clone()).or_default().add(&row);
        figures.by_category.entry(row.category.clone()).or_default().add(&row);
        figures.by_priority.entry(row.priority.clone()).or_default().add(&row);
    }
    Ok(figures)
}

/// The visits for a report, an issue or a category to which the officers came from `from` up to `until`, by arrival.
/// What they led to is for the reader: when a report was first visited, and whether a place had reports again.
///
/// # Errors
/// When the database cannot be read.
pub async fn seen(tx: &mut Tx, permit: &Permit, (from, until): (At, At)) -> kit::Result<Vec<Seen>> {
    // a visit after midnight is of the shift of the day before; no zone is a day ahead
    let day = |at: At| at.micros().div_euclid(86_400_000_000);
    store::seen(tx, permit, (day(from) - 2, day(until) + 1), (from, until)).await
}
