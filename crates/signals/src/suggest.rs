//! Which category fits the words of a report: a suggestion of at most three with the reporter's own words that decided.
//! It never chooses. The model ([`suggest`]) starts from the taxonomy (names, hints and keywords of `categories.toml`)
//! and is trained every night on the municipality's own closed reports, under the category that staff left them in.
//!
//! No words of a report leave the vault: training happens in this process, and the model keeps only words and pieces of
//! words that stand in several reports, so that no name or address gets into it. It is entered in the algorithm register.

pub mod evaluate;
mod store;
#[cfg(test)]
mod tests;
mod train;

pub use evaluate::{Evaluation, Labelled, evaluate};
pub use train::{TRAIN, schedule, train, train_now};

use crate::Catalogue;
use ::suggest::{Example, Model, Settings};
use jiff::civil::Time;
use kit::{Municipality, Tx, Words};
use serde::Deserialize;
use std::io::{Read as _, Write as _};
use std::sync::{Arc, PoisonError, RwLock};

/// How many categories are suggested at most.
const MOST: usize = 3;
/// A stored model that unpacks to more bytes than this is not ours.
const MODEL_BYTES: u64 = 64 << 20;

/// How a municipality suggests categories: `[suggest]` in `categories.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SuggestConfig {
    /// Nothing is suggested when the best category has a smaller share than this (0 to 1).
    pub least_share: f64,
    /// The second and third are suggested from this share on.
    pub least_share_others: f64,
    /// A word counts when it stands in so many different reports: what is rarer may be a name.
    pub least_reports: usize,
    /// So many closed reports are learned from at most, the newest.
    pub most_reports: u32,
    /// When training begins, on the municipality's clock.
    pub train_at: Time,
}

/// A suggested category.
#[derive(Clone, Debug, PartialEq)]
pub struct Suggestion {
    /// Category id.
    pub category: String,
    /// How sure, 0 to 1.
    pub share: f64,
    /// The reporter's own words that pulled most towards it.
    pub because: Vec<String>,
}

/// The model of a municipality; sits on its shelf, and is renewed while the program runs.
#[derive(Debug)]
pub struct Suggester {
    model: RwLock<Arc<Model>>,
    config: SuggestConfig,
}

impl Suggester {
    /// A suggester that knows the taxonomy only; `None` when the municipality does not want suggestions.
    #[must_use]
    pub fn new(catalogue: &Catalogue) -> Option<Self> {
        let config = catalogue.suggest.clone()?;
        let model = train::learn(catalogue, &config, &[]);
        Some(Self { model: RwLock::new(Arc::new(model)), config })
    }

    /// Takes up the model in the database, if there is one.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn reload(&self, tx: &mut Tx, municipality: &str) -> kit::Result<()> {
        // A model of an older version of the program cannot be read: the taxonomy serves until the next night.
        if let Some(Ok(model)) = store::model(tx, municipality).await?.as_deref().map(unpack) {
            self.put(model);
        }
        Ok(())
    }

    fn put(&self, model: Model) {
        *self.model.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(model);
    }

    fn model(&self) -> Arc<Model> {
        self.model.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The suggestions for `words`, best first; nothing when it is not sure enough.
    #[must_use]
    pub fn suggest(&self, catalogue: &Catalogue, words: &str) -> Vec<Suggestion> {
        offered(&self.model(), &self.config, catalogue, words)
    }
}

fn offered(model: &Model, config: &SuggestConfig, catalogue: &Catalogue, words: &str) -> Vec<Suggestion> {
    let guesses = model.guess(words, MOST);
    if guesses.first().is_none_or(|best| best.share < config.least_share) {
        return vec![];
    }
    guesses
        .into_iter()
        .enumerate()
        .filter(|(n, guess)| *n == 0 || guess.share >= config.least_share_others)
        .map(|(_, guess)| Suggestion { category: guess.label, share: guess.share, because: guess.because })
        .filter(|s| catalogue.get(&s.category).is_some())
        .collect()
}

/// At most three categories for `words`, best first; nothing when the municipality wants no suggestions, or when none
/// is sure enough.
#[must_use]
pub fn suggest(municipality: &Municipality, words: &str) -> Vec<Suggestion> {
    match (municipality.find::<Suggester>(), municipality.find::<Catalogue>()) {
        (Some(suggester), Some(catalogue)) => suggester.suggest(&catalogue, words),
        _ => vec![],
    }
}

/// The sentence that says why a category is suggested; empty when no single word decided.
#[must_use]
pub fn because(words: &Words, suggestion: &Suggestion) -> String {
    if suggestion.because.is_empty() {
        return String::new();
    }
    words.t1("suggest-because", "words", &suggestion.because.join(", "))
}

/// The taxonomy as texts that teach: the name, the hint and each keyword.
fn taxonomy(catalogue: &Catalogue) -> Vec<Example<'_>> {
    let given = |label, text| Example { label, text, given: true };
    catalogue
        .categories
        .iter()
        .flat_map(|c| {
            let texts = c.name.0.values().chain(c.hint.0.values()).chain(&c.words);
            texts.map(|text| given(c.id.as_str(), text.as_str()))
        })
        .collect()
}

fn settings(config: &SuggestConfig) -> Settings {
    Settings { least_reports: config.least_reports, ..Settings::default() }
}

/// A model as it is stored: JSON, compressed.
fn pack(model: &Model) -> std::io::Result<Vec<u8>> {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    gzip.write_all(model.to_json().as_bytes())?;
    gzip.finish()
}

fn unpack(bytes: &[u8]) -> Result<Model, String> {
    let mut json = String::new();
    let mut plain = flate2::read::GzDecoder::new(bytes).take(MODEL_BYTES);
    plain.read_to_string(&mut json).map_err(|e| e.to_string())?;
    Model::from_json(&json).map_err(|e| e.to_string())
}
