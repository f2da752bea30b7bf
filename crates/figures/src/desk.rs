//! Pages to bring files in: the form, the file with its row report, and the buttons to use it or throw it away.

use crate::config::{Dataset, FiguresConfig, Kind};
use crate::import::{self, FileState, Incoming};
use crate::model::Period;
use crate::refresh::{self, Ask, Outcome};
use crate::report::Report;
use crate::say::{self, Cell};
use crate::source;
use crate::store;
use areas::Figure;
use axum::extract::{Form, Multipart, Path};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use kit::{Fault, FieldFaults, Uuid};
use policy::Resource;
use serde::Deserialize;
use site::page::{Choice, FormError, Link, Page};
use site::{Cx, render, render_as, see_other};

/// What was typed.
#[derive(Clone, Debug, Default)]
struct Typed {
    request: String,
    dataset: String,
    url: String,
    reference: String,
    period: String,
    file: Option<(String, String, Vec<u8>)>,
}

#[derive(askama::Template)]
#[template(path = "pages/import.html")]
struct ImportPage {
    page: Page,
    crumbs: Vec<Link>,
    errors: Vec<FormError>,
    faults: Vec<(String, String)>,
    typed: Typed,
    datasets: Vec<Choice>,
    most: usize,
    files: Vec<Link>,
}

impl ImportPage {
    fn at(&self, field: &str) -> String {
        self.faults.iter().find(|(f, _)| f == field).map(|(_, text)| text.clone()).unwrap_or_default()
    }
}

/// `GET /figures/import`: the form.
///
/// # Errors
/// When the policy or the database refuses.
pub async fn form(cx: Cx) -> Result<Response, Fault> {
    let typed = Typed { request: cx.app.clock.id().to_string(), ..Typed::default() };
    page(&cx, typed, vec![]).await
}

async fn page(cx: &Cx, typed: Typed, faults: Vec<(String, String)>) -> Result<Response, Fault> {
    let permit = cx.permit("figure:import", &Resource::open("figure", cx.code()))?;
    let config = cx.municipality.get::<FiguresConfig>();
    let files = store::files(&mut cx.read().await?, &permit, "", 20).await?;
    let language = cx.words.language();
    let name = |id: &str| config.dataset(id).map_or(id, |d| d.name.get(language)).to_owned();
    let label = |f: &store::FileRow| {
        let state = cx.t(&format!("figures-state-{}", f.state));
        format!("{}: {} ({}, {state})", name(&f.dataset), f.name, cx.words.date_time(f.received_at))
    };
    let choose = Choice::new("", cx.t("figures-form-choose"));
    let choices = config.datasets.iter().map(|d| Choice::new(&d.id, d.name.get(language)));
    let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    render_as(
        status,
        &ImportPage {
            page: cx.page("figures-import"),
            crumbs: vec![Link::new("/figures", cx.t("figures-title"))],
            errors: faults.iter().map(|(field, text)| FormError { field: field.clone(), text: text.clone() }).collect(),
            faults,
            datasets: [choose].into_iter().chain(choices).collect(),
            most: config.import.most_megabytes,
            files: files.iter().map(|f| Link::new(format!("/figures/files/{}", f.id), label(f))).collect(),
            typed,
        },
    )
}

