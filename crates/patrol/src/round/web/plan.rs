//! The plan of a shift: what is proposed for each crew and why, what is left out and why, what every choice costs, and
//! the approval.

use super::new::letter;
use super::when;
use crate::config::PatrolConfig;
use crate::form::Fields;
use crate::round::candidates::Place;
use crate::round::draft::{Crew, Decision, Draft, Edit, Stop, Tour};
use crate::round::ops::{self, Approval, Sent};
use crate::round::search::{self, Searches};
use crate::round::view::plan_map;
use crate::round::words::sentences;
use crate::round::{Round, VisitKind, store};
use crate::shift::{self, OnShift, Shift};
use areas::Atlas;
use axum::Json;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use kit::{Fault, FieldFaults, Uuid, Words};
use policy::Resource;
use signals::Catalogue;
use site::page::{Choice, FormError, Link, Notice, Page, render_as};
use site::{Cx, see_other};

/// Left-out places shown; the rest is a number.
const MOST_LEFT_OUT: usize = 15;

#[derive(askama::Template)]
#[template(path = "round/pages/plan.html")]
struct PlanPage {
    page: Page,
    crumbs: Vec<Link>,
    errors: Vec<FormError>,
    id: String,
    version: String,
    change_request: String,
    approve_request: String,
    may_plan: bool,
    when: String,
    team: String,
    late: bool,
    plan: String,
    stamp: String,
    going: bool,
    progress: String,
    source: String,
    points: String,
    weighed: String,
    forecast: String,
    seed: String,
    changed: bool,
    map: String,
    crews: Vec<CrewRow>,
    left_out: Vec<LeftRow>,
    more: String,
    decisions: Vec<Choice>,
    decision: String,
    decision_error: String,
    reason: String,
    reason_error: String,
}

struct CrewRow {
    letter: char,
    colour: usize,
    number: usize,
    officers: String,
    mode: String,
    times: String,
    ordered: bool,
    order_cost: String,
    stops: Vec<StopRow>,
}

struct StopRow {
    key: String,
    label: String,
    time: String,
    title: String,
    subject: String,
    why: String,
    now: String,
    gain: String,
    way: String,
    rest: bool,
    late: bool,
    locked: bool,
    cost: String,
    first: bool,
    last: bool,
    others: Vec<(usize, String)>,
}

struct LeftRow {
    key: String,
    title: String,
    subject: String,
    why: String,
    reason: String,
}

/// What a visit is about: its category, or the kind of square.
pub(crate) fn subject(cx: &Cx, kind: VisitKind, category: Option<&str>) -> String {
    match category {
        Some(id) => cx.municipality.get::<Catalogue>().name(id, cx.words.language()).to_owned(),
        None => cx.t(&format!("patrol-kind-{kind}")),
    }
}

/// Metres in words: `350 m`, `1,2 km`.
pub(crate) fn metres(words: &Words, metres: f64) -> String {
    if metres < 995.0 {
        format!("{}\u{a0}m", words.number((metres / 10.0).round() * 10.0, 0))
    } else {
        format!("{}\u{a0}km", words.number(metres / 1000.0, 1))
    }
}

/// Hundredths of a point in words: `3,2`.
#[allow(clippy::cast_precision_loss, reason = "points are few")]
fn points(words: &Words, hundredths: i64) -> String {
    words.number(hundredths as f64 / 100.0, 1)
}

/// Whole minutes of so many seconds, rounded up: who leaves on time is not late.
fn minutes(seconds: i64) -> i64 {
    (seconds + 59).div_euclid(60)
}

/// What a plan says of one crew and its stops.
struct Sayer<'a> {
    cx: &'a Cx,
    draft: &'a Draft,
    catalogue: &'a Catalogue,
    today: i32,
    officers: &'a [OnShift],
}

