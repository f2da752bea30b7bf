use super::*;
use crate::guard::Dice;
use crate::interval::{Shown, shown_row};

const BOTH: Totals = Totals { rows: true, columns: true };
const COLUMNS: Totals = Totals { rows: false, columns: true };

fn known(rows: &[&[u64]]) -> Vec<Vec<Option<u64>>> {
    rows.iter().map(|row| row.iter().map(|n| Some(*n)).collect()).collect()
}

/// What readers know of a hidden cell: the least and most that it can be.
fn bounds(cell: Cell, smallest: u64, least: u64, most: u64) -> (u64, u64) {
    match cell {
        Cell::Value(n) => (n, n),
        Cell::Small => (smallest, least - 1),
        Cell::Covered => (least, most),
        Cell::Missing => (0, 0),
    }
}

/// All values that each cell has in a table that fits everything shown, by trying every table; a small count is at
/// least `smallest`. The last column holds those of the totals of rows.
fn possible(counts: &[Vec<Option<u64>>], shown: &Hidden, of: Totals, smallest: u64, least: u64) -> Vec<Vec<Vec<u64>>> {
    let (rows, columns) = (counts.len(), counts[0].len());
    let n = |r: usize, c: usize| counts[r][c].unwrap_or(0);
    let most = counts.iter().flatten().flatten().sum();
    let limits = |cell: Cell, truth: u64| bounds(cell, smallest.min(truth), least, most);
    let row_limits: Vec<(u64, u64)> = (0..rows)
        .map(|r| shown.totals.get(r).map_or((0, most), |t| limits(*t, (0..columns).map(|c| n(r, c)).sum())))
        .collect();
    let column_sums: Vec<u64> = (0..columns).map(|c| (0..rows).map(|r| n(r, c)).sum()).collect();
    let mut found = vec![vec![Vec::new(); columns + 1]; rows];
    let mut table = vec![vec![0; columns]; rows];
    let range = |r: usize, c: usize| limits(shown.cells[r][c], n(r, c));
    let fits = |table: &[Vec<u64>], (r, c): (usize, usize)| {
        let row: u64 = table[r].iter().sum();
        let column: u64 = table.iter().map(|row| row[c]).sum();
        row <= row_limits[r].1
            && (c + 1 < columns || row >= row_limits[r].0)
            && (!of.columns || column <= column_sums[c] && (r + 1 < rows || column == column_sums[c]))
    };
    fill(0, &mut table, &mut found, &range, &fits);
    found
}

type Fits<'a> = &'a dyn Fn(&[Vec<u64>], (usize, usize)) -> bool;

fn fill(
    at: usize,
    table: &mut Vec<Vec<u64>>,
    found: &mut Vec<Vec<Vec<u64>>>,
    range: &dyn Fn(usize, usize) -> (u64, u64),
    fits: Fits<'_>,
) {
    let columns = table[0].len();
    if at == table.len() * columns {
        for (r, row) in table.iter().enumerate() {
            for (c, n) in row.iter().copied().chain([row.iter().sum()]).enumerate() {
                if !found[r][c].contains(&n) {
                    found[r][c].push(n);
                }
            }
        }
        return;
    }
    let (r, c) = (at / columns, at % columns);
    let (low, high) = range(r, c);
    for n in low..=high {
        table[r][c] = n;
        if fits(table, (r, c)) {
            fill(at + 1, table, found, range, fits);
        }
    }
    table[r][c] = 0;
}

/// Whether the totals alone give a hidden cell, as somebody would find it who solves the equations (Gauss-Jordan): a
/// row of the solved system with one unknown.
fn solved(shown: &Hidden, of: Totals) -> bool {
    let cells = &shown.cells;
    let unknowns: Vec<(usize, usize)> = (0..cells.len())
        .flat_map(|r| (0..cells[r].len()).map(move |c| (r, c)))
        .filter(|(r, c)| cells[*r][*c].is_hidden())
        .collect();
    let mut system: Vec<Vec<f64>> = Vec::new();
    let equation =
        |of: &dyn Fn(&(usize, usize)) -> bool| unknowns.iter().map(|at| f64::from(u8::from(of(at)))).collect();
    for (r, _) in shown.totals.iter().enumerate().filter(|(_, total)| !total.is_hidden()) {
        system.push(equation(&|at| at.0 == r));
    }
    if of.columns {
        system.extend((0..cells[0].len()).map(|c| equation(&|at| at.1 == c)));
    }
    let mut top = 0;
    for x in 0..unknowns.len() {
        let Some(pivot) = (top..system.len()).find(|r| system[*r][x].abs() > 1e-9) else { continue };
        system.swap(top, pivot);
        let scale = system[top][x];
        let lead: Vec<f64> = system[top].iter().map(|v| v / scale).collect();
        system[top].clone_from(&lead);
        for r in (0..system.len()).filter(|r| *r != top) {
            let times = system[r][x];
            for (v, l) in system[r].iter_mut().zip(&lead) {
                *v -= times * l;
            }
        }
        top += 1;
    }
    system.iter().any(|row| row.iter().filter(|v| v.abs() > 1e-9).count() == 1)
}

