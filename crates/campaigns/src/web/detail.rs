//! A campaign: what it is about, its progress, its effect, its review and its history.

use super::{Badge, area_names, day_words, hours, kind_name, period, state_badge};
use crate::config::CampaignsConfig;
use crate::model::{Duty, Made, State, Step, StepState, Verdict, asked_in, monday, weeks};
use crate::ops::{self, Decision, Whole, today};
use areas::boundary::rings;
use areas::{Atlas, Level};
use axum::extract::{Path, Query};
use axum::response::Response;
use insight::measure::Outcome;
use insight::seen::Seen;
use kit::{Fault, Uuid};
use serde::Deserialize;
use signals::Catalogue;
use site::chart::{LineChart, Point, Series, line_chart};
use site::map::{Area, Layers, MapView, Spot};
use site::{Choice, Cx, Fields, Link, Page, Said, Trouble, render_as, see_other};

/// Reports of a category until now and before.
pub(crate) struct Figure {
    pub(crate) name: String,
    pub(crate) now: String,
    pub(crate) before: String,
}

struct StepRow {
    href: String,
    what: String,
    who: String,
    when: String,
    state: Badge,
    reason: String,
}

struct DutyRow {
    href: String,
    place: String,
    category: String,
    asks: String,
    week: String,
    total: String,
    tone: &'static str,
}

struct Happened {
    at: String,
    what: String,
    note: String,
}

#[derive(askama::Template)]
#[template(path = "pages/detail.html")]
struct DetailPage {
    page: Page,
    crumbs: Vec<Link>,
    id: String,
    request: String,
    follow_request: String,
    version: i64,
    kind: String,
    state: Badge,
    review_due: bool,
    problem: String,
    context: String,
    facts: Vec<(String, String)>,
    figures: Vec<Figure>,
    figures_note: String,
    map: String,
    steps: Vec<StepRow>,
    duties: Vec<DutyRow>,
    used: String,
    used_hours: f64,
    budget: i64,
    over: bool,
    chart: String,
    weeks: Vec<[String; 4]>,
    measure: String,
    outcome: Option<Outcome>,
    lesson: String,
    verdict: String,
    reviewed: String,
    events: Vec<Happened>,
    may_edit: bool,
    may_decide: bool,
    is_draft: bool,
    is_running: bool,
    is_reviewed: bool,
    verdicts: Vec<Choice>,
    typed: Decision,
    said: Said,
}

/// The reports of residents and partners about `categories` in `areas` over the weeks of the configuration, and over as
/// many before, with a sentence that says so.
pub(crate) async fn figures(cx: &Cx, categories: &[String], areas: &[String]) -> Result<(Vec<Figure>, String), Fault> {
    let mut tx = cx.read().await?;
    let seen = Seen::light(&mut tx, &cx.municipality, cx.now).await?;
    drop(tx);
    let weeks = cx.municipality.get::<CampaignsConfig>().history_weeks;
    let (today, days) = (seen.today, weeks * 7);
    let now = seen.counted(categories, areas, today - days, today - 1);
    let before = seen.counted(categories, areas, today - 2 * days, today - days - 1);
    let catalogue = cx.municipality.get::<Catalogue>();
    let words = &cx.words;
    let number = |n: u64| words.whole(i64::try_from(n).unwrap_or(i64::MAX));
    let rows = categories.iter().zip(now).zip(before).map(|((id, now), before)| Figure {
        name: catalogue.name(id, words.language()).to_owned(),
        now: number(now),
        before: number(before),
    });
    let place = area_names(cx, areas);
    let note = words.ta("campaigns-figures-note", &[("weeks", i64::from(weeks).into()), ("areas", place.into())]);
    Ok((rows.collect(), note))
}

fn step_row(cx: &Cx, s: &Step) -> StepRow {
    let when = match (s.from_on, s.to_on) {
        (Some(from), Some(to)) => {
            cx.words.ta("campaigns-period", &[("from", day_words(cx, from).into()), ("to", day_words(cx, to).into())])
        }
        (Some(from), None) => cx.words.t1("campaigns-since", "from", &day_words(cx, from)),
        (None, Some(to)) => cx.words.t1("campaigns-until", "to", &day_words(cx, to)),
        (None, None) => String::new(),
    };
    StepRow {
        href: format!("/campaigns/{}/step?step={}", s.campaign_id, s.id),
        what: s.what.clone(),
        who: if s.partner.is_empty() { cx.t("campaigns-own") } else { s.partner.clone() },
        when,
        state: Badge { tone: s.state.tone(), text: cx.t(&format!("campaigns-step-state-{}", s.state)) },
        reason: if s.state == StepState::Dropped { s.reason.clone() } else { String::new() },
    }
}

