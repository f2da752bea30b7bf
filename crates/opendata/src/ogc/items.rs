//! Features of a collection: by box, time and properties, a page at a time; and one feature.

use super::collections::{CRS84, known};
use super::{
    Format, GEOJSON, HtmlPage, HtmlTable, Pairs, Params, Refused, absent, answer, ask, bad, end, itself, link,
};
use crate::data::Dataset;
use crate::feature;
use crate::filter::STATES;
use crate::map::permit;
use crate::view::segment;
use axum::extract::Path;
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::response::Response;
use kit::Fault;
use serde_json::{Map, Value, json};
use signals::State;
use signals::intake::Desk;
use signals::moderation::public::{self, After, Asked, PublicSignal};
use site::Cx;
use site::layers::encode;
use site::page::Link;

/// Parameters of reports.
pub(super) const REPORTS: [&str; 7] = ["limit", "bbox", "datetime", "after", "category", "state", "area"];
/// Parameters of areas.
pub(super) const AREAS: [&str; 6] = ["limit", "bbox", "datetime", "offset", "name", "parent"];

/// A page of features.
struct Found {
    features: Vec<Value>,
    /// How many there are in all, when that is known.
    matched: Option<usize>,
    /// Name and value of the parameter that brings the next page.
    next: Option<(&'static str, String)>,
}

/// `GET /ogc/collections/{id}/items`
///
/// # Errors
/// When the policy or the database refuses.
pub async fn items(cx: Cx, Path(id): Path<String>, pairs: Pairs, headers: HeaderMap) -> Result<Response, Fault> {
    permit(&cx)?;
    let made = page(&cx, &id, pairs.0, &headers).await;
    end(&cx, made)
}

async fn page(cx: &Cx, id: &str, pairs: Vec<(String, String)>, headers: &HeaderMap) -> Result<Response, Refused> {
    let set = known(id)?;
    let params = Params::read(pairs, if set == Dataset::Reports { &REPORTS } else { &AREAS })?;
    let format = params.format(headers)?;
    let found = match set.level() {
        None => reports(cx, &params).await?,
        Some(_) => areas(cx, set, &params)?,
    };
    let path = format!("/ogc/collections/{set}/items");
    let mut links = itself(cx, &path, &query(&params, None), format, GEOJSON);
    links.push(link(
        &format!("{}/ogc/collections/{set}", cx.app.public_url),
        "collection",
        "application/json",
        &set.title(cx),
    ));
    if let Some(next) = &found.next {
        let (f, kind) = if format == Format::Json { ("json", GEOJSON) } else { ("html", "text/html") };
        let href = format!("{}{path}?{}&f={f}", cx.app.public_url, query(&params, Some(next)));
        links.push(link(&href, "next", kind, &cx.t("opendata-ogc-next")));
    }
    let mut more = Map::new();
    more.insert("links".to_owned(), Value::Array(links));
    more.insert("timeStamp".to_owned(), json!(cx.now.0.to_string()));
    if let Some(matched) = found.matched {
        more.insert("numberMatched".to_owned(), json!(matched));
    }
    more.insert("numberReturned".to_owned(), json!(found.features.len()));
    let body = feature::collection(found.features, more);
    let mut response = answer(format, &body, GEOJSON, |body| html(cx, set, body))?;
    crs(&mut response);
    Ok(response)
}

/// The coordinate reference system of the answer, for who asks the header.
fn crs(response: &mut Response) {
    if let Ok(value) = HeaderValue::from_str(&format!("<{CRS84}>")) {
        response.headers_mut().insert(HeaderName::from_static("content-crs"), value);
    }
}

/// The parameters again, with `next` in the place of where this page began.
fn query(params: &Params, next: Option<&(&'static str, String)>) -> String {
    let kept = params
        .0
        .iter()
        .filter(|(name, _)| name != "f" && !(next.is_some() && matches!(name.as_str(), "after" | "offset")));
    let mut pairs: Vec<String> = kept.map(|(name, value)| format!("{name}={}", encode(value))).collect();
    pairs.extend(next.map(|(name, value)| format!("{name}={}", encode(value))));
    pairs.join("&")
}

/// Shown reports, newest first.
async fn reports(cx: &Cx, params: &Params) -> Result<Found, Refused> {
    let desk = Desk::of(&cx.municipality);
    let limit = ask::limit(params)?;
    let (from, to) = ask::datetime(params)?;
    let after = match params.get("after") {
        None => None,
        Some(text) => Some(After::parse(text).ok_or_else(|| bad("parameter `after` comes from a link `next`"))?),
    };
    let states: Vec<State> = match params.get("state") {
        None => vec![],
        Some(word) if STATES.contains(&word) => {
            State::ALL.iter().copied().filter(|s| s.public_word() == word).collect()
        }
        Some(_) => return Err(bad(format!("parameter `state` is one of {}", STATES.join(", ")))),
    };
    let first = after.is_none();
    let categories: Vec<&str> = params.get("category").into_iter().collect();
    let asked = Asked {
        bbox: ask::bbox(params, &cx.municipality)?,
        reported_from: from,
        reported_to: to,
        area: params.get("area"),
        categories: &categories,
        states: &states,
        limit: (limit + 1).min(ask::MOST),
        after,
        ..Asked::default()
    };
    let permit = permit(cx)?;
    let mut tx = cx.read().await?;
    let mut found = public::shown(&mut tx, &permit, &desk, &asked).await?;
    drop(tx);
    // One more than was asked says whether there is a next page; at the most that one read gives, a full page does.
    let more = found.len() > usize::try_from(limit).unwrap_or(0) || (limit == ask::MOST && found.len() == 1000);
    found.truncate(usize::try_from(limit).unwrap_or(0));
    let next = found.last().filter(|_| more).map(PublicSignal::after);
    Ok(Found {
        // What one page holds is counted; a count of more would read everything.
        matched: (first && !more).then_some(found.len()),
        next: next.map(|after| ("after", after.to_string())),
        features: found.iter().map(|signal| feature::report(cx, &desk, signal)).collect(),
    })
}

/// Areas by code.
fn areas(cx: &Cx, set: Dataset, params: &Params) -> Result<Found, Refused> {
    let desk = Desk::of(&cx.municipality);
    let limit = usize::try_from(ask::limit(params)?).unwrap_or(0);
    let offset = ask::offset(params)?;
    // Areas have no time: they are as they are in any interval (requirement `fc-time-response`).
    ask::datetime(params)?;
    let bbox = ask::bbox(params, &cx.municipality)?;
    let level = set.level().ok_or_else(|| absent("there is no such collection"))?;
    let mut shapes = feature::shapes(&desk, level);
    shapes.retain(|shape| {
        let known = desk.sheet.get(&shape.code);
        let touches = |[west, south, east, north]: [f64; 4]| {
            let b = feature::bounds(shape);
            b[0] <= east && b[2] >= west && b[1] <= north && b[3] >= south
        };
        bbox.is_none_or(touches)
            && params.get("name").is_none_or(|name| known.is_some_and(|a| a.name == name))
            && params.get("parent").is_none_or(|code| known.is_some_and(|a| a.parent.as_deref() == Some(code)))
    });
    let matched = shapes.len();
    let features: Vec<Value> =
        shapes.into_iter().skip(offset).take(limit).map(|shape| feature::area(cx, &desk, shape)).collect();
    let end = offset.saturating_add(features.len());
    Ok(Found { next: (end < matched).then(|| ("offset", end.to_string())), matched: Some(matched), features })
}

/// The columns that a page for people shows.
fn columns(set: Dataset) -> &'static [&'static str] {
    if set == Dataset::Reports { &["category_name", "state", "area_name", "reported_at"] } else { &["name", "parent"] }
}

fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn html(cx: &Cx, set: Dataset, body: &Value) -> HtmlPage {
    let mut page = HtmlPage::new(cx, set.title(cx), set.text(cx), body);
    page.crumbs.push(Link::new("/ogc/collections?f=html", cx.t("opendata-ogc-collections")));
    let rows = body["features"].as_array().into_iter().flatten().map(|feature| {
        let id = text(&feature["id"]);
        let href = format!("/ogc/collections/{set}/items/{}?f=html", segment(&id));
        (Link::new(href, id), columns(set).iter().map(|name| text(&feature["properties"][*name])).collect())
    });
    page.table = HtmlTable {
        caption: set.title(cx),
        head: ["id"].iter().chain(columns(set)).map(|name| (*name).to_owned()).collect(),
        rows: rows.collect(),
    };
    page
}

/// `GET /ogc/collections/{id}/items/{item}`
///
/// # Errors
/// When the policy or the database refuses.
pub async fn item(
    cx: Cx,
    Path((id, item)): Path<(String, String)>,
    pairs: Pairs,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    permit(&cx)?;
    let made = one(&cx, &id, &item, pairs.0, &headers).await;
    end(&cx, made)
}

async fn one(
    cx: &Cx,
    id: &str,
    item: &str,
    pairs: Vec<(String, String)>,
    headers: &HeaderMap,
) -> Result<Response, Refused> {
    let set = known(id)?;
    let format = Params::read(pairs, &[])?.format(headers)?;
    let desk = Desk::of(&cx.municipality);
    let found = match set.level() {
        None => {
            let permit = permit(cx)?;
            let mut tx = cx.read().await?;
            public::one(&mut tx, &permit, &desk, item).await?.map(|signal| feature::report(cx, &desk, &signal))
        }
        Some(level) => {
            let shapes = feature::shapes(&desk, level);
            shapes.into_iter().find(|shape| shape.code == item).map(|shape| feature::area(cx, &desk, shape))
        }
    };
    let mut body = found.ok_or_else(|| absent(format!("there is no feature `{item}` in `{set}`")))?;
    let path = format!("/ogc/collections/{set}/items/{}", segment(item));
    let mut links = itself(cx, &path, "", format, GEOJSON);
    let collection = format!("{}/ogc/collections/{set}", cx.app.public_url);
    links.push(link(&collection, "collection", "application/json", &set.title(cx)));
    body["links"] = Value::Array(links);
    let mut response = answer(format, &body, GEOJSON, |body| {
        let mut page = HtmlPage::new(cx, item.to_owned(), set.title(cx), body);
        page.crumbs.push(Link::new(format!("/ogc/collections/{set}/items?f=html"), set.title(cx)));
        let facts = body["properties"].as_object().into_iter().flatten();
        page.facts = facts.map(|(name, value)| (name.clone(), text(value))).collect();
        page
    })?;
    crs(&mut response);
    Ok(response)
}
