//! The second model: several memories and the neighbours, weighed by their record.
//!
//! The share of each cell is a mixture of simple maps: exponentially weighted counts with short and
//! long half-lives, the same smoothed over the neighbours, last year's weeks around the same date,
//! and a flat map. Each map's weight is the one under which the events of the past year, each
//! forecast from what was known the week before, were most likely (expectation-maximisation for a
//! Poisson mixture with fixed components). Totals, dispersion and profiles are those of [`Ewma`].
//!
//! The weights can be shown and explained ("62 % the last eight weeks, 20 % the neighbourhood ..").
//! A group with few events keeps the plain [`Ewma`] levels.

use crate::ewma::{self, Ewma, Levels};
use crate::forecast::{Ask, Forecast, Model, Part, Total};
use crate::history::{Cell, History, NONE};
use serde::{Deserialize, Serialize};

/// The model with its settings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Mixture {
    /// Totals, window, dispersion, profile and sources.
    pub base: Ewma,
    /// Half-lives of the plain maps, in weeks.
    pub half_lives: Vec<f64>,
    /// Smoothed maps: index into `half_lives`, and the standard deviation in cells.
    pub smoothed: Vec<(usize, f64)>,
    /// Past weeks on which the weights are learned.
    pub train_weeks: u32,
    /// Only every so many weeks of those are used.
    pub train_step: u32,
    /// Fewer events than this in those weeks: the group keeps the base model.
    pub least_events: u32,
}

impl Default for Mixture {
    fn default() -> Self {
        Self {
            base: Ewma::default(),
            half_lives: vec![2.0, 4.0, 8.0, 26.0, 104.0],
            smoothed: vec![(2, 1.0), (2, 2.0), (2, 4.0), (4, 1.0), (4, 2.0), (4, 4.0)],
            train_weeks: 52,
            train_step: 2,
            least_events: 300,
        }
    }
}

/// A square table that holds more than this many cells is not smoothed (far-off stray events).
const LARGEST_TABLE: i64 = 1_000_000;

/// One group: its pairs, their places in a table, and its events per week.
struct Group {
    pairs: Vec<usize>,
    /// Place of each pair in the table; empty when the table would be too large.
    places: Vec<usize>,
    width: usize,
    height: usize,
    /// Week (index) in which each pair was first seen.
    first: Vec<usize>,
    /// Per week the pairs (local index) with their weighted counts.
    weeks: Vec<Vec<(usize, f64)>>,
}

impl Mixture {
    fn levels(&self, h: &History) -> Levels {
        let mut levels = self.base.levels(h);
        for group in self.groups(h, &levels) {
            let total: f64 = group.pairs.iter().map(|p| levels.pairs[*p]).sum();
            if let Some(shares) = self.shares(&group) {
                for (pair, share) in group.pairs.iter().zip(shares) {
                    levels.pairs[*pair] = total * share;
                }
            }
        }
        levels
    }

    /// Sorts the events of the window by group and week.
    fn groups(&self, h: &History, levels: &Levels) -> Vec<Group> {
        let start = levels.basis.first_day;
        let end = h.last_day().saturating_add(1);
        let count = (end - start).max(0) as usize / 7; // whole weeks, counted back from the end
        let offset = end - 7 * count as i32;
        let mut groups: Vec<Vec<usize>> = vec![Vec::new(); h.group_count()];
        let pairs: Vec<(u32, u16)> = h.pairs().collect();
        let mut local = vec![0usize; pairs.len()];
        for (p, (_, group)) in pairs.iter().enumerate() {
            if levels.pairs[p] > 0.0 {
                let list = &mut groups[usize::from(*group)];
                local[p] = list.len();
                list.push(p);
            }
        }
        let mut out: Vec<Group> = groups
            .into_iter()
            .map(|list| {
                let cells: Vec<Cell> = list.iter().map(|p| h.cell_at(pairs[*p].0)).collect();
                let (places, width, height) = table(&cells);
                Group {
                    first: vec![usize::MAX; list.len()],
                    pairs: list,
                    places,
                    width,
                    height,
                    weeks: vec![Vec::new(); count],
                }
            })
            .collect();
        let weight = self.base.sources.weights(h);
        let each = h.events().iter().zip(h.cell_numbers()).zip(h.pair_numbers());
        for ((e, &cell), &pair) in each {
            let w = if pair == NONE { 0.0 } else { weight(e, cell) };
            if w <= 0.0 {
                continue;
            }
            let group = &mut out[usize::from(e.group)];
            let at = local[pair as usize];
            let week = if e.day < offset { 0 } else { (e.day - offset) as usize / 7 };
            group.first[at] = group.first[at].min(week);
            if e.day >= offset {
                group.weeks[week].push((at, w));
            }
        }
        out.retain(|g| !g.pairs.is_empty());
        for week in out.iter_mut().flat_map(|g| &mut g.weeks) {
            week.sort_unstable_by_key(|e| e.0);
            week.dedup_by(|b, a| {
                let same = a.0 == b.0;
                if same {
                    a.1 += b.1;
                }
                same
            });
        }
        out
    }

