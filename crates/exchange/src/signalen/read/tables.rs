//! The CSV files of Signalen's data warehouse: `signals.csv` names by id the current row of each of the others, so
//! that a file that ends too early shows, even when it ends between two rows.

use super::{Export, Record, Status, Wrong, address, instant};
use kit::At;
use std::collections::{HashMap, HashSet};

type Texts<'a> = [(&'a str, &'a str)];

const SIGNALS: &[&str] = &[
    "id",
    "source",
    "text",
    "text_extra",
    "incident_date_start",
    "created_at",
    "category_assignment_id",
    "location_id",
    "reporter_id",
    "status_id",
    "priority",
    "type",
];
const STATUSES: &[&str] = &["id", "text", "created_at", "_signal_id", "state"];
const LOCATIONS: &[&str] = &["id", "lat", "lng", "address", "address_text", "_signal_id"];
const CATEGORIES: &[&str] = &["id", "main_slug", "sub_slug", "_signal_id"];
const REPORTERS: &[&str] = &["id", "email", "phone", "_signal_id"];
const NOTES: &[&str] = &["created_at", "_signal_id", "text"];

/// A file with the places of its columns.
struct Table<'a> {
    name: &'a str,
    columns: HashMap<String, usize>,
    rows: Vec<(u64, csv::StringRecord)>,
}

impl Table<'_> {
    /// The field of a column, without spaces around it.
    fn field<'r>(&self, row: &'r csv::StringRecord, column: &str) -> &'r str {
        self.columns.get(column).and_then(|at| row.get(*at)).unwrap_or_default().trim()
    }

    fn by<'r>(&'r self, column: &str) -> HashMap<&'r str, &'r csv::StringRecord> {
        self.rows.iter().map(|(_, row)| (self.field(row, column), row)).collect()
    }
}

/// Reads the set.
pub(super) fn read(texts: &Texts<'_>, contact: bool) -> Result<Export, Vec<Wrong>> {
    let (mut wrong, mut fatal) = (Vec::new(), Vec::new());
    let mut open = |name: &str, columns: &[&str], must: bool| match find(texts, name) {
        Some((file, text)) => match table(file, text, columns, &mut wrong) {
            Ok(table) => Some(table),
            Err(fault) => {
                fatal.push(fault);
                None
            }
        },
        None => {
            if must {
                fatal.push(Wrong::file(name, "exchange-file-absent", name));
            }
            None
        }
    };
    let signals = open("signals.csv", SIGNALS, true);
    let statuses = open("statuses.csv", STATUSES, true);
    let locations = open("locations.csv", LOCATIONS, true);
    let categories = open("categories.csv", CATEGORIES, true);
    let reporters = open("reporters.csv", REPORTERS, contact);
    let notes = open("notes.csv", NOTES, false);
    let (Some(signals), Some(statuses), Some(locations), Some(categories), true) =
        (signals, statuses, locations, categories, fatal.is_empty())
    else {
        return Err(fatal);
    };
    let names = ["signals.csv", "statuses.csv", "locations.csv", "categories.csv", "reporters.csv", "notes.csv"];
    let used: Vec<&str> = names.iter().filter_map(|name| find(texts, name)).map(|(file, _)| file).collect();
    let unused = texts.iter().map(|(name, _)| *name).filter(|n| !used.contains(n)).map(str::to_owned).collect();

    let history = history(&statuses, &mut wrong);
    let remarks = notes.as_ref().map(|notes| remarks(notes, &mut wrong)).unwrap_or_default();
    let (places, groups) = (locations.by("id"), categories.by("id"));
    let people = reporters.as_ref().map(|r| r.by("id")).unwrap_or_default();
    let mut seen = HashSet::new();
    let mut records = Vec::new();
    for (line, row) in &signals.rows {
        let field = |column: &str| signals.field(row, column).to_owned();
        let number = field("id");
        let mut record = Record {
            file: signals.name.to_owned(),
            line: *line,
            created: instant(&field("created_at")),
            incident: instant(&field("incident_date_start")),
            text: field("text"),
            text_extra: field("text_extra"),
            priority: field("priority"),
            kind: field("type"),
            source: field("source"),
            number,
            ..Record::default()
        };
        if record.number.is_empty() || !record.number.bytes().all(|b| b.is_ascii_digit()) {
            wrong.push(record.wrong("exchange-row-number", record.number.clone()));
            continue;
        }
        if !seen.insert(record.number.clone()) {
            wrong.push(record.wrong("exchange-row-twice", record.number.clone()));
            continue;
        }
        let (statuses, ids) = history.get(record.number.as_str()).cloned().unwrap_or_default();
        if !ids.contains(&signals.field(row, "status_id")) {
            wrong.push(record.wrong("exchange-row-status", field("status_id")));
            continue;
        }
        record.statuses = statuses;
        let Some(group) = groups.get(signals.field(row, "category_assignment_id")) else {
            wrong.push(record.wrong("exchange-row-category-gone", field("category_assignment_id")));
            continue;
        };
        record.slug = format!("{}/{}", categories.field(group, "main_slug"), categories.field(group, "sub_slug"));
        let Some(place) = places.get(signals.field(row, "location_id")) else {
            wrong.push(record.wrong("exchange-row-location", field("location_id")));
            continue;
        };
        let number = |column: &str| locations.field(place, column).parse::<f64>().ok().filter(|n| n.is_finite());
        record.point = number("lng").zip(number("lat"));
        let text = locations.field(place, "address_text");
        record.address = if text.is_empty() {
            serde_json::from_str(locations.field(place, "address")).map(|a| address(&a)).unwrap_or_default()
        } else {
            text.to_owned()
        };
        if let (Some(table), Some(person)) = (&reporters, people.get(signals.field(row, "reporter_id"))) {
            record.email = table.field(person, "email").to_owned();
            record.phone = table.field(person, "phone").to_owned();
        }
        record.notes = remarks.get(record.number.as_str()).cloned().unwrap_or_default();
        records.push(record);
    }
    Ok(Export { records, wrong, unused })
}

