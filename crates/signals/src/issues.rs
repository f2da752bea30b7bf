//! Issues: many reports, one matter. A person confirms each link; the page only suggests what lies
//! near in place and time (`category.issue` in the municipality's configuration).

mod ops;
mod store;
#[cfg(test)]
mod tests;
mod web;

pub use ops::{Near, Target, TargetKind, close, join, leave, link, open_for_patrol, suggest};
pub(crate) use store::Frame;
pub use web::{close_form, issue, leave_form, link_form, list};
