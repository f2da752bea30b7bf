//! Labour-time law as tables: each row names its article; every rule has a case that passes and one that fails, at
//! the minute on both sides of the limit.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::{Date, Time, date};

use super::*;

const FILE: &str = include_str!("../../../../config/law/labour.toml");

fn law() -> LabourLaw {
    LabourRegister::parse(FILE).unwrap().on(date(2026, 6, 1))
}

/// Shifts in words: `2026-06-01 22:00-06:30/30 x5 every 7` is five of them, a week apart, with half an hour of break.
fn duties(words: &str) -> Vec<Duty> {
    let law = law();
    let mut duties = Vec::new();
    for shift in words.split(';').map(str::trim).filter(|shift| !shift.is_empty()) {
        let parts: Vec<&str> = shift.split_whitespace().collect();
        let (clock, break_min) = parts[1].split_once('/').unwrap_or((parts[1], "0"));
        let (from, to) = clock.split_once('-').unwrap();
        let times: i32 = parts.get(2).map_or(1, |times| times.trim_start_matches('x').parse().unwrap());
        let every: i32 = parts.get(4).map_or(1, |days| days.parse().unwrap());
        let time = |clock: &str| clock.parse::<Time>().unwrap();
        for number in 0..times {
            let day: Date = parts[0].parse::<Date>().unwrap() + (number * every).days();
            let next = if time(to) > time(from) { day } else { day.tomorrow().unwrap() };
            let zoned = |day: Date, clock| day.to_datetime(time(clock)).in_tz("Europe/Amsterdam").unwrap();
            duties.push(law.duty(&zoned(day, from), &zoned(next, to), break_min.parse().unwrap()).unwrap());
        }
    }
    duties.sort_by_key(|duty| duty.start);
    duties
}

fn set(change: impl FnOnce(&mut Conditions)) -> Conditions {
    let mut conditions = Conditions::default();
    change(&mut conditions);
    conditions
}

