//! Adding and changing organisations: permit, rule, record, audit.

use super::front::{email, line, optional_line, wrong};
use super::{PartnerKind, store};
use kit::{Fault, FieldFaults, Tx, Uuid, audit, once};
use policy::Resource;
use site::Cx;

/// An organisation as somebody wants to write it down.
#[derive(Clone, Debug)]
pub struct Draft {
    /// Made with the form; a new organisation gets it as its id.
    pub request: Uuid,
    /// Name.
    pub name: String,
    /// What it is.
    pub kind: Option<PartnerKind>,
    /// E-mail address, or empty.
    pub email: String,
    /// Telephone number, or empty.
    pub phone: String,
    /// What a colleague should know, or empty.
    pub note: String,
}

fn check(draft: &Draft) -> FieldFaults {
    let mut faults = FieldFaults::default();
    line(&mut faults, "name", &draft.name, "partners-name-missing");
    if draft.kind.is_none() {
        faults.add("kind", "partners-kind-missing");
    }
    email(&mut faults, "email", &draft.email, false);
    optional_line(&mut faults, "phone", &draft.phone);
    optional_line(&mut faults, "note", &draft.note);
    faults
}

async fn name_is_free(tx: &mut Tx, municipality: &str, name: &str, own: Option<Uuid>) -> Result<(), Fault> {
    match store::named(tx, municipality, name).await? {
        Some(other) if Some(other) != own => Err(wrong("name", "partners-name-taken")),
        _ => Ok(()),
    }
}

/// Adds an organisation and gives its id.
///
/// # Errors
/// [`Fault::Invalid`] with what must be filled in, or when the policy or the database refuses.
pub async fn create(cx: &Cx, draft: Draft) -> Result<Uuid, Fault> {
    let permit = cx.permit("partner:edit", &Resource::open("organisation", cx.code()))?;
    check(&draft).ok()?;
    let mut tx = cx.write().await?;
    let answer = format!("/partners/{}", draft.request);
    if once::claim(&mut tx, cx.code(), draft.request, cx.now, &answer).await? != once::Claim::New {
        return Ok(draft.request);
    }
    name_is_free(&mut tx, cx.code(), &draft.name, None).await?;
    store::insert(&mut tx, &permit, &draft, cx.now).await?;
    written(&mut tx, cx, permit.action(), draft.request, &draft).await?;
    tx.commit().await?;
    Ok(draft.request)
}

/// Changes the organisation `id`, of which the form showed `version`.
///
/// # Errors
/// As [`create`]; [`Fault::Stale`] when it changed since, [`Fault::NotFound`] when there is none.
pub async fn change(cx: &Cx, id: Uuid, version: i64, draft: Draft) -> Result<(), Fault> {
    let permit = cx.permit("partner:edit", &Resource::open("organisation", cx.code()))?;
    check(&draft).ok()?;
    let mut tx = cx.write().await?;
    if once::claim(&mut tx, cx.code(), draft.request, cx.now, &format!("/partners/{id}")).await? != once::Claim::New {
        return Ok(());
    }
    super::get(&mut tx, cx.code(), id).await?.ok_or(Fault::NotFound)?;
    name_is_free(&mut tx, cx.code(), &draft.name, Some(id)).await?;
    if !store::update(&mut tx, &permit, (id, version), &draft, cx.now).await? {
        return Err(Fault::Stale);
    }
    written(&mut tx, cx, permit.action(), id, &draft).await?;
    tx.commit().await?;
    Ok(())
}

async fn written(tx: &mut Tx, cx: &Cx, action: &str, id: Uuid, draft: &Draft) -> Result<(), Fault> {
    let detail = serde_json::json!({ "name": draft.name, "kind": draft.kind });
    audit::record(tx, &cx.deed(), action, "organisation", &id.to_string(), &detail).await?;
    Ok(())
}
