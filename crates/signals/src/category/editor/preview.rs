//! The questions of the draft exactly as residents will see them; what is typed here is checked and not kept.

use super::{Known, Sent, permit, store};
use crate::category::questions::{self, QuestionView};
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::Response;
use kit::{Fault, FieldFaults};
use site::{Cx, FormError, Link, Page, render_as};

#[derive(askama::Template)]
#[template(path = "category/pages/preview.html")]
struct PreviewPage {
    page: Page,
    crumbs: Vec<Link>,
    errors: Vec<FormError>,
    questions: Vec<QuestionView>,
    is_tried: bool,
    answers: Vec<(String, String)>,
}

/// `GET /forms/{category}/preview`: the draft as a form; with `try=yes` what was typed is checked.
///
/// # Errors
/// [`Fault::NotFound`], or when the policy refuses or the database cannot be read.
pub async fn preview(cx: Cx, Path(category): Path<String>, Query(sent): Query<Sent>) -> Result<Response, Fault> {
    let known = Known::of(&cx, category)?;
    let permit = permit(&cx, "form:read")?;
    let mut tx = cx.read().await?;
    let draft = store::draft(&mut tx, permit.municipality(), &known.id).await?;
    drop(tx);
    let is_tried = sent.iter().any(|(name, _)| name == "try");
    let typed = questions::typed(sent.iter().map(|(name, value)| (name.as_str(), value.as_str())));
    let mut faults = FieldFaults::default();
    let mut answers = questions::Answers::new();
    if is_tried {
        let today = cx.now.local(&cx.municipality.zone).date();
        answers = questions::check(&draft.questions, &typed, today, &mut faults);
    }
    let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = PreviewPage {
        page: cx.page_titled(cx.words.t1("category-preview-title", "category", &known.name(&cx))),
        crumbs: vec![
            Link::new("/forms", cx.t("category-title")),
            Link::new(format!("/forms/{}", known.id), known.name(&cx)),
        ],
        errors: cx.summary(&faults),
        questions: questions::views(&cx.words, &draft.questions, &typed, &faults),
        is_tried: is_tried && faults.is_empty(),
        answers: questions::shown(&cx.words, &draft.questions, &answers),
    };
    render_as(status, &page)
}
