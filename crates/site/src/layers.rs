//! The layers around every route: cost and metrics, headers, cross-site refusal, faults as pages.

use crate::app::Shared;
use crate::cx::{Cx, RouteAction, language};
use crate::page::{Page, render_as};
use axum::body::Body;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use kit::{Fault, Trace, Words, db::QUERIES};
use policy::Actor;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Instant;

/// Content security policy of every response: nothing from elsewhere, nothing inline.
const CSP: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data: blob:; \
    font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'";

/// What the policy adds for sound, and whether the microphone may be used: the officers' app records a spoken note and
/// plays it before it is kept; a report's page plays it. Nothing else does either.
fn sound(route: &str) -> (&'static str, &'static str) {
    match route {
        "/field" => ("; media-src blob:", "microphone=(self)"),
        _ if route.strip_prefix("/signals/{id}").is_some_and(|rest| rest.is_empty() || rest.starts_with('/')) => {
            ("; media-src 'self'", "microphone=()")
        }
        _ => ("", "microphone=()"),
    }
}

/// Version of the JSON API, on each of its answers (NLGov REST API Design Rules, `API-Version`).
const API_VERSION: HeaderValue = HeaderValue::from_static("1.0.0");

/// Outermost layer: counts queries and time, writes one log line without personal data, turns a
/// [`Fault`] into a page or problem+json, and sets the security headers.
pub async fn outer(State(app): State<Shared>, mut request: Request, next: Next) -> Response {
    let start = Instant::now();
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().map_or("none", |p| p.as_str()).to_owned();
    let api = request.uri().path().starts_with("/api/");
    let path = request.uri().path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string);
    let headers = request.headers().clone();
    let trace = headers.get("traceparent").and_then(|v| v.to_str().ok()).and_then(Trace::follow);
    let trace = trace.unwrap_or_else(Trace::start);
    request.extensions_mut().insert(trace);
    let (mut response, queries) = QUERIES
        .scope(AtomicU32::new(0), async {
            let response = next.run(request).await;
            (response, QUERIES.with(|n| n.load(Ordering::Relaxed)))
        })
        .await;
    if let Some(fault) = fault_of(&mut response) {
        if let Fault::Internal(why) = &fault {
            tracing::error!(%method, route, why, "fault");
        }
        if let Some(home) = app.home() {
            let actor = response.extensions_mut().remove::<Actor>().unwrap_or_else(|| Actor::stranger(home.code()));
            let municipality = app.municipality(&actor.municipality).unwrap_or_else(|_| home.clone());
            let words = app.library.words(&language(&headers, &municipality), municipality.zone.clone());
            let cx = Cx {
                app: app.clone(),
                actor,
                municipality,
                words,
                now: app.clock.now(),
                action: "public:read",
                path,
                trace,
            };
            response = if api { problem(&fault, &cx.words) } else { fault_page(&fault, &cx) };
        }
    }
    let took = start.elapsed();
    let status = response.status().as_u16();
    metrics::counter!("regie_requests_total", "route" => route.clone(), "method" => method.to_string(),
        "status" => status.to_string())
    .increment(1);
    metrics::histogram!("regie_request_seconds", "route" => route.clone()).record(took.as_secs_f64());
    metrics::histogram!("regie_request_queries", "route" => route.clone()).record(f64::from(queries));
    tracing::info!(%method, route, status, ms = took.as_secs_f64() * 1000.0, queries, "request");
    secure(&app, &route, response.headers_mut());
    if api {
        response.headers_mut().insert("api-version", API_VERSION);
    }
    if app.demo
        && let Ok(value) = HeaderValue::from_str(&format!(
            "total;dur={:.2}, db;desc=\"{queries} queries\"",
            took.as_secs_f64() * 1000.0
        ))
    {
        response.headers_mut().insert("server-timing", value);
    }
    response
}

/// The fault that a response carries, or that a library's bare refusal stands for.
fn fault_of(response: &mut Response) -> Option<Fault> {
    if let Some(fault) = response.extensions_mut().remove::<Fault>() {
        return Some(fault);
    }
    let bare = response.headers().get(header::CONTENT_TYPE).is_none_or(|v| v.as_bytes().starts_with(b"text/plain"));
    match response.status() {
        status if !bare || !(status.is_client_error() || status.is_server_error()) => None,
        StatusCode::NOT_FOUND => Some(Fault::NotFound),
        StatusCode::METHOD_NOT_ALLOWED => Some(Fault::Method),
        StatusCode::PAYLOAD_TOO_LARGE => Some(Fault::TooLarge(crate::MOST_MEGABYTES)),
        status if status.is_client_error() => Some(Fault::Bad("fault-bad-request")),
        status => Some(Fault::Internal(format!("bare {status}"))),
    }
}

