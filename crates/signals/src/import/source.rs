//! The file as records: unpacked when it is gzip, without byte order mark, and with what is needed to tell
//! a file that was cut off from one that is whole.

use super::ImportError;
use super::mapping::{Encoding, Plan};
use csv::ByteRecord;
use encoding_rs::WINDOWS_1252;
use sha2::{Digest as _, Sha256};
use std::borrow::Cow;
use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// A record may be this long. A longer one means that a quote was never closed; reading on would take the
/// rest of the file into memory.
const MOST_RECORD_BYTES: u64 = 16 * 1024 * 1024;
const BUFFER: usize = 256 * 1024;

/// The bytes of the CSV text, watched.
pub(super) struct Watched {
    inner: Box<dyn Read + Send>,
    since_record: u64,
    odd_quotes: bool,
    last: u8,
}

impl Read for Watched {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.since_record > MOST_RECORD_BYTES {
            return Err(io::Error::other("one record is longer than 16 MB; is a quote (\") not closed?"));
        }
        let n = self.inner.read(buffer)?;
        let bytes = buffer.get(..n).unwrap_or_default();
        self.since_record += n as u64;
        self.odd_quotes ^= bytes.iter().filter(|b| **b == b'"').count() % 2 == 1;
        self.last = bytes.last().copied().unwrap_or(self.last);
        Ok(n)
    }
}

/// Counts the bytes of the file itself, for progress.
struct Counting {
    file: File,
    bytes: Arc<AtomicU64>,
}

impl Read for Counting {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.file.read(buffer)?;
        self.bytes.fetch_add(n as u64, Ordering::Relaxed);
        Ok(n)
    }
}

/// An open file of records.
pub(super) struct Records {
    reader: csv::Reader<Watched>,
    /// Names of the columns, without spaces around them.
    pub header: Vec<String>,
    /// The header as it stands in the file.
    pub raw_header: ByteRecord,
}

/// What came instead of a record.
#[derive(Debug)]
pub(super) enum Next {
    Record,
    End,
    /// The file cannot be read any further.
    Broken(String),
}

impl Records {
    /// Opens `path` and reads the header; `bytes` counts what was read of the file.
    pub fn open(path: &Path, plan: &Plan, bytes: Arc<AtomicU64>) -> Result<Self, ImportError> {
        let unreadable = |e: io::Error| ImportError::Unreadable { file: path.display().to_string(), why: plain(&e) };
        let unfit = |why: &str| ImportError::Unfit { file: path.display().to_string(), why: why.to_owned() };
        let file = File::open(path).map_err(unreadable)?;
        let mut raw = BufReader::with_capacity(BUFFER, Counting { file, bytes });
        let magic = head(&mut raw, 4).map_err(unreadable)?;
        let rest = io::Cursor::new(magic.clone()).chain(raw);
        let mut text: Box<dyn Read + Send> = match magic.as_slice() {
            [0x1f, 0x8b, ..] => Box::new(BufReader::with_capacity(BUFFER, flate2::read::MultiGzDecoder::new(rest))),
            [b'P', b'K', 3, 4] => return Err(unfit("it is a .zip or .xlsx file; unpack it, or save it as CSV")),
            [0xd0, 0xcf, 0x11, 0xe0] => return Err(unfit("it is an old Excel file; save it as CSV")),
            _ => Box::new(rest),
        };
        let mark = head(&mut text, 3).map_err(unreadable)?;
        let mark = match mark.as_slice() {
            [0xef, 0xbb, 0xbf] => vec![],
            [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => return Err(unfit("it is UTF-16; save it as UTF-8")),
            _ => mark,
        };
        let inner = Box::new(io::Cursor::new(mark).chain(text));
        let watched = Watched { inner, since_record: 0, odd_quotes: false, last: b'\n' };
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(plan.delimiter)
            .flexible(true)
            .buffer_capacity(BUFFER)
            .from_reader(watched);
        let raw_header = reader
            .byte_headers()
            .map_err(|e| ImportError::Unreadable { file: path.display().to_string(), why: why(e) })?
            .clone();
        if raw_header.iter().all(<[u8]>::is_empty) {
            return Err(unfit("it is empty; the first line must name the columns"));
        }
        let header = raw_header
            .iter()
            .map(|name| {
                decode(name, plan.encoding).map_or_else(|_| String::from_utf8_lossy(name).into(), Cow::into_owned)
            })
            .map(|name: String| name.trim().to_owned())
            .collect();
        Ok(Self { reader, header, raw_header })
    }

    /// Reads the next record into `record`.
    pub fn next(&mut self, record: &mut ByteRecord) -> Next {
        self.reader.get_mut().since_record = 0;
        match self.reader.read_byte_record(record) {
            Ok(true) => Next::Record,
            Ok(false) => Next::End,
            Err(e) => Next::Broken(why(e)),
        }
    }

    /// The line that the reader is at.
    pub fn line(&self) -> u64 {
        self.reader.position().line()
    }

    /// Whether `last`, the last record of the file, was cut off: it has too few fields and no end of line,
    /// or it runs on to the end because a quote was never closed.
    pub fn is_cut_off(&self, last: &ByteRecord) -> bool {
        let watched = self.reader.get_ref();
        let short = last.len() < self.header.len() && watched.last != b'\n';
        let open = watched.odd_quotes
            && (watched.last != b'\n' || last.iter().next_back().is_some_and(|f| f.contains(&b'\n')));
        short || open
    }
}

fn head(reader: &mut dyn Read, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn why(error: csv::Error) -> String {
    match error.into_kind() {
        csv::ErrorKind::Io(e) => plain(&e),
        other => format!("{other:?}"),
    }
}

fn plain(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::UnexpectedEof => "the compressed file ends too early: it was cut off".to_owned(),
        io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData => format!("the compressed file is damaged ({error})"),
        _ => error.to_string(),
    }
}

/// A field as text.
pub(super) fn decode(bytes: &[u8], encoding: Encoding) -> Result<Cow<'_, str>, String> {
    if bytes.contains(&0) {
        return Err("holds a NUL character".to_owned());
    }
    match encoding {
        Encoding::Utf8 => std::str::from_utf8(bytes)
            .map(Cow::Borrowed)
            .map_err(|_| "is not UTF-8; try `encoding = \"windows-1252\"` under [file]".to_owned()),
        Encoding::Windows1252 => Ok(WINDOWS_1252.decode_without_bom_handling(bytes).0),
    }
}

/// Text in the encoding of the file; what the file cannot write becomes a numeric entity.
pub(super) fn encode(text: &str, encoding: Encoding) -> Cow<'_, [u8]> {
    match encoding {
        Encoding::Utf8 => Cow::Borrowed(text.as_bytes()),
        Encoding::Windows1252 => WINDOWS_1252.encode(text).0,
    }
}

/// SHA-256 of the whole file, in hexadecimal.
pub(super) fn digest(path: &Path) -> io::Result<String> {
    let mut file = File::open(path)?;
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; BUFFER];
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(hex::encode(hasher.finalize())),
            n => hasher.update(buffer.get(..n).unwrap_or_default()),
        }
    }
}
