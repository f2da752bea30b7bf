//! What a visit is worth: a plain sum of weights that the municipality sets and pages explain.
//!
//! It weighs a place in a shift, by open reports, their age and urgency, and expected reports. It knows
//! nothing of who reported, who lives there or who was seen there (domain chapter 14, design rules 1 to 4).

use crate::config::Weights;
use signals::Urgency;

/// What is known of an open report or issue.
#[derive(Clone, Copy, Debug)]
pub struct Open<'a> {
    /// Priority of the plan that its category serves.
    pub priority: &'a str,
    /// Greatest urgency that staff gave.
    pub urgency: Urgency,
    /// Open reports.
    pub reports: i64,
    /// Terms that have passed since the first report: 1 is exactly the handling term.
    pub terms: f64,
}

/// The value of visiting an open report or issue.
#[must_use]
#[allow(clippy::cast_precision_loss, reason = "numbers of reports stay small")]
pub fn of_open(open: &Open<'_>, weights: &Weights) -> f64 {
    let urgency = match open.urgency {
        Urgency::Low => &weights.urgency_low,
        Urgency::Normal => &weights.urgency_normal,
        Urgency::High => &weights.urgency_high,
    };
    let term = (weights.term.value * open.terms.max(0.0)).min(weights.term_most.value);
    let more = (weights.report.value * (open.reports - 1).max(0) as f64).min(weights.report_most.value);
    weights.priority(open.priority) * (weights.base.value + urgency.value + term + more)
}

/// The value of being at a square in its busiest hours.
#[must_use]
pub fn of_cell(expected: f64, weights: &Weights) -> f64 {
    weights.cell.value * (expected / weights.cell_full.value).clamp(0.0, 1.0)
}

/// A small generator of random numbers (SplitMix64; Steele, Lea & Flood 2014): the same seed gives the
/// same draw, so that anybody can check afterwards that a control place was not chosen by hand.
#[derive(Clone, Debug)]
pub struct Draw(u64);

impl Draw {
    /// Starts from a recorded seed.
    #[must_use]
    pub fn new(seed: i64) -> Self {
        Self(seed.cast_unsigned())
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number from 0 up to 1.
    #[allow(clippy::cast_precision_loss, reason = "53 bits fit")]
    pub fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// The numbers below `n` in random order.
    pub fn order(&mut self, n: usize) -> Vec<usize> {
        let mut order: Vec<usize> = (0..n).collect();
        for i in (1..n).rev() {
            let j = usize::try_from(self.next() % (i as u64 + 1)).unwrap_or(0);
            order.swap(i, j);
        }
        order
    }

    /// How many of `visits` are random control: the share of them, its fraction decided by chance.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and `visits`")]
    pub fn control(&mut self, share: f64, visits: u32) -> usize {
        let exact = share.clamp(0.0, 1.0) * f64::from(visits);
        exact.floor() as usize + usize::from(self.unit() < exact.fract())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::PatrolConfig;
    use jiff::civil::date;

    fn weights() -> Weights {
        let config = PatrolConfig::read(&testkit::root().join("config/heemskerk")).unwrap();
        config.weights(date(2024, 6, 3)).unwrap().clone()
    }

    #[test]
    fn each_part_of_the_sum_counts_and_is_bounded() {
        let weights = weights();
        for (priority, urgency, reports, terms, expected) in [
            ("public-space", Urgency::Low, 1, 0.0, 1.0),
            ("public-space", Urgency::Normal, 1, 0.0, 2.0),
            ("public-space", Urgency::High, 1, 0.0, 8.0),
            ("public-space", Urgency::Low, 1, 0.5, 2.0),
            ("public-space", Urgency::Low, 1, 99.0, 5.0),
            ("public-space", Urgency::Low, 3, 0.0, 2.0),
            ("public-space", Urgency::Low, 99, 0.0, 4.0),
            ("youth-groups", Urgency::Low, 1, 0.0, 1.3),
            ("public-space", Urgency::Low, 0, -1.0, 1.0),
        ] {
            let value = of_open(&Open { priority, urgency, reports, terms }, &weights);
            assert!((value - expected).abs() < 1e-9, "{priority} {urgency} {reports} {terms}: {value}");
        }
        for (expected, value) in [(-1.0, 0.0), (0.0, 0.0), (0.05, 2.0), (0.1, 4.0), (9.0, 4.0)] {
            assert!((of_cell(expected, &weights) - value).abs() < 1e-9, "{expected}");
        }
    }

    #[test]
    fn a_draw_repeats_and_its_share_holds_on_average() {
        assert_eq!(Draw::new(7).order(20), Draw::new(7).order(20));
        assert_ne!(Draw::new(7).order(20), Draw::new(8).order(20));
        let mut sorted = Draw::new(7).order(20);
        sorted.sort_unstable();
        assert_eq!(sorted, (0..20).collect::<Vec<_>>());
        let total: usize = (0..2_000).map(|seed| Draw::new(seed).control(0.1, 8)).sum();
        assert!((1_500..1_700).contains(&total), "{total}");
        assert_eq!(Draw::new(1).control(0.5, 8), 4);
        assert_eq!(Draw::new(1).control(0.0, 8), 0);
    }
}
