//! Writing and opening records: fields sealed for their place, subjects as fingerprints, and the one way in which a
//! deed is kept: history, audit entry and processing log together.

use crate::note::{FIELDS, persons_of};
use crate::store::{self, Envelope, History, Sealed};
use crate::subject::{fingerprints, pseudonyms};
use kit::audit::Deed;
use kit::{AnyVault, Fault, Seal, Tx, Uuid, audit, ledger};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The places for which values are sealed.
pub(crate) mod place {
    use kit::Uuid;

    pub fn field(municipality: &str, record: Uuid, name: &str) -> String {
        format!("{municipality}/record/{record}/{name}")
    }
    pub fn history(municipality: &str, line: Uuid) -> String {
        format!("{municipality}/record_history/{line}")
    }
    pub fn necessity(municipality: &str, disclosure: Uuid) -> String {
        format!("{municipality}/disclosure/{disclosure}/necessity")
    }
    pub fn crossing(municipality: &str, crossing: Uuid) -> String {
        format!("{municipality}/crossing/{crossing}")
    }
}

/// One field of a record, open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldText {
    /// Its name.
    pub name: String,
    /// Special personal data (AVG art. 9, Wpg art. 5).
    pub is_special: bool,
    /// Its content; `persons` is JSON.
    pub text: String,
}

/// Writes a new record with its fields and subjects.
///
/// # Errors
/// When the database refuses.
pub async fn new(
    tx: &mut Tx<AnyVault>,
    seal: &Seal,
    municipality: &str,
    record: &Envelope,
    fields: &[FieldText],
) -> Result<(), Fault> {
    store::insert(tx, municipality, record).await?;
    for field in fields {
        put(tx, seal, municipality, record.id, field, record.created_at).await?;
    }
    subjects(tx, seal, municipality, record.id, fields).await
}

/// Seals one field.
///
/// # Errors
/// When the database refuses.
pub async fn put(
    tx: &mut Tx<AnyVault>,
    seal: &Seal,
    municipality: &str,
    record: Uuid,
    field: &FieldText,
    changed_at: kit::At,
) -> Result<(), Fault> {
    let sealed_bytes = seal.seal(&place::field(municipality, record, &field.name), field.text.as_bytes())?;
    let sealed = Sealed { name: field.name.clone(), is_special: field.is_special, sealed_bytes, changed_at };
    Ok(store::put_field(tx, municipality, record, &sealed).await?)
}

/// Keeps under which fingerprints the record's persons are found.
///
/// # Errors
/// When the database refuses.
pub async fn subjects(
    tx: &mut Tx<AnyVault>,
    seal: &Seal,
    municipality: &str,
    record: Uuid,
    fields: &[FieldText],
) -> Result<(), Fault> {
    let all: Vec<String> = persons_of(fields).iter().flat_map(|p| fingerprints(seal, p)).collect();
    Ok(store::set_subjects(tx, municipality, record, &all).await?)
}

/// Opens every field that has content and is no inner one, in the order of the page.
///
/// # Errors
/// When the database refuses or a field does not open.
pub async fn opened(
    tx: &mut Tx<AnyVault>,
    seal: &Seal,
    municipality: &str,
    record: Uuid,
) -> Result<Vec<FieldText>, Fault> {
    let sealed = store::fields(tx, municipality, record).await?;
    let mut fields = Vec::with_capacity(sealed.len());
    for field in sealed.into_iter().filter(|f| !is_inner(&f.name)) {
        let text = seal.open_text(&place::field(municipality, record, &field.name), &field.sealed_bytes)?;
        if !text.is_empty() {
            fields.push(FieldText { name: field.name, is_special: field.is_special, text });
        }
    }
    fields.sort_by_key(|f| FIELDS.iter().position(|n| *n == f.name).unwrap_or(FIELDS.len()));
    Ok(fields)
}

/// Whether a field is for the record's own crate only: what was typed, photos and parts of them, lines that were exported.
pub(crate) fn is_inner(name: &str) -> bool {
    name == "typed" || ["photo-", "part-", "export-"].iter().any(|prefix| name.starts_with(prefix))
}

/// One deed with a record: which action, what happened, and who it was about.
#[derive(Clone, Debug)]
pub struct Act<'a> {
    /// The action of the policy.
    pub action: &'a str,
    /// The processing that the record belongs to.
    pub processing: &'a str,
    /// The record.
    pub record: Uuid,
    /// What happened; the word of its line on the page.
    pub act: &'a str,
    /// More about it, without words of the record.
    pub detail: Value,
}

/// History, audit entry and processing log of a change.
///
/// # Errors
/// When the database refuses.
pub async fn changed(
    tx: &mut Tx<AnyVault>,
    seal: &Seal,
    deed: &Deed<'_>,
    act: &Act<'_>,
    fields: &[FieldText],
) -> Result<(), Fault> {
    let line = History {
        id: kit::clock::id_at(deed.at),
        at: deed.at,
        actor_id: deed.actor,
        act: act.act.to_owned(),
        detail: act.detail.to_string(),
        sealed_bytes: None,
    };
    store::add_history(tx, deed.municipality, act.record, &line).await?;
    seen(tx, seal, deed, act, fields).await
}

/// Audit entry and processing log of a read, or of what is no change of the record itself.
///
/// # Errors
/// When the database refuses.
pub async fn seen(
    tx: &mut Tx<AnyVault>,
    seal: &Seal,
    deed: &Deed<'_>,
    act: &Act<'_>,
    fields: &[FieldText],
) -> Result<(), Fault> {
    let mut detail = act.detail.clone();
    detail["act"] = act.act.into();
    audit::record(tx, deed, act.action, "record", &act.record.to_string(), &detail).await?;
    ledger::write(tx, deed, act.action, act.processing, &pseudonyms(seal, &persons_of(fields))).await?;
    Ok(())
}
