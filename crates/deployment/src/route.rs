//! A round under construction: the order of the visits, and for each place in it the slack that is left.
//!
//! `ready[i]` is the earliest moment at which stop `i` can be left, `latest[i]` the latest moment at which stop `i`
//! may be arrived at so that every later window and the end of the round still hold. With both, whether a candidate
//! fits between two stops is known without walking the rest of the round (Savelsbergh 1992, "The vehicle routing
//! problem with time windows: minimizing route duration").

use crate::{LeftOut, Problem, Proposal, Stop, Why};

/// Smallest difference in minutes that counts as one; far below a second.
pub(crate) const EPSILON: f64 = 1e-9;

/// Where a candidate would go, and what it would cost.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    /// Index in the order at which it would be inserted.
    pub(crate) position: usize,
    /// Extra minutes under way.
    pub(crate) extra_travel: f64,
    /// Extra minutes until the next stop can be begun: travel, waiting and the visit.
    pub(crate) extra_time: f64,
}

/// A feasible order of visits with its slack.
#[derive(Debug, Clone)]
pub(crate) struct Route<'a> {
    problem: &'a Problem,
    order: Vec<usize>,
    used: Vec<bool>,
    /// Earliest departure from the base (index 0) and from each stop (index + 1).
    ready: Vec<f64>,
    /// Latest arrival at each stop, and at the base (last).
    latest: Vec<f64>,
    /// Minutes under way to each stop, and back to the base (last).
    legs: Vec<f64>,
}

impl<'a> Route<'a> {
    pub(crate) fn new(problem: &'a Problem) -> Self {
        Self {
            problem,
            order: Vec::new(),
            used: vec![false; problem.visits.len()],
            ready: vec![problem.start_min],
            latest: vec![problem.end_min()],
            legs: vec![0.0],
        }
    }

    pub(crate) fn order(&self) -> &[usize] {
        &self.order
    }

    pub(crate) fn is_full(&self) -> bool {
        self.order.len() >= self.problem.max_visits
    }

    pub(crate) fn uses(&self, candidate: usize) -> bool {
        self.used[candidate]
    }

    pub(crate) fn value(&self) -> f64 {
        self.order.iter().map(|&c| self.problem.visits[c].value).sum()
    }

    /// Minutes under way, there and back.
    pub(crate) fn travel(&self) -> f64 {
        self.legs.iter().sum()
    }

    /// Replaces the order if it is feasible; says whether it did.
    pub(crate) fn try_order(&mut self, order: Vec<usize>) -> bool {
        let Some((ready, latest)) = slack(self.problem, &order) else {
            return false;
        };
        for &c in &self.order {
            self.used[c] = false;
        }
        for &c in &order {
            self.used[c] = true;
        }
        (self.order, self.ready, self.latest) = (order, ready, latest);
        self.legs = (0..=self.order.len()).map(|position| self.leg(self.at(position), self.next(position))).collect();
        true
    }

    /// The order with `candidate` at `position`.
    pub(crate) fn with(&self, candidate: usize, position: usize) -> Vec<usize> {
        let mut order = self.order.clone();
        order.insert(position, candidate);
        order
    }

    /// The route without the stop at `position`. A feasible round stays feasible when a stop is taken out, since
    /// a straight line is the shortest way.
    pub(crate) fn without(&self, position: usize) -> Option<Self> {
        let mut route = self.clone();
        let mut order = self.order.clone();
        order.remove(position);
        route.try_order(order).then_some(route)
    }

    /// The place for a candidate that costs the least time, if there is one; of equal places the first.
    pub(crate) fn cheapest(&self, candidate: usize) -> Option<Place> {
        let mut best: Option<Place> = None;
        let mut there = self.leg(None, Some(candidate));
        for position in 0..=self.order.len() {
            let onward = self.leg(Some(candidate), self.next(position));
            if let Some(place) = self.insertion(candidate, position, there, onward)
                && best.is_none_or(|best| place.extra_time < best.extra_time - EPSILON)
            {
                best = Some(place);
            }
            there = onward;
        }
        best
    }

    /// What it costs to insert a candidate at a position, or `None` if it does not fit.
    pub(crate) fn fits(&self, candidate: usize, position: usize) -> Option<Place> {
        let there = self.leg(self.at(position), Some(candidate));
        let onward = self.leg(Some(candidate), self.next(position));
        self.insertion(candidate, position, there, onward)
    }

