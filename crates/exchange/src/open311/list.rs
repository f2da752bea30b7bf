//! Reading reports: a list, one, and the reference behind a token.

use super::answer::{Format, Refusal, answered, written};
use super::params::Params;
use super::services::jurisdiction;
use super::store::{self, Own};
use crate::config::ExchangeConfig;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use kit::{At, Fault, Tx, Uuid};
use policy::{Permit, Resource};
use serde_json::{Value, json};
use signals::State;
use signals::contact;
use signals::intake::Desk;
use signals::moderation::public::{self, Asked, PublicSignal};
use site::Cx;

const DAY: i64 = 86_400_000_000;
/// Most references in one question.
const MOST_IDS: usize = 100;
/// Largest circle around a point, in metres.
const MOST_RADIUS: f64 = 50_000.0;

/// What a client wants of the list.
struct Wanted<'a> {
    ids: Vec<&'a str>,
    codes: Vec<&'a str>,
    states: Vec<State>,
    from: Option<At>,
    to: Option<At>,
    updated_from: Option<At>,
    updated_to: Option<At>,
    bbox: Option<[f64; 4]>,
    around: Option<((f64, f64), f64)>,
    page: usize,
    size: usize,
}

/// `requests`: the list, newest first, with `Link` headers where there are more.
pub(super) async fn list(cx: &Cx, params: &Params, format: Format) -> Result<Response, Fault> {
    match found(cx, params).await {
        Err(refusal) => answered(format, Err(refusal)),
        Ok((rows, link)) => {
            let mut response = written(format, StatusCode::OK, "service_requests", &rows);
            if let Some(link) = HeaderValue::from_str(&link).ok().filter(|l| !l.is_empty()) {
                response.headers_mut().insert(header::LINK, link);
            }
            Ok(response)
        }
    }
}

async fn found(cx: &Cx, params: &Params) -> Result<(Value, String), Refusal> {
    jurisdiction(cx, params)?;
    let desk = Desk::of(&cx.municipality);
    let wanted = wanted(cx, params, &desk)?;
    let permit = permit(cx)?;
    let mut tx = cx.read().await.map_err(|f| Refusal::of(cx, f))?;
    let (signals, more) = if wanted.ids.is_empty() {
        page(&mut tx, &permit, &desk, &wanted).await?
    } else {
        let mut signals = Vec::new();
        for id in &wanted.ids {
            signals.extend(public::one(&mut tx, &permit, &desk, id).await?);
        }
        (signals, false)
    };
    let mut rows: Vec<Value> = signals.iter().map(|s| row(cx, &desk, s)).collect();
    if params.extended() {
        extend(cx, &mut tx, &permit, &signals, &mut rows).await?;
    }
    Ok((rows.into(), links(cx, params, &wanted, more)))
}

fn permit(cx: &Cx) -> Result<Permit, Refusal> {
    cx.permit("public:read", &Resource::ordinary("signal", cx.code())).map_err(|f| Refusal::of(cx, f))
}

fn wanted<'a>(cx: &Cx, params: &'a Params, desk: &Desk) -> Result<Wanted<'a>, Refusal> {
    let config = &cx.municipality.get::<ExchangeConfig>().open311;
    let ids = params.list("service_request_id");
    if ids.len() > MOST_IDS {
        return Err(Refusal::bad(cx.words.t1("exchange-open311-ids", "most", &MOST_IDS.to_string())));
    }
    let codes = params.list("service_code");
    if codes.iter().any(|c| desk.catalogue.get(c).is_none()) {
        return Err(Refusal::missing(cx.t("exchange-open311-service")));
    }
    let (mut open, mut closed) = (false, false);
    for status in params.list("status") {
        match status {
            "open" => open = true,
            "closed" => closed = true,
            _ => return Err(Refusal::bad(cx.t("exchange-open311-status"))),
        }
    }
    let states = State::ALL.iter().copied().filter(|s| open != closed && s.is_closed() == closed).collect();
    let updated_from = params.instant(cx, "updated_after")?;
    let updated_to = params.instant(cx, "updated_before")?;
    let range = config.days * DAY;
    let moved = |at: At, by: i64| At::from_micros(at.micros() + by);
    let (from, to) = match (params.instant(cx, "start_date")?, params.instant(cx, "end_date")?) {
        (Some(from), Some(to)) if from > to => return Err(Refusal::bad(cx.t("exchange-open311-range-turned"))),
        (Some(from), Some(to)) if to.micros() - from.micros() > range => {
            return Err(Refusal::bad(cx.words.t1("exchange-open311-range", "days", &config.days.to_string())));
        }
        (Some(from), to) => (Some(from), Some(to.unwrap_or(moved(from, range)))),
        (None, Some(to)) => (Some(moved(to, -range)), Some(to)),
        // A question about changes has a range of its own.
        (None, None) if updated_from.is_some() => (None, None),
        (None, None) => (Some(moved(cx.now, -range)), None),
    };
    let around = match (params.point(cx)?, params.number(cx, "radius")?) {
        (Some(point), Some(metres)) if metres > 0.0 && metres <= MOST_RADIUS => Some((point, metres)),
        (None, None) => None,
        _ => return Err(Refusal::bad(cx.t("exchange-open311-radius"))),
    };
    Ok(Wanted {
        ids,
        codes,
        states,
        from,
        // The end itself counts; microseconds are the smallest step.
        to: to.map(|to| moved(to, 1)),
        updated_from,
        updated_to,
        bbox: bbox(cx, params)?,
        around,
        page: params.count(cx, "page")?.unwrap_or(1),
        size: params.count(cx, "page_size")?.unwrap_or(config.most).min(config.most),
    })
}

