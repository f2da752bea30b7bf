//! Answers: one value, written as JSON or as XML; faults as the standard's list of `code` and `description`.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use kit::Fault;
use serde_json::{Value, json};
use site::Cx;

/// The two formats; XML is the one that every server must have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Format {
    #[default]
    Xml,
    Json,
}

impl Format {
    /// The name and the format of `name.xml` or `name.json`; no format for any other ending.
    pub(super) fn split(resource: &str) -> (&str, Option<Self>) {
        match resource.rsplit_once('.') {
            Some((name, "json")) => (name, Some(Self::Json)),
            Some((name, "xml")) => (name, Some(Self::Xml)),
            _ => (resource, None),
        }
    }
}

/// Why a request was not done: what the client reads, or a fault of ours.
#[derive(Debug)]
pub(super) enum Refusal {
    Said(StatusCode, Vec<String>),
    Ours(Fault),
}

impl Refusal {
    pub(super) fn bad(text: String) -> Self {
        Self::Said(StatusCode::BAD_REQUEST, vec![text])
    }

    pub(super) fn missing(text: String) -> Self {
        Self::Said(StatusCode::NOT_FOUND, vec![text])
    }

    /// No such resource or format.
    pub(super) fn not_here(cx: &Cx) -> Self {
        Self::missing(cx.t("exchange-open311-resource"))
    }

    /// A fault of the program in the client's language.
    pub(super) fn of(cx: &Cx, fault: Fault) -> Self {
        let status = super::status_of(&fault);
        match fault {
            Fault::Internal(_) => Self::Ours(fault),
            Fault::Invalid(faults) => {
                Self::Said(status, faults.sentences(&cx.words).into_iter().map(|(_, text)| text).collect())
            }
            Fault::Rule { key, values } => {
                let values: Vec<_> = values.iter().map(|(k, v)| (*k, v.as_str().into())).collect();
                Self::Said(status, vec![cx.words.ta(key, &values)])
            }
            Fault::Bad(key) => Self::Said(status, vec![cx.t(key)]),
            Fault::Wait(seconds) => Self::Said(status, vec![cx.words.tn("fault-wait-text", (seconds + 59) / 60)]),
            other => Self::Said(status, vec![cx.t(&format!("fault-{}-title", other.word()))]),
        }
    }
}

impl From<kit::DbError> for Refusal {
    fn from(error: kit::DbError) -> Self {
        Self::Ours(error.into())
    }
}

/// The response: the value under its root element, or the faults.
pub(super) fn answered(format: Format, said: Result<(&'static str, Value), Refusal>) -> Result<Response, Fault> {
    match said {
        Ok((root, value)) => Ok(written(format, StatusCode::OK, root, &value)),
        Err(Refusal::Ours(fault)) => Err(fault),
        Err(Refusal::Said(status, texts)) => {
            let errors: Vec<Value> =
                texts.into_iter().map(|text| json!({ "code": status.as_u16(), "description": text })).collect();
            Ok(written(format, status, "errors", &Value::Array(errors)))
        }
    }
}

/// `value` in a format; anybody's page may read it, and nothing may keep it unasked.
pub(super) fn written(format: Format, status: StatusCode, root: &str, value: &Value) -> Response {
    let (kind, body) = match format {
        Format::Json => ("application/json; charset=utf-8", value.to_string()),
        Format::Xml => ("text/xml; charset=utf-8", xml(root, value)),
    };
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-cache")),
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*")),
        (header::ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static("link")),
    ];
    (status, headers, body).into_response()
}

/// A value as XML, after the standard's mapping (Spark): a list holds an element for each item, a null is empty.
pub(super) fn xml(root: &str, value: &Value) -> String {
    let mut out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned();
    element(&mut out, root, value);
    out.push('\n');
    out
}

fn element(out: &mut String, name: &str, value: &Value) {
    match value {
        Value::Null => {
            out.push_str(&format!("<{name}/>"));
            return;
        }
        Value::Array(items) => {
            out.push_str(&format!("<{name}>"));
            // The list of requests is called `service_requests` outside and `request` inside.
            let item =
                if matches!(name, "requests" | "service_requests") { "request" } else { name.trim_end_matches('s') };
            items.iter().for_each(|value| element(out, item, value));
        }
        Value::Object(fields) => {
            out.push_str(&format!("<{name}>"));
            fields.iter().for_each(|(field, value)| element(out, field, value));
        }
        Value::String(text) => {
            out.push_str(&format!("<{name}>"));
            escape(out, text);
        }
        other => out.push_str(&format!("<{name}>{other}")),
    }
    out.push_str(&format!("</{name}>"));
}

/// Text of an element; characters that XML 1.0 cannot hold are left out.
fn escape(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' => out.push(c),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => out.push(c),
        }
    }
}
