//! How often was the forecast right: a rolling score over the last weeks, beside plain counting.
//!
//! Every Monday of the period is an origin; the forecast for its week is made from earlier events
//! only (the model gets a history that ends there) and compared with what was then reported.

use crate::forecast::{Ask, Dispersion, Forecast, Model, Part, Total};
use crate::grid::Filter;
use crate::history::{Cell, History, NONE, monday, source, week_of};
use crate::interval::Range;
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
    /// Share of the cell-weeks inside the 90 % interval. Above 0.9 where nearly all cells are so quiet
    /// that 0 alone holds more ([`crate::count::together90`]).
    pub inside90: f64,
    /// The same among cell-weeks with one event or more expected. `None` without such cells.
    pub inside90_busy: Option<f64>,
    /// Mean absolute gap between expected and happened over ten bins of equal expectation.
    pub calibration_error: f64,
    /// Those bins, quietest cells first: the points of a calibration plot.
    #[serde(default)]
    pub bins: Vec<Bin>,
}

/// Cell-weeks with about the same expectation: together a tenth of all that was expected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Bin {
    /// How many cell-weeks.
    pub cells: u64,
    /// What was expected in all of them together.
    pub expected: f64,
    /// What happened.
    pub happened: f64,
}

/// One scored week: the events in the cells that were picked.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Scored {
    /// The Monday, in days since 1970-01-01.
    pub first_day: i32,
    /// Events with a known cell, also outside the area.
    pub events: u64,
    /// Per coverage the hits of the model.
    pub model: Vec<f64>,
    /// Per coverage the hits of last year's counts.
    pub last_52_weeks: Vec<f64>,
}

/// How the model compares with last year's counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// More hits, beyond chance.
    Better,
    /// No difference beyond chance: say so.
    Same,
    /// Fewer hits, beyond chance.
    Worse,
}

/// The model against last year's counts at one coverage, paired by week.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Against {
    /// Share of the cells that was picked.
    pub coverage: f64,
    /// Difference in hit rate, with its 95 % interval (bootstrap over the weeks).
    pub difference: Range,
    /// What may be said of it.
    pub verdict: Verdict,
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
    /// Week by week.
    #[serde(default)]
    pub by_week: Vec<Scored>,
    /// Per coverage the model against the last 52 weeks.
    #[serde(default)]
    pub against: Vec<Against>,
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
    let days: Vec<i32> = (first_week..=last_week).map(monday).collect();
    let all_said =
        [model.expect_weeks(history, &days), box52.expect_weeks(&seen, &days), box4.expect_weeks(&seen, &days)];
    let mut weeks = Vec::new();
    for (at, &day) in days.iter().enumerate() {
        let ask = Ask::week(day);
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
        for (judge, said) in judges.iter_mut().zip(&all_said) {
            let mut cells = vec![Total::default(); area.len()];
            for (cell, total) in said.get(at).into_iter().flatten() {
                if let Some(&i) = number.get(cell) {
                    cells[i] = *total;
                }
            }
            judge.week(&cells, &real, all);
        }
        let hits = |judge: &Judge| judge.last.clone();
        weeks.push(Scored { first_day: day, events: all, model: hits(&judges[0]), last_52_weeks: hits(&judges[1]) });
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
        against: ask.coverage.iter().enumerate().map(|(i, c)| against(*c, i, &weeks)).collect(),
        by_week: weeks,
    }
}

/// Bootstrap over the weeks, a thousand times, always with the same draws.
fn against(coverage: f64, at: usize, weeks: &[Scored]) -> Against {
    let rate = |of: &mut dyn Iterator<Item = &Scored>| {
        let (mut gain, mut events) = (0.0, 0.0);
        for week in of {
            gain += week.model[at] - week.last_52_weeks[at];
            events += week.events as f64;
        }
        if events > 0.0 { gain / events } else { 0.0 }
    };
    let mut seed = 7u64;
    let mut draw = || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        &weeks[(seed >> 33) as usize % weeks.len()]
    };
    let mut drawn: Vec<f64> = (0..1000).map(|_| rate(&mut (0..weeks.len()).map(|_| draw()))).collect();
    drawn.sort_unstable_by(f64::total_cmp);
    let difference = Range { value: rate(&mut weeks.iter()), low: drawn[25], high: drawn[974] };
    let verdict = match difference {
        Range { low, .. } if low > 0.0 => Verdict::Better,
        Range { high, .. } if high < 0.0 => Verdict::Worse,
        _ => Verdict::Same,
    };
    Against { coverage, difference, verdict }
}

/// Gathers the marks of one model, week by week.
pub(crate) struct Judge {
    coverage: Vec<(f64, usize, f64, f64)>,
    events: u64,
    pairs: Vec<(f64, f64)>,
    inside: usize,
    busy: usize,
    busy_inside: usize,
    /// Per coverage the hits of the last week.
    last: Vec<f64>,
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
            last: Vec::new(),
        }
    }

    pub(crate) fn week(&mut self, said: &[Total], real: &[f64], events: u64) {
        self.events += events;
        let mut order: Vec<(f64, f64)> = said.iter().map(|t| t.expected).zip(real.iter().copied()).collect();
        order.sort_unstable_by(|a, b| b.0.total_cmp(&a.0));
        let mut best = real.to_vec();
        best.sort_unstable_by(|a, b| b.total_cmp(a));
        self.last = self.coverage.iter().map(|(_, k, ..)| expected_hits(&order, *k)).collect();
        for ((_, k, hits, possible), now) in self.coverage.iter_mut().zip(&self.last) {
            *hits += now;
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
        let mut bins = [Bin::default(); 10];
        let mut cum = 0.0;
        for (m, y) in &self.pairs {
            cum += m;
            let bin = ((cum / expected * 10.0) as usize).min(9);
            bins[bin].cells += 1;
            bins[bin].expected += m;
            bins[bin].happened += y;
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
            calibration_error: over(bins.iter().map(|b| (b.expected - b.happened).abs()).sum(), happened),
            bins: bins.to_vec(),
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
