//! Boundary files: areas with their outline and key figures, as the statistical office (CBS), a municipality
//! or Regie's own sketch publishes them, in GeoJSON or GeoPackage.
//!
//! Invariant: a code that means "no figure" never becomes a number, and zero stays zero.
//! Invariant: a file is taken whole or refused whole; an error names the place and the cause.

mod assemble;
mod columns;
mod figures;
mod geojson;
mod geopackage;
mod outline;
mod wkb;

use crate::plane::Plane;
use geo::{Area as _, Coord, MultiPolygon};
use std::io::Read as _;
use std::path::Path;

pub use figures::{Figure, KeyFigure, is_about_origin, key_of};
pub use geojson::read_geojson;
pub use geopackage::read_geopackage;
pub use outline::rings;

/// Level of an area: the three levels of the Dutch statistical division, largest first.
/// Ordered from large to small, so the greatest level is the smallest area.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// The municipality (gemeente; code GM + 4 digits).
    Municipality,
    /// A district (wijk; code WK + 6 digits).
    District,
    /// A neighbourhood (buurt; code BU + 8 digits).
    Neighbourhood,
}

impl Level {
    /// Stable word for storage and for the `level` property of a file.
    pub fn as_str(self) -> &'static str {
        match self {
            Level::Municipality => "municipality",
            Level::District => "district",
            Level::Neighbourhood => "neighbourhood",
        }
    }

    /// Reads the English or Dutch word for a level, in any case.
    pub fn parse(word: &str) -> Option<Level> {
        match word.trim().to_lowercase().as_str() {
            "municipality" | "gemeente" => Some(Level::Municipality),
            "district" | "wijk" => Some(Level::District),
            "neighbourhood" | "buurt" => Some(Level::Neighbourhood),
            _ => None,
        }
    }
}

/// Coordinate reference system of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Crs {
    /// Longitude and latitude in degrees (EPSG:4326, CRS84, and ETRS89 EPSG:4258, which differs less than a metre).
    Wgs84,
    /// RD New in metres (EPSG:28992).
    Rd,
}

/// One area of a boundary file.
#[derive(Debug, Clone, PartialEq)]
pub struct AreaRecord {
    /// Code, unique in the file (CBS: BU, WK or GM with digits).
    pub code: String,
    /// Name as published.
    pub name: String,
    /// Level of the area.
    pub level: Level,
    /// Code of the area one level up; `None` for a municipality.
    pub parent: Option<String>,
    /// Code of the municipality.
    pub municipality: String,
    /// Outline, longitude and latitude in degrees (WGS84); outer rings counter-clockwise (RFC 7946).
    pub geometry: MultiPolygon<f64>,
    /// Surface in square metres, when the file states it.
    pub surface_m2: Option<f64>,
    /// A point inside the area: longitude, latitude in degrees.
    pub centre: (f64, f64),
    /// Key figures of the area, ordered by key.
    pub figures: Vec<KeyFigure>,
}

impl AreaRecord {
    /// Surface in square metres of the outline, measured in the plane; `None` when it lies outside the plane.
    pub fn measured_m2(&self, plane: &Plane) -> Option<f64> {
        let flat = outline::map(&self.geometry, |c| plane.to_xy(c.x, c.y).map(|(x, y)| Coord { x, y }))?;
        Some(flat.unsigned_area())
    }
}

/// A boundary file, read whole.
#[derive(Debug, Clone, PartialEq)]
pub struct AreaFile {
    /// Coordinate reference system the file was in (the records are always WGS84).
    pub crs: Crs,
    /// The areas, largest level first, then by code.
    pub areas: Vec<AreaRecord>,
    /// Columns that were left out on purpose: shares of residents by origin.
    pub left_out: Vec<String>,
}

/// What the reader is told beforehand.
#[derive(Debug, Clone)]
pub struct ReadOptions {
    /// Coordinate reference system; `None`: from the file, or from the size of its coordinates.
    pub crs: Option<Crs>,
    /// Take only the areas of this municipality (code); the national file has fifteen thousand others.
    pub municipality: Option<String>,
    /// Largest file taken, in bytes.
    pub max_bytes: u64,
}

impl Default for ReadOptions {
    fn default() -> Self {
        ReadOptions { crs: None, municipality: None, max_bytes: 100 * 1024 * 1024 }
    }
}

