//! `GET /picture/compare`: two periods or two neighbourhoods side by side: counts, rates, the ratio with its interval,
//! per kind, over time and per hour, and what makes the comparison lame. The whole choice stands in the address.

mod choice;
mod findings;
mod said;

pub use choice::Query;

use crate::chart::{GridChart, chart_grid};
use crate::seen::Seen;
use crate::view::blocking;
use crate::wording::{Badge, Wording};
use axum::extract;
use axum::http::StatusCode;
use axum::response::Response;
use choice::{Choice, Preset};
use findings::{Findings, Side};
use kit::{Fault, FieldFaults, Words};
use policy::Resource;
use site::chart::{IntervalBar, LineChart, interval_bar, line_chart};
use site::page::{Choice as Option_, FormError, Link, Page, render_as};
use site::{Cx, render};

#[derive(askama::Template)]
#[template(path = "pages/compare.html")]
struct ComparePage {
    page: Page,
    crumbs: Vec<Link>,
    presets: Vec<Link>,
    form: Form,
    errors: Vec<FormError>,
    empty: bool,
    result: Option<Said>,
}

/// The form as it was sent.
struct Form {
    query: Query,
    areas: Vec<Option_>,
    priorities: Vec<Option_>,
    sources: Vec<Option_>,
    faults: Vec<(String, String)>,
}

impl Form {
    fn of(query: Query, seen: &Seen, faults: &FieldFaults, words: &Words) -> Self {
        let all = |key: &str| vec![Option_::new("", words.t(key))];
        let mut priorities = all("picture-all-priorities");
        let used = seen.catalogue.priorities.iter().filter(|(id, _)| !seen.of_priority(id).is_empty());
        priorities.extend(used.map(|(id, name)| Option_::new(id.as_str(), name.get(words.language()))));
        let mut areas = all("compare-whole");
        areas.extend(seen.sheet.neighbourhoods().map(|a| Option_::new(a.code.as_str(), a.name.as_str())));
        let sources = choice::sources().map(|s| Option_::new(s, words.t(&format!("picture-source-{s}"))));
        Self { query, areas, priorities, sources: sources.collect(), faults: faults.sentences(words) }
    }

    /// The fault of a field, or nothing.
    fn fault(&self, field: &str) -> &str {
        self.faults.iter().find(|f| f.0 == field).map_or("", |f| f.1.as_str())
    }
}

/// The comparison in words and drawings.
struct Said {
    sentences: Vec<String>,
    verdict: Badge,
    bar: String,
    cautions: Vec<String>,
    /// Names of the two sides.
    names: [String; 2],
    /// Days and neighbourhood of each.
    about: [String; 2],
    by_group: Vec<said::Row>,
    by_category: Vec<said::Row>,
    rates: bool,
    strict: String,
    /// Nothing more is shown: so few, and about persons.
    hidden: bool,
    /// No hours and no development: about persons, in one neighbourhood.
    coarse: bool,
    trend: String,
    trend_title: String,
    trend_rows: Vec<[String; 3]>,
    grids: Vec<Grid>,
}

/// The hours of one side.
struct Grid {
    name: String,
    svg: String,
    days: Vec<String>,
    rows: Vec<(String, Vec<String>)>,
}

impl Grid {
    fn of(side: &Side, name: &str, words: &Words) -> Self {
        let days: Vec<String> = (0..7).map(|d| words.t(&format!("picture-day-{d}"))).collect();
        let count = |d: usize, h: usize| side.summary.hours[d][h];
        let grid = GridChart {
            title: words.t1("compare-hours-of", "name", name),
            desc: String::new(),
            days: days.clone(),
            full: (0..7).map(|d| words.t(&format!("weekday-{d}"))).collect(),
            values: (0..24).map(|h| (0..7).map(|d| Some(count(d, h) as f64)).collect()).collect(),
            unit: String::new(),
            zero: words.t("site-map-zero"),
            missing: words.t("site-map-missing"),
            format: &|v| words.number(v, 0),
        };
        let row = |h: usize| (0..7).map(|d| words.whole(count(d, h) as i64)).collect();
        Self {
            svg: chart_grid(&grid) + &grid.legend(),
            rows: (0..24).map(|h| (format!("{h:02}\u{2013}{:02}", h + 1), row(h))).collect(),
            days,
            name: name.to_owned(),
        }
    }
}

