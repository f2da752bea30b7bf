//! One priority: what the plan says, what is done, what the figures say, and the adviser's notes.

use super::{Asked, Line, lines};
use crate::PlanBook;
use crate::account::areas::{AreaFigures, by_area};
use crate::account::indicators::Reading;
use crate::account::paper::{self, Figure, Priority};
use crate::account::report::{Maker, series};
use crate::account::store::Note;
use crate::account::{NewNote, note_priority};
use crate::front::{Trouble, chosen_year, request_id, year_tabs};
use crate::model::{Indicator, Item, MeasureKind};
use axum::extract::{Form, Path, Query};
use axum::response::Response;
use kit::Fault;
use picture::hide::Cell;
use policy::Resource;
use serde::Deserialize;
use site::chart::{LineChart, Point, Series, line_chart};
use site::{Cx, FormError, Link, Page, render_as, see_other};

#[derive(askama::Template)]
#[template(path = "account/pages/priority.html")]
struct PriorityPage {
    page: Page,
    crumbs: Vec<Link>,
    years: Vec<Link>,
    year: String,
    area: String,
    section: String,
    why: String,
    themes: Vec<String>,
    blocks: Vec<(String, Vec<Line>)>,
    partners: Vec<String>,
    priority: Priority,
    rows: Vec<FigureRow>,
    charts: Vec<ChartOfYears>,
    in_areas: Vec<AreaTable>,
    /// Whether there are figures by area, but of other years.
    areas_later: bool,
    may_edit: bool,
    action: String,
    request: String,
    version: i64,
    headline: String,
    done: String,
    adjust: String,
    errors: Vec<FormError>,
    headline_error: String,
    done_error: String,
    adjust_error: String,
}

/// An indicator in a table, with the address of its form when it is filled in by hand.
struct FigureRow {
    figure: Figure,
    page: String,
    edit: String,
}

pub(super) struct ChartOfYears {
    pub title: String,
    pub unit: String,
    pub svg: String,
    pub rows: Vec<[String; 3]>,
}

struct AreaTable {
    title: String,
    rows: Vec<AreaCell>,
}

struct AreaCell {
    name: String,
    value: (String, &'static str),
}

/// The form with the adviser's notes.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct NoteForm {
    request: String,
    year: i16,
    version: i64,
    headline: String,
    done: String,
    adjust: String,
}

async fn priority_page(
    cx: &Cx,
    id: &str,
    asked: &Asked,
    typed: Option<&NoteForm>,
    trouble: &Trouble,
) -> Result<Response, Fault> {
    cx.permit("plan:read", &Resource::open("priority", cx.code()))?;
    let book = cx.municipality.get::<PlanBook>();
    let year = chosen_year(cx, &book, asked.year)?;
    let view = book.plan.priority(id).ok_or(Fault::NotFound)?;
    let indicators: Vec<&Indicator> = book.indicators.of_priority(id).collect();
    let mut tx = cx.read().await?;
    let maker = Maker::new(cx, &mut tx, year, Some(id)).await?;
    let sheet = cx.municipality.get::<areas::Atlas>().sheet();
    let counts = by_area(cx, &mut tx, &sheet, &indicators).await?;
    let in_areas: Vec<AreaTable> =
        indicators.iter().filter_map(|i| area_table(cx, i, counts.get(&i.id)?, year)).collect();
    let lang = cx.words.language();
    let priority = maker.priority(&view);
    let note = maker.notes.get(id).cloned().unwrap_or_default();
    let edit = |i: &Indicator| match i.measure.kind {
        MeasureKind::Manual if cx.may("programme:edit") => format!("/plan/indicators/{}/{year}", i.id),
        _ => String::new(),
    };
    let rows = indicators.iter().zip(&priority.figures);
    let theme = |id: &String| book.plan.imv_theme.iter().find(|t| t.id == *id).map(|t| t.name.get(lang).to_owned());
    let block = |key: &str, items: &[&Item]| (cx.t(key), lines(items, lang));
    let mut page = cx.page_titled(view.name.get(lang).to_owned());
    if asked.saved.is_some() {
        page = page.with_notice("success", cx.t("plan-saved"));
    }
    let page = PriorityPage {
        page,
        crumbs: vec![Link::new(format!("/plan?year={year}"), cx.t("plan-tab-plan"))],
        years: year_tabs(cx, &book, year, |y| format!("/plan/priorities/{id}?year={y}")),
        year: year.to_string(),
        area: view.focus_area.map_or_else(|| cx.t("plan-themes"), |a| a.name.get(lang).to_owned()),
        section: view.section.to_owned(),
        why: view.why.map(|w| w.get(lang).to_owned()).unwrap_or_default(),
        themes: view.imv_themes.iter().filter_map(theme).collect(),
        blocks: [
            block("plan-block-ambition", &view.ambition),
            block("plan-block-approach", &view.approach),
            block("plan-block-precondition", &view.precondition),
            block("plan-block-attention", &view.attention),
            block("plan-block-residents", &view.residents),
        ]
        .into_iter()
        .filter(|(_, lines)| !lines.is_empty())
        .collect(),
        partners: view
            .partners
            .iter()
            .filter_map(|p| book.plan.partner(p))
            .map(|p| p.name.get(lang).to_owned())
            .collect(),
        rows: rows
            .map(|(i, figure)| FigureRow {
                figure: figure.clone(),
                page: format!("/plan/indicators/{}", i.id),
                edit: edit(i),
            })
            .collect(),
        charts: indicators.iter().filter_map(|i| chart(&maker, i)).collect(),
        areas_later: in_areas.is_empty() && !counts.is_empty(),
        in_areas,
        priority,
        may_edit: cx.may("programme:edit"),
        action: format!("/plan/priorities/{id}"),
        request: cx.app.clock.id().to_string(),
        version: note.version,
        headline: typed.map_or(note.headline, |f| f.headline.clone()),
        done: typed.map_or(note.done, |f| f.done.clone()),
        adjust: typed.map_or(note.adjust, |f| f.adjust.clone()),
        errors: trouble.summary(cx, "headline"),
        headline_error: trouble.at(cx, "headline"),
        done_error: trouble.at(cx, "done"),
        adjust_error: trouble.at(cx, "adjust"),
    };
    render_as(trouble.status(), &page)
}

