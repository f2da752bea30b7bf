//! Pages of the register of authorisations.

use super::ops::permit;
use super::rules::{hindrance, no_grant};
use super::{Authorisation, Decision, Filter, Proposal, State, Withdrawal, csv};
use crate::covenants;
use crate::partners::front::{Said, Trouble, iso_day, last_day, processing_name, processings, tabs};
use crate::partners::{self, Fields, Person, Saved};
use axum::extract::{Path, Query};
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use kit::paging::Cursor;
use kit::{At, Fault, Tx, Uuid};
use policy::Resource;
use serde::Deserialize;
use site::{Choice, Cx, Link, Page, render, render_as, see_other};

const PAGE: i64 = 50;
/// More rows than this do not fit one file.
const MOST: i64 = 100_000;

fn tone(state: State) -> &'static str {
    match state {
        State::Proposed => "soon",
        State::InForce => "ok",
        State::Later => "info",
        State::Expired | State::Refused | State::Withdrawn => "off",
    }
}

fn state_name(cx: &Cx, state: State) -> String {
    cx.t(&format!("authorisations-state-{state}"))
}

/// Name, role and organisation of somebody.
fn person_name(cx: &Cx, name: &str, role: policy::Role, organisation: Option<&str>) -> String {
    let role = cx.t(&format!("role-{role}"));
    match organisation {
        Some(organisation) => format!("{name}, {role}, {organisation}"),
        None => format!("{name}, {role}"),
    }
}

fn until(cx: &Cx, at: Option<At>) -> String {
    at.map_or_else(|| cx.t("authorisations-no-end"), |at| cx.words.date(last_day(at)))
}

/// What a list shows.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Choose {
    person: String,
    processing: String,
    state: String,
    before: String,
}

impl Choose {
    /// The filter; words that mean nothing filter nothing.
    fn filter(&self) -> Filter {
        Filter {
            person: Uuid::try_parse(&self.person).ok(),
            processing: self.processing.clone(),
            state: self.state.parse().ok(),
        }
    }

    fn query(&self) -> String {
        let encode = site::layers::encode;
        format!("person={}&processing={}&state={}", encode(&self.person), encode(&self.processing), encode(&self.state))
    }
}

/// Everybody as choices; `all` also those whose account is closed.
async fn people(cx: &Cx, tx: &mut Tx, first: &str, all: bool) -> Result<Vec<Choice>, Fault> {
    let organisations = partners::all(tx, cx.code()).await?;
    let of = |p: &Person| organisations.iter().find(|o| Some(o.id) == p.organisation_id).map(|o| o.name.as_str());
    let everybody = partners::people(tx, cx.code(), None).await?;
    let choice = |p: &Person| Choice::new(p.id.to_string(), person_name(cx, &p.name, p.role, of(p)));
    let shown = everybody.iter().filter(|p| all || p.active).map(choice);
    Ok([Choice::new("", cx.t(first))].into_iter().chain(shown).collect())
}

#[derive(askama::Template)]
#[template(path = "authorisations/pages/list.html")]
struct ListPage {
    page: Page,
    tabs: Vec<Link>,
    may_propose: bool,
    people: Vec<Choice>,
    processings: Vec<Choice>,
    states: Vec<Choice>,
    chosen: Choose,
    csv: String,
    rows: Vec<Row>,
    newer: String,
    older: String,
}

struct Row {
    href: String,
    person: String,
    processing: String,
    from: String,
    until: String,
    tone: &'static str,
    state: String,
    proposed: String,
    decided: String,
}

/// `GET /authorisations`: the register, newest first.
pub async fn list(cx: Cx, Query(chosen): Query<Choose>) -> Result<Response, Fault> {
    let may = cx.permit("authorisation:read", &Resource::ordinary("authorisation", cx.code()))?;
    let mut tx = cx.read().await?;
    let before = Cursor::parse(&chosen.before);
    let mut found = super::list(&mut tx, may.municipality(), &chosen.filter(), cx.now, before, PAGE + 1).await?;
    let more = found.len() > 50;
    found.truncate(50);
    let older = match found.last() {
        Some(last) if more => {
            let cursor = Cursor { at: last.proposed_at, id: last.id };
            format!("/authorisations?{}&before={cursor}", chosen.query())
        }
        _ => String::new(),
    };
    let people = people(&cx, &mut tx, "authorisations-everybody", true).await?;
    let all = |first: &str| vec![Choice::new("", cx.t(first))];
    let state = |s: &State| Choice::new(s.as_str(), state_name(&cx, *s));
    let row = |a: Authorisation| Row {
        href: format!("/authorisations/{}", a.id),
        person: person_name(&cx, &a.person, a.role, a.organisation.as_deref()),
        processing: processing_name(&cx, &a.processing),
        from: cx.words.date(a.valid_from),
        until: until(&cx, a.valid_until),
        tone: tone(a.state),
        state: state_name(&cx, a.state),
        proposed: a.proposer.unwrap_or_default(),
        decided: a.withdrawer.or(a.refuser).or(a.granter).unwrap_or_default(),
    };
    render(&ListPage {
        rows: found.into_iter().map(row).collect(),
        tabs: tabs(&cx, "/authorisations"),
        may_propose: cx.may("authorisation:propose"),
        people,
        processings: all("authorisations-every-processing").into_iter().chain(processings(&cx)).collect(),
        states: all("authorisations-every-state").into_iter().chain(State::ALL.iter().map(state)).collect(),
        csv: format!("/authorisations.csv?{}", chosen.query()),
        newer: if before.is_some() { format!("/authorisations?{}", chosen.query()) } else { String::new() },
        older,
        chosen,
        page: cx.page("authorisations-title"),
    })
}

