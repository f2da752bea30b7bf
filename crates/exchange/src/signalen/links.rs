//! The page of links: which partners there are, whether they answer, and what waits for somebody. It shows no report.

use super::deliver::ask;
use super::dispatch::{Dispatch, Failure, Standing};
use super::store::{self, Known};
use crate::config::{ExchangeConfig, Link};
use axum::extract::{Form, Path};
use axum::response::Response;
use kit::once::{self, Claim};
use kit::{Fault, FieldFaults, Uuid, audit};
use policy::Resource;
use serde::Deserialize;
use serde_json::json;
use sha2::{Digest as _, Sha256};
use site::page::{Link as Crumb, Page};
use site::{Cx, render, see_other};

#[derive(askama::Template)]
#[template(path = "signalen/pages/links.html")]
struct LinksPage {
    page: Page,
    endpoint: String,
    links: Vec<LinkRow>,
    rows: Vec<OpenRow>,
}

struct LinkRow {
    id: String,
    name: String,
    url: String,
    ways: String,
    tone: &'static str,
    state: String,
    success: String,
    failure: String,
    under_way: String,
    token: String,
    receives: bool,
    request: String,
}

struct OpenRow {
    id: Uuid,
    reference: String,
    partner: String,
    tone: &'static str,
    state: String,
    since: String,
    attempts: String,
    failure: String,
    may_retry: bool,
    request: String,
}

/// `GET /exchange`: links with partners and what is under way.
///
/// # Errors
/// When the policy refuses or the database cannot be read.
pub async fn page(cx: Cx) -> Result<Response, Fault> {
    let permit = cx.permit("exchange:edit", &Resource::open("link", cx.code()))?;
    let config = cx.municipality.get::<ExchangeConfig>();
    let mut tx = cx.read().await?;
    let known = store::known(&mut tx, &permit).await?;
    let open = store::open(&mut tx, &permit).await?;
    drop(tx);
    let links = config.signalen.links.iter().map(|link| {
        let nothing = Known::default();
        link_row(&cx, link, known.iter().find(|k| k.id == link.id).unwrap_or(&nothing), &open)
    });
    let links = links.collect();
    let rows = open.into_iter().filter(|d| d.state != Standing::Sent).map(|d| open_row(&cx, &config, d)).collect();
    render(&LinksPage {
        page: cx.page("exchange-title"),
        endpoint: format!("{}/open311/v2", cx.app.public_url),
        links,
        rows,
    })
}

fn link_row(cx: &Cx, link: &Link, known: &Known, open: &[Dispatch]) -> LinkRow {
    let never = || cx.t("exchange-never");
    let time = |at: Option<kit::At>| at.map_or_else(never, |at| cx.words.date_time(at));
    let fails = !known.failure.is_empty();
    let (tone, state) = match (fails, known.success_at) {
        (true, _) => ("late", "exchange-link-fails"),
        (false, Some(_)) => ("ok", "exchange-link-works"),
        (false, None) => ("off", "exchange-link-new"),
    };
    let ways = match (link.sends, link.receives) {
        (true, true) => "exchange-ways-both",
        (true, false) => "exchange-ways-send",
        (false, true) => "exchange-ways-receive",
        (false, false) => "exchange-ways-none",
    };
    let under_way = open.iter().filter(|d| d.link == link.id && d.state.is_under_way()).count();
    let failure = match (fails, known.failure_at) {
        (true, Some(at)) => format!("{} ({})", Failure::sentence(&cx.words, &known.failure), cx.words.date_time(at)),
        _ => String::new(),
    };
    LinkRow {
        id: link.id.clone(),
        name: link.name.clone(),
        url: link.base_url.clone(),
        ways: cx.t(ways),
        tone,
        state: cx.t(state),
        success: time(known.success_at),
        failure,
        under_way: cx.words.whole(i64::try_from(under_way).unwrap_or(i64::MAX)),
        token: if known.token_hash.is_empty() { String::new() } else { time(known.token_at) },
        receives: link.receives,
        request: cx.app.clock.id().to_string(),
    }
}

fn open_row(cx: &Cx, config: &ExchangeConfig, dispatch: Dispatch) -> OpenRow {
    OpenRow {
        id: dispatch.id,
        partner: config.link(&dispatch.link).map_or(&dispatch.link, |l| &l.name).clone(),
        tone: dispatch.state.tone(),
        state: cx.t(&format!("exchange-standing-{}", dispatch.state)),
        since: cx.words.date_time(dispatch.changed_at),
        attempts: cx.words.whole(dispatch.attempts),
        failure: Failure::sentence(&cx.words, &dispatch.failure),
        may_retry: matches!(dispatch.state, Standing::Waiting | Standing::Sending),
        reference: dispatch.reference,
        request: cx.app.clock.id().to_string(),
    }
}

/// A form with only its request.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Press {
    request: String,
}

