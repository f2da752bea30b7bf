//! How long it takes from each place to each other.

use crate::geometry::metres;
use crate::hierarchy::{FAR, LANES};
use crate::rules::Mode;
use crate::streets::{Joint, Streets};

/// How fast somebody gets on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pace {
    /// Metres a minute along the street. By car it counts only where no street leads; there each street has its speed.
    pub metres_per_minute: f64,
    /// Metres a minute on foot: the last bit from the street to the place.
    pub on_foot: f64,
    /// Metres along the street per metre in a straight line, where no street leads.
    pub detour: f64,
}

/// Times between places for one way of getting about.
#[derive(Clone, Debug, PartialEq)]
pub struct Times {
    /// Number of places.
    pub places: usize,
    /// Seconds, row by row from each place to each place.
    pub seconds: Vec<i32>,
    /// Whether they go along streets, but for the places [`beside`](Self::beside); `false`: all are a straight line ×
    /// detour factor.
    pub by_streets: bool,
    /// The places that lie too far from every street, in order: all of them where there is no network.
    pub beside: Vec<usize>,
}

impl Times {
    /// Seconds from one place to another.
    #[must_use]
    pub fn get(&self, from: usize, to: usize) -> i32 {
        self.seconds[from * self.places + to]
    }
}

/// Seconds from each of `places` (longitude, latitude) to each other: to the nearest street that `mode` may use, along
/// streets, and to the place. Where that cannot be, a straight line times the detour factor; [`Times::beside`] says which.
#[must_use]
pub fn table(streets: Option<&Streets>, mode: Mode, pace: Pace, places: &[(f64, f64)]) -> Times {
    let count = places.len();
    let joints: Vec<Option<Joint>> =
        places.iter().map(|place| streets.and_then(|streets| streets.join(mode, *place))).collect();
    let mut seconds = vec![0; count * count];
    for (from, row) in seconds.chunks_exact_mut(count.max(1)).enumerate() {
        for (to, cell) in row.iter_mut().enumerate().filter(|(to, _)| *to != from) {
            if joints[from].is_none() || joints[to].is_none() {
                *cell = straight(pace, places[from], places[to]);
            }
        }
    }
    if let Some(streets) = streets {
        along_streets(streets, mode, pace, &joints, &mut seconds);
    }
    let beside: Vec<usize> = (0..count).filter(|n| joints[*n].is_none()).collect();
    Times { places: count, seconds, by_streets: beside.len() < count, beside }
}

/// Whether a place lies too far from every street that `mode` may use: times and lines to it are straight.
#[must_use]
pub fn is_beside(streets: &Streets, mode: Mode, place: (f64, f64)) -> bool {
    streets.join(mode, place).is_none()
}

/// Seconds in a straight line times the detour factor.
fn straight(pace: Pace, from: (f64, f64), to: (f64, f64)) -> i32 {
    (metres(from, to) * pace.detour / pace.metres_per_minute * 60.0).round() as i32
}

fn along_streets(streets: &Streets, mode: Mode, pace: Pace, joints: &[Option<Joint>], seconds: &mut [i32]) {
    let hierarchy = &streets.graph(mode).hierarchy;
    let per_unit = match mode {
        Mode::Foot | Mode::Bicycle => 0.06 / pace.metres_per_minute,
        Mode::Car => 0.001,
    };
    let joined: Vec<(usize, &Joint)> = joints.iter().enumerate().filter_map(|(n, j)| Some((n, j.as_ref()?))).collect();
    // by rank of the junction, so that the sweep's answers are read where they lie
    let onto: Vec<Vec<(usize, u32)>> = joined
        .iter()
        .map(|(_, joint)| {
            streets.onto(mode, joint).into_iter().flatten().map(|(node, cost)| (hierarchy.rank(node), cost)).collect()
        })
        .collect();
    let mut costs = hierarchy.blank();
    for sources in joined.chunks(LANES) {
        costs.fill([FAR; LANES]);
        for (lane, (_, joint)) in sources.iter().enumerate() {
            for (node, cost) in streets.out(mode, joint).into_iter().flatten() {
                let slot = &mut costs[hierarchy.rank(node)][lane];
                *slot = cost.min(*slot);
            }
        }
        hierarchy.sweep(&mut costs);
        for (lane, (from, start)) in sources.iter().enumerate() {
            for ((to, end), onto) in joined.iter().zip(&onto).filter(|((to, _), _)| to != from) {
                let by_junctions = onto.iter().map(|(rank, cost)| costs[*rank][lane] + cost).min();
                let cost = by_junctions.unwrap_or(FAR).min(streets.along(mode, start, end).unwrap_or(FAR));
                let on_foot = (start.metres + end.metres) / pace.on_foot * 60.0;
                seconds[from * joints.len() + to] = (f64::from(cost) * per_unit + on_foot).round() as i32;
            }
        }
    }
}
