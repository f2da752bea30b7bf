//! GeoJSON (RFC 7946, and the older kind with a `crs` member).

use super::columns::{Row, Value};
use super::{AreaFile, BoundaryError, Crs, ReadOptions, assemble, outline};
use geo::{Coord, MultiPolygon};
use geojson::{Feature, FeatureCollection, GeometryValue, Position};
use serde_json::Value as Json;

/// Reads a GeoJSON feature collection of areas.
pub fn read_geojson(bytes: &[u8], options: &ReadOptions) -> Result<AreaFile, BoundaryError> {
    let size = bytes.len() as u64;
    if size > options.max_bytes {
        return Err(BoundaryError::TooBig { bytes: size, max: options.max_bytes });
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    // First only whether it is JSON: that gives an exact place for the error, and costs no memory.
    serde_json::from_slice::<serde::de::IgnoredAny>(bytes).map_err(|e| json_error(&e, bytes))?;
    let collection: FeatureCollection =
        serde_json::from_slice(bytes).map_err(|e| BoundaryError::NotGeoJson(e.to_string()))?;
    let declared = match options.crs {
        Some(given) => Some(given),
        None => declared_crs(&collection)?,
    };
    let has_polygon = collection.features.iter().any(|feature| polygons(feature).is_some());
    if !has_polygon {
        return Err(BoundaryError::NoPolygon);
    }
    let mut rows = Vec::with_capacity(collection.features.len());
    for (number, feature) in (1..).zip(collection.features) {
        rows.push(row(feature).map_err(|reason| BoundaryError::BadOutline { feature: number, reason })?);
    }
    assemble::assemble(rows, declared, options)
}

fn json_error(error: &serde_json::Error, bytes: &[u8]) -> BoundaryError {
    let (line, column) = (error.line(), error.column());
    // Cut off inside a number or a word is no end of file to the parser; the place gives it away.
    let last_line = bytes.iter().filter(|b| **b == b'\n').count() + 1;
    let last_column = bytes.rsplit(|b| *b == b'\n').next().map_or(0, <[u8]>::len);
    let json_so_far = bytes.trim_ascii_start().starts_with(b"{") && !bytes.trim_ascii_end().ends_with(b"}");
    if error.is_eof() || (json_so_far && line == last_line && column >= last_column) {
        return BoundaryError::Truncated { line, column };
    }
    let text = error.to_string();
    let reason = text.split(" at line ").next().unwrap_or(&text).to_owned();
    BoundaryError::NotJson { line, column, reason }
}

/// The `crs` member of before RFC 7946: `{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::28992"}}`.
fn declared_crs(collection: &FeatureCollection) -> Result<Option<Crs>, BoundaryError> {
    let member = collection.foreign_members.as_ref().and_then(|members| members.get("crs"));
    match member {
        None | Some(Json::Null) => Ok(None),
        Some(crs) => match crs.pointer("/properties/name").and_then(Json::as_str) {
            Some(name) => assemble::crs_of(name).map(Some),
            None => Err(BoundaryError::UnknownCrs(crs.to_string())),
        },
    }
}

/// The polygons of a feature, each a list of rings; `None` for other geometry.
fn polygons(feature: &Feature) -> Option<Vec<&Vec<Vec<Position>>>> {
    match &feature.geometry.as_ref()?.value {
        GeometryValue::Polygon { coordinates } => Some(vec![coordinates]),
        GeometryValue::MultiPolygon { coordinates } => Some(coordinates.iter().collect()),
        _ => None,
    }
}

fn row(feature: Feature) -> Result<Row, String> {
    let found = polygons(&feature).ok_or("it is not a polygon")?;
    let mut outline = Vec::with_capacity(found.len());
    for polygon in found {
        let rings = polygon.iter().map(|ring| ring.iter().map(coordinate).collect());
        outline.push(outline::polygon(rings.collect::<Result<_, _>>()?)?);
    }
    let properties = feature.properties.into_iter().flatten().map(|(k, v)| (k, value(v))).collect();
    Ok(Row { properties, outline: MultiPolygon::new(outline) })
}

fn coordinate(position: &Position) -> Result<Coord<f64>, String> {
    match position.as_slice() {
        [x, y, ..] => Ok(Coord { x: *x, y: *y }),
        _ => Err("a coordinate has fewer than two numbers".to_owned()),
    }
}

fn value(json: Json) -> Value {
    match json {
        Json::Number(number) => number.as_f64().map_or(Value::Null, Value::Number),
        Json::String(text) => Value::Text(text),
        Json::Null | Json::Bool(_) | Json::Array(_) | Json::Object(_) => Value::Null,
    }
}
