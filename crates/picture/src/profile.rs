//! When in the week: the share of each slot (day of the week x part of the day) in a cell's events.
//!
//! Few cells have enough events for a profile of their own, so each borrows: a cell and group from its
//! block of four by four cells, the block from the group, the group from the municipality, that from a
//! flat week. What a place deviates in is simpler than 28 or 42 free shares: first the hours of the
//! day, then those of weekdays and weekends apart, then the days, then what is left. Each step takes
//! over as much of the own counts as a Dirichlet prior worth a number of events lets through.
//!
//! How many events is learnt: the strengths under which the last year of the history, forecast from
//! what was known before it, was most likely. No gain, no deviation: then a cell has its block's hours.

use crate::history::{Cell, Event, History, NONE, weekday};
use std::collections::HashMap;

/// Side of a block, in cells.
const BLOCK: i32 = 4;
/// The strengths are learnt from at most this many days at the end of the history.
const HELD_OUT: i32 = 364;
/// With fewer events in those days nothing is learnt.
const LEAST_EVENTS: f64 = 50.0;
/// Strengths tried, in events; the first leaves no deviation.
const STRENGTHS: [f64; 10] = [f64::INFINITY, 5000.0, 2000.0, 1000.0, 500.0, 250.0, 120.0, 60.0, 30.0, 15.0];
/// A weaker prior must make the held-out events this much more likely (natural logarithm).
const GAIN: f64 = 1.0;

/// The profiles of all pairs of cell and group, ready to be asked.
pub struct Profiles {
    slots: usize,
    slots_per_day: usize,
    /// Per pair its row in `counts`, or [`NONE`], and its block.
    pairs: Vec<(u32, u32)>,
    counts: Vec<f32>,
    /// Per block its shares.
    blocks: Vec<Vec<f64>>,
    /// Per group its shares.
    groups: Vec<Vec<f64>>,
    strengths: Strengths,
}

/// The weight in events of the parent, per step: hours, hours of weekdays and weekends, days, slots.
type Strengths = [f64; 4];

/// Counts of one level before and in the held-out days.
#[derive(Default)]
struct Rows {
    known: Vec<f32>,
    held: Vec<f32>,
}

impl Rows {
    fn row(&mut self, number: u32, slots: usize) -> (&mut [f32], &mut [f32]) {
        let (from, to) = (number as usize * slots, (number as usize + 1) * slots);
        if self.known.len() < to {
            self.known.resize(to, 0.0);
            self.held.resize(to, 0.0);
        }
        (&mut self.known[from..to], &mut self.held[from..to])
    }

    /// All counts.
    fn close(mut self) -> Vec<f32> {
        self.known.iter_mut().zip(&self.held).for_each(|(k, h)| *k += h);
        self.known
    }
}

