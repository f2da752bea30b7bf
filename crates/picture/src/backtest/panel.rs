//! The panel of the protocol: counts per cell and week on one time axis, and the view of it that ends
//! at an origin.

use super::{BacktestAsk, Place};
use crate::history::{Cell, Event, History, NONE, UNKNOWN_AREA, monday, source, week_of, weekday};
use std::collections::{HashMap, HashSet};

/// Mean radius of the earth in metres (IUGG), as in the protocol.
const EARTH: f64 = 6_371_008.8;
/// Six-hour slots in a week.
pub const SLOTS: usize = 28;
/// Sub-cells along a side of a cell, for kernel density.
pub const SUB: usize = 4;

/// An event inside the area, as the peers see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Point {
    /// Number of its cell.
    pub cell: u32,
    /// Hour of its week, 0-167; Monday 00:00 is 0.
    pub hour: u8,
    /// Which of the [`SUB`] columns of sub-cells within the cell.
    pub sub_x: u8,
    /// Which of the [`SUB`] rows of sub-cells within the cell.
    pub sub_y: u8,
}

impl Point {
    /// Its six-hour slot, 0-27.
    pub fn slot(&self) -> usize {
        usize::from(self.hour) / 6
    }
}

/// Counts per cell and week, and the events behind them.
pub struct Panel {
    /// The events on the axis, for models.
    pub(super) history: History,
    /// First day of the axis, a Monday. Skipped weeks are cut out, so days on the axis are not calendar days.
    first_day: i32,
    /// Calendar Monday of each week of the axis.
    mondays: Vec<i32>,
    /// First week of the test on the axis.
    pub(super) test: usize,
    /// Cells of the area: those with an event before the test, in the order in which they were first seen.
    pub(super) area: Vec<Cell>,
    /// Cells seen after that but before the day that was asked for (only when the test itself has
    /// skipped weeks, see [`Panel::of`]): they are listed, not scored.
    pub(super) beside: Vec<Cell>,
    /// Columns and rows of the box around the area; cells count from (0, 0).
    size: (usize, usize),
    /// Side of a cell in metres.
    side: f64,
    /// Counts by week, then cell.
    counts: Vec<f32>,
    /// Points by week; `starts[w]..starts[w + 1]` is week w.
    points: Vec<Point>,
    starts: Vec<usize>,
    /// Per week all events, inside or outside the area.
    all: Vec<u64>,
}

impl Panel {
    /// Lays the grid and counts. `None` when there is nothing before or in the test, or the cell has no size.
    ///
    /// The number of test weeks stays as asked: a skipped week in the test is made up for by one before
    /// it, as the reference program does.
    pub fn of(places: &[Place], ask: &BacktestAsk) -> Option<Self> {
        let start = monday(week_of(ask.test_start));
        if ask.test_weeks == 0 || ask.cell.is_nan() || ask.cell <= 0.0 {
            return None;
        }
        let mut least = (f64::INFINITY, f64::INFINITY);
        let mut most = f64::NEG_INFINITY;
        let mut first_seen = i32::MAX;
        for p in places {
            first_seen = first_seen.min(p.day);
            if p.day < start {
                least = (least.0.min(p.lon), least.1.min(p.lat));
                most = most.max(p.lat);
            }
        }
        if !least.0.is_finite() || !least.1.is_finite() {
            return None;
        }
        let across = EARTH * ((least.1 + most) / 2.0).to_radians().cos();
        let fine = ask.cell / SUB as f64;
        let (first_week, start_week) = (week_of(first_seen.saturating_add(6)), week_of(start));
        let last_week = start_week.saturating_add(ask.test_weeks as i32 - 1);
        let skipped: HashSet<i32> = ask.skip_weeks.iter().map(|d| week_of(*d)).collect();
        let kept: Vec<i32> = (first_week..=last_week).filter(|w| !skipped.contains(w)).collect();
        let test = kept.len().checked_sub(ask.test_weeks as usize)?;
        let mut axis = vec![usize::MAX; (last_week - first_week + 1).max(0) as usize];
        kept.iter().enumerate().for_each(|(i, w)| axis[(w - first_week) as usize] = i);
        let listed = kept.iter().filter(|w| **w < start_week).count();

        // In the order of time and place, so that the order of the rows in the file does not matter.
        let mut seen: Vec<(u32, Cell, Point)> = Vec::with_capacity(places.len());
        let mut all = vec![0; kept.len()];
        for p in places {
            let week = usize::try_from(week_of(p.day) - first_week).ok().and_then(|w| axis.get(w));
            let Some(&week) = week.filter(|w| **w != usize::MAX) else {
                continue;
            };
            all[week] += 1;
            let (x, y) = (across * (p.lon - least.0).to_radians(), EARTH * (p.lat - least.1).to_radians());
            let cell = Cell { x: (x / ask.cell).floor() as i32, y: (y / ask.cell).floor() as i32 };
            let sub = |v: f64, c: i32| ((v / fine) as i64 - i64::from(c) * SUB as i64).clamp(0, SUB as i64 - 1) as u8;
            let hour = weekday(p.day) * 24 + p.hour.min(23);
            let point = Point { cell: NONE, hour, sub_x: sub(x, cell.x), sub_y: sub(y, cell.y) };
            if cell.x >= 0 && cell.y >= 0 {
                seen.push((week as u32, cell, point));
            }
        }
        seen.sort_unstable_by_key(|(week, cell, p)| (*week, p.hour, cell.x, cell.y, p.sub_x, p.sub_y));
        let before = |week: usize| seen.partition_point(|s| (s.0 as usize) < week);
        let mut known: HashSet<Cell> = HashSet::new();
        known.extend(seen[..before(test.max(listed))].iter().map(|s| s.1));
        let first_day = monday(first_week);
        let event = |&(week, cell, p): &(u32, Cell, Point)| Event {
            day: first_day + 7 * week as i32 + i32::from(p.hour / 24),
            hour: p.hour % 24,
            cell: Some(cell),
            area: UNKNOWN_AREA,
            category: 0,
            group: 0,
            source: source::IMPORT,
        };
        let events: Vec<Event> = seen.iter().filter(|s| known.contains(&s.1)).map(event).collect();
        let history = History::spanning(events, first_day, first_day + 7 * kept.len() as i32 - 1);
        let area: Vec<Cell> = history.before(first_day + 7 * test as i32).cells().collect();
        if area.is_empty() {
            return None;
        }
        let beside = history.before(first_day + 7 * listed as i32).cells().skip(area.len()).collect();
        let number: HashMap<Cell, u32> = area.iter().copied().zip(0..).collect();
        let most = |f: fn(&Cell) -> i32| area.iter().map(f).max().map_or(0, |m| m as usize + 1);
        let mut panel = Self {
            size: (most(|c| c.x), most(|c| c.y)),
            side: ask.cell,
            counts: vec![0.0; kept.len() * area.len()],
            points: Vec::with_capacity(seen.len()),
            starts: vec![0],
            mondays: kept.into_iter().map(monday).collect(),
            first_day,
            test,
            history,
            area,
            beside,
            all,
        };
        let mut at = 0;
        for week in 0..panel.mondays.len() {
            while at < seen.len() && seen[at].0 as usize == week {
                if let Some(&cell) = number.get(&seen[at].1) {
                    panel.counts[week * panel.area.len() + cell as usize] += 1.0;
                    panel.points.push(Point { cell, ..seen[at].2 });
                }
                at += 1;
            }
            panel.starts.push(panel.points.len());
        }
        Some(panel)
    }

