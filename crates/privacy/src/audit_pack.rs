//! The yearly internal audit set of the Wpg (art. 33; Regeling periodieke audit politiegegevens): one CSV file per
//! subject, a summary as PDF, and a manifest with the SHA-256 of each file.
//!
//! Only `main` and the vault of Wpg data are read. Nothing of the content of a record is in the set: who, when, why and
//! how much.

mod csv;
mod store;
mod subjects;
#[cfg(test)]
mod tests;

use crate::registers::PrivacyConfig;
use anyhow::Context as _;
use jiff::civil::date;
use kit::{AnyVault, At, Db, Municipality, Words, audit};
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use site::{Cx, Shared};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The layout of the summary (Typst). Reads a [`Summary`] as JSON from `/data.json`.
const TEMPLATE: &str = include_str!("audit_pack/summary.typ");
/// The vault of Wpg data.
const VAULT: &str = "wpg";

/// A year of a municipality, with what is read.
struct Year<'a> {
    app: &'a Shared,
    municipality: &'a Municipality,
    words: Words,
    wpg: Db<AnyVault>,
    from: At,
    to: At,
}

/// A table of the set.
struct Table {
    /// Name of the file without its ending; the locale keys of its title and text end with it.
    name: &'static str,
    /// Names of the columns.
    head: &'static [&'static str],
    rows: Vec<Vec<String>>,
    /// A line that needs attention: how many, said by `auditpack-note-<name>`.
    notable: usize,
}

/// The summary, as printed.
#[derive(Serialize)]
struct Summary {
    language: String,
    title: String,
    lead: Vec<String>,
    facts: Vec<(String, String)>,
    head: [String; 3],
    tables: Vec<Line>,
    notes_title: String,
    notes: Vec<String>,
    page: String,
}

/// One table in the summary.
#[derive(Serialize)]
struct Line {
    title: String,
    text: String,
    file: String,
    rows: String,
}

#[derive(Serialize)]
struct Manifest<'a> {
    municipality: &'a str,
    year: i16,
    made_at: String,
    program: &'static str,
    files: Vec<Listed>,
}

#[derive(Serialize)]
struct Listed {
    name: String,
    bytes: usize,
    rows: Option<usize>,
    sha256: String,
}

/// Writes the audit set of `municipality` and `year` into the folder `out`, which is made when it is not there, and
/// writes in both audit trails that it was made. Gives the files, the manifest last.
///
/// # Errors
/// In words for the terminal: the year has not begun, the Wpg vault is not open, a file exists, or the database or the
/// layout refuses.
pub async fn write(
    app: &Shared,
    municipality: &Arc<Municipality>,
    year: i16,
    out: &Path,
) -> anyhow::Result<Vec<PathBuf>> {
    let now = app.clock.now();
    let start = |year: i16| -> anyhow::Result<At> {
        Ok(At(date(year.clamp(1900, 9998), 1, 1).to_zoned(municipality.zone.clone())?.timestamp()))
    };
    let (from, to) = (start(year)?, start(year.saturating_add(1))?);
    anyhow::ensure!(from <= now, "{year} has not begun");
    let wpg = app.vaults.get(VAULT).with_context(|| format!("vault `{VAULT}` is not open"))?.clone();
    let language = municipality.file.languages.first().map_or("nl", String::as_str);
    let words = app.library.words(language, municipality.zone.clone());
    let of = Year { app, municipality, words, wpg, from, to };
    let tables = subjects::all(&of).await?;
    std::fs::create_dir_all(out).with_context(|| out.display().to_string())?;
    let mut files: Vec<(String, Vec<u8>, Option<usize>)> = Vec::new();
    for table in &tables {
        files.push((format!("{}.csv", table.name), csv::file(table).into_bytes(), Some(table.rows.len())));
    }
    let summary = summary(&of, &tables, year, now);
    let fonts = document::Fonts::new(app.fonts.clone())?;
    let options = document::Options {
        language: summary.language.clone(),
        title: summary.title.clone(),
        date: now.local(&municipality.zone).date(),
    };
    let data = serde_json::to_value(&summary)?;
    let made = tokio::task::spawn_blocking(move || document::render(TEMPLATE, &data, &options, &fonts)).await??;
    files.push(("summary.pdf".to_owned(), made.pdf, None));
    let manifest = Manifest {
        municipality: municipality.code(),
        year,
        made_at: now.0.to_string(),
        program: concat!("Regie ", env!("CARGO_PKG_VERSION")),
        files: files
            .iter()
            .map(|(name, bytes, rows)| Listed {
                name: name.clone(),
                bytes: bytes.len(),
                rows: *rows,
                sha256: hex::encode(Sha256::digest(bytes)),
            })
            .collect(),
    };
    files.push(("manifest.json".to_owned(), serde_json::to_vec_pretty(&manifest)?, None));
    let mut written = Vec::new();
    for (name, bytes, _) in &files {
        let path = out.join(name);
        anyhow::ensure!(!path.exists(), "{} exists; an audit set is never overwritten", path.display());
        std::fs::write(&path, bytes).with_context(|| path.display().to_string())?;
        written.push(path);
    }
    log(&of, municipality, year).await?;
    Ok(written)
}