fn draw(dice: &mut Dice, rows: usize, columns: usize, most: u32) -> Vec<Vec<Option<u64>>> {
    let mut n = || (dice.unit() * f64::from(most + 1)) as u64;
    (0..rows).map(|_| (0..columns).map(|_| Some(n())).collect()).collect()
}

/// Each cell and each total of a row beside its true count.
fn every(counts: &[Vec<Option<u64>>], shown: &Hidden) -> Vec<(usize, usize, Cell, u64)> {
    let mut found = Vec::new();
    for (r, row) in shown.cells.iter().enumerate() {
        let total = counts[r].iter().flatten().sum();
        let truth = counts[r].iter().map(|n| n.unwrap_or(0)).chain([total]);
        let cells = row.iter().chain(shown.totals.get(r)).enumerate();
        found.extend(cells.zip(truth).map(|((c, cell), n)| (r, c, *cell, n)));
    }
    found
}

#[test]
fn nobody_can_compute_a_hidden_cell_whatever_he_knows() {
    let mut dice = Dice(5);
    let (mut shown, mut refused) = (0, 0);
    for turn in 0..900 {
        let (rows, columns) = [(2, 2), (2, 3), (3, 3), (3, 2), (4, 2)][turn % 5];
        let least = 3;
        let counts = draw(&mut dice, rows, columns, if turn % 2 == 0 { 8 } else { 3 });
        let totals = [BOTH, COLUMNS, Totals { rows: true, columns: false }][turn % 3];
        let Some(found) = table(&counts, totals, least) else {
            refused += 1;
            continue;
        };
        shown += 1;
        assert!(!solved(&found, totals), "{counts:?} {found:?}");
        let possible = possible(&counts, &found, totals, 0, least);
        for (r, c, cell, n) in every(&counts, &found) {
            assert!(possible[r][c].contains(&n), "the truth fits: {counts:?} {found:?}");
            assert!(!cell.is_hidden() || possible[r][c].len() > 1, "{counts:?} {found:?} at {r} {c}");
            assert!(cell == Cell::Value(n) || cell.is_hidden());
            assert!(!(n > 0 && n < least) || cell == Cell::Small, "every small count is hidden: {counts:?} {found:?}");
        }
    }
    println!("{shown} tables shown, {refused} refused");
    assert!(shown > 600);
}

/// The fewest cells with which the brute force finds no hidden cell.
fn fewest(counts: &[Vec<Option<u64>>], of: Totals, least: u64) -> Option<usize> {
    let (rows, columns) = (counts.len(), counts[0].len());
    let wide = columns + usize::from(of.rows);
    let hides = |set: usize| -> Option<Hidden> {
        let cell = |r: usize, c: usize, n: u64| match (set >> (r * wide + c) & 1 == 1, n) {
            (false, n) if n > 0 && n < least => None,
            (false, n) => Some(Cell::Value(n)),
            (true, n) if n < least => Some(Cell::Small),
            (true, _) => Some(Cell::Covered),
        };
        let row = |r: usize| (0..columns).map(|c| cell(r, c, counts[r][c].unwrap())).collect();
        let total = |r: usize| cell(r, columns, counts[r].iter().flatten().sum());
        Some(Hidden {
            cells: (0..rows).map(row).collect::<Option<_>>()?,
            totals: if of.rows { (0..rows).map(total).collect::<Option<_>>()? } else { vec![] },
        })
    };
    let safe = |shown: &Hidden| {
        let possible = possible(counts, shown, of, 1, least);
        every(counts, shown).into_iter().all(|(r, c, _, n)| !(n > 0 && n < least) || possible[r][c].len() > 1)
    };
    let sets = (0..1usize << (rows * wide)).filter(|set| hides(*set).is_some_and(|shown| safe(&shown)));
    sets.map(|set| set.count_ones() as usize).min()
}

#[test]
fn hardly_more_is_hidden_than_must_be() {
    let mut dice = Dice(9);
    let (mut exact, mut more, mut all) = (0, 0, 0);
    for turn in 0..60 {
        let (rows, columns) = [(2, 3), (3, 2), (4, 1)][turn % 3];
        let counts = draw(&mut dice, rows, columns, 6);
        // refused although a pattern exists: allowed, but seldom (a step of one is not the only step)
        let (Some(found), Some(best)) = (table(&counts, BOTH, 3), fewest(&counts, BOTH, 3)) else { continue };
        let hidden = every(&counts, &found).iter().filter(|(_, _, cell, _)| cell.is_hidden()).count();
        assert!(hidden >= best, "{counts:?}: {hidden}, and by trying all sets {best}");
        all += 1;
        exact += usize::from(hidden == best);
        more += hidden - best;
    }
    println!("{exact} of {all} tables as few as possible, {more} cells more in all");
    assert!(exact * 10 >= all * 7 && more <= all / 2 && all >= 25);
}

