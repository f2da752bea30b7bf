//! A round after its approval: plan against done.

use super::plan::{beside_words, source_key, subject};
use super::{names, state_tone, when};
use crate::config::PatrolConfig;
use crate::round::candidates::Reason;
use crate::round::draft::Draft;
use crate::round::replan::Changed;
use crate::round::store::OnRound;
use crate::round::view::{Course, round_map};
use crate::round::words::{changed, outcome_tone, sentences};
use crate::round::{Outcome, Round, RoundState, Visit, VisitKind, VisitState, rest_before};
use crate::shift::{OnShift, Shift};
use axum::response::Response;
use kit::{At, Fault, Uuid};
use signals::Catalogue;
use site::page::{Link, Page};
use site::{Cx, render};

/// Stands where there is no number.
const DASH: &str = "\u{2013}";

#[derive(askama::Template)]
#[template(path = "round/pages/done.html")]
struct DonePage {
    page: Page,
    crumbs: Vec<Link>,
    id: String,
    version: String,
    request: String,
    may_withdraw: bool,
    may_walk: bool,
    when: String,
    team: String,
    officers: String,
    state: String,
    tone: &'static str,
    decision: String,
    reason: String,
    approved: String,
    seed: String,
    mode: String,
    rest: String,
    others: Vec<Link>,
    changes: Vec<String>,
    may_replan: bool,
    visits_done: String,
    present: String,
    action: String,
    /// What times and line rest on; empty for a round that was moved in from elsewhere.
    source: String,
    /// Which places lie too far from every street; empty: none.
    beside: String,
    map: String,
    rows: Vec<Row>,
}

struct Row {
    /// Number on the map; a sign for what is not visited and for the break.
    seq: String,
    rest: bool,
    title: String,
    href: String,
    subject: String,
    why: String,
    planned: String,
    done: String,
    minutes: String,
    outcome: String,
    tone: &'static str,
    note: String,
}

