//! Outlines: checking rings, and walking over them.

use geo::orient::{Direction, Orient as _};
use geo::{Coord, LineString, MultiPolygon, Polygon};

/// The rings of an outline, each as a closed slice of coordinates (x = longitude, y = latitude);
/// of every polygon first the outer ring, then its holes.
pub fn rings(outline: &MultiPolygon<f64>) -> impl Iterator<Item = &[Coord<f64>]> {
    outline.0.iter().flat_map(|polygon| {
        std::iter::once(polygon.exterior()).chain(polygon.interiors()).map(|ring| ring.0.as_slice())
    })
}

/// A polygon from rings as a file gives them, the outer ring first. The error says what is wrong.
pub(super) fn polygon(rings: Vec<Vec<Coord<f64>>>) -> Result<Polygon<f64>, String> {
    for ring in &rings {
        if ring.len() < 4 {
            return Err(format!("a ring has {} points, at least 4 are needed", ring.len()));
        }
        if ring.first() != ring.last() {
            return Err("a ring is not closed".to_owned());
        }
        if ring.iter().any(|c| !c.x.is_finite() || !c.y.is_finite()) {
            return Err("a coordinate is not a number".to_owned());
        }
    }
    let mut rings = rings.into_iter().map(LineString::new);
    let outer = rings.next().ok_or("the polygon is empty")?;
    Ok(Polygon::new(outer, rings.collect()).orient(Direction::Default))
}

/// The outline with every coordinate moved; `None` when one of them cannot be.
pub(super) fn map(
    outline: &MultiPolygon<f64>,
    mut change: impl FnMut(Coord<f64>) -> Option<Coord<f64>>,
) -> Option<MultiPolygon<f64>> {
    let mut line = |ring: &LineString<f64>| -> Option<LineString<f64>> {
        ring.0.iter().map(|c| change(*c)).collect::<Option<Vec<_>>>().map(LineString::new)
    };
    let mut polygons = Vec::with_capacity(outline.0.len());
    for polygon in &outline.0 {
        let outer = line(polygon.exterior())?;
        let holes = polygon.interiors().iter().map(&mut line).collect::<Option<Vec<_>>>()?;
        polygons.push(Polygon::new(outer, holes));
    }
    Some(MultiPolygon::new(polygons))
}
