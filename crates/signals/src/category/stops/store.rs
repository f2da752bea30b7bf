//! SQL of stops.

use super::Stop;
use kit::{At, Result, Tx, Uuid, args};
use policy::Permit;

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    category: String,
    message: String,
    starts_at: At,
    ends_at: Option<At>,
    version: i64,
}

impl Row {
    fn stop(self) -> Result<Stop> {
        let message =
            serde_json::from_str(&self.message).map_err(|e| kit::DbError::Sqlx(sqlx::Error::Decode(Box::new(e))))?;
        let Self { id, category, starts_at: from, ends_at: until, version, .. } = self;
        Ok(Stop { id, category, message, from, until, version })
    }
}

fn stops(rows: Vec<Row>) -> Result<Vec<Stop>> {
    rows.into_iter().map(Row::stop).collect()
}

/// The stops in force, of one category or of all; by category, newest first.
pub(super) async fn in_force(tx: &mut Tx, municipality: &str, category: Option<&str>, now: At) -> Result<Vec<Stop>> {
    let rows = tx
        .all(
            "select id, category, message, starts_at, ends_at, version from category_stop
             where municipality = $1 and ($2 = '' or category = $2) and starts_at <= $3
                and (ends_at is null or ends_at > $3)
             order by category, starts_at desc, id desc",
            args![municipality, category.unwrap_or_default(), now],
        )
        .await?;
    stops(rows)
}

/// The stops of a category, newest first; of all categories when `category` is empty.
pub(in crate::category) async fn all(tx: &mut Tx, municipality: &str, category: &str) -> Result<Vec<Stop>> {
    let rows = tx
        .all(
            "select id, category, message, starts_at, ends_at, version from category_stop
             where municipality = $1 and ($2 = '' or category = $2) order by starts_at desc, id desc",
            args![municipality, category],
        )
        .await?;
    stops(rows)
}

/// One stop of a category.
pub(in crate::category) async fn get(
    tx: &mut Tx,
    municipality: &str,
    category: &str,
    id: Uuid,
) -> Result<Option<Stop>> {
    let row: Option<Row> = tx
        .opt(
            "select id, category, message, starts_at, ends_at, version from category_stop
             where municipality = $1 and category = $2 and id = $3",
            args![municipality, category, id],
        )
        .await?;
    row.map(Row::stop).transpose()
}

/// Writes a new stop.
pub(super) async fn insert(tx: &mut Tx, permit: &Permit, stop: &Stop, actor: Option<Uuid>) -> Result<()> {
    let message = serde_json::to_string(&stop.message).unwrap_or_default();
    tx.run(
        "insert into category_stop (municipality, id, category, message, starts_at, ends_at, made_by, version)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        args![permit.municipality(), stop.id, &stop.category, message, stop.from, stop.until, actor, stop.version],
    )
    .await?;
    Ok(())
}

/// Writes another text and other times; no row when somebody was before.
pub(super) async fn update(tx: &mut Tx, permit: &Permit, stop: &Stop) -> Result<u64> {
    let message = serde_json::to_string(&stop.message).unwrap_or_default();
    tx.run(
        "update category_stop set message = $4, starts_at = $5, ends_at = $6, version = version + 1
         where municipality = $1 and id = $2 and version = $3",
        args![permit.municipality(), stop.id, stop.version, message, stop.from, stop.until],
    )
    .await
}
