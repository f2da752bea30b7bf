//! How long it takes from place to place: along streets where they are known, else in a straight line with a detour.

use crate::config::{Mode, PatrolConfig};
use deployment::solve::{MOST_TIME, Travel};
use kit::Municipality;
use std::sync::Arc;
use streets::{Pace, Streets, Times};

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
    streets::table(known(municipality).as_deref(), by(mode), pace, points)
}

/// The network of the municipality, when one was imported.
fn known(municipality: &Municipality) -> Option<Arc<Streets>> {
    municipality.find::<streets::StreetMap>().and_then(|map| map.streets())
}

fn by(mode: Mode) -> streets::Mode {
    match mode {
        Mode::Foot => streets::Mode::Foot,
        Mode::Bicycle => streets::Mode::Bicycle,
        Mode::Car => streets::Mode::Car,
    }
}

/// Most points of one crew's line on a map.
pub(super) const MOST_POINTS: usize = 800;
/// Points of a line that lie nearer to each other than this are one on a map, in degrees: about 3 metres.
const STEP: f64 = 0.000_03;

/// How a crew goes, for the map.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Walked {
    /// Its line from the first place to the last: along streets where they are known, else straight.
    pub(super) line: Vec<(f64, f64)>,
    /// Which of the places lie too far from every street, in order.
    pub(super) beside: Vec<usize>,
}

/// How a crew goes from place to place, in order. `by_streets`: whether its times go along streets; the line then does too.
pub(super) fn walked(municipality: &Municipality, by_streets: bool, mode: Mode, places: &[(f64, f64)]) -> Walked {
    let streets = known(municipality).filter(|_| by_streets);
    let Some(streets) = streets else { return Walked { line: places.to_vec(), beside: vec![] } };
    let beside = (0..places.len()).filter(|n| streets::is_beside(&streets, by(mode), places[*n])).collect();
    let legs = places.windows(2).flat_map(|leg| {
        let (from, to) = (leg[0], leg[1]);
        streets::route(&streets, by(mode), from, to).unwrap_or_else(|| vec![from, to])
    });
    Walked { line: thinned(legs.collect(), MOST_POINTS), beside }
}

/// A line without the points that nobody sees on a map, and with at most `most`; its ends stay.
fn thinned(line: Vec<(f64, f64)>, most: usize) -> Vec<(f64, f64)> {
    let apart = |a: (f64, f64), b: (f64, f64)| (a.0 - b.0).abs().max((a.1 - b.1).abs());
    let (mut thin, mut step) = (line, STEP);
    loop {
        let last = thin.last().copied();
        let mut kept: Vec<(f64, f64)> = Vec::with_capacity(thin.len());
        for point in thin {
            if kept.last().is_none_or(|before| apart(*before, point) >= step) {
                kept.push(point);
            }
        }
        if let Some(end) = last.filter(|end| kept.last() != Some(end)) {
            kept.push(end);
        }
        if kept.len() <= most.max(2) {
            return kept;
        }
        (thin, step) = (kept, step * 2.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use streets::Extract;

    #[tokio::test]
    async fn a_crew_goes_along_the_streets_and_says_what_lies_beside_them() {
        let app = testkit::app(testkit::sqlite().await, |m| {
            let folder = m.folder.clone();
            m.put(streets::StreetMap::new(streets::StreetsConfig::read(&folder).unwrap()));
            let atlas = areas::Atlas::new(&m.file);
            m.put(atlas);
        });
        let home = app.home().unwrap().clone();
        let (base, corner, east, far) = ((4.66, 52.51), (4.66, 52.50), (4.67, 52.50), (4.69, 52.52));
        let places = [base, east, far, base];
        let straight = Walked { line: places.to_vec(), beside: vec![] };
        assert_eq!(walked(&home, true, Mode::Foot, &places), straight, "no network was imported");
        let lines = [("residential", vec![base, corner]), ("residential", vec![corner, east])];
        streets::import::write(&app, home.code(), Extract::invented(lines), "test", false).await.unwrap();
        assert_eq!(walked(&home, false, Mode::Foot, &places), straight, "the times of this plan are straight");
        let way = walked(&home, true, Mode::Foot, &places);
        assert_eq!(way.beside, [2]);
        let near = |a: (f64, f64), b: (f64, f64)| (a.0 - b.0).abs().max((a.1 - b.1).abs()) < 0.000_1;
        let expected = [base, corner, east, far, base];
        assert!(way.line.len() == 5 && way.line.iter().zip(expected).all(|(a, b)| near(*a, b)), "{:?}", way.line);
        assert_eq!(walked(&home, true, Mode::Foot, &[]), Walked::default());
    }

    #[test]
    fn a_line_on_a_map_has_few_points_and_keeps_its_ends() {
        let zigzag = |n: usize, step: f64| -> Vec<(f64, f64)> {
            (0..n).map(|i| (i as f64 * step, if i % 2 == 0 { 0.0 } else { step })).collect()
        };
        for (what, line, most, kept) in [
            ("nothing", vec![], 10, 0),
            ("one place", vec![(4.6, 52.5)], 10, 1),
            ("there and back", vec![(0.0, 0.0), (1.0, 0.0), (0.0, 0.0)], 10, 3),
            ("points within a metre", vec![(0.0, 0.0), (0.000_01, 0.0), (0.000_02, 0.0), (1.0, 0.0)], 10, 2),
            ("few points", zigzag(100, 0.001), 100, 100),
        ] {
            let thin = thinned(line.clone(), most);
            assert_eq!(thin.len(), kept, "{what}");
            assert_eq!((thin.first(), thin.last()), (line.first(), line.last()), "{what}");
        }
        let line = zigzag(100_000, 0.000_1);
        let thin = thinned(line.clone(), MOST_POINTS);
        assert!((MOST_POINTS / 4..=MOST_POINTS).contains(&thin.len()), "{}", thin.len());
        assert_eq!((thin.first(), thin.last()), (line.first(), line.last()));
    }
}
