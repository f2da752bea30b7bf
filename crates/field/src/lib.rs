//! The field: the officer's app, which works without reception, and the coordinator's live board.
//!
//! The phone takes its work of the day along ([`day`]), writes down what happens with ids of its own, and tells it when
//! there is reception ([`sync`]). What it tells goes through the same operations as the pages do; each event gets an
//! answer and none is dropped. The shell of the app ([`shell`]) holds no data and opens without the network.

pub mod board;
pub mod call;
mod config;
pub mod day;
pub mod device;
pub mod place;
pub mod retention;
pub mod shell;
pub mod subject;
pub mod sync;
#[cfg(test)]
mod tests;

pub use config::FieldConfig;
