//! Pages of programme, actions and decisions.

use super::{ActionChange, NewDecision, Standing, Subject, action_states, body, cite, decisions, known, next_words};
use super::{change_action, plan_state, programme_states, register};
use crate::PlanBook;
use crate::front::{Trouble, request_id, tabs, this_year};
use crate::model::{Action, ActionState, Programme, next_steps};
use axum::extract::{Form, Path, Query};
use axum::response::Response;
use jiff::civil::Date;
use kit::Fault;
use law::Body;
use policy::Resource;
use serde::Deserialize;
use site::{Choice, Cx, FormError, Link, Page, render, render_as, see_other};

/// Whether a form was just saved.
#[derive(Debug, Default, Deserialize)]
pub struct Saved {
    /// Present after a redirect.
    saved: Option<u8>,
}

fn saved(cx: &Cx, page: Page, saved: &Saved) -> Page {
    if saved.saved.is_some() { page.with_notice("success", cx.t("plan-saved")) } else { page }
}

/// The sign and colour of a state: planned, running, done, stopped.
fn tone(state: ActionState) -> &'static str {
    match state {
        ActionState::Planned => "neutral",
        ActionState::Running => "info",
        ActionState::Done => "ok",
        ActionState::Stopped => "off",
    }
}

#[derive(askama::Template)]
#[template(path = "cycle/pages/programme.html")]
struct ProgrammePage {
    page: Page,
    crumbs: Vec<Link>,
    tabs: Vec<Link>,
    years: Vec<Link>,
    state: String,
    note: String,
    budget: String,
    may_edit: bool,
    groups: Vec<Group>,
}

struct Group {
    name: String,
    href: String,
    rows: Vec<ActionRow>,
}

struct ActionRow {
    name: String,
    href: String,
    owner: String,
    partners: String,
    planning: String,
    budget: String,
    state: String,
    tone: &'static str,
    note: String,
}

/// `GET /plan/programme/{year}`: the actions of a year.
pub async fn programme(cx: Cx, Path(year): Path<i16>, Query(query): Query<Saved>) -> Result<Response, Fault> {
    let permit = cx.permit("plan:read", &Resource::open("programme", cx.code()))?;
    let book = cx.municipality.get::<PlanBook>();
    let programme = known(book.programmes.get(&year))?;
    let mut tx = cx.read().await?;
    let states = action_states(&mut tx, permit.municipality(), &book, year, cx.words.language()).await?;
    let standing = programme_states(&mut tx, permit.municipality(), &book).await?;
    let lang = cx.words.language();
    let say = crate::account::Say(&cx.words);
    let row = |action: &Action| {
        let standing = states.get(&action.id);
        let state = standing.map_or(action.state, |s| s.standing.state);
        let partner = |id: &String| book.plan.partner(id).map(|p| p.name.get(lang).to_owned());
        ActionRow {
            name: action.name.get(lang).to_owned(),
            href: format!("/plan/programme/{year}/{}", action.id),
            owner: action.owner.get(lang).to_owned(),
            partners: action.partners.iter().filter_map(partner).collect::<Vec<_>>().join(", "),
            planning: say.quarters(action.from_quarter, action.to_quarter),
            budget: say.euros(action.budget_eur),
            state: cx.t(&format!("plan-action-{state}")),
            tone: tone(state),
            note: standing.map(|s| s.note.clone()).unwrap_or_default(),
        }
    };
    let group = |(id, name): (String, kit::Text)| Group {
        rows: programme.of_priority(&id).map(row).collect(),
        name: name.get(lang).to_owned(),
        href: format!("/plan/priorities/{id}?year={year}"),
    };
    let title = cx.words.t1("plan-programme-title", "year", &year.to_string());
    render(&ProgrammePage {
        page: saved(&cx, cx.page_titled(title), &query),
        crumbs: vec![Link::new("/plan", cx.t("plan-tab-plan"))],
        tabs: tabs(&cx, &book, book.default_year(this_year(&cx)), "programme"),
        years: programme_years(&book, year),
        state: standing
            .iter()
            .find(|(y, _)| *y == year)
            .map(|(_, s)| cx.t(&format!("plan-programme-{}", s.state)))
            .unwrap_or_default(),
        note: programme.note.as_ref().map(|n| n.get(lang).to_owned()).unwrap_or_default(),
        budget: say.euros(Some(programme.budget_eur())),
        may_edit: cx.may("programme:edit"),
        groups: book.priorities().into_iter().map(group).filter(|g| !g.rows.is_empty()).collect(),
    })
}

