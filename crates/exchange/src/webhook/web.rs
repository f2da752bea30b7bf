//! Pages of the administrator: the receivers, a new one, one with its last deliveries.

use super::ops::{self, Draft, Made, Verb};
use super::store::{self, Notice, Webhook};
use super::{Standing, TYPES, WebhookConfig, Welcome};
use axum::extract::{Form, Path};
use axum::response::Response;
use kit::{Fault, FieldFaults, Uuid};
use policy::Resource;
use serde::Deserialize;
use site::page::{FormError, Link, Page};
use site::{Cx, render, render_as, see_other};

/// How many deliveries the page shows.
const MOST_SHOWN: i64 = 30;

/// A badge: tone and text.
struct Badge {
    tone: &'static str,
    text: String,
}

/// A type of event as a box to tick.
struct TypeBox {
    value: &'static str,
    label: String,
    ticked: bool,
}

fn type_name(cx: &Cx, kind: &str) -> String {
    cx.t(&format!("webhook-type-{}", kind.trim_start_matches("nl.regie.").replace('.', "-")))
}

fn standing(cx: &Cx, webhook: &Webhook) -> Badge {
    let (tone, key) = match (webhook.is_active, webhook.failing_since) {
        (true, None) => ("ok", "webhook-active"),
        (true, Some(_)) => ("late", "webhook-failing"),
        (false, None) => ("off", "webhook-paused"),
        (false, Some(_)) => ("late", "webhook-given-up"),
    };
    let since = webhook.failing_since.map(|at| cx.words.date_time(at)).unwrap_or_default();
    Badge { tone, text: cx.words.t1(key, "since", &since) }
}

/// What a receiver said: a status in words, or why there was none.
fn said(cx: &Cx, answer: &str) -> String {
    match answer {
        "" => cx.t("webhook-never"),
        a => match a.strip_prefix("fetch-") {
            Some(why) => cx.t(&format!("webhook-said-{why}")),
            None => cx.words.t1("webhook-answered", "status", a),
        },
    }
}

fn crumbs(cx: &Cx) -> Vec<Link> {
    vec![Link::new("/exchange/webhooks", cx.t("webhook-title"))]
}

struct Row {
    name: String,
    href: String,
    host: String,
    standing: Badge,
    answer: String,
    waiting: String,
}

#[derive(askama::Template)]
#[template(path = "webhook/pages/list.html")]
struct ListPage {
    page: Page,
    source: String,
    rows: Vec<Row>,
}

/// `GET /exchange/webhooks`: who is told.
///
/// # Errors
/// When the policy or the database refuses.
pub async fn list(cx: Cx) -> Result<Response, Fault> {
    let permit = cx.permit("exchange:edit", &Resource::open("webhook", cx.code()))?;
    let mut tx = cx.read().await?;
    let webhooks = store::all(&mut tx, permit.municipality()).await?;
    let waiting = store::waiting(&mut tx, &permit).await?;
    let rows = webhooks.iter().map(|w| Row {
        name: w.name.clone(),
        href: format!("/exchange/webhooks/{}", w.id),
        host: w.url.split('/').nth(2).unwrap_or_default().to_owned(),
        standing: standing(&cx, w),
        answer: said(&cx, &w.last_status),
        waiting: cx.words.whole(waiting.iter().find(|(id, _)| *id == w.id).map_or(0, |(_, n)| *n)),
    });
    let rows = rows.collect();
    let source = cx.municipality.get::<WebhookConfig>().source.clone();
    render(&ListPage { rows, source, page: cx.page("webhook-title") })
}

#[derive(askama::Template)]
#[template(path = "webhook/pages/form.html")]
struct FormPage {
    page: Page,
    crumbs: Vec<Link>,
    errors: Vec<FormError>,
    request: String,
    called: String,
    url: String,
    types: Vec<TypeBox>,
}

impl FormPage {
    fn new(cx: &Cx, draft: Draft, faults: &FieldFaults) -> Self {
        Self {
            crumbs: crumbs(cx),
            errors: cx.summary(faults),
            request: draft.request.to_string(),
            types: TYPES
                .into_iter()
                .map(|t| TypeBox { value: t, label: type_name(cx, t), ticked: draft.types.iter().any(|d| d == t) })
                .collect(),
            called: draft.name,
            url: draft.url,
            page: cx.page("webhook-new"),
        }
    }

    fn at(&self, field: &str) -> &str {
        self.errors.iter().find(|e| e.field == field).map_or("", |e| &e.text)
    }
}

/// `GET /exchange/webhooks/new`: the form of a new receiver.
///
/// # Errors
/// When the policy refuses.
pub async fn form(cx: Cx) -> Result<Response, Fault> {
    cx.permit("exchange:edit", &Resource::open("webhook", cx.code()))?;
    let types = TYPES.map(str::to_owned).to_vec();
    let draft = Draft { request: cx.app.clock.id(), name: String::new(), url: String::new(), types };
    render(&FormPage::new(&cx, draft, &FieldFaults::default()))
}

#[derive(askama::Template)]
#[template(path = "webhook/pages/secret.html")]
struct SecretPage {
    page: Page,
    crumbs: Vec<Link>,
    secret: String,
    overlap: String,
    back: String,
}

