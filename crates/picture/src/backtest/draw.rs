//! Random numbers that are the same everywhere: the same seed, the same draws.

/// SplitMix64 (Steele, Lea & Flood, OOPSLA 2014).
pub(crate) struct Draw(u64);

impl Draw {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number from 0 up to, not including, `n`.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        ((u128::from(self.next()) * n as u128) >> 64) as usize
    }

    /// True with this chance.
    pub(crate) fn chance(&mut self, p: f64) -> bool {
        (self.next() >> 11) as f64 / ((1u64 << 53) as f64) < p
    }

    /// `k` of the numbers below `n`, each as likely, in rising order.
    pub(crate) fn some(&mut self, k: usize, n: usize) -> Vec<usize> {
        let mut left = k.min(n);
        let mut out = Vec::with_capacity(left);
        for i in 0..n {
            if self.below(n - i) < left {
                out.push(i);
                left -= 1;
            }
        }
        out
    }
}
