//! An invented street network: the streets of the invented addresses, streets across, and roads from neighbourhood to
//! neighbourhood. No line here is a street that exists.

use crate::addresses::on_street;
use crate::places::metres;
use crate::setting::{Hood, Setting};

/// An invented street.
#[derive(Debug, Clone, PartialEq)]
pub struct DemoStreet {
    /// Kind, as OpenStreetMap's tag `highway` calls it.
    pub kind: &'static str,
    /// Longitudes and latitudes, degrees (WGS84). Streets meet where they have the same point.
    pub line: Vec<(f64, f64)>,
}

/// Where streets across lie, along those with addresses, and what they are.
const ACROSS: [(f64, &str); 5] =
    [(-1.0, "residential"), (-0.5, "footway"), (0.0, "tertiary"), (0.5, "cycleway"), (1.0, "residential")];

/// A grid in each neighbourhood, and a road between two neighbourhoods with no third in between.
pub fn streets(setting: &Setting) -> Vec<DemoStreet> {
    let hoods = &setting.neighbourhoods;
    let mut out: Vec<DemoStreet> = hoods.iter().flat_map(grid).collect();
    for (n, a) in hoods.iter().enumerate() {
        for b in &hoods[n + 1..] {
            if !between(hoods, a, b) {
                out.push(DemoStreet { kind: "tertiary", line: nearest(a, b) });
            }
        }
    }
    out
}

fn grid(hood: &Hood) -> Vec<DemoStreet> {
    let rows = hood.streets.len();
    let along = (0..rows).map(|row| DemoStreet {
        kind: "residential",
        line: ACROSS.iter().map(|(along, _)| on_street(hood, row, *along)).collect(),
    });
    let across = ACROSS
        .iter()
        .map(|(along, kind)| DemoStreet { kind, line: (0..rows).map(|row| on_street(hood, row, *along)).collect() });
    along.chain(across).collect()
}

/// Whether a third neighbourhood lies in the circle over two of them (Gabriel & Sokal 1969): without it the roads join
/// all neighbourhoods, and none crosses another.
fn between(hoods: &[Hood], a: &Hood, b: &Hood) -> bool {
    let middle = ((a.lon + b.lon) / 2.0, (a.lat + b.lat) / 2.0);
    let radius = metres((a.lon, a.lat), middle);
    hoods.iter().any(|c| c.code != a.code && c.code != b.code && metres((c.lon, c.lat), middle) < radius)
}

/// The shortest line between a corner of one grid and a corner of the other.
fn nearest(a: &Hood, b: &Hood) -> Vec<(f64, f64)> {
    let corners = |hood: &Hood| -> Vec<(f64, f64)> { grid(hood).into_iter().flat_map(|street| street.line).collect() };
    let (from, to) = (corners(a), corners(b));
    let pairs = from.iter().flat_map(|a| to.iter().map(move |b| (*a, *b)));
    let best = pairs.min_by(|x, y| metres(x.0, x.1).total_cmp(&metres(y.0, y.1)));
    best.map(|(a, b)| vec![a, b]).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::{HashMap, HashSet};

    #[test]
    fn every_street_can_be_reached_from_every_other() {
        let setting = Setting::heemskerk(jiff::civil::date(2024, 1, 1), jiff::civil::date(2025, 1, 1));
        let all = streets(&setting);
        let key = |p: &(f64, f64)| ((p.0 * 1e7).round() as i64, (p.1 * 1e7).round() as i64);
        let mut next: HashMap<_, Vec<_>> = HashMap::new();
        for pair in all.iter().flat_map(|s| s.line.windows(2)) {
            next.entry(key(&pair[0])).or_default().push(key(&pair[1]));
            next.entry(key(&pair[1])).or_default().push(key(&pair[0]));
        }
        let mut seen = HashSet::new();
        let mut stack = vec![key(&all[0].line[0])];
        while let Some(at) = stack.pop() {
            if seen.insert(at) {
                stack.extend(&next[&at]);
            }
        }
        assert_eq!(seen.len(), next.len());
        assert!(seen.len() > 600, "{}", seen.len());
    }
}
