//! Quantiles of durations, with an interval between two order statistics (exact, without assumption on the shape:
//! Conover, Practical Nonparametric Statistics, 1999, section 3.2).

use super::indicators::{BINS_A_DAY, LEVEL, Value};
use picture::interval::Shown;

/// The `share` quantile of a histogram of tenths of days, and how many there are. The median of an even number is the
/// mean of the middle two. No interval where the numbers are too few: below six for the median.
pub(super) fn quantile(bins: impl Iterator<Item = (i64, u64)>, share: f64) -> (Shown<Value>, Option<u64>) {
    let mut bins: Vec<(i64, u64)> = bins.collect();
    bins.sort_unstable();
    let n: u64 = bins.iter().map(|b| b.1).sum();
    if n == 0 {
        return (Shown::Missing, Some(0));
    }
    let at = |rank: u64| {
        let mut seen = 0;
        let found = bins.iter().find(|(_, many)| {
            seen += many;
            seen >= rank
        });
        found.map_or(0.0, |(bin, _)| *bin as f64 / BINS_A_DAY)
    };
    let place = n as f64 * share;
    // a tiny step back: 0.9 × 10 is not to be 9.000000000000002
    let rank = ((place - 1e-9).ceil() as u64).clamp(1, n);
    let next = if (place - place.round()).abs() < 1e-9 { (rank + 1).min(n) } else { rank };
    let value = if share == 0.5 { f64::midpoint(at(rank), at(next)) } else { at(rank) };
    let interval = ranks(n, share).map(|(low, high)| (at(low), at(high)));
    (Shown::Value(Value { value, interval }), Some(n))
}

/// Ranks (from 1) of the order statistics between which the quantile lies with at least 95 % confidence.
pub(super) fn ranks(n: u64, share: f64) -> Option<(u64, u64)> {
    let (low, high) = (lower(n, share)?, lower(n, 1.0 - share)?);
    Some((low, n + 1 - high))
}

/// The highest rank that is below the `share` quantile with confidence; none when there is no such rank.
fn lower(n: u64, share: f64) -> Option<u64> {
    let (tail, many) = ((1.0 - LEVEL) / 2.0, n as f64);
    if many * -(1.0 - share).ln() > 695.0 {
        // normal approximation of the binomial; the first of its terms would be no number any more
        let low = (many * share - 1.959_964 * (many * share * (1.0 - share)).sqrt()).floor();
        return (low >= 1.0).then_some(low as u64);
    }
    let (mut term, mut below, mut rank) = ((1.0 - share).powi(i32::try_from(n).unwrap_or(i32::MAX)), 0.0, 0);
    while rank < n && below + term <= tail {
        below += term;
        term *= (n - rank) as f64 / (rank + 1) as f64 * share / (1.0 - share);
        rank += 1;
    }
    (rank > 0).then_some(rank)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quantile_lies_between_order_statistics() {
        // ranks from the table of Conover (1999): coverage at least 95 %
        let table = [
            (5, 0.5, None),
            (6, 0.5, Some((1, 6))),
            (10, 0.5, Some((2, 9))),
            (20, 0.5, Some((6, 15))),
            (100, 0.5, Some((40, 61))),
            // 0.9^35 = 0.0250 is just above, 0.9^36 = 0.0225 below half of five per cent
            (35, 0.9, None),
            (36, 0.9, Some((29, 36))),
        ];
        for (n, share, expected) in table {
            assert_eq!(ranks(n, share), expected, "{n} {share}");
        }
        assert_eq!(ranks(10_000, 0.5), Some((4_902, 5_099)));
        // 9000 - 1.96 × 30 = 8941.2
        assert_eq!(ranks(10_000, 0.9), Some((8_941, 9_060)));
    }

    #[test]
    fn figures_agree_with_those_made_by_hand() {
        // ten of 1, 2, ... 10 days: median 5.5, interval from the 2nd to the 9th; nine of ten within 9 days
        let ten = || (1..=10).map(|day| (day * 10, 1));
        let (shown, n) = quantile(ten(), 0.5);
        assert_eq!(n, Some(10));
        assert_eq!(shown.value(), Some(Value { value: 5.5, interval: Some((2.0, 9.0)) }));
        assert_eq!(quantile(ten(), 0.9).0.value(), Some(Value { value: 9.0, interval: None }));
        let (few, _) = quantile([(5, 3)].into_iter(), 0.5);
        assert_eq!(few.value(), Some(Value { value: 0.5, interval: None }));
        assert_eq!(quantile([(10, 1), (20, 1), (40, 1)].into_iter(), 0.5).0.value().map(|v| v.value), Some(2.0));
        assert_eq!(quantile(std::iter::empty(), 0.9), (Shown::Missing, Some(0)));
    }
}