pub(super) fn page(
    cx: &Cx,
    round: &Round,
    draft: Option<&Draft>,
    (shift, officers): (&Shift, &[OnShift]),
    visits: &[Visit],
    changes: &[(At, Changed)],
    others: Vec<(Uuid, Vec<OnRound>)>,
) -> Result<Response, Fault> {
    let words = &cx.words;
    let catalogue = cx.municipality.get::<Catalogue>();
    let config = cx.municipality.get::<PatrolConfig>();
    let today = cx.now.day_and_hour(&cx.municipality.zone).0;
    let done = visits.iter().filter(|v| v.state == VisitState::Left).count();
    let present: i64 = visits.iter().filter_map(Visit::present_min).sum();
    let acted = visits.iter().filter(|v| v.outcome.is_some_and(Outcome::is_action)).count();
    let number = |n: usize| i64::try_from(n).unwrap_or(0);
    let mut number_on_map = 0;
    let mut rows: Vec<Row> = visits
        .iter()
        .map(|v| {
            let made = v.state != VisitState::Skipped;
            number_on_map += i64::from(made);
            let why: Vec<Reason> = serde_json::from_str(&v.why).unwrap_or_default();
            Row {
                seq: if made { number_on_map.to_string() } else { DASH.to_owned() },
                rest: false,
                title: v.title.clone(),
                href: target(v),
                subject: subject(cx, v.kind, v.category.as_deref()),
                why: sentences(words, &catalogue, &why, today),
                planned: words.time(v.planned_at),
                done: match (v.arrived_at, v.left_at) {
                    (Some(a), Some(b)) => format!("{} - {}", words.time(a), words.time(b)),
                    (Some(a), None) => words.time(a),
                    _ if !made => DASH.to_owned(),
                    _ => String::new(),
                },
                minutes: match v.present_min() {
                    Some(min) => words.ta("patrol-minutes-of", &[("min", min.into()), ("of", v.minutes.into())]),
                    None if !made => DASH.to_owned(),
                    None => String::new(),
                },
                outcome: match v.outcome {
                    Some(o) => words.t(&format!("patrol-outcome-{o}")),
                    None => words.t(&format!("patrol-visit-{}", v.state)),
                },
                tone: v.outcome.map_or("neutral", outcome_tone),
                note: v.note.clone(),
            }
        })
        .collect();
    if let Some(at) = round.rest_at {
        rows.insert(rest_before(visits, Some(at)), rest_row(cx, round, draft, at));
    }
    let base = (shift.lon, shift.lat, cx.t("patrol-base"));
    let rest = draft.and_then(|d| d.rests.get(&round.id)).copied();
    let course = Course {
        // Of a round from elsewhere nothing is known but the places: the line is the way one goes.
        by_streets: draft.is_none_or(|d| d.by_streets),
        mode: round.travel,
        rest: round.rest_at.zip(rest),
    };
    let title = cx.t("patrol-map");
    let (map, beside) = round_map(&cx.municipality, title, base, &course, visits, |at| words.time(at));
    render(&DonePage {
        crumbs: vec![Link::new("/rounds", cx.t("patrol-title"))],
        id: round.id.to_string(),
        version: round.version.to_string(),
        request: cx.app.clock.id().to_string(),
        may_withdraw: cx.may("round:approve") && round.state == RoundState::Approved,
        may_walk: matches!(round.state, RoundState::Approved | RoundState::Running)
            && (cx.may("round:approve") || officers.iter().any(|o| Some(o.account_id) == cx.actor.account)),
        when: when(words, shift),
        team: config.team_name(&shift.team, words.language()).to_owned(),
        officers: names(officers),
        state: cx.t(&format!("patrol-state-{}", round.state)),
        tone: state_tone(round.state),
        decision: round.decision.map_or_else(String::new, |d| cx.t(&format!("patrol-decided-{d}"))),
        reason: round.reason.clone(),
        approved: round.approved_at.map(|at| words.date_time(at)).unwrap_or_default(),
        seed: round.decision.map(|_| round.seed.to_string()).unwrap_or_default(),
        mode: round.decision.map(|_| cx.t(&format!("patrol-mode-{}", round.travel))).unwrap_or_default(),
        rest: round.rest_at.map_or_else(String::new, |at| {
            words.ta("patrol-rest-at", &[("time", words.time(at).into()), ("min", round.rest_min.into())])
        }),
        others: others
            .into_iter()
            .map(|(id, who)| {
                let names: Vec<String> = who.into_iter().map(|o| o.name).collect();
                Link::new(format!("/rounds/{id}"), words.t1("patrol-other-round", "names", &names.join(", ")))
            })
            .collect(),
        changes: changes.iter().map(|(at, change)| changed(words, *at, change)).collect(),
        may_replan: cx.may("round:approve") && matches!(round.state, RoundState::Approved | RoundState::Running),
        visits_done: words.ta("patrol-of", &[("done", number(done).into()), ("of", number(visits.len()).into())]),
        present: words.tn("patrol-minutes", present),
        action: words.whole(number(acted)),
        source: draft.map_or_else(String::new, |d| cx.t(source_key(cx, d.by_streets))),
        beside: beside_words(words, &beside),
        map,
        rows,
        page: cx.page("patrol-round"),
    })
}

/// The break among the visits, at its time.
fn rest_row(cx: &Cx, round: &Round, draft: Option<&Draft>, at: At) -> Row {
    let spot = draft.and_then(|d| Some((d, *d.rests.get(&round.id)?)));
    Row {
        seq: DASH.to_owned(),
        rest: true,
        title: cx.t("patrol-rest"),
        href: String::new(),
        subject: String::new(),
        why: spot.map_or_else(String::new, |(draft, point)| cx.t(draft.rest_words(point))),
        planned: cx.words.time(at),
        done: String::new(),
        minutes: cx.words.tn("patrol-minutes", round.rest_min),
        outcome: String::new(),
        tone: "neutral",
        note: String::new(),
    }
}

/// The page of the issue or report that a visit is for.
fn target(visit: &Visit) -> String {
    match (visit.kind, visit.target) {
        (VisitKind::Issue, Some(id)) => format!("/issues/{id}"),
        (VisitKind::Signal, Some(id)) => format!("/signals/{id}"),
        _ => String::new(),
    }
}
