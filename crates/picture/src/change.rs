//! Is the last month different from what the weeks before and the season make us expect.

use crate::grid::Filter;
use crate::history::{History, monday, week_of};
use crate::interval::{Range, ratio};
use serde::{Deserialize, Serialize};

/// The conclusion of a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Verdict {
    /// Clearly more than expected.
    Higher,
    /// Clearly less than expected.
    Lower,
    /// Within what chance gives.
    NoClearDifference,
    /// Too few events or weeks to say anything.
    TooFew,
}

/// What the expectation rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Ground {
    /// The level of the weeks before, times the season of this many earlier years.
    Season {
        /// Years.
        years: u8,
    },
    /// Only the level of the weeks before: the history is too short to know the season.
    Level,
}

/// The last weeks against the expectation for the same season.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// First Monday of the weeks compared, in days since 1970-01-01.
    pub from_day: i32,
    /// Events in those weeks.
    pub observed: u64,
    /// Expected events.
    pub expected: f64,
    /// Observed over expected; `None` when nothing was expected or too little is known.
    pub ratio: Option<f64>,
    /// Lower end of the ratio.
    pub low: f64,
    /// Upper end of the ratio; `None` is without bound.
    pub high: Option<f64>,
    /// For a clear difference: the Monday since which it most likely lasts.
    pub since: Option<i32>,
    /// The conclusion.
    pub verdict: Verdict,
    /// What the expectation rests on.
    pub ground: Ground,
}

/// The rules of a comparison; all of them configuration.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ChangeRules {
    /// Weeks compared.
    pub weeks: u32,
    /// Weeks before those that give the level.
    pub base_weeks: u32,
    /// Fewest weeks of level that will do.
    pub least_base_weeks: u32,
    /// Level of the interval, and so of the conclusion.
    pub level: f64,
    /// Neither observed nor expected reaches this: too few.
    pub least_events: f64,
    /// How far back the start of a difference is sought, in weeks.
    pub look_back: u32,
    /// Weight, in events, of "no season".
    pub season_prior: f64,
}

impl Default for ChangeRules {
    fn default() -> Self {
        Self {
            weeks: 4,
            base_weeks: 52,
            least_base_weeks: 8,
            level: 0.95,
            least_events: 5.0,
            look_back: 26,
            season_prior: 50.0,
        }
    }
}

/// Compares the last complete weeks before `until` (a day; that day's week is not complete and not
/// used) with what the weeks before and the season make us expect.
pub fn change(history: &History, filter: &Filter, until: i32, rules: &ChangeRules) -> Change {
    let Weekly { first, counts } = Weekly::of(history, filter, until);
    change_of_weeks(first, counts, rules)
}

/// The same for counts of complete weeks, of which the first is week `first` (see [`week_of`]).
pub fn change_of_weeks(first: i32, counts: Vec<u32>, rules: &ChangeRules) -> Change {
    let weeks = Weekly { first, counts };
    let Some(split) = Split::of(weeks.counts.len(), rules) else {
        return Change {
            from_day: monday((weeks.end() - rules.weeks as i32).max(first)),
            observed: weeks.counts.iter().rev().take(rules.weeks as usize).map(|n| u64::from(*n)).sum(),
            expected: 0.0,
            ratio: None,
            low: 0.0,
            high: None,
            since: None,
            verdict: Verdict::TooFew,
            ground: Ground::Level,
        };
    };
    let season = Season::of(&weeks.counts, split, rules);
    let sum = |from: usize, to: usize| weeks.counts[from..to].iter().map(|n| u64::from(*n)).sum::<u64>();
    let observed = sum(split.now, split.end);
    let base = sum(split.base, split.now) as f64;
    let (factor, base_factor) = (season.sum(split.now, split.end), season.sum(split.base, split.now));
    let level = base / base_factor;
    let expected = level * factor;
    let dispersion = spread(&weeks.counts, split, &season, level);
    let range = ratio(observed as f64, factor, base, base_factor, dispersion, rules.level);
    let range = range.unwrap_or(Range { low: 0.0, value: f64::NAN, high: f64::INFINITY });
    let verdict = if (observed as f64) < rules.least_events && expected < rules.least_events {
        Verdict::TooFew
    } else if range.low > 1.0 {
        Verdict::Higher
    } else if range.high < 1.0 {
        Verdict::Lower
    } else {
        Verdict::NoClearDifference
    };
    let since = matches!(verdict, Verdict::Higher | Verdict::Lower).then(|| {
        let back = split.end.saturating_sub(rules.look_back as usize).max(split.base);
        let expect = |w: usize| level * season.factor[w];
        let at = start_of(&weeks.counts, back, expect, verdict == Verdict::Higher);
        monday(weeks.first + at as i32)
    });
    Change {
        from_day: monday(weeks.first + split.now as i32),
        observed,
        expected,
        ratio: Some(range.value).filter(|r| r.is_finite()),
        low: range.low,
        high: Some(range.high).filter(|h| h.is_finite()),
        since,
        verdict,
        ground: season.ground,
    }
}

