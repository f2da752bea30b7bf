//! What was seen: events as place, hour and kind, in one compact list ordered by day.
//!
//! A [`History`] is read-only and cheap to cut: [`History::before`] gives the part before a day
//! without copying, which is how forecasts are kept honest (no model can look ahead).

use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::sync::Arc;

/// A square of the grid: the column and row of its south-west corner divided by the cell's size.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Cell {
    /// Column: floor(x / size), x in metres to the east.
    pub x: i32,
    /// Row: floor(y / size), y in metres to the north.
    pub y: i32,
}

/// The area of an event whose area is not known.
pub const UNKNOWN_AREA: u32 = u32::MAX;

/// Where an event came from; see [`Event::source`].
pub mod source {
    /// A report of a resident.
    pub const RESIDENT: u8 = 0;
    /// Found by an officer on the street: where one looks, one finds.
    pub const OFFICER: u8 = 1;
    /// A registration of the police (only as a count of open or shared figures).
    pub const POLICE: u8 = 2;
    /// Passed on by a partner.
    pub const PARTNER: u8 = 3;
    /// Loaded from a file.
    pub const IMPORT: u8 = 4;
    /// How many sources there are.
    pub const COUNT: usize = 5;
}

/// One event: a place, an hour, a kind. No person and no address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Event {
    /// Local calendar day, in days since 1970-01-01.
    pub day: i32,
    /// Local hour of the day, 0-23.
    pub hour: u8,
    /// Square of the grid, when the place is known.
    pub cell: Option<Cell>,
    /// Area: index into the caller's list of areas, [`UNKNOWN_AREA`] when not known.
    pub area: u32,
    /// Category: index into the caller's list.
    pub category: u16,
    /// Group of categories (main category): index into the caller's list.
    pub group: u16,
    /// One of the numbers of [`source`].
    pub source: u8,
}

/// No cell or pair.
pub(crate) const NONE: u32 = u32::MAX;

#[derive(Debug, Default)]
struct Inner {
    events: Vec<Event>,
    /// Per event the number of its cell, or [`NONE`].
    cell: Vec<u32>,
    /// Per event the number of its (cell, group) pair, or [`NONE`].
    pair: Vec<u32>,
    /// Cells in the order in which they were first seen, with that day.
    cells: Vec<(Cell, i32)>,
    /// Pairs in the order in which they were first seen: cell number, group, that day.
    pairs: Vec<(u32, u16, i32)>,
}

/// A time-ordered list of events with the days that were observed.
#[derive(Clone, Debug, Default)]
pub struct History {
    inner: Arc<Inner>,
    len: usize,
    first_day: i32,
    last_day: i32,
}

impl History {
    /// Takes the events in any order; the observed days run from the first to the last event.
    pub fn new(events: Vec<Event>) -> Self {
        let first = events.iter().map(|e| e.day).min().unwrap_or(0);
        let last = events.iter().map(|e| e.day).max().unwrap_or(-1);
        Self::spanning(events, first, last)
    }

    /// The same with the observed days given, so that quiet days at either end count as observed.
    /// Events outside these days are left out.
    pub fn spanning(mut events: Vec<Event>, first_day: i32, last_day: i32) -> Self {
        events.retain(|e| (first_day..=last_day).contains(&e.day));
        if !events.is_sorted_by_key(|e| e.day) {
            events.sort_by_key(|e| e.day);
        }
        let (cell, cells) = number_cells(&events);
        let (pair, pairs) = number_pairs(&events, &cell, cells.len());
        let len = events.len();
        let inner = Inner { events, cell, pair, cells, pairs };
        Self { inner: Arc::new(inner), len, first_day, last_day }
    }

    /// The part strictly before `day`, without copying.
    pub fn before(&self, day: i32) -> Self {
        Self {
            inner: Arc::clone(&self.inner),
            len: self.events().partition_point(|e| e.day < day),
            first_day: self.first_day,
            last_day: self.last_day.min(day.saturating_sub(1)),
        }
    }

    /// The events, ordered by day.
    pub fn events(&self) -> &[Event] {
        &self.inner.events[..self.len]
    }

    /// The events from `from` up to and including `to`.
    pub fn between(&self, from: i32, to: i32) -> &[Event] {
        let all = self.events();
        let start = all.partition_point(|e| e.day < from);
        let end = all.partition_point(|e| e.day <= to);
        &all[start..end.max(start)]
    }

    /// First observed day.
    pub fn first_day(&self) -> i32 {
        self.first_day
    }