#[test]
fn known_tables() {
    use Cell::{Covered as C, Missing as M, Small as S, Value as V};
    let table = |rows: &[&[u64]], of| super::table(&known(rows), of, 5);
    let shown = |cells: &[&[Cell]], totals: &[Cell]| {
        Some(Hidden { cells: cells.iter().map(|r| r.to_vec()).collect(), totals: totals.to_vec() })
    };
    // nothing small: nothing hidden
    let all = shown(&[&[V(9), V(8)], &[V(7), V(6)]], &[V(17), V(13)]);
    assert_eq!(table(&[&[9, 8], &[7, 6]], BOTH), all);
    // a column beside its total: the small one and the smallest other
    assert_eq!(table(&[&[9], &[3], &[8]], COLUMNS), shown(&[&[V(9)], &[S], &[C]], &[]));
    // two small ones cover each other, but not 1 and 1: their sum 2 says it all
    assert_eq!(table(&[&[2], &[3], &[9]], COLUMNS), shown(&[&[S], &[S], &[V(9)]], &[]));
    assert_eq!(table(&[&[1], &[1], &[9]], COLUMNS), shown(&[&[S], &[S], &[C]], &[]));
    // 1 beside 5: their sum 6 would give both away to who knows the rule, so another covers
    assert_eq!(table(&[&[1], &[5], &[20]], COLUMNS), shown(&[&[S], &[V(5)], &[C]], &[]));
    // rows and columns: a rectangle, over the smallest counts
    let grid = shown(&[&[S, V(20), C], &[V(9), V(40), V(50)], &[C, V(60), C]], &[V(53), V(99), V(78)]);
    assert_eq!(table(&[&[3, 20, 30], &[9, 40, 50], &[8, 60, 10]], BOTH), grid);
    // a small total is hidden too, and another with it
    let total = shown(&[&[S, S], &[C, C], &[V(30), V(40)]], &[S, C, V(70)]);
    assert_eq!(table(&[&[1, 2], &[9, 8], &[30, 40]], BOTH), total);
    // beside nothing but zeros a zero is hidden
    assert_eq!(table(&[&[3], &[0]], COLUMNS), shown(&[&[S], &[S]], &[]));
    assert_eq!(table(&[&[1], &[0]], COLUMNS), shown(&[&[S], &[S]], &[]));
    // alone with its total there is no way
    assert_eq!(table(&[&[3]], COLUMNS), None);
    assert_eq!(table(&[&[3, 9]], BOTH), None);
    assert_eq!(table(&[&[3, 9]], Totals { rows: false, columns: false }), shown(&[&[S, V(9)]], &[]));
    let gap = [vec![Some(3)], vec![None], vec![Some(30)], vec![Some(12)]];
    assert_eq!(super::table(&gap, COLUMNS, 5), shown(&[&[S], &[M], &[V(30)], &[C]], &[]));
    assert_eq!(super::table(&[], BOTH, 5), shown(&[], &[]));
}

#[test]
fn one_column_hides_about_as_much_as_a_row_alone() {
    let mut dice = Dice(2);
    for _ in 0..200 {
        let counts = draw(&mut dice, 12, 1, 40);
        let row: Vec<Option<u64>> = counts.iter().map(|r| r[0]).collect();
        let simple = shown_row(&row, 5).iter().filter(|s| **s == Shown::Suppressed).count();
        let Some(found) = table(&counts, COLUMNS, 5) else { panic!("{counts:?}") };
        let hidden = found.cells.iter().filter(|r| r[0].is_hidden()).count();
        assert!(hidden.abs_diff(simple) <= 1, "{counts:?}: {hidden} and {simple}");
    }
}

#[test]
fn a_town_is_quick() {
    let mut dice = Dice(4);
    let counts: Vec<Vec<Option<u64>>> = (0..80)
        .map(|_| {
            let level = 0.5 * 200f64.powf(dice.unit());
            (0..8).map(|_| Some(u64::from(dice.poisson(level)))).collect()
        })
        .collect();
    let found = table(&counts, BOTH, 5).unwrap();
    assert!(!solved(&found, BOTH));
    let small = counts.iter().flatten().flatten().filter(|n| (1..5).contains(*n)).count();
    let hidden = found.cells.iter().flatten().filter(|c| c.is_hidden()).count();
    println!("{small} small counts, {hidden} cells hidden of 640");
    assert!(hidden <= small * 2);
}
