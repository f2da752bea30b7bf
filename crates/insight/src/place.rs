//! `GET /picture/place?x=..&y=..`: one 200 m cell: what was reported, how it develops, what the night expects there,
//! when, and what made it expect that; for who may read reports the newest of them.

mod store;

use crate::config::reports;
use crate::run::newest;
use crate::seen::Seen;
use crate::squares::{ALL, Squares};
use crate::view::places::{figure, outlines, span};
use crate::view::times::{Hours, Trend};
use crate::view::{Figure, blocking};
use crate::wording::Wording;
use axum::extract::Query;
use axum::response::Response;
use kit::clock::day_date;
use kit::{Fault, Tx};
use picture::history::{Cell, weekday};
use picture::interval::{Shown, shown_row};
use picture::{Filter, Reason, Series, Step, Summary, Total, Why, why};
use policy::Resource;
use serde::Deserialize;
use site::chart::{Bar, BarChart, HeatGrid, IntervalBar, bar_chart, heat_grid, interval_bar};
use site::map::{self, Layers, MapView};
use site::page::{Link, Page};
use site::steps;
use site::{Cx, render};
use std::collections::BTreeMap;
use std::fmt::Write as _;

pub(crate) use store::slots;

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
}

impl Findings {
    fn of(seen: &Seen, cell: Cell) -> Self {
        let history = seen.over(&Filter::all().days(seen.today - 106 * 7, seen.today));
        let filter = reports().cells(vec![cell]);
        let last = |days: i32| filter.clone().days(seen.today - days, seen.today - 1);
        let monday = picture::history::monday(picture::history::week_of(seen.today));
        Self {
            year: Summary::of(&history, &last(364)),
            month: Summary::of(&history, &last(28)),
            weeks: Series::of(
                &history,
                &filter.clone().days(monday - 364, monday - 1),
                Step::Week,
                seen.config.page.level,
            ),
            why: why(&history, cell, None, seen.today),
        }
    }
}

/// What the night stored of a cell.
#[derive(Default)]
struct Stored {
    from_day: i32,
    total: Total,
    /// Per part of the model what it adds.
    reasons: Vec<(Reason, f64)>,
    /// Per main category what is expected.
    groups: Vec<(String, f64)>,
    /// Per day of the coming seven and four-hour band.
    slots: [[f64; 6]; 7],
}

impl Stored {
    async fn read(tx: &mut Tx, municipality: &str, run: &crate::run::Run, cell: Cell) -> kit::Result<Self> {
        let squares = Squares::read(tx, municipality, ALL).await?.unwrap_or_default();
        let total = squares.list.iter().find(|s| s.cell == cell).map(|s| s.total).unwrap_or_default();
        let mut out = Self { from_day: squares.from_day, total, ..Self::default() };
        out.reasons = reasons_of(tx, municipality).await?.remove(&cell).unwrap_or_default();
        let mut groups: BTreeMap<String, f64> = BTreeMap::new();
        for slot in slots(tx, municipality, run.made_at, squares.from_day, (cell.x, cell.y)).await? {
            let (day, band) = ((slot.day - i64::from(squares.from_day)) as usize, slot.band as usize);
            if let Some(n) = out.slots.get_mut(day).and_then(|d| d.get_mut(band)) {
                *n += slot.expected;
            }
            *groups.entry(slot.grp).or_default() += slot.expected;
        }
        out.groups = groups.into_iter().filter(|g| g.1 >= LEAST).collect();
        out.groups.sort_by(|a, b| b.1.total_cmp(&a.1));
        Ok(out)
    }
}

/// Name of the stored text of [`nightly`].
const REASONS: &str = "reasons";
/// The parts in the order of that text.
const ORDER: [Reason; 7] = [
    Reason::Recent,
    Reason::Years,
    Reason::Neighbours,
    Reason::Season,
    Reason::AllKinds,
    Reason::Everywhere,
    Reason::Trend,
];

/// The word of a part, for locale keys.
pub(crate) fn reason_word(reason: Reason) -> &'static str {
    match reason {
        Reason::Recent => "recent",
        Reason::Years => "years",
        Reason::Neighbours => "neighbours",
        Reason::Season => "season",
        Reason::AllKinds => "all-kinds",
        Reason::Everywhere => "everywhere",
        Reason::Trend => "trend",
    }
}

/// The parts of the model that made each expectation, as text to be stored beside `squares`: one line per cell that
/// can be told from nothing, with its x and y and what each part adds. Pure, and part of the work of the night.
pub(crate) fn nightly(seen: &Seen, squares: &[(String, String)]) -> (String, String) {
    let all = squares.iter().find(|(part, _)| part == ALL).map_or("", |(_, text)| text.as_str());
    let cell = |line: &str| {
        let mut fields = line.split(',');
        let cell = Cell { x: fields.next()?.parse().ok()?, y: fields.next()?.parse().ok()? };
        fields.next()?.parse::<f64>().ok().filter(|expected| *expected >= LEAST).map(|_| cell)
    };
    let cells: Vec<Cell> = all.lines().filter_map(cell).collect();
    let mut text = String::new();
    for (cell, parts) in seen.config.model().reasons(&seen.known(), seen.today, None, &cells) {
        let _ = write!(text, "{},{}", cell.x, cell.y);
        for reason in ORDER {
            let part: f64 = parts.iter().filter(|p| p.0 == reason).map(|p| p.1).sum();
            let _ = write!(text, ",{part:.3}");
        }
        text.push('\n');
    }
    (REASONS.to_owned(), text)
}

