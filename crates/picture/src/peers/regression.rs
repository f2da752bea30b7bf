//! Negative binomial regression: the logarithm of the expected count is a weighted sum of logarithms of the
//! decayed counts of the cell and its neighbours, last week's, last year's, the season and the recent trend;
//! learned anew every 13 weeks by iteratively reweighted least squares, the dispersion by moments (Cameron &
//! Trivedi, "Regression analysis of count data", 2013).

use super::Peer;
use super::features::{Maps, trend};
use crate::backtest::panel::Past;
use std::collections::BTreeMap;

const REFIT: usize = 13;
const LEARNED: usize = 104;
const LEAST: usize = 30;
/// Number of coefficients.
const N: usize = 16;
/// How strongly coefficients are held, in units of one event.
const PENALTY: f64 = 1.0;
/// Added before the logarithm is taken, as a share of the mean cell: one without events is not "never".
const FLOOR: f64 = 0.1;

/// The regression and what it keeps between origins.
#[derive(Default)]
pub struct Regression {
    maps: Maps,
    kept: BTreeMap<usize, Vec<[f64; N]>>,
    fitted: Option<(usize, [f64; N])>,
}

impl Regression {
    fn rows(&mut self, past: &Past<'_>) -> Vec<[f64; N]> {
        let b = self.maps.before(past);
        let cells = past.cells().len().max(1) as f64;
        let floor = (FLOOR * b.ewma[6].iter().sum::<f64>() / cells).max(1e-6);
        let ln = |v: f64| (v + floor).ln();
        let near: [Vec<f64>; 4] = [(2, 0), (6, 0), (6, 1), (6, 2)].map(|(of, n)| self.maps.smooth(&b.ewma[of], n));
        let year = b.last_year.map(|y| self.maps.smooth(&y, 0));
        let now = past.weeks();
        let last = (now > 0).then(|| past.counts(now - 1));
        let angle = std::f64::consts::TAU * past.season(now);
        let trend = trend(past);
        let row = |i: usize| {
            let own = |of: usize| ln(b.ewma[of][i]);
            [
                1.0,
                own(0),
                own(2),
                own(3),
                own(5),
                own(6),
                ln(near[0][i]),
                ln(near[1][i]),
                ln(near[2][i]),
                ln(near[3][i]),
                ln(year.as_ref().map_or(near[1][i], |y| y[i])),
                f64::from(last.map_or(0.0, |l| l[i])).ln_1p(),
                angle.sin(),
                angle.cos(),
                (2.0 * angle).cos(),
                trend,
            ]
        };
        (0..past.cells().len()).map(row).collect()
    }

    fn fit(&mut self, past: &Past<'_>, start: Option<[f64; N]>) -> [f64; N] {
        let now = past.weeks();
        let weeks = LEAST.max(now.saturating_sub(LEARNED)).min(now)..now;
        self.kept.retain(|week, _| *week >= weeks.start);
        for week in weeks.clone() {
            if !self.kept.contains_key(&week) {
                let rows = self.rows(&past.before(week));
                self.kept.insert(week, rows);
            }
        }
        let each = weeks.flat_map(|w| self.kept[&w].iter().zip(past.counts(w)));
        let rows: Vec<(&[f64; N], f64)> = each.map(|(x, y)| (x, f64::from(*y))).collect();
        let poisson = climb(&rows, start.unwrap_or(LEVEL), 0.0);
        let (mut beyond, mut squares) = (0.0, 0.0);
        for (x, y) in &rows {
            let m = mean(x, &poisson);
            beyond += (y - m) * (y - m) - m;
            squares += m * m;
        }
        climb(&rows, poisson, (beyond / f64::max(squares, 1e-9)).clamp(0.0, 10.0))
    }
}

/// Before anything is learned, and where the penalty pulls: the level of the last year, whatever else.
const LEVEL: [f64; N] = {
    let mut beta = [0.0; N];
    beta[4] = 1.0;
    beta
};