fn programme_years(book: &PlanBook, current: i16) -> Vec<Link> {
    let link = |y: &i16| Link { href: format!("/plan/programme/{y}"), label: y.to_string(), current: *y == current };
    book.programmes.keys().map(link).collect()
}

#[derive(askama::Template)]
#[template(path = "cycle/pages/action.html")]
struct ActionPage {
    page: Page,
    crumbs: Vec<Link>,
    priority: Link,
    owner: String,
    partners: Vec<String>,
    planning: String,
    budget: String,
    approach: Vec<(String, String)>,
    indicators: Vec<String>,
    state: String,
    tone: &'static str,
    note_now: String,
    may_edit: bool,
    action: String,
    request: String,
    version: i64,
    steps: Vec<Choice>,
    to: String,
    note: String,
    errors: Vec<FormError>,
    to_error: String,
    note_error: String,
}

/// The form that changes an action's state.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ActionForm {
    request: String,
    version: i64,
    to: String,
    note: String,
}

fn action_of<'a>(book: &'a PlanBook, year: i16, id: &str) -> Result<(&'a Programme, &'a Action), Fault> {
    let programme = known(book.programmes.get(&year))?;
    Ok((programme, known(programme.action.iter().find(|a| a.id == id))?))
}

async fn action_page(cx: &Cx, year: i16, id: &str, form: &ActionForm, trouble: &Trouble) -> Result<Response, Fault> {
    let permit = cx.permit("plan:read", &Resource::open("action", cx.code()))?;
    let book = cx.municipality.get::<PlanBook>();
    let (_, action) = action_of(&book, year, id)?;
    let mut tx = cx.read().await?;
    let lang = cx.words.language();
    let mut states = action_states(&mut tx, permit.municipality(), &book, year, lang).await?;
    let now = known(states.remove(id))?;
    let say = crate::account::Say(&cx.words);
    let priority = book.plan.priority(&action.priority);
    let partner = |id: &String| book.plan.partner(id).map(|p| p.name.get(lang).to_owned());
    let line = |id: &String| book.plan.approach(id).map(|i| (i.text.get(lang).to_owned(), i.section.clone()));
    let indicator = |id: &String| book.indicators.get(id).map(|i| i.name.get(lang).to_owned());
    let steps = next_words(now.standing.state);
    let path = format!("/plan/programme/{year}");
    let page = ActionPage {
        page: cx.page_titled(action.name.get(lang).to_owned()),
        crumbs: vec![
            Link::new("/plan", cx.t("plan-tab-plan")),
            Link::new(path.clone(), cx.words.t1("plan-programme-title", "year", &year.to_string())),
        ],
        priority: Link::new(
            format!("/plan/priorities/{}?year={year}", action.priority),
            priority.map(|p| p.name.get(lang).to_owned()).unwrap_or_default(),
        ),
        owner: action.owner.get(lang).to_owned(),
        partners: action.partners.iter().filter_map(partner).collect(),
        planning: say.quarters(action.from_quarter, action.to_quarter),
        budget: say.euros(action.budget_eur),
        approach: action.approach.iter().filter_map(line).collect(),
        indicators: action.indicators.iter().filter_map(indicator).collect(),
        state: cx.t(&format!("plan-action-{}", now.standing.state)),
        tone: tone(now.standing.state),
        note_now: now.note,
        may_edit: cx.may("programme:edit") && !steps.is_empty(),
        action: format!("{path}/{id}"),
        request: cx.app.clock.id().to_string(),
        version: now.standing.version,
        steps: steps.iter().map(|s| Choice::new(s.clone(), cx.t(&format!("plan-action-{s}")))).collect(),
        to: form.to.clone(),
        note: form.note.clone(),
        errors: trouble.summary(cx, "to"),
        to_error: trouble.at(cx, "to"),
        note_error: trouble.at(cx, "note"),
    };
    render_as(trouble.status(), &page)
}

