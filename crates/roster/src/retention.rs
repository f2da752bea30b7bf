//! How rosters leave. The terms are `working-time`, `deed` and `officer-left` in `config/law/retention.toml`; the nightly job of the
//! crate `privacy` runs them.

mod store;

use kit::shelf::Shelf;

/// Who worked a shift that is over.
pub const DUTY: Shelf = store::DUTY;
/// What changed in the roster of a shift that is over.
pub const CHANGE: Shelf = store::CHANGE;
/// Leave, wishes and absence that are over.
pub const REQUEST: Shelf = store::REQUEST;
/// Swaps of shifts that are over.
pub const SWAP: Shelf = store::SWAP;
/// Deeds that ended.
pub const DEED: Shelf = store::DEED;
/// The secret calendar address of an officer whose account is closed.
pub const CALENDAR: Shelf = store::CALENDAR;
/// What an officer asked for days after the account was closed.
pub const WISH: Shelf = store::WISH;
/// Contract, skills and agreements of an officer whose account is closed, once no shift of the officer is left.
pub const OFFICER: Shelf = store::OFFICER;
