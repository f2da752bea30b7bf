//! Reads a CSV file by a mapping (`[dataset.csv]`): which column is the area, the period, the category, a figure.
//!
//! Columns that the mapping names must be there, and others stop the run unless the mapping says what they are.

use crate::config::{AreaColumn, CsvColumns, PeriodColumn, Rest, ValueColumn};
use crate::model::{Key, Name, NameKind, Observation, Parsed, Period, PeriodKind, Refusal, Said};
use crate::source::{self, Around, Raw, Stop};
use areas::{Figure, boundary};
use csv::StringRecord;
use std::collections::HashMap;

/// A figure of the row: its column, and what it is.
struct Taken {
    at: usize,
    measure: String,
    category: String,
    low: Option<usize>,
    high: Option<usize>,
    n: Option<usize>,
}

/// The mapping with the columns of this file.
struct Plan<'a> {
    columns: &'a CsvColumns,
    around: &'a Around<'a>,
    area: Option<usize>,
    year: Option<usize>,
    month: Option<usize>,
    period: Option<usize>,
    category: Vec<usize>,
    taken: Vec<Taken>,
    width: usize,
}

/// Reads the file.
///
/// # Errors
/// When it was cut off, is in another encoding, or its columns changed.
pub fn read(raw: Raw<'_>, around: &Around<'_>) -> Result<Parsed, Stop> {
    let Some(columns) = &around.dataset.csv else {
        return Err(Said::new("figures-stop-no-mapping", []));
    };
    if source::is_zip(raw.bytes) {
        return Err(Said::new("figures-stop-zip", []));
    }
    let text = source::text(raw.bytes, &columns.encoding)?;
    let (header, rows) = records(&text, columns.delimiter)?;
    match &columns.names {
        Some(names) => {
            let at = |name: &str| position(&header, name);
            let wanted = [&names.code, &names.title, &names.text];
            expect(&header, wanted.into_iter().filter(|n| !n.is_empty()), columns)?;
            Ok(code_list(names.kind, (at(&names.code), at(&names.title), at(&names.text)), &rows))
        }
        None => figures(&Plan::new(&header, columns, around)?, rows, &header),
    }
}

/// Records with their row numbers.
pub type Records = Vec<(u64, StringRecord)>;

/// The header and the records with their row numbers.
///
/// # Errors
/// When the file is no CSV, has a column twice, or was cut off in its last record.
pub fn records(text: &str, delimiter: char) -> Result<(Vec<String>, Records), Stop> {
    let delimiter = u8::try_from(delimiter).unwrap_or(b',');
    let mut reader =
        csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).has_headers(false).from_reader(text.as_bytes());
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|e| Said::new("figures-stop-unreadable", [("why", e.to_string())]))?;
        let row = record.position().map_or(0, csv::Position::line);
        rows.push((row, record));
    }
    if rows.is_empty() {
        return Err(Said::new("figures-stop-empty", []));
    }
    let header: Vec<String> = rows.remove(0).1.iter().map(|c| c.trim().to_owned()).collect();
    if let Some(twice) = header.iter().enumerate().find(|(i, name)| header.iter().take(*i).any(|h| h == *name)) {
        return Err(Said::new("figures-stop-column-twice", [("column", twice.1.clone())]));
    }
    // the last record was cut off: it lacks fields and its end of line, or a quote was never closed
    if let Some((row, last)) = rows.last() {
        let open = text.bytes().filter(|b| *b == b'"').count() % 2 == 1;
        if open || (last.len() < header.len() && !text.ends_with('\n')) {
            return Err(Said::new("figures-stop-cut-off", [("row", row.to_string())]));
        }
    }
    Ok((header, rows))
}

fn position(header: &[String], name: &str) -> Option<usize> {
    header.iter().position(|h| h == name)
}

/// Stops when a named column is not there, with the columns that are.
fn expect<'a>(header: &[String], named: impl Iterator<Item = &'a String>, columns: &CsvColumns) -> Result<(), Stop> {
    let gone: Vec<&str> = named.filter(|n| position(header, n).is_none()).map(String::as_str).collect();
    if gone.is_empty() {
        return Ok(());
    }
    let one = header.len() == 1 && header.first().is_some_and(|h| [';', ',', '\t'].iter().any(|d| h.contains(*d)));
    if one {
        return Err(Said::new("figures-stop-delimiter", [("delimiter", columns.delimiter.to_string())]));
    }
    Err(Said::new("figures-stop-columns", [("gone", gone.join(", ")), ("found", header.join(", "))]))
}

fn code_list(
    kind: NameKind,
    (code, title, text): (Option<usize>, Option<usize>, Option<usize>),
    rows: &[(u64, StringRecord)],
) -> Parsed {
    let mut parsed = Parsed { rows: rows.len() as u64, ..Parsed::default() };
    let mut seen = HashMap::new();
    for (row, record) in rows {
        let field = |at: Option<usize>| at.and_then(|at| record.get(at)).unwrap_or_default().trim().to_owned();
        let (code, title, text) = (field(code), field(title), field(text));
        if code.is_empty() || title.is_empty() {
            parsed.refused.push(Refusal { row: *row, why: Said::new("figures-row-no-code", []) });
        } else if let Some(first) = seen.insert(code.clone(), *row) {
            let values = [("code", code), ("first", first.to_string())];
            parsed.refused.push(Refusal { row: *row, why: Said::new("figures-row-code-twice", values) });
        } else {
            parsed.names.push(Name { text, ..Name::new(kind, code, title) });
        }
    }
    parsed
}

