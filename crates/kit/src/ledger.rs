//! The processing log (Logboek Dataverwerkingen 1.0, Logius): which declared processing touched whose
//! data, one line per data subject, in the transaction of the deed itself. The subject is a keyed
//! fingerprint; who it is can be told only with the vault's key.
//!
//! A line exists when its deed was committed, so each line is one of success; a deed that failed left
//! nothing behind and touched nothing.

use crate::audit::Deed;
use crate::clock::At;
use crate::db::{Tx, Vault};
use crate::{Result, args};
use uuid::Uuid;

/// One line, as stored and as exported.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Line {
    /// Municipality code.
    pub municipality: String,
    /// Its id.
    pub id: Uuid,
    /// The chain of work (W3C trace id, 32 hexadecimal digits).
    pub trace_id: String,
    /// This operation (16 hexadecimal digits).
    pub operation_id: String,
    /// The operation of ours that it is part of, when a deed touched several people.
    pub parent_operation_id: Option<String>,
    /// The operation of another program that caused it, as its `traceparent` said.
    pub foreign_operation_id: Option<String>,
    /// Name of the operation: the action of the policy.
    pub name: String,
    /// Id of the processing in the processing register.
    pub processing: String,
    /// Keyed fingerprint of the data subject; empty when the line is about nobody or about several.
    pub subject: String,
    /// When. A deed is one transaction: it starts and ends at the same instant.
    pub at: At,
}

/// Writes one line per subject of the operation `name` in `processing`; one without a subject when
/// there is none. Several subjects get a line each below one of the deed as a whole. `subjects` are
/// fingerprints by the vault's seal.
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
    let whole = deed.trace.next().step;
    let foreign = deed.trace.parent.map(hex::encode);
    let mut rows = Vec::with_capacity(subjects.len() + 1);
    match subjects {
        [] => rows.push((whole, None, foreign, "")),
        [one] => rows.push((whole, None, foreign, one.as_str())),
        several => {
            rows.push((whole, None, foreign, ""));
            rows.extend(several.iter().map(|s| (deed.trace.next().step, Some(hex::encode(whole)), None, s.as_str())));
        }
    }
    let mut values = Vec::with_capacity(rows.len() * 10);
    for (step, parent, foreign, subject) in rows {
        values.extend(args![
            deed.municipality,
            crate::clock::id_at(deed.at),
            hex::encode(deed.trace.chain),
            hex::encode(step),
            parent,
            foreign,
            name,
            processing,
            subject,
            deed.at,
        ]);
    }
    tx.insert_many(
        "insert into processing_log (municipality, id, trace_id, operation_id, parent_operation_id,
            foreign_operation_id, name, processing, subject, at)",
        "",
        10,
        values,
    )
    .await?;
    Ok(())
}

/// The oldest `most` lines of `municipality` that were not exported yet, in order.
///
/// # Errors
/// When the database cannot be read.
pub async fn waiting<V: Vault>(tx: &mut Tx<V>, municipality: &str, most: i64) -> Result<Vec<Line>> {
    tx.all(
        "select municipality, id, trace_id, operation_id, parent_operation_id, foreign_operation_id, name, processing,
            subject, at from processing_log where municipality = $1 and exported_at is null order by at, id limit $2",
        args![municipality, most],
    )
    .await
}

/// Notes that `lines` were exported.
///
/// # Errors
/// When the database refuses.
pub async fn exported<V: Vault>(tx: &mut Tx<V>, lines: &[Line], at: At) -> Result<()> {
    for line in lines {
        tx.run(
            "update processing_log set exported_at = $3 where municipality = $1 and id = $2",
            args![&line.municipality, line.id, at],
        )
        .await?;
    }
    Ok(())
}
