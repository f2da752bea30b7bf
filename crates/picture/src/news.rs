//! What is new: places whose last weeks are above the expectation, with the false alarms of many
//! comparisons kept in check.
//!
//! Every area or cell (times group) with any event in the base or now is tested. Its expectation is
//! its own count in the base weeks, drawn towards the mean place of its group (gamma-Poisson
//! shrinkage), times the group's season. The p-value is the chance of so many events or more under
//! the negative binomial that results, widened by how much places vary from month to month. The list
//! holds those whose Benjamini-Hochberg value is at most the asked share of false alarms.

use crate::change::{ChangeRules, Season, Split, complete_weeks, start_of};
use crate::count::{benjamini_hochberg, upper_tail};
use crate::grid::Filter;
use crate::history::{Cell, Event, History, UNKNOWN_AREA, monday, source, week_of};
use crate::interval::ratio;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// A place in a list of news.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Place {
    /// An area: the caller's index.
    Area(u32),
    /// A square of the grid.
    Cell(Cell),
}

/// Which places are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Level {
    /// Areas.
    Area,
    /// Cells.
    Cell,
}

/// What to look for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct NewsAsk {
    /// Areas or cells.
    pub level: Level,
    /// Per group, or all groups together.
    pub per_group: bool,
    /// Share of false alarms in the list that is accepted.
    pub false_alarms: f64,
    /// Fewest events in the last weeks to be listed (and a guard for small numbers).
    pub least_events: u64,
    /// Weeks, season and so on, as for a change.
    pub rules: ChangeRules,
    /// Which events; officers' own findings are left out by default.
    pub filter: Filter,
}

impl Default for NewsAsk {
    fn default() -> Self {
        Self {
            level: Level::Cell,
            per_group: true,
            false_alarms: 0.10,
            least_events: 5,
            rules: ChangeRules::default(),
            filter: Filter { sources: !(1 << source::OFFICER), ..Filter::all() },
        }
    }
}

/// One piece of news.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct News {
    /// Where.
    pub place: Place,
    /// What; `None` is all groups together.
    pub group: Option<u16>,
    /// Events in the last weeks.
    pub observed: u64,
    /// Expected events in those weeks.
    pub expected: f64,
    /// Observed over expected.
    pub ratio: f64,
    /// Lower end of the ratio.
    pub low: f64,
    /// Upper end of the ratio.
    pub high: f64,
    /// Chance of so many or more when nothing is new.
    pub p: f64,
    /// The same, adjusted for the number of comparisons (Benjamini-Hochberg).
    pub q: f64,
    /// The Monday since which it most likely lasts, in days since 1970-01-01.
    pub since: i32,
    /// Events above the expectation since then.
    pub above: f64,
    /// How many comparisons were made.
    pub tested: u32,
}

/// A place and group under test.
struct Tested {
    place: Place,
    group: u16,
    /// Events in the base weeks.
    base: f64,
    /// Sum over the blocks of the base of (count squared).
    squares: f64,
    /// Events now.
    now: u64,
}

/// What is known about the places of one group: gamma with `shape` and `mean` (events per block),
/// and the relative variance of a place from block to block beyond chance.
struct Prior {
    shape: f64,
    mean: f64,
    spread: f64,
}

impl Prior {
    /// Method of moments over the places; a block is as many weeks as are compared.
    fn of<'a>(places: impl Iterator<Item = &'a Tested>, blocks: f64) -> Self {
        let (mut n, mut sum, mut squares, mut within, mut weight) = (0.0, 0.0, 0.0, 0.0, 0.0);
        for t in places {
            let mean = t.base / blocks;
            n += 1.0;
            sum += mean;
            squares += mean * mean;
            within += t.squares - blocks * mean * mean - (blocks - 1.0) * mean;
            weight += (blocks - 1.0) * mean * mean;
        }
        let mean = f64::max(sum / f64::max(n, 1.0), 0.5 / blocks);
        let between = squares / f64::max(n, 1.0) - mean * mean - mean / blocks;
        Self {
            shape: if between > 0.0 { (mean * mean / between).clamp(0.1, 10.0) } else { 10.0 },
            mean,
            spread: if weight > 0.0 { (within / weight).clamp(0.0, 4.0) } else { 0.0 },
        }
    }
}

/// The weeks of the question and the events that count.
struct Panel<'a> {
    history: &'a History,
    ask: &'a NewsAsk,
    filter: Filter,
    first: i32,
    split: Split,
}

