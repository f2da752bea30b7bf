//! The mapping: which column of a file is what, and what its words mean here. It is a TOML file of the
//! municipality, with an example in `config/stlouis/mapping.toml`.

use crate::category::Catalogue;
use crate::model::{Source, State};
use jiff::tz::TimeZone;
use kit::config::{ConfigError, load};
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};
use std::path::Path;

/// A mapping as its file says it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// Code of the municipality that the rows belong to.
    pub municipality: String,
    /// Source of the signals.
    pub source: Source,
    /// Namespace of the ids in the file: a signal is known by source, origin and id.
    pub origin: String,
    /// Column of each field.
    pub columns: Columns,
    /// How times are written.
    pub time: TimeRule,
    /// How places are written.
    #[serde(default)]
    pub place: PlaceRule,
    /// Value in the file = category id; `default` is for every value that is not listed.
    pub categories: BTreeMap<String, String>,
    /// Value in the file = state; only with a state column. A value that is itself a state needs no line.
    #[serde(default)]
    pub states: BTreeMap<String, State>,
    /// How the file is written.
    #[serde(default)]
    pub file: FileRule,
}

/// Column names, as in the header of the file without spaces around them.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Columns {
    /// Id in the source's own system.
    pub id: String,
    /// When it happened and was reported.
    pub time: String,
    /// What it is about.
    pub category: String,
    /// Longitude, or x in metres.
    pub x: Option<String>,
    /// Latitude, or y in metres.
    pub y: Option<String>,
    /// The reporter's words.
    pub words: Option<String>,
    /// Place in words.
    pub address: Option<String>,
    /// Code of the neighbourhood, used where a row has no point.
    pub area: Option<String>,
    /// When it was closed.
    pub closed: Option<String>,
    /// State. Without this column every signal comes in as done.
    pub state: Option<String>,
}

/// How times are written.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TimeRule {
    /// `iso`, or a strptime pattern such as `%d-%m-%Y %H:%M`.
    pub format: String,
    /// IANA zone of times without an offset of their own.
    pub zone: String,
}

/// How places are written.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlaceRule {
    /// Coordinate reference system.
    #[serde(default)]
    pub crs: Crs,
    /// What becomes of a row without a point. Left out: it is kept when it has an address or a
    /// neighbourhood, and refused otherwise.
    pub missing: Option<Missing>,
}

/// Coordinate reference system of the x and y columns.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Crs {
    /// Longitude and latitude in degrees.
    #[default]
    Wgs84,
    /// RD New (EPSG:28992) in metres.
    Rd,
}

/// What becomes of a row without a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Missing {
    /// It is refused.
    Reject,
    /// It is kept without a point.
    Keep,
}

/// How the file is written.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileRule {
    /// One character between two fields, or `tab`.
    #[serde(default = "comma")]
    pub delimiter: String,
    /// Encoding of the text.
    #[serde(default)]
    pub encoding: Encoding,
}

fn comma() -> String {
    ",".to_owned()
}

impl Default for FileRule {
    fn default() -> Self {
        Self { delimiter: comma(), encoding: Encoding::default() }
    }
}

/// Encoding of the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
pub enum Encoding {
    /// UTF-8, with or without a byte order mark.
    #[default]
    #[serde(rename = "utf-8")]
    Utf8,
    /// Windows-1252, of which Latin-1 is a part.
    #[serde(rename = "windows-1252", alias = "latin-1", alias = "iso-8859-1")]
    Windows1252,
}

impl Mapping {
    /// Reads a mapping file.
    ///
    /// # Errors
    /// When the file is missing or holds something else; the message names the line and the key.
    pub fn read(path: &Path) -> Result<Self, ConfigError> {
        load(path)
    }

    /// The mapping made ready for rows, checked against the municipality's categories.
    pub(super) fn plan(&self, catalogue: &Catalogue) -> Result<Plan, String> {
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        if self.origin.is_empty() || self.origin.len() > 40 || !self.origin.chars().all(plain) {
            return Err(format!("`origin` is `{}`; use 1 to 40 letters, digits and hyphens", self.origin));
        }
        for (value, id) in &self.categories {
            if catalogue.get(id).is_none() {
                return Err(format!("[categories] `{value}`: categories.toml has no category `{id}`"));
            }
        }
        if self.categories.is_empty() {
            return Err("[categories] is empty; list the values of the file, or give `default`".to_owned());
        }
        if self.columns.x.is_some() != self.columns.y.is_some() {
            return Err("[columns] has only one of `x` and `y`; give both or none".to_owned());
        }
        let described = self.columns.address.is_some() || self.columns.area.is_some();
        if self.columns.x.is_none() && !described && self.place.missing != Some(Missing::Keep) {
            return Err("[columns] names no place: give `x` and `y`, `address` or `area`, \
                or keep rows without a place by `missing = \"keep\"` under [place]"
                .to_owned());
        }
        if !self.states.is_empty() && self.columns.state.is_none() {
            return Err("[states] needs the column `state` under [columns]".to_owned());
        }
        let format = match self.time.format.as_str() {
            "iso" => None,
            pattern if pattern.contains('%') => Some(pattern.to_owned()),
            other => {
                return Err(format!("[time] format is `{other}`; use `iso` or a pattern such as `%d-%m-%Y %H:%M`"));
            }
        };
        let zone = TimeZone::get(&self.time.zone)
            .map_err(|_| format!("[time] zone `{}` is no IANA time zone, e.g. Europe/Amsterdam", self.time.zone))?;
        let delimiter = match self.file.delimiter.as_bytes() {
            b"tab" => b'\t',
            [one] if one.is_ascii() && *one != b'"' => *one,
            _ => return Err(format!("[file] delimiter is `{}`; use one character, or `tab`", self.file.delimiter)),
        };
        Ok(Plan {
            source: self.source,
            origin: self.origin.clone(),
            format,
            zone,
            crs: self.place.crs,
            missing: self.place.missing,
            default_category: self.categories.get("default").cloned(),
            categories: self.categories.iter().map(|(k, v)| (k.clone(), v.clone())).collect(),
            states: self.states.iter().map(|(k, v)| (k.clone(), *v)).collect(),
            delimiter,
            encoding: self.file.encoding,
        })
    }
}

/// A checked mapping.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    pub source: Source,
    pub origin: String,
    /// A strptime pattern; `None` is ISO 8601.
    pub format: Option<String>,
    pub zone: TimeZone,
    pub crs: Crs,
    pub missing: Option<Missing>,
    pub default_category: Option<String>,
    pub categories: HashMap<String, String>,
    pub states: HashMap<String, State>,
    pub delimiter: u8,
    pub encoding: Encoding,
}
