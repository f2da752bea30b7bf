//! Finding a wreck, and every step after it.

use super::model::{State, Step, Terms};
use super::store::{self, Line, Wreck};
use crate::SanctionsConfig;
use areas::Atlas;
use kit::once::{self, Claim};
use kit::{Fault, FieldFaults, Tx, Uuid, audit};
use policy::{Permit, Resource};
use serde_json::json;
use site::Cx;

/// Longest line and longest record, in characters.
const LINE: usize = 200;
const TEXT: usize = 4_000;

/// A wreck as it is found; its id is the request's.
#[derive(Clone, Debug, Default)]
pub struct NewWreck {
    /// Made by the client.
    pub request: Uuid,
    /// Id of a kind.
    pub kind: String,
    /// What it looks like.
    pub description: String,
    /// Where, in words.
    pub place: String,
    /// Neighbourhood, when it was chosen.
    pub area: String,
    /// Longitude and latitude, when known.
    pub point: Option<(f64, f64)>,
    /// The visit that it was found on.
    pub visit: Option<Uuid>,
    /// Whether a label hangs on it already.
    pub labelled: bool,
}

/// What is said with a step; only what the step asks is read.
#[derive(Clone, Debug, Default)]
pub struct Taken {
    /// Made by the client.
    pub request: Uuid,
    /// The version that was looked at.
    pub version: i64,
    /// The record, the proof of ownership, or the reason.
    pub note: String,
    /// What was done with the lock.
    pub lock: String,
    /// Where it is stored.
    pub store_place: String,
    /// Remove without waiting (Awb art. 5:31), or sell before the term because storing costs too much (art. 5:30(2)).
    pub hurry: bool,
    /// What the owner paid, or what the sale gave, in euros as typed.
    pub euros: String,
}

/// Writes down a wreck that was found.
///
/// # Errors
/// [`Fault::Invalid`] with what misses; when the policy or the database refuses.
pub async fn add(cx: &Cx, tx: &mut Tx, new: &NewWreck) -> Result<Uuid, Fault> {
    let permit = cx.permit("wreck:handle", &Resource::ordinary("wreck", cx.code()))?;
    let config = cx.municipality.get::<SanctionsConfig>();
    let mut faults = FieldFaults::default();
    let kind = config.wrecks.kind(&new.kind);
    if kind.is_none() {
        faults.add("kind", "wrecks-kind-missing");
    }
    line(&new.description, "description", "wrecks-description-missing", &mut faults);
    line(&new.place, "place", "wrecks-place-missing", &mut faults);
    let (Some(kind), true) = (kind, faults.is_empty()) else { return Err(Fault::Invalid(faults)) };
    let to = format!("/wrecks/{}", new.request);
    if let Claim::Replay(_) = once::claim(tx, cx.code(), new.request, cx.now, &to).await? {
        return Ok(new.request);
    }
    let sheet = cx.municipality.get::<Atlas>().sheet();
    let chosen = sheet.get(&new.area).map(|a| a.code.clone());
    let found = new.point.and_then(|(lon, lat)| sheet.neighbourhood(lon, lat).map(str::to_owned));
    let terms = Terms { municipality: &cx.municipality, register: &cx.app.law.terms };
    let label_until = if new.labelled { Some(terms.label_until(kind, cx.now)?) } else { None };
    let wreck = Wreck {
        id: new.request,
        number: store::next_number(tx, &permit).await?,
        kind: kind.id.clone(),
        state: if new.labelled { State::Labelled } else { State::Found },
        description: new.description.clone(),
        place: new.place.clone(),
        lon: new.point.map(|p| p.0),
        lat: new.point.map(|p| p.1),
        area: chosen.or(found).unwrap_or_default(),
        visit_id: new.visit,
        is_urgent: false,
        found_at: cx.now,
        labelled_at: new.labelled.then_some(cx.now),
        label_until,
        removed_at: None,
        record: String::new(),
        lock: String::new(),
        copied_at: None,
        stored_at: None,
        store_place: String::new(),
        ended_at: None,
        outcome: String::new(),
        proof: String::new(),
        costs_cents: 0,
        proceeds_cents: 0,
        version: 1,
    };
    store::insert(tx, &permit, &wreck).await?;
    written(cx, tx, &permit, &wreck, ("found", "")).await?;
    if new.labelled {
        written(cx, tx, &permit, &wreck, ("label", "")).await?;
    }
    Ok(wreck.id)
}

