//! Registering decisions and changing the state of actions: permit, rule, record, audit.

use super::store::{self, Lawful};
use super::{NewDecision, Subject, action_states, cite, decisions, known, plan_state, programme_states};
use crate::PlanBook;
use crate::model::{ActionState, Change, DEVIATION, PlanState, ProgrammeState, Refused, State, decide};
use jiff::civil::Date;
use kit::{Fault, FieldFaults, Tx, Uuid, audit, once};
use law::Body;
use policy::{Permit, Resource};
use site::Cx;

/// Longest reference and note, in characters: a paragraph, not a document.
const REFERENCE: usize = 200;
const NOTE: usize = 2000;

/// One fault of one field, as the end of an operation.
fn wrong(field: &'static str, key: &'static str, values: Vec<(&'static str, String)>) -> Fault {
    let mut faults = FieldFaults::default();
    faults.add_with(field, key, values);
    Fault::Invalid(faults)
}

/// The sentence that names who may decide, and on what ground.
fn wrong_body(cx: &Cx, given: Body, competent: &[Body], basis: &str) -> Fault {
    let name = |body: &Body| cx.t(&format!("plan-body-{}", body.name()));
    let competent: Vec<String> = competent.iter().map(name).collect();
    let values = vec![
        ("competent", competent.join(&format!(" {} ", cx.t("plan-or")))),
        ("given", name(&given)),
        ("basis", cite(&cx.words, basis)),
    ];
    wrong("body", "plan-decision-wrong-body", values)
}

/// Whether the model and the register of competence allow the change to this body on that day.
fn lawful<S: State>(cx: &Cx, from: S, to: S, new: &NewDecision) -> Result<&'static Change<S>, Fault> {
    let change = decide(from, to, new.body, Some(&new.note)).map_err(|refused| match refused {
        Refused::NotAllowed { .. } => wrong("what", "plan-decision-not-now", vec![]),
        Refused::WrongBody { competent, basis } => wrong_body(cx, new.body, &[competent], basis),
        Refused::NoReason => wrong("note", "plan-decision-reason", vec![]),
    })?;
    if let Some(rule) = change.rule {
        competent(cx, rule, new.body, new.decided_on)?;
    }
    Ok(change)
}

/// Whether the register of competence names this body for this kind of decision on that day.
fn competent(cx: &Cx, rule: &str, body: Body, day: Date) -> Result<(), Fault> {
    cx.app.law.competence.check(rule, body, day).map(|_| ()).map_err(|w| match &w.article {
        Some(article) => wrong_body(cx, body, &w.required, article),
        None => wrong("decided_on", "plan-decision-no-rule", vec![]),
    })
}

/// The faults that can be seen without the database.
fn check(cx: &Cx, new: &NewDecision) -> FieldFaults {
    let mut faults = FieldFaults::default();
    let today = cx.now.local(&cx.municipality.zone).date();
    if new.decided_on > today {
        faults.add("decided_on", "plan-decision-future");
    }
    let long = |n: usize| vec![("most", n.to_string())];
    match new.reference.trim().chars().count() {
        0 => faults.add("reference", "plan-decision-reference"),
        n if n > REFERENCE => faults.add_with("reference", "plan-too-long", long(REFERENCE)),
        _ => {}
    }
    if new.note.chars().count() > NOTE {
        faults.add_with("note", "plan-too-long", long(NOTE));
    }
    faults
}

/// Registers a decision of a body and brings plan or programme into the state that follows from it.
///
/// # Errors
/// [`Fault::Invalid`] with the sentence that names who may decide and on what ground, [`Fault::Stale`] when the state
/// changed since the form was made, or when the policy or the database refuses.
pub async fn register(cx: &Cx, new: NewDecision) -> Result<(), Fault> {
    let permit = cx.permit("plan:decide", &Resource::open("decision", cx.code()))?;
    check(cx, &new).ok()?;
    let book = cx.municipality.get::<PlanBook>();
    let mut tx = cx.write().await?;
    if once::claim(&mut tx, cx.code(), new.request, cx.now, "/plan/decisions").await? != once::Claim::New {
        return Ok(());
    }
    not_before_the_last(&mut tx, cx, &book, &new).await?;
    let (was, kind, basis) = match new.subject {
        Subject::Plan => plan(&mut tx, cx, &permit, &book, &new).await?,
        Subject::Programme(year) => programme(&mut tx, cx, &permit, &book, year, &new).await?,
        Subject::Deviation => deviation(cx, &new)?,
    };
    let record = Lawful { id: cx.app.clock.id(), plan: &book.plan.id, kind, was: &was, basis };
    store::insert_decision(&mut tx, &permit, &new, &record, cx.now).await?;
    let detail = serde_json::json!({
        "subject": new.subject.to_string(), "was": was, "becomes": new.becomes, "body": new.body.name(),
        "decided_on": new.decided_on.to_string(), "basis": basis,
    });
    audit::record(&mut tx, &cx.deed(), permit.action(), "decision", &record.id.to_string(), &detail).await?;
    tx.commit().await?;
    Ok(())
}

