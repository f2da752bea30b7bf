//! Random numbers of our own: the same seed gives the same plan, on every machine.

/// xorshift64* (Marsaglia 2003; Vigna 2016, "An experimental exploration of Marsaglia's xorshift generators,
/// scrambled"): far better than a search needs, and one of the cheapest.
#[derive(Debug, Clone)]
pub(crate) struct Draw(u64);

impl Draw {
    /// A sequence for this seed. Seeds that lie side by side give sequences that have nothing to do with each other.
    pub(crate) fn new(seed: u64) -> Self {
        // One step of splitmix64, which never gives two seeds the same state; zero alone is no state.
        let mut z = seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        Self((z ^ (z >> 31)).max(1))
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    /// From 0 up to but without 1.
    pub(crate) fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// From 0 up to but without `end`, which is at least 1.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        ((u128::from(self.next()) * end as u128) >> 64) as usize
    }

    /// How many times something of this small chance does not happen before it does (geometric).
    pub(crate) fn until(&mut self, chance: f64) -> u32 {
        ((1.0 - self.share()).ln() / (1.0 - chance).ln()) as u32
    }
}