/// Takes a step.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Rule`] when a term is not over (with its day and article), [`Fault::Invalid`] with what
/// misses, [`Fault::Stale`], and when the policy or the database refuses.
pub async fn take(cx: &Cx, tx: &mut Tx, id: Uuid, (step, said): (Step, &Taken)) -> Result<(), Fault> {
    let action = if matches!(step, Step::Sell | Step::Destroy) { "wreck:end" } else { "wreck:handle" };
    let permit = cx.permit(action, &Resource::ordinary("wreck", cx.code()))?;
    if let Claim::Replay(_) = once::claim(tx, cx.code(), said.request, cx.now, &format!("/wrecks/{id}")).await? {
        return Ok(());
    }
    let mut wreck = store::get(tx, &permit, id).await?.ok_or(Fault::NotFound)?;
    if said.version != wreck.version || !wreck.state.steps().contains(&step) {
        return Err(Fault::Stale);
    }
    let config = cx.municipality.get::<SanctionsConfig>();
    let kind = config.wrecks.kind(&wreck.kind).ok_or_else(|| Fault::Internal(format!("kind `{}`", wreck.kind)))?;
    let terms = Terms { municipality: &cx.municipality, register: &cx.app.law.terms };
    wreck.is_urgent = wreck.is_urgent || (step == Step::Remove && said.hurry);
    terms.allow(step, &wreck, (cx.now, said.hurry))?;
    let mut faults = FieldFaults::default();
    let note = |key, faults: &mut FieldFaults| {
        let have = said.note.chars().count();
        if have == 0 || have > TEXT {
            faults.add_with("note", key, vec![("most", TEXT.to_string())]);
        }
    };
    match step {
        Step::Label => {
            (wreck.state, wreck.labelled_at) = (State::Labelled, Some(cx.now));
            wreck.label_until = Some(terms.label_until(kind, cx.now)?);
        }
        Step::Gone => {
            (wreck.state, wreck.ended_at) = (State::Gone, Some(cx.now));
        }
        Step::Remove => {
            note("wrecks-record-missing", &mut faults);
            line(&said.store_place, "store_place", "wrecks-store-missing", &mut faults);
            (wreck.state, wreck.removed_at, wreck.stored_at) = (State::Stored, Some(cx.now), Some(cx.now));
            wreck.record = said.note.clone();
            wreck.lock = said.lock.chars().take(LINE).collect();
            wreck.store_place = said.store_place.clone();
        }
        Step::Copy if wreck.copied_at.is_some() => return Err(Fault::Stale),
        Step::Copy => wreck.copied_at = Some(cx.now),
        Step::Return => {
            note("wrecks-proof-missing", &mut faults);
            wreck.costs_cents = cents(&said.euros, &mut faults);
            (wreck.state, wreck.ended_at) = (State::Returned, Some(cx.now));
            wreck.proof = said.note.clone();
        }
        Step::Sell => {
            wreck.proceeds_cents = cents(&said.euros, &mut faults);
            (wreck.state, wreck.ended_at) = (State::Sold, Some(cx.now));
        }
        Step::Destroy => {
            (wreck.state, wreck.ended_at) = (State::Destroyed, Some(cx.now));
        }
    }
    if matches!(step, Step::Sell | Step::Destroy) {
        note("wrecks-outcome-missing", &mut faults);
        wreck.outcome = said.note.clone();
    }
    faults.ok()?;
    if store::update(tx, &permit, &wreck).await? != 1 {
        return Err(Fault::Stale);
    }
    written(cx, tx, &permit, &wreck, (step.as_str(), &said.note)).await
}

fn line(text: &str, field: &'static str, key: &'static str, faults: &mut FieldFaults) {
    if text.is_empty() || text.chars().count() > LINE {
        faults.add_with(field, key, vec![("most", LINE.to_string())]);
    }
}

/// Euros as typed (`12,50`), in cents; empty is nothing.
fn cents(euros: &str, faults: &mut FieldFaults) -> i64 {
    let text = euros.trim().replace(',', ".");
    let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
    let digits = |s: &str| s.chars().all(|c| c.is_ascii_digit());
    let fits = whole.len() <= 6 && part.len() <= 2 && digits(whole) && digits(part);
    if !fits {
        faults.add("euros", "wrecks-euros-wrong");
        return 0;
    }
    let number = |s: &str| s.parse::<i64>().unwrap_or(0);
    number(whole) * 100 + number(&format!("{part:0<2}"))
}

/// History and audit of a deed.
async fn written(cx: &Cx, tx: &mut Tx, permit: &Permit, wreck: &Wreck, (act, note): (&str, &str)) -> Result<(), Fault> {
    let line = Line { at: cx.now, actor_id: cx.actor.account, act: act.to_owned(), note: note.to_owned() };
    store::add_line(tx, permit, wreck.id, &line).await?;
    let detail = json!({ "act": act, "number": wreck.number, "state": wreck.state });
    audit::record(tx, &cx.deed(), permit.action(), "wreck", &wreck.id.to_string(), &detail).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn euros_are_read_as_people_type_them() {
        let table = [("", 0), ("12", 1200), ("12,5", 1250), ("12.50", 1250), ("0,07", 7)];
        for (typed, expected) in table {
            let mut faults = FieldFaults::default();
            assert_eq!((cents(typed, &mut faults), faults.is_empty()), (expected, true), "{typed}");
        }
        for wrong in ["-1", "1,234", "twaalf", "12345678"] {
            let mut faults = FieldFaults::default();
            cents(wrong, &mut faults);
            assert!(!faults.is_empty(), "{wrong}");
        }
    }
}
