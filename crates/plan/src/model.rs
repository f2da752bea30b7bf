//! The plan as data: what the council adopted, what the executive does with it each year, and what is measured.
//!
//! Read from the folder of a municipality: `plan.toml`, `programme-<year>.toml`, `indicators.toml`. Unknown keys are
//! refused. The plan holds no personal data (regime R0). Its terms: *aandachtsgebied* = focus area, *prioriteit* =
//! priority, *randvoorwaarde* = precondition, *aanpak* = approach.

use jiff::civil::Date;
use law::Body;
use serde::{Deserialize, Serialize};

pub use kit::Text;

mod check;
mod indicator;
mod programme;
mod state;
mod view;

pub use check::{CategoryOfPlan, Problem, validate, validate_plan};
pub use indicator::{
    AreaLevel, Baseline, Direction, Indicator, Indicators, Measure, MeasureKind, MeasureSource, SmallCells, Target,
    Uncertainty,
};
pub use programme::{Action, Programme};
pub use state::{
    ActionState, Change, DEVIATION, Deviation, PlanState, ProgrammeState, Refused, State, decide, next_steps,
};
pub use view::PriorityView;

/// A safety and enforcement plan for at most four years (Politiewet 2012 art. 38b(1)).
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// Kebab-case id; programmes refer to it.
    pub id: String,
    /// Section of the plan's text in which its frame stands.
    #[serde(default)]
    pub section: String,
    /// Title.
    pub title: Text,
    /// The motto: the overall ambition in a few words.
    pub motto: Option<Text>,
    /// First calendar year.
    pub from: i16,
    /// Last calendar year.
    pub to: i16,
    /// Not a plan that a council adopted: an example or a test.
    #[serde(default)]
    pub fictitious: bool,
    /// Who adopted it and since when it is in force.
    pub adopted: Option<Adopted>,
    /// Overall ambitions.
    #[serde(default)]
    pub ambition: Vec<Item>,
    /// Strategic principles (*uitgangspunten*).
    #[serde(default)]
    pub principle: Vec<Item>,
    /// Trends and developments.
    #[serde(default)]
    pub trend: Vec<Item>,
    /// Related policy.
    #[serde(default)]
    pub related: Vec<Item>,
    /// Regular work and what is not a priority.
    #[serde(default)]
    pub regular: Vec<Item>,
    /// Figures on which the priorities rest.
    #[serde(default)]
    pub source: Vec<Item>,
    /// Who is accountable.
    #[serde(default)]
    pub accountability: Vec<Item>,
    /// Who coordinates.
    #[serde(default)]
    pub coordination: Vec<Item>,
    /// The policy cycle.
    #[serde(default)]
    pub cycle: Vec<Item>,
    /// Evaluation.
    #[serde(default)]
    pub evaluation: Vec<Item>,
    /// Main lines on money.
    #[serde(default)]
    pub budget: Vec<Item>,
    /// Themes of the regional police plan (IMV, Politiewet 2012 art. 39) to tag priorities with.
    #[serde(default)]
    pub imv_theme: Vec<ImvTheme>,
    /// Focus areas, in the order of the plan.
    pub focus_area: Vec<FocusArea>,
    /// Strategic themes on which the level is held.
    #[serde(default)]
    pub theme: Vec<Theme>,
    /// Register of partners.
    #[serde(default)]
    pub partner: Vec<Partner>,
}

/// The decision on the plan.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Adopted {
    /// The body that adopted it.
    pub body: Body,
    /// Day of the decision, if known.
    pub decided: Option<Date>,
    /// Day of entry into force.
    pub in_force: Date,
}

/// One line of the plan.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// Kebab-case id, unique in the plan.
    pub id: String,
    /// Section of the plan's text.
    #[serde(default)]
    pub section: String,
    /// What it says, in short.
    pub text: Text,
    /// The priorities and themes it is about; empty = all of the area (or plan) it stands in.
    #[serde(default)]
    pub priorities: Vec<String>,
}

/// A theme of the regional police plan (IMV).
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct ImvTheme {
    /// Kebab-case id.
    pub id: String,
    /// Section of the plan's text.
    #[serde(default)]
    pub section: String,
    /// Name.
    pub name: Text,
}

/// A focus area (*aandachtsgebied*) with its priorities.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct FocusArea {
    /// Kebab-case id.
    pub id: String,
    /// Section of the plan's text.
    #[serde(default)]
    pub section: String,
    /// Name.
    pub name: Text,
    /// Why it is chosen.
    pub why: Option<Text>,
    /// What is aimed at.
    #[serde(default)]
    pub ambition: Vec<Item>,
    /// What is done.
    #[serde(default)]
    pub approach: Vec<Item>,
    /// What must be in place (*randvoorwaarden*).
    #[serde(default)]
    pub precondition: Vec<Item>,
    /// Where the effort is aimed (*aandachtsgebied* in the narrow sense).
    #[serde(default)]
    pub attention: Vec<Item>,
    /// What residents and entrepreneurs do.
    #[serde(default)]
    pub residents: Vec<Item>,
    /// Ids of the register of partners.
    #[serde(default)]
    pub partners: Vec<String>,
    /// Its priorities.
    pub priority: Vec<Priority>,
}

/// A priority within a focus area.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Priority {
    /// Kebab-case id; categories, actions and indicators refer to it.
    pub id: String,
    /// Section of the plan's text.
    #[serde(default)]
    pub section: String,
    /// Name.
    pub name: Text,
    /// Why it is chosen.
    pub why: Option<Text>,
    /// Regional themes it contributes to.
    #[serde(default)]
    pub imv_themes: Vec<String>,
}

/// A strategic theme: the level is held, not raised.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Theme {
    /// Kebab-case id; used as the id of a priority.
    pub id: String,
    /// Section of the plan's text.
    #[serde(default)]
    pub section: String,
    /// Name.
    pub name: Text,
    /// Why it matters.
    pub why: Option<Text>,
    /// Regional themes it contributes to.
    #[serde(default)]
    pub imv_themes: Vec<String>,
    /// What is aimed at.
    #[serde(default)]
    pub ambition: Vec<Item>,
    /// What is done.
    #[serde(default)]
    pub approach: Vec<Item>,
    /// What must be in place.
    #[serde(default)]
    pub precondition: Vec<Item>,
    /// Where the effort is aimed.
    #[serde(default)]
    pub attention: Vec<Item>,
    /// What residents and entrepreneurs do.
    #[serde(default)]
    pub residents: Vec<Item>,
    /// Ids of the register of partners.
    #[serde(default)]
    pub partners: Vec<String>,
}

kit::text_enum! {
    /// What kind of party a partner is.
    pub enum PartnerKind {
        /// Part of the municipality itself.
        Municipality = "municipality",
        /// Police, prosecution, probation.
        PoliceJustice = "police-justice",
        /// Care and welfare.
        Care = "care",
        /// Youth care.
        Youth = "youth",
        /// Housing.
        Housing = "housing",
        /// Education.
        Education = "education",
        /// Entrepreneurs.
        Business = "business",
        /// Residents and their associations.
        Residents = "residents",
        /// Other authorities.
        Government = "government",
        /// Safety region and emergency services.
        SafetyRegion = "safety-region",
        /// A partnership or standing meeting.
        Network = "network",
        /// Research and statistics.
        Research = "research",
    }
}

/// A party that the plan names.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Partner {
    /// Kebab-case id.
    pub id: String,
    /// Section of the plan's text in which it is (first) named.
    #[serde(default)]
    pub section: String,
    /// Name.
    pub name: Text,
    /// Kind of party.
    pub kind: PartnerKind,
}
