//! A new roster from the template of its team.

use super::{Period, ShiftRow, State, store};
use crate::RosterConfig;
use jiff::civil::{Date, Weekday};
use jiff::{Span, Timestamp};
use kit::clock::{day_date, day_number, id_at};
use kit::once::{self, Claim};
use kit::{At, Fault, FieldFaults, Tx, Uuid, audit};
use patrol::PatrolConfig;
use policy::Resource;
use site::Cx;

/// A roster as it was filled in; texts are checked here.
#[derive(Clone, Debug, Default)]
pub struct NewPeriod {
    /// Made with the form; the id of the roster.
    pub request: Uuid,
    /// Team id.
    pub team: String,
    /// First day, a Monday: `2026-11-30`.
    pub first_day: String,
    /// Number of weeks.
    pub weeks: String,
}

/// Makes a draft with the shifts of the template, once per form; gives its id.
///
/// # Errors
/// [`Fault::Invalid`] with a sentence per field, or when the policy or the database refuses.
pub async fn make(cx: &Cx, tx: &mut Tx, new: &NewPeriod) -> Result<Uuid, Fault> {
    let permit = cx.permit("roster:edit", &Resource::ordinary("roster", cx.code()))?;
    let maker = permit.actor().ok_or(Fault::SignIn)?;
    if once::claim(tx, cx.code(), new.request, cx.now, &format!("/roster/{}", new.request)).await? != Claim::New {
        return Ok(new.request);
    }
    let config = cx.municipality.get::<RosterConfig>();
    let mut faults = FieldFaults::default();
    if cx.municipality.get::<PatrolConfig>().team(&new.team).is_none() {
        faults.add("team", "roster-team-missing");
    }
    let today = cx.now.local(&cx.municipality.zone).date();
    let first: Option<Date> = new.first_day.parse().ok().filter(|day: &Date| day.weekday() == Weekday::Monday);
    let weeks = new.weeks.parse::<i64>().ok().filter(|weeks| (1..=config.most_weeks).contains(weeks));
    if first.is_none() {
        faults.add("first_day", "roster-monday-missing");
    }
    if weeks.is_none() {
        faults.add_with("weeks", "roster-weeks-wrong", vec![("most", config.most_weeks.to_string())]);
    }
    if let (Some(first), Some(weeks)) = (first, weeks) {
        let first_day = i64::from(day_number(first));
        if first_day + weeks * 7 <= i64::from(day_number(today)) {
            faults.add("first_day", "roster-past");
        }
        if store::overlapping(tx, &permit, &new.team, first_day, first_day + weeks * 7).await? > 0 {
            faults.add("first_day", "roster-overlap");
        }
    }
    let (Some(first), Some(weeks), true) = (first, weeks, faults.is_empty()) else {
        return Err(Fault::Invalid(faults));
    };
    let period = Period {
        id: new.request,
        team: new.team.clone(),
        first_day: i64::from(day_number(first)),
        days: weeks * 7,
        state: State::Draft,
        published_at: None,
        cost: None,
        bound: None,
        tries_done: 0,
        tries_asked: 0,
        version: 1,
    };
    let shifts = shifts(cx, &config, &period);
    if shifts.is_empty() {
        let mut faults = FieldFaults::default();
        faults.add("team", "roster-no-template");
        return Err(Fault::Invalid(faults));
    }
    store::insert(tx, &permit, &period, (maker, cx.now)).await?;
    store::insert_shifts(tx, &permit, period.id, &shifts).await?;
    let detail = serde_json::json!({ "team": period.team, "first_day": first.to_string(), "weeks": weeks });
    audit::record(tx, &cx.deed(), permit.action(), "roster", &period.id.to_string(), &detail).await?;
    Ok(period.id)
}

/// The shifts that the template asks of each day.
fn shifts(cx: &Cx, config: &RosterConfig, period: &Period) -> Vec<ShiftRow> {
    let patrol = cx.municipality.get::<PatrolConfig>();
    let mut shifts = Vec::new();
    for day in period.first_day..period.first_day + period.days {
        let date = day_date(i32::try_from(day).unwrap_or(0));
        for (kind, staff) in config.needs(&period.team, date) {
            let Some(hours) = patrol.shift(&kind) else { continue };
            let from = date.to_datetime(hours.start).to_zoned(cx.municipality.zone.clone()).ok();
            let Some(from) = from.map(|zoned| zoned.timestamp()) else { continue };
            let until: Option<Timestamp> = from.checked_add(Span::new().hours(hours.hours)).ok();
            let Some(until) = until else { continue };
            shifts.push(ShiftRow {
                id: id_at(cx.now),
                break_min: i64::from(config.break_min(&kind, hours.hours * 60)),
                kind,
                day,
                starts_at: At(from),
                ends_at: At(until),
                staff,
                place: cx.code().to_owned(),
            });
        }
    }
    shifts
}
