//! A chart as a file of its own: what `static/regie.css` says of it goes along, with plain colours.

use super::pen;

/// The look of a chart outside a page. Colours are those of the tokens in `static/regie.css`.
const LOOK: &str = "text{font-family:'Noto Sans',sans-serif;font-size:14px;fill:#46566c}\
.grid{stroke:#e3e7ec;stroke-width:1}.axis{stroke:#586c88;stroke-width:1}\
.line{fill:none;stroke:#00568b;stroke-width:2.5;stroke-linejoin:round;stroke-linecap:round}\
.dot{fill:#fff;stroke:#00568b;stroke-width:2.5}.hit{fill:none}\
.expected-band{fill:#f1dcc8}.expected-line{fill:none;stroke:#ac501b;stroke-width:2;stroke-dasharray:6 4}\
.alarm{fill:#cd262d;stroke:#fff;stroke-width:1.5}\
.step-0{fill:#f4f4ee}.step-1{fill:#e3efcf}.step-2{fill:#a8d8c0}.step-3{fill:#55b1bd}.step-4{fill:#2478a8}.step-5{fill:#173f74}\
.step-missing{fill:#fff;stroke:#586c88}.step-suppressed{fill:#d5d9e0;stroke:#586c88}\
.heat rect{stroke:#fff;stroke-width:2}.on-light{fill:#001a40}.on-dark{fill:#fff}\
.land{fill:#fff}.cell{stroke:#fff;stroke-width:0.6}.edge{fill:none;stroke:#5d6f86;stroke-width:1}\
.chosen{stroke:#0b0c0c;stroke-width:2.5}.contour-under{fill:none;stroke:#fff;stroke-width:5}\
.contour{fill:none;stroke:#ac501b;stroke-width:2;stroke-dasharray:7 4}.inner{stroke:#7d2e0c;stroke-width:3;stroke-dasharray:none}\
.top circle{fill:#003e65;stroke:#fff;stroke-width:2}.top text{fill:#fff;font-weight:700;font-size:13px;text-anchor:middle}";

/// Turns a chart (`<svg …>…</svg>`, as the functions here write it) into a file: name space, size in pixels, look,
/// a paper ground, and `caption` below the drawing. What is not a chart is given back as it is.
pub(crate) fn alone(svg: &str, caption: &str) -> String {
    let parts = svg.find("viewBox=\"0 0 ").and_then(|at| {
        let size = svg.get(at + 13..)?.split('"').next()?;
        let (width, height) = size.split_once(' ')?;
        Some((width.parse::<f64>().ok()?, height.parse::<f64>().ok()?, svg.get(svg.find('>')? + 1..)?))
    });
    let Some((width, height, inner)) = parts else { return svg.to_owned() };
    let Some(inner) = inner.strip_suffix("</svg>") else { return svg.to_owned() };
    // a file has no links: its addresses mean nothing elsewhere
    let mut drawing = String::with_capacity(inner.len());
    let mut rest = inner;
    while let Some(at) = rest.find("<a href=\"") {
        drawing.push_str(&rest[..at]);
        rest = rest[at..].split_once('>').map_or("", |(_, after)| after);
    }
    drawing.push_str(rest);
    let drawing = drawing.replace("</a>", "");
    let ground = if svg.contains("regie-map") { "#eef1f0" } else { "#fff" };
    let below = if caption.is_empty() { 0.0 } else { 34.0 };
    let (w, h) = (pen::number(width), pen::number(height + below));
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"{w}\" height=\"{h}\" viewBox=\"0 0 {w} {h}\">\
         <style>{LOOK}</style><rect width=\"{w}\" height=\"{h}\" fill=\"#fff\"/><rect width=\"{w}\" height=\"{}\" fill=\"{ground}\"/>{drawing}",
        pen::number(height)
    );
    if !caption.is_empty() {
        out.push_str(&format!("<text x=\"8\" y=\"{}\">{}</text>", pen::number(height + 23.0), pen::text(caption)));
    }
    out.push_str("</svg>");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_has_its_look_its_size_and_no_links() {
        let svg = "<svg class=\"regie-map\" role=\"group\" viewBox=\"0 0 640 400.5\"><a href=\"/x?a=1&amp;b=2\"><g class=\"top\"/></a><path/></svg>";
        let file = alone(svg, "Heemskerk & omstreken");
        assert!(file.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\"") && file.ends_with("</svg>"));
        assert!(file.contains("height=\"434.5\"") && file.contains("<style>") && file.contains("&amp; omstreken"));
        assert!(!file.contains("<a ") && !file.contains("</a>") && file.contains("<g class=\"top\"/><path/>"));
        assert_eq!(alone("<p>", "x"), "<p>");
    }
}
