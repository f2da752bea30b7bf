//! The register of statutory terms: T01 to T32, as data with validity dates.

use jiff::civil::Date;
use jiff::{Timestamp, Zoned};
use serde::{Deserialize, Serialize};

use crate::calendar::Calendar;
use crate::terms::{Counting, Term, TermError, deadline, deadline_before};
use crate::text::{RegisterError, Text, Validity, check_validity};

/// Which way a term is counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// From the trigger on.
    #[default]
    After,
    /// Back from an event that lies ahead, such as a hearing.
    Before,
}

/// By how much a term can be extended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Extension {
    /// The greatest length of one extension.
    pub term: Term,
    /// How often.
    #[serde(default = "once")]
    pub times: u32,
}

const fn once() -> u32 {
    1
}

/// One statutory term.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatutoryTerm {
    /// Id in the register, `T07`; a variant of the same trigger has a suffix, `T08-committee`.
    pub id: String,
    /// What must be done in time.
    pub name: Text,
    /// What starts the term, or for [`Direction::Before`] the event that it leads to.
    pub trigger: Text,
    /// How long.
    pub term: Term,
    /// By which rules it is counted.
    #[serde(default)]
    pub counting: Counting,
    /// Which way it is counted.
    #[serde(default)]
    pub direction: Direction,
    /// By how much it can be extended.
    #[serde(default)]
    pub extension: Option<Extension>,
    /// What the length alone does not say: suspension, exceptions.
    #[serde(default)]
    pub note: Option<Text>,
    /// Article, as cited.
    pub article: String,
    /// First day on which the register vouches for the term (the article itself may be older).
    pub valid_from: Date,
    /// First day on which it no longer holds.
    #[serde(default)]
    pub valid_until: Option<Date>,
    /// Whether the text of the law was read; if not, a lawyer must check the term before it is relied on.
    pub verified: bool,
}

impl StatutoryTerm {
    fn validity(&self) -> Validity {
        Validity { from: self.valid_from, until: self.valid_until }
    }

    /// The moment from which it is too late; `trigger` is the start, or for [`Direction::Before`] the event.
    pub fn deadline(&self, trigger: &Zoned, calendar: &Calendar) -> Result<Timestamp, TermError> {
        match self.direction {
            Direction::After => deadline(self.term, trigger, self.counting, calendar),
            Direction::Before => deadline_before(self.term, trigger, calendar),
        }
    }
}

/// The statutory terms.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TermRegister {
    #[serde(rename = "term")]
    terms: Vec<StatutoryTerm>,
}

impl TermRegister {
    /// Reads the register (`config/law/terms.toml`). Refuses unknown keys, terms of length 0 or without an article,
    /// and two versions of the same term on the same day.
    pub fn parse(toml: &str) -> Result<Self, RegisterError> {
        let register: Self = toml::from_str(toml)?;
        for term in &register.terms {
            let wrong = |what| Err(RegisterError::Entry { id: term.id.clone(), what });
            if term.term.length == 0 || term.extension.is_some_and(|e| e.term.length == 0 || e.times == 0) {
                return wrong("a length or a number of times is 0");
            }
            if term.article.trim().is_empty() {
                return wrong("no article is named");
            }
            let texts = [Some(&term.name), Some(&term.trigger), term.note.as_ref()];
            if texts.into_iter().flatten().any(|text| !text.is_whole()) {
                return wrong("a text is missing in Dutch or English");
            }
        }
        check_validity(register.terms.iter().map(|term| (term.id.as_str(), term.validity())))?;
        Ok(register)
    }

    /// All terms, in the order of the file.
    pub fn terms(&self) -> &[StatutoryTerm] {
        &self.terms
    }

