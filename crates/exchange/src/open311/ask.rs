//! A category's extra questions as attributes of the standard.

use super::params::Params;
use kit::Words;
use serde_json::{Value, json};
use signals::category::questions::{Answers, Question, QuestionKind};

/// The attributes of a service, in the order in which they are asked. A question that is asked only after a certain
/// answer is never required here: the standard cannot say so, and the answer is checked when the report comes in.
pub(super) fn attributes(words: &Words, questions: &[Question]) -> Vec<Value> {
    let lang = words.language();
    (1..)
        .zip(questions)
        .map(|(order, question)| {
            let hint = question.hint.get(lang);
            let mut attribute = json!({
                "variable": true,
                "code": question.id,
                "datatype": datatype(question.kind),
                "required": question.required && question.when.is_none(),
                "datatype_description": if hint.is_empty() { Value::Null } else { hint.into() },
                "order": order,
                "description": question.label.get(lang),
            });
            let values: Vec<Value> =
                question.choices().iter().map(|(key, name)| json!({ "key": key, "name": name.get(lang) })).collect();
            if !values.is_empty()
                && let Value::Object(fields) = &mut attribute
            {
                fields.insert("values".to_owned(), Value::Array(values));
            }
            attribute
        })
        .collect()
}

fn datatype(kind: QuestionKind) -> &'static str {
    match kind {
        QuestionKind::Text => "string",
        QuestionKind::LongText => "text",
        QuestionKind::Number => "number",
        QuestionKind::Date => "datetime",
        QuestionKind::YesNo | QuestionKind::Choice => "singlevaluelist",
        QuestionKind::Choices => "multivaluelist",
    }
}

/// The answers in `attribute[code]=…` and `attribute[code][]=…`. A day may come with a time, which is dropped.
pub(super) fn answers(params: &Params, questions: &[Question]) -> Answers {
    let mut answers = Answers::new();
    for (name, value) in params.pairs() {
        let code = name.strip_prefix("attribute[").and_then(|rest| rest.split_once(']')).map(|(code, _)| code);
        let Some(code) = code.filter(|_| !value.trim().is_empty()) else { continue };
        let is_day = questions.iter().any(|q| q.id == code && q.kind == QuestionKind::Date);
        let value = if is_day { value.trim().get(..10).unwrap_or(value) } else { value };
        answers.entry(code.to_owned()).or_default().push(value.to_owned());
    }
    answers
}
