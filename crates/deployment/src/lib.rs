//! Deployment: which places a round visits, in which order, and which it must leave out and why.
//!
//! This crate is pure. A caller states a [`Problem`] (where the round starts, how long it may take, which places
//! wait for a visit and what each visit is worth), a [`Solver`] answers with a [`Proposal`], and [`feasible`] checks
//! any proposal against its problem without trusting the solver. A proposal is advice: a coordinator decides.
//!
//! A candidate is a *place*. Its value says how much a visit to that place is needed in that shift; it never says
//! anything about a person, a household or an address.
//!
//! That is one round for one officer, solved at once. Several tours, compulsory visits and any time to search are in
//! [`solve`]. [`roster`] is the question before it: who works which shift, lawfully and fairly.
//!
//! The problem of a round is known as orienteering with time windows (Vansteenwegen, Souffriau & Van Oudheusden 2011,
//! "The orienteering problem: a survey", European Journal of Operational Research 209).

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

mod feasible;
mod greedy;
mod problem;
mod proposal;
pub mod roster;
mod route;
pub mod solve;

pub use feasible::feasible;
pub use greedy::GreedyTwoOpt;
pub use problem::{Candidate, Point, Problem, ProblemError};
pub use proposal::{LeftOut, Proposal, Stop, Why};

/// Something that turns a problem into a proposal: the seam behind which solvers can be exchanged.
///
/// A solver is deterministic: the same problem gives the same proposal, so that a coordinator who asks again is not
/// surprised and a test can be exact.
pub trait Solver {
    /// The proposed round. Fails only if the problem itself is wrong ([`Problem::validate`]); a problem that leaves
    /// no room for any visit gives a proposal without stops.
    fn solve(&self, problem: &Problem) -> Result<Proposal, ProblemError>;
}
