//! States of plan, programme and action, and who may change them on what ground.
//!
//! Each table is complete: a change that is not in it is refused, and so is a decision by another body than the one
//! named. "Plan" in a basis is the Heemskerk plan (IVHP 2021-2024).

use std::fmt;

use law::Body;

kit::text_enum! {
    /// Where a plan stands.
    pub enum PlanState {
        /// Being written.
        Draft = "draft",
        /// Partners gave their view.
        PartnersConsulted = "partners-consulted",
        /// The executive put it before the council.
        CollegeProposed = "college-proposed",
        /// The council adopted it.
        CouncilAdopted = "council-adopted",
        /// Made known and in force.
        InForce = "in-force",
        /// The period was evaluated.
        Evaluated = "evaluated",
        /// A newer plan replaced it.
        Superseded = "superseded",
    }
}

kit::text_enum! {
    /// Where a yearly programme stands.
    pub enum ProgrammeState {
        /// Being written.
        Draft = "draft",
        /// The executive adopted it.
        CollegeAdopted = "college-adopted",
        /// Sent to the council for information.
        SentToCouncil = "sent-to-council",
        /// Being carried out.
        Running = "running",
        /// Accounted for.
        Reported = "reported",
    }
}

kit::text_enum! {
    /// Where an action stands.
    pub enum ActionState {
        /// Not begun.
        Planned = "planned",
        /// Being carried out.
        Running = "running",
        /// Finished.
        Done = "done",
        /// Ended before it was finished; needs a reason.
        Stopped = "stopped",
    }
}

/// One allowed change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change<S> {
    /// From this state.
    pub from: S,
    /// To this one.
    pub to: S,
    /// The body that decides or answers for it.
    pub body: Body,
    /// Article or section of the plan.
    pub basis: &'static str,
    /// Kind of decision in the register of competence, when the register has one.
    pub rule: Option<&'static str>,
    /// Whether a reason must be given.
    pub needs_reason: bool,
}

/// A state with a table of changes.
pub trait State: Copy + PartialEq + fmt::Display + Sized + 'static {
    /// Every allowed change.
    const CHANGES: &'static [Change<Self>];
}

const fn change<S>(from: S, to: S, body: Body, basis: &'static str, rule: Option<&'static str>) -> Change<S> {
    Change { from, to, body, basis, rule, needs_reason: false }
}

const fn with_reason<S: Copy>(change: Change<S>) -> Change<S> {
    Change { needs_reason: true, ..change }
}

const GEMW: &str = "Gemeentewet art. 160(1)";

impl State for PlanState {
    const CHANGES: &'static [Change<Self>] = {
        use Body::{Council, Executive};
        use PlanState::{CollegeProposed, CouncilAdopted, Draft, Evaluated, InForce, PartnersConsulted, Superseded};
        &[
            change(Draft, PartnersConsulted, Executive, GEMW, None),
            change(PartnersConsulted, CollegeProposed, Executive, GEMW, None),
            change(
                CollegeProposed,
                CouncilAdopted,
                Council,
                "Politiewet 2012 art. 38b(1); plan 5.3",
                Some("safety-plan"),
            ),
            // The council may send it back.
            with_reason(change(CollegeProposed, Draft, Council, "plan 5.3", None)),
            change(CouncilAdopted, InForce, Executive, GEMW, None),
            change(InForce, Evaluated, Executive, "plan 5.3", Some("evaluation")),
            // The council adopts the new plan.
            change(Evaluated, Superseded, Council, "Politiewet 2012 art. 38b(1); plan 5.3", Some("safety-plan")),
        ]
    };
}

impl State for ProgrammeState {
    const CHANGES: &'static [Change<Self>] = {
        use Body::Executive;
        use ProgrammeState::{CollegeAdopted, Draft, Reported, Running, SentToCouncil};
        &[
            change(Draft, CollegeAdopted, Executive, "plan 2.1, 5.3", Some("year-programme")),
            change(CollegeAdopted, SentToCouncil, Executive, "plan 5.3", Some("programme-to-council")),
            change(SentToCouncil, Running, Executive, "plan 5.1", None),
            change(Running, Reported, Executive, "plan 5.4", Some("year-report")),
        ]
    };
}

impl State for ActionState {
    const CHANGES: &'static [Change<Self>] = {
        use ActionState::{Done, Planned, Running, Stopped};
        use Body::Executive;
        &[
            change(Planned, Running, Executive, "plan 5.1", None),
            change(Running, Done, Executive, "plan 5.1", None),
            with_reason(change(Planned, Stopped, Executive, "plan 5.1", None)),
            with_reason(change(Running, Stopped, Executive, "plan 5.1", None)),
        ]
    };
}

/// Who decides on a deviation from the main lines of the plan, in content or money.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deviation {
    /// The body.
    pub body: Body,
    /// Section of the plan.
    pub basis: &'static str,
    /// Kind of decision in the register of competence.
    pub rule: &'static str,
}

/// A deviation goes to the council.
pub const DEVIATION: Deviation = Deviation { body: Body::Council, basis: "plan 5.4", rule: "deviation-main-lines" };

/// Why a change of state is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// Not in the table.
    NotAllowed {
        /// From this state.
        from: String,
        /// To this one.
        to: String,
    },
    /// Another body is competent.
    WrongBody {
        /// The competent body.
        competent: Body,
        /// Article or section of the plan.
        basis: &'static str,
    },
    /// A reason is needed.
    NoReason,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAllowed { from, to } => {
                write!(f, "a change from {from} to {to} is not allowed")
            }
            Self::WrongBody { competent, basis } => {
                write!(f, "this is for the {competent} ({basis})")
            }
            Self::NoReason => f.write_str("this change needs a reason"),
        }
    }
}

impl std::error::Error for Refused {}

/// Whether `body` may change `from` into `to`, with a reason where one is needed.
///
/// # Errors
/// When the change is not in the table, another body is competent, or a needed reason is missing or blank.
pub fn decide<S: State>(from: S, to: S, body: Body, reason: Option<&str>) -> Result<&'static Change<S>, Refused> {
    let Some(change) = S::CHANGES.iter().find(|c| c.from == from && c.to == to) else {
        return Err(Refused::NotAllowed { from: from.to_string(), to: to.to_string() });
    };
    if change.body != body {
        return Err(Refused::WrongBody { competent: change.body, basis: change.basis });
    }
    if change.needs_reason && reason.is_none_or(|r| r.trim().is_empty()) {
        return Err(Refused::NoReason);
    }
    Ok(change)
}

/// The changes that are possible from a state, whoever decides.
pub fn next_steps<S: State>(from: S) -> impl Iterator<Item = &'static Change<S>> {
    S::CHANGES.iter().filter(move |change| change.from == from)
}

#[cfg(test)]
mod tests;
