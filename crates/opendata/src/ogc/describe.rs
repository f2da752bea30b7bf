//! `/ogc/api`: the description of this API (OpenAPI 3.0), with the schemas of what it answers.

use super::items::{AREAS, REPORTS};
use super::{OPENAPI, Pairs, Params, ask, end};
use crate::data::Dataset;
use crate::feature;
use crate::filter::STATES;
use crate::map::permit;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse as _, Response};
use kit::Fault;
use serde_json::{Map, Value, json};
use site::Cx;

/// `GET /ogc/api`: as JSON, whatever is accepted: it is for programs. (For people there is `/data`.)
///
/// # Errors
/// When the policy refuses.
pub async fn api(cx: Cx, pairs: Pairs, _headers: HeaderMap) -> Result<Response, Fault> {
    permit(&cx)?;
    let made = Params::read(pairs.0, &[]).and_then(|params| {
        if params.get("f").is_some_and(|f| f != "json") {
            return Err(super::bad("parameter `f` is `json` here"));
        }
        Ok(([(header::CONTENT_TYPE, OPENAPI)], document(&cx).to_string()).into_response())
    });
    end(&cx, made)
}

fn parameter(name: &str) -> Value {
    let (schema, what) = match name {
        "f" => (json!({ "type": "string", "enum": ["json", "html"] }), "Format of the answer; else Accept decides"),
        "limit" => (
            json!({ "type": "integer", "minimum": 1, "maximum": ask::MOST, "default": ask::LIMIT }),
            "Most features of this answer",
        ),
        "offset" => (json!({ "type": "integer", "minimum": 0, "default": 0 }), "Features to skip"),
        "after" => (json!({ "type": "string", "minLength": 1 }), "Where the page starts, from a link `next`"),
        "bbox" => (
            json!({ "type": "array", "items": { "type": "number" }, "oneOf": [
                { "minItems": 4, "maxItems": 4 }, { "minItems": 6, "maxItems": 6 }] }),
            "West, south, east, north (CRS84)",
        ),
        "datetime" => (
            json!({ "type": "string", "pattern": datetimes() }),
            "Instant, day or interval (RFC 3339) in which it was reported",
        ),
        "state" => (json!({ "type": "string", "enum": STATES }), "State"),
        _ => (json!({ "type": "string" }), "Features of which this property has exactly this value"),
    };
    json!({ "name": name, "in": "query", "required": false, "style": "form", "explode": false, "schema": schema,
        "description": what })
}

/// How `datetime` is written: an instant or a day, or two of them around `/`, each of which may be open.
fn datetimes() -> String {
    let instant = r"\d{4}-\d{2}-\d{2}([Tt]\d{2}:\d{2}:\d{2}(\.\d{1,9})?([Zz]|[+-]\d{2}:\d{2}))?";
    format!(r"^({instant}|({instant}|\.\.)?/({instant}|\.\.)?)$")
}

fn answers(schema: &str, media: &str, more: &[(&str, &str)]) -> Value {
    let problem = |what: &str| {
        json!({ "description": what, "content": { "application/problem+json": {
            "schema": { "$ref": "#/components/schemas/exception" } } } })
    };
    let mut out = Map::new();
    out.insert(
        "200".to_owned(),
        json!({ "description": "Found", "content": {
            media: { "schema": { "$ref": format!("#/components/schemas/{schema}") } },
            "text/html": { "schema": { "type": "string" } } } }),
    );
    for (status, what) in [("400", "A parameter is unknown or wrong"), ("406", "No such format")].iter().chain(more) {
        out.insert((*status).to_owned(), problem(what));
    }
    Value::Object(out)
}

fn operation(id: &str, summary: &str, parameters: Vec<Value>, responses: Value) -> Value {
    json!({ "get": { "operationId": id, "summary": summary, "tags": ["features"], "parameters": parameters,
        "responses": responses } })
}

