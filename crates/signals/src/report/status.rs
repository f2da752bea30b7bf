//! What the reporter sees after sending and whenever they come back: by the secret address only.
//! No personal data, no words of the report, no names of staff.

use super::store;
use crate::category::Catalogue;
use crate::model::State;
use axum::extract::Path;
use axum::http::HeaderValue;
use axum::response::Response;
use kit::{At, Fault, Uuid};
use policy::Resource;
use site::page::Page;
use site::{Cx, render};

#[derive(askama::Template)]
#[template(path = "report/pages/status.html")]
struct StatusPage {
    page: Page,
    lead: String,
    tone: &'static str,
    state: String,
    next: String,
    reference: String,
    about: String,
    received: String,
    due: String,
    closed: String,
    link: String,
    events: Vec<Event>,
}

struct Event {
    iso: String,
    at: String,
    title: String,
    note: String,
}

/// `GET /report/status/{id}`
///
/// # Errors
/// When there is no such report.
pub async fn status(cx: Cx, Path(id): Path<Uuid>) -> Result<Response, Fault> {
    let permit = cx.permit("report:follow", &Resource::ordinary("signal", cx.code()))?;
    let mut tx = cx.read().await?;
    let report = store::followed(&mut tx, &permit, id).await?.ok_or(Fault::NotFound)?;
    let events = store::public_events(&mut tx, &permit, id).await?;
    drop(tx);
    let words = &cx.words;
    let state = report.state.public_word();
    let catalogue = cx.municipality.get::<Catalogue>();
    let page = StatusPage {
        lead: words.t(&format!("report-lead-{state}")),
        tone: match state {
            "received" => "info",
            "done" => "ok",
            "busy" => "soon",
            _ => "off",
        },
        state: words.t(&format!("report-state-{state}")),
        next: words.t(&format!("report-next-{state}")),
        about: catalogue.name(&report.category, words.language()).to_owned(),
        received: words.date_time(report.reported_at),
        due: report
            .due_at
            .filter(|_| report.closed_at.is_none())
            .map(|due| words.weekday(At::from_micros(due.micros() - 1).local(&cx.municipality.zone).date()))
            .unwrap_or_default(),
        closed: report.closed_at.map(|at| words.date(at)).unwrap_or_default(),
        link: format!("{}/report/status/{id}", cx.app.public_url),
        events: events
            .into_iter()
            .filter_map(|e| {
                let becomes: State = e.becomes.parse().ok()?;
                Some(Event {
                    iso: words.iso(e.at),
                    at: words.date_time(e.at),
                    title: words.t(&format!("report-state-{}", becomes.public_word())),
                    note: e.note,
                })
            })
            .collect(),
        page: cx.page(if report.state == State::Reported { "report-thanks-title" } else { "report-status-title" }),
        reference: report.reference,
    };
    let mut response = render(&page)?;
    response.headers_mut().insert("x-robots-tag", HeaderValue::from_static("noindex, nofollow"));
    Ok(response)
}
