//! The calendar law as tables: each row names its article.

use jiff::civil::date;
use jiff::tz::TimeZone;

use super::*;
use TermUnit::{CalendarDays, Hours, Months, Weeks, WorkingDays, Years};

fn amsterdam(day: Date, hour: i8) -> Zoned {
    day.at(hour, 30, 0, 0).in_tz("Europe/Amsterdam").unwrap()
}

/// The last day of a term that started on `from`.
fn last_day(n: u32, unit: TermUnit, from: Date, counting: Counting) -> Date {
    let end = deadline(Term::new(n, unit), &amsterdam(from, 14), counting, &Calendar::dutch()).unwrap();
    let local = end.to_zoned(TimeZone::get("Europe/Amsterdam").unwrap());
    assert_eq!(local.start_of_day().unwrap(), local, "a deadline is a local midnight");
    local.date().yesterday().unwrap()
}

#[test]
fn statutory_terms() {
    let table = [
        ("Awb 6:8(1) starts the day after", 6, Weeks, date(2026, 6, 1), date(2026, 7, 13)),
        ("Atw 1(1) ends on a Saturday", 6, Weeks, date(2026, 6, 6), date(2026, 7, 20)),
        ("Atw 1(1) ends on a Sunday", 14, CalendarDays, date(2026, 6, 7), date(2026, 6, 22)),
        ("Atw 1(1) ends on Ascension", 6, Weeks, date(2026, 4, 2), date(2026, 5, 15)),
        ("Atw 1(1) ends on King's day", 8, Weeks, date(2026, 3, 2), date(2026, 4, 28)),
        ("Atw 1(1) ends on Christmas, then a weekend", 6, Weeks, date(2026, 11, 13), date(2026, 12, 28)),
        ("Atw 1(1) also a term of one day", 1, CalendarDays, date(2026, 6, 5), date(2026, 6, 8)),
        ("Atw 2 three days from Thursday: Friday, then Monday", 3, CalendarDays, date(2026, 6, 4), date(2026, 6, 8)),
        ("Atw 2 three days from Friday: Monday and Tuesday", 3, CalendarDays, date(2026, 6, 5), date(2026, 6, 9)),
        ("Atw 2 four days over Easter", 4, CalendarDays, date(2026, 4, 2), date(2026, 4, 8)),
        ("Atw 2 not for a term of two days", 2, CalendarDays, date(2026, 6, 6), date(2026, 6, 8)),
        ("Atw 2 three days within a week", 3, CalendarDays, date(2026, 6, 1), date(2026, 6, 4)),
        ("Atw 4(a) 90 days is not more than 90", 90, CalendarDays, date(2026, 6, 1), date(2026, 8, 31)),
        ("Atw 4(a) more than 90 days ends on a Sunday", 91, CalendarDays, date(2026, 6, 7), date(2026, 9, 6)),
        ("Atw 4(a) twelve weeks", 12, Weeks, date(2026, 6, 6), date(2026, 8, 31)),
        ("Atw 4(a) more than twelve weeks, Saturday", 13, Weeks, date(2026, 6, 6), date(2026, 9, 5)),
        ("Atw 4(a) three months", 3, Months, date(2026, 6, 6), date(2026, 9, 7)),
        ("Atw 4(a) more than three months, Sunday", 4, Months, date(2026, 6, 6), date(2026, 10, 6)),
        ("Atw 4(a) more than three months, Saturday", 4, Months, date(2026, 6, 3), date(2026, 10, 3)),
        ("Atw 4(a) years, Sunday", 1, Years, date(2025, 6, 7), date(2026, 6, 7)),
        ("month ends: shorter month", 1, Months, date(2027, 1, 31), date(2027, 3, 1)),
        ("working days", 5, WorkingDays, date(2026, 4, 1), date(2026, 4, 10)),
    ];
    for (article, n, unit, from, expected) in table {
        assert_eq!(last_day(n, unit, from, Counting::Statutory), expected, "{article}");
    }
}

#[test]
fn plain_terms_follow_their_own_text() {
    let table = [
        ("Wth 13: ten days end on Sunday", 10, CalendarDays, date(2026, 6, 4), date(2026, 6, 14)),
        ("Atw 4(c): three days over a weekend", 3, CalendarDays, date(2026, 6, 5), date(2026, 6, 8)),
        ("Awb 4:17: 42 days end on Ascension", 42, CalendarDays, date(2026, 4, 2), date(2026, 5, 14)),
        ("service term in working days", 3, WorkingDays, date(2026, 6, 5), date(2026, 6, 10)),
        ("service term in weeks ends on Saturday", 1, Weeks, date(2026, 6, 6), date(2026, 6, 13)),
    ];
    for (article, n, unit, from, expected) in table {
        assert_eq!(last_day(n, unit, from, Counting::Plain), expected, "{article}");
    }
}

