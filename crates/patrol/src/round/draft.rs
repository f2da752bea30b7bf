//! A proposal on its way to approval: the machine's answer for all crews of a shift, and what the coordinator made of it.

pub(super) mod rest;

use super::candidates::{Place, Reason};
use crate::config::Mode;
use deployment::solve::{Plan, Rounds};
use kit::{At, Uuid, text_enum};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

text_enum! {
    /// Why a place is not in the plan.
    pub enum LeftWhy {
        /// Every crew already has its most visits.
        OverMaximum = "over-maximum",
        /// No time beside the chosen places.
        NoTime = "no-time",
        /// Not reachable in the hours in which it makes sense to be there.
        WindowClosed = "window-closed",
        /// Nothing is gained by a visit.
        NoValue = "no-value",
        /// The coordinator took it out.
        Removed = "removed",
    }
}

text_enum! {
    /// What the coordinator did with the proposal.
    pub enum Decision {
        /// Followed it.
        Follow = "follow",
        /// Deviated from it.
        Deviate = "deviate",
    }
}

/// One change by the coordinator, to the place with this key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    /// Take it out.
    Remove(String),
    /// Put it in.
    Add(String),
    /// Keep it in whatever is computed.
    Lock(String),
    /// Let it go again.
    Unlock(String),
    /// One earlier; from then on the crew keeps to this order.
    Up(String),
    /// One later; from then on the crew keeps to this order.
    Down(String),
    /// To the crew with this number, from 0, and keep it there.
    Give(String, usize),
    /// Let the order of a crew free again.
    Loosen(usize),
    /// Compute the rest again with what is kept, ordered and taken out.
    Solve,
}

impl Edit {
    /// Reads what a button sends: `up:i-0190…`, `give-2:c-12-7`, `solve`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (verb, key) = text.split_once(':').unwrap_or((text, ""));
        let key = || key.to_owned();
        Some(match verb {
            "remove" => Self::Remove(key()),
            "add" => Self::Add(key()),
            "lock" => Self::Lock(key()),
            "unlock" => Self::Unlock(key()),
            "up" => Self::Up(key()),
            "down" => Self::Down(key()),
            "loosen" => Self::Loosen(key().parse().ok()?),
            "solve" if key().is_empty() => Self::Solve,
            _ => Self::Give(key(), verb.strip_prefix("give-")?.parse().ok()?),
        })
    }
}

/// As a button sends it; for the audit trail.
impl std::fmt::Display for Edit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Remove(key) => write!(f, "remove:{key}"),
            Self::Add(key) => write!(f, "add:{key}"),
            Self::Lock(key) => write!(f, "lock:{key}"),
            Self::Unlock(key) => write!(f, "unlock:{key}"),
            Self::Up(key) => write!(f, "up:{key}"),
            Self::Down(key) => write!(f, "down:{key}"),
            Self::Give(key, crew) => write!(f, "give-{crew}:{key}"),
            Self::Loosen(crew) => write!(f, "loosen:{crew}"),
            Self::Solve => f.write_str("solve"),
        }
    }
}

/// Officers who go together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Crew {
    /// Their accounts.
    pub officers: Vec<Uuid>,
    /// How they move.
    pub mode: Mode,
}

/// A stop with its times, in seconds from the start of the plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stop {
    /// The place, or [`Draft::rest_key`] of the crew.
    pub key: String,
    /// Which of the places of the tables it is at; only a break has a choice.
    pub place: usize,
    /// Seconds on the way from the stop before.
    pub travel: i32,
    /// Arrival.
    pub arrive: i32,
    /// Begin of the visit.
    pub begin: i32,
    /// End of the visit.
    pub leave: i32,
    /// How much later it could begin without anything after it being too late; below zero: too late.
    pub slack: i32,
}

/// The round of one crew.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tour {
    /// Stops in order.
    pub stops: Vec<Stop>,
    /// Back at the base, in seconds from the start.
    pub back: i32,
    /// Seconds on the way in all.
    pub travel: i64,
}

