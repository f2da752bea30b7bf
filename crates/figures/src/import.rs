//! A file of figures comes in: kept as it came, read, compared with what is known (the dry run), and used when somebody
//! says so. What a file changes is changed in one transaction or not at all.
//!
//! Invariant: the same bytes for the same dataset are one file; using it twice changes nothing.
//! Invariant: the newest file wins, and what stood there before can still be read.

use crate::config::{Dataset, FiguresConfig};
use crate::model::{Name, NameKind, Observation, Period, Said};
use crate::report::{Change, MOST_CHANGES, Moved, Report};
use crate::settle::{Settled, settle};
use crate::source::{self, Around, Raw};
use crate::store::{self, CellRow, FileRow};
use areas::{Atlas, Figure};
use flate2::Compression;
use flate2::write::GzEncoder;
use kit::{Fault, Tx, Uuid, audit, text_enum};
use policy::{Permit, Resource};
use sha2::{Digest as _, Sha256};
use site::Cx;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::io::Write as _;
use std::sync::Arc;

text_enum! {
    /// What became of a file.
    pub enum FileState {
        /// It was read, and waits for somebody to use it.
        Checked = "checked",
        /// It could not be read; nothing of it is used.
        Stopped = "stopped",
        /// Its figures are in use, as far as no newer file has others.
        Applied = "applied",
    }
}

/// A file as it comes in.
#[derive(Clone, Debug)]
pub struct Incoming {
    /// Its id, made by whoever sends it.
    pub id: Uuid,
    /// The dataset that it is for.
    pub dataset: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Its name.
    pub name: String,
    /// Its media type.
    pub media_type: String,
    /// The address that it came from; empty for an upload.
    pub origin: String,
    /// The server's mark.
    pub etag: String,
    /// When the server says that it changed.
    pub modified: String,
    /// Reference date of the figures (`2025-12-15`); empty when nobody says.
    pub reference: String,
    /// The period of all its figures, for files that do not say it.
    pub stated: Option<Period>,
}

/// What became of a file that came in.
#[derive(Clone, Debug)]
pub struct Received {
    /// Its id: of the file that is known, when these bytes came before.
    pub id: Uuid,
    /// Whether these bytes were used before: nothing changed.
    pub known: bool,
    /// Its row report.
    pub report: Report,
}

fn permit(cx: &Cx) -> Result<Permit, Fault> {
    cx.permit("figure:import", &Resource::open("figure", cx.code()))
}

/// The dataset with this id.
///
/// # Errors
/// [`Fault::NotFound`] when the configuration has none.
pub fn dataset(cx: &Cx, id: &str) -> Result<(Arc<FiguresConfig>, Dataset), Fault> {
    let config = cx.municipality.get::<FiguresConfig>();
    let dataset = config.dataset(id).cloned().ok_or(Fault::NotFound)?;
    Ok((config, dataset))
}

/// Keeps a file and reads it against what is known: nothing of its figures is used yet.
///
/// # Errors
/// When the policy or the database refuses, or the file is too large.
pub async fn receive(cx: &Cx, incoming: Incoming) -> Result<Received, Fault> {
    let permit = permit(cx)?;
    let (config, dataset) = dataset(cx, &incoming.dataset)?;
    if incoming.bytes.len() > config.import.most_megabytes * 1_000_000 {
        return Err(Fault::TooLarge(config.import.most_megabytes as u64));
    }
    let sha256 = hex::encode(Sha256::digest(&incoming.bytes));
    let packed = pack(&incoming.bytes)?;
    let read = parse(cx, &dataset, incoming.bytes.clone(), &incoming.name, incoming.stated).await?;
    // compared while others may write: the report is made anew when the file is used
    let mut tx = cx.read().await?;
    let known = store::same_file(&mut tx, &permit, &dataset.id, &sha256).await?;
    if let Some(known) = known.as_ref().filter(|k| k.state == FileState::Applied) {
        return Ok(Received { id: known.id, known: true, report: report_of(known) });
    }
    let mut id = known.map_or(incoming.id, |k| k.id);
    let (report, state, reference) = match read {
        Ok(read) => {
            let report = merge(&mut tx, cx, &permit, &dataset, read.settled, id, false).await?;
            (report, FileState::Checked, read.reference)
        }
        Err(stop) => (Report::stop(stop), FileState::Stopped, String::new()),
    };
    drop(tx);
    let mut tx = cx.write().await?;
    if let Some(known) = store::same_file(&mut tx, &permit, &dataset.id, &sha256).await? {
        id = known.id;
        if known.state == FileState::Applied {
            return Ok(Received { id, known: true, report: report_of(&known) });
        }
    } else {
        // the form of another file, sent again with this one
        if store::file(&mut tx, &permit, id).await?.is_some() {
            id = cx.app.clock.id();
        }
        let incoming = Incoming { id, ..incoming };
        let found = (sha256.as_str(), packed, cx.actor.account, cx.now);
        store::add_file(&mut tx, &permit, &incoming, (&dataset.publisher, &dataset.licence), found).await?;
        let detail = serde_json::json!({ "dataset": dataset.id, "name": incoming.name, "sha256": sha256,
            "origin": incoming.origin, "bytes": incoming.bytes.len() });
        audit::record(&mut tx, &cx.deed(), permit.action(), "figure-file", &id.to_string(), &detail).await?;
    }
    store::set_file(&mut tx, &permit, id, state, &json(&report)?, None, &reference).await?;
    tx.commit().await?;
    Ok(Received { id, known: false, report })
}

