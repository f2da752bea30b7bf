//! What is done with questions: the draft is changed, and published.

use super::store::{self, DraftForm};
use crate::category::questions::{Question, QuestionKind};
use kit::{Fault, Tx, audit};
use policy::Permit;
use site::Cx;

/// A form of more questions is not filled in.
const MOST: usize = 20;

fn rule(key: &'static str) -> Fault {
    Fault::Rule { key, values: vec![] }
}

/// Changes the draft of `category` that is at `version`.
///
/// # Errors
/// [`Fault::Stale`], [`Fault::Rule`] when a condition would point to nothing, what `edit` refuses, or when the database
/// refuses.
pub(super) async fn change(
    cx: &Cx,
    tx: &mut Tx,
    permit: &Permit,
    (category, version): (&str, i64),
    edit: impl FnOnce(&mut Vec<Question>) -> Result<(), Fault>,
) -> Result<(), Fault> {
    let mut form = at(tx, permit, category, version).await?;
    edit(&mut form.questions)?;
    if form.questions.len() > MOST {
        return Err(Fault::Rule { key: "category-rule-most", values: vec![("most", MOST.to_string())] });
    }
    if !is_sound(&form.questions) {
        return Err(rule("category-rule-condition"));
    }
    save(cx, tx, permit, category, &form).await?;
    written(cx, tx, permit, category, "draft", &form).await
}

/// Publishes the draft of `category`: from now on it is what residents are asked.
///
/// # Errors
/// [`Fault::Stale`], [`Fault::Rule`] when nothing is different, or when the database refuses.
pub(super) async fn publish(cx: &Cx, tx: &mut Tx, permit: &Permit, category: &str, version: i64) -> Result<(), Fault> {
    let mut form = at(tx, permit, category, version).await?;
    let versions = store::versions(tx, permit.municipality(), category).await?;
    if asked_now(&versions, form.published)? == form.questions {
        return Err(rule("category-rule-same"));
    }
    form.published = versions.first().map_or(1, |newest| newest.number + 1);
    store::publish(tx, permit, category, &form, (cx.now, cx.actor.account)).await?;
    save(cx, tx, permit, category, &form).await?;
    written(cx, tx, permit, category, "published", &form).await
}

/// Publishes `questions` as the first version of a category that asks nothing yet; else nothing happens.
///
/// # Errors
/// [`Fault::Rule`] when a condition points to nothing, or when the database refuses.
pub(in crate::category) async fn publish_first(
    cx: &Cx,
    tx: &mut Tx,
    permit: &Permit,
    category: &str,
    questions: Vec<Question>,
) -> Result<(), Fault> {
    if store::draft(tx, permit.municipality(), category).await?.version > 0 {
        return Ok(());
    }
    let all = |draft: &mut Vec<Question>| {
        *draft = questions;
        Ok(())
    };
    change(cx, tx, permit, (category, 0), all).await?;
    publish(cx, tx, permit, category, 1).await
}

/// Puts the version `number` in place of the draft; 0 empties it. Nothing is published by that.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Stale`], or when the database refuses.
pub(super) async fn take_up(
    cx: &Cx,
    tx: &mut Tx,
    permit: &Permit,
    (category, version): (&str, i64),
    number: i64,
) -> Result<(), Fault> {
    let versions = store::versions(tx, permit.municipality(), category).await?;
    if number != 0 && versions.iter().all(|v| v.number != number) {
        return Err(Fault::NotFound);
    }
    let questions = asked_now(&versions, number)?;
    change(cx, tx, permit, (category, version), |draft| {
        *draft = questions;
        Ok(())
    })
    .await
}

/// The questions of the version `number`.
pub(super) fn asked_now(versions: &[store::Version], number: i64) -> kit::Result<Vec<Question>> {
    versions.iter().find(|v| v.number == number).map_or(Ok(vec![]), store::Version::read)
}

async fn at(tx: &mut Tx, permit: &Permit, category: &str, version: i64) -> Result<DraftForm, Fault> {
    let form = store::draft(tx, permit.municipality(), category).await?;
    if form.version == version { Ok(form) } else { Err(Fault::Stale) }
}

async fn save(cx: &Cx, tx: &mut Tx, permit: &Permit, category: &str, form: &DraftForm) -> Result<(), Fault> {
    match store::write(tx, permit, category, form, cx.now).await? {
        0 => Err(Fault::Stale),
        _ => Ok(()),
    }
}

async fn written(
    cx: &Cx,
    tx: &mut Tx,
    permit: &Permit,
    category: &str,
    what: &str,
    form: &DraftForm,
) -> Result<(), Fault> {
    let detail = serde_json::json!({ "questions": what, "number": form.published, "form": form.questions });
    audit::record(tx, &cx.deed(), permit.action(), "question-form", category, &detail).await?;
    Ok(())
}

/// Whether every condition points to an answer of an earlier question that is chosen from a list.
fn is_sound(questions: &[Question]) -> bool {
    questions.iter().enumerate().all(|(at, q)| match &q.when {
        None => true,
        Some(when) => questions
            .iter()
            .take(at)
            .any(|earlier| earlier.id == when.question && earlier.choices().iter().any(|(id, _)| *id == when.equals)),
    })
}

/// The questions before `id` (before the end, for a new one) that a condition can point to.
pub(super) fn pointable<'a>(questions: &'a [Question], id: &str) -> impl Iterator<Item = &'a Question> {
    let at = questions.iter().position(|q| q.id == id).unwrap_or(questions.len());
    let chosen = |q: &&Question| matches!(q.kind, QuestionKind::YesNo | QuestionKind::Choice | QuestionKind::Choices);
    questions.iter().take(at).filter(chosen)
}