/// `GET /picture/compare`.
///
/// # Errors
/// When the policy refuses or the database cannot be read.
pub async fn compare(cx: Cx, extract::Query(query): extract::Query<Query>) -> Result<Response, Fault> {
    cx.permit("picture:read", &Resource::open("picture", cx.code()))?;
    let mut tx = cx.read().await?;
    let seen = Seen::read(&mut tx, &cx.municipality, cx.now).await?;
    drop(tx);
    let words = &cx.words;
    let wording = Wording::new(words, &cx.municipality);
    let query = query.or_usual(&seen);
    let presets = Preset::ALL.iter().map(|p| Link {
        href: p.query(&seen, &query).link(),
        label: words.t(&format!("compare-preset-{}", p.as_str())),
        current: p.query(&seen, &query) == query,
    });
    let presets = presets.collect();
    let read = if seen.is_empty() { Err(FieldFaults::default()) } else { Choice::read(&query, &seen) };
    let faults = read.as_ref().err().cloned().unwrap_or_default();
    let mut page = ComparePage {
        page: cx.page("compare-title"),
        crumbs: vec![Link::new("/picture", words.t("picture-title"))],
        presets,
        errors: cx.summary(&faults),
        empty: seen.is_empty(),
        form: Form::of(query, &seen, &faults, words),
        result: None,
    };
    let Ok(choice) = read else {
        return if page.errors.is_empty() { render(&page) } else { render_as(StatusCode::UNPROCESSABLE_ENTITY, &page) };
    };
    let (seen, choice, found) = blocking(move || {
        let found = Findings::of(&seen, &choice);
        (seen, choice, found)
    })
    .await?;
    page.result = Some(result(&seen, &choice, &found, &wording));
    render(&page)
}

fn result(seen: &Seen, choice: &Choice, found: &Findings, wording: &Wording) -> Said {
    let words = &wording.words;
    let names = said::names(seen, choice, wording);
    let range = found.total.range.filter(|_| !found.hidden && found.total.verdict != findings::Verdict::TooFew);
    let bar = range.filter(|r| r.high.is_finite()).map(|r| {
        interval_bar(&IntervalBar {
            title: words.t("compare-ratio"),
            low: r.low,
            value: r.value,
            high: r.high,
            min: 0.0,
            max: (r.high * 1.1).max(2.0),
            mark: Some(1.0),
            format: &|v| words.number(v, 2),
        })
    });
    let (trend, trend_title, trend_rows) = trend(seen, choice, found, &names, wording);
    let by_group = said::rows(
        seen,
        found,
        &found.groups,
        |i| wording.group(seen.lists.groups.get(i).map_or("", String::as_str)),
        wording,
    );
    let category = |i: usize| wording.category(seen.lists.categories.get(i).map_or("", String::as_str));
    Said {
        sentences: said::sentences(seen, choice, found, wording),
        verdict: said::verdict(if found.hidden { findings::Verdict::TooFew } else { found.total.verdict }, words),
        bar: bar.unwrap_or_default(),
        cautions: said::cautions(seen, choice, found, &names, wording),
        about: [0, 1].map(|i| said::about(seen, choice, found, i, wording)),
        rates: found.rates,
        strict: words.ta(
            "compare-strict",
            &[("n", (found.tests as i64).into()), ("level", words.percent(seen.config.page.level).into())],
        ),
        by_category: said::rows(seen, found, &found.categories, category, wording),
        by_group,
        hidden: found.hidden,
        coarse: found.coarse,
        grids: found.sides.iter().zip(&names).map(|(side, name)| Grid::of(side, name, words)).collect(),
        trend,
        trend_title,
        trend_rows,
        names,
    }
}

/// Both developments in one chart; per 1,000 inhabitants when the neighbourhoods differ and both are known.
fn trend(
    seen: &Seen,
    choice: &Choice,
    found: &Findings,
    names: &[String; 2],
    wording: &Wording,
) -> (String, String, Vec<[String; 3]>) {
    let words = &wording.words;
    let unit = words.t(if found.rates && choice.areas_differ() { "compare-per-1000" } else { "picture-unit" });
    let title = words.tn("compare-trend", i64::from(found.block));
    let decimals = usize::from(found.rates && choice.areas_differ());
    let series = found.sides.iter().zip(names).map(|(side, name)| site::chart::Series {
        name: name.clone(),
        points: said::points(seen, choice, found, side, wording),
    });
    let series: Vec<site::chart::Series> = series.collect();
    let shown = |point: Option<&site::chart::Point>| match point.and_then(|p| p.value) {
        Some(v) => words.number(v, decimals),
        None => words.t("picture-missing"),
    };
    let rows = (0..series.iter().map(|s| s.points.len()).max().unwrap_or(0)).map(|i| {
        let label = series.iter().find_map(|s| s.points.get(i)).map(|p| p.label.clone()).unwrap_or_default();
        [label, shown(series[0].points.get(i)), shown(series[1].points.get(i))]
    });
    let rows = rows.collect();
    let chart = LineChart {
        title: title.clone(),
        desc: String::new(),
        unit,
        series,
        y_max: None,
        goal: None,
        format: &|v| words.number(v, usize::from(v.fract() != 0.0)),
    };
    (line_chart(&chart), title, rows)
}
