//! What the last days would hold if nothing were going on: per cell and day, with how much that varies.
//!
//! Cell's share of the city (weighted history, drawn towards what its other groups make us expect) x the season of
//! its surroundings x its own profile of the week x the level of the city on that day. The variation is the
//! uncertainty of the share, events that come in clumps (several reports about one thing) and months that differ.

use super::ScanRules;
use super::chance::Random;
use crate::count::upper_tail;
use crate::history::{Cell, Event, History, NONE, weekday};

/// Weight, in events, of "the city's level follows its history".
const CITY_SEASON_PRIOR: f64 = 50.0;
/// Lengths, in days, at which the variation is measured.
const BLOCKS: [i32; 3] = [1, 7, 28];
/// Days that give the city's level before the last days.
const LEVEL_DAYS: i32 = 91;

/// The events of one group, counted in one pass.
struct Pass {
    /// Per cell, base: weighted count, plain count, count per day of the week.
    weighted: Vec<f64>,
    plain: Vec<f64>,
    week: Vec<[f32; 7]>,
    /// Per cell: count in the same season of earlier years.
    season: Vec<f64>,
    /// Per cell and length of [`BLOCKS`]: ordered pairs of events within one block, and that block.
    pairs: [Vec<f64>; 3],
    block: [Vec<(i32, u32)>; 3],
    /// Per day of the base, then of the last days: events in the whole city.
    city: Vec<f64>,
    /// The last days: cell and age (0 is the last day).
    recent: Vec<(u32, u16)>,
}

/// All events that pass, per group and together.
pub(super) struct Counts {
    pub(super) cells: Vec<Cell>,
    pub(super) last_day: i32,
    /// The first of the last days.
    start: i32,
    /// First day of the base.
    first: i32,
    days: u16,
    /// Effective events per weighted event.
    kappa: f64,
    /// Together first, then per group.
    passes: Vec<Pass>,
}

impl Counts {
    /// `None` when the history is too short or empty.
    pub(super) fn of(history: &History, rules: &ScanRules) -> Option<Self> {
        let last_day = history.last_day();
        let start = last_day.saturating_add(1).saturating_sub(i32::from(rules.days));
        let first = history.first_day().max(start.saturating_sub(7 * rules.base_weeks as i32));
        if rules.days == 0 || start.saturating_sub(first) < 7 * rules.least_base_weeks.max(2) as i32 {
            return None;
        }
        let cells: Vec<Cell> = history.cells().collect();
        let groups = history.group_count();
        let span = (last_day - first + 1) as usize;
        let mut passes: Vec<Pass> = (0..=groups).map(|_| Pass::new(cells.len(), span)).collect();
        let decay = std::f64::consts::LN_2 / (7.0 * rules.half_life_weeks.max(0.1));
        let weight: Vec<f64> = (0..span).map(|d| (-decay * (start - first - d as i32) as f64).exp()).collect();
        let base = &weight[..(start - first) as usize];
        let prepared = rules.filter.prepare(history);
        let from = history.events().partition_point(|e| e.day < first);
        for (e, &cell) in history.events()[from..].iter().zip(&history.cell_numbers()[from..]) {
            if cell == NONE || !prepared.passes(e, cell) {
                continue;
            }
            let w = weight[(e.day - first) as usize];
            for pass in [0, usize::from(e.group) + 1] {
                passes[pass].add(e, cell as usize, w, first, start, last_day);
            }
        }
        let kappa = base.iter().sum::<f64>() / base.iter().map(|w| w * w).sum::<f64>();
        Some(Self { cells, last_day, start, first, days: rules.days, kappa, passes })
    }

    pub(super) fn groups(&self) -> usize {
        self.passes.len() - 1
    }

    fn pass(&self, group: Option<u16>) -> &Pass {
        &self.passes[group.map_or(0, |g| usize::from(g) + 1)]
    }

    /// The events of the last days: cell and age, youngest first.
    pub(super) fn recent(&self, group: Option<u16>) -> Vec<(u32, u16)> {
        let mut list = self.pass(group).recent.clone();
        list.sort_unstable_by_key(|e| e.1);
        list
    }

