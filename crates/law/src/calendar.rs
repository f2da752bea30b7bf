//! Public holidays and working days (Algemene termijnenwet, Atw, art. 3).
//!
//! The holidays are computed, not listed. The rule is that of today's law; it is right for 1990 and later.

use std::collections::BTreeSet;

use jiff::ToSpan;
use jiff::civil::{Date, Weekday, date};
use serde::{Deserialize, Serialize};

/// Which public holidays a calendar knows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Holidays {
    /// The generally recognised holidays of Atw art. 3(1), and Good Friday, art. 3(2).
    #[default]
    Netherlands,
    /// None but the dated days that are given: for a municipality outside the Netherlands.
    None,
}

/// The calendar on which terms run: Saturdays, Sundays, public holidays and dated extra days.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Calendar {
    /// The public holidays that are computed.
    pub holidays: Holidays,
    /// Days that count as public holidays by a published decree (Atw art. 3(3)), or, with [`Holidays::None`], all
    /// holidays. They move statutory terms. A decree covers about three years and usually names the Friday after
    /// Ascension: without the days of the decree in force, such a term ends too early here.
    pub equated: BTreeSet<Date>,
    /// Days on which the town hall is closed by its own choice. They are no working days for service terms, but
    /// they never move a statutory term: art. 3(3) leaves that to the Crown.
    pub closed: BTreeSet<Date>,
}

impl Calendar {
    /// The Dutch calendar without extra days.
    pub fn dutch() -> Self {
        Self::default()
    }

    /// Whether the day is a public holiday (Atw art. 3), whatever day of the week it is.
    pub fn is_holiday(&self, day: Date) -> bool {
        self.equated.contains(&day) || (self.holidays == Holidays::Netherlands && is_dutch_holiday(day))
    }

    /// Whether a statutory term can end on the day: no Saturday, Sunday or public holiday (Atw art. 1).
    pub fn is_working_day(&self, day: Date) -> bool {
        !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) && !self.is_holiday(day)
    }

    /// Whether the municipality works on the day: a working day on which it is not closed. For service terms.
    pub fn is_service_day(&self, day: Date) -> bool {
        self.is_working_day(day) && !self.closed.contains(&day)
    }

    /// The `n`th working day after `day`; `day` itself does not count. With `n` = 0: `day`, whatever it is.
    pub fn add_working_days(&self, day: Date, n: u32) -> Date {
        nth_day(day, n, |d| self.is_working_day(d))
    }

    /// As [`add_working_days`](Self::add_working_days), but closing days of the municipality do not count either.
    pub fn add_service_days(&self, day: Date, n: u32) -> Date {
        nth_day(day, n, |d| self.is_service_day(d))
    }

    /// The day itself if it is a working day, else the first working day after it (Atw art. 1).
    pub fn working_day_from(&self, day: Date) -> Date {
        if self.is_working_day(day) { day } else { self.add_working_days(day, 1) }
    }
}

/// The `n`th day after `day` that `counts`. Stops at the last day that can be written.
fn nth_day(mut day: Date, n: u32, counts: impl Fn(Date) -> bool) -> Date {
    let mut left = n;
    while left > 0 {
        let Ok(next) = day.tomorrow() else { break };
        day = next;
        if counts(day) {
            left -= 1;
        }
    }
    day
}

/// Easter Sunday of a year: the anonymous Gregorian computus (Meeus, Jones and Butcher).
pub fn easter_sunday(year: i16) -> Date {
    let y = i32::from(year);
    let golden = y.rem_euclid(19);
    let (century, in_century) = (y.div_euclid(100), y.rem_euclid(100));
    let moon = (century + 8).div_euclid(25);
    let correction = (century - moon + 1).div_euclid(3);
    let epact = (19 * golden + century - century.div_euclid(4) - correction + 15).rem_euclid(30);
    let weekday = (32 + 2 * century.rem_euclid(4) + 2 * (in_century / 4) - epact - in_century % 4).rem_euclid(7);
    let shift = (golden + 11 * epact + 22 * weekday) / 451;
    // Days after 22 March; the last possible Easter is 25 April.
    let after = epact + weekday - 7 * shift;
    date(year, 3, 22).saturating_add(after.days())
}

/// The day on which the King's birthday is celebrated: 27 April, or 26 April when the 27th is a Sunday. Before 2014
/// it was the Queen's: 30 April, or 29 April.
pub fn kings_day(year: i16) -> Date {
    let birthday = if year >= 2014 { date(year, 4, 27) } else { date(year, 4, 30) };
    if birthday.weekday() == Weekday::Sunday { birthday.saturating_sub(1.day()) } else { birthday }
}

/// Whether the day is a holiday of Atw art. 3(1) or Good Friday, art. 3(2).
fn is_dutch_holiday(day: Date) -> bool {
    dutch_holidays(day.year()).contains(&day)
}

