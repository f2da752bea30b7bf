//! The answer as a page, as PDF and as JSON: one model.

use super::{crumbs, id_of};
use crate::rights::letter::{self, Letter};
use crate::rights::model::{Dossier, State};
use crate::rights::ops;
use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use kit::Fault;
use site::{Cx, Link, Page, render};

#[derive(askama::Template)]
#[template(path = "rights/pages/letter.html")]
struct LetterPage {
    page: Page,
    crumbs: Vec<Link>,
    href: String,
    is_draft: bool,
    letter: Letter,
}

/// The dossier and its letter; the permits of every vault are asked while it is made.
async fn made(cx: &Cx, id: &str) -> Result<(Dossier, Letter), Fault> {
    let permit = ops::handle(cx)?;
    let dossier = ops::get(cx, &mut cx.read().await?, &permit, id_of(id)?).await?;
    if !matches!(dossier.state, State::Searched | State::Decided | State::Answered) {
        return Err(Fault::Rule { key: "rights-rule-state", values: vec![] });
    }
    let letter = letter::build(cx, &dossier).await?;
    Ok((dossier, letter))
}

/// `GET /rights/{id}/letter`.
pub async fn letter_page(cx: Cx, Path(id): Path<String>) -> Result<Response, Fault> {
    let (dossier, letter) = made(&cx, &id).await?;
    render(&LetterPage {
        crumbs: [crumbs(&cx), vec![Link::new(format!("/rights/{}", dossier.id), dossier.reference.clone())]].concat(),
        href: format!("/rights/{}/letter", dossier.id),
        is_draft: dossier.state != State::Answered,
        letter,
        page: cx.page("rights-letter-title"),
    })
}

/// The headers of a file that nobody keeps on the way.
fn file(kind: &str, name: String) -> [(header::HeaderName, String); 3] {
    [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ]
}

/// `GET /rights/{id}/letter.pdf`.
pub async fn letter_pdf(cx: Cx, Path(id): Path<String>) -> Result<Response, Fault> {
    let (dossier, letter) = made(&cx, &id).await?;
    let files = cx.app.fonts.clone();
    let pdf = tokio::task::spawn_blocking(move || {
        let fonts = document::Fonts::new(files).map_err(|e| Fault::Internal(e.to_string()))?;
        letter.pdf(&fonts)
    });
    let bytes = pdf.await.map_err(|e| Fault::Internal(e.to_string()))??;
    Ok((file("application/pdf", format!("{}.pdf", dossier.reference)), bytes).into_response())
}

/// `GET /rights/{id}/letter.json`: the same for the person's own use (AVG art. 15(3), 20).
pub async fn letter_json(cx: Cx, Path(id): Path<String>) -> Result<Response, Fault> {
    let (dossier, letter) = made(&cx, &id).await?;
    let text = serde_json::to_string_pretty(&letter).map_err(|e| Fault::Internal(e.to_string()))?;
    Ok((file("application/json", format!("{}.json", dossier.reference)), text).into_response())
}
