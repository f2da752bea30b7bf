//! A plan under construction: tours with earliest and latest times, so that a test whether a visit fits between two
//! stops takes a handful of additions (forward and backward slack; Savelsbergh 1992, "The vehicle routing problem
//! with time windows: minimizing route duration", ORSA Journal on Computing 4).

use super::draw::Draw;
use super::model::{Model, Node};

/// No tour.
pub(crate) const NOWHERE: u32 = u32::MAX;

/// By how much travel times may be less than shortest ones because they were rounded.
const ROUNDING: i32 = 2;

/// A node in a tour.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stop {
    pub(crate) node: u32,
    /// Earliest moment at which the visit can begin.
    begin: i32,
    /// Earliest moment at which it can be done.
    done: i32,
    /// Latest moment at which one may arrive so that all after it still holds.
    latest: i32,
    /// Travel time to the next stop.
    leg: i32,
}

impl Stop {
    /// A node whose times are still to be worked out.
    fn new(node: u32) -> Self {
        Self { node, begin: 0, done: 0, latest: 0, leg: 0 }
    }
}

/// A tour from its start to its end.
#[derive(Debug, Default)]
pub(crate) struct Line {
    stops: Vec<Stop>,
    travel: i64,
    /// Changes when a stop is taken out: what did not fit a line of this stamp does not fit it now, however much has
    /// been put in since.
    stamp: u32,
}

impl Line {
    /// The stops without start and end of the tour.
    pub(crate) fn visits(&self) -> &[Stop] {
        &self.stops[1..self.stops.len() - 1]
    }
}

impl Clone for Line {
    fn clone(&self) -> Self {
        Self { stops: self.stops.clone(), ..*self }
    }

    fn clone_from(&mut self, other: &Self) {
        self.stops.clone_from(&other.stops);
        (self.travel, self.stamp) = (other.travel, other.stamp);
    }
}

/// All tours, with what is needed to take back the last changes.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) lines: Vec<Line>,
    before: Vec<Line>,
    /// Tours that were changed since [`State::keep`].
    touched: Vec<bool>,
    /// Tour of each node.
    pub(crate) tour_of: Vec<u32>,
    /// Which visits are in a tour, by any of their nodes.
    made: Vec<bool>,
    pub(crate) worth: i64,
    worth_before: i64,
    /// Stamp of the tour for which it is known that the visit does not fit: `visit × tours + tour`.
    unfit: Vec<u32>,
    stamps: u32,
    /// How many places in tours are still looked at before one is passed over (a blink).
    blink_in: u32,
}

/// Where a visit fits.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Spot {
    pub(crate) tour: usize,
    /// The stop after which it comes.
    pub(crate) after: usize,
    pub(crate) cost: f64,
}

impl State {
    /// Tours without visits.
    pub(crate) fn new(model: &Model) -> Self {
        let tours = model.tours.len();
        let mut state = Self {
            lines: vec![Line::default(); tours],
            before: vec![Line::default(); tours],
            touched: vec![false; tours],
            tour_of: vec![NOWHERE; model.options],
            made: vec![false; model.visit_of.last().map_or(0, |&last| last as usize + 1)],
            worth: 0,
            worth_before: 0,
            unfit: vec![0; model.options * tours],
            stamps: 0,
            blink_in: u32::MAX,
        };
        for tour in 0..tours {
            let (start, end) = model.ends(tour);
            state.lines[tour].stops = vec![Stop::new(start), Stop::new(end)];
            state.stamp(tour);
            retime(model, tour, &mut state.lines[tour]);
        }
        state
    }

    fn stamp(&mut self, tour: usize) {
        self.stamps += 1;
        self.lines[tour].stamp = self.stamps;
    }

    /// From here on changes can be taken back.
    pub(crate) fn keep(&mut self) {
        self.touched.fill(false);
        self.worth_before = self.worth;
        // The stamps are few enough for hours; then all that is known is forgotten once.
        if self.stamps > u32::MAX - 1_000_000 {
            self.unfit.fill(0);
            self.stamps = 0;
            (0..self.lines.len()).for_each(|tour| self.stamp(tour));
        }
    }

    pub(crate) fn is_touched(&self, tour: usize) -> bool {
        self.touched[tour]
    }

