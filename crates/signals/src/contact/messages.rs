//! Messages to the reporter: written in the transaction that causes them, mailed by the outbox.

use super::letters::{self, About, Letter};
use super::template::Event;
use super::{follow, overdue, store};
use crate::handle::{self, EditForm, Signal, checked_note, id_of, shown, stamp};
use crate::intake::{Prepared, Reporter};
use crate::model::{Publication, State};
use crate::touched::touched;
use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use kit::clock::id_at;
use kit::once::{self, Claim};
use kit::outbox;
use kit::{Fault, FieldFaults, Tx, Uuid, audit, jobs};
use policy::{Permit, Resource};
use site::{Cx, Shared, see_other};

/// Confirms a new report to who sent it.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn received(
    cx: &Cx,
    tx: &mut Tx,
    permit: &Permit,
    new: &Prepared,
    reporter: &Reporter,
) -> Result<(), Fault> {
    if reporter.email.trim().is_empty() {
        return Ok(());
    }
    let about = About {
        id: new.id,
        reference: &new.reference,
        category: &new.category,
        state: new.state,
        reported_at: new.reported_at,
        due_at: new.due_at,
        language: &new.language,
        note: "",
        link: String::new(),
    };
    let event = letters::of_kind(new.kind);
    let letter = letters::letter(cx, tx, event, &about).await?;
    send(cx, tx, permit, new.id, (id_at(cx.now), event), letter, &reporter.email).await
}

/// Tells reporter and followers of a change of state; `event` is its line in the history.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn changed(
    cx: &Cx,
    tx: &mut Tx,
    permit: &Permit,
    signal: &Signal,
    (to, note, tell): (State, &str, bool),
    event: Uuid,
) -> Result<(), Fault> {
    if tell {
        let kind = letters::of_change(signal.state, to);
        mail(cx, tx, permit, signal, (event, kind), (to, note)).await?;
    }
    if to == State::ReactionRequested {
        overdue::plan(cx, tx, signal.id, event).await?;
    }
    let news = signal.publication == Publication::Shown && signal.state.public_word() != to.public_word();
    if news && store::has_followers(tx, cx.code(), signal.id).await? {
        let payload = serde_json::json!({ "signal": signal.id });
        jobs::enqueue(tx, cx.code(), follow::FOLLOWERS, &payload, Some(&event.to_string()), cx.now).await?;
    }
    Ok(())
}

/// Mails the reporter about `event`, when there is an address and the reporter wants mails.
pub(super) async fn mail(
    cx: &Cx,
    tx: &mut Tx,
    permit: &Permit,
    signal: &Signal,
    (id, event): (Uuid, Event),
    (state, note): (State, &str),
) -> Result<(), Fault> {
    let reporter = handle::reporter(tx, permit, signal.id).await?.filter(|r| !r.email.is_empty());
    let Some(reporter) = reporter else { return Ok(()) };
    if store::is_muted(tx, cx.code(), signal.id).await? {
        return Ok(());
    }
    let about = About {
        id: signal.id,
        reference: &signal.reference,
        category: &signal.category,
        state,
        reported_at: signal.reported_at,
        due_at: signal.due_at.filter(|_| !state.is_closed()),
        language: &signal.language,
        note,
        link: String::new(),
    };
    let letter = letters::letter(cx, tx, event, &about).await?;
    send(cx, tx, permit, signal.id, (id, event), letter, &reporter.email).await
}

async fn send(
    cx: &Cx,
    tx: &mut Tx,
    permit: &Permit,
    signal: Uuid,
    (id, event): (Uuid, Event),
    letter: Letter,
    recipient: &str,
) -> Result<(), Fault> {
    let by = (cx.actor.account, cx.now);
    store::add_message(tx, permit, signal, (id, event.as_str(), "waiting"), &letter, by).await?;
    let message = outbox::Message {
        id,
        municipality: cx.code().to_owned(),
        recipient: recipient.trim().to_owned(),
        subject: letter.subject,
        body: letter.body,
    };
    Ok(outbox::put(tx, &message, cx.now).await?)
}

