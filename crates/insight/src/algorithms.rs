//! `GET /algorithms`: the public register of calculations (domain chapter 14, rule 10): purpose, data, logic,
//! human role, risks, owner, version, and how often it was right.

use crate::config::PictureConfig;
use crate::run::newest;
use crate::view::sure::Sure;
use crate::wording::Wording;
use axum::response::Response;
use kit::Fault;
use policy::Resource;
use site::page::Page;
use site::{Cx, render};

/// The calculations of this program that advise people.
const ALL: [&str; 3] = ["forecast", "news", "rounds"];
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
    model: String,
    sure: Sure,
}

struct Entry {
    id: &'static str,
    title: String,
    /// Label and text.
    facts: Vec<(String, String)>,
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
    let fact =
        |id: &str, fact: &str| (cx.t(&format!("algorithms-label-{fact}")), cx.t(&format!("algorithms-{id}-{fact}")));
    render(&AlgorithmsPage {
        page: cx.page("algorithms-title"),
        entries: ALL
            .into_iter()
            .map(|id| Entry {
                id,
                title: cx.t(&format!("algorithms-{id}-title")),
                facts: FACTS.into_iter().map(|f| fact(id, f)).collect(),
            })
            .collect(),
        owner: config.register.owner.get(language).to_owned(),
        contact: config.register.contact.clone(),
        assessment: config.register.assessment.get(language).to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        model: cx.t(&format!("picture-model-{}", config.forecast.model.as_str())),
        sure: Sure::of(run.as_ref(), config.score.shown_coverage, &wording),
    })
}
