//! Places that a round could visit: open issues and reports, squares where reports are expected, and
//! squares for random control. Each says why it is there.

use super::VisitKind;
use super::value::{self, Draw, Open};
use crate::config::{PatrolConfig, Team, Weights};
use areas::{Atlas, Cell, Sheet};
use jiff::tz::TimeZone;
use jiff::{Span, civil};
use kit::clock::day_date;
use kit::{At, Uuid};
use serde::{Deserialize, Serialize};
use signals::issues::{Target, TargetKind};
use signals::{Catalogue, Urgency};
use std::collections::{BTreeMap, HashMap};

/// Hours in a band of the forecast.
const BAND_HOURS: u8 = 4;
/// Bands in a day.
const BANDS: u8 = 6;

/// A place that a round could visit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// Its name within the proposal.
    pub key: String,
    /// What the visit is for.
    pub kind: VisitKind,
    /// The issue or signal.
    pub target: Option<Uuid>,
    /// Category id.
    pub category: Option<String>,
    /// Place in words.
    pub title: String,
    /// Longitude (WGS84).
    pub lon: f64,
    /// Latitude (WGS84).
    pub lat: f64,
    /// 200 m cell.
    pub cell: Cell,
    /// Neighbourhood code.
    pub area: Option<String>,
    /// Minutes of presence.
    pub minutes: u32,
    /// What a visit is worth.
    pub value: f64,
    /// Why it is worth that.
    pub why: Vec<Reason>,
    /// Between when it may begin, in seconds from the start of the plan; none: at any moment.
    pub windows: Vec<(i32, i32)>,
}

impl Place {
    /// Whether it was chosen by the picture or by lot, not for a report or a campaign.
    #[must_use]
    pub fn is_square(&self) -> bool {
        matches!(self.kind, VisitKind::Cell | VisitKind::Control | VisitKind::Area)
    }
}

/// Why a place is a candidate; pages say it in words.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Reason {
    /// Open reports, and in how many days they came in.
    Reports {
        /// How many.
        n: i64,
        /// Days since the first.
        days: i64,
    },
    /// The last day of the handling term, in days since 1970-01-01.
    Due {
        /// That day.
        day: i32,
    },
    /// Staff said that it must be handled today.
    Urgent,
    /// The plan gives its subject priority.
    Priority {
        /// Priority id of the plan.
        id: String,
    },
    /// Reports expected in the square during four hours of the shift.
    Expected {
        /// Expected number.
        expected: f64,
        /// Lower end of the 90 % interval.
        low: f64,
        /// Upper end of the 90 % interval.
        high: f64,
        /// Local hour from which.
        from: u8,
        /// Local hour until which.
        to: u8,
    },
    /// Around these hours it makes sense to be there.
    Hours {
        /// Which of the hours of `patrol.toml`, from 0.
        rule: usize,
    },
    /// A campaign still asks for visits there this week.
    Campaign {
        /// Its name.
        title: String,
        /// Visits still to be made.
        left: u32,
    },
    /// The neighbourhood had fewer visits than it should.
    Floor {
        /// Visits that it had.
        visits: i64,
        /// In how many weeks.
        weeks: i64,
    },
    /// The coordinator put it in during the shift because it cannot wait.
    Now,
    /// Drawn at random.
    Control,
    /// Put in by the coordinator.
    Added,
}

/// One figure of the stored forecast: expected reports of a main category in a cell during a band of a day.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
pub struct Forecast {
    /// When the forecast was made.
    pub made_at: At,
    /// Local day, in days since 1970-01-01.
    pub day: i64,
    /// Band of four hours, 0 to 5.
    pub band: i64,
    /// Cell, east.
    pub cell_x: i64,
    /// Cell, north.
    pub cell_y: i64,
    /// Main category id.
    pub grp: String,
    /// Expected number.
    pub expected: f64,
    /// Lower end of the 90 % interval.
    pub low90: f64,
    /// Upper end of the 90 % interval.
    pub high90: f64,
}

/// What candidates are made with.
#[derive(Debug)]
pub struct Ground<'a> {
    /// Rules.
    pub config: &'a PatrolConfig,
    /// Weights of the day.
    pub weights: &'a Weights,
    /// The team that walks.
    pub team: &'a Team,
    /// Categories.
    pub catalogue: &'a Catalogue,
    /// Plane and cells.
    pub atlas: &'a Atlas,
    /// Areas.
    pub sheet: &'a Sheet,
    /// Time zone.
    pub zone: &'a TimeZone,
    /// When the round starts and must be back.
    pub times: (At, At),
}

