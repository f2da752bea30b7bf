//! The front and back of the report: summary, key figures and sources.

use super::Maker;
use crate::account::indicators::{LEVEL, Reading, Whole, YearData};
use crate::account::paper::{KeyFigure, SourceNote};
use crate::account::store::Closed;
use crate::model::{ActionState, MeasureSource};
use picture::interval;

impl Maker<'_> {
    pub(super) fn summary(&self) -> Vec<String> {
        let (words, lang) = (&self.cx.words, self.cx.words.language());
        let mut found = Vec::new();
        if self.cx.app.demo {
            found.push(self.t("year-summary-demo"));
        }
        let programme = self.book.programmes.get(&self.year);
        if let Some(note) = programme.and_then(|p| p.note.as_ref()) {
            found.push(note.get(lang).to_owned());
        }
        found.push(words.t1("year-summary-what", "year", &self.year.to_string()));
        if self.year > self.book.plan.to {
            found.push(words.t1("year-summary-after", "year", &self.book.plan.to.to_string()));
        }
        match self.figures.years.get(&self.year).map(|d| d.whole) {
            Some(Whole::Running) => found.push(self.t("year-summary-running")),
            Some(Whole::Since(day)) => found.push(words.t1("plan-year-since", "day", &words.day(day))),
            _ => {}
        }
        if let Some(data) = self.figures.years.get(&self.year).filter(|d| d.patrol.rounds > 0) {
            let visits = &data.patrol.visits;
            let whole = |n: u64| words.whole(i64::try_from(n).unwrap_or(i64::MAX));
            let values = [
                ("rounds", whole(data.patrol.rounds).into()),
                ("visits", whole(visits.iter().map(|v| v.n).sum()).into()),
                ("acted", whole(visits.iter().map(|v| v.with_action).sum()).into()),
                ("hours", words.number(data.patrol.hours.unwrap_or(0.0), 0).into()),
            ];
            found.push(words.ta("year-summary-patrol", &values));
        }
        let all: Vec<(Reading, Reading)> = self.book.indicators.indicator.iter().map(|i| self.readings(i)).collect();
        let with_value = all.iter().filter(|(r, _)| r.value().is_some()).count();
        let values = [
            ("all", all.len().to_string().into()),
            ("known", with_value.to_string().into()),
            ("year", self.year.to_string().into()),
        ];
        found.push(words.ta("year-summary-indicators", &values));
        found.push(self.t("year-summary-certainty"));
        found
    }

    pub(super) fn key_figures(&self) -> Vec<KeyFigure> {
        let words = &self.cx.words;
        let empty = YearData::default();
        let (now, before) = (
            self.figures.years.get(&self.year).unwrap_or(&empty),
            self.figures.years.get(&(self.year - 1)).unwrap_or(&empty),
        );
        let reports = |d: &YearData| -> i64 {
            d.tallies.iter().filter(|t| ["resident", "partner"].contains(&t.source.as_str())).map(|t| t.n).sum()
        };
        let in_term = |d: &YearData| {
            let ours = d.tallies.iter().filter(|t| ["resident", "partner", "officer"].contains(&t.source.as_str()));
            let (k, n) = ours.fold((0, 0), |(k, n), t| (k + t.in_term, n + t.judged));
            interval::proportion(k as f64 / (n as f64).max(1.0), n as f64, 1.0, LEVEL)
        };
        let whole = |n: i64| if n > 0 { Some(words.whole(n)) } else { None };
        let hours = |d: &YearData| d.patrol.hours.map(|h| words.number(h, 0));
        let visits = |d: &YearData| {
            let n: u64 = d.patrol.visits.iter().map(|v| v.n).sum();
            whole(i64::try_from(n).unwrap_or(i64::MAX))
        };
        let issues = |c: &[Closed]| whole(c.iter().map(|c| c.n).sum());
        let share = in_term(now).map(|r| {
            let values = [("low", words.percent(r.low).into()), ("high", words.percent(r.high).into())];
            (words.percent(r.value), words.t1("plan-margin", "interval", &words.ta("plan-interval", &values)))
        });
        let was = |value: Option<String>| match value {
            Some(value) => {
                let values = [("year", (self.year - 1).to_string().into()), ("value", value.into())];
                words.ta("year-key-before", &values)
            }
            None => words.t1("year-key-no-before", "year", &(self.year - 1).to_string()),
        };
        let key = |name: &str, value: Option<String>, note: String| KeyFigure {
            value_label: value.unwrap_or_else(|| self.t("plan-unknown")),
            name: self.t(name),
            note,
        };
        let states = self.actions.values().map(|s| s.standing.state);
        let (done, running) = states.fold((0, 0), |(done, running), state| match state {
            ActionState::Done => (done + 1, running),
            ActionState::Running => (done, running + 1),
            _ => (done, running),
        });
        let actions = self.actions.len();
        let of_actions = (actions > 0).then(|| {
            let values = [("n", (done + running).to_string().into()), ("of", actions.to_string().into())];
            words.ta("year-key-of", &values)
        });
        let detail = [("done", done.to_string().into()), ("running", running.to_string().into())];
        let (share, margin) = share.unzip();
        vec![
            key("year-key-reports", whole(reports(now)), was(whole(reports(before)))),
            key("year-key-in-term", share, margin.unwrap_or_default()),
            key("year-key-hours", hours(now), was(hours(before))),
            key("year-key-visits", visits(now), was(visits(before))),
            key("year-key-issues", issues(&self.closed), was(issues(&self.closed_before))),
            key(
                "year-key-actions",
                of_actions,
                if actions > 0 { words.ta("year-key-actions-detail", &detail) } else { String::new() },
            ),
        ]
    }

    pub(super) fn sources(&self) -> Vec<SourceNote> {
        let words = &self.cx.words;
        let year = self.year.to_string();
        let period = |whole: Whole| match whole {
            Whole::Yes => words.t1("year-period-whole", "year", &year),
            Whole::Running => {
                let today = self.cx.now.local(&self.cx.municipality.zone).date();
                words.t1("year-period-until", "day", &words.day(today))
            }
            Whole::Since(day) => words.t1("plan-year-since", "day", &words.day(day)),
        };
        let source = |name: String, usage: &str, period: String| SourceNote { name, usage: self.t(usage), period };
        let Some(data) = self.figures.years.get(&self.year) else { return vec![] };
        let mut found = vec![source(self.t("year-source-signals"), "year-source-signals-use", period(data.whole))];
        if data.patrol.hours.is_some() || !data.patrol.visits.is_empty() {
            let when = period(data.patrol.whole);
            found.push(source(self.t("year-source-patrol"), "year-source-patrol-use", when));
        }
        if let Some(inhabitants) = self.cx.municipality.inhabitants(self.year) {
            let name = words.t1("year-source-inhabitants", "source", &inhabitants.source);
            let used =
                [("year", inhabitants.year.to_string().into()), ("n", words.number(inhabitants.value, 0).into())];
            found.push(source(name, "year-source-inhabitants-use", words.ta("year-source-inhabitants-period", &used)));
        }
        let by_hand = self.book.indicators.indicator.iter().filter(|i| i.source != MeasureSource::Signals);
        let mut named: Vec<(String, Vec<String>)> = Vec::new();
        for indicator in by_hand {
            let reading = self.figures.read(indicator, self.year);
            if reading.origin.is_empty() {
                continue;
            }
            match named.iter_mut().find(|(origin, _)| *origin == reading.origin) {
                Some((_, used)) => used.push(self.say.name(indicator)),
                None => named.push((reading.origin, vec![self.say.name(indicator)])),
            }
        }
        found.extend(named.into_iter().map(|(name, used)| SourceNote {
            name,
            usage: used.join(", "),
            period: year.clone(),
        }));
        found
    }
}
