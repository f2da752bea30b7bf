//! Weighted estimates with a 95 % interval (domain chapter 4). Pure.
//!
//! A percentage gets a Wilson interval and a mean `± 1.96` standard errors, both on the effective number of answers
//! `n / deff`, with Kish's design effect `deff = n Σw² / (Σw)²` (L. Kish, *Survey Sampling*, 1965, section 11.7).
//! Two figures are compared by the interval of their difference, never by looking whether two intervals overlap.

/// The normal quantile of a 95 % interval.
pub const Z: f64 = 1.959_963_984_540_054;

/// A value with its interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// The value.
    pub value: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// How many answers it rests on.
    pub n: usize,
    /// How many answers of a simple random sample would be as sure.
    pub n_effective: f64,
}

impl Estimate {
    /// The same in hundredths: a share as a percentage.
    #[must_use]
    pub fn percent(self) -> Self {
        Self { value: self.value * 100.0, low: self.low * 100.0, high: self.high * 100.0, ..self }
    }
}

/// Kish's design effect of weights: 1 when they are equal.
#[must_use]
pub fn design_effect(weights: impl Iterator<Item = f64>) -> f64 {
    let (mut n, mut sum, mut squares) = (0.0, 0.0, 0.0);
    for w in weights {
        n += 1.0;
        sum += w;
        squares += w * w;
    }
    if sum > 0.0 { n * squares / (sum * sum) } else { 1.0 }
}

/// The share of the answers `(weight, chosen)` that chose; `None` without answers.
#[must_use]
pub fn share(answers: &[(f64, bool)]) -> Option<Estimate> {
    let n = answers.len();
    let total: f64 = answers.iter().map(|a| a.0).sum();
    if n == 0 || total <= 0.0 {
        return None;
    }
    let chosen: f64 = answers.iter().filter(|a| a.1).map(|a| a.0).sum();
    let n_effective = n as f64 / design_effect(answers.iter().map(|a| a.0));
    let value = (chosen / total).clamp(0.0, 1.0);
    let (low, high) = wilson(value, n_effective);
    Some(Estimate { value, low, high, n, n_effective })
}

/// Wilson's score interval of a share `p` of `n` (E. B. Wilson, JASA 22, 1927); it stays between 0 and 1.
#[must_use]
pub fn wilson(p: f64, n: f64) -> (f64, f64) {
    let z2 = Z * Z;
    let middle = (p + z2 / (2.0 * n)) / (1.0 + z2 / n);
    let half = Z / (1.0 + z2 / n) * (p * (1.0 - p) / n + z2 / (4.0 * n * n)).sqrt();
    // at 0 and 1 the formula gives exactly p; rounding must not put the end on the other side of it
    ((middle - half).clamp(0.0, p), (middle + half).clamp(p, 1.0))
}

/// The mean of the answers `(weight, value)`; `None` below two, for then nothing says how sure it is.
#[must_use]
pub fn mean(answers: &[(f64, f64)]) -> Option<Estimate> {
    let n = answers.len();
    let total: f64 = answers.iter().map(|a| a.0).sum();
    if n < 2 || total <= 0.0 {
        return None;
    }
    let value = answers.iter().map(|(w, x)| w * x).sum::<f64>() / total;
    let spread = answers.iter().map(|(w, x)| w * (x - value).powi(2)).sum::<f64>() / total;
    let variance = spread * n as f64 / (n as f64 - 1.0);
    let n_effective = n as f64 / design_effect(answers.iter().map(|a| a.0));
    let half = Z * (variance / n_effective).sqrt();
    Some(Estimate { value, low: value - half, high: value + half, n, n_effective })
}

/// The difference `a - b` of two independent figures with its interval, from their own intervals (method 10 of
/// R. G. Newcombe, Statistics in Medicine 17, 1998; for means it is the usual one). Gives value, low, high.
#[must_use]
pub fn difference(a: (f64, f64, f64), b: (f64, f64, f64)) -> (f64, f64, f64) {
    let ((a, a_low, a_high), (b, b_low, b_high)) = (a, b);
    let value = a - b;
    let low = value - ((a - a_low).powi(2) + (b_high - b).powi(2)).sqrt();
    let high = value + ((a_high - a).powi(2) + (b - b_low).powi(2)).sqrt();
    (value, low, high)
}

