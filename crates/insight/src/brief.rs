//! The picture in a few facts: how many, more or less than expected, where, when, and what is new. The page
//! makes it for a selection; the nightly run stores it for everything, so that start pages are quick.

use crate::seen::Seen;
use kit::Municipality;
use picture::history::{Event, History};
use picture::news::{Level, Place};
use picture::{Change, Filter, News, Summary, Verdict, change, news};
use serde::{Deserialize, Serialize};

/// A few facts about a period.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Brief {
    /// First day, in days since 1970-01-01.
    pub from_day: i32,
    /// Last day.
    pub to_day: i32,
    /// Whole weeks in the period; 0 for a free choice of days, which is not compared.
    pub weeks: u32,
    /// Events in the period.
    pub total: u64,
    /// Against what was expected.
    pub change: Option<Change>,
    /// The neighbourhood with most events: code and count.
    pub top_area: Option<(String, u64)>,
    /// The category with most events: id and count.
    pub top_category: Option<(String, u64)>,
    /// Day of the week (0 = Monday) and four-hour band with most events, and how many.
    pub busiest: Option<(u8, u8, u64)>,
    /// Per priority of the plan that categories serve.
    pub priorities: Vec<Priority>,
    /// What is new in the last weeks, least likely first.
    pub news: Vec<NewsItem>,
}

/// One priority of the plan.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Priority {
    /// Id.
    pub id: String,
    /// Events in the period.
    pub total: u64,
    /// Against what was expected.
    pub change: Option<Change>,
}

impl Priority {
    /// Whether there is clearly more than expected.
    #[must_use]
    pub fn rises(&self) -> bool {
        self.change.is_some_and(|c| c.verdict == Verdict::Higher)
    }
}

/// One place with more than expected.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NewsItem {
    /// Code of the neighbourhood.
    pub area: Option<String>,
    /// The 200 m cell, when the news is about a single cell.
    pub cell: Option<(i32, i32)>,
    /// Category id; `None` when the main category as a whole is above what was expected.
    pub category: Option<String>,
    /// Main category id.
    pub group: String,
    /// Events in the last weeks.
    pub observed: u64,
    /// Expected events in those weeks.
    pub expected: f64,
    /// Observed over expected.
    pub ratio: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Share of false alarms among the news that is at least this unlikely.
    pub q: f64,
    /// The Monday since which it most likely lasts.
    pub since: i32,
    /// How many comparisons were made.
    pub tested: u32,
}

/// Which days, and whether they can be compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Days {
    /// First day, in days since 1970-01-01.
    pub from: i32,
    /// Last day.
    pub to: i32,
    /// Whole weeks, when the days are whole weeks that can be compared.
    pub weeks: Option<u32>,
}

impl Days {
    /// The last `weeks` complete weeks (Monday to Sunday) before `today`.
    #[must_use]
    pub fn last_weeks(weeks: u32, today: i32) -> Self {
        let to = picture::history::monday(picture::history::week_of(today)) - 1;
        Self { from: to + 1 - 7 * weeks as i32, to, weeks: Some(weeks) }
    }
}

impl Brief {
    /// The facts of the events that pass `filter` in these days, counted in `summary`.
    #[must_use]
    pub fn of(seen: &Seen, filter: &Filter, days: Days, summary: &Summary) -> Self {
        let compare =
            |filter: &Filter| days.weeks.map(|w| change(&seen.history, filter, days.to + 1, &seen.config.rules(w)));
        let best = |counts: &[u64]| {
            let most = counts.iter().enumerate().filter(|(_, n)| **n > 0).max_by_key(|(i, n)| (**n, usize::MAX - i));
            most.map(|(i, n)| (i, *n))
        };
        let bands = summary.bands();
        let busiest = best(bands.as_flattened());
        let priorities = seen.catalogue.priorities.iter().filter_map(|(id, _)| {
            let mine: Vec<u16> = seen.of_priority(id);
            let wanted = filter.categories.as_ref().is_none_or(|c| c.iter().any(|c| mine.contains(c)));
            (wanted && !mine.is_empty()).then(|| {
                let total = mine.iter().filter_map(|c| summary.categories.get(usize::from(*c))).sum();
                let filter = Filter { categories: Some(mine), ..filter.clone() };
                Priority { id: id.clone(), total, change: compare(&filter) }
            })
        });
        Self {
            from_day: days.from,
            to_day: days.to,
            weeks: days.weeks.unwrap_or(0),
            total: summary.total,
            change: compare(filter),
            top_area: best(&summary.areas).and_then(|(i, n)| Some((seen.area_code(i as u32)?.to_owned(), n))),
            top_category: best(&summary.categories).and_then(|(i, n)| Some((seen.lists.categories.get(i)?.clone(), n))),
            busiest: busiest.map(|(i, n)| ((i / 6) as u8, (i % 6) as u8, n)),
            priorities: priorities.collect(),
            news: found(seen, filter),
        }
    }

