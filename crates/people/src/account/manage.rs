//! What an administrator does with accounts. Each deed is one transaction, with its line in the audit trail.

use super::{Account, NO_PASSWORD, Person};
use crate::session::{hash, secret};
use crate::{second_factor, store};
use kit::once::{Claim, claim};
use kit::outbox::{self, Message};
use kit::{Fault, FieldFaults, Tx, Uuid, audit};
use policy::{Permit, Resource, Role};
use site::Cx;

/// Hours that a link to choose a password is good.
pub(super) const LINK_HOURS: i64 = 24;

/// What is asked for a new account.
#[derive(Clone, Debug)]
pub(super) struct NewPerson {
    /// Client-made id; the account's too.
    pub id: Uuid,
    pub name: String,
    pub email: String,
    pub role: Role,
    pub organisation: Option<Uuid>,
}

fn permit(cx: &Cx) -> Result<Permit, Fault> {
    cx.permit("account-list:edit", &Resource::ordinary("account", cx.code()))
}

/// The person, for reading.
pub(super) async fn read(cx: &Cx, tx: &mut Tx, id: Uuid) -> Result<Person, Fault> {
    let permit = cx.permit("account-list:read", &Resource::ordinary("account", cx.code()))?;
    store::person(tx, permit.municipality(), id).await?.ok_or(Fault::NotFound)
}

/// The person, for a change by somebody else: nobody changes their own access.
async fn other(cx: &Cx, tx: &mut Tx, permit: &Permit, id: Uuid) -> Result<Person, Fault> {
    if cx.actor.account == Some(id) {
        return Err(Fault::Rule { key: "identity-not-yourself", values: vec![] });
    }
    store::person(tx, permit.municipality(), id).await?.ok_or(Fault::NotFound)
}

async fn note(tx: &mut Tx, cx: &Cx, id: Uuid, detail: serde_json::Value) -> kit::Result<()> {
    audit::record(tx, &cx.deed(), "account-list:edit", "account", &id.to_string(), &detail).await
}

/// Somebody of a partner belongs to an organisation; the municipality's own people belong to none.
fn fitting(role: Role, organisation: Option<Uuid>) -> Result<(), Fault> {
    let mut faults = FieldFaults::default();
    match (role == Role::Partner, organisation) {
        (true, None) => faults.add("organisation", "identity-organisation-missing"),
        (false, Some(_)) => faults.add("organisation", "identity-organisation-superfluous"),
        _ => {}
    }
    faults.ok()
}

/// Makes a local account and mails its person a link to choose a password. The same request again makes nothing.
pub(super) async fn add(cx: &Cx, new: &NewPerson) -> Result<String, Fault> {
    let permit = permit(cx)?;
    let mut faults = FieldFaults::default();
    if new.name.trim().is_empty() {
        faults.add("name", "identity-name-missing");
    }
    let email = new.email.trim().to_lowercase();
    if !email.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'))
        || email.contains(char::is_whitespace)
    {
        faults.add("email", "identity-email-wrong");
    }
    faults.ok()?;
    fitting(new.role, new.organisation)?;
    let answer = format!("/accounts/{}", new.id);
    let mut tx = cx.write().await?;
    if let Claim::Replay(answer) = claim(&mut tx, cx.code(), new.id, cx.now, &answer).await? {
        return Ok(answer);
    }
    if store::by_username(&mut tx, &email).await?.is_some() {
        let mut faults = FieldFaults::default();
        faults.add("email", "identity-email-taken");
        faults.ok()?;
    }
    let account = Account {
        municipality: permit.municipality().to_owned(),
        id: new.id,
        username: email.clone(),
        name: new.name.trim().chars().take(200).collect(),
        role: new.role,
        active: true,
    };
    store::insert_account(&mut tx, &account, NO_PASSWORD, cx.now).await?;
    store::set_contact(&mut tx, (cx.code(), new.id), &email, new.organisation).await?;
    mail_link(&mut tx, cx, &account, &email).await?;
    note(&mut tx, cx, new.id, serde_json::json!({ "act": "add", "role": new.role, "organisation": new.organisation }))
        .await?;
    tx.commit().await?;
    Ok(answer)
}

/// Puts a mail with a fresh one-time link in the outbox; the database keeps its hash, the outbox wipes its text once sent.
async fn mail_link(tx: &mut Tx, cx: &Cx, account: &Account, email: &str) -> Result<(), Fault> {
    let token = secret()?;
    store::insert_link(tx, (cx.code(), account.id), &hash(&token), cx.now).await?;
    let link = format!("{}/welcome/{token}", cx.app.public_url);
    let values = [
        ("name", account.name.as_str().into()),
        ("municipality", cx.municipality.file.name.as_str().into()),
        ("username", account.username.as_str().into()),
        ("link", link.as_str().into()),
        ("hours", LINK_HOURS.into()),
    ];
    let message = Message {
        id: kit::clock::id_at(cx.now),
        municipality: cx.code().to_owned(),
        recipient: email.to_owned(),
        subject: cx.words.t1("identity-mail-subject", "municipality", &cx.municipality.file.name),
        body: cx.words.ta("identity-mail-body", &values),
    };
    Ok(outbox::put(tx, &message, cx.now).await?)
}