/// The places of figures in a list from high to low, each as the first and last place that it may have: figures whose
/// intervals overlap share their places.
#[must_use]
pub fn places(intervals: &[(f64, f64)]) -> Vec<(usize, usize)> {
    let place = |(low, high): &(f64, f64)| {
        let surely_above = intervals.iter().filter(|other| other.0 > *high).count();
        let surely_below = intervals.iter().filter(|other| other.1 < *low).count();
        (surely_above + 1, intervals.len() - surely_below)
    };
    intervals.iter().map(place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(a: f64, b: f64) -> bool {
        (a - b).abs() < 5e-4
    }

    fn even(n: usize, chosen: usize) -> Vec<(f64, bool)> {
        (0..n).map(|i| (1.0, i < chosen)).collect()
    }

    /// Computed by hand with the formula of Wilson; 81 of 263 is the example of Newcombe (1998, table I).
    #[test]
    fn a_share_has_the_interval_of_wilson() {
        for (chosen, n, low, high) in
            [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (20, 20, 0.8389, 1.0)]
        {
            let found = share(&even(n, chosen)).unwrap();
            assert!(near(found.low, low) && near(found.high, high), "{chosen} of {n}: {found:?}");
        }
        assert_eq!(share(&[]), None);
        assert_eq!(share(&[(0.0, true)]), None);
    }

    /// Weights 2, 2, 1, 1: deff = 4 (4+4+1+1) / 36 = 1.1111, so 4 answers are worth 3.6.
    #[test]
    fn weights_make_a_figure_less_sure() {
        assert!(near(design_effect([2.0, 2.0, 1.0, 1.0].into_iter()), 40.0 / 36.0));
        let found = share(&[(2.0, true), (2.0, false), (1.0, true), (1.0, true)]).unwrap();
        assert!(near(found.value, 4.0 / 6.0) && near(found.n_effective, 3.6), "{found:?}");
        // Wilson of 2/3 on 3.6: middle (0.66667 + 0.53354) / 2.06707, half 1.95996 / 2.06707 × sqrt(0.06173 + 0.07410)
        assert!(near(found.low, 0.2312) && near(found.high, 0.9301), "{found:?}");
        let heavy: Vec<(f64, bool)> = (0..100).map(|i| (if i % 2 == 0 { 1.5 } else { 0.5 }, i % 4 < 2)).collect();
        let (weighted, plain) = (share(&heavy).unwrap(), share(&even(100, 50)).unwrap());
        assert!(weighted.high - weighted.low > plain.high - plain.low);
    }

    /// 1, 2, 3, 4, 5: mean 3, variance 2.5, standard error sqrt(0.5) = 0.7071, half width 1.3859.
    #[test]
    fn a_mean_has_its_standard_error() {
        let found = mean(&[1.0, 2.0, 3.0, 4.0, 5.0].map(|x| (1.0, x))).unwrap();
        assert!(near(found.value, 3.0) && near(found.low, 1.6141) && near(found.high, 4.3859), "{found:?}");
        // weights 3 and 1 on 0 and 4: mean 1, spread (3×1 + 1×9)/4 = 3, ×2/1 = 6, deff 2×10/16 = 1.25, n_eff 1.6
        let found = mean(&[(3.0, 0.0), (1.0, 4.0)]).unwrap();
        assert!(near(found.value, 1.0) && near(found.high - 1.0, Z * (6.0_f64 / 1.6).sqrt()), "{found:?}");
        assert_eq!(mean(&[(1.0, 7.0)]), None, "one answer says nothing about its spread");
    }

    /// Newcombe (1998, table II, example a): 56 of 70 against 48 of 80 is 0.2 with 0.0524 to 0.3339.
    #[test]
    fn a_difference_has_an_interval_of_its_own() {
        let of = |chosen, n| share(&even(n, chosen)).map(|e| (e.value, e.low, e.high)).unwrap();
        let (value, low, high) = difference(of(56, 70), of(48, 80));
        assert!(near(value, 0.2) && near(low, 0.0524) && near(high, 0.3339), "{value} {low} {high}");
        // intervals that overlap a little can still differ surely
        let (a, b) = (of(560, 1000), of(510, 1000));
        assert!(a.1 < b.2 && difference(a, b).1 > 0.0);
    }

    #[test]
    fn figures_that_overlap_share_their_places() {
        let places = places(&[(0.5, 0.6), (0.4, 0.52), (0.1, 0.2), (0.15, 0.3), (0.0, 0.05)]);
        assert_eq!(places, [(1, 2), (1, 2), (3, 4), (3, 4), (5, 5)]);
    }

    #[test]
    fn an_interval_lies_within_0_and_1_around_its_value_and_narrows_with_more_answers() {
        for percent in 0..=20 {
            let p = f64::from(percent) / 20.0;
            let mut before = f64::INFINITY;
            for n in [1.0, 2.5, 10.0, 50.0, 400.0, 10_000.0] {
                let (low, high) = wilson(p, n);
                assert!((0.0..=1.0).contains(&low) && (0.0..=1.0).contains(&high), "{p} {n}");
                assert!(low <= p && p <= high && high - low < before, "{p} {n}");
                before = high - low;
            }
        }
    }
}