    /// The news of the last weeks for everything, and the facts of those weeks: what the night run stores.
    #[must_use]
    pub fn nightly(seen: &Seen) -> Self {
        let days = Days::last_weeks(seen.config.news.weeks, seen.today);
        let filter = crate::config::reports();
        let summary = Summary::of(&seen.history, &filter.clone().days(days.from, days.to));
        Self::of(seen, &filter, days, &summary)
    }
}

/// What is new among the events that pass: categories per neighbourhood, categories per cell, and main categories
/// per neighbourhood where no single category says it already. Officers' own findings are never news: where one
/// looks, one finds. Each list keeps its own false alarms in check.
fn found(seen: &Seen, filter: &Filter) -> Vec<NewsItem> {
    let filter = Filter { sources: filter.sources & crate::config::reports().sources, ..filter.clone() };
    let by_category = by_category(&filter.cut(&seen.history));
    let whole = Filter::all();
    let mut out: Vec<NewsItem> = Vec::new();
    for (history, filter, level, single) in [
        (&by_category, &whole, Level::Area, true),
        (&by_category, &whole, Level::Cell, true),
        (&seen.history, &filter, Level::Area, false),
    ] {
        let list = news(history, seen.today, &seen.config.news(level, filter.clone()));
        let items: Vec<NewsItem> = list.iter().filter_map(|n| item(seen, n, single)).collect();
        let new = |n: &NewsItem| {
            n.observed >= seen.least(&n.group)
                && (single || !out.iter().any(|o| o.cell.is_none() && o.area == n.area && o.group == n.group))
        };
        let items: Vec<NewsItem> = items.into_iter().filter(new).take(seen.config.news.most).collect();
        out.extend(items);
    }
    out
}

/// The same events with each category as a group of its own.
fn by_category(history: &History) -> History {
    let events = history.events().iter().map(|e| Event { group: e.category, ..*e }).collect();
    History::spanning(events, history.first_day(), history.last_day())
}

fn item(seen: &Seen, n: &News, single: bool) -> Option<NewsItem> {
    let (area, cell) = match n.place {
        Place::Area(number) => (Some(seen.area_code(number)?.to_owned()), None),
        Place::Cell(cell) => (area_of(&seen.municipality, (cell.x, cell.y)), Some((cell.x, cell.y))),
    };
    let number = n.group.unwrap_or_default();
    let group = if single { *seen.lists.group_of.get(usize::from(number))? } else { number };
    Some(NewsItem {
        area,
        cell,
        category: if single { seen.lists.categories.get(usize::from(number)).cloned() } else { None },
        group: seen.lists.groups.get(usize::from(group))?.clone(),
        observed: n.observed,
        expected: n.expected,
        ratio: n.ratio,
        low: n.low,
        high: n.high,
        q: n.q,
        since: n.since,
        tested: n.tested,
    })
}

/// The neighbourhood in which a cell's middle lies, or the nearest.
#[must_use]
pub fn area_of(municipality: &Municipality, cell: (i32, i32)) -> Option<String> {
    let atlas = municipality.get::<areas::Atlas>();
    let (lon, lat) = atlas.plane().cell_centre((i64::from(cell.0), i64::from(cell.1)))?;
    let sheet = atlas.sheet();
    sheet.index.nearest(lon, lat, areas::Level::Neighbourhood).map(|(shape, _)| shape.code.clone())
}
