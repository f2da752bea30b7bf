//! The figures of a comparison; pure.

use super::choice::{Choice, Part};
use crate::seen::Seen;
use picture::history::source::COUNT;
use picture::history::{monday, week_of};
use picture::interval::{Range, ratio};
use picture::{Filter, Summary};

/// One side.
pub(super) struct Side {
    /// First and last day that were counted: known days only.
    pub(super) days: (i32, i32),
    pub(super) summary: Summary,
    /// Inhabitants of the neighbourhood or of the municipality, when the key figures say so.
    pub(super) inhabitants: Option<f64>,
    /// Counts per block of days, whole blocks only.
    pub(super) blocks: Vec<u64>,
    /// Runs of days in which nothing came in anywhere, though days without anything are next to impossible.
    pub(super) gaps: Vec<(i32, i32)>,
}

impl Side {
    pub(super) fn length(&self) -> i32 {
        self.days.1 - self.days.0 + 1
    }
}

/// The conclusion: the first side against the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    More,
    Less,
    NoDifference,
    TooFew,
}

/// Two counts and their ratio.
#[derive(Clone, Copy, Debug)]
pub(super) struct Compared {
    pub(super) counts: [u64; 2],
    /// First over second, per day and, where both are known, per inhabitant.
    pub(super) range: Option<Range>,
    pub(super) verdict: Verdict,
}

pub(super) struct Findings {
    pub(super) sides: [Side; 2],
    pub(super) total: Compared,
    /// Main categories: number and comparison, most first.
    pub(super) groups: Vec<(usize, Compared)>,
    /// The same of categories.
    pub(super) categories: Vec<(usize, Compared)>,
    /// How many categories were compared at once.
    pub(super) tests: usize,
    /// Whether rates per inhabitant can be given for both sides.
    pub(super) rates: bool,
    /// Days per point of the development.
    pub(super) block: i32,
    /// So few about persons in one neighbourhood that nothing more is shown.
    pub(super) hidden: bool,
    /// All that was chosen is about persons or groups, in one neighbourhood: no fine detail.
    pub(super) coarse: bool,
    /// Which sides are one neighbourhood: there small counts about persons and groups are hidden.
    pub(super) narrow: [bool; 2],
}

impl Findings {
    pub(super) fn of(seen: &Seen, choice: &Choice) -> Self {
        let known = |part: &Part| {
            let (first, last) = (seen.history.first_day(), seen.today - 1);
            (part.days.0.max(first), part.days.1.min(last).max(part.days.0.max(first)))
        };
        let days = choice.parts.map(|p| known(&p));
        let longest = days.iter().map(|d| d.1 - d.0 + 1).max().unwrap_or(1);
        let block = match longest {
            ..=21 => 1,
            22..=420 => 7,
            _ => 28,
        };
        let sides = [0, 1].map(|i| side(seen, choice, &choice.parts[i], days[i], block));
        let rates = sides.iter().all(|s| s.inhabitants.is_some());
        let per = |s: &Side| f64::from(s.length()) * s.inhabitants.filter(|_| rates).unwrap_or(1.0);
        let exposure = [per(&sides[0]), per(&sides[1])];
        let delicate = choice.is_delicate(seen) && choice.parts.iter().any(|p| p.area.is_some());
        let least = seen.config.small.least;
        let hidden = delicate && sides.iter().any(|s| (1..least).contains(&s.summary.total));
        let level = seen.config.page.level;
        let spreads = choice.parts.map(|p| Spreads::of(seen, &choice.filter(seen, &p)));
        let widest = |of: &dyn Fn(&Spreads) -> f64| spreads.iter().map(of).fold(1.0, f64::max);
        let least_events = seen.config.compare.least_events;
        let compared = |counts: [u64; 2], dispersion: f64, level: f64| {
            let [a, b] = counts.map(|n| n as f64);
            let range = ratio(a, exposure[0], b, exposure[1], dispersion, level);
            let verdict = match range {
                _ if a < least_events && b < least_events => Verdict::TooFew,
                Some(r) if r.low > 1.0 => Verdict::More,
                Some(r) if r.high < 1.0 => Verdict::Less,
                Some(_) => Verdict::NoDifference,
                None => Verdict::TooFew,
            };
            Compared { counts, range, verdict }
        };
        // Many kinds at once: the level is that of all intervals together (Bonferroni), so that of all these rows at
        // most one in twenty pages says "more" or "less" by chance.
        let enough = |counts: &[u64; 2]| counts.iter().any(|n| *n as f64 >= least_events);
        let list = |of: &dyn Fn(&Summary) -> &[u64], spread: &dyn Fn(&Spreads) -> &[f64]| {
            let at = |s: &Side, i: usize| of(&s.summary).get(i).copied().unwrap_or(0);
            let most = sides.iter().map(|s| of(&s.summary).len()).max().unwrap_or(0);
            let mut rows: Vec<(usize, [u64; 2])> =
                (0..most).map(|i| (i, [at(&sides[0], i), at(&sides[1], i)])).filter(|(_, n)| n[0] + n[1] > 0).collect();
            rows.sort_by_key(|(i, n)| (std::cmp::Reverse(n[0] + n[1]), *i));
            let tests = rows.iter().filter(|(_, n)| enough(n)).count().max(1);
            let strict = 1.0 - (1.0 - level) / tests as f64;
            let row = |(i, n)| (i, compared(n, widest(&|s| spread(s).get(i).copied().unwrap_or(1.0)), strict));
            (rows.into_iter().map(row).collect::<Vec<_>>(), tests)
        };
        let groups = list(&|s| &s.groups, &|s| &s.groups);
        let categories = list(&|s| &s.categories, &|s| &s.categories);
        Self {
            total: compared([0, 1].map(|i| sides[i].summary.total), widest(&|s| s.all), level),
            tests: groups.1,
            groups: groups.0,
            categories: categories.0,
            rates,
            block,
            hidden,
            coarse: delicate,
            narrow: choice.parts.map(|p| p.area.is_some()),
            sides,
        }
    }

