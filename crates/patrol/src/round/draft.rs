//! A proposal on its way to approval: the machine's first answer, and what the coordinator made of it.

use super::VisitKind;
use super::candidates::{Place, Reason};
use deployment::{Candidate, GreedyTwoOpt, Point, Problem, ProblemError, Solver as _, Why};
use kit::{At, text_enum};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

text_enum! {
    /// Why a place is not in the round.
    pub enum LeftWhy {
        /// The round already has its most visits.
        OverMaximum = "over-maximum",
        /// No time beside the chosen places.
        NoTime = "no-time",
        /// Not reachable in its busy hours.
        WindowClosed = "window-closed",
        /// Too far for this round.
        Unreachable = "unreachable",
        /// Nothing is gained by a visit.
        NoValue = "no-value",
        /// The coordinator took it out.
        Removed = "removed",
    }
}

impl From<Why> for LeftWhy {
    fn from(why: Why) -> Self {
        match why {
            Why::OverMaximum => Self::OverMaximum,
            Why::NoTime => Self::NoTime,
            Why::WindowClosed => Self::WindowClosed,
            Why::Unreachable => Self::Unreachable,
            Why::NoValue => Self::NoValue,
        }
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
    /// One earlier.
    Up(String),
    /// One later.
    Down(String),
    /// Compute again with what is kept and taken out.
    Solve,
}

impl Edit {
    /// Reads what a button sends: `up:i-0190…`, `solve`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (verb, key) = text.split_once(':').unwrap_or((text, ""));
        let make: fn(String) -> Self = match verb {
            "remove" => Self::Remove,
            "add" => Self::Add,
            "lock" => Self::Lock,
            "unlock" => Self::Unlock,
            "up" => Self::Up,
            "down" => Self::Down,
            "solve" if key.is_empty() => return Some(Self::Solve),
            _ => return None,
        };
        Some(make(key.to_owned()))
    }
}

/// As a button sends it; for the audit trail.
impl std::fmt::Display for Edit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (verb, key) = match self {
            Self::Remove(key) => ("remove", key),
            Self::Add(key) => ("add", key),
            Self::Lock(key) => ("lock", key),
            Self::Unlock(key) => ("unlock", key),
            Self::Up(key) => ("up", key),
            Self::Down(key) => ("down", key),
            Self::Solve => return f.write_str("solve"),
        };
        write!(f, "{verb}:{key}")
    }
}

/// The draft of a round; kept as JSON with it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Draft {
    /// When the round leaves the base.
    pub from: At,
    /// When it must be back.
    pub to: At,
    /// When the forecast was made that it rests on.
    pub forecast_at: Option<At>,
    /// Base: longitude and latitude.
    pub base: (f64, f64),
    /// Base in the plane, metres.
    pub base_xy: (f64, f64),
    /// Metres a minute.
    pub speed: f64,
    /// Street factor.
    pub detour: f64,
    /// Most visits.
    pub max_visits: usize,
    /// How many places were weighed, those that are not kept here included.
    pub weighed: usize,
    /// Places that were kept, the most valuable first.
    pub places: Vec<Place>,
    /// Keys of the machine's first proposal, in order.
    pub machine: Vec<String>,
    /// Keys of the present round, in order.
    pub order: Vec<String>,
    /// Places that stay in.
    pub locked: BTreeSet<String>,
    /// Places that the coordinator took out.
    pub removed: BTreeSet<String>,
    /// Why the others are not in.
    pub left_out: BTreeMap<String, LeftWhy>,
    /// What the coordinator decided.
    pub decision: Option<Decision>,
}

/// One stop with its times.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stop<'a> {
    /// The place.
    pub place: &'a Place,
    /// Begin of the visit.
    pub arrive: At,
    /// End of the visit.
    pub leave: At,
    /// Metres along the street from the stop before.
    pub metres: f64,
    /// Minutes of waiting before the place's busy hours begin.
    pub wait_min: f64,
}

/// The round as it stands, walked from stop to stop.
#[derive(Clone, Debug, PartialEq)]
pub struct Timetable<'a> {
    /// Stops in order.
    pub stops: Vec<Stop<'a>>,
    /// Back at the base.
    pub back: At,
    /// Metres in all.
    pub metres: f64,
    /// Whether it is back too late.
    pub late: bool,
}

impl Draft {
    /// The place with this key.
    #[must_use]
    pub fn place(&self, key: &str) -> Option<&Place> {
        self.places.iter().find(|p| p.key == key)
    }

    /// Whether the round is another than the machine first proposed.
    #[must_use]
    pub fn deviates(&self) -> bool {
        self.order != self.machine
    }

    fn problem(&self, visits: Vec<Candidate>) -> Problem {
        Problem {
            base: Point { x: self.base_xy.0, y: self.base_xy.1 },
            start_min: 0.0,
            length_min: minutes(self.from, self.to),
            speed_m_per_min: self.speed,
            detour: self.detour,
            max_visits: self.max_visits.max(self.locked.len()),
            visits,
        }
    }

