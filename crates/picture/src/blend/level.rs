//! How many events the next week brings in all: recent weeks against older ones, and the season of last
//! year, as far as either has paid off.

/// Half-lives of the candidates, in weeks.
const HALF_LIVES: [f64; 8] = [2.0, 3.0, 4.0, 6.0, 9.0, 13.0, 26.0, 52.0];
/// How much of last year's season.
const SEASON: [f64; 4] = [0.0, 0.35, 0.7, 1.0];
/// Past weeks whose errors count fully weigh half after this many.
const RECORD: f64 = 52.0;

/// What is expected of each week from the weeks before it, one more than there are weeks.
#[derive(Clone, Debug, Default)]
pub(super) struct Levels {
    /// Per week.
    pub expected: Vec<f64>,
    /// Per week the variance beyond chance of the weeks before, relative to the square of the level.
    pub spread: Vec<f64>,
}

impl Levels {
    pub fn of(counts: &[f64]) -> Self {
        let mut out = Self::default();
        let mut mean = [0.0; HALF_LIVES.len()];
        let mut weight = [0.0; HALF_LIVES.len()];
        // Per week the middle candidate, against which the season is measured.
        let mut base: Vec<f64> = Vec::new();
        let mut loss = [[0.0; SEASON.len()]; HALF_LIVES.len()];
        let (mut error, mut square) = (0.0, 0.0);
        let forget = 0.5f64.powf(1.0 / RECORD);
        for w in 0..=counts.len() {
            let season = season(counts, &base, w);
            let said: [[f64; SEASON.len()]; HALF_LIVES.len()] = std::array::from_fn(|h| {
                let level = if weight[h] > 0.0 { mean[h] / weight[h] } else { 0.0 };
                SEASON.map(|share| level * season.powf(share))
            });
            let best = (0..HALF_LIVES.len() * SEASON.len())
                .map(|i| (i / SEASON.len(), i % SEASON.len()))
                .reduce(|a, b| if loss[b.0][b.1] < loss[a.0][a.1] { b } else { a })
                .unwrap_or_default();
            // The best candidate so far; before there is a record, the plain mean.
            let chosen = if w < 8 { said[HALF_LIVES.len() - 1][0] } else { said[best.0][best.1] };
            out.expected.push(chosen);
            out.spread.push(if w < 12 || square <= 0.0 { 0.1 } else { f64::clamp(error / square, 0.0, 4.0) });
            base.push(said[4][0]);
            let Some(&y) = counts.get(w) else { break };
            for (loss, said) in loss.iter_mut().flatten().zip(said.iter().flatten()) {
                let m = said.max(0.01);
                let gain = if y > 0.0 { y * (y / m).ln() } else { 0.0 };
                *loss = *loss * forget + if w >= 4 { gain - (y - m) } else { 0.0 };
            }
            if w >= 8 {
                error = error * forget + (y - chosen).powi(2) - y;
                square = square * forget + chosen * chosen;
            }
            for (h, half_life) in HALF_LIVES.iter().enumerate() {
                let decay = 0.5f64.powf(1.0 / half_life);
                mean[h] = mean[h] * decay + y;
                weight[h] = weight[h] * decay + 1.0;
            }
        }
        out
    }
}

/// How the five weeks around the coming one differed last year from what was then usual.
fn season(counts: &[f64], base: &[f64], w: usize) -> f64 {
    let Some(year_ago) = w.checked_sub(52) else { return 1.0 };
    if year_ago < 12 {
        return 1.0;
    }
    let around: f64 = counts[year_ago - 2..=year_ago + 2].iter().sum();
    ((around + 25.0) / (5.0 * base[year_ago] + 25.0)).clamp(0.5, 2.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steady_weeks_are_expected_as_they_are_and_a_season_is_learned() {
        let steady = Levels::of(&[7.0; 60]);
        assert!((steady.expected[60] - 7.0).abs() < 1e-9 && steady.spread[60] < 0.01);
        let wave = |w: usize| 100.0 + 60.0 * (w as f64 * std::f64::consts::TAU / 52.0).sin();
        let counts: Vec<f64> = (0..260).map(wave).collect();
        let said = Levels::of(&counts);
        let error = |of: &dyn Fn(usize) -> f64| (208..260).map(|w| (of(w) / counts[w] - 1.0).abs()).sum::<f64>() / 52.0;
        let plain = |w: usize| counts[w - 4..w].iter().sum::<f64>() / 4.0;
        let (ours, plain) = (error(&|w| said.expected[w]), error(&plain));
        assert!(ours < 0.6 * plain, "{ours} {plain}");
        assert_eq!(Levels::of(&[]).expected, [0.0]);
    }
}
