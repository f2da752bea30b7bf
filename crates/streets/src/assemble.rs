//! From what a file says to a network: cut to the municipality, and split where streets meet.

use crate::geometry::degrees;
use crate::network::{Edge, Network};
use crate::read::Extract;
use std::collections::{BTreeMap, HashMap};

/// What became of the streets of a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Streets in the file.
    pub streets: usize,
    /// Those of which nothing lies here.
    pub elsewhere: usize,
    /// Those that are closed to all.
    pub closed: usize,
    /// Pieces between two junctions that were made of the rest.
    pub pieces: usize,
}

/// The network of the streets of `extract` for which `here` says yes, by longitude and latitude of their points. A street
/// runs on to its first point beyond, so that nothing is cut off right at the border.
pub(crate) fn assemble(extract: &Extract, here: impl Fn(f64, f64) -> bool) -> (Network, Tally) {
    let mut tally = Tally { streets: extract.ways.len(), ..Tally::default() };
    let mut asked: HashMap<i64, bool> = HashMap::new();
    let mut lies_here = |id: &i64| {
        let place = extract.nodes.get(id).copied();
        place.map(degrees).is_some_and(|(lon, lat)| *asked.entry(*id).or_insert_with(|| here(lon, lat)))
    };
    let mut meets: HashMap<i64, u32> = HashMap::new();
    let mut runs = Vec::new();
    for way in &extract.ways {
        if way.rule.allowed == 0 {
            tally.closed += 1;
            continue;
        }
        let inside: Vec<bool> = way.refs.iter().map(&mut lies_here).collect();
        let is_kept = |n: &usize| {
            let around = n.saturating_sub(1)..(n + 2).min(inside.len());
            extract.nodes.contains_key(&way.refs[*n]) && inside[around].contains(&true)
        };
        let points: Vec<usize> = (0..way.refs.len()).collect();
        let found = points.chunk_by(|a, b| is_kept(a) == is_kept(b)).filter(|run| run.len() > 1 && is_kept(&run[0]));
        let before = runs.len();
        runs.extend(found.map(|run| (way.rule, &way.refs[run[0]..run[0] + run.len()])));
        if runs.len() == before {
            tally.elsewhere += 1;
        }
    }
    for (_, refs) in &runs {
        for id in *refs {
            *meets.entry(*id).or_default() += 1;
        }
        for id in refs.first().into_iter().chain(refs.last()) {
            *meets.entry(*id).or_default() += 1;
        }
    }
    let mut network = Network { origin: extract.origin, nodes: vec![], closed: BTreeMap::new(), edges: vec![] };
    let mut numbers: HashMap<i64, u32> = HashMap::new();
    for (rule, refs) in runs {
        let mut from = None;
        let mut shape = Vec::new();
        for id in refs {
            let Some(place) = extract.nodes.get(id) else { continue };
            let barrier = extract.closed.get(id).copied().unwrap_or(0);
            if meets.get(id).is_some_and(|n| *n < 2) && barrier == 0 {
                shape.push(*place);
                continue;
            }
            let number = *numbers.entry(*id).or_insert_with(|| {
                network.nodes.push(*place);
                (network.nodes.len() - 1) as u32
            });
            if barrier != 0 {
                network.closed.insert(number, barrier);
            }
            if let Some(from) = from.replace(number) {
                network.edges.push(Edge::new(from, number, rule, std::mem::take(&mut shape)));
            }
        }
    }
    tally.pieces = network.edges.len();
    (network, tally)
}
