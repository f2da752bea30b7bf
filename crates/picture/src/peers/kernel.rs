//! Kernel density: what happened nearby counts too, less with the distance.
//!
//! The Gaussian kernel works on sub-cells of a quarter of a cell, and what falls in a cell is added up.
//! Rules of thumb for the bandwidth (Silverman) smooth a city away; it is tuned here (Chainey, Tompson &
//! Uhlig, Security Journal 2008; Bowers, Johnson & Pease 2004 for the weights in time).

use super::counting::{WINDOW, decay};
use super::{Peer, best, rescaled};
use crate::backtest::panel::{Past, SUB};
use std::ops::Range;

/// Boxes of more cells than this are not smoothed: a stray event far away would fill the memory.
const LARGEST: usize = 4_000_000;

/// Kernel density of the last 52 weeks.
pub struct Kernel {
    bandwidth: f64,
}

impl Default for Kernel {
    fn default() -> Self {
        Self { bandwidth: 100.0 }
    }
}

impl Peer for Kernel {
    fn name(&self) -> String {
        format!("KDE 52 wk, tuned h={} m", self.bandwidth)
    }

    fn tune(&mut self, past: &Past<'_>, weeks: Range<usize>) {
        let tried = [50.0, 75.0, 100.0, 150.0, 200.0, 300.0, 500.0];
        let found = best(past, weeks, &tried, |past, h| density(past, &[1.0; 52], h));
        self.bandwidth = found.unwrap_or(self.bandwidth);
    }

    fn rates(&mut self, past: &Past<'_>) -> Vec<f64> {
        rescaled(past, density(past, &[1.0; 52], self.bandwidth))
    }
}

/// Kernel density of three years with exponential weights.
pub struct EwmaKernel {
    half_life: f64,
    bandwidth: f64,
}

impl Default for EwmaKernel {
    fn default() -> Self {
        Self { half_life: 26.0, bandwidth: 50.0 }
    }
}

impl Peer for EwmaKernel {
    fn name(&self) -> String {
        format!("EWMA {} wk + KDE {} m", self.half_life, self.bandwidth)
    }

    fn tune(&mut self, past: &Past<'_>, weeks: Range<usize>) {
        let bandwidths = [25.0, 50.0, 75.0, 100.0, 150.0, 200.0];
        let pairs = |h: f64| bandwidths.map(|b| (h, b));
        let tried: Vec<(f64, f64)> = [8.0, 16.0, 26.0, 52.0, 104.0].into_iter().flat_map(pairs).collect();
        let found = best(past, weeks.step_by(2), &tried, |past, (h, b)| density(past, &decay(h, WINDOW), b));
        (self.half_life, self.bandwidth) = found.unwrap_or((self.half_life, self.bandwidth));
    }

    fn rates(&mut self, past: &Past<'_>) -> Vec<f64> {
        rescaled(past, density(past, &decay(self.half_life, WINDOW), self.bandwidth))
    }
}

/// The chance mass of a discrete Gaussian of `sigma` steps, cut at `reach` steps: `out[i]` is that of a
/// step of i. The whole adds up to one.
fn gauss(sigma: f64, reach: usize) -> Vec<f64> {
    let half: Vec<f64> = (0..=reach).map(|i| (-0.5 * (i as f64 / sigma).powi(2)).exp()).collect();
    let sum = half[0] + 2.0 * half[1..].iter().sum::<f64>();
    half.into_iter().map(|v| v / sum).collect()
}

