use super::*;
use crate::index::{AreaIndex, Shape};
use geo::{Contains as _, Point};
use std::path::PathBuf;

/// A path from the root of the repository.
fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}

/// A file of the shared test data, or nothing, said aloud.
fn shared(path: &str) -> Option<AreaFile> {
    let path = root("../shared/data").join(path);
    if !path.exists() {
        eprintln!("skipped: {} is absent", path.display());
        return None;
    }
    Some(read_file(&path, &ReadOptions::default()).unwrap())
}

fn config(path: &str) -> AreaFile {
    read_file(&root("config").join(path), &ReadOptions::default()).unwrap()
}

fn count(file: &AreaFile, level: Level) -> usize {
    file.areas.iter().filter(|area| area.level == level).count()
}

fn index(file: &AreaFile) -> AreaIndex {
    AreaIndex::new(file.areas.iter().map(Shape::from).collect())
}

/// Sum of the measured surfaces of a level, square metres.
fn surface(file: &AreaFile, level: Level, plane: &Plane) -> f64 {
    file.areas.iter().filter(|a| a.level == level).map(|a| a.measured_m2(plane).unwrap()).sum()
}

#[test]
fn rd_and_wgs84_files_of_the_same_areas_agree() {
    let (Some(degrees), Some(metres)) =
        (shared("geo/ijmond_buurt_2025.geojson"), shared("geo/ijmond_buurt_2025_rd.geojson"))
    else {
        return;
    };
    assert_eq!((degrees.crs, metres.crs), (Crs::Wgs84, Crs::Rd));
    assert_eq!((degrees.areas.len(), metres.areas.len()), (137, 137));
    let mut largest: f64 = 0.0;
    for (a, b) in degrees.areas.iter().zip(&metres.areas) {
        assert_eq!((&a.code, &a.name, &a.parent), (&b.code, &b.name, &b.parent));
        for (ring_a, ring_b) in rings(&a.geometry).zip(rings(&b.geometry)) {
            assert_eq!(ring_a.len(), ring_b.len(), "{}", a.code);
            for (p, q) in ring_a.iter().zip(ring_b) {
                let (px, py) = Plane::Rd.to_xy(p.x, p.y).unwrap();
                let (qx, qy) = Plane::Rd.to_xy(q.x, q.y).unwrap();
                largest = largest.max((px - qx).hypot(py - qy));
            }
        }
        let (stated, measured) = (a.surface_m2.unwrap(), b.measured_m2(&Plane::Rd).unwrap());
        assert!((stated - measured).abs() < 2.0, "{}: {stated} {measured}", a.code);
    }
    assert!(largest < 0.5, "largest difference {largest} m");
    eprintln!("largest difference {largest:.3} m");
}

#[test]
fn every_centre_lies_in_its_own_area() {
    for file in [shared("geo/ijmond_buurt_2025.geojson"), shared("groningen/buurt_2017_kerncijfers.geojson")]
        .into_iter()
        .flatten()
    {
        let index = index(&file);
        for area in &file.areas {
            let (lon, lat) = area.centre;
            assert_eq!(index.locate(lon, lat).map(|s| &s.code), Some(&area.code));
            // Another road to the same answer.
            assert!(area.geometry.contains(&Point::new(lon, lat)), "{}", area.code);
        }
    }
}

#[test]
fn one_municipality_out_of_a_larger_file() {
    let path = root("../shared/data/geo/ijmond_buurt_2025.geojson");
    if shared("geo/ijmond_buurt_2025.geojson").is_none() {
        return;
    }
    let only = |code: &str| ReadOptions { municipality: Some(code.to_owned()), ..ReadOptions::default() };
    let file = read_file(&path, &only("GM0396")).unwrap();
    assert_eq!(file.areas.len(), 38);
    assert!(file.areas.iter().all(|area| area.municipality == "GM0396"));
    assert_eq!(read_file(&path, &only("GM0363")).unwrap_err().kind(), "none-of-municipality");
}

