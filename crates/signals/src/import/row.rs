//! From one record to one signal, or to the reason why not.

use super::mapping::{Columns, Crs, Mapping, Missing, Plan};
use super::source::decode;
use super::time;
use crate::intake::{Desk, NewSignal};
use crate::model::{Channel, Kind, State};
use areas::Plane;
use csv::ByteRecord;
use kit::{At, Uuid, Words};
use sha2::{Digest as _, Sha256};
use std::borrow::Cow;

/// Codes of statistical files from here down mean that there is no number (CBS -99995 and below).
const NO_NUMBER: f64 = -99_990.0;
/// Longest id of a source, in characters.
const ID: usize = 100;

/// Places of the mapped columns in a record.
#[derive(Clone, Debug)]
pub(super) struct Places {
    id: usize,
    time: usize,
    category: usize,
    point: Option<(usize, usize)>,
    words: Option<usize>,
    address: Option<usize>,
    area: Option<usize>,
    closed: Option<usize>,
    state: Option<usize>,
}

impl Places {
    /// Finds the columns; the error is the list of those that are not in the header.
    pub fn find(columns: &Columns, header: &[String]) -> Result<Self, Vec<String>> {
        let mut missing = Vec::new();
        let mut need = |name: &String| {
            header.iter().position(|h| h == name.trim()).unwrap_or_else(|| {
                missing.push(name.clone());
                0
            })
        };
        let places = Self {
            id: need(&columns.id),
            time: need(&columns.time),
            category: need(&columns.category),
            point: columns.x.as_ref().zip(columns.y.as_ref()).map(|(x, y)| (need(x), need(y))),
            words: columns.words.as_ref().map(&mut need),
            address: columns.address.as_ref().map(&mut need),
            area: columns.area.as_ref().map(&mut need),
            closed: columns.closed.as_ref().map(&mut need),
            state: columns.state.as_ref().map(&mut need),
        };
        if missing.is_empty() { Ok(places) } else { Err(missing) }
    }
}

/// Everything that turns records into signals.
pub(super) struct Maker {
    pub desk: Desk,
    pub plan: Plan,
    pub columns: Columns,
    pub places: Places,
    pub now: At,
    /// English: reasons are for the administrator's terminal.
    pub words: Words,
    pub language: String,
    pub fields: usize,
}

impl Maker {
    pub fn new(
        desk: Desk,
        plan: Plan,
        mapping: &Mapping,
        places: Places,
        fields: usize,
        now: At,
        words: Words,
    ) -> Self {
        let language = desk.municipality.file.languages.first().cloned().unwrap_or_else(|| "nl".to_owned());
        Self { desk, plan, columns: mapping.columns.clone(), places, now, words, language, fields }
    }

    /// The signal of a record, checked, or why it is refused.
    pub fn make(&self, record: &ByteRecord) -> Result<NewSignal, String> {
        if record.len() != self.fields {
            return Err(format!("it has {} fields, the header has {}", record.len(), self.fields));
        }
        let id = self.text(record, self.places.id, &self.columns.id)?;
        let id = id.trim();
        if id.is_empty() || id.chars().count() > ID {
            return Err(format!("`{}` must have 1 to {ID} characters", self.columns.id));
        }
        let value = self.text(record, self.places.category, &self.columns.category)?;
        let category = self
            .plan
            .categories
            .get(value.trim())
            .or(self.plan.default_category.as_ref())
            .ok_or_else(|| format!("category `{}` is not in the mapping, which has no default", short(&value)))?;
        let at = self.time(record, self.places.time, &self.columns.time)?;
        let at = at.ok_or_else(|| format!("`{}` is empty", self.columns.time))?;
        let words = self.optional(record, self.places.words)?;
        let address = self.optional(record, self.places.address)?;
        let area = self.optional(record, self.places.area)?;
        let area = Some(area.trim()).filter(|a| !a.is_empty());
        let place = match self.places.point {
            Some((x, y)) => self.place(record, x, y)?,
            None => None,
        };
        let described = area.is_some() || !address.trim().is_empty();
        let keep = self.plan.missing.map_or(described, |m| m == Missing::Keep);
        if place.is_none() && !keep {
            return Err("it has no place: no coordinates, or a code for \"unknown\"".to_owned());
        }
        let (state, closed_at) = self.state(record, at)?;
        let reference = format!("{}:{id}", self.plan.origin);
        let new = NewSignal {
            id: id_of(at, self.plan.source.as_str(), &reference),
            kind: Kind::Report,
            channel: Channel::File,
            source: self.plan.source,
            source_ref: Some(reference),
            category: category.clone(),
            words: words.into_owned(),
            address: address.into_owned(),
            place,
            area: area.map(str::to_owned),
            occurred_at: at,
            reported_at: at,
            state,
            closed_at,
            reporter: None,
            presence_id: None,
            issue_id: None,
            language: self.language.clone(),
        };
        let faults = self.desk.check(&new, self.now);
        if faults.is_empty() {
            return Ok(new);
        }
        let reasons = faults.0.iter().map(|fault| match fault.key {
            "signal-place-outside" => {
                let (lon, lat) = new.place.unwrap_or_default();
                format!("longitude {lon:.5}, latitude {lat:.5} lies outside the municipality")
            }
            "signal-time-future" => format!("time {} lies in the future", new.occurred_at.0),
            "signal-time-old" => format!("time {} lies more than 100 years back", new.occurred_at.0),
            "signal-area-unknown" => format!("there is no area `{}`", new.area.as_deref().unwrap_or_default()),
            _ => fault.sentence(&self.words),
        });
        Err(reasons.collect::<Vec<_>>().join("; "))
    }

