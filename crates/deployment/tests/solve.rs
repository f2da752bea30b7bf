//! Several rounds at once: optimal where all plans can be counted, and every rule kept.

#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

use deployment::solve::{Effect, MOST_TIME, Plan, Rounds, RoundsError, Search, Tour, Travel, Visit, changed, without};
use proptest::prelude::*;

/// Places in the plane, one metre a unit of time, rounded up (which keeps the shortest way the direct one).
fn plane(at: &[(f64, f64)]) -> Travel {
    Travel::by(at.len(), |from, to| {
        let ((x, y), (u, v)) = (at[from], at[to]);
        (x - u).hypot(y - v).ceil() as i32
    })
}

fn tour(window: (i32, i32)) -> Tour {
    Tour { start: 0, end: 0, window, travel: 0, most_visits: usize::MAX, order: vec![] }
}

/// Base in the origin, visits of score 1 and service 1 on a line.
fn line(at: &[f64], tours: Vec<Tour>) -> Rounds {
    let places: Vec<(f64, f64)> = std::iter::once(0.0).chain(at.iter().copied()).map(|x| (x, 0.0)).collect();
    let visits = (1..places.len()).map(|place| Visit::at(place, 1, 1)).collect();
    Rounds { travel: vec![plane(&places)], visits, tours }
}

fn solve(rounds: &Rounds, seed: u64, steps: u64) -> Plan {
    let mut search = Search::new(rounds, seed).unwrap();
    search.steps(steps);
    let plan = search.plan();
    assert_eq!(plan.check(rounds), Ok(()));
    plan
}

fn order(plan: &Plan) -> Vec<Vec<usize>> {
    plan.order()
}

/// Most compulsory visits, and then most score, of all plans there are: every visit, also none, comes next in the
/// tour, and then the next tour begins. Written without the library's slack.
fn best_of_all(rounds: &Rounds) -> (usize, u64) {
    fn go(rounds: &Rounds, tour: usize, now: i32, here: usize, made: &mut Vec<bool>, count: usize) -> (usize, u64) {
        let Some(officer) = rounds.tours.get(tour) else { return (0, 0) };
        let travel = &rounds.travel[officer.travel];
        let mut best = match rounds.tours.get(tour + 1) {
            Some(next) => go(rounds, tour + 1, next.window.0, next.start, made, 0),
            None => (0, 0),
        };
        if count == officer.most_visits {
            return best;
        }
        for (number, visit) in rounds.visits.iter().enumerate() {
            if made[number] || visit.tours.as_ref().is_some_and(|tours| !tours.contains(&tour)) {
                continue;
            }
            let arrive = now + travel.time(here, visit.place);
            let mut begins: Vec<i32> =
                visit.windows.iter().filter(|w| arrive <= w.1).map(|w| arrive.max(w.0)).collect();
            if visit.windows.is_empty() {
                begins.push(arrive);
            }
            let Some(begin) = begins.into_iter().min() else { continue };
            let leave = begin + visit.service;
            if leave + travel.time(visit.place, officer.end) > officer.window.1 {
                continue;
            }
            made[number] = true;
            let rest = go(rounds, tour, leave, visit.place, made, count + 1);
            best = best.max((rest.0 + usize::from(visit.compulsory), rest.1 + u64::from(visit.score)));
            made[number] = false;
        }
        best
    }
    let first = &rounds.tours[0];
    go(rounds, 0, first.window.0, first.start, &mut vec![false; rounds.visits.len()], 0)
}

fn visit(place: usize, tours: usize) -> impl Strategy<Value = Visit> {
    let window = (-20..150_i32, 0..80_i32).prop_map(|(open, width)| (open, open + width));
    let windows = proptest::collection::vec(window, 0..3);
    let allowed = proptest::option::weighted(0.3, proptest::collection::vec(0..tours, 0..=tours));
    (0..9_u32, 0..20_i32, windows, proptest::bool::weighted(0.2), allowed).prop_map(
        move |(score, service, windows, compulsory, tours)| Visit {
            place,
            or_at: vec![],
            score,
            service,
            windows,
            compulsory,
            tours,
        },
    )
}

