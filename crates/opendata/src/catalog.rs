//! What is published, for data portals: DCAT-AP-NL 3.0 as JSON-LD and as Turtle.

use crate::data::{Dataset, Format, OPEN, address};
use crate::map::config;
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use kit::Fault;
use serde_json::{Map, Value, json};
use site::Cx;

/// Prefixes of the vocabularies.
const PREFIXES: [(&str, &str); 6] = [
    ("dcat", "http://www.w3.org/ns/dcat#"),
    ("dct", "http://purl.org/dc/terms/"),
    ("foaf", "http://xmlns.com/foaf/0.1/"),
    ("vcard", "http://www.w3.org/2006/vcard/ns#"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
    ("locn", "http://www.w3.org/ns/locn#"),
];
/// Authority tables of the EU Publications Office, as DCAT-AP asks for.
const EU: &str = "http://publications.europa.eu/resource/authority";

/// What a statement says.
enum Object {
    Iri(String),
    /// A text, by language.
    Text(String, String),
    /// A value with the prefixed name of its type.
    Typed(String, &'static str),
    Plain(String),
    /// Something without an address.
    Node(Node),
}

/// Something with its statements; without an address it has no name of its own.
struct Node {
    iri: String,
    kind: &'static str,
    says: Vec<(&'static str, Object)>,
}

impl Node {
    fn new(iri: impl Into<String>, kind: &'static str) -> Self {
        Self { iri: iri.into(), kind, says: vec![] }
    }

    fn says(mut self, what: &'static str, object: Object) -> Self {
        self.says.push((what, object));
        self
    }

    /// The same statement in every language of the municipality.
    fn text(mut self, cx: &Cx, what: &'static str, key: &str) -> Self {
        for language in &cx.municipality.file.languages {
            let words = cx.app.library.words(language, cx.municipality.zone.clone());
            let text = words.t1(key, "municipality", &cx.municipality.file.name);
            self.says.push((what, Object::Text(text, language.clone())));
        }
        self
    }
}

/// The whole description, the catalog first.
fn describe(cx: &Cx) -> Vec<Node> {
    let (settings, url) = (&config(cx).catalog, &cx.app.public_url);
    let iri = |text: &str| Object::Iri(text.to_owned());
    let contact = &cx.municipality.file.contact;
    let publisher = |node: Node| {
        node.says("dct:publisher", iri(&settings.publisher)).says("dct:creator", iri(&settings.publisher)).says(
            "dcat:contactPoint",
            Object::Node(
                Node::new("", "vcard:Organization")
                    .says("vcard:fn", Object::Plain(contact.organisation.clone()))
                    .says("vcard:hasEmail", Object::Iri(format!("mailto:{}", contact.email))),
            ),
        )
    };
    let languages = |mut node: Node| {
        for language in &cx.municipality.file.languages {
            let code = if language == "nl" { "NLD" } else { "ENG" };
            node = node.says("dct:language", Object::Iri(format!("{EU}/language/{code}")));
        }
        node
    };
    let dated = |node: Node| {
        node.says("dct:issued", Object::Typed(settings.issued.to_string(), "xsd:date"))
            .says("dct:modified", Object::Typed(cx.now.0.to_string(), "xsd:dateTime"))
    };
    let mut catalog = Node::new(format!("{url}/data/catalog"), "dcat:Catalog")
        .text(cx, "dct:title", "opendata-catalog-title")
        .text(cx, "dct:description", "opendata-catalog-text")
        .says("foaf:homepage", Object::Iri(format!("{url}/data")))
        .says("dct:license", iri(&settings.licence))
        .says("dct:spatial", iri(&settings.spatial))
        .says("dcat:themeTaxonomy", Object::Iri(format!("{EU}/data-theme")))
        .says("dcat:service", Object::Iri(format!("{url}/ogc")));
    catalog = dated(languages(publisher(catalog)));
    let mut nodes = vec![];
    for set in Dataset::ALL.iter().copied() {
        let name = format!("{url}/data/{set}");
        catalog = catalog.says("dcat:dataset", iri(&name));
        let licence = if set == Dataset::Reports { &settings.licence } else { &settings.areas_licence };
        let (theme, pace) = if set == Dataset::Reports { ("GOVE", "CONT") } else { ("REGI", "ANNUAL") };
        let mut node = Node::new(&name, "dcat:Dataset")
            .says("dct:identifier", Object::Plain(name.clone()))
            .text(cx, "dct:title", &format!("opendata-dataset-{set}"))
            .text(cx, "dct:description", &format!("opendata-dataset-{set}-text"))
            .says("dcat:theme", Object::Iri(format!("{EU}/data-theme/{theme}")))
            .says("dct:accrualPeriodicity", Object::Iri(format!("{EU}/frequency/{pace}")))
            .says("dct:accessRights", Object::Iri(format!("{EU}/access-right/PUBLIC")))
            .says("dct:spatial", iri(&settings.spatial))
            .says("dcat:landingPage", Object::Iri(format!("{url}/data")));
        if set == Dataset::Reports {
            let start = Object::Typed(settings.issued.to_string(), "xsd:date");
            node = node
                .says("dct:temporal", Object::Node(Node::new("", "dct:PeriodOfTime").says("dcat:startDate", start)));
        }
        node = dated(languages(publisher(node)));
        let service = format!("{url}/ogc/collections/{set}/items");
        let features = Node::new(format!("{name}/ogc"), "dcat:Distribution")
            .text(cx, "dct:title", "opendata-features")
            .says("dcat:accessURL", iri(&service))
            .says("dcat:accessService", Object::Iri(format!("{url}/ogc")))
            .says("dct:license", iri(licence))
            .says("dct:format", Object::Iri(format!("{EU}/file-type/GEOJSON")));
        node = node.says("dcat:distribution", iri(&features.iri));
        let mut files = vec![features];
        for format in Format::ALL.iter().copied() {
            let (kind, media) = match format {
                Format::GeoJson => ("GEOJSON", "application/geo+json"),
                Format::Csv => ("CSV", "text/csv"),
            };
            let file = Node::new(format!("{name}/{format}"), "dcat:Distribution")
                .says("dct:title", Object::Plain(format!("{set}.{format}")))
                .says("dcat:accessURL", Object::Iri(format!("{url}/data")))
                .says("dcat:downloadURL", Object::Iri(address(cx, set, format)))
                .says("dct:license", iri(licence))
                .says("dct:format", Object::Iri(format!("{EU}/file-type/{kind}")))
                .says("dcat:mediaType", Object::Iri(format!("http://www.iana.org/assignments/media-types/{media}")));
            node = node.says("dcat:distribution", iri(&file.iri));
            files.push(file);
        }
        nodes.push(node);
        nodes.extend(files);
    }
    let service = Node::new(format!("{url}/ogc"), "dcat:DataService")
        .says("dct:identifier", Object::Iri(format!("{url}/ogc")))
        .text(cx, "dct:title", "opendata-ogc")
        .text(cx, "dct:description", "opendata-ogc-lead")
        .says("dcat:endpointURL", Object::Iri(format!("{url}/ogc")))
        .says("dcat:endpointDescription", Object::Iri(format!("{url}/ogc/api")))
        .says("dct:conformsTo", iri("http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core"))
        .says("dct:license", iri(&settings.licence))
        .says("dct:accessRights", Object::Iri(format!("{EU}/access-right/PUBLIC")))
        .says("dcat:theme", Object::Iri(format!("{EU}/data-theme/GOVE")));
    let mut service = publisher(service);
    for set in Dataset::ALL {
        service = service.says("dcat:servesDataset", Object::Iri(format!("{url}/data/{set}")));
    }
    let agent = Node::new(&settings.publisher, "foaf:Agent")
        .says("foaf:name", Object::Text(contact.organisation.clone(), "nl".to_owned()));
    [catalog, agent, service, place(cx)].into_iter().chain(nodes).collect()
}

/// The municipality as a place with its box.
fn place(cx: &Cx) -> Node {
    let [w, s, e, n] = cx.municipality.file.bounds;
    let box_ = format!("POLYGON(({w} {s},{e} {s},{e} {n},{w} {n},{w} {s}))");
    Node::new(&config(cx).catalog.spatial, "dct:Location").says("dcat:bbox", Object::Typed(box_, "gsp:wktLiteral"))
}

/// `GET /data/catalog.jsonld` and `.ttl`
pub(crate) fn file(cx: &Cx, end: &str) -> Result<Response, Fault> {
    let nodes = describe(cx);
    let (media, body) = match end {
        "jsonld" => ("application/ld+json", jsonld(&nodes).to_string()),
        "ttl" => ("text/turtle; charset=utf-8", turtle(&nodes)),
        _ => return Err(Fault::NotFound),
    };
    Ok(([(header::CONTENT_TYPE, media), OPEN], body).into_response())
}

/// The prefix of GeoSPARQL, used by one type.
const GSP: (&str, &str) = ("gsp", "http://www.opengis.net/ont/geosparql#");

fn jsonld(nodes: &[Node]) -> Value {
    fn node(of: &Node) -> Value {
        let mut out = Map::new();
        if !of.iri.is_empty() {
            out.insert("@id".to_owned(), json!(of.iri));
        }
        out.insert("@type".to_owned(), json!(of.kind));
        for (what, object) in &of.says {
            let value = match object {
                Object::Iri(iri) => json!({ "@id": iri }),
                Object::Text(text, language) => json!({ "@value": text, "@language": language }),
                Object::Typed(text, kind) => json!({ "@value": text, "@type": kind }),
                Object::Plain(text) => json!(text),
                Object::Node(inner) => node(inner),
            };
            match out.entry(*what).or_insert_with(|| json!([])) {
                Value::Array(values) => values.push(value),
                other => *other = value,
            }
        }
        Value::Object(out)
    }
    let context: Map<String, Value> =
        PREFIXES.iter().chain([&GSP]).map(|(prefix, iri)| ((*prefix).to_owned(), json!(iri))).collect();
    json!({ "@context": context, "@graph": nodes.iter().map(node).collect::<Vec<_>>() })
}

fn turtle(nodes: &[Node]) -> String {
    fn literal(text: &str) -> String {
        let mut out = String::from("\"");
        for c in text.chars() {
            match c {
                '"' => out.push_str("\\\""),
                '\\' => out.push_str("\\\\"),
                '\n' => out.push_str("\\n"),
                '\r' => out.push_str("\\r"),
                '\t' => out.push_str("\\t"),
                c if c.is_control() => {}
                c => out.push(c),
            }
        }
        out + "\""
    }
    /// An address; what an address may not hold is percent-encoded.
    fn iri(text: &str) -> String {
        let clean = text.chars().map(|c| match c {
            ' ' | '<' | '>' | '"' | '{' | '}' | '|' | '^' | '`' | '\\' => format!("%{:02X}", u32::from(c)),
            c => c.to_string(),
        });
        format!("<{}>", clean.collect::<String>())
    }
    fn statements(of: &Node, deep: &str) -> String {
        let said = of.says.iter().map(|(what, object)| {
            let object = match object {
                Object::Iri(text) => iri(text),
                Object::Text(text, language) => format!("{}@{language}", literal(text)),
                Object::Typed(text, kind) => format!("{}^^{kind}", literal(text)),
                Object::Plain(text) => literal(text),
                Object::Node(inner) => format!("[ {} ]", statements(inner, &format!("{deep}    "))),
            };
            format!(" ;\n{deep}    {what} {object}")
        });
        format!("a {}{}", of.kind, said.collect::<String>())
    }
    let prefixes = PREFIXES.iter().chain([&GSP]).map(|(prefix, iri)| format!("@prefix {prefix}: <{iri}> .\n"));
    let mut out: String = prefixes.collect();
    for node in nodes {
        out.push_str(&format!("\n{} {} .\n", iri(&node.iri), statements(node, "")));
    }
    out
}