/// `POST /figures/import`: keeps the file, or what an address gives, and shows what it would change.
///
/// # Errors
/// When the policy or the database refuses; a form with faults comes back with all that was typed.
pub async fn send(cx: Cx, form: Multipart) -> Result<Response, Fault> {
    cx.permit("figure:import", &Resource::open("figure", cx.code()))?;
    let config = cx.municipality.get::<FiguresConfig>();
    let mut faults = FieldFaults::default();
    let mut typed = read(form, config.import.most_megabytes, &mut faults).await?;
    let dataset = config.dataset(&typed.dataset);
    let Some(dataset) = dataset else {
        faults.add("dataset", "figures-form-dataset-fault");
        return page(&cx, typed, faults.sentences(&cx.words)).await;
    };
    let stated = check(&typed, dataset, &mut faults);
    if !faults.is_empty() {
        return page(&cx, typed, faults.sentences(&cx.words)).await;
    }
    let id = Uuid::try_parse(&typed.request).unwrap_or_else(|_| cx.app.clock.id());
    let (file, url) = (typed.file.take(), typed.url.trim().to_owned());
    let received = if let Some((name, media_type, bytes)) = file {
        let reference = typed.reference.trim().to_owned();
        let (etag, modified, origin) = (String::new(), String::new(), String::new());
        let dataset = dataset.id.clone();
        import::receive(
            &cx,
            Incoming { id, dataset, bytes, name, media_type, origin, etag, modified, reference, stated },
        )
        .await?
    } else {
        let asked = Ask { dataset: &dataset.id, url: &url, id, reference: typed.reference.trim(), stated };
        match refresh::fetch(&cx, asked).await? {
            Outcome::File(received) => *received,
            Outcome::Unchanged => {
                let fault = ("url".to_owned(), cx.t("figures-form-unchanged"));
                return page(&cx, typed, vec![fault]).await;
            }
            Outcome::Failed(why, _) => {
                return page(&cx, typed, vec![("url".to_owned(), why.sentence(&cx.words))]).await;
            }
        }
    };
    Ok(see_other(&format!("/figures/files/{}{}", received.id, if received.known { "?known=yes" } else { "" })))
}

async fn read(mut form: Multipart, most_megabytes: usize, faults: &mut FieldFaults) -> Result<Typed, Fault> {
    let mut typed = Typed::default();
    let bad = |_| Fault::Bad("fault-bad-request");
    while let Some(mut field) = form.next_field().await.map_err(bad)? {
        let name = field.name().unwrap_or_default().to_owned();
        let file = field.file_name().map(str::to_owned);
        let media_type = field.content_type().unwrap_or_default().to_owned();
        let most = if file.is_some() { most_megabytes * 1_000_000 } else { 4_000 };
        let mut bytes = Vec::new();
        let mut large = false;
        while let Some(chunk) = field.chunk().await.map_err(bad)? {
            large |= bytes.len() + chunk.len() > most;
            if !large {
                bytes.extend_from_slice(&chunk);
            }
        }
        if let Some(file) = file {
            if large {
                faults.add_with("file", "figures-form-large", vec![("most", most_megabytes.to_string())]);
            } else if !bytes.is_empty() {
                let file = file.rsplit(['/', '\\']).next().unwrap_or_default();
                let file = file.chars().filter(|c| !c.is_control()).take(100).collect();
                typed.file = Some((file, media_type, bytes));
            }
            continue;
        }
        let text = String::from_utf8_lossy(&bytes).replace('\0', "");
        match name.as_str() {
            "request" => typed.request = text,
            "dataset" => typed.dataset = text,
            "url" => typed.url = text,
            "reference" => typed.reference = text,
            "period" => typed.period = text,
            _ => {}
        }
    }
    Ok(typed)
}

/// Checks what was typed; gives the period that holds for the whole file.
fn check(typed: &Typed, dataset: &Dataset, faults: &mut FieldFaults) -> Option<Period> {
    let (has_file, has_url) = (typed.file.is_some(), !typed.url.trim().is_empty());
    if !has_file && !has_url && faults.is_empty() {
        faults.add("file", "figures-form-nothing");
    }
    if has_file && has_url {
        faults.add("url", "figures-form-both");
    }
    if !typed.reference.trim().is_empty() && typed.reference.trim().parse::<jiff::civil::Date>().is_err() {
        faults.add("reference", "figures-form-date");
    }
    let needs =
        dataset.kind == Kind::Csv && dataset.csv.as_ref().is_some_and(|c| c.period.is_none() && c.names.is_none());
    let stated = Period::parse(&typed.period);
    if stated.is_none() && (needs || !typed.period.trim().is_empty()) {
        faults.add("period", "figures-form-period");
    }
    stated
}

struct Count {
    label: String,
    n: String,
}

struct Row {
    row: u64,
    why: String,
}

struct Changed {
    what: String,
    was: Cell,
    becomes: Cell,
}

struct Move {
    code: String,
    was: String,
    becomes: String,
}