/// Weighted events (weights per week, newest first) smeared with bandwidth `metres`, per cell.
fn density(past: &Past<'_>, weights: &[f64], metres: f64) -> Vec<f64> {
    let (width, height) = past.size();
    if width * height > LARGEST {
        return super::counting::mean(past, weights);
    }
    let sigma = metres / (past.side() / SUB as f64);
    let reach = (4.0 * sigma + 0.5) as usize;
    let mass = gauss(sigma, reach);
    // From a sub-cell to whole cells: what lands `d - span` cells further, for each place in the own cell.
    let span = reach.div_ceil(SUB);
    let landing: Vec<Vec<f64>> = (0..SUB)
        .map(|from| {
            let lands = |cell: usize| -> f64 {
                let first = (cell * SUB) as i64 - (span * SUB) as i64 - from as i64;
                (first..first + SUB as i64).filter_map(|step| mass.get(step.unsigned_abs() as usize)).sum()
            };
            (0..=2 * span).map(lands).collect()
        })
        .collect();
    let mut fine = vec![0.0; width * SUB * height * SUB];
    let weeks = past.weeks();
    for (age, w) in weights.iter().enumerate().take(weeks) {
        for p in past.points(weeks - 1 - age, weeks - age) {
            let cell = past.cells()[p.cell as usize];
            let x = cell.x as usize * SUB + usize::from(p.sub_x);
            let y = cell.y as usize * SUB + usize::from(p.sub_y);
            fine[y * width * SUB + x] += w;
        }
    }
    let mut out = vec![0.0; width * height];
    let mut across = vec![0.0; width];
    for (y, row) in fine.chunks_exact(width * SUB).enumerate() {
        if row.iter().all(|v| *v == 0.0) {
            continue;
        }
        across.fill(0.0);
        for (x, v) in row.iter().enumerate().filter(|(_, v)| **v != 0.0) {
            let to = landing[x % SUB].iter().enumerate();
            for (d, m) in to {
                if let Some(cell) = (x / SUB + d).checked_sub(span).and_then(|at| across.get_mut(at)) {
                    *cell += v * m;
                }
            }
        }
        for (d, m) in landing[y % SUB].iter().enumerate() {
            let Some(to) = (y / SUB + d).checked_sub(span).filter(|to| *to < height) else { continue };
            let to = &mut out[to * width..][..width];
            to.iter_mut().zip(&across).for_each(|(o, v)| *o += v * m);
        }
    }
    past.cells().iter().map(|c| out[c.y as usize * width + c.x as usize]).collect()
}

/// Gaussian mean over the neighbouring cells of the area, edges made good.
pub(crate) struct Smoother {
    width: usize,
    height: usize,
    places: Vec<usize>,
    mass: Vec<f64>,
    below: Vec<f64>,
}

impl Smoother {
    /// For a standard deviation of `metres`.
    pub(crate) fn new(past: &Past<'_>, metres: f64) -> Self {
        let (width, height) = past.size();
        let sigma = metres / past.side();
        let mut made = Self {
            width,
            height,
            places: past.cells().iter().map(|c| c.y as usize * width + c.x as usize).collect(),
            mass: gauss(sigma, (3.0 * sigma + 0.5) as usize),
            below: Vec::new(),
        };
        made.below = made.blurred(&vec![1.0; made.places.len()]);
        made
    }

    /// The means.
    pub(crate) fn of(&self, values: &[f64]) -> Vec<f64> {
        let mut out = self.blurred(values);
        out.iter_mut().zip(&self.below).for_each(|(o, b)| *o /= b.max(1e-12));
        out
    }

    fn blurred(&self, values: &[f64]) -> Vec<f64> {
        if self.width * self.height > LARGEST {
            return values.to_vec();
        }
        let reach = self.mass.len() - 1;
        let mut grid = vec![0.0; self.width * self.height];
        self.places.iter().zip(values).for_each(|(at, v)| grid[*at] = *v);
        let mut across = vec![0.0; grid.len()];
        for (from, to) in grid.chunks_exact(self.width).zip(across.chunks_exact_mut(self.width)) {
            for (x, v) in from.iter().enumerate().filter(|(_, v)| **v != 0.0) {
                let (a, b) = (x.saturating_sub(reach), (x + reach).min(self.width - 1));
                (a..=b).for_each(|i| to[i] += v * self.mass[i.abs_diff(x)]);
            }
        }
        let mut down = vec![0.0; grid.len()];
        for (y, from) in across.chunks_exact(self.width).enumerate() {
            let (a, b) = (y.saturating_sub(reach), (y + reach).min(self.height - 1));
            for row in a..=b {
                let m = self.mass[row.abs_diff(y)];
                let to = &mut down[row * self.width..][..self.width];
                to.iter_mut().zip(from).for_each(|(t, v)| *t += v * m);
            }
        }
        self.places.iter().map(|at| down[*at]).collect()
    }
}
