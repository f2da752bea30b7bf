//! What was expected beside what came: points near the line of "as many as expected", each with its interval.

use super::{Format, pen};
use std::fmt::Write as _;

/// Squares of about the same expectation, taken together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct CalibrationPoint {
    /// Mean expected per square and week.
    pub(crate) expected: f64,
    /// Mean seen.
    pub(crate) seen: f64,
    /// Lower and upper end of what was seen.
    pub(crate) ends: (f64, f64),
}

/// What [`chart_calibration`] draws. Both axes are of square roots, so that quiet squares can be told apart.
pub(crate) struct CalibrationChart<'a> {
    /// Title for a screen reader.
    pub(crate) title: String,
    /// What the picture says, in a sentence.
    pub(crate) desc: String,
    /// Name of the axis to the right, and of the axis up.
    pub(crate) axes: [String; 2],
    /// What stands along the line.
    pub(crate) line: String,
    pub(crate) points: Vec<CalibrationPoint>,
    /// Writes numbers.
    pub(crate) format: Format<'a>,
}

const SIDE: f64 = 460.0;
const LEFT: f64 = 56.0;
const TOP: f64 = 34.0;
const BOTTOM: f64 = 400.0;
const RIGHT: f64 = 440.0;

/// Draws the points: `<svg class="regie-chart calibration">`, 460 × 460.
pub(crate) fn chart_calibration(chart: &CalibrationChart<'_>) -> String {
    let values = chart.points.iter().flat_map(|p| [p.expected, p.seen, p.ends.1]);
    let most = values.filter(|v| v.is_finite()).fold(0.0, f64::max).max(0.1) * 1.05;
    let x = |v: f64| LEFT + (v.clamp(0.0, most) / most).sqrt() * (RIGHT - LEFT);
    let y = |v: f64| BOTTOM - (v.clamp(0.0, most) / most).sqrt() * (BOTTOM - TOP);
    let mut out = String::with_capacity(4096);
    pen::open(&mut out, "calibration", (SIDE, SIDE), &chart.title, &chart.desc);
    for tick in ticks(most) {
        let (class, text) = (if tick == 0.0 { "axis" } else { "grid" }, pen::text(&(chart.format)(tick)));
        let _ = write!(
            out,
            "<line class=\"{class}\" x1=\"{LEFT}\" x2=\"{RIGHT}\" y1=\"{y}\" y2=\"{y}\"/>\
             <line class=\"{class}\" x1=\"{x}\" x2=\"{x}\" y1=\"{TOP}\" y2=\"{BOTTOM}\"/>\
             <text x=\"{}\" y=\"{}\" text-anchor=\"end\">{text}</text><text x=\"{x}\" y=\"{}\" text-anchor=\"middle\">{text}</text>",
            LEFT - 8.0,
            pen::number(y(tick) + 5.0),
            BOTTOM + 22.0,
            x = pen::number(x(tick)),
            y = pen::number(y(tick)),
        );
    }
    let _ = write!(
        out,
        "<line class=\"goal\" x1=\"{LEFT}\" y1=\"{BOTTOM}\" x2=\"{RIGHT}\" y2=\"{TOP}\"/>\
         <text x=\"{}\" y=\"{}\" text-anchor=\"end\">{}</text><text x=\"0\" y=\"18\">{}</text><text x=\"{RIGHT}\" y=\"{}\" text-anchor=\"end\">{}</text>",
        RIGHT - 44.0,
        TOP + 16.0,
        pen::text(&chart.line),
        pen::text(&chart.axes[1]),
        SIDE - 10.0,
        pen::text(&chart.axes[0]),
    );
    out.push_str("<g class=\"series-1\">");
    for p in &chart.points {
        let (at, low, high) = (pen::number(x(p.expected)), pen::number(y(p.ends.0)), pen::number(y(p.ends.1)));
        let _ = write!(
            out,
            "<line class=\"whisker\" x1=\"{at}\" x2=\"{at}\" y1=\"{low}\" y2=\"{high}\"/>\
             <circle class=\"dot\" cx=\"{at}\" cy=\"{}\" r=\"5\"><title>{} / {}</title></circle>",
            pen::number(y(p.seen)),
            pen::text(&(chart.format)(p.expected)),
            pen::text(&(chart.format)(p.seen)),
        );
    }
    out.push_str("</g></svg>");
    out
}

/// Round values that lie well apart on an axis of square roots.
fn ticks(most: f64) -> Vec<f64> {
    let step = |v: &f64| *v <= most;
    let all = [0.01, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1_000.0];
    let mut out = vec![0.0];
    for tick in all.into_iter().filter(step) {
        let before = out.last().copied().unwrap_or(0.0);
        if (tick / most).sqrt() - (before / most).sqrt() > 0.09 {
            out.push(tick);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_lie_where_they_should_and_nothing_leaves_the_frame() {
        let point = |expected, seen, ends| CalibrationPoint { expected, seen, ends };
        let svg = chart_calibration(&CalibrationChart {
            title: "Verwacht & gezien".to_owned(),
            desc: String::new(),
            axes: ["verwacht".to_owned(), "gezien".to_owned()],
            line: "precies".to_owned(),
            points: vec![point(0.2, 0.2, (0.1, 0.3)), point(4.0, 2.0, (1.5, 2.6)), point(f64::NAN, 0.0, (0.0, 9.0))],
            format: &|v| format!("{v}"),
        });
        assert_eq!((svg.matches("class=\"dot\"").count(), svg.matches("class=\"whisker\"").count()), (3, 3));
        assert!(svg.contains("Verwacht &amp; gezien") && !svg.contains("NaN\""), "{svg}");
        // (4 / 9.45)^½ of the way to the right; seen 2 lies lower than expected 4
        assert!(svg.contains("cx=\"305.8\""), "{svg}");
        assert!(ticks(9.45).windows(2).all(|w| w[1] > w[0]) && ticks(9.45).len() < 9 && ticks(0.105).len() > 2);
    }
}
