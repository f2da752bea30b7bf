//! Making, changing, replacing and ending covenants: permit, rule, record, audit.

use super::{Covenant, store};
use crate::partners::front::{Day, email, line, optional_line, paragraph, wrong};
use crate::partners::{self, PartnersConfig};
use kit::{At, Fault, FieldFaults, Tx, Uuid, audit, once};
use policy::{Permit, Resource};
use site::Cx;

/// A covenant as somebody wants to write it down.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// Made with the form; a new covenant gets it as its id.
    pub request: Uuid,
    /// Title.
    pub title: String,
    /// Purpose.
    pub purpose: String,
    /// Legal basis, as cited.
    pub legal_basis: String,
    /// Categories of data.
    pub data_categories: String,
    /// Reference of the privacy protocol.
    pub privacy_protocol: String,
    /// Reference of the data protection impact assessment.
    pub dpia: String,
    /// Contact point for requests of data subjects.
    pub contact: Contact,
    /// The organisations that sign it.
    pub parties: Vec<Uuid>,
    /// The processings that it opens.
    pub processings: Vec<String>,
    /// The areas of life that it is about.
    pub life_areas: Vec<String>,
    /// First day.
    pub valid_from: Day,
    /// Last day.
    pub valid_until: Day,
}

/// A contact point for requests of data subjects.
#[derive(Clone, Debug, Default)]
pub struct Contact {
    /// Name of person, function or desk.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// Telephone number, or empty.
    pub phone: String,
}

/// A covenant that somebody wants to end early.
#[derive(Clone, Debug)]
pub struct Ending {
    /// Made with the form.
    pub request: Uuid,
    /// Version of the covenant on the form.
    pub version: i64,
    /// Why.
    pub reason: String,
}

fn check_contact(faults: &mut FieldFaults, contact: &Contact) {
    line(faults, "contact_name", &contact.name, "covenants-contact-missing");
    email(faults, "contact_email", &contact.email, true);
    optional_line(faults, "contact_phone", &contact.phone);
}

/// The faults of a draft, and its first and first-no-longer instant. `starts` stands in for its first day.
fn check(cx: &Cx, draft: &Draft, starts: Option<At>) -> (FieldFaults, Option<(At, At)>) {
    let mut faults = FieldFaults::default();
    line(&mut faults, "title", &draft.title, "covenants-title-missing");
    paragraph(&mut faults, "purpose", &draft.purpose, "covenants-purpose-missing");
    line(&mut faults, "legal_basis", &draft.legal_basis, "covenants-basis-missing");
    paragraph(&mut faults, "data_categories", &draft.data_categories, "covenants-data-missing");
    line(&mut faults, "privacy_protocol", &draft.privacy_protocol, "covenants-protocol-missing");
    line(&mut faults, "dpia", &draft.dpia, "covenants-dpia-missing");
    check_contact(&mut faults, &draft.contact);
    let register = cx.app.policy.register();
    let declared = |id: &String| register.get(id).is_some_and(|p| p.record);
    if draft.parties.is_empty() {
        faults.add("parties", "covenants-parties-missing");
    }
    if draft.processings.is_empty() || !draft.processings.iter().all(declared) {
        faults.add("processings", "covenants-processings-missing");
    }
    let config = cx.municipality.get::<PartnersConfig>();
    if !draft.life_areas.iter().all(|id| config.life_areas.iter().any(|a| a.id == *id)) {
        faults.add("life_areas", "covenants-life-areas-wrong");
    }
    let from = starts.or_else(|| draft.valid_from.start(&cx.municipality));
    let until = draft.valid_until.end(&cx.municipality);
    if from.is_none() {
        faults.add("valid_from", "covenants-from-missing");
    }
    match until {
        None => faults.add("valid_until", "covenants-until-missing"),
        Some(until) if until <= cx.now => faults.add("valid_until", "covenants-until-past"),
        Some(until) if from.is_some_and(|from| until <= from) => faults.add("valid_until", "covenants-until-early"),
        Some(_) => {}
    }
    (faults, from.zip(until))
}