/// Mails a new link to choose a password. The old password keeps working until a new one is chosen.
pub(super) async fn send_link(cx: &Cx, id: Uuid, request: Uuid) -> Result<(), Fault> {
    let permit = permit(cx)?;
    let mut tx = cx.write().await?;
    let person = store::person(&mut tx, permit.municipality(), id).await?.ok_or(Fault::NotFound)?;
    if claim(&mut tx, cx.code(), request, cx.now, "").await? != Claim::New {
        return Ok(());
    }
    if person.is_from_provider() || person.email.is_empty() || !person.account.active {
        return Err(Fault::Rule { key: "identity-no-link", values: vec![] });
    }
    mail_link(&mut tx, cx, &person.account, &person.email).await?;
    note(&mut tx, cx, id, serde_json::json!({ "act": "link" })).await?;
    Ok(tx.commit().await?)
}

/// Gives an account another role or organisation; its sessions end, so that no old right lingers.
pub(super) async fn change(
    cx: &Cx,
    id: Uuid,
    version: i64,
    role: Role,
    organisation: Option<Uuid>,
) -> Result<(), Fault> {
    let permit = permit(cx)?;
    let mut tx = cx.write().await?;
    let before = other(cx, &mut tx, &permit, id).await?;
    if before.is_from_provider() && before.account.role != role {
        return Err(Fault::Rule { key: "identity-role-by-provider", values: vec![] });
    }
    fitting(role, organisation)?;
    if (before.account.role, before.organisation_id) == (role, organisation) {
        return Ok(());
    }
    if store::update_person(&mut tx, (cx.code(), id), version, role, organisation).await? == 0 {
        return Err(Fault::Stale);
    }
    store::delete_all(&mut tx, cx.code(), id, None).await?;
    let detail =
        serde_json::json!({ "act": "change", "from": before.account.role, "to": role, "organisation": organisation });
    note(&mut tx, cx, id, detail).await?;
    Ok(tx.commit().await?)
}

/// Closes the account of somebody who left: its sessions, links and second factor are gone with it, in one
/// transaction. Again is no harm.
///
/// # Errors
/// When the actor may not, or for the actor's own account.
pub async fn end(cx: &Cx, id: Uuid) -> Result<(), Fault> {
    let permit = permit(cx)?;
    let mut tx = cx.write().await?;
    let person = other(cx, &mut tx, &permit, id).await?;
    if person.ended_at.is_some() {
        return Ok(());
    }
    let sessions = close(&mut tx, cx, id, "administrator").await?;
    note(&mut tx, cx, id, serde_json::json!({ "act": "end", "sessions": sessions })).await?;
    Ok(tx.commit().await?)
}

/// Ends an account with everything by which its person could come in. Gives how many sessions ended.
pub(crate) async fn close(tx: &mut Tx, cx: &Cx, id: Uuid, cause: &str) -> Result<u64, Fault> {
    store::end_account(tx, cx.code(), id, cause, cx.now).await?;
    store::delete_links(tx, (cx.code(), id)).await?;
    second_factor::remove(tx, (cx.code(), id)).await?;
    Ok(store::delete_all(tx, cx.code(), id, None).await?)
}

/// Opens a closed account again. A local one needs a new password: the old one stays behind.
///
/// # Errors
/// When the actor may not, or for the actor's own account.
pub async fn reopen(cx: &Cx, id: Uuid) -> Result<(), Fault> {
    let permit = permit(cx)?;
    let mut tx = cx.write().await?;
    let person = other(cx, &mut tx, &permit, id).await?;
    if person.account.active {
        return Ok(());
    }
    store::open_account(&mut tx, cx.code(), id).await?;
    if !person.is_from_provider() {
        store::set_password(&mut tx, cx.code(), id, NO_PASSWORD).await?;
        if !person.email.is_empty() {
            mail_link(&mut tx, cx, &person.account, &person.email).await?;
        }
    }
    note(&mut tx, cx, id, serde_json::json!({ "act": "reopen" })).await?;
    Ok(tx.commit().await?)
}

/// Ends every session of an account.
pub(super) async fn revoke_all(cx: &Cx, id: Uuid) -> Result<(), Fault> {
    let permit = permit(cx)?;
    let mut tx = cx.write().await?;
    other(cx, &mut tx, &permit, id).await?;
    let ended = store::delete_all(&mut tx, cx.code(), id, None).await?;
    let detail = serde_json::json!({ "by": "administrator", "ended": ended });
    audit::record(&mut tx, &cx.deed(), "session:revoke", "account", &id.to_string(), &detail).await?;
    Ok(tx.commit().await?)
}

/// Takes a second factor away, for who lost phone and codes; the sessions end. Again is no harm.
pub(super) async fn reset_second_factor(cx: &Cx, id: Uuid) -> Result<(), Fault> {
    let permit = permit(cx)?;
    let mut tx = cx.write().await?;
    other(cx, &mut tx, &permit, id).await?;
    if second_factor::remove(&mut tx, (cx.code(), id)).await? == 1 {
        store::delete_all(&mut tx, cx.code(), id, None).await?;
        let detail = serde_json::json!({ "by": "administrator" });
        audit::record(&mut tx, &cx.deed(), "second-factor:reset", "account", &id.to_string(), &detail).await?;
    }
    Ok(tx.commit().await?)
}
