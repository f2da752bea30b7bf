use super::*;
use crate::boundary::KeyFigure;
use kit::{Municipality, args};
use std::path::PathBuf;

fn app(db: testkit::MainDb) -> Shared {
    testkit::app(db, |m: &mut Municipality| {
        let atlas = Atlas::new(&m.file);
        m.put(atlas);
    })
}

fn config(path: &str) -> PathBuf {
    testkit::root().join("config").join(path)
}

fn write(name: &str, text: &str) -> PathBuf {
    let path = testkit::folder().join(name);
    std::fs::write(&path, text).unwrap();
    path
}

/// Everything that an import writes of areas, as text.
async fn state(app: &Shared) -> String {
    let mut tx = app.main.read().await.unwrap();
    type Row = (String, i64, String, String, Option<String>, f64, String);
    let areas: Vec<Row> = tx
        .all("select municipality, year, code, level, parent, lon, outline from area order by 1, 2, 3", args![])
        .await
        .unwrap();
    let figures: Vec<(String, i64, String, String, String, Option<f64>)> = tx
        .all("select municipality, year, code, key, status, value from key_figure order by 1, 2, 3, 4", args![])
        .await
        .unwrap();
    format!("{areas:?}{figures:?}")
}

testkit::db_test! {
    async fn the_sketch_of_heemskerk_loads_and_loads_again(db) {
        let app = app(db);
        let path = config("heemskerk/areas.geojson");
        let first = run(&app, "GM0396", &path, 2025, Options::default()).await.unwrap();
        assert_eq!(first.areas, BTreeMap::from([("municipality", 1), ("district", 11), ("neighbourhood", 38)]));
        assert_eq!(first.figures, BTreeMap::from([("estimate", 50)]));
        assert!(first.to_string().contains("38 neighbourhood"), "{first}");
        let before = state(&app).await;
        assert_eq!(seed(&app, "GM0396", &path, 2025).await.unwrap(), first);
        assert_eq!(state(&app).await, before, "the same file twice gives the same state");

        let sheet = app.home().unwrap().get::<Atlas>().sheet();
        assert_eq!(sheet.neighbourhoods().count(), 38, "the atlas was read again");
        let mut tx = app.main.read().await.unwrap();
        let (entries,): (i64,) = tx
            .one("select count(*) from audit_entry where municipality = $1 and action = 'area:import'", args!["GM0396"])
            .await
            .unwrap();
        let (jobs,): (i64,) =
            tx.one("select count(*) from job where name = $1", args![RELOAD_JOB]).await.unwrap();
        assert_eq!((entries, jobs), (2, 1), "one entry a file, one reload waits");
    }

    async fn levels_and_years_stand_beside_each_other(db) {
        let app = app(db);
        let feature = |properties: &str| format!(r#"{{"type":"Feature","properties":{{{properties}}},"geometry":
            {{"type":"Polygon","coordinates":[[[4.6,52.5],[4.65,52.5],[4.65,52.52],[4.6,52.5]]]}}}}"#);
        let file = |features: &[String]| format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(","));
        let district = write("wijk.geojson", &file(&[feature(r#""wijkcode":"WK039601","wijknaam":"A""#)]));
        let first = write("buurt.geojson", &file(&[
            feature(r#""buurtcode":"BU03960100","aant_inw":0,"p_ongehuwd":-99997"#),
            feature(r#""buurtcode":"BU03960101","aant_inw":-99999999,"p_ongehuwd":null,"aant_inw_schatting":50"#),
            feature(r#""buurtcode":"BU04530101","aant_inw":7,"p_ongehuwd":7"#),
        ]));
        let second = write("buurt2.geojson", &file(&[feature(r#""buurtcode":"BU03960100","aant_inw":12"#)]));
        for (path, year) in [(&district, 2020), (&first, 2020), (&second, 2021)] {
            run(&app, "GM0396", path, year, Options::default()).await.unwrap();
        }
        let mut tx = app.main.read().await.unwrap();
        let rows: Vec<(i64, String, String, String, Option<f64>)> = tx
            .all("select year, code, key, status, value from key_figure where municipality = $1 order by 1, 2, 3", args!["GM0396"])
            .await
            .unwrap();
        let expected = [
            (2020, "BU03960100", "aantal_inwoners", "value", Some(0.0)),
            (2020, "BU03960100", "percentage_ongehuwd", "suppressed", None),
            (2020, "BU03960101", "aantal_inwoners", "estimate", Some(50.0)),
            (2020, "BU03960101", "percentage_ongehuwd", "missing", None),
            (2021, "BU03960100", "aantal_inwoners", "value", Some(12.0)),
        ];
        let rows: Vec<_> = rows.iter().map(|r| (r.0, r.1.as_str(), r.2.as_str(), r.3.as_str(), r.4)).collect();
        assert_eq!(rows, expected);
        let codes: Vec<(i64, String)> =
            tx.all("select year, code from area where municipality = $1 order by 1, 2", args!["GM0396"]).await.unwrap();
        assert_eq!(codes.len(), 4, "the district stays, the neighbour's area is left out: {codes:?}");
    }

    async fn nothing_changes_when_the_file_is_wrong(db) {
        let app = app(db);
        let good = config("heemskerk/areas.geojson");
        seed(&app, "GM0396", &good, 2025).await.unwrap();
        let before = state(&app).await;
        let text = std::fs::read_to_string(&good).unwrap();
        let all = Options { all: true, ..Options::default() };
        let cases = [
            (write("cut.geojson", &text[..text.len() / 2]), "GM0396", 2025, Options::default(), "again"),
            (write("none.geojson", ""), "GM0396", 2025, Options::default(), "again"),
            (write("text.geojson", "code;name\n"), "GM0396", 2025, Options::default(), "GeoJSON or GeoPackage"),
            (PathBuf::from("/nowhere/x.geojson"), "GM0396", 2025, Options::default(), "Check the path"),
            (good.clone(), "GM0396", 25, Options::default(), "1990"),
            (good.clone(), "GM9999", 2025, Options::default(), "regie.toml"),
            (good.clone(), "GM0396", 2025, all, "Leave out"),
            (good.clone(), "US-STL", 2025, Options::default(), "right file"),
            (good.clone(), "US-STL", 2025, all, "bounds"),
        ];
        for (path, municipality, year, options, hint) in cases {
            let error = run(&app, municipality, &path, year, options).await.unwrap_err().to_string();
            assert!(error.contains(hint), "{error}");
        }
        assert_eq!(state(&app).await, before);
    }

    async fn the_job_reads_the_areas_again(db) {
        let here = app(db.clone());
        seed(&here, "US-STL", &config("stlouis/areas.geojson"), 2018).await.unwrap();
        // another process on the same database
        let server = app(db);
        let sheet = || server.municipality("US-STL").unwrap().get::<Atlas>().sheet();
        assert_eq!(sheet().areas.len(), 0);
        let mut registry = jobs::Registry::default();
        registry.add(RELOAD_JOB, reload);
        assert_eq!(registry.run_due(&server.main, &server.clock, &server).await.unwrap(), 1);
        assert_eq!(sheet().areas.len(), 21);
        assert_eq!(sheet().neighbourhood(-90.32, 38.77), Some("STL-01"));
    }
}

#[tokio::test]
async fn the_official_files_of_the_region_load() {
    let files = ["ijmond_gemeente_2025", "ijmond_wijk_2025", "ijmond_buurt_2025", "ijmond_buurt_2025_rd"];
    let found: Vec<PathBuf> = files.iter().filter_map(|f| testkit::shared(&format!("data/geo/{f}.geojson"))).collect();
    if found.len() < files.len() {
        return;
    }
    let app = app(testkit::sqlite().await);
    let mut counts = Vec::new();
    for path in &found {
        let report = run(&app, "GM0396", path, 2025, Options::default()).await.unwrap();
        counts.push(report.areas.into_iter().collect::<Vec<_>>());
    }
    assert_eq!(
        counts,
        [vec![("municipality", 1)], vec![("district", 11)], vec![("neighbourhood", 38)], vec![("neighbourhood", 38)]]
    );
    assert_eq!(app.home().unwrap().get::<Atlas>().sheet().areas.len(), 50);
}

#[test]
fn a_published_figure_goes_before_an_estimate() {
    let area = |figures: &[(Figure, bool)]| AreaRecord {
        code: "BU03960100".into(),
        name: "x".into(),
        level: Level::Neighbourhood,
        parent: None,
        municipality: "GM0396".into(),
        geometry: geo::MultiPolygon::new(vec![]),
        surface_m2: None,
        centre: (4.6, 52.5),
        figures: figures
            .iter()
            .map(|(value, estimate)| KeyFigure { key: "k".into(), value: *value, estimate: *estimate })
            .collect(),
    };
    for (given, status, value) in [
        (&[(Figure::Value(0.0), false), (Figure::Value(9.0), true)][..], "value", Some(0.0)),
        (&[(Figure::Missing, false), (Figure::Value(9.0), true)], "estimate", Some(9.0)),
        (&[(Figure::Suppressed, false), (Figure::Missing, true)], "suppressed", None),
        (&[(Figure::Missing, true)], "missing", None),
    ] {
        assert_eq!(super::figures(&area(given)).get("k"), Some(&(status, value)), "{given:?}");
    }
}
