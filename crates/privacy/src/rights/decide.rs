//! The decision on one finding: checked, carried out in the vault of the record, and written on the vault's sheet with
//! the receivers who must hear of it (AVG art. 19, Wpg art. 28(3)).
//!
//! The vault is first and the sheet follows. When the program dies in between, the same form does the vault's half
//! again without effect and writes the sheet.

use super::gather::{self, Opened, Place};
use super::model::{Act, Decision, Dossier, Finding, Sheet, State, Task, What};
use super::{officer, ops, search, store};
use kit::clock::id_at;
use kit::once::{self, Claim};
use kit::{AnyVault, Fault, FieldFaults, Tx, Uuid, audit};
use law::RefusalGround;
use signals::intake::Reporter;
use site::Cx;

/// The pseudo-field of who received the data.
pub const RECEIVERS: &str = "receivers";

/// A decision as it was filled in.
#[derive(Clone, Debug, Default)]
pub struct NewDecision {
    /// Id of the form.
    pub request: Uuid,
    /// Version of the sheet that the form was opened with.
    pub version: i64,
    /// The finding.
    pub finding: Uuid,
    /// What is decided.
    pub act: String,
    /// Ground for what is withheld.
    pub ground: String,
    /// Why.
    pub reason: String,
    /// Whether the answer says that something is withheld.
    pub is_mentioned: bool,
    /// Names of the fields that are given.
    pub fields: Vec<String>,
    /// The field to correct.
    pub field: String,
    /// Its right content.
    pub text: String,
}

/// Whether the law gives the right for data of this vault's regime.
pub(crate) fn has_right(cx: &Cx, dossier: &Dossier, place: &Place) -> bool {
    let day = dossier.received(&cx.municipality.zone);
    cx.app.law.rights.right(dossier.kind, place.regime, day).is_some()
}

/// The grounds on which data of this vault's regime can be withheld.
pub(crate) fn grounds<'a>(cx: &'a Cx, dossier: &Dossier, place: &Place) -> Vec<&'a RefusalGround> {
    let day = dossier.received(&cx.municipality.zone);
    cx.app.law.rights.grounds(dossier.kind, place.regime, day).collect()
}

fn checked(
    cx: &Cx,
    dossier: &Dossier,
    place: &Place,
    opened: &Opened,
    new: &NewDecision,
) -> Result<Decision, FieldFaults> {
    let mut faults = FieldFaults::default();
    let choices = Act::choices(dossier.kind, has_right(cx, dossier, place));
    let act = new.act.parse().ok().filter(|act| choices.contains(act));
    let fields: Vec<String> = match act {
        Some(Act::Give) => {
            let names = opened.fields.iter().map(|f| f.name.as_str()).chain([RECEIVERS]);
            names.filter(|n| new.fields.iter().any(|f| f == n)).map(str::to_owned).collect()
        }
        _ => vec![],
    };
    let in_part = act == Some(Act::Give) && opened.fields.iter().any(|f| !fields.contains(&f.name));
    if act.is_none() {
        faults.add("act", "rights-act-missing");
    }
    if act == Some(Act::Give) && fields.is_empty() {
        faults.add("act", "rights-fields-missing");
    }
    if act == Some(Act::Withhold) || in_part {
        if grounds(cx, dossier, place).iter().all(|g| g.id != new.ground) {
            faults.add("ground", "rights-ground-missing");
        }
        if new.reason.is_empty() {
            faults.add("reason", "rights-reason-missing");
        }
    }
    if act == Some(Act::Correct) {
        if opened.fields.iter().all(|f| f.name != new.field) {
            faults.add("field", "rights-field-missing");
        }
        if new.text.is_empty() || (new.field == "persons" && persons(&new.text).is_none()) {
            faults.add("text", if new.field == "persons" { "rights-persons-wrong" } else { "rights-text-missing" });
        }
    }
    match act {
        Some(act) if faults.is_empty() => Ok(Decision {
            act,
            ground: if act == Act::Withhold || in_part { new.ground.clone() } else { String::new() },
            reason: new.reason.clone(),
            is_mentioned: new.is_mentioned || !matches!(act, Act::Withhold),
            fields,
            at: cx.now,
        }),
        _ => Err(faults),
    }
}

