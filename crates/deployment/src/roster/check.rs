//! Everything that is wrong with a plan.

use serde::Serialize;

use super::planner::RosterError;
use super::{LawFinding, Obstacle, Plan, Planner};

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Something to know: a wish refused, hours under or over the contract.
    Note,
    /// A shift is short of staff or of a skill.
    Short,
    /// It may not be: the law or a power forbids it.
    Forbidden,
}

/// Something that is wrong with a plan. Officers and shifts are indices in the roster.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "what", rename_all = "kebab-case")]
pub enum RosterFinding {
    /// An officer cannot work a shift that he is on.
    Unable {
        /// The officer.
        officer: usize,
        /// The shift.
        shift: usize,
        /// Why.
        obstacle: Obstacle,
    },
    /// Labour-time law forbids the shifts of an officer.
    Unlawful {
        /// The officer.
        officer: usize,
        /// What is wrong.
        finding: LawFinding,
    },
    /// A shift has more officers than it needs.
    Overstaffed {
        /// The shift.
        shift: usize,
        /// How many too many.
        extra: u32,
    },
    /// An officer is not on a shift on which he is fixed.
    NotFixed {
        /// The officer.
        officer: usize,
        /// The shift.
        shift: usize,
    },
    /// A shift has too few officers.
    Understaffed {
        /// The shift.
        shift: usize,
        /// How many are missing.
        missing: u32,
    },
    /// A shift has too few officers with a skill.
    SkillLacking {
        /// The shift.
        shift: usize,
        /// The skill.
        skill: String,
        /// How many are missing.
        missing: u32,
    },
    /// An officer works another number of minutes than his contract, by more than half an average shift.
    Contract {
        /// The officer.
        officer: usize,
        /// Minutes of work in the plan.
        minutes: i64,
        /// Minutes of his contract, without his leave.
        target_min: i64,
    },
    /// A wish is refused.
    WishRefused {
        /// The officer.
        officer: usize,
        /// Index in [`Officer::wishes`](super::Officer::wishes).
        wish: usize,
    },
}

impl RosterFinding {
    /// How bad it is.
    pub fn severity(&self) -> Severity {
        match self {
            Self::Unable { .. } | Self::Unlawful { .. } | Self::Overstaffed { .. } | Self::NotFixed { .. } => {
                Severity::Forbidden
            }
            Self::Understaffed { .. } | Self::SkillLacking { .. } => Severity::Short,
            Self::Contract { .. } | Self::WishRefused { .. } => Severity::Note,
        }
    }
}

impl Planner<'_> {
    /// Everything that is wrong with a plan, the worst first.
    ///
    /// # Errors
    /// When the plan is of another roster.
    pub fn check(&self, plan: &Plan) -> Result<Vec<RosterFinding>, RosterError> {
        self.belongs(plan)?;
        let mut found = Vec::new();
        for (shift, on) in plan.0.iter().enumerate() {
            self.check_shift(shift, on, &mut found);
        }
        for officer in 0..self.roster.officers.len() {
            self.check_officer(plan, officer, &mut found);
        }
        self.check_contracts(plan, &mut found)?;
        found.sort_by_key(|finding| std::cmp::Reverse(finding.severity()));
        Ok(found)
    }

    fn check_shift(&self, shift: usize, on: &[usize], found: &mut Vec<RosterFinding>) {
        let (staff, have) = (self.roster.shifts[shift].staff, u32::try_from(on.len()).unwrap_or(u32::MAX));
        if have < staff {
            found.push(RosterFinding::Understaffed { shift, missing: staff - have });
        }
        if have > staff {
            found.push(RosterFinding::Overstaffed { shift, extra: have - staff });
        }
        for (need, missing) in self.roster.lacking_skills(shift, on) {
            let skill = self.roster.shifts[shift].skills[need].skill.clone();
            found.push(RosterFinding::SkillLacking { shift, skill, missing: u32::try_from(missing).unwrap_or(0) });
        }
        for &officer in on {
            if let Some(obstacle) = self.never[officer][shift].clone() {
                found.push(RosterFinding::Unable { officer, shift, obstacle });
            }
        }
    }

    fn check_officer(&self, plan: &Plan, officer: usize, found: &mut Vec<RosterFinding>) {
        let shifts = self.shifts_of(plan, officer);
        let law = self.law_findings(officer, &shifts);
        found.extend(law.into_iter().map(|finding| RosterFinding::Unlawful { officer, finding }));
        let fixed = &self.roster.officers[officer].fixed;
        let missing = fixed.iter().filter(|&&shift| !plan.has(officer, shift));
        found.extend(missing.map(|&shift| RosterFinding::NotFixed { officer, shift }));
        for (wish, wanted) in self.roster.officers[officer].wishes.iter().enumerate() {
            let mut on_day = shifts.iter().map(|&s| &self.roster.shifts[s]).filter(|s| s.duty.day == wanted.day);
            let is_granted = match &wanted.kind {
                None => on_day.next().is_none(),
                Some(kind) => on_day.any(|shift| shift.kind == *kind),
            };
            if !is_granted {
                found.push(RosterFinding::WishRefused { officer, wish });
            }
        }
    }

    fn check_contracts(&self, plan: &Plan, found: &mut Vec<RosterFinding>) -> Result<(), RosterError> {
        let all: i64 = self.roster.shifts.iter().map(|shift| shift.duty.work()).sum();
        let half_a_shift = all / (2 * self.roster.shifts.len() as i64);
        for burden in self.burdens(plan)? {
            if (burden.minutes - burden.target_min).abs() > half_a_shift {
                let (minutes, target_min) = (burden.minutes, burden.target_min);
                found.push(RosterFinding::Contract { officer: burden.officer, minutes, target_min });
            }
        }
        Ok(())
    }
}
