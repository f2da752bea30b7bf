//! Intake: the one way by which a signal comes into being, whatever its source.
//!
//! A signal is checked, placed (neighbourhood and 200 m cell), given its handling term, written with
//! its history, audit entry and confirmation in one transaction, and is idempotent on its id.

mod store;

use crate::category::{Catalogue, Category, stops};
use crate::contact;
use crate::kind;
use crate::model::{Channel, Kind, Publication, Source, State, Urgency};
use crate::moderation::junk;
use crate::touched::touched;
use areas::{Atlas, Sheet};
use kit::{At, Fault, FieldFaults, Municipality, Tx, Uuid, audit, events};
use law::terms::Counting;
use law::{Calendar, deadline};
use policy::Permit;
use serde::{Deserialize, Serialize};
use site::Cx;
use std::sync::Arc;

pub use store::Prepared;

/// Shortest and longest text of a report, in characters.
pub const WORDS: std::ops::RangeInclusive<usize> = 3..=5000;
/// The notice that a signal came in; its subject is the signal's id.
pub const CREATED: &str = "nl.regie.signal.created";
/// The notice that something changed of a signal that other systems may know.
pub const CHANGED: &str = "nl.regie.signal.changed";

/// Longest address text, in characters.
pub const ADDRESS: usize = 200;
/// A clock that runs ahead by this much is no lie.
const AHEAD_MICROS: i64 = 5 * 60 * 1_000_000;

/// What comes in.
#[derive(Clone, Debug)]
pub struct NewSignal {
    /// Client-made UUID (version 7).
    pub id: Uuid,
    /// What it asks of the municipality.
    pub kind: Kind,
    /// By which way it came in.
    pub channel: Channel,
    /// Where it comes from.
    pub source: Source,
    /// The id in the source's own system, for imports.
    pub source_ref: Option<String>,
    /// Category id.
    pub category: String,
    /// The reporter's words.
    pub words: String,
    /// Address or place in words.
    pub address: String,
    /// Longitude and latitude, when known.
    pub place: Option<(f64, f64)>,
    /// Neighbourhood chosen from the list, when no point is known.
    pub area: Option<String>,
    /// When it was seen.
    pub occurred_at: At,
    /// When it was reported.
    pub reported_at: At,
    /// First state.
    pub state: State,
    /// When it was closed, for records that come in closed.
    pub closed_at: Option<At>,
    /// Who reported, when they want to be reached.
    pub reporter: Option<Reporter>,
    /// The officer's presence that it was seen in.
    pub presence_id: Option<Uuid>,
    /// The issue that it belongs to.
    pub issue_id: Option<Uuid>,
    /// Language of the reporter.
    pub language: String,
}

/// How to reach the reporter; never shown to the person complained about.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Reporter {
    /// Name.
    pub name: String,
    /// E-mail.
    pub email: String,
    /// Telephone.
    pub phone: String,
    /// Postal address; a request to enforce and a complaint need one (Awb art. 4:2 and 9:4).
    pub postal: String,
}

impl Reporter {
    /// Whether nothing was filled in.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        [&self.name, &self.email, &self.phone, &self.postal].iter().all(|text| text.is_empty())
    }
}

/// What became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Created {
    /// A new signal with this reference.
    New(String),
    /// The same id came before; this is its reference.
    Replay(String),
}

impl Created {
    /// The reference to tell the reporter.
    #[must_use]
    pub fn reference(&self) -> &str {
        match self {
            Self::New(reference) | Self::Replay(reference) => reference,
        }
    }
}

/// What intake needs to know of a municipality, taken from its shelf once.
#[derive(Clone, Debug)]
pub struct Desk {
    /// The municipality.
    pub municipality: Arc<Municipality>,
    /// Its categories.
    pub catalogue: Arc<Catalogue>,
    /// Its areas.
    pub atlas: Arc<Atlas>,
    /// Its areas as of now.
    pub sheet: Arc<Sheet>,
    /// The calendar of its terms.
    pub calendar: Calendar,
}

