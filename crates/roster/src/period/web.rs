//! Screens of rosters: the list, a new one, two weeks at a time, and one shift with who can and who cannot.

mod shift;

pub use shift::{shift, submit as shift_submit};

use super::view::{self, Findings, Grid};
use super::{NewPeriod, Period, State};
use crate::RosterConfig;
use crate::officer::warn::{self, Warning};
use crate::question::{self, Question};
use crate::words;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::Response;
use jiff::ToSpan as _;
use kit::{At, Fault, FieldFaults, Tx, Uuid};
use patrol::PatrolConfig;
use policy::{Permit, Resource, Role};
use serde::Deserialize;
use site::page::{Choice, FormError};
use site::{Cx, Fields, Link, Page, render, render_as, see_other};

/// Days that a roster stays in the list after its end.
const BACK: i64 = 28;
/// Days ahead in which places that nobody has are named.
const AHEAD: i64 = 14;

pub(crate) fn permit(cx: &Cx, action: &'static str) -> Result<Permit, Fault> {
    cx.permit(action, &Resource::ordinary("roster", cx.code()))
}

/// Whether the reader plans: others see what is published.
pub(crate) fn plans(cx: &Cx) -> bool {
    cx.may("roster:edit")
}

#[derive(askama::Template)]
#[template(path = "period/pages/list.html")]
struct ListPage {
    page: Page,
    rows: Vec<ListRow>,
    plans: bool,
    mine: bool,
    warnings: Vec<Warning>,
    open: Vec<Link>,
    requests: usize,
}

struct ListRow {
    href: String,
    title: String,
    tone: &'static str,
    state: String,
    fairness: String,
}

/// `GET /roster`.
///
/// # Errors
/// When the policy or the database refuses.
pub async fn list(cx: Cx) -> Result<Response, Fault> {
    let permit = permit(&cx, "roster:read")?;
    let plans = plans(&cx);
    let mut tx = cx.read().await?;
    let today = i64::from(cx.now.day_and_hour(&cx.municipality.zone).0);
    let mut periods = super::since(&mut tx, &permit, today - BACK).await?;
    periods.retain(|period| plans || period.state == State::Published);
    let (mut warnings, mut open, mut requests) = (vec![], vec![], 0);
    if plans {
        warnings = warn::all(&cx, &mut tx, &permit).await?;
        open = open_places(&cx, &mut tx, &permit).await?;
        let (leave, swaps) = crate::request::web::waiting(&cx, &mut tx, &permit).await?;
        requests = leave + swaps;
    }
    drop(tx);
    let row = |period: &Period| {
        let (tone, state) = view::state(&cx, period.state);
        let href = format!("/roster/{}", period.id);
        ListRow { fairness: format!("{href}/fairness"), href, title: view::title(&cx, period), tone, state }
    };
    render(&ListPage {
        rows: periods.iter().map(row).collect(),
        plans,
        mine: cx.actor.role == Some(Role::Officer),
        warnings,
        open,
        requests,
        page: cx.page("roster-title"),
    })
}

/// Places of published rosters that nobody has, in the next two weeks.
async fn open_places(cx: &Cx, tx: &mut Tx, permit: &Permit) -> Result<Vec<Link>, Fault> {
    let until = At::from_micros(cx.now.micros() + AHEAD * 86_400_000_000);
    let open = question::open_places(tx, permit, cx.now, until).await?;
    let link = |place: &question::Open| {
        let shift = words::shift(cx, &cx.words, &place.kind, place.starts_at, None);
        let missing = cx.words.tn("roster-open", place.staff - place.have);
        Link::new(format!("/roster/{}/shifts/{}", place.roster_id, place.id), format!("{shift}: {missing}"))
    };
    Ok(open.iter().map(link).collect())
}

#[derive(askama::Template)]
#[template(path = "period/pages/new.html")]
struct NewPage {
    page: Page,
    crumbs: Vec<Link>,
    errors: Vec<FormError>,
    faults: FieldFaults,
    form: NewPeriod,
    teams: Vec<Choice>,
}

impl NewPage {
    fn fault(&self, field: &str) -> String {
        self.faults.of(field, &self.page.words).unwrap_or_default()
    }
}

/// `GET /roster/new`.
///
/// # Errors
/// When the policy refuses.
pub async fn new(cx: Cx) -> Result<Response, Fault> {
    permit(&cx, "roster:edit")?;
    let config = cx.municipality.get::<RosterConfig>();
    let today = cx.now.local(&cx.municipality.zone).date();
    let monday = today.saturating_add((7 - i64::from(today.weekday().to_monday_zero_offset())).days());
    let form = NewPeriod {
        request: cx.app.clock.id(),
        team: String::new(),
        first_day: monday.to_string(),
        weeks: config.weeks.to_string(),
    };
    new_page(&cx, StatusCode::OK, form, FieldFaults::default())
}

fn new_page(cx: &Cx, status: StatusCode, form: NewPeriod, faults: FieldFaults) -> Result<Response, Fault> {
    let language = cx.words.language();
    let patrol = cx.municipality.get::<PatrolConfig>();
    let page = NewPage {
        crumbs: vec![Link::new("/roster", cx.t("roster-title"))],
        errors: cx.summary(&faults),
        teams: patrol.teams.iter().map(|t| Choice::new(&t.id, t.name.get(language))).collect(),
        form,
        faults,
        page: cx.page("roster-new"),
    };
    render_as(status, &page)
}