/// Decides on one finding and carries the decision out.
///
/// # Errors
/// [`Fault::Invalid`] with a sentence per field, [`Fault::Stale`], [`Fault::Rule`] when the dossier is decided, the
/// record is gone, was changed by an earlier decision or is under a legal hold, or when policy or database refuse.
pub async fn decide(cx: &Cx, id: Uuid, vault: &str, new: &NewDecision) -> Result<(), Fault> {
    let (dossier, place, mut sheet) = match start(cx, id, vault, (new.request, new.version)).await? {
        Some(start) => start,
        None => return Ok(()),
    };
    if !matches!(dossier.state, State::Identified | State::Searched) {
        return Err(Fault::Rule { key: "rights-rule-state", values: vec![] });
    }
    let finding = sheet.findings.iter_mut().find(|f| f.id == new.finding).ok_or(Fault::NotFound)?;
    let before = finding.decision.as_ref().map(|d| d.act);
    if before.is_some_and(|act| act.reaches_receivers() && !(act == Act::Correct && new.act == "correct")) {
        return Err(Fault::Rule { key: "rights-rule-done", values: vec![] });
    }
    let found = gather::gather(cx, &dossier, &place).await?;
    let gone = || Fault::Rule { key: "rights-rule-gone", values: vec![] };
    let opened = found.iter().find(|o| o.id == new.finding).ok_or_else(gone)?;
    let decision = checked(cx, &dossier, &place, opened, new).map_err(Fault::Invalid)?;
    let by_hand = carry_out(cx, &dossier, &place, opened, (&decision, new)).await?;
    tasks(finding, opened, decision.act, by_hand);
    finding.decision = Some(decision);
    finish(cx, (&dossier, &place), (&sheet, new.version), new.request, "finding").await
}

/// Ticks a receiver off as told, or a task by hand as done.
///
/// # Errors
/// As [`decide`].
pub async fn tick(
    cx: &Cx,
    (id, vault): (Uuid, &str),
    (finding, task): (Uuid, Uuid),
    (request, version): (Uuid, i64),
) -> Result<(), Fault> {
    let Some((dossier, place, mut sheet)) = start(cx, id, vault, (request, version)).await? else { return Ok(()) };
    let finding = sheet.findings.iter_mut().find(|f| f.id == finding).ok_or(Fault::NotFound)?;
    let task = finding.tasks.iter_mut().find(|t| t.id == task).ok_or(Fault::NotFound)?;
    task.done_at = task.done_at.or(Some(cx.now));
    finish(cx, (&dossier, &place), (&sheet, version), request, "told").await
}

/// The dossier, the opened vault and its sheet at the version of the form; `None`: this form was handled before.
async fn start(
    cx: &Cx,
    id: Uuid,
    vault: &str,
    (request, version): (Uuid, i64),
) -> Result<Option<(Dossier, Place, Sheet)>, Fault> {
    let permit = ops::handle(cx)?;
    let mut tx = cx.write().await?;
    if once::claim(&mut tx, cx.code(), request, cx.now, "").await? != Claim::New {
        return Ok(None);
    }
    let dossier = ops::get(cx, &mut tx, &permit, id).await?;
    drop(tx);
    let place = gather::enter(cx, &dossier, vault)?;
    let (sheet, present) = search::sheet(cx, &dossier, &place).await?.ok_or(Fault::NotFound)?;
    if present == version { Ok(Some((dossier, place, sheet))) } else { Err(Fault::Stale) }
}

