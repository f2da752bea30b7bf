//! Figures from an address: on request, and on a schedule as a job. What comes is a file like any other.
//!
//! A scheduled refresh uses a file only when there is nothing for a person to decide: no row refused, no code that
//! changed its meaning. When it fails, the page says so, the old figures stay, and the source is asked again later.

use crate::config::{Dataset, FiguresConfig, Kind};
use crate::import::{self, Incoming, Received};
use crate::model::{Period, Said};
use crate::odata::fetch::{self, Fetched, NoFile, Previous};
use crate::store;
use anyhow::Context as _;
use kit::fetch::FetchFault;
use kit::jobs::{Job, enqueue};
use kit::{At, Fault, Municipality, Tx};
use policy::{Resource, Role};
use serde::{Deserialize, Serialize};
use site::{Cx, Shared};
use std::path::Path;

/// Name of the job; its work is [`refresh`].
pub const REFRESH: &str = "figures-refresh";

const HOUR: i64 = 3_600_000_000;
/// After a failure the source is asked again in so many hours, unless it says when.
const AGAIN_HOURS: i64 = 6;

#[derive(Debug, Serialize, Deserialize)]
struct Payload {
    dataset: String,
}

/// What came of asking an address.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// The source has nothing new.
    Unchanged,
    /// A file came.
    File(Box<Received>),
    /// Nothing came: why, and after how many seconds the source wants to be asked again, if it says so.
    Failed(Said, Option<u64>),
}

/// What is asked of an address, besides the figures themselves.
#[derive(Clone, Copy, Debug)]
pub struct Ask<'a> {
    /// Dataset.
    pub dataset: &'a str,
    /// Address.
    pub url: &'a str,
    /// Id of the file that may come.
    pub id: kit::Uuid,
    /// Reference date, when somebody knows it.
    pub reference: &'a str,
    /// Period of all figures, for files that do not say it.
    pub stated: Option<Period>,
}

/// Fetches a dataset from an address and reads what comes; its figures are not used yet.
///
/// # Errors
/// When the policy or the database refuses; a source that fails is an [`Outcome`].
pub async fn fetch(cx: &Cx, asked: Ask<'_>) -> Result<Outcome, Fault> {
    let Ask { dataset: dataset_id, url, .. } = asked;
    let permit = cx.permit("figure:import", &Resource::open("figure", cx.code()))?;
    let (config, dataset) = import::dataset(cx, dataset_id)?;
    let previous = store::last_fetched(&mut cx.read().await?, &permit, dataset_id, url).await?;
    let previous = previous.as_ref().map_or(Previous::default(), |p| Previous { etag: &p.etag, modified: &p.modified });
    let most = config.import.most_megabytes * 4_000_000;
    let outcome = match ask(cx, &dataset, url, previous, most).await {
        Ok(None) => Outcome::Unchanged,
        Ok(Some(file)) => Outcome::File(Box::new(import::receive(cx, incoming(asked, file)).await?)),
        Err(NoFile::Stop(stop)) => Outcome::Failed(stop, None),
        Err(NoFile::Fetch(fault)) => {
            let again = if let FetchFault::Later(seconds) = fault { seconds } else { None };
            Outcome::Failed(Said::new(fault.key(), [("detail", fault.detail())]), again)
        }
    };
    let failure = match &outcome {
        Outcome::Failed(why, _) => Some(why.clone()),
        Outcome::File(received) => received.report.stopped.clone(),
        Outcome::Unchanged => None,
    };
    say(cx, dataset_id, failure.as_ref()).await?;
    Ok(outcome)
}

async fn ask(
    cx: &Cx,
    dataset: &Dataset,
    url: &str,
    previous: Previous<'_>,
    most: usize,
) -> Result<Option<Fetched>, NoFile> {
    let http = &cx.app.http;
    // an address of one page or file is fetched as it is; that of a table is followed
    let is_table = dataset.kind == Kind::Odata && !url.contains('?') && !is_file(url);
    if is_table {
        fetch::table(http, url, dataset, cx.code(), previous, most).await
    } else {
        fetch::file(http, url, previous).await
    }
}

