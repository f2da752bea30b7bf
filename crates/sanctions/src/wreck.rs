//! Wrecks and other objects that stand in the way: found, labelled, looked at again, removed with a record, stored, and
//! returned or, after the statutory term, sold or destroyed (administrative coercion: Awb art. 5:21, 5:24, 5:29 to 5:31).
//!
//! It is supervision (R1) and stands in `main`. Architecture invariant: no owner and no plate; of the owner who collects,
//! only by which proof.

mod label;
mod model;
mod ops;
mod store;
mod told;
mod web;

pub use label::label;
pub use model::{State, Step, Terms};
pub use ops::{NewWreck, Taken, add, take};
pub use store::Wreck;
pub use web::{create, form, list, page, photo, send_photo, step};
