//! Who answers for personal data in a municipality, and how it is protected (`privacy.toml`).

use kit::Text;
use kit::config::{ConfigError, load};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

/// What `privacy.toml` says; sits on the municipality's shelf.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PrivacyConfig {
    /// The controller (verwerkingsverantwoordelijke), in the language of its letters.
    pub controller: String,
    /// Its postal address, a line per line.
    pub address: String,
    /// The court that hears an appeal.
    pub court: String,
    /// The page on which the municipality explains its privacy rules.
    pub privacy_page: String,
    /// The data protection officer (functionaris voor gegevensbescherming).
    pub officer: Officer,
    /// Within how many days before the end of its term a request is called urgent.
    pub warn_days: i64,
    /// Security measures (AVG art. 30(1)(g), Wpg art. 4a).
    pub measures: Vec<Text>,
    /// Reference of the data protection impact assessment (AVG art. 35, Wpg art. 4c), by processing.
    #[serde(default)]
    pub dpia: BTreeMap<String, Text>,
}

/// The data protection officer.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Officer {
    /// Name or function.
    pub name: String,
    /// E-mail address.
    pub email: String,
}

impl PrivacyConfig {
    /// Reads `privacy.toml` in `folder`.
    ///
    /// # Errors
    /// As [`load`], and when nobody can be reached or nothing is protected.
    pub fn read(folder: &Path) -> Result<Self, ConfigError> {
        let path = folder.join("privacy.toml");
        let config: Self = load(&path)?;
        let wrong = |why: &str| Err(ConfigError::Wrong { path: path.display().to_string(), why: why.to_owned() });
        if !config.officer.email.contains('@') {
            return wrong("`officer.email` must be an e-mail address");
        }
        if config.measures.is_empty() {
            return wrong("`measures` must say how personal data is protected");
        }
        if !(1..=31).contains(&config.warn_days) {
            return wrong("`warn_days` must be 1 to 31");
        }
        Ok(config)
    }
}
