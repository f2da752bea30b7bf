//! An invented address register: house numbers along a line through the neighbourhood of each street. No number here
//! stands for a house that exists.

use crate::places::{LAT_M, lon_m};
use crate::setting::{Hood, Setting};
use std::collections::HashMap;

/// Numbers on each street of a neighbourhood.
const HOUSES: i64 = 40;

/// An invented address.
#[derive(Debug, Clone, PartialEq)]
pub struct DemoAddress {
    /// Street.
    pub street: String,
    /// House number.
    pub number: i64,
    /// Longitude, degrees (WGS84).
    pub lon: f64,
    /// Latitude, degrees (WGS84).
    pub lat: f64,
}

/// Forty numbers for each street of each neighbourhood; a street that runs through more of them counts on.
pub fn addresses(setting: &Setting) -> Vec<DemoAddress> {
    let mut next: HashMap<&str, i64> = HashMap::new();
    let mut out = Vec::new();
    for hood in &setting.neighbourhoods {
        for (n, street) in hood.streets.iter().enumerate() {
            let first = next.entry(street).or_insert(1);
            for house in 0..HOUSES {
                let along = (house as f64 / (HOUSES - 1) as f64 - 0.5) * 2.0;
                let (lon, lat) = on_street(hood, n, along);
                let round = |x: f64| (x * 1e6).round() / 1e6;
                if setting.bounds.contains(lon, lat) {
                    out.push(DemoAddress {
                        street: street.clone(),
                        number: *first + house,
                        lon: round(lon),
                        lat: round(lat),
                    });
                }
            }
            *first += HOUSES;
        }
    }
    out
}

/// A place on the street with number `n` of a neighbourhood, `along` it from -1 to 1. The streets of a neighbourhood are
/// parallel chords of its disk, all of them within it.
pub(crate) fn on_street(hood: &Hood, n: usize, along: f64) -> (f64, f64) {
    let aside = ((n as f64 + 0.5) / hood.streets.len().max(1) as f64 - 0.5) * hood.radius_m;
    (hood.lon + along * 0.8 * hood.radius_m / lon_m(hood.lat), hood.lat + aside / LAT_M)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn each_address_stands_once_and_in_its_town() {
        let setting = Setting::heemskerk(jiff::civil::date(2024, 1, 1), jiff::civil::date(2025, 1, 1));
        let all = addresses(&setting);
        let names: HashSet<_> = all.iter().map(|a| (&a.street, a.number)).collect();
        assert_eq!(names.len(), all.len());
        assert!(all.len() > 4_000, "{}", all.len());
        assert!(all.iter().all(|a| setting.bounds.contains(a.lon, a.lat)));
    }
}
