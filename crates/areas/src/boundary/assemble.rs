//! From rows of a file to areas: coordinate system, identity, doubles, figures. Shared by both formats.

use super::columns::{Row, cbs_code, is_code};
use super::figures::{figure_columns, figures, surface_m2};
use super::{AreaFile, AreaRecord, BoundaryError, Crs, ReadOptions, outline};
use crate::plane::{Plane, rd_plausible};
use geo::{Area as _, BoundingRect as _, Coord, CoordsIter as _, InteriorPoint as _, MultiPolygon};
use std::collections::{BTreeMap, BTreeSet};

/// Box around the European Netherlands with its coastal waters, degrees: longitude, then latitude.
const NETHERLANDS: [(f64, f64); 2] = [(3.0, 7.5), (50.5, 53.8)];

/// Which coordinate system a name in a file means: the last part of an URN, URL or `EPSG:` code.
pub(super) fn crs_of(name: &str) -> Result<Crs, BoundaryError> {
    let last = name.rsplit([':', '/', '#']).find(|part| !part.is_empty()).unwrap_or(name);
    match last.trim().to_ascii_uppercase().as_str() {
        "CRS84" | "4326" | "4258" => Ok(Crs::Wgs84),
        // 7415 is RD New with heights; the heights are not read.
        "28992" | "7415" => Ok(Crs::Rd),
        _ => Err(BoundaryError::UnknownCrs(name.to_owned())),
    }
}

fn fits(crs: Crs, c: Coord<f64>) -> bool {
    match crs {
        Crs::Wgs84 => (-180.0..=180.0).contains(&c.x) && (-90.0..=90.0).contains(&c.y),
        Crs::Rd => rd_plausible(c.x, c.y),
    }
}

/// The coordinate system in which all coordinates are possible, degrees first.
fn crs_by_size(rows: &[Row]) -> Result<Crs, BoundaryError> {
    let all = |crs| rows.iter().all(|row| row.outline.coords_iter().all(|c| fits(crs, c)));
    [Crs::Wgs84, Crs::Rd].into_iter().find(|crs| all(*crs)).ok_or_else(|| {
        let odd = rows.iter().flat_map(|row| row.outline.coords_iter());
        let odd = odd.into_iter().find(|c| !fits(Crs::Wgs84, *c)).unwrap_or_default();
        BoundaryError::UnknownCrs(format!("not stated, coordinates such as {} {}", odd.x, odd.y))
    })
}

/// Makes areas of rows. `declared` is the coordinate system that the user gives or the file states.
pub(super) fn assemble(
    rows: Vec<Row>,
    declared: Option<Crs>,
    options: &ReadOptions,
) -> Result<AreaFile, BoundaryError> {
    if rows.is_empty() {
        return Err(BoundaryError::NoPolygon);
    }
    let columns = || rows.iter().flat_map(|row| row.properties.iter().map(|(column, _)| column));
    if !columns().any(|column| is_code(column)) {
        let found: BTreeSet<String> = columns().cloned().collect();
        return Err(BoundaryError::NoCodeColumn { found: found.into_iter().collect() });
    }
    let crs = match declared {
        Some(crs) => crs,
        None => crs_by_size(&rows)?,
    };
    let (taken, left_out) = figure_columns(&rows);
    // By code: the area, and whether it is the water part of one.
    let mut areas: BTreeMap<String, (AreaRecord, bool)> = BTreeMap::new();
    let mut doubles = BTreeSet::new();
    for (number, row) in (1..).zip(&rows) {
        let identity = row.identity(number)?;
        if options.municipality.as_ref().is_some_and(|wanted| *wanted != identity.municipality) {
            continue;
        }
        let geometry = to_wgs84(&row.outline, crs, number)?;
        inside_netherlands(&identity.code, &geometry)?;
        let inside = geometry.interior_point().filter(|_| geometry.unsigned_area() > 0.0);
        let centre = inside.ok_or_else(|| BoundaryError::BadOutline {
            feature: number,
            reason: "the outline has no surface".to_owned(),
        })?;
        let area = AreaRecord {
            code: identity.code.clone(),
            name: identity.name,
            level: identity.level,
            parent: identity.parent,
            municipality: identity.municipality,
            geometry,
            surface_m2: surface_m2(row),
            centre: (centre.x(), centre.y()),
            figures: figures(row, &taken),
        };
        // Large waters are a second feature of the same municipality; the land is the area.
        let water = row.is_water();
        match areas.get(&identity.code) {
            Some((_, before)) if *before == water => {
                doubles.insert(identity.code);
            }
            Some((_, before)) if !before => {}
            _ => {
                areas.insert(identity.code, (area, water));
            }
        }
    }
    if !doubles.is_empty() {
        return Err(BoundaryError::DuplicateCodes { codes: doubles.into_iter().collect() });
    }
    if let (true, Some(wanted)) = (areas.is_empty(), &options.municipality) {
        return Err(BoundaryError::NoneOfMunicipality(wanted.clone()));
    }
    let mut areas: Vec<AreaRecord> = areas.into_values().map(|(area, _)| area).collect();
    areas.sort_by(|a, b| (a.level, &a.code).cmp(&(b.level, &b.code)));
    Ok(AreaFile { crs, areas, left_out: left_out.into_iter().collect() })
}

fn to_wgs84(outline: &MultiPolygon<f64>, crs: Crs, feature: usize) -> Result<MultiPolygon<f64>, BoundaryError> {
    let outside = |c: Coord<f64>| BoundaryError::CoordinateOutsideCrs { feature, x: c.x, y: c.y, crs };
    if let Some(c) = outline.coords_iter().find(|c| !fits(crs, *c)) {
        return Err(outside(c));
    }
    match crs {
        Crs::Wgs84 => Ok(outline.clone()),
        Crs::Rd => {
            let mut last = Coord::default();
            outline::map(outline, |c| {
                last = c;
                Plane::Rd.to_lonlat(c.x, c.y).map(|(x, y)| Coord { x, y })
            })
            .ok_or_else(|| outside(last))
        }
    }
}

/// Refuses a CBS code outside the Netherlands.
fn inside_netherlands(code: &str, geometry: &MultiPolygon<f64>) -> Result<(), BoundaryError> {
    let (Some(_), Some(extent)) = (cbs_code(code), geometry.bounding_rect()) else {
        return Ok(());
    };
    for c in [extent.min(), extent.max()] {
        let [lon, lat] = NETHERLANDS;
        if !(lon.0..=lon.1).contains(&c.x) || !(lat.0..=lat.1).contains(&c.y) {
            return Err(BoundaryError::OutsideNetherlands { code: code.to_owned(), lon: c.x, lat: c.y });
        }
    }
    Ok(())
}
