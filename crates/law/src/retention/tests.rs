use jiff::ToSpan;
use jiff::civil::date;

use super::*;
use crate::terms::TermUnit::{CalendarDays, Months, Weeks, Years};
use Stage::{Destroyed, Free, Removed, Targeted};

const FILE: &str = include_str!("../../../../config/law/retention.toml");

fn register() -> RetentionRegister {
    RetentionRegister::parse(FILE).unwrap()
}

fn rule(id: &str) -> RetentionRule {
    register().get(id, date(2026, 6, 1)).unwrap_or_else(|| panic!("no rule {id}")).clone()
}

#[test]
fn lengths_are_those_of_the_law() {
    type Expected = (&'static str, &'static str, Trigger, Option<(u32, TermUnit)>, (u32, TermUnit), (u32, TermUnit));
    let table: [Expected; 8] = [
        ("wpg-8", "Wpg art. 8", Trigger::Created, Some((1, Years)), (5, Years), (5, Years)),
        ("wpg-9", "Wpg art. 9(4)", Trigger::Ended, Some((0, CalendarDays)), (6, Months), (5, Years)),
        ("wpg-13", "Wpg art. 13", Trigger::Ended, None, (0, CalendarDays), (5, Years)),
        ("restraining-order", "Wth art. 10", Trigger::Created, None, (4, Years), (1, Years)),
        ("camera-images", "Gemeentewet art. 151c(7)", Trigger::Created, None, (3, Weeks), (1, Weeks)),
        ("bibob-advice", "Wet Bibob art. 29", Trigger::Created, None, (2, Years), (1, Years)),
        ("undermining-signal", "AVG art. 5(1)(e)", Trigger::Closed, None, (0, CalendarDays), (1, Years)),
        ("reporter-contact", "AVG art. 5(1)(e)", Trigger::Closed, None, (365, CalendarDays), (30, CalendarDays)),
    ];
    for (id, article, trigger, free, removed, locked) in table {
        let rule = rule(id);
        let term = |(length, unit)| Some(Term::new(length, unit));
        assert_eq!((rule.free, rule.removed, rule.locked), (free.and_then(term), term(removed), term(locked)), "{id}");
        assert_eq!(rule.trigger, trigger, "{id}");
        assert!(rule.article.starts_with(article), "{id}: {}", rule.article);
    }
}

#[test]
fn every_sort_of_record_has_a_rule() {
    let required = "wpg-8 wpg-9 police-16 restraining-order camera-images bibob-advice bibob-file undermining-signal \
                    case-partnership case-radicalisation social ggz victims reporter-contact report permits presence \
                    session audit-entry processing-log subject-request covenant disclosure";
    for id in required.split_whitespace() {
        let rule = rule(id);
        assert_eq!(rule.anonymise, ["reporter-contact", "presence"].contains(&id), "{id}");
        assert!(!rule.archive, "{id}");
    }
    let register = register();
    for regime in Regime::ALL.into_iter().filter(|regime| *regime != Regime::R9) {
        assert!(register.rules().iter().any(|rule| rule.regimes.contains(&regime)), "{regime}: no rule");
    }
    let ids = |regime, kind| -> Vec<_> {
        register.for_kind(regime, kind, date(2026, 6, 1)).map(|rule| rule.id.as_str().to_owned()).collect()
    };
    assert_eq!(ids(Regime::R2, "note"), ["wpg-8"]);
    assert_eq!(ids(Regime::R1, "permit"), ["permits", "permits-withdrawn", "permits-kept"], "per result type");
    assert!(ids(Regime::R1, "note").is_empty(), "a note is police data");
}

#[test]
fn a_stage_begins_on_its_own_day() {
    type Expected<'a> = (&'a str, &'a str, Date, &'a [(Stage, Date)]);
    let table: [Expected<'_>; 9] = [
        (
            "wpg-8",
            "Wpg 8, 14",
            date(2024, 3, 1),
            &[(Targeted, date(2025, 3, 1)), (Removed, date(2029, 3, 1)), (Destroyed, date(2034, 3, 1))],
        ),
        (
            "wpg-8",
            "Wpg 8, 14: leap day",
            date(2024, 2, 29),
            &[(Targeted, date(2025, 2, 28)), (Removed, date(2029, 2, 28)), (Destroyed, date(2034, 2, 28))],
        ),
        (
            "wpg-9",
            "Wpg 9(4), 14: five years from the removal",
            date(2022, 8, 31),
            &[(Targeted, date(2022, 8, 31)), (Removed, date(2023, 2, 28)), (Destroyed, date(2028, 2, 28))],
        ),
        (
            "camera-images",
            "Gemw 151c(7)",
            date(2026, 6, 1),
            &[(Removed, date(2026, 6, 22)), (Destroyed, date(2026, 6, 29))],
        ),
        (
            "restraining-order",
            "Wth 10",
            date(2026, 6, 1),
            &[(Removed, date(2030, 6, 1)), (Destroyed, date(2031, 6, 1))],
        ),
        ("undermining-signal", "CCV", date(2026, 6, 1), &[(Removed, date(2026, 6, 1)), (Destroyed, date(2027, 6, 1))]),
        (
            "reporter-contact",
            "AVG 5(1)(e)",
            date(2027, 6, 1),
            &[(Removed, date(2028, 5, 31)), (Destroyed, date(2028, 6, 30))],
        ),
        ("permits-kept", "Archiefwet: bewaren", date(2026, 6, 1), &[(Removed, date(2031, 6, 1))]),
        ("destruction", "Archiefbesluit 8: bewaren", date(2026, 6, 1), &[]),
    ];
    for (id, article, trigger, expected) in table {
        let rule = rule(id);
        assert_eq!(rule.boundaries(trigger), expected, "{id} {article}");
        let mut before = Free;
        for (stage, day) in expected {
            let eve = day.yesterday().unwrap();
            if trigger <= eve {
                assert_eq!(rule.stage(Some(trigger), eve), before, "{id} {article}: the day before {day}");
            }
            assert_eq!(rule.next(trigger, eve), Some((*stage, *day)), "{id} {article}: next, from {eve}");
            assert_eq!(rule.stage(Some(trigger), *day), *stage, "{id} {article}: on {day}");
            before = *stage;
        }
        assert_eq!(rule.next(trigger, expected.last().map_or(trigger, |(_, day)| *day)), None, "{id} {article}");
        assert_eq!(rule.stage(None, date(2199, 1, 1)), Free, "{id} {article}: the clock did not start");
    }
}

