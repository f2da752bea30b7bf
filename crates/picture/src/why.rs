//! Why does the model say so: the plain counts behind the expectation of one cell, for the page that
//! explains it and lets a person disagree with reasons.

use crate::grid::Filter;
use crate::history::{Cell, Event, History, source, weekday};
use serde::{Deserialize, Serialize};

/// What a part of an expectation rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// The cell's own events of the last months.
    Recent,
    /// The cell's own events over the years.
    Years,
    /// The cells around.
    Neighbours,
    /// The same weeks of last year.
    Season,
    /// Events of all groups together.
    AllKinds,
    /// What every cell gets.
    Everywhere,
    /// The bend: more, or less when negative, because of how these go together, such as a neighbourhood
    /// that is rising.
    Trend,
}

/// The counts behind one expectation. All but officers' own findings, unless said otherwise.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Why {
    /// Events in the last four weeks.
    pub last_4_weeks: u32,
    /// Events in the last 52 weeks.
    pub last_52_weeks: u32,
    /// Events in the four weeks around the same date a year ago (52 weeks before the first day asked,
    /// two weeks to either side).
    pub year_ago: u32,
    /// Events of the last four weeks in the eight cells around.
    pub neighbours_4_weeks: u32,
    /// Officers' own findings in the last 52 weeks, which do not count.
    pub officers_52_weeks: u32,
    /// Day of the week (0 = Monday) and four-hour band with most events in the last 104 weeks, and how
    /// many; `None` without events.
    pub busiest: Option<(u8, u8, u32)>,
}

/// Counts what lies behind the expectation of `cell` (and `group`, or all) from `from_day`.
pub fn why(history: &History, cell: Cell, group: Option<u16>, from_day: i32) -> Why {
    let mut out = Why::default();
    let mut slots = [[0u32; 6]; 7];
    let filter = Filter {
        groups: group.map(|g| vec![g]),
        ..Filter::all().days(from_day.saturating_sub(104 * 7), from_day.saturating_sub(1))
    };
    filter.each(history, |e| {
        let Some(c) = e.cell else { return };
        let (dx, dy) = (c.x.abs_diff(cell.x), c.y.abs_diff(cell.y));
        if dx > 1 || dy > 1 {
            return;
        }
        let age = from_day - e.day; // 1 is yesterday
        let officer = e.source == source::OFFICER;
        if (dx, dy) != (0, 0) {
            out.neighbours_4_weeks += u32::from(age <= 28 && !officer);
            return;
        }
        if officer {
            out.officers_52_weeks += u32::from(age <= 364);
            return;
        }
        out.last_4_weeks += u32::from(age <= 28);
        out.last_52_weeks += u32::from(age <= 364);
        out.year_ago += u32::from((364 - 14..364 + 14).contains(&age));
        slots[usize::from(weekday(e.day))][usize::from(e.hour.min(23)) / 4] += 1;
    });
    let all = (0u8..).zip(&slots).flat_map(|(d, day)| (0u8..).zip(day).map(move |(b, n)| (d, b, *n)));
    out.busiest = all.filter(|s| s.2 > 0).reduce(|best, s| if s.2 > best.2 { s } else { best });
    out
}

/// The events behind the expectation of `cell` (and `group`, or all) from `from_day`: the latest first, at
/// most `most`, of the last two years; officers' own findings are left out, as in the models.
pub fn events(history: &History, cell: Cell, group: Option<u16>, from_day: i32, most: usize) -> Vec<Event> {
    let recent = history.between(from_day.saturating_sub(104 * 7), from_day.saturating_sub(1));
    let here = |e: &&Event| e.cell == Some(cell) && e.source != source::OFFICER && group.is_none_or(|g| e.group == g);
    recent.iter().rev().filter(here).take(most).copied().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_counts_behind_a_cell() {
        let today = 20_000;
        let event = |ago: i32, x: i32, group: u16, source: u8| Event {
            day: today - ago,
            hour: 21,
            cell: Some(Cell { x, y: 0 }),
            area: 0,
            category: group,
            group,
            source,
        };
        let h = History::new(vec![
            event(0, 0, 0, source::RESIDENT),
            event(1, 0, 0, source::RESIDENT),
            event(28, 0, 1, source::POLICE),
            event(29, 0, 0, source::PARTNER),
            event(355, 0, 0, source::RESIDENT),
            event(366, 0, 0, source::RESIDENT),
            event(3, 0, 0, source::OFFICER),
            event(2, 1, 0, source::RESIDENT),
            event(2, 2, 0, source::RESIDENT),
        ]);
        let cell = Cell { x: 0, y: 0 };
        let all = why(&h, cell, None, today);
        assert_eq!((all.last_4_weeks, all.last_52_weeks, all.year_ago), (2, 4, 2));
        assert_eq!((all.neighbours_4_weeks, all.officers_52_weeks), (1, 1));
        assert_eq!(all.busiest.map(|b| b.1), Some(5));
        assert_eq!(why(&h, cell, Some(1), today).last_4_weeks, 1);
        assert_eq!(why(&h, Cell { x: 9, y: 9 }, None, today), Why::default());
        let behind = events(&h, cell, None, today, 4);
        assert_eq!(behind.iter().map(|e| today - e.day).collect::<Vec<_>>(), [1, 28, 29, 355]);
        assert_eq!(events(&h, cell, Some(1), today, 4).len(), 1);
    }
}
