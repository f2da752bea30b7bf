//! The little that charts and maps need to write SVG: escaped text, short numbers, straight paths.

use std::fmt::Write as _;

/// Appends `text` so that it is safe between tags and between double quotes.
pub(crate) fn push_text(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            // XML 1.0 has no place for control characters, not even escaped
            c if c.is_control() && !matches!(c, '\n' | '\t') => {}
            c => out.push(c),
        }
    }
}

/// `text`, escaped.
pub(crate) fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    push_text(&mut out, text);
    out
}

/// Appends a coordinate with one decimal, without a trailing `.0`; what is not a number becomes 0.
pub(crate) fn push_number(out: &mut String, value: f64) {
    let tenths = if value.is_finite() { (value * 10.0).round().clamp(-9e12, 9e12) as i64 } else { 0 };
    if tenths < 0 {
        out.push('-');
    }
    let tenths = tenths.unsigned_abs();
    let _ = write!(out, "{}", tenths / 10);
    if tenths % 10 != 0 {
        let _ = write!(out, ".{}", tenths % 10);
    }
}

/// A coordinate as text, see [`push_number`].
pub(crate) fn number(value: f64) -> String {
    let mut out = String::with_capacity(8);
    push_number(&mut out, value);
    out
}

/// Appends `M x y L x y …` through `points`; a point on the same tenth as the one before is left out.
pub(crate) fn push_path(out: &mut String, points: impl IntoIterator<Item = (f64, f64)>) {
    let mut last = None;
    let mut drawn = 0;
    for (x, y) in points {
        let here = ((x * 10.0).round() as i64, (y * 10.0).round() as i64);
        if last == Some(here) {
            continue;
        }
        match drawn {
            0 => out.push('M'),
            1 => out.push('L'),
            _ => out.push(' '),
        }
        push_number(out, x);
        out.push(' ');
        push_number(out, y);
        last = Some(here);
        drawn += 1;
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// Parses `markup` (it may have several roots, as in a page) and returns the names of its elements.
    pub(crate) fn elements(markup: &str) -> Vec<String> {
        let page = format!("<div>{markup}</div>");
        let tree = roxmltree::Document::parse(&page).unwrap_or_else(|e| panic!("{e}: {markup}"));
        for node in tree.descendants() {
            for banned in ["style", "onclick", "onload"] {
                assert!(!node.has_attribute(banned), "`{banned}` is blocked by the CSP: {markup}");
            }
            assert!(!matches!(node.tag_name().name(), "style" | "script"), "blocked by the CSP: {markup}");
        }
        tree.descendants().filter(roxmltree::Node::is_element).map(|n| n.tag_name().name().to_owned()).collect()
    }

    #[test]
    fn numbers_are_short() {
        for (value, expected) in
            [(0.0, "0"), (1.04, "1"), (1.05, "1.1"), (-0.04, "0"), (-2.5, "-2.5"), (120.0, "120"), (f64::NAN, "0")]
        {
            assert_eq!(number(value), expected, "{value}");
        }
    }

    #[test]
    fn text_is_escaped() {
        assert_eq!(text(r#"<a href="x">'&'</a>"#), "&lt;a href=&quot;x&quot;&gt;&#39;&amp;&#39;&lt;/a&gt;");
        assert_eq!(text("bell\u{7}"), "bell");
    }

    #[test]
    fn a_path_skips_points_that_fall_together() {
        let mut out = String::new();
        push_path(&mut out, [(0.0, 0.0), (0.01, 0.01), (5.0, 5.0), (6.5, 5.0)]);
        assert_eq!(out, "M0 0L5 5 6.5 5");
    }
}
