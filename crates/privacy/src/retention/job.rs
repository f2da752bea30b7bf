//! The nightly job of one vault and municipality.

use super::run::Night;
use anyhow::Context as _;
use jiff::civil::{Time, time};
use kit::jobs::{Job, enqueue};
use kit::{AnyVault, At, Municipality, Tx};
use site::Shared;

/// Name of the job.
pub const NIGHTLY: &str = "privacy-retention";

/// When it begins, on the municipality's clock: before the picture of the day is made.
const BEGIN: Time = time(1, 30, 0, 0);

/// How many transactions one job does before it lets others go first.
const TURNS: usize = 20;

/// Asks for the next night of `municipality` in this vault. Asking twice is harmless.
///
/// # Errors
/// When the database refuses.
pub async fn schedule(tx: &mut Tx<AnyVault>, municipality: &Municipality, now: At) -> kit::Result<()> {
    let today = now.local(&municipality.zone).date();
    let at = |date: jiff::civil::Date| {
        date.to_datetime(BEGIN).to_zoned(municipality.zone.clone()).map_or(now, |z| At(z.timestamp()))
    };
    let first = at(today);
    let next = if first > now { first } else { at(today.tomorrow().unwrap_or(today)) };
    let day = next.local(&municipality.zone).date().to_string();
    enqueue(tx, municipality.code(), NIGHTLY, &serde_json::json!({}), Some(&day), next).await
}

/// The nightly run: what is due moves on, in small transactions; what is left when the turns are over is done by a
/// job of its own, so that other work comes in between. After a crash it goes on where it was: what moved is not due
/// any more.
///
/// # Errors
/// When the municipality or the vault is not open here or the database refuses; the job is then tried again.
pub async fn nightly(app: Shared, job: Job) -> anyhow::Result<()> {
    let municipality = app.municipality(&job.municipality)?;
    let db = app.every_vault().into_iter().find(|db| db.name() == job.vault).context("the vault is not open")?;
    let night = Night::new(&app, &municipality, &db);
    let done = night.run(TURNS).await?;
    let mut tx = db.write().await?;
    if done {
        schedule(&mut tx, &municipality, night.now()).await?;
    } else {
        enqueue(&mut tx, municipality.code(), NIGHTLY, &serde_json::json!({}), Some("more"), night.now()).await?;
    }
    tx.commit().await?;
    Ok(())
}
