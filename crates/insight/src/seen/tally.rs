//! Signals as counts in memory, twelve bytes each, kept up to date by the day.
//!
//! The table `signal_day` numbers the changes of each day (triggers write it, in the transaction of the change). Who
//! reads compares those numbers with what it has, and reads only the days that differ: what a page counts is what
//! the database holds at that moment, at the price of one small query.

use super::store;
use kit::{Result, Tx};
use picture::history::Cell;
use signals::Source;
use std::collections::HashMap;
use std::sync::Arc;
use tokio::sync::Mutex;

/// The signals of one municipality as last read. It sits on the municipality's shelf; without it every page reads
/// all anew.
#[derive(Debug, Default)]
pub struct Memory(Mutex<Option<Arc<Tally>>>);

/// One signal as a count. No person, no address, no words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Count {
    /// Number in [`Tally::cells`], or [`NO_CELL`].
    pub(crate) cell: u32,
    /// Number in [`Tally::areas`], or [`NO_AREA`].
    pub(crate) area: u16,
    /// Number in [`Tally::categories`].
    pub(crate) category: u16,
    pub(crate) hour: u8,
    /// One of [`picture::history::source`].
    pub(crate) source: u8,
}

pub(crate) const NO_CELL: u32 = u32::MAX;
pub(crate) const NO_AREA: u16 = u16::MAX;
/// Days read at once.
const CHUNK: i32 = 92;

/// One day.
#[derive(Clone, Debug, Default)]
struct Day {
    counts: Arc<[Count]>,
    /// The number of changes that these counts include.
    changes: i64,
}

/// The signals of the last years by day.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tally {
    first: i32,
    days: Vec<Day>,
    /// The sum of all numbers of changes.
    changes: i64,
    names: Names,
}

/// What the numbers in a [`Count`] stand for, in the order in which they were first seen.
#[derive(Clone, Debug, Default)]
struct Names {
    cells: Vec<Cell>,
    areas: Vec<String>,
    categories: Vec<String>,
    cell: HashMap<Cell, u32>,
    area: HashMap<String, u16>,
    category: HashMap<String, u16>,
}

impl Memory {
    /// The signals from `first` up to and including `last`, as the database has them now.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub(crate) async fn read(&self, tx: &mut Tx, municipality: &str, first: i32, last: i32) -> Result<Arc<Tally>> {
        let mut kept = self.0.lock().await;
        let changes = store::changes(tx, municipality).await?;
        if let Some(tally) = kept.as_ref().filter(|t| t.changes == changes && t.first == first && t.last() == last) {
            return Ok(tally.clone());
        }
        let mut tally = kept.as_deref().cloned().unwrap_or_default();
        tally.refresh(tx, municipality, first, last).await?;
        let tally = Arc::new(tally);
        *kept = Some(tally.clone());
        Ok(tally)
    }
}

impl Tally {
    fn last(&self) -> i32 {
        self.first + self.days.len() as i32 - 1
    }

