//! Smoothing over the neighbourhood: each cell hands its count to those around, falling off by a fixed
//! factor per cell to the east, west, north and south. Two running passes per direction, so the cost
//! does not depend on how far the smoothing reaches.

use crate::history::Cell;

/// A table over the box of the cells.
pub(super) struct Table {
    /// Place of each cell, column by column; `usize::MAX` outside the table.
    places: Vec<usize>,
    width: usize,
    height: usize,
    /// Scratch: as filled, and turned.
    grid: Vec<f64>,
    turned: Vec<f64>,
}

/// A table has at most this many places per cell, so that stray places far away cost nothing.
const PLACES_PER_CELL: i64 = 50;

impl Table {
    pub fn of(cells: &[Cell]) -> Self {
        let (x, y) = (span(cells, |c| c.x), span(cells, |c| c.y));
        let small = |x: (i64, i64), y: (i64, i64)| {
            (x.1 - x.0 + 1).saturating_mul(y.1 - y.0 + 1) <= (cells.len() as i64 * PLACES_PER_CELL).max(100_000)
        };
        let (mut x, mut y) = (x.0, y.0);
        if !small(x, y) {
            (x, y) = (span(cells, |c| c.x).1, span(cells, |c| c.y).1);
        }
        if cells.is_empty() || !small(x, y) {
            (x, y) = ((0, -1), (0, -1));
        }
        let (width, height) = ((x.1 - x.0 + 1) as usize, (y.1 - y.0 + 1) as usize);
        let place = |c: &Cell| {
            let (cx, cy) = (i64::from(c.x), i64::from(c.y));
            let inside = (x.0..=x.1).contains(&cx) && (y.0..=y.1).contains(&cy);
            if inside { (cx - x.0) as usize * height + (cy - y.0) as usize } else { usize::MAX }
        };
        let size = width * height;
        Self {
            places: cells.iter().map(place).collect(),
            width,
            height,
            grid: vec![0.0; size],
            turned: vec![0.0; size],
        }
    }

    /// Adds the smoothed `values` (cell, amount) to `into`, per cell. `reach` is the distance in cells
    /// over which the influence falls to 1/e.
    pub fn spread(&mut self, values: &[(u32, f64)], reach: f64, mut into: impl FnMut(usize, f64)) {
        if values.is_empty() {
            return;
        }
        self.grid.fill(0.0);
        for &(cell, v) in values {
            match self.places.get(cell as usize) {
                Some(&place) if place != usize::MAX => self.grid[place] += v,
                _ => into(cell as usize, v),
            }
        }
        if self.grid.is_empty() {
            return;
        }
        let a = (-1.0 / reach).exp();
        // The table lies column by column: rows of `height` places, one per column.
        both_ways(&mut self.grid, self.height, a);
        for (x, column) in self.grid.chunks_exact(self.height).enumerate() {
            for (y, v) in column.iter().enumerate() {
                self.turned[y * self.width + x] = *v;
            }
        }
        both_ways(&mut self.turned, self.width, a);
        for (cell, &place) in self.places.iter().enumerate() {
            if place != usize::MAX {
                let (x, y) = (place / self.height, place % self.height);
                into(cell, self.turned[y * self.width + x]);
            }
        }
    }
}

/// Each line becomes the sum over all lines, `a` less for each line in between.
fn both_ways(grid: &mut [f64], line: usize, a: f64) {
    let own = grid.to_vec();
    let mut back = vec![0.0; line];
    let mut at = line;
    while at < grid.len() {
        let (before, now) = grid.split_at_mut(at);
        for (v, p) in now[..line].iter_mut().zip(&before[at - line..]) {
            *v += a * p;
            // Nothing smaller can ever matter, and the smallest numbers are slow to reckon with.
            *v = if *v < 1e-30 { 0.0 } else { *v };
        }
        at += line;
    }
    for (now, own) in grid.chunks_exact_mut(line).zip(own.chunks_exact(line)).rev() {
        for ((v, b), own) in now.iter_mut().zip(&mut back).zip(own) {
            *v += *b;
            *b = a * (*b + own);
            *b = if *b < 1e-30 { 0.0 } else { *b };
        }
    }
}

/// Lowest and highest, of all and of the middle 98 %.
fn span(cells: &[Cell], of: fn(&Cell) -> i32) -> ((i64, i64), (i64, i64)) {
    let mut all: Vec<i64> = cells.iter().map(|c| i64::from(of(c))).collect();
    all.sort_unstable();
    let at = |share: f64| all.get((all.len() as f64 * share) as usize).or(all.last()).copied().unwrap_or(0);
    ((at(0.0), at(1.0)), (at(0.01), at(0.99)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn influence_falls_off_evenly_and_strays_keep_their_own() {
        let mut cells: Vec<Cell> = (0..15).flat_map(|x| (0..9).map(move |y| Cell { x, y })).collect();
        cells.push(Cell { x: 1_000_000_000, y: -1_000_000_000 });
        let mut table = Table::of(&cells);
        let mut out = vec![0.0; cells.len()];
        let stray = cells.len() as u32 - 1;
        table.spread(&[(7 * 9 + 4, 2.0), (stray, 3.0)], 1.5, |c, v| out[c] += v);
        for (c, v) in cells.iter().zip(&out).take(135) {
            let steps = f64::from((c.x - 7).abs() + (c.y - 4).abs());
            assert!((v - 2.0 * (-steps / 1.5).exp()).abs() < 1e-12, "{c:?} {v}");
        }
        assert_eq!(out[135], 3.0);
    }
}
