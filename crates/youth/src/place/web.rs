//! Screens of hang-outs: the overview, one of them with its trend, and its form.

use super::{Form, Place, put, trend};
use crate::config::YouthConfig;
use crate::contact::ops::{WEEKS, all, today, writing};
use crate::contact::web::{Card, card};
use crate::contact::{Contact, Kept};
use crate::guard;
use areas::boundary::rings;
use areas::{Atlas, Level};
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::Response;
use kit::clock::day_date;
use kit::{Fault, Uuid};
use serde::Deserialize;
use signals::pick::{Pick, PickView};
use site::chart::{LineChart, Point, Series, line_chart, spark};
use site::map::{Area, Layers, MapView, Ring, Spot};
use site::{Choice, Cx, Fields, Link, Page, Said, Trouble, render, render_as, see_other};

struct Row {
    href: String,
    new: String,
    name: String,
    area: String,
    last: String,
    mood: (&'static str, String),
    now: String,
    before: String,
    spark: String,
    agreements: (&'static str, String),
    is_ended: bool,
}

#[derive(askama::Template)]
#[template(path = "pages/overview.html")]
struct OverviewPage {
    page: Page,
    rows: Vec<Row>,
    ended: Vec<Row>,
    open: Vec<Card>,
    elsewhere: Vec<Card>,
    kept: Vec<Choice>,
    map: String,
    may_write: bool,
}

/// A day in words.
pub(crate) fn day_words(cx: &Cx, day: i64) -> String {
    cx.words.day(day_date(i32::try_from(day).unwrap_or_default()))
}

/// Days that the figures of the overview speak about.
const LATELY: i64 = 28;

fn row(cx: &Cx, place: &Place, contacts: &[Contact], today: i64) -> Row {
    let config = cx.municipality.get::<YouthConfig>();
    let sheet = cx.municipality.get::<Atlas>().sheet();
    let mine: Vec<&Contact> = contacts.iter().filter(|c| c.place_id == Some(place.id)).collect();
    let between = |from: i64, to: i64| mine.iter().filter(|c| (from..to).contains(&c.day)).count() as i64;
    let open = mine.iter().filter(|c| c.is_open()).count() as i64;
    let late = mine.iter().filter(|c| c.is_overdue(today)).count() as i64;
    let name = place.name.clone();
    Row {
        href: format!("/youth/places/{}", place.id),
        new: format!("/youth/new?place={}", place.id),
        area: place.area.as_deref().map_or_else(String::new, |a| sheet.name(a).to_owned()),
        last: mine.first().map_or_else(|| cx.t("youth-never"), |c| day_words(cx, c.day)),
        mood: mine
            .first()
            .and_then(|c| config.mood(&c.mood))
            .map_or(("off", cx.t("youth-unknown")), |m| (m.tone(), m.name.get(cx.words.language()).to_owned())),
        now: cx.words.whole(between(today - LATELY + 1, today + 1)),
        before: cx.words.whole(between(today - 2 * LATELY + 1, today - LATELY + 1)),
        spark: spark(
            &cx.words.t1("youth-spark", "place", &name),
            &trend(&config, &mine, 12, today).contacts.iter().map(|n| Some(*n as f64)).collect::<Vec<_>>(),
        ),
        agreements: match (late, open) {
            (0, 0) => ("off", cx.t("youth-agreements-none")),
            (0, n) => ("info", cx.words.tn("youth-agreements-open", n)),
            (n, _) => ("late", cx.words.tn("youth-agreements-late", n)),
        },
        is_ended: place.is_ended,
        name,
    }
}

/// The hang-outs on the map, in the tone of the last mood.
fn map(cx: &Cx, rows: &[(&Place, &Row)]) -> String {
    let sheet = cx.municipality.get::<Atlas>().sheet();
    let areas: Vec<Area> = sheet
        .index
        .shapes()
        .iter()
        .filter(|s| s.level == Level::Neighbourhood)
        .map(|s| Area {
            id: s.code.clone(),
            rings: rings(&s.geometry).map(|ring| ring.iter().map(|c| (c.x, c.y)).collect()).collect(),
            title: sheet.name(&s.code).to_owned(),
            ..Area::default()
        })
        .collect();
    let around: Vec<Ring> = areas.iter().flat_map(|a| a.rings.clone()).collect();
    let Some(view) = MapView::around(&around, 640.0) else { return String::new() };
    let tone = |row: &Row| if row.mood.0 == "neutral" { "" } else { row.mood.0 };
    let points = rows.iter().map(|(p, row)| Spot {
        lon: p.lon,
        lat: p.lat,
        class: tone(row),
        title: format!("{}: {}", row.name, row.mood.1),
        href: Some(row.href.clone()),
    });
    let points = points.collect();
    view.svg(&Layers { title: cx.t("youth-map"), areas, points, ..Layers::default() })
}

/// What was just done.
#[derive(Debug, Default, Deserialize)]
pub struct Saved {
    saved: Option<u8>,
}

/// Words to say whether an agreement was kept.
pub(crate) fn kept_choices(cx: &Cx) -> Vec<Choice> {
    Kept::ALL.iter().map(|k| Choice::new(k.as_str(), cx.t(&format!("youth-kept-{k}")))).collect()
}

/// `GET /youth`: hang-outs, agreements to look at, and contacts elsewhere.
pub async fn overview(cx: Cx, Query(saved): Query<Saved>) -> Result<Response, Fault> {
    let mut tx = cx.read().await?;
    let (places, contacts) = all(&cx, &mut tx).await?;
    drop(tx);
    let today = today(&cx);
    let (ended, rows): (Vec<_>, Vec<_>) =
        places.iter().map(|p| (p, row(&cx, p, &contacts, today))).partition(|(_, r)| r.is_ended);
    let on_map: Vec<(&Place, &Row)> = rows.iter().map(|(p, r)| (*p, r)).collect();
    let map = map(&cx, &on_map);
    let name = |c: &Contact| places.iter().find(|p| Some(p.id) == c.place_id).map(|p| p.name.clone());
    let reads = cx.may("youth:read");
    let mut open: Vec<&Contact> = contacts.iter().filter(|c| reads && c.is_open()).collect();
    open.sort_by_key(|c| c.check_on);
    let elsewhere = contacts.iter().filter(|c| reads && c.place_id.is_none()).take(10);
    let mut page = cx.page("youth-title");
    if saved.saved.is_some() {
        page = page.with_notice("success", cx.t("youth-saved"));
    }
    render(&OverviewPage {
        open: open.into_iter().map(|c| card(&cx, c, name(c), today)).collect(),
        elsewhere: elsewhere.map(|c| card(&cx, c, None, today)).collect(),
        kept: kept_choices(&cx),
        rows: rows.into_iter().map(|r| r.1).collect(),
        ended: ended.into_iter().map(|r| r.1).collect(),
        map,
        may_write: cx.may("youth:write"),
        page,
    })
}

#[derive(askama::Template)]
#[template(path = "pages/place.html")]
struct PlacePage {
    page: Page,
    crumbs: Vec<Link>,
    id: String,
    area: String,
    is_ended: bool,
    chart: String,
    weeks: Vec<[String; 3]>,
    moods: Vec<(&'static str, String, String)>,
    cards: Vec<Card>,
    earlier: Vec<Card>,
    kept: Vec<Choice>,
    reads: bool,
    may_write: bool,
}

/// Contacts that are shown at once.
const NEWEST: usize = 6;

/// `GET /youth/places/{id}`: a hang-out with its trend and contacts.
pub async fn place(cx: Cx, Path(id): Path<Uuid>, Query(saved): Query<Saved>) -> Result<Response, Fault> {
    let mut tx = cx.read().await?;
    let (places, contacts) = all(&cx, &mut tx).await?;
    drop(tx);
    let place = places.into_iter().find(|p| p.id == id).ok_or(Fault::NotFound)?;
    let (config, words, today) = (cx.municipality.get::<YouthConfig>(), &cx.words, today(&cx));
    let sheet = cx.municipality.get::<Atlas>().sheet();
    let mine: Vec<&Contact> = contacts.iter().filter(|c| c.place_id == Some(id)).collect();
    let t = trend(&config, &mine, WEEKS, today);
    let label = |monday: i64| day_words(&cx, monday);
    let series = |name: &str, values: Vec<Option<f64>>| Series {
        name: cx.t(name),
        points: t
            .weeks
            .iter()
            .zip(values)
            .map(|(monday, value)| Point { label: label(*monday), value, ..Point::default() })
            .collect(),
    };
    let chart = if mine.is_empty() {
        String::new()
    } else {
        line_chart(&LineChart {
            title: cx.t("youth-chart"),
            desc: cx.t("youth-chart-desc"),
            unit: cx.t("youth-chart-unit"),
            series: vec![series("youth-chart-size", t.size.clone())],
            y_max: None,
            goal: None,
            format: &|v| words.number(v, 0),
        })
    };
    let rows = t.weeks.iter().zip(&t.contacts).zip(&t.size).rev().map(|((monday, n), size)| {
        let size = size.map_or_else(|| cx.t("youth-none"), |s| words.number(s, 1));
        [label(*monday), words.whole(*n), size]
    });
    let moods = config
        .moods
        .iter()
        .zip(&t.moods)
        .map(|(m, n)| (m.tone(), m.name.get(words.language()).to_owned(), words.whole(*n)));
    let mut page = cx.page_titled(place.name.clone());
    if saved.saved.is_some() {
        page = page.with_notice("success", cx.t("youth-saved"));
    }
    let reads = cx.may("youth:read");
    render(&PlacePage {
        crumbs: vec![Link::new("/youth", cx.t("youth-title"))],
        id: id.to_string(),
        area: place.area.as_deref().map_or_else(String::new, |a| sheet.name(a).to_owned()),
        is_ended: place.is_ended,
        chart,
        weeks: rows.collect(),
        moods: moods.collect(),
        cards: mine.iter().take(NEWEST).map(|c| card(&cx, c, None, today)).collect(),
        earlier: mine.iter().skip(NEWEST).map(|c| card(&cx, c, None, today)).collect(),
        kept: kept_choices(&cx),
        reads,
        may_write: cx.may("youth:write"),
        page,
    })
}

#[derive(askama::Template)]
#[template(path = "pages/place_form.html")]
struct FormPage {
    page: Page,
    crumbs: Vec<Link>,
    request: String,
    place: String,
    form: Form,
    pick: PickView,
    asks: bool,
    said: Said,
}

fn form_page(
    cx: &Cx,
    status: StatusCode,
    request: Uuid,
    form: Form,
    said: Said,
    asks: bool,
) -> Result<Response, Fault> {
    let title = if form.id.is_some() { "youth-place-edit" } else { "youth-place-new" };
    render_as(
        status,
        &FormPage {
            crumbs: vec![Link::new("/youth", cx.t("youth-title"))],
            request: request.to_string(),
            place: form.id.map(|id| id.to_string()).unwrap_or_default(),
            pick: form.pick.view(cx, &said),
            asks: asks || form.sure,
            said,
            form,
            page: cx.page(title),
        },
    )
}

/// Which hang-out.
#[derive(Debug, Default, Deserialize)]
pub struct Which {
    place: Option<Uuid>,
}

/// `GET /youth/place`: a new hang-out, or with `?place=` one to change.
pub async fn form(cx: Cx, Query(which): Query<Which>) -> Result<Response, Fault> {
    writing(&cx)?;
    let form = match which.place {
        None => Form::default(),
        Some(id) => {
            let mut tx = cx.read().await?;
            let place = all(&cx, &mut tx).await?.0.into_iter().find(|p| p.id == id).ok_or(Fault::NotFound)?;
            Form {
                id: Some(id),
                pick: Pick::at((place.lon, place.lat)),
                name: place.name,
                is_ended: place.is_ended,
                sure: false,
                version: place.version,
            }
        }
    };
    form_page(&cx, StatusCode::OK, cx.app.clock.id(), form, Said::default(), false)
}

/// `POST /youth/place`: saves it, or is a press on the map.
pub async fn save(cx: Cx, fields: Fields) -> Result<Response, Fault> {
    let form = Form {
        id: Some(fields.get("place_id")).filter(|s| !s.is_empty()).map(|_| fields.id("place_id")).transpose()?,
        name: fields.get("name").to_owned(),
        pick: Pick::read(&cx, &fields),
        is_ended: fields.has("is_ended", "yes"),
        sure: fields.has("sure", "yes"),
        version: fields.number("version")?,
    };
    let request = fields.id("request")?;
    if form.pick.pressed {
        writing(&cx)?;
        return form_page(&cx, StatusCode::OK, request, form, Said::default(), false);
    }
    let mut tx = cx.write().await?;
    match put(&cx, &mut tx, request, &form).await {
        Ok(id) => {
            tx.commit().await?;
            Ok(see_other(&format!("/youth/places/{id}?saved=1")))
        }
        Err(fault) => {
            let trouble = Trouble::of(fault)?;
            let asks = guard::asks(&trouble.faults);
            let said = trouble.said(&cx, "name");
            form_page(&cx, trouble.status(), request, form, said, asks)
        }
    }
}
