//! From a record of Signalen to a signal with its past, or to the reason why not.

use super::Options;
use crate::config::SignalenWords;
use crate::signalen::read::{Record, Wrong};
use kit::clock::day_number;
use kit::{At, Uuid};
use law::Regime;
use law::retention::Stage;
use sha2::{Digest as _, Sha256};
use signals::intake::{ADDRESS, Desk, NewSignal, Reporter, WORDS};
use signals::seed::{Change, Past};
use signals::{State, Urgency};
use site::Cx;

/// A signal and what the seed does not hold.
pub(super) struct Made {
    pub past: Past,
    pub notes: Vec<(At, String)>,
    pub urgency: Urgency,
    pub last: State,
}

pub(super) struct Maker<'a> {
    cx: &'a Cx,
    desk: &'a Desk,
    words: &'a SignalenWords,
    options: &'a Options,
}

impl<'a> Maker<'a> {
    pub fn new(cx: &'a Cx, desk: &'a Desk, words: &'a SignalenWords, options: &'a Options) -> Self {
        Self { cx, desk, words, options }
    }

    /// The signal of a record. What is changed on the way in is added to `changed`.
    pub fn make(&self, record: &Record, reference: String, changed: &mut Vec<Wrong>) -> Result<Made, Wrong> {
        let created = record.created.ok_or_else(|| record.wrong("exchange-row-time", ""))?;
        if created > self.cx.now {
            return Err(record.wrong("exchange-row-future", created.0.to_string()));
        }
        let kind = self.words.kind(&record.kind).ok_or_else(|| record.wrong("exchange-row-type", &record.kind))?;
        let urgency = match record.priority.as_str() {
            "" => Urgency::Normal,
            word => self.words.urgency(word).ok_or_else(|| record.wrong("exchange-row-priority", word))?,
        };
        let category = match (self.words.category(&record.slug), &self.options.fallback) {
            (Some(category), _) => category.to_owned(),
            (None, Some(fallback)) => {
                changed.push(record.wrong("exchange-row-category-other", &record.slug));
                fallback.clone()
            }
            (None, None) => return Err(record.wrong("exchange-row-category", &record.slug)),
        };
        let place = self.place(record, changed)?;
        let (source, channel) = self.words.source(&record.source);
        let (changes, mut notes) = self.changes(record, created)?;
        notes.extend(record.notes.iter().filter(|(_, text)| !text.is_empty()).cloned());
        let last = changes.last().map_or(State::Reported, |c| c.to);
        let closed = changes.last().filter(|c| c.to.is_closed()).map(|c| c.at);
        let new = NewSignal {
            id: id_of(created, &reference),
            kind,
            channel,
            source,
            source_ref: Some(reference),
            category,
            words: self.cut(record, changed),
            address: record.address.chars().take(ADDRESS).collect(),
            place,
            area: None,
            occurred_at: record.incident.filter(|at| *at <= self.cx.now).unwrap_or(created),
            reported_at: created,
            state: State::Reported,
            closed_at: None,
            reporter: self.reporter(record, closed, changed),
            presence_id: None,
            issue_id: None,
            language: self.desk.municipality.file.languages.first().cloned().unwrap_or_else(|| "nl".to_owned()),
        };
        Ok(Made { past: Past { signal: new, changes }, notes, urgency, last })
    }

    /// The point. Exports of Signalen have the two coordinates in the wrong columns; the municipality tells.
    fn place(&self, record: &Record, changed: &mut Vec<Wrong>) -> Result<Option<(f64, f64)>, Wrong> {
        let Some((x, y)) = record.point else { return Ok(None) };
        if let Some(point) = [(x, y), (y, x)].into_iter().find(|(lon, lat)| self.desk.inside(*lon, *lat)) {
            return Ok(Some(point));
        }
        let text = format!("{x}, {y}");
        if !self.options.outside {
            return Err(record.wrong("exchange-row-outside", text));
        }
        changed.push(record.wrong("exchange-row-outside-kept", text));
        Ok(None)
    }

    /// The text with its addition, cut where it is longer than a report may be.
    fn cut(&self, record: &Record, changed: &mut Vec<Wrong>) -> String {
        let mut text = record.text.clone();
        if !record.text_extra.is_empty() {
            text = format!("{text}\n\n{}", record.text_extra);
        }
        if text.chars().count() <= *WORDS.end() {
            return text;
        }
        changed.push(record.wrong("exchange-row-long", WORDS.end().to_string()));
        text.chars().take(*WORDS.end()).collect()
    }

    /// Who reported, when that is asked for and may still be kept (the retention rule of contact data).
    fn reporter(&self, record: &Record, closed: Option<At>, changed: &mut Vec<Wrong>) -> Option<Reporter> {
        let reporter = Reporter { email: record.email.clone(), phone: record.phone.clone(), ..Reporter::default() };
        if !self.options.contact || reporter.is_empty() {
            return None;
        }
        let zone = &self.desk.municipality.zone;
        let today = self.cx.now.local(zone).date();
        let trigger = closed.map(|at| at.local(zone).date());
        let register = &self.cx.app.law.retention;
        let kept = register
            .for_kind(Regime::R1, "reporter-contact", today)
            .all(|rule| matches!(rule.stage(trigger, today), Stage::Free | Stage::Targeted));
        if !kept {
            let days = trigger.map_or(0, |day| day_number(today) - day_number(day));
            changed.push(record.wrong("exchange-row-contact-old", days.to_string()));
            return None;
        }
        Some(reporter)
    }

    /// The changes of state, oldest first, and the texts of states that changed nothing here.
    #[allow(clippy::type_complexity, reason = "two lists of one walk")]
    fn changes(&self, record: &Record, created: At) -> Result<(Vec<Change>, Vec<(At, String)>), Wrong> {
        let (mut changes, mut notes): (Vec<Change>, Vec<(At, String)>) = (Vec::new(), Vec::new());
        let mut was = State::Reported;
        let mut last = created;
        for status in &record.statuses {
            let to = self
                .words
                .state(&status.word)
                .ok_or_else(|| record.wrong("exchange-row-state", status.word.clone()))?;
            let at = status.at.max(last);
            if at > self.cx.now {
                return Err(record.wrong("exchange-row-future", at.0.to_string()));
            }
            last = at;
            if to != was {
                changes.push(Change { at, to, note: status.text.clone() });
            } else if !status.text.is_empty() {
                notes.push((at, status.text.clone()));
            }
            was = to;
        }
        Ok((changes, notes))
    }
}

/// The id of a report that moves in: a UUID version 7 of its time, with bits of a hash of its reference in the place of
/// the random ones, so that a second import makes the same.
fn id_of(at: At, reference: &str) -> Uuid {
    let hash = Sha256::new().chain_update("signalen ").chain_update(reference).finalize();
    let random = hash.iter().take(10).fold(0_u128, |bits, byte| bits << 8 | u128::from(*byte));
    let millis = u128::from((at.micros().max(0) / 1000).unsigned_abs()) & ((1 << 48) - 1);
    Uuid::from_u128(millis << 80 | 0x7 << 76 | (random >> 62 & 0xfff) << 64 | 0b10 << 62 | random & ((1 << 62) - 1))
}
