//! The annual report of a year: plan, programme, figures and notes put together in one language, and printed.

use super::gather::{Figures, bounds, gather};
use super::indicators::Reading;
use super::paper::{AnnualReport, Chart, Figure, FocusArea, LABELS, Point, Priority, Status, TEMPLATE};
use super::say::Say;
use super::store::{self, Closed, Note};
use crate::PlanBook;
use crate::cycle::{self, ActionStanding};
use crate::model::{ActionState, Indicator, Item, MeasureKind, PriorityView, ProgrammeState};
use document::{DocumentError, Fonts, Options};
use kit::{Fault, Tx};
use site::Cx;
use std::collections::HashMap;
use std::sync::Arc;

mod front;

/// All that a report, or a page on one priority, is made from.
pub(super) struct Maker<'a> {
    pub(super) cx: &'a Cx,
    pub(super) book: Arc<PlanBook>,
    pub(super) say: Say<'a>,
    pub(super) year: i16,
    pub(super) figures: Figures,
    pub(super) notes: HashMap<String, Note>,
    pub(super) actions: HashMap<String, ActionStanding>,
    pub(super) closed: Vec<Closed>,
    pub(super) closed_before: Vec<Closed>,
}

impl<'a> Maker<'a> {
    /// Gathers what the indicators of `priority` (all for none) need for an account of `year`.
    pub(super) async fn new(cx: &'a Cx, tx: &mut Tx, year: i16, priority: Option<&str>) -> Result<Self, Fault> {
        let book = cx.municipality.get::<PlanBook>();
        let this_year = cx.now.local(&cx.municipality.zone).year();
        if !book.years(this_year).contains(&year) {
            return Err(Fault::NotFound);
        }
        let wanted: Vec<&Indicator> =
            book.indicators.indicator.iter().filter(|i| priority.is_none_or(|p| p == i.priority)).collect();
        let baselines = wanted.iter().filter_map(|i| i.baseline.as_ref()).map(|b| b.year);
        let first = baselines.chain([book.plan.from, year - 1]).min().unwrap_or(book.plan.from);
        let figures = gather(cx, tx, &wanted, first..=year).await?;
        let (from, until) = bounds(&cx.municipality, year);
        let (before, _) = bounds(&cx.municipality, year - 1);
        let notes = store::notes(tx, cx.code(), year).await?.into_iter().map(|n| (n.priority.clone(), n)).collect();
        Ok(Self {
            cx,
            say: Say(&cx.words),
            year,
            figures,
            notes,
            actions: cycle::action_states(tx, cx.code(), &book, year, cx.words.language()).await?,
            closed: store::issues_closed(tx, cx.code(), from, until).await?,
            closed_before: store::issues_closed(tx, cx.code(), before, from).await?,
            book,
        })
    }
}

/// The annual report of `year` in the language of `cx`. Needs no permit of its own: the caller has asked for
/// `account:read`, or is the system itself.
///
/// # Errors
/// [`Fault::NotFound`] for a year that the plan does not account for, or when the database cannot be read.
pub async fn report(cx: &Cx, tx: &mut Tx, year: i16) -> Result<AnnualReport, Fault> {
    let maker = Maker::new(cx, tx, year, None).await?;
    let today = cx.now.local(&cx.municipality.zone).date();
    let (status, status_label) = status(cx, tx, &maker.book, year).await?;
    let plan = &maker.book.plan;
    let lang = cx.words.language();
    Ok(AnnualReport {
        language: lang.to_owned(),
        year,
        municipality: cx.municipality.file.name.clone(),
        title: cx.t("year-title"),
        motto: plan.motto.as_ref().map(|m| m.get(lang).to_owned()).unwrap_or_default(),
        plan_title: plan.title.get(lang).to_owned(),
        plan_period: maker.say.period(plan.from, plan.to),
        generated_on: today,
        generated_label: cx.words.day(today),
        status,
        status_label,
        labels: LABELS.iter().map(|l| ((*l).to_owned(), cx.t(&format!("annual-{}", l.replace('_', "-"))))).collect(),
        summary: maker.summary(),
        key_figures: maker.key_figures(),
        focus_areas: maker.focus_areas(),
        method: METHOD.iter().map(|key| cx.t(key)).collect(),
        sources: maker.sources(),
    })
}

