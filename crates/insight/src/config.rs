//! `picture.toml`: what counts as small, what counts as new, which model runs with which settings, and
//! who answers for it. Unknown keys are refused.

use jiff::civil::Time;
use kit::Text;
use kit::config::{ConfigError, load};
use picture::history::source;
use picture::news::Level;
use picture::{ChangeRules, Ewma, Filter, Mixture, Model, NewsAsk, ScoreAsk};
use serde::{Deserialize, Serialize};
use std::path::Path;

/// The settings of the picture; sits on a municipality's shelf.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PictureConfig {
    /// How many years of signals are read.
    pub history_years: i16,
    /// Small numbers are hidden.
    pub small: Small,
    /// How much a page shows.
    pub page: PageRules,
    /// When a period counts as more or less than expected.
    pub compare: Compare,
    /// When a place is new.
    pub news: NewsRules,
    /// The forecast of the nightly run.
    pub forecast: ForecastRules,
    /// How the forecast is scored.
    pub score: ScoreRules,
    /// What the public register says about responsibility.
    pub register: Register,
}

/// Small numbers are hidden (domain chapter 4).
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Small {
    /// Counts from 1 up to, not including, this number are hidden.
    pub least: u64,
    /// Main categories for which they are hidden: those about persons and groups.
    pub groups: Vec<String>,
}

/// How much a page shows.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PageRules {
    /// Places in the list of busiest places.
    pub top_places: usize,
    /// Cells drawn on the map of the coming week.
    pub map_cells: usize,
    /// Reports listed behind a place.
    pub reports: u32,
    /// Level of every interval, e.g. 0.95.
    pub level: f64,
}

/// When a period counts as more or less than expected.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Compare {
    /// Weeks before the period that give the level.
    pub base_weeks: u32,
    /// Fewest weeks of level that will do.
    pub least_base_weeks: u32,
    /// Neither seen nor expected reaches this: too few to say anything.
    pub least_events: f64,
    /// How far back the start of a difference is sought, in weeks.
    pub look_back_weeks: u32,
    /// Weight, in events, of "no season".
    pub season_prior: f64,
}

/// When a place is new.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewsRules {
    /// The last complete weeks that are looked at.
    pub weeks: u32,
    /// Share of false alarms in the list that is accepted.
    pub false_alarms: f64,
    /// Fewest events in those weeks to be listed.
    pub least_events: u64,
    /// Longest list.
    pub most: usize,
}

/// Which model forecasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ModelName {
    /// Exponentially weighted counts times a shrunk profile of the week.
    Ewma,
    /// Several memories and the neighbours, weighed by their record.
    Mixture,
}

impl ModelName {
    /// The word in the database and in locale keys.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ewma => "ewma",
            Self::Mixture => "mixture",
        }
    }
}

/// The forecast of the nightly run.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ForecastRules {
    /// Which model.
    pub model: ModelName,
    /// Days from today that are stored.
    pub days: u16,
    /// Rows (a day, four hours, a cell and a main category) with less expected are not stored.
    pub least_expected: f64,
    /// Local time of the run.
    pub refresh_at: Time,
    /// Runs older than this many days are removed.
    pub keep_days: i64,
    /// Settings of the model.
    pub settings: Settings,
}

/// Settings of the model; see [`Ewma`] for what each does.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// After this many weeks an event of a cell weighs half.
    pub half_life_weeks: f64,
    /// The same for the total of a main category.
    pub total_half_life_weeks: f64,
    /// Older events are not used, in weeks.
    pub window_weeks: u32,
    /// Share of the level that follows the plain mean over the window.
    pub background: f64,
    /// Weeks behind the profile of the week.
    pub profile_weeks: u32,
    /// Weight, in events, of the profile of the whole municipality.
    pub profile_prior: f64,
    /// Weeks from which the spread is estimated.
    pub dispersion_weeks: u32,
}

/// How the forecast is scored.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScoreRules {
    /// The last complete weeks.
    pub weeks: u32,
    /// Shares of the cells that are picked.
    pub coverage: Vec<f64>,
    /// The share that pages speak about.
    pub shown_coverage: f64,
}

/// What the public register says about responsibility (domain chapter 14, rule 10).
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Register {
    /// Who answers for the calculations.
    pub owner: Text,
    /// How to reach them.
    pub contact: String,
    /// State of the data protection impact assessment (GDPR art. 35) and of the fundamental rights check.
    pub assessment: Text,
}

