//! Records as the municipality sets them (`records.toml`).

use kit::config::{ConfigError, load};
use serde::Deserialize;
use std::path::Path;

/// The longest page that one query can serve.
const MOST_PAGE: i64 = 100;

/// How people work with records; sits on the municipality's shelf.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordsConfig {
    /// Fewest characters of a reason in words.
    pub reason_min_chars: usize,
    /// Records on a page (1 to 100).
    pub page_size: i64,
    /// Most characters of a line: title, place, source.
    pub line_max_chars: usize,
    /// Most characters of a text.
    pub text_max_chars: usize,
    /// Most persons in one note.
    pub persons_most: usize,
    /// Most records that a targeted query shows; with more it must be narrower.
    pub hits_most: i64,
    /// Most disclosures of a vault in the overview of a year; the CSV file has them all.
    pub overview_most: i64,
}

impl RecordsConfig {
    /// Reads `records.toml` in `folder`.
    ///
    /// # Errors
    /// As [`load`], and when a page or a reason has no length.
    pub fn read(folder: &Path) -> Result<Self, ConfigError> {
        let path = folder.join("records.toml");
        let config: Self = load(&path)?;
        let wrong = |why: &str| Err(ConfigError::Wrong { path: path.display().to_string(), why: why.to_owned() });
        if !(1..=MOST_PAGE).contains(&config.page_size) {
            return wrong("`page_size` must be 1 to 100");
        }
        if config.reason_min_chars == 0 || config.persons_most == 0 || config.hits_most < 1 {
            return wrong("`reason_min_chars`, `persons_most` and `hits_most` must be more than 0");
        }
        Ok(config)
    }
}
