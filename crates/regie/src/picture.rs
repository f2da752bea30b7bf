//! `regie picture`: checks of the forecasts and the early warning on files of your own, without an
//! installation. The protocol and the formats: docs/picture.md.

use crate::commands::present;
use anyhow::Context as _;
use clap::{Args, Subcommand, ValueEnum};
use flate2::read::MultiGzDecoder;
use flate2::{Compression, write::GzEncoder};
use picture::backtest::{self, BacktestAsk, Row, aberration, events, rows};
use picture::history::{day_of, weekday};
use picture::peers::Peers;
use std::fs::File;
use std::io::{BufWriter, Read as _, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;

#[derive(Debug, Subcommand)]
pub enum Picture {
    /// Hold the forecasts against what happened, by the public protocol, on any file of events.
    Backtest(Backtest),
    /// Write a p-value per evaluation week of simulated series, for the public benchmark of early warning.
    Aberration {
        /// The series (CSV, also .gz): scenario,rep,k,current,counts.
        file: PathBuf,
        /// The file to write (CSV, with .gz compressed): scenario,rep,p576..p624.
        #[arg(long)]
        scores: PathBuf,
    },
}

#[derive(Debug, Args)]
pub struct Backtest {
    /// The events (CSV, also .gz): id,timestamp,lon,lat,category. Several files are one series.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Only these categories, with commas between them.
    #[arg(long, value_delimiter = ',')]
    category: Vec<String>,
    /// Side of a cell in metres.
    #[arg(long, default_value_t = 200.0, value_parser = side, allow_negative_numbers = true)]
    cell: f64,
    /// First day of the test, a Monday (2018-01-01). Nothing of it or later is used for its forecast.
    #[arg(long, value_parser = monday)]
    test_start: i32,
    /// Weeks of the test.
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=1000), allow_negative_numbers = true)]
    test_weeks: u32,
    /// Mondays of weeks with holes in the source, with commas between them; these leave the time axis.
    #[arg(long, value_delimiter = ',', value_parser = monday)]
    skip_weeks: Vec<i32>,
    /// Also hot times: each cell and each six hours of the week.
    #[arg(long)]
    slots: bool,
    /// Leave out rows that cannot be read, and count them; without this the first one stops the run.
    #[arg(long)]
    skip_bad: bool,
    /// What to compare with.
    #[arg(long, value_enum, default_value_t = Baselines::Quick)]
    baselines: Baselines,
    /// The model that is judged.
    #[arg(long, default_value = backtest::MODELS[0], value_parser = clap::builder::PossibleValuesParser::new(backtest::MODELS))]
    model: String,
    /// Write the outcome here (JSON).
    #[arg(long)]
    json: Option<PathBuf>,
    /// Write the tables here (CSV).
    #[arg(long)]
    csv: Option<PathBuf>,
    /// Write every forecast here (CSV, with .gz compressed), so that others can score them.
    #[arg(long)]
    forecasts: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Baselines {
    /// All that are built in; gradient boosting takes a minute.
    All,
    /// Counting: the last 52 and 4 weeks, and exponential weights.
    Quick,
    /// None.
    None,
}

/// Runs one command.
pub fn run(what: Picture) -> anyhow::Result<()> {
    match what {
        Picture::Backtest(asked) => run_backtest(&asked),
        Picture::Aberration { file, scores } => run_aberration(&file, &scores),
    }
}