/// `GET /plan/programme/{year}/{action}`: one action, and for the adviser the form that changes its state.
pub async fn action(cx: Cx, Path((year, id)): Path<(i16, String)>) -> Result<Response, Fault> {
    action_page(&cx, year, &id, &ActionForm::default(), &Trouble::default()).await
}

/// `POST /plan/programme/{year}/{action}`
pub async fn action_submit(
    cx: Cx,
    Path((year, id)): Path<(i16, String)>,
    Form(form): Form<ActionForm>,
) -> Result<Response, Fault> {
    let Ok(to) = form.to.parse::<ActionState>() else {
        let mut trouble = Trouble::default();
        trouble.faults.add("to", "plan-action-choose");
        return action_page(&cx, year, &id, &form, &trouble).await;
    };
    let change = ActionChange {
        request: request_id(&form.request)?,
        year,
        action: id.clone(),
        to,
        note: form.note.clone(),
        version: form.version,
    };
    match change_action(&cx, change).await {
        Ok(()) => Ok(see_other(&format!("/plan/programme/{year}?saved=1"))),
        Err(fault) => action_page(&cx, year, &id, &form, &Trouble::of(fault)?).await,
    }
}

#[derive(askama::Template)]
#[template(path = "cycle/pages/decisions.html")]
struct DecisionsPage {
    page: Page,
    crumbs: Vec<Link>,
    tabs: Vec<Link>,
    standings: Vec<(String, String)>,
    rows: Vec<DecisionRow>,
    may_decide: bool,
    request: String,
    options: Vec<Choice>,
    bodies: Vec<Choice>,
    form: DecisionForm,
    errors: Vec<FormError>,
    what_error: String,
    body_error: String,
    day_error: String,
    reference_error: String,
    note_error: String,
}

struct DecisionRow {
    day: String,
    iso: String,
    what: String,
    body: String,
    basis: String,
    reference: String,
    note: String,
}

/// The form that registers a decision.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct DecisionForm {
    request: String,
    /// `subject/state/version`.
    what: String,
    body: String,
    decided_on: String,
    reference: String,
    note: String,
}

/// The name of a subject in words.
fn subject_name(cx: &Cx, subject: Subject) -> String {
    match subject {
        Subject::Plan => cx.t("plan-subject-plan"),
        Subject::Programme(year) => cx.words.t1("plan-programme-title", "year", &year.to_string()),
        Subject::Deviation => cx.t("plan-subject-deviation"),
    }
}

/// What a decision does, in words: `Uitvoeringsprogramma 2024: vastgesteld door het college`.
fn what(cx: &Cx, subject: Subject, becomes: &str) -> String {
    let state = match subject {
        Subject::Plan => cx.t(&format!("plan-state-{becomes}")),
        Subject::Programme(_) => cx.t(&format!("plan-programme-{becomes}")),
        Subject::Deviation => return subject_name(cx, subject),
    };
    format!("{}: {state}", subject_name(cx, subject))
}

fn options_of<S: crate::model::State>(cx: &Cx, subject: Subject, now: Standing<S>) -> Vec<Choice> {
    let option =
        |becomes: String| Choice::new(format!("{subject}/{becomes}/{}", now.version), what(cx, subject, &becomes));
    next_steps(now.state).map(|change| option(change.to.to_string())).collect()
}

