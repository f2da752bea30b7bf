//! The public benchmark of hot spots and hot times, so that outsiders can check our forecasts.
//!
//! Protocol (that of the project's reference program): square cells on a local equirectangular plane
//! laid out by the events before the test; area = cells with an event before the test; every Monday
//! of the test is an origin with a horizon of a week; test events outside the area stay in the
//! denominator; ties count as their mean; sums are pooled over the weeks; settings of the peers are chosen
//! on the half year before the test. Skipped weeks (holes in the source) leave the time axis.
//!
//! | part | what it does |
//! |---|---|
//! | [`events`] | reads event files |
//! | [`panel`] | lays the grid, counts, and lets nobody look past an origin |
//! | [`crate::peers`] | what we are compared with |
//! | [`rows`] | writes the forecast file |
//! | [`table`] | the outcome as text, CSV and words |

pub mod aberration;
pub(crate) mod draw;
pub mod events;
mod paired;
pub mod panel;
pub mod rows;
pub mod table;

pub use paired::{Difference, Interval};

use crate::forecast::{Model, Total};
use crate::history::{Cell, History};
use crate::peers::times::{Times, times, top};
use crate::peers::{Peer, Peers, TUNING_WEEKS, peers};
use crate::profile::Profiles;
use crate::score::{Hits, Judge, Marks};
use crate::{Blend, Ewma};
use paired::{Weekly, Weeks};
use panel::{Panel, SLOTS};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// The models that can be asked for by name; the first is the one that is used when none is named.
pub const MODELS: [&str; 2] = ["blend", "ewma"];

/// The model with this name, with its own settings.
pub fn model(name: &str) -> Option<Box<dyn Model>> {
    match name {
        "blend" => Some(Box::<Blend>::default()),
        "ewma" => Some(Box::<Ewma>::default()),
        _ => None,
    }
}

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
    /// Weeks of the test.
    pub test_weeks: u32,
    /// Days in the weeks to leave out.
    pub skip_weeks: Vec<i32>,
    /// Also hot times: cells x 28 six-hour slots.
    pub slots: bool,
    /// What to compare with.
    pub peers: Peers,
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
            peers: Peers::Quick,
            profile_prior: 200.0,
            profile_weeks: 156,
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

/// The marks of one method over the test.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Line {
    /// Name, as given.
    pub name: String,
    /// Its marks; those of intervals (`inside90`) only when `intervals`.
    pub marks: Marks,
    /// Whether it gives intervals.
    pub intervals: bool,
    /// Per coverage: hit rate over the share of cells picked.
    pub pai: Vec<f64>,
    /// Hit rate per coverage, with the bootstrap over weeks.
    pub hit_rate: Vec<Interval>,
    /// PEI* per coverage, with the bootstrap over weeks.
    pub pei: Vec<Interval>,
    /// Hits over cell-slots, when asked.
    pub slots: Vec<Hits>,
    /// Seconds for all its forecasts, learning included.
    pub seconds: f64,
}

/// The marks of one way to spread the week over its slots.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TimesLine {
    /// Name.
    pub name: String,
    /// Per slot coverage.
    pub hits: Vec<Hits>,
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
    /// One line per model, then one per peer.
    pub lines: Vec<Line>,
    /// Hot times: the first model, then the peers. The peers' ways spread the first model's own rates, so
    /// that only the hours are compared.
    pub times: Vec<TimesLine>,
    /// The first model against each other line.
    pub differences: Vec<Difference>,
    /// The same for hot times.
    pub times_differences: Vec<Difference>,
    /// The forecasts of the first model, by origin, when kept.
    #[serde(skip)]
    pub forecasts: Vec<Row>,
}

/// Runs the protocol for the named models and keeps the forecasts of the first. An empty outcome when
/// there is nothing before or in the test, or the cell has no size.
pub fn backtest(places: &[Place], models: &[(&str, &dyn Model)], ask: &BacktestAsk) -> Backtest {
    let mut rows = Vec::new();
    let mut out = run(places, models, ask, &|| 0.0, &mut |row| rows.push(row));
    out.forecasts = rows;
    out
}

