//! The local metric plane of a municipality and its 200 m cells.
//!
//! In the Netherlands the plane is RD New (EPSG:28992); elsewhere an equirectangular projection around a centre,
//! which over the width of a city is true to about one part in a thousand.

use proj4rs::Proj;
use proj4rs::transform::transform;
use std::sync::LazyLock;

/// Side of a cell in metres. A cell is the smallest place for which anything is counted or forecast.
pub const CELL_METRES: f64 = 200.0;

/// A cell: (floor(x / 200 m), floor(y / 200 m)) in the plane.
pub type Cell = (i64, i64);

/// Definition of RD New: EPSG:28992 with the seven Helmert parameters to ETRS89 of EPSG:4833
/// (position vector rotations in arc seconds, scale in parts per million).
const RD_NEW: &str = "+proj=sterea +lat_0=52.1561605555556 +lon_0=5.38763888888889 +k=0.9999079 \
    +x_0=155000 +y_0=463000 +ellps=bessel \
    +towgs84=565.4171,50.3319,465.5524,-0.398957388243134,0.343987817378283,-1.87740163998045,4.0725 \
    +units=m +no_defs";

/// Longitude and latitude on WGS84, degrees (radians inside the library).
const LON_LAT: &str = "+proj=longlat +datum=WGS84 +no_defs";

/// Both projections, parsed once: (RD New, longitude and latitude).
static RD: LazyLock<Option<(Proj, Proj)>> =
    LazyLock::new(|| Some((Proj::from_proj_string(RD_NEW).ok()?, Proj::from_proj_string(LON_LAT).ok()?)));

/// Range in which RD coordinates are defined, metres: x from -7 km to 300 km, y from 289 km to 629 km (Kadaster).
/// x and y never overlap, so swapped axes are noticed too.
pub fn rd_plausible(x: f64, y: f64) -> bool {
    (-7_000.0..=300_000.0).contains(&x) && (289_000.0..=629_000.0).contains(&y)
}

/// A flat plane in metres over (part of) the earth.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Plane {
    /// RD New, EPSG:28992: the national grid of the Netherlands.
    Rd,
    /// Equirectangular around a centre, on the WGS84 ellipsoid.
    Equirectangular {
        /// Longitude of the origin, degrees.
        lon0: f64,
        /// Latitude of the origin, degrees.
        lat0: f64,
    },
}

impl Plane {
    /// Plane coordinates in metres (east, north); `None` for a place outside the plane.
    pub fn to_xy(&self, lon: f64, lat: f64) -> Option<(f64, f64)> {
        if !(-180.0..=180.0).contains(&lon) || !(-90.0..=90.0).contains(&lat) {
            return None;
        }
        match *self {
            Plane::Rd => {
                let (rd, lonlat) = RD.as_ref()?;
                let mut point = (lon.to_radians(), lat.to_radians(), 0.0);
                transform(lonlat, rd, &mut point).ok()?;
                rd_plausible(point.0, point.1).then_some((point.0, point.1))
            }
            Plane::Equirectangular { lon0, lat0 } => {
                let (east, north) = metres_per_degree(lat0);
                Some(((lon - lon0) * east, (lat - lat0) * north))
            }
        }
    }

    /// Longitude and latitude in degrees; `None` for coordinates outside the plane.
    pub fn to_lonlat(&self, x: f64, y: f64) -> Option<(f64, f64)> {
        match *self {
            Plane::Rd => {
                if !rd_plausible(x, y) {
                    return None;
                }
                let (rd, lonlat) = RD.as_ref()?;
                let mut point = (x, y, 0.0);
                transform(rd, lonlat, &mut point).ok()?;
                Some((point.0.to_degrees(), point.1.to_degrees()))
            }
            Plane::Equirectangular { lon0, lat0 } => {
                let (east, north) = metres_per_degree(lat0);
                let (lon, lat) = (lon0 + x / east, lat0 + y / north);
                ((-180.0..=180.0).contains(&lon) && (-90.0..=90.0).contains(&lat)).then_some((lon, lat))
            }
        }
    }

    /// The 200 m cell of a place; `None` outside the plane.
    pub fn cell(&self, lon: f64, lat: f64) -> Option<Cell> {
        let (x, y) = self.to_xy(lon, lat)?;
        Some(((x / CELL_METRES).floor() as i64, (y / CELL_METRES).floor() as i64))
    }

    /// Longitude and latitude of the middle of a cell; `None` outside the plane.
    pub fn cell_centre(&self, cell: Cell) -> Option<(f64, f64)> {
        self.to_lonlat((cell.0 as f64 + 0.5) * CELL_METRES, (cell.1 as f64 + 0.5) * CELL_METRES)
    }

    /// Outline of a cell: five points (longitude, latitude), closed, counter-clockwise from the south-west.
    pub fn cell_ring(&self, cell: Cell) -> Option<[(f64, f64); 5]> {
        let corner =
            |dx: f64, dy: f64| self.to_lonlat((cell.0 as f64 + dx) * CELL_METRES, (cell.1 as f64 + dy) * CELL_METRES);
        let first = corner(0.0, 0.0)?;
        Some([first, corner(1.0, 0.0)?, corner(1.0, 1.0)?, corner(0.0, 1.0)?, first])
    }
}

