//! The form of one question.

use super::{Known, Sent, Tongue, Trouble, fault, get, ops, permit, stamp, store, text_of, tongues};
use crate::category::questions::{AnswerOption, Condition, Question, QuestionKind, only_if};
use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use kit::once::{self, Claim};
use kit::{Fault, FieldFaults, Text};
use site::{Choice, Cx, FormError, Link, Page, render_as, see_other};

/// Longest question in characters.
const LABEL: usize = 200;
/// Longest explanation in characters.
const HINT: usize = 500;
/// Most options of a choice.
const OPTIONS: usize = 30;
/// The address of a question that is not there yet.
const NEW: &str = "new";

#[derive(askama::Template)]
#[template(path = "category/pages/question.html")]
struct QuestionPage {
    page: Page,
    crumbs: Vec<Link>,
    action: String,
    request: String,
    version: String,
    labels: Vec<Tongue>,
    hints: Vec<Tongue>,
    options: Vec<Tongue>,
    kinds: Vec<Choice>,
    kind: String,
    required: bool,
    conditions: Vec<Choice>,
    when: String,
    least: String,
    most: String,
    errors: Vec<FormError>,
}

impl QuestionPage {
    fn fault(&self, field: &str) -> String {
        fault(&self.errors, field)
    }
}

/// A question as fields of the form.
fn fields(q: &Question) -> Sent {
    let mut sent = Sent::new();
    let each = |sent: &mut Sent, name: &str, text: &Text| {
        sent.extend(text.0.iter().map(|(language, text)| (format!("{name}-{language}"), text.clone())));
    };
    each(&mut sent, "label", &q.label);
    each(&mut sent, "hint", &q.hint);
    for language in q.options.iter().flat_map(|o| o.label.0.keys()).collect::<std::collections::BTreeSet<_>>() {
        let lines: Vec<&str> = q.options.iter().map(|o| o.label.get(language)).collect();
        sent.push((format!("options-{language}"), lines.join("\n")));
    }
    let number = |n: Option<f64>| n.map(|n| n.to_string()).unwrap_or_default();
    let required = if q.required { "yes" } else { "" };
    let when = q.when.as_ref().map(|c| format!("{}={}", c.question, c.equals)).unwrap_or_default();
    let rest = [
        ("kind", q.kind.to_string()),
        ("required", required.to_owned()),
        ("when", when),
        ("least", number(q.least)),
        ("most", number(q.most)),
    ];
    sent.extend(rest.map(|(name, value)| (name.to_owned(), value)));
    sent
}

/// `GET /forms/{category}/questions/{id}`: the form of a question; the id `new` for one that is not there yet.
///
/// # Errors
/// [`Fault::NotFound`], or when the policy refuses or the database cannot be read.
pub async fn question(cx: Cx, Path((category, id)): Path<(String, String)>) -> Result<Response, Fault> {
    let known = Known::of(&cx, category)?;
    let permit = permit(&cx, "form:edit")?;
    let mut tx = cx.read().await?;
    let draft = store::draft(&mut tx, permit.municipality(), &known.id).await?;
    drop(tx);
    let mut sent = match draft.questions.iter().find(|q| q.id == id) {
        Some(q) => fields(q),
        None if id == NEW => vec![("kind".to_owned(), QuestionKind::Text.to_string())],
        None => return Err(Fault::NotFound),
    };
    sent.push(("version".to_owned(), draft.version.to_string()));
    shown(&cx, &known, &id, &draft.questions, &sent, &Trouble::none())
}

