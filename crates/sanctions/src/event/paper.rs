//! The official report of findings (*proces-verbaal van bevindingen*) as a tagged PDF.

use super::judge::is_open;
use super::{enter, open, photo, told, typed};
use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use kit::{Fault, Uuid};
use records::kin::{self, Act};
use serde::Serialize;
use site::Cx;

/// The layout (Typst). Reads a [`Paper`] as JSON from `/data.json`.
const TEMPLATE: &str = include_str!("paper.typ");

/// What stands on the report; every label is a text of the municipality's language.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Paper {
    pub language: String,
    pub title: String,
    pub number: String,
    pub sender: String,
    pub head: Vec<(String, String)>,
    pub opening: String,
    pub facts: Vec<(String, String)>,
    pub facts_title: String,
    pub findings: String,
    pub findings_title: String,
    pub closing: Vec<String>,
    pub signature: String,
    pub name: String,
    pub signed: String,
    pub page: String,
    pub date: String,
    pub column: (String, String),
}

/// `GET /sanctions/{id}/report.pdf`: the report of a signed event. Making it is logged.
///
/// # Errors
/// [`Fault::Rule`] for what was not signed; [`Fault::NotFound`], or when the policy refuses or the layout fails.
pub async fn report(cx: Cx, Path(id): Path<Uuid>) -> Result<Response, Fault> {
    let inside = enter!(&cx, "sanction:read", None);
    let mut tx = inside.db.write().await?;
    let (permit, record, event) = open(&cx, &inside, &mut tx, (id, "sanction:read")).await?;
    if is_open(event.state) {
        return Err(Fault::Rule { key: "sanctions-rule-unsigned", values: vec![] });
    }
    let draft = typed(&inside, &mut tx, id).await?;
    let photos = photo::of(&mut tx, cx.code(), id).await?.len();
    let fields = told::fields(&cx, &draft);
    let act =
        Act { action: permit.action(), processing: inside.id(), record: id, act: "printed", detail: inside.why() };
    kin::seen(&mut tx, &inside.seal, &cx.deed_for(inside.id()), &act, &fields).await?;
    tx.commit().await?;
    let mut main = cx.read().await?;
    let accounts = kin::accounts(&mut main, &permit).await?;
    drop(main);
    let officer = accounts.into_iter().find(|(id, _)| *id == event.officer_id).map(|(_, name)| name);
    let mut home = cx.clone();
    let language = cx.municipality.file.languages.first().map_or("nl", String::as_str);
    home.words = cx.app.library.words(language, cx.municipality.zone.clone());
    let paper = paper(&home, &draft, (&event, record.version, photos), officer.unwrap_or_default());
    let files = cx.app.fonts.clone();
    let made = tokio::task::spawn_blocking(move || paper.pdf(files)).await;
    let bytes = made.map_err(|e| Fault::Internal(e.to_string()))??;
    let name = format!("attachment; filename=\"{}-{}.pdf\"", cx.t("sanctions-paper-file"), number(id));
    let headers = [
        (header::CONTENT_TYPE, "application/pdf".to_owned()),
        (header::CONTENT_DISPOSITION, name),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, bytes).into_response())
}

/// The number of a report: the last part of its id.
pub(crate) fn number(id: Uuid) -> String {
    let text = id.simple().to_string().to_uppercase();
    text[text.len() - 12..].to_owned()
}

fn paper(
    cx: &Cx,
    draft: &super::Draft,
    (event, version, photos): (&super::store::Event, i64, usize),
    officer: String,
) -> Paper {
    let words = &cx.words;
    let signed = event.signed_at.unwrap_or(cx.now);
    let day = signed.local(&cx.municipality.zone).date();
    let number = number(event.record_id);
    let facts = told::lines(cx, draft);
    let label = words.t("sanctions-label-findings");
    let said = [
        ("name", officer.as_str().into()),
        ("deed", event.deed.as_str().into()),
        ("municipality", cx.municipality.file.name.as_str().into()),
    ];
    let mut closing = Vec::new();
    if photos > 0 {
        closing.push(words.tn("sanctions-paper-photos", i64::try_from(photos).unwrap_or(0)));
    }
    closing.push(words.ta("sanctions-paper-oath", &[("day", words.day(day).into())]));
    Paper {
        language: words.language().to_owned(),
        title: words.t("sanctions-paper-title"),
        sender: words.t1("sanctions-paper-sender", "municipality", &cx.municipality.file.name),
        head: vec![
            (words.t("sanctions-paper-number"), number.clone()),
            (words.t("sanctions-paper-version"), version.to_string()),
            (words.t("sanctions-paper-officer"), officer.clone()),
            (words.t("sanctions-paper-deed"), event.deed.clone()),
        ],
        number,
        opening: words.ta("sanctions-paper-opening", &said),
        facts: facts.iter().filter(|(l, _)| *l != label).cloned().collect(),
        facts_title: words.t("sanctions-paper-facts"),
        findings: draft.findings.clone(),
        findings_title: label,
        closing,
        signature: words.t("sanctions-paper-signature"),
        name: officer,
        signed: words.ta("sanctions-paper-signed", &[("at", words.date_time(signed).into())]),
        page: words.t("sanctions-paper-page"),
        date: day.to_string(),
        column: (words.t("sanctions-paper-what"), words.t("sanctions-paper-content")),
    }
}

impl Paper {
    /// The report as a tagged PDF (PDF/UA-1, PDF/A-2a).
    pub(crate) fn pdf(&self, fonts: Vec<&'static [u8]>) -> Result<Vec<u8>, Fault> {
        let wrong = |e: &dyn std::fmt::Display| Fault::Internal(e.to_string());
        let fonts = document::Fonts::new(fonts).map_err(|e| wrong(&e))?;
        let data = serde_json::to_value(self).map_err(|e| wrong(&e))?;
        let date = self.date.parse().map_err(|e: jiff::Error| wrong(&e))?;
        let title = format!("{} {}", self.title, self.number);
        let options = document::Options { language: self.language.clone(), title, date };
        document::render(TEMPLATE, &data, &options, &fonts).map(|made| made.pdf).map_err(|e| wrong(&e))
    }
}
