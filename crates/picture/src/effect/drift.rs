//! How an area and its comparison come apart by themselves: chance beyond Poisson and slow drift.
//!
//! The ratio of the two is a small state-space model (a level plus a walk, a passing wave, or a
//! damped trend). Its constants are not estimated from one short series: every candidate area,
//! compared with the others in the same way, gives the likelihood of each setting (placebo in space
//! and in time), and the area's own history weighs the settings once more.

use super::compare::{Block, Comparison, Level, Panel, sum};

/// One setting of chance and drift.
#[derive(Clone, Copy, Debug)]
pub(super) struct Setting {
    /// Variance over mean of the counts.
    pub(super) chance: f64,
    /// State transition of (level, second state).
    f: [[f64; 2]; 2],
    /// What of the state is seen.
    h: [f64; 2],
    /// Variance of the second state: at the first block, and per block.
    first: f64,
    step: f64,
    /// Weight before any data.
    prior: f64,
}

/// All settings, with their weight before any data.
pub(super) fn settings() -> Vec<Setting> {
    const LEVEL: ([[f64; 2]; 2], [f64; 2]) = ([[1.0, 0.0], [0.0, 1.0]], [1.0, 1.0]);
    let mut kinds = vec![(LEVEL, 0.0, 0.0, 0.3)];
    for sd in [0.01f64, 0.02, 0.035, 0.06, 0.1] {
        kinds.push((LEVEL, 0.0, sd * sd, 0.3 / 5.0));
    }
    for (keep, sd) in [(0.85f64, 0.05f64), (0.85, 0.1), (0.85, 0.2), (0.5, 0.1), (0.5, 0.2)] {
        let wave = ([[1.0, 0.0], [0.0, keep]], [1.0, 1.0]);
        kinds.push((wave, sd * sd, sd * sd * (1.0 - keep * keep), 0.2 / 5.0));
    }
    for sd in [0.003f64, 0.008, 0.02] {
        let keep = 0.95f64;
        let trend = ([[1.0, 1.0], [0.0, keep]], [1.0, 0.0]);
        kinds.push((trend, sd * sd, sd * sd * (1.0 - keep * keep), 0.2 / 3.0));
    }
    let chances = [1.0, 1.2, 1.5, 1.9, 2.5, 3.5, 5.0];
    kinds
        .iter()
        .flat_map(|((f, h), first, step, prior)| {
            chances.map(|chance| Setting {
                chance,
                f: *f,
                h: *h,
                first: *first,
                step: *step,
                prior: prior / chances.len() as f64,
            })
        })
        .collect()
}

/// A series of blocks with its comparison.
pub(super) struct Pair {
    /// Counts of the area; `None` where they are not used.
    own: Vec<Option<f64>>,
    level: Vec<Level>,
}

impl Pair {
    pub(super) fn new(panel: &Panel, counts: &[u32], comparison: &Comparison, blocks: &[Block]) -> Self {
        Self {
            own: blocks.iter().map(|b| b.seen.then(|| sum(counts, b))).collect(),
            level: blocks.iter().map(|b| panel.level(comparison, b.from, b.to)).collect(),
        }
    }

    /// Does as if the last blocks were not counted.
    pub(super) fn forget(&mut self, last: usize) {
        self.own.iter_mut().rev().take(last).for_each(|n| *n = None);
    }
}

/// Mean and covariance of (level, second state).
#[derive(Clone, Copy, Debug)]
pub(super) struct State {
    x: [f64; 2],
    p: [[f64; 2]; 2],
}

impl Setting {
    fn start(&self) -> State {
        State { x: [1.0, 0.0], p: [[4.0, 0.0], [0.0, self.first]] }
    }

    fn predict(&self, s: &State) -> State {
        let [[a, b], [c, d]] = self.f;
        let [[p, q], [_, r]] = s.p;
        let x = [a * s.x[0] + b * s.x[1], c * s.x[0] + d * s.x[1]];
        let off = a * c * p + (a * d + b * c) * q + b * d * r;
        let p = [
            [a * a * p + 2.0 * a * b * q + b * b * r, off],
            [off, c * c * p + 2.0 * c * d * q + d * d * r + self.step],
        ];
        State { x, p }
    }

