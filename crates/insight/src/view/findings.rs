//! What is worked out before a word is written: one pass over the counts in memory for all weeks, one over the chosen
//! days, and what the night stored.

use super::expect::{Expect, expectations};
use super::selection::Selection;
use crate::alarm::Alarm;
use crate::brief::{Brief, Days};
use crate::seen::{Seen, Weeks};
use crate::squares::Squares;
use picture::history::{Cell, day_of, source, year_month};
use picture::interval::count_with_dispersion;
use picture::{Change, Filter, Point, Series, Step, Summary, Total, change_of_weeks};
use std::collections::HashMap;

/// Everything that the page says about a choice.
pub(crate) struct Findings {
    pub(crate) brief: Brief,
    /// The selection in its days.
    pub(crate) summary: Summary,
    /// The same for all neighbourhoods.
    pub(crate) areas: Summary,
    /// What officers found themselves, in the same days and categories.
    pub(crate) officers: Summary,
    /// What residents reported, in the same days and categories.
    pub(crate) residents: Summary,
    /// What is expected in the seven days from the night of the run, most first.
    pub(crate) expected: Vec<(Cell, Total)>,
    /// First of those seven days.
    pub(crate) expected_from: i32,
    /// Code of the neighbourhood of those squares.
    pub(crate) area_of: HashMap<Cell, String>,
    /// The development, longer than the days chosen.
    pub(crate) series: Series,
    /// Per point of the series what was expected; empty for months.
    pub(crate) expects: Vec<Option<Expect>>,
    /// Per priority its weeks.
    pub(crate) sparks: Vec<Vec<u64>>,
    /// All weeks of the choice.
    pub(crate) weeks: Weeks,
    /// The open alarms that concern the choice, those that nobody weighed first.
    pub(crate) alarms: Vec<Alarm>,
    /// The main categories that occur in the last year.
    pub(crate) groups: Vec<GroupFound>,
    /// In the week that is still going on.
    pub(crate) since_monday: u64,
    /// Small counts are hidden.
    pub(crate) delicate: bool,
    /// So few in a delicate selection that nothing more is shown.
    pub(crate) hidden: bool,
}

/// One main category.
pub(crate) struct GroupFound {
    /// Its number in the lists.
    pub(crate) group: u16,
    /// In the chosen days.
    pub(crate) total: u64,
    /// The weeks that are drawn, with what was expected of each.
    pub(crate) weeks: Vec<(u32, Option<Expect>)>,
    /// The chosen weeks against what was expected.
    pub(crate) change: Option<Change>,
}

/// Weeks drawn of a main category.
const SMALL_WEEKS: usize = 52;

impl Findings {
    /// Works everything out, without what the night stores; pure.
    #[cfg(test)]
    pub(crate) fn of(seen: &Seen, choice: &Selection) -> Self {
        Self::with(seen, choice, Squares::default(), Vec::new())
    }

    /// The same with the stored squares of the choice's part and the open alarms; pure.
    pub(crate) fn with(seen: &Seen, choice: &Selection, squares: Squares, mut alarms: Vec<Alarm>) -> Self {
        let filter = choice.filter(seen);
        let weeks = seen.weeks(&filter);
        let days = choice.days;
        // all sources of the chosen days and categories, of which each summary takes its part
        let chosen = seen.over(&Filter { sources: u8::MAX, ..filter.clone() }.days(days.from, days.to));
        let summary = Summary::of(&chosen, &choice.in_days(seen));
        let anywhere = Filter { areas: None, ..choice.in_days(seen) };
        let areas = if choice.area.is_some() { Summary::of(&chosen, &anywhere) } else { summary.clone() };
        let of_source = |s: u8| Summary::of(&chosen, &Filter { sources: 1 << s, ..anywhere.clone() });
        alarms.retain(|a| concerns(seen, choice, a));
        let brief = Brief::of(seen, &filter, days, (&summary, &weeks));
        let delicate = choice.is_delicate(seen);
        let (step, shown) = development(seen, choice);
        let level = seen.config.page.level;
        let series = match step {
            Step::Week => weekly(&weeks, shown, level),
            Step::Month => monthly(&weeks, shown, level),
        };
        let rules = seen.config.rules(1);
        let expects = match step {
            Step::Week => {
                let last = series.points.last().map_or(0, |p| weeks.number(p.first_day) + 1).min(weeks.total.len());
                expectations(&weeks.total[..last], series.points.len(), &rules)
            }
            Step::Month => Vec::new(),
        };
        let spark_weeks = days.weeks.unwrap_or(0).max(26) as usize;
        let tail = |counts: Vec<u32>| counts.iter().rev().take(spark_weeks).rev().map(|n| u64::from(*n)).collect();
        let monday = Days::last_weeks(1, seen.today).to + 1;
        let inside = |area: &str| choice.area.is_none_or(|a| seen.area_code(a) == Some(area));
        let list: Vec<_> = squares.list.into_iter().filter(|s| inside(&s.area)).collect();
        Self {
            sparks: brief
                .priorities
                .iter()
                .map(|p| tail(weeks.of_categories(chosen_of(seen, choice, &p.id))))
                .collect(),
            officers: of_source(source::OFFICER),
            residents: of_source(source::RESIDENT),
            expected: list.iter().map(|s| (s.cell, s.total)).collect(),
            expected_from: squares.from_day,
            area_of: list.into_iter().map(|s| (s.cell, s.area)).collect(),
            series,
            expects,
            groups: groups(seen, choice, &weeks, &summary),
            since_monday: weeks.between(monday, seen.today),
            hidden: delicate && choice.area.is_some() && (1..seen.config.small.least).contains(&summary.total),
            delicate,
            areas,
            summary,
            brief,
            weeks,
            alarms,
        }
    }
}

