//! Categories: how common, when in the year, week and day, where, and how long handling may take.
//! Shapes follow common sense and published mixes (bulky waste 17 to 25 % of all reports; youth
//! nuisance 16 %, noise 30 %, confused persons 32 % and alcohol and drugs 12 % of police nuisance
//! figures); they are assumptions of the fiction.

use crate::calendar::{Day, weekday};
use crate::rng::Rng;
use crate::setting::HoodKind;

/// Handling term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term {
    /// Number of days.
    pub days: i64,
    /// Working days if true, else calendar days.
    pub working: bool,
}

/// The shape in time of a category.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Around the clock of a household: Monday peak, daytime.
    Waste,
    /// Morning and evening walk.
    Dog,
    /// Working hours and shopping Saturday.
    Parking,
    /// Friday and Saturday evening, summer.
    Youth,
    /// Late evening, all year.
    Evening,
    /// December and New Year.
    Fireworks,
    /// Weekend nights, summer.
    Music,
    /// Rush hours on weekdays.
    Traffic,
    /// Dark months, seen in the evening.
    Light,
    /// Frost days.
    Frost,
    /// Growing season and storms, daytime.
    Green,
    /// Working days, daytime.
    Work,
}

/// Where a category is more common than the number of inhabitants says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spread {
    /// Where people live.
    Homes,
    /// Around shops and bars.
    Shops,
    /// On business parks.
    Work,
    /// Around the station.
    Rail,
    /// At the edge of town and in nature.
    Nature,
}

/// One category of the mix.
#[derive(Debug, Clone, PartialEq)]
pub struct CategoryShare {
    /// Category id.
    pub id: &'static str,
    /// Id of the main category.
    pub main: &'static str,
    /// Weight among reports of residents (any unit; the sum is taken as 1).
    pub resident: f64,
    /// Weight among observations of officers.
    pub officer: f64,
    /// Weight among nuisance figures of the police.
    pub police: f64,
    /// Factor per year (0.94 = 6 % less each year), 1 at 1 January 2024.
    pub trend: f64,
    /// Handling term.
    pub term: Term,
    /// Shape in time.
    pub shape: Shape,
    /// Where it is common.
    pub spread: Spread,
}

const fn wd(days: i64) -> Term {
    Term { days, working: true }
}

const fn cd(days: i64) -> Term {
    Term { days, working: false }
}

/// Id, main category, weights by source (resident, officer, police), trend, term, shape, spread.
type Row = (&'static str, &'static str, f64, f64, f64, f64, Term, Shape, Spread);

