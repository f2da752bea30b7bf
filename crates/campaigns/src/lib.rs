//! Campaigns and the area approach: a problem in a place or season, with partners, a mix of measures, visits that must
//! be made each week, a budget of hours, and a review.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

pub mod obligation;
