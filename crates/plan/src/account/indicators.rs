//! Indicators computed from what was recorded in a year. Pure: rows in, readings out.
//!
//! A year without records is missing, not zero. Sources are kept apart: an indicator counts only the sources that it
//! names. Signals belong to the year in which they were reported.

use super::quantile::quantile;
use crate::model::{Indicator, MeasureKind, MeasureSource};
use jiff::civil::Date;
use kit::text_enum;
use picture::interval::{self, Range, Shown};
use std::collections::HashMap;

/// Confidence level of every interval.
pub const LEVEL: f64 = 0.95;

/// A day in the bins of [`Lasting`].
pub const BINS_A_DAY: f64 = 10.0;

/// Signals of one category and source, reported in one year.
#[derive(Clone, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct Tally {
    /// Category id.
    pub category: String,
    /// Source of the signals.
    pub source: String,
    /// How many.
    pub n: i64,
    /// Of these, handled (state done) now.
    pub done: i64,
    /// Of these, not cancelled, and closed or past their term: those of which is known whether they were in time.
    pub judged: i64,
    /// Of the judged, closed before the term ended.
    pub in_term: i64,
}

/// Signals that were taken up again after they had been handled.
#[derive(Clone, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct Again {
    /// Category id.
    pub category: String,
    /// Source of the signals.
    pub source: String,
    /// How many.
    pub n: i64,
    /// Of these, not handled now.
    pub open: i64,
}

/// How long handling lasted: handled signals per tenth of a day.
#[derive(Clone, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct Lasting {
    /// Category id.
    pub category: String,
    /// Source of the signals.
    pub source: String,
    /// Whole tenths of days from report to handled.
    pub bin: i64,
    /// How many.
    pub n: i64,
}

/// What officers recorded in a year.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Patrol {
    /// Hours of presence; `None` when nothing was recorded.
    pub hours: Option<f64>,
    /// Rounds that were walked.
    pub rounds: u64,
    /// Visits by category of the place; empty when no round was walked.
    pub visits: Vec<Visits>,
    /// Whether the records hold the whole year.
    pub whole: Whole,
}

/// Visits for one category.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Visits {
    /// Category id; empty when the visit was for no category.
    pub category: String,
    /// Visits.
    pub n: u64,
    /// Visits at which the officer acted.
    pub with_action: u64,
    /// Visits that ended with a warning.
    pub warnings: u64,
}

/// How soon reports were visited.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Responses {
    /// Whole tenths of days until the first visit, with how many reports.
    pub bins: Vec<(i64, u64)>,
    /// All reports, visited or not.
    pub of: u64,
}

impl Responses {
    /// Reports whose place was visited.
    #[must_use]
    pub fn visited(&self) -> u64 {
        self.bins.iter().map(|bin| bin.1).sum()
    }
}

/// Places where an officer acted, and those with a new report afterwards.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Repeats {
    /// Places.
    pub places: u64,
    /// Of these, with a new report.
    pub again: u64,
}

/// Sanctions of a period, as they may be known here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sanctions {
    /// Numbers per month, modality and group; `None` when nothing was counted yet.
    pub numbers: Option<Vec<Sanctioned>>,
    /// A number that is kept back is at least 1 and below this.
    pub bound: u64,
    /// Whether the numbers hold the whole period.
    pub whole: Whole,
}

/// A number of sanctions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sanctioned {
    /// Word of the modality.
    pub modality: String,
    /// Group of offences.
    pub group: String,
    /// How many; `None` where it is too small to say.
    pub many: Option<u64>,
}

text_enum! {
    /// What was filled in by hand.
    pub enum Status {
        /// A value.
        Value = "value",
        /// Not known.
        Missing = "missing",
        /// Known, but too small to show; the number itself is not kept.
        Suppressed = "suppressed",
    }
}

/// A value that was filled in by hand.
#[derive(Clone, Debug, PartialEq)]
pub struct Manual {
    /// Which of the three.
    pub status: Status,
    /// The value, when there is one.
    pub value: Option<f64>,
    /// The interval of a survey.
    pub interval: Option<(f64, f64)>,
    /// How many people answered, when that was filled in.
    pub respondents: Option<u64>,
    /// Where it was taken from.
    pub origin: String,
}