    /// The ratio of area to comparison: mean, variance.
    pub(super) fn ratio(&self, s: &State) -> (f64, f64) {
        let [g, k] = self.h;
        (g * s.x[0] + k * s.x[1], g * g * s.p[0][0] + 2.0 * g * k * s.p[0][1] + k * k * s.p[1][1])
    }

    /// Takes in one block; returns the variance of its count and the squared miss over that.
    fn update(&self, s: &mut State, own: f64, level: &Level) -> (f64, f64) {
        let c = level.expected;
        let gain =
            [c * (self.h[0] * s.p[0][0] + self.h[1] * s.p[0][1]), c * (self.h[0] * s.p[0][1] + self.h[1] * s.p[1][1])];
        let (mean, variance) = self.ratio(s);
        let total = c * c * variance + self.chance * (c + level.noise).max(0.1);
        let miss = own - c * mean;
        for i in 0..2 {
            s.x[i] += gain[i] * miss / total;
            for j in 0..2 {
                s.p[i][j] -= gain[i] * gain[j] / total;
            }
        }
        (total, miss * miss / total)
    }

    /// Runs through a history: log likelihood, and the state after it.
    pub(super) fn run(&self, pair: &Pair) -> (f64, State) {
        let (mut logs, mut misses, mut s) = (0.0, 0.0, self.start());
        let mut product = 1.0; // of variances, so that few logarithms are taken
        for (i, (own, level)) in pair.own.iter().zip(&pair.level).enumerate() {
            if i > 0 {
                s = self.predict(&s);
            }
            if let Some(own) = own {
                let (total, miss) = self.update(&mut s, *own, level);
                misses += miss;
                product *= total;
                if !(1e-100..1e100).contains(&product) {
                    logs += product.ln();
                    product = 1.0;
                }
            }
        }
        (-0.5 * (logs + product.ln() + misses), s)
    }

    /// The ratio per block of the history, each seen with all of it (Rauch-Tung-Striebel).
    pub(super) fn smoothed(&self, pair: &Pair) -> Vec<(f64, f64)> {
        let mut s = self.start();
        let (mut ahead, mut seen) = (Vec::new(), Vec::new());
        for (i, (own, level)) in pair.own.iter().zip(&pair.level).enumerate() {
            if i > 0 {
                s = self.predict(&s);
            }
            ahead.push(s);
            if let Some(own) = own {
                self.update(&mut s, *own, level);
            }
            seen.push(s);
        }
        for i in (0..seen.len().saturating_sub(1)).rev() {
            let (next, to) = (seen[i + 1], ahead[i + 1]);
            let det = to.p[0][0] * to.p[1][1] - to.p[0][1] * to.p[0][1];
            let inverse = if det > 1e-14 {
                [[to.p[1][1] / det, -to.p[0][1] / det], [-to.p[0][1] / det, to.p[0][0] / det]]
            } else {
                [[1.0 / to.p[0][0].max(1e-14), 0.0], [0.0, 0.0]]
            };
            let g = times(&times(&seen[i].p, &turned(&self.f)), &inverse);
            let gap = [next.x[0] - to.x[0], next.x[1] - to.x[1]];
            let mut less = [[0.0; 2]; 2];
            for (a, row) in less.iter_mut().enumerate() {
                for (b, cell) in row.iter_mut().enumerate() {
                    *cell = next.p[a][b] - to.p[a][b];
                }
            }
            let change = times(&times(&g, &less), &turned(&g));
            let State { x, p } = &mut seen[i];
            for (a, by) in g.iter().enumerate() {
                x[a] += by[0] * gap[0] + by[1] * gap[1];
                p[a][0] += change[a][0];
                p[a][1] += change[a][1];
            }
        }
        seen.iter().map(|s| self.ratio(s)).map(|(m, v)| (m, v.max(0.0))).collect()
    }