/// The mix of the fictitious Heemskerk.
#[rustfmt::skip]
pub(crate) fn categories() -> Vec<CategoryShare> {
    use Shape::*;
    use Spread::{Homes, Nature, Rail, Shops};
    let rows: [Row; 34] = [
        ("bulky-waste", "waste", 1130.0, 60.0, 0.0, 1.01, wd(3), Waste, Homes),
        ("household-waste", "waste", 310.0, 70.0, 0.0, 1.02, wd(3), Waste, Homes),
        ("litter", "waste", 490.0, 45.0, 0.0, 0.97, wd(3), Waste, Shops),
        ("container", "waste", 300.0, 12.0, 0.0, 1.04, wd(3), Waste, Homes),
        ("business-waste", "waste", 40.0, 12.0, 0.0, 0.98, wd(3), Work, Spread::Work),
        ("asbestos", "waste", 10.0, 1.0, 0.0, 1.0, wd(3), Work, Nature),
        ("dog-mess", "public-space", 560.0, 22.0, 0.0, 0.94, cd(21), Dog, Homes),
        ("dog-loose", "public-space", 125.0, 35.0, 0.0, 1.0, wd(5), Dog, Nature),
        ("bicycle-wreck", "public-space", 115.0, 55.0, 0.0, 0.96, cd(21), Work, Rail),
        ("car-wreck", "public-space", 40.0, 18.0, 0.0, 0.98, cd(21), Work, Spread::Work),
        ("parking", "public-space", 400.0, 110.0, 0.0, 1.03, wd(3), Parking, Shops),
        ("obstructing-object", "public-space", 95.0, 28.0, 0.0, 1.0, wd(5), Work, Shops),
        ("graffiti", "public-space", 60.0, 14.0, 0.0, 0.94, wd(5), Work, Shops),
        ("dumping", "public-space", 140.0, 26.0, 0.0, 1.09, wd(3), Waste, Nature),
        ("construction", "public-space", 40.0, 6.0, 0.0, 1.0, cd(21), Work, Homes),
        ("youth-nuisance", "people", 300.0, 48.0, 92.0, 1.01, wd(3), Youth, Shops),
        ("alcohol-drugs", "people", 115.0, 22.0, 66.0, 1.02, wd(3), Evening, Shops),
        ("fireworks", "people", 115.0, 8.0, 24.0, 0.97, wd(3), Fireworks, Homes),
        ("public-urination", "people", 22.0, 5.0, 6.0, 1.0, wd(3), Music, Shops),
        ("people-other", "people", 50.0, 8.0, 190.0, 1.04, wd(3), Evening, Shops),
        ("music-noise", "business", 80.0, 6.0, 95.0, 0.98, wd(5), Music, Shops),
        ("installation-noise", "business", 22.0, 0.0, 0.0, 1.03, wd(5), Evening, Homes),
        ("terrace", "business", 18.0, 9.0, 0.0, 1.0, wd(5), Music, Shops),
        ("visitors", "business", 35.0, 5.0, 12.0, 1.0, wd(5), Music, Shops),
        ("smell", "business", 60.0, 1.0, 0.0, 1.02, wd(5), Evening, Homes),
        ("traffic-situation", "traffic", 95.0, 10.0, 0.0, 1.02, wd(10), Traffic, Homes),
        ("speeding", "traffic", 95.0, 4.0, 10.0, 1.03, wd(10), Traffic, Homes),
        ("traffic-sign", "traffic", 60.0, 8.0, 0.0, 1.0, wd(10), Work, Homes),
        ("street-lighting", "traffic", 165.0, 4.0, 0.0, 0.94, wd(21), Light, Homes),
        ("slipperiness", "traffic", 32.0, 1.0, 0.0, 1.0, wd(3), Frost, Homes),
        ("greenery", "nature", 285.0, 8.0, 0.0, 1.01, wd(5), Green, Homes),
        ("animals", "nature", 75.0, 4.0, 0.0, 1.0, wd(5), Green, Nature),
        ("water", "nature", 40.0, 2.0, 0.0, 1.0, wd(5), Green, Nature),
        ("housing-nuisance", "living", 80.0, 2.0, 55.0, 1.02, cd(21), Evening, Homes),
    ];
    rows.into_iter()
        .map(|(id, main, resident, officer, police, trend, term, shape, spread)| CategoryShare {
            id, main, resident, officer, police, trend, term, shape, spread,
        })
        .collect()
}

impl Spread {
    /// Factor of a kind of neighbourhood.
    pub(crate) fn factor(self, kind: HoodKind) -> f64 {
        let [centre, homes, industry, dunes, station] = match self {
            Self::Homes => [1.0, 1.0, 0.3, 0.3, 1.0],
            Self::Shops => [2.4, 0.9, 0.5, 0.4, 1.2],
            Self::Work => [1.2, 0.5, 7.0, 1.0, 0.8],
            Self::Rail => [1.5, 0.7, 0.5, 0.1, 2.5],
            Self::Nature => [0.8, 1.0, 2.5, 3.5, 0.9],
        };
        match kind {
            HoodKind::Centre => centre,
            HoodKind::Residential => homes,
            HoodKind::Industrial => industry,
            HoodKind::Dunes => dunes,
            HoodKind::Station => station,
        }
    }
}

impl Shape {
    /// Factor per month, January first; mean about 1.
    #[rustfmt::skip]
    fn months(self) -> [f64; 12] {
        match self {
            Self::Waste => [1.05, 0.92, 1.0, 1.02, 1.03, 1.03, 1.06, 1.02, 1.0, 0.97, 0.92, 0.98],
            Self::Dog => [1.15, 1.15, 1.15, 1.0, 0.92, 0.85, 0.78, 0.8, 0.95, 1.05, 1.1, 1.1],
            Self::Parking => [0.95, 0.95, 1.0, 1.02, 1.05, 1.05, 0.92, 0.9, 1.06, 1.04, 1.03, 1.03],
            Self::Youth => [0.6, 0.65, 0.85, 1.1, 1.3, 1.4, 1.35, 1.4, 1.15, 0.9, 0.65, 0.65],
            Self::Evening => [0.9, 0.9, 0.95, 1.0, 1.05, 1.1, 1.12, 1.1, 1.0, 0.98, 0.95, 0.95],
            Self::Fireworks => [1.6, 0.15, 0.1, 0.2, 0.1, 0.1, 0.1, 0.1, 0.2, 0.5, 1.4, 4.0],
            Self::Music => [0.55, 0.6, 0.75, 1.05, 1.3, 1.5, 1.55, 1.45, 1.1, 0.8, 0.65, 0.7],
            Self::Traffic => [1.0, 0.95, 1.05, 1.05, 1.05, 1.05, 0.8, 0.75, 1.15, 1.1, 1.05, 1.0],
            Self::Light => [1.5, 1.3, 1.05, 0.75, 0.6, 0.5, 0.5, 0.65, 1.0, 1.35, 1.45, 1.35],
            Self::Frost => [4.2, 3.4, 0.8, 0.05, 0.0, 0.0, 0.0, 0.0, 0.0, 0.05, 0.7, 2.8],
            Self::Green => [0.6, 0.6, 0.85, 1.1, 1.35, 1.4, 1.3, 1.2, 1.1, 1.05, 0.85, 0.6],
            Self::Work => [0.95, 0.95, 1.05, 1.05, 1.05, 1.02, 0.95, 0.92, 1.05, 1.05, 1.02, 0.94],
        }
    }