impl Sayer<'_> {
    fn why(&self, place: &Place) -> String {
        sentences(&self.cx.words, self.catalogue, &place.why, self.today)
    }

    fn crew(&self, number: usize, crew: &Crew, tour: &Tour) -> CrewRow {
        let words = &self.cx.words;
        let who: Vec<&str> =
            self.officers.iter().filter(|o| crew.officers.contains(&o.account_id)).map(|o| o.name.as_str()).collect();
        let last = tour.stops.len();
        let mut visits = 0;
        let stops = (1..).zip(&tour.stops).map(|(n, stop)| {
            let place = self.draft.place(&stop.key);
            visits += usize::from(place.is_some());
            self.stop((number, visits, crew), stop, place, (n == 1, n == last))
        });
        let stops: Vec<StopRow> = stops.collect();
        CrewRow {
            letter: letter(number),
            colour: number % 6 + 1,
            number,
            officers: who.join(", "),
            mode: words.t(&format!("patrol-mode-{}", crew.mode)),
            times: words.ta(
                "patrol-crew-times",
                &[
                    ("visits", i64::try_from(visits).unwrap_or(0).into()),
                    ("leave", words.time(self.draft.from).into()),
                    ("back", words.time(self.draft.at(tour.back)).into()),
                    ("min", minutes(tour.travel).into()),
                ],
            ),
            ordered: self.draft.orders.contains_key(&number),
            order_cost: self.cost(&Draft::order_key(number)),
            stops,
        }
    }

    /// What a choice costs, in words; empty while it is not known.
    fn cost(&self, key: &str) -> String {
        match self.draft.costs.get(key) {
            None => String::new(),
            Some(..5) => self.cx.t("patrol-cost-none"),
            Some(cost) => self.cx.words.t1("patrol-cost", "points", &points(&self.cx.words, *cost)),
        }
    }

    fn stop(
        &self,
        (crew, visit, who): (usize, usize, &Crew),
        stop: &Stop,
        place: Option<&Place>,
        (first, last): (bool, bool),
    ) -> StopRow {
        let (words, draft) = (&self.cx.words, self.draft);
        let others = (0..draft.crews.len()).filter(|n| *n != crew && place.is_some());
        StopRow {
            key: stop.key.clone(),
            label: if place.is_some() { format!("{}{visit}", letter(crew)) } else { "\u{2013}".to_owned() },
            time: format!("{} - {}", words.time(draft.at(stop.begin)), words.time(draft.at(stop.leave))),
            title: place.map_or_else(|| words.t("patrol-rest"), |p| p.title.clone()),
            subject: place.map(|p| subject(self.cx, p.kind, p.category.as_deref())).unwrap_or_default(),
            why: place.map(|p| self.why(p)).unwrap_or_else(|| words.t("patrol-rest-why")),
            now: self.now(stop, place),
            gain: self.gain(&stop.key),
            way: self.way(who, stop),
            rest: place.is_none(),
            late: stop.slack < 0,
            locked: draft.pins.contains_key(&stop.key),
            cost: self.cost(&stop.key),
            first,
            last,
            others: others.map(|n| (n, letter(n).to_string())).collect(),
        }
    }

    /// How one gets there, and how long one waits.
    fn way(&self, who: &Crew, stop: &Stop) -> String {
        let words = &self.cx.words;
        let way = words.tn(&format!("patrol-way-{}", who.mode), minutes(i64::from(stop.travel)));
        match (stop.begin - stop.arrive) / 60 {
            ..1 => way,
            wait => words.ta("patrol-way-wait", &[("way", way.into()), ("min", i64::from(wait).into())]),
        }
    }

    /// Why at this moment: the hours that it must lie in, and how much room there is.
    fn now(&self, stop: &Stop, place: Option<&Place>) -> String {
        let words = &self.cx.words;
        let window = place.and_then(|p| p.windows.iter().find(|(open, close)| (*open..=*close).contains(&stop.begin)));
        let mut parts = Vec::new();
        if let Some((open, close)) = window {
            let time = |seconds: i32| words.time(self.draft.at(seconds));
            parts.push(
                words.ta("patrol-now-window", &[("from", time((*open).max(0)).into()), ("to", time(*close).into())]),
            );
        }
        parts.push(match stop.slack / 60 {
            _ if stop.slack < 0 => words.t("patrol-now-late"),
            ..2 => words.t("patrol-now-tight"),
            slack => words.tn("patrol-now-slack", i64::from(slack)),
        });
        parts.join(" ")
    }

    /// What falls away without the visit.
    fn gain(&self, key: &str) -> String {
        let Some(gain) = self.draft.gains.get(key) else { return String::new() };
        let words = &self.cx.words;
        let titles: Vec<&str> =
            gain.instead.iter().filter_map(|key| self.draft.place(key)).map(|p| p.title.as_str()).take(2).collect();
        let points = points(words, gain.score);
        if titles.is_empty() {
            words.t1("patrol-gain", "points", &points)
        } else {
            words.ta("patrol-gain-instead", &[("points", points.into()), ("places", titles.join(", ").into())])
        }
    }
}

