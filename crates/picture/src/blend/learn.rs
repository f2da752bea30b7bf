//! What is learned from past weeks: how much each map weighs, and how the mixture is bent.

use super::maps::{first_guess, map};

/// The rows of one past week: the cells where something happened, and some of the others.
#[derive(Clone, Default)]
pub(super) struct Week {
    /// The maps at each row, as shares.
    pub maps: Vec<f32>,
    /// What happened.
    pub counts: Vec<f32>,
    /// How many cells each row stands for.
    pub weights: Vec<f32>,
    /// How many cells were known.
    pub cells: f64,
    /// What was expected of all of them, from the weeks before.
    pub level: f64,
    /// Rows with an event.
    pub events: usize,
}

/// The maps that bend the mixture.
const BENDS: [usize; 9] = [
    map::E2,
    map::E8,
    map::E32,
    map::ALL,
    map::SMOOTH,      // 8 weeks, the nearest neighbours
    map::SMOOTH + 2,  // 128 weeks, the nearest
    map::SMOOTH + 6,  // 128 weeks, a little further
    map::SMOOTH + 10, // 128 weeks, further
    map::SEASON,
];
/// Level, level squared, per map its ratio to the mixture, and that times the level.
const TERMS: usize = 2 + 2 * BENDS.len();

/// What was learned.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Learned {
    /// The share of each map.
    pub mix: [f64; map::COUNT],
    /// How much more or less than the level of late.
    pub shift: f64,
    centre: [f64; TERMS],
    slope: [f64; TERMS],
}

/// How many rounds; few keep the shares near the first guess, as they should be.
const ROUNDS: usize = 40;
/// Events' worth of the first guess.
const GUESS: f64 = 2.0;
/// How strongly the bends are held to none, in events.
const RIDGE: f64 = 2000.0;
/// The same for the shift.
const RIDGE_SHIFT: f64 = 50.0;

impl Learned {
    pub fn nothing() -> Self {
        Self { mix: first_guess(), shift: 0.0, centre: [0.0; TERMS], slope: [0.0; TERMS] }
    }

    /// Learns from past weeks, oldest first: the shares from `long`, the bends from `short`.
    pub fn from(long: &[&Week], short: &[&Week]) -> Self {
        let mut learned = Self::nothing();
        if long.iter().map(|w| w.events).sum::<usize>() < 10 {
            return learned;
        }
        learned.mix = mix(long);
        if short.iter().map(|w| w.events).sum::<usize>() >= 50 {
            learned.bend(short);
        }
        learned
    }

    /// The mixture's share of a cell.
    pub fn share(&self, maps: impl Iterator<Item = f64>) -> f64 {
        maps.zip(&self.mix).map(|(x, a)| x * a).sum()
    }

    /// The terms of a cell, from its maps and the mixture, as shares.
    fn terms(maps: impl Fn(usize) -> f64, share: f64, cells: f64) -> [f64; TERMS] {
        let mut out = [0.0; TERMS];
        let level = (share * cells).max(1e-9).ln();
        let small = 0.1 / cells;
        let own = (share + small).ln();
        out[0] = level;
        out[1] = level * level;
        for (i, &k) in BENDS.iter().enumerate() {
            let ratio = (maps(k) + small).ln() - own;
            out[2 + i] = ratio;
            out[2 + BENDS.len() + i] = ratio * level;
        }
        out
    }

    /// The factor with which the mixture is multiplied in a cell.
    pub fn factor(&self, maps: impl Fn(usize) -> f64, share: f64, cells: f64) -> f64 {
        let terms = Self::terms(maps, share, cells);
        let each = terms.iter().zip(&self.centre).zip(&self.slope);
        (self.shift + each.map(|((z, c), s)| (z - c) * s).sum::<f64>()).clamp(-3.0, 3.0).exp()
    }

    /// What was expected in each row of a week.
    pub fn expected<'a>(&'a self, week: &'a Week) -> impl Iterator<Item = f64> + 'a {
        week.maps.chunks_exact(map::COUNT).map(|row| {
            let share = self.share(row.iter().map(|v| f64::from(*v)));
            share * self.factor(|k| f64::from(row[k]), share, week.cells) * week.level
        })
    }

    /// Poisson regression with the mixture as given, by Newton's method; each term is measured from its
    /// mean in units of its spread, and held to zero.
    fn bend(&mut self, weeks: &[&Week]) {
        let mut rows: Vec<[f32; TERMS + 1]> = Vec::new();
        let mut known: Vec<[f64; 3]> = Vec::new(); // count, weight, log of the mixture
        for week in weeks {
            let each = week.maps.chunks_exact(map::COUNT).zip(week.counts.iter().zip(&week.weights));
            for (maps, (y, weight)) in each {
                let share = self.share(maps.iter().map(|v| f64::from(*v)));
                let terms = Self::terms(|k| f64::from(maps[k]), share, week.cells);
                let mut row = [1.0; TERMS + 1];
                row[1..].iter_mut().zip(terms).for_each(|(r, t)| *r = t as f32);
                rows.push(row);
                known.push([f64::from(*y), f64::from(*weight), (share * week.level).max(1e-12).ln()]);
            }
        }
        let (mut all, mut sum, mut square) = (0.0, [0.0; TERMS], [0.0; TERMS]);
        for (row, [_, weight, log]) in rows.iter().zip(&known) {
            let w = weight * log.exp();
            all += w;
            for (t, v) in row[1..].iter().enumerate() {
                sum[t] += w * f64::from(*v);
                square[t] += w * f64::from(*v).powi(2);
            }
        }
        let mut unit = [0.0; TERMS];
        for t in 0..TERMS {
            self.centre[t] = sum[t] / all;
            unit[t] = 1.0 / (square[t] / all - self.centre[t].powi(2)).max(1e-6).sqrt();
        }
        for row in &mut rows {
            for t in 0..TERMS {
                row[t + 1] = (row[t + 1] - self.centre[t] as f32) * unit[t] as f32;
            }
        }
        let found = regression(&rows, &known);
        self.shift = found[0];
        for t in 0..TERMS {
            self.slope[t] = found[t + 1] * unit[t];
        }
    }
}