fn is_file(url: &str) -> bool {
    let path = url.split(['?', '#']).next().unwrap_or(url).to_lowercase();
    [".zip", ".csv", ".json", ".gz"].iter().any(|end| path.ends_with(end))
}

fn incoming(asked: Ask<'_>, file: Fetched) -> Incoming {
    Incoming {
        id: asked.id,
        dataset: asked.dataset.to_owned(),
        bytes: file.bytes,
        name: file.name,
        media_type: file.media_type,
        origin: asked.url.to_owned(),
        etag: file.etag,
        modified: file.modified,
        reference: asked.reference.to_owned(),
        stated: asked.stated,
    }
}

/// Writes on the dataset's page that its source was asked, with success or why not.
async fn say(cx: &Cx, dataset: &str, failure: Option<&Said>) -> Result<(), Fault> {
    let permit = cx.permit("figure:import", &Resource::open("figure", cx.code()))?;
    let text = failure.map(serde_json::to_string).transpose().map_err(|e| Fault::Internal(e.to_string()))?;
    let mut tx = cx.write().await?;
    store::looked(&mut tx, &permit, dataset, cx.now, text.as_deref()).await?;
    Ok(tx.commit().await?)
}

/// Asks for the next refresh of every dataset that has a schedule. Asking twice is harmless.
///
/// # Errors
/// When the database refuses.
pub async fn schedule(tx: &mut Tx, municipality: &Municipality, now: At) -> kit::Result<()> {
    let config = municipality.get::<FiguresConfig>();
    let known = store::datasets(tx, municipality.code()).await?;
    for dataset in config.datasets.iter().filter(|d| d.every_days.is_some()) {
        let looked = known.iter().find(|k| k.dataset == dataset.id).and_then(|k| k.looked_at);
        let at = next(municipality, &config, dataset, looked, now);
        ask_for(tx, municipality.code(), &dataset.id, at).await?;
    }
    Ok(())
}

async fn ask_for(tx: &mut Tx, municipality: &str, dataset: &str, at: At) -> kit::Result<()> {
    let payload = serde_json::json!(Payload { dataset: dataset.to_owned() });
    enqueue(tx, municipality, REFRESH, &payload, Some(dataset), at).await
}

/// The night of the next refresh: so many days after the last, or the coming night.
fn next(municipality: &Municipality, config: &FiguresConfig, dataset: &Dataset, looked: Option<At>, now: At) -> At {
    let days = i32::from(dataset.every_days.unwrap_or(1));
    let day = |at: At| at.local(&municipality.zone).date();
    let night = |date: jiff::civil::Date| {
        let local = date.to_datetime(config.import.refresh_at).to_zoned(municipality.zone.clone());
        local.map_or(now, |z| At(z.timestamp()))
    };
    let wanted = looked.map_or(now, |at| night(day(at).saturating_add(jiff::Span::new().days(days))));
    let coming =
        [day(now), day(now).saturating_add(jiff::Span::new().days(1))].map(night).into_iter().find(|n| *n > now);
    wanted.max(coming.unwrap_or(now))
}

