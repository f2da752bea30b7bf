//! The account as paper: what the report shows, ready to print. No input or output here, so that the same report can be
//! shown on screen and printed. [`TEMPLATE`] is its layout, to be rendered with the `document` crate.

mod model;
#[cfg(test)]
mod sample;

pub use model::{
    Action, AnnualReport, Chart, Figure, FocusArea, KeyFigure, LABELS, Point, Priority, SourceNote, Status, Tone,
};

/// The layout of the annual report (Typst). Reads an [`AnnualReport`] as JSON from `/data.json`.
pub const TEMPLATE: &str = include_str!("annual.typ");
