//! SQL of figures, their revisions and names; of files in `files`.

use crate::model::{Key, Name, NameKind, Observation, Period, PeriodKind};
use kit::{At, Result, Tx, Uuid, Value, args};
use policy::Permit;

mod files;

pub use files::FileRow;
pub(crate) use files::{add_file, drop_file, file, files, last_fetched, packed, same_file, set_file};

/// A figure as it is kept.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct CellRow {
    /// Area.
    pub area: String,
    /// Kind of period.
    pub period_kind: PeriodKind,
    /// First day of the period.
    pub period: String,
    /// Status: value, missing, suppressed, unspecified.
    pub status: String,
    /// Value.
    pub value: Option<f64>,
    /// Lower end of the interval.
    pub low: Option<f64>,
    /// Upper end of the interval.
    pub high: Option<f64>,
    /// Answers.
    pub n: Option<i64>,
    /// Whether the source may still change it.
    pub is_preliminary: bool,
    /// File that it came from.
    pub file_id: Uuid,
}

/// All figures of one measure and category.
pub(crate) async fn cells(tx: &mut Tx, municipality: &str, dataset: &str, of: (&str, &str)) -> Result<Vec<CellRow>> {
    tx.all(
        "select area, period_kind, period, status, value, low, high, n, is_preliminary, file_id from figure
         where municipality = $1 and dataset = $2 and measure = $3 and category = $4
         order by area, period_kind, period",
        args![municipality, dataset, of.0, of.1],
    )
    .await
}

/// The figures of one measure and category in one area, oldest first.
pub(crate) async fn series(
    tx: &mut Tx,
    municipality: &str,
    dataset: &str,
    of: (&str, &str, &str),
) -> Result<Vec<CellRow>> {
    tx.all(
        "select area, period_kind, period, status, value, low, high, n, is_preliminary, file_id from figure
         where municipality = $1 and dataset = $2 and measure = $3 and category = $4 and area = $5
         order by period_kind, period",
        args![municipality, dataset, of.0, of.1, of.2],
    )
    .await
}

/// The periods that a measure has figures of, in any area, and whether they are preliminary.
pub(crate) async fn periods(
    tx: &mut Tx,
    municipality: &str,
    dataset: &str,
    measure: &str,
) -> Result<Vec<(Period, bool)>> {
    let sql = tx.pick(
        "select period_kind, period, max(is_preliminary) from figure
         where municipality = $1 and dataset = $2 and measure = $3 group by period_kind, period",
        "select period_kind, period, bool_or(is_preliminary) from figure
         where municipality = $1 and dataset = $2 and measure = $3 group by period_kind, period",
    );
    let rows: Vec<(PeriodKind, String, bool)> = tx.all(sql, args![municipality, dataset, measure]).await?;
    Ok(rows.into_iter().map(|(kind, start, preliminary)| (Period::stored(kind, &start), preliminary)).collect())
}

/// Everything of a dataset, in the order of its key: for the download.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct WholeRow {
    pub measure: String,
    pub category: String,
    #[sqlx(flatten)]
    pub cell: CellRow,
}

pub(crate) async fn all(tx: &mut Tx, permit: &Permit, dataset: &str) -> Result<Vec<WholeRow>> {
    tx.all(
        "select measure, category, area, period_kind, period, status, value, low, high, n, is_preliminary, file_id
         from figure where municipality = $1 and dataset = $2
         order by measure, category, area, period_kind, period",
        args![permit.municipality(), dataset],
    )
    .await
}

/// Writes figures: new ones, and others in the place of what was there.
pub(crate) async fn put(
    tx: &mut Tx,
    permit: &Permit,
    dataset: &str,
    file: Uuid,
    at: At,
    observations: &[&Observation],
) -> Result<()> {
    let values = observations
        .iter()
        .flat_map(|o| {
            args![
                permit.municipality(),
                dataset,
                &o.key.measure,
                &o.key.category,
                &o.key.area,
                o.key.period.kind,
                o.key.period.start.to_string(),
                o.figure.kind(),
                o.figure.number(),
                o.low,
                o.high,
                o.n,
                o.preliminary,
                file,
                at
            ]
        })
        .collect();
    tx.insert_many(
        "insert into figure (municipality, dataset, measure, category, area, period_kind, period, status, value, low,
            high, n, is_preliminary, file_id, changed_at)",
        "on conflict (municipality, dataset, measure, category, area, period_kind, period) do update set
            status = excluded.status, value = excluded.value, low = excluded.low, high = excluded.high, n = excluded.n,
            is_preliminary = excluded.is_preliminary, file_id = excluded.file_id, changed_at = excluded.changed_at",
        15,
        values,
    )
    .await?;
    Ok(())
}

/// Keeps what stood in cells before they change.
pub(crate) async fn keep_revisions(
    tx: &mut Tx,
    permit: &Permit,
    dataset: &str,
    by: Uuid,
    at: At,
    cells: &[(Key, CellRow)],
) -> Result<()> {
    let values: Vec<Value> = cells
        .iter()
        .flat_map(|(key, was)| {
            args![
                permit.municipality(),
                dataset,
                &key.measure,
                &key.category,
                &key.area,
                key.period.kind,
                key.period.start.to_string(),
                at,
                by,
                &was.status,
                was.value,
                was.low,
                was.high,
                was.n,
                was.is_preliminary,
                was.file_id
            ]
        })
        .collect();
    tx.insert_many(
        "insert into figure_revision (municipality, dataset, measure, category, area, period_kind, period, changed_at,
            by_file_id, status, value, low, high, n, is_preliminary, file_id)",
        "",
        16,
        values,
    )
    .await?;
    Ok(())
}

