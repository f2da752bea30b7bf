//! What a deed can say, as the municipality sets it (`deeds.toml`).

use kit::Text;
use kit::config::{ConfigError, load};
use serde::Deserialize;
use std::path::Path;

/// The settings of deeds.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeedConfig {
    /// Longest validity, in years.
    pub most_years: i32,
    /// A deed, training, skill or agreement that ends within so many days is shown as ending soon.
    pub warn_days: i32,
    /// Domains.
    #[serde(rename = "domain")]
    pub domains: Vec<Named>,
    /// Means of force.
    #[serde(default)]
    pub means: Vec<Named>,
    /// Municipalities that a territory can name; our own first.
    #[serde(rename = "municipality")]
    pub municipalities: Vec<Place>,
}

/// An id with its name.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Named {
    /// Id.
    pub id: String,
    /// Name.
    pub name: Text,
}

/// A municipality.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// Its code (CBS), `GM0396`.
    pub code: String,
    /// Its name.
    pub name: String,
}

impl DeedConfig {
    /// Reads `deeds.toml` in `folder`.
    ///
    /// # Errors
    /// When the file is missing or wrong; the message says where.
    pub fn read(folder: &Path) -> Result<Self, ConfigError> {
        let path = folder.join("deeds.toml");
        let config: Self = load(&path)?;
        let wrong = |why: &str| Err(ConfigError::Wrong { path: path.display().to_string(), why: why.to_owned() });
        if config.most_years < 1 || config.warn_days < 0 {
            return wrong("`most_years` must be 1 or more, `warn_days` 0 or more");
        }
        if config.domains.is_empty() || config.municipalities.is_empty() {
            return wrong("a `[[domain]]` and a `[[municipality]]` are needed");
        }
        Ok(config)
    }

    /// The name of a municipality; the code itself when it is not known.
    #[must_use]
    pub fn place<'a>(&'a self, code: &'a str) -> &'a str {
        self.municipalities.iter().find(|m| m.code == code).map_or(code, |m| &m.name)
    }
}