    /// Factor per day of the week, Monday first; mean about 1.
    fn week(self) -> [f64; 7] {
        match self {
            Self::Waste => [1.3, 1.12, 1.05, 1.0, 0.98, 0.8, 0.75],
            Self::Dog => [1.05, 1.0, 1.0, 0.95, 0.95, 1.05, 1.0],
            Self::Parking => [0.95, 1.0, 1.05, 1.0, 1.15, 1.25, 0.6],
            Self::Youth => [0.7, 0.7, 0.8, 0.85, 1.5, 1.6, 0.85],
            Self::Evening => [0.85, 0.85, 0.9, 0.95, 1.2, 1.25, 1.0],
            Self::Fireworks => [0.85, 0.85, 0.85, 0.9, 1.15, 1.35, 1.05],
            Self::Music => [0.35, 0.4, 0.5, 0.75, 1.8, 2.1, 1.1],
            Self::Traffic => [1.2, 1.15, 1.15, 1.15, 1.1, 0.7, 0.55],
            Self::Light | Self::Frost => [1.1, 1.05, 1.05, 1.0, 0.95, 0.9, 0.95],
            Self::Green => [1.2, 1.05, 1.05, 1.0, 0.95, 0.9, 0.85],
            Self::Work => [1.3, 1.2, 1.15, 1.1, 1.05, 0.65, 0.55],
        }
    }

    /// Weight per hour of the day at which it happens or is seen.
    #[rustfmt::skip]
    pub(crate) fn hours(self) -> [f64; 24] {
        match self {
            Self::Waste => [0.2, 0.1, 0.0, 0.0, 0.1, 0.3, 1.0, 3.0, 5.0, 6.0, 6.0, 5.5, 5.0, 5.0, 5.0, 5.0, 5.0, 5.0, 4.5, 4.5, 4.0, 3.0, 1.5, 0.5],
            Self::Dog => [0.1, 0.0, 0.0, 0.0, 0.1, 0.5, 3.0, 7.0, 8.0, 5.0, 3.0, 2.5, 2.5, 2.5, 2.5, 3.0, 4.0, 5.0, 6.5, 7.0, 6.0, 4.0, 2.0, 0.5],
            Self::Parking => [0.3, 0.2, 0.1, 0.1, 0.1, 0.3, 1.0, 3.5, 6.0, 6.0, 6.5, 6.5, 6.0, 6.0, 6.0, 6.0, 6.0, 6.0, 5.0, 4.0, 3.0, 2.0, 1.0, 0.5],
            Self::Youth => [4.0, 2.0, 0.8, 0.3, 0.1, 0.0, 0.0, 0.1, 0.2, 0.3, 0.5, 0.8, 1.2, 1.5, 2.5, 3.5, 4.0, 4.0, 5.0, 7.0, 9.0, 10.5, 10.0, 7.0],
            Self::Evening => [4.0, 3.0, 2.0, 1.0, 0.7, 0.7, 1.0, 1.5, 2.0, 2.5, 2.5, 2.5, 3.0, 3.0, 3.0, 3.5, 4.0, 4.5, 5.0, 6.0, 7.0, 7.5, 7.0, 5.5],
            Self::Fireworks => [6.0, 3.0, 1.0, 0.3, 0.1, 0.1, 0.1, 0.3, 0.5, 0.5, 1.0, 1.0, 1.5, 2.0, 2.5, 4.0, 6.0, 7.5, 8.5, 9.0, 9.0, 8.0, 7.0, 6.0],
            Self::Music => [10.0, 8.0, 4.5, 2.0, 0.8, 0.3, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1.0, 1.2, 1.6, 2.0, 2.5, 3.0, 4.0, 6.0, 9.0, 12.0, 12.0],
            Self::Traffic => [0.3, 0.2, 0.1, 0.1, 0.2, 0.5, 2.0, 6.0, 8.5, 4.0, 2.5, 2.5, 3.0, 3.0, 4.5, 6.0, 6.5, 7.0, 5.0, 3.5, 2.5, 2.0, 1.5, 0.8],
            Self::Light => [1.0, 0.5, 0.2, 0.2, 0.3, 1.0, 3.0, 4.0, 2.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.5, 3.0, 6.0, 7.0, 7.0, 6.0, 5.0, 3.5, 2.0],
            Self::Frost => [0.5, 0.2, 0.1, 0.2, 0.5, 2.0, 6.0, 10.0, 9.0, 6.0, 3.0, 2.0, 1.5, 1.0, 1.0, 1.5, 2.5, 3.0, 2.5, 2.0, 1.5, 1.5, 1.0, 0.8],
            Self::Green => [0.1, 0.0, 0.0, 0.0, 0.1, 0.3, 1.0, 3.0, 5.0, 6.5, 7.0, 6.5, 5.5, 5.5, 6.0, 6.0, 5.5, 5.0, 4.5, 4.0, 3.0, 1.5, 0.6, 0.2],
            Self::Work => [0.1, 0.0, 0.0, 0.0, 0.1, 0.4, 1.5, 4.0, 6.5, 7.0, 7.0, 6.5, 6.0, 6.0, 6.0, 5.5, 5.0, 4.0, 3.0, 3.0, 2.5, 1.5, 0.6, 0.2],
        }
    }

