//! SQL of areas and key figures.

use crate::atlas::{Area, Sheet};
use crate::boundary::{AreaRecord, Level};
use crate::import;
use crate::index::Shape;
use geo::MultiPolygon;
use kit::{Result, Tx, args};
use policy::Permit;
use std::fmt::Write as _;

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

/// Puts the areas of `year` in the place of those that were there, for the levels that they have.
pub(crate) async fn replace(tx: &mut Tx, permit: &Permit, year: i64, origin: &str, areas: &[AreaRecord]) -> Result<()> {
    let municipality = permit.municipality();
    for level in import::levels(areas) {
        tx.run(
            "delete from key_figure where municipality = $1 and year = $2 and code in
                (select code from area where municipality = $1 and year = $2 and level = $3)",
            args![municipality, year, level.as_str()],
        )
        .await?;
        tx.run(
            "delete from area where municipality = $1 and year = $2 and level = $3",
            args![municipality, year, level.as_str()],
        )
        .await?;
    }
    let values = areas
        .iter()
        .flat_map(|a| {
            args![
                municipality,
                year,
                &a.code,
                a.level.as_str(),
                &a.name,
                a.parent.clone(),
                a.centre.0,
                a.centre.1,
                a.surface_m2,
                outline_text(&a.geometry),
                origin
            ]
        })
        .collect();
    let head =
        "insert into area (municipality, year, code, level, name, parent, lon, lat, surface_m2, outline, origin)";
    tx.insert_many(head, "", 11, values).await?;
    let values = areas
        .iter()
        .flat_map(|a| import::figures(a).into_iter().map(move |(key, figure)| (&a.code, key, figure)))
        .flat_map(|(code, key, (status, value))| args![municipality, year, code, key, status, value])
        .collect();
    tx.insert_many("insert into key_figure (municipality, year, code, key, status, value)", "", 6, values).await?;
    Ok(())
}

/// An area in a list, with what is known of its inhabitants.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct Listed {
    pub code: String,
    pub level: String,
    pub name: String,
    pub parent: Option<String>,
    pub lon: f64,
    pub lat: f64,
    pub year: i64,
    pub status: Option<String>,
    pub inhabitants: Option<f64>,
}

/// The areas of the newest year, by name.
pub(crate) async fn list(tx: &mut Tx, permit: &Permit) -> Result<Vec<Listed>> {
    tx.all(
        "select a.code, a.level, a.name, a.parent, a.lon, a.lat, a.year, k.status, k.value as inhabitants
         from area a left join key_figure k on k.municipality = a.municipality and k.year = a.year
            and k.code = a.code and k.key = 'aantal_inwoners'
         where a.municipality = $1 and a.year = (select max(year) from area where municipality = $1)
         order by a.name, a.code",
        args![permit.municipality()],
    )
    .await
}

/// One area as of its newest year.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct Whole {
    pub code: String,
    pub level: String,
    pub name: String,
    pub parent: Option<String>,
    pub lon: f64,
    pub lat: f64,
    pub year: i64,
    pub surface_m2: Option<f64>,
    pub outline: String,
    pub origin: String,
}

/// The area with this code, as of the newest year that has it.
pub(crate) async fn one(tx: &mut Tx, permit: &Permit, code: &str) -> Result<Option<Whole>> {
    tx.opt(
        "select code, level, name, parent, lon, lat, year, surface_m2, outline, origin from area
         where municipality = $1 and code = $2 order by year desc limit 1",
        args![permit.municipality(), code],
    )
    .await
}

/// One key figure of one year.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct FigureRow {
    pub key: String,
    pub year: i64,
    pub status: String,
    pub value: Option<f64>,
}

/// The key figures of an area: by key, newest year first.
pub(crate) async fn figures(tx: &mut Tx, permit: &Permit, code: &str) -> Result<Vec<FigureRow>> {
    tx.all(
        "select key, year, status, value from key_figure where municipality = $1 and code = $2 order by key, year desc",
        args![permit.municipality(), code],
    )
    .await
}

/// An outline as GeoJSON geometry (RFC 7946) with 6 decimals of a degree: a tenth of a metre.
fn outline_text(outline: &MultiPolygon<f64>) -> String {
    let mut text = String::from("{\"type\":\"MultiPolygon\",\"coordinates\":[");
    for (i, polygon) in outline.0.iter().enumerate() {
        text.push_str(if i == 0 { "[" } else { ",[" });
        for (j, ring) in std::iter::once(polygon.exterior()).chain(polygon.interiors()).enumerate() {
            text.push_str(if j == 0 { "[" } else { ",[" });
            for (k, point) in ring.0.iter().enumerate() {
                text.push_str(if k == 0 { "[" } else { ",[" });
                push_degrees(&mut text, point.x);
                text.push(',');
                push_degrees(&mut text, point.y);
                text.push(']');
            }
            text.push(']');
        }
        text.push(']');
    }
    text.push_str("]}");
    text
}

fn push_degrees(text: &mut String, degrees: f64) {
    let start = text.len();
    let _ = write!(text, "{degrees:.6}");
    while text.ends_with('0') {
        text.pop();
    }
    if text.ends_with('.') {
        text.pop();
    }
    if text.get(start..) == Some("-0") {
        text.replace_range(start.., "0");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn degrees_have_six_decimals_at_most() {
        for (degrees, text) in [(4.6, "4.6"), (52.123_456_7, "52.123457"), (-90.0, "-90"), (-0.000_000_1, "0")] {
            let mut out = String::from("x");
            push_degrees(&mut out, degrees);
            assert_eq!(out, format!("x{text}"));
        }
    }

    #[test]
    fn an_outline_comes_back_from_its_text() {
        let ring = |x: f64, size: f64| {
            geo::LineString::from(vec![(x, 52.0), (x + size, 52.0), (x + size, 52.0 + size), (x, 52.0)])
        };
        let outline = MultiPolygon::new(vec![
            geo::Polygon::new(ring(4.0, 0.5), vec![ring(4.125, 0.125)]),
            geo::Polygon::new(ring(5.0, 0.25), vec![]),
        ]);
        let back = MultiPolygon::try_from(outline_text(&outline).parse::<geojson::Geometry>().unwrap()).unwrap();
        assert_eq!(back, outline);
    }
}
