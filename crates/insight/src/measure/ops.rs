//! What can be done with measures.

use super::{Around, Measure, Stage, length, store};
use crate::config::PictureConfig;
use crate::seen::Seen;
use areas::Atlas;
use kit::once::{self, Claim};
use kit::{Fault, FieldFaults, Tx, Uuid, audit};
use picture::effect::Power;
use policy::{Permit, Resource};
use signals::Catalogue;
use site::Cx;

/// Longest title and text, in characters.
const LINE: usize = 200;
const TEXT: usize = 4000;

/// A measure as it was filled in.
#[derive(Clone, Debug, Default)]
pub struct NewMeasure {
    /// The id of the form, which becomes the id of the measure.
    pub request: Uuid,
    /// What it is called.
    pub title: String,
    /// Kind.
    pub kind: String,
    /// What it is meant to do.
    pub goal: String,
    /// Codes of neighbourhoods.
    pub areas: Vec<String>,
    /// Main categories.
    pub subjects: Vec<String>,
    /// First day, as typed.
    pub starts_on: String,
    /// Last day, as typed; may be empty.
    pub ends_on: String,
}

/// A change of a measure.
#[derive(Clone, Debug)]
pub enum Change {
    /// It has, or had, this last day (as typed).
    End(String),
    /// What people concluded.
    Conclude(String),
    /// It was never carried out.
    Withdraw,
}

fn permit(cx: &Cx) -> Result<Permit, Fault> {
    cx.permit("measure:edit", &Resource::open("measure", cx.code()))
}

/// All measures, the newest start first.
///
/// # Errors
/// When the policy refuses or the database cannot be read.
pub async fn all(cx: &Cx, tx: &mut Tx) -> Result<Vec<Measure>, Fault> {
    let permit = cx.permit("picture:read", &Resource::open("measure", cx.code()))?;
    Ok(store::all(tx, &permit).await?)
}

fn day(text: &str) -> Option<i32> {
    text.parse().ok().map(kit::clock::day_number)
}

/// The measure that a form describes, without what could be seen of it.
///
/// # Errors
/// [`Fault::Invalid`] with a sentence per field.
pub fn check(cx: &Cx, new: &NewMeasure) -> Result<Measure, Fault> {
    let mut faults = FieldFaults::default();
    let config = cx.municipality.get::<PictureConfig>();
    let sheet = cx.municipality.get::<Atlas>().sheet();
    let catalogue = cx.municipality.get::<Catalogue>();
    if new.title.is_empty() {
        faults.add("title", "measure-title-missing");
    }
    if new.title.chars().count() > LINE {
        faults.add_with("title", "measure-too-long", vec![("most", LINE.to_string())]);
    }
    if new.goal.is_empty() {
        faults.add("goal", "measure-goal-missing");
    }
    if new.goal.chars().count() > TEXT {
        faults.add_with("goal", "measure-too-long", vec![("most", TEXT.to_string())]);
    }
    if config.effect.kinds.iter().all(|k| k.id != new.kind) {
        faults.add("kind", "measure-kind-missing");
    }
    let known = |code: &String| sheet.neighbourhoods().any(|a| a.code == *code);
    if new.areas.is_empty() || !new.areas.iter().all(known) {
        faults.add("areas", "measure-areas-missing");
    }
    if new.subjects.is_empty() || !new.subjects.iter().all(|s| catalogue.mains.iter().any(|m| m.id == *s)) {
        faults.add("subjects", "measure-subjects-missing");
    }
    let starts_on = day(&new.starts_on);
    if starts_on.is_none() {
        faults.add("starts_on", "measure-start-missing");
    }
    let ends_on = day(&new.ends_on);
    if !new.ends_on.is_empty() && (ends_on.is_none() || ends_on < starts_on) {
        faults.add("ends_on", "measure-end-wrong");
    }
    faults.ok()?;
    Ok(Measure {
        id: new.request,
        title: new.title.clone(),
        kind: new.kind.clone(),
        goal: new.goal.clone(),
        areas: new.areas.clone(),
        subjects: new.subjects.clone(),
        starts_on: starts_on.unwrap_or_default(),
        ends_on,
        power: Power { smallest_visible: 1.0, by_weeks: Vec::new(), expected: 0.0, unknown: None },
        conclusion: String::new(),
        concluded_at: None,
        withdrawn_at: None,
        made_at: cx.now,
        version: 1,
    })
}

