//! How large a ratio chance alone gives: replications of the last days without any cluster, by a generator of our
//! own with a fixed seed.

use super::ScanRules;
use super::baseline::Field;
use super::zones::Scanner;

/// Replications before a scan may stop early.
const LEAST: u32 = 39;
/// A scan stops once this many replications beat what was seen: it is no cluster (Besag and Clifford 1991).
const ENOUGH: u32 = 6;

/// The distribution of the highest ratio when nothing is going on.
pub(super) struct Gumbel {
    place: f64,
    scale: f64,
    highest: Vec<f64>,
}

impl Gumbel {
    /// Scans replications. `None` as soon as it is clear that `seen` is nothing special.
    pub(super) fn of(
        field: &Field,
        scanner: &mut Scanner,
        seen: f64,
        group: Option<u16>,
        rules: &ScanRules,
    ) -> Option<Self> {
        let mut highest = Vec::with_capacity(rules.replications as usize);
        let mut beaten = 0;
        let mut events = Vec::new();
        for r in 0..rules.replications.max(LEAST) {
            let mut random = Random::new(rules.seed, u64::from(r), group.map_or(0, |g| u64::from(g) + 1));
            field.replicate(&mut random, &mut events);
            scanner.load(&events);
            let score = scanner.best().map_or(0.0, |z| z.score);
            beaten += u32::from(score >= seen);
            highest.push(score);
            if r + 1 >= LEAST && beaten >= ENOUGH {
                return None;
            }
        }
        let n = highest.len() as f64;
        let mean = highest.iter().sum::<f64>() / n;
        let variance = highest.iter().map(|s| (s - mean) * (s - mean)).sum::<f64>() / (n - 1.0);
        let scale = (6.0 * variance).sqrt() / std::f64::consts::PI;
        Some(Self { place: mean - 0.577_215_664_901_532_9 * scale, scale: scale.max(1e-9), highest })
    }

    /// The chance of this ratio or more: the Gumbel tail, but never less than the rank among the replications allows
    /// by half.
    pub(super) fn tail(&self, score: f64) -> f64 {
        let fitted = -(-(-(score - self.place) / self.scale).exp()).exp_m1();
        let beaten = self.highest.iter().filter(|s| **s >= score).count() as f64;
        let rank = beaten / (self.highest.len() as f64 + 1.0);
        fitted.max(rank)
    }
}

/// A small generator (SplitMix64, Steele, Lea and Flood 2014): one stream per seed, replication and group.
pub(super) struct Random(u64);

impl Random {
    pub(super) fn new(seed: u64, replication: u64, group: u64) -> Self {
        let mut random = Self(seed ^ (replication << 32) ^ (group << 16));
        random.next();
        Self(random.next())
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// Above 0, below 1.
    pub(super) fn share(&mut self) -> f64 {
        ((self.next() >> 11) as f64 + 0.5) / (1u64 << 53) as f64
    }

    /// Standard normal (Marsaglia and Bray 1964).
    fn normal(&mut self) -> f64 {
        loop {
            let (a, b) = (2.0 * self.share() - 1.0, 2.0 * self.share() - 1.0);
            let s = a * a + b * b;
            if s < 1.0 {
                return a * (-2.0 * s.ln() / s).sqrt();
            }
        }
    }

    /// Gamma with this shape and mean 1 (Marsaglia and Tsang 2000).
    pub(super) fn gamma(&mut self, shape: f64) -> f64 {
        if shape < 1.0 {
            let boost = self.share().powf(1.0 / shape);
            return self.gamma(shape + 1.0) * (shape + 1.0) / shape * boost;
        }
        let d = shape - 1.0 / 3.0;
        let c = 1.0 / (9.0 * d).sqrt();
        loop {
            let x = self.normal();
            let v = 1.0 + c * x;
            let v = v * v * v;
            if v > 0.0 && self.share().ln() < 0.5 * x * x + d - d * v + d * v.ln() {
                return d * v / shape;
            }
        }
    }

    /// Poisson with this mean: by adding up chances, for large means a rounded normal.
    pub(super) fn poisson(&mut self, mean: f64) -> u32 {
        if mean > 80.0 {
            return (mean + mean.sqrt() * self.normal()).round().max(0.0) as u32;
        }
        let (u, mut p, mut n) = (self.share(), (-mean).exp(), 0);
        let mut sum = p;
        while u > sum && n < 1_000 {
            n += 1;
            p *= mean / f64::from(n);
            sum += p;
        }
        n
    }

    /// How often a coin with this chance shows tails before heads.
    pub(super) fn geometric(&mut self, chance: f64) -> u32 {
        if chance >= 1.0 { 0 } else { (self.share().ln() / (1.0 - chance).ln()).floor().min(1e4) as u32 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_generator_draws_what_it_says() {
        let mut r = Random::new(1, 2, 3);
        let n = 200_000;
        let (mut gamma, mut square, mut poisson, mut geometric) = (0.0, 0.0, 0.0, 0.0);
        for _ in 0..n {
            let g = r.gamma(0.7);
            gamma += g;
            square += g * g;
            poisson += f64::from(r.poisson(2.5));
            geometric += f64::from(r.geometric(0.25));
        }
        let n = f64::from(n);
        assert!((gamma / n - 1.0).abs() < 0.01);
        assert!((square / n - 1.0 - 1.0 / 0.7).abs() < 0.05);
        assert!((poisson / n - 2.5).abs() < 0.02);
        assert!((geometric / n - 3.0).abs() < 0.05);
    }
}
