//! The dated table of the numbers of labour-time law.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::LabourKind;
use crate::text::{RegisterError, Text, Validity, check_validity};

/// The numbers of one rule. Lengths are minutes, times of day minutes after local midnight, weeks calendar weeks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Limit {
    /// More than `more_than_min` of work between `from` and `until` is a night shift; one that ends after
    /// `late_after` is a late one.
    #[allow(missing_docs, reason = "said above; so are the other numbers")]
    NightShift { from: u32, until: u32, more_than_min: u32, late_after: u32 },
    /// The day on which a week begins: 1 is Monday, 7 is Sunday.
    #[allow(missing_docs, reason = "said above")]
    Week { first_weekday: u8 },
    /// Rest of `rest_min` in each `within_min` from the begin of a shift; `short_min` once in each `short_per_min`.
    #[allow(missing_docs, reason = "said above")]
    DailyRest { rest_min: u32, within_min: u32, short_min: u32, short_per_min: u32 },
    /// Rest of `rest_min` in each `within_min`, or of `long_rest_min` in each `long_within_min` in parts of at least
    /// `part_min`.
    #[allow(missing_docs, reason = "said above")]
    WeeklyRest { rest_min: u32, within_min: u32, long_rest_min: u32, long_within_min: u32, part_min: u32 },
    /// Over `over_min` of work a break of `break_min` (`collective_min` by agreement), over `long_over_min` one of
    /// `long_break_min`.
    #[allow(missing_docs, reason = "said above")]
    Break { over_min: u32, break_min: u32, collective_min: u32, long_over_min: u32, long_break_min: u32 },
    /// Most work in a shift.
    #[allow(missing_docs, reason = "said above")]
    ShiftHours { most_min: u32 },
    /// Most work in a week.
    #[allow(missing_docs, reason = "said above")]
    WeekHours { most_min: u32 },
    /// Most work per week on average over each `weeks` weeks; `waived_by_agreement`: not under a collective agreement.
    #[allow(missing_docs, reason = "said above")]
    AverageHours {
        weeks: u32,
        most_min: u32,
        #[serde(default)]
        waived_by_agreement: bool,
    },
    /// Most work in a night shift; up to `long_min` at most `long_times` in each `long_per_min` and `year_times` in
    /// each `year_weeks` weeks.
    #[allow(missing_docs, reason = "said above")]
    NightHours { most_min: u32, long_min: u32, long_times: u32, long_per_min: u32, year_times: u32, year_weeks: u32 },
    /// After a night shift of more than `over_min` of work, rest of `rest_min`.
    #[allow(missing_docs, reason = "said above")]
    LongNightRest { over_min: u32, rest_min: u32 },
    /// After a late night shift, rest of `rest_min`; `short_min` once in each `short_per_min`.
    #[allow(missing_docs, reason = "said above")]
    LateNightRest { rest_min: u32, short_min: u32, short_per_min: u32 },
    /// After `nights` or more night shifts in a row, rest of `rest_min`.
    #[allow(missing_docs, reason = "said above")]
    NightRowRest { nights: u32, rest_min: u32 },
    /// Most shifts in a row with a night shift among them (`collective_most` by agreement); a rest of `break_min`
    /// ends a row.
    #[allow(missing_docs, reason = "said above")]
    RowWithNight { most: u32, collective_most: u32, break_min: u32 },
    /// With `nights` or more night shifts in `weeks` weeks, most work per week on average over them.
    #[allow(missing_docs, reason = "said above")]
    NightAverage { nights: u32, weeks: u32, most_min: u32 },
    /// Most late night shifts in `weeks` weeks, or by agreement `collective_most` in `collective_weeks`.
    #[allow(missing_docs, reason = "said above")]
    LateNights { most: u32, weeks: u32, collective_most: u32, collective_weeks: u32 },
    /// Most minutes in the hours of the night in `weeks` weeks, by agreement in place of a number of night shifts.
    #[allow(missing_docs, reason = "said above")]
    NightTime { most_min: u32, weeks: u32 },
    /// No work on Sunday, unless agreed.
    SundayWork {},
    /// Least number of Sundays without work in each `weeks` weeks.
    #[allow(missing_docs, reason = "said above")]
    FreeSundays { free: u32, weeks: u32 },
    /// No work of somebody under 18 between `from` and `until`.
    #[allow(missing_docs, reason = "said above")]
    YouthNight { from: u32, until: u32 },
}

