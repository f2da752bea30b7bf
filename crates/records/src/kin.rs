//! For crates whose records live in the same envelopes: the same way in (permit, purpose, then a look), fields sealed
//! for their place, and every deed kept as history, audit entry and log together.
//!
//! Such a record has a kind of its own, named here with the address of its pages; the pages of this crate send there and
//! change nothing of it. What people may read of it stands in the fields of a note (title, text, persons, place), so
//! that lists, disclosures, requests of data subjects and review work alike. Content for its own crate only goes into
//! inner fields ([`put_inner`]): sealed, moved and destroyed as the others, but never shown or disclosed.

use crate::store::{self, Envelope};
use crate::write;
use kit::{AnyVault, Fault, Seal, Tx, Uuid};

pub use crate::edit::corrected;
pub use crate::open::secrecy;
pub use crate::store::{accounts, history, touch};
pub use crate::typed::Typed;
pub use crate::way::{Entry, Inside, entered};
pub use crate::write::{Act, changed, new, opened, put, seen, subjects};

/// Kinds of other crates, the processing that they belong to, and where their pages are.
const KINDS: [(&str, &str, &str); 1] = [("sanction", "wpg-daily", "/sanctions")];

/// The address of a record's own page, when another crate has it.
pub(crate) fn home(record: &Envelope) -> Option<String> {
    let (_, _, at) = KINDS.iter().find(|(kind, _, _)| *kind == record.kind)?;
    Some(format!("{at}/{}", record.id))
}

/// Whether an address is among the pages of a crate whose records belong to this processing.
pub(crate) fn within(address: &str, processing: &str) -> bool {
    KINDS.iter().any(|(_, of, at)| {
        let under = address.strip_prefix(at).is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?']));
        *of == processing && under && !address.contains("//")
    })
}

/// Seals content that only the record's own crate reads: `typed`, `photo-…`, `part-…` or `export-…`.
///
/// # Errors
/// [`Fault::Internal`] for another name, and when the database refuses.
pub async fn put_inner(
    tx: &mut Tx<AnyVault>,
    seal: &Seal,
    municipality: &str,
    record: Uuid,
    (name, content): (&str, &[u8]),
    at: kit::At,
) -> Result<(), Fault> {
    if !write::is_inner(name) {
        return Err(Fault::Internal(format!("`{name}` is no inner field")));
    }
    let sealed_bytes = seal.seal(&write::place::field(municipality, record, name), content)?;
    let sealed = store::Sealed { name: name.to_owned(), is_special: false, sealed_bytes, changed_at: at };
    Ok(store::put_field(tx, municipality, record, &sealed).await?)
}

/// Opens one inner field; `None` when there is none.
///
/// # Errors
/// When the database refuses or the field does not open.
pub async fn inner(
    tx: &mut Tx<AnyVault>,
    seal: &Seal,
    municipality: &str,
    record: Uuid,
    name: &str,
) -> Result<Option<Vec<u8>>, Fault> {
    let Some(sealed) = store::field(tx, municipality, record, name).await? else { return Ok(None) };
    Ok(Some(seal.open(&write::place::field(municipality, record, name), &sealed)?))
}

/// Takes an inner field away.
///
/// # Errors
/// When the database refuses.
pub async fn drop_inner(tx: &mut Tx<AnyVault>, municipality: &str, record: Uuid, name: &str) -> Result<u64, Fault> {
    if !write::is_inner(name) {
        return Ok(0);
    }
    Ok(store::drop_field(tx, municipality, record, name).await?)
}

/// The names of a record's inner fields that begin with `prefix`, in order.
///
/// # Errors
/// When the database cannot be read.
pub async fn inner_names(
    tx: &mut Tx<AnyVault>,
    municipality: &str,
    record: Uuid,
    prefix: &str,
) -> Result<Vec<String>, Fault> {
    let mut names = store::field_names(tx, municipality, record).await?;
    names.retain(|name| write::is_inner(name) && name.starts_with(prefix));
    Ok(names)
}

/// The title of a record in a list.
///
/// # Errors
/// When it does not open.
pub fn title(seal: &Seal, municipality: &str, record: Uuid, sealed: &[u8]) -> Result<String, Fault> {
    Ok(seal.open_text(&write::place::field(municipality, record, "title"), sealed)?)
}

/// The value before a correction, as it was sealed in a line of history; `None` when the line holds none.
///
/// # Errors
/// When it does not open.
pub fn before(seal: &Seal, municipality: &str, line: &crate::History) -> Result<Option<String>, Fault> {
    let Some(sealed) = &line.sealed_bytes else { return Ok(None) };
    Ok(Some(seal.open_text(&write::place::history(municipality, line.id), sealed)?))
}