/// The same, handing each forecast of the first model to `sink` at once: with slots a year of a city
/// is millions of rows. `clock` tells seconds; this crate has no clock of its own.
pub fn run(
    places: &[Place],
    models: &[(&str, &dyn Model)],
    ask: &BacktestAsk,
    clock: &dyn Fn() -> f64,
    sink: &mut dyn FnMut(Row),
) -> Backtest {
    let Some(panel) = Panel::of(places, ask) else {
        return Backtest::default();
    };
    let mut bench = Bench::new(&panel, ask);
    let mut lines: Vec<(Line, Weekly)> = Vec::new();
    let mut hours: Vec<(TimesLine, Weekly)> = Vec::new();
    for (i, (name, model)) in models.iter().enumerate() {
        let (line, weekly) = if i == 0 {
            bench.model(name, *model, clock, Some((&mut *sink, &mut hours)))
        } else {
            bench.model(name, *model, clock, None)
        };
        lines.push((line, weekly));
    }
    for mut peer in peers(ask.peers) {
        lines.push(bench.peer(peer.as_mut(), clock));
    }
    let against = |all: &[(String, &Weekly)], weeks: &Weeks| -> Vec<Difference> {
        let Some((ours, others)) = all.split_first() else { return Vec::new() };
        others.iter().map(|(name, weekly)| weeks.difference(ours.1, weekly, name)).collect()
    };
    let of_lines: Vec<_> = lines.iter().map(|(l, w)| (l.name.clone(), w)).collect();
    let of_hours: Vec<_> = hours.iter().map(|(l, w)| (l.name.clone(), w)).collect();
    let test_events: u64 = bench.test().map(|w| panel.all(w)).sum();
    let inside: f64 = bench.test().flat_map(|w| panel.real(w)).map(|y| f64::from(*y)).sum();
    Backtest {
        cells: panel.area.len(),
        train_weeks: panel.test as u32,
        test_weeks: bench.test().len() as u32,
        test_events,
        outside: test_events - inside as u64,
        differences: if models.is_empty() { Vec::new() } else { against(&of_lines, &bench.weeks) },
        times_differences: against(&of_hours, &bench.slot_weeks),
        lines: lines.into_iter().map(|l| l.0).collect(),
        times: hours.into_iter().map(|l| l.0).collect(),
        forecasts: Vec::new(),
    }
}

/// Where the rows of the first model and the marks of the hot times go.
type Wanted<'a, 'b> = (&'a mut dyn FnMut(Row), &'b mut Vec<(TimesLine, Weekly)>);

/// The panel with what is the same for every method.
struct Bench<'a> {
    panel: &'a Panel,
    ask: &'a BacktestAsk,
    /// Cells picked per coverage, cell-slots picked per slot coverage.
    picked: Vec<usize>,
    slots_picked: Vec<usize>,
    weeks: Weeks,
    slot_weeks: Weeks,
}

impl<'a> Bench<'a> {
    fn new(panel: &'a Panel, ask: &'a BacktestAsk) -> Self {
        let picked = |shares: &[f64], n: usize| -> Vec<usize> {
            shares.iter().map(|c| ((c * n as f64).round_ties_even() as usize).clamp(1, n)).collect()
        };
        let n = panel.area.len();
        let mut bench = Self {
            panel,
            ask,
            picked: picked(&ask.coverage, n),
            slots_picked: picked(&ask.slot_coverage, n * SLOTS),
            weeks: Weeks { possible: vec![Vec::new(); ask.coverage.len()], cells: n as f64, ..Weeks::default() },
            slot_weeks: Weeks { possible: vec![Vec::new(); ask.slot_coverage.len()], ..Weeks::default() },
        };
        for week in bench.test() {
            foresee(panel.real(week).to_vec(), &bench.picked, &mut bench.weeks.possible);
            bench.weeks.events.push(panel.all(week) as f64);
            if ask.slots {
                foresee(panel.real_slots(week), &bench.slots_picked, &mut bench.slot_weeks.possible);
                bench.slot_weeks.events.push(panel.all(week) as f64);
            }
        }
        bench
    }

