//! Patrol: the deployment of officers. Shifts, rounds that Regie proposes and a coordinator approves,
//! and the officer's page with which a round is walked and what was found is recorded.
//!
//! Architecture invariant: nothing here names or scores a person, a household or an address. A stop is a place in a
//! shift; a sanction is only a word on a visit and its record belongs to another vault (Wpg).

pub mod config;
pub mod figures;
mod form;
pub mod results;
pub mod retention;
pub mod round;
pub mod seed;
pub mod shift;
pub mod subject;
pub mod walk;

pub use config::PatrolConfig;
pub use figures::{Figures, figures};
pub use seed::seed;

#[cfg(test)]
mod tests;
