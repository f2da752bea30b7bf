//! The public benchmark of hot spots and hot times, so that outsiders can check our forecasts.
//!
//! Protocol (that of the project's reference program): square cells on a local equirectangular plane
//! laid out by the events before the test; area = cells with an event before the test; every Monday
//! of the test is an origin with a horizon of a week; test events outside the area stay in the
//! denominator; ties count as their mean; sums are pooled over the weeks. Skipped weeks (holes in the
//! source) leave the time axis.

use crate::forecast::{Ask, Model, Total};
use crate::history::{Cell, Event, History, NONE, UNKNOWN_AREA, monday, source, week_of, weekday};
use crate::profile::Profiles;
use crate::score::{Hits, Judge, LastWeeks, Marks, expected_hits};
use serde::{Deserialize, Serialize};
use std::collections::{HashMap, HashSet};

/// Mean radius of the earth in metres (IUGG), as in the protocol.
const EARTH: f64 = 6_371_008.8;
/// Six-hour slots in a week.
const SLOTS: usize = 28;

/// One event of a benchmark file.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// Local calendar day, in days since 1970-01-01.
    pub day: i32,
    /// Local hour of the day, 0-23.
    pub hour: u8,
    /// Longitude in degrees (WGS84).
    pub lon: f64,
    /// Latitude in degrees (WGS84).
    pub lat: f64,
}

/// What to run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BacktestAsk {
    /// Side of a cell in metres.
    pub cell: f64,
    /// First day of the test; moved back to its Monday.
    pub test_start: i32,
    /// Weeks of the test, skipped weeks included.
    pub test_weeks: u32,
    /// Days in the weeks to leave out.
    pub skip_weeks: Vec<i32>,
    /// Also hot times: cells x 28 six-hour slots.
    pub slots: bool,
    /// Weight in events of the municipality's profile of the week (hot times).
    pub profile_prior: f64,
    /// Weeks of events behind that profile.
    pub profile_weeks: u32,
    /// Shares of the cells that are picked.
    pub coverage: Vec<f64>,
    /// Shares of the cell-slots that are picked.
    pub slot_coverage: Vec<f64>,
}

impl BacktestAsk {
    /// The protocol's own settings for a test of `test_weeks` weeks from `test_start`.
    pub fn new(test_start: i32, test_weeks: u32) -> Self {
        Self {
            cell: 200.0,
            test_start,
            test_weeks,
            skip_weeks: Vec::new(),
            slots: false,
            profile_prior: 200.0,
            profile_weeks: 104,
            coverage: vec![0.01, 0.03, 0.05, 0.10],
            slot_coverage: vec![0.0025, 0.01, 0.05],
        }
    }
}

/// One line of the forecast file.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// Monday of the week, in days since 1970-01-01.
    pub origin: i32,
    /// Column of the cell.
    pub cx: i32,
    /// Row of the cell.
    pub cy: i32,
    /// Expected number of events.
    pub expected: f64,
    /// 90 % predictive interval of a weekly row; `None` for a slot.
    pub interval: Option<(f64, f64)>,
    /// Slot 0-27 (day of the week x 4 + hour / 6); `None` for the week.
    pub slot: Option<u8>,
}

/// The marks of one model over the test.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Line {
    /// Name, as given.
    pub name: String,
    /// Its marks.
    pub marks: Marks,
    /// Hits over cell-slots, when asked.
    pub slots: Vec<Hits>,
}

/// The outcome.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Backtest {
    /// Cells of the area.
    pub cells: usize,
    /// Weeks before the test.
    pub train_weeks: u32,
    /// Weeks of the test, without the skipped.
    pub test_weeks: u32,
    /// Test events, inside and outside the area.
    pub test_events: u64,
    /// Test events outside the area.
    pub outside: u64,
    /// One line per model, then the baselines of 52 and 4 weeks.
    pub lines: Vec<Line>,
    /// The forecasts of the first model, by origin.
    pub forecasts: Vec<Row>,
}

/// Runs the protocol for the named models and keeps the forecasts of the first. An empty outcome when
/// there is nothing before or in the test, or the cell has no size.
pub fn backtest(places: &[Place], models: &[(&str, &dyn Model)], ask: &BacktestAsk) -> Backtest {
    let mut rows = Vec::new();
    let mut out = backtest_into(places, models, ask, &mut |row| rows.push(row));
    out.forecasts = rows;
    out
}

