//! JSON API of signals, version 1, after the NLGov REST API Design Rules: plural nouns, snake_case keys
//! everywhere, keyset paging with `Link: rel="next"`, faults as `application/problem+json` (RFC 9457).
//! The site's outermost layer adds the `API-Version` header.
//!
//! No answer holds how to reach a reporter.

mod input;
#[cfg(test)]
mod tests;

use crate::category::Catalogue;
use crate::handle::{self, Filter, Query as FilterQuery, Row, Signal};
use crate::intake::{self, Desk};
use axum::Json;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{Path, Query};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use kit::paging::Cursor;
use kit::{At, Fault};
use policy::Resource;
use serde::Serialize;
use site::Cx;
use utoipa::openapi::schema::AdditionalProperties;
use utoipa::openapi::security::{ApiKey, ApiKeyValue, SecurityScheme};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{OpenApi as _, ToSchema};

pub use input::SignalInput;

/// The name of the security scheme: the session cookie of staff.
const SESSION: &str = "session";

/// A signal in a list.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SignalItem {
    /// UUID (version 7).
    id: String,
    /// Reference for people.
    reference: String,
    /// `resident`, `officer`, `police`, `partner` or `import`.
    source: &'static str,
    /// Category id.
    category: String,
    /// Main category id.
    main: Option<String>,
    /// Id of the priority of the plan.
    priority: Option<String>,
    /// State.
    state: &'static str,
    /// `low`, `normal` or `high`.
    urgency: &'static str,
    /// Place in words.
    address: String,
    /// Neighbourhood code.
    area: Option<String>,
    /// Longitude in degrees (WGS84).
    lon: Option<f64>,
    /// Latitude in degrees (WGS84).
    lat: Option<f64>,
    /// When it was reported (RFC 3339, UTC).
    #[schema(format = DateTime)]
    reported_at: String,
    /// The first moment at which it is late (RFC 3339, UTC).
    #[schema(format = DateTime)]
    due_at: Option<String>,
    /// When it was closed (RFC 3339, UTC).
    #[schema(format = DateTime)]
    closed_at: Option<String>,
    /// Whether its term is or was exceeded.
    is_late: bool,
    /// Its issue.
    issue_id: Option<String>,
}

/// A signal, whole.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SignalDetail {
    /// What a list says.
    #[serde(flatten)]
    item: SignalItem,
    /// The reporter's words.
    words: String,
    /// When it was seen (RFC 3339, UTC).
    #[schema(format = DateTime)]
    occurred_at: String,
    /// Number of changes, from 1.
    version: i64,
}

/// One page of signals.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SignalPage {
    /// Newest first, at most 50.
    signals: Vec<SignalItem>,
    /// Address of the next page, also in the `Link` header; absent on the last.
    next: Option<String>,
}

/// What a reporter gets back.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SignalReceipt {
    /// The id that was sent.
    id: String,
    /// Reference for people.
    reference: String,
    /// Where the reporter follows the report.
    status_url: String,
}

/// A category.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CategoryItem {
    /// Id.
    id: String,
    /// Main category id.
    main: String,
    /// Name in the language of the request.
    name: String,
    /// What belongs here.
    hint: String,
    /// Id of the priority of the plan.
    priority: String,
}

/// All categories.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CategoryList {
    /// In the order of the municipality.
    categories: Vec<CategoryItem>,
}

/// A fault (RFC 9457).
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Problem {
    /// URN of the kind of fault.
    r#type: String,
    /// Title.
    title: String,
    /// HTTP status.
    status: u16,
    /// What to do.
    detail: String,
    /// Faults by field, for status 422.
    errors: Option<Vec<ProblemField>>,
}

/// The fault of one field.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ProblemField {
    /// Name of the field; `body` for the message as a whole.
    field: String,
    /// What to do.
    detail: String,
}

fn stamp(at: At) -> String {
    at.0.to_string()
}

