//! What Regie gives to other systems and takes from them: Open311, Signalen, and notices (CloudEvents).

pub mod config;
#[cfg(test)]
mod fixture;
pub mod open311;
pub mod signalen;
pub mod webhook;

pub use config::ExchangeConfig;
