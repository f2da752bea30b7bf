//! The map of signals: the newest points that the filter finds, as SVG.

use super::filter::{Filter, Query};
use super::list::FilterForm;
use super::ops::TermState;
use super::store::lists;
use super::view;
use crate::intake::Desk;
use axum::response::Response;
use kit::{At, Fault};
use policy::Resource;
use site::map::{Layers, MapView, Spot};
use site::page::{Link, Page};
use site::{Cx, FormError, render};

/// Most points on the map.
pub const MOST_POINTS: i64 = 4000;
/// Up to so many points each is a link; more would be a maze for who uses the keyboard.
const MOST_LINKS: i64 = 500;
/// Width of the map in units.
const WIDTH: f64 = 1100.0;

#[derive(askama::Template)]
#[template(path = "handle/pages/map.html")]
struct MapPage {
    page: Page,
    tabs: Vec<Link>,
    errors: Vec<FormError>,
    form: FilterForm,
    action: &'static str,
    count: String,
    looked: String,
    list: String,
    svg: String,
}

/// `GET /signals/map`: the same filter, as points.
///
/// # Errors
/// When the policy refuses or the database cannot be read.
pub async fn map(cx: Cx, axum::extract::Query(query): axum::extract::Query<Query>) -> Result<Response, Fault> {
    let permit = cx.permit("signal:list", &Resource::ordinary("signal", cx.code()))?;
    let desk = Desk::of(&cx.municipality);
    let (filter, faults) = Filter::read(&query, &desk);
    let mut ask = filter.ask(None, cx.now, &desk);
    let mut tx = cx.read().await?;
    let edge = lists::window(&mut tx, &permit, &ask).await?;
    if let Some(edge) = edge {
        ask.from = edge;
    }
    let points = lists::points(&mut tx, &permit, &ask, MOST_POINTS).await?;
    drop(tx);
    let shown = i64::try_from(points.len()).unwrap_or(MOST_POINTS);
    let key = if shown == MOST_POINTS { "signals-map-most" } else { "signals-map-count" };
    let lang = cx.words.language();
    let layers = Layers {
        title: cx.t("signals-map-title"),
        desc: cx.words.tn(key, shown),
        areas: view::outlines(&desk.sheet, true),
        points: points
            .into_iter()
            .map(|p| Spot {
                lon: p.lon,
                lat: p.lat,
                class: TermState::of(p.due_at, p.closed_at, cx.now, &cx.municipality.zone).tone(),
                title: desk.catalogue.name(&p.category, lang).to_owned(),
                href: (shown <= MOST_LINKS).then(|| format!("/signals/{}", p.id)),
            })
            .collect(),
        ..Layers::default()
    };
    let [west, south, east, north] = cx.municipality.file.bounds;
    let bounds = MapView::around(layers.areas.iter().flat_map(|a| &a.rings), WIDTH);
    let map = bounds.unwrap_or_else(|| MapView::new((west, south, east, north), WIDTH));
    render(&MapPage {
        tabs: view::tabs(&cx, &filter, "/signals/map"),
        errors: cx.summary(&faults),
        form: FilterForm::new(&cx, &desk, &query, &filter),
        action: "/signals/map",
        count: cx.words.tn(key, shown),
        looked: edge
            .map(|e| cx.words.t1("signals-looked", "day", &cx.words.date(At::from_micros(e.0))))
            .unwrap_or_default(),
        list: filter.href("/signals", None),
        svg: map.svg(&layers),
        page: cx.page("signals-map-title"),
    })
}
