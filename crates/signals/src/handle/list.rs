//! The list of signals: newest first, page by page, at most four queries.

use super::filter::{Filter, Query};
use super::store::Row;
use super::store::lists;
use super::view::{self, RowView};
use crate::intake::Desk;
use crate::model::{Source, State};
use axum::response::Response;
use kit::paging::Cursor;
use kit::{At, Fault, Tx};
use policy::{Permit, Resource};
use site::page::{Choice, Link, Page};
use site::{Cx, FormError, render};

/// Rows of one page.
pub const PAGE: i64 = 50;
/// Counting stops here: "more than 1,000".
pub const MOST_COUNTED: i64 = 1000;

/// One page of the list.
#[derive(Clone, Debug)]
pub struct Found {
    /// Newest first.
    pub rows: Vec<Row>,
    /// Where the next page starts.
    pub next: Option<Cursor>,
    /// How many there are in all, counted up to [`MOST_COUNTED`] + 1; first page only.
    pub count: Option<i64>,
    /// When only a part was looked through: the moment of the oldest row that was looked at.
    pub looked_back_to: Option<At>,
}

/// Finds one page. A text that is exactly a reference finds that signal, whatever else is asked.
///
/// # Errors
/// When the database cannot be read.
pub async fn find(
    tx: &mut Tx,
    permit: &Permit,
    desk: &Desk,
    filter: &Filter,
    after: Option<Cursor>,
    now: At,
) -> kit::Result<Found> {
    if let (None, Some((ours, theirs))) = (after, filter.reference()) {
        let rows = lists::by_reference(tx, permit, &ours, theirs).await?;
        if !rows.is_empty() {
            let count = i64::try_from(rows.len()).ok();
            return Ok(Found { rows, next: None, count, looked_back_to: None });
        }
    }
    let mut ask = filter.ask(after, now, desk);
    let edge = lists::window(tx, permit, &ask).await?;
    if let Some(edge) = edge {
        ask.from = edge;
    }
    let mut rows = lists::rows(tx, permit, &ask, PAGE + 1).await?;
    let mut next = edge.map(|(at, id)| Cursor { at: At::from_micros(at), id });
    let more = rows.len() > 50;
    if more {
        rows.truncate(50);
        next = rows.last().map(|r| Cursor { at: r.reported_at, id: r.id });
    }
    let count = match after {
        None if more => Some(lists::count(tx, permit, &ask, MOST_COUNTED + 1).await?),
        None => i64::try_from(rows.len()).ok(),
        Some(_) => None,
    };
    Ok(Found { rows, next, count, looked_back_to: edge.map(|e| At::from_micros(e.0)) })
}

/// The form of filters, as list and map show it.
pub(super) struct FilterForm {
    pub states: Vec<Choice>,
    pub state: String,
    pub mains: Vec<Choice>,
    pub main: String,
    pub categories: Vec<Choice>,
    pub category: String,
    pub priorities: Vec<Choice>,
    pub priority: String,
    pub areas: Vec<Choice>,
    pub area: String,
    pub sources: Vec<Choice>,
    pub source: String,
    pub lates: Vec<Choice>,
    pub late: String,
    pub from: String,
    pub to: String,
    pub q: String,
    /// Whether anything but the default is chosen.
    pub chosen: bool,
}

impl FilterForm {
    pub(super) fn new(cx: &Cx, desk: &Desk, query: &Query, filter: &Filter) -> Self {
        let lang = cx.words.language();
        let any = |key: &str| vec![Choice::new("", cx.t(key))];
        let mut states =
            vec![Choice::new("open", cx.t("signals-filter-open")), Choice::new("all", cx.t("signals-filter-all"))];
        states.extend(State::ALL.iter().map(|s| Choice::new(s.as_str(), cx.t(&format!("state-{s}")))));
        let mut mains = any("signals-filter-any");
        mains.extend(desk.catalogue.mains.iter().map(|m| Choice::new(&m.id, m.name.get(lang))));
        let mut priorities = any("signals-filter-any");
        priorities.extend(desk.catalogue.priorities.iter().map(|(id, name)| Choice::new(id, name.get(lang))));
        let mut sources = any("signals-filter-any");
        sources.extend(Source::ALL.iter().map(|s| Choice::new(s.as_str(), cx.t(&format!("source-{s}")))));
        let mut lates = any("signals-filter-any");
        lates.push(Choice::new("yes", cx.t("signals-filter-late")));
        lates.push(Choice::new("no", cx.t("signals-filter-not-late")));
        let mut categories = any("signals-filter-any");
        categories.extend(view::categories(desk, lang));
        let mut areas = any("signals-filter-any");
        areas.extend(view::areas(desk));
        Self {
            states,
            state: if query.state.is_empty() { "open".into() } else { query.state.clone() },
            mains,
            main: query.main.clone(),
            categories,
            category: query.category.clone(),
            priorities,
            priority: query.priority.clone(),
            areas,
            area: query.area.clone(),
            sources,
            source: query.source.clone(),
            lates,
            late: query.late.clone(),
            from: query.from.clone(),
            to: query.to.clone(),
            q: query.q.clone(),
            chosen: *filter != Filter::default(),
        }
    }
}

#[derive(askama::Template)]
#[template(path = "handle/pages/list.html")]
struct ListPage {
    page: Page,
    tabs: Vec<Link>,
    errors: Vec<FormError>,
    form: FilterForm,
    action: &'static str,
    count: String,
    looked: String,
    rows: Vec<RowView>,
    newer: String,
    older: String,
    may_create: bool,
}

/// `GET /signals`: the list.
///
/// # Errors
/// When the policy refuses or the database cannot be read.
pub async fn list(cx: Cx, axum::extract::Query(query): axum::extract::Query<Query>) -> Result<Response, Fault> {
    let permit = cx.permit("signal:list", &Resource::ordinary("signal", cx.code()))?;
    let desk = Desk::of(&cx.municipality);
    let (filter, faults) = Filter::read(&query, &desk);
    let after = Cursor::parse(&query.after);
    let mut tx = cx.read().await?;
    let found = find(&mut tx, &permit, &desk, &filter, after, cx.now).await?;
    drop(tx);
    let count = match found.count {
        Some(n) if n > MOST_COUNTED => cx.words.tn("signals-count-more", MOST_COUNTED),
        Some(n) => cx.words.tn("signals-count", n),
        None => after.map(|c| cx.words.t1("signals-before", "at", &cx.words.date_time(c.at))).unwrap_or_default(),
    };
    render(&ListPage {
        tabs: view::tabs(&cx, &filter, "/signals"),
        errors: cx.summary(&faults),
        form: FilterForm::new(&cx, &desk, &query, &filter),
        action: "/signals",
        count,
        looked: found
            .looked_back_to
            .map(|at| cx.words.t1("signals-looked", "day", &cx.words.date(at)))
            .unwrap_or_default(),
        rows: found.rows.iter().map(|r| RowView::new(&cx, &desk, r)).collect(),
        newer: after.map(|_| filter.href("/signals", None)).unwrap_or_default(),
        older: found.next.map(|c| filter.href("/signals", Some(c))).unwrap_or_default(),
        may_create: cx.may("signal:create"),
        page: cx.page("signals-title"),
    })
}
