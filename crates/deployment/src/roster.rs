//! Rosters: which officer works which shift, lawfully, with the right powers and skills, and fairly.
//!
//! A caller states a [`Roster`]: the officers with their deed, territory, skills, contract, wishes and absence, and
//! the shifts with the staff that each needs. A [`Planner`] reads it once; it can
//!
//! - [`check`](Planner::check) a plan: everything that is wrong, each with its reason;
//! - say [who can replace](Planner::replacements) an officer who is ill, best first, and why the others cannot;
//! - judge a [swap](Planner::swap) of two officers;
//! - show how [burdens](Planner::burdens) are shared: evenings, nights, weekends and hours per officer;
//! - [fill](Planner::fill) the roster: a first plan at once, then a search that makes it better, always lawful.
//!
//! What a plan costs ([`Cost`]) is linear in who works what, so that a solver for integer programs can be given the
//! same question, and [`Planner::bound`] says below which cost no plan can be. A plan is advice: a coordinator decides.
//!
//! Days are local days since 1970-01-01, work is in minutes. Labour-time law is judged by [`law::labour`].

mod able;
mod bound;
mod change;
mod check;
mod cost;
mod fill;
mod planner;
mod search;
mod state;

use law::labour::{Conditions, Duty};
use serde::{Deserialize, Serialize};

pub use able::{LawFinding, Obstacle, Piece};
pub use change::{Replacement, Swap, SwapVerdict, Verdict};
pub use check::{RosterFinding, Severity};
pub use cost::{Burden, Cost, Weights};
pub use fill::{Budget, Filled};
pub use planner::{Planner, RosterError};

/// The question: who can work, and what must be done.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Roster {
    /// First day of the roster.
    pub first_day: i32,
    /// Number of days; contract hours are counted over them.
    pub days: u32,
    /// The officers.
    pub officers: Vec<Officer>,
    /// The shifts to be staffed.
    pub shifts: Vec<Shift>,
    /// What is worth how much.
    pub weights: Weights,
}

/// Somebody who can be on a shift.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Officer {
    /// The caller's id; only passed on.
    pub id: String,
    /// Days on which the deed (*akte van beëdiging*) is valid. `None`: has none, and works no shift that asks for a
    /// domain.
    pub deed: Option<Days>,
    /// Domain of the deed, for instance `I`.
    pub domain: String,
    /// Municipalities in which the deed gives powers.
    pub territory: Vec<String>,
    /// The municipality that employs the officer.
    pub employer: String,
    /// Other municipalities that may borrow the officer under an agreement, each with the days of the agreement.
    pub lent_to: Vec<Loan>,
    /// Skills and trainings, each with its last day.
    pub skills: Vec<Skill>,
    /// Contract, in minutes per week.
    pub contract_min: u32,
    /// Holidays, sickness and other absence.
    pub absent: Vec<Absence>,
    /// Wishes; a plan may refuse them, at a cost.
    pub wishes: Vec<Wish>,
    /// Indices of shifts that the officer works whatever happens.
    pub fixed: Vec<usize>,
    /// Shifts before the roster, by rising begin; a year of them makes every rule certain.
    pub history: Vec<Duty>,
    /// Shifts after the roster that stand already, by rising begin: rest before them counts.
    #[serde(default)]
    pub later: Vec<Duty>,
    /// First day on which the officer is 18; `None`: is already.
    pub adult_from: Option<i32>,
    /// What the Act makes depend on agreements.
    pub conditions: Conditions,
    /// Evenings, nights and weekends that he had above his fair share in earlier rosters, in thousandths of a shift;
    /// they come off his share of this one. Negative: he had less.
    #[serde(default)]
    pub carried: [i64; Load::KINDS],
}

/// Days from the first to the last, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Days {
    /// First day.
    pub from: i32,
    /// Last day.
    pub last: i32,
}

impl Days {
    /// Whether the day is one of them.
    pub fn contains(self, day: i32) -> bool {
        (self.from..=self.last).contains(&day)
    }
}

/// An agreement by which a municipality may borrow the officer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Loan {
    /// The municipality.
    pub municipality: String,
    /// Days on which the agreement holds.
    pub days: Days,
}

/// A skill or training.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Skill {
    /// Its name.
    pub name: String,
    /// Last day on which it is valid; `None`: always.
    pub last: Option<i32>,
}

/// Days on which the officer does not work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Absence {
    /// The days.
    pub days: Days,
    /// Minutes of leave on each of them from Monday to Friday: they count as hours of the contract and for averages.
    pub minutes: u32,
}

/// What an officer would like on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wish {
    /// The day.
    pub day: i32,
    /// A kind of shift; `None`: a free day.
    pub kind: Option<String>,
}

/// A shift and the staff that it needs: one kind of shift on one day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shift {
    /// The caller's id; only passed on.
    pub id: String,
    /// Kind of shift, as in wishes.
    pub kind: String,
    /// Where its hours lie; made by [`law::LabourLaw::duty`].
    pub duty: Duty,
    /// How many officers it needs; a plan never has more.
    pub staff: u32,
    /// Domain of powers that everyone on it needs; empty: none, and no deed either.
    pub domain: String,
    /// The municipality in which it is.
    pub municipality: String,
    /// Skills and trainings that everyone on it needs.
    pub needs: Vec<String>,
    /// Skills that some on it need.
    pub skills: Vec<SkillNeed>,
    /// Which burdens it is.
    pub load: Load,
}

/// A skill that some on a shift need.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SkillNeed {
    /// The skill.
    pub skill: String,
    /// How many need it.
    pub count: u32,
}

/// Which burdens a shift is; they are shared by contract hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Load {
    /// In the evening.
    pub evening: bool,
    /// At night.
    pub night: bool,
    /// On Saturday or Sunday.
    pub weekend: bool,
}

impl Load {
    /// Number of burdens.
    pub const KINDS: usize = 3;

    pub(crate) fn each(self) -> [bool; Self::KINDS] {
        [self.evening, self.night, self.weekend]
    }
}

/// Who works what: for each shift of the roster the indices of its officers, rising.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Plan(pub Vec<Vec<usize>>);

impl Plan {
    /// A plan in which nobody works.
    pub fn empty(roster: &Roster) -> Self {
        Self(vec![Vec::new(); roster.shifts.len()])
    }

    /// Whether the officer works the shift.
    pub fn has(&self, officer: usize, shift: usize) -> bool {
        self.0[shift].contains(&officer)
    }

    /// Puts the officer on the shift.
    pub fn add(&mut self, officer: usize, shift: usize) {
        if let Err(place) = self.0[shift].binary_search(&officer) {
            self.0[shift].insert(place, officer);
        }
    }

    /// Takes the officer off the shift.
    pub fn remove(&mut self, officer: usize, shift: usize) {
        self.0[shift].retain(|&other| other != officer);
    }
}
