//! What an annual report holds.
//!
//! Every text is ready to show: in the report's language, with the decimal mark and the date notation of that language
//! and with its unit. Only a chart has bare numbers, because it must be drawn.
//!
//! What must not be: a figure about a person, a household or an address. A figure is about an area and a period.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;

/// The names of the fixed texts in the report (headings, column heads, notes). The caller looks each of them up in the
/// locale files and puts them in [`AnnualReport::labels`]; a missing one makes the rendering fail, visibly.
pub const LABELS: &[&str] = &[
    "action",
    "actions",
    "actions_table",
    "adjust",
    "adjust_note",
    "ambition",
    "axis_note",
    "baseline",
    "budget",
    "contents",
    "decimal_mark",
    "done",
    "draft_note",
    "drawn_up_on",
    "figure",
    "figures",
    "figures_table",
    "glance",
    "glance_table",
    "headline",
    "interval",
    "key_figures",
    "method",
    "method_break",
    "municipality",
    "no_actions",
    "no_adjust",
    "no_done",
    "no_figures",
    "owner",
    "page",
    "partners",
    "period",
    "plan",
    "planning",
    "previous",
    "priority",
    "proposal",
    "source",
    "source_period",
    "source_use",
    "sources",
    "state",
    "status",
    "summary",
    "target",
    "themes",
    "unit",
    "value",
    "verdict",
];

/// The account of one calendar year of a safety plan (Gemeentewet art. 38b: the council sets goals at least every four
/// years; the plan's programme accounts for them each year).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AnnualReport {
    /// Language of all texts below, ISO 639-1.
    pub language: String,
    /// The year that is accounted for.
    pub year: i16,
    /// Name of the municipality.
    pub municipality: String,
    /// Title of the report, without the year; also the title of the file.
    pub title: String,
    /// Motto of the plan; empty for none.
    pub motto: String,
    /// Title of the plan that is accounted for.
    pub plan_title: String,
    /// Period of the plan, such as "2025 tot en met 2028".
    pub plan_period: String,
    /// The day on which the figures were gathered.
    pub generated_on: Date,
    /// That day in words of the language.
    pub generated_label: String,
    /// Whether the college has decided on it.
    pub status: Status,
    /// The status in words, such as "Concept" or "Vastgesteld door het college op 9 maart 2027".
    pub status_label: String,
    /// The fixed texts, by the names in [`LABELS`].
    pub labels: BTreeMap<String, String>,
    /// The opening paragraphs of the summary.
    pub summary: Vec<String>,
    /// The numbers that open the report; six fit well.
    pub key_figures: Vec<KeyFigure>,
    /// The focus areas of the plan, in the plan's order.
    pub focus_areas: Vec<FocusArea>,
    /// How the figures were made: one paragraph per note.
    pub method: Vec<String>,
    /// Where the figures come from.
    pub sources: Vec<SourceNote>,
}

/// Whether a report may still change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Not decided; every page says so.
    Draft,
    /// Decided by the college.
    Decided,
}

/// A number on the summary page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KeyFigure {
    /// The number with its unit, short: "3.412", "71%".
    pub value_label: String,
    /// What it counts.
    pub name: String,
    /// The comparison or the reservation: "vorig jaar 3.120"; empty for none.
    pub note: String,
}

/// A focus area of the plan (veiligheidsveld).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FocusArea {
    /// Its name.
    pub name: String,
    /// The regional or national themes that it serves; may be empty.
    pub themes: Vec<String>,
    /// Its priorities, in the plan's order.
    pub priorities: Vec<Priority>,
}

/// A priority with all that is accounted for.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Priority {
    /// Its id in the configuration.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The year in one sentence, for the overview; empty when nobody wrote it.
    pub headline: String,
    /// What the plan wants to reach.
    pub ambition: String,
    /// The actions of the year programme.
    pub actions: Vec<Action>,
    /// The indicators.
    pub figures: Vec<Figure>,
    /// One drawing, when a figure has a history.
    pub chart: Option<Chart>,
    /// What was done: visits, hours, issues solved.
    pub done: Vec<String>,
    /// What to adjust. These are proposals: people decide, and the report says so.
    pub adjust: Vec<String>,
}

/// An action of the year programme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Action {
    /// What is done.
    pub name: String,
    /// The team or function that leads it; no name of a person.
    pub owner: String,
    /// The organisations that take part.
    pub partners: Vec<String>,
    /// How far it is: planned, running, done, stopped and why.
    pub state_label: String,
    /// When it is done.
    pub planning: String,
    /// Money or hours; empty for none.
    pub budget_label: String,
}

/// An indicator in the year of the report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Figure {
    /// Its name.
    pub name: String,
    /// What exactly is counted.
    pub definition: String,
    /// The unit in words.
    pub unit: String,
    /// The value; ignored when `missing` is given.
    pub value_label: String,
    /// The 95% interval; empty when the value is a full count.
    pub interval_label: String,
    /// The value of the year before.
    pub previous_label: String,
    /// The value at the start of the plan.
    pub baseline_label: String,
    /// The goal.
    pub target_label: String,
    /// The comparison with the goal in words; never more certain than the interval allows.
    pub verdict_label: String,
    /// The same for the eye: the colour of the mark before the words.
    pub tone: Tone,
    /// Where the value comes from.
    pub source: String,
    /// Why the value cannot be compared with earlier ones, if the way of measuring changed.
    pub method_break: Option<String>,
    /// Why there is no value: not measured, or too few to publish. Zero is a value, not a missing one.
    pub missing: Option<String>,
}

/// What a comparison with the goal comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tone {
    /// The goal is reached.
    Good,
    /// The interval holds the goal, or the goal has no direction: no conclusion.
    Open,
    /// The goal is not reached.
    Short,
    /// There is no value or no goal.
    None,
}

/// A drawing of one figure through time.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Chart {
    /// What is drawn.
    pub title: String,
    /// The unit of the vertical axis.
    pub unit: String,
    /// The goal as a line across, in the same unit.
    pub target: Option<f64>,
    /// The points from left to right; at most about fourteen are readable.
    pub points: Vec<Point>,
    /// The drawing in words, for who cannot see it (WCAG 1.1.1): the values and what stands out.
    pub alt: String,
}

/// One moment in a drawing.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Point {
    /// The moment: "2026", "mrt".
    pub label: String,
    /// The value, or nothing when it is missing or suppressed; nothing is not zero.
    pub value: Option<f64>,
    /// Lower end of the 95% interval.
    pub low: Option<f64>,
    /// Upper end of the 95% interval.
    pub high: Option<f64>,
    /// The value in words, or why there is none.
    pub value_label: String,
}

/// A source of figures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SourceNote {
    /// Its name and, if it is a table, its number.
    pub name: String,
    /// What the report takes from it.
    pub usage: String,
    /// The period that was used and whether it is final.
    pub period: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sample_has_every_label_and_no_other() {
        let sample = AnnualReport::sample();
        let given: Vec<&str> = sample.labels.keys().map(String::as_str).collect();
        assert_eq!(given, LABELS);
    }

    #[test]
    fn nothing_is_not_written_as_zero() {
        let point =
            Point { label: "2023".into(), value: None, low: None, high: None, value_label: "niet gemeten".into() };
        let json = serde_json::to_value(&point).expect("a point is JSON");
        assert!(json["value"].is_null(), "a missing value must stay missing: {json}");
    }
}