impl Limit {
    /// Which rule it is.
    pub fn kind(&self) -> LabourKind {
        match self {
            Self::NightShift { .. } => LabourKind::NightShift,
            Self::Week { .. } => LabourKind::Week,
            Self::DailyRest { .. } => LabourKind::DailyRest,
            Self::WeeklyRest { .. } => LabourKind::WeeklyRest,
            Self::Break { .. } => LabourKind::Break,
            Self::ShiftHours { .. } => LabourKind::ShiftHours,
            Self::WeekHours { .. } => LabourKind::WeekHours,
            Self::AverageHours { .. } => LabourKind::AverageHours,
            Self::NightHours { .. } => LabourKind::NightHours,
            Self::LongNightRest { .. } => LabourKind::LongNightRest,
            Self::LateNightRest { .. } => LabourKind::LateNightRest,
            Self::NightRowRest { .. } => LabourKind::NightRowRest,
            Self::RowWithNight { .. } => LabourKind::RowWithNight,
            Self::NightAverage { .. } => LabourKind::NightAverage,
            Self::LateNights { .. } => LabourKind::LateNights,
            Self::NightTime { .. } => LabourKind::NightTime,
            Self::SundayWork {} => LabourKind::SundayWork,
            Self::FreeSundays { .. } => LabourKind::FreeSundays,
            Self::YouthNight { .. } => LabourKind::YouthNight,
        }
    }

    /// What is wrong with the numbers, if anything.
    fn fault(&self) -> Option<&'static str> {
        let day = 24 * 60;
        match *self {
            Self::NightShift { from, until, late_after, .. }
                if from >= day || until >= day || late_after >= day || from >= until =>
            {
                Some("the night must lie within one day")
            }
            Self::YouthNight { from, until } if from >= day || until >= day => Some("a time of day is 24:00 or later"),
            Self::Week { first_weekday } if !(1..=7).contains(&first_weekday) => Some("a weekday is 1 to 7"),
            Self::AverageHours { weeks, .. }
            | Self::NightAverage { weeks, .. }
            | Self::NightTime { weeks, .. }
            | Self::LateNights { weeks, .. }
            | Self::FreeSundays { weeks, .. }
            | Self::NightHours { year_weeks: weeks, .. }
                if weeks == 0 =>
            {
                Some("a period of 0 weeks")
            }
            Self::FreeSundays { free, weeks } if free > weeks => Some("more free Sundays than weeks"),
            _ => None,
        }
    }
}

/// One rule of labour-time law, from when, and on what article it rests.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LabourRule {
    /// Id in the register.
    pub id: String,
    /// Its name.
    pub name: Text,
    /// Its numbers.
    pub limit: Limit,
    /// What the numbers do not say: conditions, and how we read it.
    #[serde(default)]
    pub note: Option<Text>,
    /// Article, as cited.
    pub article: String,
    /// First day on which the register vouches for the rule (the article itself may be older).
    pub valid_from: Date,
    /// First day on which it no longer holds.
    #[serde(default)]
    pub valid_until: Option<Date>,
    /// Whether the text of the law was read; if not, a lawyer must check the rule before it is relied on.
    pub verified: bool,
    /// Whether our reading of the rule is in doubt; `note` says why.
    #[serde(default)]
    pub uncertain: bool,
}

impl LabourRule {
    fn validity(&self) -> Validity {
        Validity { from: self.valid_from, until: self.valid_until }
    }
}

/// The rules of labour-time law through the years.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LabourRegister {
    #[serde(rename = "rule")]
    rules: Vec<LabourRule>,
}

