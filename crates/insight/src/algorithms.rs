//! `GET /algorithms`: the public register of calculations (domain chapter 14, rule 10): purpose, data, logic,
//! human role, risks, owner, version, how often it was right, and all fields of the Dutch Algorithm Register; the same
//! fields as JSON.

mod register;

pub use register::{Algorithm, AlgorithmList, AlgorithmsConfig, Link};

use crate::config::PictureConfig;
use crate::run::newest;
use crate::view::sure::Sure;
use crate::wording::Wording;
use axum::response::{IntoResponse as _, Response};
use kit::Fault;
use policy::Resource;
use site::page::Page;
use site::{Cx, render};

/// What is said of each.
const FACTS: [&str; 7] = ["purpose", "basis", "data", "logic", "human", "risks", "not"];

#[derive(askama::Template)]
#[template(path = "pages/algorithms.html")]
struct AlgorithmsPage {
    page: Page,
    entries: Vec<Entry>,
    owner: String,
    contact: String,
    assessment: String,
    version: String,
    /// What the chosen model says of itself: label and text.
    account: Vec<(String, String)>,
    sure: Sure,
}

struct Entry {
    id: String,
    title: String,
    /// Label and text.
    facts: Vec<(String, String)>,
    /// The fields of the Algorithm Register, label and text.
    fields: Vec<(String, String)>,
}

/// `GET /algorithms`.
pub async fn algorithms(cx: Cx) -> Result<Response, Fault> {
    let permit = cx.permit("public:read", &Resource::open("algorithm", cx.code()))?;
    let mut tx = cx.read().await?;
    let run = newest(&mut tx, permit.municipality()).await?;
    drop(tx);
    let config = cx.municipality.get::<PictureConfig>();
    let wording = Wording::new(&cx.words, &cx.municipality);
    let language = cx.words.language();
    let fact = |id: &str, fact: &str| {
        let text = if fact == "logic" { register::logic(&cx, id) } else { cx.t(&format!("algorithms-{id}-{fact}")) };
        (cx.t(&format!("algorithms-label-{fact}")), text)
    };
    render(&AlgorithmsPage {
        page: cx.page("algorithms-title"),
        entries: register::entries(&cx)
            .into_iter()
            .map(|entry| Entry {
                facts: FACTS.into_iter().map(|f| fact(&entry.source_id, f)).collect(),
                fields: register::fields(&cx, &entry),
                title: entry.name,
                id: entry.source_id,
            })
            .collect(),
        owner: config.register.owner.get(language).to_owned(),
        contact: config.register.contact.clone(),
        assessment: config.register.assessment.get(language).to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        account: register::account(&cx),
        sure: Sure::of(run.as_ref(), config.score.shown_coverage, &wording),
    })
}

/// `GET /api/v1/algorithms`: the register as JSON.
///
/// # Errors
/// When the policy refuses.
#[utoipa::path(get, path = "/api/v1/algorithms", tag = "registers", operation_id = "list_algorithms",
    summary = "The algorithm register, with the fields of the Dutch publication standard 1.0",
    responses((status = 200, description = "Every calculation that advises people", body = AlgorithmList)))]
pub async fn api(cx: Cx) -> Result<Response, Fault> {
    cx.permit("public:read", &Resource::open("algorithm", cx.code()))?;
    Ok(axum::Json(AlgorithmList { algorithms: register::entries(&cx) }).into_response())
}

#[derive(utoipa::OpenApi)]
#[openapi(paths(api))]
struct Doc;

/// The description of this address, to be merged into the program's own.
#[must_use]
pub fn openapi() -> utoipa::openapi::OpenApi {
    <Doc as utoipa::OpenApi>::openapi()
}
