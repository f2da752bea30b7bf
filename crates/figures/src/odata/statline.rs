//! The CSV layouts: data with one row per cell, and metadata in sections (a line with the section's name, a line with
//! its columns, then its rows; filled up with empty fields).

use super::cube::{Row, Table};
use super::meta_row;
use crate::mapped;
use crate::model::Said;
use crate::source::Stop;
use csv::StringRecord;
use serde_json::Value;

/// Adds a CSV file to the table.
pub(super) fn read(table: &mut Table, text: &str) -> Result<(), Stop> {
    let first = text.lines().find(|l| !l.trim().is_empty()).unwrap_or_default();
    let delimiter = if first.contains(';') || !first.contains(',') { ';' } else { ',' };
    if first.split(delimiter).next().is_some_and(|f| f.trim_matches(['"', ' ', '\r']) == "TableInfos") {
        return sections(table, text, delimiter);
    }
    let (header, rows) = mapped::records(text, delimiter)?;
    for (row, record) in rows {
        if record.iter().all(|f| f.trim().is_empty()) {
            continue;
        }
        if record.len() != header.len() {
            table.broken.push((row, record.len(), header.len()));
            continue;
        }
        table.rows.push((row, object(&header, &record)));
    }
    Ok(())
}

fn sections(table: &mut Table, text: &str, delimiter: char) -> Result<(), Stop> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(u8::try_from(delimiter).unwrap_or(b';'))
        .flexible(true)
        .has_headers(false)
        .from_reader(text.as_bytes());
    let mut records = Vec::new();
    for record in reader.records() {
        records.push(record.map_err(|e| Said::new("figures-stop-unreadable", [("why", e.to_string())]))?);
    }
    let odd = text.bytes().filter(|b| *b == b'"').count() % 2 == 1;
    if odd {
        return Err(Said::new("figures-stop-cut-off", [("row", records.len().to_string())]));
    }
    let (mut section, mut header): (String, Vec<String>) = (String::new(), vec![]);
    let mut at = 0;
    while let Some(record) = records.get(at) {
        at += 1;
        let first = record.get(0).unwrap_or_default().trim();
        let alone = !first.is_empty() && record.iter().skip(1).all(|f| f.trim().is_empty());
        let next = records.get(at).and_then(|r| r.get(0)).map(str::trim);
        if alone && matches!(next, Some("ID" | "Key" | "Identifier")) {
            section = first.to_owned();
            header = records.get(at).map(|r| r.iter().map(|f| f.trim().to_owned()).collect()).unwrap_or_default();
            at += 1;
        } else if !section.is_empty() && !first.is_empty() && section != "CategoryGroups" {
            meta_row(&mut table.meta, &section, &object(&header, record));
        }
    }
    Ok(())
}

fn object(header: &[String], record: &StringRecord) -> Row {
    let fields = header.iter().zip(record.iter()).filter(|(name, _)| !name.is_empty());
    fields.map(|(name, field)| (name.clone(), Value::String(field.to_owned()))).collect()
}
