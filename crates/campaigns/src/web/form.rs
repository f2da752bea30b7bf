//! The form of a campaign. A new one begins with its kind, from which the form is filled.

use crate::config::CampaignsConfig;
use crate::model::Campaign;
use crate::ops::{self, Form, day_text, editing, today};
use crate::web::detail::{Figure, figures};
use areas::Atlas;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::Response;
use kit::{Fault, Uuid};
use serde::Deserialize;
use signals::Catalogue;
use site::{Choice, Cx, Fields, Link, Page, Said, Trouble, render, render_as, see_other};

struct Tick {
    value: String,
    label: String,
    on: bool,
}

struct Boxes {
    name: &'static str,
    legend: String,
    hint: String,
    ticks: Vec<Tick>,
    chosen: String,
}

#[derive(askama::Template)]
#[template(path = "pages/kind.html")]
struct KindPage {
    page: Page,
    crumbs: Vec<Link>,
    kinds: Vec<Choice>,
}

#[derive(askama::Template)]
#[template(path = "pages/form.html")]
struct FormPage {
    page: Page,
    crumbs: Vec<Link>,
    action: String,
    back: String,
    request: String,
    version: i64,
    form: Form,
    kind: String,
    boxes: Vec<Boxes>,
    figures: Vec<Figure>,
    figures_note: String,
    said: Said,
}

/// Which kind a new campaign is of.
#[derive(Debug, Default, Deserialize)]
pub struct Wanted {
    kind: Option<String>,
}

fn crumbs(cx: &Cx, more: Option<Link>) -> Vec<Link> {
    std::iter::once(Link::new("/campaigns", cx.t("campaigns-title"))).chain(more).collect()
}

/// Where a form goes: a new campaign, or one that is changed.
struct Target {
    id: Option<(Uuid, i64, String)>,
    request: Uuid,
}

async fn page(cx: &Cx, status: StatusCode, target: Target, form: Form, said: Said) -> Result<Response, Fault> {
    let config = cx.municipality.get::<CampaignsConfig>();
    let catalogue = cx.municipality.get::<Catalogue>();
    let sheet = cx.municipality.get::<Atlas>().sheet();
    let language = cx.words.language();
    let tick = |value: &str, label: &str, on: &[String]| Tick {
        value: value.to_owned(),
        label: label.to_owned(),
        on: on.iter().any(|o| o == value),
    };
    let boxes = |name: &'static str, ticks: Vec<Tick>| Boxes {
        name,
        legend: cx.t(&format!("campaigns-{name}")),
        hint: cx.t(&format!("campaigns-{name}-hint")),
        chosen: ticks.iter().filter(|t| t.on).map(|t| t.label.as_str()).collect::<Vec<_>>().join(", "),
        ticks,
    };
    let all = vec![
        boxes(
            "categories",
            catalogue.categories.iter().map(|c| tick(&c.id, c.name.get(language), &form.categories)).collect(),
        ),
        boxes("areas", sheet.neighbourhoods().map(|a| tick(&a.code, &a.name, &form.areas)).collect()),
        boxes(
            "priorities",
            catalogue.priorities.iter().map(|(id, name)| tick(id, name.get(language), &form.priorities)).collect(),
        ),
    ];
    let (figures, figures_note) = figures(cx, &form.categories, &form.areas).await?;
    let kind = config.kind(&form.kind);
    let (action, back, version, title, crumbs) = match &target.id {
        None => ("/campaigns/new".to_owned(), "/campaigns".to_owned(), 0, "campaigns-new", crumbs(cx, None)),
        Some((id, version, name)) => {
            let back = format!("/campaigns/{id}");
            (format!("{back}/edit"), back.clone(), *version, "campaigns-edit", crumbs(cx, Some(Link::new(back, name))))
        }
    };
    render_as(
        status,
        &FormPage {
            crumbs,
            action,
            back,
            request: target.request.to_string(),
            version,
            kind: kind.map_or_else(String::new, |k| k.name.get(language).to_owned()),
            boxes: all,
            figures,
            figures_note,
            said,
            form,
            page: cx.page(title),
        },
    )
}

