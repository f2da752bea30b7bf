//! The page of one signal, and the form that changes it.

use super::ops::{self, Change, Edit, Move};
use super::store::{self, Line, Signal};
use super::view::{self, Badge};
use crate::category::questions;
use crate::contact;
use crate::intake::{Desk, Reporter};
use crate::issues::{self, TargetKind};
use crate::model::{Kind, State, Urgency};
use crate::photo;
use crate::touched;
use crate::voice;
use axum::Form;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use kit::once::{self, Claim};
use kit::{Fault, FieldFaults, Uuid};
use policy::Resource;
use serde::Deserialize;
use site::app::Shared;
use site::map::{Layers, MapView, Spot};
use site::page::{Choice, Link, Page};
use site::{Cx, FormError, render_as, see_other};

/// Half the height of the small map, in degrees of latitude: about 250 m.
const AROUND: f64 = 0.0022;

/// What a form on the page sends; each form fills what it needs.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct EditForm {
    pub(crate) request: String,
    pub(crate) version: String,
    what: String,
    state: String,
    note: String,
    tell: String,
    urgency: String,
    category: String,
    kind: String,
    area: String,
    lon: String,
    lat: String,
    address: String,
    remark: String,
    /// What is written to the reporter.
    pub(crate) message: String,
    /// Reason for taking the signal out of its issue.
    pub(crate) reason: String,
}

#[derive(askama::Template)]
#[template(path = "handle/pages/detail.html")]
struct DetailPage {
    page: Page,
    app: Shared,
    crumbs: Vec<Link>,
    errors: Vec<FormError>,
    faults: Vec<(String, String)>,
    typed: EditForm,
    may_handle: bool,
    may_moderate: bool,
    id: Uuid,
    version: i64,
    reference: String,
    kind: String,
    category: String,
    answers: Vec<(String, String)>,
    words: String,
    place: String,
    state: Badge,
    term: Badge,
    urgency: String,
    source: String,
    priority: String,
    reported: String,
    occurred: String,
    closed: String,
    presence: String,
    issue: Option<Link>,
    svg: String,
    photos: Vec<PhotoView>,
    voice: Option<voice::View>,
    contact: Option<Reporter>,
    next: Vec<Choice>,
    urgencies: Vec<Choice>,
    categories: Vec<Choice>,
    kinds: Vec<Choice>,
    areas: Vec<Choice>,
    near: Vec<NearView>,
    history: Vec<LineView>,
    panel: contact::Panel,
}

struct PhotoView {
    href: String,
    thumb: String,
    alt: String,
    cover: String,
    released: String,
}

struct NearView {
    href: String,
    what: String,
    title: String,
    detail: String,
    issue: String,
    signal: String,
}

struct LineView {
    iso: String,
    at: String,
    who: String,
    text: String,
    note: String,
    public: String,
}

impl DetailPage {
    /// A new request id for one form.
    fn fresh(&self) -> Uuid {
        self.app.clock.id()
    }

    /// The fault of a field, or nothing.
    fn fault(&self, field: &str) -> String {
        self.faults.iter().find(|(f, _)| *f == field).map(|(_, text)| text.clone()).unwrap_or_default()
    }
}

/// Reads the id of a path; what is no id is no record.
pub(crate) fn id_of(text: &str) -> Result<Uuid, Fault> {
    Uuid::try_parse(text).map_err(|_| Fault::NotFound)
}

/// `GET /signals/{id}`: everything about one signal.
///
/// # Errors
/// [`Fault::NotFound`], or when the policy refuses or the database cannot be read.
pub async fn page(cx: Cx, Path(id): Path<String>) -> Result<Response, Fault> {
    shown(&cx, id_of(&id)?, None, None).await
}