    /// Last observed day; before the first day when nothing was observed.
    pub fn last_day(&self) -> i32 {
        self.last_day
    }

    /// The cells seen, in the order in which they were first seen.
    pub fn cells(&self) -> impl ExactSizeIterator<Item = Cell> + '_ {
        self.inner.cells[..self.cell_count()].iter().map(|c| c.0)
    }

    /// How many cells were seen.
    pub(crate) fn cell_count(&self) -> usize {
        self.inner.cells.partition_point(|c| c.1 <= self.last_day)
    }

    /// The cell with this number.
    pub(crate) fn cell_at(&self, number: u32) -> Cell {
        self.inner.cells[number as usize].0
    }

    /// Per event of [`History::events`] the number of its cell.
    pub(crate) fn cell_numbers(&self) -> &[u32] {
        &self.inner.cell[..self.len]
    }

    /// Per event of [`History::events`] the number of its pair of cell and group.
    pub(crate) fn pair_numbers(&self) -> &[u32] {
        &self.inner.pair[..self.len]
    }

    /// The pairs seen: cell number and group.
    pub(crate) fn pairs(&self) -> impl ExactSizeIterator<Item = (u32, u16)> + '_ {
        let n = self.inner.pairs.partition_point(|p| p.2 <= self.last_day);
        self.inner.pairs[..n].iter().map(|p| (p.0, p.1))
    }

    /// One more than the highest group seen.
    pub(crate) fn group_count(&self) -> usize {
        self.pairs()
            .map(|p| p.1)
            .chain(self.events().iter().filter(|e| e.cell.is_none()).map(|e| e.group))
            .max()
            .map_or(0, |g| usize::from(g) + 1)
    }
}

/// Numbers the cells in the order of time. A box of up to four million squares is a plain table.
fn number_cells(events: &[Event]) -> (Vec<u32>, Vec<(Cell, i32)>) {
    let mut cells: Vec<(Cell, i32)> = Vec::new();
    let mut numbers = Vec::with_capacity(events.len());
    let mut low = (i32::MAX, i32::MAX);
    let mut high = (i32::MIN, i32::MIN);
    for c in events.iter().filter_map(|e| e.cell) {
        low = (low.0.min(c.x), low.1.min(c.y));
        high = (high.0.max(c.x), high.1.max(c.y));
    }
    let width = (i64::from(high.0) - i64::from(low.0) + 1).max(0);
    let height = (i64::from(high.1) - i64::from(low.1) + 1).max(0);
    let mut table = Vec::new();
    let mut map: HashMap<Cell, u32> = HashMap::new();
    let small = width.saturating_mul(height) <= 4_000_000;
    if small {
        table = vec![NONE; (width * height) as usize];
    }
    for e in events {
        let Some(c) = e.cell else {
            numbers.push(NONE);
            continue;
        };
        let number = if small {
            let row = i64::from(c.y) - i64::from(low.1);
            let column = i64::from(c.x) - i64::from(low.0);
            &mut table[(row * width + column) as usize]
        } else {
            map.entry(c).or_insert(NONE)
        };
        if *number == NONE {
            *number = cells.len() as u32;
            cells.push((c, e.day));
        }
        numbers.push(*number);
    }
    (numbers, cells)
}

/// Numbers the pairs of cell and group in the order of time.
fn number_pairs(events: &[Event], cell: &[u32], cells: usize) -> (Vec<u32>, Vec<(u32, u16, i32)>) {
    let groups = events.iter().map(|e| usize::from(e.group) + 1).max().unwrap_or(0);
    let mut pairs = Vec::new();
    let mut numbers = Vec::with_capacity(events.len());
    let mut table = Vec::new();
    let mut map: HashMap<(u32, u16), u32> = HashMap::new();
    let small = cells.saturating_mul(groups) <= 16_000_000;
    if small {
        table = vec![NONE; cells * groups];
    }
    for (e, &c) in events.iter().zip(cell) {
        if c == NONE {
            numbers.push(NONE);
            continue;
        }
        let number = if small {
            &mut table[c as usize * groups + usize::from(e.group)]
        } else {
            map.entry((c, e.group)).or_insert(NONE)
        };
        if *number == NONE {
            *number = pairs.len() as u32;
            pairs.push((c, e.group, e.day));
        }
        numbers.push(*number);
    }
    (numbers, pairs)
}

/// Day of the week of a day since 1970-01-01: 0 = Monday .. 6 = Sunday.
pub fn weekday(day: i32) -> u8 {
    (i64::from(day) + 3).rem_euclid(7) as u8
}

