//! GeoPackage (OGC 12-128r19): a SQLite file, opened for reading only. The file comes from outside,
//! so its own SQL (views, triggers) is not trusted, and only plain tables are read.

use super::columns::{Row, Value, is_code};
use super::{AreaFile, BoundaryError, Crs, ReadOptions, assemble, wkb};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags};
use std::path::Path;

/// First bytes of every SQLite file.
pub(super) const SQLITE_MAGIC: &[u8; 16] = b"SQLite format 3\0";

/// A table with outlines.
struct Layer {
    table: String,
    column: String,
    organisation: String,
    number: i64,
}

/// Reads all layers with area codes of a GeoPackage.
pub fn read_geopackage(path: &Path, options: &ReadOptions) -> Result<AreaFile, BoundaryError> {
    let not = |e: rusqlite::Error| BoundaryError::NotGeoPackage(e.to_string());
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let db = Connection::open_with_flags(path, flags).map_err(not)?;
    db.pragma_update(None, "trusted_schema", false).map_err(not)?;
    let layers = layers(&db).map_err(not)?;
    if layers.is_empty() {
        return Err(BoundaryError::NotGeoPackage("it has no table with geometry".to_owned()));
    }
    let mut rows = Vec::new();
    let mut without_code = Vec::new();
    let mut declared: Option<Crs> = None;
    for layer in layers {
        let found = columns(&db, &layer.table).map_err(not)?;
        if !found.iter().any(|column| is_code(column)) {
            without_code.extend(found);
            continue;
        }
        let crs = match options.crs {
            Some(given) => given,
            None => assemble::crs_of(&format!("{}:{}", layer.organisation, layer.number))?,
        };
        if declared.is_some_and(|before| before != crs) {
            return Err(BoundaryError::UnknownCrs("layers in different systems".to_owned()));
        }
        declared = Some(crs);
        read_layer(&db, &layer, &mut rows)?;
    }
    if declared.is_none() {
        return Err(BoundaryError::NoCodeColumn { found: without_code });
    }
    assemble::assemble(rows, declared, options)
}

fn layers(db: &Connection) -> rusqlite::Result<Vec<Layer>> {
    let mut statement = db.prepare(
        "select g.table_name, g.column_name, s.organization, s.organization_coordsys_id
         from gpkg_geometry_columns g
         join gpkg_spatial_ref_sys s on s.srs_id = g.srs_id
         join sqlite_master m on m.type = 'table' and m.name = g.table_name
              and m.sql not like 'create virtual%'
         order by g.table_name",
    )?;
    let rows = statement.query_map([], |row| {
        Ok(Layer { table: row.get(0)?, column: row.get(1)?, organisation: row.get(2)?, number: row.get(3)? })
    })?;
    rows.collect()
}

fn columns(db: &Connection, table: &str) -> rusqlite::Result<Vec<String>> {
    let mut statement = db.prepare("select name from pragma_table_info($1)")?;
    let rows = statement.query_map([table], |row| row.get(0))?;
    rows.collect()
}

fn read_layer(db: &Connection, layer: &Layer, into: &mut Vec<Row>) -> Result<(), BoundaryError> {
    let not = |e: rusqlite::Error| BoundaryError::NotGeoPackage(e.to_string());
    // A name in a statement cannot be a parameter; quoting it doubles the quotes inside.
    let sql = format!("select * from \"{}\"", layer.table.replace('"', "\"\""));
    let mut statement = db.prepare(&sql).map_err(not)?;
    let names: Vec<String> = statement.column_names().into_iter().map(str::to_owned).collect();
    let mut found = statement.query([]).map_err(not)?;
    while let Some(row) = found.next().map_err(not)? {
        let feature = into.len() + 1;
        let mut properties = Vec::with_capacity(names.len());
        let mut outline = Err("it has no geometry".to_owned());
        for (at, name) in names.iter().enumerate() {
            let value = row.get_ref(at).map_err(not)?;
            if name.eq_ignore_ascii_case(&layer.column) {
                if let ValueRef::Blob(bytes) = value {
                    outline = wkb::geopackage_outline(bytes);
                }
                continue;
            }
            properties.push((name.clone(), plain_value(value)));
        }
        let outline = outline.map_err(|reason| BoundaryError::BadOutline { feature, reason })?;
        into.push(Row { properties, outline });
    }
    Ok(())
}

