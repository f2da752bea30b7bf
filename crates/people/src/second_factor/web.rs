//! Pages of the second factor: begin, confirm with a code, see the recovery codes once, make new ones.

use super::{Shown, begin, fitting_step, normal, renew_codes, show, store, totp, waiting};
use crate::account;
use crate::client::Client;
use crate::session::{self, signed_in, who};
use axum::extract::Form;
use axum::http::StatusCode;
use axum::response::Response;
use kit::throttle;
use kit::{Fault, FieldFaults, Tx, Uuid, audit};
use qrcodegen::{QrCode, QrCodeEcc};
use serde::Deserialize;
use site::layers::encode;
use site::{Cx, FormError, Page, render, render_as, see_other};

#[derive(askama::Template)]
#[template(path = "second_factor/pages/second_factor.html")]
struct FactorPage {
    page: Page,
    errors: Vec<FormError>,
    code_error: String,
    password_error: String,
    ask_password: bool,
    state: State,
}

enum State {
    /// The provider takes care of it.
    Provider,
    /// There is none yet.
    None,
    /// It waits for its first code.
    Waiting { svg: String, key: String, uri: String },
    /// It is there; so many recovery codes are left.
    There { left: String },
}

#[derive(askama::Template)]
#[template(path = "second_factor/pages/codes.html")]
struct CodesPage {
    page: Page,
    codes: Vec<String>,
}

async fn factor_page(cx: &Cx, tx: &mut Tx, faults: &FieldFaults) -> Result<Response, Fault> {
    let id = who(cx)?;
    let whose = (cx.code(), id);
    let person = crate::store::person(tx, cx.code(), id).await?.ok_or(Fault::NotFound)?;
    let state = if person.is_from_provider() {
        State::Provider
    } else if person.factor_at.is_some() {
        State::There { left: cx.words.tn("identity-codes-left", store::recovery_left(tx, whose).await?) }
    } else if let Some(secret) = waiting(tx, cx, whose).await? {
        let key = totp(&secret).get_secret_base32();
        let issuer = encode(&format!("Regie {}", cx.municipality.file.name));
        let uri = format!(
            "otpauth://totp/{issuer}:{}?secret={key}&issuer={issuer}&algorithm=SHA1&digits=6&period=30",
            encode(&person.account.username)
        );
        let groups = key.as_bytes().chunks(4).map(String::from_utf8_lossy).collect::<Vec<_>>().join(" ");
        State::Waiting { svg: qr(&uri, &cx.t("identity-factor-qr"))?, key: groups, uri }
    } else {
        State::None
    };
    let page = FactorPage {
        page: cx.page("identity-factor-title"),
        errors: cx.summary(faults),
        code_error: faults.of("code", &cx.words).unwrap_or_default(),
        password_error: faults.of("password", &cx.words).unwrap_or_default(),
        ask_password: has_password(cx, tx, id).await?,
        state,
    };
    render_as(if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY }, &page)
}

/// Personas of the demo have no password; everybody else shows it before a factor is confirmed.
async fn has_password(cx: &Cx, tx: &mut Tx, id: Uuid) -> Result<bool, Fault> {
    let (hash, _) = crate::store::guard(tx, cx.code(), id).await?.unwrap_or_default();
    Ok(!cx.app.demo || hash.starts_with('$'))
}

/// A QR code as SVG: dark squares on white, with the four empty modules around that readers need.
fn qr(text: &str, title: &str) -> Result<String, Fault> {
    use std::fmt::Write as _;
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).map_err(|e| Fault::Internal(e.to_string()))?;
    let size = code.size();
    let whole = size + 8;
    let mut path = String::new();
    for y in 0..size {
        for x in (0..size).filter(|x| code.get_module(*x, y)) {
            let _ = write!(path, "M{} {}h1v1h-1z", x + 4, y + 4);
        }
    }
    Ok(format!(
        "<svg class=\"qr\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {whole} {whole}\" width=\"208\" height=\"208\" \
         role=\"img\" aria-label=\"{title}\" shape-rendering=\"crispEdges\"><rect width=\"{whole}\" height=\"{whole}\" \
         fill=\"#fff\"/><path d=\"{path}\" fill=\"#000\"/></svg>"
    ))
}

