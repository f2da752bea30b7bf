//! The OpenAPI document: each area's part, joined.

use axum::response::{IntoResponse as _, Response};
use site::Cx;
use utoipa::openapi::header::HeaderBuilder;
use utoipa::openapi::path::Operation;
use utoipa::openapi::response::ResponseBuilder;
use utoipa::openapi::{
    ContactBuilder, ContentBuilder, InfoBuilder, ObjectBuilder, OpenApi, OpenApiBuilder, Ref, RefOr, ServerBuilder,
    Type,
};

/// Where the API is: its major version is in the server's address (API Design Rules, `/core/uri-version`).
pub const BASE: &str = "/api/v1";

/// The whole document (OpenAPI 3.1) as the server at `public_url` offers it; its paths go on from [`BASE`]. `contact` is
/// the municipality's organisation and mail address.
pub fn document(public_url: &str, contact: (&str, &str)) -> OpenApi {
    let info = InfoBuilder::new()
        .title("Regie")
        .description(Some("Signals and areas of a municipality that runs its safety and enforcement plan with Regie."))
        .version(env!("CARGO_PKG_VERSION"))
        .contact(Some(ContactBuilder::new().name(Some(contact.0)).email(Some(contact.1)).url(Some(public_url)).build()))
        .build();
    let servers = [ServerBuilder::new().url(format!("{public_url}{BASE}")).build()];
    let mut document = OpenApiBuilder::new().info(info).servers(Some(servers)).build();
    document.merge(signals::api::openapi());
    document.merge(areas::api::openapi());
    document.merge(privacy::registers::openapi());
    document.merge(insight::algorithms::openapi());
    let paths = std::mem::take(&mut document.paths.paths);
    let from_base = |path: String| path.strip_prefix(BASE).map(str::to_owned).unwrap_or(path);
    document.paths.paths = paths.into_iter().map(|(path, item)| (from_base(path), item)).collect();
    for item in document.paths.paths.values_mut() {
        for operation in [&mut item.get, &mut item.post].into_iter().flatten() {
            complete(operation);
        }
    }
    document
}

/// What holds for every operation: it says when it demands nothing (`security: []`), each answer names the API's
/// version, and an operation with input can refuse it (400) in the form of a problem.
fn complete(operation: &mut Operation) {
    operation.security.get_or_insert_default();
    if operation.parameters.is_some() || operation.request_body.is_some() {
        let problem = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
        let refused = ResponseBuilder::new()
            .description("The request cannot be read")
            .content("application/problem+json", problem)
            .build();
        operation.responses.responses.entry("400".to_owned()).or_insert_with(|| refused.into());
    }
    for (status, response) in &mut operation.responses.responses {
        if let RefOr::T(response) = response
            && status.starts_with('2')
        {
            let version = HeaderBuilder::new()
                .schema(Some(ObjectBuilder::new().schema_type(Type::String).build()))
                .description(Some("Version of this API"))
                .build();
            response.headers.entry("API-Version".to_owned()).or_insert(version.into());
        }
    }
}

/// `GET /api/v1/openapi.json`
pub async fn openapi(cx: Cx) -> Response {
    let contact = &cx.municipality.file.contact;
    axum::Json(document(&cx.app.public_url, (&contact.organisation, &contact.email))).into_response()
}
