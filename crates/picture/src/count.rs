//! Counts as chance variables: Poisson, and negative binomial when counts vary beyond chance.

use crate::special::{beta_inc, gamma_p, normal_quantile};

/// 5 % and 95 % points of the predictive distribution of a count with this mean and this variance
/// beyond chance: Poisson when `extra` is 0, else negative binomial with variance mean + extra.
///
/// The points are whole counts, except that the mean itself always lies inside: a mean of 0.02 gives
/// (0, 0.02), which holds exactly the count 0.
pub fn predictive90(mean: f64, extra: f64) -> (f64, f64) {
    if mean <= 0.0 {
        return (0.0, 0.0);
    }
    // The chance of no event is at least exp(-mean): below this mean both points are zero.
    if mean < 0.051 {
        return (0.0, mean);
    }
    let (low, high) = if mean > 150.0 { wide(mean, extra) } else { exact(mean, extra) };
    (low.min(mean), high.max(mean))
}

/// By adding up the chances of 0, 1, 2, ..
fn exact(mean: f64, extra: f64) -> (f64, f64) {
    let size = if extra > 1e-9 * mean { mean * mean / extra } else { f64::INFINITY };
    let (mut p, odds) = if size.is_finite() {
        ((-size * (mean / size).ln_1p()).exp(), mean / (size + mean))
    } else {
        ((-mean).exp(), 0.0)
    };
    let (mut cdf, mut k) = (p, 0.0);
    let mut low = None;
    loop {
        if low.is_none() && cdf >= 0.05 {
            low = Some(k);
        }
        if cdf >= 0.95 || k > 1e5 {
            return (low.unwrap_or(k), k);
        }
        p *= if size.is_finite() { (size + k) * odds / (k + 1.0) } else { mean / (k + 1.0) };
        k += 1.0;
        cdf += p;
    }
}

/// Intervals of whole counts for many counts together, so that nine out of ten of them fall inside on
/// average. A quiet count is 0 or 1: its interval holds either too little or too much, and intervals of
/// at least 90 % each would hold far more than 90 % of all. So each gets the shortest interval that holds
/// some level, the same for all with a mean below one; that level, from 0.75 to 0.9, is the one with
/// which 90 % fall inside when the stated distributions are right. A count with a mean of one or more
/// gets the interval nearest to 90 % of its own. The mean always lies inside.
pub fn together90(moments: &[(f64, f64)]) -> Vec<(f64, f64)> {
    const LEVELS: [f64; 16] =
        [0.9, 0.89, 0.88, 0.87, 0.86, 0.85, 0.84, 0.83, 0.82, 0.81, 0.8, 0.79, 0.78, 0.77, 0.76, 0.75];
    let mut held = [0.0; LEVELS.len()];
    for &(mean, extra) in moments {
        if mean >= 1.0 {
            held.iter_mut().for_each(|h| *h += 0.9);
        } else {
            let (mut cdf, mut k) = (0.0, 0);
            let mut chances = chances(mean, extra);
            // The levels fall, so the counts needed fall: from the last level up.
            for (level, held) in LEVELS.iter().zip(&mut held).rev() {
                while cdf < *level && k < 60 {
                    cdf += chances.next().unwrap_or_default();
                    k += 1;
                }
                *held += cdf;
            }
        }
    }
    let aim = 0.9 * moments.len() as f64;
    let mut best = 0;
    for i in 1..LEVELS.len() {
        if (held[i] - aim).abs() < (held[best] - aim).abs() {
            best = i;
        }
    }
    moments
        .iter()
        .map(|&(mean, extra)| if mean >= 1.0 { nearest90(mean, extra) } else { upto(mean, extra, LEVELS[best]) })
        .collect()
}

/// From 0 to the first count at which the level is held.
fn upto(mean: f64, extra: f64, level: f64) -> (f64, f64) {
    let mut cdf = 0.0;
    let last = chances(mean, extra).take(60).position(|p| {
        cdf += p;
        cdf >= level
    });
    (0.0, (last.unwrap_or(60) as f64).max(mean))
}

