//! Where is something going on right now: space-time clusters of free shape in the last days.
//!
//! A scan statistic, expectation-based (Neill, Moore and others 2005; Kulldorff 2001 for the idea of last days):
//! every zone of connected cells times "the last 1 to 28 days" is compared with what its own history makes us
//! expect ([`baseline`]), and the zone with the highest likelihood ratio wins. Zones ([`zones`]) are upper level
//! sets (Patil and Taillie 2004), circles, and what a local search makes of the best of them, so an L, a street or
//! a ring is found with its shape. Counts that vary beyond chance lower the ratio (quasi-likelihood: ratio over
//! dispersion). How large a ratio chance alone gives is found by seeded replications ([`chance`]) with a Gumbel
//! tail (Abrams, Kulldorff and Kleinman 2010); all groups together are one list, whose false discoveries
//! Benjamini and Hochberg (1995) keep in check.
//!
//! What officers find by looking is left out by the caller's filter (the default does), the city's own level is
//! followed, so "busy everywhere" is no cluster. The observed ratio of a zone that was chosen because it is high
//! is somewhat too high; the interval says how sure, not how lucky.

mod baseline;
mod chance;
mod zones;

use crate::count::benjamini_hochberg;
use crate::grid::Filter;
use crate::history::{Cell, Event, History, source};
use crate::interval::{Range, count_with_dispersion};
use baseline::{Counts, Field};
use chance::Gumbel;
use serde::{Deserialize, Serialize};
use zones::{Scanner, Zone};

/// The rules of a scan; all of them configuration.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ScanRules {
    /// Longest cluster, in days.
    pub days: u16,
    /// Weeks before those days that give the expectation.
    pub base_weeks: u32,
    /// Fewest weeks of history that will do.
    pub least_base_weeks: u32,
    /// After this many weeks an event of the history weighs half.
    pub half_life_weeks: f64,
    /// Replications by which chance is measured.
    pub replications: u32,
    /// Share of false alarms in a day's list that is accepted. The scan runs every day: 0.01 means a list with a
    /// false alarm at most once in about a hundred days.
    pub false_alarms: f64,
    /// Fewest events in a cluster.
    pub least_events: u32,
    /// Most clusters per group.
    pub most: usize,
    /// Largest radius of a circle, in cells.
    pub radius: u8,
    /// What a cell of a free shape costs, in units of log likelihood: lower finds longer shapes and more of chance.
    pub shape_price: f64,
    /// Largest share of the expected events that a zone may hold: more is not local.
    pub largest_share: f64,
    /// Level of the interval of the ratio.
    pub level: f64,
    /// Seed of the replications: same input, same output.
    pub seed: u64,
    /// Which events; officers' own findings are left out by default.
    pub filter: Filter,
}

impl Default for ScanRules {
    fn default() -> Self {
        Self {
            days: 28,
            base_weeks: 156,
            least_base_weeks: 13,
            half_life_weeks: 39.0,
            replications: 199,
            false_alarms: 0.01,
            least_events: 5,
            most: 5,
            radius: 4,
            shape_price: 1.2,
            largest_share: 0.35,
            level: 0.95,
            seed: 20_231,
            filter: Filter { sources: !(1 << source::OFFICER), ..Filter::all() },
        }
    }
}

/// One cluster: connected cells with clearly more events than expected in the last days.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cluster {
    /// What; `None` is all groups together.
    pub group: Option<u16>,
    /// Where, in order.
    pub cells: Vec<Cell>,
    /// First day, in days since 1970-01-01.
    pub from_day: i32,
    /// Last day: the day before the scan.
    pub to_day: i32,
    /// Events in these cells on these days.
    pub observed: u64,
    /// Expected events.
    pub expected: f64,
    /// Observed over expected, with its interval.
    pub ratio: Range,
    /// Chance of a zone at least this odd anywhere in the municipality, when nothing is going on.
    pub p: f64,
    /// The same, adjusted for all groups that were scanned.
    pub q: f64,
}

