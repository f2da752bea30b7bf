//! `regie picture` as an outsider calls it: the contract of docs/picture.md.
#![allow(clippy::unwrap_used, clippy::panic, reason = "test code")]

use std::fmt::Write as _;
use std::io::Read as _;
use std::path::PathBuf;
use std::process::Command;

/// What a call printed and how it ended.
struct Said {
    code: i32,
    out: String,
    err: String,
}

/// A folder with event files.
struct Desk(PathBuf);

impl Desk {
    fn new() -> Self {
        Self(testkit::folder())
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.0.join(name), text).unwrap();
    }

    fn read(&self, name: &str) -> String {
        let bytes = std::fs::read(self.0.join(name)).unwrap();
        let mut text = String::new();
        flate2::read::GzDecoder::new(&bytes[..]).read_to_string(&mut text).unwrap();
        text
    }

    fn json(&self, name: &str) -> serde_json::Value {
        serde_json::from_slice(&std::fs::read(self.0.join(name)).unwrap()).unwrap()
    }

    fn say(&self, arguments: &str) -> Said {
        let output = Command::new(env!("CARGO_BIN_EXE_regie"))
            .args(arguments.split(' '))
            .current_dir(&self.0)
            .env_remove("REGIE_CONFIG")
            .output()
            .unwrap();
        Said {
            code: output.status.code().unwrap(),
            out: String::from_utf8_lossy(&output.stdout).into_owned(),
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    fn ok(&self, arguments: &str) -> String {
        let said = self.say(arguments);
        assert_eq!(said.code, 0, "{arguments}\n{}{}", said.out, said.err);
        said.out
    }
}

const HEAD: &str = "id,timestamp,lon,lat,category\n";
const TEST: &str = "--test-start 2018-01-01 --test-weeks 3";

/// Events of `days` (the first is Monday 2017-05-01), each with its day as it is to be written: `at(day)`.
fn town(days: std::ops::Range<i16>, at: impl Fn(i16) -> i16) -> String {
    let monday = jiff::civil::date(2017, 5, 1);
    let mut text = String::new();
    for day in days {
        let date = monday.checked_add(jiff::Span::new().days(i64::from(at(day)))).unwrap();
        for i in 0..6 {
            let (x, y) = (i64::from(day) * (i + 2) % 5, i64::from(day) * i % 3);
            let kind = if i % 2 == 0 { "dogs" } else { "noise" };
            let (lon, lat) = (4.65 + 0.00296 * x as f64, 52.5 + 0.0018 * y as f64);
            writeln!(text, "{day}-{i},{date}T{:02}:30:00,{lon:.5},{lat:.5},{kind}", (i * 5 + 3) % 24).unwrap();
        }
    }
    text
}

/// 35 weeks before the test and 3 in it.
const ALL: std::ops::Range<i16> = 0..266;
const TEST_DAY: i16 = 245;

#[test]
fn two_files_give_the_tables_and_every_forecast() {
    let desk = Desk::new();
    desk.write("a.csv", &format!("{HEAD}{}", town(0..200, |d| d)));
    let packed = {
        let mut to = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        std::io::Write::write_all(&mut to, format!("{HEAD}{}", town(200..266, |d| d)).as_bytes()).unwrap();
        to.finish().unwrap()
    };
    std::fs::write(desk.0.join("b.csv.gz"), packed).unwrap();
    let call = format!("picture backtest a.csv b.csv.gz --cell 200 {TEST} --slots --json o.json --csv t.csv");
    let out = desk.ok(&format!("{call} --forecasts f.csv.gz"));
    for part in ["1596 rows read", "Where: ", "How many: ", "When: ", "last 52 weeks", "minus .."] {
        assert!(out.contains(part), "{part} in\n{out}");
    }
    let told = desk.json("o.json");
    let cells = told["cells"].as_u64().unwrap() as usize;
    assert_eq!((told["test_events"].as_u64(), told["rows"]["read"].as_u64()), (Some(126), Some(1596)));
    assert!(told["lines"][0]["marks"]["deviance"].as_f64().unwrap() > 0.0);
    assert!(told["words"][0].as_str().unwrap().starts_with("Where: "));
    let rows = desk.read("f.csv.gz");
    let mut lines = rows.lines();
    assert_eq!(lines.next(), Some("origin,cx,cy,expected,low90,high90,slot"));
    assert_eq!(lines.clone().count(), 3 * cells * 29);
    for line in lines.filter(|l| l.ends_with(',')) {
        let cell: Vec<&str> = line.split(',').collect();
        let number = |i: usize| cell[i].parse::<f64>().unwrap();
        assert!(["2018-01-01", "2018-01-08", "2018-01-15"].contains(&cell[0]) && cell.len() == 7);
        assert!(number(4) <= number(3) && number(3) <= number(5), "{line}");
    }
    // The same call, the same bytes; and one file with all rows is the same series.
    desk.ok(&format!("{call} --forecasts g.csv.gz"));
    let bytes = |name: &str| std::fs::read(desk.0.join(name)).unwrap();
    assert_eq!(bytes("f.csv.gz"), bytes("g.csv.gz"));
    desk.write("all.csv", &format!("{HEAD}{}", town(ALL, |d| d)));
    desk.ok(&format!("picture backtest all.csv {TEST} --slots --baselines none --forecasts h.csv.gz"));
    assert_eq!(bytes("f.csv.gz"), bytes("h.csv.gz"));
    // Categories and weeks left out.
    desk.ok(&format!("picture backtest all.csv --category dogs,cats {TEST} --skip-weeks 2017-06-05 --json o.json"));
    let told = desk.json("o.json");
    assert_eq!((told["test_events"].as_u64(), told["train_weeks"].as_u64()), (Some(63), Some(34)));
    assert_eq!(told["rows"]["others"].as_u64(), Some(798));
}

#[test]
fn what_happens_in_the_test_does_not_change_its_forecasts() {
    let desk = Desk::new();
    let forecasts = |name: &str, text: String| {
        desk.write(name, &format!("{HEAD}{text}"));
        let said = desk.say(&format!("picture backtest {name} {TEST} --slots --baselines none --forecasts f.csv.gz"));
        assert!(said.code == 0 || said.err.contains("no events in the test weeks"), "{}", said.err);
        desk.read("f.csv.gz")
    };
    // A row further down the file is the same row.
    let lines = |from: &str| from.lines().rev().map(|l| format!("{l}\n")).collect::<String>();
    assert_eq!(forecasts("a.csv", town(ALL, |d| d)), forecasts("e.csv", lines(&town(ALL, |d| d))));
    let first = |rows: &str| rows.lines().filter(|l| l.starts_with("2018-01-01")).collect::<Vec<_>>().join("\n");
    let moved = |by: i16| town(ALL, move |d| if d < TEST_DAY { d } else { d + by });
    let as_it_was = forecasts("a.csv", moved(0));
    assert_eq!(first(&as_it_was), first(&forecasts("b.csv", moved(14))));
    let after = forecasts("c.csv", moved(21));
    assert_eq!(after, forecasts("d.csv", town(0..TEST_DAY, |d| d)));
    assert_ne!(as_it_was, after);
}

#[test]
fn wrong_calls_and_bad_files_say_what_to_do() {
    let desk = Desk::new();
    desk.write("all.csv", &format!("{HEAD}{}", town(ALL, |d| d)));
    desk.write("head.csv", "id;timestamp;lon;lat;category\n");
    desk.write("empty.csv", "");
    desk.write("only-head.csv", HEAD);
    desk.write("columns.csv", "a,b,c\n1,2,3\n");
    desk.write("no-category.csv", "timestamp,lon,lat\n2017-05-01,4.65,52.5\n");
    desk.write("open.csv", &format!("{HEAD}1,2017-05-01,4.65,52.5,\"dogs\n{}", town(ALL, |d| d)));
    desk.write("series.csv", "scenario,rep,k,current,counts\n");
    std::fs::write(desk.0.join("cut.csv.gz"), [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 75]).unwrap();
    for (row, why) in [
        ("x,2017-05-01T10:00:00+02:00,4.65,52.5,dogs", "with an offset"),
        ("x,2017-02-30T10:00:00,4.65,52.5,dogs", "no such day"),
        ("x,2017-05-01T10:00:00,105000,503000,dogs", "not between -180 and 180 degrees"),
        ("x,2017-05-01T10:00:00,,52.5,dogs", "`lon` is empty"),
    ] {
        desk.write("bad.csv", &format!("{HEAD}{}{row}\n{}", town(0..100, |d| d), town(100..266, |d| d)));
        let said = desk.say(&format!("picture backtest bad.csv {TEST}"));
        assert!(said.code == 1 && said.err.contains(why), "{row}: {}", said.err);
        assert!(said.err.contains("bad.csv: line 602: ") && said.err.contains("--skip-bad"), "{}", said.err);
        let out = desk.ok(&format!("picture backtest bad.csv {TEST} --skip-bad --baselines none"));
        assert!(out.contains("1 left out that could not be read (first: line 602"), "{out}");
    }
    for (arguments, code, why) in [
        ("backtest no.csv --test-start 2018-01-01 --test-weeks 3", 2, "there is no file no.csv"),
        ("backtest --test-start 2018-01-01 --test-weeks 3", 2, "<FILES>"),
        ("backtest all.csv --test-start 2018-01-02 --test-weeks 3", 2, "the Monday before is 2018-01-01"),
        ("backtest all.csv --test-start soon --test-weeks 3", 2, "give a date like"),
        ("backtest all.csv --test-start 2018-01-01 --test-weeks 0", 2, "1..=1000"),
        ("backtest all.csv --test-start 2018-01-01 --test-weeks 3 --cell 1", 2, "give metres"),
        ("backtest all.csv --test-start 2018-01-01 --test-weeks 3 --model guess", 2, "possible values"),
        ("backtest all.csv --test-start 2018-01-01 --test-weeks 3 --skip-weeks 2017-05-03", 2, "weeks start on Monday"),
        ("backtest all.csv --test-start 2018-01-01 --test-weeks 3 --cell 0", 2, "give metres, from 10"),
        ("backtest all.csv --test-start 2018-01-01 --test-weeks 3 --cell -5", 2, "give metres, from 10"),
        ("backtest all.csv --test-start 2018-01-01 --test-weeks 3 --cell nan", 2, "give metres, from 10"),
        ("backtest head.csv --test-start 2018-01-01 --test-weeks 3", 1, "separated by `;`"),
        ("backtest empty.csv --test-start 2018-01-01 --test-weeks 3", 1, "the file is empty"),
        ("backtest only-head.csv --test-start 2018-01-01 --test-weeks 3", 1, "the file holds no events"),
        ("backtest columns.csv --test-start 2018-01-01 --test-weeks 3", 1, "no column `timestamp`"),
        ("backtest no-category.csv --test-start 2018-01-01 --test-weeks 3 --category dogs", 1, "no column `category`"),
        ("backtest open.csv --test-start 2018-01-01 --test-weeks 3 --skip-bad", 1, "line 2: a quotation mark"),
        ("backtest cut.csv.gz --test-start 2018-01-01 --test-weeks 3", 1, "cut off or damaged"),
        ("backtest all.csv --test-start 2018-01-01 --test-weeks 3 --json no/such/o.json", 1, "cannot be written"),
        ("backtest all.csv --test-start 2018-01-01 --test-weeks 3 --forecasts no/f.csv", 1, "cannot be written"),
        ("backtest all.csv --test-start 2016-01-04 --test-weeks 3", 1, "no events in whole weeks before 2016-01-04"),
        ("backtest all.csv --test-start 2018-01-01 --test-weeks 3 --category cats", 1, "the file holds: dogs, noise"),
        ("backtest all.csv --test-start 2019-01-07 --test-weeks 3", 1, "the events run from 2017-05-01 to 2018-01-21"),
        ("aberration no.csv --scores s.csv", 2, "there is no file no.csv"),
        ("aberration all.csv --scores s.csv", 1, "no column `scenario`"),
        ("aberration empty.csv --scores s.csv", 1, "no column `scenario`"),
        ("aberration series.csv --scores s.csv", 1, "no series below the head"),
    ] {
        let said = desk.say(&format!("picture {arguments}"));
        assert!(said.code == code && said.err.contains(why), "{arguments}: {} {}", said.code, said.err);
    }
    let call = "picture backtest all.csv --test-start 2018-01-08 --test-weeks 4 --baselines none --json o.json";
    let out = desk.ok(&format!("{call} --category dogs,cats --skip-weeks 2016-01-04"));
    let notes = desk.json("o.json")["notes"].clone();
    for (i, part) in ["category cats", "2016-01-04 to skip", "2018-01-21; the 2 later weeks"].into_iter().enumerate() {
        assert!(out.contains(part) && notes[i].as_str().unwrap().contains(part), "{out}");
    }
}

#[test]
fn series_give_a_p_value_per_evaluation_week() {
    let desk = Desk::new();
    let series = |high: usize| -> String {
        let count = |week: usize| if week == high { 40 } else { 4 + week * 7 % 5 };
        (1..=624).map(|w| count(w).to_string()).collect::<Vec<_>>().join(" ")
    };
    desk.write(
        "s.csv",
        &format!("scenario,rep,k,current,counts\n1,1,3,600:36,{}\n2,9,3,580:36,{}\n", series(600), series(580)),
    );
    let out = desk.ok("picture aberration s.csv --scores p.csv.gz");
    assert!(out.contains("2 series, 98 series-weeks") && out.contains("ms per series-week"), "{out}");
    let text = desk.read("p.csv.gz");
    let lines: Vec<Vec<&str>> = text.lines().map(|l| l.split(',').collect()).collect();
    assert_eq!((lines.len(), lines[0][2], lines[0][50], lines[2][0], lines[2][1]), (3, "p576", "p624", "2", "9"));
    for (line, week) in [(&lines[1], 600), (&lines[2], 580)] {
        let p: Vec<f64> = line[2..].iter().map(|v| v.parse().unwrap()).collect();
        let least = (0..p.len()).min_by(|a, b| p[*a].total_cmp(&p[*b])).unwrap();
        assert_eq!((p.len(), 576 + least), (49, week));
        assert!(p.iter().all(|v| (0.0..=1.0).contains(v)) && p[least] < 1e-4);
    }
}
