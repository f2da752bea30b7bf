//! What was learned, and what it says of a text.

use crate::features::{Block, Word, each, words};
use serde::{Deserialize, Serialize};

/// Weights are whole numbers of this size, so that a model is small and reads back exactly.
pub(crate) const GRAIN: f32 = 0.001;
/// How many words are given as reason.
const REASONS: usize = 3;
/// A word is a reason when it pulled at least this share of the strongest word's pull.
const LEAST_PULL: f32 = 0.2;
/// Letters that a reason has at least: shorter words say nothing to a reader.
const LEAST_LETTERS: usize = 3;

/// A trained model. It holds pieces of words and their weights, and no text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Model {
    /// The labels that it knows, in alphabetical order.
    pub(crate) labels: Vec<String>,
    /// The features that it knows, in alphabetical order.
    pub(crate) features: Vec<String>,
    /// How much a feature counts (inverse document frequency).
    pub(crate) rarity: Vec<f32>,
    /// Per feature the weights of all labels, in grains.
    pub(crate) weights: Vec<i16>,
    /// Per label, in grains.
    pub(crate) bias: Vec<i16>,
    /// The logits are divided by this, so that a share is as often right as it says.
    pub(crate) temperature: f32,
}

/// One label for a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Guess {
    /// The label.
    pub label: String,
    /// How sure, 0 to 1; the shares of all labels add up to 1.
    pub share: f64,
    /// The words of the text, as they were written, that pulled most towards this label; at most three.
    pub because: Vec<String>,
}

/// A model that does not fit together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Broken;

impl std::fmt::Display for Broken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("this is no model of this version")
    }
}

impl std::error::Error for Broken {}

/// A feature of a text: its number, how much it counts, and how often it stands there.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Weighed {
    pub feature: usize,
    pub value: f32,
    pub times: f32,
}

impl Model {
    /// The model as JSON.
    #[must_use]
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Reads what [`Model::to_json`] wrote.
    ///
    /// # Errors
    /// When it is something else.
    pub fn from_json(text: &str) -> Result<Self, Broken> {
        let model: Self = serde_json::from_str(text).map_err(|_| Broken)?;
        let (labels, features) = (model.labels.len(), model.features.len());
        let fits = model.rarity.len() == features
            && model.weights.len() == features * labels
            && model.bias.len() == labels
            && model.features.is_sorted()
            && model.rarity.iter().all(|r| r.is_finite())
            && model.temperature.is_finite()
            && model.temperature > 0.0;
        if fits { Ok(model) } else { Err(Broken) }
    }

    /// The labels that it knows.
    #[must_use]
    pub fn labels(&self) -> &[String] {
        &self.labels
    }

    /// The features that it knows: `=word`, `two words`, or a piece of a word with `<` and `>` for its ends.
    #[must_use]
    pub fn features(&self) -> &[String] {
        &self.features
    }

    /// The best labels of a text, at most `most`, best first; nothing when the text has no feature that is known.
    #[must_use]
    pub fn guess(&self, text: &str, most: usize) -> Vec<Guess> {
        let words = words(text);
        let found = find(&words, |feature| self.number(feature));
        let weighed = weigh(&found, &self.rarity);
        if weighed.is_empty() {
            return vec![];
        }
        let mut logits = self.logits(&weighed);
        softmax(&mut logits, self.temperature);
        let mut order: Vec<usize> = (0..logits.len()).collect();
        order.sort_by(|a, b| logits[*b].total_cmp(&logits[*a]).then(a.cmp(b)));
        order
            .into_iter()
            .take(most)
            .map(|label| Guess {
                label: self.labels.get(label).cloned().unwrap_or_default(),
                share: logits.get(label).copied().map_or(0.0, f64::from),
                because: self.because(&words, &found, &weighed, label),
            })
            .collect()
    }

    pub(crate) fn number(&self, feature: &str) -> Option<usize> {
        self.features.binary_search_by(|f| f.as_str().cmp(feature)).ok()
    }

    /// The weights of all labels for a feature.
    fn row(&self, feature: usize) -> &[i16] {
        let n = self.labels.len();
        self.weights.get(feature * n..(feature + 1) * n).unwrap_or_default()
    }

