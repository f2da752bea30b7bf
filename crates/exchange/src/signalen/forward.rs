//! Sending a report on to a partner: somebody decides it, sees what goes along, and says why. It is a disclosure of
//! ordinary personal data (the words may hold some): it stands in the history, the audit trail and the processing log.

use super::deliver::ask;
use super::dispatch::{Dispatch, Failure, Standing};
use super::store;
use crate::config::{ExchangeConfig, Link};
use axum::extract::{Form, Path};
use axum::http::StatusCode;
use axum::response::Response;
use kit::once::{self, Claim};
use kit::{Fault, FieldFaults, Tx, Uuid, audit};
use policy::{Permit, Resource};
use serde::Deserialize;
use serde_json::json;
use signals::State;
use signals::handle::{self, Change};
use signals::touched::touched;
use site::page::{Choice, FormError, Link as Crumb, Page};
use site::{Cx, render_as, see_other};

/// What the form sends.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct ForwardForm {
    request: String,
    version: String,
    link: String,
    note: String,
    contact: String,
}

#[derive(askama::Template)]
#[template(path = "signalen/pages/forward.html")]
struct ForwardPage {
    page: Page,
    crumbs: Vec<Crumb>,
    errors: Vec<FormError>,
    id: Uuid,
    request: String,
    version: String,
    category: String,
    place: String,
    words: String,
    partners: Vec<Choice>,
    typed: ForwardForm,
    may_send: bool,
    why_not: String,
    contact: bool,
    rows: Vec<DispatchRow>,
}

struct DispatchRow {
    id: Uuid,
    partner: String,
    at: String,
    tone: &'static str,
    state: String,
    number: String,
    theirs: String,
    failure: String,
    may_decide: bool,
    is_unsure: bool,
    is_waiting: bool,
    request: String,
}

impl ForwardPage {
    fn at(&self, field: &str) -> &str {
        self.errors.iter().find(|e| e.field == field).map_or("", |e| &e.text)
    }
}

/// `GET /exchange/forward/{id}`: what would be sent, to whom, and what was sent before.
///
/// # Errors
/// [`Fault::NotFound`], or when the policy refuses.
pub async fn form(cx: Cx, Path(id): Path<Uuid>) -> Result<Response, Fault> {
    shown(&cx, id, ForwardForm::default(), &FieldFaults::default(), StatusCode::OK).await
}

async fn shown(
    cx: &Cx,
    id: Uuid,
    typed: ForwardForm,
    faults: &FieldFaults,
    status: StatusCode,
) -> Result<Response, Fault> {
    let permit = cx.permit("exchange:send", &Resource::ordinary("signal", cx.code()))?;
    let mut tx = cx.write().await?;
    let report = store::outgoing(&mut tx, &permit, id).await?.ok_or(Fault::NotFound)?;
    let reporter = store::reporter(&mut tx, &permit, id).await?.filter(|r| !r.is_empty());
    let dispatches = store::of_signal(&mut tx, &permit, id).await?;
    // the page shows the report, so reading it is logged as on its own page
    touched(cx, &mut tx, &permit, reporter.as_ref()).await?;
    tx.commit().await?;
    let config = cx.municipality.get::<ExchangeConfig>();
    let catalogue = cx.municipality.get::<signals::Catalogue>();
    let choices = config.signalen.links.iter().filter(|l| l.sends).map(|l| Choice::new(&l.id, &l.name));
    let partners: Vec<Choice> = [Choice::new("", cx.t("exchange-forward-choose"))].into_iter().chain(choices).collect();
    let why_not = if partners.len() == 1 {
        cx.t("exchange-forward-no-partner")
    } else if report.lon.is_none() {
        cx.t("exchange-forward-no-place")
    } else if dispatches.iter().any(|d| d.state.is_under_way()) {
        cx.t("exchange-forward-under-way")
    } else if !report.state.may_become(State::Forwarded) {
        cx.words.t1("exchange-forward-state", "state", &cx.t(&format!("state-{}", report.state)))
    } else {
        String::new()
    };
    let version = if typed.version.is_empty() { report.version.to_string() } else { typed.version.clone() };
    let request = if typed.request.is_empty() { cx.app.clock.id().to_string() } else { typed.request.clone() };
    render_as(
        status,
        &ForwardPage {
            page: cx.page_titled(cx.words.t1("exchange-forward-title", "reference", &report.reference)),
            crumbs: vec![
                Crumb::new("/signals", cx.t("menu-signals")),
                Crumb::new(format!("/signals/{id}"), report.reference.clone()),
            ],
            errors: cx.summary(faults),
            id,
            request,
            version,
            category: catalogue.name(&report.category, cx.words.language()).to_owned(),
            place: report.address.clone(),
            words: report.words.clone(),
            partners,
            typed,
            may_send: why_not.is_empty(),
            why_not,
            contact: reporter.is_some(),
            rows: dispatches.into_iter().map(|d| row(cx, &config, d)).collect(),
        },
    )
}

