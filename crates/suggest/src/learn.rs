//! How a model is trained.

use crate::features::{each, words};
use crate::model::{GRAIN, Model, Weighed, find, softmax, weigh};
use std::collections::HashMap;

/// A text whose label is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Example<'a> {
    /// Its label.
    pub label: &'a str,
    /// The text.
    pub text: &'a str,
    /// Whether it is configuration (a name, a hint, a keyword): its words always count. The words of a report count
    /// only when enough reports have them.
    pub given: bool,
}

/// How a model is trained.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Settings {
    /// A feature counts when it stands in at least so many different reports: what is rarer may be a name.
    pub least_reports: usize,
    /// So many features at most; what is given stays, then the most frequent.
    pub most_features: usize,
    /// How often each text is seen.
    pub rounds: usize,
    /// Step of AdaGrad.
    pub rate: f32,
    /// L2: how strongly weights are drawn to zero.
    pub l2: f32,
    /// Seed of the order in which texts are seen.
    pub seed: u64,
}

impl Default for Settings {
    fn default() -> Self {
        Self { least_reports: 3, most_features: 25_000, rounds: 12, rate: 0.5, l2: 1e-5, seed: 20_240_601 }
    }
}

/// Every so many reports one is kept apart to find the temperature.
const APART: usize = 10;
/// Fewer reports kept apart than this say nothing about the temperature.
const LEAST_APART: usize = 50;
/// The temperature while nothing is known: a list of keywords is more certain of itself than it may be.
const TEMPERATURE: f32 = 1.0;

/// Trains a model. The order of the examples does not matter; no examples give a model that knows nothing.
#[must_use]
pub fn train(examples: &[Example<'_>], settings: &Settings) -> Model {
    let mut examples = examples.to_vec();
    examples.sort_unstable();
    let (apart, rest) = split(&examples);
    let temperature = if apart.len() < LEAST_APART { TEMPERATURE } else { temperature(&fit(&rest, settings), &apart) };
    Model { temperature, ..fit(&examples, settings) }
}

/// Every tenth report, by a number that comes from its text, and the rest.
fn split<'a>(examples: &[Example<'a>]) -> (Vec<Example<'a>>, Vec<Example<'a>>) {
    examples.iter().partition(|e| {
        let hash =
            e.text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x100_0000_01b3));
        !e.given && (hash >> 32) % (APART as u64) == 0
    })
}

