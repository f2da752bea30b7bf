//! A spoken note with a signal: what an officer dictated on the street, beside the words. The words stay the report: they
//! say the same (WCAG 1.2.1), are searched and sent on. The sound is for those who handle the report and for nobody else:
//! no public page, no interface and no partner gets it.
//!
//! It is kept as it came: there is no place and no device in what a browser records, and it is not encoded anew.

mod kinds;
mod range;
mod store;
#[cfg(test)]
mod tests;

use crate::handle::{self, Event, Signal};
use crate::model::Source;
use axum::Form;
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use kit::once::{self, Claim};
use kit::scan::Verdict;
use kit::{At, Fault, Result, Tx, Uuid, text_enum};
use policy::{Permit, Resource};
use range::Part;
use serde::Deserialize;
use site::{App, Cx, see_other};

/// Largest note that is taken in, in megabytes of 2^20 bytes: three minutes of what the most lavish browser records.
pub const MOST_MEGABYTES: usize = 5;

text_enum! {
    /// What the sound is packed in, by its content.
    pub enum Media {
        /// WebM (Chrome, Firefox).
        WebM = "webm",
        /// Ogg (Firefox).
        Ogg = "ogg",
        /// MP4 (Safari, Chrome).
        Mp4 = "mp4",
    }
}

impl Media {
    /// Its media type.
    fn mime(self) -> &'static str {
        match self {
            Self::WebM => "audio/webm",
            Self::Ogg => "audio/ogg",
            Self::Mp4 => "audio/mp4",
        }
    }
}

/// A note without its sound.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct VoiceRef {
    /// Id.
    pub id: Uuid,
    /// The signal that it belongs to.
    pub signal_id: Uuid,
    /// When it was spoken.
    pub at: At,
    /// Name of who spoke; empty when that account is gone.
    pub officer: String,
    /// What the virus scanner said of the file: `clean`, `unscanned`, or nothing where there was none.
    pub scan: String,
}

impl VoiceRef {
    /// Where staff hear it.
    #[must_use]
    pub fn href(&self) -> String {
        format!("/signals/{}/voice/{}", self.signal_id, self.id)
    }
}

/// A note as a page shows it.
pub(crate) struct View {
    pub(crate) href: String,
    pub(crate) label: String,
    pub(crate) unscanned: bool,
}

/// A note that may be kept.
#[derive(Clone, Debug)]
pub struct Ready {
    media: Media,
    sound: Vec<u8>,
    scan: &'static str,
}

/// Why a file is no spoken note for us.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum VoiceFault {
    /// No bytes.
    #[error("voice-empty")]
    Empty,
    /// More megabytes than [`MOST_MEGABYTES`].
    #[error("voice-large")]
    Large,
    /// No sound inside, whatever was said of it.
    #[error("voice-kind")]
    Kind,
    /// There are pictures with the sound.
    #[error("voice-film")]
    Film,
    /// The virus scanner found something.
    #[error("voice-virus")]
    Virus,
    /// The virus scanner does not answer, and nothing comes in without it.
    #[error("voice-scanner")]
    Scanner,
}

impl VoiceFault {
    /// Every fault.
    pub const ALL: [Self; 6] = [Self::Empty, Self::Large, Self::Kind, Self::Film, Self::Virus, Self::Scanner];

    /// Locale key of the sentence that says what to do; it takes `most`.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Empty => "voice-empty",
            Self::Large => "voice-large",
            Self::Kind => "voice-kind",
            Self::Film => "voice-film",
            Self::Virus => "voice-virus",
            Self::Scanner => "voice-scanner",
        }
    }
}

/// Looks at what a phone sent: its size, its content, and the virus scanner where one is configured.
///
/// # Errors
/// When it is no sound within bounds, or the scanner refuses.
pub async fn prepare(app: &App, sound: Vec<u8>) -> std::result::Result<Ready, VoiceFault> {
    if sound.is_empty() {
        return Err(VoiceFault::Empty);
    }
    if sound.len() > MOST_MEGABYTES << 20 {
        return Err(VoiceFault::Large);
    }
    let media = kinds::sound(&sound)?;
    let scan = match &app.scan {
        None => "",
        Some(scanner) => match scanner.look(&sound).await {
            Verdict::Clean => "clean",
            Verdict::Unscanned => "unscanned",
            Verdict::Infected => return Err(VoiceFault::Virus),
            Verdict::Down => return Err(VoiceFault::Scanner),
        },
    };
    Ok(Ready { media, sound, scan })
}

/// Keeps a note with a signal, once per id; says whether it is there now. A signal has one note: a second is not kept.
///
/// # Errors
/// When the database refuses.
pub async fn keep(
    tx: &mut Tx,
    permit: &Permit,
    (signal, id): (Uuid, Uuid),
    (account, at): (Uuid, At),
    ready: &Ready,
) -> Result<bool> {
    store::insert(tx, permit, (signal, id), (account, at), ready).await?;
    Ok(store::of(tx, permit, signal).await?.is_some_and(|kept| kept.id == id))
}