/// The same, handing each forecast of the first model to `sink` at once: with slots a year of a city
/// is millions of rows.
pub fn backtest_into(
    places: &[Place],
    models: &[(&str, &dyn Model)],
    ask: &BacktestAsk,
    sink: &mut dyn FnMut(Row),
) -> Backtest {
    let Some(bench) = Bench::of(places, ask) else {
        return Backtest::default();
    };
    let (box52, box4) = (LastWeeks { weeks: 52 }, LastWeeks { weeks: 4 });
    let baselines: [(&str, &dyn Model); 2] = [("last 52 weeks", &box52), ("last 4 weeks", &box4)];
    let mut out = Backtest {
        cells: bench.area.len(),
        train_weeks: (bench.test_start - bench.history.first_day()) as u32 / 7,
        test_weeks: bench.origins.len() as u32,
        test_events: bench.all.iter().sum(),
        ..Backtest::default()
    };
    let inside: f64 = bench.real.iter().flatten().sum();
    out.outside = out.test_events - inside as u64;
    for (i, (name, model)) in models.iter().chain(&baselines).enumerate() {
        let line = bench.run(name, *model, ask, if i == 0 { Some(&mut *sink) } else { None });
        out.lines.push(line);
    }
    out
}

/// The panel of the protocol, on a time axis without the skipped weeks.
struct Bench {
    history: History,
    area: Vec<Cell>,
    /// First day of the test on the axis.
    test_start: i32,
    /// Real Mondays of the test weeks.
    origins: Vec<i32>,
    /// Per test week and cell of the area the count.
    real: Vec<Vec<f64>>,
    /// Per test week, cell and slot the count, when asked.
    real_slots: Vec<Vec<f64>>,
    /// Per test week all events, inside or outside.
    all: Vec<u64>,
}

impl Bench {
    fn of(places: &[Place], ask: &BacktestAsk) -> Option<Self> {
        let start = monday(week_of(ask.test_start));
        let before: Vec<&Place> = places.iter().filter(|p| p.day < start).collect();
        if before.is_empty() || ask.test_weeks == 0 || ask.cell.is_nan() || ask.cell <= 0.0 {
            return None;
        }
        let least = |f: fn(&Place) -> f64| before.iter().map(|p| f(p)).fold(f64::INFINITY, f64::min);
        let (lon_min, lat_min) = (least(|p| p.lon), least(|p| p.lat));
        let lat0 = ((lat_min - least(|p| -p.lat)) / 2.0).to_radians();
        let cell = |p: &Place| Cell {
            x: (EARTH * lat0.cos() * (p.lon - lon_min).to_radians() / ask.cell).floor() as i32,
            y: (EARTH * (p.lat - lat_min).to_radians() / ask.cell).floor() as i32,
        };
        let first_week = week_of(places.iter().map(|p| p.day).min()?.saturating_add(6));
        let start_week = week_of(start);
        let last_week = start_week + ask.test_weeks as i32 - 1;
        let skipped: HashSet<i32> = ask.skip_weeks.iter().map(|d| week_of(*d)).collect();
        // Per real week its week on the axis.
        let kept: Vec<i32> = (first_week..=last_week).filter(|w| !skipped.contains(w)).collect();
        let axis: HashMap<i32, i32> = kept.iter().copied().zip(first_week..).collect();
        let test_start = monday(first_week + kept.iter().filter(|w| **w < start_week).count() as i32);
        let mut events: Vec<Event> = Vec::with_capacity(places.len());
        for p in places {
            if let Some(week) = axis.get(&week_of(p.day)) {
                events.push(Event {
                    day: monday(*week) + i32::from(weekday(p.day)),
                    hour: p.hour,
                    cell: Some(cell(p)),
                    area: UNKNOWN_AREA,
                    category: 0,
                    group: 0,
                    source: source::IMPORT,
                });
            }
        }
        let origins: Vec<i32> = kept.iter().filter(|w| **w >= start_week).map(|w| monday(*w)).collect();
        let mut seen: HashSet<Cell> = HashSet::new();
        seen.extend(events.iter().filter(|e| e.day < test_start).filter_map(|e| e.cell));
        seen.retain(|c| c.x >= 0 && c.y >= 0);
        let mut all = vec![0; origins.len()];
        for e in events.iter().filter(|e| e.day >= test_start) {
            all[((e.day - test_start) / 7) as usize] += 1;
        }
        events.retain(|e| e.cell.is_some_and(|c| seen.contains(&c)));
        let last_day = test_start + 7 * origins.len() as i32 - 1;
        let history = History::spanning(events, monday(first_week), last_day);
        let area: Vec<Cell> = history.before(test_start).cells().collect();
        let mut bench = Self {
            real: vec![vec![0.0; area.len()]; origins.len()],
            real_slots: vec![vec![0.0; if ask.slots { area.len() * SLOTS } else { 0 }]; origins.len()],
            history,
            area,
            test_start,
            origins,
            all,
        };
        bench.count();
        (!bench.origins.is_empty() && !bench.area.is_empty()).then_some(bench)
    }

