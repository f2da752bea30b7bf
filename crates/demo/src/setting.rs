//! What the fiction is made from: period, neighbourhoods, categories, places that repeat, and the
//! two effects that are built in so that the pages of the demonstration have something to find.

use crate::hoods::HEEMSKERK;
use crate::profile::{self, CategoryShare};
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;

/// What kind of neighbourhood it is; decides which categories are more or less common there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HoodKind {
    /// Shops, bars and the town hall.
    Centre,
    /// Mostly dwellings.
    Residential,
    /// Business park.
    Industrial,
    /// Dunes and nature.
    Dunes,
    /// Dwellings around a railway station.
    Station,
}

/// One neighbourhood, simplified to a disk that lies within it.
#[derive(Debug, Clone, PartialEq)]
pub struct Hood {
    /// Official code, for example `BU03960100`.
    pub code: String,
    /// Official name.
    pub name: String,
    /// Longitude of the centre of the disk, degrees (WGS84).
    pub lon: f64,
    /// Latitude of the centre of the disk, degrees (WGS84).
    pub lat: f64,
    /// Radius of the disk, metres.
    pub radius_m: f64,
    /// Estimated inhabitants.
    pub inhabitants: f64,
    /// Kind of neighbourhood.
    pub kind: HoodKind,
    /// Names of streets and squares, without house numbers.
    pub streets: Vec<String>,
}

/// Bounds in degrees (WGS84); no point is made outside.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bounds {
    /// Western edge.
    pub west: f64,
    /// Southern edge.
    pub south: f64,
    /// Eastern edge.
    pub east: f64,
    /// Northern edge.
    pub north: f64,
}

impl Bounds {
    /// Whether a point lies within, edges included.
    pub fn contains(&self, lon: f64, lat: f64) -> bool {
        (self.west..=self.east).contains(&lon) && (self.south..=self.north).contains(&lat)
    }
}

/// A place that keeps coming back: a container, a playground, the bicycle racks of the station.
#[derive(Debug, Clone, PartialEq)]
pub struct HotPlace {
    /// Name as an address text.
    pub name: String,
    /// The name in a Dutch sentence, with its preposition: "bij het station".
    pub phrase: String,
    /// Longitude, degrees (WGS84).
    pub lon: f64,
    /// Latitude, degrees (WGS84).
    pub lat: f64,
    /// Index of the neighbourhood in [`Setting::neighbourhoods`].
    pub hood: usize,
    /// Category ids with the share (0 to 1) of all signals of that category that fall here.
    pub shares: Vec<(&'static str, f64)>,
}

/// A recent local rise: what the page "what is new" should find.
#[derive(Debug, Clone, PartialEq)]
pub struct LocalRise {
    /// Index of the neighbourhood.
    pub hood: usize,
    /// Category id.
    pub category: &'static str,
    /// Days before [`Setting::to`] at which it starts.
    pub days: i64,
    /// Factor on the usual number.
    pub factor: f64,
}

/// A lasting effect around one place from a date on: what an evaluation should find.
#[derive(Debug, Clone, PartialEq)]
pub struct AreaEffect {
    /// Longitude of the middle, degrees (WGS84).
    pub lon: f64,
    /// Latitude of the middle, degrees (WGS84).
    pub lat: f64,
    /// Radius, metres.
    pub radius_m: f64,
    /// Category id.
    pub category: &'static str,
    /// First day of the approach.
    pub from: Date,
    /// Factor on the number from that day on (0.6 = 40 % less).
    pub factor: f64,
}

/// Signals a year by source.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Volume {
    /// Reports of residents and partners.
    pub resident: f64,
    /// Observations of enforcement officers.
    pub officer: f64,
    /// Nuisance figures of the police.
    pub police: f64,
}

/// Everything the generator needs. The same setting gives the same data.
#[derive(Debug, Clone)]
pub struct Setting {
    /// Seed of all random numbers.
    pub seed: u64,
    /// First day.
    pub from: Date,
    /// First day that is no longer part: today, so that the data run until yesterday.
    pub to: Date,
    /// Time zone of the municipality.
    pub time_zone: TimeZone,
    /// Bounds of all points.
    pub bounds: Bounds,
    /// Neighbourhoods.
    pub neighbourhoods: Vec<Hood>,
    /// Categories with their shares and shapes.
    pub categories: Vec<CategoryShare>,
    /// Places that repeat.
    pub hot_places: Vec<HotPlace>,
    /// Recent local rise, if any.
    pub rise: Option<LocalRise>,
    /// Effect of an area approach, if any.
    pub approach: Option<AreaEffect>,
    /// Signals a year.
    pub volume: Volume,
    /// Mean number of further reports that one report brings about (0 to 0.9).
    pub echo: f64,
}

