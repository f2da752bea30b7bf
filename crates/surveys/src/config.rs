//! `surveys.toml`: what may be shown, how answers are weighted, and the age groups.

use kit::Text;
use kit::config::{ConfigError, load};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

/// The settings of questionnaires; sits on a municipality's shelf.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SurveysConfig {
    /// Below this many answers nothing of a group is shown.
    pub least_shown: i64,
    /// Below this many answers a figure is shown with a warning.
    pub warn_below: i64,
    /// A stratum with fewer answers is taken together with another before weighting.
    pub least_stratum: usize,
    /// No answer weighs more than this many times the average.
    pub weight_cap: f64,
    /// What is kept of the chosen neighbourhood: `district` or `neighbourhood`.
    pub area_level: String,
    /// How many options a question on priorities lets people choose.
    pub rank_pick: i64,
    /// Most one-time codes of one questionnaire.
    pub codes_most: i64,
    /// How often one internet address may answer within the window.
    pub answers_per_address: u32,
    /// The window in minutes.
    pub answers_window_minutes: u32,
    /// Age groups, in order.
    #[serde(rename = "age")]
    pub ages: Vec<Age>,
    /// Dated shares of the age groups in the population.
    pub shares: Vec<Shares>,
}

/// An age group.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Age {
    /// Its word in the database.
    pub id: String,
    /// Its name.
    pub name: Text,
    /// The CBS key figure (a percentage of all inhabitants) that gives its share by area; empty when there is none.
    #[serde(default)]
    pub key: String,
}

/// The share of each age group in a year.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shares {
    /// Year.
    pub year: i16,
    /// Where the shares come from.
    pub source: String,
    /// Age group → share of all inhabitants (0 to 1).
    pub share: BTreeMap<String, f64>,
}

impl SurveysConfig {
    /// Reads `surveys.toml` in a municipality's folder.
    ///
    /// # Errors
    /// When the file is missing or its content does not fit; the message names file and key.
    pub fn read(folder: &Path) -> Result<Self, ConfigError> {
        let path = folder.join("surveys.toml");
        let config: Self = load(&path)?;
        let wrong = |why: &str| ConfigError::Wrong { path: path.display().to_string(), why: why.to_owned() };
        if config.weight_cap <= 1.0 {
            return Err(wrong("`weight_cap` must be more than 1"));
        }
        if !["district", "neighbourhood"].contains(&config.area_level.as_str()) {
            return Err(wrong("`area_level` must be district or neighbourhood"));
        }
        let known = |id: &String| config.ages.iter().any(|a| a.id == *id);
        if config
            .shares
            .iter()
            .any(|s| !s.share.keys().all(known) || s.share.values().any(|v| !(0.0..=1.0).contains(v)))
        {
            return Err(wrong("`share` must name age groups, with shares between 0 and 1"));
        }
        Ok(config)
    }

    /// The shares of `year`: those of the nearest year.
    #[must_use]
    pub fn shares(&self, year: i16) -> Option<&Shares> {
        self.shares.iter().min_by_key(|s| (i32::from(s.year) - i32::from(year)).abs())
    }
}
