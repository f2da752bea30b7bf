//! A chart or map of a page as a file of its own: title, what it shows, the drawing, its legend and its source.

use crate::chart::alone;
use std::fmt::Write as _;

/// What stands around the drawing.
pub(super) struct Frame {
    pub(super) title: String,
    /// What was chosen, and what a reader must know; each is a paragraph.
    pub(super) notes: Vec<String>,
    /// Where it comes from and when it was made.
    pub(super) source: String,
}

/// What the frame needs beside the look that [`alone`] adds; colours are those of `static/regie.css`.
const LOOK: &str = ".head{font-size:20px;font-weight:700;fill:#001a40}.legend rect{stroke:#5d6f86;stroke-width:1}\
.bar{fill:#00568b}.track{fill:#e6eaf0}.sea{fill:#eef1f0}.area{stroke:#5d6f86;stroke-width:1}.outline{fill:#fff}\
.pin{fill:#cd262d;stroke:#fff;stroke-width:2}";

const MARGIN: f64 = 24.0;
const WIDTH: f64 = 720.0;
/// Width of a letter of 14 units, a little wide.
const LETTER: f64 = 7.3;

/// Puts `markup` (drawings and legends, as the charts of pages are) in `frame`.
pub(super) fn framed(frame: &Frame, markup: &str) -> String {
    let mut body = format!("<title>{}</title><style>{LOOK}</style>", escape(&frame.title));
    let mut y = MARGIN - 6.0;
    words(&mut body, "head", &frame.title, 12.0, 24.0, &mut y);
    for note in &frame.notes {
        words(&mut body, "note", note, LETTER, 20.0, &mut y);
    }
    y += 16.0;
    for piece in pieces(markup) {
        y += 12.0
            + match piece {
                Piece::Drawing(svg) => draw(&mut body, svg, y),
                Piece::Legend(items) => legend(&mut body, &items, y),
            };
    }
    words(&mut body, "source", &frame.source, LETTER, 18.0, &mut y);
    let (width, height) = (WIDTH + 2.0 * MARGIN, (y + MARGIN).ceil());
    alone(&format!("<svg viewBox=\"0 0 {width} {height}\">{body}</svg>"), "")
}

/// Writes `text` in lines below `y`.
fn words(out: &mut String, class: &str, text: &str, letter: f64, height: f64, y: &mut f64) {
    for line in wrap(text, (WIDTH / letter) as usize) {
        *y += height;
        let _ = write!(out, "<text class=\"{class}\" x=\"{MARGIN}\" y=\"{y}\">{}</text>", escape(&line));
    }
}

/// A part of the markup of a chart.
enum Piece<'a> {
    /// One `<svg>`, whole.
    Drawing(&'a str),
    /// Per line its sign, an `<svg>`, and its words.
    Legend(Vec<(&'a str, &'a str)>),
}

/// The drawings and legends of a chart in their order.
fn pieces(markup: &str) -> Vec<Piece<'_>> {
    let mut out = Vec::new();
    let mut rest = markup;
    while let Some(start) = [rest.find("<svg"), rest.find("<ul class=\"legend")].into_iter().flatten().min() {
        rest = &rest[start..];
        let tag = if rest.starts_with("<svg") { "</svg>" } else { "</ul>" };
        let Some(end) = rest.find(tag).map(|e| e + tag.len()) else { break };
        let part = &rest[..end];
        out.push(match tag {
            "</svg>" => Piece::Drawing(part),
            _ => Piece::Legend(part.split("<li>").skip(1).filter_map(sign_and_words).collect()),
        });
        rest = &rest[end..];
    }
    out
}

fn sign_and_words(item: &str) -> Option<(&str, &str)> {
    let sign = item.find("</svg>")? + "</svg>".len();
    Some((&item[..sign], &item[sign..item.find("</li>").unwrap_or(item.len())]))
}

