//! One indicator: its years with their margins, where the method changed, and what may be said by area.

use super::priority::{ChartOfYears, area_value};
use crate::PlanBook;
use crate::account::areas::{AreaFigures, AreaRow, by_area, is_by_area};
use crate::account::gather::{Figures, gather};
use crate::account::indicators::Reading;
use crate::account::say::Say;
use crate::front::this_year;
use crate::model::{AreaLevel, Indicator, MeasureKind, MeasureSource};
use axum::extract::Path;
use axum::response::Response;
use kit::Fault;
use picture::interval::{Range, Shown};
use policy::Resource;
use site::chart::{IntervalBar, LineChart, Point, Series, interval_bar, line_chart};
use site::{Cx, Link, Page, render};

#[derive(askama::Template)]
#[template(path = "account/pages/indicator.html")]
struct IndicatorPage {
    page: Page,
    crumbs: Vec<Link>,
    definition: String,
    unit: String,
    source: String,
    direction: String,
    target: String,
    years: Vec<YearRow>,
    chart: Option<ChartOfYears>,
    notes: Vec<String>,
    /// Whether it is meant to be shown by area.
    split: bool,
    district: bool,
    areas: Option<AreasView>,
}

/// A year in the table, or a change of method between two years.
struct YearRow {
    /// Sentence of a change of method; then the rest is empty.
    broken: String,
    year: String,
    value: String,
    class: &'static str,
    interval: String,
    change: String,
    note: String,
    /// Warning that few people answered.
    few: String,
    edit: String,
}

struct AreasView {
    period: String,
    refused: bool,
    /// Whether rates were drawn towards each other.
    drawn: bool,
    rows: Vec<AreaView>,
    years: Vec<String>,
    notes: Vec<String>,
}