    /// The share of each pair in the next week; `None` when there is too little to learn from.
    fn shares(&self, g: &Group) -> Option<Vec<f64>> {
        let end = g.weeks.len();
        let train = end.saturating_sub(self.train_weeks as usize).max(26);
        let events: f64 = g.weeks.iter().skip(train).flatten().map(|e| e.1).sum();
        if events * 2.0 < f64::from(self.least_events) || train >= end {
            return None;
        }
        let decays: Vec<f64> = self.half_lives.iter().map(|l| 0.5f64.powf(1.0 / l.max(0.1))).collect();
        let mut memory = vec![vec![0.0; g.pairs.len()]; decays.len()];
        let mut season = vec![0.0; g.pairs.len()];
        let step = self.train_step.max(1) as usize;
        let mut rows: Vec<f64> = Vec::new();
        let mut counts: Vec<f64> = Vec::new();
        let mut maps = Vec::new();
        for t in 0..=end {
            // Season: the weeks t-54 .. t-50 of a year ago.
            for (at, y) in t.checked_sub(50).into_iter().flat_map(|w| &g.weeks[w]) {
                season[*at] += y;
            }
            for (at, y) in t.checked_sub(55).into_iter().flat_map(|w| &g.weeks[w]) {
                season[*at] -= y;
            }
            let learn = t >= train && t < end && (end - t).is_multiple_of(step);
            if learn || t == end {
                maps = self.maps(g, &memory, &season, t);
            }
            if learn {
                for (at, y) in &g.weeks[t] {
                    if g.first[*at] < t {
                        counts.push(*y);
                        rows.extend(maps.iter().map(|m| m[*at]));
                    }
                }
            }
            if t < end {
                for (m, decay) in memory.iter_mut().zip(&decays) {
                    m.iter_mut().for_each(|v| *v *= decay);
                    g.weeks[t].iter().for_each(|(at, y)| m[*at] += y);
                }
            }
        }
        let weights = learn(&rows, &counts, maps.len());
        let mut shares = vec![0.0; g.pairs.len()];
        for (map, w) in maps.iter().zip(weights) {
            shares.iter_mut().zip(map).for_each(|(s, m)| *s += w * m);
        }
        Some(shares)
    }

    /// The maps before week `t`, each adding up to one.
    fn maps(&self, g: &Group, memory: &[Vec<f64>], season: &[f64], t: usize) -> Vec<Vec<f64>> {
        let seen: Vec<f64> = g.first.iter().map(|f| f64::from(u8::from(*f < t))).collect();
        let mut maps = memory.to_vec();
        for &(of, sigma) in &self.smoothed {
            if let Some(m) = memory.get(of) {
                maps.push(smooth(g, m, &seen, sigma));
            }
        }
        let flat = seen.iter().sum::<f64>().max(1.0);
        if t >= 54 {
            maps.push(smooth(g, season, &seen, 1.0));
        }
        for map in &mut maps {
            let sum: f64 = map.iter().sum();
            if sum > 1e-9 {
                map.iter_mut().for_each(|v| *v = (*v / sum).max(0.0));
            } else {
                map.iter_mut().zip(&seen).for_each(|(v, s)| *v = s / flat);
            }
        }
        maps.insert(0, seen.iter().map(|s| s / flat).collect());
        if t < 54 {
            maps.push(maps[0].clone());
        }
        maps
    }
}

