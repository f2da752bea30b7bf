//! Hang-outs: places where young people meet, with the trend of contacts, size and mood, and open agreements.

pub mod web;

use crate::config::YouthConfig;
use crate::contact::Contact;
use crate::contact::ops::writing;
use crate::{guard, store};
use kit::once::{self, Claim};
use kit::{Fault, FieldFaults, Tx, Uuid, audit};
use signals::pick::Pick;
use site::Cx;

/// Longest name, in characters.
const LINE: usize = 100;

/// A hang-out.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
pub struct Place {
    /// Id.
    pub id: Uuid,
    /// Name.
    pub name: String,
    /// Longitude (WGS84).
    pub lon: f64,
    /// Latitude (WGS84).
    pub lat: f64,
    /// Neighbourhood code.
    pub area: Option<String>,
    /// Whether nobody meets there any more.
    pub is_ended: bool,
    /// Counts changes.
    pub version: i64,
}

/// A hang-out as it was filled in.
#[derive(Clone, Debug, Default)]
pub struct Form {
    /// The one that changes; `None` makes a new one with the id of the form.
    pub id: Option<Uuid>,
    /// Name.
    pub name: String,
    /// Where.
    pub pick: Pick,
    /// Whether it ended.
    pub is_ended: bool,
    /// Whether the officer said that what looks like a name is none.
    pub sure: bool,
    /// Version that was read.
    pub version: i64,
}

/// Writes or changes a hang-out, once per form; gives its id.
///
/// # Errors
/// [`Fault::Invalid`] with a sentence per field, or [`Fault::Stale`].
pub async fn put(cx: &Cx, tx: &mut Tx, request: Uuid, form: &Form) -> Result<Uuid, Fault> {
    let permit = writing(cx)?;
    let id = form.id.unwrap_or(request);
    let mut faults = FieldFaults::default();
    if form.name.is_empty() || form.name.chars().count() > LINE {
        faults.add_with("name", "youth-name-missing", vec![("most", LINE.to_string())]);
    }
    guard::check(cx, &mut faults, ("name", &form.name), &[], form.sure);
    let picked = form.pick.point(cx, tx, &permit, &mut faults).await?;
    faults.ok()?;
    let Some(picked) = picked else { return Err(Fault::Bad("fault-bad-request")) };
    if once::claim(tx, cx.code(), request, cx.now, &format!("/youth/places/{id}")).await? != Claim::New {
        return Ok(id);
    }
    let place = Place {
        id,
        name: form.name.clone(),
        lon: picked.point.0,
        lat: picked.point.1,
        area: picked.area,
        is_ended: form.is_ended,
        version: form.version,
    };
    let touched = match form.id {
        Some(_) => store::change_place(tx, &permit, &place).await?,
        None => store::insert_place(tx, &permit, &place, cx.now).await?,
    };
    if touched != 1 {
        return Err(Fault::Stale);
    }
    let detail =
        serde_json::json!({ "act": if form.id.is_some() { "change" } else { "create" }, "ended": form.is_ended });
    audit::record(tx, &cx.deed(), permit.action(), "youth_place", &id.to_string(), &detail).await?;
    Ok(id)
}

/// What the contacts of some weeks say.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Trend {
    /// Mondays, the oldest first, in days since 1970-01-01.
    pub weeks: Vec<i64>,
    /// Contacts per week.
    pub contacts: Vec<i64>,
    /// Mean of the least number of people per week; none without a contact.
    pub size: Vec<Option<f64>>,
    /// Contacts per mood, in the order of the configuration.
    pub moods: Vec<i64>,
}

/// The trend of `contacts` over the last `weeks` weeks until `today`.
#[must_use]
pub fn trend(config: &YouthConfig, contacts: &[&Contact], weeks: i64, today: i64) -> Trend {
    let last = today - (today + 3).rem_euclid(7);
    let mondays: Vec<i64> = (0..weeks).rev().map(|w| last - 7 * w).collect();
    let of = |monday: i64| contacts.iter().filter(move |c| (monday..monday + 7).contains(&c.day));
    let least = |c: &&&Contact| config.size(&c.size).map(|s| s.least as f64);
    let size = |monday: i64| {
        let all: Vec<f64> = of(monday).filter_map(|c| least(&c)).collect();
        (!all.is_empty()).then(|| all.iter().sum::<f64>() / all.len() as f64)
    };
    let begin = mondays.first().copied().unwrap_or(last);
    let mood = |id: &str| contacts.iter().filter(|c| c.mood == id && c.day >= begin).count() as i64;
    Trend {
        contacts: mondays.iter().map(|m| of(*m).count() as i64).collect(),
        size: mondays.iter().map(|m| size(*m)).collect(),
        moods: config.moods.iter().map(|m| mood(&m.id)).collect(),
        weeks: mondays,
    }
}
