//! The built-in facts against the official neighbourhoods of 2025, where those are at hand.

use demo::{Setting, signals};
use jiff::civil::date;
use std::collections::BTreeMap;

fn inside(ring: &[(f64, f64)], (x, y): (f64, f64)) -> bool {
    let next = ring.iter().cycle().skip(1);
    ring.iter()
        .zip(next)
        .filter(|((x1, y1), (x2, y2))| (*y1 > y) != (*y2 > y) && x < (x2 - x1) * (y - y1) / (y2 - y1) + x1)
        .count()
        % 2
        == 1
}

#[test]
fn codes_names_and_places_are_those_of_heemskerk() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/geo/ijmond_buurt_2025.geojson");
    let Ok(text) = std::fs::read_to_string(path) else {
        eprintln!("skipped: ../shared/data/geo/ijmond_buurt_2025.geojson is absent");
        return;
    };
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    let mut official: BTreeMap<String, (String, Vec<(f64, f64)>)> = BTreeMap::new();
    for feature in json["features"].as_array().unwrap() {
        if feature["properties"]["gemeentecode"] == "GM0396" {
            let ring = &feature["geometry"]["coordinates"][0];
            let ring = if ring[0][0].is_array() { &ring[0] } else { ring };
            let ring =
                ring.as_array().unwrap().iter().map(|p| (p[0].as_f64().unwrap(), p[1].as_f64().unwrap())).collect();
            let text = |key: &str| feature["properties"][key].as_str().unwrap().to_owned();
            official.insert(text("buurtcode"), (text("buurtnaam"), ring));
        }
    }
    let setting = Setting::heemskerk(date(2024, 1, 1), date(2025, 1, 1));
    assert_eq!(official.len(), setting.neighbourhoods.len());
    for hood in &setting.neighbourhoods {
        let (name, ring) = &official[&hood.code];
        assert_eq!(*name, hood.name);
        assert!(inside(ring, (hood.lon, hood.lat)), "{name}");
    }
    for place in &setting.hot_places {
        let hood = &setting.neighbourhoods[place.hood];
        assert!(inside(&official[&hood.code].1, (place.lon, place.lat)), "{} in {}", place.name, hood.name);
    }
    let points: Vec<_> =
        signals(&setting).into_iter().filter(|s| !s.words.is_empty()).filter_map(|s| s.lon.zip(s.lat)).collect();
    let within = points.iter().filter(|p| official.values().any(|(_, ring)| inside(ring, **p))).count();
    assert!(within * 100 > points.len() * 97, "{within} of {} points lie in the municipality", points.len());
}