impl<'a> Plan<'a> {
    fn new(header: &[String], columns: &'a CsvColumns, around: &'a Around<'a>) -> Result<Self, Stop> {
        let area = columns.area.clone().unwrap_or_default();
        let period = columns.period.clone().unwrap_or_default();
        let listed = columns.values.iter().flat_map(|v| [&v.column, &v.low, &v.high, &v.n]);
        let named: Vec<&String> = [&area.column, &period.column, &period.year, &period.month]
            .into_iter()
            .chain(&columns.category)
            .chain(listed)
            .filter(|name| !name.is_empty())
            .collect();
        expect(header, named.iter().copied(), columns)?;
        let others: Vec<&String> =
            header.iter().filter(|h| !h.is_empty() && !named.contains(h) && !columns.ignore.contains(h)).collect();
        if columns.rest == Rest::Refuse && !others.is_empty() {
            let new = others.iter().map(|o| o.as_str()).collect::<Vec<_>>().join(", ");
            return Err(Said::new("figures-stop-new-columns", [("columns", new)]));
        }
        let at = |name: &str| position(header, name);
        let mut taken: Vec<Taken> = columns
            .values
            .iter()
            .filter_map(|v: &ValueColumn| {
                let measure = if v.measure.is_empty() { v.column.clone() } else { v.measure.clone() };
                let category = v.category.clone();
                Some(Taken { at: at(&v.column)?, measure, category, low: at(&v.low), high: at(&v.high), n: at(&v.n) })
            })
            .collect();
        for other in others {
            let (measure, category) = match &columns.rest {
                Rest::Measure => (other.clone(), String::new()),
                Rest::Category(measure) => (measure.clone(), other.clone()),
                Rest::Refuse | Rest::Ignore => continue,
            };
            let Some(at) = at(other) else { continue };
            taken.push(Taken { at, measure, category, low: None, high: None, n: None });
        }
        if columns.key_figures {
            taken.retain(|t| !boundary::is_about_origin(&t.measure));
            for t in &mut taken {
                t.measure = boundary::key_of(&t.measure).0;
            }
        }
        Ok(Self {
            area: at(&area.column),
            year: at(&period.year),
            month: at(&period.month),
            period: at(&period.column),
            category: columns.category.iter().filter_map(|c| at(c)).collect(),
            taken,
            width: header.len(),
            columns,
            around,
        })
    }

    fn area_code(&self, record: &StringRecord) -> Result<String, Said> {
        let rule = self.columns.area.as_ref().cloned().unwrap_or(AreaColumn::default());
        let text = self.area.and_then(|at| record.get(at)).unwrap_or(&rule.value).trim();
        if text.is_empty() {
            return Err(Said::new("figures-row-no-area", []));
        }
        if rule.is_name {
            let mut same = self.around.sheet.areas.iter().filter(|a| a.name.eq_ignore_ascii_case(text));
            return match (same.next(), same.next()) {
                (Some(area), None) => Ok(area.code.clone()),
                (None, _) => Ok(text.to_owned()),
                (Some(a), Some(b)) => {
                    let codes = format!("{}, {}", a.code, b.code);
                    Err(Said::new("figures-row-two-areas", [("name", text.to_owned()), ("codes", codes)]))
                }
            };
        }
        Ok(format!("{}{text:0>digits$}", rule.prefix, digits = rule.digits))
    }

    fn period_of(&self, record: &StringRecord) -> Result<Period, Said> {
        let rule = self.columns.period.as_ref().cloned().unwrap_or(PeriodColumn::default());
        let field = |at: Option<usize>| at.and_then(|at| record.get(at)).unwrap_or_default().trim();
        let (text, found) = if let Some(year) = self.year {
            let (year, month) = (field(Some(year)), field(self.month));
            let found = match (self.month, year.parse(), month.parse()) {
                (Some(_), Ok(year), Ok(month)) => Period::month(year, month),
                (None, Ok(year), _) => Period::year(year),
                _ => None,
            };
            (format!("{year} {month}").trim().to_owned(), found)
        } else if self.period.is_some() {
            (field(self.period).to_owned(), Period::parse(field(self.period)))
        } else if !rule.value.is_empty() {
            (rule.value.clone(), Period::parse(&rule.value))
        } else {
            (String::new(), self.around.stated)
        };
        let found = found.filter(|p| (1900..2200).contains(&p.start.year()));
        let found = found.ok_or_else(|| Said::new("figures-row-period", [("period", text)]))?;
        Ok(if rule.survey && found.kind == PeriodKind::Year {
            Period { kind: PeriodKind::Survey, ..found }
        } else {
            found
        })
    }