impl Panel<'_> {
    fn group(&self, e: &Event) -> u16 {
        if self.ask.per_group { e.group } else { 0 }
    }

    fn key(&self, e: &Event) -> Option<(Place, u16)> {
        let place = match self.ask.level {
            Level::Area => (e.area != UNKNOWN_AREA).then_some(Place::Area(e.area)),
            Level::Cell => e.cell.map(Place::Cell),
        };
        place.map(|p| (p, self.group(e)))
    }

    fn week(&self, e: &Event) -> usize {
        (week_of(e.day) - self.first) as usize
    }

    /// The season of each group, from its events at all places.
    fn seasons(&self) -> Vec<Season> {
        let mut series: Vec<Vec<u32>> = Vec::new();
        self.filter.each(self.history, |e| {
            let g = usize::from(self.group(e));
            if g >= series.len() {
                series.resize(g + 1, vec![0; self.split.end]);
            }
            series[g][self.week(e)] += 1;
        });
        series.iter().map(|s| Season::of(s, self.split, &self.ask.rules)).collect()
    }

    /// All places with an event in the base or now, in a fixed order.
    fn tested(&self) -> Vec<Tested> {
        let block = self.split.end - self.split.now;
        let mut counts: HashMap<(Place, u16), HashMap<usize, u32>> = HashMap::new();
        let from = monday(self.first + self.split.base as i32);
        let filter = self.filter.clone().days(from, self.filter.to_day);
        filter.each(self.history, |e| {
            if let Some(key) = self.key(e) {
                let at = (self.split.end - 1 - self.week(e)) / block;
                *counts.entry(key).or_default().entry(at).or_default() += 1;
            }
        });
        let mut out: Vec<Tested> = counts
            .into_iter()
            .map(|((place, group), blocks)| {
                let base = || blocks.iter().filter(|b| *b.0 > 0).map(|b| f64::from(*b.1));
                Tested {
                    place,
                    group,
                    base: base().sum(),
                    squares: base().map(|n| n * n).sum(),
                    now: blocks.get(&0).map_or(0, |n| u64::from(*n)),
                }
            })
            .collect();
        out.sort_by_key(|t| (t.place, t.group));
        out
    }

    /// Since when, and how many above the expectation since then.
    fn date(&self, found: &mut [News], seasons: &[Season]) {
        let mut series: HashMap<(Place, u16), Vec<u32>> =
            found.iter().map(|n| ((n.place, n.group.unwrap_or(0)), vec![0; self.split.end])).collect();
        self.filter.each(self.history, |e| {
            if let Some(weeks) = self.key(e).and_then(|k| series.get_mut(&k)) {
                weeks[self.week(e)] += 1;
            }
        });
        let back = self.split.end.saturating_sub(self.ask.rules.look_back as usize).max(self.split.base);
        for n in found {
            let group = n.group.unwrap_or(0);
            let (weeks, season) = (&series[&(n.place, group)], &seasons[usize::from(group)]);
            let per_factor = n.expected / season.sum(self.split.now, self.split.end);
            let at = start_of(weeks, back, |w| per_factor * season.factor[w], true);
            let seen: u32 = weeks[at..].iter().sum();
            n.since = monday(self.first + at as i32);
            n.above = f64::from(seen) - per_factor * season.sum(at, self.split.end);
        }
    }
}

/// The news in the last complete weeks before `until`, least likely first. Empty when the history is
/// shorter than the rules ask.
pub fn news(history: &History, until: i32, ask: &NewsAsk) -> Vec<News> {
    let (first, end) = complete_weeks(history, until);
    let Some(split) = Split::of((end - first) as usize, &ask.rules) else {
        return Vec::new();
    };
    let days = (monday(first).max(ask.filter.from_day), (monday(end) - 1).min(ask.filter.to_day));
    let panel = Panel { history, ask, filter: ask.filter.clone().days(days.0, days.1), first, split };
    let seasons = panel.seasons();
    let tested = panel.tested();
    let blocks = (split.now - split.base) as f64 / (split.end - split.now) as f64;
    let priors: Vec<Prior> =
        (0..seasons.len()).map(|g| Prior::of(tested.iter().filter(|t| usize::from(t.group) == g), blocks)).collect();
    let all: Vec<News> = tested
        .iter()
        .map(|t| judge(t, &seasons[usize::from(t.group)], &priors[usize::from(t.group)], &panel, blocks))
        .collect();
    let adjusted = benjamini_hochberg(&all.iter().map(|n| n.p).collect::<Vec<_>>());
    let mut found: Vec<News> = all
        .into_iter()
        .zip(adjusted)
        .map(|(n, q)| News { q, tested: tested.len() as u32, ..n })
        .filter(|n| n.q <= ask.false_alarms && n.observed >= ask.least_events && n.ratio > 1.0)
        .collect();
    panel.date(&mut found, &seasons);
    found.sort_by(|a, b| a.p.total_cmp(&b.p).then(a.place.cmp(&b.place)).then(a.group.cmp(&b.group)));
    found
}

