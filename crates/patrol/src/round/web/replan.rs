//! Something urgent comes: which place, and how soon.

use super::plan::subject;
use super::when;
use crate::form::Fields;
use crate::round::replan::{self, Urgent, WITHIN};
use crate::round::words::sentences;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use kit::{Fault, FieldFaults, Uuid};
use policy::Resource;
use signals::Catalogue;
use site::page::{Choice, FormError, Link, Notice, Page, render_as};
use site::{Cx, see_other};

/// Places that are offered.
const MOST_PLACES: usize = 25;

#[derive(askama::Template)]
#[template(path = "round/pages/replan.html")]
struct ReplanPage {
    page: Page,
    crumbs: Vec<Link>,
    errors: Vec<FormError>,
    id: String,
    request: String,
    when: String,
    going: String,
    places: Vec<Offer>,
    place: String,
    place_error: String,
    withins: Vec<Choice>,
    within: String,
    within_error: String,
}

struct Offer {
    value: String,
    label: String,
    hint: String,
}

/// `GET /rounds/{id}/replan`.
pub async fn form(cx: Cx, Path(id): Path<Uuid>) -> Result<Response, Fault> {
    let asked = Urgent { request: cx.app.clock.id(), place: String::new(), within: "30".to_owned() };
    page(&cx, id, &asked, None).await
}

async fn page(cx: &Cx, id: Uuid, asked: &Urgent, fault: Option<Fault>) -> Result<Response, Fault> {
    let permit = cx.permit("round:approve", &Resource::ordinary("round", cx.code()))?;
    let mut tx = cx.read().await?;
    let ground = replan::ground(cx, &mut tx, &permit, id).await?;
    drop(tx);
    let words = &cx.words;
    let catalogue = cx.municipality.get::<Catalogue>();
    let today = cx.now.day_and_hour(&cx.municipality.zone).0;
    let none = FieldFaults::default();
    let faults = if let Some(Fault::Invalid(faults)) = &fault { faults } else { &none };
    let offer = |place: &crate::round::candidates::Place| Offer {
        value: place.key.clone(),
        label: format!("{} ({})", place.title, subject(cx, place.kind, place.category.as_deref())),
        hint: sentences(words, &catalogue, &place.why, today),
    };
    let mut frame = cx.page("patrol-replan");
    frame.notice = match &fault {
        Some(Fault::Stale) => Some(Notice { kind: "warning", text: cx.t("patrol-replan-stale") }),
        _ => None,
    };
    let within = |n: &i32| match n {
        0 => Choice::new("0", cx.t("patrol-replan-any")),
        n => Choice::new(n.to_string(), words.t1("patrol-replan-min", "min", &n.to_string())),
    };
    let body = ReplanPage {
        crumbs: vec![
            Link::new("/rounds", cx.t("patrol-title")),
            Link::new(format!("/rounds/{id}"), cx.t("patrol-round")),
        ],
        errors: cx.summary(faults),
        id: id.to_string(),
        request: asked.request.to_string(),
        when: when(words, &ground.shift),
        going: words.tn("patrol-replan-rounds", i64::try_from(ground.rounds.len()).unwrap_or(0)),
        places: ground.places.iter().take(MOST_PLACES).map(offer).collect(),
        place: asked.place.clone(),
        place_error: faults.of("place", words).unwrap_or_default(),
        withins: WITHIN.iter().map(within).collect(),
        within: asked.within.clone(),
        within_error: faults.of("within", words).unwrap_or_default(),
        page: frame,
    };
    render_as(fault.map_or(StatusCode::OK, |f| f.status()), &body)
}

/// `POST /rounds/{id}/replan`.
pub async fn send(cx: Cx, Path(id): Path<Uuid>, fields: Fields) -> Result<Response, Fault> {
    let asked = Urgent {
        request: fields.id("request")?,
        place: fields.get("place").to_owned(),
        within: fields.get("within").to_owned(),
    };
    match replan::urgent(&cx, id, &asked).await {
        Ok(()) => Ok(see_other(&format!("/rounds/{id}"))),
        Err(fault @ Fault::Stale) => {
            let again = Urgent { request: cx.app.clock.id(), ..asked };
            page(&cx, id, &again, Some(fault)).await
        }
        Err(fault @ Fault::Invalid(_)) => page(&cx, id, &asked, Some(fault)).await,
        Err(other) => Err(other),
    }
}
