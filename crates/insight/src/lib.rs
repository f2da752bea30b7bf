//! Insight: the picture as pages, its stored results, and the start page of every role.
//!
//! | module | what |
//! |---|---|
//! | [`config`] | thresholds and settings of a municipality (`picture.toml`) |
//! | [`seen`] | the signals of a municipality as a [`picture::History`], by one query |
//! | [`brief`] | the picture in a few facts: how many, more or less, where, when, what is new |
//! | [`run`] | the nightly run: forecast per cell, band and group, its score, and the brief |
//! | `squares` | what the night expects per square in the week ahead |
//! | `chart` | charts and maps of the picture as SVG |
//! | [`view`] | `GET /picture` |
//! | [`place`] | `GET /picture/place`: one 200 m cell |
//! | [`compare`] | `GET /picture/compare`: two periods or neighbourhoods side by side |
//! | [`download`] | `GET /picture/download.{csv,svg,png}` |
//! | [`record`] | `GET /picture/record`: how good the forecast was |
//! | [`week`] | `GET /picture/week`: the briefing of the weekly meeting |
//! | [`measure`] | measures, what could be seen of them, and their effect |
//! | [`alarm`] | alarms: found each night, weighed by people, quiet after that |
//! | [`algorithms`] | `GET /algorithms`: the public register of calculations |
//! | [`desk`] | `GET /desk`: the start page per role |
//!
//! Architecture invariant: everything here is a count per place and time. No page and no row names or
//! ranks a person, a household or an address.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

pub mod alarm;
pub mod algorithms;
pub mod brief;
pub(crate) mod chart;
pub mod compare;
pub mod config;
pub mod desk;
pub mod download;
pub mod jobs;
pub mod measure;
pub mod place;
pub mod record;
pub mod run;
pub mod seen;
pub(crate) mod squares;
pub mod view;
pub mod week;
pub(crate) mod wording;

#[cfg(test)]
mod tests;

pub use config::PictureConfig;
pub use jobs::schedule;
