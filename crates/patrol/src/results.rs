//! `GET /rounds/results`: what a week of rounds brought, for the coordinator: hours by neighbourhood against the plan,
//! outcomes by kind of visit, and the visits of campaigns.
//!
//! Architecture invariant: it counts places and hours of the team. There is no table by officer.

mod store;

use crate::round::{Outcome, VisitKind, VisitState};
use areas::Atlas;
use axum::extract::Query;
use axum::response::Response;
use campaigns::obligation;
use jiff::ToSpan as _;
use jiff::civil::Date;
use kit::Fault;
use kit::clock::day_number;
use policy::Resource;
use serde::Deserialize;
use site::page::{Link, Page};
use site::{Cx, render};
use std::collections::BTreeMap;
use store::Row;

/// The week to show: any day in it.
#[derive(Debug, Deserialize)]
pub struct Week {
    day: Option<String>,
}

#[derive(askama::Template)]
#[template(path = "results/page.html")]
struct ResultsPage {
    page: Page,
    crumbs: Vec<Link>,
    lead: String,
    earlier: String,
    later: String,
    this: String,
    rounds: String,
    visits: String,
    hours: String,
    acted: String,
    empty: bool,
    areas: Vec<AreaRow>,
    /// The neighbourhoods where no visit was planned, in a sentence; empty when there are none.
    nobody: String,
    whole: AreaRow,
    outcomes: Vec<String>,
    kinds: Vec<KindRow>,
    campaigns: Vec<CampaignRow>,
}

struct AreaRow {
    name: String,
    planned: String,
    present: String,
    visits: String,
    acted: String,
}

struct KindRow {
    name: String,
    visits: String,
    skipped: String,
    outcomes: Vec<String>,
}

struct CampaignRow {
    href: String,
    name: String,
    visits: String,
    left: String,
    hours: String,
}

/// Sums over visits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Sums {
    visits: i64,
    done: i64,
    skipped: i64,
    acted: i64,
    planned: i64,
    present: i64,
}

impl Sums {
    fn add(&mut self, row: &Row) {
        self.visits += row.visits;
        self.planned += row.planned;
        self.present += row.present;
        match row.state {
            VisitState::Left => self.done += row.visits,
            VisitState::Skipped => self.skipped += row.visits,
            VisitState::Planned | VisitState::Arrived => {}
        }
        if row.state == VisitState::Left && row.outcome.is_some_and(Outcome::is_action) {
            self.acted += row.visits;
        }
    }

    fn of<'a>(rows: impl IntoIterator<Item = &'a Row>) -> Self {
        let mut sums = Self::default();
        rows.into_iter().for_each(|row| sums.add(row));
        sums
    }
}

/// The page.
///
/// # Errors
/// When the policy refuses or the database cannot be read.
pub async fn page(cx: Cx, Query(week): Query<Week>) -> Result<Response, Fault> {
    let permit = cx.permit("round:read", &Resource::ordinary("round", cx.code()))?;
    let today = cx.now.local(&cx.municipality.zone).date();
    let monday = |day: Date| day.saturating_sub(i64::from(day.weekday().to_monday_zero_offset()).days());
    let this = monday(today);
    let first = week.day.and_then(|d| d.parse().ok()).map_or(this, monday);
    let days = (day_number(first), day_number(first.saturating_add(6.days())));
    let mut tx = cx.read().await?;
    let rows = store::visits(&mut tx, &permit, days).await?;
    let (approved, walked) = store::rounds(&mut tx, &permit, days).await?;
    let campaigns = obligation::in_week(&mut tx, &permit, i64::from(days.0)).await?;
    drop(tx);
    let words = &cx.words;
    let whole = Sums::of(&rows);
    let of = |done: i64, of: i64| words.ta("patrol-of", &[("done", done.into()), ("of", of.into())]);
    let hours = |minutes: i64| words.number(minutes as f64 / 60.0, 1);
    let area_row = |name: String, sums: Sums| AreaRow {
        name,
        planned: hours(sums.planned),
        present: hours(sums.present),
        visits: of(sums.done, sums.visits),
        acted: words.whole(sums.acted),
    };
    let (visited, others): (Vec<_>, Vec<_>) = by_area(&cx, &rows).into_iter().partition(|(_, sums)| sums.visits > 0);
    let nobody = others.into_iter().map(|(name, _)| name).collect::<Vec<_>>().join(", ");
    let link = |weeks: i64| format!("/rounds/results?day={}", first.saturating_add((weeks * 7).days()));
    render(&ResultsPage {
        crumbs: vec![Link::new(format!("/rounds?day={first}"), cx.t("patrol-title"))],
        lead: words.t1("patrol-week-of", "day", &words.day(first)),
        earlier: link(-1),
        later: link(1),
        this: if first == this { String::new() } else { "/rounds/results".to_owned() },
        rounds: of(walked, approved),
        visits: of(whole.done, whole.visits),
        hours: words.ta(
            "patrol-results-hours-of",
            &[("done", hours(whole.present).into()), ("of", hours(whole.planned).into())],
        ),
        acted: words.whole(whole.acted),
        empty: rows.is_empty(),
        areas: visited.into_iter().map(|(name, sums)| area_row(name, sums)).collect(),
        nobody: if nobody.is_empty() { String::new() } else { words.t1("patrol-results-nobody", "areas", &nobody) },
        whole: area_row(cx.t("patrol-results-all"), whole),
        outcomes: Outcome::ALL.iter().map(|o| cx.t(&format!("patrol-outcome-{o}"))).collect(),
        kinds: by_kind(&rows)
            .into_iter()
            .map(|(kind, sums, outcomes)| KindRow {
                name: cx.t(&format!("patrol-kind-{kind}")),
                visits: of(sums.done, sums.visits),
                skipped: words.whole(sums.skipped),
                outcomes: outcomes.into_iter().map(|n| words.whole(n)).collect(),
            })
            .collect(),
        campaigns: campaigns
            .into_iter()
            .map(|c| CampaignRow {
                href: format!("/campaigns/{}", c.campaign),
                name: c.title,
                visits: of(c.made, c.asked),
                left: words.whole((c.asked - c.made).max(0)),
                hours: hours(c.minutes),
            })
            .collect(),
        page: cx.page("patrol-results"),
    })
}

