//! Terms: how long, and when they end (Algemene termijnenwet, Atw, art. 1, 2 and 4).
//!
//! A deadline is the first moment that is *too late*: local midnight after the last day. Something is in time if it
//! happened before the deadline, and late from the deadline on. To show the last day, take the local date of the
//! microsecond before. Terms in hours end at the exact moment.
//!
//! A term in days, weeks, months or years starts on the day after the event (compare Awb art. 6:8(1)), so four weeks
//! from a Monday end with a Monday. Months and years end on the day with the number of the day of the event, or on
//! the last day of a shorter month.

use jiff::civil::Date;
use jiff::{Span, Timestamp, ToSpan, Zoned};
use serde::{Deserialize, Serialize};

use crate::calendar::Calendar;

/// The unit of a term.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TermUnit {
    /// Hours on the clock, exact to the second.
    Hours,
    /// Days that are no Saturday, Sunday or public holiday.
    WorkingDays,
    /// All days.
    CalendarDays,
    /// Seven days.
    Weeks,
    /// Months of the calendar.
    Months,
    /// Years of the calendar.
    Years,
}

/// A length of time as the law or a policy states it. In TOML: `{ length = 3, unit = "working-days" }`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// How many units.
    pub length: u32,
    /// Of what.
    pub unit: TermUnit,
}

/// By which rules a term is counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Counting {
    /// A term set by an Act: Atw art. 1 and 2 apply, unless art. 4 excludes the term by its length or unit.
    #[default]
    Statutory,
    /// A term that follows its own text: service terms and by-laws, deprivation of liberty (Atw art. 4(c)), the
    /// greatest length of a measure, and terms that a special Act takes out (for instance Awb 4:17, Wth 13). Working
    /// days are then the days on which the municipality works.
    Plain,
}

/// The term ends outside the time that can be written (the years -9999 to 9999).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a term of {} {:?} from {from} ends outside the calendar", term.length, term.unit)]
pub struct TermError {
    /// The term.
    pub term: Term,
    /// From when it was counted.
    pub from: Timestamp,
}

impl Term {
    /// A term of `length` `unit`s.
    pub const fn new(length: u32, unit: TermUnit) -> Self {
        Self { length, unit }
    }

    /// Whether Atw art. 4(a) takes the term out of art. 1 and 2: in hours, more than 90 days, more than twelve
    /// weeks, more than three months, or in years.
    pub fn is_excluded(self) -> bool {
        match self.unit {
            TermUnit::Hours | TermUnit::Years => true,
            TermUnit::WorkingDays | TermUnit::CalendarDays => self.length > 90,
            TermUnit::Weeks => self.length > 12,
            TermUnit::Months => self.length > 3,
        }
    }

    /// The length as a span; working days have none.
    fn span(self) -> Option<Span> {
        let n = i64::from(self.length);
        let span = Span::new();
        match self.unit {
            TermUnit::Hours => span.try_hours(n),
            TermUnit::WorkingDays => return None,
            TermUnit::CalendarDays => span.try_days(n),
            TermUnit::Weeks => span.try_weeks(n),
            TermUnit::Months => span.try_months(n),
            TermUnit::Years => span.try_years(n),
        }
        .ok()
    }
}

/// The moment from which it is too late: local midnight after the last day of the term, in the time zone of `from`.
///
/// With [`Counting::Statutory`] the term is first lengthened until it contains two working days if it is three days
/// or more (Atw art. 2), and then to the end of the next working day if it ends on a Saturday, Sunday or public
/// holiday (art. 1).
pub fn deadline(term: Term, from: &Zoned, counting: Counting, calendar: &Calendar) -> Result<Timestamp, TermError> {
    let error = || TermError { term, from: from.timestamp() };
    let first = from.date();
    let last = match (term.unit, term.span()) {
        (TermUnit::WorkingDays, _) => match counting {
            Counting::Statutory => calendar.add_working_days(first, term.length),
            Counting::Plain => calendar.add_service_days(first, term.length),
        },
        (TermUnit::Hours, Some(span)) => {
            return from.timestamp().checked_add(span).map_err(|_| error());
        }
        (_, Some(span)) => first.checked_add(span).map_err(|_| error())?,
        (_, None) => return Err(error()),
    };
    let last = match counting {
        Counting::Statutory if !term.is_excluded() => lengthen(first, last, calendar),
        Counting::Statutory | Counting::Plain => last,
    };
    start_of(last.tomorrow().map_err(|_| error())?, from).ok_or_else(error)
}

/// The moment from which it is too late for something that must be done a term *before* an event, in the time zone
/// of `event`: the start of the day that lies the term before the day of the event. "Until ten days before the
/// hearing" of the 20th ends at the start of the 10th.
///
/// Atw art. 1 and 2 do not apply to a term that is counted back (art. 1(2)): it is never moved. Working days counted
/// back are the days on which the municipality works.
pub fn deadline_before(term: Term, event: &Zoned, calendar: &Calendar) -> Result<Timestamp, TermError> {
    let error = || TermError { term, from: event.timestamp() };
    let day = match (term.unit, term.span()) {
        (TermUnit::WorkingDays, _) => working_days_before(event.date(), term.length, calendar).ok_or_else(error)?,
        (TermUnit::Hours, Some(span)) => {
            return event.timestamp().checked_sub(span).map_err(|_| error());
        }
        (_, Some(span)) => event.date().checked_sub(span).map_err(|_| error())?,
        (_, None) => return Err(error()),
    };
    start_of(day, event).ok_or_else(error)
}

/// Atw art. 2, then art. 1.
fn lengthen(first: Date, last: Date, calendar: &Calendar) -> Date {
    let days = first.duration_until(last).as_hours() / 24;
    let last = if days >= 3 { last.max(calendar.add_working_days(first, 2)) } else { last };
    calendar.working_day_from(last)
}

fn working_days_before(mut day: Date, n: u32, calendar: &Calendar) -> Option<Date> {
    let mut left = n;
    while left > 0 {
        day = day.checked_sub(1.day()).ok()?;
        if calendar.is_service_day(day) {
            left -= 1;
        }
    }
    Some(day)
}

/// The first moment of a day in the time zone of `zone`.
fn start_of(day: Date, zone: &Zoned) -> Option<Timestamp> {
    day.to_zoned(zone.time_zone().clone())
        .and_then(|moment| moment.start_of_day())
        .ok()
        .map(|moment| moment.timestamp())
}

#[cfg(test)]
mod tests;
