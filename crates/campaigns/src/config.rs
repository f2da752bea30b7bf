//! `campaigns.toml`: kinds of campaigns, with what a new one of each starts from.

use kit::Text;
use kit::config::{ConfigError, load};
use serde::Deserialize;
use signals::Catalogue;
use std::path::Path;

/// The settings of campaigns; sits on a municipality's shelf.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CampaignsConfig {
    /// Weeks of the picture's figures beside a campaign, and as many before.
    pub history_weeks: i32,
    /// Most visits to a place in a week.
    pub most_per_week: i64,
    /// Most minutes of a visit.
    pub most_minutes: i64,
    /// Kinds.
    #[serde(rename = "kind")]
    pub kinds: Vec<Kind>,
}

/// A kind of campaign.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kind {
    /// Id, stored with a campaign.
    pub id: String,
    /// Name.
    pub name: Text,
    /// What it is, in a sentence.
    pub hint: Text,
    /// Name of its icon.
    pub icon: String,
    /// Usual length.
    pub weeks: i64,
    /// Days between the last day and the review.
    pub review_days: i64,
    /// Usual budget of hours.
    pub hours: i64,
    /// Categories that it is about.
    pub categories: Vec<String>,
    /// Priorities of the plan that it serves.
    pub priorities: Vec<String>,
    /// Kind of measure (`picture.toml`) by which its effect is followed.
    pub effect: String,
    /// Starting text of the problem.
    pub problem: Text,
    /// Partners that are offered.
    pub partners: Vec<String>,
    /// The mix of measures to start from.
    pub steps: Vec<StartStep>,
    /// What a new obligation starts from.
    pub visit: StartVisit,
}

/// A measure to start from.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StartStep {
    /// What is done.
    pub what: Text,
    /// Who does it; empty is the municipality.
    pub partner: String,
}

/// An obligation to start from.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StartVisit {
    /// Visits per week.
    pub per_week: i64,
    /// Minutes per visit.
    pub minutes: i64,
    /// Local hour from which.
    pub from: i64,
    /// Local hour until which; above 24 is after midnight.
    pub to: i64,
    /// Category.
    pub category: String,
}

impl CampaignsConfig {
    /// Reads `campaigns.toml` in a municipality's folder.
    ///
    /// # Errors
    /// When the file is missing, its content does not fit, or a kind names a category or priority that there is not.
    pub fn read(folder: &Path, catalogue: &Catalogue) -> Result<Self, ConfigError> {
        let path = folder.join("campaigns.toml");
        let config: Self = load(&path)?;
        let wrong = |why: String| Err(ConfigError::Wrong { path: path.display().to_string(), why });
        for kind in &config.kinds {
            let named = kind.categories.iter().chain([&kind.visit.category]);
            if let Some(id) = named.into_iter().find(|id| catalogue.get(id).is_none()) {
                return wrong(format!("{}: no category `{id}`", kind.id));
            }
            if let Some(id) = kind.priorities.iter().find(|id| catalogue.priorities.iter().all(|(p, _)| p != *id)) {
                return wrong(format!("{}: no priority `{id}` in the plan", kind.id));
            }
            if !hours_fit(kind.visit.from, kind.visit.to) {
                return wrong(format!("{}: hours are 0 to 23, and until at most a day later", kind.id));
            }
        }
        Ok(config)
    }

    /// The kind with this id.
    #[must_use]
    pub fn kind(&self, id: &str) -> Option<&Kind> {
        self.kinds.iter().find(|k| k.id == id)
    }
}

/// Whether hours make a window: it begins on a day and ends after its begin, at most a day later.
#[must_use]
pub fn hours_fit(from: i64, to: i64) -> bool {
    (0..24).contains(&from) && to > from && to <= from + 24 && to <= 30
}
