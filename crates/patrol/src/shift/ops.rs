//! What can be done with shifts.

use super::{OWN, Officer, OnShift, Shift, store};
use crate::config::PatrolConfig;
use areas::Atlas;
use jiff::civil::{Date, Time};
use jiff::{Span, Timestamp};
use kit::once::{self, Claim};
use kit::{At, Fault, FieldFaults, Municipality, Tx, Uuid, args, audit};
use law::labour::Limit;
use policy::{Permit, Resource};
use site::Cx;

/// A shift as it was filled in; texts are checked here.
#[derive(Clone, Debug, Default)]
pub struct NewShift {
    /// The id of the form, which becomes the id of the shift.
    pub request: Uuid,
    /// Team id.
    pub team: String,
    /// Local day, `2024-06-03`.
    pub day: String,
    /// Kind of shift, or `own`.
    pub kind: String,
    /// Local start of a shift with hours of its own, `09:30`.
    pub start: String,
    /// Hours of such a shift.
    pub hours: String,
    /// Accounts of the officers.
    pub officers: Vec<Uuid>,
    /// Neighbourhood to start from; empty for the municipality's own base.
    pub base: String,
}

/// Officers who can be on a shift, by name.
///
/// # Errors
/// When the database cannot be read.
pub async fn officers_to_choose(tx: &mut Tx, permit: &Permit) -> Result<Vec<Officer>, Fault> {
    Ok(store::all_officers(tx, permit).await?)
}

/// Writes a shift with its officers, once per form; gives its id.
///
/// # Errors
/// [`Fault::Invalid`] with a sentence per field, or when the policy or the database refuses.
pub async fn create(cx: &Cx, tx: &mut Tx, new: &NewShift) -> Result<Uuid, Fault> {
    let permit = cx.permit("shift:edit", &Resource::ordinary("shift", cx.code()))?;
    if once::claim(tx, cx.code(), new.request, cx.now, "/rounds").await? != Claim::New {
        return Ok(new.request);
    }
    let known = officers_to_choose(tx, &permit).await?;
    let mut faults = FieldFaults::default();
    let config = cx.municipality.get::<PatrolConfig>();
    if config.team(&new.team).is_none() {
        faults.add("team", "patrol-team-missing");
    }
    if new.officers.is_empty() || new.officers.iter().any(|o| known.iter().all(|a| a.id != *o)) {
        faults.add("officers", "patrol-officers-missing");
    }
    let base = base(&cx.municipality, &new.base);
    if base.is_none() {
        faults.add("base", "patrol-base-unknown");
    }
    let times = times(cx, new, &config, &mut faults);
    if let Some((from, to)) = times {
        if to <= cx.now {
            faults.add("day", "patrol-day-past");
        }
        let busy = store::busy(tx, &permit, from, to).await?;
        let names: Vec<String> =
            busy.into_iter().filter(|b| new.officers.contains(&b.account_id)).map(|b| b.name).collect();
        if !names.is_empty() {
            faults.add_with("officers", "patrol-officers-busy", vec![("names", names.join(", "))]);
        }
    }
    let (Some((starts_at, ends_at)), Some((lon, lat)), true) = (times, base, faults.is_empty()) else {
        return Err(Fault::Invalid(faults));
    };
    let shift = Shift {
        id: new.request,
        team: new.team.clone(),
        kind: new.kind.clone(),
        starts_at,
        ends_at,
        day: i64::from(starts_at.day_and_hour(&cx.municipality.zone).0),
        lon,
        lat,
        version: 1,
    };
    store::insert_many(tx, store::values(permit.municipality(), &shift)).await?;
    let rows = new.officers.iter().flat_map(|o| args![permit.municipality(), shift.id, *o]).collect();
    store::insert_officers(tx, rows).await?;
    let detail = serde_json::json!({ "team": shift.team, "kind": shift.kind, "officers": new.officers.len() });
    audit::record(tx, &cx.deed(), permit.action(), "shift", &shift.id.to_string(), &detail).await?;
    Ok(shift.id)
}

/// Most whole hours of a shift with hours of its own: the work that labour-time law allows in one shift.
fn most_hours(cx: &Cx, day: Date) -> i64 {
    let law = cx.app.law.labour.on(day);
    let most = law.rules().iter().filter_map(|rule| match rule.limit {
        Limit::ShiftHours { most_min } => Some(most_min),
        _ => None,
    });
    most.map(i64::from).min().unwrap_or(24 * 60) / 60
}

/// Begin and end of a shift as it was filled in.
fn times(cx: &Cx, new: &NewShift, config: &PatrolConfig, faults: &mut FieldFaults) -> Option<(At, At)> {
    let day: Option<Date> = new.day.parse().ok();
    if day.is_none() {
        faults.add("day", "patrol-day-missing");
    }
    let (start, hours) = if new.kind == OWN {
        let start: Option<Time> = new.start.parse().ok();
        let most = most_hours(cx, day.unwrap_or_else(|| cx.now.local(&cx.municipality.zone).date()));
        let hours = new.hours.parse::<i64>().ok().filter(|h| (1..=most).contains(h));
        if start.is_none() {
            faults.add("start", "patrol-start-missing");
        }
        if hours.is_none() {
            faults.add_with("hours", "patrol-hours-missing", vec![("most", most.to_string())]);
        }
        (start?, hours?)
    } else if let Some(kind) = config.shift(&new.kind) {
        (kind.start, kind.hours)
    } else {
        faults.add("kind", "patrol-kind-missing");
        return None;
    };
    let from: Timestamp = day?.to_datetime(start).to_zoned(cx.municipality.zone.clone()).ok()?.timestamp();
    Some((At(from), At(from.checked_add(Span::new().hours(hours)).ok()?)))
}

/// The place where a shift starts: the municipality's base, or the middle of a neighbourhood.
fn base(municipality: &Municipality, area: &str) -> Option<(f64, f64)> {
    if area.is_empty() {
        return Some((municipality.file.base.lon, municipality.file.base.lat));
    }
    municipality.get::<Atlas>().sheet().get(area).map(|a| a.centre)
}

/// The shift with its officers.
///
/// # Errors
/// [`Fault::NotFound`], or when the database cannot be read.
pub async fn with_officers(tx: &mut Tx, permit: &Permit, id: Uuid) -> Result<(Shift, Vec<OnShift>), Fault> {
    let shift = store::get(tx, permit, id).await?.ok_or(Fault::NotFound)?;
    Ok((shift, store::officers(tx, permit, id).await?))
}