/// The place of each cell in a table of their bounding box.
fn table(cells: &[Cell]) -> (Vec<usize>, usize, usize) {
    let low = |f: fn(&Cell) -> i32| cells.iter().map(f).min().map_or(0, i64::from);
    let high = |f: fn(&Cell) -> i32| cells.iter().map(f).max().map_or(0, i64::from);
    let (x0, y0) = (low(|c| c.x), low(|c| c.y));
    let (width, height) = (high(|c| c.x) - x0 + 1, high(|c| c.y) - y0 + 1);
    if width.saturating_mul(height) > LARGEST_TABLE {
        return (Vec::new(), 0, 0);
    }
    let place = |c: &Cell| ((i64::from(c.y) - y0) * width + i64::from(c.x) - x0) as usize;
    (cells.iter().map(place).collect(), width as usize, height as usize)
}

/// Gaussian mean over neighbouring seen cells.
fn smooth(g: &Group, values: &[f64], seen: &[f64], sigma: f64) -> Vec<f64> {
    if g.places.is_empty() || sigma <= 0.0 {
        return values.to_vec();
    }
    let reach = (3.0 * sigma).ceil() as usize;
    let kernel: Vec<f64> = (0..=reach).map(|i| (-0.5 * (i as f64 / sigma).powi(2)).exp()).collect();
    let blur = |of: &[f64]| {
        let mut grid = vec![0.0; g.width * g.height];
        g.places.iter().zip(of).for_each(|(at, v)| grid[*at] = *v);
        let mut across = vec![0.0; grid.len()];
        for (from, to) in grid.chunks(g.width).zip(across.chunks_mut(g.width)) {
            for (x, v) in from.iter().enumerate().filter(|(_, v)| **v != 0.0) {
                let (a, b) = (x.saturating_sub(reach), (x + reach).min(g.width - 1));
                (a..=b).for_each(|i| to[i] += v * kernel[i.abs_diff(x)]);
            }
        }
        let mut down = vec![0.0; grid.len()];
        for (y, from) in across.chunks(g.width).enumerate() {
            let (a, b) = (y.saturating_sub(reach), (y + reach).min(g.height - 1));
            for row in a..=b {
                let k = kernel[row.abs_diff(y)];
                let to = &mut down[row * g.width..(row + 1) * g.width];
                to.iter_mut().zip(from).for_each(|(t, v)| *t += v * k);
            }
        }
        down
    };
    let (above, below) = (blur(values), blur(seen));
    let at = g.places.iter().zip(seen);
    at.map(|(p, s)| if below[*p] > 1e-12 { s * above[*p] / below[*p] } else { 0.0 }).collect()
}

/// Expectation-maximisation for the weights of fixed maps; five events' worth of an even prior keeps
/// every map alive.
fn learn(rows: &[f64], counts: &[f64], maps: usize) -> Vec<f64> {
    let mut a = vec![1.0 / maps as f64; maps];
    let prior = 5.0 / maps as f64;
    let mut part = vec![0.0; maps];
    for _ in 0..100 {
        part.fill(prior);
        for (row, y) in rows.chunks_exact(maps).zip(counts) {
            let sum: f64 = row.iter().zip(&a).map(|(f, a)| f * a).sum();
            if sum > 0.0 {
                let scale = y / sum;
                for ((p, f), a) in part.iter_mut().zip(row).zip(&a) {
                    *p += f * a * scale;
                }
            }
        }
        let all: f64 = part.iter().sum();
        a.iter_mut().zip(&part).for_each(|(a, p)| *a = p / all);
    }
    a
}

impl Model for Mixture {
    fn expect(&self, history: &History, ask: &Ask) -> Forecast {
        let h = history.before(ask.from_day);
        let levels = self.levels(&h);
        ewma::forecast(ask, &levels, ewma::rows(&h, ask, &levels, &self.base.profiles(&h, 4)))
    }

    fn expect_cells(&self, history: &History, ask: &Ask) -> Vec<(Cell, Total)> {
        if !ask.days.is_multiple_of(7) {
            return self.expect(history, ask).by_cell(&Part::all());
        }
        let h = history.before(ask.from_day);
        ewma::cells(&h, f64::from(ask.days) / 7.0, &self.levels(&h))
    }
}
