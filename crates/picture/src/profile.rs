//! When in the week: the share of each slot (day of the week x part of the day) in a cell's events.
//!
//! Few cells have enough events for a profile of their own, so each is shrunk: the municipality's
//! profile to a flat one, a group's to the municipality's, a cell and group's to the group's, each
//! with a prior worth a stated number of events (empirical Bayes with a Dirichlet prior).

use crate::history::{Event, History, NONE, weekday};

/// The profiles of all pairs of cell and group, ready to be asked.
pub struct Profiles {
    slots_per_day: usize,
    slots: usize,
    prior: f64,
    pairs: Vec<(u32, f32)>,
    counts: Vec<f32>,
    groups: Vec<Vec<f64>>,
}

impl Profiles {
    /// Counts the events of the last `weeks` weeks of `history`, each with the weight given by
    /// `weight` (of the event and its cell's number), in slots of `hours` hours (a divisor of 24). `prior` is in events.
    pub fn of(history: &History, weeks: u32, hours: u8, prior: f64, weight: impl Fn(&Event, u32) -> f64) -> Self {
        let hours = usize::from(hours.clamp(1, 24));
        let slots_per_day = 24usize.div_ceil(hours);
        let slots = slots_per_day * 7;
        let from = history.last_day().saturating_sub(weeks.saturating_mul(7) as i32);
        let start = history.events().partition_point(|e| e.day <= from);
        let mut pairs = vec![(NONE, 0f32); history.pairs().len()];
        let mut counts: Vec<f32> = Vec::new();
        let mut groups = vec![vec![0.0; slots]; history.group_count()];
        let mut all = vec![0.0; slots];
        let numbers = history.cell_numbers()[start..].iter().zip(&history.pair_numbers()[start..]);
        for (e, (&cell, &pair)) in history.events()[start..].iter().zip(numbers) {
            let w = weight(e, cell);
            if w <= 0.0 {
                continue;
            }
            let slot = usize::from(weekday(e.day)) * slots_per_day + usize::from(e.hour.min(23)) / hours;
            all[slot] += w;
            groups[usize::from(e.group)][slot] += w;
            if pair != NONE {
                let at = &mut pairs[pair as usize];
                if at.0 == NONE {
                    at.0 = (counts.len() / slots) as u32;
                    counts.resize(counts.len() + slots, 0.0);
                }
                at.1 += w as f32;
                counts[at.0 as usize * slots + slot] += w as f32;
            }
        }
        shrink(&mut all, &vec![1.0 / slots as f64; slots], prior);
        for group in &mut groups {
            shrink(group, &all, prior);
        }
        Self { slots_per_day, slots, prior, pairs, counts, groups }
    }

    /// How many slots a week has.
    pub fn slots(&self) -> usize {
        self.slots
    }

    /// How many slots a day has.
    pub fn slots_per_day(&self) -> usize {
        self.slots_per_day
    }

    /// The shares of a pair of `group`, Monday's first slot first; they add up to one.
    pub fn of_pair(&self, pair: usize, group: u16, out: &mut [f64]) {
        let parent = &self.groups[usize::from(group)];
        match self.pairs[pair] {
            (NONE, _) => out.copy_from_slice(parent),
            (at, n) => {
                let own = &self.counts[at as usize * self.slots..][..self.slots];
                let total = f64::from(n) + self.prior;
                for ((o, own), parent) in out.iter_mut().zip(own).zip(parent) {
                    *o = (f64::from(*own) + self.prior * parent) / total;
                }
            }
        }
    }
}

/// Turns counts into shares, with `prior` events spread as `parent`.
fn shrink(counts: &mut [f64], parent: &[f64], prior: f64) {
    let total: f64 = counts.iter().sum::<f64>() + prior;
    for (c, p) in counts.iter_mut().zip(parent) {
        *c = if total > 0.0 { (*c + prior * p) / total } else { *p };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::{Cell, source};

    fn event(hour: u8, x: i32, group: u16) -> Event {
        Event {
            day: 17_532, // a Monday
            hour,
            cell: Some(Cell { x, y: 0 }),
            area: 0,
            category: 0,
            group,
            source: source::RESIDENT,
        }
    }

    #[test]
    fn a_cell_with_many_events_keeps_its_own_hours_and_a_quiet_one_borrows() {
        let mut events = vec![event(13, 1, 0)];
        events.extend((0..500).map(|_| event(22, 2, 0)));
        events.extend((0..500).map(|_| event(2, 3, 0)));
        let h = History::new(events);
        let p = Profiles::of(&h, 104, 4, 20.0, |_, _| 1.0);
        assert_eq!((p.slots(), p.slots_per_day()), (42, 6));
        let mut shares = vec![0.0; 42];
        let mut of = |pair| {
            p.of_pair(pair, 0, &mut shares);
            assert!((shares.iter().sum::<f64>() - 1.0).abs() < 1e-6);
            (shares[0], shares[3], shares[5], shares[7])
        };
        let (_, _, evening, tuesday) = of(1);
        assert!(evening > 0.95 && tuesday > 0.0);
        let (night, midday, evening, _) = of(0);
        assert!((night - evening).abs() < 1e-3 && night > 0.4 && midday > 0.04);
    }

    #[test]
    fn left_out_events_leave_no_trace() {
        let h = History::new(vec![event(22, 1, 0), event(3, 1, 1)]);
        let p = Profiles::of(&h, 104, 6, 10.0, |e, _| f64::from(e.group));
        let mut shares = vec![0.0; 28];
        p.of_pair(0, 0, &mut shares);
        assert!(shares[3] < shares[0]);
    }
}
