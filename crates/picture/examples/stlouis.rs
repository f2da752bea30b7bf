//! Prints the benchmark of hot spots on St. Louis, test year 2018, beside the reference's table.
//!
//! `cargo run --release -p picture --example stlouis [FILE.csv.gz] [TEST-START]`

use flate2::read::GzDecoder;
use picture::backtest::{BacktestAsk, Place, backtest};
use picture::forecast::Model;
use picture::history::day_of;
use picture::{Blend, Ewma};
use std::error::Error;
use std::fs::File;
use std::io::{self, Write};
use std::time::Instant;

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let here = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/events/");
    let path = args.next().unwrap_or(format!("{here}stlouis_police_2015-2018.csv.gz"));
    let start = args.next().unwrap_or("2018-01-01".into());
    let weeks: u32 = args.next().map_or(Ok(52), |w| w.parse())?;
    let mut out = io::stdout().lock();
    let mut places = Vec::new();
    for row in csv::Reader::from_reader(GzDecoder::new(File::open(path)?)).records() {
        let row = row?;
        let time = &row[1];
        places.push(Place {
            day: date(time)?,
            hour: time[11..13].parse()?,
            lon: row[2].parse()?,
            lat: row[3].parse()?,
        });
    }
    let (blend, ewma) = (Blend::default(), Ewma::default());
    let models: [(&str, &dyn Model); 2] = [("blend", &blend), ("ewma", &ewma)];
    for (name, model) in models {
        let mut ask = BacktestAsk::new(date(&start)?, weeks);
        ask.slots = true;
        let clock = Instant::now();
        let b = backtest(&places, &[(name, model)], &ask);
        let head = (b.cells, b.train_weeks, b.test_weeks, b.test_events, b.outside);
        writeln!(out, "{head:?} {:.2} s", clock.elapsed().as_secs_f64())?;
        for line in &b.lines {
            write!(out, "{:>14} |", line.name)?;
            for h in line.marks.hits.iter().chain(&line.slots) {
                write!(out, " {:.4}", h.pei)?;
            }
            let m = &line.marks;
            let busy = m.inside90_busy.unwrap_or_default();
            writeln!(
                out,
                " | dev {:.4} level {:.3} calib {:.4} inside {:.3} busy {busy:.3}",
                m.deviance, m.level, m.calibration_error, m.inside90
            )?;
        }
    }
    Ok(())
}

fn date(text: &str) -> Result<i32, Box<dyn Error>> {
    Ok(day_of(text[..4].parse()?, text[5..7].parse()?, text[8..10].parse()?))
}
