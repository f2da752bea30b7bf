//! Reading an address file: CSV with comma, semicolon or tab, in UTF-8, with columns by their usual names.

use super::Address;
use crate::Plane;
use crate::plane::rd_plausible;
use std::collections::HashSet;

/// Why a file is no address file for us.
#[derive(Debug, thiserror::Error)]
pub enum AddressError {
    /// It cannot be opened.
    #[error("cannot read {0}")]
    Unreadable(String),
    /// Another encoding.
    #[error("row {0} is no UTF-8. Save the file as UTF-8")]
    Encoding(u64),
    /// Cut off, or a quote too many.
    #[error("row {row} cannot be read ({why}). Download or export the file again")]
    Broken {
        /// Row in the file, the header is 1.
        row: u64,
        /// The reader's words.
        why: String,
    },
    /// A column is missing.
    #[error("no column for the {what}; this file has: {have}. Name it one of: {names}")]
    Column {
        /// What it would hold.
        what: &'static str,
        /// The columns that are there.
        have: String,
        /// Names that are understood.
        names: String,
    },
}

/// A row that was left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// Row in the file, the header is 1.
    pub row: u64,
    /// Why.
    pub why: String,
}

/// What a file holds.
#[derive(Clone, Debug, Default)]
pub struct Parsed {
    /// The addresses, each once.
    pub addresses: Vec<Address>,
    /// Rows that were left out.
    pub refused: Vec<Refused>,
}

const STREET: &[&str] = &["straat", "straatnaam", "openbareruimte", "openbareruimtenaam", "street"];
const NUMBER: &[&str] = &["huisnummer", "nummer", "number", "housenumber"];
const LETTER: &[&str] = &["huisletter", "letter"];
const ADDITION: &[&str] = &["huisnummertoevoeging", "toevoeging", "suffix"];
const POSTCODE: &[&str] = &["postcode", "zip"];
const PLACE: &[&str] = &["woonplaats", "woonplaatsnaam", "plaats", "city", "place"];
const ID: &[&str] = &["nummeraanduidingid", "identificatie", "id"];
const LON: &[&str] = &["lon", "longitude", "lengtegraad", "x", "rdx", "xcoordinaat"];
const LAT: &[&str] = &["lat", "latitude", "breedtegraad", "y", "rdy", "ycoordinaat"];

/// Reads a file. Coordinates are degrees (WGS84) or RD metres, told apart by their size. An address that comes twice
/// is taken once.
///
/// # Errors
/// See [`AddressError`]; single rows that cannot be used are in [`Parsed::refused`].
pub fn parse(bytes: &[u8]) -> Result<Parsed, AddressError> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let head = bytes.split(|b| *b == b'\n').next().unwrap_or_default();
    let count = |c: u8| head.iter().filter(|b| **b == c).count();
    let delimiter = [b';', b'\t', b','].into_iter().max_by_key(|c| count(*c)).unwrap_or(b',');
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).trim(csv::Trim::All).from_reader(bytes);
    let header = reader.headers().map_err(|e| broken(1, &e))?.clone();
    let plain =
        |name: &str| -> String { name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect() };
    let find = |names: &[&str]| header.iter().position(|h| names.contains(&plain(h).as_str()));
    let must = |what: &'static str, names: &[&str]| {
        find(names).ok_or_else(|| AddressError::Column {
            what,
            have: header.iter().collect::<Vec<_>>().join(", "),
            names: names.join(", "),
        })
    };
    let (street, number) = (must("street", STREET)?, must("house number", NUMBER)?);
    let (lon, lat) = (must("longitude or RD x", LON)?, must("latitude or RD y", LAT)?);
    let (letter, addition) = (find(LETTER), find(ADDITION));
    let (postcode, place, id) = (find(POSTCODE), find(PLACE), find(ID));
    let mut out = Parsed::default();
    let mut seen = HashSet::new();
    for record in reader.records() {
        let record = record.map_err(|e| broken(e.position().map_or(0, csv::Position::line), &e))?;
        let row = record.position().map_or(0, csv::Position::line);
        let cell = |at: Option<usize>| at.and_then(|at| record.get(at)).unwrap_or_default();
        let Ok(house) = cell(Some(number)).parse::<i64>() else {
            out.refused.push(Refused { row, why: format!("`{}` is no house number", cell(Some(number))) });
            continue;
        };
        if cell(Some(street)).is_empty() {
            out.refused.push(Refused { row, why: "it has no street".to_owned() });
            continue;
        }
        let degrees = |at: usize| cell(Some(at)).replace(',', ".").parse::<f64>().ok().filter(|n| n.is_finite());
        let point = degrees(lon)
            .zip(degrees(lat))
            .and_then(|(x, y)| if rd_plausible(x, y) { Plane::Rd.to_lonlat(x, y) } else { Some((x, y)) });
        let Some(point) = point.filter(|(lon, lat)| lon.abs() <= 180.0 && lat.abs() <= 90.0) else {
            out.refused.push(Refused { row, why: "its coordinates cannot be read".to_owned() });
            continue;
        };
        let suffix = [cell(letter), cell(addition)].into_iter().filter(|s| !s.is_empty()).collect::<Vec<_>>().join("-");
        let postcode: String = cell(postcode).chars().filter(|c| !c.is_whitespace()).collect::<String>().to_uppercase();
        let id = match cell(id) {
            "" => format!("{}-{house}-{suffix}-{postcode}", plain(cell(Some(street)))),
            given => given.to_owned(),
        };
        if seen.insert(id.clone()) {
            out.addresses.push(Address {
                id,
                street: cell(Some(street)).to_owned(),
                number: house,
                suffix,
                postcode,
                place: cell(place).to_owned(),
                point,
            });
        }
    }
    Ok(out)
}

fn broken(row: u64, error: &csv::Error) -> AddressError {
    match error.kind() {
        csv::ErrorKind::Utf8 { pos, .. } => AddressError::Encoding(pos.as_ref().map_or(row, csv::Position::line)),
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            AddressError::Broken { row, why: format!("{len} fields where the header has {expected_len}") }
        }
        _ => AddressError::Broken { row, why: error.to_string() },
    }
}
