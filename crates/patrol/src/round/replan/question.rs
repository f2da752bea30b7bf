//! What is still to be done in rounds that are walked, as a question to the solver.

use super::super::candidates::Place;
use super::super::draft::rest::settled;
use super::super::solve::{budget, score};
use super::super::ways::ways;
use super::super::{Round, Visit, VisitKind, VisitState, ops};
use super::Ground;
use crate::config::PatrolConfig;
use crate::round::candidates::Reason;
use deployment::solve::{Plan, Rounds, RoundsError, Search, Tour};
use kit::{At, Clock};
use site::Cx;

/// A place that is not in any of the rounds.
pub(super) struct Fresh {
    pub(super) place: Place,
    /// Between when it may begin, in seconds from now; none: at any moment.
    pub(super) windows: Vec<(i32, i32)>,
    /// Whether it goes before all that is not compulsory.
    pub(super) compulsory: bool,
}

/// What is still to be done, as the solver reads it; seconds count from now.
pub(super) struct Question {
    pub(super) rounds: Rounds,
    /// The visits that are still to come, in the order of the solver's.
    pub(super) visits: Vec<Visit>,
    /// The new places, which come after them; then come the breaks.
    pub(super) fresh: Vec<Place>,
    /// The tours as they are now.
    pub(super) now: Vec<Vec<usize>>,
    /// The break of each round that is still to come: its number.
    pub(super) rests: Vec<Option<usize>>,
    /// Where each place of the tables is.
    pub(super) points: Vec<(f64, f64)>,
    /// Whether the times go along streets.
    pub(super) by_streets: bool,
    /// Whether breaks can be held where the crew is.
    rest_at_stops: bool,
}

impl Question {
    /// `most`: how many visits each crew may still make; without it as many as can be asked at all. `lead`: nobody sets
    /// out before so many seconds from now.
    pub(super) fn of(cx: &Cx, ground: &Ground, fresh: Vec<Fresh>, most: Option<&[usize]>, lead: i32) -> Self {
        let config = cx.municipality.get::<PatrolConfig>();
        let second = |at: At| i32::try_from((at.micros() - cx.now.micros()) / 1_000_000).unwrap_or(i32::MAX);
        let (leaves, to) = ops::times(&ground.shift, &config);
        let base = (ground.shift.lon, ground.shift.lat);
        let planned = |visits: &[Visit]| visits.iter().filter(|v| v.state == VisitState::Planned).cloned().collect();
        let visits: Vec<Visit> =
            ground.rounds.iter().flat_map(|(_, visits)| -> Vec<Visit> { planned(visits) }).collect();
        // Points: the base, where each crew is, the visits, the new places, the houses for a break.
        let here: Vec<((f64, f64), i32)> =
            ground.rounds.iter().map(|(round, visits)| whereabouts(cx, round, visits, base)).collect();
        let crews = here.len();
        let mut points = vec![base];
        points.extend(here.iter().map(|(point, _)| *point));
        points.extend(visits.iter().map(|v| (v.lon, v.lat)));
        points.extend(fresh.iter().map(|one| (one.place.lon, one.place.lat)));
        let houses = points.len();
        points.extend(config.rest.places.iter().copied());
        let ways = ways(&cx.municipality, &points, ground.rounds.iter().map(|(round, _)| round.travel));
        let crew_of = |visit: &Visit| ground.rounds.iter().position(|(round, _)| round.id == visit.round_id);
        let mut asked: Vec<deployment::solve::Visit> =
            (1 + crews..).zip(&visits).map(|(at, visit)| ground.visit(at, (visit, crew_of(visit)), second)).collect();
        asked.extend((1 + crews + visits.len()..).zip(&fresh).map(|(at, one)| deployment::solve::Visit {
            compulsory: one.compulsory,
            windows: one.windows.clone(),
            ..deployment::solve::Visit::at(at, score(one.place.value), 60 * one.place.minutes.cast_signed())
        }));
        let of = |id| (0..visits.len()).filter(|n| visits.get(*n).is_some_and(|v| v.round_id == id)).collect();
        let now: Vec<Vec<usize>> = ground.rounds.iter().map(|(round, _)| of(round.id)).collect();
        let rule = ground.draft.as_ref().and_then(|(_, draft)| Some((draft.from, draft.rest?)));
        let (from, (_, open, close)) = rule.unwrap_or_else(|| {
            let seconds = |minutes: i64| i32::try_from(minutes * 60).unwrap_or(i32::MAX);
            (leaves, (0, seconds(config.rest.from_min), seconds(config.rest.until_min)))
        });
        let mut rests = Vec::new();
        for (crew, (round, _)) in ground.rounds.iter().enumerate() {
            let coming = round.rest_at.is_some_and(|at| at > cx.now) && round.rest_min > 0;
            rests.push(coming.then_some(asked.len()));
            if coming {
                let at = |seconds: i32| second(from).saturating_add(seconds).max(0);
                let mut or_at: Vec<usize> = (houses..points.len()).collect();
                if config.rest.at_stops {
                    or_at.push(1 + crew);
                    or_at.extend(now.get(crew).into_iter().flatten().map(|visit| 1 + crews + visit));
                }
                asked.push(deployment::solve::Visit {
                    or_at,
                    windows: vec![(at(open), at(close))],
                    compulsory: true,
                    tours: Some(vec![crew]),
                    ..deployment::solve::Visit::at(0, 0, i32::try_from(round.rest_min * 60).unwrap_or(0))
                });
            }
        }
        let tours = ground.rounds.iter().zip(&here).enumerate().map(|(crew, ((round, _), (_, free)))| {
            let travel = ways.table(round.travel);
            let home = ways.tables.get(travel).map_or(0, |table| table.time(1 + crew, 0));
            let from = (*free).max(second(leaves)).max(lead);
            let any = usize::try_from(config.round.most_visits).unwrap_or(usize::MAX);
            let most_visits = most.and_then(|most| most.get(crew).copied()).unwrap_or(any);
            let most_visits = most_visits.saturating_add(usize::from(rests.get(crew).is_some_and(Option::is_some)));
            let window = (from, second(to).max(from.saturating_add(home)));
            let order = match now.get(crew) {
                Some(now) if ground.is_ordered(now.iter().filter_map(|n| visits.get(*n))) => now.clone(),
                _ => vec![],
            };
            Tour { start: 1 + crew, end: 0, window, travel, most_visits, order }
        });
        let tours = tours.collect();
        Self {
            by_streets: ways.by_streets,
            rounds: Rounds { travel: ways.tables, visits: asked, tours },
            visits,
            fresh: fresh.into_iter().map(|one| one.place).collect(),
            now,
            rests,
            points,
            rest_at_stops: config.rest.at_stops,
        }
    }

