//! Which place may a figure have in a list from high to low? Only what the intervals allow: "2 to 5 of 9".
//!
//! A list of places says many things at once, so all of them together must hold with the chance that is asked. That is
//! the joint confidence region of Klein, Wright and Wieczorek (Journal of the Royal Statistical Society A 183, 2020);
//! for rates it is made from the differences of pairs (Mogstad, Romano, Shaikh and Wilhelm, Review of Economic Studies
//! 91, 2024), which leaves fewer ties. Bonferroni makes the pairs hold together; it never promises too much.

use crate::interval::Range;
use crate::shrink::Counted;
use crate::special::beta_inc;
use serde::{Deserialize, Serialize};

/// The places that a figure may have; 1 is the highest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rank {
    /// Highest place possible.
    pub best: usize,
    /// Lowest place possible.
    pub worst: usize,
}

/// Places by intervals: who overlaps shares its places. Each interval must hold at [`each`] level for all places to
/// hold together.
pub fn ranks(intervals: &[Range]) -> Vec<Rank> {
    let place = |mine: &Range| Rank {
        best: 1 + intervals.iter().filter(|other| other.low > mine.high).count(),
        worst: intervals.len() - intervals.iter().filter(|other| other.high < mine.low).count(),
    };
    intervals.iter().map(place).collect()
}

/// The level of each of `many` independent intervals with which all of them hold at `level` (Šidák 1967).
pub fn each(level: f64, many: usize) -> f64 {
    level.powf(1.0 / many.max(1) as f64)
}

