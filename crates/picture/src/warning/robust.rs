//! How past outbreaks are made to weigh little, and what that takes from a series without outbreaks.

use std::sync::OnceLock;

/// Residuals above this weigh less.
const LIMIT: f64 = 1.25;
/// How quickly.
const POWER: i32 = 4;
/// A week beside one with a residual above this is likely part of the same outbreak.
const BESIDE: f64 = 2.0;
/// ln mean: first, step, number.
const MEANS: (f64, f64, usize) = (-4.75, 0.25, 40);
/// ln spread: first, step, number.
const SPREADS: (f64, f64, usize) = (0.0, 0.3, 9);

/// Anscombe's residual, as in Farrington et al. (1996), of a count whose mean has this sixth root; `power` =
/// count^(2/3), `scale` = root of the spread.
#[inline]
pub(super) fn residual(power: f64, sixth: f64, scale: f64) -> f64 {
    1.5 * (power - sixth.powi(4)) / (sixth * scale)
}
/// The weight of a week with this residual.
#[inline]
pub(super) fn weight(residual: f64) -> f64 {
    if residual > LIMIT { (LIMIT / residual).powi(POWER) } else { 1.0 }
}

/// The trust in a week beside one with this residual. It does not look at the week itself, and so takes nothing
/// from it that must be given back.
#[inline]
pub(super) fn trust(beside: f64) -> f64 {
    if beside > BESIDE { (BESIDE / beside).powi(POWER) } else { 1.0 }
}

/// What the weights do to a negative binomial count without outbreaks.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Loss {
    /// -E[weight x gap], in standard deviations: what is added back to the score.
    pub(super) bias: f64,
    /// E[weight x gap^2] over the variance: the share that is kept.
    pub(super) keep: f64,
    /// Variance of weight x gap^2 over the square of the variance: how sure one week is about the spread.
    pub(super) noise: f64,
    /// What is left of `keep` when the weights move along with the spread: how much one week says about the spread.
    pub(super) slope: f64,
}

impl Loss {
    fn of(mean: f64, spread: f64) -> Self {
        let sixth = mean.powf(1.0 / 6.0);
        let variance = spread * mean;
        let size = if spread > 1.0 + 1e-9 { mean / (spread - 1.0) } else { f64::INFINITY };
        let mut at = if size.is_finite() { (-size * spread.ln()).exp() } else { (-mean).exp() };
        let odds = 1.0 - 1.0 / spread;
        let (mut first, mut second, mut fourth, mut slope, mut sum, mut k) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0_f64);
        while sum < 1.0 - 1e-10 && k < 5000.0 {
            let gap = k - mean;
            let w = weight(residual(k.cbrt().powi(2), sixth, spread.sqrt()));
            let moves = if w < 1.0 { 1.0 - 0.5 * f64::from(POWER) } else { 1.0 };
            slope += at * moves * w * gap * gap;
            first += at * w * gap;
            second += at * w * gap * gap;
            fourth += at * (w * gap * gap).powi(2);
            sum += at;
            at *= if size.is_finite() { (size + k) * odds / (k + 1.0) } else { mean / (k + 1.0) };
            k += 1.0;
        }
        Self {
            bias: -first / variance.sqrt(),
            keep: second / variance,
            noise: (fourth - second * second) / (variance * variance),
            slope: slope / variance,
        }
    }

    fn between(a: &Self, b: &Self, share: f64) -> Self {
        let mix = |a: f64, b: f64| a + share * (b - a);
        Self {
            bias: mix(a.bias, b.bias),
            keep: mix(a.keep, b.keep),
            noise: mix(a.noise, b.noise),
            slope: mix(a.slope, b.slope),
        }
    }
}

/// The losses for one spread, by ln mean.
pub(super) struct Losses([Loss; MEANS.2]);

impl Losses {
    pub(super) fn of(spread: f64) -> Self {
        static TABLE: OnceLock<Vec<[Loss; MEANS.2]>> = OnceLock::new();
        let table = TABLE.get_or_init(|| {
            let row = |s: usize| {
                let spread = (SPREADS.0 + SPREADS.1 * s as f64).exp();
                std::array::from_fn(|m| Loss::of((MEANS.0 + MEANS.1 * m as f64).exp(), spread))
            };
            (0..SPREADS.2).map(row).collect()
        });
        let at = ((spread.ln() - SPREADS.0) / SPREADS.1).clamp(0.0, SPREADS.2 as f64 - 1.001);
        let (low, share) = (at as usize, at.fract());
        Self(std::array::from_fn(|m| Loss::between(&table[low][m], &table[low + 1][m], share)))
    }

    #[inline]
    pub(super) fn at(&self, ln_mean: f64) -> Loss {
        let at = ((ln_mean - MEANS.0) / MEANS.1).clamp(0.0, MEANS.2 as f64 - 1.001);
        let low = at as usize;
        let mut loss = Loss::between(&self.0[low], &self.0[low + 1], at.fract());
        if ln_mean < MEANS.0 {
            // of a rare event the bias goes with the mean, not with its root
            loss.bias *= (0.5 * (ln_mean - MEANS.0)).exp();
        }
        loss
    }
}
