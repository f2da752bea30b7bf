//! The map of a form: a picture that works as a button. Without JavaScript a click sends the form with the
//! pixels; the name of the control says how wide the picture is, so that the pixels become a place.

use areas::boundary::{Level, rings};
use areas::{Atlas, Sheet};
use axum::extract::Query;
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use kit::{Fault, Municipality};
use policy::Resource;
use serde::Deserialize;
use site::Cx;
use site::map::{Area, Layers, MapView, Ring, Spot};

/// Widths in which the map is made, in pixels: for a narrow screen and for a wide one.
pub const WIDTHS: [u16; 2] = [280, 640];
/// How much nearer the second map looks, around the chosen place.
pub const ZOOM: f64 = 4.0;

/// The map that a form shows.
#[derive(Debug)]
pub struct FormMap {
    /// Addresses of the picture, in the order of [`WIDTHS`].
    pub pictures: Vec<Picture>,
    /// West, south, east and north of the whole map, for the script.
    pub bounds: String,
    /// Longitude and latitude of the middle; empty for the whole map.
    pub centre: String,
}

/// One picture of the map.
#[derive(Debug)]
pub struct Picture {
    /// Width in pixels, also part of the control's name.
    pub width: u16,
    /// Height in pixels.
    pub height: u16,
    /// Address.
    pub src: String,
}

