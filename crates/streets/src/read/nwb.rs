//! The national road file (NWB Wegen, Rijkswaterstaat, CC0) as GeoJSON, in degrees or in RD.
//!
//! It knows every named road and its junctions, not every footpath, and says of a one-way street only which way cars
//! go. Bicycles are let through both ways, as most Dutch one-way streets let them.

use super::{Extract, ReadError, Tags, Window};
use crate::network::Origin;
use areas::{Plane, plane::rd_plausible};
use geojson::{Feature, FeatureCollection, GeometryValue, JsonObject};

pub(super) fn read(text: &str, window: Window) -> Result<Extract, ReadError> {
    let broken = |e: &dyn std::fmt::Display| ReadError::broken("GeoJSON", e);
    let file: FeatureCollection = text.parse().map_err(|e: geojson::Error| broken(&e))?;
    let mut out = Extract::new(Origin::Nwb, window);
    let mut next = -1;
    for (number, feature) in file.features.iter().enumerate() {
        let broken = |why: &str| ReadError::broken(format!("road {}", number + 1), why);
        let says = feature.properties.as_ref().ok_or(ReadError::Format)?;
        let junction = |key| word(says, key).and_then(|w| w.parse::<i64>().ok()).filter(|id| *id > 0);
        let begin = junction("jte_id_beg").ok_or_else(|| broken("no junction `jte_id_beg`: is this the road file?"))?;
        let end = junction("jte_id_end").ok_or_else(|| broken("no junction `jte_id_end`: is this the road file?"))?;
        let line = line(feature).ok_or_else(|| broken("its line cannot be read"))?;
        let last = line.len() - 1;
        let mut refs = Vec::with_capacity(line.len());
        for (n, at) in line.into_iter().enumerate() {
            let id = match n {
                0 => begin,
                n if n == last => end,
                _ => {
                    next -= 1;
                    next
                }
            };
            out.node(id, at, &Tags(vec![]));
            refs.push(id);
        }
        let mut tags = vec![("highway", highway(says)), ("oneway:bicycle", "no")];
        match word(says, "rijrichtng").as_deref() {
            Some("H") => tags.push(("oneway", "yes")),
            Some("T") => tags.push(("oneway", "-1")),
            _ => {}
        }
        out.way(refs, &Tags(tags));
    }
    Ok(out)
}

/// A property as text; `#` and empty stand for nothing.
fn word(says: &JsonObject, key: &str) -> Option<String> {
    let found = says.iter().find(|(name, _)| name.eq_ignore_ascii_case(key))?.1;
    let text = found.as_str().map_or_else(|| found.to_string(), str::to_owned);
    (!["", "#", "null"].contains(&text.as_str())).then_some(text)
}

/// The kind of street by part of carriageway (`bst_code`), else by who keeps the road (`wegbehsrt`).
fn highway(says: &JsonObject) -> &'static str {
    match word(says, "bst_code").as_deref() {
        Some("FP") => "cycleway",
        Some("VP") => "footway",
        Some("VZ") => "pedestrian",
        Some("ERF") => "living_street",
        Some("BU" | "BUS" | "BVP" | "CADO" | "VD" | "VV") => "busway",
        Some("OPR" | "AFR" | "VBD" | "VBI" | "VBR" | "VBS" | "VBK" | "VBW") => "motorway_link",
        _ => match word(says, "wegbehsrt").as_deref() {
            Some("R") => "trunk",
            Some("P") => "secondary",
            Some("W") => "unclassified",
            _ => "residential",
        },
    }
}

/// Points in degrees; `None` when it is no line with two of them.
fn line(feature: &Feature) -> Option<Vec<(f64, f64)>> {
    let parts = match &feature.geometry.as_ref()?.value {
        GeometryValue::LineString { coordinates } => coordinates,
        GeometryValue::MultiLineString { coordinates } if coordinates.len() == 1 => coordinates.first()?,
        _ => return None,
    };
    let degrees = |x: f64, y: f64| if rd_plausible(x, y) { Plane::Rd.to_lonlat(x, y) } else { Some((x, y)) };
    let line =
        parts.iter().map(|c| degrees(*c.as_slice().first()?, *c.as_slice().get(1)?)).collect::<Option<Vec<_>>>()?;
    (line.len() >= 2).then_some(line)
}
