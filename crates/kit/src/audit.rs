//! The audit trail: who did what, when and for which purpose, in the transaction of the deed itself.
//!
//! Entries of a municipality form a chain: each carries a SHA-256 over its content and the hash
//! before it, so that a changed, removed or inserted entry breaks every later link.

use crate::clock::At;
use crate::db::{Tx, Vault};
use crate::trace::Trace;
use crate::{Result, args};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

/// Who acts, where, when and why: the part of an entry that a whole request shares.
#[derive(Clone, Debug)]
pub struct Deed<'a> {
    /// Municipality code.
    pub municipality: &'a str,
    /// The acting account; `None` for a stranger or the system itself.
    pub actor: Option<Uuid>,
    /// The role that the actor acted in, or `system`.
    pub role: &'a str,
    /// When.
    pub at: At,
    /// The purpose of the processing (GDPR art. 5(1)(b)).
    pub purpose: &'a str,
    /// The chain of work that it belongs to.
    pub trace: Trace,
}

/// One link, as stored.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Entry {
    /// Place in the chain, from 1.
    pub seq: i64,
    /// When.
    pub at: At,
    /// The acting account.
    pub actor_id: Option<Uuid>,
    /// The role acted in.
    pub role: String,
    /// The action of the policy, e.g. `signal:handle`.
    pub action: String,
    /// The kind of record.
    pub kind: String,
    /// The record.
    pub record_id: String,
    /// The purpose.
    pub purpose: String,
    /// What changed, as JSON without free text of residents.
    pub detail: String,
    /// Hash of the link before (64 zeros for the first).
    pub prev_hash: String,
    /// Hash of this link.
    pub hash: String,
}

impl Entry {
    fn digest(&self, municipality: &str) -> String {
        let mut hasher = Sha256::new();
        for part in [
            self.prev_hash.as_str(),
            municipality,
            &self.seq.to_string(),
            &self.at.micros().to_string(),
            &self.actor_id.map(|a| a.to_string()).unwrap_or_default(),
            &self.role,
            &self.action,
            &self.kind,
            &self.record_id,
            &self.purpose,
            &self.detail,
        ] {
            hasher.update((part.len() as u64).to_be_bytes());
            hasher.update(part.as_bytes());
        }
        hex::encode(hasher.finalize())
    }
}

/// The hash that stands before the first link.
pub const GENESIS: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// Adds a link for `action` on the record `kind`/`record_id`.
///
/// # Errors
/// When the database refuses.
pub async fn record<V: Vault>(
    tx: &mut Tx<V>,
    deed: &Deed<'_>,
    action: &str,
    kind: &str,
    record_id: &str,
    detail: &serde_json::Value,
) -> Result<()> {
    let (seq, prev_hash): (i64, String) = tx
        .one(
            "insert into audit_head (municipality, seq, hash) values ($1, 1, $2)
             on conflict (municipality) do update set seq = audit_head.seq + 1 returning seq, hash",
            args![deed.municipality, GENESIS],
        )
        .await?;
    let mut entry = Entry {
        seq,
        at: deed.at,
        actor_id: deed.actor,
        role: deed.role.to_owned(),
        action: action.to_owned(),
        kind: kind.to_owned(),
        record_id: record_id.to_owned(),
        purpose: deed.purpose.to_owned(),
        detail: detail.to_string(),
        prev_hash,
        hash: String::new(),
    };
    entry.hash = entry.digest(deed.municipality);
    tx.run("update audit_head set hash = $2 where municipality = $1", args![deed.municipality, &entry.hash]).await?;
    tx.run(
        "insert into audit_entry (municipality, seq, at, actor_id, role, action, kind, record_id, purpose, detail,
            prev_hash, hash) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        args![
            deed.municipality,
            entry.seq,
            entry.at,
            entry.actor_id,
            entry.role,
            entry.action,
            entry.kind,
            entry.record_id,
            entry.purpose,
            entry.detail,
            entry.prev_hash,
            entry.hash
        ],
    )
    .await?;
    Ok(())
}

/// The result of a walk along one municipality's chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Every link holds; how many there are.
    Whole(i64),
    /// The first link that does not hold, and why.
    Broken {
        /// Place in the chain.
        seq: i64,
        /// What is wrong, in plain English for the terminal.
        why: &'static str,
    },
}

/// Walks the chain of `municipality` from the first link and names the first that is broken.
///
/// # Errors
/// When the database cannot be read.
pub async fn verify<V: Vault>(tx: &mut Tx<V>, municipality: &str) -> Result<Verdict> {
    let mut expected = (1_i64, GENESIS.to_owned());
    loop {
        let batch: Vec<Entry> = tx
            .all(
                "select seq, at, actor_id, role, action, kind, record_id, purpose, detail, prev_hash, hash
                 from audit_entry where municipality = $1 and seq >= $2 order by seq limit 2000",
                args![municipality, expected.0],
            )
            .await?;
        let Some(last) = batch.last() else { break };
        let next = last.seq + 1;
        for entry in &batch {
            let why = if entry.seq != expected.0 {
                Some("an entry before it is missing")
            } else if entry.prev_hash != expected.1 {
                Some("it does not follow from the entry before it")
            } else if entry.digest(municipality) != entry.hash {
                Some("its content was changed")
            } else {
                None
            };
            if let Some(why) = why {
                return Ok(Verdict::Broken { seq: expected.0, why });
            }
            expected = (entry.seq + 1, entry.hash.clone());
        }
        expected.0 = next;
    }
    let head: Option<(i64, String)> =
        tx.opt("select seq, hash from audit_head where municipality = $1", args![municipality]).await?;
    Ok(match head {
        Some((seq, hash)) if seq != expected.0 - 1 || hash != expected.1 => {
            Verdict::Broken { seq: expected.0, why: "the newest entries were removed" }
        }
        None if expected.0 > 1 => Verdict::Broken { seq: 1, why: "the head of the chain was removed" },
        _ => Verdict::Whole(expected.0 - 1),
    })
}

/// The newest `most` entries of `municipality` before place `before` in the chain.
///
/// # Errors
/// When the database cannot be read.
pub async fn newest<V: Vault>(tx: &mut Tx<V>, municipality: &str, before: i64, most: i64) -> Result<Vec<Entry>> {
    tx.all(
        "select seq, at, actor_id, role, action, kind, record_id, purpose, detail, prev_hash, hash
         from audit_entry where municipality = $1 and seq < $2 order by seq desc limit $3",
        args![municipality, before, most],
    )
    .await
}

/// Every municipality that has a chain in this vault.
///
/// # Errors
/// When the database cannot be read.
pub async fn chains<V: Vault>(tx: &mut Tx<V>) -> Result<Vec<String>> {
    let rows: Vec<(String,)> = tx
        .all(
            "select municipality from audit_head union select distinct municipality from audit_entry order by 1",
            vec![],
        )
        .await?;
    Ok(rows.into_iter().map(|r| r.0).collect())
}
