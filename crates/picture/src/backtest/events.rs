//! Reading event files: `id,timestamp,lon,lat,category`, comma-separated, with a head.
//!
//! `timestamp` is local wall-clock time without an offset (ISO 8601, `T` or a space between date and
//! time); the columns may stand in any order and others are passed over. The whole file is text in
//! memory: 184,000 rows are read in well under a tenth of a second.

use super::Place;
use crate::history::{civil, day_of};
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt;

/// What was read, over all files.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Events {
    /// The events of the wanted categories, in the order of the files.
    pub places: Vec<Place>,
    /// Rows read, good and bad.
    pub rows: u64,
    /// Good rows of other categories.
    pub others: u64,
    /// When categories were asked for: those of them that were met, and up to a hundred others.
    pub names: BTreeSet<String>,
    /// Bad rows that were left out.
    pub bad: u64,
    /// The first of those.
    pub first_bad: Option<Wrong>,
}

/// A row that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// Line of the file; the head is 1.
    pub line: u64,
    /// What is wrong with it.
    pub why: String,
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.why)
    }
}

impl std::error::Error for Wrong {}

/// How much of a cell an error shows.
const SHOWN: usize = 40;
/// How many names of other categories are kept.
const NAMES: usize = 100;

/// Reads one file and adds its events. Only events of `categories` are kept; none means all.
///
/// # Errors
/// [`Wrong`] when the head misses a column, when a quotation mark is never closed, or at the first bad row
/// unless `skip_bad`, which counts them.
pub fn read(text: &[u8], categories: &[String], skip_bad: bool, into: &mut Events) -> Result<(), Wrong> {
    let mut rest = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
    let mut line = 1;
    let mut cells = Vec::new();
    let mut height = record(&mut rest, &mut cells).ok_or_else(|| unclosed(1))?;
    let wrong = |line: u64, why: String| Wrong { line, why };
    let place = |name: &str| {
        let at = cells.iter().position(|c| c.trim_ascii().eq_ignore_ascii_case(name.as_bytes()));
        at.ok_or_else(|| wrong(1, format!("there is no column `{name}`: {}", hint(text))))
    };
    let columns = [place("timestamp")?, place("lon")?, place("lat")?];
    let category = if categories.is_empty() { None } else { Some(place("category")?) };
    while !rest.is_empty() {
        line += height;
        height = record(&mut rest, &mut cells).ok_or_else(|| unclosed(line))?;
        if cells.iter().all(|c| c.is_empty()) {
            continue;
        }
        into.rows += 1;
        match row(&cells, columns, category) {
            Ok((place, named)) => {
                let wanted = category.is_none() || categories.iter().any(|c| c.trim().as_bytes() == named);
                if wanted {
                    into.places.push(place);
                } else {
                    into.others += 1;
                }
                if let Some(name) = category.and_then(|_| std::str::from_utf8(named).ok())
                    && (wanted || into.names.len() < NAMES)
                    && !into.names.contains(name)
                {
                    into.names.insert(name.to_owned());
                }
            }
            Err(why) if skip_bad => {
                into.bad += 1;
                into.first_bad.get_or_insert(wrong(line, why));
            }
            Err(why) => return Err(wrong(line, why)),
        }
    }
    Ok(())
}

/// What is wrong with a head that misses a column.
fn hint(text: &[u8]) -> &'static str {
    let head = text.split(|b| *b == b'\n').next().unwrap_or_default();
    match text {
        text if text.trim_ascii().is_empty() => "the file is empty",
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => "the file is in UTF-16, save it as CSV in UTF-8",
        [b'P', b'K', 3, 4, ..] => "this is a workbook or a zip file, save the table as CSV with commas",
        _ if head.contains(&b',') => "the head names: id,timestamp,lon,lat,category",
        _ if head.contains(&b';') => "the file is separated by `;`, save it with commas",
        _ if head.contains(&b'\t') => "the file is separated by tabs, save it with commas",
        _ => "the head names: id,timestamp,lon,lat,category",
    }
}

fn unclosed(line: u64) -> Wrong {
    Wrong { line, why: "a quotation mark is opened here and never closed".to_owned() }
}

/// Takes one record off the text; returns how many lines it stood on, `None` when a quotation mark is never
/// closed. A quoted cell may hold commas, ends of lines and doubled quotes (RFC 4180).
fn record<'a>(rest: &mut &'a [u8], cells: &mut Vec<Cow<'a, [u8]>>) -> Option<u64> {
    cells.clear();
    let text = *rest;
    let (mut start, mut lines, mut quoted, mut quotes) = (0, 1, false, false);
    let mut end = text.len();
    for (i, b) in text.iter().enumerate() {
        match b {
            b'"' if quoted => quoted = false,
            // At the start of a cell, or doubled within a quoted one; elsewhere it is a mark like any other.
            b'"' if (quotes && text[i - 1] == b'"') || text[start..i].trim_ascii().is_empty() => {
                (quoted, quotes) = (true, true);
            }
            b'\n' if quoted => lines += 1,
            b',' if !quoted => {
                cells.push(cell(&text[start..i], quotes));
                (start, quotes) = (i + 1, false);
            }
            b'\n' => {
                end = i;
                break;
            }
            _ => {}
        }
    }
    if quoted {
        return None;
    }
    let last = &text[start..end];
    cells.push(cell(last.strip_suffix(b"\r").unwrap_or(last), quotes));
    *rest = &text[(end + 1).min(text.len())..];
    Some(lines)
}

