//! Random problems: whatever is asked, the proposal keeps to it, and is no worse than the plainest construction.

#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

use deployment::{Candidate, GreedyTwoOpt, LeftOut, Point, Problem, Proposal, Solver, Stop, Why, feasible};
use proptest::prelude::*;

fn candidate() -> impl Strategy<Value = Candidate> {
    let window = proptest::option::of((-20.0..200.0_f64, 0.0..90.0_f64).prop_map(|(open, width)| (open, open + width)));
    (-3000.0..3000.0_f64, -3000.0..3000.0_f64, 0_u8..6, 0.0..30.0_f64, window).prop_map(
        |(x, y, value, service_min, window)| Candidate {
            id: format!("{x:.0}/{y:.0}"),
            at: Point { x, y },
            value: f64::from(value),
            service_min,
            window,
        },
    )
}

fn problem() -> impl Strategy<Value = Problem> {
    let visits = proptest::collection::vec(candidate(), 1..40);
    (visits, 0.0..30.0_f64, 1.0..400.0_f64, 40.0..300.0_f64, 1.0..2.0_f64, 0_usize..15).prop_map(
        |(visits, start_min, length_min, speed_m_per_min, detour, max_visits)| Problem {
            base: Point { x: 0.0, y: 0.0 },
            start_min,
            length_min,
            speed_m_per_min,
            detour,
            max_visits,
            visits,
        },
    )
}

/// Value of the round that always goes on to the nearest place that still fits, written without the library.
fn nearest_neighbour_value(problem: &Problem) -> f64 {
    let (mut now, mut here, mut value) = (problem.start_min, problem.base, 0.0);
    let mut open: Vec<&Candidate> = problem.visits.iter().filter(|c| c.value > 0.0).collect();
    for _ in 0..problem.max_visits {
        let leave = |c: &Candidate| {
            let arrive = now + problem.travel_min(here, c.at);
            let (from, until) = c.window.unwrap_or((f64::NEG_INFINITY, f64::INFINITY));
            let leave = arrive.max(from) + c.service_min;
            // A hair stricter than the solver, so that rounding never decides.
            let back = leave + problem.travel_min(c.at, problem.base);
            (arrive <= until - 1e-9 && back <= problem.end_min() - 1e-9).then_some(leave)
        };
        let nearest = (0..open.len())
            .filter(|&i| leave(open[i]).is_some())
            .min_by(|&a, &b| here.distance(open[a].at).total_cmp(&here.distance(open[b].at)));
        let Some(index) = nearest else { break };
        now = leave(open[index]).unwrap();
        let next = open.remove(index);
        (here, value) = (next.at, value + next.value);
    }
    value
}

/// Whether a round to this candidate alone would do.
fn alone(problem: &Problem, candidate: usize) -> bool {
    let one = Problem { visits: vec![problem.visits[candidate].clone()], ..problem.clone() };
    !GreedyTwoOpt.solve(&one).unwrap().stops.is_empty()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn proposals_are_feasible_and_no_worse_than_nearest_neighbour(problem in problem()) {
        let proposal = GreedyTwoOpt.solve(&problem).unwrap();
        prop_assert_eq!(feasible(&problem, &proposal), Ok(()));
        prop_assert!(proposal.stops.len() <= problem.max_visits);
        prop_assert_eq!(proposal.stops.len() + proposal.left_out.len(), problem.visits.len());
        prop_assert!(proposal.value >= nearest_neighbour_value(&problem) - 1e-9);
    }

    #[test]
    fn the_same_problem_gives_the_same_proposal(problem in problem()) {
        prop_assert_eq!(GreedyTwoOpt.solve(&problem), GreedyTwoOpt.solve(&problem));
    }

    #[test]
    fn reasons_are_true(problem in problem()) {
        let proposal = GreedyTwoOpt.solve(&problem).unwrap();
        for LeftOut { candidate, why } in proposal.left_out {
            let visit = &problem.visits[candidate];
            let out_and_back = 2.0 * problem.travel_min(problem.base, visit.at) + visit.service_min;
            match why {
                Why::NoValue => prop_assert_eq!(visit.value, 0.0),
                Why::Unreachable => prop_assert!(out_and_back > problem.length_min),
                Why::WindowClosed => prop_assert!(visit.window.is_some() && !alone(&problem, candidate)),
                Why::OverMaximum => prop_assert_eq!(proposal.stops.len(), problem.max_visits),
                Why::NoTime => prop_assert!(alone(&problem, candidate)),
            }
        }
    }
}