/// `GET /campaigns/new`: the kinds; with `?kind=` the form that starts from it.
pub async fn new(cx: Cx, Query(wanted): Query<Wanted>) -> Result<Response, Fault> {
    editing(&cx)?;
    let config = cx.municipality.get::<CampaignsConfig>();
    let language = cx.words.language();
    let Some(kind) = wanted.kind.as_deref().and_then(|id| config.kind(id)) else {
        let kinds = config.kinds.iter().map(|k| Choice {
            value: k.id.clone(),
            label: k.name.get(language).to_owned(),
            hint: k.hint.get(language).to_owned(),
            icon: k.icon.clone(),
        });
        let kinds = kinds.collect();
        return render(&KindPage { crumbs: crumbs(&cx, None), kinds, page: cx.page("campaigns-new") });
    };
    let today = today(&cx);
    let start = crate::model::monday(today) + 7;
    let end = start + 7 * kind.weeks - 1;
    let form = Form {
        kind: kind.id.clone(),
        problem: kind.problem.get(language).to_owned(),
        categories: kind.categories.clone(),
        priorities: kind.priorities.clone(),
        partners: kind.partners.join("\n"),
        budget_hours: kind.hours.to_string(),
        starts_on: day_text(start),
        ends_on: day_text(end),
        review_on: day_text(end + kind.review_days),
        ..Form::default()
    };
    let target = Target { id: None, request: cx.app.clock.id() };
    page(&cx, StatusCode::OK, target, form, Said::default()).await
}

fn read(fields: &Fields) -> Form {
    let text = |name: &str| fields.get(name).to_owned();
    Form {
        kind: text("kind"),
        name: text("name"),
        problem: text("problem"),
        context: text("context"),
        areas: fields.ticked("areas"),
        categories: fields.ticked("categories"),
        priorities: fields.ticked("priorities"),
        partners: text("partners"),
        budget_hours: text("budget_hours"),
        starts_on: text("starts_on"),
        ends_on: text("ends_on"),
        review_on: text("review_on"),
    }
}

/// `POST /campaigns/new`: `do=look` shows the picture's figures for what is chosen and writes nothing.
pub async fn create(cx: Cx, fields: Fields) -> Result<Response, Fault> {
    editing(&cx)?;
    let (form, request) = (read(&fields), fields.id("request")?);
    let target = Target { id: None, request };
    if fields.get("do") == "look" {
        return page(&cx, StatusCode::OK, target, form, Said::default()).await;
    }
    let mut tx = cx.write().await?;
    match ops::create(&cx, &mut tx, request, &form).await {
        Ok(id) => {
            tx.commit().await?;
            Ok(see_other(&format!("/campaigns/{id}?saved=1")))
        }
        Err(fault) => {
            drop(tx);
            let trouble = Trouble::of(fault)?;
            let said = trouble.said(&cx, "name");
            page(&cx, trouble.status(), target, form, said).await
        }
    }
}

fn of(c: &Campaign) -> Form {
    Form {
        kind: c.kind.clone(),
        name: c.name.clone(),
        problem: c.problem.clone(),
        context: c.context.clone(),
        areas: c.areas.0.clone(),
        categories: c.categories.0.clone(),
        priorities: c.priorities.0.clone(),
        partners: c.partners.0.join("\n"),
        budget_hours: c.budget_hours.to_string(),
        starts_on: day_text(c.starts_on),
        ends_on: day_text(c.ends_on),
        review_on: day_text(c.review_on),
    }
}

/// `GET /campaigns/{id}/edit`.
pub async fn edit(cx: Cx, Path(id): Path<Uuid>) -> Result<Response, Fault> {
    editing(&cx)?;
    let mut tx = cx.read().await?;
    let campaign = ops::get(&cx, &mut tx, id).await?.campaign;
    drop(tx);
    let target = Target { id: Some((id, campaign.version, campaign.name.clone())), request: cx.app.clock.id() };
    page(&cx, StatusCode::OK, target, of(&campaign), Said::default()).await
}

/// `POST /campaigns/{id}/edit`.
pub async fn save(cx: Cx, Path(id): Path<Uuid>, fields: Fields) -> Result<Response, Fault> {
    let (form, request, version) = (read(&fields), fields.id("request")?, fields.number("version")?);
    let look = fields.get("do") == "look";
    let done = if look {
        editing(&cx).map(|_| ())
    } else {
        let mut tx = cx.write().await?;
        let done = ops::change(&cx, &mut tx, request, (id, version), &form).await;
        if done.is_ok() {
            tx.commit().await?;
            return Ok(see_other(&format!("/campaigns/{id}?saved=1")));
        }
        done
    };
    let trouble = done.map_or_else(Trouble::of, |()| Ok(Trouble::default()))?;
    let said = trouble.said(&cx, "name");
    let mut tx = cx.read().await?;
    let name = ops::get(&cx, &mut tx, id).await?.campaign.name;
    drop(tx);
    page(&cx, trouble.status(), Target { id: Some((id, version, name)), request }, form, said).await
}