    fn test(&self) -> std::ops::Range<usize> {
        self.panel.test..self.panel.weeks()
    }

    /// Judges what one method says of each week of the test.
    fn judge(&self, name: &str, intervals: bool, mut say: impl FnMut(usize) -> Vec<Total>) -> (Line, Weekly) {
        let mut judge = Judge::new(&self.ask.coverage, self.panel.area.len());
        let mut weekly = Weekly::new(self.picked.len());
        for week in self.test() {
            let said = say(week);
            let real: Vec<f64> = self.panel.real(week).iter().map(|y| f64::from(*y)).collect();
            judge.week(&said, &real, self.panel.all(week));
            weekly.deviate(&said, &real);
            let mut order: Vec<(f64, f64)> = said.iter().map(|t| t.expected).zip(real).collect();
            order.sort_unstable_by(|a, b| b.0.total_cmp(&a.0));
            weekly.week(&order, &self.picked);
        }
        let (hit_rate, pei) = self.weeks.hits(&weekly);
        let marks = judge.close();
        let share = |k: &usize| *k as f64 / self.panel.area.len() as f64;
        let pai = marks.hits.iter().zip(&self.picked).map(|(h, k)| h.hit_rate / share(k)).collect();
        (Line { name: name.to_owned(), marks, intervals, pai, hit_rate, pei, ..Line::default() }, weekly)
    }

    fn peer(&self, peer: &mut dyn Peer, clock: &dyn Fn() -> f64) -> (Line, Weekly) {
        let start = clock();
        let test = self.panel.test;
        peer.tune(&self.panel.before(test), test.saturating_sub(TUNING_WEEKS).max(1)..test);
        let mut seconds = clock() - start;
        let (mut line, weekly) = self.judge("", false, |week| {
            let start = clock();
            let rates = peer.rates(&self.panel.before(week));
            seconds += clock() - start;
            rates.into_iter().map(|expected| Total { expected, ..Total::default() }).collect()
        });
        line.name = peer.name();
        line.seconds = seconds;
        (line, weekly)
    }

    fn model(
        &mut self,
        name: &str,
        model: &dyn Model,
        clock: &dyn Fn() -> f64,
        mut wanted: Option<Wanted<'_, '_>>,
    ) -> (Line, Weekly) {
        let panel = self.panel;
        let listed: Vec<Cell> = panel.area.iter().chain(&panel.beside).copied().collect();
        let number: HashMap<Cell, usize> = listed.iter().enumerate().map(|(i, c)| (*c, i)).collect();
        let mut ways = Vec::new();
        if self.ask.slots && wanted.is_some() {
            ways = times(self.ask.peers, &panel.before(panel.test));
        }
        let mut hours = vec![Weekly::new(self.slots_picked.len()); 1 + ways.len()];
        let start = clock();
        let days: Vec<i32> = self.test().map(|week| panel.axis_day(week)).collect();
        let mut forecasts = model.expect_weeks(&panel.history, &days).into_iter();
        let mut seconds = clock() - start;
        let (mut line, weekly) = self.judge(name, true, |week| {
            let start = clock();
            let known = panel.history.before(panel.axis_day(week));
            let mut said = vec![Total::default(); listed.len()];
            for (cell, t) in forecasts.next().unwrap_or_default() {
                if let Some(&i) = number.get(&cell) {
                    let [expected, low90, high90] = [t.expected, t.low90, t.high90].map(rows::rounded);
                    said[i] = Total { expected, low90, high90 };
                }
            }
            seconds += clock() - start;
            if let Some((sink, _)) = &mut wanted {
                let origin = panel.monday(week);
                for (c, t) in listed.iter().zip(&said) {
                    let interval = Some((t.low90, t.high90));
                    sink(Row { origin, cx: c.x, cy: c.y, expected: t.expected, interval, slot: None });
                }
                if self.ask.slots {
                    let start = clock();
                    let own = self.spread(&known, &said);
                    seconds += clock() - start;
                    for (i, expected) in own.iter().enumerate() {
                        let (c, slot) = (listed[i / SLOTS], Some((i % SLOTS) as u8));
                        sink(Row { origin, cx: c.x, cy: c.y, expected: *expected, interval: None, slot });
                    }
                    self.judge_times(week, &own, &said, &ways, &mut hours);
                }
            }
            said.truncate(panel.area.len());
            said
        });
        line.seconds = seconds;
        if let Some((_, out)) = wanted.filter(|_| self.ask.slots) {
            let names = std::iter::once(name.to_owned()).chain(ways.iter().map(Times::name));
            out.extend(names.zip(hours).map(|(name, weekly)| (self.times_line(name, &weekly), weekly)));
            line.slots = out.first().map(|l| l.0.hits.clone()).unwrap_or_default();
        }
        (line, weekly)
    }

