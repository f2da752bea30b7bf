//! The page of the import: files are uploaded, a dry run tells what would happen, and a second press does it. The files
//! wait in between for a day at most.

use super::import::{self, File, Options, Report, Stop};
use super::store;
use crate::config::ExchangeConfig;
use axum::extract::Multipart;
use axum::extract::{Form, multipart::MultipartError};
use axum::http::StatusCode;
use axum::response::Response;
use kit::{At, Fault, Uuid};
use policy::Resource;
use signals::Catalogue;
use site::page::{Choice, Link as Crumb, Page};
use site::{Cx, render, render_as};

/// How long files wait between the dry run and the import: a day.
const WAIT_MICROS: i64 = 86_400_000_000;
/// Most lines of a report on the page.
const MOST_LINES: usize = 200;

#[derive(askama::Template)]
#[template(path = "signalen/pages/import.html")]
struct ImportPage {
    page: Page,
    crumbs: Vec<Crumb>,
    has_words: bool,
    fallbacks: Vec<Choice>,
    typed: Typed,
    /// Files that cannot be used.
    stopped: Vec<Line>,
    report: Option<Shown>,
    request: String,
    upload: String,
}

/// The choices of the form.
#[derive(Clone, Debug, Default)]
struct Typed {
    contact: bool,
    outside: bool,
    skip: bool,
    fallback: String,
}

impl Typed {
    fn set(&mut self, name: &str, value: &str) {
        match name {
            "contact" => self.contact = !value.is_empty(),
            "outside" => self.outside = !value.is_empty(),
            "skip" => self.skip = !value.is_empty(),
            "fallback" => self.fallback = value.trim().to_owned(),
            _ => {}
        }
    }

    fn options(&self, catalogue: &Catalogue) -> Options {
        Options {
            contact: self.contact,
            fallback: catalogue.get(&self.fallback).map(|c| c.id.clone()),
            outside: self.outside,
            skip: self.skip,
        }
    }
}

struct Line {
    place: String,
    number: String,
    text: String,
}

struct Shown {
    applied: bool,
    may_apply: bool,
    facts: Vec<(String, String)>,
    categories: Vec<(String, String)>,
    states: Vec<(String, String)>,
    refused: Vec<Line>,
    more_refused: String,
    changed: Vec<Line>,
    more_changed: String,
}

fn lines(cx: &Cx, wrong: &[import::Wrong]) -> (Vec<Line>, String) {
    let line = |w: &import::Wrong| Line {
        place: if w.line > 0 {
            format!("{}, {}", w.file, cx.words.tn("exchange-line", i64::try_from(w.line).unwrap_or(0)))
        } else {
            w.file.clone()
        },
        number: w.number.clone(),
        text: w.sentence(&cx.words),
    };
    let more = i64::try_from(wrong.len().saturating_sub(MOST_LINES)).unwrap_or(i64::MAX);
    let more = if more > 0 { cx.words.tn("exchange-import-more", more) } else { String::new() };
    (wrong.iter().take(MOST_LINES).map(line).collect(), more)
}

fn shown(cx: &Cx, report: &Report, options: &Options) -> Shown {
    let catalogue = cx.municipality.get::<Catalogue>();
    let whole = |n: usize| cx.words.whole(i64::try_from(n).unwrap_or(i64::MAX));
    let mut facts: Vec<(String, String)> = [
        ("exchange-import-read", report.read),
        ("exchange-import-new", report.new),
        ("exchange-import-known", report.known),
        ("exchange-import-refused", report.refused.len()),
        ("exchange-import-events", report.events),
        ("exchange-import-contacts", report.contacts),
    ]
    .into_iter()
    .map(|(key, n)| (cx.t(key), whole(n)))
    .collect();
    if !report.unused.is_empty() {
        facts.push((cx.t("exchange-import-unused"), report.unused.join(", ")));
    }
    let named = |id: &str| catalogue.name(id, cx.words.language()).to_owned();
    let (refused, more_refused) = lines(cx, &report.refused);
    let (changed, more_changed) = lines(cx, &report.changed);
    Shown {
        applied: report.applied,
        may_apply: !report.applied && report.new > 0 && (report.refused.is_empty() || options.skip),
        facts,
        categories: report.categories.iter().map(|(id, n)| (named(id), whole(*n))).collect(),
        states: report.states.iter().map(|(state, n)| (cx.t(&format!("state-{state}")), whole(*n))).collect(),
        refused,
        more_refused,
        changed,
        more_changed,
    }
}

