//! What was to be expected of each week, from the weeks before it only.

use picture::count::{predictive90, two_sided};
use picture::{ChangeRules, expected_of_weeks};

/// What one week was expected to bring.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Expect {
    /// The mean.
    pub(crate) mean: f64,
    /// Variance beyond chance.
    pub(crate) extra: f64,
    /// Nine of ten such weeks fall between these.
    pub(crate) band: (f64, f64),
}

impl Expect {
    /// The chance of a count at least as odd as this one.
    pub(crate) fn odd(&self, count: u32) -> f64 {
        two_sided(u64::from(count), self.mean, self.extra)
    }

    /// More (1), less (-1) or no clear difference (0), by the band.
    pub(crate) fn side(&self, count: u32) -> i8 {
        i8::from(f64::from(count) > self.band.1) - i8::from(f64::from(count) < self.band.0)
    }
}

/// Weeks from which the variance beyond chance is taken.
const SPREAD_WEEKS: usize = 26;
/// Fewer known expectations than this tell nothing about it.
const LEAST_WEEKS: usize = 8;

/// The expectations of the last `n` of these weeks; `None` while the history is too short. Each rests on the weeks before it: their level and the season of earlier years.
pub(crate) fn expectations(counts: &[u32], n: usize, rules: &ChangeRules) -> Vec<Option<Expect>> {
    let rules = ChangeRules { weeks: 1, look_back: 1, ..*rules };
    let begin = counts.len().saturating_sub(n);
    let early = begin.saturating_sub(SPREAD_WEEKS);
    let means: Vec<Option<f64>> = (early..counts.len()).map(|t| expected_of_weeks(&counts[..=t], &rules)).collect();
    (begin..counts.len())
        .map(|t| {
            let mean = means[t - early]?;
            let before = (early..t).rev().filter_map(|i| Some((f64::from(counts[i]), means[i - early]?)));
            let before: Vec<(f64, f64)> = before.take(SPREAD_WEEKS).collect();
            let extra = (spread(&before) - 1.0) * mean;
            Some(Expect { mean, extra, band: predictive90(mean, extra) })
        })
        .collect()
}

/// Variance over mean of these counts around their means, at least 1. A week far out counts only as far as two and a
/// half standard deviations, so that a rise does not widen the band by which the next week is judged.
fn spread(before: &[(f64, f64)]) -> f64 {
    let mut squares: Vec<f64> = before.iter().filter(|(_, m)| *m > 0.0).map(|(y, m)| (y - m).powi(2) / m).collect();
    if squares.len() < LEAST_WEEKS {
        return 1.0;
    }
    squares.sort_by(f64::total_cmp);
    // the median of a squared standard normal variable is 0.455
    let usual = (squares[squares.len() / 2] / 0.455).max(1.0);
    (squares.iter().map(|s| s.min(6.25 * usual)).sum::<f64>() / squares.len() as f64).max(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Three years of about twenty a week with a season, from fixed noise.
    fn weeks(n: usize) -> Vec<u32> {
        let mut state = 7_u64;
        let mut noise = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 40) as f64 / (1u64 << 24) as f64
        };
        (0..n)
            .map(|w| {
                let mean: f64 = 20.0 + 6.0 * (w as f64 / 52.0 * std::f64::consts::TAU).sin();
                let (mut k, mut p) = (0, noise());
                while p > (-mean).exp() && k < 200 {
                    p *= noise();
                    k += 1;
                }
                k
            })
            .collect()
    }

    #[test]
    fn about_nine_of_ten_weeks_fall_in_the_band_and_a_doubling_does_not() {
        let mut counts = weeks(156);
        let found = expectations(&counts, 78, &ChangeRules::default());
        let inside = found.iter().zip(&counts[78..]).filter(|(e, n)| e.unwrap().side(**n) == 0).count();
        assert!((64..=77).contains(&inside), "{inside} of 78");
        *counts.last_mut().unwrap() = 60;
        let last = expectations(&counts, 1, &ChangeRules::default())[0].unwrap();
        assert!(last.side(60) == 1 && last.odd(60) < 0.001 && last.side(0) == -1, "{last:?}");
    }

    #[test]
    fn later_weeks_change_nothing_and_a_short_history_says_nothing() {
        let counts = weeks(120);
        let rules = ChangeRules::default();
        let all = expectations(&counts, 40, &rules);
        let cut = expectations(&counts[..100], 20, &rules);
        assert_eq!(all[0].unwrap().mean, cut[0].unwrap().mean, "no hindsight");
        assert!(expectations(&counts[..5], 5, &rules).iter().all(Option::is_none));
        assert!(expectations(&[], 4, &rules).is_empty());
    }
}
