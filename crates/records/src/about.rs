//! What other parts of the program may read: records about a person (rights of the data subject), and what the yearly
//! audit asks for.

use crate::store::opening::{Opening, TargetedQuery};
use crate::store::{self, Envelope};
use crate::write::{self, FieldText};
use kit::{AnyVault, At, Fault, Seal, Tx, Uuid};
use policy::Permit;

/// Every record of this vault about one of `fingerprints` ([`crate::fingerprints`] by the vault's seal), once each,
/// whatever its processing and stage. For requests of data subjects: the caller logs the search.
///
/// # Errors
/// When the database refuses.
pub async fn about(tx: &mut Tx<AnyVault>, permit: &Permit, fingerprints: &[String]) -> Result<Vec<Envelope>, Fault> {
    let mut found: Vec<Envelope> = Vec::new();
    for fingerprint in fingerprints {
        for record in store::about(tx, permit, fingerprint).await? {
            if !found.iter().any(|f| f.id == record.id) {
                found.push(record);
            }
        }
    }
    Ok(found)
}

/// The opened fields of one record, in the order of its page. The caller logs the read.
///
/// # Errors
/// When the database refuses or a field does not open.
pub async fn content(
    tx: &mut Tx<AnyVault>,
    seal: &Seal,
    permit: &Permit,
    record: Uuid,
) -> Result<Vec<FieldText>, Fault> {
    write::opened(tx, seal, permit.municipality(), record).await
}

/// The openings of this vault from `from` to `to` (not included), oldest first.
///
/// # Errors
/// When the database refuses.
pub async fn openings_for_audit(
    tx: &mut Tx<AnyVault>,
    municipality: &str,
    from: At,
    to: At,
) -> Result<Vec<Opening>, Fault> {
    Ok(store::opening::between(tx, municipality, (from, to)).await?)
}

/// The targeted queries of this vault from `from` to `to` (not included), oldest first (Wpg art. 8(2)).
///
/// # Errors
/// When the database refuses.
pub async fn queries_for_audit(
    tx: &mut Tx<AnyVault>,
    municipality: &str,
    from: At,
    to: At,
) -> Result<Vec<TargetedQuery>, Fault> {
    Ok(store::opening::queries_between(tx, municipality, (from, to)).await?)
}
