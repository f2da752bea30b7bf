//! Sessions: a random token in a cookie; the database holds only its hash. Each request reads anew who
//! the person is and what an authorisation or a covenant opens at that instant.

mod own;
mod sign_in;
mod sign_out;

pub use own::{me, revoke, revoke_others};

pub(crate) use own::{SessionRow, rows as own_rows};
pub use sign_in::{code_form, code_submit, form, persona, submit};
pub use sign_out::sign_out;

pub(crate) use sign_in::trouble_page;

use crate::account::Account;
use crate::client::Client;
use crate::store;
use axum::extract::{Query, Request, State};
use axum::http::{HeaderMap, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use kit::config::Security;
use kit::{At, Fault, Tx, Uuid, audit, text_enum};
use policy::Actor;
use serde::Deserialize;
use sha2::{Digest as _, Sha256};
use site::cx::cookie;
use site::{App, Cx, Shared, see_other};

const MINUTE_MICROS: i64 = 60 * 1_000_000;
/// The last use is written down at most this often.
const TOUCH_MICROS: i64 = 5 * MINUTE_MICROS;

text_enum! {
    /// How a person showed who they are.
    pub enum Method {
        /// A password alone.
        Password = "password",
        /// A password and the code of a second factor.
        SecondFactor = "second-factor",
        /// The municipality's own provider.
        Provider = "provider",
        /// The button of a demo.
        Persona = "persona",
    }
}

/// SHA-256 in hexadecimal: what the database holds of a secret of 32 random bytes.
pub(crate) fn hash(secret: &str) -> String {
    hex::encode(Sha256::digest(secret.as_bytes()))
}

/// Whether `browser` is the secret of this hash; hashes are compared, so that time tells nothing.
pub(crate) fn same_browser(browser_hash: &str, browser: &str) -> bool {
    hash(browser) == browser_hash
}

/// 32 random bytes in hexadecimal.
pub(crate) fn secret() -> Result<String, Fault> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes).map_err(|e| Fault::Internal(e.to_string()))?;
    Ok(hex::encode(bytes))
}

/// A cookie of ours. Behind TLS its name says so: `__Host-` binds it to this host, `/` and TLS.
#[derive(Clone, Copy)]
pub(crate) enum Cookie {
    Session,
    Attempt,
}

impl Cookie {
    fn name(self, app: &App) -> &'static str {
        match (self, app.public_url.starts_with("https:")) {
            (Self::Session, true) => "__Host-session",
            (Self::Session, false) => "session",
            (Self::Attempt, true) => "__Host-attempt",
            (Self::Attempt, false) => "attempt",
        }
    }

    pub(crate) fn of<'a>(self, app: &App, headers: &'a HeaderMap) -> Option<&'a str> {
        cookie(headers, self.name(app)).filter(|v| !v.is_empty())
    }

    /// Sets it for `seconds`; 0 takes it away.
    pub(crate) fn set(self, app: &App, mut response: Response, value: &str, seconds: i64) -> Response {
        let name = self.name(app);
        let secure = if name.starts_with("__Host-") { "; Secure" } else { "" };
        let text = format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}");
        if let Ok(value) = text.parse() {
            response.headers_mut().append(header::SET_COOKIE, value);
        }
        response
    }
}

/// The session's cookie on `response`, for as long as a session of `municipality` can live.
pub(crate) fn signed_in(app: &App, municipality: &str, response: Response, token: &str) -> Response {
    let hours = app.municipality(municipality).map_or(0, |m| m.file.security.session_hours);
    let response = Cookie::Attempt.set(app, response, "", 0);
    Cookie::Session.set(app, response, token, i64::from(hours) * 3600)
}

/// Layer: finds the session of the request's cookie and puts the [`Actor`] in the request.
pub async fn load(State(app): State<Shared>, mut request: Request, next: Next) -> Response {
    let Some(token) = Cookie::Session.of(&app, request.headers()).map(hash) else { return next.run(request).await };
    let client = Client::of(&app, request.headers(), request.extensions());
    let actor = match find(&app, &token, app.clock.now(), &client).await {
        Ok(actor) => actor,
        Err(error) => return Fault::from(error).into_response(),
    };
    let Some(actor) = actor else { return next.run(request).await };
    request.extensions_mut().insert(actor.clone());
    let mut response = next.run(request).await;
    response.extensions_mut().insert(actor);
    response
}

/// Whether a session of these instants is still good under the municipality's limits.
fn alive(security: &Security, created_at: At, seen_at: At, now: At) -> bool {
    let idle = i64::from(security.session_idle_minutes) * MINUTE_MICROS;
    let life = i64::from(security.session_hours) * 60 * MINUTE_MICROS;
    now.micros() - seen_at.micros() < idle && now.micros() - created_at.micros() < life
}

