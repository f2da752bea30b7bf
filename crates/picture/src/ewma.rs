//! The first model: what happened lately weighs most.
//!
//! Per cell and group the weekly level is an exponentially weighted mean of weekly counts, mixed with
//! a small share of the long-run mean (so that a quiet cell is not "never"), and rescaled so that the
//! cells add up to the group's own, faster, exponentially weighted total. The level is spread over
//! the week by the cell's profile ([`crate::profile`]). The interval uses the dispersion that the
//! model's own one-week-ahead forecasts showed in the last weeks.
//!
//! What officers find themselves is left out, or counts per hour of presence (feedback loop: where
//! you look, you find).

use crate::forecast::{Ask, BANDS, Basis, Dispersion, Expected, Forecast, Model, Total, total, totals};
use crate::history::{Cell, Event, History, NONE, source, weekday};
use crate::profile::Profiles;
use serde::{Deserialize, Serialize};

/// The model with its settings; the defaults were tuned on the half year before the test year of the
/// benchmark, never on the test year.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Ewma {
    /// After this many weeks an event of a cell weighs half. At least 1.
    pub half_life_weeks: f64,
    /// The same for the group's total. At least 1.
    pub total_half_life_weeks: f64,
    /// Older events are not used for the level, in weeks; at most 520.
    pub window_weeks: u32,
    /// Share (0-1) of the level that follows the plain mean over the window.
    pub background: f64,
    /// Weeks of events behind the profile of the week.
    pub profile_weeks: u32,
    /// Weight, in events, of the parent profile.
    pub profile_prior: f64,
    /// One-week-ahead forecasts from which the dispersion is estimated, in weeks.
    pub dispersion_weeks: u32,
    /// Which observations count, and for how much.
    pub sources: Sources,
}

impl Default for Ewma {
    fn default() -> Self {
        Self {
            half_life_weeks: 8.0,
            total_half_life_weeks: 3.0,
            window_weeks: 156,
            background: 0.6,
            profile_weeks: 156,
            profile_prior: 200.0,
            dispersion_weeks: 26,
            sources: Sources::default(),
        }
    }
}

/// Which observations feed a model.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Sources {
    /// What officers find themselves; all other sources count fully.
    pub officers: Officers,
}

/// How officers' own observations count (design law 5).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub enum Officers {
    /// Not at all.
    #[default]
    Excluded,
    /// Per hour of presence.
    PerPresence {
        /// Mean hours of presence per week in each cell, over the weeks from which the observations
        /// come. A cell without hours counts nothing.
        hours: Vec<(Cell, f64)>,
        /// An observation counts for `reference` / hours. Best are the hours that each cell gets from
        /// the random rounds. A cell with less than a quarter of it counts nothing: too little was
        /// seen there, and a count without its hours would follow the officers ([`crate::guard`]).
        reference: f64,
    },
}

/// One observation of an officer counts for at most this many reports.
const MOST: f64 = 4.0;

impl Sources {
    /// The weight of officers' observations per cell number of `history`.
    fn officer_weights(&self, history: &History) -> Vec<f64> {
        match &self.officers {
            Officers::Excluded => Vec::new(),
            Officers::PerPresence { hours, reference } => {
                let hours: std::collections::HashMap<Cell, f64> = hours.iter().copied().collect();
                let weight = |h: &f64| if *h > 0.0 && *h * MOST >= *reference { (reference / h).max(0.0) } else { 0.0 };
                history.cells().map(|c| hours.get(&c).map_or(0.0, weight)).collect()
            }
        }
    }

    /// The weight of each event of `history`.
    pub(crate) fn weights(&self, history: &History) -> impl Fn(&Event, u32) -> f64 + use<> {
        let officers = self.officer_weights(history);
        move |e, cell| match e.source {
            source::OFFICER => officers.get(cell as usize).copied().unwrap_or(0.0),
            _ => 1.0,
        }
    }
}

/// Weekly levels per pair of cell and group.
pub(crate) struct Levels {
    /// Expected per week, per pair number; zero when the pair was never seen in a used event.
    pub(crate) pairs: Vec<f64>,
    /// Expected per week without a known cell, per group.
    pub(crate) unlocated: Vec<f64>,
    /// Per group.
    pub(crate) dispersion: Vec<Dispersion>,
    /// What was used.
    pub(crate) basis: Basis,
}

/// The running sums of one group, from which a forecast and its sum of squares follow at once.
#[derive(Clone, Default)]
struct Running {
    total: f64,
    unlocated: f64,
    s: f64,
    n: f64,
    ss: f64,
    sn: f64,
    nn: f64,
    week: f64,
    cell_error: f64,
    cell_square: f64,
    total_error: f64,
    total_square: f64,
}

