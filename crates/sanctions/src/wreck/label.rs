//! The label that is hung on a wreck, as a PDF of half a page.

use super::store;
use crate::SanctionsConfig;
use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use kit::{At, Fault, Uuid};
use policy::Resource;
use serde_json::json;
use site::Cx;

/// The layout (Typst).
const TEMPLATE: &str = include_str!("label.typ");

/// `GET /wrecks/{id}/label.pdf`: the label, in the municipality's own language.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Rule`] when no label was noted yet, or when the layout fails.
pub async fn label(cx: Cx, Path(id): Path<Uuid>) -> Result<Response, Fault> {
    let permit = cx.permit("wreck:read", &Resource::ordinary("wreck", cx.code()))?;
    let mut tx = cx.read().await?;
    let wreck = store::get(&mut tx, &permit, id).await?.ok_or(Fault::NotFound)?;
    drop(tx);
    let (Some(hung), Some(until)) = (wreck.labelled_at, wreck.label_until) else {
        return Err(Fault::Rule { key: "wrecks-rule-unlabelled", values: vec![] });
    };
    let config = cx.municipality.get::<SanctionsConfig>();
    let language = cx.municipality.file.languages.first().map_or("nl", String::as_str);
    let words = cx.app.library.words(language, cx.municipality.zone.clone());
    // The last day: the term ends with it.
    let last = At::from_micros(until.micros() - 1).local(&cx.municipality.zone).date();
    let kind = config.wrecks.kind(&wreck.kind).map_or("", |k| k.name.get(language));
    let number = wreck.number.to_string();
    let values = [
        ("kind", kind.into()),
        ("day", words.day(last).into()),
        ("number", number.as_str().into()),
        ("mandate", config.wrecks.mandate.get(language).into()),
        ("collect", config.wrecks.collect.get(language).into()),
    ];
    let lines = ["wrecks-label-order", "wrecks-label-after", "wrecks-label-collect"].map(|key| words.ta(key, &values));
    let data = json!({
        "title": words.t("wrecks-label-title"),
        "number": words.t1("wrecks-label-number", "number", &number),
        "lines": lines,
        "facts": [
            [words.t("wrecks-kind"), kind],
            [words.t("wrecks-place"), &wreck.place],
            [words.t("wrecks-label-hung"), &words.day(hung.local(&cx.municipality.zone).date())],
        ],
        "basis": words.t("wrecks-label-basis"),
        "sender": config.wrecks.mandate.get(language),
    });
    let title = format!("{} {number}", words.t("wrecks-label-title"));
    let date = hung.local(&cx.municipality.zone).date();
    let options = document::Options { language: language.to_owned(), title, date };
    let files = cx.app.fonts.clone();
    let made = tokio::task::spawn_blocking(move || {
        let fonts = document::Fonts::new(files)?;
        document::render(TEMPLATE, &data, &options, &fonts)
    });
    let made = made.await.map_err(|e| Fault::Internal(e.to_string()))?.map_err(|e| Fault::Internal(e.to_string()))?;
    let headers = [
        (header::CONTENT_TYPE, "application/pdf".to_owned()),
        (header::CONTENT_DISPOSITION, format!("inline; filename=\"label-{number}.pdf\"")),
    ];
    Ok((headers, made.pdf).into_response())
}
