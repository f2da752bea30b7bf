//! Import of signals from a file of another system: point events of the police, an export of an older
//! reporting system, notices of a partner.
//!
//! A reader thread parses, checks and prepares; the writer takes its batches and commits some thousands of
//! rows at a time, so that a million rows need no more memory than ten thousand, and other writers get a turn.
//! Invariant: a row is either a signal or a line in the reject file with its reason, never neither.
//! Invariant: a row that was imported before (source, origin and id) is left as it is.

mod mapping;
mod row;
mod source;
mod time;

use crate::category::Catalogue;
use crate::intake::{self, Desk, Prepared};
use areas::Atlas;
use csv::ByteRecord;
use kit::config::ConfigError;
use kit::{DbError, Fault, audit, jobs};
use mapping::Plan;
use policy::{Permit, Resource, Role};
use row::{Maker, Places};
use site::{Cx, Shared};
use source::{Next, Records};
use std::collections::BTreeSet;
use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;
use tokio::sync::mpsc;

pub use mapping::{Columns, Crs, Encoding, FileRule, Mapping, Missing, PlaceRule, TimeRule};

/// Rows that go from the reader to the writer at once.
const BATCH: usize = 2_000;
/// Batches that may wait for the writer.
const WAITING: usize = 4;
/// Rows of one transaction: long enough to be fast, short enough to let others write.
const COMMIT: usize = 20_000;
/// The job that makes the picture again; the crate `insight` does it.
const PICTURE_JOB: &str = "picture-refresh";

/// What became of a file.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Counts {
    /// Records in the file.
    pub rows: u64,
    /// New signals.
    pub new: u64,
    /// Records whose id was known, from an earlier import or from earlier in the file.
    pub known: u64,
    /// Records in the reject file.
    pub rejected: u64,
    /// How long it took, in seconds.
    pub seconds: f64,
}

impl std::fmt::Display for Counts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "{} rows: {} new, {} known, {} rejected; {:.1} s",
            self.rows, self.new, self.known, self.rejected, self.seconds
        )
    }
}

/// Somebody who watches an import.
pub trait Progress: Send + Sync {
    /// `rows` were written; `bytes` of the file's `of` were read.
    fn at(&self, rows: u64, bytes: u64, of: u64);
}

/// Nobody watches.
impl Progress for () {
    fn at(&self, _rows: u64, _bytes: u64, _of: u64) {}
}

