//! What can be done with contacts.

use super::{Contact, Kept};
use crate::config::YouthConfig;
use crate::place::Place;
use crate::{guard, store};
use kit::clock::{day_date, day_number};
use kit::once::{self, Claim};
use kit::{At, Fault, FieldFaults, Tx, Uuid, audit};
use policy::{Permit, Resource};
use signals::pick::Pick;
use signals::presence::{self, Presence};
use site::Cx;

/// Longest text, in characters.
pub const TEXT: usize = 1000;
/// A clock that runs ahead by this much is no lie, in microseconds.
const AHEAD: i64 = 5 * 60_000_000;
/// Weeks that the overview looks back.
pub(crate) const WEEKS: i64 = 26;

/// A contact as it was filled in.
#[derive(Clone, Debug, Default)]
pub struct Form {
    /// Id of the hang-out; `other` for another place.
    pub place: String,
    /// The other place.
    pub pick: Pick,
    /// When it began, local `2024-06-03T10:00`; empty is just now.
    pub at: String,
    /// Minutes, as typed; empty is the usual number.
    pub minutes: String,
    /// Size.
    pub size: String,
    /// Mood.
    pub mood: String,
    /// Age band; may be empty.
    pub age: String,
    /// What was to be seen.
    pub seen: String,
    /// What was agreed.
    pub agreement: String,
    /// Day on which it is looked at, as typed.
    pub check_on: String,
    /// What follows.
    pub follow_up: String,
    /// Whether the officer said that what looks like a name is none.
    pub sure: bool,
}

/// Today in the municipality, in days since 1970-01-01.
pub(crate) fn today(cx: &Cx) -> i64 {
    local_day(cx, cx.now)
}

fn local_day(cx: &Cx, at: At) -> i64 {
    i64::from(at.day_and_hour(&cx.municipality.zone).0)
}

/// The day as forms take it.
pub(crate) fn day_text(day: i64) -> String {
    day_date(i32::try_from(day).unwrap_or_default()).to_string()
}

/// The local time as `datetime-local` takes it.
pub(crate) fn local_text(cx: &Cx, at: At) -> String {
    at.local(&cx.municipality.zone).strftime("%Y-%m-%dT%H:%M").to_string()
}

pub(crate) fn writing(cx: &Cx) -> Result<Permit, Fault> {
    cx.permit("youth:write", &Resource::ordinary("youth", cx.code()))
}

/// Hang-outs, and contacts of the last half year, the newest first. Who may not read notes gets them without words.
///
/// # Errors
/// When the policy refuses or the database cannot be read.
pub async fn all(cx: &Cx, tx: &mut Tx) -> Result<(Vec<Place>, Vec<Contact>), Fault> {
    let permit = cx.permit("youth:overview", &Resource::ordinary("youth", cx.code()))?;
    let places = store::places(tx, &permit).await?;
    let monday = today(cx) - (today(cx) + 3).rem_euclid(7);
    let mut contacts = store::since(tx, &permit, monday - 7 * (WEEKS - 1)).await?;
    if cx.permit("youth:read", &Resource::ordinary("youth", cx.code())).is_err() {
        for c in &mut contacts {
            (c.place, c.seen, c.agreement, c.kept_note) = Default::default();
        }
    }
    Ok((places, contacts))
}

fn length(faults: &mut FieldFaults, field: &'static str, text: &str) {
    if text.chars().count() > TEXT {
        faults.add_with(field, "youth-too-long", vec![("most", TEXT.to_string())]);
    }
}

/// From when to when, or a fault of the fields `at` and `minutes`.
fn times(cx: &Cx, form: &Form, faults: &mut FieldFaults) -> Option<(At, At)> {
    let config = cx.municipality.get::<YouthConfig>();
    let minutes = match form.minutes.as_str() {
        "" => Some(config.minutes),
        text => text.parse::<i64>().ok().filter(|n| (1..=config.most_minutes).contains(n)),
    };
    if minutes.is_none() {
        faults.add_with("minutes", "youth-minutes-wrong", vec![("most", config.most_minutes.to_string())]);
    }
    let span = minutes.unwrap_or(config.minutes) * 60_000_000;
    let from = if form.at.is_empty() {
        Some(At::from_micros(cx.now.micros() - span))
    } else {
        let local = form.at.parse::<jiff::civil::DateTime>().ok();
        local.and_then(|l| l.to_zoned(cx.municipality.zone.clone()).ok()).map(|z| At(z.timestamp()))
    };
    let Some(from) = from else {
        faults.add("at", "youth-at-wrong");
        return None;
    };
    if from.micros() > cx.now.micros() + AHEAD {
        faults.add("at", "youth-at-future");
    } else if from.micros() < cx.now.micros() - config.oldest_days * 86_400_000_000 {
        faults.add_with("at", "youth-at-old", vec![("days", config.oldest_days.to_string())]);
    }
    minutes?;
    Some((from, At::from_micros((from.micros() + span).min(cx.now.micros().max(from.micros())))))
}

