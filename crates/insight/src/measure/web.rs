//! Screens of measures: the list, the form that says beforehand what could be seen, and a measure with its effect.

use super::ops::{self, Change, NewMeasure};
use super::{Around, Measure, categories, length};
use crate::chart::{TrendChart, TrendPoint, chart_trend};
use crate::config::PictureConfig;
use crate::seen::Seen;
use crate::view::blocking;
use crate::wording::{Badge, Wording};
use areas::Atlas;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::Response;
use kit::clock::day_date;
use kit::{Fault, Uuid, Words};
use picture::effect::{Effect, Power, RingEffect, Verdict, Why};
use policy::Resource;
use serde::Deserialize;
use signals::Catalogue;
use site::{Choice, Cx, Fields, Link, Page, Said, Trouble, render, render_as, see_other};

/// Weeks drawn before the start.
const WEEKS_BEFORE: usize = 52;

/// A measure in the list.
struct Row {
    href: String,
    title: String,
    kind: String,
    areas: String,
    period: String,
    stage: Badge,
    concluded: bool,
}

#[derive(askama::Template)]
#[template(path = "measure/pages/list.html")]
struct ListPage {
    page: Page,
    crumbs: Vec<Link>,
    rows: Vec<Row>,
    may_edit: bool,
}

fn crumbs(cx: &Cx, more: Option<Link>) -> Vec<Link> {
    std::iter::once(Link::new("/picture", cx.t("picture-title"))).chain(more).collect()
}

fn row(cx: &Cx, m: &Measure, today: i32) -> Row {
    Row {
        href: format!("/measures/{}", m.id),
        title: m.title.clone(),
        kind: kind_name(cx, &m.kind),
        areas: area_names(cx, &m.areas),
        period: period(&cx.words, m),
        stage: stage(cx, m, today),
        concluded: m.concluded_at.is_some(),
    }
}

fn stage(cx: &Cx, m: &Measure, today: i32) -> Badge {
    let stage = m.stage(today);
    let tone = match stage {
        super::Stage::Planned => "info",
        super::Stage::Running => "ok",
        super::Stage::Ended => "neutral",
        super::Stage::Withdrawn => "off",
    };
    Badge { tone, text: cx.t(&format!("measure-stage-{}", stage.as_str())) }
}

fn kind_name(cx: &Cx, id: &str) -> String {
    let config = cx.municipality.get::<PictureConfig>();
    let found = config.effect.kinds.iter().find(|k| k.id == id);
    found.map_or_else(|| id.to_owned(), |k| k.name.get(cx.words.language()).to_owned())
}

fn area_names(cx: &Cx, codes: &[String]) -> String {
    let sheet = cx.municipality.get::<Atlas>().sheet();
    codes.iter().map(|c| sheet.name(c)).collect::<Vec<_>>().join(", ")
}

fn subject_names(cx: &Cx, ids: &[String]) -> String {
    let wording = Wording::new(&cx.words, &cx.municipality);
    ids.iter().map(|id| wording.group(id)).collect::<Vec<_>>().join(", ")
}

fn period(words: &Words, m: &Measure) -> String {
    let from = words.day(day_date(m.starts_on));
    match m.ends_on {
        Some(end) => words.ta("measure-period", &[("from", from.into()), ("to", words.day(day_date(end)).into())]),
        None => words.t1("measure-period-open", "from", &from),
    }
}

/// `GET /measures`.
pub async fn list(cx: Cx) -> Result<Response, Fault> {
    let mut tx = cx.read().await?;
    let all = ops::all(&cx, &mut tx).await?;
    let today = cx.now.day_and_hour(&cx.municipality.zone).0;
    render(&ListPage {
        crumbs: crumbs(&cx, None),
        rows: all.iter().map(|m| row(&cx, m, today)).collect(),
        may_edit: cx.may("measure:edit"),
        page: cx.page("measure-title"),
    })
}

/// A check box.
struct Tick {
    value: String,
    label: String,
    on: bool,
}

