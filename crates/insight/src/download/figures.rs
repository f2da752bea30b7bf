//! The figures behind each chart as rows of a CSV file. Numbers are plain (point as decimal sign); a count that may
//! not be shown has an empty field and says so in `status`.

use super::{What, status};
use crate::seen::Seen;
use crate::view::{Expect, Findings, Look};
use crate::wording::Wording;
use areas::Level;
use kit::clock::day_date;
use picture::history::Cell;
use picture::interval::{Range, Shown, count, rate, shown, shown_row};
use picture::{Step, Total};
use std::collections::HashMap;

/// The columns of a file; `download-column-*` says what each means.
pub(super) fn columns(what: What) -> &'static [&'static str] {
    match what {
        What::Trend => {
            &["from", "to", "step", "status", "count", "low", "high", "level", "usual", "usual-low", "usual-high"]
        }
        What::Grid => &["weekday", "day", "hour", "status", "count"],
        What::Map => &["area", "name", "inhabitants", "status", "count", "rate", "low", "high", "level"],
        What::Places => &[
            "rank", "cell-x", "cell-y", "lon", "lat", "area", "name", "status", "count", "from", "to", "expected",
            "low", "high", "level",
        ],
        What::Forecast => &["cell-x", "cell-y", "lon", "lat", "area", "from", "to", "expected", "low", "high", "level"],
    }
}

/// Level of the intervals of a forecast.
const FORECAST_LEVEL: &str = "0.9";

/// The rows of a file.
pub(super) fn rows(look: &Look, what: What, wording: &Wording) -> Vec<Vec<String>> {
    let Look { seen, found, .. } = look;
    let level = seen.config.page.level;
    let week = || [0, 6].map(|d| day_date(found.expected_from + d).to_string());
    match what {
        What::Trend => periods(look)
            .iter()
            .map(|p| {
                let range = p.count.value().map(|n| count(n, level));
                let state = if p.complete { status(&p.count) } else { "partial" };
                let mut row = vec![day_date(p.from).to_string(), day_date(p.to).to_string(), p.step.to_owned()];
                row.extend([state.to_owned(), number(p.count)]);
                row.extend(ends(range));
                row.push(level.to_string());
                let usual = p.expect.filter(|_| p.count.value().is_some());
                row.extend(usual.map(|e| [e.mean, e.band.0, e.band.1].map(decimals)).unwrap_or_default());
                row
            })
            .collect(),
        What::Grid => {
            let counts = hours(look);
            let row = |d: usize, h: usize| {
                let n = counts[d][h];
                let day = wording.words.t(&format!("weekday-{d}"));
                vec![(d + 1).to_string(), day, h.to_string(), status(&n).to_owned(), number(n)]
            };
            (0..7).flat_map(|d| (0..24).map(move |h| (d, h))).map(|(d, h)| row(d, h)).collect()
        }
        What::Map => neighbourhoods(seen, found)
            .into_iter()
            .map(|(area, n)| {
                let range = n.value().and_then(|n| rate(n, area.inhabitants?, 1000.0, level));
                let mut row = vec![area.code.clone(), harmless(&area.name)];
                row.push(area.inhabitants.map(|n| format!("{n:.0}")).unwrap_or_default());
                row.extend([status(&n).to_owned(), number(n)]);
                row.push(range.map(|r| decimals(r.value)).unwrap_or_default());
                row.extend(ends(range));
                row.push(level.to_string());
                row
            })
            .collect(),
        What::Places => places(look, seen.config.page.top_places)
            .enumerate()
            .map(|(i, p)| {
                let mut row = vec![(i + 1).to_string()];
                row.extend(p.place(seen));
                row.push(harmless(&p.name(wording)));
                row.extend([status(&p.count).to_owned(), number(p.count)]);
                row.extend(week());
                row.extend(p.forecast());
                row
            })
            .collect(),
        What::Forecast => places(look, usize::MAX)
            .map(|p| {
                let mut row: Vec<String> = p.place(seen).into();
                row.extend(week());
                row.extend(p.forecast());
                row
            })
            .collect(),
    }
}

/// One week or month of the development.
struct Period {
    from: i32,
    to: i32,
    step: &'static str,
    complete: bool,
    count: Shown<u64>,
    /// What was to be expected of it, from earlier weeks only.
    expect: Option<Expect>,
}

/// The least count that is shown: what is about persons or groups is hidden in one neighbourhood when it is small.
pub(super) fn least(look: &Look) -> u64 {
    let narrow = look.found.delicate && look.choice.area.is_some();
    if narrow { look.seen.config.small.least } else { 0 }
}