const N: usize = TERMS + 1;

/// Newton's method for the ridge Poisson regression; zero when it does not settle.
fn regression(rows: &[[f32; N]], known: &[[f64; 3]]) -> [f64; N] {
    let mut b = [0.0; N];
    let mut bow = [[0.0; N]; N];
    for round in 0..5 {
        // How the likelihood bows changes little once near the top.
        let afresh = round < 2;
        if afresh {
            bow = [[0.0; N]; N];
        }
        let mut gradient = [0.0; N];
        for (rows, known) in rows.chunks(256).zip(known.chunks(256)) {
            let mut part = [[0f32; N]; N];
            for (row, [y, weight, log]) in rows.iter().zip(known) {
                let eta: f64 = row.iter().zip(&b).map(|(v, b)| f64::from(*v) * b).sum();
                let expected = weight * (log + eta.clamp(-3.0, 3.0)).exp();
                let gap = weight * y - expected;
                gradient.iter_mut().zip(row).for_each(|(g, v)| *g += gap * f64::from(*v));
                if afresh {
                    for (part, v) in part.iter_mut().zip(row) {
                        let f = expected as f32 * v;
                        part.iter_mut().zip(row).for_each(|(p, v)| *p += f * v);
                    }
                }
            }
            for (bow, part) in bow.iter_mut().flatten().zip(part.iter().flatten()) {
                *bow += f64::from(*part);
            }
        }
        for i in 0..N {
            let ridge = if i == 0 { RIDGE_SHIFT } else { RIDGE };
            gradient[i] -= ridge * b[i];
            bow[i][i] += if afresh { ridge } else { 0.0 };
        }
        let Some(step) = solve(&bow, &gradient) else { return [0.0; N] };
        b.iter_mut().zip(step).for_each(|(b, s)| *b += s.clamp(-0.5, 0.5));
    }
    if b.iter().all(|v| v.is_finite()) { b } else { [0.0; N] }
}

/// Cholesky; `None` when the matrix is not positive definite.
fn solve(matrix: &[[f64; N]; N], right: &[f64; N]) -> Option<[f64; N]> {
    let mut l = [[0.0; N]; N];
    for i in 0..N {
        for j in 0..=i {
            let dot: f64 = (0..j).map(|k| l[i][k] * l[j][k]).sum();
            if i == j {
                let d = matrix[i][i] - dot;
                if d.is_nan() || d <= 0.0 {
                    return None;
                }
                l[i][i] = d.sqrt();
            } else {
                l[i][j] = (matrix[i][j] - dot) / l[j][j];
            }
        }
    }
    let mut x = *right;
    for i in 0..N {
        let dot: f64 = (0..i).map(|k| l[i][k] * x[k]).sum();
        x[i] = (x[i] - dot) / l[i][i];
    }
    for i in (0..N).rev() {
        let dot: f64 = (i + 1..N).map(|k| l[k][i] * x[k]).sum();
        x[i] = (x[i] - dot) / l[i][i];
    }
    Some(x)
}

/// Expectation-maximisation for the shares of fixed maps: those under which the events were most likely.
fn mix(weeks: &[&Week]) -> [f64; map::COUNT] {
    let guess = first_guess();
    let mut a = [1.0 / map::COUNT as f64; map::COUNT];
    for _ in 0..ROUNDS {
        let mut part = guess.map(|g| g * GUESS);
        for week in weeks {
            let mut of_week = [0f32; map::COUNT];
            let now = a.map(|v| v as f32);
            for (row, y) in week.maps.chunks_exact(map::COUNT).zip(&week.counts).take(week.events) {
                let mut lanes = [0f32; 6];
                for (row, a) in row.chunks_exact(6).zip(now.chunks_exact(6)) {
                    lanes.iter_mut().zip(row.iter().zip(a)).for_each(|(l, (x, a))| *l += x * a);
                }
                let sum: f32 = lanes.iter().sum();
                if sum > 0.0 {
                    let scale = y / sum;
                    of_week.iter_mut().zip(row).for_each(|(p, x)| *p += x * scale);
                }
            }
            part.iter_mut().zip(of_week.iter().zip(&a)).for_each(|(p, (v, a))| *p += f64::from(*v) * a);
        }
        let all: f64 = part.iter().sum();
        a.iter_mut().zip(&part).for_each(|(a, p)| *a = p / all);
    }
    a
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_system_is_solved_and_a_singular_one_refused() {
        let mut matrix = [[0.1; N]; N];
        let right = [1.0; N];
        for (i, row) in matrix.iter_mut().enumerate() {
            row[i] = 2.0 + i as f64;
        }
        let x = solve(&matrix, &right).unwrap();
        for (row, r) in matrix.iter().zip(&right) {
            let dot: f64 = row.iter().zip(&x).map(|(a, b)| a * b).sum();
            assert!((dot - r).abs() < 1e-12);
        }
        assert!(solve(&[[1.0; N]; N], &right).is_none());
    }
}
