//! Which figures of others the municipality keeps (`figures.toml`), where they come from and how their files are read.

use crate::model::NameKind;
use kit::config::{ConfigError, load};
use kit::{Text, text_enum};
use serde::Deserialize;
use std::path::Path;

text_enum! {
    /// How a file of the dataset is read.
    pub enum Kind {
        /// OData of the statistical office and of others on its platform: version 3 or 4 from an address, a bundle of
        /// its answers, one page of it, or its CSV with a metadata file.
        Odata = "odata",
        /// CSV by a mapping.
        Csv = "csv",
        /// Registered road accidents (BRON): an archive or a table of points.
        Accidents = "accidents",
    }
}

text_enum! {
    /// Of which areas figures are kept.
    pub enum Scope {
        /// The municipality's own, and those to compare with.
        Own = "own",
        /// All that the file has.
        All = "all",
    }
}

/// The shelf's item.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FiguresConfig {
    /// What holds for every import.
    pub import: Import,
    /// The datasets, in the order of the page.
    #[serde(default, rename = "dataset")]
    pub datasets: Vec<Dataset>,
}

/// What holds for every import.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Import {
    /// Most megabytes of a file, and of what it unpacks to.
    pub most_megabytes: usize,
    /// Local time of the scheduled refresh.
    pub refresh_at: jiff::civil::Time,
}

/// One dataset.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dataset {
    /// Id, also in addresses.
    pub id: String,
    /// Name for people.
    pub name: Text,
    /// What it is about, in a sentence.
    #[serde(default)]
    pub about: Text,
    /// What a reader must know before using it.
    #[serde(default)]
    pub warning: Text,
    /// Who publishes it.
    pub publisher: String,
    /// Licence.
    pub licence: String,
    /// How its files are read.
    pub kind: Kind,
    /// Where it is fetched; none: only by upload.
    pub url: Option<String>,
    /// Fetched again after so many days; none: only on request.
    pub every_days: Option<u16>,
    /// Of which areas.
    #[serde(default = "own")]
    pub areas: Scope,
    /// Areas outside the municipality that are kept to compare with, e.g. `NL00`.
    #[serde(default)]
    pub compare: Vec<String>,
    /// Codes of categories that are the sum of others: never part of a sum.
    #[serde(default)]
    pub totals: Vec<String>,
    /// Categories that are kept of the municipality as a whole only (domain chapter 4: sexual offences and the like).
    #[serde(default)]
    pub municipality_only: Vec<String>,
    /// Below the municipality, counts from 1 up to (not including) this number are not shown. House rule.
    pub small_cells: Option<f64>,
    /// So many months before the reference date figures are preliminary, when the file does not say which are.
    #[serde(default)]
    pub preliminary_months: i32,
    /// Years in which the method changed: not compared across.
    #[serde(default)]
    pub method_breaks: Vec<i16>,
    /// Survey figures on fewer answers are not shown.
    pub least_n: Option<i64>,
    /// Survey figures on fewer answers carry a warning.
    pub warn_n: Option<i64>,
    /// Whether a cell that the source leaves out is zero; otherwise it is missing.
    #[serde(default)]
    pub absent_is_zero: bool,
    /// Whether figures may be added up over categories and months: true of counts, never of shares.
    #[serde(default = "yes")]
    pub adds_up: bool,
    /// What stands in a cell that is withheld.
    #[serde(default = "suppressed")]
    pub suppressed: Vec<String>,
    /// What stands in a cell without a figure, besides nothing.
    #[serde(default)]
    pub missing: Vec<String>,
    /// Columns of an OData table.
    #[serde(default)]
    pub odata: OdataColumns,
    /// Columns of a CSV file.
    pub csv: Option<CsvColumns>,
}

fn own() -> Scope {
    Scope::Own
}

fn yes() -> bool {
    true
}

fn suppressed() -> Vec<String> {
    vec!["x".to_owned()]
}

/// The columns that an OData table must have. What is empty is taken from the table's own metadata.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct OdataColumns {
    /// Version of the protocol; 0 means 3.
    pub version: u8,
    /// Rows of one page; 0 means 5,000 (the platform refuses more than 10,000).
    pub page: usize,
    /// The column with the area.
    pub area: String,
    /// The column with the period.
    pub period: String,
    /// Columns that together are the category.
    pub categories: Vec<String>,
    /// Columns with figures (version 3), or codes of measures (version 4), that are kept; empty: all.
    pub measures: Vec<String>,
    /// Whether the periods are rounds of a survey, not calendar years.
    pub survey: bool,
    /// A dimension that holds value and margins.
    pub margins: Option<Margins>,
}

/// Codes of a dimension that holds the value and its margins.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Margins {
    /// The column.
    pub column: String,
    /// Code of the value.
    pub value: String,
    /// Code of the lower end of the interval.
    pub low: String,
    /// Code of its upper end.
    pub high: String,
}

