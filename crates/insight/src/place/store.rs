//! SQL of the reports behind a cell, and of what is expected there.

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

/// What is expected in one cell, on one day, in four hours, of one main category.
#[derive(sqlx::FromRow)]
pub(crate) struct Slot {
    pub(crate) day: i64,
    pub(crate) band: i64,
    pub(crate) grp: String,
    pub(crate) expected: f64,
}

/// The slots of a cell in the seven days from `from_day`, as a run made them: 42 look-ups by the primary key.
pub(crate) async fn slots(
    tx: &mut Tx,
    municipality: &str,
    made_at: At,
    from_day: i32,
    cell: (i32, i32),
) -> Result<Vec<Slot>> {
    let d = from_day;
    tx.all(
        "select day, band, grp, expected from forecast_cell
         where municipality = $1 and made_at = $2 and day in ($3, $4, $5, $6, $7, $8, $9)
            and band in (0, 1, 2, 3, 4, 5) and cell_x = $10 and cell_y = $11
         order by day, band, grp",
        args![municipality, made_at, d, d + 1, d + 2, d + 3, d + 4, d + 5, d + 6, cell.0, cell.1],
    )
    .await
}