/// `POST /signals/{id}/message`: what a colleague writes to the reporter.
///
/// # Errors
/// As the page of the signal; what the sender can mend comes back with the text that was typed.
pub async fn write_free(cx: Cx, Path(id): Path<String>, Form(form): Form<EditForm>) -> Result<Response, Fault> {
    let id = id_of(&id)?;
    let permit = cx.permit("signal:handle", &Resource::ordinary("signal", cx.code()))?;
    let (request, _) = stamp(&form.request, &form.version)?;
    let back = format!("/signals/{id}");
    let mut tx = cx.write().await?;
    if let Claim::Replay(to) = once::claim(&mut tx, permit.municipality(), request, cx.now, &back).await? {
        return Ok(see_other(&to));
    }
    match free(&cx, &mut tx, &permit, id, &form.message).await {
        Ok(()) => {
            tx.commit().await?;
            Ok(see_other(&back))
        }
        Err(fault @ (Fault::Invalid(_) | Fault::Rule { .. })) => {
            drop(tx);
            shown(&cx, id, Some(form), Some(&fault)).await
        }
        Err(fault) => Err(fault),
    }
}

async fn free(cx: &Cx, tx: &mut Tx, permit: &Permit, id: Uuid, text: &str) -> Result<(), Fault> {
    let signal = handle::get(tx, permit, id).await?.ok_or(Fault::NotFound)?;
    let text = checked_note(text, true).map_err(|fault| match fault {
        Fault::Invalid(faults) => {
            let mut own = FieldFaults::default();
            for fault in faults.0 {
                own.add_with("message", fault.key, fault.values);
            }
            Fault::Invalid(own)
        }
        other => other,
    })?;
    let reporter = handle::reporter(tx, permit, id).await?;
    if reporter.as_ref().is_none_or(|r| r.email.is_empty()) {
        return Err(Fault::Rule { key: "contact-rule-no-address", values: vec![] });
    }
    if store::is_muted(tx, cx.code(), id).await? {
        return Err(Fault::Rule { key: "contact-rule-muted", values: vec![] });
    }
    mail(cx, tx, permit, &signal, (id_at(cx.now), Event::Free), (signal.state, &text)).await?;
    let detail = serde_json::json!({ "kind": "message" });
    audit::record(tx, &cx.deed(), permit.action(), "signal", &id.to_string(), &detail).await?;
    touched(cx, tx, permit, reporter.as_ref()).await
}

/// `POST /signals/{id}/messages/{message}/again`: sends a message again of which nobody knows whether it arrived.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Rule`] when it is not unsure, or when the policy refuses or the database fails.
pub async fn send_again(cx: Cx, Path((id, message)): Path<(Uuid, Uuid)>) -> Result<Response, Fault> {
    let permit = cx.permit("signal:handle", &Resource::ordinary("signal", cx.code()))?;
    let mut tx = cx.write().await?;
    if store::report_of(&mut tx, cx.code(), message).await? != Some(id) {
        return Err(Fault::NotFound);
    }
    if !outbox::again(&mut tx, cx.code(), message, cx.now).await? {
        return Err(Fault::Rule { key: "contact-rule-not-unsure", values: vec![] });
    }
    store::mark(&mut tx, cx.code(), message, "waiting", "").await?;
    let detail = serde_json::json!({ "kind": "message-again", "message": message });
    audit::record(&mut tx, &cx.deed(), permit.action(), "signal", &id.to_string(), &detail).await?;
    tx.commit().await?;
    Ok(see_other(&format!("/signals/{id}")))
}

/// Job [`kit::outbox::DELIVER`]: delivers what is due and writes with each report what became of its messages.
///
/// # Errors
/// When the database refuses.
pub async fn deliver(app: Shared, job: jobs::Job) -> anyhow::Result<()> {
    outbox::deliver(&app.main, &app.post, &job, &app.clock).await?;
    let mut tx = app.main.write().await?;
    store::settle(&mut tx, &job.municipality).await?;
    Ok(tx.commit().await?)
}