/// The public holidays of Atw art. 3(1) and (2) in a year, in this order: New Year, Good Friday, Easter Monday,
/// King's birthday, 5 May, Ascension, Whit Monday, Christmas, second Christmas day.
pub fn dutch_holidays(year: i16) -> [Date; 9] {
    let easter = easter_sunday(year);
    let from_easter = |days: i32| easter.saturating_add(days.days());
    [
        date(year, 1, 1),
        from_easter(-2),
        from_easter(1),
        kings_day(year),
        date(year, 5, 5),
        from_easter(39),
        from_easter(50),
        date(year, 12, 25),
        date(year, 12, 26),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn easter_follows_the_almanac() {
        for expected in [
            date(1818, 3, 22),
            date(1943, 4, 25),
            date(1954, 4, 18),
            date(1981, 4, 19),
            date(2000, 4, 23),
            date(2008, 3, 23),
            date(2024, 3, 31),
            date(2025, 4, 20),
            date(2026, 4, 5),
            date(2027, 3, 28),
            date(2038, 4, 25),
            date(2049, 4, 18),
            date(2285, 3, 22),
        ] {
            assert_eq!(easter_sunday(expected.year()), expected);
        }
    }

    #[test]
    fn easter_is_a_sunday_within_its_bounds_in_every_year() {
        for year in -9999..=9999 {
            let easter = easter_sunday(year);
            assert_eq!(easter.weekday(), Weekday::Sunday, "{year}");
            assert!((date(year, 3, 22)..=date(year, 4, 25)).contains(&easter), "{year}");
        }
    }

    #[test]
    fn holidays_of_article_3() {
        let calendar = Calendar::dutch();
        let table = [
            ("Atw 3(1) New Year", date(2026, 1, 1), true),
            ("Atw 3(2) Good Friday", date(2026, 4, 3), true),
            ("Atw 3(1) Easter Monday", date(2026, 4, 6), true),
            ("Atw 3(1) King's birthday", date(2026, 4, 27), true),
            ("Atw 3(1) King's birthday on a Sunday: the day before", date(2025, 4, 26), true),
            ("Atw 3(1) King's birthday on a Sunday: not the day itself", date(2025, 4, 27), false),
            ("Atw 3(1) Queen's birthday", date(2013, 4, 30), true),
            ("Atw 3(1) no King's birthday before 2014", date(2013, 4, 27), false),
            ("Atw 3(1) 5 May, every year", date(2026, 5, 5), true),
            ("Atw 3(1) Ascension", date(2026, 5, 14), true),
            ("Atw 3(1) Whit Monday", date(2026, 5, 25), true),
            ("Atw 3(1) Christmas", date(2026, 12, 25), true),
            ("Atw 3(1) second Christmas day", date(2026, 12, 26), true),
            ("not in art. 3: New Year's Eve", date(2026, 12, 31), false),
            ("not in art. 3: the day after Ascension", date(2026, 5, 15), false),
            ("not in art. 3: Labour Day", date(2026, 5, 1), false),
        ];
        for (article, day, expected) in table {
            assert_eq!(calendar.is_holiday(day), expected, "{article}: {day}");
        }
    }

    #[test]
    fn working_days_skip_weekends_and_holidays() {
        let calendar = Calendar::dutch();
        let table = [
            ("plain week", date(2026, 3, 2), 3, date(2026, 3, 5)),
            ("over a weekend", date(2026, 3, 6), 1, date(2026, 3, 9)),
            ("from a Saturday", date(2026, 3, 7), 1, date(2026, 3, 9)),
            ("over Easter (Atw 3)", date(2026, 4, 2), 1, date(2026, 4, 7)),
            ("over Christmas and New Year (Atw 3)", date(2026, 12, 24), 5, date(2027, 1, 4)),
            ("none", date(2026, 3, 7), 0, date(2026, 3, 7)),
        ];
        for (case, from, n, expected) in table {
            assert_eq!(calendar.add_working_days(from, n), expected, "{case}");
        }
        assert_eq!(calendar.add_working_days(Date::MAX, 3), Date::MAX);
    }

    #[test]
    fn extra_days() {
        let bridge = date(2026, 5, 15);
        let equated = Calendar { equated: [bridge].into(), ..Calendar::dutch() };
        assert!(equated.is_holiday(bridge) && !equated.is_working_day(bridge), "Atw 3(3)");
        let closed = Calendar { closed: [bridge].into(), ..Calendar::dutch() };
        assert!(closed.is_working_day(bridge), "Atw 3(3): closing the town hall is no holiday");
        assert!(!closed.is_service_day(bridge));
        assert_eq!(closed.add_service_days(date(2026, 5, 13), 1), date(2026, 5, 18));
        assert_eq!(closed.add_working_days(date(2026, 5, 13), 1), bridge);
    }

    #[test]
    fn a_calendar_is_configuration() {
        let calendar: Calendar = toml::from_str("holidays = \"none\"\nequated = [\"2026-07-03\"]").unwrap();
        assert!(!calendar.is_holiday(date(2026, 4, 27)));
        assert!(calendar.is_holiday(date(2026, 7, 3)));
        assert!(!calendar.is_working_day(date(2026, 7, 4)), "a Saturday");
        assert!(toml::from_str::<Calendar>("holiday = \"none\"").is_err(), "unknown keys are refused");
        assert_eq!(toml::from_str::<Calendar>("").unwrap(), Calendar::dutch());
    }
}