    /// Per cell the numbers of the cells within `radius`, nearest first, with the squared distance.
    pub(super) fn around(&self, radius: u8) -> Vec<Vec<(u32, u32)>> {
        let mut at: Vec<(Cell, u32)> = self.cells.iter().copied().zip(0u32..).collect();
        at.sort_unstable();
        let r = i32::from(radius);
        let mut offsets: Vec<(u32, i32, i32)> = Vec::new();
        for x in -r..=r {
            for y in -r..=r {
                let d = (x * x + y * y) as u32;
                if d <= (r * r) as u32 || r == 1 {
                    offsets.push((d, x, y));
                }
            }
        }
        offsets.sort_unstable();
        let find = |x: i32, y: i32| at.binary_search_by_key(&Cell { x, y }, |c| c.0).ok().map(|i| at[i].1);
        let near = |c: &Cell| {
            let there = |o: &(u32, i32, i32)| Some((find(c.x.checked_add(o.1)?, c.y.checked_add(o.2)?)?, o.0));
            offsets.iter().filter_map(there).collect()
        };
        self.cells.iter().map(near).collect()
    }

    /// Effective counts of the cells and what a model of shares expects of them, for the level of `group`.
    fn shares(&self, group: Option<u16>) -> Shares {
        let all = &self.passes[0];
        let total: f64 = all.weighted.iter().sum::<f64>().max(1e-9);
        let n = self.cells.len().max(1) as f64;
        let mean = vec![1.0 / n; self.cells.len()];
        let whole = Shares::of(&all.weighted, &mean, total, self.kappa);
        match group {
            None => whole,
            Some(_) => {
                let mine = self.pass(group);
                Shares::of(&mine.weighted, &whole.share, mine.weighted.iter().sum(), self.kappa)
            }
        }
    }
}

impl Pass {
    fn new(cells: usize, span: usize) -> Self {
        let pairs = || vec![0.0; cells];
        let block = || vec![(i32::MIN, 0); cells];
        Self {
            weighted: vec![0.0; cells],
            plain: vec![0.0; cells],
            week: vec![[0.0; 7]; cells],
            season: vec![0.0; cells],
            pairs: [pairs(), pairs(), pairs()],
            block: [block(), block(), block()],
            city: vec![0.0; span],
            recent: Vec::new(),
        }
    }

    fn add(&mut self, e: &Event, cell: usize, weight: f64, first: i32, start: i32, last: i32) {
        self.city[(e.day - first) as usize] += 1.0;
        if e.day >= start {
            self.recent.push((cell as u32, (last - e.day) as u16));
            return;
        }
        self.weighted[cell] += weight;
        self.plain[cell] += 1.0;
        self.week[cell][usize::from(weekday(e.day))] += 1.0;
        if in_season(e.day, start, last) {
            self.season[cell] += 1.0;
        }
        for (i, length) in BLOCKS.iter().enumerate() {
            let b = (start - 1 - e.day) / length;
            let seen = &mut self.block[i][cell];
            if seen.0 == b {
                self.pairs[i][cell] += 2.0 * f64::from(seen.1);
                seen.1 += 1;
            } else {
                *seen = (b, 1);
            }
        }
    }

