//! The frame of every page: the running program, the request's context, layout and menu, faults as
//! pages or problem+json, charts and maps as SVG.

pub mod about;
pub mod app;
pub mod chart;
pub mod cx;
pub mod form;
pub mod ical;
pub mod layers;
#[cfg(test)]
mod look_test;
pub mod map;
pub mod page;
pub mod routes;
pub mod steps;
mod svg;

pub use app::{App, Shared};
pub use cx::Cx;
pub use form::{Fields, Said, Trouble};
pub use page::{Choice, FormError, Link, Page, render, render_as, see_other};

/// The largest request body that any route takes, in megabytes; each route may take less.
pub const MOST_MEGABYTES: u64 = 64;
