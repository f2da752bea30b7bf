//! A roster on the screen: two weeks of officers by days, the staffing above it, and a list per day for a phone.

use super::{Period, State, publish};
use crate::RosterConfig;
use crate::question::Question;
use crate::words;
use deployment::roster::{RosterFinding, Severity};
use kit::clock::day_date;
use patrol::PatrolConfig;
use site::{Cx, Link};

/// Days of one screen.
const SCREEN: i64 = 14;
/// Findings of one kind that the page names.
const MOST_FOUND: usize = 60;

/// `Handhaving, 1 juni t/m 28 juni 2026`.
#[must_use]
pub fn title(cx: &Cx, period: &Period) -> String {
    let config = cx.municipality.get::<PatrolConfig>();
    let team = config.team_name(&period.team, cx.words.language());
    let first = words::day(&cx.words, i32::try_from(period.first_day).unwrap_or(0));
    let last = cx.words.day(day_date(period.end_day() - 1));
    let values = [("team", team.into()), ("first", first.into()), ("last", last.into())];
    cx.words.ta("roster-of", &values)
}

/// Tone and word of the state.
pub(super) fn state(cx: &Cx, state: State) -> (&'static str, String) {
    let tone = if state == State::Published { "ok" } else { "soon" };
    (tone, cx.t(&format!("roster-state-{state}")))
}

/// A day at the head of a column.
pub(super) struct Head {
    pub(super) weekday: String,
    pub(super) date: String,
    pub(super) full: String,
    pub(super) weekend: bool,
    pub(super) why: String,
}

/// A kind of shift in the legend, and its staffing per day.
pub(super) struct KindRow {
    pub(super) code: String,
    pub(super) class: usize,
    pub(super) name: String,
    pub(super) times: String,
    pub(super) cells: Vec<Vec<Slot>>,
}

/// How a shift is staffed.
pub(super) struct Slot {
    pub(super) href: String,
    pub(super) text: String,
    pub(super) label: String,
    pub(super) short: bool,
}

/// An officer and his shifts per day.
pub(super) struct PersonRow {
    pub(super) name: String,
    pub(super) hours: String,
    pub(super) cells: Vec<Cell>,
}

pub(super) struct Cell {
    pub(super) marks: Vec<Mark>,
    pub(super) away: bool,
    pub(super) wish: bool,
}

/// A shift in a cell.
pub(super) struct Mark {
    pub(super) href: String,
    pub(super) code: String,
    pub(super) class: usize,
    pub(super) label: String,
    pub(super) fixed: bool,
}

/// A day with its shifts, for a phone.
pub(super) struct DayList {
    pub(super) title: String,
    pub(super) shifts: Vec<DayShift>,
}

pub(super) struct DayShift {
    pub(super) href: String,
    pub(super) title: String,
    pub(super) names: String,
    pub(super) open: String,
}

/// Two weeks of a roster.
pub(super) struct Grid {
    pub(super) tabs: Vec<Link>,
    pub(super) heads: Vec<Head>,
    pub(super) kinds: Vec<KindRow>,
    pub(super) people: Vec<PersonRow>,
    pub(super) days: Vec<DayList>,
}

/// The order number and letter of a kind of shift.
fn code(cx: &Cx, id: &str) -> (usize, String) {
    let config = cx.municipality.get::<PatrolConfig>();
    let place = config.shifts.iter().position(|shift| shift.id == id);
    let name = words::kind(cx, &cx.words, id);
    (place.map_or(0, |place| place % 4 + 1), name.chars().take(1).collect::<String>().to_uppercase())
}

/// The screen `number` (from 0) of a roster. `edit`: with what only the coordinator sees.
pub(super) fn grid(cx: &Cx, question: &Question, number: i64, edit: bool) -> Grid {
    let period = &question.period;
    let last_screen = (period.days - 1) / SCREEN;
    let number = number.clamp(0, last_screen);
    let from = i32::try_from(period.first_day + number * SCREEN).unwrap_or(0);
    let until = period.end_day().min(from + SCREEN as i32);
    let link = |screen: i64| {
        let day = day_date(i32::try_from(period.first_day + screen * SCREEN).unwrap_or(0));
        let second = day.saturating_add(jiff::Span::new().days(7));
        let weeks = [("first", day.iso_week_date().week()), ("second", second.iso_week_date().week())];
        let one = period.first_day + screen * SCREEN + 7 >= i64::from(period.end_day());
        let values: Vec<_> = weeks.iter().map(|(name, week)| (*name, (*week as i64).into())).collect();
        let label = cx.words.ta(if one { "roster-week" } else { "roster-weeks-two" }, &values);
        Link { current: screen == number, ..Link::new(format!("/roster/{}?screen={screen}", period.id), label) }
    };
    let days: Vec<i32> = (from..until).collect();
    let config = cx.municipality.get::<RosterConfig>();
    Grid {
        tabs: (0..=last_screen).map(link).collect(),
        heads: days.iter().map(|&day| head(cx, &config, question, day)).collect(),
        kinds: kinds(cx, question, &days),
        people: (0..question.people.len()).map(|officer| person(cx, question, officer, &days, edit)).collect(),
        days: days.iter().map(|&day| day_list(cx, question, day)).collect(),
    }
}

fn head(cx: &Cx, config: &RosterConfig, question: &Question, day: i32) -> Head {
    let date = day_date(day);
    Head {
        weekday: words::weekday(&cx.words, day),
        date: date.day().to_string(),
        full: cx.words.weekday(date),
        weekend: date.weekday().to_monday_zero_offset() > 4,
        why: config.why(&question.period.team, date, cx.words.language()).unwrap_or_default().to_owned(),
    }
}

