//! The account of a year: what was the ambition, what was done, what do the figures say, what should change.
//!
//! [`indicators`] computes each figure from what was recorded; [`judge`] says what may be concluded from it, never more
//! than the interval allows; [`report()`] puts a whole year together and [`pdf`] prints it. A figure is about an area
//! and a period, never about a person, a household or an address.

mod areas;
mod follow;
mod gather;
pub mod indicators;
pub mod judge;
mod ops;
pub mod paper;
mod quantile;
mod report;
mod say;
mod store;
pub mod web;

pub(crate) use gather::months;
pub use gather::{Figures, gather};
pub use ops::{NewNote, NewValue, note_priority, set_value};
pub use report::{pdf, report};
pub(crate) use say::Say;
pub use store::{Note, Stored};

#[cfg(test)]
mod tests;