    fn count(&mut self) {
        let from = self.history.events().partition_point(|e| e.day < self.test_start);
        let numbers = &self.history.cell_numbers()[from..];
        for (e, &cell) in self.history.events()[from..].iter().zip(numbers) {
            let week = ((e.day - self.test_start) / 7) as usize;
            if cell != NONE {
                self.real[week][cell as usize] += 1.0;
                if let Some(slot) = self.real_slots[week].get_mut(cell as usize * SLOTS + slot_of(e)) {
                    *slot += 1.0;
                }
            }
        }
    }

    fn run(&self, name: &str, model: &dyn Model, ask: &BacktestAsk, mut sink: Option<&mut dyn FnMut(Row)>) -> Line {
        let number: HashMap<Cell, usize> = self.area.iter().enumerate().map(|(i, c)| (*c, i)).collect();
        let mut judge = Judge::new(&ask.coverage, self.area.len());
        let mut slot_hits: Vec<(f64, usize, f64, f64)> = Vec::new();
        if ask.slots {
            let n = (self.area.len() * SLOTS) as f64;
            let k = |c: &f64| ((c * n).round_ties_even() as usize).max(1);
            slot_hits = ask.slot_coverage.iter().map(|c| (*c, k(c), 0.0, 0.0)).collect();
        }
        for (week, &origin) in self.origins.iter().enumerate() {
            let at = self.test_start + 7 * week as i32;
            let known = self.history.before(at);
            let mut said = vec![Total::default(); self.area.len()];
            for (cell, total) in model.expect_cells(&known, &Ask::week(at)) {
                if let Some(&i) = number.get(&cell) {
                    said[i] = total;
                }
            }
            judge.week(&said, &self.real[week], self.all[week]);
            let row =
                |cell: Cell, expected, interval, slot| Row { origin, cx: cell.x, cy: cell.y, expected, interval, slot };
            if let Some(sink) = &mut sink {
                for (c, t) in self.area.iter().zip(&said) {
                    sink(row(*c, t.expected, Some((t.low90, t.high90)), None));
                }
            }
            if ask.slots {
                let spread = self.spread(&known, &said, ask);
                let real = &self.real_slots[week];
                let mut order: Vec<(f64, f64)> = spread.iter().copied().zip(real.iter().copied()).collect();
                order.sort_unstable_by(|a, b| b.0.total_cmp(&a.0));
                let mut best = real.clone();
                best.sort_unstable_by(|a, b| b.total_cmp(a));
                for (_, k, hits, possible) in &mut slot_hits {
                    *hits += expected_hits(&order, *k);
                    *possible += best.iter().take(*k).sum::<f64>();
                }
                if let Some(sink) = &mut sink {
                    for (i, m) in spread.iter().enumerate() {
                        sink(row(self.area[i / SLOTS], *m, None, Some((i % SLOTS) as u8)));
                    }
                }
            }
        }
        let events: u64 = self.all.iter().sum();
        let slots = slot_hits.into_iter().map(|(coverage, cells, hits, possible)| Hits {
            coverage,
            cells,
            hit_rate: hits / (events as f64).max(1.0),
            pei: if possible > 0.0 { hits / possible } else { 0.0 },
        });
        Line { name: name.to_owned(), marks: judge.close(), slots: slots.collect() }
    }

    /// Weekly levels over the slots by the cell's shrunk profile.
    fn spread(&self, known: &History, said: &[Total], ask: &BacktestAsk) -> Vec<f64> {
        let profiles = Profiles::of(known, ask.profile_weeks, 6, ask.profile_prior, |_, _| 1.0);
        let mut shares = [0.0; SLOTS];
        let mut out = Vec::with_capacity(said.len() * SLOTS);
        // One group: pairs and cells have the same numbers.
        for (cell, t) in said.iter().enumerate() {
            profiles.of_pair(cell, 0, &mut shares);
            out.extend(shares.iter().map(|s| s * t.expected));
        }
        out
    }
}

fn slot_of(e: &Event) -> usize {
    usize::from(weekday(e.day)) * 4 + usize::from(e.hour.min(23)) / 6
}
