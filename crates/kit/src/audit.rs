//! The audit trail: who did what, when and for which purpose, in the transaction of the deed itself.
//!
//! Entries of a municipality form a chain: each carries a SHA-256 over its content and the hash
//! before it, so that a changed, removed or inserted entry breaks every later link.
//!
//! Who can write in the database can also compute the whole chain anew. That shows against the daily
//! anchors, and a chain that was computed anew together with them shows against the anchors that were
//! printed or published before.

mod anchor;

use crate::clock::At;
use crate::db::{DbError, Tx, Vault};
use crate::trace::Trace;
use crate::{Result, args};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

pub use anchor::{ANCHOR, Anchor, Outside, anchor, anchors, anchors_csv, compare, read_csv, verify_anchors};

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

/// What is wrong with a link or an anchor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// An entry before it is missing, or there is one too many.
    Missing,
    /// It does not follow from the entry before it.
    Loose,
    /// Its content was changed.
    Changed,
    /// Its content is no text any more.
    Unreadable,
    /// The newest entries were removed, or added by hand.
    Tail,
    /// The head of the chain was removed or cannot be read.
    Head,
    /// The chain was rewritten after its anchor was made.
    Rewritten,
    /// The anchor was changed, removed or added.
    Anchor,
}

impl Flaw {
    /// In plain English, for the terminal.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Missing => "an entry is missing or too many",
            Self::Loose => "it does not follow from the entry before it",
            Self::Changed => "its content was changed",
            Self::Unreadable => "its content cannot be read",
            Self::Tail => "the newest entries were removed or added by hand",
            Self::Head => "the head of the chain was removed or changed",
            Self::Rewritten => "it is not the entry that was anchored: the chain was rewritten",
            Self::Anchor => "its anchor was changed, removed or added by hand",
        }
    }

    /// The word for locale keys.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Loose => "loose",
            Self::Changed => "changed",
            Self::Unreadable => "unreadable",
            Self::Tail => "tail",
            Self::Head => "head",
            Self::Rewritten => "rewritten",
            Self::Anchor => "anchor",
        }
    }
}

impl std::fmt::Display for Flaw {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The result of a walk along one municipality's chain, or along its anchors.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Everything holds; how many links or anchors there are.
    Whole(i64),
    /// The first that does not hold, and why.
    Broken {
        /// Place in the chain.
        seq: i64,
        /// What is wrong.
        why: Flaw,
    },
}

/// Links that are read at once.
const BATCH: i64 = 2000;

/// Walks the chain of `municipality` from the first link and names the first that is broken.
///
/// # Errors
/// When the database cannot be read.
pub async fn verify<V: Vault>(tx: &mut Tx<V>, municipality: &str) -> Result<Verdict> {
    walk(tx, municipality, None).await
}

/// Walks only what came after `anchor`; the number of links in the verdict counts from there.
///
/// # Errors
/// When the database cannot be read.
pub async fn verify_since<V: Vault>(tx: &mut Tx<V>, municipality: &str, anchor: &Anchor) -> Result<Verdict> {
    walk(tx, municipality, Some(anchor)).await
}

