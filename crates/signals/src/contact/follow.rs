//! Following a shown report without an account: an address, confirmed by its owner before the first news, and a way out
//! in every mail. Followers read what the public map shows: category and state, never words or notes.

use super::letters::{self, About};
use super::store::{self, Shown};
use super::template::Event;
use super::token::{self, For};
use super::{ContactConfig, letters::Letter};
use crate::Catalogue;
use crate::intake::clean;
use axum::Form;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use kit::clock::id_at;
use kit::once::{self, Claim};
use kit::throttle::{self, Limit};
use kit::{Fault, FieldFaults, Tx, Uuid, audit, jobs, outbox};
use policy::{Permit, Resource};
use serde::Deserialize;
use site::page::Page;
use site::{Cx, FormError, Shared, render, render_as};

/// The name of the job that tells the followers of a report.
pub const FOLLOWERS: &str = "contact-followers";
const DAY_S: i64 = 86_400;

#[derive(askama::Template)]
#[template(path = "contact/pages/follow.html")]
struct FollowPage {
    page: Page,
    errors: Vec<FormError>,
    lead: String,
    action: String,
    request: Uuid,
    email: String,
    fault: String,
}

#[derive(askama::Template)]
#[template(path = "contact/pages/followed.html")]
struct FollowedPage {
    page: Page,
    lead: String,
    token: String,
    what: &'static str,
}

/// What the form sends.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct FollowForm {
    request: String,
    email: String,
}

/// What a follower does.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Deed {
    what: String,
}

/// The shape that intake asks of a reporter's address too.
fn is_address(text: &str) -> bool {
    text.len() <= 254
        && !text.chars().any(|c| c.is_whitespace() || c.is_control())
        && text.split_once('@').is_some_and(|(name, host)| {
            !name.is_empty() && host.contains('.') && !host.starts_with('.') && !host.ends_with('.')
        })
}

fn permit(cx: &Cx) -> Result<Permit, Fault> {
    cx.permit("report:follow", &Resource::ordinary("signal", cx.code()))
}

/// `GET /report/follow/{reference}`: asks for an address.
///
/// # Errors
/// [`Fault::NotFound`] when no shown report has this reference.
pub async fn follow_form(cx: Cx, Path(reference): Path<String>) -> Result<Response, Fault> {
    let permit = permit(&cx)?;
    let mut tx = cx.read().await?;
    let shown = store::shown(&mut tx, &permit, &reference).await?.ok_or(Fault::NotFound)?;
    drop(tx);
    render(&page(&cx, &shown, String::new(), &FieldFaults::default()))
}

fn page(cx: &Cx, shown: &Shown, email: String, faults: &FieldFaults) -> FollowPage {
    let category = cx.municipality.get::<Catalogue>().name(&shown.category, cx.words.language()).to_owned();
    let values = [("category", category.as_str().into()), ("reference", shown.reference.as_str().into())];
    FollowPage {
        page: cx.page("contact-follow-title"),
        errors: cx.summary(faults),
        lead: cx.words.ta("contact-follow-lead", &values),
        action: format!("/report/follow/{}", site::layers::encode(&shown.reference)),
        request: cx.app.clock.id(),
        email,
        fault: faults.of("email", &cx.words).unwrap_or_default(),
    }
}

/// `POST /report/follow/{reference}`: mails a link to the address. The answer is the same whether the address follows
/// already or not, so that nobody learns who follows what.
///
/// # Errors
/// As [`follow_form`]; [`Fault::Wait`] when there were too many.
pub async fn follow(cx: Cx, Path(reference): Path<String>, Form(form): Form<FollowForm>) -> Result<Response, Fault> {
    let permit = permit(&cx)?;
    let request = Uuid::try_parse(&form.request).map_err(|_| Fault::Bad("fault-bad-request"))?;
    let email = clean(&form.email).to_lowercase();
    let mut tx = cx.write().await?;
    let shown = store::shown(&mut tx, &permit, &reference).await?.ok_or(Fault::NotFound)?;
    let mut faults = FieldFaults::default();
    if email.is_empty() || !is_address(&email) {
        faults.add("email", "contact-email-shape");
    } else if shown.closed_at.is_some() {
        faults.add("email", "contact-follow-closed");
    }
    if !faults.is_empty() {
        drop(tx);
        return render_as(StatusCode::UNPROCESSABLE_ENTITY, &page(&cx, &shown, form.email, &faults));
    }
    if once::claim(&mut tx, cx.code(), request, cx.now, "").await? == Claim::New {
        asked(&cx, &mut tx, &permit, &shown, &email).await?;
        tx.commit().await?;
    }
    let lead = cx.words.t1("contact-follow-sent", "email", &email);
    render(&FollowedPage { page: cx.page("contact-follow-title"), lead, token: String::new(), what: "" })
}

async fn asked(cx: &Cx, tx: &mut Tx, permit: &Permit, shown: &Shown, email: &str) -> Result<(), Fault> {
    let follow = cx.municipality.get::<ContactConfig>().follow;
    let limit = |n: u32| Limit { failures: n.into(), window_s: DAY_S };
    let key = cx.app.seals.of("main")?.fingerprint(email);
    throttle::count(tx, &format!("follow:{key}"), limit(follow.address_a_day), cx.now).await?;
    throttle::count(tx, &format!("follow:{}", cx.code()), limit(follow.network_a_day), cx.now).await?;
    let language = cx.words.language();
    let (id, confirmed) = store::add_follower(tx, permit, (id_at(cx.now), shown.id), (email, language), cx.now).await?;
    let detail = serde_json::json!({ "follow": "asked" });
    audit::record(tx, &cx.deed(), permit.action(), "signal", &shown.id.to_string(), &detail).await?;
    if confirmed {
        return Ok(());
    }
    let link = format!("{}/report/followed/{}", cx.app.public_url, token::token(cx, For::Follower, id)?);
    let letter = letter(cx, tx, Event::FollowConfirm, shown, (language, &link)).await?;
    mail(cx, tx, permit, (id, email), letter, "").await
}

