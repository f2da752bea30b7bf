//! The register of neighbourhood groups: who coordinates, where, and since when. Nothing of members.

pub mod web;

use crate::front::{among, area_choices, short, topic_choices};
use crate::model::{Group, is_address};
use crate::store;
use kit::clock::day_number;
use kit::{Fault, FieldFaults, Tx, Uuid, audit, once};
use policy::{Permit, Resource};
use site::Cx;

/// Longest line and remark, in characters.
const LINE: usize = 200;
const NOTE: usize = 1000;

/// Every group, those that ended last.
///
/// # Errors
/// When the policy refuses or the database cannot be read.
pub async fn all(cx: &Cx, tx: &mut Tx) -> Result<Vec<Group>, Fault> {
    let permit = cx.permit("group:read", &Resource::ordinary("group", cx.code()))?;
    Ok(store::groups(tx, &permit).await?)
}

fn permit(cx: &Cx) -> Result<Permit, Fault> {
    cx.permit("group:edit", &Resource::ordinary("group", cx.code()))
}

fn check(cx: &Cx, group: &Group) -> Result<(), Fault> {
    let mut faults = FieldFaults::default();
    let today = i64::from(day_number(cx.now.local(&cx.municipality.zone).date()));
    if group.name.is_empty() {
        faults.add("name", "neighbours-name-missing");
    }
    if group.areas.is_empty() || !among(&group.areas, &area_choices(cx)) {
        faults.add("areas", "neighbours-areas-missing");
    }
    if !among(&group.topics, &topic_choices(cx)) {
        faults.add("topics", "neighbours-topics-wrong");
    }
    if group.coordinator.is_empty() {
        faults.add("coordinator", "neighbours-coordinator-missing");
    }
    if !is_address(&group.email) {
        faults.add("email", "neighbours-email-wrong");
    }
    if group.consent_on.is_none_or(|day| day > today) {
        faults.add("consent_on", "neighbours-consent-missing");
    }
    if group.since_on > today {
        faults.add("since_on", "neighbours-since-wrong");
    }
    for (field, text) in [("name", &group.name), ("coordinator", &group.coordinator), ("phone", &group.phone)] {
        short(&mut faults, field, text, LINE);
    }
    short(&mut faults, "note", &group.note, NOTE);
    faults.ok()
}

/// Writes a group: new at version 0 (its id is the request), else changed.
///
/// # Errors
/// [`Fault::Invalid`] with what must be filled in, [`Fault::Stale`] when it changed since its version or ended, or when
/// the policy or the database refuses.
pub async fn save(cx: &Cx, request: Uuid, group: Group) -> Result<(), Fault> {
    let permit = permit(cx)?;
    check(cx, &group)?;
    let mut tx = cx.write().await?;
    let answer = format!("/neighbours/{}", group.id);
    if once::claim(&mut tx, cx.code(), request, cx.now, &answer).await? != once::Claim::New {
        return Ok(());
    }
    if group.version > 0 && !store::groups(&mut tx, &permit).await?.iter().any(|g| g.id == group.id) {
        return Err(Fault::NotFound);
    }
    if !store::put(&mut tx, &permit, &group, cx.now).await? {
        return Err(Fault::Stale);
    }
    // no name or address in the audit trail: it stays for years
    let detail = serde_json::json!({
        "act": if group.version == 0 { "create" } else { "change" },
        "kind": group.kind, "areas": group.areas, "topics": group.topics,
    });
    audit::record(&mut tx, &cx.deed(), "group:edit", "group", &group.id.to_string(), &detail).await?;
    Ok(tx.commit().await?)
}

/// Ends a group; its coordinator's data leave on time (rule `group-contact`).
///
/// # Errors
/// [`Fault::Stale`] when it changed since `version` or ended before, or when the policy or the database refuses.
pub async fn end(cx: &Cx, request: Uuid, id: Uuid, version: i64) -> Result<(), Fault> {
    let permit = permit(cx)?;
    let mut tx = cx.write().await?;
    if once::claim(&mut tx, cx.code(), request, cx.now, &format!("/neighbours/{id}")).await? != once::Claim::New {
        return Ok(());
    }
    if !store::end(&mut tx, &permit, id, version, cx.now).await? {
        return Err(Fault::Stale);
    }
    let detail = serde_json::json!({ "act": "end" });
    audit::record(&mut tx, &cx.deed(), "group:edit", "group", &id.to_string(), &detail).await?;
    Ok(tx.commit().await?)
}
