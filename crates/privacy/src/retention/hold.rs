//! Legal holds: what must wait for a complaint, an audit or a court. What is on hold is not removed and not destroyed.

use super::overview::{tabs, vault_name};
use super::rules::regime_of;
use super::store::{self, proofs as rows};
use axum::Form;
use axum::http::StatusCode;
use axum::response::Response;
use kit::once::{self, Claim};
use kit::{Fault, FieldFaults, Uuid, audit, ledger};
use policy::{Permit, Resource};
use rows::Hold;
use serde::Deserialize;
use site::page::{Choice, FormError, Link, Page};
use site::{Cx, render_as, see_other};
use std::collections::HashMap;

/// Most holds of a vault on the page.
const MOST: i64 = 200;

const HERE: &str = "/retention/holds";

#[derive(askama::Template)]
#[template(path = "retention/pages/holds.html")]
struct HoldsPage {
    page: Page,
    tabs: Vec<Link>,
    errors: Vec<FormError>,
    record_fault: String,
    reason_fault: String,
    form: HoldForm,
    vaults: Vec<Choice>,
    request: Uuid,
    may_hold: bool,
    rows: Vec<HoldRow>,
}

struct HoldRow {
    id: Uuid,
    request: Uuid,
    vault: &'static str,
    vault_name: String,
    record: Uuid,
    reason: String,
    placed: String,
    lifted: String,
    open: bool,
}

/// What the form that places a hold sends.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct HoldForm {
    request: String,
    vault: String,
    record: String,
    reason: String,
}

/// What the button that lifts a hold sends.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct LiftForm {
    request: String,
    vault: String,
    hold: String,
}

/// `GET /retention/holds`: what must wait.
///
/// # Errors
/// When the policy refuses or a database cannot be read.
pub async fn holds(cx: Cx) -> Result<Response, Fault> {
    page(&cx, HoldForm::default(), &FieldFaults::default()).await
}

async fn page(cx: &Cx, form: HoldForm, faults: &FieldFaults) -> Result<Response, Fault> {
    let permit = cx.permit("retention:read", &Resource::ordinary("retention", cx.code()))?;
    let mut tx = cx.read().await?;
    let names: HashMap<Uuid, String> =
        people::account::all(&mut tx, permit.municipality()).await?.into_iter().map(|a| (a.id, a.name)).collect();
    drop(tx);
    let mut rows = Vec::new();
    for db in cx.app.every_vault() {
        let permit = cx.permit("retention:read", &in_vault(cx, db.name()))?;
        let mut tx = cx.vault(&permit)?.read().await?;
        for hold in rows::holds(&mut tx, permit.municipality(), MOST).await? {
            rows.push(row(cx, db.name(), hold, &names));
        }
    }
    rows.sort_by_key(|row| !row.open);
    let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let choice = |vault: &'static str| Choice::new(vault, vault_name(cx, vault));
    let page = HoldsPage {
        tabs: tabs(cx, HERE),
        errors: cx.summary(faults),
        record_fault: faults.of("record", &cx.words).unwrap_or_default(),
        reason_fault: faults.of("reason", &cx.words).unwrap_or_default(),
        vaults: cx.app.every_vault().iter().map(|db| choice(db.name())).collect(),
        request: cx.app.clock.id(),
        may_hold: cx.may("retention:hold"),
        rows,
        form,
        page: cx.page("retention-holds-title"),
    };
    render_as(status, &page)
}

fn row(cx: &Cx, vault: &'static str, hold: Hold, names: &HashMap<Uuid, String>) -> HoldRow {
    let who = names.get(&hold.placed_by).cloned().unwrap_or_default();
    HoldRow {
        id: hold.id,
        request: cx.app.clock.id(),
        vault,
        vault_name: vault_name(cx, vault),
        record: hold.record_id,
        reason: hold.reason,
        placed: format!("{}, {who}", cx.words.date(hold.placed_at)),
        lifted: hold.lifted_at.map(|at| cx.words.date(at)).unwrap_or_default(),
        open: hold.lifted_at.is_none(),
    }
}

fn in_vault<'a>(cx: &'a Cx, vault: &str) -> Resource<'a> {
    Resource { regime: regime_of(vault), ..Resource::ordinary("retention", cx.code()) }
}

/// `POST /retention/holds`: places a hold on a record, or on a report in `main`.
///
/// # Errors
/// As [`place_hold`], except what the sender can mend: that comes back as the page.
pub async fn place(cx: Cx, Form(form): Form<HoldForm>) -> Result<Response, Fault> {
    let vault = open(&cx, &form.vault)?;
    let permit = cx.permit("retention:hold", &in_vault(&cx, vault))?;
    let request = uuid(&form.request)?;
    match place_hold(&cx, &permit, request, form.record.trim(), form.reason.trim()).await {
        Ok(()) => Ok(see_other(HERE)),
        Err(Fault::Invalid(faults)) => page(&cx, form, &faults).await,
        Err(fault) => Err(fault),
    }
}