fn rounds(most: usize) -> impl Strategy<Value = Rounds> {
    (1..=most, 1..=3_usize).prop_flat_map(|(visits, tours)| {
        let at = proptest::collection::vec((-40.0..40.0_f64, -40.0..40.0_f64), visits + 2);
        let visits: Vec<_> = (0..visits).map(|number| visit(number + 2, tours)).collect();
        let tour = (0..2_usize, 0..2_usize, 0..40_i32, 120..220_i32, 0..2_usize, 0..9_usize).prop_map(
            |(start, end, leave, length, travel, most_visits)| Tour {
                start,
                end,
                window: (leave, leave + length),
                travel,
                most_visits,
                order: vec![],
            },
        );
        (at, visits, proptest::collection::vec(tour, tours)).prop_map(|(at, visits, tours)| {
            let twice: Vec<(f64, f64)> = at.iter().map(|&(x, y)| (x / 2.0, y / 2.0)).collect();
            Rounds { travel: vec![plane(&at), plane(&twice)], visits, tours }
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn small_rounds_are_solved_to_the_optimum(rounds in rounds(6)) {
        let plan = solve(&rounds, 1, 3000);
        let compulsory = rounds.visits.iter().filter(|visit| visit.compulsory).count();
        prop_assert_eq!((compulsory - plan.missed.len(), plan.score), best_of_all(&rounds));
    }

    #[test]
    fn the_same_seed_and_steps_give_the_same_plan(rounds in rounds(30), seed in 0..9_u64) {
        prop_assert_eq!(solve(&rounds, seed, 200), solve(&rounds, seed, 200));
    }

    #[test]
    fn a_plan_can_be_handed_in_and_only_gets_better(rounds in rounds(30)) {
        let plan = solve(&rounds, 1, 300);
        let mut search = Search::new(&rounds, 2).unwrap();
        search.begin_with(&order(&plan));
        prop_assert!(search.plan().missed.len() <= plan.missed.len());
        search.steps(300);
        let better = search.plan();
        prop_assert_eq!(better.check(&rounds), Ok(()));
        prop_assert!(better.missed.len() < plan.missed.len() || better.score >= plan.score);
    }

    #[test]
    fn travel_times_of_any_kind_give_plans_that_hold(
        rounds in rounds(20),
        times in proptest::collection::vec(0..90_i32, 22 * 22),
    ) {
        // Not shortest times at all: by way of a third place it is often quicker.
        let wild = Travel::by(22, |from, to| if from < 2 && to < 2 { 0 } else { times[from * 22 + to] });
        let rounds = Rounds { travel: vec![wild.clone(), wild], ..rounds };
        solve(&rounds, 3, 300);
    }
}

#[test]
fn more_steps_in_parts_are_as_good() {
    let at: Vec<f64> = (0..40).map(|n| f64::from(n % 13) * 3.0 - 17.0).collect();
    let rounds = line(&at, vec![tour((0, 60)), tour((10, 70))]);
    let mut search = Search::new(&rounds, 1).unwrap();
    let mut score = search.plan().score;
    for _ in 0..5 {
        search.steps(100);
        assert!(search.plan().score >= score);
        score = search.plan().score;
    }
    assert_eq!(search.iterations(), 500);
}

#[test]
fn who_looks_on_sees_each_better_plan_and_the_last() {
    let at: Vec<f64> = (0..60).map(|n| f64::from(n * 7 % 31) - 15.0).collect();
    let mut rounds = line(&at, vec![tour((0, 60)), tour((10, 70))]);
    (0..60).for_each(|n| rounds.visits[n].score = 1 + n as u32 * 13 % 17);
    let mut search = Search::new(&rounds, 1).unwrap();
    let (first, mut seen) = (search.plan().score, vec![]);
    search.run_showing(|done| done as f64 / 2000.0, |plan| seen.push((plan.score, plan.check(&rounds))));
    assert!(!seen.is_empty() && seen.iter().all(|(score, held)| *score > first && *held == Ok(())));
    assert!(seen.is_sorted_by_key(|(score, _)| *score));
    assert_eq!(seen.last().unwrap().0, search.plan().score);
}

#[test]
fn a_compulsory_visit_goes_before_any_score() {
    let mut rounds = line(&[5.0, 6.0, 7.0, -20.0], vec![tour((0, 42))]);
    (0..3).for_each(|number| rounds.visits[number].score = 100);
    assert_eq!(solve(&rounds, 1, 500).score, 300);
    rounds.visits[3].compulsory = true;
    assert_eq!(order(&solve(&rounds, 1, 500)), [[3]]);
}

#[test]
fn a_compulsory_visit_without_score_is_made() {
    let mut rounds = line(&[5.0, 6.0], vec![tour((0, 42))]);
    rounds.visits[0].score = 0;
    rounds.visits[1].score = 0;
    rounds.visits[1].compulsory = true;
    assert_eq!(order(&solve(&rounds, 1, 50)), [[1]]);
}

#[test]
fn compulsory_visits_that_cannot_be_made_are_named() {
    let mut rounds = line(&[50.0, 5.0, 6.0], vec![tour((0, 42))]);
    rounds.visits[0].compulsory = true;
    rounds.visits[1].compulsory = true;
    rounds.visits[1].tours = Some(Vec::new());
    let plan = solve(&rounds, 1, 100);
    assert_eq!((plan.missed, plan.score), (vec![0, 1], 1));
}

#[test]
fn only_tours_that_may_make_a_visit_make_it() {
    let mut rounds = line(&[5.0, 6.0, -5.0, -6.0], vec![tour((0, 100)), tour((0, 100))]);
    rounds.visits[0].tours = Some(vec![1]);
    rounds.visits[2].tours = Some(vec![0]);
    rounds.visits[3].tours = Some(vec![]);
    let tours = order(&solve(&rounds, 1, 200));
    assert!(tours[1].contains(&0) && tours[0].contains(&2) && !tours.concat().contains(&3));
}

#[test]
fn a_tour_ends_where_it_must_and_is_not_overfull() {
    let mut rounds = line(&[1.0, 2.0, 30.0], vec![tour((0, 34)), tour((0, 34))]);
    rounds.tours[0].end = 3;
    rounds.tours[1].most_visits = 0;
    rounds.visits.pop();
    let plan = solve(&rounds, 1, 100);
    assert_eq!(order(&plan), [vec![0, 1], vec![]]);
    assert_eq!((plan.tours[0].back, plan.tours[0].travel), (32, 30));
}

#[test]
fn nothing_to_do_is_no_fault() {
    for rounds in [line(&[], vec![tour((0, 9))]), line(&[3.0], vec![]), line(&[30.0], vec![tour((0, 9))])] {
        let plan = solve(&rounds, 1, 10);
        assert_eq!((plan.score, plan.tours.len()), (0, rounds.tours.len()));
    }
}

#[test]
fn a_plan_changed_by_hand_is_kept_as_far_as_it_holds() {
    let mut rounds = line(&[3.0, 5.0, 7.0, 30.0], vec![tour((0, 24)), tour((0, 0))]);
    rounds.visits[0].tours = Some(vec![1]);
    let mut search = Search::new(&rounds, 1).unwrap();
    // Not allowed in this tour, too far, made twice, no such visit, no such tour: all are passed over.
    search.begin_with(&[vec![2, 0, 3, 1, 1, 9], vec![], vec![1]]);
    let plan = search.plan();
    assert_eq!((order(&plan), plan.check(&rounds)), (vec![vec![2, 1], vec![]], Ok(())));
}

#[test]
fn a_break_is_held_in_one_of_its_houses_within_its_window() {
    // A house at 0 (the base) and one at 20; the work is at 18 and 22, so the break comes cheapest at 20.
    let mut rounds = line(&[18.0, 22.0, 20.0], vec![tour((0, 60))]);
    rounds.visits[2] = Visit { or_at: vec![3], windows: vec![(10, 40)], compulsory: true, ..Visit::at(0, 0, 10) };
    let plan = solve(&rounds, 1, 300);
    let rest = plan.tours[0].stops.iter().find(|stop| stop.visit == 2).unwrap();
    assert_eq!((plan.score, rest.place), (2, 3));
    // Where the work is elsewhere, it is at the base, and it is never held twice.
    rounds.visits[2].or_at = vec![];
    let plan = solve(&rounds, 1, 300);
    assert!(plan.missed.is_empty() && plan.tours[0].stops.iter().any(|stop| (stop.visit, stop.place) == (2, 0)));
}

#[test]
fn of_several_windows_one_is_met() {
    let mut rounds = line(&[5.0, 6.0], vec![tour((0, 40))]);
    rounds.visits[0].windows = vec![(60, 70), (19, 21)];
    rounds.visits[1].windows = vec![(20, 22), (30, 31)];
    let plan = solve(&rounds, 1, 300);
    let begins: Vec<(usize, i32)> = plan.tours[0].stops.iter().map(|stop| (stop.visit, stop.begin)).collect();
    assert_eq!(begins, [(0, 19), (1, 21)]);
    // The other way round the first window of the second is over, and the next one is too late for the tour.
    let late = Plan::of(&rounds, &[vec![1, 0]]).unwrap();
    assert_eq!(late.tours[0].stops[1].begin, 60);
    assert!(late.check(&rounds).unwrap_err().contains("back too late"));
}

#[test]
fn an_order_made_by_hand_is_kept_and_others_come_between() {
    let mut rounds = line(&[5.0, 10.0, 15.0, 20.0], vec![tour((0, 100))]);
    rounds.tours[0].order = vec![3, 1];
    let plan = solve(&rounds, 1, 500);
    let order = order(&plan).concat();
    let at = |visit| order.iter().position(|&one| one == visit);
    assert!(plan.score == 4 && at(3) < at(1), "{order:?}");
    // What cannot stand in that order stays out; a plan against it is refused by the referee.
    let mut search = Search::new(&rounds, 1).unwrap();
    search.begin_with(&[vec![1, 3]]);
    assert_eq!(search.plan().check(&rounds), Ok(()));
    let against = Plan::of(&rounds, &[vec![1, 3]]).unwrap();
    assert!(against.check(&rounds).unwrap_err().contains("order made by hand"));
}

#[test]
fn slack_is_how_much_later_a_visit_could_begin() {
    let mut rounds = line(&[5.0, 10.0], vec![tour((0, 60))]);
    rounds.visits[1].windows = vec![(20, 30)];
    let plan = Plan::of(&rounds, &[vec![0, 1]]).unwrap();
    // Begins at 5 and 20; the second closes at 30, and five units lie between them.
    assert_eq!(plan.slack(&rounds), [[19, 10]]);
    let late = Plan::of(&line(&[40.0], vec![tour((0, 60))]), &[vec![0]]).unwrap();
    assert_eq!(late.slack(&line(&[40.0], vec![tour((0, 60))])), [[-21]]);
}

#[test]
fn a_visit_says_what_it_brings_and_a_pin_what_it_costs() {
    let mut rounds = line(&[10.0, -10.0, 30.0], vec![tour((0, 24))]);
    rounds.visits[0].score = 5;
    rounds.visits[1].score = 3;
    let plan = solve(&rounds, 1, 100);
    assert_eq!(order(&plan), [[0]]);
    assert_eq!(without(&rounds, &plan, 0, 100), Ok(Effect { score: -2, lost: vec![0], gained: vec![1] }));
    assert_eq!(without(&rounds, &plan, 2, 100), Ok(Effect::default()), "it is not in the plan");
    // The second is pinned: letting it go would bring two more.
    let free = rounds.clone();
    rounds.visits[1].compulsory = true;
    let pinned = solve(&rounds, 1, 100);
    assert_eq!(changed(&pinned, &free, 100), Ok(Effect { score: 2, lost: vec![1], gained: vec![0] }));
}

#[test]
fn a_budget_that_is_no_number_ends_the_search() {
    let rounds = line(&[3.0, 4.0], vec![tour((0, 9))]);
    for share in [f64::NAN, f64::INFINITY, 1.0] {
        let mut search = Search::new(&rounds, 1).unwrap();
        search.run(|_| share);
        assert_eq!(search.iterations(), 0);
    }
}

#[test]
fn rounds_that_make_no_sense_are_refused() {
    type Change = fn(&mut Rounds);
    let table: [(RoundsError, Change); 17] = [
        (RoundsError::Tables, |r| r.travel.clear()),
        (RoundsError::Tables, |r| r.travel.push(Travel::by(1, |_, _| 0))),
        (RoundsError::TravelTime { from: 1, to: 0, time: -1 }, |r| {
            r.travel[0] = Travel::by(2, |from, to| to as i32 - from as i32);
        }),
        (RoundsError::TravelTime { from: 0, to: 0, time: MOST_TIME + 1 }, |r| {
            r.travel[0] = Travel::by(2, |_, _| MOST_TIME + 1);
        }),
        (RoundsError::VisitPlace(0), |r| r.visits[0].place = 2),
        (RoundsError::Service(0), |r| r.visits[0].service = -1),
        (RoundsError::VisitWindow(0), |r| r.visits[0].windows = vec![(5, 4)]),
        (RoundsError::VisitWindow(0), |r| r.visits[0].windows = vec![(0, 9), (0, i32::MAX)]),
        (RoundsError::VisitTour(0), |r| r.visits[0].tours = Some(vec![0, 1])),
        (RoundsError::TourPlace(0), |r| r.tours[0].start = 2),
        (RoundsError::TourPlace(0), |r| r.tours[0].travel = 1),
        (RoundsError::VisitPlace(0), |r| r.visits[0].or_at = vec![1, 2]),
        (RoundsError::TourOrder(0), |r| r.tours[0].order = vec![1]),
        (RoundsError::TourOrder(0), |r| r.tours[0].order = vec![0, 0]),
        (RoundsError::TourWindow(0), |r| r.tours[0].window = (1, 0)),
        (RoundsError::TourWindow(0), |r| r.tours[0].window.0 = i32::MIN),
        (RoundsError::TourTooShort(0), |r| (r.tours[0].end, r.tours[0].window) = (1, (0, 2))),
    ];
    for (expected, change) in table {
        let mut rounds = line(&[3.0], vec![tour((0, 9))]);
        assert_eq!(rounds.validate(), Ok(()));
        change(&mut rounds);
        assert_eq!(Search::new(&rounds, 1).err(), Some(expected));
    }
}

#[test]
fn the_referee_sees_every_fault() {
    let mut rounds = line(&[3.0, 5.0, 7.0], vec![tour((0, 40)), tour((0, 8))]);
    rounds.visits[0].windows = vec![(4, 9)];
    rounds.visits[1].tours = Some(vec![0]);
    rounds.visits[2].compulsory = true;
    let right = Plan::of(&rounds, &[vec![0, 1, 2], vec![]]).unwrap();
    assert_eq!(right.check(&rounds), Ok(()));
    let laid = |tours: &[Vec<usize>]| Plan::of(&rounds, tours).unwrap().check(&rounds).unwrap_err();
    assert!(laid(&[vec![], vec![1]]).contains("may not make visit 1"));
    assert!(laid(&[vec![2, 0], vec![]]).contains("after its window closed"));
    assert!(laid(&[vec![], vec![2]]).contains("back too late"));
    assert!(laid(&[vec![0], vec![0]]).contains("made twice"));
    type Change = fn(&mut Plan);
    let table: [(&str, Change); 8] = [
        ("1 tours, but there are 2", |p| drop(p.tours.pop())),
        ("does not exist", |p| p.tours[0].stops[0].visit = 9),
        ("its times are wrong", |p| p.tours[0].stops[0].arrive -= 1),
        ("its times are wrong", |p| p.tours[0].stops[1].begin -= 1),
        ("its times are wrong", |p| p.tours[0].back -= 1),
        ("its times are wrong", |p| p.tours[0].travel -= 1),
        ("the score is", |p| p.score += 1),
        ("missed are", |p| p.missed.push(2)),
    ];
    for (expected, change) in table {
        let mut wrong = right.clone();
        change(&mut wrong);
        let error = wrong.check(&rounds).unwrap_err();
        assert!(error.contains(expected), "{expected}: {error}");
    }
    rounds.tours[0].most_visits = 2;
    assert!(right.check(&rounds).unwrap_err().contains("more than 2 visits"));
}
