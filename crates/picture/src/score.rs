//! How often was the forecast right: a rolling score over the last weeks, beside plain counting.
//!
//! Every Monday of the period is an origin; the forecast for its week is made from earlier events
//! only (the model gets a history that ends there) and compared with what was then reported.

use crate::forecast::{Ask, Dispersion, Forecast, Model, Part, Total};
use crate::grid::Filter;
use crate::history::{Cell, History, NONE, monday, source, week_of};
use crate::{ewma, profile::Profiles};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// What to score.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ScoreAsk {
    /// How many of the last complete weeks.
    pub weeks: u32,
    /// Shares of the cells that are picked.
    pub coverage: Vec<f64>,
    /// Which events count as hits, and as history of the baselines: all but officers' own by default.
    pub filter: Filter,
}

impl Default for ScoreAsk {
    fn default() -> Self {
        Self {
            weeks: 12,
            coverage: vec![0.01, 0.03, 0.05, 0.10],
            filter: Filter { sources: !(1 << source::OFFICER), ..Filter::all() },
        }
    }
}

/// Hits at one coverage.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Hits {
    /// Share of the cells that was picked.
    pub coverage: f64,
    /// How many cells that is.
    pub cells: usize,
    /// Share of all events that fell in picked cells.
    pub hit_rate: f64,
    /// Hits as a share of what perfect foresight would have hit with as many cells (PEI*).
    pub pei: f64,
}

/// The marks of one model.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Marks {
    /// Per coverage.
    pub hits: Vec<Hits>,
    /// Mean Poisson deviance per cell and week; lower is better.
    pub deviance: f64,
    /// All that was expected over all that happened; 1 is right.
    pub level: f64,
    /// Share of the cell-weeks inside the 90 % interval. Counts are whole numbers and mostly zero,
    /// so this is above 0.9 even for a perfect model.
    pub inside90: f64,
    /// The same among cell-weeks with one event or more expected; about 0.97 for a perfect model,
    /// because an interval of whole counts near one cannot hold exactly 90 %. `None` without such cells.
    pub inside90_busy: Option<f64>,
    /// Mean absolute gap between expected and happened over ten bins of equal expectation.
    pub calibration_error: f64,
}

/// The score of a model beside two baselines.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Score {
    /// First origin, a Monday, in days since 1970-01-01.
    pub first_day: i32,
    /// Weeks scored; 0 when the history is too short, and then nothing else has meaning.
    pub weeks: u32,
    /// Cells of the area: those with an event before the first origin.
    pub cells: usize,
    /// Events with a known cell in the scored weeks, also outside the area (nobody can hit those).
    pub events: u64,
    /// The model.
    pub model: Marks,
    /// Baseline: the count of the last 52 weeks.
    pub last_52_weeks: Marks,
    /// Baseline: the count of the last 4 weeks.
    pub last_4_weeks: Marks,
}

/// Scores `model` on the last complete weeks of `history`. With less than four weeks before the first
/// origin, fewer weeks are scored.
pub fn score(model: &dyn Model, history: &History, ask: &ScoreAsk) -> Score {
    let last_week = week_of(history.last_day().saturating_add(1)) - 1;
    let earliest = week_of(history.first_day().saturating_add(6)) + 4;
    let first_week = (last_week + 1 - ask.weeks as i32).max(earliest);
    if first_week > last_week || history.events().is_empty() {
        return Score::default();
    }
    let seen = ask.filter.cut(history);
    let first_day = monday(first_week);
    let area: Vec<Cell> = seen.before(first_day).cells().collect();
    let number: HashMap<Cell, usize> = area.iter().enumerate().map(|(i, c)| (*c, i)).collect();
    let mut judges = [(); 3].map(|()| Judge::new(&ask.coverage, area.len()));
    let mut events = 0;
    let box52 = LastWeeks { weeks: 52 };
    let box4 = LastWeeks { weeks: 4 };
    for week in first_week..=last_week {
        let ask = Ask::week(monday(week));
        let mut real = vec![0.0; area.len()];
        let mut all = 0u64;
        let start = seen.events().partition_point(|e| e.day < ask.from_day);
        let end = seen.events().partition_point(|e| e.day < ask.from_day + 7);
        for &cell in seen.cell_numbers()[start..end].iter().filter(|c| **c != NONE) {
            all += 1;
            if let Some(count) = real.get_mut(cell as usize) {
                *count += 1.0; // cells are numbered in the order of time: the area comes first
            }
        }
        events += all;
        let known = history.before(ask.from_day);
        let said = [
            model.expect_cells(&known, &ask),
            box52.expect_cells(&seen.before(ask.from_day), &ask),
            box4.expect_cells(&seen.before(ask.from_day), &ask),
        ];
        for (judge, said) in judges.iter_mut().zip(said) {
            let mut cells = vec![Total::default(); area.len()];
            for (cell, total) in said {
                if let Some(&i) = number.get(&cell) {
                    cells[i] = total;
                }
            }
            judge.week(&cells, &real, all);
        }
    }
    let [model, last_52_weeks, last_4_weeks] = judges.map(Judge::close);
    Score {
        first_day,
        weeks: (last_week - first_week + 1) as u32,
        cells: area.len(),
        events,
        model,
        last_52_weeks,
        last_4_weeks,
    }
}

/// Gathers the marks of one model, week by week.
pub(crate) struct Judge {
    coverage: Vec<(f64, usize, f64, f64)>,
    events: u64,
    pairs: Vec<(f64, f64)>,
    inside: usize,
    busy: usize,
    busy_inside: usize,
}

