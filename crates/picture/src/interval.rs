//! How sure is a figure: intervals for counts, rates, shares and means; and which figures may be
//! shown at all. A missing figure, a hidden one and a zero are three different things.

use crate::count::upper_tail;
use crate::special::{beta_quantile, bisect, gamma_quantile, normal_quantile};
use serde::{Deserialize, Serialize};

/// A value with its interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Range {
    /// Lower end.
    pub low: f64,
    /// The figure itself.
    pub value: f64,
    /// Upper end.
    pub high: f64,
}

impl Range {
    /// Whether two intervals have a point in common: a ranking must treat such figures as a tie.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.low <= other.high && other.low <= self.high
    }

    /// The same figure in another unit.
    pub fn times(&self, factor: f64) -> Self {
        Self { low: self.low * factor, value: self.value * factor, high: self.high * factor }
    }
}

/// Exact Poisson interval of a count (Garwood, Biometrika 1936): `level` is 0.95 for 95 %.
pub fn count(n: u64, level: f64) -> Range {
    count_with_dispersion(n as f64, 1.0, level)
}

/// The same for a count that varies `dispersion` times as much as chance (quasi-Poisson).
pub fn count_with_dispersion(n: f64, dispersion: f64, level: f64) -> Range {
    let d = dispersion.max(1.0);
    let n = n.max(0.0);
    let tail = (1.0 - level) / 2.0;
    let low = if n > 0.0 { gamma_quantile(n / d, tail) * d } else { 0.0 };
    Range { low: low.min(n), value: n, high: (gamma_quantile(n / d + 1.0, 1.0 - tail) * d).max(n) }
}

/// Exact interval of a count that is negative binomial with a variance of `dispersion` times its mean (NB1: Cameron and
/// Trivedi, Regression Analysis of Count Data, 1998): the means that leave `n`, or more odd, a chance of at least half of
/// what `level` leaves. The same as [`count()`] when the dispersion is 1 or less.
pub fn count_negative_binomial(n: u64, dispersion: f64, level: f64) -> Range {
    let d = dispersion.max(1.0);
    if d < 1.0 + 1e-9 {
        return count(n, level);
    }
    let tail = (1.0 - level) / 2.0;
    let chance = |count: u64, mean: f64| upper_tail(count, mean, (d - 1.0) * mean);
    let value = n as f64;
    // far above every end that a level below 1 - 1e-12 can ask for
    let most = value + 10.0 * (d * (value + 10.0 * d)).sqrt() + 40.0 * d;
    let low = if n == 0 { 0.0 } else { bisect(0.0, value, |mean| chance(n, mean) < tail) };
    let high = bisect(value, most, |mean| 1.0 - chance(n + 1, mean) > tail);
    Range { low, value, high }
}

/// How many times as much as chance the counts of a table vary around what its rows (years) and columns (parts of the
/// year) make us expect: Pearson's statistic over its degrees of freedom (McCullagh and Nelder, Generalized Linear
/// Models, 1989, 6.2), corrected for a table with a fixed total. Not below 1; 1 when the table says nothing. What lifts
/// a whole year counts as a real difference, not as chance.
pub fn dispersion(table: &[Vec<u64>]) -> f64 {
    let columns = table.iter().map(Vec::len).max().unwrap_or(0);
    let row_sums: Vec<u64> = table.iter().map(|row| row.iter().sum()).collect();
    let column_sums: Vec<u64> =
        (0..columns).map(|c| table.iter().map(|row| row.get(c).copied().unwrap_or(0)).sum()).collect();
    let total: u64 = row_sums.iter().sum();
    let used = |sums: &[u64]| sums.iter().filter(|s| **s > 0).count().saturating_sub(1);
    let freedom = used(&row_sums) * used(&column_sums);
    if freedom == 0 || total < 2 {
        return 1.0;
    }
    let total = total as f64;
    let mut pearson = 0.0;
    for (row, row_sum) in table.iter().zip(&row_sums) {
        for (c, column_sum) in column_sums.iter().enumerate() {
            let expected = *row_sum as f64 * *column_sum as f64 / total;
            if expected > 0.0 {
                pearson += (row.get(c).copied().unwrap_or(0) as f64 - expected).powi(2) / expected;
            }
        }
    }
    (pearson / freedom as f64 * (total - 1.0) / total).max(1.0)
}

