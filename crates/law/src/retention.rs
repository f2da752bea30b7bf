//! Retention: how long a record may be used, when it leaves daily work and when it is destroyed.
//!
//! Deletion has two steps everywhere. A record is first *removed* (*verwijderd*: out of daily work, locked for
//! complaints, accountability and legal claims) and later *destroyed* (*vernietigd*). What the law prescribes and
//! what the municipality decided itself stand in `config/law/retention.toml`, with the article.
//!
//! Terms are counted on the plain calendar. A stage begins on the day with the number of the day of the trigger, or
//! on the last day of a shorter month: what is removed five years after 1 March 2024 is removed on 1 March 2029.
//! "At the latest after five years" is thus kept to the day, and never lengthened for a weekend: the General Act on
//! terms (Algemene termijnenwet) is about terms within which somebody must act.

use jiff::Span;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::regime::Regime;
use crate::terms::{Term, TermUnit};
use crate::text::{RegisterError, Text, Validity, check_validity};
use crate::word::word_enum;

word_enum! {
    /// How far a record is on its way out, in order.
    pub enum Stage {
        /// In use for the purpose of the record.
        Free = "free",
        /// Only a targeted query, with a recorded reason (Wpg art. 8(2) and (3)).
        Targeted = "targeted",
        /// Out of daily work, locked: only for complaints, accountability and legal claims (Wpg art. 14).
        Removed = "removed",
        /// Gone; what is left is a proof of destruction without personal data.
        Destroyed = "destroyed",
    }
}

word_enum! {
    /// What starts the clock. As long as it has not happened, the record is in use.
    pub enum Trigger {
        /// The first processing of the content.
        Created = "created",
        /// The case or file that the record belongs to was closed.
        Closed = "closed",
        /// The purpose ended: the inquiry no longer needs it, the measure or agreement ran out.
        Ended = "ended",
    }
}

/// How long one sort of record is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RetentionRule {
    /// Id in the register, `wpg-8`.
    pub id: String,
    /// What is kept.
    pub name: Text,
    /// The regimes of the records that it holds for.
    pub regimes: Vec<Regime>,
    /// The kinds of record that it holds for, kebab-case, `note`.
    pub kinds: Vec<String>,
    /// What starts the clock.
    pub trigger: Trigger,
    /// How long after the trigger the use is free, then only targeted; length 0: targeted at once. `None`: free until
    /// it is removed.
    #[serde(default)]
    pub free: Option<Term>,
    /// How long after the trigger it is removed; length 0: at once. `None`: never (only with `archive`).
    #[serde(default)]
    pub removed: Option<Term>,
    /// How long after the removal it stays locked before it is destroyed. `None`: only with `archive`.
    #[serde(default)]
    pub locked: Option<Term>,
    /// The selection list says *bewaren*: it goes to the archive and is never destroyed.
    #[serde(default)]
    pub archive: bool,
    /// At the end the fields that point to a person are wiped and the rest of the record stays.
    #[serde(default)]
    pub anonymise: bool,
    /// The municipality chose the lengths, within the article; otherwise the article gives them.
    #[serde(default)]
    pub policy: bool,
    /// Article, as cited.
    pub article: String,
    /// What the lengths alone do not say.
    #[serde(default)]
    pub note: Option<Text>,
    /// First day on which the register vouches for the rule (the article itself may be older).
    pub valid_from: Date,
    /// First day on which it no longer holds.
    #[serde(default)]
    pub valid_until: Option<Date>,
    /// Whether the text of the law was read; if not, a lawyer must check the rule before it is relied on.
    pub verified: bool,
}

impl RetentionRule {
    fn validity(&self) -> Validity {
        Validity { from: self.valid_from, until: self.valid_until }
    }

    /// The changes of a record whose clock started on `trigger`, in order: the stage and its first day. A stage that
    /// would begin with or after the removal does not exist.
    pub fn boundaries(&self, trigger: Date) -> Vec<(Stage, Date)> {
        let removed = self.removed.map(|term| after(trigger, term));
        let targeted = self.free.map(|term| after(trigger, term)).filter(|day| removed.is_none_or(|r| *day < r));
        let destroyed = self.destroyed_on(trigger);
        [(Stage::Targeted, targeted), (Stage::Removed, removed), (Stage::Destroyed, destroyed)]
            .into_iter()
            .filter_map(|(stage, day)| Some((stage, day?)))
            .collect()
    }