#[derive(askama::Template)]
#[template(path = "measure/pages/form.html")]
struct FormPage {
    page: Page,
    crumbs: Vec<Link>,
    form: NewMeasure,
    kinds: Vec<Choice>,
    areas: Vec<Tick>,
    subjects: Vec<Tick>,
    said: Said,
    /// What could be seen, once asked.
    outlook: Option<Outlook>,
}

/// What could be seen, in words.
struct Outlook {
    sentence: String,
    expected: String,
    /// Weeks and the smallest fall that shows.
    rows: Vec<(String, String)>,
}

impl Outlook {
    fn of(power: &Power, weeks: u32, words: &Words) -> Self {
        let after = words.tn("measure-weeks", i64::from(weeks));
        let fall = |share: f64| {
            if share >= 1.0 { words.t("measure-power-none-short") } else { words.percent(share) }
        };
        let sentence = match power.unknown {
            Some(why) => words.t(why_key(why)),
            None if power.smallest_visible >= 1.0 => words.t1("measure-power-none", "weeks", &after),
            None => words
                .ta("measure-power", &[("weeks", after.into()), ("pct", words.percent(power.smallest_visible).into())]),
        };
        Self {
            sentence,
            expected: if power.unknown.is_some() {
                String::new()
            } else {
                words.t1("measure-power-expected", "n", &words.number(power.expected, 0))
            },
            rows: power
                .by_weeks
                .iter()
                .map(|(weeks, share)| (words.tn("measure-weeks", i64::from(*weeks)), fall(*share)))
                .collect(),
        }
    }
}

/// Why nothing can be said, as a locale key.
pub(super) fn why_key(why: Why) -> &'static str {
    match why {
        Why::TooShortBefore => "measure-why-short-before",
        Why::TooShortAfter => "measure-why-short-after",
        Why::TooFewEvents => "measure-why-few-events",
        Why::TooFewDonors => "measure-why-few-donors",
        Why::Uneven => "measure-why-uneven",
    }
}

fn form_page(
    cx: &Cx,
    status: StatusCode,
    form: NewMeasure,
    said: Said,
    outlook: Option<Outlook>,
) -> Result<Response, Fault> {
    let config = cx.municipality.get::<PictureConfig>();
    let sheet = cx.municipality.get::<Atlas>().sheet();
    let catalogue = cx.municipality.get::<Catalogue>();
    let language = cx.words.language();
    let areas = sheet.neighbourhoods().map(|a| Tick {
        value: a.code.clone(),
        label: a.name.clone(),
        on: form.areas.contains(&a.code),
    });
    let subjects = catalogue.mains.iter().map(|m| Tick {
        value: m.id.clone(),
        label: m.name.get(language).to_owned(),
        on: form.subjects.contains(&m.id),
    });
    let areas = areas.collect();
    let subjects = subjects.collect();
    render_as(
        status,
        &FormPage {
            crumbs: crumbs(cx, Some(Link::new("/measures", cx.t("measure-title")))),
            kinds: config.effect.kinds.iter().map(|k| Choice::new(&k.id, k.name.get(language))).collect(),
            areas,
            subjects,
            said,
            outlook,
            form,
            page: cx.page("measure-new"),
        },
    )
}

/// `GET /measures/new`.
pub async fn new(cx: Cx) -> Result<Response, Fault> {
    cx.permit("measure:edit", &Resource::open("measure", cx.code()))?;
    let form = NewMeasure { request: cx.app.clock.id(), ..NewMeasure::default() };
    form_page(&cx, StatusCode::OK, form, Said::default(), None)
}

