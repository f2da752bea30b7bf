//! The account that college and council get of a year: what was the ambition, what was done, what do the figures say,
//! what should change.
//!
//! [`AnnualReport`] holds everything that the report shows, ready to print. [`TEMPLATE`] is its layout, to be rendered
//! with the `document` crate. No input or output here: another slice gathers the figures, so that the same report can
//! be shown on screen, offered as JSON and printed.

mod model;
mod sample;

pub use model::{
    Action, AnnualReport, Chart, Figure, FocusArea, KeyFigure, LABELS, Point, Priority, SourceNote, Status, Tone,
};

/// The layout of the annual report (Typst). Reads an [`AnnualReport`] as JSON from `/data.json`.
pub const TEMPLATE: &str = include_str!("annual.typ");