/// How a CSV file is read.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CsvColumns {
    /// Between fields.
    #[serde(default = "comma")]
    pub delimiter: char,
    /// `utf-8` or `windows-1252` (which holds Latin-1). A byte order mark in the file wins.
    #[serde(default = "utf8")]
    pub encoding: String,
    /// Before decimals.
    #[serde(default = "point")]
    pub decimal: char,
    /// Where the area stands; absent in a code list.
    pub area: Option<AreaColumn>,
    /// Where the period stands; absent: whoever imports the file states it.
    pub period: Option<PeriodColumn>,
    /// Columns that together are the category.
    #[serde(default)]
    pub category: Vec<String>,
    /// Columns with figures.
    #[serde(default)]
    pub values: Vec<ValueColumn>,
    /// What all other columns are.
    #[serde(default)]
    pub rest: Rest,
    /// Columns that are not read.
    #[serde(default)]
    pub ignore: Vec<String>,
    /// A measure whose value must equal the sum of all others in its row.
    pub total: Option<String>,
    /// Names of columns are translated to the present names of CBS key figures, and columns on the origin of
    /// residents are left out.
    #[serde(default)]
    pub key_figures: bool,
    /// The file is a code list.
    pub names: Option<NameColumns>,
}

fn comma() -> char {
    ','
}

fn utf8() -> String {
    "utf-8".to_owned()
}

fn point() -> char {
    '.'
}

/// What the columns are that the mapping does not name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Rest {
    /// A change of the file that stops the run.
    #[default]
    Refuse,
    /// Not read.
    Ignore,
    /// Each is a measure by its own name.
    Measure,
    /// Each is a category by its own name, of this measure.
    Category(String),
}

/// Where the area stands.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AreaColumn {
    /// The column; empty: `value` for every row.
    pub column: String,
    /// The code for every row.
    pub value: String,
    /// Put before the code.
    pub prefix: String,
    /// Digits to which the code is filled up with zeros.
    pub digits: usize,
    /// The column holds names, not codes.
    pub is_name: bool,
    /// The same name stands for several areas (a borough and a neighbourhood in it): the second becomes `Name (2)`, in
    /// the order of the file.
    pub number_repeats: bool,
}

/// Where the period stands.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PeriodColumn {
    /// The column; empty: `year` and `month`, or `value`.
    pub column: String,
    /// The column with the year.
    pub year: String,
    /// The column with the month (1-12).
    pub month: String,
    /// The period of every row.
    pub value: String,
    /// Whether the periods are rounds of a survey, not calendar years.
    pub survey: bool,
}

/// A column with figures.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ValueColumn {
    /// The column.
    pub column: String,
    /// The measure; empty: the column's name.
    pub measure: String,
    /// The category, when no column says it.
    pub category: String,
    /// The column with the lower end of the interval.
    pub low: String,
    /// The column with its upper end.
    pub high: String,
    /// The column with the number of answers.
    pub n: String,
}

/// Columns of a code list.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NameColumns {
    /// What the codes are of.
    pub kind: NameKind,
    /// The column with the code.
    pub code: String,
    /// The column with the name.
    pub title: String,
    /// The column with the description.
    #[serde(default)]
    pub text: String,
}

impl FiguresConfig {
    /// Reads `figures.toml` in a municipality's folder.
    ///
    /// # Errors
    /// When it is missing or wrong: an unknown key, an id twice, a CSV dataset without mapping.
    pub fn read(folder: &Path) -> Result<Self, ConfigError> {
        let path = folder.join("figures.toml");
        let config: Self = load(&path)?;
        let wrong = |why: String| ConfigError::Wrong { path: path.display().to_string(), why };
        for (at, dataset) in config.datasets.iter().enumerate() {
            if !is_plain_id(&dataset.id) {
                return Err(wrong(format!("`{}` is no id: use small letters, digits and hyphens", dataset.id)));
            }
            if config.datasets.iter().take(at).any(|d| d.id == dataset.id) {
                return Err(wrong(format!("dataset `{}` stands there twice", dataset.id)));
            }
            if dataset.kind == Kind::Csv && dataset.csv.is_none() {
                return Err(wrong(format!("dataset `{}` needs [dataset.csv]: which column is what", dataset.id)));
            }
            if dataset.every_days == Some(0) || (dataset.every_days.is_some() && dataset.url.is_none()) {
                return Err(wrong(format!("dataset `{}`: `every_days` needs a `url` and is 1 or more", dataset.id)));
            }
        }
        Ok(config)
    }

    /// The dataset with this id.
    #[must_use]
    pub fn dataset(&self, id: &str) -> Option<&Dataset> {
        self.datasets.iter().find(|d| d.id == id)
    }
}

/// Small letters, digits and hyphens; not the words that have pages of their own.
fn is_plain_id(id: &str) -> bool {
    !id.is_empty()
        && !["import", "files"].contains(&id)
        && id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}
