//! SQL of the reports behind a cell.

use kit::{At, Result, Tx, Uuid, args};
use policy::Permit;

#[derive(sqlx::FromRow)]
pub(crate) struct Report {
    pub(crate) id: Uuid,
    pub(crate) reference: String,
    pub(crate) category: String,
    pub(crate) occurred_at: At,
    pub(crate) closed: bool,
}

/// The newest reports of a cell since the day `from`, by the index `signal_picture`.
pub(crate) async fn reports(
    tx: &mut Tx,
    permit: &Permit,
    cell: (i32, i32),
    from: i32,
    most: u32,
) -> Result<Vec<Report>> {
    tx.all(
        "select id, reference, category, occurred_at, closed_at is not null as closed from signal
         where municipality = $1 and day >= $2 and cell_x = $3 and cell_y = $4
         order by day desc, hour desc limit $5",
        args![permit.municipality(), from, cell.0, cell.1, most],
    )
    .await
}