/// `bbox=west,south,east,north`, in degrees.
fn bbox(cx: &Cx, params: &Params) -> Result<Option<[f64; 4]>, Refusal> {
    let parts = params.list("bbox");
    if parts.is_empty() {
        return Ok(None);
    }
    let numbers: Vec<f64> = parts.iter().filter_map(|p| p.parse().ok()).filter(|n: &f64| n.is_finite()).collect();
    match numbers[..] {
        [west, south, east, north] if parts.len() == 4 && west < east && south < north => {
            Ok(Some([west, south, east, north]))
        }
        _ => Err(Refusal::bad(cx.t("exchange-open311-bbox"))),
    }
}

/// One page, and whether there are more.
async fn page(
    tx: &mut Tx,
    permit: &Permit,
    desk: &Desk,
    wanted: &Wanted<'_>,
) -> Result<(Vec<PublicSignal>, bool), Refusal> {
    let fits = |signal: &PublicSignal| {
        let place = (signal.lon, signal.lat);
        wanted.updated_to.is_none_or(|to| signal.updated_at < to)
            && wanted.around.is_none_or(|(at, metres)| desk.atlas.metres(at, place).is_some_and(|m| m <= metres))
    };
    let (mut skip, mut kept, mut after) = ((wanted.page - 1).saturating_mul(wanted.size), Vec::new(), None);
    let filtered = wanted.updated_to.is_some() || wanted.around.is_some();
    loop {
        let need = i64::try_from(skip + wanted.size - kept.len() + 1).unwrap_or(STEP);
        let limit = if filtered { STEP } else { need.min(STEP) };
        let asked = Asked {
            bbox: wanted.bbox,
            since: wanted.updated_from,
            reported_from: wanted.from,
            reported_to: wanted.to,
            categories: &wanted.codes,
            states: &wanted.states,
            limit,
            after: after.take(),
            ..Asked::default()
        };
        let found = public::shown(tx, permit, desk, &asked).await?;
        let last = (found.len() as i64) < limit;
        after = found.last().map(PublicSignal::after);
        for signal in found.into_iter().filter(fits) {
            if skip > 0 {
                skip -= 1;
            } else if kept.len() == wanted.size {
                return Ok((kept, true));
            } else {
                kept.push(signal);
            }
        }
        if last {
            return Ok((kept, false));
        }
    }
}

/// Reports that are read at once.
const STEP: i64 = 1000;

/// A report as everybody may see it.
fn row(cx: &Cx, desk: &Desk, signal: &PublicSignal) -> Value {
    let lang = cx.words.language();
    let name = desk.catalogue.name(&signal.category, lang);
    let town = &cx.municipality.file.name;
    let area = signal.area.as_deref().map(|code| desk.sheet.name(code));
    let expected = desk.catalogue.get(&signal.category).and_then(|c| desk.due(c, signal.reported_at));
    let photo = signal.photos.first().map(|p| format!("{}{}", cx.app.public_url, p.href()));
    json!({
        "service_request_id": signal.reference,
        "status": status(signal.state),
        "status_notes": cx.t(&format!("exchange-open311-state-{}", signal.state.public_word())),
        "service_name": name,
        "service_code": signal.category,
        "description": signal.public_words.as_deref().unwrap_or(name).chars().take(4000).collect::<String>(),
        "agency_responsible": cx.municipality.file.contact.organisation,
        "service_notice": null,
        "requested_datetime": stamp(signal.reported_at),
        "updated_datetime": stamp(signal.closed_at.unwrap_or(signal.updated_at)),
        "expected_datetime": expected.filter(|_| !signal.state.is_closed()).map(stamp),
        "address": area.map_or_else(|| town.clone(), |area| format!("{area}, {town}")),
        "address_id": null,
        "zipcode": null,
        "lat": signal.lat,
        "long": signal.lon,
        "media_url": photo,
    })
}

fn status(state: State) -> &'static str {
    if state.is_closed() { "closed" } else { "open" }
}

/// An instant in whole seconds, UTC.
fn stamp(at: At) -> String {
    At::from_micros(at.micros() - at.micros().rem_euclid(1_000_000)).0.to_string()
}