/// The stored parts per cell.
///
/// # Errors
/// When the database cannot be read.
pub(crate) async fn reasons_of(tx: &mut Tx, municipality: &str) -> kit::Result<BTreeMap<Cell, Vec<(Reason, f64)>>> {
    let text = Squares::text(tx, municipality, REASONS).await?.unwrap_or_default();
    let line = |line: &str| {
        let mut fields = line.split(',');
        let cell = Cell { x: fields.next()?.parse().ok()?, y: fields.next()?.parse().ok()? };
        let parts = ORDER.into_iter().zip(fields).filter_map(|(r, n)| Some((r, n.parse().ok()?)));
        Some((cell, parts.collect()))
    };
    Ok(text.lines().filter_map(line).collect())
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
    /// Whether the night expects anything here that can be told from nothing.
    expects: bool,
    bar: String,
    /// What made the expectation: the drawing, and per part its name, what it adds and its share.
    parts: String,
    part_rows: Vec<[String; 3]>,
    reasons: Vec<String>,
    basis: String,
    /// Name, last four weeks, last 52 weeks.
    categories: Vec<(String, Figure, Figure)>,
    /// The same of the rarer ones.
    others: Vec<(String, Figure, Figure)>,
    /// Main category and what is expected of it.
    groups: Vec<(String, String)>,
    /// When in the coming days: the drawing, its columns, and per day its numbers.
    coming: String,
    bands: Vec<String>,
    coming_rows: Vec<(String, Vec<String>)>,
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
    let seen = Seen::light(&mut tx, &cx.municipality, cx.now).await?;
    let run = newest(&mut tx, permit.municipality()).await?;
    let stored = match &run {
        Some(run) => Stored::read(&mut tx, permit.municipality(), run, cell).await?,
        None => Stored::default(),
    };
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
    let total = stored.total;
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
    let expects = total.expected >= LEAST;
    let coming = coming(&stored, &wording);
    let (parts, part_rows) = if expects { parts(&stored.reasons, &wording) } else { (String::new(), Vec::new()) };
    render(&PlacePage {
        page: cx.page_titled(wording.cell(area, (at.x, at.y))),
        crumbs: vec![Link::new("/picture", words.t("picture-title"))],
        empty: found.year.total == 0 && !expects,
        expects,
        parts,
        part_rows,
        map: map_of(&seen, cell, centre, words),
        lead: words.ta(
            if run.is_some() { "picture-place-lead" } else { "place-lead-before" },
            &[
                ("month", words.whole(found.month.total as i64).into()),
                ("year", words.whole(found.year.total as i64).into()),
                ("expected", expected.into()),
                ("interval", within.into()),
            ],
        ),
        bar: interval_bar(&bar),
        reasons: reasons(&found.why, &wording),
        basis: run.as_ref().map_or_else(String::new, |r| words.tn("picture-place-basis", r.events)),
        others: categories.split_off(categories.len().min(MOST)),
        categories,
        groups: stored.groups.iter().map(|(g, n)| (wording.group(g), words.number(*n, 1))).collect(),
        coming: if expects { coming.0 } else { String::new() },
        bands: (0..6).map(|b| wording.hours(b)).collect(),
        coming_rows: coming.1,
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

/// What made the expectation: a drawing, and per part its name, what it adds and its share.
fn parts(reasons: &[(Reason, f64)], wording: &Wording) -> (String, Vec<[String; 3]>) {
    let words = &wording.words;
    let mut list: Vec<&(Reason, f64)> = reasons.iter().filter(|r| r.1.abs() >= LEAST / 10.0).collect();
    list.sort_by(|a, b| b.1.total_cmp(&a.1));
    let total: f64 = reasons.iter().map(|r| r.1).sum();
    if list.is_empty() || total <= 0.0 {
        return (String::new(), Vec::new());
    }
    let name = |r: Reason| words.t(&format!("place-part-{}", reason_word(r)));
    let bar = |r: &&(Reason, f64)| Bar { label: name(r.0), value: Some(r.1) };
    let chart = BarChart {
        title: words.t("place-parts"),
        desc: String::new(),
        bars: list.iter().map(bar).collect(),
        missing: words.t("picture-missing"),
        format: &|v| words.number(v, 2),
    };
    let row = |r: &&(Reason, f64)| [name(r.0), words.number(r.1, 2), words.percent(r.1 / total)];
    (bar_chart(&chart), list.iter().map(row).collect())
}

/// When in the coming seven days: a drawing, and per day its numbers.
fn coming(stored: &Stored, wording: &Wording) -> (String, Vec<(String, Vec<String>)>) {
    let words = &wording.words;
    let day = |i: usize| {
        let day = stored.from_day + i as i32;
        format!("{} {}", words.t(&format!("picture-day-{}", weekday(day))), day_date(day).day())
    };
    let grid = HeatGrid {
        title: words.t("place-coming"),
        desc: String::new(),
        rows: (0..7).map(day).collect(),
        columns: (0..6).map(|b| wording.hours(b)).collect(),
        // to two decimals, so that the classes are those that the legend can say
        values: stored.slots.iter().map(|d| d.iter().map(|n| Some((n * 100.0).round() / 100.0)).collect()).collect(),
        unit: String::new(),
        zero: words.t("site-map-zero"),
        missing: words.t("site-map-missing"),
        format: &|v| words.number(v, 2),
    };
    let row = |(i, bands): (usize, &[f64; 6])| (day(i), bands.iter().map(|n| words.number(*n, 2)).collect());
    (heat_grid(&grid), stored.slots.iter().enumerate().map(row).collect())
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
