//! The two doors of signing in at a provider: on the way out and on the way back.

use super::arrive::{Arrival, arrive};
use super::{OidcFault, Provider, Said};
use crate::attempt::{self, Attempt, Kind};
use crate::client::Client;
use crate::session::{self, Cookie, Method, Start, open, safe_back, seal_id_token, signed, signed_in, trouble_page};
use crate::store;
use axum::extract::Query;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use kit::{Fault, Municipality};
use serde::Deserialize;
use site::{Cx, see_other};
use std::sync::Arc;

/// Where a sign-in begins.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Out {
    /// Municipality code; the first one's when left out.
    at: String,
    back: String,
}

/// `GET /login/oidc?at=…&back=…`: on to the provider.
pub async fn start(cx: Cx, client: Client, Query(out): Query<Out>) -> Result<Response, Fault> {
    let municipality = if out.at.is_empty() { cx.municipality.clone() } else { cx.app.municipality(&out.at)? };
    let attempt =
        |browser: &str| Attempt::new(municipality.code(), Kind::SignIn, browser, safe_back(&out.back), cx.now);
    go(&cx, &client, &municipality, attempt).await
}

/// `GET /step-up/oidc?back=…`: on to the provider, who asks the person anew.
pub async fn step_up(cx: Cx, client: Client, Query(out): Query<Out>) -> Result<Response, Fault> {
    let (account, _) = signed(&cx)?;
    let attempt = |browser: &str| Attempt {
        account_id: Some(account),
        ..Attempt::new(cx.code(), Kind::StepUp, browser, safe_back(&out.back), cx.now)
    };
    go(&cx, &client, &cx.municipality, attempt).await
}

async fn go(
    cx: &Cx,
    client: &Client,
    municipality: &Municipality,
    attempt: impl Fn(&str) -> Attempt,
) -> Result<Response, Fault> {
    let provider = municipality.find::<Provider>().ok_or(Fault::NotFound)?;
    let mut tx = cx.read().await?;
    client.may_try(&mut tx, cx.now).await?;
    drop(tx);
    let browser = session::secret()?;
    let attempt = attempt(&browser);
    let begin = match provider.begin(attempt.kind == Kind::StepUp, cx.now).await {
        Ok(begin) => begin,
        Err(fault) => return refuse(cx, &fault, &provider).await,
    };
    let attempt = Attempt { nonce: begin.nonce, verifier: begin.verifier, ..attempt };
    let mut tx = cx.write().await?;
    attempt::begin(&mut tx, &begin.state, &attempt).await?;
    tx.commit().await?;
    Ok(Cookie::Attempt.set(&cx.app, see_other(&begin.url), &browser, 600))
}

/// What the provider sends back with the browser.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Back {
    code: String,
    state: String,
    error: String,
    /// Who answers (RFC 9207).
    iss: String,
}

/// `GET /login/oidc/callback`: back from the provider. The attempt is used up first, whatever comes of it.
pub async fn callback(cx: Cx, client: Client, headers: HeaderMap, Query(back): Query<Back>) -> Result<Response, Fault> {
    let browser = Cookie::Attempt.of(&cx.app, &headers).unwrap_or_default();
    let mut tx = cx.write().await?;
    client.may_try(&mut tx, cx.now).await?;
    let attempt = attempt::take(&mut tx, &back.state, browser, cx.now).await?;
    let attempt = attempt.filter(|a| a.kind != Kind::Code && !back.state.is_empty());
    if attempt.is_none() {
        client.failed(&mut tx, cx.now).await?;
    }
    tx.commit().await?;
    let Some(attempt) = attempt else {
        return trouble_page(&cx, StatusCode::BAD_REQUEST, cx.t("identity-attempt-over")).await;
    };
    let municipality = cx.app.municipality(&attempt.municipality)?;
    let provider = municipality.find::<Provider>().ok_or(Fault::NotFound)?;
    if !back.iss.is_empty() && back.iss != provider.issuer() {
        return refuse(&cx, &OidcFault::Refused("answered by another issuer".to_owned()), &provider).await;
    }
    if !back.error.is_empty() {
        // The person stopped, or the provider would not; its words are for the log.
        let words: String = back.error.chars().take(60).collect();
        return refuse(&cx, &OidcFault::Refused(format!("the provider said {words:?}")), &provider).await;
    }
    let since = (attempt.kind == Kind::StepUp).then_some(attempt.created_at);
    let said = match provider.finish(&back.code, &attempt.verifier, &attempt.nonce, since, cx.now).await {
        Ok(said) => said,
        Err(fault) => return refuse(&cx, &fault, &provider).await,
    };
    match attempt.kind {
        Kind::StepUp => stepped_up(&cx, &attempt, &provider, &said).await,
        _ => arrived(&cx, &client, municipality, &attempt, &provider, &said).await,
    }
}