    pub(crate) fn logits(&self, weighed: &[Weighed]) -> Vec<f32> {
        let mut logits: Vec<f32> = self.bias.iter().map(|b| f32::from(*b) * GRAIN).collect();
        for w in weighed {
            for (logit, weight) in logits.iter_mut().zip(self.row(w.feature)) {
                *logit += w.value * f32::from(*weight) * GRAIN;
            }
        }
        logits
    }

    /// The pull of each word: what its features add to `label` above what they add to all
    /// labels on average.
    fn because(&self, words: &[Word<'_>], found: &[Found], weighed: &[Weighed], label: usize) -> Vec<String> {
        let mut pulls = vec![0.0_f32; words.len()];
        for Found { feature, at, .. } in found {
            let Ok(place) = weighed.binary_search_by_key(feature, |w| w.feature) else { continue };
            let (Some(w), Some(pull)) = (weighed.get(place), pulls.get_mut(*at)) else { continue };
            let row = self.row(w.feature);
            let mean = row.iter().map(|w| f32::from(*w)).sum::<f32>() / (row.len().max(1) as f32);
            let own = row.get(label).map_or(0.0, |w| f32::from(*w));
            *pull += w.value / w.times * (own - mean);
        }
        let mut by_word: Vec<(&Word<'_>, f32)> = Vec::new();
        for (word, pull) in words.iter().zip(pulls) {
            match by_word.iter_mut().find(|(w, _)| w.folded == word.folded) {
                Some((_, sum)) => *sum += pull,
                None => by_word.push((word, pull)),
            }
        }
        by_word.retain(|(word, pull)| *pull > 0.0 && word.folded.chars().nth(LEAST_LETTERS - 1).is_some());
        by_word.sort_by(|a, b| b.1.total_cmp(&a.1));
        let strongest = by_word.first().map_or(0.0, |(_, pull)| *pull);
        by_word.retain(|(_, pull)| *pull >= strongest * LEAST_PULL);
        by_word.into_iter().take(REASONS).map(|(word, _)| word.written.to_owned()).collect()
    }
}

/// A feature that stands in a text: its number, whether it is of whole words, and the word that it comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Found {
    feature: usize,
    whole: bool,
    at: usize,
}

/// The features of a text that `number` knows, in order.
pub(crate) fn find(words: &[Word<'_>], number: impl Fn(&str) -> Option<usize>) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    each(words, |block, feature, at| {
        found.extend(number(feature).map(|feature| Found { feature, whole: block == Block::Words, at }));
    });
    found.sort_unstable();
    found
}

/// Each feature once, with how much it counts; each block has length one.
pub(crate) fn weigh(found: &[Found], rarity: &[f32]) -> Vec<Weighed> {
    let mut weighed: Vec<(Weighed, bool)> = Vec::with_capacity(found.len());
    for Found { feature, whole, .. } in found.iter().copied() {
        match weighed.last_mut() {
            Some((last, _)) if last.feature == feature => last.times += 1.0,
            _ => weighed.push((Weighed { feature, value: 0.0, times: 1.0 }, whole)),
        }
    }
    let mut squares = [0.0_f32; 2];
    for (w, whole) in &mut weighed {
        w.value = (1.0 + w.times.ln()) * rarity.get(w.feature).copied().unwrap_or(0.0);
        squares[usize::from(*whole)] += w.value * w.value;
    }
    weighed
        .into_iter()
        .map(|(w, whole)| {
            let length = squares[usize::from(whole)].sqrt().max(f32::MIN_POSITIVE) * std::f32::consts::SQRT_2;
            Weighed { value: w.value / length, ..w }
        })
        .collect()
}

/// Turns logits into shares that add up to one.
pub(crate) fn softmax(logits: &mut [f32], temperature: f32) {
    let top = logits.iter().copied().fold(f32::MIN, f32::max);
    let mut sum = 0.0;
    for logit in logits.iter_mut() {
        *logit = ((*logit - top) / temperature).exp();
        sum += *logit;
    }
    for logit in logits.iter_mut() {
        *logit /= sum;
    }
}
