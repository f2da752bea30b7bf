//! Screens of alarms: the list, and one alarm with its chart, its place, its reports and how it was weighed.

use super::ops::{self, NewWeighing};
use super::words::{reports, title};
use super::{Alarm, AlarmLine, Record, State, Verdict};
use crate::chart::{TrendChart, TrendPoint, chart_small, chart_trend};
use crate::config::PictureConfig;
use crate::view::places::rings;
use crate::wording::Wording;
use areas::{Atlas, Level};
use axum::extract::{Path, Query};
use axum::response::Response;
use kit::clock::day_date;
use kit::{Fault, Uuid, Words};
use serde::Deserialize;
use site::map::{Area, Cell, Layers, MapView};
use site::steps::Step;
use site::{Choice, Cx, Fields, Link, Page, Said, Trouble, render, render_as, see_other};

/// Width of the map in units.
const MAP_WIDTH: f64 = 560.0;
/// Past alarms that the page lists.
const PAST: usize = 100;
/// Squares that are links.
const LINKED: usize = 24;

#[derive(askama::Template)]
#[template(path = "alarm/pages/list.html")]
struct ListPage {
    page: Page,
    crumbs: Vec<Link>,
    open: Vec<Card>,
    watched: Vec<Card>,
    past: Vec<Past>,
    record: String,
    /// What share of false alarms is accepted.
    accepted: String,
}

/// An open alarm in the list.
struct Card {
    line: AlarmLine,
    spark: String,
}

/// An alarm that was weighed or passed.
struct Past {
    title: String,
    href: String,
    found: String,
    tone: &'static str,
    state: String,
    text: String,
}

fn crumbs(cx: &Cx, more: Option<Link>) -> Vec<Link> {
    std::iter::once(Link::new("/picture", cx.t("picture-title"))).chain(more).collect()
}

/// `GET /alarms`.
///
/// # Errors
/// When the policy refuses or the database cannot be read.
pub async fn list(cx: Cx) -> Result<Response, Fault> {
    let mut tx = cx.read().await?;
    let (all, record) = ops::all(&cx, &mut tx).await?;
    let mut open = super::open(&mut tx, cx.code()).await?;
    drop(tx);
    let wording = Wording::new(&cx.words, &cx.municipality);
    let config = cx.municipality.get::<PictureConfig>();
    let watched = open.split_off(open.iter().take_while(|a| a.state == State::Open).count());
    let card = |a: &Alarm| Card { line: AlarmLine::of(a, &wording), spark: spark(&cx, a) };
    let past = all.iter().filter(|a| !a.is_open()).take(PAST).map(|a| {
        let line = AlarmLine::of(a, &wording);
        Past {
            title: line.title,
            href: line.href,
            found: cx.words.date(a.found_at),
            tone: line.state.tone,
            state: line.state.text,
            text: line.text,
        }
    });
    let accepted = [
        ("weekly", cx.words.percent(config.alarm.weekly_false_alarms).into()),
        ("cluster", cx.words.percent(config.alarm.cluster_false_alarms).into()),
    ];
    render(&ListPage {
        crumbs: crumbs(&cx, None),
        open: open.iter().map(card).collect(),
        watched: watched.iter().map(card).collect(),
        past: past.collect(),
        record: told(&record, &cx.words),
        accepted: cx.words.ta("alarm-accepted", &accepted),
        page: cx.page("alarm-title"),
    })
}

/// How many of the judged alarms were real: the alarm's own track record.
fn told(record: &Record, words: &Words) -> String {
    let Some(share) = record.share else { return words.t("alarm-record-none") };
    words.ta(
        "alarm-record",
        &[
            ("n", (record.judged as i64).into()),
            ("judged", words.whole(record.judged as i64).into()),
            ("real", words.whole(record.real as i64).into()),
            ("share", words.percent(share.value).into()),
            ("low", words.percent(share.low).into()),
            ("high", words.percent(share.high).into()),
        ],
    )
}

