//! Figures of others: police, CBS, monitor and accidents, from a file or an address, with their source, their gaps and
//! their revisions. All of it is regime R0: no person.
//!
//! A file comes in ([`import::receive`]): it is kept as it came, read by its dataset's kind ([`source::read`]), put in
//! order ([`settle`]) and compared with what is known. Nothing changes until somebody uses it ([`import::apply`]); then
//! all of it changes in one transaction. [`refresh`] does the same on its own for datasets with an address.
//! [`read`] is how others read: one figure a year, never a sum with a gap in it.
//!
//! Architecture invariant: no figure, a withheld figure and zero stay three different things; a total is never part of a
//! sum, nor a month of a sum with years.

mod accidents;
pub mod config;
pub mod desk;
pub mod download;
pub mod import;
mod mapped;
pub mod model;
mod odata;
pub mod read;
pub mod refresh;
pub mod report;
mod say;
pub mod settle;
pub mod source;
mod store;
pub mod web;

pub use config::{Dataset, FiguresConfig};
pub use report::Report;

#[cfg(test)]
mod tests;
