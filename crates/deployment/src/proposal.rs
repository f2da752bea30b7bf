//! The answer: the stops in order with their times, and for every other candidate why it was left out.

use serde::{Deserialize, Serialize};

/// One visit of the round. Times are minutes from the start of the shift.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stop {
    /// Index in [`Problem::visits`](crate::Problem::visits).
    pub candidate: usize,
    /// Arrival at the place.
    pub arrive_min: f64,
    /// Departure: arrival, waiting for the window if need be, and the visit itself.
    pub leave_min: f64,
    /// Minutes under way from the stop before, or from the base.
    pub travel_min: f64,
}

/// Why a candidate is not in the round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Why {
    /// There would be time, but the round already has its most visits.
    OverMaximum,
    /// It could be visited on its own, but not beside the chosen stops within the length of the round.
    NoTime,
    /// It could be reached, but not at a moment when its window is open.
    WindowClosed,
    /// Even a round to this place alone would be too long.
    Unreachable,
    /// A visit has no value.
    NoValue,
}

/// A candidate that is not in the round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LeftOut {
    /// Index in [`Problem::visits`](crate::Problem::visits).
    pub candidate: usize,
    /// The reason.
    pub why: Why,
}

/// A proposed round. Every candidate is either a stop or left out, exactly once.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Proposal {
    /// The visits in order.
    pub stops: Vec<Stop>,
    /// The other candidates, by rising index.
    pub left_out: Vec<LeftOut>,
    /// When the round is back at the base, in minutes from the start of the shift.
    pub back_at_min: f64,
    /// Sum of the values of the stops.
    pub value: f64,
    /// Length of the round along the street, in metres.
    pub walked_m: f64,
}
