//! A roster that was read: what does not depend on the plan is worked out once.

use law::labour::{Duty, LabourLaw, Leave, Work};

use super::{Load, Obstacle, Officer, Plan, Roster};

/// Why a roster cannot be planned.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RosterError {
    /// There is nobody or nothing to plan.
    #[error("the roster has no {0}")]
    Empty(&'static str),
    /// A fixed shift does not exist.
    #[error("officer {officer} is fixed on shift {shift}, which does not exist")]
    Fixed {
        /// Id of the officer.
        officer: String,
        /// Index of the shift.
        shift: usize,
    },
    /// The plan has another number of shifts, or an officer that does not exist.
    #[error("the plan does not belong to this roster")]
    Plan,
    /// A weight is negative.
    #[error("the weight {0} is negative")]
    Weight(&'static str),
}

/// A roster with everything that does not depend on the plan.
#[derive(Debug)]
pub struct Planner<'a> {
    /// The question.
    pub roster: &'a Roster,
    /// The law of its first day.
    pub law: &'a LabourLaw,
    /// The shifts by rising begin.
    pub(super) order: Vec<usize>,
    /// The place of each shift in `order`.
    pub(super) rank: Vec<usize>,
    /// Why an officer can never work a shift: by officer, then by shift.
    pub(super) never: Vec<Vec<Option<Obstacle>>>,
    /// Minutes that each officer should work.
    pub(super) target: Vec<i64>,
    /// Fair number of shifts of each burden, in thousandths, by officer.
    pub(super) share: Vec<[i64; Load::KINDS]>,
    /// Cost of the wishes that a shift goes against (or, negative, grants), by officer, then by shift.
    pub(super) wish: Vec<Vec<i64>>,
    /// Leave of each officer.
    pub(super) leave: Vec<Vec<Leave>>,
}

impl<'a> Planner<'a> {
    /// Reads a roster.
    ///
    /// # Errors
    /// When there are no officers or shifts, a fixed shift does not exist or a weight is negative.
    pub fn new(roster: &'a Roster, law: &'a LabourLaw) -> Result<Self, RosterError> {
        for (is_empty, what) in [(roster.officers.is_empty(), "officers"), (roster.shifts.is_empty(), "shifts")] {
            if is_empty {
                return Err(RosterError::Empty(what));
            }
        }
        roster.weights.validate()?;
        for officer in &roster.officers {
            if let Some(&shift) = officer.fixed.iter().find(|&&shift| shift >= roster.shifts.len()) {
                return Err(RosterError::Fixed { officer: officer.id.clone(), shift });
            }
        }
        let mut order: Vec<usize> = (0..roster.shifts.len()).collect();
        order.sort_by_key(|&shift| (roster.shifts[shift].duty.start, shift));
        let mut rank = vec![0; order.len()];
        for (place, &shift) in order.iter().enumerate() {
            rank[shift] = place;
        }
        let leave: Vec<Vec<Leave>> = roster.officers.iter().map(leave_of).collect();
        let by_shift = |officer: &Officer| roster.shifts.iter().map(|shift| officer.obstacle(shift)).collect();
        let mut planner = Self {
            roster,
            law,
            order,
            rank,
            never: roster.officers.iter().map(by_shift).collect(),
            target: Vec::new(),
            share: Vec::new(),
            wish: roster.officers.iter().map(|officer| roster.wish_costs(officer)).collect(),
            leave,
        };
        planner.target = (0..roster.officers.len()).map(|officer| planner.target_of(officer)).collect();
        planner.share = planner.shares();
        Ok(planner)
    }

    /// Why an officer can never work a shift, whatever else he works; `None`: x(o,s) of [`Planner::cost`] is free.
    pub fn obstacle(&self, officer: usize, shift: usize) -> Option<&Obstacle> {
        self.never[officer][shift].as_ref()
    }

    /// Minutes that an officer should work in the roster: his contract without his leave.
    pub fn target_min(&self, officer: usize) -> i64 {
        self.target[officer]
    }

    /// An officer's fair number of evenings, nights and weekends, in thousandths of a shift.
    pub fn fair_share(&self, officer: usize) -> [i64; Load::KINDS] {
        self.share[officer]
    }

    /// What it costs in wishes if an officer works a shift; negative: it grants one that counts as refused before.
    pub fn wish_cost(&self, officer: usize, shift: usize) -> i64 {
        self.wish[officer][shift]
    }

