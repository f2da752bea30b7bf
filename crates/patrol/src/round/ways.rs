//! How long it takes from place to place: along streets where they are known, else in a straight line with a detour.

use crate::config::{Mode, PatrolConfig};
use deployment::solve::{MOST_TIME, Travel};
use kit::Municipality;
use streets::{Pace, Times};

/// Travel times between places, one table for each way of getting about.
#[derive(Debug)]
pub(super) struct Ways {
    modes: Vec<Mode>,
    /// The tables, in seconds.
    pub(super) tables: Vec<Travel>,
    /// Whether all go along streets.
    pub(super) by_streets: bool,
}

impl Ways {
    /// Tables that were made otherwise.
    #[cfg(test)]
    pub(super) fn of(modes: Vec<Mode>, tables: Vec<Travel>) -> Self {
        Self { modes, tables, by_streets: false }
    }

    /// Which table is that of a way of getting about.
    pub(super) fn table(&self, mode: Mode) -> usize {
        self.modes.iter().position(|other| *other == mode).unwrap_or(0)
    }
}

/// The tables between these places (longitude, latitude).
pub(super) fn ways(municipality: &Municipality, points: &[(f64, f64)], modes: impl Iterator<Item = Mode>) -> Ways {
    let config = municipality.get::<PatrolConfig>();
    let mut used: Vec<Mode> = modes.collect();
    used.sort_unstable_by_key(|mode| mode.as_str());
    used.dedup();
    let times: Vec<Times> = used.iter().map(|mode| table(municipality, &config, *mode, points)).collect();
    Ways {
        by_streets: !times.is_empty() && times.iter().all(|times| times.by_streets),
        tables: times.iter().map(|t| Travel::by(t.places, |from, to| t.get(from, to).clamp(0, MOST_TIME))).collect(),
        modes: used,
    }
}

fn table(municipality: &Municipality, config: &PatrolConfig, mode: Mode, points: &[(f64, f64)]) -> Times {
    let pace = Pace {
        metres_per_minute: config.speed(mode),
        on_foot: config.travel.foot_m_per_min,
        detour: config.travel.detour,
    };
    let by = match mode {
        Mode::Foot => streets::Mode::Foot,
        Mode::Bicycle => streets::Mode::Bicycle,
        Mode::Car => streets::Mode::Car,
    };
    let map = municipality.find::<streets::StreetMap>();
    let streets = map.and_then(|map| map.streets());
    streets::table(streets.as_deref(), by, pace, points)
}
