//! A municipality moves in: reports of Signalen with their states, notes and numbers. A dry run says what would
//! happen, row by row. The import itself is one transaction; reports that are here already stay as they are.

mod make;

use super::read::{self, Export};
use super::store;
use kit::{Fault, Tx, audit, jobs};
use make::Maker;
use policy::Resource;
use serde_json::json;
use sha2::{Digest as _, Sha256};
use signals::intake::{self, Desk};
use signals::seed;
use signals::touched::touched;
use site::{Cx, Shared};
use std::collections::BTreeMap;
use std::path::Path;

pub use super::read::{File, Wrong};

/// The job that makes the picture again; the crate `insight` does it.
const PICTURE_JOB: &str = "picture-refresh";

/// What is chosen before an import.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Whether the contact details of reporters come along, as far as they may still be kept.
    pub contact: bool,
    /// Category here for a category of Signalen that `signalen.toml` does not know; without it such a report is
    /// refused.
    pub fallback: Option<String>,
    /// Whether a report outside the municipality comes along without its point; otherwise it is refused.
    pub outside: bool,
    /// Whether the good reports are imported when others are refused; otherwise nothing is.
    pub skip: bool,
}

/// What an import did, or would do.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Reports in the files, also the refused ones.
    pub read: usize,
    /// New here.
    pub new: usize,
    /// Here already.
    pub known: usize,
    /// Refused rows, with the reason.
    pub refused: Vec<Wrong>,
    /// What was changed on the way in, with the reason.
    pub changed: Vec<Wrong>,
    /// Lines of history.
    pub events: usize,
    /// Reporters that come along.
    pub contacts: usize,
    /// New reports by category here.
    pub categories: BTreeMap<String, usize>,
    /// New reports by state here.
    pub states: BTreeMap<&'static str, usize>,
    /// Files that nothing was taken from.
    pub unused: Vec<String>,
    /// Whether it was written.
    pub applied: bool,
}

/// Why nothing was imported.
#[derive(Debug)]
pub enum Stop {
    /// The files cannot be used.
    Files(Vec<Wrong>),
    /// Rows were refused, and the good ones alone were not wanted.
    Rows(Box<Report>),
    /// The policy refused, or the database.
    Fault(Fault),
}

