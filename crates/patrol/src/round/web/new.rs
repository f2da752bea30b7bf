//! A new plan for a shift: how many visits, who goes with whom, and how.

use super::{names, when};
use crate::config::{Mode, PatrolConfig, Weights};
use crate::form::Fields;
use crate::round::ops::{self, Ask};
use crate::round::search;
use crate::round::value::Draw;
use crate::shift::{self, OnShift};
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::Response;
use kit::{Fault, FieldFaults, Uuid};
use policy::Resource;
use serde::Deserialize;
use signals::Catalogue;
use site::page::{Choice, FormError, Link, Page, render_as};
use site::{Cx, see_other};

#[derive(askama::Template)]
#[template(path = "round/pages/new.html")]
struct NewPage {
    page: Page,
    crumbs: Vec<Link>,
    errors: Vec<FormError>,
    request: String,
    shift: String,
    when: String,
    team: String,
    officers: String,
    reports: String,
    squares: String,
    campaigns: String,
    nothing: bool,
    max_visits: String,
    max_hint: String,
    max_error: String,
    people: Vec<Picked>,
    modes: Vec<Picked>,
    crew_error: String,
    weights: Vec<WeightRow>,
}

/// A list to choose from, with what is chosen.
struct Picked {
    name: String,
    label: String,
    options: Vec<Choice>,
    chosen: String,
}

struct WeightRow {
    name: String,
    value: String,
    why: String,
}

/// The shift for which a round is asked.
#[derive(Debug, Deserialize)]
pub struct ForShift {
    shift: Uuid,
}

/// `GET /rounds/new?shift=`.
pub async fn new(cx: Cx, Query(of): Query<ForShift>) -> Result<Response, Fault> {
    let most = cx.municipality.get::<PatrolConfig>().round.max_visits.to_string();
    let ask = Ask { request: cx.app.clock.id(), shift: of.shift, max_visits: most, crews: vec![], modes: vec![] };
    page(&cx, StatusCode::OK, &ask, &FieldFaults::default()).await
}

/// The letter of a crew, from 0.
pub(crate) fn letter(crew: usize) -> char {
    u32::try_from(crew).ok().filter(|n| *n < 26).and_then(|n| char::from_u32(u32::from('A') + n)).unwrap_or('Z')
}

async fn page(cx: &Cx, status: StatusCode, ask: &Ask, faults: &FieldFaults) -> Result<Response, Fault> {
    let permit = cx.permit("round:plan", &Resource::ordinary("round", cx.code()))?;
    let mut tx = cx.read().await?;
    let (shift, officers) = shift::ops::with_officers(&mut tx, &permit, ask.shift).await?;
    let choice = ops::choice(cx, &mut tx, &permit, &shift, &mut Draw::new(0)).await?;
    let config = cx.municipality.get::<PatrolConfig>();
    let words = &cx.words;
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let reports = choice.places.iter().filter(|p| p.target.is_some()).count() - choice.campaigns;
    let weights = config.weights(shift.starts_at.local(&cx.municipality.zone).date());
    render_as(
        status,
        &NewPage {
            crumbs: vec![Link::new("/rounds", cx.t("patrol-title"))],
            errors: cx.summary(faults),
            request: ask.request.to_string(),
            shift: shift.id.to_string(),
            when: when(words, &shift),
            team: config.team_name(&shift.team, words.language()).to_owned(),
            officers: names(&officers),
            reports: words.tn("patrol-new-reports", count(reports)),
            squares: match choice.forecast_at {
                Some(at) => words.ta(
                    "patrol-new-squares",
                    &[("n", count(choice.cells.len()).into()), ("at", words.date_time(at).into())],
                ),
                None => cx.t("patrol-new-no-forecast"),
            },
            campaigns: words.tn("patrol-new-campaigns", count(choice.campaigns)),
            nothing: choice.places.is_empty() && choice.cells.is_empty(),
            max_visits: ask.max_visits.clone(),
            max_hint: words.t1("patrol-max-hint", "most", &config.round.most_visits.to_string()),
            max_error: faults.of("max_visits", words).unwrap_or_default(),
            people: people(cx, ask, &officers),
            modes: modes(cx, ask, officers.len(), config.mode(&shift.team)),
            crew_error: faults.of("crews", words).unwrap_or_default(),
            weights: weights.map(|w| weight_rows(cx, w)).unwrap_or_default(),
            page: cx.page("patrol-new"),
        },
    )
}

