//! What a message asks of the municipality, and what the law then asks of it: the term, and who must sign.
//!
//! | kind | law | term |
//! |---|---|---|
//! | report | none: no decision is asked | the promise of its category |
//! | request to enforce | an application (Awb art. 1:3(3)) | T01: eight weeks (Awb art. 4:13) |
//! | complaint about conduct | Awb chapter 9 | T18: six weeks (Awb art. 9:11) |
//! | question | none | the promise of the municipality |

use crate::category::Category;
use crate::intake::{Desk, Reporter, clean};
use crate::model::{Kind, Publication, Source};
use kit::{At, FieldFaults};
use law::terms::Counting;
use law::{TermRegister, deadline};

/// The statutory term of a kind in the register of terms.
fn statutory(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::EnforcementRequest => Some("T01"),
        Kind::Complaint => Some("T18"),
        Kind::Report | Kind::Question => None,
    }
}

/// The first moment at which an answer to a message of `kind` that came in at `from` is late: by the register of
/// statutory terms (with the Algemene termijnenwet), else by the promise of the municipality.
#[must_use]
pub fn due(terms: &TermRegister, desk: &Desk, kind: Kind, category: &Category, from: At) -> Option<At> {
    let local = from.0.to_zoned(desk.municipality.zone.clone());
    match (statutory(kind), desk.catalogue.question) {
        (Some(id), _) => terms.get(id, local.date())?.deadline(&local, &desk.calendar).ok().map(At),
        (None, Some(term)) if kind == Kind::Question => {
            deadline(term, &local, Counting::Plain, &desk.calendar).ok().map(At)
        }
        _ => desk.due(category, from),
    }
}

/// Whether a message of `kind` is about a place; a complaint about conduct and a question need none.
#[must_use]
pub fn has_place(kind: Kind) -> bool {
    matches!(kind, Kind::Report | Kind::EnforcementRequest)
}

/// Whether the law asks who sends a message of `kind` (Awb art. 4:2(1)(a) and 9:4(1)(a)).
#[must_use]
pub fn is_signed(kind: Kind) -> bool {
    statutory(kind).is_some()
}

/// What the sender of a form must still fill in: name and address where the law asks them. Who takes a call need not
/// refuse: what is missing can be completed later (Awb art. 4:5 and 6:6).
#[must_use]
pub fn missing(kind: Kind, reporter: &Reporter) -> FieldFaults {
    let mut faults = FieldFaults::default();
    if is_signed(kind) {
        for (field, text, key) in
            [("name", &reporter.name, "signal-name-needed"), ("postal", &reporter.postal, "signal-postal-needed")]
        {
            if clean(text).is_empty() {
                faults.add(field, key);
            }
        }
    }
    faults
}

/// What the public sees of a signal after staff corrected its kind or category: never more than before without a look,
/// and nothing of what is no report of a public category.
#[must_use]
pub(crate) fn publication(
    was: Publication,
    kind: Kind,
    category: &Category,
    source: Source,
    has_point: bool,
) -> Publication {
    let may_be_shown =
        kind == Kind::Report && category.public && has_point && matches!(source, Source::Resident | Source::Import);
    match was {
        _ if !may_be_shown => Publication::Private,
        Publication::Private => Publication::Waiting,
        was => was,
    }
}

#[cfg(test)]
mod tests;
