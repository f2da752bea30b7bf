//! What somebody typed and sent, as it came in: nothing of it is lost, whatever is wrong with it.

use crate::intake::{NewSignal, Reporter};
use crate::model::{Source, State};
use crate::photo::MOST_MEGABYTES;
use axum::extract::Multipart;
use axum::extract::multipart::{Field, MultipartError};
use jiff::civil;
use kit::{At, Fault, FieldFaults, Uuid};
use site::Cx;

/// Most bytes of one text that are kept; the longest text that is accepted is far shorter.
const TEXT_BYTES: usize = 64 * 1024;
/// Most files of one form that are looked at.
const MOST_FILES: usize = 6;

/// A photo as it was sent.
#[derive(Clone, Debug)]
pub struct Upload {
    /// The file's name, for the sentence about it.
    pub name: String,
    /// Its bytes; `None` when there were too many.
    pub bytes: Option<Vec<u8>>,
}

/// A click on the map of `width` pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Click {
    /// Width of the map that was clicked, in pixels.
    pub width: f64,
    /// Pixels from the left.
    pub x: f64,
    /// Pixels from the top.
    pub y: f64,
}

/// Which button was pressed, when it was not the one that sends.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Press {
    /// The form was sent.
    #[default]
    Send,
    /// A place on the map.
    Map(Click),
    /// The whole map.
    Whole,
    /// Take the point away.
    NoPoint,
}

/// A form on its way to becoming a signal.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// Id of the signal to be: made when the form was rendered.
    pub id: Uuid,
    /// Id of the officer's presence to be.
    pub presence: Uuid,
    /// Category id.
    pub category: String,
    /// The words.
    pub words: String,
    /// Address or place in words.
    pub address: String,
    /// Neighbourhood code.
    pub area: String,
    /// Longitude and latitude.
    pub place: Option<(f64, f64)>,
    /// Middle of the map shown; `None` shows the whole municipality.
    pub centre: Option<(f64, f64)>,
    /// Local day and time seen.
    pub occurred_at: String,
    /// Local day and time that the officer's presence began.
    pub started_at: String,
    /// Local day and time that it ended.
    pub ended_at: String,
    /// How to reach the reporter.
    pub reporter: Reporter,
    /// Photos that were kept before and must go.
    pub removed: Vec<Uuid>,
    /// Photos sent now.
    pub uploads: Vec<Upload>,
    /// The button.
    pub press: Press,
    /// What could not be read.
    pub faults: FieldFaults,
}

impl Draft {
    /// An empty form at the moment of the request.
    #[must_use]
    pub fn fresh(cx: &Cx) -> Self {
        let id = || kit::clock::id_at(cx.now);
        let ago = At::from_micros(cx.now.micros() - 10 * 60_000_000);
        Self {
            id: id(),
            presence: id(),
            occurred_at: local_text(cx, cx.now),
            started_at: local_text(cx, ago),
            ended_at: local_text(cx, cx.now),
            ..Self::default()
        }
    }

