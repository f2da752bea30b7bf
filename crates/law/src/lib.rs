//! Law: data regimes and what may happen to their data, competent bodies, statutory terms and their calendar.
//!
//! This crate is pure: no clock, no files, no network. Time is an argument, and the registers are data
//! (`config/law/*.toml`) that the caller reads and hands over as text. Each rule has validity dates and names its
//! article, so that a page can say on what it rests.
//!
//! - [`calendar`]: public holidays and working days (Algemene termijnenwet, art. 3);
//! - [`terms`]: what a term is and when it ends (Algemene termijnenwet, art. 1, 2 and 4);
//! - [`register`]: the statutory terms T01 to T32;
//! - [`competence`]: which body may take which decision;
//! - [`labour`]: which shifts an employee may work (Arbeidstijdenwet, ch. 5);
//! - [`regime`]: the data regimes R0 to R10 and the vault of each;
//! - [`retention`]: how long a record is used, when it is removed and when destroyed;
//! - [`disclosure`]: which content may cross to another regime or holder, on what basis;
//! - [`sanction`]: which offence an officer may write down, by which modality, and what stands in the way;
//! - [`rights`]: what a person may ask about the data on himself, and the grounds of refusal.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

pub mod calendar;
pub mod competence;
pub mod disclosure;
pub mod labour;
pub mod regime;
pub mod register;
pub mod retention;
pub mod rights;
pub mod sanction;
pub mod terms;
mod text;
mod word;

pub use calendar::Calendar;
pub use competence::{Body, Competence, Mandate, Rule, WrongBody};
pub use disclosure::{Basis, DisclosureRegister, Need, Proposal, ReceiverKind, Refusal, may_search};
pub use labour::{Duty, LabourLaw, LabourRegister};
pub use regime::Regime;
pub use register::{Direction, Extension, StatutoryTerm, TermRegister};
pub use retention::{RetentionRegister, RetentionRule, Stage, Trigger};
pub use rights::{RefusalGround, RequestKind, Right, RightsRegister};
pub use sanction::{Modality, OffenceRegister, SanctionLaw, SanctionRule};
pub use terms::{Counting, Term, TermError, TermUnit, deadline, deadline_before};
pub use text::{RegisterError, Text};
pub use word::UnknownWord;
