//! Rates of small areas, drawn towards what all areas have in common: as far as the area's own count is weak, no
//! further (empirical Bayes).
//!
//! Model: an area with exposure `e` (inhabitants × years) has a true rate that is gamma distributed over the areas, and
//! a count that is Poisson around rate × exposure; then the rate given the count is gamma too (Clayton and Kaldor,
//! Biometrics 43, 1987). The two numbers of the gamma are not taken as known: the answer averages over all that the
//! counts make likely, so that the interval is honest with few areas too (spread of the true rates uniform beforehand:
//! Gelman, Bayesian Analysis 1, 2006). Marshall (Applied Statistics 40, 1991) is the same in one step, without interval.

use crate::interval::Range;
use crate::special::{gamma_quantile, ln_gamma};
use serde::{Deserialize, Serialize};

/// What was counted in an area.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Counted {
    /// Events.
    pub n: f64,
    /// Exposure, such as inhabitants × years; not above zero means that no rate exists.
    pub base: f64,
}

/// Points of the spread of true rates that are weighed, from almost none to [`MOST_SPREAD`] times the mean.
const SPREADS: u32 = 48;
const MOST_SPREAD: f64 = 3.0;
/// Gauss-Hermite points and weights for the overall rate.
const HERMITE: [(f64, f64); 5] = [
    (-2.020_182_870_456_086, 0.019_953_242_059_045_9),
    (-0.958_572_464_613_819, 0.393_619_323_152_241),
    (0.0, 0.945_308_720_482_942),
    (0.958_572_464_613_819, 0.393_619_323_152_241),
    (2.020_182_870_456_086, 0.019_953_242_059_045_9),
];

/// One gamma that the true rates may follow, and the logarithm of how likely it is.
struct Candidate {
    shape: f64,
    rate: f64,
    weight: f64,
}

/// The rate of each area (events per unit of exposure) drawn towards the others, with the interval in which the true
/// rate lies with chance `level`. Counts that vary `dispersion` times as much as chance weigh that much less.
///
/// `None` for an area without exposure; for all areas when fewer than `least_areas` have exposure, or nothing happened
/// anywhere: then there is nothing to learn from the others.
pub fn shrink(areas: &[Counted], dispersion: f64, least_areas: usize, level: f64) -> Vec<Option<Range>> {
    let d = dispersion.max(1.0);
    // a count with d times the variance says as much as a count and an exposure d times as small
    let usable = |a: &&Counted| a.base > 0.0 && a.n >= 0.0;
    let known: Vec<Counted> = areas.iter().filter(usable).map(|a| Counted { n: a.n / d, base: a.base / d }).collect();
    let sum: f64 = known.iter().map(|a| a.n).sum();
    if known.len() < least_areas.max(2) || sum <= 0.0 {
        return vec![None; areas.len()];
    }
    let candidates = candidates(&known);
    let tail = (1.0 - level) / 2.0;
    let of = |a: &Counted| {
        let (n, base) = (a.n / d, a.base / d);
        let (mut mean, mut square) = (0.0, 0.0);
        for c in &candidates {
            let (shape, rate) = (c.shape + n, c.rate + base);
            mean += c.weight * shape / rate;
            square += c.weight * shape * (shape + 1.0) / (rate * rate);
        }
        // the mixture as the gamma with the same mean and variance
        let variance = (square - mean * mean).max(mean * mean * 1e-12);
        let (shape, scale) = (mean * mean / variance, variance / mean);
        Range {
            low: (gamma_quantile(shape, tail) * scale).min(mean),
            value: mean,
            high: (gamma_quantile(shape, 1.0 - tail) * scale).max(mean),
        }
    };
    areas.iter().map(|a| usable(&a).then(|| of(a))).collect()
}

/// The gammas that the counts make likely, with weights that add up to 1.
fn candidates(known: &[Counted]) -> Vec<Candidate> {
    let mut found = Vec::new();
    for step in 1..=SPREADS {
        // closer together where the spread is small
        let part = f64::from(step) / f64::from(SPREADS);
        let spread = MOST_SPREAD * part * part;
        let shape = 1.0 / (spread * spread);
        let (mean, information) = overall(known, spread * spread);
        let constant: f64 = known.iter().map(|a| ln_gamma(a.n + shape) - ln_gamma(shape)).sum();
        for (x, weight) in HERMITE {
            let shift = std::f64::consts::SQRT_2 * x / information.sqrt();
            let rate = shape / (mean * shift.exp());
            let likely: f64 =
                known.iter().map(|a| shape * (rate / (rate + a.base)).ln() - a.n * (rate + a.base).ln()).sum();
            // the points stand for the curve exp(-x²); the grid of spreads is twice as wide where part is twice as big
            let log = constant + likely + weight.ln() + x * x - 0.5 * information.ln() + part.ln();
            found.push(Candidate { shape, rate, weight: log });
        }
    }
    let top = found.iter().map(|c| c.weight).fold(f64::NEG_INFINITY, f64::max);
    let sum: f64 = found.iter().map(|c| (c.weight - top).exp()).sum();
    for c in &mut found {
        c.weight = (c.weight - top).exp() / sum;
    }
    found.retain(|c| c.weight > 1e-9);
    found
}