struct AreaView {
    name: String,
    cells: Vec<(String, &'static str)>,
    total: (String, &'static str),
    rate: String,
    drawn: String,
    bar: String,
    rank: String,
}

/// `GET /plan/indicators/{id}`
pub async fn indicator(cx: Cx, Path(id): Path<String>) -> Result<Response, Fault> {
    cx.permit("plan:read", &Resource::open("priority", cx.code()))?;
    let book = cx.municipality.get::<PlanBook>();
    let indicator = book.indicators.get(&id).ok_or(Fault::NotFound)?;
    let lang = cx.words.language();
    let say = Say(&cx.words);
    let baseline = indicator.baseline.as_ref().map_or(book.plan.from, |b| b.year);
    let last = *book.years(this_year(&cx)).end();
    let mut tx = cx.read().await?;
    let figures = gather(&cx, &mut tx, &[indicator], baseline.min(book.plan.from)..=last).await?;
    let sheet = cx.municipality.get::<areas::Atlas>().sheet();
    let by_area = by_area(&cx, &mut tx, &sheet, &[indicator]).await?;
    let readings: Vec<Reading> = figures.years.keys().map(|year| figures.read(indicator, *year)).collect();
    let priority = book.plan.priority(&indicator.priority).map(|p| p.name.get(lang).to_owned()).unwrap_or_default();
    let view = IndicatorPage {
        page: cx.page_titled(say.name(indicator)),
        crumbs: vec![
            Link::new("/plan", cx.t("plan-tab-plan")),
            Link::new(format!("/plan/priorities/{}", indicator.priority), priority),
        ],
        definition: indicator.definition.get(lang).to_owned(),
        unit: indicator.unit.get(lang).to_owned(),
        source: cx.t(&format!("plan-origin-{}", indicator.source)),
        direction: cx.t(&format!("plan-direction-{}", indicator.direction)),
        target: say.target(indicator),
        years: years(&cx, say, indicator, &readings),
        chart: chart(&cx, say, indicator, &readings),
        notes: notes(&cx, indicator, &figures),
        split: is_by_area(indicator),
        district: indicator.area_level == AreaLevel::District,
        areas: by_area.get(&indicator.id).map(|found| areas_view(&cx, say, indicator, found)),
    };
    render(&view)
}

/// The years, newest first, with the changes of method between them.
fn years(cx: &Cx, say: Say<'_>, indicator: &Indicator, readings: &[Reading]) -> Vec<YearRow> {
    let empty = |broken: String| YearRow {
        broken,
        year: String::new(),
        value: String::new(),
        class: "",
        interval: String::new(),
        change: String::new(),
        note: String::new(),
        few: String::new(),
        edit: String::new(),
    };
    let least = cx.municipality.get::<PlanBook>().indicators.uncertainty.survey_warn;
    let mut found = Vec::new();
    for (i, reading) in readings.iter().enumerate().rev() {
        let before = i.checked_sub(1).and_then(|i| readings.get(i));
        let few = indicator.source == MeasureSource::Survey && reading.of.is_some_and(|n| n < u64::from(least));
        found.push(YearRow {
            year: reading.year.to_string(),
            value: say.value_or_why(indicator, reading),
            class: match reading.shown {
                Shown::Value(_) => "",
                Shown::Suppressed => "suppressed",
                Shown::Missing => "missing",
            },
            interval: reading.value().map(|v| say.interval(indicator, &v)).unwrap_or_default(),
            change: before
                .filter(|b| indicator.changed(b.year, reading.year).is_none())
                .map(|b| say.change(indicator, reading, b))
                .unwrap_or_default(),
            note: match (reading.value(), &reading.origin) {
                (Some(_), origin) if origin.is_empty() => say.incomplete(reading),
                (_, origin) => origin.clone(),
            },
            few: if few { cx.words.t1("plan-few", "least", &least.to_string()) } else { String::new() },
            edit: match indicator.measure.kind {
                MeasureKind::Manual if cx.may("programme:edit") => {
                    format!("/plan/indicators/{}/{}", indicator.id, reading.year)
                }
                _ => String::new(),
            },
            ..empty(String::new())
        });
        if indicator.method_break.contains(&reading.year) && before.is_some() {
            found.push(empty(cx.words.t1("plan-broken-here", "year", &reading.year.to_string())));
        }
    }
    found
}

/// The years as a drawing; each way of measuring is a line of its own, so that nobody draws one through a change.
fn chart(cx: &Cx, say: Say<'_>, indicator: &Indicator, readings: &[Reading]) -> Option<ChartOfYears> {
    let known: Vec<&Reading> = readings.iter().filter(|r| r.comparable(indicator).is_some()).collect();
    if known.len() < 2 {
        return None;
    }
    let words = &cx.words;
    // the first year of each way of measuring that has a value
    let era = |r: &Reading| indicator.changed(i16::MIN, r.year);
    let mut eras: Vec<Option<i16>> = known.iter().map(|r| era(r)).collect();
    eras.dedup();
    let line = |of: &Option<i16>| Series {
        name: match of {
            Some(year) => words.t1("plan-measured-since", "year", &year.to_string()),
            None => words.t("plan-measured-first"),
        },
        points: readings
            .iter()
            .map(|r| {
                let value = r.comparable(indicator).filter(|_| era(r) == *of);
                let interval = value.and_then(|v| v.interval);
                Point {
                    label: r.year.to_string(),
                    value: value.map(|v| v.value),
                    low: interval.map(|i| i.0),
                    high: interval.map(|i| i.1),
                }
            })
            .collect(),
    };
    // a drawing has room for four lines
    let shown = &eras[eras.len().saturating_sub(4)..];
    let told: Vec<String> =
        readings.iter().map(|r| format!("{}: {}", r.year, say.value_or_dash(indicator, r))).collect();
    let title = say.name(indicator);
    let values = [("name", title.clone().into()), ("values", told.join("; ").into())];
    let target = indicator.target.as_ref().and_then(|t| t.value);
    let unit = indicator.unit.get(words.language()).to_owned();
    let svg = line_chart(&LineChart {
        title: title.clone(),
        desc: words.ta("plan-chart-alt", &values),
        unit: unit.clone(),
        series: shown.iter().map(line).collect(),
        y_max: None,
        goal: target.map(|t| (t, say.target(indicator))),
        format: &|v| words.number(v, usize::from(v.fract() != 0.0)),
    });
    Some(ChartOfYears { title, unit, svg, rows: vec![] })
}

/// What a reader must know of this figure.
fn notes(cx: &Cx, indicator: &Indicator, figures: &Figures) -> Vec<String> {
    let mut found = Vec::new();
    let dispersion = figures.years.values().rev().find_map(|y| y.dispersion.get(&indicator.id).copied());
    match dispersion {
        Some(d) if d >= 1.05 => found.push(cx.words.t1("plan-varies-more", "times", &cx.words.number(d, 1))),
        Some(_) => found.push(cx.t("plan-varies-by-chance")),
        None => {}
    }
    if indicator.source == MeasureSource::Survey {
        let rules = &cx.municipality.get::<PlanBook>().indicators.uncertainty;
        let limits = [("least", rules.survey_least.to_string().into()), ("warn", rules.survey_warn.to_string().into())];
        found.push(cx.words.ta("plan-survey-rules", &limits));
    }
    found
}

fn areas_view(cx: &Cx, say: Say<'_>, indicator: &Indicator, found: &AreaFigures) -> AreasView {
    let words = &cx.words;
    let period = match (found.years.first(), found.years.last()) {
        (Some(first), Some(last)) if first == last => first.to_string(),
        (Some(first), Some(last)) => say.period(*first, *last),
        _ => String::new(),
    };
    let top = found.rows.iter().filter_map(|r| r.drawn.or(r.rate)).map(|r| r.high).fold(0.0, f64::max);
    let rules = &cx.municipality.get::<PlanBook>().indicators;
    let least = rules.small_cells.least.to_string();
    let mut notes = vec![words.t1("plan-areas-note-hidden", "least", &least), words.t("plan-areas-note-rate")];
    let drawn = found.rows.iter().any(|r| r.drawn.is_some());
    if drawn {
        notes.push(words.t("plan-areas-note-drawn"));
    } else if !found.refused {
        notes.push(words.t("plan-areas-note-not-drawn"));
    }
    notes.push(words.t1("plan-areas-note-rank", "level", &words.percent(rules.uncertainty.rank_level)));
    if indicator.source == MeasureSource::Signals {
        notes.push(words.t("plan-areas-note-reports"));
    }
    AreasView {
        period,
        refused: found.refused,
        drawn,
        rows: found.rows.iter().map(|row| area_view(cx, found, row, top)).collect(),
        years: found.years.iter().map(ToString::to_string).collect(),
        notes,
    }
}

fn area_view(cx: &Cx, found: &AreaFigures, row: &AreaRow, top: f64) -> AreaView {
    let words = &cx.words;
    let name = if row.name.is_empty() { cx.t("plan-area-unknown") } else { row.name.clone() };
    let ends = |r: &Range| {
        let values = [("low", words.number(r.low, 1).into()), ("high", words.number(r.high, 1).into())];
        words.ta("plan-interval", &values)
    };
    let bar = |r: &Range| {
        interval_bar(&IntervalBar {
            title: format!("{name}: {} ({})", words.number(r.value, 1), ends(r)),
            low: r.low,
            value: r.value,
            high: r.high,
            min: 0.0,
            max: top,
            mark: found.mean,
            format: &|v| words.number(v, 1),
        })
    };
    AreaView {
        cells: row.cells.iter().map(|c| area_value(cx, *c)).collect(),
        total: area_value(cx, row.total),
        rate: match (row.rate, row.inhabitants) {
            (Some(r), _) => format!("{} ({})", words.number(r.value, 1), ends(&r)),
            (None, None) if !row.name.is_empty() => words.t("plan-area-no-inhabitants"),
            _ => String::new(),
        },
        drawn: row.drawn.map(|r| format!("{} ({})", words.number(r.value, 1), ends(&r))).unwrap_or_default(),
        bar: row.drawn.or(row.rate).as_ref().map(bar).unwrap_or_default(),
        rank: row
            .rank
            .map(|rank| {
                let (best, worst, all) = (rank.best.to_string(), rank.worst.to_string(), found.ranked.to_string());
                let values = [("best", best.into()), ("worst", worst.into()), ("all", all.into())];
                let key = match (rank.best == 1 && rank.worst == found.ranked, rank.best == rank.worst) {
                    (true, _) if found.ranked > 1 => "plan-rank-any",
                    (_, true) => "plan-rank-one",
                    _ => "plan-rank-some",
                };
                words.ta(key, &values)
            })
            .unwrap_or_default(),
        name,
    }
}
