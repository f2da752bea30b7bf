//! The policy cycle: where plan, programmes and actions stand, and the decisions that brought them there.
//!
//! A decision is refused when another body is competent; the refusal names that body and the article (Politiewet 2012
//! art. 38b; plan 5.3 and 5.4). Regie records what a body decided; it never decides.

mod ops;
mod store;
pub mod web;

pub use ops::{ActionChange, change_action, register};

use crate::PlanBook;
use crate::model::{Action, ActionState, PlanState, ProgrammeState, State, next_steps};
use jiff::civil::Date;
use kit::{At, Fault, Result, Tx, Uuid, Words};
use law::Body;
use std::collections::HashMap;
use std::fmt;

/// A state with the version of its record: 0 when it still stands as the configuration says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing<S> {
    /// The state.
    pub state: S,
    /// Counts the changes; a form that was made on an older version is refused.
    pub version: i64,
}

/// What a decision is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// The plan.
    Plan,
    /// The programme of a year.
    Programme(i16),
    /// A deviation from the main lines of the plan, in content or money (plan 5.4).
    Deviation,
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Plan => f.write_str("plan"),
            Self::Programme(year) => write!(f, "programme-{year}"),
            Self::Deviation => f.write_str("deviation"),
        }
    }
}

impl std::str::FromStr for Subject {
    type Err = ();
    fn from_str(word: &str) -> std::result::Result<Self, ()> {
        match (word, word.strip_prefix("programme-")) {
            ("plan", _) => Ok(Self::Plan),
            ("deviation", _) => Ok(Self::Deviation),
            (_, Some(year)) => year.parse().map(Self::Programme).map_err(|_| ()),
            _ => Err(()),
        }
    }
}

/// A decision as somebody wants to register it.
#[derive(Clone, Debug)]
pub struct NewDecision {
    /// Made with the form; the same one is written once.
    pub request: Uuid,
    /// What it is about.
    pub subject: Subject,
    /// The state that it brings; empty for a deviation.
    pub becomes: String,
    /// Version of the state on which the form was made.
    pub version: i64,
    /// The body that decided.
    pub body: Body,
    /// Day of the decision.
    pub decided_on: Date,
    /// Number of the document or agenda item.
    pub reference: String,
    /// Reason or remark.
    pub note: String,
}

/// A registered decision.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Decision {
    /// Id.
    pub id: Uuid,
    /// What it is about ([`Subject`] as text).
    pub subject: String,
    /// Kind in the register of competence; empty when the register has none.
    pub kind: String,
    /// State before; empty for a deviation.
    pub was: String,
    /// State after; empty for a deviation.
    pub becomes: String,
    /// The body that decided.
    pub body: String,
    /// Article or section of the plan on which it rests.
    pub basis: String,
    /// Day of the decision, days since 1970-01-01.
    pub decided_on: i64,
    /// Number of the document or agenda item.
    pub reference: String,
    /// Reason or remark.
    pub note: String,
    /// When it was registered.
    pub at: At,
}

impl Decision {
    /// The day of the decision.
    #[must_use]
    pub fn day(&self) -> Date {
        kit::clock::day_date(i32::try_from(self.decided_on).unwrap_or(0))
    }
}

/// Where an action stands: as the configuration says, or as it was changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActionStanding {
    /// State and version.
    pub standing: Standing<ActionState>,
    /// Reason or remark of the last change.
    pub note: String,
}

/// Where the plan stands.
///
/// # Errors
/// When the database cannot be read.
pub async fn plan_state(tx: &mut Tx, municipality: &str, book: &PlanBook) -> Result<Standing<PlanState>> {
    let first = if book.plan.adopted.is_some() { PlanState::InForce } else { PlanState::Draft };
    Ok(store::plan_state(tx, municipality, &book.plan.id).await?.unwrap_or(Standing { state: first, version: 0 }))
}

/// Where the programme of each year stands.
///
/// # Errors
/// When the database cannot be read.
pub async fn programme_states(
    tx: &mut Tx,
    municipality: &str,
    book: &PlanBook,
) -> Result<Vec<(i16, Standing<ProgrammeState>)>> {
    let stored = store::programme_states(tx, municipality).await?;
    let standing = |year: i16, first| stored.get(&year).copied().unwrap_or(Standing { state: first, version: 0 });
    Ok(book.programmes.values().map(|p| (p.year, standing(p.year, p.state))).collect())
}

/// Where each action of a year stands, by its id.
///
/// # Errors
/// When the database cannot be read.
pub async fn action_states(
    tx: &mut Tx,
    municipality: &str,
    book: &PlanBook,
    year: i16,
    language: &str,
) -> Result<HashMap<String, ActionStanding>> {
    let Some(programme) = book.programmes.get(&year) else { return Ok(HashMap::new()) };
    let mut stored = store::action_states(tx, municipality, year).await?;
    let of = |action: &Action| ActionStanding {
        standing: Standing { state: action.state, version: 0 },
        note: action.reason.as_ref().map(|r| r.get(language).to_owned()).unwrap_or_default(),
    };
    Ok(programme.action.iter().map(|a| (a.id.clone(), stored.remove(&a.id).unwrap_or_else(|| of(a)))).collect())
}

/// The registered decisions on a plan and its programmes, the newest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn decisions(tx: &mut Tx, municipality: &str, plan: &str) -> Result<Vec<Decision>> {
    store::decisions(tx, municipality, plan).await
}

/// The words of the states that may follow.
fn next_words<S: State>(state: S) -> Vec<String> {
    next_steps(state).map(|change| change.to.to_string()).collect()
}

/// The body that a form or record names.
fn body(word: &str) -> Option<Body> {
    Body::ALL.into_iter().find(|b| b.name() == word)
}

/// The basis of a decision as people of this language cite it: `Politiewet 2012 artikel 38b, lid 1; plan, paragraaf 5.3`.
#[must_use]
pub fn cite(words: &Words, basis: &str) -> String {
    let one = |part: &str| match part.strip_prefix("plan ").or_else(|| part.strip_prefix("IVHP ")) {
        Some(section) => words.t1("plan-cite-plan", "section", section),
        None => {
            let (article, paragraph) = part.split_once('(').unwrap_or((part, ""));
            let article = article.replace("art. ", &format!("{} ", words.t("plan-cite-article")));
            match paragraph.strip_suffix(')') {
                Some(n) => format!("{article}, {}", words.t1("plan-cite-paragraph", "n", n)),
                None => article,
            }
        }
    };
    basis.split("; ").map(one).collect::<Vec<_>>().join("; ")
}

/// A record that the configuration does not know.
fn known<T>(found: Option<T>) -> std::result::Result<T, Fault> {
    found.ok_or(Fault::NotFound)
}

#[cfg(test)]
mod tests;
