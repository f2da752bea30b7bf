//! Classes of a map or grid of hours: five steps of one colour ramp, and three states that are never
//! mixed up: zero, missing (not known) and suppressed (too few to show).

use crate::svg;
use std::fmt::Write as _;

/// How much there is in one area, cell or hour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// 0 is none; 1 (little) to 5 (much) are the classes of the ramp.
    Class(u8),
    /// Nobody knows.
    Missing,
    /// Known, but too few to show.
    Suppressed,
}

impl Step {
    /// Class of the stylesheet.
    pub(crate) fn class(self) -> &'static str {
        match self {
            Self::Class(0) => "step-0",
            Self::Class(1) => "step-1",
            Self::Class(2) => "step-2",
            Self::Class(3) => "step-3",
            Self::Class(4) => "step-4",
            Self::Class(_) => "step-5",
            Self::Missing => "step-missing",
            Self::Suppressed => "step-suppressed",
        }
    }

    /// The same colour for a picture that stands alone; `static/regie.css` has them as tokens.
    pub(crate) fn colour(self) -> &'static str {
        match self {
            Self::Class(0) => "#f4f4ee",
            Self::Class(1) => "#e3efcf",
            Self::Class(2) => "#a8d8c0",
            Self::Class(3) => "#55b1bd",
            Self::Class(4) => "#2478a8",
            Self::Class(_) => "#173f74",
            Self::Missing => "#ffffff",
            Self::Suppressed => "#d5d9e0",
        }
    }
}

/// Borders between the classes, taken from the values themselves: five classes with about as many
/// different values in each, and fewer classes when there are fewer different values.
#[derive(Clone, Debug, PartialEq)]
pub struct Breaks {
    /// Smallest and largest value that occurs in each class, from class 1 up.
    ranges: Vec<(f64, f64)>,
}

impl Breaks {
    /// Makes classes of the values above zero; the rest does not count.
    #[must_use]
    pub fn new(values: impl IntoIterator<Item = f64>) -> Self {
        let mut different: Vec<f64> = values.into_iter().filter(|v| v.is_finite() && *v > 0.0).collect();
        different.sort_by(f64::total_cmp);
        different.dedup();
        let classes = different.len().min(5);
        let ranges = (0..classes)
            .filter_map(|i| {
                let from = i * different.len() / classes;
                let to = (i + 1) * different.len() / classes;
                Some((*different.get(from)?, *different.get(to - 1)?))
            })
            .collect();
        Self { ranges }
    }

    /// The class of a value; `None` is missing.
    #[must_use]
    pub fn step(&self, value: Option<f64>) -> Step {
        match value {
            Some(v) if v.is_finite() && v > 0.0 => {
                let below = self.ranges.iter().filter(|(_, most)| *most < v).count();
                Step::Class(self.spread(below.min(self.ranges.len().saturating_sub(1))))
            }
            Some(v) if v.is_finite() => Step::Class(0),
            _ => Step::Missing,
        }
    }

    /// The legend lines of the classes that occur, from little to much, e.g. `1 - 3`.
    #[must_use]
    pub fn legend(&self, format: &dyn Fn(f64) -> String) -> Vec<(Step, String)> {
        let line = |(i, (least, most)): (usize, &(f64, f64))| {
            let (least, most) = (format(*least), format(*most));
            let text = if least == most { least } else { format!("{least} \u{2013} {most}") };
            (Step::Class(self.spread(i)), text)
        };
        self.ranges.iter().enumerate().map(line).collect()
    }

    /// Spreads fewer than five classes over the ramp, so that the largest is always the darkest.
    fn spread(&self, class: usize) -> u8 {
        let classes = self.ranges.len();
        (class + 6_usize.saturating_sub(classes.max(1))) as u8
    }
}

/// A legend of colours (`<ul class="legend">`), each with its text.
#[must_use]
pub fn legend(lines: &[(Step, String)]) -> String {
    let mut out = String::from("<ul class=\"legend\">");
    for (step, text) in lines {
        let _ = write!(
            out,
            "<li><svg viewBox=\"0 0 28 16\" aria-hidden=\"true\"><rect class=\"{}\" x=\"1\" y=\"1\" width=\"26\" height=\"14\"/></svg>",
            step.class()
        );
        svg::push_text(&mut out, text);
        out.push_str("</li>");
    }
    out.push_str("</ul>");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zero_missing_and_classes_differ() {
        let breaks = Breaks::new([1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0]);
        for (value, expected) in [
            (None, Step::Missing),
            (Some(f64::NAN), Step::Missing),
            (Some(0.0), Step::Class(0)),
            (Some(1.0), Step::Class(1)),
            (Some(2.0), Step::Class(1)),
            (Some(2.5), Step::Class(2)),
            (Some(10.0), Step::Class(5)),
            (Some(99.0), Step::Class(5)),
        ] {
            assert_eq!(breaks.step(value), expected, "{value:?}");
        }
    }

    #[test]
    fn few_values_use_the_dark_end() {
        let breaks = Breaks::new([4.0, 4.0, 8.0]);
        assert_eq!(breaks.step(Some(4.0)), Step::Class(4));
        assert_eq!(breaks.step(Some(8.0)), Step::Class(5));
        assert_eq!(Breaks::new([]).step(Some(3.0)), Step::Class(5));
    }

    #[test]
    fn the_legend_names_what_occurs() {
        let breaks = Breaks::new([1.0, 2.0, 3.0, 4.0, 5.0, 6.0]);
        let lines = breaks.legend(&|v| format!("{v}"));
        let texts: Vec<&str> = lines.iter().map(|(_, t)| t.as_str()).collect();
        assert_eq!(texts, ["1", "2", "3", "4", "5 \u{2013} 6"]);
        let html = legend(&[(Step::Class(2), "a < b".to_owned()), (Step::Suppressed, "te klein".to_owned())]);
        assert!(html.contains("a &lt; b") && html.contains("step-suppressed"));
        assert_eq!(crate::svg::tests::elements(&html).iter().filter(|n| *n == "rect").count(), 2);
    }
}