/// A cell for an error: not more than its start.
fn shown(text: &[u8]) -> String {
    let start = String::from_utf8_lossy(&text[..text.len().min(SHOWN)]).replace(['\r', '\n'], " ");
    if text.len() > SHOWN { format!("{start}..") } else { start }
}

fn cell(text: &[u8], quotes: bool) -> Cow<'_, [u8]> {
    let inner = || text.trim_ascii().strip_prefix(b"\"")?.strip_suffix(b"\"");
    match if quotes { inner() } else { None } {
        None => Cow::Borrowed(text),
        Some(inner) => {
            let mut out = Vec::with_capacity(inner.len());
            let mut before = false;
            for b in inner {
                before = *b == b'"' && !before;
                if !before {
                    out.push(*b);
                }
            }
            Cow::Owned(out)
        }
    }
}

/// The event of one record, and its category.
fn row<'a>(
    cells: &'a [Cow<'_, [u8]>],
    columns: [usize; 3],
    category: Option<usize>,
) -> Result<(Place, &'a [u8]), String> {
    let cell = |at: usize| cells.get(at).map(|c| c.trim_ascii()).filter(|c| !c.is_empty());
    let [time, lon, lat] = columns.map(cell);
    let (day, hour) = moment(time.ok_or("`timestamp` is empty")?)?;
    let degrees = |text: Option<&[u8]>, name: &str, most: f64| {
        let text = text.ok_or_else(|| format!("`{name}` is empty"))?;
        let number = std::str::from_utf8(text).ok().and_then(|t| t.parse::<f64>().ok()).filter(|v| v.is_finite());
        let shown = shown(text);
        let number = number.ok_or_else(|| format!("`{name}` is `{shown}`, not a number"))?;
        if number.abs() > most {
            return Err(format!("`{name}` is {shown}, not between -{most} and {most} degrees (WGS84)"));
        }
        Ok(number)
    };
    let place = Place { day, hour, lon: degrees(lon, "lon", 180.0)?, lat: degrees(lat, "lat", 90.0)? };
    Ok((place, category.and_then(|at| cells.get(at)).map_or(&[], |c| c.trim_ascii())))
}

