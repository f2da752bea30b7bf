//! Real and large files.

use super::*;
use flate2::read::MultiGzDecoder;
use std::io::{BufRead as _, BufReader, Write as _};

fn stlouis() -> Mapping {
    Mapping::read(&testkit::root().join("config/stlouis/mapping.toml")).unwrap()
}

/// The files of point events beside the repository.
fn events() -> Vec<PathBuf> {
    let Some(folder) = testkit::shared("data/events") else { return vec![] };
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|f| f.unwrap().path())
        .filter(|p| p.to_string_lossy().contains(".csv"))
        .collect();
    files.sort();
    files
}

#[tokio::test]
async fn a_slice_of_the_real_events_loads() {
    for path in events() {
        let app = program(testkit::sqlite().await).await;
        let lines = BufReader::new(MultiGzDecoder::new(File::open(&path).unwrap())).lines();
        let slice: String = lines.take(20_001).map(|l| l.unwrap() + "\n").collect();
        let slice = file("slice.csv", slice.as_bytes());
        let (counts, rejects) = import(&app, &stlouis(), &slice).await;
        let counts = counts.unwrap();
        assert_eq!(numbers(&counts), (20_000, 20_000, 0, 0), "{rejects}");
        let (without,): (i64,) = app
            .main
            .read()
            .await
            .unwrap()
            .one("select count(*) from signal where area is null or cell_x is null", args![])
            .await
            .unwrap();
        assert_eq!(without, 0, "every event has a neighbourhood and a cell");
        let again = import(&app, &stlouis(), &slice).await.0.unwrap();
        assert_eq!(numbers(&again), (20_000, 0, 20_000, 0));
    }
}

/// `cargo test -p signals real_events_whole -- --ignored --nocapture`
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "loads all real events: slow without optimisation"]
async fn real_events_whole() {
    for path in events() {
        let app = program(testkit::sqlite().await).await;
        let counts = import_beside(&app, &path).await;
        eprintln!("{}: {counts}", path.display());
        assert_eq!(numbers(&counts), (183_757, 183_757, 0, 0));
        let again = import_beside(&app, &path).await;
        eprintln!("again: {again}");
        assert_eq!(numbers(&again), (183_757, 0, 183_757, 0));
    }
}

async fn import_beside(app: &Shared, path: &Path) -> Counts {
    let rejects = testkit::folder().join("rejects.csv");
    let counts = run(app, &stlouis(), path, &rejects, &()).await.unwrap();
    if counts.rejected > 0 {
        eprintln!("{}", std::fs::read_to_string(&rejects).unwrap().lines().take(5).collect::<Vec<_>>().join("\n"));
    }
    counts
}

/// `cargo test --release -p signals a_million_rows -- --ignored --nocapture`
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "a measurement: run it optimised, on a quiet machine"]
async fn a_million_rows() {
    const ROWS: u64 = 1_000_000;
    let path = testkit::folder().join("million.csv");
    let mut out = std::io::BufWriter::new(File::create(&path).unwrap());
    out.write_all(b"id,timestamp,lon,lat,category\n").unwrap();
    let kinds: Vec<String> = stlouis().categories.into_keys().collect();
    let mut seed = 1_u64;
    for i in 0..ROWS {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let (east, north, kind) = (seed >> 34 & 1023, seed >> 44 & 1023, seed >> 54);
        let minute = i * 2;
        writeln!(
            out,
            "{i},{}-{:02}-{:02}T{:02}:{:02}:00,{:.4},{:.4},{}",
            2015 + minute / 525_600,
            1 + minute / 43_800 % 12,
            1 + minute / 1_440 % 28,
            minute / 60 % 24,
            minute % 60,
            -90.329 + east as f64 * 0.000_164,
            38.521 + north as f64 * 0.000_252,
            kinds[kind as usize % kinds.len()]
        )
        .unwrap();
    }
    out.into_inner().unwrap();
    for db in [Some(testkit::sqlite().await), testkit::postgres().await].into_iter().flatten() {
        let kind = if db.is_sqlite() { "SQLite" } else { "PostgreSQL" };
        let app = program(db).await;
        let counts = import_beside(&app, &path).await;
        eprintln!("{kind}: {counts}; {:.0} rows/s", counts.rows as f64 / counts.seconds);
        assert_eq!((counts.rows, counts.new), (ROWS, ROWS));
        let again = import_beside(&app, &path).await;
        eprintln!("{kind} again: {again}; {:.0} rows/s", again.rows as f64 / again.seconds);
        assert_eq!(again.known, ROWS);
    }
}
