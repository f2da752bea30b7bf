//! JSON about areas, open to everybody: `/api/v1/areas`. Codes, names and outlines hold no personal data
//! (regime R0), so a cache may keep an answer to a stranger for some minutes.

use crate::atlas::Atlas;
use crate::boundary::Level;
use crate::store;
use axum::Json;
use axum::extract::{Path, Query};
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use kit::Fault;
use policy::Resource;
use serde::{Deserialize, Serialize};
use site::Cx;
use utoipa::ToSchema;

/// How long a cache may keep an answer, in seconds: an import is seen after this at the latest.
const FRESH_SECONDS: u32 = 300;

/// An area without its outline.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Area)]
pub struct AreaItem {
    /// Code, e.g. `BU03960100`.
    pub code: String,
    /// Name.
    pub name: String,
    /// `municipality`, `district` or `neighbourhood`.
    pub level: String,
    /// Code of the area one level up.
    pub parent: Option<String>,
    /// A point inside: longitude and latitude in degrees (WGS84).
    pub centre: [f64; 2],
    /// Year of the boundaries.
    pub year: i64,
}

/// The areas of one municipality.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AreaList {
    /// By name.
    pub areas: Vec<AreaItem>,
}

/// One key figure of one year.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = KeyFigure)]
pub struct FigureItem {
    /// Name of the figure, as the publisher calls its column.
    pub key: String,
    /// Year.
    pub year: i64,
    /// `value`, `estimate`, `missing`, `suppressed` (withheld by the publisher) or `unspecified`.
    pub status: String,
    /// The figure; null unless the status is `value` or `estimate`. Zero is a figure.
    pub value: Option<f64>,
}

/// An area with its outline and key figures.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AreaDetail {
    /// The area.
    #[serde(flatten)]
    pub area: AreaItem,
    /// Surface in square metres, when the publisher states it.
    pub surface_m2: Option<f64>,
    /// Outline: a GeoJSON geometry (RFC 7946), WGS84.
    #[schema(value_type = Object)]
    pub geometry: serde_json::Value,
    /// Key figures by key, newest year first.
    pub figures: Vec<FigureItem>,
}

/// A point.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Point {
    /// Longitude in degrees (WGS84).
    lon: f64,
    /// Latitude in degrees (WGS84).
    lat: f64,
}

/// An answer that a cache may keep: everybody's for a stranger, one's own for who is signed in.
fn fresh<T: Serialize>(cx: &Cx, body: T) -> Response {
    let whose = if cx.actor.account.is_none() { "public" } else { "private" };
    let cache = format!("{whose}, max-age={FRESH_SECONDS}");
    ([(header::CACHE_CONTROL, cache), (header::VARY, "cookie".to_owned())], Json(body)).into_response()
}

/// `GET /api/v1/areas`: every area of the newest year.
///
/// # Errors
/// When the policy or the database refuses.
#[utoipa::path(get, path = "/api/v1/areas", tag = "areas", operation_id = "list_areas",
    summary = "The districts and neighbourhoods of the municipality",
    responses((status = 200, description = "The areas of the newest year, by name", body = AreaList)))]
pub async fn list(cx: Cx) -> Result<Response, Fault> {
    let permit = cx.permit("area:read", &Resource::open("area", cx.code()))?;
    let rows = store::list(&mut cx.read().await?, &permit).await?;
    let areas = rows
        .into_iter()
        .map(|r| AreaItem {
            code: r.code,
            name: r.name,
            level: r.level,
            parent: r.parent,
            centre: [r.lon, r.lat],
            year: r.year,
        })
        .collect();
    Ok(fresh(&cx, AreaList { areas }))
}

/// `GET /api/v1/areas/{code}`: one area.
///
/// # Errors
/// [`Fault::NotFound`] for a code that no year has.
#[utoipa::path(get, path = "/api/v1/areas/{code}", tag = "areas", operation_id = "get_area",
    summary = "One area with its outline and key figures",
    params(("code" = String, Path, description = "Code of the area, e.g. BU03960100")),
    responses((status = 200, description = "The area as of its newest year", body = AreaDetail),
        (status = 404, description = "No area has this code", content_type = "application/problem+json")))]
pub async fn one(cx: Cx, Path(code): Path<String>) -> Result<Response, Fault> {
    let permit = cx.permit("area:read", &Resource::open("area", cx.code()))?;
    let mut tx = cx.read().await?;
    let area = store::one(&mut tx, &permit, &code).await?.ok_or(Fault::NotFound)?;
    let figures = store::figures(&mut tx, &permit, &code).await?;
    let geometry =
        serde_json::from_str(&area.outline).map_err(|e| Fault::Internal(format!("outline of {code}: {e}")))?;
    let figures = figures
        .into_iter()
        .map(|f| FigureItem { key: f.key, year: f.year, status: f.status, value: f.value })
        .collect();
    let detail = AreaDetail {
        area: AreaItem {
            code: area.code,
            name: area.name,
            level: area.level,
            parent: area.parent,
            centre: [area.lon, area.lat],
            year: area.year,
        },
        surface_m2: area.surface_m2,
        geometry,
        figures,
    };
    Ok(fresh(&cx, detail))
}

/// The neighbourhood of a point.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AreaAt {
    /// Code of the neighbourhood.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Always `neighbourhood`.
    pub level: String,
    /// Code of its district.
    pub parent: Option<String>,
}

/// `GET /api/v1/areas/at?lon=&lat=`: the neighbourhood of a point, from memory.
///
/// # Errors
/// [`Fault::Bad`] when the point is no place on earth, [`Fault::NotFound`] when it lies in no neighbourhood.
#[utoipa::path(get, path = "/api/v1/areas/at", tag = "areas", operation_id = "get_area_at",
    summary = "The neighbourhood of a point",
    params(("lon" = f64, Query, description = "Longitude in degrees (WGS84)", minimum = -180, maximum = 180,
            example = 4.668),
        ("lat" = f64, Query, description = "Latitude in degrees (WGS84)", minimum = -90, maximum = 90, example = 52.5105)),
    responses((status = 200, description = "The neighbourhood", body = AreaAt),
        (status = 400, description = "The point cannot be read", content_type = "application/problem+json"),
        (status = 404, description = "The point lies in no neighbourhood", content_type = "application/problem+json")))]
pub async fn at(cx: Cx, Query(point): Query<Point>) -> Result<Response, Fault> {
    cx.permit("area:read", &Resource::open("area", cx.code()))?;
    if !(-180.0..=180.0).contains(&point.lon) || !(-90.0..=90.0).contains(&point.lat) {
        return Err(Fault::Bad("fault-bad-request"));
    }
    let sheet = cx.municipality.get::<Atlas>().sheet();
    let code = sheet.neighbourhood(point.lon, point.lat).ok_or(Fault::NotFound)?;
    let area = sheet.get(code).ok_or(Fault::NotFound)?;
    let found = AreaAt {
        code: area.code.clone(),
        name: area.name.clone(),
        level: Level::Neighbourhood.as_str().to_owned(),
        parent: area.parent.clone(),
    };
    Ok(fresh(&cx, found))
}

#[derive(utoipa::OpenApi)]
#[openapi(paths(list, one, at))]
struct Doc;

/// The description of these addresses, to be merged into the program's own.
#[must_use]
pub fn openapi() -> utoipa::openapi::OpenApi {
    <Doc as utoipa::OpenApi>::openapi()
}
