//! Extra questions of a category: made by the municipality as data, asked after the category is chosen, kept with the
//! signal. Every publication is a version that stays, so that an old answer keeps the question that it answered.

mod check;
mod store;
#[cfg(test)]
mod tests;
mod view;

pub use check::check;
pub(in crate::category) use store::read;
pub(in crate::category) use view::only_if;
pub use view::{OptionView, QuestionView, answered, shown, views};

use kit::{Result, Text, Tx, Uuid, text_enum};
use policy::Permit;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The answer *yes* of a yes-no question.
pub const YES: &str = "yes";
/// The answer *no* of a yes-no question.
pub const NO: &str = "no";
/// Before the id of a question in the name of its control.
pub const FIELD: &str = "answer-";

text_enum! {
    /// How a question is answered. A place is no question: the report has one.
    pub enum QuestionKind {
        /// One line of text.
        Text = "text",
        /// Lines of text.
        LongText = "long-text",
        /// A number; `3,5` and `3.5` are the same.
        Number = "number",
        /// A day.
        Date = "date",
        /// Yes or no.
        YesNo = "yes-no",
        /// One of the options.
        Choice = "choice",
        /// One or more of the options.
        Choices = "choices",
    }
}

/// One option of a choice.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AnswerOption {
    /// Id, stored with the answer.
    pub id: String,
    /// What is read.
    pub label: Text,
}

/// When a question is asked: an earlier question was answered with this.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Condition {
    /// Id of the earlier question.
    pub question: String,
    /// Id of its option, or [`YES`] or [`NO`].
    pub equals: String,
}

/// One question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Question {
    /// Id, unique in its form.
    pub id: String,
    /// The question itself.
    pub label: Text,
    /// An explanation; may be empty.
    pub hint: Text,
    /// How it is answered.
    pub kind: QuestionKind,
    /// Whether it must be answered (when it is asked).
    pub required: bool,
    /// What can be chosen.
    #[serde(default)]
    pub options: Vec<AnswerOption>,
    /// When it is asked; absent: always.
    #[serde(default)]
    pub when: Option<Condition>,
    /// The least: characters of a text, the value of a number, days from today of a date (-7: a week ago), how many
    /// options.
    #[serde(default)]
    pub least: Option<f64>,
    /// The most, in the same way.
    #[serde(default)]
    pub most: Option<f64>,
}

impl Question {
    /// What can be chosen: the options, or yes and no. Empty for other kinds.
    #[must_use]
    pub fn choices(&self) -> Vec<(String, Text)> {
        let text = |nl: &str, en: &str| Text([("nl", nl), ("en", en)].map(|(l, t)| (l.into(), t.into())).into());
        match self.kind {
            QuestionKind::YesNo => vec![(YES.into(), text("Ja", "Yes")), (NO.into(), text("Nee", "No"))],
            QuestionKind::Choice | QuestionKind::Choices => {
                self.options.iter().map(|o| (o.id.clone(), o.label.clone())).collect()
            }
            _ => vec![],
        }
    }

    /// Name of its control in a form.
    #[must_use]
    pub fn field(&self) -> String {
        format!("{FIELD}{}", self.id)
    }
}

/// What a category asks: one published version.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Form {
    /// Category id.
    pub category: String,
    /// Number of the version; 0 when nothing was ever published.
    pub number: i64,
    /// The questions in order.
    pub questions: Vec<Question>,
}

/// What was typed or chosen, by the id of the question.
pub type Answers = BTreeMap<String, Vec<String>>;

/// What `category` asks now; nothing when no questions were published.
///
/// # Errors
/// When the database cannot be read.
pub async fn asked(tx: &mut Tx, municipality: &str, category: &str) -> Result<Form> {
    let found = store::published(tx, municipality, category).await?;
    Ok(found.unwrap_or_else(|| Form { category: category.to_owned(), ..Form::default() }))
}

/// What every category asks now, of the categories that ask something.
///
/// # Errors
/// When the database cannot be read.
pub async fn all_asked(tx: &mut Tx, municipality: &str) -> Result<Vec<Form>> {
    let mut forms = store::all_published(tx, municipality).await?;
    forms.retain(|f| !f.questions.is_empty());
    Ok(forms)
}

/// The answers among the fields of a form: those whose name begins with [`FIELD`].
pub fn typed<'a>(fields: impl IntoIterator<Item = (&'a str, &'a str)>) -> Answers {
    let mut answers = Answers::new();
    for (name, value) in fields {
        if let Some(id) = name.strip_prefix(FIELD) {
            answers.entry(id.to_owned()).or_default().push(value.to_owned());
        }
    }
    answers
}

/// Keeps checked answers with a signal that is there already. The same again changes nothing.
///
/// # Errors
/// When the database refuses.
pub async fn keep(tx: &mut Tx, permit: &Permit, signal: Uuid, form: &Form, answers: &Answers) -> Result<()> {
    if answers.is_empty() {
        return Ok(());
    }
    store::insert(tx, permit, signal, form, answers).await
}
