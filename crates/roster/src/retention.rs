//! How rosters leave. The terms are `working-time` and `deed` in `config/law/retention.toml`; the nightly job of the
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
