//! `opendata.toml`: licences and identifiers of the catalog, and how much a page, a feed and a listener get.

use jiff::civil::Date;
use kit::config::{ConfigError, load};
use serde::Deserialize;
use std::path::Path;

/// The settings of open data; sits on a municipality's shelf.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpenDataConfig {
    /// How the data is described.
    pub catalog: CatalogConfig,
    /// The map and the list.
    pub map: MapConfig,
    /// Feeds.
    pub feed: FeedConfig,
    /// The live map.
    pub live: LiveConfig,
}

/// How the data is described.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CatalogConfig {
    /// IRI of the publisher (TOOI).
    pub publisher: String,
    /// IRI of the place that the data is about.
    pub spatial: String,
    /// IRI of the licence of the municipality's own data.
    pub licence: String,
    /// IRI of the licence of the areas.
    pub areas_licence: String,
    /// Since when the data is published.
    pub issued: Date,
}

/// The map and the list.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MapConfig {
    /// Periods to choose from, in days.
    pub periods_days: Vec<u32>,
    /// The period when nothing was chosen, in days.
    pub period_days: u32,
    /// Most reports on the map.
    pub most_points: usize,
    /// From so many reports, near ones become one mark.
    pub cluster_from: usize,
    /// Rows on a page of the list.
    pub rows: u16,
}

/// Feeds.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FeedConfig {
    /// Most entries.
    pub most: u16,
}

/// The live map.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LiveConfig {
    /// Most listeners of one process.
    pub most: usize,
    /// Most listeners from one address.
    pub most_per_address: usize,
    /// Minutes after which a listener must come back.
    pub minutes: u32,
}

impl OpenDataConfig {
    /// Reads `opendata.toml` in a municipality's folder.
    ///
    /// # Errors
    /// When the file is missing or its content does not fit; the message names file, line and key.
    pub fn read(folder: &Path) -> Result<Self, ConfigError> {
        load(&folder.join("opendata.toml"))
    }
}
