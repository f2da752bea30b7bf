//! What a partner sends us, in the form of Signalen, with a token of its own. The partner's id makes it one report,
//! however often it is sent; with the same token the partner reads how its reports stand.

use super::links::hash;
use super::store::{self, Received};
use crate::config::{ExchangeConfig, Link, SignalenWords};
use axum::body::Bytes;
use axum::extract::Path;
use axum::extract::rejection::BytesRejection;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use kit::throttle::{self, Limit};
use kit::{At, Fault, FieldFaults, Tx, Uuid};
use policy::{Permit, Resource};
use serde_json::{Map, Value, json};
use signals::intake::{self, Desk, NewSignal, Reporter};
use signals::{Channel, Kind, Source, State};
use site::Cx;
use std::sync::Arc;

/// Longest id of a partner's report.
const ID: usize = 60;

/// A refusal as Signalen writes it.
fn refused(status: StatusCode, detail: String) -> Response {
    answer(status, &json!({ "detail": detail }))
}

fn answer(status: StatusCode, body: &Value) -> Response {
    let headers = [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-store")];
    (status, headers, body.to_string()).into_response()
}

/// The link that the token belongs to.
async fn link(
    cx: &Cx,
    tx: &mut Tx,
    permit: &Permit,
    headers: &HeaderMap,
) -> Result<Option<(Arc<ExchangeConfig>, Link)>, Fault> {
    let sent = headers.get(header::AUTHORIZATION).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let Some(token) = sent.strip_prefix("Bearer ").map(str::trim).filter(|t| !t.is_empty()) else { return Ok(None) };
    let Some(id) = store::link_of(tx, permit, &hash(token)).await? else { return Ok(None) };
    let config = cx.municipality.get::<ExchangeConfig>();
    let link = config.link(&id).filter(|l| l.receives).cloned();
    Ok(link.map(|link| (config, link)))
}

/// `POST /exchange/signalen/v1/signals`: a report of a partner.
///
/// # Errors
/// When the database refuses; every other fault is an answer in JSON.
pub async fn take(cx: Cx, headers: HeaderMap, body: Result<Bytes, BytesRejection>) -> Result<Response, Fault> {
    let permit = cx.permit("report:create", &Resource::ordinary("signal", cx.code()))?;
    // without a token nobody keeps the database from writing
    let mut tx = cx.read().await?;
    let Some((config, link)) = link(&cx, &mut tx, &permit, &headers).await? else {
        return Ok(refused(StatusCode::UNAUTHORIZED, cx.t("exchange-received-token")));
    };
    drop(tx);
    let mut tx = cx.write().await?;
    let limit = Limit { failures: config.signalen.received_per_hour, window_s: 3600 };
    if let Err(fault) = throttle::count(&mut tx, &format!("exchange:{}", link.id), limit, cx.now).await {
        let Fault::Wait(seconds) = fault else { return Err(fault) };
        let mut response = refused(StatusCode::TOO_MANY_REQUESTS, cx.words.tn("fault-wait-text", (seconds + 59) / 60));
        response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
        return Ok(response);
    }
    // it counts also when it is refused
    tx.commit().await?;
    let Ok(body) = body else { return Ok(refused(StatusCode::PAYLOAD_TOO_LARGE, cx.t("fault-too-large-title"))) };
    let Ok(Value::Object(report)) = serde_json::from_slice::<Value>(&body) else {
        return Ok(refused(StatusCode::BAD_REQUEST, cx.t("fault-bad-json")));
    };
    let Some(words) = &config.words else { return Err(Fault::Internal("no signalen.toml".to_owned())) };
    let (id, new) = match read_report(&cx, &link, words, &report, &headers) {
        Ok(read) => read,
        Err(faults) => return Ok(answer(StatusCode::BAD_REQUEST, &Value::Object(faults))),
    };
    let mut tx = cx.write().await?;
    let reference = format!("{}:{id}", link.id);
    if let Some(known) = store::received(&mut tx, &permit, &reference).await? {
        return Ok(answer(StatusCode::OK, &standing(&cx, words, &known)));
    }
    let signal = new.id;
    match intake::create(&cx, &mut tx, &permit, new).await {
        Err(Fault::Invalid(faults)) => Ok(answer(StatusCode::BAD_REQUEST, &Value::Object(by_field(&cx, &faults)))),
        Err(other) => Err(other),
        Ok(_) => {
            store::worked(&mut tx, &permit, &link.id, cx.now).await?;
            let made =
                Received { id: signal, reference, state: State::Reported, reported_at: cx.now, updated_at: cx.now };
            tx.commit().await?;
            Ok(answer(StatusCode::CREATED, &standing(&cx, words, &made)))
        }
    }
}

/// `GET /exchange/signalen/v1/signals/{id}`: how a report of the partner stands.
///
/// # Errors
/// When the database refuses; every other fault is an answer in JSON.
pub async fn read(cx: Cx, headers: HeaderMap, Path(id): Path<String>) -> Result<Response, Fault> {
    let permit = cx.permit("report:follow", &Resource::ordinary("signal", cx.code()))?;
    let mut tx = cx.read().await?;
    let Some((config, link)) = link(&cx, &mut tx, &permit, &headers).await? else {
        return Ok(refused(StatusCode::UNAUTHORIZED, cx.t("exchange-received-token")));
    };
    let found = match Uuid::try_parse(&id) {
        Ok(id) => store::received_by_id(&mut tx, &permit, id, &format!("{}:", link.id)).await?,
        Err(_) => None,
    };
    match (found, &config.words) {
        (Some(found), Some(words)) => Ok(answer(StatusCode::OK, &standing(&cx, words, &found))),
        _ => Ok(refused(StatusCode::NOT_FOUND, cx.t("fault-not-found-title"))),
    }
}

/// A report as its sender may see it: number and state, no notes.
fn standing(cx: &Cx, words: &SignalenWords, report: &Received) -> Value {
    let (state, display) = words.state_there(report.state);
    json!({
        "_display": format!("{} - {display}", report.reference),
        "id": report.id,
        "signal_id": report.id,
        "id_display": report.reference,
        "status": { "state": state, "state_display": display, "text": null, "created_at": report.updated_at.0.to_string() },
        "created_at": report.reported_at.0.to_string(),
        "updated_at": report.updated_at.0.to_string(),
        "municipality": cx.municipality.file.name,
    })
}

/// The field of Signalen that a fault of intake is about.
fn field(name: &str) -> String {
    match name {
        "words" => "text",
        "place" | "address" | "area" => "location",
        "occurred_at" => "incident_date_start",
        "email" | "phone" | "name" => "reporter",
        other => other,
    }
    .to_owned()
}

/// Every fault of intake under its field of Signalen.
fn by_field(cx: &Cx, faults: &FieldFaults) -> Map<String, Value> {
    let mut fields = Map::new();
    for (name, text) in faults.sentences(&cx.words) {
        let texts = fields.entry(field(&name)).or_insert_with(|| json!([]));
        texts.as_array_mut().into_iter().for_each(|texts| texts.push(json!(text)));
    }
    fields
}

/// The partner's id and the signal, or the faults by field.
fn read_report(
    cx: &Cx,
    link: &Link,
    words: &SignalenWords,
    report: &Map<String, Value>,
    headers: &HeaderMap,
) -> Result<(String, NewSignal), Map<String, Value>> {
    let mut faults = Map::new();
    let mut fault = |field: &str, key: &str| {
        faults.insert(field.to_owned(), json!([cx.t(key)]));
    };
    let text = |value: Option<&Value>| value.and_then(Value::as_str).unwrap_or_default().trim().to_owned();
    let value = |name: &str| report.get(name).unwrap_or(&Value::Null);
    let key = headers.get("idempotency-key").and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned();
    let given = match (value("signal_id"), value("id")) {
        (Value::String(id), _) | (_, Value::String(id)) => id.trim().to_owned(),
        (_, Value::Number(id)) => id.to_string(),
        _ => key,
    };
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    if given.is_empty() || given.len() > ID || !given.chars().all(plain) {
        fault("signal_id", "exchange-received-id");
    }
    let mut said = text(report.get("text"));
    if said.is_empty() {
        fault("text", "signal-words-short");
    }
    let extra = text(report.get("text_extra"));
    if !extra.is_empty() {
        said = format!("{said}\n\n{extra}");
    }
    let location = value("location");
    let corner = |i: usize| location["geometrie"]["coordinates"][i].as_f64();
    let place = corner(0).zip(corner(1));
    if place.is_none() {
        fault("location", "exchange-received-place");
    }
    let address = text(Some(&location["address_text"]));
    let address = if address.is_empty() { super::read::address(&location["address"]) } else { address };
    let group = value("category");
    let slug = match group["sub_category"].as_str().or(group["category_url"].as_str()) {
        Some(url) => slug_of(url),
        None => format!("{}/{}", text(Some(&group["main_slug"])), text(Some(&group["sub_slug"]))),
    };
    let category = words.category(&slug).or(link.fallback.as_deref()).map(str::to_owned);
    if category.is_none() {
        fault("category", "exchange-received-category");
    }
    let start = text(report.get("incident_date_start"));
    let occurred_at = match start.parse::<jiff::Timestamp>() {
        Ok(at) => At::from_micros(at.as_microsecond()),
        Err(_) if start.is_empty() => cx.now,
        Err(_) => {
            fault("incident_date_start", "exchange-received-time");
            cx.now
        }
    };
    let person = value("reporter");
    // contact details come along only when the reporter said yes
    let reporter = (person["sharing_allowed"] == Value::Bool(true)).then(|| Reporter {
        email: text(Some(&person["email"])),
        phone: text(Some(&person["phone"])),
        ..Reporter::default()
    });
    let (Some(category), true) = (category, faults.is_empty()) else { return Err(faults) };
    let new = NewSignal {
        id: cx.app.clock.id(),
        kind: Kind::Report,
        channel: Channel::Exchange,
        source: Source::Partner,
        source_ref: Some(format!("{}:{given}", link.id)),
        category,
        words: said,
        address,
        place,
        area: None,
        occurred_at,
        reported_at: cx.now,
        state: State::Reported,
        closed_at: None,
        reporter: reporter.filter(|r| !r.is_empty()),
        presence_id: None,
        issue_id: None,
        language: cx.municipality.file.languages.first().cloned().unwrap_or_else(|| "nl".to_owned()),
    };
    let desk = Desk::of(&cx.municipality);
    let more = desk.check(&new, cx.now);
    if more.is_empty() {
        return Ok((given, new));
    }
    Err(by_field(cx, &more))
}

/// `main/sub` of the address of a category.
fn slug_of(url: &str) -> String {
    let path = url.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
    let after = |name: &str| path.split('/').skip_while(|p| *p != name).nth(1).unwrap_or_default();
    format!("{}/{}", after("categories"), after("sub_categories"))
}
