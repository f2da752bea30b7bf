//! SQL of counts: read in the vault `wpg`, written in `main`.

use super::Key;
use kit::{AnyVault, Result, Tx, args};
use policy::Permit;
use std::collections::BTreeMap;

/// A sanction as it is counted.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct Row {
    pub day: i64,
    pub area: String,
    pub offence: String,
    pub modality: String,
}

/// A number; `many` is `None` where it is too small to say.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Count {
    /// Year × 12 + month − 1.
    pub month: i64,
    /// Neighbourhood, or [`super::WHOLE`].
    pub area: String,
    /// Group of offences.
    pub offence_group: String,
    /// Word of the modality.
    pub modality: String,
    /// How many.
    pub many: Option<i64>,
}

/// Every sanction that was signed and not withdrawn.
pub(super) async fn lines(tx: &mut Tx<AnyVault>, municipality: &str) -> Result<Vec<Row>> {
    tx.all(
        "select e.day, e.area, l.offence, l.modality from sanction_event e
         join sanction_line l on l.municipality = e.municipality and l.record_id = e.record_id
         where e.municipality = $1 and e.state in ('signed', 'checked', 'exported')",
        args![municipality],
    )
    .await
}

/// Puts these numbers in the place of those that stood there.
pub(super) async fn replace(tx: &mut Tx, municipality: &str, numbers: &BTreeMap<Key, Option<i64>>) -> Result<()> {
    tx.run("delete from sanction_count where municipality = $1", args![municipality]).await?;
    let values = numbers
        .iter()
        .flat_map(|((month, area, group, modality), many)| args![municipality, *month, area, group, modality, *many])
        .collect();
    tx.insert_many(
        "insert into sanction_count (municipality, month, area, offence_group, modality, many)",
        "",
        6,
        values,
    )
    .await?;
    Ok(())
}

/// The numbers of the months from `from` on, newest month first.
///
/// # Errors
/// When the database cannot be read.
pub async fn counts(tx: &mut Tx, permit: &Permit, from: i64) -> Result<Vec<Count>> {
    tx.all(
        "select month, area, offence_group, modality, many from sanction_count
         where municipality = $1 and month >= $2 order by month desc, area, offence_group, modality",
        args![permit.municipality(), from],
    )
    .await
}
