//! The public page of one report: what it is about, how it stands, what was released of it, and how to follow it.

use super::permit;
use crate::view::{Item, outlines, segment};
use axum::extract::Path;
use axum::response::Response;
use kit::Fault;
use signals::intake::Desk;
use signals::moderation::public;
use site::map::{Layers, MapView, Spot};
use site::page::{Link, Page};
use site::{Cx, render};

/// How far the small map looks, in degrees of longitude and latitude.
const AROUND: (f64, f64) = (0.012, 0.006);

struct Photo {
    href: String,
    thumb: String,
}

#[derive(askama::Template)]
#[template(path = "map/pages/one.html")]
struct OnePage {
    page: Page,
    crumbs: Vec<Link>,
    item: Item,
    area_link: String,
    updated: String,
    closed: String,
    words: String,
    photos: Vec<Photo>,
    follow: String,
    svg: String,
}

/// `GET /map/{reference}`
///
/// # Errors
/// [`Fault::NotFound`] when it is not shown: it is not said whether it exists.
pub async fn one(cx: Cx, Path(reference): Path<String>) -> Result<Response, Fault> {
    let permit = permit(&cx)?;
    let desk = Desk::of(&cx.municipality);
    let mut tx = cx.read().await?;
    let signal = public::one(&mut tx, &permit, &desk, &reference).await?.ok_or(Fault::NotFound)?;
    drop(tx);
    let item = Item::new(&cx, &desk, &signal);
    let photos = signal.photos.iter().map(|p| Photo { href: p.href(), thumb: p.thumb_href() });
    let (lon, lat) = (signal.lon, signal.lat);
    let view = MapView::new((lon - AROUND.0, lat - AROUND.1, lon + AROUND.0, lat + AROUND.1), 480.0);
    let svg = view.svg(&Layers {
        title: cx.t("opendata-one-map"),
        areas: outlines(&desk.sheet),
        points: vec![Spot { lon, lat, class: item.class, title: item.title.clone(), href: None }],
        ..Layers::default()
    });
    render(&OnePage {
        crumbs: vec![Link::new("/map", cx.t("opendata-map-title"))],
        area_link: signal.area.as_deref().map(|code| format!("/areas/{}", segment(code))).unwrap_or_default(),
        updated: cx.words.date(signal.updated_at),
        closed: signal.closed_at.map(|at| cx.words.date(at)).unwrap_or_default(),
        words: signal.public_words.clone().unwrap_or_default(),
        photos: photos.collect(),
        follow: format!("/report/follow/{}", segment(&signal.reference)),
        svg,
        page: cx.page_titled(item.category.clone()),
        item,
    })
}
