//! Delivery. Each receiver has a task of its own, so that a slow one keeps no other waiting. A notice is claimed,
//! sent, and settled; when the program dies between, the claim ends and the same notice goes again with the same id.

use super::store::{self, Notice, Tried, Webhook};
use super::{DAY, SECOND, Standing, WebhookConfig, event, ops, sign};
use kit::fetch::FetchFault;
use kit::jobs::{self, Job};
use kit::{At, Municipality, Tx, audit, events};
use site::{Cx, Shared};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::task::JoinSet;

/// How long one run stays with a receiver; what is left goes in the next run, behind other work.
const BUDGET: Duration = Duration::from_secs(10);
/// Microseconds that a claim holds beyond the time that a receiver may take.
const LEASE: i64 = 60 * SECOND;

/// What came of one request.
#[derive(Debug, PartialEq, Eq)]
enum Outcome {
    /// The receiver took it.
    Taken,
    /// It failed; seconds that the receiver asks to wait, or 0.
    Failed(i64),
    /// The receiver says that it is gone for good (410).
    Gone,
}

/// The job [`events::DELIVER`]: sends every receiver of the municipality what is due, and asks for the next run.
///
/// # Errors
/// When the database refuses; then the job runs again.
pub async fn deliver(app: Shared, job: Job) -> anyhow::Result<()> {
    let municipality = app.municipality(&job.municipality)?;
    let config = municipality.get::<WebhookConfig>();
    let webhooks = store::all(&mut app.main.read().await?, municipality.code()).await?;
    let mut tasks = JoinSet::new();
    for webhook in webhooks.into_iter().filter(|w| w.is_active) {
        tasks.spawn(to_one(app.clone(), municipality.clone(), config.clone(), webhook));
    }
    let mut ended = Ok(());
    while let Some(task) = tasks.join_next().await {
        ended = ended.and(task.map_err(anyhow::Error::from).and_then(|result| result));
    }
    ended?;
    let now = app.clock.now();
    let before = |days: u32| At::from_micros(now.micros() - i64::from(days) * DAY);
    let mut tx = app.main.write().await?;
    store::tidy(&mut tx, municipality.code(), before(config.keep_days), before(config.give_up_days)).await?;
    if let Some(next) = store::next_due(&mut tx, municipality.code()).await? {
        // A later run has a name of its own: a new notice must not wait for it.
        let name = if next <= now { "all".to_owned() } else { format!("again-{}", next.micros() / (30 * SECOND)) };
        let at = next.max(now);
        jobs::enqueue(&mut tx, municipality.code(), events::DELIVER, &serde_json::json!({}), Some(&name), at).await?;
    }
    Ok(tx.commit().await?)
}

async fn to_one(
    app: Shared,
    municipality: Arc<Municipality>,
    config: Arc<WebhookConfig>,
    mut webhook: Webhook,
) -> anyhow::Result<()> {
    let start = Instant::now();
    while start.elapsed() < BUDGET {
        let now = app.clock.now();
        let lease = At::from_micros(now.micros() + i64::from(config.answer_s) * SECOND + LEASE);
        let mut tx = app.main.write().await?;
        let claimed = store::claim(&mut tx, municipality.code(), webhook.id, now, lease).await?;
        tx.commit().await?;
        let Some(notice) = claimed else { break };
        let (outcome, answer) = send(&app, &municipality, &config, &webhook, &notice).await?;
        let mut tx = app.main.write().await?;
        settle(&mut tx, &app, &municipality, &config, (&mut webhook, &notice), (&outcome, &answer)).await?;
        tx.commit().await?;
        if outcome != Outcome::Taken {
            break;
        }
    }
    Ok(())
}

/// One signed request, and what the receiver said: a status, or the locale key of why there was none.
async fn send(
    app: &Shared,
    municipality: &Municipality,
    config: &WebhookConfig,
    webhook: &Webhook,
    notice: &Notice,
) -> anyhow::Result<(Outcome, String)> {
    let now = app.clock.now();
    let secrets = ops::secrets(app.seals.of("main")?, municipality.code(), webhook, now)?;
    let body = event::body(config, &app.public_url, notice);
    let (id, timestamp) = (notice.id.to_string(), now.micros() / SECOND);
    let signature = sign::sign(&secrets, &id, timestamp, &body);
    let timestamp = timestamp.to_string();
    let headers =
        [("webhook-id", id.as_str()), ("webhook-timestamp", &timestamp), ("webhook-signature", signature.as_str())];
    let request = app.http.post(&webhook.url, event::MEDIA_TYPE, &headers, body);
    let answer = tokio::time::timeout(Duration::from_secs(config.answer_s.into()), request).await;
    Ok(match answer.unwrap_or(Err(FetchFault::Slow)) {
        Err(fault) => (Outcome::Failed(0), fault.key().to_owned()),
        Ok(answer) => {
            let asked = answer.header("retry-after").trim().parse().unwrap_or(0);
            let outcome = match answer.status {
                200..=299 => Outcome::Taken,
                410 => Outcome::Gone,
                429 | 503 => Outcome::Failed(asked.clamp(0, DAY / SECOND)),
                _ => Outcome::Failed(0),
            };
            (outcome, answer.status.to_string())
        }
    })
}

/// Writes down what came of a try, and what follows for the receiver.
async fn settle(
    tx: &mut Tx,
    app: &Shared,
    municipality: &Arc<Municipality>,
    config: &WebhookConfig,
    (webhook, notice): (&mut Webhook, &Notice),
    (outcome, answer): (&Outcome, &str),
) -> anyhow::Result<()> {
    let (now, code) = (app.clock.now(), municipality.code());
    let after = |micros: i64| At::from_micros(now.micros() + micros);
    let mut tried = Tried { notice: notice.id, state: Standing::Done, answer, at: now, next: now };
    if *outcome == Outcome::Taken {
        (webhook.failing_since, webhook.failures) = (None, 0);
    } else {
        (webhook.failing_since, webhook.failures) = (webhook.failing_since.or(Some(now)), webhook.failures + 1);
        let asked = if let Outcome::Failed(seconds) = outcome { seconds * SECOND } else { 0 };
        let wait = config.wait(webhook.failures).max(asked);
        tried.state = Standing::Waiting;
        tried.next = after(wait.max(config.wait(notice.attempts)));
        store::postpone(tx, code, webhook.id, after(wait)).await?;
    }
    store::settle(tx, code, webhook.id, &tried).await?;
    store::mark(tx, code, webhook.id, answer, webhook.failing_since, webhook.failures).await?;
    let patience = i64::from(config.give_up_days) * DAY;
    let tired = webhook.failing_since.is_some_and(|since| now.micros() - since.micros() >= patience);
    if *outcome == Outcome::Gone || tired {
        store::pause(tx, code, webhook.id).await?;
        let cx = Cx::system(app, municipality, "exchange:edit");
        let detail = serde_json::json!({ "verb": "pause", "detail": { "answer": answer } });
        audit::record(tx, &cx.deed(), "exchange:edit", "webhook", &webhook.id.to_string(), &detail).await?;
    }
    Ok(())
}