fn shown(
    cx: &Cx,
    known: &Known,
    id: &str,
    all: &[Question],
    sent: &Sent,
    trouble: &Trouble,
) -> Result<Response, Fault> {
    let fields = |name: &str, key: &str| {
        tongues(cx, name, key, |language| get(sent, &format!("{name}-{language}")).to_owned(), &trouble.errors)
    };
    let mut conditions = vec![Choice::new("", cx.t("category-when-always"))];
    for earlier in ops::pointable(all, id) {
        for (option, _) in earlier.choices() {
            let condition = Condition { question: earlier.id.clone(), equals: option };
            let label = only_if(&cx.words, all, &condition).unwrap_or_default();
            conditions.push(Choice::new(format!("{}={}", condition.question, condition.equals), label));
        }
    }
    let unrequired = |fields: Vec<Tongue>| fields.into_iter().map(|t| Tongue { required: false, ..t }).collect();
    let page = QuestionPage {
        page: trouble.on(cx.page(if id == NEW { "category-question-new" } else { "category-question-edit" })),
        crumbs: vec![
            Link::new("/forms", cx.t("category-title")),
            Link::new(format!("/forms/{}", known.id), known.name(cx)),
        ],
        action: format!("/forms/{}/questions/{id}", known.id),
        request: cx.app.clock.id().to_string(),
        version: get(sent, "version").to_owned(),
        labels: fields("label", "category-label"),
        hints: unrequired(fields("hint", "category-hint")),
        options: unrequired(fields("options", "category-options")),
        kinds: QuestionKind::ALL.iter().map(|k| Choice::new(k.as_str(), cx.t(&format!("category-kind-{k}")))).collect(),
        kind: get(sent, "kind").to_owned(),
        required: !get(sent, "required").is_empty(),
        conditions,
        when: get(sent, "when").to_owned(),
        least: get(sent, "least").to_owned(),
        most: get(sent, "most").to_owned(),
        errors: trouble.errors.clone(),
    };
    render_as(trouble.status, &page)
}

/// `POST /forms/{category}/questions/{id}`: writes the question into the draft.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Bad`] for a form that is not ours, or when the policy refuses or the database fails.
/// What the sender can mend comes back as the form, with what was typed.
pub async fn question_save(
    cx: Cx,
    Path((category, id)): Path<(String, String)>,
    Form(sent): Form<Sent>,
) -> Result<Response, Fault> {
    let known = Known::of(&cx, category)?;
    let permit = permit(&cx, "form:edit")?;
    let (request, version) = stamp(&sent)?;
    let back = format!("/forms/{}", known.id);
    let mut tx = cx.write().await?;
    if let Claim::Replay(to) = once::claim(&mut tx, permit.municipality(), request, cx.now, &back).await? {
        return Ok(see_other(&to));
    }
    let edit = |questions: &mut Vec<Question>| {
        let at = questions.iter().position(|q| q.id == id);
        if at.is_none() && id != NEW {
            return Err(Fault::NotFound);
        }
        let question = read(&cx, &sent, questions, at)?;
        match at.and_then(|at| questions.get_mut(at)) {
            Some(old) => *old = question,
            None => questions.push(question),
        }
        Ok(())
    };
    match ops::change(&cx, &mut tx, &permit, (&known.id, version), edit).await {
        Ok(()) => {
            tx.commit().await?;
            Ok(see_other(&back))
        }
        Err(fault) => {
            let trouble = Trouble::of(&cx, fault)?;
            let draft = store::draft(&mut tx, permit.municipality(), &known.id).await?;
            drop(tx);
            shown(&cx, &known, &id, &draft.questions, &sent, &trouble)
        }
    }
}