/// Week (Monday to Sunday) of a day: weeks since the one that holds 1970-01-01.
pub fn week_of(day: i32) -> i32 {
    (i64::from(day) + 3).div_euclid(7) as i32
}

/// The Monday with which a week starts, in days since 1970-01-01.
pub fn monday(week: i32) -> i32 {
    week.saturating_mul(7).saturating_sub(3)
}

/// Year and month (1-12) of a day (civil calendar; H. Hinnant, "chrono-compatible low-level date
/// algorithms").
pub fn year_month(day: i32) -> (i32, u8) {
    let (year, month, _) = civil(day);
    (year, month)
}

/// Year, month (1-12) and day of the month of a day since 1970-01-01.
pub fn civil(day: i32) -> (i32, u8, u8) {
    let z = i64::from(day) + 719_468;
    let era = z.div_euclid(146_097);
    let doe = z.rem_euclid(146_097);
    let yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let month = if mp < 10 { mp + 3 } else { mp - 9 };
    let year = yoe + era * 400 + i64::from(month <= 2);
    let date = doy - (153 * mp + 2) / 5 + 1;
    (year as i32, month as u8, date as u8)
}

/// The day since 1970-01-01 of a civil date; the inverse of [`civil`].
pub fn day_of(year: i32, month: u8, date: u8) -> i32 {
    let month = i64::from(month);
    let y = i64::from(year) - i64::from(month <= 2);
    let era = y.div_euclid(400);
    let yoe = y.rem_euclid(400);
    let mp = if month > 2 { month - 3 } else { month + 9 };
    let doy = (153 * mp + 2) / 5 + i64::from(date) - 1;
    let doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
    (era * 146_097 + doe - 719_468) as i32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(day: i32, cell: Option<(i32, i32)>, group: u16) -> Event {
        Event {
            day,
            hour: 12,
            cell: cell.map(|(x, y)| Cell { x, y }),
            area: 0,
            category: group,
            group,
            source: source::RESIDENT,
        }
    }

    #[test]
    fn calendar_of_known_days() {
        // day, weekday (0 = Monday), civil date
        let table = [
            (0, 3, (1970, 1, 1)),
            (-1, 2, (1969, 12, 31)),
            (11_016, 1, (2000, 2, 29)),
            (17_532, 0, (2018, 1, 1)),
            (20_088, 1, (2024, 12, 31)),
        ];
        for (day, wd, (y, m, d)) in table {
            assert_eq!(day_of(y, m, d), day);
            assert_eq!(weekday(day), wd, "{day}");
        }
        for day in -1000..1000 {
            assert_eq!(weekday(monday(week_of(day))), 0);
            assert!((0..7).contains(&(day - monday(week_of(day)))));
            let (y, m, d) = civil(day);
            assert_eq!(day_of(y, m, d), day);
        }
    }

    #[test]
    fn cut_knows_only_its_own_cells_and_pairs() {
        let h = History::new(vec![
            event(9, Some((5, 5)), 1),
            event(3, Some((1, 2)), 0),
            event(4, None, 4),
            event(3, Some((1, 2)), 0),
        ]);
        assert_eq!((h.first_day(), h.last_day(), h.events().len()), (3, 9, 4));
        assert_eq!(h.cells().len(), 2);
        let cut = h.before(9);
        assert_eq!(cut.events().len(), 3);
        assert_eq!(cut.cells().collect::<Vec<_>>(), [Cell { x: 1, y: 2 }]);
        assert_eq!(cut.pairs().collect::<Vec<_>>(), [(0, 0)]);
        assert_eq!((cut.last_day(), cut.group_count(), h.group_count()), (8, 5, 5));
        assert_eq!(h.between(4, 8).len(), 1);
        assert_eq!(h.between(8, 4).len(), 0);
    }

    #[test]
    fn far_apart_cells_are_numbered_too() {
        let h = History::new(vec![
            event(1, Some((i32::MIN, 0)), u16::MAX),
            event(1, Some((i32::MAX, i32::MAX)), 0),
            event(2, Some((i32::MIN, 0)), 0),
        ]);
        assert_eq!(h.cell_numbers(), [0, 1, 0]);
        assert_eq!(h.pair_numbers(), [0, 1, 2]);
    }

    #[test]
    fn quiet_days_are_observed_when_said_so() {
        let h = History::spanning(vec![event(5, None, 0), event(50, None, 0)], 0, 20);
        assert_eq!((h.first_day(), h.last_day(), h.events().len()), (0, 20, 1));
    }
}