    /// As [`fits`](Self::fits), with the two legs already known.
    fn insertion(&self, candidate: usize, position: usize, there: f64, onward: f64) -> Option<Place> {
        let visit = &self.problem.visits[candidate];
        let begin = begin(self.problem, candidate, self.ready[position] + there)?;
        let arrive = begin + visit.service_min + onward;
        if arrive > self.latest[position] {
            return None;
        }
        let direct = self.legs[position];
        let after = self.next(position);
        let open = |at: f64| after.and_then(|c| self.problem.visits[c].window).map_or(at, |(open, _)| at.max(open));
        Some(Place {
            position,
            extra_travel: there + onward - direct,
            extra_time: open(arrive) - open(self.ready[position] + direct),
        })
    }

    /// The stop before a position; `None` is the base.
    fn at(&self, position: usize) -> Option<usize> {
        position.checked_sub(1).map(|before| self.order[before])
    }

    /// The stop at a position; `None` is the base.
    fn next(&self, position: usize) -> Option<usize> {
        self.order.get(position).copied()
    }

    pub(crate) fn leg(&self, from: Option<usize>, to: Option<usize>) -> f64 {
        leg(self.problem, from, to)
    }

    /// The finished proposal, with a reason for everything that is left out.
    pub(crate) fn proposal(&self) -> Proposal {
        let problem = self.problem;
        let mut stops = Vec::with_capacity(self.order.len());
        for (position, &candidate) in self.order.iter().enumerate() {
            let travel_min = self.leg(self.at(position), Some(candidate));
            let (arrive_min, leave_min) = (self.ready[position] + travel_min, self.ready[position + 1]);
            stops.push(Stop { candidate, arrive_min, leave_min, travel_min });
        }
        let left_out = (0..problem.visits.len())
            .filter(|&candidate| !self.uses(candidate))
            .map(|candidate| LeftOut { candidate, why: self.why(candidate) })
            .collect();
        let last = self.order.len();
        Proposal {
            stops,
            left_out,
            back_at_min: self.ready[last] + self.leg(self.at(last), None),
            value: self.value(),
            walked_m: self.travel() * problem.speed_m_per_min,
        }
    }

    fn why(&self, candidate: usize) -> Why {
        let visit = &self.problem.visits[candidate];
        let there = self.leg(None, Some(candidate));
        if visit.value <= 0.0 {
            Why::NoValue
        } else if slack(self.problem, &[candidate]).is_none() {
            let too_far = 2.0 * there + visit.service_min > self.problem.length_min;
            if too_far || visit.window.is_none() { Why::Unreachable } else { Why::WindowClosed }
        } else if self.is_full() && (self.problem.max_visits == 0 || self.cheapest(candidate).is_some()) {
            Why::OverMaximum
        } else {
            Why::NoTime
        }
    }
}

/// Travel time between two stops, in minutes; `None` is the base.
fn leg(problem: &Problem, from: Option<usize>, to: Option<usize>) -> f64 {
    let at = |stop: Option<usize>| stop.map_or(problem.base, |c| problem.visits[c].at);
    problem.travel_min(at(from), at(to))
}

/// When a visit begins if one arrives at that moment; `None`: too late.
fn begin(problem: &Problem, candidate: usize, arrive: f64) -> Option<f64> {
    match problem.visits[candidate].window {
        Some((_, close)) if arrive > close => None,
        Some((open, _)) => Some(arrive.max(open)),
        None => Some(arrive),
    }
}

/// Earliest departures and latest arrivals along an order; `None` if the order is not feasible.
fn slack(problem: &Problem, order: &[usize]) -> Option<(Vec<f64>, Vec<f64>)> {
    let mut ready = Vec::with_capacity(order.len() + 1);
    let (mut now, mut here) = (problem.start_min, None);
    ready.push(now);
    for &candidate in order {
        now = begin(problem, candidate, now + leg(problem, here, Some(candidate)))?;
        now += problem.visits[candidate].service_min;
        here = Some(candidate);
        ready.push(now);
    }
    if now + leg(problem, here, None) > problem.end_min() {
        return None;
    }
    let mut latest = vec![problem.end_min(); order.len() + 1];
    let mut after = None;
    for (position, &candidate) in order.iter().enumerate().rev() {
        let visit = &problem.visits[candidate];
        let by_next = latest[position + 1] - leg(problem, Some(candidate), after) - visit.service_min;
        latest[position] = visit.window.map_or(by_next, |(_, close)| by_next.min(close));
        after = Some(candidate);
    }
    Some((ready, latest))
}
