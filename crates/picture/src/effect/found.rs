//! What a comparison finds.

use serde::{Deserialize, Serialize};

/// The conclusion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Verdict {
    /// Demonstrably fewer events than without the measure.
    Fewer,
    /// Demonstrably more.
    More,
    /// No demonstrable difference.
    NoDemonstrableDifference,
    /// So few events are expected that not even none at all would have shown anything.
    TooLittle,
}

/// Why no answer is possible.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Why {
    /// Fewer weeks before the start than the rules ask.
    TooShortBefore,
    /// Fewer weeks after the start than the rules ask.
    TooShortAfter,
    /// Too few events in the area before the start.
    TooFewEvents,
    /// Too few comparison areas with events.
    TooFewDonors,
    /// Series of different length, or weeks beyond their end.
    Uneven,
}

/// The effect of a measure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Effect {
    /// Relative change: -0.4 is 40 % fewer than without the measure.
    pub change: f64,
    /// Lower end of the change.
    pub low: f64,
    /// Upper end of the change.
    pub high: f64,
    /// Events counted from the start on.
    pub observed: u64,
    /// Events expected without the measure.
    pub expected: f64,
    /// Between this ..
    pub expected_low: f64,
    /// .. and this count chance alone would have kept it.
    pub expected_high: f64,
    /// The conclusion.
    pub verdict: Verdict,
    /// All weeks from the first one used on: what was counted, and what without the measure.
    pub weeks: Vec<WeekPoint>,
    /// The comparison areas with their weights, heaviest first; those below one in a hundred are left out.
    pub donors: Vec<(String, f64)>,
    /// How well the comparison fitted before.
    pub fit: Fit,
    /// What happened around the area, apart.
    pub ring: Option<RingEffect>,
    /// Rank among areas without the measure.
    pub placebo: Placebo,
}

/// One week.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct WeekPoint {
    /// The week, as index in the series of the study.
    pub week: usize,
    /// Events counted.
    pub observed: u32,
    /// Events expected; before the start: as fitted.
    pub expected: f64,
    /// Lower point of what chance gives.
    pub low: f64,
    /// Upper point.
    pub high: f64,
}

/// How well the comparison fitted before the start.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fit {
    /// Root mean square of the relative miss per block of weeks: 0.1 is 10 % off.
    pub error: f64,
    /// Correlation of area and comparison over those blocks; 0 when one of them is constant.
    pub r: f64,
    /// Weeks before the start that were used.
    pub weeks: usize,
    /// Variance of the weekly counts over what chance alone gives.
    pub dispersion: f64,
}

/// What happened in the ring around the area.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct RingEffect {
    /// Relative change.
    pub change: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// More: displaced to the ring, probably. Fewer: the ring shares in the benefit.
    pub verdict: Verdict,
    /// Weighted displacement quotient (Bowers & Johnson 2003), when both changes are demonstrable:
    /// below -1 more moved to the ring than was won, above 0 the ring gained too.
    pub quotient: Option<f64>,
}

/// The area among areas without the measure that are treated as if they had it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Placebo {
    /// Place of the area by oddness of its result, 1 = oddest.
    pub rank: usize,
    /// Areas compared, this one included.
    pub of: usize,
    /// `rank / of`: the chance of such a rank if the measure did nothing.
    pub p: f64,
}