impl Profiles {
    /// Counts the events of the last `weeks` weeks of `history`, each with the weight given by
    /// `weight` (of the event and its cell's number), in slots of `hours` hours (a divisor of 24). `prior`, in
    /// events, is the weight of the flat week behind the municipality's, and of the group's behind a
    /// cell's where too little is known to learn it.
    pub fn of(history: &History, weeks: u32, hours: u8, prior: f64, weight: impl Fn(&Event, u32) -> f64) -> Self {
        let hours = usize::from(hours.clamp(1, 24));
        let slots_per_day = 24usize.div_ceil(hours);
        let slots = slots_per_day * 7;
        let from = history.last_day().saturating_sub(weeks.saturating_mul(7).min(1 << 30) as i32);
        let start = history.events().partition_point(|e| e.day <= from);
        let span = history.last_day().saturating_sub(from.max(history.first_day().saturating_sub(1)));
        let held_from = history.last_day().saturating_sub(HELD_OUT.min(span / 14 * 7));

        let (block_of, block_groups) = blocks(history);
        let mut pairs: Vec<(u32, u32)> = block_of.iter().map(|b| (NONE, *b)).collect();
        let (mut cells, mut squares, mut groups) = (Rows::default(), Rows::default(), Rows::default());
        let mut everything = Rows::default();
        let (mut seen, mut held) = (0, 0.0);
        everything.row(0, slots);
        squares.row(block_groups.len() as u32, slots);
        groups.row(history.group_count() as u32, slots);
        let numbers = history.cell_numbers()[start..].iter().zip(&history.pair_numbers()[start..]);
        for (e, (&cell, &pair)) in history.events()[start..].iter().zip(numbers) {
            let w = weight(e, cell) as f32;
            if w.is_nan() || w <= 0.0 {
                continue;
            }
            let slot = usize::from(weekday(e.day)) * slots_per_day + usize::from(e.hour.min(23)) / hours;
            let late = e.day > held_from;
            let add = |rows: &mut Rows, number: u32| {
                let (known, held) = rows.row(number, slots);
                if late { held[slot] += w } else { known[slot] += w }
            };
            add(&mut everything, 0);
            add(&mut groups, e.group.into());
            if pair != NONE {
                let at = &mut pairs[pair as usize];
                if at.0 == NONE {
                    at.0 = seen;
                    seen += 1;
                }
                add(&mut cells, at.0);
                add(&mut squares, at.1);
                held += if late { f64::from(w) } else { 0.0 };
            }
        }

        let week = Week { days: slots_per_day };
        // Few numbers for the hours, many for the slots: the steps ask for more and more events.
        let fixed = [prior / 4.0, prior, 2.0 * prior, 4.0 * prior];
        let above = |all: &[f32], groups: &[f32]| -> Vec<Vec<f64>> {
            let top = week.shares(&vec![1.0 / slots as f64; slots], all, &fixed);
            groups.chunks_exact(slots).map(|g| week.shares(&top, g, &fixed)).collect()
        };
        let mut learnt = ([f64::INFINITY; 4], [f64::INFINITY, f64::INFINITY, f64::INFINITY, prior]);
        if held >= LEAST_EVENTS && span >= 56 {
            let groups = above(&everything.known, &groups.known);
            let parents: Vec<&[f64]> = block_groups.iter().map(|g| groups[usize::from(*g)].as_slice()).collect();
            learnt.0 = week.learn(&squares, &parents);
            let each = parents.iter().zip(squares.known.chunks_exact(slots));
            let squares: Vec<Vec<f64>> = each.map(|(p, n)| week.shares(p, n, &learnt.0)).collect();
            let with = pairs.iter().filter(|p| p.0 != NONE);
            let mut parents: Vec<&[f64]> = vec![&[]; seen as usize];
            with.for_each(|(row, block)| parents[*row as usize] = &squares[*block as usize]);
            learnt.1 = week.learn(&cells, &parents);
        }
        let groups = above(&everything.close(), &groups.close());
        let squares = squares.close();
        let each = block_groups.iter().zip(squares.chunks_exact(slots));
        let blocks = each.map(|(g, n)| week.shares(&groups[usize::from(*g)], n, &learnt.0)).collect();
        Self { slots, slots_per_day, pairs, counts: cells.close(), blocks, groups, strengths: learnt.1 }
    }

    /// How many slots a week has.
    pub fn slots(&self) -> usize {
        self.slots
    }

    /// How many slots a day has.
    pub fn slots_per_day(&self) -> usize {
        self.slots_per_day
    }

    /// The shares of a pair of `group`, or those of the group where it was never seen.
    pub fn of_known(&self, pair: Option<usize>, group: u16, out: &mut [f64]) {
        match pair {
            Some(pair) => self.of_pair(pair, group, out),
            None => out.copy_from_slice(&self.groups[usize::from(group)]),
        }
    }

    /// The shares of a pair of `group`, Monday's first slot first; they add up to one.
    pub fn of_pair(&self, pair: usize, _group: u16, out: &mut [f64]) {
        let (row, block) = self.pairs[pair];
        out.copy_from_slice(&self.blocks[block as usize]);
        if row != NONE {
            let own = &self.counts[row as usize * self.slots..][..self.slots];
            Week { days: self.slots_per_day }.deviate(out, own, &self.strengths);
        }
    }
}