impl From<Fault> for Stop {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl From<kit::DbError> for Stop {
    fn from(error: kit::DbError) -> Self {
        Self::Fault(error.into())
    }
}

/// Reads the files and says what an import would do; with `apply` it does it.
///
/// # Errors
/// See [`Stop`]; then nothing was written.
pub async fn run(cx: &Cx, files: &[File], options: &Options, apply: bool) -> Result<Report, Stop> {
    let permit = cx.permit("signal:import", &Resource::ordinary("signal", cx.code()))?;
    let config = cx.municipality.get::<crate::config::ExchangeConfig>();
    let Some(words) = &config.words else {
        return Err(Stop::Files(vec![Wrong::file("signalen.toml", "exchange-file-no-words", "")]));
    };
    let desk = Desk::of(&cx.municipality);
    if desk.sheet.areas.is_empty() {
        return Err(Stop::Files(vec![Wrong::file("", "exchange-file-no-areas", "")]));
    }
    let Export { records, wrong, unused } = read::read(files, options.contact).map_err(Stop::Files)?;
    let mut report = Report { read: records.len(), refused: wrong, unused, ..Report::default() };
    let mut tx = cx.write().await?;
    let known = store::references(&mut tx, &permit, words.prefix()).await?;
    let maker = Maker::new(cx, &desk, words, options);
    let (mut past, mut notes, mut urgent) = (Vec::new(), Vec::new(), Vec::new());
    for record in &records {
        let reference = format!("{}{}", words.prefix(), record.number);
        if known.contains(&reference) {
            report.known += 1;
            continue;
        }
        match maker.make(record, reference, &mut report.changed) {
            Err(why) => report.refused.push(why),
            Ok(made) => {
                report.new += 1;
                report.events += 1 + made.past.changes.len() + made.notes.len();
                report.contacts += usize::from(made.past.signal.reporter.is_some());
                *report.categories.entry(made.past.signal.category.clone()).or_default() += 1;
                *report.states.entry(made.last.as_str()).or_default() += 1;
                let id = made.past.signal.id;
                notes.extend(made.notes.into_iter().map(|(at, note)| (id, at, note)));
                urgent.extend((made.urgency != signals::Urgency::Normal).then_some((id, made.urgency)));
                past.push(made.past);
            }
        }
    }
    if !apply {
        return Ok(report);
    }
    if !report.refused.is_empty() && !options.skip {
        return Err(Stop::Rows(Box::new(report)));
    }
    for reporter in past.iter().filter_map(|p| p.signal.reporter.as_ref()) {
        touched(cx, &mut tx, &permit, Some(reporter)).await?;
    }
    seed::write(&mut tx, &permit, &desk, &[], past).await?;
    store::add_notes(&mut tx, &permit, notes).await?;
    for (id, urgency) in urgent {
        store::set_urgency(&mut tx, &permit, id, urgency).await?;
    }
    written(cx, &mut tx, &permit, files, &report).await?;
    tx.commit().await?;
    if report.new > 0 {
        intake::settle(cx.db()).await?;
    }
    report.applied = true;
    Ok(report)
}

/// The audit entry of the whole set, and the request for a new picture.
async fn written(
    cx: &Cx,
    tx: &mut Tx,
    permit: &policy::Permit,
    files: &[File],
    report: &Report,
) -> Result<(), kit::DbError> {
    let hash = files.iter().fold(Sha256::new(), |hash, file| hash.chain_update(&file.bytes)).finalize();
    let detail = json!({
        "origin": "signalen",
        "files": files.iter().map(|f| &f.name).collect::<Vec<_>>(),
        "rows": report.read,
        "new": report.new,
        "known": report.known,
        "rejected": report.refused.len(),
        "contacts": report.contacts,
    });
    audit::record(tx, &cx.deed(), permit.action(), "file", &hex::encode(hash), &detail).await?;
    if report.new > 0 {
        jobs::enqueue(tx, cx.code(), PICTURE_JOB, &json!({}), Some("picture"), cx.now).await?;
    }
    Ok(())
}

/// The same for the terminal: every file of a folder, in the name of the administrator. The report is one line per
/// fact; refused rows follow, each with file, line and reason.
///
/// # Errors
/// In words for the terminal.
pub async fn from_folder(
    app: &Shared,
    municipality: &str,
    folder: &Path,
    options: &Options,
    apply: bool,
) -> anyhow::Result<String> {
    let municipality = app.municipality(municipality)?;
    let mut cx = Cx::system(app, &municipality, "import:signals");
    cx.actor.role = Some(policy::Role::Administrator);
    cx.words = app.library.words("en", municipality.zone.clone());
    municipality.get::<areas::Atlas>().reload(&mut cx.read().await?, cx.code()).await?;
    if let Some(fallback) = &options.fallback {
        anyhow::ensure!(
            municipality.get::<signals::Catalogue>().get(fallback).is_some(),
            "there is no category `{fallback}` in categories.toml"
        );
    }
    let mut files = Vec::new();
    let mut names: Vec<_> = std::fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()?;
    names.sort_by_key(std::fs::DirEntry::file_name);
    for entry in names.into_iter().filter(|e| e.path().is_file()) {
        let name = entry.file_name().to_string_lossy().into_owned();
        files.push(File { name, bytes: std::fs::read(entry.path())? });
    }
    let tell = |wrong: &[Wrong]| {
        let line = |w: &Wrong| format!("{}:{}: {} {}\n", w.file, w.line, w.number, w.sentence(&cx.words));
        wrong.iter().map(line).collect::<String>()
    };
    match run(&cx, &files, options, apply).await {
        Ok(report) => Ok(format!("{}{}{}", report.line(), tell(&report.changed), tell(&report.refused))),
        Err(Stop::Files(wrong)) => anyhow::bail!("nothing was imported\n{}", tell(&wrong)),
        Err(Stop::Rows(report)) => {
            anyhow::bail!("nothing was imported: {}{}", report.line(), tell(&report.refused))
        }
        Err(Stop::Fault(fault)) => Err(fault.into()),
    }
}

impl Report {
    /// The counts in one line, for the terminal.
    #[must_use]
    pub fn line(&self) -> String {
        format!(
            "{} reports read: {} new, {} known, {} refused; {} lines of history, {} reporters\n",
            self.read,
            self.new,
            self.known,
            self.refused.len(),
            self.events,
            self.contacts
        )
    }
}
