//! A draft as a question to the solver, and what its answer means.

use super::VisitKind;
use super::candidates::Place;
use super::draft::{Draft, Edit, Gain, Searched};
use super::ways::{Ways, ways};
use deployment::solve::{Plan, Rounds, RoundsError, Search, Tour, Visit, changed, without};
use kit::{Clock, Municipality};

/// Iterations that are tried at most for each millisecond of the first plan: an end also where the clock stands still.
const PER_MS: u64 = 200;

/// With more places than this, to begin a second search costs more than it brings; the search beside the page does it.
const FEW: usize = 300;

/// Points in the unit of a score: hundredths.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and a million points")]
pub(super) fn score(value: f64) -> u32 {
    (value.clamp(0.0, 1e6) * 100.0).round() as u32
}

impl Draft {
    /// Travel times between the base, the places and the houses for a break, in this order.
    pub(super) fn ways(&self, municipality: &Municipality) -> Ways {
        let places = self.places.iter().map(|p| (p.lon, p.lat));
        let points: Vec<(f64, f64)> =
            std::iter::once(self.base).chain(places).chain(self.rest_places.iter().copied()).collect();
        ways(municipality, &points, self.crews.iter().map(|crew| crew.mode))
    }

    /// The question: the visits are the places in their order, then the break of each crew.
    pub(super) fn rounds(&self, ways: &Ways) -> Rounds {
        let length = i32::try_from((self.to.micros() - self.from.micros()) / 1_000_000).unwrap_or(i32::MAX);
        let mut visits: Vec<Visit> = (1..).zip(&self.places).map(|(at, place)| self.visit(at, place)).collect();
        if let Some(rest) = self.rest {
            visits.extend((0..self.crews.len()).map(|crew| self.rest_visit(crew, rest)));
        }
        let tours = self.crews.iter().enumerate().map(|(crew, who)| Tour {
            start: 0,
            end: 0,
            window: (0, length),
            travel: ways.table(who.mode),
            most_visits: self.max_visits.max(self.pins.len()) + usize::from(self.rest.is_some()),
            order: self.orders.get(&crew).map(|keys| self.numbers(keys)).unwrap_or_default(),
        });
        Rounds { travel: ways.tables.clone(), visits, tours: tours.collect() }
    }

    fn visit(&self, at: usize, place: &Place) -> Visit {
        let pin = self.pins.get(&place.key);
        let compulsory = pin.is_some() || place.kind == VisitKind::Control;
        let tours = match pin {
            _ if self.removed.contains(&place.key) => Some(vec![]),
            Some(Some(crew)) => Some(vec![*crew]),
            _ => None,
        };
        Visit {
            windows: place.windows.clone(),
            compulsory: compulsory && !self.removed.contains(&place.key),
            tours,
            ..Visit::at(at, score(place.value), 60 * place.minutes.cast_signed())
        }
    }

    /// Numbers of the visits with these keys.
    fn numbers(&self, keys: &[String]) -> Vec<usize> {
        let number = |key: &String| {
            let rest = || (0..self.crews.len()).find(|crew| self.rest.is_some() && *key == Self::rest_key(*crew));
            self.places.iter().position(|p| p.key == *key).or_else(|| rest().map(|crew| self.places.len() + crew))
        };
        keys.iter().filter_map(number).collect()
    }

    /// The present tours as the solver numbers them.
    pub(super) fn order(&self) -> Vec<Vec<usize>> {
        let keys = |tour: &super::draft::Tour| tour.stops.iter().map(|s| s.key.clone()).collect::<Vec<_>>();
        self.tours.iter().map(|tour| self.numbers(&keys(tour))).collect()
    }

    /// Lays the tours exactly so, and works out their times; whether they are in time, the page says.
    pub(super) fn lay(&mut self, ways: &Ways, tours: &[Vec<String>]) -> Result<(), RoundsError> {
        let rounds = self.rounds(ways);
        let order: Vec<Vec<usize>> = tours.iter().map(|keys| self.numbers(keys)).collect();
        let plan = Plan::of(&rounds, &order)?;
        self.take(&rounds, &plan);
        self.by_streets = ways.by_streets;
        Ok(())
    }

    /// A search that goes on from the present plan.
    pub(super) fn search(&self, ways: &Ways, seed: u64) -> Result<(Rounds, Search), RoundsError> {
        let rounds = self.rounds(ways);
        let mut search = Search::new(&rounds, seed)?;
        if self.visits() > 0 {
            search.begin_with(&self.order());
        }
        Ok((rounds, search))
    }

    /// A plan within the time of a first plan. Where breaks can be held at the places of a tour, these must be known
    /// first: half of the time is for that.
    pub(super) fn solve(&mut self, ways: &Ways, seed: u64, clock: &Clock, ms: i64) -> Result<(), RoundsError> {
        let start = clock.now().micros();
        let twice = self.rest.is_some() && self.rest_at_stops && self.places.len() <= FEW;
        let parts: i64 = if twice { 2 } else { 1 };
        let worth = |plan: &Plan| (std::cmp::Reverse(plan.missed.len()), plan.score);
        let (mut best, mut tried) = (None, 0);
        for part in 1..=parts {
            let (rounds, mut search) = self.search(ways, seed)?;
            search.run(budget(
                clock,
                start,
                ms * 1_000 * part / parts,
                ms.unsigned_abs() * PER_MS / parts.unsigned_abs(),
            ));
            let plan = search.plan();
            tried += search.iterations();
            if best.is_none_or(|best| worth(&plan) >= best) {
                best = Some(worth(&plan));
                self.take(&rounds, &plan);
            }
        }
        self.by_streets = ways.by_streets;
        self.searched.ms = (clock.now().micros() - start) / 1_000;
        self.searched.tried = tried;
        self.searched.first = self.score;
        Ok(())
    }