#[test]
fn suppressed_missing_and_zero_stay_apart_in_real_figures() {
    let Some(file) = shared("groningen/buurt_2017_kerncijfers.geojson") else {
        return;
    };
    assert_eq!(file.areas.len(), 108);
    let figures = |key: &str| -> Vec<Figure> {
        let all = file.areas.iter().flat_map(|area| &area.figures);
        all.filter(|figure| figure.key == key).map(|figure| figure.value).collect()
    };
    let tally = |key: &str, wanted: Figure| figures(key).iter().filter(|f| **f == wanted).count();
    // Counted in the file itself.
    for (key, zeros, unspecified) in [
        ("aantal_inwoners", 6, 0),
        ("mannen", 9, 0),
        ("bevolkingsdichtheid_inwoners_per_km2", 0, 14),
        ("gemiddelde_huishoudsgrootte", 0, 3),
        ("percentage_personen_0_tot_15_jaar", 1, 24),
    ] {
        assert_eq!(figures(key).len(), 108, "{key}");
        assert_eq!(tally(key, Figure::Value(0.0)), zeros, "{key}");
        assert_eq!(tally(key, Figure::Unspecified), unspecified, "{key}");
    }
    let numbers = file.areas.iter().flat_map(|area| &area.figures).filter_map(|f| f.value.number());
    assert!(numbers.fold(0.0, f64::min) >= 0.0, "a code became a number");
    assert!(file.left_out.iter().any(|column| column == "P_MAROKKO"), "{:?}", file.left_out);
    let keys = file.areas.iter().flat_map(|area| &area.figures);
    assert!(keys.into_iter().all(|f| !f.key.contains("turk") && !f.key.contains("west")));
}

#[test]
fn heemskerk_sketch_is_whole() {
    let file = config("heemskerk/areas.geojson");
    let levels = [Level::Municipality, Level::District, Level::Neighbourhood];
    assert_eq!(levels.map(|level| count(&file, level)), [1, 11, 38]);
    for area in &file.areas {
        assert_eq!(area.municipality, "GM0396");
        let known = |code: &String| file.areas.iter().any(|other| other.code == *code);
        assert!(area.parent.as_ref().is_none_or(known), "{}", area.code);
        let figure = area.figures.iter().find(|f| f.key == "aantal_inwoners").unwrap();
        assert!(figure.estimate && figure.value.number().unwrap() % 50.0 == 0.0, "{}", area.code);
    }
    // No gaps and no overlaps: each level has the same surface, about 28 square kilometres.
    let surfaces = levels.map(|level| surface(&file, level, &Plane::Rd));
    assert!((surfaces[0] - surfaces[1]).abs() < 1.0 && (surfaces[0] - surfaces[2]).abs() < 1.0);
    assert!((27.0e6..29.0e6).contains(&surfaces[0]), "{surfaces:?}");
    // Every point of a raster lies in one neighbourhood, in its district, and in the municipality; or in none.
    let index = index(&file);
    let mut inside = 0;
    for (i, j) in (0..150).flat_map(|i| (0..150).map(move |j| (i, j))) {
        let (lon, lat) = (4.58 + f64::from(i) * 0.001, 52.48 + f64::from(j) * 0.0004);
        let found = levels.map(|level| index.locate_at(lon, lat, level).map(|s| s.code.as_str()));
        match found {
            [None, None, None] => {}
            [Some("GM0396"), Some(district), Some(neighbourhood)] => {
                inside += 1;
                assert_eq!(district[2..8], neighbourhood[2..8]);
            }
            other => panic!("{lon} {lat}: {other:?}"),
        }
    }
    assert!(inside > 5_000, "{inside}");
}

#[test]
fn the_sketch_knows_the_official_neighbourhoods() {
    let Some(official) = shared("geo/ijmond_buurt_2025.geojson") else {
        return;
    };
    let sketch = config("heemskerk/areas.geojson");
    let names = |file: &AreaFile| -> Vec<(String, String)> {
        let buurten = file.areas.iter().filter(|a| a.level == Level::Neighbourhood);
        buurten.filter(|a| a.municipality == "GM0396").map(|a| (a.code.clone(), a.name.clone())).collect()
    };
    assert_eq!(names(&sketch), names(&official));
}

