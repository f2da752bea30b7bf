//! Prints, as JSON, how long the nightly refit and forecast of all groups takes on made-up events of five
//! years, and how much memory the process had at its highest.
//!
//! `cargo run --profile demo -p picture --example daily 1000000`

use picture::history::{Cell, Event, History, UNKNOWN_AREA};
use picture::{Ask, backtest};
use std::error::Error;
use std::io::{self, Write};
use std::time::Instant;

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let events: usize = args.next().map_or(Ok(100_000), |n| n.parse())?;
    let name = args.next().unwrap_or(backtest::MODELS[0].to_owned());
    let model = backtest::model(&name).ok_or("no such model")?;
    let history = History::new(made_up(events, 5 * 365));
    let before = Instant::now();
    let forecast = model.expect(&history, &Ask::week(history.last_day() + 1));
    let seconds = before.elapsed().as_secs_f64();
    // Linux tells; elsewhere the memory is not known.
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak =
        status.lines().find_map(|l| l.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.trim().parse::<f64>().ok());
    let peak = peak.map_or("null".to_owned(), |kb| format!("{:.0}", kb / 1024.0));
    writeln!(
        io::stdout(),
        "{{\"model\":\"{name}\",\"events\":{events},\"cells\":{},\"rows\":{},\"seconds\":{seconds:.3},\"peak_mib\":{peak}}}",
        history.cells().len(),
        forecast.rows.len()
    )?;
    Ok(())
}

/// Events over 60 x 60 cells (a few of them busy), seven groups, all hours, more in summer.
fn made_up(n: usize, days: u64) -> Vec<Event> {
    let mut seed = 7u64;
    let mut draw = |below: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % below
    };
    let mut out = Vec::with_capacity(n);
    while out.len() < n {
        let day = draw(days) as i32;
        let summer = (f64::from(day) * std::f64::consts::TAU / 365.25).cos();
        if draw(100) as f64 > 75.0 - 25.0 * summer {
            continue;
        }
        out.push(Event {
            day: 16_000 + day,
            hour: draw(24) as u8,
            cell: Some(Cell { x: (draw(60) * draw(60) / 60) as i32, y: draw(60) as i32 }),
            area: if draw(10) == 0 { UNKNOWN_AREA } else { draw(20) as u32 },
            category: draw(35) as u16,
            group: draw(7) as u16,
            source: draw(5) as u8,
        });
    }
    out.sort_by_key(|e| e.day);
    out
}
