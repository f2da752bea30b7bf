//! Background work: rows in the caller's transaction, run at least once by one worker a process.
//!
//! A job must be idempotent: after a crash it runs again.

use crate::clock::{At, Clock};
use crate::db::{AnyVault, Db, Tx, Vault};
use crate::{Result, args};
use std::collections::HashMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use uuid::Uuid;

/// One piece of work, as claimed.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Job {
    /// Its id.
    pub id: Uuid,
    /// The municipality that it is for.
    pub municipality: String,
    /// Which work.
    pub name: String,
    /// Its input as JSON.
    pub payload: String,
    /// How often it was tried, this time included.
    pub attempts: i64,
    /// The vault that it was asked for in.
    #[sqlx(skip)]
    pub vault: &'static str,
}

/// Asks for work at `run_at`. With a `dedupe` key, a second request for work that still waits is dropped.
///
/// # Errors
/// When the database refuses.
pub async fn enqueue<V: Vault>(
    tx: &mut Tx<V>,
    municipality: &str,
    name: &str,
    payload: &serde_json::Value,
    dedupe: Option<&str>,
    run_at: At,
) -> Result<()> {
    let id = crate::clock::id_at(run_at);
    tx.run(
        "insert into job (municipality, id, name, payload, dedupe, run_at, attempts, state)
         values ($1, $2, $3, $4, $5, $6, 0, 'waiting') on conflict (municipality, name, dedupe) do nothing",
        args![municipality, id, name, payload.to_string(), dedupe.unwrap_or(&id.to_string()), run_at],
    )
    .await?;
    Ok(())
}

type Work<C> = Arc<dyn Fn(C, Job) -> Pin<Box<dyn Future<Output = anyhow::Result<()>> + Send>> + Send + Sync>;

/// The work that this process knows, by name; `C` is the context that each job gets.
pub struct Registry<C> {
    work: HashMap<&'static str, Work<C>>,
}

impl<C> Default for Registry<C> {
    fn default() -> Self {
        Self { work: HashMap::new() }
    }
}

impl<C: Clone + Send + Sync + 'static> Registry<C> {
    /// Adds the work `name`.
    pub fn add<F, Fut>(&mut self, name: &'static str, work: F)
    where
        F: Fn(C, Job) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = anyhow::Result<()>> + Send + 'static,
    {
        self.work.insert(name, Arc::new(move |context, job| Box::pin(work(context, job))));
    }

    /// Runs everything that is due, and returns how many jobs ran. Jobs that fail wait longer each time.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub async fn run_due<V: Vault>(&self, db: &Db<V>, clock: &Clock, context: &C) -> Result<usize> {
        let mut ran = 0;
        while let Some(job) = claim(db, clock.now()).await? {
            ran += 1;
            let (id, name, attempts) = (job.id, job.name.clone(), job.attempts);
            let outcome = match self.work.get(name.as_str()) {
                Some(work) => work(context.clone(), job).await,
                None => Err(anyhow::anyhow!("no work of this name in this version")),
            };
            let mut tx = db.write().await?;
            match outcome {
                Ok(()) => {
                    tx.run("delete from job where id = $1", args![id]).await?;
                    metrics::counter!("regie_jobs_done_total", "name" => name).increment(1);
                }
                Err(error) => {
                    tracing::warn!(job = name, attempts, %error, "job failed");
                    metrics::counter!("regie_jobs_failed_total", "name" => name).increment(1);
                    let wait = 30_000_000_i64.saturating_mul(1 << attempts.clamp(0, 10));
                    let next = At::from_micros(clock.now().micros().saturating_add(wait));
                    let state = if attempts >= MOST_ATTEMPTS { "given-up" } else { "waiting" };
                    tx.run(
                        "update job set state = $2, run_at = $3, last_error = $4 where id = $1",
                        args![id, state, next, error.to_string()],
                    )
                    .await?;
                }
            }
            tx.commit().await?;
        }
        Ok(ran)
    }

    /// Works until `stop` turns true; looks for due work in each vault every second.
    pub async fn work(&self, vaults: &[Db<AnyVault>], clock: &Clock, context: &C, mut stop: watch::Receiver<bool>) {
        loop {
            for db in vaults {
                if let Err(error) = self.run_due(db, clock, context).await {
                    tracing::error!(%error, vault = db.name(), "jobs cannot reach the database");
                }
            }
            tokio::select! {
                () = tokio::time::sleep(Duration::from_secs(1)) => {}
                _ = stop.wait_for(|s| *s) => return,
            }
        }
    }
}

/// After this many tries a job waits for a person.
const MOST_ATTEMPTS: i64 = 12;
/// A claimed job whose worker died is taken again after this time.
const LEASE_MICROS: i64 = 10 * 60 * 1_000_000;

async fn claim<V: Vault>(db: &Db<V>, now: At) -> Result<Option<Job>> {
    let mut look = db.read().await?;
    let due: Option<(Uuid,)> = look
        .opt("select id from job where state <> 'given-up' and run_at <= $1 order by run_at limit 1", args![now])
        .await?;
    drop(look);
    if due.is_none() {
        return Ok(None);
    }
    let mut tx = db.write().await?;
    let sql = tx.pick(
        "update job set attempts = attempts + 1, state = 'running', run_at = $2, dedupe = $3 where id =
            (select id from job where state <> 'given-up' and run_at <= $1 order by run_at limit 1)
         returning id, municipality, name, payload, attempts",
        "update job set attempts = attempts + 1, state = 'running', run_at = $2, dedupe = $3 where id =
            (select id from job where state <> 'given-up' and run_at <= $1 order by run_at limit 1
             for update skip locked)
         returning id, municipality, name, payload, attempts",
    );
    // A request that comes while the work runs must not be dropped: it may be about something newer.
    let running = format!("running-{}", crate::clock::id_at(now));
    let job: Option<Job> = tx.opt(sql, args![now, At::from_micros(now.micros() + LEASE_MICROS), running]).await?;
    tx.commit().await?;
    Ok(job.map(|job| Job { vault: db.name(), ..job }))
}
