//! Screens of the register: the list with what is covered, a group, and its form.

use super::{all, end, save};
use crate::front::{area_choices, area_names, topic_choices, topic_names};
use crate::model::{Group, Kind, date};
use crate::store;
use areas::{Atlas, Level};
use axum::extract::{Path, Query};
use axum::response::Response;
use kit::{Fault, Uuid};
use policy::Resource;
use serde::Deserialize;
use site::map::{Area, Layers, MapView};
use site::steps::{Breaks, legend};
use site::{Choice, Cx, Fields, Link, Page, Said, Trouble, render, render_as, see_other};

/// Width of the map in units.
const MAP_WIDTH: f64 = 720.0;

/// Which groups to list.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Filter {
    area: String,
    kind: String,
    saved: Option<u8>,
}

/// A group in the list.
struct Row {
    href: String,
    name: String,
    kind: String,
    areas: String,
    coordinator: String,
    tone: &'static str,
    state: String,
}

/// A neighbourhood with the number of its groups.
struct Covered {
    name: String,
    groups: String,
    none: bool,
}

#[derive(askama::Template)]
#[template(path = "groups/pages/list.html")]
struct ListPage {
    page: Page,
    rows: Vec<Row>,
    areas: Vec<Choice>,
    kinds: Vec<Choice>,
    filter: Filter,
    map: String,
    legend: String,
    covered: Vec<Covered>,
    followers: String,
    may_edit: bool,
    may_message: bool,
}

fn standing(cx: &Cx, group: &Group) -> (&'static str, String) {
    match (group.ended_at.is_some(), group.reachable()) {
        (true, _) => ("off", cx.t("neighbours-state-ended")),
        (_, true) => ("ok", cx.t("neighbours-state-active")),
        _ => ("late", cx.t("neighbours-state-unreachable")),
    }
}

/// How many groups each neighbourhood has: the map, its legend, and the list.
fn coverage(cx: &Cx, groups: &[Group]) -> (String, String, Vec<Covered>) {
    let sheet = cx.municipality.get::<Atlas>().sheet();
    let count =
        |code: &str| groups.iter().filter(|g| g.ended_at.is_none() && g.areas.iter().any(|a| a == code)).count();
    let breaks = Breaks::new(sheet.neighbourhoods().map(|a| count(&a.code) as f64));
    let shapes = sheet.index.shapes().iter().filter(|s| s.level == Level::Neighbourhood).map(|shape| {
        let rings = shape.geometry.0.iter().flat_map(|p| std::iter::once(p.exterior()).chain(p.interiors()));
        let n = count(&shape.code);
        Area {
            id: shape.code.clone(),
            rings: rings.map(|ring| ring.0.iter().map(|c| (c.x, c.y)).collect()).collect(),
            step: Some(breaks.step(Some(n as f64))),
            title: format!("{}: {n}", sheet.name(&shape.code)),
            ..Area::default()
        }
    });
    let shapes: Vec<Area> = shapes.collect();
    let layers =
        |areas| Layers { title: cx.t("neighbours-map"), desc: cx.t("neighbours-map-desc"), areas, ..Layers::default() };
    let view = MapView::around(shapes.iter().flat_map(|a| &a.rings), MAP_WIDTH);
    let map = view.map_or_else(String::new, |view| view.svg(&layers(shapes)));
    let covered = sheet.neighbourhoods().map(|a| {
        let n = count(&a.code);
        Covered { name: a.name.clone(), groups: n.to_string(), none: n == 0 }
    });
    let mut covered: Vec<Covered> = covered.collect();
    covered.sort_by_key(|c| !c.none);
    (map, legend(&breaks.legend(&|v| cx.words.number(v, 0))), covered)
}

