//! Open311 GeoReport v2, JSON and XML, for apps and for other municipalities. What it shows is what everybody may see
//! (`signals::moderation::public`): released reports, a rounded place, released words. `docs/open311.md` says what
//! we added to the standard and where it leaves a choice.
//!
//! Both formats are written from one value, so that they cannot differ.

mod answer;
mod ask;
mod create;
mod list;
mod params;
mod services;
mod store;
#[cfg(test)]
mod tests;

use answer::{Format, Refusal, answered};
use axum::extract::rejection::{FormRejection, QueryRejection};
use axum::extract::{Form, Path, Query};
use axum::http::StatusCode;
use axum::response::Response;
use kit::Fault;
use params::Params;
use site::Cx;

type Pairs = Vec<(String, String)>;
type Asked = Result<Query<Pairs>, QueryRejection>;

/// `GET /open311/v2/{resource}`: `discovery`, `services` and `requests`, each with `.json` or `.xml`.
///
/// # Errors
/// When the database cannot be read; every other fault is an answer of the standard.
pub async fn get(cx: Cx, Path(resource): Path<String>, query: Asked) -> Result<Response, Fault> {
    let (name, format) = Format::split(&resource);
    let said = match (name, Params::read(query, None)) {
        _ if format.is_none() => Err(Refusal::not_here(&cx)),
        (_, Err(refusal)) => Err(refusal),
        ("discovery", _) => Ok(("discovery", services::discovery(&cx))),
        ("services", Ok(params)) => services::list(&cx, &params).await.map(|v| ("services", v)),
        ("requests", Ok(params)) => return list::list(&cx, &params, format.unwrap_or_default()).await,
        _ => Err(Refusal::not_here(&cx)),
    };
    answered(format.unwrap_or_default(), said)
}

/// `POST /open311/v2/requests.{format}`: a report. The body is a form; what stands in the address counts too.
///
/// # Errors
/// As [`get`].
pub async fn post(
    cx: Cx,
    Path(resource): Path<String>,
    query: Asked,
    body: Result<Form<Pairs>, FormRejection>,
) -> Result<Response, Fault> {
    let (name, format) = Format::split(&resource);
    let said = match Params::read(query, Some(body)) {
        _ if format.is_none() || name != "requests" => Err(Refusal::not_here(&cx)),
        Err(refusal) => Err(refusal),
        Ok(params) => create::create(&cx, &params).await.map(|v| ("service_requests", v)),
    };
    answered(format.unwrap_or_default(), said)
}

/// `GET /open311/v2/services/{code}.{format}`: what a service asks.
///
/// # Errors
/// As [`get`].
pub async fn service(cx: Cx, Path(code): Path<String>, query: Asked) -> Result<Response, Fault> {
    let (code, format) = Format::split(&code);
    let said = match Params::read(query, None) {
        _ if format.is_none() => Err(Refusal::not_here(&cx)),
        Err(refusal) => Err(refusal),
        Ok(params) => services::definition(&cx, &params, code).await.map(|v| ("service_definition", v)),
    };
    answered(format.unwrap_or_default(), said)
}

/// `GET /open311/v2/requests/{id}.{format}`: one report. Who made it gives its token too, and sees how it stands
/// though it is not public.
///
/// # Errors
/// As [`get`].
pub async fn request(cx: Cx, Path(id): Path<String>, query: Asked) -> Result<Response, Fault> {
    let (id, format) = Format::split(&id);
    let said = match Params::read(query, None) {
        _ if format.is_none() => Err(Refusal::not_here(&cx)),
        Err(refusal) => Err(refusal),
        Ok(params) => list::one(&cx, &params, id).await.map(|v| ("service_requests", v)),
    };
    answered(format.unwrap_or_default(), said)
}

/// `GET /open311/v2/tokens/{token}.{format}`: the reference of the report that the reporter's own link names.
///
/// # Errors
/// As [`get`].
pub async fn token(cx: Cx, Path(token): Path<String>, query: Asked) -> Result<Response, Fault> {
    let (token, format) = Format::split(&token);
    let said = match Params::read(query, None) {
        _ if format.is_none() => Err(Refusal::not_here(&cx)),
        Err(refusal) => Err(refusal),
        Ok(params) => list::token(&cx, &params, token).await.map(|v| ("service_requests", v)),
    };
    answered(format.unwrap_or_default(), said)
}

/// The status of a fault that the standard knows.
fn status_of(fault: &Fault) -> StatusCode {
    match fault.status() {
        status @ (StatusCode::NOT_FOUND | StatusCode::FORBIDDEN | StatusCode::TOO_MANY_REQUESTS) => status,
        _ => StatusCode::BAD_REQUEST,
    }
}
