//! What the reporter sees after sending and whenever they come back, by the token of their report only: how it stands,
//! what was said, what is asked of them. No personal data, no words of the report, no photos, no names of staff.

use super::store;
use crate::category::Catalogue;
use crate::contact::answer::{Typed, may_say};
use crate::contact::{self, ContactConfig};
use crate::handle::{self, Signal};
use crate::model::{Publication, Source, State};
use axum::extract::Path;
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use kit::{At, Fault, FieldFaults, Uuid};
use policy::Resource;
use site::page::{Choice, Page};
use site::{Cx, FormError, render_as, see_other};

#[derive(askama::Template)]
#[template(path = "report/pages/status.html")]
struct StatusPage {
    page: Page,
    app: site::Shared,
    errors: Vec<FormError>,
    faults: FieldFaults,
    typed: Typed,
    lead: String,
    tone: &'static str,
    state: String,
    next: String,
    reference: String,
    about: String,
    received: String,
    due: String,
    closed: String,
    link: String,
    path: String,
    /// Whether the page was opened by its token: only then it takes answers.
    own: bool,
    question: String,
    asks: bool,
    yes_no: Vec<Choice>,
    reasons: Vec<Choice>,
    mails: Option<bool>,
    events: Vec<Event>,
}

struct Event {
    at: At,
    iso: String,
    day: String,
    title: String,
    note: String,
}

impl StatusPage {
    fn fresh(&self) -> Uuid {
        self.app.clock.id()
    }

    fn fault(&self, field: &str) -> String {
        self.faults.of(field, &self.page.words).unwrap_or_default()
    }
}

/// `GET /report/status/{token}`
///
/// # Errors
/// [`Fault::NotFound`] when there is no such report.
pub async fn status(cx: Cx, Path(text): Path<String>) -> Result<Response, Fault> {
    shown(&cx, &text, Typed::default(), &FieldFaults::default()).await
}

/// The page with what was typed and what was wrong with it.
pub(crate) async fn again(cx: &Cx, text: &str, typed: Typed, faults: &FieldFaults) -> Result<Response, Fault> {
    shown(cx, text, typed, faults).await
}

async fn shown(cx: &Cx, text: &str, typed: Typed, faults: &FieldFaults) -> Result<Response, Fault> {
    let permit = cx.permit("report:follow", &Resource::ordinary("signal", cx.code()))?;
    let (id, bare) = contact::report_of(cx, text)?;
    let mut tx = cx.read().await?;
    let report = handle::get(&mut tx, &permit, id).await?.filter(|r| r.source == Source::Resident);
    let report = report.ok_or(Fault::NotFound)?;
    if bare && !contact::bare_opens(cx, report.publication, cx.now) {
        return match report.publication {
            Publication::Shown => Ok(see_other(&format!("/report/follow/{}", site::layers::encode(&report.reference)))),
            _ => Err(Fault::NotFound),
        };
    }
    let mut events = told(cx, store::public_events(&mut tx, &permit, id).await?);
    events.extend(said(cx, contact::messages(&mut tx, &permit, id).await?));
    events.sort_by_key(|e| e.at);
    let question = match report.state {
        State::ReactionRequested => contact::question(&mut tx, cx.code(), id).await?.map(|(_, q)| q),
        _ => None,
    };
    let asks = !bare && may_say(cx, &mut tx, &permit, &report).await?;
    let has_address = handle::reporter(&mut tx, &permit, id).await?.is_some_and(|r| !r.email.is_empty());
    let mails = match has_address && !bare {
        true => Some(!contact::is_muted(&mut tx, cx.code(), id).await?),
        false => None,
    };
    drop(tx);
    let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = view(cx, &report, text, (typed, faults));
    let page = StatusPage { own: !bare, question: question.unwrap_or_default(), asks, mails, events, ..page };
    let mut response = render_as(status, &page)?;
    let headers = response.headers_mut();
    headers.insert("x-robots-tag", HeaderValue::from_static("noindex, nofollow"));
    headers.insert("referrer-policy", HeaderValue::from_static("no-referrer"));
    Ok(response)
}

/// The lines of the history that the reporter may read.
fn told(cx: &Cx, events: Vec<store::PublicEvent>) -> Vec<Event> {
    let line = |e: store::PublicEvent| {
        let becomes: State = e.becomes.parse().ok()?;
        let title = match becomes {
            State::ReactionRequested => cx.t("contact-status-asked"),
            state => cx.t(&format!("report-state-{}", state.public_word())),
        };
        Some(Event { iso: cx.words.iso(e.at), day: cx.words.date_time(e.at), at: e.at, title, note: e.note })
    };
    events.into_iter().filter_map(line).collect()
}

/// What the reporter answered, and what a colleague wrote without changing anything.
fn said(cx: &Cx, messages: Vec<contact::Message>) -> Vec<Event> {
    let line = |m: contact::Message| {
        let key = match (m.event.as_str(), m.state.as_str()) {
            ("reaction", _) => "contact-status-answered",
            ("free", _) => "contact-status-written",
            _ => return None,
        };
        Some(Event { iso: cx.words.iso(m.at), day: cx.words.date_time(m.at), at: m.at, title: cx.t(key), note: m.body })
    };
    messages.into_iter().filter_map(line).collect()
}

fn view(cx: &Cx, report: &Signal, text: &str, (typed, faults): (Typed, &FieldFaults)) -> StatusPage {
    let words = &cx.words;
    let state = report.state.public_word();
    let catalogue = cx.municipality.get::<Catalogue>();
    let config = cx.municipality.get::<ContactConfig>();
    let path = format!("/report/status/{text}");
    StatusPage {
        app: cx.app.clone(),
        errors: cx.summary(faults),
        faults: faults.clone(),
        typed,
        lead: words.t(&format!("report-lead-{state}")),
        tone: match state {
            "received" => "info",
            "done" => "ok",
            "busy" => "soon",
            _ => "off",
        },
        state: words.t(&format!("report-state-{state}")),
        next: words.t(&format!("report-next-{state}")),
        about: catalogue.name(&report.category, words.language()).to_owned(),
        received: words.date_time(report.reported_at),
        due: report
            .due_at
            .filter(|_| report.closed_at.is_none())
            .map(|due| words.weekday(At::from_micros(due.micros() - 1).local(&cx.municipality.zone).date()))
            .unwrap_or_default(),
        closed: report.closed_at.map(|at| words.date(at)).unwrap_or_default(),
        link: format!("{}{path}", cx.app.public_url),
        path,
        own: false,
        question: String::new(),
        asks: false,
        yes_no: vec![
            Choice::new("yes", words.t("contact-satisfied-yes")),
            Choice::new("no", words.t("contact-satisfied-no")),
        ],
        reasons: std::iter::once(Choice::new("", words.t("contact-reason-none")))
            .chain(config.reason.iter().map(|r| Choice::new(r.id.as_str(), r.name.get(words.language()))))
            .collect(),
        mails: None,
        events: vec![],
        page: cx.page(if report.state == State::Reported { "report-thanks-title" } else { "report-status-title" }),
        reference: report.reference.clone(),
    }
}
