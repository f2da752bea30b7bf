//! SQL of the model and of the reports that it learns from.

use kit::{At, Result, Tx, args};

/// A closed report: its words and the category that staff left it in.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct Closed {
    pub words: String,
    pub category: String,
}

/// The newest closed reports of people (no officers' notes, no police figures), newest first.
pub(super) async fn closed(tx: &mut Tx, municipality: &str, most: u32) -> Result<Vec<Closed>> {
    tx.all(
        "select words, category from signal
         where municipality = $1 and closed_at is not null and words <> ''
            and source in ('resident', 'partner', 'import')
         order by closed_at desc, id desc limit $2",
        args![municipality, most],
    )
    .await
}

/// The stored model.
pub(super) async fn model(tx: &mut Tx, municipality: &str) -> Result<Option<Vec<u8>>> {
    let row: Option<(Vec<u8>,)> =
        tx.opt("select model_bytes from suggest_model where municipality = $1", args![municipality]).await?;
    Ok(row.map(|(bytes,)| bytes))
}

/// Stores a model in place of the last.
pub(super) async fn put(tx: &mut Tx, municipality: &str, at: At, reports: i64, model: Vec<u8>) -> Result<()> {
    tx.run(
        "insert into suggest_model (municipality, trained_at, reports, model_bytes) values ($1, $2, $3, $4)
         on conflict (municipality) do update set trained_at = excluded.trained_at, reports = excluded.reports,
            model_bytes = excluded.model_bytes",
        args![municipality, at, reports, model],
    )
    .await?;
    Ok(())
}
