//! When in the week: a grid of hours and days in five classes.

use super::{Format, open};
use crate::steps::{Breaks, Step, legend};
use crate::svg;
use std::fmt::Write as _;

/// What [`heat_grid`] draws.
pub struct HeatGrid<'a> {
    /// Title for a screen reader.
    pub title: String,
    /// What the picture says, in a sentence.
    pub desc: String,
    /// Days of the week, short.
    pub rows: Vec<String>,
    /// Hours or bands of hours.
    pub columns: Vec<String>,
    /// One list per row, one value per column; `None` is not known.
    pub values: Vec<Vec<Option<f64>>>,
    /// Unit, after the number of a cell.
    pub unit: String,
    /// Word for none (0).
    pub zero: String,
    /// Word for a value that is not known.
    pub missing: String,
    /// Writes numbers.
    pub format: Format<'a>,
}

/// Draws the grid and its legend; each cell says its number under the mouse.
#[must_use]
pub fn heat_grid(grid: &HeatGrid<'_>) -> String {
    let (left, top, row_height) = (52.0, 30.0, 30.0);
    let columns = grid.columns.len().max(1);
    let width = 720.0;
    let cell = (width - left) / columns as f64;
    let breaks = Breaks::new(grid.values.iter().flatten().flatten().copied());
    let mut out = String::with_capacity(1024 + grid.rows.len() * columns * 150);
    open(&mut out, "heat-grid", width, top + row_height * grid.rows.len() as f64, &grid.title, &grid.desc);
    let every = columns.div_ceil(8);
    for (shown, (i, label)) in grid.columns.iter().enumerate().step_by(every).enumerate() {
        let _ = write!(
            out,
            "<text{} x=\"{}\" y=\"20\">{}</text>",
            if shown % 2 == 1 { " class=\"minor\"" } else { "" },
            svg::number(left + i as f64 * cell + 2.0),
            svg::text(label)
        );
    }
    for (r, row) in grid.rows.iter().enumerate() {
        let y = top + r as f64 * row_height;
        let _ = write!(out, "<text x=\"0\" y=\"{}\">{}</text><g class=\"heat\">", y + 21.0, svg::text(row));
        for (c, column) in grid.columns.iter().enumerate() {
            let value = grid.values.get(r).and_then(|v| v.get(c)).copied().flatten();
            let words = value.map_or_else(|| grid.missing.clone(), |v| format!("{} {}", (grid.format)(v), grid.unit));
            let _ = write!(
                out,
                "<rect class=\"{}\" x=\"{}\" y=\"{y}\" width=\"{}\" height=\"{row_height}\"><title>{} {}: {}</title></rect>",
                breaks.step(value).class(),
                svg::number(left + c as f64 * cell),
                svg::number(cell),
                svg::text(row),
                svg::text(column),
                svg::text(&words)
            );
        }
        out.push_str("</g>");
    }
    out.push_str("</svg>");
    let mut lines = vec![(Step::Class(0), grid.zero.clone())];
    lines.extend(breaks.legend(grid.format));
    if grid.values.iter().flatten().any(Option::is_none) {
        lines.push((Step::Missing, grid.missing.clone()));
    }
    out.push_str(&legend(&lines));
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::svg::tests::elements;

    #[test]
    fn every_cell_has_a_class_and_a_number() {
        let svg = heat_grid(&HeatGrid {
            title: "Wanneer".to_owned(),
            desc: "a < b".to_owned(),
            rows: vec!["ma".to_owned(), "di".to_owned()],
            columns: (0..24).map(|h| format!("{h}")).collect(),
            values: vec![(0..24).map(|h| Some(f64::from(h))).collect(), vec![None; 24]],
            unit: "meldingen".to_owned(),
            zero: "geen".to_owned(),
            missing: "niet bekend".to_owned(),
            format: &|v| format!("{v}"),
        });
        let names = elements(&svg);
        assert_eq!(names.iter().filter(|n| *n == "rect").count(), 48 + 7, "cells and legend");
        assert_eq!(svg.matches("<title>").count(), 49);
        assert!(svg.contains("<title>ma 23: 23 meldingen</title>") && svg.contains("<title>di 0: niet bekend</title>"));
        for class in ["step-0", "step-1", "step-5", "step-missing"] {
            assert!(svg.contains(class), "{class}");
        }
    }
}
