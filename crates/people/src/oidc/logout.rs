//! The provider says that somebody signed out there (OpenID Connect Back-Channel Logout 1.0).

use super::Provider;
use crate::session::deed_of;
use crate::store;
use axum::extract::Form;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use kit::{Fault, audit};
use serde::Deserialize;
use site::Cx;

/// What the provider posts.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Notice {
    logout_token: String,
}

/// `POST /login/oidc/backchannel`: ends the sessions that the token names. The provider calls this itself; the
/// token is what proves it.
pub async fn backchannel(cx: Cx, Form(notice): Form<Notice>) -> Result<Response, Fault> {
    let mut known = false;
    for municipality in &cx.app.municipalities {
        let Some(provider) = municipality.find::<Provider>() else { continue };
        let left = match provider.left(&notice.logout_token, cx.now).await {
            Ok(left) => left,
            Err(fault) => {
                tracing::debug!(issuer = provider.issuer(), fault = %fault, "logout token");
                continue;
            }
        };
        known = true;
        let mut tx = cx.write().await?;
        let code = municipality.code();
        let Some(id) = store::by_subject(&mut tx, code, provider.issuer(), &left.subject).await? else { continue };
        let ended = match &left.sid {
            Some(sid) => store::delete_of_provider(&mut tx, code, id, sid).await?,
            None => store::delete_all(&mut tx, code, id, None).await?,
        };
        if ended > 0
            && let Some(person) = store::person(&mut tx, code, id).await?
        {
            let detail = serde_json::json!({ "by": "provider", "ended": ended });
            let deed = deed_of(&cx, &person.account);
            audit::record(&mut tx, &deed, "session:end", "account", &id.to_string(), &detail).await?;
        }
        tx.commit().await?;
    }
    let status = if known { StatusCode::OK } else { StatusCode::BAD_REQUEST };
    let mut response = status.into_response();
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}