impl SignalItem {
    fn of(catalogue: &Catalogue, now: At, row: &Row) -> Self {
        let category = catalogue.get(&row.category);
        Self {
            id: row.id.to_string(),
            reference: row.reference.clone(),
            source: row.source.as_str(),
            category: row.category.clone(),
            main: category.map(|c| c.main.clone()),
            priority: category.map(|c| c.priority.clone()),
            state: row.state.as_str(),
            urgency: row.urgency.as_str(),
            address: row.address.clone(),
            area: row.area.clone(),
            lon: row.lon,
            lat: row.lat,
            reported_at: stamp(row.reported_at),
            due_at: row.due_at.map(stamp),
            closed_at: row.closed_at.map(stamp),
            is_late: row.due_at.is_some_and(|due| row.closed_at.unwrap_or(now) >= due),
            issue_id: row.issue_id.map(|id| id.to_string()),
        }
    }
}

/// The part of a whole signal that a list shows.
fn row_of(signal: &Signal) -> Row {
    Row {
        id: signal.id,
        reference: signal.reference.clone(),
        source: signal.source,
        category: signal.category.clone(),
        state: signal.state,
        urgency: signal.urgency,
        address: signal.address.clone(),
        area: signal.area.clone(),
        lon: signal.lon,
        lat: signal.lat,
        reported_at: signal.reported_at,
        due_at: signal.due_at,
        closed_at: signal.closed_at,
        issue_id: signal.issue_id,
        issue_reference: signal.issue_reference.clone(),
    }
}

/// List signals
///
/// Newest first, 50 a page. Without a filter: open signals. The answer says nothing about reporters.
///
/// # Errors
/// [`Fault::Invalid`] for a filter that does not exist, or when the policy refuses.
#[utoipa::path(get, path = "/api/v1/signals", operation_id = "listSignals", tag = "signals",
    params(FilterQuery),
    responses((status = 200, description = "One page", body = SignalPage,
            headers(("API-Version" = String, description = "Version of this API"),
                ("Link" = String, description = "rel=\"next\": the next page"))),
        (status = 401, description = "Sign in first", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Your role may not", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "A filter is wrong", body = Problem, content_type = "application/problem+json")),
    security(("session" = [])))]
pub async fn list(cx: Cx, Query(query): Query<FilterQuery>) -> Result<Response, Fault> {
    let permit = cx.permit("signal:list", &Resource::ordinary("signal", cx.code()))?;
    let desk = Desk::of(&cx.municipality);
    let (filter, mut faults) = Filter::read(&query, &desk);
    let after = Cursor::parse(&query.after);
    if after.is_none() && !query.after.is_empty() {
        faults.add("after", "signals-filter-unknown");
    }
    faults.ok()?;
    let mut tx = cx.read().await?;
    let found = handle::find(&mut tx, &permit, &desk, &filter, after, cx.now).await?;
    drop(tx);
    let next = found.next.map(|c| format!("{}{}", cx.app.public_url, filter.href("/api/v1/signals", Some(c))));
    let link = next.as_ref().and_then(|n| HeaderValue::from_str(&format!("<{n}>; rel=\"next\"")).ok());
    let signals = found.rows.iter().map(|r| SignalItem::of(&desk.catalogue, cx.now, r)).collect();
    let mut response = private(Json(SignalPage { signals, next }).into_response());
    if let Some(link) = link {
        response.headers_mut().insert(header::LINK, link);
    }
    Ok(response)
}

/// Read a signal
///
/// One signal with its words.
///
/// # Errors
/// [`Fault::NotFound`], or when the policy refuses.
#[utoipa::path(get, path = "/api/v1/signals/{id}", operation_id = "readSignal", tag = "signals",
    params(("id" = String, Path, description = "UUID of the signal")),
    responses((status = 200, description = "The signal", body = SignalDetail,
            headers(("API-Version" = String, description = "Version of this API"))),
        (status = 401, description = "Sign in first", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Your role may not", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such signal", body = Problem, content_type = "application/problem+json")),
    security(("session" = [])))]
pub async fn read(cx: Cx, Path(id): Path<String>) -> Result<Response, Fault> {
    let permit = cx.permit("signal:read", &Resource::ordinary("signal", cx.code()))?;
    let id = handle::id_of(&id)?;
    let catalogue = cx.municipality.get::<Catalogue>();
    let mut tx = cx.read().await?;
    let signal = handle::get(&mut tx, &permit, id).await?.ok_or(Fault::NotFound)?;
    drop(tx);
    crate::touched::read(&cx, &permit, id).await?;
    let detail = SignalDetail {
        item: SignalItem::of(&catalogue, cx.now, &row_of(&signal)),
        words: signal.words,
        occurred_at: stamp(signal.occurred_at),
        version: signal.version,
    };
    Ok(private(Json(detail).into_response()))
}

