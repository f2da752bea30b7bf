//! Registered road accidents (BRON of Rijkswaterstaat): counts by year, area and severity, from the published archive
//! (accidents and points in files of their own, joined by the id of the point) or from one table with a point in each
//! row. Points are RD metres or degrees, told apart by their size.
//!
//! Since 25 May 2018 the source leaves fields empty that could point to a person; only year, severity and place are
//! read, and the place becomes a neighbourhood at once. A single accident is never kept (domain chapter 12).

use crate::mapped::records;
use crate::model::{Key, Name, NameKind, Observation, Parsed, Period, Refusal, Said};
use crate::source::{Around, Raw, Stop, is_zip, number, text, unzip};
use areas::{Figure, Plane};
use csv::StringRecord;
use std::collections::{BTreeMap, HashMap};

/// What is counted.
const MEASURE: &str = "accidents";
/// Severities of BRON: deadly, with injury, damage only.
const SEVERITIES: [(&str, &str); 3] = [("DOD", "Dodelijk"), ("LET", "Met letsel"), ("UMS", "Alleen materiële schade")];
const YEAR: &[&str] = &["jaar_vkl", "jaar"];
const SEVERITY: &[&str] = &["ap3_code", "afloop"];
const POINT: &[&str] = &["fk_veld5"];
const X: &[&str] = &["x_coord", "x", "lon", "longitude"];
const Y: &[&str] = &["y_coord", "y", "lat", "latitude"];

/// Points by their id.
type Points = HashMap<String, (f64, f64)>;

/// A table with its columns by lower-case name.
struct Table {
    header: Vec<String>,
    rows: Vec<(u64, StringRecord)>,
}

impl Table {
    fn read(bytes: &[u8]) -> Result<Self, Stop> {
        let text = text(bytes, "windows-1252")?;
        let head = text.lines().next().unwrap_or_default();
        let delimiter = if head.matches(';').count() > head.matches(',').count() { ';' } else { ',' };
        let (header, rows) = records(&text, delimiter)?;
        Ok(Self { header: header.iter().map(|h| h.trim().to_lowercase()).collect(), rows })
    }

    fn column(&self, names: &[&str]) -> Option<usize> {
        names.iter().find_map(|name| self.header.iter().position(|h| h == name))
    }

    fn must(&self, names: &[&str]) -> Result<usize, Stop> {
        self.column(names).ok_or_else(|| {
            Said::new(
                "accidents-stop-column",
                [("column", names.join(" / ").to_uppercase()), ("have", self.header.join(", "))],
            )
        })
    }
}

fn cell(record: &StringRecord, at: usize) -> &str {
    record.get(at).unwrap_or_default().trim()
}

/// Longitude and latitude of two cells.
fn place(x: &str, y: &str) -> Option<(f64, f64)> {
    let (x, y) = (number(x, '.')?, number(y, '.')?);
    let point = if areas::plane::rd_plausible(x, y) { Plane::Rd.to_lonlat(x, y)? } else { (x, y) };
    (point.0.abs() <= 180.0 && point.1.abs() <= 90.0).then_some(point)
}

/// Reads a file of accidents.
///
/// # Errors
/// When a column or a part of the archive is missing, or the file cannot be read.
pub fn read(raw: Raw<'_>, around: &Around<'_>) -> Result<Parsed, Stop> {
    let (table, points) =
        if is_zip(raw.bytes) { unpacked(raw.bytes, around.most_bytes)? } else { (Table::read(raw.bytes)?, None) };
    let severity = table.must(SEVERITY)?;
    let year = match (table.column(YEAR), around.stated) {
        (None, None) => return Err(Said::new("accidents-stop-year", [])),
        (column, _) => column,
    };
    let key = if points.is_some() { Some(table.must(POINT)?) } else { None };
    let own = if points.is_some() { None } else { Some((table.must(X)?, table.must(Y)?)) };
    let mut parsed = Parsed { rows: table.rows.len() as u64, listed: vec![NameKind::Category], ..Parsed::default() };
    parsed
        .names
        .push(Name { unit: "ongevallen".into(), ..Name::new(NameKind::Measure, MEASURE, "Geregistreerde ongevallen") });
    parsed.names.extend(SEVERITIES.map(|(code, title)| Name::new(NameKind::Category, code, title)));
    let mut counts: BTreeMap<(String, &str, Period), (f64, u64)> = BTreeMap::new();
    let mut elsewhere = 0_u64;
    for (row, record) in &table.rows {
        let mut refuse = |why: Said| parsed.refused.push(Refusal { row: *row, why });
        let written = year.map_or("", |at| cell(record, at));
        let Some(period) = Period::parse(written).filter(|_| written.len() == 4).or(around.stated) else {
            refuse(Said::new("figures-row-period", [("period", written.to_owned())]));
            continue;
        };
        let Some((code, _)) = SEVERITIES.iter().find(|(code, _)| *code == cell(record, severity)) else {
            refuse(Said::new("figures-row-unknown-code", [("code", cell(record, severity).to_owned())]));
            continue;
        };
        let point = match (&points, key, own) {
            (Some(points), Some(key), _) => points.get(cell(record, key)).copied(),
            (_, _, Some((x, y))) => place(cell(record, x), cell(record, y)),
            _ => None,
        };
        let Some((lon, lat)) = point else {
            refuse(Said::new("accidents-row-point", []));
            continue;
        };
        // without neighbourhoods the file is taken to be cut to the municipality
        let area = around.sheet.neighbourhood(lon, lat).map(str::to_owned);
        if area.is_none() && !around.sheet.areas.is_empty() {
            elsewhere += 1;
            continue;
        }
        for area in [Some(around.municipality.to_owned()), area].into_iter().flatten() {
            let count = counts.entry((area, code, period)).or_insert((0.0, *row));
            count.0 += 1.0;
        }
    }
    if elsewhere > 0 {
        parsed.notes.push(Said::new("accidents-note-elsewhere", [("n", elsewhere.to_string())]));
    }
    parsed.notes.push(Said::new("accidents-note-complete", []));
    parsed.observations = counts
        .into_iter()
        .map(|((area, code, period), (n, row))| {
            let key = Key { measure: MEASURE.into(), category: code.to_owned(), area, period };
            Observation::plain(key, Figure::Value(n), row)
        })
        .collect();
    Ok(parsed)
}

/// The accidents of the archive, and its points by id.
fn unpacked(bytes: &[u8], most: usize) -> Result<(Table, Option<Points>), Stop> {
    let files = unzip(bytes, most)?;
    let part = |stem: &str| {
        files.iter().find(|(name, _)| name.to_lowercase().starts_with(stem)).map(|(_, bytes)| bytes.as_slice())
    };
    let missing = |name: &str| Said::new("accidents-stop-part", [("name", name.to_owned())]);
    let accidents = Table::read(part("ongevallen.").ok_or_else(|| missing("ongevallen.txt"))?)?;
    if accidents.column(POINT).is_none() && accidents.column(X).is_some() {
        return Ok((accidents, None));
    }
    let points = Table::read(part("puntlocaties.").ok_or_else(|| missing("puntlocaties.txt"))?)?;
    let (id, x, y) = (points.must(POINT)?, points.must(X)?, points.must(Y)?);
    let places = points.rows.iter().filter_map(|(_, r)| Some((cell(r, id).to_owned(), place(cell(r, x), cell(r, y))?)));
    Ok((accidents, Some(places.collect())))
}

#[cfg(test)]
mod tests;
