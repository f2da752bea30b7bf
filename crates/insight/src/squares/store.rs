//! SQL of the stored squares.

use kit::{At, Result, Tx, args};

/// First day and squares of a part.
pub(crate) async fn read(tx: &mut Tx, municipality: &str, part: &str) -> Result<Option<(i64, String)>> {
    tx.opt(
        "select from_day, squares from forecast_week where municipality = $1 and part = $2",
        args![municipality, part],
    )
    .await
}

pub(crate) async fn clear(tx: &mut Tx, municipality: &str) -> Result<u64> {
    tx.run("delete from forecast_week where municipality = $1", args![municipality]).await
}

pub(crate) async fn add(
    tx: &mut Tx,
    municipality: &str,
    part: &str,
    made_at: At,
    from_day: i32,
    squares: &str,
) -> Result<u64> {
    tx.run(
        "insert into forecast_week (municipality, part, made_at, from_day, squares) values ($1, $2, $3, $4, $5)",
        args![municipality, part, made_at, from_day, squares],
    )
    .await
}
