//! The round on a map: outlines of neighbourhoods, the base, the stops in order, and what was left out.

use super::candidates::Place;
use super::draft::{Draft, Stop};
use super::ways::walked;
use super::web::letter;
use super::{Visit, VisitState};
use crate::config::Mode;
use areas::Atlas;
use kit::{At, Municipality};
use site::map::{Area, Cell, Layers, MapView, Spot};
use site::steps::Breaks;
use std::collections::BTreeSet;

/// Natural width of a map.
const WIDTH: f64 = 640.0;
/// Smallest part of the town that is shown, in degrees of latitude: about 900 metres.
const LEAST: f64 = 0.008;

/// How a crew goes that has its round: what its times rest on, and where and when it has its break.
pub(crate) struct Course {
    /// Whether its times go along streets.
    pub(crate) by_streets: bool,
    /// How it moves.
    pub(crate) mode: Mode,
    /// Its break, when it is known where it is held.
    pub(crate) rest: Option<(At, (f64, f64))>,
}

/// The map of an approved round, and the places of it that lie too far from every street: its way from and to the base
/// along the streets, the visits in order, and what is not visited as points.
pub(crate) fn round_map(
    municipality: &Municipality,
    title: String,
    base: (f64, f64, String),
    course: &Course,
    visits: &[Visit],
    time: impl Fn(At) -> String,
) -> (String, Vec<String>) {
    let atlas = municipality.get::<Atlas>();
    let spot = |v: &Visit, class| {
        let title = format!("{} {}", time(v.planned_at), v.title);
        Spot { lon: v.lon, lat: v.lat, class, title, href: None }
    };
    let (off, made): (Vec<&Visit>, Vec<&Visit>) = visits.iter().partition(|v| v.state == VisitState::Skipped);
    let mut places: Vec<((f64, f64), &str)> = made.iter().map(|v| ((v.lon, v.lat), v.title.as_str())).collect();
    if let Some((at, point)) = course.rest {
        places.insert(made.iter().take_while(|v| v.planned_at <= at).count(), (point, ""));
    }
    let home = ((base.0, base.1), base.2.as_str());
    places.insert(0, home);
    places.push(home);
    let points: Vec<(f64, f64)> = places.iter().map(|p| p.0).collect();
    let walked = walked(municipality, course.by_streets, course.mode, &points);
    let beside: BTreeSet<&str> = walked.beside.iter().filter_map(|n| Some(places.get(*n)?.1)).collect();
    let beside = beside.into_iter().filter(|name| !name.is_empty()).map(str::to_owned).collect();
    let layers = Layers {
        title,
        line: walked.line,
        points: off.into_iter().map(|v| spot(v, "off")).collect(),
        stops: made.into_iter().map(|v| spot(v, "")).collect(),
        ..Layers::default()
    };
    (draw(&atlas, layers, base), beside)
}

/// The map of a draft, and the places of the plan that lie too far from every street: the tour of each crew along the
/// streets, in its colour and with its letter, the busy squares, and the places that were left out as points.
pub(crate) fn plan_map(
    municipality: &Municipality,
    title: String,
    base: (f64, f64, String),
    draft: &Draft,
    time: impl Fn(At) -> String,
) -> (String, Vec<String>) {
    let atlas = municipality.get::<Atlas>();
    let squares: Vec<&Place> = draft.places.iter().filter(|p| p.is_square()).collect();
    let breaks = Breaks::new(squares.iter().map(|p| p.value));
    let cells = squares
        .iter()
        .filter_map(|p| {
            Some(Cell {
                ring: atlas.plane().cell_ring(p.cell)?.to_vec(),
                step: breaks.step(Some(p.value)),
                title: p.title.clone(),
                href: None,
            })
        })
        .collect();
    let points = draft
        .places
        .iter()
        .filter(|p| p.target.is_some() && draft.crew_of(&p.key).is_none())
        .map(|p| Spot { lon: p.lon, lat: p.lat, class: "off", title: p.title.clone(), href: None })
        .collect();
    let spot = |stop: &Stop| {
        let place = draft.place(&stop.key)?;
        let title = format!("{} {}", time(draft.at(stop.begin)), place.title);
        Some(Spot { lon: place.lon, lat: place.lat, title, ..Spot::default() })
    };
    let mut beside = BTreeSet::new();
    let tours = draft.tours.iter().zip(&draft.crews).enumerate().map(|(number, (tour, crew))| {
        let places = std::iter::once(0).chain(tour.stops.iter().map(|s| s.place)).chain([0]);
        let places: Vec<(usize, (f64, f64))> = places.filter_map(|at| Some((at, draft.point(at)?))).collect();
        let points: Vec<(f64, f64)> = places.iter().map(|p| p.1).collect();
        let walked = walked(municipality, draft.by_streets, crew.mode, &points);
        beside.extend(walked.beside.iter().map(|n| places[*n].0));
        site::map::Tour {
            letter: letter(number),
            line: walked.line,
            stops: tour.stops.iter().filter_map(spot).collect(),
        }
    });
    let tours = tours.filter(|tour| !tour.stops.is_empty()).collect();
    let name = |at: usize| match at {
        0 => base.2.clone(),
        at => draft.places.get(at - 1).map(|p| p.title.clone()).unwrap_or_default(),
    };
    let layers = Layers { title, cells, points, tours, ..Layers::default() };
    let beside = beside.into_iter().map(name).filter(|name| !name.is_empty()).collect();
    (draw(&atlas, layers, base), beside)
}

fn draw(atlas: &Atlas, mut layers: Layers, base: (f64, f64, String)) -> String {
    let (lon, lat, name) = base;
    let lines = layers.tours.iter().map(|t| &t.line).chain([&layers.line]).flatten();
    let all: Vec<(f64, f64)> = lines.copied().chain([(lon, lat)]).collect();
    let view = MapView::new(bounds(&all), WIDTH);
    layers.areas = outlines(atlas);
    layers.base = Some(Spot { lon, lat, title: name, ..Spot::default() });
    view.svg(&layers)
}

fn outlines(atlas: &Atlas) -> Vec<Area> {
    let sheet = atlas.sheet();
    let hoods = sheet.neighbourhoods().map(|a| a.code.as_str()).collect::<Vec<_>>();
    sheet
        .index
        .shapes()
        .iter()
        .filter(|s| hoods.contains(&s.code.as_str()))
        .map(|shape| Area {
            id: shape.code.clone(),
            rings: shape
                .geometry
                .iter()
                .map(|polygon| polygon.exterior().coords().map(|c| (c.x, c.y)).collect())
                .collect(),
            title: sheet.name(&shape.code).to_owned(),
            ..Area::default()
        })
        .collect()
}

/// West, south, east and north around the points, with room for the signs, in the shape of a page (4:3).
fn bounds(points: &[(f64, f64)]) -> (f64, f64, f64, f64) {
    let (mut west, mut south, mut east, mut north) = (f64::MAX, f64::MAX, f64::MIN, f64::MIN);
    for (lon, lat) in points {
        (west, east) = (west.min(*lon), east.max(*lon));
        (south, north) = (south.min(*lat), north.max(*lat));
    }
    let (lon, lat) = ((west + east) / 2.0, (south + north) / 2.0);
    let shrink = lat.to_radians().cos().max(0.01);
    let high = ((north - south) * 1.3).max((east - west) * 1.3 * shrink * 0.75).max(LEAST);
    let wide = high / 0.75 / shrink;
    (lon - wide / 2.0, lat - high / 2.0, lon + wide / 2.0, lat + high / 2.0)
}
