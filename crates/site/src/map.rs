//! Maps as SVG: own outlines, cells, points and a route, without tiles and without script. Classes and
//! links for a page; or colours as attributes for a picture that is served on its own.
//!
//! A municipality is small, so an equirectangular plane around its middle is exact enough (below 0.1 %).

use crate::steps::Step;
use crate::svg;
use std::fmt::Write as _;

/// A ring of `(longitude, latitude)` in degrees.
pub type Ring = Vec<(f64, f64)>;

/// An area with an outline: a neighbourhood.
#[derive(Clone, Debug, Default)]
pub struct Area {
    /// Its code, as `data-id` for scripts.
    pub id: String,
    /// Outer rings and holes.
    pub rings: Vec<Ring>,
    /// Class; `None` draws the outline only.
    pub step: Option<Step>,
    /// What it says under the mouse and to a screen reader.
    pub title: String,
    /// Name on the map; empty shows none.
    pub label: String,
    /// Where a click leads.
    pub href: Option<String>,
}

/// A square of the grid.
#[derive(Clone, Debug)]
pub struct Cell {
    /// Corners.
    pub ring: Ring,
    /// Class.
    pub step: Step,
    /// What it says under the mouse.
    pub title: String,
    /// Where a click leads.
    pub href: Option<String>,
}

/// A place on the map.
#[derive(Clone, Debug, Default)]
pub struct Spot {
    /// Longitude in degrees.
    pub lon: f64,
    /// Latitude in degrees.
    pub lat: f64,
    /// Tone: empty, `ok`, `soon`, `late` or `off`, as of a badge.
    pub class: &'static str,
    /// What it says under the mouse; empty says nothing.
    pub title: String,
    /// Where a click leads.
    pub href: Option<String>,
}

/// The round of one crew among several: a colour and a letter of its own.
#[derive(Clone, Debug, Default)]
pub struct Tour {
    /// The letter that its numbers begin with.
    pub letter: char,
    /// Its line, from the base and back.
    pub line: Ring,
    /// Its stops, numbered from 1 in this order.
    pub stops: Vec<Spot>,
}

/// Colours of tours in `static/regie.css`; more tours begin again with the first, told apart by their letters.
const TOURS: usize = 6;

/// What is on the map, drawn in this order.
#[derive(Clone, Debug, Default)]
pub struct Layers {
    /// Title for a screen reader.
    pub title: String,
    /// What the picture says, in a sentence.
    pub desc: String,
    /// Areas.
    pub areas: Vec<Area>,
    /// Squares.
    pub cells: Vec<Cell>,
    /// Line of a route, through every bend.
    pub line: Ring,
    /// Points.
    pub points: Vec<Spot>,
    /// Stops of a route, numbered from 1 in this order.
    pub stops: Vec<Spot>,
    /// Rounds of several crews.
    pub tours: Vec<Tour>,
    /// Where the team starts.
    pub base: Option<Spot>,
    /// The chosen place.
    pub selected: Option<(f64, f64)>,
}

/// The window through which a map looks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MapView {
    west: f64,
    north: f64,
    width: f64,
    height: f64,
    /// Units per degree.
    per_lon: f64,
    per_lat: f64,
}

/// How a shape gets its colour.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Paint {
    Classes,
    Attributes,
}

impl MapView {
    /// A view of `(west, south, east, north)` in degrees, `width` units wide; the height follows.
    /// Bounds without extent become about 200 metres.
    #[must_use]
    pub fn new(bounds: (f64, f64, f64, f64), width: f64) -> Self {
        let (west, south, east, north) = bounds;
        let (east, north) = (east.max(west + 0.003), north.max(south + 0.002));
        let per_lon = width / (east - west);
        let per_lat = per_lon / ((south + north) / 2.0).to_radians().cos().max(0.01);
        Self { west, north, width, height: ((north - south) * per_lat).round(), per_lon, per_lat }
    }

