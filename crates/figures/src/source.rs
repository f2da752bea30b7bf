//! From the bytes of a file to what it says: unpacking, encoding, and the reader of its kind. Pure.
//!
//! What stops a whole file ([`Stop`]) is what makes its meaning doubtful: cut off, another encoding, other columns, a
//! page instead of data. What is wrong in one row is refused with that row's number, and the rest is read on.

use crate::config::{Dataset, Kind};
use crate::model::{Parsed, Period, Said};
use areas::{Figure, Sheet};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use jiff::civil::Date;
use std::io::Read;

/// Why a file is not read any further: a sentence that says what to do.
pub type Stop = Said;

/// A file as it came.
#[derive(Clone, Copy, Debug)]
pub struct Raw<'a> {
    /// Its bytes.
    pub bytes: &'a [u8],
    /// Its name.
    pub name: &'a str,
}

/// What a reader may know besides the file.
#[derive(Clone, Copy, Debug)]
pub struct Around<'a> {
    /// The dataset that it is for.
    pub dataset: &'a Dataset,
    /// Code of the municipality.
    pub municipality: &'a str,
    /// Its areas.
    pub sheet: &'a Sheet,
    /// The day of the import.
    pub today: Date,
    /// The period that whoever imports the file stated.
    pub stated: Option<Period>,
    /// Most bytes that anything may unpack to.
    pub most_bytes: usize,
}

/// Reads a file of the dataset's kind.
///
/// # Errors
/// [`Stop`] when the file as a whole cannot be trusted.
pub fn read(raw: Raw<'_>, around: &Around<'_>) -> Result<Parsed, Stop> {
    let bytes = gunzip(raw.bytes, around.most_bytes)?;
    let raw = Raw { bytes: &bytes, ..raw };
    let parsed = match around.dataset.kind {
        Kind::Odata => crate::odata::read(raw, around),
        Kind::Csv => crate::mapped::read(raw, around),
        Kind::Accidents => crate::accidents::read(raw, around),
    }?;
    if parsed.rows == 0 && parsed.names.is_empty() {
        return Err(Said::new("figures-stop-empty", []));
    }
    Ok(parsed)
}

/// The bytes, unpacked when they are gzip.
///
/// # Errors
/// When the packed file was cut off or is larger than allowed.
pub fn gunzip(bytes: &[u8], most: usize) -> Result<Vec<u8>, Stop> {
    if !bytes.starts_with(&[0x1f, 0x8b]) {
        return Ok(bytes.to_vec());
    }
    bounded(flate2::read::MultiGzDecoder::new(bytes), most)
}

fn bounded(reader: impl Read, most: usize) -> Result<Vec<u8>, Stop> {
    let mut out = Vec::new();
    let limit = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
    reader.take(limit).read_to_end(&mut out).map_err(|e| match e.kind() {
        std::io::ErrorKind::UnexpectedEof => Said::new("figures-stop-cut-short", []),
        _ => Said::new("figures-stop-unreadable", [("why", e.to_string())]),
    })?;
    if out.len() > most {
        return Err(Said::new("figures-stop-large", [("most", (most / 1_000_000).to_string())]));
    }
    Ok(out)
}

/// Whether the bytes are a zip archive.
#[must_use]
pub fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

/// The files of a zip archive by name, without folders.
///
/// # Errors
/// When the archive was cut off, or unpacks to more than allowed.
pub fn unzip(bytes: &[u8], most: usize) -> Result<Vec<(String, Vec<u8>)>, Stop> {
    let broken = |e: zip::result::ZipError| match e {
        zip::result::ZipError::InvalidArchive(_) => Said::new("figures-stop-cut-short", []),
        other => Said::new("figures-stop-unreadable", [("why", other.to_string())]),
    };
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).map_err(broken)?;
    let mut files = Vec::new();
    let mut left = most;
    for at in 0..archive.len() {
        let file = archive.by_index(at).map_err(broken)?;
        if file.is_dir() {
            continue;
        }
        let name = file.name().rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
        let content = bounded(file, left)?;
        left -= content.len();
        files.push((name, content));
    }
    Ok(files)
}

