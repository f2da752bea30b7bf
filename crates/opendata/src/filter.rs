//! The filter that map, list, live map and feeds share: category, state in plain words, neighbourhood, period, box.

use crate::config::MapConfig;
use kit::{At, Fault, Tx};
use policy::Permit;
use serde::Deserialize;
use signals::State;
use signals::intake::Desk;
use signals::moderation::public::{self, After, Asked, PublicSignal};
use site::layers::encode;

/// The plain states of a report, as residents read them.
pub(crate) const STATES: [&str; 4] = ["received", "busy", "done", "cancelled"];
/// A day in microseconds.
const DAY: i64 = 86_400_000_000;
/// Rows that one read brings at most.
pub(crate) const READ: i64 = 1000;

/// What an address says; anything that cannot be read is left out.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Query {
    category: String,
    state: String,
    area: String,
    period: String,
    bbox: String,
    after: String,
}

/// What is wanted.
#[derive(Clone, Debug, Default)]
pub(crate) struct Filter {
    /// Id of a category or of a main category; empty for all.
    pub category: String,
    /// The categories that it stands for.
    pub categories: Vec<String>,
    /// One of [`STATES`]; empty for all.
    pub state: String,
    /// The states that it stands for.
    pub states: Vec<State>,
    /// Neighbourhood code; empty for all.
    pub area: String,
    /// Days; 0 for all.
    pub period: u32,
    /// Its beginning.
    pub from: Option<At>,
    /// West, south, east, north.
    pub bbox: Option<[f64; 4]>,
    /// Where the page starts.
    pub after: Option<After>,
}

impl Filter {
    /// Reads `query`. A period that was not chosen is `period` days; 0 is all.
    pub(crate) fn read(query: &Query, desk: &Desk, period: u32, now: At) -> Self {
        let catalogue = &desk.catalogue;
        let public = catalogue.categories.iter().filter(|c| c.public);
        let categories: Vec<String> =
            public.filter(|c| c.id == query.category || c.main == query.category).map(|c| c.id.clone()).collect();
        let states: Vec<State> = State::ALL.iter().copied().filter(|s| s.public_word() == query.state).collect();
        let period = match query.period.as_str() {
            "all" => 0,
            text => text.parse().ok().filter(|days| (1..=36_500).contains(days)).unwrap_or(period),
        };
        let known = desk.sheet.get(&query.area).is_some();
        Self {
            category: if categories.is_empty() { String::new() } else { query.category.clone() },
            categories,
            state: if states.is_empty() { String::new() } else { query.state.clone() },
            states,
            area: if known { query.area.clone() } else { String::new() },
            period,
            from: (period > 0).then(|| At::from_micros(now.micros() - i64::from(period) * DAY)),
            bbox: bbox(&query.bbox),
            after: After::parse(&query.after),
        }
    }

    /// What it is about, in words: category and neighbourhood.
    pub(crate) fn about(&self, desk: &Desk, language: &str) -> String {
        let catalogue = &desk.catalogue;
        let main = catalogue.mains.iter().find(|m| m.id == self.category).map(|m| m.name.get(language));
        let named = [main.unwrap_or(catalogue.name(&self.category, language)), desk.sheet.name(&self.area)];
        named.iter().filter(|n| !n.is_empty()).copied().collect::<Vec<_>>().join(", ")
    }

    /// The newest reports that it finds, at most `most`.
    pub(crate) async fn find(
        &self,
        tx: &mut Tx,
        permit: &Permit,
        desk: &Desk,
        most: usize,
    ) -> Result<Vec<PublicSignal>, Fault> {
        let categories: Vec<&str> = self.categories.iter().map(String::as_str).collect();
        let mut found: Vec<PublicSignal> = Vec::new();
        let mut after = self.after.clone();
        while found.len() < most {
            let limit = i64::try_from(most - found.len()).unwrap_or(READ).min(READ);
            let asked = Asked {
                bbox: self.bbox,
                reported_from: self.from,
                area: Some(self.area.as_str()).filter(|a| !a.is_empty()),
                categories: &categories,
                states: &self.states,
                limit,
                after: after.take(),
                ..Asked::default()
            };
            let page = public::shown(tx, permit, desk, &asked).await?;
            let last = page.last().map(PublicSignal::after);
            let whole = i64::try_from(page.len()).unwrap_or(0) == limit;
            found.extend(page);
            after = last;
            if !whole {
                break;
            }
        }
        Ok(found)
    }

    /// Whether a report belongs to what is wanted: for changes that come in live.
    pub(crate) fn takes(&self, signal: &PublicSignal) -> bool {
        let [west, south, east, north] = self.bbox.unwrap_or([-180.0, -90.0, 180.0, 90.0]);
        (self.categories.is_empty() || self.categories.contains(&signal.category))
            && (self.states.is_empty() || self.states.contains(&signal.state))
            && (self.area.is_empty() || signal.area.as_deref() == Some(&self.area))
            && self.from.is_none_or(|from| signal.reported_at >= from)
            && (west..=east).contains(&signal.lon)
            && (south..=north).contains(&signal.lat)
    }

    /// The address of `path` with this filter; `config` says which period need not be named.
    pub(crate) fn href(&self, path: &str, config: &MapConfig, more: &[(&str, String)]) -> String {
        let mut pairs: Vec<(&str, String)> = vec![];
        for (name, value) in [("category", &self.category), ("state", &self.state), ("area", &self.area)] {
            if !value.is_empty() {
                pairs.push((name, value.clone()));
            }
        }
        if self.period != config.period_days {
            pairs.push(("period", if self.period == 0 { "all".to_owned() } else { self.period.to_string() }));
        }
        if let Some(bbox) = self.bbox.filter(|_| more.iter().all(|(name, _)| *name != "bbox")) {
            pairs.push(("bbox", bbox_text(bbox)));
        }
        pairs.extend(more.iter().filter(|(_, value)| !value.is_empty()).cloned());
        let query: Vec<String> = pairs.iter().map(|(name, value)| format!("{name}={}", encode(value))).collect();
        if query.is_empty() { path.to_owned() } else { format!("{path}?{}", query.join("&")) }
    }
}

/// A box as an address writes it.
pub(crate) fn bbox_text(bbox: [f64; 4]) -> String {
    bbox.map(|degrees| format!("{degrees:.5}")).join(",")
}

/// A box from its text: `west,south,east,north`; `None` when it is none.
fn bbox(text: &str) -> Option<[f64; 4]> {
    let numbers: Vec<f64> = text.split(',').map_while(|n| n.trim().parse().ok()).collect();
    let [west, south, east, north] = <[f64; 4]>::try_from(numbers).ok()?;
    let whole = west < east && south < north && west >= -180.0 && east <= 180.0 && south >= -90.0 && north <= 90.0;
    whole.then_some([west, south, east, north])
}
