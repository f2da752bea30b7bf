//! Made-up towns with a measure whose true effect is known. Fixed seeds: the same towns every time.

use picture::effect::{Donor, Study};

/// A measure with its truth.
pub struct Case {
    pub study: Study,
    /// True relative change in the area, and in the ring.
    pub truth: f64,
    pub ring: f64,
    /// Events a week in the area before the start.
    pub rate: f64,
    /// Kind of drift: none, walk, trends, waves.
    pub drift: usize,
}

/// How the area and the start were chosen.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Chosen {
    /// By chance.
    Blindly,
    /// The area and week with the highest last eight weeks against the area's own past.
    AtItsPeak,
    /// Of ten like areas, the one with most events in the last eight weeks.
    AsBusiest,
}

/// How far areas drift apart.
#[derive(Clone, Copy)]
enum Drift {
    None,
    /// Random walk: standard deviation per week.
    Walk(f64),
    /// Trends that change about twice a year: standard deviation of the slope per year.
    Trends(f64),
    /// Waves of some months: standard deviation.
    Waves(f64),
}

pub struct Draw(u64);

impl Draw {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x5851_f42d_4c95_7f2d)
    }

    /// splitmix64, in [0, 1).
    pub fn unit(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 11) as f64 / (1u64 << 53) as f64
    }

    pub fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
    }

    pub fn below(&mut self, n: usize) -> usize {
        (self.unit() * n as f64) as usize
    }

    pub fn normal(&mut self) -> f64 {
        let (a, b) = (1.0 - self.unit(), self.unit());
        (-2.0 * a.ln()).sqrt() * (std::f64::consts::TAU * b).cos()
    }

    /// Marsaglia and Tsang.
    fn gamma(&mut self, shape: f64) -> f64 {
        if shape < 1.0 {
            let u = 1.0 - self.unit();
            return self.gamma(shape + 1.0) * u.powf(1.0 / shape);
        }
        let d = shape - 1.0 / 3.0;
        loop {
            let x = self.normal();
            let v = (1.0 + x / (9.0 * d).sqrt()).powi(3);
            if v > 0.0 && (1.0 - self.unit()).ln() < 0.5 * x * x + d - d * v + d * v.ln() {
                return d * v;
            }
        }
    }

    fn poisson(&mut self, mean: f64) -> u32 {
        if mean > 30.0 {
            // a Poisson count of a gamma time: exact, by halves
            let k = (mean * 0.875) as u32;
            let g = self.gamma(f64::from(k));
            return if g > mean { self.binomial(k - 1, mean / g) } else { k + self.poisson(mean - g) };
        }
        let (limit, mut product, mut n) = ((-mean).exp(), 1.0 - self.unit(), 0);
        while product > limit {
            product *= 1.0 - self.unit();
            n += 1;
        }
        n
    }

    pub fn binomial(&mut self, n: u32, p: f64) -> u32 {
        (0..n).map(|_| u32::from(self.unit() < p)).sum()
    }

    /// Negative binomial with variance / mean = `chance`.
    fn count(&mut self, mean: f64, chance: f64) -> u32 {
        if chance <= 1.001 || mean <= 0.0 {
            return self.poisson(mean.max(0.0));
        }
        let shape = mean / (chance - 1.0);
        let rate = self.gamma(shape) * (chance - 1.0);
        self.poisson(rate)
    }

    /// Relative course of one area.
    fn course(&mut self, weeks: usize, drift: Drift) -> Vec<f64> {
        let own = (0.3 * self.normal()).exp();
        let mut log = Vec::with_capacity(weeks);
        let (mut level, mut slope): (f64, f64) = (0.0, 0.0);
        if let Drift::Waves(sd) = drift {
            level = sd * own * self.normal();
        }
        for _ in 0..weeks {
            match drift {
                Drift::None => {}
                Drift::Walk(sd) => level += sd * own * self.normal(),
                Drift::Trends(sd) => {
                    if log.is_empty() || self.unit() < 1.0 / 26.0 {
                        slope = sd * own * self.normal() / 52.0;
                    }
                    level += slope;
                }
                Drift::Waves(sd) => {
                    let keep = 0.93f64;
                    level = keep * level + sd * own * (1.0 - keep * keep).sqrt() * self.normal();
                }
            }
            log.push(level);
        }
        let middle = log.iter().sum::<f64>() / weeks as f64;
        log.iter().map(|l| (l - middle).exp()).collect()
    }
}

