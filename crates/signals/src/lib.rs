//! Signals: everything that tells the municipality where it is needed. Residents' reports, officers'
//! observations, police figures, partners' notices and imported files, each kept apart by source.

pub mod category;
pub mod intake;
pub mod model;

pub use category::Catalogue;
pub use model::{Source, State, Urgency};
