//! What can be done with campaigns.

use crate::config::CampaignsConfig;
use crate::model::{Campaign, Duty, Event, List, Made, State, Step, StepState, Verdict};
use crate::{obligation, store};
use areas::Atlas;
use insight::measure::ops::NewMeasure;
use kit::clock::{day_date, day_number};
use kit::once::{self, Claim};
use kit::{Fault, FieldFaults, Tx, Uuid, audit};
use policy::{Permit, Resource};
use signals::Catalogue;
use site::Cx;

/// Longest line, in characters.
pub(crate) const LINE: usize = 200;
/// Longest text, in characters.
pub(crate) const TEXT: usize = 4000;
/// Most partners of a campaign.
const PARTNERS: usize = 20;
/// Longest campaign, in days.
const LONGEST: i64 = 2 * 366;
/// Most hours of a budget.
const MOST_HOURS: i64 = 100_000;

/// A campaign as it was filled in.
#[derive(Clone, Debug, Default)]
pub struct Form {
    /// Kind.
    pub kind: String,
    /// Name.
    pub name: String,
    /// The problem.
    pub problem: String,
    /// What is around it.
    pub context: String,
    /// Neighbourhoods; none is the whole municipality.
    pub areas: Vec<String>,
    /// Categories.
    pub categories: Vec<String>,
    /// Priorities of the plan.
    pub priorities: Vec<String>,
    /// Partners, one per line.
    pub partners: String,
    /// Hours, as typed.
    pub budget_hours: String,
    /// First day, as typed.
    pub starts_on: String,
    /// Last day, as typed.
    pub ends_on: String,
    /// Day of the review, as typed.
    pub review_on: String,
}

/// A campaign with all that belongs to it.
#[derive(Clone, Debug)]
pub struct Whole {
    /// Itself.
    pub campaign: Campaign,
    /// The mix of measures.
    pub steps: Vec<Step>,
    /// Visits that it asks for.
    pub duties: Vec<Duty>,
    /// Visits that were made.
    pub made: Vec<Made>,
    /// History, the newest first.
    pub events: Vec<Event>,
}

/// What may be decided about a campaign.
#[derive(Clone, Debug, Default)]
pub struct Decision {
    /// State that it gets, as sent.
    pub becomes: String,
    /// Why: needed to close a draft and to go on after a review.
    pub reason: String,
    /// What was learnt, on a review.
    pub lesson: String,
    /// What the review concludes, as sent.
    pub verdict: String,
}

/// Today in the municipality, in days since 1970-01-01.
pub(crate) fn today(cx: &Cx) -> i64 {
    i64::from(cx.now.day_and_hour(&cx.municipality.zone).0)
}

/// A typed day, in days since 1970-01-01.
pub(crate) fn day(text: &str) -> Option<i64> {
    text.parse().ok().map(|d| i64::from(day_number(d)))
}

/// The day as forms take it: `2026-11-23`.
pub(crate) fn day_text(day: i64) -> String {
    day_date(i32::try_from(day).unwrap_or_default()).to_string()
}

/// A change must have met the version that was read.
pub(crate) fn one(touched: u64) -> Result<(), Fault> {
    if touched == 1 { Ok(()) } else { Err(Fault::Stale) }
}

pub(crate) fn reading(cx: &Cx) -> Result<Permit, Fault> {
    cx.permit("campaign:read", &Resource::open("campaign", cx.code()))
}

pub(crate) fn editing(cx: &Cx) -> Result<Permit, Fault> {
    cx.permit("campaign:edit", &Resource::open("campaign", cx.code()))
}

/// All campaigns, the newest start first, with visits made and minutes of presence of each.
///
/// # Errors
/// When the policy refuses or the database cannot be read.
pub async fn all(cx: &Cx, tx: &mut Tx) -> Result<Vec<(Campaign, i64, i64)>, Fault> {
    let permit = reading(cx)?;
    let totals = store::totals(tx, &permit).await?;
    let of = |id: Uuid| totals.iter().find(|t| t.0 == id).map_or((0, 0), |t| (t.1, t.2));
    let all = store::all(tx, &permit).await?;
    Ok(all
        .into_iter()
        .map(|c| {
            let (made, minutes) = of(c.id);
            (c, made, minutes)
        })
        .collect())
}