impl Desk {
    /// Takes catalogue, areas and calendar from the shelf.
    #[must_use]
    pub fn of(municipality: &Arc<Municipality>) -> Self {
        let atlas = municipality.get::<Atlas>();
        let mut calendar = Calendar::dutch();
        if municipality.file.crs != "rd" {
            calendar.holidays = law::calendar::Holidays::None;
        }
        calendar.closed = municipality.file.extra_holidays.iter().copied().collect();
        Self {
            catalogue: municipality.get::<Catalogue>(),
            sheet: atlas.sheet(),
            atlas,
            municipality: municipality.clone(),
            calendar,
        }
    }

    /// The faults of a new signal, each a sentence that says what to do.
    #[must_use]
    pub fn check(&self, new: &NewSignal, now: At) -> FieldFaults {
        let mut faults = FieldFaults::default();
        if self.catalogue.get(&new.category).is_none() {
            faults.add(
                "category",
                if new.category.is_empty() { "signal-category-missing" } else { "signal-category-unknown" },
            );
        }
        let length = clean(&new.words).chars().count();
        let must_have_words = matches!(new.source, Source::Resident | Source::Officer);
        if must_have_words && length < *WORDS.start() {
            faults.add("words", "signal-words-short");
        } else if length > *WORDS.end() {
            faults.add_with(
                "words",
                "signal-words-long",
                vec![("most", WORDS.end().to_string()), ("have", length.to_string())],
            );
        }
        if new.address.chars().count() > ADDRESS {
            faults.add_with("address", "signal-address-long", vec![("most", ADDRESS.to_string())]);
        }
        match new.place {
            Some((lon, lat)) => {
                if !self.inside(lon, lat) {
                    faults.add_with(
                        "place",
                        "signal-place-outside",
                        vec![("municipality", self.municipality.file.name.clone())],
                    );
                }
            }
            None => {
                if new.area.as_deref().is_some_and(|a| self.sheet.get(a).is_none()) {
                    faults.add("area", "signal-area-unknown");
                } else if must_have_words
                    && kind::has_place(new.kind)
                    && new.area.is_none()
                    && clean(&new.address).is_empty()
                {
                    faults.add("address", "signal-place-missing");
                }
            }
        }
        if new.occurred_at.micros() > now.micros() + AHEAD_MICROS {
            faults.add("occurred_at", "signal-time-future");
        } else if new.occurred_at.micros() < now.micros() - 100 * 366 * 86_400_000_000 {
            faults.add("occurred_at", "signal-time-old");
        }
        if let Some(reporter) = &new.reporter {
            let email = reporter.email.trim();
            let shape = email.split_once('@').is_some_and(|(name, host)| {
                !name.is_empty() && host.contains('.') && !host.starts_with('.') && !host.ends_with('.')
            });
            if !email.is_empty()
                && (!shape || email.len() > 254 || email.chars().any(|c| c.is_whitespace() || c.is_control()))
            {
                faults.add("email", "signal-email-shape");
            }
            let phone: String = reporter.phone.chars().filter(|c| !" -()+".contains(*c)).collect();
            if !phone.is_empty() && (!(6..=15).contains(&phone.len()) || !phone.chars().all(|c| c.is_ascii_digit())) {
                faults.add("phone", "signal-phone-shape");
            }
            if reporter.name.chars().count() > 100 {
                faults.add_with("name", "signal-address-long", vec![("most", "100".to_owned())]);
            }
            if reporter.postal.chars().count() > ADDRESS {
                faults.add_with("postal", "signal-address-long", vec![("most", ADDRESS.to_string())]);
            }
        }
        faults
    }

    /// Whether a point lies within the municipality: in one of its areas, or within its bounds where
    /// no areas were imported.
    #[must_use]
    pub fn inside(&self, lon: f64, lat: f64) -> bool {
        self.municipality.contains(lon, lat)
            && (self.sheet.areas.is_empty() || self.sheet.index.locate(lon, lat).is_some())
    }