/// `POST /roster/new`.
///
/// # Errors
/// As [`super::make`], except wrong fields.
pub async fn create(cx: Cx, fields: Fields) -> Result<Response, Fault> {
    let form = NewPeriod {
        request: fields.id("request")?,
        team: fields.get("team").to_owned(),
        first_day: fields.get("first_day").to_owned(),
        weeks: fields.get("weeks").to_owned(),
    };
    let mut tx = cx.write().await?;
    match super::make(&cx, &mut tx, &form).await {
        Ok(id) => {
            tx.commit().await?;
            Ok(see_other(&format!("/roster/{id}")))
        }
        Err(Fault::Invalid(faults)) => {
            drop(tx);
            new_page(&cx, StatusCode::UNPROCESSABLE_ENTITY, form, faults)
        }
        Err(other) => Err(other),
    }
}

#[derive(askama::Template)]
#[template(path = "period/pages/roster.html")]
struct RosterPage {
    page: Page,
    crumbs: Vec<Link>,
    id: Uuid,
    version: i64,
    tone: &'static str,
    state: String,
    plans: bool,
    draft: bool,
    grid: Grid,
    progress: Option<Progress>,
    findings: Option<Findings>,
    history: Vec<Line>,
    requests: [Uuid; 3],
}

/// How far the search is.
struct Progress {
    searching: bool,
    percent: i64,
    gap: String,
}

/// A line of the history.
pub(crate) struct Line {
    pub(crate) at: String,
    pub(crate) text: String,
}

/// Which part of a roster is shown.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
pub struct Shown {
    #[serde(default)]
    screen: i64,
}

/// `GET /roster/{id}`.
///
/// # Errors
/// [`Fault::NotFound`], for officers also while it is a draft; or when the policy or the database refuses.
pub async fn roster(cx: Cx, Path(id): Path<Uuid>, Query(shown): Query<Shown>) -> Result<Response, Fault> {
    let permit = permit(&cx, "roster:read")?;
    let plans = plans(&cx);
    let mut tx = cx.read().await?;
    let period = super::get(&mut tx, &permit, id).await?;
    if period.state == State::Draft && !plans {
        return Err(Fault::NotFound);
    }
    let question = question::read(&cx, &mut tx, &permit, id).await?;
    let changes = if plans { super::store::changes(&mut tx, &permit, id, 50).await? } else { vec![] };
    drop(tx);
    let findings = if plans && question.can_plan() { Some(found(&cx, &question)?) } else { None };
    let (tone, state) = view::state(&cx, question.period.state);
    render(&RosterPage {
        crumbs: vec![Link::new("/roster", cx.t("roster-title"))],
        id,
        version: question.period.version,
        tone,
        state,
        plans,
        draft: question.period.state == State::Draft,
        grid: view::grid(&cx, &question, shown.screen, plans),
        progress: progress(&cx, &question.period).filter(|_| plans),
        findings,
        history: changes.iter().map(|change| line(&cx, change)).collect(),
        requests: std::array::from_fn(|_| cx.app.clock.id()),
        page: cx.page_titled(view::title(&cx, &question.period)),
    })
}

fn found(cx: &Cx, question: &Question) -> Result<Findings, Fault> {
    let found = question.planner()?.check(&question.plan).map_err(|error| Fault::Internal(error.to_string()))?;
    Ok(view::findings(cx, question, &found))
}

fn progress(cx: &Cx, period: &Period) -> Option<Progress> {
    let gap = match (period.cost, period.gap_percent()) {
        (None, _) => return None,
        (_, None) => cx.t("roster-best"),
        (_, Some(gap)) if gap < 0.05 => cx.t("roster-best"),
        (_, Some(gap)) => cx.words.t1("roster-gap", "percent", &cx.words.number(gap, 1)),
    };
    let percent = if period.tries_asked > 0 { 100 * period.tries_done / period.tries_asked } else { 100 };
    Some(Progress { searching: period.is_searching(), percent, gap })
}

/// A change in words.
pub(crate) fn line(cx: &Cx, change: &super::Changed) -> Line {
    let shift = match (&change.kind, change.starts_at) {
        (Some(kind), Some(from)) => words::shift(cx, &cx.words, kind, from, None),
        _ => String::new(),
    };
    let values = [
        ("person", change.person.clone().unwrap_or_default()),
        ("changer", change.changer.clone().unwrap_or_default()),
        ("shift", shift),
    ];
    let values: Vec<_> = values.iter().map(|(name, value)| (*name, value.as_str().into())).collect();
    let text = cx.words.ta(&format!("roster-change-{}", change.act), &values);
    let text = if change.reason.is_empty() { text } else { format!("{text} {}", change.reason) };
    Line { at: cx.words.date_time(change.at), text }
}

/// `POST /roster/{id}/fill`.
///
/// # Errors
/// As [`super::fill`].
pub async fn fill(cx: Cx, Path(id): Path<Uuid>, form: Fields) -> Result<Response, Fault> {
    let mut tx = cx.write().await?;
    super::fill(&cx, &mut tx, form.id("request")?, id).await?;
    tx.commit().await?;
    Ok(see_other(&format!("/roster/{id}")))
}

/// `POST /roster/{id}/stop`.
///
/// # Errors
/// As [`super::stop`].
pub async fn stop(cx: Cx, Path(id): Path<Uuid>, form: Fields) -> Result<Response, Fault> {
    let mut tx = cx.write().await?;
    super::stop(&cx, &mut tx, form.id("request")?, id).await?;
    tx.commit().await?;
    Ok(see_other(&format!("/roster/{id}")))
}

/// `POST /roster/{id}/publish`.
///
/// # Errors
/// As [`super::publish()`].
pub async fn publish(cx: Cx, Path(id): Path<Uuid>, form: Fields) -> Result<Response, Fault> {
    let mut tx = cx.write().await?;
    super::publish(&cx, &mut tx, form.id("request")?, id, form.number("version")?).await?;
    tx.commit().await?;
    Ok(see_other(&format!("/roster/{id}")))
}
