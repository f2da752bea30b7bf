use super::*;
use crate::model::{Source, State};
use kit::args;
use std::fmt::Write as _;

mod broken;
mod large;

/// A mapping of a small Dutch file.
const DUTCH: &str = r#"
municipality = "GM0396"
source = "partner"
origin = "boei"
[columns]
id = "nr"
time = "tijd"
x = "x"
y = "y"
category = "soort"
[time]
format = "iso"
zone = "Europe/Amsterdam"
[categories]
afval = "litter"
hond = "dog-mess"
"#;

fn parse(text: &str) -> Mapping {
    toml::from_str(text).unwrap()
}

/// The program with catalogues and areas of both municipalities.
async fn program(db: testkit::MainDb) -> Shared {
    let app = testkit::app(db, |m| {
        let priorities = priorities(&m.folder.join("categories.toml"));
        m.put(Catalogue::read(&m.folder, priorities).unwrap());
        m.put(Atlas::new(&m.file));
    });
    for (code, folder, year) in [("GM0396", "heemskerk", 2025), ("US-STL", "stlouis", 2018)] {
        let path = testkit::root().join("config").join(folder).join("areas.geojson");
        areas::import::seed(&app, code, &path, year).await.unwrap();
    }
    app
}

/// The priorities that a catalogue names; the plan's own check is not at stake here.
fn priorities(path: &Path) -> Vec<(String, kit::Text)> {
    let file: toml::Table = toml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let categories = file["category"].as_array().unwrap();
    categories.iter().map(|c| (c["priority"].as_str().unwrap().to_owned(), kit::Text::default())).collect()
}

/// A file with `content` in a folder of its own.
fn file(name: &str, content: &[u8]) -> PathBuf {
    let path = testkit::folder().join(name);
    std::fs::write(&path, content).unwrap();
    path
}

async fn import(app: &Shared, mapping: &Mapping, path: &Path) -> (Result<Counts, ImportError>, String) {
    let rejects = path.with_extension("rejects.csv");
    let outcome = run(app, mapping, path, &rejects, &()).await;
    (outcome, std::fs::read(&rejects).map(|b| String::from_utf8_lossy(&b).into_owned()).unwrap_or_default())
}

fn numbers(counts: &Counts) -> (u64, u64, u64, u64) {
    (counts.rows, counts.new, counts.known, counts.rejected)
}

/// Every imported signal as text: what must not change by a second run.
async fn signals(app: &Shared) -> String {
    type Row = (kit::Uuid, String, String, String, Option<String>, i64, i64, i64, Option<i64>);
    let rows: Vec<Row> = app
        .main
        .read()
        .await
        .unwrap()
        .all(
            "select id, source_ref, category, state, area, occurred_at, day, hour, closed_at from signal
             where source_ref is not null order by source_ref",
            args![],
        )
        .await
        .unwrap();
    format!("{rows:?}")
}