/// What is expected of the last `rules.weeks` of these counts of complete weeks, from the weeks before them: their level
/// and the season. `None` when too few weeks are known.
pub fn expected_of_weeks(counts: &[u32], rules: &ChangeRules) -> Option<f64> {
    let split = Split::of(counts.len(), rules)?;
    let season = Season::of(counts, split, rules);
    let base = counts[split.base..split.now].iter().map(|n| u64::from(*n)).sum::<u64>() as f64;
    let level = base / season.sum(split.base, split.now);
    Some(level * season.sum(split.now, split.end)).filter(|e| e.is_finite())
}

/// Complete weeks before a day.
pub(crate) struct Weekly {
    /// The week of the first count.
    pub(crate) first: i32,
    pub(crate) counts: Vec<u32>,
}

impl Weekly {
    pub(crate) fn of(history: &History, filter: &Filter, until: i32) -> Self {
        let (first, end) = complete_weeks(history, until);
        let mut counts = vec![0; (end - first).max(0) as usize];
        if !counts.is_empty() {
            let filter = filter.clone().days(monday(first), monday(end) - 1);
            filter.each(history, |e| counts[(week_of(e.day) - first) as usize] += 1);
        }
        Self { first, counts }
    }

    fn end(&self) -> i32 {
        self.first + self.counts.len() as i32
    }
}

/// First complete week, and the week after the last complete one before `until`.
pub(crate) fn complete_weeks(history: &History, until: i32) -> (i32, i32) {
    let first = week_of(history.first_day().saturating_add(6));
    let end = week_of(until.min(history.last_day().saturating_add(1)));
    (first, end.max(first))
}

/// Where the weeks of a comparison lie: base .. now .. end.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Split {
    pub(crate) base: usize,
    pub(crate) now: usize,
    pub(crate) end: usize,
}

impl Split {
    pub(crate) fn of(weeks: usize, rules: &ChangeRules) -> Option<Self> {
        let now = weeks.checked_sub(rules.weeks.max(1) as usize)?;
        let base = now.saturating_sub(rules.base_weeks as usize);
        (now - base >= rules.least_base_weeks.max(1) as usize).then_some(Self { base, now, end: weeks })
    }
}

/// How much busier or quieter each week of the year is than its year.
pub(crate) struct Season {
    pub(crate) factor: Vec<f64>,
    pub(crate) ground: Ground,
}

impl Season {
    /// For each week from the base on: the seven weeks around the same date in each of at most five
    /// earlier years, over the 52 weeks around them, shrunk to 1 by a prior. Only weeks before `now`
    /// are used, so what is judged does not set its own yardstick.
    pub(crate) fn of(counts: &[u32], split: Split, rules: &ChangeRules) -> Self {
        let mut sums = vec![0.0];
        sums.extend(counts.iter().scan(0.0, |sum, n| {
            *sum += f64::from(*n);
            Some(*sum)
        }));
        let mut years = 0;
        let mut factor = vec![1.0; split.end];
        for (w, f) in factor.iter_mut().enumerate().skip(split.base) {
            let (mut seen, mut year_mean) = (0.0, 0.0);
            for lag in 1..=5u8 {
                let back = (52.1775 * f64::from(lag)).round() as usize;
                let Some(centre) = w.checked_sub(back).filter(|c| *c >= 26) else {
                    break;
                };
                if centre + 26 > split.now {
                    continue;
                }
                seen += sums[centre + 4] - sums[centre - 3];
                year_mean += (sums[centre + 26] - sums[centre - 26]) * 7.0 / 52.0;
                if w + 1 == split.end {
                    years = lag;
                }
            }
            *f = (seen + rules.season_prior) / (year_mean + rules.season_prior);
        }
        let ground = if years > 0 { Ground::Season { years } } else { Ground::Level };
        if years == 0 {
            factor.fill(1.0);
        }
        Self { factor, ground }
    }

    pub(crate) fn sum(&self, from: usize, to: usize) -> f64 {
        self.factor[from..to].iter().sum()
    }
}

/// How much the base weeks vary, as a multiple of chance (Pearson), at least 1. A single
/// extreme week (a feast, a storm) must not widen everything: errors are cut at three deviations.
fn spread(counts: &[u32], split: Split, season: &Season, level: f64) -> f64 {
    let mut sum = 0.0;
    let mut weeks = 0.0;
    for (n, f) in counts[split.base..split.now].iter().zip(&season.factor[split.base..split.now]) {
        let m = level * f;
        if m > 0.0 {
            sum += ((f64::from(*n) - m).powi(2) / m).min(9.0);
            weeks += 1.0;
        }
    }
    if weeks > 1.0 { f64::max(sum / (weeks - 1.0), 1.0) } else { 1.0 }
}

