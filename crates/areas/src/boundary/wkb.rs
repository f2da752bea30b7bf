//! The binary outline in a GeoPackage: a header (OGC 12-128r19, clause 2.1.3) and well-known binary
//! (OGC 06-103r4, clause 8) with polygons or multipolygons. Heights and measures are read past.

use super::outline;
use geo::{Coord, MultiPolygon, Polygon};

/// Most rings or points that one count in the file may announce; more is a broken file, not an area.
const MOST: usize = 10_000_000;

/// Reads the bytes of a geometry column. The error says what is wrong.
pub(super) fn geopackage_outline(bytes: &[u8]) -> Result<MultiPolygon<f64>, String> {
    let [b'G', b'P', _version, flags, ..] = *bytes else {
        return Err("the geometry does not start with GP".to_owned());
    };
    if flags & 0b0010_0000 != 0 {
        return Err("extended geometry is not supported".to_owned());
    }
    if flags & 0b0001_0000 != 0 {
        return Err("the geometry is empty".to_owned());
    }
    let envelope = match (flags >> 1) & 0b111 {
        0 => 0,
        1 => 32,
        2 | 3 => 48,
        4 => 64,
        other => return Err(format!("unknown envelope kind {other}")),
    };
    let body = bytes.get(8 + envelope..).ok_or("the geometry is cut off")?;
    let mut reader = Reader { bytes: body, little: true };
    let mut polygons = Vec::new();
    reader.geometry(&mut polygons, true)?;
    if polygons.is_empty() {
        return Err("the geometry is empty".to_owned());
    }
    Ok(MultiPolygon::new(polygons))
}

struct Reader<'a> {
    bytes: &'a [u8],
    little: bool,
}

impl Reader<'_> {
    fn take<const N: usize>(&mut self) -> Result<[u8; N], String> {
        let (head, rest) = self.bytes.split_first_chunk::<N>().ok_or("the geometry is cut off")?;
        self.bytes = rest;
        Ok(*head)
    }

    fn u32(&mut self) -> Result<u32, String> {
        let bytes = self.take()?;
        Ok(if self.little { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) })
    }

    fn f64(&mut self) -> Result<f64, String> {
        let bytes = self.take()?;
        Ok(if self.little { f64::from_le_bytes(bytes) } else { f64::from_be_bytes(bytes) })
    }

    fn count(&mut self) -> Result<usize, String> {
        let count = self.u32()? as usize;
        if count > MOST { Err(format!("a count of {count} is impossible")) } else { Ok(count) }
    }

    fn geometry(&mut self, into: &mut Vec<Polygon<f64>>, multi: bool) -> Result<(), String> {
        self.little = match self.take::<1>()? {
            [0] => false,
            [1] => true,
            [other] => return Err(format!("unknown byte order {other}")),
        };
        // ISO numbers the kinds 1000 (height), 2000 (measure), 3000 (both); EWKB sets high bits.
        let kind = self.u32()?;
        let (base, iso) = (kind & 0xffff, (kind & 0xffff) / 1000);
        let extra = match iso {
            0 => (kind >> 31) + ((kind >> 30) & 1),
            1 | 2 => 1,
            3 => 2,
            _ => return Err(format!("unknown kind of geometry {kind}")),
        };
        match base % 1000 {
            3 => into.push(self.polygon(extra)?),
            6 if multi => {
                for _ in 0..self.count()? {
                    self.geometry(into, false)?;
                }
            }
            _ => return Err("it is not a polygon".to_owned()),
        }
        Ok(())
    }

    fn polygon(&mut self, extra: u32) -> Result<Polygon<f64>, String> {
        let mut rings = Vec::new();
        for _ in 0..self.count()? {
            let mut ring = Vec::new();
            for _ in 0..self.count()? {
                let (x, y) = (self.f64()?, self.f64()?);
                for _ in 0..extra {
                    self.f64()?;
                }
                ring.push(Coord { x, y });
            }
            rings.push(ring);
        }
        outline::polygon(rings)
    }
}