#[derive(askama::Template)]
#[template(path = "pages/file.html")]
struct FilePage {
    page: Page,
    crumbs: Vec<Link>,
    id: Uuid,
    dataset: Link,
    state: FileState,
    state_name: String,
    state_tone: &'static str,
    facts: Vec<(String, String)>,
    stopped: String,
    counts: Vec<Count>,
    sums: Vec<(String, String)>,
    notes: Vec<String>,
    refusals: Vec<Row>,
    more_refusals: String,
    changes: Vec<Changed>,
    moved: Vec<Move>,
    unknown: Vec<String>,
    may_import: bool,
}

/// What stands behind a file's address.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Came {
    known: String,
}

/// `GET /figures/files/{id}`: where a file came from, and its row report.
///
/// # Errors
/// [`Fault::NotFound`] for a file that is not here.
pub async fn file(
    cx: Cx,
    Path(id): Path<Uuid>,
    axum::extract::Query(came): axum::extract::Query<Came>,
) -> Result<Response, Fault> {
    let permit = cx.permit("figure:read", &Resource::open("figure", cx.code()))?;
    let file = store::file(&mut cx.read().await?, &permit, id).await?.ok_or(Fault::NotFound)?;
    let report = import::report_of(&file);
    let words = &cx.words;
    let config = cx.municipality.get::<FiguresConfig>();
    let name = config.dataset(&file.dataset).map_or(file.dataset.as_str(), |d| d.name.get(words.language()));
    let mut page = cx.page_titled(file.name.clone());
    if !came.known.is_empty() {
        page = page.with_notice("info", cx.t("figures-known"));
    }
    let dataset = config.dataset(&file.dataset);
    let status = |area: &str, (kind, value): &(String, Option<f64>)| match (dataset, value) {
        (Some(dataset), Some(value)) if say::masked(Figure::Value(*value), dataset, area) == Figure::Suppressed => {
            say::status(words, "suppressed", None)
        }
        _ => say::status(words, kind, *value),
    };
    render(&FilePage {
        page,
        crumbs: vec![
            Link::new("/figures", cx.t("figures-title")),
            Link::new("/figures/import", cx.t("figures-import")),
        ],
        id,
        dataset: Link::new(format!("/figures/{}", file.dataset), name),
        state: file.state,
        state_name: cx.t(&format!("figures-state-{}", file.state)),
        state_tone: match file.state {
            FileState::Checked => "soon",
            FileState::Stopped => "late",
            FileState::Applied => "ok",
        },
        facts: facts(&cx, &file, &report),
        stopped: report.stopped.as_ref().map(|s| s.sentence(words)).unwrap_or_default(),
        counts: counts(&cx, &report),
        sums: report.sums.iter().take(30).map(|(m, s)| (m.clone(), say::number(words, *s))).collect(),
        notes: notes(&cx, &report),
        refusals: report.refusals.iter().map(|r| Row { row: r.row, why: r.why.sentence(words) }).collect(),
        more_refusals: match report.refused.saturating_sub(report.refusals.len() as u64) {
            0 => String::new(),
            more => words.tn("figures-more-refused", i64::try_from(more).unwrap_or(i64::MAX)),
        },
        changes: report
            .changes
            .iter()
            .map(|c| {
                let at = [&c.category, &c.area].into_iter().filter(|t| !t.is_empty()).cloned().collect::<Vec<_>>();
                let what = format!("{}, {}", at.join(", "), say::period_code(words, &c.period));
                Changed { what, was: status(&c.area, &c.was), becomes: status(&c.area, &c.becomes) }
            })
            .collect(),
        moved: report
            .moved
            .iter()
            .map(|m| Move { code: m.code.clone(), was: m.was.clone(), becomes: m.becomes.clone() })
            .collect(),
        unknown: report.unknown_categories.iter().chain(&report.unknown_areas).cloned().collect(),
        may_import: cx.may("figure:import"),
    })
}