    /// Judges the model's own slots, then the ways of the peers with the same weekly rates.
    fn judge_times(&self, week: usize, own: &[f64], said: &[Total], ways: &[Times], hours: &mut [Weekly]) {
        let n = self.panel.area.len();
        let real = self.panel.real_slots(week);
        let most = self.slots_picked.iter().copied().max().unwrap_or(0);
        let past = self.panel.before(week);
        let rates: Vec<f64> = said[..n].iter().map(|t| t.expected).collect();
        for (i, weekly) in hours.iter_mut().enumerate() {
            let spread = if i == 0 { None } else { Some(ways[i - 1].spread(&past, &rates)) };
            let spread = spread.as_deref().unwrap_or(&own[..n * SLOTS]);
            let mut order: Vec<(f64, f64)> = spread.iter().copied().zip(real.iter().map(|y| f64::from(*y))).collect();
            top(&mut order, most);
            weekly.week(&order, &self.slots_picked);
        }
    }

    fn times_line(&self, name: String, weekly: &Weekly) -> TimesLine {
        let over = |a: f64, b: f64| if b > 0.0 { a / b } else { 0.0 };
        let events: f64 = self.slot_weeks.events.iter().sum();
        let each = weekly.hits.iter().zip(&self.slot_weeks.possible).zip(&self.slots_picked);
        let hits = each.zip(&self.ask.slot_coverage).map(|(((hits, possible), k), coverage)| {
            let hits: f64 = hits.iter().sum();
            Hits {
                coverage: *coverage,
                cells: *k,
                hit_rate: over(hits, events),
                pei: over(hits, possible.iter().sum()),
            }
        });
        TimesLine { hits: hits.collect(), name }
    }

    /// Weekly levels over the slots by the cell's shrunk profile.
    fn spread(&self, known: &History, said: &[Total]) -> Vec<f64> {
        let profiles = Profiles::of(known, self.ask.profile_weeks, 6, self.ask.profile_prior, |_, _| 1.0);
        let mut shares = [0.0; SLOTS];
        let mut out = Vec::with_capacity(said.len() * SLOTS);
        let seen = known.cells().len();
        // One group: pairs and cells have the same numbers.
        for (cell, t) in said.iter().enumerate() {
            if cell < seen {
                profiles.of_pair(cell, 0, &mut shares);
            } else {
                shares.fill(1.0 / SLOTS as f64);
            }
            out.extend(shares.iter().map(|s| rows::rounded(s * t.expected)));
        }
        out
    }
}

/// Adds the hits that perfect foresight has in a week.
fn foresee(mut real: Vec<f32>, picked: &[usize], possible: &mut [Vec<f64>]) {
    real.retain(|y| *y > 0.0);
    real.sort_unstable_by(|a, b| b.total_cmp(a));
    for (k, out) in picked.iter().zip(possible) {
        out.push(real.iter().take(*k).map(|y| f64::from(*y)).sum());
    }
}
