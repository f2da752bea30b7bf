//! Where signals fall: a few hundred fixed spots (a corner, a bin, a bus stop) per town, and the
//! places that repeat. Choosing among fixed spots rather than anywhere in an area makes maps look
//! like a town and lets the same trouble come back at the same corner.

use crate::rng::{Rng, totals};
use crate::setting::{Hood, Setting};

/// Metres in a degree of latitude.
pub(crate) const LAT_M: f64 = 111_250.0;

/// Words for what stands at a spot; `de`-words, so that "bij de ..." is right.
const MARKS: [&str; 14] = [
    "bushalte",
    "speelplek",
    "glasbak",
    "garageboxen",
    "rotonde",
    "parkeerplaats",
    "flat",
    "brug",
    "kruising",
    "bankjes",
    "school",
    "containers",
    "vijver",
    "oversteekplaats",
];

/// Metres in a degree of longitude at a latitude.
pub(crate) fn lon_m(lat: f64) -> f64 {
    111_320.0 * lat.to_radians().cos()
}

/// Distance in metres; good to a fraction of a percent within a town.
pub(crate) fn metres(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (x, y) = ((a.0 - b.0) * lon_m(b.1), (a.1 - b.1) * LAT_M);
    (x * x + y * y).sqrt()
}

/// A point moved by a random distance of at most `radius` metres, within the bounds.
pub(crate) fn jitter(setting: &Setting, (lon, lat): (f64, f64), radius: f64, rng: &mut Rng) -> (f64, f64) {
    let (r, angle) = (radius * rng.unit().sqrt(), rng.range(0.0, std::f64::consts::TAU));
    let b = &setting.bounds;
    let round = |x: f64| (x * 1e6).round() / 1e6;
    (
        round((lon + r * angle.cos() / lon_m(lat)).clamp(b.west, b.east)),
        round((lat + r * angle.sin() / LAT_M).clamp(b.south, b.north)),
    )
}

/// The centre of the 200 m square around a point, counted from the middle of the bounds: as coarse
/// as a figure of the police may be.
pub(crate) fn coarse(setting: &Setting, (lon, lat): (f64, f64)) -> (f64, f64) {
    let b = &setting.bounds;
    let (lon0, lat0) = ((b.west + b.east) / 2.0, (b.south + b.north) / 2.0);
    let centre = |d: f64| ((d / 200.0).floor() + 0.5) * 200.0;
    (
        (lon0 + centre((lon - lon0) * lon_m(lat0)) / lon_m(lat0)).clamp(b.west, b.east),
        (lat0 + centre((lat - lat0) * LAT_M) / LAT_M).clamp(b.south, b.north),
    )
}

struct Spot {
    point: (f64, f64),
    street: usize,
    pub(crate) mark: usize,
}

/// A chosen place.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    /// Neighbourhood.
    pub(crate) hood: usize,
    /// Place that repeats, if it is one.
    pub(crate) hot: Option<usize>,
    /// Index of the street in the neighbourhood.
    pub(crate) street: usize,
    /// Index into the words for what stands there.
    pub(crate) mark: usize,
    /// Longitude and latitude.
    pub(crate) point: (f64, f64),
}

impl Place {
    /// What stands at the place.
    pub(crate) fn mark(&self) -> &'static str {
        MARKS.get(self.mark).copied().unwrap_or("kruising")
    }
}

/// The town.
pub(crate) struct Town {
    spots: Vec<Vec<Spot>>,
    spot_totals: Vec<Vec<f64>>,
    /// Per category: weights of the neighbourhoods, then of the hot places; sums to 1.
    weights: Vec<Vec<f64>>,
    area_totals: Vec<Vec<f64>>,
}