#[test]
fn st_louis_sketch_is_whole() {
    let file = config("stlouis/areas.geojson");
    let levels = [Level::Municipality, Level::District, Level::Neighbourhood];
    assert_eq!(levels.map(|level| count(&file, level)), [1, 4, 16]);
    let plane = Plane::Equirectangular { lon0: -90.245, lat0: 38.65 };
    let surfaces = levels.map(|level| surface(&file, level, &plane));
    assert!((surfaces[0] - surfaces[1]).abs() < 1.0 && (surfaces[0] - surfaces[2]).abs() < 1.0);
    let index = index(&file);
    let city_hall = index.locate(-90.1993, 38.6270).unwrap();
    assert_eq!((city_hall.code.as_str(), city_hall.level), ("STL-12", Level::Neighbourhood));
    let sector = file.areas.iter().find(|a| a.code == "STL-12").unwrap();
    assert_eq!((sector.parent.as_deref(), sector.municipality.as_str()), (Some("STL-SE"), "US-STL"));
}

/// A square of a thousandth of a degree in Heemskerk as a feature with these properties.
fn feature(properties: &str) -> String {
    format!(
        r#"{{"type":"Feature","properties":{properties},"geometry":{{"type":"Polygon","coordinates":
        [[[4.66,52.51],[4.661,52.51],[4.661,52.511],[4.66,52.511],[4.66,52.51]]]}}}}"#
    )
}

