//! What the phone takes along: the officer's own shifts with their rounds, open reports near, what may be observed, the
//! house rules, and the outlines of the town for its map.

use crate::FieldConfig;
use crate::device::{self, Contact};
use crate::sync;
use areas::Atlas;
use axum::extract::Query;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use kit::{At, Fault, Uuid};
use patrol::PatrolConfig;
use patrol::round::{Outcome, Visit};
use patrol::walk::ops::NEXT;
use patrol::walk::today::{self, Day};
use policy::{Permit, Resource};
use serde::Deserialize;
use serde_json::{Value, json};
use signals::issues;
use signals::{Catalogue, State};
use site::Cx;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

/// Open reports that are looked through for those that are near.
const LOOKED_THROUGH: i64 = 2_000;
/// Points of an outline are kept when they are so many hundred-thousandths of a degree (about 8 m) from the last one.
const STEP: i64 = 10;

/// Which phone asks.
#[derive(Debug, Deserialize)]
pub struct Asked {
    /// The phone's id.
    device: Uuid,
    /// Its clock, in milliseconds since 1970.
    now: i64,
    /// What the browser calls itself.
    #[serde(default)]
    name: String,
    /// Events that wait on it.
    #[serde(default)]
    waiting: i64,
}

/// `GET /api/field/day?device=…&now=…`: the officer's day, with an ETag. The header `regie-now` says the house's clock
/// (milliseconds since 1970), `regie-wipe` whether the phone must wipe itself.
///
/// # Errors
/// When the policy refuses, or [`Fault::Rule`] when the phone belongs to somebody else.
pub async fn day(cx: Cx, Query(asked): Query<Asked>, headers: HeaderMap) -> Result<Response, Fault> {
    let permit = cx.permit("field:use", &Resource::ordinary("field", cx.code()))?;
    let mut tx = cx.write().await?;
    let contact = Contact { id: asked.device, now_ms: asked.now, name: &asked.name, waiting: asked.waiting };
    let device = device::seen(&cx, &mut tx, &permit, &contact).await?;
    tx.commit().await?;
    let body = gather(&cx, &permit, device.last_seq).await?.to_string();
    let mut response = tagged(&headers, body);
    let say = [("regie-now", (cx.now.micros() / 1000).to_string()), ("regie-wipe", device.must_wipe().to_string())];
    for (name, value) in say {
        if let Ok(value) = HeaderValue::from_str(&value) {
            response.headers_mut().insert(name, value);
        }
    }
    Ok(response)
}

/// A JSON answer that a browser may keep and must ask about.
fn tagged(headers: &HeaderMap, body: String) -> Response {
    let mut hasher = DefaultHasher::new();
    body.hash(&mut hasher);
    let tag = format!("\"{:016x}\"", hasher.finish());
    let known = headers.get(header::IF_NONE_MATCH).and_then(|v| v.to_str().ok()).is_some_and(|v| v == tag);
    let head = [(header::ETAG, tag), (header::CACHE_CONTROL, "private, no-store".to_owned())];
    if known {
        return (StatusCode::NOT_MODIFIED, head).into_response();
    }
    (head, [(header::CONTENT_TYPE, "application/json")], body).into_response()
}

fn hours(at: At, hours: i64) -> At {
    At::from_micros(at.micros() + hours * 3_600_000_000)
}

fn ms(at: At) -> i64 {
    at.micros() / 1000
}

async fn gather(cx: &Cx, permit: &Permit, last_seq: i64) -> Result<Value, Fault> {
    let config = cx.municipality.get::<FieldConfig>();
    let account = permit.actor().ok_or(Fault::SignIn)?;
    let mut tx = cx.read().await?;
    let window = (hours(cx.now, -config.day.after_h), hours(cx.now, config.day.before_h));
    let days = today::days(&mut tx, permit, Some(account), window).await?;
    let catalogue = cx.municipality.get::<Catalogue>();
    let atlas = cx.municipality.get::<Atlas>();
    let read = cx.permit("signal:list", &Resource::ordinary("signal", cx.code()))?;
    let open = issues::open_for_patrol(&mut tx, &read, &catalogue, &atlas, LOOKED_THROUGH).await?;
    let told = sync::of_officer(&mut tx, permit, account, hours(cx.now, -24)).await?;
    drop(tx);
    let lang = cx.words.language();
    let centres: Vec<(f64, f64)> = days
        .iter()
        .flat_map(|d| {
            let visits = d.rounds.iter().flat_map(|(_, visits)| visits.iter().map(|v| (v.lon, v.lat)));
            std::iter::once((d.shift.lon, d.shift.lat)).chain(visits)
        })
        .collect();
    let mut near: Vec<(f64, &issues::Target)> = open
        .iter()
        .filter_map(|target| {
            let apart = centres.iter().filter_map(|c| atlas.metres(*c, (target.lon, target.lat)));
            let apart = apart.fold(f64::INFINITY, f64::min);
            (apart <= config.day.near_m).then_some((apart, target))
        })
        .collect();
    near.sort_by(|a, b| a.0.total_cmp(&b.0));
    near.truncate(config.day.most_issues);
    let issue = |(_, target): &(f64, &issues::Target)| {
        json!({
            "id": target.id, "kind": target.kind, "title": target.title, "lon": target.lon, "lat": target.lat,
            "category": target.category, "count": target.count,
            "due": target.due_at.map(|at| cx.words.date(at)), "late": target.due_at.is_some_and(|at| at <= cx.now),
        })
    };
    // What a round can do something about comes first.
    let mut categories: Vec<_> = catalogue.categories.iter().collect();
    categories.sort_by_key(|c| !c.patrol);
    let category = |c: &&signals::category::Category| json!({ "id": c.id, "name": c.name.get(lang), "hint": c.hint.get(lang), "patrol": c.patrol });
    let rule = |r: &crate::config::HouseRule| json!({ "title": r.title.get(lang), "text": r.text.get(lang) });
    let outcome = |o: &Outcome| json!({ "id": o, "name": cx.t(&format!("patrol-outcome-{o}")) });
    let becomes = |s: &State| json!({ "id": s, "name": cx.t(&format!("state-{s}")) });
    let answer = |t: &sync::Told| json!({ "id": t.id, "outcome": t.outcome, "text": sync::sentence(cx, t) });
    Ok(json!({
        "account": account,
        "name": cx.actor.name,
        "municipality": cx.municipality.file.name,
        "zone": cx.municipality.zone.iana_name(),
        "lang": lang,
        "lock": config.lock,
        "photo": config.photo,
        "voice": config.voice,
        "position": config.position,
        "assistance": config.assistance,
        "last": last_seq,
        "shifts": days.iter().map(|day| shift(cx, day)).collect::<Vec<_>>(),
        "issues": near.iter().map(issue).collect::<Vec<_>>(),
        "categories": categories.iter().map(category).collect::<Vec<_>>(),
        "rules": config.rules.iter().map(rule).collect::<Vec<_>>(),
        "outcomes": Outcome::ALL.iter().map(outcome).collect::<Vec<_>>(),
        "becomes": NEXT.iter().map(becomes).collect::<Vec<_>>(),
        "told": told.iter().map(answer).collect::<Vec<_>>(),
    }))
}