fn row(cx: &Cx, config: &ExchangeConfig, dispatch: Dispatch) -> DispatchRow {
    DispatchRow {
        id: dispatch.id,
        partner: config.link(&dispatch.link).map_or(&dispatch.link, |l: &Link| &l.name).clone(),
        at: cx.words.date_time(dispatch.created_at),
        tone: dispatch.state.tone(),
        state: cx.t(&format!("exchange-standing-{}", dispatch.state)),
        number: dispatch.partner_ref,
        theirs: dispatch.partner_state,
        failure: Failure::sentence(&cx.words, &dispatch.failure),
        may_decide: matches!(dispatch.state, Standing::Unsure | Standing::Refused | Standing::Waiting),
        is_unsure: dispatch.state == Standing::Unsure,
        is_waiting: dispatch.state == Standing::Waiting,
        request: cx.app.clock.id().to_string(),
    }
}

/// `POST /exchange/forward/{id}`: sends it on.
///
/// # Errors
/// When the policy refuses or the report may not go; faults of fields come back with the form.
pub async fn submit(cx: Cx, Path(id): Path<Uuid>, Form(form): Form<ForwardForm>) -> Result<Response, Fault> {
    let permit = cx.permit("exchange:send", &Resource::ordinary("signal", cx.code()))?;
    let request = Uuid::try_parse(&form.request).map_err(|_| Fault::Bad("fault-bad-request"))?;
    let back = format!("/exchange/forward/{id}");
    let mut tx = cx.write().await?;
    if let Claim::Replay(answer) = once::claim(&mut tx, cx.code(), request, cx.now, &back).await? {
        return Ok(see_other(&answer));
    }
    match forward(&cx, &mut tx, &permit, id, request, &form).await {
        Ok(()) => {
            tx.commit().await?;
            Ok(see_other(&back))
        }
        Err(Fault::Invalid(faults)) => {
            drop(tx);
            shown(&cx, id, form, &faults, StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(other) => Err(other),
    }
}

/// Rule → state → dispatch → audit → processing log → job.
async fn forward(
    cx: &Cx,
    tx: &mut Tx,
    permit: &Permit,
    id: Uuid,
    request: Uuid,
    form: &ForwardForm,
) -> Result<(), Fault> {
    let config = cx.municipality.get::<ExchangeConfig>();
    let report = store::outgoing(tx, permit, id).await?.ok_or(Fault::NotFound)?;
    let mut faults = FieldFaults::default();
    let link = config.link(&form.link).filter(|l| l.sends);
    if link.is_none() {
        faults.add("link", "exchange-forward-link-missing");
    }
    if form.note.trim().is_empty() {
        faults.add("note", "exchange-forward-note-missing");
    }
    if report.lon.is_none() {
        faults.add("note", "exchange-forward-no-place");
    }
    let (Some(link), true) = (link, faults.is_empty()) else { return Err(Fault::Invalid(faults)) };
    if store::of_signal(tx, permit, id).await?.iter().any(|d| d.state.is_under_way()) {
        return Err(Fault::Rule { key: "exchange-forward-under-way", values: vec![] });
    }
    let note = cx
        .words
        .ta("exchange-note-forward", &[("partner", link.name.as_str().into()), ("note", form.note.trim().into())]);
    let version = form.version.parse().map_err(|_| Fault::Bad("fault-bad-request"))?;
    let change = Change { version: Some(version), to: State::Forwarded, note: &note, tell: false };
    handle::change_state(cx, tx, permit, id, &change).await?;
    let with_contact = !form.contact.is_empty();
    let dispatch = Dispatch {
        id: request,
        signal_id: id,
        reference: report.reference,
        link: link.id.clone(),
        is_with_contact: with_contact,
        note: form.note.trim().to_owned(),
        state: Standing::Waiting,
        partner_ref: String::new(),
        partner_key: String::new(),
        partner_state: String::new(),
        attempts: 0,
        failure: String::new(),
        created_at: cx.now,
        tried_at: None,
        changed_at: cx.now,
    };
    store::add_dispatch(tx, permit, &dispatch, cx.actor.account).await?;
    let detail = json!({ "receiver": link.id, "dispatch": request, "contact": with_contact });
    audit::record(tx, &cx.deed(), permit.action(), "dispatch", &request.to_string(), &detail).await?;
    Ok(ask(tx, cx.code(), request, cx.now).await?)
}