    /// Brings the days from `first` to `last` up to date; older and later ones are dropped.
    async fn refresh(&mut self, tx: &mut Tx, municipality: &str, first: i32, last: i32) -> Result<()> {
        // read before the signals: a change between the two reads is then seen twice, never missed
        let numbers = store::changes_by_day(tx, municipality).await?;
        let mut changes: HashMap<i32, i64> = HashMap::new();
        let mut total = 0;
        for line in numbers.lines() {
            if let Some((day, n)) =
                line.split_once(',').and_then(|(d, n)| Some((d.parse().ok()?, n.parse::<i64>().ok()?)))
            {
                *changes.entry(day).or_default() += n;
                total += n;
            }
        }
        let mut days = vec![Day { changes: -1, ..Day::default() }; (last - first + 1).max(0) as usize];
        for (day, kept) in (self.first..).zip(self.days.drain(..)) {
            if let Some(place) = usize::try_from(day - first).ok().and_then(|i| days.get_mut(i)) {
                *place = kept;
            }
        }
        (self.first, self.days, self.changes) = (first, days, total);
        let now = |day: i32| changes.get(&day).copied().unwrap_or(0);
        let mut day = first;
        while day <= last {
            let stale =
                |tally: &Self, day: i32| tally.days.get((day - first) as usize).is_some_and(|d| d.changes != now(day));
            if !stale(self, day) {
                day += 1;
                continue;
            }
            let mut end = day;
            while end < last && end - day + 1 < CHUNK && stale(self, end + 1) {
                end += 1;
            }
            let text = store::signals(tx, municipality, day, end).await?;
            let mut read: Vec<Vec<Count>> = vec![Vec::new(); (end - day + 1) as usize];
            for (on, count) in text.lines().filter_map(|line| self.names.count(line)) {
                if let Some(list) = usize::try_from(on - day).ok().and_then(|i| read.get_mut(i)) {
                    list.push(count);
                }
            }
            for (on, counts) in (day..).zip(read) {
                if let Some(place) = self.days.get_mut((on - first) as usize) {
                    *place = Day { counts: counts.into(), changes: now(on) };
                }
            }
            day = end + 1;
        }
        Ok(())
    }

    /// The first day on which there is anything.
    pub(crate) fn begin(&self) -> Option<i32> {
        (self.first..).zip(&self.days).find(|(_, d)| !d.counts.is_empty()).map(|(day, _)| day)
    }

    /// The days from `from` up to and including `to` with their counts, in order.
    pub(crate) fn between(&self, from: i32, to: i32) -> impl Iterator<Item = (i32, &[Count])> {
        let skip = from.saturating_sub(self.first).max(0) as usize;
        (self.first..)
            .zip(&self.days)
            .skip(skip)
            .take_while(move |(day, _)| *day <= to)
            .map(|(day, d)| (day, &*d.counts))
    }

    pub(crate) fn cells(&self) -> &[Cell] {
        &self.names.cells
    }

    pub(crate) fn areas(&self) -> &[String] {
        &self.names.areas
    }

    pub(crate) fn categories(&self) -> &[String] {
        &self.names.categories
    }

    /// Signals and bytes, for the log.
    pub(crate) fn size(&self) -> (usize, usize) {
        let counts: usize = self.days.iter().map(|d| d.counts.len()).sum();
        (counts, counts * size_of::<Count>() + self.days.len() * size_of::<Day>())
    }
}

impl Names {
    /// Reads one line of [`store::signals`]: day, hour, category, source, cell x, cell y, area; what is not known is
    /// empty. A line that cannot be read (there is none, unless somebody wrote into the database) is left out.
    fn count(&mut self, line: &str) -> Option<(i32, Count)> {
        let mut fields = line.splitn(7, ',');
        let mut next = || fields.next().unwrap_or_default();
        let (day, hour, category, source, x, y, area) = (next(), next(), next(), next(), next(), next(), next());
        let source = super::number(source.parse::<Source>().ok()?);
        let cell = x.parse().ok().zip(y.parse().ok()).map(|(x, y)| Cell { x, y });
        let count = Count {
            cell: cell.map_or(NO_CELL, |cell| {
                *self.cell.entry(cell).or_insert_with(|| {
                    self.cells.push(cell);
                    self.cells.len() as u32 - 1
                })
            }),
            area: if area.is_empty() { NO_AREA } else { number(&mut self.area, &mut self.areas, area) },
            category: number(&mut self.category, &mut self.categories, category),
            hour: hour.parse().ok()?,
            source,
        };
        Some((day.parse().ok()?, count))
    }
}

/// The number of a name; a new name gets the next, up to 65,534.
fn number(numbers: &mut HashMap<String, u16>, names: &mut Vec<String>, name: &str) -> u16 {
    if let Some(number) = numbers.get(name) {
        return *number;
    }
    let number = names.len().min(usize::from(u16::MAX) - 1) as u16;
    names.push(name.to_owned());
    numbers.insert(name.to_owned(), number);
    number
}
