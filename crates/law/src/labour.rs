//! Labour-time law (Arbeidstijdenwet, ATW, ch. 5): may this employee work these shifts, and if not, why not.
//!
//! The numbers are a dated table ([`LabourRegister`], `config/law/labour.toml`); the code knows only how each kind of
//! rule is counted. A [`Duty`] is a shift as the Act sees it: elapsed minutes, so that rest on the night on which the
//! clock changes is what the body gets, and the facts of the local clock (how much of it is night, which days it
//! touches). [`LabourLaw::check`] gives a [`Finding`] for everything that is wrong: the rule, its article, between
//! which shifts, how much was found and how much the law asks.
//!
//! Periods look only at the shifts that are given. Give the 52 weeks before the roster too, or a limit over a long
//! period can be passed unseen; what is found is certain in any case, because unknown weeks count as free.
//!
//! Not here: on-call duty (art. 5:9 to 5:11), pregnancy (art. 4:5), split shifts (a rest under 8 hours makes two
//! blocks one shift, art. 1:7(1)(c); here it is refused as too little rest), and young people except their nights.

mod duty;
mod hours;
mod nights;
mod rest;
mod table;
#[cfg(test)]
mod tests;

use crate::word::word_enum;

pub use duty::{Duty, DutyError, day_number};
pub use table::{LabourLaw, LabourRegister, LabourRule, Limit};

word_enum! {
    /// A rule of labour-time law; the word is the `kind` in the table and part of translation keys.
    pub enum LabourKind {
        /// What a night shift is (art. 1:7(1)(d)); never a finding.
        NightShift = "night-shift",
        /// When a week begins (art. 1:7(1)(e)); never a finding.
        Week = "week",
        /// Two shifts at the same time; no article, but nobody can.
        Overlap = "overlap",
        /// Daily rest (art. 5:3): the longest rest in the 24 hours from the begin of the shift.
        DailyRest = "daily-rest",
        /// Weekly rest (art. 5:5): 36 hours in 7 × 24 hours, or 72 in 14 × 24 in parts of 32.
        WeeklyRest = "weekly-rest",
        /// Break (art. 5:4).
        Break = "break",
        /// Work in one shift (art. 5:7).
        ShiftHours = "shift-hours",
        /// Work in one week (art. 5:7).
        WeekHours = "week-hours",
        /// Average work per week over some weeks (art. 5:7).
        AverageHours = "average-hours",
        /// Work in one night shift (art. 5:8): the normal limit, and how often the longer one may be used.
        NightHours = "night-hours",
        /// Rest after a longer night shift (art. 5:8).
        LongNightRest = "long-night-rest",
        /// Rest after a night shift that ends late (art. 5:8).
        LateNightRest = "late-night-rest",
        /// Rest after three or more night shifts in a row (art. 5:8).
        NightRowRest = "night-row-rest",
        /// Most shifts in a row if one of them is a night shift (art. 5:8).
        RowWithNight = "row-with-night",
        /// Average work per week of who has many night shifts (art. 5:8).
        NightAverage = "night-average",
        /// Most night shifts that end late (art. 5:8).
        LateNights = "late-nights",
        /// Most hours between midnight and six (art. 5:8), in place of a number of night shifts.
        NightTime = "night-time",
        /// Work on Sunday (art. 5:6).
        SundayWork = "sunday-work",
        /// Free Sundays in a year (art. 5:6).
        FreeSundays = "free-sundays",
        /// Night work of somebody under 18 (art. 5:3(1)).
        YouthNight = "youth-night",
    }
}

word_enum! {
    /// Which limit on night work holds for the employee (art. 5:8); anything but `count` needs a collective agreement.
    pub enum NightCap {
        /// A number of night shifts in 16 weeks.
        Count = "count",
        /// A number of night shifts in 52 weeks, by collective agreement.
        CollectiveCount = "collective-count",
        /// Hours between midnight and six in 2 weeks, by collective agreement.
        CollectiveHours = "collective-hours",
    }
}

word_enum! {
    /// The unit of the figures of a finding.
    pub enum Unit {
        /// Minutes.
        Minutes = "minutes",
        /// A number of times, shifts or Sundays.
        Times = "times",
    }
}

/// What the Act makes depend on circumstances and agreements, and only people know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Conditions {
    /// The work makes the shorter rest necessary, once a week (art. 5:3(2), 5:8(2)).
    pub short_rest: bool,
    /// A collective agreement allows what the table calls `collective`: shorter break, one more shift in a row, no
    /// limit over 4 weeks.
    pub collective: bool,
    /// Work on Sunday was agreed and belongs to the work (art. 5:6).
    pub sunday_work: bool,
    /// Fewer free Sundays were agreed, and the employee consents (art. 5:6).
    pub few_sundays: bool,
    /// Which limit on night work holds.
    pub night_cap: NightCap,
}

