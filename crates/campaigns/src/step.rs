//! The mix of measures of a campaign: what is done, by whom, when, and how far it is.

pub mod web;

use crate::model::{Step, StepState};
use crate::ops::{LINE, TEXT, day, editing, length, one, open, told};
use crate::store;
use kit::once::{self, Claim};
use kit::{Fault, FieldFaults, Tx, Uuid};
use site::Cx;

/// A measure as it was filled in.
#[derive(Clone, Debug, Default)]
pub struct Form {
    /// The measure that changes; `None` makes a new one with the id of the form.
    pub id: Option<Uuid>,
    /// What is done.
    pub what: String,
    /// Who does it; empty is the municipality.
    pub partner: String,
    /// First day, as typed; may be empty.
    pub from_on: String,
    /// Last day, as typed; may be empty.
    pub to_on: String,
    /// State, as sent.
    pub state: String,
    /// Why it is dropped.
    pub reason: String,
    /// Version that was read.
    pub version: i64,
}

fn check(form: &Form, campaign_id: Uuid, id: Uuid) -> Result<Step, Fault> {
    let mut faults = FieldFaults::default();
    if form.what.is_empty() {
        faults.add("what", "campaigns-step-what-missing");
    }
    length(&mut faults, "what", &form.what, LINE);
    length(&mut faults, "partner", &form.partner, LINE);
    length(&mut faults, "reason", &form.reason, TEXT);
    let (from_on, to_on) = (day(&form.from_on), day(&form.to_on));
    if !form.from_on.is_empty() && from_on.is_none() {
        faults.add("from_on", "campaigns-day-wrong");
    }
    if !form.to_on.is_empty() && (to_on.is_none() || to_on < from_on) {
        faults.add("to_on", "campaigns-end-wrong");
    }
    let state = form.state.parse::<StepState>().ok();
    if state.is_none() {
        faults.add("state", "campaigns-step-state-missing");
    }
    if state == Some(StepState::Dropped) && form.reason.is_empty() {
        faults.add("reason", "campaigns-step-reason-missing");
    }
    faults.ok()?;
    let Some(state) = state else { return Err(Fault::Bad("fault-bad-request")) };
    Ok(Step {
        id,
        campaign_id,
        what: form.what.clone(),
        partner: form.partner.clone(),
        from_on,
        to_on,
        state,
        reason: form.reason.clone(),
        version: form.version,
    })
}

/// Writes or changes a measure, once per form.
///
/// # Errors
/// [`Fault::Invalid`] with a sentence per field, [`Fault::Stale`], or [`Fault::Rule`] when the campaign is closed.
pub async fn put(cx: &Cx, tx: &mut Tx, request: Uuid, campaign: Uuid, form: &Form) -> Result<(), Fault> {
    let permit = editing(cx)?;
    let step = check(form, campaign, form.id.unwrap_or(request))?;
    if once::claim(tx, cx.code(), request, cx.now, &format!("/campaigns/{campaign}")).await? != Claim::New {
        return Ok(());
    }
    open(tx, &permit, campaign).await?;
    let what = if form.id.is_some() {
        let known = store::step(tx, &permit, step.id).await?.filter(|s| s.campaign_id == campaign);
        let before = known.ok_or(Fault::NotFound)?;
        one(store::change_step(tx, &permit, &step).await?)?;
        if before.state == step.state { "step-changed" } else { step_word(step.state) }
    } else {
        store::insert_step(tx, &permit, &step, cx.now).await?;
        "step-added"
    };
    told(cx, tx, &permit, campaign, (what, &step.what)).await
}

fn step_word(state: StepState) -> &'static str {
    match state {
        StepState::Planned => "step-planned",
        StepState::Running => "step-running",
        StepState::Done => "step-done",
        StepState::Dropped => "step-dropped",
    }
}
