//! A report as JSON, read field by field so that each fault gets a sentence of its own.

use crate::intake::{NewSignal, Reporter, clean};
use crate::model::{Channel, Kind, Source, State};
use jiff::Timestamp;
use kit::{At, Fault, FieldFaults, Uuid};
use serde_json::{Map, Value};
use site::Cx;

/// Fields of a report. Unknown fields are refused.
#[derive(Clone, Debug, utoipa::ToSchema)]
#[schema(example = json!({ "id": "0190163d-8694-739b-aea5-966c26f8ad91", "category": "household-waste",
    "words": "Zakken naast de container.", "address": "Marktplein" }))]
#[allow(dead_code, reason = "the schema of the message; it is read field by field for better faults")]
pub struct SignalInput {
    /// UUID version 7, made by the sender.
    #[schema(format = Uuid, pattern = "^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-7[0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}$")]
    id: String,
    /// Category id, see `/api/v1/categories`.
    category: String,
    /// What is the matter.
    #[schema(min_length = 3, max_length = 5000)]
    words: String,
    /// Address or place in words; required when there is neither a point nor a neighbourhood.
    #[schema(max_length = 200)]
    address: Option<String>,
    /// Longitude in degrees (WGS84); together with `lat`.
    #[schema(minimum = -180, maximum = 180)]
    lon: Option<f64>,
    /// Latitude in degrees (WGS84); together with `lon`.
    #[schema(minimum = -90, maximum = 90)]
    lat: Option<f64>,
    /// Neighbourhood code.
    area: Option<String>,
    /// When it was seen (RFC 3339); the moment of sending when absent.
    #[schema(format = DateTime)]
    occurred_at: Option<String>,
    /// How to reach the reporter.
    reporter: Option<ReporterInput>,
}

/// How to reach the reporter; every field may be left out.
#[derive(Clone, Debug, utoipa::ToSchema)]
#[allow(dead_code, reason = "as SignalInput")]
pub struct ReporterInput {
    /// Name.
    name: Option<String>,
    /// E-mail.
    #[schema(format = Email)]
    email: Option<String>,
    /// Telephone.
    phone: Option<String>,
}

const FIELDS: [&str; 9] = ["id", "category", "words", "address", "lon", "lat", "area", "occurred_at", "reporter"];
const REPORTER_FIELDS: [&str; 3] = ["name", "email", "phone"];

/// Reads the body: bytes, UTF-8, JSON, an object, its fields, and then all that intake checks.
pub(super) fn read(cx: &Cx, body: &[u8]) -> Result<NewSignal, Fault> {
    let text = std::str::from_utf8(body).map_err(|_| Fault::Bad("fault-bad-encoding"))?;
    let value: Value = serde_json::from_str(text).map_err(|_| Fault::Bad("fault-bad-json"))?;
    let Value::Object(object) = value else { return Err(Fault::Bad("fault-bad-json")) };
    let mut form = Fields { faults: FieldFaults::default() };
    form.only(&object, &FIELDS);
    let id = form.id(&object);
    let lon = form.number(&object, "lon");
    let lat = form.number(&object, "lat");
    if lon.is_some() != lat.is_some() {
        form.fault("place", "signals-api-point");
    }
    let occurred_at = match form.text(&object, "occurred_at") {
        None => cx.now,
        Some(text) => text.parse::<Timestamp>().map_or_else(
            |_| {
                form.fault("occurred_at", "signals-api-time");
                cx.now
            },
            At,
        ),
    };
    let reporter = match object.get("reporter") {
        None | Some(Value::Null) => None,
        Some(Value::Object(person)) => {
            form.only(person, &REPORTER_FIELDS);
            Some(Reporter {
                name: form.text(person, "name").unwrap_or_default(),
                email: form.text(person, "email").unwrap_or_default(),
                phone: form.text(person, "phone").unwrap_or_default(),
                ..Reporter::default()
            })
        }
        Some(_) => {
            form.fault("reporter", "signals-api-object");
            None
        }
    };
    let signal = NewSignal {
        id: id.unwrap_or(Uuid::nil()),
        kind: Kind::Report,
        channel: Channel::Api,
        source: Source::Resident,
        source_ref: None,
        category: form.text(&object, "category").unwrap_or_default(),
        words: form.text(&object, "words").unwrap_or_default(),
        address: form.text(&object, "address").unwrap_or_default(),
        place: lon.zip(lat),
        area: form.text(&object, "area"),
        occurred_at: At::from_micros(occurred_at.micros()),
        reported_at: cx.now,
        state: State::Reported,
        closed_at: None,
        reporter,
        presence_id: None,
        issue_id: None,
        language: cx.words.language().to_owned(),
    };
    let mut faults = form.faults;
    for fault in crate::intake::Desk::of(&cx.municipality).check(&signal, cx.now).0 {
        if faults.0.iter().all(|f| f.field != fault.field) {
            faults.0.push(fault);
        }
    }
    faults.ok().map(|()| signal)
}

struct Fields {
    faults: FieldFaults,
}

impl Fields {
    fn fault(&mut self, field: &'static str, key: &'static str) {
        self.faults.add(field, key);
    }

    /// Names every field that does not exist.
    fn only(&mut self, object: &Map<String, Value>, known: &[&str]) {
        for name in object.keys().filter(|n| !known.contains(&n.as_str())).take(10) {
            let name = clean(name).chars().take(50).collect();
            self.faults.add_with("body", "signals-api-field", vec![("name", name)]);
        }
    }

    fn text(&mut self, object: &Map<String, Value>, field: &'static str) -> Option<String> {
        match object.get(field) {
            None | Some(Value::Null) => None,
            Some(Value::String(text)) => Some(clean(text)),
            Some(_) => {
                self.fault(field, "signals-api-text");
                None
            }
        }
    }

    fn number(&mut self, object: &Map<String, Value>, field: &'static str) -> Option<f64> {
        match object.get(field) {
            None | Some(Value::Null) => None,
            Some(Value::Number(number)) if number.as_f64().is_some_and(f64::is_finite) => number.as_f64(),
            Some(_) => {
                self.fault(field, "signals-api-number");
                None
            }
        }
    }

    fn id(&mut self, object: &Map<String, Value>) -> Option<Uuid> {
        let id = match object.get("id") {
            Some(Value::String(text)) => Uuid::try_parse(text).ok(),
            _ => None,
        };
        let good = id.filter(|id| id.get_version_num() == 7);
        if good.is_none() {
            self.fault("id", "signals-api-id");
        }
        good
    }
}
