//! Pages to read: the datasets, and one dataset by area, category and period, as table, chart and file.

use crate::config::{Dataset, FiguresConfig};
use crate::import;
use crate::model::{AreaLevel, NameKind, Period, PeriodKind, Said};
use crate::read::{self, Shown};
use crate::say::{self, Cell};
use crate::store::{self, DatasetRow, NameRow};
use areas::{Atlas, Figure};
use axum::extract::{Path, Query};
use axum::response::Response;
use kit::{Fault, Tx, Words};
use policy::{Permit, Resource};
use serde::Deserialize;
use site::chart::{LineChart, Point, Series, line_chart};
use site::page::{Choice, Link, Page};
use site::{Cx, render};
use std::collections::HashMap;

fn permit(cx: &Cx) -> Result<Permit, Fault> {
    cx.permit("figure:read", &Resource::open("figure", cx.code()))
}

struct Card {
    href: String,
    name: String,
    about: String,
    warning: String,
    period: String,
    cells: String,
    source: String,
    refreshed: String,
    schedule: String,
    failure: String,
    empty: bool,
}

#[derive(askama::Template)]
#[template(path = "pages/list.html")]
struct ListPage {
    page: Page,
    may_import: bool,
    cards: Vec<Card>,
}

/// `GET /figures`: the datasets, with source, licence, period and what to know of them.
///
/// # Errors
/// When the policy or the database refuses.
pub async fn list(cx: Cx) -> Result<Response, Fault> {
    let permit = permit(&cx)?;
    let known = store::datasets(&mut cx.read().await?, permit.municipality()).await?;
    let config = cx.municipality.get::<FiguresConfig>();
    let card = |dataset: &Dataset| card(&cx, dataset, known.iter().find(|k| k.dataset == dataset.id));
    render(&ListPage {
        cards: config.datasets.iter().map(card).collect(),
        may_import: cx.may("figure:import"),
        page: cx.page("figures-title"),
    })
}

fn card(cx: &Cx, dataset: &Dataset, known: Option<&DatasetRow>) -> Card {
    let words = &cx.words;
    let none = DatasetRow::default();
    let known = known.unwrap_or(&none);
    let year = |start: &str| start.get(..4).unwrap_or_default().to_owned();
    let (first, last) = (year(&known.first_period), year(&known.last_period));
    Card {
        href: format!("/figures/{}", dataset.id),
        name: dataset.name.get(words.language()).to_owned(),
        about: dataset.about.get(words.language()).to_owned(),
        warning: dataset.warning.get(words.language()).to_owned(),
        period: if first == last { last } else { format!("{first}–{last}") },
        cells: words.whole(known.cells),
        source: source(words, dataset),
        refreshed: known.applied_at.map(|at| words.date(at)).unwrap_or_default(),
        schedule: dataset.every_days.map(|n| words.tn("figures-every", i64::from(n))).unwrap_or_default(),
        failure: failure(words, known),
        empty: known.cells == 0,
    }
}

fn source(words: &Words, dataset: &Dataset) -> String {
    let values = [("publisher", dataset.publisher.as_str().into()), ("licence", dataset.licence.as_str().into())];
    words.ta("figures-source", &values)
}

/// Why the last refresh failed, when it did.
fn failure(words: &Words, known: &DatasetRow) -> String {
    let Some(at) = known.failed_at else { return String::new() };
    let why = serde_json::from_str::<Said>(&known.failure).map(|s| s.sentence(words)).unwrap_or_default();
    words.ta("figures-failed", &[("when", words.date_time(at).into()), ("why", why.into())])
}

/// What a reader chose.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Choose {
    measure: String,
    category: String,
    area: String,
    kind: String,
}

struct Line {
    period: String,
    cell: Cell,
    margins: String,
    n: String,
    few: bool,
    preliminary: bool,
    change: String,
}

struct AreaLine {
    name: String,
    href: String,
    cell: Cell,
    preliminary: bool,
}

struct Revised {
    period: String,
    was: Cell,
    when: String,
    by: String,
}

