//! One chart per series for short outbreaks and lasting rises.
//!
//! A chart reads one normal score per week: how far the count is above what was expected. Its statistic is
//! the likelihood ratio of "something goes on" against "nothing", averaged over what may go on: an outbreak
//! that starts this week, one that started last week, and a lasting rise that began 3 to 26 weeks ago. Its
//! p-value is the chance of such a statistic in a week when nothing goes on: a fixed curve, because the chart
//! reads standard normal scores. What was told is not told again: after a week with a very small p-value the
//! chart starts anew, so that the weeks after an outbreak give no alarm for the outbreak itself.

use super::tail::normal_above;

/// Weeks that a chart looks back.
pub(super) const WINDOW: usize = 26;
/// Weeks of the shortest lasting rise.
const SHORTEST: usize = 3;
/// Sizes of an outbreak, in standard deviations of a week's count: half of its cases fall in the first week, most
/// of the others in the second.
const SIZES: [f64; 2] = [2.0, 4.0];
const FIRST: f64 = 0.5;
const SECOND: f64 = 0.42;
/// Odds of the parts: an outbreak that starts now, one that started last week, a lasting rise.
const NOW: f64 = 0.3;
const LATE: f64 = 0.7;
const LASTING: f64 = 4.0;
/// Size of a lasting rise, in standard deviations.
const RISE: f64 = 1.0;
/// Scores of earlier weeks count for no more than this in a lasting rise: two high weeks are no lasting rise.
const CAP: f64 = 2.0;
/// Statistic from which on a week counts as told (p about 0.013).
pub(super) const TOLD: f64 = 2.9;

#[derive(Clone)]
pub(super) struct Chart {
    /// Statistic from which on a week is told; infinite for a chart that never starts anew.
    told: f64,
    /// Sum of the scores of the last i + 1 weeks; the first `weeks` are known.
    sums: [f64; WINDOW],
    /// What a sum over i + 1 weeks, with this one, is divided by for the doubt that its weeks share.
    shrink: [f64; WINDOW],
    weeks: usize,
    last: f64,
    last_told: bool,
}

impl Chart {
    pub(super) fn new(told: f64) -> Self {
        Self { told, sums: [0.0; WINDOW], shrink: [1.0; WINDOW], weeks: 0, last: 0.0, last_told: true }
    }

    /// Says which share of the variance of a score is doubt about the expectation, which the last `weeks` weeks
    /// have in common: their sum varies more than that of as many independent scores.
    pub(super) fn share(&mut self, doubt: f64, weeks: usize) {
        for (i, shrink) in self.shrink.iter_mut().enumerate() {
            let together = (i + 1).min(weeks) as f64;
            *shrink = 1.0 / (1.0 + doubt * together * (together - 1.0) / (i + 1) as f64).sqrt();
        }
    }

    /// The statistic if this week's score is `z`: ln of the averaged likelihood ratio.
    fn statistic(&self, z: f64) -> f64 {
        let mut sum = 0.0;
        // a very high last week was told then
        let untold = if self.last_told { 0.0 } else { 1.0 / (1.0 + ((self.last - 2.4) * 5.5).exp()) };
        for size in SIZES {
            let (a, b) = (FIRST * size, SECOND * size);
            sum += NOW * (a * z - 0.5 * a * a).exp();
            let both = (b * z + a * self.last) * self.shrink[1];
            sum += LATE * untold * (both - 0.5 * (a * a + b * b)).exp();
        }
        let n = self.weeks.min(WINDOW - 1);
        if n + 1 >= SHORTEST {
            let this = z.min(3.0);
            let mut rises = 0.0;
            for i in SHORTEST - 1..=n {
                let sum = (self.sums[i - 1] + this) * self.shrink[i];
                rises += (RISE * sum - 0.5 * RISE * RISE * (i + 1) as f64).exp();
            }
            sum += LASTING * rises / (WINDOW - SHORTEST + 1) as f64;
        }
        sum.ln()
    }

    /// The p-value of a week with this chance of more and of exactly its count. A count is a step; the p-value is
    /// the mean over the step, so that small counts are neither cautious nor rash.
    pub(super) fn chance(&self, above: f64, at: f64, curve: &[(f64, f64)]) -> f64 {
        let points: &[f64] = if at > 0.02 { &[0.125, 0.375, 0.625, 0.875] } else { &[0.5] };
        let chance = |u: &f64| chance(self.statistic(normal_above(above + u * at)), curve);
        points.iter().map(chance).sum::<f64>() / points.len() as f64
    }

    /// Takes this week's score in.
    pub(super) fn push(&mut self, z: f64) {
        let told = self.statistic(z) > self.told;
        if told {
            self.weeks = 0;
        } else {
            self.sums.copy_within(0..WINDOW - 1, 1);
            self.sums[0] = 0.0;
            self.weeks = (self.weeks + 1).min(WINDOW);
            for sum in &mut self.sums[..self.weeks] {
                *sum += z.clamp(-2.5, CAP);
            }
        }
        (self.last, self.last_told) = (z, told);
    }
}

/// The chance of a statistic above this one in a week in which nothing goes on.
fn chance(statistic: f64, curve: &[(f64, f64)]) -> f64 {
    let (first, last) = (curve[0], curve[curve.len() - 1]);
    if statistic <= first.0 {
        return first.1;
    }
    if statistic >= last.0 {
        let before = curve[curve.len() - 2];
        let slope = (last.1.ln() - before.1.ln()) / (last.0 - before.0);
        return (last.1.ln() + slope * (statistic - last.0)).exp();
    }
    let i = curve.partition_point(|c| c.0 <= statistic);
    let (a, b) = (curve[i - 1], curve[i]);
    let share = (statistic - a.0) / (b.0 - a.0);
    (a.1.ln() + share * (b.1.ln() - a.1.ln())).exp()
}

/// The curve of a chart by simulation: statistic and chance of more, for a chart that reads standard normal scores.
/// What [`super::curve`] holds; a test compares the two.
#[cfg(test)]
pub(super) fn simulated_curve(told: f64, weeks: usize, mut seed: u64) -> Vec<(f64, f64)> {
    let mut uniform = move || {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        ((seed >> 11) as f64 + 0.5) / (1u64 << 53) as f64
    };
    let mut chart = Chart::new(told);
    let mut all = Vec::with_capacity(weeks);
    for _ in 0..weeks {
        let z = normal_above(uniform());
        all.push(chart.statistic(z));
        chart.push(z);
    }
    all.sort_by(f64::total_cmp);
    let mut chances: Vec<f64> = vec![0.999, 0.99];
    chances.extend((1..10).map(|i| 1.0 - f64::from(i) * 0.1));
    let mut p = 0.1;
    while p > 1e-6 {
        p /= 10f64.powf(0.2);
        chances.push(p);
    }
    chances.iter().map(|p| (all[((1.0 - p) * weeks as f64) as usize], *p)).collect()
}
