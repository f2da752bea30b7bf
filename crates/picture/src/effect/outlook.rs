//! What would have been counted without a measure, as a distribution; and which effects agree with
//! what was counted.

use super::compare::Level;
use super::drift::{Setting, State};
use crate::count::upper_tail;

/// The count ahead without a measure: a mixture over the settings of chance and drift.
#[derive(Clone, Debug)]
pub(super) struct Outlook {
    parts: Vec<Part>,
    /// Mean of the ratio per block, and its variance, over the mixture.
    pub(super) ratios: Vec<(f64, f64)>,
    /// Variance over mean of the counts, over the mixture.
    pub(super) chance: f64,
}

#[derive(Clone, Copy, Debug)]
struct Part {
    weight: f64,
    mean: f64,
    /// Relative variance of the mean.
    doubt: f64,
    chance: f64,
}

impl Outlook {
    /// `counted`: events in the history, from which the level was learnt.
    pub(super) fn new(parts: &[(f64, Setting, State)], levels: &[Level], counted: f64) -> Self {
        // Half an event, as Jeffreys' prior for a Poisson level; matters below some ten events.
        let more = (counted + 0.5) / counted.max(0.5);
        let mut ratios = vec![(0.0, 0.0); levels.len()];
        let mut outlook = Vec::with_capacity(parts.len());
        let mut chance = 0.0;
        for (weight, setting, state) in parts {
            let ahead = setting.ahead(state, levels);
            let mean = ahead.mean.max(0.02 * levels.iter().map(|l| l.expected).sum::<f64>()).max(1e-6);
            outlook.push(Part {
                weight: *weight,
                mean: mean * more,
                doubt: ahead.variance / (mean * mean),
                chance: setting.chance,
            });
            chance += weight * setting.chance;
            for (r, (m, v)) in ratios.iter_mut().zip(&ahead.ratios) {
                r.0 += weight * m;
                r.1 += weight * (v + m * m);
            }
        }
        for r in &mut ratios {
            *r = (r.0 * more, (r.1 - r.0 * r.0).max(0.0) * more * more);
        }
        Self { parts: outlook, ratios, chance }
    }

    pub(super) fn mean(&self) -> f64 {
        self.parts.iter().map(|p| p.weight * p.mean).sum()
    }

    /// The chance of `count` or more when the measure leaves `factor` of what would have come.
    pub(super) fn at_least(&self, count: u64, factor: f64) -> f64 {
        self.parts
            .iter()
            .map(|p| {
                let mean = p.mean * factor;
                let extra = (p.chance - 1.0) * mean + p.doubt * mean * mean;
                p.weight * upper_tail(count, mean, extra)
            })
            .sum()
    }

    /// The chance of `count` or fewer.
    pub(super) fn at_most(&self, count: u64, factor: f64) -> f64 {
        1.0 - self.at_least(count + 1, factor)
    }

    /// Chance below, plus half the chance of the count itself.
    pub(super) fn middle(&self, count: u64, factor: f64) -> f64 {
        1.0 - 0.5 * (self.at_least(count, factor) + self.at_least(count + 1, factor))
    }

    /// The factors that agree with a count: lowest, best, highest.
    pub(super) fn factors(&self, count: u64, level: f64) -> (f64, f64, f64) {
        let tail = (1.0 - level) / 2.0;
        let best = count as f64 / self.mean();
        let low = if count == 0 { 0.0 } else { solve(best, 1.0 - tail, |f| self.middle(count, f)) };
        let high = solve(best, tail, |f| self.at_most(count, f));
        (low.min(best), best, high.max(best))
    }

    /// The counts between which the count falls with chance `level` when nothing changes.
    pub(super) fn range(&self, level: f64) -> (f64, f64) {
        let tail = (1.0 - level) / 2.0;
        let low = first(self.mean(), |n| self.at_most(n, 1.0) > tail);
        let high = first(self.mean(), |n| self.at_least(n + 1, 1.0) <= tail);
        (low as f64, high as f64)
    }

    /// The most that still would show as a fall; `None` when not even no event would.
    pub(super) fn most_that_shows(&self, level: f64) -> Option<u64> {
        let tail = (1.0 - level) / 2.0;
        first(self.mean(), |n| self.at_most(n, 1.0) > tail).checked_sub(1)
    }
}

/// The first count for which a condition that stays true becomes true.
fn first(near: f64, holds: impl Fn(u64) -> bool) -> u64 {
    let mut high = (near.max(1.0) * 1.5) as u64 + 4;
    while !holds(high) && high < u64::from(u32::MAX) {
        high *= 2;
    }
    let mut low = 0;
    while low < high {
        let middle = low + (high - low) / 2;
        if holds(middle) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    low
}

/// The factor at which a chance that falls as the factor grows comes to `tail` (false position on the
/// log odds, with Illinois' halving).
pub(super) fn solve(near: f64, tail: f64, chance: impl Fn(f64) -> f64) -> f64 {
    let odds = |p: f64| (p.clamp(1e-12, 1.0 - 1e-12) / (1.0 - p.clamp(1e-12, 1.0 - 1e-12))).ln();
    let gap = |log: f64| odds(chance(log.exp())) - odds(tail);
    let mut low = near.clamp(1e-3, 1e3).ln();
    let mut high = low;
    let (mut above, mut below) = (gap(low), gap(high));
    let mut step = 0.3;
    while above <= 0.0 && low > -14.0 {
        (high, below) = (low, above);
        low -= step;
        above = gap(low);
        step *= 1.6;
    }
    while below > 0.0 && high < 14.0 {
        (low, above) = (high, below);
        high += step;
        below = gap(high);
        step *= 1.6;
    }
    for _ in 0..60 {
        if high - low < 1e-5 {
            break;
        }
        let at = ((low * below - high * above) / (below - above)).clamp(low, high);
        let is = gap(at);
        if is.abs() < 1e-5 {
            return at.exp();
        }
        if is > 0.0 {
            (low, above) = (at, is);
            below *= 0.5;
        } else {
            (high, below) = (at, is);
            above *= 0.5;
        }
    }
    (0.5 * (low + high)).exp()
}

/// The whole counts below and above which a count with this mean, and this variance beyond chance, falls
/// with chance `tail` each.
pub(super) fn points(mean: f64, extra: f64, tail: f64) -> (f64, f64) {
    if mean <= 0.0 {
        return (0.0, 0.0);
    }
    if mean > 200.0 {
        let sd = (mean + extra.max(0.0)).sqrt();
        let z = crate::count::z(1.0 - tail);
        return ((mean - z * sd).max(0.0).floor(), (mean + z * sd).ceil());
    }
    let size = if extra > 1e-9 * mean { mean * mean / extra } else { 1e12 };
    let odds = mean / (size + mean);
    let mut chance = (-size * (mean / size).ln_1p()).exp();
    let (mut sum, mut count, mut low) = (chance, 0.0, None);
    while sum < 1.0 - tail && count < 1e5 {
        if sum > tail {
            low.get_or_insert(count);
        }
        chance *= (size + count) * odds / (count + 1.0);
        count += 1.0;
        sum += chance;
    }
    (low.unwrap_or(count), count)
}