/// The page, with what was typed and what was wrong with it.
pub(crate) async fn shown(
    cx: &Cx,
    id: Uuid,
    typed: Option<EditForm>,
    fault: Option<&Fault>,
) -> Result<Response, Fault> {
    let permit = cx.permit("signal:read", &Resource::ordinary("signal", cx.code()))?;
    let may_handle = cx.may("signal:handle");
    let desk = Desk::of(&cx.municipality);
    let mut tx = cx.read().await?;
    let signal = store::get(&mut tx, &permit, id).await?.ok_or(Fault::NotFound)?;
    let photos = photo::photos_of(&mut tx, &permit, id).await?;
    let voice = voice::shown(cx, &mut tx, &permit, &signal).await?;
    let history = store::history(&mut tx, &permit, id).await?;
    let panel = contact::Panel::read(cx, &mut tx, &permit, id).await?;
    let answers = questions::answered(&mut tx, &permit, id, &cx.words).await?;
    let near = if may_handle && signal.issue_id.is_none() && signal.closed_at.is_none() {
        issues::suggest(cx, &mut tx, &permit, &signal).await?
    } else {
        vec![]
    };
    drop(tx);
    let contact = touched::read(cx, &permit, id).await?.filter(|_| may_handle);
    let none = FieldFaults::default();
    let (status, notice, faults) = match fault {
        None => (StatusCode::OK, None, &none),
        Some(Fault::Invalid(faults)) => (StatusCode::UNPROCESSABLE_ENTITY, None, faults),
        Some(fault) => (fault.status(), Some(sentence(cx, fault)), &none),
    };
    let what = typed.as_ref().map(|t| t.what.clone()).unwrap_or_default();
    let faults: Vec<_> = faults
        .sentences(&cx.words)
        .into_iter()
        .map(|(field, text)| match (field.as_str(), what.as_str()) {
            ("note", "note") => ("remark".to_owned(), text),
            ("note", "leave") => ("reason".to_owned(), text),
            _ => (field, text),
        })
        .collect();
    let lang = cx.words.language();
    let category = desk.catalogue.get(&signal.category);
    let name = desk.catalogue.name(&signal.category, lang).to_owned();
    let mut page = cx.page_titled(format!("{name}, {}", signal.reference));
    if let Some(text) = notice {
        page = page.with_notice("warning", text);
    }
    let view = DetailPage {
        panel,
        crumbs: vec![Link::new("/signals", cx.t("signals-title"))],
        errors: faults.iter().map(|(f, t)| FormError { field: f.clone(), text: t.clone() }).collect(),
        faults,
        typed: kept(typed, &signal),
        may_handle,
        may_moderate: cx.may("signal:moderate"),
        id,
        version: signal.version,
        reference: signal.reference.clone(),
        kind: cx.t(&format!("kind-{}", signal.kind)),
        category: name,
        answers,
        words: signal.words.clone(),
        place: view::place(cx, &desk, &signal.address, signal.area.as_deref()),
        state: view::state(cx, signal.state),
        term: view::term(cx, signal.due_at, signal.closed_at),
        urgency: cx.t(&format!("urgency-{}", signal.urgency)),
        source: cx.t(&format!("source-{}", signal.source)),
        priority: category.map(|c| desk.catalogue.priority_name(&c.priority, lang).to_owned()).unwrap_or_default(),
        reported: cx.words.date_time(signal.reported_at),
        occurred: cx.words.date_time(signal.occurred_at),
        closed: signal.closed_at.map(|at| cx.words.date_time(at)).unwrap_or_default(),
        presence: signal
            .present_from
            .zip(signal.present_to)
            .map(|(from, to)| format!("{} - {}", cx.words.date_time(from), cx.words.time(to)))
            .unwrap_or_default(),
        issue: signal
            .issue_id
            .zip(signal.issue_reference.as_ref())
            .map(|(id, name)| Link::new(format!("/issues/{id}"), name.as_str())),
        svg: small_map(cx, &desk, &signal),
        photos: photos
            .iter()
            .zip(1_i64..)
            .map(|(p, n)| PhotoView {
                href: p.href(),
                thumb: p.thumb_href(),
                alt: cx.words.tn("signals-photo", n),
                cover: p.cover_href(),
                released: cx.t(&format!("photo-released-{}", p.released)),
            })
            .collect(),
        voice,
        contact,
        next: signal.state.next().iter().map(|s| Choice::new(s.as_str(), cx.t(&format!("state-{s}")))).collect(),
        urgencies: Urgency::ALL.iter().map(|u| Choice::new(u.as_str(), cx.t(&format!("urgency-{u}")))).collect(),
        categories: view::categories(&desk, lang),
        kinds: Kind::ALL.iter().map(|k| Choice::new(k.as_str(), cx.t(&format!("kind-{k}")))).collect(),
        areas: std::iter::once(Choice::new("", cx.t("signals-area-none"))).chain(view::areas(&desk)).collect(),
        near: near.iter().map(|n| near_view(cx, n)).collect(),
        history: history.iter().map(|line| line_view(cx, &desk, line)).collect(),
        page,
        app: cx.app.clone(),
    };
    render_as(status, &view)
}