async fn finish(
    cx: &Cx,
    (dossier, place): (&Dossier, &Place),
    sheet: (&Sheet, i64),
    request: Uuid,
    act: &str,
) -> Result<(), Fault> {
    let mut tx = cx.write().await?;
    once::claim(&mut tx, cx.code(), request, cx.now, &search::href(dossier.id, place.vault)).await?;
    search::put(cx, &mut tx, dossier, place, sheet).await?;
    let detail = serde_json::json!({ "sheet": act });
    ops::written(cx, &mut tx, &ops::handle(cx)?, dossier.id, &dossier.asker, detail).await?;
    Ok(tx.commit().await?)
}

fn tasks(finding: &mut Finding, opened: &Opened, act: Act, by_hand: bool) {
    if !act.reaches_receivers() {
        finding.tasks.clear();
        return;
    }
    let told = opened.receivers.iter().filter(|r| r.state != "recalled");
    finding.tasks = told.map(|r| Task { id: r.id, receiver: r.receiver.clone(), done_at: None }).collect();
    if by_hand {
        finding.tasks.insert(0, Task { id: finding.id, receiver: String::new(), done_at: None });
    }
}

/// Does in the vault what was decided; gives whether something is left to do by hand.
async fn carry_out(
    cx: &Cx,
    dossier: &Dossier,
    place: &Place,
    opened: &Opened,
    (decision, new): (&Decision, &NewDecision),
) -> Result<bool, Fault> {
    if !decision.act.reaches_receivers() {
        return Ok(false);
    }
    match opened.what {
        What::Record => in_record(cx, dossier, place, opened, (decision.act, new)).await.map(|()| false),
        What::Request => Ok(true),
        _ => in_main(cx, place, opened, (decision.act, new)).await,
    }
}

async fn in_record(
    cx: &Cx,
    dossier: &Dossier,
    place: &Place,
    opened: &Opened,
    (act, new): (Act, &NewDecision),
) -> Result<(), Fault> {
    let mut tx = place.db.write().await?;
    // The vault's own half of the form, so that a second try after a crash changes nothing again.
    let half = Uuid::from_u128(new.request.as_u128() ^ 1);
    if once::claim(&mut tx, cx.code(), half, cx.now, "").await? != Claim::New {
        return Ok(());
    }
    let (permit, record) = (&place.permit, opened.id);
    let line = id_at(cx.now);
    let detail = serde_json::json!({ "request": dossier.reference, "act": act, "field": new.field });
    let mut was = None;
    let word = match act {
        Act::Correct => {
            let key = records::subject_key(&dossier.asker.name, None);
            was = Some(correct(cx, &mut tx, place, (record, line), new, &key).await?);
            ops::one(store::touch(&mut tx, permit, record).await?)?;
            "corrected"
        }
        Act::Erase => {
            if opened.stage == "held" {
                return Err(Fault::Rule { key: "rights-rule-held", values: vec![] });
            }
            store::wipe(&mut tx, permit, record).await?;
            ops::one(store::remove(&mut tx, permit, record, cx.now).await?)?;
            let right = cx.app.law.rights.right(dossier.kind, place.regime, dossier.received(&cx.municipality.zone));
            let month = opened.created_at.local(&cx.municipality.zone).strftime("%Y-%m").to_string();
            let rule = right.map_or("", |r| r.id.as_str());
            let proof = [opened.kind.as_str(), opened.processing.as_str(), rule, month.as_str()];
            store::destroyed(&mut tx, permit, line, proof, cx.now).await?;
            "erased"
        }
        _ => {
            ops::one(store::remove(&mut tx, permit, record, cx.now).await?)?;
            store::hold(&mut tx, permit, (line, record), &dossier.reference, cx.now).await?;
            "restricted"
        }
    };
    store::add_history(&mut tx, permit, (line, record), (word, &detail.to_string(), was), cx.now).await?;
    let deed = cx.deed_for(&opened.processing);
    audit::record(&mut tx, &deed, "rights:handle", "record", &record.to_string(), &detail).await?;
    let subject = place.seal.fingerprint(&records::subject_key(&dossier.asker.name, dossier.asker.birth));
    kit::ledger::write(&mut tx, &deed, "rights:handle", &opened.processing, &[subject]).await?;
    Ok(tx.commit().await?)
}

