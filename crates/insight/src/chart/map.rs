//! The map of the picture: squares in classes of colour, neighbourhoods over them, contour lines, numbered places.

use super::pen;
use site::map::{MapView, Ring};
use site::steps::Step;
use std::fmt::Write as _;

/// One 200 m square.
#[derive(Clone, Debug)]
pub(crate) struct Square {
    /// Corners, longitude and latitude.
    pub(crate) ring: Ring,
    /// Its class of colour.
    pub(crate) step: Step,
    /// What it says under the mouse.
    pub(crate) title: String,
}

/// A contour line.
#[derive(Clone, Debug)]
pub(crate) struct Contour {
    /// 0 is the innermost and thickest, 1 the next.
    pub(crate) rank: u8,
    /// Closed rings, longitude and latitude.
    pub(crate) rings: Vec<Ring>,
    /// What it says under the mouse.
    pub(crate) title: String,
}

/// A place with a number, which also stands in the list beside the map.
#[derive(Clone, Debug)]
pub(crate) struct Top {
    /// Longitude and latitude.
    pub(crate) at: (f64, f64),
    /// The number, from 1.
    pub(crate) number: usize,
    /// What it says under the mouse and to a screen reader.
    pub(crate) title: String,
    /// Where a click leads.
    pub(crate) href: String,
}

/// What [`chart_map`] draws, in this order.
pub(crate) struct MapChart<'a> {
    /// Title for a screen reader.
    pub(crate) title: String,
    /// The window; 640 wide is usual.
    pub(crate) view: MapView,
    /// Neighbourhoods: name and outlines.
    pub(crate) areas: &'a [(String, Vec<Ring>)],
    /// Squares.
    pub(crate) squares: Vec<Square>,
    /// Contour lines, outermost first.
    pub(crate) contours: Vec<Contour>,
    /// Numbered places.
    pub(crate) tops: Vec<Top>,
    /// Outline of the neighbourhood that was chosen, by its place in `areas`.
    pub(crate) chosen: Option<usize>,
}

/// Draws the map: `<svg class="regie-map picture-map">`. With places that are links it is a group, else an image.
pub(crate) fn chart_map(map: &MapChart<'_>) -> String {
    let (width, height) = map.view.size();
    let role = if map.tops.is_empty() { "img" } else { "group" };
    let mut out = String::with_capacity(2048 + map.squares.len() * 170 + map.areas.len() * 1500);
    let _ = write!(
        out,
        "<svg class=\"regie-map picture-map\" role=\"{role}\" aria-label=\"{}\" viewBox=\"0 0 {} {}\">",
        pen::text(&map.title),
        pen::number(width),
        pen::number(height)
    );
    for (name, rings) in map.areas {
        out.push_str("<path class=\"land\"");
        shape(&mut out, &map.view, rings, 0.8);
        close(&mut out, name);
    }
    for square in &map.squares {
        let _ = write!(out, "<path class=\"cell {}\"", pen::class(square.step));
        shape(&mut out, &map.view, std::slice::from_ref(&square.ring), 0.0);
        close(&mut out, &square.title);
    }
    out.push_str("<path class=\"edge\"");
    let all: Vec<&Ring> = map.areas.iter().flat_map(|a| &a.1).collect();
    shape(&mut out, &map.view, all, 0.8);
    out.push_str("/>");
    if let Some((_, rings)) = map.chosen.and_then(|i| map.areas.get(i)) {
        out.push_str("<path class=\"edge chosen\"");
        shape(&mut out, &map.view, rings, 0.8);
        out.push_str("/>");
    }
    for contour in &map.contours {
        // a pale line below makes the dark one stand out on every colour
        for class in ["contour-under", if contour.rank == 0 { "contour inner" } else { "contour" }] {
            let _ = write!(out, "<path class=\"{class}\"");
            shape(&mut out, &map.view, &contour.rings, 0.0);
            close(&mut out, if class == "contour-under" { "" } else { &contour.title });
        }
    }
    for top in map.tops.iter().rev() {
        let (x, y) = map.view.xy(top.at.0, top.at.1);
        let (x, y) = (pen::number(x), pen::number(y));
        let _ = write!(
            out,
            "<a href=\"{}\"><g class=\"top\"><circle cx=\"{x}\" cy=\"{y}\" r=\"11\"/><text x=\"{x}\" y=\"{y}\" dy=\"0.35em\">{}</text><title>{}</title></g></a>",
            pen::text(&top.href),
            top.number,
            pen::text(&top.title)
        );
    }
    out.push_str("</svg>");
    out
}

/// Writes `d="…"` of rings; a point nearer than `least` to the one before is left out.
fn shape<'a>(out: &mut String, view: &MapView, rings: impl IntoIterator<Item = &'a Ring>, least: f64) {
    out.push_str(" d=\"");
    for ring in rings.into_iter().filter(|r| r.len() > 2) {
        let mut last: Option<(f64, f64)> = None;
        let points = ring.iter().map(|p| view.xy(p.0, p.1)).filter(|(x, y)| {
            let far = last.is_none_or(|l| (l.0 - x).hypot(l.1 - y) > least);
            if far {
                last = Some((*x, *y));
            }
            far
        });
        pen::path(out, points.collect::<Vec<_>>());
        out.push('Z');
    }
    out.push('"');
}

fn close(out: &mut String, title: &str) {
    if title.is_empty() {
        out.push_str("/>");
    } else {
        let _ = write!(out, "><title>{}</title></path>", pen::text(title));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_layer_is_drawn_and_places_are_links() {
        let ring = vec![(4.62, 52.50), (4.64, 52.50), (4.64, 52.52), (4.62, 52.52), (4.62, 52.50)];
        let areas = [("A & B".to_owned(), vec![ring.clone()])];
        let mut map = MapChart {
            title: "Kaart".to_owned(),
            view: MapView::new((4.60, 52.49, 4.66, 52.53), 640.0),
            areas: &areas,
            squares: vec![Square { ring: ring.clone(), step: Step::Class(4), title: "hier <1>".to_owned() }],
            contours: vec![
                Contour { rank: 1, rings: vec![ring.clone()], title: "80 %".to_owned() },
                Contour { rank: 0, rings: vec![ring], title: "50 %".to_owned() },
            ],
            tops: vec![Top { at: (4.63, 52.51), number: 1, title: "plek".to_owned(), href: "/p?x=1&y=2".to_owned() }],
            chosen: Some(0),
        };
        let svg = chart_map(&map);
        for part in [
            "role=\"group\"",
            "A &amp; B",
            "cell step-4",
            "hier &lt;1&gt;",
            "edge chosen",
            "contour inner",
            "x=1&amp;y=2",
            ">1</text>",
        ] {
            assert!(svg.contains(part), "{part}: {svg}");
        }
        map.tops.clear();
        assert!(chart_map(&map).contains("role=\"img\""), "no links: one picture");
    }
}
