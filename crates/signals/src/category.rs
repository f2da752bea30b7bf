//! Categories of signals: configuration of the municipality (`categories.toml`), with the handling
//! term, the priority of the plan that each serves, and the words that residents read. What staff decide about a category
//! without a new configuration: its extra [questions], and [stops] in which it takes no reports.

pub mod editor;
pub mod questions;
pub mod seed;
pub mod stops;
mod store;

use crate::suggest::SuggestConfig;
use kit::config::{ConfigError, load};
use kit::{Result, Text, Tx};
use law::Term;
use serde::Deserialize;
use std::collections::HashMap;
use std::path::Path;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    main: Vec<Main>,
    category: Vec<Category>,
    #[serde(default)]
    redirect: Vec<Redirect>,
    question: Option<Promise>,
    suggest: Option<SuggestConfig>,
    presence: PresenceRules,
}

/// What is believed of a presence that an officer writes down.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PresenceRules {
    /// Longest presence at one place, in hours: longer is a mistake in the day.
    pub most_hours: i64,
}

/// Within which the municipality promises to answer.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Promise {
    term: Term,
}

/// A main category: the group that residents choose from first, and the group of forecasts.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Main {
    /// Id.
    pub id: String,
    /// Name.
    pub name: Text,
    /// Name of its icon.
    pub icon: Option<String>,
}

/// A category.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Category {
    /// Id, stored with each signal.
    pub id: String,
    /// Its main category.
    pub main: String,
    /// Name.
    pub name: Text,
    /// What belongs here, in one sentence.
    pub hint: Text,
    /// Within which a report must be handled (a promise of the municipality, no statutory term).
    pub term: Term,
    /// The priority of the plan that it serves.
    pub priority: String,
    /// Whether its place may be shown to everybody.
    pub public: bool,
    /// Whether somebody looks before a new report is shown to everybody.
    #[serde(default)]
    pub look_first: bool,
    /// When a new report is offered as the same issue.
    pub issue: Near,
    /// Minutes that an officer stays at a place for this.
    pub visit_min: u32,
    /// Whether an officer can do something about it on a round.
    pub patrol: bool,
    /// Words by which residents name it, in any language: what a suggestion starts from.
    #[serde(default)]
    pub words: Vec<String>,
}

/// How near in place and time two reports are offered as one issue.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Near {
    /// Metres.
    pub radius_m: f64,
    /// Days.
    pub days: i64,
}

/// What belongs to another organisation and is not stored here.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Redirect {
    /// Id.
    pub id: String,
    /// Name.
    pub name: Text,
    /// What to do.
    pub text: Text,
    /// Telephone.
    pub phone: String,
    /// Web address.
    pub url: String,
    /// Words in a report that plainly mean this; a word that ends in `*` stands for all that begin so.
    #[serde(default)]
    pub words: Vec<String>,
}

/// The municipality's categories; sits on its shelf.
#[derive(Clone, Debug)]
pub struct Catalogue {
    /// Main categories in the order of the file.
    pub mains: Vec<Main>,
    /// Categories in the order of the file.
    pub categories: Vec<Category>,
    /// What goes elsewhere.
    pub redirects: Vec<Redirect>,
    /// Within which a question is answered (a promise); `None`: within the term of its category.
    pub question: Option<Term>,
    /// The plan's priorities that categories may serve, in the order of the plan.
    pub priorities: Vec<(String, Text)>,
    /// How categories are suggested; absent: they are not.
    pub suggest: Option<SuggestConfig>,
    /// What is believed of a presence.
    pub presence: PresenceRules,
    by_id: HashMap<String, usize>,
}

impl Catalogue {
    /// Reads `categories.toml` in `folder`; `priorities` are the ids and names of the plan.
    ///
    /// # Errors
    /// When the file is wrong, an id stands twice, or a main category or priority is unknown.
    pub fn read(folder: &Path, priorities: Vec<(String, Text)>) -> std::result::Result<Self, ConfigError> {
        let path = folder.join("categories.toml");
        let file: File = load(&path)?;
        let wrong = |why: String| ConfigError::Wrong { path: path.display().to_string(), why };
        if !(1..=24).contains(&file.presence.most_hours) {
            return Err(wrong("`most_hours` of `[presence]` must be 1 to 24".to_owned()));
        }
        let mut by_id = HashMap::new();
        for (i, category) in file.category.iter().enumerate() {
            if by_id.insert(category.id.clone(), i).is_some() {
                return Err(wrong(format!("category `{}` stands twice", category.id)));
            }
            if file.main.iter().all(|m| m.id != category.main) {
                return Err(wrong(format!("category `{}`: no main `{}`", category.id, category.main)));
            }
            if priorities.iter().all(|(id, _)| *id != category.priority) {
                return Err(wrong(format!(
                    "category `{}`: no priority `{}` in the plan",
                    category.id, category.priority
                )));
            }
        }
        Ok(Self {
            mains: file.main,
            categories: file.category,
            redirects: file.redirect,
            question: file.question.map(|q| q.term),
            priorities,
            suggest: file.suggest,
            presence: file.presence,
            by_id,
        })
    }

    /// The category with this id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Category> {
        self.by_id.get(id).and_then(|i| self.categories.get(*i))
    }

    /// The place of a category in the file: its number in forecasts.
    #[must_use]
    pub fn number(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    /// The place of a category's main category in the file: its group in forecasts.
    #[must_use]
    pub fn group(&self, id: &str) -> Option<usize> {
        let main = &self.get(id)?.main;
        self.mains.iter().position(|m| m.id == *main)
    }

    /// The categories of a main category.
    pub fn of_main<'a>(&'a self, main: &'a str) -> impl Iterator<Item = &'a Category> {
        self.categories.iter().filter(move |c| c.main == main)
    }

    /// The name of a category in a language; the id itself when it is not known any more.
    #[must_use]
    pub fn name<'a>(&'a self, id: &'a str, language: &str) -> &'a str {
        self.get(id).map_or(id, |c| c.name.get(language))
    }

    /// The name of a priority in a language.
    #[must_use]
    pub fn priority_name<'a>(&'a self, id: &'a str, language: &str) -> &'a str {
        self.priorities.iter().find(|(p, _)| p == id).map_or(id, |(_, name)| name.get(language))
    }

    /// Writes which category serves which priority into the database, so that lists can be narrowed
    /// by priority in SQL.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn sync(&self, tx: &mut Tx, municipality: &str) -> Result<()> {
        store::replace(tx, municipality, &self.categories).await
    }
}
