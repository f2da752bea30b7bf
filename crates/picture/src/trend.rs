//! How does it develop: counts per week or month with their intervals and the rolling mean.

use crate::grid::Filter;
use crate::history::{History, day_of, monday, week_of, year_month};
use crate::interval::{Range, count_with_dispersion};
use serde::{Deserialize, Serialize};

/// The length of a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Step {
    /// Monday to Sunday.
    Week,
    /// Calendar month.
    Month,
}

/// One period of a series.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Point {
    /// First day of the period, in days since 1970-01-01; of the part that was observed when the
    /// history starts within it.
    pub first_day: i32,
    /// Events, with the exact Poisson interval.
    pub count: Range,
    /// Whether all days of the period were observed; a partial period is no drop.
    pub complete: bool,
    /// Mean per period of the last 52 weeks or 12 months, this one included, with its interval;
    /// `None` until so many complete periods are known.
    pub rolling: Option<Range>,
}

/// Counts per period.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Series {
    /// Week or month.
    pub step: Step,
    /// The periods in order, quiet ones included.
    pub points: Vec<Point>,
}

impl Series {
    /// Counts the events that pass per period, with intervals of `level` (0.95).
    pub fn of(history: &History, filter: &Filter, step: Step, level: f64) -> Self {
        let first = history.first_day().max(filter.from_day);
        let last = history.last_day().min(filter.to_day);
        if last < first {
            return Self { step, points: Vec::new() };
        }
        let index = |day: i32| match step {
            Step::Week => week_of(day),
            Step::Month => {
                let (year, month) = year_month(day);
                year * 12 + i32::from(month) - 1
            }
        };
        let begin = |i: i32| match step {
            Step::Week => monday(i),
            Step::Month => day_of(i.div_euclid(12), (i.rem_euclid(12) + 1) as u8, 1),
        };
        let start = index(first);
        let mut counts = vec![0u32; (index(last) - start + 1) as usize];
        let (mut day, mut at) = (i32::MIN, 0);
        filter.each(history, |e| {
            if e.day != day {
                (day, at) = (e.day, (index(e.day) - start) as usize);
            }
            counts[at] += 1;
        });
        let length = match step {
            Step::Week => 52,
            Step::Month => 12,
        };
        let complete = |i: i32| begin(i) >= first && begin(i + 1) - 1 <= last;
        let mut points: Vec<Point> = Vec::with_capacity(counts.len());
        let mut sum = 0.0;
        let mut known = 0;
        for (k, n) in counts.iter().enumerate() {
            let i = start + k as i32;
            let full = complete(i);
            if full {
                sum += f64::from(*n);
                known += 1;
                if known > length {
                    sum -= points[k - length].count.value;
                    known -= 1;
                }
            }
            let rolling =
                (full && known == length).then(|| count_with_dispersion(sum, 1.0, level).times(1.0 / length as f64));
            points.push(Point {
                first_day: begin(i).max(first),
                count: count_with_dispersion(f64::from(*n), 1.0, level),
                complete: full,
                rolling,
            });
        }
        Self { step, points }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::{Cell, Event, source};

    const START: i32 = 16_433; // Monday 2014-12-29

    /// `counts[w]` events in week w, spread over the days.
    fn history(counts: &[u32]) -> History {
        let mut events = Vec::new();
        for (w, n) in (0i32..).zip(counts) {
            events.extend((0..*n as i32).map(|i| Event {
                day: START + 7 * w + i % 7,
                hour: 20,
                cell: Some(Cell { x: 0, y: 0 }),
                area: 0,
                category: 0,
                group: 0,
                source: source::RESIDENT,
            }));
        }
        History::spanning(events, START, START + 7 * counts.len() as i32 - 1)
    }

    #[test]
    fn series_per_week_and_month() {
        let counts: Vec<u32> = (0..160).map(|w| w % 5).collect();
        let h = history(&counts);
        let all: u32 = counts.iter().sum();
        for (step, least) in [(Step::Week, 160), (Step::Month, 37)] {
            let s = Series::of(&h, &Filter::all(), step, 0.95);
            let sum: f64 = s.points.iter().map(|p| p.count.value).sum();
            assert_eq!((sum as u32, s.points.len() >= least), (all, true));
            assert!(s.points.iter().all(|p| p.count.low <= p.count.value && p.count.value <= p.count.high));
        }
        let s = Series::of(&h, &Filter::all(), Step::Week, 0.95);
        assert!(s.points[50].rolling.is_none());
        let last = s.points[159].rolling.unwrap().value;
        let expected = f64::from(counts[108..].iter().sum::<u32>()) / 52.0;
        assert!((last - expected).abs() < 1e-9);
        let months = Series::of(&h, &Filter::all(), Step::Month, 0.95);
        assert!(!months.points[0].complete && months.points[1].complete);
        assert!(months.points[11].rolling.is_none() && months.points[12].rolling.is_some());
        assert_eq!(year_month(months.points[1].first_day), (2015, 1));
        let h = history(&[20; 60]);
        let s = Series::of(&h, &Filter::all().days(0, h.last_day() - 2), Step::Week, 0.95);
        assert!(s.points.iter().rev().skip(1).all(|p| p.complete));
        assert!(s.points.last().is_some_and(|p| !p.complete && p.rolling.is_none()));
        let none = Series::of(&h, &Filter::all().days(5, 4), Step::Week, 0.95);
        assert!(none.points.is_empty());
    }
}
