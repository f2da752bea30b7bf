//! The address of the status page. Ids of shown reports stand on the public map, in Open311 and in notices, so an id may
//! not open the page. The token is the id and the first 128 bits of an HMAC of it, with the key of the vault: no table,
//! the same report gives the same link, and nobody without the key can make one.

use super::ContactConfig;
use crate::model::Publication;
use kit::{At, Fault, Uuid};
use site::Cx;

/// What a token is for; a token for one thing opens no other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum For {
    /// The status page of a report.
    Status,
    /// A follower of a report.
    Follower,
}

/// Digits of each half.
const HALF: usize = 32;

/// The token of `id`.
pub(super) fn token(cx: &Cx, purpose: For, id: Uuid) -> Result<String, Fault> {
    let word = match purpose {
        For::Status => "report-status",
        For::Follower => "report-follower",
    };
    let mac = cx.app.seals.of("main")?.fingerprint(&format!("{word}/{}/{id}", cx.code()));
    Ok(format!("{}{}", id.simple(), mac.get(..HALF).unwrap_or_default()))
}

/// The id that a token was made for.
pub(super) fn id_of(cx: &Cx, purpose: For, text: &str) -> Result<Uuid, Fault> {
    let id = text.get(..HALF).and_then(|id| Uuid::try_parse(id).ok()).ok_or(Fault::NotFound)?;
    let made = token(cx, purpose, id)?;
    // All digits are looked at, so that the time tells nothing about where they differ.
    let same = made.len() == text.len() && made.bytes().zip(text.bytes()).fold(0, |all, (a, b)| all | (a ^ b)) == 0;
    if same { Ok(id) } else { Err(Fault::NotFound) }
}

/// The path of the status page of report `id`.
///
/// # Errors
/// When the vault has no key.
pub fn status_path(cx: &Cx, id: Uuid) -> Result<String, Fault> {
    Ok(format!("/report/status/{}", token(cx, For::Status, id)?))
}

/// The whole address of the status page of report `id`, for a mail.
///
/// # Errors
/// When the vault has no key.
pub fn status_link(cx: &Cx, id: Uuid) -> Result<String, Fault> {
    Ok(format!("{}{}", cx.app.public_url, status_path(cx, id)?))
}

/// The report that the end of a status address names, and whether it is a bare id of before the tokens.
///
/// # Errors
/// [`Fault::NotFound`] when it is neither.
pub fn report_of(cx: &Cx, text: &str) -> Result<(Uuid, bool), Fault> {
    match Uuid::try_parse(text) {
        Ok(id) => Ok((id, true)),
        Err(_) => Ok((id_of(cx, For::Status, text)?, false)),
    }
}

/// Whether a bare id still opens the page: only of a report whose id the public never saw, and not for ever.
pub(crate) fn bare_opens(cx: &Cx, publication: Publication, now: At) -> bool {
    let until = cx.municipality.get::<ContactConfig>().status.bare_links_until;
    publication == Publication::Private && now.local(&cx.municipality.zone).date() <= until
}
