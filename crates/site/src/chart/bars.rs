//! Bars to compare places or kinds, and one value with its interval.

use super::{Format, open};
use crate::svg;
use std::fmt::Write as _;

/// One bar.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bar {
    /// What it counts.
    pub label: String,
    /// How much; `None` is not known and gets no bar.
    pub value: Option<f64>,
}

/// What [`bar_chart`] draws, in the given order.
pub struct BarChart<'a> {
    /// Title for a screen reader.
    pub title: String,
    /// What the picture says, in a sentence.
    pub desc: String,
    /// The bars.
    pub bars: Vec<Bar>,
    /// Word for a value that is not known.
    pub missing: String,
    /// Writes numbers.
    pub format: Format<'a>,
}

const WIDTH: f64 = 480.0;
const ROW: f64 = 50.0;

/// Draws bars under their labels: a long name never pushes its bar away.
#[must_use]
pub fn bar_chart(chart: &BarChart<'_>) -> String {
    let most = chart.bars.iter().filter_map(|b| b.value).fold(0.0, f64::max).max(f64::MIN_POSITIVE);
    let mut out = String::with_capacity(512 + chart.bars.len() * 260);
    open(&mut out, "bars", WIDTH, chart.bars.len().max(1) as f64 * ROW, &chart.title, &chart.desc);
    for (i, bar) in chart.bars.iter().enumerate() {
        let top = i as f64 * ROW;
        let text = bar.value.map_or_else(|| chart.missing.clone(), |v| (chart.format)(v));
        let _ = write!(
            out,
            "<text x=\"0\" y=\"{}\">{}</text><text x=\"{WIDTH}\" y=\"{}\" text-anchor=\"end\">{}</text>\
             <rect class=\"track\" x=\"0\" y=\"{}\" width=\"{WIDTH}\" height=\"14\" rx=\"3\"/>",
            top + 22.0,
            svg::text(&bar.label),
            top + 22.0,
            svg::text(&text),
            top + 29.0
        );
        if let Some(value) = bar.value.filter(|v| *v > 0.0) {
            let width = svg::number((value / most * WIDTH).max(2.0));
            let y = top + 29.0;
            let _ = write!(out, "<rect class=\"bar\" x=\"0\" y=\"{y}\" width=\"{width}\" height=\"14\" rx=\"3\"/>");
        }
    }
    out.push_str("</svg>");
    out
}

/// One value and how sure it is.
pub struct IntervalBar<'a> {
    /// Title for a screen reader: what is measured.
    pub title: String,
    /// Lower end of the interval.
    pub low: f64,
    /// The value.
    pub value: f64,
    /// Upper end of the interval.
    pub high: f64,
    /// Left end of the scale.
    pub min: f64,
    /// Right end of the scale.
    pub max: f64,
    /// A line across the bar: the goal, or no difference.
    pub mark: Option<f64>,
    /// Writes numbers.
    pub format: Format<'a>,
}

/// Draws a track with the interval, the value in it, and the three numbers below.
#[must_use]
pub fn interval_bar(bar: &IntervalBar<'_>) -> String {
    let (width, height) = (360.0, 62.0);
    let span = if bar.max > bar.min { bar.max - bar.min } else { 1.0 };
    let x = |v: f64| 12.0 + ((v - bar.min) / span).clamp(0.0, 1.0) * (width - 24.0);
    let [low, value, high] = [bar.low, bar.value, bar.high].map(|v| svg::text(&(bar.format)(v)));
    let mut out = String::with_capacity(900);
    open(&mut out, "interval", width, height, &bar.title, "");
    let _ = write!(
        out,
        "<rect class=\"track\" x=\"4\" y=\"10\" width=\"352\" height=\"14\" rx=\"7\"/>\
         <rect class=\"bar\" x=\"{}\" y=\"10\" width=\"{}\" height=\"14\" rx=\"7\"/>",
        svg::number(x(bar.low)),
        svg::number((x(bar.high) - x(bar.low)).max(2.0))
    );
    if let Some(mark) = bar.mark {
        let at = svg::number(x(mark));
        let _ = write!(out, "<line class=\"goal\" x1=\"{at}\" x2=\"{at}\" y1=\"2\" y2=\"32\"/>");
    }
    let _ = write!(out, "<circle class=\"mid\" cx=\"{}\" cy=\"17\" r=\"7\"/>", svg::number(x(bar.value)));
    let _ = write!(
        out,
        "<text class=\"strong\" x=\"4\" y=\"54\">{value}</text><text x=\"356\" y=\"54\" text-anchor=\"end\">{low} \u{2013} {high}</text></svg>"
    );
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::svg::tests::elements;

    #[test]
    fn a_bar_is_as_long_as_its_share_and_missing_has_none() {
        let bar = |label: &str, value| Bar { label: label.to_owned(), value };
        let svg = bar_chart(&BarChart {
            title: "Per buurt".to_owned(),
            desc: String::new(),
            bars: vec![bar("A & B", Some(10.0)), bar("C", Some(5.0)), bar("D", None), bar("E", Some(0.0))],
            missing: "niet bekend".to_owned(),
            format: &|v| format!("{v}"),
        });
        elements(&svg);
        assert_eq!(svg.matches("class=\"bar\"").count(), 2);
        assert!(svg.contains("width=\"480\" height=\"14\" rx=\"3\"/><text") && svg.contains("width=\"240\""));
        assert!(svg.contains("A &amp; B") && svg.contains("niet bekend"));
    }

    #[test]
    fn the_interval_stays_on_the_scale() {
        for (low, value, high) in [(-0.4, -0.1, 0.2), (-9.0, 0.0, 9.0), (0.1, 0.1, 0.1)] {
            let svg = interval_bar(&IntervalBar {
                title: "Effect <1>".to_owned(),
                low,
                value,
                high,
                min: -0.5,
                max: 0.5,
                mark: Some(0.0),
                format: &|v| format!("{v:.1}"),
            });
            let page = format!("<div>{svg}</div>");
            elements(&svg);
            let tree = roxmltree::Document::parse(&page).unwrap();
            let bar = tree.descendants().find(|n| n.attribute("class") == Some("bar")).unwrap();
            let at = |name: &str| bar.attribute(name).unwrap().parse::<f64>().unwrap();
            assert!(at("x") >= 4.0 && at("x") + at("width") <= 356.0 && at("width") >= 2.0, "{svg}");
        }
    }
}