/// For each officer in which crew they go; one officer alone needs no choice.
fn people(cx: &Cx, ask: &Ask, officers: &[OnShift]) -> Vec<Picked> {
    if officers.len() < 2 {
        return vec![];
    }
    let size = cx.municipality.get::<PatrolConfig>().crew.size;
    let crew =
        |n: usize| Choice::new((n + 1).to_string(), cx.words.t1("patrol-crew", "letter", &letter(n).to_string()));
    let mut options: Vec<Choice> = (0..officers.len()).map(crew).collect();
    options.push(Choice::new("0", cx.t("patrol-crew-none")));
    let picked = |(at, officer): (usize, &OnShift)| Picked {
        name: format!("crew-{}", officer.account_id),
        label: officer.name.clone(),
        options: options.clone(),
        chosen: match ask.crews.iter().find(|(account, _)| *account == officer.account_id) {
            Some((_, number)) => number.to_string(),
            None if ask.crews.is_empty() => (at / size + 1).to_string(),
            None => "0".to_owned(),
        },
    };
    officers.iter().enumerate().map(picked).collect()
}

/// How each crew moves.
fn modes(cx: &Cx, ask: &Ask, officers: usize, usual: Mode) -> Vec<Picked> {
    let options: Vec<Choice> =
        Mode::ALL.iter().map(|m| Choice::new(m.as_str(), cx.t(&format!("patrol-mode-{m}")))).collect();
    (0..officers.max(1))
        .map(|n| Picked {
            name: format!("mode-{}", n + 1),
            label: cx.words.t1("patrol-crew-mode", "letter", &letter(n).to_string()),
            options: options.clone(),
            chosen: ask.modes.get(n).copied().flatten().unwrap_or(usual).to_string(),
        })
        .collect()
}

fn weight_rows(cx: &Cx, weights: &Weights) -> Vec<WeightRow> {
    let words = &cx.words;
    let mut rows: Vec<WeightRow> = weights
        .list()
        .into_iter()
        .map(|(key, weight)| WeightRow {
            name: words.t(&format!("patrol-weight-{key}")),
            value: words.number(weight.value, 1),
            why: weight.why.get(words.language()).to_owned(),
        })
        .collect();
    let catalogue = cx.municipality.get::<Catalogue>();
    rows.extend(weights.priority.value.iter().map(|(id, factor)| WeightRow {
        name: catalogue.priority_name(id, words.language()).to_owned(),
        value: format!("\u{d7}\u{a0}{}", words.number(*factor, 1)),
        why: weights.priority.why.get(words.language()).to_owned(),
    }));
    rows.extend(cx.municipality.get::<PatrolConfig>().hours.iter().map(|hours| {
        let of: Vec<&str> = hours.categories.iter().map(|id| catalogue.name(id, words.language())).collect();
        let times =
            hours.between.iter().map(|(from, to)| format!("{} - {}", from.strftime("%H:%M"), to.strftime("%H:%M")));
        WeightRow {
            name: words.t1("patrol-hours-of", "categories", &of.join(", ")),
            value: times.collect::<Vec<_>>().join(", "),
            why: hours.why.get(words.language()).to_owned(),
        }
    }));
    rows
}

/// `POST /rounds/propose`.
pub async fn propose(cx: Cx, fields: Fields) -> Result<Response, Fault> {
    let crews: Vec<(Uuid, usize)> = fields
        .ticked("crew-")
        .filter_map(|account| {
            Some((Uuid::try_parse(account).ok()?, fields.get(&format!("crew-{account}")).parse().ok()?))
        })
        .collect();
    let modes = fields.ticked("mode-").filter_map(|n| n.parse::<usize>().ok()).max().unwrap_or(0);
    let ask = Ask {
        request: fields.id("request")?,
        shift: fields.id("shift")?,
        max_visits: fields.get("max_visits").to_owned(),
        // Crew 0 stays at the desk; who chose nobody at all gets told so.
        crews,
        modes: (1..=modes.min(100)).map(|n| fields.get(&format!("mode-{n}")).parse().ok()).collect(),
    };
    let first = match ops::prepare(&cx, &ask).await {
        Err(Fault::Invalid(faults)) => return page(&cx, StatusCode::UNPROCESSABLE_ENTITY, &ask, &faults).await,
        other => other?,
    };
    let mut tx = cx.write().await?;
    let address = ops::propose(&cx, &mut tx, &ask, (&first.0, first.1)).await?;
    tx.commit().await?;
    if let Some(id) = address.rsplit('/').next().and_then(|id| Uuid::try_parse(id).ok()) {
        search::start(&cx, id, 1, true);
    }
    Ok(see_other(&address))
}
