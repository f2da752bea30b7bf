//! What a weekly series makes us expect: level, trend and season by a quasi-Poisson regression with
//! shrinkage, in which past outbreaks weigh little; on top of it a slow drift of the level where the
//! series shows one.
//!
//! The regression is ln mean = level + slope x years + two harmonics of the year. Normal priors draw slope
//! and harmonics to zero, so that eight weeks of history give a level with a wide margin and ten years give a
//! season. Weeks far above the fit weigh `(limit / residual)^4` (after Noufaily et al. 2013, with the residual
//! of Anscombe); both the score and the variance are corrected for what the weights take from a series without
//! outbreaks (Cantoni & Ronchetti 2001), so that the fit has no bias there.

#![allow(clippy::needless_range_loop, reason = "rows and columns of small matrices")]

use super::Rules;
use super::robust::{Losses, residual, trust, weight};
use super::tail::above_and_at;

/// Level, slope, and two harmonics.
const P: usize = 6;
type Row = [f64; P];

/// What all series of one length share: a row of the design per week.
pub(super) struct Design {
    rows: Vec<Row>,
}

impl Design {
    /// Rows for `weeks` weeks; the slope counts years from week `origin`.
    pub(super) fn new(weeks: usize, origin: usize, year: f64) -> Self {
        let row = |t: usize| {
            let years = (t as f64 - origin as f64) / year;
            let (s1, c1) = (std::f64::consts::TAU * years).sin_cos();
            [1.0, years, c1, s1, c1 * c1 - s1 * s1, 2.0 * s1 * c1]
        };
        Self { rows: (0..weeks).map(row).collect() }
    }
}

/// The expectation of one week.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Expectation {
    pub(super) mean: f64,
    /// Variance of a count over its mean, when the mean is known.
    pub(super) spread: f64,
    /// Standard deviation of what is known about ln spread.
    pub(super) spread_doubt: f64,
    /// Variance of what is known about ln mean.
    pub(super) doubt: f64,
}

impl Expectation {
    /// Chance of more than `count`, and of exactly `count`, averaged over the doubt about the spread.
    pub(super) fn above_and_at(&self, count: u32) -> (f64, f64) {
        let at = |spread: f64| {
            let extra = (f64::max(spread, 1.0) - 1.0) * self.mean + self.doubt * self.mean * self.mean;
            above_and_at(count, self.mean, extra)
        };
        if self.spread_doubt < 0.08 {
            return at(self.spread);
        }
        // Gauss-Hermite, three points
        let far = (3f64.sqrt() * self.spread_doubt).exp();
        let (low, mid, high) = (at(self.spread / far), at(self.spread), at(self.spread * far));
        ((low.0 + high.0) / 6.0 + mid.0 / 1.5, (low.1 + high.1) / 6.0 + mid.1 / 1.5)
    }
}

impl Expectation {
    /// Share of the variance of the count that is doubt about its mean.
    pub(super) fn doubtful(&self) -> f64 {
        let doubt = self.doubt * self.mean;
        doubt / (self.spread + doubt)
    }

    /// The smallest count of which the chance of more is at most half of `share`.
    pub(super) fn above(&self, share: f64) -> f64 {
        let variance = self.spread * self.mean + self.doubt * self.mean * self.mean;
        let mut step = f64::max((0.25 * variance.sqrt()).floor(), 1.0);
        let mut count = 0.0;
        loop {
            if self.above_and_at(count as u32).0 > 0.5 * share && count < 1e9 {
                count += step;
            } else if step > 1.0 {
                count = (count - step).max(0.0);
                step = 1.0;
            } else {
                return count;
            }
        }
    }
}

/// A series that is fitted again and again as its history grows.
pub(super) struct Fitter<'a> {
    design: &'a Design,
    rules: &'a Rules,
    counts: Vec<f64>,
    /// counts^(2/3), for the residuals.
    powers: Vec<f64>,
    missing: &'a dyn Fn(usize) -> bool,
    beta: Row,
    covariance: [Row; P],
    /// Variance of a count over its mean.
    pub(super) spread: f64,
    /// The spread if no week is an outbreak.
    raw: f64,
    /// Standard deviation of what is known about ln spread.
    spread_doubt: f64,
    seen: Vec<Seen>,
    pub(super) drift: Drift,
    started: bool,
}

