//! The question: travel times, places that wait for a visit, and the tours that may visit them.

use serde::{Deserialize, Serialize};

/// Greatest time that may be stated, in either direction, and the travel time that stands for "no way there".
/// Sums of a few such times still fit the integers of the solver.
pub const MOST_TIME: i32 = 100_000_000;

/// Travel times between places, in the unit of time of the caller, for one way of getting about (on foot, by bike).
///
/// They are taken as shortest times: by way of a third place it is never quicker. A table that breaks this (by more
/// than rounding) still gives plans that hold, but perhaps not the best ones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Travel {
    places: usize,
    time: Vec<i32>,
}

impl Travel {
    /// A table of `places` × `places` times, made by asking for each pair `(from, to)`.
    pub fn by(places: usize, mut time: impl FnMut(usize, usize) -> i32) -> Self {
        let pairs = (0..places).flat_map(|from| (0..places).map(move |to| (from, to)));
        Self { places, time: pairs.map(|(from, to)| time(from, to)).collect() }
    }

    /// How many places the table knows.
    pub fn places(&self) -> usize {
        self.places
    }

    /// Time from one place to another.
    pub fn time(&self, from: usize, to: usize) -> i32 {
        self.time[from * self.places + to]
    }
}

/// A place that could be visited, at most once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Visit {
    /// Where: row of the travel times. Several visits may be at one place.
    pub place: usize,
    /// Other places at which it may be made instead: a break can be held in more than one house.
    pub or_at: Vec<usize>,
    /// What the visit is worth, in any unit that is the same for all visits. Zero: only visited if compulsory.
    pub score: u32,
    /// How long the visit lasts.
    pub service: i32,
    /// Earliest and latest moments between which it may *begin*, in any order; who is early waits. None at all: any
    /// moment of the tour.
    pub windows: Vec<(i32, i32)>,
    /// Goes before any number of visits that are not compulsory. One that cannot be kept is named in [`super::Plan`].
    pub compulsory: bool,
    /// Which tours may make the visit; `None`: all. One tour and compulsory is a pin, no tour at all a ban.
    pub tours: Option<Vec<usize>>,
}

impl Visit {
    /// A visit that any tour may make, at any moment.
    pub fn at(place: usize, score: u32, service: i32) -> Self {
        Self { place, or_at: vec![], score, service, windows: vec![], compulsory: false, tours: None }
    }

    /// All places at which it may be made.
    pub(crate) fn places(&self) -> impl Iterator<Item = usize> + '_ {
        std::iter::once(self.place).chain(self.or_at.iter().copied())
    }

    /// The window in which a visit begins that is reached at this moment: the first that is not over. `None`: too late.
    pub(crate) fn window(&self, arrive: i32) -> Option<(i32, i32)> {
        if self.windows.is_empty() {
            return Some((-MOST_TIME, MOST_TIME));
        }
        self.windows.iter().copied().filter(|&(_, close)| arrive <= close).min()
    }
}

/// One tour: an officer or a pair in one shift.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tour {
    /// Place where it starts.
    pub start: usize,
    /// Place where it ends.
    pub end: usize,
    /// Moment it leaves its start, and moment by which it must be at its end.
    pub window: (i32, i32),
    /// Which of the tables of travel times it goes by.
    pub travel: usize,
    /// Most visits in the tour.
    pub most_visits: usize,
    /// An order made by hand: those of these visits that the tour makes, it makes in this order; others may come
    /// before, between and after.
    pub order: Vec<usize>,
}

/// Rounds to be planned. All times are in one unit that the caller chooses, from a zero that the caller chooses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rounds {
    /// Travel times, one table for each way of getting about; all over the same places.
    pub travel: Vec<Travel>,
    /// The places that wait for a visit.
    pub visits: Vec<Visit>,
    /// The tours that can be made.
    pub tours: Vec<Tour>,
}

/// Why rounds cannot be planned as stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RoundsError {
    /// There is no table of travel times, or two of them have different sizes.
    #[error("travel times: every table must have the same number of places, and there must be one")]
    Tables,
    /// A travel time below zero or above [`MOST_TIME`].
    #[error("travel times: from place {from} to {to} takes {time}, not between 0 and {MOST_TIME}")]
    TravelTime {
        /// Row.
        from: usize,
        /// Column.
        to: usize,
        /// What the table says.
        time: i32,
    },
    /// A visit at a place that the tables do not have.
    #[error("visit {0}: its place is not in the table of travel times")]
    VisitPlace(usize),
    /// A service time below zero or above [`MOST_TIME`].
    #[error("visit {0}: lasts less than nothing or too long")]
    Service(usize),
    /// A window that closes before it opens, or a moment beyond [`MOST_TIME`].
    #[error("visit {0}: its window closes before it opens, or is out of range")]
    VisitWindow(usize),
    /// A visit that names a tour that does not exist.
    #[error("visit {0}: names a tour that does not exist")]
    VisitTour(usize),
    /// A tour from or to a place, or by a table, that does not exist.
    #[error("tour {0}: its start, end or table of travel times does not exist")]
    TourPlace(usize),
    /// An order of visits that do not exist, or of which one stands in an order already.
    #[error("tour {0}: its order names a visit that does not exist, or one twice")]
    TourOrder(usize),
    /// A window that closes before it opens or is out of range.
    #[error("tour {0}: its window closes before it opens, or is out of range")]
    TourWindow(usize),
    /// The way from start to end takes longer than the tour may.
    #[error("tour {0}: even without visits it cannot be at its end in time")]
    TourTooShort(usize),
}

impl Rounds {
    /// Whether the statement makes sense; says the first fault.
    pub fn validate(&self) -> Result<(), RoundsError> {
        let places = self.travel.first().map(Travel::places).ok_or(RoundsError::Tables)?;
        for table in &self.travel {
            if table.places != places {
                return Err(RoundsError::Tables);
            }
            if let Some(index) = table.time.iter().position(|time| !(0..=MOST_TIME).contains(time)) {
                let (from, to) = (index / places, index % places);
                return Err(RoundsError::TravelTime { from, to, time: table.time[index] });
            }
        }
        for (index, visit) in self.visits.iter().enumerate() {
            if visit.places().any(|place| place >= places) {
                return Err(RoundsError::VisitPlace(index));
            }
            if !(0..=MOST_TIME).contains(&visit.service) {
                return Err(RoundsError::Service(index));
            }
            if !visit.windows.iter().copied().all(in_range) {
                return Err(RoundsError::VisitWindow(index));
            }
            if visit.tours.iter().flatten().any(|&tour| tour >= self.tours.len()) {
                return Err(RoundsError::VisitTour(index));
            }
        }
        let mut ordered = vec![false; self.visits.len()];
        for (index, tour) in self.tours.iter().enumerate() {
            for &visit in &tour.order {
                match ordered.get_mut(visit) {
                    Some(ordered) if !*ordered => *ordered = true,
                    _ => return Err(RoundsError::TourOrder(index)),
                }
            }
            let table = self.travel.get(tour.travel).filter(|_| tour.start < places && tour.end < places);
            let table = table.ok_or(RoundsError::TourPlace(index))?;
            if !in_range(tour.window) {
                return Err(RoundsError::TourWindow(index));
            }
            if tour.window.0 + table.time(tour.start, tour.end) > tour.window.1 {
                return Err(RoundsError::TourTooShort(index));
            }
        }
        Ok(())
    }
}

fn in_range((open, close): (i32, i32)) -> bool {
    -MOST_TIME <= open && open <= close && close <= MOST_TIME
}