/// `GET /account/second-factor`
pub async fn page(cx: Cx) -> Result<Response, Fault> {
    let mut tx = cx.read().await?;
    factor_page(&cx, &mut tx, &FieldFaults::default()).await
}

/// `POST /account/second-factor/start`: makes the secret, which then waits for its first code. Again is no harm.
pub async fn start(cx: Cx) -> Result<Response, Fault> {
    let id = who(&cx)?;
    let mut tx = cx.write().await?;
    let person = crate::store::person(&mut tx, cx.code(), id).await?.ok_or(Fault::NotFound)?;
    if !person.is_from_provider() {
        begin(&mut tx, &cx, (cx.code(), id)).await?;
        tx.commit().await?;
    }
    Ok(see_other("/account/second-factor"))
}

/// What is typed to confirm a factor.
#[derive(Debug, Deserialize)]
#[serde(default)]
#[derive(Default)]
pub struct Confirmation {
    code: String,
    password: String,
}

/// `POST /account/second-factor/confirm`: password and first code; answers with the recovery codes, once.
pub async fn confirm(cx: Cx, client: Client, Form(form): Form<Confirmation>) -> Result<Response, Fault> {
    let id = who(&cx)?;
    let whose = (cx.code(), id);
    let key = format!("code:{id}");
    let mut tx = cx.read().await?;
    client.may_try(&mut tx, cx.now).await?;
    let wait = throttle::wait(&mut tx, &key, super::LIMIT, cx.now).await?;
    if wait > 0 {
        return Err(Fault::Wait(wait));
    }
    let ask_password = has_password(&cx, &mut tx, id).await?;
    let (hash, _) = crate::store::guard(&mut tx, cx.code(), id).await?.unwrap_or_default();
    drop(tx);
    let mut faults = FieldFaults::default();
    if ask_password && !account::fits_apart(form.password.clone(), hash).await? {
        faults.add("password", "identity-password-wrong");
    }
    let mut tx = cx.write().await?;
    let Some(secret) = waiting(&mut tx, &cx, whose).await? else { return Ok(see_other("/account/second-factor")) };
    let step = fitting_step(&secret, &normal(&form.code), cx.now, 0);
    if step.is_none() {
        faults.add("code", "identity-code-wrong");
    }
    let Some(step) = step.filter(|_| faults.is_empty()) else {
        throttle::fail(&mut tx, &key, super::LIMIT, cx.now).await?;
        client.failed(&mut tx, cx.now).await?;
        let response = factor_page(&cx, &mut tx, &faults).await;
        tx.commit().await?;
        return response;
    };
    if store::confirm(&mut tx, whose, step, cx.now).await? == 0 {
        return Ok(see_other("/account/second-factor"));
    }
    throttle::clear(&mut tx, &key).await?;
    let codes = renew_codes(&mut tx, &cx, whose).await?;
    audit::record(&mut tx, &cx.deed(), "second-factor:enrol", "account", &id.to_string(), &serde_json::json!({}))
        .await?;
    let token = session::step_up(&mut tx, &cx, "code").await?;
    tx.commit().await?;
    let response = render(&CodesPage { page: cx.page("identity-codes-title"), codes })?;
    Ok(signed_in(&cx.app, cx.code(), response, &token))
}

/// `POST /account/second-factor/codes`: new recovery codes, for who shows a code; answers with them, once.
pub async fn codes(cx: Cx, client: Client, Form(form): Form<Confirmation>) -> Result<Response, Fault> {
    let id = who(&cx)?;
    let whose = (cx.code(), id);
    let mut tx = cx.write().await?;
    if !super::is_there(&mut tx, whose).await? {
        return Ok(see_other("/account/second-factor"));
    }
    if show(&mut tx, &cx, &client, whose, &form.code).await? == Shown::Wrong {
        let mut faults = FieldFaults::default();
        faults.add("code", "identity-code-wrong");
        let response = factor_page(&cx, &mut tx, &faults).await;
        tx.commit().await?;
        return response;
    }
    let codes = renew_codes(&mut tx, &cx, whose).await?;
    audit::record(&mut tx, &cx.deed(), "second-factor:renew", "account", &id.to_string(), &serde_json::json!({}))
        .await?;
    tx.commit().await?;
    render(&CodesPage { page: cx.page("identity-codes-title"), codes })
}
