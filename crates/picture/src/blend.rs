//! The model: simple maps of where events fell, blended by their record and bent where that paid off.
//!
//! Per group, each Monday of the past is lived through again with what was then known:
//!
//! 1. Thirty simple maps each guess where the next events fall (module `maps`): the cell's own events
//!    with seven half-lives from two weeks to two and a half years and over all time, the same smoothed
//!    over the neighbourhood with four reaches, last year's season, all groups together, and all cells
//!    alike. A cell's first event counts apart, because it is why the cell is known at all.
//! 2. Their shares are those under which the events of past weeks were most likely
//!    (expectation-maximisation for a Poisson mixture; module `learn`).
//! 3. A Poisson regression bends the mixture, with terms such as "lately more than over the years",
//!    "the neighbourhood is rising", each in proportion to the level; strongly held to no bend, so that
//!    few events leave the mixture as it is.
//! 4. The group's weekly total follows the recent weeks, and last year's season as far as either has
//!    paid off (module `level`).
//!
//! What was learned is renewed every four weeks, on fixed weeks; the maps and the level follow
//! every event. Everything is a sum in a fixed order: the same input gives the same output.

mod learn;
mod level;
mod maps;
mod panel;
mod smooth;

use crate::declaration::{Declaration, Input, Limit, Setting};
use crate::ewma::{Officers, Sources};
use crate::forecast::{Ask, BANDS, Dispersion, Expected, Forecast, Model, Part, Total, total, totals};
use crate::history::{Cell, History, weekday};
use crate::profile::Profiles;
use crate::why::Reason;
use learn::{Learned, Week};
use level::Levels;
use maps::{City, Kind, Maps, map};
use panel::Panel;
use serde::{Deserialize, Serialize};
use smooth::Table;
use std::collections::HashMap;

/// The model with its settings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Blend {
    /// Which observations count, and for how much.
    pub sources: Sources,
    /// Weeks of events behind the profile of the week.
    pub profile_weeks: u32,
    /// Weight, in events, of the parent profile.
    pub profile_prior: f64,
    /// Weeks between two times of learning, once there are two years of history; at least 1. With less
    /// history it learns more often.
    pub learn_every_weeks: u32,
}

impl Default for Blend {
    fn default() -> Self {
        Self { sources: Sources::default(), profile_weeks: 156, profile_prior: 200.0, learn_every_weeks: 4 }
    }
}

/// The grounds, in the order of the parts.
const REASONS: [Reason; 7] = [
    Reason::Recent,
    Reason::Years,
    Reason::Neighbours,
    Reason::Season,
    Reason::AllKinds,
    Reason::Everywhere,
    Reason::Trend,
];
/// Weeks of learning for the shares: back until there are so many events, within these bounds.
const LONG: (usize, usize, usize) = (52, 156, 20_000);
/// The same for the bends.
const SHORT: (usize, usize, usize) = (52, 130, 30_000);
/// Cells without an event that are looked at in a week, about: four for each cell with one, within these
/// bounds; they stand for the others.
const QUIET: (f64, f64) = (150.0, 1000.0);
/// What is taken when too little is known to estimate it: clearly wider than chance.
const UNKNOWN_DISPERSION: Dispersion = Dispersion { cell: 0.5, total: 0.1 };
/// A group is expected in a cell where it was never seen only from this many events a week.
const LEAST_UNSEEN: f64 = 2e-4;

/// The expectation of one group in the week from a day.
struct Said {
    group: usize,
    /// Per known cell of the panel.
    cells: Vec<f64>,
    /// Per known cell: seen in this group before.
    seen: Vec<bool>,
    /// Per asked cell of the panel its parts.
    parts: Vec<[f64; 7]>,
    dispersion: Dispersion,
    elsewhere: f64,
}

/// A history made ready: the panel, and its places.
struct Ready {
    panel: Panel,
    cells: Vec<Cell>,
    city: City,
    table: Table,
}

impl Ready {
    fn of(h: &History, sources: &Sources) -> Self {
        let panel = Panel::of(h, sources);
        let cells = panel.places(h);
        Self { city: City::of(&panel), table: Table::of(&cells), panel, cells }
    }
}

impl Blend {
    /// The week from whose eve stems what is used in week `week`, which starts on `day`. The same for
    /// every history that ends there.
    fn learned_in(&self, week: usize, day: i32) -> usize {
        let every = match week {
            0..52 => 1,
            52..104 => self.learn_every_weeks.clamp(1, 4),
            _ => self.learn_every_weeks.max(1),
        };
        let ago = day.div_euclid(7).rem_euclid(every.min(52) as i32);
        week - (ago as usize).min(week)
    }

