//! The form of an obligation: a place, how often, how long, and between which hours.

use super::{change, get, insert};
use crate::config::{CampaignsConfig, hours_fit};
use crate::model::{Campaign, Duty};
use crate::ops::{self, LINE, editing, length, one, open, today, told};
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::Response;
use kit::once::{self, Claim};
use kit::{Fault, FieldFaults, Tx, Uuid};
use serde::Deserialize;
use signals::Catalogue;
use signals::pick::{Pick, PickView};
use site::{Choice, Cx, Fields, Link, Page, Said, Trouble, render_as, see_other};

/// An obligation as it was filled in.
#[derive(Clone, Debug, Default)]
pub struct Form {
    /// The one that changes; `None` makes a new one with the id of the form.
    pub id: Option<Uuid>,
    /// Name of the place; empty takes that of the address or neighbourhood.
    pub name: String,
    /// The place.
    pub pick: Pick,
    /// Category; empty is none.
    pub category: String,
    /// Visits per week, as typed.
    pub per_week: String,
    /// Minutes per visit, as typed.
    pub minutes: String,
    /// First hour, as typed; empty is any.
    pub hour_from: String,
    /// Last hour, as typed.
    pub hour_to: String,
    /// Version that was read.
    pub version: i64,
}

/// Writes, changes or ends (`end`) an obligation, once per form.
///
/// # Errors
/// [`Fault::Invalid`] with a sentence per field, [`Fault::Stale`], or [`Fault::Rule`] when the campaign is closed.
pub async fn put(cx: &Cx, tx: &mut Tx, request: Uuid, campaign: Uuid, form: &Form, end: bool) -> Result<(), Fault> {
    let permit = editing(cx)?;
    let mut faults = FieldFaults::default();
    let config = cx.municipality.get::<CampaignsConfig>();
    let number = |text: &str, most: i64| text.parse::<i64>().ok().filter(|n| (1..=most).contains(n));
    let hour = |text: &str| text.parse::<i64>().ok();
    let (per_week, minutes) =
        (number(&form.per_week, config.most_per_week), number(&form.minutes, config.most_minutes));
    if per_week.is_none() {
        faults.add_with("per_week", "campaigns-duty-often-missing", vec![("most", config.most_per_week.to_string())]);
    }
    if minutes.is_none() {
        faults.add_with("minutes", "campaigns-duty-minutes-missing", vec![("most", config.most_minutes.to_string())]);
    }
    let hours = match (form.hour_from.is_empty(), form.hour_to.is_empty()) {
        (true, true) => None,
        _ => {
            let from = hour(&form.hour_from);
            // "22 to 2" is until two at night
            let to = hour(&form.hour_to).map(|t| if from.is_some_and(|f| t <= f) { t + 24 } else { t });
            let window = from.zip(to).filter(|(f, t)| hours_fit(*f, *t));
            if window.is_none() {
                faults.add("hour_from", "campaigns-duty-hours-wrong");
            }
            window
        }
    };
    let category = Some(form.category.clone()).filter(|c| !c.is_empty());
    if category.as_deref().is_some_and(|c| cx.municipality.get::<Catalogue>().get(c).is_none()) {
        faults.add("category", "campaigns-categories-missing");
    }
    length(&mut faults, "name", &form.name, LINE);
    let picked = form.pick.point(cx, tx, &permit, &mut faults).await?;
    faults.ok()?;
    let (Some(picked), Some(per_week), Some(minutes)) = (picked, per_week, minutes) else {
        return Err(Fault::Bad("fault-bad-request"));
    };
    if once::claim(tx, cx.code(), request, cx.now, &format!("/campaigns/{campaign}")).await? != Claim::New {
        return Ok(());
    }
    open(tx, &permit, campaign).await?;
    let before = match form.id {
        Some(id) => Some(get(tx, &permit, id).await?.filter(|d| d.campaign_id == campaign).ok_or(Fault::NotFound)?),
        None => None,
    };
    let duty = Duty {
        id: form.id.unwrap_or(request),
        campaign_id: campaign,
        place: if form.name.is_empty() { picked.name } else { form.name.clone() },
        lon: picked.point.0,
        lat: picked.point.1,
        area: picked.area,
        category,
        per_week,
        minutes,
        hour_from: hours.map(|h| h.0),
        hour_to: hours.map(|h| h.1),
        made_on: before.as_ref().map_or(today(cx), |d| d.made_on),
        ended_on: if end { Some(today(cx)) } else { before.as_ref().and_then(|d| d.ended_on) },
        version: form.version,
    };
    let what = if before.is_some() {
        one(change(tx, &permit, &duty).await?)?;
        if end { "duty-ended" } else { "duty-changed" }
    } else {
        insert(tx, &permit, &duty).await?;
        "duty-added"
    };
    told(cx, tx, &permit, campaign, (what, &duty.place)).await
}

