//! `GET /rounds`: the week of the team; for an officer their own shifts.

use super::{names, state_tone, when};
use crate::config::PatrolConfig;
use crate::round::RoundState;
use crate::round::store::{self, Line, OnRound};
use crate::shift::{self, OnShift, Shift};
use axum::extract::Query;
use axum::response::Response;
use jiff::Span;
use jiff::civil::Date;
use kit::{At, Fault};
use policy::{Permit, Resource, Role};
use serde::Deserialize;
use site::page::Page;
use site::{Cx, render};

/// The week to show: any day in it.
#[derive(Debug, Deserialize)]
pub struct Week {
    day: Option<String>,
}

#[derive(askama::Template)]
#[template(path = "round/pages/week.html")]
struct WeekPage {
    page: Page,
    lead: String,
    earlier: String,
    later: String,
    this: String,
    new: String,
    results: String,
    days: Vec<Day>,
}

struct Day {
    name: String,
    today: bool,
    shifts: Vec<Row>,
}

struct Row {
    time: String,
    team: String,
    kind: String,
    officers: String,
    rounds: Vec<RoundRow>,
    propose: String,
}

struct RoundRow {
    href: String,
    label: String,
    tone: &'static str,
    note: String,
}

#[derive(askama::Template)]
#[template(path = "round/pages/mine.html")]
struct MinePage {
    page: Page,
    shifts: Vec<MyShift>,
}

struct MyShift {
    when: String,
    team: String,
    now: bool,
    rounds: Vec<RoundRow>,
}

/// Most shifts on an officer's page.
const MOST_SHIFTS: i64 = 14;
/// A round stays on an officer's page this long after its shift: they may still have to finish it.
const AFTER_MICROS: i64 = 6 * 3_600 * 1_000_000;

/// `GET /rounds`.
pub async fn rounds(cx: Cx, Query(week): Query<Week>) -> Result<Response, Fault> {
    let permit = cx.permit("round:read", &Resource::ordinary("round", cx.code()))?;
    if cx.actor.role == Some(Role::Officer) {
        return mine(&cx, &permit).await;
    }
    let zone = &cx.municipality.zone;
    let today = cx.now.local(zone).date();
    let day: Date = week.day.and_then(|d| d.parse().ok()).unwrap_or(today);
    let monday = day.saturating_add(Span::new().days(-i64::from(day.weekday().to_monday_zero_offset())));
    let midnight = |days: i64| {
        let zoned = monday.saturating_add(Span::new().days(days)).to_zoned(zone.clone());
        zoned.map(|z| At(z.timestamp())).map_err(|e| Fault::Internal(e.to_string()))
    };
    let (from, to) = (midnight(0)?, midnight(7)?);
    let mut tx = cx.read().await?;
    let shifts = shift::between(&mut tx, &permit, from, to).await?;
    let officers = shift::officers_between(&mut tx, &permit, from, to).await?;
    let lines = store::between(&mut tx, &permit, from, to).await?;
    let crews = store::officers_between(&mut tx, &permit, from, to).await?;
    let days = (0..7)
        .map(|n| {
            let date = monday.saturating_add(Span::new().days(n));
            Day {
                name: cx.words.weekday(date),
                today: date == today,
                shifts: shifts
                    .iter()
                    .filter(|s| s.starts_at.local(zone).date() == date)
                    .map(|s| row(&cx, s, &officers, (&lines, &crews)))
                    .collect(),
            }
        })
        .collect();
    let link = |days: i64| format!("/rounds?day={}", monday.saturating_add(Span::new().days(days)));
    render(&WeekPage {
        lead: cx.words.t1("patrol-week-of", "day", &cx.words.day(monday)),
        earlier: link(-7),
        later: link(7),
        this: if (0..7).any(|n| monday.saturating_add(Span::new().days(n)) == today) {
            String::new()
        } else {
            "/rounds".to_owned()
        },
        new: if cx.may("shift:edit") { format!("/shifts/new?day={}", day.max(today)) } else { String::new() },
        results: format!("/rounds/results?day={monday}"),
        days,
        page: cx.page("patrol-title"),
    })
}

fn row(cx: &Cx, shift: &Shift, officers: &[OnShift], (lines, crews): (&[Line], &[OnRound])) -> Row {
    let config = cx.municipality.get::<PatrolConfig>();
    let language = cx.words.language();
    let on: Vec<OnShift> = officers.iter().filter(|o| o.shift_id == shift.id).cloned().collect();
    Row {
        time: format!("{} - {}", cx.words.time(shift.starts_at), cx.words.time(shift.ends_at)),
        team: config.team_name(&shift.team, language).to_owned(),
        kind: config.shift_name(&shift.kind, language).to_owned(),
        officers: names(&on),
        rounds: lines.iter().filter(|l| l.shift_id == shift.id).map(|l| round_row(cx, l, crews, false)).collect(),
        propose: if cx.may("round:plan") && shift.ends_at > cx.now {
            format!("/rounds/new?shift={}", shift.id)
        } else {
            String::new()
        },
    }
}

fn round_row(cx: &Cx, line: &Line, crews: &[OnRound], walk: bool) -> RoundRow {
    let who: Vec<&str> = crews.iter().filter(|o| o.round_id == line.id).map(|o| o.name.as_str()).collect();
    let done = cx.words.ta("patrol-visits-done", &[("done", line.done.into()), ("of", line.visits.into())]);
    let walks = walk && matches!(line.state, RoundState::Approved | RoundState::Running);
    RoundRow {
        href: format!("/rounds/{}{}", line.id, if walks { "/walk" } else { "" }),
        label: cx.t(&format!("patrol-state-{}", line.state)),
        tone: state_tone(line.state),
        note: match (line.visits, who.is_empty()) {
            (..1, _) => String::new(),
            (_, true) => done,
            (_, false) => format!("{}: {done}", who.join(", ")),
        },
    }
}

async fn mine(cx: &Cx, permit: &Permit) -> Result<Response, Fault> {
    let account = cx.actor.account.ok_or(Fault::SignIn)?;
    let from = At::from_micros(cx.now.micros() - AFTER_MICROS);
    let mut tx = cx.read().await?;
    let shifts = shift::of_officer(&mut tx, permit, account, from, MOST_SHIFTS).await?;
    let lines = store::of_officer(&mut tx, permit, account, from).await?;
    let config = cx.municipality.get::<PatrolConfig>();
    let shifts = shifts
        .iter()
        .map(|s| MyShift {
            when: when(&cx.words, s),
            team: config.team_name(&s.team, cx.words.language()).to_owned(),
            now: s.starts_at <= cx.now && cx.now < s.ends_at,
            rounds: lines
                .iter()
                .filter(|l| l.shift_id == s.id && !matches!(l.state, RoundState::Proposed | RoundState::Withdrawn))
                .map(|l| round_row(cx, l, &[], true))
                .collect(),
        })
        .collect();
    render(&MinePage { shifts, page: cx.page("patrol-mine") })
}
