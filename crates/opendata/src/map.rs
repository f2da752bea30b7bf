//! The public map, the same as a list, and the page of one report. Only what was released, on a rounded place.
//!
//! Routes: `/map`, `/map/list`, `/map/{reference}`, all `public:read`; `/map/live` is in [`crate::live`],
//! `/map/feed.atom` in [`crate::feed`].

mod draw;
mod one;

pub use one::one;

use crate::config::OpenDataConfig;
use crate::filter::{Filter, Query, STATES};
use crate::view::Item;
use axum::extract;
use axum::response::Response;
use kit::Fault;
use policy::{Permit, Resource};
use signals::intake::Desk;
use site::page::{Choice, Link, Page};
use site::{Cx, render};
use std::sync::Arc;

/// How far back the live map looks when it begins: nothing is lost between the page and the first listening.
const OVERLAP: i64 = 5_000_000;

/// What every route of this crate asks the policy.
pub(crate) fn permit(cx: &Cx) -> Result<Permit, Fault> {
    cx.permit("public:read", &Resource::ordinary("signal", cx.code()))
}

/// The filter as a form.
struct FilterForm {
    categories: Vec<Choice>,
    category: String,
    states: Vec<Choice>,
    state: String,
    areas: Vec<Choice>,
    area: String,
    periods: Vec<Choice>,
    period: String,
    bbox: String,
    reset: String,
}

impl FilterForm {
    fn new(cx: &Cx, desk: &Desk, config: &OpenDataConfig, filter: &Filter, path: &str) -> Self {
        let lang = cx.words.language();
        let any = |key: &str| Choice::new("", cx.t(key));
        let mut categories = vec![any("opendata-category-any")];
        for main in &desk.catalogue.mains {
            let public: Vec<_> = desk.catalogue.of_main(&main.id).filter(|c| c.public).collect();
            if public.len() > 1 {
                categories.push(Choice::new(&main.id, main.name.get(lang)));
            }
            let named = |name: &str| format!("{}: {name}", main.name.get(lang));
            categories.extend(public.iter().map(|c| Choice::new(&c.id, named(c.name.get(lang)))));
        }
        let mut states = vec![any("opendata-state-any")];
        states.extend(STATES.map(|s| Choice::new(s, cx.t(&format!("opendata-state-{s}")))));
        let mut areas = vec![any("opendata-area-any")];
        areas.extend(desk.sheet.neighbourhoods().map(|a| Choice::new(&a.code, &a.name)));
        let days = |n: &u32| Choice::new(n.to_string(), cx.words.tn("opendata-period-days", i64::from(*n)));
        let mut periods: Vec<Choice> = config.map.periods_days.iter().map(days).collect();
        periods.push(Choice::new("all", cx.t("opendata-period-all")));
        Self {
            categories,
            category: filter.category.clone(),
            states,
            state: filter.state.clone(),
            areas,
            area: filter.area.clone(),
            periods,
            period: if filter.period == 0 { "all".to_owned() } else { filter.period.to_string() },
            bbox: filter.bbox.map(crate::filter::bbox_text).unwrap_or_default(),
            reset: path.to_owned(),
        }
    }
}

/// What map and list share.
struct Frame {
    tabs: Vec<Link>,
    form: FilterForm,
    action: &'static str,
    count: String,
    /// Where the live map listens.
    live: String,
    feed: String,
}

impl Frame {
    fn new(cx: &Cx, desk: &Desk, config: &OpenDataConfig, filter: &Filter, action: &'static str) -> Self {
        let since = (cx.now.micros() - OVERLAP).to_string();
        let tab = |path: &'static str, key: &str| Link {
            current: path == action,
            ..Link::new(filter.href(path, &config.map, &[]), cx.t(key))
        };
        Self {
            tabs: vec![tab("/map", "opendata-tab-map"), tab("/map/list", "opendata-tab-list")],
            form: FilterForm::new(cx, desk, config, filter, action),
            action,
            count: String::new(),
            live: filter.href("/map/live", &config.map, &[("since", since)]),
            feed: filter.href("/map/feed.atom", &config.map, &[]),
        }
    }
}

#[derive(askama::Template)]
#[template(path = "map/pages/map.html")]
struct MapPage {
    page: Page,
    frame: Frame,
    svg: String,
    /// The whole municipality, when the map looks at a part.
    whole: String,
    list: String,
}

/// `GET /map`: the shown reports as points; near ones are one mark when there are many.
///
/// # Errors
/// When the database cannot be read.
pub async fn map(cx: Cx, extract::Query(query): extract::Query<Query>) -> Result<Response, Fault> {
    let permit = permit(&cx)?;
    let (desk, config) = (Desk::of(&cx.municipality), cx.municipality.get::<OpenDataConfig>());
    let filter = Filter { after: None, ..Filter::read(&query, &desk, config.map.period_days, cx.now) };
    let mut tx = cx.read().await?;
    let found = filter.find(&mut tx, &permit, &desk, config.map.most_points).await?;
    drop(tx);
    let items: Vec<Item> = found.iter().map(|s| Item::new(&cx, &desk, s)).collect();
    let mut frame = Frame::new(&cx, &desk, &config, &filter, "/map");
    let shown = i64::try_from(items.len()).unwrap_or(i64::MAX);
    let cut = items.len() == config.map.most_points;
    frame.count = cx.words.tn(if cut { "opendata-count-most" } else { "opendata-count" }, shown);
    let svg = draw::svg(&cx, &desk, &config.map, &filter, &items, &frame.count);
    let wide = Filter { bbox: None, ..filter.clone() };
    render(&MapPage {
        svg,
        whole: if filter.bbox.is_some() { wide.href("/map", &config.map, &[]) } else { String::new() },
        list: filter.href("/map/list", &config.map, &[]),
        frame,
        page: cx.page("opendata-map-title"),
    })
}

#[derive(askama::Template)]
#[template(path = "map/pages/list.html")]
struct ListPage {
    page: Page,
    frame: Frame,
    rows: Vec<Item>,
    newest: String,
    older: String,
}

/// `GET /map/list`: the same as rows, newest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn list(cx: Cx, extract::Query(query): extract::Query<Query>) -> Result<Response, Fault> {
    let permit = permit(&cx)?;
    let (desk, config) = (Desk::of(&cx.municipality), cx.municipality.get::<OpenDataConfig>());
    let filter = Filter::read(&query, &desk, config.map.period_days, cx.now);
    let most = usize::from(config.map.rows);
    let mut tx = cx.read().await?;
    let mut found = filter.find(&mut tx, &permit, &desk, most + 1).await?;
    drop(tx);
    let more = found.len() > most;
    found.truncate(most);
    let older = found.last().filter(|_| more).map(|last| last.after().to_string()).unwrap_or_default();
    let frame = Frame::new(&cx, &desk, &config, &filter, "/map/list");
    render(&ListPage {
        rows: found.iter().map(|s| Item::new(&cx, &desk, s)).collect(),
        newest: if filter.after.is_some() { filter.href("/map/list", &config.map, &[]) } else { String::new() },
        older: if more { filter.href("/map/list", &config.map, &[("after", older)]) } else { String::new() },
        frame,
        page: cx.page("opendata-list-title"),
    })
}

/// The settings of the municipality.
pub(crate) fn config(cx: &Cx) -> Arc<OpenDataConfig> {
    cx.municipality.get::<OpenDataConfig>()
}