/// Uses a file that was read: its figures, names and revisions are written in one transaction.
/// A file that is in use already changes nothing.
///
/// # Errors
/// [`Fault::Rule`] when it could not be read, or when codes moved and nobody said that they looked (`accept_moved`).
pub async fn apply(cx: &Cx, id: Uuid, accept_moved: bool) -> Result<Report, Fault> {
    let permit = permit(cx)?;
    let mut tx = cx.read().await?;
    let file = store::file(&mut tx, &permit, id).await?.ok_or(Fault::NotFound)?;
    if file.state == FileState::Applied {
        return Ok(report_of(&file));
    }
    let (config, dataset) = dataset(cx, &file.dataset)?;
    let packed = store::packed(&mut tx, &permit, id).await?.ok_or(Fault::NotFound)?;
    drop(tx);
    // gzip adds nothing to the limit that the file passed when it came
    let most = config.import.most_megabytes * 1_000_000;
    let bytes = source::gunzip(&packed, most).map_err(|s| Fault::Internal(format!("kept file {id}: {}", s.key)))?;
    let stated = Period::parse(&file.stated);
    let read = parse(cx, &dataset, bytes, &file.name, stated).await?;
    let read = read.map_err(|_| Fault::Rule { key: "figures-rule-stopped", values: vec![] })?;
    let mut tx = cx.write().await?;
    let now = store::file(&mut tx, &permit, id).await?.ok_or(Fault::NotFound)?;
    if now.state == FileState::Applied {
        return Ok(report_of(&now));
    }
    let report = merge(&mut tx, cx, &permit, &dataset, read.settled, id, true).await?;
    if report.holds() && !accept_moved {
        return Err(Fault::Rule { key: "figures-rule-moved", values: vec![] });
    }
    store::set_file(&mut tx, &permit, id, FileState::Applied, &json(&report)?, Some(cx.now), &read.reference).await?;
    store::sum_up(&mut tx, &permit, &dataset.id, id, cx.now).await?;
    let detail = serde_json::json!({ "dataset": dataset.id, "sha256": file.sha256, "used": true, "new": report.new,
        "changed": report.changed, "refused": report.refused });
    audit::record(&mut tx, &cx.deed(), permit.action(), "figure-file", &id.to_string(), &detail).await?;
    tx.commit().await?;
    Ok(report)
}

/// Throws away a file that was never used, with its bytes.
///
/// # Errors
/// [`Fault::Rule`] when its figures are in use.
pub async fn discard(cx: &Cx, id: Uuid) -> Result<(), Fault> {
    let permit = permit(cx)?;
    let mut tx = cx.write().await?;
    let Some(file) = store::file(&mut tx, &permit, id).await? else { return Ok(()) };
    if !store::drop_file(&mut tx, &permit, id).await? {
        return Err(Fault::Rule { key: "figures-rule-used", values: vec![] });
    }
    let detail = serde_json::json!({ "dataset": file.dataset, "sha256": file.sha256, "thrown_away": true });
    audit::record(&mut tx, &cx.deed(), permit.action(), "figure-file", &id.to_string(), &detail).await?;
    Ok(tx.commit().await?)
}