/// The years of one indicator as a drawing and as a table, when at least two years have a value.
fn chart(maker: &Maker<'_>, indicator: &Indicator) -> Option<ChartOfYears> {
    let drawn = maker.chart(indicator)?;
    let words = &maker.cx.words;
    let point = |p: &paper::Point| Point { label: p.label.clone(), value: p.value, low: p.low, high: p.high };
    let goal = drawn.target.map(|t| (t, maker.say.target(indicator)));
    let svg = line_chart(&LineChart {
        title: drawn.title.clone(),
        desc: drawn.alt.clone(),
        unit: drawn.unit.clone(),
        series: vec![Series { name: drawn.title.clone(), points: drawn.points.iter().map(point).collect() }],
        y_max: None,
        goal,
        format: &|v| words.number(v, usize::from(v.fract() != 0.0)),
    });
    let rows = series(&maker.figures, indicator, maker.book.plan.from, maker.year);
    let row = |reading: &Reading| {
        let interval = reading.value().map(|v| maker.say.interval(indicator, &v)).unwrap_or_default();
        let value = maker.say.value_or_why(indicator, reading);
        let part = maker.say.incomplete(reading);
        [reading.year.to_string(), if part.is_empty() { value } else { format!("{value}. {part}") }, interval]
    };
    Some(ChartOfYears { rows: rows.iter().map(row).collect(), title: drawn.title, unit: drawn.unit, svg })
}

/// The column of a year that is over; `None` for another year.
fn area_table(cx: &Cx, indicator: &Indicator, found: &AreaFigures, year: i16) -> Option<AreaTable> {
    let column = found.years.iter().position(|y| *y == year)?;
    let cell = |name: &str, cell: Cell| AreaCell {
        name: if name.is_empty() { cx.t("plan-area-unknown") } else { name.to_owned() },
        value: area_value(cx, cell),
    };
    let rows: Vec<AreaCell> =
        found.rows.iter().filter_map(|row| Some(cell(&row.name, *row.cells.get(column)?))).collect();
    (!rows.is_empty()).then(|| AreaTable { title: indicator.name.get(cx.words.language()).to_owned(), rows })
}

/// A count of an area in words, with the class of what is not shown.
pub(super) fn area_value(cx: &Cx, cell: Cell) -> (String, &'static str) {
    match cell {
        Cell::Value(n) => (cx.words.whole(i64::try_from(n).unwrap_or(i64::MAX)), ""),
        Cell::Small => (cx.t("plan-too-small"), "suppressed"),
        Cell::Covered => (cx.t("plan-covered"), "suppressed"),
        Cell::Missing => (cx.t("plan-no-value"), "missing"),
    }
}

/// `GET /plan/priorities/{id}`
pub async fn priority(cx: Cx, Path(id): Path<String>, Query(asked): Query<Asked>) -> Result<Response, Fault> {
    priority_page(&cx, &id, &asked, None, &Trouble::default()).await
}

/// `POST /plan/priorities/{id}`: the adviser's notes on a year.
pub async fn priority_submit(cx: Cx, Path(id): Path<String>, Form(form): Form<NoteForm>) -> Result<Response, Fault> {
    let new = NewNote {
        request: request_id(&form.request)?,
        year: form.year,
        note: Note {
            priority: id.clone(),
            headline: form.headline.clone(),
            done: form.done.clone(),
            adjust: form.adjust.clone(),
            version: form.version,
        },
    };
    let asked = Asked { year: Some(form.year), saved: None };
    match note_priority(&cx, new).await {
        Ok(()) => Ok(see_other(&format!("/plan/priorities/{id}?year={}&saved=1", form.year))),
        Err(fault) => priority_page(&cx, &id, &asked, Some(&form), &Trouble::of(fault)?).await,
    }
}
