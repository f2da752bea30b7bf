//! What makes a visit worth its time, each weight with its reason in words.

use jiff::civil::Date;
use kit::Text;
use serde::Deserialize;
use std::collections::BTreeMap;

/// One weight, with the reason for it in plain words.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Weight {
    /// How much it adds.
    pub value: f64,
    /// Why.
    pub why: Text,
}

/// Factors per priority of the plan.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PriorityWeight {
    /// Factor per priority id; others count 1.
    pub value: BTreeMap<String, f64>,
    /// Why.
    pub why: Text,
}

/// What makes a visit worth its time, from a day on. The value of a report or issue is
/// `priority * (base + urgency + min(term * terms passed, term_most) + min(report * (reports - 1), report_most))`;
/// that of a square is `cell * min(1, expected reports / cell_full)`. It says nothing of a person, household or address.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Weights {
    /// First day on which it counts.
    pub from: Date,
    /// Every open report or issue.
    pub base: Weight,
    /// Urgency low.
    pub urgency_low: Weight,
    /// Urgency normal.
    pub urgency_normal: Weight,
    /// Urgency high.
    pub urgency_high: Weight,
    /// Per whole term that has passed.
    pub term: Weight,
    /// Most that `term` adds.
    pub term_most: Weight,
    /// Per report after the first.
    pub report: Weight,
    /// Most that `report` adds.
    pub report_most: Weight,
    /// A square at which at least `cell_full` reports are expected in four hours.
    pub cell: Weight,
    /// Expected reports in four hours at which a square gets all its points; above 0.
    pub cell_full: Weight,
    /// A visit that a campaign still asks for this week.
    pub campaign: Weight,
    /// A visit to a neighbourhood that had fewer than it should.
    pub floor: Weight,
    /// Per priority of the plan.
    pub priority: PriorityWeight,
}

impl Weights {
    /// The weights with their keys, in the order in which pages explain them.
    #[must_use]
    pub fn list(&self) -> [(&'static str, &Weight); 12] {
        [
            ("base", &self.base),
            ("urgency-high", &self.urgency_high),
            ("urgency-normal", &self.urgency_normal),
            ("urgency-low", &self.urgency_low),
            ("term", &self.term),
            ("term-most", &self.term_most),
            ("report", &self.report),
            ("report-most", &self.report_most),
            ("cell", &self.cell),
            ("cell-full", &self.cell_full),
            ("campaign", &self.campaign),
            ("floor", &self.floor),
        ]
    }

    /// The factor of a priority.
    #[must_use]
    pub fn priority(&self, id: &str) -> f64 {
        self.priority.value.get(id).copied().unwrap_or(1.0)
    }
}
