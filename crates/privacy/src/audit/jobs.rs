//! The jobs of one vault and municipality: the anchor at the end of the day, and the export of the processing log.

use super::Logbook;
use anyhow::Context as _;
use jiff::ToSpan as _;
use kit::clock::day_number;
use kit::jobs::{Job, enqueue};
use kit::{AnyVault, At, Db, Municipality, Trace, Tx, audit, ledger, otlp};
use site::{Cx, Shared};

/// Name of the job that anchors a day.
pub const ANCHOR_DAY: &str = "audit-anchor";
/// Name of the job that exports the processing log.
pub const EXPORT: &str = "ledger-export";

/// Lines in one request to the logbook.
const BATCH: i64 = 500;
/// Requests that one job sends before it lets others go first.
const TURNS: usize = 20;
/// The logbook is looked after again this long after everything was sent.
const AGAIN_MICROS: i64 = 60_000_000;

/// Asks for the end of the day and, where a logbook is configured, for the export, in every vault and for every
/// municipality. Asking twice is harmless.
///
/// # Errors
/// When a database refuses.
pub async fn schedule(app: &Shared) -> anyhow::Result<()> {
    for db in app.every_vault() {
        let mut tx = db.write().await?;
        for municipality in &app.municipalities {
            ask(app, &mut tx, municipality).await?;
        }
        tx.commit().await?;
    }
    Ok(())
}

async fn ask(app: &Shared, tx: &mut Tx<AnyVault>, municipality: &Municipality) -> kit::Result<()> {
    let now = app.clock.now();
    let (day, end) = today(municipality, now);
    let payload = serde_json::json!({ "day": day });
    enqueue(tx, municipality.code(), ANCHOR_DAY, &payload, Some(&day.to_string()), end).await?;
    if logbook(app).is_some() {
        enqueue(tx, municipality.code(), EXPORT, &serde_json::json!({}), Some("next"), now).await?;
    }
    Ok(())
}

/// Today's number on the clock of `municipality`, and the instant at which it ends.
fn today(municipality: &Municipality, now: At) -> (i32, At) {
    let date = now.local(&municipality.zone).date();
    let tomorrow = date.saturating_add(1.day()).to_zoned(municipality.zone.clone());
    (day_number(date), tomorrow.map_or(now, |z| At(z.timestamp())))
}

fn logbook(app: &Shared) -> Option<std::sync::Arc<Logbook>> {
    app.home().and_then(|home| home.find::<Logbook>())
}

fn place(app: &Shared, job: &Job) -> anyhow::Result<(Db<AnyVault>, std::sync::Arc<Municipality>)> {
    let db = app.every_vault().into_iter().find(|db| db.name() == job.vault).context("the vault is not open")?;
    Ok((db, app.municipality(&job.municipality)?))
}

/// Job [`ANCHOR_DAY`]: anchors the day that is over, and asks for the next. A second run changes nothing.
///
/// # Errors
/// When the vault is not open here or the database refuses; the job is then tried again.
pub async fn anchor_day(app: Shared, job: Job) -> anyhow::Result<()> {
    let (db, municipality) = place(&app, &job)?;
    let payload: serde_json::Value = serde_json::from_str(&job.payload)?;
    let day = payload["day"].as_i64().and_then(|day| i32::try_from(day).ok()).context("no day")?;
    let cx = Cx::system(&app, &municipality, "audit:read");
    let mut tx = db.write().await?;
    audit::anchor(&mut tx, &cx.deed(), day).await?;
    ask(&app, &mut tx, &municipality).await?;
    tx.commit().await?;
    Ok(())
}

/// Job [`EXPORT`]: sends the lines of the processing log that were not sent yet, in their order, and notes them as
/// sent once the logbook has said that it kept them. After a crash in between they are sent again: their `spanId`
/// is the same, so that the logbook can tell.
///
/// # Errors
/// When the logbook cannot be reached or refuses, or the database does; the job is then tried again.
pub async fn export(app: Shared, job: Job) -> anyhow::Result<()> {
    let Some(logbook) = logbook(&app) else { return Ok(()) };
    let (db, municipality) = place(&app, &job)?;
    let register = format!("{}/register", app.public_url);
    let exporter = otlp::Exporter { version: env!("CARGO_PKG_VERSION"), vault: db.name(), register: &register };
    let trace = Trace::start();
    let mut next = app.clock.now();
    for _ in 0..TURNS {
        let mut tx = db.read().await?;
        let lines = ledger::waiting(&mut tx, municipality.code(), BATCH).await?;
        drop(tx);
        if lines.is_empty() {
            next = At::from_micros(next.micros() + AGAIN_MICROS);
            break;
        }
        logbook.send(&otlp::request(exporter, municipality.code(), &lines), &trace.next()).await?;
        let mut tx = db.write().await?;
        ledger::exported(&mut tx, &lines, app.clock.now()).await?;
        tx.commit().await?;
    }
    let mut tx = db.write().await?;
    enqueue(&mut tx, municipality.code(), EXPORT, &serde_json::json!({}), Some("next"), next).await?;
    tx.commit().await?;
    Ok(())
}