    /// The moment from which a report of `category` that came in at `from` is late.
    #[must_use]
    pub fn due(&self, category: &Category, from: At) -> Option<At> {
        let local = from.0.to_zoned(self.municipality.zone.clone());
        deadline(category.term, &local, Counting::Plain, &self.calendar).ok().map(At)
    }

    /// What the public sees of a new signal: only residents' reports with a public category and a point, after a
    /// look where the category asks for one.
    #[must_use]
    pub fn publication(&self, new: &NewSignal) -> Publication {
        match self.catalogue.get(&new.category) {
            Some(category)
                if category.public
                    && new.kind == Kind::Report
                    && new.place.is_some()
                    && matches!(new.source, Source::Resident | Source::Import) =>
            {
                if category.look_first {
                    Publication::Waiting
                } else {
                    Publication::Shown
                }
            }
            _ => Publication::Private,
        }
    }

    /// Places a checked signal and works out what is stored with it.
    #[must_use]
    pub fn prepare(&self, new: NewSignal) -> Prepared {
        let publication = self.publication(&new);
        let cell = new.place.and_then(|(lon, lat)| self.atlas.cell(lon, lat));
        let area = match new.place {
            Some((lon, lat)) => self.sheet.neighbourhood(lon, lat).map(str::to_owned),
            None => new.area,
        };
        let (day, hour) = new.occurred_at.day_and_hour(&self.municipality.zone);
        let due_at = self.catalogue.get(&new.category).and_then(|c| self.due(c, new.reported_at));
        let reference = new.source_ref.clone().unwrap_or_else(|| reference(new.id));
        let (words, address) = (clean(&new.words), clean(&new.address));
        let search = fold(&[&reference, &words, &address, area.as_deref().map_or("", |a| self.sheet.name(a))]);
        Prepared {
            municipality: self.municipality.code().to_owned(),
            id: new.id,
            reference,
            kind: new.kind,
            channel: new.channel,
            publication,
            source: new.source,
            source_ref: new.source_ref,
            category: new.category,
            state: new.state,
            urgency: Urgency::Normal,
            words,
            address,
            place: new.place,
            cell,
            area,
            occurred_at: new.occurred_at,
            reported_at: new.reported_at,
            day,
            hour,
            due_at,
            closed_at: new.closed_at,
            updated_at: new.closed_at.unwrap_or(new.reported_at),
            issue_id: new.issue_id,
            presence_id: new.presence_id,
            language: new.language,
            search,
        }
    }
}

/// The reference that a reporter can read aloud: eight letters and digits without look-alikes, made
/// from the random part of the id, so that a replay gives the same.
#[must_use]
pub fn reference(id: Uuid) -> String {
    const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let mut bits = (id.as_u128() & ((1 << 62) - 1)) >> 11;
    let mut text = String::with_capacity(9);
    for i in 0..8 {
        if i == 4 {
            text.push('-');
        }
        text.push(char::from(*LETTERS.get((bits & 31) as usize).unwrap_or(&b'0')));
        bits >>= 5;
    }
    text
}

/// Text without control characters (line breaks and tabs stay) and without space around it: a database
/// or a mail may refuse the others.
#[must_use]
pub fn clean(text: &str) -> String {
    let kept: String = text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
    kept.trim().to_owned()
}

/// Text folded for searching: lower case, without accents, parts joined.
#[must_use]
pub fn fold(parts: &[&str]) -> String {
    let mut out = String::new();
    for part in parts.iter().filter(|p| !p.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        for c in part.chars().flat_map(char::to_lowercase) {
            out.push(match c {
                'á' | 'à' | 'ä' | 'â' | 'ã' | 'å' => 'a',
                'é' | 'è' | 'ë' | 'ê' => 'e',
                'í' | 'ì' | 'ï' | 'î' => 'i',
                'ó' | 'ò' | 'ö' | 'ô' | 'õ' => 'o',
                'ú' | 'ù' | 'ü' | 'û' => 'u',
                'ç' => 'c',
                'ñ' => 'n',
                other => other,
            });
        }
    }
    out
}

