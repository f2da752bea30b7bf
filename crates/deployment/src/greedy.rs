//! The first solver: greedy insertion, made better by small exchanges.
//!
//! Several plain constructions start it: always the nearest place, and always the place of most value per extra
//! minute, with value weighing more in each. Each start is improved until nothing helps any more by turning a part
//! of the round around (2-opt), moving a stop (or-opt), putting in what fits, and exchanging a stop for a place of
//! more value. The best is the answer. There is no chance in it: the same problem always gives the same proposal.

use crate::route::{EPSILON, Place, Route};
use crate::{Problem, ProblemError, Proposal, Solver};

/// How often the exchanges may start again. Each round of them makes the proposal better, so this is only a bound on
/// the time it takes; usual are fewer than ten.
const MOST_ROUNDS: usize = 200;

/// How much value weighs against extra minutes in the constructions: score = value ^ weight / extra minutes.
const WEIGHTS: [i32; 3] = [1, 2, 4];

/// Greedy insertion by value per extra minute, then 2-opt, moves and exchanges. Fast and plain: well under a second
/// for a thousand candidates and a round of usual length.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct GreedyTwoOpt;

impl Solver for GreedyTwoOpt {
    fn solve(&self, problem: &Problem) -> Result<Proposal, ProblemError> {
        problem.validate()?;
        let mut best = improve(problem, nearest_neighbour(problem));
        for weight in WEIGHTS {
            let mut route = Route::new(problem);
            fill(problem, &mut route, weight);
            let route = improve(problem, route);
            if is_better(&route, &best) {
                best = route;
            }
        }
        Ok(best.proposal())
    }
}

/// More value, or the same value with less travel.
fn is_better(new: &Route<'_>, old: &Route<'_>) -> bool {
    let gain = new.value() - old.value();
    gain > EPSILON || (gain > -EPSILON && new.travel() < old.travel() - EPSILON)
}

/// The plain construction that others are measured by: always the nearest place that still fits, at the end.
pub(crate) fn nearest_neighbour(problem: &Problem) -> Route<'_> {
    let mut route = Route::new(problem);
    while !route.is_full() {
        let last = route.order().len();
        let from = route.order().last().copied();
        let nearest = candidates(problem, &route)
            .filter(|&c| route.fits(c, last).is_some())
            .min_by(|&a, &b| route.leg(from, Some(a)).total_cmp(&route.leg(from, Some(b))));
        let Some(candidate) = nearest else { break };
        if !route.try_order(route.with(candidate, last)) {
            break;
        }
    }
    route
}

/// Candidates of value that are not in the route.
fn candidates<'a>(problem: &'a Problem, route: &'a Route<'_>) -> impl Iterator<Item = usize> + 'a {
    (0..problem.visits.len()).filter(move |&c| problem.visits[c].value > 0.0 && !route.uses(c))
}

/// Inserts the candidate with the best score until nothing fits; says whether it inserted any.
fn fill(problem: &Problem, route: &mut Route<'_>, weight: i32) -> bool {
    let mut filled = false;
    while !route.is_full() {
        let score = |c: usize, place: &Place| problem.visits[c].value.powi(weight) / place.extra_time.max(EPSILON);
        let best = candidates(problem, route)
            .filter_map(|c| route.cheapest(c).map(|place| (c, place.position, score(c, &place))))
            .max_by(|a, b| a.2.total_cmp(&b.2).then(b.0.cmp(&a.0)));
        let Some((candidate, position, _)) = best else {
            break;
        };
        if !route.try_order(route.with(candidate, position)) {
            break;
        }
        filled = true;
    }
    filled
}

/// Repeats the exchanges until none helps.
fn improve<'a>(problem: &'a Problem, mut route: Route<'a>) -> Route<'a> {
    for _ in 0..MOST_ROUNDS {
        let shorter = shorten(&mut route);
        let fuller = fill(problem, &mut route, 1);
        let richer = exchange(problem, &mut route);
        if !(shorter || fuller || richer) {
            break;
        }
    }
    route
}

/// 2-opt and or-opt: takes the first change that makes the round shorter and is feasible, again and again.
fn shorten(route: &mut Route<'_>) -> bool {
    let mut changed = false;
    for _ in 0..MOST_ROUNDS {
        if !(turn(route) || shift(route)) {
            break;
        }
        changed = true;
    }
    changed
}

/// 2-opt: turns a part of the round around.
fn turn(route: &mut Route<'_>) -> bool {
    let n = route.order().len();
    for first in 0..n.saturating_sub(1) {
        for last in first + 1..n {
            let order = route.order();
            let before = first.checked_sub(1).map(|i| order[i]);
            let after = order.get(last + 1).copied();
            let old = route.leg(before, Some(order[first])) + route.leg(Some(order[last]), after);
            let new = route.leg(before, Some(order[last])) + route.leg(Some(order[first]), after);
            if new < old - EPSILON {
                let mut turned = order.to_vec();
                turned[first..=last].reverse();
                if route.try_order(turned) {
                    return true;
                }
            }
        }
    }
    false
}

/// Or-opt: moves one stop to another place in the round.
fn shift(route: &mut Route<'_>) -> bool {
    let travel = route.travel();
    for position in 0..route.order().len() {
        let candidate = route.order()[position];
        let Some(rest) = route.without(position) else {
            continue;
        };
        let left = rest.travel();
        let best = (0..=rest.order().len())
            .filter_map(|p| rest.fits(candidate, p))
            .min_by(|a, b| a.extra_travel.total_cmp(&b.extra_travel));
        if let Some(place) = best
            && left + place.extra_travel < travel - EPSILON
            && route.try_order(rest.with(candidate, place.position))
        {
            return true;
        }
    }
    false
}

/// Exchanges stops for candidates of more value, or of the same value with less travel, until no exchange helps.
fn exchange(problem: &Problem, route: &mut Route<'_>) -> bool {
    let mut changed = false;
    for _ in 0..MOST_ROUNDS {
        let mut helped = false;
        for position in 0..route.order().len() {
            helped |= exchange_at(problem, route, position);
        }
        if !helped {
            break;
        }
        changed = true;
    }
    changed
}

/// Makes the best exchange for the stop at a position, if one helps.
fn exchange_at(problem: &Problem, route: &mut Route<'_>, position: usize) -> bool {
    let out = route.order()[position];
    let Some(rest) = route.without(position) else {
        return false;
    };
    let spare = route.travel() - rest.travel();
    let mut best: Option<(f64, f64, usize, usize)> = None;
    for candidate in candidates(problem, route) {
        let gain = problem.visits[candidate].value - problem.visits[out].value;
        if gain < best.map_or(0.0, |(best, ..)| best) {
            continue;
        }
        let Some(place) = rest.cheapest(candidate) else {
            continue;
        };
        let saved = spare - place.extra_travel;
        let helps = gain > EPSILON || saved > EPSILON;
        if helps && best.is_none_or(|(most, travel, ..)| gain > most || saved > travel) {
            best = Some((gain, saved, candidate, place.position));
        }
    }
    best.is_some_and(|(_, _, candidate, at)| route.try_order(rest.with(candidate, at)))
}