/// All that was recorded of one year, or of another period.
#[derive(Clone, Debug, Default)]
pub struct YearData {
    /// Counts of signals.
    pub tallies: Vec<Tally>,
    /// Signals taken up again.
    pub again: Vec<Again>,
    /// Durations.
    pub lasting: Vec<Lasting>,
    /// Rounds.
    pub patrol: Patrol,
    /// How soon reports were visited, by indicator; none before anything was visited.
    pub responses: HashMap<String, Responses>,
    /// Places with new reports, by indicator; none before anything was visited.
    pub repeats: HashMap<String, Repeats>,
    /// Numbers of sanctions.
    pub sanctions: Sanctions,
    /// Values filled in by hand, by indicator.
    pub manual: HashMap<String, Manual>,
    /// How many times as much as chance the counts of an indicator vary within the years up to this one; none means 1.
    pub dispersion: HashMap<String, f64>,
    /// Inhabitants: the figure and its year.
    pub inhabitants: Option<(f64, i16)>,
    /// Whether the signals hold the whole year.
    pub whole: Whole,
}

/// Whether records hold a whole year.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Whole {
    /// All of it.
    #[default]
    Yes,
    /// The year is not over.
    Running,
    /// Recording began on this day.
    Since(Date),
}

/// The value of an indicator.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Value {
    /// In the indicator's unit.
    pub value: f64,
    /// 95 % interval; none for a full registration. Of sanctions: what the number is at least and at most, where some
    /// are kept back.
    pub interval: Option<(f64, f64)>,
}

impl Value {
    fn of(range: Range) -> Self {
        Self { value: range.value, interval: Some((range.low, range.high)) }
    }

    fn exact(value: f64) -> Self {
        Self { value, interval: None }
    }

    /// The value with its interval; a full registration is its own interval.
    #[must_use]
    pub fn range(&self) -> Range {
        let (low, high) = self.interval.unwrap_or((self.value, self.value));
        Range { low, value: self.value, high }
    }
}

/// An indicator in one year.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// The year.
    pub year: i16,
    /// Value, suppressed or missing.
    pub shown: Shown<Value>,
    /// How many records it rests on, where that says something.
    pub of: Option<u64>,
    /// How many reports those were taken from, where the others were not visited.
    pub out_of: Option<u64>,
    /// Whether the records hold the whole year.
    pub whole: Whole,
    /// Where a value filled in by hand was taken from.
    pub origin: String,
}

impl Reading {
    /// The value, when there is one to show.
    #[must_use]
    pub fn value(&self) -> Option<Value> {
        self.shown.value()
    }

    /// The value, when it may be compared with other years: a sum over part of a year may not.
    #[must_use]
    pub fn comparable(&self, indicator: &Indicator) -> Option<Value> {
        let adds_up = indicator.measure.kind.adds_up();
        self.value().filter(|_| self.whole == Whole::Yes || !adds_up)
    }
}

