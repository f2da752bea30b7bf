//! Rounds: Regie proposes which places a shift visits, in which order and why; a coordinator changes
//! and approves it with a reason (domain chapter 14, design rule 6). Nothing is sent out by itself.
//!
//! A proposal is a [`draft::Draft`] kept with the round; on approval it becomes visits.

pub mod candidates;
pub mod draft;
pub mod ops;
mod store;
pub mod value;
mod view;
pub mod web;
mod words;

pub(crate) use store::{finish, get, insert_rounds, insert_visits, round_values, run, visit_values, visits};
pub(crate) use web::{metres, state_tone, subject};
pub(crate) use words::{outcome_tone, sentences};

use kit::{At, Uuid, text_enum};

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
    /// The draft as JSON.
    pub proposal: String,
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

impl Visit {
    /// Minutes between arrival and departure, rounded.
    #[must_use]
    pub fn present_min(&self) -> Option<i64> {
        Some((self.left_at?.micros() - self.arrived_at?.micros() + 30_000_000) / 60_000_000)
    }
}
