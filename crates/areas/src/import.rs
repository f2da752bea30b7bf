//! Import of a boundary file: areas and key figures of one year become rows, in one transaction.
//!
//! Invariant: the same file twice leaves the same areas. A file replaces, of its year, the levels that it
//! holds: districts and neighbourhoods may come in files of their own.
//! Invariant: no figure, a withheld figure and zero stay three different things.

use crate::atlas::Atlas;
use crate::boundary::{self, AreaRecord, BoundaryError, Crs, Figure, Level, ReadOptions};
use crate::store;
use kit::{DbError, Fault, audit, jobs};
use policy::{Resource, Role};
use site::{Cx, Shared};
use std::collections::BTreeMap;
use std::path::Path;

/// Name of the job that reads the areas again into a running server; its work is [`reload`].
pub const RELOAD_JOB: &str = "areas-reload";

/// Years that a boundary file may be of.
pub const YEARS: std::ops::RangeInclusive<i64> = 1990..=2100;

/// What the reader is told beforehand.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// Coordinate reference system; `None`: from the file, or from the size of its coordinates.
    pub crs: Option<Crs>,
    /// Take every area of the file, also when it names another municipality. Only for a municipality
    /// without a CBS code (`GM` and four digits): there the file's own word is all there is.
    pub all: bool,
}

/// What was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Year of the areas.
    pub year: i64,
    /// Areas by level.
    pub areas: BTreeMap<&'static str, u64>,
    /// Key figures by status: value, estimate, missing, suppressed, unspecified.
    pub figures: BTreeMap<&'static str, u64>,
    /// Columns that were left out on purpose: shares of residents by origin.
    pub left_out: Vec<String>,
}

impl std::fmt::Display for Report {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let list = |counts: &BTreeMap<&str, u64>| {
            counts.iter().map(|(word, n)| format!("{n} {word}")).collect::<Vec<_>>().join(", ")
        };
        write!(f, "areas of {}: {}", self.year, list(&self.areas))?;
        if !self.figures.is_empty() {
            write!(f, "; key figures: {}", list(&self.figures))?;
        }
        if !self.left_out.is_empty() {
            write!(f, "; left out on purpose (origin of residents): {}", self.left_out.join(", "))?;
        }
        Ok(())
    }
}

/// Why nothing was imported; the text is for the administrator's terminal and says what to do.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The file was refused.
    #[error("{file}: {error}. {}", advice(error))]
    File {
        /// Name of the file.
        file: String,
        /// What is wrong.
        error: BoundaryError,
    },
    /// No year of a boundary file.
    #[error("year {0} is not between 1990 and 2100. Give the year that the boundaries and figures are of")]
    Year(i64),
    /// Every area was asked for, in a municipality that has a code.
    #[error("municipality {0} has a CBS code, so only its own areas are taken. Leave out the option for all areas")]
    AllOfCbs(String),
    /// The areas lie elsewhere.
    #[error(
        "no area of {file} lies within the bounds of municipality {code} ({bounds:?}: west, south, east, north). \
        Check that this is the right file, and `bounds` in municipality.toml"
    )]
    Elsewhere {
        /// Name of the file.
        file: String,
        /// Municipality.
        code: String,
        /// Its bounds.
        bounds: [f64; 4],
    },
    /// The municipality is not configured here, or the policy refuses.
    #[error("{0}. Check the code of the municipality in regie.toml")]
    Fault(#[from] Fault),
    /// The database refused; nothing was changed.
    #[error("{0}. Nothing was changed")]
    Db(#[from] DbError),
}

/// What to do about a refused file.
fn advice(error: &BoundaryError) -> &'static str {
    match error {
        BoundaryError::Unreadable(_) => "Check the path and your rights to the file",
        BoundaryError::TooBig { .. } => "Cut the file to your own municipality first",
        BoundaryError::Truncated { .. } => "Download or copy the file again",
        BoundaryError::NotJson { .. } | BoundaryError::NotGeoJson(_) | BoundaryError::NotGeoPackage(_) => {
            "Give a GeoJSON or GeoPackage file; unpack a .zip first"
        }
        BoundaryError::NoPolygon | BoundaryError::BadOutline { .. } => {
            "Export the layer with areas (polygons), not with points or lines"
        }
        BoundaryError::NoCodeColumn { .. } | BoundaryError::BadCode { .. } => {
            "Each area needs a code: a CBS code (BU, WK or GM with digits), or `code` and `level`"
        }
        BoundaryError::BadLevel { .. } => "Make `level` municipality, district or neighbourhood, as its code says",
        BoundaryError::NoMunicipality { .. } => "Give each area the property `municipality`",
        BoundaryError::DuplicateCodes { .. } => "Keep one feature for each code",
        BoundaryError::UnknownCrs(_) | BoundaryError::CoordinateOutsideCrs { .. } => {
            "Export in WGS84 (EPSG:4326) or RD New (EPSG:28992), or say which of the two it is"
        }
        BoundaryError::OutsideNetherlands { .. } => "Write longitude first, then latitude",
        BoundaryError::NoneOfMunicipality(_) => "Check that this is the right file for this municipality",
    }
}

