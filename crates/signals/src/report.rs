//! Reports of residents: the start page, the form in steps that loses nothing, and the page on which the reporter
//! follows what happens. Works without JavaScript; `static/report.mjs` only makes it quicker.
//!
//! A step is sent to `/report/draft`, which keeps it (sealed, for a day) and sends the reader on to the address of the
//! next step; the last step is sent to `/report` and becomes a signal.

pub(crate) mod draft;
pub(crate) mod elsewhere;
pub(crate) mod flow;
pub(crate) mod form;
mod kept;
mod known;
pub(crate) mod map;
mod pages;
mod review;
mod send;
pub(crate) mod status;
pub(crate) mod step;
mod store;
mod suggest;
#[cfg(test)]
pub(crate) mod tests;
pub(crate) mod typed;

use crate::category::Catalogue;
use axum::response::Response;
use elsewhere::Elsewhere;
use kit::{Fault, FieldFaults};
use pages::StepPage;
use policy::Resource;
use site::page::Page;
use site::{Cx, render};

pub use flow::{CLEAN_PENDING, clean_pending};
pub use map::picture as map_picture;
pub use pages::addresses;
pub use send::{go, send, step};
pub use status::status;
pub use suggest::suggestions;

#[derive(askama::Template)]
#[template(path = "report/pages/home.html")]
struct HomePage {
    page: Page,
    lead: String,
    what: String,
    elsewhere: Vec<Elsewhere>,
    organisation: String,
    email: String,
    phone: String,
}

/// `GET /`: the municipality's start page for everybody.
///
/// # Errors
/// When the page cannot be made.
pub async fn home(cx: Cx) -> Result<Response, Fault> {
    let catalogue = cx.municipality.get::<Catalogue>();
    let file = &cx.municipality.file;
    render(&HomePage {
        page: cx.page_titled(cx.words.t1("report-home-title", "municipality", &file.name)),
        lead: cx.words.t1("report-home-lead", "municipality", &file.name),
        what: cx.words.t1("report-home-what-text", "municipality", &file.name),
        elsewhere: elsewhere::elsewhere(&cx, &catalogue.redirects),
        organisation: file.contact.organisation.clone(),
        email: file.contact.email.clone(),
        phone: file.contact.phone.clone(),
    })
}

/// `GET /report`: the first step, empty.
///
/// # Errors
/// When the policy refuses.
pub async fn form(cx: Cx) -> Result<Response, Fault> {
    cx.permit("report:create", &Resource::ordinary("signal", cx.code()))?;
    render(&StepPage::empty(&cx))
}

/// The instant of a typed local time; empty means now.
pub(crate) fn seen_at(cx: &Cx, text: &str, field: &'static str, faults: &mut FieldFaults) -> kit::At {
    if text.trim().is_empty() {
        return cx.now;
    }
    draft::local_instant(cx, text).unwrap_or_else(|| {
        faults.add(field, "report-time-shape");
        cx.now
    })
}
