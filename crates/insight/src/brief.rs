//! The picture in a few facts: how many, more or less than expected, where and when. The page
//! makes it for a selection; the nightly run stores it for everything, so that start pages are quick.

use crate::seen::{Seen, Weeks};
use kit::Municipality;
use picture::{Change, Filter, Summary, Verdict, change_of_weeks};
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
    /// The facts of the events that pass `filter` in these days, counted in `summary` and `weeks`.
    #[must_use]
    pub(crate) fn of(seen: &Seen, filter: &Filter, days: Days, (summary, weeks): (&Summary, &Weeks)) -> Self {
        let compare =
            |counts: Vec<u32>| days.weeks.map(|w| change_of_weeks(weeks.first, counts, &seen.config.rules(w)));
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
                Priority { id: id.clone(), total, change: compare(weeks.of_categories(mine)) }
            })
        });
        Self {
            from_day: days.from,
            to_day: days.to,
            weeks: days.weeks.unwrap_or(0),
            total: summary.total,
            change: compare(weeks.total.clone()),
            top_area: best(&summary.areas).and_then(|(i, n)| Some((seen.area_code(i as u32)?.to_owned(), n))),
            top_category: best(&summary.categories).and_then(|(i, n)| Some((seen.lists.categories.get(i)?.clone(), n))),
            busiest: busiest.map(|(i, n)| ((i / 6) as u8, (i % 6) as u8, n)),
            priorities: priorities.collect(),
        }
    }

    /// The facts of the last weeks for everything: what the night run stores.
    #[must_use]
    pub fn nightly(seen: &Seen) -> Self {
        let days = Days::last_weeks(seen.config.page.brief_weeks, seen.today);
        let filter = crate::config::reports();
        let summary = Summary::of(&seen.history, &filter.clone().days(days.from, days.to));
        Self::of(seen, &filter, days, (&summary, &seen.weeks(&filter)))
    }
}

/// The neighbourhood in which a cell's middle lies, or the nearest.
#[must_use]
pub fn area_of(municipality: &Municipality, cell: (i32, i32)) -> Option<String> {
    let atlas = municipality.get::<areas::Atlas>();
    let (lon, lat) = atlas.plane().cell_centre((i64::from(cell.0), i64::from(cell.1)))?;
    let sheet = atlas.sheet();
    sheet.index.nearest(lon, lat, areas::Level::Neighbourhood).map(|(shape, _)| shape.code.clone())
}
