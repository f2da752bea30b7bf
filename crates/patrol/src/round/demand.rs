//! What asks for visits beside open reports and busy squares: running campaigns and neighbourhoods that had few visits;
//! and what holds visits back: hours of the day, and that somebody was there a short while ago.

use super::VisitKind;
use super::candidates::{Ground, Place, Reason};
use super::value::Draw;
use areas::Cell;
use campaigns::obligation::Obligation;
use jiff::Span;
use jiff::civil::Time;
use kit::{At, Uuid};
use std::collections::{BTreeMap, BTreeSet};

const HOUR: i64 = 3_600_000_000;

/// A visit of the last weeks, made or still to be made.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
pub struct Seen {
    /// When somebody left, or is planned to come.
    pub at: At,
    /// The issue, report or obligation that it was for.
    pub target: Option<Uuid>,
    /// Neighbourhood code.
    pub area: Option<String>,
    /// 200 m cell, east.
    pub cell_x: i64,
    /// 200 m cell, north.
    pub cell_y: i64,
}

impl Ground<'_> {
    /// Between which moments a visit of so many minutes for a category may begin, by which rule, in seconds from the
    /// start of the plan; `None`: at any moment. No window is left when the plan lies outside all of them: the place is
    /// then not reachable, and the page says so.
    pub(super) fn hours(&self, category: &str, minutes: u32) -> Option<(usize, Vec<(i32, i32)>)> {
        let of = |rule: &crate::config::Hours| rule.categories.iter().any(|c| c == category);
        let rule = self.config.hours.iter().position(of)?;
        let hours = self.config.hours.get(rule)?;
        let mut windows = Vec::new();
        let end = self.second(self.times.1);
        let first = self.times.0.local(self.zone).date();
        let mut free = false;
        for days in -1..=2 {
            let Ok(date) = first.checked_add(Span::new().days(days)) else { continue };
            if !hours.weekdays.contains(&date.weekday().to_monday_one_offset()) {
                free |= days == 0;
                continue;
            }
            for &(from, to) in &hours.between {
                let at = |time: Time, later: i64| {
                    let date = date.checked_add(Span::new().days(later)).ok()?;
                    Some(At(date.to_datetime(time).to_zoned(self.zone.clone()).ok()?.timestamp()))
                };
                let (Some(open), Some(close)) = (at(from, 0), at(to, i64::from(to <= from))) else { continue };
                let window = (self.second(open).max(0), self.second(close).min(end) - 60 * minutes.cast_signed());
                if window.0 <= window.1 {
                    windows.push(window);
                }
            }
        }
        if windows.is_empty() && free {
            return None;
        }
        if windows.is_empty() {
            windows.push((-1, -1));
        }
        windows.sort_unstable();
        Some((rule, windows))
    }

    /// Visits that running campaigns still ask for.
    pub(super) fn campaigns(&self, due: Vec<Obligation>) -> Vec<Place> {
        due.into_iter().filter_map(|due| self.campaign(due)).collect()
    }

    fn campaign(&self, due: Obligation) -> Option<Place> {
        if due.category.as_deref().is_some_and(|category| !self.team.takes(category)) {
            return None;
        }
        let mut place = self.place(format!("o-{}", due.id.simple()), VisitKind::Campaign, due.point)?;
        if let Some((from, to)) = due.hours {
            let midnight = self.times.0.local(self.zone).date();
            let at = |hour: u8, days: i64| {
                let days = days + i64::from(hour / 24);
                let date = midnight.checked_add(Span::new().days(days)).ok()?;
                let time = Time::new(i8::try_from(hour % 24).ok()?, 0, 0, 0).ok()?;
                Some(self.second(At(date.to_datetime(time).to_zoned(self.zone.clone()).ok()?.timestamp())))
            };
            let end = self.second(self.times.1);
            let stay = 60 * due.minutes.cast_signed();
            let windows = (-1..=1).filter_map(|days| Some((at(from, days)?.max(0), at(to, days)?.min(end) - stay)));
            place.windows = windows.filter(|(open, close)| open <= close).collect();
            if place.windows.is_empty() {
                return None;
            }
        }
        if !due.place.is_empty() {
            place.title = due.place;
        }
        place.minutes = due.minutes.max(1);
        place.value = self.weights.campaign.value;
        place.why = vec![Reason::Campaign { title: due.title, left: due.left }];
        (place.target, place.category) = (Some(due.id), due.category);
        Some(place)
    }

    /// Lifts neighbourhoods that had fewer visits than the floor asks: the place there that is worth most gets its
    /// points, or where there is none a square by lot, or the middle of the neighbourhood.
    pub(super) fn floor(&self, places: &mut Vec<Place>, cells: &[Place], seen: &[Seen], draw: &mut Draw) {
        let rule = self.config.equity;
        let since = self.times.0.micros() - rule.weeks * 7 * 24 * HOUR;
        let mut visits: BTreeMap<&str, i64> = BTreeMap::new();
        for one in seen.iter().filter(|one| one.at.micros() >= since) {
            *visits.entry(one.area.as_deref().unwrap_or_default()).or_default() += 1;
        }
        for area in self.sheet.neighbourhoods() {
            let had = visits.get(area.code.as_str()).copied().unwrap_or(0);
            if had >= rule.least {
                continue;
            }
            let here = |place: &Place| place.area.as_deref() == Some(&area.code);
            let reason = Reason::Floor { visits: had, weeks: rule.weeks };
            let best = places.iter_mut().filter(|p| here(p)).max_by(|a, b| a.value.total_cmp(&b.value));
            if let Some(best) = best {
                best.value += self.weights.floor.value;
                best.why.push(reason);
                continue;
            }
            let squares: Vec<&Place> = cells.iter().filter(|p| here(p)).collect();
            let at = draw.order(squares.len()).first().and_then(|i| squares.get(*i)).map(|p| (p.lon, p.lat));
            let at = at.unwrap_or(area.centre);
            let Some(mut place) = self.place(format!("a-{}", area.code), VisitKind::Area, at) else { continue };
            place.value = self.weights.floor.value;
            place.why = vec![reason];
            places.push(place);
        }
    }

    /// Takes out what was visited a short while ago, or is going to be: squares, and reports that are not urgent.
    pub(super) fn spaced(&self, places: &mut Vec<Place>, seen: &[Seen]) {
        let rule = self.config.revisit;
        let after = |hours: i64| self.times.0.micros() - hours * HOUR;
        let cells: BTreeSet<Cell> =
            seen.iter().filter(|s| s.at.micros() > after(rule.cell_hours)).map(|s| (s.cell_x, s.cell_y)).collect();
        let targets: BTreeSet<Uuid> =
            seen.iter().filter(|s| s.at.micros() > after(rule.open_hours)).filter_map(|s| s.target).collect();
        places.retain(|place| match place.target {
            None => !cells.contains(&place.cell),
            Some(_) if place.kind == VisitKind::Campaign || place.why.contains(&Reason::Urgent) => true,
            Some(target) => !targets.contains(&target),
        });
    }
}

/// Lets the points of squares go up and down by lot, so that the busiest of today is not always that of yesterday.
pub(super) fn shuffle(places: &mut [Place], lot: f64, draw: &mut Draw) {
    for place in places.iter_mut().filter(|p| p.is_square()) {
        place.value *= 1.0 + lot * (2.0 * draw.unit() - 1.0);
    }
}

#[cfg(test)]
mod tests;