/// Every neighbourhood by name, those without a visit too: that nobody came is a result. Last what lies outside them.
fn by_area(cx: &Cx, rows: &[Row]) -> Vec<(String, Sums)> {
    let sheet = cx.municipality.get::<Atlas>().sheet();
    let mut sums: BTreeMap<&str, Sums> = BTreeMap::new();
    for row in rows {
        sums.entry(&row.area).or_default().add(row);
    }
    let mut found: Vec<(String, Sums)> = sheet
        .neighbourhoods()
        .map(|area| (area.name.clone(), sums.remove(area.code.as_str()).unwrap_or_default()))
        .collect();
    found.sort_by(|a, b| a.0.cmp(&b.0));
    if !sums.is_empty() {
        let elsewhere: Vec<&Row> = rows.iter().filter(|r| sums.contains_key(r.area.as_str())).collect();
        found.push((cx.t("patrol-results-outside"), Sums::of(elsewhere)));
    }
    found
}

/// Each kind of visit that was planned, with how its visits ended in the order of [`Outcome::ALL`].
fn by_kind(rows: &[Row]) -> Vec<(VisitKind, Sums, Vec<i64>)> {
    let of = |kind: VisitKind| rows.iter().filter(move |r| r.kind == kind);
    let ended = |kind: VisitKind, outcome: Outcome| -> i64 {
        of(kind).filter(|r| r.state == VisitState::Left && r.outcome == Some(outcome)).map(|r| r.visits).sum()
    };
    VisitKind::ALL
        .iter()
        .filter(|kind| of(**kind).next().is_some())
        .map(|kind| (*kind, Sums::of(of(*kind)), Outcome::ALL.iter().map(|o| ended(*kind, *o)).collect()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(area: &str, kind: VisitKind, state: VisitState, outcome: Option<Outcome>, n: [i64; 3]) -> Row {
        Row { area: area.into(), kind, state, outcome, visits: n[0], planned: n[1], present: n[2] }
    }

    #[test]
    fn visits_add_up_by_how_they_ended() {
        use VisitState::{Left, Planned, Skipped};
        let rows = [
            row("A", VisitKind::Issue, Left, Some(Outcome::Talk), [2, 28, 31]),
            row("A", VisitKind::Issue, Left, Some(Outcome::NothingFound), [1, 14, 10]),
            row("B", VisitKind::Issue, Skipped, None, [1, 14, 0]),
            row("B", VisitKind::Cell, Planned, None, [3, 42, 0]),
        ];
        let all = Sums::of(&rows);
        assert_eq!(all, Sums { visits: 7, done: 3, skipped: 1, acted: 2, planned: 98, present: 41 });
        let kinds = by_kind(&rows);
        let [(VisitKind::Issue, issues, ended), (VisitKind::Cell, cells, none)] = kinds.as_slice() else {
            panic!("{kinds:?}")
        };
        assert_eq!((issues.done, issues.skipped, cells.visits, cells.done), (3, 1, 3, 0));
        let at = |outcome| Outcome::ALL.iter().position(|o| *o == outcome).unwrap();
        assert_eq!((ended[at(Outcome::Talk)], ended[at(Outcome::NothingFound)], ended.iter().sum::<i64>()), (2, 1, 3));
        assert_eq!(none.iter().sum::<i64>(), 0);
    }
}