    /// Computes the round again. Places that are kept, and random control, go before all others.
    ///
    /// # Errors
    /// When a figure of the problem is out of range.
    pub fn solve(&mut self) -> Result<(), ProblemError> {
        let open: Vec<&Place> = self.places.iter().filter(|p| !self.removed.contains(&p.key)).collect();
        self.left_out = self.removed.iter().map(|key| (key.clone(), LeftWhy::Removed)).collect();
        if open.is_empty() {
            self.order.clear();
            return Ok(());
        }
        let above: f64 = open.iter().map(|p| p.value).sum::<f64>() + 1.0;
        let first = |p: &Place| self.locked.contains(&p.key) || p.kind == VisitKind::Control;
        let visits = open
            .iter()
            .map(|p| Candidate {
                id: p.key.clone(),
                at: Point { x: p.x, y: p.y },
                value: if first(p) { p.value + above } else { p.value },
                service_min: f64::from(p.minutes),
                window: p.window,
            })
            .collect();
        let proposal = GreedyTwoOpt.solve(&self.problem(visits))?;
        let key = |i: usize| open.get(i).map(|p| p.key.clone());
        let order = proposal.stops.iter().filter_map(|s| key(s.candidate)).collect();
        let left: Vec<_> = proposal.left_out.iter().filter_map(|l| Some((key(l.candidate)?, l.why.into()))).collect();
        self.order = order;
        self.left_out.extend(left);
        Ok(())
    }

    /// Keeps at most `most` places: those in the round, then the most valuable.
    pub fn trim(&mut self, most: usize) {
        let mut room = most.saturating_sub(self.order.len());
        let order = &self.order;
        self.places.retain(|p| {
            let stays = order.contains(&p.key);
            let fits = !stays && room > 0;
            room -= usize::from(fits);
            stays || fits
        });
        let places = &self.places;
        self.left_out.retain(|key, _| places.iter().any(|p| p.key == *key));
    }

    /// Does what the coordinator asks; `None` when there is no such place.
    ///
    /// # Errors
    /// As [`Draft::solve`].
    pub fn edit(&mut self, edit: &Edit) -> Result<Option<()>, ProblemError> {
        let at = |key: &String| self.order.iter().position(|k| k == key);
        match edit {
            Edit::Solve => self.solve()?,
            Edit::Remove(key) => {
                let Some(i) = at(key) else { return Ok(None) };
                self.order.remove(i);
                self.locked.remove(key);
                self.removed.insert(key.clone());
                self.left_out.insert(key.clone(), LeftWhy::Removed);
            }
            Edit::Add(key) => {
                if at(key).is_some() || self.place(key).is_none() {
                    return Ok(None);
                }
                self.removed.remove(key);
                self.left_out.remove(key);
                self.locked.insert(key.clone());
                self.order.insert(self.cheapest(key), key.clone());
                if let Some(place) = self.places.iter_mut().find(|p| p.key == *key)
                    && !place.why.contains(&Reason::Added)
                {
                    place.why.push(Reason::Added);
                }
            }
            Edit::Lock(key) | Edit::Unlock(key) => {
                if at(key).is_none() {
                    return Ok(None);
                }
                if matches!(edit, Edit::Lock(_)) {
                    self.locked.insert(key.clone());
                } else {
                    self.locked.remove(key);
                }
            }
            Edit::Up(key) | Edit::Down(key) => {
                let Some(i) = at(key) else { return Ok(None) };
                let other = if matches!(edit, Edit::Up(_)) { i.checked_sub(1) } else { Some(i + 1) };
                match other {
                    Some(j) if j < self.order.len() => self.order.swap(i, j),
                    _ => return Ok(None),
                }
            }
        }
        Ok(Some(()))
    }

    /// Where in the order a place costs the fewest extra metres.
    fn cheapest(&self, key: &str) -> usize {
        let Some(new) = self.place(key).map(|p| (p.x, p.y)) else { return self.order.len() };
        let xy = |i: usize| self.order.get(i).and_then(|k| self.place(k)).map_or(self.base_xy, |p| (p.x, p.y));
        let apart = |a: (f64, f64), b: (f64, f64)| (a.0 - b.0).hypot(a.1 - b.1);
        let extra = |i: usize| {
            let before = i.checked_sub(1).map_or(self.base_xy, xy);
            let after = xy(i);
            apart(before, new) + apart(new, after) - apart(before, after)
        };
        (0..=self.order.len()).min_by(|a, b| extra(*a).total_cmp(&extra(*b))).unwrap_or(0)
    }

    /// Walks the present order: when at which place, and when back.
    #[must_use]
    pub fn timetable(&self) -> Timetable<'_> {
        let problem = self.problem(vec![]);
        let (mut now, mut here, mut walked) = (0.0, problem.base, 0.0);
        let mut stops = Vec::with_capacity(self.order.len());
        for place in self.order.iter().filter_map(|key| self.place(key)) {
            let at = Point { x: place.x, y: place.y };
            let metres = problem.walk_m(here, at);
            let there = now + problem.travel_min(here, at);
            let begin = place.window.map_or(there, |(open, _)| there.max(open));
            now = begin + f64::from(place.minutes);
            stops.push(Stop {
                place,
                arrive: after(self.from, begin),
                leave: after(self.from, now),
                metres,
                wait_min: begin - there,
            });
            (here, walked) = (at, walked + metres);
        }
        walked += problem.walk_m(here, problem.base);
        let back = after(self.from, now + problem.travel_min(here, problem.base));
        Timetable { stops, back, metres: walked, late: back > self.to }
    }
}

#[allow(clippy::cast_precision_loss, reason = "microseconds of a day fit")]
fn minutes(from: At, to: At) -> f64 {
    (to.micros() - from.micros()) as f64 / 60e6
}

/// `minutes` after `from`, to the second.
#[allow(clippy::cast_possible_truncation, reason = "minutes of a day")]
fn after(from: At, minutes: f64) -> At {
    At::from_micros(from.micros() + (minutes * 60.0).round() as i64 * 1_000_000)
}

#[cfg(test)]
mod tests;
