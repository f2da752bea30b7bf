//! How good is a plan after a second? A made-up town with many open places and several officers.
//!
//! `town [--places N] [--officers M] [--seconds A,B,…] [--seed K]` prints the score of a search of each length (all
//! from the start), and what it is short of the best of them.

#![allow(clippy::print_stdout, reason = "its output is what it is for")]

use std::error::Error;
use std::time::Instant;

use deployment::solve::{Rounds, Search, Tour, Travel, Visit};

const USAGE: &str = "usage: town [--places N] [--officers M] [--seconds A,B,…] [--seed K]";
const MINUTE: i32 = 60;

/// A sequence of shares from 0 to 1: a linear congruential generator is random enough for a town.
fn chance(seed: u64) -> impl FnMut() -> f64 {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as f64 / (1_u64 << 31) as f64
    }
}

/// Five kilometres by five, with a dozen neighbourhoods; presence of 10-16 minutes (Koper 1995), a third of the
/// places with a window; half of the officers walk (80 m a minute), half ride (250); shifts of eight hours of which
/// some begin two hours later. Streets make a way 1.3 times as long.
fn town(places: usize, officers: usize, seed: u64) -> Rounds {
    let mut chance = chance(seed);
    let centres: Vec<(f64, f64)> = (0..12).map(|_| (5000.0 * chance(), 5000.0 * chance())).collect();
    let mut at = vec![(2500.0, 2500.0)];
    let mut visits = Vec::new();
    for place in 1..=places {
        let (x, y) = centres[(chance() * 12.0) as usize];
        at.push((x + 1500.0 * (chance() - 0.5), y + 1500.0 * (chance() - 0.5)));
        let score = 1 + (100.0 * chance().powi(3)) as u32;
        let mut visit = Visit::at(place, score, 10 * MINUTE + (f64::from(6 * MINUTE) * chance()) as i32);
        if chance() < 0.33 {
            let open = (f64::from(8 * 60 * MINUTE) * chance()) as i32;
            visit.windows = vec![(open, open + 90 * MINUTE)];
        }
        visits.push(visit);
    }
    let by = |speed: f64| {
        let seconds = |(x, y): (f64, f64), (u, v): (f64, f64)| 1.3 * (x - u).hypot(y - v) / speed * 60.0;
        Travel::by(at.len(), |from, to| seconds(at[from], at[to]).ceil() as i32)
    };
    let tour = |number: usize| {
        let leave = if number % 4 == 3 { 120 * MINUTE } else { 0 };
        Tour {
            start: 0,
            end: 0,
            window: (leave, leave + 480 * MINUTE),
            travel: number % 2,
            most_visits: 60,
            order: vec![],
        }
    };
    Rounds { travel: vec![by(80.0), by(250.0)], visits, tours: (0..officers).map(tour).collect() }
}

fn main() -> Result<(), Box<dyn Error>> {
    let (mut places, mut officers, mut seconds, mut seed) = (1000, 8, vec![0.2, 1.0, 5.0, 60.0], 1);
    let mut given = std::env::args().skip(1);
    while let Some(argument) = given.next() {
        let value = given.next().ok_or(USAGE)?;
        match argument.as_str() {
            "--places" => places = value.parse()?,
            "--officers" => officers = value.parse()?,
            "--seconds" => seconds = value.split(',').map(str::parse).collect::<Result<_, _>>()?,
            "--seed" => seed = value.parse()?,
            _ => return Err(USAGE.into()),
        }
    }
    let rounds = town(places, officers, seed);
    let mut found = Vec::new();
    for length in seconds {
        let start = Instant::now();
        let mut search = Search::new(&rounds, seed)?;
        let first = (search.plan().score, start.elapsed().as_secs_f64());
        search.run(|_| start.elapsed().as_secs_f64() / length);
        let plan = search.plan();
        plan.check(&rounds)?;
        let visits: usize = plan.tours.iter().map(|tour| tour.stops.len()).sum();
        found.push((length, plan.score, visits, search.iterations(), start.elapsed().as_secs_f64(), first));
    }
    let best = found.iter().map(|&(_, score, ..)| score).max().unwrap_or(0);
    for (length, score, visits, iterations, took, first) in found {
        let short = 100.0 * (best - score) as f64 / best.max(1) as f64;
        println!(
            "{length} s: score {score} ({short:.2} % short), {visits} visits, {iterations} iterations, {took:.2} s; \
             first plan {} after {:.3} s",
            first.0, first.1
        );
    }
    Ok(())
}
