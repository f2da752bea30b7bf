//! A dataset as a CSV file (RFC 4180), with its gaps in words.

use crate::import;
use crate::model::NameKind;
use crate::{read, say, store};
use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use kit::Fault;
use policy::Resource;
use site::Cx;
use std::collections::HashMap;

/// `GET /figures/{dataset}/figures.csv`: everything of a dataset, with its gaps in words.
///
/// # Errors
/// [`Fault::NotFound`] for a dataset that is not configured.
pub async fn all(cx: Cx, Path(id): Path<String>) -> Result<Response, Fault> {
    let permit = cx.permit("figure:read", &Resource::open("figure", cx.code()))?;
    let (_, dataset) = import::dataset(&cx, &id)?;
    let mut tx = cx.read().await?;
    let names = store::names(&mut tx, permit.municipality(), &dataset.id).await?;
    let rows = store::all(&mut tx, &permit, &dataset.id).await?;
    drop(tx);
    let titles: HashMap<(NameKind, &str), &str> =
        names.iter().map(|n| ((n.kind, n.code.as_str()), n.title.as_str())).collect();
    let mut out = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(vec![]);
    let broken = |e: csv::Error| Fault::Internal(e.to_string());
    out.write_record(HEAD).map_err(broken)?;
    for row in &rows {
        let cell = read::shown(&row.cell, &dataset);
        let figure = say::masked(cell.figure, &dataset, &row.cell.area);
        let number = |n: Option<f64>| n.map(|n| n.to_string()).unwrap_or_default();
        let interval = cell.interval.filter(|_| figure.number().is_some());
        let title = |kind: NameKind, code: &str| harmless(titles.get(&(kind, code)).copied().unwrap_or_default());
        out.write_record([
            harmless(&row.measure),
            title(NameKind::Measure, &row.measure),
            harmless(&row.category),
            title(NameKind::Category, &row.category),
            harmless(&row.cell.area),
            title(NameKind::Area, &row.cell.area),
            cell.period.kind.to_string(),
            cell.period.code(),
            figure.kind().to_owned(),
            number(figure.number()),
            number(interval.map(|i| i.0)),
            number(interval.map(|i| i.1)),
            row.cell.n.map(|n| n.to_string()).unwrap_or_default(),
            cell.preliminary.to_string(),
        ])
        .map_err(broken)?;
    }
    let bytes = out.into_inner().map_err(|e| Fault::Internal(e.to_string()))?;
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{}.csv\"", dataset.id)),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, bytes).into_response())
}

const HEAD: [&str; 14] = [
    "measure",
    "measure_name",
    "category",
    "category_name",
    "area",
    "area_name",
    "period_kind",
    "period",
    "status",
    "value",
    "low",
    "high",
    "n",
    "preliminary",
];

/// A text that a spreadsheet would run as a formula is made harmless.
fn harmless(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t']) { format!("'{text}") } else { text.to_owned() }
}