impl LabourRegister {
    /// Reads the register (`config/law/labour.toml`).
    ///
    /// # Errors
    /// For unknown keys, a rule without article or text, numbers that contradict each other, and two versions of a
    /// rule on one day.
    pub fn parse(toml: &str) -> Result<Self, RegisterError> {
        let register: Self = toml::from_str(toml)?;
        for rule in &register.rules {
            let wrong = |what| Err(RegisterError::Entry { id: rule.id.clone(), what });
            if rule.article.trim().is_empty() {
                return wrong("no article is named");
            }
            if [Some(&rule.name), rule.note.as_ref()].into_iter().flatten().any(|text| !text.is_whole()) {
                return wrong("a text is missing in Dutch or English");
            }
            if let Some(what) = rule.limit.fault() {
                return wrong(what);
            }
            if rule.uncertain && rule.note.is_none() {
                return wrong("uncertain, but no note says why");
            }
        }
        check_validity(register.rules.iter().map(|rule| (rule.id.as_str(), rule.validity())))?;
        Ok(register)
    }

    /// All rules, in the order of the file.
    pub fn rules(&self) -> &[LabourRule] {
        &self.rules
    }

    /// The law on a day. A roster is judged by the law of its first day.
    pub fn on(&self, day: Date) -> LabourLaw {
        let rules: Vec<LabourRule> = self.rules.iter().filter(|rule| rule.validity().covers(day)).cloned().collect();
        let first_weekday = rules.iter().find_map(|rule| match rule.limit {
            Limit::Week { first_weekday } => Some(i32::from(first_weekday)),
            _ => None,
        });
        // 1970-01-01 was a Thursday: weeks from Monday on began 3 days before.
        let week_offset = (4 - first_weekday.unwrap_or(1)).rem_euclid(7);
        LabourLaw { rules, week_offset }
    }
}

/// The law on one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LabourLaw {
    pub(super) rules: Vec<LabourRule>,
    /// `(day + week_offset) / 7` is the number of the week.
    pub(super) week_offset: i32,
}

impl LabourLaw {
    /// The rules in force, in the order of the file.
    pub fn rules(&self) -> &[LabourRule] {
        &self.rules
    }

    /// The number of the week of a day; consecutive weeks have consecutive numbers.
    pub fn week(&self, day: i32) -> i32 {
        (day + self.week_offset).div_euclid(7)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn wrong_registers_are_refused() {
        let rule = |limit: &str, rest: &str| {
            format!(
                "[[rule]]\nid = \"a\"\nname = {{ nl = \"a\", en = \"a\" }}\nlimit = {{ {limit} }}\narticle = \"ATW\"\n\
                 verified = true\nvalid_from = \"2020-01-01\"\n{rest}\n"
            )
        };
        let good = "kind = \"week-hours\", most_min = 3600";
        let dated = rule(good, "valid_until = \"2024-01-01\"")
            + &rule("kind = \"week-hours\", most_min = 3000", "").replace("2020-01-01", "2024-01-01");
        let register = LabourRegister::parse(&dated).unwrap();
        for (day, most_min) in [(date(2023, 12, 31), 3600), (date(2024, 1, 1), 3000)] {
            assert_eq!(register.on(day).rules()[0].limit, Limit::WeekHours { most_min }, "{day}");
        }
        assert!(register.on(date(2019, 12, 31)).rules().is_empty());
        for (case, toml, expected) in [
            ("unknown kind", rule("kind = \"weak-hours\", most_min = 1", ""), "unknown variant"),
            ("unknown number", rule("kind = \"week-hours\", most_min = 1, most = 2", ""), "unknown field"),
            ("missing number", rule("kind = \"week-hours\"", ""), "missing field"),
            ("no weeks", rule("kind = \"average-hours\", weeks = 0, most_min = 1", ""), "0 weeks"),
            ("no weekday", rule("kind = \"week\", first_weekday = 8", ""), "1 to 7"),
            ("doubt without a reason", rule(good, "uncertain = true"), "no note says why"),
            ("two versions", rule(good, "") + &rule(good, ""), "in force on 2020-01-01"),
        ] {
            let error = LabourRegister::parse(&toml).unwrap_err().to_string();
            assert!(error.contains(expected), "{case}: {error}");
        }
    }
}
