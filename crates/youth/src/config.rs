//! `youth.toml`: the words that a youth officer chooses from.

use kit::Text;
use kit::config::{ConfigError, load};
use serde::Deserialize;
use std::path::Path;

/// The settings of contact notes; sits on a municipality's shelf.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct YouthConfig {
    /// Minutes that a contact usually takes.
    pub minutes: i64,
    /// The longest contact in minutes.
    pub most_minutes: i64,
    /// Days until when a contact can be written down.
    pub oldest_days: i64,
    /// Days after which an agreement is looked at, unless the officer says another day.
    pub check_days: i64,
    /// Names that are no person's.
    pub known_words: Vec<String>,
    /// Sizes of a group, in order.
    #[serde(rename = "size")]
    pub sizes: Vec<Size>,
    /// Moods of a group, in order.
    #[serde(rename = "mood")]
    pub moods: Vec<Mood>,
    /// Age bands.
    #[serde(rename = "age")]
    pub ages: Vec<Word>,
    /// What follows; the first is chosen when nothing is said.
    #[serde(rename = "follow_up")]
    pub follow_ups: Vec<Word>,
}

/// A size of a group.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Size {
    /// Id, stored with a contact.
    pub id: String,
    /// Name.
    pub name: Text,
    /// People at least.
    pub least: i64,
}

/// A mood of a group.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mood {
    /// Id, stored with a contact.
    pub id: String,
    /// Name.
    pub name: Text,
    /// Tone of its badge.
    pub tone: String,
    /// Name of its icon.
    pub icon: String,
}

/// A word to choose.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Word {
    /// Id, stored with a contact.
    pub id: String,
    /// Name.
    pub name: Text,
}

impl Mood {
    /// Tone of its badge as pages take it.
    #[must_use]
    pub fn tone(&self) -> &'static str {
        ["ok", "soon", "late"].into_iter().find(|t| *t == self.tone).unwrap_or("neutral")
    }
}

impl YouthConfig {
    /// Reads `youth.toml` in a municipality's folder.
    ///
    /// # Errors
    /// When the file is missing or its content does not fit.
    pub fn read(folder: &Path) -> Result<Self, ConfigError> {
        let path = folder.join("youth.toml");
        let config: Self = load(&path)?;
        if config.sizes.is_empty() || config.moods.is_empty() || config.follow_ups.is_empty() {
            let why = "at least one size, mood and follow_up is needed".to_owned();
            return Err(ConfigError::Wrong { path: path.display().to_string(), why });
        }
        Ok(config)
    }

    /// The size with this id.
    #[must_use]
    pub fn size(&self, id: &str) -> Option<&Size> {
        self.sizes.iter().find(|s| s.id == id)
    }

    /// The mood with this id.
    #[must_use]
    pub fn mood(&self, id: &str) -> Option<&Mood> {
        self.moods.iter().find(|m| m.id == id)
    }
}
