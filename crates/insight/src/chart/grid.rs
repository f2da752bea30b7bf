//! When in the week: hours down, days across, so that the count in each square can be read on a phone too.

use super::{Format, pen};
use site::steps::{Breaks, Step, legend};
use std::fmt::Write as _;

/// What [`chart_grid`] draws.
pub(crate) struct GridChart<'a> {
    /// Title for a screen reader.
    pub(crate) title: String,
    /// What the picture says, in a sentence.
    pub(crate) desc: String,
    /// Days of the week, short.
    pub(crate) days: Vec<String>,
    /// Days of the week in full, for the text under the mouse.
    pub(crate) full: Vec<String>,
    /// Per hour, per day a count; `None` is not shown.
    pub(crate) values: Vec<Vec<Option<f64>>>,
    /// Unit, after the number of a square.
    pub(crate) unit: String,
    /// Word for none (0).
    pub(crate) zero: String,
    /// Word for a count that is not shown.
    pub(crate) missing: String,
    /// Writes numbers.
    pub(crate) format: Format<'a>,
}

impl GridChart<'_> {
    /// The borders between the classes of colour.
    pub(crate) fn breaks(&self) -> Breaks {
        Breaks::new(self.values.iter().flatten().flatten().copied())
    }

    /// The legend as HTML, below the grid.
    pub(crate) fn legend(&self) -> String {
        let mut lines = vec![(Step::Class(0), self.zero.clone())];
        lines.extend(self.breaks().legend(self.format));
        if self.values.iter().flatten().any(Option::is_none) {
            lines.push((Step::Missing, self.missing.clone()));
        }
        legend(&lines)
    }
}

/// Draws the grid: `<svg class="regie-chart week-grid">`, 420 wide; each square has its count, and its day and
/// hour under the mouse.
pub(crate) fn chart_grid(grid: &GridChart<'_>) -> String {
    let (left, top, row, width) = (62.0, 30.0, 25.0, 420.0);
    let column = (width - left) / grid.days.len().max(1) as f64;
    let breaks = grid.breaks();
    let mut out = String::with_capacity(2048 + grid.values.len() * grid.days.len() * 180);
    pen::open(&mut out, "week-grid", (width, top + row * grid.values.len() as f64), &grid.title, &grid.desc);
    for (d, day) in grid.days.iter().enumerate() {
        let x = pen::number(left + (d as f64 + 0.5) * column);
        let _ = write!(out, "<text x=\"{x}\" y=\"20\" text-anchor=\"middle\">{}</text>", pen::text(day));
    }
    for (h, values) in grid.values.iter().enumerate() {
        let y = top + h as f64 * row;
        let _ = write!(
            out,
            "<text x=\"{}\" y=\"{}\" text-anchor=\"end\">{h:02}\u{2013}{:02}</text><g class=\"heat\">",
            left - 8.0,
            y + 17.5,
            h + 1
        );
        for (d, value) in values.iter().enumerate() {
            let says = value.map_or_else(|| grid.missing.clone(), |v| format!("{} {}", (grid.format)(v), grid.unit));
            let step = breaks.step(*value);
            let x = left + d as f64 * column;
            let _ = write!(
                out,
                "<rect class=\"{}\" x=\"{}\" y=\"{y}\" width=\"{}\" height=\"{row}\"><title>{} {h:02}\u{2013}{:02}: {}</title></rect>",
                pen::class(step),
                pen::number(x),
                pen::number(column),
                pen::text(grid.full.get(d).map_or("", String::as_str)),
                h + 1,
                pen::text(&says)
            );
            if let Some(count) = value.filter(|v| *v > 0.0) {
                let dark = matches!(step, Step::Class(4..));
                let _ = write!(
                    out,
                    "<text class=\"{}\" x=\"{}\" y=\"{}\" text-anchor=\"middle\">{}</text>",
                    if dark { "on-dark" } else { "on-light" },
                    pen::number(x + column / 2.0),
                    y + 17.5,
                    pen::text(&(grid.format)(count))
                );
            }
        }
        out.push_str("</g>");
    }
    out.push_str("</svg>");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_square_has_its_count_and_none_is_empty() {
        let mut values = vec![vec![Some(0.0); 7]; 24];
        values[23][4] = Some(31.0);
        values[22][4] = Some(3.0);
        values[0][0] = None;
        let grid = GridChart {
            title: "Wanneer".to_owned(),
            desc: String::new(),
            days: ["ma", "di", "wo", "do", "vr", "za", "zo"].map(str::to_owned).to_vec(),
            full: ["ma", "di", "wo", "do", "vrijdag", "za", "zo"].map(str::to_owned).to_vec(),
            values,
            unit: "meldingen".to_owned(),
            zero: "geen".to_owned(),
            missing: "niet bekend".to_owned(),
            format: &|v| format!("{v}"),
        };
        let svg = chart_grid(&grid);
        assert_eq!(svg.matches("<rect").count(), 168);
        assert_eq!(svg.matches("class=\"on-").count(), 2);
        assert!(svg.contains("vrijdag 23\u{2013}24: 31 meldingen") && svg.contains("ma 00\u{2013}01: niet bekend"));
        assert!(grid.legend().contains("step-missing") && grid.legend().contains("step-0"));
    }
}
