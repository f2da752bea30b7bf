//! Changing a plan by hand: who can replace somebody, and whether two may swap.

use serde::Serialize;

use super::planner::RosterError;
use super::{Load, Obstacle, Plan, Planner};

/// An officer who could take a shift over, or why he cannot.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Replacement {
    /// Index of the officer.
    pub officer: usize,
    /// Whether, and at what cost.
    pub verdict: Verdict,
}

/// Whether an officer can take a shift.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "verdict", rename_all = "kebab-case")]
pub enum Verdict {
    /// He can.
    Can {
        /// How much more the plan costs; less is better.
        cost: i64,
        /// His minutes of work in the roster with this shift.
        minutes: i64,
        /// What they should be.
        target_min: i64,
        /// His evenings, nights and weekends with this shift.
        shifts: [i64; Load::KINDS],
        /// His fair share of each.
        fair: [f64; Load::KINDS],
        /// Whether he asked for a free day.
        wished_free: bool,
        /// Skills that the shift then lacks.
        lacking: Vec<String>,
    },
    /// He cannot.
    Cannot {
        /// All reasons.
        obstacles: Vec<Obstacle>,
    },
}

/// Two officers who want to exchange shifts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Swap {
    /// Who gives `shift`.
    pub officer: usize,
    /// The shift that he gives.
    pub shift: usize,
    /// Who takes it.
    pub other: usize,
    /// The shift that the other gives in return; `None`: nothing.
    pub other_shift: Option<usize>,
}

/// Whether a swap can be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SwapVerdict {
    /// What stands in the way of the first officer.
    pub officer: Vec<Obstacle>,
    /// What stands in the way of the other.
    pub other: Vec<Obstacle>,
    /// Skills that a shift lacks after the swap and did not before: the shift and the skill.
    pub lacking: Vec<(usize, String)>,
    /// How much more the plan costs; negative: the swap makes it fairer.
    pub cost: i64,
}

impl SwapVerdict {
    /// Whether nothing stands in the way.
    pub fn can(&self) -> bool {
        self.officer.is_empty() && self.other.is_empty() && self.lacking.is_empty()
    }
}

impl Planner<'_> {
    /// Who can work a shift in place of somebody who is ill (`None`: an open place), the best first; then who cannot,
    /// and why. The one who is ill is not in the list.
    ///
    /// # Errors
    /// When the plan is of another roster.
    pub fn replacements(&self, plan: &Plan, shift: usize, ill: Option<usize>) -> Result<Vec<Replacement>, RosterError> {
        self.belongs(plan)?;
        let mut without = plan.clone();
        if let Some(ill) = ill {
            without.remove(ill, shift);
        }
        let before = self.cost(&without)?.total();
        let mut list = Vec::new();
        for officer in (0..self.roster.officers.len()).filter(|&officer| Some(officer) != ill) {
            let obstacles = self.obstacles(&without, officer, &[], &[shift]);
            let verdict = if obstacles.is_empty() {
                self.can(&without, shift, officer, before)?
            } else {
                Verdict::Cannot { obstacles }
            };
            list.push(Replacement { officer, verdict });
        }
        let load = self.roster.shifts[shift].load.each();
        list.sort_by_key(|Replacement { officer, verdict }| match verdict {
            Verdict::Can { cost, minutes, target_min, shifts, .. } => {
                // Of equals, who carries the least of this burden and of hours for his contract comes first.
                let burdens = load.iter().zip(shifts).filter(|(is_so, _)| **is_so).map(|(_, count)| count);
                let per_contract = |amount: i64| amount * 1_000_000 / target_min.max(&1);
                (0, *cost, per_contract(burdens.sum()), per_contract(*minutes), *officer)
            }
            Verdict::Cannot { .. } => (1, 0, 0, 0, *officer),
        });
        Ok(list)
    }

    fn can(&self, without: &Plan, shift: usize, officer: usize, before: i64) -> Result<Verdict, RosterError> {
        let mut then = without.clone();
        then.add(officer, shift);
        let burden = self.burdens(&then)?[officer];
        let day = self.roster.shifts[shift].duty.day;
        let wishes = &self.roster.officers[officer].wishes;
        Ok(Verdict::Can {
            cost: self.cost(&then)?.total() - before,
            minutes: burden.minutes,
            target_min: burden.target_min,
            shifts: burden.shifts,
            fair: burden.fair,
            wished_free: wishes.iter().any(|wish| wish.day == day && wish.kind.is_none()),
            lacking: self.lacking(&then, shift),
        })
    }

    /// Whether two officers may exchange shifts: powers, training, absence, the law for both, and the skills that the
    /// shifts need. Takes nothing from a plan that was wrong already.
    ///
    /// # Errors
    /// When the plan is of another roster, or an officer is not on the shift that he would give.
    pub fn swap(&self, plan: &Plan, swap: Swap) -> Result<SwapVerdict, RosterError> {
        self.belongs(plan)?;
        let Swap { officer, shift, other, other_shift } = swap;
        let shifts = self.roster.shifts.len();
        let has = |officer: usize, shift: usize| shift < shifts && plan.has(officer, shift);
        if !has(officer, shift) || other_shift.is_some_and(|shift| !has(other, shift)) {
            return Err(RosterError::Plan);
        }
        let back: Vec<usize> = other_shift.into_iter().collect();
        let mut then = plan.clone();
        then.remove(officer, shift);
        then.add(other, shift);
        for &shift in &back {
            then.remove(other, shift);
            then.add(officer, shift);
        }
        let mut lacking = Vec::new();
        for shift in back.iter().copied().chain([shift]) {
            let before = self.lacking(plan, shift);
            let after = self.lacking(&then, shift).into_iter().filter(|skill| !before.contains(skill));
            lacking.extend(after.map(|skill| (shift, skill)));
        }
        Ok(SwapVerdict {
            officer: self.obstacles(plan, officer, &[shift], &back),
            other: self.obstacles(plan, other, &back, &[shift]),
            lacking,
            cost: self.cost(&then)?.total() - self.cost(plan)?.total(),
        })
    }

    fn lacking(&self, plan: &Plan, shift: usize) -> Vec<String> {
        let needs = self.roster.lacking_skills(shift, &plan.0[shift]);
        needs.map(|(need, _)| self.roster.shifts[shift].skills[need].skill.clone()).collect()
    }
}
