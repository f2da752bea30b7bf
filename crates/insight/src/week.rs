//! `GET /picture/week`: the briefing of the weekly tasking meeting, for paper and for the screen: last week in numbers
//! against what was expected, what stands out, where and when most is expected in the coming week and why, and room
//! for decisions. What is expected comes from the night's run.

use crate::alarm::AlarmLine;
use crate::brief::{Brief, Days};
use crate::config::reports;
use crate::place;
use crate::seen::{Seen, Weeks};
use crate::view::places::{cell_link, span};
use crate::view::sure::Sure;
use crate::view::{Look, Query, blocking, changed};
use crate::wording::{Badge, Wording};
use axum::response::Response;
use kit::clock::day_date;
use kit::{Fault, Tx};
use picture::history::{Cell, weekday};
use picture::{Reason, Summary, Total, Verdict, Why, why};
use site::page::{Link, Page};
use site::{Cx, render};
use std::collections::BTreeMap;

/// Hours named per place.
const MOMENTS: usize = 2;
/// Lines for decisions on paper.
const LINES: usize = 5;

#[derive(askama::Template)]
#[template(path = "pages/week.html")]
struct WeekPage {
    page: Page,
    crumbs: Vec<Link>,
    lead: String,
    empty: bool,
    sentences: Vec<String>,
    verdict: Badge,
    total: Line,
    priorities: Vec<Line>,
    alarms: Vec<AlarmLine>,
    places: Vec<PlaceLine>,
    coming: String,
    lines: Vec<usize>,
    sure: Vec<String>,
    made: String,
}

/// A count of last week against what was expected.
struct Line {
    name: String,
    count: String,
    expected: String,
    change: String,
    verdict: Badge,
}

/// A place of the coming week.
struct PlaceLine {
    rank: usize,
    name: String,
    href: String,
    expected: String,
    interval: String,
    hours: Vec<String>,
    why: String,
}

/// What is worked out before a word is written.
struct Findings {
    brief: Brief,
    /// Per place of the coming week.
    why: Vec<Why>,
}

impl Findings {
    fn of(seen: &Seen, weeks: &Weeks, places: &[(Cell, Total)]) -> Self {
        let filter = reports();
        let days = Days::last_weeks(1, seen.today);
        let in_days = filter.clone().days(days.from, days.to);
        let summary = Summary::of(&seen.over(&in_days), &in_days);
        let history = seen.over(&picture::Filter::all().days(seen.today - 104 * 7, seen.today - 1));
        Self {
            brief: Brief::of(seen, &filter, days, (&summary, weeks)),
            why: places.iter().map(|(cell, _)| why(&history, *cell, None, seen.today)).collect(),
        }
    }
}

/// `GET /picture/week`.
///
/// # Errors
/// When the policy refuses or the database cannot be read.
pub async fn week(cx: Cx) -> Result<Response, Fault> {
    let mut look = Look::at(&cx, &Query::default()).await?;
    look.found.expected.truncate(look.seen.config.page.top_places);
    let mut tx = cx.read().await?;
    let moments = moments(&mut tx, &cx, &look).await?;
    let reasons = place::reasons_of(&mut tx, cx.code()).await?;
    drop(tx);
    let (look, found) = blocking(move || {
        let found = Findings::of(&look.seen, &look.found.weeks, &look.found.expected);
        (look, found)
    })
    .await?;
    render(&page(&cx, &look, &moments, &reasons, &found))
}

/// Per place the day and the band of its best hours.
async fn moments(tx: &mut Tx, cx: &Cx, look: &Look) -> kit::Result<Vec<Vec<(i32, u8)>>> {
    let Some(run) = &look.run else { return Ok(Vec::new()) };
    let mut out = Vec::with_capacity(look.found.expected.len());
    for (cell, _) in &look.found.expected {
        let mut sums: BTreeMap<(i32, u8), f64> = BTreeMap::new();
        for slot in place::slots(tx, cx.code(), run.made_at, look.found.expected_from, (cell.x, cell.y)).await? {
            *sums.entry((slot.day as i32, slot.band as u8)).or_default() += slot.expected;
        }
        let mut hours: Vec<((i32, u8), f64)> = sums.into_iter().collect();
        hours.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        hours.truncate(MOMENTS);
        hours.sort_by_key(|h| h.0);
        out.push(hours.into_iter().map(|h| h.0).collect());
    }
    Ok(out)
}

