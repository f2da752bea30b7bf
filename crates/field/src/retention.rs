//! How what phones told leaves: events with what was kept of them, photos that never came whole, calls for assistance,
//! and phones that were not in touch any more. The term is that of `field-app` in `config/law/retention.toml`; the
//! nightly job of the crate `privacy` runs it.

mod store;

use kit::shelf::Shelf;

/// What phones told, with photos on their way.
pub const EVENT: Shelf = store::EVENT;
/// Calls for assistance that are over.
pub const CALL: Shelf = store::CALL;
/// Phones that were not in touch any more, once nothing of them is left.
pub const DEVICE: Shelf = store::DEVICE;