impl Default for Conditions {
    /// The strictest reading, but with work on Sunday: it belongs to the work of an officer in the street.
    fn default() -> Self {
        Self { short_rest: false, collective: false, sunday_work: true, few_sundays: false, night_cap: NightCap::Count }
    }
}

/// Hours of leave or sickness on a day: no work, but they count for averages (art. 5:7(4)).
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Leave {
    /// Local day, in days since 1970-01-01.
    pub day: i32,
    /// Minutes that would have been worked.
    pub minutes: u32,
}

/// The work of one employee.
#[derive(Debug, Clone, Copy)]
pub struct Work<'a> {
    /// The shifts, by rising begin; also those of the weeks before.
    pub duties: &'a [Duty],
    /// Leave and sickness.
    pub leave: &'a [Leave],
    /// First day on which the employee is 18, in days since 1970-01-01. `None`: is already.
    pub adult_from: Option<i32>,
    /// Agreements and circumstances.
    pub conditions: Conditions,
}

impl<'a> Work<'a> {
    /// The work of an adult without leave, under the usual conditions.
    pub fn of(duties: &'a [Duty]) -> Self {
        Self { duties, leave: &[], adult_from: None, conditions: Conditions::default() }
    }
}

/// Something that the law does not allow.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Finding {
    /// The rule.
    pub rule: LabourKind,
    /// Its article, as cited. Empty for [`LabourKind::Overlap`].
    pub article: String,
    /// Index in [`Work::duties`] of the first shift that it is about.
    pub first: usize,
    /// Index of the last shift that it is about; may be the same.
    pub last: usize,
    /// What was found.
    pub found: i64,
    /// What the law asks or allows: the least for rests and breaks and free Sundays, the most for the others.
    pub limit: i64,
    /// Unit of both.
    pub unit: Unit,
    /// The period over which was counted, in minutes; 0 if there is none. An average is per week of it.
    pub per_min: i64,
    /// Whether our reading of the rule is in doubt (see its note in the table).
    pub uncertain: bool,
}

impl Finding {
    /// By how much the law is broken.
    pub fn by(&self) -> i64 {
        (self.found - self.limit).abs()
    }
}

impl std::fmt::Display for Finding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { rule, article, first, last, found, limit, unit, .. } = self;
        write!(f, "{article} {rule}: shifts {first} to {last}, {found} {unit} where the limit is {limit}")
    }
}

impl LabourLaw {
    /// Everything in the work that the law does not allow, by rule. Empty: it is lawful.
    pub fn check(&self, work: &Work<'_>) -> Vec<Finding> {
        let mut out = Vec::new();
        let mut weeks = None;
        overlaps(work, &mut out);
        rest::daily(self, work, &mut out);
        for rule in &self.rules {
            let note = &mut Note { rule, out: &mut out };
            match &rule.limit {
                // Definitions, and what `rest::daily` has judged.
                Limit::NightShift { .. }
                | Limit::Week { .. }
                | Limit::DailyRest { .. }
                | Limit::LateNightRest { .. } => {}
                Limit::WeeklyRest { .. } => rest::weekly(work, note),
                Limit::Break { .. } | Limit::ShiftHours { .. } => hours::per_shift(work, note),
                Limit::LongNightRest { .. }
                | Limit::NightRowRest { .. }
                | Limit::RowWithNight { .. }
                | Limit::NightHours { .. }
                | Limit::YouthNight { .. } => nights::check(work, note),
                _ => {
                    let weeks = weeks.get_or_insert_with(|| hours::Weeks::of(work, self.week_offset));
                    weeks.check(work, note);
                }
            }
        }
        out
    }
}

/// Shifts at the same time.
fn overlaps(work: &Work<'_>, out: &mut Vec<Finding>) {
    for (index, pair) in work.duties.windows(2).enumerate() {
        let common = pair[0].end.min(pair[1].end) - pair[1].start;
        if common > 0 {
            out.push(Finding {
                rule: LabourKind::Overlap,
                article: String::new(),
                first: index,
                last: index + 1,
                found: common,
                limit: 0,
                unit: Unit::Minutes,
                per_min: 0,
                uncertain: false,
            });
        }
    }
}

/// Where the findings of one rule are noted.
struct Note<'a> {
    rule: &'a LabourRule,
    out: &'a mut Vec<Finding>,
}

impl Note<'_> {
    fn add(&mut self, (first, last): (usize, usize), (found, limit): (i64, i64), unit: Unit, per_min: i64) {
        let LabourRule { limit: kind, article, uncertain, .. } = self.rule;
        self.out.push(Finding {
            rule: kind.kind(),
            article: article.clone(),
            first,
            last,
            found,
            limit,
            unit,
            per_min,
            uncertain: *uncertain,
        });
    }
}
