//! Lines around the places where a share of an expectation lies: marching squares over the smoothed field.

use picture::history::Cell;
use std::collections::BTreeMap;

/// One level: within these rings lies (at least) this share of the expectation.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Line {
    /// The share that was asked for, 0 to 1.
    pub(crate) share: f64,
    /// The part of the cells with something expected whose middle lies within.
    pub(crate) cells: usize,
    /// Closed rings, in cells: the middle of cell (x, y) is (x + 0.5, y + 0.5). Holes are rings too (even-odd).
    pub(crate) rings: Vec<Vec<(f64, f64)>>,
}

/// Fields with more squares than this (a stray cell far away) get no lines.
const MOST: i64 = 4_000_000;
/// Zeros around the field, so that every ring closes and smoothing loses nothing.
const MARGIN: i32 = 4;

/// The lines for each of `shares`: the smallest set of smoothed squares in which that share of what is expected
/// (unsmoothed) lies. Deterministic; nothing expected gives nothing.
pub(crate) fn contours(expected: &[(Cell, f64)], shares: &[f64]) -> Vec<Line> {
    let known: Vec<(Cell, f64)> = expected.iter().copied().filter(|(_, v)| v.is_finite() && *v > 0.0).collect();
    let Some(field) = Field::of(&known) else { return Vec::new() };
    let mut order: Vec<(f64, f64)> = known.iter().map(|(c, v)| (field.at_cell(*c), *v)).collect();
    order.sort_by(|a, b| b.0.total_cmp(&a.0).then(b.1.total_cmp(&a.1)));
    let total: f64 = order.iter().map(|o| o.1).sum();
    let line = |share: f64| {
        let mut sum = 0.0;
        let inside = order.iter().take_while(|o| {
            let more = sum < share * total;
            sum += o.1;
            more
        });
        let cells = inside.count();
        let last = order.get(cells.checked_sub(1)?)?.0;
        let next = order.get(cells).map_or(0.0, |o| o.0).min(last);
        let level = (last + next) / 2.0;
        let rings = field.rings(if level < last { level } else { last * (1.0 - 1e-9) });
        Some(Line { share, cells, rings: rings.iter().map(|r| rounded(r)).collect() })
    };
    shares.iter().filter_map(|s| line(*s)).collect()
}

/// Corners cut once (Chaikin), so that a line of squares does not look like stairs.
fn rounded(ring: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let next = ring.iter().cycle().skip(1);
    let cut = |a: &(f64, f64), b: &(f64, f64), t: f64| (a.0 + (b.0 - a.0) * t, a.1 + (b.1 - a.1) * t);
    ring.iter().zip(next).flat_map(|(a, b)| [cut(a, b, 0.25), cut(a, b, 0.75)]).collect()
}

/// The smoothed field: values at the middles of squares.
struct Field {
    west: i32,
    south: i32,
    width: usize,
    height: usize,
    values: Vec<f64>,
}

/// A crossing of the level: the square to the north-east of its start, and whether the edge runs north.
type Edge = (usize, usize, bool);

impl Field {
    fn of(known: &[(Cell, f64)]) -> Option<Self> {
        let west = known.iter().map(|(c, _)| c.x).min()?.checked_sub(MARGIN)?;
        let south = known.iter().map(|(c, _)| c.y).min()?.checked_sub(MARGIN)?;
        let span = |least: i32, most: Option<i32>| Some(i64::from(most?) - i64::from(least) + 1 + i64::from(MARGIN));
        let width = span(west, known.iter().map(|(c, _)| c.x).max())?;
        let height = span(south, known.iter().map(|(c, _)| c.y).max())?;
        if width.saturating_mul(height) > MOST {
            return None;
        }
        let (width, height) = (width as usize, height as usize);
        let mut field = Self { west, south, width, height, values: vec![0.0; width * height] };
        for (cell, value) in known {
            let at = field.index(*cell);
            field.values[at] += value;
        }
        for _ in 0..2 {
            field.values = field.smoothed(1, width);
            field.values = field.smoothed(width, height);
        }
        Some(field)
    }

    fn index(&self, cell: Cell) -> usize {
        (cell.y - self.south) as usize * self.width + (cell.x - self.west) as usize
    }

    fn at_cell(&self, cell: Cell) -> f64 {
        self.values[self.index(cell)]
    }

    /// Weights 1, 2, 1 along one direction: `stride` 1 is east, a row's length is north; `length` is how many there are.
    fn smoothed(&self, stride: usize, length: usize) -> Vec<f64> {
        let mut out = self.values.clone();
        for (i, value) in out.iter_mut().enumerate() {
            let along = i / stride % length;
            let before = if along > 0 { self.values[i - stride] } else { 0.0 };
            let after = if along + 1 < length { self.values[i + stride] } else { 0.0 };
            *value = (before + 2.0 * self.values[i] + after) / 4.0;
        }
        out
    }

