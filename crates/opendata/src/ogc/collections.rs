//! The collections: what they are and how far they reach.

use super::{Format, GEOJSON, HtmlPage, HtmlTable, Pairs, Params, Refused, absent, answer, end, itself, link};
use crate::data::{self, Dataset};
use crate::feature;
use crate::map::permit;
use axum::extract::Path;
use axum::http::HeaderMap;
use axum::response::Response;
use kit::Fault;
use serde_json::{Value, json};
use signals::intake::Desk;
use site::Cx;
use site::page::Link;

/// The coordinate reference system of everything here: longitude and latitude (WGS 84).
pub(super) const CRS84: &str = "http://www.opengis.net/def/crs/OGC/1.3/CRS84";

/// The collection with this id.
pub(super) fn known(id: &str) -> Result<Dataset, Refused> {
    id.parse().map_err(|_| absent(format!("there is no collection `{id}`")))
}

/// West, south, east and north of a collection: of the areas themselves, or of the municipality.
fn bounds(cx: &Cx, set: Dataset) -> [f64; 4] {
    let desk = Desk::of(&cx.municipality);
    let shapes = set.level().map(|level| feature::shapes(&desk, level)).unwrap_or_default();
    let joined = shapes.into_iter().map(feature::bounds);
    joined
        .reduce(|a, b| [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])])
        .unwrap_or(cx.municipality.file.bounds)
}

fn described(cx: &Cx, set: Dataset, format: Format) -> Value {
    let url = &cx.app.public_url;
    let path = format!("/ogc/collections/{set}");
    let mut links = itself(cx, &path, "", format, "application/json");
    let items = |f: &str| format!("{url}{path}/items?f={f}");
    links.push(link(&items("json"), "items", GEOJSON, &cx.t("opendata-ogc-items")));
    links.push(link(&items("html"), "items", "text/html", &cx.t("opendata-ogc-items")));
    for file in data::Format::ALL.iter().copied() {
        let title = format!("{} {}", cx.t("opendata-download"), file.as_str().to_uppercase());
        links.push(link(&data::address(cx, set, file), "enclosure", file.media_type(), &title));
    }
    let catalog = &crate::map::config(cx).catalog;
    let licence = if set == Dataset::Reports { &catalog.licence } else { &catalog.areas_licence };
    links.push(link(licence, "license", "text/html", &cx.t("opendata-licence")));
    let mut extent = json!({ "spatial": { "bbox": [bounds(cx, set)], "crs": CRS84 } });
    if set == Dataset::Reports {
        extent["temporal"] = json!({ "interval": [[null, null]],
            "trs": "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian" });
    }
    json!({
        "id": set.as_str(),
        "title": set.title(cx),
        "description": set.text(cx),
        "extent": extent,
        "itemType": "feature",
        "crs": [CRS84],
        "links": links,
    })
}

/// `GET /ogc/collections`
///
/// # Errors
/// When the policy refuses.
pub async fn collections(cx: Cx, pairs: Pairs, headers: HeaderMap) -> Result<Response, Fault> {
    permit(&cx)?;
    let make = || {
        let format = Params::read(pairs.0, &[])?.format(&headers)?;
        let all: Vec<Value> = Dataset::ALL.iter().map(|set| described(&cx, *set, Format::Json)).collect();
        let body =
            json!({ "links": itself(&cx, "/ogc/collections", "", format, "application/json"), "collections": all });
        answer(format, &body, "application/json", |body| {
            let mut page = HtmlPage::new(&cx, cx.t("opendata-ogc-collections"), cx.t("opendata-ogc-lead"), body);
            let row = |set: &Dataset| {
                (Link::new(format!("/ogc/collections/{set}?f=html"), set.title(&cx)), vec![set.text(&cx)])
            };
            page.table = HtmlTable {
                caption: cx.t("opendata-ogc-collections"),
                head: vec![cx.t("opendata-ogc-collection"), cx.t("opendata-ogc-about")],
                rows: Dataset::ALL.iter().map(row).collect(),
            };
            page
        })
    };
    let made = make();
    end(&cx, made)
}

/// `GET /ogc/collections/{id}`
///
/// # Errors
/// When the policy refuses.
pub async fn collection(cx: Cx, Path(id): Path<String>, pairs: Pairs, headers: HeaderMap) -> Result<Response, Fault> {
    permit(&cx)?;
    let make = || {
        let set = known(&id)?;
        let format = Params::read(pairs.0, &[])?.format(&headers)?;
        let body = described(&cx, set, format);
        answer(format, &body, "application/json", |body| {
            let mut page = HtmlPage::new(&cx, set.title(&cx), set.text(&cx), body);
            let columns = if set == Dataset::Reports { &feature::REPORT[..] } else { &feature::AREA[..] };
            page.facts = columns.iter().map(|(name, kind, _)| ((*name).to_owned(), (*kind).to_owned())).collect();
            page
        })
    };
    let made = make();
    end(&cx, made)
}