fn document(cx: &Cx) -> Value {
    let f = || vec![parameter("f")];
    let mut paths = Map::new();
    let mut add = |path: &str, operation: Value| paths.insert(path.to_owned(), operation);
    add("/", operation("getLandingPage", "Landing page", f(), answers("landingPage", "application/json", &[])));
    add(
        "/conformance",
        operation("getConformance", "Conformance", f(), answers("confClasses", "application/json", &[])),
    );
    add(
        "/collections",
        operation("getCollections", "Collections", f(), answers("collections", "application/json", &[])),
    );
    let gone = [("404", "There is none")];
    for set in Dataset::ALL.iter().copied() {
        let title = set.title(cx);
        let (names, schema) =
            if set == Dataset::Reports { (&REPORTS[..], "reportCollection") } else { (&AREAS[..], "areaCollection") };
        let one = if set == Dataset::Reports { "report" } else { "area" };
        add(
            &format!("/collections/{set}"),
            operation(&format!("describe_{set}"), &title, f(), answers("collection", "application/json", &gone)),
        );
        let parameters = ["f"].iter().chain(names).map(|name| parameter(name)).collect();
        add(
            &format!("/collections/{set}/items"),
            operation(&format!("get_{set}"), &title, parameters, answers(schema, super::GEOJSON, &gone)),
        );
        let mut parameters = f();
        parameters.push(json!({ "name": "featureId", "in": "path", "required": true, "schema": { "type": "string" } }));
        add(
            &format!("/collections/{set}/items/{{featureId}}"),
            operation(&format!("get_{set}_one"), &title, parameters, answers(one, super::GEOJSON, &gone)),
        );
    }
    let contact = &cx.municipality.file.contact;
    json!({
        "openapi": "3.0.3",
        "info": {
            "title": cx.words.t1("opendata-catalog-title", "municipality", &cx.municipality.file.name),
            "description": cx.t("opendata-ogc-lead"),
            "version": env!("CARGO_PKG_VERSION"),
            "contact": { "name": contact.organisation, "email": contact.email, "url": cx.app.public_url },
            "license": { "name": "CC0 1.0", "url": crate::map::config(cx).catalog.licence },
        },
        "servers": [{ "url": format!("{}/ogc", cx.app.public_url) }],
        "tags": [{ "name": "features" }],
        "paths": paths,
        "components": { "schemas": schemas() },
    })
}

fn properties(columns: &[(&str, &str, &str)]) -> Value {
    let one = |(name, kind, what): &(&str, &str, &str)| {
        let schema = match *kind {
            "number" => json!({ "type": "number", "nullable": true, "description": what }),
            "string" => json!({ "type": "string", "nullable": true, "description": what }),
            format => json!({ "type": "string", "format": format, "nullable": true, "description": what }),
        };
        ((*name).to_owned(), schema)
    };
    json!({ "type": "object", "properties": columns.iter().map(one).collect::<Map<_, _>>() })
}

fn schemas() -> Value {
    let text = || json!({ "type": "string" });
    let links = || json!({ "type": "array", "items": { "$ref": "#/components/schemas/link" } });
    let feature = |geometry: &str, columns: &[(&str, &str, &str)]| {
        json!({ "type": "object", "required": ["type", "geometry", "properties"], "properties": {
            "type": { "type": "string", "enum": ["Feature"] }, "id": text(),
            "geometry": { "type": "object", "required": ["type", "coordinates"], "properties": {
                "type": { "type": "string", "enum": [geometry] },
                "coordinates": { "type": "array", "items": {} } } },
            "properties": properties(columns), "links": links() } })
    };
    let collection = |of: &str| {
        json!({ "type": "object", "required": ["type", "features"], "properties": {
            "type": { "type": "string", "enum": ["FeatureCollection"] },
            "features": { "type": "array", "items": { "$ref": format!("#/components/schemas/{of}") } },
            "links": links(), "timeStamp": { "type": "string", "format": "date-time" },
            "numberMatched": { "type": "integer", "minimum": 0 },
            "numberReturned": { "type": "integer", "minimum": 0 } } })
    };
    json!({
        "link": { "type": "object", "required": ["href", "rel"], "properties": {
            "href": text(), "rel": text(), "type": text(), "hreflang": text(), "title": text() } },
        "landingPage": { "type": "object", "required": ["links"], "properties": {
            "title": text(), "description": text(), "links": links() } },
        "confClasses": { "type": "object", "required": ["conformsTo"], "properties": {
            "conformsTo": { "type": "array", "items": text() }, "links": links() } },
        "collections": { "type": "object", "required": ["links", "collections"], "properties": {
            "links": links(),
            "collections": { "type": "array", "items": { "$ref": "#/components/schemas/collection" } } } },
        "collection": { "type": "object", "required": ["id", "links"], "properties": {
            "id": text(), "title": text(), "description": text(), "links": links(),
            "extent": { "type": "object" }, "itemType": text(), "crs": { "type": "array", "items": text() } } },
        "exception": { "type": "object", "required": ["title", "status", "detail"], "properties": {
            "type": text(), "title": text(), "status": { "type": "integer" }, "detail": text(), "instance": text() } },
        "report": feature("Point", &feature::REPORT),
        "area": feature("MultiPolygon", &feature::AREA),
        "reportCollection": collection("report"),
        "areaCollection": collection("area"),
    })
}