    /// Does what the coordinator asks to the plan that they saw; `None` when there is no such place.
    pub(super) fn change(
        &mut self,
        ways: &Ways,
        seen: Vec<Vec<String>>,
        edit: &Edit,
    ) -> Result<Option<()>, RoundsError> {
        if !self.touched {
            self.machine =
                seen.iter().map(|t| t.iter().filter(|k| self.place(k).is_some()).cloned().collect()).collect();
        }
        let mut tours = seen;
        let cheapest = |draft: &Self, tours: &[Vec<String>], key: &str, crew| draft.cheapest(ways, tours, key, crew);
        if self.edit(&mut tours, edit, cheapest).is_none() {
            return Ok(None);
        }
        self.touched = true;
        self.costs.clear();
        self.lay(ways, &tours)?;
        self.searched = Searched { first: self.score, ..Searched::default() };
        Ok(Some(()))
    }

    /// The tour, and the place in it, where a place takes least extra travel.
    fn cheapest(&self, ways: &Ways, tours: &[Vec<String>], key: &str, crew: Option<usize>) -> (usize, usize) {
        let point = |visit: usize| if visit < self.places.len() { visit + 1 } else { 0 };
        let Some(new) = self.numbers(&[key.to_owned()]).first().map(|n| point(*n)) else { return (0, 0) };
        let spots =
            tours.iter().enumerate().filter(|(n, _)| crew.is_none_or(|crew| crew == *n)).flat_map(|(n, tour)| {
                let mut at: Vec<usize> = self.numbers(tour).into_iter().map(point).collect();
                at.insert(0, 0);
                at.push(0);
                let table = self.crews.get(n).and_then(|crew| ways.tables.get(ways.table(crew.mode)));
                let extra = |pair: &[usize]| match (table, pair) {
                    (Some(table), &[one, other]) => {
                        table.time(one, new) + table.time(new, other) - table.time(one, other)
                    }
                    _ => i32::MAX,
                };
                at.windows(2).enumerate().map(|(spot, pair)| (extra(pair), (n, spot))).collect::<Vec<_>>()
            });
        spots.min().map_or((0, 0), |(_, spot)| spot)
    }

    /// Finds out what each visit brings, and what each pin, place taken out and order made by hand costs. Says nothing
    /// of a plan that does not hold. `go_on` is asked between.
    pub(super) fn explain(
        &mut self,
        ways: &Ways,
        iterations: u64,
        mut go_on: impl FnMut() -> bool,
    ) -> Result<(), RoundsError> {
        let rounds = self.rounds(ways);
        let plan = Plan::of(&rounds, &self.order())?;
        self.costs.clear();
        if plan.check(&rounds).is_err() {
            self.gains.clear();
            return Ok(());
        }
        let key = |visit: &usize| self.places.get(*visit).map(|p| p.key.clone());
        for visit in plan.order().concat() {
            let Some(name) = key(&visit).filter(|_| go_on()) else { continue };
            let effect = without(&rounds, &plan, visit, iterations)?;
            let instead = effect.gained.iter().filter_map(key).collect();
            self.gains.insert(name, Gain { score: -effect.score, instead });
        }
        let mut cost = |key: String, other: &Rounds| -> Result<(), RoundsError> {
            if go_on() {
                self.costs.insert(key, changed(&plan, other, iterations)?.score.max(0));
            }
            Ok(())
        };
        let chosen: Vec<String> = self.pins.keys().chain(&self.removed).cloned().collect();
        for name in chosen {
            let mut other = rounds.clone();
            let Some(at) = self.places.iter().position(|p| p.key == name) else { continue };
            let free = Visit { compulsory: false, tours: None, ..rounds.visits[at].clone() };
            other.visits[at] = free;
            cost(name, &other)?;
        }
        for crew in self.orders.keys().copied() {
            let mut other = rounds.clone();
            if let Some(tour) = other.tours.get_mut(crew) {
                tour.order.clear();
            }
            cost(Self::order_key(crew), &other)?;
        }
        Ok(())
    }
}

/// The share that is used of so many microseconds since `start`, or of so many iterations if that is more.
#[allow(clippy::cast_precision_loss, reason = "minutes, and millions of iterations")]
pub(super) fn budget(clock: &Clock, start: i64, micros: i64, iterations: u64) -> impl FnMut(u64) -> f64 {
    move |done| {
        let time = (clock.now().micros() - start) as f64 / micros.max(1) as f64;
        time.max(done as f64 / iterations.max(1) as f64)
    }
}

#[cfg(test)]
pub(super) mod tests;
