//! Solves an instance of the team orienteering problem with time windows, in the file format of Solomon and Cordeau.
//!
//! `toptw FILE --tours M [--seconds S | --iterations N] [--seed K] [--json]` prints the score and the tours with node
//! numbers as in the file.
//!
//! Distances are rounded down to two decimals if the name of the file begins with `pr` (Cordeau), else to one
//! (Solomon). With `--iterations` the answer is the same on every machine.

#![allow(clippy::print_stdout, reason = "its output is what it is for")]

use std::error::Error;
use std::path::Path;
use std::time::Instant;

use deployment::solve::{Search, toptw};

const USAGE: &str = "usage: toptw FILE --tours M [--seconds S | --iterations N] [--seed K] [--json]";

struct Arguments {
    file: String,
    tours: usize,
    seconds: f64,
    iterations: Option<u64>,
    seed: u64,
    json: bool,
}

fn arguments() -> Result<Arguments, Box<dyn Error>> {
    let (mut file, mut tours) = (None, None);
    let mut read = Arguments { file: String::new(), tours: 0, seconds: 1.0, iterations: None, seed: 1, json: false };
    let mut given = std::env::args().skip(1);
    while let Some(argument) = given.next() {
        let mut value = || given.next().ok_or(USAGE);
        match argument.as_str() {
            "--tours" => tours = Some(value()?.parse()?),
            "--seconds" => read.seconds = value()?.parse()?,
            "--iterations" => read.iterations = Some(value()?.parse()?),
            "--seed" => read.seed = value()?.parse()?,
            "--json" => read.json = true,
            _ if file.is_none() && !argument.starts_with('-') => file = Some(argument),
            _ => return Err(USAGE.into()),
        }
    }
    Ok(Arguments { file: file.ok_or(USAGE)?, tours: tours.ok_or(USAGE)?, ..read })
}

fn main() -> Result<(), Box<dyn Error>> {
    let start = Instant::now();
    let arguments = arguments()?;
    let name = Path::new(&arguments.file).file_name().unwrap_or_default().to_string_lossy().into_owned();
    let instance = toptw::read(&std::fs::read_to_string(&arguments.file)?, arguments.tours, toptw::decimals(&name))?;
    let mut search = Search::new(&instance.rounds, arguments.seed)?;
    match arguments.iterations {
        Some(iterations) => search.steps(iterations),
        None => search.run(|_| start.elapsed().as_secs_f64() / arguments.seconds),
    }
    let plan = search.plan();
    let numbers = |stops: &[deployment::solve::Planned], between: &str| {
        let numbers: Vec<String> = stops.iter().map(|stop| instance.numbers[stop.visit].to_string()).collect();
        numbers.join(between)
    };
    if arguments.json {
        let tours: Vec<String> = plan.tours.iter().map(|tour| format!("[{}]", numbers(&tour.stops, ","))).collect();
        println!("{{\"score\":{},\"tours\":[{}]}}", plan.score, tours.join(","));
    } else {
        println!("score {}", plan.score);
        for (number, tour) in plan.tours.iter().enumerate() {
            println!("tour {}: {}", number + 1, numbers(&tour.stops, " "));
        }
    }
    Ok(())
}
