//! A form as a browser sends it: read to its end, nothing of it lost, and then laid over what was typed before.

use super::draft::{Click, Draft, Press, client_id};
use super::step::Step;
use crate::category::questions;
use crate::photo::MOST_MEGABYTES;
use axum::extract::Multipart;
use axum::extract::multipart::{Field, MultipartError};
use kit::{Fault, FieldFaults, Uuid};

/// Most bytes of one text that are kept; the longest text that is accepted is far shorter.
const TEXT_BYTES: usize = 64 * 1024;
/// Most bytes of all texts of one form together.
const ALL_BYTES: usize = 4 * TEXT_BYTES;
/// Most files of one form that are looked at.
const MOST_FILES: usize = 6;

/// A photo as it was sent.
#[derive(Clone, Debug)]
pub(crate) struct Upload {
    /// The file's name, for the sentence about it.
    pub(crate) name: String,
    /// Its bytes; `None` when there were too many.
    pub(crate) bytes: Option<Vec<u8>>,
}

/// A text of a form.
#[derive(Debug)]
struct Typed {
    name: String,
    text: String,
    /// Whether all of it could be read.
    is_whole: bool,
}

/// What a browser sent.
#[derive(Debug, Default)]
pub(crate) struct Sent {
    texts: Vec<Typed>,
    faults: FieldFaults,
    /// Photos sent now.
    pub(crate) uploads: Vec<Upload>,
}

impl Sent {
    /// Reads a form to its end. Texts that are no UTF-8 and files that are too large become faults of
    /// their field; the rest is kept.
    ///
    /// # Errors
    /// [`Fault::Bad`] when it is no form at all.
    pub(crate) async fn read(mut form: Multipart) -> Result<Self, Fault> {
        let mut sent = Self::default();
        let (mut fields, mut room) = (0, ALL_BYTES);
        loop {
            let mut field = match form.next_field().await {
                Ok(Some(field)) => field,
                Ok(None) => break,
                Err(error) => {
                    sent.cut_off(&error, fields)?;
                    break;
                }
            };
            fields += 1;
            let name = field.name().unwrap_or_default().to_owned();
            let read = match field.file_name().map(str::to_owned) {
                Some(file) => sent.file(&mut field, &file).await,
                None => read_text(&mut field, room.min(TEXT_BYTES)).await.map(|(text, is_whole)| {
                    room -= text.len().min(room);
                    sent.texts.push(Typed { name, text, is_whole });
                }),
            };
            if let Err(error) = read {
                sent.cut_off(&error, fields)?;
                break;
            }
        }
        if fields == 0 { Err(Fault::Bad("fault-bad-request")) } else { Ok(sent) }
    }

    /// The body ended early: too many bytes is a fault of the photos, anything else of the request.
    fn cut_off(&mut self, error: &MultipartError, fields: usize) -> Result<(), Fault> {
        if fields > 0 && error.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE {
            self.faults.add_with("photo", "photo-all-large", vec![("most", MOST_MEGABYTES.to_string())]);
            return Ok(());
        }
        Err(Fault::Bad("fault-bad-request"))
    }

    async fn file(&mut self, field: &mut Field<'_>, name: &str) -> Result<(), MultipartError> {
        let mut bytes = Some(Vec::new());
        while let Some(chunk) = field.chunk().await? {
            let room = bytes.as_ref().is_some_and(|b| b.len() + chunk.len() <= MOST_MEGABYTES << 20);
            match &mut bytes {
                Some(kept) if room && self.uploads.len() < MOST_FILES => kept.extend_from_slice(&chunk),
                _ => bytes = None,
            }
        }
        // a file control that was left empty sends a part without name and bytes
        if !name.is_empty() || bytes.as_ref().is_none_or(|b| !b.is_empty()) {
            self.uploads.push(Upload { name: name.chars().filter(|c| !c.is_control()).take(60).collect(), bytes });
        }
        Ok(())
    }

    /// The text of a field; empty when it was not sent.
    fn text(&self, name: &str) -> &str {
        self.texts.iter().rev().find(|t| t.name == name).map_or("", |t| &t.text)
    }

    /// Id of the signal to be.
    pub(crate) fn id(&self) -> Option<Uuid> {
        client_id(self.text("id"))
    }

    /// The step that was sent; `None` for a form in one piece.
    pub(crate) fn step(&self) -> Option<Step> {
        self.text("step").parse().ok()
    }

