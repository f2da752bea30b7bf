//! One list of alarms over all series.

use super::Rules;
use super::chart::{Chart, WINDOW};
use super::curve;
use super::fit::{Design, Expectation, Fitter};
use super::tail::normal_above;
use crate::count::benjamini_hochberg;
use crate::interval::ratio;
use serde::{Deserialize, Serialize};

/// Counts per week, up to and including the last complete week.
#[derive(Clone, Copy, Debug, Default)]
pub struct Weeks<'a> {
    /// One count per week, oldest first.
    pub counts: &'a [u32],
    /// Weeks of which nothing is known (true), as long as `counts`; empty when all are known.
    pub missing: &'a [bool],
}

impl<'a> From<&'a [u32]> for Weeks<'a> {
    fn from(counts: &'a [u32]) -> Self {
        Self { counts, missing: &[] }
    }
}

/// What kind of rise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Kind {
    /// In the last week or the last two.
    Sudden,
    /// For three weeks or longer.
    Lasting,
}

/// What was expected of a week.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Expected {
    /// Events.
    pub mean: f64,
    /// Counts above this are rarer than the level of the rules allows.
    pub high: f64,
}

/// A series that has more than expected.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Alarm {
    /// Which series: its place in the list that was given.
    pub series: usize,
    /// What kind of rise.
    pub kind: Kind,
    /// The week since which it most likely lasts: an index of the series' counts.
    pub since: usize,
    /// Events since then.
    pub observed: u64,
    /// Expected events since then.
    pub expected: f64,
    /// Observed over expected.
    pub ratio: f64,
    /// Lower end of the ratio.
    pub low: f64,
    /// Upper end of the ratio.
    pub high: f64,
    /// Chance of a rise at least this clear when nothing goes on.
    pub p: f64,
    /// The same, adjusted for the number of series (Benjamini-Hochberg).
    pub q: f64,
    /// The expectation of the last weeks of the series (at most 26), made without the last `gap` of them; the
    /// last one belongs to the last count.
    pub weeks: Vec<Expected>,
}