/// What the last round of a fit made of one week.
#[derive(Clone, Copy, Default)]
struct Seen {
    mean: f64,
    /// Weighed gap between count and mean, without bias, over the mean.
    gap: f64,
    /// Zero for a missing week.
    weight: f64,
    /// Variance of the relative gap.
    noise: f64,
    /// Anscombe's.
    residual: f64,
}

/// A level that walks slowly away from the regression.
#[derive(Clone, Copy, Default)]
pub(super) struct Drift {
    /// Log of the level over that of the regression, in the last fitted week.
    level: f64,
    variance: f64,
    /// Growth of the variance per week.
    pub(super) step: f64,
    /// Weeks fitted.
    end: usize,
}

impl<'a> Fitter<'a> {
    pub(super) fn new(
        counts: &[u32],
        missing: &'a dyn Fn(usize) -> bool,
        design: &'a Design,
        rules: &'a Rules,
    ) -> Self {
        let counts: Vec<f64> = counts.iter().map(|n| f64::from(*n)).collect();
        let powers = counts.iter().map(|y| y.cbrt().powi(2)).collect();
        Self {
            design,
            rules,
            seen: vec![Seen::default(); counts.len()],
            counts,
            powers,
            missing,
            beta: [0.0; P],
            covariance: [[0.0; P]; P],
            spread: rules.spread,
            raw: rules.spread,
            spread_doubt: 0.0,
            drift: Drift::default(),
            started: false,
        }
    }

    /// Fits the weeks before `end`; starts from the fit before, if there is one.
    pub(super) fn fit(&mut self, end: usize) {
        let from = end.saturating_sub(self.rules.history);
        if !self.started {
            let known = (from..end).filter(|t| !(self.missing)(*t));
            let (n, sum) = known.fold((0.0, 0.0), |(n, s), t| (n + 1.0, s + self.counts[t]));
            self.beta = [0.0; P];
            self.beta[0] = ((sum + 0.5) / f64::max(n, 1.0)).ln();
            self.spread = f64::max(self.rules.spread, 1.0);
        }
        let rounds = if self.started { 2 } else { 15 };
        for _ in 0..rounds {
            if self.step(from, end) < 1e-4 {
                break;
            }
        }
        self.started = true;
        self.drift(from, end);
    }

    /// Weeks far above the fit are taken for outbreaks, but a clumpy kind of event has them by nature, and the
    /// counts do not tell the two apart. From here on the spread lies halfway (on the log scale) between both
    /// readings, and all doubt with it: fewer rises are found, and the false ones stay as few as promised.
    pub(super) fn cautious(&mut self) {
        let wider = f64::max(self.raw / self.spread, 1.0).sqrt();
        self.spread *= wider;
        self.covariance.as_flattened_mut().iter_mut().for_each(|c| *c *= wider);
        self.drift.variance *= wider;
        self.drift.step *= wider;
    }