fn plain_value(value: ValueRef<'_>) -> Value {
    match value {
        ValueRef::Integer(number) => Value::Number(number as f64),
        ValueRef::Real(number) => Value::Number(number),
        ValueRef::Text(text) => Value::Text(String::from_utf8_lossy(text).into_owned()),
        ValueRef::Null | ValueRef::Blob(_) => Value::Null,
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Figure, read_file};
    use super::*;
    use crate::plane::Plane;
    use std::path::PathBuf;

    /// A GeoPackage with one neighbourhood (100 m square, RD New) made from nothing; removed when dropped.
    struct Package(PathBuf);

    impl Drop for Package {
        fn drop(&mut self) {
            let _ = std::fs::remove_file(&self.0);
        }
    }

    fn package(name: &str, srs: i64, geometry: &[u8]) -> Package {
        let path = std::env::temp_dir().join(format!("regie-areas-{}-{name}.gpkg", std::process::id()));
        let _ = std::fs::remove_file(&path);
        let db = Connection::open(&path).unwrap();
        db.execute_batch(
        "create table gpkg_spatial_ref_sys (srs_id integer primary key, organization text, organization_coordsys_id integer);
         create table gpkg_geometry_columns (table_name text, column_name text, geometry_type_name text, srs_id integer, z integer, m integer);
         insert into gpkg_spatial_ref_sys values (28992, 'EPSG', 28992), (4326, 'EPSG', 4326), (31370, 'EPSG', 31370);
         create table \"buurten \"\"2025\"\"\" (fid integer primary key, geom blob, buurtcode text, buurtnaam text, aantal_inwoners integer, woz real);
         create table roads (fid integer primary key, geom blob, name_of_road text);",
    )
    .unwrap();
        db.execute("insert into gpkg_geometry_columns values ('buurten \"2025\"', 'geom', 'MULTIPOLYGON', $1, 0, 0), ('roads', 'geom', 'LINESTRING', $1, 0, 0)", [srs])
        .unwrap();
        db.execute(
            "insert into \"buurten \"\"2025\"\"\" values (1, $1, 'BU03960100', 'Centrum', 2055, -99997)",
            [geometry],
        )
        .unwrap();
        Package(path)
    }

    /// Header and well-known binary of a square with its south-west corner at (x, y).
    fn blob(little: bool, envelope: bool, multi: bool, height: bool, (x, y, side): (f64, f64, f64)) -> Vec<u8> {
        fn u32_of(little: bool, n: u32) -> [u8; 4] {
            if little { n.to_le_bytes() } else { n.to_be_bytes() }
        }
        fn f64_of(little: bool, n: f64) -> [u8; 8] {
            if little { n.to_le_bytes() } else { n.to_be_bytes() }
        }
        let mut out = vec![b'G', b'P', 0, u8::from(little) | if envelope { 2 } else { 0 }];
        out.extend(u32_of(little, 28992));
        if envelope {
            for n in [x, x + side, y, y + side] {
                out.extend(f64_of(little, n));
            }
        }
        if multi {
            out.push(u8::from(little));
            out.extend(u32_of(little, if height { 1006 } else { 6 }));
            out.extend(u32_of(little, 1));
        }
        out.push(u8::from(little));
        out.extend(u32_of(little, if height { 1003 } else { 3 }));
        out.extend(u32_of(little, 1));
        out.extend(u32_of(little, 5));
        for (dx, dy) in [(0.0, 0.0), (side, 0.0), (side, side), (0.0, side), (0.0, 0.0)] {
            out.extend(f64_of(little, x + dx));
            out.extend(f64_of(little, y + dy));
            if height {
                out.extend(f64_of(little, 1.5));
            }
        }
        out
    }

    #[test]
    fn a_geopackage_reads_in_every_byte_order_and_kind() {
        let square = (106_200.0, 502_700.0, 100.0);
        for bits in 0..16_u8 {
            let on = |bit: u8| bits >> bit & 1 == 1;
            let package = package(&format!("kind{bits}"), 28992, &blob(on(0), on(1), on(2), on(3), square));
            let file = read_file(&package.0, &ReadOptions::default()).unwrap();
            assert_eq!((file.crs, file.areas.len()), (Crs::Rd, 1));
            let area = &file.areas[0];
            assert_eq!((area.code.as_str(), area.name.as_str()), ("BU03960100", "Centrum"));
            assert!((area.measured_m2(&Plane::Rd).unwrap() - 10_000.0).abs() < 0.1);
            let figures: Vec<_> = area.figures.iter().map(|f| (f.key.as_str(), f.value)).collect();
            assert_eq!(figures, [("aantal_inwoners", Figure::Value(2055.0)), ("woz", Figure::Suppressed)]);
        }
        let degrees = package("degrees", 4326, &blob(true, false, false, false, (4.66, 52.51, 0.001)));
        assert_eq!(read_file(&degrees.0, &ReadOptions::default()).unwrap().crs, Crs::Wgs84);
    }

    #[test]
    fn broken_geopackages_are_refused_with_the_cause() {
        let square = blob(true, true, true, false, (106_200.0, 502_700.0, 100.0));
        let cut = &square[..square.len() - 5];
        for (what, srs, geometry, kind) in [
            ("cut off", 28992, cut, "bad-outline"),
            ("no header", 28992, &b"POLYGON"[..], "bad-outline"),
            ("unknown system", 31370, &square[..], "unknown-crs"),
            ("wrong system", 4326, &square[..], "coordinate-outside-crs"),
        ] {
            let package = package(&what.replace(' ', "-"), srs, geometry);
            let error = read_file(&package.0, &ReadOptions::default()).expect_err(what);
            assert_eq!(error.kind(), kind, "{what}: {error}");
        }
        // Every way to cut the outline off is an error, never a crash.
        for length in 0..square.len() {
            assert!(wkb::geopackage_outline(&square[..length]).is_err(), "{length}");
        }
        let package = package("no-tables", 28992, &square);
        let db = Connection::open(&package.0).unwrap();
        db.execute_batch("drop table gpkg_geometry_columns").unwrap();
        let error = read_file(&package.0, &ReadOptions::default()).unwrap_err();
        assert_eq!(error.kind(), "not-geopackage", "{error}");
        std::fs::write(&package.0, b"SQLite format 3\0 and then rubbish").unwrap();
        let error = read_file(&package.0, &ReadOptions::default()).unwrap_err();
        assert_eq!(error.kind(), "not-geopackage", "{error}");
    }
}
