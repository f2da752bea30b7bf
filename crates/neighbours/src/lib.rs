//! Neighbourhood groups and followers: who coordinates a group, and what the municipality tells them.
//!
//! Architecture invariant: nothing of the members of a group is kept; of a group only its coordinator, with the day on
//! which that person agreed. A follower is an e-mail address that its owner confirmed, and leaves at once when its owner
//! stops. News to followers is what the public map shows, and nothing else.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]

pub mod config;
pub mod digest;
pub mod follow;
mod front;
pub mod groups;
pub mod messages;
pub mod model;
pub mod retention;
pub mod seed;
mod store;
pub mod subject;
#[cfg(test)]
mod tests;

pub use config::NeighboursConfig;
