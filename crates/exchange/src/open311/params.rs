//! What a client sends. A parameter that is empty counts as not sent, as the standard says.

use super::answer::Refusal;
use super::{Asked, Pairs};
use axum::extract::rejection::FormRejection;
use axum::extract::{Form, Query};
use axum::http::StatusCode;
use jiff::Timestamp;
use kit::At;
use sha2::{Digest as _, Sha256};
use site::Cx;

/// The parameters of the address and of the body.
#[derive(Clone, Debug, Default)]
pub(super) struct Params(Pairs);

impl Params {
    /// Reads both; what cannot be read is a wrong request, and too many bytes are too many.
    pub(super) fn read(query: Asked, body: Option<Result<Form<Pairs>, FormRejection>>) -> Result<Self, Refusal> {
        let bad = |why: String| Refusal::bad(why);
        let Query(mut pairs) = query.map_err(|e| bad(e.body_text()))?;
        if let Some(body) = body {
            let Form(fields) = body.map_err(|e| match e.status() {
                large @ StatusCode::PAYLOAD_TOO_LARGE => Refusal::Said(large, vec![e.body_text()]),
                _ => bad(e.body_text()),
            })?;
            pairs.extend(fields);
        }
        Ok(Self(pairs))
    }

    /// A parameter without spaces around it.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(key, _)| key == name).map(|(_, value)| value.trim()).filter(|v| !v.is_empty())
    }

    /// The same; nothing sent is an empty text.
    pub(super) fn text(&self, name: &str) -> String {
        self.get(name).unwrap_or_default().to_owned()
    }

    /// The parts between the commas of every parameter with this name.
    pub(super) fn list(&self, name: &str) -> Vec<&str> {
        let named = self.0.iter().filter(|(key, _)| key == name || key.strip_suffix("[]") == Some(name));
        named.flat_map(|(_, value)| value.split(',')).map(str::trim).filter(|v| !v.is_empty()).collect()
    }

    /// Every pair, for attributes.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(key, value)| (key.as_str(), value.as_str()))
    }

    /// A number.
    pub(super) fn number(&self, cx: &Cx, name: &str) -> Result<Option<f64>, Refusal> {
        let Some(text) = self.get(name) else { return Ok(None) };
        let number = text.parse::<f64>().ok().filter(|n| n.is_finite());
        number.map(Some).ok_or_else(|| Refusal::bad(cx.words.t1("exchange-open311-number", "name", name)))
    }

    /// A whole number of at least one.
    pub(super) fn count(&self, cx: &Cx, name: &str) -> Result<Option<usize>, Refusal> {
        let Some(text) = self.get(name) else { return Ok(None) };
        let number = text.parse::<usize>().ok().filter(|n| *n > 0 && *n <= 100_000);
        number.map(Some).ok_or_else(|| Refusal::bad(cx.words.t1("exchange-open311-number", "name", name)))
    }

    /// An instant with its offset (W3C note on ISO 8601). A plus that was not encoded arrives as a space.
    pub(super) fn instant(&self, cx: &Cx, name: &str) -> Result<Option<At>, Refusal> {
        let Some(text) = self.get(name) else { return Ok(None) };
        let read = text.replace(' ', "+").parse::<Timestamp>();
        read.map(|t| Some(At::from_micros(t.as_microsecond())))
            .map_err(|_| Refusal::bad(cx.words.t1("exchange-open311-date", "name", name)))
    }

    /// Longitude and latitude, both or neither.
    pub(super) fn point(&self, cx: &Cx) -> Result<Option<(f64, f64)>, Refusal> {
        match (self.number(cx, "long")?, self.number(cx, "lat")?) {
            (Some(lon), Some(lat)) if lon.abs() <= 180.0 && lat.abs() <= 90.0 => Ok(Some((lon, lat))),
            (None, None) => Ok(None),
            _ => Err(Refusal::bad(cx.t("exchange-open311-point"))),
        }
    }

    /// Whether `extensions=true` was sent.
    pub(super) fn extended(&self) -> bool {
        self.get("extensions") == Some("true")
    }

    /// Everything in one hash, for telling the same report from another.
    pub(super) fn digest(&self) -> [u8; 32] {
        let mut fields: Vec<&(String, String)> =
            self.0.iter().filter(|(key, _)| !matches!(key.as_str(), "api_key" | "jurisdiction_id")).collect();
        fields.sort();
        let mut hash = Sha256::new();
        for text in fields.iter().flat_map(|(key, value)| [key, value]) {
            hash.update((text.len() as u64).to_be_bytes());
            hash.update(text.as_bytes());
        }
        hash.finalize().into()
    }
}
