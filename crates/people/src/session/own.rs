//! The own account: who am I, where am I signed in, and the way out.

use super::{alive, current, signed, who};
use crate::store;
use axum::extract::Path;
use axum::response::Response;
use kit::{Fault, Tx, Uuid, audit};
use site::{Cx, Page, render, see_other};

#[derive(askama::Template)]
#[template(path = "session/pages/me.html")]
struct MePage {
    page: Page,
    name: String,
    role: String,
    municipality: String,
    organisation: String,
    /// A text about the second factor, and where it is arranged (empty: at the provider).
    factor: String,
    factor_tone: &'static str,
    factor_href: &'static str,
    sessions: Vec<SessionRow>,
    others: bool,
}

/// One line of a list of sessions.
pub(crate) struct SessionRow {
    pub(crate) id: Uuid,
    pub(crate) since: String,
    pub(crate) seen: String,
    pub(crate) browser: String,
    pub(crate) place: String,
    pub(crate) method: String,
    pub(crate) current: bool,
}

/// The living sessions of an account, as lines.
pub(crate) async fn rows(tx: &mut Tx, cx: &Cx, account: Uuid) -> Result<Vec<SessionRow>, Fault> {
    let security = &cx.municipality.file.security;
    let unknown = |text: String| if text.is_empty() { cx.t("identity-unknown") } else { text };
    Ok(store::sessions(tx, cx.code(), account)
        .await?
        .into_iter()
        .filter(|s| alive(security, s.created_at, s.seen_at, cx.now))
        .map(|s| SessionRow {
            id: s.id,
            since: cx.words.date_time(s.created_at),
            seen: cx.words.date_time(s.seen_at),
            browser: unknown(s.browser),
            place: unknown(s.place),
            method: cx.t(&format!("identity-method-{}", s.method)),
            current: current(cx) == Some(s.id),
        })
        .collect())
}

/// `GET /account`: who am I, and where am I signed in.
pub async fn me(cx: Cx) -> Result<Response, Fault> {
    let account = who(&cx)?;
    let mut tx = cx.read().await?;
    let person = store::person(&mut tx, cx.code(), account).await?.ok_or(Fault::NotFound)?;
    let sessions = rows(&mut tx, &cx, account).await?;
    let (factor, factor_tone, factor_href) = match (person.is_from_provider(), person.factor_at) {
        (true, _) => (cx.t("identity-factor-provider"), "neutral", ""),
        (false, Some(at)) => {
            (cx.words.t1("identity-factor-since", "date", &cx.words.date_time(at)), "ok", "/account/second-factor")
        }
        (false, None) => (cx.t("identity-factor-none"), "soon", "/account/second-factor"),
    };
    render(&MePage {
        page: cx.page("account-title"),
        name: cx.actor.name.clone(),
        role: cx.actor.role.map(|r| cx.t(&format!("role-{r}"))).unwrap_or_default(),
        municipality: cx.municipality.file.name.clone(),
        organisation: person.organisation.unwrap_or_default(),
        factor,
        factor_tone,
        factor_href,
        others: sessions.iter().any(|s| !s.current),
        sessions,
    })
}

/// `POST /account/sessions/{id}/revoke`: ends one session of one's own; the present one too. Again is no harm.
pub async fn revoke(cx: Cx, Path(id): Path<Uuid>) -> Result<Response, Fault> {
    let account = who(&cx)?;
    let mut tx = cx.write().await?;
    if store::delete_one(&mut tx, cx.code(), account, id).await? == 1 {
        audit::record(&mut tx, &cx.deed(), "session:revoke", "session", &id.to_string(), &serde_json::json!({}))
            .await?;
    }
    tx.commit().await?;
    Ok(see_other("/account"))
}

/// `POST /account/sessions/revoke-others`: ends every other session of one's own.
pub async fn revoke_others(cx: Cx) -> Result<Response, Fault> {
    let (account, session) = signed(&cx)?;
    let mut tx = cx.write().await?;
    let ended = store::delete_all(&mut tx, cx.code(), account, Some(session)).await?;
    if ended > 0 {
        let detail = serde_json::json!({ "ended": ended });
        audit::record(&mut tx, &cx.deed(), "session:revoke", "account", &account.to_string(), &detail).await?;
    }
    tx.commit().await?;
    Ok(see_other("/account"))
}
