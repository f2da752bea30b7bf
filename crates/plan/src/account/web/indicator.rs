//! One indicator: its years and months with their margins, where the method changed, and what may be said by area.

mod areas;

use super::priority::ChartOfYears;
use crate::PlanBook;
use crate::account::areas::{by_area, is_by_area};
use crate::account::gather::{Figures, gather};
use crate::account::indicators::{Reading, Whole};
use crate::account::months;
use crate::account::say::Say;
use crate::front::this_year;
use crate::model::{AreaLevel, Indicator, MeasureKind, MeasureSource};
use axum::extract::Path;
use axum::response::Response;
use jiff::civil::Date;
use kit::Fault;
use picture::interval::Shown;
use policy::Resource;
use site::chart::{LineChart, Point, Series, line_chart};
use site::{Cx, Link, Page, render};

#[derive(askama::Template)]
#[template(path = "account/pages/indicator.html")]
struct IndicatorPage {
    page: Page,
    crumbs: Vec<Link>,
    definition: String,
    unit: String,
    /// How the ends of a figure are called.
    ends: String,
    source: String,
    direction: String,
    target: String,
    years: Vec<YearRow>,
    chart: Option<ChartOfYears>,
    months: Option<MonthsView>,
    notes: Vec<String>,
    /// The page with the numbers of sanctions by neighbourhood; empty for no link.
    elsewhere: String,
    /// Whether it is meant to be shown by area.
    split: bool,
    district: bool,
    areas: Option<areas::AreasView>,
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

/// The last months: a drawing, and each as a row of month, value, class, interval and note.
struct MonthsView {
    chart: Option<ChartOfYears>,
    rows: Vec<[String; 5]>,
}

/// So many months are shown.
const MONTHS: i32 = 24;

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
    let sheet = cx.municipality.get::<::areas::Atlas>().sheet();
    let by_area = by_area(&cx, &mut tx, &sheet, &[indicator]).await?;
    let months = match indicator.measure.kind {
        MeasureKind::Manual => None,
        _ => Some(months(&cx, &mut tx, indicator, &figures, MONTHS).await?),
    };
    drop(tx);
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
        ends: cx.t(match indicator.measure.kind {
            MeasureKind::Sanctions => "plan-ends",
            _ => "annual-interval",
        }),
        source: cx.t(&format!("plan-origin-{}", indicator.source)),
        direction: cx.t(&format!("plan-direction-{}", indicator.direction)),
        target: say.target(indicator),
        years: years(&cx, say, indicator, &readings),
        chart: chart(&cx, say, indicator, &readings),
        months: months.and_then(|found| months_view(&cx, say, indicator, &found)),
        notes: notes(&cx, indicator, &figures),
        elsewhere: match indicator.measure.kind {
            MeasureKind::Sanctions if cx.may("sanction:figures") => "/sanctions/figures".to_owned(),
            _ => String::new(),
        },
        split: is_by_area(indicator),
        district: indicator.area_level == AreaLevel::District,
        areas: by_area.get(&indicator.id).map(|found| areas::view(&cx, say, indicator, found)),
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
                (Some(_), origin) if origin.is_empty() => note(say, indicator, reading),
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

/// What is missing of a year or month, and on how many records its figure rests.
fn note(say: Say<'_>, indicator: &Indicator, reading: &Reading) -> String {
    let parts = [say.incomplete(reading), say.rests_on(indicator, reading)];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The months with something recorded, newest last in the drawing and first in the table; `None` for nothing.
fn months_view(cx: &Cx, say: Say<'_>, indicator: &Indicator, found: &[(Date, Reading)]) -> Option<MonthsView> {
    let words = &cx.words;
    let first = found.iter().position(|(_, r)| r.shown != Shown::Missing)?;
    let found = found.get(first..)?;
    let name = |month: &Date| month.strftime("%m-%Y").to_string();
    let points: Vec<Point> = found
        .iter()
        .map(|(month, r)| {
            let value = r.comparable(indicator);
            let interval = value.and_then(|v| v.interval);
            Point {
                label: name(month),
                value: value.map(|v| v.value),
                low: interval.map(|i| i.0),
                high: interval.map(|i| i.1),
            }
        })
        .collect();
    let unit = indicator.unit.get(words.language()).to_owned();
    let title = words.t1("plan-months-of", "name", &say.name(indicator));
    let told: Vec<String> =
        found.iter().map(|(month, r)| format!("{}: {}", name(month), say.value_or_dash(indicator, r))).collect();
    let values = [("name", title.clone().into()), ("values", told.join("; ").into())];
    let chart = (points.iter().filter(|p| p.value.is_some()).count() > 1).then(|| {
        let svg = line_chart(&LineChart {
            title: title.clone(),
            desc: words.ta("plan-months-alt", &values),
            unit: unit.clone(),
            series: vec![Series { name: say.name(indicator), points }],
            y_max: None,
            goal: None,
            format: &|v| words.number(v, usize::from(v.fract() != 0.0)),
        });
        ChartOfYears { title, unit, svg, rows: vec![] }
    });
    let row = |(month, r): &(Date, Reading)| {
        let (value, class) = match r.shown {
            Shown::Value(_) => (say.value_or_dash(indicator, r), ""),
            Shown::Suppressed => (cx.t("plan-suppressed"), "suppressed"),
            Shown::Missing => (cx.t("plan-no-value"), "missing"),
        };
        let interval = r.value().map(|v| say.interval(indicator, &v)).unwrap_or_default();
        let running = match (r.whole, r.value()) {
            (Whole::Running, Some(_)) => cx.t("plan-month-running"),
            _ => say.incomplete(r),
        };
        let parts = [running, say.rests_on(indicator, r)];
        let note = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
        [name(month), value, class.to_owned(), interval, note]
    };
    Some(MonthsView { chart, rows: found.iter().rev().map(row).collect() })
}
