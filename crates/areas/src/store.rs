//! SQL of areas and key figures.

use crate::atlas::{Area, Sheet};
use crate::boundary::Level;
use crate::index::Shape;
use geo::MultiPolygon;
use kit::{Result, Tx, args};

#[derive(sqlx::FromRow)]
struct AreaRow {
    code: String,
    level: String,
    name: String,
    parent: Option<String>,
    lon: f64,
    lat: f64,
    outline: String,
    inhabitants: Option<f64>,
}

/// The areas of the newest year that was imported.
pub(crate) async fn newest(tx: &mut Tx, municipality: &str) -> Result<Sheet> {
    let rows: Vec<AreaRow> = tx
        .all(
            "select a.code, a.level, a.name, a.parent, a.lon, a.lat, a.outline, k.value as inhabitants
             from area a left join key_figure k on k.municipality = a.municipality and k.year = a.year
                and k.code = a.code and k.key = 'aantal_inwoners'
             where a.municipality = $1 and a.year = (select max(year) from area where municipality = $1)",
            args![municipality],
        )
        .await?;
    let mut areas = Vec::with_capacity(rows.len());
    let mut shapes = Vec::with_capacity(rows.len());
    for row in rows {
        let level = Level::parse(&row.level).unwrap_or(Level::Neighbourhood);
        let geometry: MultiPolygon<f64> = row
            .outline
            .parse::<geojson::Geometry>()
            .ok()
            .and_then(|g| MultiPolygon::try_from(g).ok())
            .unwrap_or_else(|| MultiPolygon::new(vec![]));
        shapes.push(Shape { code: row.code.clone(), level, geometry });
        areas.push(Area {
            code: row.code,
            name: row.name,
            level,
            parent: row.parent,
            centre: (row.lon, row.lat),
            inhabitants: row.inhabitants,
        });
    }
    Ok(Sheet::new(areas, shapes))
}