    fn text<'r>(&self, record: &'r ByteRecord, at: usize, name: &str) -> Result<Cow<'r, str>, String> {
        decode(record.get(at).unwrap_or_default(), self.plan.encoding).map_err(|why| format!("`{name}` {why}"))
    }

    fn optional<'r>(&self, record: &'r ByteRecord, at: Option<usize>) -> Result<Cow<'r, str>, String> {
        match at {
            Some(at) => decode(record.get(at).unwrap_or_default(), self.plan.encoding)
                .map_err(|why| format!("field {} {why}", at + 1)),
            None => Ok(Cow::Borrowed("")),
        }
    }

    fn time(&self, record: &ByteRecord, at: usize, name: &str) -> Result<Option<At>, String> {
        let text = self.text(record, at, name)?;
        let text = text.trim();
        if text.is_empty() {
            return Ok(None);
        }
        time::read(text, self.plan.format.as_deref(), &self.plan.zone)
            .map(Some)
            .ok_or_else(|| format!("time `{}` is not as the mapping says", short(text)))
    }

    /// A point in degrees; `None` when the record has none.
    fn place(&self, record: &ByteRecord, x: usize, y: usize) -> Result<Option<(f64, f64)>, String> {
        let (x, y) = (self.number(record, x)?, self.number(record, y)?);
        let (Some(x), Some(y)) = (x, y) else { return Ok(None) };
        if x <= NO_NUMBER || y <= NO_NUMBER || (x == 0.0 && y == 0.0) {
            return Ok(None);
        }
        match self.plan.crs {
            Crs::Wgs84 if (-180.0..=180.0).contains(&x) && (-90.0..=90.0).contains(&y) => Ok(Some((x, y))),
            Crs::Wgs84 => Err(format!("longitude {x}, latitude {y} is no place on earth; is it `crs = \"rd\"`?")),
            Crs::Rd => Plane::Rd
                .to_lonlat(x, y)
                .map(Some)
                .ok_or_else(|| format!("x {x}, y {y} is no place in RD New; are x and y swapped?")),
        }
    }

    /// A number with a point or a comma before its decimals; `None` for an empty field.
    fn number(&self, record: &ByteRecord, at: usize) -> Result<Option<f64>, String> {
        let text = decode(record.get(at).unwrap_or_default(), self.plan.encoding)
            .map_err(|why| format!("field {} {why}", at + 1))?;
        let text = text.trim();
        if text.is_empty() {
            return Ok(None);
        }
        let number = if text.contains(',') && !text.contains('.') {
            text.replacen(',', ".", 1).parse::<f64>()
        } else {
            text.parse::<f64>()
        };
        number
            .ok()
            .filter(|n| n.is_finite())
            .map(Some)
            .ok_or_else(|| format!("coordinate `{}` is no number", short(text)))
    }

    /// State and closing time: without a state column a record comes in done.
    fn state(&self, record: &ByteRecord, at: At) -> Result<(State, Option<At>), String> {
        let state = match self.places.state {
            None => State::Done,
            Some(place) => {
                let value = self.optional(record, Some(place))?;
                let value = value.trim();
                let found = self.plan.states.get(value).copied().or_else(|| value.parse().ok());
                found.ok_or_else(|| format!("state `{}` is not in the mapping", short(value)))?
            }
        };
        if !state.is_closed() {
            return Ok((state, None));
        }
        let name = self.columns.closed.as_deref().unwrap_or_default();
        let closed = match self.places.closed {
            Some(place) => self.time(record, place, name)?.unwrap_or(at),
            None => at,
        };
        if closed >= at {
            if closed > self.now {
                return Err(format!("closing time {} lies in the future", closed.0));
            }
            return Ok((state, Some(closed)));
        }
        // A file that only gives the day of closing means some time on that day.
        if closed.local(&self.plan.zone).date() == at.local(&self.plan.zone).date() {
            return Ok((state, Some(at)));
        }
        Err("it was closed before it was reported".to_owned())
    }
}

/// The id of an imported signal: a UUID version 7 of its time, with bits of a SHA-256 over source and
/// reference in the place of the random ones, so that a second import makes the same.
pub(super) fn id_of(at: At, source: &str, reference: &str) -> Uuid {
    let hash = Sha256::new().chain_update(source).chain_update(" ").chain_update(reference).finalize();
    let random = hash.iter().take(10).fold(0_u128, |bits, byte| bits << 8 | u128::from(*byte));
    let millis = u128::from((at.micros().max(0) / 1000).unsigned_abs()) & ((1 << 48) - 1);
    let bits = millis << 80 | 0x7 << 76 | (random >> 62 & 0xfff) << 64 | 0b10 << 62 | random & ((1 << 62) - 1);
    Uuid::from_u128(bits)
}

/// A value of the file in a reason, cut to a length that can be read.
fn short(value: &str) -> String {
    let value = value.trim();
    if value.chars().count() <= 60 { value.to_owned() } else { value.chars().take(60).chain(['…']).collect() }
}