/// Prints a report (PDF/UA-1 and PDF/A-2a). Takes CPU time: call it where blocking is allowed.
///
/// # Errors
/// When the fonts miss or the template fails.
pub fn pdf(report: &AnnualReport, fonts: &Fonts) -> Result<Vec<u8>, DocumentError> {
    let data = serde_json::to_value(report).map_err(|e| DocumentError::Input(e.to_string()))?;
    let options = Options {
        language: report.language.clone(),
        title: format!("{} {}", report.title, report.year),
        date: report.generated_on,
    };
    document::render(TEMPLATE, &data, &options, fonts).map(|made| made.pdf)
}

/// How to read the figures, a paragraph each.
const METHOD: [&str; 7] = [
    "year-method-intervals",
    "year-method-verdict",
    "year-method-difference",
    "year-method-missing",
    "year-method-break",
    "year-method-years",
    "year-method-reports",
];

/// Whether the executive accounted for the year, and the day on which it decided.
async fn status(cx: &Cx, tx: &mut Tx, book: &PlanBook, year: i16) -> Result<(Status, String), Fault> {
    let states = cycle::programme_states(tx, cx.code(), book).await?;
    let reported = ProgrammeState::Reported;
    if !states.iter().any(|(y, s)| *y == year && s.state == reported) {
        return Ok((Status::Draft, cx.t("year-status-draft")));
    }
    let subject = cycle::Subject::Programme(year).to_string();
    let decisions = cycle::decisions(tx, cx.code(), &book.plan.id).await?;
    let found = decisions.iter().find(|d| d.subject == subject && d.becomes == reported.as_str());
    let label = match found {
        Some(decision) => cx.words.t1("year-status-decided-on", "day", &cx.words.day(decision.day())),
        None => cx.t("year-status-decided"),
    };
    Ok((Status::Decided, label))
}

fn texts(items: &[&Item], language: &str) -> String {
    items.iter().map(|i| i.text.get(language)).collect::<Vec<_>>().join(" ")
}

fn lines(text: &str) -> impl Iterator<Item = String> {
    text.lines().map(str::trim).filter(|l| !l.is_empty()).map(str::to_owned)
}

