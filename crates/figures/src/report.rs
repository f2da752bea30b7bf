//! What a file would change, or changed: counts, refused rows with their reason, and what a person should look at.

use crate::model::{Refusal, Said};
use serde::{Deserialize, Serialize};

/// So many refused rows are written down one by one.
pub const MOST_REFUSALS: usize = 200;
/// So many changes are written down one by one.
pub const MOST_CHANGES: usize = 50;
/// So many notes are written down.
pub const MOST_NOTES: usize = 100;

/// The row report of a file.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Report {
    /// Rows of data in the file.
    pub rows: u64,
    /// Figures in them that concern the municipality.
    pub cells: u64,
    /// Figures that were not there.
    pub new: u64,
    /// Figures that the source revised: the value before is kept.
    pub changed: u64,
    /// Figures whose value stayed, and that are no longer preliminary (or are again).
    pub confirmed: u64,
    /// Figures that are as they were.
    pub same: u64,
    /// Figures that are known and that this file, of the same areas and periods, no longer has. They are kept.
    pub gone: u64,
    /// Figures that stand in the file more than once with the same value: counted once.
    pub twice: u64,
    /// Figures of other areas than the municipality keeps.
    pub elsewhere: u64,
    /// Figures of categories that are kept of the municipality as a whole only.
    pub kept_back: u64,
    /// Rows that were refused.
    pub refused: u64,
    /// The first of them, with the reason.
    pub refusals: Vec<Refusal>,
    /// The first of the changes.
    pub changes: Vec<Change>,
    /// Figures by what they are: value, missing, suppressed, unspecified.
    pub statuses: std::collections::BTreeMap<String, u64>,
    /// Sum of all figures of the file by measure, totals and levels together: only to compare with the source's file.
    pub sums: Vec<(String, f64)>,
    /// Names of codes that were not there.
    pub names_new: u64,
    /// Names of codes that changed in their words.
    pub names_changed: u64,
    /// Codes of categories that mean something else than before.
    pub moved: Vec<Moved>,
    /// Codes of categories without a name.
    pub unknown_categories: Vec<String>,
    /// Codes of areas that the municipality does not have now.
    pub unknown_areas: Vec<String>,
    /// What the reader should know.
    pub notes: Vec<Said>,
    /// Columns that were left out on purpose.
    pub left_out: Vec<String>,
    /// First and last period (`2012-01`), empty without figures.
    pub first: String,
    /// See `first`.
    pub last: String,
    /// Why the file was not read any further; then nothing of it is used.
    pub stopped: Option<Said>,
}

/// A revised figure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// Measure.
    pub measure: String,
    /// Category.
    pub category: String,
    /// Area.
    pub area: String,
    /// Period.
    pub period: String,
    /// Status and value before.
    pub was: (String, Option<f64>),
    /// Status and value after.
    pub becomes: (String, Option<f64>),
}

/// A code that changed its meaning.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moved {
    /// The code.
    pub code: String,
    /// Its name before.
    pub was: String,
    /// Its name after.
    pub becomes: String,
}

impl Report {
    /// The report of a file that was not read any further.
    #[must_use]
    pub fn stop(why: Said) -> Self {
        Self { stopped: Some(why), ..Self::default() }
    }

    /// Whether a person must look before the file is used.
    #[must_use]
    pub fn holds(&self) -> bool {
        !self.moved.is_empty()
    }

    /// Whether using the file changes anything.
    #[must_use]
    pub fn changes_anything(&self) -> bool {
        self.new + self.changed + self.confirmed + self.names_new + self.names_changed > 0 || self.holds()
    }

    /// Writes down a refused row, while there is room.
    pub fn refuse(&mut self, row: u64, why: Said) {
        self.refused += 1;
        if self.refusals.len() < MOST_REFUSALS {
            self.refusals.push(Refusal { row, why });
        }
    }

    /// Writes down a note, while there is room.
    pub fn note(&mut self, note: Said) {
        if self.notes.len() < MOST_NOTES {
            self.notes.push(note);
        }
    }
}

impl std::fmt::Display for Report {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if let Some(stop) = &self.stopped {
            return write!(f, "stopped: {} {:?}", stop.key, stop.values);
        }
        write!(
            f,
            "{} rows, {} figures: {} new, {} changed, {} confirmed, {} same, {} gone; {} refused, {} twice, {} of other \
             areas, {} kept back; names: {} new, {} changed, {} moved",
            self.rows,
            self.cells,
            self.new,
            self.changed,
            self.confirmed,
            self.same,
            self.gone,
            self.refused,
            self.twice,
            self.elsewhere,
            self.kept_back,
            self.names_new,
            self.names_changed,
            self.moved.len()
        )
    }
}