/// The shortest run of counts that holds 90 %, or one count less when that is nearer to 90 %.
fn nearest90(mean: f64, extra: f64) -> (f64, f64) {
    if mean > 150.0 {
        return predictive90(mean, extra);
    }
    let all: Vec<f64> = chances(mean, extra)
        .take(100_000)
        .scan(0.0, |cdf, p| {
            let go = *cdf < 0.999;
            *cdf += p;
            go.then_some(p)
        })
        .collect();
    let mut low = (0..all.len()).fold(0, |best, k| if all[k] > all[best] { k } else { best });
    let (mut high, mut held) = (low, all.get(low).copied().unwrap_or(1.0));
    while held < 0.9 {
        let below = low.checked_sub(1).map_or(0.0, |k| all[k]);
        let above = all.get(high + 1).copied().unwrap_or(0.0);
        let more = below.max(above);
        if more <= 0.0 || held + more - 0.9 > 0.9 - held {
            break;
        }
        held += more;
        if above >= below { high += 1 } else { low -= 1 }
    }
    ((low as f64).min(mean), (high as f64).max(mean))
}

/// The chances of 0, 1, 2, ..
fn chances(mean: f64, extra: f64) -> impl Iterator<Item = f64> {
    let size = if extra > 1e-9 * mean { mean * mean / extra } else { f64::INFINITY };
    let (first, odds) = if size.is_finite() {
        ((-size * (mean / size).ln_1p()).exp(), mean / (size + mean))
    } else {
        ((-mean).exp(), 0.0)
    };
    let next = move |(k, p): &(f64, f64)| {
        let factor = if size.is_finite() { (size + k) * odds } else { mean };
        Some((k + 1.0, p * factor / (k + 1.0)))
    };
    std::iter::successors(Some((0.0, first)), next).map(|(_, p)| p)
}

/// Cornish-Fisher with the skewness of the negative binomial, for large means.
fn wide(mean: f64, extra: f64) -> (f64, f64) {
    let variance = mean + extra;
    let sd = variance.sqrt();
    // third central moment: mean + 3 extra + 2 extra^2 / mean
    let skew = (mean + 3.0 * extra + 2.0 * extra * extra / mean) / (variance * sd);
    let z = 1.644_853_626_951_472_7_f64;
    let bend = (z * z - 1.0) * skew / 6.0;
    ((mean + sd * (bend - z)).max(0.0).floor(), (mean + sd * (bend + z)).ceil())
}

/// The chance of `count` or more when the mean is `mean` and the variance beyond chance `extra`.
pub fn upper_tail(count: u64, mean: f64, extra: f64) -> f64 {
    if count == 0 {
        return 1.0;
    }
    if mean <= 0.0 {
        return 0.0;
    }
    if extra > 1e-9 * mean {
        let size = mean * mean / extra;
        beta_inc(count as f64, size, mean / (mean + size))
    } else {
        gamma_p(count as f64, mean)
    }
}

/// Twice the smaller tail: the chance of a count at least as odd as this one, at most 1.
pub fn two_sided(count: u64, mean: f64, extra: f64) -> f64 {
    let above = upper_tail(count, mean, extra);
    let below = 1.0 - upper_tail(count + 1, mean, extra);
    (2.0 * above.min(below)).min(1.0)
}

/// The standard normal point of a probability; for callers that draw intervals of their own.
pub fn z(probability: f64) -> f64 {
    normal_quantile(probability)
}

