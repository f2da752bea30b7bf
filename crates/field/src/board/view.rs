//! The page of the board.

use crate::call::{self, Call, CallState};
use crate::{place, sync};
use areas::Atlas;
use axum::response::Response;
use kit::{At, Fault};
use patrol::PatrolConfig;
use patrol::round::VisitState;
use patrol::walk::today::{self, Day};
use policy::Resource;
use signals::{Catalogue, issues};
use site::Cx;
use site::map::{Area, Layers, MapView, Spot};
use site::page::{Page, render};

/// Most open places that are counted.
const MOST_OPEN: i64 = 5_000;
/// A place older than this is shown as old, in minutes.
const OLD_MIN: i64 = 10;

#[derive(askama::Template)]
#[template(path = "board/pages/board.html")]
struct BoardPage {
    page: Page,
    at: String,
    calls: Vec<CallLine>,
    alarm: bool,
    map: String,
    officers: Vec<Officer>,
    places: usize,
    told: Vec<ToldLine>,
    open: Vec<(String, String)>,
    hours: Vec<(String, String, String)>,
}

struct CallLine {
    id: String,
    request: String,
    close_request: String,
    officer: String,
    when: String,
    place: String,
    geo: String,
    state: String,
    tone: &'static str,
    open: bool,
    cancelled: bool,
}

struct Officer {
    name: String,
    team: String,
    shift: String,
    place: String,
    age: String,
    old: bool,
    round: String,
    href: String,
    now: String,
    hours: String,
    state: String,
    tone: &'static str,
}

struct ToldLine {
    id: String,
    request: String,
    officer: String,
    when: String,
    kind: String,
    state: String,
    tone: &'static str,
    text: String,
    words: String,
    href: String,
}

fn minutes(a: At, b: At) -> i64 {
    (b.micros() - a.micros()).max(0) / 60_000_000
}

/// `GET /board`.
///
/// # Errors
/// When the policy or the database refuses.
pub async fn board(cx: Cx) -> Result<Response, Fault> {
    let permit = cx.permit("board:read", &Resource::ordinary("field", cx.code()))?;
    let (catalogue, atlas) = (cx.municipality.get::<Catalogue>(), cx.municipality.get::<Atlas>());
    let read = cx.permit("signal:list", &Resource::ordinary("signal", cx.code()))?;
    let hour = 3_600_000_000;
    let mut tx = cx.read().await?;
    let (from, to) = (At::from_micros(cx.now.micros() - hour / 2), At::from_micros(cx.now.micros() + 2 * hour));
    let days = today::days(&mut tx, &permit, None, (from, to)).await?;
    let places = place::all(&mut tx, &permit, cx.now).await?;
    let calls = call::recent(&mut tx, &permit, At::from_micros(cx.now.micros() - 12 * hour)).await?;
    let told = sync::to_look_at(&mut tx, &permit).await?;
    let open = issues::open_for_patrol(&mut tx, &read, &catalogue, &atlas, MOST_OPEN).await?;
    drop(tx);
    let words = &cx.words;
    let sheet = atlas.sheet();
    let name_of =
        |lon: f64, lat: f64| sheet.neighbourhood(lon, lat).map_or_else(String::new, |c| sheet.name(c).to_owned());
    let officers: Vec<Officer> = days
        .iter()
        .flat_map(|day| day.officers.iter().map(move |o| (day, o)))
        .map(|(day, o)| {
            let place = places.iter().find(|p| p.account_id == o.account_id);
            let mut line = officer(&cx, day);
            line.name.clone_from(&o.name);
            if let Some(place) = place {
                let age = minutes(place.at, cx.now);
                line.place = name_of(place.lon, place.lat);
                line.age = words.tn("field-board-age", age);
                line.old = age >= OLD_MIN;
            }
            line
        })
        .collect();
    let spots = places.iter().map(|p| Spot {
        lon: p.lon,
        lat: p.lat,
        class: if minutes(p.at, cx.now) >= OLD_MIN { "off" } else { "ok" },
        title: who(&days, p.account_id),
        href: None,
    });
    let alarms = calls.iter().filter(|c| c.state != CallState::Closed).filter_map(|c| {
        let (lon, lat) = c.lon.zip(c.lat)?;
        Some(Spot { lon, lat, class: "late", title: c.officer.clone(), href: None })
    });
    let points: Vec<Spot> = spots.chain(alarms).collect();
    let late = open.iter().filter(|t| t.due_at.is_some_and(|at| at <= cx.now)).count();
    let urgent = open.iter().filter(|t| t.urgency == signals::Urgency::High).count();
    let count = |n: usize| words.whole(i64::try_from(n).unwrap_or(i64::MAX));
    render(&BoardPage {
        at: words.time(cx.now),
        alarm: calls.iter().any(|c| c.state == CallState::Open),
        calls: calls
            .iter()
            .filter(|c| c.state != CallState::Closed)
            .map(|c| call_line(&cx, c, name_of(c.lon.unwrap_or(0.0), c.lat.unwrap_or(0.0))))
            .collect(),
        map: map(&cx, points),
        places: places.len(),
        told: told.iter().map(|t| told_line(&cx, t)).collect(),
        open: vec![
            (cx.t("field-board-open"), count(open.len())),
            (cx.t("field-board-late"), count(late)),
            (cx.t("field-board-urgent"), count(urgent)),
        ],
        hours: hours(&cx, &days),
        officers,
        page: cx.page("field-board-title"),
    })
}

fn who(days: &[Day], account: kit::Uuid) -> String {
    let mut all = days.iter().flat_map(|d| &d.officers);
    all.find(|o| o.account_id == account).map_or_else(String::new, |o| o.name.clone())
}

