//! What a plan costs, and how burdens are shared.
//!
//! With x(o,s) = 1 if officer o works shift s, the cost is
//!
//! ```text
//!   unmet  · Σ s   max(0, staff(s) − Σ o x(o,s))
//! + skill  · Σ s,k max(0, count(s,k) − Σ o with k x(o,s))
//! + under  · Σ o   max(0, target(o) − Σ s work(s) x(o,s))     minutes under the contract
//! + over   · Σ o   max(0, Σ s work(s) x(o,s) − target(o))     minutes over it
//! + burden · Σ o,b |Σ s of b x(o,s) − share(o,b)|             evenings, nights, weekends
//! + wish   · wishes refused, each a sum of x(o,s)
//! ```
//!
//! Every max and every |…| is one or two slack variables, so this is the objective of an integer program as it stands.

use serde::{Deserialize, Serialize};

use super::planner::RosterError;
use super::{Load, Officer, Plan, Planner, Roster, Shift};

/// What is worth how much, in points; whole numbers, so that sums are exact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Weights {
    /// An officer that a shift lacks.
    pub unmet: i64,
    /// A skill that a shift lacks.
    pub skill: i64,
    /// A minute under the contract.
    pub under: i64,
    /// A minute over the contract.
    pub over: i64,
    /// A thousandth of a shift more or less than the fair share, for evenings, nights and weekends.
    pub burden: [i64; Load::KINDS],
    /// A wish that is refused.
    pub wish: i64,
}

impl Default for Weights {
    /// A missing officer outweighs all the rest that he could cause; an hour over the contract weighs as two under it;
    /// a shift too many of a burden weighs as an hour and a half over the contract.
    fn default() -> Self {
        Self { unmet: 1_000_000, skill: 500_000, under: 50, over: 100, burden: [10, 10, 10], wish: 5_000 }
    }
}

impl Weights {
    pub(super) fn validate(&self) -> Result<(), RosterError> {
        let [evening, night, weekend] = self.burden;
        let all = [
            ("unmet", self.unmet),
            ("skill", self.skill),
            ("under", self.under),
            ("over", self.over),
            ("evening", evening),
            ("night", night),
            ("weekend", weekend),
            ("wish", self.wish),
        ];
        all.iter().find(|(_, weight)| *weight < 0).map_or(Ok(()), |(name, _)| Err(RosterError::Weight(name)))
    }

    pub(super) fn hours(&self, minutes: i64, target: i64) -> i64 {
        if minutes < target { self.under * (target - minutes) } else { self.over * (minutes - target) }
    }

    pub(super) fn fairness(&self, counts: &[i64; Load::KINDS], shares: &[i64; Load::KINDS]) -> i64 {
        (0..Load::KINDS).map(|burden| self.burden[burden] * (1000 * counts[burden] - shares[burden]).abs()).sum()
    }
}

/// What a plan costs, by part, in points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Cost {
    /// Officers that shifts lack.
    pub unmet: i64,
    /// Skills that shifts lack.
    pub skill: i64,
    /// Hours under and over the contract.
    pub hours: i64,
    /// Burdens that are not shared fairly.
    pub burden: i64,
    /// Wishes refused.
    pub wish: i64,
}

impl Cost {
    /// All of it.
    pub fn total(&self) -> i64 {
        self.unmet + self.skill + self.hours + self.burden + self.wish
    }
}

/// What one officer carries.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Burden {
    /// Index of the officer.
    pub officer: usize,
    /// Minutes of work.
    pub minutes: i64,
    /// Minutes that he should work: his contract without his leave.
    pub target_min: i64,
    /// Evenings, nights, shifts in the weekend.
    pub shifts: [i64; Load::KINDS],
    /// What would be his fair share of each.
    pub fair: [f64; Load::KINDS],
    /// Each of them per 100 hours that he should work.
    pub per_100_hours: [f64; Load::KINDS],
    /// Wishes granted, and all.
    pub wishes: (usize, usize),
}