    /// One Newton step with the weights and the spread of the fit so far. Returns its size.
    fn step(&mut self, from: usize, end: usize) -> f64 {
        let losses = Losses::of(self.spread);
        let scale = self.spread.sqrt();
        let mut gradient = [0.0; P];
        let mut information = [[0.0; P]; P];
        let (mut raw, mut all) = (0.0, 0.0);
        let (mut squares, mut kept, mut told, mut noise, mut weeks) = (0.0, 0.0, 0.0, 0.0, 0.0);
        let mut before: f64 = 0.0;
        for t in from..end {
            if (self.missing)(t) {
                before = 0.0;
                continue;
            }
            let x = &self.design.rows[t];
            let eta: f64 = x.iter().zip(&self.beta).map(|(x, b)| x * b).sum();
            let eta = eta.clamp(-14.0, 14.0);
            let sixth = (eta / 6.0).exp();
            let half = sixth * sixth * sixth;
            let mean = half * half;
            let residual = residual(self.powers[t], sixth, scale);
            let beside = f64::max(before, if t + 1 < end { self.seen[t + 1].residual } else { 0.0 });
            let trust = trust(beside);
            before = residual;
            let weight = weight(residual) * trust;
            let loss = losses.at(eta);
            let gap = self.counts[t] - mean;
            raw += gap * gap;
            all += mean;
            squares += weight * gap * gap;
            kept += trust * loss.keep * mean;
            noise += trust * loss.noise * mean * mean;
            weeks += 1.0;
            let score = weight * gap + trust * loss.bias * scale * half;
            let variance = self.spread * loss.keep / mean;
            self.seen[t] = Seen { mean, gap: score / mean, weight, noise: variance, residual };
            // what the score really loses when the mean moves: the weights move too
            let w = trust * loss.keep * mean;
            told += trust * f64::max(loss.slope, 0.2) * mean;
            for i in 0..P {
                gradient[i] += score * x[i];
                let wx = w * x[i];
                for j in 0..=i {
                    information[i][j] += wx * x[j];
                }
            }
        }
        // Half an event in all keeps the level of an empty series finite (Jeffreys).
        gradient[0] += 0.5;
        let free = (weeks + 1.0) / f64::max(weeks - 2.0, 1.0);
        let own = f64::max(free * squares / f64::max(kept, 1e-9), 0.9).ln();
        self.raw = free * raw / f64::max(all, 1e-9);
        let doubt = if told > 1e-9 { noise / (told * told) } else { 1e6 };
        let prior = self.rules.spread_sd.powi(2);
        let ln = (own * prior + self.rules.spread.ln() * doubt) / (prior + doubt);
        self.spread = ln.exp().clamp(1.0, 100.0);
        self.spread_doubt = (prior * doubt / (prior + doubt)).sqrt();
        let r = self.rules;
        let priors = [0.0, r.slope_sd, r.season_sd, r.season_sd, r.shape_sd, r.shape_sd];
        for i in 0..P {
            information[i][i] += 1e-9;
            if priors[i] > 0.0 {
                // The likelihood counts 1/spread; the prior keeps its place beside it.
                let precision = self.spread / (priors[i] * priors[i]);
                information[i][i] += precision;
                gradient[i] -= precision * self.beta[i];
            }
        }
        let inverse = invert(information);
        let mut size: f64 = 0.0;
        for i in 0..P {
            let move_by: f64 = (0..P).map(|j| inverse[i][j] * gradient[j]).sum();
            let move_by = move_by.clamp(-2.0, 2.0);
            self.beta[i] += move_by;
            size = size.max(move_by.abs());
            for j in 0..P {
                self.covariance[i][j] = inverse[i][j] * self.spread;
            }
        }
        size
    }

    fn regression(&self, t: usize) -> (f64, f64) {
        let x = &self.design.rows[t];
        let eta: f64 = x.iter().zip(&self.beta).map(|(x, b)| x * b).sum();
        let mut doubt = 0.0;
        for i in 0..P {
            let row: f64 = (0..P).map(|j| self.covariance[i][j] * x[j]).sum();
            doubt += x[i] * row;
        }
        (eta.clamp(-14.0, 14.0).exp(), doubt)
    }

    /// Follows the level of the residuals, for several speeds; keeps the likeliest, with a preference for none.
    fn drift(&mut self, from: usize, end: usize) {
        let total: f64 = self.seen[from..end].iter().map(|s| s.mean).sum();
        let noise = self.spread * (end - from) as f64 / f64::max(total, 1e-6);
        let mut best = (f64::NEG_INFINITY, Drift { end, ..Drift::default() }, 1.0);
        for speed in self.rules.drift_speeds.iter().copied() {
            let (likelihood, drift, scale) = self.follow(from, end, speed * noise);
            let preference = if speed > 0.0 { self.rules.drift_doubt } else { 0.0 };
            if likelihood - preference > best.0 {
                best = (likelihood - preference, drift, scale);
            }
        }
        self.drift = best.1;
        if best.1.step > 0.0 {
            self.spread = f64::max(self.spread * best.2, 1.0);
        }
    }

