//! What may be concluded from a figure: about its goal, and about the year before. Never more than the interval allows,
//! and nothing across a change of method.

use super::indicators::{Reading, Value, Whole};
use crate::model::{Direction, Indicator, MeasureKind};
use picture::interval;

/// A figure beside its goal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Goal {
    /// There is no goal, or it has no direction.
    None,
    /// The goal is only in words.
    InWords,
    /// There is no value.
    NoValue,
    /// The records do not hold the whole year yet.
    Incomplete,
    /// The goal is for a later year.
    Later(i16),
    /// The whole interval lies on the good side.
    Reached,
    /// The whole interval lies on the other side.
    Short,
    /// The goal lies within the interval.
    Within,
}

/// A figure beside that of another year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// One of the two has no value that may be compared.
    NoValue,
    /// The method changed between the two.
    Break(i16),
    /// Clearly higher.
    Higher,
    /// Clearly lower.
    Lower,
    /// The interval of the difference holds zero.
    NoDifference,
}

impl Change {
    /// Whether the figure went the way that the plan does not want.
    #[must_use]
    pub fn is_worse(self, direction: Direction) -> bool {
        matches!((self, direction), (Self::Higher, Direction::Down) | (Self::Lower, Direction::Up))
    }
}

/// Compares a figure with its goal.
#[must_use]
pub fn goal(indicator: &Indicator, reading: &Reading) -> Goal {
    let Some(target) = &indicator.target else { return Goal::None };
    let Some(wanted) = target.value else { return Goal::InWords };
    if indicator.direction == Direction::None {
        return Goal::None;
    }
    if target.year > reading.year {
        return Goal::Later(target.year);
    }
    if reading.value().is_none() {
        return Goal::NoValue;
    }
    if reading.whole != Whole::Yes {
        return Goal::Incomplete;
    }
    let Some(range) = reading.value().map(|v| v.range()) else { return Goal::NoValue };
    let (good, bad) = match indicator.direction {
        Direction::Up => (range.low >= wanted, range.high < wanted),
        _ => (range.high <= wanted, range.low > wanted),
    };
    match (good, bad) {
        (true, _) => Goal::Reached,
        (_, true) => Goal::Short,
        _ => Goal::Within,
    }
}

/// Compares a figure with that of an earlier year, by the interval of the difference (Zou and Donner 2008; for shares
/// Newcombe 1998, method 10).
#[must_use]
pub fn change(indicator: &Indicator, now: &Reading, before: &Reading) -> Change {
    let (Some(a), Some(b)) = (now.comparable(indicator), before.comparable(indicator)) else { return Change::NoValue };
    if let Some(year) = indicator.changed(before.year, now.year) {
        return Change::Break(year);
    }
    // what the numbers of sanctions are at least and at most is certain, not an estimate with an interval of its own
    if indicator.measure.kind == MeasureKind::Sanctions {
        let (a, b) = (a.range(), b.range());
        return match (a.low > b.high, a.high < b.low) {
            (true, _) => Change::Higher,
            (_, true) => Change::Lower,
            _ => Change::NoDifference,
        };
    }
    difference(&a, &b)
}