/// A campaign with all that belongs to it.
///
/// # Errors
/// When the policy refuses, there is no such campaign, or the database cannot be read.
pub async fn get(cx: &Cx, tx: &mut Tx, id: Uuid) -> Result<Whole, Fault> {
    let permit = reading(cx)?;
    Ok(Whole {
        campaign: store::get(tx, &permit, id).await?.ok_or(Fault::NotFound)?,
        steps: store::steps(tx, &permit, id).await?,
        duties: obligation::all(tx, &permit, id).await?,
        made: obligation::made_of(tx, &permit, id).await?,
        events: store::events(tx, &permit, id).await?,
    })
}

/// A campaign that can still be changed.
pub(crate) async fn open(tx: &mut Tx, permit: &Permit, id: Uuid) -> Result<Campaign, Fault> {
    let campaign = store::get(tx, permit, id).await?.ok_or(Fault::NotFound)?;
    if campaign.state == State::Closed {
        return Err(Fault::Rule { key: "campaigns-rule-closed", values: vec![] });
    }
    Ok(campaign)
}

/// Adds a line to the history and to the audit trail.
pub(crate) async fn told(
    cx: &Cx,
    tx: &mut Tx,
    permit: &Permit,
    id: Uuid,
    (what, note): (&str, &str),
) -> Result<(), Fault> {
    store::add_event(tx, permit, cx.app.clock.id(), id, cx.now, (what, note)).await?;
    let detail = serde_json::json!({ "act": what });
    Ok(audit::record(tx, &cx.deed(), permit.action(), "campaign", &id.to_string(), &detail).await?)
}

pub(crate) fn length(faults: &mut FieldFaults, field: &'static str, text: &str, most: usize) {
    if text.chars().count() > most {
        faults.add_with(field, "campaigns-too-long", vec![("most", most.to_string())]);
    }
}

fn lay(cx: &Cx, form: &Form, onto: Campaign) -> Result<Campaign, Fault> {
    let mut faults = FieldFaults::default();
    let config = cx.municipality.get::<CampaignsConfig>();
    let catalogue = cx.municipality.get::<Catalogue>();
    let sheet = cx.municipality.get::<Atlas>().sheet();
    if config.kind(&form.kind).is_none() {
        faults.add("kind", "campaigns-kind-missing");
    }
    if form.name.is_empty() {
        faults.add("name", "campaigns-name-missing");
    }
    length(&mut faults, "name", &form.name, LINE);
    if form.problem.is_empty() {
        faults.add("problem", "campaigns-problem-missing");
    }
    length(&mut faults, "problem", &form.problem, TEXT);
    length(&mut faults, "context", &form.context, TEXT);
    if form.areas.iter().any(|code| sheet.neighbourhoods().all(|a| a.code != *code)) {
        faults.add("areas", "campaigns-areas-unknown");
    }
    if form.categories.is_empty() || form.categories.iter().any(|id| catalogue.get(id).is_none()) {
        faults.add("categories", "campaigns-categories-missing");
    }
    if form.priorities.iter().any(|id| catalogue.priorities.iter().all(|(p, _)| p != id)) {
        faults.add("priorities", "campaigns-priorities-unknown");
    }
    let partners: Vec<String> = form.partners.lines().map(|l| l.trim().to_owned()).filter(|l| !l.is_empty()).collect();
    if partners.len() > PARTNERS || partners.iter().any(|p| p.chars().count() > LINE) {
        faults.add_with("partners", "campaigns-partners-many", vec![("most", PARTNERS.to_string())]);
    }
    let hours = form.budget_hours.parse::<i64>().ok().filter(|h| (1..=MOST_HOURS).contains(h));
    if hours.is_none() {
        faults.add("budget_hours", "campaigns-hours-missing");
    }
    let (starts, ends, review) = (day(&form.starts_on), day(&form.ends_on), day(&form.review_on));
    if starts.is_none() {
        faults.add("starts_on", "campaigns-start-missing");
    }
    if ends.is_none_or(|e| starts.is_some_and(|s| e < s || e - s > LONGEST)) {
        faults.add("ends_on", "campaigns-end-wrong");
    }
    if review.is_none_or(|r| starts.is_some_and(|s| r < s || r - s > 2 * LONGEST)) {
        faults.add("review_on", "campaigns-review-wrong");
    }
    faults.ok()?;
    Ok(Campaign {
        kind: form.kind.clone(),
        name: form.name.clone(),
        problem: form.problem.clone(),
        context: form.context.clone(),
        areas: List(form.areas.clone()),
        categories: List(form.categories.clone()),
        priorities: List(form.priorities.clone()),
        partners: List(partners),
        budget_hours: hours.unwrap_or_default(),
        starts_on: starts.unwrap_or_default(),
        ends_on: ends.unwrap_or_default(),
        review_on: review.unwrap_or_default(),
        ..onto
    })
}