/// Draws one `<svg>` as wide as fits (a narrow one at most half as large again) and gives its height.
fn draw(out: &mut String, svg: &str, y: f64) -> f64 {
    let [_, _, width, height] = view_box(svg);
    let wide = WIDTH.min(width * 1.5);
    let tall = wide * height / width;
    if svg.starts_with("<svg class=\"regie-map") {
        let _ =
            write!(out, "<rect class=\"sea\" x=\"{MARGIN}\" y=\"{y:.1}\" width=\"{wide:.1}\" height=\"{tall:.1}\"/>");
    }
    place(out, svg, (MARGIN, y), (wide, tall));
    tall
}

/// Draws the lines of a legend beside each other, as many as fit, and gives the height.
fn legend(out: &mut String, items: &[(&str, &str)], y: f64) -> f64 {
    let (mut x, mut top) = (0.0, 0.0);
    out.push_str("<g class=\"legend\">");
    for (sign, words) in items {
        let wide = 42.0 + words.chars().count() as f64 * LETTER;
        if x > 0.0 && x + wide > WIDTH {
            (x, top) = (0.0, top + 24.0);
        }
        place(out, sign, (MARGIN + x, y + top), (28.0, 16.0));
        let _ = write!(out, "<text x=\"{:.1}\" y=\"{:.1}\">{words}</text>", MARGIN + x + 36.0, y + top + 13.0);
        x += wide + 14.0;
    }
    out.push_str("</g>");
    top + 20.0
}

/// Writes an `<svg>` inside another at a place and size.
fn place(out: &mut String, svg: &str, (x, y): (f64, f64), (width, height): (f64, f64)) {
    let _ = write!(out, "<svg x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\"");
    out.push_str(&svg.strip_prefix("<svg").unwrap_or(svg).replace("regie-map", "map"));
}

/// The window of an `<svg>`; a square when it names none.
fn view_box(svg: &str) -> [f64; 4] {
    let read = || {
        let text = svg.split("viewBox=\"").nth(1)?.split('"').next()?;
        let numbers: Vec<f64> = text.split_whitespace().filter_map(|n| n.parse().ok()).collect();
        <[f64; 4]>::try_from(numbers).ok().filter(|b| b[2] > 0.0 && b[3] > 0.0)
    };
    read().unwrap_or([0.0, 0.0, 1.0, 1.0])
}

/// Lines of at most `most` characters, broken between words.
fn wrap(text: &str, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + word.chars().count() < most => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// Text between tags.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chart_with_links_and_a_legend_becomes_one_whole_drawing() {
        let markup = "<svg class=\"regie-map\" role=\"group\" aria-label=\"A &amp; B\" viewBox=\"0 0 640 320\">\
            <a href=\"/x?a=1&amp;b=2\"><path class=\"area step-3\" d=\"M0 0L1 1\"><title>Dorp: 3</title></path></a></svg>\
            <ul class=\"legend\"><li><svg viewBox=\"0 0 28 16\"><rect class=\"step-3\" width=\"26\" height=\"14\"/></svg>1 – 3</li>\
            <li><svg viewBox=\"0 0 28 16\"><rect class=\"step-5\" width=\"26\" height=\"14\"/></svg>4 &amp; meer</li></ul>";
        let frame = Frame {
            title: "Meldingen < 5 & meer".to_owned(),
            notes: vec!["een lange zin ".repeat(20)],
            source: "Bron".to_owned(),
        };
        let file = framed(&frame, markup);
        let tree = roxmltree::Document::parse(&file).unwrap();
        let all = |name: &'static str| tree.descendants().filter(move |n| n.tag_name().name() == name);
        assert_eq!((all("svg").count(), all("a").count(), all("path").count()), (4, 0, 1), "{file}");
        assert!(
            file.contains("4 &amp; meer") && file.contains("Meldingen &lt; 5 &amp; meer") && all("style").count() > 0
        );
        let inner = all("svg").nth(1).unwrap();
        assert_eq!((inner.attribute("width"), inner.attribute("height")), (Some("720.0"), Some("360.0")));
        assert!(all("text").count() > 6, "the long note is broken into lines");
    }
}
