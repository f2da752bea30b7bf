//! SQL of proofs of destruction, legal holds and backups.

use kit::paging::Cursor;
use kit::{AnyVault, At, Main, Result, Tx, Uuid, args};

/// What was destroyed, without personal data.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub(in crate::retention) struct Proof {
    pub id: Uuid,
    pub at: At,
    /// `destroyed` or `anonymised`.
    pub act: String,
    pub kind: String,
    pub processing: String,
    pub rule: String,
    /// Month in which the clocks started, `2024-06`.
    pub trigger_month: String,
    pub records: i64,
}

/// Counts more into the proof of this run.
pub(in crate::retention) async fn prove(tx: &mut Tx<AnyVault>, municipality: &str, proof: &Proof) -> Result<()> {
    let Proof { at, act, kind, processing, rule, trigger_month, records, id } = proof;
    let counted = tx
        .run(
            "update destruction set records = records + $8 where municipality = $1 and at = $2 and act = $3
                and kind = $4 and processing = $5 and rule = $6 and trigger_month = $7",
            args![municipality, *at, act, kind, processing, rule, trigger_month, *records],
        )
        .await?;
    if counted == 0 {
        tx.run(
            "insert into destruction (municipality, id, at, act, kind, processing, rule, trigger_month, records)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            args![municipality, *id, *at, act, kind, processing, rule, trigger_month, *records],
        )
        .await?;
    }
    Ok(())
}

/// The newest proofs before a place in the list.
pub(in crate::retention) async fn proofs(
    tx: &mut Tx<AnyVault>,
    municipality: &str,
    before: Option<Cursor>,
    most: i64,
) -> Result<Vec<Proof>> {
    let (at, id) = before.map_or((Cursor::START, Uuid::max()), |c| (c.at.micros(), c.id));
    tx.all(
        "select id, at, act, kind, processing, rule, trigger_month, records from destruction
         where municipality = $1 and (at < $2 or (at = $2 and id < $3)) order by at desc, id desc limit $4",
        args![municipality, at, id, most],
    )
    .await
}

/// A record that must wait.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub(in crate::retention) struct Hold {
    pub id: Uuid,
    pub record_id: Uuid,
    pub reason: String,
    pub placed_by: Uuid,
    pub placed_at: At,
    pub lifted_at: Option<At>,
}

/// The holds of a vault, open ones first, then the newest.
pub(in crate::retention) async fn holds(tx: &mut Tx<AnyVault>, municipality: &str, most: i64) -> Result<Vec<Hold>> {
    tx.all(
        "select id, record_id, reason, placed_by, placed_at, lifted_at from legal_hold where municipality = $1
         order by case when lifted_at is null then 0 else 1 end, placed_at desc, id desc limit $2",
        args![municipality, most],
    )
    .await
}

/// Whether there is a record with this id, and locks it: nobody destroys it meanwhile. Gives its processing.
pub(in crate::retention) async fn lock_record(
    tx: &mut Tx<AnyVault>,
    municipality: &str,
    id: Uuid,
) -> Result<Option<String>> {
    let row: Option<(String,)> = tx
        .opt(
            "update record set version = version where municipality = $1 and id = $2 returning processing",
            args![municipality, id],
        )
        .await?;
    Ok(row.map(|r| r.0))
}

/// Whether there is a report with this id or reference; gives its id.
pub(in crate::retention) async fn report(
    tx: &mut Tx<AnyVault>,
    municipality: &str,
    id: Uuid,
    reference: &str,
) -> Result<Option<Uuid>> {
    let row: Option<(Uuid,)> = tx
        .opt(
            "update signal set version = version where municipality = $1 and (id = $2 or reference = $3)
             returning id",
            args![municipality, id, reference],
        )
        .await?;
    Ok(row.map(|r| r.0))
}

/// Places a hold.
pub(in crate::retention) async fn hold(tx: &mut Tx<AnyVault>, municipality: &str, hold: &Hold) -> Result<()> {
    tx.run(
        "insert into legal_hold (municipality, id, record_id, reason, placed_by, placed_at)
         values ($1, $2, $3, $4, $5, $6)",
        args![municipality, hold.id, hold.record_id, &hold.reason, hold.placed_by, hold.placed_at],
    )
    .await?;
    Ok(())
}

/// Lifts a hold; gives its record, nothing when it was lifted before.
pub(in crate::retention) async fn lift(
    tx: &mut Tx<AnyVault>,
    municipality: &str,
    id: Uuid,
    (by, at): (Uuid, At),
) -> Result<Option<Uuid>> {
    let row: Option<(Uuid,)> = tx
        .opt(
            "update legal_hold set lifted_by = $3, lifted_at = $4
             where municipality = $1 and id = $2 and lifted_at is null returning record_id",
            args![municipality, id, by, at],
        )
        .await?;
    Ok(row.map(|r| r.0))
}

/// A backup that `regie backup` made.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub(in crate::retention) struct Backup {
    pub id: Uuid,
    pub at: At,
    pub file: String,
    pub sha256: String,
    pub bytes: i64,
    pub destroyed_at: Option<At>,
}

/// Notes a backup.
pub(in crate::retention) async fn backup(tx: &mut Tx<Main>, municipality: &str, backup: &Backup) -> Result<()> {
    tx.run(
        "insert into backup_made (municipality, id, at, file, sha256, bytes) values ($1, $2, $3, $4, $5, $6)",
        args![municipality, backup.id, backup.at, &backup.file, &backup.sha256, backup.bytes],
    )
    .await?;
    Ok(())
}

/// The backups, those that still exist first, then the oldest.
pub(in crate::retention) async fn backups(tx: &mut Tx<Main>, municipality: &str, most: i64) -> Result<Vec<Backup>> {
    tx.all(
        "select id, at, file, sha256, bytes, destroyed_at from backup_made where municipality = $1
         order by case when destroyed_at is null then 0 else 1 end, at, id limit $2",
        args![municipality, most],
    )
    .await
}

/// Notes that a backup's file was destroyed; gives its name, nothing when that was noted before.
pub(in crate::retention) async fn backup_destroyed(
    tx: &mut Tx<Main>,
    municipality: &str,
    id: Uuid,
    (by, at): (Uuid, At),
) -> Result<Option<String>> {
    let row: Option<(String,)> = tx
        .opt(
            "update backup_made set destroyed_at = $4, destroyed_by = $3
             where municipality = $1 and id = $2 and destroyed_at is null returning file",
            args![municipality, id, by, at],
        )
        .await?;
    Ok(row.map(|r| r.0))
}
