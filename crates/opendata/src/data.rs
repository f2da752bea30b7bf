//! Downloads of the public layers, and the page that lists them for people. A file is written while it is read, a
//! thousand reports at a time, so that memory stays flat.
//!
//! Routes: `/data`, `/data/{file}` (also the catalog: `catalog.jsonld`, `catalog.ttl`), all `public:read`.

use crate::pipe::{Writer, pipe};
use crate::view::segment;
use crate::{catalog, feature, map};
use areas::boundary::Level;
use axum::extract::Path;
use axum::http::{HeaderName, header};
use axum::response::{IntoResponse as _, Response};
use kit::{Fault, text_enum};
use signals::intake::Desk;
use signals::moderation::public::{self, After, Asked, PublicSignal};
use site::page::Page;
use site::{Cx, render};

text_enum! {
    /// What is published.
    pub enum Dataset {
        /// Shown reports.
        Reports = "reports",
        /// Neighbourhoods with their outlines.
        Neighbourhoods = "neighbourhoods",
        /// Districts with their outlines.
        Districts = "districts",
    }
}

impl Dataset {
    /// The level of areas, when that is what it holds.
    pub(crate) fn level(self) -> Option<Level> {
        match self {
            Self::Reports => None,
            Self::Neighbourhoods => Some(Level::Neighbourhood),
            Self::Districts => Some(Level::District),
        }
    }

    /// Name, as the reader's language says it.
    pub(crate) fn title(self, cx: &Cx) -> String {
        cx.t(&format!("opendata-dataset-{self}"))
    }

    /// What is in it.
    pub(crate) fn text(self, cx: &Cx) -> String {
        cx.t(&format!("opendata-dataset-{self}-text"))
    }
}

text_enum! {
    /// As what it can be had.
    pub enum Format {
        /// GeoJSON (RFC 7946).
        GeoJson = "geojson",
        /// CSV (RFC 4180), UTF-8.
        Csv = "csv",
    }
}

impl Format {
    /// Media type.
    pub(crate) fn media_type(self) -> &'static str {
        match self {
            Self::GeoJson => "application/geo+json",
            Self::Csv => "text/csv; charset=utf-8",
        }
    }
}

/// Anybody's page may read what anybody may have.
pub(crate) const OPEN: (HeaderName, &str) = (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*");

struct Card {
    title: String,
    text: String,
    files: Vec<(String, String)>,
    features: String,
}

#[derive(askama::Template)]
#[template(path = "pages/data.html")]
struct DataPage {
    page: Page,
    cards: Vec<Card>,
    licence: String,
}

/// `GET /data`: what can be had, for people.
///
/// # Errors
/// When the policy refuses.
pub async fn page(cx: Cx) -> Result<Response, Fault> {
    map::permit(&cx)?;
    let card = |set: &Dataset| Card {
        title: set.title(&cx),
        text: set.text(&cx),
        files: Format::ALL.iter().map(|f| (format!("/data/{set}.{f}"), f.to_string().to_uppercase())).collect(),
        features: format!("/ogc/collections/{set}/items?f=html"),
    };
    render(&DataPage {
        cards: Dataset::ALL.iter().map(card).collect(),
        licence: map::config(&cx).catalog.licence.clone(),
        page: cx.page("opendata-data-title"),
    })
}

/// `GET /data/{file}`
///
/// # Errors
/// [`Fault::NotFound`] when there is no such file.
pub async fn file(cx: Cx, Path(name): Path<String>) -> Result<Response, Fault> {
    map::permit(&cx)?;
    let (stem, end) = name.rsplit_once('.').ok_or(Fault::NotFound)?;
    if stem == "catalog" {
        return catalog::file(&cx, end);
    }
    let set: Dataset = stem.parse().map_err(|_| Fault::NotFound)?;
    let format: Format = end.parse().map_err(|_| Fault::NotFound)?;
    let (writer, body) = pipe();
    let headers = [
        (header::CONTENT_TYPE, format.media_type().to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{set}.{format}\"")),
        (OPEN.0, OPEN.1.to_owned()),
        (header::CACHE_CONTROL, "no-cache".to_owned()),
    ];
    tokio::spawn(async move {
        match set.level() {
            Some(level) => areas(&cx, &writer, level, format).await,
            None => {
                if let Err(fault) = reports(&cx, &writer, format).await {
                    writer.fail(fault).await;
                }
            }
        }
    });
    Ok((headers, body).into_response())
}