    /// A view that holds every point of `rings`, with a margin of 3 %; `None` when there are none.
    #[must_use]
    pub fn around<'a>(rings: impl IntoIterator<Item = &'a Ring>, width: f64) -> Option<Self> {
        let mut bounds: Option<(f64, f64, f64, f64)> = None;
        for &(lon, lat) in rings.into_iter().flatten() {
            let (w, s, e, n) = bounds.unwrap_or((lon, lat, lon, lat));
            bounds = Some((w.min(lon), s.min(lat), e.max(lon), n.max(lat)));
        }
        let (w, s, e, n) = bounds?;
        let (dx, dy) = ((e - w) * 0.03, (n - s) * 0.03);
        Some(Self::new((w - dx, s - dy, e + dx, n + dy), width))
    }

    /// Width and height in units, which is the natural size in pixels.
    #[must_use]
    pub fn size(&self) -> (f64, f64) {
        (self.width, self.height)
    }

    /// Where a place lies in the picture.
    #[must_use]
    pub fn xy(&self, lon: f64, lat: f64) -> (f64, f64) {
        ((lon - self.west) * self.per_lon, (self.north - lat) * self.per_lat)
    }

    /// The place under pixel `(px, py)` of the picture when it is shown `shown_width` pixels wide: what an
    /// `<input type="image">` sends. A width of zero means the natural size.
    #[must_use]
    pub fn lonlat_of(&self, px: f64, py: f64, shown_width: f64) -> (f64, f64) {
        let scale = if shown_width > 0.0 { self.width / shown_width } else { 1.0 };
        (self.west + px * scale / self.per_lon, self.north - py * scale / self.per_lat)
    }

    /// The map for in a page: classes of `static/regie.css`, links that the keyboard reaches, and the bounds
    /// as `data-west`, `data-south`, `data-east`, `data-north` for a script that turns a click into a place.
    #[must_use]
    pub fn svg(&self, layers: &Layers) -> String {
        let links = layers.areas.iter().any(|a| a.href.is_some())
            || layers.cells.iter().any(|c| c.href.is_some())
            || layers
                .points
                .iter()
                .chain(&layers.stops)
                .chain(layers.tours.iter().flat_map(|t| &t.stops))
                .any(|p| p.href.is_some());
        // a picture hides what is in it from a screen reader: not when there are links in it
        let role = if links { "group" } else { "img" };
        let (east, south) = self.lonlat_of(self.width, self.height, self.width);
        let mut out = self.buffer(layers);
        let _ = write!(
            out,
            "<svg class=\"regie-map\" role=\"{role}\" aria-label=\"{}\" viewBox=\"0 0 {} {}\" \
             data-west=\"{:.6}\" data-south=\"{south:.6}\" data-east=\"{east:.6}\" data-north=\"{:.6}\">",
            svg::text(&layers.title),
            svg::number(self.width),
            svg::number(self.height),
            self.west,
            self.north
        );
        self.draw(&mut out, layers, Paint::Classes);
        out
    }

    /// The map as a file of its own (`image/svg+xml`): colours as attributes, no links.
    #[must_use]
    pub fn standalone(&self, layers: &Layers) -> String {
        let mut out = self.buffer(layers);
        let (width, height) = (svg::number(self.width), svg::number(self.height));
        let _ = write!(
            out,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"{width}\" height=\"{height}\" \
             viewBox=\"0 0 {width} {height}\"><title>{}</title><rect width=\"{width}\" height=\"{height}\" fill=\"#eef1f0\"/>",
            svg::text(&layers.title)
        );
        self.draw(&mut out, layers, Paint::Attributes);
        out
    }

    fn buffer(&self, layers: &Layers) -> String {
        let corners: usize = layers.areas.iter().flat_map(|a| &a.rings).map(Vec::len).sum();
        let shapes = layers.areas.len() + layers.cells.len() + layers.points.len() + layers.stops.len();
        let shapes = shapes + layers.tours.iter().map(|t| t.stops.len()).sum::<usize>();
        String::with_capacity(1024 + corners * 12 + shapes * 180)
    }

    fn draw(&self, out: &mut String, layers: &Layers, paint: Paint) {
        if !layers.desc.is_empty() {
            let _ = write!(out, "<desc>{}</desc>", svg::text(&layers.desc));
        }
        for area in &layers.areas {
            self.area(out, area, paint);
        }
        for cell in &layers.cells {
            linked(out, cell.href.as_deref(), paint, |out| {
                let _ = match paint {
                    Paint::Classes => write!(out, "<path class=\"cell {}\"", cell.step.class()),
                    Paint::Attributes => write!(out, "<path fill=\"{}\" stroke=\"#fff\"", cell.step.colour()),
                };
                self.shape(out, std::slice::from_ref(&cell.ring));
                close(out, "path", &cell.title);
            });
        }
        for area in layers.areas.iter().filter(|a| !a.label.is_empty()) {
            self.name(out, area, paint);
        }
        if layers.line.len() > 1 {
            out.push_str(match paint {
                Paint::Classes => "<path class=\"route\" d=\"",
                Paint::Attributes => "<path fill=\"none\" stroke=\"#003e65\" stroke-width=\"3\" d=\"",
            });
            svg::push_path(out, layers.line.iter().map(|p| self.xy(p.0, p.1)));
            out.push_str("\"/>");
        }
        for (n, tour) in layers.tours.iter().enumerate() {
            let _ = match paint {
                Paint::Classes => write!(out, "<path class=\"route tour-{}\" d=\"", n % TOURS + 1),
                Paint::Attributes => write!(out, "<path fill=\"none\" stroke=\"#003e65\" stroke-width=\"3\" d=\""),
            };
            svg::push_path(out, tour.line.iter().map(|p| self.xy(p.0, p.1)));
            out.push_str("\"/>");
        }
        for spot in &layers.points {
            linked(out, spot.href.as_deref(), paint, |out| self.point(out, spot, paint));
        }
        for (i, spot) in layers.stops.iter().enumerate() {
            linked(out, spot.href.as_deref(), paint, |out| self.stop(out, spot, &(i + 1).to_string(), "", paint));
        }
        for (n, tour) in layers.tours.iter().enumerate() {
            let class = format!(" tour-{}", n % TOURS + 1);
            for (i, spot) in tour.stops.iter().enumerate() {
                let label = format!("{}{}", tour.letter, i + 1);
                linked(out, spot.href.as_deref(), paint, |out| self.stop(out, spot, &label, &class, paint));
            }
        }
        if let Some(base) = &layers.base {
            let (x, y) = self.xy(base.lon, base.lat);
            let look = match paint {
                Paint::Classes => "class=\"base\"",
                Paint::Attributes => "fill=\"#e9c40b\" stroke=\"#001a40\" stroke-width=\"2\"",
            };
            let _ = write!(out, "<path {look} d=\"");
            svg::push_path(
                out,
                [(-11.0, 1.0), (0.0, -10.0), (11.0, 1.0), (8.0, 1.0), (8.0, 10.0), (-8.0, 10.0), (-8.0, 1.0)]
                    .map(|(dx, dy)| (x + dx, y + dy)),
            );
            out.push_str("Z\"");
            close(out, "path", &base.title);
        }
        if let Some((lon, lat)) = layers.selected {
            let (x, y) = self.xy(lon, lat);
            let look = match paint {
                Paint::Classes => "class=\"selected pin\"",
                Paint::Attributes => "fill=\"#cd262d\" stroke=\"#fff\" stroke-width=\"2\"",
            };
            let (left, top) = (svg::number(x), svg::number(y));
            let _ = write!(
                out,
                "<path {look} fill-rule=\"evenodd\" d=\"M{left} {top}c-11-14-14-19-14-25a14 14 0 0 1 28 0c0 6-3 11-14 25zm0-20a5 5 0 1 0 0-10 5 5 0 0 0 0 10z\"/>"
            );
        }
        out.push_str("</svg>");
    }

    fn area(&self, out: &mut String, area: &Area, paint: Paint) {
        linked(out, area.href.as_deref(), paint, |out| {
            let _ = match paint {
                Paint::Classes => write!(
                    out,
                    "<path class=\"area {}\" data-id=\"{}\"",
                    area.step.map_or("outline", Step::class),
                    svg::text(&area.id)
                ),
                Paint::Attributes => {
                    write!(out, "<path fill=\"{}\" stroke=\"#5d6f86\"", area.step.map_or("#ffffff", Step::colour))
                }
            };
            self.shape(out, &area.rings);
            close(out, "path", &area.title);
        });
    }

    fn shape(&self, out: &mut String, rings: &[Ring]) {
        out.push_str(" fill-rule=\"evenodd\" d=\"");
        for ring in rings.iter().filter(|r| r.len() > 2) {
            svg::push_path(out, ring.iter().map(|p| self.xy(p.0, p.1)));
            out.push('Z');
        }
        out.push('"');
    }

    fn point(&self, out: &mut String, spot: &Spot, paint: Paint) {
        let (x, y) = self.xy(spot.lon, spot.lat);
        match paint {
            Paint::Classes => {
                out.push_str("<circle class=\"point");
                if !spot.class.is_empty() {
                    out.push(' ');
                    out.push_str(spot.class);
                }
                out.push('"');
            }
            Paint::Attributes => {
                let _ = write!(out, "<circle fill=\"{}\" stroke=\"#fff\"", tone(spot.class));
            }
        }
        out.push_str(" cx=\"");
        svg::push_number(out, x);
        out.push_str("\" cy=\"");
        svg::push_number(out, y);
        out.push_str("\" r=\"6\"");
        close(out, "circle", &spot.title);
    }

    fn stop(&self, out: &mut String, spot: &Spot, label: &str, class: &str, paint: Paint) {
        let (x, y) = self.xy(spot.lon, spot.lat);
        let (group, words) = match paint {
            Paint::Classes => (format!("class=\"stop{class}\""), ""),
            Paint::Attributes => (
                "fill=\"#003e65\" stroke=\"#fff\"".to_owned(),
                " fill=\"#fff\" stroke=\"none\" text-anchor=\"middle\" font-family=\"sans-serif\" font-weight=\"700\" font-size=\"15\"",
            ),
        };
        let _ = write!(
            out,
            "<g {group}><circle cx=\"{left}\" cy=\"{}\" r=\"13\"/><text{words} x=\"{left}\" y=\"{}\" dominant-baseline=\"central\">{label}</text>",
            svg::number(y),
            svg::number(y),
            left = svg::number(x)
        );
        if !spot.title.is_empty() {
            let _ = write!(out, "<title>{}</title>", svg::text(&spot.title));
        }
        out.push_str("</g>");
    }

    fn name(&self, out: &mut String, area: &Area, paint: Paint) {
        let Some((x, y)) = self.middle(area) else { return };
        let look = match paint {
            Paint::Classes => "class=\"name\"",
            Paint::Attributes => "fill=\"#001a40\" text-anchor=\"middle\" font-family=\"sans-serif\" font-size=\"14\"",
        };
        let _ = write!(
            out,
            "<text {look} x=\"{}\" y=\"{}\">{}</text>",
            svg::number(x),
            svg::number(y + 5.0),
            svg::text(&area.label)
        );
    }

    /// Centre of gravity of the largest ring.
    fn middle(&self, area: &Area) -> Option<(f64, f64)> {
        let mut best: Option<(f64, (f64, f64))> = None;
        for ring in &area.rings {
            let points: Vec<(f64, f64)> = ring.iter().map(|p| self.xy(p.0, p.1)).collect();
            let (mut twice, mut cx, mut cy) = (0.0, 0.0, 0.0);
            for (a, b) in points.iter().zip(points.iter().cycle().skip(1)) {
                let cross = a.0 * b.1 - b.0 * a.1;
                twice += cross;
                cx += (a.0 + b.0) * cross;
                cy += (a.1 + b.1) * cross;
            }
            if twice != 0.0 && best.is_none_or(|(size, _)| twice.abs() > size) {
                best = Some((twice.abs(), (cx / (3.0 * twice), cy / (3.0 * twice))));
            }
        }
        best.map(|(_, middle)| middle)
    }
}

/// Colour of a point on its own; `static/regie.css` has them as tokens.
fn tone(class: &str) -> &'static str {
    match class {
        "ok" => "#105f26",
        "soon" => "#ac501b",
        "late" => "#cd262d",
        "off" => "#586c88",
        _ => "#00568b",
    }
}

/// Draws inside a link when there is one and the map is in a page.
fn linked(out: &mut String, href: Option<&str>, paint: Paint, draw: impl FnOnce(&mut String)) {
    match href {
        Some(href) if paint == Paint::Classes => {
            out.push_str("<a href=\"");
            svg::push_text(out, href);
            out.push_str("\">");
            draw(out);
            out.push_str("</a>");
        }
        _ => draw(out),
    }
}

/// Closes a shape, with its title when it has one.
fn close(out: &mut String, element: &str, title: &str) {
    if title.is_empty() {
        out.push_str("/>");
        return;
    }
    out.push_str("><title>");
    svg::push_text(out, title);
    out.push_str("</title></");
    out.push_str(element);
    out.push('>');
}

#[cfg(test)]
mod tests;