/// The text of a file: the byte order mark decides, else the encoding that the configuration names. Text that is UTF-8
/// is read as UTF-8 also where an older encoding is expected: sources change to it without saying so.
///
/// # Errors
/// When the bytes do not fit the encoding, or are a web page instead of data.
pub fn text(bytes: &[u8], encoding: &str) -> Result<String, Stop> {
    let wanted = Encoding::for_label(encoding.as_bytes()).unwrap_or(UTF_8);
    let (found, mark) = match Encoding::for_bom(bytes) {
        Some((found, length)) => (found, length),
        // UTF-16 without a mark: every second byte of plain text is nothing
        None if bytes.iter().take(64).skip(1).step_by(2).filter(|b| **b == 0).count() > 8 => (UTF_16LE, 0),
        None if bytes.iter().take(64).step_by(2).filter(|b| **b == 0).count() > 8 => (UTF_16BE, 0),
        None if wanted == WINDOWS_1252 && std::str::from_utf8(bytes).is_ok() => (UTF_8, 0),
        None => (wanted, 0),
    };
    let body = bytes.get(mark..).unwrap_or_default();
    let text = match found.decode_without_bom_handling_and_without_replacement(body) {
        Some(text) => text.into_owned(),
        None => {
            let good = std::str::from_utf8(body).map_or_else(|e| e.valid_up_to(), str::len);
            let line = 1 + body.iter().take(good).filter(|b| **b == b'\n').count();
            let values = [("encoding", found.name().to_owned()), ("row", line.to_string())];
            return Err(Said::new("figures-stop-encoding", values));
        }
    };
    if text.contains('\0') {
        return Err(Said::new("figures-stop-binary", []));
    }
    let head: String = text.trim_start().chars().take(200).collect::<String>().to_lowercase();
    if head.starts_with("<!doctype html") || head.starts_with("<html") {
        let title = text.split_once("<title>").and_then(|(_, rest)| rest.split_once("</title>")).map_or("", |(t, _)| t);
        let title: String = title.trim().chars().take(100).collect();
        return Err(if title.is_empty() {
            Said::new("figures-stop-html", [])
        } else {
            Said::new("figures-stop-html-title", [("title", title)])
        });
    }
    if head.starts_with("<?xml") || head.starts_with('<') {
        return Err(Said::new("figures-stop-xml", []));
    }
    Ok(text)
}

/// The figure in a cell: a number, a word of the dataset for "none" or "withheld", nothing, or something else.
/// `.` is what the statistical office writes when it does not say which of the two.
#[must_use]
pub fn figure(cell: &str, decimal: char, dataset: &Dataset) -> Option<Figure> {
    let cell = cell.trim();
    let is = |words: &[String]| words.iter().any(|w| w.eq_ignore_ascii_case(cell));
    if is(&dataset.suppressed) {
        return Some(Figure::Suppressed);
    }
    if cell.is_empty() || is(&dataset.missing) {
        return Some(Figure::Missing);
    }
    if cell == "." {
        return Some(Figure::Unspecified);
    }
    number(cell, decimal).map(Figure::of_number)
}

/// A number as the file writes it; with a decimal comma, points between thousands are allowed where they belong.
#[must_use]
pub fn number(cell: &str, decimal: char) -> Option<f64> {
    let cell = cell.trim();
    let plain = if decimal == ',' {
        let whole = cell.split(',').next().unwrap_or_default().trim_start_matches(['-', '+']);
        let mut groups = whole.split('.');
        let first = groups.next().unwrap_or_default();
        if whole.contains('.') && !((1..=3).contains(&first.len()) && groups.all(|g| g.len() == 3)) {
            return None;
        }
        cell.replace('.', "").replace(',', ".")
    } else {
        cell.to_owned()
    };
    // only digits: `inf`, `nan` and `1e9` are words here
    let shape = plain.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'+'));
    plain.parse().ok().filter(|n: &f64| shape && n.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_their_file_writes_them() {
        for (cell, decimal, expected) in [
            ("12", '.', Some(12.0)),
            ("12.5", '.', Some(12.5)),
            (" -3 ", '.', Some(-3.0)),
            ("12,5", ',', Some(12.5)),
            ("1.234,5", ',', Some(1234.5)),
            ("1.234", ',', Some(1234.0)),
            ("12.5", ',', None),
            ("1,234", '.', None),
            ("inf", '.', None),
            ("1e9", '.', None),
            ("twaalf", '.', None),
        ] {
            assert_eq!(number(cell, decimal), expected, "{cell} with {decimal}");
        }
    }

    #[test]
    fn text_comes_out_of_every_encoding_or_the_line_is_named() {
        let utf16: Vec<u8> =
            "naam;n\r\nCaf\u{e9};1\r\nen nog veel meer tekst".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let marked: Vec<u8> = [vec![0xff, 0xfe], utf16.clone()].concat();
        for (what, bytes, encoding, part) in [
            ("UTF-8", "naam\nCafé".as_bytes().to_vec(), "utf-8", "Café"),
            ("UTF-8 with mark", "\u{feff}naam\nCafé".as_bytes().to_vec(), "utf-8", "Café"),
            ("Latin-1 as configured", b"naam\nCaf\xe9".to_vec(), "windows-1252", "Café"),
            ("UTF-8 where Latin-1 is configured", "naam\nCafé".as_bytes().to_vec(), "windows-1252", "Café"),
            ("UTF-16 with mark", marked, "utf-8", "Café"),
            ("UTF-16 without mark", utf16, "utf-8", "Café"),
        ] {
            let text = text(&bytes, encoding).unwrap();
            assert!(text.contains(part) && !text.starts_with('\u{feff}'), "{what}: {text}");
        }
        for (what, bytes, key, row) in [
            ("Latin-1 unannounced", &b"naam;n\nA;1\nCaf\xe9;2\n"[..], "figures-stop-encoding", Some("3")),
            ("a page", b" <!DOCTYPE html><title>Storing</title>", "figures-stop-html-title", None),
            ("an Atom feed", b"<?xml version='1.0'?><feed/>", "figures-stop-xml", None),
            ("a program", b"\x7fELF\0\0\0\0", "figures-stop-binary", None),
        ] {
            let stop = text(bytes, "utf-8").unwrap_err();
            assert_eq!((stop.key.as_str(), stop.values.get("row").map(String::as_str)), (key, row), "{what}");
        }
    }
}
