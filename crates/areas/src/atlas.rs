//! The areas of one municipality in memory: where a point lies, and what a code is called.
//!
//! It sits on the municipality's shelf, is read from the database at start and again after an import.

use crate::boundary::Level;
use crate::index::{AreaIndex, Shape};
use crate::plane::{Cell, Plane, metres_per_degree};
use crate::store;
use geo::{Coord, Distance as _, Euclidean, MapCoords as _, MultiPolygon};
use kit::config::MunicipalityFile;
use kit::{DbError, Tx};
use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

/// One area as pages and rules need it.
#[derive(Clone, Debug)]
pub struct Area {
    /// Code, e.g. `BU03960100`.
    pub code: String,
    /// Name.
    pub name: String,
    /// Level.
    pub level: Level,
    /// The area above it.
    pub parent: Option<String>,
    /// A point inside: longitude, latitude.
    pub centre: (f64, f64),
    /// Inhabitants, when a key figure says so.
    pub inhabitants: Option<f64>,
}

/// The areas as of one import.
#[derive(Debug)]
pub struct Sheet {
    /// Point → area.
    pub index: AreaIndex,
    /// Areas by level, then name.
    pub areas: Vec<Area>,
    by_code: HashMap<String, usize>,
}

impl Sheet {
    /// A sheet of areas and their outlines.
    #[must_use]
    pub fn new(mut areas: Vec<Area>, shapes: Vec<Shape>) -> Self {
        areas.sort_by(|a, b| a.level.cmp(&b.level).then_with(|| a.name.cmp(&b.name)));
        let by_code = areas.iter().enumerate().map(|(i, a)| (a.code.clone(), i)).collect();
        Self { index: AreaIndex::new(shapes), areas, by_code }
    }

    /// The area with this code.
    #[must_use]
    pub fn get(&self, code: &str) -> Option<&Area> {
        self.by_code.get(code).and_then(|i| self.areas.get(*i))
    }

    /// The name of a code; the code itself when it is not known.
    #[must_use]
    pub fn name<'a>(&'a self, code: &'a str) -> &'a str {
        self.get(code).map_or(code, |a| &a.name)
    }

    /// The neighbourhoods by name.
    pub fn neighbourhoods(&self) -> impl Iterator<Item = &Area> {
        self.areas.iter().filter(|a| a.level == Level::Neighbourhood)
    }

    /// The neighbourhoods that lie within `metres` of one of `codes`, those themselves left out, by name. Flat
    /// earth, exact enough for a town.
    #[must_use]
    pub fn around(&self, codes: &[String], metres: f64) -> Vec<&Area> {
        let (per_lon, per_lat) = metres_per_degree(codes.iter().find_map(|c| self.get(c)).map_or(0.0, |a| a.centre.1));
        let flat = |s: &Shape| s.geometry.map_coords(|c| Coord { x: c.x * per_lon, y: c.y * per_lat });
        let of = |code: &str| self.index.shapes().iter().find(|s| s.code == code).map(flat);
        let inside: Vec<MultiPolygon<f64>> = codes.iter().filter_map(|code| of(code)).collect();
        let near = |a: &&Area| {
            !codes.contains(&a.code)
                && of(&a.code).is_some_and(|shape| inside.iter().any(|i| Euclidean.distance(i, &shape) <= metres))
        };
        self.neighbourhoods().filter(near).collect()
    }

    /// The neighbourhood of a point.
    #[must_use]
    pub fn neighbourhood(&self, lon: f64, lat: f64) -> Option<&str> {
        self.index.locate_at(lon, lat, Level::Neighbourhood).map(|s| s.code.as_str())
    }
}

/// The shelf's item.
#[derive(Debug)]
pub struct Atlas {
    plane: Plane,
    sheet: RwLock<Arc<Sheet>>,
}

impl Atlas {
    /// An atlas without areas yet, on the municipality's plane.
    #[must_use]
    pub fn new(file: &MunicipalityFile) -> Self {
        let plane = if file.crs == "rd" {
            Plane::Rd
        } else {
            Plane::Equirectangular { lon0: file.centre[0], lat0: file.centre[1] }
        };
        Self { plane, sheet: RwLock::new(Arc::new(Sheet::new(vec![], vec![]))) }
    }

    /// The metric plane of cells and distances.
    #[must_use]
    pub fn plane(&self) -> &Plane {
        &self.plane
    }

    /// The areas as they are now.
    #[must_use]
    pub fn sheet(&self) -> Arc<Sheet> {
        self.sheet.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The 200 m cell of a point.
    #[must_use]
    pub fn cell(&self, lon: f64, lat: f64) -> Option<Cell> {
        self.plane.cell(lon, lat)
    }

    /// Metres between two points, by the plane.
    #[must_use]
    pub fn metres(&self, a: (f64, f64), b: (f64, f64)) -> Option<f64> {
        let (ax, ay) = self.plane.to_xy(a.0, a.1)?;
        let (bx, by) = self.plane.to_xy(b.0, b.1)?;
        Some((ax - bx).hypot(ay - by))
    }

    /// Reads the newest year's areas of `municipality` from the database.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn reload(&self, tx: &mut Tx, municipality: &str) -> Result<(), DbError> {
        let sheet = store::newest(tx, municipality).await?;
        *self.sheet.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(sheet);
        Ok(())
    }
}