    /// Lives through the weeks of one group and says what it expects of each of `asked` (weeks in rising
    /// order, the last at most the number of weeks). `explain` are cells of which the parts are wanted.
    fn group(&self, ready: &mut Ready, group: usize, asked: &[usize], explain: &[usize]) -> Vec<Said> {
        let panel = &ready.panel;
        let starts = |week: usize| panel.end - 7 * (panel.weeks() - week) as i32;
        let plan: Vec<(usize, usize)> = asked.iter().map(|w| (*w, self.learned_in(*w, starts(*w)))).collect();
        let Some(&(last, last_learned)) = plan.last() else { return Vec::new() };
        let from = plan[0].1.saturating_sub(LONG.1).max(4);
        let levels = Levels::of(&panel.repeated(group));
        let elsewhere = Levels::of(&panel.elsewhere(group));
        let mut maps = Maps::new(panel, &ready.city, &mut ready.table, group);
        let mut shares: Vec<Vec<f64>> = Vec::new();
        let mut weeks: Vec<Week> = vec![Week::default(); from];
        let mut learned: Option<(usize, Learned, f64)> = None;
        let mut out = Vec::with_capacity(asked.len());
        for week in 0..=last {
            let record = week >= from && week < last_learned;
            let ask = plan.iter().find(|p| p.0 == week);
            if record || ask.is_some() {
                maps.shares(&mut shares);
            }
            if let Some(&(_, at)) = ask {
                if learned.as_ref().is_none_or(|l| l.0 != at) {
                    let (long, short) = (
                        last_weeks(&weeks[..at.min(weeks.len())], LONG),
                        last_weeks(&weeks[..at.min(weeks.len())], SHORT),
                    );
                    let fresh = Learned::from(&long, &short);
                    let cell = beyond_chance(&fresh, &short);
                    learned = Some((at, fresh, cell));
                }
                if let Some((_, learned, cell)) = &learned {
                    let spread = levels.spread[week];
                    let dispersion = match cell {
                        c if c.is_nan() => UNKNOWN_DISPERSION,
                        c => Dispersion { cell: (c - spread).max(0.0), total: spread },
                    };
                    let mut said = say(learned, &shares, levels.expected[week], explain);
                    said.group = group;
                    said.dispersion = dispersion;
                    said.elsewhere = elsewhere.expected[week];
                    said.seen = maps.seen();
                    out.push(said);
                }
            }
            if record {
                let (start, known) = (starts(week), panel.known[week]);
                weeks.push(rows(&shares, &panel.counts[group][week], known, start, levels.expected[week]));
                if weeks.len() > LONG.1 + 60 {
                    // Weeks that no learning reaches any more.
                    let gone = weeks.len() - LONG.1 - 60;
                    weeks[gone - 1] = Week::default();
                }
            }
            if week < last {
                maps.step();
            }
        }
        out
    }

    /// What is expected of the week from `ask.from_day`, per group.
    fn say(&self, h: &History) -> (Ready, Vec<Said>) {
        let mut ready = Ready::of(h, &self.sources);
        let week = ready.panel.weeks();
        let said = (0..ready.panel.counts.len()).flat_map(|g| self.group(&mut ready, g, &[week], &[])).collect();
        (ready, said)
    }
}

impl Said {
    /// Whether this cell gets a row: seen in this group, or expected often enough.
    fn counts(&self, cell: usize) -> bool {
        self.cells[cell] > 0.0 && (self.seen[cell] || self.cells[cell] >= LEAST_UNSEEN)
    }

    /// What is expected outside the rows.
    fn outside(&self) -> f64 {
        let left = (0..self.cells.len()).filter(|c| !self.counts(*c));
        self.elsewhere + left.map(|c| self.cells[c]).sum::<f64>()
    }
}

/// The expectation of each known cell, and the parts of some.
fn say(learned: &Learned, shares: &[Vec<f64>], level: f64, explain: &[usize]) -> Said {
    let n = shares.first().map_or(0, Vec::len);
    let mut mixed = vec![0.0; n];
    for (map, a) in shares.iter().zip(&learned.mix) {
        mixed.iter_mut().zip(map).for_each(|(m, x)| *m += a * x);
    }
    let factor = |c: usize| learned.factor(|k| shares[k][c], mixed[c], n as f64);
    let cells: Vec<f64> = (0..n).map(|c| mixed[c] * factor(c) * level).collect();
    let parts = explain.iter().map(|&c| {
        let mut parts = [0.0; 7];
        if c < n {
            for (k, (map, a)) in shares.iter().zip(&learned.mix).enumerate() {
                let at = match maps::kind(k) {
                    Kind::Recent => 0,
                    Kind::Long => 1,
                    Kind::Neighbours => 2,
                    Kind::Season => 3,
                    Kind::City => 4,
                    Kind::Flat => 5,
                };
                parts[at] += a * map[c] * level;
            }
            parts[6] = cells[c] - mixed[c] * level;
        }
        parts
    });
    Said { group: 0, parts: parts.collect(), seen: Vec::new(), dispersion: UNKNOWN_DISPERSION, elsewhere: 0.0, cells }
}

