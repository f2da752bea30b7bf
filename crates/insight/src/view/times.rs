//! When: hours of the week, the development, and the priorities of the plan side by side.

use super::{Figure, Findings, Selection};
use crate::seen::Seen;
use crate::view::places::figure;
use crate::wording::{Badge, Wording};
use kit::Words;
use kit::clock::day_date;
use picture::interval::{Shown, shown_row};
use picture::{Series, Step, Summary, Verdict};
use site::chart::{HeatGrid, LineChart, Point, heat_grid, line_chart, spark};

/// Hours of the week as a grid and a table.
pub(crate) struct Hours {
    pub(crate) svg: String,
    pub(crate) days: Vec<String>,
    pub(crate) rows: Vec<(String, Vec<String>)>,
}

impl Hours {
    pub(crate) fn of(summary: &Summary, words: &Words) -> Self {
        let days: Vec<String> = (0..7).map(|d| words.t(&format!("picture-day-{d}"))).collect();
        let hours: Vec<String> = (0..24).map(|h| format!("{h:02}")).collect();
        let grid = HeatGrid {
            title: words.t("picture-hours-title"),
            desc: String::new(),
            rows: days.clone(),
            columns: hours.clone(),
            values: summary.hours.iter().map(|day| day.iter().map(|n| Some(*n as f64)).collect()).collect(),
            unit: String::new(),
            zero: words.t("site-map-zero"),
            missing: words.t("site-map-missing"),
            format: &|v| words.number(v, 0),
        };
        let row = |h: usize| summary.hours.iter().map(|day| words.whole(day[h] as i64)).collect();
        Self {
            svg: heat_grid(&grid),
            days,
            rows: hours.into_iter().enumerate().map(|(h, name)| (name, row(h))).collect(),
        }
    }
}

/// The development as a line with its interval and a table.
pub(crate) struct Trend {
    pub(crate) svg: String,
    pub(crate) title: String,
    /// Label, count, interval.
    pub(crate) rows: Vec<(String, String, String)>,
}

impl Trend {
    /// Draws complete periods only: a part of a week is no drop.
    pub(crate) fn of(series: &Series, words: &Words) -> Self {
        let title = words.t(match series.step {
            Step::Week => "picture-trend-weeks",
            Step::Month => "picture-trend-months",
        });
        let label = |day: i32| {
            let date = day_date(day);
            let month = words.t(&format!("picture-month-{}", date.month()));
            match series.step {
                Step::Week => format!("{} {month}", date.day()),
                Step::Month => format!("{month} {}", date.year()),
            }
        };
        let points: Vec<Point> = series
            .points
            .iter()
            .filter(|p| p.complete)
            .map(|p| Point {
                label: label(p.first_day),
                value: Some(p.count.value),
                low: Some(p.count.low),
                high: Some(p.count.high),
            })
            .collect();
        let rows = series.points.iter().filter(|p| p.complete).map(|p| {
            let interval = format!("{}\u{2013}{}", words.number(p.count.low, 0), words.number(p.count.high, 0));
            (words.day(day_date(p.first_day)), words.number(p.count.value, 0), interval)
        });
        let rows = rows.collect();
        let chart = LineChart {
            title: title.clone(),
            desc: String::new(),
            unit: words.t("picture-unit"),
            series: vec![site::chart::Series { name: title.clone(), points }],
            y_max: None,
            goal: None,
            format: &|v| words.number(v, 0),
        };
        Self { svg: line_chart(&chart), title, rows }
    }
}

/// One priority of the plan in the chosen days.
pub(crate) struct PriorityRow {
    pub(crate) name: String,
    pub(crate) href: String,
    pub(crate) spark: String,
    pub(crate) total: Figure,
    pub(crate) change: String,
    pub(crate) verdict: Badge,
}

/// The priorities; for one neighbourhood small counts about persons and groups are hidden, and a second one so
/// that none follows by subtraction.
pub(crate) fn priorities(seen: &Seen, choice: &Selection, found: &Findings, wording: &Wording) -> Vec<PriorityRow> {
    let words = &wording.words;
    let list = &found.brief.priorities;
    let counts: Vec<Option<u64>> = list.iter().map(|p| Some(p.total)).collect();
    let least = seen.config.small.least;
    let small =
        |i: usize| seen.is_delicate(&seen.of_priority(&list[i].id)) && list[i].total > 0 && list[i].total < least;
    let row: Vec<Shown<u64>> = if choice.area.is_some() && (0..list.len()).any(small) {
        shown_row(&counts, least)
    } else {
        counts.into_iter().map(|c| c.map_or(Shown::Missing, Shown::Value)).collect()
    };
    list.iter()
        .zip(row)
        .zip(&found.sparks)
        .map(|((priority, total), weeks)| {
            let area = choice.area.and_then(|a| seen.area_code(a));
            let name = wording.priority(&priority.id);
            let visible = total != Shown::Suppressed;
            let values: Vec<Option<f64>> = weeks.iter().map(|n| Some(*n as f64)).collect();
            let change = priority.change.as_ref().filter(|_| visible);
            let compared = change.filter(|c| c.verdict != Verdict::TooFew).and_then(|c| Some((c.ratio?, c)));
            PriorityRow {
                href: choice.link("/picture", area, Some(&priority.id)),
                spark: if visible { spark(&name, &values) } else { String::new() },
                total: figure(total, words),
                change: compared.map_or_else(String::new, |(r, c)| {
                    format!("{} ({})", wording.ratio(r), wording.between(c.low, c.high))
                }),
                verdict: wording.verdict(change),
                name,
            }
        })
        .collect()
}
