//! The pages of wrecks: the list, a new one, and one with its next steps.

use super::model::{State, Step, Terms};
use super::ops::{self, NewWreck, Taken};
use super::store;
use super::told::{StepView, facts, last_day, step_view};
use crate::SanctionsConfig;
use axum::extract::{Multipart, Path, Query};
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use kit::once::{self, Claim};
use kit::{At, Fault, Uuid, audit};
use policy::{Permit, Resource};
use serde::Deserialize;
use site::page::{Choice, FormError, Link, Page};
use site::{Cx, Fields, Trouble, render, render_as, see_other};

/// Wrecks that ended longer ago are not in the list.
const ENDED_DAYS: i64 = 365;

#[derive(askama::Template)]
#[template(path = "wreck/pages/list.html")]
struct ListPage {
    page: Page,
    tabs: Vec<Link>,
    may_handle: bool,
    parts: Vec<(String, Vec<RowView>)>,
}

struct RowView {
    href: String,
    number: i64,
    kind: String,
    description: String,
    place: String,
    tone: &'static str,
    state: String,
    next: String,
}

#[derive(askama::Template)]
#[template(path = "wreck/pages/new.html")]
struct NewPage {
    page: Page,
    crumbs: Vec<Link>,
    errors: Vec<FormError>,
    request: String,
    typed: Fields,
    kinds: Vec<Choice>,
    areas: Vec<Choice>,
}

impl NewPage {
    fn fault(&self, field: &str) -> &str {
        self.errors.iter().find(|e| e.field == field).map_or("", |e| &e.text)
    }
}

#[derive(askama::Template)]
#[template(path = "wreck/pages/wreck.html")]
struct WreckPage {
    page: Page,
    crumbs: Vec<Link>,
    errors: Vec<FormError>,
    base: String,
    request: String,
    photo_request: String,
    version: i64,
    tone: &'static str,
    state: String,
    facts: Vec<(String, String)>,
    photos: Vec<Uuid>,
    steps: Vec<StepView>,
    typed: Fields,
    has_label: bool,
    may_handle: bool,
    history: Vec<LineView>,
}

struct LineView {
    iso: String,
    at: String,
    what: String,
    who: String,
    note: String,
}

impl WreckPage {
    fn fault(&self, field: &str, step: &str) -> &str {
        let here = self.typed.get("step") == step;
        self.errors.iter().find(|e| here && e.field == field).map_or("", |e| &e.text)
    }
    fn was(&self, field: &str, step: &str) -> &str {
        if self.typed.get("step") == step { self.typed.get(field) } else { "" }
    }
}

fn permit(cx: &Cx, action: &'static str) -> Result<Permit, Fault> {
    cx.permit(action, &Resource::ordinary("wreck", cx.code()))
}

fn kind_name(cx: &Cx, id: &str) -> String {
    let config = cx.municipality.get::<SanctionsConfig>();
    config.wrecks.kind(id).map_or_else(|| id.to_owned(), |k| k.name.get(cx.words.language()).to_owned())
}

/// `GET /wrecks`: what is to be done, what waits, what is stored.
///
/// # Errors
/// When the policy refuses or the database cannot be read.
pub async fn list(cx: Cx) -> Result<Response, Fault> {
    let permit = permit(&cx, "wreck:read")?;
    let mut tx = cx.read().await?;
    let since = At::from_micros(cx.now.micros() - ENDED_DAYS * 86_400_000_000);
    let all = store::list(&mut tx, &permit, since).await?;
    drop(tx);
    let terms = Terms { municipality: &cx.municipality, register: &cx.app.law.terms };
    let mut parts: Vec<(String, Vec<RowView>)> =
        ["due", "waiting", "stored", "ended"].iter().map(|p| (cx.t(&format!("wrecks-part-{p}")), vec![])).collect();
    for wreck in &all {
        let over = wreck.label_until.is_some_and(|until| cx.now >= until);
        let (part, next) = match wreck.state {
            State::Found => (0, cx.t("wrecks-next-label")),
            State::Labelled if over => (0, cx.t("wrecks-next-recheck")),
            State::Labelled => (
                1,
                wreck
                    .label_until
                    .map(|u| cx.words.t1("wrecks-next-until", "day", &last_day(&cx, u)))
                    .unwrap_or_default(),
            ),
            State::Stored => {
                let from = terms.sale_from(wreck, false)?.unwrap_or(cx.now);
                let day = cx.words.day(from.local(&cx.municipality.zone).date());
                (2, cx.words.t1(if cx.now < from { "wrecks-next-sale" } else { "wrecks-next-sale-now" }, "day", &day))
            }
            _ => (3, wreck.ended_at.map(|at| cx.words.date(at)).unwrap_or_default()),
        };
        let row = RowView {
            href: format!("/wrecks/{}", wreck.id),
            number: wreck.number,
            kind: kind_name(&cx, &wreck.kind),
            description: wreck.description.clone(),
            place: wreck.place.clone(),
            tone: wreck.state.tone(),
            state: cx.t(&format!("wrecks-state-{}", wreck.state)),
            next,
        };
        if let Some((_, rows)) = parts.get_mut(part) {
            rows.push(row);
        }
    }
    parts.retain(|(_, rows)| !rows.is_empty());
    render(&ListPage {
        page: cx.page("wrecks-title"),
        tabs: crate::event::tabs(&cx, "/wrecks"),
        may_handle: cx.may("wreck:handle"),
        parts,
    })
}

