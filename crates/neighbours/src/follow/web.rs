//! The public page of the neighbourhood: what groups are, and how to hear of what happens.

use super::{Wish, ask, confirm, id_of, permit, stop};
use crate::front::{area_choices, area_names, public_topics, topic_names};
use crate::model::{Following, Rhythm, split};
use crate::store;
use axum::extract::Path;
use axum::response::Response;
use kit::Fault;
use site::{Choice, Cx, Fields, Page, Said, Trouble, render, render_as, see_other};

#[derive(askama::Template)]
#[template(path = "follow/pages/neighbourhood.html")]
struct NeighbourhoodPage {
    page: Page,
    request: String,
    form: Fields,
    areas: Vec<Choice>,
    topics: Vec<Choice>,
    rhythms: Vec<Choice>,
    covered: Vec<(String, String)>,
    contact: String,
    errors: Said,
}

async fn page(cx: &Cx, form: Fields, trouble: &Trouble) -> Result<Response, Fault> {
    let mut tx = cx.read().await?;
    let groups = store::covered(&mut tx, cx.code()).await?;
    let areas = area_choices(cx);
    let count = |code: &String| groups.iter().filter(|g| g.contains(code)).count();
    let covered = areas
        .iter()
        .filter(|a| count(&a.value) > 0)
        .map(|a| (a.label.clone(), cx.words.tn("neighbours-groups-n", i64::try_from(count(&a.value)).unwrap_or(0))));
    let view = NeighbourhoodPage {
        page: cx.page("neighbours-public-title"),
        request: match form.get("request") {
            "" => cx.app.clock.id().to_string(),
            kept => kept.to_owned(),
        },
        covered: covered.collect(),
        topics: public_topics(cx),
        rhythms: Rhythm::ALL.iter().map(|r| Choice::new(r.as_str(), cx.t(&format!("neighbours-rhythm-{r}")))).collect(),
        contact: cx.municipality.file.contact.email.clone(),
        errors: trouble.said(cx, "email"),
        areas,
        form,
    };
    render_as(trouble.status(), &view)
}

/// `GET /neighbourhood`
///
/// # Errors
/// When the database cannot be read.
pub async fn neighbourhood(cx: Cx) -> Result<Response, Fault> {
    permit(&cx)?;
    page(&cx, Fields::default().with("rhythm", Rhythm::Weekly.as_str()), &Trouble::default()).await
}

/// `POST /neighbourhood`
///
/// # Errors
/// When too much was asked, or the database refuses.
pub async fn ask_submit(cx: Cx, form: Fields) -> Result<Response, Fault> {
    let wish = Wish {
        request: form.id("request")?,
        email: form.get("email").to_owned(),
        areas: form.ticked("areas"),
        topics: form.ticked("topics"),
        rhythm: form.get("rhythm").parse().ok(),
    };
    match ask(&cx, wish).await {
        Ok(()) => Ok(see_other("/neighbourhood/asked")),
        Err(fault) => page(&cx, form, &Trouble::of(fault)?).await,
    }
}

#[derive(askama::Template)]
#[template(path = "follow/pages/said.html")]
struct SaidPage {
    page: Page,
    lead: String,
}

fn said(cx: &Cx, title: &str, lead: &str) -> Result<Response, Fault> {
    render(&SaidPage { page: cx.page(title), lead: cx.t(lead) })
}

/// `GET /neighbourhood/asked`
///
/// # Errors
/// When the page cannot be made.
pub async fn asked(cx: Cx) -> Result<Response, Fault> {
    said(&cx, "neighbours-asked", "neighbours-asked-text")
}

/// `GET /neighbourhood/stopped`
///
/// # Errors
/// When the page cannot be made.
pub async fn stopped(cx: Cx) -> Result<Response, Fault> {
    said(&cx, "neighbours-stopped", "neighbours-stopped-text")
}

#[derive(askama::Template)]
#[template(path = "follow/pages/link.html")]
struct LinkPage {
    page: Page,
    token: String,
    waiting: bool,
    areas: String,
    topics: String,
    rhythm: String,
}

/// `GET /neighbourhood/follow/{token}`: shows the wish with a button to confirm or to stop. A look changes nothing:
/// mail programs open links by themselves.
///
/// # Errors
/// [`Fault::NotFound`] when the link is wrong or its follower is gone.
pub async fn link(cx: Cx, Path(token): Path<String>) -> Result<Response, Fault> {
    let permit = permit(&cx)?;
    let id = id_of(&cx, &token)?;
    let mut tx = cx.read().await?;
    let Some(follower) = store::follower(&mut tx, &permit, id).await? else { return stopped(cx).await };
    let waiting = follower.state == Following::Waiting;
    let topics = topic_names(&cx, &split(&follower.topics), cx.words.language());
    render(&LinkPage {
        page: cx.page(if waiting { "neighbours-link-confirm" } else { "neighbours-link-stop" }),
        token,
        waiting,
        areas: area_names(&cx, &split(&follower.areas)),
        topics: if topics.is_empty() { cx.t("neighbours-all-topics") } else { topics },
        rhythm: cx.t(&format!("neighbours-rhythm-{}", follower.rhythm)),
    })
}

/// `POST /neighbourhood/follow/{token}`: confirms or stops.
///
/// # Errors
/// As [`link`], or when the database refuses.
pub async fn link_submit(cx: Cx, Path(token): Path<String>, form: Fields) -> Result<Response, Fault> {
    match form.get("act") {
        "confirm" => confirm(&cx, &token).await?,
        "stop" => {
            stop(&cx, &token).await?;
            return Ok(see_other("/neighbourhood/stopped"));
        }
        _ => return Err(Fault::Bad("fault-bad-request")),
    }
    Ok(see_other("/neighbourhood/confirmed"))
}

/// `GET /neighbourhood/confirmed`
///
/// # Errors
/// When the page cannot be made.
pub async fn confirmed(cx: Cx) -> Result<Response, Fault> {
    said(&cx, "neighbours-confirmed", "neighbours-confirmed-text")
}
