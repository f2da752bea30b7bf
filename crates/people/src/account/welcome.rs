//! `/welcome/{token}`: the one-time link by which a person chooses a password.

use super::manage::LINK_HOURS;
use super::{hash_apart, password};
use crate::client::Client;
use crate::session::{deed_of, hash};
use crate::store;
use axum::extract::{Form, Path};
use axum::http::StatusCode;
use axum::response::Response;
use kit::{At, Fault, FieldFaults, Tx, audit};
use serde::Deserialize;
use site::{Cx, FormError, Page, render, render_as};

#[derive(askama::Template)]
#[template(path = "account/pages/welcome.html")]
struct WelcomePage {
    page: Page,
    action: String,
    username: String,
    errors: Vec<FormError>,
    password_error: String,
    again_error: String,
}

#[derive(askama::Template)]
#[template(path = "account/pages/welcomed.html")]
struct WelcomedPage {
    page: Page,
}

/// Whose link this is; a wrong or old one counts as a failure of the address.
async fn whose(tx: &mut Tx, cx: &Cx, client: &Client, token: &str) -> Result<Option<super::Person>, Fault> {
    client.may_try(tx, cx.now).await?;
    let since = At::from_micros(cx.now.micros() - LINK_HOURS * 3_600_000_000);
    let Some((municipality, id)) = store::link(tx, &hash(token), since).await? else {
        client.failed(tx, cx.now).await?;
        return Ok(None);
    };
    Ok(store::person(tx, &municipality, id).await?)
}

/// A link that is over says so, and what to do.
fn over() -> Fault {
    Fault::Rule { key: "identity-link-over", values: vec![] }
}

fn welcome_page(cx: &Cx, token: &str, username: &str, faults: &FieldFaults) -> Result<Response, Fault> {
    let page = WelcomePage {
        page: cx.page("identity-welcome-title"),
        action: format!("/welcome/{token}"),
        username: username.to_owned(),
        errors: cx.summary(faults),
        password_error: faults.of("password", &cx.words).unwrap_or_default(),
        again_error: faults.of("again", &cx.words).unwrap_or_default(),
    };
    render_as(if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY }, &page)
}

/// `GET /welcome/{token}`
pub async fn welcome(cx: Cx, client: Client, Path(token): Path<String>) -> Result<Response, Fault> {
    let mut tx = cx.write().await?;
    let person = whose(&mut tx, &cx, &client, &token).await?;
    tx.commit().await?;
    welcome_page(&cx, &token, &person.ok_or_else(over)?.account.username, &FieldFaults::default())
}

/// The chosen password, twice.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Chosen {
    password: String,
    again: String,
}

/// `POST /welcome/{token}`: keeps the password. The link is used up, and all sessions of before end.
pub async fn welcome_submit(
    cx: Cx,
    client: Client,
    Path(token): Path<String>,
    Form(form): Form<Chosen>,
) -> Result<Response, Fault> {
    let mut tx = cx.write().await?;
    let person = whose(&mut tx, &cx, &client, &token).await?;
    tx.commit().await?;
    let person = person.ok_or_else(over)?;
    let account = &person.account;
    let mut faults = FieldFaults::default();
    let municipality = cx.app.municipality(&account.municipality)?;
    let names = [account.name.as_str(), &account.username, &person.email, &municipality.file.name, "regie"];
    if let Some(key) = password::fault(&form.password, &names) {
        faults.add("password", key);
    } else if form.password != form.again {
        faults.add("again", "identity-password-differs");
    }
    if !faults.is_empty() {
        return welcome_page(&cx, &token, &account.username, &faults);
    }
    let hashed = hash_apart(form.password).await?;
    let mut tx = cx.write().await?;
    // Once more, within the transaction that uses the link up: of two that come at once, one passes.
    whose(&mut tx, &cx, &client, &token).await?.ok_or_else(over)?;
    store::delete_links(&mut tx, (&account.municipality, account.id)).await?;
    store::set_password(&mut tx, &account.municipality, account.id, &hashed).await?;
    store::delete_all(&mut tx, &account.municipality, account.id, None).await?;
    let deed = deed_of(&cx, account);
    audit::record(&mut tx, &deed, "account:password", "account", &account.id.to_string(), &serde_json::json!({}))
        .await?;
    tx.commit().await?;
    render(&WelcomedPage { page: cx.page("identity-welcomed-title") })
}