fn shift(cx: &Cx, day: &Day) -> Value {
    let config = cx.municipality.get::<PatrolConfig>();
    let lang = cx.words.language();
    let kind = config.shift_name(&day.shift.kind, lang);
    let round = |(round, visits): &(patrol::round::Round, Vec<Visit>)| json!({ "id": round.id, "state": round.state, "visits": visits.iter().map(|v| visit(cx, v)).collect::<Vec<_>>() });
    json!({
        "id": day.shift.id,
        "from": ms(day.shift.starts_at),
        "to": ms(day.shift.ends_at),
        "when": format!("{} - {}", cx.words.time(day.shift.starts_at), cx.words.time(day.shift.ends_at)),
        "day": cx.words.weekday(day.shift.starts_at.local(cx.words.zone()).date()),
        "team": config.team_name(&day.shift.team, lang),
        "kind": kind,
        "base": { "lon": day.shift.lon, "lat": day.shift.lat },
        "officers": day.officers.iter().map(|o| o.name.as_str()).collect::<Vec<_>>(),
        "rounds": day.rounds.iter().map(round).collect::<Vec<_>>(),
    })
}

fn visit(cx: &Cx, visit: &Visit) -> Value {
    json!({
        "id": visit.id, "kind": visit.kind, "target": visit.target, "category": visit.category,
        "title": visit.title, "lon": visit.lon, "lat": visit.lat,
        "planned": ms(visit.planned_at), "time": cx.words.time(visit.planned_at), "minutes": visit.minutes,
        "subject": today::subject(cx, visit), "why": today::why(cx, visit),
        "state": visit.state, "outcome": visit.outcome, "note": visit.note, "arrived": visit.arrived_at.map(ms),
    })
}

/// `GET /api/field/map`: the outlines of the neighbourhoods, each ring as whole hundred-thousandths of a degree: the
/// first point, then steps from point to point. With an ETag.
///
/// # Errors
/// When the policy refuses.
pub async fn map(cx: Cx, headers: HeaderMap) -> Result<Response, Fault> {
    cx.permit("field:use", &Resource::ordinary("field", cx.code()))?;
    let sheet = cx.municipality.get::<Atlas>().sheet();
    let areas: Vec<Value> = sheet
        .index
        .shapes()
        .iter()
        .filter(|shape| shape.level == areas::Level::Neighbourhood)
        .map(|shape| {
            let rings: Vec<Vec<i64>> = shape
                .geometry
                .iter()
                .map(|polygon| steps(polygon.exterior().coords().map(|c| (c.x, c.y))))
                .filter(|ring| ring.len() >= 6)
                .collect();
            json!({ "name": sheet.name(&shape.code), "rings": rings })
        })
        .collect();
    Ok(tagged(&headers, json!({ "areas": areas }).to_string()))
}

/// The first point and the steps from point to point, small ones left out.
fn steps(points: impl Iterator<Item = (f64, f64)>) -> Vec<i64> {
    #[allow(clippy::cast_possible_truncation, reason = "degrees fit")]
    let whole = |v: f64| (v * 100_000.0).round() as i64;
    let mut out = Vec::new();
    let (mut x, mut y) = (0, 0);
    for (lon, lat) in points {
        let (to_x, to_y) = (whole(lon), whole(lat));
        if !out.is_empty() && (to_x - x).abs() < STEP && (to_y - y).abs() < STEP {
            continue;
        }
        out.extend([to_x - x, to_y - y]);
        (x, y) = (to_x, to_y);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::steps;

    #[test]
    fn an_outline_is_small_steps_that_lead_back_to_where_it_began() {
        let ring = [(4.58, 52.48), (4.580_01, 52.480_01), (4.73, 52.48), (4.73, 52.54), (4.58, 52.48)];
        let out = steps(ring.into_iter());
        assert_eq!(out, [458_000, 5_248_000, 15_000, 0, 0, 6_000, -15_000, -6_000]);
        let end = out.chunks(2).fold((0, 0), |at, step| (at.0 + step[0], at.1 + step[1]));
        assert_eq!(end, (458_000, 5_248_000));
    }
}
