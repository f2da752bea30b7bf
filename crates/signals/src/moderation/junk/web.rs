//! The page on which thousands are put aside at once: first counted and looked at, then put aside, and brought back.

use super::super::{store, web};
use super::batch::{self, MOST, Sieve};
use crate::intake::Desk;
use crate::model::Channel;
use crate::report::draft::local_instant;
use axum::Form;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::Response;
use kit::once::{self, Claim};
use kit::{At, Fault, FieldFaults, Uuid};
use policy::Resource;
use serde::Deserialize;
use site::page::{Choice, Link, Page};
use site::{Cx, FormError, render_as, see_other};

/// By which ways strangers' reports come in.
const CHANNELS: [Channel; 4] = [Channel::Web, Channel::Api, Channel::Open311, Channel::Mail];

/// What the page and its form send.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct JunkForm {
    request: String,
    from: String,
    to: String,
    channel: String,
    text: String,
    same: String,
    email: String,
    suspect: String,
    seen: String,
    note: String,
    done: String,
}

impl JunkForm {
    fn sieve(&self, cx: &Cx, faults: &mut FieldFaults) -> Sieve {
        let mut instant = |text: &str, field: &'static str| {
            let text = text.trim();
            if text.is_empty() {
                return None;
            }
            let at = local_instant(cx, text);
            if at.is_none() {
                faults.add(field, "moderation-junk-time");
            }
            at
        };
        Sieve {
            from: instant(&self.from, "from"),
            to: instant(&self.to, "to"),
            channel: CHANNELS.into_iter().find(|c| c.as_str() == self.channel),
            text: self.text.trim().to_owned(),
            same: crate::intake::clean(&self.same.replace("\r\n", "\n")),
            email: self.email.trim().to_owned(),
            suspect: !self.suspect.is_empty(),
        }
    }
}

#[derive(askama::Template)]
#[template(path = "moderation/pages/junk.html")]
struct JunkPage {
    page: Page,
    tabs: Vec<Link>,
    errors: Vec<FormError>,
    faults: Vec<(String, String)>,
    form: JunkForm,
    channels: Vec<Choice>,
    counted: Option<Counted>,
    batches: Vec<BatchView>,
}

struct Counted {
    text: String,
    any: bool,
    seen: i64,
    request: Uuid,
    rows: Vec<SampleView>,
}

struct SampleView {
    href: String,
    reference: String,
    category: String,
    when: String,
    words: String,
    state: String,
    signs: String,
}

struct BatchView {
    id: Uuid,
    request: Uuid,
    what: String,
    who: String,
    note: String,
    undone: String,
}

impl JunkPage {
    fn fault(&self, field: &str) -> String {
        self.faults.iter().find(|(f, _)| *f == field).map(|(_, text)| text.clone()).unwrap_or_default()
    }
}

/// `GET /moderation/junk`: what passes the sieve, counted, with the newest.
///
/// # Errors
/// When the policy refuses or the database cannot be read.
pub async fn junk(cx: Cx, Query(form): Query<JunkForm>) -> Result<Response, Fault> {
    shown(&cx, form, None).await
}

async fn shown(cx: &Cx, form: JunkForm, fault: Option<&Fault>) -> Result<Response, Fault> {
    let permit = cx.permit("signal:moderate", &Resource::ordinary("signal", cx.code()))?;
    let desk = Desk::of(&cx.municipality);
    let mut faults = FieldFaults::default();
    let sieve = form.sieve(cx, &mut faults);
    let mut page = cx.page("moderation-junk-title");
    let mut status = StatusCode::OK;
    match fault {
        None => {}
        Some(Fault::Invalid(more)) => {
            status = StatusCode::UNPROCESSABLE_ENTITY;
            crate::report::flow::join(&mut faults, more.clone());
        }
        Some(fault) => {
            status = fault.status();
            page = page.with_notice("warning", web::sentence(cx, fault));
        }
    }
    if let Ok(n) = form.done.parse::<i64>() {
        page = page.with_notice("success", cx.words.tn("moderation-junk-done", n));
    }
    let mut tx = cx.read().await?;
    let counted = if sieve.is_open() {
        None
    } else {
        let n = store::count(&mut tx, &permit, &sieve, MOST + 1).await?;
        let rows = store::samples(&mut tx, &permit, &sieve).await?;
        Some(Counted {
            text: match n {
                n if n > MOST => cx.words.tn("moderation-junk-count-more", MOST),
                n => cx.words.tn("moderation-junk-count", n),
            },
            any: n > 0,
            seen: cx.now.micros(),
            request: cx.app.clock.id(),
            rows: rows.iter().map(|row| sample(cx, &desk, row)).collect(),
        })
    };
    let batches = store::batches(&mut tx, &permit).await?;
    let counts = store::counts(&mut tx, &permit, 999).await?;
    drop(tx);
    let any = Choice::new("", cx.t("signals-filter-any"));
    let channels = CHANNELS.iter().map(|c| Choice::new(c.as_str(), cx.t(&format!("moderation-channel-{c}"))));
    let view = JunkPage {
        tabs: web::tabs(cx, "junk", counts),
        errors: cx.summary(&faults),
        faults: faults.sentences(&cx.words),
        channels: std::iter::once(any).chain(channels).collect(),
        counted,
        batches: batches.iter().map(|b| batch_view(cx, b)).collect(),
        form,
        page,
    };
    render_as(status, &view)
}

