//! SQL of what was seen. All reads go by the covering index `signal_picture`, by `signal_day` or by `presence_day`.

use kit::{Result, Tx, args};

/// All signals from `from` up to and including `to` (days since 1970-01-01) as one text, one line each.
pub(crate) async fn signals(tx: &mut Tx, municipality: &str, from: i32, to: i32) -> Result<String> {
    let (text,): (Option<String>,) = tx
        .one(
            "select string_agg(concat(day, ',', hour, ',', category, ',', source, ',', cell_x, ',', cell_y, ',', area), '\n')
             from signal where municipality = $1 and day between $2 and $3",
            args![municipality, from, to],
        )
        .await?;
    Ok(text.unwrap_or_default())
}

/// How many changes there were of what is counted; it only rises.
pub(crate) async fn changes(tx: &mut Tx, municipality: &str) -> Result<i64> {
    let (n,): (i64,) = tx
        .one(
            "select cast(coalesce(sum(changes), 0) as bigint) from signal_day where municipality = $1",
            args![municipality],
        )
        .await?;
    Ok(n)
}

/// The same per day as one text, one line each: day and number; a day may have several lines.
pub(crate) async fn changes_by_day(tx: &mut Tx, municipality: &str) -> Result<String> {
    let (text,): (Option<String>,) = tx
        .one(
            "select string_agg(concat(day, ',', changes), '\n') from signal_day where municipality = $1",
            args![municipality],
        )
        .await?;
    Ok(text.unwrap_or_default())
}

/// Minutes of presence of the whole team per neighbourhood over a period; `None` lies in no neighbourhood.
pub(crate) async fn presence(
    tx: &mut Tx,
    municipality: &str,
    from: i32,
    to: i32,
) -> Result<Vec<(Option<String>, i64)>> {
    tx.all(
        "select area, cast(sum(ended_at - started_at) as bigint) / 60000000 from presence
         where municipality = $1 and day between $2 and $3 group by area",
        args![municipality, from, to],
    )
    .await
}