/// `POST /measures/new`: `do=look` says what could be seen and writes nothing.
pub async fn create(cx: Cx, fields: Fields) -> Result<Response, Fault> {
    cx.permit("measure:edit", &Resource::open("measure", cx.code()))?;
    let text = |name: &str| fields.get(name).to_owned();
    let form = NewMeasure {
        request: fields.id("request")?,
        title: text("title"),
        kind: text("kind"),
        goal: text("goal"),
        areas: fields.ticked("areas"),
        subjects: fields.ticked("subjects"),
        starts_on: text("starts_on"),
        ends_on: text("ends_on"),
    };
    let look = fields.get("do") == "look";
    let done = match look {
        true => match ops::check(&cx, &form) {
            Ok(measure) => {
                let mut tx = cx.read().await?;
                let power = ops::outlook(&cx, &mut tx, &measure).await?;
                let seen = Seen::light(&mut tx, &cx.municipality, cx.now).await?;
                let outlook = Outlook::of(&power, length(&seen, &measure), &cx.words);
                return form_page(&cx, StatusCode::OK, form, Said::default(), Some(outlook));
            }
            Err(fault) => Err(fault),
        },
        false => ops::create(&cx, &form).await,
    };
    match done {
        Ok(id) => Ok(see_other(&format!("/measures/{id}?saved=1"))),
        Err(fault) => {
            let trouble = Trouble::of(fault)?;
            form_page(&cx, trouble.status(), form, trouble.said(&cx, "title"), None)
        }
    }
}

/// The effect in words and figures.
struct Told {
    verdict: Badge,
    sentences: Vec<String>,
    chart: String,
    /// Week, counted, expected, interval.
    weeks: Vec<[String; 4]>,
    ring: Vec<String>,
    placebo: String,
    fit: String,
    /// Neighbourhood and weight.
    donors: Vec<(String, String)>,
}

#[derive(askama::Template)]
#[template(path = "measure/pages/measure.html")]
struct MeasurePage {
    page: Page,
    crumbs: Vec<Link>,
    id: String,
    request: String,
    version: i64,
    stage: Badge,
    goal: String,
    /// Name and value.
    facts: Vec<(String, String)>,
    outlook: Outlook,
    told: Option<Told>,
    /// Why there is no effect to tell, instead of it.
    untold: String,
    conclusion: String,
    concluded: String,
    may_edit: bool,
    ends_on: String,
    typed: String,
    said: Said,
}

/// Whether the form was just saved.
#[derive(Debug, Default, Deserialize)]
pub struct Saved {
    saved: Option<u8>,
}

/// `GET /measures/{id}`.
pub async fn measure(cx: Cx, Path(id): Path<Uuid>, Query(saved): Query<Saved>) -> Result<Response, Fault> {
    let mut page = measure_page(&cx, id, Said::default(), None).await?;
    if saved.saved.is_some() {
        page.page = page.page.with_notice("success", cx.t("measure-saved"));
    }
    render(&page)
}

/// `POST /measures/{id}`: `do` is `end`, `conclude` or `withdraw`.
pub async fn change(cx: Cx, Path(id): Path<Uuid>, fields: Fields) -> Result<Response, Fault> {
    let change = match fields.get("do") {
        "end" => Change::End(fields.get("ends_on").to_owned()),
        "conclude" => Change::Conclude(fields.get("conclusion").to_owned()),
        "withdraw" => Change::Withdraw,
        _ => return Err(Fault::Bad("fault-bad-request")),
    };
    match ops::change(&cx, fields.id("request")?, id, fields.number("version")?, &change).await {
        Ok(()) => Ok(see_other(&format!("/measures/{id}?saved=1"))),
        Err(fault) => {
            let trouble = Trouble::of(fault)?;
            let field = if matches!(change, Change::Conclude(_)) { "conclusion" } else { "ends_on" };
            let said = trouble.said(&cx, field);
            render_as(trouble.status(), &measure_page(&cx, id, said, Some(&fields)).await?)
        }
    }
}

