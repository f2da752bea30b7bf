#![allow(clippy::unwrap_used, clippy::panic, reason = "test code")]

use super::*;
use crate::config::{Dataset, FiguresConfig};
use areas::Sheet;
use std::io::Write as _;

fn dataset() -> Dataset {
    let file: FiguresConfig =
        toml::from_str(&std::fs::read_to_string(testkit::root().join("config/heemskerk/figures.toml")).unwrap())
            .unwrap();
    file.datasets.into_iter().find(|d| d.id == "accidents").unwrap()
}

fn run(bytes: &[u8], sheet: &Sheet, stated: Option<Period>) -> Result<Parsed, Stop> {
    let dataset = dataset();
    let around = Around {
        dataset: &dataset,
        municipality: "GM0396",
        sheet,
        today: jiff::civil::date(2024, 6, 3),
        stated,
        most_bytes: 50_000_000,
    };
    crate::source::read(Raw { bytes, name: "bron" }, &around)
}

fn sheet() -> Sheet {
    let path = testkit::root().join("config/heemskerk/areas.geojson");
    let file = areas::boundary::read_file(&path, &areas::ReadOptions::default()).unwrap();
    let (areas, shapes) = file
        .areas
        .into_iter()
        .map(|a| {
            let shape = areas::Shape { code: a.code.clone(), level: a.level, geometry: a.geometry };
            let (code, name, level, parent, centre) = (a.code, a.name, a.level, a.parent, a.centre);
            (areas::Area { code, name, level, parent, centre, inhabitants: None }, shape)
        })
        .unzip();
    Sheet::new(areas, shapes)
}

fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

const ACCIDENTS: &str = "VKL_NUMMER,JAAR_VKL,AP3_CODE,DATUM_VKL,FK_VELD5\n\
    1,2022,DOD,,P1\n2,2022,UMS,,P1\n3,2022,UMS,,P1\n4,2023,LET,,P2\n5,2023,LET,,P3\n6,2023,XXX,,P1\n7,,LET,,P1\n8,2023,LET,,P9\n";
// Heemskerk town hall, a point in its east, Amsterdam; RD metres
const POINTS: &str =
    "FK_VELD5,FK_VELD5_TYPE,X_COORD,Y_COORD\nP1,V,106000,502700\nP2,V,107200,502500\nP3,V,121700,487600\n";

#[test]
fn the_archive_is_joined_and_counted_by_neighbourhood() {
    let bytes = archive(&[
        ("BRON/Ongevallengegevens/ongevallen.txt", ACCIDENTS),
        ("BRON/Netwerkgegevens/puntlocaties.txt", POINTS),
    ]);
    let parsed = run(&bytes, &sheet(), None).unwrap();
    assert_eq!(parsed.rows, 8);
    assert_eq!(parsed.refused.iter().map(|r| r.row).collect::<Vec<_>>(), [7, 8, 9], "code, year, point");
    assert!(parsed.notes.iter().any(|n| n.key == "accidents-note-elsewhere" && n.values["n"] == "1"));
    let of = |area: &str, code: &str| -> f64 {
        let fits = |o: &&Observation| o.key.area == area && o.key.category == code;
        parsed
            .observations
            .iter()
            .filter(fits)
            .map(|o| if let Figure::Value(n) = o.figure { n } else { panic!() })
            .sum()
    };
    assert_eq!([of("GM0396", "DOD"), of("GM0396", "UMS"), of("GM0396", "LET")], [1.0, 2.0, 1.0]);
    let below: f64 = parsed.observations.iter().filter(|o| o.key.area.starts_with("BU")).count() as f64;
    assert_eq!(below, 3.0, "two kinds at one place, one at another");
}

#[test]
fn a_bad_file_is_stopped_with_the_reason() {
    let cut = archive(&[("ongevallen.txt", ACCIDENTS), ("puntlocaties.txt", POINTS)]);
    for (what, bytes, key) in [
        ("no points", archive(&[("ongevallen.txt", ACCIDENTS)]), "accidents-stop-part"),
        ("no accidents", archive(&[("puntlocaties.txt", POINTS)]), "accidents-stop-part"),
        ("cut off", cut[..cut.len() / 2].to_vec(), "figures-stop-cut-short"),
        ("column renamed", b"jaar,ernst,lon,lat\n2022,LET,4.66,52.51\n".to_vec(), "accidents-stop-column"),
        ("no year at all", b"afloop,lon,lat\nLET,4.66,52.51\n".to_vec(), "accidents-stop-year"),
        ("a page", b"<html><title>x</title></html>".to_vec(), "figures-stop-html-title"),
    ] {
        assert_eq!(run(&bytes, &sheet(), None).unwrap_err().key, key, "{what}");
    }
    let stated = run(b"afloop,lon,lat\nLET,4.66,52.51\n", &sheet(), Period::year(2021)).unwrap();
    assert_eq!(stated.observations[0].key.period.code(), "2021", "whoever imports it may state the year");
}

#[test]
fn the_real_points_are_all_counted() {
    let Some(file) = testkit::shared("data/verkeersongevallen/bron_prov_utrecht_2015_2017.csv") else { return };
    let bytes = std::fs::read(file).unwrap();
    // without neighbourhoods every row counts for the municipality
    let parsed = run(&bytes, &Sheet::new(vec![], vec![]), None).unwrap();
    let total: f64 =
        parsed.observations.iter().map(|o| if let Figure::Value(n) = o.figure { n } else { panic!() }).sum();
    assert_eq!((parsed.rows, parsed.refused.len(), total), (11_170, 0, 11_170.0));
    let parsed = run(&bytes, &sheet(), None).unwrap();
    assert!(parsed.observations.is_empty(), "none of them lies in Heemskerk");
}
