//! Non-negative mixture of simple maps: counts with several memories, the same smoothed over the
//! neighbours, last year's weeks and a flat map, weighed by expectation-maximisation of the Poisson
//! likelihood on the past year (stacking: Breiman, Machine Learning 1996; Lee & Seung 2001 for the update).

use super::Peer;
use super::counting::mean;
use super::features::Maps;
use super::level;
use crate::backtest::panel::Past;
use std::collections::BTreeMap;

const REFIT: usize = 4;
const LEARNED: usize = 52;
const LEAST: usize = 26;
const MAPS: usize = 13;

/// The mixture and what it keeps between origins.
#[derive(Default)]
pub struct Stack {
    maps: Maps,
    kept: BTreeMap<usize, Vec<[f64; MAPS]>>,
    weights: Option<(usize, [f64; MAPS])>,
}

impl Stack {
    /// Each map brought to the recent level of the whole area.
    fn rows(&mut self, past: &Past<'_>) -> Vec<[f64; MAPS]> {
        let b = self.maps.before(past);
        let ewma = |i: usize| b.ewma[i].clone();
        let near = |values: &[f64]| (0..3).map(|n| self.maps.smooth(values, n)).collect::<Vec<_>>();
        let mut maps: Vec<Vec<f64>> = vec![ewma(0), ewma(1), ewma(2), ewma(4), ewma(6)];
        maps.extend(near(&b.ewma[2]));
        maps.extend(near(&b.ewma[6]));
        maps.push(self.maps.smooth(b.last_year.as_ref().unwrap_or(&b.ewma[6]), 0));
        let flat = mean(past, &[1.0; 52]);
        maps.push(vec![flat.iter().sum::<f64>() / flat.len().max(1) as f64; flat.len()]);
        let level = level(past);
        let factor: Vec<f64> = maps.iter().map(|m| level / m.iter().sum::<f64>().max(1e-9)).collect();
        (0..flat.len()).map(|cell| std::array::from_fn(|m| maps[m][cell] * factor[m])).collect()
    }

    fn learn(&mut self, past: &Past<'_>, start: Option<[f64; MAPS]>) -> [f64; MAPS] {
        let now = past.weeks();
        let weeks = LEAST.max(now.saturating_sub(LEARNED)).min(now)..now;
        self.kept.retain(|week, _| *week >= weeks.start);
        let (mut x, mut y, mut total) = (Vec::new(), Vec::new(), [0.0; MAPS]);
        for week in weeks {
            if !self.kept.contains_key(&week) {
                let rows = self.rows(&past.before(week));
                self.kept.insert(week, rows);
            }
            for (row, y_here) in self.kept[&week].iter().zip(past.counts(week)) {
                total.iter_mut().zip(row).for_each(|(t, v)| *t += v);
                if *y_here > 0.0 {
                    x.push(*row);
                    y.push(f64::from(*y_here));
                }
            }
        }
        let mut a = start.map_or([1.0 / MAPS as f64; MAPS], |a| a.map(|w| w.max(1e-3)));
        for _ in 0..200 {
            let mut part = [0.0; MAPS];
            for (row, y) in x.iter().zip(&y) {
                let said: f64 = row.iter().zip(&a).map(|(v, a)| v * a).sum();
                let factor = y / said.max(1e-12);
                part.iter_mut().zip(row).for_each(|(p, v)| *p += v * factor);
            }
            for ((a, p), t) in a.iter_mut().zip(part).zip(total) {
                *a *= p / t.max(1e-12);
            }
        }
        a
    }
}

impl Peer for Stack {
    fn name(&self) -> String {
        "non-negative mixture (EM)".to_owned()
    }

    fn rates(&mut self, past: &Past<'_>) -> Vec<f64> {
        let now = past.weeks();
        let (at, a) = match self.weights {
            Some((at, a)) if now < at + REFIT => (at, a),
            kept => (now, self.learn(past, kept.map(|k| k.1))),
        };
        self.weights = Some((at, a));
        let rows = self.rows(past);
        rows.iter().map(|row| row.iter().zip(&a).map(|(v, a)| v * a).sum()).collect()
    }
}