/// How far the search is, in words, and whether it goes on.
#[allow(clippy::cast_precision_loss, reason = "points and seconds are few")]
fn progress(cx: &Cx, round: Uuid, draft: &Draft) -> (bool, String) {
    let words = &cx.words;
    let better = 100.0 * (draft.score as f64 / draft.searched.first.max(1) as f64 - 1.0);
    let number = |n: u64| words.whole(i64::try_from(n).unwrap_or(i64::MAX));
    let found = if better < 0.05 {
        words.t("patrol-search-same")
    } else {
        words.t1("patrol-search-better", "better", &words.number(better, 1))
    };
    let said = match cx.municipality.get::<Searches>().progress(round).filter(|p| p.until > cx.now) {
        Some(now) => {
            let left = (now.until.micros() - cx.now.micros() + 999_999) / 1_000_000;
            (true, words.ta("patrol-search-going", &[("sec", left.into()), ("n", number(now.tried).into())]))
        }
        None if draft.searched.tried == 0 => return (false, words.t("patrol-search-none")),
        None => {
            let seconds = words.number(draft.searched.ms as f64 / 1000.0, 1);
            let values = [("sec", seconds.into()), ("n", number(draft.searched.tried).into())];
            (false, words.ta("patrol-search-done", &values))
        }
    };
    (said.0, format!("{} {found}", said.1))
}

/// Changes when the plan on the page is not the newest.
fn stamp(round: &Round, draft: &Draft) -> String {
    format!("{}.{}.{}.{}", round.version, draft.score, draft.gains.len(), draft.costs.len())
}

/// `GET /rounds/{id}/progress`: how far the search is, for the page that looks on.
pub async fn watch(cx: Cx, Path(id): Path<Uuid>) -> Result<Response, Fault> {
    let permit = cx.permit("round:read", &Resource::ordinary("round", cx.code()))?;
    let mut tx = cx.read().await?;
    let round = store::get(&mut tx, &permit, id).await?.ok_or(Fault::NotFound)?;
    drop(tx);
    let answer = match ops::draft(&round)? {
        Some(draft) if round.state == crate::round::RoundState::Proposed => {
            let (going, text) = progress(&cx, id, &draft);
            let going = going || cx.municipality.get::<Searches>().progress(id).is_some();
            serde_json::json!({ "going": going, "text": text, "stamp": stamp(&round, &draft) })
        }
        _ => serde_json::json!({ "going": false, "text": "", "stamp": "over" }),
    };
    Ok(Json(answer).into_response())
}

/// `POST /rounds/{id}/search`: search on.
pub async fn search_on(cx: Cx, Path(id): Path<Uuid>, fields: Fields) -> Result<Response, Fault> {
    cx.permit("round:plan", &Resource::ordinary("round", cx.code()))?;
    search::start(&cx, id, fields.number("version")?, true);
    Ok(see_other(&format!("/rounds/{id}#search")))
}

/// The plan of a proposed round; `fault` of an approval or change that was sent stands at its fields.
pub(super) fn page(
    cx: &Cx,
    status: StatusCode,
    round: &Round,
    draft: &Draft,
    (shift, officers): (&Shift, &[OnShift]),
    approval: &Approval,
    fault: Option<&Fault>,
) -> Result<Response, Fault> {
    let words = &cx.words;
    let none = FieldFaults::default();
    let faults = if let Some(Fault::Invalid(faults)) = fault { faults } else { &none };
    let (catalogue, atlas) = (cx.municipality.get::<Catalogue>(), cx.municipality.get::<Atlas>());
    let config = cx.municipality.get::<PatrolConfig>();
    let today = cx.now.day_and_hour(&cx.municipality.zone).0;
    let says = Sayer { cx, draft, catalogue: &catalogue, today, officers };
    let crews: Vec<CrewRow> =
        draft.crews.iter().zip(&draft.tours).enumerate().map(|(n, (crew, tour))| says.crew(n, crew, tour)).collect();
    let left: Vec<&Place> = draft.places.iter().filter(|p| draft.crew_of(&p.key).is_none()).collect();
    let unseen = draft.weighed.saturating_sub(draft.visits()).saturating_sub(left.len().min(MOST_LEFT_OUT));
    let left_out = left
        .iter()
        .take(MOST_LEFT_OUT)
        .map(|p| {
            let reason = match draft.left_out.get(&p.key) {
                Some(left) => words.t(&format!("patrol-left-{left}")),
                None => words.t("patrol-left-out"),
            };
            LeftRow {
                key: p.key.clone(),
                title: p.title.clone(),
                subject: subject(cx, p.kind, p.category.as_deref()),
                why: says.why(p),
                reason: [reason, says.cost(&p.key)].join(" ").trim().to_owned(),
            }
        })
        .collect();
    let mut frame = cx.page("patrol-plan");
    frame.notice = match fault {
        Some(Fault::Stale) => Some(Notice { kind: "warning", text: cx.t("fault-stale-text") }),
        _ => None,
    };
    let (going, progress) = progress(cx, round.id, draft);
    let source = cx.municipality.find::<streets::StreetMap>().map_or("patrol-straight", |map| map.source_key());
    let base = (draft.base.0, draft.base.1, cx.t("patrol-base"));
    render_as(
        status,
        &PlanPage {
            crumbs: vec![Link::new("/rounds", cx.t("patrol-title"))],
            errors: cx.summary(faults),
            id: round.id.to_string(),
            version: round.version.to_string(),
            change_request: cx.app.clock.id().to_string(),
            approve_request: cx.app.clock.id().to_string(),
            may_plan: cx.may("round:plan"),
            when: when(words, shift),
            team: config.team_name(&shift.team, words.language()).to_owned(),
            late: draft.is_late(),
            plan: draft.text(),
            stamp: stamp(round, draft),
            going,
            progress,
            source: cx.t(if draft.by_streets { source } else { "patrol-straight" }),
            points: points(words, i64::try_from(draft.score).unwrap_or(0)),
            weighed: words.whole(i64::try_from(draft.weighed).unwrap_or(0)),
            forecast: draft.forecast_at.map_or_else(|| cx.t("patrol-no-forecast"), |at| words.date_time(at)),
            seed: round.seed.to_string(),
            changed: draft.deviates(),
            map: plan_map(&atlas, cx.t("patrol-maps"), base, draft, |at| words.time(at)),
            crews,
            left_out,
            more: if unseen > 0 {
                words.tn("patrol-left-more", i64::try_from(unseen).unwrap_or(0))
            } else {
                String::new()
            },
            decisions: Decision::ALL
                .iter()
                .map(|d| Choice::new(d.as_str(), words.t(&format!("patrol-decision-{d}"))))
                .collect(),
            decision: approval.decision.clone(),
            decision_error: faults.of("decision", words).unwrap_or_default(),
            reason: approval.reason.clone(),
            reason_error: faults.of("reason", words).unwrap_or_default(),
            page: frame,
        },
    )
}