/// Article and case, shifts, conditions, and what is found of which limit.
type Row = (LabourKind, &'static str, String, Conditions, Option<(i64, i64)>);

fn row(kind: LabourKind, case: &'static str, shifts: impl Into<String>, wrong: Option<(i64, i64)>) -> Row {
    (kind, case, shifts.into(), Conditions::default(), wrong)
}

fn with(mut row: Row, change: impl FnOnce(&mut Conditions)) -> Row {
    row.3 = set(change);
    row
}

fn assert_rows(rows: &[Row]) {
    let law = law();
    for (kind, case, shifts, conditions, wrong) in rows {
        let duties = duties(shifts);
        let work = Work { conditions: *conditions, ..Work::of(&duties) };
        let found: Vec<Finding> = law.check(&work).into_iter().filter(|finding| finding.rule == *kind).collect();
        assert_eq!(found.first().map(|f| (f.found, f.limit)), *wrong, "{case}: {found:?}");
        for finding in &found {
            assert!(finding.first <= finding.last && finding.last < duties.len(), "{case}: {finding:?}");
        }
    }
}

/// Rests: art. 5:3, 5:5 and 5:8(2), (3), (5).
fn rests() -> Vec<Row> {
    use LabourKind::{DailyRest, LateNightRest, LongNightRest, NightRowRest, Overlap, WeeklyRest};
    let short = |c: &mut Conditions| c.short_rest = true;
    // Two weeks of six days: if neither has 36 hours, 14 × 24 hours have no 72 either.
    let week = |end: &str| {
        format!(
            "2026-06-01 09:00-17:00/30 x5; 2026-06-06 09:00-{end}/30; 2026-06-08 09:00-17:00/30 x5; \
             2026-06-13 09:00-{end}/30; 2026-06-15 09:00-17:00/30"
        )
    };
    // Rests of 34 hours and of 38, with work six days on end before each.
    let fortnight = |begin: &str| {
        format!(
            "2026-06-01 08:00-16:30/30 x5; 2026-06-06 14:00-22:00/30; 2026-06-08 08:00-16:30/30 x5; \
             2026-06-13 09:00-18:00/30; 2026-06-15 {begin}-16:30/30"
        )
    };
    vec![
        row(Overlap, "shifts that touch", "2026-06-01 08:00-12:00; 2026-06-01 12:00-16:00", None),
        row(Overlap, "a minute too early", "2026-06-01 08:00-12:00; 2026-06-01 11:59-16:00", Some((1, 0))),
        row(DailyRest, "5:3(2) 11 hours", "2026-06-01 14:00-22:00/30; 2026-06-02 09:00-17:00/30", None),
        row(
            DailyRest,
            "5:3(2) a minute less",
            "2026-06-01 14:00-22:00/30; 2026-06-02 08:59-17:00/30",
            Some((659, 660)),
        ),
        row(DailyRest, "5:3(2) 13 hours leave 11 of 24", "2026-06-01 08:00-21:00/90", None),
        row(DailyRest, "5:3(2) 13 hours and a minute", "2026-06-01 08:00-21:01/90", Some((659, 660))),
        with(row(DailyRest, "5:3(2) 8 once", "2026-06-01 14:00-23:00/30; 2026-06-02 07:00-15:00/30", None), short),
        with(
            row(DailyRest, "5:3(2) under 8", "2026-06-01 14:00-23:00/30; 2026-06-02 06:59-15:00/30", Some((479, 660))),
            short,
        ),
        with(
            row(
                DailyRest,
                "5:3(2) again after exactly 7 × 24 hours",
                "2026-06-01 14:00-23:00/30; 2026-06-02 07:00-15:00/30; 2026-06-08 14:00-23:00/30; 2026-06-09 07:00-15:00/30",
                None,
            ),
            short,
        ),
        with(
            row(
                DailyRest,
                "5:3(2) twice within 7 × 24 hours",
                "2026-06-01 14:00-23:00/30; 2026-06-02 07:00-15:00/30; 2026-06-08 14:00-22:59/30; 2026-06-09 06:59-15:00/30",
                Some((480, 660)),
            ),
            short,
        ),
        row(WeeklyRest, "5:5(2) 36 hours within 7 × 24", week("21:00"), None),
        row(WeeklyRest, "5:5(2) a minute less", week("21:01"), Some((2159, 2160))),
        row(WeeklyRest, "5:5(2) 72 in 14 × 24: 34 and 38", fortnight("08:00"), None),
        row(WeeklyRest, "5:5(2) 71 hours and 59 minutes", fortnight("07:59"), Some((2040, 2160))),
        row(WeeklyRest, "5:5(2) ordinary weeks", "2026-06-01 09:00-17:30/30 x5; 2026-06-08 09:00-17:30/30 x5", None),
        row(WeeklyRest, "5:5(2) no free day", "2026-06-01 09:00-17:00/30 x14", Some((960, 2160))),
        row(LongNightRest, "5:8(3)(a) 12 hours", "2026-06-01 18:00-05:00/30; 2026-06-02 17:00-23:00/30", None),
        row(
            LongNightRest,
            "5:8(3)(a) a minute less",
            "2026-06-01 18:00-05:00/30; 2026-06-02 16:59-23:00/30",
            Some((719, 720)),
        ),
        row(LongNightRest, "5:8(3)(a) not after 10 hours", "2026-06-01 14:30-01:30/60; 2026-06-02 13:00-17:00", None),
        row(LateNightRest, "5:8(2) 14 hours", "2026-06-01 22:00-06:00/30; 2026-06-02 20:00-23:30", None),
        row(LateNightRest, "5:8(2) less", "2026-06-01 22:00-06:00/30; 2026-06-02 19:59-23:30", Some((839, 840))),
        row(LateNightRest, "5:8(2) ends at 02:00", "2026-06-01 18:00-02:00/30; 2026-06-02 15:59-23:30/30", None),
        row(
            LateNightRest,
            "5:8(2) ends a minute after 02:00",
            "2026-06-01 18:00-02:01/30; 2026-06-02 16:00-23:30/30",
            Some((839, 840)),
        ),
        row(
            LateNightRest,
            "5:8(2) begins at 04:00",
            "2026-06-01 04:00-12:00/30; 2026-06-02 01:00-09:00/30",
            Some((780, 840)),
        ),
        with(row(LateNightRest, "5:8(2) 8 once", "2026-06-01 22:00-06:00/30; 2026-06-02 14:00-18:00", None), short),
        with(
            row(LateNightRest, "5:8(2) under 8", "2026-06-01 22:00-06:00/30; 2026-06-02 13:59-18:00", Some((479, 840))),
            short,
        ),
        with(
            row(
                LateNightRest,
                "5:8(2) not if art. 5:3 was used that week",
                "2026-06-01 14:00-23:00/30; 2026-06-02 07:00-15:00/30; 2026-06-03 22:00-06:00/30; 2026-06-04 19:59-23:00",
                Some((839, 840)),
            ),
            short,
        ),
        row(NightRowRest, "5:8(5) 46 hours", "2026-06-01 23:00-10:00/60 x3; 2026-06-06 08:00-12:00", None),
        row(
            NightRowRest,
            "5:8(5) a minute less",
            "2026-06-01 23:00-10:01/60 x3; 2026-06-06 08:00-12:00",
            Some((2759, 2760)),
        ),
        row(NightRowRest, "5:8(5) not after two", "2026-06-01 23:00-07:00/30 x2; 2026-06-04 08:00-16:00/30", None),
        row(NightRowRest, "5:8(5) a fourth belongs to the row", "2026-06-01 23:00-07:00/30 x4", None),
    ]
}

/// Hours: art. 5:4, 5:7 and 5:8(1), (3), (4).
fn hours() -> Vec<Row> {
    use LabourKind::{AverageHours, Break, NightAverage, NightHours, ShiftHours, WeekHours};
    let agreed = |c: &mut Conditions| c.collective = true;
    // Six shifts of 10 hours a week are 60; four weeks of 55 are 220, 16 weeks of 48 are 768.
    let four = |last: &str| {
        format!(
            "2026-06-01 08:00-19:00/60 x6; 2026-06-08 08:00-19:00/60 x6; 2026-06-15 08:00-19:00/60 x6; \
             2026-06-22 08:00-19:00/60 x3; 2026-06-25 08:00-{last}"
        )
    };
    let sixteen = |last: &str| {
        let weeks: String = (0..15)
            .map(|week| {
                let monday = date(2026, 6, 1) + (week * 7).days();
                format!("{monday} 08:00-18:00/24 x5; ")
            })
            .collect();
        // 15 × 48 hours, and 4 × 9:36 and one shift in the last week.
        format!("{weeks} 2026-09-14 08:00-18:00/24 x4; 2026-09-18 08:00-{last}/24")
    };
    // 16 nights of 10 hours and 480 hours by day are 640: 16 × 40.
    let nights = |last: &str| {
        format!(
            "2026-06-01 20:00-06:30/30 x16 every 7; 2026-06-03 08:00-18:30/30 x16 every 7; \
             2026-06-04 08:00-18:30/30 x16 every 7; 2026-06-05 08:00-18:30/30 x15 every 7; 2026-09-18 08:00-{last}/30"
        )
    };
    vec![
        row(Break, "5:4 no break in 5:30", "2026-06-01 08:00-13:30", None),
        row(Break, "5:4 no break in 5:31", "2026-06-01 08:00-13:31", Some((0, 30))),
        row(Break, "5:4 30 minutes", "2026-06-01 08:00-16:00/30", None),
        row(Break, "5:4 29 minutes", "2026-06-01 08:00-16:00/29", Some((29, 30))),
        row(Break, "5:4 10 hours", "2026-06-01 08:00-18:30/30", None),
        row(Break, "5:4 10 hours and a minute", "2026-06-01 08:00-18:31/30", Some((30, 45))),
        row(Break, "5:4 45 minutes", "2026-06-01 08:00-19:00/45", None),
        with(row(Break, "5:4 15 minutes by agreement", "2026-06-01 08:00-16:00/15", None), agreed),
        with(row(Break, "5:4 14 minutes", "2026-06-01 08:00-16:00/14", Some((14, 15))), agreed),
        row(ShiftHours, "5:7(2)(a) 12 hours", "2026-06-01 08:00-20:45/45", None),
        row(ShiftHours, "5:7(2)(a) a minute more", "2026-06-01 08:00-20:46/45", Some((721, 720))),
        row(WeekHours, "5:7(2)(b) 60 hours", "2026-06-01 08:00-19:00/60 x6", None),
        row(
            WeekHours,
            "5:7(2)(b) a minute more",
            "2026-06-01 08:00-19:00/60 x5; 2026-06-06 08:00-19:01/60",
            Some((3601, 3600)),
        ),
        row(
            WeekHours,
            "1:7(1)(e) Sunday night is two weeks",
            "2026-06-01 08:00-19:00/60 x5; 2026-06-07 14:00-02:00",
            None,
        ),
        row(
            WeekHours,
            "1:7(1)(e) until midnight it is one",
            "2026-06-01 08:00-19:00/60 x5; 2026-06-07 13:59-02:00",
            Some((3601, 3600)),
        ),
        row(AverageHours, "5:7(2)(c) 220 hours in 4 weeks", four("18:00"), None),
        row(AverageHours, "5:7(2)(c) a minute more", four("18:01"), Some((3301, 3300))),
        with(row(AverageHours, "5:7(3) not by agreement", four("18:01"), None), agreed),
        row(AverageHours, "5:7(2)(d) 768 hours in 16 weeks", sixteen("18:00"), None),
        row(AverageHours, "5:7(2)(d) a minute more", sixteen("18:01"), Some((2881, 2880))),
        row(NightHours, "5:8(1) 12 hours, five times", "2026-06-01 18:00-06:45/45 x5 every 3", None),
        row(NightHours, "5:8(3)(b) six times in 14 × 24", "2026-06-01 18:00-06:45/45 x6 every 2", Some((6, 5))),
        row(NightHours, "5:8(1) 10 hours, six times", "2026-06-01 18:00-04:45/45 x6 every 2", None),
        row(NightHours, "5:8(1) a minute more, six times", "2026-06-01 18:00-04:46/45 x6 every 2", Some((6, 5))),
        row(NightHours, "5:8(3) more than 12 hours", "2026-06-01 18:00-06:46/45", Some((721, 720))),
        row(NightHours, "5:8(3)(b) 22 in a year", "2026-01-01 18:00-06:45/45 x22 every 10", None),
        row(NightHours, "5:8(3)(b) 23 in a year", "2026-01-01 18:00-06:45/45 x23 every 10", Some((23, 22))),
        row(NightHours, "1:7(1)(d) an hour at night is no night shift", "2026-06-01 12:14-01:00/45", None),
        row(NightHours, "1:7(1)(d) a minute more is one", "2026-06-01 12:15-01:01/45", Some((721, 720))),
        row(NightAverage, "5:8(4) 640 hours in 16 weeks", nights("18:30"), None),
        row(NightAverage, "5:8(4) a minute more", nights("18:31"), Some((2401, 2400))),
        row(
            NightAverage,
            "5:8(4) not with 15 nights",
            nights("18:31").replace("x16 every 7; 2026-06-03", "x15 every 7; 2026-09-14 08:00-18:30/30; 2026-06-03"),
            None,
        ),
    ]
}

/// Numbers of shifts: art. 5:6 and 5:8(6) to (8).
fn times() -> Vec<Row> {
    use LabourKind::{FreeSundays, LateNights, NightTime, RowWithNight, SundayWork};
    let agreed = |c: &mut Conditions| c.collective = true;
    let by_count = |c: &mut Conditions| c.night_cap = NightCap::CollectiveCount;
    let by_hours = |c: &mut Conditions| c.night_cap = NightCap::CollectiveHours;
    vec![
        row(
            RowWithNight,
            "5:8(6) seven, one of them at night",
            "2026-06-01 09:00-17:00/30 x6; 2026-06-07 22:00-06:00/30",
            None,
        ),
        row(RowWithNight, "5:8(6) eight", "2026-06-01 09:00-17:00/30 x7; 2026-06-08 22:00-06:00/30", Some((8, 7))),
        row(RowWithNight, "5:8(6) eight, none at night", "2026-06-01 09:00-17:00/30 x8", None),
        with(row(RowWithNight, "5:8(6) eight by agreement", "2026-06-01 23:00-06:00/30 x8", None), agreed),
        with(row(RowWithNight, "5:8(6) nine", "2026-06-01 23:00-06:00/30 x9", Some((9, 8))), agreed),
        row(RowWithNight, "36 hours end a row", "2026-06-01 23:00-07:00/30 x7; 2026-06-09 19:00-23:00", None),
        row(
            RowWithNight,
            "a minute less does not",
            "2026-06-01 23:00-07:00/30 x7; 2026-06-09 18:59-23:00",
            Some((8, 7)),
        ),
        row(LateNights, "5:8(7) 36 in 16 weeks", "2026-06-01 22:00-06:00/30 x36 every 3", None),
        row(LateNights, "5:8(7) 37 in 16 weeks", "2026-06-01 22:00-06:00/30 x37 every 3", Some((37, 36))),
        row(LateNights, "5:8(7) until 02:00 does not count", "2026-06-01 18:00-02:00/30 x37 every 3", None),
        row(LateNights, "5:8(7) until 02:01 does", "2026-06-01 18:00-02:01/30 x37 every 3", Some((37, 36))),
        with(row(LateNights, "5:8(7) 140 in 52 weeks", "2026-01-05 22:00-06:00/30 x140 every 2", None), by_count),
        with(row(LateNights, "5:8(7) 141", "2026-01-05 22:00-06:00/30 x141 every 2", Some((141, 140))), by_count),
        with(row(LateNights, "5:8(8) not if hours count", "2026-06-01 22:00-06:00/30 x37 every 3", None), by_hours),
        with(row(NightTime, "5:8(8) 38 hours", "2026-06-01 22:00-06:00/30 x6; 2026-06-08 22:00-02:00", None), by_hours),
        with(
            row(
                NightTime,
                "5:8(8) a minute more",
                "2026-06-01 22:00-06:00/30 x6; 2026-06-08 22:00-02:01",
                Some((2281, 2280)),
            ),
            by_hours,
        ),
        row(NightTime, "5:8(8) only by agreement", "2026-06-01 22:00-06:00/30 x10", None),
        row(SundayWork, "5:6(2) agreed", "2026-06-07 09:00-17:00/30", None),
        with(row(SundayWork, "5:6(1) not agreed", "2026-06-07 09:00-17:00/30", Some((1, 0))), |c| {
            c.sunday_work = false
        }),
        with(row(SundayWork, "5:6(1) Saturday to midnight", "2026-06-06 16:00-00:00/30", None), |c| {
            c.sunday_work = false
        }),
        with(row(SundayWork, "5:6(1) a minute after", "2026-06-06 16:00-00:01/30", Some((1, 0))), |c| {
            c.sunday_work = false
        }),
        row(FreeSundays, "5:6(3) 39 worked, 13 free", "2026-01-04 09:00-17:00/30 x39 every 7", None),
        row(FreeSundays, "5:6(3) 40 worked, 12 free", "2026-01-04 09:00-17:00/30 x40 every 7", Some((12, 13))),
        with(row(FreeSundays, "5:6(3) agreed", "2026-01-04 09:00-17:00/30 x40 every 7", None), |c| {
            c.few_sundays = true
        }),
    ]
}

#[test]
fn rest_between_shifts() {
    assert_rows(&rests());
}

#[test]
fn hours_of_work() {
    assert_rows(&hours());
}

#[test]
fn numbers_of_shifts() {
    assert_rows(&times());
}

#[test]
fn nights_of_the_young() {
    let turns_18 = day_number(date(2026, 6, 3));
    for (case, shifts, wrong) in [
        ("5:3(1) until 23:00", "2026-06-01 15:00-23:00/30", None),
        ("5:3(1) a minute later", "2026-06-01 15:00-23:01/30", Some((1, 0))),
        ("5:3(1) from 06:00", "2026-06-01 06:00-14:00/30", None),
        ("5:3(1) a minute earlier", "2026-06-01 05:59-14:00/30", Some((1, 0))),
        ("5:3(1) through the night", "2026-06-01 22:00-06:30/30", Some((420, 0))),
        ("1:7 the day before the birthday", "2026-06-02 15:00-23:30/30", Some((30, 0))),
        ("1:7 on the birthday", "2026-06-03 15:00-23:30/30", None),
    ] {
        let duties = duties(shifts);
        let work = Work { adult_from: Some(turns_18), ..Work::of(&duties) };
        let found = law().check(&work).into_iter().find(|finding| finding.rule == LabourKind::YouthNight);
        assert_eq!(found.map(|f| (f.found, f.limit)), wrong, "{case}");
    }
}

#[test]
fn every_rule_has_a_passing_and_a_failing_case() {
    let mut seen: BTreeMap<LabourKind, (bool, bool)> = BTreeMap::new();
    for (kind, .., wrong) in rests().into_iter().chain(hours()).chain(times()) {
        let (passes, fails) = seen.entry(kind).or_default();
        *passes |= wrong.is_none();
        *fails |= wrong.is_some();
    }
    seen.insert(LabourKind::YouthNight, (true, true)); // has a test of its own
    for rule in law().rules() {
        let kind = rule.limit.kind();
        if !matches!(kind, LabourKind::NightShift | LabourKind::Week) {
            assert_eq!(seen.get(&kind), Some(&(true, true)), "{kind}");
        }
    }
}

#[test]
fn leave_counts_for_averages() {
    let work = duties("2026-06-01 08:00-19:00/60 x6; 2026-06-08 08:00-19:00/60 x6; 2026-06-15 08:00-19:00/60 x6");
    let monday = day_number(date(2026, 6, 22));
    for (case, minutes, wrong) in [("5:7 40 hours of leave", 2400, None), ("5:7 a minute more", 2401, Some(3301))] {
        let leave = [Leave { day: monday, minutes }];
        let found = law().check(&Work { leave: &leave, ..Work::of(&work) });
        let average = found.iter().find(|finding| finding.rule == LabourKind::AverageHours);
        assert_eq!(average.map(|finding| finding.found), wrong, "{case}");
        assert!(found.iter().all(|finding| finding.rule != LabourKind::WeekHours), "{case}: leave is no work");
    }
}

#[test]
fn the_night_on_which_the_clock_changes() {
    // 29 March 2026: 02:00 becomes 03:00. 25 October 2026: 03:00 becomes 02:00 again.
    for (case, shift, length, night) in [
        ("an ordinary night", "2026-03-21 22:00-06:00/30", 480, 360),
        ("the short night", "2026-03-28 22:00-06:00/30", 420, 300),
        ("the long night", "2026-10-24 22:00-06:00/30", 540, 420),
    ] {
        let duty = duties(shift)[0];
        assert_eq!((duty.length(), i64::from(duty.night_min)), (length, night), "{case}");
        assert!(duty.is_night && duty.is_late, "{case}");
    }
    use LabourKind::{DailyRest, LateNightRest, NightHours};
    assert_rows(&[
        row(
            DailyRest,
            "5:3 the clock says 11, the body gets 10",
            "2026-03-28 14:00-22:00/30; 2026-03-29 09:00-17:00/30",
            Some((600, 660)),
        ),
        row(DailyRest, "5:3 12 on the clock are 11", "2026-03-28 14:00-22:00/30; 2026-03-29 10:00-17:00/30", None),
        row(DailyRest, "5:3 10 on the clock are 11", "2026-10-24 14:00-22:00/30; 2026-10-25 08:00-16:00/30", None),
        row(DailyRest, "5:3 a minute less", "2026-10-24 14:00-22:00/30; 2026-10-25 07:59-16:00/30", Some((659, 660))),
        row(
            LateNightRest,
            "5:8(2) ends at 02:00, which is 03:00",
            "2026-03-28 18:00-03:00/30; 2026-03-29 14:00-20:00/30",
            None,
        ),
        row(LateNightRest, "5:8(2) 03:01", "2026-03-28 18:00-03:01/30; 2026-03-29 14:00-20:00/30", Some((659, 840))),
        row(LateNightRest, "5:8(2) the first 02:00", "2026-10-24 18:00-02:00/30; 2026-10-25 12:30-20:00/30", None),
        row(NightHours, "5:8 twelve on the clock are thirteen", "2026-10-24 18:45-06:30/45", None),
        row(NightHours, "5:8 and a minute is too much", "2026-10-24 18:44-06:30/45", Some((721, 720))),
    ]);
}

#[test]
fn shifts_that_cannot_be_judged_are_refused() {
    let at = |clock: &str| clock.parse::<jiff::Zoned>().unwrap();
    let start = at("2026-06-01T08:00[Europe/Amsterdam]");
    for (case, end, break_min, good) in [
        ("24 hours", "2026-06-02T08:00[Europe/Amsterdam]", 0, true),
        ("a minute more", "2026-06-02T08:01[Europe/Amsterdam]", 0, false),
        ("no time", "2026-06-01T08:00[Europe/Amsterdam]", 0, false),
        ("backwards", "2026-06-01T07:00[Europe/Amsterdam]", 0, false),
        ("all break", "2026-06-01T09:00[Europe/Amsterdam]", 60, false),
    ] {
        assert_eq!(law().duty(&start, &at(end), break_min).is_ok(), good, "{case}");
    }
    assert!(law().check(&Work::of(&[])).is_empty());
}

#[test]
fn findings_name_article_shifts_and_measure() {
    let duties = duties("2026-06-01 14:00-23:00/30; 2026-06-02 07:00-15:00/30");
    let found = law().check(&Work::of(&duties));
    let [finding] = &found[..] else { panic!("{found:?}") };
    assert_eq!((finding.article.as_str(), finding.first, finding.last, finding.by()), ("ATW art. 5:3(2)", 0, 1, 180));
    assert_eq!(finding.to_string(), "ATW art. 5:3(2) daily-rest: shifts 0 to 1, 480 minutes where the limit is 660");
}