fn facts(cx: &Cx, file: &store::FileRow, report: &Report) -> Vec<(String, String)> {
    let words = &cx.words;
    let span = match (report.first.as_str(), report.last.as_str()) {
        ("", _) => String::new(),
        (first, last) if first == last => say::period_code(words, first),
        (first, last) => format!("{} – {}", say::period_code(words, first), say::period_code(words, last)),
    };
    let origin = if file.origin.is_empty() { cx.t("figures-uploaded") } else { file.origin.clone() };
    let all = [
        ("figures-publisher", file.publisher.clone()),
        ("figures-licence", file.licence.clone()),
        ("figures-reference", file.reference.clone()),
        ("figures-covers", span),
        ("figures-origin", origin),
        ("figures-received", words.date_time(file.received_at)),
        ("figures-used", file.applied_at.map(|at| words.date_time(at)).unwrap_or_default()),
        ("figures-size", words.t1("figures-kilobytes", "number", &words.whole((file.size + 999) / 1000))),
        ("figures-media", file.media_type.clone()),
        ("figures-sha", file.sha256.clone()),
    ];
    all.into_iter().filter(|(_, v)| !v.is_empty()).map(|(k, v)| (cx.t(k), v)).collect()
}

fn counts(cx: &Cx, report: &Report) -> Vec<Count> {
    let all = [
        ("figures-count-rows", report.rows, true),
        ("figures-count-cells", report.cells, true),
        ("figures-count-new", report.new, true),
        ("figures-count-changed", report.changed, true),
        ("figures-count-same", report.same, true),
        ("figures-count-refused", report.refused, true),
        ("figures-count-confirmed", report.confirmed, false),
        ("figures-count-gone", report.gone, false),
        ("figures-count-twice", report.twice, false),
        ("figures-count-elsewhere", report.elsewhere, false),
        ("figures-count-kept-back", report.kept_back, false),
        ("figures-count-names", report.names_new + report.names_changed, false),
        ("figures-count-missing", report.statuses.get("missing").copied().unwrap_or_default(), false),
        ("figures-count-suppressed", report.statuses.get("suppressed").copied().unwrap_or_default(), false),
        ("figures-count-unspecified", report.statuses.get("unspecified").copied().unwrap_or_default(), false),
    ];
    let number = |n: u64| cx.words.whole(i64::try_from(n).unwrap_or(i64::MAX));
    all.into_iter()
        .filter(|(_, n, always)| *always || *n > 0)
        .map(|(k, n, _)| Count { label: cx.t(k), n: number(n) })
        .collect()
}

fn notes(cx: &Cx, report: &Report) -> Vec<String> {
    let mut notes: Vec<String> = report.notes.iter().map(|n| n.sentence(&cx.words)).collect();
    if !report.left_out.is_empty() {
        notes.push(cx.words.t1("figures-note-left-out", "columns", &report.left_out.join(", ")));
    }
    notes
}

/// `GET /figures/files/{id}/raw`: the file as it came.
///
/// # Errors
/// [`Fault::NotFound`] for a file that is not here.
pub async fn raw(cx: Cx, Path(id): Path<Uuid>) -> Result<Response, Fault> {
    let permit = cx.permit("figure:import", &Resource::open("figure", cx.code()))?;
    let mut tx = cx.read().await?;
    let file = store::file(&mut tx, &permit, id).await?.ok_or(Fault::NotFound)?;
    let packed = store::packed(&mut tx, &permit, id).await?.ok_or(Fault::NotFound)?;
    drop(tx);
    let size = usize::try_from(file.size).unwrap_or(usize::MAX);
    let bytes = source::gunzip(&packed, size).map_err(|s| Fault::Internal(s.key))?;
    let safe = |c: char| if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_') { c } else { '_' };
    let name: String = file.name.chars().map(safe).collect();
    // never shown by a browser as a page of ours
    let headers = [
        (header::CONTENT_TYPE, "application/octet-stream".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, bytes).into_response())
}

/// The form to use a file.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Use {
    moved: String,
}

/// `POST /figures/files/{id}/apply`: uses the figures of a file.
///
/// # Errors
/// When it could not be read, or codes moved and nobody said that they looked.
pub async fn apply(cx: Cx, Path(id): Path<Uuid>, Form(form): Form<Use>) -> Result<Response, Fault> {
    import::apply(&cx, id, form.moved == "yes").await?;
    Ok(see_other(&format!("/figures/files/{id}")))
}

/// `POST /figures/files/{id}/discard`: throws away a file that was never used.
///
/// # Errors
/// When its figures are in use.
pub async fn discard(cx: Cx, Path(id): Path<Uuid>) -> Result<Response, Fault> {
    import::discard(&cx, id).await?;
    Ok(see_other("/figures/import"))
}
