//! How notes leave. The term is that of `youth-contact` in `config/law/retention.toml`; the nightly job of the crate
//! `privacy` runs it.

use kit::shelf::Shelf;

/// Notes of contacts, with the agreements in them.
pub const CONTACT: Shelf = crate::store::CONTACT;