/// Where it comes from.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct From {
    visit: String,
    place: String,
    geo: String,
}

/// `GET /wrecks/new`: the form.
///
/// # Errors
/// When the policy refuses.
pub async fn form(cx: Cx, Query(from): Query<From>) -> Result<Response, Fault> {
    permit(&cx, "wreck:handle")?;
    let (lat, lon) = from.geo.strip_prefix("geo:").and_then(|geo| geo.split_once(',')).unwrap_or_default();
    let typed = Fields::default().with("visit", from.visit).with("place", from.place).with("lon", lon).with("lat", lat);
    new_page(&cx, typed, Trouble::default())
}

fn new_page(cx: &Cx, typed: Fields, trouble: Trouble) -> Result<Response, Fault> {
    let config = cx.municipality.get::<SanctionsConfig>();
    let language = cx.words.language();
    let none = Choice::new("", cx.t("sanctions-choose"));
    let sheet = cx.municipality.get::<areas::Atlas>().sheet();
    let areas = sheet.neighbourhoods().map(|a| Choice::new(a.code.as_str(), a.name.as_str()));
    let view = NewPage {
        page: cx.page("wrecks-new"),
        crumbs: vec![Link::new("/wrecks", cx.t("wrecks-title"))],
        errors: trouble.said(cx, "kind").all,
        request: cx.app.clock.id().to_string(),
        kinds: config.wrecks.kinds.iter().map(|k| Choice::new(k.id.as_str(), k.name.get(language))).collect(),
        areas: std::iter::once(none).chain(areas).collect(),
        typed,
    };
    render_as(trouble.status(), &view)
}

/// `POST /wrecks/new`: a wreck that was found.
///
/// # Errors
/// As [`ops::add`]; what can be mended comes back as the form.
pub async fn create(cx: Cx, fields: Fields) -> Result<Response, Fault> {
    let number = |name: &str| fields.get(name).parse::<f64>().ok().filter(|v| v.is_finite());
    let new = NewWreck {
        request: fields.id("request")?,
        kind: fields.get("kind").to_owned(),
        description: fields.get("description").to_owned(),
        place: fields.get("place").to_owned(),
        area: fields.get("area").to_owned(),
        point: number("lon").zip(number("lat")),
        visit: Uuid::try_parse(fields.get("visit")).ok(),
        labelled: fields.has("labelled", "yes"),
    };
    let mut tx = cx.write().await?;
    match ops::add(&cx, &mut tx, &new).await {
        Ok(id) => {
            tx.commit().await?;
            Ok(see_other(&format!("/wrecks/{id}")))
        }
        Err(fault) => {
            drop(tx);
            new_page(&cx, fields, Trouble::of(fault)?)
        }
    }
}

/// `GET /wrecks/{id}`: one wreck.
///
/// # Errors
/// [`Fault::NotFound`], or when the policy refuses or the database cannot be read.
pub async fn page(cx: Cx, Path(id): Path<Uuid>) -> Result<Response, Fault> {
    shown(&cx, id, (Fields::default(), Trouble::default())).await
}

/// `POST /wrecks/{id}`: a step.
///
/// # Errors
/// As [`ops::take`]; what can be mended comes back as the page.
pub async fn step(cx: Cx, Path(id): Path<Uuid>, fields: Fields) -> Result<Response, Fault> {
    let step: Step = fields.get("step").parse().map_err(|_| Fault::Bad("fault-bad-request"))?;
    let said = Taken {
        request: fields.id("request")?,
        version: fields.number("version")?,
        note: fields.get("note").to_owned(),
        lock: fields.get("lock").to_owned(),
        store_place: fields.get("store_place").to_owned(),
        hurry: fields.has("hurry", "yes"),
        euros: fields.get("euros").to_owned(),
    };
    let mut tx = cx.write().await?;
    match ops::take(&cx, &mut tx, id, (step, &said)).await {
        Ok(()) => {
            tx.commit().await?;
            Ok(see_other(&format!("/wrecks/{id}")))
        }
        Err(fault) => {
            drop(tx);
            shown(&cx, id, (fields, Trouble::of(fault)?)).await
        }
    }
}