/// Where on the line, value, window.
type Place = (f64, f64, Option<(f64, f64)>);

/// Base in the origin, one metre a minute along straight streets, places on a line.
fn line(length_min: f64, max_visits: usize, places: &[Place]) -> Problem {
    let visits = places.iter().enumerate().map(|(index, &(x, value, window))| Candidate {
        id: index.to_string(),
        at: Point { x, y: 0.0 },
        value,
        service_min: 1.0,
        window,
    });
    Problem {
        base: Point { x: 0.0, y: 0.0 },
        start_min: 0.0,
        length_min,
        speed_m_per_min: 1.0,
        detour: 1.0,
        max_visits,
        visits: visits.collect(),
    }
}

fn solve(problem: &Problem) -> Proposal {
    let proposal = GreedyTwoOpt.solve(problem).unwrap();
    assert_eq!(feasible(problem, &proposal), Ok(()));
    proposal
}

#[test]
fn a_round_by_hand() {
    let problem = line(100.0, 9, &[(10.0, 1.0, None), (20.0, 1.0, Some((30.0, 40.0)))]);
    let proposal = solve(&problem);
    // Out to 20, wait from 20 (or 21, by way of 10) until 30, and back: the visit at 10 lies on the way.
    assert_eq!(proposal.value, 2.0);
    assert_eq!(proposal.walked_m, 40.0);
    let waited = proposal.stops.iter().find(|stop| stop.candidate == 1).unwrap();
    assert_eq!(waited.leave_min, 31.0);
    assert!(proposal.left_out.is_empty());
}

#[test]
fn every_reason_by_hand() {
    let places = [
        (5.0, 9.0, None),
        (6.0, 9.0, None),
        (50.0, 9.0, None),
        (7.0, 9.0, Some((0.0, 3.0))),
        (5.0, 0.0, None),
        (-12.0, 1.0, None),
        (5.5, 1.0, None),
    ];
    let reasons = |max_visits| -> Vec<(usize, Why)> {
        solve(&line(30.0, max_visits, &places)).left_out.iter().map(|l| (l.candidate, l.why)).collect()
    };
    let always = [(2, Why::Unreachable), (3, Why::WindowClosed), (4, Why::NoValue), (5, Why::NoTime)];
    assert_eq!(reasons(3), always);
    let mut with_two = always.to_vec();
    with_two.push((6, Why::OverMaximum));
    assert_eq!(reasons(2), with_two);
    assert_eq!(reasons(0).iter().filter(|(_, why)| *why == Why::OverMaximum).count(), 4);
}

#[test]
fn the_referee_sees_every_fault() {
    let problem = line(30.0, 2, &[(5.0, 1.0, Some((6.0, 9.0))), (8.0, 1.0, None), (9.0, 1.0, None)]);
    let right = solve(&problem);
    type Change = fn(&mut Proposal);
    let table: [(&str, Change); 11] = [
        ("neither a stop nor left out", |p| p.left_out.clear()),
        ("occurs twice", |p| p.left_out.push(LeftOut { candidate: 0, why: Why::NoTime })),
        ("does not exist", |p| p.left_out.push(LeftOut { candidate: 7, why: Why::NoTime })),
        ("at most 2", |p| {
            let candidate = p.left_out.remove(0).candidate;
            p.stops.push(Stop { candidate, arrive_min: 0.0, leave_min: 0.0, travel_min: 0.0 });
        }),
        ("travel_min", |p| p.stops[1].travel_min += 1.0),
        ("arrive_min", |p| p.stops[1].arrive_min -= 1.0),
        ("leave_min", |p| p.stops[0].leave_min -= 1.0),
        ("leave_min", |p| p.stops[0].leave_min = f64::NAN),
        ("back_at_min", |p| p.back_at_min -= 1.0),
        ("value", |p| p.value += 1.0),
        ("walked_m", |p| p.walked_m -= 1.0),
    ];
    for (expected, change) in table {
        let mut wrong = right.clone();
        change(&mut wrong);
        let error = feasible(&problem, &wrong).unwrap_err();
        assert!(error.contains(expected), "{expected}: {error}");
    }
    let shorter = Problem { length_min: right.back_at_min - 1.0, ..problem.clone() };
    assert!(feasible(&shorter, &right).unwrap_err().contains("the round ends at"));
    let mut closed = problem;
    closed.visits[0].window = Some((0.0, 4.0));
    assert!(feasible(&closed, &right).unwrap_err().contains("the window closed"));
}