fn sample(cx: &Cx, desk: &Desk, row: &store::Sample) -> SampleView {
    SampleView {
        href: format!("/signals/{}", row.id),
        reference: row.reference.clone(),
        category: desk.catalogue.name(&row.category, cx.words.language()).to_owned(),
        when: cx.words.date_time(row.reported_at),
        words: row.words.clone(),
        state: cx.t(&format!("state-{}", row.state)),
        signs: web::sign_sentences(cx, &row.suspect).join(", "),
    }
}

fn batch_view(cx: &Cx, batch: &batch::Batch) -> BatchView {
    let at = cx.words.date_time(batch.at);
    BatchView {
        id: batch.id,
        request: cx.app.clock.id(),
        what: cx.words.ta("moderation-junk-batch", &[("number", batch.reports.into()), ("at", at.as_str().into())]),
        who: batch.actor.clone().unwrap_or_else(|| cx.t("signals-actor-none")),
        note: batch.note.clone(),
        undone: batch
            .undone_at
            .map(|at| cx.words.t1("moderation-junk-undone-at", "at", &cx.words.date_time(at)))
            .unwrap_or_default(),
    }
}

/// `POST /moderation/junk`: puts what was counted aside; the request's id is the batch's.
///
/// # Errors
/// [`Fault::Bad`] for a form that is not ours, or when the policy refuses or the database fails.
pub async fn put_aside(cx: Cx, Form(form): Form<JunkForm>) -> Result<Response, Fault> {
    let permit = cx.permit("signal:moderate", &Resource::ordinary("signal", cx.code()))?;
    let (Ok(request), Ok(seen)) = (Uuid::try_parse(&form.request), form.seen.parse()) else {
        return Err(Fault::Bad("fault-bad-request"));
    };
    let mut faults = FieldFaults::default();
    let sieve = form.sieve(&cx, &mut faults);
    if !faults.is_empty() {
        return shown(&cx, form, Some(&Fault::Invalid(faults))).await;
    }
    let seen = At::from_micros(seen).min(cx.now);
    let mut tx = cx.write().await?;
    if let Claim::Replay(to) = once::claim(&mut tx, permit.municipality(), request, cx.now, "/moderation/junk").await? {
        return Ok(see_other(&to));
    }
    match batch::put_aside(&cx, &mut tx, &permit, request, &sieve, seen, &form.note).await {
        Ok(n) => {
            tx.commit().await?;
            Ok(see_other(&format!("/moderation/junk?done={n}")))
        }
        Err(fault @ (Fault::Invalid(_) | Fault::Rule { .. })) => {
            drop(tx);
            shown(&cx, form, Some(&fault)).await
        }
        Err(fault) => Err(fault),
    }
}

/// `POST /moderation/junk/{batch}/undo`: brings a batch back.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Bad`] for a form that is not ours, or when the policy refuses or the database fails.
pub async fn undo(cx: Cx, Path(id): Path<Uuid>, Form(form): Form<JunkForm>) -> Result<Response, Fault> {
    let permit = cx.permit("signal:moderate", &Resource::ordinary("signal", cx.code()))?;
    let request = Uuid::try_parse(&form.request).map_err(|_| Fault::Bad("fault-bad-request"))?;
    let mut tx = cx.write().await?;
    if let Claim::Replay(to) = once::claim(&mut tx, permit.municipality(), request, cx.now, "/moderation/junk").await? {
        return Ok(see_other(&to));
    }
    match batch::bring_back(&cx, &mut tx, &permit, id).await {
        Ok(_) => {
            tx.commit().await?;
            Ok(see_other("/moderation/junk"))
        }
        Err(fault @ Fault::Rule { .. }) => {
            drop(tx);
            shown(&cx, JunkForm::default(), Some(&fault)).await
        }
        Err(fault) => Err(fault),
    }
}