    /// Weeks on the axis.
    pub fn weeks(&self) -> usize {
        self.mondays.len()
    }

    /// The day on the axis with which a week starts: an origin for models.
    pub(super) fn axis_day(&self, week: usize) -> i32 {
        self.first_day + 7 * week as i32
    }

    /// The calendar Monday of a week.
    pub(super) fn monday(&self, week: usize) -> i32 {
        self.mondays[week]
    }

    /// What happened in a week, per cell of the area.
    pub(super) fn real(&self, week: usize) -> &[f32] {
        &self.counts[week * self.area.len()..][..self.area.len()]
    }

    /// What happened in a week, per cell and slot.
    pub(super) fn real_slots(&self, week: usize) -> Vec<f32> {
        let mut out = vec![0.0; self.area.len() * SLOTS];
        for p in &self.points[self.starts[week]..self.starts[week + 1]] {
            out[p.cell as usize * SLOTS + p.slot()] += 1.0;
        }
        out
    }

    /// All events of a week, inside or outside the area.
    pub(super) fn all(&self, week: usize) -> u64 {
        self.all[week]
    }

    /// What is known before a week.
    pub fn before(&self, week: usize) -> Past<'_> {
        Past { panel: self, weeks: week.min(self.weeks()) }
    }
}

/// What is known at an origin: the panel up to, not including, a week. Peers get nothing else.
#[derive(Clone, Copy)]
pub struct Past<'a> {
    panel: &'a Panel,
    weeks: usize,
}

impl<'a> Past<'a> {
    /// How many weeks are known; this is also the number of the week asked for.
    pub fn weeks(&self) -> usize {
        self.weeks
    }

    /// Cells of the area.
    pub fn cells(&self) -> &'a [Cell] {
        &self.panel.area
    }

    /// Columns and rows of the box around the area.
    pub fn size(&self) -> (usize, usize) {
        self.panel.size
    }

    /// Side of a cell in metres.
    pub fn side(&self) -> f64 {
        self.panel.side
    }

    /// Counts per cell in a known week.
    pub fn counts(&self, week: usize) -> &'a [f32] {
        let n = self.panel.area.len();
        &self.panel.counts[..self.weeks * n][week * n..][..n]
    }

    /// Events inside the area in the known weeks `from..to`.
    pub fn points(&self, from: usize, to: usize) -> &'a [Point] {
        let starts = &self.panel.starts[..=self.weeks];
        &self.panel.points[starts[from]..starts[to]]
    }

    /// Part of the year (0-1) of a week's Monday, also of the week asked for.
    pub fn season(&self, week: usize) -> f64 {
        let day = self.panel.mondays[week.min(self.panel.mondays.len() - 1)];
        let (year, ..) = crate::history::civil(day);
        f64::from(day - crate::history::day_of(year, 1, 1) + 1) / 365.25
    }

    /// The same view at an earlier origin.
    pub fn before(&self, week: usize) -> Self {
        Self { panel: self.panel, weeks: week.min(self.weeks) }
    }
}
