//! The nightly training.

use super::store::{self, Closed};
use super::{SuggestConfig, Suggester, pack, settings, taxonomy};
use crate::Catalogue;
use ::suggest::{Example, Model};
use anyhow::Context as _;
use kit::jobs::{Job, enqueue};
use kit::{At, Municipality, Tx};
use site::Shared;
use std::sync::Arc;

/// Name of the job that trains the model of a municipality; its work is [`train`].
pub const TRAIN: &str = "suggest-train";

/// Asks for the next night's training of `municipality`, if it wants suggestions. Asking twice is harmless.
///
/// # Errors
/// When the database refuses.
pub async fn schedule(tx: &mut Tx, municipality: &Municipality, now: At) -> kit::Result<()> {
    let Some(suggester) = municipality.find::<Suggester>() else { return Ok(()) };
    let today = now.local(&municipality.zone).date();
    let at = |date: jiff::civil::Date| {
        let local = date.to_datetime(suggester.config.train_at);
        local.to_zoned(municipality.zone.clone()).map_or(now, |z| At(z.timestamp()))
    };
    let first = at(today);
    let next = if first > now { first } else { at(today.tomorrow().unwrap_or(today)) };
    let day = next.local(&municipality.zone).date().to_string();
    enqueue(tx, municipality.code(), TRAIN, &serde_json::json!({}), Some(&day), next).await
}

/// The nightly training: a model is made anew, stored in place of the last and taken up, and the next night is asked
/// for. A second run of the same job changes nothing but the time.
///
/// # Errors
/// When the municipality is not configured here or the database refuses; the job is then tried again.
pub async fn train(app: Shared, job: Job) -> anyhow::Result<()> {
    let municipality = app.municipality(&job.municipality)?;
    train_now(&app, &municipality).await?;
    let mut tx = app.main.write().await?;
    schedule(&mut tx, &municipality, app.clock.now()).await?;
    tx.commit().await?;
    Ok(())
}

/// Trains, stores and takes up the model now; gives the number of reports that it learned from. Nothing happens where
/// no suggestions are wanted.
///
/// # Errors
/// When the database refuses.
pub async fn train_now(app: &Shared, municipality: &Arc<Municipality>) -> anyhow::Result<usize> {
    let Some(suggester) = municipality.find::<Suggester>() else { return Ok(0) };
    let catalogue = municipality.get::<Catalogue>();
    let mut tx = app.main.read().await?;
    let closed = store::closed(&mut tx, municipality.code(), suggester.config.most_reports).await?;
    drop(tx);
    let n = closed.len();
    let config = suggester.config.clone();
    let model = tokio::task::spawn_blocking(move || learn(&catalogue, &config, &closed))
        .await
        .context("the training was broken off")?;
    let mut tx = app.main.write().await?;
    store::put(&mut tx, municipality.code(), app.clock.now(), i64::try_from(n)?, pack(&model)?).await?;
    tx.commit().await?;
    suggester.put(model);
    Ok(n)
}

/// A model of the taxonomy and of closed reports. A category that is no more is not learned.
pub(super) fn learn(catalogue: &Catalogue, config: &SuggestConfig, closed: &[Closed]) -> Model {
    let mut examples = taxonomy(catalogue);
    examples.extend(closed.iter().filter(|c| catalogue.get(&c.category).is_some()).map(|c| Example {
        label: &c.category,
        text: &c.words,
        given: false,
    }));
    ::suggest::train(&examples, &settings(config))
}