/// `POST /rounds/{id}/change`.
pub async fn change(cx: Cx, Path(id): Path<Uuid>, fields: Fields) -> Result<Response, Fault> {
    let edit = Edit::parse(fields.get("do")).ok_or(Fault::Bad("fault-bad-request"))?;
    let sent = Sent { request: fields.id("request")?, version: fields.number("version")?, plan: fields.get("plan") };
    match ops::change(&cx, id, sent, &edit).await {
        Ok(version) => {
            search::start(&cx, id, version, edit == Edit::Solve);
            Ok(see_other(&format!("/rounds/{id}#stops")))
        }
        Err(Fault::Stale) => again(&cx, id, &Approval::default(), Fault::Stale).await,
        Err(other) => Err(other),
    }
}

/// The plan once more, with what went wrong and the text that was typed.
async fn again(cx: &Cx, id: Uuid, approval: &Approval, fault: Fault) -> Result<Response, Fault> {
    let permit = cx.permit("round:read", &Resource::ordinary("round", cx.code()))?;
    let mut tx = cx.read().await?;
    let round = store::get(&mut tx, &permit, id).await?.ok_or(Fault::NotFound)?;
    let (Some(draft), crate::round::RoundState::Proposed) = (ops::draft(&round)?, round.state) else {
        return Err(fault);
    };
    let (shift, officers) = shift::ops::with_officers(&mut tx, &permit, round.shift_id).await?;
    page(cx, fault.status(), &round, &draft, (&shift, &officers), approval, Some(&fault))
}

fn approval(fields: &Fields) -> Result<Approval, Fault> {
    Ok(Approval {
        request: fields.id("request")?,
        version: fields.number("version")?,
        plan: fields.get("plan").to_owned(),
        decision: fields.get("decision").to_owned(),
        reason: fields.get("reason").to_owned(),
    })
}

/// `POST /rounds/{id}/approve`.
pub async fn approve(cx: Cx, Path(id): Path<Uuid>, fields: Fields) -> Result<Response, Fault> {
    let approval = approval(&fields)?;
    match ops::approve(&cx, id, &approval).await {
        Ok(()) => Ok(see_other(&format!("/rounds/{id}"))),
        Err(fault @ (Fault::Invalid(_) | Fault::Stale)) => again(&cx, id, &approval, fault).await,
        Err(other) => Err(other),
    }
}

/// `POST /rounds/{id}/withdraw`.
pub async fn withdraw(cx: Cx, Path(id): Path<Uuid>, fields: Fields) -> Result<Response, Fault> {
    let approval = approval(&fields)?;
    let mut tx = cx.write().await?;
    match ops::withdraw(&cx, &mut tx, id, &approval).await {
        Ok(()) => {
            tx.commit().await?;
            Ok(see_other("/rounds"))
        }
        Err(fault @ (Fault::Invalid(_) | Fault::Stale)) => {
            drop(tx);
            again(&cx, id, &approval, fault).await
        }
        Err(other) => Err(other),
    }
}
