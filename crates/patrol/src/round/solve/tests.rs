use super::*;
use crate::config::Mode;
use crate::round::draft::{Crew, Searched};
use deployment::solve::Travel;
use kit::At;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::AtomicI64;

pub(in crate::round) static CLOCK: Clock = Clock::Fixed(AtomicI64::new(0));

/// A place so many metres east of the base (kept in its longitude).
pub(in crate::round) fn place(key: &str, east: f64, value: f64) -> Place {
    Place {
        key: key.into(),
        kind: VisitKind::Signal,
        target: Some(kit::Uuid::from_u128(1)),
        category: None,
        title: key.into(),
        lon: east,
        lat: 0.0,
        cell: (0, 0),
        area: None,
        minutes: 10,
        value,
        why: vec![],
        windows: vec![],
    }
}

/// Crews of one officer on a line through the base, 60 minutes.
pub(in crate::round) fn draft(places: Vec<Place>, crews: usize, max_visits: usize) -> Draft {
    Draft {
        from: At::from_micros(0),
        to: At::from_micros(60 * 60_000_000),
        forecast_at: None,
        base: (0.0, 0.0),
        max_visits,
        crews: vec![Crew { officers: vec![], mode: Mode::Foot }; crews],
        rest: None,
        rest_places: vec![],
        rest_at_stops: false,
        rests: BTreeMap::new(),
        by_streets: false,
        weighed: places.len(),
        places,
        machine: vec![],
        touched: false,
        tours: vec![],
        score: 0,
        pins: BTreeMap::new(),
        orders: BTreeMap::new(),
        removed: BTreeSet::new(),
        left_out: BTreeMap::new(),
        gains: BTreeMap::new(),
        costs: BTreeMap::new(),
        searched: Searched::default(),
        decision: None,
    }
}

/// 100 m a minute along the line.
pub(in crate::round) fn ways(draft: &Draft) -> Ways {
    let mut at = vec![0.0];
    at.extend(draft.places.iter().map(|p| p.lon));
    at.extend(draft.rest_places.iter().map(|p| p.0));
    let time = |from: usize, to: usize| ((at[from] - at[to]).abs() * 0.6) as i32;
    Ways::of(vec![Mode::Foot], vec![Travel::by(at.len(), time)])
}

#[test]
fn the_break_lies_in_its_window_at_the_nearest_house() {
    let mut d = draft(vec![place("a", 1000.0, 3.0), place("b", 1200.0, 2.0)], 1, 3);
    d.rest = Some((10, 20 * 60, 25 * 60));
    d.rest_places = vec![(1100.0, 0.0)];
    d.solve(&ways(&d), 1, &CLOCK, 2).unwrap();
    let stops = &d.tours[0].stops;
    let keys: Vec<&str> = stops.iter().map(|s| s.key.as_str()).collect();
    assert_eq!(keys, ["a", "rest-0", "b"]);
    assert_eq!((stops[1].place, stops[1].begin / 60, d.visits()), (3, 21, 2));
}

#[test]
fn a_break_on_the_way_takes_no_way_and_leaves_time_for_more() {
    // The house is far; with the break there only one of the two fits.
    let places = || vec![place("a", 1000.0, 3.0), place("b", 1100.0, 2.0)];
    for (at_stops, kept, spot) in [(false, 1, None), (true, 2, Some("a"))] {
        let mut d = draft(places(), 1, 3);
        (d.rest, d.rest_at_stops) = (Some((10, 15 * 60, 25 * 60)), at_stops);
        d.to = At::from_micros(57 * 60_000_000);
        d.solve(&ways(&d), 1, &CLOCK, 2).unwrap();
        let stops = &d.tours[0].stops;
        let rest = stops.iter().position(|s| s.key == Draft::rest_key(0)).unwrap();
        assert_eq!(d.visits(), kept, "{stops:?}");
        assert!((15 * 60..=25 * 60).contains(&stops[rest].begin) && !d.is_late(), "{stops:?}");
        if let Some(key) = spot {
            assert_eq!(
                (stops[rest - 1].key.as_str(), stops[rest].place, stops[rest].travel),
                (key, stops[rest - 1].place, 0)
            );
            assert_eq!(d.rest_words(d.point(stops[rest].place).unwrap()), "patrol-rest-here");
        }
        // The same plan laid by hand, and searched once more, is the same.
        let (keys, table) = (d.all_keys(), ways(&d));
        let before = d.clone();
        d.lay(&table, &keys).unwrap();
        assert_eq!(d.tours, before.tours);
        assert_eq!(d.search(&table, 1).unwrap().1.plan().score, before.score);
    }
}

#[test]
fn what_a_visit_brings_and_a_choice_costs() {
    // Only one of the two fits in 24 minutes.
    let mut d = draft(vec![place("a", 500.0, 5.0), place("b", -500.0, 3.0)], 1, 3);
    d.to = At::from_micros(24 * 60_000_000);
    let table = ways(&d);
    d.solve(&table, 1, &CLOCK, 2).unwrap();
    d.explain(&table, 50, || true).unwrap();
    assert_eq!(d.gains["a"], Gain { score: 200, instead: vec!["b".into()] });
    assert!(d.costs.is_empty());
    d.removed.insert("a".into());
    d.solve(&table, 1, &CLOCK, 2).unwrap();
    d.explain(&table, 50, || true).unwrap();
    assert_eq!((d.keys(), d.costs["a"]), (vec![vec!["b".to_owned()]], 200));
    d.removed.clear();
    d.pins.insert("b".into(), Some(0));
    d.explain(&table, 50, || true).unwrap();
    assert_eq!(d.costs["b"], 200, "a pin costs as much");
    // A plan that does not hold has nothing to say.
    d.lay(&table, &[vec!["a".into(), "b".into()]]).unwrap();
    d.explain(&table, 50, || true).unwrap();
    assert!(d.is_late() && d.gains.is_empty() && d.costs.is_empty());
}
