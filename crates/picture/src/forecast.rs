//! What do we expect: the seam between the pages and the models.
//!
//! A [`Model`] turns a history and a question into a [`Forecast`]: one row per cell, four-hour band
//! and group, each with a 90 % predictive interval. Sums over rows (a cell, a group, a shift) get
//! their own interval from the stated dispersion; intervals of rows must not be added up.

use crate::count;
use crate::declaration::Declaration;
use crate::history::{Cell, History};
use crate::why::Reason;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap, HashSet};

/// How many four-hour bands a day has; band 0 is 00-04 local time.
pub const BANDS: usize = 6;

/// A question: which days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ask {
    /// First day asked for, in days since 1970-01-01 (local). Only earlier events are used.
    pub from_day: i32,
    /// How many days.
    pub days: u16,
}

impl Ask {
    /// The seven days from `from_day`.
    pub fn week(from_day: i32) -> Self {
        Self { from_day, days: 7 }
    }
}

/// One row: what is expected in a cell, in one band of the days asked for, of one group.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Expected {
    /// Where.
    pub cell: Cell,
    /// When: four-hour band 0-5 of the day.
    pub band: u8,
    /// What: group of categories.
    pub group: u16,
    /// Expected number of events over all days asked for.
    pub expected: f64,
    /// 5 % point of the predictive distribution (never above `expected`).
    pub low90: f64,
    /// 95 % point of the predictive distribution (never below `expected`).
    pub high90: f64,
    /// `expected` split over the days of the week, Monday first.
    pub weekday: [f32; 7],
}

/// How much counts vary beyond chance. The variance of a sum S of rows with mean m is
/// m + sum over cells of `cell` x (mean in that cell)^2 + `total` x m^2, per group: a cell's own
/// surprise is shared by its bands, the municipality's surprise by all cells.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Dispersion {
    /// Relative variance of a cell's week beyond chance.
    pub cell: f64,
    /// Relative variance of the group's weekly total beyond chance.
    pub total: f64,
}

/// What a forecast rests on, so that a page can say it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Basis {
    /// Events used.
    pub events: u32,
    /// Events left out because of their source (officers' own findings; design law 5).
    pub left_out: u32,
    /// First day used.
    pub first_day: i32,
    /// Last day used.
    pub last_day: i32,
}

/// The answer.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Forecast {
    /// First day.
    pub from_day: i32,
    /// Number of days.
    pub days: u16,
    /// Rows by cell, group and band. A cell and group never seen have no row.
    pub rows: Vec<Expected>,
    /// Per group what is expected without a known place or in a cell without a row, because nothing was
    /// seen there yet; not in `rows`. With the rows it adds up to the municipality.
    pub unlocated: Vec<(u16, f64)>,
    /// Per group the dispersion behind the intervals.
    pub dispersion: Vec<(u16, Dispersion)>,
    /// What it rests on.
    pub basis: Basis,
}

/// A sum with its own 90 % predictive interval.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Total {
    /// Expected number of events.
    pub expected: f64,
    /// 5 % point.
    pub low90: f64,
    /// 95 % point.
    pub high90: f64,
}

/// Which part of a forecast: groups, cells, and a shift (bands of weekdays).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Only these groups; `None` is all.
    pub groups: Option<Vec<u16>>,
    /// Only these cells; `None` is all.
    pub cells: Option<Vec<Cell>>,
    /// Bands, as bits: bit 0 is 00-04.
    pub bands: u8,
    /// Days of the week, as bits: bit 0 is Monday.
    pub weekdays: u8,
}

impl Default for Part {
    fn default() -> Self {
        Self::all()
    }
}

impl Part {
    /// Everything.
    pub fn all() -> Self {
        Self { groups: None, cells: None, bands: 0b11_1111, weekdays: 0b111_1111 }
    }

    /// Only this group.
    pub fn group(mut self, group: u16) -> Self {
        self.groups = Some(vec![group]);
        self
    }

    /// Only these cells.
    pub fn cells(mut self, cells: Vec<Cell>) -> Self {
        self.cells = Some(cells);
        self
    }

    /// Only these four-hour bands (0-5).
    pub fn bands(mut self, bands: &[u8]) -> Self {
        self.bands = bands.iter().fold(0, |bits, b| bits | 1 << (b % BANDS as u8));
        self
    }

