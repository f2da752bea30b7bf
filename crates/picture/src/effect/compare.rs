//! The comparison: which areas, in which mixture, moved like this one in the weeks before.

use super::Rules;

/// A stretch of weeks taken together, `from` inclusive to `to` exclusive.
#[derive(Clone, Copy, Debug)]
pub(super) struct Block {
    pub(super) from: usize,
    pub(super) to: usize,
    /// Whether the counts of the area itself are used; not so for weeks left out.
    pub(super) seen: bool,
}

/// Whole blocks back from the start, and blocks on from it; the first odd weeks are not used.
pub(super) fn blocks(start: usize, end: usize, rules: &Rules) -> (Vec<Block>, Vec<Block>) {
    let long = rules.block_weeks.max(1);
    let mut before: Vec<Block> = (1..=start / long)
        .map(|k| start - k * long)
        .map(|from| Block { from, to: from + long, seen: from + long + rules.leave_out <= start })
        .collect();
    before.reverse();
    let after = (start..end).step_by(long).map(|from| Block { from, to: (from + long).min(end), seen: true }).collect();
    (before, after)
}

pub(super) fn sum(counts: &[u32], block: &Block) -> f64 {
    counts[block.from..block.to].iter().map(|n| f64::from(*n)).sum()
}

/// One area's history, as far as choosing and comparing need it.
#[derive(Clone, Debug)]
pub(super) struct Area<'a> {
    pub(super) counts: &'a [u32],
    /// Mean count per block before the start.
    mean: f64,
    /// Smoothed count per block over its mean and over the town's, less one.
    apart: Vec<f64>,
}

/// The candidates for comparison, over the blocks before the start.
#[derive(Clone, Debug)]
pub(super) struct Panel<'a> {
    pub(super) donors: Vec<Area<'a>>,
    pub(super) before: Vec<Block>,
    /// Weights by steadiness alone: the less an area moves against the town, the more it tells.
    base: Vec<f64>,
    /// Town's relative level per block, smoothed.
    town: Vec<f64>,
    /// Products of the donors' movements: over the whole history, and over the two parts of it.
    gram: Vec<Vec<f64>>,
    grams: [Vec<Vec<f64>>; 2],
    /// How strongly weights are held to the base; infinite: nothing is gained by fitting.
    hold: f64,
}

/// The chosen mixture for one area, in that area's own counts.
#[derive(Clone, Debug)]
pub(super) struct Comparison {
    /// Weights of the donors, adding up to 1.
    pub(super) weights: Vec<f64>,
    /// Counts of the area per unit of the mixture.
    scale: f64,
}

/// What the comparison says of some weeks: counts expected if nothing came apart, and the variance
/// of that which comes from the chance in the donors' counts.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Level {
    pub(super) expected: f64,
    pub(super) noise: f64,
}