/// Per pair the number of its block of cells and group, and per block its group.
fn blocks(history: &History) -> (Vec<u32>, Vec<u16>) {
    let squares: Vec<Cell> =
        history.cells().map(|c| Cell { x: c.x.div_euclid(BLOCK), y: c.y.div_euclid(BLOCK) }).collect();
    let mut numbers: HashMap<(Cell, u16), u32> = HashMap::new();
    let mut groups = Vec::new();
    let of = history.pairs().map(|(cell, group)| {
        *numbers.entry((squares[cell as usize], group)).or_insert_with(|| {
            groups.push(group);
            groups.len() as u32 - 1
        })
    });
    (of.collect(), groups)
}

/// The steps in which a profile departs from its parent.
#[derive(Clone, Copy)]
struct Week {
    /// Slots per day.
    days: usize,
}

impl Week {
    /// The class of a slot in a step: its hour, its hour on a weekday or in the weekend, its day, itself.
    fn class(self, step: usize, slot: usize) -> usize {
        let (day, hour) = (slot / self.days, slot % self.days);
        match step {
            0 => hour,
            1 => hour + if day < 5 { 0 } else { self.days },
            2 => day,
            _ => slot,
        }
    }

    /// The parent's shares with the deviations of `own` counts.
    fn shares(self, parent: &[f64], own: &[f32], strengths: &Strengths) -> Vec<f64> {
        let mut out = parent.to_vec();
        self.deviate(&mut out, own, strengths);
        out
    }

    fn deviate(self, shares: &mut [f64], own: &[f32], strengths: &Strengths) {
        let total: f64 = own.iter().map(|n| f64::from(*n)).sum();
        if total > 0.0 {
            (0..4).for_each(|step| self.step(step, shares, own, total, strengths[step]));
        }
    }

    /// One step: each class gets (own count + strength x its share) / (total + strength), its slots in
    /// the proportions they had. The sum stays one.
    fn step(self, step: usize, shares: &mut [f64], own: &[f32], total: f64, strength: f64) {
        if strength.is_infinite() {
            return;
        }
        let (mut had, mut count) = ([0.0; 168], [0.0; 168]);
        for (slot, (s, n)) in shares.iter().zip(own).enumerate() {
            let class = self.class(step, slot);
            had[class] += s;
            count[class] += f64::from(*n);
        }
        for (slot, s) in shares.iter_mut().enumerate() {
            let class = self.class(step, slot);
            if had[class] > 0.0 {
                *s *= (count[class] + strength * had[class]) / ((total + strength) * had[class]);
            }
        }
    }

