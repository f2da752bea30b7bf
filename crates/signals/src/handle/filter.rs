//! What one may ask of the list of signals, on the page and in the API alike.

use super::store::lists::{Ask, Base};
use crate::intake::{Desk, clean, fold};
use crate::model::{Source, State};
use jiff::civil::Date;
use kit::paging::Cursor;
use kit::{At, FieldFaults, Uuid};
use serde::Deserialize;
use site::layers::encode;

/// Longest text to search for, in characters.
const TEXT: usize = 100;

/// The query of the address, as it came in.
#[derive(Clone, Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct Query {
    /// `open` (the default), `all`, or one state.
    pub state: String,
    /// Category id.
    pub category: String,
    /// Main category id.
    pub main: String,
    /// Id of a priority of the plan.
    pub priority: String,
    /// Neighbourhood code.
    pub area: String,
    /// First day of reporting, `YYYY-MM-DD`.
    pub from: String,
    /// Last day of reporting, `YYYY-MM-DD`.
    pub to: String,
    /// Source.
    pub source: String,
    /// `yes`: the term is or was exceeded; `no`: it is not.
    pub late: String,
    /// Words in the report, the place or the reference.
    pub q: String,
    /// Cursor of the next page, as the page before gave it.
    pub after: String,
}

/// Which states are asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Which {
    /// Everything that is not closed.
    #[default]
    Open,
    /// Everything.
    All,
    /// One state.
    Is(State),
}

/// What is asked, checked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// States.
    pub state: Which,
    /// Category id.
    pub category: Option<String>,
    /// Main category id.
    pub main: Option<String>,
    /// Priority of the plan.
    pub priority: Option<String>,
    /// Neighbourhood code.
    pub area: Option<String>,
    /// First day of reporting.
    pub from: Option<Date>,
    /// Last day of reporting.
    pub to: Option<Date>,
    /// Source.
    pub source: Option<Source>,
    /// Whether the term is or was exceeded.
    pub late: Option<bool>,
    /// Text to search for, cleaned.
    pub text: String,
}