/// Name, phrase, longitude, latitude, code of the neighbourhood, shares.
type HotRow = (&'static str, &'static str, f64, f64, &'static str, &'static [(&'static str, f64)]);

#[rustfmt::skip]
const HOT: [HotRow; 14] = [
    ("Winkelcentrum Citadel, ondergrondse container", "bij de containers van winkelcentrum Citadel", 4.6921, 52.4946, "1001",
        &[("container", 0.12), ("household-waste", 0.09), ("bulky-waste", 0.02)]),
    ("Containers Beneluxlaan", "bij de containers aan de Beneluxlaan", 4.6862, 52.5139, "0601",
        &[("container", 0.08), ("household-waste", 0.06), ("bulky-waste", 0.03)]),
    ("Speeltuin De Maer", "bij de speeltuin in De Maer", 4.6823, 52.5176, "0600",
        &[("dog-mess", 0.04), ("litter", 0.03), ("youth-nuisance", 0.05)]),
    ("Station Heemskerk, fietsenstalling", "bij de fietsenstalling van het station", 4.6866, 52.4959, "0303",
        &[("bicycle-wreck", 0.30), ("obstructing-object", 0.07), ("alcohol-drugs", 0.07), ("public-urination", 0.15), ("litter", 0.02)]),
    ("Park Assumburg", "in park Assumburg", 4.6887, 52.5042, "0300",
        &[("youth-nuisance", 0.16), ("alcohol-drugs", 0.10), ("litter", 0.03), ("fireworks", 0.05)]),
    ("De Velst", "bij De Velst", 4.6850, 52.5120, "0601",
        &[("youth-nuisance", 0.12), ("alcohol-drugs", 0.06), ("fireworks", 0.04), ("litter", 0.02)]),
    ("Maerten van Heemskerckplein", "op het Maerten van Heemskerckplein", 4.6725, 52.5116, "0100",
        &[("music-noise", 0.14), ("terrace", 0.35), ("visitors", 0.25), ("litter", 0.04), ("parking", 0.04), ("public-urination", 0.2)]),
    ("Burgemeester Nielenplein", "op het Burgemeester Nielenplein", 4.6708, 52.5102, "0100",
        &[("parking", 0.05), ("people-other", 0.08), ("bicycle-wreck", 0.05)]),
    ("Schoolplein Jan Ligthartstraat", "bij de school in de Jan Ligthartstraat", 4.6757, 52.5034, "0802",
        &[("parking", 0.07), ("traffic-situation", 0.09), ("speeding", 0.04)]),
    ("Park Marquette", "in park Marquette", 4.6644, 52.5188, "0202",
        &[("dog-loose", 0.14), ("dog-mess", 0.03), ("greenery", 0.03)]),
    ("Parkeerplaats Duinweg", "op de parkeerplaats bij de duinen", 4.6402, 52.5071, "0402",
        &[("dumping", 0.12), ("litter", 0.03), ("parking", 0.03)]),
    ("Business park IJmond", "op het bedrijventerrein", 4.6215, 52.5014, "0408",
        &[("business-waste", 0.15), ("dumping", 0.08), ("car-wreck", 0.1)]),
    ("Sporthal Waterakkers", "bij de sporthal in Waterakkers", 4.6640, 52.5037, "0901",
        &[("youth-nuisance", 0.06), ("parking", 0.04), ("graffiti", 0.09)]),
    ("Tunnel bij het spoor", "in de tunnel onder het spoor", 4.6838, 52.4972, "0303",
        &[("graffiti", 0.12), ("street-lighting", 0.03), ("public-urination", 0.1)]),
];

impl Setting {
    /// A fictitious Heemskerk from `from` to `to` (exclusive).
    pub fn heemskerk(from: Date, to: Date) -> Self {
        let neighbourhoods: Vec<Hood> = HEEMSKERK
            .iter()
            .map(|&(code, name, lon, lat, radius_m, inhabitants, kind, streets)| Hood {
                code: format!("BU0396{code}"),
                name: name.to_owned(),
                lon,
                lat,
                radius_m,
                inhabitants,
                kind,
                streets: streets.iter().map(|s| (*s).to_owned()).collect(),
            })
            .collect();
        let index = |code: &str| HEEMSKERK.iter().position(|row| row.0 == code).unwrap_or(0);
        let hot_places = HOT
            .iter()
            .map(|&(name, phrase, lon, lat, hood, shares)| HotPlace {
                name: name.to_owned(),
                phrase: phrase.to_owned(),
                lon,
                lat,
                hood: index(hood),
                shares: shares.to_vec(),
            })
            .collect();
        Self {
            seed: 396,
            from,
            to,
            time_zone: TimeZone::get("Europe/Amsterdam").unwrap_or(TimeZone::UTC),
            bounds: Bounds { west: 4.60, south: 52.49, east: 4.72, north: 52.53 },
            neighbourhoods,
            categories: profile::categories(),
            hot_places,
            rise: Some(LocalRise { hood: index("0601"), category: "youth-nuisance", days: 35, factor: 12.0 }),
            approach: Some(AreaEffect {
                lon: 4.6887,
                lat: 52.5042,
                radius_m: 400.0,
                category: "youth-nuisance",
                from: date(2024, 4, 1),
                factor: 0.6,
            }),
            volume: Volume { resident: 4950.0, officer: 600.0, police: 550.0 },
            echo: 0.27,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heemskerk_has_its_38_neighbourhoods_and_every_hot_place_lies_in_its_own() {
        let setting = Setting::heemskerk(date(2024, 1, 1), date(2025, 1, 1));
        assert_eq!(setting.neighbourhoods.len(), 38);
        let people: f64 = setting.neighbourhoods.iter().map(|h| h.inhabitants).sum();
        assert!((38_000.0..41_000.0).contains(&people), "{people}");
        for place in &setting.hot_places {
            let hood = &setting.neighbourhoods[place.hood];
            let (dx, dy) = ((place.lon - hood.lon) * 67_800.0, (place.lat - hood.lat) * 111_250.0);
            assert!(dx.hypot(dy) < hood.radius_m * 1.6, "{} is far from {}", place.name, hood.name);
            for (category, share) in &place.shares {
                assert!(setting.categories.iter().any(|c| c.id == *category), "{category}");
                assert!((0.0..0.5).contains(share));
            }
        }
    }
}