/// `GET /neighbours`
///
/// # Errors
/// When the policy refuses or the database cannot be read.
pub async fn list(cx: Cx, Query(filter): Query<Filter>) -> Result<Response, Fault> {
    let mut tx = cx.read().await?;
    let groups = all(&cx, &mut tx).await?;
    let followers = store::followers(&mut tx, cx.code()).await?;
    drop(tx);
    let (map, legend, covered) = coverage(&cx, &groups);
    let wanted = |g: &&Group| {
        (filter.area.is_empty() || g.areas.contains(&filter.area))
            && (filter.kind.is_empty() || g.kind.as_str() == filter.kind)
    };
    let rows = groups.iter().filter(wanted).map(|g| {
        let (tone, state) = standing(&cx, g);
        Row {
            href: format!("/neighbours/{}", g.id),
            name: g.name.clone(),
            kind: cx.t(&format!("neighbours-kind-{}", g.kind)),
            areas: area_names(&cx, &g.areas),
            coordinator: g.coordinator.clone(),
            tone,
            state,
        }
    });
    let any = |key: &str| Choice::new("", cx.t(key));
    let page = cx.page("neighbours-title");
    render(&ListPage {
        page: if filter.saved.is_some() { page.with_notice("success", cx.t("neighbours-saved")) } else { page },
        rows: rows.collect(),
        areas: std::iter::once(any("neighbours-any-area")).chain(area_choices(&cx)).collect(),
        kinds: std::iter::once(any("neighbours-any-kind")).chain(kinds(&cx)).collect(),
        filter,
        map,
        legend,
        covered,
        followers: cx.words.tn("neighbours-followers", followers),
        may_edit: cx.may("group:edit"),
        may_message: cx.may("group:message"),
    })
}

fn kinds(cx: &Cx) -> Vec<Choice> {
    Kind::ALL.iter().map(|k| Choice::new(k.as_str(), cx.t(&format!("neighbours-kind-{k}")))).collect()
}

#[derive(askama::Template)]
#[template(path = "groups/pages/group.html")]
struct GroupPage {
    page: Page,
    crumbs: Vec<Link>,
    group: Group,
    kind: String,
    areas: String,
    topics: String,
    since: String,
    consent: String,
    ended: String,
    tone: &'static str,
    state: String,
    messages: Vec<(String, String, String)>,
    may_edit: bool,
    request: String,
}

async fn found(cx: &Cx, id: Uuid) -> Result<Group, Fault> {
    let mut tx = cx.read().await?;
    all(cx, &mut tx).await?.into_iter().find(|g| g.id == id).ok_or(Fault::NotFound)
}

/// `GET /neighbours/{id}`
///
/// # Errors
/// When the policy refuses, there is no such group, or the database cannot be read.
pub async fn group(cx: Cx, Path(id): Path<Uuid>) -> Result<Response, Fault> {
    let group = found(&cx, id).await?;
    let permit = cx.permit("group:read", &Resource::ordinary("group", cx.code()))?;
    let mut tx = cx.read().await?;
    let told = store::messages(&mut tx, &permit, Some(id), 50).await?;
    let (tone, state) = standing(&cx, &group);
    let topics = topic_names(&cx, &group.topics, cx.words.language());
    render(&GroupPage {
        page: cx.page_titled(group.name.clone()),
        crumbs: vec![Link::new("/neighbours", cx.t("neighbours-title"))],
        kind: cx.t(&format!("neighbours-kind-{}", group.kind)),
        areas: area_names(&cx, &group.areas),
        topics: if topics.is_empty() { cx.t("neighbours-all-topics") } else { topics },
        since: cx.words.day(date(group.since_on)),
        consent: group.consent_on.map(|d| cx.words.day(date(d))).unwrap_or_default(),
        ended: group.ended_at.map(|at| cx.words.date(at)).unwrap_or_default(),
        messages: told
            .into_iter()
            .map(|m| {
                (cx.words.date_time(m.at), crate::messages::title(&cx, &m), format!("/neighbours/messages/{}", m.id))
            })
            .collect(),
        may_edit: cx.may("group:edit") && group.ended_at.is_none(),
        request: cx.app.clock.id().to_string(),
        tone,
        state,
        group,
    })
}

#[derive(askama::Template)]
#[template(path = "groups/pages/form.html")]
struct FormPage {
    page: Page,
    crumbs: Vec<Link>,
    action: String,
    request: String,
    form: Fields,
    kinds: Vec<Choice>,
    areas: Vec<Choice>,
    topics: Vec<Choice>,
    languages: Vec<Choice>,
    errors: Said,
}

