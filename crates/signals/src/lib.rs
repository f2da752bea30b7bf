//! Signals: everything that tells the municipality where it is needed. Residents' reports, officers'
//! observations, police figures, partners' notices and imported files, each kept apart by source.

pub mod api;
pub mod calls;
pub mod category;
pub mod contact;
#[cfg(test)]
mod fixture;
pub mod handle;
pub mod import;
pub mod intake;
pub mod issues;
pub mod kind;
pub mod model;
pub mod moderation;
pub mod observe;
pub mod photo;
pub mod pick;
pub mod presence;
pub mod report;
pub mod retention;
pub mod seed;
pub mod subject;
pub mod suggest;
pub mod touched;
pub mod voice;

pub use category::Catalogue;
pub use model::{Channel, Kind, Publication, Source, State, Urgency};
