//! Records behind the fences, and the disclosures by which content crosses from one vault to another.
//!
//! A record belongs to one declared processing, and so to one regime and one vault. Its envelope (kind, processing,
//! dates) is plain; its words are named fields, each sealed for its own place. Who wants to work in a vault first says
//! in which capacity, for which purpose and why ([`open`]); the answer is kept and opens the vault for a while.
//! Every read, change and disclosure is logged in the vault of the record, with a line per data subject.
//!
//! - [`open`], [`list`], [`record`], [`edit`]: daily work with records;
//! - [`search`]: after the time of free use only a targeted query with a reason (Wpg art. 8);
//! - [`review`]: what was removed, one by one, by the privacy officer (Wpg art. 14);
//! - [`disclose`]: the one way out of a record, its delivery, recall and correction, and the overview;
//! - [`hit()`]: whether something is known about a person, only where the law lets one ask;
//! - [`kin`]: for crates whose records live in the same envelopes;
//! - [`reseal()`]: sealed fields under the newest key.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

mod about;
mod config;
pub mod disclose;
pub mod edit;
mod hit;
pub mod kin;
pub mod list;
mod note;
pub mod open;
pub mod record;
mod reseal;
pub mod review;
pub mod search;
mod seed;
mod stage;
mod store;
mod subject;
#[cfg(test)]
mod tests;
mod typed;
mod way;
mod write;

pub use about::{about, content, openings_for_audit, queries_for_audit};
pub use config::RecordsConfig;
pub use disclose::{DisclosureRow, JOB, deliver, for_audit};
pub use hit::{Hit, hit};
pub use reseal::reseal;
pub use seed::seed;

pub use store::opening::{Opening, TargetedQuery};
pub use store::{Envelope, History};
pub use subject::{Person, fingerprints, subject_key};
pub use write::FieldText;
