//! The processing log on the wire: OTLP/HTTP in JSON (`ExportTraceServiceRequest`, posted to `/v1/traces`),
//! with the attributes of Logboek Dataverwerkingen 1.0. Pure: lines in, JSON out.

use crate::ledger::Line;
use serde_json::{Value, json};

/// Who exports.
#[derive(Clone, Copy, Debug)]
pub struct Exporter<'a> {
    /// Version of the program.
    pub version: &'a str,
    /// The vault that the lines lie in; fingerprints of one vault say nothing about another.
    pub vault: &'a str,
    /// Address of the processing register; with `#<id>` it names a processing.
    pub register: &'a str,
}

/// `Span.SpanKind.INTERNAL`: work inside this program.
const INTERNAL: u8 = 1;
/// `Status.StatusCode.OK`: a line exists when its deed was done.
const OK: u8 = 1;
/// `SpanFlags`: sampled; and whether the parent lies in another program is known, and it does.
const SAMPLED: u16 = 0x01;
const PARENT_KNOWN: u16 = 0x100;
const PARENT_REMOTE: u16 = 0x200;

/// The request that exports `lines` of one municipality.
#[must_use]
pub fn request(exporter: Exporter<'_>, municipality: &str, lines: &[Line]) -> Value {
    let spans: Vec<Value> = lines.iter().map(|line| span(exporter, line)).collect();
    json!({ "resourceSpans": [{
        "resource": { "attributes": [
            text("service.name", "regie"),
            text("service.version", exporter.version),
            text("service.namespace", municipality),
            text("service.instance.id", exporter.vault),
        ] },
        "scopeSpans": [{
            "scope": { "name": "logboek-dataverwerkingen", "version": "1.0.0" },
            "spans": spans,
        }],
    }] })
}

fn span(exporter: Exporter<'_>, line: &Line) -> Value {
    let at = format!("{}000", line.at.micros());
    let mut attributes =
        vec![text("dpl.core.processing_activity_id", &format!("{}#{}", exporter.register, line.processing))];
    if !line.subject.is_empty() {
        attributes.push(text("dpl.core.data_subject_id", &line.subject));
        let kind = format!("urn:regie:fingerprint:{}", exporter.vault);
        attributes.push(text("dpl.core.data_subject_id_type", &kind));
    }
    if let Some(foreign) = &line.foreign_operation_id {
        attributes.push(text("dpl.core.foreign_operation.span_id", foreign));
    }
    let mut span = json!({
        "traceId": line.trace_id,
        "spanId": line.operation_id,
        "name": line.name,
        "kind": INTERNAL,
        "startTimeUnixNano": at,
        "endTimeUnixNano": at,
        "attributes": attributes,
        "status": { "code": OK },
        "flags": SAMPLED | PARENT_KNOWN,
    });
    if let Some(foreign) = &line.foreign_operation_id {
        span["parentSpanId"] = json!(foreign);
        span["flags"] = json!(SAMPLED | PARENT_KNOWN | PARENT_REMOTE);
    }
    if let Some(parent) = &line.parent_operation_id {
        span["parentSpanId"] = json!(parent);
    }
    span
}

fn text(key: &str, value: &str) -> Value {
    json!({ "key": key, "value": { "stringValue": value } })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::At;

    /// The shape by hand, after opentelemetry-proto `trace.proto` and the OTLP specification: ids in
    /// hexadecimal, 64-bit numbers as text, enums as numbers.
    #[test]
    fn a_line_is_a_span_of_the_standard() {
        let line = Line {
            municipality: "GM0396".into(),
            id: crate::Uuid::from_u128(1),
            trace_id: "0af7651916cd43dd8448eb211c80319c".into(),
            operation_id: "b7ad6b7169203331".into(),
            parent_operation_id: None,
            foreign_operation_id: Some("00f067aa0ba902b7".into()),
            name: "report:create".into(),
            processing: "reports".into(),
            subject: "abc".into(),
            at: At::from_micros(1_717_401_600_000_001),
        };
        let exporter = Exporter { version: "1.2.3", vault: "main", register: "https://regie.example/register" };
        let request = request(exporter, "GM0396", std::slice::from_ref(&line));
        let span = &request["resourceSpans"][0]["scopeSpans"][0]["spans"][0];
        let expected = json!({
            "traceId": "0af7651916cd43dd8448eb211c80319c",
            "spanId": "b7ad6b7169203331",
            "parentSpanId": "00f067aa0ba902b7",
            "name": "report:create",
            "kind": 1,
            "startTimeUnixNano": "1717401600000001000",
            "endTimeUnixNano": "1717401600000001000",
            "attributes": [
                { "key": "dpl.core.processing_activity_id", "value": { "stringValue": "https://regie.example/register#reports" } },
                { "key": "dpl.core.data_subject_id", "value": { "stringValue": "abc" } },
                { "key": "dpl.core.data_subject_id_type", "value": { "stringValue": "urn:regie:fingerprint:main" } },
                { "key": "dpl.core.foreign_operation.span_id", "value": { "stringValue": "00f067aa0ba902b7" } },
            ],
            "status": { "code": 1 },
            "flags": 0x301,
        });
        assert_eq!(span, &expected);
        let own = Line { foreign_operation_id: None, subject: String::new(), ..line };
        let span = super::span(exporter, &own);
        assert_eq!((span.get("parentSpanId"), span["flags"].as_u64()), (None, Some(0x101)));
        assert_eq!(span["attributes"].as_array().unwrap().len(), 1);
    }
}
