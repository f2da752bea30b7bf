//! A street network as it is kept: junctions, and the pieces of street between them with who may use them.

use crate::geometry::{Point, length};
use crate::rules::{Class, Mode, Rule};
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};

kit::text_enum! {
    /// Whose data a network is made of.
    pub enum Origin {
        /// OpenStreetMap contributors, Open Database License 1.0.
        Osm = "osm",
        /// National road file (NWB) of Rijkswaterstaat, CC0.
        Nwb = "nwb",
        /// Made up, for a demonstration.
        Invented = "invented",
    }
}

impl Origin {
    /// Key of the text that must stand where the network is used: OpenStreetMap asks to be named.
    #[must_use]
    pub fn text_key(self) -> &'static str {
        match self {
            Self::Osm => "streets-source-osm",
            Self::Nwb => "streets-source-nwb",
            Self::Invented => "streets-source-invented",
        }
    }
}

/// A street network.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Network {
    /// Whose data it is.
    pub origin: Origin,
    /// Junctions and ends.
    pub(crate) nodes: Vec<Point>,
    /// Junctions that somebody cannot pass, with the bits of who.
    pub(crate) closed: BTreeMap<u32, u8>,
    /// Pieces of street between them.
    pub(crate) edges: Vec<Edge>,
}

/// A piece of street between two junctions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Edge {
    /// Junction where it begins as drawn.
    pub(crate) from: u32,
    /// Junction where it ends.
    pub(crate) to: u32,
    /// Kind of street.
    pub(crate) class: Class,
    /// Bits of who may go which way.
    pub(crate) allowed: u8,
    /// Speed limit, km/h; 0: not given.
    pub(crate) limit: u8,
    /// The points between the two junctions.
    pub(crate) shape: Vec<Point>,
}

impl Edge {
    /// A piece by its rule.
    pub(crate) fn new(from: u32, to: u32, rule: Rule, shape: Vec<Point>) -> Self {
        Self { from, to, class: rule.class, allowed: rule.allowed, limit: rule.limit, shape }
    }

    /// Whether `mode` may go along it, and against it.
    pub(crate) fn ways(&self, mode: Mode) -> (bool, bool) {
        let (on, back) = mode.bits();
        (self.allowed & on != 0, self.allowed & back != 0)
    }
}

/// What is read back at most: a network of a million pieces stays far below it.
const MOST_BYTES: u64 = 400_000_000;

impl Network {
    /// The line of a piece, ends included.
    pub(crate) fn line(&self, edge: &Edge) -> Vec<Point> {
        let mut line = Vec::with_capacity(edge.shape.len() + 2);
        line.push(self.nodes[edge.from as usize]);
        line.extend(&edge.shape);
        line.push(self.nodes[edge.to as usize]);
        line
    }

    /// Metres of a piece.
    pub(crate) fn metres(&self, edge: &Edge) -> f64 {
        length(&self.line(edge))
    }

    /// Number of pieces of street.
    #[must_use]
    pub fn pieces(&self) -> usize {
        self.edges.len()
    }

    /// Packed for the database: JSON, gzipped.
    ///
    /// # Errors
    /// Never in practice: it writes to memory.
    pub(crate) fn pack(&self) -> std::io::Result<Vec<u8>> {
        let mut out = GzEncoder::new(Vec::new(), Compression::default());
        serde_json::to_writer(&mut out, self)?;
        out.flush()?;
        out.finish()
    }

    /// Unpacked again.
    ///
    /// # Errors
    /// When the bytes are no network.
    pub(crate) fn unpack(bytes: &[u8]) -> std::io::Result<Self> {
        let mut text = Vec::new();
        GzDecoder::new(bytes).take(MOST_BYTES).read_to_end(&mut text)?;
        let network: Self = serde_json::from_slice(&text)?;
        let nodes = network.nodes.len();
        if network.edges.iter().any(|e| e.from as usize >= nodes || e.to as usize >= nodes) {
            return Err(std::io::Error::other("a street ends at no junction"));
        }
        Ok(network)
    }
}