/// Writes a new campaign once per form, as a draft with the mix of measures of its kind; its id is that of the form.
///
/// # Errors
/// [`Fault::Invalid`] with a sentence per field, or when the policy or the database refuses.
pub async fn create(cx: &Cx, tx: &mut Tx, request: Uuid, form: &Form) -> Result<Uuid, Fault> {
    let permit = editing(cx)?;
    let blank = Campaign {
        id: request,
        kind: String::new(),
        name: String::new(),
        problem: String::new(),
        context: String::new(),
        areas: List::default(),
        categories: List::default(),
        priorities: List::default(),
        partners: List::default(),
        budget_hours: 0,
        starts_on: 0,
        ends_on: 0,
        review_on: 0,
        state: State::Draft,
        measure_id: None,
        lesson: String::new(),
        verdict: None,
        reviewed_at: None,
        made_at: cx.now,
        version: 1,
    };
    let campaign = lay(cx, form, blank)?;
    if once::claim(tx, cx.code(), request, cx.now, &format!("/campaigns/{request}")).await? != Claim::New {
        return Ok(request);
    }
    store::insert(tx, &permit, &campaign).await?;
    let config = cx.municipality.get::<CampaignsConfig>();
    for start in config.kind(&campaign.kind).map_or(&[][..], |k| &k.steps) {
        let step = Step {
            id: cx.app.clock.id(),
            campaign_id: request,
            what: start.what.get(cx.words.language()).to_owned(),
            partner: start.partner.clone(),
            from_on: Some(campaign.starts_on),
            to_on: Some(campaign.ends_on),
            state: StepState::Planned,
            reason: String::new(),
            version: 1,
        };
        store::insert_step(tx, &permit, &step, cx.now).await?;
    }
    told(cx, tx, &permit, request, ("made", "")).await?;
    Ok(request)
}

/// Changes a campaign once per form.
///
/// # Errors
/// [`Fault::Invalid`] with a sentence per field, [`Fault::Stale`], [`Fault::Rule`] when it is closed.
pub async fn change(cx: &Cx, tx: &mut Tx, request: Uuid, (id, version): (Uuid, i64), form: &Form) -> Result<(), Fault> {
    let permit = editing(cx)?;
    if once::claim(tx, cx.code(), request, cx.now, &format!("/campaigns/{id}")).await? != Claim::New {
        return Ok(());
    }
    let campaign = open(tx, &permit, id).await?;
    if campaign.version != version {
        return Err(Fault::Stale);
    }
    let campaign = lay(cx, form, campaign)?;
    one(store::change(tx, &permit, &campaign).await?)?;
    told(cx, tx, &permit, id, ("changed", "")).await
}

