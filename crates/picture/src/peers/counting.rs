//! Counting: the last period, all periods, and exponential weights.

use super::{Peer, best, rescaled};
use crate::backtest::panel::Past;
use std::ops::Range;

/// Half-lives that are tried, in weeks.
pub(super) const HALF_LIVES: [f64; 7] = [2.0, 4.0, 8.0, 16.0, 26.0, 52.0, 104.0];
/// Older weeks have no weight.
pub(super) const WINDOW: usize = 156;

/// Mean of the last so many weeks; `usize::MAX` is all that is known.
pub struct LastWeeks(pub usize);

impl Peer for LastWeeks {
    fn name(&self) -> String {
        match self.0 {
            1 => "last week".to_owned(),
            usize::MAX => "all history".to_owned(),
            n => format!("last {n} weeks"),
        }
    }

    fn rates(&mut self, past: &Past<'_>) -> Vec<f64> {
        mean(past, &vec![1.0; self.0.min(past.weeks())])
    }
}

/// Exponentially weighted mean per cell; the half-life is tuned, the level is that of the last four weeks.
pub struct Ewma {
    half_life: f64,
}

impl Default for Ewma {
    fn default() -> Self {
        Self { half_life: 16.0 }
    }
}

impl Peer for Ewma {
    fn name(&self) -> String {
        format!("EWMA, half-life {} wk", self.half_life)
    }

    fn tune(&mut self, past: &Past<'_>, weeks: Range<usize>) {
        let found = best(past, weeks, &HALF_LIVES, |past, h| mean(past, &decay(h, WINDOW)));
        self.half_life = found.unwrap_or(self.half_life);
    }

    fn rates(&mut self, past: &Past<'_>) -> Vec<f64> {
        rescaled(past, mean(past, &decay(self.half_life, WINDOW)))
    }
}

/// Weights of the last `n` weeks, newest first; they add up to one.
pub(super) fn decay(half_life: f64, n: usize) -> Vec<f64> {
    let a = 0.5f64.powf(1.0 / half_life);
    let weights: Vec<f64> = (0..n).map(|i| a.powi(i as i32)).collect();
    let sum: f64 = weights.iter().sum();
    weights.into_iter().map(|w| w / sum).collect()
}

/// Weighted mean per cell; weights newest first.
pub(super) fn mean(past: &Past<'_>, weights: &[f64]) -> Vec<f64> {
    let weights = &weights[..weights.len().min(past.weeks())];
    let sum = weights.iter().sum::<f64>().max(1e-300);
    let mut out = vec![0.0; past.cells().len()];
    for (age, w) in weights.iter().enumerate() {
        let counts = past.counts(past.weeks() - 1 - age);
        out.iter_mut().zip(counts).for_each(|(o, y)| *o += w * f64::from(*y));
    }
    out.iter_mut().for_each(|o| *o /= sum);
    out
}
