//! Charts as SVG with classes of `static/regie.css`: no script, no style attributes. Each is one picture
//! for a screen reader (title and description); the page puts the same numbers in a table beside it.

mod bars;
mod heat;
mod line;

pub use bars::{Bar, BarChart, IntervalBar, bar_chart, interval_bar};
pub use heat::{HeatGrid, heat_grid};
pub use line::{LineChart, Point, Series, line_chart, spark};

use crate::svg;

/// Writes a number as the language of the page does.
pub type Format<'a> = &'a dyn Fn(f64) -> String;

/// Opens `<svg>` with its title and description.
fn open(out: &mut String, class: &str, width: f64, height: f64, title: &str, desc: &str) {
    out.push_str("<svg class=\"regie-chart ");
    out.push_str(class);
    out.push_str("\" role=\"img\" viewBox=\"0 0 ");
    svg::push_number(out, width);
    out.push(' ');
    svg::push_number(out, height);
    out.push_str("\"><title>");
    svg::push_text(out, title);
    out.push_str("</title>");
    if !desc.is_empty() {
        out.push_str("<desc>");
        svg::push_text(out, desc);
        out.push_str("</desc>");
    }
}

/// Round values from zero to at least `most`: 1, 2, 2.5 or 5 times a power of ten, at most six.
/// Counts (all values whole) get whole ticks.
fn ticks(most: f64, whole: bool) -> Vec<f64> {
    let most = if most.is_finite() && most > 0.0 { most } else { 1.0 };
    let raw = most / 5.0;
    let power = 10_f64.powf(raw.log10().floor());
    let step = [1.0, 2.0, 2.5, 5.0, 10.0].iter().map(|m| m * power).find(|s| *s >= raw * 0.999).unwrap_or(raw);
    let step = if whole { step.ceil().max(1.0) } else { step };
    let count = (most / step - 1e-9).ceil().max(1.0) as usize;
    (0..=count).map(|i| i as f64 * step).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round() {
        let cases: [(f64, bool, &[f64]); 7] = [
            (0.0, true, &[0.0, 1.0]),
            (3.0, true, &[0.0, 1.0, 2.0, 3.0]),
            (10.0, true, &[0.0, 2.0, 4.0, 6.0, 8.0, 10.0]),
            (11.0, true, &[0.0, 3.0, 6.0, 9.0, 12.0]),
            (97.0, true, &[0.0, 20.0, 40.0, 60.0, 80.0, 100.0]),
            (0.9, false, &[0.0, 0.2, 0.4, 0.6, 0.8, 1.0]),
            (1230.0, true, &[0.0, 250.0, 500.0, 750.0, 1000.0, 1250.0]),
        ];
        for (most, whole, expected) in cases {
            let found = ticks(most, whole);
            assert_eq!(found.len(), expected.len(), "{most}: {found:?}");
            assert!(found.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-9), "{most}: {found:?}");
        }
    }
}
