//! Delivery between vaults, exactly once: what arrives is claimed by its crossing's id in the receiver's own
//! transaction, so that a job that died half-way and runs again writes nothing twice.

use super::propose::cross;
use super::{Act, State};
use crate::note::KIND;
use crate::store::crossing::{self, Crossing, Receipt};
use crate::store::{self, Envelope, disclosure};
use crate::write::{self, FieldText, place};
use anyhow::{Context as _, anyhow};
use kit::jobs::Job;
use kit::once::{self, Claim};
use kit::{AnyVault, Db, Fault, Seal, Trace, Tx, Uuid, audit, ledger};
use law::Regime;
use serde::{Deserialize, Serialize};
use serde_json::json;
use site::Cx;
use site::app::Shared;
use std::collections::BTreeMap;

/// Name of the delivering job.
pub const JOB: &str = "records-cross";

/// What crosses, sealed on its way.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Payload {
    pub from: Regime,
    /// Processing that the giver's record belongs to.
    pub given_in: String,
    /// Processing under which the receiver holds it; empty outside Regie.
    pub processing: String,
    pub basis: String,
    pub purpose: String,
    /// Why it is called back.
    pub reason: String,
    pub fields: Vec<FieldText>,
    /// The giver's step in the chain of work (W3C traceparent).
    pub trace: String,
}

/// A payload with what the crossing's row says of it, so that a row that was changed on its way does not fit.
#[derive(Serialize, Deserialize)]
pub(crate) struct Bound<P> {
    pub disclosure: Uuid,
    pub act: Act,
    /// The receiver's vault; empty outside Regie.
    pub vault: String,
    pub payload: P,
}

/// Opens what waits in `crossing`.
pub(crate) fn unpack(seal: &Seal, municipality: &str, crossing: &Crossing) -> anyhow::Result<Payload> {
    let bytes = seal.open(&place::crossing(municipality, crossing.id), &crossing.payload_bytes)?;
    let bound: Bound<Payload> = serde_json::from_slice(&bytes)?;
    let fits =
        (bound.disclosure, bound.act, &bound.vault) == (crossing.disclosure_id, crossing.act, &crossing.to_vault);
    anyhow::ensure!(fits, "the crossing was changed on its way");
    Ok(bound.payload)
}

/// The job `records-cross`: brings one crossing of the vault that it was asked for in to the receiver's vault.
///
/// # Errors
/// When a vault, key or database is not there; the job runs again later.
pub async fn deliver(app: Shared, job: Job) -> anyhow::Result<()> {
    let input: BTreeMap<String, Uuid> = serde_json::from_str(&job.payload)?;
    let id = *input.get("crossing").context("no crossing in the job")?;
    let giver = vault(&app, job.vault)?;
    let seal = app.seals.of(job.vault)?;
    let municipality = app.municipality(&job.municipality).map_err(|e| anyhow!("{e}"))?;
    let mut cx = Cx::system(&app, &municipality, "record:disclose");
    let mut tx = giver.read().await?;
    let crossing = crossing::get(&mut tx, cx.code(), id).await?.context("no such crossing")?;
    drop(tx);
    if crossing.delivered_at.is_some() || crossing.to_vault.is_empty() {
        return Ok(());
    }
    let payload = unpack(seal, cx.code(), &crossing)?;
    cx.trace = Trace::follow(&payload.trace).unwrap_or(cx.trace);
    receive(&cx, &crossing, &payload).await.map_err(|e| anyhow!("{e}"))?;
    confirm(&cx, &giver, &crossing, &payload).await.map_err(|e| anyhow!("{e}"))
}

fn vault(app: &Shared, name: &str) -> anyhow::Result<Db<AnyVault>> {
    app.every_vault().into_iter().find(|db| db.name() == name).with_context(|| format!("vault `{name}` is not open"))
}

/// The receiver's half: one transaction in its own vault.
pub(crate) async fn receive(cx: &Cx, crossing: &Crossing, payload: &Payload) -> Result<(), Fault> {
    let db = vault(&cx.app, &crossing.to_vault)?;
    let seal = cx.app.seals.of(&crossing.to_vault)?;
    let mut tx = db.write().await?;
    if once::claim(&mut tx, cx.code(), crossing.id, cx.now, "").await? != Claim::New {
        return Ok(());
    }
    match crossing.act {
        Act::Give => given(cx, &mut tx, seal, crossing.disclosure_id, payload).await?,
        Act::Correct => corrected(cx, &mut tx, seal, crossing.disclosure_id, payload).await?,
        Act::Recall => recalled(cx, &mut tx, seal, crossing.disclosure_id, payload).await?,
    }
    tx.commit().await?;
    Ok(())
}

fn receipt(cx: &Cx, disclosure: Uuid, payload: &Payload, state: &str) -> Receipt {
    Receipt {
        disclosure_id: disclosure,
        record_id: disclosure,
        from_regime: payload.from.code().to_owned(),
        basis: payload.basis.clone(),
        purpose: payload.purpose.clone(),
        state: state.to_owned(),
        at: cx.now,
        changed_at: cx.now,
    }
}

async fn given(cx: &Cx, tx: &mut Tx<AnyVault>, seal: &Seal, disclosure: Uuid, payload: &Payload) -> Result<(), Fault> {
    // A recall that overtook its disclosure left a receipt: then nothing comes in.
    if crossing::insert_receipt(tx, cx.code(), &receipt(cx, disclosure, payload, "received")).await? == 0 {
        return Ok(());
    }
    let record = Envelope {
        id: disclosure,
        kind: KIND.to_owned(),
        processing: payload.processing.clone(),
        origin: "disclosure".to_owned(),
        disclosure_id: Some(disclosure),
        created_at: cx.now,
        created_by: None,
        closed_at: None,
        ended_at: None,
        removed_at: None,
        version: 1,
    };
    write::new(tx, seal, cx.code(), &record, &payload.fields).await?;
    logged(cx, tx, seal, (&record, "received"), payload, &payload.fields).await
}