    /// The closed rings at `level`, with what is above it to their left.
    fn rings(&self, level: f64) -> Vec<Vec<(f64, f64)>> {
        let mut next: BTreeMap<Edge, Edge> = BTreeMap::new();
        let v = |x: usize, y: usize| self.values[y * self.width + x];
        for y in 0..self.height - 1 {
            for x in 0..self.width - 1 {
                let corners = [v(x, y), v(x + 1, y), v(x + 1, y + 1), v(x, y + 1)];
                let bits = corners.iter().enumerate().fold(0, |bits, (i, c)| bits | u8::from(*c >= level) << i);
                let (s, e, n, w) = ((x, y, false), (x + 1, y, true), (x, y + 1, false), (x, y, true));
                let joined = corners.iter().sum::<f64>() / 4.0 >= level;
                let steps: &[(Edge, Edge)] = match (bits, joined) {
                    (1, _) => &[(s, w)],
                    (2, _) => &[(e, s)],
                    (3, _) => &[(e, w)],
                    (4, _) => &[(n, e)],
                    (5, true) => &[(s, e), (n, w)],
                    (5, false) => &[(s, w), (n, e)],
                    (6, _) => &[(n, s)],
                    (7, _) => &[(n, w)],
                    (8, _) => &[(w, n)],
                    (9, _) => &[(s, n)],
                    (10, true) => &[(w, s), (e, n)],
                    (10, false) => &[(e, s), (w, n)],
                    (11, _) => &[(e, n)],
                    (12, _) => &[(w, e)],
                    (13, _) => &[(s, e)],
                    (14, _) => &[(w, s)],
                    _ => &[],
                };
                next.extend(steps.iter().copied());
            }
        }
        let mut rings = Vec::new();
        while let Some((start, mut at)) = next.pop_first() {
            let mut ring = vec![self.crossing(start, level)];
            while at != start {
                ring.push(self.crossing(at, level));
                let Some(then) = next.remove(&at) else { break };
                at = then;
            }
            rings.push(ring);
        }
        rings
    }

    /// Where the level is crossed, in cells.
    fn crossing(&self, (x, y, north): Edge, level: f64) -> (f64, f64) {
        let (dx, dy) = if north { (0, 1) } else { (1, 0) };
        let (a, b) = (self.values[y * self.width + x], self.values[(y + dy) * self.width + x + dx]);
        let t = if a == b { 0.5 } else { ((level - a) / (b - a)).clamp(0.0, 1.0) };
        let east = f64::from(self.west) + x as f64 + 0.5;
        let up = f64::from(self.south) + y as f64 + 0.5;
        (east + t * dx as f64, up + t * dy as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether a point lies within, even-odd.
    fn within(rings: &[Vec<(f64, f64)>], (x, y): (f64, f64)) -> bool {
        let mut inside = false;
        for ring in rings {
            for (a, b) in ring.iter().zip(ring.iter().cycle().skip(1)) {
                if (a.1 > y) != (b.1 > y) && x < (b.0 - a.0) * (y - a.1) / (b.1 - a.1) + a.0 {
                    inside = !inside;
                }
            }
        }
        inside
    }

    /// Two hills, a saddle between them, and a lone cell far off.
    fn town() -> Vec<(Cell, f64)> {
        let hill = |x: i32, y: i32, cx: i32, cy: i32| (-f64::from((x - cx).pow(2) + (y - cy).pow(2)) / 18.0).exp();
        let mut out = Vec::new();
        for x in -12..12 {
            for y in -8..9 {
                let v = 3.0 * hill(x, y, -5, -1)
                    + 2.0 * hill(x, y, 6, 2)
                    + f64::from((x * 7 + y * 13).rem_euclid(5)) * 0.02;
                out.push((Cell { x, y }, v));
            }
        }
        out.push((Cell { x: 40, y: 3 }, 0.5));
        out
    }

    #[test]
    fn the_share_that_was_asked_for_lies_within() {
        let town = town();
        let total: f64 = town.iter().map(|c| c.1).sum();
        let lines = contours(&town, &[0.5, 0.8]);
        for line in &lines {
            let inside: Vec<&(Cell, f64)> = town
                .iter()
                .filter(|(c, _)| within(&line.rings, (f64::from(c.x) + 0.5, f64::from(c.y) + 0.5)))
                .collect();
            let share = inside.iter().map(|c| c.1).sum::<f64>() / total;
            assert!((share - line.share).abs() < 0.03, "{share} of {}", line.share);
            assert!(inside.len().abs_diff(line.cells) <= 6, "{} {}", inside.len(), line.cells);
        }
        assert!(lines[0].rings.len() >= 2 && lines[0].cells < lines[1].cells);
    }

    #[test]
    fn one_cell_a_flat_field_and_nothing() {
        let one = contours(&[(Cell { x: 9, y: -9 }, 2.0)], &[0.5]);
        assert_eq!(one[0].rings.len(), 1);
        assert!(within(&one[0].rings, (9.5, -8.5)));
        let flat: Vec<(Cell, f64)> = (0..25).map(|i| (Cell { x: i % 5, y: i / 5 }, 1.0)).collect();
        let all = contours(&flat, &[1.0]);
        assert!(flat.iter().all(|(c, _)| within(&all[0].rings, (f64::from(c.x) + 0.5, f64::from(c.y) + 0.5))));
        assert!(contours(&[], &[0.5]).is_empty());
        assert!(contours(&[(Cell { x: 0, y: 0 }, f64::NAN), (Cell { x: 0, y: 1 }, 0.0)], &[0.5]).is_empty());
        let far = [(Cell { x: 0, y: 0 }, 1.0), (Cell { x: i32::MAX, y: i32::MAX - 9 }, 1.0)];
        assert!(contours(&far, &[0.5]).is_empty(), "a stray cell costs no memory");
    }
}
