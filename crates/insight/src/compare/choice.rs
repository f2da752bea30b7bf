//! What is compared: two sides, each some days in a neighbourhood or everywhere; the rest is the same for both.

use crate::config::reports;
use crate::seen::{Seen, number};
use crate::view::{ALL, REPORTS};
use jiff::civil::Date;
use kit::FieldFaults;
use kit::clock::{day_date, day_number};
use picture::Filter;
use picture::history::{monday, week_of};
use serde::Deserialize;
use signals::Source;

/// The query of the address, kept as it was sent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Query {
    /// First day of the first side.
    pub from: String,
    /// Last day.
    pub to: String,
    /// Neighbourhood; empty is everywhere.
    pub area: String,
    /// First day of the second side.
    pub from2: String,
    /// Last day.
    pub to2: String,
    /// Neighbourhood.
    pub area2: String,
    /// Priority of the plan, of both.
    pub priority: String,
    /// Source, of both.
    pub source: String,
    /// Weeks, as `/picture` has them, when no days are given.
    pub period: String,
}

impl Query {
    /// The query with what was left open: the usual days, or for the second side the same weeks a year before.
    pub(super) fn or_usual(mut self, seen: &Seen) -> Self {
        if self.source.is_empty() {
            self.source = REPORTS.to_owned();
        }
        let none = |days: [&String; 2]| days.iter().all(|d| d.is_empty());
        if none([&self.from2, &self.to2]) {
            let usual = if self.period == "13" { Preset::QuarterYearAgo } else { Preset::YearAgo };
            match (none([&self.from, &self.to]), self.from.parse::<Date>(), self.to.parse::<Date>()) {
                (true, ..) => self = usual.query(seen, &self),
                (false, Ok(from), Ok(to)) => {
                    let before = |d: Date| day_date(day_number(d) - 364).to_string();
                    (self.from2, self.to2, self.area2) = (before(from), before(to), self.area.clone());
                }
                _ => {}
            }
        }
        self.period.clear();
        self
    }

    /// Its address.
    pub(super) fn link(&self) -> String {
        let parts = [
            ("from", &self.from),
            ("to", &self.to),
            ("area", &self.area),
            ("from2", &self.from2),
            ("to2", &self.to2),
            ("area2", &self.area2),
            ("priority", &self.priority),
            ("source", &self.source),
        ];
        let query: Vec<String> = parts
            .iter()
            .filter(|(_, v)| !v.is_empty())
            .map(|(k, v)| format!("{k}={}", site::layers::encode(v)))
            .collect();
        format!("/picture/compare?{}", query.join("&"))
    }
}

/// A comparison that is often made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Preset {
    /// The last four whole weeks with the same weeks a year before.
    YearAgo,
    /// The last four whole weeks with the four before.
    Before,
    /// The last quarter of a year with the same a year before.
    QuarterYearAgo,
}

impl Preset {
    pub(super) const ALL: [Self; 3] = [Self::YearAgo, Self::Before, Self::QuarterYearAgo];

    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::YearAgo => "year",
            Self::Before => "before",
            Self::QuarterYearAgo => "quarter",
        }
    }

    /// Its days; both sides in the neighbourhood of the first side of `kept`.
    pub(super) fn query(self, seen: &Seen, kept: &Query) -> Query {
        let (weeks, back) = match self {
            Self::YearAgo => (4, 52),
            Self::Before => (4, 4),
            Self::QuarterYearAgo => (13, 52),
        };
        let to = monday(week_of(seen.today)) - 1;
        let from = to + 1 - 7 * weeks;
        let day = |d: i32| day_date(d).to_string();
        Query {
            from: day(from),
            to: day(to),
            from2: day(from - 7 * back),
            to2: day(to - 7 * back),
            area2: kept.area.clone(),
            ..kept.clone()
        }
    }
}

/// The sources that can be chosen.
pub(super) fn sources() -> impl Iterator<Item = &'static str> {
    [REPORTS, ALL].into_iter().chain(Source::ALL.iter().map(|s| s.as_str()))
}

/// Days and a neighbourhood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Part {
    /// First and last day as they were asked.
    pub(super) days: (i32, i32),
    /// Number of the neighbourhood; `None` is everywhere.
    pub(super) area: Option<u32>,
}

/// A comparison that can be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Choice {
    pub(super) parts: [Part; 2],
    pub(super) priority: Option<String>,
    pub(super) source: String,
}

impl Choice {
    /// Reads the query; says of every field that cannot be used what to do.
    pub(super) fn read(query: &Query, seen: &Seen) -> Result<Self, FieldFaults> {
        let mut faults = FieldFaults::default();
        let first = part(seen, &mut faults, ["from", "to", "area"], [&query.from, &query.to, &query.area]);
        let second = part(seen, &mut faults, ["from2", "to2", "area2"], [&query.from2, &query.to2, &query.area2]);
        if !query.priority.is_empty() && seen.catalogue.priorities.iter().all(|(p, _)| *p != query.priority) {
            faults.add("priority", "compare-fault-priority");
        }
        if sources().all(|s| s != query.source) {
            faults.add("source", "compare-fault-source");
        }
        match (first, second) {
            (Some(a), Some(b)) if a == b => faults.add("from2", "compare-fault-same"),
            (Some(a), Some(b)) if faults.is_empty() => {
                return Ok(Self {
                    parts: [a, b],
                    priority: Some(query.priority.clone()).filter(|p| !p.is_empty()),
                    source: query.source.clone(),
                });
            }
            _ => {}
        }
        Err(faults)
    }

    /// The events of one side, on the days that are known.
    pub(super) fn filter(&self, seen: &Seen, part: &Part) -> Filter {
        let sources = match self.source.as_str() {
            REPORTS => reports().sources,
            ALL => u8::MAX,
            word => word.parse().map_or(u8::MAX, |s| 1 << number(s)),
        };
        Filter {
            sources,
            categories: self.priority.as_deref().map(|p| seen.of_priority(p)),
            areas: part.area.map(|a| vec![a]),
            ..Filter::all()
        }
    }

    pub(super) fn areas_differ(&self) -> bool {
        self.parts[0].area != self.parts[1].area
    }

    pub(super) fn days_differ(&self) -> bool {
        self.parts[0].days != self.parts[1].days
    }

    /// Whether all that was chosen is about persons or groups.
    pub(super) fn is_delicate(&self, seen: &Seen) -> bool {
        self.priority.as_deref().is_some_and(|p| seen.is_delicate(&seen.of_priority(p)))
    }
}

fn part(seen: &Seen, faults: &mut FieldFaults, names: [&'static str; 3], [from, to, area]: [&str; 3]) -> Option<Part> {
    let mut day = |name: &'static str, text: &str| match text.parse::<Date>() {
        Ok(date) => Some(day_number(date)),
        Err(_) => {
            faults.add(name, "compare-fault-day");
            None
        }
    };
    let days = (day(names[0], from), day(names[1], to));
    let number = seen.area_number(area);
    if !area.is_empty() && number.is_none() {
        faults.add(names[2], "compare-fault-area");
        return None;
    }
    let (Some(from), Some(to)) = days else { return None };
    let say = |day: i32| vec![("day", day_date(day).to_string())];
    if from > to {
        faults.add(names[1], "compare-fault-order");
    } else if from >= seen.today {
        faults.add_with(names[0], "compare-fault-future", say(seen.today));
    } else if to < seen.history.first_day() {
        faults.add_with(names[1], "compare-fault-before", say(seen.history.first_day()));
    } else {
        return Some(Part { days: (from, to), area: number });
    }
    None
}