/// What a visit brings, in hundredths of a point.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gain {
    /// What the whole plan would lose without it.
    pub score: i64,
    /// Places that would be visited instead.
    pub instead: Vec<String>,
}

/// How long was searched.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Searched {
    /// Milliseconds.
    pub ms: i64,
    /// Plans that were tried.
    pub tried: u64,
    /// Score of the first plan, in hundredths of a point.
    pub first: u64,
}

/// The draft of a plan; kept as JSON with its round.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Draft {
    /// When the crews leave the base.
    pub from: At,
    /// When they must be back.
    pub to: At,
    /// When the forecast was made that it rests on.
    pub forecast_at: Option<At>,
    /// Base: longitude and latitude.
    pub base: (f64, f64),
    /// Most visits of a crew.
    pub max_visits: usize,
    /// Who goes with whom.
    pub crews: Vec<Crew>,
    /// Break: minutes, earliest and latest begin in seconds from the start; none when the round is short.
    pub rest: Option<(u32, i32, i32)>,
    /// Where it can be held beside the base.
    pub rest_places: Vec<(f64, f64)>,
    /// Whether it can also be held where the crew is then.
    #[serde(default)]
    pub rest_at_stops: bool,
    /// Where each crew has its break, by the round that it got on the approval.
    #[serde(default)]
    pub rests: BTreeMap<Uuid, (f64, f64)>,
    /// Whether travel times go along streets.
    pub by_streets: bool,
    /// How many places were weighed, those that are not kept here included.
    pub weighed: usize,
    /// Places that were kept, the most valuable first.
    pub places: Vec<Place>,
    /// The machine's proposal, as the coordinator saw it before the first change.
    pub machine: Vec<Vec<String>>,
    /// Whether the coordinator changed anything.
    pub touched: bool,
    /// The present plan, one tour for each crew.
    pub tours: Vec<Tour>,
    /// Score of the present plan, in hundredths of a point.
    pub score: u64,
    /// Places that stay in, some of them with one crew.
    pub pins: BTreeMap<String, Option<usize>>,
    /// Orders made by hand, by crew.
    pub orders: BTreeMap<usize, Vec<String>>,
    /// Places that the coordinator took out.
    pub removed: BTreeSet<String>,
    /// Why the others are not in.
    pub left_out: BTreeMap<String, LeftWhy>,
    /// What each visit brings.
    pub gains: BTreeMap<String, Gain>,
    /// What each pin, place taken out and order ([`Draft::order_key`]) costs, in hundredths of a point.
    pub costs: BTreeMap<String, i64>,
    /// How long was searched for this plan.
    pub searched: Searched,
    /// What the coordinator decided.
    pub decision: Option<Decision>,
}

impl Draft {
    /// Key of the order of a crew among the costs.
    #[must_use]
    pub fn order_key(crew: usize) -> String {
        format!("order-{crew}")
    }

    /// The place with this key.
    #[must_use]
    pub fn place(&self, key: &str) -> Option<&Place> {
        self.places.iter().find(|p| p.key == key)
    }

    /// Where the base (0), a place (from 1) or, after them, a house for a break lies, as the tables number them.
    #[must_use]
    pub fn point(&self, at: usize) -> Option<(f64, f64)> {
        let places = self.places.iter().map(|p| (p.lon, p.lat));
        std::iter::once(self.base).chain(places).chain(self.rest_places.iter().copied()).nth(at)
    }

    /// The stops of the plan that are visits, by crew.
    #[must_use]
    pub fn keys(&self) -> Vec<Vec<String>> {
        let of = |tour: &Tour| tour.stops.iter().map(|s| s.key.clone()).filter(|k| self.place(k).is_some()).collect();
        self.tours.iter().map(of).collect()
    }

    /// The stops of the plan with the breaks, by crew.
    #[must_use]
    pub fn all_keys(&self) -> Vec<Vec<String>> {
        self.tours.iter().map(|tour| tour.stops.iter().map(|s| s.key.clone()).collect()).collect()
    }