fn duty_row(cx: &Cx, whole: &Whole, d: &Duty, today: i64) -> DutyRow {
    let (c, words) = (&whole.campaign, &cx.words);
    let mine = || whole.made.iter().filter(|m: &&Made| m.obligation_id == d.id);
    let week = monday(today);
    let asked = if c.state == State::Running { asked_in(d, c.starts_on, c.ends_on, week) } else { 0 };
    let made = mine().filter(|m| m.week == week).count() as i64;
    let mut asks = words.ta("campaigns-duty-asks", &[("n", d.per_week.into()), ("minutes", d.minutes.into())]);
    if let Some((from, to)) = d.hours() {
        let between = [("from", i64::from(from).into()), ("to", i64::from(to % 24).into())];
        asks = format!("{asks}, {}", words.ta("campaigns-duty-between", &between));
    }
    let ended = d.ended_on.is_some_and(|day| day <= today);
    DutyRow {
        href: format!("/campaigns/{}/obligation?duty={}", d.campaign_id, d.id),
        place: d.place.clone(),
        category: d
            .category
            .as_deref()
            .map(|id| cx.municipality.get::<Catalogue>().name(id, words.language()).to_owned())
            .unwrap_or_default(),
        asks,
        week: if ended {
            cx.t("campaigns-duty-ended")
        } else if asked == 0 && made == 0 {
            cx.t("campaigns-duty-none")
        } else {
            words.ta("campaigns-made-of", &[("made", made.into()), ("asked", asked.into())])
        },
        total: words.whole(mine().count() as i64),
        tone: if ended || asked == 0 {
            "off"
        } else if made >= asked {
            "ok"
        } else {
            "soon"
        },
    }
}

/// The neighbourhoods of the campaign with the places of its obligations.
fn map(cx: &Cx, whole: &Whole) -> String {
    let sheet = cx.municipality.get::<Atlas>().sheet();
    let areas = &whole.campaign.areas.0;
    let shown = |code: &str| areas.is_empty() || areas.iter().any(|a| a == code);
    let outlines: Vec<Area> = sheet
        .index
        .shapes()
        .iter()
        .filter(|s| s.level == Level::Neighbourhood && shown(&s.code))
        .map(|s| Area {
            id: s.code.clone(),
            rings: rings(&s.geometry).map(|ring| ring.iter().map(|c| (c.x, c.y)).collect()).collect(),
            title: sheet.name(&s.code).to_owned(),
            label: if areas.is_empty() { String::new() } else { sheet.name(&s.code).to_owned() },
            ..Area::default()
        })
        .collect();
    let points: Vec<Spot> = whole
        .duties
        .iter()
        .filter(|d| d.ended_on.is_none())
        .map(|d| Spot { lon: d.lon, lat: d.lat, title: d.place.clone(), ..Spot::default() })
        .collect();
    let around: Vec<site::map::Ring> = outlines
        .iter()
        .flat_map(|a| a.rings.clone())
        .chain([points.iter().map(|p| (p.lon, p.lat)).collect()])
        .collect();
    let Some(view) = MapView::around(&around, 640.0) else { return String::new() };
    let title = cx.t("campaigns-map");
    view.svg(&Layers { title, areas: outlines, points, ..Layers::default() })
}

/// What the page remembers of a form that was just sent.
#[derive(Debug, Default, Deserialize)]
pub struct Saved {
    saved: Option<u8>,
}

/// `GET /campaigns/{id}`.
pub async fn page(cx: Cx, Path(id): Path<Uuid>, Query(saved): Query<Saved>) -> Result<Response, Fault> {
    let mut page = detail(&cx, id, Said::default(), Decision::default()).await?;
    if saved.saved.is_some() {
        page.page = page.page.with_notice("success", cx.t("campaigns-saved"));
    }
    site::render(&page)
}

/// `POST /campaigns/{id}/decide`: start, review, go on or close.
pub async fn decide(cx: Cx, Path(id): Path<Uuid>, fields: Fields) -> Result<Response, Fault> {
    let text = |name: &str| fields.get(name).to_owned();
    let decision =
        Decision { becomes: text("becomes"), reason: text("reason"), lesson: text("lesson"), verdict: text("verdict") };
    let (request, version) = (fields.id("request")?, fields.number("version")?);
    let mut tx = cx.write().await?;
    match ops::decide(&cx, &mut tx, request, (id, version), &decision).await {
        Ok(()) => {
            tx.commit().await?;
            Ok(see_other(&format!("/campaigns/{id}?saved=1")))
        }
        Err(fault) => {
            drop(tx);
            let trouble = Trouble::of(fault)?;
            let field = if decision.becomes == State::Reviewed.as_str() { "lesson" } else { "reason" };
            let said = trouble.said(&cx, field);
            render_as(trouble.status(), &detail(&cx, id, said, decision).await?)
        }
    }
}

/// `POST /campaigns/{id}/effect`: the picture follows the effect from now on.
pub async fn follow(cx: Cx, Path(id): Path<Uuid>, fields: Fields) -> Result<Response, Fault> {
    ops::follow(&cx, fields.id("request")?, id).await?;
    Ok(see_other(&format!("/campaigns/{id}?saved=1#effect")))
}

