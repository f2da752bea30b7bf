//! The list of requests with their terms, and the form of a new one.

use super::{crumbs, last_day, term};
use crate::rights::Fields;
use crate::rights::model::Laws;
use crate::rights::ops::{self, NewRequest};
use crate::rights::store;
use axum::http::StatusCode;
use axum::response::Response;
use kit::{Fault, FieldFaults};
use law::RequestKind;
use policy::Resource;
use site::page::{Choice, FormError, Link, Page, render_as};
use site::{Cx, render, see_other};

/// Answered requests on the list.
const ANSWERED: i64 = 50;

#[derive(askama::Template)]
#[template(path = "rights/pages/list.html")]
struct ListPage {
    page: Page,
    may_add: bool,
    late: Option<String>,
    open: Vec<Row>,
    answered: Vec<Row>,
}

struct Row {
    href: String,
    reference: String,
    name: String,
    kind: String,
    received: String,
    due: String,
    state: String,
    tone: &'static str,
    term: String,
}

/// `GET /rights`.
pub async fn list(cx: Cx) -> Result<Response, Fault> {
    let permit = cx.permit("rights:read", &Resource::ordinary("subject-request", cx.code()))?;
    let mut tx = cx.read().await?;
    let waiting = ops::waiting(&cx, &mut tx).await?;
    let mut rows = [Vec::new(), Vec::new()];
    for (place, is_open) in [(0, true), (1, false)] {
        for row in store::list(&mut tx, &permit, is_open, if is_open { i64::MAX } else { ANSWERED }).await? {
            let dossier = ops::opened(&cx, row)?;
            let (tone, term) = term(&cx, &dossier);
            rows[place].push(Row {
                href: format!("/rights/{}", dossier.id),
                kind: cx.t(&format!("rights-kind-{}", dossier.kind)),
                received: cx.words.date(dossier.received_at),
                due: last_day(&cx, dossier.due_at),
                state: cx.t(&format!("rights-state-{}", dossier.state)),
                reference: dossier.reference,
                name: dossier.asker.name,
                tone,
                term,
            });
        }
    }
    let [open, answered] = rows;
    let late = i64::try_from(waiting.late).unwrap_or(0);
    render(&ListPage {
        may_add: cx.may("rights:handle"),
        late: (late > 0).then(|| cx.words.tn("rights-late", late)),
        open,
        answered,
        page: cx.page("rights-title"),
    })
}

#[derive(askama::Template)]
#[template(path = "rights/pages/new.html")]
struct NewPage {
    page: Page,
    crumbs: Vec<Link>,
    errors: Vec<FormError>,
    kinds: Vec<Choice>,
    laws: Vec<Choice>,
    form: NewRequest,
    faults: FieldFaults,
}

impl NewPage {
    fn fault(&self, field: &str) -> String {
        self.faults.of(field, &self.page.words).unwrap_or_default()
    }
}

/// `GET /rights/new`.
pub async fn new(cx: Cx) -> Result<Response, Fault> {
    ops::handle(&cx)?;
    let received = cx.now.local(&cx.municipality.zone).date().to_string();
    let form = NewRequest { request: cx.app.clock.id(), received, laws: "both".to_owned(), ..NewRequest::default() };
    form_page(&cx, StatusCode::OK, form, FieldFaults::default())
}

fn form_page(cx: &Cx, status: StatusCode, form: NewRequest, faults: FieldFaults) -> Result<Response, Fault> {
    let choices = |prefix: &str, words: Vec<String>| -> Vec<Choice> {
        words.into_iter().map(|w| Choice::new(w.clone(), cx.t(&format!("{prefix}{w}")))).collect()
    };
    render_as(
        status,
        &NewPage {
            crumbs: crumbs(cx),
            errors: cx.summary(&faults),
            kinds: choices("rights-kind-", RequestKind::ALL.iter().map(ToString::to_string).collect()),
            laws: choices("rights-laws-", Laws::ALL.iter().map(ToString::to_string).collect()),
            form,
            faults,
            page: cx.page("rights-new"),
        },
    )
}

/// `POST /rights`.
pub async fn create(cx: Cx, fields: Fields) -> Result<Response, Fault> {
    let form = NewRequest {
        request: fields.id("request")?,
        kind: fields.text("kind"),
        laws: fields.text("laws"),
        received: fields.text("received"),
        name: fields.text("name"),
        birth: fields.text("birth"),
        email: fields.text("email"),
        phone: fields.text("phone"),
        address: fields.text("address"),
        words: fields.text("words"),
    };
    let mut tx = cx.write().await?;
    match ops::create(&cx, &mut tx, &form).await {
        Ok(id) => {
            tx.commit().await?;
            Ok(see_other(&format!("/rights/{id}")))
        }
        Err(Fault::Invalid(faults)) => {
            drop(tx);
            form_page(&cx, StatusCode::UNPROCESSABLE_ENTITY, form, faults)
        }
        Err(other) => Err(other),
    }
}