#[test]
fn only_service_terms_know_closing_days() {
    let calendar = Calendar { closed: [date(2026, 5, 15)].into(), ..Calendar::dutch() };
    let from = amsterdam(date(2026, 5, 13), 9);
    let end = |counting| {
        let end = deadline(Term::new(1, WorkingDays), &from, counting, &calendar).unwrap();
        end.to_zoned(from.time_zone().clone()).date()
    };
    assert_eq!(end(Counting::Plain), date(2026, 5, 19), "the first service day is Monday");
    assert_eq!(end(Counting::Statutory), date(2026, 5, 16), "Atw 3(3): the first working day is Friday");
}

#[test]
fn hours_are_exact_and_never_moved() {
    let friday = amsterdam(date(2026, 3, 27), 14);
    for counting in [Counting::Statutory, Counting::Plain] {
        let end = deadline(Term::new(72, Hours), &friday, counting, &Calendar::dutch()).unwrap();
        assert_eq!(end.duration_since(friday.timestamp()).as_hours(), 72, "Atw 4(a), over the start of summer time");
    }
}

#[test]
fn midnight_is_local() {
    let table = [
        ("summer", "Europe/Amsterdam", date(2026, 6, 1), "2026-06-02T22:00:00Z"),
        ("winter", "Europe/Amsterdam", date(2026, 1, 5), "2026-01-06T23:00:00Z"),
        ("summer time begins on the last day", "Europe/Amsterdam", date(2026, 3, 28), "2026-03-29T22:00:00Z"),
        ("another zone", "America/Chicago", date(2026, 6, 1), "2026-06-03T05:00:00Z"),
    ];
    for (case, zone, day, expected) in table {
        let from = day.at(23, 59, 0, 0).in_tz(zone).unwrap();
        let end = deadline(Term::new(1, CalendarDays), &from, Counting::Plain, &Calendar::dutch()).unwrap();
        assert_eq!(end, expected.parse().unwrap(), "{case}");
    }
}

#[test]
fn terms_counted_back_are_never_moved() {
    let table = [
        ("Awb 7:4(1) ten days before, Sunday", 10, CalendarDays, date(2026, 6, 17), date(2026, 6, 7)),
        ("Awb 7:4(2) one week before", 1, Weeks, date(2026, 6, 17), date(2026, 6, 10)),
        ("working days before, over Easter", 2, WorkingDays, date(2026, 4, 8), date(2026, 4, 2)),
    ];
    for (article, n, unit, event, expected) in table {
        let event = amsterdam(event, 10);
        let end = deadline_before(Term::new(n, unit), &event, &Calendar::dutch()).unwrap();
        let local = end.to_zoned(event.time_zone().clone());
        assert_eq!((local.date(), local.hour()), (expected, 0), "{article}, Atw 1(2)");
    }
    let entry = amsterdam(date(2026, 6, 15), 9);
    let end = deadline_before(Term::new(48, Hours), &entry, &Calendar::dutch()).unwrap();
    assert_eq!(entry.timestamp().duration_since(end).as_hours(), 48, "Awb 5:27(3)");
}

#[test]
fn terms_outside_the_calendar_are_refused() {
    let calendar = Calendar::dutch();
    let (last, first) = (amsterdam(date(9999, 12, 20), 9), amsterdam(date(-9999, 1, 10), 9));
    for unit in [Hours, WorkingDays, CalendarDays, Weeks, Months, Years] {
        let term = Term::new(300, unit);
        for counting in [Counting::Statutory, Counting::Plain] {
            assert!(deadline(term, &last, counting, &calendar).is_err(), "{unit:?}");
        }
        assert!(deadline_before(term, &first, &calendar).is_err(), "{unit:?}");
    }
    for unit in [Hours, CalendarDays, Weeks, Months, Years] {
        let term = Term::new(u32::MAX, unit);
        assert!(deadline(term, &first, Counting::Plain, &calendar).is_err(), "{unit:?}");
    }
}

#[test]
fn terms_in_toml() {
    let term: Term = toml::from_str("length = 3\nunit = \"working-days\"").unwrap();
    assert_eq!(term, Term::new(3, WorkingDays));
    assert!(toml::from_str::<Term>("length = 3\nunit = \"fortnights\"").is_err());
    assert!(toml::from_str::<Term>("length = 3\nunit = \"weeks\"\nextra = 1").is_err());
}
