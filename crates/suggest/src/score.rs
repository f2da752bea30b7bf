//! How often a guesser is right, on texts that it did not learn from.

use std::collections::BTreeMap;

/// What a guesser said of one text, and what is right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The right label.
    pub right: String,
    /// The labels guessed, best first; empty when it held back.
    pub guessed: Vec<String>,
}

/// The figures of one guesser.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Score {
    /// Texts.
    pub n: usize,
    /// Share of all texts whose first guess is right. A text on which it held back counts as wrong.
    pub top1: f64,
    /// Share of all texts with the right label among the first three.
    pub top3: f64,
    /// Share of texts on which it held back.
    pub abstained: f64,
    /// Share of right first guesses among the texts on which it did not hold back; absent when it always did.
    pub top1_of_answered: Option<f64>,
    /// By label.
    pub labels: BTreeMap<String, PerLabel>,
}

/// The figures of one label.
#[derive(Clone, Copy, Debug, Default, PartialEq, serde::Serialize)]
pub struct PerLabel {
    /// Texts that have it.
    pub n: usize,
    /// Of the texts that were given it first, the share that have it; absent when it was never given.
    pub precision: Option<f64>,
    /// Of the texts that have it, the share that were given it first; absent when there are none.
    pub recall: Option<f64>,
}

impl Score {
    /// Counts.
    #[must_use]
    pub fn of(answers: &[Answer]) -> Self {
        let mut counts: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
        let (mut top1, mut top3, mut held) = (0, 0, 0);
        for answer in answers {
            let first = answer.guessed.first();
            let right = usize::from(first == Some(&answer.right));
            top1 += right;
            top3 += usize::from(answer.guessed.iter().take(3).any(|g| *g == answer.right));
            held += usize::from(first.is_none());
            let own = counts.entry(&answer.right).or_default();
            own[0] += 1;
            own[2] += right;
            if let Some(first) = first {
                counts.entry(first).or_default()[1] += 1;
            }
        }
        let share = |part: usize, of: usize| (of > 0).then(|| part as f64 / of as f64);
        let n = answers.len();
        Self {
            n,
            top1: share(top1, n).unwrap_or(0.0),
            top3: share(top3, n).unwrap_or(0.0),
            abstained: share(held, n).unwrap_or(0.0),
            top1_of_answered: share(top1, n - held),
            labels: counts
                .into_iter()
                .map(|(label, [n, given, right])| {
                    (label.to_owned(), PerLabel { n, precision: share(right, given), recall: share(right, n) })
                })
                .collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_those_of_a_hand() {
        let answer = |right: &str, guessed: &[&str]| Answer {
            right: right.into(),
            guessed: guessed.iter().map(|g| (*g).to_owned()).collect(),
        };
        let score = Score::of(&[
            answer("a", &["a", "b"]),
            answer("a", &["b", "c", "a"]),
            answer("b", &["b"]),
            answer("b", &[]),
            answer("c", &["a", "b", "d", "c"]),
        ]);
        assert_eq!((score.n, score.top1, score.top3, score.abstained), (5, 0.4, 0.6, 0.2));
        assert_eq!(score.top1_of_answered, Some(0.5));
        assert_eq!(score.labels["a"], PerLabel { n: 2, precision: Some(0.5), recall: Some(0.5) });
        assert_eq!(score.labels["c"], PerLabel { n: 1, precision: None, recall: Some(0.0) });
        assert_eq!(Score::of(&[]).top1_of_answered, None);
    }
}