impl Ground<'_> {
    /// Seconds from the start of the plan.
    pub(super) fn second(&self, at: At) -> i32 {
        i32::try_from((at.micros() - self.times.0.micros()) / 1_000_000).unwrap_or(i32::MAX)
    }

    pub(super) fn place(&self, key: String, kind: VisitKind, (lon, lat): (f64, f64)) -> Option<Place> {
        let area = self.sheet.neighbourhood(lon, lat).map(str::to_owned);
        Some(Place {
            key,
            kind,
            target: None,
            category: None,
            title: area.as_deref().map_or_else(String::new, |a| self.sheet.name(a).to_owned()),
            lon,
            lat,
            cell: self.atlas.cell(lon, lat)?,
            area,
            minutes: self.config.presence.cell_min,
            value: 0.0,
            why: vec![],
            windows: vec![],
        })
    }

    /// Open issues and reports that the team goes out for.
    #[must_use]
    pub fn open(&self, targets: &[Target]) -> Vec<Place> {
        targets.iter().filter(|t| self.team.takes(&t.category)).filter_map(|t| self.target(t)).collect()
    }

    #[allow(clippy::cast_precision_loss, reason = "microseconds of some years fit")]
    fn target(&self, target: &Target) -> Option<Place> {
        let (kind, letter) = match target.kind {
            TargetKind::Issue => (VisitKind::Issue, 'i'),
            TargetKind::Signal => (VisitKind::Signal, 's'),
        };
        let mut place = self.place(format!("{letter}-{}", target.id.simple()), kind, (target.lon, target.lat))?;
        let presence = self.config.presence;
        let minutes = self.catalogue.get(&target.category).map_or(presence.shortest_min, |c| c.visit_min);
        let passed = self.times.0.micros() - target.opened_at.micros();
        let terms =
            target.due_at.map_or(0.0, |due| passed as f64 / (due.micros() - target.opened_at.micros()).max(1) as f64);
        let open = Open { priority: &target.priority, urgency: target.urgency, reports: target.count, terms };
        let mut why = vec![Reason::Reports { n: target.count, days: (passed / 86_400_000_000).max(0) + 1 }];
        if target.urgency == Urgency::High {
            why.push(Reason::Urgent);
        }
        if let Some(due) = target.due_at {
            why.push(Reason::Due { day: At::from_micros(due.micros() - 1).day_and_hour(self.zone).0 });
        }
        if self.weights.priority(&target.priority) > 1.0 {
            why.push(Reason::Priority { id: target.priority.clone() });
        }
        place.minutes = minutes.clamp(presence.shortest_min, presence.longest_min);
        place.value = value::of_open(&open, self.weights);
        // An issue that is called after its category says nothing of the place: its neighbourhood does.
        let category = |language: &str| self.catalogue.name(&target.category, language) == target.title;
        let says_nothing = target.title.is_empty() || category("nl") || category("en");
        if !says_nothing || place.title.is_empty() {
            place.title.clone_from(&target.title);
        }
        if let Some((rule, windows)) = self.hours(&target.category, place.minutes) {
            place.windows = windows;
            why.push(Reason::Hours { rule });
        }
        (place.target, place.category, place.why) = (Some(target.id), Some(target.category.clone()), why);
        Some(place)
    }

    /// The squares of the forecast, busiest first, each in the band in which most is expected.
    #[must_use]
    pub fn cells(&self, rows: &[Forecast]) -> Vec<Place> {
        let mut sums: BTreeMap<(Cell, i64, i64), Sum> = BTreeMap::new();
        for row in rows.iter().filter(|r| self.goes_out_for(&r.grp)) {
            sums.entry(((row.cell_x, row.cell_y), row.day, row.band)).or_default().add(row);
        }
        let mut best: BTreeMap<Cell, (f64, Place)> = BTreeMap::new();
        for ((cell, day, band), sum) in sums {
            let Some(found) = self.cell(cell, (day, band), &sum) else { continue };
            if best.get(&cell).is_none_or(|before| found.0 > before.0) {
                best.insert(cell, found);
            }
        }
        let mut places: Vec<(f64, Place)> = best.into_values().collect();
        places.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cell.cmp(&b.1.cell)));
        places.into_iter().map(|(_, place)| place).collect()
    }

    /// Whether the team goes out for any category of a main category.
    fn goes_out_for(&self, main: &str) -> bool {
        self.catalogue.of_main(main).any(|c| c.patrol && self.team.takes(&c.id))
    }

    /// A square in one band, with what is expected there within the round.
    #[allow(clippy::cast_precision_loss, reason = "microseconds of a day fit")]
    fn cell(&self, cell: Cell, (day, band): (i64, i64), sum: &Sum) -> Option<(f64, Place)> {
        let band = u8::try_from(band).ok().filter(|b| *b < BANDS)?;
        let (begin, end) = self.band(i32::try_from(day).ok()?, band)?;
        let (from, to) = (begin.max(self.times.0), end.min(self.times.1));
        let minutes = |a: At, b: At| (b.micros() - a.micros()) as f64 / 60e6;
        let stay = f64::from(self.config.presence.cell_min);
        if minutes(from, to) < stay {
            return None;
        }
        let centre = self.atlas.plane().cell_centre(cell)?;
        let mut place = self.place(format!("c-{}-{}", cell.0, cell.1), VisitKind::Cell, centre)?;
        place.area.as_ref()?;
        let share = minutes(from, to) / minutes(begin, end);
        let within = sum.expected * share;
        place.value = value::of_cell(within, self.weights);
        place.windows = vec![(self.second(from), self.second(to) - 60 * self.config.presence.cell_min.cast_signed())];
        let (low, high) = sum.interval();
        let hour = band * BAND_HOURS;
        place.why = vec![Reason::Expected { expected: sum.expected, low, high, from: hour, to: hour + BAND_HOURS }];
        Some((within, place))
    }

    /// When a band begins and ends.
    fn band(&self, day: i32, band: u8) -> Option<(At, At)> {
        let date = day_date(day);
        let at = |hour: i8, date: civil::Date| {
            Some(At(date.at(hour, 0, 0, 0).to_zoned(self.zone.clone()).ok()?.timestamp()))
        };
        let hour = i8::try_from(band * BAND_HOURS).ok()?;
        let end = match band + 1 {
            BANDS => at(0, date.checked_add(Span::new().days(1)).ok()?)?,
            _ => at(hour + 4, date)?,
        };
        Some((at(hour, date)?, end))
    }
}

