//! Retention: what leaves daily work, what is destroyed and what must wait.
//!
//! Every night, in each vault, records whose term is over move on: from use to *removed* (locked), from removed to
//! *destroyed*. The terms are those of `config/law/retention.toml`; the rule of a record is that of its processing.
//! What is destroyed leaves a proof without personal data. A legal hold stops both steps. Deletion has two steps, and
//! never both in one night.
//!
//! - [`nightly`]: the job;
//! - [`overview`], [`rules_page`], [`proofs`]: what there is, what goes next month, under which rule, and what went;
//! - [`holds`]: what must wait;
//! - [`backups`]: copies in which destroyed data lives on until they are destroyed too.

mod ahead;
mod backups;
mod hold;
mod job;
mod overview;
mod plain;
mod proofs;
mod rules;
mod run;
mod store;
#[cfg(test)]
mod tests;

pub use backups::{backups, destroyed, note_backup};
pub use hold::{holds, lift, place};
pub use job::{NIGHTLY, nightly, schedule};
pub use overview::{overview, rules_page};
pub use proofs::{proofs, proofs_csv};
