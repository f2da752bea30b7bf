//! Visits that a campaign asks for: what is still due in a week, and what was made.

mod store;
pub mod web;

use crate::model::{Duty, asked_in, monday};
use kit::{At, Fault, Tx, Uuid};
use policy::Permit;
use site::Cx;

pub(crate) use store::{all, change, get, insert, made_of};

/// A visit that a running campaign asks for in a week and that has not been made often enough yet.
#[derive(Clone, Debug, PartialEq)]
pub struct Obligation {
    /// Its id; a visit of kind `campaign` has it as target.
    pub id: Uuid,
    /// The campaign.
    pub campaign: Uuid,
    /// Name of the campaign, as typed.
    pub title: String,
    /// The place in words.
    pub place: String,
    /// Longitude and latitude of the place (WGS84).
    pub point: (f64, f64),
    /// Neighbourhood code.
    pub area: Option<String>,
    /// Category whose reports it is about, if any.
    pub category: Option<String>,
    /// Minutes of presence per visit.
    pub minutes: u32,
    /// Local hours of the day between which a visit may begin, for instance `(22, 26)` for ten to two at night; `None`: any.
    pub hours: Option<(u8, u8)>,
    /// Visits still to be made in the week (from Monday) in which `from` lies; at least 1.
    pub left: u32,
    /// Last local day on which the visits of this week can be made, in days since 1970-01-01.
    pub last_day: i64,
}

/// Visits that running campaigns still ask for in the week in which `from` lies, on a day that `from` to `to` touches;
/// few, by campaign and place. Weeks and days are local.
///
/// # Errors
/// When the database cannot be read.
pub async fn due(cx: &Cx, tx: &mut Tx, permit: &Permit, from: At, to: At) -> Result<Vec<Obligation>, Fault> {
    let day = |at: At| i64::from(at.day_and_hour(&cx.municipality.zone).0);
    let (first, last) = (day(from), day(to).max(day(from)));
    let week = monday(first);
    let rows = store::in_week(tx, permit, week, false).await?;
    Ok(rows.into_iter().filter_map(|row| row.due(week, first, last)).collect())
}

/// What a campaign asked in a week and what was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InWeek {
    /// The campaign.
    pub campaign: Uuid,
    /// Its name, as typed.
    pub title: String,
    /// Visits asked.
    pub asked: i64,
    /// Visits made.
    pub made: i64,
    /// Minutes of presence at those.
    pub minutes: i64,
}

/// What campaigns that run or ran asked in the week from `monday` (days since 1970-01-01), and what was made, by campaign
/// in order of their start.
///
/// # Errors
/// When the database cannot be read.
pub async fn in_week(tx: &mut Tx, permit: &Permit, monday: i64) -> Result<Vec<InWeek>, Fault> {
    let mut found: Vec<InWeek> = Vec::new();
    for row in store::in_week(tx, permit, monday, true).await? {
        let asked = asked_in(&row.duty, row.starts_on, row.ends_on, monday);
        let campaign = row.duty.campaign_id;
        match found.last_mut().filter(|last| last.campaign == campaign) {
            Some(last) => {
                last.asked += asked;
                last.made += row.made;
                last.minutes += row.spent;
            }
            None => found.push(InWeek { campaign, title: row.name, asked, made: row.made, minutes: row.spent }),
        }
    }
    Ok(found)
}

impl store::InWeek {
    fn due(self, week: i64, first: i64, last: i64) -> Option<Obligation> {
        let (starts, ends) = (self.duty.made_on.max(self.starts_on), self.last_day());
        let last_day = ends.min(week + 6);
        let asked = asked_in(&self.duty, self.starts_on, self.ends_on, week);
        let left = u32::try_from(asked - self.made).ok().filter(|n| *n > 0)?;
        if first > last_day || last < starts {
            return None;
        }
        let hours = self.duty.hours();
        let Duty { id, campaign_id, place, lon, lat, area, category, minutes, .. } = self.duty;
        Some(Obligation {
            id,
            campaign: campaign_id,
            title: self.name,
            place,
            point: (lon, lat),
            area,
            category,
            minutes: u32::try_from(minutes).unwrap_or_default(),
            hours,
            left,
            last_day,
        })
    }

    fn last_day(&self) -> i64 {
        self.duty.ended_on.map_or(self.ends_on, |day| self.ends_on.min(day - 1))
    }
}

/// Writes that a visit was made for an obligation, once per visit; gives whether it was new. An id that is no
/// obligation (the target of another kind of visit) changes nothing. The caller writes the audit entry of the visit.
///
/// # Errors
/// When the database refuses.
pub async fn made(
    cx: &Cx,
    tx: &mut Tx,
    permit: &Permit,
    obligation: Uuid,
    visit: Uuid,
    (arrived, left): (At, At),
) -> Result<bool, Fault> {
    let week = monday(i64::from(arrived.day_and_hour(&cx.municipality.zone).0));
    let minutes = (left.micros() - arrived.micros()).max(0) / 60_000_000;
    Ok(store::made(tx, permit, (obligation, visit), arrived, week, minutes).await?)
}