    /// The stage on a day; without a trigger the record is in use.
    pub fn stage(&self, trigger: Option<Date>, on: Date) -> Stage {
        let Some(trigger) = trigger else { return Stage::Free };
        self.boundaries(trigger).into_iter().rfind(|(_, day)| *day <= on).map_or(Stage::Free, |(stage, _)| stage)
    }

    /// The next change after a day, and its day; `None`: nothing changes any more.
    pub fn next(&self, trigger: Date, on: Date) -> Option<(Stage, Date)> {
        self.boundaries(trigger).into_iter().find(|(_, day)| on < *day)
    }

    /// The day of destruction; `None` for what goes to the archive.
    pub fn destroyed_on(&self, trigger: Date) -> Option<Date> {
        Some(after(after(trigger, self.removed?), self.locked?))
    }

    fn fault(&self) -> Option<&'static str> {
        let plain = |term: &Term| !matches!(term.unit, TermUnit::Hours | TermUnit::WorkingDays);
        if self.archive == self.locked.is_some() {
            return Some("either `locked` or `archive` must be given");
        }
        if self.removed.is_none() && !self.archive {
            return Some("no `removed`: deletion has two steps");
        }
        if self.locked.is_some_and(|term| term.length == 0) {
            return Some("`locked` is 0: deletion has two steps");
        }
        if ![self.free, self.removed, self.locked].iter().flatten().all(plain) {
            return Some("a retention term is in days, weeks, months or years");
        }
        if self.regimes.is_empty() || self.kinds.is_empty() {
            return Some("no regime or no kind of record is named");
        }
        if self.article.trim().is_empty() {
            return Some("no article is named");
        }
        if ![Some(&self.name), self.note.as_ref()].into_iter().flatten().all(Text::is_whole) {
            return Some("a text is missing in Dutch or English");
        }
        None
    }
}

/// A day so much later; a day beyond the calendar (year 9999) is its last day.
fn after(day: Date, term: Term) -> Date {
    let (span, n) = (Span::new(), i64::from(term.length));
    let span = match term.unit {
        TermUnit::Weeks => span.try_weeks(n),
        TermUnit::Months => span.try_months(n),
        TermUnit::Years => span.try_years(n),
        TermUnit::Hours | TermUnit::WorkingDays | TermUnit::CalendarDays => span.try_days(n),
    };
    span.and_then(|span| day.checked_add(span)).unwrap_or(Date::MAX)
}

/// The retention rules.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RetentionRegister {
    #[serde(rename = "rule")]
    rules: Vec<RetentionRule>,
}

impl RetentionRegister {
    /// Reads the register (`config/law/retention.toml`). Refuses unknown keys, rules that skip a step of deletion, that
    /// name no article, regime or kind, and two versions of the same rule on the same day.
    pub fn parse(toml: &str) -> Result<Self, RegisterError> {
        let register: Self = toml::from_str(toml)?;
        for rule in &register.rules {
            if let Some(what) = rule.fault() {
                return Err(RegisterError::Entry { id: rule.id.clone(), what });
            }
        }
        check_validity(register.rules.iter().map(|rule| (rule.id.as_str(), rule.validity())))?;
        Ok(register)
    }

    /// All rules, in the order of the file.
    pub fn rules(&self) -> &[RetentionRule] {
        &self.rules
    }

    /// The rule that is in force on a day.
    pub fn get(&self, id: &str, on: Date) -> Option<&RetentionRule> {
        self.in_force(on).find(|rule| rule.id == id)
    }

    /// The rules for a kind of record of a regime on a day. More than one (the result types of a permit): the record
    /// says which; none: the kind is not declared.
    pub fn for_kind(&self, regime: Regime, kind: &str, on: Date) -> impl Iterator<Item = &RetentionRule> {
        self.in_force(on).filter(move |rule| rule.regimes.contains(&regime) && rule.kinds.iter().any(|k| k == kind))
    }

    /// The longest time between trigger and destruction, in days, over the rules of a day, for a clock that starts on
    /// that day. What goes to the archive does not count. A backup that is older than this holds what had to be
    /// destroyed. 0: there is no rule.
    pub fn longest(&self, on: Date) -> u32 {
        let days = |end: Date| u32::try_from(on.duration_until(end).as_hours() / 24).unwrap_or(0);
        self.in_force(on).filter_map(|rule| rule.destroyed_on(on)).map(days).max().unwrap_or(0)
    }

    fn in_force(&self, on: Date) -> impl Iterator<Item = &RetentionRule> {
        self.rules.iter().filter(move |rule| rule.validity().covers(on))
    }
}

#[cfg(test)]
mod tests;