    /// Only these days of the week (0 = Monday).
    pub fn weekdays(mut self, weekdays: &[u8]) -> Self {
        self.weekdays = weekdays.iter().fold(0, |bits, d| bits | 1 << (d % 7));
        self
    }

    /// What of a row falls in this part; the cells are checked by the caller.
    fn of(&self, row: &Expected) -> f64 {
        if self.bands >> row.band & 1 == 0 {
            return 0.0;
        }
        if let Some(groups) = &self.groups
            && !groups.contains(&row.group)
        {
            return 0.0;
        }
        if self.weekdays & 0b111_1111 == 0b111_1111 {
            return row.expected;
        }
        let days = row.weekday.iter().enumerate();
        days.filter(|(d, _)| self.weekdays >> d & 1 == 1).map(|(_, v)| f64::from(*v)).sum()
    }
}

/// A forecasting model. Implementations use only events before [`Ask::from_day`].
pub trait Model {
    /// The expectation per cell, band and group for the days asked.
    fn expect(&self, history: &History, ask: &Ask) -> Forecast;

    /// The expectation per cell, all groups and bands together; models may answer faster than by
    /// summing [`Model::expect`].
    fn expect_cells(&self, history: &History, ask: &Ask) -> Vec<(Cell, Total)> {
        self.expect(history, ask).by_cell(&Part::all())
    }

    /// [`Model::expect_cells`] of the weeks from each of these days, in rising order; each from the
    /// events before that day only, and exactly as when it is asked alone. Models may answer faster than
    /// one by one.
    fn expect_weeks(&self, history: &History, from_days: &[i32]) -> Vec<Vec<(Cell, Total)>> {
        from_days.iter().map(|day| self.expect_cells(&history.before(*day), &Ask::week(*day))).collect()
    }

    /// What made the expectation of each of `cells` in the week from `from_day`, of one group or all: per
    /// ground its part; the parts add up to the expectation. Empty for models that cannot say it.
    fn reasons(
        &self,
        _history: &History,
        _from_day: i32,
        _group: Option<u16>,
        _cells: &[Cell],
    ) -> Vec<(Cell, Vec<(Reason, f64)>)> {
        Vec::new()
    }

    /// The model's account of itself, for the public register; `None` for yardsticks.
    fn declaration(&self) -> Option<Declaration> {
        None
    }
}

/// Sums of one cell or one group, per pair of cell and group in the order of the rows: the mean, of
/// which the squares carry dispersion.
#[derive(Default)]
struct Sum {
    at: HashMap<(Cell, u16), usize>,
    per: Vec<(u16, f64)>,
}

impl Sum {
    fn add(&mut self, row: &Expected, m: f64) {
        let at = *self.at.entry((row.cell, row.group)).or_insert(self.per.len());
        match self.per.get_mut(at) {
            Some(entry) => entry.1 += m,
            None => self.per.push((row.group, m)),
        }
    }
}

impl Forecast {
    /// Per cell, highest expectation first. The intervals of cells are chosen together ([`totals`]).
    pub fn by_cell(&self, part: &Part) -> Vec<(Cell, Total)> {
        let mut sums: HashMap<Cell, Sum> = HashMap::new();
        self.each(part, |row, m| sums.entry(row.cell).or_default().add(row, m));
        let mut cells: Vec<_> = sums.into_iter().map(|(c, s)| (c, self.moments(&s))).collect();
        cells.sort_by_key(|c| c.0);
        let mut out = totals(cells);
        out.sort_by(|a, b| b.1.expected.total_cmp(&a.1.expected).then(a.0.cmp(&b.0)));
        out
    }

    /// Per group, in the order of their numbers.
    pub fn by_group(&self, part: &Part) -> Vec<(u16, Total)> {
        let mut sums: BTreeMap<u16, Sum> = BTreeMap::new();
        self.each(part, |row, m| sums.entry(row.group).or_default().add(row, m));
        sums.into_iter().map(|(g, s)| (g, self.close(&s))).collect()
    }

    /// One sum: a shift, an area (its cells), a group, or everything.
    pub fn total(&self, part: &Part) -> Total {
        let mut sum = Sum::default();
        self.each(part, |row, m| sum.add(row, m));
        self.close(&sum)
    }