/// Rate of `n` events per `per` (1,000) of `base` (inhabitants, dwellings), with its interval.
/// `None` when there is no base.
pub fn rate(n: u64, base: f64, per: f64, level: f64) -> Option<Range> {
    (base > 0.0).then(|| count(n, level).times(per / base))
}

/// Wilson interval (1927) of a share `p` (0-1) found among `n` respondents, with the design effect
/// of the survey: the effective number is n / design effect. `None` without respondents.
pub fn proportion(p: f64, n: f64, design_effect: f64, level: f64) -> Option<Range> {
    let n = n / design_effect.max(1e-9);
    if !(n > 0.0 && (0.0..=1.0).contains(&p)) {
        return None;
    }
    let z = normal_quantile(1.0 - (1.0 - level) / 2.0);
    let z2 = z * z;
    let middle = (p + z2 / (2.0 * n)) / (1.0 + z2 / n);
    let half = z / (1.0 + z2 / n) * (p * (1.0 - p) / n + z2 / (4.0 * n * n)).sqrt();
    Some(Range { low: (middle - half).clamp(0.0, p), value: p, high: (middle + half).clamp(p, 1.0) })
}

/// A mean with its standard error: mean +/- 1.96 SE at 95 % (Veiligheidsmonitor practice).
pub fn mean(value: f64, standard_error: f64, level: f64) -> Range {
    let half = normal_quantile(1.0 - (1.0 - level) / 2.0) * standard_error.abs();
    Range { low: value - half, value, high: value + half }
}

/// The difference a - b of two independent figures with intervals of the same level (Zou and Donner
/// 2008, "MOVER"; for shares this is Newcombe 1998, method 10). No clear difference when it holds 0.
pub fn difference(a: &Range, b: &Range) -> Range {
    let value = a.value - b.value;
    let down = (a.value - a.low).hypot(b.high - b.value);
    let up = (a.high - a.value).hypot(b.value - b.low);
    Range { low: value - down, value, high: value + up }
}

/// The ratio of two rates: `a` events in exposure `a_base` over `b` events in `b_base`, exact
/// (conditional binomial, Clopper-Pearson 1934). Counts that vary more than chance are divided by
/// `dispersion`. The upper end is infinite when `b` is 0. `None` without exposure or events.
pub fn ratio(a: f64, a_base: f64, b: f64, b_base: f64, dispersion: f64, level: f64) -> Option<Range> {
    if !(a_base > 0.0 && b_base > 0.0 && a >= 0.0 && b >= 0.0 && a + b > 0.0) {
        return None;
    }
    let d = dispersion.max(1.0);
    let (x, y) = (a / d, b / d);
    let tail = (1.0 - level) / 2.0;
    let scale = b_base / a_base;
    let odds = |p: f64| if p >= 1.0 { f64::INFINITY } else { p / (1.0 - p) * scale };
    let low = if a > 0.0 { odds(beta_quantile(x, y + 1.0, tail)) } else { 0.0 };
    let high = if b > 0.0 { odds(beta_quantile(x + 1.0, y, 1.0 - tail)) } else { f64::INFINITY };
    let value = if b > 0.0 { a / b * scale } else { f64::INFINITY };
    Some(Range { low: low.min(value), value, high: high.max(value) })
}

/// What may be shown of a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Shown<T> {
    /// The figure, zero included.
    Value(T),
    /// Known, but too small to show.
    Suppressed,
    /// Not known.
    Missing,
}