/// Length in metres of a degree of longitude and of latitude at a latitude: the two radii of curvature
/// of the WGS84 ellipsoid (a = 6378137 m, 1/f = 298.257223563).
pub(crate) fn metres_per_degree(lat: f64) -> (f64, f64) {
    const A: f64 = 6_378_137.0;
    const F: f64 = 1.0 / 298.257_223_563;
    const E2: f64 = F * (2.0 - F);
    let (sin, cos) = lat.to_radians().sin_cos();
    let w = 1.0 - E2 * sin * sin;
    let degree = std::f64::consts::PI / 180.0;
    (degree * cos * A / w.sqrt(), degree * A * (1.0 - E2) / (w * w.sqrt()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rd_new_agrees_with_the_official_test_points() {
        // Self-validation points of RDNAPTRANS (NSGI), ETRS89 to RD; seven parameters are good to 0.25 m.
        for (name, lon, lat, x, y) in [
            ("Amersfoort", 5.387_203_657, 52.155_172_897, 155_000.0, 463_000.0),
            ("Texel", 4.824_761_912, 53.160_753_042, 117_380.12, 575_040.34),
            ("Noord-Groningen", 6.776_726_674, 53.419_482_050, 247_380.56, 604_580.78),
            ("Maastricht", 5.773_795_548, 50.792_584_916, 182_260.45, 311_480.67),
            // Origin of the approximation of 2001, itself 0.3 m beside the official point.
            ("Amersfoort 2001", 5.387_206_21, 52.155_174_40, 155_000.185, 463_000.234),
        ] {
            let (px, py) = Plane::Rd.to_xy(lon, lat).unwrap();
            assert!((px - x).hypot(py - y) < 0.15, "{name}: {px}, {py}");
            let (qlon, qlat) = Plane::Rd.to_lonlat(px, py).unwrap();
            assert!((qlon - lon).abs() < 1e-8 && (qlat - lat).abs() < 1e-8, "{name}: {qlon}, {qlat}");
        }
        // The same definition in PROJ 9, to the millimetre.
        for (lon, lat, x, y) in [
            (4.6687, 52.5107, 106_222.474, 502_799.453),
            (6.5665, 53.2194, 233_769.705, 582_065.417),
            (3.5736, 51.4426, 28_919.829, 385_290.747),
        ] {
            let (px, py) = Plane::Rd.to_xy(lon, lat).unwrap();
            assert!((px - x).hypot(py - y) < 0.002, "{px}, {py}");
        }
    }

    #[test]
    fn places_outside_the_plane_have_no_coordinates() {
        let around = Plane::Equirectangular { lon0: -90.245, lat0: 38.65 };
        for (plane, lon, lat) in [
            (Plane::Rd, 0.0, 0.0),
            (Plane::Rd, 52.51, 4.66),
            (Plane::Rd, -90.2, 38.6),
            (Plane::Rd, f64::NAN, 52.5),
            (around, 181.0, 38.6),
            (around, -90.2, f64::INFINITY),
        ] {
            assert_eq!(plane.cell(lon, lat), None, "{plane:?} {lon} {lat}");
        }
        assert_eq!(Plane::Rd.to_lonlat(463_000.0, 155_000.0), None, "axes swapped");
        assert_eq!(Plane::Rd.cell_ring((-1_000, 0)), None);
    }

    #[test]
    fn a_cell_holds_its_own_centre_and_corner() {
        for (plane, lon, lat) in
            [(Plane::Rd, 4.6687, 52.5107), (Plane::Equirectangular { lon0: -90.245, lat0: 38.65 }, -90.3, 38.53)]
        {
            let cell = plane.cell(lon, lat).unwrap();
            let (clon, clat) = plane.cell_centre(cell).unwrap();
            assert_eq!(plane.cell(clon, clat), Some(cell));
            let ring = plane.cell_ring(cell).unwrap();
            assert_eq!(ring[0], ring[4]);
            for (at, (dx, dy)) in [(0.0, 0.0), (200.0, 0.0), (200.0, 200.0), (0.0, 200.0)].iter().enumerate() {
                let (x, y) = plane.to_xy(ring[at].0, ring[at].1).unwrap();
                assert!((x - cell.0 as f64 * CELL_METRES - dx).abs() < 0.001, "{plane:?} {at}");
                assert!((y - cell.1 as f64 * CELL_METRES - dy).abs() < 0.001, "{plane:?} {at}");
            }
        }
        assert_eq!(Plane::Rd.cell(4.6687, 52.5107), Some((531, 2513)));
    }

    #[test]
    fn west_and_south_of_the_centre_cells_are_negative() {
        let plane = Plane::Equirectangular { lon0: -90.245, lat0: 38.65 };
        assert_eq!(plane.cell(-90.245, 38.65), Some((0, 0)));
        assert_eq!(plane.cell(-90.2451, 38.6499), Some((-1, -1)));
        // A degree of longitude and of latitude at 38.65 north (tables of the WGS84 ellipsoid).
        let (x, y) = plane.to_xy(-89.245, 39.65).unwrap();
        assert!((x - 87_053.0).abs() < 20.0 && (y - 111_009.0).abs() < 20.0, "{x} {y}");
    }
}
