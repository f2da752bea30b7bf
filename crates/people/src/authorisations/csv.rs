//! The register of authorisations as a CSV file (RFC 4180): for an auditor's own tools.

use super::Authorisation;
use kit::At;

const HEAD: &str = "id,person,role,organisation,processing,reason,state,valid_from,valid_until,deed_number,deed_until,\
    proposed_by,proposed_at,granted_by,granted_at,refused_by,refused_at,refusal,withdrawn_by,withdrawn_at,withdrawal";

/// The file; instants in UTC, each `until` the first instant that no longer counts.
pub(super) fn file(rows: &[Authorisation]) -> String {
    let mut text = format!("{HEAD}\r\n");
    for row in rows {
        let cells: Vec<String> = cells(row).into_iter().map(|c| quoted(&c)).collect();
        text.push_str(&cells.join(","));
        text.push_str("\r\n");
    }
    text
}

fn cells(row: &Authorisation) -> [String; 21] {
    let instant = |at: Option<At>| at.map(|at| at.0.to_string()).unwrap_or_default();
    let name = |name: &Option<String>| name.clone().unwrap_or_default();
    [
        row.id.to_string(),
        row.person.clone(),
        row.role.to_string(),
        name(&row.organisation),
        row.processing.clone(),
        row.reason.clone(),
        row.state.to_string(),
        instant(Some(row.valid_from)),
        instant(row.valid_until),
        row.deed_number.clone(),
        instant(row.deed_until),
        name(&row.proposer),
        instant(Some(row.proposed_at)),
        name(&row.granter),
        instant(row.granted_at),
        name(&row.refuser),
        instant(row.refused_at),
        row.refusal.clone(),
        name(&row.withdrawer),
        instant(row.withdrawn_at),
        row.withdrawal.clone(),
    ]
}

/// A cell between quotes where it must be; a text that a spreadsheet would run as a formula is made harmless.
fn quoted(cell: &str) -> String {
    let cell = if cell.starts_with(['=', '+', '-', '@', '\t']) { format!("'{cell}") } else { cell.to_owned() };
    if cell.contains([',', '"', '\n', '\r']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell }
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn cells_stay_cells() {
        for (cell, written) in [
            ("plain", "plain"),
            ("a, b", "\"a, b\""),
            ("he said \"no\"", "\"he said \"\"no\"\"\""),
            ("two\nlines", "\"two\nlines\""),
            ("=1+1", "'=1+1"),
            ("@sum(a)", "'@sum(a)"),
        ] {
            assert_eq!(quoted(cell), written);
        }
    }
}