/// The week from which a lasting rise (or fall) explains the counts best: the largest Poisson
/// likelihood ratio of "another level since week s" against the expectation.
pub(crate) fn start_of(counts: &[u32], back: usize, expect: impl Fn(usize) -> f64, higher: bool) -> usize {
    let mut best = (f64::NEG_INFINITY, counts.len().saturating_sub(1));
    let (mut seen, mut expected) = (0.0, 0.0);
    for w in (back..counts.len()).rev() {
        seen += f64::from(counts[w]);
        expected += expect(w);
        if expected > 0.0 && (seen > expected) == higher {
            let gain = if seen > 0.0 { seen * (seen / expected).ln() } else { 0.0 };
            let ratio = gain - (seen - expected);
            if ratio > best.0 {
                best = (ratio, w);
            }
        }
    }
    best.1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::{Cell, Event, source};

    const START: i32 = 16_433; // Monday 2014-12-29

    /// `counts[w]` events in week w, spread over the days.
    fn history(counts: &[u32]) -> History {
        let mut events = Vec::new();
        for (w, n) in (0i32..).zip(counts) {
            events.extend((0..*n as i32).map(|i| Event {
                day: START + 7 * w + i % 7,
                hour: 20,
                cell: Some(Cell { x: 0, y: 0 }),
                area: 0,
                category: 0,
                group: 0,
                source: source::RESIDENT,
            }));
        }
        History::spanning(events, START, START + 7 * counts.len() as i32 - 1)
    }

    fn verdict(counts: &[u32]) -> Change {
        let h = history(counts);
        change(&h, &Filter::all(), h.last_day() + 1, &ChangeRules::default())
    }

    #[test]
    fn verdicts() {
        let flat = |n: u32, weeks: usize| vec![n; weeks];
        let then = |mut a: Vec<u32>, b: Vec<u32>| {
            a.extend(b);
            a
        };
        let summer = |weeks: usize| -> Vec<u32> {
            let wave = |w: usize| (w as f64 / 52.1775 * std::f64::consts::TAU).cos();
            (0..weeks).map(|w| (40.0 - 20.0 * wave(w)).round() as u32).collect()
        };
        let table = [
            ("steady", flat(20, 60), Verdict::NoClearDifference),
            ("up", then(flat(20, 60), flat(35, 4)), Verdict::Higher),
            ("down", then(flat(20, 60), flat(8, 4)), Verdict::Lower),
            ("nothing", flat(0, 60), Verdict::TooFew),
            ("tiny", then(flat(0, 60), vec![1, 0, 1, 1]), Verdict::TooFew),
            ("from nothing", then(flat(0, 60), flat(5, 4)), Verdict::Higher),
            ("short", flat(20, 11), Verdict::TooFew),
            ("just enough", flat(20, 12), Verdict::NoClearDifference),
            // Three years of summers: a busy July is no news, a busy January is.
            ("summer again", summer(182), Verdict::NoClearDifference),
            ("winter too busy", then(summer(156), flat(40, 4)), Verdict::Higher),
        ];
        for (name, counts, expected) in table {
            let c = verdict(&counts);
            assert_eq!(c.verdict, expected, "{name}: {c:?}");
            assert!(c.high.is_none_or(|high| c.low <= high));
        }
        assert_eq!(verdict(&summer(182)).ground, Ground::Season { years: 2 });
        assert_eq!(verdict(&flat(20, 60)).ground, Ground::Level);
    }

    #[test]
    fn a_rise_is_dated() {
        let mut counts = vec![20; 100];
        counts.extend([34; 7]);
        let c = verdict(&counts);
        assert_eq!(c.since, Some(START + 7 * 100));
        assert_eq!((c.observed, c.from_day), (136, START + 7 * 103));
        let (ratio, high) = (c.ratio.unwrap(), c.high.unwrap());
        assert!(ratio > 1.4 && c.low < ratio && ratio < high);
        assert_eq!(verdict(&vec![20; 100]).since, None);
    }

    #[test]
    fn an_incomplete_week_is_not_a_drop() {
        let h = history(&[20; 60]);
        let at = |until| change(&h, &Filter::all(), until, &ChangeRules::default());
        assert_eq!(at(h.last_day() + 1 - 3).verdict, Verdict::NoClearDifference);
        assert_eq!(at(h.last_day() - 2).from_day, START + 7 * 55);
    }
}