/// A figure that was replaced.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct RevisionRow {
    /// Area.
    pub area: String,
    /// Kind of period.
    pub period_kind: PeriodKind,
    /// First day of the period.
    pub period: String,
    /// When it was replaced.
    pub changed_at: At,
    /// By which file.
    pub by_file_id: Uuid,
    /// Status before.
    pub status: String,
    /// Value before.
    pub value: Option<f64>,
}

/// What stood before in the cells of a series, newest change first.
pub(crate) async fn revisions(
    tx: &mut Tx,
    permit: &Permit,
    dataset: &str,
    of: (&str, &str, &str),
) -> Result<Vec<RevisionRow>> {
    tx.all(
        "select area, period_kind, period, changed_at, by_file_id, status, value from figure_revision
         where municipality = $1 and dataset = $2 and measure = $3 and category = $4 and area = $5
         order by changed_at desc, period desc limit 100",
        args![permit.municipality(), dataset, of.0, of.1, of.2],
    )
    .await
}

/// A name as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct NameRow {
    /// What the code is of.
    pub kind: NameKind,
    /// The code.
    pub code: String,
    /// Its name.
    pub title: String,
    /// More words.
    pub body: String,
    /// Unit of a measure.
    pub unit: String,
    /// Whether it is the sum of others.
    pub is_total: bool,
}

pub(crate) async fn names(tx: &mut Tx, municipality: &str, dataset: &str) -> Result<Vec<NameRow>> {
    tx.all(
        "select kind, code, title, body, unit, is_total from figure_name where municipality = $1 and dataset = $2
         order by kind, position, code",
        args![municipality, dataset],
    )
    .await
}

pub(crate) async fn put_names(
    tx: &mut Tx,
    permit: &Permit,
    dataset: &str,
    file: Uuid,
    names: &[(usize, &Name, bool)],
) -> Result<()> {
    let values = names
        .iter()
        .flat_map(|(position, name, is_total)| {
            args![
                permit.municipality(),
                dataset,
                name.kind,
                &name.code,
                &name.title,
                &name.text,
                &name.unit,
                *position as i64,
                *is_total,
                file
            ]
        })
        .collect();
    tx.insert_many(
        "insert into figure_name (municipality, dataset, kind, code, title, body, unit, position, is_total, file_id)",
        "on conflict (municipality, dataset, kind, code) do update set title = excluded.title, body = excluded.body,
            unit = excluded.unit, position = excluded.position, is_total = excluded.is_total,
            file_id = excluded.file_id",
        10,
        values,
    )
    .await?;
    Ok(())
}

/// What is known of a dataset as a whole.
#[derive(Clone, Debug, Default, sqlx::FromRow)]
pub struct DatasetRow {
    /// Dataset.
    pub dataset: String,
    /// Figures.
    pub cells: i64,
    /// First period.
    pub first_period: String,
    /// Last period.
    pub last_period: String,
    /// When a file was last used.
    pub applied_at: Option<At>,
    /// When the source was last asked, with success.
    pub looked_at: Option<At>,
    /// When it was last asked in vain; none after a success.
    pub failed_at: Option<At>,
    /// Why in vain, as JSON.
    pub failure: String,
}

pub(crate) async fn datasets(tx: &mut Tx, municipality: &str) -> Result<Vec<DatasetRow>> {
    tx.all(
        "select dataset, cells, first_period, last_period, applied_at, looked_at, failed_at, failure
         from figure_dataset where municipality = $1",
        args![municipality],
    )
    .await
}

/// Counts the dataset anew after a file was used.
pub(crate) async fn sum_up(tx: &mut Tx, permit: &Permit, dataset: &str, file: Uuid, at: At) -> Result<()> {
    tx.run(
        "insert into figure_dataset (municipality, dataset, cells, first_period, last_period, file_id, applied_at)
         select $1, $2, count(*), coalesce(min(period), ''), coalesce(max(period), ''), $3, $4
         from figure where municipality = $1 and dataset = $2
         on conflict (municipality, dataset) do update set cells = excluded.cells,
            first_period = excluded.first_period, last_period = excluded.last_period, file_id = excluded.file_id,
            applied_at = excluded.applied_at",
        args![permit.municipality(), dataset, file, at],
    )
    .await?;
    Ok(())
}

/// The source was asked: with success, or why not.
pub(crate) async fn looked(tx: &mut Tx, permit: &Permit, dataset: &str, at: At, failure: Option<&str>) -> Result<()> {
    tx.run(
        "insert into figure_dataset (municipality, dataset, looked_at, failed_at, failure) values ($1, $2, $3, $4, $5)
         on conflict (municipality, dataset) do update set
            looked_at = coalesce(excluded.looked_at, figure_dataset.looked_at),
            failed_at = excluded.failed_at, failure = excluded.failure",
        args![
            permit.municipality(),
            dataset,
            failure.is_none().then_some(at),
            failure.is_some().then_some(at),
            failure.unwrap_or_default()
        ],
    )
    .await?;
    Ok(())
}