    /// Looks ahead over blocks nobody has counted yet: the sum's mean, its variance without the
    /// chance in the area's own counts, and the ratio per block.
    pub(super) fn ahead(&self, state: &State, levels: &[Level]) -> Ahead {
        let mut s = *state;
        let (mut mean, mut variance) = (0.0, 0.0);
        let mut shared = [0.0; 2]; // covariance of the sum so far with the state
        let mut ratios = Vec::with_capacity(levels.len());
        for level in levels {
            s = self.predict(&s);
            shared = [
                self.f[0][0] * shared[0] + self.f[0][1] * shared[1],
                self.f[1][0] * shared[0] + self.f[1][1] * shared[1],
            ];
            let c = level.expected;
            let (m, v) = self.ratio(&s);
            mean += c * m;
            let with = self.h[0] * shared[0] + self.h[1] * shared[1];
            variance += c * c * v + 2.0 * c * with + self.chance * level.noise;
            for (i, cov) in shared.iter_mut().enumerate() {
                *cov += c * (self.h[0] * s.p[0][i] + self.h[1] * s.p[1][i]);
            }
            ratios.push((m, v));
        }
        Ahead { mean, variance, ratios }
    }
}

/// The sum of some blocks ahead, and the ratio (mean, variance) in each.
#[derive(Clone, Debug)]
pub(super) struct Ahead {
    pub(super) mean: f64,
    pub(super) variance: f64,
    pub(super) ratios: Vec<(f64, f64)>,
}

fn times(a: &[[f64; 2]; 2], b: &[[f64; 2]; 2]) -> [[f64; 2]; 2] {
    [0, 1].map(|i| [0, 1].map(|j| a[i][0] * b[0][j] + a[i][1] * b[1][j]))
}

fn turned(a: &[[f64; 2]; 2]) -> [[f64; 2]; 2] {
    [[a[0][0], a[1][0]], [a[0][1], a[1][1]]]
}

/// Weights of the settings that the candidates' own histories speak for (empirical Bayes by EM; the
/// weights before any data count as `PRIOR` areas).
pub(super) fn learn(settings: &[Setting], areas: &[Vec<Pair>]) -> Vec<f64> {
    const PRIOR: f64 = 4.0;
    let rows: Vec<Vec<f64>> = areas.iter().map(|pairs| likelihoods(settings, pairs)).collect();
    let mut weights: Vec<f64> = settings.iter().map(|s| s.prior).collect();
    for _ in 0..30 {
        let mut next: Vec<f64> = settings.iter().map(|s| s.prior * PRIOR).collect();
        for row in &rows {
            let total: f64 = row.iter().zip(&weights).map(|(l, w)| l * w).sum();
            for ((n, l), w) in next.iter_mut().zip(row).zip(&weights) {
                *n += l * w / total;
            }
        }
        let total: f64 = next.iter().sum();
        weights = next.iter().map(|n| n / total).collect();
    }
    weights
}

/// Likelihoods of an area's history under each setting, over the largest.
fn likelihoods(settings: &[Setting], pairs: &[Pair]) -> Vec<f64> {
    relative(&settings.iter().map(|s| pairs.iter().map(|pair| s.run(pair).0).sum()).collect::<Vec<f64>>())
}

/// Likelihoods over the largest.
fn relative(log: &[f64]) -> Vec<f64> {
    let most = log.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    log.iter().map(|l| (l - most).exp()).collect()
}

/// The settings that matter for one area after its history: weight, setting, state at the end.
pub(super) fn weigh(settings: &[Setting], weights: &[f64], apart: &[Pair], pair: &Pair) -> Vec<(f64, Setting, State)> {
    let likelihood = likelihoods(settings, apart);
    let weight: Vec<f64> = weights.iter().zip(likelihood).map(|(w, l)| w * l).collect();
    let least = 0.01 * weight.iter().copied().fold(0.0, f64::max);
    let mut parts: Vec<(f64, Setting, State)> =
        settings.iter().zip(weight).filter(|(_, w)| *w > least).map(|(s, w)| (w, *s, s.run(pair).1)).collect();
    let total: f64 = parts.iter().map(|p| p.0).sum();
    parts.iter_mut().for_each(|p| p.0 /= total);
    parts
}
