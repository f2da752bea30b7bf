//! Measures and their effect: an approach, a campaign, a camera or a condition in some neighbourhoods, what could be
//! seen of it at all (said before it starts), and what the counts say since.
//!
//! The mathematics is [`picture::effect`]; here the counts are gathered. The comparison areas are the municipality's
//! other neighbourhoods, without those around the measure and without those where another measure about the same
//! ran in the weeks that are looked at.

pub mod ops;
mod outcome;
pub mod seed;
mod store;
mod told;
pub mod web;

pub use outcome::{Outcome, outcome};

use crate::config::reports;
use crate::seen::Seen;
use kit::{At, Uuid};
use picture::effect::{Donor, Effect, Power, Study, Why, effect, power};
use picture::history::{monday, week_of};

/// A measure.
#[derive(Clone, Debug, PartialEq)]
pub struct Measure {
    /// Id.
    pub id: Uuid,
    /// What it is called.
    pub title: String,
    /// Kind, an id of `picture.toml`.
    pub kind: String,
    /// What it is meant to do, in words.
    pub goal: String,
    /// Codes of its neighbourhoods.
    pub areas: Vec<String>,
    /// Main categories that it is about.
    pub subjects: Vec<String>,
    /// First day, in days since 1970-01-01.
    pub starts_on: i32,
    /// Last day; `None` goes on.
    pub ends_on: Option<i32>,
    /// What could be seen, as told when it was written down.
    pub power: Power,
    /// What people concluded; empty when they did not yet.
    pub conclusion: String,
    /// When they did.
    pub concluded_at: Option<At>,
    /// When it was withdrawn: it was never carried out.
    pub withdrawn_at: Option<At>,
    /// When it was written down.
    pub made_at: At,
    /// Counts changes.
    pub version: i64,
}

/// Where a measure stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// It starts later.
    Planned,
    /// It is going on.
    Running,
    /// Its last day is past.
    Ended,
    /// It was never carried out.
    Withdrawn,
}

impl Stage {
    /// The word in locale keys.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Running => "running",
            Self::Ended => "ended",
            Self::Withdrawn => "withdrawn",
        }
    }
}

impl Measure {
    /// Where it stands on `today`.
    #[must_use]
    pub fn stage(&self, today: i32) -> Stage {
        match (self.withdrawn_at, self.ends_on) {
            (Some(_), _) => Stage::Withdrawn,
            (None, Some(end)) if end < today => Stage::Ended,
            _ if self.starts_on > today => Stage::Planned,
            _ => Stage::Running,
        }
    }

    /// Whether another measure about the same spoils the comparison in these weeks.
    fn meets(&self, other: &Self) -> bool {
        self.id != other.id
            && other.withdrawn_at.is_none()
            && other.subjects.iter().any(|s| self.subjects.contains(s))
            && self.ends_on.is_none_or(|end| other.starts_on <= end)
    }
}

/// The counts around a measure.
pub(crate) struct Around {
    /// As [`effect`] takes them; `end` is the week after the last complete one.
    pub(crate) study: Study,
    /// Monday of week 0.
    pub(crate) first_monday: i32,
    /// Codes of the neighbourhoods around it.
    pub(crate) ring: Vec<String>,
    /// Weeks before the start that are partly after it.
    torn: usize,
}

impl Around {
    /// Gathers the counts of what residents and partners reported; never what officers found themselves.
    pub(crate) fn of(seen: &Seen, measure: &Measure, others: &[Measure]) -> Self {
        let categories = categories(seen, &measure.subjects);
        let mut filter = reports();
        filter.categories = Some(categories);
        let weeks = seen.weeks(&filter);
        let length = weeks.total.len();
        let ring: Vec<String> = seen
            .sheet
            .around(&measure.areas, seen.config.effect.ring_metres)
            .into_iter()
            .map(|a| a.code.clone())
            .collect();
        let sum = |codes: &[String]| {
            let mut out = vec![0u32; length];
            for row in codes.iter().filter_map(|c| weeks.areas.get(seen.area_number(c)? as usize)) {
                out.iter_mut().zip(row).for_each(|(a, b)| *a += b);
            }
            out
        };
        let elsewhere: Vec<&Measure> = others.iter().filter(|o| measure.meets(o)).collect();
        let free = |code: &String| {
            !measure.areas.contains(code) && !ring.contains(code) && !elsewhere.iter().any(|o| o.areas.contains(code))
        };
        let donors = seen
            .sheet
            .neighbourhoods()
            .filter(|a| free(&a.code))
            .map(|a| Donor { name: a.code.clone(), counts: sum(std::slice::from_ref(&a.code)) });
        let week = |day: i32| (week_of(day) - weeks.first).max(0) as usize;
        let start = week(measure.starts_on.saturating_add(6));
        let last = measure.ends_on.map_or(length, |end| week(end.saturating_add(1)));
        Self {
            study: Study {
                start: start.min(length),
                end: last.min(length),
                treated: sum(&measure.areas),
                ring: (!ring.is_empty()).then(|| sum(&ring)),
                donors: donors.collect(),
            },
            first_monday: monday(weeks.first),
            ring,
            torn: usize::from(monday(week_of(measure.starts_on)) != measure.starts_on),
        }
    }

    /// The effect so far; heavy, not for the request's thread.
    ///
    /// # Errors
    /// What keeps it from being told.
    pub(crate) fn effect(&self, seen: &Seen) -> Result<Effect, Why> {
        let mut rules = seen.config.effect.rules.clone();
        rules.leave_out = rules.leave_out.max(self.torn);
        effect(&self.study, &rules)
    }

    /// What could be seen in so many weeks, told from what was counted before the start.
    pub(crate) fn power(&self, seen: &Seen, weeks: u32) -> Power {
        let until = self.study.start;
        let cut = |counts: &[u32]| counts.iter().take(until).copied().collect::<Vec<_>>();
        let before = Study {
            start: until,
            end: until,
            treated: cut(&self.study.treated),
            ring: None,
            donors: self.study.donors.iter().map(|d| Donor { name: d.name.clone(), counts: cut(&d.counts) }).collect(),
        };
        power(&before, weeks, &seen.config.effect.rules)
    }
}

/// The numbers of the categories of some main categories.
pub(crate) fn categories(seen: &Seen, subjects: &[String]) -> Vec<u16> {
    let wanted = |g: &u16| seen.lists.groups.get(usize::from(*g)).is_some_and(|id| subjects.contains(id));
    (0u16..).zip(&seen.lists.group_of).filter(|(_, g)| wanted(g)).map(|(c, _)| c).collect()
}

/// The length of a measure in weeks, or what the form speaks about when it has no end.
pub(crate) fn length(seen: &Seen, measure: &Measure) -> u32 {
    let days = measure.ends_on.map(|end| (end - measure.starts_on + 1).max(7) as u32);
    days.map_or(seen.config.effect.weeks, |days| days.div_ceil(7))
}
