//! Local time as plain seconds. A "local second" counts seconds of wall clock since 1970-01-01
//! 00:00 as if no clock ever changed; [`Calendar::utc`] turns it into an instant by the offset of
//! that day at noon, looked up once per day. In the night of a clock change this is up to one hour
//! off, which fiction may be.

use jiff::{Timestamp, civil::Date, tz::TimeZone};

/// Seconds in a day of wall clock.
pub(crate) const DAY: i64 = 86_400;
/// Seconds in an hour.
pub(crate) const HOUR: i64 = 3_600;
const EPOCH: Date = jiff::civil::date(1970, 1, 1);

/// Number of the day since 1970-01-01.
pub(crate) fn day_number(date: Date) -> i64 {
    date.since(EPOCH).map_or(0, |span| i64::from(span.get_days()))
}

/// Monday is 0, Sunday is 6.
pub(crate) fn weekday(day: i64) -> usize {
    (day + 3).rem_euclid(7) as usize
}

/// The working day (Monday to Friday) `n` working days after `day`; with 0 the day itself or, in
/// a weekend, the Monday after it.
pub(crate) fn working_day(day: i64, n: i64) -> i64 {
    let start = match weekday(day) {
        5 => day + 2,
        6 => day + 1,
        _ => day,
    };
    // A term that starts in the weekend counts from the Friday before it.
    let n = if start > day && n > 0 { n - 1 } else { n };
    let in_week = weekday(start) as i64 + n;
    start - weekday(start) as i64 + in_week / 5 * 7 + in_week % 5
}

/// One day of the period.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Day {
    /// Days since 1970-01-01.
    pub(crate) number: i64,
    /// Year.
    pub(crate) year: i16,
    /// Month, 1 to 12.
    pub(crate) month: i8,
    /// Day of the month.
    pub(crate) day: i8,
    noon: i64,
}

/// The days of a period in one time zone.
#[derive(Debug)]
pub(crate) struct Calendar {
    /// The days, in order, from the first to the last inclusive.
    pub(crate) days: Vec<Day>,
}

impl Calendar {
    /// Days from `from` to `to` (exclusive).
    pub(crate) fn new(from: Date, to: Date, zone: &TimeZone) -> Self {
        let first = day_number(from);
        let days = from
            .series(jiff::Span::new().days(1))
            .take_while(|date| *date < to)
            .zip(first..)
            .map(|(date, number)| Day {
                number,
                year: date.year(),
                month: date.month(),
                day: date.day(),
                noon: date
                    .at(12, 0, 0, 0)
                    .to_zoned(zone.clone())
                    .map_or(number * DAY + DAY / 2, |z| z.timestamp().as_second()),
            })
            .collect();
        Self { days }
    }

    /// The instant of a local second; outside the period by the offset of the nearest day.
    pub(crate) fn utc(&self, local: i64) -> i64 {
        let (Some(first), Some(last)) = (self.days.first(), self.days.last()) else {
            return local;
        };
        let day = local.div_euclid(DAY).clamp(first.number, last.number);
        let near = self.days.get((day - first.number) as usize).unwrap_or(last);
        near.noon + local - near.number * DAY - DAY / 2
    }
}

/// The instant of a number of seconds since 1970 (UTC).
pub(crate) fn timestamp(seconds: i64) -> Timestamp {
    Timestamp::from_second(seconds).unwrap_or(Timestamp::UNIX_EPOCH)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn working_days_skip_the_weekend() {
        // (day, working days, expected)
        for (start, n, want) in [
            (date(2025, 9, 1), 3, date(2025, 9, 4)),
            (date(2025, 9, 4), 3, date(2025, 9, 9)),
            (date(2025, 9, 5), 1, date(2025, 9, 8)),
            (date(2025, 9, 6), 0, date(2025, 9, 8)),
            (date(2025, 9, 6), 1, date(2025, 9, 8)),
            (date(2025, 9, 7), 3, date(2025, 9, 10)),
            (date(2025, 9, 3), 10, date(2025, 9, 17)),
        ] {
            assert_eq!(working_day(day_number(start), n), day_number(want), "{start} + {n}");
        }
    }

    #[test]
    fn local_seconds_become_the_instant_of_the_zone() {
        let zone = TimeZone::get("Europe/Amsterdam").unwrap();
        let calendar = Calendar::new(date(2025, 1, 1), date(2026, 1, 1), &zone);
        assert_eq!(calendar.days.len(), 365);
        for (d, hour) in
            [(date(2025, 1, 15), 8), (date(2025, 7, 15), 22), (date(2025, 3, 30), 9), (date(2025, 12, 31), 23)]
        {
            let want = d.at(hour, 0, 0, 0).to_zoned(zone.clone()).unwrap().timestamp().as_second();
            assert_eq!(calendar.utc(day_number(d) * DAY + i64::from(hour) * HOUR), want, "{d} {hour}");
        }
    }
}
