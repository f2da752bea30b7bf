//! Sanctions: what an officer writes down when an offence is to be punished, in the vault of the Police Data Act (Wpg).
//!
//! An [`event`] is a record of kind `sanction` in the processing `wpg-daily`: its words are sealed fields of the
//! envelope (`records`), so that purpose, targeted query, retention, requests of data subjects and disclosure work on it
//! as on every other record. What may be written is decided by `law::sanction`; by which officer, by the deed
//! (`people::deed`).
//!
//! - [`event`]: draft → signed → checked → exported or withdrawn; the page in the street, the report as PDF;
//! - [`export`]: batches for the collection agency, in our own documented format (`docs/sanctions.md`);
//! - [`figures`]: numbers of sanctions, one way from the vault to R0;
//! - [`wreck`]: wrecks and other objects, from label to the end of storage (Awb art. 5:29 to 5:31); ordinary data (R1);
//! - [`retention`]: how wrecks leave; an event leaves with its record.
//!
//! Architecture invariant: no list of a person's sanctions and no count per person, address or household.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

mod config;
pub mod event;
pub mod export;
pub mod figures;
pub mod retention;
pub mod seed;
pub mod wreck;

#[cfg(test)]
mod tests;

pub use config::SanctionsConfig;
pub use event::ops;