/// The temperature that makes the texts kept apart most likely.
fn temperature(model: &Model, apart: &[Example<'_>]) -> f32 {
    let known: Vec<(Vec<f32>, usize)> = apart
        .iter()
        .filter_map(|e| {
            let label = model.labels.iter().position(|l| l == e.label)?;
            let weighed = weigh(&find(&words(e.text), |f| model.number(f)), &model.rarity);
            Some((model.logits(&weighed), label))
        })
        .collect();
    let loss = |t: f32| {
        known
            .iter()
            .map(|(logits, label)| {
                let mut shares = logits.clone();
                softmax(&mut shares, t);
                -f64::from(shares.get(*label).copied().unwrap_or(0.0).max(1e-9)).ln()
            })
            .sum::<f64>()
    };
    // Never below one: reports that resemble each other would make it surer than it may be of a report that does not.
    let steps = (0..40_u8).map(|i| 1.05_f32.powi(i32::from(i)));
    steps.min_by(|a, b| loss(*a).total_cmp(&loss(*b))).unwrap_or(TEMPERATURE)
}

/// One training, without a temperature. `examples` are in order.
fn fit(examples: &[Example<'_>], settings: &Settings) -> Model {
    let mut labels: Vec<String> = examples.iter().map(|e| e.label.to_owned()).collect();
    labels.dedup();
    let (features, rarity) = vocabulary(examples, settings);
    let known: HashMap<&str, usize> = features.iter().enumerate().map(|(i, f)| (f.as_str(), i)).collect();
    let rows: Vec<(Vec<Weighed>, usize)> = examples
        .iter()
        .map(|e| {
            let label = labels.binary_search_by(|l| l.as_str().cmp(e.label)).unwrap_or(0);
            (weigh(&find(&words(e.text), |f| known.get(f).copied()), &rarity), label)
        })
        .filter(|(weighed, _)| !weighed.is_empty())
        .collect();
    let (weights, bias) = descend(&rows, features.len(), labels.len(), settings);
    let grains = |v: Vec<f32>| v.into_iter().map(grain).collect();
    Model { weights: grains(weights), bias: grains(bias), labels, features, rarity, temperature: TEMPERATURE }
}

#[allow(clippy::cast_possible_truncation, reason = "the value is within the bounds of the type")]
fn grain(weight: f32) -> i16 {
    (weight / GRAIN).round().clamp(f32::from(i16::MIN), f32::from(i16::MAX)) as i16
}

/// In how many texts a feature stands.
#[derive(Clone, Copy, Debug, Default)]
struct Seen {
    reports: usize,
    given: bool,
    all: usize,
    last: usize,
}

/// The features that count, in order, with their rarity. The same text twice counts once.
fn vocabulary(examples: &[Example<'_>], settings: &Settings) -> (Vec<String>, Vec<f32>) {
    let mut seen: HashMap<String, Seen> = HashMap::new();
    let mut before: Option<&Example<'_>> = None;
    for (number, example) in (1..).zip(examples) {
        if before.is_some_and(|b| b.text == example.text) {
            continue;
        }
        before = Some(example);
        each(&words(example.text), |_, feature, _| {
            if !seen.contains_key(feature) {
                seen.insert(feature.to_owned(), Seen::default());
            }
            let Some(seen) = seen.get_mut(feature) else { return };
            seen.given |= example.given;
            if seen.last != number {
                seen.last = number;
                seen.all += 1;
                seen.reports += usize::from(!example.given);
            }
        });
    }
    let mut kept: Vec<(String, Seen)> =
        seen.into_iter().filter(|(_, s)| s.given || s.reports >= settings.least_reports).collect();
    kept.sort_unstable_by(|(a, x), (b, y)| (y.given, y.all).cmp(&(x.given, x.all)).then_with(|| a.cmp(b)));
    kept.truncate(settings.most_features);
    kept.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
    let all = examples.len() as f32;
    let rarity = kept.iter().map(|(_, s)| ((1.0 + all) / (1.0 + s.all as f32)).ln() + 1.0).collect();
    (kept.into_iter().map(|(feature, _)| feature).collect(), rarity)
}

/// AdaGrad over all rows, in an order that the seed decides.
fn descend(
    rows: &[(Vec<Weighed>, usize)],
    features: usize,
    labels: usize,
    settings: &Settings,
) -> (Vec<f32>, Vec<f32>) {
    let mut weights = vec![0.0_f32; features * labels];
    let mut steps = vec![1e-6_f32; features * labels];
    let (mut bias, mut bias_steps) = (vec![0.0_f32; labels], vec![1e-6_f32; labels]);
    let mut order: Vec<usize> = (0..rows.len()).collect();
    let mut random = settings.seed;
    let mut slope = vec![0.0_f32; labels];
    for _ in 0..settings.rounds {
        shuffle(&mut order, &mut random);
        for (row, label) in order.iter().filter_map(|i| rows.get(*i)) {
            slope.copy_from_slice(&bias);
            for w in row {
                let own = &weights[w.feature * labels..(w.feature + 1) * labels];
                slope.iter_mut().zip(own).for_each(|(s, weight)| *s += w.value * weight);
            }
            softmax(&mut slope, 1.0);
            if let Some(right) = slope.get_mut(*label) {
                *right -= 1.0;
            }
            for w in row {
                let range = w.feature * labels..(w.feature + 1) * labels;
                let both = weights[range.clone()].iter_mut().zip(&mut steps[range]);
                for ((weight, step), s) in both.zip(&slope) {
                    let g = w.value * s + settings.l2 * *weight;
                    *step += g * g;
                    *weight -= settings.rate * g / step.sqrt();
                }
            }
            for ((b, step), g) in bias.iter_mut().zip(&mut bias_steps).zip(&slope) {
                *step += g * g;
                *b -= settings.rate * g / step.sqrt();
            }
        }
    }
    (weights, bias)
}

/// Fisher and Yates, with the numbers of SplitMix64.
fn shuffle(order: &mut [usize], random: &mut u64) {
    for i in (1..order.len()).rev() {
        *random = random.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = *random;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let n = (z ^ (z >> 31)) % (i as u64 + 1);
        order.swap(i, usize::try_from(n).unwrap_or(0));
    }
}
