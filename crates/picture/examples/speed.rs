//! Prints how long the heavy questions take on made-up events.
//!
//! `cargo run --release -p picture --example speed`

use picture::history::{Cell, Event, History, UNKNOWN_AREA};
use picture::{Ask, Blend, Ewma, Filter, Model, Part, ScoreAsk, Series, Step, Summary, score};
use std::hint::black_box;
use std::io::{self, Write};
use std::time::Instant;

fn main() -> io::Result<()> {
    let mut out = io::stdout().lock();
    let small = made_up(100_000, 731);
    let large = made_up(1_000_000, 10 * 365);
    let mut time = |name: &str, f: &dyn Fn()| {
        let mut best = f64::INFINITY;
        for _ in 0..5 {
            let clock = Instant::now();
            f();
            best = best.min(clock.elapsed().as_secs_f64() * 1e3);
        }
        writeln!(out, "{best:9.1} ms  {name}")
    };
    let (a, b) = (History::new(small.clone()), History::new(large.clone()));
    let ask = Ask::week(b.last_day() + 1);
    let (ewma, blend) = (Ewma::default(), Blend::default());
    time("history of 1,000,000", &|| drop(black_box(History::new(large.clone()))))?;
    time("summary of 1,000,000", &|| drop(black_box(Summary::of(&b, &Filter::all()))))?;
    time("series per month of 1,000,000", &|| {
        drop(black_box(Series::of(&b, &Filter::all(), Step::Month, 0.95)));
    })?;
    time("ewma forecast, 1,000,000", &|| drop(black_box(ewma.expect(&b, &ask))))?;
    time("ewma forecast, 100,000", &|| drop(black_box(ewma.expect(&a, &ask))))?;
    time("blend forecast, 1,000,000", &|| drop(black_box(blend.expect(&b, &ask))))?;
    time("blend forecast, 100,000", &|| drop(black_box(blend.expect(&a, &ask))))?;
    let f = ewma.expect(&a, &ask);
    time("sums per cell of one forecast", &|| drop(black_box(f.by_cell(&Part::all()))))?;
    time("score of 12 weeks, 100,000", &|| {
        black_box(score(&ewma, &a, &ScoreAsk::default()));
    })?;
    time("the same, blend", &|| {
        black_box(score(&blend, &a, &ScoreAsk::default()));
    })
}

/// Events over 60 x 60 cells (a few of them busy), seven groups, all hours.
fn made_up(n: usize, days: u64) -> Vec<Event> {
    let mut seed = 7u64;
    let mut draw = |below: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % below
    };
    let mut events: Vec<Event> = (0..n)
        .map(|_| Event {
            day: 16_000 + draw(days) as i32,
            hour: draw(24) as u8,
            cell: Some(Cell { x: (draw(60) * draw(60) / 60) as i32, y: draw(60) as i32 }),
            area: if draw(10) == 0 { UNKNOWN_AREA } else { draw(20) as u32 },
            category: draw(35) as u16,
            group: draw(7) as u16,
            source: draw(5) as u8,
        })
        .collect();
    events.sort_by_key(|e| e.day);
    events
}