    /// Per length of [`BLOCKS`]: the variance is `dispersion` x mean + `spread` x mean². Factorial moments per cell,
    /// because n(n-1) has mean m² when events come one by one and the cell keeps its share.
    fn variation(&self, base: usize) -> [(f64, f64); 3] {
        let total: f64 = self.plain.iter().sum();
        let mut out = [(1.0, 0.0); 3];
        for (i, length) in BLOCKS.iter().enumerate() {
            let blocks = self.city[..base].rchunks(*length as usize).map(|b| b.iter().sum::<f64>());
            let squares: f64 = blocks.map(|n| n * (n - 1.0)).sum();
            let (mut a, mut b, mut c, mut p, mut q) = (0.0, 0.0, 0.0, 0.0, 0.0);
            for (n, pairs) in self.plain.iter().zip(&self.pairs[i]) {
                let m2 = if total > 1.0 { n * (n - 1.0) * squares / (total * (total - 1.0)) } else { 0.0 };
                let (excess, w) = (pairs - m2, 1.0 / (1.0 + m2));
                a += w * n * n;
                b += w * n * m2;
                c += w * m2 * m2;
                p += w * n * excess;
                q += w * m2 * excess;
            }
            let det = a * c - b * b;
            let (mut clump, mut spread) = if det > 1e-9 * a * c {
                ((p * c - q * b) / det, (q * a - p * b) / det)
            } else {
                (p / a.max(1e-9), 0.0)
            };
            if spread < 0.0 {
                (clump, spread) = (p / a.max(1e-9), 0.0);
            }
            if clump < 0.0 {
                (clump, spread) = (0.0, q / c.max(1e-9));
            }
            out[i] = (1.0 + clump.clamp(0.0, 4.0), spread.clamp(0.0, 4.0));
        }
        // Longer blocks hold the clumps of shorter ones.
        out[1].0 = out[1].0.max(out[0].0);
        out[2].0 = out[2].0.max(out[1].0);
        out
    }
}

/// Whether `day` lies in the season of the last days (a week either side) of an earlier year.
fn in_season(day: i32, start: i32, last: i32) -> bool {
    let length = last - start + 1 + 14;
    let back = start - 7 - day;
    back > 0 && (back - 1).rem_euclid(364) >= 364 - length
}

/// Per cell its share of the city and how many events stand behind it.
struct Shares {
    share: Vec<f64>,
    shape: Vec<f64>,
}

impl Shares {
    /// Gamma-Poisson shrinkage towards `prior` (shares), with the prior's strength by moments.
    fn of(weighted: &[f64], prior: &[f64], total: f64, kappa: f64) -> Self {
        let n: Vec<f64> = weighted.iter().map(|w| w * kappa).collect();
        let e: Vec<f64> = prior.iter().map(|s| (s * total * kappa).max(1e-6)).collect();
        let (mut excess, mut squares) = (0.0, 0.0);
        for (n, e) in n.iter().zip(&e) {
            excess += (n - e) * (n - e) - n;
            squares += e * e;
        }
        let a = if excess > 0.0 { (squares / excess).clamp(0.1, 10.0) } else { 10.0 };
        let shape: Vec<f64> = n.iter().map(|n| n + a).collect();
        let level: Vec<f64> = shape.iter().zip(&e).map(|(s, e)| s * e / (a + e)).collect();
        let sum: f64 = level.iter().sum::<f64>().max(1e-9);
        Self { share: level.iter().map(|l| l / sum).collect(), shape }
    }
}

/// The expectation of one group in the last days.
pub(super) struct Field {
    pub(super) days: u16,
    /// Per length (index 0 is the last day alone) and cell: expected events.
    pub(super) mean: Vec<Vec<f64>>,
    /// ... and the variance beyond chance.
    pub(super) extra: Vec<Vec<f64>>,
    /// Relative variance of a cell over all these days.
    spread: Vec<f64>,
    /// Dispersion of a day and of all days.
    clump: (f64, f64),
}