/// Writes a new signal with its history, reporter, confirmation, audit entry and processing log, once per id.
///
/// # Errors
/// [`Fault::Invalid`] with a sentence per field, or when the database refuses.
pub async fn create(cx: &Cx, tx: &mut Tx, permit: &Permit, new: NewSignal) -> Result<Created, Fault> {
    let desk = Desk::of(&cx.municipality);
    desk.check(&new, cx.now).ok()?;
    let reporter = new.reporter.clone().filter(|r| !r.is_empty());
    let mut prepared = desk.prepare(new);
    prepared.updated_at = cx.now;
    if prepared.kind != Kind::Report
        && let Some(category) = desk.catalogue.get(&prepared.category)
    {
        let terms = &cx.app.law.terms;
        prepared.due_at = kind::due(terms, &desk, prepared.kind, category, prepared.reported_at);
    }
    if let Some(reference) = store::insert(tx, permit, &prepared).await? {
        return Ok(Created::Replay(reference));
    }
    if matches!(prepared.channel, Channel::Web | Channel::Api | Channel::Open311) {
        stopped(cx, tx, &prepared.category).await?.ok()?;
    }
    store::opened(tx, permit, &prepared, cx.actor.account, cx.now).await?;
    let mail = junk::screen(cx, tx, permit, &prepared).await?;
    if let Some(reporter) = reporter {
        store::insert_reporter(tx, permit, prepared.id, &reporter).await?;
        touched(cx, tx, permit, Some(&reporter)).await?;
        contact::received(cx, tx, permit, &prepared, &reporter).await?;
        junk::withhold(tx, permit, prepared.id, mail).await?;
    }
    let subject = prepared.id.to_string();
    events::announce(tx, cx.code(), CREATED, &subject, prepared.id, cx.now).await?;
    let detail = serde_json::json!({ "category": prepared.category, "source": prepared.source, "area": prepared.area });
    audit::record(tx, &cx.deed(), permit.action(), "signal", &subject, &detail).await?;
    Ok(Created::New(prepared.reference))
}

/// The fault of a category that the public cannot use now, with the municipality's own message.
///
/// # Errors
/// When the database cannot be read.
pub(crate) async fn stopped(cx: &Cx, tx: &mut Tx, category: &str) -> Result<FieldFaults, Fault> {
    let mut faults = FieldFaults::default();
    if let Some(stop) = stops::stopped(tx, cx.code(), category, cx.now).await? {
        let message = stop.message.get(cx.words.language()).to_owned();
        faults.add_with("category", "signal-category-stopped", vec![("message", message)]);
    }
    Ok(faults)
}

/// Writes many prepared signals of one origin; rows whose source id is known are left as they are.
/// Returns how many were new. The caller writes one audit entry for the whole file.
///
/// # Errors
/// When the database refuses.
pub async fn insert_many(tx: &mut Tx, permit: &Permit, rows: Vec<Prepared>) -> kit::Result<u64> {
    store::insert_many(tx, permit, rows).await
}

/// After many new rows: PostgreSQL learns at once what is in the table, so that the next list is planned well.
/// SQLite plans without it.
///
/// # Errors
/// When the database refuses.
pub async fn settle(db: &kit::Db) -> kit::Result<()> {
    if db.is_sqlite() {
        return Ok(());
    }
    let mut tx = db.write().await?;
    store::analyze(&mut tx).await?;
    tx.commit().await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_stable_and_readable() {
        let id = Uuid::from_u128(0x018f_0000_0000_7000_8000_1234_5678_9abc);
        let text = reference(id);
        assert_eq!(text, reference(id));
        assert_eq!(text.len(), 9);
        assert!(!text.contains(['I', 'L', 'O', 'U']));
        assert_ne!(text, reference(Uuid::from_u128(id.as_u128() ^ (1 << 30))));
    }

    #[test]
    fn cleaning_keeps_lines_and_drops_control_characters() {
        assert_eq!(clean(" a\u{0}b\r\nc\td\u{7f} "), "ab\nc\td");
    }

    #[test]
    fn folding_drops_case_and_accents() {
        assert_eq!(fold(&["Café", "", "De Velst"]), "cafe de velst");
    }
}
