//! From a table with its metadata to observations.

use super::text_of;
use crate::config::OdataColumns;
use crate::model::{Key, Name, NameKind, Observation, Parsed, Period, PeriodKind, Refusal, Said};
use crate::source::{self, Around, Stop};
use areas::Figure;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A row of data or of metadata, by column.
pub(super) type Row = serde_json::Map<String, Value>;

/// A column.
#[derive(Debug, Default)]
pub(super) struct Property {
    pub key: String,
    pub kind: String,
    pub title: String,
    pub text: String,
    pub unit: String,
}

/// A code of a dimension.
#[derive(Debug, Default)]
pub(super) struct Code {
    pub key: String,
    pub title: String,
    pub text: String,
    pub status: String,
}

/// What a table says about itself.
#[derive(Debug, Default)]
pub(super) struct Meta {
    pub title: String,
    pub modified: String,
    pub properties: Vec<Property>,
    pub codes: BTreeMap<String, Vec<Code>>,
}

/// A table: metadata and rows, as far as the file has them.
#[derive(Debug, Default)]
pub(super) struct Table {
    pub meta: Meta,
    pub rows: Vec<(u64, Row)>,
    /// Rows with another number of fields: row, fields, columns.
    pub broken: Vec<(u64, usize, usize)>,
    /// Whether the last page says that more follow.
    pub more: bool,
}

/// Which column is what.
struct Roles {
    area: String,
    period: String,
    categories: Vec<String>,
    measures: Vec<String>,
    /// Version 4: one row per measure.
    long: bool,
}

/// Columns that are neither dimension nor figure.
const OWN: [&str; 6] = ["ID", "Id", "Measure", "ValueAttribute", "Value", "StringValue"];

pub(super) fn read(table: &Table, around: &Around<'_>) -> Result<Parsed, Stop> {
    let meta = &table.meta;
    let mut parsed = Parsed { rows: (table.rows.len() + table.broken.len()) as u64, ..Parsed::default() };
    parsed.reference = meta.modified.get(..10).filter(|d| d.parse::<jiff::civil::Date>().is_ok()).map(str::to_owned);
    let roles = roles(table, &around.dataset.odata)?;
    names(meta, &roles, &mut parsed);
    if table.more {
        parsed.notes.push(Said::new("figures-note-more-pages", []));
    }
    for (row, fields, columns) in &table.broken {
        let values = [("fields", fields.to_string()), ("columns", columns.to_string())];
        parsed.refused.push(Refusal { row: *row, why: Said::new("figures-row-fields", values) });
    }
    let preliminary: BTreeSet<&str> = meta
        .codes
        .get(&roles.period)
        .into_iter()
        .flatten()
        .filter(|c| !matches!(c.status.as_str(), "" | "Definitief" | "Final"))
        .map(|c| c.key.as_str())
        .collect();
    parsed.says_preliminary = meta.codes.get(&roles.period).is_some_and(|l| l.iter().any(|c| !c.status.is_empty()));
    let mut margins = HashMap::new();
    for (row, fields) in &table.rows {
        if let Err(why) =
            row_figures(*row, fields, &roles, around, &preliminary, &mut margins, &mut parsed.observations)
        {
            parsed.refused.push(Refusal { row: *row, why });
        }
    }
    for observation in &mut parsed.observations {
        if let Some((low, high)) = margins.get(&observation.key) {
            (observation.low, observation.high) = (*low, *high);
        }
    }
    Ok(parsed)
}

/// Which column is what: the configuration's word, checked against the table; else the table's metadata.
fn roles(table: &Table, wanted: &OdataColumns) -> Result<Roles, Stop> {
    let of = |kinds: &[&str]| -> Vec<String> {
        let found = table.meta.properties.iter().filter(|p| kinds.contains(&p.kind.as_str()));
        found.map(|p| p.key.clone()).collect()
    };
    let long = table.rows.first().is_some_and(|(_, row)| row.contains_key("Measure") && row.contains_key("Value"));
    let known = !table.meta.properties.is_empty();
    let one = |set: &str, kinds: &[&str]| {
        if set.is_empty() { of(kinds).into_iter().next().unwrap_or_default() } else { set.to_owned() }
    };
    let area = one(&wanted.area, &["GeoDimension", "GeoDetail"]);
    let period = one(&wanted.period, &["TimeDimension"]);
    let margin = wanted.margins.as_ref().map(|m| m.column.clone()).unwrap_or_default();
    let categories = if wanted.categories.is_empty() {
        of(&["Dimension"]).into_iter().filter(|d| *d != margin && *d != area).collect()
    } else {
        wanted.categories.clone()
    };
    let topics = of(&["Topic"]);
    let measures = if wanted.measures.is_empty() { topics.clone() } else { wanted.measures.clone() };
    let roles = Roles { area, period, categories, measures, long };
    let Some((_, first)) = table.rows.first() else {
        return Ok(roles);
    };
    if roles.area.is_empty() || roles.period.is_empty() || (roles.measures.is_empty() && !long) {
        return Err(Said::new("figures-stop-no-metadata", []));
    }
    // The union: a page may leave out what is null.
    let columns: BTreeSet<&str> = table.rows.iter().take(500).flat_map(|(_, r)| r.keys()).map(String::as_str).collect();
    let mut needed: Vec<&str> =
        [&roles.area, &roles.period].into_iter().chain(&roles.categories).map(|s| s.as_str()).collect();
    if !long {
        needed.extend(roles.measures.iter().map(String::as_str));
    }
    if !margin.is_empty() {
        needed.push(&margin);
    }
    let gone: Vec<&str> = needed.iter().copied().filter(|c| !columns.contains(c)).collect();
    if !gone.is_empty() {
        let found = first.keys().map(String::as_str).collect::<Vec<_>>().join(", ");
        return Err(Said::new("figures-stop-columns", [("gone", gone.join(", ")), ("found", found)]));
    }
    let expected = |c: &&str| needed.contains(c) || OWN.contains(c) || (known && topics.iter().any(|t| t == c));
    let new: Vec<&str> = columns.iter().copied().filter(|c| !expected(c)).collect();
    if !new.is_empty() {
        return Err(Said::new("figures-stop-new-columns", [("columns", new.join(", "))]));
    }
    Ok(roles)
}

