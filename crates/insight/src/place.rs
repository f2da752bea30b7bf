//! `GET /picture/place?x=..&y=..`: one 200 m cell: what was reported, how it develops, what is expected and why,
//! and for who may read reports the newest of them.

mod store;

use crate::config::reports;
use crate::run::newest;
use crate::seen::Seen;
use crate::view::places::{figure, outlines, span};
use crate::view::times::{Hours, Trend};
use crate::view::{Figure, blocking};
use crate::wording::Wording;
use axum::extract::Query;
use axum::response::Response;
use kit::Fault;
use picture::history::Cell;
use picture::interval::{Shown, shown_row};
use picture::{Ask, Part, Series, Step, Summary, Total, Why, why};
use policy::Resource;
use serde::Deserialize;
use site::chart::{IntervalBar, interval_bar};
use site::map::{self, Layers, MapView};
use site::page::{Link, Page};
use site::steps;
use site::{Cx, render};

/// Which cell.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct At {
    /// Column on the municipality's plane: floor(x / 200 m).
    pub x: i32,
    /// Row.
    pub y: i32,
}

/// What is worked out before a word is written.
struct Findings {
    /// Everything but officers' own findings, in the last 52 weeks.
    year: Summary,
    /// The same in the last 4 weeks.
    month: Summary,
    weeks: Series,
    why: Why,
    /// The seven days from today.
    total: Total,
    groups: Vec<(u16, Total)>,
    /// Per four-hour band what is expected in the seven days.
    bands: Vec<Total>,
    basis_events: u32,
}

impl Findings {
    fn of(seen: &Seen, cell: Cell) -> Self {
        let filter = reports().cells(vec![cell]);
        let last = |days: i32| filter.clone().days(seen.today - days, seen.today - 1);
        let monday = picture::history::monday(picture::history::week_of(seen.today));
        let forecast = seen.config.model().expect(&seen.known(), &Ask::week(seen.today));
        let part = Part::all().cells(vec![cell]);
        Self {
            year: Summary::of(&seen.history, &last(364)),
            month: Summary::of(&seen.history, &last(28)),
            weeks: Series::of(
                &seen.history,
                &filter.clone().days(monday - 364, monday - 1),
                Step::Week,
                seen.config.page.level,
            ),
            why: why(&seen.history, cell, None, seen.today),
            total: forecast.total(&part),
            groups: forecast.by_group(&part),
            bands: (0..6).map(|b| forecast.total(&Part { bands: 1 << b, ..part.clone() })).collect(),
            basis_events: forecast.basis.events,
        }
    }
}

/// Less than this rounds to nothing in one decimal.
const LEAST: f64 = 0.05;
/// Categories that are shown at once.
const MOST: usize = 10;

#[derive(askama::Template)]
#[template(path = "pages/place.html")]
struct PlacePage {
    page: Page,
    crumbs: Vec<Link>,
    empty: bool,
    map: String,
    lead: String,
    bar: String,
    reasons: Vec<String>,
    basis: String,
    /// Name, last four weeks, last 52 weeks.
    categories: Vec<(String, Figure, Figure)>,
    /// The same of the rarer ones.
    others: Vec<(String, Figure, Figure)>,
    /// Main category, expected, interval.
    groups: Vec<(String, String, String)>,
    /// Hours, expected, interval.
    bands: Vec<(String, String, String)>,
    hours: Hours,
    trend: Trend,
    may_list: bool,
    reports: Vec<ReportRow>,
    made: String,
}

struct ReportRow {
    reference: String,
    category: String,
    state: String,
    at: String,
    href: String,
}

