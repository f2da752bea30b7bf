//! Sanctions and wrecks as the municipality sets them (`sanctions.toml`).

use kit::Text;
use kit::config::{ConfigError, load};
use law::{Modality, Term};
use serde::Deserialize;
use std::path::Path;

/// The settings; they sit on the municipality's shelf.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SanctionsConfig {
    /// Whether the council adopted the by-law for the nuisance fine (Gemeentewet art. 154b).
    pub has_fine_by_law: bool,
    /// Modalities that go to the collection agency.
    pub exported: Vec<Modality>,
    /// Most photos with one event.
    pub photos_most: usize,
    /// Fewest characters of the findings.
    pub findings_least: usize,
    /// Counts from 1 up to (not including) this number are not shown.
    pub small_cells: i64,
    /// Months of figures on the page.
    pub figures_months: i32,
    /// Wrecks.
    pub wrecks: Wrecks,
}

/// How wrecks are dealt with.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wrecks {
    /// Where and when an owner collects.
    pub collect: Text,
    /// In whose name objects are removed.
    pub mandate: Text,
    /// Kinds of objects.
    #[serde(rename = "kind")]
    pub kinds: Vec<WreckKind>,
}

/// A kind of object.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WreckKind {
    /// Id.
    pub id: String,
    /// Name.
    pub name: Text,
    /// How long the label gives the owner (Awb art. 5:24(2)).
    pub label: Term,
    /// What removal and storage cost the owner, in cents; `None`: not set.
    #[serde(default)]
    pub costs_cents: Option<i64>,
}

impl SanctionsConfig {
    /// Reads `sanctions.toml` in `folder`.
    ///
    /// # Errors
    /// When the file is missing or wrong; the message says where.
    pub fn read(folder: &Path) -> Result<Self, ConfigError> {
        let path = folder.join("sanctions.toml");
        let config: Self = load(&path)?;
        let wrong = |why: &str| Err(ConfigError::Wrong { path: path.display().to_string(), why: why.to_owned() });
        if config.small_cells < 1 || config.findings_least == 0 || config.photos_most == 0 {
            return wrong("`small_cells`, `findings_least` and `photos_most` must be 1 or more");
        }
        if config.figures_months < 1 {
            return wrong("`figures_months` must be 1 or more");
        }
        if config.wrecks.kinds.is_empty() || config.wrecks.kinds.iter().any(|k| k.label.length == 0) {
            return wrong("a `[[wrecks.kind]]` is needed, each with a label term of 1 or more");
        }
        Ok(config)
    }
}

impl Wrecks {
    /// A kind by its id.
    #[must_use]
    pub fn kind(&self, id: &str) -> Option<&WreckKind> {
        self.kinds.iter().find(|k| k.id == id)
    }
}