async fn shown(cx: &Cx, id: Uuid, (typed, trouble): (Fields, Trouble)) -> Result<Response, Fault> {
    let permit = permit(cx, "wreck:read")?;
    let mut tx = cx.read().await?;
    let wreck = store::get(&mut tx, &permit, id).await?.ok_or(Fault::NotFound)?;
    let history = store::history(&mut tx, &permit, id).await?;
    let photos = store::photos(&mut tx, &permit, id).await?;
    let names = store::names(&mut tx, &permit).await?;
    drop(tx);
    let name = |account: &Option<Uuid>| {
        let known = account.and_then(|a| names.iter().find(|(id, _)| *id == a));
        known.map_or_else(|| cx.t("records-by-regie"), |(_, name)| name.clone())
    };
    let (may_handle, may_end) = (cx.may("wreck:handle"), cx.may("wreck:end"));
    let mut steps = Vec::new();
    for step in wreck.state.steps() {
        let may = if matches!(step, Step::Sell | Step::Destroy) { may_end } else { may_handle };
        if may && !(*step == Step::Copy && wreck.copied_at.is_some()) {
            steps.push(step_view(cx, *step, &wreck, typed.get("step"))?);
        }
    }
    let view = WreckPage {
        page: cx.page_titled(format!("{} {}: {}", cx.t("wrecks-one"), wreck.number, kind_name(cx, &wreck.kind))),
        crumbs: vec![Link::new("/wrecks", cx.t("wrecks-title"))],
        errors: trouble.said(cx, "note").all,
        base: format!("/wrecks/{id}"),
        request: cx.app.clock.id().to_string(),
        photo_request: cx.app.clock.id().to_string(),
        version: wreck.version,
        tone: wreck.state.tone(),
        state: cx.t(&format!("wrecks-state-{}", wreck.state)),
        facts: facts(cx, &wreck)?,
        photos,
        steps,
        typed,
        has_label: wreck.label_until.is_some(),
        may_handle,
        history: history
            .iter()
            .map(|l| LineView {
                iso: cx.words.iso(l.at),
                at: cx.words.date_time(l.at),
                what: cx.t(&format!("wrecks-act-{}", l.act)),
                who: name(&l.actor_id),
                note: l.note.clone(),
            })
            .collect(),
    };
    render_as(trouble.status(), &view)
}

/// `POST /wrecks/{id}/photos`: a photo of the state it is in, made clean as those of reports are.
///
/// # Errors
/// [`Fault::Rule`] with what is wrong with the photo; [`Fault::NotFound`], or when the policy or the database refuses.
pub async fn send_photo(cx: Cx, Path(id): Path<Uuid>, form: Multipart) -> Result<Response, Fault> {
    let permit = permit(&cx, "wreck:handle")?;
    let (request, name, bytes) = crate::event::photo::read(form).await?;
    let most = signals::photo::MOST_MEGABYTES.to_string();
    let ready = signals::photo::prepare(&cx.app, bytes)
        .await
        .map_err(|fault| Fault::Rule { key: fault.key(), values: vec![("file", name), ("most", most)] })?;
    let to = format!("/wrecks/{id}#photos");
    let mut tx = cx.write().await?;
    if let Claim::Replay(to) = once::claim(&mut tx, cx.code(), request, cx.now, &to).await? {
        return Ok(see_other(&to));
    }
    let wreck = store::get(&mut tx, &permit, id).await?.ok_or(Fault::NotFound)?;
    let pictures = (wreck.state.as_str(), ready.image.as_slice(), ready.thumb.as_slice());
    store::add_photo(&mut tx, &permit, (id, request, cx.now), pictures).await?;
    let detail = serde_json::json!({ "act": "photo", "photo": request });
    audit::record(&mut tx, &cx.deed(), permit.action(), "wreck", &id.to_string(), &detail).await?;
    tx.commit().await?;
    Ok(see_other(&to))
}

/// Which size.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Size {
    size: String,
}

/// `GET /wrecks/{id}/photos/{photo}`: a picture as JPEG.
///
/// # Errors
/// [`Fault::NotFound`], or when the policy refuses or the database cannot be read.
pub async fn photo(cx: Cx, Path((id, photo)): Path<(Uuid, Uuid)>, Query(size): Query<Size>) -> Result<Response, Fault> {
    let permit = permit(&cx, "wreck:read")?;
    let mut tx = cx.read().await?;
    let jpeg = store::picture(&mut tx, &permit, (id, photo), size.size == "thumb").await?.ok_or(Fault::NotFound)?;
    Ok(([(header::CONTENT_TYPE, "image/jpeg"), (header::CACHE_CONTROL, "private, no-store")], jpeg).into_response())
}
