//! Insight: the picture as pages, its stored results, and the start page of every role.
//!
//! | module | what |
//! |---|---|
//! | [`config`] | thresholds and settings of a municipality (`picture.toml`) |
//! | [`seen`] | the signals of a municipality as a [`picture::History`], by one query |
//! | [`brief`] | the picture in a few facts: how many, more or less, where, when, what is new |
//! | [`run`] | the nightly run: forecast per cell, band and group, its score, and the brief |
//! | [`view`] | `GET /picture` |
//! | [`place`] | `GET /picture/place`: one 200 m cell |
//! | [`algorithms`] | `GET /algorithms`: the public register of calculations |
//! | [`desk`] | `GET /desk`: the start page per role |
//!
//! Architecture invariant: everything here is a count per place and time. No page and no row names or
//! ranks a person, a household or an address.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

pub mod algorithms;
pub mod brief;
pub mod config;
pub mod desk;
pub mod jobs;
pub mod place;
pub mod run;
pub mod seen;
pub mod view;
pub(crate) mod wording;

#[cfg(test)]
mod tests;

pub use config::PictureConfig;
pub use jobs::schedule;
