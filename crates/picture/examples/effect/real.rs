//! Real events, cut into squares and kinds, with starts at which nothing happened (true effect 0) or
//! with events taken away by chance (a known effect).

use crate::town::{Case, Draw};
use flate2::read::GzDecoder;
use picture::effect::{Donor, Study};
use picture::history::{day_of, week_of};
use std::error::Error;
use std::fs::File;

const KINDS: [&[&str]; 6] = [
    &["vandalism", "disorderly_conduct", "loitering_begging", "trespassing", "liquor", "other_public_order"],
    &["larceny"],
    &["burglary"],
    &["vehicle_theft"],
    &["robbery", "aggravated_assault", "other_assault"],
    &["drugs", "weapons", "other_public_order"],
];

struct Event {
    week: usize,
    lon: f64,
    lat: f64,
    kinds: [bool; 6],
}

pub struct City {
    events: Vec<Event>,
    weeks: usize,
}

impl City {
    pub fn read(path: &str) -> Result<Self, Box<dyn Error>> {
        let mut events = Vec::new();
        let first = week_of(day_of(2015, 1, 5));
        let mut weeks = 0;
        for row in csv::Reader::from_reader(GzDecoder::new(File::open(path)?)).records() {
            let row = row?;
            let t = &row[1];
            let week = week_of(day_of(t[..4].parse()?, t[5..7].parse()?, t[8..10].parse()?)) - first;
            if week >= 0 {
                let kinds = KINDS.map(|names| names.contains(&&row[4]));
                events.push(Event { week: week as usize, lon: row[2].parse()?, lat: row[3].parse()?, kinds });
                weeks = weeks.max(week as usize); // the last week is not whole
            }
        }
        events.retain(|e| e.week < weeks);
        Ok(Self { events, weeks })
    }

    /// A square of 500-1,500 m and a kind of event, a start by chance; `zero`: nothing is done.
    pub fn case(&self, seed: u64, zero: bool) -> Option<Case> {
        let draw = &mut Draw::new(seed + 7_000_000);
        let side = draw.between(500.0, 1_500.0);
        let kind = draw.below(KINDS.len() + 1);
        let (dx, dy) = (draw.unit(), draw.unit());
        let square = |e: &Event| {
            (
                ((e.lon + 90.35) * 86_900.0 / side + dx) as usize, // metres per degree at 38.6 north
                ((e.lat - 38.5) * 111_000.0 / side + dy) as usize,
            )
        };
        let wide = (0.2 * 86_900.0 / side) as usize + 2;
        let high = (0.3 * 111_000.0 / side) as usize + 2;
        let mut counts = vec![Vec::new(); wide * high];
        for e in self.events.iter().filter(|e| kind == KINDS.len() || e.kinds[kind]) {
            let (x, y) = square(e);
            if x < wide && y < high {
                let series = &mut counts[x * high + y];
                if series.is_empty() {
                    *series = vec![0u32; self.weeks];
                }
                series[e.week] += 1;
            }
        }
        let start = 52 + draw.below(self.weeks - 52 - 8);
        let end = (start + 8 + draw.below(45)).min(self.weeks);
        let busy: Vec<usize> = (0..counts.len())
            .filter(|at| !counts[*at].is_empty() && counts[*at][..start].iter().sum::<u32>() as usize * 10 >= start * 3)
            .collect();
        if busy.len() < 8 {
            return None;
        }
        let at = busy[draw.below(busy.len())];
        let (x, y) = (at / high, at % high);
        let near = |other: usize| (other / high).abs_diff(x) <= 1 && (other % high).abs_diff(y) <= 1;
        let mut ring = vec![0; self.weeks];
        let mut donors = Vec::new();
        for &other in busy.iter().filter(|o| **o != at) {
            if near(other) {
                ring.iter_mut().zip(&counts[other]).for_each(|(r, n)| *r += n);
            } else {
                donors.push(Donor { name: format!("{other}"), counts: counts[other].clone() });
            }
        }
        let truth = if zero { 0.0 } else { draw.between(-0.4, 0.2) };
        let keep = |week: usize| if week < start { 1.0 / (1.0 + truth).max(1.0) } else { (1.0 + truth).min(1.0) };
        let treated: Vec<u32> =
            counts[at].iter().enumerate().map(|(w, n)| if zero { *n } else { draw.binomial(*n, keep(w)) }).collect();
        let rate = f64::from(treated[..start].iter().sum::<u32>()) / start as f64;
        Some(Case { study: Study { start, end, treated, ring: Some(ring), donors }, truth, ring: 0.0, rate, drift: 0 })
    }
}
