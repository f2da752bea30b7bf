//! What every room of Regie stands on and no room is about: the storage door, vaults, audit,
//! jobs, outbox, configuration, translations, faults, paging, clock and ids.
//!
//! Architecture invariant: kit knows no noun of the domain. An edit here rebuilds everything,
//! so it stays small and quiet.

pub mod audit;
pub mod clock;
pub mod config;
pub mod db;
pub mod events;
pub mod fault;
pub mod fences;
pub mod fetch;
pub mod fold;
pub mod inbox;
pub mod jobs;
pub mod keys;
pub mod ledger;
pub mod mail;
pub mod migrate;
pub mod once;
pub mod otlp;
pub mod outbox;
pub mod paging;
pub mod scan;
pub mod shelf;
pub mod text_enum;
pub mod throttle;
pub mod trace;
pub mod words;

pub use clock::{At, Clock};
pub use config::{Municipality, Text};
pub use db::{AnyVault, Db, DbError, Main, Record, Tx, Value, Vault, Vaults};
pub use fault::{Fault, FieldFaults};
pub use keys::{Keyring, Seal, Seals};
pub use serde;
pub use sqlx;
pub use trace::Trace;
pub use uuid::Uuid;
pub use words::Words;

/// What this crate's database functions return.
pub type Result<T> = std::result::Result<T, DbError>;
