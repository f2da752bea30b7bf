//! The OpenAPI document: each area's part, joined.

use axum::response::{IntoResponse as _, Response};
use site::Cx;
use utoipa::openapi::{InfoBuilder, OpenApi, OpenApiBuilder};

/// The whole document (OpenAPI 3.1).
pub fn document() -> OpenApi {
    let info = InfoBuilder::new()
        .title("Regie")
        .description(Some("Signals and areas of a municipality that runs its safety and enforcement plan with Regie."))
        .version(env!("CARGO_PKG_VERSION"))
        .build();
    let mut document = OpenApiBuilder::new().info(info).build();
    document.merge(signals::api::openapi());
    document.merge(areas::api::openapi());
    document.merge(privacy::registers::openapi());
    document.merge(insight::algorithms::openapi());
    // An operation that demands nothing says so: `security: []`.
    for item in document.paths.paths.values_mut() {
        for operation in [&mut item.get, &mut item.post].into_iter().flatten() {
            operation.security.get_or_insert_default();
        }
    }
    document
}

/// `GET /api/v1/openapi.json`
pub async fn openapi(_cx: Cx) -> Response {
    axum::Json(document()).into_response()
}
