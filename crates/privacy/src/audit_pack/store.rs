//! SQL of the audit set.

use kit::{AnyVault, At, Result, Tx, Uuid, args};

/// A proof of destruction.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct Proof {
    pub at: At,
    pub act: String,
    pub kind: String,
    pub processing: String,
    pub rule: String,
    pub trigger_month: String,
    pub records: i64,
}

pub(super) async fn destructions(
    tx: &mut Tx<AnyVault>,
    municipality: &str,
    (from, to): (At, At),
) -> Result<Vec<Proof>> {
    tx.all(
        "select at, act, kind, processing, rule, trigger_month, records from destruction
         where municipality = $1 and at >= $2 and at < $3 order by at, id",
        args![municipality, from, to],
    )
    .await
}

/// A daily anchor of a chain.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct Anchor {
    pub day: i64,
    pub seq: i64,
    pub hash: String,
    /// Hash of the entry at that place now; `None`: it is gone.
    pub present: Option<String>,
}

pub(super) async fn anchors(tx: &mut Tx<AnyVault>, municipality: &str, (from, to): (i64, i64)) -> Result<Vec<Anchor>> {
    tx.all(
        "select a.day, a.seq, a.hash, e.hash as present from audit_anchor a
         left join audit_entry e on e.municipality = a.municipality and e.seq = a.seq
         where a.municipality = $1 and a.day >= $2 and a.day < $3 order by a.day",
        args![municipality, from, to],
    )
    .await
}

/// Records by processing: how many there are, and how many are removed.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct Stock {
    pub processing: String,
    pub records: i64,
    pub removed: i64,
    pub oldest: Option<At>,
}

pub(super) async fn stock(tx: &mut Tx<AnyVault>, municipality: &str) -> Result<Vec<Stock>> {
    tx.all(
        "select processing, cast(count(*) as bigint) as records, cast(count(removed_at) as bigint) as removed,
            min(created_at) as oldest
         from record where municipality = $1 group by processing order by processing",
        args![municipality],
    )
    .await
}

/// The names behind account ids.
pub(super) async fn names(tx: &mut Tx, municipality: &str) -> Result<Vec<(Uuid, String)>> {
    tx.all("select id, name from account where municipality = $1", args![municipality]).await
}
