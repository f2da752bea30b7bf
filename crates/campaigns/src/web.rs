//! Screens of campaigns: the list, the form, and a campaign with its progress.

pub mod detail;
pub mod form;

use crate::config::CampaignsConfig;
use crate::model::{Campaign, State};
use crate::ops::{self, today};
use areas::Atlas;
use axum::response::Response;
use kit::Fault;
use kit::clock::day_date;
use site::{Cx, Page, render};

/// Tone and text of a badge.
pub(crate) struct Badge {
    pub(crate) tone: &'static str,
    pub(crate) text: String,
}

struct Row {
    href: String,
    name: String,
    kind: String,
    icon: String,
    areas: String,
    period: String,
    state: Badge,
    review: bool,
    hours: String,
}

struct Group {
    id: &'static str,
    title: String,
    rows: Vec<Row>,
}

#[derive(askama::Template)]
#[template(path = "pages/list.html")]
struct ListPage {
    page: Page,
    groups: Vec<Group>,
    is_empty: bool,
    may_edit: bool,
}

/// A day in words.
pub(crate) fn day_words(cx: &Cx, day: i64) -> String {
    cx.words.day(day_date(i32::try_from(day).unwrap_or_default()))
}

pub(crate) fn period(cx: &Cx, c: &Campaign) -> String {
    let (from, to) = (day_words(cx, c.starts_on), day_words(cx, c.ends_on));
    cx.words.ta("campaigns-period", &[("from", from.into()), ("to", to.into())])
}

pub(crate) fn kind_name(cx: &Cx, id: &str) -> String {
    let config = cx.municipality.get::<CampaignsConfig>();
    config.kind(id).map_or_else(|| id.to_owned(), |k| k.name.get(cx.words.language()).to_owned())
}

/// Names of neighbourhoods; none is the whole municipality.
pub(crate) fn area_names(cx: &Cx, codes: &[String]) -> String {
    let sheet = cx.municipality.get::<Atlas>().sheet();
    if codes.is_empty() {
        return cx.words.t1("campaigns-everywhere", "municipality", &cx.municipality.file.name);
    }
    codes.iter().map(|c| sheet.name(c)).collect::<Vec<_>>().join(", ")
}

pub(crate) fn state_badge(cx: &Cx, c: &Campaign, today: i64) -> Badge {
    if c.state == State::Running && c.starts_on > today {
        return Badge { tone: "soon", text: cx.t("campaigns-state-coming") };
    }
    Badge { tone: c.state.tone(), text: cx.t(&format!("campaigns-state-{}", c.state)) }
}

/// Minutes as whole hours against a budget: `12 van 120 uur`.
pub(crate) fn hours(cx: &Cx, minutes: i64, budget: i64) -> String {
    let used = cx.words.whole((minutes + 30) / 60);
    cx.words.ta("campaigns-hours-of", &[("used", used.into()), ("budget", cx.words.whole(budget).into())])
}

/// `GET /campaigns`: those that run, those to come, and those that are over.
pub async fn list(cx: Cx) -> Result<Response, Fault> {
    let mut tx = cx.read().await?;
    let all = ops::all(&cx, &mut tx).await?;
    drop(tx);
    let today = today(&cx);
    let config = cx.municipality.get::<CampaignsConfig>();
    let group_of = |c: &Campaign| match c.state {
        State::Closed => 2,
        State::Draft => 1,
        State::Running if c.starts_on > today => 1,
        State::Running | State::Reviewed => 0,
    };
    let titles = [("running", "campaigns-running"), ("coming", "campaigns-coming"), ("closed", "campaigns-closed")];
    let is_empty = all.is_empty();
    let groups = (0..).zip(titles).map(|(n, (id, title))| Group {
        id,
        title: cx.t(title),
        rows: all
            .iter()
            .filter(|(c, ..)| group_of(c) == n)
            .map(|(c, _, minutes)| Row {
                href: format!("/campaigns/{}", c.id),
                name: c.name.clone(),
                kind: kind_name(&cx, &c.kind),
                icon: config.kind(&c.kind).map_or_else(|| "map".to_owned(), |k| k.icon.clone()),
                areas: area_names(&cx, &c.areas.0),
                period: period(&cx, c),
                state: state_badge(&cx, c, today),
                review: c.review_due(today),
                hours: hours(&cx, *minutes, c.budget_hours),
            })
            .collect(),
    });
    let groups = groups.filter(|g| !g.rows.is_empty()).collect();
    render(&ListPage { groups, is_empty, may_edit: cx.may("campaign:edit"), page: cx.page("campaigns-title") })
}
