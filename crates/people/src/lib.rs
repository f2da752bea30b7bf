//! People: accounts, sessions and sign-in, and the pages by which the privacy officer and the
//! administrator review who has access and who did what.

pub mod account;
mod attempt;
pub mod authorisations;
pub mod client;
pub mod covenants;
pub mod deed;
pub mod oidc;
pub mod partners;
mod reseal;
pub mod retention;
pub mod review;
pub mod second_factor;
pub mod session;
pub mod step_up;
mod store;
pub mod subject;

pub use reseal::reseal;