/// The members of a GeoJSON file before its features.
const HEAD: &str = "{\"type\":\"FeatureCollection\",\"features\":[\n";

/// Every shown report, newest first. A report that is shown while this runs may be missing, none comes twice.
async fn reports(cx: &Cx, writer: &Writer, format: Format) -> Result<(), Fault> {
    let permit = map::permit(cx)?;
    let desk = Desk::of(&cx.municipality);
    let head = match format {
        Format::GeoJson => HEAD.to_owned(),
        Format::Csv => {
            let mut columns: Vec<&str> = feature::REPORT.iter().map(|(name, ..)| *name).collect();
            columns.extend(["longitude", "latitude"]);
            row(&columns)
        }
    };
    let mut on = writer.send(head).await;
    let mut after: Option<After> = None;
    let mut first = true;
    while on {
        let mut tx = cx.read().await?;
        let asked = Asked { limit: crate::filter::READ, after: after.take(), ..Asked::default() };
        let page = public::shown(&mut tx, &permit, &desk, &asked).await?;
        drop(tx);
        let mut piece = String::new();
        for signal in &page {
            match format {
                Format::GeoJson => {
                    if !std::mem::take(&mut first) {
                        piece.push_str(",\n");
                    }
                    piece.push_str(&feature::report(cx, &desk, signal).to_string());
                }
                Format::Csv => piece.push_str(&csv_row(cx, &desk, signal)),
            }
        }
        if !piece.is_empty() {
            on = writer.send(piece).await;
        }
        after = page.last().map(PublicSignal::after);
        if i64::try_from(page.len()).unwrap_or(0) < crate::filter::READ {
            break;
        }
    }
    if on && format == Format::GeoJson {
        writer.send("\n]}\n").await;
    }
    Ok(())
}

/// The areas of a level; there are hundreds at most.
async fn areas(cx: &Cx, writer: &Writer, level: Level, format: Format) {
    let desk = Desk::of(&cx.municipality);
    let features = feature::shapes(&desk, level).into_iter().map(|shape| feature::area(cx, &desk, shape));
    let whole = match format {
        Format::GeoJson => {
            let lines: Vec<String> = features.map(|f| f.to_string()).collect();
            format!("{HEAD}{}\n]}}\n", lines.join(",\n"))
        }
        Format::Csv => {
            let columns = feature::AREA.map(|(name, ..)| name);
            let rows = features.map(|f| row(&columns.map(|name| plain(&f["properties"][name]))));
            std::iter::once(row(&columns)).chain(rows).collect()
        }
    };
    writer.send(whole).await;
}

fn csv_row(cx: &Cx, desk: &Desk, signal: &PublicSignal) -> String {
    let report = feature::report(cx, desk, signal);
    let mut cells: Vec<String> = feature::REPORT.iter().map(|(name, ..)| plain(&report["properties"][*name])).collect();
    cells.extend([0, 1].map(|axis| plain(&report["geometry"]["coordinates"][axis])));
    row(&cells)
}

/// A value as the text of a cell. A spreadsheet takes some texts for a formula; those get an apostrophe in front, as a
/// spreadsheet itself writes them.
fn plain(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::Null => String::new(),
        serde_json::Value::String(text) if text.starts_with(['=', '+', '-', '@', '\t', '\r']) => format!("'{text}"),
        serde_json::Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// A line of CSV (RFC 4180).
fn row(cells: &[impl AsRef<str>]) -> String {
    let quoted = cells.iter().map(|cell| {
        let cell = cell.as_ref();
        if cell.contains(['"', ',', '\n', '\r']) {
            format!("\"{}\"", cell.replace('"', "\"\""))
        } else {
            cell.to_owned()
        }
    });
    quoted.collect::<Vec<_>>().join(",") + "\r\n"
}

/// The address of a file.
pub(crate) fn address(cx: &Cx, set: Dataset, format: Format) -> String {
    format!("{}/data/{}.{format}", cx.app.public_url, segment(set.as_str()))
}
