//! Rights of the data subject (AVG art. 12-22, Wpg art. 24a-28): one dossier per request, from receipt to answer.
//!
//! The privacy officer checks who asks, searches one vault at a time, decides per record and answers within the term
//! (T31 of the register of terms). What was found in a vault, and what was decided about it, is a sheet sealed with the
//! key of that vault: `main`, where the dossier lies, does not tell whom another vault knows. No content of a record is
//! copied; the answer is made from the records themselves at the moment of answering.
//!
//! - [`ops`]: the steps of a dossier; [`search`]: one vault; [`decide`]: one record, and its receivers;
//! - `officer`: what rosters, powers, the app and rounds know of an officer;
//! - [`letter`]: the answer, as page, PDF and JSON, from one model;
//! - [`web`]: the pages.

pub mod decide;
mod form;
mod gather;
pub mod letter;
pub mod model;
mod officer;
pub mod ops;
pub mod search;
mod store;
#[cfg(test)]
pub(crate) mod tests;
pub mod web;

pub(crate) use form::Fields;
pub use ops::{Waiting, waiting};
pub use search::reseal;
pub use store::REQUEST;
pub(crate) use store::{Audited, for_audit};