    /// A local level (Kalman) over the weighed residuals: log likelihood, level, and the scale that fits.
    fn follow(&self, from: usize, end: usize, step: f64) -> (f64, Drift, f64) {
        let (mut level, mut variance) = (0.0, 0.0);
        let (mut n, mut squares, mut logs, mut product) = (0.0, 0.0, 0.0, 1.0_f64);
        for seen in &self.seen[from..end] {
            variance += step;
            if seen.weight == 0.0 {
                continue;
            }
            let noise = seen.noise + variance;
            let sure = 1.0 / noise;
            let gap = seen.gap - seen.weight * level;
            squares += gap * gap * sure;
            product *= noise;
            // one logarithm for many weeks
            if !(1e-200..1e200).contains(&product) {
                logs += product.ln();
                product = 1.0;
            }
            n += 1.0;
            let gain = variance * sure;
            level += gain * gap;
            variance *= 1.0 - gain;
        }
        logs += product.ln();
        let scale = squares / f64::max(n, 1.0);
        let likelihood = -0.5 * (n * f64::max(scale, 1e-9).ln() + logs);
        (likelihood, Drift { level, variance, step, end }, scale)
    }

    /// A week that was far above the fit in most earlier years (fireworks, a fair): log of how far, and the
    /// variance of what is known about that. The week of a date lies a whole number of weeks back, of which only
    /// the rounding is unknown: four are tried.
    fn yearly(&self, t: usize) -> (f64, f64) {
        let rules = self.rules;
        let years = (t as f64 / rules.year) as usize;
        let mut best = (0.0, 0.0);
        for rounding in [0.0, 0.25, 0.5, 0.75] {
            let (mut n, mut far, mut sum, mut squares) = (0.0, 0.0, 0.0, 0.0);
            for k in 1..=years {
                let back = (rules.year * k as f64 + rounding) as usize;
                let Some(seen) = t.checked_sub(back).map(|at| (at, &self.seen[at])).filter(|s| s.1.weight > 0.0) else {
                    continue;
                };
                let ratio = ((self.counts[seen.0] + 0.5) / (seen.1.mean + 0.5)).ln();
                n += 1.0;
                far += f64::from(u8::from(seen.1.residual > rules.yearly_residual));
                sum += ratio;
                squares += ratio * ratio;
            }
            if far < 2.0 || 3.0 * far < 2.0 * n {
                continue;
            }
            let mean = sum / n;
            if mean > best.0 {
                let between = f64::max((squares - n * mean * mean) / (n - 1.0), 0.01);
                best = (mean, between * (1.0 + 1.0 / n));
            }
        }
        best
    }

    /// The expectation of week `t`, with what was fitted.
    pub(super) fn expect(&self, t: usize) -> Expectation {
        let (mean, doubt) = self.regression(t);
        let ahead = (t + 1).saturating_sub(self.drift.end) as f64;
        let (yearly, yearly_doubt) = self.yearly(t);
        let mean = mean * (1.0 + self.drift.level.max(-0.9)) * yearly.exp();
        let doubt = doubt + self.drift.variance + ahead * self.drift.step + yearly_doubt;
        Expectation { mean, spread: self.spread, spread_doubt: self.spread_doubt, doubt }
    }
}

/// The inverse of a positive definite matrix, of which the lower half is given (Cholesky).
fn invert(mut a: [Row; P]) -> [Row; P] {
    for i in 0..P {
        for j in 0..=i {
            let sum: f64 = (0..j).map(|k| a[i][k] * a[j][k]).sum();
            if i == j {
                a[i][i] = f64::max(a[i][i] - sum, 1e-12).sqrt();
            } else {
                a[i][j] = (a[i][j] - sum) / a[j][j];
            }
        }
    }
    let mut lower = [[0.0; P]; P];
    for i in 0..P {
        lower[i][i] = 1.0 / a[i][i];
        for j in 0..i {
            let sum: f64 = (j..i).map(|k| a[i][k] * lower[k][j]).sum();
            lower[i][j] = -sum / a[i][i];
        }
    }
    let mut out = [[0.0; P]; P];
    for i in 0..P {
        for j in 0..P {
            out[i][j] = (i.max(j)..P).map(|k| lower[k][i] * lower[k][j]).sum();
        }
    }
    out
}
