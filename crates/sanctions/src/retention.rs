//! How wrecks leave: with their photos and history. The term is that of `wreck` in `config/law/retention.toml`; the nightly
//! job of the crate `privacy` runs it. What was written of an event leaves with its record.

mod store;

use kit::shelf::Shelf;

/// Wrecks that are over: returned, sold, destroyed, or gone before they were removed.
pub const WRECK: Shelf = store::WRECK;
