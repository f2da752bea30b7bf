//! Filling a draft: a first plan at once, then a search in the background that anybody can watch and stop.

use super::{Period, State, get, store};
use crate::RosterConfig;
use crate::question::{self, Question};
use deployment::roster::{Budget, Filled, Plan};
use kit::once::{self, Claim};
use kit::{Fault, Tx, Uuid, args, audit, jobs};
use policy::{Permit, Resource};
use site::{Cx, Shared};

/// Name of the job that makes a draft better, a chunk at a time.
pub const IMPROVE: &str = "roster-improve";

/// Fills the open places of a draft and asks for the search, once per form. Whom somebody put there by hand stays.
///
/// # Errors
/// [`Fault::Rule`] when the roster is published or there is nobody to plan, [`Fault::NotFound`], or when the policy or
/// the database refuses.
pub async fn fill(cx: &Cx, tx: &mut Tx, request: Uuid, id: Uuid) -> Result<(), Fault> {
    let permit = cx.permit("roster:edit", &Resource::ordinary("roster", cx.code()))?;
    if once::claim(tx, cx.code(), request, cx.now, &format!("/roster/{id}")).await? != Claim::New {
        return Ok(());
    }
    let question = question::read(cx, tx, &permit, id).await?;
    if question.period.state != State::Draft {
        return Err(Fault::Rule { key: "roster-published-rule", values: vec![] });
    }
    let (question, filled) = apart(question, move |question| {
        let planner = question.planner()?;
        planner.fill(Budget { tries: 0, seed: seed(id, 0) }).map_err(|error| Fault::Internal(error.to_string()))
    })
    .await?;
    let config = cx.municipality.get::<RosterConfig>();
    let asked = Period { tries_done: 0, tries_asked: config.tries, ..question.period.clone() };
    write(tx, &permit, &question, &filled, asked).await?;
    enqueue(cx, tx, id).await?;
    let detail = serde_json::json!({ "cost": filled.cost, "bound": filled.bound });
    audit::record(tx, &cx.deed(), permit.action(), "roster", &id.to_string(), &detail).await?;
    Ok(())
}

/// Stops the search; the plan so far stays.
///
/// # Errors
/// [`Fault::NotFound`], or when the policy or the database refuses.
pub async fn stop(cx: &Cx, tx: &mut Tx, request: Uuid, id: Uuid) -> Result<(), Fault> {
    let permit = cx.permit("roster:edit", &Resource::ordinary("roster", cx.code()))?;
    if once::claim(tx, cx.code(), request, cx.now, &format!("/roster/{id}")).await? != Claim::New {
        return Ok(());
    }
    let period = get(tx, &permit, id).await?;
    let stopped = Period { tries_asked: period.tries_done, ..period };
    store::progress(tx, &permit, &stopped).await?;
    Ok(())
}

/// Job [`IMPROVE`]: tries a chunk of changes, writes the better plan down unless somebody changed the roster meanwhile,
/// and asks for the next chunk.
///
/// # Errors
/// When the database refuses.
pub async fn improve(app: Shared, job: jobs::Job) -> anyhow::Result<()> {
    let municipality = app.municipality(&job.municipality)?;
    let cx = Cx::system(&app, &municipality, "roster:edit");
    let payload: serde_json::Value = serde_json::from_str(&job.payload)?;
    let id = Uuid::try_parse(payload["roster"].as_str().unwrap_or_default())?;
    // The system has no role; what everybody may do opens the same municipality.
    let permit = cx.permit("public:read", &Resource::ordinary("roster", cx.code()))?;
    let mut tx = cx.read().await?;
    let question = match question::read(&cx, &mut tx, &permit, id).await {
        Ok(question) => question,
        Err(Fault::NotFound) => return Ok(()),
        Err(fault) => return Err(fault.into()),
    };
    drop(tx);
    if !question.period.is_searching() || !question.can_plan() {
        return Ok(());
    }
    let config = municipality.get::<RosterConfig>();
    let chunk = config.chunk.min(question.period.tries_asked - question.period.tries_done);
    let budget = Budget { tries: u64::try_from(chunk)?, seed: seed(id, question.period.tries_done) };
    let (question, better) = apart(question, move |question| {
        let planner = question.planner()?;
        planner.improve(&question.plan, budget).map_err(|error| Fault::Internal(error.to_string()))
    })
    .await?;
    let mut tx = cx.write().await?;
    let now = get(&mut tx, &permit, id).await?;
    let tries_done = now.tries_done + chunk;
    if now.version == question.period.version {
        write(&mut tx, &permit, &question, &better, Period { tries_done, ..now }).await?;
    }
    enqueue(&cx, &mut tx, id).await?;
    tx.commit().await?;
    Ok(())
}

async fn enqueue(cx: &Cx, tx: &mut Tx, id: Uuid) -> Result<(), Fault> {
    let payload = serde_json::json!({ "roster": id });
    Ok(jobs::enqueue(tx, cx.code(), IMPROVE, &payload, Some(&id.to_string()), cx.app.clock.now()).await?)
}

/// Works on a thread of its own, so that pages do not wait for the search.
async fn apart(
    question: Question,
    work: impl FnOnce(&Question) -> Result<Filled, Fault> + Send + 'static,
) -> Result<(Question, Filled), Fault> {
    let done = tokio::task::spawn_blocking(move || {
        let filled = work(&question)?;
        Ok::<_, Fault>((question, filled))
    });
    done.await.map_err(|error| Fault::Internal(error.to_string()))?
}

/// Where chance begins: another place for each roster and chunk, the same for the same.
fn seed(id: Uuid, tries_done: i64) -> u64 {
    (id.as_u128() as u64) ^ u64::try_from(tries_done).unwrap_or(0).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// Writes a plan in place of the one that the program made before, and how far the search is.
async fn write(
    tx: &mut Tx,
    permit: &Permit,
    question: &Question,
    filled: &Filled,
    period: Period,
) -> Result<(), Fault> {
    let (cost, bound) = (filled.cost.total(), filled.bound.total());
    let period = Period { cost: Some(cost), bound: Some(bound), ..period };
    if store::progress(tx, permit, &period).await? == 0 {
        return Err(Fault::Stale);
    }
    if filled.plan == question.plan {
        return Ok(());
    }
    store::clear(tx, permit, period.id).await?;
    store::insert_places(tx, rows(permit, question, &filled.plan)).await?;
    Ok(())
}

/// The places of a plan on the roster's own shifts; those put there by hand are there already.
fn rows(permit: &Permit, question: &Question, plan: &Plan) -> Vec<kit::Value> {
    let own = plan.0.iter().take(question.own).enumerate();
    let places = own.flat_map(|(shift, on)| on.iter().map(move |&officer| (shift, officer)));
    places
        .filter(|&(shift, officer)| !question.by_hand.contains(&(officer, shift)))
        .flat_map(|(shift, officer)| {
            args![permit.municipality(), question.shifts[shift].id, question.people[officer].id, false]
        })
        .collect()
}
