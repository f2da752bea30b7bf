//! Disclosures in words, for pages.

use super::State;
use crate::store::Sealed;
use crate::store::disclosure::DisclosureRow;
use law::Regime;
use site::Cx;

/// A disclosure in a list.
pub(crate) struct GivenView {
    pub href: String,
    pub receiver: String,
    pub at: String,
    pub tone: &'static str,
    pub state: String,
}

/// The disclosure `row` of a record in the processing at `home`.
pub(crate) fn given(cx: &Cx, row: &DisclosureRow, home: &str) -> GivenView {
    let (tone, state) = state(cx, row.state);
    GivenView {
        href: format!("{home}/{}/disclosures/{}", row.record_id, row.id),
        receiver: receiver(cx, row),
        at: cx.words.date_time(row.at),
        tone,
        state,
    }
}

/// Tone and word of a state.
pub(crate) fn state(cx: &Cx, state: State) -> (&'static str, String) {
    let tone = match state {
        State::Waiting | State::Outside => "soon",
        State::Delivered | State::HandedOver => "ok",
        State::Recalled => "off",
    };
    (tone, cx.t(&format!("disclosures-state-{state}")))
}

/// The receiver: what it is, and its name.
pub(crate) fn receiver(cx: &Cx, row: &DisclosureRow) -> String {
    let kind = cx.t(&format!("disclosures-receiver-{}", row.receiver_kind));
    if row.receiver.is_empty() { kind } else { format!("{kind}: {}", row.receiver) }
}

/// The name of a basis with its article; the id when the register has it no more.
pub(crate) fn basis(cx: &Cx, id: &str) -> String {
    let found = cx.app.law.disclosure.bases().iter().find(|b| b.id == id);
    found.map_or_else(|| id.to_owned(), |b| format!("{} ({})", b.name.get(cx.words.language()), b.article))
}

/// A regime as people know it.
pub(crate) fn regime(cx: &Cx, regime: Regime) -> String {
    cx.t(&format!("records-regime-{}", regime.code().to_lowercase()))
}

/// Whether a disclosed field changed since the receiver was last sent it.
pub(crate) fn is_outdated(row: &DisclosureRow, fields: &[Sealed]) -> bool {
    let sent = row.sent_at.unwrap_or_else(|| row.at.micros());
    let names = row.field_names();
    row.state != State::Recalled && fields.iter().any(|f| names.contains(&f.name) && f.changed_at.micros() > sent)
}
