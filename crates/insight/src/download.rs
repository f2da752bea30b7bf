//! The charts and figures of the picture as files, for the selection of `/picture`:
//!
//! - `GET /picture/download`: which files there are, and what each column means;
//! - `GET /picture/download.csv?chart=..`: the figures (RFC 4180, UTF-8), small numbers hidden as on the page;
//! - `GET /picture/download.svg` and `.png`: the chart with its title, legend and source.

mod drawing;
mod figures;

use crate::seen::Seen;
use crate::view::times::{Hours, WeekTrend};
use crate::view::{Look, Query, Selection, blocking, places};
use crate::wording::Wording;
use axum::extract;
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use drawing::{Frame, framed};
use kit::Fault;
use kit::clock::day_date;
use picture::interval::Shown;
use policy::Resource;
use serde::Deserialize;
use site::chart::{Bar, BarChart, bar_chart};
use site::page::{Link, Page};
use site::{Cx, render};

/// Pixels per unit of a drawing: twice, so that letters stay sharp on paper and on fine screens.
const SCALE: f32 = 2.0;

/// Which chart; the other parts of the address are those of `/picture`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Which {
    /// `trend`, `grid`, `map`, `places` or `forecast`.
    pub chart: String,
}

/// A chart or list that can be taken along.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum What {
    /// Counts per week or month.
    Trend,
    /// Counts per hour and day of the week.
    Grid,
    /// Counts and rates per neighbourhood.
    Map,
    /// The places where most is expected.
    Places,
    /// What is expected per square.
    Forecast,
}

impl What {
    const ALL: [Self; 5] = [Self::Trend, Self::Grid, Self::Map, Self::Places, Self::Forecast];

    fn as_str(self) -> &'static str {
        match self {
            Self::Trend => "trend",
            Self::Grid => "grid",
            Self::Map => "map",
            Self::Places => "places",
            Self::Forecast => "forecast",
        }
    }

    fn read(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|w| w.as_str() == text)
    }
}

async fn look(cx: &Cx, query: &Query) -> Result<Look, Fault> {
    let look = Look::at(cx, query).await?;
    if look.choice.wrong_days { Err(Fault::Bad("download-wrong-days")) } else { Ok(look) }
}

fn which(which: &Which) -> Result<What, Fault> {
    What::read(&which.chart).ok_or(Fault::Bad("download-which"))
}

/// The file as an answer of its own.
fn file(cx: &Cx, look: &Look, what: What, kind: &str, ending: &str, bytes: Vec<u8>) -> Response {
    let days = look.choice.days;
    let name = format!(
        "{}-{}-{}-{}-{}.{ending}",
        cx.t("download-file-name"),
        cx.municipality.file.slug,
        what.as_str(),
        day_date(days.from),
        day_date(days.to)
    );
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    (headers, bytes).into_response()
}

/// `GET /picture/download.csv`: the figures behind a chart.
///
/// # Errors
/// When the policy refuses, or the chart or the days cannot be read.
pub async fn csv(
    cx: Cx,
    extract::Query(query): extract::Query<Query>,
    extract::Query(chart): extract::Query<Which>,
) -> Result<Response, Fault> {
    let what = which(&chart)?;
    let look = look(&cx, &query).await?;
    let broken = |e: csv::Error| Fault::Internal(e.to_string());
    let mut out = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(vec![]);
    out.write_record(figures::columns(what).iter().map(|c| c.replace('-', "_"))).map_err(broken)?;
    for row in figures::rows(&look, what, &Wording::new(&cx.words, &cx.municipality)) {
        out.write_record(row).map_err(broken)?;
    }
    let bytes = out.into_inner().map_err(|e| Fault::Internal(e.to_string()))?;
    Ok(file(&cx, &look, what, "text/csv; charset=utf-8", "csv", bytes))
}

/// `GET /picture/download.svg`: the chart as a drawing.
///
/// # Errors
/// As [`csv()`].
pub async fn svg(
    cx: Cx,
    extract::Query(query): extract::Query<Query>,
    extract::Query(chart): extract::Query<Which>,
) -> Result<Response, Fault> {
    let what = which(&chart)?;
    let look = look(&cx, &query).await?;
    let drawing = drawn(&cx, &look, what);
    Ok(file(&cx, &look, what, "image/svg+xml", "svg", drawing.into_bytes()))
}

/// `GET /picture/download.png`: the same as a picture.
///
/// # Errors
/// As [`csv()`], and when the program was built without fonts.
pub async fn png(
    cx: Cx,
    extract::Query(query): extract::Query<Query>,
    extract::Query(chart): extract::Query<Which>,
) -> Result<Response, Fault> {
    let what = which(&chart)?;
    let look = look(&cx, &query).await?;
    let drawing = drawn(&cx, &look, what);
    let fonts = cx.app.fonts.clone();
    let made = blocking(move || document::Fonts::new(fonts).and_then(|fonts| document::png(&drawing, SCALE, &fonts)));
    let bytes = made.await?.map_err(|e| Fault::Internal(e.to_string()))?;
    Ok(file(&cx, &look, what, "image/png", "png", bytes))
}