impl Town {
    /// Lays out the town; depends on the seed and the neighbourhoods only, not on the period.
    pub(crate) fn new(setting: &Setting) -> Self {
        let mut spots = Vec::new();
        let mut spot_totals = Vec::new();
        let mut effect = Vec::new();
        for (i, hood) in setting.neighbourhoods.iter().enumerate() {
            let mut rng = Rng::of(setting.seed, &[1, i as u64]);
            effect.push(rng.lognormal(0.4));
            let n = (hood.inhabitants / 22.0).clamp(8.0, 110.0) as usize;
            let mut weights = Vec::with_capacity(n);
            let own: Vec<Spot> = (0..n)
                .map(|_| {
                    weights.push(rng.lognormal(0.8));
                    Spot {
                        point: jitter(setting, (hood.lon, hood.lat), hood.radius_m, &mut rng),
                        street: rng.below(hood.streets.len()),
                        mark: rng.below(MARKS.len()),
                    }
                })
                .collect();
            spot_totals.push(totals(weights));
            spots.push(own);
        }
        let weights: Vec<Vec<f64>> = setting
            .categories
            .iter()
            .enumerate()
            .map(|(c, category)| {
                // Together with the effect above the logarithm has a standard deviation of 0.5.
                let mut rng = Rng::of(setting.seed, &[2, c as u64]);
                let own: Vec<f64> = setting
                    .neighbourhoods
                    .iter()
                    .zip(&effect)
                    .map(|(hood, effect)| {
                        (hood.inhabitants + passers_by(hood))
                            * category.spread.factor(hood.kind)
                            * effect
                            * rng.lognormal(0.3)
                    })
                    .collect();
                let hot: Vec<f64> = setting
                    .hot_places
                    .iter()
                    .map(|p| p.shares.iter().find(|(id, _)| *id == category.id).map_or(0.0, |(_, share)| *share))
                    .collect();
                let (sum, rest) = (own.iter().sum::<f64>().max(1e-9), 1.0 - hot.iter().sum::<f64>().min(0.9));
                own.into_iter().map(|w| w / sum * rest).chain(hot).collect()
            })
            .collect();
        let area_totals = weights.iter().map(|w| totals(w.iter().copied())).collect();
        Self { spots, spot_totals, weights, area_totals }
    }

    /// A place for a signal of a category.
    pub(crate) fn choose(&self, setting: &Setting, category: usize, rng: &mut Rng) -> Place {
        let area = self.area_totals.get(category).map_or(0, |t| rng.by_total(t));
        self.at(setting, area, rng)
    }

    /// The share (0 to 1) of a category that falls in a neighbourhood, its hot places included.
    pub(crate) fn share_in(&self, setting: &Setting, category: usize, hood: usize) -> f64 {
        self.within(setting, category, hood).iter().sum()
    }

    /// A place for a signal of a category within one neighbourhood.
    pub(crate) fn choose_in(&self, setting: &Setting, category: usize, hood: usize, rng: &mut Rng) -> Place {
        let area = rng.by_total(&totals(self.within(setting, category, hood)));
        self.at(setting, area, rng)
    }

    fn within(&self, setting: &Setting, category: usize, hood: usize) -> Vec<f64> {
        let hoods = setting.neighbourhoods.len();
        let inside = |area: usize| match area.checked_sub(hoods) {
            None => area == hood,
            Some(hot) => setting.hot_places.get(hot).is_some_and(|p| p.hood == hood),
        };
        let weights = self.weights.get(category).map(Vec::as_slice).unwrap_or_default();
        weights.iter().enumerate().map(|(area, w)| if inside(area) { *w } else { 0.0 }).collect()
    }

    fn at(&self, setting: &Setting, area: usize, rng: &mut Rng) -> Place {
        let hoods = setting.neighbourhoods.len();
        let hot = area.checked_sub(hoods).and_then(|i| setting.hot_places.get(i).map(|p| (i, p)));
        if let Some((i, place)) = hot {
            let point = jitter(setting, (place.lon, place.lat), 18.0, rng);
            return Place { hood: place.hood, hot: Some(i), street: 0, mark: 0, point };
        }
        let spot = self.spot_totals.get(area).and_then(|t| self.spots.get(area)?.get(rng.by_total(t)));
        match spot {
            Some(s) => Place {
                hood: area,
                hot: None,
                street: s.street,
                mark: s.mark,
                point: jitter(setting, s.point, 15.0, rng),
            },
            None => {
                Place { hood: 0, hot: None, street: 0, mark: 0, point: (setting.bounds.west, setting.bounds.south) }
            }
        }
    }
}

/// People who come by without living there, as if inhabitants.
fn passers_by(hood: &Hood) -> f64 {
    use crate::setting::HoodKind::{Centre, Dunes, Industrial, Residential, Station};
    match hood.kind {
        Centre => 600.0,
        Station => 300.0,
        Industrial => 120.0,
        Dunes => 150.0,
        Residential => 30.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn shares_sum_to_one_and_coarse_points_hide_the_place() {
        let setting = Setting::heemskerk(date(2024, 1, 1), date(2025, 1, 1));
        let town = Town::new(&setting);
        for c in 0..setting.categories.len() {
            let sum: f64 = (0..setting.neighbourhoods.len()).map(|h| town.share_in(&setting, c, h)).sum();
            assert!((sum - 1.0).abs() < 1e-9, "{} {sum}", setting.categories[c].id);
        }
        let mut rng = Rng::of(1, &[]);
        let at = (4.67, 52.51);
        let cells: std::collections::BTreeSet<String> =
            (0..200).map(|_| format!("{:?}", coarse(&setting, jitter(&setting, at, 30.0, &mut rng)))).collect();
        assert!(cells.len() <= 4, "{cells:?}");
    }
}
