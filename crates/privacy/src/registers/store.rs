//! SQL of the registers: which purposes were written down, and incidents.

use super::incidents::Incident;
use kit::{AnyVault, At, Main, Result, Tx, Uuid, args};
use policy::Permit;

/// Every purpose in the audit trail of a vault.
pub(super) async fn purposes(tx: &mut Tx<AnyVault>) -> Result<Vec<String>> {
    let rows: Vec<(String,)> = tx.all("select distinct purpose from audit_entry order by 1", vec![]).await?;
    Ok(rows.into_iter().map(|r| r.0).collect())
}

/// Every processing in the processing log of a vault.
pub(super) async fn logged(tx: &mut Tx<AnyVault>) -> Result<Vec<String>> {
    let rows: Vec<(String,)> = tx.all("select distinct processing from processing_log order by 1", vec![]).await?;
    Ok(rows.into_iter().map(|r| r.0).collect())
}

/// The incidents that were noticed between two instants, the newest first.
pub(super) async fn incidents(tx: &mut Tx<Main>, municipality: &str, (from, to): (At, At)) -> Result<Vec<Incident>> {
    tx.all(
        "select id, vault, what, noticed_by, happened_at, noticed_at, is_breach, due_at, reported_at, no_report,
            measures, closed_at, version
         from incident where municipality = $1 and noticed_at >= $2 and noticed_at < $3
         order by noticed_at desc, id desc",
        args![municipality, from, to],
    )
    .await
}

pub(super) async fn incident(tx: &mut Tx<Main>, permit: &Permit, id: Uuid) -> Result<Option<Incident>> {
    tx.opt(
        "select id, vault, what, noticed_by, happened_at, noticed_at, is_breach, due_at, reported_at, no_report,
            measures, closed_at, version
         from incident where municipality = $1 and id = $2",
        args![permit.municipality(), id],
    )
    .await
}

pub(super) async fn insert(tx: &mut Tx<Main>, permit: &Permit, new: &Incident, now: At) -> Result<()> {
    tx.run(
        "insert into incident (municipality, id, vault, what, noticed_by, happened_at, noticed_at, is_breach, due_at,
            reported_at, no_report, measures, closed_at, created_at, created_by, version)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, 1)",
        args![
            permit.municipality(),
            new.id,
            &new.vault,
            &new.what,
            &new.noticed_by,
            new.happened_at,
            new.noticed_at,
            new.is_breach,
            new.due_at,
            new.reported_at,
            &new.no_report,
            &new.measures,
            new.closed_at,
            now,
            permit.actor()
        ],
    )
    .await?;
    Ok(())
}

/// Writes a changed incident when its version is still the present one.
pub(super) async fn update(tx: &mut Tx<Main>, permit: &Permit, new: &Incident) -> Result<u64> {
    tx.run(
        "update incident set vault = $4, what = $5, noticed_by = $6, happened_at = $7, noticed_at = $8, is_breach = $9,
            due_at = $10, reported_at = $11, no_report = $12, measures = $13, closed_at = $14, version = version + 1
         where municipality = $1 and id = $2 and version = $3",
        args![
            permit.municipality(),
            new.id,
            new.version,
            &new.vault,
            &new.what,
            &new.noticed_by,
            new.happened_at,
            new.noticed_at,
            new.is_breach,
            new.due_at,
            new.reported_at,
            &new.no_report,
            &new.measures,
            new.closed_at
        ],
    )
    .await
}
