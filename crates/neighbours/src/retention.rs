//! How contact data of coordinators and addresses of followers leave. The terms are those of
//! `config/law/retention.toml` (rules `group-contact` and `follower`); the nightly job of the crate `privacy` runs them.

use kit::shelf::Shelf;

/// The coordinator of a group that ended.
pub const GROUP_CONTACT: Shelf = crate::store::CONTACT;
/// An address that nobody confirmed in time.
pub const FOLLOWER: Shelf = crate::store::FOLLOWER;