    /// Whether an officer may work these shifts, and no others, beside those before the roster: for conflicts and
    /// columns of an integer program.
    pub fn may_work(&self, officer: usize, shifts: &[usize]) -> bool {
        let mut shifts = shifts.to_vec();
        shifts.sort_by_key(|&shift| self.rank[shift]);
        shifts.iter().all(|&shift| self.obstacle(officer, shift).is_none())
            && self.is_lawful(officer, &shifts, &mut Vec::new())
    }

    /// Refuses a plan of another roster.
    pub(super) fn belongs(&self, plan: &Plan) -> Result<(), RosterError> {
        let officers = self.roster.officers.len();
        let is_right = plan.0.len() == self.roster.shifts.len()
            && plan.0.iter().all(|on| on.iter().all(|&o| o < officers) && on.windows(2).all(|pair| pair[0] < pair[1]));
        is_right.then_some(()).ok_or(RosterError::Plan)
    }

    /// The shifts of an officer in a plan, by rising begin.
    pub(super) fn shifts_of(&self, plan: &Plan, officer: usize) -> Vec<usize> {
        self.order.iter().copied().filter(|&shift| plan.has(officer, shift)).collect()
    }

    /// The officer's shifts before and after the roster and the given ones of the roster, as the law sees them.
    pub(super) fn duties(&self, officer: usize, shifts: &[usize], out: &mut Vec<Duty>) {
        out.clear();
        out.extend_from_slice(&self.roster.officers[officer].history);
        out.extend(shifts.iter().map(|&shift| self.roster.shifts[shift].duty));
        out.extend_from_slice(&self.roster.officers[officer].later);
    }

    /// What the law looks at.
    pub(super) fn work<'b>(&'b self, officer: usize, duties: &'b [Duty]) -> Work<'b> {
        let Officer { adult_from, conditions, .. } = &self.roster.officers[officer];
        Work { duties, leave: &self.leave[officer], adult_from: *adult_from, conditions: *conditions }
    }

    /// Whether the officer may work these shifts (by rising begin). What is wrong before or after the roster alone does
    /// not count.
    pub(super) fn is_lawful(&self, officer: usize, shifts: &[usize], scratch: &mut Vec<Duty>) -> bool {
        self.duties(officer, shifts, scratch);
        let past = self.roster.officers[officer].history.len();
        let later = past + shifts.len();
        let found = self.law.check(&self.work(officer, scratch));
        found.iter().all(|finding| finding.last < past || finding.first >= later)
    }

    fn target_of(&self, officer: usize) -> i64 {
        let Roster { first_day, days, officers, .. } = self.roster;
        let all = i64::from(officers[officer].contract_min) * i64::from(*days) / 7;
        let horizon = super::Days { from: *first_day, last: first_day + *days as i32 - 1 };
        let leave = self.leave[officer].iter().filter(|leave| horizon.contains(leave.day));
        (all - leave.map(|leave| i64::from(leave.minutes)).sum::<i64>()).max(0)
    }

    /// Fair shares: all shifts of a burden, divided by the minutes that officers should work, over those who can work
    /// at least one of them; without what they had too many of before.
    fn shares(&self) -> Vec<[i64; Load::KINDS]> {
        let mut shares = vec![[0; Load::KINDS]; self.roster.officers.len()];
        for burden in 0..Load::KINDS {
            let shifts: Vec<usize> =
                (0..self.roster.shifts.len()).filter(|&s| self.roster.shifts[s].load.each()[burden]).collect();
            let total: i64 = shifts.iter().map(|&shift| i64::from(self.roster.shifts[shift].staff)).sum();
            let can = |officer: usize| shifts.iter().any(|&shift| self.never[officer][shift].is_none());
            let weights: Vec<i64> =
                (0..shares.len()).map(|officer| if can(officer) { self.target[officer] } else { 0 }).collect();
            let sum = weights.iter().sum::<i64>().max(1);
            for (officer, (share, weight)) in shares.iter_mut().zip(weights).enumerate() {
                let carried = if weight > 0 { self.roster.officers[officer].carried[burden] } else { 0 };
                share[burden] = (1000 * total * weight / sum - carried).max(0);
            }
        }
        shares
    }
}

/// Leave on the weekdays of each absence.
fn leave_of(officer: &Officer) -> Vec<Leave> {
    let days = officer
        .absent
        .iter()
        .flat_map(|absence| (absence.days.from..=absence.days.last).map(|day| Leave { day, minutes: absence.minutes }));
    // 1970-01-01 was a Thursday: days 2 and 3 were the first weekend.
    days.filter(|leave| leave.minutes > 0 && (leave.day - 2).rem_euclid(7) > 1).collect()
}
