//! How reports, contact data of reporters and presence leave: what goes at which step. The terms are those of
//! `config/law/retention.toml`; the nightly job of the crate `privacy` runs them.

mod store;

use kit::shelf::Shelf;

/// Contact data leaves daily work: it is moved to a table that no page reads.
pub const CONTACT_REMOVED: Shelf = store::CONTACT_REMOVED;
/// Locked contact data is destroyed; the report stays without its reporter.
pub const CONTACT_DESTROYED: Shelf = store::CONTACT_DESTROYED;
/// A closed report is destroyed with its history, contact data, photos and spoken note.
pub const REPORT: Shelf = store::REPORT;
/// A report that was put aside as junk is destroyed with all that belongs to it; its clock starts when it was put aside.
pub const JUNK: Shelf = store::JUNK;
/// A closed issue is destroyed, once it holds no report any more.
pub const ISSUE: Shelf = store::ISSUE;
/// A presence loses its officer, and its place becomes vague (0.01 degree); the cell and the time stay for the counts.
pub const PRESENCE: Shelf = store::PRESENCE;
/// The address of who followed a report, once they stopped or the report is closed.
pub const FOLLOWER: Shelf = store::FOLLOWER;
/// Mail that came in, with its files, whatever became of it.
pub const INCOMING: Shelf = store::INCOMING;