impl Running {
    /// Factors (a, b) with which a pair's forecast is a x s + b x n.
    fn factors(&self, background: f64, weeks: f64) -> (f64, f64) {
        let level = if weeks > 0.0 { self.total / weeks } else { 0.0 };
        match (self.s > 0.0, self.n > 0.0) {
            (true, _) => ((1.0 - background) * level / self.s, background * level / self.n),
            (false, true) => (0.0, level / self.n),
            (false, false) => (0.0, 0.0),
        }
    }
}

/// What is taken when too few weeks are known to estimate it: clearly wider than chance.
const UNKNOWN_DISPERSION: Dispersion = Dispersion { cell: 0.5, total: 0.1 };

impl Ewma {
    /// The part of the history before the question.
    fn known(history: &History, ask: &Ask) -> History {
        history.before(ask.from_day)
    }

    /// The profiles of the week behind this model, in slots of `hours` hours.
    pub(crate) fn profiles(&self, h: &History, hours: u8) -> Profiles {
        let weight = self.sources.weights(h);
        Profiles::of(h, self.profile_weeks, hours, self.profile_prior, weight)
    }

    /// One pass over the events, oldest week first.
    pub(crate) fn levels(&self, h: &History) -> Levels {
        let groups = h.group_count();
        let end = h.last_day().saturating_add(1);
        let window = self.window_weeks.clamp(1, 520) as i32;
        let start = h.first_day().max(end.saturating_sub(window * 7));
        let weeks = if end > start { (end - start + 6) / 7 } else { 0 };
        let decay = |half_life: f64| 0.5f64.powf(1.0 / half_life.max(1.0));
        let (slow, fast) = (decay(self.half_life_weeks), decay(self.total_half_life_weeks));
        let background = self.background.clamp(0.0, 1.0);
        let weight = self.sources.weights(h);

        let pairs: Vec<(u32, u16)> = h.pairs().collect();
        let mut s = vec![0.0f64; pairs.len()];
        let mut n = vec![0.0f64; pairs.len()];
        let mut run = vec![Running::default(); groups];
        let mut seen_weeks = 0.0;
        let mut basis = Basis { first_day: start, last_day: h.last_day(), ..Basis::default() };
        let mut at = 0;
        let (events, cells, numbers) = (h.events(), h.cell_numbers(), h.pair_numbers());
        // Older than the window: only that the pair exists.
        while at < events.len() && events[at].day < start {
            let pair = numbers[at];
            if pair != NONE && n[pair as usize] == 0.0 && weight(&events[at], cells[at]) > 0.0 {
                see(&mut n[pair as usize], &mut run[usize::from(events[at].group)]);
            }
            at += 1;
        }
        let mut week: Vec<f64> = vec![0.0; pairs.len()];
        let mut touched: Vec<u32> = Vec::new();
        for age in (0..weeks).rev() {
            let from = at;
            let next = end - age * 7;
            while at < events.len() && events[at].day < next {
                at += 1;
            }
            let judge = age < self.dispersion_weeks as i32 && weeks - 1 - age >= 8;
            touched.clear();
            for i in from..at {
                let w = weight(&events[i], cells[i]);
                if w <= 0.0 {
                    basis.left_out += 1;
                    continue;
                }
                basis.events += 1;
                let r = &mut run[usize::from(events[i].group)];
                match numbers[i] {
                    NONE => r.unlocated += w * fast.powi(age),
                    pair => {
                        r.week += w;
                        if week[pair as usize] == 0.0 {
                            touched.push(pair);
                        }
                        week[pair as usize] += w;
                    }
                }
            }
            if judge {
                for r in &mut run {
                    let (a, b) = r.factors(background, seen_weeks);
                    let square = a * a * r.ss + 2.0 * a * b * r.sn + b * b * r.nn;
                    let level = a * r.s + b * r.n;
                    r.cell_error += square;
                    r.cell_square += square;
                    r.total_error += (r.week - level).powi(2) - r.week;
                    r.total_square += level * level;
                }
                for &pair in &touched {
                    let p = pair as usize;
                    let r = &mut run[usize::from(pairs[p].1)];
                    let (a, b) = r.factors(background, seen_weeks);
                    let y = week[p];
                    r.cell_error += y * y - 2.0 * y * (a * s[p] + b * n[p]) - y;
                }
            }
            let (slow_now, fast_now) = (slow.powi(age), fast.powi(age));
            for &pair in &touched {
                let p = pair as usize;
                let r = &mut run[usize::from(pairs[p].1)];
                if n[p] == 0.0 {
                    see(&mut n[p], r);
                }
                let (ds, dn) = (week[p] * slow_now, week[p]);
                r.s += ds;
                r.n += dn;
                r.ss += ds * (2.0 * s[p] + ds);
                r.nn += dn * (2.0 * n[p] + dn);
                r.sn += ds * n[p] + dn * s[p] + ds * dn;
                s[p] += ds;
                n[p] += dn;
                week[p] = 0.0;
            }
            let observed = f64::from((next - start).min(7)) / 7.0;
            for r in &mut run {
                r.total += r.week * fast_now;
                r.week = 0.0;
            }
            seen_weeks += fast_now * observed;
        }
        let factors: Vec<_> = run.iter().map(|r| r.factors(background, seen_weeks)).collect();
        let level = |p: usize| {
            let (a, b) = factors[usize::from(pairs[p].1)];
            a * s[p] + b * n[p]
        };
        Levels {
            pairs: (0..pairs.len()).map(level).collect(),
            unlocated: run.iter().map(|r| r.unlocated / f64::max(seen_weeks, 1e-12)).collect(),
            dispersion: run.iter().map(dispersion).collect(),
            basis,
        }
    }
}

