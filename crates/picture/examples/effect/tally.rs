//! How often was it right.

use picture::effect::{Effect, Verdict, Why};

#[derive(Clone, Default)]
pub struct Tally {
    pub n: usize,
    pub none: usize,
    pub inside: usize,
    pub below: usize,
    pub above: usize,
    /// True effect at least 0, and how often it was said to have helped.
    pub idle: usize,
    pub false_helped: usize,
    /// True fall of 20 % or more, and how often it was seen.
    pub real: usize,
    pub seen: usize,
    pub too_little: usize,
    pub widths: Vec<f64>,
    pub ring: (usize, usize),
    /// Placebo rank in the first twentieth with no true effect.
    pub placebo: (usize, usize),
    /// Mean of log((1 + found) / (1 + truth)) over the width of the interval.
    pub bias: f64,
}

impl Tally {
    pub fn add(&mut self, truth: f64, ring: Option<f64>, found: &Result<Effect, Why>) {
        self.n += 1;
        let Ok(e) = found else {
            self.none += 1;
            return;
        };
        self.inside += usize::from(e.low <= truth && truth <= e.high);
        self.below += usize::from(truth < e.low);
        self.above += usize::from(truth > e.high);
        if truth >= 0.0 {
            self.idle += 1;
            self.false_helped += usize::from(e.verdict == Verdict::Fewer);
        }
        if truth == 0.0 {
            self.placebo.0 += 1;
            self.placebo.1 += usize::from(e.placebo.p <= 0.05);
        }
        if truth <= -0.2 {
            self.real += 1;
            self.seen += usize::from(e.verdict == Verdict::Fewer);
        }
        self.too_little += usize::from(e.verdict == Verdict::TooLittle);
        self.widths.push(e.high - e.low);
        self.bias += (e.change - truth) / (e.high - e.low).max(1e-9);
        if let (Some(r), Some(truth)) = (&e.ring, ring) {
            self.ring.0 += 1;
            self.ring.1 += usize::from(r.low <= truth && truth <= r.high);
        }
    }

    pub fn judged(&self) -> usize {
        self.n - self.none
    }

    pub fn head() -> String {
        format!(
            "{:<24}{:>6}{:>6}{:>8}{:>8}{:>8}{:>14}{:>16}{:>8}{:>7}{:>8}{:>8}{:>8}",
            "",
            "n",
            "none",
            "covers",
            "<low",
            ">high",
            "false helped",
            "falls seen",
            "little",
            "width",
            "bias",
            "ring",
            "plac."
        )
    }

    pub fn line(&self, name: &str) -> String {
        let share = |a: usize, b: usize| 100.0 * a as f64 / b.max(1) as f64;
        let n = self.judged();
        let mut widths = self.widths.clone();
        widths.sort_by(f64::total_cmp);
        format!(
            "{name:<24}{:>6}{:>6}{:>8.1}{:>8.1}{:>8.1}{:>8.1} /{:>4}{:>10.1} /{:>4}{:>8}{:>7.2}{:>8.3}{:>8.1}{:>8.1}",
            self.n,
            self.none,
            share(self.inside, n),
            share(self.below, n),
            share(self.above, n),
            share(self.false_helped, self.idle),
            self.idle,
            share(self.seen, self.real),
            self.real,
            self.too_little,
            widths.get(widths.len() / 2).copied().unwrap_or(0.0),
            self.bias / n.max(1) as f64,
            share(self.ring.1, self.ring.0),
            share(self.placebo.1, self.placebo.0),
        )
    }
}