/// Day since 1970-01-01 and hour of `2018-01-31`, `2018-01-31T23:59`, with a space, seconds or a fraction.
fn moment(text: &[u8]) -> Result<(i32, u8), String> {
    let shown = || shown(text);
    let wrong = || format!("`timestamp` is `{}`, not a time like 2018-01-31T23:59:00", shown());
    let digits = |from: usize, to: usize| {
        let part = text.get(from..to).filter(|p| p.iter().all(u8::is_ascii_digit))?;
        Some(part.iter().fold(0i32, |n, d| n * 10 + i32::from(d - b'0')))
    };
    let at = |i: usize| text.get(i).copied();
    let (year, month, date) = match (digits(0, 4), digits(5, 7), digits(8, 10)) {
        (Some(y), Some(m), Some(d)) if at(4) == Some(b'-') && at(7) == Some(b'-') => (y, m as u8, d as u8),
        _ => return Err(wrong()),
    };
    let day = day_of(year, month.clamp(1, 12), date);
    if civil(day) != (year, month, date) {
        return Err(format!("`timestamp` is `{}`: there is no such day", shown()));
    }
    if !(1900..=2200).contains(&year) {
        return Err(format!("`timestamp` is `{}`: the year cannot be right", shown()));
    }
    if text.len() == 10 {
        return Ok((day, 0));
    }
    let hour = match (digits(11, 13), digits(14, 16)) {
        (Some(hour @ 0..=23), Some(0..=59)) if matches!(at(10), Some(b'T' | b' ')) && at(13) == Some(b':') => hour,
        _ => return Err(wrong()),
    };
    let mut end = 16;
    if at(16) == Some(b':') {
        end = match digits(17, 19) {
            Some(0..=59) => 19,
            _ => return Err(wrong()),
        };
        if at(19) == Some(b'.') {
            let fraction = text[20..].iter().take_while(|b| b.is_ascii_digit()).count();
            end = if fraction == 0 { return Err(wrong()) } else { 20 + fraction };
        }
    }
    match &text[end..] {
        [] => Ok((day, hour as u8)),
        [b'Z' | b'z' | b'+' | b'-', ..] | [b' ', b'+' | b'-', ..] => {
            Err(format!("`timestamp` is `{}`, with an offset: give local wall-clock time without one", shown()))
        }
        _ => Err(wrong()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "id,timestamp,lon,lat,category\n";

    fn one(row: &str) -> Result<Events, Wrong> {
        let mut events = Events::default();
        read(format!("{HEAD}{row}\n").as_bytes(), &[], false, &mut events).map(|()| events)
    }

    #[test]
    fn times_of_all_shapes() {
        for (text, hour) in [
            ("2018-01-31", 0),
            ("2018-01-31T23:59", 23),
            ("2018-01-31 23:59:30", 23),
            ("2018-01-31T00:00:00.123456789", 0),
            ("\"2018-01-31T07:00:00\"", 7),
            (" 2018-01-31T07:00:00 ", 7),
        ] {
            let events = one(&format!("1,{text},4.5,52.5,x")).unwrap();
            assert_eq!(events.places, [Place { day: day_of(2018, 1, 31), hour, lon: 4.5, lat: 52.5 }], "{text}");
        }
    }

    #[test]
    fn bad_rows_say_where_and_what() {
        for (row, why) in [
            ("1,2018-02-29T10:00:00,4.5,52.5,x", "no such day"),
            ("1,2018-13-01T10:00:00,4.5,52.5,x", "no such day"),
            ("1,31-01-2018 10:00,4.5,52.5,x", "not a time like"),
            ("1,2018-01-31T24:00:00,4.5,52.5,x", "not a time like"),
            ("1,2018-01-31T10:61:00,4.5,52.5,x", "not a time like"),
            ("1,2018-01-31T10:00:00.,4.5,52.5,x", "not a time like"),
            ("1,2018-01-31T10:00:00x,4.5,52.5,x", "not a time like"),
            ("1,2018-01-31T10:00:00Z,4.5,52.5,x", "with an offset"),
            ("1,2018-01-31T10:00:00+01:00,4.5,52.5,x", "with an offset"),
            ("1,1066-01-31T10:00:00,4.5,52.5,x", "the year cannot be right"),
            ("1,,4.5,52.5,x", "`timestamp` is empty"),
            ("1,2018-01-31T10:00:00,,52.5,x", "`lon` is empty"),
            ("1,2018-01-31T10:00:00,4.5", "`lat` is empty"),
            ("1,2018-01-31T10:00:00,4.5,NaN,x", "not a number"),
            ("1,2018-01-31T10:00:00,\"4,5\",52.5,x", "`lon` is `4,5`, not a number"),
            ("1,2018-01-31T10:00:00,105200,503000,x", "not between -180 and 180 degrees"),
        ] {
            let wrong = one(row).unwrap_err();
            assert!(wrong.line == 2 && wrong.why.contains(why), "{row}: {wrong}");
            let mut events = Events::default();
            let text = format!("{HEAD}{row}\n2,2018-01-31T10:00:00,4.5,52.5,x\n");
            read(text.as_bytes(), &[], true, &mut events).unwrap();
            assert_eq!((events.places.len(), events.rows, events.bad), (1, 2, 1), "{row}");
            assert_eq!(events.first_bad, Some(wrong));
        }
        for (head, why) in [
            (&b"a;timestamp;lon;lat"[..], "separated by `;`"),
            (b"a\ttimestamp\tlon", "separated by tabs"),
            (b"", "the file is empty"),
            (b" \n", "the file is empty"),
            (b"\xff\xfei\0d\0", "in UTF-16"),
            (b"PK\x03\x04\x14", "save the table as CSV"),
            (b"time;of,lon,lat\n", "the head names"),
            (b"Timestamp,LAT,lon\nx", "not a time"),
            (b"timestamp,lon,lat,\"note\n2018-01-31,1,2,\n", "line 1: a quotation mark is opened"),
            (b"timestamp,lon,lat,note\n2018-01-31,1,2,\"a\n2018-01-31,1,2,b", "line 2: a quotation mark is opened"),
        ] {
            let wrong = read(head, &[], false, &mut Events::default()).unwrap_err().to_string();
            assert!(wrong.contains(why), "{wrong}");
        }
        let wrong = one(&format!("1,{},4.5,52.5,x", "9".repeat(5000))).unwrap_err().to_string();
        assert!(wrong.len() < 150, "{wrong}");
    }

    #[test]
    fn quotes_lines_columns_and_categories() {
        let text = "\u{feff}lat,note,lon,category,timestamp\r\n\
                    52.5,\"a, \"\"b\"\"\nc\",4.5,\"noise, loud\",2018-01-31\r\n\r\n\
                    52.6,a 5\" pipe,4.6, dogs,2018-02-01\r\n52.6,,4.6,dogs,never";
        let mut events = Events::default();
        let wrong = read(text.as_bytes(), &["noise, loud".to_owned()], false, &mut events).unwrap_err();
        assert_eq!((wrong.line, events.places.len(), events.others, events.rows), (6, 1, 1, 3));
        assert_eq!(events.places[0].lat, 52.5);
        assert_eq!(Vec::from_iter(events.names), ["dogs", "noise, loud"]);
    }
}