    fn category_of(&self, record: &StringRecord, taken: &Taken) -> String {
        let parts: Vec<&str> = self.category.iter().filter_map(|at| record.get(*at)).map(str::trim).collect();
        if parts.is_empty() { taken.category.clone() } else { parts.join("/") }
    }
}

fn figures(plan: &Plan<'_>, mut rows: Records, header: &[String]) -> Result<Parsed, Stop> {
    let mut parsed = Parsed::default();
    if plan.columns.period.is_none() && plan.around.stated.is_none() {
        return Err(Said::new("figures-stop-no-period", []));
    }
    if plan.columns.key_figures {
        parsed.left_out = header.iter().filter(|h| boundary::is_about_origin(h)).cloned().collect();
    }
    // words below the table, such as the source
    while let Some((row, last)) = rows.last()
        && plan.width > 1
        && last.iter().skip(1).all(|f| f.trim().is_empty())
    {
        let values = [("row", row.to_string()), ("text", last.get(0).unwrap_or_default().trim().to_owned())];
        parsed.notes.push(Said::new("figures-note-below", values));
        rows.pop();
    }
    parsed.rows = rows.len() as u64;
    let numbered = plan.columns.area.as_ref().is_some_and(|a| a.number_repeats);
    let mut times: HashMap<Key, usize> = HashMap::new();
    for (row, record) in &rows {
        if record.iter().all(|f| f.trim().is_empty()) {
            continue;
        }
        match row_figures(plan, *row, record, header) {
            Ok(mut found) => {
                if let Some(first) = found.first().filter(|_| numbered) {
                    let time = times.entry(first.key.clone()).or_default();
                    *time += 1;
                    for o in found.iter_mut().filter(|_| *time > 1) {
                        o.key.area = format!("{} ({time})", o.key.area);
                    }
                }
                check_total(plan, *row, &found, &mut parsed.notes);
                parsed.observations.extend(found);
            }
            Err(why) => parsed.refused.push(Refusal { row: *row, why }),
        }
    }
    Ok(parsed)
}

/// The figures of one row: all of them or, when one cannot be read, none.
fn row_figures(plan: &Plan<'_>, row: u64, record: &StringRecord, header: &[String]) -> Result<Vec<Observation>, Said> {
    if record.len() != plan.width {
        let values = [("fields", record.len().to_string()), ("columns", plan.width.to_string())];
        return Err(Said::new("figures-row-fields", values));
    }
    let (area, period) = (plan.area_code(record)?, plan.period_of(record)?);
    let decimal = plan.columns.decimal;
    let mut found = Vec::with_capacity(plan.taken.len());
    for taken in &plan.taken {
        let cell = record.get(taken.at).unwrap_or_default();
        let bad = |at: usize, cell: &str| {
            let column = header.get(at).cloned().unwrap_or_default();
            Said::new("figures-row-number", [("column", column), ("cell", cell.chars().take(40).collect())])
        };
        let figure = source::figure(cell, decimal, plan.around.dataset);
        let figure = match figure {
            Some(figure) => figure,
            // a word in a table of key figures is a name or a class, not a figure
            None if plan.columns.key_figures => continue,
            None => return Err(bad(taken.at, cell)),
        };
        let extra = |at: Option<usize>| -> Result<Option<f64>, Said> {
            let Some(at) = at else { return Ok(None) };
            let cell = record.get(at).unwrap_or_default();
            Ok(source::figure(cell, decimal, plan.around.dataset).ok_or_else(|| bad(at, cell))?.number())
        };
        let (low, high, n) = (extra(taken.low)?, extra(taken.high)?, extra(taken.n)?);
        if let (Some(low), Some(high), Figure::Value(value)) = (low, high, figure)
            && !(low <= value && value <= high)
        {
            let values = [("low", low.to_string()), ("value", value.to_string()), ("high", high.to_string())];
            return Err(Said::new("figures-row-margins", values));
        }
        let category = plan.category_of(record, taken);
        let key = Key { measure: taken.measure.clone(), category, area: area.clone(), period };
        #[allow(clippy::cast_possible_truncation, reason = "a number of answers")]
        let n = n.map(|n| n as i64);
        found.push(Observation { low, high, n, ..Observation::plain(key, figure, row) });
    }
    Ok(found)
}

/// Compares the total of a row with the sum of its parts, when every part has a figure.
fn check_total(plan: &Plan<'_>, row: u64, found: &[Observation], notes: &mut Vec<Said>) {
    let Some(total) = &plan.columns.total else { return };
    let is_total = |o: &&Observation| o.key.category == *total || o.key.measure == *total;
    let Some(Figure::Value(stated)) = found.iter().find(is_total).map(|o| o.figure) else { return };
    let parts: Option<Vec<f64>> = found.iter().filter(|o| !is_total(o)).map(|o| o.figure.number()).collect();
    let Some(parts) = parts else { return };
    let sum: f64 = parts.iter().sum();
    if (sum - stated).abs() > 0.5 {
        let area = found.first().map(|o| o.key.area.clone()).unwrap_or_default();
        let values =
            [("row", row.to_string()), ("area", area), ("total", stated.to_string()), ("sum", sum.to_string())];
        notes.push(Said::new("figures-note-total", values));
    }
}
