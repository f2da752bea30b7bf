//! A made-up team of a town for tests and measurements: thirty officers, early, day, late and night shifts.
#![allow(dead_code, reason = "each user needs a part of it")]

use deployment::roster::{Absence, Days, Load, Loan, Officer, Roster, Shift, Skill, SkillNeed, Weights, Wish};
use jiff::ToSpan;
use jiff::civil::{Date, Weekday, date, time};
use law::labour::{LabourLaw, LabourRegister, day_number};

/// First day of every roster here: a Monday, with the end of summer time in the second week of the eight.
pub const FIRST: Date = date(2026, 10, 12);

/// The law of that day.
pub fn law() -> LabourLaw {
    LabourRegister::parse(include_str!("../../../../config/law/labour.toml")).unwrap().on(FIRST)
}

/// Kinds of shift: word, first and last hour, officers on weekdays, Friday and Saturday, Sunday.
const KINDS: [(&str, i8, i8, [u32; 3]); 4] =
    [("early", 7, 15, [4, 4, 3]), ("day", 9, 17, [6, 5, 2]), ("late", 15, 23, [5, 6, 4]), ("night", 23, 7, [2, 4, 2])];

/// A roster of `many` officers over some weeks.
pub fn roster(many: usize, weeks: i32) -> Roster {
    let first_day = day_number(FIRST);
    Roster {
        first_day,
        days: weeks as u32 * 7,
        officers: (0..many).map(|number| officer(number, first_day, weeks)).collect(),
        shifts: (0..weeks * 7).flat_map(|day| shifts(FIRST + day.days(), many)).collect(),
        weights: Weights::default(),
    }
}

fn shifts(day: Date, many: usize) -> Vec<Shift> {
    let law = law();
    let zoned = |day: Date, hour: i8| day.to_datetime(time(hour, 0, 0, 0)).in_tz("Europe/Amsterdam").unwrap();
    let column = match day.weekday() {
        Weekday::Friday | Weekday::Saturday => 1,
        Weekday::Sunday => 2,
        _ => 0,
    };
    let shift = |(kind, from, until, staff): (&str, i8, i8, [u32; 3])| {
        let end = if until > from { day } else { day.tomorrow().unwrap() };
        // Thirty officers work about seventeen places a day.
        let staff = (staff[column] * many as u32).div_ceil(30).max(1);
        Shift {
            id: format!("{day} {kind}"),
            kind: kind.to_owned(),
            duty: law.duty(&zoned(day, from), &zoned(end, until), 30).unwrap(),
            staff,
            domain: "I".into(),
            municipality: "GM0396".into(),
            needs: vec!["basic".into()],
            skills: vec![SkillNeed { skill: "lead".into(), count: 1 }],
            load: Load {
                evening: kind == "late",
                night: kind == "night",
                weekend: matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday),
            },
        }
    };
    KINDS.into_iter().map(shift).collect()
}

/// Officers differ by plain rules: every third leads, every fifth works part of the week, some are lent by a neighbour,
/// each has a week of holiday and two wishes; one deed and one training end during the roster.
fn officer(number: usize, first: i32, weeks: i32) -> Officer {
    let step = number as i32;
    let holiday = first + 7 * (step % weeks);
    let is_lent = number % 10 == 9;
    let mut skills = vec![Skill { name: "basic".into(), last: (number == 4).then_some(first + 30) }];
    if number.is_multiple_of(3) {
        skills.push(Skill { name: "lead".into(), last: None });
    }
    let days = |from, last| Days { from, last };
    Officer {
        id: format!("officer-{number}"),
        deed: Some(days(first - 900, if number == 7 { first + 40 } else { first + 900 })),
        domain: "I".into(),
        territory: vec!["GM0396".into(), "GM0375".into()],
        employer: if is_lent { "GM0375" } else { "GM0396" }.into(),
        lent_to: if is_lent {
            vec![Loan { municipality: "GM0396".into(), days: days(first, first + 365) }]
        } else {
            Vec::new()
        },
        skills,
        contract_min: if number % 5 == 4 { 24 * 60 } else { 36 * 60 },
        absent: if weeks > 2 { vec![Absence { days: days(holiday, holiday + 6), minutes: 432 }] } else { Vec::new() },
        wishes: vec![
            Wish { day: first + (step * 5 + 3) % (weeks * 7), kind: None },
            Wish {
                day: first + (step * 11 + 8) % (weeks * 7),
                kind: Some(if number.is_multiple_of(2) { "early" } else { "late" }.into()),
            },
        ],
        ..Officer::default()
    }
}
