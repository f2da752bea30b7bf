//! The referee: checks a proposal against its problem by walking it, without anything of the solvers.

use crate::{Problem, Proposal};

/// Greatest difference in minutes, metres and value that is put down to rounding.
const TOLERANCE: f64 = 1e-6;

/// Whether a proposal keeps to its problem: every candidate is a stop or left out exactly once, no more stops than
/// the maximum, each visit begins while its window is open and lasts as long as it must, the round is back in time,
/// and all figures of the proposal are right. The error says what is wrong first.
pub fn feasible(problem: &Problem, proposal: &Proposal) -> Result<(), String> {
    each_candidate_once(problem, proposal)?;
    if proposal.stops.len() > problem.max_visits {
        return Err(format!("{} stops, but at most {} are allowed", proposal.stops.len(), problem.max_visits));
    }
    let (mut now, mut here) = (problem.start_min, problem.base);
    let (mut value, mut walked) = (0.0, 0.0);
    for (number, stop) in proposal.stops.iter().enumerate() {
        let visit = &problem.visits[stop.candidate];
        let travel = problem.travel_min(here, visit.at);
        same(number, "travel_min", stop.travel_min, travel)?;
        same(number, "arrive_min", stop.arrive_min, now + travel)?;
        let (open, close) = visit.window.unwrap_or((f64::NEG_INFINITY, f64::INFINITY));
        let begin = stop.arrive_min.max(open);
        if begin > close + TOLERANCE {
            return Err(format!("stop {number}: begins at {begin}, but the window closed at {close}"));
        }
        same(number, "leave_min", stop.leave_min, begin + visit.service_min)?;
        value += visit.value;
        walked += problem.walk_m(here, visit.at);
        (now, here) = (stop.leave_min, visit.at);
    }
    walked += problem.walk_m(here, problem.base);
    let end = proposal.stops.len();
    same(end, "back_at_min", proposal.back_at_min, now + problem.travel_min(here, problem.base))?;
    same(end, "value", proposal.value, value)?;
    same(end, "walked_m", proposal.walked_m, walked)?;
    if proposal.back_at_min > problem.end_min() + TOLERANCE {
        return Err(format!("back at {}, but the round ends at {}", proposal.back_at_min, problem.end_min()));
    }
    Ok(())
}

fn each_candidate_once(problem: &Problem, proposal: &Proposal) -> Result<(), String> {
    let mut seen = vec![false; problem.visits.len()];
    let named = proposal.stops.iter().map(|s| s.candidate).chain(proposal.left_out.iter().map(|l| l.candidate));
    for candidate in named {
        match seen.get_mut(candidate) {
            None => return Err(format!("candidate {candidate} does not exist")),
            Some(true) => return Err(format!("candidate {candidate} occurs twice")),
            Some(seen) => *seen = true,
        }
    }
    match seen.iter().position(|&seen| !seen) {
        Some(missing) => Err(format!("candidate {missing} is neither a stop nor left out")),
        None => Ok(()),
    }
}

fn same(stop: usize, field: &str, given: f64, right: f64) -> Result<(), String> {
    // Written so that a figure that is not a number is refused too.
    if (given - right).abs() <= TOLERANCE * right.abs().max(1.0) {
        Ok(())
    } else {
        Err(format!("stop {stop}: {field} is {given}, but should be {right}"))
    }
}