/// Starts, reviews, resumes or closes a campaign, once per form.
///
/// # Errors
/// [`Fault::Invalid`] with a sentence per field, [`Fault::Stale`], or [`Fault::Rule`] when its state does not allow it.
pub async fn decide(
    cx: &Cx,
    tx: &mut Tx,
    request: Uuid,
    (id, version): (Uuid, i64),
    decision: &Decision,
) -> Result<(), Fault> {
    let permit = cx.permit("campaign:decide", &Resource::open("campaign", cx.code()))?;
    if once::claim(tx, cx.code(), request, cx.now, &format!("/campaigns/{id}")).await? != Claim::New {
        return Ok(());
    }
    let mut campaign = store::get(tx, &permit, id).await?.ok_or(Fault::NotFound)?;
    if campaign.version != version {
        return Err(Fault::Stale);
    }
    let Ok(to) = decision.becomes.parse::<State>() else { return Err(Fault::Bad("fault-bad-request")) };
    let from = campaign.state;
    if !from.may_become(to) {
        return Err(Fault::Rule { key: "campaigns-rule-state", values: vec![] });
    }
    let mut faults = FieldFaults::default();
    let what = match (from, to) {
        (State::Draft, State::Running) => {
            if store::steps(tx, &permit, id).await?.is_empty() && obligation::all(tx, &permit, id).await?.is_empty() {
                return Err(Fault::Rule { key: "campaigns-rule-empty", values: vec![] });
            }
            "started"
        }
        (_, State::Reviewed) => {
            if decision.lesson.is_empty() {
                faults.add("lesson", "campaigns-lesson-missing");
            }
            length(&mut faults, "lesson", &decision.lesson, TEXT);
            campaign.verdict = decision.verdict.parse::<Verdict>().ok();
            if campaign.verdict.is_none() {
                faults.add("verdict", "campaigns-verdict-missing");
            }
            campaign.lesson.clone_from(&decision.lesson);
            campaign.reviewed_at = Some(cx.now);
            "reviewed"
        }
        (_, State::Running) => "resumed",
        (State::Draft, _) => "withdrawn",
        _ => "closed",
    };
    if decision.reason.is_empty() && ["resumed", "withdrawn"].contains(&what) {
        faults.add("reason", "campaigns-reason-missing");
    }
    length(&mut faults, "reason", &decision.reason, TEXT);
    faults.ok()?;
    campaign.state = to;
    one(store::change(tx, &permit, &campaign).await?)?;
    let note = if what == "reviewed" { &decision.lesson } else { &decision.reason };
    told(cx, tx, &permit, id, (what, note)).await
}

/// Has the picture follow the effect: makes a measure of the campaign's neighbourhoods, days and categories, once per
/// form, and joins it. Two transactions: the measure is one of its own, also for who never saw the campaign.
///
/// # Errors
/// [`Fault::Rule`] when it is followed already, or when the policy or the database refuses.
pub async fn follow(cx: &Cx, request: Uuid, id: Uuid) -> Result<(), Fault> {
    let permit = editing(cx)?;
    let mut tx = cx.read().await?;
    let campaign = open(&mut tx, &permit, id).await?;
    drop(tx);
    match campaign.measure_id {
        Some(measure) if measure == request => return Ok(()),
        Some(_) => return Err(Fault::Rule { key: "campaigns-rule-followed", values: vec![] }),
        None => {}
    }
    let config = cx.municipality.get::<CampaignsConfig>();
    let catalogue = cx.municipality.get::<Catalogue>();
    let sheet = cx.municipality.get::<Atlas>().sheet();
    let mut subjects: Vec<String> =
        campaign.categories.0.iter().filter_map(|c| catalogue.get(c)).map(|c| c.main.clone()).collect();
    subjects.sort();
    subjects.dedup();
    let everywhere = || sheet.neighbourhoods().map(|a| a.code.clone()).collect();
    let measure = NewMeasure {
        request,
        title: campaign.name.chars().take(LINE).collect(),
        kind: config.kind(&campaign.kind).map(|k| k.effect.clone()).unwrap_or_default(),
        goal: campaign.problem.chars().take(TEXT).collect(),
        areas: if campaign.areas.0.is_empty() { everywhere() } else { campaign.areas.0.clone() },
        subjects,
        starts_on: day_text(campaign.starts_on),
        ends_on: day_text(campaign.ends_on),
    };
    let measure = insight::measure::ops::create(cx, &measure).await?;
    let mut tx = cx.write().await?;
    let now = open(&mut tx, &permit, id).await?;
    if now.measure_id.is_none() {
        one(store::change(&mut tx, &permit, &Campaign { measure_id: Some(measure), ..now }).await?)?;
        told(cx, &mut tx, &permit, id, ("followed", "")).await?;
    }
    Ok(tx.commit().await?)
}
