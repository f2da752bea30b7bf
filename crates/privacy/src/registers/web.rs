//! The processing register as pages and as JSON, open to everybody: it holds no personal data.

use super::PrivacyConfig;
use super::model::{Entry, ProcessingList, entries};
use axum::Json;
use axum::extract::Path;
use axum::response::{IntoResponse as _, Response};
use kit::Fault;
use policy::Resource;
use site::{Cx, Link, Page, render};

#[derive(askama::Template)]
#[template(path = "registers/pages/register.html")]
struct RegisterPage {
    page: Page,
    controller: String,
    officer: [String; 2],
    privacy_page: String,
    entries: Vec<Entry>,
}

/// `GET /register`: every processing of personal data.
pub async fn register(cx: Cx) -> Result<Response, Fault> {
    cx.permit("public:read", &Resource::open("register", cx.code()))?;
    let config = cx.municipality.get::<PrivacyConfig>();
    render(&RegisterPage {
        controller: config.controller.clone(),
        officer: [config.officer.name.clone(), config.officer.email.clone()],
        privacy_page: config.privacy_page.clone(),
        entries: entries(&cx),
        page: cx.page("registers-title"),
    })
}

#[derive(askama::Template)]
#[template(path = "registers/pages/processing.html")]
struct ProcessingPage {
    page: Page,
    crumbs: Vec<Link>,
    entry: Entry,
    basis: String,
    laws: String,
}

/// `GET /register/{id}`: one processing.
pub async fn processing(cx: Cx, Path(id): Path<String>) -> Result<Response, Fault> {
    cx.permit("public:read", &Resource::open("register", cx.code()))?;
    let entry = entries(&cx).into_iter().find(|e| e.id == id).ok_or(Fault::NotFound)?;
    render(&ProcessingPage {
        crumbs: vec![Link::new("/register", cx.t("registers-title"))],
        basis: entry.basis.join("; "),
        laws: entry.laws.join("; "),
        page: cx.page_titled(entry.name.clone()),
        entry,
    })
}

/// `GET /api/v1/register`: every processing as JSON.
///
/// # Errors
/// When the policy refuses.
#[utoipa::path(get, path = "/api/v1/register", tag = "registers", operation_id = "list_processings",
    summary = "The processing register (AVG art. 30, Wpg art. 31d)",
    responses((status = 200, description = "Every processing of personal data, in the language of the reader",
        body = ProcessingList)))]
pub async fn api(cx: Cx) -> Result<Response, Fault> {
    cx.permit("public:read", &Resource::open("register", cx.code()))?;
    let list = ProcessingList {
        language: cx.words.language().to_owned(),
        privacy_page: cx.municipality.get::<PrivacyConfig>().privacy_page.clone(),
        processings: entries(&cx),
    };
    Ok(Json(list).into_response())
}

#[derive(utoipa::OpenApi)]
#[openapi(paths(api))]
struct Doc;

/// The description of this address, to be merged into the program's own.
#[must_use]
pub fn openapi() -> utoipa::openapi::OpenApi {
    <Doc as utoipa::OpenApi>::openapi()
}
