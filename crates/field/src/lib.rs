//! The field: the officer's app, which works without reception, and the coordinator's live board.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]
