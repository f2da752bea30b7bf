//! Which cells of a table of counts may be shown beside its totals: small ones are hidden, and as few others as needed
//! so that nobody can compute a hidden one (complementary suppression).
//!
//! Who wants to compute a hidden cell knows everything shown, the totals, and this rule. A hidden cell is safe when
//! another table fits all of that: there is a closed walk through hidden cells, alternately one up and one down, that
//! keeps every total, leaves small cells small and the others not small. So hidden cells are the arcs of a graph with
//! rows and columns as its points, and a safe cell is one on a directed cycle (Gusfield, SIAM Journal on Computing 17,
//! 1988). Totals of rows are one more column with the sign turned round, so that a small total is hidden as well. The fewest extra cells is a hard problem (Kelly, Golden and Assad, Networks 22, 1992); here each cell gets its
//! cheapest cycle and what proves needless is shown again.
//!
//! It looks at one table. Who publishes overlapping tables (another period, other areas) must join them first.

use std::cmp::Reverse;

/// What may be shown of a count in a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell {
    /// The count, zero included.
    Value(u64),
    /// Below the limit; now and then a zero that would give a small count away.
    Small,
    /// Not small, but with it a small count could be computed.
    Covered,
    /// Not known; it is no part of a total.
    Missing,
}

impl Cell {
    /// Whether the count is known and not shown.
    pub fn is_hidden(self) -> bool {
        matches!(self, Self::Small | Self::Covered)
    }
}

/// Which totals are shown beside a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Totals {
    /// That of each row, as far as it may be.
    pub rows: bool,
    /// That of each column: all of them, however small.
    pub columns: bool,
}

/// A table as it may be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hidden {
    /// The cells by row.
    pub cells: Vec<Vec<Cell>>,
    /// The totals of the rows; empty when they are not shown.
    pub totals: Vec<Cell>,
}

/// A place in the table: row and column.
type At = (usize, usize);

/// Hides counts from 1 up to (not including) `least`, and what would give them away. All rows have the same length.
/// `None` when nothing that may be hidden protects a small count: then the table cannot be shown with these totals.
pub fn table(counts: &[Vec<Option<u64>>], totals: Totals, least: u64) -> Option<Hidden> {
    let columns = counts.first().map_or(0, Vec::len);
    let mut wide = counts.to_vec();
    if totals.rows {
        for row in &mut wide {
            let known: Vec<u64> = row.iter().copied().flatten().collect();
            row.push((!known.is_empty()).then(|| known.iter().sum()));
        }
    }
    let mut hiding =
        Hiding { hidden: wide.iter().map(|r| vec![false; r.len()]).collect(), counts: wide, totals, least, columns };
    let all: Vec<At> = (0..counts.len()).flat_map(|r| (0..hiding.counts[r].len()).map(move |c| (r, c))).collect();
    let small: Vec<At> = all.iter().copied().filter(|at| hiding.is_small(*at)).collect();
    for (r, c) in &small {
        hiding.hidden[*r][*c] = true;
    }
    if totals.rows || totals.columns {
        // a small count that could also be zero is the last resort: most readers think of at least 1
        let mut found = Vec::new();
        for at in small {
            let walk = |zero: bool| hiding.cycle(at, true, zero).map(|walk| (zero, walk));
            let (zero, walk) = walk(false).or_else(|| walk(true))?;
            for (r, c) in walk {
                hiding.hidden[r][c] = true;
            }
            found.push((at, zero));
        }
        // show again what is not needed, the biggest first
        let extra = all.into_iter().filter(|at| hiding.hidden[at.0][at.1] && !hiding.is_small(*at));
        let mut extra: Vec<At> = extra.collect();
        extra.sort_by_key(|at| Reverse(hiding.cost(*at)));
        for (r, c) in extra {
            hiding.hidden[r][c] = false;
            hiding.hidden[r][c] = !found.iter().all(|(at, zero)| hiding.cycle(*at, false, *zero).is_some());
        }
    }
    Some(hiding.shown())
}

struct Hiding {
    /// The counts, with the totals of the rows as last column when they are shown.
    counts: Vec<Vec<Option<u64>>>,
    hidden: Vec<Vec<bool>>,
    totals: Totals,
    least: u64,
    /// Columns without that of the totals.
    columns: usize,
}

/// One more hidden cell costs more than any count. A zero costs twice that, for it is worth knowing; a total thrice.
const A_CELL: u64 = 1 << 40;

impl Hiding {
    fn count(&self, (r, c): At) -> Option<u64> {
        self.counts[r][c]
    }

    fn is_small(&self, at: At) -> bool {
        self.count(at).is_some_and(|n| n > 0 && n < self.least)
    }

