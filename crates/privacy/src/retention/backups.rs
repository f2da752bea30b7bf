//! Backups: copies in which destroyed data lives on. A copy that is older than the longest term holds only what had to
//! be gone; its file must be destroyed, and somebody confirms that.

use super::overview::tabs;
use super::store::proofs::{self as rows, Backup};
use axum::Form;
use axum::response::Response;
use jiff::civil::Date;
use kit::audit::Deed;
use kit::once::{self, Claim};
use kit::{At, Db, Fault, Main, Trace, Uuid, audit, clock};
use policy::Resource;
use serde::Deserialize;
use site::page::{Link, Page};
use site::{Cx, render, see_other};

/// Most backups on the page.
const MOST: i64 = 1_000;

const HERE: &str = "/retention/backups";

/// Notes in `main` that a backup was made: once for each municipality whose data is in it.
///
/// # Errors
/// When the database refuses; the backup itself is whole.
pub async fn note_backup(
    db: &Db<Main>,
    municipalities: &[String],
    (file, sha256, bytes): (&str, &str, u64),
    now: At,
) -> kit::Result<()> {
    let mut tx = db.write().await?;
    for code in municipalities {
        let id = clock::id_at(now);
        let bytes = i64::try_from(bytes).unwrap_or(i64::MAX);
        let (file, sha256) = (file.to_owned(), sha256.to_owned());
        let detail = serde_json::json!({ "file": file, "sha256": sha256 });
        rows::backup(&mut tx, code, &Backup { id, at: now, file, sha256, bytes, destroyed_at: None }).await?;
        let deed = Deed {
            municipality: code,
            actor: None,
            role: "system",
            at: now,
            purpose: "accountability",
            trace: Trace::start(),
        };
        audit::record(&mut tx, &deed, "backup:make", "backup", &id.to_string(), &detail).await?;
    }
    tx.commit().await
}

#[derive(askama::Template)]
#[template(path = "retention/pages/backups.html")]
struct BackupsPage {
    page: Page,
    tabs: Vec<Link>,
    old: String,
    may_confirm: bool,
    rows: Vec<BackupRow>,
}

struct BackupRow {
    id: Uuid,
    request: Uuid,
    at: String,
    until: String,
    file: String,
    sha256: String,
    size: String,
    state: String,
    tone: &'static str,
    open: bool,
}

/// `GET /retention/backups`: the backups, and which of them must be destroyed.
///
/// # Errors
/// When the policy refuses or the database cannot be read.
pub async fn backups(cx: Cx) -> Result<Response, Fault> {
    let permit = cx.permit("retention:read", &Resource::ordinary("retention", cx.code()))?;
    let mut tx = cx.read().await?;
    let found = rows::backups(&mut tx, permit.municipality(), MOST).await?;
    drop(tx);
    let today = cx.now.local(&cx.municipality.zone).date();
    let rows: Vec<BackupRow> = found.into_iter().map(|backup| row(&cx, backup, today)).collect();
    let old = i64::try_from(rows.iter().filter(|row| row.tone == "late").count()).unwrap_or(0);
    render(&BackupsPage {
        tabs: tabs(&cx, HERE),
        old: if old > 0 { cx.words.tn("retention-backups-old", old) } else { String::new() },
        may_confirm: cx.may("retention:hold"),
        rows,
        page: cx.page("retention-backups-title"),
    })
}

/// The first day on which nothing in a backup of this day may exist any more.
fn last_day(cx: &Cx, made: Date) -> Date {
    let days = cx.app.law.retention.longest(made);
    made.saturating_add(jiff::Span::new().days(i64::from(days)))
}

fn row(cx: &Cx, backup: Backup, today: Date) -> BackupRow {
    let made = backup.at.local(&cx.municipality.zone).date();
    let until = last_day(cx, made);
    let (state, tone) = match backup.destroyed_at {
        Some(at) => (cx.words.t1("retention-backup-gone", "day", &cx.words.date(at)), "off"),
        None if until <= today => (cx.t("retention-backup-late"), "late"),
        None => (cx.t("retention-backup-kept"), "neutral"),
    };
    BackupRow {
        id: backup.id,
        request: cx.app.clock.id(),
        at: cx.words.date_time(backup.at),
        until: cx.words.day(until),
        file: backup.file,
        sha256: backup.sha256,
        size: cx.words.tn("retention-backup-size", backup.bytes.saturating_add(999_999) / 1_000_000),
        state,
        tone,
        open: backup.destroyed_at.is_none(),
    }
}

/// What the button that confirms a destruction sends.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct DestroyedForm {
    request: String,
    backup: String,
}

/// `POST /retention/backups`: somebody confirms that the file of a backup, and every copy of it, was destroyed.
///
/// # Errors
/// When the policy or the database refuses.
pub async fn destroyed(cx: Cx, Form(form): Form<DestroyedForm>) -> Result<Response, Fault> {
    let permit = cx.permit("retention:hold", &Resource::ordinary("retention", cx.code()))?;
    let id = |text: &str| Uuid::try_parse(text).map_err(|_| Fault::Bad("fault-bad-request"));
    let (request, backup) = (id(&form.request)?, id(&form.backup)?);
    let by = permit.actor().ok_or(Fault::SignIn)?;
    let mut tx = cx.write().await?;
    if let Claim::Replay(to) = once::claim(&mut tx, permit.municipality(), request, cx.now, HERE).await? {
        return Ok(see_other(&to));
    }
    if let Some(file) = rows::backup_destroyed(&mut tx, permit.municipality(), backup, (by, cx.now)).await? {
        let detail = serde_json::json!({ "file": file });
        audit::record(&mut tx, &cx.deed(), "backup:destroy", "backup", &backup.to_string(), &detail).await?;
    }
    tx.commit().await?;
    Ok(see_other(HERE))
}
