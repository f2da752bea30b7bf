//! How good the suggestions are, on reports that the model did not learn from, beside what is trivial.

use super::store::Closed;
use super::{SuggestConfig, offered, store, taxonomy, train};
use crate::Catalogue;
use ::suggest::{Answer, Score};
use kit::{Municipality, Tx};
use serde::Serialize;
use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;

/// Of the closed reports in order of time, this share (the older) is learned from; the rest is the test.
const LEARNED: f64 = 0.8;

/// A text whose category is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Labelled {
    /// The text.
    pub text: String,
    /// Its category.
    pub category: String,
    /// Whether it is for the test; absent: the last fifth is.
    pub is_test: Option<bool>,
}

/// The figures of the model and of what it must beat.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Evaluation {
    /// Reports learned from.
    pub learned: usize,
    /// Reports of the test.
    pub tested: usize,
    /// The model as residents meet it: it holds back when it is not sure.
    pub model: Score,
    /// The same model when it always answers.
    pub model_always: Score,
    /// A model of the taxonomy only, as on the first day; always answers.
    pub taxonomy: Score,
    /// The category whose keywords stand in the text most often; the most frequent one when none does.
    pub keywords: Score,
    /// Always the three most frequent categories.
    pub most_frequent: Score,
}

/// Why there is nothing to measure.
#[derive(Debug, thiserror::Error)]
pub enum EvaluateError {
    /// The municipality has no `[suggest]`.
    #[error("categories.toml of this municipality has no [suggest]")]
    NotWanted,
    /// Nothing to test on.
    #[error("there are no texts to test on: no closed reports, or no rows with a category of this municipality")]
    Nothing,
    /// The file cannot be read.
    #[error("line {line}: {why}")]
    File {
        /// Line of the file, the head is 1.
        line: u64,
        /// What is wrong.
        why: String,
    },
    /// The database refused.
    #[error(transparent)]
    Db(#[from] kit::DbError),
}

/// Reads `text,category[,split]` (CSV, UTF-8, with a head); `split` is `train`, `test` or empty.
///
/// # Errors
/// [`EvaluateError::File`] with the line.
pub fn read_csv(input: impl std::io::Read) -> Result<Vec<Labelled>, EvaluateError> {
    let wrong = |line: u64, why: String| EvaluateError::File { line, why };
    let of = |e: csv::Error| wrong(e.position().map_or(0, csv::Position::line), e.to_string());
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(input);
    let head = reader.headers().map_err(of)?.clone();
    let column = |name: &str| head.iter().position(|h| h.trim().trim_start_matches('\u{feff}') == name);
    let text = column("text").ok_or_else(|| wrong(1, "no column `text`".into()))?;
    let category = column("category").ok_or_else(|| wrong(1, "no column `category`".into()))?;
    let split = column("split");
    let mut all = Vec::new();
    for row in reader.records() {
        let row = row.map_err(of)?;
        let line = row.position().map_or(0, csv::Position::line);
        let cell = |at: usize| row.get(at).map(str::trim).unwrap_or_default().to_owned();
        let is_test = match split.map(cell).unwrap_or_default().as_str() {
            "" => None,
            "test" => Some(true),
            "train" => Some(false),
            other => return Err(wrong(line, format!("split `{other}` is not train or test"))),
        };
        if cell(text).is_empty() || cell(category).is_empty() {
            return Err(wrong(line, "text or category is empty".into()));
        }
        all.push(Labelled { text: cell(text), category: cell(category), is_test });
    }
    Ok(all)
}

/// Measures on the municipality's closed reports, or on `texts`. With texts that are all for the test, the model learns
/// from the closed reports.
///
/// # Errors
/// [`EvaluateError::NotWanted`], [`EvaluateError::Nothing`], or when the database cannot be read.
pub async fn evaluate(
    tx: &mut Tx,
    municipality: &Municipality,
    texts: Option<Vec<Labelled>>,
) -> Result<Evaluation, EvaluateError> {
    let catalogue = municipality.get::<Catalogue>();
    let config = catalogue.suggest.clone().ok_or(EvaluateError::NotWanted)?;
    let closed = match &texts {
        Some(texts) if texts.iter().any(|t| t.is_test != Some(true)) => vec![],
        _ => store::closed(tx, municipality.code(), config.most_reports).await?,
    };
    // Oldest first.
    let reports = closed.into_iter().rev();
    let all = match texts {
        None => reports.map(|c| Labelled { text: c.words, category: c.category, is_test: None }).collect(),
        Some(texts) => reports
            .map(|c| Labelled { text: c.words, category: c.category, is_test: Some(false) })
            .chain(texts)
            .collect(),
    };
    measure(&catalogue, &config, all).ok_or(EvaluateError::Nothing)
}

/// The figures on `all`, in order of time; `None` without a text to test on.
pub(super) fn measure(catalogue: &Catalogue, config: &SuggestConfig, mut all: Vec<Labelled>) -> Option<Evaluation> {
    all.retain(|l| catalogue.get(&l.category).is_some());
    let open = all.iter().filter(|l| l.is_test.is_none()).count();
    let older = (open as f64 * LEARNED).round();
    let (mut learned, mut tests, mut seen) = (Vec::new(), Vec::new(), 0.0);
    for l in all {
        let is_test = l.is_test.unwrap_or_else(|| {
            seen += 1.0;
            seen > older
        });
        if is_test { tests.push(l) } else { learned.push(Closed { words: l.text, category: l.category }) }
    }
    if tests.is_empty() {
        return None;
    }
    let score = |guess: &dyn Fn(&str) -> Vec<String>| {
        let answer = |t: &Labelled| Answer { right: t.category.clone(), guessed: guess(&t.text) };
        Score::of(&tests.iter().map(answer).collect::<Vec<_>>())
    };
    let model = train::learn(catalogue, config, &learned);
    let first_day = train::learn(catalogue, config, &[]);
    let always = |model: &::suggest::Model, text: &str| model.guess(text, 3).into_iter().map(|g| g.label).collect();
    let frequent = frequent(catalogue, &learned);
    let top: Vec<String> = frequent.iter().take(3).cloned().collect();
    Some(Evaluation {
        learned: learned.len(),
        tested: tests.len(),
        model: score(&|text| offered(&model, config, catalogue, text).into_iter().map(|s| s.category).collect()),
        model_always: score(&|text| always(&model, text)),
        taxonomy: score(&|text| always(&first_day, text)),
        keywords: score(&|text| by_keywords(catalogue, &frequent, text)),
        most_frequent: score(&|_| top.clone()),
    })
}

/// The categories, the most frequent first.
fn frequent(catalogue: &Catalogue, learned: &[Closed]) -> Vec<String> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for closed in learned {
        *counts.entry(&closed.category).or_default() += 1;
    }
    let mut all: Vec<&str> = catalogue.categories.iter().map(|c| c.id.as_str()).collect();
    all.sort_by_key(|id| std::cmp::Reverse(counts.get(id).copied().unwrap_or(0)));
    all.into_iter().map(str::to_owned).collect()
}