#[derive(askama::Template)]
#[template(path = "pages/obligation.html")]
struct DutyPage {
    page: Page,
    crumbs: Vec<Link>,
    action: String,
    back: String,
    request: String,
    form: Form,
    duty: String,
    pick: PickView,
    categories: Vec<Choice>,
    said: Said,
}

/// Which obligation.
#[derive(Debug, Default, Deserialize)]
pub struct Which {
    duty: Option<Uuid>,
}

fn page(
    cx: &Cx,
    status: StatusCode,
    campaign: &Campaign,
    request: Uuid,
    form: Form,
    said: Said,
) -> Result<Response, Fault> {
    let back = format!("/campaigns/{}", campaign.id);
    let title = if form.id.is_some() { "campaigns-duty-edit" } else { "campaigns-duty-new" };
    let catalogue = cx.municipality.get::<Catalogue>();
    let none = Choice::new("", cx.t("campaigns-duty-no-category"));
    let language = cx.words.language();
    render_as(
        status,
        &DutyPage {
            crumbs: vec![Link::new("/campaigns", cx.t("campaigns-title")), Link::new(&back, &campaign.name)],
            action: format!("{back}/obligation"),
            back,
            request: request.to_string(),
            duty: form.id.map(|id| id.to_string()).unwrap_or_default(),
            pick: form.pick.view(cx, &said),
            categories: std::iter::once(none)
                .chain(
                    catalogue.categories.iter().filter(|c| c.patrol).map(|c| Choice::new(&c.id, c.name.get(language))),
                )
                .collect(),
            said,
            form,
            page: cx.page(title),
        },
    )
}

/// `GET /campaigns/{id}/obligation`: a new one, or with `?duty=` one to change.
pub async fn form(cx: Cx, Path(id): Path<Uuid>, Query(which): Query<Which>) -> Result<Response, Fault> {
    editing(&cx)?;
    let mut tx = cx.read().await?;
    let whole = ops::get(&cx, &mut tx, id).await?;
    let form = match which.duty {
        None => {
            let config = cx.municipality.get::<CampaignsConfig>();
            let start = config.kind(&whole.campaign.kind).map(|k| k.visit.clone());
            let text = |n: Option<i64>| n.map(|n| n.to_string()).unwrap_or_default();
            Form {
                category: start.as_ref().map(|s| s.category.clone()).unwrap_or_default(),
                per_week: text(start.as_ref().map(|s| s.per_week)),
                minutes: text(start.as_ref().map(|s| s.minutes)),
                hour_from: text(start.as_ref().map(|s| s.from)),
                hour_to: text(start.as_ref().map(|s| s.to % 24)),
                ..Form::default()
            }
        }
        Some(duty) => {
            let duty = whole.duties.iter().find(|d| d.id == duty).cloned().ok_or(Fault::NotFound)?;
            Form {
                id: Some(duty.id),
                pick: Pick::at((duty.lon, duty.lat)),
                name: duty.place,
                category: duty.category.unwrap_or_default(),
                per_week: duty.per_week.to_string(),
                minutes: duty.minutes.to_string(),
                hour_from: duty.hour_from.map(|h| h.to_string()).unwrap_or_default(),
                hour_to: duty.hour_to.map(|h| (h % 24).to_string()).unwrap_or_default(),
                version: duty.version,
            }
        }
    };
    page(&cx, StatusCode::OK, &whole.campaign, cx.app.clock.id(), form, Said::default())
}

/// `POST /campaigns/{id}/obligation`: saves it, ends it (`do=end`), or is a press on the map.
pub async fn save(cx: Cx, Path(id): Path<Uuid>, fields: Fields) -> Result<Response, Fault> {
    let text = |name: &str| fields.get(name).to_owned();
    let form = Form {
        id: Some(fields.get("duty")).filter(|s| !s.is_empty()).map(|_| fields.id("duty")).transpose()?,
        name: text("name"),
        pick: Pick::read(&cx, &fields),
        category: text("category"),
        per_week: text("per_week"),
        minutes: text("minutes"),
        hour_from: text("hour_from"),
        hour_to: text("hour_to"),
        version: fields.number("version")?,
    };
    let request = fields.id("request")?;
    if form.pick.pressed {
        let mut tx = cx.read().await?;
        let whole = ops::get(&cx, &mut tx, id).await?;
        return page(&cx, StatusCode::OK, &whole.campaign, request, form, Said::default());
    }
    let mut tx = cx.write().await?;
    match put(&cx, &mut tx, request, id, &form, fields.get("do") == "end").await {
        Ok(()) => {
            tx.commit().await?;
            Ok(see_other(&format!("/campaigns/{id}?saved=1#visits")))
        }
        Err(fault) => {
            drop(tx);
            let trouble = Trouble::of(fault)?;
            let mut tx = cx.read().await?;
            let whole = ops::get(&cx, &mut tx, id).await?;
            let said = trouble.said(&cx, "name");
            page(&cx, trouble.status(), &whole.campaign, request, form, said)
        }
    }
}
