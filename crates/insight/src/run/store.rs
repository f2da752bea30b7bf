//! SQL of stored runs and their rows.

use kit::{At, Result, Tx, Uuid, Value, args};

#[derive(sqlx::FromRow)]
pub(crate) struct RunRow {
    pub(crate) made_at: At,
    pub(crate) from_day: i64,
    pub(crate) days: i64,
    pub(crate) model: String,
    pub(crate) events: i64,
    pub(crate) score: String,
    pub(crate) brief: String,
}

pub(crate) async fn newest(tx: &mut Tx, municipality: &str) -> Result<Option<RunRow>> {
    tx.opt(
        "select made_at, from_day, days, model, events, score, brief from forecast_run
         where municipality = $1 order by made_at desc limit 1",
        args![municipality],
    )
    .await
}

pub(crate) struct NewRun<'a> {
    pub(crate) municipality: &'a str,
    pub(crate) id: Uuid,
    pub(crate) made_at: At,
    pub(crate) from_day: i32,
    pub(crate) days: u16,
    pub(crate) model: &'a str,
    pub(crate) settings: String,
    pub(crate) events: u32,
    pub(crate) score: String,
    pub(crate) brief: String,
}

pub(crate) async fn add_run(tx: &mut Tx, run: &NewRun<'_>) -> Result<u64> {
    tx.run(
        "insert into forecast_run (municipality, id, made_at, from_day, days, model, settings, events, score, brief)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
         on conflict (municipality, id) do update set made_at = excluded.made_at, from_day = excluded.from_day,
            days = excluded.days, model = excluded.model, settings = excluded.settings, events = excluded.events,
            score = excluded.score, brief = excluded.brief",
        args![
            run.municipality,
            run.id,
            run.made_at,
            run.from_day,
            run.days,
            run.model,
            &run.settings,
            run.events,
            &run.score,
            &run.brief
        ],
    )
    .await
}

pub(crate) async fn remove_before(tx: &mut Tx, municipality: &str, at: At) -> Result<u64> {
    tx.run("delete from forecast_run where municipality = $1 and made_at < $2", args![municipality, at]).await
}

pub(crate) async fn clear_cells(tx: &mut Tx, municipality: &str) -> Result<u64> {
    tx.run("delete from forecast_cell where municipality = $1", args![municipality]).await
}

pub(crate) async fn add_cells(tx: &mut Tx, values: Vec<Value>) -> Result<u64> {
    tx.insert_many(
        "insert into forecast_cell (municipality, made_at, day, band, cell_x, cell_y, grp, expected, low90, high90)",
        "",
        10,
        values,
    )
    .await
}
