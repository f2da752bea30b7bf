//! What a model says about itself: the source of its entry in the public register of algorithms.

use crate::why::Reason;
use serde::{Deserialize, Serialize};

/// A model's own account. What is not listed here is not used: no person, household, address or
/// population figure can enter, because [`crate::history::Event`] has no place for it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Declaration {
    /// Name, a word for locale keys.
    pub name: String,
    /// Raised when the same input can give other output.
    pub version: u16,
    /// What goes in.
    pub inputs: Vec<Input>,
    /// What an expectation is made of.
    pub parts: Vec<Reason>,
    /// The settings with which it runs.
    pub settings: Vec<Setting>,
    /// Whether officers' own findings count (per hour of presence); else they are left out.
    pub officers: bool,
    /// Where it cannot be trusted.
    pub limits: Vec<Limit>,
}

/// What a model reads of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Input {
    /// The square of the grid.
    Cell,
    /// The calendar day.
    Day,
    /// The hour of the day.
    Hour,
    /// The group of categories.
    Group,
    /// Who reported: residents, police, partners or officers.
    Source,
}

/// One setting.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Setting {
    /// The key in the configuration.
    pub name: String,
    /// Its value.
    pub value: f64,
}

/// A limit that users must know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Limit {
    /// It expects reports, not what happens: where people report less, it expects less.
    ReportsOnly,
    /// It says where, never who; an expectation is no ground for suspicion.
    NoPersons,
    /// A place where nothing was ever seen is not expected, only counted as elsewhere.
    NewPlaces,
    /// One event more or less is chance: single quiet squares cannot be ranked.
    FewEvents,
    /// It knows no weather, no events and no measures: a sudden change is learned in some weeks.
    SuddenChange,
}