impl PictureConfig {
    /// Reads `picture.toml` in `folder`.
    ///
    /// # Errors
    /// When the file is missing, has an unknown key, or a share lies outside 0 to 1.
    pub fn read(folder: &Path) -> Result<Self, ConfigError> {
        let path = folder.join("picture.toml");
        let config: Self = load(&path)?;
        let shares = [
            ("page.level", config.page.level),
            ("news.false_alarms", config.news.false_alarms),
            ("forecast.settings.background", config.forecast.settings.background),
            ("score.shown_coverage", config.score.shown_coverage),
        ];
        let mut wrong = shares
            .iter()
            .find(|(_, v)| !(0.0..1.0).contains(v))
            .map(|(k, _)| format!("`{k}` must be a share from 0 to 1"));
        if !config.score.coverage.contains(&config.score.shown_coverage) {
            wrong = Some("`score.coverage` must hold `score.shown_coverage`".to_owned());
        }
        if !(1..=31).contains(&config.forecast.days) {
            wrong = Some("`forecast.days` must be 1 to 31".to_owned());
        }
        match wrong {
            Some(why) => Err(ConfigError::Wrong { path: path.display().to_string(), why }),
            None => Ok(config),
        }
    }

    /// The model that this municipality chose, behind the seam.
    #[must_use]
    pub fn model(&self) -> Box<dyn Model + Send + Sync> {
        let s = self.forecast.settings;
        let ewma = Ewma {
            half_life_weeks: s.half_life_weeks,
            total_half_life_weeks: s.total_half_life_weeks,
            window_weeks: s.window_weeks,
            background: s.background,
            profile_weeks: s.profile_weeks,
            profile_prior: s.profile_prior,
            dispersion_weeks: s.dispersion_weeks,
            ..Ewma::default()
        };
        match self.forecast.model {
            ModelName::Ewma => Box::new(ewma),
            ModelName::Mixture => Box::new(Mixture { base: ewma, ..Mixture::default() }),
        }
    }

    /// The rules by which `weeks` weeks are compared with what was expected.
    #[must_use]
    pub fn rules(&self, weeks: u32) -> ChangeRules {
        ChangeRules {
            weeks,
            base_weeks: self.compare.base_weeks,
            least_base_weeks: self.compare.least_base_weeks,
            level: self.page.level,
            least_events: self.compare.least_events,
            look_back: self.compare.look_back_weeks.max(weeks),
            season_prior: self.compare.season_prior,
        }
    }

    /// What is asked of the early warning, among the events that pass `filter`.
    #[must_use]
    pub fn news(&self, level: Level, filter: Filter) -> NewsAsk {
        NewsAsk {
            level,
            per_group: true,
            false_alarms: self.news.false_alarms,
            least_events: self.news.least_events,
            rules: self.rules(self.news.weeks),
            filter,
        }
    }

    /// What is scored: reports, never what officers found themselves.
    #[must_use]
    pub fn score(&self) -> ScoreAsk {
        ScoreAsk { weeks: self.score.weeks, coverage: self.score.coverage.clone(), filter: reports() }
    }
}

/// Everything but what officers found themselves: where one looks, one finds.
#[must_use]
pub fn reports() -> Filter {
    Filter { sources: !(1 << source::OFFICER), ..Filter::all() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_municipalities_can_be_read_and_name_a_model() {
        for folder in ["heemskerk", "stlouis"] {
            let config = PictureConfig::read(&testkit::root().join("config").join(folder)).unwrap();
            assert!(config.small.least >= 2, "{folder}");
            assert_eq!(config.rules(4).weeks, 4);
            assert!(config.model().expect(&picture::History::default(), &picture::Ask::week(0)).rows.is_empty());
        }
    }

    #[test]
    fn a_typing_error_and_a_share_above_one_are_refused() {
        let text = std::fs::read_to_string(testkit::root().join("config/heemskerk/picture.toml")).unwrap();
        for (what, wrong, says) in [
            ("unknown key", text.replace("history_years", "history_year"), "history_year"),
            ("share", text.replace("false_alarms = 0.10", "false_alarms = 10"), "news.false_alarms"),
            ("coverage", text.replace("shown_coverage = 0.05", "shown_coverage = 0.07"), "shown_coverage"),
            ("days", text.replace("days = 8", "days = 90"), "forecast.days"),
        ] {
            let dir = testkit::folder();
            std::fs::write(dir.join("picture.toml"), wrong).unwrap();
            let error = PictureConfig::read(&dir).unwrap_err().to_string();
            assert!(error.contains(says), "{what}: {error}");
        }
    }
}