async fn letter(
    cx: &Cx,
    tx: &mut Tx,
    event: Event,
    shown: &Shown,
    (language, link): (&str, &str),
) -> Result<Letter, Fault> {
    let about = About {
        id: shown.id,
        reference: &shown.reference,
        category: &shown.category,
        state: shown.state,
        reported_at: shown.reported_at,
        due_at: None,
        language,
        note: "",
        link: link.to_owned(),
    };
    letters::letter(cx, tx, event, &about).await
}

async fn mail(
    cx: &Cx,
    tx: &mut Tx,
    permit: &Permit,
    (follower, email): (Uuid, &str),
    letter: Letter,
    unsubscribe: &str,
) -> Result<(), Fault> {
    let id = id_at(cx.now);
    let message = outbox::Message {
        id,
        municipality: cx.code().to_owned(),
        recipient: email.to_owned(),
        subject: letter.subject,
        body: letter.body,
    };
    outbox::put_listed(tx, &message, unsubscribe, cx.now).await?;
    Ok(store::mailed(tx, permit, follower, id).await?)
}

/// `GET /report/followed/{token}`: the button that confirms, or the one that stops. Opening the link alone does
/// nothing: mail scanners open links too.
///
/// # Errors
/// [`Fault::NotFound`] for a wrong token.
pub async fn followed(cx: Cx, Path(text): Path<String>) -> Result<Response, Fault> {
    let permit = permit(&cx)?;
    let id = token::id_of(&cx, For::Follower, &text)?;
    let mut tx = cx.read().await?;
    let follower = store::follower(&mut tx, &permit, id).await?.ok_or(Fault::NotFound)?;
    let shown = store::shown_id(&mut tx, &permit, follower.signal_id).await?;
    drop(tx);
    let hours = cx.municipality.get::<ContactConfig>().follow.confirm_hours;
    let old = cx.now.micros() - follower.created_at.micros() > hours * 3_600_000_000;
    let (what, key) = match (&follower, shown.is_some()) {
        (f, _) if f.ended_at.is_some() => ("", "contact-followed-ended"),
        (_, false) => ("stop", "contact-followed-hidden"),
        (f, _) if f.confirmed_at.is_some() => ("stop", "contact-followed-now"),
        _ if old => ("", "contact-followed-old"),
        _ => ("confirm", "contact-followed-confirm"),
    };
    let reference = shown.map(|s| s.reference).unwrap_or_default();
    let lead = cx.words.t1(key, "reference", &reference);
    render(&FollowedPage { page: cx.page("contact-follow-title"), lead, token: text, what })
}

/// `POST /report/followed/{token}`: confirms or stops.
///
/// # Errors
/// As [`followed`].
pub async fn followed_submit(cx: Cx, Path(text): Path<String>, Form(deed): Form<Deed>) -> Result<Response, Fault> {
    let permit = permit(&cx)?;
    let id = token::id_of(&cx, For::Follower, &text)?;
    let mut tx = cx.write().await?;
    let follower = store::follower(&mut tx, &permit, id).await?.ok_or(Fault::NotFound)?;
    let hours = cx.municipality.get::<ContactConfig>().follow.confirm_hours;
    let old = cx.now.micros() - follower.created_at.micros() > hours * 3_600_000_000;
    let touched = match deed.what.as_str() {
        "confirm" if !old => store::confirm(&mut tx, &permit, id, cx.now).await?,
        "confirm" => 0,
        "stop" => store::unfollow(&mut tx, &permit, id, cx.now).await?,
        _ => return Err(Fault::Bad("fault-bad-request")),
    };
    if touched == 1 {
        let detail = serde_json::json!({ "follow": deed.what });
        let subject = follower.signal_id.to_string();
        audit::record(&mut tx, &cx.deed(), permit.action(), "signal", &subject, &detail).await?;
    }
    tx.commit().await?;
    followed(cx, Path(text)).await
}

/// Job [`FOLLOWERS`]: tells the followers of a report what the public sees of it now.
///
/// # Errors
/// When the database refuses.
pub async fn tell_followers(app: Shared, job: jobs::Job) -> anyhow::Result<()> {
    let payload: serde_json::Value = serde_json::from_str(&job.payload)?;
    let signal: Uuid = serde_json::from_value(payload["signal"].clone())?;
    let municipality = app.municipality(&job.municipality)?;
    let cx = Cx::system(&app, &municipality, "report:follow");
    let permit = permit(&cx)?;
    let mut tx = cx.write().await?;
    // Claimed by the job's id: a job that runs again after a crash tells nobody twice.
    if once::claim(&mut tx, cx.code(), job.id, cx.now, "").await? != Claim::New {
        return Ok(());
    }
    let Some(shown) = store::shown_id(&mut tx, &permit, signal).await? else { return Ok(()) };
    for follower in store::followers(&mut tx, &permit, signal).await? {
        let link = format!("{}/report/followed/{}", app.public_url, token::token(&cx, For::Follower, follower.id)?);
        let news = letter(&cx, &mut tx, Event::FollowNews, &shown, (&follower.language, &link)).await?;
        mail(&cx, &mut tx, &permit, (follower.id, &follower.email), news, &link).await?;
    }
    Ok(tx.commit().await?)
}
