//! The plan with a line of figures per priority.

use super::{Asked, Line, lines};
use crate::PlanBook;
use crate::account::gather::gather;
use crate::account::say::Say;
use crate::cycle;
use crate::front::{chosen_year, tabs, this_year, year_tabs};
use crate::model::{Indicator, Item, MeasureKind, PlanState};
use axum::extract::Query;
use axum::response::Response;
use kit::Fault;
use policy::Resource;
use site::{Cx, Link, Page, render};

#[derive(askama::Template)]
#[template(path = "account/pages/overview.html")]
struct OverviewPage {
    page: Page,
    tabs: Vec<Link>,
    years: Vec<Link>,
    year: String,
    motto: String,
    period: String,
    state: String,
    since: String,
    fictitious: bool,
    over: String,
    ambitions: Vec<Line>,
    areas: Vec<AreaCards>,
    programme_note: String,
}

struct AreaCards {
    name: String,
    why: String,
    cards: Vec<Card>,
}

struct Card {
    href: String,
    icon: String,
    name: String,
    line: String,
    actions: String,
}

/// `GET /plan`: the plan with a line of figures per priority.
pub async fn overview(cx: Cx, Query(asked): Query<Asked>) -> Result<Response, Fault> {
    let permit = cx.permit("plan:read", &Resource::open("plan", cx.code()))?;
    let book = cx.municipality.get::<PlanBook>();
    let year = chosen_year(&cx, &book, asked.year)?;
    // the slow kinds are left to the page of the priority
    let slow =
        |kind: MeasureKind| matches!(kind, MeasureKind::ReopenedShare | MeasureKind::MedianDays) || kind.follows();
    let quick: Vec<&Indicator> = book.indicators.indicator.iter().filter(|i| !slow(i.measure.kind)).collect();
    let mut tx = cx.read().await?;
    let figures = gather(&cx, &mut tx, &quick, [year - 1, year]).await?;
    let actions = cycle::action_states(&mut tx, permit.municipality(), &book, year, cx.words.language()).await?;
    let state = cycle::plan_state(&mut tx, permit.municipality(), &book).await?.state;
    let (say, lang) = (Say(&cx.words), cx.words.language());
    let line = |id: &str| {
        let mut mine = quick.iter().filter(|i| i.priority == id).peekable();
        let first = mine.peek().copied();
        let shown = mine.find(|i| figures.read(i, year).value().is_some()).or(first);
        shown.map_or_else(
            || cx.t("plan-no-indicators"),
            |i| say.line(i, &figures.read(i, year), &figures.before(i, year)),
        )
    };
    let progress = |id: &str| {
        let Some(programme) = book.programmes.get(&year) else { return String::new() };
        let (mut all, mut going) = (0, 0);
        for action in programme.of_priority(id) {
            all += 1;
            let state = actions.get(&action.id).map(|s| s.standing.state);
            going += i64::from(state.is_some_and(|s| matches!(s.as_str(), "running" | "done")));
        }
        cx.words.ta("plan-card-actions", &[("n", all.into()), ("going", going.into())])
    };
    let card = |id: &str, name: &kit::Text| Card {
        href: format!("/plan/priorities/{id}?year={year}"),
        icon: id.to_owned(),
        name: name.get(lang).to_owned(),
        line: line(id),
        actions: progress(id),
    };
    let mut areas: Vec<AreaCards> = book
        .plan
        .focus_area
        .iter()
        .map(|area| AreaCards {
            name: area.name.get(lang).to_owned(),
            why: area.why.as_ref().map(|w| w.get(lang).to_owned()).unwrap_or_default(),
            cards: area.priority.iter().map(|p| card(&p.id, &p.name)).collect(),
        })
        .collect();
    if !book.plan.theme.is_empty() {
        areas.push(AreaCards {
            name: cx.t("plan-themes"),
            why: cx.t("plan-themes-why"),
            cards: book.plan.theme.iter().map(|t| card(&t.id, &t.name)).collect(),
        });
    }
    let over = this_year(&cx) > book.plan.to && state != PlanState::Superseded;
    let ambitions: Vec<&Item> = book.plan.ambition.iter().collect();
    render(&OverviewPage {
        page: cx.page_titled(book.plan.title.get(lang).to_owned()),
        tabs: tabs(&cx, &book, year, ""),
        years: year_tabs(&cx, &book, year, |y| format!("/plan?year={y}")),
        year: year.to_string(),
        motto: book.plan.motto.as_ref().map(|m| m.get(lang).to_owned()).unwrap_or_default(),
        period: say.period(book.plan.from, book.plan.to),
        state: cx.t(&format!("plan-state-{state}")),
        since: book.plan.adopted.as_ref().map(|a| cx.words.day(a.in_force)).unwrap_or_default(),
        fictitious: book.plan.fictitious,
        over: if over { cx.words.t1("plan-over", "year", &book.plan.to.to_string()) } else { String::new() },
        ambitions: lines(&ambitions, lang),
        areas,
        programme_note: book
            .programmes
            .get(&year)
            .and_then(|p| p.note.as_ref())
            .map(|n| n.get(lang).to_owned())
            .unwrap_or_default(),
    })
}
