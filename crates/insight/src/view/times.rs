//! When: hours of the week, the development, and the priorities of the plan side by side.

use super::{Figure, Findings, Selection};
use crate::alarm::title;
use crate::chart::{GridChart, TrendChart, TrendPoint, chart_grid, chart_trend};
use crate::seen::Seen;
use crate::view::places::figure;
use crate::wording::{Badge, Wording};
use kit::Words;
use kit::clock::day_date;
use picture::interval::{Shown, shown, shown_row};
use picture::{Series, Step, Summary, Verdict};
use site::chart::{LineChart, Point, line_chart, spark};

/// Hours of the week as a grid and a table.
pub(crate) struct Hours {
    pub(crate) svg: String,
    pub(crate) days: Vec<String>,
    pub(crate) rows: Vec<(String, Vec<String>)>,
}

impl Hours {
    pub(crate) fn of(summary: &Summary, words: &Words) -> Self {
        Self::hiding(summary, 0, words)
    }

    /// The same; counts from 1 up to, not including, `least` are hidden.
    pub(crate) fn hiding(summary: &Summary, least: u64, words: &Words) -> Self {
        let days: Vec<String> = (0..7).map(|d| words.t(&format!("picture-day-{d}"))).collect();
        let shown = |day: usize, hour: usize| shown(Some(summary.hours[day][hour]), least);
        let grid = GridChart {
            title: words.t("picture-hours-title"),
            desc: String::new(),
            days: days.clone(),
            full: (0..7).map(|d| words.t(&format!("weekday-{d}"))).collect(),
            values: (0..24).map(|h| (0..7).map(|d| shown(d, h).value().map(|n| n as f64)).collect()).collect(),
            unit: words.t("picture-grid-unit"),
            zero: words.t("site-map-zero"),
            missing: words.t("picture-suppressed"),
            format: &|v| words.number(v, 0),
        };
        let row = |h: usize| (0..7).map(|d| figure(shown(d, h), words).text).collect();
        Self {
            svg: chart_grid(&grid) + &grid.legend(),
            days,
            rows: (0..24).map(|h| (format!("{h:02}\u{2013}{:02}", h + 1), row(h))).collect(),
        }
    }
}

/// The development with what was expected of each week.
pub(crate) struct WeekTrend {
    pub(crate) svg: String,
    pub(crate) title: String,
    /// Whether a band is drawn.
    pub(crate) has_band: bool,
    /// How many alarms are marked.
    pub(crate) alarms: usize,
    /// First day, count, expected, band, conclusion.
    pub(crate) rows: Vec<[String; 5]>,
}

impl WeekTrend {
    /// Draws complete periods only: a part of a week is no drop. Counts below `least` are hidden; 0 hides none.
    pub(crate) fn of(seen: &Seen, found: &Findings, least: u64, wording: &Wording) -> Self {
        let words = &wording.words;
        let series = &found.series;
        let title = words.t(match series.step {
            Step::Week => "picture-trend-weeks",
            Step::Month => "picture-trend-months",
        });
        let months: Vec<String> = (1..13).map(|m| words.t(&format!("picture-month-{m}"))).collect();
        let label = |day: i32| {
            let date = day_date(day);
            let month = months.get(date.month() as usize - 1).map_or("", String::as_str);
            match series.step {
                Step::Week => format!("{} {month}", date.day()),
                Step::Month => format!("{month} {}", date.year()),
            }
        };
        let mut points = Vec::new();
        let mut rows = Vec::new();
        for (i, p) in series.points.iter().enumerate().filter(|(_, p)| p.complete) {
            let expect = found.expects.get(i).copied().flatten();
            let n = p.count.value as u64;
            let count = shown(Some(n), least);
            let text = figure(count, words).text;
            let band = expect.map(|e| super::places::span(e.band.0, e.band.1, words));
            let verdict = match (expect.filter(|_| count != Shown::Suppressed), seen.config.compare.least_events) {
                (Some(e), few) if e.mean < few && (n as f64) < few => String::new(),
                (Some(e), _) => match e.side(n as u32) {
                    1 => words.t("picture-week-more"),
                    -1 => words.t("picture-week-less"),
                    _ => words.t("picture-week-same"),
                },
                (None, _) => String::new(),
            };
            let says = [
                ("label", label(p.first_day).into()),
                ("n", text.clone().into()),
                ("band", band.clone().unwrap_or_default().into()),
            ];
            points.push(TrendPoint {
                label: label(p.first_day),
                title: words.ta(if band.is_some() { "picture-week-title" } else { "picture-week-plain" }, &says),
                count: count.value().map(|n| n as f64),
                expected: expect.map(|e| e.mean),
                band: expect.map(|e| e.band),
                alarm: (series.step == Step::Week).then(|| alarms_since(found, p.first_day, wording)).flatten(),
            });
            rows.push([
                words.day(day_date(p.first_day)),
                text,
                expect.map_or_else(String::new, |e| words.number(e.mean, 1)),
                band.unwrap_or_default(),
                verdict,
            ]);
        }
        let chart = TrendChart {
            title: title.clone(),
            desc: String::new(),
            unit: words.t("picture-unit"),
            points,
            y_max: None,
            format: &|v| words.number(v, 0),
        };
        Self {
            has_band: found.expects.iter().any(Option::is_some),
            alarms: chart.points.iter().filter(|p| p.alarm.is_some()).count(),
            svg: chart_trend(&chart),
            title,
            rows,
        }
    }
}

/// The alarms about the choice that began in a week, in words.
fn alarms_since(found: &Findings, monday: i32, wording: &Wording) -> Option<String> {
    let began = found.alarms.iter().filter(|a| (monday..monday + 7).contains(&a.found.since));
    let titles: Vec<String> = began.map(|a| title(&a.found, wording)).collect();
    (!titles.is_empty()).then(|| titles.join("; "))
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