impl Filter {
    /// Reads the query. What cannot be understood is named in the faults and left out.
    #[must_use]
    pub fn read(query: &Query, desk: &Desk) -> (Self, FieldFaults) {
        let mut faults = FieldFaults::default();
        let mut filter = Self::default();
        let catalogue = &desk.catalogue;
        match query.state.as_str() {
            "" | "open" => {}
            "all" => filter.state = Which::All,
            word => match word.parse() {
                Ok(state) => filter.state = Which::Is(state),
                Err(_) => faults.add("state", "signals-filter-unknown"),
            },
        }
        let mut known = |field: &'static str, text: &str, is: &dyn Fn(&str) -> bool| match text {
            "" => None,
            text if is(text) => Some(text.to_owned()),
            _ => {
                faults.add(field, "signals-filter-unknown");
                None
            }
        };
        filter.category = known("category", &query.category, &|id| catalogue.get(id).is_some());
        filter.main = known("main", &query.main, &|id| catalogue.mains.iter().any(|m| m.id == id));
        filter.priority = known("priority", &query.priority, &|id| catalogue.priorities.iter().any(|(p, _)| p == id));
        filter.area = known("area", &query.area, &|code| desk.sheet.get(code).is_some());
        filter.source = known("source", &query.source, &|s| s.parse::<Source>().is_ok()).and_then(|s| s.parse().ok());
        filter.late = known("late", &query.late, &|s| matches!(s, "yes" | "no")).map(|s| s == "yes");
        for (field, text, day) in [("from", &query.from, &mut filter.from), ("to", &query.to, &mut filter.to)] {
            match text.parse::<Date>() {
                _ if text.is_empty() => {}
                Ok(date) if (1900..=2200).contains(&date.year()) => *day = Some(date),
                _ => faults.add(field, "signals-filter-date"),
            }
        }
        if filter.from.is_some() && filter.to.is_some() && filter.from > filter.to {
            faults.add("to", "signals-filter-order");
        }
        filter.text = clean(&query.q).replace(['\n', '\t'], " ").chars().take(TEXT).collect();
        (filter, faults)
    }

    /// The filter as a query without a question mark; empty for the default list.
    #[must_use]
    pub fn query(&self) -> String {
        let state = match self.state {
            Which::Open => "",
            Which::All => "all",
            Which::Is(state) => state.as_str(),
        };
        let day = |d: Option<Date>| d.map(|d| d.to_string()).unwrap_or_default();
        let late = match self.late {
            Some(true) => "yes",
            Some(false) => "no",
            None => "",
        };
        let word = |w: &Option<String>| w.clone().unwrap_or_default();
        [
            ("state", state.to_owned()),
            ("category", word(&self.category)),
            ("main", word(&self.main)),
            ("priority", word(&self.priority)),
            ("area", word(&self.area)),
            ("from", day(self.from)),
            ("to", day(self.to)),
            ("source", self.source.map(|s| s.to_string()).unwrap_or_default()),
            ("late", late.to_owned()),
            ("q", self.text.clone()),
        ]
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("{name}={}", encode(value)))
        .collect::<Vec<_>>()
        .join("&")
    }

    /// `path` with this filter, and a cursor when there is one.
    #[must_use]
    pub fn href(&self, path: &str, after: Option<Cursor>) -> String {
        let mut query = self.query();
        if let Some(cursor) = after {
            let and = if query.is_empty() { "" } else { "&" };
            query.push_str(&format!("{and}after={cursor}"));
        }
        if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
    }

    /// The base of the statements: the index that is walked.
    pub(super) fn base(&self) -> Base {
        let open = match self.state {
            Which::Open => true,
            Which::All => false,
            Which::Is(state) => !state.is_closed(),
        };
        match (open, &self.area, &self.category) {
            (true, Some(_), _) => Base::OpenArea,
            (true, None, Some(_)) => Base::OpenCategory,
            (true, None, None) => Base::Open,
            (false, Some(_), _) => Base::Area,
            (false, None, Some(_)) => Base::Category,
            (false, None, None) => Base::All,
        }
    }

    /// The filter as the statements take it; `after` is where the page starts.
    pub(super) fn ask(&self, after: Option<Cursor>, now: At, desk: &Desk) -> Ask {
        let midnight = |day: Date| {
            let zone = desk.municipality.zone.clone();
            day.to_zoned(zone).map_or(i64::MIN, |z| z.timestamp().as_microsecond())
        };
        let mut below = (i64::MAX, Uuid::max());
        if let Some(next) = self.to.and_then(|d| d.tomorrow().ok()) {
            below = below.min((midnight(next), Uuid::nil()));
        }
        if let Some(cursor) = after {
            below = below.min((cursor.at.micros(), cursor.id));
        }
        Ask {
            base: self.base(),
            below,
            from: (self.from.map_or(i64::MIN, midnight), Uuid::nil()),
            state: match self.state {
                Which::Is(state) => Some(state),
                _ => None,
            },
            source: self.source,
            category: self.category.clone(),
            area: self.area.clone(),
            main: self.main.clone(),
            priority: self.priority.clone(),
            text: self.pattern(),
            late: self.late,
            now,
        }
    }

    /// The text as a pattern over folded text.
    fn pattern(&self) -> Option<String> {
        let mut pattern = String::from("%");
        for c in fold(&[&self.text]).chars() {
            if matches!(c, '%' | '_' | '\\') {
                pattern.push('\\');
            }
            pattern.push(c);
        }
        pattern.push('%');
        (pattern.len() > 2).then_some(pattern)
    }

    /// The text as a reference of ours (`ABCD-1234`, the dash may be missing), and as it was typed for
    /// references of other systems; `None` when it cannot be one.
    pub(super) fn reference(&self) -> Option<(String, &str)> {
        if self.text.is_empty() || self.text.contains(char::is_whitespace) {
            return None;
        }
        let letters: String = self.text.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_uppercase();
        let ours = match (letters.get(..4), letters.get(4..)) {
            (Some(a), Some(b)) if letters.len() == 8 => format!("{a}-{b}"),
            _ => self.text.clone(),
        };
        Some((ours, &self.text))
    }
}