/// Reads an indicator from the records of a year; `main_of` gives the main category of a category.
#[must_use]
pub fn read<'a>(indicator: &Indicator, year: i16, data: &YearData, main_of: &dyn Fn(&str) -> &'a str) -> Reading {
    let measure = &indicator.measure;
    let counts =
        |category: &str, source: &str| measure.counts_source(source) && measure.covers(category, main_of(category));
    let recorded = data.tallies.iter().any(|t| measure.counts_source(&t.source) && t.n > 0);
    let sum = |part: fn(&Tally) -> i64| -> u64 {
        let of = data.tallies.iter().filter(|t| counts(&t.category, &t.source));
        of.map(|t| u64::try_from(part(t)).unwrap_or(0)).sum()
    };
    let count = |n: u64| {
        let dispersion = data.dispersion.get(&indicator.id).copied().unwrap_or(1.0);
        interval::count_negative_binomial(n, dispersion, LEVEL)
    };
    let by_hand = data.manual.get(&indicator.id).filter(|_| measure.kind == MeasureKind::Manual);
    let responses = data.responses.get(&indicator.id).filter(|_| measure.kind.responds());
    let nothing = (Shown::Missing, None);
    let (shown, of) = match measure.kind {
        MeasureKind::Manual => (by_hand.map_or(Shown::Missing, filled_in), by_hand.and_then(|m| m.respondents)),
        MeasureKind::PresenceHours => (data.patrol.hours.map(Value::exact).map_or(Shown::Missing, Shown::Value), None),
        MeasureKind::Visits => (visits(data, &counts, |v| v.n), None),
        MeasureKind::VisitsWithAction => (visits(data, &counts, |v| v.with_action), None),
        MeasureKind::Warnings => (visits(data, &counts, |v| v.warnings), None),
        MeasureKind::ResponseMedian => responses.map_or(nothing, |r| quantile(r.bins.iter().copied(), 0.5)),
        MeasureKind::ResponseNineTenths => responses.map_or(nothing, |r| quantile(r.bins.iter().copied(), 0.9)),
        MeasureKind::VisitedShare => responses.map_or(nothing, |r| share(r.visited(), r.of)),
        MeasureKind::RepeatShare => {
            data.repeats.get(&indicator.id).map_or(nothing, |found| share(found.again, found.places))
        }
        MeasureKind::Sanctions => (sanctions(indicator, &data.sanctions), None),
        _ if !recorded => (Shown::Missing, None),
        MeasureKind::Count => (Shown::Value(Value::of(count(sum(|t| t.n)))), None),
        MeasureKind::PerThousand => {
            let n = sum(|t| t.n);
            let base = data.inhabitants.map(|(base, _)| base).filter(|base| *base > 0.0);
            let rate = base.map(|base| count(n).times(1000.0 / base));
            (rate.map(Value::of).map_or(Shown::Missing, Shown::Value), Some(n))
        }
        MeasureKind::ShareInTerm => share(sum(|t| t.in_term), sum(|t| t.judged)),
        MeasureKind::ReopenedShare => {
            let of = |part: fn(&Again) -> i64| -> u64 {
                let of = data.again.iter().filter(|a| counts(&a.category, &a.source));
                of.map(|a| u64::try_from(part(a)).unwrap_or(0)).sum()
            };
            share(of(|a| a.n), sum(|t| t.done) + of(|a| a.open))
        }
        MeasureKind::MedianDays => quantile(
            data.lasting
                .iter()
                .filter(|l| counts(&l.category, &l.source))
                .map(|l| (l.bin, u64::try_from(l.n).unwrap_or(0))),
            0.5,
        ),
    };
    let whole = match measure.kind.computed_from() {
        Some(MeasureSource::Signals) => data.whole,
        Some(MeasureSource::Patrol) => data.patrol.whole,
        Some(MeasureSource::Sanctions) => data.sanctions.whole,
        _ => Whole::Yes,
    };
    let out_of = responses.map(|r| r.of);
    Reading { year, shown, of, out_of, whole, origin: by_hand.map(|m| m.origin.clone()).unwrap_or_default() }
}

fn filled_in(manual: &Manual) -> Shown<Value> {
    match (manual.status, manual.value) {
        (Status::Value, Some(value)) => Shown::Value(Value { value, interval: manual.interval }),
        (Status::Suppressed, _) => Shown::Suppressed,
        _ => Shown::Missing,
    }
}

/// Visits are a full registration: no interval. Without any visit in the year nothing was recorded.
fn visits(data: &YearData, counts: &dyn Fn(&str, &str) -> bool, part: fn(&Visits) -> u64) -> Shown<Value> {
    if data.patrol.visits.iter().all(|v| v.n == 0) {
        return Shown::Missing;
    }
    let n: u64 = data.patrol.visits.iter().filter(|v| counts(&v.category, "officer")).map(part).sum();
    Shown::Value(Value::exact(n as f64))
}

/// Percentage `k` of `n` with its Wilson interval; missing when there is nothing to take a share of.
fn share(k: u64, n: u64) -> (Shown<Value>, Option<u64>) {
    let range = if n == 0 { None } else { interval::proportion(k as f64 / n as f64, n as f64, 1.0, LEVEL) };
    (range.map(|r| Value::of(r.times(100.0))).map_or(Shown::Missing, Shown::Value), Some(n))
}

/// The sanctions that count. Where numbers are kept back, the sum lies between what it is at least and at most; a sum
/// that is small itself is not shown.
fn sanctions(indicator: &Indicator, counted: &Sanctions) -> Shown<Value> {
    let Some(numbers) = &counted.numbers else { return Shown::Missing };
    let mine = numbers.iter().filter(|n| indicator.measure.counts_sanction(&n.modality, &n.group));
    let (known, kept_back) = mine.fold((0, 0), |(known, kept_back), n| match n.many {
        Some(many) => (known + many, kept_back),
        None => (known, kept_back + 1),
    });
    let (low, high) = (known + kept_back, known + kept_back * counted.bound.saturating_sub(1));
    match kept_back {
        0 => Shown::Value(Value::exact(known as f64)),
        _ if low < counted.bound => Shown::Suppressed,
        _ => Shown::Value(Value { value: low as f64, interval: Some((low as f64, high as f64)) }),
    }
}

#[cfg(test)]
mod tests;
