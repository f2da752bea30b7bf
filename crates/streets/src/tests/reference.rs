//! Travel times of others on real networks: 500 pairs in Liechtenstein (an independent Dijkstra), and the national road
//! file of Wageningen.

use super::*;
use flate2::read::GzDecoder;
use std::collections::HashMap;

/// Longitude and latitude of each junction by its number.
type Places = HashMap<String, (f64, f64)>;

/// The network of the reference, by way of OpenStreetMap XML, with the speeds that it counts with.
fn liechtenstein() -> Option<(Streets, Places)> {
    let roads = testkit::shared("data/wegennet/liechtenstein_wegvakken.csv.gz")?;
    let profile = std::fs::read(testkit::shared("data/wegennet/snelheidsprofiel.json")?).unwrap();
    let profile: serde_json::Value = serde_json::from_slice(&profile).unwrap();
    let mut config = config();
    for (kind, kmh) in profile["snelheid_kmh"].as_object().unwrap() {
        config.car_kmh.insert(kind.parse().unwrap(), kmh.as_f64().unwrap());
    }
    let mut reader = csv::Reader::from_reader(GzDecoder::new(std::fs::File::open(roads).unwrap()));
    let mut places = HashMap::new();
    let (mut nodes, mut ways) = (String::new(), String::new());
    let mut next = 1_i64;
    for row in reader.records() {
        let row = row.unwrap();
        let line: Vec<&str> = row[8].split(';').collect();
        let mut refs = String::new();
        for (n, at) in line.iter().enumerate() {
            let (lon, lat) = at.split_once(' ').unwrap();
            let id = match n {
                0 => row[1].to_owned(),
                n if n == line.len() - 1 => row[2].to_owned(),
                _ => {
                    next += 1;
                    format!("-{next}")
                }
            };
            nodes.push_str(&format!(r#"<node id="{id}" lon="{lon}" lat="{lat}"/>"#));
            refs.push_str(&format!(r#"<nd ref="{id}"/>"#));
            places.insert(id, (lon.parse().unwrap(), lat.parse().unwrap()));
        }
        // the reference takes every road for cars, its direction as given and no speed limits
        let one_way = ["no", "yes", "-1"][row[5].parse::<i8>().unwrap().rem_euclid(3) as usize];
        ways.push_str(&format!(
            r#"<way id="{}">{refs}<tag k="highway" v="{}"/><tag k="motorcar" v="yes"/><tag k="oneway" v="{one_way}"/></way>"#,
            &row[0], &row[4]
        ));
    }
    let extract = read(&file("liechtenstein.osm", format!("<osm>{nodes}{ways}</osm>").as_bytes())).unwrap();
    Some((Streets::new(assemble(&extract, |_, _| true).0, &config), places))
}

#[test]
fn times_by_car_agree_with_the_reference() {
    let Some((streets, places)) = liechtenstein() else { return };
    let pairs = testkit::shared("data/wegennet/referentie_od_dev.csv").unwrap();
    let mut errors: Vec<(f64, f64)> = Vec::new();
    for row in csv::Reader::from_path(pairs).unwrap().records() {
        let row = row.unwrap();
        let reference: f64 = row[2].parse().unwrap();
        let times = table(Some(&streets), Mode::Car, PACE, &[places[&row[0]], places[&row[1]]]);
        let error = (f64::from(times.get(0, 1)) - reference).abs();
        errors.push((error, error / reference.max(1.0)));
    }
    let mean = errors.iter().map(|e| e.1).sum::<f64>() / errors.len() as f64;
    let seconds = errors.iter().map(|e| e.0).sum::<f64>() / errors.len() as f64;
    let worst = errors.iter().map(|e| e.0).fold(0.0, f64::max);
    eprintln!("{} pairs: mean error {seconds:.2} s ({:.3} %), worst {worst:.2} s", errors.len(), mean * 100.0);
    assert!(errors.len() == 500, "{}", errors.len());
    assert!(mean < 0.002 && worst < 0.6);
}

#[test]
fn the_national_road_file_is_read() {
    let Some(path) = testkit::shared("data/wegennet/nwb_wageningen_247.geojson") else { return };
    let extract = read(&path).unwrap();
    assert_eq!((extract.origin, extract.ways.len()), (Origin::Nwb, 247));
    let (network, tally) = assemble(&extract, |_, _| true);
    let streets = Streets::new(network, &config());
    eprintln!(
        "{tally:?}; on foot {:?} km, by car {:?} km",
        streets.kilometres(Mode::Foot),
        streets.kilometres(Mode::Car)
    );
    assert!(streets.kilometres(Mode::Foot).0 > 10.0 && streets.kilometres(Mode::Car).0 > 5.0);
    let all: Vec<(f64, f64)> = extract.nodes.values().map(|p| crate::geometry::degrees(*p)).collect();
    let times = table(Some(&streets), Mode::Foot, PACE, &all[..20]);
    assert!(times.seconds.iter().all(|s| (0..7200).contains(s)));
}
