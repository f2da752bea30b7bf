//! Targeted queries: about one person or one record, with a reason that is kept (Wpg art. 8(2)). What a query finds
//! stays open for as long as an opening does.

use crate::config::RecordsConfig;
use crate::list::{RowView, views};
use crate::note::birth_of;
use crate::open::{secrecy, text};
use crate::stage::{self, FreeFrom};
use crate::store::opening::{self, TargetedQuery};
use crate::store::{self, Row, Which};
use crate::subject::{pseudonyms, subject_key};
use crate::typed::Typed;
use crate::way::{Inside, enter, has_participants, id_key, id_of, resource};
use axum::Form;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use kit::once::{self, Claim};
use kit::{AnyVault, At, Fault, FieldFaults, Tx, Uuid, audit, ledger};
use policy::{Permit, Resource, Stage};
use site::page::{Link, Page};
use site::{Cx, FormError, render, render_as, see_other};

#[derive(askama::Template)]
#[template(path = "pages/search.html")]
struct SearchPage {
    page: Page,
    crumbs: Vec<Link>,
    errors: Vec<FormError>,
    faults: Vec<(String, String)>,
    typed: Typed,
    action: String,
    request: String,
    secrecy: String,
}

impl SearchPage {
    fn fault(&self, field: &str) -> String {
        self.faults.iter().find(|(f, _)| *f == field).map(|(_, text)| text.clone()).unwrap_or_default()
    }
}

#[derive(askama::Template)]
#[template(path = "pages/found.html")]
struct FoundPage {
    page: Page,
    crumbs: Vec<Link>,
    rows: Vec<RowView>,
    reason: String,
    until: String,
    narrower: bool,
    again: String,
}

/// Whom or what a query is about.
struct Target {
    fingerprint: String,
    /// The record, when it is asked for by its id.
    record: Option<Uuid>,
}

/// The permit for a targeted query in this processing.
fn permit(cx: &Cx, inside: &Inside) -> Result<Permit, Fault> {
    let target = Resource { stage: Stage::Targeted, ..resource(cx, inside.regime, inside.id()) };
    cx.permit_as("record:list", &target, &inside.targeted(cx))
}

/// `GET /records/{processing}/search`: the form.
///
/// # Errors
/// When the policy refuses.
pub async fn form(cx: Cx, Path(id): Path<String>) -> Result<Response, Fault> {
    let inside = enter!(&cx, &id, "record:list", None);
    shown(&cx, &inside, Typed::default(), &FieldFaults::default())
}

/// `POST /records/{processing}/search`: keeps the query with its reason, and goes on to what it found.
///
/// # Errors
/// When the policy refuses or the database does.
pub async fn ask(cx: Cx, Path(id): Path<String>, Form(pairs): Form<Vec<(String, String)>>) -> Result<Response, Fault> {
    let typed = Typed(pairs);
    let inside = enter!(&cx, &id, "record:list", Some(&typed));
    let permit = permit(&cx, &inside)?;
    let config = cx.municipality.get::<RecordsConfig>();
    let request = typed.request()?;
    let mut faults = FieldFaults::default();
    let target = target(&inside, &typed, &mut faults);
    let reason = typed.reason("reason", config.reason_min_chars, &mut faults);
    let Some(target) = target.filter(|_| faults.is_empty()) else { return shown(&cx, &inside, typed, &faults) };
    let mut tx = inside.db.write().await?;
    let rows = found(&cx, &mut tx, &inside, &permit, &target, config.hits_most).await?;
    let to = match (target.record, rows.first()) {
        (Some(record), Some(_)) => format!("{}/{record}", inside.href()),
        _ => format!("{}/search/{request}", inside.href()),
    };
    if let Claim::Replay(to) = once::claim(&mut tx, permit.municipality(), request, cx.now, &to).await? {
        return Ok(see_other(&to));
    }
    let minutes = i64::from(cx.municipality.file.security.opening_minutes);
    let query = TargetedQuery {
        id: request,
        account_id: inside.account,
        processing: inside.id().to_owned(),
        fingerprint: target.fingerprint,
        reason,
        hits: i64::try_from(rows.len()).unwrap_or(i64::MAX),
        at: cx.now,
        until: At::from_micros(cx.now.micros() + minutes * 60_000_000),
    };
    opening::insert_query(&mut tx, &permit, &query).await?;
    let deed = cx.deed_for(inside.id());
    let mut detail = inside.why();
    detail["query"] = query.reason.as_str().into();
    detail["hits"] = query.hits.into();
    audit::record(&mut tx, &deed, permit.action(), "targeted-query", &request.to_string(), &detail).await?;
    let subjects = match target.record {
        None => vec![query.fingerprint],
        Some(_) => pseudonyms(&inside.seal, &views(&cx, &inside, &rows)?.1),
    };
    ledger::write(&mut tx, &deed, permit.action(), inside.id(), &subjects).await?;
    tx.commit().await?;
    Ok(see_other(&to))
}