/// The last weeks: back until there are enough events.
fn last_weeks(weeks: &[Week], (least, most, enough): (usize, usize, usize)) -> Vec<&Week> {
    let mut events = 0;
    let mut taken = 0;
    for week in weeks.iter().rev().take(most) {
        if taken >= least && events >= enough {
            break;
        }
        events += week.events;
        taken += 1;
    }
    weeks[weeks.len() - taken..].iter().collect()
}

/// The rows of a past week: every cell with an event, and some of the others, more of the busier ones.
fn rows(shares: &[Vec<f64>], counts: &[(u32, f64)], known: usize, day: i32, level: f64) -> Week {
    let mut week = Week { cells: known.max(1) as f64, level, ..Week::default() };
    let mut add = |cell: usize, count: f64, weight: f64| {
        week.maps.extend(shares.iter().map(|map| map[cell] as f32));
        week.counts.push(count as f32);
        week.weights.push(weight as f32);
    };
    let mut busy = counts.iter().filter(|c| (c.0 as usize) < known).peekable();
    let events = busy.clone().count();
    for (cell, y) in busy.clone() {
        add(*cell as usize, *y, 1.0);
    }
    let n = known as f64;
    let quiet = (4.0 * events as f64).clamp(QUIET.0, QUIET.1);
    for (cell, share) in shares[map::ALL].iter().enumerate() {
        if busy.next_if(|b| b.0 as usize == cell).is_some() {
            continue;
        }
        let chance = (quiet / (1.25 * n) * (share * n + 0.25)).min(1.0);
        if luck(cell as u64, day) < chance {
            add(cell, 0.0, 1.0 / chance);
        }
    }
    week.events = events;
    week
}

/// A number from 0 to 1 that looks like chance and is always the same for a cell and a day.
fn luck(cell: u64, day: i32) -> f64 {
    let mut z = (cell << 32 | u64::from(day as u32)).wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ z >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ z >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
    ((z ^ z >> 31) >> 11) as f64 / (1u64 << 53) as f64
}

/// Relative variance of a cell's week beyond chance; not a number when too little is known.
fn beyond_chance(learned: &Learned, weeks: &[&Week]) -> f64 {
    let (mut error, mut square, mut events) = (0.0, 0.0, 0);
    for week in weeks {
        events += week.events;
        for (m, (y, w)) in learned.expected(week).zip(week.counts.iter().zip(&week.weights)) {
            let (y, w) = (f64::from(*y), f64::from(*w));
            error += w * ((y - m).powi(2) - y);
            square += w * m * m;
        }
    }
    if events < 50 || square <= 0.0 { f64::NAN } else { (error / square).clamp(0.0, 10.0) }
}

impl Model for Blend {
    fn expect(&self, history: &History, ask: &Ask) -> Forecast {
        let h = history.before(ask.from_day);
        let (ready, said) = self.say(&h);
        let weight = self.sources.weights(&h);
        let profiles = Profiles::of(&h, self.profile_weeks, 4, self.profile_prior, weight);
        let mut times = [0.0; 7];
        for i in 0..i32::from(ask.days) {
            times[usize::from(weekday(ask.from_day.saturating_add(i)))] += 1.0;
        }
        let pairs: HashMap<(u32, u16), usize> = h.pairs().enumerate().map(|(p, pair)| (pair, p)).collect();
        let mut shares = vec![0.0; profiles.slots()];
        let mut rows = Vec::new();
        for (cell, number) in ready.panel.cells.iter().enumerate() {
            for said in said.iter().filter(|s| s.counts(cell)) {
                let group = said.group as u16;
                profiles.of_known(pairs.get(&(*number, group)).copied(), group, &mut shares);
                let d = said.dispersion;
                for band in 0..BANDS {
                    let mut days = [0.0f32; 7];
                    let mut expected = 0.0;
                    for (day, times) in times.iter().enumerate() {
                        let m = said.cells[cell] * times * shares[day * BANDS + band];
                        days[day] = m as f32;
                        expected += m;
                    }
                    let t = total(expected, (d.cell + d.total) * expected * expected);
                    rows.push(Expected {
                        cell: ready.cells[cell],
                        band: band as u8,
                        group,
                        expected,
                        low90: t.low90,
                        high90: t.high90,
                        weekday: days,
                    });
                }
            }
        }
        let weeks = f64::from(ask.days) / 7.0;
        let outside = said.iter().map(|s| (s.group as u16, s.outside() * weeks)).filter(|u| u.1 > 0.0);
        Forecast {
            from_day: ask.from_day,
            days: ask.days,
            rows,
            unlocated: outside.collect(),
            dispersion: said.iter().map(|s| (s.group as u16, s.dispersion)).collect(),
            basis: ready.panel.basis,
        }
    }

