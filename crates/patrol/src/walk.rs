//! The officer's page of a round: where to go, arrived, what was found and done, left.
//!
//! It works without script and on a bad connection: every button carries the id of its form, so a second
//! send changes nothing. It records where the team was, never whom it met; a sanction is only a word here,
//! its record belongs to the vault of the Police Data Act (Wpg).

pub mod late;
pub mod ops;
mod store;
pub mod today;
pub mod web;
