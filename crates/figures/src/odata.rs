//! Tables of the statistical office and of those who publish on its platform (the police: 47022NED, 47018NED, 47024NED,
//! 47013NED): what the columns are stands in the table's own metadata.
//!
//! Four layouts say the same: a bundle of answers (a zip, as [`fetch`] makes it), one JSON page of data, a CSV of data
//! with or without its metadata file, and a metadata file alone (then only names come in). Keys are filled up with
//! spaces to one length; periods of months and years stand in one column; `.` is "unknown, unreliable or secret" and
//! nothing is "cannot occur" (explanation of symbols of the tables).

mod cube;
pub mod fetch;
mod statline;

use crate::model::{Parsed, Said};
use crate::source::{self, Around, Raw, Stop};
use cube::{Code, Meta, Property, Row, Table};
use serde_json::Value;

/// Reads a file in any of the layouts.
///
/// # Errors
/// When it was cut off, is no table, or its columns changed.
pub fn read(raw: Raw<'_>, around: &Around<'_>) -> Result<Parsed, Stop> {
    let mut table = Table::default();
    if source::is_zip(raw.bytes) {
        for (name, bytes) in source::unzip(raw.bytes, around.most_bytes)? {
            add(&mut table, &name, &bytes)?;
        }
    } else {
        add(&mut table, raw.name, raw.bytes)?;
    }
    cube::read(&table, around)
}

fn add(table: &mut Table, name: &str, bytes: &[u8]) -> Result<(), Stop> {
    let text = source::text(bytes, "utf-8")?;
    if text.trim_start().starts_with(['{', '[']) {
        let part = name.strip_suffix(".json").unwrap_or(name);
        // pages are numbered: UntypedDataSet-0001
        let part = part.rsplit_once('-').filter(|(_, n)| n.bytes().all(|b| b.is_ascii_digit())).map_or(part, |p| p.0);
        json(table, part, &text)
    } else {
        statline::read(table, &text)
    }
}

/// One answer: `part` is the name of the collection, unless the answer names it itself.
fn json(table: &mut Table, part: &str, text: &str) -> Result<(), Stop> {
    let answer = parsed(text)?;
    let context = answer.get("odata.metadata").or_else(|| answer.get("@odata.context")).and_then(Value::as_str);
    let part = context.and_then(|c| c.rsplit_once('#')).map_or(part, |(_, p)| p.rsplit(['.', '/']).next().unwrap_or(p));
    let more = ["odata.nextLink", "@odata.nextLink"].iter().any(|k| answer.get(*k).is_some());
    if part == "Properties" {
        table.meta.modified = text_of(answer.as_object(), "Modified");
        table.meta.title = text_of(answer.as_object(), "Title");
        return Ok(());
    }
    let Some(Value::Array(rows)) = answer.get("value") else {
        return Err(Said::new("figures-stop-no-rows", [("part", part.to_owned())]));
    };
    match part {
        "UntypedDataSet" | "TypedDataSet" | "Observations" => {
            table.more = more;
            for row in rows {
                let Value::Object(row) = row else {
                    return Err(Said::new("figures-stop-no-rows", [("part", part.to_owned())]));
                };
                table.rows.push((table.rows.len() as u64 + 1, row.clone()));
            }
        }
        "CategoryGroups" | "MeasureGroups" => {}
        _ => {
            let objects = rows.iter().filter_map(Value::as_object);
            objects.for_each(|row| meta_row(&mut table.meta, part, row));
        }
    }
    Ok(())
}

/// The JSON of an answer; one that says "error" is none.
fn parsed(text: &str) -> Result<Value, Stop> {
    let answer: Value = serde_json::from_str(text).map_err(|e| {
        if e.is_eof() {
            Said::new("figures-stop-cut-off", [("row", e.line().to_string())])
        } else {
            Said::new("figures-stop-unreadable", [("why", e.to_string())])
        }
    })?;
    if let Some(error) = answer.get("odata.error").or_else(|| answer.get("error")) {
        let why = error.pointer("/message/value").or_else(|| error.get("message")).and_then(Value::as_str);
        return Err(Said::new("figures-stop-server", [("why", why.unwrap_or_default().to_owned())]));
    }
    Ok(answer)
}

/// A row of metadata, of either version and of the CSV layout.
fn meta_row(meta: &mut Meta, part: &str, row: &Row) {
    let field =
        |names: &[&str]| names.iter().map(|n| text_of(Some(row), n)).find(|t| !t.is_empty()).unwrap_or_default();
    match part {
        "TableInfos" => {
            meta.modified = field(&["Modified"]);
            meta.title = field(&["Title"]);
        }
        "DataProperties" | "Dimensions" => meta.properties.push(Property {
            key: field(&["Key", "Identifier"]),
            kind: field(&["Type", "Kind"]),
            title: field(&["Title"]),
            text: field(&["Description"]),
            unit: field(&["Unit"]),
        }),
        "MeasureCodes" => meta.properties.push(Property {
            key: field(&["Identifier"]),
            kind: "Topic".to_owned(),
            title: field(&["Title"]),
            text: field(&["Description"]),
            unit: field(&["Unit"]),
        }),
        list => {
            let list = list.strip_suffix("Codes").unwrap_or(list).to_owned();
            meta.codes.entry(list).or_default().push(Code {
                key: field(&["Key", "Identifier"]),
                title: field(&["Title"]),
                text: field(&["Description"]),
                status: field(&["Status"]),
            });
        }
    }
}

fn text_of(row: Option<&Row>, name: &str) -> String {
    match row.and_then(|r| r.get(name)) {
        Some(Value::String(text)) => text.trim().to_owned(),
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    }
}