impl Judge {
    pub(crate) fn new(coverage: &[f64], cells: usize) -> Self {
        let k = |c: f64| ((c * cells as f64).round_ties_even() as usize).clamp(1, cells.max(1));
        Self {
            coverage: coverage.iter().map(|c| (*c, k(*c), 0.0, 0.0)).collect(),
            events: 0,
            pairs: Vec::new(),
            inside: 0,
            busy: 0,
            busy_inside: 0,
        }
    }

    pub(crate) fn week(&mut self, said: &[Total], real: &[f64], events: u64) {
        self.events += events;
        let mut order: Vec<(f64, f64)> = said.iter().map(|t| t.expected).zip(real.iter().copied()).collect();
        order.sort_unstable_by(|a, b| b.0.total_cmp(&a.0));
        let mut best = real.to_vec();
        best.sort_unstable_by(|a, b| b.total_cmp(a));
        for (_, k, hits, possible) in &mut self.coverage {
            *hits += expected_hits(&order, *k);
            *possible += best.iter().take(*k).sum::<f64>();
        }
        for (t, y) in said.iter().zip(real) {
            let inside = t.low90 <= *y && *y <= t.high90;
            self.inside += usize::from(inside);
            self.busy += usize::from(t.expected >= 1.0);
            self.busy_inside += usize::from(inside && t.expected >= 1.0);
        }
        self.pairs.extend(order);
    }

    pub(crate) fn close(mut self) -> Marks {
        let n = self.pairs.len().max(1) as f64;
        let mut deviance = 0.0;
        let (mut expected, mut happened) = (0.0, 0.0);
        for (m, y) in &mut self.pairs {
            *m = m.max(1e-6);
            let gain = if *y > 0.0 { *y * (*y / *m).ln() } else { 0.0 };
            deviance += 2.0 * (gain - (*y - *m));
            expected += *m;
            happened += *y;
        }
        self.pairs.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
        let mut bins = [(0.0, 0.0); 10];
        let mut cum = 0.0;
        for (m, y) in &self.pairs {
            cum += m;
            let bin = ((cum / expected * 10.0) as usize).min(9);
            bins[bin].0 += m;
            bins[bin].1 += y;
        }
        let over = |a: f64, b: f64| if b > 0.0 { a / b } else { 0.0 };
        let cells = self.pairs.len();
        let hits = self.coverage.iter().map(|&(coverage, k, hits, possible)| Hits {
            coverage,
            cells: k,
            hit_rate: over(hits, self.events as f64),
            pei: over(hits, possible),
        });
        Marks {
            hits: hits.collect(),
            deviance: deviance / n,
            level: over(expected, happened),
            inside90: over(self.inside as f64, cells as f64),
            inside90_busy: (self.busy > 0).then(|| self.busy_inside as f64 / self.busy as f64),
            calibration_error: over(bins.iter().map(|(m, y)| (m - y).abs()).sum(), happened),
        }
    }
}

/// Hits of the first `k` of an order by falling expectation; a tie cut by k counts as its mean.
pub(crate) fn expected_hits(order: &[(f64, f64)], k: usize) -> f64 {
    let Some(&(cut, _)) = order.get(k.wrapping_sub(1)) else {
        return order.iter().map(|o| o.1).sum();
    };
    let above = order.partition_point(|o| o.0 > cut);
    let tie = order[above..].partition_point(|o| o.0 == cut);
    let sum = |part: &[(f64, f64)]| part.iter().map(|o| o.1).sum::<f64>();
    sum(&order[..above]) + (k - above) as f64 * sum(&order[above..above + tie]) / tie.max(1) as f64
}

/// Plain counting: the mean of the last weeks, all sources alike, spread flat over the week. The
/// yardstick of [`score`], and the model of every dashboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LastWeeks {
    /// How many weeks.
    pub weeks: u32,
}

impl LastWeeks {
    fn levels(&self, h: &History) -> ewma::Levels {
        let end = h.last_day().saturating_add(1);
        let start = end.saturating_sub(self.weeks.max(1).saturating_mul(7) as i32).max(h.first_day());
        let weeks = (f64::from(end - start) / 7.0).max(1.0 / 7.0);
        let from = h.events().partition_point(|e| e.day < start);
        let mut levels = ewma::Levels {
            pairs: vec![0.0; h.pairs().len()],
            unlocated: vec![0.0; h.group_count()],
            dispersion: vec![Dispersion { cell: 0.0, total: 0.0 }; h.group_count()],
            basis: crate::forecast::Basis {
                events: (h.events().len() - from) as u32,
                left_out: 0,
                first_day: start,
                last_day: h.last_day(),
            },
        };
        for (e, &pair) in h.events()[from..].iter().zip(&h.pair_numbers()[from..]) {
            match pair {
                NONE => levels.unlocated[usize::from(e.group)] += 1.0 / weeks,
                pair => levels.pairs[pair as usize] += 1.0 / weeks,
            }
        }
        levels
    }
}

impl Model for LastWeeks {
    fn expect(&self, history: &History, ask: &Ask) -> Forecast {
        let h = history.before(ask.from_day);
        let levels = self.levels(&h);
        let flat = Profiles::of(&h, 0, 4, 1.0, |_, _| 0.0);
        ewma::forecast(ask, &levels, ewma::rows(&h, ask, &levels, &flat))
    }

    fn expect_cells(&self, history: &History, ask: &Ask) -> Vec<(Cell, Total)> {
        if !ask.days.is_multiple_of(7) {
            return self.expect(history, ask).by_cell(&Part::all());
        }
        let h = history.before(ask.from_day);
        ewma::cells(&h, f64::from(ask.days) / 7.0, &self.levels(&h))
    }
}
