//! In which area does a point lie, and which area is nearest when it lies in none.
//!
//! A point on a shared border belongs to exactly one area: an edge counts by the half-open rule
//! (its lower end in, its upper end out), with the crossing computed from the lower end whichever way the
//! ring runs. What is left (the outer border of all areas, a corner on a neighbour's straight edge)
//! goes to the smallest code that touches the point.

use crate::boundary::{AreaRecord, Level, rings};
use crate::plane::metres_per_degree;
use geo::{BoundingRect as _, MultiPolygon};
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

/// Distance under which a point counts as lying on a border: a millimetre.
const ON_BORDER_METRES: f64 = 0.001;

/// What the index needs to know of an area.
#[derive(Debug, Clone, PartialEq)]
pub struct Shape {
    /// Code of the area.
    pub code: String,
    /// Level of the area.
    pub level: Level,
    /// Outline, longitude and latitude in degrees (WGS84).
    pub geometry: MultiPolygon<f64>,
}

impl From<&AreaRecord> for Shape {
    fn from(area: &AreaRecord) -> Shape {
        Shape { code: area.code.clone(), level: area.level, geometry: area.geometry.clone() }
    }
}

/// An edge of an outline, from its lower to its upper end: (x, y) of both, degrees. Horizontal edges too.
type Edge = [f64; 4];

/// Areas, ready to be asked where a point lies. Build once, ask often.
#[derive(Debug)]
pub struct AreaIndex {
    shapes: Vec<Shape>,
    /// The edges of each shape, in the order of `shapes`.
    edges: Vec<Vec<Edge>>,
    tree: RTree<GeomWithData<Rectangle<[f64; 2]>, usize>>,
}

impl AreaIndex {
    /// An index over these areas; they may be of several levels and overlap.
    pub fn new(mut shapes: Vec<Shape>) -> AreaIndex {
        // The order decides ties: smallest level first, then code.
        shapes.sort_by(|a, b| b.level.cmp(&a.level).then_with(|| a.code.cmp(&b.code)));
        let edges = shapes.iter().map(|shape| edges_of(&shape.geometry)).collect();
        let boxes = shapes.iter().enumerate().filter_map(|(at, shape)| {
            let extent = shape.geometry.bounding_rect()?;
            let corners = ([extent.min().x, extent.min().y], [extent.max().x, extent.max().y]);
            Some(GeomWithData::new(Rectangle::from_corners(corners.0, corners.1), at))
        });
        let tree = RTree::bulk_load(boxes.collect());
        AreaIndex { shapes, edges, tree }
    }

    /// The areas in the index: smallest level first, then by code.
    pub fn shapes(&self) -> &[Shape] {
        &self.shapes
    }

    /// The smallest area with this point; on a tie the smallest code.
    pub fn locate(&self, lon: f64, lat: f64) -> Option<&Shape> {
        self.find(lon, lat, |_| true)
    }

    /// The area of this level with this point; on a tie the smallest code.
    pub fn locate_at(&self, lon: f64, lat: f64, level: Level) -> Option<&Shape> {
        self.find(lon, lat, |shape| shape.level == level)
    }

    /// The area of this level nearest to the point, and how far away its outline is in metres: 0 inside.
    pub fn nearest(&self, lon: f64, lat: f64, level: Level) -> Option<(&Shape, f64)> {
        if let Some(shape) = self.locate_at(lon, lat, level) {
            return Some((shape, 0.0));
        }
        let scale = metres_per_degree(lat);
        let mut best: Option<(usize, f64)> = None;
        for (at, shape) in self.shapes.iter().enumerate().filter(|(_, shape)| shape.level == level) {
            // Nothing of an area is nearer than its box.
            let Some(extent) = shape.geometry.bounding_rect() else {
                continue;
            };
            let dx = (extent.min().x - lon).max(lon - extent.max().x).max(0.0) * scale.0;
            let dy = (extent.min().y - lat).max(lat - extent.max().y).max(0.0) * scale.1;
            if best.is_some_and(|(_, metres)| dx.hypot(dy) >= metres) {
                continue;
            }
            let metres = border_metres(&self.edges[at], lon, lat, scale);
            if best.is_none_or(|(_, before)| metres < before) {
                best = Some((at, metres));
            }
        }
        best.map(|(at, metres)| (&self.shapes[at], metres))
    }

    fn find(&self, lon: f64, lat: f64, wanted: impl Fn(&Shape) -> bool) -> Option<&Shape> {
        if !lon.is_finite() || !lat.is_finite() {
            return None;
        }
        let at_point = AABB::from_point([lon, lat]);
        let near = || {
            let boxes = self.tree.locate_in_envelope_intersecting(&at_point);
            boxes.map(|found| found.data).filter(|at| wanted(&self.shapes[*at]))
        };
        let inside = near().filter(|at| contains(&self.edges[*at], lon, lat)).min();
        let found = inside.or_else(|| {
            let scale = metres_per_degree(lat);
            near().filter(|at| border_metres(&self.edges[*at], lon, lat, scale) < ON_BORDER_METRES).min()
        });
        found.map(|at| &self.shapes[at])
    }
}