/// Places a hold in the vault of `permit`: on the record with this id or, in `main`, on the report with this id or
/// reference. Once per request.
///
/// # Errors
/// [`Fault::Invalid`] when there is no such record or no reason; or the database refuses.
pub(super) async fn place_hold(
    cx: &Cx,
    permit: &Permit,
    request: Uuid,
    record: &str,
    reason: &str,
) -> Result<(), Fault> {
    let code = permit.municipality();
    let mut faults = FieldFaults::default();
    if reason.is_empty() {
        faults.add("reason", "retention-hold-no-reason");
    }
    let id = Uuid::try_parse(record).unwrap_or_default();
    let mut tx = cx.vault(permit)?.write().await?;
    if let Claim::Replay(_) = once::claim(&mut tx, code, request, cx.now, HERE).await? {
        return Ok(());
    }
    let mut target = rows::lock_record(&mut tx, code, id).await?.map(|processing| (id, processing));
    if target.is_none() && permit.regime().vault() == "main" {
        let report = rows::report(&mut tx, code, id, record).await?;
        target = report.map(|id| (id, "reports".to_owned()));
    }
    let Some((record, processing)) = target.filter(|_| faults.is_empty()) else {
        if faults.is_empty() {
            faults.add("record", "retention-hold-unknown");
        }
        return Err(Fault::Invalid(faults));
    };
    let by = permit.actor().ok_or(Fault::SignIn)?;
    let hold = Hold {
        id: request,
        record_id: record,
        reason: reason.to_owned(),
        placed_by: by,
        placed_at: cx.now,
        lifted_at: None,
    };
    rows::hold(&mut tx, code, &hold).await?;
    note(cx, &mut tx, permit, (record, &processing), ("held", "retention:hold")).await?;
    tx.commit().await?;
    Ok(())
}

/// `POST /retention/holds/lift`: lifts a hold; from then on the terms count again.
///
/// # Errors
/// When the policy or the database refuses, or there is no such vault.
pub async fn lift(cx: Cx, Form(form): Form<LiftForm>) -> Result<Response, Fault> {
    let vault = open(&cx, &form.vault)?;
    let permit = cx.permit("retention:hold", &in_vault(&cx, vault))?;
    lift_hold(&cx, &permit, uuid(&form.request)?, uuid(&form.hold)?).await?;
    Ok(see_other(HERE))
}

/// Lifts a hold in the vault of `permit`. Lifting it twice changes nothing.
///
/// # Errors
/// When the database refuses.
pub(super) async fn lift_hold(cx: &Cx, permit: &Permit, request: Uuid, hold: Uuid) -> Result<(), Fault> {
    let code = permit.municipality();
    let by = permit.actor().ok_or(Fault::SignIn)?;
    let mut tx = cx.vault(permit)?.write().await?;
    if let Claim::Replay(_) = once::claim(&mut tx, code, request, cx.now, HERE).await? {
        return Ok(());
    }
    if let Some(record) = rows::lift(&mut tx, code, hold, (by, cx.now)).await? {
        let processing = rows::lock_record(&mut tx, code, record).await?.unwrap_or_else(|| "reports".to_owned());
        note(cx, &mut tx, permit, (record, &processing), ("released", "retention:release")).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// History, audit and processing log of a hold. The reason stays on the hold: it may name persons.
async fn note(
    cx: &Cx,
    tx: &mut kit::Tx<kit::AnyVault>,
    permit: &Permit,
    (record, processing): (Uuid, &str),
    (act, action): (&str, &str),
) -> Result<(), Fault> {
    let code = permit.municipality();
    let subjects = store::subjects(tx, code, &[record]).await?;
    store::history(tx, code, &[record], (act, "{}"), (cx.now, permit.actor())).await?;
    let deed = cx.deed_for(processing);
    audit::record(tx, &deed, action, "record", &record.to_string(), &serde_json::json!({})).await?;
    ledger::write(tx, &deed, action, processing, &subjects).await?;
    Ok(())
}

/// The vault `name`, when it is open here.
fn open(cx: &Cx, name: &str) -> Result<&'static str, Fault> {
    cx.app.every_vault().iter().map(|db| db.name()).find(|n| *n == name).ok_or(Fault::NotFound)
}

fn uuid(text: &str) -> Result<Uuid, Fault> {
    Uuid::try_parse(text).map_err(|_| Fault::Bad("fault-bad-request"))
}