/// The chart in its frame.
fn drawn(cx: &Cx, look: &Look, what: What) -> String {
    let words = &cx.words;
    let wording = Wording::new(words, &cx.municipality);
    let Look { seen, choice, found, .. } = look;
    let ahead = matches!(what, What::Places | What::Forecast);
    let from = found.expected_from;
    let days = if ahead { (from, from + 6) } else { (choice.days.from, choice.days.to) };
    let mut notes = vec![chosen(seen, choice, days, &wording)];
    let markup = if found.hidden {
        notes.push(words.t("picture-hidden"));
        String::new()
    } else {
        notes.push(words.t(&format!("download-{}-note", what.as_str())));
        if ahead && found.expected.is_empty() {
            notes.push(words.t("download-no-forecast"));
        }
        match what {
            What::Trend => WeekTrend::of(seen, found, figures::least(look), &wording).svg,
            What::Grid => Hours::hiding(&found.summary, figures::least(look), words).svg,
            What::Map => {
                let areas = places::Areas::of(seen, choice, found, &wording);
                areas.svg + &areas.legend
            }
            What::Places => busiest(look, &wording),
            What::Forecast => {
                let cells = places::Cells::of(seen, choice, found, &wording);
                let line = |inner| words.t(if inner { "download-line-inner" } else { "download-line-outer" });
                notes.extend(cells.lines.into_iter().map(|(inner, says)| format!("{}: {says}", line(inner))));
                cells.svg + &cells.legend
            }
        }
    };
    let source = [("municipality", cx.municipality.file.name.clone().into()), ("at", words.date_time(cx.now).into())];
    let frame = Frame {
        title: words.t(&format!("download-{}", what.as_str())),
        notes,
        source: words.ta("download-source", &source),
    };
    framed(&frame, &markup)
}

/// What was chosen, in one line.
fn chosen(seen: &Seen, choice: &Selection, days: (i32, i32), wording: &Wording) -> String {
    let words = &wording.words;
    let part = |key: &str, text: String| format!("{}: {text}.", words.t(key));
    let ends = [("from", wording.day(days.0).into()), ("to", wording.day(days.1).into())];
    let mut parts = vec![
        words.ta("download-days", &ends),
        part("picture-source", words.t(&format!("picture-source-{}", choice.source))),
    ];
    parts.extend(choice.priority.as_deref().map(|p| part("picture-priority", wording.priority(p))));
    let group = choice.group.and_then(|g| seen.lists.groups.get(usize::from(g)));
    parts.extend(group.map(|g| part("picture-group", wording.group(g))));
    parts.extend(choice.area.and_then(|a| seen.area_code(a)).map(|a| part("picture-area", wording.area(a))));
    parts.join(" ")
}

/// The places where most is expected, as bars.
fn busiest(look: &Look, wording: &Wording) -> String {
    let words = &wording.words;
    let bar = |p: figures::Place| Bar { label: p.name(wording), value: Some(p.expected.expected) };
    bar_chart(&BarChart {
        title: words.t("download-places"),
        desc: String::new(),
        bars: figures::places(look, look.seen.config.page.top_places).map(bar).collect(),
        missing: words.t("picture-missing"),
        format: &|v| words.number(v, 1),
    })
}

#[derive(askama::Template)]
#[template(path = "pages/download.html")]
struct DownloadPage {
    page: Page,
    crumbs: Vec<Link>,
    chosen: String,
    hidden: bool,
    files: Vec<Files>,
}

/// One chart and its files.
struct Files {
    title: String,
    text: String,
    /// Ending, address, what a screen reader hears.
    links: Vec<(&'static str, String, String)>,
    /// Column and meaning.
    columns: Vec<(String, String)>,
}

/// `GET /picture/download`: the files of a selection.
///
/// # Errors
/// As [`csv()`].
pub async fn page(cx: Cx, extract::Query(query): extract::Query<Query>) -> Result<Response, Fault> {
    cx.permit("picture:read", &Resource::open("picture", cx.code()))?;
    let mut tx = cx.read().await?;
    let seen = Seen::light(&mut tx, &cx.municipality, cx.now).await?;
    drop(tx);
    let choice = Selection::of(&query, &seen);
    let wording = Wording::new(&cx.words, &cx.municipality);
    let mut page = cx.page("download-title");
    if choice.wrong_days {
        page = page.with_notice("error", cx.t("picture-wrong-days"));
    }
    let files = What::ALL.into_iter().map(|what| {
        let id = what.as_str();
        let title = cx.t(&format!("download-{id}"));
        let link = |ending: &'static str| {
            let name = [("chart", title.clone().into()), ("kind", ending.to_uppercase().into())];
            (
                ending,
                choice.here(&format!("/picture/download.{ending}"), &seen, &[("chart", id)]),
                cx.words.ta("download-link", &name),
            )
        };
        Files {
            text: cx.t(&format!("download-{id}-note")),
            links: ["csv", "svg", "png"].into_iter().map(link).collect(),
            columns: figures::columns(what)
                .iter()
                .map(|c| (c.replace('-', "_"), cx.t(&format!("download-column-{c}"))))
                .collect(),
            title,
        }
    });
    let files = files.collect();
    render(&DownloadPage {
        crumbs: vec![Link::new(choice.here("/picture", &seen, &[]), cx.t("picture-title"))],
        chosen: chosen(&seen, &choice, (choice.days.from, choice.days.to), &wording),
        hidden: choice.is_delicate(&seen),
        files,
        page,
    })
}

/// The word for what is known of a count.
fn status(count: &Shown<u64>) -> &'static str {
    match count {
        Shown::Value(_) => "value",
        Shown::Suppressed => "suppressed",
        Shown::Missing => "missing",
    }
}