    /// Factor of one day: season, weekday, and what is special about it. `sky` is the stream of
    /// that day, the same for all categories: frost and storms come over the whole town.
    pub(crate) fn day(self, day: &Day, sky: &Rng) -> f64 {
        let season = self.months().get(day.month as usize - 1).copied().unwrap_or(1.0);
        let week = self.week().get(weekday(day.number)).copied().unwrap_or(1.0);
        let mut sky = sky.clone();
        let (frost, storm) = (sky.chance(0.2), sky.chance(0.025));
        let special = match (self, day.month, day.day) {
            (Self::Fireworks, 12, 31) => 14.0,
            (Self::Fireworks, 1, 1) => 18.0,
            (Self::Fireworks, 12, 26..=30) => 2.5,
            (Self::Fireworks, 1, 2..) => 0.25,
            (Self::Music, 4, 27) | (Self::Youth, 12, 31) => 3.0,
            (Self::Waste, 1, 1..=3) | (Self::Waste, 4, 28) => 1.8,
            (Self::Frost, ..) if frost => 4.0,
            (Self::Frost, ..) => 0.25,
            (Self::Green, ..) if storm => 5.0,
            (Self::Green, ..) => 0.9,
            _ => 1.0,
        };
        season * week * special
    }

    /// Median minutes between the event and the report, and whether it is reported at once (noise,
    /// groups) or in waking hours.
    pub(crate) fn lag(self) -> (f64, bool) {
        match self {
            Self::Youth | Self::Music | Self::Fireworks => (18.0, true),
            Self::Evening | Self::Frost => (35.0, true),
            Self::Parking | Self::Traffic => (40.0, false),
            Self::Dog | Self::Light => (90.0, false),
            Self::Waste | Self::Green | Self::Work => (150.0, false),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Shape; 12] = [
        Shape::Waste,
        Shape::Dog,
        Shape::Parking,
        Shape::Youth,
        Shape::Evening,
        Shape::Fireworks,
        Shape::Music,
        Shape::Traffic,
        Shape::Light,
        Shape::Frost,
        Shape::Green,
        Shape::Work,
    ];

    #[test]
    fn months_and_weekdays_average_to_about_one() {
        for shape in ALL {
            let month = shape.months().iter().sum::<f64>() / 12.0;
            let week = shape.week().iter().sum::<f64>() / 7.0;
            let slack = if shape == Shape::Fireworks { 0.35 } else { 0.05 };
            assert!((month - 1.0).abs() < slack, "{shape:?} months {month}");
            assert!((week - 1.0).abs() < 0.05, "{shape:?} week {week}");
        }
    }

    #[test]
    fn bulky_waste_is_the_largest_category_and_ids_are_unique() {
        let all = categories();
        let total: f64 = all.iter().map(|c| c.resident).sum();
        let bulky = all.iter().find(|c| c.id == "bulky-waste").unwrap().resident / total;
        assert!((0.17..0.25).contains(&bulky), "{bulky}");
        let mut ids: Vec<_> = all.iter().map(|c| c.id).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), 34);
    }
}
