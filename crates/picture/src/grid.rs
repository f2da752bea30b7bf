//! What happened where and when: all plain counts of a page in one pass over the events.

use crate::history::{Cell, Event, History, NONE, UNKNOWN_AREA, monday, week_of, weekday};
use serde::{Deserialize, Serialize};

/// Which events; the default is all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Filter {
    /// First day, included.
    pub from_day: i32,
    /// Last day, included.
    pub to_day: i32,
    /// Hours of the day, as bits: bit 0 is 00-01.
    pub hours: u32,
    /// Days of the week, as bits: bit 0 is Monday.
    pub weekdays: u8,
    /// Sources, as bits: bit n is source n.
    pub sources: u8,
    /// Only these groups; `None` is all.
    pub groups: Option<Vec<u16>>,
    /// Only these categories; `None` is all.
    pub categories: Option<Vec<u16>>,
    /// Only these areas; `None` is all, unknown included.
    pub areas: Option<Vec<u32>>,
    /// Only these cells; `None` is all, unknown included.
    pub cells: Option<Vec<Cell>>,
}

impl Default for Filter {
    fn default() -> Self {
        Self {
            from_day: i32::MIN,
            to_day: i32::MAX,
            hours: 0xFF_FFFF,
            weekdays: 0b111_1111,
            sources: u8::MAX,
            groups: None,
            categories: None,
            areas: None,
            cells: None,
        }
    }
}

impl Filter {
    /// Everything.
    pub fn all() -> Self {
        Self::default()
    }

    /// From `from_day` up to and including `to_day`.
    pub fn days(mut self, from_day: i32, to_day: i32) -> Self {
        (self.from_day, self.to_day) = (from_day, to_day);
        self
    }

    /// Only this group.
    pub fn group(mut self, group: u16) -> Self {
        self.groups = Some(vec![group]);
        self
    }

    /// Only this area.
    pub fn area(mut self, area: u32) -> Self {
        self.areas = Some(vec![area]);
        self
    }

    /// Only these cells.
    pub fn cells(mut self, cells: Vec<Cell>) -> Self {
        self.cells = Some(cells);
        self
    }

    /// The same filter as a quick test for one history.
    pub fn prepare(&self, history: &History) -> Prepared {
        let small = |list: &Option<Vec<u16>>| {
            list.as_ref().map(|l| {
                let mut set = vec![false; l.iter().max().map_or(0, |m| usize::from(*m) + 1)];
                for i in l {
                    set[usize::from(*i)] = true;
                }
                set
            })
        };
        let areas = self.areas.clone().map(|mut l| {
            l.sort_unstable();
            l
        });
        let cells = self.cells.as_ref().map(|l| {
            let wanted: std::collections::HashSet<&Cell> = l.iter().collect();
            history.cells().map(|c| wanted.contains(&c)).collect()
        });
        Prepared {
            hours: self.hours,
            weekdays: self.weekdays,
            sources: self.sources,
            groups: small(&self.groups),
            categories: small(&self.categories),
            areas,
            cells,
        }
    }

    /// A history of only the events that pass; the observed days stay, cut to the filter's.
    pub fn cut(&self, history: &History) -> History {
        let mut events = Vec::new();
        self.each(history, |e| events.push(*e));
        let first = history.first_day().max(self.from_day);
        History::spanning(events, first, history.last_day().min(self.to_day))
    }

    /// Runs over the events of `history` that pass, in order.
    pub fn each(&self, history: &History, mut f: impl FnMut(&Event)) {
        let prepared = self.prepare(history);
        self.each_numbered(history, &prepared, |e, _| f(e));
    }

    /// The same with the number of the event's cell.
    fn each_numbered(&self, history: &History, prepared: &Prepared, mut f: impl FnMut(&Event, u32)) {
        let all = history.events();
        let start = all.partition_point(|e| e.day < self.from_day);
        let end = all.partition_point(|e| e.day <= self.to_day).max(start);
        let cells = &history.cell_numbers()[start..end];
        for (e, &cell) in all[start..end].iter().zip(cells) {
            if prepared.passes(e, cell) {
                f(e, cell);
            }
        }
    }
}

/// A [`Filter`] as lookups; days are handled by the order of the history.
#[derive(Clone, Debug)]
pub struct Prepared {
    hours: u32,
    weekdays: u8,
    sources: u8,
    groups: Option<Vec<bool>>,
    categories: Option<Vec<bool>>,
    areas: Option<Vec<u32>>,
    cells: Option<Vec<bool>>,
}

impl Prepared {
    pub(crate) fn passes(&self, e: &Event, cell: u32) -> bool {
        let has = |set: &Option<Vec<bool>>, i: usize| set.as_ref().is_none_or(|s| s.get(i).copied().unwrap_or(false));
        self.hours >> (e.hour & 31) & 1 == 1
            && self.weekdays >> weekday(e.day) & 1 == 1
            && self.sources >> (e.source & 7) & 1 == 1
            && has(&self.groups, usize::from(e.group))
            && has(&self.categories, usize::from(e.category))
            && self.areas.as_ref().is_none_or(|a| a.binary_search(&e.area).is_ok())
            && (self.cells.is_none() || cell != NONE && has(&self.cells, cell as usize))
    }
}

