//! What the reader of the picture chose: period, priority, source and area.

use crate::brief::Days;
use crate::config::reports;
use crate::seen::{Seen, number};
use crate::squares;
use jiff::civil::Date;
use kit::clock::{day_date, day_number};
use picture::Filter;
use picture::history::source::OFFICER;
use serde::Deserialize;
use signals::Source;

/// The query of the address; every part may be missing.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Query {
    /// `4`, `13` or `52` weeks, or `days`.
    pub period: String,
    /// First day, for `days`.
    pub from: String,
    /// Last day, for `days`.
    pub to: String,
    /// Priority of the plan.
    pub priority: String,
    /// `reports`, `all`, or a source.
    pub source: String,
    /// Code of a neighbourhood.
    pub area: String,
    /// Main category.
    pub group: String,
    /// `same`: all small charts on one scale.
    pub scale: String,
}

/// Whole weeks that can be chosen.
pub(crate) const WEEKS: [u32; 3] = [4, 13, 52];
/// All sources but officers; the usual choice.
pub(crate) const REPORTS: &str = "reports";
/// All small charts on one scale.
pub(crate) const SAME: &str = "same";
/// All sources.
pub(crate) const ALL: &str = "all";

/// A choice that can be made; what cannot be read falls back on the usual.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selection {
    /// Which days.
    pub days: Days,
    /// Priority of the plan.
    pub priority: Option<String>,
    /// `reports`, `all`, or a source.
    pub source: String,
    /// Number of a neighbourhood.
    pub area: Option<u32>,
    /// Number of a main category.
    pub group: Option<u16>,
    /// Whether all small charts have one scale.
    pub same_scale: bool,
    /// Whether days were asked that cannot be read.
    pub wrong_days: bool,
}

impl Selection {
    /// Reads the query against what there is.
    #[must_use]
    pub fn of(query: &Query, seen: &Seen) -> Self {
        let weeks = query.period.parse().ok().filter(|w| WEEKS.contains(w)).unwrap_or(WEEKS[0]);
        let mut days = Days::last_weeks(weeks, seen.today);
        let mut wrong_days = false;
        if query.period == "days" {
            match (query.from.parse::<Date>(), query.to.parse::<Date>()) {
                (Ok(from), Ok(to)) if from <= to => {
                    let to = day_number(to).min(seen.today);
                    days = Days { from: day_number(from).min(to), to, weeks: None };
                }
                _ => wrong_days = true,
            }
        }
        let known = |id: &&String| seen.catalogue.priorities.iter().any(|(p, _)| p == *id);
        let source = query.source.as_str();
        let is_source = source == ALL || source.parse::<Source>().is_ok();
        Self {
            days,
            priority: Some(&query.priority).filter(known).cloned(),
            source: if is_source { source.to_owned() } else { REPORTS.to_owned() },
            area: seen.area_number(&query.area),
            group: seen.lists.groups.iter().position(|g| *g == query.group).map(|g| g as u16),
            same_scale: query.scale == SAME,
            wrong_days,
        }
    }

    /// The events that were chosen, on all days.
    #[must_use]
    pub fn filter(&self, seen: &Seen) -> Filter {
        let sources = match self.source.as_str() {
            REPORTS => reports().sources,
            ALL => u8::MAX,
            word => word.parse().map_or(u8::MAX, |s| 1 << number(s)),
        };
        Filter { sources, categories: self.categories(seen), areas: self.area.map(|a| vec![a]), ..Filter::all() }
    }

    /// The same on the chosen days.
    #[must_use]
    pub fn in_days(&self, seen: &Seen) -> Filter {
        self.filter(seen).days(self.days.from, self.days.to)
    }

    /// The numbers of the categories that were chosen; `None` is all.
    #[must_use]
    pub fn categories(&self, seen: &Seen) -> Option<Vec<u16>> {
        let of_group = |c: &u16| self.group.is_none_or(|g| seen.lists.group_of.get(usize::from(*c)) == Some(&g));
        match (&self.priority, self.group) {
            (None, None) => None,
            (Some(priority), _) => Some(seen.of_priority(priority).into_iter().filter(of_group).collect()),
            (None, Some(_)) => Some((0..seen.lists.categories.len() as u16).filter(of_group).collect()),
        }
    }

    /// The part of the stored squares that answers this choice; `None` when no forecast was made of it: of officers'
    /// own findings, of one source alone, and of a priority within a main category.
    #[must_use]
    pub(crate) fn part(&self, seen: &Seen) -> Option<String> {
        if self.source != REPORTS && self.source != ALL {
            return None;
        }
        match (&self.priority, self.group) {
            (None, None) => Some(squares::ALL.to_owned()),
            (Some(priority), None) => Some(squares::priority(priority)),
            (None, Some(group)) => seen.lists.groups.get(usize::from(group)).map(|g| squares::group(g)),
            (Some(_), Some(_)) => None,
        }
    }

    /// Whether only officers' own findings were chosen, which no forecast is made of.
    #[must_use]
    pub fn is_officers(&self) -> bool {
        self.source.parse::<Source>().is_ok_and(|s| number(s) == OFFICER)
    }

    /// Whether small counts are hidden: when all that was chosen is about persons or groups.
    #[must_use]
    pub fn is_delicate(&self, seen: &Seen) -> bool {
        self.categories(seen).is_some_and(|c| seen.is_delicate(&c))
    }

    /// What the form shows as the period.
    #[must_use]
    pub fn period(&self) -> String {
        self.days.weeks.map_or_else(|| "days".to_owned(), |w| w.to_string())
    }

    /// The query of this choice, with another area or priority.
    #[must_use]
    pub fn link(&self, path: &str, area: Option<&str>, priority: Option<&str>) -> String {
        self.link_with(path, area, priority, &[])
    }

    /// The same with more parts.
    #[must_use]
    pub fn link_with(&self, path: &str, area: Option<&str>, priority: Option<&str>, more: &[(&str, &str)]) -> String {
        let mut parts = vec![("period", self.period())];
        if self.days.weeks.is_none() {
            parts.push(("from", day_date(self.days.from).to_string()));
            parts.push(("to", day_date(self.days.to).to_string()));
        }
        if self.source != REPORTS {
            parts.push(("source", self.source.clone()));
        }
        parts.extend(area.map(|a| ("area", a.to_owned())));
        parts.extend(priority.map(|p| ("priority", p.to_owned())));
        parts.extend(more.iter().map(|(k, v)| (*k, (*v).to_owned())));
        let query: Vec<String> = parts.iter().map(|(k, v)| format!("{k}={}", site::layers::encode(v))).collect();
        format!("{path}?{}", query.join("&"))
    }

    /// The address of `path` with all of this choice, and `more`.
    #[must_use]
    pub(crate) fn here(&self, path: &str, seen: &Seen, more: &[(&str, &str)]) -> String {
        let group = self.group.and_then(|g| seen.lists.groups.get(usize::from(g)));
        let mut all: Vec<(&str, &str)> = group.map(|g| ("group", g.as_str())).into_iter().collect();
        all.extend(more);
        self.link_with(path, self.area.and_then(|a| seen.area_code(a)), self.priority.as_deref(), &all)
    }
}
