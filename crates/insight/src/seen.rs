//! What was seen: the signals of a municipality as counts per place and hour.
//!
//! They are kept in memory, twelve bytes each, and brought up to date by the day ([`tally`]), so that no page reads
//! the whole history. A [`History`] is made of the part that a question needs. No words, no person and no address
//! come along.

mod store;
pub(crate) mod tally;
mod weeks;

use areas::{Atlas, Sheet};
use kit::{At, Municipality, Result, Tx};
use picture::Filter;
use picture::history::{Event, History, UNKNOWN_AREA};
use policy::Permit;
use signals::{Catalogue, Source};
use std::collections::HashMap;
use std::sync::Arc;
use tally::{NO_AREA, Tally};

use crate::config::PictureConfig;

pub use tally::Memory;
pub(crate) use weeks::Weeks;

/// The numbers that [`Event`]s carry, and what they stand for.
#[derive(Clone, Debug)]
pub struct Lists {
    /// Category ids: those of the catalogue in its order, then those that it does not know any more.
    pub categories: Vec<String>,
    /// Main category ids; one more, `other`, holds what the catalogue does not know.
    pub groups: Vec<String>,
    /// Per category its group.
    pub group_of: Vec<u16>,
}

impl Lists {
    /// The lists of a catalogue.
    #[must_use]
    pub fn new(catalogue: &Catalogue) -> Self {
        let other = catalogue.mains.len() as u16;
        Self {
            categories: catalogue.categories.iter().map(|c| c.id.clone()).collect(),
            groups: catalogue.mains.iter().map(|m| m.id.clone()).chain(["other".to_owned()]).collect(),
            group_of: catalogue.categories.iter().map(|c| catalogue.group(&c.id).map_or(other, |g| g as u16)).collect(),
        }
    }

    fn unknown(&mut self, id: &str) -> u16 {
        self.categories.push(id.to_owned());
        self.group_of.push(self.groups.len() as u16 - 1);
        self.categories.len() as u16 - 1
    }
}

/// The signals of a municipality as counts, with what their numbers stand for.
#[derive(Clone, Debug)]
pub struct Seen {
    /// The municipality.
    pub municipality: Arc<Municipality>,
    /// Its categories.
    pub catalogue: Arc<Catalogue>,
    /// Its grid.
    pub atlas: Arc<Atlas>,
    /// Its areas; the area of an event is the index in `sheet.areas`.
    pub sheet: Arc<Sheet>,
    /// Its settings.
    pub config: Arc<PictureConfig>,
    /// What the numbers of categories and groups stand for.
    pub lists: Arc<Lists>,
    /// The events, today's included; of [`Seen::light`] only their first and last day.
    pub history: History,
    /// Today in the municipality, in days since 1970-01-01.
    pub today: i32,
    pub(crate) tally: Arc<Tally>,
    /// Per category of the tally its number in `lists`.
    category_numbers: Arc<[u16]>,
    /// Per area of the tally its number in `sheet`.
    area_numbers: Arc<[u32]>,
}

