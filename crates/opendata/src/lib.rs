//! What everybody may see: the public map and list, OGC API Features, downloads, their description (DCAT-AP-NL), feeds
//! and calendars. Rounded places and no person.
//!
//! Architecture invariant: this crate has no SQL. What it shows of signals comes from `signals::moderation::public`,
//! which gives only what was released.

pub mod catalog;
pub mod config;
pub mod data;
mod feature;
pub mod feed;
mod filter;
pub mod ical;
pub mod live;
pub mod map;
pub mod ogc;
mod pipe;
#[cfg(test)]
mod tests;
mod view;

pub use config::OpenDataConfig;
pub use filter::Query;
pub use live::Live;