    fn touch(&mut self, tour: usize) {
        if !self.touched[tour] {
            self.touched[tour] = true;
            self.before[tour].clone_from(&self.lines[tour]);
        }
    }

    /// Takes back what changed since [`State::keep`].
    pub(crate) fn take_back(&mut self, model: &Model) {
        for tour in 0..self.lines.len() {
            if self.touched[tour] {
                self.mark(model, tour, NOWHERE);
                std::mem::swap(&mut self.lines[tour], &mut self.before[tour]);
            }
        }
        for tour in 0..self.lines.len() {
            if self.touched[tour] {
                self.mark(model, tour, tour as u32);
            }
        }
        self.worth = self.worth_before;
    }

    fn mark(&mut self, model: &Model, tour: usize, tour_of: u32) {
        for stop in &self.lines[tour].stops {
            if (stop.node as usize) < model.options {
                self.tour_of[stop.node as usize] = tour_of;
                self.made[model.visit_of[stop.node as usize] as usize] = tour_of != NOWHERE;
            }
        }
    }

    /// Whether the visit of a node is in a tour.
    pub(crate) fn is_made(&self, model: &Model, node: u32) -> bool {
        self.made[model.visit_of[node as usize] as usize]
    }

    pub(crate) fn travel(&self) -> i64 {
        self.lines.iter().map(|line| line.travel).sum()
    }

    /// Takes stops out of a tour, and any more that can then not be kept (which happens only where it is quicker to
    /// go by way of a third place). They are added to `removed`.
    pub(crate) fn remove(&mut self, model: &Model, tour: usize, out: impl Fn(usize) -> bool, removed: &mut Vec<u32>) {
        self.touch(tour);
        let first = removed.len();
        let last = self.lines[tour].stops.len() - 1;
        let mut position = 0;
        self.lines[tour].stops.retain(|stop| {
            let keep = position == 0 || position == last || !out(position);
            position += 1;
            if !keep {
                removed.push(stop.node);
            }
            keep
        });
        while let Some(late) = retime(model, tour, &mut self.lines[tour]) {
            let late = late.min(self.lines[tour].stops.len() - 2);
            removed.push(self.lines[tour].stops.remove(late).node);
        }
        self.stamp(tour);
        for &visit in &removed[first..] {
            self.tour_of[visit as usize] = NOWHERE;
            self.made[model.visit_of[visit as usize] as usize] = false;
            self.worth -= model.nodes[visit as usize].worth;
        }
    }

    /// Puts a visit where it fits.
    pub(crate) fn insert(&mut self, model: &Model, visit: u32, spot: Spot) {
        self.touch(spot.tour);
        let line = &mut self.lines[spot.tour];
        line.stops.insert(spot.after + 1, Stop::new(visit));
        let late = retime(model, spot.tour, line);
        debug_assert!(late.is_none(), "a visit was put where it does not fit");
        self.tour_of[visit as usize] = spot.tour as u32;
        self.made[model.visit_of[visit as usize] as usize] = true;
        self.worth += model.nodes[visit as usize].worth;
    }

    /// Fills an empty tour with visits in this order; those that do not fit there stay out.
    pub(crate) fn lay(&mut self, model: &Model, tour: usize, visits: &[u32]) {
        for &visit in visits {
            let line = &self.lines[tour];
            let after = line.stops.len() - 2;
            let (_, before) = self.between(model, visit, tour);
            let full = after >= model.tours[tour].1 || before <= after;
            if self.is_made(model, visit) || !model.may(visit, tour) || full {
                continue;
            }
            let (from, to) = model.ways(tour, visit);
            let fits = squeeze(model.nodes[visit as usize], from, to, &line.stops[after], &line.stops[after + 1]);
            if fits.is_some() {
                self.insert(model, visit, Spot { tour, after, cost: 0.0 });
            }
        }
    }

    /// The stops between which a node may stand in a tour for the sake of an order: after the first, before the second.
    fn between(&self, model: &Model, node: u32, tour: usize) -> (usize, usize) {
        let rank = model.rank(node, tour);
        let stops = &self.lines[tour].stops;
        if rank == 0 {
            return (0, stops.len());
        }
        let ranks = || stops.iter().map(|stop| model.rank(stop.node, tour));
        let after = ranks().rposition(|other| other != 0 && other < rank).unwrap_or(0);
        (after, ranks().position(|other| other > rank).unwrap_or(stops.len()))
    }

