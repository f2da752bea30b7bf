//! The question in the form in which the search reads it quickly.

use super::rounds::{Rounds, Travel};

/// Neighbours that are kept for each visit.
const NEAR: usize = 250;

/// With more visits than this a visit is only put beside one of its nearest, or at the start or end of a tour.
const MANY: usize = 300;
const BESIDE: usize = 80;

/// A visit, or the start or end of a tour.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Node {
    pub(crate) open: i32,
    pub(crate) close: i32,
    pub(crate) service: i32,
    /// Score, with the surcharge that puts compulsory visits above all others.
    pub(crate) worth: i64,
}

/// Travel times of one table between nodes, ready to be read for one node and all others.
#[derive(Debug)]
struct Network {
    from: Vec<i32>,
    to: Option<Vec<i32>>,
}

/// Everything that does not change during the search. Nodes `0..options` are visits: one node for each of the windows
/// and places of a visit, of which at most one is in a plan. Then come start and end of each tour.
#[derive(Debug)]
pub(crate) struct Model {
    pub(crate) options: usize,
    pub(crate) nodes: Vec<Node>,
    /// Visit of each node.
    pub(crate) visit_of: Vec<u32>,
    /// Place of each node.
    pub(crate) places: Vec<usize>,
    /// Tour in which a node keeps to an order, and its rank in it, from 1; rank 0: in no order.
    rank: Vec<(usize, u32)>,
    /// Table and most visits of each tour.
    pub(crate) tours: Vec<(usize, usize)>,
    networks: Vec<Network>,
    /// Whether a tour may and could make a visit: `visit × tours + tour`.
    allowed: Vec<bool>,
    /// Visits that some tour can make and that are worth it.
    pub(crate) open: Vec<u32>,
    /// Those of them that are compulsory.
    pub(crate) compulsory: Vec<u32>,
    /// For each visit itself and its neighbours, nearest first.
    near: Vec<u32>,
    near_each: usize,
    /// With many visits: for each visit one bit for each node beside which it may be put. Else empty.
    beside: Vec<u64>,
    /// Mean score of the visits that are open: a yardstick of the search.
    pub(crate) mean_score: f64,
    /// Mean way to a near neighbour: the other yardstick.
    pub(crate) mean_leg: f64,
    /// What a compulsory visit is worth above its score: more than all scores together.
    pub(crate) surcharge: i64,
}

impl Model {
    /// Of rounds that are valid.
    pub(crate) fn new(rounds: &Rounds) -> Self {
        let tours = rounds.tours.len();
        let surcharge = 1 + rounds.visits.iter().map(|v| i64::from(v.score)).sum::<i64>();
        let (mut nodes, mut visit_of, mut places) = (Vec::new(), Vec::new(), Vec::new());
        for (number, visit) in rounds.visits.iter().enumerate() {
            let worth = i64::from(visit.score) + if visit.compulsory { surcharge } else { 0 };
            let mut windows = visit.windows.clone();
            windows.sort_unstable();
            if windows.is_empty() {
                windows.push((-super::MOST_TIME, super::MOST_TIME));
            }
            for (open, close) in windows {
                for place in visit.places() {
                    nodes.push(Node { open, close, service: visit.service, worth });
                    visit_of.push(number as u32);
                    places.push(place);
                }
            }
        }
        let options = nodes.len();
        let mut rank = vec![(0, 0); options];
        for (tour, order) in
            rounds.tours.iter().map(|tour| &tour.order).enumerate().filter(|(_, order)| !order.is_empty())
        {
            for (node, visit) in visit_of.iter().enumerate() {
                if let Some(at) = order.iter().position(|&one| one == *visit as usize) {
                    rank[node] = (tour, at as u32 + 1);
                }
            }
        }
        for tour in &rounds.tours {
            let (open, close) = tour.window;
            nodes.extend([Node { open, close, service: 0, worth: 0 }; 2]);
            places.extend([tour.start, tour.end]);
        }
        let networks = rounds.travel.iter().map(|table| Network::new(table, &places)).collect();
        let mut model = Self {
            options,
            nodes,
            visit_of,
            rank,
            tours: rounds.tours.iter().map(|tour| (tour.travel, tour.most_visits)).collect(),
            networks,
            places,
            allowed: Vec::new(),
            open: Vec::new(),
            compulsory: Vec::new(),
            near: Vec::new(),
            near_each: 0,
            beside: Vec::new(),
            mean_score: 1.0,
            mean_leg: 1.0,
            surcharge,
        };
        let may = |visit: usize, tour: usize| {
            rounds.visits[model.visit_of[visit] as usize].tours.as_ref().is_none_or(|tours| tours.contains(&tour))
                && model.nodes[visit].worth > 0
                && model.fits_alone(visit, tour)
        };
        model.allowed = (0..options).flat_map(|v| (0..tours).map(move |t| (v, t))).map(|(v, t)| may(v, t)).collect();
        model.open = (0..options as u32).filter(|&v| (0..tours).any(|t| model.may(v, t))).collect();
        let compulsory = |v: &u32| rounds.visits[model.visit_of[*v as usize] as usize].compulsory;
        model.compulsory = model.open.iter().copied().filter(compulsory).collect();
        model.meet();
        model
    }

