//! A call for assistance: an officer holds the button, coordinators hear an alarm until one of them says that help is
//! on its way. The call goes ahead of everything that waits on the phone, and is taken outside a shift too.

mod store;

use crate::place;
use axum::Json;
use axum::extract::Path;
use axum::response::Response;
use kit::once::{self, Claim};
use kit::{At, Fault, Tx, Uuid, audit, text_enum};
use policy::{Permit, Resource};
use serde::Deserialize;
use serde_json::{Value, json};
use site::{Cx, Fields, see_other};

/// Longest note at the end of a call, in characters.
const NOTE: usize = 500;

text_enum! {
    /// Where a call stands.
    pub enum CallState {
        /// Nobody saw it yet.
        Open = "open",
        /// A coordinator saw it and helps.
        Answered = "answered",
        /// The officer took it back.
        Cancelled = "cancelled",
        /// It is over.
        Closed = "closed",
    }
}

/// A call with the name of the officer.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
pub struct Call {
    /// Client-made UUID (version 7).
    pub id: Uuid,
    /// The officer.
    pub account_id: Uuid,
    /// Name of the officer.
    pub officer: String,
    /// When the button was held.
    pub at: At,
    /// When it came in.
    pub received_at: At,
    /// Longitude (WGS84), when known.
    pub lon: Option<f64>,
    /// Latitude (WGS84), when known.
    pub lat: Option<f64>,
    /// When the officer was there.
    pub place_at: Option<At>,
    /// State.
    pub state: CallState,
    /// When a coordinator answered.
    pub answered_at: Option<At>,
    /// How it ended.
    pub note: String,
    /// Counts changes.
    pub version: i64,
}

/// What the phone sends.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    /// Client-made UUID (version 7).
    pub id: Uuid,
    /// When the button was held, by the phone's clock, in milliseconds since 1970.
    pub at: i64,
    /// The phone's clock now.
    pub now: i64,
    /// Longitude (WGS84).
    pub lon: Option<f64>,
    /// Latitude (WGS84).
    pub lat: Option<f64>,
}

/// Takes a call in, once per id. Without a place of its own it gets the one that the officer shared.
///
/// # Errors
/// When the policy or the database refuses.
pub async fn ask(cx: &Cx, tx: &mut Tx, asked: &Asked) -> Result<(), Fault> {
    let permit = cx.permit("field:use", &Resource::ordinary("field", cx.code()))?;
    let account = permit.actor().ok_or(Fault::SignIn)?;
    let ago = asked.now.saturating_sub(asked.at).clamp(0, 7 * 86_400_000);
    let at = At::from_micros(cx.now.micros() - ago * 1000);
    let own =
        asked.lon.zip(asked.lat).filter(|(lon, lat)| (-180.0..=180.0).contains(lon) && (-90.0..=90.0).contains(lat));
    let place = match own {
        Some(place) => Some((place, at)),
        None => place::of(tx, &permit, account, cx.now).await?.map(|p| ((p.lon, p.lat), p.at)),
    };
    if store::insert(tx, &permit, (asked.id, account), (at, cx.now), place).await? == 1 {
        let detail = json!({ "becomes": CallState::Open });
        audit::record(tx, &cx.deed(), permit.action(), "assistance-call", &asked.id.to_string(), &detail).await?;
    }
    Ok(())
}

/// `POST /api/field/assistance`.
///
/// # Errors
/// As [`ask`].
pub async fn send(cx: Cx, Json(asked): Json<Asked>) -> Result<Json<Value>, Fault> {
    let mut tx = cx.write().await?;
    ask(&cx, &mut tx, &asked).await?;
    tx.commit().await?;
    state(cx, Path(asked.id)).await
}

