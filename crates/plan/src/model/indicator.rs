//! Indicators: what is measured for each priority, from which source and how.
//!
//! A value that is not known is absent; zero is a value. A year in `method_break` may not be compared with the years
//! before it.

use serde::{Deserialize, Serialize};

use super::Text;

/// `indicators.toml`.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Indicators {
    /// Which counts of an area are too small to show.
    pub small_cells: SmallCells,
    /// How sure a figure must be.
    #[serde(default)]
    pub uncertainty: Uncertainty,
    /// All indicators, in the order of the file.
    #[serde(default)]
    pub indicator: Vec<Indicator>,
}

/// The rule for small counts of an area below the municipality (domain chapter 4).
#[derive(Clone, Copy, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct SmallCells {
    /// Counts from 1 up to, but not including, this number are not shown, nor what would give them away.
    pub least: u64,
}

/// How sure a figure must be before it is shown or compared (domain chapter 4). A file without these keys means the house
/// rules below.
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Uncertainty {
    /// With this chance all places in a list of areas are right together.
    pub rank_level: f64,
    /// Rates of areas are drawn towards each other when at least this many areas have one.
    pub least_areas: usize,
    /// A survey figure of fewer answers is not kept or shown.
    pub survey_least: u32,
    /// A survey figure of fewer answers is shown with a warning.
    pub survey_warn: u32,
}

impl Default for Uncertainty {
    fn default() -> Self {
        Self { rank_level: 0.95, least_areas: 5, survey_least: 50, survey_warn: 100 }
    }
}

/// One indicator.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Indicator {
    /// Kebab-case id; actions refer to it.
    pub id: String,
    /// Priority or strategic theme of the plan.
    pub priority: String,
    /// Name.
    pub name: Text,
    /// What exactly is measured.
    pub definition: Text,
    /// Unit of the value.
    pub unit: Text,
    /// Where the value comes from.
    pub source: MeasureSource,
    /// How it is computed.
    pub measure: Measure,
    /// Which way is better.
    pub direction: Direction,
    /// Where it started.
    pub baseline: Option<Baseline>,
    /// Where it should go.
    pub target: Option<Target>,
    /// Smallest area for which it is shown.
    pub area_level: AreaLevel,
    /// Years in which the method changed.
    #[serde(default)]
    pub method_break: Vec<i16>,
}

kit::text_enum! {
    /// Where a value comes from.
    pub enum MeasureSource {
        /// Signals in this system.
        Signals = "signals",
        /// Rounds of officers in this system.
        Patrol = "patrol",
        /// Numbers of sanctions, counted in the vault of the Police Data Act without small ones (crate `sanctions`).
        Sanctions = "sanctions",
        /// Figures published by the police.
        Police = "police",
        /// A survey, such as the Safety Monitor; always shown with its margin.
        Survey = "survey",
        /// Another source, filled in by hand.
        Manual = "manual",
    }
}

kit::text_enum! {
    /// How a value is computed.
    pub enum MeasureKind {
        /// Number of signals.
        Count = "count",
        /// Signals per 1,000 inhabitants.
        PerThousand = "per-1000",
        /// Percentage handled within the term.
        ShareInTerm = "share-in-term",
        /// Percentage of handled signals that was reopened.
        ReopenedShare = "reopened-share",
        /// Median of days from report to handled.
        MedianDays = "median-days",
        /// Hours of officers present.
        PresenceHours = "presence-hours",
        /// Visits of places on rounds.
        Visits = "visits",
        /// Visits at which an officer acted.
        VisitsWithAction = "visits-with-action",
        /// Visits that ended with a warning.
        Warnings = "warnings",
        /// Percentage of places (200 m square and category) with a new report within `within_days` after the first visit
        /// of the period at which an officer acted.
        RepeatShare = "repeat-share",
        /// Median of days from a report to the first visit of its place, of the reports whose place was visited within
        /// `within_days` and before they were closed.
        ResponseMedian = "response-median",
        /// The days within which nine of ten of those had their first visit.
        ResponseNineTenths = "response-p90",
        /// Percentage of reports whose place was visited within `within_days` and before they were closed.
        VisitedShare = "visited-share",
        /// Sanctions, of the `modalities` and `groups` of the measure.
        Sanctions = "sanctions",
        /// Filled in by hand.
        Manual = "manual",
    }
}

impl MeasureKind {
    /// The source of a kind that Regie computes itself; none for a kind that is filled in by hand.
    #[must_use]
    pub const fn computed_from(self) -> Option<MeasureSource> {
        match self {
            Self::Count | Self::PerThousand | Self::ShareInTerm | Self::ReopenedShare | Self::MedianDays => {
                Some(MeasureSource::Signals)
            }
            Self::PresenceHours
            | Self::Visits
            | Self::VisitsWithAction
            | Self::Warnings
            | Self::RepeatShare
            | Self::ResponseMedian
            | Self::ResponseNineTenths
            | Self::VisitedShare => Some(MeasureSource::Patrol),
            Self::Sanctions => Some(MeasureSource::Sanctions),
            Self::Manual => None,
        }
    }

    /// Whether it is about what came before or after a visit, within a number of days.
    #[must_use]
    pub const fn follows(self) -> bool {
        self.responds() || matches!(self, Self::RepeatShare)
    }

    /// Whether it is about how soon a report is visited.
    #[must_use]
    pub const fn responds(self) -> bool {
        matches!(self, Self::ResponseMedian | Self::ResponseNineTenths | Self::VisitedShare)
    }

