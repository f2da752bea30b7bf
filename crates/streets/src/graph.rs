//! The network of one way of getting about: what may be used, what it costs, and the largest part in which every
//! place can be reached from every other. What hangs loose is left out, so that no place is ever unreachable.

use crate::config::StreetsConfig;
use crate::hierarchy::Hierarchy;
use crate::network::{Edge, Network};
use crate::rules::Mode;

/// A way from a junction to the next.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Arc {
    /// The next junction.
    pub to: u32,
    /// Cost.
    pub cost: u32,
    /// Piece of street.
    pub edge: u32,
    /// Against the direction in which it is drawn.
    pub back: bool,
}

/// The network of one way of getting about. Costs are millimetres; by car, milliseconds.
#[derive(Debug)]
pub(crate) struct Graph {
    /// The two ends of each piece of street as junctions of this graph; `None`: not for this mode, or loose.
    pub ends: Vec<Option<[u32; 2]>>,
    /// Cost of each piece of street.
    pub cost: Vec<u32>,
    /// For many answers at once.
    pub hierarchy: Hierarchy,
    /// Metres of street that may be used, and metres that hang loose.
    pub metres: (f64, f64),
    first: Vec<u32>,
    arcs: Vec<Arc>,
}

/// Most that one piece may cost, so that no sum overflows.
const MOST: u32 = 1 << 24;

fn cost(mode: Mode, edge: &Edge, metres: f64, config: &StreetsConfig) -> u32 {
    let milli = match mode {
        Mode::Foot | Mode::Bicycle => metres * 1000.0,
        Mode::Car => {
            let limit = if edge.limit == 0 { f64::INFINITY } else { f64::from(edge.limit) };
            let kmh = config.car(edge.class).map_or(1.0, |kmh| kmh.min(limit));
            metres * 3600.0 / kmh
        }
    };
    (milli.round() as u32).min(MOST)
}

impl Graph {
    /// The graph of `mode`; `metres` holds the length of each piece.
    pub(crate) fn new(network: &Network, mode: Mode, metres: &[f64], config: &StreetsConfig) -> Self {
        let cost: Vec<u32> =
            network.edges.iter().zip(metres).map(|(edge, metres)| cost(mode, edge, *metres, config)).collect();
        let (bits, _) = mode.bits();
        // who cannot pass a junction finds each street that meets there with an end of its own
        let mut count = network.nodes.len() as u32;
        let mut end = |node: u32| {
            if network.closed.get(&node).is_none_or(|closed| closed & bits == 0) {
                return node;
            }
            count += 1;
            count - 1
        };
        let mut ends: Vec<Option<[u32; 2]>> = network
            .edges
            .iter()
            .map(|edge| (edge.ways(mode) != (false, false)).then(|| [end(edge.from), end(edge.to)]))
            .collect();
        let part = parts(count as usize, &links(network, mode, &ends));
        let best = longest(&part, &ends, metres);
        let mut number = vec![u32::MAX; count as usize];
        let mut junctions = 0;
        for (slot, _) in number.iter_mut().zip(&part).filter(|(_, part)| Some(**part) == best) {
            *slot = junctions;
            junctions += 1;
        }
        let mut kept = (0.0, 0.0);
        for (slot, metres) in ends.iter_mut().zip(metres) {
            let Some([a, b]) = *slot else { continue };
            let [a, b] = [number[a as usize], number[b as usize]];
            if a == u32::MAX || b == u32::MAX {
                *slot = None;
                kept.1 += metres;
            } else {
                *slot = Some([a, b]);
                kept.0 += metres;
            }
        }
        let mut arcs: Vec<(u32, Arc)> = Vec::new();
        for (edge, at) in ends.iter().enumerate() {
            let Some([a, b]) = *at else { continue };
            let (on, back) = network.edges[edge].ways(mode);
            let arc = |to, back| Arc { to, cost: cost[edge], edge: edge as u32, back };
            arcs.extend(on.then(|| (a, arc(b, false))));
            arcs.extend(back.then(|| (b, arc(a, true))));
        }
        arcs.sort_by_key(|(from, arc)| (*from, arc.to, arc.cost, arc.edge));
        let mut first = vec![0_u32; junctions as usize + 1];
        for (from, _) in &arcs {
            first[*from as usize + 1] += 1;
        }
        for n in 1..first.len() {
            first[n] += first[n - 1];
        }
        let hierarchy = Hierarchy::new(junctions as usize, arcs.iter().map(|(from, arc)| (*from, arc.to, arc.cost)));
        Self { ends, cost, hierarchy, metres: kept, first, arcs: arcs.into_iter().map(|(_, arc)| arc).collect() }
    }

    /// The ways on from a junction.
    pub(crate) fn from(&self, node: u32) -> &[Arc] {
        &self.arcs[self.first[node as usize] as usize..self.first[node as usize + 1] as usize]
    }

    /// Number of junctions.
    pub(crate) fn junctions(&self) -> usize {
        self.first.len().saturating_sub(1)
    }
}

/// Which junction leads to which.
fn links(network: &Network, mode: Mode, ends: &[Option<[u32; 2]>]) -> Vec<(u32, u32)> {
    let mut links = Vec::new();
    for (edge, at) in network.edges.iter().zip(ends) {
        let Some([a, b]) = *at else { continue };
        let (on, back) = edge.ways(mode);
        links.extend(on.then_some((a, b)));
        links.extend(back.then_some((b, a)));
    }
    links
}

/// The part with most metres of street.
fn longest(part: &[usize], ends: &[Option<[u32; 2]>], metres: &[f64]) -> Option<usize> {
    let mut sums = vec![0.0; part.len()];
    for (at, metres) in ends.iter().zip(metres) {
        let Some([a, b]) = at.map(|ends| ends.map(|end| part[end as usize])) else { continue };
        if a == b {
            sums[a] += metres;
        }
    }
    let best = sums.iter().copied().fold(0.0, f64::max);
    sums.iter().position(|sum| *sum == best && best > 0.0)
}

/// The part of each of `count` junctions, in which each can be reached from each other (Kosaraju).
fn parts(count: usize, links: &[(u32, u32)]) -> Vec<usize> {
    let lists = |turned: bool| {
        let mut lists = vec![Vec::new(); count];
        for &(a, b) in links {
            let (a, b) = if turned { (b, a) } else { (a, b) };
            lists[a as usize].push(b);
        }
        lists
    };
    let on = lists(false);
    let mut order = Vec::with_capacity(count);
    let mut seen = vec![false; count];
    for start in 0..count {
        if std::mem::replace(&mut seen[start], true) {
            continue;
        }
        let mut stack = vec![(start, 0)];
        while let Some((node, next)) = stack.pop() {
            let Some(to) = on[node].get(next) else {
                order.push(node);
                continue;
            };
            stack.push((node, next + 1));
            if !std::mem::replace(&mut seen[*to as usize], true) {
                stack.push((*to as usize, 0));
            }
        }
    }
    let back = lists(true);
    let mut part = vec![usize::MAX; count];
    let mut this = 0;
    for start in order.into_iter().rev() {
        if part[start] != usize::MAX {
            continue;
        }
        let mut stack = vec![start];
        part[start] = this;
        while let Some(node) = stack.pop() {
            for to in &back[node] {
                if part[*to as usize] == usize::MAX {
                    part[*to as usize] = this;
                    stack.push(*to as usize);
                }
            }
        }
        this += 1;
    }
    part
}