/// A later step cannot have been decided before an earlier one.
async fn not_before_the_last(tx: &mut Tx, cx: &Cx, book: &PlanBook, new: &NewDecision) -> Result<(), Fault> {
    let subject = new.subject.to_string();
    let earlier = decisions(tx, cx.code(), &book.plan.id).await?;
    match earlier.iter().find(|d| d.subject == subject && new.subject != Subject::Deviation) {
        Some(last) if new.decided_on < last.day() => {
            Err(wrong("decided_on", "plan-decision-before-last", vec![("day", cx.words.day(last.day()))]))
        }
        _ => Ok(()),
    }
}

type Outcome = (String, &'static str, &'static str);

async fn plan(tx: &mut Tx, cx: &Cx, permit: &Permit, book: &PlanBook, new: &NewDecision) -> Result<Outcome, Fault> {
    let now = plan_state(tx, cx.code(), book).await?;
    if now.version != new.version {
        return Err(Fault::Stale);
    }
    let to: PlanState = new.becomes.parse().map_err(|_| wrong("what", "plan-decision-what", vec![]))?;
    let change = lawful(cx, now.state, to, new)?;
    if !store::set_plan(tx, permit, &book.plan.id, to, new.version, cx.now).await? {
        return Err(Fault::Stale);
    }
    Ok((now.state.to_string(), change.rule.unwrap_or_default(), change.basis))
}

async fn programme(
    tx: &mut Tx,
    cx: &Cx,
    permit: &Permit,
    book: &PlanBook,
    year: i16,
    new: &NewDecision,
) -> Result<Outcome, Fault> {
    let states = programme_states(tx, cx.code(), book).await?;
    let now = known(states.into_iter().find(|(y, _)| *y == year))?.1;
    if now.version != new.version {
        return Err(Fault::Stale);
    }
    let to: ProgrammeState = new.becomes.parse().map_err(|_| wrong("what", "plan-decision-what", vec![]))?;
    let change = lawful(cx, now.state, to, new)?;
    if !store::set_programme(tx, permit, year, to, new.version, cx.now).await? {
        return Err(Fault::Stale);
    }
    Ok((now.state.to_string(), change.rule.unwrap_or_default(), change.basis))
}

/// A deviation from the main lines changes no state: it says what the council allowed.
fn deviation(cx: &Cx, new: &NewDecision) -> Result<Outcome, Fault> {
    if new.body != DEVIATION.body {
        return Err(wrong_body(cx, new.body, &[DEVIATION.body], DEVIATION.basis));
    }
    competent(cx, DEVIATION.rule, new.body, new.decided_on)?;
    if new.note.trim().is_empty() {
        return Err(wrong("note", "plan-decision-deviation-note", vec![]));
    }
    Ok((String::new(), DEVIATION.rule, DEVIATION.basis))
}

/// A change of an action's state as the adviser wants to record it, in the name of the executive that carries out the
/// programme (plan 5.1).
#[derive(Clone, Debug)]
pub struct ActionChange {
    /// Made with the form.
    pub request: Uuid,
    /// Year of the programme.
    pub year: i16,
    /// Id of the action.
    pub action: String,
    /// The new state.
    pub to: ActionState,
    /// Reason or remark.
    pub note: String,
    /// Version of the state on which the form was made.
    pub version: i64,
}

/// Changes the state of an action.
///
/// # Errors
/// [`Fault::Invalid`] when the change is not in the table or needs a reason, [`Fault::Stale`] when it changed since the
/// form was made, [`Fault::NotFound`] for an unknown action, or when the policy or the database refuses.
pub async fn change_action(cx: &Cx, change: ActionChange) -> Result<(), Fault> {
    let permit = cx.permit("programme:edit", &Resource::open("action", cx.code()))?;
    let book = cx.municipality.get::<PlanBook>();
    if change.note.chars().count() > NOTE {
        return Err(wrong("note", "plan-too-long", vec![("most", NOTE.to_string())]));
    }
    let mut tx = cx.write().await?;
    let answer = format!("/plan/programme/{}", change.year);
    if once::claim(&mut tx, cx.code(), change.request, cx.now, &answer).await? != once::Claim::New {
        return Ok(());
    }
    let mut states = action_states(&mut tx, cx.code(), &book, change.year, cx.words.language()).await?;
    let now = known(states.remove(&change.action))?.standing;
    if now.version != change.version {
        return Err(Fault::Stale);
    }
    decide(now.state, change.to, Body::Executive, Some(&change.note)).map_err(|refused| match refused {
        Refused::NoReason => wrong("note", "plan-action-reason", vec![]),
        _ => wrong("to", "plan-action-not-now", vec![]),
    })?;
    let (note, id) = (change.note.trim(), (change.year, change.action.as_str()));
    if !store::set_action(&mut tx, &permit, id, change.to, note, change.version, cx.now).await? {
        return Err(Fault::Stale);
    }
    let detail = serde_json::json!({ "was": now.state, "becomes": change.to });
    let record = format!("{}/{}", change.year, change.action);
    audit::record(&mut tx, &cx.deed(), permit.action(), "action", &record, &detail).await?;
    tx.commit().await?;
    Ok(())
}
