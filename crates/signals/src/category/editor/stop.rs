//! The form of a category stop.

use super::{Known, Sent, Tongue, Trouble, fault, get, overview, permit, stamp, text_of, tongues};
use crate::category::stops::{self, Draft, Stop};
use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use jiff::civil;
use kit::once::{self, Claim};
use kit::{At, Fault, Tx, Uuid};
use site::{Cx, FormError, Link, Page, render_as, see_other};

/// The address of a stop that is not there yet.
const NEW: &str = "new";

#[derive(askama::Template)]
#[template(path = "category/pages/stop.html")]
struct StopPage {
    page: Page,
    crumbs: Vec<Link>,
    action: String,
    request: String,
    version: String,
    messages: Vec<Tongue>,
    from: String,
    until: String,
    errors: Vec<FormError>,
}

impl StopPage {
    fn fault(&self, field: &str) -> String {
        fault(&self.errors, field)
    }
}

fn local_text(cx: &Cx, at: At) -> String {
    at.local(&cx.municipality.zone).strftime("%Y-%m-%dT%H:%M").to_string()
}

/// A local day and time as a `datetime-local` control sends it, or as people type it with a space.
fn instant(cx: &Cx, text: &str) -> Result<Option<At>, ()> {
    if text.is_empty() {
        return Ok(None);
    }
    let local: civil::DateTime = text.replace(' ', "T").parse().map_err(|_| ())?;
    let zoned = local.to_zoned(cx.municipality.zone.clone()).map_err(|_| ())?;
    Ok(Some(At(zoned.timestamp())))
}

async fn found(tx: &mut Tx, cx: &Cx, known: &Known, id: &str) -> Result<Stop, Fault> {
    let id = Uuid::try_parse(id).map_err(|_| Fault::NotFound)?;
    stops::get(tx, cx.code(), &known.id, id).await?.ok_or(Fault::NotFound)
}

/// `GET /forms/{category}/stops/{id}`: the form of a stop; the id `new` for one that is not there yet.
///
/// # Errors
/// [`Fault::NotFound`], or when the policy refuses or the database cannot be read.
pub async fn stop(cx: Cx, Path((category, id)): Path<(String, String)>) -> Result<Response, Fault> {
    let known = Known::of(&cx, category)?;
    permit(&cx, "form:edit")?;
    let sent = if id == NEW {
        vec![("version".to_owned(), "0".to_owned()), ("from".to_owned(), local_text(&cx, cx.now))]
    } else {
        let stop = found(&mut cx.read().await?, &cx, &known, &id).await?;
        let mut sent: Sent = stop.message.0.iter().map(|(l, text)| (format!("message-{l}"), text.clone())).collect();
        sent.push(("version".to_owned(), stop.version.to_string()));
        sent.push(("from".to_owned(), local_text(&cx, stop.from)));
        sent.push(("until".to_owned(), stop.until.map(|at| local_text(&cx, at)).unwrap_or_default()));
        sent
    };
    shown(&cx, &known, &id, &sent, &Trouble::none())
}

fn shown(cx: &Cx, known: &Known, id: &str, sent: &Sent, trouble: &Trouble) -> Result<Response, Fault> {
    let value = |language: &str| get(sent, &format!("message-{language}")).to_owned();
    let page = StopPage {
        page: trouble.on(cx.page(if id == NEW { "category-stop-new" } else { "category-stop-edit" })),
        crumbs: vec![
            Link::new("/forms", cx.t("category-title")),
            Link::new(format!("/forms/{}", known.id), known.name(cx)),
        ],
        action: format!("/forms/{}/stops/{id}", known.id),
        request: cx.app.clock.id().to_string(),
        version: get(sent, "version").to_owned(),
        messages: tongues(cx, "message", "category-stop-message", value, &trouble.errors),
        from: get(sent, "from").to_owned(),
        until: get(sent, "until").to_owned(),
        errors: trouble.errors.clone(),
    };
    render_as(trouble.status, &page)
}

/// `POST /forms/{category}/stops/{id}`: makes a stop, or gives it another message or other times.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Bad`] for a form that is not ours, or when the policy refuses or the database fails.
/// What the sender can mend comes back as the form, with what was typed.
pub async fn stop_save(
    cx: Cx,
    Path((category, id)): Path<(String, String)>,
    Form(sent): Form<Sent>,
) -> Result<Response, Fault> {
    let known = Known::of(&cx, category)?;
    let permit = permit(&cx, "form:edit")?;
    let (request, version) = stamp(&sent)?;
    let back = format!("/forms/{}", known.id);
    let mut tx = cx.write().await?;
    if let Claim::Replay(to) = once::claim(&mut tx, permit.municipality(), request, cx.now, &back).await? {
        return Ok(see_other(&to));
    }
    let draft = Draft {
        message: text_of(&cx, &sent, "message"),
        from: instant(&cx, get(&sent, "from")),
        until: instant(&cx, get(&sent, "until")),
    };
    let done = if id == NEW {
        stops::add(&cx, &mut tx, &permit, request, &known.id, &draft).await
    } else {
        let stop = found(&mut tx, &cx, &known, &id).await?;
        stops::change(&cx, &mut tx, &permit, Stop { version, ..stop }, &draft).await
    };
    match done {
        Ok(()) => {
            tx.commit().await?;
            Ok(see_other(&back))
        }
        Err(fault) => shown(&cx, &known, &id, &sent, &Trouble::of(&cx, fault)?),
    }
}

/// `POST /forms/{category}/stops/{id}/end`: ends a stop now; one that did not begin yet never will.
///
/// # Errors
/// As [`stop_save`].
pub async fn stop_end(
    cx: Cx,
    Path((category, id)): Path<(String, String)>,
    Form(sent): Form<Sent>,
) -> Result<Response, Fault> {
    let known = Known::of(&cx, category)?;
    let permit = permit(&cx, "form:edit")?;
    let (request, version) = stamp(&sent)?;
    let back = format!("/forms/{}", known.id);
    let mut tx = cx.write().await?;
    if let Claim::Replay(to) = once::claim(&mut tx, permit.municipality(), request, cx.now, &back).await? {
        return Ok(see_other(&to));
    }
    let stop = found(&mut tx, &cx, &known, &id).await?;
    match stops::end(&cx, &mut tx, &permit, Stop { version, ..stop }).await {
        Ok(()) => {
            tx.commit().await?;
            Ok(see_other(&back))
        }
        Err(fault) => {
            drop(tx);
            overview::shown(&cx, &known, &Trouble::of(&cx, fault)?).await
        }
    }
}