#[derive(askama::Template)]
#[template(path = "pages/dataset.html")]
struct DatasetPage {
    page: Page,
    crumbs: Vec<Link>,
    about: String,
    warning: String,
    failure: String,
    source: String,
    download: String,
    measures: Vec<Choice>,
    categories: Vec<Choice>,
    areas: Vec<Choice>,
    kinds: Vec<Choice>,
    chosen: Choose,
    heading: String,
    text: String,
    unit: String,
    chart: Option<String>,
    lines: Vec<Line>,
    has_margins: bool,
    has_n: bool,
    breaks: String,
    areas_period: String,
    area_lines: Vec<AreaLine>,
    revised: Vec<Revised>,
    files: Vec<Link>,
}

/// `GET /figures/{dataset}`: one series as chart and table, the areas side by side, and what was revised.
///
/// # Errors
/// [`Fault::NotFound`] for a dataset that is not configured.
pub async fn dataset(cx: Cx, Path(id): Path<String>, Query(chosen): Query<Choose>) -> Result<Response, Fault> {
    let permit = permit(&cx)?;
    let (_, dataset) = import::dataset(&cx, &id)?;
    let words = &cx.words;
    let mut tx = cx.read().await?;
    let mut names = store::names(&mut tx, permit.municipality(), &dataset.id).await?;
    // the municipality before its districts, those before their neighbourhoods
    names.sort_by_cached_key(|n| (n.kind == NameKind::Area).then(|| (AreaLevel::of(&n.code), n.title.clone())));
    let known = store::datasets(&mut tx, permit.municipality()).await?;
    let known = known.into_iter().find(|k| k.dataset == dataset.id).unwrap_or_default();
    let mut chosen = choose(&cx, &names, chosen);
    let of = (chosen.measure.as_str(), chosen.category.as_str(), chosen.area.as_str());
    let all = read::series(&mut tx, permit.municipality(), &dataset, of).await?;
    let kinds: Vec<PeriodKind> =
        PeriodKind::ALL.iter().rev().copied().filter(|k| all.iter().any(|s| s.period.kind == *k)).collect();
    let kind = chosen.kind.parse().ok().filter(|k| kinds.contains(k)).or(kinds.first().copied());
    let shown: Vec<Shown> = all.into_iter().filter(|s| Some(s.period.kind) == kind).collect();
    let (areas_period, area_lines) = area_lines(&cx, &mut tx, &dataset, &names, &chosen, &shown).await?;
    let revised = revised(&cx, &mut tx, &permit, &dataset, of).await?;
    let files = store::files(&mut tx, &permit, &dataset.id, 10).await?;
    let title = |k: NameKind, code: &str| title(&names, k, code);
    let measure = names.iter().find(|n| n.kind == NameKind::Measure && n.code == chosen.measure);
    let category = title(NameKind::Category, &chosen.category);
    // a measure without a name of its own is called by its key: that says nothing to a reader
    let what = Some(title(NameKind::Measure, &chosen.measure)).filter(|name| *name != chosen.measure);
    let heading = [what.unwrap_or_default(), category, title(NameKind::Area, &chosen.area)];
    let heading = heading.into_iter().filter(|h| !h.is_empty()).collect::<Vec<_>>().join(", ");
    let unit = measure.map(|m| m.unit.clone()).unwrap_or_default();
    chosen.kind = kind.map(|k| k.as_str().to_owned()).unwrap_or_default();
    let of_text = names.iter().find(|n| n.kind == NameKind::Category && n.code == chosen.category);
    render(&DatasetPage {
        crumbs: vec![Link::new("/figures", cx.t("figures-title"))],
        about: dataset.about.get(words.language()).to_owned(),
        warning: dataset.warning.get(words.language()).to_owned(),
        failure: failure(words, &known),
        source: source(words, &dataset),
        download: format!("/figures/{}/figures.csv", dataset.id),
        measures: choices(&names, NameKind::Measure),
        categories: choices(&names, NameKind::Category),
        areas: choices(&names, NameKind::Area),
        kinds: kinds.iter().map(|k| Choice::new(k.as_str(), cx.t(&format!("figures-kind-{k}")))).collect(),
        text: of_text.or(measure).map(|n| n.body.clone()).unwrap_or_default(),
        chart: (shown.len() > 1).then(|| chart(words, &dataset, &chosen.area, &shown, &heading, &unit)),
        has_margins: shown.iter().any(|s| s.interval.is_some()),
        has_n: shown.iter().any(|s| s.n.is_some()),
        lines: lines(words, &dataset, &chosen.area, &shown),
        breaks: dataset.method_breaks.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
        areas_period,
        area_lines,
        revised,
        files: files.iter().map(|f| Link::new(format!("/figures/files/{}", f.id), file_label(words, f))).collect(),
        page: cx.page_titled(dataset.name.get(words.language()).to_owned()),
        heading,
        unit,
        chosen,
    })
}

