//! What came before and after a visit: how soon a report was visited, and whether a place had a new report after an
//! officer had acted. Pure: reports and visits in, readings out.
//!
//! A place is a 200 m square and a category. What needs days to show itself is only counted when those days are over, so
//! that the newest weeks do not look better or worse than they are.

use super::indicators::{BINS_A_DAY, Repeats, Responses};
use kit::{At, Uuid};
use patrol::figures::Seen;
use std::collections::{BTreeMap, HashMap};

/// Microseconds in a day.
const DAY: i64 = 86_400_000_000;

/// A report, as far as it says when somebody should come, and where.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct Report {
    pub id: Uuid,
    pub issue_id: Option<Uuid>,
    pub category: String,
    pub source: String,
    pub cell_x: Option<i64>,
    pub cell_y: Option<i64>,
    pub area: Option<String>,
    pub reported_at: At,
    pub closed_at: Option<At>,
}

/// Square and category.
type Place<'a> = (i64, i64, &'a str);

/// Reports and visits of a stretch of time, found by place.
pub(super) struct Follow<'a> {
    now: At,
    reports: &'a [Report],
    visits: &'a [Seen],
    visits_at: HashMap<Place<'a>, Vec<&'a Seen>>,
    visits_for: HashMap<Uuid, Vec<&'a Seen>>,
    reports_at: HashMap<Place<'a>, Vec<&'a Report>>,
}

/// A report whose days are over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Answered<'a> {
    /// Its neighbourhood.
    pub area: Option<&'a str>,
    /// Whole tenths of days until the first visit; none when it was not visited in time.
    pub after: Option<i64>,
}

/// A place where an officer acted and whose days are over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Acted<'a> {
    /// Its neighbourhood.
    pub area: Option<&'a str>,
    /// Whether there was a new report.
    pub again: bool,
}

impl<'a> Follow<'a> {
    /// `reports` and `visits` are in order of time; what happened after `now` is not known.
    pub fn new(reports: &'a [Report], visits: &'a [Seen], now: At) -> Self {
        let mut found = Self {
            now,
            reports,
            visits,
            visits_at: HashMap::new(),
            visits_for: HashMap::new(),
            reports_at: HashMap::new(),
        };
        for visit in visits {
            if let Some(target) = visit.target {
                found.visits_for.entry(target).or_default().push(visit);
            }
            if let Some(place) = place_of(visit) {
                found.visits_at.entry(place).or_default().push(visit);
            }
        }
        for report in reports {
            if let (Some(x), Some(y)) = (report.cell_x, report.cell_y) {
                found.reports_at.entry((x, y, &report.category)).or_default().push(report);
            }
        }
        found
    }

    /// The reports from `from` up to `until` for which `counts` (category, source) holds, with when their place was
    /// first visited: by a visit for the report or its issue, or for its category in its square; within `days` and
    /// before it was closed.
    pub fn answered(
        &self,
        counts: &dyn Fn(&str, &str) -> bool,
        (from, until): (At, At),
        days: u16,
    ) -> Vec<Answered<'a>> {
        let days = i64::from(days) * DAY;
        let over = |report: &&Report| report.reported_at.micros() + days <= self.now.micros();
        between(self.reports, |r| r.reported_at, (from, until))
            .iter()
            .filter(over)
            .filter(|r| counts(&r.category, &r.source))
            .map(|report| {
                let last =
                    At::from_micros(report.reported_at.micros() + days).min(report.closed_at.unwrap_or(self.now));
                let first = self.came(report).filter(|at| *at <= last);
                let tenth = (DAY as f64 / BINS_A_DAY) as i64;
                Answered {
                    area: report.area.as_deref(),
                    after: first.map(|at| (at.micros() - report.reported_at.micros()) / tenth),
                }
            })
            .collect()
    }

    /// When officers first came after a report.
    fn came(&self, report: &Report) -> Option<At> {
        let first = |visits: Option<&Vec<&Seen>>| {
            let visits = visits?;
            visits.get(visits.partition_point(|v| v.arrived_at < report.reported_at)).map(|v| v.arrived_at)
        };
        let here = report.cell_x.zip(report.cell_y).map(|(x, y)| (x, y, report.category.as_str()));
        let for_it = [Some(report.id), report.issue_id].into_iter().flatten().map(|id| self.visits_for.get(&id));
        for_it.chain([here.and_then(|place| self.visits_at.get(&place))]).filter_map(first).min()
    }

    /// The places for which `covers` (category) holds where an officer acted from `from` up to `until`, each once, with
    /// whether a report of a source that `counts` (category, source) came within `days` after the first of those visits.
    pub fn acted(
        &self,
        covers: &dyn Fn(&str) -> bool,
        counts: &dyn Fn(&str, &str) -> bool,
        (from, until): (At, At),
        days: u16,
    ) -> Vec<Acted<'a>> {
        let days = i64::from(days) * DAY;
        let mut firsts: BTreeMap<Place<'a>, &'a Seen> = BTreeMap::new();
        for visit in between(self.visits, |v| v.arrived_at, (from, until)) {
            if let Some(place) = place_of(visit).filter(|p| visit.outcome.is_action() && covers(p.2)) {
                firsts.entry(place).or_insert(visit);
            }
        }
        firsts.retain(|_, visit| visit.left_at.micros() + days <= self.now.micros());
        firsts
            .into_iter()
            .map(|(place, visit)| {
                let since = visit.left_at;
                let until = At::from_micros(since.micros() + days);
                let mut here = self.reports_at.get(&place).into_iter().flatten();
                let new = |r: &Report| r.reported_at > since && r.reported_at <= until && counts(place.2, &r.source);
                Acted { area: visit.area.as_deref(), again: here.any(|r| new(r)) }
            })
            .collect()
    }
}

/// The part of what is in order of time that lies from `from` up to `until`.
fn between<T>(all: &[T], at: impl Fn(&T) -> At, (from, until): (At, At)) -> &[T] {
    let (first, last) = (all.partition_point(|one| at(one) < from), all.partition_point(|one| at(one) < until));
    all.get(first..last).unwrap_or_default()
}

/// The square and category of a visit; none when it was for no category.
fn place_of(visit: &Seen) -> Option<Place<'_>> {
    Some((visit.cell_x, visit.cell_y, visit.category.as_deref()?))
}

/// What readings need of reports and their first visits.
pub(super) fn responses<'a>(answered: impl IntoIterator<Item = &'a Answered<'a>>) -> Responses {
    let (mut bins, mut of) = (BTreeMap::new(), 0);
    for one in answered {
        of += 1;
        if let Some(bin) = one.after {
            *bins.entry(bin).or_insert(0) += 1;
        }
    }
    Responses { bins: bins.into_iter().collect(), of }
}

/// What readings need of places and their new reports.
pub(super) fn repeats<'a>(acted: impl IntoIterator<Item = &'a Acted<'a>>) -> Repeats {
    let mut found = Repeats::default();
    for one in acted {
        found.places += 1;
        found.again += u64::from(one.again);
    }
    found
}

#[cfg(test)]
mod tests;
