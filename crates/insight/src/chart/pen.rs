//! The little that charts need to write SVG: escaped text, short numbers, straight paths, classes of the ramp.

use site::steps::Step;
use std::fmt::Write as _;

/// `text` for between tags and between double quotes.
pub(super) fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            // XML 1.0 has no place for control characters, not even escaped
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// A coordinate with one decimal at most; what is no number becomes 0.
pub(super) fn number(value: f64) -> String {
    let tenths = if value.is_finite() { (value * 10.0).round().clamp(-9e12, 9e12) as i64 } else { 0 };
    let sign = if tenths < 0 { "-" } else { "" };
    match (tenths.unsigned_abs() / 10, tenths.unsigned_abs() % 10) {
        (whole, 0) => format!("{sign}{whole}"),
        (whole, tenth) => format!("{sign}{whole}.{tenth}"),
    }
}

/// Appends `M x y L x y …`.
pub(super) fn path(out: &mut String, points: impl IntoIterator<Item = (f64, f64)>) {
    for (i, (x, y)) in points.into_iter().enumerate() {
        let _ = write!(out, "{}{} {}", ["M", "L", " "][i.min(2)], number(x), number(y));
    }
}

/// Class of the stylesheet.
pub(super) fn class(step: Step) -> &'static str {
    match step {
        Step::Class(n) => ["step-0", "step-1", "step-2", "step-3", "step-4", "step-5"][usize::from(n.min(5))],
        Step::Missing => "step-missing",
        Step::Suppressed => "step-suppressed",
    }
}

/// Opens `<svg>` with its title and description.
pub(super) fn open(out: &mut String, class: &str, (width, height): (f64, f64), title: &str, desc: &str) {
    let _ = write!(
        out,
        "<svg class=\"regie-chart {class}\" role=\"img\" viewBox=\"0 0 {} {}\"><title>{}</title>",
        number(width),
        number(height),
        text(title)
    );
    if !desc.is_empty() {
        let _ = write!(out, "<desc>{}</desc>", text(desc));
    }
}

/// Round values from zero to at least `most`: 1, 2, 2.5 or 5 times a power of ten; whole ones for counts.
pub(super) fn ticks(most: f64) -> Vec<f64> {
    let most = if most.is_finite() && most > 0.0 { most } else { 1.0 };
    let raw = most / 4.0;
    let power = 10_f64.powf(raw.log10().floor());
    let step = [1.0, 2.0, 2.5, 5.0, 10.0].iter().map(|m| m * power).find(|s| *s >= raw * 0.999).unwrap_or(raw);
    let step = step.ceil().max(1.0);
    let count = (most / step - 1e-9).ceil().max(1.0) as usize;
    (0..=count).map(|i| i as f64 * step).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_escaped_and_numbers_are_short() {
        assert_eq!(text("a<b> & \"c\"\u{7}'"), "a&lt;b&gt; &amp; &quot;c&quot;&#39;");
        for (value, short) in [(0.0, "0"), (-0.04, "0"), (1.25, "1.3"), (-3.0, "-3"), (f64::NAN, "0"), (12.95, "13")] {
            assert_eq!(number(value), short, "{value}");
        }
    }

    #[test]
    fn ticks_are_whole_and_reach_the_top() {
        for (most, expected) in
            [(0.0, vec![0.0, 1.0]), (3.0, vec![0.0, 1.0, 2.0, 3.0]), (97.0, vec![0.0, 25.0, 50.0, 75.0, 100.0])]
        {
            assert_eq!(ticks(most), expected);
        }
        assert!(ticks(1e6).len() < 8 && ticks(f64::INFINITY).len() == 2);
    }
}