    /// Whether one more fits what readers know of this cell when it is hidden.
    fn may_be_more(&self, at: At) -> bool {
        self.count(at).is_some_and(|n| n >= self.least || n + 1 < self.least)
    }

    /// The same with one less; small ones down to zero, or only to 1.
    fn may_be_less(&self, at: At, zero: bool) -> bool {
        self.count(at).is_some_and(|n| if n < self.least { n > u64::from(!zero) } else { n > self.least })
    }

    /// Whether the arc of a cell can be walked: from its row to its column when it rises, back when it falls. A total
    /// is what its row loses.
    fn may(&self, at: At, rises: bool, zero: bool) -> bool {
        if rises == (at.1 < self.columns) { self.may_be_more(at) } else { self.may_be_less(at, zero) }
    }

    fn cost(&self, at: At) -> u64 {
        match self.count(at) {
            Some(n) if at.1 == self.columns => 3 * A_CELL + n.min(A_CELL),
            Some(0) | None => 2 * A_CELL,
            Some(n) => A_CELL + n.min(A_CELL),
        }
    }

    /// The cells of the cheapest cycle through `at` (itself left out): over hidden cells, and over others too when
    /// `wider`; `zero` lets small counts be zero.
    fn cycle(&self, at: At, wider: bool, zero: bool) -> Option<Vec<At>> {
        let both = [true, false].into_iter().filter(|rises| self.may(at, *rises, zero));
        let walks = both.filter_map(|rises| self.walk(at, rises, wider, zero));
        walks.min_by_key(|(cost, _)| *cost).map(|(_, walk)| walk)
    }

    /// Rows are the points from 0, columns come after them; totals that are not shown make all rows, or all columns,
    /// one point.
    fn points(&self, (r, c): At) -> (usize, usize) {
        let rows = self.counts.len();
        (if self.totals.rows { r } else { 0 }, rows + if self.totals.columns { c } else { 0 })
    }

    /// Dijkstra (1959) from the end of the arc of `at` back to its begin: what it costs, and the cells on the way.
    fn walk(&self, at: At, rises: bool, wider: bool, zero: bool) -> Option<(u64, Vec<At>)> {
        let mut best: Vec<(u64, Option<At>)> = vec![(u64::MAX, None); self.counts.len() + self.columns + 1];
        let mut done = vec![false; best.len()];
        let (row, column) = self.points(at);
        let (from, to) = if rises { (column, row) } else { (row, column) };
        best[from].0 = 0;
        loop {
            let open = (0..best.len()).filter(|p| !done[*p] && best[*p].0 < u64::MAX);
            let point = open.min_by_key(|p| best[*p].0)?;
            if point == to {
                break;
            }
            done[point] = true;
            for cell in self.cells_at(point) {
                let hidden = self.hidden[cell.0][cell.1];
                let (row, column) = self.points(cell);
                if cell == at || !(wider || hidden) || !self.may(cell, point == row, zero) {
                    continue;
                }
                let next = if point == row { column } else { row };
                let cost = best[point].0.saturating_add(if hidden { 0 } else { self.cost(cell) });
                if cost < best[next].0 {
                    best[next] = (cost, Some(cell));
                }
            }
        }
        let (mut walk, mut point) = (Vec::new(), to);
        while let Some(cell) = best[point].1 {
            walk.push(cell);
            let (row, column) = self.points(cell);
            point = if point == row { column } else { row };
        }
        Some((best[to].0, walk))
    }

    fn cells_at(&self, point: usize) -> impl Iterator<Item = At> {
        let (rows, columns) = (self.counts.len(), self.counts.first().map_or(0, Vec::len));
        let of_rows = if point < rows && self.totals.rows { point..point + 1 } else { 0..rows };
        let of_columns = if point >= rows && self.totals.columns { point - rows..point - rows + 1 } else { 0..columns };
        of_rows.flat_map(move |r| of_columns.clone().map(move |c| (r, c)))
    }

    fn shown(&self) -> Hidden {
        let cell = |(r, c): At| match self.count((r, c)) {
            None => Cell::Missing,
            Some(n) if !self.hidden[r][c] => Cell::Value(n),
            Some(n) if n < self.least => Cell::Small,
            Some(_) => Cell::Covered,
        };
        let rows = || 0..self.counts.len();
        Hidden {
            cells: rows().map(|r| (0..self.columns).map(|c| cell((r, c))).collect()).collect(),
            totals: if self.totals.rows { rows().map(|r| cell((r, self.columns))).collect() } else { vec![] },
        }
    }
}

#[cfg(test)]
mod tests;