/// The most likely coefficients for a variance of m + dispersion x m^2, lightly held to [`LEVEL`]: Fisher
/// scoring, each step halved until it gains.
fn climb(rows: &[(&[f64; N], f64)], start: [f64; N], dispersion: f64) -> [f64; N] {
    let (mut beta, mut step, mut best) = (start, [0.0; N], f64::NEG_INFINITY);
    for _ in 0..40 {
        let tried: [f64; N] = std::array::from_fn(|i| beta[i] + step[i]);
        let mut curve = [[0.0; N]; N];
        let mut slope: [f64; N] = std::array::from_fn(|i| PENALTY * (LEVEL[i] - tried[i]));
        let mut gain = -0.5 / PENALTY * slope.iter().map(|s| s * s).sum::<f64>();
        for (x, y) in rows {
            let m = mean(x, &tried);
            let less = if dispersion > 0.0 { (y + 1.0 / dispersion) * (dispersion * m).ln_1p() } else { m };
            gain += y * m.ln() - less;
            let w = 1.0 / (1.0 + dispersion * m);
            for i in 0..N {
                slope[i] += x[i] * (y - m) * w;
                let xi = x[i] * m * w;
                for j in 0..=i {
                    curve[i][j] += xi * x[j];
                }
            }
        }
        if gain < best {
            step = step.map(|s| s / 2.0);
            if step.iter().all(|s| s.abs() < 1e-6) {
                break;
            }
            continue;
        }
        let gained = gain - best;
        (beta, best) = (tried, gain);
        match solve(curve, slope, PENALTY) {
            Some(next) if gained > 1e-4 => step = next,
            _ => break,
        }
    }
    beta
}

fn mean(x: &[f64; N], beta: &[f64; N]) -> f64 {
    x.iter().zip(beta).map(|(x, b)| x * b).sum::<f64>().clamp(-20.0, 10.0).exp()
}

/// Solves (curve + ridge) step = slope by Cholesky; only the lower half of `curve` is read.
fn solve(mut a: [[f64; N]; N], mut b: [f64; N], ridge: f64) -> Option<[f64; N]> {
    for i in 0..N {
        a[i][i] += ridge;
        for j in 0..=i {
            let dot: f64 = (0..j).map(|k| a[i][k] * a[j][k]).sum();
            let left = a[i][j] - dot;
            a[i][j] = if i == j { (left > 0.0).then(|| left.sqrt())? } else { left / a[j][j] };
        }
    }
    for i in 0..N {
        let dot: f64 = (0..i).map(|k| a[i][k] * b[k]).sum();
        b[i] = (b[i] - dot) / a[i][i];
    }
    for i in (0..N).rev() {
        let dot: f64 = (i + 1..N).map(|k| a[k][i] * b[k]).sum();
        b[i] = (b[i] - dot) / a[i][i];
    }
    Some(b)
}

impl Peer for Regression {
    fn name(&self) -> String {
        "negative binomial regression".to_owned()
    }

    fn rates(&mut self, past: &Past<'_>) -> Vec<f64> {
        let now = past.weeks();
        let (at, beta) = match self.fitted {
            Some((at, beta)) if now < at + REFIT => (at, beta),
            kept => (now, self.fit(past, kept.map(|k| k.1))),
        };
        self.fitted = Some((at, beta));
        self.rows(past).iter().map(|x| mean(x, &beta)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equations_are_solved() {
        let mut a = [[0.0; N]; N];
        let x: [f64; N] = std::array::from_fn(|i| i as f64 - 3.0);
        for (i, row) in a.iter_mut().enumerate() {
            for (j, v) in row.iter_mut().enumerate() {
                *v = if i == j { 20.0 } else { 1.0 / (1 + i.abs_diff(j)) as f64 };
            }
        }
        let b = std::array::from_fn(|i| (0..N).map(|j| a[i][j] * x[j]).sum());
        let found = solve(a, b, 0.0).unwrap();
        found.iter().zip(x).for_each(|(f, x)| assert!((f - x).abs() < 1e-9));
        assert_eq!(solve([[0.0; N]; N], [1.0; N], 0.0), None);
    }
}