/// What may be shown of a count; of a hidden selection nothing, not even which parts are empty.
fn masked(look: &Look, n: u64) -> Shown<u64> {
    if look.found.hidden { Shown::Suppressed } else { shown(Some(n), least(look)) }
}

/// The development per week or month.
fn periods(look: &Look) -> Vec<Period> {
    let series = &look.found.series;
    let period = |(i, p): (usize, &picture::Point)| Period {
        from: p.first_day,
        to: last_day(series.step, p.first_day).min(look.seen.today),
        step: match series.step {
            Step::Week => "week",
            Step::Month => "month",
        },
        complete: p.complete,
        count: masked(look, p.count.value as u64),
        expect: look.found.expects.get(i).copied().flatten(),
    };
    series.points.iter().enumerate().map(period).collect()
}

fn last_day(step: Step, first: i32) -> i32 {
    match step {
        Step::Week => first + 6,
        Step::Month => {
            let date = day_date(first);
            first + i32::from(date.days_in_month()) - i32::from(date.day())
        }
    }
}

/// Counts per day of the week, Monday first, and hour.
fn hours(look: &Look) -> [[Shown<u64>; 24]; 7] {
    look.found.summary.hours.map(|day| day.map(|n| masked(look, n)))
}

/// The neighbourhoods by name with their counts; where one is hidden a second is, so that none follows from the total.
fn neighbourhoods<'a>(seen: &'a Seen, found: &Findings) -> Vec<(&'a areas::Area, Shown<u64>)> {
    let hoods: Vec<(usize, &areas::Area)> =
        seen.sheet.areas.iter().enumerate().filter(|(_, a)| a.level == Level::Neighbourhood).collect();
    let of = |i: usize| Some(found.areas.areas.get(i).copied().unwrap_or(0));
    let mut counts: Vec<Option<u64>> = hoods.iter().map(|(i, _)| of(*i)).collect();
    counts.push(Some(found.areas.unknown_area));
    let least = if found.delicate { seen.config.small.least } else { 0 };
    hoods.into_iter().map(|h| h.1).zip(shown_row(&counts, least)).collect()
}

/// A square with what came and what is expected.
pub(super) struct Place {
    cell: Cell,
    area: Option<String>,
    count: Shown<u64>,
    pub(super) expected: Total,
}

impl Place {
    pub(super) fn name(&self, wording: &Wording) -> String {
        wording.cell(self.area.as_deref(), (self.cell.x, self.cell.y))
    }

    /// Cell, its middle, and its neighbourhood.
    fn place(&self, seen: &Seen) -> [String; 5] {
        let (x, y) = (self.cell.x, self.cell.y);
        let middle = seen.atlas.plane().cell_centre((i64::from(x), i64::from(y)));
        let degrees = |v: Option<f64>| v.map(|v| format!("{v:.5}")).unwrap_or_default();
        [
            x.to_string(),
            y.to_string(),
            degrees(middle.map(|m| m.0)),
            degrees(middle.map(|m| m.1)),
            self.area.clone().unwrap_or_default(),
        ]
    }

    fn forecast(&self) -> [String; 4] {
        let t = self.expected;
        [decimals(t.expected), decimals(t.low90), decimals(t.high90), FORECAST_LEVEL.to_owned()]
    }
}

/// The squares in which most is expected, most first.
pub(super) fn places(look: &Look, most: usize) -> impl Iterator<Item = Place> + '_ {
    let Look { seen, found, .. } = look;
    let counts: HashMap<Cell, u64> = found.summary.cells.iter().copied().collect();
    let least = if found.delicate { seen.config.small.least } else { 0 };
    let kept = if found.hidden { 0 } else { most };
    found.expected.iter().take(kept).map(move |(cell, total)| Place {
        cell: *cell,
        area: found.area_of.get(cell).cloned(),
        count: shown(Some(counts.get(cell).copied().unwrap_or(0)), least),
        expected: *total,
    })
}

fn number(count: Shown<u64>) -> String {
    count.value().map(|n| n.to_string()).unwrap_or_default()
}

/// At most four decimals.
fn decimals(value: f64) -> String {
    let text = format!("{value:.4}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn ends(range: Option<Range>) -> [String; 2] {
    range.map(|r| [decimals(r.low), decimals(r.high)]).unwrap_or_default()
}

/// A text that a spreadsheet would run as a formula is made harmless.
fn harmless(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t']) { format!("'{text}") } else { text.to_owned() }
}
