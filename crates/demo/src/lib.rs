//! Fictitious data for demonstrations and tests: years of reports, observations, rounds and
//! shifts of a town that looks like Heemskerk. Nothing here happened and nobody here exists.
//!
//! Pure and deterministic: the same [`Setting`] gives the same bytes, without a file, a clock or a
//! network. Moving [`Setting::to`] by a day leaves the earlier days as they were (only the local
//! rise of the last weeks moves along), because each day, source and category draws from its own
//! stream of random numbers.
//!
//! The levels and mixes follow published orders of magnitude for Dutch municipalities: 100 to 150
//! reports per 1,000 inhabitants a year, 17 to 25 % of them bulky waste, about 30 % repeats at the
//! same place, a lognormal effect of the neighbourhood. They are assumptions, not figures of the
//! municipality, and must never be shown without the word fictitious.
//!
//! Architecture invariant: no signal names a person, a plate or a house number in its words, and
//! no place is a dwelling.

mod addresses;
mod calendar;
mod history;
mod hoods;
mod measure;
mod people;
mod places;
mod profile;
mod rng;
mod rounds;
mod setting;
mod signals;
mod streets;
mod words;

pub use addresses::{DemoAddress, addresses};
pub use measure::{hard_texts, test_texts};
pub use people::{DemoPerson, DemoShift, shifts, team};
pub use profile::{CategoryShare, Shape, Spread, Term};
pub use rounds::{DemoRound, DemoVisit, rounds};
pub use setting::{AreaEffect, Bounds, Hood, HoodKind, HotPlace, LocalRise, Setting, Volume};
pub use signals::{Contact, DemoChange, DemoSignal, Source, signals};
pub use streets::{DemoStreet, streets};
