//! Phones: each has an id that it made itself, belongs to one account, and can be told to wipe itself.
//!
//! A phone that asks whether it must wipe itself need not be signed in: it was perhaps stolen, and its session ended.
//! The answer says yes or no about a random id and nothing else.

mod store;

use axum::Json;
use axum::extract::Path;
use axum::response::Response;
use kit::once::{self, Claim};
use kit::{At, Fault, Tx, Uuid, audit};
use policy::{Permit, Resource};
use serde_json::{Value, json};
use site::{Cx, Fields, see_other};

/// Longest name of a phone, in characters.
const NAME: usize = 60;

/// A phone.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Device {
    /// Client-made UUID (version 7).
    pub id: Uuid,
    /// Whose it is.
    pub account_id: Uuid,
    /// What the browser calls itself.
    pub name: String,
    /// When it was last in touch.
    pub seen_at: At,
    /// How many milliseconds the house's clock is ahead of its clock.
    pub offset_ms: i64,
    /// Number of the last event that was taken in.
    pub last_seq: i64,
    /// Events that wait on the phone, as it said last.
    pub waiting: i64,
    /// Since when it must wipe itself.
    pub wipe_asked_at: Option<At>,
    /// When it said that it did.
    pub wiped_at: Option<At>,
}

impl Device {
    /// Whether it must wipe itself and has not said that it did.
    #[must_use]
    pub fn must_wipe(&self) -> bool {
        self.wipe_asked_at.is_some() && self.wiped_at.is_none()
    }
}

/// A phone with the name of its officer, for the coordinator.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Listed {
    /// Id.
    pub id: Uuid,
    /// Whose.
    pub officer: String,
    /// What the browser calls itself.
    pub name: String,
    /// When it was last in touch.
    pub seen_at: At,
    /// Events that wait on it.
    pub waiting: i64,
    /// Since when it must wipe itself.
    pub wipe_asked_at: Option<At>,
    /// When it said that it did.
    pub wiped_at: Option<At>,
}

/// What a phone says of itself with each call.
#[derive(Clone, Debug)]
pub struct Contact<'a> {
    /// Its id.
    pub id: Uuid,
    /// Its clock, in milliseconds since 1970.
    pub now_ms: i64,
    /// What the browser calls itself; only the first time counts.
    pub name: &'a str,
    /// Events that wait on it.
    pub waiting: i64,
}

/// Writes down that the phone was in touch, and holds its row until the transaction ends, so that two calls of one
/// phone are taken one after the other. A new phone belongs to the actor.
///
/// # Errors
/// [`Fault::Rule`] when it belongs to somebody else.
pub async fn seen(cx: &Cx, tx: &mut Tx, permit: &Permit, contact: &Contact<'_>) -> Result<Device, Fault> {
    let account = permit.actor().ok_or(Fault::SignIn)?;
    let offset_ms = (cx.now.micros() / 1000).saturating_sub(contact.now_ms);
    let name: String = contact.name.chars().filter(|c| !c.is_control()).take(NAME).collect();
    if store::insert(tx, permit, (contact.id, account), &name, cx.now).await? == 1 {
        let detail = json!({ "becomes": "known" });
        audit::record(tx, &cx.deed(), permit.action(), "field_device", &contact.id.to_string(), &detail).await?;
    }
    store::touch(tx, permit, contact.id, cx.now, offset_ms, contact.waiting.max(0)).await?;
    let device = store::get(tx, permit, contact.id).await?.ok_or(Fault::NotFound)?;
    if device.account_id != account {
        return Err(Fault::Rule { key: "field-rule-other-account", values: vec![] });
    }
    Ok(device)
}

/// The event with this number was taken in.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn took(tx: &mut Tx, permit: &Permit, id: Uuid, seq: i64) -> Result<(), Fault> {
    store::took(tx, permit, id, seq).await?;
    Ok(())
}

/// The phones that were in touch since a moment, or that must wipe themselves.
///
/// # Errors
/// When the database cannot be read.
pub async fn list(tx: &mut Tx, permit: &Permit, since: At) -> Result<Vec<Listed>, Fault> {
    Ok(store::list(tx, permit, since).await?)
}

/// `GET /api/field/device/{id}/wipe`: must this phone wipe itself? A phone that is not known must not.
///
/// # Errors
/// When the database cannot be read.
pub async fn wipe_asked(cx: Cx, Path(id): Path<Uuid>) -> Result<Json<Value>, Fault> {
    let permit = cx.permit("public:read", &Resource::open("field-device", cx.code()))?;
    let mut tx = cx.read().await?;
    let wipe = store::get(&mut tx, &permit, id).await?.is_some_and(|d| d.must_wipe());
    Ok(Json(json!({ "wipe": wipe })))
}

/// `POST /api/field/device/{id}/wiped`: the phone says that it is empty. Only a phone that was told so is believed.
///
/// # Errors
/// When the database refuses.
pub async fn wiped(cx: Cx, Path(id): Path<Uuid>) -> Result<Json<Value>, Fault> {
    let permit = cx.permit("public:read", &Resource::open("field-device", cx.code()))?;
    let mut tx = cx.write().await?;
    if store::set_wiped(&mut tx, &permit, id, cx.now).await? == 1 {
        let detail = json!({ "becomes": "wiped" });
        audit::record(&mut tx, &cx.deed(), "device:wipe", "field_device", &id.to_string(), &detail).await?;
    }
    tx.commit().await?;
    Ok(Json(json!({})))
}

/// Tells a phone to wipe itself at its next contact, once per form.
///
/// # Errors
/// When the policy refuses, or [`Fault::NotFound`].
pub async fn ask_wipe(cx: &Cx, tx: &mut Tx, request: Uuid, id: Uuid) -> Result<(), Fault> {
    let permit = cx.permit("device:wipe", &Resource::ordinary("field-device", cx.code()))?;
    if once::claim(tx, cx.code(), request, cx.now, "/board/phones").await? != Claim::New {
        return Ok(());
    }
    store::get(tx, &permit, id).await?.ok_or(Fault::NotFound)?;
    store::ask_wipe(tx, &permit, id, cx.now).await?;
    let detail = json!({ "becomes": "wipe-asked" });
    Ok(audit::record(tx, &cx.deed(), permit.action(), "field_device", &id.to_string(), &detail).await?)
}

/// `POST /board/phones/{id}/wipe`.
///
/// # Errors
/// As [`ask_wipe`].
pub async fn wipe(cx: Cx, Path(id): Path<Uuid>, fields: Fields) -> Result<Response, Fault> {
    let request = fields.id("request")?;
    let mut tx = cx.write().await?;
    ask_wipe(&cx, &mut tx, request, id).await?;
    tx.commit().await?;
    Ok(see_other("/board/phones"))
}
