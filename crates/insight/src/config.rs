//! `picture.toml`: what counts as small, what counts as new, which model runs with which settings, and
//! who answers for it. Unknown keys are refused.

use jiff::civil::Time;
use kit::Text;
use kit::config::{ConfigError, load};
use picture::history::source;
use picture::{Blend, ChangeRules, Ewma, Filter, Model, ScoreAsk};
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
    /// The forecast of the nightly run.
    pub forecast: ForecastRules,
    /// How the forecast is scored.
    pub score: ScoreRules,
    /// Alarms, and when they come back.
    pub alarm: crate::alarm::Rules,
    /// How the effect of a measure is judged.
    pub effect: EffectRules,
    /// What the public register says about responsibility.
    pub register: Register,
    /// Days on which reporting or registering changed, so that counts before and after are not alike.
    #[serde(default, rename = "method_break")]
    pub method_breaks: Vec<MethodBreak>,
}

/// A day on which reporting or registering changed.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MethodBreak {
    /// First day of the new way.
    pub day: jiff::civil::Date,
    /// What changed, as a sentence.
    pub what: Text,
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
    /// Complete weeks that start pages speak about.
    pub brief_weeks: u32,
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

/// Which model forecasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ModelName {
    /// Many simple maps blended by their record, and bent where that paid off: the default everywhere.
    Blend,
    /// Exponentially weighted counts: plainer, to compare with.
    Ewma,
}

impl ModelName {
    /// The word in the database and in locale keys.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Blend => "blend",
            Self::Ewma => "ewma",
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

/// Settings of the model. The profile of the week belongs to both, `learn_every_weeks` to [`Blend`], the others to
/// [`Ewma`].
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Weeks between two times of learning, once there are two years of history.
    pub learn_every_weeks: u32,
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

/// How the effect of a measure is judged.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EffectRules {
    /// Neighbourhoods within this distance of a measure are shown apart and are no comparison.
    pub ring_metres: f64,
    /// The length, in weeks, for which the form says what could be seen.
    pub weeks: u32,
    /// Kinds of measures.
    pub kinds: Vec<Kind>,
    /// The rules of the comparison.
    pub rules: picture::effect::Rules,
}

/// A kind of measure.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kind {
    /// Id, as stored.
    pub id: String,
    /// Name.
    pub name: Text,
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
            ("alarm.weekly_false_alarms", config.alarm.weekly_false_alarms),
            ("alarm.cluster_false_alarms", config.alarm.cluster_false_alarms),
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
        if config.effect.kinds.is_empty() {
            wrong = Some("`effect.kinds` must name at least one kind".to_owned());
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
        match self.forecast.model {
            ModelName::Blend => Box::new(Blend {
                profile_weeks: s.profile_weeks,
                profile_prior: s.profile_prior,
                learn_every_weeks: s.learn_every_weeks,
                ..Blend::default()
            }),
            ModelName::Ewma => Box::new(Ewma {
                half_life_weeks: s.half_life_weeks,
                total_half_life_weeks: s.total_half_life_weeks,
                window_weeks: s.window_weeks,
                background: s.background,
                profile_weeks: s.profile_weeks,
                profile_prior: s.profile_prior,
                dispersion_weeks: s.dispersion_weeks,
                ..Ewma::default()
            }),
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
    fn a_break_in_the_method_has_a_day_and_a_sentence() {
        let text = std::fs::read_to_string(testkit::root().join("config/heemskerk/picture.toml")).unwrap();
        let dir = testkit::folder();
        let with = |what: &str| std::fs::write(dir.join("picture.toml"), format!("{text}\n[[method_break]]\n{what}\n"));
        with("day = \"2024-01-01\"\nwhat = { nl = \"Nieuw formulier.\", en = \"New form.\" }").unwrap();
        let breaks = PictureConfig::read(&dir).unwrap().method_breaks;
        assert_eq!((breaks.len(), breaks[0].what.get("nl")), (1, "Nieuw formulier."));
        with("what = { nl = \"Wanneer?\" }").unwrap();
        assert!(PictureConfig::read(&dir).unwrap_err().to_string().contains("day"));
    }

    #[test]
    fn a_typing_error_and_a_share_above_one_are_refused() {
        let text = std::fs::read_to_string(testkit::root().join("config/heemskerk/picture.toml")).unwrap();
        for (what, wrong, says) in [
            ("unknown key", text.replace("history_years", "history_year"), "history_year"),
            ("share", text.replace("false_alarms = 0.10", "false_alarms = 10"), "alarm.weekly_false_alarms"),
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