fn run_backtest(asked: &Backtest) -> anyhow::Result<()> {
    asked.files.iter().try_for_each(|f| present(f))?;
    let model = backtest::model(&asked.model).with_context(|| format!("there is no model {}", asked.model))?;
    let begin = Instant::now();
    let mut events = events::Events::default();
    for file in &asked.files {
        let text = unpacked(file)?;
        events::read(&text, &asked.category, asked.skip_bad, &mut events).map_err(|wrong| {
            let hint = if wrong.line > 1 { "; correct the row, or leave such rows out with --skip-bad" } else { "" };
            anyhow::anyhow!("{}: {wrong}{hint}", file.display())
        })?;
    }
    let reading = begin.elapsed().as_secs_f64();
    let ask = BacktestAsk {
        cell: asked.cell,
        skip_weeks: asked.skip_weeks.clone(),
        slots: asked.slots,
        peers: match asked.baselines {
            Baselines::All => Peers::All,
            Baselines::Quick => Peers::Quick,
            Baselines::None => Peers::None,
        },
        ..BacktestAsk::new(asked.test_start, asked.test_weeks)
    };
    let mut out = asked.forecasts.as_deref().map(Rows::create).transpose()?;
    let mut sink = |row: Row| {
        if let Some(out) = &mut out {
            out.add(&row);
        }
    };
    let found = backtest::run(&events.places, &[(&asked.model, &*model)], &ask, &seconds(begin), &mut sink);
    if let Some(out) = out {
        out.close()?;
    }
    let all = begin.elapsed().as_secs_f64();
    println!(
        "{} rows read in {reading:.2} s, {} of other categories{}",
        events.rows,
        events.others,
        match &events.first_bad {
            Some(first) => format!(", {} left out that could not be read (first: {first})", events.bad),
            None => String::new(),
        }
    );
    let notes = notes(asked, &events);
    notes.iter().for_each(|note| println!("Note: {note}."));
    anyhow::ensure!(
        found.cells > 0,
        "there is nothing to learn from: no events{} in whole weeks before {}, or more weeks skipped than there are \
         before the test; {}",
        if asked.category.is_empty() { "" } else { " of these categories" },
        rows::iso(asked.test_start),
        span(&events)
    );
    anyhow::ensure!(
        found.test_events > 0,
        "there are no events in the test weeks: nothing to hold the forecasts against{}; {}",
        if asked.forecasts.is_some() { " (they are written)" } else { "" },
        span(&events)
    );
    print!("{}", found.text());
    println!("\n{all:.2} s in all: reading {reading:.2}, the rest {:.2}", all - reading);
    if let Some(path) = &asked.json {
        let mut value = serde_json::to_value(&found)?;
        value["asked"] = serde_json::to_value(&ask)?;
        value["model"] = asked.model.as_str().into();
        value["categories"] = asked.category.clone().into();
        value["words"] = found.words().into();
        value["notes"] = notes.into();
        value["rows"] = serde_json::json!({ "read": events.rows, "others": events.others, "bad": events.bad });
        value["seconds"] = serde_json::json!({ "reading": reading, "all": all });
        write(path, &serde_json::to_vec_pretty(&value)?)?;
    }
    if let Some(path) = &asked.csv {
        write(path, found.csv().as_bytes())?;
    }
    Ok(())
}

/// First and last day of the events, in words.
fn span(events: &events::Events) -> String {
    let days = || events.places.iter().map(|p| p.day);
    match (days().min(), days().max()) {
        (Some(first), Some(last)) => format!("the events run from {} to {}", rows::iso(first), rows::iso(last)),
        _ if events.others > 0 => format!("the file holds: {}", Vec::from_iter(events.names.clone()).join(", ")),
        _ => "the file holds no events".to_owned(),
    }
}

/// What was asked for and is not in the events: a slip of the pen would change the figures unseen.
fn notes(asked: &Backtest, events: &events::Events) -> Vec<String> {
    let missing = |category: &&String| !events.names.contains(category.trim());
    let mut notes: Vec<String> = asked
        .category
        .iter()
        .filter(missing)
        .map(|c| format!("there are no events of category {}", c.trim()))
        .collect();
    let days = || events.places.iter().map(|p| p.day);
    let (Some(first), Some(last)) = (days().min(), days().max()) else { return notes };
    let end = asked.test_start + 7 * asked.test_weeks as i32;
    let outside = |monday: &&i32| **monday + 6 < first || **monday >= end;
    let idle = asked.skip_weeks.iter().filter(outside);
    notes.extend(idle.map(|w| format!("the week of {} to skip lies outside the events and the test", rows::iso(*w))));
    let empty = (asked.test_start..end).step_by(7).filter(|monday| *monday > last).count();
    if empty > 0 && empty < asked.test_weeks as usize {
        let last = rows::iso(last);
        notes.push(format!(
            "the events end on {last}; the {empty} later weeks of the test count as weeks without events"
        ));
    }
    notes
}

