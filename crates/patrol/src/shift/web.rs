//! The form of a new shift.

use super::OWN;
use super::ops::{self, NewShift};
use crate::config::PatrolConfig;
use crate::form::Fields;
use areas::Atlas;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::Response;
use kit::{Fault, FieldFaults, Uuid};
use policy::Resource;
use serde::Deserialize;
use site::page::{Choice, FormError, Link, Page, render_as};
use site::{Cx, see_other};

#[derive(askama::Template)]
#[template(path = "shift/pages/new.html")]
struct NewPage {
    page: Page,
    crumbs: Vec<Link>,
    request: String,
    errors: Vec<FormError>,
    teams: Vec<Choice>,
    kinds: Vec<Choice>,
    bases: Vec<Choice>,
    officers: Vec<Tick>,
    form: NewShift,
    faults: FieldFaults,
}

/// A check box.
struct Tick {
    id: String,
    name: String,
    on: bool,
}

impl NewPage {
    fn fault(&self, field: &str) -> String {
        self.faults.of(field, &self.page.words).unwrap_or_default()
    }
}

/// The day for which a shift is made.
#[derive(Debug, Deserialize)]
pub struct For {
    day: Option<String>,
}

/// `GET /shifts/new`.
pub async fn new(cx: Cx, Query(on): Query<For>) -> Result<Response, Fault> {
    let day = on.day.unwrap_or_else(|| cx.now.local(&cx.municipality.zone).date().to_string());
    let form = NewShift { day, request: cx.app.clock.id(), hours: "8".to_owned(), ..NewShift::default() };
    form_page(&cx, StatusCode::OK, form, FieldFaults::default()).await
}

async fn form_page(cx: &Cx, status: StatusCode, form: NewShift, faults: FieldFaults) -> Result<Response, Fault> {
    let permit = cx.permit("shift:edit", &Resource::ordinary("shift", cx.code()))?;
    let mut tx = cx.read().await?;
    let officers = ops::officers_to_choose(&mut tx, &permit).await?;
    let config = cx.municipality.get::<PatrolConfig>();
    let sheet = cx.municipality.get::<Atlas>().sheet();
    let language = cx.words.language();
    let mut kinds: Vec<Choice> = config
        .shifts
        .iter()
        .map(|s| {
            let hours = cx.words.tn("patrol-hours", s.hours);
            Choice::new(&s.id, format!("{} ({}, {hours})", s.name.get(language), s.start.strftime("%H:%M")))
        })
        .collect();
    kinds.push(Choice::new(OWN, cx.t("patrol-kind-own")));
    let mut bases = vec![Choice::new("", &cx.municipality.file.base.name)];
    bases.extend(sheet.neighbourhoods().map(|a| Choice::new(&a.code, &a.name)));
    render_as(
        status,
        &NewPage {
            crumbs: vec![Link::new("/rounds", cx.t("patrol-title"))],
            request: form.request.to_string(),
            errors: cx.summary(&faults),
            teams: config.teams.iter().map(|t| Choice::new(&t.id, t.name.get(language))).collect(),
            kinds,
            bases,
            officers: officers
                .into_iter()
                .map(|a| Tick { on: form.officers.contains(&a.id), id: a.id.to_string(), name: a.name })
                .collect(),
            form,
            faults,
            page: cx.page("patrol-shift-new"),
        },
    )
}

/// `POST /shifts/new`.
pub async fn create(cx: Cx, fields: Fields) -> Result<Response, Fault> {
    let form = NewShift {
        request: fields.id("request")?,
        team: fields.get("team").to_owned(),
        day: fields.get("day").to_owned(),
        kind: fields.get("kind").to_owned(),
        start: fields.get("start").to_owned(),
        hours: fields.get("hours").to_owned(),
        officers: fields.ticked("officer-").filter_map(|id| Uuid::try_parse(id).ok()).collect(),
        base: fields.get("base").to_owned(),
    };
    let mut tx = cx.write().await?;
    match ops::create(&cx, &mut tx, &form).await {
        Ok(_) => {
            tx.commit().await?;
            Ok(see_other(&format!("/rounds?day={}", form.day)))
        }
        Err(Fault::Invalid(faults)) => {
            drop(tx);
            form_page(&cx, StatusCode::UNPROCESSABLE_ENTITY, form, faults).await
        }
        Err(other) => Err(other),
    }
}