/// What could be seen of a measure, told from what was counted before its start.
///
/// # Errors
/// When the database cannot be read.
pub async fn outlook(cx: &Cx, tx: &mut Tx, measure: &Measure) -> Result<Power, Fault> {
    let others = all(cx, tx).await?;
    let seen = Seen::light(tx, &cx.municipality, cx.now).await?;
    let measure = measure.clone();
    crate::view::blocking(move || {
        let around = Around::of(&seen, &measure, &others);
        around.power(&seen, length(&seen, &measure))
    })
    .await
}

/// Writes a measure once per form, with what could be seen of it.
///
/// # Errors
/// [`Fault::Invalid`] with a sentence per field, or when the policy or the database refuses.
pub async fn create(cx: &Cx, new: &NewMeasure) -> Result<Uuid, Fault> {
    let permit = permit(cx)?;
    let mut measure = check(cx, new)?;
    let mut tx = cx.read().await?;
    measure.power = outlook(cx, &mut tx, &measure).await?;
    drop(tx);
    let mut tx = cx.write().await?;
    let answer = format!("/measures/{}", measure.id);
    if once::claim(&mut tx, cx.code(), new.request, cx.now, &answer).await? != Claim::New {
        return Ok(measure.id);
    }
    store::add(&mut tx, &permit, &measure).await?;
    let detail = serde_json::json!({
        "act": "create", "kind": measure.kind, "areas": measure.areas, "subjects": measure.subjects,
    });
    audit::record(&mut tx, &cx.deed(), permit.action(), "measure", &measure.id.to_string(), &detail).await?;
    tx.commit().await?;
    Ok(measure.id)
}

/// Changes a measure once per form.
///
/// # Errors
/// [`Fault::Invalid`] with a sentence per field, [`Fault::NotFound`], [`Fault::Stale`] when it changed since `version`
/// or cannot change so any more, or when the policy or the database refuses.
pub async fn change(cx: &Cx, request: Uuid, id: Uuid, version: i64, change: &Change) -> Result<(), Fault> {
    let permit = permit(cx)?;
    let mut tx = cx.write().await?;
    if once::claim(&mut tx, cx.code(), request, cx.now, &format!("/measures/{id}")).await? != Claim::New {
        return Ok(());
    }
    let mut measure = store::all(&mut tx, &permit).await?.into_iter().find(|m| m.id == id).ok_or(Fault::NotFound)?;
    let today = cx.now.day_and_hour(&cx.municipality.zone).0;
    if measure.version != version || measure.stage(today) == Stage::Withdrawn {
        return Err(Fault::Stale);
    }
    let mut faults = FieldFaults::default();
    let act = match change {
        Change::End(text) => {
            measure.ends_on = day(text).filter(|end| *end >= measure.starts_on);
            if measure.ends_on.is_none() {
                faults.add("ends_on", "measure-end-wrong");
            }
            "end"
        }
        Change::Conclude(text) => {
            if text.is_empty() {
                faults.add("conclusion", "measure-conclusion-missing");
            }
            if text.chars().count() > TEXT {
                faults.add_with("conclusion", "measure-too-long", vec![("most", TEXT.to_string())]);
            }
            measure.conclusion.clone_from(text);
            measure.concluded_at = Some(cx.now);
            "conclude"
        }
        Change::Withdraw => {
            measure.withdrawn_at = Some(cx.now);
            "withdraw"
        }
    };
    faults.ok()?;
    if !store::change(&mut tx, &permit, &measure).await? {
        return Err(Fault::Stale);
    }
    let detail = serde_json::json!({ "act": act });
    audit::record(&mut tx, &cx.deed(), permit.action(), "measure", &id.to_string(), &detail).await?;
    Ok(tx.commit().await?)
}
