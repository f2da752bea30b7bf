//! The message: CloudEvents 1.0 in structured JSON, with the attributes of the NL GOV profile for CloudEvents.

use super::store::Notice;
use super::{TEST, WebhookConfig};
use serde::Serialize;

/// Media type of a structured CloudEvent.
pub(super) const MEDIA_TYPE: &str = "application/cloudevents+json; charset=utf-8";

/// A thin event: what happened to which record. The receiver fetches the rest with its own rights.
#[derive(Serialize)]
struct Event<'a> {
    specversion: &'static str,
    id: String,
    source: &'a str,
    #[serde(rename = "type")]
    kind: &'a str,
    subject: &'a str,
    time: String,
    /// Media type of what `dataref` leads to.
    #[serde(skip_serializing_if = "Option::is_none")]
    datacontenttype: Option<&'static str>,
    /// Where the record is read (CloudEvents extension `dataref`).
    #[serde(skip_serializing_if = "Option::is_none")]
    dataref: Option<String>,
}

/// The body for `notice`; the same bytes each time that it is tried.
pub(super) fn body(config: &WebhookConfig, public_url: &str, notice: &Notice) -> Vec<u8> {
    let read = (notice.kind != TEST).then(|| format!("{public_url}/api/v1/signals/{}", notice.subject));
    let event = Event {
        specversion: "1.0",
        id: notice.id.to_string(),
        source: &config.source,
        kind: &notice.kind,
        subject: &notice.subject,
        time: notice.at.0.to_string(),
        datacontenttype: read.is_some().then_some("application/json"),
        dataref: read,
    };
    serde_json::to_vec(&event).unwrap_or_default()
}