impl Maker<'_> {
    pub(super) fn t(&self, key: &str) -> String {
        self.cx.t(key)
    }

    pub(super) fn readings(&self, indicator: &Indicator) -> (Reading, Reading) {
        (self.figures.read(indicator, self.year), self.figures.before(indicator, self.year))
    }

    fn focus_areas(&self) -> Vec<FocusArea> {
        let (plan, lang) = (&self.book.plan, self.cx.words.language());
        let theme = |id: &String| plan.imv_theme.iter().find(|t| t.id == *id).map(|t| t.name.get(lang).to_owned());
        let tags = |views: &[PriorityView<'_>]| {
            let mut tags: Vec<String> = Vec::new();
            for tag in views.iter().flat_map(|v| v.imv_themes).filter_map(theme) {
                if !tags.contains(&tag) {
                    tags.push(tag);
                }
            }
            tags
        };
        let area = |name: String, views: Vec<PriorityView<'_>>| FocusArea {
            name,
            themes: tags(&views),
            priorities: views.iter().map(|view| self.priority(view)).collect(),
        };
        let views = |ids: Vec<&String>| ids.into_iter().filter_map(|id| plan.priority(id)).collect::<Vec<_>>();
        let mut areas: Vec<FocusArea> = plan
            .focus_area
            .iter()
            .map(|a| area(a.name.get(lang).to_owned(), views(a.priority.iter().map(|p| &p.id).collect())))
            .collect();
        if !plan.theme.is_empty() {
            areas.push(area(self.t("plan-themes"), views(plan.theme.iter().map(|t| &t.id).collect())));
        }
        areas
    }

    pub(super) fn priority(&self, view: &PriorityView<'_>) -> Priority {
        let lang = self.cx.words.language();
        let indicators: Vec<&Indicator> = self.book.indicators.of_priority(view.id).collect();
        let note = self.notes.get(view.id);
        let headline = note.map(|n| n.headline.clone()).filter(|h| !h.is_empty()).unwrap_or_else(|| {
            let with_value = indicators.iter().find(|i| self.figures.read(i, self.year).value().is_some());
            with_value.map_or_else(String::new, |indicator| {
                let (reading, before) = self.readings(indicator);
                self.say.line(indicator, &reading, &before)
            })
        });
        let mut done = self.recorded(view.id);
        done.extend(note.into_iter().flat_map(|n| lines(&n.done)));
        let mut adjust: Vec<String> = note.into_iter().flat_map(|n| lines(&n.adjust)).collect();
        for indicator in &indicators {
            let (reading, before) = self.readings(indicator);
            adjust.extend(self.say.proposals(indicator, &reading, &before));
        }
        Priority {
            id: view.id.to_owned(),
            name: view.name.get(lang).to_owned(),
            headline,
            ambition: texts(&view.ambition, lang),
            actions: self.actions(view.id),
            figures: indicators.iter().map(|i| self.figure(i)).collect(),
            chart: indicators.iter().find_map(|i| self.chart(i)),
            done,
            adjust,
        }
    }

    fn actions(&self, priority: &str) -> Vec<super::paper::Action> {
        let Some(programme) = self.book.programmes.get(&self.year) else { return vec![] };
        let lang = self.cx.words.language();
        let partner = |id: &String| self.book.plan.partner(id).map(|p| p.name.get(lang).to_owned());
        programme
            .of_priority(priority)
            .map(|action| super::paper::Action {
                name: action.name.get(lang).to_owned(),
                owner: action.owner.get(lang).to_owned(),
                partners: action.partners.iter().filter_map(partner).collect(),
                state_label: self.actions.get(&action.id).map(|s| state_label(self.cx, s)).unwrap_or_default(),
                planning: self.say.quarters(action.from_quarter, action.to_quarter),
                budget_label: self.say.euros(action.budget_eur),
            })
            .collect()
    }

    fn figure(&self, indicator: &Indicator) -> Figure {
        let lang = self.cx.words.language();
        let (reading, before) = self.readings(indicator);
        let (tone, verdict_label) = self.say.verdict(indicator, &reading, &before);
        let incomplete = self.say.incomplete(&reading);
        let unit = indicator.unit.get(lang).to_owned();
        Figure {
            name: self.say.name(indicator),
            definition: indicator.definition.get(lang).to_owned(),
            unit: if incomplete.is_empty() { unit } else { format!("{unit}. {incomplete}") },
            value_label: reading.value().map(|v| self.say.figure(indicator, &v)).unwrap_or_default(),
            interval_label: reading.value().map(|v| self.say.interval(indicator, &v)).unwrap_or_default(),
            previous_label: self.say.value_or_dash(indicator, &before),
            baseline_label: self.baseline(indicator),
            target_label: self.say.target(indicator),
            verdict_label,
            tone,
            source: self.source(indicator, &reading),
            method_break: Some(self.say.method_break(indicator, self.year)).filter(|b| !b.is_empty()),
            missing: reading.value().is_none().then(|| self.say.absent(indicator, &reading)),
        }
    }

    /// Where a value comes from; a rate names its inhabitants too, a share or duration on how many records it rests.
    fn source(&self, indicator: &Indicator, reading: &Reading) -> String {
        let origin = self.say.origin(indicator, reading);
        let base = self.figures.years.get(&self.year).and_then(|d| d.inhabitants);
        match base {
            Some((n, year)) if indicator.measure.kind == MeasureKind::PerThousand => {
                let values = [
                    ("origin", origin.into()),
                    ("n", self.cx.words.number(n, 0).into()),
                    ("year", year.to_string().into()),
                ];
                self.cx.words.ta("plan-source-rate", &values)
            }
            _ => match self.say.rests_on(indicator, reading) {
                rests if rests.is_empty() => origin,
                rests => format!("{origin}. {}", rests.trim_end_matches('.')),
            },
        }
    }

    fn baseline(&self, indicator: &Indicator) -> String {
        let Some(baseline) = &indicator.baseline else { return String::new() };
        let reading = self.figures.read(indicator, baseline.year);
        let value = match (baseline.value, reading.value()) {
            (Some(value), _) => self.say.number(indicator, value),
            (None, Some(value)) => self.say.figure(indicator, &value),
            (None, None) => self.t("plan-unknown"),
        };
        format!("{value} ({})", baseline.year)
    }

    /// The years since the last change of method, when at least two have a value.
    pub(super) fn chart(&self, indicator: &Indicator) -> Option<Chart> {
        let series = series(&self.figures, indicator, self.book.plan.from, self.year);
        if series.iter().filter(|r| r.comparable(indicator).is_some()).count() < 2 {
            return None;
        }
        let points: Vec<Point> = series
            .iter()
            .map(|reading| {
                let value = reading.comparable(indicator);
                Point {
                    label: reading.year.to_string(),
                    value: value.map(|v| v.value),
                    low: value.and_then(|v| v.interval).map(|i| i.0),
                    high: value.and_then(|v| v.interval).map(|i| i.1),
                    value_label: match (value, reading.value()) {
                        (Some(v), _) => self.say.figure(indicator, &v),
                        (None, Some(_)) => self.t("plan-part-of-year"),
                        (None, None) => self.t("plan-no-value"),
                    },
                }
            })
            .collect();
        let told = points.iter().map(|p| format!("{}: {}", p.label, p.value_label)).collect::<Vec<_>>().join("; ");
        let name = self.say.name(indicator);
        let values = [("name", name.clone().into()), ("values", told.into())];
        Some(Chart {
            alt: self.cx.words.ta("plan-chart-alt", &values),
            title: name,
            unit: indicator.unit.get(self.cx.words.language()).to_owned(),
            target: indicator.target.as_ref().filter(|t| t.year <= self.year).and_then(|t| t.value),
            points,
        })
    }

    /// What was recorded for the categories that serve a priority or that its indicators name, a sentence per kind of
    /// record.
    fn recorded(&self, priority: &str) -> Vec<String> {
        let words = &self.cx.words;
        let Some(data) = self.figures.years.get(&self.year) else { return vec![] };
        let named = |category: &str| {
            let mut mine = self.book.indicators.of_priority(priority).flat_map(|i| &i.measure.categories);
            mine.any(|c| c == category)
        };
        let serves = |category: &str| {
            self.figures.catalogue.get(category).is_some_and(|c| c.priority == priority) || named(category)
        };
        let of = |sources: &[&str], part: fn(&super::indicators::Tally) -> i64| -> i64 {
            let counted = data.tallies.iter().filter(|t| serves(&t.category) && sources.contains(&t.source.as_str()));
            counted.map(part).sum()
        };
        let mut found = Vec::new();
        let reports = of(&["resident", "partner"], |t| t.n);
        if reports > 0 {
            let values = [
                ("n", reports.into()),
                ("number", words.whole(reports).into()),
                ("done", words.whole(of(&["resident", "partner"], |t| t.done)).into()),
            ];
            found.push(words.ta("year-done-reports", &values));
        }
        let seen = of(&["officer"], |t| t.n);
        if seen > 0 {
            found.push(words.tn("year-done-observations", seen));
        }
        let closed: i64 = self.closed.iter().filter(|c| serves(&c.category)).map(|c| c.n).sum();
        if closed > 0 {
            found.push(words.tn("year-done-issues", closed));
        }
        let visits: u64 = data.patrol.visits.iter().filter(|v| serves(&v.category)).map(|v| v.n).sum();
        let acted: u64 = data.patrol.visits.iter().filter(|v| serves(&v.category)).map(|v| v.with_action).sum();
        if visits > 0 {
            let whole = |n: u64| words.whole(i64::try_from(n).unwrap_or(i64::MAX));
            let values = [("number", whole(visits).into()), ("acted", whole(acted).into())];
            found.push(words.ta("year-done-visits", &values));
        }
        found
    }
}

/// The readings of an indicator from `from` (or the last change of method) up to `until`.
pub(super) fn series(figures: &Figures, indicator: &Indicator, from: i16, until: i16) -> Vec<Reading> {
    let changed = indicator.method_break.iter().filter(|b| **b <= until).max();
    let from = changed.map_or(from, |b| from.max(*b));
    (from..=until).map(|year| figures.read(indicator, year)).collect()
}

/// A state in words, with the reason when it was stopped.
pub(super) fn state_label(cx: &Cx, action: &ActionStanding) -> String {
    let state = cx.t(&format!("plan-action-{}", action.standing.state));
    if action.standing.state == ActionState::Stopped && !action.note.is_empty() {
        return format!("{state}: {}", action.note);
    }
    state
}
