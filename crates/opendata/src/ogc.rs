//! OGC API - Features, Part 1: Core (OGC 17-069r4): the public layers as a GIS opens them. GeoJSON and HTML.
//!
//! Routes, all `public:read`: `/ogc`, `/ogc/api`, `/ogc/conformance`, `/ogc/collections`, `/ogc/collections/{id}`,
//! `/ogc/collections/{id}/items`, `/ogc/collections/{id}/items/{item}`.
//!
//! A parameter that is not known is answered with 400 (requirements `query-param-unknown` and `-invalid`); an error is
//! an `application/problem+json` object, as the standard's schema `exception` says.

mod ask;
mod collections;
mod describe;
mod items;

pub use collections::{collection, collections};
pub use describe::api;
pub use items::{item, items};

use crate::data::OPEN;
use crate::map::permit;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use kit::Fault;
use serde_json::{Value, json};
use site::page::{Link, Page};
use site::{Cx, render};

/// The classes of requirements that this server keeps.
const CONFORMANCE: [&str; 4] = [
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/html",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/oas30",
];
/// Media type of GeoJSON.
const GEOJSON: &str = "application/geo+json";
/// Media type of an OpenAPI 3.0 document.
const OPENAPI: &str = "application/vnd.oai.openapi+json;version=3.0";

/// Why a request gets no answer.
#[derive(Debug)]
enum Refused {
    /// It is wrong or finds nothing: status and what is wrong, for programmers.
    Because(StatusCode, String),
    /// Anything else.
    Fault(Fault),
}

impl From<Fault> for Refused {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl From<kit::DbError> for Refused {
    fn from(error: kit::DbError) -> Self {
        Self::Fault(error.into())
    }
}

/// 400 with what is wrong.
fn bad(why: impl Into<String>) -> Refused {
    Refused::Because(StatusCode::BAD_REQUEST, why.into())
}

/// 404 with what is not there.
fn absent(what: impl Into<String>) -> Refused {
    Refused::Because(StatusCode::NOT_FOUND, what.into())
}

/// As what an answer is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Json,
    Html,
}

/// The parameters of a request, each once.
struct Params(Vec<(String, String)>);

impl Params {
    /// The parameters, when each is one of `known` or `f` and none comes twice.
    fn read(pairs: Vec<(String, String)>, known: &[&str]) -> Result<Self, Refused> {
        for (n, (name, _)) in pairs.iter().enumerate() {
            if name != "f" && !known.contains(&name.as_str()) {
                return Err(bad(format!("unknown parameter `{name}`")));
            }
            if pairs.iter().skip(n + 1).any(|(other, _)| other == name) {
                return Err(bad(format!("parameter `{name}` stands twice")));
            }
        }
        Ok(Self(pairs))
    }

    fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// As what the answer is wanted: `f`, else `Accept`, else JSON.
    fn format(&self, headers: &HeaderMap) -> Result<Format, Refused> {
        match self.get("f") {
            Some("json" | "geojson") => Ok(Format::Json),
            Some("html") => Ok(Format::Html),
            Some(other) => Err(bad(format!("parameter `f` is `json` or `html`, not `{other}`"))),
            None => negotiate(headers),
        }
    }
}

/// The better of the two formats by `Accept` (RFC 9110, 12.5.1).
fn negotiate(headers: &HeaderMap) -> Result<Format, Refused> {
    let accept = headers.get(header::ACCEPT).and_then(|v| v.to_str().ok()).unwrap_or("*/*");
    let (mut json, mut html) = (0.0_f32, 0.0_f32);
    for part in accept.split(',') {
        let mut parts = part.split(';').map(str::trim);
        let kind = parts.next().unwrap_or_default().to_ascii_lowercase();
        let q = parts.find_map(|p| p.strip_prefix("q=")).and_then(|q| q.parse().ok()).unwrap_or(1.0_f32);
        match kind.as_str() {
            "text/html" | "application/xhtml+xml" | "text/*" => html = html.max(q),
            "*/*" => (json, html) = (json.max(q), html.max(q * 0.9)),
            "application/*" => json = json.max(q),
            kind if kind.ends_with("json") => json = json.max(q),
            _ => {}
        }
    }
    match (json > 0.0, html > 0.0) {
        (false, false) => {
            let why = "this resource is had as application/geo+json, application/json or text/html";
            Err(Refused::Because(StatusCode::NOT_ACCEPTABLE, why.to_owned()))
        }
        _ if html > json => Ok(Format::Html),
        _ => Ok(Format::Json),
    }
}

/// The end of a request: the answer, open to pages of others, or a problem object.
fn end(cx: &Cx, answer: Result<Response, Refused>) -> Result<Response, Fault> {
    let mut response = match answer {
        Ok(response) => response,
        Err(Refused::Fault(fault)) => return Err(fault),
        Err(Refused::Because(status, detail)) => {
            let title = status.canonical_reason().unwrap_or("error");
            let body = json!({ "type": "about:blank", "title": title, "status": status.as_u16(), "detail": detail,
                "instance": cx.path });
            (status, [(header::CONTENT_TYPE, "application/problem+json")], body.to_string()).into_response()
        }
    };
    let headers = response.headers_mut();
    headers.insert(OPEN.0, axum::http::HeaderValue::from_static(OPEN.1));
    headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, axum::http::HeaderValue::from_static("Link, Content-Crs"));
    headers.append(header::VARY, axum::http::HeaderValue::from_static("accept"));
    Ok(response)
}

/// A link of an answer.
fn link(href: &str, rel: &str, kind: &str, title: &str) -> Value {
    json!({ "href": href, "rel": rel, "type": kind, "title": title })
}