fn difference(a: &Value, b: &Value) -> Change {
    let found = interval::difference(&a.range(), &b.range());
    if found.low > 0.0 {
        Change::Higher
    } else if found.high < 0.0 {
        Change::Lower
    } else {
        Change::NoDifference
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::PlanBook;
    use crate::model::Target;
    use picture::interval::Shown;

    fn indicator(direction: Direction, target: Option<(i16, Option<f64>)>) -> Indicator {
        let book = PlanBook::read(&testkit::root().join("config/heemskerk")).unwrap();
        let target = target.map(|(year, value)| Target { year, value, text: None, example: false });
        Indicator {
            direction,
            target,
            method_break: vec![2021],
            ..book.indicators.get("waste-in-term").unwrap().clone()
        }
    }

    fn reading(year: i16, value: Option<(f64, f64, f64)>) -> Reading {
        let value = value.map(|(low, value, high)| Value { value, interval: Some((low, high)) });
        Reading {
            year,
            shown: value.map_or(Shown::Missing, Shown::Value),
            of: None,
            out_of: None,
            whole: Whole::Yes,
            origin: String::new(),
        }
    }

    #[test]
    fn a_goal_is_reached_or_not_only_when_the_whole_interval_says_so() {
        use Direction::{Down, None as Neither, Up};
        let wanted = Some((2024, Some(90.0)));
        let table = [
            (Up, wanted, Some((91.0, 93.0, 95.0)), Goal::Reached),
            (Up, wanted, Some((90.0, 93.0, 95.0)), Goal::Reached),
            (Up, wanted, Some((80.0, 85.0, 89.0)), Goal::Short),
            (Up, wanted, Some((85.0, 89.0, 92.0)), Goal::Within),
            (Down, wanted, Some((80.0, 85.0, 90.0)), Goal::Reached),
            (Down, wanted, Some((91.0, 95.0, 99.0)), Goal::Short),
            (Down, wanted, Some((85.0, 91.0, 99.0)), Goal::Within),
            (Neither, wanted, Some((91.0, 93.0, 95.0)), Goal::None),
            (Up, None, Some((91.0, 93.0, 95.0)), Goal::None),
            (Up, Some((2024, None)), Some((91.0, 93.0, 95.0)), Goal::InWords),
            (Up, Some((2050, Some(90.0))), Some((91.0, 93.0, 95.0)), Goal::Later(2050)),
            (Up, wanted, None, Goal::NoValue),
        ];
        for (direction, target, value, expected) in table {
            let found = goal(&indicator(direction, target), &reading(2024, value));
            assert_eq!(found, expected, "{direction} {target:?} {value:?}");
        }
        let running = Reading { whole: Whole::Running, ..reading(2024, Some((91.0, 93.0, 95.0))) };
        assert_eq!(goal(&indicator(Up, wanted), &running), Goal::Incomplete);
    }

    #[test]
    fn a_change_is_named_only_when_the_difference_is_clear_and_the_method_the_same() {
        let i = indicator(Direction::Up, None);
        let table = [
            (2024, Some((40.0, 50.0, 60.0)), 2023, Some((20.0, 30.0, 39.0)), Change::Higher),
            (2024, Some((20.0, 30.0, 39.0)), 2023, Some((40.0, 50.0, 60.0)), Change::Lower),
            (2024, Some((40.0, 50.0, 60.0)), 2023, Some((45.0, 55.0, 65.0)), Change::NoDifference),
            (2024, None, 2023, Some((45.0, 55.0, 65.0)), Change::NoValue),
            (2021, Some((40.0, 50.0, 60.0)), 2020, Some((20.0, 30.0, 39.0)), Change::Break(2021)),
            (2022, Some((40.0, 50.0, 60.0)), 2021, Some((20.0, 30.0, 39.0)), Change::Higher),
            (2024, Some((0.0, 0.0, 0.0)), 2023, Some((0.0, 0.0, 0.0)), Change::NoDifference),
        ];
        for (year, now, before_year, before, expected) in table {
            assert_eq!(change(&i, &reading(year, now), &reading(before_year, before)), expected, "{year}");
        }
        let book = PlanBook::read(&testkit::root().join("config/heemskerk")).unwrap();
        let sanctions = book.indicators.get("sanctions-penal-order").unwrap();
        for (now, before, expected) in [
            ((20.0, 20.0, 28.0), (12.0, 12.0, 19.0), Change::Higher),
            ((20.0, 20.0, 28.0), (12.0, 12.0, 20.0), Change::NoDifference),
            ((5.0, 5.0, 9.0), (10.0, 10.0, 10.0), Change::Lower),
        ] {
            assert_eq!(change(sanctions, &reading(2024, Some(now)), &reading(2023, Some(before))), expected);
        }
        for (change, direction, worse) in [
            (Change::Higher, Direction::Down, true),
            (Change::Higher, Direction::Up, false),
            (Change::Lower, Direction::Up, true),
            (Change::Lower, Direction::None, false),
            (Change::NoDifference, Direction::Down, false),
        ] {
            assert_eq!(change.is_worse(direction), worse);
        }
    }
}
