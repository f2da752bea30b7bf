//! The zones that are compared: upper level sets and circles, made better by a local search.
//!
//! A zone of free shape can always be grown along cells that chance made busy. So shape has a price, as in minimum
//! description length: every cell that must be named one by one (all cells of a level set; those that differ from
//! the circle it began with) takes [`ScanRules::shape_price`] from the log likelihood ratio. There are about 5^n connected shapes of
//! n squares, so naming a cell costs about ln 5.

use super::ScanRules;
use super::baseline::{Counts, Field};

/// Lengths, in days, at which zones are sought; the best of them is then tried at every length.
const LENGTHS: [usize; 15] = [1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 17, 21, 24, 28];
/// How many of the best zones the local search takes.
const KEPT: usize = 3;
/// Most steps of a local search.
const STEPS: usize = 60;
/// A neighbour joins the shape that is shown when it adds this much log likelihood.
const JOINS: f64 = 0.7;

/// A zone with its figures.
#[derive(Clone, Debug)]
pub(super) struct Zone {
    pub(super) cells: Vec<u32>,
    /// The last so many days.
    pub(super) days: usize,
    pub(super) observed: f64,
    pub(super) expected: f64,
    /// Variance over mean.
    pub(super) dispersion: f64,
    /// Log likelihood ratio over dispersion, less the price of the shape.
    pub(super) score: f64,
}

/// Sums over cells: observed, expected, variance beyond chance; and how many cells were named one by one.
#[derive(Clone, Copy, Default)]
struct Sums {
    n: f64,
    mean: f64,
    extra: f64,
    named: f64,
}

impl Sums {
    fn plus(self, o: Self) -> Self {
        Self { n: self.n + o.n, mean: self.mean + o.mean, extra: self.extra + o.extra, named: self.named + o.named }
    }

    fn minus(self, o: Self) -> Self {
        Self { n: self.n - o.n, mean: self.mean - o.mean, extra: self.extra - o.extra, named: self.named - o.named }
    }

    fn dispersion(self) -> f64 {
        1.0 + self.extra / self.mean.max(1e-12)
    }
}

/// Seeks the best zone for a list of events in the last days.
pub(super) struct Scanner<'a> {
    field: &'a Field,
    lengths: Vec<usize>,
    /// Per cell its neighbours, corners included.
    near: Vec<Vec<u32>>,
    /// Per cell the cells within the largest circle, nearest first, with the squared distance.
    around: Vec<Vec<(u32, u32)>>,
    least: f64,
    price: f64,
    /// Largest expected sum, per length (index 0 is a day).
    largest: Vec<f64>,
    masked: Vec<bool>,
    /// Cells of the circle with which a local search began: they need no naming.
    home: Vec<bool>,
    home_size: f64,
    /// Per age the events before it in `events`, which are youngest first.
    events: Vec<(u32, u16)>,
    seen: Vec<f64>,
    mark: Vec<u32>,
    stamp: u32,
    parent: Vec<u32>,
    sums: Vec<Sums>,
}

/// A zone as it is found, before its cells are listed.
#[derive(Clone, Copy)]
enum Found {
    /// The upper level set around this cell down to this rank.
    Level(u32, usize),
    /// A circle around a cell: that many of its nearest.
    Circle(u32, usize),
}

impl<'a> Scanner<'a> {
    pub(super) fn new(counts: &Counts, field: &'a Field, rules: &ScanRules) -> Self {
        let cells = counts.cells.len();
        let days = usize::from(field.days);
        let near = |list: Vec<(u32, u32)>| list.into_iter().filter(|c| c.1 > 0).map(|c| c.0).collect();
        let sum = |row: &Vec<f64>| row.iter().sum::<f64>() * rules.largest_share;
        Self {
            field,
            lengths: LENGTHS.into_iter().filter(|l| *l < days).chain([days]).collect(),
            near: counts.around(1).into_iter().map(near).collect(),
            around: counts.around(rules.radius),
            least: f64::from(rules.least_events.max(1)),
            price: rules.shape_price,
            largest: field.mean.iter().map(sum).collect(),
            masked: vec![false; cells],
            home: vec![false; cells],
            home_size: 0.0,
            events: Vec::new(),
            seen: vec![0.0; cells],
            mark: vec![0; cells],
            stamp: 0,
            parent: vec![u32::MAX; cells],
            sums: vec![Sums::default(); cells],
        }
    }