/// Adds the public part of each report's history.
async fn extend(
    cx: &Cx,
    tx: &mut Tx,
    permit: &Permit,
    signals: &[PublicSignal],
    rows: &mut [Value],
) -> Result<(), Refusal> {
    let Some(oldest) = signals.iter().map(|s| s.reported_at).min() else { return Ok(()) };
    let newest = signals.iter().map(|s| s.reported_at).max().unwrap_or(oldest);
    let references: String = signals.iter().map(|s| format!(",{}", s.reference)).chain([",".to_owned()]).collect();
    let updates = store::updates(tx, permit, &references, oldest, newest).await?;
    for (signal, row) in signals.iter().zip(rows) {
        let mut last = None;
        let said: Vec<Value> = updates
            .iter()
            .filter(|u| u.reference == signal.reference)
            .filter_map(|u| Some((u, u.becomes.parse::<State>().ok()?)))
            // What stays the same for everybody is no news.
            .filter(|(_, state)| last.replace(state.public_word()) != Some(state.public_word()))
            .map(|(u, state)| {
                json!({
                    "updated_datetime": stamp(u.at),
                    "status": status(state),
                    "description": cx.t(&format!("exchange-open311-state-{}", state.public_word())),
                })
            })
            .collect();
        if let Value::Object(fields) = row {
            fields.insert("updates".to_owned(), said.into());
        }
    }
    Ok(())
}

/// The pages before and after, with all other parameters as they were.
fn links(cx: &Cx, params: &Params, wanted: &Wanted<'_>, more: bool) -> String {
    let path = cx.path.split('?').next().unwrap_or_default();
    let kept: String = params
        .pairs()
        .filter(|(key, value)| !matches!(*key, "page" | "page_size" | "api_key") && !value.trim().is_empty())
        .map(|(key, value)| format!("{}={}&", site::layers::encode(key), site::layers::encode(value)))
        .collect();
    let link = |page: usize, rel: &str| {
        format!("<{}{path}?{kept}page={page}&page_size={}>; rel=\"{rel}\"", cx.app.public_url, wanted.size)
    };
    let previous = (wanted.page > 1).then(|| link(wanted.page - 1, "prev"));
    let next = more.then(|| link(wanted.page + 1, "next"));
    previous.into_iter().chain(next).collect::<Vec<_>>().join(", ")
}

/// `requests/{id}`: one report; with the reporter's token also one that is not public, without words and place.
pub(super) async fn one(cx: &Cx, params: &Params, reference: &str) -> Result<Value, Refusal> {
    jurisdiction(cx, params)?;
    let desk = Desk::of(&cx.municipality);
    let permit = permit(cx)?;
    let mut tx = cx.read().await.map_err(|f| Refusal::of(cx, f))?;
    if let Some(signal) = public::one(&mut tx, &permit, &desk, reference).await? {
        let mut rows = vec![row(cx, &desk, &signal)];
        if params.extended() {
            extend(cx, &mut tx, &permit, &[signal], &mut rows).await?;
        }
        return Ok(rows.into());
    }
    let own = match params.get("token").and_then(|token| report_of(cx, token)) {
        Some(id) => store::own(&mut tx, &permit, id).await?.filter(|own| own.reference == reference),
        None => None,
    };
    own.map(|own| Value::Array(vec![own_row(cx, &desk, &own)]))
        .ok_or_else(|| Refusal::missing(cx.t("exchange-open311-request")))
}

fn own_row(cx: &Cx, desk: &Desk, own: &Own) -> Value {
    let name = desk.catalogue.name(&own.category, cx.words.language());
    let expected = desk.catalogue.get(&own.category).and_then(|c| desk.due(c, own.reported_at));
    json!({
        "service_request_id": own.reference,
        "status": status(own.state),
        "status_notes": cx.t(&format!("exchange-open311-state-{}", own.state.public_word())),
        "service_name": name,
        "service_code": own.category,
        "description": name,
        "agency_responsible": cx.municipality.file.contact.organisation,
        "service_notice": cx.t("exchange-open311-own"),
        "requested_datetime": stamp(own.reported_at),
        "updated_datetime": stamp(own.closed_at.unwrap_or(own.updated_at)),
        "expected_datetime": expected.filter(|_| !own.state.is_closed()).map(stamp),
        "address": null,
        "address_id": null,
        "zipcode": null,
        "lat": null,
        "long": null,
        "media_url": null,
    })
}

/// The report of a reporter's own token; an id alone, which others may know, opens nothing.
fn report_of(cx: &Cx, token: &str) -> Option<Uuid> {
    contact::report_of(cx, token).ok().filter(|(_, is_bare)| !is_bare).map(|(id, _)| id)
}

/// `tokens/{token}`: the reference of a report; the token is the end of the reporter's own link.
pub(super) async fn token(cx: &Cx, params: &Params, token: &str) -> Result<Value, Refusal> {
    jurisdiction(cx, params)?;
    let permit =
        cx.permit("report:follow", &Resource::ordinary("signal", cx.code())).map_err(|f| Refusal::of(cx, f))?;
    let own = match report_of(cx, token) {
        Some(id) => {
            let mut tx = cx.read().await.map_err(|f| Refusal::of(cx, f))?;
            store::own(&mut tx, &permit, id).await?
        }
        None => None,
    };
    let own = own.ok_or_else(|| Refusal::missing(cx.t("exchange-open311-token")))?;
    Ok(json!([{ "service_request_id": own.reference, "token": token }]))
}
