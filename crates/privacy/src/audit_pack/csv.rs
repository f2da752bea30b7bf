//! CSV (RFC 4180) that a spreadsheet cannot run.

use super::Table;

/// The file of a table.
pub(super) fn file(table: &Table) -> String {
    let mut text = format!("{}\r\n", table.head.join(","));
    for row in &table.rows {
        let cells: Vec<String> = row.iter().map(|c| quoted(c)).collect();
        text.push_str(&cells.join(","));
        text.push_str("\r\n");
    }
    text
}

/// A cell between quotes where it must be; a text that a spreadsheet would run as a formula is made harmless.
fn quoted(cell: &str) -> String {
    let cell = match cell.starts_with(['=', '+', '-', '@', '\t']) {
        true => format!("'{cell}"),
        false => cell.to_owned(),
    };
    if cell.contains([',', '"', '\n', '\r']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell }
}
