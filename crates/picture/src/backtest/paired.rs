//! Is one better than another, or was it luck: differences paired by week, with the bootstrap.

use super::draw::Draw;
use crate::forecast::Total;
use crate::score::expected_hits;
use serde::{Deserialize, Serialize};

/// Resamples of the weeks.
const RESAMPLES: usize = 1_000;
/// The same weeks are drawn for every comparison.
const SEED: u64 = 7;

/// What happened in each week of the test, for one method.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Weekly {
    /// Per coverage, per week.
    pub(super) hits: Vec<Vec<f64>>,
    /// Summed deviance per week; empty for hot times.
    pub(super) deviance: Vec<f64>,
}

/// What is the same for all methods, per week.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Weeks {
    /// Per coverage, per week: the hits of perfect foresight.
    pub(super) possible: Vec<Vec<f64>>,
    /// Events, inside or outside the area.
    pub(super) events: Vec<f64>,
    /// Cells of the area.
    pub(super) cells: f64,
}

/// A figure with its 95 % interval.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Interval {
    /// Lower end.
    pub low: f64,
    /// The figure.
    pub value: f64,
    /// Upper end.
    pub high: f64,
}

/// Our forecast minus another, over the same weeks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Difference {
    /// The other.
    pub against: String,
    /// Per coverage in PEI*; above 0 is better.
    pub pei: Vec<Interval>,
    /// Per coverage in hit rate; above 0 is better.
    pub hit_rate: Vec<Interval>,
    /// In mean deviance; below 0 is better. None for hot times.
    pub deviance: Option<Interval>,
}

impl Weekly {
    pub(super) fn new(coverages: usize) -> Self {
        Self { hits: vec![Vec::new(); coverages], deviance: Vec::new() }
    }

    /// Adds a week; `order` by falling expectation, with what happened.
    pub(super) fn week(&mut self, order: &[(f64, f64)], picked: &[usize]) {
        for (hits, k) in self.hits.iter_mut().zip(picked) {
            hits.push(expected_hits(order, *k));
        }
    }

    /// Adds a week's deviance (Poisson, the expectation at least one in a million as in the protocol).
    pub(super) fn deviate(&mut self, said: &[Total], real: &[f64]) {
        let each = said.iter().zip(real).map(|(t, y)| {
            let m = t.expected.max(1e-6);
            2.0 * (if *y > 0.0 { y * (y / m).ln() } else { 0.0 } - (y - m))
        });
        self.deviance.push(each.sum());
    }
}

impl Weeks {
    /// Weeks drawn with replacement, the same for every figure.
    fn drawn(&self) -> Vec<Vec<usize>> {
        let n = self.events.len();
        let mut draw = Draw::new(SEED);
        (0..RESAMPLES).map(|_| (0..n).map(|_| draw.below(n)).collect()).collect()
    }

    /// Sum of `above` over sum of `below`, with its interval.
    fn ratio(drawn: &[Vec<usize>], above: &[f64], below: &[f64]) -> Interval {
        let over = |a: f64, b: f64| if b > 0.0 { a / b } else { 0.0 };
        let value = over(above.iter().sum(), below.iter().sum());
        let mut all: Vec<f64> = drawn
            .iter()
            .map(|weeks| over(weeks.iter().map(|w| above[*w]).sum(), weeks.iter().map(|w| below[*w]).sum()))
            .collect();
        all.sort_unstable_by(f64::total_cmp);
        let point = |q: f64| {
            let at = q * (all.len() - 1) as f64;
            let (low, part) = (at.floor() as usize, at.fract());
            all[low] + part * (all[(low + 1).min(all.len() - 1)] - all[low])
        };
        Interval { low: point(0.025), value, high: point(0.975) }
    }

    /// Hit rate and PEI* per coverage of one method.
    pub(super) fn hits(&self, of: &Weekly) -> (Vec<Interval>, Vec<Interval>) {
        let drawn = self.drawn();
        let rate = of.hits.iter().map(|h| Self::ratio(&drawn, h, &self.events));
        let pei = of.hits.iter().zip(&self.possible).map(|(h, p)| Self::ratio(&drawn, h, p));
        (rate.collect(), pei.collect())
    }

    /// One method against another.
    pub(super) fn difference(&self, ours: &Weekly, other: &Weekly, against: &str) -> Difference {
        let minus = |a: &[f64], b: &[f64]| -> Vec<f64> { a.iter().zip(b).map(|(a, b)| a - b).collect() };
        let hits = ours.hits.iter().zip(&other.hits).map(|(a, b)| minus(a, b)).collect();
        let gained = Weekly { hits, deviance: minus(&ours.deviance, &other.deviance) };
        let (hit_rate, pei) = self.hits(&gained);
        let cells = vec![self.cells; self.events.len()];
        let deviance =
            (gained.deviance.len() == cells.len()).then(|| Self::ratio(&self.drawn(), &gained.deviance, &cells));
        Difference { against: against.to_owned(), pei, hit_rate, deviance }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_steady_gain_is_sure_and_a_lucky_week_is_not() {
        let weeks = Weeks { possible: vec![vec![10.0; 20]], events: vec![20.0; 20], cells: 5.0 };
        let base = Weekly { hits: vec![vec![4.0; 20]], deviance: vec![8.0; 20] };
        let steady = Weekly { hits: vec![vec![5.0; 20]], deviance: vec![7.0; 20] };
        let d = weeks.difference(&steady, &base, "base");
        let sure = |low, value, high| Interval { low, value, high };
        assert_eq!((d.pei[0], d.hit_rate[0]), (sure(0.1, 0.1, 0.1), sure(0.05, 0.05, 0.05)));
        assert_eq!(d.deviance, Some(sure(-0.2, -0.2, -0.2)));
        let mut lucky = base.clone();
        lucky.hits[0][3] = 10.0;
        let d = weeks.difference(&lucky, &base, "base");
        assert!(d.pei[0].low == 0.0 && d.pei[0].value > 0.0 && d.pei[0].high > d.pei[0].value);
        assert_eq!(d, weeks.difference(&lucky, &base, "base"));
    }
}
