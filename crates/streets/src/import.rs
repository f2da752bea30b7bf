//! Import of a file with streets: it takes the place of the network that was there, in one transaction.
//!
//! Invariant: the same file twice leaves the same network.

use crate::assemble::{Tally, assemble};
use crate::config::StreetsConfig;
use crate::network::{Network, Origin};
use crate::read::{Extract, ReadError, Window};
use crate::rules::Mode;
use crate::shelf::StreetMap;
use crate::store;
use crate::streets::Streets;
use areas::{Atlas, Level};
use kit::{DbError, Fault, Municipality, audit, jobs};
use policy::{Resource, Role};
use site::{Cx, Shared};
use std::path::Path;

/// Name of the job that reads the network again into a running server; its work is [`reload`].
pub const RELOAD_JOB: &str = "streets-reload";

/// What was read, kept and left out.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// Whose data it is.
    pub origin: Origin,
    /// The day of the data, when the file says it.
    pub data_of: Option<String>,
    /// What became of the streets.
    pub tally: Tally,
    /// Kilometres on foot, by bicycle and by car: kept, and loose.
    pub kilometres: [(f64, f64); 3],
    /// Whether it was only looked at.
    pub dry_run: bool,
}

impl std::fmt::Display for Report {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Tally { streets, elsewhere, closed, pieces } = self.tally;
        write!(f, "{streets} streets read")?;
        if let Some(day) = &self.data_of {
            write!(f, ", of {day}")?;
        }
        write!(f, "; {elsewhere} lie elsewhere, {closed} are closed to all; kept {pieces} pieces between junctions")?;
        for (mode, (kept, loose)) in ["on foot", "by bicycle", "by car"].iter().zip(self.kilometres) {
            write!(f, "\n  {mode}: {kept:.1} km")?;
            if loose >= 0.05 {
                write!(f, "; {loose:.1} km left out that cannot be reached from there and back")?;
            }
        }
        match self.origin {
            Origin::Osm => write!(f, "\n© OpenStreetMap contributors, Open Database License 1.0")?,
            Origin::Nwb => write!(f, "\nNational road file (NWB), Rijkswaterstaat, CC0")?,
            Origin::Invented => write!(f, "\nInvented streets, for a demonstration")?,
        }
        if self.dry_run {
            write!(f, "\nNothing was changed: this was a dry run")?;
        }
        Ok(())
    }
}

/// Why nothing was imported; the text is for the administrator's terminal and says what to do.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The file was refused.
    #[error("{0}. Nothing was changed")]
    File(#[from] ReadError),
    /// No street lies here.
    #[error(
        "no street of this file that can be used lies within the municipality. Check that it is the right file, and \
        `bounds` in municipality.toml. Nothing was changed"
    )]
    Elsewhere,
    /// The municipality is not configured here, or the policy refuses.
    #[error("{0}. Check the code of the municipality in regie.toml")]
    Fault(#[from] Fault),
    /// The database refused; nothing was changed.
    #[error("{0}. Nothing was changed")]
    Db(#[from] DbError),
}

/// What is noted of a file.
pub(crate) struct Told<'a> {
    pub origin: Origin,
    pub file: &'a str,
    pub data_of: Option<&'a str>,
}

/// Puts the streets of `file` in the place of those that were there, with one audit entry, and asks a running server
/// to read them again. With `dry_run` it only says what would be.
///
/// # Errors
/// See [`ImportError`]; then nothing was changed.
pub async fn run(app: &Shared, municipality: &str, file: &Path, dry_run: bool) -> Result<Report, ImportError> {
    let here = app.municipality(municipality)?;
    let window = window(&here);
    let path = file.to_owned();
    let extract = tokio::task::spawn_blocking(move || Extract::read(&path, window))
        .await
        .unwrap_or_else(|e| Err(ReadError::Broken { place: "the file".to_owned(), why: e.to_string() }))?;
    let name = file.file_name().map_or_else(|| file.display().to_string(), |n| n.to_string_lossy().into_owned());
    write(app, municipality, extract, &name, dry_run).await
}