/// What the page of a signal shows of its note to those who may hear it. Only officers speak.
pub(crate) async fn shown(cx: &Cx, tx: &mut Tx, permit: &Permit, signal: &Signal) -> Result<Option<View>> {
    if signal.source != Source::Officer || !cx.may("signal:photo") {
        return Ok(None);
    }
    Ok(store::of(tx, permit, signal.id).await?.map(|note| {
        let values = [("officer", note.officer.as_str().into()), ("at", cx.words.date_time(note.at).into())];
        let key = if note.officer.is_empty() { "voice-label-nobody" } else { "voice-label" };
        View { href: note.href(), label: cx.words.ta(key, &values), unscanned: note.scan == "unscanned" }
    }))
}

/// The notes that an officer spoke, oldest first: when, and with which report. For requests of data subjects; the caller
/// has the permit.
///
/// # Errors
/// When the database cannot be read.
pub async fn of_officer(tx: &mut Tx, permit: &Permit, account: Uuid) -> Result<Vec<(At, String)>> {
    store::of_officer(tx, permit, account).await
}

/// Destroys the notes that an officer spoke: the words of each report say the same. The caller has the permit and audits.
///
/// # Errors
/// When the database refuses.
pub async fn erase_of_officer(tx: &mut Tx, permit: &Permit, account: Uuid) -> Result<u64> {
    store::erase_of_officer(tx, permit, account).await
}

/// `GET /signals/{id}/voice/{voice}`: the sound, for staff; or one part of it, as players ask (RFC 9110 14).
///
/// # Errors
/// When the policy refuses or there is no such note.
pub async fn show(
    cx: Cx,
    Path((signal, voice)): Path<(Uuid, Uuid)>,
    asked: HeaderMap,
) -> std::result::Result<Response, Fault> {
    let permit = cx.permit("signal:photo", &Resource::ordinary("signal", cx.code()))?;
    let mut tx = cx.read().await?;
    let (media, mut sound) = store::sound(&mut tx, &permit, signal, voice).await?.ok_or(Fault::NotFound)?;
    drop(tx);
    crate::touched::read(&cx, &permit, signal).await?;
    let headers = [
        (header::CONTENT_TYPE, media.mime().to_owned()),
        (header::CONTENT_DISPOSITION, format!("inline; filename=\"{voice}.{media}\"")),
        (header::CACHE_CONTROL, "private, no-store".to_owned()),
        (header::ACCEPT_RANGES, "bytes".to_owned()),
    ];
    let whole = sound.len();
    let range = asked.get(header::RANGE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    Ok(match range::read(range, whole) {
        Part::Whole => (headers, sound).into_response(),
        Part::Of(from, to) => {
            sound.truncate(to + 1);
            let part = sound.split_off(from);
            let told = [(header::CONTENT_RANGE, format!("bytes {from}-{to}/{whole}"))];
            (StatusCode::PARTIAL_CONTENT, headers, told, part).into_response()
        }
        Part::Outside => {
            let told = [(header::CONTENT_RANGE, format!("bytes */{whole}"))];
            (StatusCode::RANGE_NOT_SATISFIABLE, headers, told).into_response()
        }
    })
}

/// The form that takes a note away.
#[derive(Debug, Deserialize)]
pub struct Removal {
    request: String,
    version: String,
}

/// `POST /signals/{id}/voice/{voice}/remove`: destroys the note; the words stay.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Bad`] for a form that is not ours, or when the policy refuses or the database fails.
pub async fn remove(
    cx: Cx,
    Path((id, voice)): Path<(Uuid, Uuid)>,
    Form(form): Form<Removal>,
) -> std::result::Result<Response, Fault> {
    let permit = cx.permit("signal:handle", &Resource::ordinary("signal", cx.code()))?;
    let (request, version) = handle::stamp(&form.request, &form.version)?;
    let back = format!("/signals/{id}");
    let mut tx = cx.write().await?;
    if let Claim::Replay(to) = once::claim(&mut tx, permit.municipality(), request, cx.now, &back).await? {
        return Ok(see_other(&to));
    }
    match destroy(&cx, &mut tx, &permit, (id, voice), version).await {
        Ok(()) => {
            tx.commit().await?;
            Ok(see_other(&back))
        }
        Err(fault @ Fault::Stale) => {
            drop(tx);
            handle::shown(&cx, id, None, Some(&fault)).await
        }
        Err(fault) => Err(fault),
    }
}

/// Destroys the note of a signal that is still at `version`; that it was there stays in the history.
async fn destroy(
    cx: &Cx,
    tx: &mut Tx,
    permit: &Permit,
    (signal, voice): (Uuid, Uuid),
    version: i64,
) -> std::result::Result<(), Fault> {
    let signal = handle::current(tx, permit, signal, Some(version)).await?;
    if store::remove(tx, permit, signal.id, voice).await? == 0 {
        return Err(Fault::NotFound);
    }
    handle::one(handle::touch(tx, permit, &signal).await?)?;
    handle::written(cx, tx, permit, &signal, &Event::quiet("voice", "kept", "removed")).await.map(|_| ())
}