    /// Takes other events (cell and age, youngest first); no cell is masked any more.
    pub(super) fn load(&mut self, events: &[(u32, u16)]) {
        self.clear();
        self.events.clear();
        self.events.extend_from_slice(events);
        self.masked.fill(false);
    }

    /// Leaves these cells out from now on.
    pub(super) fn mask(&mut self, cells: &[u32]) {
        for c in cells {
            self.masked[*c as usize] = true;
        }
    }

    /// The zone with the highest score, if any zone has enough events and more than expected.
    pub(super) fn best(&mut self) -> Option<Zone> {
        let mut kept: Vec<(f64, usize, Vec<u32>, bool)> = Vec::new();
        self.clear();
        let mut next = 0;
        let mut touched: Vec<u32> = Vec::new();
        for length in self.lengths.clone() {
            while next < self.events.len() && usize::from(self.events[next].1) < length {
                let cell = self.events[next].0;
                if self.seen[cell as usize] == 0.0 {
                    touched.push(cell);
                }
                self.seen[cell as usize] += 1.0;
                next += 1;
            }
            let mut active: Vec<(f64, u32)> = touched
                .iter()
                .filter(|c| !self.masked[**c as usize])
                .map(|c| (self.seen[*c as usize] / self.field.mean[length - 1][*c as usize].max(1e-12), *c))
                .filter(|c| c.0 > 1.0)
                .collect();
            active.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
            for (score, found) in
                [self.level_sets(length, &active), self.circles(length, &active)].into_iter().flatten()
            {
                if kept.len() < KEPT || kept.last().is_some_and(|k| score > k.0) {
                    let cells = self.list(found, &active);
                    kept.push((score, length, cells, matches!(found, Found::Circle(..))));
                    kept.sort_by(|a, b| b.0.total_cmp(&a.0));
                    kept.truncate(KEPT);
                }
            }
        }
        let mut best: Option<Zone> = None;
        for (_, length, cells, circle) in kept {
            let home = if circle { cells.clone() } else { Vec::new() };
            home.iter().for_each(|c| self.home[*c as usize] = true);
            self.home_size = home.len() as f64;
            let zone = self.improve(length, cells);
            home.iter().for_each(|c| self.home[*c as usize] = false);
            self.home_size = 0.0;
            if best.as_ref().is_none_or(|b| zone.score > b.score) {
                best = Some(zone);
            }
        }
        best
    }

    fn cell(&self, length: usize, cell: u32) -> Sums {
        let c = cell as usize;
        let (mean, extra) = (self.field.mean[length - 1][c], self.field.extra[length - 1][c]);
        Sums { n: self.seen[c], mean, extra, named: if self.home[c] { -1.0 } else { 1.0 } }
    }

    /// Sums of a whole zone: without the circle itself, what is named is what differs from it.
    fn whole(&self, length: usize, cells: &[u32]) -> Sums {
        let sums = cells.iter().fold(Sums::default(), |s, c| s.plus(self.cell(length, *c)));
        Sums { named: sums.named + self.home_size, ..sums }
    }

    /// Log likelihood ratio of "more than expected", over dispersion, less the price of the shape; 0 for a zone that is
    /// too small or too large.
    fn score(&self, length: usize, s: Sums) -> f64 {
        if s.n < self.least || s.n <= s.mean || s.mean > self.largest[length - 1] {
            return 0.0;
        }
        (s.n * (s.n / s.mean.max(1e-12)).ln() - (s.n - s.mean)) / s.dispersion() - self.price * s.named
    }

    /// Connected sets of the cells with the highest ratios, for every threshold at once.
    fn level_sets(&mut self, length: usize, active: &[(f64, u32)]) -> Option<(f64, Found)> {
        let mut best: Option<(f64, Found)> = None;
        for (rank, (_, c)) in active.iter().enumerate() {
            self.parent[*c as usize] = *c;
            self.sums[*c as usize] = self.cell(length, *c);
            for i in 0..self.near[*c as usize].len() {
                let o = self.near[*c as usize][i];
                if self.parent[o as usize] != u32::MAX {
                    let (a, b) = (self.root(*c), self.root(o));
                    if a != b {
                        self.parent[b as usize] = a;
                        self.sums[a as usize] = self.sums[a as usize].plus(self.sums[b as usize]);
                    }
                }
            }
            let root = self.root(*c);
            let score = self.score(length, self.sums[root as usize]);
            if score > best.map_or(0.0, |b| b.0) {
                best = Some((score, Found::Level(*c, rank)));
            }
        }
        for (_, c) in active {
            self.parent[*c as usize] = u32::MAX;
        }
        best
    }