fn edges_of(outline: &MultiPolygon<f64>) -> Vec<Edge> {
    let mut edges = Vec::new();
    for ring in rings(outline) {
        for pair in ring.windows(2) {
            let (a, b) = (pair[0], pair[1]);
            edges.push(if a.y <= b.y { [a.x, a.y, b.x, b.y] } else { [b.x, b.y, a.x, a.y] });
        }
    }
    edges
}

/// Even-odd rule: inside when a ray to the east crosses the outline an odd number of times.
fn contains(edges: &[Edge], x: f64, y: f64) -> bool {
    let mut inside = false;
    for [x1, y1, x2, y2] in edges {
        if *y1 <= y && y < *y2 && x < x1 + (y - y1) / (y2 - y1) * (x2 - x1) {
            inside = !inside;
        }
    }
    inside
}

/// Distance in metres from a point to the nearest edge; `scale` is the length of a degree east and north.
fn border_metres(edges: &[Edge], lon: f64, lat: f64, scale: (f64, f64)) -> f64 {
    let metres = edges.iter().map(|[x1, y1, x2, y2]| {
        let (ax, ay) = ((x1 - lon) * scale.0, (y1 - lat) * scale.1);
        let (dx, dy) = ((x2 - x1) * scale.0, (y2 - y1) * scale.1);
        let length2 = dx * dx + dy * dy;
        let along = if length2 > 0.0 { (-(ax * dx + ay * dy) / length2).clamp(0.0, 1.0) } else { 0.0 };
        (ax + along * dx).hypot(ay + along * dy)
    });
    metres.fold(f64::INFINITY, f64::min)
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::{Coord, LineString, Polygon};

    fn square(code: &str, level: Level, west: f64, south: f64, side: f64) -> Shape {
        let at = |dx: f64, dy: f64| Coord { x: west + dx * side, y: south + dy * side };
        let ring = vec![at(0.0, 0.0), at(1.0, 0.0), at(1.0, 1.0), at(0.0, 1.0), at(0.0, 0.0)];
        let geometry = MultiPolygon::new(vec![Polygon::new(LineString::new(ring), Vec::new())]);
        Shape { code: code.to_owned(), level, geometry }
    }

    /// Two neighbourhoods side by side in a municipality that is larger.
    fn index() -> AreaIndex {
        AreaIndex::new(vec![
            square("GM", Level::Municipality, 4.0, 52.0, 4.0),
            square("B", Level::Neighbourhood, 5.0, 52.0, 1.0),
            square("A", Level::Neighbourhood, 4.0, 52.0, 1.0),
        ])
    }

    #[test]
    fn smallest_level_wins_and_borders_are_deterministic() {
        for (what, lon, lat, expected) in [
            ("inside A", 4.5, 52.5, Some("A")),
            ("inside B", 5.5, 52.5, Some("B")),
            ("only in the municipality", 7.0, 55.0, Some("GM")),
            ("outside", 3.0, 52.5, None),
            ("shared border", 5.0, 52.5, Some("B")),
            ("shared corner below", 5.0, 52.0, Some("B")),
            ("west border", 4.0, 52.5, Some("A")),
            ("north border of A, inside GM", 4.5, 53.0, Some("GM")),
            ("outermost corner", 8.0, 56.0, Some("GM")),
            ("not a number", f64::NAN, 52.5, None),
        ] {
            assert_eq!(index().locate(lon, lat).map(|s| s.code.as_str()), expected, "{what}");
        }
        assert!(index().locate_at(4.5, 52.5, Level::District).is_none());
        let wide = index();
        assert_eq!(wide.locate_at(4.5, 52.5, Level::Municipality).map(|s| s.code.as_str()), Some("GM"));
    }

    #[test]
    fn nearest_is_zero_inside_and_metres_outside() {
        let index = index();
        let (shape, metres) = index.nearest(4.5, 52.5, Level::Neighbourhood).expect("inside");
        assert_eq!((shape.code.as_str(), metres), ("A", 0.0));
        // One thousandth of a degree north of A: 111.27 m at this latitude.
        let (shape, metres) = index.nearest(4.5, 53.001, Level::Neighbourhood).expect("outside");
        assert_eq!(shape.code, "A");
        assert!((metres - 111.27).abs() < 0.05, "{metres}");
        assert!(index.nearest(4.5, 52.5, Level::District).is_none());
    }

    #[test]
    fn a_hole_is_outside() {
        let outer = square("A", Level::Neighbourhood, 4.0, 52.0, 1.0);
        let hole = square("", Level::Neighbourhood, 4.4, 52.4, 0.2).geometry.0.remove(0);
        let ring = outer.geometry.0[0].exterior().clone();
        let geometry = MultiPolygon::new(vec![Polygon::new(ring, vec![hole.exterior().clone()])]);
        let index = AreaIndex::new(vec![Shape { geometry, ..outer }]);
        assert!(index.locate(4.5, 52.5).is_none());
        assert!(index.locate(4.1, 52.5).is_some());
    }
}
