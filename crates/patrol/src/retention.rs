//! How the roster leaves: by it one could still tell who walked an anonymised round. The term is that of `presence`
//! in `config/law/retention.toml`; the nightly job of the crate `privacy` runs it.

mod store;

use kit::shelf::Shelf;

/// Who was on a shift that is over.
pub const ROSTER: Shelf = store::ROSTER;
