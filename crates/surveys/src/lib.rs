//! The municipality's own questionnaires: designed, published, answered without a trace of who answered, weighted, and
//! shown with intervals.
//!
//! Architecture invariant: an answer has no name, no address, no account, no cookie, no code and no time finer than a
//! day. Its id is random and no other table knows it, so that nothing can be joined with it. That is why an answer of
//! the public leaves no entry in the audit trail and does not go through `kit::once`: its own id tells a double.
//!
//! [`weigh`] and [`estimate`] are pure. [`result`] is how the plan reads an outcome as an indicator.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]

pub mod answer;
pub mod config;
pub mod design;
pub mod estimate;
mod front;
pub mod gate;
pub mod model;
pub mod outcome;
pub mod retention;
pub mod screen;
pub mod seed;
mod store;
pub mod tally;
#[cfg(test)]
mod tests;
pub mod weigh;

pub use config::SurveysConfig;
pub use gate::Gate;
pub use outcome::{Reading, result, result_of_year};