    /// Sources that only one side has, with that side.
    pub(super) fn lone_sources(&self) -> Vec<(usize, usize)> {
        let [a, b] = &self.sides;
        let lone = |mine: u64, other: u64| mine >= 5 && other == 0;
        (0..COUNT)
            .filter_map(|s| match (a.summary.sources[s], b.summary.sources[s]) {
                (x, y) if lone(x, y) => Some((s, 0)),
                (x, y) if lone(y, x) => Some((s, 1)),
                _ => None,
            })
            .collect()
    }
}

fn side(seen: &Seen, choice: &Choice, part: &Part, days: (i32, i32), block: i32) -> Side {
    let filter = choice.filter(seen, part);
    let summary = Summary::of(&seen.history, &filter.clone().days(days.0, days.1));
    let mut blocks = vec![0; ((days.1 - days.0 + 1) / block).max(0) as usize];
    filter.days(days.0, days.1).each(&seen.history, |e| {
        if let Some(n) = blocks.get_mut(((e.day - days.0) / block) as usize) {
            *n += 1;
        }
    });
    Side { days, summary, inhabitants: inhabitants(seen, part.area), blocks, gaps: gaps(seen, days) }
}

/// Inhabitants of a neighbourhood, or of all; `None` when one is not known.
fn inhabitants(seen: &Seen, area: Option<u32>) -> Option<f64> {
    match area {
        Some(area) => seen.sheet.areas.get(area as usize)?.inhabitants,
        None => seen.sheet.neighbourhoods().map(|a| a.inhabitants).sum(),
    }
    .filter(|n| *n > 0.0)
}

/// Runs of days without any report at all, from whatever source, that chance gives less than once in a million.
fn gaps(seen: &Seen, days: (i32, i32)) -> Vec<(i32, i32)> {
    let span = f64::from(seen.today - seen.history.first_day()).max(1.0);
    let per_day = seen.history.events().len() as f64 / span;
    let mut out: Vec<(i32, i32)> = Vec::new();
    let mut events = seen.history.between(days.0, days.1).iter().map(|e| e.day).chain([days.1 + 1]);
    let mut before = days.0 - 1;
    for day in &mut events {
        if f64::from(day - before - 1) * per_day > 14.0 {
            out.push((before + 1, day - 1));
        }
        before = day;
    }
    out
}

/// Years behind the spread of counts, in weeks.
const SPREAD_WEEKS: i32 = 104;

/// How much weekly counts vary beyond chance: all together, per main category and per category.
struct Spreads {
    all: f64,
    groups: Vec<f64>,
    categories: Vec<f64>,
}

impl Spreads {
    fn of(seen: &Seen, filter: &Filter) -> Self {
        let end = monday(week_of(seen.today));
        let first = monday(week_of(seen.history.first_day() + 6)).max(end - 7 * SPREAD_WEEKS);
        let weeks = ((end - first) / 7).max(0) as usize;
        let mut all = vec![0; weeks];
        let mut groups = vec![vec![0; weeks]; seen.lists.groups.len()];
        let mut categories = vec![vec![0; weeks]; seen.lists.categories.len()];
        filter.clone().days(first, end - 1).each(&seen.history, |e| {
            let week = ((e.day - first) / 7) as usize;
            let group = groups.get_mut(usize::from(e.group));
            let category = categories.get_mut(usize::from(e.category));
            for row in [Some(&mut all), group, category].into_iter().flatten() {
                if let Some(n) = row.get_mut(week) {
                    *n += 1;
                }
            }
        });
        let each = |rows: &[Vec<u64>]| rows.iter().map(|w| spread(w)).collect();
        Self { all: spread(&all), groups: each(&groups), categories: each(&categories) }
    }
}

/// How many times more the count of a week varies than chance (at least 1), from the differences of neighbouring
/// weeks, so that season and trend do not count: for chance alone the mean of (a - b)² / (a + b) is 1.
fn spread(weeks: &[u64]) -> f64 {
    let (mut sum, mut n) = (0.0, 0.0);
    for pair in weeks.windows(2).filter(|w| w[0] + w[1] > 0) {
        let (a, b) = (pair[0] as f64, pair[1] as f64);
        sum += (a - b).powi(2) / (a + b);
        n += 1.0;
    }
    if n >= 8.0 { (sum / n).max(1.0) } else { 1.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chance_spreads_by_one_and_bursts_by_more() {
        // a season and a trend, no noise: less than chance is taken for chance
        let smooth: Vec<u64> = (0..104).map(|w| 20 + w / 4 + if w % 52 < 26 { 5 } else { 0 }).collect();
        assert!((spread(&smooth) - 1.0).abs() < 1e-9);
        // weeks of 10 and 40 in turn: (30² / 50) = 18
        let bursts: Vec<u64> = (0..104).map(|w| if w % 2 == 0 { 10 } else { 40 }).collect();
        assert!((spread(&bursts) - 18.0).abs() < 1e-9);
        assert_eq!(spread(&[]), 1.0);
        assert_eq!(spread(&[3; 5]), 1.0);
    }
}
