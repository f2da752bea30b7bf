//! Pages and forms of issues.

use super::ops;
use super::store::{self, Line, Report};
use crate::handle::{EditForm, Filter, id_of, shown, stamp, view};
use crate::intake::Desk;
use axum::Form;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::Response;
use kit::once::{self, Claim};
use kit::paging::Cursor;
use kit::{At, Fault, FieldFaults, Uuid};
use policy::Resource;
use serde::Deserialize;
use site::map::{Layers, MapView, Spot};
use site::page::{Link, Page};
use site::{Cx, FormError, render, render_as, see_other};
use view::Badge;

const PAGE: i64 = 50;

/// Where the list starts.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct From {
    after: String,
}

#[derive(askama::Template)]
#[template(path = "issues/pages/list.html")]
struct ListPage {
    page: Page,
    tabs: Vec<Link>,
    rows: Vec<RowView>,
    newer: String,
    older: String,
}

struct RowView {
    href: String,
    reference: String,
    category: String,
    place: String,
    reports: String,
    first: String,
    last: String,
    term: Badge,
}

/// `GET /issues`: open issues, newest first.
///
/// # Errors
/// When the policy refuses or the database cannot be read.
pub async fn list(cx: Cx, Query(from): Query<From>) -> Result<Response, Fault> {
    let permit = cx.permit("issue:read", &Resource::ordinary("issue", cx.code()))?;
    let desk = Desk::of(&cx.municipality);
    let after = Cursor::parse(&from.after);
    let below = after.map_or((i64::MAX, Uuid::max()), |c| (c.at.micros(), c.id));
    let mut tx = cx.read().await?;
    let mut lines = store::open(&mut tx, &permit, below, PAGE + 1).await?;
    drop(tx);
    let more = lines.len() > 50;
    lines.truncate(50);
    let older = match lines.last() {
        Some(last) if more => format!("/issues?after={}", Cursor { at: last.opened_at, id: last.id }),
        _ => String::new(),
    };
    render(&ListPage {
        tabs: view::tabs(&cx, &Filter::default(), "/issues"),
        rows: lines.iter().map(|l| row_view(&cx, &desk, l)).collect(),
        newer: after.map(|_| "/issues".to_owned()).unwrap_or_default(),
        older,
        page: cx.page("issues-title"),
    })
}

fn row_view(cx: &Cx, desk: &Desk, line: &Line) -> RowView {
    RowView {
        href: format!("/issues/{}", line.id),
        reference: line.reference.clone(),
        category: desk.catalogue.name(&line.category, cx.words.language()).to_owned(),
        place: view::place(cx, desk, &line.title, line.area.as_deref()),
        reports: cx.words.whole(line.reports),
        first: cx.words.date(line.opened_at),
        last: cx.words.date(line.last_at.unwrap_or(line.opened_at)),
        term: view::term(cx, line.due_at, None),
    }
}

/// What the form that closes an issue sends.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct CloseForm {
    request: String,
    version: String,
    note: String,
}

#[derive(askama::Template)]
#[template(path = "issues/pages/issue.html")]
struct IssuePage {
    page: Page,
    crumbs: Vec<Link>,
    errors: Vec<FormError>,
    note_fault: String,
    note: String,
    request: Uuid,
    version: i64,
    id: Uuid,
    is_open: bool,
    may_handle: bool,
    state: Badge,
    category: String,
    place: String,
    count: String,
    first: String,
    last: String,
    closed: String,
    svg: String,
    reports: Vec<ReportView>,
}

struct ReportView {
    href: String,
    reference: String,
    place: String,
    when: String,
    state: Badge,
    term: Badge,
}

/// `GET /issues/{id}`: one issue with its reports.
///
/// # Errors
/// [`Fault::NotFound`], or when the policy refuses or the database cannot be read.
pub async fn issue(cx: Cx, Path(id): Path<String>) -> Result<Response, Fault> {
    issue_page(&cx, id_of(&id)?, String::new(), None).await
}

