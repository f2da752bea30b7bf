//! The table against a plain search, its rules, its size and its speed.

use super::*;
use crate::route::along;
use proptest::prelude::*;
use std::time::Instant;

/// A town of `side` by `side` blocks of 80 m: streets of several kinds, some one way, some missing.
fn town(side: u32) -> Streets {
    let mut roll = 0x2545_f491_u32;
    let mut dice = |sides: u32| {
        roll ^= roll << 13;
        roll ^= roll >> 17;
        roll ^= roll << 5;
        roll % sides
    };
    let mut xml = String::from("<osm>");
    let id = |x: u32, y: u32| y * 1000 + x + 1;
    for (y, x) in (0..side).flat_map(|y| (0..side).map(move |x| (y, x))) {
        let (lon, lat) = at(f64::from(x) * 80.0 + f64::from(dice(20)), f64::from(y) * 80.0 + f64::from(dice(20)));
        xml.push_str(&format!(r#"<node id="{}" lon="{lon:.7}" lat="{lat:.7}"/>"#, id(x, y)));
    }
    let mut ways = 0;
    for (y, x) in (0..side).flat_map(|y| (0..side).map(move |x| (y, x))) {
        for to in [(x + 1 < side).then(|| id(x + 1, y)), (y + 1 < side).then(|| id(x, y + 1))].into_iter().flatten() {
            let kind = ["residential", "residential", "tertiary", "footway", "cycleway", "service"][dice(6) as usize];
            let one_way = if dice(5) == 0 { r#"<tag k="oneway" v="yes"/>"# } else { "" };
            if dice(8) > 0 {
                ways += 1;
                xml.push_str(&format!(
                    r#"<way id="{ways}"><nd ref="{}"/><nd ref="{to}"/><tag k="highway" v="{kind}"/>{one_way}</way>"#,
                    id(x, y)
                ));
            }
        }
    }
    xml.push_str("</osm>");
    let extract = read(&file("town.osm", xml.as_bytes())).unwrap();
    Streets::new(assemble(&extract, |_, _| true).0, &config())
}

fn places(count: usize, side: f64, seed: u32) -> Vec<(f64, f64)> {
    let mut roll = seed | 1;
    let mut next = move || {
        roll = roll.wrapping_mul(747_796_405).wrapping_add(2_891_336_453);
        f64::from(roll >> 8) / f64::from(1 << 24)
    };
    (0..count).map(|_| at(next() * side, next() * side)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, ..ProptestConfig::default() })]
    #[test]
    fn a_table_keeps_the_rules_of_ways(seed in any::<u32>()) {
        let streets = town(14);
        let places = places(40, 1100.0, seed);
        for mode in Mode::ALL {
            let times = table(Some(&streets), mode, PACE, &places);
            prop_assert_eq!(&times, &table(Some(&streets), mode, PACE, &places));
            let joints: Vec<_> = places.iter().map(|p| streets.join(mode, *p)).collect();
            for i in 0..places.len() {
                prop_assert_eq!(times.get(i, i), 0);
                for j in 0..places.len() {
                    if mode == Mode::Foot {
                        prop_assert_eq!(times.get(i, j), times.get(j, i));
                    }
                    if let (Some(a), Some(b)) = (&joints[i], &joints[j]) && i != j {
                        let (cost, _) = along(&streets, mode, a, b).unwrap();
                        let unit = if mode == Mode::Car { 0.001 } else { 0.06 / PACE.metres_per_minute };
                        let expected = f64::from(cost) * unit + a.metres + b.metres;
                        prop_assert!((f64::from(times.get(i, j)) - expected).abs() <= 0.51, "{mode:?} {i} {j}");
                    }
                    if times.beside.is_empty() {
                        for k in 0..places.len() {
                            prop_assert!(times.get(i, j) <= times.get(i, k) + times.get(k, j) + 2);
                        }
                    }
                }
            }
        }
    }
}

#[test]
fn a_route_is_as_long_as_the_table_says_and_stays_on_its_street() {
    let streets = town(14);
    let places = places(30, 1100.0, 7);
    for mode in [Mode::Foot, Mode::Bicycle] {
        let times = table(Some(&streets), mode, PACE, &places);
        for (i, from) in places.iter().enumerate() {
            for (j, to) in places.iter().enumerate().filter(|(j, _)| *j != i) {
                let line = route(&streets, mode, *from, *to).unwrap();
                assert_eq!((line.first(), line.last()), (Some(from), Some(to)));
                let metres: f64 = line.windows(2).map(|w| crate::geometry::metres(w[0], w[1])).sum();
                let seconds = f64::from(times.get(i, j));
                assert!((metres - seconds).abs() <= 2.0 + metres * 0.001, "{mode:?} {i} {j}: {metres} {seconds}");
            }
        }
    }
    assert!(route(&streets, Mode::Foot, places[0], at(-5000.0, 0.0)).is_none());
}

/// As many junctions as a town of 40,000 with all its footpaths. Slow machines get six times the time.
#[test]
fn a_thousand_places_of_a_town_take_a_moment() {
    let begin = Instant::now();
    let streets = town(100);
    let built = begin.elapsed();
    let places = places(1000, 7900.0, 3);
    let mut told = format!("{} junctions on foot; made in {built:?}", streets.junctions(Mode::Foot));
    let mut slowest = std::time::Duration::ZERO;
    for mode in Mode::ALL {
        let begin = Instant::now();
        let times = table(Some(&streets), mode, PACE, &places);
        slowest = slowest.max(begin.elapsed());
        told.push_str(&format!("; {mode:?} {:?}, {} beside", begin.elapsed(), times.beside.len()));
    }
    let begin = Instant::now();
    let few = table(Some(&streets), Mode::Bicycle, PACE, &places[..30]);
    told.push_str(&format!("; 30 places {:?}", begin.elapsed()));
    let begin = Instant::now();
    route(&streets, Mode::Bicycle, places[0], places[1]).unwrap();
    told.push_str(&format!("; a route {:?}", begin.elapsed()));
    let bytes: usize = Mode::ALL.iter().map(|m| streets.graph(*m).hierarchy.bytes()).sum();
    eprintln!("{told}; hierarchies {} kB, packed {} kB", bytes / 1000, streets.network.pack().unwrap().len() / 1000);
    assert_eq!(few.places, 30);
    assert!(bytes < 15_000_000, "{bytes}");
    assert!(slowest.as_secs_f64() < 1.8, "{slowest:?}");
}