#[test]
fn twelve_years_of_a_note() {
    let rule = rule("wpg-8");
    let trigger = date(2026, 6, 1);
    let (mut day, end) = (trigger, date(2038, 6, 1));
    let (mut counts, mut changes) = ([0; 4], Vec::new());
    let mut stage = Free;
    while day < end {
        let now = rule.stage(Some(trigger), day);
        assert!(stage <= now, "{day}: no way back");
        if now != stage {
            changes.push((now, day));
            stage = now;
        }
        counts[now as usize] += 1;
        day = day.checked_add(1.day()).unwrap();
    }
    // Wpg art. 8 and 14: one year free, four targeted (with 29 February 2028), five locked (2032 and 2036), then gone.
    assert_eq!(counts, [365, 4 * 365 + 1, 5 * 365 + 2, 2 * 365]);
    assert_eq!(changes, rule.boundaries(trigger));
}

#[test]
fn the_audit_trail_outlives_all() {
    let register = register();
    let day = date(2026, 6, 1);
    assert_eq!(register.longest(day), 11 * 365 + 3, "eleven years with 2028, 2032 and 2036");
    let longest = register.rules().iter().filter_map(|rule| Some((rule.destroyed_on(day)?, rule.id.as_str()))).max();
    assert_eq!(longest.unwrap(), (date(2037, 6, 1), "audit-entry"));
    assert_eq!(register.longest(date(2018, 12, 31)), 0, "no rule is in force");
    assert_eq!(register.longest(date(2019, 1, 1)), 10 * 365 + 3, "only the Wpg, ten years with 2020, 2024 and 2028");
}

#[test]
fn rules_hold_in_their_time() {
    let register = register();
    let table = [
        ("Wpg for officers, from 2019", "wpg-8", date(2018, 12, 31), date(2019, 1, 1)),
        ("WGS, from 1 March 2025", "case-partnership", date(2025, 2, 28), date(2025, 3, 1)),
    ];
    for (law, id, before, from) in table {
        assert!(register.get(id, before).is_none(), "{law}");
        assert!(register.get(id, from).is_some(), "{law}");
    }
}

#[test]
fn far_terms_end_with_the_calendar() {
    let mut rule = rule("wpg-8");
    rule.locked = Some(Term::new(u32::MAX, Years));
    assert_eq!(rule.destroyed_on(date(2026, 6, 1)), Some(Date::MAX));
}

#[test]
fn wrong_registers_are_refused() {
    let entry = |lengths: &str, more: &str| {
        format!(
            "[[rule]]\nid = \"a\"\nname = {{ nl = \"a\", en = \"a\" }}\nregimes = [\"R1\"]\nkinds = [\"b\"]\n\
             trigger = \"created\"\narticle = \"c\"\nverified = true\nvalid_from = \"2020-01-01\"\n{lengths}\n{more}\n"
        )
    };
    let removed = "removed = { length = 1, unit = \"years\" }";
    let both = format!("{removed}\nlocked = {{ length = 1, unit = \"years\" }}");
    let right = entry(&both, "");
    assert!(RetentionRegister::parse(&right).is_ok());
    assert!(RetentionRegister::parse(&entry("", "archive = true")).is_ok());
    let table = [
        ("one step", entry(removed, ""), "either `locked` or `archive`"),
        ("no first step", entry("locked = { length = 1, unit = \"years\" }", ""), "no `removed`"),
        ("empty second step", entry(&format!("{removed}\nlocked = {{ length = 0, unit = \"years\" }}"), ""), "is 0"),
        ("archive and destroy", entry(&both, "archive = true"), "either `locked` or `archive`"),
        ("hours", entry(&both, "free = { length = 1, unit = \"hours\" }"), "in days, weeks, months or years"),
        ("working days", entry(&both, "free = { length = 1, unit = \"working-days\" }"), "in days, weeks, months"),
        ("no regime", right.replace("[\"R1\"]", "[]"), "no regime or no kind"),
        ("no kind", right.replace("[\"b\"]", "[]"), "no regime or no kind"),
        ("no article", right.replace("\"c\"", "\" \""), "no article"),
        ("no English", right.replace("en = \"a\"", "en = \"\""), "a text is missing"),
        ("unknown trigger", right.replace("created", "born"), "unknown variant `born`"),
        ("unknown key", entry(&both, "remove = true"), "unknown field `remove`"),
        ("twice", right.clone() + &right, "in force on 2020-01-01"),
    ];
    for (case, toml, expected) in table {
        let error = RetentionRegister::parse(&toml).unwrap_err().to_string();
        assert!(error.contains(expected), "{case}: {error}");
    }
}