/// The draft's term when it is without fault.
fn checked(cx: &Cx, draft: &Draft, starts: Option<At>) -> Result<(At, At), Fault> {
    match check(cx, draft, starts) {
        (faults, Some(term)) if faults.is_empty() => Ok(term),
        (faults, _) => Err(Fault::Invalid(faults)),
    }
}

async fn known_parties(tx: &mut Tx, cx: &Cx, draft: &Draft) -> Result<(), Fault> {
    let all = partners::all(tx, cx.code()).await?;
    match draft.parties.iter().all(|id| all.iter().any(|o| o.id == *id)) {
        true => Ok(()),
        false => Err(wrong("parties", "covenants-parties-missing")),
    }
}

async fn write_lists(tx: &mut Tx, permit: &Permit, id: Uuid, draft: &Draft) -> Result<(), Fault> {
    for organisation in &draft.parties {
        store::insert_party(tx, permit, id, *organisation).await?;
    }
    for processing in &draft.processings {
        store::insert_processing(tx, permit, id, processing).await?;
    }
    for life_area in &draft.life_areas {
        store::insert_life_area(tx, permit, id, life_area).await?;
    }
    Ok(())
}

async fn written(tx: &mut Tx, cx: &Cx, act: &str, id: Uuid, detail: serde_json::Value) -> Result<(), Fault> {
    let mut detail = detail;
    detail["act"] = act.into();
    audit::record(tx, &cx.deed(), "covenant:edit", "covenant", &id.to_string(), &detail).await?;
    Ok(())
}

fn what(draft: &Draft, (from, until): (At, At)) -> serde_json::Value {
    serde_json::json!({
        "title": draft.title, "parties": draft.parties, "processings": draft.processings,
        "valid_from": from.0.to_string(), "valid_until": until.0.to_string(),
    })
}

/// Makes a covenant and gives its id.
///
/// # Errors
/// [`Fault::Invalid`] with what must be filled in, or when the policy or the database refuses.
pub async fn create(cx: &Cx, draft: Draft) -> Result<Uuid, Fault> {
    let permit = cx.permit("covenant:edit", &Resource::ordinary("covenant", cx.code()))?;
    let term = checked(cx, &draft, None)?;
    let mut tx = cx.write().await?;
    let answer = format!("/covenants/{}", draft.request);
    if once::claim(&mut tx, cx.code(), draft.request, cx.now, &answer).await? != once::Claim::New {
        return Ok(draft.request);
    }
    known_parties(&mut tx, cx, &draft).await?;
    store::insert(&mut tx, &permit, &draft, term, None, cx.now).await?;
    write_lists(&mut tx, &permit, draft.request, &draft).await?;
    written(&mut tx, cx, "create", draft.request, what(&draft, term)).await?;
    tx.commit().await?;
    Ok(draft.request)
}

/// Ends the covenant `old`, of which the form showed `version`, and makes the draft in its place, in force from this
/// instant: there is no second between them. Gives the new id.
///
/// # Errors
/// As [`create`]; [`Fault::Stale`] when the old one changed or is no longer in force, [`Fault::NotFound`].
pub async fn replace(cx: &Cx, old: Uuid, version: i64, draft: Draft) -> Result<Uuid, Fault> {
    let permit = cx.permit("covenant:edit", &Resource::ordinary("covenant", cx.code()))?;
    let term = checked(cx, &draft, Some(cx.now))?;
    let mut tx = cx.write().await?;
    let answer = format!("/covenants/{}", draft.request);
    if once::claim(&mut tx, cx.code(), draft.request, cx.now, &answer).await? != once::Claim::New {
        return Ok(draft.request);
    }
    let before = super::get(&mut tx, cx.code(), old).await?.ok_or(Fault::NotFound)?;
    known_parties(&mut tx, cx, &draft).await?;
    let reason = cx.t("covenants-replaced");
    if !before.in_force(cx.now) || !store::end(&mut tx, &permit, (old, version), &reason, cx.now).await? {
        return Err(Fault::Stale);
    }
    store::insert(&mut tx, &permit, &draft, term, Some(old), cx.now).await?;
    write_lists(&mut tx, &permit, draft.request, &draft).await?;
    written(&mut tx, cx, "end", old, serde_json::json!({ "replaced_by": draft.request })).await?;
    written(&mut tx, cx, "create", draft.request, what(&draft, term)).await?;
    tx.commit().await?;
    Ok(draft.request)
}