    fn expect_cells(&self, history: &History, ask: &Ask) -> Vec<(Cell, Total)> {
        if ask.days != 7 {
            return self.expect(history, ask).by_cell(&Part::all());
        }
        self.expect_weeks(history, &[ask.from_day]).pop().unwrap_or_default()
    }

    fn expect_weeks(&self, history: &History, mondays: &[i32]) -> Vec<Vec<(Cell, Total)>> {
        let Some(&last) = mondays.last() else { return Vec::new() };
        let h = history.before(last);
        // One pass will do when the weeks follow each other up to the last known day.
        let even = mondays.windows(2).all(|w| w[0] < w[1] && (w[1] - w[0]) % 7 == 0);
        let together = even && h.last_day() + 1 == last && mondays[0] >= h.first_day().saturating_add(7);
        if mondays.len() > 1 && !together {
            return mondays.iter().flat_map(|m| self.expect_weeks(&history.before(*m), &[*m])).collect();
        }
        let mut ready = Ready::of(&h, &self.sources);
        let weeks = ready.panel.weeks();
        let end = ready.panel.end;
        let asked: Vec<usize> = match mondays {
            [_] => vec![weeks],
            _ => mondays.iter().map(|m| weeks - (end - m) as usize / 7).collect(),
        };
        let mut sums: Vec<Vec<(f64, f64)>> = asked.iter().map(|w| vec![(0.0, 0.0); ready.panel.known[*w]]).collect();
        for group in 0..ready.panel.counts.len() {
            for (said, sums) in self.group(&mut ready, group, &asked, &[]).iter().zip(&mut sums) {
                let d = said.dispersion;
                for (cell, sum) in sums.iter_mut().enumerate().filter(|c| said.counts(c.0)) {
                    let m = said.cells[cell];
                    sum.0 += m;
                    sum.1 += (d.cell + d.total) * m * m;
                }
            }
        }
        sums.into_iter().map(|sums| totals(ready.cells.iter().copied().zip(sums).collect())).collect()
    }

    fn reasons(
        &self,
        history: &History,
        from_day: i32,
        group: Option<u16>,
        cells: &[Cell],
    ) -> Vec<(Cell, Vec<(Reason, f64)>)> {
        let h = history.before(from_day);
        let mut ready = Ready::of(&h, &self.sources);
        let known: HashMap<Cell, usize> = ready.cells.iter().enumerate().map(|(i, c)| (*c, i)).collect();
        let asked: Vec<(Cell, usize)> = cells.iter().filter_map(|c| known.get(c).map(|i| (*c, *i))).collect();
        let explain: Vec<usize> = asked.iter().map(|a| a.1).collect();
        let week = ready.panel.weeks();
        let groups = match group {
            Some(g) => usize::from(g)..ready.panel.counts.len().min(usize::from(g) + 1),
            None => 0..ready.panel.counts.len(),
        };
        let mut sums = vec![[0.0; 7]; asked.len()];
        for said in groups.flat_map(|g| self.group(&mut ready, g, &[week], &explain)) {
            for ((sum, parts), cell) in sums.iter_mut().zip(&said.parts).zip(&explain) {
                if said.counts(*cell) {
                    sum.iter_mut().zip(parts).for_each(|(s, p)| *s += p);
                }
            }
        }
        let named = asked.iter().zip(sums);
        named.map(|((cell, _), sum)| (*cell, REASONS.into_iter().zip(sum).collect())).collect()
    }

    fn declaration(&self) -> Option<Declaration> {
        let setting = |name: &str, value: f64| Setting { name: name.to_owned(), value };
        Some(Declaration {
            name: "blend".to_owned(),
            version: 1,
            inputs: vec![Input::Cell, Input::Day, Input::Hour, Input::Group, Input::Source],
            parts: REASONS.to_vec(),
            settings: vec![
                setting("profile_weeks", f64::from(self.profile_weeks)),
                setting("profile_prior", self.profile_prior),
                setting("learn_every_weeks", f64::from(self.learn_every_weeks)),
            ],
            officers: self.sources.officers != Officers::Excluded,
            limits: vec![Limit::ReportsOnly, Limit::NoPersons, Limit::NewPlaces, Limit::FewEvents, Limit::SuddenChange],
        })
    }
}