impl<T> Shown<T> {
    /// The figure, when it may be shown.
    pub fn value(self) -> Option<T> {
        match self {
            Self::Value(v) => Some(v),
            Self::Suppressed | Self::Missing => None,
        }
    }

    /// The same state with another figure.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Shown<U> {
        match self {
            Self::Value(v) => Shown::Value(f(v)),
            Self::Suppressed => Shown::Suppressed,
            Self::Missing => Shown::Missing,
        }
    }
}

/// Small-number rule: counts from 1 up to (not including) `least` are hidden; zero is shown. With
/// `least` 5 the counts 1-4 are hidden.
pub fn shown(count: Option<u64>, least: u64) -> Shown<u64> {
    match count {
        None => Shown::Missing,
        Some(n) if n > 0 && n < least => Shown::Suppressed,
        Some(n) => Shown::Value(n),
    }
}

/// Survey rule: a share of fewer than `least` respondents is hidden.
pub fn shown_survey<T>(value: Option<T>, respondents: u64, least: u64) -> Shown<T> {
    match value {
        None => Shown::Missing,
        Some(_) if respondents < least => Shown::Suppressed,
        Some(v) => Shown::Value(v),
    }
}

/// A row of counts that is shown beside its total: small counts are hidden, and then as many of the
/// smallest others as needed so that no hidden count follows by subtraction (complementary
/// suppression): at least two are hidden, together at least `least`, and they are not all ones.
pub fn shown_row(counts: &[Option<u64>], least: u64) -> Vec<Shown<u64>> {
    let mut row: Vec<Shown<u64>> = counts.iter().map(|c| shown(*c, least)).collect();
    let is_hidden = |s: &Shown<u64>| *s == Shown::Suppressed;
    if !row.iter().any(is_hidden) || row.contains(&Shown::Missing) {
        return row;
    }
    loop {
        let hidden = row.iter().filter(|s| is_hidden(s)).count();
        let sum: u64 = row.iter().zip(counts).filter(|(s, _)| is_hidden(s)).filter_map(|(_, c)| *c).sum();
        if hidden >= 2 && sum >= least {
            return row;
        }
        let next = (0..row.len())
            .filter(|&i| matches!(row[i], Shown::Value(n) if n > 0))
            .min_by_key(|&i| counts[i])
            .or_else(|| (0..row.len()).find(|&i| row[i] == Shown::Value(0)));
        match next {
            Some(i) => row[i] = Shown::Suppressed,
            None => return row,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn near(a: f64, b: f64, tolerance: f64) {
        assert!((a - b).abs() <= tolerance, "{a} is not {b}");
    }

    #[test]
    fn poisson_interval_of_known_counts() {
        // Garwood's table, 95 %
        let table = [
            (0, 0.0, 3.689),
            (1, 0.025, 5.572),
            (4, 1.090, 10.242),
            (5, 1.623, 11.668),
            (10, 4.795, 18.390),
            (50, 37.111, 65.919),
            (100, 81.364, 121.627),
        ];
        for (n, low, high) in table {
            let r = count(n, 0.95);
            near(r.low, low, 6e-4);
            near(r.high, high, 6e-4);
        }
        near(count(0, 0.90).high, 20f64.ln(), 1e-9);
        let r = rate(10, 39_000.0, 1_000.0, 0.95).unwrap();
        near(r.value, 10.0 / 39.0, 1e-12);
        near(r.high, 18.390 / 39.0, 1e-4);
        assert_eq!(rate(10, 0.0, 1_000.0, 0.95), None);
    }

    #[test]
    fn wilson_interval_of_known_shares() {
        // p, n, design effect, low, high (Newcombe 1998, table I, method 3)
        let table = [
            (81.0 / 263.0, 263.0, 1.0, 0.2553, 0.3662),
            (15.0 / 148.0, 148.0, 1.0, 0.0624, 0.1605),
            (0.0, 20.0, 1.0, 0.0, 0.1611),
            (1.0 / 29.0, 29.0, 1.0, 0.0061, 0.1718),
            (0.0, 40.0, 2.0, 0.0, 0.1611),
        ];
        for (p, n, deff, low, high) in table {
            let r = proportion(p, n, deff, 0.95).unwrap();
            near(r.low, low, 6e-5);
            near(r.high, high, 6e-5);
        }
        assert_eq!(proportion(0.5, 0.0, 1.0, 0.95), None);
        assert_eq!(proportion(1.5, 10.0, 1.0, 0.95), None);
    }

    #[test]
    fn difference_of_shares_and_means() {
        // Newcombe 1998 (two samples), table II, method 10: 56/70 - 48/80 = 0.0524 .. 0.3339
        let a = proportion(56.0 / 70.0, 70.0, 1.0, 0.95).unwrap();
        let b = proportion(48.0 / 80.0, 80.0, 1.0, 0.95).unwrap();
        let d = difference(&a, &b);
        near(d.low, 0.0524, 6e-5);
        near(d.high, 0.3339, 6e-5);
        let d = difference(&mean(7.0, 0.3, 0.95), &mean(6.0, 0.4, 0.95));
        near(d.low, 1.0 - 1.96 * 0.5, 1e-4);
        assert!(a.overlaps(&a) && !mean(1.0, 0.1, 0.95).overlaps(&mean(2.0, 0.1, 0.95)));
    }

    #[test]
    fn ratio_of_rates() {
        // equal counts: conditional p = 1/2; Clopper-Pearson of 10 of 20 is 0.2720 .. 0.7280
        let r = ratio(10.0, 1.0, 10.0, 1.0, 1.0, 0.95).unwrap();
        near(r.low, 0.2720 / 0.7280, 3e-4);
        near(r.high, 0.7280 / 0.2720, 3e-3);
        let r = ratio(20.0, 4.0, 130.0, 52.0, 1.0, 0.95).unwrap();
        near(r.value, 2.0, 1e-12);
        assert!(r.low > 1.0);
        let spread = ratio(20.0, 4.0, 130.0, 52.0, 3.0, 0.95).unwrap();
        assert!(spread.low < r.low && spread.high > r.high);
        assert_eq!(ratio(3.0, 1.0, 0.0, 1.0, 1.0, 0.95).unwrap().high, f64::INFINITY);
        assert_eq!(ratio(0.0, 1.0, 0.0, 1.0, 1.0, 0.95), None);
        assert_eq!(ratio(0.0, 1.0, 9.0, 1.0, 1.0, 0.95).unwrap().low, 0.0);
    }

    #[test]
    fn missing_hidden_and_zero_are_three_things() {
        let table = [
            (None, Shown::Missing),
            (Some(0), Shown::Value(0)),
            (Some(1), Shown::Suppressed),
            (Some(4), Shown::Suppressed),
            (Some(5), Shown::Value(5)),
        ];
        for (count, state) in table {
            assert_eq!(shown(count, 5), state);
        }
        assert_eq!(shown_survey(Some(0.3), 49, 50), Shown::Suppressed);
        assert_eq!(shown_survey::<f64>(None, 49, 50), Shown::Missing);
        assert_eq!(Shown::Value(2).map(|v| v * 2).value(), Some(4));
    }

    #[test]
    fn a_hidden_count_does_not_follow_from_the_total() {
        use Shown::{Missing as M, Suppressed as S, Value as V};
        let table = [
            (vec![Some(9), Some(8)], vec![V(9), V(8)]),
            (vec![Some(9), Some(3), Some(8)], vec![V(9), S, S]),
            (vec![Some(1), Some(1), Some(7), Some(9)], vec![S, S, S, V(9)]),
            (vec![Some(3), Some(4), Some(9)], vec![S, S, V(9)]),
            (vec![Some(3), Some(0)], vec![S, S]),
            (vec![Some(3), None, Some(9)], vec![S, M, V(9)]),
        ];
        for (counts, expected) in table {
            assert_eq!(shown_row(&counts, 5), expected, "{counts:?}");
        }
    }

    #[test]
    fn a_count_that_varies_more_than_chance_has_a_wider_interval_that_holds() {
        assert_eq!(count_negative_binomial(10, 1.0, 0.95), count(10, 0.95));
        assert_eq!(count_negative_binomial(10, 0.2, 0.95), count(10, 0.95));
        // geometric (mean 2, variance 6 = 3 × the mean): P(0) = 1/3 ends the interval of 0 at level 1/3
        near(count_negative_binomial(0, 3.0, 1.0 / 3.0).high, 2.0, 1e-9);
        // the true mean is inside at least 95 % of the time: sum the chances of all counts that hold it
        for (mean, d) in [(4.0, 2.0), (30.0, 1.5), (30.0, 4.0), (400.0, 6.0)] {
            let chance = |n: u64| upper_tail(n, mean, (d - 1.0) * mean) - upper_tail(n + 1, mean, (d - 1.0) * mean);
            let inside = |range: Range| range.low <= mean && mean <= range.high;
            let sum = |of: &dyn Fn(u64) -> Range| (0..1_500).filter(|n| inside(of(*n))).map(chance).sum::<f64>();
            let held = sum(&|n| count_negative_binomial(n, d, 0.95));
            let poisson = sum(&|n| count(n, 0.95));
            println!("mean {mean}, dispersion {d}: held {held:.3}, Poisson {poisson:.3}");
            assert!((0.95..0.99).contains(&held), "{mean} {d}: {held}");
            assert!(poisson < 0.93, "{mean} {d}: Poisson holds {poisson}");
        }
    }

    #[test]
    fn dispersion_sees_more_than_chance_and_not_the_season() {
        // a season that is the same each year, at two levels: nothing beyond chance
        let season: Vec<u64> = vec![2, 4, 8, 16, 32, 64];
        let double: Vec<u64> = season.iter().map(|n| n * 2).collect();
        near(dispersion(&[season.clone(), double]), 1.0, 1e-12);
        // outbreaks: 40 events moved from one month to another
        assert!(dispersion(&[vec![50, 10, 30], vec![10, 50, 30]]) > 10.0);
        for nothing in [vec![], vec![vec![]], vec![vec![5, 9, 7]], vec![vec![0, 0], vec![0, 0]], vec![vec![1], vec![3]]]
        {
            assert_eq!(dispersion(&nothing), 1.0, "{nothing:?}");
        }
        // counts by chance alone come out near 1, those with three times the variance near 3
        let mut dice = crate::guard::Dice(3);
        for (truth, low, high) in [(1.0, 1.0, 1.15), (3.0, 2.6, 3.4)] {
            let (mut sum, years) = (0.0, 200);
            for _ in 0..years {
                let mut draw = |_| {
                    let mean = 20.0;
                    let size = mean / (truth - 1.0_f64).max(1e-9);
                    let u = dice.unit().clamp(1e-9, 1.0 - 1e-9);
                    let mean = if truth > 1.0 { gamma_quantile(size, u) * mean / size } else { mean };
                    u64::from(dice.poisson(mean))
                };
                let table: Vec<Vec<u64>> = (0..4).map(|_| (0..12).map(&mut draw).collect()).collect();
                sum += dispersion(&table);
            }
            let mean = sum / f64::from(years);
            assert!((low..high).contains(&mean), "{truth}: {mean}");
        }
    }

    proptest! {
        #[test]
        fn ranges_hold_their_value(n in 0u64..5_000, d in 1.0..5.0f64, level in 0.5..0.999f64) {
            let r = count_with_dispersion(n as f64, d, level);
            prop_assert!(r.low <= r.value && r.value <= r.high);
            let plain = count(n, level);
            prop_assert!(r.high >= plain.high - 1e-6);
        }
    }
}