testkit::db_test! {
    async fn the_same_file_twice_is_once(db) {
        let app = program(db).await;
        let mut text = String::from("nr,tijd,x,y,soort\n");
        for i in 0..5_000 {
            let _ = writeln!(text, "{i},2024-05-{:02}T{:02}:30:00,4.66{},52.51{},{}",
                1 + i % 28, i % 24, i % 100, i % 90, if i % 3 == 0 { "hond" } else { "afval" });
        }
        text.push_str("5000,2024-05-01T10:00:00,4.66,52.51,onbekend\n");
        text.push_str("7,2024-05-01T10:00:00,4.66,52.51,hond\n");
        let path = file("a.csv", text.as_bytes());
        let (counts, rejects) = import(&app, &parse(DUTCH), &path).await;
        assert_eq!(numbers(&counts.unwrap()), (5_002, 5_000, 1, 1));
        assert_eq!(
            rejects,
            "line,reason,nr,tijd,x,y,soort\n5002,\"category `onbekend` is not in the mapping, which has no default\",\
             5000,2024-05-01T10:00:00,4.66,52.51,onbekend\n"
        );
        let before = signals(&app).await;
        let (counts, _) = import(&app, &parse(DUTCH), &path).await;
        assert_eq!(numbers(&counts.unwrap()), (5_002, 0, 5_001, 1));
        assert_eq!(signals(&app).await, before);

        // Ids do not depend on the run: an empty database gets the same.
        let other = program(testkit::sqlite().await).await;
        import(&other, &parse(DUTCH), &path).await.0.unwrap();
        assert_eq!(signals(&other).await, before);

        let mut tx = app.main.read().await.unwrap();
        let entries: Vec<(String, String, String)> = tx
            .all("select record_id, purpose, detail from audit_entry where action = 'signal:import' order by seq", args![])
            .await
            .unwrap();
        assert_eq!(entries.len(), 2, "one entry for each file");
        assert_eq!((entries[0].0.len(), entries[0].1.as_str()), (64, "import"));
        assert!(entries[0].2.contains("\"new\":5000") && !entries[0].2.contains("onbekend"), "{}", entries[0].2);
        let (pictures,): (i64,) =
            tx.one("select count(*) from job where name = 'picture-refresh' and municipality = 'GM0396'", args![]).await.unwrap();
        assert_eq!(pictures, 1);
    }

    async fn every_field_finds_its_place(db) {
        let app = program(db).await;
        let mapping = parse(r#"
            municipality = "GM0396"
            source = "import"
            origin = "oud"
            [columns]
            id = "nr"
            time = "gemeld"
            category = "soort"
            x = "x"
            y = "y"
            words = "tekst"
            address = "plek"
            area = "buurt"
            closed = "klaar"
            state = "stand"
            [time]
            format = "%d-%m-%Y %H:%M"
            zone = "Europe/Amsterdam"
            [place]
            crs = "rd"
            [categories]
            default = "litter"
            [states]
            Open = "reported"
            Klaar = "done"
            [file]
            delimiter = ";"
            encoding = "windows-1252"
        "#);
        let text = "nr;gemeld;soort;x;y;tekst;plek;buurt;klaar;stand\n\
            1;01-05-2024 10:00;x;106222,474;502799,453;\"Caf\u{e9}; \"\"vol\"\"\nafval\";Dorpsstraat;;02-05-2024 09:00;Klaar\n\
            2;31-03-2024 02:30;x;;;;;BU03960100;;Open\n\
            3;01-05-2024 10:00;x;0;0;;Markt;;;cancelled\n\
            4;01-05-2024 10:00;x;-99997;-99997;;;;;Open\n\
            5;01-05-2024 10:00;x;;;;;BU99999999;;Open\n\
            6;01-05-2024 10:00;x;502799;106222;;;;;Open\n\
            7;01-05-2024 10:00;x;;;;Markt;;30-04-2024 09:00;Klaar\n\
            8;01-05-2024 10:00;x;;;;Markt;;;Kwijt\n";
        let bytes: Vec<u8> = text.chars().map(|c| c as u8).collect(); // every character is Latin-1
        let (counts, rejects) = import(&app, &mapping, &file("oud.csv", &bytes)).await;
        assert_eq!(numbers(&counts.unwrap()), (8, 3, 0, 5), "{rejects}");
        for (line, why) in [
            ("6", "it has no place"), ("7", "there is no area `BU99999999`"), ("8", "are x and y swapped?"),
            ("9", "closed before it was reported"), ("10", "state `Kwijt` is not in the mapping"),
        ] {
            assert!(rejects.lines().any(|l| l.starts_with(&format!("{line};")) && l.contains(why)), "{line} {why}: {rejects}");
        }
        type Row = (String, String, String, Option<f64>, Option<i64>, Option<String>, i64, State, Option<i64>, Source);
        let rows: Vec<Row> = app.main.read().await.unwrap()
            .all("select source_ref, words, address, lon, cell_x, area, hour, state, closed_at, source from signal
                  where municipality = 'GM0396' order by source_ref", args![])
            .await
            .unwrap();
        let [first, second, third] = rows.as_slice() else { panic!("{rows:?}") };
        assert_eq!((first.0.as_str(), first.1.as_str(), first.2.as_str()), ("oud:1", "Café; \"vol\"\nafval", "Dorpsstraat"));
        assert!((first.3.unwrap() - 4.6687).abs() < 1e-6 && first.4 == Some(531) && first.5.is_some());
        assert_eq!((first.6, first.7, first.9), (10, State::Done, Source::Import));
        assert_eq!(first.8, Some(1_714_633_200_000_000), "2 May 2024 09:00 in Heemskerk");
        assert_eq!((second.5.as_deref(), second.6, second.7, second.8), (Some("BU03960100"), 3, State::Reported, None));
        assert_eq!((third.3, third.7, third.8.is_some()), (None, State::Cancelled, true));
    }
}

#[test]
fn ids_follow_the_time_and_differ_by_reference() {
    let at = kit::At::from_micros(1_714_723_200_123_456);
    let id = row::id_of(at, "police", "slmpd:1");
    assert_eq!(id, row::id_of(at, "police", "slmpd:1"));
    assert_eq!(id.get_version_num(), 7);
    assert_eq!(id.get_variant(), kit::clock::id_at(at).get_variant());
    assert_eq!(id.as_bytes()[..6], kit::clock::id_at(at).as_bytes()[..6], "48 bits of milliseconds (RFC 9562)");
    for other in [
        row::id_of(at, "police", "slmpd:2"),
        row::id_of(at, "partner", "slmpd:1"),
        row::id_of(kit::At::from_micros(at.micros() + 1_000), "police", "slmpd:1"),
    ] {
        assert_ne!(id, other);
    }
}