    /// The dispersion of a group; a plain Poisson count when the group is not known.
    pub fn dispersion_of(&self, group: u16) -> Dispersion {
        let found = self.dispersion.iter().find(|d| d.0 == group);
        found.map_or(Dispersion { cell: 0.0, total: 0.0 }, |d| d.1)
    }

    fn each(&self, part: &Part, mut f: impl FnMut(&Expected, f64)) {
        let cells: Option<HashSet<Cell>> = part.cells.as_ref().map(|c| c.iter().copied().collect());
        for row in &self.rows {
            if cells.as_ref().is_none_or(|c| c.contains(&row.cell)) {
                let m = part.of(row);
                if m > 0.0 {
                    f(row, m);
                }
            }
        }
    }

    fn close(&self, sum: &Sum) -> Total {
        let (mean, extra) = self.moments(sum);
        total(mean, extra)
    }

    /// Mean and variance beyond chance.
    fn moments(&self, sum: &Sum) -> (f64, f64) {
        let mut groups: BTreeMap<u16, (f64, f64)> = BTreeMap::new();
        for (group, m) in &sum.per {
            let entry = groups.entry(*group).or_default();
            entry.0 += m;
            entry.1 += m * m;
        }
        let mut mean = 0.0;
        let mut extra = 0.0;
        for (group, (m, squares)) in groups {
            let d = self.dispersion_of(group);
            mean += m;
            extra += d.cell * squares + d.total * m * m;
        }
        (mean, extra)
    }
}

/// Cells with their mean and variance beyond chance, as totals whose 90 % intervals hold nine out of ten
/// cells together ([`count::together90`]); cells without expectation are left out.
pub fn totals(cells: Vec<(Cell, (f64, f64))>) -> Vec<(Cell, Total)> {
    let known: Vec<_> = cells.into_iter().filter(|c| c.1.0 > 0.0).collect();
    let moments: Vec<(f64, f64)> = known.iter().map(|c| c.1).collect();
    let intervals = count::together90(&moments);
    let each = known.into_iter().zip(intervals);
    each.map(|((cell, (expected, _)), (low90, high90))| (cell, Total { expected, low90, high90 })).collect()
}

/// A total from its mean and its variance beyond chance.
pub(crate) fn total(mean: f64, extra: f64) -> Total {
    let (low90, high90) = count::predictive90(mean, extra);
    Total { expected: mean, low90, high90 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(x: i32, band: u8, group: u16, expected: f64) -> Expected {
        let each = (expected / 7.0) as f32;
        Expected { cell: Cell { x, y: 0 }, band, group, expected, low90: 0.0, high90: expected, weekday: [each; 7] }
    }

    fn forecast() -> Forecast {
        Forecast {
            days: 7,
            rows: vec![row(1, 0, 0, 7.0), row(1, 5, 0, 14.0), row(2, 5, 1, 3.5)],
            dispersion: vec![(0, Dispersion { cell: 0.5, total: 0.1 })],
            ..Forecast::default()
        }
    }

    #[test]
    fn parts_and_sums_agree() {
        let f = forecast();
        let evening = Part::all().bands(&[5]);
        let table: [(Part, f64); 6] = [
            (Part::all(), 24.5),
            (Part::all().group(1), 3.5),
            (evening.clone(), 17.5),
            (evening.weekdays(&[4, 5]), 5.0),
            (Part::all().cells(vec![Cell { x: 2, y: 0 }]), 3.5),
            (Part::all().bands(&[]), 0.0),
        ];
        for (part, expected) in table {
            let total = f.total(&part);
            assert!((total.expected - expected).abs() < 1e-5, "{part:?}");
            let cells: f64 = f.by_cell(&part).iter().map(|c| c.1.expected).sum();
            let groups: f64 = f.by_group(&part).iter().map(|c| c.1.expected).sum();
            assert!((cells - expected).abs() < 1e-5 && (groups - expected).abs() < 1e-5);
            assert!(total.low90 <= total.expected && total.expected <= total.high90);
        }
        assert_eq!(f.by_cell(&Part::all())[0].0, Cell { x: 1, y: 0 });
    }

    #[test]
    fn a_sum_with_dispersion_is_less_sure_than_chance_alone() {
        let with = forecast();
        let without = Forecast { dispersion: vec![], ..forecast() };
        let (a, b) = (with.total(&Part::all()), without.total(&Part::all()));
        assert!(a.high90 > b.high90 && a.low90 < b.low90);
    }
}
