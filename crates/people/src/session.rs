//! Signing in and out. A session is a random token in a cookie; the database holds only its hash.

use crate::account::{self, Account};
use crate::store;
use axum::extract::{Form, Query, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use kit::throttle::{self, Limit};
use kit::{At, Fault, FieldFaults, Tx, audit};
use policy::Actor;
use serde::Deserialize;
use sha2::{Digest as _, Sha256};
use site::cx::cookie;
use site::page::Page;
use site::{Cx, FormError, Shared, render, render_as, see_other};

const COOKIE: &str = "session";
/// A session that was not used for this long is over.
const IDLE_MICROS: i64 = 8 * 3600 * 1_000_000;
/// A session never lives longer than this.
const LIFE_MICROS: i64 = 24 * 3600 * 1_000_000;
/// The last use is written down at most this often.
const TOUCH_MICROS: i64 = 300 * 1_000_000;
/// Wrong passwords per account name.
const LIMIT: Limit = Limit { failures: 5, window_s: 900 };

fn token_hash(token: &str) -> String {
    hex::encode(Sha256::digest(token.as_bytes()))
}

/// Layer: finds the session of the request's cookie and puts the [`Actor`] in the request.
pub async fn load(State(app): State<Shared>, mut request: Request, next: Next) -> Response {
    let Some(token) = cookie(request.headers(), COOKIE).map(token_hash) else { return next.run(request).await };
    let now = app.clock.now();
    let actor = match find(&app, &token, now).await {
        Ok(actor) => actor,
        Err(error) => return Fault::from(error).into_response(),
    };
    let Some(actor) = actor else { return next.run(request).await };
    request.extensions_mut().insert(actor.clone());
    let mut response = next.run(request).await;
    response.extensions_mut().insert(actor);
    response
}

async fn find(app: &Shared, token: &str, now: At) -> kit::Result<Option<Actor>> {
    let mut tx = app.main.read().await?;
    let (idle, life) = (now.micros() - IDLE_MICROS, now.micros() - LIFE_MICROS);
    let found = store::session(&mut tx, token, idle, life).await?;
    drop(tx);
    let Some(found) = found else { return Ok(None) };
    if now.micros() - found.seen_at.micros() > TOUCH_MICROS {
        let mut tx = app.main.write().await?;
        store::touch(&mut tx, token, now).await?;
        tx.commit().await?;
    }
    Ok(Some(Actor {
        account: Some(found.account_id),
        name: found.name,
        role: Some(found.role),
        municipality: found.municipality,
        ..Actor::default()
    }))
}

/// Opens a session for `account` and returns the cookie's value.
async fn open(tx: &mut Tx, cx: &Cx, account: &Account) -> Result<String, Fault> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes).map_err(|e| Fault::Internal(e.to_string()))?;
    let token = hex::encode(bytes);
    store::insert_session(tx, account, &token_hash(&token), cx.now).await?;
    let deed = audit::Deed {
        municipality: &account.municipality,
        actor: Some(account.id),
        role: account.role.as_str(),
        at: cx.now,
        purpose: "accounts",
        trace: cx.trace,
    };
    audit::record(tx, &deed, "session:start", "account", &account.id.to_string(), &serde_json::json!({})).await?;
    Ok(token)
}

fn with_cookie(cx: &Cx, mut response: Response, value: &str, seconds: i64) -> Response {
    let secure = if cx.app.public_url.starts_with("https:") { "; Secure" } else { "" };
    let cookie = format!("{COOKIE}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}");
    if let Ok(value) = cookie.parse() {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    response
}

/// Only paths of this site: an address that a stranger made must not lead away after sign-in.
fn safe_back(back: &str) -> &str {
    if back.starts_with('/') && !back.starts_with("//") && !back.contains('\\') { back } else { "/desk" }
}

/// The sign-in form.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct SignIn {
    username: String,
    password: String,
    back: String,
}

#[derive(askama::Template)]
#[template(path = "session/pages/sign_in.html")]
struct SignInPage {
    page: Page,
    username: String,
    back: String,
    errors: Vec<FormError>,
    username_error: String,
    password_error: String,
    personas: Vec<Persona>,
}

struct Persona {
    username: String,
    name: String,
    role: String,
    does: String,
    municipality: String,
}

async fn personas(cx: &Cx) -> Result<Vec<Persona>, Fault> {
    if !cx.app.demo {
        return Ok(vec![]);
    }
    let mut tx = cx.read().await?;
    let mut out = Vec::new();
    for municipality in &cx.app.municipalities {
        for account in account::all(&mut tx, municipality.code()).await? {
            out.push(Persona {
                role: cx.t(&format!("role-{}", account.role)),
                does: cx.t(&format!("persona-{}", account.role)),
                username: account.username,
                name: account.name,
                municipality: municipality.file.name.clone(),
            });
        }
    }
    out.sort_by_key(|p| p.municipality != cx.municipality.file.name);
    Ok(out)
}