/// The row report that a file carries.
#[must_use]
pub fn report_of(file: &FileRow) -> Report {
    serde_json::from_str(&file.report).unwrap_or_default()
}

fn json(report: &Report) -> Result<String, Fault> {
    serde_json::to_string(report).map_err(|e| Fault::Internal(e.to_string()))
}

fn pack(bytes: &[u8]) -> Result<Vec<u8>, Fault> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    let packed = encoder.write_all(bytes).and_then(|()| encoder.finish());
    packed.map_err(|e| Fault::Internal(e.to_string()))
}

struct Read {
    settled: Settled,
    reference: String,
}

/// Reads the file beside the server's own threads: a large one takes seconds.
async fn parse(
    cx: &Cx,
    dataset: &Dataset,
    bytes: Vec<u8>,
    name: &str,
    stated: Option<Period>,
) -> Result<Result<Read, Said>, Fault> {
    let (dataset, name, municipality) = (dataset.clone(), name.to_owned(), cx.code().to_owned());
    let sheet = cx.municipality.get::<Atlas>().sheet();
    let today = cx.now.local(&cx.municipality.zone).date();
    let most_bytes = cx.municipality.get::<FiguresConfig>().import.most_megabytes * 4_000_000;
    let work = move || {
        let around =
            Around { dataset: &dataset, municipality: &municipality, sheet: &sheet, today, stated, most_bytes };
        let parsed = source::read(Raw { bytes: &bytes, name: &name }, &around)?;
        let reference = parsed.reference.clone().unwrap_or_default();
        Ok(Read { settled: settle(parsed, &around), reference })
    };
    tokio::task::spawn_blocking(work).await.map_err(|e| Fault::Internal(e.to_string()))
}

/// Compares a file with what is known and, when `write`, puts it in its place.
async fn merge(
    tx: &mut Tx,
    cx: &Cx,
    permit: &Permit,
    dataset: &Dataset,
    settled: Settled,
    file: Uuid,
    write: bool,
) -> Result<Report, Fault> {
    let mut report = settled.report.clone();
    let areas: HashSet<&str> = settled.observations.iter().map(|o| o.key.area.as_str()).collect();
    let periods: HashSet<Period> = settled.observations.iter().map(|o| o.key.period).collect();
    let same = |a: &Observation, b: &Observation| a.key.measure == b.key.measure && a.key.category == b.key.category;
    for series in settled.observations.chunk_by(same) {
        let Some(first) = series.first() else { continue };
        let of = (first.key.measure.as_str(), first.key.category.as_str());
        let known = store::cells(tx, permit.municipality(), &dataset.id, of).await?;
        let step = compare(series, known, dataset, (&areas, &periods), &mut report);
        if write {
            store::keep_revisions(tx, permit, &dataset.id, file, cx.now, &step.before).await?;
            let put: Vec<&Observation> = step.put.into_iter().chain(&step.now_zero).collect();
            store::put(tx, permit, &dataset.id, file, cx.now, &put).await?;
        }
    }
    let known = store::names(tx, permit.municipality(), &dataset.id).await?;
    let names = all_names(cx, &settled, &known, &mut report);
    let put = compare_names(&names, &known, &settled, dataset, &mut report);
    if write {
        store::put_names(tx, permit, &dataset.id, file, &put).await?;
    }
    Ok(report)
}

/// What one series of a file changes.
struct Step<'a> {
    put: Vec<&'a Observation>,
    now_zero: Vec<Observation>,
    before: Vec<(crate::model::Key, CellRow)>,
}