    /// Whether the tour could make this visit and no other.
    fn fits_alone(&self, visit: usize, tour: usize) -> bool {
        let (start, end) = self.ends(tour);
        let (from, to) = self.ways(tour, visit as u32);
        let node = self.nodes[visit];
        let begin = (self.nodes[start as usize].open + to[start as usize]).max(node.open);
        begin <= node.close && begin + node.service + from[end as usize] <= self.nodes[end as usize].close
    }

    /// Finds the neighbours and the yardsticks.
    fn meet(&mut self) {
        let Some(network) = self.tours.first().map(|&(table, _)| table) else { return };
        let size = self.nodes.len();
        self.near_each = self.open.len().min(NEAR);
        self.near = vec![0; self.options * self.near_each];
        let mut order = Vec::new();
        let mut legs = 0.0;
        for &visit in &self.open {
            let row = visit as usize * size;
            let (from, to) = (&self.networks[network].from[row..], &self.networks[network].to()[row..]);
            let way = |other: u32| i64::from(from[other as usize]) + i64::from(to[other as usize]);
            order.clear();
            order.extend(self.open.iter().map(|&other| (if other == visit { -1 } else { way(other) }, other)));
            if self.near_each < order.len() {
                order.select_nth_unstable(self.near_each);
            }
            order.truncate(self.near_each);
            order.sort_unstable();
            let at = visit as usize * self.near_each;
            self.near[at..at + self.near_each].iter_mut().zip(&order).for_each(|(slot, &(_, other))| *slot = other);
            let few = &order[order.len().min(1)..order.len().min(6)];
            legs += few.iter().map(|&(way, _)| way as f64 / 2.0).sum::<f64>() / few.len().max(1) as f64;
        }
        if self.is_large() {
            let words = size.div_ceil(64);
            self.beside = vec![0; self.options * words];
            for &visit in &self.open {
                let row = &mut self.beside[visit as usize * words..][..words];
                let near = &self.near[visit as usize * self.near_each..][..self.near_each.min(BESIDE)];
                let ends = self.options as u32..size as u32;
                near.iter().copied().chain(ends).for_each(|node| row[node as usize / 64] |= 1 << (node % 64));
            }
        }
        let count = self.open.len().max(1) as f64;
        let score: f64 = self.open.iter().map(|&visit| self.score(visit)).sum();
        self.mean_score = (score / count).max(1e-9);
        self.mean_leg = (legs / count).max(1e-9);
    }

    /// Nodes of start and end of a tour.
    pub(crate) fn ends(&self, tour: usize) -> (u32, u32) {
        let start = (self.options + 2 * tour) as u32;
        (start, start + 1)
    }

    /// Travel times from a node to all, and from all to that node.
    pub(crate) fn ways(&self, tour: usize, node: u32) -> (&[i32], &[i32]) {
        let network = &self.networks[self.tours[tour].0];
        let size = self.nodes.len();
        let row = node as usize * size;
        (&network.from[row..row + size], &network.to()[row..row + size])
    }

    /// Travel time between two nodes.
    pub(crate) fn way(&self, tour: usize, from: u32, to: u32) -> i32 {
        self.networks[self.tours[tour].0].from[from as usize * self.nodes.len() + to as usize]
    }

    /// Whether a tour may and could make a visit.
    pub(crate) fn may(&self, visit: u32, tour: usize) -> bool {
        self.allowed[visit as usize * self.tours.len() + tour]
    }

    /// Rank of a node in the order that a tour keeps to; 0: in none.
    pub(crate) fn rank(&self, node: u32, tour: usize) -> u32 {
        self.rank.get(node as usize).filter(|(of, _)| *of == tour).map_or(0, |&(_, rank)| rank)
    }

    /// Whether there are so many visits that only those near to each other are looked at together.
    pub(crate) fn is_large(&self) -> bool {
        self.open.len() > MANY
    }

    /// The nodes beside which a visit may be put: one bit each; empty if beside all.
    pub(crate) fn beside(&self, visit: u32) -> &[u64] {
        let words = self.nodes.len().div_ceil(64);
        if self.beside.is_empty() { &[] } else { &self.beside[visit as usize * words..][..words] }
    }

    /// Score of a visit, without surcharge.
    pub(crate) fn score(&self, visit: u32) -> f64 {
        (self.nodes[visit as usize].worth % self.surcharge) as f64
    }

    /// A visit and its neighbours, nearest first.
    pub(crate) fn near(&self, visit: u32) -> &[u32] {
        &self.near[visit as usize * self.near_each..][..self.near_each]
    }
}

impl Network {
    fn new(table: &Travel, places: &[usize]) -> Self {
        let size = places.len();
        let mut from = Vec::with_capacity(size * size);
        for &one in places {
            from.extend(places.iter().map(|&other| table.time(one, other)));
        }
        let to: Vec<i32> = (0..size * size).map(|index| from[index % size * size + index / size]).collect();
        let to = (to != from).then_some(to);
        Self { from, to }
    }

    /// Travel times to each node, one row for each; the same as from, where going there takes as long as back.
    fn to(&self) -> &[i32] {
        self.to.as_ref().unwrap_or(&self.from)
    }
}