async fn arrived(
    cx: &Cx,
    client: &Client,
    municipality: Arc<Municipality>,
    attempt: &Attempt,
    provider: &Provider,
    said: &Said,
) -> Result<Response, Fault> {
    let there = Cx { municipality, ..cx.clone() };
    let mut tx = cx.write().await?;
    let arrival = arrive(&mut tx, &there, provider, said).await?;
    let account = match arrival {
        Arrival::Welcome(account) => account,
        refused => {
            tx.commit().await?;
            let (key, value) = match &refused {
                Arrival::SeveralRoles(roles) => {
                    let roles: Vec<_> = roles.iter().map(|r| cx.t(&format!("role-{r}"))).collect();
                    ("identity-several-roles", roles.join(", "))
                }
                Arrival::Ended => ("identity-ended", String::new()),
                _ => ("identity-no-group", provider.name().to_owned()),
            };
            let contact = &there.municipality.file.contact;
            let values = [("value", value.as_str().into()), ("email", contact.email.as_str().into())];
            return trouble_page(cx, StatusCode::FORBIDDEN, cx.words.ta(key, &values)).await;
        }
    };
    let start = Start {
        account: &account,
        method: Method::Provider,
        stepped_up: said.second_factor && is_recent(said, attempt),
        provider: (&said.sid, &said.id_token),
    };
    let token = open(&mut tx, cx, client, start).await?;
    tx.commit().await?;
    Ok(signed_in(&cx.app, &account.municipality, see_other(&attempt.back), &token))
}

/// Whether the person signed in at the provider for this attempt, and did not only have a session there.
fn is_recent(said: &Said, attempt: &Attempt) -> bool {
    said.signed_in_at.is_some_and(|at| at.micros() >= attempt.created_at.micros() - super::SKEW_MICROS)
}

async fn stepped_up(cx: &Cx, attempt: &Attempt, provider: &Provider, said: &Said) -> Result<Response, Fault> {
    let (account, session) = signed(cx)?;
    let mut tx = cx.write().await?;
    let person = store::person(&mut tx, cx.code(), account).await?.ok_or(Fault::SignIn)?;
    let same = attempt.account_id == Some(account)
        && attempt.municipality == cx.code()
        && (person.issuer.as_str(), person.subject.as_str()) == (provider.issuer(), said.subject.as_str());
    if !same {
        return Err(Fault::Rule { key: "identity-other-person", values: vec![] });
    }
    if !said.second_factor {
        return Err(Fault::Rule {
            key: "identity-no-second-factor",
            values: vec![("name", provider.name().to_owned())],
        });
    }
    let token = session::step_up(&mut tx, cx, "provider").await?;
    if let Some(sealed) = seal_id_token(cx, cx.code(), session, &said.id_token)? {
        store::keep_id_token(&mut tx, cx.code(), session, sealed).await?;
    }
    tx.commit().await?;
    Ok(signed_in(&cx.app, cx.code(), see_other(&attempt.back), &token))
}

/// The sign-in page with what went wrong, in words for a person; the log gets the rest.
async fn refuse(cx: &Cx, fault: &OidcFault, provider: &Provider) -> Result<Response, Fault> {
    tracing::warn!(issuer = provider.issuer(), fault = %fault, "sign-in at the provider");
    let (status, key) = match fault {
        OidcFault::Unreachable(_) => (StatusCode::SERVICE_UNAVAILABLE, "identity-provider-down"),
        OidcFault::Refused(_) => (StatusCode::BAD_REQUEST, "identity-provider-refused"),
    };
    trouble_page(cx, status, cx.words.t1(key, "name", provider.name())).await
}