/// Puts streets that were read, or made up, in the place of those that were there.
///
/// # Errors
/// As [`run`].
pub async fn write(
    app: &Shared,
    municipality: &str,
    extract: Extract,
    file: &str,
    dry_run: bool,
) -> Result<Report, ImportError> {
    let here = app.municipality(municipality)?;
    let mut cx = Cx::system(app, &here, "area:import");
    cx.actor.role = Some(Role::Administrator);
    let permit = cx.permit("area:import", &Resource::open("area", cx.code()))?;
    let config = here.get::<StreetMap>().config.clone();
    let (origin, data_of) = (extract.origin, extract.data_of.clone());
    let (tally, streets) = {
        let here = here.clone();
        tokio::task::spawn_blocking(move || cut(&here, &config, &extract))
            .await
            .map_err(|e| ReadError::Broken { place: "the file".to_owned(), why: e.to_string() })?
    };
    let kilometres = Mode::ALL.map(|mode| streets.kilometres(mode));
    if kilometres.iter().all(|(kept, _)| *kept == 0.0) {
        return Err(ImportError::Elsewhere);
    }
    let report = Report { origin, data_of, tally, kilometres, dry_run };
    if dry_run {
        return Ok(report);
    }
    let bytes = streets.network.pack().map_err(|e| Fault::Internal(e.to_string()))?;
    let told = Told { origin, file, data_of: report.data_of.as_deref() };
    let mut tx = cx.write().await?;
    store::replace(&mut tx, &permit, &told, bytes, cx.now).await?;
    let detail = serde_json::json!({ "file": file, "origin": origin, "pieces": tally.pieces });
    audit::record(&mut tx, &cx.deed(), permit.action(), "streets", "network", &detail).await?;
    jobs::enqueue(&mut tx, cx.code(), RELOAD_JOB, &serde_json::json!({}), Some("streets"), cx.now).await?;
    tx.commit().await?;
    let mut tx = cx.read().await?;
    here.get::<StreetMap>().reload(&mut tx, cx.code()).await?;
    Ok(report)
}

/// The network within the municipality and its margin, ready to be asked.
fn cut(here: &Municipality, config: &StreetsConfig, extract: &Extract) -> (Tally, Streets) {
    let sheet = here.get::<Atlas>().sheet();
    // the largest areas there are: as few outlines as can be
    let level = [Level::Municipality, Level::District, Level::Neighbourhood]
        .into_iter()
        .find(|level| sheet.areas.iter().any(|area| area.level == *level));
    let within = |lon: f64, lat: f64| match level {
        Some(level) => sheet.index.nearest(lon, lat, level).is_some_and(|(_, metres)| metres <= config.margin_m),
        None => window(here).has((lon, lat)),
    };
    let (network, tally): (Network, Tally) = assemble(extract, within);
    (tally, Streets::new(network, config))
}

/// The municipality's bounds with the margin, and a kilometre more so that streets that cross it are whole.
fn window(here: &Municipality) -> Window {
    const DEGREE: f64 = 111_000.0;
    let [west, south, east, north] = here.file.bounds;
    let high = (here.get::<StreetMap>().config.margin_m + 1000.0) / DEGREE;
    let wide = high / north.abs().max(south.abs()).to_radians().cos().max(0.01);
    Window { west: west - wide, south: south - high, east: east + wide, north: north + high }
}

/// The job [`RELOAD_JOB`]: reads the network of the job's municipality again into its [`StreetMap`].
///
/// # Errors
/// When the database cannot be read.
pub async fn reload(app: Shared, job: jobs::Job) -> anyhow::Result<()> {
    let municipality = app.municipality(&job.municipality)?;
    let mut tx = app.main.read().await?;
    municipality.get::<StreetMap>().reload(&mut tx, municipality.code()).await?;
    Ok(())
}
