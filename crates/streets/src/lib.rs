//! The street network: read from an extract of OpenStreetMap (or from the national road file), and how long it takes
//! to go from place to place by it, on foot, by bicycle and by car.
//!
//! [`import::run`] reads a file and puts it in the place of what was there; [`StreetMap`], on the municipality's shelf,
//! has it ready; [`table`], [`route`] and [`is_beside`] answer. Where no network was imported, or a place lies too far from every
//! street, the answer is a straight line times a detour factor, and says so.
//!
//! Left out on purpose, because files of others seldom have it whole: turn restrictions, hours at which a street is
//! closed, gradients, traffic.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

mod assemble;
mod config;
mod geometry;
mod graph;
mod hierarchy;
pub mod import;
mod network;
mod read;
mod route;
mod rules;
mod shelf;
mod store;
mod streets;
mod times;

pub use assemble::Tally;
pub use config::StreetsConfig;
pub use network::{Edge, Network, Origin};
pub use read::{Extract, ReadError, Window};
pub use route::route;
pub use rules::{Class, Mode};
pub use shelf::StreetMap;
pub use streets::Streets;
pub use times::{Pace, Times, is_beside, table};

#[cfg(test)]
mod tests;
