//! Runs the public benchmark from the command line without the rest of the program.
//!
//! `cargo run --release -p picture --example backtest FILE.csv[.gz] TEST-START WEEKS none|quick|all [SKIP,..]`
//! With a sixth argument also hot times, and `forecasts.csv` and `table.csv` in the present folder.

use flate2::read::GzDecoder;
use picture::backtest::{self, BacktestAsk, events, rows};
use picture::history::day_of;
use picture::peers::Peers;
use std::error::Error;
use std::io::{self, Read, Write};
use std::time::Instant;

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let arg = |i: usize, otherwise: &str| args.get(i).cloned().unwrap_or(otherwise.to_owned());
    let here = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/events/stlouis_police_2015-2018.csv.gz");
    let path = arg(0, here);
    let mut ask = BacktestAsk::new(date(&arg(1, "2018-01-01"))?, arg(2, "52").parse()?);
    ask.peers = match arg(3, "quick").as_str() {
        "none" => Peers::None,
        "all" => Peers::All,
        _ => Peers::Quick,
    };
    for day in arg(4, "").split(',').filter(|d| !d.is_empty()) {
        ask.skip_weeks.push(date(day)?);
    }
    ask.slots = !arg(5, "").is_empty();
    let name = arg(6, backtest::MODELS[0]);
    let model = backtest::model(&name).ok_or("no such model")?;
    let clock = Instant::now();
    let mut text = Vec::new();
    let mut file = std::fs::File::open(&path)?;
    if path.ends_with(".gz") {
        GzDecoder::new(file).read_to_end(&mut text)?
    } else {
        file.read_to_end(&mut text)?
    };
    let unpacked = clock.elapsed().as_secs_f64();
    let mut read = events::Events::default();
    events::read(&text, &[], false, &mut read)?;
    let parsed = clock.elapsed().as_secs_f64();
    let mut bytes = rows::HEAD.as_bytes().to_vec();
    let out = backtest::run(&read.places, &[(&name, &*model)], &ask, &|| clock.elapsed().as_secs_f64(), &mut |row| {
        rows::write(&row, &mut bytes);
    });
    let done = clock.elapsed().as_secs_f64();
    if ask.slots {
        std::fs::write("forecasts.csv", &bytes)?;
        std::fs::write("table.csv", out.csv())?;
    }
    let mut say = io::stdout().lock();
    writeln!(say, "{}", out.text())?;
    writeln!(
        say,
        "unpacked {unpacked:.3} s, parsed {:.3} s, run {:.3} s, {} bytes",
        parsed - unpacked,
        done - parsed,
        bytes.len()
    )?;
    Ok(())
}

fn date(text: &str) -> Result<i32, Box<dyn Error>> {
    Ok(day_of(text[..4].parse()?, text[5..7].parse()?, text[8..10].parse()?))
}