    /// Lays what was sent over `draft`.
    pub(crate) fn onto(&self, mut draft: Draft) -> Draft {
        draft.faults.0.extend(self.faults.0.iter().cloned());
        for typed in &self.texts {
            typed.onto(&mut draft);
        }
        if self.texts.iter().any(|t| t.name == "lon" || t.name == "lat") {
            let (lon, lat) = (self.text("lon").trim(), self.text("lat").trim());
            draft.place = lonlat(lon, lat);
            if draft.place.is_none() && !(lon.is_empty() && lat.is_empty()) {
                draft.faults.add("place", "report-point-shape");
            }
        }
        if let Some((at, label)) = self.text("found").split_once('|') {
            draft.place = at.split_once(' ').and_then(|(lon, lat)| lonlat(lon, lat));
            (draft.centre, draft.address, draft.press) = (draft.place, label.to_owned(), Press::Found);
        }
        // boxes that were left open send nothing: the page of the questions says all of its answers
        let answers = questions::typed(self.texts.iter().map(|t| (t.name.as_str(), t.text.as_str())));
        if self.step() == Some(Step::Questions) || !answers.is_empty() {
            draft.answers = answers;
        }
        draft
    }
}

impl Typed {
    fn onto(&self, draft: &mut Draft) {
        let text = self.text.as_str();
        let known = match self.name.as_str() {
            "kind" => Some(("kind", &mut draft.kind)),
            "category" => Some(("category", &mut draft.category)),
            "words" => Some(("words", &mut draft.words)),
            "address" => Some(("address", &mut draft.address)),
            "area" => Some(("area", &mut draft.area)),
            "occurred_at" => Some(("occurred_at", &mut draft.occurred_at)),
            "started_at" => Some(("started_at", &mut draft.started_at)),
            "ended_at" => Some(("ended_at", &mut draft.ended_at)),
            "name" => Some(("name", &mut draft.reporter.name)),
            "email" => Some(("email", &mut draft.reporter.email)),
            "phone" => Some(("phone", &mut draft.reporter.phone)),
            "postal" => Some(("postal", &mut draft.reporter.postal)),
            "told" => Some(("told", &mut draft.told)),
            _ => None,
        };
        if let Some((field, kept)) = known {
            // one line everywhere but in the words: a line break in an address is a mistake of pasting
            *kept = if field == "words" { text.to_owned() } else { text.replace('\n', " ") };
            if !self.is_whole {
                draft.faults.add(field, "report-encoding");
            }
            return;
        }
        let pixels = |text: &str| text.trim().parse::<f64>().ok().filter(|n| n.is_finite()).unwrap_or(0.0);
        match self.name.as_str() {
            "id" => draft.id = client_id(text).unwrap_or(draft.id),
            "presence" => draft.presence = client_id(text).unwrap_or(draft.presence),
            "centre" => draft.centre = text.split_once(',').and_then(|(lon, lat)| lonlat(lon, lat)),
            "to" => draft.to_check = text == Step::Check.as_str(),
            "back" => draft.press = Press::Back,
            "whole" => draft.press = Press::Whole,
            "no-point" => draft.press = Press::NoPoint,
            "find" => draft.press = Press::Find,
            "remove" => draft.removed.extend(client_id(text)),
            name => {
                let Some((width, axis)) = name.strip_prefix("map").and_then(|n| n.split_once('.')) else { return };
                let mut click = if let Press::Map(click) = draft.press { click } else { Click::default() };
                // only widths that we made ourselves
                click.width = super::map::WIDTHS.into_iter().find(|w| w.to_string() == width).map_or(0.0, f64::from);
                match axis {
                    "x" => click.x = pixels(text),
                    "y" => click.y = pixels(text),
                    _ => return,
                }
                draft.press = Press::Map(click);
            }
        }
    }
}

fn lonlat(lon: &str, lat: &str) -> Option<(f64, f64)> {
    let degrees = |text: &str, most: f64| text.trim().parse::<f64>().ok().filter(|d| d.abs() <= most);
    Some((degrees(lon, 180.0)?, degrees(lat, 90.0)?))
}

/// A text and whether all of it could be read. What is no UTF-8 and what no keyboard types is left out.
async fn read_text(field: &mut Field<'_>, most: usize) -> Result<(String, bool), MultipartError> {
    let mut bytes = Vec::new();
    while let Some(chunk) = field.chunk().await? {
        let room = most.saturating_sub(bytes.len()).min(chunk.len());
        bytes.extend_from_slice(chunk.get(..room).unwrap_or_default());
    }
    let cut = bytes.len() == most;
    let text = String::from_utf8_lossy(&bytes);
    let whole = cut || !matches!(text, std::borrow::Cow::Owned(_));
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    Ok((text.chars().filter(|c| *c == '\n' || *c == '\t' || !(c.is_control() || *c == '\u{fffd}')).collect(), whole))
}
