//! The processing log (Logboek Dataverwerkingen 1.0): which declared processing touched whose data,
//! one line per data subject, in the transaction of the deed itself. The subject is a keyed
//! fingerprint; who it is can be told only with the vault's key.

use crate::audit::Deed;
use crate::clock::At;
use crate::db::{Tx, Vault};
use crate::{Result, args};
use uuid::Uuid;

/// One line, as stored and as exported.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Line {
    /// Municipality code.
    pub municipality: String,
    /// Its id.
    pub id: Uuid,
    /// The chain of work (W3C trace id, 32 hexadecimal digits).
    pub trace_id: String,
    /// This operation (16 hexadecimal digits).
    pub operation_id: String,
    /// The operation that caused it, when there is one.
    pub parent_operation_id: Option<String>,
    /// Name of the operation: the action of the policy.
    pub name: String,
    /// Id of the processing in the processing register.
    pub processing: String,
    /// Keyed fingerprint of the data subject; empty when the processing is not about persons.
    pub subject: String,
    /// When.
    pub at: At,
}

/// Writes one line per subject of the operation `name` in `processing`; one without a subject when
/// there is none. `subjects` are fingerprints by the vault's seal.
///
/// # Errors
/// When the database refuses.
pub async fn write<V: Vault>(
    tx: &mut Tx<V>,
    deed: &Deed<'_>,
    name: &str,
    processing: &str,
    subjects: &[String],
) -> Result<()> {
    let nobody = [String::new()];
    let subjects = if subjects.is_empty() { &nobody } else { subjects };
    let mut values = Vec::with_capacity(subjects.len() * 9);
    for subject in subjects {
        let step = deed.trace.next();
        values.extend(args![
            deed.municipality,
            crate::clock::id_at(deed.at),
            hex::encode(step.chain),
            hex::encode(step.step),
            step.parent.map(hex::encode),
            name,
            processing,
            subject,
            deed.at,
        ]);
    }
    tx.insert_many(
        "insert into processing_log (municipality, id, trace_id, operation_id, parent_operation_id, name, processing,
            subject, at)",
        "",
        9,
        values,
    )
    .await?;
    Ok(())
}
