//! Screens of messages: write, look, send, and what was told before.

use super::{Draft, Letter, letters, send};
use crate::NeighboursConfig;
use crate::front::{area_choices, area_names, topic_choices, topic_names};
use crate::model::split;
use crate::store;
use axum::extract::{Path, Query};
use axum::response::Response;
use kit::{Fault, Uuid};
use policy::Resource;
use serde::Deserialize;
use site::{Choice, Cx, Fields, Link, Page, Said, Trouble, render, render_as, see_other};

#[derive(askama::Template)]
#[template(path = "messages/pages/form.html")]
struct FormPage {
    page: Page,
    crumbs: Vec<Link>,
    form: Fields,
    templates: Vec<Link>,
    areas: Vec<Choice>,
    topics: Vec<Choice>,
    variables: String,
    errors: Said,
}

fn crumbs(cx: &Cx) -> Vec<Link> {
    vec![Link::new("/neighbours", cx.t("neighbours-title"))]
}

fn form_page(cx: &Cx, form: Fields, trouble: &Trouble) -> Result<Response, Fault> {
    let config = cx.municipality.get::<NeighboursConfig>();
    let used = form.get("template").to_owned();
    let link = |t: &crate::config::Template| Link {
        current: t.id == used,
        ..Link::new(format!("/neighbours/messages/new?template={}", t.id), t.name.get(cx.words.language()))
    };
    let page = FormPage {
        page: cx.page("neighbours-message-new"),
        crumbs: crumbs(cx),
        templates: config.templates.iter().map(link).collect(),
        areas: area_choices(cx),
        topics: std::iter::once(Choice::new("", cx.t("neighbours-no-topic"))).chain(topic_choices(cx)).collect(),
        variables: crate::config::VARIABLES.map(|v| format!("{{ ${v} }}")).join("  "),
        errors: trouble.said(cx, "subject"),
        form,
    };
    render_as(trouble.status(), &page)
}

/// Which text to start from.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Start {
    template: String,
}

/// `GET /neighbours/messages/new`
///
/// # Errors
/// When the policy refuses.
pub async fn new(cx: Cx, Query(start): Query<Start>) -> Result<Response, Fault> {
    cx.permit("group:message", &Resource::ordinary("group", cx.code()))?;
    let config = cx.municipality.get::<NeighboursConfig>();
    let mut form = Fields::default().with("template", start.template.clone());
    if let Some(template) = config.template(&start.template) {
        let language = cx.words.language();
        form = form.with("subject", template.subject.get(language)).with("body", template.body.get(language));
    }
    form_page(&cx, form, &Trouble::default())
}

fn draft(form: &Fields) -> Draft {
    Draft {
        areas: form.ticked("areas"),
        topic: form.get("topic").to_owned(),
        subject: form.get("subject").to_owned(),
        body: form.get("body").replace("\r\n", "\n"),
    }
}

#[derive(askama::Template)]
#[template(path = "messages/pages/preview.html")]
struct PreviewPage {
    page: Page,
    crumbs: Vec<Link>,
    form: Fields,
    areas: Vec<String>,
    letters: Vec<Letter>,
    count: String,
    expected: usize,
    request: String,
}

/// `POST /neighbours/messages/new`: looks first (`act=preview`), then sends.
///
/// # Errors
/// When the policy or the database refuses.
pub async fn new_submit(cx: Cx, form: Fields) -> Result<Response, Fault> {
    let draft = draft(&form);
    if form.get("act") == "back" {
        return form_page(&cx, form, &Trouble::default());
    }
    let outcome = if form.get("act") == "send" {
        let expected = usize::try_from(form.number("expected")?).unwrap_or(0);
        let sent = send(&cx, form.id("request")?, &draft, expected).await;
        sent.map(|id| see_other(&format!("/neighbours/messages/{id}?sent=1")))
    } else {
        let mut tx = cx.read().await?;
        let made = letters(&cx, &mut tx, &draft).await;
        made.and_then(|letters| {
            render(&PreviewPage {
                page: cx.page("neighbours-preview"),
                crumbs: crumbs(&cx),
                areas: draft.areas.clone(),
                count: cx.words.tn("neighbours-preview-count", i64::try_from(letters.len()).unwrap_or(0)),
                expected: letters.len(),
                letters,
                request: cx.app.clock.id().to_string(),
                form: form.clone(),
            })
        })
    };
    match outcome {
        Ok(response) => Ok(response),
        Err(fault) => form_page(&cx, form, &Trouble::of(fault)?),
    }
}

#[derive(askama::Template)]
#[template(path = "messages/pages/list.html")]
struct ListPage {
    page: Page,
    crumbs: Vec<Link>,
    rows: Vec<(String, String, String, String)>,
    may_message: bool,
}

/// `GET /neighbours/messages`: what was told.
///
/// # Errors
/// When the policy refuses or the database cannot be read.
pub async fn list(cx: Cx) -> Result<Response, Fault> {
    let permit = cx.permit("group:read", &Resource::ordinary("group", cx.code()))?;
    let mut tx = cx.read().await?;
    let told = store::messages(&mut tx, &permit, None, 200).await?;
    let row = |m: store::Message| {
        let receivers = cx.words.tn("neighbours-receivers-n", m.receivers);
        (cx.words.date_time(m.at), super::title(&cx, &m), receivers, format!("/neighbours/messages/{}", m.id))
    };
    render(&ListPage {
        page: cx.page("neighbours-messages"),
        crumbs: crumbs(&cx),
        rows: told.into_iter().map(row).collect(),
        may_message: cx.may("group:message"),
    })
}

/// Whether it was just sent.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Sent {
    sent: Option<u8>,
}

#[derive(askama::Template)]
#[template(path = "messages/pages/message.html")]
struct MessagePage {
    page: Page,
    crumbs: Vec<Link>,
    at: String,
    areas: String,
    topics: String,
    body: String,
    receivers: Vec<(String, String, &'static str, String)>,
}

/// `GET /neighbours/messages/{id}`
///
/// # Errors
/// When the policy refuses, there is no such message, or the database cannot be read.
pub async fn message(cx: Cx, Path(id): Path<Uuid>, Query(sent): Query<Sent>) -> Result<Response, Fault> {
    let permit = cx.permit("group:read", &Resource::ordinary("group", cx.code()))?;
    let mut tx = cx.read().await?;
    let all = store::messages(&mut tx, &permit, None, i64::MAX).await?;
    let message = all.into_iter().find(|m| m.id == id).ok_or(Fault::NotFound)?;
    let receivers = store::receivers(&mut tx, &permit, id).await?;
    let page = cx.page_titled(super::title(&cx, &message));
    let topics = topic_names(&cx, &split(&message.topics), cx.words.language());
    let mut crumbs = crumbs(&cx);
    crumbs.push(Link::new("/neighbours/messages", cx.t("neighbours-messages")));
    render(&MessagePage {
        page: if sent.sent.is_some() { page.with_notice("success", cx.t("neighbours-sent")) } else { page },
        crumbs,
        at: cx.words.date_time(message.at),
        areas: area_names(&cx, &split(&message.areas)),
        topics: if topics.is_empty() { cx.t("neighbours-no-topic") } else { topics },
        body: message.body,
        receivers: receivers
            .into_iter()
            .map(|(group, name, delivered)| {
                let (tone, key) =
                    if delivered { ("ok", "neighbours-delivered") } else { ("soon", "neighbours-on-its-way") };
                (format!("/neighbours/{group}"), name, tone, cx.t(key))
            })
            .collect(),
    })
}
