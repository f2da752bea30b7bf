//! Searching one vault for the person of a request, and the sheet on which the findings stand.

use super::gather::{self, Opened, Place};
use super::model::{Dossier, Finding, Sheet, State, What};
use super::store::{self, SheetRow};
use super::{ops, store as requests};
use kit::once::{self, Claim};
use kit::{Fault, Tx, Uuid, audit, ledger};
use policy::Resource;
use site::{Cx, Shared};

fn place_of(municipality: &str, request: Uuid, vault: &str) -> String {
    format!("{municipality}/rights_sheet/{request}/{vault}")
}

/// The sheet of a vault and its version; `None`: it was not searched yet.
pub(crate) async fn sheet(cx: &Cx, dossier: &Dossier, place: &Place) -> Result<Option<(Sheet, i64)>, Fault> {
    let permit = cx.permit("rights:read", &Resource::ordinary("subject-request", cx.code()))?;
    let rows = store::sheets(&mut cx.read().await?, &permit, dossier.id).await?;
    let Some(row) = rows.into_iter().find(|r| r.vault == place.vault) else { return Ok(None) };
    let bytes = place.seal.open(&place_of(cx.code(), dossier.id, place.vault), &row.sheet_bytes)?;
    Ok(Some((Sheet::read(&bytes)?, row.version)))
}

/// Writes the sheet of a vault; `version` is that of the one before, 0 for the first.
pub(crate) async fn put(
    cx: &Cx,
    tx: &mut Tx,
    dossier: &Dossier,
    place: &Place,
    (sheet, version): (&Sheet, i64),
) -> Result<(), Fault> {
    let sealed = place.seal.seal(&place_of(cx.code(), dossier.id, place.vault), &sheet.bytes())?;
    let row = SheetRow {
        request_id: dossier.id,
        vault: place.vault.to_owned(),
        sheet_bytes: sealed,
        searched_at: cx.now,
        version,
    };
    ops::one(store::put_sheet(tx, &ops::handle(cx)?, &row).await?)
}

/// Searches a vault and writes its sheet; a second search keeps the decisions on what is found again or was decided.
/// When every vault of the request was searched, the dossier moves on.
///
/// # Errors
/// [`Fault::Rule`] before it is sure who asks or after the decision, a refusal with its fence, [`Fault::NotFound`] for
/// a vault that the request is not about, or when a database refuses.
pub async fn search(cx: &Cx, id: Uuid, vault: &str, request: Uuid) -> Result<(), Fault> {
    let permit = ops::handle(cx)?;
    let mut tx = cx.read().await?;
    let dossier = ops::get(cx, &mut tx, &permit, id).await?;
    drop(tx);
    if dossier.state != State::Searched {
        dossier.state.become_(State::Searched)?;
    }
    let place = gather::enter(cx, &dossier, vault)?;
    let found = gather::gather(cx, &dossier, &place).await?;
    log(cx, &dossier, &place, &found, "search").await?;
    let (before, version) = sheet(cx, &dossier, &place).await?.unwrap_or_default();
    let mut tx = cx.write().await?;
    if once::claim(&mut tx, cx.code(), request, cx.now, &href(id, vault)).await? != Claim::New {
        return Ok(());
    }
    put(cx, &mut tx, &dossier, &place, (&merged(before, &found), version)).await?;
    let done: Vec<String> = requests::sheets(&mut tx, &permit, id).await?.into_iter().map(|s| s.vault).collect();
    let all = gather::vaults(cx, &dossier).iter().all(|(v, _)| done.iter().any(|d| d == v));
    if all && dossier.state == State::Identified {
        ops::one(requests::searched(&mut tx, &permit, id).await?)?;
    }
    // Which vault had how much is in the audit trail of that vault, not here.
    ops::written(cx, &mut tx, &permit, id, &dossier.asker, serde_json::json!({ "searched": vault })).await?;
    Ok(tx.commit().await?)
}

/// The address of a vault's sheet.
pub(crate) fn href(id: Uuid, vault: &str) -> String {
    format!("/rights/{id}/vaults/{vault}")
}

fn merged(before: Sheet, found: &[Opened]) -> Sheet {
    let mut findings: Vec<Finding> = before.findings;
    findings.retain(|f| f.decision.is_some() || found.iter().any(|o| o.id == f.id));
    for opened in found {
        if findings.iter().all(|f| f.id != opened.id) {
            findings.push(Finding {
                what: opened.what,
                id: opened.id,
                processing: opened.processing.clone(),
                decision: None,
                tasks: vec![],
            });
        }
    }
    Sheet { findings }
}

/// What was found, with the content that the dossier may show now; each look is logged in the vault.
pub(crate) async fn opened(cx: &Cx, dossier: &Dossier, place: &Place) -> Result<Vec<Opened>, Fault> {
    let found = gather::gather(cx, dossier, place).await?;
    log(cx, dossier, place, &found, "read").await?;
    Ok(found)
}

/// Audit entry of a search or look, and a line of the processing log for each processing that was touched.
async fn log(cx: &Cx, dossier: &Dossier, place: &Place, found: &[Opened], act: &str) -> Result<(), Fault> {
    let deed = cx.deed_for("rights");
    let subject = place.seal.fingerprint(&records::subject_key(&dossier.asker.name, dossier.asker.birth));
    let mut tx = place.db.write().await?;
    let ids: Vec<Uuid> = found.iter().filter(|f| f.what == What::Record).map(|f| f.id).collect();
    let detail = serde_json::json!({
        "act": act, "request": dossier.reference, "hits": found.len(), "records": ids,
    });
    audit::record(&mut tx, &deed, "rights:search", "subject-request", &dossier.id.to_string(), &detail).await?;
    let mut processings: Vec<&str> = found.iter().map(|f| f.processing.as_str()).collect();
    processings.push("rights");
    processings.sort_unstable();
    processings.dedup();
    for processing in processings {
        ledger::write(&mut tx, &deed, "rights:search", processing, std::slice::from_ref(&subject)).await?;
    }
    Ok(tx.commit().await?)
}

/// Seals what this slice keeps of a vault with the newest key of that vault; gives how many values. To be called
/// after a new data key was made and before the old ones are retired.
///
/// # Errors
/// When a value does not open or the database refuses.
pub async fn reseal(app: &Shared, vault: &str) -> Result<usize, Fault> {
    let seal = app.seals.of(vault)?;
    let mut tx = app.main.write().await?;
    let rows = store::sheets_of_vault(&mut tx, vault).await?;
    let mut count = rows.len();
    for (municipality, request, bytes) in rows {
        let place = place_of(&municipality, request, vault);
        let sealed = seal.seal(&place, &seal.open(&place, &bytes)?)?;
        store::reseal_sheet(&mut tx, (&municipality, request, vault), sealed).await?;
    }
    if vault == "main" {
        for (municipality, request, bytes) in store::askers(&mut tx).await? {
            let place = ops::place(&municipality, request);
            let sealed = seal.seal(&place, &seal.open(&place, &bytes)?)?;
            store::reseal_asker(&mut tx, (&municipality, request), sealed).await?;
            count += 1;
        }
    }
    tx.commit().await?;
    Ok(count)
}