/// The question that was typed; `at` is the place of the one that it replaces.
fn read(cx: &Cx, sent: &Sent, all: &[Question], at: Option<usize>) -> Result<Question, Fault> {
    let old = at.and_then(|at| all.get(at));
    let mut faults = FieldFaults::default();
    let first = cx.municipality.file.languages.first().map_or("nl", |l| l);
    let label = text_of(cx, sent, "label");
    let hint = text_of(cx, sent, "hint");
    if !label.0.contains_key(first) {
        faults.add(format!("label-{first}"), "category-label-missing");
    }
    for (name, text, most) in [("label", &label, LABEL), ("hint", &hint, HINT)] {
        for (language, _) in text.0.iter().filter(|(_, t)| t.chars().count() > most) {
            faults.add_with(format!("{name}-{language}"), "category-too-long", vec![("most", most.to_string())]);
        }
    }
    let kind = get(sent, "kind").parse().unwrap_or_else(|_| {
        faults.add("kind", "category-kind-missing");
        QuestionKind::Text
    });
    let options = match kind {
        QuestionKind::Choice | QuestionKind::Choices => options(cx, sent, first, old, &mut faults),
        _ => vec![],
    };
    let when = match get(sent, "when") {
        "" => None,
        text => text.split_once('=').map(|(q, o)| Condition { question: q.to_owned(), equals: o.to_owned() }),
    };
    let id = old.map_or_else(|| fresh(label.get(first), all.iter().map(|q| q.id.as_str())), |q| q.id.clone());
    let is_there = |c: &Condition| {
        ops::pointable(all, &id).any(|q| q.id == c.question && q.choices().iter().any(|(o, _)| *o == c.equals))
    };
    if !get(sent, "when").is_empty() && !when.as_ref().is_some_and(is_there) {
        faults.add("when", "category-when-unknown");
    }
    let bounded = !matches!(kind, QuestionKind::YesNo | QuestionKind::Choice);
    let mut bound = |name: &'static str| match get(sent, name) {
        text if text.is_empty() || !bounded => None,
        text => {
            let number = text.replace(',', ".").parse::<f64>().ok().filter(|n| n.abs() < 1e12);
            let whole = number.filter(|n| kind == QuestionKind::Number || n.fract() == 0.0);
            if whole.is_none() {
                faults.add(name, "category-bound-wrong");
            }
            whole
        }
    };
    let (least, most) = (bound("least"), bound("most"));
    if let (Some(least), Some(most)) = (least, most)
        && least > most
    {
        faults.add("most", "category-bound-order");
    }
    faults.ok()?;
    Ok(Question { id, label, hint, kind, required: !get(sent, "required").is_empty(), options, when, least, most })
}

/// The options: the same line in each language is the same option.
fn options(cx: &Cx, sent: &Sent, first: &str, old: Option<&Question>, faults: &mut FieldFaults) -> Vec<AnswerOption> {
    let lines = |language: &str| -> Vec<&str> {
        get(sent, &format!("options-{language}")).lines().map(str::trim).filter(|l| !l.is_empty()).collect()
    };
    let labels = lines(first);
    let field = format!("options-{first}");
    if !(2..=OPTIONS).contains(&labels.len()) {
        faults.add_with(field.clone(), "category-options-few", vec![("most", OPTIONS.to_string())]);
    }
    let mut options: Vec<AnswerOption> = Vec::new();
    let before = old.map(|q| q.options.as_slice()).unwrap_or_default();
    for (n, label) in labels.iter().enumerate() {
        if label.chars().count() > LABEL {
            faults.add_with(field.clone(), "category-too-long", vec![("most", LABEL.to_string())]);
        }
        // An option keeps its id when its label stays, or when only the label on its line was mended.
        let same = before.iter().find(|o| o.label.get(first) == *label);
        let mended = before.get(n).filter(|o| before.len() == labels.len() && !labels.contains(&o.label.get(first)));
        let id = same.or(mended).map(|o| o.id.clone()).filter(|id| options.iter().all(|o| o.id != *id));
        if options.iter().any(|o| o.label.get(first) == *label) {
            faults.add(field.clone(), "category-options-twice");
        }
        let id = id.unwrap_or_else(|| fresh(label, options.iter().chain(before).map(|o| o.id.as_str())));
        options.push(AnswerOption { id, label: Text([(first.to_owned(), (*label).to_owned())].into()) });
    }
    for language in cx.municipality.file.languages.iter().filter(|l| *l != first) {
        let translated = lines(language);
        if !translated.is_empty() && translated.len() != options.len() {
            faults.add(format!("options-{language}"), "category-options-lines");
        }
        for (option, label) in options.iter_mut().zip(translated) {
            option.label.0.insert(language.clone(), label.to_owned());
        }
    }
    options
}

/// A readable id that is not taken: letters and digits of the label.
fn fresh<'a>(label: &str, taken: impl Iterator<Item = &'a str>) -> String {
    let taken: Vec<&str> = taken.chain([NEW]).collect();
    let folded = crate::intake::fold(&[label]);
    let parts: Vec<&str> = folded.split(|c: char| !c.is_ascii_alphanumeric()).filter(|p| !p.is_empty()).collect();
    let mut id: String = parts.join("-").chars().take(40).collect();
    id.truncate(id.trim_end_matches('-').len());
    if id.is_empty() {
        id.push('q');
    }
    let names = std::iter::once(id.clone()).chain((2_u32..).map(|n| format!("{id}-{n}")));
    names.into_iter().find(|name| !taken.contains(&name.as_str())).unwrap_or(id)
}
