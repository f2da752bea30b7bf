//! A plan becomes better while somebody looks: a search of some seconds on one processor, beside the program's other work.
//!
//! It never overwrites what a person did. Each better plan is kept only while the version of the round is the one that
//! the search began with, and a change or an approval is about the plan that was on the page ([`Draft::text`]).

use super::draft::Draft;
use super::solve::budget;
use super::{RoundState, ops, store};
use crate::config::PatrolConfig;
use deployment::solve::{Plan, Rounds};
use kit::{At, Fault, Uuid, audit};
use policy::{Permit, Resource};
use site::Cx;
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// How often a better plan is kept, so that who looks sees it.
const KEEP_EVERY: Duration = Duration::from_secs(1);

/// The searches that go on in this process; sits on the shelf of the municipality.
#[derive(Debug, Default)]
pub struct Searches {
    going: Mutex<HashMap<Uuid, Arc<Going>>>,
    /// One search computes at a time, so that the program has a processor left.
    core: tokio::sync::Mutex<()>,
}

/// A better plan, and the question that it answers.
type Better = (Arc<Rounds>, Plan);

/// A search that goes on.
#[derive(Debug)]
struct Going {
    version: i64,
    until: At,
    tried: AtomicU64,
    stop: AtomicBool,
}

/// How far a search is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// When it ends by itself.
    pub until: At,
    /// Plans tried so far.
    pub tried: u64,
}

