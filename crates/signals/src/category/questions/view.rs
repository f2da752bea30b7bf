//! Questions and answers as people read them.

use super::{Answers, NO, Question, QuestionKind, YES, store};
use kit::{FieldFaults, Result, Tx, Uuid, Words};
use policy::Permit;

/// A question in a form; `category/pages/questions.html` shows a list of them, named `questions`.
#[derive(Clone, Debug)]
pub struct QuestionView {
    /// Name of the control: `answer-<id>`.
    pub name: String,
    /// The question.
    pub label: String,
    /// Its explanation, after the sentence that says when it is asked.
    pub hint: String,
    /// `text`, `lines`, `date`, `one` or `many`.
    pub control: &'static str,
    /// Whether it must be answered.
    pub required: bool,
    /// The text typed, or the one choice made.
    pub value: String,
    /// What can be chosen.
    pub options: Vec<OptionView>,
    /// Its fault, or empty.
    pub error: String,
    /// Name of the control that decides whether it is asked; empty: always.
    pub when: String,
    /// The answer there that asks for it.
    pub equals: String,
}

/// An option of a choice.
#[derive(Clone, Debug)]
pub struct OptionView {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub label: String,
    /// Whether it is chosen.
    pub chosen: bool,
}

/// The questions for a form, with what was typed and what is wrong with it.
#[must_use]
pub fn views(words: &Words, questions: &[Question], typed: &Answers, faults: &FieldFaults) -> Vec<QuestionView> {
    let language = words.language();
    questions
        .iter()
        .map(|q| {
            let given = typed.get(&q.id).map(Vec::as_slice).unwrap_or_default();
            let hint = q.hint.get(language);
            let when = q.when.as_ref().and_then(|c| only_if(words, questions, c));
            QuestionView {
                name: q.field(),
                label: q.label.get(language).to_owned(),
                hint: [when.as_deref(), Some(hint)]
                    .into_iter()
                    .flatten()
                    .filter(|t| !t.is_empty())
                    .collect::<Vec<_>>()
                    .join(" "),
                control: match q.kind {
                    QuestionKind::Text | QuestionKind::Number => "text",
                    QuestionKind::LongText => "lines",
                    QuestionKind::Date => "date",
                    QuestionKind::YesNo | QuestionKind::Choice => "one",
                    QuestionKind::Choices => "many",
                },
                required: q.required,
                value: given.first().cloned().unwrap_or_default(),
                options: q
                    .choices()
                    .into_iter()
                    .map(|(id, label)| OptionView {
                        label: choice(words, q.kind, &id, label.get(language)),
                        chosen: given.contains(&id),
                        value: id,
                    })
                    .collect(),
                error: faults.of(&q.field(), words).unwrap_or_default(),
                when: q.when.as_ref().map(|c| format!("{}{}", super::FIELD, c.question)).unwrap_or_default(),
                equals: q.when.as_ref().map(|c| c.equals.clone()).unwrap_or_default(),
            }
        })
        .collect()
}

/// The sentence that says when a question is to be answered.
pub(in crate::category) fn only_if(words: &Words, questions: &[Question], when: &super::Condition) -> Option<String> {
    let earlier = questions.iter().find(|q| q.id == when.question)?;
    let answer = value(words, earlier, std::slice::from_ref(&when.equals));
    let label = earlier.label.get(words.language());
    Some(words.ta("category-only-if", &[("question", label.into()), ("answer", answer.into())]))
}

/// Yes and no in the words of the program, so that more languages need no more data.
fn choice(words: &Words, kind: QuestionKind, id: &str, label: &str) -> String {
    match (kind, id) {
        (QuestionKind::YesNo, YES) => words.t("category-yes"),
        (QuestionKind::YesNo, NO) => words.t("category-no"),
        _ => label.to_owned(),
    }
}

/// An answer in words.
fn value(words: &Words, question: &Question, given: &[String]) -> String {
    let one = |text: &String| match question.kind {
        QuestionKind::Date => text.parse().map_or_else(|_| text.clone(), |day| words.day(day)),
        QuestionKind::Number => match text.split_once('.') {
            Some((_, rest)) => text.parse().map_or_else(|_| text.clone(), |n| words.number(n, rest.len())),
            None => text.clone(),
        },
        kind => match question.choices().iter().find(|(id, _)| id == text) {
            Some((id, label)) => choice(words, kind, id, label.get(words.language())),
            None => text.clone(),
        },
    };
    given.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// Questions and checked answers as label and text, in the order of the questions.
#[must_use]
pub fn shown(words: &Words, questions: &[Question], answers: &Answers) -> Vec<(String, String)> {
    let line = |q: &Question| {
        let given = answers.get(&q.id)?;
        Some((q.label.get(words.language()).to_owned(), value(words, q, given)))
    };
    questions.iter().filter_map(line).collect()
}

/// What the reporter of a signal answered, as label and text. The questions are those of the version that was asked.
///
/// # Errors
/// When the database cannot be read.
pub async fn answered(tx: &mut Tx, permit: &Permit, signal: Uuid, words: &Words) -> Result<Vec<(String, String)>> {
    let mut out = Vec::new();
    let all = store::answers(tx, permit, signal).await?;
    for form in all.chunk_by(|a, b| (&a.category, a.number) == (&b.category, b.number)) {
        let questions = form.first().and_then(|g| g.questions.as_deref()).map(store::read).transpose()?;
        let questions = questions.unwrap_or_default();
        let answers: Answers =
            form.iter().map(|g| (g.question.clone(), serde_json::from_str(&g.answer).unwrap_or_default())).collect();
        out.extend(shown(words, &questions, &answers));
    }
    Ok(out)
}