/// One measure in one made-up town.
pub fn case(seed: u64, chosen: Chosen) -> Case {
    let draw = &mut Draw::new(seed);
    let before = 52 + draw.below(149);
    let after = 8 + draw.below(45);
    let slack = 52; // within which a start at a peak may be found
    let weeks = slack + before + after;
    let areas = 20 + draw.below(41);
    let rate = (draw.between(0.3f64.ln(), 50f64.ln())).exp();
    let town_rate = rate * (0.7 * draw.normal()).exp();
    let kind = draw.below(4);
    let drift = match kind {
        0 => Drift::None,
        1 => Drift::Walk([0.005, 0.01, 0.02][draw.below(3)]),
        2 => Drift::Trends(draw.between(0.05, 0.3)),
        _ => Drift::Waves(draw.between(0.05, 0.25)),
    };
    let season = draw.between(0.0, 0.4);
    let phase = draw.between(0.0, 52.0);
    let own_season = if draw.below(2) == 0 { 0.0 } else { 0.3 };
    let slope = 0.15 * draw.normal() / 52.0;
    let mut level: f64 = 0.0;
    let town: Vec<f64> = (0..weeks)
        .map(|w| {
            level += 0.01 * draw.normal();
            (level + slope * w as f64).exp()
        })
        .collect();
    let make = |draw: &mut Draw, mean: f64| -> (Vec<f64>, f64, Vec<u32>) {
        let strength = season * (1.0 + own_season * draw.normal());
        let chance = draw.between(1.0, 2.5);
        let course = draw.course(weeks, drift);
        let means: Vec<f64> = (0..weeks)
            .map(|w| {
                let wave = (std::f64::consts::TAU * (w as f64 - phase) / 52.0).sin();
                mean * town[w] * (strength * wave).exp() * course[w]
            })
            .collect();
        let counts = means.iter().map(|m| draw.count(*m, chance)).collect();
        (means, chance, counts)
    };
    let last8 = |counts: &[u32], at: usize| f64::from(counts[at - 8..at].iter().sum::<u32>());
    let candidates: Vec<_> = (0..if chosen == Chosen::Blindly { 1 } else { 10 }).map(|_| make(draw, rate)).collect();
    let mut pick = (0, slack + before);
    let mut best = f64::NEG_INFINITY;
    for (i, (_, _, counts)) in candidates.iter().enumerate() {
        match chosen {
            Chosen::Blindly => {}
            Chosen::AsBusiest => {
                if last8(counts, slack + before) > best {
                    (best, pick) = (last8(counts, slack + before), (i, slack + before));
                }
            }
            Chosen::AtItsPeak => {
                for at in (before + 1..=before + slack).step_by(4) {
                    let usual = f64::from(counts[..at].iter().sum::<u32>()) / at as f64 * 8.0;
                    let peak = (last8(counts, at) - usual) / (usual + 1.0).sqrt();
                    if peak > best {
                        (best, pick) = (peak, (i, at));
                    }
                }
            }
        }
    }
    let from = pick.1 - before;
    let to = (pick.1 + after).min(weeks);
    let truth = if draw.below(4) == 0 { 0.0 } else { draw.between(-0.4, 0.2) };
    let (means, chance, counts) = &candidates[pick.0];
    let mut treated = counts[from..pick.1].to_vec();
    treated.extend(means[pick.1..to].iter().map(|m| draw.count(m * (1.0 + truth), *chance)));
    let ring_size = draw.between(1.5, 5.0);
    let (means, chance, counts) = make(draw, rate * ring_size);
    let moved = match draw.below(4) {
        0 => -truth * draw.between(0.3, 1.0) / ring_size,
        1 => draw.between(-0.15, 0.15),
        _ => 0.0,
    };
    let mut ring = counts[from..pick.1].to_vec();
    ring.extend(means[pick.1..to].iter().map(|m| draw.count(m * (1.0 + moved), chance)));
    let donors = (0..areas)
        .map(|i| {
            let mean = town_rate * (0.8 * draw.normal()).exp();
            let (_, _, counts) = make(draw, mean);
            Donor { name: format!("{i}"), counts: counts[from..to].to_vec() }
        })
        .collect();
    let study = Study { start: before, end: to - from, treated, ring: Some(ring), donors };
    Case { study, truth, ring: moved, rate, drift: kind }
}
