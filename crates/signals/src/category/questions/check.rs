//! Whether answers are answers.

use super::{Answers, Question, QuestionKind};
use jiff::ToSpan as _;
use jiff::civil::Date;
use kit::FieldFaults;

/// Longest answer of one line in characters, where the question sets no bound.
const LINE: f64 = 200.0;
/// Longest answer of more lines in characters, where the question sets no bound.
const LINES: f64 = 2000.0;

/// What is wrong: a locale key, and the bound that was passed.
type Wrong = (&'static str, Option<(&'static str, String)>);

/// Checks and tidies what was typed: `3,5` becomes `3.5`, a day becomes `2024-06-30`. What answers a question that is
/// not asked (its condition is not met) is dropped. A fault has the field `answer-<id>`. `today` is the local day.
pub fn check(questions: &[Question], typed: &Answers, today: Date, faults: &mut FieldFaults) -> Answers {
    let mut kept = Answers::new();
    for question in questions {
        let met =
            |c: &super::Condition| kept.get(&c.question).is_some_and(|given: &Vec<String>| given.contains(&c.equals));
        if !question.when.as_ref().is_none_or(met) {
            continue;
        }
        let mut given: Vec<String> = Vec::new();
        for value in typed.get(&question.id).into_iter().flatten() {
            let value = tidy(value);
            if !value.is_empty() && !given.contains(&value) {
                given.push(value);
            }
        }
        match answer(question, given, today) {
            Ok(given) if given.is_empty() => {}
            Ok(given) => {
                kept.insert(question.id.clone(), given);
            }
            Err((key, bound)) => {
                // The sentence names its question: the Dutch text has `$nl` in it, the English one `$en`.
                let label = |language| (language, question.label.get(language).to_owned());
                faults.add_with(question.field(), key, [label("nl"), label("en")].into_iter().chain(bound).collect());
            }
        }
    }
    kept
}

/// Without control characters other than the ends of lines, and without space around it.
fn tidy(value: &str) -> String {
    let plain: String = value.replace("\r\n", "\n").chars().filter(|c| !c.is_control() || *c == '\n').collect();
    plain.trim().to_owned()
}

fn answer(question: &Question, given: Vec<String>, today: Date) -> Result<Vec<String>, Wrong> {
    let is_choice = matches!(question.kind, QuestionKind::YesNo | QuestionKind::Choice | QuestionKind::Choices);
    let Some(first) = given.first() else {
        let missing = if is_choice { "category-fault-choose" } else { "category-fault-missing" };
        return if question.required { Err((missing, None)) } else { Ok(vec![]) };
    };
    if given.len() > 1 && question.kind != QuestionKind::Choices {
        return Err(("category-fault-one", None));
    }
    match question.kind {
        QuestionKind::Text if first.contains('\n') => Err(("category-fault-line", None)),
        QuestionKind::Text => length(question, first, LINE).map(|()| given),
        QuestionKind::LongText => length(question, first, LINES).map(|()| given),
        QuestionKind::Number => number(question, first).map(|n| vec![n.to_string()]),
        QuestionKind::Date => day(question, first, today).map(|d| vec![d.to_string()]),
        QuestionKind::YesNo | QuestionKind::Choice | QuestionKind::Choices => chosen(question, given),
    }
}

fn length(question: &Question, text: &str, most: f64) -> Result<(), Wrong> {
    let n = text.chars().count() as f64;
    match (question.least, question.most.unwrap_or(most)) {
        (Some(least), _) if n < least => Err(("category-fault-short", Some(("least", least.to_string())))),
        (_, most) if n > most => Err(("category-fault-long", Some(("most", most.to_string())))),
        _ => Ok(()),
    }
}

fn number(question: &Question, text: &str) -> Result<f64, Wrong> {
    let plain = text.len() <= 20 && text.chars().all(|c| c.is_ascii_digit() || ['-', ',', '.'].contains(&c));
    let read = text.replace(',', ".").parse::<f64>().ok().filter(|n| plain && n.is_finite());
    let n = read.ok_or(("category-fault-number", None))?;
    match (question.least, question.most) {
        (Some(least), _) if n < least => Err(("category-fault-low", Some(("least", least.to_string())))),
        (_, Some(most)) if n > most => Err(("category-fault-high", Some(("most", most.to_string())))),
        _ => Ok(n),
    }
}

/// A day as a date control sends it, or as people type it: `30-6-2024`.
fn day(question: &Question, text: &str, today: Date) -> Result<Date, Wrong> {
    let typed = || {
        let mut parts = text.split(['-', '/', '.']).map(str::trim);
        let (d, m, y) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        if parts.next().is_some() || y < 1000 { None } else { Date::new(y, m, d).ok() }
    };
    let iso = Some(text).filter(|t| t.len() == 10).and_then(|t| t.parse::<Date>().ok());
    let day = iso.or_else(typed).ok_or(("category-fault-date", None))?;
    let bound = |days: Option<f64>| days.map(|days| moved(today, days));
    let said = |name, day: Date| Some((name, format!("{}-{}-{}", day.day(), day.month(), day.year())));
    match (bound(question.least), bound(question.most)) {
        (Some(least), _) if day < least => Err(("category-fault-early", said("least", least))),
        (_, Some(most)) if day > most => Err(("category-fault-late", said("most", most))),
        _ => Ok(day),
    }
}

#[allow(clippy::cast_possible_truncation, reason = "within ten thousand years")]
fn moved(today: Date, days: f64) -> Date {
    today.saturating_add((days.clamp(-3_000_000.0, 3_000_000.0) as i64).days())
}

fn chosen(question: &Question, given: Vec<String>) -> Result<Vec<String>, Wrong> {
    let choices = question.choices();
    if given.iter().any(|g| choices.iter().all(|(id, _)| id != g)) {
        return Err(("category-fault-unknown", None));
    }
    let n = given.len() as f64;
    match (question.kind, question.least, question.most) {
        (QuestionKind::Choices, Some(least), _) if n < least => {
            Err(("category-fault-few", Some(("least", least.to_string()))))
        }
        (QuestionKind::Choices, _, Some(most)) if n > most => {
            Err(("category-fault-many", Some(("most", most.to_string()))))
        }
        _ => Ok(given),
    }
}
