//! What stands out tonight: weekly per neighbourhood and main category, and clusters of squares. Officers' own
//! findings are left out: where one looks, one finds.

use super::{Kind, Rules, Week};
use crate::brief::area_of;
use crate::config::reports;
use crate::seen::Seen;
use picture::history::{Cell, UNKNOWN_AREA, monday, week_of};
use picture::scan::{Cluster, ScanRules, scan};
use picture::warning::{self, Expected, Weeks, alarms, expectation};
use std::collections::BTreeMap;

/// Ratios are stored up to here: nothing was expected.
const MOST: f64 = 1e6;

/// Something that stands out.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// What kind of rise.
    pub kind: Kind,
    /// Main category; empty is all together.
    pub group: String,
    /// Codes of its neighbourhoods.
    pub areas: Vec<String>,
    /// Squares of a cluster; empty for a whole neighbourhood.
    pub cells: Vec<(i32, i32)>,
    /// The day since which it most likely lasts, in days since 1970-01-01.
    pub since: i32,
    /// Its last day.
    pub until: i32,
    /// Reports in these days.
    pub observed: u64,
    /// Expected reports.
    pub expected: f64,
    /// Observed over expected.
    pub ratio: f64,
    /// Lower end of the ratio.
    pub low: f64,
    /// Upper end of the ratio.
    pub high: f64,
    /// Chance of a rise at least this clear when nothing goes on.
    pub p: f64,
    /// The same, adjusted for all that was compared.
    pub q: f64,
    /// The last weeks, oldest first.
    pub weeks: Vec<Week>,
}

/// All that stands out; pure, and a heavy part of the nightly run.
pub(crate) fn find(seen: &Seen) -> Vec<Found> {
    let rules = &seen.config.alarm;
    let mut out = weekly(seen, rules);
    out.extend(clusters(seen, rules));
    // Small numbers about persons and groups are not told (domain chapter 4).
    out.retain(|f| f.observed >= seen.least(&f.group));
    out
}

/// The complete weeks: the first, and how many.
fn complete(seen: &Seen) -> (i32, usize) {
    let first = seen.history.first_day();
    let first = week_of(first) + i32::from(monday(week_of(first)) < first);
    (first, usize::try_from(week_of(seen.today) - first).unwrap_or(0))
}

fn weekly(seen: &Seen, rules: &Rules) -> Vec<Found> {
    let (first, weeks) = complete(seen);
    let mut series: BTreeMap<(u32, u16), Vec<u32>> = BTreeMap::new();
    reports().days(monday(first), monday(first + weeks as i32) - 1).each(&seen.history, |e| {
        if e.area != UNKNOWN_AREA {
            let counts = series.entry((e.area, e.group)).or_insert_with(|| vec![0; weeks]);
            counts[(week_of(e.day) - first) as usize] += 1;
        }
    });
    let keys: Vec<(u32, u16)> = series.keys().copied().collect();
    let counts: Vec<Vec<u32>> = series.into_values().collect();
    let asked: Vec<Weeks<'_>> = counts.iter().map(|c| Weeks::from(c.as_slice())).collect();
    let told = alarms(&asked, &warning_rules(seen, rules)).into_iter().filter_map(|a| {
        let (area, group) = keys[a.series];
        let mine = &counts[a.series];
        Some(Found {
            kind: match a.kind {
                warning::Kind::Sudden => Kind::Sudden,
                warning::Kind::Lasting => Kind::Lasting,
            },
            group: seen.lists.groups.get(usize::from(group))?.clone(),
            areas: vec![seen.area_code(area)?.to_owned()],
            cells: Vec::new(),
            since: monday(first + a.since as i32),
            until: monday(first + weeks as i32) - 1,
            observed: a.observed,
            expected: a.expected,
            ratio: a.ratio.min(MOST),
            low: a.low.min(MOST),
            high: a.high.min(MOST),
            p: a.p,
            q: a.q,
            weeks: last_weeks(first, mine, &a.weeks, rules.chart_weeks),
        })
    });
    told.take(rules.most).collect()
}

fn warning_rules(seen: &Seen, rules: &Rules) -> warning::Rules {
    warning::Rules {
        false_alarms: rules.weekly_false_alarms,
        least_events: rules.least_events,
        level: seen.config.page.level,
        ..warning::Rules::default()
    }
}

/// The last weeks of a series with their expectation, which ends with the same week.
fn last_weeks(first: i32, counts: &[u32], expected: &[Expected], most: usize) -> Vec<Week> {
    let n = most.min(counts.len()).min(expected.len());
    let weeks = counts.iter().enumerate().rev().zip(expected.iter().rev()).take(n);
    let mut out: Vec<Week> = weeks
        .map(|((week, count), e)| Week {
            monday: monday(first + week as i32),
            count: *count,
            expected: e.mean,
            high: e.high.min(MOST),
        })
        .collect();
    out.reverse();
    out
}

fn clusters(seen: &Seen, rules: &Rules) -> Vec<Found> {
    let asked = ScanRules {
        days: rules.cluster_days,
        replications: rules.replications,
        false_alarms: rules.cluster_false_alarms,
        least_events: u32::try_from(rules.least_events).unwrap_or(u32::MAX),
        level: seen.config.page.level,
        filter: reports(),
        ..ScanRules::default()
    };
    let told = scan(&seen.history, seen.today, &asked).into_iter().take(rules.most);
    told.filter_map(|c| cluster(seen, &c, rules)).collect()
}

fn cluster(seen: &Seen, c: &Cluster, rules: &Rules) -> Option<Found> {
    let group = match c.group {
        Some(g) => seen.lists.groups.get(usize::from(g))?.clone(),
        None => String::new(),
    };
    // the neighbourhood with most of its squares first
    let mut squares: BTreeMap<String, usize> = BTreeMap::new();
    for code in c.cells.iter().filter_map(|c| area_of(&seen.municipality, (c.x, c.y))) {
        *squares.entry(code).or_default() += 1;
    }
    let mut areas: Vec<(String, usize)> = squares.into_iter().collect();
    areas.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    let areas = areas.into_iter().map(|(code, _)| code).collect();
    Some(Found {
        kind: Kind::Cluster,
        group,
        areas,
        cells: c.cells.iter().map(|c| (c.x, c.y)).collect(),
        since: c.from_day,
        until: c.to_day,
        observed: c.observed,
        expected: c.expected,
        ratio: c.ratio.value.min(MOST),
        low: c.ratio.low.min(MOST),
        high: c.ratio.high.min(MOST),
        p: c.p,
        q: c.q,
        weeks: weeks_of(seen, &c.cells, c.group, rules),
    })
}

/// The weeks of some squares.
fn weeks_of(seen: &Seen, cells: &[Cell], group: Option<u16>, rules: &Rules) -> Vec<Week> {
    let (first, weeks) = complete(seen);
    let mut filter = reports().cells(cells.to_vec()).days(monday(first), monday(first + weeks as i32) - 1);
    filter.groups = group.map(|g| vec![g]);
    let mut counts = vec![0u32; weeks];
    filter.each(&seen.history, |e| counts[(week_of(e.day) - first) as usize] += 1);
    last_weeks(first, &counts, &expectation(&counts, &warning_rules(seen, rules)), rules.chart_weeks)
}