fn file_label(words: &Words, file: &store::FileRow) -> String {
    let values = [
        ("name", file.name.as_str().into()),
        ("when", words.date(file.received_at).into()),
        ("state", words.t(&format!("figures-state-{}", file.state)).into()),
    ];
    words.ta("figures-file-line", &values)
}

fn title(names: &[NameRow], kind: NameKind, code: &str) -> String {
    names.iter().find(|n| n.kind == kind && n.code == code).map_or_else(|| code.to_owned(), |n| n.title.clone())
}

fn choices(names: &[NameRow], kind: NameKind) -> Vec<Choice> {
    let of = names.iter().filter(|n| n.kind == kind);
    of.map(|n| {
        let indent =
            if AreaLevel::of(&n.code) == AreaLevel::Neighbourhood && kind == NameKind::Area { "– " } else { "" };
        Choice::new(&n.code, format!("{indent}{}", n.title))
    })
    .collect()
}

/// The reader's choice, where it exists; else the total, the municipality and the first measure.
fn choose(cx: &Cx, names: &[NameRow], chosen: Choose) -> Choose {
    let pick = |kind: NameKind, wanted: String, prefer: &dyn Fn(&NameRow) -> bool| {
        let mut of = names.iter().filter(|n| n.kind == kind);
        if of.clone().any(|n| n.code == wanted) {
            return wanted;
        }
        let preferred = of.clone().find(|n| prefer(n)).or_else(|| of.next());
        preferred.map(|n| n.code.clone()).unwrap_or_default()
    };
    Choose {
        measure: pick(NameKind::Measure, chosen.measure, &|_| false),
        category: pick(NameKind::Category, chosen.category, &|n| n.is_total),
        area: pick(NameKind::Area, chosen.area, &|n| n.code == cx.code()),
        kind: chosen.kind,
    }
}

/// Whether two periods may be compared: both final, and no change of method between them.
fn comparable(dataset: &Dataset, before: &Shown, after: &Shown) -> bool {
    let between = |y: &i16| before.period.start.year() < *y && *y <= after.period.start.year();
    !before.preliminary && !after.preliminary && !dataset.method_breaks.iter().any(between)
}

fn lines(words: &Words, dataset: &Dataset, area: &str, shown: &[Shown]) -> Vec<Line> {
    let line = |s: &Shown| {
        let earlier = s.period.start.saturating_sub(jiff::Span::new().years(1));
        let before = shown.iter().find(|b| b.period.start == earlier).filter(|b| comparable(dataset, b, s));
        let value = |s: &Shown| say::masked(s.figure, dataset, area).number();
        let change = before.and_then(|b| Some(value(s)? - value(b)?));
        let visible = value(s).is_some();
        Line {
            period: say::period(words, s.period),
            cell: say::cell(words, s, dataset, area),
            margins: s.interval.filter(|_| visible).map_or_else(String::new, |(low, high)| {
                format!("{} – {}", say::number(words, low), say::number(words, high))
            }),
            n: s.n.map(|n| words.whole(n)).unwrap_or_default(),
            few: visible && dataset.warn_n.is_some_and(|least| s.n.is_some_and(|n| n < least)),
            preliminary: s.preliminary,
            change: change
                .map_or_else(String::new, |c| format!("{}{}", if c > 0.0 { "+" } else { "" }, say::number(words, c))),
        }
    };
    shown.iter().rev().map(line).collect()
}