    /// The term that is in force on a day.
    pub fn get(&self, id: &str, on_date: Date) -> Option<&StatutoryTerm> {
        self.terms.iter().find(|term| term.id == id && term.validity().covers(on_date))
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::terms::TermUnit::{self, CalendarDays, Hours, Months, Weeks, WorkingDays, Years};

    const FILE: &str = include_str!("../../../config/law/terms.toml");

    #[test]
    fn the_register_holds_every_plain_term() {
        let register = TermRegister::parse(FILE).unwrap();
        let day = date(2026, 6, 1);
        for number in 1..=32 {
            let id = format!("T{number:02}");
            let has_no_plain_length = ["T03", "T05"].contains(&id.as_str());
            assert_eq!(register.get(&id, day).is_none(), has_no_plain_length, "{id}");
        }
        assert!(register.get("T32", date(2022, 4, 30)).is_none(), "the Woo is in force from 1 May 2022");
        assert!(register.get("T99", day).is_none());
    }

    #[test]
    fn lengths_are_those_of_the_law() {
        let register = TermRegister::parse(FILE).unwrap();
        type Expected = (&'static str, &'static str, u32, TermUnit, Option<(u32, TermUnit, u32)>);
        let table: [Expected; 18] = [
            ("T01", "Awb art. 4:13", 8, Weeks, None),
            ("T04", "Awb art. 4:5(4)", 4, Weeks, None),
            ("T06", "Awb art. 3:16", 6, Weeks, None),
            ("T07", "Awb art. 6:7", 6, Weeks, None),
            ("T08", "Awb art. 7:10", 6, Weeks, Some((6, Weeks, 1))),
            ("T08-committee", "Awb art. 7:10", 12, Weeks, Some((6, Weeks, 1))),
            ("T09", "Awb art. 7:4", 10, CalendarDays, None),
            ("T10-penalty", "Awb art. 4:17", 42, CalendarDays, None),
            ("T14", "Awb art. 5:27(3)", 48, Hours, None),
            ("T15", "Awb art. 5:30", 13, Weeks, None),
            ("T17", "Awb art. 5:45", 3, Years, None),
            ("T18", "Awb art. 9:11", 6, Weeks, Some((4, Weeks, 1))),
            ("T20", "Wet tijdelijk huisverbod art. 2", 10, CalendarDays, None),
            ("T23", "Gemeentewet art. 172a(5)", 3, Months, Some((3, Months, 3))),
            ("T25", "Gemeentewet art. 151c(7)", 4, Weeks, None),
            ("T27", "Uitvoeringsbesluit Wmo 2015", 5, WorkingDays, None),
            ("T31", "AVG art. 12(3)", 1, Months, Some((2, Months, 1))),
            ("T32", "Woo art. 4.4", 4, Weeks, Some((2, Weeks, 1))),
        ];
        for (id, article, n, unit, extension) in table {
            let entry = register.get(id, date(2026, 6, 1)).unwrap();
            assert_eq!(entry.term, Term::new(n, unit), "{id}");
            let found = entry.extension.map(|e| (e.term.length, e.term.unit, e.times));
            assert_eq!(found, extension, "{id}");
            assert!(entry.article.starts_with(article), "{id}: {}", entry.article);
        }
    }

    #[test]
    fn entries_count_by_their_own_rules() {
        let register = TermRegister::parse(FILE).unwrap();
        let table = [
            ("T07", "Awb 6:7, Atw 1(1)", "2026-04-02T10:00[Europe/Amsterdam]", "2026-05-15T22:00Z"),
            ("T09", "Awb 7:4(1), Atw 1(2)", "2026-06-17T10:00[Europe/Amsterdam]", "2026-06-06T22:00Z"),
            ("T14", "Awb 5:27(3)", "2026-06-15T10:00[Europe/Amsterdam]", "2026-06-13T08:00Z"),
            ("T15", "Awb 5:30, Atw 4(a)", "2026-06-06T10:00[Europe/Amsterdam]", "2026-09-05T22:00Z"),
            ("T20", "Wth 2 and 13", "2026-06-04T10:00[Europe/Amsterdam]", "2026-06-14T22:00Z"),
            ("T21", "Wvggz 7:4, Atw 4(c)", "2026-06-05T10:00[Europe/Amsterdam]", "2026-06-08T22:00Z"),
            ("T25", "Gemw 151c(7)", "2026-06-06T10:00[Europe/Amsterdam]", "2026-07-04T22:00Z"),
            ("T30", "AVG 33", "2026-06-05T10:00[Europe/Amsterdam]", "2026-06-08T08:00Z"),
        ];
        for (id, article, trigger, expected) in table {
            let entry = register.get(id, date(2026, 6, 1)).unwrap();
            let end = entry.deadline(&trigger.parse().unwrap(), &Calendar::dutch()).unwrap();
            assert_eq!(end, expected.parse().unwrap(), "{id} {article}");
        }
    }

    #[test]
    fn wrong_registers_are_refused() {
        let entry = |extra: &str, from: &str| {
            format!(
                "[[term]]\nid = \"T01\"\nname = {{ nl = \"a\", en = \"a\" }}\ntrigger = {{ nl = \"b\", en = \"b\" }}\n\
                 article = \"Awb\"\nverified = true\nvalid_from = \"{from}\"\n{extra}\n"
            )
        };
        let eight = "term = { length = 8, unit = \"weeks\" }";
        let good = entry(&format!("{eight}\nvalid_until = \"2024-01-01\""), "2020-01-01") + &entry(eight, "2024-01-01");
        let register = TermRegister::parse(&good).unwrap();
        assert_eq!(register.get("T01", date(2023, 12, 31)).unwrap().valid_from, date(2020, 1, 1));
        assert_eq!(register.get("T01", date(2024, 1, 1)).unwrap().valid_from, date(2024, 1, 1));
        let table = [
            ("unknown key", entry(&format!("{eight}\nlenght = 1"), "2020-01-01"), "unknown field `lenght`"),
            ("no length", entry("term = { length = 0, unit = \"weeks\" }", "2020-01-01"), "is 0"),
            ("no term", entry("", "2020-01-01"), "missing field `term`"),
            ("overlap", entry(eight, "2020-01-01") + &entry(eight, "2024-01-01"), "in force on 2024-01-01"),
            (
                "empty period",
                entry(&format!("{eight}\nvalid_until = \"2020-01-01\""), "2020-01-01"),
                "after valid_from",
            ),
            ("no such day", entry(eight, "2020-02-30"), "valid_from"),
        ];
        for (case, toml, expected) in table {
            let error = TermRegister::parse(&toml).unwrap_err().to_string();
            assert!(error.contains(expected), "{case}: {error}");
        }
    }
}
