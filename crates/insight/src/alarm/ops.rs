//! What can be done with alarms: read them, and weigh one.

use super::{Alarm, Record, Verdict, Weighed, Weighing, store};
use crate::config::PictureConfig;
use kit::once::{self, Claim};
use kit::{Fault, FieldFaults, Tx, Uuid, audit};
use policy::{Permit, Resource};
use site::Cx;

/// Longest reason, in characters.
const TEXT: usize = 2000;

/// A weighing as it was filled in.
#[derive(Clone, Debug, Default)]
pub struct NewWeighing {
    /// Id of the form, which becomes the id of the weighing.
    pub request: Uuid,
    /// Version of the alarm on which the form was made.
    pub version: i64,
    /// What they make of it, as sent.
    pub verdict: String,
    /// Why.
    pub reason: String,
}

fn reading(cx: &Cx) -> Result<Permit, Fault> {
    cx.permit("picture:read", &Resource::open("alarm", cx.code()))
}

/// All alarms, the newest first, and the record of those that were judged.
///
/// # Errors
/// When the policy refuses or the database cannot be read.
pub async fn all(cx: &Cx, tx: &mut Tx) -> Result<(Vec<Alarm>, Record), Fault> {
    let permit = reading(cx)?;
    let weighings = store::weighings(tx, &permit, None).await?;
    let level = cx.municipality.get::<PictureConfig>().page.level;
    Ok((store::all(tx, &permit).await?, Record::of(&weighings, level)))
}

/// One alarm with how it was weighed, the newest first.
///
/// # Errors
/// When the policy refuses, there is no such alarm, or the database cannot be read.
pub async fn get(cx: &Cx, tx: &mut Tx, id: Uuid) -> Result<(Alarm, Vec<Weighing>), Fault> {
    let permit = reading(cx)?;
    let alarm = store::get(tx, &permit, id).await?.ok_or(Fault::NotFound)?;
    Ok((alarm, store::weighings(tx, &permit, Some(id)).await?))
}

/// Weighs an alarm, once per form.
///
/// # Errors
/// [`Fault::Invalid`] with a sentence per field, [`Fault::NotFound`], [`Fault::Stale`] when it changed since `version`,
/// or when the policy or the database refuses.
pub async fn weigh(cx: &Cx, id: Uuid, new: &NewWeighing) -> Result<(), Fault> {
    let permit = cx.permit("alarm:weigh", &Resource::open("alarm", cx.code()))?;
    let mut tx = cx.write().await?;
    if once::claim(&mut tx, cx.code(), new.request, cx.now, &format!("/alarms/{id}")).await? != Claim::New {
        return Ok(());
    }
    let alarm = store::get(&mut tx, &permit, id).await?.ok_or(Fault::NotFound)?;
    let mut faults = FieldFaults::default();
    let verdict: Option<Verdict> = new.verdict.parse().ok();
    if verdict.is_none() {
        faults.add("verdict", "alarm-verdict-missing");
    }
    if new.reason.is_empty() {
        faults.add("reason", "alarm-reason-missing");
    }
    if new.reason.chars().count() > TEXT {
        faults.add_with("reason", "alarm-reason-long", vec![("most", TEXT.to_string())]);
    }
    faults.ok()?;
    let Some(verdict) = verdict else { return Err(Fault::Bad("fault-bad-request")) };
    let weighed = Weighed { ratio: alarm.found.ratio, day: cx.now.day_and_hour(&cx.municipality.zone).0 };
    if !store::set_state(&mut tx, &permit, id, new.version, verdict.state(), weighed).await? {
        return Err(Fault::Stale);
    }
    let told = (verdict, new.reason.as_str());
    store::add_weighing(&mut tx, &permit, new.request, id, told, cx.actor.account, cx.now).await?;
    let detail = serde_json::json!({ "verdict": verdict, "ratio": alarm.found.ratio });
    audit::record(&mut tx, &cx.deed(), permit.action(), "alarm", &id.to_string(), &detail).await?;
    Ok(tx.commit().await?)
}