/// Sum over main categories. The ends of the interval are added as independent errors are.
#[derive(Clone, Copy, Debug, Default)]
struct Sum {
    expected: f64,
    below: f64,
    above: f64,
}

impl Sum {
    fn add(&mut self, row: &Forecast) {
        self.expected += row.expected;
        self.below += (row.expected - row.low90).max(0.0).powi(2);
        self.above += (row.high90 - row.expected).max(0.0).powi(2);
    }

    fn interval(&self) -> (f64, f64) {
        ((self.expected - self.below.sqrt()).max(0.0), self.expected + self.above.sqrt())
    }
}

/// Puts reports and squares together: a report in a busy square counts for both, so that the square is no
/// stop of its own. `most` squares are kept.
#[must_use]
pub fn merge(mut open: Vec<Place>, cells: &[Place], most: usize) -> Vec<Place> {
    let mut first: HashMap<Cell, usize> = HashMap::new();
    for (i, place) in open.iter().enumerate() {
        let best = first.entry(place.cell).or_insert(i);
        if open.get(*best).is_some_and(|b| b.value < place.value) {
            *best = i;
        }
    }
    for cell in cells.iter().take(most).filter(|c| c.value > 0.0) {
        match first.get(&cell.cell).and_then(|i| open.get_mut(*i)) {
            Some(place) => {
                place.value += cell.value;
                place.why.extend(cell.why.iter().cloned());
            }
            None => open.push(cell.clone()),
        }
    }
    open.sort_by(|a, b| b.value.total_cmp(&a.value).then_with(|| a.key.cmp(&b.key)));
    open
}

/// Draws `n` squares for random control among those that hold no other candidate.
#[must_use]
pub fn control(cells: &[Place], candidates: &[Place], n: usize, draw: &mut Draw) -> Vec<Place> {
    let free: Vec<&Place> = cells.iter().filter(|c| candidates.iter().all(|p| p.cell != c.cell)).collect();
    draw.order(free.len())
        .into_iter()
        .take(n)
        .filter_map(|i| free.get(i))
        .map(|cell| Place {
            key: format!("r-{}-{}", cell.cell.0, cell.cell.1),
            kind: VisitKind::Control,
            value: 0.0,
            why: vec![Reason::Control],
            windows: vec![],
            ..(*cell).clone()
        })
        .collect()
}

#[cfg(test)]
pub(super) mod tests;
