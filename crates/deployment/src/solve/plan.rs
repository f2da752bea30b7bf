//! The answer, and a referee for it that trusts nothing of the search.

use serde::{Deserialize, Serialize};

use super::rounds::{Rounds, RoundsError};

/// A visit in a plan, with its times.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Planned {
    /// Index of the visit in [`Rounds::visits`].
    pub visit: usize,
    /// Place at which it is made.
    pub place: usize,
    /// Moment of arrival.
    pub arrive: i32,
    /// Moment the visit begins: at arrival, or when its window opens.
    pub begin: i32,
    /// Moment the visit is done.
    pub leave: i32,
}

/// One tour of a plan.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TourPlan {
    /// The visits, in order.
    pub stops: Vec<Planned>,
    /// Moment the tour is at its end.
    pub back: i32,
    /// Time spent on the way.
    pub travel: i64,
}

/// Rounds as the search proposes them: advice, until a coordinator decides.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// Sum of the scores of all visits.
    pub score: u64,
    /// The tours, in the order of [`Rounds::tours`].
    pub tours: Vec<TourPlan>,
    /// Compulsory visits that no tour makes. Not empty if they cannot all be made, or not found yet how.
    pub missed: Vec<usize>,
}

impl Plan {
    /// The plan in which each tour leaves as early as it may and makes these visits in this order, each in its first
    /// window that is not over and where it is least out of the way; whether that holds is for [`Plan::check`] to say.
    ///
    /// Fails if the rounds are not valid. A tour or visit that does not exist is left out.
    pub fn of(rounds: &Rounds, tours: &[Vec<usize>]) -> Result<Self, RoundsError> {
        rounds.validate()?;
        let mut placed = Vec::new();
        for (tour, order) in rounds.tours.iter().zip(tours) {
            let table = &rounds.travel[tour.travel];
            let mut here = tour.start;
            let order: Vec<usize> = order.iter().copied().filter(|&number| number < rounds.visits.len()).collect();
            let mut stops = Vec::with_capacity(order.len());
            for (index, &number) in order.iter().enumerate() {
                let next = order.get(index + 1).map_or(tour.end, |&next| rounds.visits[next].place);
                let way = |place: &usize| i64::from(table.time(here, *place)) + i64::from(table.time(*place, next));
                here = rounds.visits[number].places().min_by_key(way).unwrap_or(here);
                stops.push((number, here));
            }
            placed.push(stops);
        }
        Ok(Self::laid(rounds, &placed))
    }

    /// The plan of rounds that are valid, of visits with the places at which they are made.
    pub(super) fn laid(rounds: &Rounds, tours: &[Vec<(usize, usize)>]) -> Self {
        let mut plan = Self::default();
        let mut made = vec![false; rounds.visits.len()];
        for (index, tour) in rounds.tours.iter().enumerate() {
            let table = &rounds.travel[tour.travel];
            let mut laid = TourPlan { stops: Vec::new(), back: 0, travel: 0 };
            let (mut now, mut here) = (tour.window.0, tour.start);
            for &(number, place) in tours.get(index).into_iter().flatten() {
                let visit = &rounds.visits[number];
                let way = table.time(here, place);
                let arrive = now.saturating_add(way);
                let begin = visit.window(arrive).map_or(arrive, |(open, _)| arrive.max(open));
                let leave = begin.saturating_add(visit.service);
                laid.stops.push(Planned { visit: number, place, arrive, begin, leave });
                laid.travel += i64::from(way);
                plan.score += u64::from(visit.score);
                made[number] = true;
                (now, here) = (leave, place);
            }
            let way = table.time(here, tour.end);
            laid.back = now.saturating_add(way);
            laid.travel += i64::from(way);
            plan.tours.push(laid);
        }
        let missed = (0..made.len()).filter(|&number| rounds.visits[number].compulsory && !made[number]);
        plan.missed = missed.collect();
        plan
    }

    /// The visits of each tour, in order.
    pub fn order(&self) -> Vec<Vec<usize>> {
        self.tours.iter().map(|tour| tour.stops.iter().map(|stop| stop.visit).collect()).collect()
    }

    /// For each stop of each tour how much later it could begin without a later visit or the end of the tour being
    /// too late. Below zero: the plan does not hold.
    pub fn slack(&self, rounds: &Rounds) -> Vec<Vec<i32>> {
        let mut slack = Vec::new();
        for (tour, planned) in rounds.tours.iter().zip(&self.tours) {
            let table = &rounds.travel[tour.travel];
            let (mut latest, mut next) = (tour.window.1, tour.end);
            let mut each: Vec<i32> = planned
                .stops
                .iter()
                .rev()
                .map(|stop| {
                    let visit = &rounds.visits[stop.visit];
                    let close = visit.window(stop.begin).map_or(stop.begin - 1, |(_, close)| close);
                    latest = close.min(latest - table.time(stop.place, next) - visit.service);
                    next = stop.place;
                    latest - stop.begin
                })
                .collect();
            each.reverse();
            slack.push(each);
        }
        slack
    }

    /// Whether the plan keeps to its rounds: every visit at most once, by a tour that may make it, begun while its
    /// window is open; every tour back in time and not too full; all figures right, and every compulsory visit made
    /// or named as missed. The error says what is wrong first.
    pub fn check(&self, rounds: &Rounds) -> Result<(), String> {
        let order = self.order();
        if order.len() != rounds.tours.len() {
            return Err(format!("{} tours, but there are {}", order.len(), rounds.tours.len()));
        }
        let mut seen = vec![false; rounds.visits.len()];
        for &number in order.iter().flatten() {
            match seen.get_mut(number) {
                None => return Err(format!("visit {number} does not exist")),
                Some(true) => return Err(format!("visit {number} is made twice")),
                Some(seen) => *seen = true,
            }
        }
        for (index, (tour, planned)) in rounds.tours.iter().zip(&self.tours).enumerate() {
            if planned.stops.len() > tour.most_visits {
                return Err(format!("tour {index}: more than {} visits", tour.most_visits));
            }
            for stop in &planned.stops {
                let visit = &rounds.visits[stop.visit];
                if visit.tours.as_ref().is_some_and(|tours| !tours.contains(&index)) {
                    return Err(format!("tour {index}: may not make visit {}", stop.visit));
                }
                if visit.places().all(|place| place != stop.place) {
                    return Err(format!("tour {index}: visit {} cannot be made at place {}", stop.visit, stop.place));
                }
                if visit.window(stop.begin).is_none() {
                    return Err(format!("tour {index}: visit {} begins after its window closed", stop.visit));
                }
            }
            let ranks = order[index].iter().filter_map(|visit| tour.order.iter().position(|one| one == visit));
            if !ranks.is_sorted() {
                return Err(format!("tour {index}: the order made by hand is not kept"));
            }
            if planned.back > tour.window.1 {
                return Err(format!("tour {index}: is back too late"));
            }
        }
        rounds.validate().map_err(|error| error.to_string())?;
        let placed: Vec<Vec<(usize, usize)>> =
            self.tours.iter().map(|tour| tour.stops.iter().map(|stop| (stop.visit, stop.place)).collect()).collect();
        let right = Self::laid(rounds, &placed);
        for (index, (given, right)) in self.tours.iter().zip(&right.tours).enumerate() {
            if given != right {
                return Err(format!("tour {index}: its times are wrong"));
            }
        }
        if self.score != right.score {
            return Err(format!("the score is {}, but should be {}", self.score, right.score));
        }
        if self.missed != right.missed {
            return Err(format!("missed are {:?}, but should be {:?}", self.missed, right.missed));
        }
        Ok(())
    }
}