impl Field {
    pub(super) fn of(counts: &Counts, group: Option<u16>) -> Self {
        let pass = counts.pass(group);
        let base = (counts.start - counts.first) as usize;
        let shares = counts.shares(group);
        let variation = pass.variation(base);
        let near = counts.around(3);
        let none = vec![1.0; counts.cells.len()];
        let whole = local_season(counts, counts.pass(None), &near, &none);
        let season = if group.is_some() { local_season(counts, pass, &near, &whole) } else { whole };
        let city = City::of(counts, pass, base);
        let profiles = profiles(pass, &near, &city.week);
        let days = usize::from(counts.days);
        let cells = counts.cells.len();
        // Per age (0 is the last day) and cell, before the city's level of these days is known.
        let mut raw = vec![vec![0.0; cells]; days];
        let mut sum = vec![0.0; days];
        for c in 0..cells {
            let profile = profiles[c];
            for (age, row) in raw.iter_mut().enumerate() {
                let d = usize::from(weekday(counts.last_day - age as i32));
                row[c] = shares.share[c] * season[c] * profile[d] * 7.0;
                sum[age] += row[c];
            }
        }
        // The level is the city's; on which days of the week a cell has it is its own.
        let total: f64 = sum.iter().sum::<f64>().max(1e-9);
        for (age, row) in raw.iter_mut().enumerate() {
            let level = days as f64 / total * city.expected[age] / city.smooth[age];
            row.iter_mut().for_each(|m| *m *= level);
        }
        let mut out = Self {
            days: counts.days,
            mean: Vec::new(),
            extra: Vec::new(),
            spread: shares.shape.iter().map(|s| 1.0 / s + variation[2].1).collect(),
            clump: (variation[0].0, variation[2].0),
        };
        out.follow_city(&mut raw, pass, &city, &variation);
        let mut mean = vec![0.0; cells];
        for (age, row) in raw.iter().enumerate() {
            mean.iter_mut().zip(row).for_each(|(m, r)| *m += r);
            let (clump, spread) = at_length(&variation, age as f64 + 1.0);
            let extra = |(m, shape): (&f64, &f64)| (clump - 1.0) * m + (spread + 1.0 / shape) * m * m;
            out.extra.push(mean.iter().zip(&shares.shape).map(extra).collect());
            out.mean.push(mean.clone());
        }
        out
    }

    /// Brings the expectation to the level of the city in these days, week by week and day by day, as far as the cells
    /// that do not stand out by themselves say so.
    fn follow_city(&self, raw: &mut [Vec<f64>], pass: &Pass, city: &City, variation: &[(f64, f64); 3]) {
        let cells = self.spread.len();
        let mut seen = vec![0u64; cells];
        for (c, _) in &pass.recent {
            seen[*c as usize] += 1;
        }
        let mean: Vec<f64> = (0..cells).map(|c| raw.iter().map(|r| r[c]).sum()).collect();
        let follow = |factor: f64| -> (f64, Vec<bool>) {
            let usual = |c: usize| {
                let m = mean[c] * factor;
                let extra = (variation[2].0 - 1.0) * m + self.spread[c] * m * m;
                upper_tail(seen[c], m, extra) >= 0.000_5
            };
            let keep: Vec<bool> = (0..cells).map(usual).collect();
            let n: f64 = (0..cells).filter(|c| keep[*c]).map(|c| seen[c] as f64).sum();
            let e: f64 = (0..cells).filter(|c| keep[*c]).map(|c| mean[c]).sum();
            ((city.month + n) / (city.month + e), keep)
        };
        let (factor, _) = follow(1.0);
        let (factor, keep) = follow(factor);
        raw.iter_mut().flatten().for_each(|m| *m *= factor);
        let mut today = vec![0.0; raw.len()];
        for (c, age) in &pass.recent {
            if keep[*c as usize] {
                today[usize::from(*age)] += 1.0;
            }
        }
        for (length, weight) in [(7, city.week_weight), (1, city.day)] {
            for (rows, n) in raw.chunks_mut(length).zip(today.chunks(length)) {
                let n: f64 = n.iter().sum();
                let e: f64 = rows.iter().flat_map(|r| r.iter().zip(&keep)).filter(|x| *x.1).map(|x| x.0).sum();
                let scale = (weight + n) / (weight + e);
                rows.iter_mut().flatten().for_each(|m| *m *= scale);
            }
        }
    }

