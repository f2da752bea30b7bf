//! Figures in words: numbers with their unit and interval, why there is none, and what may be concluded.

use super::indicators::{Reading, Value, Whole};
use super::judge::{self, Change, Goal};
use super::paper::Tone;
use crate::model::{Indicator, MeasureKind};
use kit::Words;
use picture::interval::Shown;

/// Says figures in one language.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Say<'a>(pub &'a Words);

impl Say<'_> {
    fn lang(&self) -> &str {
        self.0.language()
    }

    /// Name of an indicator.
    pub fn name(&self, indicator: &Indicator) -> String {
        indicator.name.get(self.lang()).to_owned()
    }

    /// A number of this indicator; percentages with their sign.
    pub fn number(&self, indicator: &Indicator, value: f64) -> String {
        let decimals = match indicator.measure.kind {
            MeasureKind::PerThousand
            | MeasureKind::MedianDays
            | MeasureKind::ReopenedShare
            | MeasureKind::ResponseMedian
            | MeasureKind::ResponseNineTenths => 1,
            MeasureKind::Manual if value.fract().abs() > 1e-9 => 1,
            _ => 0,
        };
        let number = self.0.number(value, decimals);
        if indicator.unit.get(self.lang()) == "%" { format!("{number}\u{a0}%") } else { number }
    }

    /// The number of a value; of sanctions of which some are kept back that there are at least so many.
    pub fn figure(&self, indicator: &Indicator, value: &Value) -> String {
        let number = self.number(indicator, value.value);
        match (indicator.measure.kind, value.interval) {
            (MeasureKind::Sanctions, Some(_)) => self.0.t1("plan-at-least", "number", &number),
            _ => number,
        }
    }

    /// The value with its unit in words, for a running text.
    pub fn with_unit(&self, indicator: &Indicator, value: &Value) -> String {
        let unit = indicator.unit.get(self.lang());
        let number = self.figure(indicator, value);
        if unit == "%" { number } else { format!("{number} {unit}") }
    }

    /// `279 tot 348`; empty for a full registration. Of sanctions of which some are kept back: the most there can be.
    pub fn interval(&self, indicator: &Indicator, value: &Value) -> String {
        value.interval.map_or_else(String::new, |(low, high)| {
            let (low, high) = (self.number(indicator, low), self.number(indicator, high));
            match indicator.measure.kind {
                MeasureKind::Sanctions => self.0.t1("plan-at-most", "number", &high),
                _ => self.0.ta("plan-interval", &[("low", low.into()), ("high", high.into())]),
            }
        })
    }

    /// On how many records a share or duration rests, as a sentence; empty where that says nothing.
    pub fn rests_on(&self, indicator: &Indicator, reading: &Reading) -> String {
        let whole = |n: u64| self.0.whole(i64::try_from(n).unwrap_or(i64::MAX));
        let within = ("days", indicator.measure.within_days.into());
        match (indicator.measure.kind, reading.of, reading.out_of) {
            (MeasureKind::RepeatShare, Some(of), _) if of > 0 => {
                self.0.ta("plan-rests-places", &[("n", whole(of).into()), within])
            }
            (kind, Some(of), Some(all)) if kind.responds() && all > 0 => {
                // of the share itself `of` are all reports: its own value says how many were visited
                let visited = match (kind, reading.value()) {
                    (MeasureKind::VisitedShare, Some(v)) => (v.value * all as f64 / 100.0).round() as u64,
                    _ => of,
                };
                let never = all.saturating_sub(visited);
                let values = [
                    ("all", whole(all).into()),
                    ("visited", whole(visited).into()),
                    ("never", whole(never).into()),
                    ("share", self.0.percent(never as f64 / all as f64).into()),
                    within,
                ];
                self.0.ta("plan-rests-reports", &values)
            }
            _ => String::new(),
        }
    }

    /// ` (95%-marge 279 tot 348)`, to put behind a value; empty for a full registration.
    fn margin(&self, indicator: &Indicator, value: &Value) -> String {
        match self.interval(indicator, value) {
            interval if interval.is_empty() => interval,
            interval if indicator.measure.kind == MeasureKind::Sanctions => format!(" ({interval})"),
            interval => format!(" {}", self.0.t1("plan-margin", "interval", &interval)),
        }
    }

    /// Why there is no value.
    pub fn absent(&self, indicator: &Indicator, reading: &Reading) -> String {
        let key = match (reading.shown, indicator.measure.kind) {
            (Shown::Suppressed, _) => "plan-absent-suppressed",
            (_, MeasureKind::Manual) => "plan-absent-manual",
            _ => "plan-absent-records",
        };
        self.0.t1(key, "year", &reading.year.to_string())
    }

    /// The value, or why there is none.
    pub fn value_or_why(&self, indicator: &Indicator, reading: &Reading) -> String {
        match reading.value() {
            Some(value) => self.figure(indicator, &value),
            None => self.absent(indicator, reading),
        }
    }

    /// The value, or in short that there is none.
    pub fn value_or_dash(&self, indicator: &Indicator, reading: &Reading) -> String {
        match reading.shown {
            Shown::Value(value) => self.figure(indicator, &value),
            Shown::Suppressed => self.0.t("plan-suppressed"),
            Shown::Missing => self.0.t("plan-no-value"),
        }
    }

    /// What is missing of the year; empty when nothing is.
    pub fn incomplete(&self, reading: &Reading) -> String {
        match (reading.whole, reading.value()) {
            (Whole::Running, Some(_)) => self.0.t("plan-year-running"),
            (Whole::Since(day), Some(_)) => self.0.t1("plan-year-since", "day", &self.0.day(day)),
            _ => String::new(),
        }
    }

    /// That the method changed in or just before the years compared; empty when it did not.
    pub fn method_break(&self, indicator: &Indicator, year: i16) -> String {
        match indicator.method_break.iter().rfind(|b| **b <= year) {
            Some(b) => self.0.t1("plan-method-break", "year", &b.to_string()),
            None => String::new(),
        }
    }

    /// The goal in words; empty for none.
    pub fn target(&self, indicator: &Indicator) -> String {
        let Some(target) = &indicator.target else { return String::new() };
        let text = match (&target.text, target.value) {
            (Some(text), _) => text.get(self.lang()).to_owned(),
            (None, Some(value)) => {
                let values =
                    [("value", self.number(indicator, value).into()), ("year", target.year.to_string().into())];
                self.0.ta("plan-target-value", &values)
            }
            (None, None) => String::new(),
        };
        if target.example { self.0.t1("plan-target-example", "text", &text) } else { text }
    }

    /// How the figure stands to its goal, or else to the year before.
    pub fn verdict(&self, indicator: &Indicator, reading: &Reading, before: &Reading) -> (Tone, String) {
        let of_example = indicator.target.as_ref().is_some_and(|t| t.example);
        let example = if of_example { format!(" {}", self.0.t("plan-goal-example")) } else { String::new() };
        let (tone, key) = match judge::goal(indicator, reading) {
            Goal::Reached => (Tone::Good, "plan-goal-reached"),
            Goal::Short => (Tone::Short, "plan-goal-short"),
            Goal::Within => (Tone::Open, "plan-goal-within"),
            Goal::Incomplete => (Tone::None, "plan-goal-incomplete"),
            Goal::NoValue => (Tone::None, "plan-goal-no-value"),
            Goal::Later(year) => return (Tone::None, self.0.t1("plan-goal-later", "year", &year.to_string())),
            Goal::None | Goal::InWords => {
                let change = self.change(indicator, reading, before);
                let none = change.is_empty();
                return (Tone::None, if none { self.0.t("plan-goal-none") } else { change });
            }
        };
        (tone, format!("{}{example}", self.0.t(key)))
    }

    /// What changed since the other year, as a short clause; empty when nothing can be said.
    pub fn change(&self, indicator: &Indicator, reading: &Reading, before: &Reading) -> String {
        // of two full registrations each difference is a fact and nothing has to be shown
        let counted = [reading, before].iter().all(|r| r.value().is_some_and(|v| v.interval.is_none()));
        let key = match judge::change(indicator, reading, before) {
            Change::NoValue => return self.incomplete(reading),
            Change::Break(year) => return self.0.t1("plan-change-break", "year", &year.to_string()),
            Change::Higher if counted => "plan-change-counted-higher",
            Change::Lower if counted => "plan-change-counted-lower",
            Change::Higher => "plan-change-higher",
            Change::Lower => "plan-change-lower",
            Change::NoDifference => "plan-change-none",
        };
        self.0.t1(key, "year", &before.year.to_string())
    }

    /// The whole figure in one line: `Meldingen van hondenpoep: 312 (95%-marge 279 tot 348). Geen aantoonbaar verschil
    /// met 2023.`
    pub fn line(&self, indicator: &Indicator, reading: &Reading, before: &Reading) -> String {
        let name = self.name(indicator);
        let Some(value) = reading.value() else {
            let why = self.absent(indicator, reading);
            return self.0.ta("plan-line-absent", &[("name", name.into()), ("why", why.into())]);
        };
        let number = self.with_unit(indicator, &value);
        let figure = format!("{number}{}", self.margin(indicator, &value));
        let line = self.0.ta("plan-line", &[("name", name.into()), ("figure", figure.into())]);
        match self.change(indicator, reading, before) {
            change if change.is_empty() => line,
            change => format!("{line} {change}"),
        }
    }

    /// Proposals that follow from a rule: a figure outside its goal, or one that clearly went the wrong way.
    pub fn proposals(&self, indicator: &Indicator, reading: &Reading, before: &Reading) -> Vec<String> {
        let Some(value) = reading.value() else { return vec![] };
        let number = self.number(indicator, value.value);
        let figure = format!("{number}{}", self.margin(indicator, &value));
        let mut found = Vec::new();
        if judge::goal(indicator, reading) == Goal::Short {
            let values = [
                ("name", self.name(indicator).into()),
                ("figure", figure.clone().into()),
                ("target", self.target(indicator).into()),
            ];
            found.push(self.0.ta("plan-proposal-goal", &values));
        }
        if judge::change(indicator, reading, before).is_worse(indicator.direction) {
            let was = before.value().map(|v| self.number(indicator, v.value)).unwrap_or_default();
            let values = [
                ("name", self.name(indicator).into()),
                ("figure", figure.into()),
                ("was", was.into()),
                ("year", before.year.to_string().into()),
            ];
            found.push(self.0.ta("plan-proposal-change", &values));
        }
        found
    }

    /// `2021 tot en met 2024`.
    pub fn period(&self, from: i16, to: i16) -> String {
        self.0.ta("plan-period", &[("from", from.to_string().into()), ("to", to.to_string().into())])
    }

    /// `kwartaal 2 tot en met 4`.
    pub fn quarters(&self, from: u8, to: u8) -> String {
        match (from, to) {
            (1, 4) => self.0.t("plan-quarters-all"),
            (from, to) if from == to => self.0.t1("plan-quarter", "n", &from.to_string()),
            (from, to) => {
                self.0.ta("plan-quarters", &[("from", from.to_string().into()), ("to", to.to_string().into())])
            }
        }
    }

    /// An amount in whole euros; empty for none.
    pub fn euros(&self, amount: Option<i64>) -> String {
        amount.map(|a| format!("€\u{a0}{}", self.0.whole(a))).unwrap_or_default()
    }

    /// Where the value comes from.
    pub fn origin(&self, indicator: &Indicator, reading: &Reading) -> String {
        if reading.origin.is_empty() {
            self.0.t(&format!("plan-origin-{}", indicator.source))
        } else {
            reading.origin.clone()
        }
    }
}