/// The file that is called so; exports put a time before the name.
fn find<'a>(texts: &Texts<'a>, name: &str) -> Option<(&'a str, &'a str)> {
    let is = |file: &str| file == name || file.strip_suffix(name).is_some_and(|head| head.ends_with(['_', '/', '-']));
    texts.iter().find(|(file, _)| is(file)).copied()
}

/// Reads a file whole. A last row that ends in the middle, or an open quote, means that the file was cut off.
fn table<'a>(name: &'a str, text: &str, columns: &[&str], wrong: &mut Vec<Wrong>) -> Result<Table<'a>, Wrong> {
    if text.bytes().filter(|b| *b == b'"').count() % 2 == 1 {
        return Err(Wrong::file(name, "exchange-file-cut", ""));
    }
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let header = reader.headers().map_err(|e| Wrong::file(name, "exchange-file-broken", e.to_string()))?.clone();
    let places: HashMap<String, usize> =
        header.iter().enumerate().map(|(at, column)| (column.trim().to_owned(), at)).collect();
    if places.len() < header.len() {
        return Err(Wrong::file(name, "exchange-file-columns-twice", ""));
    }
    let missing: Vec<&str> = columns.iter().copied().filter(|c| !places.contains_key(*c)).collect();
    if !missing.is_empty() {
        return Err(Wrong::file(name, "exchange-file-columns", missing.join(", ")));
    }
    let mut rows = Vec::new();
    for row in reader.records() {
        let row = row.map_err(|e| Wrong::file(name, "exchange-file-broken", e.to_string()))?;
        let line = row.position().map_or(0, csv::Position::line);
        if row.len() == header.len() {
            rows.push((line, row));
        } else {
            let last = row.position().is_some_and(|at| {
                text.get(usize::try_from(at.byte()).unwrap_or(0)..)
                    .is_some_and(|rest| !rest.trim_start().contains('\n'))
            });
            if last && !text.ends_with('\n') {
                return Err(Wrong { line, ..Wrong::file(name, "exchange-file-cut", "") });
            }
            let found = format!("{} / {}", row.len(), header.len());
            wrong.push(Wrong { line, ..Wrong::file(name, "exchange-row-fields", found) });
        }
    }
    Ok(Table { name, columns: places, rows })
}

/// The states of each report, oldest first, and their ids.
type History<'a> = HashMap<&'a str, (Vec<Status>, Vec<&'a str>)>;

fn history<'a>(table: &'a Table<'_>, wrong: &mut Vec<Wrong>) -> History<'a> {
    let mut history: History<'a> = HashMap::new();
    let order = |row: &csv::StringRecord| table.field(row, "id").parse::<u64>().unwrap_or(0);
    let mut rows: Vec<&(u64, csv::StringRecord)> = table.rows.iter().collect();
    rows.sort_by_key(|(_, row)| order(row));
    for (line, row) in rows {
        let number = table.field(row, "_signal_id");
        let Some(at) = instant(table.field(row, "created_at")) else {
            wrong.push(Wrong {
                line: *line,
                number: number.to_owned(),
                ..Wrong::file(table.name, "exchange-row-time", table.field(row, "created_at"))
            });
            continue;
        };
        let (statuses, ids) = history.entry(number).or_default();
        statuses.push(Status {
            at,
            word: table.field(row, "state").to_owned(),
            text: table.field(row, "text").to_owned(),
        });
        ids.push(table.field(row, "id"));
    }
    history
}

fn remarks<'a>(table: &'a Table<'_>, wrong: &mut Vec<Wrong>) -> HashMap<&'a str, Vec<(At, String)>> {
    let mut notes: HashMap<&str, Vec<(At, String)>> = HashMap::new();
    for (line, row) in &table.rows {
        let number = table.field(row, "_signal_id");
        match instant(table.field(row, "created_at")) {
            Some(at) => notes.entry(number).or_default().push((at, table.field(row, "text").to_owned())),
            None => wrong.push(Wrong {
                line: *line,
                number: number.to_owned(),
                ..Wrong::file(table.name, "exchange-row-time", table.field(row, "created_at"))
            }),
        }
    }
    notes
}
