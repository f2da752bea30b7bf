//! Small networks whose answers can be counted by hand.

use super::*;

/// A square of streets of 400 by 400 m; the eastern side is a one-way street to the north, and a footpath crosses it.
fn square() -> Streets {
    streets(&[
        ("residential", &[(0.0, 0.0), (400.0, 0.0)]),
        ("motorway", &[(400.0, 0.0), (400.0, 400.0)]),
        ("residential", &[(400.0, 400.0), (0.0, 400.0)]),
        ("residential", &[(0.0, 400.0), (0.0, 0.0)]),
        ("footway", &[(0.0, 400.0), (400.0, 0.0)]),
        ("residential", &[(3000.0, 0.0), (3100.0, 0.0)]),
    ])
}

#[test]
fn times_go_along_the_streets_that_a_mode_may_use() {
    let streets = square();
    let (south_east, north_west, north_east) = (at(400.0, 0.0), at(0.0, 400.0), at(400.0, 400.0));
    for (mode, from, to, seconds) in [
        (Mode::Foot, south_east, north_west, 566),
        (Mode::Foot, north_west, south_east, 566),
        (Mode::Bicycle, south_east, north_west, 800),
        // by the motorway, which is one way: 400 m at 95 km/h, else three sides at 24 km/h
        (Mode::Car, south_east, north_east, 15),
        (Mode::Car, north_east, south_east, 180),
        (Mode::Car, south_east, at(0.0, 0.0), 60),
        // the motorway is not for walking
        (Mode::Foot, south_east, north_east, 966),
    ] {
        let times = table(Some(&streets), mode, PACE, &[from, to]);
        assert!(times.by_streets && times.beside.is_empty());
        assert!((times.get(0, 1) - seconds).abs() <= 1, "{mode:?}: {} is not {seconds}", times.get(0, 1));
        assert_eq!((times.get(0, 0), times.get(1, 1)), (0, 0));
    }
}

#[test]
fn a_place_is_reached_on_foot_from_the_nearest_street_that_the_mode_may_use() {
    let streets = square();
    // 50 m off the southern street, 100 m along it, to 30 m off the same street
    let times = table(Some(&streets), Mode::Foot, PACE, &[at(100.0, -50.0), at(200.0, -30.0)]);
    assert_eq!((times.get(0, 1), times.get(1, 0)), (180, 180));
    // beside the footpath: on foot from it, by bicycle 150 m back to the street
    let places = [at(250.0, 150.0), at(250.0, 0.0)];
    let by = |mode| table(Some(&streets), mode, PACE, &places).get(0, 1);
    assert!((by(Mode::Foot) - 362).abs() <= 1, "{}", by(Mode::Foot));
    assert_eq!(by(Mode::Bicycle), 150);
    // twice as fast in the saddle, the last bit as slow as ever
    let fast = Pace { metres_per_minute: 120.0, ..PACE };
    let times = table(Some(&streets), Mode::Bicycle, fast, &[at(100.0, -50.0), at(200.0, -30.0)]);
    assert_eq!(times.get(0, 1), 130);
}

#[test]
fn what_lies_too_far_away_or_hangs_loose_is_a_straight_line_and_says_so() {
    let streets = square();
    let places = [at(0.0, 0.0), at(400.0, 0.0), at(0.0, -1000.0), at(3050.0, 0.0)];
    let times = table(Some(&streets), Mode::Foot, PACE, &places);
    assert_eq!(
        (times.by_streets, &times.beside[..]),
        (true, &[2, 3][..]),
        "the loose street to the east is no street of the network"
    );
    assert!((times.get(0, 2) - 1300).abs() <= 2 && times.get(0, 2) == times.get(2, 0), "{}", times.get(0, 2));
    assert!((times.get(0, 1) - 400).abs() <= 1);
    let none = table(None, Mode::Foot, PACE, &places);
    assert_eq!((none.by_streets, none.beside.len()), (false, 4));
    assert!(!table(Some(&streets), Mode::Foot, PACE, &places[2..]).by_streets);
    assert!((none.get(0, 1) - 520).abs() <= 1, "{}", none.get(0, 1));
    assert_eq!(table(None, Mode::Car, PACE, &[]).seconds, Vec::<i32>::new());
    assert_eq!(table(Some(&streets), Mode::Foot, PACE, &[(f64::NAN, 52.5), at(0.0, 0.0)]).beside, [0]);
    let kilometres = streets.kilometres(Mode::Foot);
    assert!((kilometres.0 - 1.766).abs() < 0.01 && (kilometres.1 - 0.1).abs() < 0.01, "{kilometres:?}");
}

#[test]
fn a_bollard_stops_cars_and_nobody_else() {
    let xml = |barrier: &str| {
        let node = |id: u32, east: f64, tags: &str| {
            let (lon, lat) = at(east, 0.0);
            format!(r#"<node id="{id}" lon="{lon}" lat="{lat}">{tags}</node>"#)
        };
        format!(
            r#"<osm>{}{}{}{}<way id="9"><nd ref="1"/><nd ref="2"/><nd ref="3"/><nd ref="4"/><tag k="highway" v="residential"/></way></osm>"#,
            node(1, 0.0, ""),
            node(2, 200.0, ""),
            node(3, 500.0, barrier),
            node(4, 600.0, ""),
        )
    };
    for (barrier, car_km) in [("", 0.6), (r#"<tag k="barrier" v="bollard"/>"#, 0.5)] {
        let extract = read(&file("one.osm", xml(barrier).as_bytes())).unwrap();
        let streets = Streets::new(assemble(&extract, |_, _| true).0, &config());
        assert!((streets.kilometres(Mode::Foot).0 - 0.6).abs() < 0.001);
        assert!((streets.kilometres(Mode::Car).0 - car_km).abs() < 0.001, "{barrier}");
    }
}

#[test]
fn a_network_is_cut_at_the_border_and_split_where_streets_meet() {
    let line = |north: f64| (0..=10).map(|n| at(f64::from(n) * 100.0, north)).collect::<Vec<_>>();
    let extract = Extract::invented([
        ("residential", line(0.0)),
        ("residential", vec![at(300.0, 0.0), at(300.0, 500.0)]),
        ("construction", line(100.0)),
        ("bridleway", line(200.0)),
        ("residential", line(9000.0)),
    ]);
    let (network, tally) = assemble(&extract, |lon, lat| lon < at(450.0, 0.0).0 && lat < at(0.0, 5000.0).1);
    assert_eq!(tally, Tally { streets: 4, elsewhere: 1, closed: 1, pieces: 3 });
    // the first street runs on to the first point beyond the border, and is split where the second begins
    let metres: Vec<i64> = network.edges.iter().map(|e| network.metres(e).round() as i64).collect();
    assert_eq!(metres, [300, 200, 500]);
    let packed = network.pack().unwrap();
    assert_eq!(Network::unpack(&packed).unwrap(), network);
    assert!(Network::unpack(&packed[..packed.len() / 2]).is_err());
}