    /// Whether it is a sum, so that a part of a year says less than the whole.
    #[must_use]
    pub const fn adds_up(self) -> bool {
        matches!(
            self,
            Self::Count
                | Self::PerThousand
                | Self::PresenceHours
                | Self::Visits
                | Self::VisitsWithAction
                | Self::Warnings
                | Self::Sanctions
        )
    }
}

kit::text_enum! {
    /// Which way is better.
    pub enum Direction {
        /// More is better.
        Up = "up",
        /// Less is better.
        Down = "down",
        /// Neither: shown, not judged.
        None = "none",
    }
}

kit::text_enum! {
    /// Smallest area for which a value is shown.
    pub enum AreaLevel {
        /// The whole municipality.
        Municipality = "municipality",
        /// *Wijk*.
        District = "district",
        /// *Buurt*.
        Neighbourhood = "neighbourhood",
    }
}

/// How a value is computed and over which signals or visits.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Measure {
    /// The computation.
    pub kind: MeasureKind,
    /// Category ids.
    #[serde(default)]
    pub categories: Vec<String>,
    /// Ids of main categories; together with `categories`; both empty = all.
    #[serde(default)]
    pub mains: Vec<String>,
    /// Sources of signals that count (resident, officer, police, partner, import); empty = all.
    #[serde(default)]
    pub sources: Vec<String>,
    /// `series:question:option` of an own questionnaire (crate `surveys`) that fills in a manual measure of source
    /// survey, as long as nobody filled in the year by hand; empty for none.
    #[serde(default)]
    pub survey: String,
    /// Within how many days something must follow: for the kinds that [follow](MeasureKind::follows), at least 1.
    #[serde(default)]
    pub within_days: u16,
    /// Modalities of sanctions that count; empty = all.
    #[serde(default)]
    pub modalities: Vec<law::Modality>,
    /// Groups of offences that count, as in the register of offences; empty = all.
    #[serde(default)]
    pub groups: Vec<String>,
}

impl Measure {
    /// Whether a signal or visit of this category counts.
    #[must_use]
    pub fn covers(&self, category: &str, main: &str) -> bool {
        (self.categories.is_empty() && self.mains.is_empty())
            || self.categories.iter().any(|c| c == category)
            || self.mains.iter().any(|m| m == main)
    }

    /// Series, question and option of the own questionnaire, when there is one.
    #[must_use]
    pub fn of_survey(&self) -> Option<(&str, &str, &str)> {
        let (series, rest) = self.survey.split_once(':')?;
        let (question, option) = rest.split_once(':')?;
        let whole = [series, question, option].iter().all(|part| !part.is_empty() && !part.contains(':'));
        whole.then_some((series, question, option))
    }

    /// Whether a sanction of this modality and group of offences counts.
    #[must_use]
    pub fn counts_sanction(&self, modality: &str, group: &str) -> bool {
        (self.modalities.is_empty() || self.modalities.iter().any(|m| m.as_str() == modality))
            && (self.groups.is_empty() || self.groups.iter().any(|g| g == group))
    }

    /// Whether a signal from this source counts.
    #[must_use]
    pub fn counts_source(&self, source: &str) -> bool {
        self.sources.is_empty() || self.sources.iter().any(|s| s == source)
    }
}

/// The start of the series.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Baseline {
    /// Year.
    pub year: i16,
    /// Value in the indicator's unit; absent = computed from records, or not known.
    pub value: Option<f64>,
}

/// The goal of the series.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// Year.
    pub year: i16,
    /// Value in the indicator's unit.
    pub value: Option<f64>,
    /// In words, when there is no value or it needs some.
    pub text: Option<Text>,
    /// Not adopted by anyone: shows how a target is written, and is shown as an example.
    #[serde(default)]
    pub example: bool,
}

impl Indicator {
    /// The last year, after `from` up to and including `until`, in which the method changed: then the two cannot be
    /// compared.
    #[must_use]
    pub fn changed(&self, from: i16, until: i16) -> Option<i16> {
        self.method_break.iter().copied().filter(|year| from < *year && *year <= until).max()
    }

    /// Whether it counts signals, so that it can be counted by area.
    #[must_use]
    pub const fn counts_signals(&self) -> bool {
        matches!(self.measure.kind, MeasureKind::Count | MeasureKind::PerThousand)
    }
}

impl Indicators {
    /// The indicator with this id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Indicator> {
        self.indicator.iter().find(|indicator| indicator.id == id)
    }

    /// The indicators of a priority, in the order of the file.
    pub fn of_priority<'a>(&'a self, priority: &'a str) -> impl Iterator<Item = &'a Indicator> {
        self.indicator.iter().filter(move |indicator| indicator.priority == priority)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_measure_covers_its_categories_its_mains_or_everything() {
        let measure = |categories: &[&str], mains: &[&str]| Measure {
            kind: MeasureKind::Count,
            categories: categories.iter().map(ToString::to_string).collect(),
            mains: mains.iter().map(ToString::to_string).collect(),
            sources: vec!["resident".to_owned()],
            survey: String::new(),
            within_days: 0,
            modalities: vec![],
            groups: vec![],
        };
        let cases = [
            (measure(&[], &[]), true),
            (measure(&["litter"], &[]), true),
            (measure(&[], &["waste"]), true),
            (measure(&["dog-mess"], &["waste"]), true),
            (measure(&["dog-mess"], &["people"]), false),
        ];
        for (measure, expected) in cases {
            assert_eq!(measure.covers("litter", "waste"), expected, "{measure:?}");
        }
        assert!(measure(&[], &[]).counts_source("resident"));
        assert!(!measure(&[], &[]).counts_source("officer"));
    }
}
