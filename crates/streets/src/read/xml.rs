//! OpenStreetMap as XML: small extracts, and what editors and Overpass give.

use super::{Extract, ReadError, Tags, Window};
use crate::network::Origin;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::io::BufRead;

/// The node or way that is being read.
struct Open {
    id: i64,
    /// Longitude and latitude; a way has none.
    at: Option<(f64, f64)>,
    refs: Vec<i64>,
    tags: Vec<(String, String)>,
    /// Taken away by an editor that saved it all the same.
    gone: bool,
}

impl Open {
    fn into(self, out: &mut Extract) {
        let tags = Tags(self.tags.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect());
        match self.at {
            _ if self.gone => {}
            Some(at) => out.node(self.id, at, &tags),
            None => out.way(self.refs, &tags),
        }
    }
}

pub(super) fn read(input: impl BufRead, window: Window) -> Result<Extract, ReadError> {
    let mut out = Extract::new(Origin::Osm, window);
    let mut reader = Reader::from_reader(input);
    let mut buffer = Vec::new();
    let mut open: Option<Open> = None;
    let (mut begun, mut ended) = (false, false);
    loop {
        let position = reader.buffer_position();
        let broken = |why: &dyn std::fmt::Display| ReadError::broken(format!("byte {position}"), why);
        let event = reader.read_event_into(&mut buffer).map_err(|e| broken(&e))?;
        let is_empty = matches!(event, Event::Empty(_));
        match event {
            Event::Start(tag) | Event::Empty(tag) => match tag.name().as_ref() {
                "osm" => begun = true,
                _ if !begun => return Err(ReadError::Format),
                "meta" => out.data_of = attribute(&tag, "osm_base").and_then(|at| at.get(..10).map(str::to_owned)),
                name @ ("node" | "way") => {
                    let figure = |key| attribute(&tag, key).and_then(|v| v.parse::<f64>().ok());
                    let id = attribute(&tag, "id").and_then(|v| v.parse().ok());
                    let id = id.ok_or_else(|| broken(&format!("a {name} without an id")))?;
                    let at = figure("lon").zip(figure("lat"));
                    let gone = attribute(&tag, "action").as_deref() == Some("delete")
                        || attribute(&tag, "visible").as_deref() == Some("false");
                    if name == "node" && at.is_none() && !gone {
                        return Err(broken(&format!("node {id} has no longitude and latitude")));
                    }
                    let at = if name == "node" { at.or(Some((f64::NAN, f64::NAN))) } else { None };
                    let found = Open { id, at, refs: vec![], tags: vec![], gone };
                    if is_empty {
                        found.into(&mut out);
                    } else {
                        open = Some(found);
                    }
                }
                "nd" => {
                    let id = attribute(&tag, "ref").and_then(|v| v.parse().ok());
                    let id = id.ok_or_else(|| broken(&"a point of a way without its number"))?;
                    open.iter_mut().for_each(|o| o.refs.push(id));
                }
                "tag" => {
                    if let (Some(o), Some(k), Some(v)) = (&mut open, attribute(&tag, "k"), attribute(&tag, "v")) {
                        o.tags.push((k, v));
                    }
                }
                _ => {}
            },
            Event::End(tag) => match tag.name().as_ref() {
                "node" | "way" => {
                    if let Some(found) = open.take() {
                        found.into(&mut out);
                    }
                }
                "osm" => ended = true,
                _ => {}
            },
            Event::Eof if ended => return Ok(out),
            Event::Eof if begun => return Err(broken(&"the file ends before its last line")),
            Event::Eof => return Err(ReadError::Format),
            _ => {}
        }
        buffer.clear();
    }
}

fn attribute(tag: &BytesStart<'_>, key: &str) -> Option<String> {
    tag.try_get_attribute(key).ok().flatten().map(|a| a.value.into_owned())
}