async fn detail(cx: &Cx, id: Uuid, said: Said, typed: Decision) -> Result<DetailPage, Fault> {
    let mut tx = cx.read().await?;
    let whole = ops::get(cx, &mut tx, id).await?;
    drop(tx);
    let (c, words, today) = (&whole.campaign, &cx.words, today(cx));
    let (figures, figures_note) = figures(cx, &c.categories.0, &c.areas.0).await?;
    let outcome = match c.measure_id {
        Some(measure) if cx.may("picture:read") => insight::measure::outcome(cx, measure).await?,
        _ => None,
    };
    let catalogue = cx.municipality.get::<Catalogue>();
    let language = words.language();
    let joined = |list: Vec<&str>| if list.is_empty() { cx.t("campaigns-none") } else { list.join(", ") };
    let fact = |key: &str, value: String| (cx.t(key), value);
    let priorities = c.priorities.0.iter().map(|id| catalogue.priority_name(id, language)).collect();
    let partners = c.partners.0.iter().map(String::as_str).collect();
    let categories = c.categories.0.iter().map(|id| catalogue.name(id, language)).collect();
    let weeks = weeks(c, &whole.duties, &whole.made, today);
    // this week is still going on: in the chart it would look like a fall
    let whole_weeks: Vec<_> = weeks.iter().filter(|w| w.monday + 7 <= today).collect();
    let minutes: i64 = whole.made.iter().map(|m| m.minutes).sum();
    let used_hours = minutes as f64 / 60.0;
    let point = |monday: i64, n: i64| Point { label: day_words(cx, monday), value: Some(n as f64), ..Point::default() };
    let series = |name: &str, pick: fn(&crate::model::Week) -> i64| Series {
        name: cx.t(name),
        points: whole_weeks.iter().map(|w| point(w.monday, pick(w))).collect(),
    };
    let chart = if whole_weeks.len() < 2 {
        String::new()
    } else {
        line_chart(&LineChart {
            title: cx.t("campaigns-chart"),
            desc: cx.t("campaigns-chart-desc"),
            unit: cx.t("campaigns-chart-unit"),
            series: vec![series("campaigns-asked", |w| w.asked), series("campaigns-made", |w| w.made)],
            y_max: None,
            goal: None,
            format: &|v| words.number(v, 0),
        })
    };
    let rows = weeks.iter().rev().map(|w| {
        let hours = words.number(w.minutes as f64 / 60.0, 1);
        [day_words(cx, w.monday), words.whole(w.asked), words.whole(w.made), hours]
    });
    let events = whole.events.iter().map(|e| {
        let what = cx.t(&format!("campaigns-event-{}", e.what));
        let at = words.date_time(e.at);
        let at = e.who.as_ref().map_or_else(|| at.clone(), |who| format!("{at} · {who}"));
        Happened { at, what, note: e.note.clone() }
    });
    Ok(DetailPage {
        crumbs: vec![Link::new("/campaigns", cx.t("campaigns-title"))],
        id: id.to_string(),
        request: cx.app.clock.id().to_string(),
        follow_request: cx.app.clock.id().to_string(),
        version: c.version,
        kind: kind_name(cx, &c.kind),
        state: state_badge(cx, c, today),
        review_due: c.review_due(today),
        problem: c.problem.clone(),
        context: c.context.clone(),
        facts: vec![
            fact("campaigns-when", period(cx, c)),
            fact("campaigns-areas", area_names(cx, &c.areas.0)),
            fact("campaigns-subject", joined(categories)),
            fact("campaigns-priorities", joined(priorities)),
            fact("campaigns-partners", joined(partners)),
            fact("campaigns-review-on", day_words(cx, c.review_on)),
        ],
        figures,
        figures_note,
        map: map(cx, &whole),
        steps: whole.steps.iter().map(|s| step_row(cx, s)).collect(),
        duties: whole.duties.iter().map(|d| duty_row(cx, &whole, d, today)).collect(),
        used: hours(cx, minutes, c.budget_hours),
        used_hours,
        budget: c.budget_hours,
        over: minutes > c.budget_hours * 60,
        chart,
        weeks: rows.collect(),
        measure: c.measure_id.map(|m| format!("/measures/{m}")).unwrap_or_default(),
        outcome,
        lesson: c.lesson.clone(),
        verdict: c.verdict.map(|v| cx.t(&format!("campaigns-verdict-{v}"))).unwrap_or_default(),
        reviewed: c.reviewed_at.map(|at| words.date(at)).unwrap_or_default(),
        events: events.collect(),
        may_edit: cx.may("campaign:edit") && c.state != State::Closed,
        may_decide: cx.may("campaign:decide"),
        is_draft: c.state == State::Draft,
        is_running: c.state == State::Running,
        is_reviewed: c.state == State::Reviewed,
        verdicts: Verdict::ALL
            .iter()
            .map(|v| Choice::new(v.as_str(), cx.t(&format!("campaigns-verdict-{v}"))))
            .collect(),
        typed,
        said,
        page: cx.page_titled(c.name.clone()),
    })
}