/// The alarms of the last week: series with more than expected in that week, or since up to half a year.
///
/// The share of false alarms in the list is at most `rules.false_alarms`, in expectation, over all series and
/// both kinds. Least likely first. A series shorter than `rules.least_weeks` has no alarm.
pub fn alarms(series: &[Weeks<'_>], rules: &Rules) -> Vec<Alarm> {
    let longest = series.iter().map(|s| s.counts.len()).max().unwrap_or(0);
    let design = Design::new(longest, longest, rules.year);
    let mut found: Vec<Alarm> = series.iter().enumerate().filter_map(|(i, s)| judge(i, *s, &design, rules)).collect();
    let adjusted = benjamini_hochberg(&found.iter().map(|a| a.p).collect::<Vec<_>>());
    for (alarm, q) in found.iter_mut().zip(adjusted) {
        alarm.q = q;
    }
    found.retain(|a| a.q <= rules.false_alarms && a.p < 1.0);
    found.sort_by(|a, b| a.p.total_cmp(&b.p).then(a.series.cmp(&b.series)));
    found
}

/// The expectation of every week of a series, for a chart: of the weeks before the last `gap` with hindsight, of
/// those without. Empty for a series shorter than `rules.least_weeks`.
pub fn expectation(counts: &[u32], rules: &Rules) -> Vec<Expected> {
    if counts.len() < rules.least_weeks.max(4) {
        return Vec::new();
    }
    let design = Design::new(counts.len(), counts.len(), rules.year);
    let none = |_: usize| false;
    let mut fitter = Fitter::new(counts, &none, &design, rules);
    fitter.fit(rules.fitted(counts.len()));
    (0..counts.len()).map(|t| shown(&fitter.expect(t), rules)).collect()
}

fn shown(e: &Expectation, rules: &Rules) -> Expected {
    Expected { mean: e.mean, high: e.above(1.0 - rules.level) }
}

/// Every series that can be tested gives an alarm here; the list is cut afterwards.
fn judge(index: usize, series: Weeks<'_>, design: &Design, rules: &Rules) -> Option<Alarm> {
    let Weeks { counts, missing } = series;
    let end = counts.len();
    let known = |t: usize| !missing.get(t).copied().unwrap_or(false);
    let unknown = |t: usize| !known(t);
    let fitted = rules.fitted(end);
    if end < rules.least_weeks.max(4) || (0..fitted).filter(|t| known(*t)).count() < 4 || !known(end - 1) {
        return None;
    }
    let mut fitter = Fitter::new(counts, &unknown, design, rules);
    fitter.fit(fitted);
    fitter.cautious();
    let from = end.saturating_sub(WINDOW);
    let expected: Vec<Expectation> = (from..end).map(|t| fitter.expect(t)).collect();
    let mut chart = Chart::new(f64::INFINITY);
    let mut scores = Vec::with_capacity(WINDOW);
    let mut p = 1.0;
    for (t, e) in (from..end).zip(&expected) {
        let (above, at) = e.above_and_at(counts[t]);
        let z = if known(t) { normal_above(above + 0.5 * at) } else { 0.0 };
        if t + 1 == end {
            chart.share(e.doubtful(), WINDOW);
            p = chart.chance(above, at, &curve::REMEMBERING);
        }
        chart.push(z);
        scores.push(z);
    }
    // Two tests of the same weeks: the better of them, paid for (Bonferroni).
    p = f64::min(1.0, 2.0 * p.min(run_chance(&counts[from..], &expected, |i| known(from + i))));
    let weeks_ago = start(&scores);
    let since = end - weeks_ago;
    let within = || (since..end).filter(|t| known(*t));
    let observed: u64 = within().map(|t| u64::from(counts[t])).sum();
    let mean: f64 = within().map(|t| expected[t - from].mean).sum();
    if observed < rules.least_events || observed as f64 <= mean {
        p = 1.0;
    }
    let last = expected.last()?;
    let shape = 1.0 / last.doubt.max(1e-9);
    let value = observed as f64 / mean;
    let range = ratio(observed as f64, mean, shape, shape, last.spread, rules.level);
    Some(Alarm {
        series: index,
        kind: if weeks_ago <= 2 { Kind::Sudden } else { Kind::Lasting },
        since,
        observed,
        expected: mean,
        ratio: value,
        low: range.map_or(value, |r| r.low.min(value)),
        high: range.map_or(value, |r| r.high.max(value)),
        p,
        q: 1.0,
        weeks: expected.iter().map(|e| shown(e, rules)).collect(),
    })
}

/// Lengths in weeks of the runs that [`run_chance`] looks at.
const RUNS: [usize; 12] = [1, 2, 3, 4, 5, 6, 8, 10, 13, 17, 21, 26];
/// For how many independent looks the runs count, as they share their weeks: by simulation of quiet series with 0.3 to 20
/// events a week 3.3 to 6.4, at chances from 0.01 to 0.0001.
const LOOKS: f64 = 7.0;

/// The chance of a run of last weeks with so many events, when nothing goes on: the oddest of [`RUNS`], paid for by
/// the number of looks that they amount to. A chart caps what one week adds, so that its p-value never gets very small; in a list of
/// hundreds of series only very small ones count. The doubt about the expectation is shared by all weeks.
fn run_chance(counts: &[u32], expected: &[Expectation], known: impl Fn(usize) -> bool) -> f64 {
    let Some(last) = expected.last() else { return 1.0 };
    let (mut sum, mut mean, mut least) = (0u32, 0.0, 1.0f64);
    for (i, (count, e)) in counts.iter().zip(expected).enumerate().rev() {
        if known(i) {
            sum = sum.saturating_add(*count);
            mean += e.mean;
        }
        if RUNS.contains(&(counts.len() - i)) && f64::from(sum) > mean {
            let (above, at) = Expectation { mean, ..*last }.above_and_at(sum);
            least = least.min(above + at);
        }
    }
    f64::min(1.0, least * LOOKS)
}

/// How many weeks a rise most likely lasts: the last n weeks whose scores together stand out most.
fn start(scores: &[f64]) -> usize {
    let (mut sum, mut best) = (0.0, (f64::NEG_INFINITY, 1));
    for (i, z) in scores.iter().rev().enumerate() {
        sum += z.clamp(-2.5, 4.0);
        let stand = sum / ((i + 1) as f64).sqrt();
        if stand > best.0 {
            best = (stand, i + 1);
        }
    }
    best.1
}
