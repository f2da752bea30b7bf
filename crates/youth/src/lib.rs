//! Youth officers: where young people meet, and notes of contacts with groups there (domain chapters 2 and 6).
//!
//! | module | what |
//! |---|---|
//! | [`config`] | words to choose from (`youth.toml`) |
//! | [`guard`] | what a note may not hold: names, numbers, addresses |
//! | [`place`] | hang-outs, each with its trend |
//! | [`contact`] | notes of contacts, and the agreements in them |
//! | [`retention`] | when notes go |
//!
//! Architecture invariant: a note is about a place and a group. No name, no number of a person or a car is kept, and no
//! figure is made per person or per officer. A contact counts as presence (`signals::presence`), so that the picture
//! knows where officers looked.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]

pub mod config;
pub mod contact;
pub mod guard;
pub mod place;
pub mod retention;
pub mod seed;
mod store;

#[cfg(test)]
mod tests;

pub use config::YouthConfig;