    /// The last days as chance could have made them: youngest first.
    pub(super) fn replicate(&self, random: &mut Random, events: &mut Vec<(u32, u16)>) {
        events.clear();
        let days = usize::from(self.days);
        let whole = &self.mean[days - 1];
        // Reports come in clumps of 1, 2, .. (geometric): variance over mean of such a sum is 2 x size - 1.
        let size = (self.clump.1 + 1.0) / 2.0;
        let same_day = if self.clump.1 > 1.0 { (self.clump.0 - 1.0) / (self.clump.1 - 1.0) } else { 1.0 };
        for (c, m) in whole.iter().enumerate() {
            let level = m * random.gamma(1.0 / self.spread[c]);
            for _ in 0..random.poisson(level / size) {
                let at = random.share() * m;
                let mut age = self.mean.partition_point(|row| row[c] < at).min(days - 1);
                events.push((c as u32, age as u16));
                for _ in 0..random.geometric(1.0 / size) {
                    if random.share() > same_day {
                        let later = 1 + random.geometric(0.3) as usize;
                        age = (age + days - later % days) % days;
                    }
                    events.push((c as u32, age as u16));
                }
            }
        }
        events.sort_unstable_by_key(|e| e.1);
    }
}

/// How many events "as elsewhere" weighs: by moments, from how much places differ beyond chance.
fn prior_weight(excess: f64, squares: f64) -> f64 {
    1.0 / if squares > 0.0 { (excess / squares).clamp(0.002, 2.0) } else { 0.01 }
}

/// Per cell the shares of the days of the week: drawn towards those of its surroundings, and these towards the city's.
fn profiles(pass: &Pass, near: &[Vec<(u32, u32)>], city: &[f64; 7]) -> Vec<[f64; 7]> {
    let around = |cells: &Vec<(u32, u32)>| {
        let mut sum = [0.0; 7];
        cells.iter().for_each(|c| sum.iter_mut().zip(pass.week[c.0 as usize]).for_each(|(s, n)| *s += n));
        sum
    };
    let wide: Vec<[f32; 7]> = near.iter().map(around).collect();
    let wide = shrink(&wide, &vec![*city; wide.len()]);
    shrink(&pass.week, &wide)
}

/// Profiles of the week from counts, drawn towards other profiles.
fn shrink(counts: &[[f32; 7]], towards: &[[f64; 7]]) -> Vec<[f64; 7]> {
    let (mut excess, mut squares) = (0.0, 0.0);
    for (days, p) in counts.iter().zip(towards) {
        let n = f64::from(days.iter().sum::<f32>());
        for (d, p) in days.iter().zip(p) {
            excess += (f64::from(*d) - n * p).powi(2) - n * p * (1.0 - p);
            squares += (n * p).powi(2);
        }
    }
    // A weight in events of one day of the week; the profile has seven.
    let weight = 7.0 * prior_weight(excess, squares);
    let one = |(days, p): (&[f32; 7], &[f64; 7])| {
        let n = f64::from(days.iter().sum::<f32>());
        std::array::from_fn(|d| (weight * p[d] + f64::from(days[d])) / (weight + n))
    };
    counts.iter().zip(towards).map(one).collect()
}

/// Dispersion and spread of a number of days, on a straight line between the lengths measured.
fn at_length(variation: &[(f64, f64); 3], days: f64) -> (f64, f64) {
    let (low, high, from, to) = if days <= 7.0 { (0, 1, 1.0, 7.0) } else { (1, 2, 7.0, 28.0) };
    let share = ((days - from) / (to - from)).clamp(0.0, 1.0);
    let mix = |a: f64, b: f64| a + share * (b - a);
    (mix(variation[low].0, variation[high].0), mix(variation[low].1, variation[high].1))
}

/// Per cell: how much more (or less) its surroundings have of the city in this season than all year round, drawn
/// towards `prior`.
fn local_season(counts: &Counts, pass: &Pass, near: &[Vec<(u32, u32)>], prior: &[f64]) -> Vec<f64> {
    let days = 0..counts.start - counts.first;
    let here = |d: &i32| in_season(counts.first + d, counts.start, counts.last_day);
    let in_city: f64 = days.clone().filter(here).map(|d| pass.city[d as usize]).sum();
    let total: f64 = days.map(|d| pass.city[d as usize]).sum::<f64>().max(1e-9);
    let share = in_city / total;
    let sums = |cells: &Vec<(u32, u32)>| {
        let sum = |of: &[f64]| cells.iter().map(|c| of[c.0 as usize]).sum::<f64>();
        (sum(&pass.season), sum(&pass.plain) * share)
    };
    let places: Vec<(f64, f64)> = near.iter().map(sums).collect();
    let (mut excess, mut squares) = (0.0, 0.0);
    for ((n, e), prior) in places.iter().zip(prior) {
        // What is expected is itself a count of the same place, a part of which is `n`.
        excess += (n - e * prior).powi(2) - e * prior * (1.0 + share);
        squares += (e * prior).powi(2);
    }
    let weight = prior_weight(excess, squares);
    places.iter().zip(prior).map(|((n, e), prior)| prior * (weight + n) / (weight + e * prior)).collect()
}

