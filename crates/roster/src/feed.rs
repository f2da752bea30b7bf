//! An officer's own shifts as a calendar (iCalendar, RFC 5545) at a secret address.
//!
//! The address is the id of a row and half an HMAC of it with the key of the vault; who makes a new one or stops it makes
//! the old one worthless. It shows kind, hours and starting point of the officer's own shifts and nothing else.

mod store;

use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use kit::clock::id_at;
use kit::once::{self, Claim};
use kit::{At, Fault, Tx, Uuid, audit};
use patrol::shift::planned;
use policy::{Permit, Resource};
use site::ical::{Event, When, calendar};
use site::{Cx, Fields, see_other};

/// Digits of each half of a token.
const HALF: usize = 32;
/// Days before today that the calendar shows.
const BACK_DAYS: i64 = 14;
/// Most shifts in the calendar.
const MOST: i64 = 400;

fn token(cx: &Cx, id: Uuid) -> Result<String, Fault> {
    let mac = cx.app.seals.of("main")?.fingerprint(&format!("roster-feed/{}/{id}", cx.code()));
    Ok(format!("{}{}", id.simple(), mac.get(..HALF).unwrap_or_default()))
}

/// The id that a token was made for.
fn id_of(cx: &Cx, text: &str) -> Result<Uuid, Fault> {
    let id = text.get(..HALF).and_then(|id| Uuid::try_parse(id).ok()).ok_or(Fault::NotFound)?;
    let made = token(cx, id)?;
    // All digits are looked at, so that the time tells nothing about where they differ.
    let same = made.len() == text.len() && made.bytes().zip(text.bytes()).fold(0, |all, (a, b)| all | (a ^ b)) == 0;
    if same { Ok(id) } else { Err(Fault::NotFound) }
}

/// The address of an officer's calendar, when there is one.
///
/// # Errors
/// When the database cannot be read.
pub async fn address(cx: &Cx, tx: &mut Tx, permit: &Permit, account: Uuid) -> Result<Option<String>, Fault> {
    let Some(id) = store::of(tx, permit, account).await? else { return Ok(None) };
    Ok(Some(format!("{}/roster/feed/{}", cx.app.public_url, token(cx, id)?)))
}

/// Makes an address, or another one, or (with `stop`) takes it away; once per form.
///
/// # Errors
/// When the policy or the database refuses.
pub async fn renew(cx: &Cx, tx: &mut Tx, request: Uuid, stop: bool) -> Result<(), Fault> {
    let permit = cx.permit("roster:own", &Resource::ordinary("roster-feed", cx.code()).own(true))?;
    let account = permit.actor().ok_or(Fault::SignIn)?;
    if once::claim(tx, cx.code(), request, cx.now, "/roster/mine").await? != Claim::New {
        return Ok(());
    }
    store::delete(tx, &permit, account).await?;
    if !stop {
        store::insert(tx, &permit, id_at(cx.now), account, cx.now).await?;
    }
    let detail = serde_json::json!({ "stopped": stop });
    audit::record(tx, &cx.deed(), permit.action(), "roster_feed", &account.to_string(), &detail).await?;
    Ok(())
}

/// `POST /roster/mine/feed`.
///
/// # Errors
/// As [`renew`].
pub async fn submit(cx: Cx, form: Fields) -> Result<Response, Fault> {
    let mut tx = cx.write().await?;
    renew(&cx, &mut tx, form.id("request")?, form.get("stop") == "yes").await?;
    tx.commit().await?;
    Ok(see_other("/roster/mine#feed"))
}

/// `GET /roster/feed/{token}`: the calendar; the token is the key, so nobody signs in.
///
/// # Errors
/// [`Fault::NotFound`] for a token that is worth nothing (any more), or when the database cannot be read.
pub async fn read(cx: Cx, Path(text): Path<String>) -> Result<Response, Fault> {
    let id = id_of(&cx, &text)?;
    let permit = cx.permit("public:read", &Resource::ordinary("roster-feed", cx.code()))?;
    let mut tx = cx.read().await?;
    let account = store::account(&mut tx, &permit, id).await?.ok_or(Fault::NotFound)?;
    let from = At::from_micros(cx.now.micros() - BACK_DAYS * 86_400_000_000);
    let shifts = planned::of_officer(&mut tx, &permit, account, from, MOST).await?;
    drop(tx);
    let host = cx.app.public_url.split('/').nth(2).unwrap_or("localhost").to_owned();
    let base = cx.words.t1("roster-feed-base", "base", &cx.municipality.file.base.name);
    let events: Vec<Event> = shifts
        .iter()
        .map(|shift| Event {
            uid: format!("shift-{}@{host}", shift.id),
            when: When::Span(shift.starts_at, shift.ends_at),
            summary: crate::words::kind(&cx, &cx.words, &shift.kind),
            description: base.clone(),
            url: String::new(),
        })
        .collect();
    let name = cx.t("roster-feed-name");
    let headers =
        [(header::CONTENT_TYPE, "text/calendar; charset=utf-8"), (header::CACHE_CONTROL, "private, no-store")];
    Ok((headers, calendar(&name, cx.now, &events)).into_response())
}