/// The one page that shows a secret; with a replay of its form there is nothing to show any more.
fn shown_once(cx: &Cx, id: Uuid, made: Made, again: bool) -> Result<Response, Fault> {
    let back = format!("/exchange/webhooks/{id}");
    let Made::New(secret) = made else { return Ok(see_other(&back)) };
    let hours = cx.municipality.get::<WebhookConfig>().overlap_hours;
    let overlap = if again { cx.words.tn("webhook-overlap", hours.into()) } else { String::new() };
    render(&SecretPage { crumbs: crumbs(cx), secret, overlap, back, page: cx.page("webhook-secret-title") })
}

/// `POST /exchange/webhooks/new`: adds a receiver and shows its secret, once.
///
/// # Errors
/// When the policy refuses; faults of fields come back with the form.
pub async fn create(cx: Cx, Form(fields): Form<Vec<(String, String)>>) -> Result<Response, Fault> {
    let get = |name: &str| fields.iter().find(|(k, _)| k == name).map_or("", |(_, v)| v.trim()).to_owned();
    let draft = Draft {
        request: Uuid::try_parse(&get("request")).map_err(|_| Fault::Bad("fault-bad-request"))?,
        name: get("name"),
        url: get("url"),
        types: fields.iter().filter(|(k, _)| k == "types").map(|(_, v)| v.clone()).collect(),
    };
    match ops::create(&cx, &draft).await {
        Ok(made) => shown_once(&cx, draft.request, made, false),
        Err(Fault::Invalid(faults)) => {
            render_as(axum::http::StatusCode::UNPROCESSABLE_ENTITY, &FormPage::new(&cx, draft, &faults))
        }
        Err(other) => Err(other),
    }
}

struct Delivery {
    at: String,
    iso: String,
    kind: String,
    id: String,
    standing: Badge,
    answer: String,
    attempts: String,
}

fn delivery(cx: &Cx, notice: Notice) -> Delivery {
    let tone = match notice.state {
        Standing::Done => "ok",
        Standing::Waiting => "soon",
        Standing::GivenUp => "late",
    };
    let next = cx.words.date_time(notice.next_at);
    Delivery {
        at: cx.words.date_time(notice.at),
        iso: cx.words.iso(notice.at),
        kind: type_name(cx, &notice.kind),
        id: notice.id.to_string(),
        standing: Badge { tone, text: cx.words.t1(&format!("webhook-notice-{}", notice.state), "next", &next) },
        answer: match notice.answered_at {
            Some(at) => format!("{} ({})", said(cx, &notice.answer), cx.words.date_time(at)),
            None => said(cx, ""),
        },
        attempts: cx.words.whole(notice.attempts),
    }
}

#[derive(askama::Template)]
#[template(path = "webhook/pages/one.html")]
struct OnePage {
    page: Page,
    crumbs: Vec<Link>,
    standing: Badge,
    url: String,
    types: String,
    welcome: String,
    active: bool,
    version: i64,
    /// An id for each form.
    requests: Vec<String>,
    action: String,
    deliveries: Vec<Delivery>,
}

/// `GET /exchange/webhooks/{id}`: a receiver and its last deliveries.
///
/// # Errors
/// When the policy refuses or there is no such receiver.
pub async fn one(cx: Cx, Path(id): Path<Uuid>) -> Result<Response, Fault> {
    let permit = cx.permit("exchange:edit", &Resource::open("webhook", cx.code()))?;
    let mut tx = cx.read().await?;
    let webhook = store::one(&mut tx, permit.municipality(), id).await?.ok_or(Fault::NotFound)?;
    let deliveries = store::latest(&mut tx, &permit, id, MOST_SHOWN).await?;
    drop(tx);
    let types = webhook.types.split_whitespace().map(|t| type_name(&cx, t)).collect::<Vec<_>>().join(", ");
    let types = if types.is_empty() { cx.t("webhook-types-all") } else { types };
    render(&OnePage {
        crumbs: crumbs(&cx),
        standing: standing(&cx, &webhook),
        types,
        welcome: cx.t(match webhook.welcome {
            Welcome::Allowed => "webhook-welcome-allowed",
            Welcome::Silent => "webhook-welcome-silent",
            Welcome::Unreachable => "webhook-welcome-unreachable",
        }),
        active: webhook.is_active,
        version: webhook.version,
        requests: (0..4).map(|_| cx.app.clock.id().to_string()).collect(),
        action: format!("/exchange/webhooks/{id}/change"),
        deliveries: deliveries.into_iter().map(|n| delivery(&cx, n)).collect(),
        url: webhook.url,
        page: cx.page_titled(webhook.name),
    })
}

/// What a button of the page sends.
#[derive(Debug, Deserialize)]
pub struct Change {
    request: Uuid,
    version: i64,
    verb: String,
    /// Ticked before a receiver is removed.
    sure: Option<String>,
}

/// `POST /exchange/webhooks/{id}/change`: pause, resume, test, rotate the secret, remove.
///
/// # Errors
/// When the policy refuses, the page was stale, or removing was not confirmed.
pub async fn change(cx: Cx, Path(id): Path<Uuid>, Form(form): Form<Change>) -> Result<Response, Fault> {
    let verb = Verb::parse(&form.verb).ok_or(Fault::Bad("fault-bad-request"))?;
    if verb == Verb::Delete && form.sure.is_none() {
        return Err(Fault::Rule { key: "webhook-delete-unsure", values: vec![] });
    }
    let made = ops::change(&cx, id, form.request, form.version, verb).await?;
    if verb == Verb::Delete {
        return Ok(see_other("/exchange/webhooks"));
    }
    shown_once(&cx, id, made, true)
}