fn page(
    cx: &Cx,
    look: &Look,
    moments: &[Vec<(i32, u8)>],
    reasons: &BTreeMap<Cell, Vec<(Reason, f64)>>,
    found: &Findings,
) -> WeekPage {
    let Look { seen, run, .. } = look;
    let wording = Wording::new(&cx.words, &cx.municipality);
    let words = &cx.words;
    let brief = &found.brief;
    let number = day_date(brief.from_day).iso_week_date().week();
    let lead = [
        ("week", i64::from(number).into()),
        ("from", words.weekday(day_date(brief.from_day)).into()),
        ("to", words.weekday(day_date(brief.to_day)).into()),
    ];
    let line = |name: String, count: u64, change: Option<&picture::Change>| {
        let compared = change.filter(|c| c.verdict != Verdict::TooFew).and_then(|c| Some((c.ratio?, c)));
        Line {
            name,
            count: words.whole(count as i64),
            expected: compared.map_or_else(String::new, |(_, c)| words.number(c.expected, 0)),
            change: compared.map_or_else(String::new, |(r, c)| {
                format!("{} ({})", wording.ratio(r), wording.between(c.low, c.high))
            }),
            verdict: wording.verdict(change),
        }
    };
    let place = |(i, (cell, total)): (usize, &(Cell, Total))| {
        let area = look.found.area_of.get(cell).map(String::as_str).filter(|a| !a.is_empty());
        PlaceLine {
            rank: i + 1,
            name: wording.cell(area, (cell.x, cell.y)),
            href: cell_link(*cell),
            expected: words.number(total.expected, 1),
            interval: span(total.low90, total.high90, words),
            hours: moments
                .get(i)
                .into_iter()
                .flatten()
                .map(|(day, band)| {
                    format!("{} {}", words.t(&format!("picture-day-{}", weekday(*day))), wording.hours(*band))
                })
                .collect(),
            why: found.why.get(i).map(|w| because(w, reasons.get(cell), &wording)).unwrap_or_default(),
        }
    };
    let from = look.found.expected_from;
    let ends = [("from", wording.day(from).into()), ("to", wording.day(from + 6).into())];
    let sure = Sure::of(run.as_ref(), seen.config.score.shown_coverage, &wording);
    WeekPage {
        page: cx.page("week-title"),
        crumbs: vec![Link::new("/picture", words.t("picture-title"))],
        lead: words.ta("week-lead", &lead),
        empty: seen.is_empty(),
        sentences: changed::sentences(seen, &look.choice, &look.found, &wording),
        verdict: wording.verdict(brief.change.as_ref()),
        total: line(words.t("week-all"), brief.total, brief.change.as_ref()),
        priorities: brief
            .priorities
            .iter()
            .map(|p| line(wording.priority(&p.id), p.total, p.change.as_ref()))
            .collect(),
        alarms: look.found.alarms.iter().map(|a| AlarmLine::of(a, &wording)).collect(),
        places: look.found.expected.iter().enumerate().map(place).collect(),
        coming: words.ta("week-coming", &ends),
        lines: (0..LINES).collect(),
        sure: sure.sentences.into_iter().skip(2).take(1).collect(),
        made: sure.made,
    }
}

/// The plain counts behind a place and the part of the model that adds most, in one line.
fn because(why: &Why, reasons: Option<&Vec<(Reason, f64)>>, wording: &Wording) -> String {
    let words = &wording.words;
    let values = [
        ("month", i64::from(why.last_4_weeks).into()),
        ("year", words.whole(i64::from(why.last_52_weeks)).into()),
        ("around", i64::from(why.neighbours_4_weeks).into()),
    ];
    let mut text = words.ta("week-because", &values);
    if let Some((reason, _)) = reasons.and_then(|r| r.iter().max_by(|a, b| a.1.total_cmp(&b.1))) {
        let part = words.t(&format!("place-part-{}", place::reason_word(*reason)));
        text.push(' ');
        text.push_str(&words.t1("week-mostly", "part", &part.to_lowercase()));
    }
    text
}