async fn issue_page(cx: &Cx, id: Uuid, note: String, fault: Option<&Fault>) -> Result<Response, Fault> {
    let permit = cx.permit("issue:read", &Resource::ordinary("issue", cx.code()))?;
    let desk = Desk::of(&cx.municipality);
    let mut tx = cx.read().await?;
    let issue = store::get(&mut tx, &permit, id).await?.ok_or(Fault::NotFound)?;
    let reports = store::reports_of(&mut tx, &permit, id).await?;
    drop(tx);
    let none = FieldFaults::default();
    let (status, notice, faults) = match fault {
        None => (StatusCode::OK, None, &none),
        Some(Fault::Invalid(faults)) => (StatusCode::UNPROCESSABLE_ENTITY, None, faults),
        Some(Fault::Rule { .. }) => (StatusCode::CONFLICT, Some(cx.t("issues-closed-already")), &none),
        Some(fault) => (fault.status(), Some(cx.t("signals-stale")), &none),
    };
    let category = desk.catalogue.name(&issue.category, cx.words.language()).to_owned();
    let mut page = cx.page_titled(format!("{category}, {}", issue.reference));
    if let Some(text) = notice {
        page = page.with_notice("warning", text);
    }
    let is_open = issue.closed_at.is_none();
    let day = |at: Option<At>| cx.words.date(at.unwrap_or(issue.opened_at));
    let view = IssuePage {
        crumbs: vec![Link::new("/signals", cx.t("signals-title")), Link::new("/issues", cx.t("issues-title"))],
        errors: cx.summary(faults),
        note_fault: faults.of("note", &cx.words).unwrap_or_default(),
        note,
        request: cx.app.clock.id(),
        version: issue.version,
        id,
        is_open,
        may_handle: cx.may("issue:handle"),
        state: Badge {
            tone: if is_open { "info" } else { "ok" },
            text: cx.t(if is_open { "issues-open" } else { "issues-closed" }),
        },
        category,
        place: view::place(cx, &desk, &issue.title, issue.area.as_deref()),
        count: cx.words.tn("issues-count", i64::try_from(reports.len()).unwrap_or(i64::MAX)),
        first: day(reports.first().map(|r| r.reported_at)),
        last: day(reports.last().map(|r| r.reported_at)),
        closed: issue.closed_at.map(|at| cx.words.date_time(at)).unwrap_or_default(),
        svg: reports_map(cx, &desk, issue.lon.zip(issue.lat), &reports),
        reports: reports.iter().map(|r| report_view(cx, &desk, r)).collect(),
        page,
    };
    render_as(status, &view)
}

fn report_view(cx: &Cx, desk: &Desk, report: &Report) -> ReportView {
    ReportView {
        href: format!("/signals/{}", report.id),
        reference: report.reference.clone(),
        place: view::place(cx, desk, &report.address, report.area.as_deref()),
        when: cx.words.date_time(report.reported_at),
        state: view::state(cx, report.state),
        term: view::term(cx, report.due_at, report.closed_at),
    }
}

fn reports_map(cx: &Cx, desk: &Desk, place: Option<(f64, f64)>, reports: &[Report]) -> String {
    let points: Vec<Spot> = reports
        .iter()
        .filter_map(|r| {
            let (lon, lat) = r.lon.zip(r.lat)?;
            Some(Spot { lon, lat, title: r.reference.clone(), href: Some(format!("/signals/{}", r.id)), class: "" })
        })
        .collect();
    let mut ring: Vec<(f64, f64)> = points.iter().map(|p| (p.lon, p.lat)).collect();
    ring.extend(place);
    // a margin, so that one place alone has a street around it
    let wide: Vec<_> = ring.iter().flat_map(|(x, y)| [(x - 0.002, y - 0.0012), (x + 0.002, y + 0.0012)]).collect();
    let Some(view) = MapView::around([&wide], 480.0) else { return String::new() };
    view.svg(&Layers {
        title: cx.t("issues-map"),
        areas: view::outlines(&desk.sheet, false),
        points,
        ..Layers::default()
    })
}