/// The categories with most keywords in the text, the more frequent one first where they are equal.
fn by_keywords(catalogue: &Catalogue, frequent: &[String], text: &str) -> Vec<String> {
    let text = text.to_lowercase();
    let mut hits: BTreeMap<&str, usize> = BTreeMap::new();
    for example in taxonomy(catalogue) {
        if text.contains(&example.text.to_lowercase()) {
            *hits.entry(example.label).or_default() += 1;
        }
    }
    let mut order: Vec<&String> = frequent.iter().collect();
    order.sort_by_key(|id| std::cmp::Reverse(hits.get(id.as_str()).copied().unwrap_or(0)));
    order.into_iter().take(3).cloned().collect()
}

impl Evaluation {
    /// The figures as a table of text.
    #[must_use]
    pub fn table(&self) -> String {
        let percent = |share: f64| format!("{:.1} %", share * 100.0);
        let maybe = |share: Option<f64>| share.map_or_else(|| "-".to_owned(), percent);
        let mut out = format!("learned from {} reports, tested on {}\n\n", self.learned, self.tested);
        let _ = writeln!(out, "{:<24}{:>10}{:>10}{:>12}{:>18}", "", "top-1", "top-3", "held back", "top-1 if answered");
        for (name, score) in [
            ("model, may hold back", &self.model),
            ("model, always answers", &self.model_always),
            ("taxonomy only", &self.taxonomy),
            ("keywords", &self.keywords),
            ("most frequent", &self.most_frequent),
        ] {
            let (top1, top3, held) = (percent(score.top1), percent(score.top3), percent(score.abstained));
            let _ = writeln!(out, "{name:<24}{top1:>10}{top3:>10}{held:>12}{:>18}", maybe(score.top1_of_answered));
        }
        let _ = writeln!(out, "\n{:<24}{:>10}{:>12}{:>10}", "category", "n", "precision", "recall");
        for (label, per) in &self.model_always.labels {
            let _ = writeln!(out, "{label:<24}{:>10}{:>12}{:>10}", per.n, maybe(per.precision), maybe(per.recall));
        }
        out
    }
}
