//! The form of a measure in the mix.

use super::Form;
use crate::model::{List, StepState};
use crate::ops::{self, day_text};
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::Response;
use kit::{Fault, Uuid};
use serde::Deserialize;
use site::{Choice, Cx, Fields, Link, Page, Said, Trouble, render_as, see_other};

#[derive(askama::Template)]
#[template(path = "pages/step.html")]
struct StepPage {
    page: Page,
    crumbs: Vec<Link>,
    action: String,
    back: String,
    request: String,
    form: Form,
    step: String,
    states: Vec<Choice>,
    partners: Vec<String>,
    said: Said,
}

/// Which measure.
#[derive(Debug, Default, Deserialize)]
pub struct Which {
    step: Option<Uuid>,
}

fn page(
    cx: &Cx,
    status: StatusCode,
    campaign: &(Uuid, String, List),
    request: Uuid,
    form: Form,
    said: Said,
) -> Result<Response, Fault> {
    let (id, name, partners) = campaign;
    let back = format!("/campaigns/{id}");
    let title = if form.id.is_some() { "campaigns-step-edit" } else { "campaigns-step-new" };
    render_as(
        status,
        &StepPage {
            crumbs: vec![Link::new("/campaigns", cx.t("campaigns-title")), Link::new(&back, name)],
            action: format!("{back}/step"),
            back,
            request: request.to_string(),
            step: form.id.map(|id| id.to_string()).unwrap_or_default(),
            states: StepState::ALL
                .iter()
                .map(|s| Choice::new(s.as_str(), cx.t(&format!("campaigns-step-state-{s}"))))
                .collect(),
            partners: partners.0.clone(),
            said,
            form,
            page: cx.page(title),
        },
    )
}

/// `GET /campaigns/{id}/step`: a new measure, or with `?step=` one to change.
pub async fn form(cx: Cx, Path(id): Path<Uuid>, Query(which): Query<Which>) -> Result<Response, Fault> {
    ops::editing(&cx)?;
    let mut tx = cx.read().await?;
    let whole = ops::get(&cx, &mut tx, id).await?;
    let c = &whole.campaign;
    let form = match which.step {
        None => Form {
            from_on: day_text(c.starts_on),
            to_on: day_text(c.ends_on),
            state: StepState::Planned.to_string(),
            ..Form::default()
        },
        Some(step) => {
            let step = whole.steps.iter().find(|s| s.id == step).cloned().ok_or(Fault::NotFound)?;
            Form {
                id: Some(step.id),
                what: step.what,
                partner: step.partner,
                from_on: step.from_on.map(day_text).unwrap_or_default(),
                to_on: step.to_on.map(day_text).unwrap_or_default(),
                state: step.state.to_string(),
                reason: step.reason,
                version: step.version,
            }
        }
    };
    let of = (id, c.name.clone(), c.partners.clone());
    page(&cx, StatusCode::OK, &of, cx.app.clock.id(), form, Said::default())
}

/// `POST /campaigns/{id}/step`.
pub async fn save(cx: Cx, Path(id): Path<Uuid>, fields: Fields) -> Result<Response, Fault> {
    let text = |name: &str| fields.get(name).to_owned();
    let form = Form {
        id: Some(fields.get("step")).filter(|s| !s.is_empty()).map(|_| fields.id("step")).transpose()?,
        what: text("what"),
        partner: text("partner"),
        from_on: text("from_on"),
        to_on: text("to_on"),
        state: text("state"),
        reason: text("reason"),
        version: fields.number("version")?,
    };
    let request = fields.id("request")?;
    let mut tx = cx.write().await?;
    match super::put(&cx, &mut tx, request, id, &form).await {
        Ok(()) => {
            tx.commit().await?;
            Ok(see_other(&format!("/campaigns/{id}?saved=1#mix")))
        }
        Err(fault) => {
            drop(tx);
            let trouble = Trouble::of(fault)?;
            let mut tx = cx.read().await?;
            let whole = ops::get(&cx, &mut tx, id).await?;
            let said = trouble.said(&cx, "what");
            let of = (id, whole.campaign.name, whole.campaign.partners);
            page(&cx, trouble.status(), &of, request, form, said)
        }
    }
}