/// The categories of a priority that were chosen.
fn chosen_of(seen: &Seen, choice: &Selection, priority: &str) -> Vec<u16> {
    let mine = seen.of_priority(priority);
    match choice.categories(seen) {
        Some(chosen) => mine.into_iter().filter(|c| chosen.contains(c)).collect(),
        None => mine,
    }
}

/// Whether an alarm is about the choice.
fn concerns(seen: &Seen, choice: &Selection, alarm: &Alarm) -> bool {
    let found = &alarm.found;
    let area = choice.area.and_then(|a| seen.area_code(a)).is_none_or(|code| found.areas.iter().any(|a| a == code));
    let all = found.group.is_empty();
    let group =
        all || choice.group.is_none_or(|g| seen.lists.groups.get(usize::from(g)).is_some_and(|id| *id == found.group));
    let serves = |priority: &String| {
        let mut mine = seen.catalogue.categories.iter().filter(|c| c.priority == *priority);
        mine.any(|c| seen.group_id(&c.id) == Some(found.group.as_str()))
    };
    area && group && (all || choice.priority.as_ref().is_none_or(serves)) && !choice.is_officers()
}

/// How the development is drawn: per week over a year or two, or per week or month over the days chosen.
fn development(seen: &Seen, choice: &Selection) -> (Step, (i32, i32)) {
    let Days { from, to, weeks } = choice.days;
    match weeks {
        Some(52) => (Step::Week, (to + 1 - 104 * 7, to)),
        Some(_) => (Step::Week, (to + 1 - 52 * 7, to)),
        None if to - from < 740 => (Step::Week, (from, to)),
        None => (Step::Month, (from.max(seen.history.first_day()), to)),
    }
}

/// One point of a series; no rolling mean is drawn.
fn point(first_day: i32, n: u64, complete: bool, level: f64) -> Point {
    Point { first_day, count: count_with_dispersion(n as f64, 1.0, level), complete, rolling: None }
}

/// The complete weeks within these days.
fn weekly(weeks: &Weeks, (from, to): (i32, i32), level: f64) -> Series {
    let known = (0..weeks.total.len()).filter(|i| weeks.monday(*i) >= from && weeks.monday(*i) + 6 <= to);
    let points = known.map(|i| point(weeks.monday(i), u64::from(weeks.total[i]), true, level));
    Series { step: Step::Week, points: points.collect() }
}

/// The months that these days touch.
fn monthly(weeks: &Weeks, (from, to): (i32, i32), level: f64) -> Series {
    let mut points: Vec<Point> = Vec::new();
    let mut first = from;
    while first <= to {
        let (year, month) = year_month(first);
        let begin = day_of(year, month, 1);
        let next = if month == 12 { day_of(year + 1, 1, 1) } else { day_of(year, month + 1, 1) };
        points.push(point(first, weeks.between(first, (next - 1).min(to)), begin == first && next - 1 <= to, level));
        first = next;
    }
    Series { step: Step::Month, points }
}

/// The main categories that occur in the last year, most first.
fn groups(seen: &Seen, choice: &Selection, weeks: &Weeks, summary: &Summary) -> Vec<GroupFound> {
    let rules = seen.config.rules(1);
    let mut out: Vec<GroupFound> = (0..seen.lists.groups.len() as u16)
        .filter_map(|group| {
            let of = (0u16..).zip(&seen.lists.group_of).filter(|(_, g)| **g == group).map(|(c, _)| c);
            let counts = weeks.of_categories(of);
            let shown = counts.len().min(SMALL_WEEKS);
            let last = &counts[counts.len() - shown..];
            (last.iter().any(|n| *n > 0)).then(|| GroupFound {
                group,
                total: summary.groups.get(usize::from(group)).copied().unwrap_or(0),
                weeks: last.iter().copied().zip(expectations(&counts, shown, &rules)).collect(),
                change: choice.days.weeks.map(|w| change_of_weeks(weeks.first, counts.clone(), &seen.config.rules(w))),
            })
        })
        .collect();
    out.sort_by_key(|g| (std::cmp::Reverse(g.weeks.iter().map(|w| u64::from(w.0)).sum::<u64>()), g.group));
    out
}