/// The sentence above the page for a fault that belongs to no field.
fn sentence(cx: &Cx, fault: &Fault) -> String {
    match fault {
        Fault::Rule { key, values } => {
            let values: Vec<_> = values.iter().map(|(k, v)| (*k, v.as_str().into())).collect();
            cx.words.ta(key, &values)
        }
        _ => cx.t("signals-stale"),
    }
}

/// What the forms show: what was typed, else what is kept.
fn kept(typed: Option<EditForm>, signal: &Signal) -> EditForm {
    let number = |v: Option<f64>| v.map(|v| format!("{v:.6}")).unwrap_or_default();
    let fresh = EditForm {
        urgency: signal.urgency.to_string(),
        category: signal.category.clone(),
        kind: signal.kind.to_string(),
        area: signal.area.clone().unwrap_or_default(),
        lon: number(signal.lon),
        lat: number(signal.lat),
        address: signal.address.clone(),
        ..EditForm::default()
    };
    match typed {
        None => fresh,
        Some(typed) => match typed.what.as_str() {
            "urgency" => EditForm { urgency: typed.urgency, ..fresh },
            "category" => EditForm { category: typed.category, ..fresh },
            "kind" => EditForm { kind: typed.kind, ..fresh },
            "place" => typed_place(typed, fresh),
            _ => EditForm {
                what: typed.what,
                state: typed.state,
                note: typed.note,
                tell: typed.tell,
                remark: typed.remark,
                message: typed.message,
                reason: typed.reason,
                ..fresh
            },
        },
    }
}

fn typed_place(typed: EditForm, fresh: EditForm) -> EditForm {
    EditForm { area: typed.area, lon: typed.lon, lat: typed.lat, address: typed.address, ..fresh }
}

fn small_map(cx: &Cx, desk: &Desk, signal: &Signal) -> String {
    let (Some(lon), Some(lat)) = (signal.lon, signal.lat) else { return String::new() };
    let wide = AROUND * 1.6 / lat.to_radians().cos().max(0.01);
    let view = MapView::new((lon - wide, lat - AROUND, lon + wide, lat + AROUND), 480.0);
    view.svg(&Layers {
        title: cx.t("signals-map-here"),
        areas: view::outlines(&desk.sheet, false),
        points: vec![Spot { lon, lat, ..Spot::default() }],
        selected: Some((lon, lat)),
        ..Layers::default()
    })
}

fn near_view(cx: &Cx, near: &issues::Near) -> NearView {
    let metres = cx.words.number(near.metres, 0);
    let values =
        [("metres", metres.as_str().into()), ("day", cx.words.date(near.last).into()), ("n", near.count.into())];
    let is_issue = near.kind == TargetKind::Issue;
    NearView {
        href: format!("/{}/{}", if is_issue { "issues" } else { "signals" }, near.id),
        what: cx.words.t1(
            if is_issue { "issues-near-issue" } else { "issues-near-signal" },
            "reference",
            &near.reference,
        ),
        title: near.title.clone(),
        detail: cx.words.ta("issues-near-detail", &values),
        issue: if is_issue { near.id.to_string() } else { String::new() },
        signal: if is_issue { String::new() } else { near.id.to_string() },
    }
}

fn line_view(cx: &Cx, desk: &Desk, line: &Line) -> LineView {
    let lang = cx.words.language();
    let word = |text: &str| match line.kind.as_str() {
        "state" => cx.t(&format!("state-{text}")),
        "urgency" => cx.t(&format!("urgency-{text}")),
        "kind" => cx.t(&format!("kind-{text}")),
        "category" => desk.catalogue.name(text, lang).to_owned(),
        "publication" if text != "suspect" => cx.t(&format!("moderation-publication-{text}")),
        "place" if text.is_empty() => cx.t("signals-place-unknown"),
        "place" => desk.sheet.name(text).to_owned(),
        _ => text.to_owned(),
    };
    let values = |was: &str, becomes: &str| {
        let (was, becomes) = (word(was), word(becomes));
        move |key: &str| cx.words.ta(key, &[("was", was.as_str().into()), ("becomes", becomes.as_str().into())])
    };
    let text = match (line.kind.as_str(), line.was.as_str(), line.becomes.as_str()) {
        ("state", "", becomes) => values("reported", becomes)("signals-event-opened"),
        ("state", was, becomes) => values(was, becomes)("signals-event-state"),
        ("photo", _, becomes) => cx.t(&format!("photo-event-{becomes}")),
        ("voice", ..) => cx.t("voice-event-removed"),
        ("publication", "suspect", _) => cx.t("moderation-event-clear"),
        ("publication", was, becomes) => values(was, becomes)("moderation-event"),
        ("urgency", was, becomes) => values(was, becomes)("signals-event-urgency"),
        ("kind", was, becomes) => values(was, becomes)("signals-event-kind"),
        ("category", was, becomes) => values(was, becomes)("signals-event-category"),
        ("place", was, becomes) => values(was, becomes)("signals-event-place"),
        ("issue", "", becomes) => values("", becomes)("signals-event-linked"),
        ("issue", was, _) => values(was, "")("signals-event-left"),
        _ => cx.t("signals-event-note"),
    };
    LineView {
        iso: cx.words.iso(line.at),
        at: cx.words.date_time(line.at),
        who: line.actor.clone().unwrap_or_else(|| cx.t("signals-actor-none")),
        text,
        note: line.note.clone(),
        public: if line.public && !line.was.is_empty() { cx.t("signals-event-told") } else { String::new() },
    }
}