    /// Visits of the plan.
    #[must_use]
    pub fn visits(&self) -> usize {
        self.keys().iter().map(Vec::len).sum()
    }

    /// The crew that visits a place.
    #[must_use]
    pub fn crew_of(&self, key: &str) -> Option<usize> {
        self.tours.iter().position(|tour| tour.stops.iter().any(|stop| stop.key == key))
    }

    /// Whether the plan is another than the machine proposed.
    #[must_use]
    pub fn deviates(&self) -> bool {
        self.touched && self.keys() != self.machine
    }

    /// Whether a crew is back too late or too late somewhere.
    #[must_use]
    pub fn is_late(&self) -> bool {
        self.tours.iter().any(|tour| tour.stops.iter().any(|stop| stop.slack < 0)) || self.late_back()
    }

    fn late_back(&self) -> bool {
        self.tours.iter().any(|tour| self.at(tour.back) > self.to)
    }

    /// The moment so many seconds after the start.
    #[must_use]
    pub fn at(&self, seconds: i32) -> At {
        At::from_micros(self.from.micros() + i64::from(seconds) * 1_000_000)
    }

    /// The tours as one text, for a form: what the coordinator saw is what a change or an approval is about, though a
    /// better plan was found meanwhile.
    #[must_use]
    pub fn text(&self) -> String {
        let keys = |tour: &Tour| tour.stops.iter().map(|s| s.key.as_str()).collect::<Vec<_>>().join(",");
        self.tours.iter().map(keys).collect::<Vec<_>>().join(";")
    }

    /// Reads [`Draft::text`]; places that do not exist, were taken out or stand there twice are passed over. `None` when
    /// it is about other crews.
    #[must_use]
    pub fn read(&self, text: &str) -> Option<Vec<Vec<String>>> {
        let mut known = BTreeSet::new();
        let tours: Vec<Vec<String>> = text
            .split(';')
            .enumerate()
            .map(|(crew, tour)| {
                let fits = |key: &&str| {
                    (self.place(key).is_some() && !self.removed.contains(*key)) || **key == Self::rest_key(crew)
                };
                tour.split(',').filter(fits).filter(|key| known.insert((*key).to_owned())).map(str::to_owned).collect()
            })
            .collect();
        (tours.len() == self.crews.len()).then_some(tours)
    }

    /// Does what the coordinator asks to the keys of each tour; `None` when there is no such place. [`Edit::Solve`]
    /// changes nothing here. `cheapest` says where in which tour a place costs least.
    pub fn edit(
        &mut self,
        tours: &mut [Vec<String>],
        edit: &Edit,
        cheapest: impl Fn(&Self, &[Vec<String>], &str, Option<usize>) -> (usize, usize),
    ) -> Option<()> {
        let crew_of = |tours: &[Vec<String>], key: &String| tours.iter().position(|tour| tour.contains(key));
        let at = |tour: &[String], key: &String| tour.iter().position(|other| other == key);
        match edit {
            Edit::Solve => {}
            Edit::Remove(key) => {
                self.place(key)?;
                let crew = crew_of(tours, key)?;
                tours.get_mut(crew)?.retain(|other| other != key);
                self.pins.remove(key);
                self.orders.values_mut().for_each(|order| order.retain(|other| other != key));
                self.removed.insert(key.clone());
            }
            Edit::Add(key) => {
                self.place(key)?;
                if crew_of(tours, key).is_some() {
                    return None;
                }
                self.removed.remove(key);
                self.pins.insert(key.clone(), None);
                let (crew, at) = cheapest(self, tours, key, None);
                tours.get_mut(crew)?.insert(at, key.clone());
                let place = self.places.iter_mut().find(|p| p.key == *key)?;
                if !place.why.contains(&Reason::Added) {
                    place.why.push(Reason::Added);
                }
            }
            Edit::Lock(key) => {
                self.place(key)?;
                crew_of(tours, key)?;
                self.pins.entry(key.clone()).or_insert(None);
            }
            Edit::Unlock(key) => {
                self.pins.remove(key)?;
            }
            Edit::Give(key, crew) => {
                self.place(key)?;
                let from = crew_of(tours, key)?;
                if from == *crew || *crew >= tours.len() {
                    return None;
                }
                tours.get_mut(from)?.retain(|other| other != key);
                self.orders.values_mut().for_each(|order| order.retain(|other| other != key));
                let (_, at) = cheapest(self, tours, key, Some(*crew));
                tours.get_mut(*crew)?.insert(at, key.clone());
                self.pins.insert(key.clone(), Some(*crew));
            }
            Edit::Up(key) | Edit::Down(key) => {
                let crew = crew_of(tours, key)?;
                let tour = tours.get_mut(crew)?;
                let here = at(tour, key)?;
                let there = if matches!(edit, Edit::Up(_)) { here.checked_sub(1)? } else { here + 1 };
                if there >= tour.len() {
                    return None;
                }
                tour.swap(here, there);
                self.orders.insert(crew, tour.clone());
            }
            Edit::Loosen(crew) => {
                self.orders.remove(crew)?;
            }
        }
        Some(())
    }