/// The job [`REFRESH`]: asks the source of one dataset, uses what is new, and asks for the next time. A second run
/// finds nothing new.
///
/// # Errors
/// When the municipality is not configured here or the database refuses.
pub async fn refresh(app: Shared, job: Job) -> anyhow::Result<()> {
    let Payload { dataset } = serde_json::from_str(&job.payload)?;
    let municipality = app.municipality(&job.municipality)?;
    let config = municipality.get::<FiguresConfig>();
    // a dataset that left the configuration is not asked again
    let Some(found) = config.dataset(&dataset) else { return Ok(()) };
    let Some(url) = &found.url else { return Ok(()) };
    let mut cx = Cx::system(&app, &municipality, "figure:import");
    cx.actor.role = Some(Role::Administrator);
    let asked = Ask { dataset: &dataset, url, id: app.clock.id(), reference: "", stated: None };
    let outcome = fetch(&cx, asked).await?;
    let mut again = None;
    match outcome {
        Outcome::Unchanged => {}
        Outcome::Failed(_, seconds) => again = Some(seconds),
        Outcome::File(received) if received.known => {}
        Outcome::File(received) if received.report.stopped.is_some() => again = Some(None),
        Outcome::File(received) => {
            if received.report.holds() || received.report.refused > 0 {
                say(&cx, &dataset, Some(&Said::new("figures-failure-look", []))).await?;
            } else {
                import::apply(&cx, received.id, false).await?;
            }
        }
    }
    let at = match again {
        Some(seconds) => {
            let micros =
                seconds.map_or(AGAIN_HOURS * HOUR, |s| i64::try_from(s).unwrap_or(i64::MAX).saturating_mul(1_000_000));
            At::from_micros(cx.now.micros().saturating_add(micros.clamp(60_000_000, 7 * 24 * HOUR)))
        }
        None if found.every_days.is_some() => next(&municipality, &config, found, Some(cx.now), cx.now),
        None => return Ok(()),
    };
    let mut tx = app.main.write().await?;
    ask_for(&mut tx, municipality.code(), &dataset, at).await?;
    Ok(tx.commit().await?)
}

/// For the command line: reads a file or an address for a dataset and, unless `dry`, uses it; gives the report as text.
/// `period` (`2023`, `2023-04`) is for files that do not say theirs; empty: the file says it.
///
/// # Errors
/// In words for the terminal: the dataset is not configured, the file cannot be read, or nothing of it can be used.
pub async fn run(
    app: &Shared,
    municipality: &str,
    what: &str,
    dataset: &str,
    period: &str,
    dry: bool,
) -> anyhow::Result<String> {
    let stated = Period::parse(period);
    anyhow::ensure!(stated.is_some() || period.is_empty(), "`{period}` is no period; write 2023, 2023-04 or 2023-Q2");
    let municipality = app.municipality(municipality)?;
    let mut cx = Cx::system(app, &municipality, "figure:import");
    cx.actor.role = Some(Role::Administrator);
    let config = municipality.get::<FiguresConfig>();
    let ids = || config.datasets.iter().map(|d| d.id.as_str()).collect::<Vec<_>>().join(", ");
    config.dataset(dataset).with_context(|| format!("figures.toml has no dataset `{dataset}`; it has: {}", ids()))?;
    let is_address = what.starts_with("http://") || what.starts_with("https://");
    let url = if is_address { what } else { "" };
    let asked = Ask { dataset, url, id: app.clock.id(), reference: "", stated };
    let received = if is_address {
        match fetch(&cx, asked).await? {
            Outcome::Unchanged => return Ok("the source has nothing new".to_owned()),
            Outcome::Failed(why, _) => anyhow::bail!("{}", why.sentence(&cx.words)),
            Outcome::File(received) => *received,
        }
    } else {
        let bytes = tokio::fs::read(what).await.with_context(|| format!("cannot read {what}"))?;
        let name = Path::new(what).file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
        let file = Fetched { bytes, name, media_type: String::new(), etag: String::new(), modified: String::new() };
        import::receive(&cx, incoming(asked, file)).await?
    };
    if let Some(stop) = &received.report.stopped {
        anyhow::bail!("{}", stop.sentence(&cx.words));
    }
    let mut text = match (received.known, dry) {
        (true, _) => format!("these bytes were used before; nothing changed ({})", received.report),
        (false, true) => format!("dry run, nothing is used: {}", received.report),
        (false, false) => import::apply(&cx, received.id, false).await?.to_string(),
    };
    for refusal in &received.report.refusals {
        text.push_str(&format!("\nrow {}: {}", refusal.row, refusal.why.sentence(&cx.words)));
    }
    for note in &received.report.notes {
        text.push_str(&format!("\n{}", note.sentence(&cx.words)));
    }
    Ok(text)
}