/// `GET /records/{processing}/search/{query}`: what the actor's own query found.
///
/// # Errors
/// [`Fault::NotFound`] for another's query or one that is over, and when the policy refuses.
pub async fn result(cx: Cx, Path((id, query)): Path<(String, String)>) -> Result<Response, Fault> {
    let inside = enter!(&cx, &id, "record:list", None);
    let permit = permit(&cx, &inside)?;
    let config = cx.municipality.get::<RecordsConfig>();
    let mut tx = inside.db.write().await?;
    let query = opening::query(&mut tx, &permit, (id_of(&query)?, inside.account), cx.now).await?;
    let query = query.filter(|q| q.processing == inside.id()).ok_or(Fault::NotFound)?;
    let target = Target { fingerprint: query.fingerprint, record: None };
    let rows = found(&cx, &mut tx, &inside, &permit, &target, config.hits_most).await?;
    let (views, persons) = views(&cx, &inside, &rows)?;
    let deed = cx.deed_for(inside.id());
    let mut detail = inside.why();
    detail["shown"] = rows.len().into();
    audit::record(&mut tx, &deed, permit.action(), "targeted-query", &query.id.to_string(), &detail).await?;
    ledger::write(&mut tx, &deed, permit.action(), inside.id(), &pseudonyms(&inside.seal, &persons)).await?;
    tx.commit().await?;
    let crumbs = crumbs(&cx, &inside);
    let page = FoundPage {
        page: cx.page("records-found-title"),
        crumbs,
        narrower: rows.len() >= usize::try_from(config.hits_most).unwrap_or(usize::MAX),
        rows: views,
        reason: query.reason,
        until: cx.words.t1("records-open-until", "time", &cx.words.time(query.until)),
        again: format!("{}/search", inside.href()),
    };
    render(&page)
}

/// The records that a query may show: those that take part in daily work or wait for a targeted query.
async fn found(
    cx: &Cx,
    tx: &mut Tx<AnyVault>,
    inside: &Inside,
    permit: &Permit,
    target: &Target,
    most: i64,
) -> Result<Vec<Row>, Fault> {
    let which = Which {
        processing: inside.id(),
        participant: has_participants(inside.regime).then_some(inside.account),
        free: FreeFrom { created: i64::MIN, closed: i64::MIN, ended: i64::MIN },
        after: (i64::MAX, Uuid::max()),
        most,
    };
    let wanted = (target.fingerprint.as_str(), target.record.unwrap_or_default());
    let mut rows = store::hits(tx, permit, &which, wanted).await?;
    rows.retain(|row| stage::of(cx, &inside.processing, &row.envelope) != Stage::Removed);
    Ok(rows)
}

/// Reads whom or which record the form asks for: exactly one of both.
fn target(inside: &Inside, typed: &Typed, faults: &mut FieldFaults) -> Option<Target> {
    let (name, birth, record) = (typed.get("name"), typed.get("birth"), typed.get("record"));
    match (name.is_empty(), record.is_empty()) {
        (false, true) => match birth_of(&birth) {
            Ok(birth) => {
                let fingerprint = inside.seal.fingerprint(&subject_key(&name, birth));
                return Some(Target { fingerprint, record: None });
            }
            Err(()) => faults.add_with("birth", "records-birth-wrong", vec![("birth", birth)]),
        },
        (true, false) => match Uuid::try_parse(&record) {
            Ok(id) => {
                return Some(Target { fingerprint: inside.seal.fingerprint(&id_key(id)), record: Some(id) });
            }
            Err(_) => faults.add("record", "records-search-id-wrong"),
        },
        _ => faults.add("name", "records-search-one"),
    }
    None
}

fn crumbs(cx: &Cx, inside: &Inside) -> Vec<Link> {
    let name = text(&inside.processing.name, cx.words.language());
    vec![Link::new("/records", cx.t("records-title")), Link::new(inside.href(), name)]
}

fn shown(cx: &Cx, inside: &Inside, typed: Typed, faults: &FieldFaults) -> Result<Response, Fault> {
    let page = SearchPage {
        page: cx.page("records-search-title"),
        crumbs: crumbs(cx, inside),
        errors: cx.summary(faults),
        faults: faults.sentences(&cx.words),
        typed,
        action: format!("{}/search", inside.href()),
        request: cx.app.clock.id().to_string(),
        secrecy: secrecy(cx, inside.regime),
    };
    let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    render_as(status, &page)
}