fn import_page(cx: &Cx, typed: Typed) -> ImportPage {
    let catalogue = cx.municipality.get::<Catalogue>();
    let lang = cx.words.language();
    let categories = catalogue.categories.iter().map(|c| Choice::new(&c.id, c.name.get(lang)));
    ImportPage {
        page: cx.page("exchange-import-title"),
        crumbs: vec![Crumb::new("/exchange", cx.t("exchange-title"))],
        has_words: cx.municipality.get::<ExchangeConfig>().words.is_some(),
        fallbacks: [Choice::new("", cx.t("exchange-import-refuse"))].into_iter().chain(categories).collect(),
        typed,
        stopped: vec![],
        report: None,
        request: cx.app.clock.id().to_string(),
        upload: String::new(),
    }
}

/// `GET /exchange/signalen/import`: the form.
///
/// # Errors
/// When the policy refuses.
pub async fn form(cx: Cx) -> Result<Response, Fault> {
    cx.permit("exchange:edit", &Resource::open("link", cx.code()))?;
    render(&import_page(&cx, Typed::default()))
}

/// `POST /exchange/signalen/import`: reads the files and tells what an import would do.
///
/// # Errors
/// When the policy refuses, the form cannot be read, or the database refuses.
pub async fn send(cx: Cx, mut body: Multipart) -> Result<Response, Fault> {
    cx.permit("exchange:edit", &Resource::open("link", cx.code()))?;
    let permit = cx.permit("signal:import", &Resource::ordinary("signal", cx.code()))?;
    let large = |e: MultipartError| match e.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Fault::TooLarge(site::MOST_MEGABYTES),
        _ => Fault::Bad("fault-bad-request"),
    };
    let (mut typed, mut files) = (Typed::default(), Vec::new());
    while let Some(field) = body.next_field().await.map_err(large)? {
        let name = field.name().unwrap_or_default().to_owned();
        let file = field.file_name().map(|n| n.rsplit(['/', '\\']).next().unwrap_or_default().to_owned());
        let bytes = field.bytes().await.map_err(large)?.to_vec();
        match file {
            Some(file) if !bytes.is_empty() => files.push(File { name: file, bytes }),
            Some(_) => {}
            None => typed.set(&name, &String::from_utf8_lossy(&bytes)),
        }
    }
    let options = typed.options(&cx.municipality.get::<Catalogue>());
    let upload = cx.app.clock.id();
    let mut page = import_page(&cx, typed);
    match import::run(&cx, &files, &options, false).await {
        Ok(report) => {
            page.report = Some(shown(&cx, &report, &options));
            page.upload = upload.to_string();
            let mut tx = cx.write().await?;
            store::drop_uploads(&mut tx, &permit, upload, At::from_micros(cx.now.micros() - WAIT_MICROS)).await?;
            if report.new > 0 {
                store::keep_upload(&mut tx, &permit, upload, &files, cx.now).await?;
            }
            tx.commit().await?;
            render(&page)
        }
        Err(stop) => stopped(&cx, page, stop, &options),
    }
}

/// `POST /exchange/signalen/import/apply`: imports the files of a dry run, with the choices of now.
///
/// # Errors
/// When the policy refuses, or the database.
pub async fn apply(cx: Cx, Form(fields): Form<Vec<(String, String)>>) -> Result<Response, Fault> {
    cx.permit("exchange:edit", &Resource::open("link", cx.code()))?;
    let permit = cx.permit("signal:import", &Resource::ordinary("signal", cx.code()))?;
    let mut typed = Typed::default();
    fields.iter().for_each(|(name, value)| typed.set(name, value));
    let upload = fields.iter().find(|(name, _)| name == "upload").and_then(|(_, v)| Uuid::try_parse(v).ok());
    let upload = upload.ok_or(Fault::Bad("fault-bad-request"))?;
    let mut tx = cx.read().await?;
    let files = store::upload(&mut tx, &permit, upload).await?;
    drop(tx);
    if files.is_empty() {
        return Err(Fault::Rule { key: "exchange-import-gone", values: vec![] });
    }
    let options = typed.options(&cx.municipality.get::<Catalogue>());
    let mut page = import_page(&cx, typed);
    match import::run(&cx, &files, &options, true).await {
        Ok(report) => {
            let mut tx = cx.write().await?;
            store::drop_uploads(&mut tx, &permit, upload, At::from_micros(cx.now.micros() - WAIT_MICROS)).await?;
            tx.commit().await?;
            page.report = Some(shown(&cx, &report, &options));
            render(&page)
        }
        Err(stop) => {
            page.upload = upload.to_string();
            stopped(&cx, page, stop, &options)
        }
    }
}

fn stopped(cx: &Cx, mut page: ImportPage, stop: Stop, options: &Options) -> Result<Response, Fault> {
    match stop {
        Stop::Files(wrong) => page.stopped = lines(cx, &wrong).0,
        Stop::Rows(report) => page.report = Some(shown(cx, &report, options)),
        Stop::Fault(fault) => return Err(fault),
    }
    render_as(StatusCode::UNPROCESSABLE_ENTITY, &page)
}