async fn sign_in_page(cx: &Cx, form: &SignIn, faults: &FieldFaults) -> Result<Response, Fault> {
    let page = SignInPage {
        page: cx.page("session-title"),
        username: form.username.clone(),
        back: safe_back(&form.back).to_owned(),
        errors: cx.summary(faults),
        username_error: faults.of("username", &cx.words).unwrap_or_default(),
        password_error: faults.of("password", &cx.words).unwrap_or_default(),
        personas: personas(cx).await?,
    };
    let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    render_as(status, &page)
}

/// `GET /login`
pub async fn form(cx: Cx, Query(form): Query<SignIn>) -> Result<Response, Fault> {
    sign_in_page(&cx, &SignIn { username: String::new(), ..form }, &FieldFaults::default()).await
}

/// `POST /login`
pub async fn submit(cx: Cx, Form(form): Form<SignIn>) -> Result<Response, Fault> {
    let mut faults = FieldFaults::default();
    if form.username.trim().is_empty() {
        faults.add("username", "session-username-missing");
    }
    if form.password.is_empty() {
        faults.add("password", "session-password-missing");
    }
    if !faults.is_empty() {
        return sign_in_page(&cx, &form, &faults).await;
    }
    let username = form.username.trim().to_lowercase();
    let key = format!("login:{}", username.chars().take(100).collect::<String>());
    let mut tx = cx.read().await?;
    let wait = throttle::wait(&mut tx, &key, LIMIT, cx.now).await?;
    if wait > 0 {
        return Err(Fault::Wait(wait));
    }
    let found = store::by_username(&mut tx, &username).await?;
    let hash = store::password_hash(&mut tx, &username).await?.unwrap_or_default();
    drop(tx);
    let password = form.password.clone();
    let fits = tokio::task::spawn_blocking(move || account::fits(&password, &hash))
        .await
        .map_err(|e| Fault::Internal(e.to_string()))?;
    let mut tx = cx.write().await?;
    match found {
        Some(account) if fits && account.active => {
            throttle::clear(&mut tx, &key).await?;
            let token = open(&mut tx, &cx, &account).await?;
            tx.commit().await?;
            Ok(with_cookie(&cx, see_other(safe_back(&form.back)), &token, LIFE_MICROS / 1_000_000))
        }
        _ => {
            throttle::fail(&mut tx, &key, LIMIT, cx.now).await?;
            tx.commit().await?;
            faults.add("password", "session-wrong");
            sign_in_page(&cx, &form, &faults).await
        }
    }
}

/// `POST /demo/sign-in`: sign in as a persona without a password. The route exists only in the demo.
pub async fn persona(cx: Cx, Form(form): Form<SignIn>) -> Result<Response, Fault> {
    if !cx.app.demo {
        return Err(Fault::NotFound);
    }
    let mut tx = cx.write().await?;
    let account = store::by_username(&mut tx, &form.username).await?.ok_or(Fault::NotFound)?;
    let token = open(&mut tx, &cx, &account).await?;
    tx.commit().await?;
    Ok(with_cookie(&cx, see_other(safe_back(&form.back)), &token, LIFE_MICROS / 1_000_000))
}

/// `POST /logout`
pub async fn sign_out(cx: Cx, headers: HeaderMap) -> Result<Response, Fault> {
    if let (Some(token), Some(account)) = (cookie(&headers, COOKIE), cx.actor.account) {
        let mut tx = cx.write().await?;
        store::delete_session(&mut tx, &token_hash(token)).await?;
        audit::record(&mut tx, &cx.deed(), "session:end", "account", &account.to_string(), &serde_json::json!({}))
            .await?;
        tx.commit().await?;
    }
    Ok(with_cookie(&cx, see_other("/"), "", 0))
}

#[derive(askama::Template)]
#[template(path = "session/pages/me.html")]
struct MePage {
    page: Page,
    name: String,
    role: String,
    municipality: String,
}

/// `GET /account`: who am I, and the way out.
pub async fn me(cx: Cx) -> Result<Response, Fault> {
    render(&MePage {
        page: cx.page("account-title"),
        name: cx.actor.name.clone(),
        role: cx.actor.role.map(|r| cx.t(&format!("role-{r}"))).unwrap_or_default(),
        municipality: cx.municipality.file.name.clone(),
    })
}

/// The choice of a language.
#[derive(Debug, Deserialize)]
pub struct Language {
    to: String,
    #[serde(default)]
    back: String,
}

/// `GET /language`: remembers the reader's language in a cookie.
pub async fn choose_language(cx: Cx, Query(choice): Query<Language>) -> Response {
    let known = cx.municipality.file.languages.iter().find(|l| **l == choice.to);
    let back = if choice.back.is_empty() { "/" } else { safe_back(&choice.back) };
    let mut response = see_other(back);
    if let Some(value) =
        known.and_then(|l| format!("language={l}; Path=/; SameSite=Lax; Max-Age=31536000").parse().ok())
    {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::safe_back;

    #[test]
    fn sign_in_never_leads_to_another_site() {
        for (back, to) in [
            ("/signals?state=done", "/signals?state=done"),
            ("//evil.example", "/desk"),
            ("https://evil.example", "/desk"),
            ("/\\evil.example", "/desk"),
            ("", "/desk"),
        ] {
            assert_eq!(safe_back(back), to);
        }
    }
}