/// The most likely overall rate when true rates have this squared spread, and how much the counts say about its
/// logarithm (Fisher scoring).
fn overall(known: &[Counted], square: f64) -> (f64, f64) {
    let (n, base) = known.iter().fold((0.0, 0.0), |(n, base), a| (n + a.n, base + a.base));
    let mut mean: f64 = n / base;
    let mut information = n;
    for _ in 0..25 {
        let (score, info) = known.iter().fold((0.0, 0.0), |(score, info), a| {
            let expected = mean * a.base;
            let damped = 1.0 + square * expected;
            (score + (a.n - expected) / damped, info + expected / damped)
        });
        information = info;
        let step = (score / info).clamp(-1.0, 1.0);
        mean *= step.exp();
        if step.abs() < 1e-10 {
            break;
        }
    }
    (mean, information.max(1e-9))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::guard::Dice;
    use crate::special::normal_quantile;

    /// A town: exposures from 50 to 4,000 inhabitants, true rates with mean 0.02 and this spread.
    fn town(dice: &mut Dice, areas: usize, spread: f64, dispersion: f64) -> (Vec<f64>, Vec<Counted>) {
        let uniform = |dice: &mut Dice| dice.unit().clamp(1e-6, 1.0 - 1e-6);
        (0..areas)
            .map(|_| {
                let base = 50.0 * 80f64.powf(dice.unit());
                // not the gamma that the model supposes: a lognormal
                let rate = 0.02 * (normal_quantile(uniform(dice)) * spread - spread * spread / 2.0).exp();
                let mean = rate * base;
                let size = mean / (dispersion - 1.0).max(1e-9);
                let drawn = if dispersion > 1.0 { gamma_quantile(size, uniform(dice)) * mean / size } else { mean };
                (rate, Counted { n: f64::from(dice.poisson(drawn)), base })
            })
            .unzip()
    }

    #[test]
    fn rates_of_small_areas_come_nearer_to_the_truth_and_intervals_hold_it() {
        // areas, spread of true rates, dispersion, most of the raw rates' squared error that may be left
        for (areas, spread, dispersion, most) in [
            (40, 0.4, 1.0, 0.55),
            (40, 0.1, 1.0, 0.20),
            (12, 0.4, 1.0, 0.70),
            (40, 0.4, 2.0, 0.45),
            (40, 1.0, 1.0, 0.95),
        ] {
            let mut dice = Dice(7);
            let (mut raw, mut drawn, mut inside, mut all) = (0.0, 0.0, 0, 0);
            for _ in 0..250 {
                let (truth, counted) = town(&mut dice, areas, spread, dispersion);
                for ((t, c), r) in truth.iter().zip(&counted).zip(shrink(&counted, dispersion, 5, 0.95)) {
                    let Some(r) = r else { continue };
                    raw += (c.n / c.base - t).powi(2);
                    drawn += (r.value - t).powi(2);
                    inside += i32::from(r.low <= *t && *t <= r.high);
                    all += 1;
                }
            }
            let (left, covered) = (drawn / raw, f64::from(inside) / f64::from(all));
            println!("{areas} areas, spread {spread}, dispersion {dispersion}: error {left:.2}, covered {covered:.3}");
            assert!(left < most, "{areas} {spread} {dispersion}: error {left}");
            assert!((0.93..=0.985).contains(&covered), "{areas} {spread} {dispersion}: covered {covered}");
        }
    }

    #[test]
    fn a_weak_count_moves_more_than_a_strong_one_and_equal_areas_meet() {
        let c = |n: f64, base: f64| Counted { n, base };
        let areas =
            [c(0.0, 50.0), c(30.0, 3_000.0), c(20.0, 2_000.0), c(25.0, 2_500.0), c(4.0, 100.0), c(60.0, 2_000.0)];
        let found = shrink(&areas, 1.0, 5, 0.95);
        let value = |i: usize| found[i].map(|r| r.value).unwrap();
        assert!(value(0) > 0.004, "no event in a tiny area is no proof of a rate of zero");
        assert!(value(4) < 0.035, "four events in a tiny area are no proof of four times the rate");
        assert!((value(5) - 0.03).abs() < 0.004, "sixty events speak for themselves");
        assert!(found.iter().flatten().all(|r| r.low < r.value && r.value < r.high && r.low > 0.0));
        let same = shrink(&[c(100.0, 10_000.0); 8], 1.0, 5, 0.95);
        assert!(same.iter().flatten().all(|r| (r.value - 0.01).abs() < 1e-5));
    }

    #[test]
    fn nothing_is_made_up_where_nothing_is_known() {
        let c = |n: f64, base: f64| Counted { n, base };
        let enough = [c(3.0, 10.0), c(1.0, 10.0), c(2.0, 10.0), c(5.0, 10.0), c(5.0, 0.0), c(f64::NAN, 9.0)];
        let found = shrink(&enough, 1.0, 4, 0.95);
        assert_eq!(found.iter().map(Option::is_some).collect::<Vec<_>>(), [true, true, true, true, false, false]);
        for (areas, least) in [(&enough[..], 5), (&[c(0.0, 10.0); 9][..], 5), (&[][..], 0), (&[c(4.0, 9.0)][..], 0)] {
            assert!(shrink(areas, 1.0, least, 0.95).iter().all(Option::is_none));
        }
        let again = shrink(&enough, 1.0, 4, 0.95);
        assert_eq!(found, again, "the same input, the same output");
    }
}
