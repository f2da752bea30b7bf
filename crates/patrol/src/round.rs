//! Rounds: Regie proposes which places a shift visits, in which order and why; a coordinator changes
//! and approves it with a reason (domain chapter 14, design rule 6). Nothing is sent out by itself.
//!
//! A proposal is a [`draft::Draft`] for all crews of a shift, kept with one round, and it becomes better while somebody
//! looks ([`search`]). On approval each crew gets a round with visits of its own. When something urgent comes,
//! [`replan`] plans what is still to be done anew.

pub mod candidates;
mod demand;
pub mod draft;
pub mod ops;
pub mod replan;
pub mod search;
mod solve;
mod store;
pub mod value;
mod view;
mod ways;
pub mod web;
mod words;

#[cfg(test)]
pub(crate) use store::of_plan;
pub(crate) use store::{finish, get, insert_rounds, insert_visits, round_values, run, visit_values, visits};
pub(crate) use web::{metres, state_tone, subject};
pub(crate) use words::{changed, outcome_tone, sentences};

use crate::config::Mode;
use crate::shift::OnShift;
use draft::Decision;
use kit::{At, Tx, Uuid, text_enum};
use policy::Permit;

text_enum! {
    /// State of a round.
    pub enum RoundState {
        /// Regie proposed it, nobody approved it yet.
        Proposed = "proposed",
        /// A coordinator approved it.
        Approved = "approved",
        /// An officer arrived at a first place.
        Running = "running",
        /// The officers are back.
        Finished = "finished",
        /// It will not be walked.
        Withdrawn = "withdrawn",
    }
}

text_enum! {
    /// What a visit is for.
    pub enum VisitKind {
        /// An issue of one or more reports.
        Issue = "issue",
        /// One report.
        Signal = "signal",
        /// A square where reports are expected.
        Cell = "cell",
        /// A square drawn at random, to measure the effect of choosing.
        Control = "control",
        /// A visit that a campaign asks for; its target is the obligation.
        Campaign = "campaign",
        /// A neighbourhood that had few visits.
        Area = "area",
    }
}

text_enum! {
    /// State of a visit.
    pub enum VisitState {
        /// Still to come.
        Planned = "planned",
        /// Somebody is there.
        Arrived = "arrived",
        /// Done.
        Left = "left",
        /// Not visited; the note says why.
        Skipped = "skipped",
    }
}

text_enum! {
    /// What an officer found and did. It says nothing about a person.
    pub enum Outcome {
        /// Nothing to see.
        NothingFound = "nothing-found",
        /// A talk.
        Talk = "talk",
        /// A warning.
        Warning = "warning",
        /// The matter is solved.
        Solved = "solved",
        /// A sanction follows; it is recorded elsewhere, under the Police Data Act (Wpg).
        SanctionFollows = "sanction-follows",
    }
}

impl Outcome {
    /// Whether something was done: anything but nothing found.
    #[must_use]
    pub fn is_action(self) -> bool {
        self != Self::NothingFound
    }
}

/// A round as lists and pages need it.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
pub struct Round {
    /// Id.
    pub id: Uuid,
    /// Its shift.
    pub shift_id: Uuid,
    /// State.
    pub state: RoundState,
    /// When it was proposed.
    pub proposed_at: At,
    /// When it was approved.
    pub approved_at: Option<At>,
    /// Who approved it.
    pub approved_by: Option<Uuid>,
    /// When it was finished.
    pub finished_at: Option<At>,
    /// Why the coordinator follows the proposal, deviates from it, or withdraws the round.
    pub reason: String,
    /// Number from which random control is drawn.
    pub seed: i64,
    /// Most visits that were asked.
    pub max_visits: i64,
    /// The draft as JSON; empty but in the round that carries the plan.
    pub proposal: String,
    /// The round that carried the plan for all crews of the shift, which may be this one; none before the approval.
    pub plan_id: Option<Uuid>,
    /// How the crew moves.
    pub travel: Mode,
    /// When the break begins.
    pub rest_at: Option<At>,
    /// Minutes of break.
    pub rest_min: i64,
    /// Whether the coordinator followed the proposal.
    pub decision: Option<Decision>,
    /// Counts changes.
    pub version: i64,
}

/// A visit of an approved round.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
pub struct Visit {
    /// Id.
    pub id: Uuid,
    /// Its round.
    pub round_id: Uuid,
    /// Place in the order, from 1.
    pub seq: i64,
    /// What it is for.
    pub kind: VisitKind,
    /// The issue or signal.
    pub target: Option<Uuid>,
    /// Category id.
    pub category: Option<String>,
    /// The place in words.
    pub title: String,
    /// Longitude (WGS84).
    pub lon: f64,
    /// Latitude (WGS84).
    pub lat: f64,
    /// 200 m cell, east.
    pub cell_x: i64,
    /// 200 m cell, north.
    pub cell_y: i64,
    /// Neighbourhood code.
    pub area: Option<String>,
    /// Planned arrival.
    pub planned_at: At,
    /// Planned minutes of presence.
    pub minutes: i64,
    /// Reasons as JSON, see [`candidates::Reason`].
    pub why: String,
    /// State.
    pub state: VisitState,
    /// Arrival.
    pub arrived_at: Option<At>,
    /// Departure.
    pub left_at: Option<At>,
    /// What was found and done.
    pub outcome: Option<Outcome>,
    /// What the officer wrote; never about a person.
    pub note: String,
    /// The presence that it was counted as.
    pub presence_id: Option<Uuid>,
    /// Counts changes.
    pub version: i64,
}

/// Of the officers of a shift those who walk a round; all of them when nobody was named.
///
/// # Errors
/// When the database cannot be read.
pub async fn crew(tx: &mut Tx, permit: &Permit, round: Uuid, officers: Vec<OnShift>) -> kit::Result<Vec<OnShift>> {
    let named = store::officers(tx, permit, round).await?;
    let walks = |one: &OnShift| named.is_empty() || named.iter().any(|n| n.account_id == one.account_id);
    Ok(officers.into_iter().filter(walks).collect())
}

/// What changed in a round since it was approved, the newest first: when, and what.
///
/// # Errors
/// When the database cannot be read.
pub async fn changes(tx: &mut Tx, permit: &Permit, round: Uuid) -> kit::Result<Vec<(At, replan::Changed)>> {
    let rows = store::changes(tx, permit, round, MOST_CHANGES).await?;
    Ok(rows.into_iter().filter_map(|(at, text)| Some((at, serde_json::from_str(&text).ok()?))).collect())
}

/// Before which of these visits a break at this moment comes.
pub(crate) fn rest_before(visits: &[Visit], rest_at: Option<At>) -> usize {
    let made = |v: &Visit| v.state != VisitState::Skipped;
    let next = visits.iter().position(|v| made(v) && rest_at.is_some_and(|at| v.planned_at > at));
    next.or_else(|| Some(visits.iter().rposition(made)? + 1)).unwrap_or(0)
}

/// Changes that are shown.
const MOST_CHANGES: i64 = 3;

impl Visit {
    /// Minutes between arrival and departure, rounded.
    #[must_use]
    pub fn present_min(&self) -> Option<i64> {
        Some((self.left_at?.micros() - self.arrived_at?.micros() + 30_000_000) / 60_000_000)
    }
}
