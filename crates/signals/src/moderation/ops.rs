//! What a moderator decides: permit → rule → store → history → audit → the mail that waited.

use super::{junk, may_be_shown, store};
use crate::handle::{self, Event};
use crate::intake::{Desk, WORDS, clean};
use crate::model::Publication;
use kit::{Fault, FieldFaults, Tx, Uuid};
use policy::Permit;
use site::Cx;

/// One act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act<'a> {
    /// Everybody sees the category, state and rounded place, and these words when there are any.
    Show(&'a str),
    /// Nobody outside sees it.
    Hide,
    /// It waits for a look again: the way to undo the others.
    Wait,
    /// It only looked like junk: it goes on as every other report, and the mail that waited is sent.
    Clear,
}

/// Does `act` with a signal that is still at `version`; `why` stands in its history.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Stale`], [`Fault::Rule`] when a signal like this is never shown, [`Fault::Invalid`] for
/// words that are too long, or when the database refuses.
pub async fn act(
    cx: &Cx,
    tx: &mut Tx,
    permit: &Permit,
    id: Uuid,
    version: Option<i64>,
    act: Act<'_>,
    why: &str,
) -> Result<(), Fault> {
    let signal = handle::current(tx, permit, id, version).await?;
    let why = handle::checked_note(why, false)?;
    let suspect = store::suspect(tx, permit, id).await?;
    let desk = Desk::of(&cx.municipality);
    let may = may_be_shown(&desk, &signal.category, signal.kind, signal.source, signal.lon.is_some());
    let shown = clean(match act {
        Act::Show(words) => words,
        _ => signal.public_words.as_deref().unwrap_or_default(),
    });
    let have = shown.chars().count();
    if have > *WORDS.end() {
        let mut faults = FieldFaults::default();
        let values = vec![("most", WORDS.end().to_string()), ("have", have.to_string())];
        faults.add_with("public_words", "signal-words-long", values);
        return Err(Fault::Invalid(faults));
    }
    let to = match act {
        Act::Show(_) => Publication::Shown,
        Act::Hide => Publication::Hidden,
        Act::Wait => Publication::Waiting,
        Act::Clear => signal.publication,
    };
    if !may && matches!(to, Publication::Shown | Publication::Waiting) {
        return Err(Fault::Rule { key: "moderation-rule-private", values: vec![] });
    }
    if signal.publication == Publication::Private && act == Act::Hide {
        return Err(Fault::Rule { key: "moderation-rule-not-public", values: vec![] });
    }
    // Whoever shows it has looked.
    let clears = !suspect.is_empty() && matches!(act, Act::Show(_) | Act::Clear);
    let words = (to == Publication::Shown || to == signal.publication).then_some(shown).filter(|w| !w.is_empty());
    let same = to == signal.publication && words.as_deref() == signal.public_words.as_deref();
    if same && !clears {
        return Ok(());
    }
    handle::one(store::set_publication(tx, permit, (id, signal.version), to, words.as_deref()).await?)?;
    if to == Publication::Shown {
        store::back(tx, permit, &signal.reference).await?;
    }
    if clears {
        junk::clear(cx, tx, permit, id).await?;
    }
    let note = match (&words, act) {
        (Some(words), Act::Show(_)) if why.is_empty() => format!("\u{201c}{words}\u{201d}"),
        (Some(words), Act::Show(_)) => format!("{why}\n\u{201c}{words}\u{201d}"),
        _ => why,
    };
    let was = if act == Act::Clear { "suspect" } else { signal.publication.as_str() };
    let event = Event { note: &note, ..Event::quiet("publication", was, to.as_str()) };
    handle::written(cx, tx, permit, &signal, &event).await.map(|_| ())
}
