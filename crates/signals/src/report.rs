//! Reports of residents: the start page, the form that loses nothing, and the page on which the
//! reporter follows what happens. Works without JavaScript; `static/report.mjs` only makes it quicker.

pub(crate) mod draft;
pub(crate) mod flow;
pub(crate) mod form;
pub(crate) mod map;
mod status;
mod store;
#[cfg(test)]
pub(crate) mod tests;

use crate::category::Catalogue;
use crate::intake::Desk;
use crate::model::Source;
use axum::extract::Multipart;
use axum::http::StatusCode;
use axum::response::Response;
use draft::Draft;
use flow::{Outcome, Wish};
use form::{Elsewhere, FormView};
use kit::{Fault, FieldFaults};
use policy::Resource;
use site::page::Page;
use site::{Cx, render, render_as, see_other};

pub use flow::{CLEAN_PENDING, clean_pending};
pub use map::picture as map_picture;
pub use status::status;

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
        elsewhere: form::elsewhere(&cx, &catalogue.redirects),
        organisation: file.contact.organisation.clone(),
        email: file.contact.email.clone(),
        phone: file.contact.phone.clone(),
    })
}

#[derive(askama::Template)]
#[template(path = "report/pages/form.html")]
struct FormPage {
    page: Page,
    form: FormView,
    action: &'static str,
    elsewhere: Vec<Elsewhere>,
    again: bool,
}

impl FormPage {
    fn new(cx: &Cx, form: FormView, again: bool) -> Self {
        let catalogue = cx.municipality.get::<Catalogue>();
        Self {
            page: cx.page("report-title"),
            form,
            action: "/report",
            elsewhere: form::elsewhere(cx, &catalogue.redirects),
            again,
        }
    }
}

/// `GET /report`: an empty form.
///
/// # Errors
/// When the policy refuses.
pub async fn form(cx: Cx) -> Result<Response, Fault> {
    cx.permit("report:create", &Resource::ordinary("signal", cx.code()))?;
    render(&FormPage::new(&cx, FormView::empty(&cx), false))
}

/// `POST /report`: a report, or a press on the form's map.
///
/// # Errors
/// When the body is no form, the policy refuses, or the database does.
pub async fn send(cx: Cx, body: Multipart) -> Result<Response, Fault> {
    let permit = cx.permit("report:create", &Resource::ordinary("signal", cx.code()))?;
    let draft = Draft::read(&cx, body).await?;
    let mut faults = draft.faults.clone();
    let occurred_at = seen_at(&cx, &draft.occurred_at, "occurred_at", &mut faults);
    let new = draft.signal(&cx, Source::Resident, occurred_at);
    flow::join(&mut faults, Desk::of(&cx.municipality).check(&new, cx.now));
    match flow::take(&cx, &permit, draft, Wish { new, faults, presence: None }).await? {
        Outcome::Made(id) => Ok(see_other(&format!("/report/status/{id}"))),
        Outcome::Form { status: StatusCode::OK, view, .. } => render(&FormPage::new(&cx, *view, false)),
        Outcome::Form { status, view, again } => render_as(status, &FormPage::new(&cx, *view, again)),
    }
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