    /// The number of the first new place.
    pub(super) fn first_new(&self) -> usize {
        self.visits.len()
    }

    /// The new place with this number.
    pub(super) fn new_place(&self, visit: usize) -> Option<&Place> {
        self.fresh.get(visit.checked_sub(self.visits.len())?)
    }

    /// The crew whose break has this number.
    pub(super) fn rest_of(&self, visit: usize) -> Option<usize> {
        self.rests.iter().position(|rest| *rest == Some(visit))
    }

    /// The question in which everybody keeps their visits and their order: `kept` of them before anything else, and with
    /// or without new places.
    pub(super) fn still(&self, kept: bool, new: bool) -> Rounds {
        let mut still = self.rounds.clone();
        for (crew, (tour, visits)) in still.tours.iter_mut().zip(&self.now).enumerate() {
            tour.order.clone_from(visits);
            for number in visits {
                if let Some(visit) = still.visits.get_mut(*number) {
                    visit.tours = Some(vec![crew]);
                    visit.compulsory |= kept;
                }
            }
        }
        for visit in still.visits.iter_mut().skip(self.visits.len()).take(self.fresh.len()).filter(|_| !new) {
            (visit.tours, visit.compulsory) = (Some(vec![]), false);
        }
        still
    }

    /// The best plan within so many milliseconds that begins with the tours as they are now.
    pub(super) fn search(&self, rounds: &Rounds, clock: &Clock, ms: i64) -> Result<Plan, RoundsError> {
        let mut search = Search::new(rounds, 1)?;
        search.begin_with(&self.now);
        let start = clock.now().micros();
        search.run(budget(clock, start, ms * 1_000, ms.unsigned_abs() * 100));
        let plan = search.plan();
        Ok(self.settled(rounds, &plan).map_or(plan, |(settled, _)| settled))
    }

