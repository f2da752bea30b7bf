//! What the reporter does on the status page: answers a question, says whether the result is good, and chooses mails.

use super::{ContactConfig, store, token};
use crate::handle::{self, Change, Signal, change_state};
use crate::intake::clean;
use crate::model::State;
use crate::photo::{self, MOST_MEGABYTES, MOST_PHOTOS, PhotoFault, Ready};
use crate::report::status;
use axum::Form;
use axum::extract::{Multipart, Path};
use axum::response::Response;
use kit::clock::id_at;
use kit::once::{self, Claim};
use kit::{Fault, FieldFaults, Tx, Uuid, audit};
use policy::{Permit, Resource};
use serde::Deserialize;
use site::{Cx, see_other};

/// Longest answer, in characters.
pub(crate) const ANSWER: usize = 2000;

/// What the reporter typed, for a page that comes back.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    pub(crate) request: String,
    pub(crate) words: String,
    pub(crate) satisfied: String,
    pub(crate) reason: String,
    pub(crate) reachable: String,
    pub(crate) what: String,
}

/// The report that a token opens, for a deed.
async fn opened(cx: &Cx, tx: &mut Tx, permit: &Permit, text: &str) -> Result<Signal, Fault> {
    let (id, bare) = token::report_of(cx, text)?;
    // Only the token may write: a bare id is known to other systems.
    if bare {
        return Err(Fault::NotFound);
    }
    handle::get(tx, permit, id).await?.ok_or(Fault::NotFound)
}

async fn claimed(cx: &Cx, tx: &mut Tx, text: &str, back: &str) -> Result<bool, Fault> {
    let request = Uuid::try_parse(text).map_err(|_| Fault::Bad("fault-bad-request"))?;
    Ok(once::claim(tx, cx.code(), request, cx.now, back).await? == Claim::New)
}

/// `POST /report/status/{token}/answer`: the answer to a question of staff, with photos when there are any.
///
/// # Errors
/// [`Fault::NotFound`] for a wrong token; what the reporter can mend comes back as the page.
pub async fn answer(cx: Cx, Path(text): Path<String>, body: Multipart) -> Result<Response, Fault> {
    let permit = cx.permit("report:follow", &Resource::ordinary("signal", cx.code()))?;
    let mut faults = FieldFaults::default();
    let (typed, photos) = read(&cx, body, &mut faults).await?;
    let back = format!("/report/status/{text}");
    let words = checked(&typed.words, true, &mut faults);
    let mut tx = cx.write().await?;
    let signal = opened(&cx, &mut tx, &permit, &text).await?;
    if !faults.is_empty() {
        drop(tx);
        return status::again(&cx, &text, typed, &faults).await;
    }
    if !claimed(&cx, &mut tx, &typed.request, &back).await? {
        return Ok(see_other(&back));
    }
    if signal.state != State::ReactionRequested {
        return Err(Fault::Rule { key: "contact-rule-answered", values: vec![] });
    }
    reacted(&cx, &mut tx, &permit, &signal, &words).await?;
    keep(&cx, &mut tx, &permit, signal.id, &photos).await?;
    tx.commit().await?;
    Ok(see_other(&back))
}

/// Writes an answer of the reporter: in the history, and the report goes back to staff when they asked for it.
pub(super) async fn reacted(cx: &Cx, tx: &mut Tx, permit: &Permit, signal: &Signal, words: &str) -> Result<(), Fault> {
    let letter = super::letters::Letter { subject: String::new(), body: words.to_owned() };
    let message = (id_at(cx.now), "reaction", "in");
    store::add_message(tx, permit, signal.id, message, &letter, (None, cx.now)).await?;
    if signal.state == State::ReactionRequested {
        let note: String = words.chars().take(handle::NOTE).collect();
        let change = Change { version: Some(signal.version), to: State::ReactionReceived, note: &note, tell: false };
        change_state(cx, tx, permit, signal.id, &change).await?;
    }
    Ok(())
}

pub(super) async fn keep(cx: &Cx, tx: &mut Tx, permit: &Permit, signal: Uuid, photos: &[Ready]) -> Result<(), Fault> {
    for ready in photos {
        photo::keep(tx, permit, signal, id_at(cx.now), ready, cx.now).await?;
    }
    if !photos.is_empty() {
        let detail = serde_json::json!({ "photos": photos.len() });
        audit::record(tx, &cx.deed(), permit.action(), "signal", &signal.to_string(), &detail).await?;
    }
    Ok(())
}

fn checked(text: &str, required: bool, faults: &mut FieldFaults) -> String {
    let text = clean(text);
    let length = text.chars().count();
    if required && text.is_empty() {
        faults.add("words", "contact-words-missing");
    } else if length > ANSWER {
        let values = vec![("most", ANSWER.to_string()), ("have", length.to_string())];
        faults.add_with("words", "contact-words-long", values);
    }
    text
}

