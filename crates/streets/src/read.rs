//! Reading a file with streets, told apart by what it holds: an extract of OpenStreetMap (PBF, or XML that may be
//! gzipped), or a cut of the national road file as GeoJSON.

mod nwb;
mod pbf;
mod xml;

use crate::geometry::{Point, point};
use crate::network::Origin;
use crate::rules::{Rule, Tags, barrier, street};
use flate2::read::MultiGzDecoder;
use std::collections::HashMap;
use std::fs::File;
use std::io::{BufRead, BufReader, Read as _};
use std::path::Path;

/// Largest GeoJSON file that is read: it has to fit in memory.
const MOST_GEOJSON: u64 = 500_000_000;

/// The part of the earth of which points are kept, degrees (WGS84).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Window {
    /// Western edge.
    pub west: f64,
    /// Southern edge.
    pub south: f64,
    /// Eastern edge.
    pub east: f64,
    /// Northern edge.
    pub north: f64,
}

impl Window {
    pub(crate) fn has(&self, (lon, lat): (f64, f64)) -> bool {
        (self.west..=self.east).contains(&lon) && (self.south..=self.north).contains(&lat)
    }
}

/// The streets of a file, before they are cut and joined.
#[derive(Debug)]
pub struct Extract {
    /// Whose data it is.
    pub origin: Origin,
    /// The day of the data as the file says it (`YYYY-MM-DD`).
    pub data_of: Option<String>,
    pub(crate) nodes: HashMap<i64, Point>,
    pub(crate) closed: HashMap<i64, u8>,
    pub(crate) ways: Vec<Way>,
    window: Window,
}

/// A street as the file has it.
#[derive(Debug)]
pub(crate) struct Way {
    /// What it is and for whom.
    pub rule: Rule,
    /// Its points in order.
    pub refs: Vec<i64>,
}

/// Why a file has no streets for us; the text says what to do.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// It cannot be opened or read to its end.
    #[error("{0}. Check the path and your rights to the file; download it again when it is cut off")]
    Unreadable(String),
    /// No format that is known here.
    #[error(
        "this is no extract of OpenStreetMap (.osm.pbf, .osm, .osm.gz) and no GeoJSON of the national road file. \
        Unpack .zip and .bz2 files first"
    )]
    Format,
    /// Not what its begin promised.
    #[error("{place}: {why}. Download or export the file again")]
    Broken {
        /// Where in the file.
        place: String,
        /// The reader's words.
        why: String,
    },
    /// More than fits.
    #[error("the file is larger than {0} MB. Cut it to your own municipality first")]
    TooBig(u64),
}

impl ReadError {
    fn broken(place: impl Into<String>, why: impl std::fmt::Display) -> Self {
        Self::Broken { place: place.into(), why: why.to_string() }
    }
}

impl From<std::io::Error> for ReadError {
    fn from(error: std::io::Error) -> Self {
        Self::Unreadable(error.to_string())
    }
}

impl Extract {
    fn new(origin: Origin, window: Window) -> Self {
        let (nodes, closed) = (HashMap::new(), HashMap::new());
        Self { origin, data_of: None, nodes, closed, ways: vec![], window }
    }

    /// Reads `file`; of its points, only those within `window` are kept.
    ///
    /// # Errors
    /// See [`ReadError`].
    pub fn read(file: &Path, window: Window) -> Result<Self, ReadError> {
        let told = |e: std::io::Error| ReadError::Unreadable(format!("{}: {e}", file.display()));
        let opened = File::open(file).map_err(told)?;
        let bytes = opened.metadata().map_err(told)?.len();
        let mut input = BufReader::with_capacity(1 << 16, opened);
        let head = input.fill_buf().map_err(told)?;
        if head.starts_with(&[0x1f, 0x8b]) {
            return xml::read(BufReader::with_capacity(1 << 16, MultiGzDecoder::new(input)), window);
        }
        if head.get(4..64).is_some_and(|h| h.windows(9).any(|w| w == b"OSMHeader")) {
            return pbf::read(input, window);
        }
        let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
        match text.iter().find(|b| !b.is_ascii_whitespace()) {
            Some(b'<') => xml::read(input, window),
            Some(b'{') if bytes > MOST_GEOJSON => Err(ReadError::TooBig(MOST_GEOJSON / 1_000_000)),
            Some(b'{') => {
                let mut text = String::new();
                input.read_to_string(&mut text)?;
                nwb::read(text.trim_start_matches('\u{feff}'), window)
            }
            _ => Err(ReadError::Format),
        }
    }

    /// Streets that somebody made up, for a demonstration: kind (a value of `highway`) and points (longitude,
    /// latitude). Streets meet where they have the same point.
    pub fn invented<'a>(streets: impl IntoIterator<Item = (&'a str, Vec<(f64, f64)>)>) -> Self {
        let mut extract = Self::new(Origin::Invented, Window { west: -180.0, south: -90.0, east: 180.0, north: 90.0 });
        let mut numbers: HashMap<Point, i64> = HashMap::new();
        for (highway, line) in streets {
            let mut refs = Vec::with_capacity(line.len());
            for (lon, lat) in line {
                let next = numbers.len() as i64;
                let id = *numbers.entry(point(lon, lat)).or_insert(next);
                extract.node(id, (lon, lat), &Tags(vec![]));
                refs.push(id);
            }
            extract.way(refs, &Tags(vec![("highway", highway)]));
        }
        extract
    }

    /// Takes a point of the file.
    fn node(&mut self, id: i64, at: (f64, f64), tags: &Tags<'_>) {
        if !self.window.has(at) {
            return;
        }
        self.nodes.insert(id, point(at.0, at.1));
        let closed = barrier(tags);
        if closed != 0 {
            self.closed.insert(id, closed);
        }
    }

    /// Takes a way of the file, when it is a street.
    fn way(&mut self, refs: Vec<i64>, tags: &Tags<'_>) {
        if let Some(rule) = street(tags) {
            self.ways.push(Way { rule, refs });
        }
    }
}