    /// The cheapest place for a visit, but now and then one is passed over: chance `blink` each. Its cost is the extra
    /// travel, and `later` times by how much the next stop begins later.
    pub(crate) fn best_spot(
        &mut self,
        model: &Model,
        visit: u32,
        draw: &mut Draw,
        blink: f64,
        later: f64,
    ) -> Option<Spot> {
        let tours = self.lines.len();
        let node = model.nodes[visit as usize];
        let beside = model.beside(visit);
        let is_beside = |node: u32| beside.is_empty() || beside[node as usize / 64] >> (node % 64) & 1 == 1;
        let mut best: Option<Spot> = None;
        if self.is_made(model, visit) {
            return None;
        }
        for tour in 0..tours {
            let line = &self.lines[tour];
            let unfit = visit as usize * tours + tour;
            if self.unfit[unfit] == line.stamp || !model.may(visit, tour) || line.stops.len() - 2 >= model.tours[tour].1
            {
                continue;
            }
            let (from, to) = model.ways(tour, visit);
            let mut fits = false;
            let (first, before) = self.between(model, visit, tour);
            for (after, pair) in line.stops.windows(2).enumerate() {
                let (one, next) = (&pair[0], &pair[1]);
                if one.done > node.close || after >= before {
                    break;
                }
                if after < first {
                    continue;
                }
                // Going by way of the visit is no quicker (but for rounding) than going at once, so most places are out
                // of the question before any travel time is looked up.
                let earliest = (one.done + one.leg - ROUNDING).max(node.open) + node.service;
                if earliest > next.latest || !is_beside(one.node) && !is_beside(next.node) {
                    continue;
                }
                let Some((travel, shift)) = squeeze(node, from, to, one, next) else { continue };
                fits = true;
                if self.blink_in == 0 {
                    self.blink_in = draw.until(blink);
                    continue;
                }
                self.blink_in -= 1;
                let cost = f64::from(travel) + later * f64::from(shift);
                if best.is_none_or(|best| cost < best.cost) {
                    best = Some(Spot { tour, after, cost });
                }
            }
            if !fits {
                self.unfit[unfit] = line.stamp;
            }
        }
        best
    }

    /// Starts the count to the next blink.
    pub(crate) fn open_eyes(&mut self, draw: &mut Draw, blink: f64) {
        self.blink_in = draw.until(blink);
    }
}

/// Extra travel, and by how much the next stop begins later, if the node comes between two stops; `None`: too late.
fn squeeze(node: Node, from: &[i32], to: &[i32], one: &Stop, next: &Stop) -> Option<(i32, i32)> {
    let there = to[one.node as usize];
    let begin = (one.done + there).max(node.open);
    if begin > node.close {
        return None;
    }
    let on = from[next.node as usize];
    let arrive = begin + node.service + on;
    (arrive <= next.latest).then(|| (there + on - one.leg, (arrive - next.begin).max(0)))
}

/// Works out all times anew; says the first stop that is too late, if any.
fn retime(model: &Model, tour: usize, line: &mut Line) -> Option<usize> {
    let last = line.stops.len() - 1;
    line.travel = 0;
    let mut now = model.nodes[line.stops[0].node as usize].open;
    for position in 0..=last {
        let stop = line.stops[position];
        let node = model.nodes[stop.node as usize];
        let begin = now.max(node.open);
        if begin > node.close {
            return Some(position);
        }
        let leg = if position == last { 0 } else { model.way(tour, stop.node, line.stops[position + 1].node) };
        let done = begin + node.service;
        line.stops[position] = Stop { node: stop.node, begin, done, latest: node.close, leg };
        line.travel += i64::from(leg);
        now = done + leg;
    }
    for position in (0..last).rev() {
        let by_next = line.stops[position + 1].latest;
        let stop = &mut line.stops[position];
        stop.latest = stop.latest.min(by_next - stop.leg - (stop.done - stop.begin));
    }
    None
}