async fn read(cx: &Cx, mut body: Multipart, faults: &mut FieldFaults) -> Result<(Typed, Vec<Ready>), Fault> {
    let bad = |_| Fault::Bad("fault-bad-request");
    let (mut typed, mut photos) = (Typed::default(), Vec::new());
    while let Some(field) = body.next_field().await.map_err(bad)? {
        let name = field.name().unwrap_or_default().to_owned();
        let file = field.file_name().map(clean).unwrap_or_default();
        let bytes = field.bytes().await.map_err(bad)?;
        match name.as_str() {
            "words" => typed.words = String::from_utf8_lossy(&bytes).into_owned(),
            "request" => typed.request = String::from_utf8_lossy(&bytes).into_owned(),
            "photo" if !bytes.is_empty() && photos.len() < MOST_PHOTOS => {
                let made = if bytes.len() > MOST_MEGABYTES << 20 {
                    Err(PhotoFault::Large)
                } else {
                    photo::prepare(&cx.app, bytes.to_vec()).await
                };
                match made {
                    Ok(ready) => photos.push(ready),
                    Err(fault) => {
                        let values = vec![("file", file), ("most", MOST_MEGABYTES.to_string())];
                        faults.add_with("photo", fault.key(), values);
                    }
                }
            }
            _ => {}
        }
    }
    Ok((typed, photos))
}

/// Whether the reporter may still say how satisfied they are: handled, within the days, and once for each handling.
pub(crate) async fn may_say(cx: &Cx, tx: &mut Tx, permit: &Permit, signal: &Signal) -> Result<bool, Fault> {
    let Some(closed) = signal.closed_at.filter(|_| signal.state == State::Done) else { return Ok(false) };
    let days = cx.municipality.get::<ContactConfig>().satisfaction.days;
    let (said, again) = store::rounds(tx, permit, signal.id).await?;
    Ok(said <= again && cx.now.micros() - closed.micros() <= days * 86_400_000_000)
}

/// `POST /report/status/{token}/satisfaction`: whether the result is good; who is not satisfied asks to take the report
/// up again.
///
/// # Errors
/// As [`answer`].
pub async fn satisfaction(cx: Cx, Path(text): Path<String>, Form(typed): Form<Typed>) -> Result<Response, Fault> {
    let permit = cx.permit("report:follow", &Resource::ordinary("signal", cx.code()))?;
    let back = format!("/report/status/{text}");
    let mut tx = cx.write().await?;
    let signal = opened(&cx, &mut tx, &permit, &text).await?;
    let satisfied = match typed.satisfied.as_str() {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    };
    let mut faults = FieldFaults::default();
    if satisfied.is_none() {
        faults.add("satisfied", "contact-satisfied-missing");
    }
    let config = cx.municipality.get::<ContactConfig>();
    let fits = |id: &str| config.reason.iter().any(|r| r.id == id && Some(r.satisfied) == satisfied);
    if satisfied.is_some() && !typed.reason.is_empty() && !fits(&typed.reason) {
        faults.add("reason", "contact-reason-other");
    }
    let words = checked(&typed.words, satisfied == Some(false), &mut faults);
    if !faults.is_empty() {
        drop(tx);
        return status::again(&cx, &text, typed, &faults).await;
    }
    if !claimed(&cx, &mut tx, &typed.request, &back).await? {
        return Ok(see_other(&back));
    }
    if !may_say(&cx, &mut tx, &permit, &signal).await? {
        return Err(Fault::Rule { key: "contact-rule-said", values: vec![] });
    }
    let satisfied = satisfied.unwrap_or_default();
    let reachable = !typed.reachable.is_empty();
    let said = store::Said { satisfied, reachable, reason: &typed.reason, words: &words };
    store::add_satisfaction(&mut tx, &permit, (id_at(cx.now), signal.id, cx.now), &said).await?;
    if satisfied {
        let detail = serde_json::json!({ "satisfied": true });
        audit::record(&mut tx, &cx.deed(), permit.action(), "signal", &signal.id.to_string(), &detail).await?;
    } else {
        let version = Some(signal.version);
        let change = Change { version, to: State::ReopenRequested, note: &words, tell: false };
        change_state(&cx, &mut tx, &permit, signal.id, &change).await?;
    }
    tx.commit().await?;
    Ok(see_other(&back))
}

/// `POST /report/status/{token}/mails`: whether the reporter gets mails about this report.
///
/// # Errors
/// As [`answer`].
pub async fn mails(cx: Cx, Path(text): Path<String>, Form(typed): Form<Typed>) -> Result<Response, Fault> {
    let permit = cx.permit("report:follow", &Resource::ordinary("signal", cx.code()))?;
    let mut tx = cx.write().await?;
    let signal = opened(&cx, &mut tx, &permit, &text).await?;
    match typed.what.as_str() {
        "stop" => store::mute(&mut tx, &permit, signal.id, cx.now).await?,
        "start" => store::unmute(&mut tx, &permit, signal.id).await?,
        _ => return Err(Fault::Bad("fault-bad-request")),
    }
    let detail = serde_json::json!({ "mails": typed.what });
    audit::record(&mut tx, &cx.deed(), permit.action(), "signal", &signal.id.to_string(), &detail).await?;
    tx.commit().await?;
    Ok(see_other(&format!("/report/status/{text}")))
}