impl Press {
    fn request(&self) -> Result<Uuid, Fault> {
        Uuid::try_parse(&self.request).map_err(|_| Fault::Bad("fault-bad-request"))
    }
}

#[derive(askama::Template)]
#[template(path = "signalen/pages/token.html")]
struct TokenPage {
    page: Page,
    crumbs: Vec<Crumb>,
    token: String,
    url: String,
}

/// `POST /exchange/links/{id}/token`: a new token for a partner that sends to us, shown once. The old one stops.
///
/// # Errors
/// [`Fault::NotFound`] for a link that may not send to us, or when the policy refuses.
pub async fn token(cx: Cx, Path(id): Path<String>, Form(press): Form<Press>) -> Result<Response, Fault> {
    let permit = cx.permit("exchange:edit", &Resource::open("link", cx.code()))?;
    let config = cx.municipality.get::<ExchangeConfig>();
    let link = config.link(&id).filter(|l| l.receives).ok_or(Fault::NotFound)?;
    let mut tx = cx.write().await?;
    if let Claim::Replay(back) = once::claim(&mut tx, cx.code(), press.request()?, cx.now, "/exchange").await? {
        return Ok(see_other(&back));
    }
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes).map_err(|e| Fault::Internal(e.to_string()))?;
    let token = hex::encode(bytes);
    store::set_token(&mut tx, &permit, &link.id, &hash(&token), cx.now).await?;
    audit::record(&mut tx, &cx.deed(), permit.action(), "link", &link.id, &json!({ "token": "new" })).await?;
    tx.commit().await?;
    render(&TokenPage {
        page: cx.page_titled(cx.words.t1("exchange-token-title", "partner", &link.name)),
        crumbs: vec![Crumb::new("/exchange", cx.t("exchange-title"))],
        token,
        url: format!("{}/exchange/signalen/v1/signals", cx.app.public_url),
    })
}

/// What is kept of a token.
pub(super) fn hash(token: &str) -> String {
    hex::encode(Sha256::digest(token))
}

/// What somebody decides of a dispatch.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Decision {
    request: String,
    what: String,
    number: String,
}

/// `POST /exchange/dispatches/{id}`: send it again, it arrived under this number, or take it back. What is only
/// waiting may also be sent again by the administrator, who sees no report.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Invalid`] without a number, or when the policy refuses.
pub async fn settle(cx: Cx, Path(id): Path<Uuid>, Form(form): Form<Decision>) -> Result<Response, Fault> {
    let retry = form.what == "retry";
    let (action, resource) = if retry {
        ("exchange:edit", Resource::open("link", cx.code()))
    } else {
        ("exchange:send", Resource::ordinary("signal", cx.code()))
    };
    let permit = cx.permit(action, &resource)?;
    let request = Uuid::try_parse(&form.request).map_err(|_| Fault::Bad("fault-bad-request"))?;
    let mut tx = cx.write().await?;
    let dispatch = store::dispatch(&mut tx, &permit, id).await?.ok_or(Fault::NotFound)?;
    let back = if retry { "/exchange".to_owned() } else { format!("/exchange/forward/{}", dispatch.signal_id) };
    if let Claim::Replay(back) = once::claim(&mut tx, cx.code(), request, cx.now, &back).await? {
        return Ok(see_other(&back));
    }
    let now = Fault::Rule { key: "exchange-rule-standing", values: vec![] };
    match (form.what.as_str(), dispatch.state) {
        ("retry", Standing::Waiting | Standing::Sending) => ask(&mut tx, cx.code(), id, cx.now).await?,
        ("again", Standing::Unsure | Standing::Refused) => {
            store::stand(&mut tx, &permit, id, Standing::Waiting, "", cx.now).await?;
            ask(&mut tx, cx.code(), id, cx.now).await?;
        }
        ("arrived", Standing::Unsure) => {
            let number = form.number.trim();
            if number.is_empty() || number.chars().count() > 100 {
                let mut faults = FieldFaults::default();
                faults.add("number", "exchange-number-missing");
                return Err(Fault::Invalid(faults));
            }
            // without their id it cannot be asked for: it ends here, and people follow it
            store::arrived(&mut tx, &permit, id, number, "", cx.now).await?;
            store::stand(&mut tx, &permit, id, Standing::Done, "", cx.now).await?;
        }
        ("withdraw", Standing::Unsure | Standing::Refused | Standing::Waiting) => {
            store::stand(&mut tx, &permit, id, Standing::Withdrawn, "", cx.now).await?;
        }
        ("retry" | "again" | "arrived" | "withdraw", _) => return Err(now),
        _ => return Err(Fault::Bad("fault-bad-request")),
    }
    let detail = json!({ "what": form.what, "was": dispatch.state });
    audit::record(&mut tx, &cx.deed(), permit.action(), "dispatch", &id.to_string(), &detail).await?;
    tx.commit().await?;
    Ok(see_other(&back))
}
