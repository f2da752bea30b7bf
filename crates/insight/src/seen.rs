//! What was seen: the signals of a municipality as a [`History`] of counts per place and hour.
//!
//! One query gives one row: all signals of the window as compact text, which is then read here. A row per
//! signal through the database driver would cost several microseconds each. No words, no person and no
//! address come along.

mod store;

use areas::{Atlas, Sheet};
use kit::{At, Municipality, Result, Tx};
use picture::history::{Cell, Event, History, UNKNOWN_AREA};
use policy::Permit;
use signals::{Catalogue, Source};
use std::collections::HashMap;
use std::sync::Arc;

use crate::config::PictureConfig;

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
    /// The events, today's included.
    pub history: History,
    /// Today in the municipality, in days since 1970-01-01.
    pub today: i32,
}

impl Seen {
    /// Reads the signals of the last years by one query.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn read(tx: &mut Tx, municipality: &Arc<Municipality>, now: At) -> Result<Self> {
        let today = now.day_and_hour(&municipality.zone).0;
        let config = municipality.get::<PictureConfig>();
        let from = today - i32::from(config.history_years) * 366;
        let text = store::signals(tx, municipality.code(), from, today).await?;
        let catalogue = municipality.get::<Catalogue>();
        let atlas = municipality.get::<Atlas>();
        let sheet = atlas.sheet();
        let mut lists = Lists::new(&catalogue);
        let events = parse(&text, &mut lists, &sheet);
        let first = events.iter().map(|e| e.day).min().unwrap_or(today);
        Ok(Self {
            history: History::spanning(events, first, today),
            municipality: municipality.clone(),
            lists: Arc::new(lists),
            catalogue,
            atlas,
            sheet,
            config,
            today,
        })
    }

    /// Whether nothing was ever reported.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.history.events().is_empty()
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

/// Minutes of presence of the whole team per neighbourhood code, from `from` up to and including `to`; `None` is
/// outside every neighbourhood.
///
/// # Errors
/// When the database cannot be read.
pub async fn presence(tx: &mut Tx, permit: &Permit, from: i32, to: i32) -> Result<Vec<(Option<String>, i64)>> {
    store::presence(tx, permit.municipality(), from, to).await
}

/// One line per signal: day, hour, category, source, cell x, cell y, area; what is not known is empty. A line
/// that cannot be read (there is none, unless somebody wrote into the database) is left out.
fn parse(text: &str, lists: &mut Lists, sheet: &Sheet) -> Vec<Event> {
    let areas: HashMap<&str, u32> = (0u32..).zip(&sheet.areas).map(|(i, a)| (a.code.as_str(), i)).collect();
    let mut categories: HashMap<String, u16> = (0u16..).zip(&lists.categories).map(|(i, id)| (id.clone(), i)).collect();
    let mut events = Vec::with_capacity(text.len() / 40 + 1);
    for line in text.lines() {
        let mut fields = line.splitn(7, ',');
        let mut next = || fields.next().unwrap_or_default();
        let (day, hour, category, source, x, y, area) = (next(), next(), next(), next(), next(), next(), next());
        let (Ok(day), Ok(hour), Ok(source)) = (day.parse(), hour.parse(), source.parse::<Source>()) else { continue };
        let category = match categories.get(category) {
            Some(number) => *number,
            None => {
                let number = lists.unknown(category);
                categories.insert(category.to_owned(), number);
                number
            }
        };
        events.push(Event {
            day,
            hour,
            cell: x.parse().ok().zip(y.parse().ok()).map(|(x, y)| Cell { x, y }),
            area: areas.get(area).copied().unwrap_or(UNKNOWN_AREA),
            category,
            group: lists.group_of.get(usize::from(category)).copied().unwrap_or_default(),
            source: number(source),
        });
    }
    events
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