async fn decisions_page(cx: &Cx, form: &DecisionForm, trouble: &Trouble, query: &Saved) -> Result<Response, Fault> {
    let permit = cx.permit("plan:read", &Resource::open("decision", cx.code()))?;
    let book = cx.municipality.get::<PlanBook>();
    let mut tx = cx.read().await?;
    let plan = plan_state(&mut tx, permit.municipality(), &book).await?;
    let programmes = programme_states(&mut tx, permit.municipality(), &book).await?;
    let made = decisions(&mut tx, permit.municipality(), &book.plan.id).await?;
    let mut standings = vec![(subject_name(cx, Subject::Plan), cx.t(&format!("plan-state-{}", plan.state)))];
    let mut options = vec![Choice::new("", cx.t("plan-decision-choose"))];
    options.extend(options_of(cx, Subject::Plan, plan));
    for (year, standing) in &programmes {
        let subject = Subject::Programme(*year);
        standings.push((subject_name(cx, subject), cx.t(&format!("plan-programme-{}", standing.state))));
        options.extend(options_of(cx, subject, *standing));
    }
    options.push(Choice::new("deviation//0", subject_name(cx, Subject::Deviation)));
    let bodies = [Body::Council, Body::Executive, Body::Mayor];
    let row = |d: &super::Decision| DecisionRow {
        day: cx.words.day(d.day()),
        iso: d.day().to_string(),
        what: d.subject.parse().map_or_else(|()| d.subject.clone(), |s| what(cx, s, &d.becomes)),
        body: cx.t(&format!("plan-body-{}", d.body)),
        basis: cite(&cx.words, &d.basis),
        reference: d.reference.clone(),
        note: d.note.clone(),
    };
    let page = DecisionsPage {
        page: saved(cx, cx.page("plan-decisions-title"), query),
        crumbs: vec![Link::new("/plan", cx.t("plan-tab-plan"))],
        tabs: tabs(cx, &book, book.default_year(this_year(cx)), "decisions"),
        standings,
        rows: made.iter().map(row).collect(),
        may_decide: cx.may("plan:decide"),
        request: cx.app.clock.id().to_string(),
        options,
        bodies: bodies.iter().map(|b| Choice::new(b.name(), cx.t(&format!("plan-body-{}", b.name())))).collect(),
        form: form.clone(),
        errors: trouble.summary(cx, "what"),
        what_error: trouble.at(cx, "what"),
        body_error: trouble.at(cx, "body"),
        day_error: trouble.at(cx, "decided_on"),
        reference_error: trouble.at(cx, "reference"),
        note_error: trouble.at(cx, "note"),
    };
    render_as(trouble.status(), &page)
}

/// `GET /plan/decisions`: where plan and programmes stand, and what was decided.
pub async fn decisions_list(cx: Cx, Query(query): Query<Saved>) -> Result<Response, Fault> {
    decisions_page(&cx, &DecisionForm::default(), &Trouble::default(), &query).await
}

/// Reads the form; what cannot be read is a fault of its field.
fn read_form(form: &DecisionForm) -> Result<NewDecision, Fault> {
    let mut faults = kit::FieldFaults::default();
    let mut parts = form.what.splitn(3, '/');
    let subject: Option<Subject> = parts.next().and_then(|p| p.parse().ok());
    let becomes = parts.next().unwrap_or_default();
    let version: Option<i64> = parts.next().and_then(|p| p.parse().ok());
    let decided_on = form.decided_on.trim().parse::<Date>();
    if subject.is_none() || version.is_none() {
        faults.add("what", "plan-decision-what");
    }
    if body(&form.body).is_none() {
        faults.add("body", "plan-decision-body");
    }
    if decided_on.is_err() {
        faults.add("decided_on", "plan-decision-day");
    }
    match (subject, version, body(&form.body), decided_on) {
        (Some(subject), Some(version), Some(body), Ok(decided_on)) => Ok(NewDecision {
            request: request_id(&form.request)?,
            subject,
            becomes: becomes.to_owned(),
            version,
            body,
            decided_on,
            reference: form.reference.clone(),
            note: form.note.clone(),
        }),
        _ => Err(Fault::Invalid(faults)),
    }
}

/// `POST /plan/decisions`
pub async fn decisions_submit(cx: Cx, Form(form): Form<DecisionForm>) -> Result<Response, Fault> {
    let outcome = match read_form(&form) {
        Ok(new) => register(&cx, new).await,
        Err(fault) => Err(fault),
    };
    match outcome {
        Ok(()) => Ok(see_other("/plan/decisions?saved=1")),
        Err(fault) => decisions_page(&cx, &form, &Trouble::of(fault)?, &Saved::default()).await,
    }
}
