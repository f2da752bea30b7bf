//! The safety and enforcement plan (IVHP), its yearly programme and its indicators.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

pub mod model;