impl Cluster {
    /// The events of this cluster among those that pass `filter` (the one of the scan), in order of time.
    pub fn events<'a>(&'a self, history: &'a History, filter: &Filter) -> impl Iterator<Item = &'a Event> + 'a {
        let filter = filter.prepare(history);
        let from = history.events().partition_point(|e| e.day < self.from_day);
        let numbers = &history.cell_numbers()[from..];
        history.between(self.from_day, self.to_day).iter().zip(numbers).filter_map(move |(e, n)| {
            let here = e.cell.is_some_and(|c| self.cells.binary_search(&c).is_ok());
            (here && self.group.is_none_or(|g| g == e.group) && filter.passes(e, *n)).then_some(e)
        })
    }
}

/// The clusters of the last days before `day`, least likely first. Empty when the history is too short.
pub fn scan(history: &History, day: i32, rules: &ScanRules) -> Vec<Cluster> {
    let known = history.before(day);
    let Some(counts) = Counts::of(&known, rules) else {
        return Vec::new();
    };
    let together = (counts.groups() > 1).then_some(None);
    let asked: Vec<Option<u16>> = together.into_iter().chain((0..counts.groups() as u16).map(Some)).collect();
    let mut found: Vec<Cluster> = Vec::new();
    let mut p = Vec::new();
    for group in asked {
        let mut list = clusters(&counts, group, rules);
        // A group where nothing stands out was a comparison all the same.
        if list.is_empty() {
            p.push(1.0);
        }
        found.append(&mut list);
    }
    p.extend(found.iter().map(|c| c.p));
    let quiet = p.len() - found.len();
    for (c, q) in found.iter_mut().zip(&benjamini_hochberg(&p)[quiet..]) {
        c.q = *q;
    }
    found.retain(|c| c.q <= rules.false_alarms);
    // All groups together says something only where no single group says it already.
    let single: Vec<Cluster> = found.iter().filter(|c| c.group.is_some()).cloned().collect();
    found.retain(|c| c.group.is_some() || !single.iter().any(|s| s.cells.iter().any(|x| c.cells.contains(x))));
    found.sort_by(|a, b| a.p.total_cmp(&b.p).then_with(|| (a.group, &a.cells).cmp(&(b.group, &b.cells))));
    found
}

/// The clusters of one group, with their chance; the first is the one with the highest ratio of likelihoods.
fn clusters(counts: &Counts, group: Option<u16>, rules: &ScanRules) -> Vec<Cluster> {
    let recent = counts.recent(group);
    if recent.len() < rules.least_events as usize {
        return Vec::new();
    }
    let field = Field::of(counts, group);
    let mut scanner = Scanner::new(counts, &field, rules);
    scanner.load(&recent);
    let Some(first) = scanner.best() else {
        return Vec::new();
    };
    let Some(gumbel) = Gumbel::of(&field, &mut scanner, first.score, group, rules) else {
        return Vec::new();
    };
    scanner.load(&recent);
    let mut out = Vec::new();
    let mut next = Some(first);
    while let Some(zone) = next.take() {
        let p = gumbel.tail(zone.score);
        if p > rules.false_alarms {
            break;
        }
        let zone = scanner.trim(zone);
        scanner.mask(&zone.cells);
        out.push(describe(counts, group, &zone, p, rules));
        if out.len() < rules.most {
            next = scanner.best();
        }
    }
    out
}

fn describe(counts: &Counts, group: Option<u16>, zone: &Zone, p: f64, rules: &ScanRules) -> Cluster {
    let mut cells: Vec<Cell> = zone.cells.iter().map(|c| counts.cells[*c as usize]).collect();
    cells.sort_unstable();
    Cluster {
        group,
        cells,
        from_day: counts.last_day + 1 - zone.days as i32,
        to_day: counts.last_day,
        observed: zone.observed as u64,
        expected: zone.expected,
        ratio: count_with_dispersion(zone.observed, zone.dispersion, rules.level).times(1.0 / zone.expected.max(1e-9)),
        p,
        q: 1.0,
    }
}

#[cfg(test)]
mod tests;