fn secure(app: &Shared, route: &str, headers: &mut axum::http::HeaderMap) {
    let (media, microphone) = sound(route);
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, format!("{CSP}{media}")),
        (HeaderName::from_static("permissions-policy"), format!("camera=(self), geolocation=(self), {microphone}")),
    ] {
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.insert(name, value);
        }
    }
    for (name, value) in [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::REFERRER_POLICY, "same-origin"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if app.public_url.starts_with("https:") {
        headers
            .insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=63072000; includeSubDomains"));
    }
}

/// Refuses a change that another site's page sends in the reader's name (ADR 0005): the browser
/// says where a request comes from, in `Sec-Fetch-Site` or else in `Origin`.
pub async fn same_site(request: Request, next: Next) -> Response {
    let safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    let headers = request.headers();
    let text = |name: HeaderName| headers.get(name).and_then(|v| v.to_str().ok());
    let foreign = match text(HeaderName::from_static("sec-fetch-site")) {
        Some(site) => !matches!(site, "same-origin" | "none"),
        None => match (text(header::ORIGIN), text(header::HOST)) {
            (Some(origin), Some(host)) => origin.split_once("://").is_none_or(|(_, o)| o != host),
            (Some(_), None) => true,
            (None, _) => false,
        },
    };
    if foreign && !safe { Fault::OtherSite.into_response() } else { next.run(request).await }
}

/// The door of one route: no role that may do its action somewhere, no handler. Records are checked
/// again, one by one, by the operation itself.
pub async fn door(State((app, action)): State<(Shared, &'static str)>, mut request: Request, next: Next) -> Response {
    let Some(home) = app.home() else { return Fault::NotFound.into_response() };
    let actor = request.extensions().get::<Actor>().cloned().unwrap_or_else(|| Actor::stranger(home.code()));
    if let Err(fault) = app.policy.enter(&actor, action) {
        if matches!(fault, Fault::SignIn)
            && request.method() == Method::GET
            && !request.uri().path().starts_with("/api/")
        {
            let back = request.uri().path_and_query().map_or("/", |p| p.as_str());
            return crate::page::see_other(&format!("/login?back={}", encode(back)));
        }
        return fault.into_response();
    }
    request.extensions_mut().insert(RouteAction(action));
    next.run(request).await
}

/// Percent-encodes `text` for use as a query value.
#[must_use]
pub fn encode(text: &str) -> String {
    use std::fmt::Write as _;
    text.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-_.~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
}

#[derive(askama::Template)]
#[template(path = "fault.html")]
struct FaultPage {
    page: Page,
    lead: String,
    who: Vec<String>,
    fences: Vec<String>,
    step_up: Option<String>,
    sign_in: bool,
    details: Vec<String>,
}

/// The sentence that says what is wrong and what to do.
fn detail(fault: &Fault, words: &Words) -> String {
    match fault {
        Fault::Rule { key, values } => {
            let values: Vec<_> = values.iter().map(|(k, v)| (*k, v.as_str().into())).collect();
            words.ta(key, &values)
        }
        Fault::Bad(key) => words.t(key),
        Fault::TooLarge(mb) => words.t1("fault-too-large-text", "mb", &mb.to_string()),
        Fault::Wait(seconds) => words.tn("fault-wait-text", (seconds + 59) / 60),
        Fault::Refused { fences, .. } if !fences.is_empty() => words.t("fault-fenced-text"),
        other => words.t(&format!("fault-{}-text", other.word())),
    }
}

fn fault_page(fault: &Fault, cx: &Cx) -> Response {
    let page = FaultPage {
        page: cx.page(&format!("fault-{}-title", fault.word())),
        lead: detail(fault, &cx.words),
        who: match fault {
            Fault::Refused { who, .. } => who.iter().map(|r| cx.t(&format!("role-{r}"))).collect(),
            _ => vec![],
        },
        fences: match fault {
            Fault::Refused { fences, .. } => fences.iter().map(|f| cx.t(f)).collect(),
            _ => vec![],
        },
        step_up: match fault {
            Fault::Refused { fences, .. } if fences.iter().any(|f| f == "fence-step-up") => {
                Some(format!("/step-up?back={}", encode(&cx.path)))
            }
            _ => None,
        },
        sign_in: matches!(fault, Fault::SignIn),
        details: match fault {
            Fault::Invalid(fields) => fields.sentences(&cx.words).into_iter().map(|(_, text)| text).collect(),
            _ => vec![],
        },
    };
    render_as(fault.status(), &page).unwrap_or_else(|_| fault.status().into_response())
}

/// A fault as `application/problem+json` (RFC 9457; NLGov API Design Rules).
fn problem(fault: &Fault, words: &Words) -> Response {
    let mut body = serde_json::json!({
        "type": format!("urn:regie:fault:{}", fault.word()),
        "title": words.t(&format!("fault-{}-title", fault.word())),
        "status": fault.status().as_u16(),
        "detail": detail(fault, words),
    });
    if let Fault::Invalid(fields) = fault {
        body["errors"] = fields
            .sentences(words)
            .into_iter()
            .map(|(field, text)| serde_json::json!({ "field": field, "detail": text }))
            .collect();
    }
    let mut response = (fault.status(), Body::from(body.to_string())).into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    response
}