async fn corrected(
    cx: &Cx,
    tx: &mut Tx<AnyVault>,
    seal: &Seal,
    disclosure: Uuid,
    payload: &Payload,
) -> Result<(), Fault> {
    let missing = || Fault::Internal("the disclosure to correct has not arrived yet".to_owned());
    let receipt = crossing::receipt(tx, cx.code(), disclosure).await?.ok_or_else(missing)?;
    if receipt.state == "recalled" {
        return Ok(());
    }
    let Some(record) = store::get(tx, cx.code(), receipt.record_id).await? else { return Ok(()) };
    for field in &payload.fields {
        write::put(tx, seal, cx.code(), record.id, field, cx.now).await?;
    }
    let fields = write::opened(tx, seal, cx.code(), record.id).await?;
    write::subjects(tx, seal, cx.code(), record.id, &fields).await?;
    store::touch(tx, cx.code(), &record).await?;
    crossing::set_receipt(tx, cx.code(), disclosure, "received", cx.now).await?;
    logged(cx, tx, seal, (&record, "corrected-by-giver"), payload, &fields).await
}

async fn recalled(
    cx: &Cx,
    tx: &mut Tx<AnyVault>,
    seal: &Seal,
    disclosure: Uuid,
    payload: &Payload,
) -> Result<(), Fault> {
    let fresh = receipt(cx, disclosure, payload, "recalled");
    if crossing::insert_receipt(tx, cx.code(), &fresh).await? == 1 {
        return Ok(());
    }
    crossing::set_receipt(tx, cx.code(), disclosure, "recalled", cx.now).await?;
    let Some(record) = store::get(tx, cx.code(), disclosure).await? else { return Ok(()) };
    let fields = write::opened(tx, seal, cx.code(), record.id).await?;
    let mut closed = Envelope { closed_at: record.closed_at.or(Some(cx.now)), ..record };
    if store::is_held(tx, cx.code(), closed.id).await? {
        // What a legal hold keeps goes out of daily work instead.
        closed.removed_at = closed.removed_at.or(Some(cx.now));
    } else {
        store::wipe(tx, cx.code(), closed.id).await?;
    }
    store::touch(tx, cx.code(), &closed).await?;
    logged(cx, tx, seal, (&closed, "recalled"), payload, &fields).await?;
    recall_on(cx, tx, seal, &closed, payload).await
}

/// What the receiver gave on of a recalled record is called back too, along the same path.
async fn recall_on(
    cx: &Cx,
    tx: &mut Tx<AnyVault>,
    seal: &Seal,
    record: &Envelope,
    payload: &Payload,
) -> Result<(), Fault> {
    let own = cx.app.policy.register().get(&record.processing).and_then(|p| p.regimes.first());
    let from = *own.ok_or_else(|| Fault::Internal(format!("no processing `{}`", record.processing)))?;
    let deed = cx.deed_for(&record.processing);
    for row in disclosure::of_record(tx, cx.code(), record.id).await? {
        let to = (State::Recalled, cx.now);
        if row.state == State::Recalled
            || disclosure::set_state(tx, cx.code(), row.id, (row.state, row.state), to).await? == 0
        {
            continue;
        }
        let vault = crossing::first(tx, cx.code(), row.id).await?.map(|c| c.to_vault).unwrap_or_default();
        crossing::all_done(tx, cx.code(), row.id, cx.now).await?;
        if vault.is_empty() {
            continue;
        }
        let on = Payload {
            from,
            given_in: record.processing.clone(),
            processing: String::new(),
            basis: row.basis,
            purpose: row.purpose,
            reason: payload.reason.clone(),
            fields: vec![],
            trace: cx.trace.header(),
        };
        cross(tx, seal, &deed, (row.id, Act::Recall, &vault), &on).await?;
    }
    Ok(())
}

async fn logged(
    cx: &Cx,
    tx: &mut Tx<AnyVault>,
    seal: &Seal,
    (record, word): (&Envelope, &str),
    payload: &Payload,
    fields: &[FieldText],
) -> Result<(), Fault> {
    let detail = json!({ "from": payload.from.code(), "basis": payload.basis, "why": payload.reason });
    let act =
        write::Act { action: "record:disclose", processing: &record.processing, record: record.id, act: word, detail };
    write::changed(tx, seal, &cx.deed_for(&record.processing), &act, fields).await
}

/// The giver's half: the crossing is done, its copy of the content is forgotten, and the delivery is logged.
async fn confirm(cx: &Cx, giver: &Db<AnyVault>, crossing: &Crossing, payload: &Payload) -> Result<(), Fault> {
    let mut tx = giver.write().await?;
    if crossing::done(&mut tx, cx.code(), crossing.id, cx.now).await? == 0 {
        return Ok(());
    }
    if crossing.act == Act::Give {
        let id = crossing.disclosure_id;
        let waiting = (State::Waiting, State::Waiting);
        disclosure::set_state(&mut tx, cx.code(), id, waiting, (State::Delivered, cx.now)).await?;
    }
    let deed = cx.deed_for(&payload.given_in);
    let detail = json!({ "act": "delivered", "crossing": crossing.act, "to": crossing.to_vault });
    let id = crossing.disclosure_id.to_string();
    audit::record(&mut tx, &deed, "record:disclose", "disclosure", &id, &detail).await?;
    ledger::write(&mut tx, &deed, "record:disclose", deed.purpose, &[]).await?;
    tx.commit().await?;
    Ok(())
}