/// `POST /signals/{id}/edit`: one change; the form's `what` says which.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Bad`] for a form that is not ours, or when the policy refuses or the
/// database fails. What the sender can mend comes back as the page, with the text that was typed.
pub async fn edit(cx: Cx, Path(id): Path<String>, Form(form): Form<EditForm>) -> Result<Response, Fault> {
    let id = id_of(&id)?;
    let permit = cx.permit("signal:handle", &Resource::ordinary("signal", cx.code()))?;
    let (request, version) = stamp(&form.request, &form.version)?;
    let back = format!("/signals/{id}");
    let mut tx = cx.write().await?;
    if let Claim::Replay(to) = once::claim(&mut tx, permit.municipality(), request, cx.now, &back).await? {
        return Ok(see_other(&to));
    }
    let outcome = match asked(&form, version) {
        Ok(edit) => ops::apply(&cx, &mut tx, &permit, id, Some(version), &edit).await,
        Err(fault) => Err(fault),
    };
    match outcome {
        Ok(()) => {
            tx.commit().await?;
            Ok(see_other(&back))
        }
        Err(fault @ (Fault::Invalid(_) | Fault::Stale | Fault::Rule { .. })) => {
            drop(tx);
            shown(&cx, id, Some(form), Some(&fault)).await
        }
        Err(fault) => Err(fault),
    }
}

/// The request id and the version that every form carries.
pub(crate) fn stamp(request: &str, version: &str) -> Result<(Uuid, i64), Fault> {
    match (Uuid::try_parse(request), version.parse()) {
        (Ok(request), Ok(version)) => Ok((request, version)),
        _ => Err(Fault::Bad("fault-bad-request")),
    }
}

/// The change that a form asks for.
fn asked(form: &EditForm, version: i64) -> Result<Edit<'_>, Fault> {
    let invalid = |field, key| {
        let mut faults = FieldFaults::default();
        faults.add(field, key);
        Fault::Invalid(faults)
    };
    Ok(match form.what.as_str() {
        "state" => Edit::State(Change {
            version: Some(version),
            to: form.state.parse::<State>().map_err(|_| invalid("state", "signals-state-missing"))?,
            note: &form.note,
            tell: !form.tell.is_empty(),
        }),
        "urgency" => Edit::Urgency(form.urgency.parse().map_err(|_| invalid("urgency", "signals-filter-unknown"))?),
        "category" => Edit::Category(&form.category),
        "kind" => Edit::Kind(form.kind.parse().map_err(|_| invalid("kind", "signals-filter-unknown"))?),
        "place" => Edit::Place(Move {
            point: point(&form.lon, &form.lat).map_err(|()| invalid("lon", "signals-point-wrong"))?,
            area: Some(form.area.clone()).filter(|a| !a.is_empty()),
            address: form.address.clone(),
        }),
        "note" => Edit::Note(&form.remark),
        _ => return Err(Fault::Bad("fault-bad-request")),
    })
}

/// A point as typed; a comma may stand for the decimal point, and nothing means no point.
fn point(lon: &str, lat: &str) -> Result<Option<(f64, f64)>, ()> {
    let number = |text: &str| text.trim().replace(',', ".").parse::<f64>().map_err(|_| ());
    match (lon.trim(), lat.trim()) {
        ("", "") => Ok(None),
        (lon, lat) => Ok(Some((number(lon)?, number(lat)?))),
    }
}
