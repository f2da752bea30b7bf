//! Signing out: here, and at the provider where the session came from.

use super::{Cookie, hash, id_token_place};
use crate::oidc::Provider;
use crate::store;
use axum::http::{HeaderMap, HeaderValue};
use axum::response::Response;
use kit::{Fault, audit};
use site::{Cx, Page, render, see_other};

#[derive(askama::Template)]
#[template(path = "session/pages/signed_out.html")]
struct SignedOutPage {
    page: Page,
    text: String,
    href: String,
}

/// `POST /logout`: the session ends. One that came from a provider ends there too (RP-Initiated Logout
/// 1.0): a page sends the browser on, as the page's policy lets no form lead to another site.
pub async fn sign_out(cx: Cx, headers: HeaderMap) -> Result<Response, Fault> {
    let mut onward = None;
    if let (Some(token), Some(account)) = (Cookie::Session.of(&cx.app, &headers).map(hash), cx.actor.account) {
        let mut tx = cx.write().await?;
        let ending = store::ending(&mut tx, &token).await?;
        store::delete_session(&mut tx, &token).await?;
        audit::record(&mut tx, &cx.deed(), "session:end", "account", &account.to_string(), &serde_json::json!({}))
            .await?;
        tx.commit().await?;
        if let Some((ending, sealed)) = ending.and_then(|mut e| e.id_token_bytes.take().map(|bytes| (e, bytes)))
            && let Some(provider) = cx.municipality.find::<Provider>()
        {
            let place = id_token_place(&ending.municipality, ending.id);
            let hint = cx.app.seals.of("main")?.open_text(&place, &sealed)?;
            onward = provider.leave(&hint, cx.now).await.map(|href| (provider.name().to_owned(), href));
        }
    }
    let mut response = match onward {
        None => see_other("/"),
        Some((name, href)) => {
            // The frame of a stranger: who reads this is signed out.
            let stranger = Cx { actor: policy::Actor::stranger(cx.code()), ..cx.clone() };
            let text = cx.words.t1("identity-signed-out-text", "name", &name);
            render(&SignedOutPage { page: stranger.page("identity-signed-out-title"), text, href })?
        }
    };
    // Drafts and the like that this browser kept are gone too.
    response.headers_mut().insert("clear-site-data", HeaderValue::from_static("\"storage\""));
    Ok(Cookie::Session.set(&cx.app, response, "", 0))
}