/// Loads the boundary file `path` as the areas of `year` of the municipality with code `municipality`, with
/// one audit entry, and asks a running server to read them again.
///
/// # Errors
/// When the file, the year or the database refuses; then nothing was changed.
pub async fn run(
    app: &Shared,
    municipality: &str,
    path: &Path,
    year: i64,
    options: Options,
) -> Result<Report, ImportError> {
    let municipality = app.municipality(municipality)?;
    let mut cx = Cx::system(app, &municipality, "area:import");
    cx.actor.role = Some(Role::Administrator);
    let permit = cx.permit("area:import", &Resource::open("area", cx.code()))?;
    if !YEARS.contains(&year) {
        return Err(ImportError::Year(year));
    }
    let cbs = cx.code().strip_prefix("GM").is_some_and(|d| d.len() == 4 && d.bytes().all(|b| b.is_ascii_digit()));
    if cbs && options.all {
        return Err(ImportError::AllOfCbs(cx.code().to_owned()));
    }
    let name = path.file_name().map_or_else(|| path.display().to_string(), |n| n.to_string_lossy().into_owned());
    let read = ReadOptions {
        crs: options.crs,
        municipality: (!options.all).then(|| cx.code().to_owned()),
        ..ReadOptions::default()
    };
    let file = path.to_owned();
    let file = tokio::task::spawn_blocking(move || boundary::read_file(&file, &read))
        .await
        .unwrap_or_else(|e| Err(BoundaryError::Unreadable(e.to_string())))
        .map_err(|error| ImportError::File { file: path.display().to_string(), error })?;
    if !file.areas.iter().any(|a| municipality.contains(a.centre.0, a.centre.1)) {
        let bounds = municipality.file.bounds;
        return Err(ImportError::Elsewhere { file: path.display().to_string(), code: cx.code().to_owned(), bounds });
    }
    let report = report(year, &file.areas, file.left_out);
    let mut tx = cx.write().await?;
    store::replace(&mut tx, &permit, year, &name, &file.areas).await?;
    let detail = serde_json::json!({ "file": name, "year": year, "areas": report.areas, "figures": report.figures });
    audit::record(&mut tx, &cx.deed(), permit.action(), "areas", &year.to_string(), &detail).await?;
    jobs::enqueue(&mut tx, cx.code(), RELOAD_JOB, &serde_json::json!({}), Some("areas"), cx.now).await?;
    tx.commit().await?;
    let mut tx = cx.read().await?;
    municipality.get::<Atlas>().reload(&mut tx, cx.code()).await?;
    Ok(report)
}

/// The same import with the reader's own choices: for a demo's data.
///
/// # Errors
/// As [`run`].
pub async fn seed(app: &Shared, municipality: &str, path: &Path, year: i64) -> Result<Report, ImportError> {
    run(app, municipality, path, year, Options::default()).await
}

/// The job [`RELOAD_JOB`]: reads the areas of the job's municipality again into its [`Atlas`].
///
/// # Errors
/// When the database cannot be read.
pub async fn reload(app: Shared, job: jobs::Job) -> anyhow::Result<()> {
    let municipality = app.municipality(&job.municipality)?;
    let mut tx = app.main.read().await?;
    municipality.get::<Atlas>().reload(&mut tx, municipality.code()).await?;
    Ok(())
}

/// One figure per key: the published one, else the estimate, else why there is none.
pub(crate) fn figures(area: &AreaRecord) -> BTreeMap<&str, (&'static str, Option<f64>)> {
    let mut best: BTreeMap<&str, (&'static str, Option<f64>)> = BTreeMap::new();
    for figure in &area.figures {
        let status = match figure.value {
            Figure::Value(_) if figure.estimate => "estimate",
            other => other.kind(),
        };
        let found = best.entry(&figure.key).or_insert((status, figure.value.number()));
        if found.1.is_none() && figure.value.number().is_some() {
            *found = (status, figure.value.number());
        }
    }
    best
}

fn report(year: i64, records: &[AreaRecord], left_out: Vec<String>) -> Report {
    let mut areas = BTreeMap::new();
    let mut statuses = BTreeMap::new();
    for area in records {
        *areas.entry(area.level.as_str()).or_default() += 1;
        for (status, _) in figures(area).into_values() {
            *statuses.entry(status).or_default() += 1;
        }
    }
    Report { year, areas, figures: statuses, left_out }
}

/// The levels that these areas have.
pub(crate) fn levels(records: &[AreaRecord]) -> Vec<Level> {
    [Level::Municipality, Level::District, Level::Neighbourhood]
        .into_iter()
        .filter(|level| records.iter().any(|a| a.level == *level))
        .collect()
}

#[cfg(test)]
mod tests;