impl FormMap {
    /// The map of `municipality` around `centre`, with a pin at `place`.
    #[must_use]
    pub fn new(municipality: &Municipality, centre: Option<(f64, f64)>, place: Option<(f64, f64)>) -> Self {
        let sheet = municipality.get::<Atlas>().sheet();
        let text = |p: Option<(f64, f64)>| p.map_or_else(String::new, |(lon, lat)| format!("{lon:.6},{lat:.6}"));
        let whole = bounds(municipality, &sheet);
        let (west, south, east, north) = whole;
        Self {
            pictures: WIDTHS
                .into_iter()
                .map(|width| Picture {
                    width,
                    height: natural(view(whole, centre, f64::from(width)).size().1),
                    src: format!("/report/map.svg?w={width}&centre={}&pin={}", text(centre), text(place)),
                })
                .collect(),
            bounds: format!("{west:.6},{south:.6},{east:.6},{north:.6}"),
            centre: text(centre),
        }
    }
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to the range first")]
fn natural(height: f64) -> u16 {
    height.round().clamp(1.0, 4000.0) as u16
}

fn bounds(municipality: &Municipality, sheet: &Sheet) -> (f64, f64, f64, f64) {
    let outlines: Vec<Ring> = sheet.index.shapes().iter().flat_map(to_rings).collect();
    let width = f64::from(WIDTHS[1]);
    match MapView::around(&outlines, width) {
        Some(whole) => {
            let (_, height) = whole.size();
            let (west, north) = whole.lonlat_of(0.0, 0.0, width);
            let (east, south) = whole.lonlat_of(width, height, width);
            (west, south, east, north)
        }
        None => municipality.file.bounds.into(),
    }
}

fn to_rings(shape: &areas::Shape) -> Vec<Ring> {
    rings(&shape.geometry).map(|ring| ring.iter().map(|c| (c.x, c.y)).collect()).collect()
}

/// The window of the map: all of `bounds`, or a part of it around `centre`.
fn view(bounds: (f64, f64, f64, f64), centre: Option<(f64, f64)>, width: f64) -> MapView {
    let (west, south, east, north) = bounds;
    let bounds = centre.map_or(bounds, |(lon, lat)| {
        let (dx, dy) = ((east - west) / 2.0 / ZOOM, (north - south) / 2.0 / ZOOM);
        (lon - dx, lat - dy, lon + dx, lat + dy)
    });
    MapView::new(bounds, width)
}

/// The place under a click, six decimals (0.1 m). A click in the very corner is what a browser sends when
/// somebody presses Enter on the map: that is no place.
#[must_use]
pub fn place_of(
    municipality: &Municipality,
    centre: Option<(f64, f64)>,
    click: super::draft::Click,
) -> Option<(f64, f64)> {
    if click.width <= 0.0 || (click.x <= 0.0 && click.y <= 0.0) {
        return None;
    }
    let sheet = municipality.get::<Atlas>().sheet();
    let (lon, lat) = view(bounds(municipality, &sheet), centre, click.width).lonlat_of(click.x, click.y, click.width);
    let round = |d: f64| (d * 1e6).round() / 1e6;
    Some((round(lon), round(lat)))
}

/// Which picture is asked for.
#[derive(Debug, Deserialize)]
pub struct Ask {
    w: Option<u16>,
    centre: Option<String>,
    pin: Option<String>,
}

/// `GET /report/map.svg`: the areas of the municipality with a pin, as a picture of its own.
///
/// # Errors
/// When the policy refuses.
pub async fn picture(cx: Cx, Query(ask): Query<Ask>) -> Result<Response, Fault> {
    cx.permit("report:create", &Resource::open("area", cx.code()))?;
    let point = |text: &Option<String>| {
        let (lon, lat) = text.as_deref()?.split_once(',')?;
        let (lon, lat) = (lon.parse::<f64>().ok()?, lat.parse::<f64>().ok()?);
        cx.municipality.contains(lon, lat).then_some((lon, lat))
    };
    let width = ask.w.filter(|w| WIDTHS.contains(w)).unwrap_or(WIDTHS[1]);
    let svg = draw(&cx, point(&ask.centre), point(&ask.pin), width);
    let headers =
        [(header::CONTENT_TYPE, "image/svg+xml; charset=utf-8"), (header::CACHE_CONTROL, "private, max-age=600")];
    Ok((headers, svg).into_response())
}

fn draw(cx: &Cx, centre: Option<(f64, f64)>, pin: Option<(f64, f64)>, width: u16) -> String {
    let sheet = cx.municipality.get::<Atlas>().sheet();
    let near = centre.is_some();
    let level = |l: Level| sheet.index.shapes().iter().filter(move |s| s.level == l);
    // from afar the names of districts, near by those of neighbourhoods
    let shown = if near || level(Level::District).next().is_none() { Level::Neighbourhood } else { Level::District };
    let view = view(bounds(&cx.municipality, &sheet), centre, f64::from(width));
    let base = &cx.municipality.file.base;
    let named = if width == WIDTHS[0] && !near { vec![] } else { names(&view, &sheet, shown, (base.lon, base.lat)) };
    let areas = level(shown)
        .map(|shape| Area {
            id: shape.code.clone(),
            rings: to_rings(shape),
            label: named.iter().find(|(code, _)| *code == shape.code).map_or_else(String::new, |n| n.1.to_owned()),
            ..Area::default()
        })
        .collect();
    let layers = Layers {
        title: cx.words.t1("report-map-title", "municipality", &cx.municipality.file.name),
        areas,
        base: Some(Spot { lon: base.lon, lat: base.lat, title: base.name.clone(), ..Spot::default() }),
        selected: pin,
        ..Layers::default()
    };
    view.standalone(&layers)
}

/// The names that fit beside each other and beside the mark at `base`, of the areas of `level` in view.
fn names<'a>(view: &MapView, sheet: &'a Sheet, level: Level, base: (f64, f64)) -> Vec<(&'a str, &'a str)> {
    let (width, height) = view.size();
    let (x, y) = view.xy(base.0, base.1);
    // left, top, right, bottom in pixels
    let mut taken = vec![(x - 13.0, y - 13.0, x + 13.0, y + 13.0)];
    let mut named = Vec::new();
    for area in sheet.areas.iter().filter(|a| a.level == level) {
        let (x, y) = view.xy(area.centre.0, area.centre.1);
        let half = f64::from(u16::try_from(area.name.chars().count()).unwrap_or(u16::MAX)) * 3.7;
        let place = (x - half, y - 9.0, x + half, y + 9.0);
        let inside = place.0 >= 0.0 && place.2 <= width && place.1 >= 0.0 && place.3 <= height;
        let free = taken.iter().all(|t| place.2 < t.0 || place.0 > t.2 || place.3 < t.1 || place.1 > t.3);
        if inside && free {
            taken.push(place);
            named.push((area.code.as_str(), area.name.as_str()));
        }
    }
    named
}