    /// The plan with each break where its crew is then, if it may be held there, and whether that holds.
    fn settled(&self, rounds: &Rounds, plan: &Plan) -> Option<(Plan, bool)> {
        if self.rest_at_stops { settled(rounds, plan, |visit| self.rest_of(visit).is_some()) } else { None }
    }

    /// These tours exactly so, from now on; `None` when that does not hold (any more).
    pub(super) fn lay(&self, tours: &[Vec<usize>]) -> Result<Option<Plan>, RoundsError> {
        let plan = Plan::of(&self.rounds, tours)?;
        Ok(match self.settled(&self.rounds, &plan) {
            Some((settled, holds)) => holds.then_some(settled),
            None => plan.check(&self.rounds).is_ok().then_some(plan),
        })
    }

    /// The new plan. Where the place fits between what is to be done without anything falling out, everybody keeps
    /// their visits and their order; else all of it may change, if that saves more.
    pub(super) fn answer(&self, clock: &Clock, ms: i64) -> Result<Plan, RoundsError> {
        let calm = self.search(&self.still(false, true), clock, ms / 2)?;
        let made = calm.order().concat();
        if calm.missed.is_empty() && (0..self.visits.len()).all(|visit| made.contains(&visit)) {
            return Ok(calm);
        }
        let free = self.search(&self.rounds, clock, ms / 2)?;
        let worth = |plan: &Plan| (self.rounds.visits.len() - plan.missed.len(), plan.score);
        Ok(if worth(&free) > worth(&calm) { free } else { calm })
    }
}

/// Where a crew is, and how many seconds from now it is free: after the visit, or the break, that goes on.
fn whereabouts(cx: &Cx, round: &Round, visits: &[Visit], base: (f64, f64)) -> ((f64, f64), i32) {
    let until = |begin: At, minutes: i64| {
        let until = begin.micros() + minutes * 60_000_000;
        i32::try_from((until - cx.now.micros()) / 1_000_000).unwrap_or(0).max(0)
    };
    if let Some(here) = visits.iter().find(|v| v.state == VisitState::Arrived) {
        return ((here.lon, here.lat), here.arrived_at.map_or(0, |at| until(at, here.minutes)));
    }
    let rests = round.rest_at.filter(|at| *at <= cx.now).map_or(0, |at| until(at, round.rest_min));
    let last = visits.iter().filter(|v| v.left_at.is_some()).max_by_key(|v| v.left_at.map(At::micros));
    (last.map_or(base, |v| (v.lon, v.lat)), rests)
}

impl Ground {
    /// A visit that is still to come, with what the plan said of it. What the coordinator pinned stays, and with the crew
    /// where it was put.
    fn visit(
        &self,
        at: usize,
        (visit, crew): (&Visit, Option<usize>),
        second: impl Fn(At) -> i32,
    ) -> deployment::solve::Visit {
        let planned = self.planned(visit);
        let pin = planned.and_then(|(draft, place)| draft.pins.get(&place.key));
        let windows = planned.map(|(draft, place)| {
            let later = second(draft.from);
            place.windows.iter().map(|(open, close)| (open + later, close + later)).collect()
        });
        let urgent = serde_json::from_str(&visit.why).is_ok_and(|why: Vec<Reason>| why.contains(&Reason::Now));
        let minutes = i32::try_from(visit.minutes).unwrap_or(0);
        deployment::solve::Visit {
            windows: windows.unwrap_or_default(),
            compulsory: pin.is_some() || urgent || visit.kind == VisitKind::Control,
            tours: match (pin, crew) {
                (Some(Some(_)), Some(crew)) => Some(vec![crew]),
                _ => None,
            },
            ..deployment::solve::Visit::at(at, planned.map_or(100, |(_, place)| score(place.value)), 60 * minutes)
        }
    }

    /// Whether the coordinator put these visits in an order by hand.
    fn is_ordered<'a>(&self, mut visits: impl Iterator<Item = &'a Visit>) -> bool {
        visits.any(|visit| {
            self.planned(visit)
                .is_some_and(|(draft, place)| draft.orders.values().any(|keys| keys.contains(&place.key)))
        })
    }
}
