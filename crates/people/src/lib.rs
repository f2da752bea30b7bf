//! People: accounts, sessions and sign-in, and the pages by which the privacy officer and the
//! administrator review who has access and who did what.

pub mod account;
pub mod review;
pub mod session;
mod store;