async fn measure_page(cx: &Cx, id: Uuid, said: Said, typed: Option<&Fields>) -> Result<MeasurePage, Fault> {
    let mut tx = cx.read().await?;
    let all = ops::all(cx, &mut tx).await?;
    let measure = all.iter().find(|m| m.id == id).cloned().ok_or(Fault::NotFound)?;
    let seen = Seen::light(&mut tx, &cx.municipality, cx.now).await?;
    drop(tx);
    let today = seen.today;
    let weeks = length(&seen, &measure);
    let delicate = seen.is_delicate(&categories(&seen, &measure.subjects));
    let least = seen.config.small.least;
    let work = (seen, measure.clone());
    let (around, effect) = blocking(move || {
        let (seen, measure) = work;
        let around = Around::of(&seen, &measure, &all);
        let effect = around.effect(&seen);
        (around, effect)
    })
    .await?;
    let words = &cx.words;
    let small = |e: &Effect| delicate && e.observed < least;
    let (told, untold) = match effect {
        _ if measure.withdrawn_at.is_some() => (None, cx.t("measure-untold-withdrawn")),
        _ if measure.starts_on > today => (None, cx.t("measure-untold-planned")),
        Err(why) => (None, cx.t(why_key(why))),
        Ok(e) if small(&e) => (None, words.t1("measure-untold-small", "n", &least.to_string())),
        Ok(e) => (Some(tell(cx, &around, &e, delicate)), String::new()),
    };
    let fact = |key: &str, value: String| (cx.t(key), value);
    let mut facts = vec![
        fact("measure-kind", kind_name(cx, &measure.kind)),
        fact("measure-areas", area_names(cx, &measure.areas)),
        fact("measure-subjects", subject_names(cx, &measure.subjects)),
        fact("measure-when", period(words, &measure)),
    ];
    if !around.ring.is_empty() {
        facts.push(fact("measure-ring", area_names(cx, &around.ring)));
    }
    let old = |name: &str, now: String| typed.map_or(now, |f| f.get(name).to_owned());
    Ok(MeasurePage {
        crumbs: crumbs(cx, Some(Link::new("/measures", cx.t("measure-title")))),
        id: id.to_string(),
        request: cx.app.clock.id().to_string(),
        version: measure.version,
        stage: stage(cx, &measure, today),
        goal: measure.goal.clone(),
        facts,
        outlook: Outlook::of(&measure.power, weeks, words),
        told,
        untold,
        concluded: measure
            .concluded_at
            .map(|at| words.t1("measure-concluded", "date", &words.date(at)))
            .unwrap_or_default(),
        may_edit: cx.may("measure:edit") && measure.withdrawn_at.is_none(),
        ends_on: old("ends_on", measure.ends_on.map(|d| day_date(d).to_string()).unwrap_or_default()),
        typed: old("conclusion", measure.conclusion.clone()),
        conclusion: measure.conclusion,
        said,
        page: cx.page_titled(measure.title),
    })
}

/// `12 % minder`, `even veel`.
fn change_words(words: &Words, change: f64) -> String {
    let pct = words.percent(change.abs());
    if change.abs() < 0.005 {
        words.t("measure-change-same")
    } else if change < 0.0 {
        words.t1("measure-change-less", "pct", &pct)
    } else {
        words.t1("measure-change-more", "pct", &pct)
    }
}

fn verdict_badge(cx: &Cx, verdict: Verdict) -> Badge {
    let (tone, text) = verdict_of(cx, verdict);
    Badge { tone, text }
}

/// Tone and text of a verdict.
pub(super) fn verdict_of(cx: &Cx, verdict: Verdict) -> (&'static str, String) {
    let (tone, key) = match verdict {
        Verdict::Fewer => ("ok", "measure-verdict-fewer"),
        Verdict::More => ("late", "measure-verdict-more"),
        Verdict::NoDemonstrableDifference => ("neutral", "measure-verdict-none"),
        Verdict::TooLittle => ("off", "measure-verdict-little"),
    };
    (tone, cx.t(key))
}

fn number(words: &Words, v: f64) -> String {
    words.number(v, if v < 10.0 { 1 } else { 0 })
}

fn between(words: &Words, low: f64, high: f64) -> String {
    words.ta("measure-between", &[("low", change_words(words, low).into()), ("high", change_words(words, high).into())])
}

