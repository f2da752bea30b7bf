//! The events of a history on a weekly axis, counted back from the last day, one list per group.

use crate::ewma::Sources;
use crate::forecast::Basis;
use crate::history::{Cell, History, NONE};

/// Counts per week, group and cell. Cells are numbered in the order in which a used event first fell in
/// them, so that the cells known before a week are the first ones.
pub(super) struct Panel {
    /// The number in the history of each cell.
    pub cells: Vec<u32>,
    /// Per week how many cells were known before it began; one more entry than there are weeks.
    pub known: Vec<usize>,
    /// Per group and week the cells with their weighted counts, in the order of their numbers.
    pub counts: Vec<Vec<Vec<(u32, f64)>>>,
    /// Per group what fell before the first whole week.
    pub before: Vec<Vec<(u32, f64)>>,
    /// Per group and week the weighted events without a known cell.
    pub unlocated: Vec<Vec<f64>>,
    /// What was used.
    pub basis: Basis,
    /// The day after the last week.
    pub end: i32,
}

impl Panel {
    pub fn of(h: &History, sources: &Sources) -> Self {
        let end = h.last_day().saturating_add(1);
        let days = i64::from(end) - i64::from(h.first_day());
        let weeks = (days.max(0) / 7).clamp(i64::from(days > 0), 5_200) as usize;
        let start = end.saturating_sub(7 * weeks as i32);
        let groups = h.group_count();
        let mut panel = Self {
            cells: Vec::new(),
            known: vec![0; weeks + 1],
            counts: vec![vec![Vec::new(); weeks]; groups],
            before: vec![Vec::new(); groups],
            unlocated: vec![vec![0.0; weeks]; groups],
            basis: Basis { first_day: h.first_day(), last_day: h.last_day(), ..Basis::default() },
            end,
        };
        let weight = sources.weights(h);
        let mut number = vec![NONE; h.cell_count()];
        let mut at = 0;
        for (e, &cell) in h.events().iter().zip(h.cell_numbers()) {
            let w = weight(e, cell);
            if w <= 0.0 {
                panel.basis.left_out += 1;
                continue;
            }
            panel.basis.events += 1;
            let week = (e.day >= start).then(|| (e.day - start) as usize / 7);
            while at < weeks && week.is_some_and(|week| at <= week) {
                panel.known[at] = panel.cells.len();
                at += 1;
            }
            let group = usize::from(e.group);
            if cell == NONE {
                if let Some(week) = week {
                    panel.unlocated[group][week] += w;
                }
                continue;
            }
            let local = &mut number[cell as usize];
            if *local == NONE {
                *local = panel.cells.len() as u32;
                panel.cells.push(cell);
            }
            let list = week.map_or(&mut panel.before[group], |week| &mut panel.counts[group][week]);
            list.push((*local, w));
        }
        panel.known[at..].fill(panel.cells.len());
        panel.counts.iter_mut().flatten().chain(&mut panel.before).for_each(gather);
        panel
    }

    pub fn weeks(&self) -> usize {
        self.known.len() - 1
    }

    /// Where the cells lie.
    pub fn places(&self, h: &History) -> Vec<Cell> {
        self.cells.iter().map(|c| h.cell_at(*c)).collect()
    }

    /// Per week the weighted events of a group in cells known before that week; in the first weeks, when
    /// few cells are known, all with a place.
    pub fn repeated(&self, group: usize) -> Vec<f64> {
        let weeks = self.counts[group].iter().zip(&self.known).enumerate();
        weeks.map(|(w, (list, n))| list.iter().filter(|c| w < 8 || (c.0 as usize) < *n).map(|c| c.1).sum()).collect()
    }

    /// Per week the weighted events of a group in cells not known before, and without a place.
    pub fn elsewhere(&self, group: usize) -> Vec<f64> {
        let located = self.counts[group].iter().map(|list| list.iter().map(|c| c.1).sum::<f64>());
        let rest = located.zip(self.repeated(group)).map(|(all, seen)| (all - seen).max(0.0));
        rest.zip(&self.unlocated[group]).map(|(a, b)| a + b).collect()
    }
}

/// Sorts by cell and adds up what belongs together.
fn gather(list: &mut Vec<(u32, f64)>) {
    list.sort_by_key(|e| e.0);
    list.dedup_by(|b, a| {
        let same = a.0 == b.0;
        if same {
            a.1 += b.1;
        }
        same
    });
}