/// Whether weekly counts of this alarm may be shown: not for main categories about persons and groups, where a small
/// count would follow (domain chapter 4).
fn may_draw(cx: &Cx, alarm: &Alarm) -> bool {
    let config = cx.municipality.get::<PictureConfig>();
    !alarm.found.weeks.is_empty() && !config.small.groups.contains(&alarm.found.group)
}

fn drawn<'a>(cx: &Cx, alarm: &Alarm, desc: String, format: crate::chart::Format<'a>) -> TrendChart<'a> {
    let words = &cx.words;
    let label = |day: i32| {
        let date = day_date(day);
        format!("{} {}", date.day(), words.t(&format!("picture-month-{}", date.month())))
    };
    let raised = words.t("alarm-chart-mark");
    TrendChart {
        title: words.t("alarm-chart"),
        desc,
        unit: words.t("alarm-chart-unit"),
        points: alarm
            .found
            .weeks
            .iter()
            .map(|w| TrendPoint {
                label: label(w.monday),
                title: format!("{}: {} ({})", label(w.monday), w.count, words.number(w.expected, 1)),
                count: Some(f64::from(w.count)),
                expected: Some(w.expected),
                band: Some((0.0, w.high)),
                alarm: (w.monday + 6 >= alarm.found.since && f64::from(w.count) > w.expected).then(|| raised.clone()),
            })
            .collect(),
        y_max: None,
        format,
    }
}

fn spark(cx: &Cx, alarm: &Alarm) -> String {
    if may_draw(cx, alarm) {
        chart_small(&drawn(cx, alarm, String::new(), &|v| cx.words.number(v, 0)))
    } else {
        String::new()
    }
}

#[derive(askama::Template)]
#[template(path = "alarm/pages/alarm.html")]
struct AlarmPage {
    page: Page,
    crumbs: Vec<Link>,
    id: String,
    line: AlarmLine,
    back: String,
    chart: String,
    /// Week, reports, expected, usual at most.
    weeks: Vec<[String; 4]>,
    map: String,
    /// Name and address.
    areas: Vec<Link>,
    /// Squares of a cluster.
    squares: Vec<Link>,
    may_list: bool,
    history: Vec<Memory>,
    may_weigh: bool,
    request: String,
    version: i64,
    verdicts: Vec<Choice>,
    verdict: String,
    reason: String,
    said: Said,
}

/// One time that it was weighed.
struct Memory {
    at: String,
    name: String,
    verdict: String,
    reason: String,
}

/// Whether the form was just saved.
#[derive(Debug, Default, Deserialize)]
pub struct Saved {
    saved: Option<u8>,
}

/// `GET /alarms/{id}`.
///
/// # Errors
/// When the policy refuses, there is no such alarm, or the database cannot be read.
pub async fn alarm(cx: Cx, Path(id): Path<Uuid>, Query(saved): Query<Saved>) -> Result<Response, Fault> {
    let mut page = alarm_page(&cx, id, &NewWeighing::default(), Said::default()).await?;
    if saved.saved.is_some() {
        page.page = page.page.with_notice("success", cx.t("alarm-saved"));
    }
    render(&page)
}

/// `POST /alarms/{id}`: weighs it.
///
/// # Errors
/// When the policy refuses, there is no such alarm, or the database refuses.
pub async fn weigh(cx: Cx, Path(id): Path<Uuid>, fields: Fields) -> Result<Response, Fault> {
    let form = NewWeighing {
        request: fields.id("request")?,
        version: fields.number("version")?,
        verdict: fields.get("verdict").to_owned(),
        reason: fields.get("reason").to_owned(),
    };
    match ops::weigh(&cx, id, &form).await {
        Ok(()) => Ok(see_other(&format!("/alarms/{id}?saved=1"))),
        Err(fault) => {
            let trouble = Trouble::of(fault)?;
            let said = trouble.said(&cx, "verdict");
            render_as(trouble.status(), &alarm_page(&cx, id, &form, said).await?)
        }
    }
}

