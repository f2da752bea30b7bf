//! The safety and enforcement plan (IVHP), its yearly programme and decisions, and the account of each year.
//!
//! The plan itself is configuration ([`model`], [`book`]); what people do with it is kept in the database: states and
//! decisions ([`cycle`]), notes, figures and the annual report ([`account`]). All of it is regime R0: no figure here
//! is about a person, a household or an address.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

pub mod account;
pub mod book;
pub mod cycle;
mod front;
pub mod model;

pub use book::PlanBook;

#[cfg(test)]
mod tests;