impl Seen {
    /// The signals of the last years, all of them as a [`History`]: for work that needs the whole.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn read(tx: &mut Tx, municipality: &Arc<Municipality>, now: At) -> Result<Self> {
        let mut seen = Self::light(tx, municipality, now).await?;
        seen.history = seen.over(&Filter::all());
        Ok(seen)
    }

    /// The same without the events, for pages: [`Seen::over`] gives those that are needed, [`Seen::weeks`] counts.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn light(tx: &mut Tx, municipality: &Arc<Municipality>, now: At) -> Result<Self> {
        let today = now.day_and_hour(&municipality.zone).0;
        let config = municipality.get::<PictureConfig>();
        let from = today - i32::from(config.history_years) * 366;
        let memory = municipality.find::<Memory>().unwrap_or_default();
        let tally = memory.read(tx, municipality.code(), from, today).await?;
        let catalogue = municipality.get::<Catalogue>();
        let atlas = municipality.get::<Atlas>();
        let sheet = atlas.sheet();
        let mut lists = Lists::new(&catalogue);
        let known: HashMap<String, u16> = (0u16..).zip(&lists.categories).map(|(i, id)| (id.clone(), i)).collect();
        let category = |id: &String| known.get(id).copied().unwrap_or_else(|| lists.unknown(id));
        let category_numbers = tally.categories().iter().map(category).collect();
        let areas: HashMap<&str, u32> = (0u32..).zip(&sheet.areas).map(|(i, a)| (a.code.as_str(), i)).collect();
        let area = |code: &String| areas.get(code.as_str()).copied().unwrap_or(UNKNOWN_AREA);
        Ok(Self {
            history: History::spanning(Vec::new(), tally.begin().unwrap_or(today), today),
            municipality: municipality.clone(),
            lists: Arc::new(lists),
            catalogue,
            area_numbers: tally.areas().iter().map(area).collect(),
            category_numbers,
            atlas,
            sheet,
            config,
            today,
            tally,
        })
    }

    /// The events of the days, sources and categories of `filter` (its other parts do not narrow), with these days
    /// as the observed ones.
    #[must_use]
    pub fn over(&self, filter: &Filter) -> History {
        let (first, last) = (self.history.first_day().max(filter.from_day), self.today.min(filter.to_day));
        let wanted = self.wanted(filter);
        let (cells, groups) = (self.tally.cells(), &self.lists.group_of);
        let mut events = Vec::new();
        for (day, counts) in self.tally.between(first, last) {
            for c in counts {
                let category = self.category_numbers[usize::from(c.category)];
                if filter.sources >> (c.source & 7) & 1 == 1 && wanted[usize::from(c.category)] {
                    events.push(Event {
                        day,
                        hour: c.hour,
                        cell: cells.get(c.cell as usize).copied(),
                        area: self.area(c.area),
                        category,
                        group: groups.get(usize::from(category)).copied().unwrap_or_default(),
                        source: c.source,
                    });
                }
            }
        }
        History::spanning(events, first, last.max(first - 1))
    }

    /// Per category of the tally whether the filter wants it.
    fn wanted(&self, filter: &Filter) -> Vec<bool> {
        let list = filter.categories.as_ref();
        self.category_numbers.iter().map(|n| list.is_none_or(|l| l.contains(n))).collect()
    }

    /// The number in the sheet of an area of the tally.
    fn area(&self, number: u16) -> u32 {
        if number == NO_AREA {
            UNKNOWN_AREA
        } else {
            self.area_numbers.get(usize::from(number)).copied().unwrap_or(UNKNOWN_AREA)
        }
    }

    /// Whether nothing was ever reported.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.tally.begin().is_none()
    }

    /// The complete days: today is still going on.
    #[must_use]
    pub fn known(&self) -> History {
        self.history.before(self.today)
    }

    /// The code of an area's number.
    #[must_use]
    pub fn area_code(&self, area: u32) -> Option<&str> {
        self.sheet.areas.get(area as usize).map(|a| a.code.as_str())
    }

    /// The main category of a category.
    #[must_use]
    pub fn group_id(&self, category: &str) -> Option<&str> {
        let number = self.lists.categories.iter().position(|c| c == category)?;
        self.lists.groups.get(usize::from(*self.lists.group_of.get(number)?)).map(String::as_str)
    }

    /// The number of an area's code.
    #[must_use]
    pub fn area_number(&self, code: &str) -> Option<u32> {
        self.sheet.areas.iter().position(|a| a.code == code).map(|i| i as u32)
    }

    /// The numbers of the categories that serve a priority of the plan.
    #[must_use]
    pub fn of_priority(&self, priority: &str) -> Vec<u16> {
        let serves = |id: &str| self.catalogue.get(id).is_some_and(|c| c.priority == priority);
        (0u16..).zip(&self.lists.categories).filter(|(_, id)| serves(id)).map(|(i, _)| i).collect()
    }

    /// The smallest count about a main category that may be shown where it is small.
    #[must_use]
    pub fn least(&self, group: &str) -> u64 {
        if self.config.small.groups.iter().any(|g| g == group) { self.config.small.least } else { 1 }
    }

    /// Whether all of these categories are about persons or groups, so that small counts are hidden.
    #[must_use]
    pub fn is_delicate(&self, categories: &[u16]) -> bool {
        let delicate = |c: &u16| {
            let group = self.lists.group_of.get(usize::from(*c)).and_then(|g| self.lists.groups.get(usize::from(*g)));
            group.is_some_and(|g| self.config.small.groups.contains(g))
        };
        !categories.is_empty() && categories.iter().all(delicate)
    }
}

/// Reads the signals of a municipality into memory, so that the first page need not wait for it.
///
/// # Errors
/// When the database cannot be read.
pub async fn warm(app: &site::Shared, municipality: &Arc<Municipality>) -> Result<()> {
    let mut tx = app.main.read().await?;
    let seen = Seen::light(&mut tx, municipality, app.clock.now()).await?;
    let (signals, bytes) = seen.tally.size();
    tracing::info!(municipality = municipality.code(), signals, bytes, "picture in memory");
    Ok(())
}

/// Minutes of presence of the whole team per neighbourhood code, from `from` up to and including `to`; `None` is
/// outside every neighbourhood.
///
/// # Errors
/// When the database cannot be read.
pub async fn presence(tx: &mut Tx, permit: &Permit, from: i32, to: i32) -> Result<Vec<(Option<String>, i64)>> {
    store::presence(tx, permit.municipality(), from, to).await
}

/// The number of a source in [`picture::history::source`].
#[must_use]
pub fn number(source: Source) -> u8 {
    use picture::history::source::{IMPORT, OFFICER, PARTNER, POLICE, RESIDENT};
    match source {
        Source::Resident => RESIDENT,
        Source::Officer => OFFICER,
        Source::Police => POLICE,
        Source::Partner => PARTNER,
        Source::Import => IMPORT,
    }
}