/// `GET /authorisations.csv`: the register as a file, with the same filter.
pub async fn download(cx: Cx, Query(chosen): Query<Choose>) -> Result<Response, Fault> {
    let may = cx.permit("authorisation:read", &Resource::ordinary("authorisation", cx.code()))?;
    let mut tx = cx.read().await?;
    let rows = super::list(&mut tx, may.municipality(), &chosen.filter(), cx.now, None, MOST).await?;
    let name =
        format!("{}-{}-{}.csv", cx.t("authorisations-file-name"), cx.municipality.file.slug, iso_day(&cx, cx.now));
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, csv::file(&rows)).into_response())
}

#[derive(askama::Template)]
#[template(path = "authorisations/pages/propose.html")]
struct ProposePage {
    page: Page,
    crumbs: Vec<Link>,
    request: String,
    people: Vec<Choice>,
    processings: Vec<Choice>,
    form: Fields,
    errors: Said,
}

async fn propose_page(cx: &Cx, form: &Fields, trouble: &Trouble) -> Result<Response, Fault> {
    let mut tx = cx.read().await?;
    let choose = Choice::new("", cx.t("partners-choose"));
    let page = ProposePage {
        page: cx.page("authorisations-propose"),
        crumbs: vec![Link::new("/authorisations", cx.t("authorisations-title"))],
        request: cx.app.clock.id().to_string(),
        people: people(cx, &mut tx, "partners-choose", false).await?,
        processings: [choose].into_iter().chain(processings(cx)).collect(),
        form: form.clone(),
        errors: trouble.said(cx, "account"),
    };
    render_as(trouble.status(), &page)
}

/// `GET /authorisations/new`
pub async fn new(cx: Cx, Query(chosen): Query<Choose>) -> Result<Response, Fault> {
    let form = Fields::filled([
        ("account", chosen.person),
        ("processing", chosen.processing),
        ("valid_from", iso_day(&cx, cx.now)),
    ]);
    propose_page(&cx, &form, &Trouble::default()).await
}

/// `POST /authorisations/new`
pub async fn new_submit(cx: Cx, form: Fields) -> Result<Response, Fault> {
    let proposal = Proposal {
        request: form.id("request")?,
        // Nobody chosen is nobody found.
        account: Uuid::try_parse(form.get("account")).unwrap_or_default(),
        processing: form.text("processing"),
        reason: form.text("reason"),
        deed_number: form.text("deed_number"),
        deed_until: form.day("deed_until"),
        valid_from: form.day("valid_from"),
        valid_until: form.day("valid_until"),
    };
    match super::propose(&cx, proposal).await {
        Ok(id) => Ok(see_other(&format!("/authorisations/{id}?saved=1"))),
        Err(fault) => propose_page(&cx, &form, &Trouble::of(fault)?).await,
    }
}

#[derive(askama::Template)]
#[template(path = "authorisations/pages/authorisation.html")]
struct AuthorisationPage {
    page: Page,
    crumbs: Vec<Link>,
    id: Uuid,
    version: i64,
    tone: &'static str,
    state: String,
    processing: String,
    reason: String,
    from: String,
    until: String,
    deed: String,
    steps: Vec<Step>,
    /// A sentence that says why this reader, or nobody, can grant it now.
    hindrance: String,
    may_decide: bool,
    may_withdraw: bool,
    request: String,
    decisions: Vec<Choice>,
    form: Fields,
    errors: Said,
}

struct Step {
    iso: String,
    at: String,
    what: String,
    why: String,
}

