//! Rosters: who works which shift, lawfully, with the right powers and skills, and fairly.
//!
//! A [roster](period) covers some weeks of one team: shifts made from a template, filled by the planner of the crate
//! `deployment`, changed by hand, and published as shifts of `patrol`. Officers ask for leave and wishes
//! ([`request`]), offer each other shifts ([`swap`]) and read their own in a calendar ([`feed`]). What the planner is
//! asked comes from one place ([`question`]), and so does what it answers, in words ([`words`]).
//!
//! Of an absence nothing is kept but its days: no reason, no illness (AVG art. 9; Uitvoeringswet AVG art. 30).

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

pub mod config;
pub mod fairness;
pub mod feed;
pub mod mine;
pub mod officer;
pub mod period;
pub mod question;
pub mod request;
pub mod retention;
pub mod seed;
pub mod subject;
pub mod swap;
mod tell;
mod words;

pub use config::RosterConfig;

#[cfg(test)]
mod tests;