/// Why a boundary file was refused.
#[derive(Debug, thiserror::Error)]
pub enum BoundaryError {
    /// The file could not be opened or read.
    #[error("the file cannot be read: {0}")]
    Unreadable(String),
    /// The file is larger than the reader takes.
    #[error("the file is {bytes} bytes; at most {max} are taken")]
    TooBig {
        /// Size found.
        bytes: u64,
        /// Size allowed.
        max: u64,
    },
    /// The JSON stops halfway.
    #[error("the JSON ends too early, at line {line}, column {column}: the file is probably truncated")]
    Truncated {
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
    },
    /// Not JSON at all, or broken JSON.
    #[error("the file is not valid JSON, at line {line}, column {column}: {reason}")]
    NotJson {
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
        /// What the parser expected.
        reason: String,
    },
    /// JSON, but no GeoJSON feature collection.
    #[error("the JSON is not a GeoJSON feature collection: {0}")]
    NotGeoJson(String),
    /// No GeoPackage: not SQLite, or without the tables the standard requires (OGC 12-128r19).
    #[error("the file is not a GeoPackage: {0}")]
    NotGeoPackage(String),
    /// No polygon in the file.
    #[error("the file has no polygons; an area needs an outline")]
    NoPolygon,
    /// A feature with another geometry, or with a broken one.
    #[error("feature {feature} has no usable outline: {reason}")]
    BadOutline {
        /// Number of the feature, from 1.
        feature: usize,
        /// What is wrong.
        reason: String,
    },
    /// No column with an area code.
    #[error("the file has no column with an area code; columns found: {}", found.join(", "))]
    NoCodeColumn {
        /// Names of the columns in the file.
        found: Vec<String>,
    },
    /// A feature without a usable code.
    #[error("feature {feature} has no valid area code: `{value}`")]
    BadCode {
        /// Number of the feature, from 1.
        feature: usize,
        /// What stands there.
        value: String,
    },
    /// A feature whose `level` and code disagree, or whose level is unknown.
    #[error("feature {feature} ({code}) has level `{level}`, which does not fit its code")]
    BadLevel {
        /// Number of the feature, from 1.
        feature: usize,
        /// Its code.
        code: String,
        /// The level that stands there.
        level: String,
    },
    /// An area below municipality level with a code of its own kind, that does not say in which municipality it lies.
    #[error("feature {feature} ({code}) has no `municipality`")]
    NoMunicipality {
        /// Number of the feature, from 1.
        feature: usize,
        /// Its code.
        code: String,
    },
    /// The same code twice or more.
    #[error("codes occur more than once: {}", codes.join(", "))]
    DuplicateCodes {
        /// The codes.
        codes: Vec<String>,
    },
    /// A coordinate system that Regie does not know.
    #[error("unknown coordinate system `{0}`; known are WGS84 (EPSG:4326) and RD New (EPSG:28992)")]
    UnknownCrs(String),
    /// Coordinates that are impossible in the coordinate system.
    #[error(
        "feature {feature} has a coordinate ({x}, {y}) that is impossible in {crs:?}; is the coordinate system right?"
    )]
    CoordinateOutsideCrs {
        /// Number of the feature, from 1.
        feature: usize,
        /// First number of the coordinate.
        x: f64,
        /// Second number of the coordinate.
        y: f64,
        /// The coordinate system used.
        crs: Crs,
    },
    /// A CBS code, but a place outside the Netherlands: often latitude and longitude swapped.
    #[error("area {code} has a CBS code but lies outside the Netherlands, at longitude {lon}, latitude {lat}")]
    OutsideNetherlands {
        /// Code of the area.
        code: String,
        /// Longitude found, degrees.
        lon: f64,
        /// Latitude found, degrees.
        lat: f64,
    },
    /// The file has areas, but none of the wanted municipality.
    #[error("the file has no areas of municipality {0}")]
    NoneOfMunicipality(String),
}

impl BoundaryError {
    /// Stable word for the kind of error: the key of its text in the locale files.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Unreadable(_) => "unreadable",
            Self::TooBig { .. } => "too-big",
            Self::Truncated { .. } => "truncated",
            Self::NotJson { .. } => "not-json",
            Self::NotGeoJson(_) => "not-geojson",
            Self::NotGeoPackage(_) => "not-geopackage",
            Self::NoPolygon => "no-polygon",
            Self::BadOutline { .. } => "bad-outline",
            Self::NoCodeColumn { .. } => "no-code-column",
            Self::BadCode { .. } => "bad-code",
            Self::BadLevel { .. } => "bad-level",
            Self::NoMunicipality { .. } => "no-municipality",
            Self::DuplicateCodes { .. } => "duplicate-codes",
            Self::UnknownCrs(_) => "unknown-crs",
            Self::CoordinateOutsideCrs { .. } => "coordinate-outside-crs",
            Self::OutsideNetherlands { .. } => "outside-netherlands",
            Self::NoneOfMunicipality(_) => "none-of-municipality",
        }
    }
}

/// Reads a GeoJSON or GeoPackage file; which of the two it is, its first bytes tell, not its name.
pub fn read_file(path: &Path, options: &ReadOptions) -> Result<AreaFile, BoundaryError> {
    let unreadable = |e: std::io::Error| BoundaryError::Unreadable(e.to_string());
    let mut file = std::fs::File::open(path).map_err(unreadable)?;
    let bytes = file.metadata().map_err(unreadable)?.len();
    if bytes > options.max_bytes {
        return Err(BoundaryError::TooBig { bytes, max: options.max_bytes });
    }
    let mut content = Vec::new();
    (&mut file).take(16).read_to_end(&mut content).map_err(unreadable)?;
    if content == geopackage::SQLITE_MAGIC {
        return read_geopackage(path, options);
    }
    file.read_to_end(&mut content).map_err(unreadable)?;
    read_geojson(&content, options)
}

#[cfg(test)]
mod tests;
