//! Counts per week, category and area in one pass over what is in memory.

use super::Seen;
use super::tally::NO_AREA;
use picture::Filter;
use picture::history::{monday, week_of};
use std::ops::AddAssign;

/// Counts of complete weeks up to the week of today, and of each day.
pub(crate) struct Weeks {
    /// The first complete week (see [`week_of`]).
    pub(crate) first: i32,
    /// Per category of the lists its weeks, in the areas of the filter.
    pub(crate) categories: Vec<Vec<u32>>,
    /// Per area of the sheet its weeks, all areas.
    pub(crate) areas: Vec<Vec<u32>>,
    /// All weeks, in the areas of the filter.
    pub(crate) total: Vec<u32>,
    /// The first day of [`Weeks::days`].
    pub(crate) first_day: i32,
    /// Per day up to and including today, in the areas of the filter.
    pub(crate) days: Vec<u32>,
}

impl Weeks {
    /// The weeks of some categories together.
    pub(crate) fn of_categories(&self, categories: impl IntoIterator<Item = u16>) -> Vec<u32> {
        let mut sum = vec![0; self.total.len()];
        for weeks in categories.into_iter().filter_map(|c| self.categories.get(usize::from(c))) {
            sum.iter_mut().zip(weeks).for_each(|(a, b)| a.add_assign(b));
        }
        sum
    }

    /// Events from `from` up to and including `to`.
    pub(crate) fn between(&self, from: i32, to: i32) -> u64 {
        let days = (self.first_day..).zip(&self.days);
        days.filter(|(day, _)| (from..=to).contains(day)).map(|(_, n)| u64::from(*n)).sum()
    }

    /// The number of the week of a day in these lists.
    pub(crate) fn number(&self, day: i32) -> usize {
        usize::try_from(week_of(day) - self.first).unwrap_or(0)
    }

    /// The Monday of week number `i`.
    pub(crate) fn monday(&self, i: usize) -> i32 {
        monday(self.first + i as i32)
    }
}

impl Seen {
    /// How often each of these categories was reported by residents and partners from `from` up to and including `to`
    /// (days since 1970-01-01), in these neighbourhoods; `areas` empty is the whole municipality.
    #[must_use]
    pub fn counted(&self, categories: &[String], areas: &[String], from: i32, to: i32) -> Vec<u64> {
        let number = |id: &String| self.lists.categories.iter().position(|c| c == id);
        let numbers: Vec<Option<usize>> = categories.iter().map(number).collect();
        let inside: Vec<bool> = (self.area_numbers.iter())
            .map(|n| areas.is_empty() || self.area_code(*n).is_some_and(|code| areas.iter().any(|a| a == code)))
            .collect();
        let sources = crate::config::reports().sources;
        let mut out = vec![0; categories.len()];
        for (_, counts) in self.tally.between(from.max(self.history.first_day()), to.min(self.today)) {
            for c in counts {
                let here = if c.area == NO_AREA { areas.is_empty() } else { inside[usize::from(c.area)] };
                if here && sources >> (c.source & 7) & 1 == 1 {
                    let category = usize::from(self.category_numbers[usize::from(c.category)]);
                    out.iter_mut().zip(&numbers).filter(|(_, n)| **n == Some(category)).for_each(|(sum, _)| *sum += 1);
                }
            }
        }
        out
    }

    /// Counts what passes the sources, categories and areas of `filter`, on all days.
    pub(crate) fn weeks(&self, filter: &Filter) -> Weeks {
        let first_day = self.history.first_day();
        let first = week_of(first_day.saturating_add(6));
        let weeks = (week_of(self.today) - first).max(0) as usize;
        let wanted = self.wanted(filter);
        let inside: Vec<bool> =
            self.area_numbers.iter().map(|n| filter.areas.as_ref().is_none_or(|l| l.contains(n))).collect();
        let nowhere = filter.areas.is_none();
        let mut categories = vec![0u32; self.tally.categories().len() * weeks];
        let mut areas = vec![0u32; self.tally.areas().len() * weeks];
        let mut days = vec![0u32; (self.today - first_day + 1).max(0) as usize];
        for (day, counts) in self.tally.between(first_day, self.today) {
            let week = usize::try_from(week_of(day) - first).ok().filter(|w| *w < weeks);
            let mut n = 0;
            for c in counts {
                if filter.sources >> (c.source & 7) & 1 == 0 || !wanted[usize::from(c.category)] {
                    continue;
                }
                if let Some(week) = week.filter(|_| c.area != NO_AREA) {
                    areas[usize::from(c.area) * weeks + week] += 1;
                }
                if if c.area == NO_AREA { nowhere } else { inside[usize::from(c.area)] } {
                    n += 1;
                    if let Some(week) = week {
                        categories[usize::from(c.category) * weeks + week] += 1;
                    }
                }
            }
            if let Some(place) = days.get_mut((day - first_day) as usize) {
                *place = n;
            }
        }
        let mut out = Weeks {
            first,
            categories: vec![vec![0; weeks]; self.lists.categories.len()],
            areas: vec![vec![0; weeks]; self.sheet.areas.len()],
            total: vec![0; weeks],
            first_day,
            days,
        };
        if weeks == 0 {
            return out;
        }
        for (row, number) in categories.chunks(weeks).zip(self.category_numbers.iter()) {
            let place = &mut out.categories[usize::from(*number)];
            place.iter_mut().zip(row).for_each(|(a, b)| a.add_assign(b));
            out.total.iter_mut().zip(row).for_each(|(a, b)| a.add_assign(b));
        }
        for (row, number) in areas.chunks(weeks).zip(self.area_numbers.iter()) {
            if let Some(place) = out.areas.get_mut(*number as usize) {
                place.iter_mut().zip(row).for_each(|(a, b)| a.add_assign(b));
            }
        }
        out
    }
}