/// The level of the whole city in the last days, from before.
struct City {
    /// Per age: expected events.
    expected: Vec<f64>,
    /// Per age: the city's own factor of that day of the week.
    smooth: Vec<f64>,
    /// Share of each day of the week.
    week: [f64; 7],
    /// How many events "the level is as before" weighs: over all days, in a week and on a day.
    month: f64,
    week_weight: f64,
    day: f64,
}

impl City {
    fn of(counts: &Counts, pass: &Pass, base: usize) -> Self {
        let days = usize::from(counts.days);
        let city = &pass.city[..base];
        let sum = |from: i64, to: i64| -> Option<f64> {
            (from >= 0 && to <= base as i64).then(|| city[from as usize..to as usize].iter().sum())
        };
        let mut week = [1.0; 7];
        for (d, n) in city.iter().enumerate() {
            week[usize::from(weekday(counts.first + d as i32))] += n;
        }
        let whole: f64 = week.iter().sum();
        week.iter_mut().for_each(|w| *w /= whole);
        let span = LEVEL_DAYS.min(base as i32);
        let level = sum(base as i64 - i64::from(span), base as i64).unwrap_or(0.0) / f64::from(span);
        // What the same weeks of earlier years did after their own 13 weeks.
        let (mut expected, mut smooth) = (Vec::with_capacity(days), Vec::with_capacity(days));
        for age in 0..days as i64 {
            let (mut then, mut before) = (CITY_SEASON_PRIOR, CITY_SEASON_PRIOR);
            for year in 1..20 {
                let middle = base as i64 + days as i64 - 1 - age - 364 * year;
                let start = base as i64 - 364 * year;
                let (Some(n), Some(b)) = (sum(middle - 10, middle + 11), sum(start - i64::from(span), start)) else {
                    break;
                };
                then += n;
                before += b * 21.0 / f64::from(span);
            }
            let d = usize::from(weekday(counts.last_day - age as i32));
            smooth.push(7.0 * week[d]);
            expected.push((level * then / before * 7.0 * week[d]).max(1e-6));
        }
        // Excess over chance and expected squared: of all days, of a week and of a day.
        let mut vary = [(0.0, 0.0); 3];
        let mut end = base as i64;
        while let (Some(n), Some(b)) = (sum(end - days as i64, end), sum(end - days as i64 - 91, end - days as i64)) {
            let e = b * days as f64 / 91.0;
            vary[0].0 += (n - e) * (n - e) - n - e * days as f64 / 91.0;
            vary[0].1 += e * e;
            for (i, length) in [(1, 7), (2, 1)] {
                for from in (end - days as i64..end).step_by(length) {
                    let to = (from + length as i64).min(end);
                    let share = |d| week[usize::from(weekday(counts.first + d as i32))] * 7.0 / days as f64;
                    let e = n * (from..to).map(share).sum::<f64>();
                    let seen = city[from as usize..to as usize].iter().sum::<f64>();
                    vary[i].0 += (seen - e) * (seen - e) - e;
                    vary[i].1 += e * e;
                }
            }
            end -= days as i64;
        }
        let weight = |(excess, squares): (f64, f64), least: f64| {
            1.0 / if squares > 0.0 { (excess / squares).clamp(least, 0.5) } else { 0.1 }
        };
        let (month, week_weight, day) = (weight(vary[0], 0.01), weight(vary[1], 0.02), weight(vary[2], 0.01));
        Self { expected, smooth, week, month, week_weight, day }
    }
}
