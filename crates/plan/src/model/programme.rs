//! The yearly programme (*uitvoeringsprogramma*, plan 5.3): actions with an owner, budget, planning and indicators.

use serde::{Deserialize, Serialize};

use super::{ActionState, ProgrammeState, Text};

/// `programme-<year>.toml`.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Programme {
    /// Calendar year.
    pub year: i16,
    /// Id of the plan it carries out.
    pub plan: String,
    /// Amounts and progress are made up.
    #[serde(default)]
    pub fictitious: bool,
    /// A remark to show with it.
    pub note: Option<Text>,
    /// Where it stands when it is first loaded.
    pub state: ProgrammeState,
    /// Actions.
    pub action: Vec<Action>,
}

/// One action of a year.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Action {
    /// Kebab-case id, unique in the year; the same id in another year is the same line of work.
    pub id: String,
    /// Priority or strategic theme of the plan.
    pub priority: String,
    /// Lines of approach of the plan that it carries out.
    #[serde(default)]
    pub approach: Vec<String>,
    /// Name.
    pub name: Text,
    /// Role or team that answers for it; never a person.
    pub owner: Text,
    /// Ids of the register of partners.
    #[serde(default)]
    pub partners: Vec<String>,
    /// Budget in whole euros; absent = regular work.
    pub budget_eur: Option<i64>,
    /// First quarter of the year, 1 to 4.
    pub from_quarter: u8,
    /// Last quarter of the year, 1 to 4.
    pub to_quarter: u8,
    /// Ids of indicators.
    #[serde(default)]
    pub indicators: Vec<String>,
    /// Where it stands when it is first loaded.
    pub state: ActionState,
    /// Why it was stopped; only then.
    pub reason: Option<Text>,
}

impl Programme {
    /// The actions of a priority, in the order of the file.
    pub fn of_priority<'a>(&'a self, priority: &'a str) -> impl Iterator<Item = &'a Action> {
        self.action.iter().filter(move |action| action.priority == priority)
    }

    /// Sum of the budgets in whole euros.
    #[must_use]
    pub fn budget_eur(&self) -> i64 {
        self.action.iter().filter_map(|action| action.budget_eur).sum()
    }
}