/// The links of a resource to itself and to its other form; `json_type` is the type of its JSON.
fn itself(cx: &Cx, path: &str, query: &str, format: Format, json_type: &str) -> Vec<Value> {
    let url = &cx.app.public_url;
    let with = |f: &str| {
        let more = if query.is_empty() { String::new() } else { format!("{query}&") };
        format!("{url}{path}?{more}f={f}")
    };
    let rels = if format == Format::Json { ["self", "alternate"] } else { ["alternate", "self"] };
    vec![
        link(&with("json"), rels[0], json_type, &cx.t("opendata-ogc-as-json")),
        link(&with("html"), rels[1], "text/html", &cx.t("opendata-ogc-as-html")),
    ]
}

/// JSON, or the same as a page.
fn answer(
    format: Format,
    body: &Value,
    json_type: &'static str,
    html: impl FnOnce(&Value) -> HtmlPage,
) -> Result<Response, Refused> {
    match format {
        Format::Html => Ok(render(&html(body))?),
        Format::Json => {
            // Links also stand in the header, for who does not read the body.
            let links: Vec<String> = body["links"].as_array().into_iter().flatten().map(header_link).collect();
            let headers = [
                (header::CONTENT_TYPE, json_type.to_owned()),
                (header::LINK, links.join(", ")),
                (header::CACHE_CONTROL, "no-cache".to_owned()),
            ];
            Ok((headers, body.to_string()).into_response())
        }
    }
}

fn header_link(link: &Value) -> String {
    let text = |name: &str| link[name].as_str().unwrap_or_default().to_owned();
    format!("<{}>; rel=\"{}\"; type=\"{}\"", text("href"), text("rel"), text("type").replace('"', ""))
}

/// A table of a page.
#[derive(Default)]
struct HtmlTable {
    caption: String,
    head: Vec<String>,
    /// Cells; the first of a row is a link.
    rows: Vec<(Link, Vec<String>)>,
}

/// Any resource for people.
#[derive(askama::Template)]
#[template(path = "ogc/pages/ogc.html")]
struct HtmlPage {
    page: Page,
    crumbs: Vec<Link>,
    lead: String,
    facts: Vec<(String, String)>,
    table: HtmlTable,
    links: Vec<Link>,
    next: String,
}

impl HtmlPage {
    fn new(cx: &Cx, title: String, lead: String, body: &Value) -> Self {
        let text = |link: &Value, name: &str| link[name].as_str().unwrap_or_default().to_owned();
        let all = body["links"].as_array().cloned().unwrap_or_default();
        let next = all.iter().find(|l| l["rel"] == "next").map(|l| text(l, "href")).unwrap_or_default();
        let shown = all.iter().filter(|l| l["rel"] != "self" && l["rel"] != "next");
        let mut crumbs = vec![Link::new("/data", cx.t("opendata-data-title"))];
        if cx.path.trim_end_matches('/').split('?').next() != Some("/ogc") {
            crumbs.push(Link::new("/ogc?f=html", cx.t("opendata-ogc")));
        }
        Self {
            page: cx.page_titled(title),
            crumbs,
            lead,
            facts: vec![],
            table: HtmlTable::default(),
            links: shown.map(|l| Link::new(text(l, "href"), text(l, "title"))).collect(),
            next,
        }
    }
}

/// What a handler of this folder reads of a request.
type Pairs = axum::extract::Query<Vec<(String, String)>>;

/// `GET /ogc`: the landing page.
///
/// # Errors
/// When the policy refuses.
pub async fn landing(cx: Cx, pairs: Pairs, headers: HeaderMap) -> Result<Response, Fault> {
    permit(&cx)?;
    let make = || {
        let format = Params::read(pairs.0, &[])?.format(&headers)?;
        let url = &cx.app.public_url;
        let mut links = itself(&cx, "/ogc", "", format, "application/json");
        for (path, rel, kind, key) in [
            ("/ogc/api", "service-desc", OPENAPI, "opendata-ogc-api"),
            ("/data", "service-doc", "text/html", "opendata-data-title"),
            ("/ogc/conformance", "conformance", "application/json", "opendata-ogc-conformance"),
            ("/ogc/collections", "data", "application/json", "opendata-ogc-collections"),
            ("/data/catalog.jsonld", "describedby", "application/ld+json", "opendata-catalog"),
        ] {
            links.push(link(&format!("{url}{path}"), rel, kind, &cx.t(key)));
        }
        let title = cx.words.t1("opendata-catalog-title", "municipality", &cx.municipality.file.name);
        let body = json!({ "title": title, "description": cx.t("opendata-ogc-lead"), "links": links });
        answer(format, &body, "application/json", |body| {
            HtmlPage::new(&cx, cx.t("opendata-ogc"), cx.t("opendata-ogc-lead"), body)
        })
    };
    let made = make();
    end(&cx, made)
}

/// `GET /ogc/conformance`
///
/// # Errors
/// When the policy refuses.
pub async fn conformance(cx: Cx, pairs: Pairs, headers: HeaderMap) -> Result<Response, Fault> {
    permit(&cx)?;
    let make = || {
        let format = Params::read(pairs.0, &[])?.format(&headers)?;
        let links = itself(&cx, "/ogc/conformance", "", format, "application/json");
        let body = json!({ "conformsTo": CONFORMANCE, "links": links });
        answer(format, &body, "application/json", |body| {
            let mut page = HtmlPage::new(&cx, cx.t("opendata-ogc-conformance"), String::new(), body);
            page.facts = CONFORMANCE.iter().map(|c| (cx.t("opendata-ogc-class"), (*c).to_owned())).collect();
            page
        })
    };
    let made = make();
    end(&cx, made)
}