fn form_page(cx: &Cx, id: Option<Uuid>, form: Fields, trouble: &Trouble) -> Result<Response, Fault> {
    let languages = cx.municipality.file.languages.iter();
    let page = FormPage {
        page: cx.page(if id.is_some() { "neighbours-edit" } else { "neighbours-new" }),
        crumbs: vec![Link::new("/neighbours", cx.t("neighbours-title"))],
        action: id.map_or_else(|| "/neighbours/new".to_owned(), |id| format!("/neighbours/{id}/edit")),
        request: cx.app.clock.id().to_string(),
        kinds: kinds(cx),
        areas: area_choices(cx),
        topics: topic_choices(cx),
        languages: languages.map(|l| Choice::new(l, cx.t(&format!("neighbours-language-{l}")))).collect(),
        errors: trouble.said(cx, "name"),
        form,
    };
    render_as(trouble.status(), &page)
}

fn typed(cx: &Cx, id: Uuid, form: &Fields) -> Group {
    let first = cx.municipality.file.languages.first().cloned().unwrap_or_default();
    let offered = |l: &&str| cx.municipality.file.languages.iter().any(|o| o == *l);
    Group {
        id,
        name: form.get("name").to_owned(),
        kind: form.get("kind").parse().unwrap_or(Kind::Chat),
        areas: form.ticked("areas"),
        topics: form.ticked("topics"),
        coordinator: form.get("coordinator").to_owned(),
        email: form.get("email").to_owned(),
        phone: form.get("phone").to_owned(),
        consent_on: form.day("consent_on"),
        language: Some(form.get("language")).filter(offered).map_or(first, str::to_owned),
        since_on: form.day("since_on").unwrap_or(i64::MAX),
        note: form.get("note").to_owned(),
        ended_at: None,
        version: form.number("version").unwrap_or(0),
    }
}

/// `GET /neighbours/new`
///
/// # Errors
/// When the policy refuses.
pub async fn new(cx: Cx) -> Result<Response, Fault> {
    cx.permit("group:edit", &Resource::ordinary("group", cx.code()))?;
    let today = cx.now.local(&cx.municipality.zone).date().to_string();
    form_page(&cx, None, Fields::default().with("kind", "chat").with("since_on", today), &Trouble::default())
}

/// `POST /neighbours/new`
///
/// # Errors
/// When the policy or the database refuses.
pub async fn new_submit(cx: Cx, form: Fields) -> Result<Response, Fault> {
    let request = form.id("request")?;
    match save(&cx, request, typed(&cx, request, &form)).await {
        Ok(()) => Ok(see_other("/neighbours?saved=1")),
        Err(fault) => form_page(&cx, None, form, &Trouble::of(fault)?),
    }
}

/// `GET /neighbours/{id}/edit`
///
/// # Errors
/// As [`group`], or when it ended.
pub async fn edit(cx: Cx, Path(id): Path<Uuid>) -> Result<Response, Fault> {
    cx.permit("group:edit", &Resource::ordinary("group", cx.code()))?;
    let group = found(&cx, id).await?;
    if group.ended_at.is_some() {
        return Err(Fault::Rule { key: "neighbours-ended-rule", values: vec![] });
    }
    let form = Fields::default()
        .with("version", group.version.to_string())
        .with("name", group.name)
        .with("kind", group.kind.as_str())
        .with_all("areas", &group.areas)
        .with_all("topics", &group.topics)
        .with("coordinator", group.coordinator)
        .with("email", group.email)
        .with("phone", group.phone)
        .with("consent_on", group.consent_on.map(|d| date(d).to_string()).unwrap_or_default())
        .with("language", group.language)
        .with("since_on", date(group.since_on).to_string())
        .with("note", group.note);
    form_page(&cx, Some(id), form, &Trouble::default())
}

/// `POST /neighbours/{id}/edit`
///
/// # Errors
/// As [`edit`].
pub async fn edit_submit(cx: Cx, Path(id): Path<Uuid>, form: Fields) -> Result<Response, Fault> {
    let group = typed(&cx, id, &form);
    if group.version < 1 {
        return Err(Fault::Bad("fault-bad-request"));
    }
    match save(&cx, form.id("request")?, group).await {
        Ok(()) => Ok(see_other("/neighbours?saved=1")),
        Err(fault) => form_page(&cx, Some(id), form, &Trouble::of(fault)?),
    }
}

/// `POST /neighbours/{id}/end`
///
/// # Errors
/// As [`edit`].
pub async fn end_submit(cx: Cx, Path(id): Path<Uuid>, form: Fields) -> Result<Response, Fault> {
    end(&cx, form.id("request")?, id, form.number("version")?).await?;
    Ok(see_other("/neighbours?saved=1"))
}
