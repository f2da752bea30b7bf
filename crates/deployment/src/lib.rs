//! Deployment: which places rounds visit, in which order, and which they must leave out; and who works which shift.
//!
//! This crate is pure: arguments in, answer out. [`solve`] plans several rounds at once and says what each choice costs;
//! [`roster`] is the question before it: who works which shift, lawfully and fairly. What they answer is advice: a
//! coordinator decides.
//!
//! A visit is to a *place*. Its score says how much a visit to that place is needed in that shift; it never says anything
//! about a person, a household or an address.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

pub mod roster;
pub mod solve;