/// The counts of one selection.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// All events that pass.
    pub total: u64,
    /// Per area (the caller's index).
    pub areas: Vec<u64>,
    /// Events without a known area.
    pub unknown_area: u64,
    /// Events without a known cell.
    pub unknown_cell: u64,
    /// Cells with their counts, most first.
    pub cells: Vec<(Cell, u64)>,
    /// Per category (the caller's index).
    pub categories: Vec<u64>,
    /// Per group (the caller's index).
    pub groups: Vec<u64>,
    /// Per source.
    pub sources: [u64; 8],
    /// Per day of the week (Monday first) and hour.
    pub hours: [[u64; 24]; 7],
    /// Per week, from [`Summary::first_week`].
    pub weeks: Vec<u64>,
    /// The week (see [`week_of`]) of the first entry of [`Summary::weeks`].
    pub first_week: i32,
}

impl Summary {
    /// Counts in one pass.
    pub fn of(history: &History, filter: &Filter) -> Self {
        let first_day = history.first_day().max(filter.from_day);
        let last_day = history.last_day().min(filter.to_day);
        let mut out = Self { first_week: week_of(first_day), ..Self::default() };
        if last_day < first_day {
            return out;
        }
        out.weeks = vec![0; (week_of(last_day) - out.first_week + 1) as usize];
        let prepared = filter.prepare(history);
        let mut cells = vec![0u64; history.cell_count()];
        let (mut day, mut week, mut in_week) = (i32::MIN, 0, 0);
        filter.each_numbered(history, &prepared, |e, cell| {
            if e.day != day {
                (day, week, in_week) = (e.day, (week_of(e.day) - out.first_week) as usize, weekday(e.day) as usize);
            }
            out.total += 1;
            out.weeks[week] += 1;
            out.hours[in_week][usize::from(e.hour.min(23))] += 1;
            out.sources[usize::from(e.source & 7)] += 1;
            add(&mut out.groups, usize::from(e.group));
            add(&mut out.categories, usize::from(e.category));
            match e.area {
                UNKNOWN_AREA => out.unknown_area += 1,
                area => add(&mut out.areas, area as usize),
            }
            match cell {
                NONE => out.unknown_cell += 1,
                number => cells[number as usize] += 1,
            }
        });
        out.cells =
            (0u32..).zip(cells).filter(|(_, n)| *n > 0).map(|(number, n)| (history.cell_at(number), n)).collect();
        out.cells.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        out
    }

    /// The `n` cells with most events.
    pub fn top(&self, n: usize) -> &[(Cell, u64)] {
        &self.cells[..n.min(self.cells.len())]
    }

    /// The Monday of each week with its count, in days since 1970-01-01.
    pub fn by_week(&self) -> impl Iterator<Item = (i32, u64)> + '_ {
        (self.first_week..).zip(&self.weeks).map(|(w, n)| (monday(w), *n))
    }

    /// Per day of the week and four-hour band.
    pub fn bands(&self) -> [[u64; 6]; 7] {
        self.hours.map(|day| {
            let mut bands = [0; 6];
            for (hour, n) in day.iter().enumerate() {
                bands[hour / 4] += n;
            }
            bands
        })
    }
}

fn add(counts: &mut Vec<u64>, i: usize) {
    if i >= counts.len() {
        counts.resize(i + 1, 0);
    }
    counts[i] += 1;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn history() -> History {
        let mut events = Vec::new();
        for i in 0..1000i32 {
            events.push(Event {
                day: 17_532 + i % 70, // from Monday 2018-01-01, ten weeks
                hour: (i % 24) as u8,
                cell: (i % 10 > 0).then_some(Cell { x: i % 10, y: -3 }),
                area: if i % 4 == 0 { UNKNOWN_AREA } else { (i % 4) as u32 },
                category: (i % 7) as u16,
                group: (i % 3) as u16,
                source: (i % 5) as u8,
            });
        }
        History::new(events)
    }

    #[test]
    fn every_table_adds_up_to_the_total() {
        let h = history();
        let none = Some(Vec::new());
        let table = [
            (Filter::all(), 1000),
            (Filter::all().days(17_532, 17_538), 105),
            (Filter::all().group(2), 333),
            (Filter::all().area(2), 250),
            (Filter { sources: 1 << 1, ..Filter::all() }, 200),
            (Filter { weekdays: 1, ..Filter::all() }, 143),
            (Filter { hours: 1 << 23, ..Filter::all() }, 41),
            (Filter { categories: Some(vec![0, 6]), ..Filter::all() }, 285),
            (Filter { groups: none, ..Filter::all() }, 0),
            (Filter::all().cells(vec![Cell { x: 1, y: -3 }, Cell { x: 99, y: 0 }]), 100),
            (Filter::all().days(5, 4), 0),
        ];
        for (filter, total) in table {
            let s = Summary::of(&h, &filter);
            assert_eq!(s.total, total, "{filter:?}");
            let sums = [
                s.areas.iter().sum::<u64>() + s.unknown_area,
                s.cells.iter().map(|c| c.1).sum::<u64>() + s.unknown_cell,
                s.categories.iter().sum(),
                s.groups.iter().sum(),
                s.sources.iter().sum(),
                s.hours.iter().flatten().sum(),
                s.bands().iter().flatten().sum(),
                s.by_week().map(|w| w.1).sum(),
            ];
            assert_eq!(sums, [total; 8], "{filter:?}");
        }
    }

    #[test]
    fn top_places_come_first_and_weeks_start_on_monday() {
        let s = Summary::of(&history(), &Filter::all());
        assert_eq!(s.top(3).len(), 3);
        assert!(s.cells.is_sorted_by(|a, b| a.1 >= b.1));
        assert_eq!(s.by_week().next(), Some((17_532, 105)));
        assert_eq!(s.weeks.len(), 10);
        assert_eq!(Summary::of(&History::new(vec![]), &Filter::all()), Summary::default());
    }
}