/// `POST /issues/{id}/close`: closes the issue and its open reports.
///
/// # Errors
/// As [`ops::close`], except what the sender can mend: that comes back as the page.
pub async fn close_form(cx: Cx, Path(id): Path<String>, Form(form): Form<CloseForm>) -> Result<Response, Fault> {
    let id = id_of(&id)?;
    let permit = cx.permit("issue:handle", &Resource::ordinary("issue", cx.code()))?;
    let (request, version) = stamp(&form.request, &form.version)?;
    let back = format!("/issues/{id}");
    let mut tx = cx.write().await?;
    if let Claim::Replay(to) = once::claim(&mut tx, permit.municipality(), request, cx.now, &back).await? {
        return Ok(see_other(&to));
    }
    let now = store::get(&mut tx, &permit, id).await?.ok_or(Fault::NotFound)?;
    let outcome = if now.version == version {
        ops::close(&cx, &mut tx, &permit, id, &form.note).await
    } else {
        Err(Fault::Stale)
    };
    match outcome {
        Ok(()) => {
            tx.commit().await?;
            Ok(see_other(&back))
        }
        Err(fault @ (Fault::Invalid(_) | Fault::Stale | Fault::Rule { .. })) => {
            drop(tx);
            issue_page(&cx, id, form.note, Some(&fault)).await
        }
        Err(fault) => Err(fault),
    }
}

/// What the button "same issue" sends: an issue, or another signal.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct LinkForm {
    request: String,
    version: String,
    issue: String,
    signal: String,
    note: String,
}

/// `POST /signals/{id}/issue`: a person confirms that two things are one matter.
///
/// # Errors
/// As [`ops::link`], except what the sender can mend: that comes back as the page.
pub async fn link_form(cx: Cx, Path(id): Path<String>, Form(form): Form<LinkForm>) -> Result<Response, Fault> {
    let id = id_of(&id)?;
    let permit = cx.permit("issue:handle", &Resource::ordinary("issue", cx.code()))?;
    let (request, version) = stamp(&form.request, &form.version)?;
    let back = format!("/signals/{id}");
    let mut tx = cx.write().await?;
    if let Claim::Replay(to) = once::claim(&mut tx, permit.municipality(), request, cx.now, &back).await? {
        return Ok(see_other(&to));
    }
    let outcome = match (Uuid::try_parse(&form.issue), Uuid::try_parse(&form.signal)) {
        (Ok(issue), _) => ops::link(&cx, &mut tx, &permit, (id, Some(version)), issue, &form.note).await,
        (_, Ok(other)) => ops::join(&cx, &mut tx, &permit, (id, Some(version)), other, &form.note).await.map(|_| ()),
        _ => Err(Fault::Bad("fault-bad-request")),
    };
    match outcome {
        Ok(()) => {
            tx.commit().await?;
            Ok(see_other(&back))
        }
        Err(fault @ (Fault::Invalid(_) | Fault::Stale | Fault::Rule { .. })) => {
            drop(tx);
            shown(&cx, id, None, Some(&fault)).await
        }
        Err(fault) => Err(fault),
    }
}

/// `POST /signals/{id}/issue/leave`: takes the signal out of its issue, with a reason.
///
/// # Errors
/// As [`ops::leave`], except what the sender can mend: that comes back as the page.
pub async fn leave_form(cx: Cx, Path(id): Path<String>, Form(form): Form<EditForm>) -> Result<Response, Fault> {
    let id = id_of(&id)?;
    let permit = cx.permit("issue:handle", &Resource::ordinary("issue", cx.code()))?;
    let (request, version) = stamp(&form.request, &form.version)?;
    let back = format!("/signals/{id}");
    let mut tx = cx.write().await?;
    if let Claim::Replay(to) = once::claim(&mut tx, permit.municipality(), request, cx.now, &back).await? {
        return Ok(see_other(&to));
    }
    match ops::leave(&cx, &mut tx, &permit, (id, Some(version)), &form.reason).await {
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
