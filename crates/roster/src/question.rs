//! What the planner is asked: a roster of the database with its officers, their powers, skills, leave, wishes and the
//! work of the year before, as [`deployment::roster::Roster`].
//!
//! Shifts that somebody made by hand in patrol, outside the roster, are part of the question: who is on one is fixed
//! on it, so that rest and hours are counted with it. They stand behind the shifts of the roster.

mod build;
mod store;

use crate::period::{self, Period, ShiftRow};
use crate::{RosterConfig, officer};
use deployment::roster::{Plan, Planner, Roster};
use kit::{At, Fault, Tx, Uuid};
use law::LabourLaw;
use patrol::shift::planned;
use policy::Permit;
use site::Cx;
use std::collections::HashSet;

pub(crate) use build::at_midnight;
pub use store::Open;

/// An officer of the question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Account.
    pub id: Uuid,
    /// Name.
    pub name: String,
}

/// A roster as the planner sees it. Officers and shifts have the same place in each list.
#[derive(Debug)]
pub struct Question {
    /// The roster.
    pub period: Period,
    /// Its shifts, by begin; those made by hand in patrol come after them.
    pub shifts: Vec<ShiftRow>,
    /// How many of `shifts` are of the roster itself.
    pub own: usize,
    /// Its officers, by name.
    pub people: Vec<Person>,
    /// Who was put on which shift by hand.
    pub by_hand: HashSet<(usize, usize)>,
    /// What the planner reads.
    pub roster: Roster,
    /// Who works what now.
    pub plan: Plan,
    /// Labour-time law on the first day.
    pub law: LabourLaw,
}

impl Question {
    /// The planner of this question.
    ///
    /// # Errors
    /// [`Fault::Rule`] when there are no officers or no shifts.
    pub fn planner(&self) -> Result<Planner<'_>, Fault> {
        use deployment::roster::RosterError;
        Planner::new(&self.roster, &self.law).map_err(|error| match error {
            RosterError::Empty("officers") => Fault::Rule { key: "roster-no-officers", values: vec![] },
            RosterError::Empty(_) => Fault::Rule { key: "roster-no-shifts", values: vec![] },
            other => Fault::Internal(other.to_string()),
        })
    }

    /// Whether there is something to plan and somebody to do it.
    #[must_use]
    pub fn can_plan(&self) -> bool {
        !self.people.is_empty() && !self.shifts.is_empty()
    }

    /// The place of a shift of the roster itself.
    ///
    /// # Errors
    /// [`Fault::NotFound`].
    pub fn shift(&self, id: Uuid) -> Result<usize, Fault> {
        self.shifts[..self.own].iter().position(|shift| shift.id == id).ok_or(Fault::NotFound)
    }

    /// The place of an officer.
    ///
    /// # Errors
    /// [`Fault::NotFound`].
    pub fn officer(&self, account: Uuid) -> Result<usize, Fault> {
        self.people.iter().position(|person| person.id == account).ok_or(Fault::NotFound)
    }

    /// The accounts on a shift.
    #[must_use]
    pub fn on(&self, shift: usize) -> Vec<Uuid> {
        self.plan.0[shift].iter().map(|&officer| self.people[officer].id).collect()
    }
}

/// Days after a roster in which shifts that stand already count for rest: the longest period of weekly rest (ATW art.
/// 5:5) and the day on which it ends.
const LATER_DAYS: i32 = 15;

/// Reads the question of a roster.
///
/// # Errors
/// [`Fault::NotFound`], or when the database cannot be read.
pub async fn read(cx: &Cx, tx: &mut Tx, permit: &Permit, id: Uuid) -> Result<Question, Fault> {
    let period = period::get(tx, permit, id).await?;
    let config = cx.municipality.get::<RosterConfig>();
    let (first, end) = (i32::try_from(period.first_day).unwrap_or(0), period.end_day());
    let midnight = |day: i32| at_midnight(cx, day);
    let shifts = period::shifts(tx, permit, id).await?;
    let places = period::places(tx, permit, id).await?;
    let named: HashSet<Uuid> = places.iter().map(|place| place.account_id).collect();
    let mut profiles = officer::planned(tx, permit).await?;
    profiles.retain(|p| (p.team == period.team && p.is_planned && p.active) || named.contains(&p.account_id));
    let deeds = people::deed::since(tx, permit, kit::clock::day_date(first)).await?;
    let skills = officer::skills(tx, permit).await?;
    let loans = officer::loans(tx, permit).await?;
    let history_from = first - 7 * config.history_weeks;
    let requests = crate::request::between(tx, permit, i64::from(history_from), i64::from(end)).await?;
    let history = store::history(tx, permit, midnight(history_from), midnight(first)).await?;
    let planned: HashSet<Uuid> = history.iter().map(|work| work.shift_id).chain(shifts.iter().map(|s| s.id)).collect();
    let mut by_hand = planned::work(tx, permit, midnight(history_from), midnight(end + LATER_DAYS)).await?;
    by_hand.retain(|work| !planned.contains(&work.shift_id));
    let parts = build::Parts { period, shifts, places, profiles, deeds, skills, loans, requests, history, by_hand };
    Ok(build::question(cx, &config, parts))
}

/// The shifts of published rosters that begin from `from` up to `to` and have places that nobody has.
///
/// # Errors
/// When the database cannot be read.
pub async fn open_places(tx: &mut Tx, permit: &Permit, from: At, to: At) -> Result<Vec<Open>, Fault> {
    Ok(store::open(tx, permit, from, to).await?)
}