    /// Takes over a plan of [`Draft::rounds`](super::solve).
    pub(super) fn take(&mut self, rounds: &Rounds, plan: &Plan) {
        let plan = &self.settled(rounds, plan);
        let slack = plan.slack(rounds);
        let key = |visit: usize| match self.places.get(visit) {
            Some(place) => place.key.clone(),
            None => Self::rest_key(visit - self.places.len()),
        };
        let tours = plan.tours.iter().zip(slack).map(|(tour, slack)| {
            let mut before = None;
            let stops = tour.stops.iter().zip(slack).map(|(stop, slack)| {
                let left = before.replace(stop.leave).unwrap_or(0);
                let &deployment::solve::Planned { visit, place, arrive, begin, leave } = stop;
                Stop { key: key(visit), place, travel: arrive - left, arrive, begin, leave, slack }
            });
            Tour { stops: stops.collect(), back: tour.back, travel: tour.travel }
        });
        self.tours = tours.collect();
        self.score = plan.score;
        self.gains.retain(|key, _| plan_has(&self.tours, key));
        self.explain_left();
    }

    /// Says of every place that no crew visits why.
    fn explain_left(&mut self) {
        let full = self.keys().iter().all(|tour| tour.len() >= self.max_visits);
        let length = i32::try_from((self.to.micros() - self.from.micros()) / 1_000_000).unwrap_or(i32::MAX);
        let why = |place: &Place| {
            let open = |(from, until): &(i32, i32)| *from <= *until && *until >= 0 && *from <= length;
            if self.removed.contains(&place.key) {
                LeftWhy::Removed
            } else if !place.windows.is_empty() && !place.windows.iter().any(open) {
                LeftWhy::WindowClosed
            } else if place.value <= 0.0 {
                LeftWhy::NoValue
            } else if full {
                LeftWhy::OverMaximum
            } else {
                LeftWhy::NoTime
            }
        };
        let left = self.places.iter().filter(|place| !plan_has(&self.tours, &place.key));
        self.left_out = left.map(|place| (place.key.clone(), why(place))).collect();
    }

    /// Keeps at most `most` places: those in the plan, then the most valuable.
    pub fn trim(&mut self, most: usize) {
        let mut room = most.saturating_sub(self.visits());
        let tours = &self.tours;
        self.places.retain(|p| {
            let stays = plan_has(tours, &p.key);
            let fits = !stays && room > 0;
            room -= usize::from(fits);
            stays || fits
        });
        let places = &self.places;
        self.left_out.retain(|key, _| places.iter().any(|p| p.key == *key));
    }
}

fn plan_has(tours: &[Tour], key: &str) -> bool {
    tours.iter().any(|tour| tour.stops.iter().any(|stop| stop.key == key))
}

#[cfg(test)]
mod tests;
