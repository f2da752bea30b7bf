//! Pages about areas, open to everybody: the list with a map, and one area with its key figures by year.

use crate::atlas::Atlas;
use crate::boundary::{Level, rings};
use crate::index::Shape;
use crate::store::{self, FigureRow, Listed};
use axum::extract::Path;
use axum::response::Response;
use kit::{Fault, Words};
use policy::Resource;
use site::map::{Area as MapArea, Layers, MapView};
use site::page::{Link, Page};
use site::{Cx, render};

/// Width of the map in units.
const MAP_WIDTH: f64 = 720.0;

/// A figure on a page: its text, and the class that says when there is none.
struct Cell {
    text: String,
    class: &'static str,
}

/// The text of a figure; a missing or withheld one says so and is never a number.
fn cell(words: &Words, status: Option<&str>, value: Option<f64>) -> Cell {
    let number = |v: f64| words.number(v, usize::from(v.fract() != 0.0));
    match (status, value) {
        (Some("estimate"), Some(v)) => Cell { text: words.t1("areas-estimate", "number", &number(v)), class: "" },
        (Some("value"), Some(v)) => Cell { text: number(v), class: "" },
        (Some("suppressed"), _) => Cell { text: words.t("areas-suppressed"), class: "suppressed" },
        (Some("unspecified"), _) => Cell { text: words.t("areas-unspecified"), class: "missing" },
        _ => Cell { text: words.t("areas-missing"), class: "missing" },
    }
}

/// The outlines of a map, largest level first.
fn outlines<'a>(cx: &Cx, shapes: impl Iterator<Item = &'a Shape>, chosen: &str) -> Vec<MapArea> {
    let sheet = cx.municipality.get::<Atlas>().sheet();
    shapes
        .map(|shape| MapArea {
            id: shape.code.clone(),
            rings: rings(&shape.geometry).map(|ring| ring.iter().map(|c| (c.x, c.y)).collect()).collect(),
            step: None,
            title: sheet.name(&shape.code).to_owned(),
            label: if shape.code == chosen { sheet.name(chosen).to_owned() } else { String::new() },
            href: (shape.code != chosen).then(|| href(&shape.code)),
        })
        .collect()
}

fn map(title: String, desc: String, areas: Vec<MapArea>) -> Option<String> {
    let view = MapView::around(areas.iter().flat_map(|a| &a.rings), MAP_WIDTH)?;
    Some(view.svg(&Layers { title, desc, areas, ..Layers::default() }))
}

fn href(code: &str) -> String {
    format!("/areas/{}", site::layers::encode(code))
}

struct ListRow {
    href: String,
    name: String,
    above: String,
    below: String,
    inhabitants: Cell,
}

#[derive(askama::Template)]
#[template(path = "web/pages/list.html")]
struct ListPage {
    page: Page,
    source: String,
    map: Option<String>,
    districts: Vec<ListRow>,
    neighbourhoods: Vec<ListRow>,
}

/// `GET /areas`: districts and neighbourhoods of the newest year, with a map.
///
/// # Errors
/// When the policy or the database refuses.
pub async fn list(cx: Cx) -> Result<Response, Fault> {
    let permit = cx.permit("area:read", &Resource::open("area", cx.code()))?;
    let rows = store::list(&mut cx.read().await?, &permit).await?;
    let words = &cx.words;
    let name_of = |code: Option<&String>| rows.iter().find(|r| Some(&r.code) == code).map_or("", |r| r.name.as_str());
    let of = |level: Level| {
        rows.iter().filter(move |r| r.level == level.as_str()).map(|r| ListRow {
            href: href(&r.code),
            name: r.name.clone(),
            above: name_of(r.parent.as_ref()).to_owned(),
            below: words.whole(rows.iter().filter(|c| c.parent.as_ref() == Some(&r.code)).count() as i64),
            inhabitants: cell(words, r.status.as_deref(), r.inhabitants),
        })
    };
    let sheet = cx.municipality.get::<Atlas>().sheet();
    let shapes = sheet.index.shapes().iter().filter(|s| s.level == Level::Neighbourhood);
    let title = words.t1("areas-map", "municipality", &cx.municipality.file.name);
    let source = rows.first().map(|r| words.t1("areas-source", "year", &r.year.to_string()));
    render(&ListPage {
        page: cx.page_titled(words.t1("areas-title", "municipality", &cx.municipality.file.name)),
        source: source.unwrap_or_default(),
        map: map(title, words.t("areas-map-text"), outlines(&cx, shapes, "")),
        districts: of(Level::District).collect(),
        neighbourhoods: of(Level::Neighbourhood).collect(),
    })
}

