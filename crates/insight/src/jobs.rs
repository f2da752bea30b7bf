//! Background work of this area: the nightly run.

use crate::alarm;
use crate::config::PictureConfig;
use crate::run::Outcome;
use crate::seen::Seen;
use kit::jobs::{Job, enqueue};
use kit::{At, Municipality, Tx, Uuid, audit};
use site::{Cx, Shared};
use std::sync::Arc;

/// Name of the job.
pub const REFRESH: &str = "picture-refresh";

/// Asks for the next nightly run of `municipality`, at the local time of its configuration. Asking twice is
/// harmless.
///
/// # Errors
/// When the database refuses.
pub async fn schedule(tx: &mut Tx, municipality: &Municipality, now: At) -> kit::Result<()> {
    let at = next(municipality, now);
    let day = at.local(&municipality.zone).date().to_string();
    enqueue(tx, municipality.code(), REFRESH, &serde_json::json!({}), Some(&day), at).await
}

/// The next time at which the clock of `municipality` shows the hour of the run.
fn next(municipality: &Municipality, now: At) -> At {
    let time = municipality.get::<PictureConfig>().forecast.refresh_at;
    let today = now.local(&municipality.zone).date();
    let at = |date: jiff::civil::Date| {
        date.to_datetime(time).to_zoned(municipality.zone.clone()).map_or(now, |z| At(z.timestamp()))
    };
    let first = at(today);
    if first > now { first } else { at(today.saturating_add(jiff::Span::new().days(1))) }
}

/// The nightly run: forecast, score and brief are made anew and stored in place of the last, and the next
/// night is asked for. A second run of the same job changes nothing but the time.
///
/// # Errors
/// When the municipality is not configured here or the database refuses; the job is then tried again.
pub async fn refresh(app: Shared, job: Job) -> anyhow::Result<()> {
    let municipality = app.municipality(&job.municipality)?;
    run(&app, &municipality, job.id).await?;
    let mut tx = app.main.write().await?;
    schedule(&mut tx, &municipality, app.clock.now()).await?;
    tx.commit().await?;
    Ok(())
}

/// Makes and stores the run `id` now; for the job, for the command line and for a demonstration.
///
/// # Errors
/// When the database refuses.
pub async fn run(app: &Shared, municipality: &Arc<Municipality>, id: Uuid) -> anyhow::Result<()> {
    let now = app.clock.now();
    let mut tx = app.main.read().await?;
    let seen = Seen::read(&mut tx, municipality, now).await?;
    drop(tx);
    let (seen, outcome, found) = tokio::task::spawn_blocking(move || {
        let outcome = Outcome::of(&seen);
        let found = alarm::find(&seen);
        (seen, outcome, found)
    })
    .await?;
    let cx = Cx::system(app, municipality, "picture:refresh");
    let mut tx = app.main.write().await?;
    outcome.store(&mut tx, &seen, id, now).await?;
    let alarms = alarm::keep(&mut tx, &seen, found, now, || app.clock.id()).await?;
    let detail = serde_json::json!({ "events": outcome.events, "rows": outcome.rows.len(), "alarms": alarms });
    audit::record(&mut tx, &cx.deed(), "picture:refresh", "forecast-run", &id.to_string(), &detail).await?;
    tx.commit().await?;
    tracing::info!(
        municipality = municipality.code(),
        events = outcome.events,
        rows = outcome.rows.len(),
        "picture made"
    );
    Ok(())
}
