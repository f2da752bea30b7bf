//! Law: data regimes, competent bodies, statutory terms and the calendar they run on.
//!
//! This crate is pure: no clock, no files, no network. Time is an argument, and the registers of terms and of
//! competence are data (`config/law/terms.toml`, `config/law/competence.toml`) that the caller reads and hands over
//! as text. Each rule has validity dates and names its article, so that a page can say on what it rests.
//!
//! - [`calendar`]: public holidays and working days (Algemene termijnenwet, art. 3);
//! - [`terms`]: what a term is and when it ends (Algemene termijnenwet, art. 1, 2 and 4);
//! - [`register`]: the statutory terms T01 to T32;
//! - [`competence`]: which body may take which decision;
//! - [`regime`]: the data regimes R0 to R10 and the vault of each.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

pub mod calendar;
pub mod competence;
pub mod regime;
pub mod register;
pub mod terms;
mod text;

pub use calendar::Calendar;
pub use competence::{Body, Competence, Mandate, Rule, WrongBody};
pub use regime::Regime;
pub use register::{Direction, Extension, StatutoryTerm, TermRegister};
pub use terms::{Counting, Term, TermError, TermUnit, deadline, deadline_before};
pub use text::{RegisterError, Text};
