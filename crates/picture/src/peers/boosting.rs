//! Gradient boosting with Poisson loss: trees on decay, lag, neighbour and season features, learned anew
//! every 13 weeks on at most 300,000 cell-weeks of the last two and a half years (Friedman, Annals of
//! Statistics 2001). The strongest peer, and the slowest.

use super::Peer;
use super::features::{FEATURES, Maps};
use super::trees::{Growth, Trees};
use crate::backtest::draw::Draw;
use crate::backtest::panel::Past;
use std::collections::BTreeMap;

const REFIT: usize = 13;
const LONGEST: usize = 130;
const LEAST: usize = 30;
const MOST_ROWS: usize = 300_000;
const GROWTH: Growth =
    Growth { trees: 250, leaves: 31, least_rows: 300.0, rate: 0.05, ridge: 5.0, features: 0.7, rows: 0.8, seed: 1 };

/// The booster and what it keeps between origins.
#[derive(Default)]
pub struct Boosting {
    maps: Maps,
    rows: BTreeMap<usize, Vec<[f32; FEATURES]>>,
    model: Option<(usize, Trees)>,
}

impl Boosting {
    fn fit(&mut self, past: &Past<'_>) -> Trees {
        let now = past.weeks();
        let weeks = LEAST.max(now.saturating_sub(LONGEST)).min(now)..now;
        let cells = past.cells().len();
        self.rows.retain(|week, _| *week >= weeks.start);
        for week in weeks.clone() {
            let maps = &mut self.maps;
            self.rows.entry(week).or_insert_with(|| maps.rows(&past.before(week)));
        }
        let chosen = Draw::new(GROWTH.seed).some(MOST_ROWS, weeks.len() * cells);
        let at = |i: &usize| (weeks.start + i / cells, i % cells);
        let x: Vec<[f32; FEATURES]> = chosen.iter().map(at).map(|(week, cell)| self.rows[&week][cell]).collect();
        let y: Vec<f32> = chosen.iter().map(at).map(|(week, cell)| past.counts(week)[cell]).collect();
        Trees::fit(&x, &y, &GROWTH)
    }
}

impl Peer for Boosting {
    fn name(&self) -> String {
        "gradient boosting (Poisson)".to_owned()
    }

    fn rates(&mut self, past: &Past<'_>) -> Vec<f64> {
        let now = past.weeks();
        let trees = match self.model.take().filter(|(at, _)| now < at + REFIT) {
            Some(kept) => kept,
            None => (now, self.fit(past)),
        };
        let rates = self.maps.rows(past).iter().map(|row| trees.1.mean(row)).collect();
        self.model = Some(trees);
        rates
    }
}