/// Report something
///
/// Open to everybody. The sender makes the id (UUID version 7): the same id again gives the same receipt
/// and no second report.
///
/// # Errors
/// [`Fault::Bad`] when the body is no JSON, [`Fault::Invalid`] with the faults by field.
#[utoipa::path(post, path = "/api/v1/signals", operation_id = "createSignal", tag = "signals",
    request_body = SignalInput,
    responses((status = 201, description = "New report", body = SignalReceipt,
            headers(("API-Version" = String, description = "Version of this API"),
                ("Location" = String, description = "Address of the signal"))),
        (status = 200, description = "This id came before", body = SignalReceipt),
        (status = 400, description = "No JSON in UTF-8", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "Another report has this id, or the rules stop it", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "More than 1 MB", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Fields are wrong", body = Problem, content_type = "application/problem+json")))]
pub async fn create(cx: Cx, body: Result<Bytes, BytesRejection>) -> Result<Response, Fault> {
    let permit = cx.permit("report:create", &Resource::ordinary("signal", cx.code()))?;
    let body = body.map_err(|e| match e.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Fault::TooLarge(1),
        _ => Fault::Bad("fault-bad-request"),
    })?;
    let signal = input::read(&cx, &body)?;
    let id = signal.id;
    let mut tx = cx.write().await?;
    let (category, words) = (signal.category.clone(), intake::clean(&signal.words));
    let created = intake::create(&cx, &mut tx, &permit, signal).await?;
    // Ids of shown reports are known: the link to the status page is for who sent the report.
    if !crate::contact::says(&mut tx, &permit, id, (&category, &words)).await? {
        return Err(Fault::Rule { key: "contact-rule-id-taken", values: vec![] });
    }
    tx.commit().await?;
    let receipt = SignalReceipt {
        id: id.to_string(),
        reference: created.reference().to_owned(),
        status_url: crate::contact::status_link(&cx, id)?,
    };
    let location = format!("/api/v1/signals/{id}");
    Ok(private(match created {
        intake::Created::New(_) => (StatusCode::CREATED, [(header::LOCATION, location)], Json(receipt)).into_response(),
        intake::Created::Replay(_) => Json(receipt).into_response(),
    }))
}

/// List categories
///
/// What a report may be about. Open to everybody.
///
/// # Errors
/// When the policy refuses.
#[utoipa::path(get, path = "/api/v1/categories", operation_id = "listCategories", tag = "signals",
    responses((status = 200, description = "All categories", body = CategoryList,
        headers(("API-Version" = String, description = "Version of this API")))))]
pub async fn categories(cx: Cx) -> Result<Response, Fault> {
    cx.permit("public:read", &Resource::open("category", cx.code()))?;
    let lang = cx.words.language();
    let catalogue = cx.municipality.get::<Catalogue>();
    let item = |c: &crate::category::Category| CategoryItem {
        id: c.id.clone(),
        main: c.main.clone(),
        name: c.name.get(lang).to_owned(),
        hint: c.hint.get(lang).to_owned(),
        priority: c.priority.clone(),
    };
    Ok(Json(CategoryList { categories: catalogue.categories.iter().map(item).collect() }).into_response())
}

/// Answers about records are kept by no cache.
fn private(mut response: Response) -> Response {
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

#[derive(utoipa::OpenApi)]
#[openapi(
    paths(list, read, create, categories),
    components(schemas(Problem, ProblemField)),
    tags((name = "signals", description = "Reports and observations. All keys are snake_case."))
)]
struct Document;

/// This area's part of the OpenAPI document (3.1). Operations without a security requirement are open to
/// everybody.
#[must_use]
pub fn openapi() -> utoipa::openapi::OpenApi {
    let mut document = Document::openapi();
    let cookie = SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::with_description(
        "session",
        "Session cookie of a member of staff",
    )));
    let components = document.components.get_or_insert_with(Default::default);
    components.add_security_scheme(SESSION, cookie);
    for name in ["SignalInput", "ReporterInput"] {
        if let Some(RefOr::T(Schema::Object(input))) = components.schemas.get_mut(name) {
            input.additional_properties = Some(Box::new(AdditionalProperties::FreeForm(false)));
        }
    }
    document
}