/// Who did what, in the order of time.
fn steps(cx: &Cx, a: &Authorisation) -> Vec<Step> {
    let step = |key: &str, at: Option<At>, who: &Option<String>, why: &str| {
        let who = who.clone().unwrap_or_default();
        at.map(|at| Step {
            iso: cx.words.iso(at),
            at: cx.words.date_time(at),
            what: cx.words.t1(key, "who", &who),
            why: why.to_owned(),
        })
    };
    let all = [
        step("authorisations-step-proposed", Some(a.proposed_at), &a.proposer, ""),
        step("authorisations-step-granted", a.granted_at, &a.granter, ""),
        step("authorisations-step-refused", a.refused_at, &a.refuser, &a.refusal),
        step("authorisations-step-withdrawn", a.withdrawn_at, &a.withdrawer, &a.withdrawal),
    ];
    all.into_iter().flatten().collect()
}

async fn authorisation_page(
    cx: &Cx,
    id: Uuid,
    form: &Fields,
    trouble: &Trouble,
    saved: &Saved,
) -> Result<Response, Fault> {
    let may = cx.permit("authorisation:read", &Resource::ordinary("authorisation", cx.code()))?;
    let mut tx = cx.read().await?;
    let a = super::get(&mut tx, may.municipality(), id, cx.now).await?.ok_or(Fault::NotFound)?;
    let covenant = match a.organisation_id {
        Some(of) => covenants::in_force(&mut tx, may.municipality(), of, &a.processing, cx.now).await?.is_some(),
        None => true,
    };
    let waits = a.granted_at.is_none() && a.refused_at.is_none() && a.withdrawn_at.is_none();
    let may_decide = waits && permit(cx, "authorisation:decide", &a.processing).is_ok();
    let own = cx.actor.account.and_then(|decider| hindrance(&a, decider));
    let open = a.refused_at.is_none() && a.withdrawn_at.is_none();
    let page = AuthorisationPage {
        page: saved.on(cx, cx.page_titled(person_name(cx, &a.person, a.role, a.organisation.as_deref()))),
        crumbs: vec![Link::new("/authorisations", cx.t("authorisations-title"))],
        id,
        version: a.version,
        tone: tone(a.state),
        state: state_name(cx, a.state),
        processing: processing_name(cx, &a.processing),
        reason: a.reason.clone(),
        from: cx.words.date(a.valid_from),
        until: until(cx, a.valid_until),
        deed: match a.deed_until {
            Some(at) => {
                let day = cx.words.date(last_day(at));
                let values = [("number", a.deed_number.as_str().into()), ("day", day.into())];
                cx.words.ta("authorisations-deed-valid", &values)
            }
            None => String::new(),
        },
        steps: steps(cx, &a),
        hindrance: match may_decide {
            true => own.or_else(|| no_grant(&a, covenant, cx.now)).map(|key| cx.t(key)).unwrap_or_default(),
            false => String::new(),
        },
        may_decide: may_decide && own.is_none(),
        may_withdraw: open && permit(cx, "authorisation:withdraw", &a.processing).is_ok(),
        request: cx.app.clock.id().to_string(),
        decisions: vec![
            Choice::new("grant", cx.t("authorisations-grant")),
            Choice::new("refuse", cx.t("authorisations-refuse")),
        ],
        form: form.clone(),
        errors: trouble.said(cx, "decision"),
    };
    render_as(trouble.status(), &page)
}

/// `GET /authorisations/{id}`: one authorisation, and for who may the forms that decide on it and withdraw it.
pub async fn authorisation(cx: Cx, Path(id): Path<Uuid>, Query(saved): Query<Saved>) -> Result<Response, Fault> {
    authorisation_page(&cx, id, &Fields::default(), &Trouble::default(), &saved).await
}

/// `POST /authorisations/{id}/decide`
pub async fn decide_submit(cx: Cx, Path(id): Path<Uuid>, form: Fields) -> Result<Response, Fault> {
    let outcome = match form.get("decision") {
        word @ ("grant" | "refuse") => {
            let decision = Decision {
                request: form.id("request")?,
                version: form.number("version")?,
                grant: word == "grant",
                reason: form.text("refusal"),
            };
            super::decide(&cx, id, decision).await
        }
        _ => Err(partners::front::wrong("decision", "authorisations-decision-missing")),
    };
    match outcome {
        Ok(()) => Ok(see_other(&format!("/authorisations/{id}?saved=1"))),
        Err(fault) => authorisation_page(&cx, id, &form, &Trouble::of(fault)?, &Saved::default()).await,
    }
}

/// `POST /authorisations/{id}/withdraw`
pub async fn withdraw_submit(cx: Cx, Path(id): Path<Uuid>, form: Fields) -> Result<Response, Fault> {
    let withdrawal =
        Withdrawal { request: form.id("request")?, version: form.number("version")?, reason: form.text("withdrawal") };
    match super::withdraw(&cx, id, withdrawal).await {
        Ok(()) => Ok(see_other(&format!("/authorisations/{id}?saved=1"))),
        Err(fault) => authorisation_page(&cx, id, &form, &Trouble::of(fault)?, &Saved::default()).await,
    }
}
