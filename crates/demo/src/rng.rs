//! A small random source (splitmix64, Steele and others 2014): fast, seedable, and the same on
//! every machine. Not for secrets.

/// One stream of random numbers.
#[derive(Debug, Clone)]
pub(crate) struct Rng(u64);

const STEP: u64 = 0x9E37_79B9_7F4A_7C15;

fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

impl Rng {
    /// The stream that belongs to a seed and a path of numbers (purpose, day, category, ...).
    pub(crate) fn of(seed: u64, path: &[u64]) -> Self {
        Self(path.iter().fold(mix(seed ^ STEP), |acc, part| mix(acc.wrapping_add(STEP) ^ part.wrapping_mul(STEP))))
    }

    /// The next 64 random bits.
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(STEP);
        mix(self.0)
    }

    /// Uniform in 0 (inclusive) to 1 (exclusive).
    pub(crate) fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// Uniform in `low` to `high`.
    pub(crate) fn range(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
    }

    /// Uniform whole number in 0 to `n` (exclusive); 0 when `n` is 0.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        (self.unit() * n as f64) as usize
    }

    /// Uniform whole number in `low..=high`.
    pub(crate) fn between(&mut self, low: i64, high: i64) -> i64 {
        low + self.below((high - low + 1).max(1) as usize) as i64
    }

    /// True with chance `p`.
    pub(crate) fn chance(&mut self, p: f64) -> bool {
        self.unit() < p
    }

    /// One item; `None` of an empty slice.
    pub(crate) fn pick<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        items.get(self.below(items.len()))
    }

    /// Index into a running total (not decreasing), with chance in proportion to the increments.
    pub(crate) fn by_total(&mut self, totals: &[f64]) -> usize {
        let aim = self.unit() * totals.last().copied().unwrap_or(0.0);
        totals.partition_point(|t| *t <= aim).min(totals.len().saturating_sub(1))
    }

    /// Exponential with the given mean.
    pub(crate) fn exp(&mut self, mean: f64) -> f64 {
        -mean * (1.0 - self.unit()).ln()
    }

    /// Standard normal (Box and Muller 1958).
    pub(crate) fn normal(&mut self) -> f64 {
        (-2.0 * (1.0 - self.unit()).ln()).sqrt() * (std::f64::consts::TAU * self.unit()).cos()
    }

    /// Lognormal with mean 1 and the given standard deviation of the logarithm.
    pub(crate) fn lognormal(&mut self, sd: f64) -> f64 {
        (sd * self.normal() - sd * sd / 2.0).exp()
    }

    /// Poisson by products of uniforms (Knuth); meant for small means, capped at 200.
    pub(crate) fn poisson(&mut self, mean: f64) -> usize {
        let stop = (-mean).exp();
        let mut product = self.unit();
        let mut n = 0;
        while product > stop && n < 200 {
            product *= self.unit();
            n += 1;
        }
        n
    }
}

/// Running totals of weights, for [`Rng::by_total`].
pub(crate) fn totals(weights: impl IntoIterator<Item = f64>) -> Vec<f64> {
    weights
        .into_iter()
        .scan(0.0, |sum, w| {
            *sum += w.max(0.0);
            Some(*sum)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_have_the_promised_moments() {
        let mut rng = Rng::of(1, &[2]);
        let n = 20_000;
        let mut sums = [0.0; 4];
        for _ in 0..n {
            sums[0] += rng.unit();
            sums[1] += rng.poisson(0.7) as f64;
            sums[2] += rng.lognormal(0.5);
            sums[3] += rng.exp(4.0);
        }
        for (sum, want) in sums.iter().zip([0.5, 0.7, 1.0, 4.0]) {
            assert!((sum / f64::from(n) - want).abs() < 0.05 * want.max(1.0), "{sum} {want}");
        }
    }

    #[test]
    fn weighted_choice_never_takes_a_weight_of_zero() {
        let sums = totals([0.0, 2.0, 0.0, 1.0]);
        let mut rng = Rng::of(3, &[]);
        let mut seen = [0; 4];
        for _ in 0..3000 {
            seen[rng.by_total(&sums)] += 1;
        }
        assert_eq!((seen[0], seen[2]), (0, 0));
        assert!(seen[1] > 1800 && seen[3] > 800, "{seen:?}");
    }
}
