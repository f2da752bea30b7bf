//! Screens of measures: the list, the form that says beforehand what could be seen, and a measure with its effect.

use super::ops::{self, Change, NewMeasure};
use super::told::{Outlook, Told, tell, why_key};
use super::{Around, Measure, categories, length};
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
use picture::effect::Effect;
use policy::Resource;
use serde::Deserialize;
use signals::Catalogue;
use site::{Choice, Cx, Fields, Link, Page, Said, Trouble, render, render_as, see_other};

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

pub(super) fn area_names(cx: &Cx, codes: &[String]) -> String {
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
