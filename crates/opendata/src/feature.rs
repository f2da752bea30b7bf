//! Reports and areas as GeoJSON features (RFC 7946): the same in OGC API Features and in downloads.

use crate::view::href;
use areas::boundary::Level;
use areas::index::Shape;
use serde_json::{Map, Value, json};
use signals::intake::Desk;
use signals::moderation::public::PublicSignal;
use site::Cx;

/// Degrees with six decimals (a tenth of a metre).
fn degrees(value: f64) -> f64 {
    (value * 1e6).round() / 1e6
}

/// The columns of reports: name, type and format as JSON Schema says, and what it is.
pub(crate) const REPORT: [(&str, &str, &str); 11] = [
    ("reference", "string", "Reference of the report; the id of the feature"),
    ("category", "string", "Id of the category"),
    ("category_name", "string", "Name of the category"),
    ("state", "string", "received, busy, done or cancelled"),
    ("area", "string", "Code of the neighbourhood"),
    ("area_name", "string", "Name of the neighbourhood"),
    ("reported_at", "date-time", "When it was reported"),
    ("updated_at", "date-time", "When it last changed"),
    ("closed_at", "date-time", "When it was handled; null while it is open"),
    ("words", "string", "What was released of the words; null when nothing was"),
    ("url", "uri", "Page for people"),
];

/// A shown report.
pub(crate) fn report(cx: &Cx, desk: &Desk, signal: &PublicSignal) -> Value {
    let area = signal.area.as_deref();
    json!({
        "type": "Feature",
        "id": signal.reference,
        "geometry": { "type": "Point", "coordinates": [degrees(signal.lon), degrees(signal.lat)] },
        "properties": {
            "reference": signal.reference,
            "category": signal.category,
            "category_name": desk.catalogue.name(&signal.category, cx.words.language()),
            "state": signal.state.public_word(),
            "area": area,
            "area_name": area.map(|code| desk.sheet.name(code)),
            "reported_at": signal.reported_at.0.to_string(),
            "updated_at": signal.updated_at.0.to_string(),
            "closed_at": signal.closed_at.map(|at| at.0.to_string()),
            "words": signal.public_words,
            "photos": signal.photos.iter().map(|p| format!("{}{}", cx.app.public_url, p.href())).collect::<Vec<_>>(),
            "url": format!("{}{}", cx.app.public_url, href(&signal.reference)),
        },
    })
}

/// The columns of areas.
pub(crate) const AREA: [(&str, &str, &str); 5] = [
    ("code", "string", "Code of the area (CBS); the id of the feature"),
    ("name", "string", "Name"),
    ("parent", "string", "Code of the area above it"),
    ("inhabitants", "number", "Inhabitants; null when not known"),
    ("url", "uri", "Page for people"),
];

/// A neighbourhood or district with its outline.
pub(crate) fn area(cx: &Cx, desk: &Desk, shape: &Shape) -> Value {
    let polygons = shape.geometry.0.iter().map(|polygon| {
        let rings = std::iter::once(polygon.exterior()).chain(polygon.interiors());
        rings
            .map(|ring| ring.0.iter().map(|c| json!([degrees(c.x), degrees(c.y)])).collect::<Value>())
            .collect::<Value>()
    });
    let polygons: Value = polygons.collect();
    let known = desk.sheet.get(&shape.code);
    json!({
        "type": "Feature",
        "id": shape.code,
        "geometry": { "type": "MultiPolygon", "coordinates": polygons },
        "properties": {
            "code": shape.code,
            "name": desk.sheet.name(&shape.code),
            "parent": known.and_then(|a| a.parent.as_deref()),
            "inhabitants": known.and_then(|a| a.inhabitants),
            "url": format!("{}/areas/{}", cx.app.public_url, crate::view::segment(&shape.code)),
        },
    })
}

/// The areas of `level`, by code.
pub(crate) fn shapes(desk: &Desk, level: Level) -> Vec<&Shape> {
    let mut shapes: Vec<&Shape> = desk.sheet.index.shapes().iter().filter(|s| s.level == level).collect();
    shapes.sort_by(|a, b| a.code.cmp(&b.code));
    shapes
}

/// West, south, east and north of a shape; of nothing, everything.
pub(crate) fn bounds(shape: &Shape) -> [f64; 4] {
    areas::boundary::rings(&shape.geometry)
        .flatten()
        .fold([180.0, 90.0, -180.0, -90.0], |b, c| [b[0].min(c.x), b[1].min(c.y), b[2].max(c.x), b[3].max(c.y)])
}

/// A feature collection without its features: members that stand before and after them.
pub(crate) fn collection(features: Vec<Value>, more: Map<String, Value>) -> Value {
    let mut whole = Map::new();
    whole.insert("type".to_owned(), json!("FeatureCollection"));
    whole.extend(more);
    whole.insert("features".to_owned(), Value::Array(features));
    Value::Object(whole)
}