impl<'a> Panel<'a> {
    pub(super) fn new(donors: &[&'a [u32]], before: &[Block]) -> Self {
        let mut panel = Self {
            donors: Vec::new(),
            before: before.to_vec(),
            base: Vec::new(),
            town: vec![1.0; before.len()],
            gram: Vec::new(),
            grams: [Vec::new(), Vec::new()],
            hold: f64::INFINITY,
        };
        panel.donors = donors.iter().map(|counts| panel.area(counts)).collect();
        // Twice: against the plain mean of the shapes, then against the steadiness-weighted one.
        let mut base: Vec<f64> = panel.donors.iter().map(|d| d.mean).collect();
        for _ in 0..2 {
            let total: f64 = base.iter().sum();
            base.iter_mut().for_each(|b| *b /= total);
            panel.town = panel.mixture(&base);
            panel.donors = donors.iter().map(|counts| panel.area(counts)).collect();
            base = panel.donors.iter().map(|d| 1.0 / panel.moves(d)).collect();
        }
        let total: f64 = base.iter().sum();
        panel.base = base.iter().map(|b| b / total).collect();
        panel.gram = gram(&panel.donors, 0, before.len());
        panel
    }

    /// Smoothed relative level of a mixture, per block.
    fn mixture(&self, weights: &[f64]) -> Vec<f64> {
        let level: Vec<f64> = self
            .before
            .iter()
            .map(|b| self.donors.iter().zip(weights).map(|(d, w)| w * sum(d.counts, b) / d.mean).sum())
            .collect();
        smooth(&level)
    }

    /// An area as the panel sees it.
    pub(super) fn area(&self, counts: &'a [u32]) -> Area<'a> {
        let own: Vec<f64> = self.before.iter().map(|b| sum(counts, b)).collect();
        let mean = (own.iter().sum::<f64>() / own.len() as f64).max(1e-9);
        let mut apart: Vec<f64> = smooth(&own).iter().zip(&self.town).map(|(n, t)| n / mean / t.max(0.05)).collect();
        let middle = apart.iter().sum::<f64>() / apart.len() as f64;
        apart.iter_mut().for_each(|a| *a -= middle);
        Area { counts, mean, apart }
    }

    /// How much an area moves against the town from quarter to quarter, as a relative variance: what
    /// was seen, drawn to what its size makes us expect.
    fn moves(&self, area: &Area) -> f64 {
        let quarters: Vec<f64> =
            self.before.chunks(3).map(|q| q.iter().map(|b| sum(area.counts, b)).sum::<f64>()).collect();
        let town: Vec<f64> = self.town.chunks(3).map(|q| q.iter().sum::<f64>()).collect();
        let level: Vec<f64> = quarters.iter().zip(&town).map(|(n, t)| n / area.mean / t.max(0.05)).collect();
        let pairs = level.len().saturating_sub(1).max(1) as f64;
        let seen = level.windows(2).map(|w| (w[1] - w[0]).powi(2)).sum::<f64>() / (2.0 * pairs);
        let by_size = 0.005 + 1.5 / (3.0 * area.mean);
        (seen * pairs + by_size * 8.0) / (pairs + 8.0)
    }

    /// The history in two ways: the part fitted on, and the part judged.
    fn parts(&self) -> [((usize, usize), (usize, usize)); 2] {
        let n = self.before.len();
        let cut = n * 3 / 5;
        [((0, cut), (cut, n)), ((n - cut, n), (0, n - cut))]
    }

    /// Decides how far the weights may follow the fit: by how well mixtures fitted on one part of the
    /// history foretell the other part, over all candidates and the area itself.
    pub(super) fn choose(&mut self, treated: &Area) {
        let n = self.before.len();
        if n < 12 || self.donors.len() < 3 {
            return;
        }
        let mut best = (0.97, f64::INFINITY); // a fit must gain 3 % to be preferred
        let grams = self.parts().map(|((from, to), _)| gram(&self.donors, from, to));
        let plain = self.foretold(treated, &grams, f64::INFINITY);
        for hold in [0.03, 0.1, 0.3, 1.0, 3.0] {
            let error = self.foretold(treated, &grams, hold) / plain;
            if error < best.0 {
                best = (error, hold);
            }
        }
        self.hold = best.1;
        self.grams = grams;
    }

    /// Mean squared error of the level foretold for the part of the history left out of the fit, in
    /// units of what chance alone gives.
    fn foretold(&self, treated: &Area, grams: &[Vec<Vec<f64>>; 2], hold: f64) -> f64 {
        let mut error = 0.0;
        for ((fit, test), gram) in self.parts().into_iter().zip(grams) {
            for (skip, area) in self.donors.iter().enumerate().map(|(j, d)| (Some(j), d)).chain([(None, treated)]) {
                let cross = cross(&self.donors, area, fit.0, fit.1);
                let weights = weights(gram, &cross, &self.base, hold, skip);
                let level = |(from, to): (usize, usize)| {
                    let blocks = &self.before[from..to];
                    let own: f64 = blocks.iter().map(|b| sum(area.counts, b)).sum();
                    let other: f64 = self
                        .donors
                        .iter()
                        .zip(&weights)
                        .map(|(d, w)| w / d.mean * blocks.iter().map(|b| sum(d.counts, b)).sum::<f64>())
                        .sum();
                    ((own + 0.5) / other.max(1e-9), own + 0.5)
                };
                let ((was, base), (is, count)) = (level(fit), level(test));
                error += (is / was).ln().powi(2) / (0.01 + 1.5 / base + 1.5 / count);
            }
        }
        error
    }

    /// The mixture of candidates that moved like `area`; `skip` is the candidate it is itself.
    pub(super) fn compare(&self, area: &Area, skip: Option<usize>) -> Comparison {
        let cross = cross(&self.donors, area, 0, self.before.len());
        let weights = weights(&self.gram, &cross, &self.base, self.hold, skip);
        self.scaled(area, weights)
    }

    /// Comparisons for learning how the two come apart: on weeks that did not set the weights, so that a
    /// close fit does not pass for a small error. Each with the blocks of `all` it is for.
    pub(super) fn apart(&self, area: &Area, skip: Option<usize>, all: usize) -> Vec<(Comparison, usize, usize)> {
        if self.hold.is_infinite() {
            return vec![(self.compare(area, skip), 0, all)];
        }
        let n = self.before.len();
        let fits = self.parts().into_iter().zip(&self.grams).map(|(((from, to), (first, last)), gram)| {
            let cross = cross(&self.donors, area, from, to);
            let weights = weights(gram, &cross, &self.base, self.hold, skip);
            (self.scaled(area, weights), first, if last == n { all } else { last })
        });
        fits.collect()
    }

    fn scaled(&self, area: &Area, weights: Vec<f64>) -> Comparison {
        let mut comparison = Comparison { weights, scale: 1.0 };
        let (mut own, mut other) = (0.0, 0.0);
        for b in self.before.iter().filter(|b| b.seen) {
            own += sum(area.counts, b);
            other += self.level(&comparison, b.from, b.to).expected;
        }
        comparison.scale = own / other.max(1e-9);
        comparison
    }

    /// What the mixture says of the weeks `from` to `to`.
    pub(super) fn level(&self, comparison: &Comparison, from: usize, to: usize) -> Level {
        let mut level = Level::default();
        for (donor, weight) in self.donors.iter().zip(&comparison.weights) {
            if *weight > 0.0 {
                let unit = comparison.scale * weight / donor.mean;
                let n: f64 = donor.counts[from..to].iter().map(|n| f64::from(*n)).sum();
                level.expected += unit * n;
                level.noise += unit * unit * n;
            }
        }
        level
    }
}

/// 1-2-1 means of neighbouring blocks.
fn smooth(x: &[f64]) -> Vec<f64> {
    (0..x.len())
        .map(|i| {
            let (a, b) = (x[i.saturating_sub(1)], x[(i + 1).min(x.len() - 1)]);
            (a + 2.0 * x[i] + b) / 4.0
        })
        .collect()
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn gram(donors: &[Area], from: usize, to: usize) -> Vec<Vec<f64>> {
    donors.iter().map(|a| donors.iter().map(|b| dot(&a.apart[from..to], &b.apart[from..to])).collect()).collect()
}

fn cross(donors: &[Area], area: &Area, from: usize, to: usize) -> Vec<f64> {
    donors.iter().map(|d| dot(&d.apart[from..to], &area.apart[from..to])).collect()
}

/// Weights of at least 0 that fit the history, held to the base: minimises
/// |area - sum w donor|² + h sum (w - base)² / base by coordinate descent, with h = `hold` times the
/// mean square of the donors' movements; then scaled to add up to 1.
fn weights(gram: &[Vec<f64>], cross: &[f64], base: &[f64], hold: f64, skip: Option<usize>) -> Vec<f64> {
    let n = base.len();
    let mut w = base.to_vec();
    if let Some(j) = skip {
        w[j] = 0.0;
    }
    if hold.is_finite() {
        let h = hold * (0..n).map(|j| gram[j][j] * base[j]).sum::<f64>();
        let mut fitted: Vec<f64> = gram.iter().map(|row| dot(row, &w)).collect();
        for _ in 0..30 {
            let mut moved: f64 = 0.0;
            for j in (0..n).filter(|j| Some(*j) != skip) {
                let rest = fitted[j] - gram[j][j] * w[j];
                let step = ((cross[j] - rest + h) / (gram[j][j] + h / base[j])).max(0.0) - w[j];
                if step != 0.0 {
                    moved = moved.max(step.abs());
                    w[j] += step;
                    fitted.iter_mut().zip(&gram[j]).for_each(|(f, g)| *f += step * g);
                }
            }
            if moved < 1e-5 {
                break;
            }
        }
    }
    let total: f64 = w.iter().sum();
    if total > 0.0 {
        w.iter_mut().for_each(|w| *w /= total);
    } else {
        w = base.to_vec();
    }
    w
}