/// Places of rates by exact comparison of each pair of counts (conditional binomial, one-sided at `(1 - level)` over the
/// number of ordered pairs): with chance `level` or more all places are right together. Counts that vary `dispersion`
/// times as much as chance are divided by it. An area without exposure takes no part.
pub fn rank_rates(areas: &[Counted], dispersion: f64, level: f64) -> Vec<Option<Rank>> {
    let d = dispersion.max(1.0);
    let usable = |a: &Counted| a.base > 0.0 && a.n >= 0.0;
    let many = areas.iter().filter(|a| usable(a)).count();
    let tail = (1.0 - level) / (many * many.saturating_sub(1)).max(1) as f64;
    // given the sum of both counts, how often would chance give `a` this many when its rate is no higher?
    let above = |a: &Counted, b: &Counted| {
        let (x, y) = (a.n / d, b.n / d);
        x > 0.0 && a.n * b.base > b.n * a.base && beta_inc(x, y + 1.0, a.base / (a.base + b.base)) <= tail
    };
    let place = |mine: &Counted| {
        let others = || areas.iter().filter(|a| usable(a));
        let best = 1 + others().filter(|other| above(other, mine)).count();
        let worst = many - others().filter(|other| above(mine, other)).count();
        Rank { best, worst }
    };
    areas.iter().map(|a| usable(a).then(|| place(a))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::guard::Dice;
    use crate::interval::count;

    fn range(low: f64, high: f64) -> Range {
        Range { low, value: (low + high) / 2.0, high }
    }

    #[test]
    fn who_overlaps_shares_places() {
        let rank = |best, worst| Rank { best, worst };
        let table = [
            (vec![], vec![]),
            (vec![range(1.0, 2.0)], vec![rank(1, 1)]),
            (vec![range(5.0, 6.0), range(1.0, 2.0), range(3.0, 4.0)], vec![rank(1, 1), rank(3, 3), rank(2, 2)]),
            // the middle one touches both ends, the ends do not touch
            (vec![range(5.0, 8.0), range(3.0, 6.0), range(1.0, 4.0)], vec![rank(1, 2), rank(1, 3), rank(2, 3)]),
            (vec![range(1.0, 9.0), range(2.0, 3.0), range(4.0, 5.0)], vec![rank(1, 3), rank(2, 3), rank(1, 2)]),
        ];
        for (intervals, expected) in table {
            assert_eq!(ranks(&intervals), expected, "{intervals:?}");
        }
        assert!((each(0.95, 1) - 0.95).abs() < 1e-12 && (each(0.95, 9).powi(9) - 0.95).abs() < 1e-12);
    }

    /// The places that an area truly has: areas with the same rate share them.
    fn truth(rates: &[f64], i: usize) -> (usize, usize) {
        let above = rates.iter().filter(|r| **r > rates[i]).count();
        let below = rates.iter().filter(|r| **r < rates[i]).count();
        (above + 1, rates.len() - below)
    }

    #[test]
    fn all_places_hold_together_and_pairs_leave_fewer_ties() {
        let mut dice = Dice(11);
        // equal rates are the hardest: every claim is false
        for rates in [vec![0.02; 9], (0..9).map(|i| 0.01 * f64::from(i + 1)).collect::<Vec<_>>()] {
            let (mut pairs_right, mut intervals_right, mut pair_ties, mut interval_ties) = (0, 0, 0, 0);
            let towns = 1_000;
            for _ in 0..towns {
                let base = |i: usize| 300.0 * (i % 4 + 1) as f64;
                let counted: Vec<Counted> = rates
                    .iter()
                    .enumerate()
                    .map(|(i, r)| Counted { n: f64::from(dice.poisson(r * base(i))), base: base(i) })
                    .collect();
                let level = each(0.95, 9);
                let by_interval: Vec<Range> =
                    counted.iter().map(|c| count(c.n as u64, level).times(1.0 / c.base)).collect();
                let holds = |ranks: &[Rank]| {
                    // some true order is inside: the region holds the first and last place of ties
                    ranks.iter().enumerate().all(|(i, r)| {
                        let (first, last) = truth(&rates, i);
                        r.best <= first && last <= r.worst
                    })
                };
                let pairs: Vec<Rank> = rank_rates(&counted, 1.0, 0.95).into_iter().flatten().collect();
                let intervals = ranks(&by_interval);
                pairs_right += i32::from(holds(&pairs));
                intervals_right += i32::from(holds(&intervals));
                pair_ties += pairs.iter().map(|r| r.worst - r.best).sum::<usize>();
                interval_ties += intervals.iter().map(|r| r.worst - r.best).sum::<usize>();
            }
            println!("right together: pairs {pairs_right}, intervals {intervals_right} of {towns}");
            println!("places too many: pairs {pair_ties}, intervals {interval_ties}");
            assert!(pairs_right >= 950 && intervals_right >= 950, "{rates:?}");
            assert!(pair_ties <= interval_ties || rates[0] == rates[8], "{rates:?}");
        }
    }

    #[test]
    fn places_of_rates() {
        let c = |n: f64, base: f64| Counted { n, base };
        let table = [
            // far apart: each its own place
            (vec![c(900.0, 1e4), c(300.0, 1e4), c(100.0, 1e4)], 1.0, vec![Some((1, 1)), Some((2, 2)), Some((3, 3))]),
            // so much more variation than chance that nothing can be said
            (vec![c(900.0, 1e4), c(700.0, 1e4), c(600.0, 1e4)], 90.0, vec![Some((1, 3)); 3]),
            // small counts: a tie, however different the rates look
            (vec![c(3.0, 100.0), c(1.0, 100.0)], 1.0, vec![Some((1, 2)); 2]),
            (vec![c(900.0, 1e4), c(0.0, 0.0), c(0.0, 1e4)], 1.0, vec![Some((1, 1)), None, Some((2, 2))]),
            (vec![c(0.0, 10.0), c(0.0, 10.0)], 1.0, vec![Some((1, 2)); 2]),
        ];
        for (areas, dispersion, expected) in table {
            let found: Vec<_> =
                rank_rates(&areas, dispersion, 0.95).into_iter().map(|r| r.map(|r| (r.best, r.worst))).collect();
            assert_eq!(found, expected, "{areas:?}");
        }
    }
}