/// One test.
fn judge(t: &Tested, season: &Season, prior: &Prior, panel: &Panel<'_>, blocks: f64) -> News {
    let (now, base) = (season.sum(panel.split.now, panel.split.end), season.sum(panel.split.base, panel.split.now));
    let shape = t.base + prior.shape;
    let per_block = shape / (blocks + prior.shape / prior.mean);
    let expected = per_block * blocks * now / base;
    let extra = expected * expected * (1.0 / shape + prior.spread);
    let seen = t.now as f64;
    let value = seen / expected;
    let widen = 1.0 + prior.spread * expected;
    let range = ratio(seen, expected, shape, shape, widen, panel.ask.rules.level);
    News {
        place: t.place,
        group: panel.ask.per_group.then_some(t.group),
        observed: t.now,
        expected,
        ratio: value,
        low: range.map_or(value, |r| r.low.min(value)),
        high: range.map_or(value, |r| r.high.max(value)),
        p: upper_tail(t.now, expected, extra),
        q: 1.0,
        since: 0,
        above: 0.0,
        tested: 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: i32 = 16_433; // a Monday
    const WEEKS: i32 = 60;

    /// Deterministic noise in 0..n.
    fn noise(seed: &mut u64, n: u64) -> u64 {
        *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (*seed >> 33) % n
    }

    /// 200 cells in 10 areas, each about a event a week in two groups; cell 7 rises fivefold in the
    /// last six weeks.
    fn city(rise: bool, source: u8) -> History {
        let mut seed = 11;
        let mut events = Vec::new();
        for day in START..START + 7 * WEEKS {
            for x in 0..200i32 {
                let hot = rise && x == 7 && day >= START + 7 * (WEEKS - 6);
                for _ in 0..if hot { 5 } else { 1 } {
                    if noise(&mut seed, 7) == 0 {
                        let group = if hot { 1 } else { noise(&mut seed, 2) as u16 };
                        events.push(Event {
                            day,
                            hour: 21,
                            cell: Some(Cell { x, y: 1 }),
                            area: (x / 20) as u32,
                            category: group,
                            group,
                            source: if hot { source } else { source::POLICE },
                        });
                    }
                }
            }
        }
        History::spanning(events, START, START + 7 * WEEKS - 1)
    }

    #[test]
    fn a_lasting_rise_in_one_cell_is_found_and_dated() {
        let h = city(true, source::RESIDENT);
        let list = news(&h, h.last_day() + 1, &NewsAsk::default());
        assert_eq!(list.len(), 1, "{list:?}");
        let n = list[0];
        assert_eq!((n.place, n.group, n.tested), (Place::Cell(Cell { x: 7, y: 1 }), Some(1), 400));
        assert!(n.low > 1.0 && n.low <= n.ratio && n.ratio <= n.high && n.p <= n.q);
        let weeks_ago = (h.last_day() + 1 - n.since) / 7;
        assert!((5..=7).contains(&weeks_ago), "{weeks_ago}");
        assert!(n.above > 15.0);
        let together = NewsAsk { per_group: false, ..NewsAsk::default() };
        let list = news(&h, h.last_day() + 1, &together);
        assert_eq!(list.iter().map(|n| (n.place, n.group)).collect::<Vec<_>>(), [(n.place, None)]);
    }

    #[test]
    fn chance_alone_gives_no_more_false_alarms_than_accepted() {
        let h = city(false, source::RESIDENT);
        let mut alarms = 0;
        for level in [Level::Cell, Level::Area] {
            for back in 0..20 {
                let ask = NewsAsk { level, ..NewsAsk::default() };
                alarms += usize::from(!news(&h, h.last_day() + 1 - 7 * back, &ask).is_empty());
            }
        }
        // One list in ten may hold a false alarm: 4 of 40; overlapping weeks repeat theirs.
        assert!(alarms <= 6, "{alarms}");
    }

    #[test]
    fn what_officers_find_by_looking_is_no_news() {
        let h = city(true, source::OFFICER);
        assert_eq!(news(&h, h.last_day() + 1, &NewsAsk::default()), []);
    }

    #[test]
    fn too_short_a_history_has_no_news() {
        let h = city(true, source::RESIDENT).before(START + 7 * 11);
        assert_eq!(news(&h, i32::MAX, &NewsAsk::default()), []);
        assert_eq!(news(&History::default(), 0, &NewsAsk::default()), []);
    }
}
