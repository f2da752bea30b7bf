//! Judges the effect of a measure on measures whose true effect is known: made-up towns, and real
//! events with made-up starts.
//!
//! `cargo run --release -p picture --example effect [MEASURES] [EVENTS.csv.gz]`

mod real;
mod tally;
mod town;

use picture::effect::{Rules, effect};
use std::error::Error;
use std::io::{self, Write};
use std::time::Instant;
use tally::Tally;
use town::{Chosen, case};

const CLASSES: [(&str, f64); 4] = [("< 1 a week", 1.0), ("1-5", 5.0), ("5-20", 20.0), ("> 20", f64::INFINITY)];

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let measures: u64 = args.next().map_or(Ok(1_000), |n| n.parse())?;
    let here = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/events/stlouis_police_2015-2018.csv.gz");
    let events = args.next().unwrap_or(here.into());
    let mut out = io::stdout().lock();
    let rules = Rules::default();
    for (name, chosen) in
        [("blind", Chosen::Blindly), ("at its peak", Chosen::AtItsPeak), ("as busiest of ten", Chosen::AsBusiest)]
    {
        let mut tallies = vec![Tally::default(); CLASSES.len() + 5];
        let mut slowest: f64 = 0.0;
        for seed in 0..measures {
            let case = case(seed, chosen);
            let clock = Instant::now();
            let found = effect(&case.study, &rules);
            slowest = slowest.max(clock.elapsed().as_secs_f64() * 1e3);
            let class = CLASSES.iter().position(|c| case.rate < c.1).unwrap_or(0);
            for at in [class, CLASSES.len(), CLASSES.len() + 1 + case.drift] {
                tallies[at].add(case.truth, Some(case.ring), &found);
            }
        }
        print(&mut out, &format!("chosen {name} (slowest {slowest:.0} ms)"), &tallies)?;
    }
    if std::path::Path::new(&events).exists() {
        let city = real::City::read(&events)?;
        for (name, zero) in [("real events, true effect 0", true), ("real events, thinned", false)] {
            let mut tallies = vec![Tally::default(); CLASSES.len() + 5];
            for seed in 0..measures {
                let Some(case) = city.case(seed, zero) else { continue };
                let found = effect(&case.study, &rules);
                let class = CLASSES.iter().position(|c| case.rate < c.1).unwrap_or(0);
                for at in [class, CLASSES.len()] {
                    tallies[at].add(case.truth, zero.then_some(0.0), &found);
                }
            }
            print(&mut out, name, &tallies)?;
        }
    }
    Ok(())
}

fn print(out: &mut impl Write, name: &str, tallies: &[Tally]) -> io::Result<()> {
    writeln!(out, "{name}\n{}", Tally::head())?;
    for ((class, _), tally) in CLASSES.iter().zip(tallies) {
        writeln!(out, "{}", tally.line(class))?;
    }
    writeln!(out, "{}", tallies[CLASSES.len()].line("all"))?;
    let kinds = ["areas keep in step", "areas walk", "areas have trends", "areas have waves"];
    for (kind, tally) in kinds.iter().zip(&tallies[CLASSES.len() + 1..]).filter(|(_, t)| t.n > 0) {
        writeln!(out, "  {}", tally.line(kind))?;
    }
    writeln!(out)
}
