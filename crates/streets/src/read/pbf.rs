//! OpenStreetMap as PBF: how extracts are handed out.

use super::{Extract, ReadError, Tags, Window};
use crate::network::Origin;
use osmpbf::{BlobDecode, BlobReader, Element};
use std::io::Read;

pub(super) fn read(input: impl Read + Send, window: Window) -> Result<Extract, ReadError> {
    let mut out = Extract::new(Origin::Osm, window);
    for (number, blob) in BlobReader::new(input).enumerate() {
        let broken = |e: osmpbf::Error| ReadError::broken(format!("block {}", number + 1), e);
        match blob.map_err(broken)?.decode().map_err(broken)? {
            BlobDecode::OsmHeader(header) => {
                out.data_of = header
                    .osmosis_replication_timestamp()
                    .and_then(|seconds| jiff::Timestamp::from_second(seconds).ok())
                    .map(|at| at.strftime("%Y-%m-%d").to_string());
            }
            BlobDecode::OsmData(block) => {
                for element in block.elements() {
                    match element {
                        Element::DenseNode(n) => out.node(n.id(), (n.lon(), n.lat()), &Tags(n.tags().collect())),
                        Element::Node(n) => out.node(n.id(), (n.lon(), n.lat()), &Tags(n.tags().collect())),
                        Element::Way(w) => {
                            let tags = Tags(w.tags().collect());
                            if tags.get("highway").is_some() {
                                out.way(w.refs().collect(), &tags);
                            }
                        }
                        Element::Relation(_) => {}
                    }
                }
            }
            BlobDecode::Unknown(_) => {}
        }
    }
    Ok(out)
}