/// The effect and how sure it is, in sentences.
pub(super) fn spoken(words: &Words, e: &Effect) -> Vec<String> {
    let ends = [
        ("n", words.whole(e.observed as i64).into()),
        ("expected", number(words, e.expected).into()),
        ("low", number(words, e.expected_low).into()),
        ("high", number(words, e.expected_high).into()),
    ];
    let range = between(words, e.low, e.high);
    let mut sentences = vec![words.ta("measure-counted", &ends)];
    sentences.push(match e.verdict {
        Verdict::Fewer | Verdict::More => {
            words.ta("measure-effect", &[("change", change_words(words, e.change).into()), ("between", range.into())])
        }
        Verdict::NoDemonstrableDifference => words.t1("measure-no-difference", "between", &range),
        Verdict::TooLittle => words.t("measure-too-little"),
    });
    if matches!(e.verdict, Verdict::Fewer | Verdict::More) {
        sentences.push(words.t("measure-not-cause"));
    }
    sentences
}

fn tell(cx: &Cx, around: &Around, e: &Effect, delicate: bool) -> Told {
    let words = &cx.words;
    let number = |v: f64| number(words, v);
    let sentences = spoken(words, e);
    let label = |week: usize| words.day(day_date(around.first_monday + 7 * week as i32));
    let drawn: Vec<_> = e.weeks.iter().filter(|w| w.week + WEEKS_BEFORE >= around.study.start).collect();
    let chart = if delicate {
        String::new()
    } else {
        chart_trend(&TrendChart {
            title: cx.t("measure-chart"),
            desc: sentences.join(" "),
            unit: cx.t("measure-chart-unit"),
            points: drawn
                .iter()
                .map(|w| TrendPoint {
                    label: label(w.week),
                    title: format!("{}: {} ({})", label(w.week), w.observed, number(w.expected)),
                    count: Some(f64::from(w.observed)),
                    expected: Some(w.expected),
                    band: (w.week >= around.study.start).then_some((w.low, w.high)),
                    alarm: None,
                })
                .collect(),
            y_max: None,
            format: &|v| words.number(v, 0),
        })
    };
    let weeks = if delicate { Vec::new() } else { drawn };
    Told {
        verdict: verdict_badge(cx, e.verdict),
        sentences,
        chart,
        weeks: weeks
            .iter()
            .rev()
            .map(|w| {
                let range = format!("{}\u{2013}{}", words.number(w.low, 0), words.number(w.high, 0));
                [label(w.week), words.whole(i64::from(w.observed)), words.number(w.expected, 1), range]
            })
            .collect(),
        ring: e.ring.map(|r| ring_words(cx, &r, &between(words, r.low, r.high))).unwrap_or_default(),
        placebo: words.ta(
            "measure-placebo",
            &[
                ("of", (e.placebo.of.saturating_sub(1)).to_string().into()),
                ("odd", (e.placebo.rank - 1).to_string().into()),
            ],
        ),
        fit: words.ta(
            "measure-fit",
            &[
                ("weeks", words.tn("measure-weeks", e.fit.weeks as i64).into()),
                ("pct", words.percent(e.fit.error).into()),
            ],
        ),
        donors: e
            .donors
            .iter()
            .map(|(code, w)| (area_names(cx, std::slice::from_ref(code)), words.percent(*w)))
            .collect(),
    }
}

/// What happened around the measure, never mixed with what happened in it.
fn ring_words(cx: &Cx, ring: &RingEffect, between: &str) -> Vec<String> {
    let key = match ring.verdict {
        Verdict::Fewer => "measure-ring-fewer",
        Verdict::More => "measure-ring-more",
        Verdict::NoDemonstrableDifference => "measure-ring-none",
        Verdict::TooLittle => "measure-ring-little",
    };
    let mut out =
        vec![cx.words.ta(
            key,
            &[("change", change_words(&cx.words, ring.change).into()), ("between", between.to_owned().into())],
        )];
    if ring.quotient.is_some_and(|q| q < -1.0) {
        out.push(cx.t("measure-ring-worse"));
    }
    out
}