/// Names of measures, categories and areas, and which of them are whole lists.
fn names(meta: &Meta, roles: &Roles, parsed: &mut Parsed) {
    for topic in meta.properties.iter().filter(|p| p.kind == "Topic") {
        if roles.measures.is_empty() || roles.measures.contains(&topic.key) {
            let name = Name::new(NameKind::Measure, &topic.key, &topic.title);
            parsed.names.push(Name { text: topic.text.clone(), unit: topic.unit.clone(), ..name });
        }
    }
    let mut list = |kind: NameKind, dimension: &str| {
        let Some(codes) = meta.codes.get(dimension) else { return };
        parsed.listed.push(kind);
        parsed.names.extend(codes.iter().filter(|c| !c.key.is_empty()).map(|c| Name {
            text: c.text.clone(),
            ..Name::new(kind, &c.key, if c.title.is_empty() { &c.key } else { &c.title })
        }));
    };
    list(NameKind::Area, &roles.area);
    if let [one] = roles.categories.as_slice() {
        list(NameKind::Category, one);
    }
}

type MarginsByKey = HashMap<Key, (Option<f64>, Option<f64>)>;

fn row_figures(
    row: u64,
    fields: &Row,
    roles: &Roles,
    around: &Around<'_>,
    preliminary: &BTreeSet<&str>,
    margins: &mut MarginsByKey,
    out: &mut Vec<Observation>,
) -> Result<(), Said> {
    let code = |column: &str| text_of(Some(fields), column);
    let area = code(&roles.area);
    if area.is_empty() {
        return Err(Said::new("figures-row-no-area", []));
    }
    let period_code = code(&roles.period);
    let period = Period::parse(&period_code)
        .ok_or_else(|| Said::new("figures-row-period", [("period", period_code.clone())]))?;
    let survey = around.dataset.odata.survey && period.kind == PeriodKind::Year;
    let period = if survey { Period { kind: PeriodKind::Survey, ..period } } else { period };
    let parts: Vec<String> = roles.categories.iter().map(|c| code(c)).collect();
    if let Some(at) = parts.iter().position(String::is_empty) {
        let column = roles.categories.get(at).cloned().unwrap_or_default();
        return Err(Said::new("figures-row-no-category", [("column", column)]));
    }
    let key =
        |measure: &str| Key { measure: measure.to_owned(), category: parts.join("/"), area: area.clone(), period };
    let mut found = Vec::with_capacity(roles.measures.len());
    if roles.long {
        let measure = code("Measure");
        if measure.is_empty() {
            return Err(Said::new("figures-row-no-measure", []));
        }
        if roles.measures.is_empty() || roles.measures.contains(&measure) {
            found.push((key(&measure), long_figure(fields)));
        }
    } else {
        for measure in &roles.measures {
            found.push((key(measure), wide_figure(fields.get(measure), measure, around)?));
        }
    }
    let margin = around.dataset.odata.margins.as_ref().map(|m| (m, code(&m.column)));
    for (key, figure) in found {
        match &margin {
            Some((m, at)) if *at == m.low => margins.entry(key).or_default().0 = figure.number(),
            Some((m, at)) if *at == m.high => margins.entry(key).or_default().1 = figure.number(),
            Some((m, at)) if *at != m.value => {
                return Err(Said::new("figures-row-margin-code", [("code", at.clone())]));
            }
            _ => {
                let preliminary = preliminary.contains(period_code.as_str());
                out.push(Observation { preliminary, ..Observation::plain(key, figure, row) });
            }
        }
    }
    Ok(())
}

/// A cell of version 3. In typed rows `null` stands both for "cannot occur" and for "unknown or secret".
fn wide_figure(cell: Option<&Value>, column: &str, around: &Around<'_>) -> Result<Figure, Said> {
    let bad = |cell: &str| {
        let values = [("column", column.to_owned()), ("cell", cell.chars().take(40).collect())];
        Said::new("figures-row-number", values)
    };
    match cell {
        None | Some(Value::Null) => Ok(Figure::Unspecified),
        Some(Value::Number(n)) => n.as_f64().map(Figure::of_number).ok_or_else(|| bad(&n.to_string())),
        Some(Value::String(text)) => source::figure(text, '.', around.dataset).ok_or_else(|| bad(text)),
        Some(other) => Err(bad(&other.to_string())),
    }
}

/// A row of version 4: an attribute says why there is no value.
fn long_figure(fields: &Row) -> Figure {
    let attribute = text_of(Some(fields), "ValueAttribute");
    match (attribute.as_str(), fields.get("Value").and_then(Value::as_f64)) {
        ("" | "None" | "Provisional", Some(value)) => Figure::of_number(value),
        ("" | "None" | "Provisional" | "Impossible" | "Missing" | "NotAvailable", None) => Figure::Missing,
        ("Confidential" | "Secret" | "Unreliable", _) => Figure::Suppressed,
        _ => Figure::Unspecified,
    }
}
