//! A network that is ready to be asked: a graph for each way of getting about, and the nearest street of a place.

use crate::config::StreetsConfig;
use crate::geometry::{degrees, metres};
use crate::graph::Graph;
use crate::network::{Network, Origin};
use crate::rules::Mode;
use rstar::primitives::{GeomWithData, Line};
use rstar::{AABB, PointDistance as _, RTree};

/// A straight bit of a piece of street, in metres around the middle; with the piece and the bit's number in it.
type Bit = GeomWithData<Line<[f64; 2]>, (u32, u32)>;

/// A street network in memory. Made once, asked often.
#[derive(Debug)]
pub struct Streets {
    pub(crate) network: Network,
    graphs: [Graph; 3],
    tree: RTree<Bit>,
    /// Longitude and latitude of the middle, and metres per degree there.
    middle: [f64; 4],
    snap_m: f64,
}

/// Where a place joins the network.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Joint {
    /// Piece of street.
    pub edge: u32,
    /// Share of its length, from where it begins as drawn.
    pub share: f64,
    /// Metres from the place to the street.
    pub metres: f64,
    /// Longitude and latitude of the nearest point of the street.
    pub at: (f64, f64),
}

/// Metres along a street within which a place lies at its junction.
const AT_JUNCTION: f64 = 1.0;

impl Streets {
    /// Makes a network ready.
    #[must_use]
    pub fn new(network: Network, config: &StreetsConfig) -> Self {
        let lengths: Vec<f64> = network.edges.iter().map(|edge| network.metres(edge)).collect();
        let graphs = Mode::ALL.map(|mode| Graph::new(&network, mode, &lengths, config));
        let around = AABB::from_points(network.nodes.iter());
        let (low, high) = (degrees(around.lower()), degrees(around.upper()));
        let (lon, lat) =
            if network.nodes.is_empty() { (0.0, 0.0) } else { ((low.0 + high.0) / 2.0, (low.1 + high.1) / 2.0) };
        let step = 0.01;
        let middle =
            [lon, lat, metres((lon, lat), (lon + step, lat)) / step, metres((lon, lat), (lon, lat + step)) / step];
        let mut bits = Vec::new();
        for (edge, piece) in network.edges.iter().enumerate() {
            if graphs.iter().all(|graph| graph.ends[edge].is_none()) {
                continue;
            }
            let line = network.line(piece);
            bits.extend(line.windows(2).enumerate().map(|(bit, ends)| {
                let line = Line::new(flat(middle, degrees(ends[0])), flat(middle, degrees(ends[1])));
                Bit::new(line, (edge as u32, bit as u32))
            }));
        }
        Self { network, graphs, tree: RTree::bulk_load(bits), middle, snap_m: config.snap_m }
    }

    /// Whose data it is.
    #[must_use]
    pub fn origin(&self) -> Origin {
        self.network.origin
    }

    /// Number of junctions where `mode` can come.
    #[must_use]
    pub fn junctions(&self, mode: Mode) -> usize {
        self.graph(mode).junctions()
    }

    /// Kilometres of street that `mode` may use, and kilometres left out because they hang loose from the rest.
    #[must_use]
    pub fn kilometres(&self, mode: Mode) -> (f64, f64) {
        let (kept, loose) = self.graph(mode).metres;
        (kept / 1000.0, loose / 1000.0)
    }

    pub(crate) fn graph(&self, mode: Mode) -> &Graph {
        &self.graphs[mode as usize]
    }

    /// Where a place joins the network of `mode`; `None` when every street that it may use is too far away.
    pub(crate) fn join(&self, mode: Mode, (lon, lat): (f64, f64)) -> Option<Joint> {
        if !(lon.is_finite() && lat.is_finite()) {
            return None;
        }
        let graph = self.graph(mode);
        let place = flat(self.middle, (lon, lat));
        let found = self
            .tree
            .nearest_neighbor_iter_with_distance_2(&place)
            .take_while(|(_, far)| *far <= self.snap_m * self.snap_m)
            .find(|(bit, _)| graph.ends[bit.data.0 as usize].is_some())?
            .0;
        let (edge, bit) = found.data;
        let near = found.geom().nearest_point(&place);
        let line = self.network.line(&self.network.edges[edge as usize]);
        let length = |line: &[[i32; 2]]| crate::geometry::length(line);
        let before = length(&line[..=bit as usize]);
        let at = (self.middle[0] + near[0] / self.middle[2], self.middle[1] + near[1] / self.middle[3]);
        let total = length(&line);
        let along = before + metres(degrees(line[bit as usize]), at);
        let share = match along {
            along if along < AT_JUNCTION => 0.0,
            along if total - along < AT_JUNCTION => 1.0,
            along => along / total,
        };
        Some(Joint { edge, share, metres: found.distance_2(&place).sqrt(), at })
    }

    /// Where `mode` comes onto the junctions from a joint, with the cost: at most both ends of its street.
    pub(crate) fn out(&self, mode: Mode, joint: &Joint) -> [Option<(u32, u32)>; 2] {
        let (on, back) = self.network.edges[joint.edge as usize].ways(mode);
        self.ends(mode, joint, on, back)
    }

    /// From which junctions `mode` gets to a joint, with the cost.
    pub(crate) fn onto(&self, mode: Mode, joint: &Joint) -> [Option<(u32, u32)>; 2] {
        let (on, back) = self.network.edges[joint.edge as usize].ways(mode);
        self.ends(mode, joint, back, on)
    }

    fn ends(&self, mode: Mode, joint: &Joint, far: bool, near: bool) -> [Option<(u32, u32)>; 2] {
        let graph = self.graph(mode);
        let Some([a, b]) = graph.ends[joint.edge as usize] else { return [None, None] };
        let begun = self.begun(mode, joint);
        // who stands at a junction can go every way from there, also when his own street is one way
        let (near, far) = (near || joint.share == 0.0, far || joint.share == 1.0);
        [near.then_some((a, begun)), far.then_some((b, graph.cost[joint.edge as usize] - begun))]
    }

    /// Cost from the begin of the street to the joint.
    fn begun(&self, mode: Mode, joint: &Joint) -> u32 {
        let cost = self.graph(mode).cost[joint.edge as usize];
        ((f64::from(cost) * joint.share).round() as u32).min(cost)
    }

    /// Cost from one joint to another along the same street, where that may be.
    pub(crate) fn along(&self, mode: Mode, from: &Joint, to: &Joint) -> Option<u32> {
        if from.edge != to.edge {
            return None;
        }
        let (on, back) = self.network.edges[from.edge as usize].ways(mode);
        let (a, b) = (self.begun(mode, from), self.begun(mode, to));
        if (b >= a && on) || (b <= a && back) { Some(a.abs_diff(b)) } else { None }
    }
}

fn flat(middle: [f64; 4], (lon, lat): (f64, f64)) -> [f64; 2] {
    [(lon - middle[0]) * middle[2], (lat - middle[1]) * middle[3]]
}