struct FigureLine {
    label: String,
    cells: Vec<Cell>,
}

#[derive(askama::Template)]
#[template(path = "web/pages/area.html")]
struct AreaPage {
    page: Page,
    crumbs: Vec<Link>,
    level: String,
    code: String,
    source: String,
    surface: Option<String>,
    above: Option<Link>,
    below: Vec<Link>,
    map: Option<String>,
    years: Vec<i64>,
    figures: Vec<FigureLine>,
}

/// `GET /areas/{code}`: one area, and its key figures by year.
///
/// # Errors
/// [`Fault::NotFound`] for a code that no year has.
pub async fn area(cx: Cx, Path(code): Path<String>) -> Result<Response, Fault> {
    let permit = cx.permit("area:read", &Resource::open("area", cx.code()))?;
    let mut tx = cx.read().await?;
    let area = store::one(&mut tx, &permit, &code).await?.ok_or(Fault::NotFound)?;
    let figures = store::figures(&mut tx, &permit, &code).await?;
    let others = store::list(&mut tx, &permit).await?;
    let words = &cx.words;
    let link = |row: &Listed| Link::new(href(&row.code), row.name.clone());
    let above = others.iter().find(|o| Some(&o.code) == area.parent.as_ref()).map(link);
    let sheet = cx.municipality.get::<Atlas>().sheet();
    let level = Level::parse(&area.level).unwrap_or(Level::Neighbourhood);
    let near = sheet.index.shapes().iter().filter(|s| s.level == level);
    let mut years: Vec<i64> = figures.iter().map(|f| f.year).collect();
    years.sort_unstable_by(|a, b| b.cmp(a));
    years.dedup();
    render(&AreaPage {
        crumbs: vec![Link::new("/areas", words.t1("areas-title", "municipality", &cx.municipality.file.name))],
        level: words.t(&format!("areas-level-{}", area.level)),
        source: words
            .ta("areas-from", &[("year", area.year.to_string().into()), ("file", area.origin.as_str().into())]),
        surface: area.surface_m2.map(|m2| words.t1("areas-hectares", "number", &words.number(m2 / 10_000.0, 1))),
        above,
        below: others.iter().filter(|o| o.parent.as_ref() == Some(&code)).map(link).collect(),
        map: map(area.name.clone(), words.t("areas-map-text"), outlines(&cx, near, &code)),
        figures: lines(words, &figures, &years),
        years,
        code: area.code,
        page: cx.page_titled(area.name),
    })
}

/// One line per key, one cell per year; a year without the key is missing.
fn lines(words: &Words, figures: &[FigureRow], years: &[i64]) -> Vec<FigureLine> {
    figures
        .chunk_by(|a, b| a.key == b.key)
        .filter_map(|same| {
            let key = &same.first()?.key;
            let cells = years.iter().map(|year| {
                let found = same.iter().find(|f| f.year == *year);
                cell(words, found.map(|f| f.status.as_str()), found.and_then(|f| f.value))
            });
            Some(FigureLine { label: label(words, key), cells: cells.collect() })
        })
        .collect()
}

/// The name of a key figure: from the locale file, else the publisher's own word.
fn label(words: &Words, key: &str) -> String {
    let id = format!("areas-figure-{key}");
    let text = words.t(&id);
    if text == id { key.replace('_', " ") } else { text }
}

#[cfg(test)]
mod tests;