/// A pair is seen for the first time: it starts with one event's worth of long-run weight.
fn see(n: &mut f64, r: &mut Running) {
    *n = 1.0;
    r.n += 1.0;
    r.nn += 1.0;
}

/// Method of moments over the one-week-ahead errors. Beyond chance, the squared errors of the cells add
/// up to (cell + total) x Q, those of the totals to cell x Q + total x T, with Q and T the summed
/// squares of the forecasts per cell and of the totals.
fn dispersion(r: &Running) -> Dispersion {
    let (q, t) = (r.cell_square, r.total_square);
    if q <= 0.0 || t <= 0.0 {
        return UNKNOWN_DISPERSION;
    }
    let both = (r.cell_error / q).clamp(0.0, 10.0);
    // One cell is its own total: nothing to split.
    let total = if t > q * 1.001 { (r.total_error - r.cell_error) / (t - q) } else { 0.0 };
    let total = total.clamp(0.0, 4.0);
    Dispersion { cell: (both - total).max(0.0), total }
}

/// Rows from weekly levels and profiles.
pub(crate) fn rows(h: &History, ask: &Ask, levels: &Levels, profiles: &Profiles) -> Vec<Expected> {
    let mut times = [0.0; 7];
    for i in 0..i32::from(ask.days) {
        times[usize::from(weekday(ask.from_day.saturating_add(i)))] += 1.0;
    }
    let mut shares = vec![0.0; profiles.slots()];
    let mut out = Vec::with_capacity(levels.pairs.len() * BANDS);
    for ((p, (cell, group)), level) in h.pairs().enumerate().zip(&levels.pairs) {
        if *level <= 0.0 {
            continue;
        }
        profiles.of_pair(p, group, &mut shares);
        let d = levels.dispersion[usize::from(group)];
        for band in 0..BANDS {
            let mut days = [0.0f32; 7];
            let mut expected = 0.0;
            for (day, times) in times.iter().enumerate() {
                let m = level * times * shares[day * BANDS + band];
                days[day] = m as f32;
                expected += m;
            }
            let t = total(expected, (d.cell + d.total) * expected * expected);
            out.push(Expected {
                cell: h.cell_at(cell),
                band: band as u8,
                group,
                expected,
                low90: t.low90,
                high90: t.high90,
                weekday: days,
            });
        }
    }
    out
}

/// Totals per cell of whole weeks, straight from the levels.
pub(crate) fn cells(h: &History, weeks: f64, levels: &Levels) -> Vec<(Cell, Total)> {
    let mut sums = vec![(0.0, 0.0); h.cell_count()];
    for ((cell, group), level) in h.pairs().zip(&levels.pairs) {
        let d = levels.dispersion[usize::from(group)];
        let m = level * weeks;
        let sum = &mut sums[cell as usize];
        sum.0 += m;
        sum.1 += (d.cell + d.total) * m * m;
    }
    totals(h.cells().zip(sums).collect())
}

/// The forecast around the rows.
pub(crate) fn forecast(ask: &Ask, levels: &Levels, rows: Vec<Expected>) -> Forecast {
    let weeks = f64::from(ask.days) / 7.0;
    let unlocated = (0u16..).zip(&levels.unlocated).filter(|u| *u.1 > 0.0);
    Forecast {
        from_day: ask.from_day,
        days: ask.days,
        rows,
        unlocated: unlocated.map(|(g, m)| (g, m * weeks)).collect(),
        dispersion: (0u16..).zip(levels.dispersion.iter().copied()).collect(),
        basis: levels.basis,
    }
}

impl Model for Ewma {
    fn expect(&self, history: &History, ask: &Ask) -> Forecast {
        let h = Self::known(history, ask);
        let levels = self.levels(&h);
        let profiles = self.profiles(&h, 4);
        forecast(ask, &levels, rows(&h, ask, &levels, &profiles))
    }

    fn expect_cells(&self, history: &History, ask: &Ask) -> Vec<(Cell, Total)> {
        if !ask.days.is_multiple_of(7) {
            return self.expect(history, ask).by_cell(&crate::forecast::Part::all());
        }
        let h = Self::known(history, ask);
        cells(&h, f64::from(ask.days) / 7.0, &self.levels(&h))
    }
}
