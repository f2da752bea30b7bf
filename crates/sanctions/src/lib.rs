//! Sanctions: what an officer writes down when an offence is to be punished, in the vault of the Police Data Act (Wpg).

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]