    fn root(&mut self, mut c: u32) -> u32 {
        while self.parent[c as usize] != c {
            let up = self.parent[self.parent[c as usize] as usize];
            self.parent[c as usize] = up;
            c = up;
        }
        c
    }

    /// Circles around every cell that has more than expected.
    fn circles(&self, length: usize, active: &[(f64, u32)]) -> Option<(f64, Found)> {
        let mut best: Option<(f64, Found)> = None;
        for (_, c) in active {
            let ring = &self.around[*c as usize];
            let mut sums = Sums::default();
            for (i, (cell, distance)) in ring.iter().enumerate() {
                if !self.masked[*cell as usize] {
                    sums = sums.plus(self.cell(length, *cell));
                    sums.named = 0.0;
                }
                if ring.get(i + 1).is_none_or(|next| next.1 > *distance) {
                    let score = self.score(length, sums);
                    if score > best.map_or(0.0, |b| b.0) {
                        best = Some((score, Found::Circle(*c, i + 1)));
                    }
                }
            }
        }
        best
    }

    fn list(&mut self, found: Found, active: &[(f64, u32)]) -> Vec<u32> {
        match found {
            Found::Circle(c, n) => {
                let cells = self.around[c as usize][..n].iter().map(|c| c.0);
                cells.filter(|c| !self.masked[*c as usize]).collect()
            }
            Found::Level(c, rank) => {
                self.stamp += 2;
                for (_, a) in &active[..=rank] {
                    self.mark[*a as usize] = self.stamp - 1;
                }
                self.flood(c, self.stamp - 1, self.stamp)
            }
        }
    }

    /// The cells marked `from` that are connected with `start`; they are marked `to`.
    fn flood(&mut self, start: u32, from: u32, to: u32) -> Vec<u32> {
        let mut out = vec![start];
        self.mark[start as usize] = to;
        let mut i = 0;
        while i < out.len() {
            for j in 0..self.near[out[i] as usize].len() {
                let o = self.near[out[i] as usize][j];
                if self.mark[o as usize] == from {
                    self.mark[o as usize] = to;
                    out.push(o);
                }
            }
            i += 1;
        }
        out
    }

    /// Adds and removes cells at the edge while the score rises, then tries every number of days.
    fn improve(&mut self, length: usize, cells: Vec<u32>) -> Zone {
        self.count(length);
        let (cells, score) = self.search(length, cells);
        let mut best = (score, length);
        self.clear();
        let mut next = 0;
        for days in 1..=usize::from(self.field.days) {
            while next < self.events.len() && usize::from(self.events[next].1) < days {
                self.seen[self.events[next].0 as usize] += 1.0;
                next += 1;
            }
            let sums = self.whole(days, &cells);
            let score = self.score(days, sums);
            if score > best.0 {
                best = (score, days);
            }
        }
        let (mut cells, mut length) = (cells, length);
        if best.1 != length {
            length = best.1;
            self.count(length);
            cells = self.search(length, cells).0;
        }
        self.count(length);
        let sums = self.whole(length, &cells);
        Zone {
            cells,
            days: length,
            observed: sums.n,
            expected: sums.mean,
            dispersion: sums.dispersion(),
            score: self.score(length, sums),
        }
    }