    /// The strengths, step by step, under which the held-out counts are most likely given the known
    /// ones; the strongest of those that are as good.
    fn learn(self, rows: &Rows, parents: &[&[f64]]) -> Strengths {
        let slots = self.days * 7;
        let totals = |n: &[f32]| n.chunks_exact(slots).map(|r| r.iter().map(|n| f64::from(*n)).sum()).collect();
        let (known, held): (Vec<f64>, Vec<f64>) = (totals(&rows.known), totals(&rows.held));
        let useful: Vec<usize> = (0..parents.len()).filter(|i| known[*i] > 0.0 && held[*i] > 0.0).collect();
        let mut shares: Vec<Vec<f64>> = useful.iter().map(|i| parents[*i].to_vec()).collect();
        let mut best = [f64::INFINITY; 4];
        for (step, best) in best.iter_mut().enumerate() {
            // What each row adds: its total and per class (had, known, held), where something was held out.
            let mut terms: Vec<(f64, f64, f64, f64)> = Vec::new();
            for (&i, shares) in useful.iter().zip(&shares) {
                let mut sums = [(0.0, 0.0, 0.0); 168];
                for (slot, share) in shares.iter().enumerate() {
                    let sum = &mut sums[self.class(step, slot)];
                    sum.0 += share;
                    sum.1 += f64::from(rows.known[i * slots + slot]);
                    sum.2 += f64::from(rows.held[i * slots + slot]);
                }
                let with = sums[..slots].iter().filter(|s| s.2 > 0.0 && s.0 > 0.0);
                terms.extend(with.map(|s| (known[i], s.0, s.1, s.2)));
            }
            let gain = |strength: f64| -> f64 {
                let each = terms.iter().map(|&(total, had, known, held)| {
                    held * ((known + strength * had) / ((total + strength) * had)).ln()
                });
                each.sum()
            };
            let gains = STRENGTHS.map(|s| if s.is_infinite() { 0.0 } else { gain(s) });
            let most = gains.iter().copied().fold(0.0, f64::max);
            let first = gains.iter().position(|g| *g >= most - GAIN).unwrap_or(0);
            *best = STRENGTHS[first];
            for (&i, shares) in useful.iter().zip(&mut shares) {
                self.step(step, shares, &rows.known[i * slots..][..slots], known[i], *best);
            }
        }
        best
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::source;

    /// A Monday.
    const MONDAY: i32 = 17_532;

    fn event(day: i32, hour: u8, x: i32, group: u16) -> Event {
        Event { day, hour, cell: Some(Cell { x, y: 0 }), area: 0, category: 0, group, source: source::RESIDENT }
    }

    fn shares(p: &Profiles, pair: usize) -> Vec<f64> {
        let mut out = vec![0.0; p.slots()];
        p.of_pair(pair, 0, &mut out);
        assert!((out.iter().sum::<f64>() - 1.0).abs() < 1e-6 && out.iter().all(|s| *s > 0.0));
        out
    }

    #[test]
    fn a_cell_with_many_events_keeps_its_own_hours_and_a_quiet_one_borrows() {
        let mut events = vec![event(MONDAY, 13, 1, 0)];
        events.extend((0..500).map(|_| event(MONDAY, 22, 2, 0)));
        events.extend((0..500).map(|_| event(MONDAY, 2, 3, 0)));
        let h = History::new(events);
        let p = Profiles::of(&h, 104, 4, 20.0, |_, _| 1.0);
        assert_eq!((p.slots(), p.slots_per_day()), (42, 6));
        let busy = shares(&p, 1);
        assert!(busy[5] > 0.95 && busy[7] > 0.0);
        let quiet = shares(&p, 0);
        assert!((quiet[0] - quiet[5]).abs() < 1e-3 && quiet[0] > 0.4 && quiet[3] > 0.04);
    }

    #[test]
    fn left_out_events_leave_no_trace() {
        let h = History::new(vec![event(MONDAY, 22, 1, 0), event(MONDAY, 3, 1, 1)]);
        let p = Profiles::of(&h, 104, 6, 10.0, |e, _| f64::from(e.group));
        let mut shares = vec![0.0; 28];
        p.of_pair(0, 0, &mut shares);
        assert!(shares[3] < shares[0]);
    }

    /// Two years: cell 0 is busy at night, cell 100 on weekdays by day; cell 1 has one event a month,
    /// at night, in the block of cell 0.
    fn two_years() -> History {
        let mut events = Vec::new();
        for day in MONDAY..MONDAY + 728 {
            events.push(event(day, if day % 4 == 0 { 14 } else { 23 }, 0, 0));
            events.push(event(day, if day % 4 == 0 || weekday(day) > 4 { 23 } else { 14 }, 100, 0));
            if day % 30 == 0 {
                events.push(event(day, 23, 1, 0));
            }
        }
        History::new(events)
    }

    #[test]
    fn own_hours_are_learnt_and_a_quiet_cell_has_those_of_its_block() {
        let h = two_years();
        let p = Profiles::of(&h, 156, 6, 200.0, |_, _| 1.0);
        let of = |x| shares(&p, h.cells().position(|c| c.x == x).expect("seen"));
        let (night, day, quiet) = (of(0), of(100), of(1));
        let evenings = |s: &[f64]| s.iter().skip(3).step_by(4).sum::<f64>();
        assert!(evenings(&night) > 0.7 && evenings(&quiet) > 0.65, "{:?}", (evenings(&night), evenings(&quiet)));
        // Weekdays by day, weekends at night.
        assert!(day[2] > 2.0 * day[3] && day[23] > 2.0 * day[22], "{day:?}");
    }

    #[test]
    fn what_comes_later_changes_nothing() {
        let h = two_years();
        let cut = MONDAY + 700;
        let mut other: Vec<Event> = h.events().to_vec();
        other.iter_mut().filter(|e| e.day >= cut).for_each(|e| e.hour = 5);
        let of = |h: &History| Profiles::of(&h.before(cut), 156, 4, 200.0, |_, _| 1.0);
        let (a, b) = (of(&h), of(&History::new(other)));
        assert!((0..3).all(|pair| shares(&a, pair) == shares(&b, pair)));
    }
}