fn collection(crs: &str, features: &[String]) -> String {
    format!(r#"{{"type":"FeatureCollection",{crs}"features":[{}]}}"#, features.join(","))
}

#[test]
fn broken_files_are_refused_with_the_cause() {
    let good = feature(r#"{"buurtcode":"BU03960100","buurtnaam":"Centrum"}"#);
    let crs = |name: &str| format!(r#""crs":{{"type":"name","properties":{{"name":"{name}"}}}},"#);
    let cut = collection("", std::slice::from_ref(&good));
    let swapped = good.replace("4.66", "52.6").replace("52.51", "4.6");
    let point = r#"{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[4.6,52.5]}}"#;
    let open = good.replace(",[4.66,52.51]]", "]");
    let flat = good.replace("52.511", "52.51");
    let far = good.replace("4.66", "400000.0").replace("52.51", "900000.0");
    // (what, content, kind of error, words in the message)
    let table = [
        ("cut off", cut[..cut.len() - 9].to_owned(), "truncated", "line 2, column"),
        ("empty", String::new(), "truncated", "line 1"),
        ("CSV", "buurtcode,buurtnaam\nBU03960100,Centrum\n".into(), "not-json", "line 1, column 1"),
        ("comma missing", "{\n\"type\": \"FeatureCollection\"\n\"features\": []}".into(), "not-json", "line 3"),
        ("other JSON", r#"{"a":1}"#.into(), "not-geojson", "missing field"),
        ("no features", collection("", &[]), "no-polygon", "no polygons"),
        ("only points", collection("", &[point.into()]), "no-polygon", "no polygons"),
        ("a point too", collection("", &[good.clone(), point.into()]), "bad-outline", "feature 2"),
        ("open ring", collection("", &[open]), "bad-outline", "not closed"),
        ("no surface", collection("", &[flat]), "bad-outline", "no surface"),
        ("no code column", collection("", &[feature(r#"{"gebied":"x","n":3}"#)]), "no-code-column", "gebied, n"),
        ("bad code", collection("", &[feature(r#"{"buurtcode":"BU1"}"#)]), "bad-code", "`BU1`"),
        ("doubled code", collection("", &[good.clone(), good.clone()]), "duplicate-codes", "BU03960100"),
        ("unknown system", collection(&crs("EPSG:31370"), std::slice::from_ref(&good)), "unknown-crs", "EPSG:31370"),
        ("unstated system", collection("", &[far]), "unknown-crs", "400000"),
        (
            "wrong system",
            collection(&crs("urn:ogc:def:crs:EPSG::28992"), std::slice::from_ref(&good)),
            "coordinate-outside-crs",
            "Rd",
        ),
        ("latitude first", collection("", &[swapped]), "outside-netherlands", "BU03960100"),
    ];
    for (what, content, kind, words) in table {
        let error = read_geojson(content.as_bytes(), &ReadOptions::default()).expect_err(what);
        assert_eq!(error.kind(), kind, "{what}: {error}");
        assert!(error.to_string().contains(words), "{what}: {error}");
    }
    for length in 1..cut.len() {
        let error = read_geojson(&cut.as_bytes()[..length], &ReadOptions::default()).unwrap_err();
        assert_eq!(error.kind(), "truncated", "cut at {length}: {error}");
    }
    let small = ReadOptions { max_bytes: 10, ..ReadOptions::default() };
    assert_eq!(read_geojson(cut.as_bytes(), &small).unwrap_err().kind(), "too-big");
    assert_eq!(read_file(&root("no/such.file"), &small).unwrap_err().kind(), "unreadable");
    assert_eq!(read_file(&root("Cargo.toml"), &small).unwrap_err().kind(), "too-big");
}

#[test]
fn stated_or_given_systems_and_a_byte_order_mark_are_taken() {
    let good = feature(r#"{"BU_CODE":"BU03960100"}"#);
    for name in ["urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326", "http://www.opengis.net/def/crs/EPSG/0/4258"] {
        let crs = format!(r#""crs":{{"type":"name","properties":{{"name":"{name}"}}}},"#);
        let text = format!("\u{feff}{}", collection(&crs, std::slice::from_ref(&good)));
        assert_eq!(read_geojson(text.as_bytes(), &ReadOptions::default()).unwrap().crs, Crs::Wgs84);
    }
    let wrong = collection(r#""crs":{"type":"name","properties":{"name":"local"}},"#, &[good]);
    let given = ReadOptions { crs: Some(Crs::Wgs84), ..ReadOptions::default() };
    // What the user gives decides, also over a name that nobody knows.
    assert_eq!(read_geojson(wrong.as_bytes(), &given).unwrap().crs, Crs::Wgs84);
    let rd = ReadOptions { crs: Some(Crs::Rd), ..ReadOptions::default() };
    assert_eq!(read_geojson(wrong.as_bytes(), &rd).unwrap_err().kind(), "coordinate-outside-crs");
}

#[test]
fn the_water_of_a_municipality_is_not_a_double() {
    let land = feature(r#"{"GM_CODE":"GM0396","GM_NAAM":"Heemskerk","H2O":"NEE","AANT_INW":39000}"#);
    let water = feature(r#"{"GM_CODE":"GM0396","GM_NAAM":"Heemskerk","H2O":"JA","AANT_INW":-99999999}"#);
    for order in [[land.clone(), water.clone()], [water, land]] {
        let file = read_geojson(collection("", &order).as_bytes(), &ReadOptions::default()).unwrap();
        assert_eq!(file.areas.len(), 1);
        assert_eq!(file.areas[0].figures[0].value, Figure::Value(39000.0));
    }
}

/// `cargo test -p areas --release -- --ignored --nocapture speed`
#[test]
#[ignore = "measures time: only meaningful in a release build on a quiet machine"]
fn speed() {
    let time = |what: &str, limit: f64, work: &dyn Fn(f64) -> bool| {
        let start = std::time::Instant::now();
        let hits = (0..1_000_000).filter(|i| work(f64::from(*i) / 1_000_000.0)).count();
        let seconds = start.elapsed().as_secs_f64();
        eprintln!("{what}: 1,000,000 in {seconds:.3} s ({hits} hits)");
        assert!(seconds < limit, "{what} took {seconds} s");
    };
    // Points on a dense zigzag through the extent.
    let zigzag = |t: f64| (t, (t * 997.0).fract());
    time("to RD", 1.0, &|t| {
        let (a, b) = zigzag(t);
        Plane::Rd.cell(4.58 + a * 0.15, 52.48 + b * 0.06).is_some()
    });
    time("from RD", 2.0, &|t| {
        let (a, b) = zigzag(t);
        Plane::Rd.to_lonlat(100_000.0 + a * 10_000.0, 500_000.0 + b * 5_000.0).is_some()
    });
    let sketch = index(&config("heemskerk/areas.geojson"));
    time("locate in the sketch", 1.5, &|t| {
        let (a, b) = zigzag(t);
        sketch.locate(4.58 + a * 0.15, 52.48 + b * 0.06).is_some()
    });
    time("nearest in the sketch", 5.0, &|t| {
        let (a, b) = zigzag(t);
        sketch.nearest(4.58 + a * 0.15, 52.48 + b * 0.06, Level::Neighbourhood).is_some()
    });
    if let Some(file) = shared("groningen/buurt_2017_kerncijfers.geojson") {
        let real = index(&file);
        time("locate in a real city, 108 areas", 1.5, &|t| {
            let (a, b) = zigzag(t);
            real.locate(6.45 + a * 0.25, 53.17 + b * 0.1).is_some()
        });
    }
}