/// Why an import did not end well; the text is for the administrator's terminal and says what to do.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The mapping is wrong.
    #[error("mapping: {0}")]
    Mapping(String),
    /// The mapping file cannot be read.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The file cannot be read.
    #[error("{file} cannot be read: {why}")]
    Unreadable {
        /// Path.
        file: String,
        /// The system's words.
        why: String,
    },
    /// The file is no CSV file.
    #[error("{file} cannot be imported: {why}")]
    Unfit {
        /// Path.
        file: String,
        /// What it is, and what to do.
        why: String,
    },
    /// The reject file cannot be written.
    #[error("the reject file {file} cannot be written: {why}")]
    Rejects {
        /// Path.
        file: String,
        /// The system's words.
        why: String,
    },
    /// Columns have the same name.
    #[error("{file}: columns occur more than once: {}. Give each column a name of its own", names.join(", "))]
    Doubled {
        /// Path.
        file: String,
        /// The names.
        names: Vec<String>,
    },
    /// The mapping names columns that the file does not have.
    #[error("{file}: no column {}; columns found: {}. Correct [columns] in the mapping{}", missing.join(", "),
        found.join(", "), if found.len() == 1 { ", and `delimiter` under [file]" } else { "" })]
    Columns {
        /// Path.
        file: String,
        /// Names in the mapping.
        missing: Vec<String>,
        /// Names in the file.
        found: Vec<String>,
    },
    /// Signals need areas to lie in.
    #[error("municipality {0} has no areas yet. Import its boundary file first")]
    NoAreas(String),
    /// The file ends in the middle; what came before is kept.
    #[error(
        "{file} stops at line {line}: {why}. What came before is kept ({counts}). \
        Get the whole file and import it: rows that are known are left as they are"
    )]
    Stopped {
        /// Path.
        file: String,
        /// Line of the file from which nothing could be read.
        line: u64,
        /// What is wrong there.
        why: String,
        /// What was done.
        counts: Counts,
    },
    /// The municipality is not configured here, or the policy refuses.
    #[error("{0}. Check `municipality` in the mapping, and regie.toml")]
    Fault(#[from] Fault),
    /// The database refused. What was committed before is kept; a second run goes on.
    #[error("{0}. Import the file again: rows that are known are left as they are")]
    Db(#[from] DbError),
}

/// Imports `file` as `mapping` says; refused rows go to `rejects`, which is written anew and can be
/// imported itself once it is corrected.
///
/// # Errors
/// See [`ImportError`]; only [`ImportError::Stopped`] and [`ImportError::Db`] leave rows behind.
pub async fn run(
    app: &Shared,
    mapping: &Mapping,
    file: &Path,
    rejects: &Path,
    progress: &dyn Progress,
) -> Result<Counts, ImportError> {
    let start = Instant::now();
    let municipality = app.municipality(&mapping.municipality)?;
    let mut cx = Cx::system(app, &municipality, "import:signals");
    cx.actor.role = Some(Role::Administrator);
    let permit = cx.permit("signal:import", &Resource::ordinary("signal", cx.code()))?;
    let plan = mapping.plan(&municipality.get::<Catalogue>()).map_err(ImportError::Mapping)?;
    municipality.get::<Atlas>().reload(&mut cx.read().await?, cx.code()).await?;
    let desk = Desk::of(&municipality);
    if desk.sheet.areas.is_empty() {
        return Err(ImportError::NoAreas(cx.code().to_owned()));
    }
    let bytes = Arc::new(AtomicU64::new(0));
    let reading = Reading {
        file: file.to_owned(),
        rejects: rejects.to_owned(),
        desk,
        plan,
        mapping: mapping.clone(),
        cx: cx.clone(),
        bytes: bytes.clone(),
    };
    let (send, receive) = mpsc::channel(WAITING);
    let reader = tokio::task::spawn_blocking(move || reading.read(&send));
    let mut writer = Writer { cx: &cx, permit: &permit, tx: None, pending: 0, counts: Counts::default() };
    let of = std::fs::metadata(file).map_or(0, |m| m.len());
    let written = writer.take(receive, |rows| progress.at(rows, bytes.load(Ordering::Relaxed), of)).await;
    let read = reader.await.map_err(|e| ImportError::Db(DbError::Config(e.to_string())))?;
    written?;
    let end = read?;
    let counts = writer.finish(file, &end, mapping, start).await?;
    match end.stopped {
        None => Ok(counts),
        Some((line, why)) => Err(ImportError::Stopped { file: file.display().to_string(), line, why, counts }),
    }
}

/// What the reader sends.
struct Batch {
    rows: Vec<Prepared>,
    seen: u64,
    rejected: u64,
}

/// How the file ended.
struct End {
    sha256: String,
    /// The line from which nothing could be read, and why.
    stopped: Option<(u64, String)>,
}

/// The reader's half.
struct Reading {
    file: PathBuf,
    rejects: PathBuf,
    desk: Desk,
    plan: Plan,
    mapping: Mapping,
    cx: Cx,
    bytes: Arc<AtomicU64>,
}

impl Reading {
    fn read(self, send: &mpsc::Sender<Batch>) -> Result<End, ImportError> {
        let name = || self.file.display().to_string();
        let mut records = Records::open(&self.file, &self.plan, self.bytes.clone())?;
        let sha256 =
            source::digest(&self.file).map_err(|e| ImportError::Unreadable { file: name(), why: e.to_string() })?;
        let mut seen = BTreeSet::new();
        let doubled: BTreeSet<String> =
            records.header.iter().filter(|h| !h.is_empty() && !seen.insert(*h)).cloned().collect();
        if !doubled.is_empty() {
            return Err(ImportError::Doubled { file: name(), names: doubled.into_iter().collect() });
        }
        let places = Places::find(&self.mapping.columns, &records.header).map_err(|missing| ImportError::Columns {
            file: name(),
            missing,
            found: records.header.clone(),
        })?;
        let mut rejects = Rejects::create(&self.rejects, &self.file, &self.plan, &records.raw_header)?;
        let words = self.cx.app.library.words("en", self.cx.municipality.zone.clone());
        let fields = records.header.len();
        let maker = Maker::new(self.desk.clone(), self.plan.clone(), &self.mapping, places, fields, self.cx.now, words);

        let mut batch = Batch { rows: Vec::with_capacity(BATCH), seen: 0, rejected: 0 };
        let (mut current, mut following) = (ByteRecord::new(), ByteRecord::new());
        let mut stopped = None;
        let mut next = records.next(&mut current);
        while matches!(next, Next::Record) {
            next = records.next(&mut following);
            let line = current.position().map_or(0, csv::Position::line);
            let cut = matches!(next, Next::End) && records.is_cut_off(&current);
            let made =
                if cut { Err("the file ends in the middle of this record".to_owned()) } else { maker.make(&current) };
            batch.seen += 1;
            match made {
                Ok(new) => batch.rows.push(maker.desk.prepare(new)),
                Err(why) => {
                    batch.rejected += 1;
                    rejects.put(line, &why, &current)?;
                }
            }
            if cut {
                stopped = Some((line, "the last record is cut off".to_owned()));
            }
            if batch.rows.len() == BATCH {
                let full = Batch { rows: Vec::with_capacity(BATCH), seen: 0, rejected: 0 };
                if send.blocking_send(std::mem::replace(&mut batch, full)).is_err() {
                    break; // the writer failed, and says why
                }
            }
            std::mem::swap(&mut current, &mut following);
        }
        if let Next::Broken(why) = next {
            stopped = Some((records.line(), why));
        }
        rejects.close()?;
        let _ = send.blocking_send(batch);
        Ok(End { sha256, stopped })
    }
}

/// The reject file: the file's own columns after the line and the reason, in its own delimiter and encoding.
struct Rejects {
    path: PathBuf,
    writer: csv::Writer<BufWriter<File>>,
    encoding: Encoding,
}

impl Rejects {
    fn create(path: &Path, file: &Path, plan: &Plan, header: &ByteRecord) -> Result<Self, ImportError> {
        let fault = |why: String| ImportError::Rejects { file: path.display().to_string(), why };
        let same = path.canonicalize().is_ok_and(|p| file.canonicalize().is_ok_and(|f| p == f));
        if same {
            return Err(fault("it is the file itself; choose another name".to_owned()));
        }
        let out = File::create(path).map_err(|e| fault(e.to_string()))?;
        let writer =
            csv::WriterBuilder::new().delimiter(plan.delimiter).flexible(true).from_writer(BufWriter::new(out));
        let mut rejects = Self { path: path.to_owned(), writer, encoding: plan.encoding };
        rejects.write(b"line", b"reason", header)?;
        Ok(rejects)
    }

    fn put(&mut self, line: u64, why: &str, record: &ByteRecord) -> Result<(), ImportError> {
        self.write(line.to_string().as_bytes(), &source::encode(why, self.encoding), record)
    }

    fn write(&mut self, line: &[u8], why: &[u8], record: &ByteRecord) -> Result<(), ImportError> {
        let fields = [line, why].into_iter().chain(record.iter());
        self.writer.write_record(fields).map_err(|e| self.fault(&e.to_string()))
    }

    fn close(mut self) -> Result<(), ImportError> {
        self.writer.flush().map_err(|e| self.fault(&e.to_string()))
    }

    fn fault(&self, why: &str) -> ImportError {
        ImportError::Rejects { file: self.path.display().to_string(), why: why.to_owned() }
    }
}

/// The writer's half.
struct Writer<'a> {
    cx: &'a Cx,
    permit: &'a Permit,
    tx: Option<kit::Tx>,
    pending: usize,
    counts: Counts,
}