async fn walk<V: Vault>(tx: &mut Tx<V>, municipality: &str, anchor: Option<&Anchor>) -> Result<Verdict> {
    let (first, mut hash) = match anchor {
        Some(anchor) => (anchor.seq + 1, anchor.hash.clone()),
        None => (1, GENESIS.to_owned()),
    };
    // From the very bottom, so that a row before the first link is seen too.
    let (mut from, mut seq) = (if anchor.is_some() { first } else { i64::MIN }, first);
    let mut most = BATCH;
    loop {
        let start = seq;
        loop {
            let batch = match links(tx, municipality, from, most).await {
                Ok(batch) => batch,
                Err(error) if !unreadable(&error) => return Err(error),
                Err(_) if most == 1 => return Ok(Verdict::Broken { seq, why: Flaw::Unreadable }),
                Err(_) => {
                    most /= 2;
                    continue;
                }
            };
            if batch.is_empty() {
                break;
            }
            for entry in batch {
                let why = if entry.seq != seq {
                    Some(Flaw::Missing)
                } else if entry.prev_hash != hash {
                    Some(Flaw::Loose)
                } else if entry.digest(municipality) != entry.hash {
                    Some(Flaw::Changed)
                } else {
                    None
                };
                if let Some(why) = why {
                    return Ok(Verdict::Broken { seq, why });
                }
                (from, seq, hash) = (seq + 1, seq + 1, entry.hash);
            }
        }
        let head: Option<(i64, String)> =
            match tx.opt("select seq, hash from audit_head where municipality = $1", args![municipality]).await {
                Err(error) if unreadable(&error) => return Ok(Verdict::Broken { seq: seq - 1, why: Flaw::Head }),
                head => head?,
            };
        return Ok(match head {
            Some((at, end)) if at == seq - 1 && end == hash => Verdict::Whole(seq - first),
            // Links that were made while we walked, as PostgreSQL shows them: go on from here.
            Some((at, _)) if at >= seq && seq > start => continue,
            Some((at, _)) if at == seq - 1 => Verdict::Broken { seq: at, why: Flaw::Head },
            Some(_) => Verdict::Broken { seq, why: Flaw::Tail },
            None if seq > 1 => Verdict::Broken { seq: seq - 1, why: Flaw::Head },
            None => Verdict::Whole(0),
        });
    }
}

async fn links<V: Vault>(tx: &mut Tx<V>, municipality: &str, from: i64, most: i64) -> Result<Vec<Entry>> {
    tx.all(
        "select seq, at, actor_id, role, action, kind, record_id, purpose, detail, prev_hash, hash
         from audit_entry where municipality = $1 and seq >= $2 order by seq limit $3",
        args![municipality, from, most],
    )
    .await
}

/// Whether a row was found whose content does not fit its columns (text that is no UTF-8).
fn unreadable(error: &DbError) -> bool {
    matches!(error, DbError::Sqlx(sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_)))
}

/// Which entries to list; an empty text or `None` means all.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Kind of record.
    pub kind: String,
    /// The record.
    pub record_id: String,
    /// Action of the policy.
    pub action: String,
    /// The acting account.
    pub actor: Option<Uuid>,
}

/// The newest `most` entries of `municipality` before place `before` in the chain.
///
/// # Errors
/// When the database cannot be read.
pub async fn newest<V: Vault>(tx: &mut Tx<V>, municipality: &str, before: i64, most: i64) -> Result<Vec<Entry>> {
    find(tx, municipality, &Filter::default(), before, most).await
}

/// The newest `most` entries of `municipality` before place `before` in the chain that `filter` lets through.
///
/// # Errors
/// When the database cannot be read.
pub async fn find<V: Vault>(
    tx: &mut Tx<V>,
    municipality: &str,
    filter: &Filter,
    before: i64,
    most: i64,
) -> Result<Vec<Entry>> {
    tx.all(
        "select seq, at, actor_id, role, action, kind, record_id, purpose, detail, prev_hash, hash
         from audit_entry where municipality = $1 and seq < $2 and ($4 = '' or kind = $4)
            and ($5 = '' or record_id = $5) and ($6 = '' or action = $6) and ($7 is null or actor_id = $7)
         order by seq desc limit $3",
        args![municipality, before, most, &filter.kind, &filter.record_id, &filter.action, filter.actor],
    )
    .await
}

/// The kinds of record that the chain of `municipality` speaks of.
///
/// # Errors
/// When the database cannot be read.
pub async fn kinds<V: Vault>(tx: &mut Tx<V>, municipality: &str) -> Result<Vec<String>> {
    let rows: Vec<(String,)> = tx
        .all("select distinct kind from audit_entry where municipality = $1 order by kind", args![municipality])
        .await?;
    Ok(rows.into_iter().map(|r| r.0).collect())
}

/// Every municipality that has a chain in this vault.
///
/// # Errors
/// When the database cannot be read.
pub async fn chains<V: Vault>(tx: &mut Tx<V>) -> Result<Vec<String>> {
    let rows: Vec<(String,)> = tx
        .all(
            "select municipality from audit_head union select municipality from audit_entry
             union select municipality from audit_anchor order by 1",
            vec![],
        )
        .await?;
    Ok(rows.into_iter().map(|r| r.0).collect())
}
