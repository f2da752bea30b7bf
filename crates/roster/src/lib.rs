//! Rosters: who works which shift, lawfully, with the right powers and skills, and fairly.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]