/// Benjamini-Hochberg (1995): the adjusted p-value of each comparison, so that those at most q hold
/// an expected share of at most q false alarms.
pub fn benjamini_hochberg(p: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_by(|a, b| p[*b].total_cmp(&p[*a]));
    let mut adjusted = vec![1.0; p.len()];
    let mut least: f64 = 1.0;
    for (i, &at) in order.iter().enumerate() {
        let rank = (p.len() - i) as f64;
        least = least.min(p[at] * p.len() as f64 / rank);
        adjusted[at] = least;
    }
    adjusted
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn known_points() {
        // mean, extra, 5 %, 95 % (Poisson and negative binomial tables)
        let table = [
            (0.02, 0.0, 0.0, 0.02),
            (1.0, 0.0, 0.0, 3.0),
            (10.0, 0.0, 5.0, 15.0),
            (100.0, 0.0, 84.0, 117.0),
            (10.0, 50.0, 1.0, 25.0), // size 2: P(X > k) = (5/6)^(k+1) (1 + (k+1)/6)
        ];
        for (mean, extra, low, high) in table {
            assert_eq!(predictive90(mean, extra), (low, high), "{mean} {extra}");
        }
    }

    #[test]
    fn tails() {
        assert!((upper_tail(1, 2.0, 0.0) - (1.0 - (-2.0f64).exp())).abs() < 1e-12);
        // negative binomial, size 1 (geometric) with mean 1: P(X >= 3) = 1/8
        assert!((upper_tail(3, 1.0, 1.0) - 0.125).abs() < 1e-12);
        assert_eq!(upper_tail(0, 1.0, 0.0), 1.0);
        assert!(two_sided(10, 10.0, 0.0) > 0.9 && two_sided(30, 10.0, 0.0) < 1e-5);
    }

    #[test]
    fn false_alarms_are_kept_in_check() {
        // Benjamini and Hochberg 1995, table 1: at q = 0.05 the first four of fifteen are rejected.
        let p = [
            0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528,
            0.7590, 1.0000,
        ];
        let q = benjamini_hochberg(&p);
        assert_eq!(q.iter().filter(|q| **q <= 0.05).count(), 4);
        assert!(q.is_sorted());
        assert!(benjamini_hochberg(&[]).is_empty());
    }

    proptest! {
        #[test]
        fn the_mean_is_inside_and_more_spread_is_wider(mean in 0.0..2000.0f64, alpha in 0.0..3.0f64) {
            let (low, high) = predictive90(mean, alpha * mean * mean);
            prop_assert!(0.0 <= low && low <= mean && mean <= high);
            let (_, plain) = predictive90(mean, 0.0);
            prop_assert!(plain <= high + 1.0 || alpha > 1.0);
        }

        #[test]
        fn points_hold_ninety_percent(mean in 0.1..140.0f64, alpha in 0.0..1.0f64) {
            let extra = alpha * mean * mean;
            let (low, high) = predictive90(mean, extra);
            let inside = upper_tail(low.ceil() as u64, mean, extra)
                - upper_tail(high.floor() as u64 + 1, mean, extra);
            prop_assert!(inside >= 0.9 - 1e-6, "{inside}");
        }
    }

    #[test]
    fn nine_of_ten_fall_inside_together() {
        // Quiet and busy counts mixed: what the distributions themselves put inside is 90 %.
        let moments: Vec<(f64, f64)> = (0..400).map(|i| (0.02 + 1.6 * f64::from(i % 40) / 40.0, 0.01)).collect();
        let held: f64 = moments
            .iter()
            .zip(together90(&moments))
            .map(|(&(mean, extra), (low, high))| {
                assert!(low <= mean && mean <= high);
                let inside = chances(mean, extra).take(60).enumerate();
                inside.filter(|(k, _)| (low..=high).contains(&(*k as f64))).map(|(_, p)| p).sum::<f64>()
            })
            .sum();
        assert!((held / 400.0 - 0.9).abs() < 0.02, "{held}");
        // Where nearly nothing happens 0 alone holds more; nothing can be done about that.
        assert_eq!(together90(&[(0.01, 0.0), (0.02, 0.0)]), [(0.0, 0.01), (0.0, 0.02)]);
        assert_eq!(together90(&[(0.0, 0.0)])[0], (0.0, 0.0));
        let (low, high) = together90(&[(1000.0, 0.0)])[0];
        assert!((940.0..955.0).contains(&low) && (1045.0..1060.0).contains(&high));
    }
}
