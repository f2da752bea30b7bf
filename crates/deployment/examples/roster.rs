//! Fills a made-up roster from three seeds and says how long it took and how far from the bound it is:
//! `cargo run --release -p deployment --example roster -- [officers] [weeks] [officers too few] [tries]…`.

#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "a measurement, not the program")]

#[path = "../tests/town/mod.rs"]
mod town;

use std::time::Instant;

use deployment::roster::{Budget, Planner, Severity};

fn main() {
    let numbers: Vec<u64> = std::env::args().skip(1).map(|word| word.parse().unwrap()).collect();
    let (officers, weeks) = (numbers.first().copied().unwrap_or(30), numbers.get(1).copied().unwrap_or(8));
    let tries = if numbers.len() > 3 { &numbers[3..] } else { &[0, 100_000, 1_000_000][..] };
    let mut roster = town::roster(officers as usize, weeks as i32);
    // With too few of them the shifts stay, so that rest and night limits begin to bind.
    roster.officers.truncate((officers - numbers.get(2).copied().unwrap_or(0)) as usize);
    let law = town::law();
    let planner = Planner::new(&roster, &law).unwrap();
    let places: u32 = roster.shifts.iter().map(|shift| shift.staff).sum();
    let (many, shifts) = (roster.officers.len(), roster.shifts.len());
    println!("{many} officers, {weeks} weeks, {shifts} shifts, {places} places, bound {:?}", planner.bound());
    for (tries, seed) in tries.iter().flat_map(|&tries| (1..=3).map(move |seed| (tries, seed))) {
        let start = Instant::now();
        let filled = planner.fill(Budget { tries, seed }).unwrap();
        let seconds = start.elapsed().as_secs_f64();
        let found = planner.check(&filled.plan).unwrap();
        let count = |severity| found.iter().filter(|finding| finding.severity() == severity).count();
        let gap = 100.0 * (filled.cost.total() as f64 / filled.bound.total() as f64 - 1.0);
        println!(
            "{tries:>9} tries, seed {seed} {seconds:>7.2} s  gap {gap:>7.2} %  forbidden {} short {}  {:?}",
            count(Severity::Forbidden),
            count(Severity::Short),
            filled.cost
        );
    }
}