/// Writes the right content of a field; gives the value before, sealed for the line of history (Wpg art. 4).
async fn correct(
    cx: &Cx,
    tx: &mut Tx<AnyVault>,
    place: &Place,
    (record, line): (Uuid, Uuid),
    new: &NewDecision,
    key: &str,
) -> Result<Vec<u8>, Fault> {
    let content = records::content(tx, &place.seal, &place.permit, record).await?;
    let before = content.into_iter().find(|f| f.name == new.field).map(|f| f.text).ok_or(Fault::NotFound)?;
    let mut text = new.text.clone();
    if new.field == "persons" {
        // Only the asker's own lines were shown and can be corrected; others stay as they are.
        let mut all: Vec<records::Person> = serde_json::from_str(&before).unwrap_or_default();
        all.retain(|p| records::subject_key(&p.name, None) != key);
        all.extend(persons(&new.text).unwrap_or_default());
        let fingerprints: Vec<String> = all.iter().flat_map(|p| records::fingerprints(&place.seal, p)).collect();
        store::set_subjects(tx, &place.permit, record, &fingerprints).await?;
        text = serde_json::to_string(&all).map_err(|e| Fault::Internal(e.to_string()))?;
    }
    let at = format!("{}/record/{record}/{}", cx.code(), new.field);
    let sealed = place.seal.seal(&at, text.as_bytes())?;
    ops::one(store::set_field(tx, &place.permit, (record, &new.field), sealed, cx.now).await?)?;
    Ok(place.seal.seal(&format!("{}/record_history/{line}", cx.code()), before.as_bytes())?)
}

/// Persons as lines of a form: `name` or `name; yyyy-mm-dd`.
fn persons(text: &str) -> Option<Vec<records::Person>> {
    let person = |line: &str| {
        let (name, birth) = line.split_once(';').unwrap_or((line, ""));
        let birth = birth.trim();
        let date = birth.parse().ok();
        let is_right = !name.trim().is_empty() && (birth.is_empty() || date.is_some());
        is_right.then(|| records::Person { name: name.trim().to_owned(), birth: date })
    };
    text.lines().filter(|l| !l.trim().is_empty()).map(person).collect()
}

/// The same for a reporter's contact details or an account.
async fn in_main(cx: &Cx, place: &Place, opened: &Opened, (act, new): (Act, &NewDecision)) -> Result<bool, Fault> {
    let (permit, id) = (&place.permit, opened.id);
    let value = |name: &str| match new.field == name {
        true => new.text.clone(),
        false => opened.fields.iter().find(|f| f.name == name).map(|f| f.text.clone()).unwrap_or_default(),
    };
    let can_correct = match opened.what {
        What::Reporter => ["name", "email", "phone", "postal"].contains(&new.field.as_str()),
        _ => ["name", "email"].contains(&new.field.as_str()),
    };
    let mut tx = cx.write().await?;
    match (opened.what, act) {
        (What::Reporter, Act::Correct) if can_correct => {
            let to =
                Reporter { name: value("name"), email: value("email"), phone: value("phone"), postal: value("postal") };
            signals::subject::correct(cx, &mut tx, permit, id, &to).await?;
        }
        (What::Reporter, Act::Erase) => signals::subject::erase(cx, &mut tx, permit, id).await?,
        (What::Account, Act::Correct) if can_correct => {
            people::subject::correct(cx, &mut tx, permit, id, (&value("name"), &value("email"))).await?;
        }
        (What::Trace, Act::Erase) => signals::subject::erase_trace(cx, &mut tx, permit, id).await?,
        (What::Neighbour, Act::Erase) => neighbours::subject::erase(cx, &mut tx, permit, id).await?,
        (What::Account, Act::Erase) => people::subject::erase(cx, &mut tx, permit, id).await?,
        (what, Act::Erase) if officer::is_work(what) => officer::erase(cx, &mut tx, permit, opened).await?,
        _ => return Ok(true),
    }
    tx.commit().await?;
    Ok(false)
}
