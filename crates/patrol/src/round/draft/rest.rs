//! Where a crew has its break: at the base, in a house for it, or, where the municipality wants that, at the place where
//! it is when the time has come.

use super::{Draft, Tour};
use deployment::solve::{Plan, Rounds, Visit};

/// Places nearer to each other than this are one, in degrees: about a centimetre.
const SAME: f64 = 1e-7;

impl Draft {
    /// Key of the break of a crew among its stops.
    #[must_use]
    pub fn rest_key(crew: usize) -> String {
        format!("rest-{crew}")
    }

    /// The break of a crew as a visit: between any two others, in its hours. It can be held where the present plan has
    /// it (named first), at the base, in a house for it, and at the places that the crew visits.
    pub(in crate::round) fn rest_visit(&self, crew: usize, (minutes, from, until): (u32, i32, i32)) -> Visit {
        let houses = 1 + self.places.len();
        let mut spots: Vec<usize> = std::iter::once(0).chain(houses..houses + self.rest_places.len()).collect();
        if let Some(tour) = self.tours.get(crew).filter(|_| self.rest_at_stops) {
            let now = self.here(tour, crew);
            spots.extend(tour.stops.iter().filter_map(|stop| self.number(&stop.key)));
            spots.sort_by_key(|spot| Some(*spot) != now);
        }
        let place = spots.first().copied().unwrap_or(0);
        Visit {
            or_at: spots.into_iter().skip(1).collect(),
            windows: vec![(from, until)],
            compulsory: true,
            tours: Some(vec![crew]),
            ..Visit::at(place, 0, 60 * minutes.cast_signed())
        }
    }

    /// The number of a place in the tables.
    fn number(&self, key: &str) -> Option<usize> {
        Some(1 + self.places.iter().position(|place| place.key == key)?)
    }

    /// The place that a crew visits before its break, if it has its break there.
    fn here(&self, tour: &Tour, crew: usize) -> Option<usize> {
        let rest = tour.stops.iter().position(|stop| stop.key == Self::rest_key(crew))?;
        let (before, rest) = (tour.stops.get(rest.checked_sub(1)?)?, tour.stops.get(rest)?);
        if before.place == rest.place { self.number(&before.key) } else { None }
    }

    /// The same plan with each break where its crew is then, which takes no way at all; as it was, where that is not
    /// asked, or where it would not hold.
    pub(super) fn settled(&self, rounds: &Rounds, plan: &Plan) -> Plan {
        if !self.rest_at_stops {
            return plan.clone();
        }
        let first = self.places.len();
        settled(rounds, plan, |visit| visit >= first).map_or_else(|| plan.clone(), |(settled, _)| settled)
    }

    /// Where a break is, in words: the key of the sentence.
    pub(in crate::round) fn rest_words(&self, point: (f64, f64)) -> &'static str {
        let is = |other: &(f64, f64)| (other.0 - point.0).abs().max((other.1 - point.1).abs()) < SAME;
        if is(&self.base) {
            "patrol-rest-base"
        } else if self.rest_places.iter().any(is) {
            "patrol-rest-house"
        } else {
            "patrol-rest-here"
        }
    }
}

/// A plan with each break at the place of the stop before it, or at the end of the tour, and whether it holds; `None` when
/// only the plan as it was does.
pub(in crate::round) fn settled(rounds: &Rounds, plan: &Plan, is_rest: impl Fn(usize) -> bool) -> Option<(Plan, bool)> {
    let mut near = rounds.clone();
    for (tour, planned) in rounds.tours.iter().zip(&plan.tours) {
        let mut here = tour.start;
        for (n, stop) in (1..).zip(&planned.stops) {
            if !is_rest(stop.visit) {
                here = stop.place;
            } else if let Some(rest) = near.visits.get_mut(stop.visit) {
                // After the last visit the crew is on its way home, and has its break there.
                rest.or_at.push(rest.place);
                rest.place = if n == planned.stops.len() { tour.end } else { here };
            }
        }
    }
    let settled = Plan::of(&near, &plan.order()).ok()?;
    let holds = settled.check(&near).is_ok();
    (holds || plan.check(rounds).is_err()).then_some((settled, holds))
}
