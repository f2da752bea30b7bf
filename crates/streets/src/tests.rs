//! Networks made here, with known answers; and the travel times of others.

mod files;
mod made;
mod reference;
mod search;

use super::*;
use crate::assemble::assemble;
use std::path::Path;

/// A metre in degrees at 52.5° north, roughly: west to east, and south to north.
const EAST: f64 = 1.0 / 67_690.0;
const NORTH: f64 = 1.0 / 111_195.0;

/// A place by metres east and north of a corner of Heemskerk.
fn at(east: f64, north: f64) -> (f64, f64) {
    (4.66 + east * EAST, 52.5 + north * NORTH)
}

fn config() -> StreetsConfig {
    StreetsConfig::read(&testkit::root().join("config/heemskerk")).unwrap()
}

/// A network of invented streets: kind, and points in metres.
fn streets(list: &[(&'static str, &[(f64, f64)])]) -> Streets {
    let extract =
        Extract::invented(list.iter().map(|(kind, line)| (*kind, line.iter().map(|(e, n)| at(*e, *n)).collect())));
    Streets::new(assemble(&extract, |_, _| true).0, &config())
}

/// Sixty metres a minute: a metre a second.
const PACE: Pace = Pace { metres_per_minute: 60.0, on_foot: 60.0, detour: 1.3 };

const WORLD: Window = Window { west: -180.0, south: -90.0, east: 180.0, north: 90.0 };

/// A file of the tests with this content.
fn file(name: &str, bytes: &[u8]) -> std::path::PathBuf {
    let path = testkit::folder().join(name);
    std::fs::write(&path, bytes).unwrap();
    path
}

fn read(path: &Path) -> Result<Extract, ReadError> {
    Extract::read(path, WORLD)
}