impl Searches {
    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<Uuid, Arc<Going>>> {
        self.going.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How far the search for a round is; `None`: none goes on.
    #[must_use]
    pub fn progress(&self, round: Uuid) -> Option<Progress> {
        self.lock().get(&round).map(|g| Progress { until: g.until, tried: g.tried.load(Ordering::Relaxed) })
    }

    /// Notes a search; `None` when one for this version goes on already. One for an older version ends.
    fn begin(&self, round: Uuid, version: i64, until: At) -> Option<Arc<Going>> {
        let mut going = self.lock();
        if let Some(other) = going.get(&round) {
            if other.version == version {
                return None;
            }
            other.stop.store(true, Ordering::Relaxed);
        }
        let new = Arc::new(Going { version, until, tried: AtomicU64::new(0), stop: AtomicBool::new(false) });
        going.insert(round, new.clone());
        Some(new)
    }

    fn end(&self, round: Uuid, ended: &Arc<Going>) {
        let mut going = self.lock();
        if going.get(&round).is_some_and(|now| Arc::ptr_eq(now, ended)) {
            going.remove(&round);
        }
    }
}

/// Searches on in the background, for as long as the municipality says, for a plan that is better than that of this
/// version of a round; without `plan`, only finds out what each visit brings.
pub fn start(cx: &Cx, round: Uuid, version: i64, plan: bool) {
    let rules = cx.municipality.get::<PatrolConfig>().search;
    let searches = cx.municipality.get::<Searches>();
    if rules.seconds <= 0 {
        return;
    }
    let seconds = if plan { rules.seconds } else { 0 };
    let until = At::from_micros(cx.now.micros() + seconds * 1_000_000);
    let Some(going) = searches.begin(round, version, until) else { return };
    let cx = cx.clone();
    tokio::spawn(async move {
        let _core = searches.core.lock().await;
        if let Err(fault) = run(&cx, round, &going, seconds * 1_000_000).await {
            tracing::warn!(%round, ?fault, "a search for a better plan ended");
        }
        searches.end(round, &going);
    });
}

/// Searches and explains at once, for so many microseconds or iterations of the configuration; for a job or a test.
///
/// # Errors
/// When the policy or the database refuses.
pub async fn now(cx: &Cx, round: Uuid, version: i64, micros: i64) -> Result<(), Fault> {
    let searches = cx.municipality.get::<Searches>();
    let until = At::from_micros(cx.now.micros() + micros);
    let Some(going) = searches.begin(round, version, until) else { return Ok(()) };
    let done = run(cx, round, &going, micros).await;
    searches.end(round, &going);
    done
}

async fn run(cx: &Cx, id: Uuid, going: &Arc<Going>, micros: i64) -> Result<(), Fault> {
    let permit = cx.permit("round:plan", &Resource::ordinary("round", cx.code()))?;
    let mut tx = cx.read().await?;
    let Some(round) = store::get(&mut tx, &permit, id).await? else { return Ok(()) };
    drop(tx);
    let (RoundState::Proposed, Some(draft)) = (round.state, ops::draft(&round)?) else { return Ok(()) };
    if round.version != going.version {
        return Ok(());
    }
    let rules = cx.municipality.get::<PatrolConfig>().search;
    let before = draft.score;
    let latest: Arc<Mutex<Option<Better>>> = Arc::default();
    let (show, stop, work) = (latest.clone(), going.clone(), cx.clone());
    let seed = round.seed.unsigned_abs().wrapping_add(draft.searched.tried);
    let began = cx.app.clock.now().micros();
    let mut search = Box::pin(ops::blocking(move || {
        let ways = draft.ways(&work.municipality);
        let (rounds, mut search) = draft.search(&ways, seed)?;
        // A plan that does not hold was laid so by hand: it is not for the search to mend it unasked.
        let holds = draft.touched && Plan::of(&rounds, &draft.order())?.check(&rounds).is_err();
        let mut share = budget(&work.app.clock, began, micros, rules.most_iterations);
        let asked = |tried| {
            stop.tried.store(tried, Ordering::Relaxed);
            if stop.stop.load(Ordering::Relaxed) || micros == 0 || holds { 1.0 } else { share(tried) }
        };
        let rounds = Arc::new(rounds);
        search.run_showing(asked, |plan| {
            *show.lock().unwrap_or_else(PoisonError::into_inner) = Some((rounds.clone(), plan.clone()));
        });
        Ok((search.iterations(), ways))
    }));
    let (tried, ways) = loop {
        tokio::select! {
            done = &mut search => break done?,
            () = tokio::time::sleep(KEEP_EVERY) => {
                let better = latest.lock().unwrap_or_else(PoisonError::into_inner).take();
                if let Some(better) = better && !keep(cx, &permit, id, going, &better).await? {
                    return Ok(());
                }
            }
        }
    };
    let best = latest.lock().unwrap_or_else(PoisonError::into_inner).take();
    let ms = (cx.app.clock.now().micros() - began) / 1_000;
    let mut tx = cx.read().await?;
    let Some(mut draft) = still(&mut tx, &permit, id, going).await? else { return Ok(()) };
    drop(tx);
    draft.found(best.as_ref());
    draft.by_streets = if best.is_some() { ways.by_streets } else { draft.by_streets };
    draft.searched.ms += ms;
    draft.searched.tried += tried;
    let after = draft.score;
    let stop = going.clone();
    let draft = ops::blocking(move || {
        draft.explain(&ways, rules.explain_iterations, || !stop.stop.load(Ordering::Relaxed))?;
        Ok(draft)
    })
    .await?;
    let mut tx = cx.write().await?;
    if store::improve(&mut tx, &permit, id, going.version, &ops::json(&draft)?).await? == 1 && tried > 0 {
        let detail = serde_json::json!({ "searched_ms": ms, "tried": tried, "before": before, "after": after });
        audit::record(&mut tx, &cx.deed(), permit.action(), "round", &id.to_string(), &detail).await?;
    }
    Ok(tx.commit().await?)
}

/// The draft, if it is still the version of the search.
async fn still(tx: &mut kit::Tx, permit: &Permit, id: Uuid, going: &Going) -> Result<Option<Draft>, Fault> {
    let round = store::get(tx, permit, id).await?;
    match round.filter(|r| r.version == going.version && r.state == RoundState::Proposed) {
        Some(round) => ops::draft(&round),
        None => Ok(None),
    }
}

/// Keeps what was found, if nobody changed the plan meanwhile; else ends the search and says so.
async fn keep(cx: &Cx, permit: &Permit, id: Uuid, going: &Going, better: &(Arc<Rounds>, Plan)) -> Result<bool, Fault> {
    let mut tx = cx.write().await?;
    let Some(mut draft) = still(&mut tx, permit, id, going).await? else {
        going.stop.store(true, Ordering::Relaxed);
        return Ok(false);
    };
    draft.found(Some(better));
    let kept = store::improve(&mut tx, permit, id, going.version, &ops::json(&draft)?).await? == 1;
    tx.commit().await?;
    Ok(kept)
}

impl Draft {
    /// Takes over what a search found, if it is better.
    fn found(&mut self, better: Option<&Better>) {
        if let Some((rounds, plan)) = better.filter(|(_, plan)| plan.score > self.score) {
            self.take(rounds, plan);
        }
    }
}