    /// Adds neighbours that rise as well and takes away the cells that do not, as far as the zone stays in one piece:
    /// the shape that is shown. The score stays that of the zone that was compared.
    pub(super) fn trim(&mut self, zone: Zone) -> Zone {
        self.count(zone.days);
        let mut cells = zone.cells.clone();
        let plain = |s: &Self, sums: Sums| s.score(zone.days, Sums { named: 0.0, ..sums });
        for _ in 0..STEPS {
            let sums = self.whole(zone.days, &cells);
            let now = plain(self, sums) + JOINS;
            let mut more: Option<(f64, u32)> = None;
            for o in cells.iter().flat_map(|c| &self.near[*c as usize]) {
                let score = plain(self, sums.plus(self.cell(zone.days, *o)));
                if score > more.map_or(now, |m| m.0) && !self.masked[*o as usize] && !cells.contains(o) {
                    more = Some((score, *o));
                }
            }
            match more {
                Some((_, o)) => cells.push(o),
                None => break,
            }
        }
        loop {
            let sums = self.whole(zone.days, &cells);
            let now = plain(self, sums);
            let mut fewer: Vec<(f64, u32)> =
                cells.iter().map(|c| (plain(self, sums.minus(self.cell(zone.days, *c))), *c)).collect();
            let usual = (sums.n / sums.mean.max(1e-12)).sqrt();
            fewer.retain(|f| {
                f.0 > now && self.seen[f.1 as usize] < usual * self.field.mean[zone.days - 1][f.1 as usize]
            });
            fewer.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
            let Some((_, c)) = fewer.into_iter().find(|f| self.holds_without(&cells, f.1)) else {
                return Zone { observed: sums.n, expected: sums.mean, dispersion: sums.dispersion(), cells, ..zone };
            };
            cells.retain(|o| *o != c);
        }
    }

    fn clear(&mut self) {
        for (cell, _) in &self.events {
            self.seen[*cell as usize] = 0.0;
        }
    }

    /// Events per cell in the last `length` days.
    fn count(&mut self, length: usize) {
        self.clear();
        for (cell, age) in &self.events {
            if usize::from(*age) >= length {
                break;
            }
            self.seen[*cell as usize] += 1.0;
        }
    }

    fn search(&mut self, length: usize, mut cells: Vec<u32>) -> (Vec<u32>, f64) {
        let mut sums = self.whole(length, &cells);
        let mut score = self.score(length, sums);
        for _ in 0..STEPS {
            let Some((better, change, add)) = self.step(length, &cells, sums, score) else { break };
            score = better;
            for c in change {
                if add {
                    sums = sums.plus(self.cell(length, c));
                    cells.push(c);
                } else {
                    sums = sums.minus(self.cell(length, c));
                    cells.retain(|o| *o != c);
                }
            }
        }
        (cells, score)
    }

    /// The best single change of a zone: a cell more, a cell with a bridge to it, or a cell less.
    fn step(&mut self, length: usize, cells: &[u32], sums: Sums, now: f64) -> Option<(f64, Vec<u32>, bool)> {
        self.stamp += 2;
        let (inside, seen) = (self.stamp, self.stamp - 1);
        for c in cells {
            self.mark[*c as usize] = inside;
        }
        let mut best: Option<(f64, Vec<u32>, bool)> = None;
        let mut consider = |score: f64, change: &[u32], add: bool| {
            if score > best.as_ref().map_or(now + 1e-9, |b| b.0) {
                best = Some((score, change.to_vec(), add));
            }
        };
        for c in cells {
            for o in &self.near[*c as usize] {
                let mark = self.mark[*o as usize];
                if mark == inside || mark == seen || self.masked[*o as usize] {
                    continue;
                }
                self.mark[*o as usize] = seen;
                let with = sums.plus(self.cell(length, *o));
                if self.seen[*o as usize] > 0.0 {
                    consider(self.score(length, with), &[*o], true);
                }
                for far in &self.near[*o as usize] {
                    let f = *far as usize;
                    if self.mark[f] != inside && self.seen[f] > 0.0 && !self.masked[f] {
                        consider(self.score(length, with.plus(self.cell(length, *far))), &[*o, *far], true);
                    }
                }
            }
        }
        let mut fewer: Vec<(f64, u32)> =
            cells.iter().map(|c| (self.score(length, sums.minus(self.cell(length, *c))), *c)).collect();
        fewer.retain(|f| f.0 > best.as_ref().map_or(now + 1e-9, |b| b.0));
        fewer.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        for (score, c) in fewer {
            if self.holds_without(cells, c) {
                return Some((score, vec![c], false));
            }
        }
        best
    }

    /// Whether the zone stays in one piece without `c`.
    fn holds_without(&mut self, cells: &[u32], c: u32) -> bool {
        let Some(start) = cells.iter().copied().find(|o| *o != c) else { return false };
        self.stamp += 2;
        for o in cells.iter().filter(|o| **o != c) {
            self.mark[*o as usize] = self.stamp - 1;
        }
        self.flood(start, self.stamp - 1, self.stamp).len() + 1 == cells.len()
    }
}
