//! One event with one to three sanctions: written in the street, signed, checked by the coordinator.
//!
//! A draft keeps whatever was typed, half or wrong, and can be saved as often as one likes. Signing asks the law
//! (`law::sanction`), the deed and the mandatory fields, and says everything that is missing at once. After that the
//! content changes only by a correction with a reason; what stood there before stays, sealed (Wpg art. 4).

pub mod after;
mod draft;
mod judge;
mod list;
pub mod ops;
mod page;
mod paper;
pub mod phone;
pub mod photo;
mod store;
mod told;
mod view;
mod write;

pub use draft::{Chosen, Draft, REASONS};
pub use judge::{Offer, offers};
pub use list::list;
pub(crate) use list::tabs;
pub use paper::report;
pub(crate) use store::{Event, Line, lines, put};
pub use view::{change, view};
pub use write::{begin, correct, correct_form, form, hat, save};

use kit::{AnyVault, Fault, Tx, Uuid, text_enum};
use policy::Permit;
use records::kin::{Inside, Typed};
use site::Cx;

/// The kind of record; the word in its envelope.
pub const KIND: &str = "sanction";
/// The processing that sanctions belong to.
pub const PROCESSING: &str = "wpg-daily";

text_enum! {
    /// How far an event is.
    pub enum State {
        /// Being written.
        Draft = "draft",
        /// Signed by the officer; waits for the coordinator.
        Signed = "signed",
        /// Given back by the coordinator, with a reason.
        Returned = "returned",
        /// Checked by the coordinator.
        Checked = "checked",
        /// Sent to the collection agency.
        Exported = "exported",
        /// Withdrawn with a reason; what was sent is recalled in the next batch.
        Withdrawn = "withdrawn",
    }
}

impl State {
    /// Its tone on a page.
    #[must_use]
    pub const fn tone(self) -> &'static str {
        match self {
            Self::Draft => "neutral",
            Self::Signed => "info",
            Self::Returned => "soon",
            Self::Checked | Self::Exported => "ok",
            Self::Withdrawn => "off",
        }
    }
}

/// Goes on inside the vault, or answers with the question for a purpose.
macro_rules! enter {
    ($cx:expr, $action:expr, $typed:expr) => {
        match records::kin::entered($cx, crate::event::PROCESSING, $action, $typed).await? {
            records::kin::Entry::In(inside) => inside,
            records::kin::Entry::Ask(response) => return Ok(response),
        }
    };
}
pub(crate) use enter;

/// The form as `records` keeps it while it asks for a purpose.
pub(crate) fn kept(fields: &site::Fields) -> Typed {
    Typed(fields.pairs().to_vec())
}

/// An event with a permit for `action` on it.
pub(crate) async fn open(
    cx: &Cx,
    inside: &Inside,
    tx: &mut Tx<AnyVault>,
    (id, action): (Uuid, &'static str),
) -> Result<(Permit, records::Envelope, store::Event), Fault> {
    let (permit, record) = inside.record(cx, tx, id, action).await?;
    let event = store::get(tx, permit.municipality(), id).await?.ok_or(Fault::NotFound)?;
    Ok((permit, record, event))
}

/// What was typed into an event.
pub(crate) async fn typed(inside: &Inside, tx: &mut Tx<AnyVault>, id: Uuid) -> Result<Draft, Fault> {
    let text = records::kin::inner(tx, &inside.seal, inside.permit.municipality(), id, "typed").await?;
    serde_json::from_slice(&text.unwrap_or_else(|| b"{}".to_vec())).map_err(|e| Fault::Internal(e.to_string()))
}

/// The readable fields of an invented event.
pub(crate) fn seeding(cx: &Cx, draft: &Draft) -> Vec<records::FieldText> {
    told::fields(cx, draft)
}