fn href(question: &Question, shift: usize) -> String {
    if shift < question.own {
        format!("/roster/{}/shifts/{}", question.period.id, question.shifts[shift].id)
    } else {
        String::new()
    }
}

fn day_of(question: &Question, shift: usize) -> i32 {
    question.roster.shifts[shift].duty.day
}

fn kinds(cx: &Cx, question: &Question, days: &[i32]) -> Vec<KindRow> {
    let config = cx.municipality.get::<PatrolConfig>();
    let used = |id: &str| question.shifts[..question.own].iter().any(|shift| shift.kind == id);
    let row = |kind: &patrol::config::ShiftKind| {
        let (class, code) = code(cx, &kind.id);
        let cells = days.iter().map(|&day| {
            let shifts =
                (0..question.own).filter(|&s| question.shifts[s].kind == kind.id && day_of(question, s) == day);
            shifts.map(|shift| slot(cx, question, shift)).collect()
        });
        let end = kind.start.wrapping_add(jiff::Span::new().hours(kind.hours));
        KindRow {
            code,
            class,
            name: kind.name.get(cx.words.language()).to_owned(),
            times: format!("{}\u{2013}{}", kind.start.strftime("%H:%M"), end.strftime("%H:%M")),
            cells: cells.collect(),
        }
    };
    config.shifts.iter().filter(|kind| used(&kind.id)).map(row).collect()
}

fn slot(cx: &Cx, question: &Question, shift: usize) -> Slot {
    let (have, staff) = (question.plan.0[shift].len(), question.roster.shifts[shift].staff as usize);
    let row = &question.shifts[shift];
    let name = words::shift(cx, &cx.words, &row.kind, row.starts_at, Some(row.ends_at));
    let values = [("have", (have as i64).into()), ("staff", (staff as i64).into()), ("shift", name.into())];
    Slot {
        href: href(question, shift),
        text: format!("{have}/{staff}"),
        label: cx.words.ta("roster-slot", &values),
        short: have < staff,
    }
}

fn person(cx: &Cx, question: &Question, officer: usize, days: &[i32], edit: bool) -> PersonRow {
    let who = &question.roster.officers[officer];
    let on = |day: i32| (0..question.shifts.len()).filter(move |&s| day_of(question, s) == day);
    let mark = |shift: usize| {
        let row = &question.shifts[shift];
        let (class, code) = code(cx, &row.kind);
        Mark {
            href: href(question, shift),
            code,
            class,
            label: words::shift(cx, &cx.words, &row.kind, row.starts_at, Some(row.ends_at)),
            fixed: edit && (shift >= question.own || question.by_hand.contains(&(officer, shift))),
        }
    };
    let cell = |&day: &i32| Cell {
        marks: on(day).filter(|&shift| question.plan.has(officer, shift)).map(mark).collect(),
        away: edit && who.absent.iter().any(|absence| absence.days.contains(day)),
        wish: edit && who.wishes.iter().any(|wish| wish.day == day),
    };
    let minutes: i64 = (0..question.shifts.len())
        .filter(|&shift| question.plan.has(officer, shift))
        .map(|shift| question.roster.shifts[shift].duty.work())
        .sum();
    PersonRow {
        name: question.people[officer].name.clone(),
        hours: cx.words.number(minutes as f64 / 60.0, 1),
        cells: days.iter().map(cell).collect(),
    }
}

fn day_list(cx: &Cx, question: &Question, day: i32) -> DayList {
    let shift = |index: usize| {
        let row = &question.shifts[index];
        let names: Vec<&str> =
            question.plan.0[index].iter().map(|&officer| question.people[officer].name.as_str()).collect();
        let open = (question.roster.shifts[index].staff as usize).saturating_sub(names.len());
        DayShift {
            href: href(question, index),
            title: format!(
                "{} {}",
                words::kind(cx, &cx.words, &row.kind),
                words::times(&cx.words, row.starts_at, row.ends_at)
            ),
            names: names.join(", "),
            open: if open > 0 { cx.words.tn("roster-open", open as i64) } else { String::new() },
        }
    };
    DayList {
        title: cx.words.weekday(day_date(day)),
        shifts: (0..question.shifts.len()).filter(|&s| day_of(question, s) == day).map(shift).collect(),
    }
}

/// What is wrong, by how bad it is.
pub(super) struct Findings {
    pub(super) forbidden: Vec<String>,
    pub(super) short: Vec<String>,
    pub(super) notes: Vec<String>,
    pub(super) more: String,
    pub(super) blocked: bool,
}

/// What is wrong with the plan, in words.
pub(super) fn findings(cx: &Cx, question: &Question, found: &[RosterFinding]) -> Findings {
    let said = |severity: Severity| {
        let of = found.iter().filter(|finding| finding.severity() == severity).take(MOST_FOUND);
        of.map(|finding| words::finding(cx, question, finding)).collect::<Vec<_>>()
    };
    let (forbidden, short, notes) = (said(Severity::Forbidden), said(Severity::Short), said(Severity::Note));
    let more = found.len() - forbidden.len() - short.len() - notes.len();
    Findings {
        forbidden,
        short,
        notes,
        more: if more > 0 { cx.words.tn("roster-found-rest", more as i64) } else { String::new() },
        blocked: found.iter().any(|finding| publish::blocks(question, finding)),
    }
}
