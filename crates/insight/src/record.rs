//! `GET /picture/record`: how good the forecast was in the last weeks, beside last year's counts: hits per week,
//! expected against seen, and how often the ends held. Where the model is no better than counting, it says so.

mod told;

use crate::chart::{CalibrationChart, CalibrationPoint, chart_calibration};
use crate::config::PictureConfig;
use crate::run::newest;
use crate::view::sure::Sure;
use crate::wording::{Badge, Wording};
use axum::response::Response;
use kit::Fault;
use policy::Resource;
use site::chart::{LineChart, Point, Series, line_chart};
use site::page::{Link, Page};
use site::{Cx, render};
use told::Record;

#[derive(askama::Template)]
#[template(path = "pages/record.html")]
struct RecordPage {
    page: Page,
    crumbs: Vec<Link>,
    sure: Sure,
    told: Option<Told>,
}

/// The record in words and drawings.
struct Told {
    verdict: Badge,
    sentences: Vec<String>,
    hits: String,
    /// Week, reports, hits of the model, hits of last year's counts.
    weeks: Vec<[String; 4]>,
    plot: String,
    /// Expected, seen, interval.
    points: Vec<[String; 3]>,
    calibration: Vec<String>,
    inside: Vec<String>,
}

/// `GET /picture/record`.
///
/// # Errors
/// When the policy refuses or the database cannot be read.
pub async fn record(cx: Cx) -> Result<Response, Fault> {
    let permit = cx.permit("picture:read", &Resource::open("picture", cx.code()))?;
    let mut tx = cx.read().await?;
    let run = newest(&mut tx, permit.municipality()).await?;
    drop(tx);
    let config = cx.municipality.get::<PictureConfig>();
    let wording = Wording::new(&cx.words, &cx.municipality);
    let score = run.as_ref().and_then(|r| r.score.as_ref());
    let record = score.and_then(|s| Record::of(s, config.score.shown_coverage, config.page.level));
    render(&RecordPage {
        page: cx.page("record-title"),
        crumbs: vec![Link::new("/picture", cx.t("picture-title"))],
        sure: Sure::of(run.as_ref(), config.score.shown_coverage, &wording),
        told: record.map(|r| told(&r, &wording)),
    })
}

fn told(record: &Record, wording: &Wording) -> Told {
    let words = &wording.words;
    let share = |v: f64| words.percent(v);
    let label = |day: i32| {
        let date = kit::clock::day_date(day);
        format!("{} {}", date.day(), words.t(&format!("picture-month-{}", date.month())))
    };
    let series = |name: &str, of: &dyn Fn(&told::Week) -> f64| Series {
        name: words.t(name),
        points: record
            .weeks
            .iter()
            .map(|w| Point { label: label(w.monday), value: w.rate(of(w)).map(|r| r * 100.0), low: None, high: None })
            .collect(),
    };
    let hits = LineChart {
        title: words.t("record-hits"),
        desc: String::new(),
        unit: words.t("record-hits-unit"),
        series: vec![series("picture-score-model", &|w| w.model), series("picture-score-year", &|w| w.last_year)],
        y_max: Some(10.0),
        goal: None,
        format: &|v| words.number(v, 0),
    };
    let number = |v: f64| {
        words.number(
            v,
            if v == 0.0 {
                0
            } else if v < 0.095 {
                2
            } else {
                1
            },
        )
    };
    let plot = CalibrationChart {
        title: words.t("record-plot"),
        desc: String::new(),
        axes: [words.t("record-plot-expected"), words.t("record-plot-seen")],
        line: words.t("record-plot-line"),
        points: record.points.clone(),
        format: &number,
    };
    let row = |p: &CalibrationPoint| {
        [number(p.expected), number(p.seen), format!("{}\u{2013}{}", number(p.ends.0), number(p.ends.1))]
    };
    Told {
        verdict: record.verdict(words),
        sentences: record.sentences(wording),
        hits: line_chart(&hits),
        weeks: record
            .weeks
            .iter()
            .map(|w| {
                let rate = |hits: f64| w.rate(hits).map_or_else(|| words.t("picture-missing"), share);
                [wording.day(w.monday), words.whole(w.events as i64), rate(w.model), rate(w.last_year)]
            })
            .collect(),
        plot: chart_calibration(&plot),
        points: record.points.iter().map(row).collect(),
        calibration: record.calibration(words),
        inside: record.inside(words),
    }
}
