//! May this officer work this shift: deed, territory, agreement, training, absence; and the law in a whole plan.

use law::labour::{Duty, Finding};
use serde::Serialize;

use super::{Officer, Plan, Planner, Shift};

/// Why an officer cannot work a shift.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "why", rename_all = "kebab-case")]
pub enum Obstacle {
    /// No deed that is valid on that day (Besluit buitengewoon opsporingsambtenaar, at most five years).
    Deed,
    /// The deed is for another domain.
    Domain,
    /// The deed gives no powers in that municipality.
    Territory,
    /// Another municipality employs the officer, and no agreement lends him on that day.
    Agreement,
    /// A needed skill or training is missing, or no longer valid.
    Training {
        /// Which.
        skill: String,
        /// Its last day, if he has it.
        last: Option<i32>,
    },
    /// Absent.
    Absent,
    /// Is on the shift already.
    OnIt,
    /// Labour-time law.
    Law {
        /// What is wrong if he works it.
        finding: LawFinding,
    },
}

/// A shift that a finding of the law is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Piece {
    /// Index in [`Officer::history`].
    History(usize),
    /// Index in [`Roster::shifts`](super::Roster::shifts).
    Shift(usize),
    /// Index in [`Officer::later`].
    Later(usize),
}

/// What the law does not allow, and between which shifts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LawFinding {
    /// The finding; its own indices are of the officer's shifts in order of time.
    pub finding: Finding,
    /// The first shift that it is about.
    pub first: Piece,
    /// The last one.
    pub last: Piece,
}

impl Officer {
    /// Why the officer can never work the shift, whatever else he works.
    pub fn obstacle(&self, shift: &Shift) -> Option<Obstacle> {
        let day = shift.duty.day;
        let has_deed = || self.deed.is_some_and(|days| days.contains(day) && days.contains(shift.duty.last_day));
        let is_employed = self.employer == shift.municipality;
        let is_lent = || self.lent_to.iter().any(|l| l.municipality == shift.municipality && l.days.contains(day));
        if !shift.domain.is_empty() {
            if !has_deed() {
                return Some(Obstacle::Deed);
            }
            if self.domain != shift.domain {
                return Some(Obstacle::Domain);
            }
            if !self.territory.contains(&shift.municipality) {
                return Some(Obstacle::Territory);
            }
        }
        if !is_employed && !is_lent() {
            return Some(Obstacle::Agreement);
        }
        if let Some(skill) = shift.needs.iter().find(|skill| !self.has_skill(skill, shift.duty.last_day)) {
            let last = self.skills.iter().find(|known| known.name == **skill).and_then(|known| known.last);
            return Some(Obstacle::Training { skill: skill.clone(), last });
        }
        let is_absent = |day| self.absent.iter().any(|absence| absence.days.contains(day));
        (is_absent(day) || is_absent(shift.duty.last_day)).then_some(Obstacle::Absent)
    }

    /// Whether the officer has a skill that is valid on the day.
    pub fn has_skill(&self, skill: &str, day: i32) -> bool {
        self.skills.iter().any(|known| known.name == skill && known.last.is_none_or(|last| day <= last))
    }
}

impl Planner<'_> {
    /// What the law says of an officer's shifts (by rising begin). What is wrong before or after the roster alone is
    /// left out.
    pub(super) fn law_findings(&self, officer: usize, shifts: &[usize]) -> Vec<LawFinding> {
        let mut duties: Vec<Duty> = Vec::new();
        self.duties(officer, shifts, &mut duties);
        let past = self.roster.officers[officer].history.len();
        let later = past + shifts.len();
        let piece = |index: usize| match index {
            _ if index < past => Piece::History(index),
            _ if index < later => Piece::Shift(shifts[index - past]),
            _ => Piece::Later(index - later),
        };
        let found = self.law.check(&self.work(officer, &duties));
        found
            .into_iter()
            .filter(|finding| finding.last >= past && finding.first < later)
            .map(|finding| LawFinding { first: piece(finding.first), last: piece(finding.last), finding })
            .collect()
    }

    /// Everything that stands in the way of an officer giving up some shifts and taking others.
    pub(super) fn obstacles(&self, plan: &Plan, officer: usize, give: &[usize], take: &[usize]) -> Vec<Obstacle> {
        let mut obstacles = Vec::new();
        let now = self.shifts_of(plan, officer);
        for &shift in take {
            if now.contains(&shift) && !give.contains(&shift) {
                obstacles.push(Obstacle::OnIt);
            }
            obstacles.extend(self.never[officer][shift].clone());
        }
        if !obstacles.is_empty() {
            return obstacles;
        }
        let mut then: Vec<usize> =
            now.iter().copied().filter(|shift| !give.contains(shift)).chain(take.iter().copied()).collect();
        then.sort_by_key(|&shift| self.rank[shift]);
        then.dedup();
        let before = self.law_findings(officer, &now);
        let is_new = |found: &LawFinding| {
            !before.iter().any(|old| {
                (old.finding.rule, old.first, old.last) == (found.finding.rule, found.first, found.last)
                    && old.finding.by() >= found.finding.by()
            })
        };
        let found = self.law_findings(officer, &then).into_iter().filter(is_new);
        obstacles.extend(found.map(|finding| Obstacle::Law { finding }));
        obstacles
    }
}
