//! Proposing, deciding and withdrawing: permit, rule, record, audit.

use super::rules::{Proposal, check, hindrance, no_grant};
use super::{Authorisation, store};
use crate::partners::front::{paragraph, wrong};
use crate::{covenants, partners};
use kit::{Fault, FieldFaults, Tx, Uuid, audit, once};
use policy::{Permit, Resource, Role};
use site::Cx;

/// A decision on a proposal.
#[derive(Clone, Debug)]
pub struct Decision {
    /// Made with the form.
    pub request: Uuid,
    /// Version of the authorisation on the form.
    pub version: i64,
    /// Granted, or refused.
    pub grant: bool,
    /// Why; a refusal must say it.
    pub reason: String,
}

/// A withdrawal.
#[derive(Clone, Debug)]
pub struct Withdrawal {
    /// Made with the form.
    pub request: Uuid,
    /// Version of the authorisation on the form.
    pub version: i64,
    /// Why.
    pub reason: String,
}

/// Asks the policy about an authorisation for `processing`; who may decide depends on the regime of its data.
pub(super) fn permit(cx: &Cx, action: &'static str, processing: &str) -> Result<Permit, Fault> {
    let declared = cx.app.policy.register().get(processing).filter(|p| p.record);
    let regime = declared.and_then(|p| p.regimes.first()).ok_or_else(|| wrong("processing", UNKNOWN))?;
    cx.permit(action, &Resource::fenced("authorisation", cx.code(), *regime, processing))
}

const UNKNOWN: &str = "authorisations-processing-missing";

/// Whether the processing is of police data (Wpg), so that an officer needs a valid deed.
fn of_police_data(cx: &Cx, processing: &str) -> bool {
    let declared = cx.app.policy.register().get(processing);
    declared.is_some_and(|p| p.regimes.iter().any(|r| r.code() == "R2"))
}

async fn written(tx: &mut Tx, cx: &Cx, permit: &Permit, id: Uuid, detail: &serde_json::Value) -> Result<(), Fault> {
    audit::record(tx, &cx.deed(), permit.action(), "authorisation", &id.to_string(), detail).await?;
    Ok(())
}

/// Proposes an authorisation and gives its id.
///
/// # Errors
/// [`Fault::Invalid`] with what must be filled in, or when the policy or the database refuses.
pub async fn propose(cx: &Cx, proposal: Proposal) -> Result<Uuid, Fault> {
    let permit = permit(cx, "authorisation:propose", &proposal.processing)?;
    let proposer = permit.actor().ok_or(Fault::SignIn)?;
    let mut tx = cx.write().await?;
    let answer = format!("/authorisations/{}", proposal.request);
    if once::claim(&mut tx, cx.code(), proposal.request, cx.now, &answer).await? != once::Claim::New {
        return Ok(proposal.request);
    }
    let people = partners::people(&mut tx, cx.code(), None).await?;
    let person = people.iter().find(|p| p.id == proposal.account && p.active);
    let person = person.ok_or_else(|| wrong("account", "authorisations-person-missing"))?;
    let needs_deed = person.role == Role::Officer && of_police_data(cx, &proposal.processing);
    let term = check(&proposal, needs_deed, cx.now, &cx.municipality).map_err(Fault::Invalid)?;
    if store::overlapping(&mut tx, cx.code(), person.id, &proposal.processing, &term).await? > 0 {
        return Err(wrong("processing", "authorisations-overlap"));
    }
    store::insert(&mut tx, &permit, &proposal, &term, (proposer, cx.now)).await?;
    let detail = serde_json::json!({ "account": proposal.account, "processing": proposal.processing });
    written(&mut tx, cx, &permit, proposal.request, &detail).await?;
    tx.commit().await?;
    Ok(proposal.request)
}

/// The authorisation with the permit for an action on it.
async fn opened(cx: &Cx, tx: &mut Tx, action: &'static str, id: Uuid) -> Result<(Authorisation, Permit), Fault> {
    let found = store::get(tx, cx.code(), id, cx.now).await?.ok_or(Fault::NotFound)?;
    let permit = permit(cx, action, &found.processing)?;
    Ok((found, permit))
}

/// Grants or refuses a proposal.
///
/// # Errors
/// [`Fault::Invalid`] when the decider is the person or the proposer, when the deed lapsed, when there is no covenant in
/// force for somebody of a partner, or without a reason; [`Fault::Stale`] when it was decided or withdrawn since;
/// [`Fault::NotFound`]; or when the policy or the database refuses.
pub async fn decide(cx: &Cx, id: Uuid, decision: Decision) -> Result<(), Fault> {
    let mut tx = cx.write().await?;
    let (found, permit) = opened(cx, &mut tx, "authorisation:decide", id).await?;
    let decider = permit.actor().ok_or(Fault::SignIn)?;
    if let Some(key) = hindrance(&found, decider) {
        return Err(wrong("decision", key));
    }
    let mut faults = FieldFaults::default();
    if !decision.grant {
        paragraph(&mut faults, "refusal", &decision.reason, "authorisations-refusal-missing");
    }
    faults.ok()?;
    let answer = format!("/authorisations/{id}");
    if once::claim(&mut tx, cx.code(), decision.request, cx.now, &answer).await? != once::Claim::New {
        return Ok(());
    }
    let mark = (id, decision.version);
    let done = if decision.grant {
        let covenant = match found.organisation_id {
            Some(of) => covenants::in_force(&mut tx, cx.code(), of, &found.processing, cx.now).await?.is_some(),
            None => true,
        };
        if let Some(key) = no_grant(&found, covenant, cx.now) {
            return Err(wrong("decision", key));
        }
        store::grant(&mut tx, &permit, mark, cx.now).await?
    } else {
        store::refuse(&mut tx, &permit, mark, decision.reason.trim(), cx.now).await?
    };
    if !done {
        return Err(Fault::Stale);
    }
    let detail = serde_json::json!({
        "account": found.account_id, "processing": found.processing, "granted": decision.grant,
    });
    written(&mut tx, cx, &permit, id, &detail).await?;
    tx.commit().await?;
    Ok(())
}

/// Withdraws an authorisation, or a proposal. What it opened is closed from this instant.
///
/// # Errors
/// [`Fault::Invalid`] without a reason, [`Fault::Stale`] when it was refused or withdrawn since, [`Fault::NotFound`], or
/// when the policy or the database refuses.
pub async fn withdraw(cx: &Cx, id: Uuid, withdrawal: Withdrawal) -> Result<(), Fault> {
    let mut tx = cx.write().await?;
    let (found, permit) = opened(cx, &mut tx, "authorisation:withdraw", id).await?;
    let mut faults = FieldFaults::default();
    paragraph(&mut faults, "withdrawal", &withdrawal.reason, "authorisations-withdrawal-missing");
    faults.ok()?;
    let answer = format!("/authorisations/{id}");
    if once::claim(&mut tx, cx.code(), withdrawal.request, cx.now, &answer).await? != once::Claim::New {
        return Ok(());
    }
    let mark = (id, withdrawal.version);
    if !store::withdraw(&mut tx, &permit, mark, withdrawal.reason.trim(), cx.now).await? {
        return Err(Fault::Stale);
    }
    let detail = serde_json::json!({ "account": found.account_id, "processing": found.processing });
    written(&mut tx, cx, &permit, id, &detail).await?;
    tx.commit().await?;
    Ok(())
}