fn compare<'a>(
    series: &'a [Observation],
    known: Vec<CellRow>,
    dataset: &Dataset,
    (areas, periods): (&HashSet<&str>, &HashSet<Period>),
    report: &mut Report,
) -> Step<'a> {
    let mut step = Step { put: vec![], now_zero: vec![], before: vec![] };
    let mut known: HashMap<(String, Period), CellRow> =
        known.into_iter().map(|c| ((c.area.clone(), Period::stored(c.period_kind, &c.period)), c)).collect();
    for o in series {
        let Some(was) = known.remove(&(o.key.area.clone(), o.key.period)) else {
            report.new += 1;
            step.put.push(o);
            continue;
        };
        let now = (o.figure.kind(), o.figure.number(), o.low, o.high, o.n);
        if now != (was.status.as_str(), was.value, was.low, was.high, was.n) {
            write_down(report, o, &was);
            step.before.push((o.key.clone(), was));
            step.put.push(o);
        } else if o.preliminary != was.is_preliminary {
            report.confirmed += 1;
            step.put.push(o);
        } else {
            report.same += 1;
        }
    }
    let Some(first) = series.first() else { return step };
    let mut left: Vec<_> =
        known.into_iter().filter(|((a, p), _)| areas.contains(a.as_str()) && periods.contains(p)).collect();
    left.sort_by(|a, b| a.0.cmp(&b.0));
    for ((area, period), was) in left {
        if !dataset.absent_is_zero {
            report.gone += 1;
        } else if was.value != Some(0.0) {
            let key = crate::model::Key { area, period, ..first.key.clone() };
            let zero = Observation::plain(key.clone(), Figure::Value(0.0), 0);
            write_down(report, &zero, &was);
            step.before.push((key, was));
            step.now_zero.push(zero);
        }
    }
    step
}

fn write_down(report: &mut Report, o: &Observation, was: &CellRow) {
    report.changed += 1;
    if report.changes.len() < MOST_CHANGES {
        report.changes.push(Change {
            measure: o.key.measure.clone(),
            category: o.key.category.clone(),
            area: o.key.area.clone(),
            period: o.key.period.code(),
            was: (was.status.clone(), was.value),
            becomes: (o.figure.kind().to_owned(), o.figure.number()),
        });
    }
}

/// The names of the file, and for codes without one what the map says, or the code itself.
fn all_names(cx: &Cx, settled: &Settled, known: &[store::NameRow], report: &mut Report) -> Vec<Name> {
    let mut names = settled.names.clone();
    let mut have: HashSet<(NameKind, String)> = names.iter().map(|n| (n.kind, n.code.clone())).collect();
    have.extend(known.iter().map(|n| (n.kind, n.code.clone())));
    let sheet = cx.municipality.get::<Atlas>().sheet();
    let mut unknown = BTreeSet::new();
    for o in &settled.observations {
        for (kind, code) in
            [(NameKind::Measure, &o.key.measure), (NameKind::Category, &o.key.category), (NameKind::Area, &o.key.area)]
        {
            if code.is_empty() || have.contains(&(kind, code.clone())) {
                continue;
            }
            let title = if kind == NameKind::Area { sheet.name(code) } else { code.as_str() };
            names.push(Name::new(kind, code, title));
            have.insert((kind, code.clone()));
            if kind == NameKind::Category {
                unknown.insert(code.clone());
            }
        }
    }
    report.unknown_categories = unknown.into_iter().collect();
    names
}

/// What of the names is new or other than before, with its place in the list and whether it is a total.
fn compare_names<'a>(
    names: &'a [Name],
    known: &[store::NameRow],
    settled: &Settled,
    dataset: &Dataset,
    report: &mut Report,
) -> Vec<(usize, &'a Name, bool)> {
    let before: BTreeMap<(NameKind, &str), &store::NameRow> =
        known.iter().map(|n| ((n.kind, n.code.as_str()), n)).collect();
    let mut put = Vec::new();
    for (position, name) in names.iter().enumerate() {
        let is_total = name.kind == NameKind::Category && dataset.totals.contains(&name.code);
        match before.get(&(name.kind, name.code.as_str())) {
            None => report.names_new += 1,
            Some(was) if was.title != name.title && was.title != was.code && name.kind == NameKind::Category => {
                report.moved.push(Moved {
                    code: name.code.clone(),
                    was: was.title.clone(),
                    becomes: name.title.clone(),
                });
            }
            Some(was) if (&was.title, &was.body, &was.unit) != (&name.title, &name.text, &name.unit) => {
                report.names_changed += 1;
            }
            Some(_) => continue,
        }
        put.push((position, name, is_total));
    }
    if settled.listed.contains(&NameKind::Category) {
        let listed: HashSet<&str> =
            settled.names.iter().filter(|n| n.kind == NameKind::Category).map(|n| n.code.as_str()).collect();
        let gone = known.iter().filter(|n| n.kind == NameKind::Category && !listed.contains(n.code.as_str()));
        let gone: Vec<&str> = gone.map(|n| n.code.as_str()).collect();
        if !gone.is_empty() {
            report.note(Said::new("figures-note-codes-gone", [("codes", gone.join(", "))]));
        }
    }
    put
}