/// One line for each stretch with the same method, and one for what is preliminary.
fn chart(words: &Words, dataset: &Dataset, area: &str, shown: &[Shown], heading: &str, unit: &str) -> String {
    let stretch = |s: &Shown| dataset.method_breaks.iter().filter(|y| **y <= s.period.start.year()).count();
    let point = |s: &Shown, visible: bool| {
        let value = say::masked(s.figure, dataset, area).number().filter(|_| visible);
        let interval = s.interval.filter(|_| value.is_some());
        Point { label: say::period(words, s.period), value, low: interval.map(|i| i.0), high: interval.map(|i| i.1) }
    };
    let mut series = Vec::new();
    for at in 0..=dataset.method_breaks.len().min(2) {
        let points: Vec<Point> = shown.iter().map(|s| point(s, !s.preliminary && stretch(s) == at)).collect();
        if points.iter().any(|p| p.value.is_some()) {
            let from = at.checked_sub(1).and_then(|i| dataset.method_breaks.get(i));
            let name = match from {
                Some(year) => words.t1("figures-method-from", "year", &year.to_string()),
                None => words.t("figures-final"),
            };
            series.push(Series { name, points });
        }
    }
    if shown.iter().any(|s| s.preliminary) {
        let points = shown.iter().map(|s| point(s, s.preliminary)).collect();
        series.push(Series { name: words.t("figures-preliminary"), points });
    }
    line_chart(&LineChart {
        title: heading.to_owned(),
        desc: words.t("figures-chart-text"),
        unit: unit.to_owned(),
        series,
        y_max: None,
        goal: None,
        format: &|v| say::number(words, v),
    })
}

/// The areas side by side in the newest period that is final, or the newest.
async fn area_lines(
    cx: &Cx,
    tx: &mut Tx,
    dataset: &Dataset,
    names: &[NameRow],
    chosen: &Choose,
    shown: &[Shown],
) -> Result<(String, Vec<AreaLine>), Fault> {
    let newest = shown.iter().rev().find(|s| !s.preliminary).or(shown.last());
    let Some(period) = newest.map(|s| s.period) else { return Ok((String::new(), vec![])) };
    let of = (chosen.measure.as_str(), chosen.category.as_str());
    let cells = store::cells(tx, cx.code(), &dataset.id, of).await?;
    let now = cells.iter().filter(|c| Period::stored(c.period_kind, &c.period) == period);
    let cells: HashMap<&str, &store::CellRow> = now.map(|c| (c.area.as_str(), c)).collect();
    let sheet = cx.municipality.get::<Atlas>().sheet();
    let line = |name: &NameRow| {
        let found = cells.get(name.code.as_str());
        let absent = if dataset.absent_is_zero { Figure::Value(0.0) } else { Figure::Missing };
        let shown = found.map_or_else(
            || Shown { period, figure: absent, interval: None, n: None, preliminary: false },
            |c| read::shown(c, dataset),
        );
        let title = if sheet.get(&name.code).is_some() { sheet.name(&name.code) } else { &name.title };
        AreaLine {
            name: title.to_owned(),
            href: href(dataset, chosen, &name.code),
            cell: say::cell(&cx.words, &shown, dataset, &name.code),
            preliminary: shown.preliminary,
        }
    };
    let lines = names.iter().filter(|n| n.kind == NameKind::Area).take(500).map(line).collect();
    Ok((say::period(&cx.words, period), lines))
}

fn href(dataset: &Dataset, chosen: &Choose, area: &str) -> String {
    let encode = site::layers::encode;
    format!(
        "/figures/{}?measure={}&category={}&area={}&kind={}",
        dataset.id,
        encode(&chosen.measure),
        encode(&chosen.category),
        encode(area),
        encode(&chosen.kind)
    )
}

async fn revised(
    cx: &Cx,
    tx: &mut Tx,
    permit: &Permit,
    dataset: &Dataset,
    of: (&str, &str, &str),
) -> Result<Vec<Revised>, Fault> {
    let rows = store::revisions(tx, permit, &dataset.id, of).await?;
    let line = |r: store::RevisionRow| {
        let figure = if r.status == "value" { Figure::Value(r.value.unwrap_or_default()) } else { Figure::Missing };
        let was = match say::masked(figure, dataset, &r.area) {
            Figure::Suppressed => say::status(&cx.words, "suppressed", None),
            _ => say::status(&cx.words, &r.status, r.value),
        };
        Revised {
            period: say::period(&cx.words, Period::stored(r.period_kind, &r.period)),
            was,
            when: cx.words.date(r.changed_at),
            by: format!("/figures/files/{}", r.by_file_id),
        }
    };
    Ok(rows.into_iter().map(line).collect())
}
