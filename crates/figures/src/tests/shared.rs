//! The real files beside the repository, with the totals that their sources state.

use super::*;
use std::path::Path;

/// A file: its path, keys of the dataset, keys of `[dataset.csv]`, and what must come in.
struct Case {
    path: &'static str,
    dataset: &'static str,
    csv: &'static str,
    rows: u64,
    cells: u64,
    names: u64,
    sum: Option<f64>,
}

const HAAGLANDEN: Case = Case {
    path: "data/misdrijven/haaglanden_buurt_maand_2011_2016.csv.gz",
    dataset: "absent_is_zero = true",
    csv: r#"
area = { column = "nb_code", prefix = "BU", digits = 8 }
period = { year = "year", month = "month" }
category = ["delict"]
values = [{ column = "n", measure = "crimes" }]"#,
    rows: 80_938,
    cells: 80_938,
    names: 0,
    sum: Some(220_016.0),
};

const KINDS_OF_CRIME: Case = Case {
    path: "data/misdrijven/politie_soort_misdrijf_47013NED.csv",
    dataset: r#"totals = ["0.0.0"]"#,
    csv: r#"names = { kind = "category", code = "code", title = "titel", text = "omschrijving" }"#,
    rows: 59,
    cells: 0,
    names: 59,
    sum: None,
};

const REGIONS: Case = Case {
    path: "data/misdrijven/politie_regios_47013NED.csv",
    dataset: "",
    csv: r#"names = { kind = "area", code = "regiocode", title = "naam" }"#,
    rows: 375,
    cells: 0,
    names: 375,
    sum: None,
};

/// Files of which every row has a figure in every column that is none of the others.
const fn wide(path: &'static str, csv: &'static str, rows: u64, columns: u64) -> Case {
    Case { path, dataset: "adds_up = false", csv, rows, cells: rows * columns, names: 0, sum: None }
}

const WIDE: [Case; 8] = [
    wide(
        "data/misdrijven/autodiefstal_gemeente_2019.csv",
        r#"
area = { column = "gemeente" }
period = { value = "2019" }
rest = "measure""#,
        355,
        3,
    ),
    // its 69th line names the source: 68 areas, of which four names stand for two
    wide(
        "data/breda/overlast_2022.csv",
        r#"
area = { column = "gebied_en", number_repeats = true }
period = { value = "2022" }
rest = { category = "reports" }
total = "overlast_totaal""#,
        68,
        9,
    ),
    wide(
        "data/breda/misdrijven_per_type.csv",
        r#"
area = { column = "neighborhood", number_repeats = true }
period = { value = "2022" }
rest = { category = "crimes" }"#,
        64,
        55,
    ),
    wide(
        "data/breda/inwoners_adressen.csv",
        r#"
area = { column = "region", number_repeats = true }
period = { value = "2022" }
rest = "measure"
ignore = ["region_type", "zip_code"]"#,
        67,
        3,
    ),
    // seven columns about origin are left out
    wide(
        "data/kerncijfers/nl_gemeente_kerncijfers_2017.csv",
        r#"
area = { column = "id" }
key_figures = true
rest = "measure"
ignore = ["gm_naam", "water"]"#,
        388,
        23,
    ),
    wide(
        "data/kerncijfers/prov_utrecht_buurt_kerncijfers_leefbaarometer.csv",
        r#"
area = { column = "buurt_code" }
key_figures = true
rest = "measure"
ignore = ["gm_naam", "regio"]"#,
        969,
        31,
    ),
    wide(
        "data/kerncijfers/kennemerland_pc4_leeftijd_geslacht.csv",
        r#"
area = { column = "postcode" }
category = ["leeftijd"]
rest = "measure""#,
        1_940,
        3,
    ),
    wide(
        "data/kerncijfers/ijmond_buurt_inwoners_schatting.csv",
        r#"
area = { column = "buurtcode" }
values = [{ column = "inwoners_schatting" }]
rest = "ignore""#,
        137,
        1,
    ),
];

/// The file itself, counted without the importer: records of a CSV without quoted line breaks.
fn lines_of(bytes: &[u8]) -> u64 {
    let text = String::from_utf8(crate::source::gunzip(bytes, usize::MAX / 2).unwrap()).unwrap();
    text.lines().filter(|l| !l.trim().is_empty()).count() as u64
}

async fn comes_in(db: testkit::MainDb, case: &Case, path: &Path) {
    let bytes = std::fs::read(path).unwrap();
    let id = path.file_stem().unwrap().to_string_lossy().replace(['_', '.'], "-").to_lowercase();
    let head = "name = { nl = \"X\" }\npublisher = \"P\"\nlicence = \"L\"\nkind = \"csv\"\nareas = \"all\"";
    let app = app(db, &format!("[[dataset]]\nid = \"{id}\"\n{head}\n{}\n[dataset.csv]\n{}\n", case.dataset, case.csv));
    let cx = adviser(&app);
    let started = std::time::Instant::now();
    let received = send(&cx, &id, case.path, &bytes, "2017").await;
    let read = started.elapsed();
    let report = import::apply(&cx, received.id, false).await.unwrap();
    let used = started.elapsed() - read;
    println!("{}: {report}; {:?}; read in {read:.1?}, used in {used:.1?}", case.path, report.statuses);
    println!("    sums {:?}", report.sums.iter().take(4).collect::<Vec<_>>());
    for note in &report.notes {
        println!("    {}", note.sentence(&cx.words));
    }
    let got = (report.rows, report.cells, report.new, report.refused, report.twice);
    assert_eq!(got, (case.rows, case.cells, case.cells, 0, 0), "{:?}", report.refusals.first());
    if case.names > 0 {
        assert_eq!(report.names_new, case.names);
    } else {
        let below = report.notes.iter().filter(|n| n.key == "figures-note-below").count() as u64;
        assert_eq!(lines_of(&bytes), case.rows + 1 + below, "rows of the file");
    }
    assert!(!report.notes.iter().any(|n| n.key == "figures-note-total"), "every total is the sum of its parts");
    if let Some(sum) = case.sum {
        let stored: f64 = kept(&cx, &id).await.iter().filter_map(|r| r.4).sum();
        assert_eq!((stored, report.sums[0].1), (sum, sum));
    }
    // the same content in other bytes changes nothing
    let mut other = crate::source::gunzip(&bytes, usize::MAX / 2).unwrap();
    other.extend_from_slice(b"\n");
    let again = send(&cx, &id, case.path, &other, "2017").await.report;
    assert_eq!((again.new, again.changed, again.same), (0, 0, case.cells));
    assert!(!again.changes_anything());
}

testkit::db_test! {
    async fn every_file_comes_in_with_the_totals_of_its_source(db) {
        for case in [HAAGLANDEN, KINDS_OF_CRIME, REGIONS].iter().chain(&WIDE) {
            if let Some(path) = testkit::shared(case.path) {
                comes_in(db.clone(), case, &path).await;
            }
        }
    }
}
