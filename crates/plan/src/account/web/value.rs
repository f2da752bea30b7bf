//! The form of a value that Regie cannot compute.

use crate::PlanBook;
use crate::account::indicators::Status;
use crate::account::{NewValue, ops, set_value, store};
use crate::front::{Trouble, request_id, this_year};
use crate::model::{MeasureKind, MeasureSource};
use axum::extract::{Form, Path};
use axum::response::Response;
use kit::Fault;
use policy::Resource;
use serde::Deserialize;
use site::{Choice, Cx, FormError, Link, Page, render_as, see_other};

#[derive(askama::Template)]
#[template(path = "account/pages/value.html")]
struct ValuePage {
    page: Page,
    crumbs: Vec<Link>,
    definition: String,
    unit: String,
    year: String,
    action: String,
    request: String,
    version: i64,
    statuses: Vec<Choice>,
    /// Whether it comes from a survey, so that people answered.
    survey: bool,
    form: ValueForm,
    errors: Vec<FormError>,
    status_error: String,
    value_error: String,
    low_error: String,
    high_error: String,
    respondents_error: String,
    design_effect_error: String,
    origin_error: String,
}

/// The form of a value that is filled in by hand.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct ValueForm {
    request: String,
    version: i64,
    status: String,
    value: String,
    low: String,
    high: String,
    respondents: String,
    design_effect: String,
    origin: String,
}

async fn value_page(
    cx: &Cx,
    id: &str,
    year: i16,
    typed: Option<&ValueForm>,
    trouble: &Trouble,
) -> Result<Response, Fault> {
    let permit = cx.permit("programme:edit", &Resource::open("measured-value", cx.code()))?;
    let book = cx.municipality.get::<PlanBook>();
    let found = book.indicators.get(id).filter(|i| i.measure.kind == MeasureKind::Manual);
    let indicator =
        found.filter(|_| (ops::first_year(&book)..=this_year(cx)).contains(&year)).ok_or(Fault::NotFound)?;
    let mut tx = cx.read().await?;
    let stored = store::values(&mut tx, permit.municipality()).await?;
    let stored = stored.into_iter().find(|v| v.indicator == id && v.year == i64::from(year));
    let lang = cx.words.language();
    // as people type it, without dots between thousands
    let mark = if lang == "en" { "." } else { "," };
    let number = |v: Option<f64>| v.map(|v| v.to_string().replace('.', mark)).unwrap_or_default();
    let (version, kept) = stored.map_or_else(Default::default, |v| {
        let form = ValueForm {
            status: v.status.to_string(),
            value: number(v.value),
            low: number(v.low),
            high: number(v.high),
            respondents: v.respondents.map(|n| n.to_string()).unwrap_or_default(),
            design_effect: number(v.design_effect),
            origin: v.origin.clone(),
            ..ValueForm::default()
        };
        (v.version, form)
    });
    let name = indicator.name.get(lang);
    let priority = book.plan.priority(&indicator.priority).map(|p| p.name.get(lang).to_owned()).unwrap_or_default();
    let title = [("name", name.into()), ("year", year.to_string().into())];
    let page = ValuePage {
        page: cx.page_titled(cx.words.ta("plan-value-title", &title)),
        crumbs: vec![
            Link::new("/plan", cx.t("plan-tab-plan")),
            Link::new(format!("/plan/priorities/{}?year={year}", indicator.priority), priority),
        ],
        definition: indicator.definition.get(lang).to_owned(),
        unit: indicator.unit.get(lang).to_owned(),
        year: year.to_string(),
        action: format!("/plan/indicators/{id}/{year}"),
        request: cx.app.clock.id().to_string(),
        version,
        statuses: Status::ALL.iter().map(|s| Choice::new(s.as_str(), cx.t(&format!("plan-status-{s}")))).collect(),
        survey: indicator.source == MeasureSource::Survey,
        form: typed.cloned().unwrap_or(kept),
        errors: trouble.summary(cx, "status"),
        status_error: trouble.at(cx, "status"),
        value_error: trouble.at(cx, "value"),
        low_error: trouble.at(cx, "low"),
        high_error: trouble.at(cx, "high"),
        respondents_error: trouble.at(cx, "respondents"),
        design_effect_error: trouble.at(cx, "design_effect"),
        origin_error: trouble.at(cx, "origin"),
    };
    render_as(trouble.status(), &page)
}

/// `GET /plan/indicators/{id}/{year}`: the form of a value that Regie cannot compute.
pub async fn value(cx: Cx, Path((id, year)): Path<(String, i16)>) -> Result<Response, Fault> {
    value_page(&cx, &id, year, None, &Trouble::default()).await
}

/// `POST /plan/indicators/{id}/{year}`
pub async fn value_submit(
    cx: Cx,
    Path((id, year)): Path<(String, i16)>,
    Form(form): Form<ValueForm>,
) -> Result<Response, Fault> {
    let Ok(status) = form.status.parse::<Status>() else {
        let mut trouble = Trouble::default();
        trouble.faults.add("status", "plan-value-status");
        return value_page(&cx, &id, year, Some(&form), &trouble).await;
    };
    let new = NewValue {
        request: request_id(&form.request)?,
        indicator: id.clone(),
        year,
        status,
        value: form.value.clone(),
        low: form.low.clone(),
        high: form.high.clone(),
        respondents: form.respondents.clone(),
        design_effect: form.design_effect.clone(),
        origin: form.origin.clone(),
        version: form.version,
    };
    let book = cx.municipality.get::<PlanBook>();
    let priority = book.indicators.get(&id).map(|i| i.priority.clone()).unwrap_or_default();
    match set_value(&cx, new).await {
        Ok(()) => Ok(see_other(&format!("/plan/priorities/{priority}?year={year}&saved=1"))),
        Err(fault) => value_page(&cx, &id, year, Some(&form), &Trouble::of(fault)?).await,
    }
}
