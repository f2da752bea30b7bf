//! What the learning peers know of a cell: its own counts with short and long memory, those of its
//! neighbours, last year's, and the season. Nothing about people or households.

use super::counting::{HALF_LIVES, WINDOW, decay};
use super::kernel::Smoother;
use super::level;
use crate::backtest::panel::Past;

/// How far neighbours are looked at, in metres.
const NEIGHBOURS: [f64; 3] = [200.0, 400.0, 800.0];
/// Which of the memories are smoothed over the neighbours: 4, 26 and 104 weeks.
const SMOOTHED: [usize; 3] = [1, 4, 6];

/// Makes the maps; the smoothing tables are made once.
#[derive(Default)]
pub(super) struct Maps {
    near: Vec<Smoother>,
}

/// The maps before one week, per cell of the area.
pub(super) struct Before {
    /// Per half-life of [`HALF_LIVES`] the weighted mean.
    pub(super) ewma: Vec<Vec<f64>>,
    /// The same five weeks a year ago; `None` when less than 54 weeks are known.
    pub(super) last_year: Option<Vec<f64>>,
}

impl Maps {
    /// Own counts and last year's.
    pub(super) fn before(&mut self, past: &Past<'_>) -> Before {
        if self.near.is_empty() {
            self.near = NEIGHBOURS.iter().map(|m| Smoother::new(past, *m)).collect();
        }
        let known = past.weeks();
        let n = past.cells().len();
        let window = WINDOW.min(known);
        let weights: Vec<Vec<f64>> = HALF_LIVES.iter().map(|h| decay(*h, WINDOW)).collect();
        let mut sums = vec![[0.0; HALF_LIVES.len()]; n];
        for age in 0..window {
            for p in past.points(known - 1 - age, known - age) {
                let cell = &mut sums[p.cell as usize];
                cell.iter_mut().zip(&weights).for_each(|(s, w)| *s += w[age]);
            }
        }
        let ewma = weights.iter().enumerate().map(|(i, w)| {
            let all = w[..window].iter().sum::<f64>().max(1e-300);
            sums.iter().map(|s| s[i] / all).collect()
        });
        let last_year = (known >= 54).then(|| {
            let mut out = vec![0.0; n];
            for p in past.points(known - 54, known - 49) {
                out[p.cell as usize] += 0.2;
            }
            out
        });
        Before { ewma: ewma.collect(), last_year }
    }

    /// The mean over the neighbours; `near` 0, 1, 2 is 200, 400, 800 metres.
    pub(super) fn smooth(&self, values: &[f64], near: usize) -> Vec<f64> {
        self.near[near].of(values)
    }

    /// All features, as many rows as cells; the last five say where, when in the year, and how the whole moves.
    pub(super) fn rows(&mut self, past: &Past<'_>) -> Vec<[f32; FEATURES]> {
        let b = self.before(past);
        let n = past.cells().len();
        let known = past.weeks();
        let mut out = vec![[0f32; FEATURES]; n];
        let mut at = 0;
        let mut put = |values: &dyn Fn(usize) -> f64| {
            out.iter_mut().enumerate().for_each(|(i, row)| row[at] = values(i) as f32);
            at += 1;
        };
        for map in &b.ewma {
            put(&|i| map[i]);
        }
        for near in 0..NEIGHBOURS.len() {
            for of in SMOOTHED {
                let map = self.smooth(&b.ewma[of], near);
                put(&|i| map[i]);
            }
        }
        for lag in 1..=4 {
            put(&|i| if known >= lag { f64::from(past.counts(known - lag)[i]) } else { f64::NAN });
        }
        let last_year = b.last_year.unwrap_or_else(|| vec![f64::NAN; n]);
        put(&|i| last_year[i]);
        let known_year: Vec<f64> = last_year.iter().map(|v| if v.is_nan() { 0.0 } else { *v }).collect();
        let around = self.smooth(&known_year, 1);
        put(&|i| around[i]);
        let mut since = vec![999.0; n];
        for age in (0..known.min(WINDOW)).rev() {
            for p in past.points(known - 1 - age, known - age) {
                since[p.cell as usize] = age as f64;
            }
        }
        put(&|i| since[i]);
        put(&|i| f64::from(past.cells()[i].x));
        put(&|i| f64::from(past.cells()[i].y));
        let angle = std::f64::consts::TAU * past.season(known);
        put(&|_| angle.sin());
        put(&|_| angle.cos());
        let trend = trend(past);
        put(&|_| trend);
        out
    }
}

/// How many features a row has.
pub(super) const FEATURES: usize = HALF_LIVES.len() + NEIGHBOURS.len() * SMOOTHED.len() + 12;

/// Logarithm of the level of the last four weeks over that of the last year.
pub(super) fn trend(past: &Past<'_>) -> f64 {
    let n = past.weeks().min(52);
    let year = past.points(past.weeks() - n, past.weeks()).len() as f64 / n.max(1) as f64;
    (level(past).max(1.0) / year.max(1.0)).ln()
}