    /// Reads a form to its end. Texts that are no UTF-8 and files that are too large become faults of
    /// their field; the rest is kept.
    ///
    /// # Errors
    /// [`Fault::Bad`] when it is no form at all.
    pub async fn read(cx: &Cx, mut form: Multipart) -> Result<Self, Fault> {
        let mut draft = Self::fresh(cx);
        let mut fields = 0;
        let mut point = (String::new(), String::new());
        loop {
            let mut field = match form.next_field().await {
                Ok(Some(field)) => field,
                Ok(None) => break,
                Err(error) => {
                    draft.cut_off(&error, fields)?;
                    break;
                }
            };
            fields += 1;
            let name = field.name().unwrap_or_default().to_owned();
            let read = match field.file_name().map(str::to_owned) {
                Some(file) => draft.file(&mut field, &file).await,
                None => read_text(&mut field).await.map(|(text, whole)| draft.text(&name, text, whole, &mut point)),
            };
            if let Err(error) = read {
                draft.cut_off(&error, fields)?;
                break;
            }
        }
        if fields == 0 {
            return Err(Fault::Bad("fault-bad-request"));
        }
        draft.place = lonlat(&point.0, &point.1);
        if draft.place.is_none() && !(point.0.is_empty() && point.1.is_empty()) {
            draft.faults.add("place", "report-point-shape");
        }
        Ok(draft)
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

    fn text(&mut self, name: &str, text: String, whole: bool, point: &mut (String, String)) {
        let known = match name {
            "category" => Some(("category", &mut self.category)),
            "words" => Some(("words", &mut self.words)),
            "address" => Some(("address", &mut self.address)),
            "area" => Some(("area", &mut self.area)),
            "occurred_at" => Some(("occurred_at", &mut self.occurred_at)),
            "started_at" => Some(("started_at", &mut self.started_at)),
            "ended_at" => Some(("ended_at", &mut self.ended_at)),
            "name" => Some(("name", &mut self.reporter.name)),
            "email" => Some(("email", &mut self.reporter.email)),
            "phone" => Some(("phone", &mut self.reporter.phone)),
            _ => None,
        };
        if let Some((field, kept)) = known {
            // one line everywhere but in the words: a line break in an address is a mistake of pasting
            *kept = if field == "words" { text } else { text.replace('\n', " ") };
            if !whole {
                self.faults.add(field, "report-encoding");
            }
            return;
        }
        let pixels = |text: &str| text.trim().parse::<f64>().ok().filter(|n| n.is_finite()).unwrap_or(0.0);
        match name {
            "id" => self.id = client_id(&text).unwrap_or(self.id),
            "presence" => self.presence = client_id(&text).unwrap_or(self.presence),
            "lon" => point.0 = text.trim().to_owned(),
            "lat" => point.1 = text.trim().to_owned(),
            "centre" => self.centre = text.split_once(',').and_then(|(lon, lat)| lonlat(lon, lat)),
            "whole" => self.press = Press::Whole,
            "no-point" => self.press = Press::NoPoint,
            "remove" => self.removed.extend(client_id(&text)),
            _ => {
                let Some((width, axis)) = name.strip_prefix("map").and_then(|n| n.split_once('.')) else { return };
                let mut click = if let Press::Map(click) = self.press { click } else { Click::default() };
                // only widths that we made ourselves
                click.width = super::map::WIDTHS.into_iter().find(|w| w.to_string() == width).map_or(0.0, f64::from);
                match axis {
                    "x" => click.x = pixels(&text),
                    "y" => click.y = pixels(&text),
                    _ => return,
                }
                self.press = Press::Map(click);
            }
        }
    }

    /// The signal that this form wants to be.
    #[must_use]
    pub fn signal(&self, cx: &Cx, source: Source, occurred_at: At) -> NewSignal {
        NewSignal {
            id: self.id,
            source,
            source_ref: None,
            category: self.category.clone(),
            words: self.words.clone(),
            address: self.address.clone(),
            place: self.place,
            area: Some(self.area.clone()).filter(|a| !a.is_empty()),
            occurred_at,
            reported_at: cx.now,
            state: State::Reported,
            closed_at: None,
            reporter: Some(self.reporter.clone()).filter(|r| !r.is_empty()),
            presence_id: None,
            issue_id: None,
            language: cx.words.language().to_owned(),
        }
    }
}

/// A local day and time as a `datetime-local` control writes it.
#[must_use]
pub fn local_text(cx: &Cx, at: At) -> String {
    at.local(&cx.municipality.zone).strftime("%Y-%m-%dT%H:%M").to_string()
}

/// The instant of a local day and time; browsers without the control send a space or no seconds.
#[must_use]
pub fn local_instant(cx: &Cx, text: &str) -> Option<At> {
    let text = text.trim().replace(' ', "T");
    let local: civil::DateTime = text.parse().ok()?;
    // an hour that the clock skips or doubles is read as the clock goes on
    local.to_zoned(cx.municipality.zone.clone()).ok().map(|z| At::from_micros(z.timestamp().as_microsecond()))
}

/// An id that the form carries: a UUID of version 7.
fn client_id(text: &str) -> Option<Uuid> {
    Uuid::try_parse(text.trim()).ok().filter(|id| id.get_version_num() == 7)
}

fn lonlat(lon: &str, lat: &str) -> Option<(f64, f64)> {
    let degrees = |text: &str, most: f64| text.trim().parse::<f64>().ok().filter(|d| d.abs() <= most);
    Some((degrees(lon, 180.0)?, degrees(lat, 90.0)?))
}

/// A text and whether all of it could be read. What is no UTF-8 and what no keyboard types is left out.
async fn read_text(field: &mut Field<'_>) -> Result<(String, bool), MultipartError> {
    let mut bytes = Vec::new();
    while let Some(chunk) = field.chunk().await? {
        let room = TEXT_BYTES.saturating_sub(bytes.len()).min(chunk.len());
        bytes.extend_from_slice(chunk.get(..room).unwrap_or_default());
    }
    let cut = bytes.len() == TEXT_BYTES;
    let text = String::from_utf8_lossy(&bytes);
    let whole = cut || !matches!(text, std::borrow::Cow::Owned(_));
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    Ok((text.chars().filter(|c| *c == '\n' || *c == '\t' || !(c.is_control() || *c == '\u{fffd}')).collect(), whole))
}