/// `GET /api/field/assistance/{id}`: where the own call stands, in words.
///
/// # Errors
/// [`Fault::NotFound`] for calls of others.
pub async fn state(cx: Cx, Path(id): Path<Uuid>) -> Result<Json<Value>, Fault> {
    let permit = cx.permit("field:use", &Resource::ordinary("field", cx.code()))?;
    let call = own(&mut cx.read().await?, &permit, id).await?;
    Ok(Json(json!({ "state": call.state, "text": cx.t(&format!("field-call-state-{}", call.state)) })))
}

async fn own(tx: &mut Tx, permit: &Permit, id: Uuid) -> Result<Call, Fault> {
    let call = store::get(tx, permit, id).await?.ok_or(Fault::NotFound)?;
    if Some(call.account_id) == permit.actor() { Ok(call) } else { Err(Fault::NotFound) }
}

/// `POST /api/field/assistance/{id}/cancel`: the officer pressed by mistake, or it is over.
///
/// # Errors
/// [`Fault::NotFound`] for calls of others.
pub async fn cancel(cx: Cx, Path(id): Path<Uuid>) -> Result<Json<Value>, Fault> {
    let permit = cx.permit("field:use", &Resource::ordinary("field", cx.code()))?;
    let mut tx = cx.write().await?;
    let call = own(&mut tx, &permit, id).await?;
    if matches!(call.state, CallState::Open | CallState::Answered) {
        store::set(&mut tx, &permit, id, CallState::Cancelled, cx.now, "").await?;
        written(&cx, &mut tx, &permit, id, CallState::Cancelled).await?;
    }
    tx.commit().await?;
    state(cx, Path(id)).await
}

async fn written(cx: &Cx, tx: &mut Tx, permit: &Permit, id: Uuid, becomes: CallState) -> Result<(), Fault> {
    let detail = json!({ "becomes": becomes });
    Ok(audit::record(tx, &cx.deed(), permit.action(), "assistance-call", &id.to_string(), &detail).await?)
}

/// The calls that still need somebody, the oldest first, and those that ended since `since`.
///
/// # Errors
/// When the database cannot be read.
pub async fn recent(tx: &mut Tx, permit: &Permit, since: At) -> Result<Vec<Call>, Fault> {
    Ok(store::recent(tx, permit, since).await?)
}

/// A coordinator answers a call or closes it, once per form.
///
/// # Errors
/// [`Fault::NotFound`], or [`Fault::Invalid`] for a note that is too long.
pub async fn settle(cx: &Cx, tx: &mut Tx, request: Uuid, id: Uuid, close: bool, note: &str) -> Result<(), Fault> {
    let permit = cx.permit("board:handle", &Resource::ordinary("field", cx.code()))?;
    if once::claim(tx, cx.code(), request, cx.now, "/board").await? != Claim::New {
        return Ok(());
    }
    let mut faults = kit::FieldFaults::default();
    if note.chars().count() > NOTE {
        faults.add_with("note", "field-call-note-long", vec![("most", NOTE.to_string())]);
    }
    faults.ok()?;
    let call = store::get(tx, &permit, id).await?.ok_or(Fault::NotFound)?;
    let becomes = if close { CallState::Closed } else { CallState::Answered };
    let fits = match call.state {
        CallState::Open => true,
        CallState::Answered | CallState::Cancelled => close,
        CallState::Closed => false,
    };
    if fits {
        store::set(tx, &permit, id, becomes, cx.now, note.trim()).await?;
        written(cx, tx, &permit, id, becomes).await?;
    }
    Ok(())
}

/// `POST /board/calls/{id}`: `what` is `answer` or `close`.
///
/// # Errors
/// As [`settle`].
pub async fn settle_form(cx: Cx, Path(id): Path<Uuid>, fields: Fields) -> Result<Response, Fault> {
    let (request, close) = (fields.id("request")?, fields.get("what") == "close");
    let mut tx = cx.write().await?;
    settle(&cx, &mut tx, request, id, close, fields.get("note")).await?;
    tx.commit().await?;
    Ok(see_other("/board"))
}
