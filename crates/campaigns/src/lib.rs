//! Campaigns and the area approach: a problem in a place or season, with partners, a mix of measures, visits that must
//! be made each week, a budget of hours, and a review (domain chapter 2: describe, partners, mix of measures, carry
//! out, evaluate).
//!
//! | module | what |
//! |---|---|
//! | [`config`] | kinds of campaigns with what they start from (`campaigns.toml`) |
//! | [`model`] | states, measures, obligations and weeks; pure |
//! | [`ops`] | write, change, start, review and close a campaign |
//! | [`step`] | the mix of measures |
//! | [`obligation`] | visits asked and made; `due` is what rounds ask |
//! | [`web`] | the list, the form, a campaign with its progress |
//!
//! Architecture invariant: a campaign is about a place and a time; nothing here names or scores a person.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

pub mod config;
pub mod model;
pub mod obligation;
pub mod ops;
pub mod seed;
pub mod step;
mod store;
pub mod web;

#[cfg(test)]
mod tests;

pub use config::CampaignsConfig;