/// Changes a covenant that is not in force yet.
///
/// # Errors
/// As [`create`]; [`Fault::Rule`] when it is or was in force, [`Fault::Stale`] when it changed since `version`,
/// [`Fault::NotFound`].
pub async fn change(cx: &Cx, id: Uuid, version: i64, draft: Draft) -> Result<(), Fault> {
    let permit = cx.permit("covenant:edit", &Resource::ordinary("covenant", cx.code()))?;
    let term = checked(cx, &draft, None)?;
    let mut tx = cx.write().await?;
    if once::claim(&mut tx, cx.code(), draft.request, cx.now, &format!("/covenants/{id}")).await? != once::Claim::New {
        return Ok(());
    }
    let before = super::get(&mut tx, cx.code(), id).await?.ok_or(Fault::NotFound)?;
    if !may_change(&before, cx.now) {
        return Err(Fault::Rule { key: "covenants-not-changed", values: vec![] });
    }
    known_parties(&mut tx, cx, &draft).await?;
    if !store::update(&mut tx, &permit, (id, version), &draft, term, cx.now).await? {
        return Err(Fault::Stale);
    }
    store::clear_parties(&mut tx, &permit, id).await?;
    store::clear_processings(&mut tx, &permit, id).await?;
    store::clear_life_areas(&mut tx, &permit, id).await?;
    write_lists(&mut tx, &permit, id, &draft).await?;
    written(&mut tx, cx, "change", id, what(&draft, term)).await?;
    tx.commit().await?;
    Ok(())
}

/// Whether all of a covenant may still be changed: only before its first instant.
pub(super) fn may_change(covenant: &Covenant, now: At) -> bool {
    covenant.valid_from > now && covenant.ended_at.is_none()
}

/// Changes the contact point, whether the covenant is in force or not: people can ask long after.
///
/// # Errors
/// As [`change`].
pub async fn change_contact(cx: &Cx, id: Uuid, version: i64, request: Uuid, contact: Contact) -> Result<(), Fault> {
    let permit = cx.permit("covenant:edit", &Resource::ordinary("covenant", cx.code()))?;
    let mut faults = FieldFaults::default();
    check_contact(&mut faults, &contact);
    faults.ok()?;
    let mut tx = cx.write().await?;
    if once::claim(&mut tx, cx.code(), request, cx.now, &format!("/covenants/{id}")).await? != once::Claim::New {
        return Ok(());
    }
    super::get(&mut tx, cx.code(), id).await?.ok_or(Fault::NotFound)?;
    if !store::update_contact(&mut tx, &permit, (id, version), &contact, cx.now).await? {
        return Err(Fault::Stale);
    }
    written(&mut tx, cx, "contact", id, serde_json::json!({})).await?;
    tx.commit().await?;
    Ok(())
}

/// Ends a covenant before its last day. The doors that it opened are closed from this instant.
///
/// # Errors
/// [`Fault::Invalid`] without a reason, [`Fault::Stale`] when it changed or ended since, [`Fault::NotFound`], or when
/// the policy or the database refuses.
pub async fn end(cx: &Cx, id: Uuid, ending: Ending) -> Result<(), Fault> {
    let permit = cx.permit("covenant:edit", &Resource::ordinary("covenant", cx.code()))?;
    let mut faults = FieldFaults::default();
    paragraph(&mut faults, "reason", &ending.reason, "covenants-reason-missing");
    faults.ok()?;
    let mut tx = cx.write().await?;
    if once::claim(&mut tx, cx.code(), ending.request, cx.now, &format!("/covenants/{id}")).await? != once::Claim::New {
        return Ok(());
    }
    super::get(&mut tx, cx.code(), id).await?.ok_or(Fault::NotFound)?;
    if !store::end(&mut tx, &permit, (id, ending.version), ending.reason.trim(), cx.now).await? {
        return Err(Fault::Stale);
    }
    written(&mut tx, cx, "end", id, serde_json::json!({})).await?;
    tx.commit().await?;
    Ok(())
}