async fn find(app: &Shared, token: &str, now: At, client: &Client) -> kit::Result<Option<Actor>> {
    let mut tx = app.main.read().await?;
    let found = store::session(&mut tx, token, now).await?;
    drop(tx);
    let Some(found) = found else { return Ok(None) };
    let Ok(municipality) = app.municipality(&found.municipality) else { return Ok(None) };
    let security = &municipality.file.security;
    if !alive(security, found.created_at, found.seen_at, now) {
        return Ok(None);
    }
    let often = TOUCH_MICROS.min(i64::from(security.session_idle_minutes) * MINUTE_MICROS / 4);
    if now.micros() - found.seen_at.micros() > often {
        let mut tx = app.main.write().await?;
        store::touch(&mut tx, &found.municipality, found.id, now).await?;
        tx.commit().await?;
    }
    let words = |list: Option<String>| {
        list.map_or_else(|| [].into(), |l| l.split(' ').filter(|w| !w.is_empty()).map(str::to_owned).collect())
    };
    Ok(Some(Actor {
        account: Some(found.account_id),
        name: found.name,
        role: Some(found.role),
        municipality: found.municipality,
        organisation: found.organisation_id,
        stepped_up_at: found.stepped_up_at,
        in_office: client.within(&security.office_networks),
        authorised: words(found.authorised),
        covenants: words(found.covenants),
        session: Some(found.id.to_string()),
    }))
}

/// A session that begins, and how the person came in.
pub(crate) struct Start<'a> {
    pub(crate) account: &'a Account,
    pub(crate) method: Method,
    /// Whether a second factor was shown just now.
    pub(crate) stepped_up: bool,
    /// What the provider calls this session (`sid`), and its id token; empty for local accounts.
    pub(crate) provider: (&'a str, &'a str),
}

impl<'a> Start<'a> {
    pub(crate) fn local(account: &'a Account, method: Method) -> Self {
        Self { account, method, stepped_up: method == Method::SecondFactor, provider: ("", "") }
    }
}

pub(crate) fn id_token_place(municipality: &str, session: Uuid) -> String {
    format!("{municipality}/session/{session}/id_token")
}

/// Seals an id token for its session; none is kept of an empty one.
pub(crate) fn seal_id_token(cx: &Cx, municipality: &str, session: Uuid, token: &str) -> Result<Option<Vec<u8>>, Fault> {
    if token.is_empty() {
        return Ok(None);
    }
    let seal = cx.app.seals.of("main")?;
    Ok(Some(seal.seal(&id_token_place(municipality, session), token.as_bytes())?))
}

/// Opens a session with a fresh token, which it returns. The browser's session of before ends.
pub(crate) async fn open(tx: &mut Tx, cx: &Cx, client: &Client, start: Start<'_>) -> Result<String, Fault> {
    let account = start.account;
    if let (Some(before), Some(session)) = (cx.actor.account, current(cx)) {
        store::delete_one(tx, &cx.actor.municipality, before, session).await?;
    }
    let token = secret()?;
    let id = kit::clock::id_at(cx.now);
    let (sid, id_token) = start.provider;
    let new = store::NewSession {
        id,
        account,
        token_hash: &hash(&token),
        method: start.method,
        browser: &client.browser,
        place: &client.place(),
        stepped_up_at: start.stepped_up.then_some(cx.now),
        provider_session: sid,
        id_token: seal_id_token(cx, &account.municipality, id, id_token)?,
    };
    store::insert_session(tx, new, cx.now).await?;
    let detail = serde_json::json!({ "method": start.method, "second_factor": start.stepped_up });
    audit::record(tx, &deed_of(cx, account), "session:start", "account", &account.id.to_string(), &detail).await?;
    Ok(token)
}

/// The deed of somebody who is not signed in yet, in their own name.
pub(crate) fn deed_of<'a>(cx: &'a Cx, account: &'a Account) -> audit::Deed<'a> {
    audit::Deed {
        municipality: &account.municipality,
        actor: Some(account.id),
        role: account.role.as_str(),
        at: cx.now,
        purpose: "accounts",
        trace: cx.trace,
    }
}

/// The session that this request belongs to.
pub(crate) fn current(cx: &Cx) -> Option<Uuid> {
    cx.actor.session.as_deref().and_then(|s| Uuid::try_parse(s).ok())
}

/// The account of who asks.
pub(crate) fn who(cx: &Cx) -> Result<Uuid, Fault> {
    cx.actor.account.ok_or(Fault::SignIn)
}

/// Account and session of who asks.
pub(crate) fn signed(cx: &Cx) -> Result<(Uuid, Uuid), Fault> {
    cx.actor.account.zip(current(cx)).ok_or(Fault::SignIn)
}

/// Writes that this session showed a second factor now, and gives it a fresh token, which it returns.
pub(crate) async fn step_up(tx: &mut Tx, cx: &Cx, method: &str) -> Result<String, Fault> {
    let (account, session) = signed(cx)?;
    let token = secret()?;
    if store::renew_session(tx, cx.code(), session, &hash(&token), cx.now).await? == 0 {
        return Err(Fault::SignIn);
    }
    let detail = serde_json::json!({ "method": method });
    audit::record(tx, &cx.deed(), "session:step-up", "account", &account.to_string(), &detail).await?;
    Ok(token)
}

/// Only paths of this site: an address that a stranger made must not lead away after sign-in.
pub(crate) fn safe_back(back: &str) -> &str {
    let inside = back.starts_with('/') && !back.starts_with("//") && !back.contains(['\\', '\r', '\n', '\t']);
    if inside { back } else { "/desk" }
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
            ("/\t/evil.example", "/desk"),
            ("", "/desk"),
        ] {
            assert_eq!(safe_back(back), to);
        }
    }
}
