//! Solves an instance of the team orienteering problem with time windows, in the file format of Solomon and Cordeau.
//!
//! `toptw FILE --tours M [--seconds S] [--json]` prints the score and the tours with node numbers as in the file.
//!
//! Tours are planned one after another, each with what the earlier ones left. The solver is deterministic and done
//! at once: the seconds are read and not used up. Travel times of the benchmark are rounded down; the solver walks
//! the exact distances, which are never shorter, so its tours hold under the rounding too.

#![allow(clippy::print_stdout, reason = "its output is what it is for")]

use std::collections::BTreeSet;
use std::error::Error;

use deployment::{Candidate, GreedyTwoOpt, Point, Problem, Solver};

const USAGE: &str = "usage: toptw FILE --tours M [--seconds S] [--json]";

struct Arguments {
    file: String,
    tours: usize,
    json: bool,
}

fn arguments() -> Result<Arguments, Box<dyn Error>> {
    let (mut file, mut tours, mut json) = (None, None, false);
    let mut given = std::env::args().skip(1);
    while let Some(argument) = given.next() {
        match argument.as_str() {
            "--tours" => tours = Some(given.next().ok_or(USAGE)?.parse()?),
            "--seconds" => drop(given.next().ok_or(USAGE)?.parse::<f64>()?),
            "--json" => json = true,
            _ if file.is_none() && !argument.starts_with('-') => file = Some(argument),
            _ => return Err(USAGE.into()),
        }
    }
    Ok(Arguments { file: file.ok_or(USAGE)?, tours: tours.ok_or(USAGE)?, json })
}

/// Line 1 is `k v N t`, line 2 is ignored, then one node per line, of which the first five and the last two numbers
/// count: `number x y service score … open close`. Node 0 is the base; its closing time is the length of a tour.
fn read(text: &str) -> Result<Problem, Box<dyn Error>> {
    let mut nodes = Vec::new();
    for (index, line) in text.lines().enumerate().skip(2).filter(|(_, line)| !line.trim().is_empty()) {
        let numbers = line.split_whitespace().map(str::parse).collect::<Result<Vec<f64>, _>>()?;
        let [id, x, y, service_min, value, .., open, close] = numbers[..] else {
            return Err(format!("line {}: fewer than seven numbers", index + 1).into());
        };
        let window = Some((open, close));
        nodes.push(Candidate { id: format!("{id}"), at: Point { x, y }, value, service_min, window });
    }
    if nodes.is_empty() {
        return Err("the file has no nodes".into());
    }
    let base = nodes.remove(0);
    let (start_min, end_min) = base.window.unwrap_or_default();
    let max_visits = nodes.len();
    let length_min = end_min - start_min;
    Ok(Problem { base: base.at, start_min, length_min, speed_m_per_min: 1.0, detour: 1.0, max_visits, visits: nodes })
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments = arguments()?;
    let mut problem = read(&std::fs::read_to_string(&arguments.file)?)?;
    let (mut score, mut tours) = (0.0, Vec::new());
    for _ in 0..arguments.tours {
        if problem.visits.is_empty() {
            tours.push(Vec::new());
            continue;
        }
        let proposal = GreedyTwoOpt.solve(&problem)?;
        let tour: Vec<String> = proposal.stops.iter().map(|stop| problem.visits[stop.candidate].id.clone()).collect();
        let visited: BTreeSet<&String> = tour.iter().collect();
        problem.visits.retain(|visit| !visited.contains(&visit.id));
        score += proposal.value;
        tours.push(tour);
    }
    if arguments.json {
        let tours: Vec<String> = tours.iter().map(|tour| format!("[{}]", tour.join(","))).collect();
        println!("{{\"score\":{score},\"tours\":[{}]}}", tours.join(","));
    } else {
        println!("score {score}");
        for (number, tour) in tours.iter().enumerate() {
            println!("tour {}: {}", number + 1, tour.join(" "));
        }
    }
    Ok(())
}
