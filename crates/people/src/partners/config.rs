//! `partners.toml`: when a covenant counts as ending soon, and the life areas that covenants can name.

use kit::Text;
use kit::config::{ConfigError, load};
use serde::Deserialize;
use std::path::Path;

/// The settings of partners; sits on a municipality's shelf.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartnersConfig {
    /// A covenant that ends within this many days is shown as ending soon.
    pub covenant_warning_days: u16,
    /// The areas of life that covenants can be about.
    #[serde(rename = "life_area")]
    pub life_areas: Vec<LifeArea>,
}

/// An area of life (*leefgebied*).
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LifeArea {
    /// Its word in the database.
    pub id: String,
    /// Its name.
    pub name: Text,
}

impl PartnersConfig {
    /// Reads `partners.toml` in a municipality's folder.
    ///
    /// # Errors
    /// When the file is missing or its content does not fit; the message names file, line and key.
    pub fn read(folder: &Path) -> Result<Self, ConfigError> {
        load(&folder.join("partners.toml"))
    }

    /// The name of a life area; its id when the file has it no longer.
    #[must_use]
    pub fn life_area<'a>(&'a self, id: &'a str, language: &str) -> &'a str {
        self.life_areas.iter().find(|a| a.id == id).map_or(id, |a| a.name.get(language))
    }
}