/// Shift, round and hours of everybody on one shift.
fn officer(cx: &Cx, day: &Day) -> Officer {
    let words = &cx.words;
    let config = cx.municipality.get::<PatrolConfig>();
    let visits = || day.rounds.iter().flat_map(|(_, visits)| visits);
    let done = visits().filter(|v| v.state == VisitState::Left).count();
    let number = |n: usize| i64::try_from(n).unwrap_or(0);
    let of = number(visits().count());
    let (from, to) = (day.shift.starts_at, day.shift.ends_at);
    let used = minutes(from, cx.now.min(to));
    let here = visits().find(|v| v.state == VisitState::Arrived);
    let next = visits().find(|v| v.state == VisitState::Planned);
    let state = day.rounds.first().map(|(round, _)| round.state);
    Officer {
        name: String::new(),
        team: config.team_name(&day.shift.team, words.language()).to_owned(),
        shift: format!("{} - {}", words.time(from), words.time(to)),
        place: String::new(),
        age: String::new(),
        old: false,
        round: if of == 0 {
            cx.t("field-board-no-round")
        } else {
            words.ta("patrol-visits-done", &[("done", number(done).into()), ("of", of.into())])
        },
        href: day.rounds.first().map_or_else(String::new, |(round, _)| format!("/rounds/{}", round.id)),
        now: match (here, next) {
            (Some(visit), _) => words.t1("field-board-at", "place", &visit.title),
            (None, Some(visit)) => words.t1("field-board-next", "place", &visit.title),
            (None, None) => String::new(),
        },
        hours: words
            .ta("field-board-hours-of", &[("used", spent(used).into()), ("plan", spent(minutes(from, to)).into())]),
        state: state.map_or_else(String::new, |s| cx.t(&format!("patrol-state-{s}"))),
        tone: match state {
            Some(patrol::round::RoundState::Running) => "ok",
            Some(patrol::round::RoundState::Approved) => "info",
            _ => "off",
        },
    }
}

/// `3:20`: hours and minutes.
fn spent(minutes: i64) -> String {
    format!("{}:{:02}", minutes / 60, minutes % 60)
}

/// Hours of all shifts and minutes at places, used against the plan.
fn hours(cx: &Cx, days: &[Day]) -> Vec<(String, String, String)> {
    let visits = || days.iter().flat_map(|d| &d.rounds).flat_map(|(_, visits)| visits);
    let people = |d: &Day| i64::try_from(d.officers.len()).unwrap_or(0);
    let plan: i64 = days.iter().map(|d| people(d) * minutes(d.shift.starts_at, d.shift.ends_at)).sum();
    let used: i64 = days.iter().map(|d| people(d) * minutes(d.shift.starts_at, cx.now.min(d.shift.ends_at))).sum();
    let there: i64 = visits().filter_map(patrol::round::Visit::present_min).sum();
    let wanted: i64 = visits().map(|v| v.minutes).sum();
    let line = |key: &str, used: i64, plan: i64| {
        (cx.t(key), spent(used), cx.words.t1("field-board-planned", "plan", &spent(plan)))
    };
    vec![line("field-board-hours", used, plan), line("field-board-present", there, wanted)]
}

fn call_line(cx: &Cx, call: &Call, area: String) -> CallLine {
    let words = &cx.words;
    let place = match (call.lon.zip(call.lat), call.place_at) {
        (Some(_), Some(at)) => {
            words.ta("field-board-call-place", &[("area", area.into()), ("time", words.time(at).into())])
        }
        _ => cx.t("field-board-call-no-place"),
    };
    CallLine {
        id: call.id.to_string(),
        request: cx.app.clock.id().to_string(),
        close_request: cx.app.clock.id().to_string(),
        officer: call.officer.clone(),
        when: words.time(call.at),
        place,
        geo: call.lon.zip(call.lat).map_or_else(String::new, |(lon, lat)| format!("{lat:.4}, {lon:.4}")),
        state: cx.t(&format!("field-board-call-{}", call.state)),
        tone: match call.state {
            CallState::Open => "late",
            CallState::Answered => "soon",
            CallState::Cancelled | CallState::Closed => "off",
        },
        open: call.state == CallState::Open,
        cancelled: call.state == CallState::Cancelled,
    }
}

fn told_line(cx: &Cx, told: &sync::Told) -> ToldLine {
    ToldLine {
        id: told.id.to_string(),
        request: cx.app.clock.id().to_string(),
        officer: told.officer.clone(),
        when: cx.words.date_time(told.at),
        kind: cx.t(&format!("field-kind-{}", told.kind.as_str().replace('.', "-"))),
        state: cx.t(&format!("field-outcome-{}", told.outcome)),
        tone: if told.outcome == sync::model::Outcome::Refused { "late" } else { "soon" },
        text: sync::sentence(cx, told),
        words: sync::words(told),
        href: match (told.kind, told.record_id) {
            (sync::model::Kind::Observation, Some(id)) => format!("/signals/{id}"),
            _ => String::new(),
        },
    }
}

fn map(cx: &Cx, points: Vec<Spot>) -> String {
    let sheet = cx.municipality.get::<Atlas>().sheet();
    let areas: Vec<Area> = sheet
        .index
        .shapes()
        .iter()
        .filter(|shape| shape.level == areas::Level::Neighbourhood)
        .map(|shape| Area {
            id: shape.code.clone(),
            rings: shape.geometry.iter().map(|p| p.exterior().coords().map(|c| (c.x, c.y)).collect()).collect(),
            title: sheet.name(&shape.code).to_owned(),
            ..Area::default()
        })
        .collect();
    let Some(view) = MapView::around(areas.iter().flat_map(|a| &a.rings), 640.0) else { return String::new() };
    view.svg(&Layers { title: cx.t("field-board-map"), areas, points, ..Layers::default() })
}