async fn alarm_page(cx: &Cx, id: Uuid, typed: &NewWeighing, said: Said) -> Result<AlarmPage, Fault> {
    let mut tx = cx.read().await?;
    let (alarm, weighings) = ops::get(cx, &mut tx, id).await?;
    drop(tx);
    let words = &cx.words;
    let wording = Wording::new(words, &cx.municipality);
    let line = AlarmLine::of(&alarm, &wording);
    let draw = may_draw(cx, &alarm);
    let number = |v: f64| words.number(v, 1);
    let chart = match draw {
        true => chart_trend(&drawn(cx, &alarm, line.text.clone(), &|v| words.number(v, 0))),
        false => String::new(),
    };
    let weeks = alarm.found.weeks.iter().rev().filter(|_| draw).map(|w| {
        let day = words.day(day_date(w.monday));
        [day, words.whole(i64::from(w.count)), number(w.expected), words.number(w.high, 0)]
    });
    let cells = alarm.found.cells.iter().take(LINKED);
    let squares = cells.map(|(x, y)| Link::new(format!("/picture/place?x={x}&y={y}"), format!("{x}-{y}")));
    let verdicts = Verdict::ALL.iter().map(|v| Choice::new(v.as_str(), cx.t(&format!("alarm-verdict-{v}"))));
    Ok(AlarmPage {
        crumbs: crumbs(cx, Some(Link::new("/alarms", cx.t("alarm-title")))),
        id: id.to_string(),
        back: alarm.returned_on.map(|d| words.t1("alarm-back", "day", &words.day(day_date(d)))).unwrap_or_default(),
        chart,
        weeks: weeks.collect(),
        map: map(cx, &alarm, &wording),
        areas: reports(&alarm.found, &wording).into_iter().map(|(name, href)| Link::new(&href, name)).collect(),
        squares: squares.collect(),
        may_list: cx.may("signal:list"),
        history: weighings
            .into_iter()
            .map(|w| Memory {
                at: words.date_time(w.at),
                name: w.name.unwrap_or_else(|| cx.t("alarm-somebody")),
                verdict: cx.t(&format!("alarm-verdict-{}", w.verdict)),
                reason: w.reason,
            })
            .collect(),
        may_weigh: cx.may("alarm:weigh"),
        request: cx.app.clock.id().to_string(),
        version: alarm.version,
        verdicts: verdicts.collect(),
        verdict: typed.verdict.clone(),
        reason: typed.reason.clone(),
        said,
        page: cx.page_titled(title(&alarm.found, &wording)),
        line,
    })
}

/// The neighbourhoods of the alarm, and the squares of a cluster.
fn map(cx: &Cx, alarm: &Alarm, wording: &Wording) -> String {
    let atlas = cx.municipality.get::<Atlas>();
    let sheet = atlas.sheet();
    let f = &alarm.found;
    let squares: Vec<Vec<(f64, f64)>> = f
        .cells
        .iter()
        .filter_map(|(x, y)| atlas.plane().cell_ring((i64::from(*x), i64::from(*y))))
        .map(|ring| ring.to_vec())
        .collect();
    let shapes = sheet.index.shapes().iter().filter(|s| s.level == Level::Neighbourhood);
    let areas: Vec<Area> = shapes
        .map(|s| {
            let mine = f.areas.contains(&s.code);
            Area {
                id: s.code.clone(),
                rings: rings(s),
                step: (mine && squares.is_empty()).then_some(Step::Class(3)),
                title: sheet.name(&s.code).to_owned(),
                label: if mine { sheet.name(&s.code).to_owned() } else { String::new() },
                ..Area::default()
            }
        })
        .collect();
    let mine = areas.iter().filter(|a| f.areas.contains(&a.id)).flat_map(|a| &a.rings);
    let Some(view) = MapView::around(mine.chain(&squares), MAP_WIDTH) else { return String::new() };
    let cell = |ring| Cell { ring, step: Step::Class(4), title: String::new(), href: None };
    view.svg(&Layers {
        title: cx.t("alarm-map"),
        desc: title(f, wording),
        areas,
        cells: squares.into_iter().map(cell).collect(),
        ..Layers::default()
    })
}