fn run_aberration(file: &Path, scores: &Path) -> anyhow::Result<()> {
    present(file)?;
    let text = String::from_utf8(unpacked(file)?).with_context(|| format!("{}: not UTF-8", file.display()))?;
    let series = aberration::read(&text).map_err(|wrong| anyhow::anyhow!("{}: {wrong}", file.display()))?;
    anyhow::ensure!(!series.is_empty(), "{}: there are no series below the head", file.display());
    let clock = seconds(Instant::now());
    let mut out = aberration::head();
    let begin = clock();
    for one in &series {
        aberration::row(one, picture::warning::weekly_p_values, &mut out);
    }
    let spent = clock() - begin;
    let mut to = compressed(scores)?;
    to.write_all(out.as_bytes()).and_then(|()| to.close()).with_context(|| scores.display().to_string())?;
    let weeks = series.len() * aberration::WEEKS.count();
    println!(
        "{} series, {weeks} series-weeks, {:.4} ms per series-week",
        series.len(),
        1e3 * spent / weeks.max(1) as f64
    );
    Ok(())
}

/// Seconds that this thread has worked: they do not grow while others have the machine. Where the system
/// does not tell, seconds since `begin`.
fn seconds(begin: Instant) -> impl Fn() -> f64 {
    move || {
        let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
        let nanos = told.and_then(|t| t.split(' ').next()?.parse::<f64>().ok());
        nanos.map_or_else(|| begin.elapsed().as_secs_f64(), |n| n / 1e9)
    }
}

/// The text of a file; gzip is seen by its first bytes.
fn unpacked(path: &Path) -> anyhow::Result<Vec<u8>> {
    let packed = std::fs::read(path).with_context(|| format!("{} cannot be read", path.display()))?;
    if !packed.starts_with(&[0x1f, 0x8b]) {
        return Ok(packed);
    }
    let mut text = Vec::with_capacity(6 * packed.len());
    let done = MultiGzDecoder::new(&packed[..]).read_to_end(&mut text);
    done.with_context(|| format!("{} is cut off or damaged, get it again", path.display()))?;
    Ok(text)
}

fn write(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    std::fs::write(path, bytes).with_context(|| format!("{} cannot be written", path.display()))
}

/// A file to write, compressed when its name ends in .gz.
enum To {
    Plain(BufWriter<File>),
    Packed(Box<GzEncoder<File>>),
}

fn compressed(path: &Path) -> anyhow::Result<To> {
    let file = File::create(path).with_context(|| format!("{} cannot be written", path.display()))?;
    Ok(if path.extension().is_some_and(|e| e == "gz") {
        To::Packed(Box::new(GzEncoder::new(file, Compression::fast())))
    } else {
        To::Plain(BufWriter::new(file))
    })
}

impl To {
    fn write_all(&mut self, bytes: &[u8]) -> std::io::Result<()> {
        match self {
            Self::Plain(to) => to.write_all(bytes),
            Self::Packed(to) => to.write_all(bytes),
        }
    }

    fn close(&mut self) -> std::io::Result<()> {
        match self {
            Self::Plain(to) => to.flush(),
            Self::Packed(to) => to.try_finish(),
        }
    }
}

/// The forecast file while it is written.
struct Rows {
    to: To,
    path: PathBuf,
    waiting: Vec<u8>,
    failed: Option<std::io::Error>,
}

impl Rows {
    fn create(path: &Path) -> anyhow::Result<Self> {
        let waiting = rows::HEAD.as_bytes().to_vec();
        Ok(Self { to: compressed(path)?, path: path.to_owned(), waiting, failed: None })
    }

    fn add(&mut self, row: &Row) {
        rows::write(row, &mut self.waiting);
        if self.waiting.len() > 1 << 16 {
            self.pass();
        }
    }

    fn pass(&mut self) {
        if self.failed.is_none() {
            self.failed = self.to.write_all(&self.waiting).err();
        }
        self.waiting.clear();
    }

    fn close(mut self) -> anyhow::Result<()> {
        self.pass();
        let done = self.failed.take().map_or_else(|| self.to.close(), Err);
        done.with_context(|| format!("{} cannot be written", self.path.display()))
    }
}

/// A Monday, as days since 1970-01-01.
fn monday(text: &str) -> Result<i32, String> {
    let date: jiff::civil::Date = text.trim().parse().map_err(|_| "give a date like 2018-01-01".to_owned())?;
    let day = day_of(i32::from(date.year()), date.month() as u8, date.day() as u8);
    match weekday(day) {
        0 => Ok(day),
        n => Err(format!("weeks start on Monday; the Monday before is {}", rows::iso(day - i32::from(n)))),
    }
}

fn side(text: &str) -> Result<f64, String> {
    let side = text.parse::<f64>().ok().filter(|m| (10.0..=100_000.0).contains(m));
    side.ok_or_else(|| "give metres, from 10 to 100000".to_owned())
}