impl Roster {
    /// What working a shift costs in wishes. The wish for a kind of shift is a gain; [`Planner::cost`] adds it back.
    pub(super) fn wish_costs(&self, officer: &Officer) -> Vec<i64> {
        let cost = |shift: &Shift| -> i64 {
            let on_day = officer.wishes.iter().filter(|wish| wish.day == shift.duty.day);
            on_day
                .map(|wish| match &wish.kind {
                    None => self.weights.wish,
                    Some(kind) if *kind == shift.kind => -self.weights.wish,
                    Some(_) => 0,
                })
                .sum()
        };
        self.shifts.iter().map(cost).collect()
    }

    /// Officers with a skill that a shift lacks.
    pub(super) fn lacking_skills(&self, shift: usize, on: &[usize]) -> impl Iterator<Item = (usize, i64)> {
        let Shift { skills, duty, .. } = &self.shifts[shift];
        skills.iter().enumerate().filter_map(move |(index, need)| {
            let have = on.iter().filter(|&&o| self.officers[o].has_skill(&need.skill, duty.last_day)).count();
            let lacking = i64::from(need.count) - have as i64;
            (lacking > 0).then_some((index, lacking))
        })
    }
}

impl Planner<'_> {
    /// What a plan costs.
    ///
    /// # Errors
    /// When the plan is of another roster.
    pub fn cost(&self, plan: &Plan) -> Result<Cost, RosterError> {
        self.belongs(plan)?;
        let weights = &self.roster.weights;
        let mut cost = Cost::default();
        for (shift, on) in plan.0.iter().enumerate() {
            cost.unmet += weights.unmet * (i64::from(self.roster.shifts[shift].staff) - on.len() as i64).max(0);
            cost.skill += weights.skill * self.roster.lacking_skills(shift, on).map(|(_, n)| n).sum::<i64>();
            cost.wish += on.iter().map(|&officer| self.wish[officer][shift]).sum::<i64>();
        }
        for burden in self.burdens(plan)? {
            cost.hours += weights.hours(burden.minutes, burden.target_min);
            cost.burden += weights.fairness(&burden.shifts, &self.share[burden.officer]);
        }
        let wanted = self.roster.officers.iter().flat_map(|o| &o.wishes).filter(|wish| wish.kind.is_some()).count();
        cost.wish += weights.wish * wanted as i64;
        Ok(cost)
    }

    /// How work and burdens are shared.
    ///
    /// # Errors
    /// When the plan is of another roster.
    pub fn burdens(&self, plan: &Plan) -> Result<Vec<Burden>, RosterError> {
        self.belongs(plan)?;
        let burden = |officer: usize| {
            let shifts = self.shifts_of(plan, officer);
            let (mut minutes, mut counts) = (0, [0; Load::KINDS]);
            for &shift in &shifts {
                minutes += self.roster.shifts[shift].duty.work();
                for (count, is_so) in counts.iter_mut().zip(self.roster.shifts[shift].load.each()) {
                    *count += i64::from(is_so);
                }
            }
            let target_min = self.target[officer];
            let wishes = &self.roster.officers[officer].wishes;
            let on_day = |day: i32| shifts.iter().map(|&s| &self.roster.shifts[s]).filter(move |s| s.duty.day == day);
            let granted = wishes.iter().filter(|wish| match &wish.kind {
                None => on_day(wish.day).next().is_none(),
                Some(kind) => on_day(wish.day).any(|shift| shift.kind == *kind),
            });
            Burden {
                officer,
                minutes,
                target_min,
                shifts: counts,
                fair: self.share[officer].map(|share| share as f64 / 1000.0),
                per_100_hours: counts.map(|count| count as f64 * 6000.0 / (target_min.max(1)) as f64),
                wishes: (granted.count(), wishes.len()),
            }
        };
        Ok((0..self.roster.officers.len()).map(burden).collect())
    }
}