impl Writer<'_> {
    /// Writes batches until the reader stops.
    async fn take(&mut self, mut batches: mpsc::Receiver<Batch>, watch: impl Fn(u64)) -> Result<(), ImportError> {
        while let Some(batch) = batches.recv().await {
            let prepared = batch.rows.len();
            let mut tx = match self.tx.take() {
                Some(tx) => tx,
                None => self.cx.app.main.write().await?,
            };
            let new = intake::insert_many(&mut tx, self.permit, batch.rows).await?;
            self.counts.rows += batch.seen;
            self.counts.rejected += batch.rejected;
            self.counts.new += new;
            self.counts.known += (prepared as u64).saturating_sub(new);
            self.pending += prepared;
            if self.pending >= COMMIT {
                tx.commit().await?;
                self.pending = 0;
            } else {
                self.tx = Some(tx);
            }
            watch(self.counts.rows);
        }
        Ok(())
    }

    /// Commits what is left, with the one audit entry of the file and the request for a new picture.
    async fn finish(
        &mut self,
        file: &Path,
        end: &End,
        mapping: &Mapping,
        start: Instant,
    ) -> Result<Counts, ImportError> {
        let mut tx = match self.tx.take() {
            Some(tx) => tx,
            None => self.cx.app.main.write().await?,
        };
        let detail = serde_json::json!({
            "file": file.file_name().map(|n| n.to_string_lossy()),
            "source": mapping.source,
            "origin": mapping.origin,
            "rows": self.counts.rows,
            "new": self.counts.new,
            "known": self.counts.known,
            "rejected": self.counts.rejected,
            "whole": end.stopped.is_none(),
        });
        audit::record(&mut tx, &self.cx.deed(), self.permit.action(), "file", &end.sha256, &detail).await?;
        if self.counts.new > 0 {
            let nothing = serde_json::json!({});
            jobs::enqueue(&mut tx, self.cx.code(), PICTURE_JOB, &nothing, Some("picture"), self.cx.now).await?;
        }
        tx.commit().await?;
        if self.counts.new > 0 {
            intake::settle(self.cx.db()).await?;
        }
        self.counts.seconds = start.elapsed().as_secs_f64();
        Ok(self.counts)
    }
}

#[cfg(test)]
mod tests;