/// That the set was made stands in both trails.
async fn log(of: &Year<'_>, municipality: &Arc<Municipality>, year: i16) -> anyhow::Result<()> {
    let cx = Cx::system(of.app, municipality, "audit:read");
    let detail = serde_json::json!({ "set": "wpg-audit", "year": year });
    for db in [of.app.main.any(), of.wpg.clone()] {
        let mut tx = db.write().await?;
        audit::record(&mut tx, &cx.deed_for("accountability"), "audit:read", "audit-set", &year.to_string(), &detail)
            .await?;
        tx.commit().await?;
    }
    Ok(())
}

fn summary(of: &Year<'_>, tables: &[Table], year: i16, now: At) -> Summary {
    let words = &of.words;
    let config = of.municipality.get::<PrivacyConfig>();
    let count = |n: usize| words.whole(i64::try_from(n).unwrap_or(0));
    let lines = tables.iter().map(|table| Line {
        title: words.t(&format!("auditpack-title-{}", table.name)),
        text: words.t(&format!("auditpack-text-{}", table.name)),
        file: format!("{}.csv", table.name),
        rows: count(table.rows.len()),
    });
    let notable = tables.iter().filter(|t| t.notable > 0);
    let mut notes: Vec<String> = notable
        .map(|t| words.tn(&format!("auditpack-note-{}", t.name), i64::try_from(t.notable).unwrap_or(0)))
        .collect();
    if notes.is_empty() {
        notes.push(words.t("auditpack-nothing-notable"));
    }
    // Wpg art. 11 is not open to boas (Bpg art. 2): there is nothing to list, and that is said.
    notes.push(words.t("auditpack-article-11"));
    notes.push(words.t("auditpack-refused"));
    if now < of.to {
        notes.push(words.t("auditpack-unfinished"));
    }
    Summary {
        language: words.language().to_owned(),
        title: words.t1("auditpack-title", "year", &year.to_string()),
        lead: vec![words.t("auditpack-lead"), words.t("auditpack-how")],
        facts: vec![
            (words.t("registers-controller"), config.controller.clone()),
            (words.t("registers-officer"), format!("{}, {}", config.officer.name, config.officer.email)),
            (words.t("auditpack-made"), words.date_time(now)),
            (
                words.t("auditpack-period"),
                format!("{} – {}", words.date(of.from), words.date(At::from_micros(of.to.micros() - 1))),
            ),
        ],
        head: [words.t("auditpack-subject"), words.t("auditpack-file"), words.t("auditpack-rows")],
        tables: lines.collect(),
        notes_title: words.t("auditpack-notes"),
        notes,
        page: words.t("rights-letter-page"),
    }
}