/// `GET /picture/place`.
pub async fn place(cx: Cx, Query(at): Query<At>) -> Result<Response, Fault> {
    let permit = cx.permit("picture:read", &Resource::open("picture", cx.code()))?;
    let cell = Cell { x: at.x, y: at.y };
    let atlas = cx.municipality.get::<areas::Atlas>();
    let centre = atlas.plane().cell_centre((i64::from(at.x), i64::from(at.y))).ok_or(Fault::NotFound)?;
    if !cx.municipality.contains(centre.0, centre.1) {
        return Err(Fault::NotFound);
    }
    let list = cx.permit("signal:list", &Resource::ordinary("signal", cx.code())).ok();
    let mut tx = cx.read().await?;
    let seen = Seen::read(&mut tx, &cx.municipality, cx.now).await?;
    let run = newest(&mut tx, permit.municipality()).await?;
    let reports = match &list {
        Some(list) => store::reports(&mut tx, list, (at.x, at.y), seen.today - 364, seen.config.page.reports).await?,
        None => Vec::new(),
    };
    drop(tx);
    let (seen, found) = blocking(move || {
        let found = Findings::of(&seen, cell);
        (seen, found)
    })
    .await?;
    let wording = Wording::new(&cx.words, &cx.municipality);
    let words = &cx.words;
    let area = seen.sheet.index.nearest(centre.0, centre.1, areas::Level::Neighbourhood).map(|(s, _)| s.code.as_str());
    let total = found.total;
    let expected = words.number(total.expected, 1);
    let within = span(total.low90, total.high90, words);
    let bar = IntervalBar {
        title: words.t("picture-place-expected"),
        low: total.low90,
        value: total.expected,
        high: total.high90,
        min: 0.0,
        max: (total.high90 * 1.25).max(1.0),
        mark: None,
        format: &|v| words.number(v, usize::from(v.fract() != 0.0)),
    };
    let mut categories = categories(&seen, &found, list.is_some(), &wording);
    let part = |t: &Total| (words.number(t.expected, 1), span(t.low90, t.high90, words));
    let group = |g: u16| wording.group(seen.lists.groups.get(usize::from(g)).map_or("", String::as_str));
    render(&PlacePage {
        page: cx.page_titled(wording.cell(area, (at.x, at.y))),
        crumbs: vec![Link::new("/picture", words.t("picture-title"))],
        empty: found.year.total == 0 && found.total.expected == 0.0,
        map: map_of(&seen, cell, centre, words),
        lead: words.ta(
            "picture-place-lead",
            &[
                ("month", words.whole(found.month.total as i64).into()),
                ("year", words.whole(found.year.total as i64).into()),
                ("expected", expected.into()),
                ("interval", within.into()),
            ],
        ),
        bar: interval_bar(&bar),
        reasons: reasons(&found.why, &wording),
        basis: words.tn("picture-place-basis", i64::from(found.basis_events)),
        others: categories.split_off(categories.len().min(MOST)),
        categories,
        groups: found
            .groups
            .iter()
            .filter(|(_, t)| t.expected >= LEAST)
            .map(|(g, t)| (group(*g), part(t).0, part(t).1))
            .collect(),
        bands: (0u8..).zip(&found.bands).map(|(b, t)| (wording.hours(b), part(t).0, part(t).1)).collect(),
        hours: Hours::of(&found.year, words),
        trend: Trend::of(&found.weeks, words),
        may_list: list.is_some(),
        reports: reports
            .into_iter()
            .map(|r| ReportRow {
                href: format!("/signals/{}", r.id),
                category: wording.category(&r.category),
                state: words.t(&format!("picture-state-{}", if r.closed { "closed" } else { "open" })),
                at: words.date_time(r.occurred_at),
                reference: r.reference,
            })
            .collect(),
        made: run.map_or_else(
            || words.t("picture-not-made"),
            |r| words.t1("picture-made-at", "at", &words.date_time(r.made_at)),
        ),
    })
}

/// The plain counts behind the expectation, as sentences.
fn reasons(why: &Why, wording: &Wording) -> Vec<String> {
    let n = |key: &str, count: u32| wording.words.tn(key, i64::from(count));
    let mut out = vec![
        n("picture-why-month", why.last_4_weeks),
        n("picture-why-year", why.last_52_weeks),
        n("picture-why-season", why.year_ago),
        n("picture-why-neighbours", why.neighbours_4_weeks),
    ];
    if let Some((day, band, count)) = why.busiest {
        let values = [
            ("moment", wording.moment(day, band).into()),
            ("n", i64::from(count).into()),
            ("number", wording.words.whole(i64::from(count)).into()),
        ];
        out.push(wording.words.ta("picture-why-busiest", &values));
    }
    out.push(n("picture-why-officers", why.officers_52_weeks));
    out
}

/// Counts per category of the last 52 weeks, most first. Who may not read reports gets no small counts about
/// persons or groups, nor a second one from which they follow.
fn categories(seen: &Seen, found: &Findings, may_list: bool, wording: &Wording) -> Vec<(String, Figure, Figure)> {
    let count = |s: &Summary, c: u16| s.categories.get(usize::from(c)).copied().unwrap_or(0);
    let mut used: Vec<u16> = (0..seen.lists.categories.len() as u16).filter(|c| count(&found.year, *c) > 0).collect();
    used.sort_by_key(|c| (std::cmp::Reverse(count(&found.year, *c)), *c));
    let least = seen.config.small.least;
    let shown = |s: &Summary| -> Vec<Shown<u64>> {
        let counts: Vec<Option<u64>> = used.iter().map(|c| Some(count(s, *c))).collect();
        let small = |c: &u16| seen.is_delicate(&[*c]) && (1..least).contains(&count(s, *c));
        if may_list || !used.iter().any(small) {
            counts.into_iter().map(|c| c.map_or(Shown::Missing, Shown::Value)).collect()
        } else {
            shown_row(&counts, least)
        }
    };
    let (month, year) = (shown(&found.month), shown(&found.year));
    used.iter()
        .zip(month.into_iter().zip(year))
        .map(|(c, (month, year))| {
            let id = seen.lists.categories.get(usize::from(*c)).map_or("", String::as_str);
            (wording.category(id), figure(month, &wording.words), figure(year, &wording.words))
        })
        .collect()
}

/// The cell among the neighbourhoods around it: about a kilometre to each side.
fn map_of(seen: &Seen, cell: Cell, centre: (f64, f64), words: &kit::Words) -> String {
    let Some(ring) = seen.atlas.plane().cell_ring((i64::from(cell.x), i64::from(cell.y))) else { return String::new() };
    let (wide, high) = ((ring[1].0 - ring[0].0).abs() * 5.0, (ring[2].1 - ring[1].1).abs() * 4.0);
    let view = MapView::new((centre.0 - wide, centre.1 - high, centre.0 + wide, centre.1 + high), 640.0);
    let layers = Layers {
        title: words.t("picture-map-place"),
        areas: outlines(seen)
            .into_iter()
            .map(|(code, rings)| {
                let name = seen.sheet.name(code).to_owned();
                map::Area { id: code.to_owned(), rings, title: name, ..map::Area::default() }
            })
            .collect(),
        cells: vec![map::Cell { ring: ring.to_vec(), step: steps::Step::Class(4), title: String::new(), href: None }],
        ..Layers::default()
    };
    view.svg(&layers)
}
