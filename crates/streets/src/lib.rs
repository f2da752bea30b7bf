//! The street network: read from an extract of OpenStreetMap, and how long it takes to go from place to place by it.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

/// How somebody gets about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mode {
    /// Walking.
    Foot,
    /// By bicycle.
    Bicycle,
    /// By car.
    Car,
}

/// Times between places for one way of getting about.
#[derive(Clone, Debug, PartialEq)]
pub struct Times {
    /// Number of places.
    pub places: usize,
    /// Seconds, row by row from each place to each place.
    pub seconds: Vec<i32>,
    /// Whether they go along streets; `false`: straight line × detour factor, because there is no network there.
    pub by_streets: bool,
}