/// Writes a contact with the officer's presence, once per form; its id is that of the form.
///
/// # Errors
/// [`Fault::Invalid`] with a sentence per field, or when the policy or the database refuses.
pub async fn create(cx: &Cx, tx: &mut Tx, request: Uuid, form: &Form) -> Result<Contact, Fault> {
    let permit = writing(cx)?;
    let account = permit.actor().ok_or(Fault::SignIn)?;
    let config = cx.municipality.get::<YouthConfig>();
    let places = store::places(tx, &permit).await?;
    let names: Vec<String> = places.iter().map(|p| p.name.clone()).collect();
    let mut faults = FieldFaults::default();
    let hang_out = places.iter().find(|p| p.id.to_string() == form.place && !p.is_ended);
    let spot = match hang_out {
        Some(p) => Some(((p.lon, p.lat), p.area.clone(), String::new())),
        None if form.place == "other" => {
            let picked = form.pick.point(cx, tx, &permit, &mut faults).await?;
            // a street, never a door: who lives there has no part in it
            let street =
                |name: &str| name.split(|c: char| c.is_ascii_digit()).next().unwrap_or_default().trim().to_owned();
            guard::check(cx, &mut faults, ("address", &street(&form.pick.address)), &names, form.sure);
            picked.map(|p| (p.point, p.area, street(&p.name)))
        }
        None => {
            faults.add("place_id", "youth-place-missing");
            None
        }
    };
    if config.size(&form.size).is_none() {
        faults.add("size", "youth-size-missing");
    }
    if config.mood(&form.mood).is_none() {
        faults.add("mood", "youth-mood-missing");
    }
    let age = Some(form.age.clone()).filter(|a| config.ages.iter().any(|w| w.id == *a));
    let follow_up = config.follow_ups.iter().find(|w| w.id == form.follow_up).or(config.follow_ups.first());
    for (field, text) in [("seen", &form.seen), ("agreement", &form.agreement)] {
        length(&mut faults, field, text);
        guard::check(cx, &mut faults, (field, text), &names, form.sure);
    }
    let span = times(cx, form, &mut faults);
    let day = span.map_or(today(cx), |(from, _)| local_day(cx, from));
    let check_on = match (form.agreement.is_empty(), form.check_on.is_empty()) {
        (true, _) => None,
        (false, true) => Some(day + config.check_days),
        (false, false) => {
            let typed = form.check_on.parse().ok().map(|d| i64::from(day_number(d)));
            if typed.is_none_or(|d| d < day) {
                faults.add("check_on", "youth-check-wrong");
            }
            typed
        }
    };
    faults.ok()?;
    let (Some((point, area, place)), Some((from, to))) = (spot, span) else {
        return Err(Fault::Bad("fault-bad-request"));
    };
    let contact = Contact {
        id: request,
        place_id: hang_out.map(|p| p.id),
        place,
        lon: point.0,
        lat: point.1,
        area,
        at: from,
        day,
        size: form.size.clone(),
        mood: form.mood.clone(),
        age,
        seen: form.seen.clone(),
        agreement: form.agreement.clone(),
        check_on,
        kept: None,
        kept_note: String::new(),
        follow_up: follow_up.map(|w| w.id.clone()).unwrap_or_default(),
        version: 1,
    };
    if once::claim(tx, cx.code(), request, cx.now, "/youth").await? != Claim::New {
        return Ok(contact);
    }
    store::insert(tx, &permit, &contact, cx.now).await?;
    if let Some(presence) = Presence::at(&cx.municipality, request, account, (from, to), point) {
        presence::record(tx, &permit, &presence).await?;
    }
    let detail = serde_json::json!({ "act": "create", "size": contact.size, "mood": contact.mood });
    audit::record(tx, &cx.deed(), permit.action(), "youth_contact", &request.to_string(), &detail).await?;
    Ok(contact)
}

/// What is done with a contact later.
#[derive(Clone, Debug)]
pub enum Change {
    /// Its agreement was looked at: the word of a [`Kept`], a note, and whether what looks like a name in it is none.
    Checked(String, String, bool),
    /// Its words are taken away: something slipped in that may not be there.
    Wipe,
}

/// Changes a contact, once per form; gives its hang-out.
///
/// # Errors
/// [`Fault::Invalid`] with a sentence per field, [`Fault::NotFound`], [`Fault::Stale`].
pub async fn change(
    cx: &Cx,
    tx: &mut Tx,
    request: Uuid,
    (id, version): (Uuid, i64),
    change: &Change,
) -> Result<Option<Uuid>, Fault> {
    let permit = writing(cx)?;
    let mut contact = store::get(tx, &permit, id).await?.ok_or(Fault::NotFound)?;
    let place = contact.place_id;
    if once::claim(tx, cx.code(), request, cx.now, "/youth").await? != Claim::New {
        return Ok(place);
    }
    if contact.version != version {
        return Err(Fault::Stale);
    }
    let act = match change {
        Change::Checked(kept, note, sure) => {
            let mut faults = FieldFaults::default();
            let kept = kept.parse::<Kept>().ok();
            if kept.is_none() {
                faults.add("kept", "youth-kept-missing");
            }
            length(&mut faults, "note", note);
            let names: Vec<String> = store::places(tx, &permit).await?.into_iter().map(|p| p.name).collect();
            guard::check(cx, &mut faults, ("note", note), &names, *sure);
            faults.ok()?;
            if !contact.is_open() {
                return Err(Fault::Stale);
            }
            contact.kept = kept;
            contact.kept_note.clone_from(note);
            "checked"
        }
        Change::Wipe => {
            (contact.place, contact.seen, contact.agreement, contact.kept_note) = Default::default();
            contact.check_on = None;
            contact.kept = None;
            "wiped"
        }
    };
    if store::change(tx, &permit, &contact).await? != 1 {
        return Err(Fault::Stale);
    }
    let detail = serde_json::json!({ "act": act });
    audit::record(tx, &cx.deed(), permit.action(), "youth_contact", &id.to_string(), &detail).await?;
    Ok(place)
}
